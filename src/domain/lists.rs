//! Kinds of lists that come in (名单种类), each a table of fields: members, organisations, talks.
//!
//! Import reads any of them by its table: what a head means, what a value must look like. The members' table is
//! [`super::fields`]; the others stand here. Knows nothing of files. Start at [`ListField`].

mod organisations;
mod talks;

use std::fmt::Debug;
use std::hash::Hash;

pub use organisations::{ORGANISATION_COLUMNS, OrganisationField};
pub use talks::{TALK_COLUMNS, TalkField};

use super::fields::{FIELDS, FieldKind, Known};
use super::imports::RosterKind;
use super::values::{Context, Raw, Reach, Reading, Value, category_under, education_text, read, read_entry};

/// A field of a kind of list (栏目).
pub trait ListField: Copy + Eq + Ord + Hash + Debug + Send + Sync + 'static {
    /// The kind of list that it is a field of.
    const KIND: RosterKind;

    /// All fields of the kind, in the order of forms.
    fn all() -> impl Iterator<Item = Self>;

    /// The field of this name.
    fn of_name(name: &str) -> Option<Self> {
        Self::all().find(|field| field.name() == name)
    }

    /// The name in JSON.
    fn name(self) -> &'static str;

    /// The heading on screen.
    fn label(self) -> &'static str;

    fn is_date(self) -> bool;

    /// Whether its values are of a narrow kind: a column that holds nothing of it is another one.
    fn is_narrow(self) -> bool;

    /// Whether it tells what the record is: kept even where its bytes are broken, so that the row can be found.
    fn is_key(self) -> bool;

    /// How its values stand in JSON.
    fn form(self) -> Form {
        Form::Text
    }

    /// Whether its values are names of persons.
    fn holds_names(self) -> bool;

    /// Reads what stands below `head`.
    fn read_below(self, head: &str, raw: &Raw<'_>, context: &Context) -> Reading;

    /// The text itself, where that is kept beside what it means.
    fn as_written(self, _: &Raw<'_>) -> Option<Value> {
        None
    }

    /// What becomes of a second, other value in the same row.
    fn second(self, held: &str, other: &str) -> Second;
}

/// A field of whatever kind of list, as it is told outside (栏目).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ColumnField {
    /// The name in JSON.
    pub name: &'static str,
    /// The heading on screen.
    pub label: &'static str,
}

impl ColumnField {
    pub fn of<K: ListField>(field: K) -> Self {
        Self { name: field.name(), label: field.label() }
    }

    /// All fields of a kind of list, in the order of forms.
    pub fn all(kind: RosterKind) -> Vec<Self> {
        match kind {
            RosterKind::Members => Known::all().map(Self::of).collect(),
            RosterKind::Organisations => OrganisationField::all().map(Self::of).collect(),
            RosterKind::Talks => TalkField::all().map(Self::of).collect(),
            RosterKind::None => Vec::new(),
        }
    }
}

/// How a value stands in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Text,
    Number,
    /// A list; as text joined by `、`.
    Names,
}

/// What becomes of a second value where two columns of a row mean the same field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// Both, joined by `、`.
    Joined,
    /// It says more than the first.
    Replaces,
    /// It counts, and the first is kept beside.
    Precedes,
    /// It says less than the first.
    Dropped,
    /// Kept apart under its head.
    Apart,
}

/// What a value of an [`Entry`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// One line of text as written.
    Text,
    /// Digits that must not be calculated with.
    Code,
    /// Text that may be long.
    LongText,
    /// A date, at most so far from today.
    Date(Reach),
    Phone,
    /// The name of an organisation.
    Organisation,
    /// One of [`super::organisations::OrganisationKind`].
    OrganisationKind,
    /// Somebody's name; several joined by `、`.
    Name,
    /// A list of names, joined by `、`.
    Names,
    /// Somebody who sat in a talk: a name, or the post of whoever holds it.
    Sitter,
    /// A list of those, joined by `、`.
    Sitters,
    /// How many, in digits.
    Count,
}

/// One line of a table of fields (栏目表).
#[derive(Debug)]
pub struct Entry<K> {
    pub key: K,
    /// The name in JSON.
    pub name: &'static str,
    /// The heading on screen.
    pub label: &'static str,
    pub kind: EntryKind,
    /// Column heads that mean this field, spaces, line breaks and bracketed parts removed.
    pub synonyms: &'static [&'static str],
}

impl<K> Entry<K> {
    fn form(&self) -> Form {
        match self.kind {
            EntryKind::Names | EntryKind::Sitters => Form::Names,
            EntryKind::Count => Form::Number,
            _ => Form::Text,
        }
    }

    fn is_narrow(&self) -> bool {
        matches!(self.kind, EntryKind::Date(_) | EntryKind::Count | EntryKind::OrganisationKind)
    }
}

