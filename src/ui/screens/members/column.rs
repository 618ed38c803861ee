//! Owns what a column of the list of members is: what stands in it, in which words and by what it orders the rows, what may
//! be written into it. Must never know a member, nor which columns are shown. Start at [`ListColumn`].

use super::orders::{OrderWords, Rule};
use crate::domain::codes::nations;
use crate::domain::fields::{ExtraKind, FieldKey, FieldKind, FieldSpec, Known};
use crate::store::members::ExtraField;
use crate::view::members::SortBy;

/// What stands in a column.
pub use crate::domain::conditions::Subject as Source;

/// The id of the column in which something stands; it is what layouts keep.
pub fn id_of(source: Source) -> String {
    match source {
        Source::Standing => "standing".to_owned(),
        other => other.name(),
    }
}

/// What may be written into the cells of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writing {
    /// The field, and its name in commands.
    Field(FieldKey, String),
    /// Nothing, and why.
    Locked(&'static str),
}

/// A column there is.
#[derive(Debug, Clone)]
pub struct ListColumn {
    pub id: String,
    pub title: String,
    pub source: Source,
    pub words: OrderWords,
    /// Until the user makes it another.
    pub width: f32,
}

impl ListColumn {
    pub fn of_field(field: &FieldSpec) -> Self {
        let words = match field.kind {
            _ if field.key == Known::Name => OrderWords::Names,
            FieldKind::Date => OrderWords::Dates,
            FieldKind::Money => OrderWords::Numbers,
            _ => OrderWords::Text,
        };
        let width = match field.kind {
            FieldKind::Date => 108.0,
            FieldKind::Choice(_) | FieldKind::Nation | FieldKind::Money => 92.0,
            FieldKind::IdNumber => 180.0,
            FieldKind::Phone => 128.0,
            FieldKind::LongText | FieldKind::Organisation => 200.0,
            FieldKind::Text => 136.0,
        };
        let source = Source::Field(FieldKey::Known(field.key));
        Self { id: field.name.to_owned(), title: field.label.to_owned(), source, words, width }
    }

    pub fn computed(source: Source) -> Self {
        let (words, width) = match source {
            Source::StandingSince | Source::ProbationEnds | Source::LastTalk => (OrderWords::Dates, 108.0),
            Source::Untalked => (OrderWords::Numbers, 118.0),
            Source::Missing => (OrderWords::Text, 300.0),
            _ => (OrderWords::Numbers, 66.0),
        };
        let title = source.label().unwrap_or_default().to_owned();
        Self { id: id_of(source), title, source, words, width }
    }

    pub fn of_extra(field: &ExtraField) -> Self {
        let source = Source::Field(FieldKey::Extra(field.id));
        let id = format!("extra:{}", field.id);
        let (words, width) = match field.kind {
            ExtraKind::Number => (OrderWords::Numbers, 92.0),
            ExtraKind::Date => (OrderWords::Dates, 108.0),
            ExtraKind::YesNo => (OrderWords::Text, 66.0),
            ExtraKind::Text | ExtraKind::Choice(_) => (OrderWords::Text, 136.0),
        };
        Self { id, title: field.label.clone(), source, words, width }
    }

    /// Numbers stand at the right.
    pub fn is_number(&self) -> bool {
        self.words == OrderWords::Numbers
    }

    /// Second rank: not what one looks for first.
    pub fn is_weak(&self) -> bool {
        let weak = [Known::Sex, Known::IdNumber, Known::Branch, Known::Phone];
        matches!(self.source, Source::Field(FieldKey::Known(key)) if weak.contains(&key))
    }

    /// What may be written into its cells.
    pub fn writing(&self) -> Writing {
        match self.source {
            Source::Age => Writing::Locked("年龄按出生日期算出，请改出生日期"),
            Source::Standing => Writing::Locked("党龄按入党时间和转正时间算出，请改这两个日期"),
            Source::StandingSince => Writing::Locked("党龄起算日按入党时间和转正时间算出，请改这两个日期"),
            Source::ProbationEnds => Writing::Locked("预备期满日按入党时间算出，请改入党时间"),
            Source::LastTalk | Source::Untalked => Writing::Locked("按谈话记录算出，请记谈话"),
            Source::Missing => Writing::Locked("填上缺的内容，这里就不再提"),
            Source::Field(FieldKey::Known(Known::Branch)) => Writing::Locked("党支部不在表格里改，请用“转到…”"),
            Source::Field(key @ FieldKey::Known(known)) => Writing::Field(key, known.spec().name.to_owned()),
            Source::Field(key @ FieldKey::Extra(_)) => Writing::Field(key, self.title.clone()),
        }
    }

    /// Words to choose from, where the field has such.
    pub fn choices(&self) -> Vec<&'static str> {
        match self.source {
            Source::Field(FieldKey::Known(known)) => match known.spec().kind {
                FieldKind::Choice(words) => words.to_vec(),
                FieldKind::Nation => nations().iter().map(|nation| nation.name).collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// What the rows are sorted by where the column orders them; some columns order nothing.
    pub fn sort_by(&self, rule: Rule) -> Option<SortBy> {
        Some(match self.source {
            Source::Field(FieldKey::Known(Known::Name)) if rule == Rule::Strokes => SortBy::Strokes,
            Source::Field(FieldKey::Known(Known::Joined)) if rule == Rule::Birthday => SortBy::PartyBirthday,
            Source::Age => SortBy::Age,
            Source::Standing => SortBy::Standing,
            Source::LastTalk => SortBy::LastTalk,
            Source::Untalked => SortBy::Untalked,
            // Whose probation ends first has joined first.
            Source::ProbationEnds => SortBy::Field(Known::Joined as u8),
            Source::StandingSince | Source::Missing => return None,
            Source::Field(FieldKey::Known(Known::Name)) => SortBy::Name,
            // The table has fewer than 256 fields.
            Source::Field(FieldKey::Known(key)) => SortBy::Field(key as u8),
            Source::Field(FieldKey::Extra(id)) => SortBy::Extra(id),
        })
    }

    /// Whether it tells 政治生日, by which the rows can be ordered too.
    pub fn has_birthdays(&self) -> bool {
        self.source == Known::Joined.into()
    }

    /// Whether the rows can be ordered by it.
    pub fn can_order(&self) -> bool {
        self.sort_by(Rule::Usual).is_some()
    }
}
