//! The field table (字段表): every field of a member, told once.
//!
//! Import, forms, lists, filters, CSV, JSON, `apply`, diary and typed extra fields all read it: a field is added to
//! [`Known`], to the table and to a group, and nowhere else. Knows nothing of any of them. Start at [`FIELDS`].

mod extra;
mod facts;
mod groups;
mod table;

pub use extra::ExtraKind;
pub use facts::FactKind;
pub use groups::FieldGroup;
pub use table::FIELDS;

use super::ids::ExtraFieldId;

/// A field of a member that the program knows (固有字段).
///
/// The order is the order of exports and forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    Name,
    Sex,
    Nation,
    Birth,
    IdNumber,
    NativePlace,
    Birthplace,
    Education,
    EducationText,
    Degree,
    School,
    WorkStart,
    Applied,
    Activist,
    Candidate,
    Joined,
    Full,
    Category,
    Branch,
    Group,
    PartyPost,
    TransferIn,
    Status,
    Lost,
    LostSince,
    Floating,
    FloatPlace,
    Unit,
    Job,
    Title,
    Occupation,
    Phone,
    Address,
    Introducers,
    Fee,
    Honours,
    Remark,
}

/// A field: one the program knows, or one that the user made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldKey {
    Known(Known),
    Extra(ExtraFieldId),
}

impl From<Known> for FieldKey {
    fn from(known: Known) -> Self {
        Self::Known(known)
    }
}

/// What a value of the field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text as written.
    Text,
    /// Text that may be long.
    LongText,
    /// A [`super::dates::PartialDate`].
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A nation of GB/T 3304, in full.
    Nation,
    /// A citizen's identity number.
    IdNumber,
    /// One or more phone numbers, joined by `、`.
    Phone,
    /// Yuan with two decimals.
    Money,
    /// An organisation: told by name in files, by id in commands.
    Organisation,
}

/// Where a field's value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// A column of the person.
    Person,
    /// A dated fact of that kind.
    Fact(FactKind),
    /// Computed from others; kept only where a file told it and the others do not give it.
    Derived,
}

/// How carefully a value is handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Plain,
    /// Masked on screen and paper unless asked for.
    Personal,
}

/// One line of the field table.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    pub key: Known,
    /// The name in exports, JSON and `apply`.
    pub name: &'static str,
    /// The heading on screen and paper.
    pub label: &'static str,
    pub kind: FieldKind,
    pub home: Home,
    pub class: Class,
    /// Column heads that mean this field, spaces, line breaks and bracketed parts removed.
    pub synonyms: &'static [&'static str],
}

/// 人员类别 in rank order: each includes what comes before it.
pub const CATEGORIES: &[&str] = &["入党申请人", "入党积极分子", "发展对象", "预备党员", "正式党员"];
/// 学历 bands of the annual statistics.
pub const EDUCATION_BANDS: &[&str] = &["研究生", "大学本科", "大学专科", "中专", "高中、中技", "初中及以下"];
pub const SEXES: &[&str] = &["男", "女"];
pub const YES_NO: &[&str] = &["是", "否"];

impl FieldSpec {
    /// Whether its values are dates.
    pub fn is_date(&self) -> bool {
        matches!(self.kind, FieldKind::Date)
    }
}

impl Known {
    /// The line of the field table.
    pub fn spec(self) -> &'static FieldSpec {
        &FIELDS[self as usize]
    }

    /// The field with this name of the exports, or none.
    pub fn from_name(name: &str) -> Option<Self> {
        FIELDS.iter().find(|field| field.name == name).map(|field| field.key)
    }

    pub fn label(self) -> &'static str {
        self.spec().label
    }
}

/// The fields that are columns of the person, in order.
pub fn person_fields() -> impl Iterator<Item = &'static FieldSpec> {
    FIELDS.iter().filter(|field| field.home == Home::Person)
}