const fn entry<K>(
    key: K,
    name: &'static str,
    label: &'static str,
    kind: EntryKind,
    synonyms: &'static [&'static str],
) -> Entry<K> {
    Entry { key, name, label, kind, synonyms }
}

impl ListField for Known {
    const KIND: RosterKind = RosterKind::Members;

    fn all() -> impl Iterator<Item = Self> {
        FIELDS.iter().map(|field| field.key)
    }

    fn name(self) -> &'static str {
        self.spec().name
    }

    fn label(self) -> &'static str {
        self.spec().label
    }

    fn is_date(self) -> bool {
        self.spec().is_date()
    }

    fn is_narrow(self) -> bool {
        matches!(self.spec().kind, FieldKind::Date | FieldKind::Nation | FieldKind::Money | FieldKind::Choice(_))
    }

    fn is_key(self) -> bool {
        self == Self::Name
    }

    fn holds_names(self) -> bool {
        self == Self::Name
    }

    fn read_below(self, head: &str, raw: &Raw<'_>, context: &Context) -> Reading {
        category_under(head, raw.text, read(self.spec(), raw, context))
    }

    fn as_written(self, raw: &Raw<'_>) -> Option<Value> {
        if self == Self::Education { education_text(raw) } else { None }
    }

    fn second(self, held: &str, other: &str) -> Second {
        let rank = |band: &str| super::fields::EDUCATION_BANDS.iter().position(|known| *known == band);
        match self {
            Self::Education if rank(other) < rank(held) => Second::Replaces,
            Self::Education => Second::Dropped,
            Self::Introducers | Self::Phone => Second::Joined,
            // 中共党员 beside 预备党员: the closer word counts.
            Self::Category if held == "正式党员" => Second::Replaces,
            Self::Category => Second::Dropped,
            _ => Second::Apart,
        }
    }
}

/// A field of a kind of list that is a line of a table of its own; what it is, is told by the line.
trait Entered: Copy + Eq + Ord + Hash + Debug + Send + Sync + 'static {
    /// The kind of list.
    const LIST: RosterKind;

    /// The field that tells what the record is.
    const KEY: Self;

    /// The table.
    fn table() -> &'static [Entry<Self>];

    /// The line of the table.
    fn line(self) -> &'static Entry<Self>;

    /// What becomes of a second, other value in the same row.
    fn beside(self, other: &str) -> Second;
}

impl<K: Entered> ListField for K {
    const KIND: RosterKind = K::LIST;

    fn all() -> impl Iterator<Item = Self> {
        K::table().iter().map(|entry| entry.key)
    }

    fn name(self) -> &'static str {
        self.line().name
    }

    fn label(self) -> &'static str {
        self.line().label
    }

    fn is_date(self) -> bool {
        matches!(self.line().kind, EntryKind::Date(_))
    }

    fn is_narrow(self) -> bool {
        self.line().is_narrow()
    }

    fn is_key(self) -> bool {
        self == Self::KEY
    }

    fn form(self) -> Form {
        self.line().form()
    }

    fn holds_names(self) -> bool {
        matches!(self.line().kind, EntryKind::Name | EntryKind::Names | EntryKind::Sitter | EntryKind::Sitters)
    }

    fn read_below(self, _: &str, raw: &Raw<'_>, context: &Context) -> Reading {
        read_entry(self.line().kind, raw, context)
    }

    fn second(self, _: &str, other: &str) -> Second {
        self.beside(other)
    }
}

impl Entered for OrganisationField {
    const LIST: RosterKind = RosterKind::Organisations;
    const KEY: Self = Self::Name;

    fn table() -> &'static [Entry<Self>] {
        ORGANISATION_COLUMNS
    }

    fn line(self) -> &'static Entry<Self> {
        self.entry()
    }

    fn beside(self, other: &str) -> Second {
        match self {
            // 组织委员, 宣传委员, 纪检委员 in columns of their own.
            Self::Committee | Self::Deputy | Self::Contact | Self::Phone => Second::Joined,
            // 党委 beside 党总支: the nearer one counts.
            Self::Parent if other.contains("总支") => Second::Precedes,
            _ => Second::Apart,
        }
    }
}

impl Entered for TalkField {
    const LIST: RosterKind = RosterKind::Talks;
    const KEY: Self = Self::Partners;

    fn table() -> &'static [Entry<Self>] {
        TALK_COLUMNS
    }

    fn line(self) -> &'static Entry<Self> {
        self.entry()
    }

    fn beside(self, _: &str) -> Second {
        match self {
            Self::Talkers | Self::Partners | Self::Recorder => Second::Joined,
            _ => Second::Apart,
        }
    }
}
