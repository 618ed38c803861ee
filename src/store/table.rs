//! The tables whose rows a command may change, with their columns.
//!
//! Book, journal and dump know the tables from here; what a row means stands in the table's own file.

use std::sync::LazyLock;

use super::cell::Cell;
use crate::domain::fields;

/// A table of the workbook that is written through [`Book`](super::book::Book).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    Setting,
    RuleChange,
    Organisation,
    OrganisationEvent,
    Person,
    ExtraField,
    Fact,
    Event,
    ExtraValue,
    TalkType,
    Talk,
    TalkPerson,
    FollowUp,
    PlannedTalk,
    Snooze,
    Template,
    Checklist,
    ChecklistItem,
    Evidence,
    ArchiveNumbers,
    Output,
}

/// What is shown when rows change: a screen asks again for what it shows of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    pub settings: bool,
    pub organisations: bool,
    pub members: bool,
    /// Talks, what follows from them, what is planned, their types.
    pub talks: bool,
    /// What was put off on 今日.
    pub reminders: bool,
    /// Checklists, their templates, evidence, how archives number.
    pub archives: bool,
    pub outputs: bool,
    /// The journal: every change is one of it too.
    pub journal: bool,
}

impl Areas {
    pub const NONE: Self = Self {
        settings: false,
        organisations: false,
        members: false,
        talks: false,
        reminders: false,
        archives: false,
        outputs: false,
        journal: false,
    };
    pub const ALL: Self = Self {
        settings: true,
        organisations: true,
        members: true,
        talks: true,
        reminders: true,
        archives: true,
        outputs: true,
        journal: true,
    };

    /// These and those.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            settings: self.settings || other.settings,
            organisations: self.organisations || other.organisations,
            members: self.members || other.members,
            talks: self.talks || other.talks,
            reminders: self.reminders || other.reminders,
            archives: self.archives || other.archives,
            outputs: self.outputs || other.outputs,
            journal: self.journal || other.journal,
        }
    }

    pub fn add(&mut self, table: Table) {
        match table {
            Table::Setting => self.settings = true,
            // What rules find is shown beside organisations and members.
            Table::RuleChange => {
                self.settings = true;
                self.organisations = true;
                self.members = true;
                self.talks = true;
            }
            Table::Organisation | Table::OrganisationEvent => self.organisations = true,
            Table::Person | Table::Fact | Table::Event | Table::ExtraField | Table::ExtraValue => self.members = true,
            Table::Talk | Table::TalkPerson | Table::FollowUp | Table::PlannedTalk | Table::TalkType => {
                self.talks = true
            }
            Table::Snooze => self.reminders = true,
            Table::Template | Table::Checklist | Table::ChecklistItem | Table::Evidence | Table::ArchiveNumbers => {
                self.archives = true
            }
            Table::Output => self.outputs = true,
        }
    }

    /// Adds those of another change.
    pub fn join(&mut self, other: Self) {
        self.settings |= other.settings;
        self.organisations |= other.organisations;
        self.members |= other.members;
        self.talks |= other.talks;
        self.reminders |= other.reminders;
        self.archives |= other.archives;
        self.outputs |= other.outputs;
        self.journal |= other.journal;
    }
}

static PERSON_COLUMNS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let told = ["category_told", "category_told_on", "voided", "merged_into"];
    fields::person_fields().map(|field| field.name).chain(told).collect()
});

impl Table {
    /// In an order in which no row refers to a later table.
    pub const ALL: [Self; 21] = [
        Self::Setting,
        Self::RuleChange,
        Self::Organisation,
        Self::OrganisationEvent,
        Self::Person,
        Self::ExtraField,
        Self::Fact,
        Self::Event,
        Self::ExtraValue,
        Self::TalkType,
        Self::Talk,
        Self::TalkPerson,
        Self::FollowUp,
        Self::PlannedTalk,
        Self::Snooze,
        Self::Template,
        Self::Checklist,
        Self::ChecklistItem,
        Self::Evidence,
        Self::ArchiveNumbers,
        Self::Output,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Setting => "setting",
            Self::RuleChange => "rule_change",
            Self::Organisation => "organisation",
            Self::OrganisationEvent => "organisation_event",
            Self::Person => "person",
            Self::ExtraField => "extra_field",
            Self::Fact => "fact",
            Self::Event => "event",
            Self::ExtraValue => "extra_value",
            Self::TalkType => "talk_type",
            Self::Talk => "talk",
            Self::TalkPerson => "talk_person",
            Self::FollowUp => "follow_up",
            Self::PlannedTalk => "planned_talk",
            Self::Snooze => "snooze",
            Self::Template => "template",
            Self::Checklist => "checklist",
            Self::ChecklistItem => "checklist_item",
            Self::Evidence => "evidence",
            Self::ArchiveNumbers => "archive_numbers",
            Self::Output => "output",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// The columns after `id`.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Setting => &["name", "value"],
            Self::RuleChange => &["rule", "numbers", "enabled", "note"],
            Self::Organisation => &[
                "parent",
                "position",
                "kind",
                "name",
                "short_name",
                "code",
                "founded",
                "closed",
                "secretary",
                "deputy",
                "committee",
                "contact",
                "phone",
                "unit",
                "elected_on",
                "term_ends",
                "remark",
                "founded_document",
                "closed_document",
                "term_years",
                "admits",
                "leading_group",
                "address",
                "unit_situation",
                "unit_kind",
                "unit_code",
            ],
            Self::OrganisationEvent => {
                &["organisation", "kind", "day", "other", "value", "former_short", "until", "document", "note"]
            }
            Self::Person => &PERSON_COLUMNS,
            Self::ExtraField => &["label", "position", "kind", "choices"],
            Self::Fact => &["person", "kind", "organisation", "value", "place", "from_day", "to_day", "position"],
            Self::Event => &[
                "person",
                "kind",
                "day",
                "organisation",
                "target",
                "value",
                "place",
                "document",
                "until",
                "receipt",
                "note",
            ],
            Self::ExtraValue => &["person", "field", "value"],
            Self::TalkType => &["code", "label", "counts", "outline", "position", "removed"],
            Self::Talk => &[
                "organisation",
                "year",
                "number",
                "held_on",
                "kind",
                "mode",
                "place",
                "topic",
                "outline",
                "content",
                "opinions",
                "attitude",
                "measures",
                "remark",
                "time",
            ],
            Self::TalkPerson => &["talk", "side", "position", "person", "name", "about"],
            Self::FollowUp => &["talk", "position", "measure", "owner", "owner_name", "due", "done_on", "closing_note"],
            Self::PlannedTalk => {
                &["organisation", "year", "number", "talker", "partner", "rule", "kind", "made_on", "due", "note"]
            }
            Self::Snooze => &["work", "until", "reason", "set_on"],
            Self::Template => &["code", "version", "title", "subject", "source", "items", "removed"],
            Self::Checklist => &["organisation", "year", "person", "template", "version", "title", "made_on"],
            Self::ChecklistItem => &[
                "checklist",
                "parent",
                "position",
                "code",
                "title",
                "standard",
                "fill",
                "retention",
                "state",
                "reason",
                "owner",
                "owner_name",
                "due",
                "note",
                "checked_by",
                "checked_on",
                "template_words",
            ],
            Self::Evidence => &[
                "item",
                "talk",
                "position",
                "kind",
                "title",
                "file_name",
                "hash",
                "bytes",
                "cabinet",
                "pages",
                "version_of",
                "final",
                "document",
                "author",
                "day",
                "secrecy",
                "retention",
                "remark",
                "added_by",
                "added_on",
            ],
            Self::ArchiveNumbers => &["organisation", "numbering", "fonds", "fonds_name", "section"],
            Self::Output => &["at", "operator", "what", "scope", "row_count", "masked", "target"],
        }
    }

    /// The record a row belongs to: the person of a fact, the organisation of its event, the talk of who sat in it, the
    /// item or the talk of evidence, else the row itself.
    pub fn record(self, id: i64, cells: &[Cell]) -> i64 {
        match self {
            Self::Fact
            | Self::Event
            | Self::ExtraValue
            | Self::OrganisationEvent
            | Self::TalkPerson
            | Self::FollowUp => cells.first().and_then(Cell::integer).unwrap_or(id),
            Self::Evidence => cells.iter().take(2).find_map(Cell::integer).unwrap_or(id),
            _ => id,
        }
    }

    /// The columns as SQL names them, `full` being a word of SQL.
    pub fn quoted_columns(self) -> String {
        self.columns().iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
    }
}

/// The four statements by which a table is written, made once.
#[derive(Debug)]
pub(super) struct Statements {
    pub insert: String,
    pub update: String,
    pub delete: String,
    pub read: String,
}

/// The statements of a table. Update and delete carry the row as it was seen, so that they touch no other.
pub(super) fn statements(table: Table) -> &'static Statements {
    static ALL: LazyLock<Vec<Statements>> = LazyLock::new(|| Table::ALL.into_iter().map(make).collect());
    &ALL[table as usize]
}

fn make(table: Table) -> Statements {
    let (name, columns) = (table.name(), table.columns());
    let count = columns.len();
    let list = table.quoted_columns();
    let marks = |from: usize| (from..from + count).map(|place| format!("?{place}")).collect::<Vec<_>>();
    let pairs = |from: usize, by: &str, join: &str| {
        columns
            .iter()
            .zip(marks(from))
            .map(|(column, mark)| format!("\"{column}\" {by} {mark}"))
            .collect::<Vec<_>>()
            .join(join)
    };
    Statements {
        insert: format!("INSERT INTO {name} (id, {list}) VALUES (?1, {})", marks(2).join(", ")),
        update: format!(
            "UPDATE {name} SET {} WHERE id = ?1 AND {}",
            pairs(2 + count, "=", ", "),
            pairs(2, "IS", " AND ")
        ),
        delete: format!("DELETE FROM {name} WHERE id = ?1 AND {}", pairs(2, "IS", " AND ")),
        read: format!("SELECT id, {list} FROM {name} WHERE id = ?1"),
    }
}
