//! What an entry changed, in words, and what later changed the same.
//!
//! ID numbers and phones are masked, as everywhere on the screen.

use std::collections::BTreeSet;

use super::change_words::{column_label, in_words, rule_line};
use super::checklist_changes;
use super::talk_changes::TalkTeller;
use crate::command::undo;
use crate::domain::conditions::SavedFilter;
use crate::domain::fields::ExtraKind;
use crate::domain::ids::{EntryId, OrganisationId, PersonId, RecordId};
use crate::problem::{Problem, ProblemKind, Result};
use crate::store::journal::{self, Entry};
use crate::store::members::{ExtraField, extra_fields};
use crate::store::settings::{apart_in, filter_of};
use crate::store::{Cell, Change, Table};
use crate::view::condition_words::Names;
use crate::view::desk::Desk;
use crate::view::list_words::narrowed;

/// Changes that are looked through at most; an import of a large office has more.
const LOOKED_THROUGH: u64 = 20_000;
/// Names of later changed records that are told.
const NAMES_TOLD: usize = 8;

/// What an entry did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntryStory {
    /// Persons and organisations that were made, changed, taken away.
    pub made: usize,
    pub changed: usize,
    pub gone: usize,
    /// Single values that are different.
    pub values: usize,
    /// Whether everything was looked through; else the numbers are of the first changes only.
    pub is_whole: bool,
    /// The changes in words, the first of them.
    pub lines: Vec<ChangeLine>,
    /// Later entries that still stand and touched the same records, oldest first.
    pub later: Vec<Later>,
    /// What stays as it is when the entry is taken back.
    pub kept: Staying,
}

/// What stays as it is when an entry is taken back, because it was changed since, and what that uses.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Staying {
    pub changed: usize,
    pub used: usize,
    /// The names of both, the first of them.
    pub names: Vec<String>,
}

/// One changed value, or one thing made or taken away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeLine {
    /// 孟春燕
    pub who: String,
    /// 学历
    pub what: String,
    /// Empty where there was nothing.
    pub before: String,
    /// Empty where there is nothing any more.
    pub after: String,
}

/// A later entry on the same records.
#[derive(Debug, Clone, PartialEq)]
pub struct Later {
    pub entry: Entry,
    /// How many of the records it touched.
    pub count: usize,
    /// Their names, the first of them.
    pub names: Vec<String>,
}

/// What an entry did; of one record, or of all, with at most `limit` lines.
pub fn story(desk: &Desk, entry: EntryId, record: Option<RecordId>, limit: usize) -> Result<EntryStory> {
    let is_single = journal::touched_by(desk.reader(), entry)?.len() == 1;
    let mut teller = Teller::new(desk, is_single)?;
    let mut seen = 0;
    let walked = journal::each_change(desk.reader(), entry, |change| {
        seen += 1;
        if seen > LOOKED_THROUGH {
            return Err(Problem::cancelled());
        }
        if record.is_none_or(|record| change.record() == record) {
            teller.take(&change, limit);
        }
        Ok(())
    });
    let is_whole = match walked {
        Ok(()) => true,
        Err(problem) if problem.kind == ProblemKind::Cancelled => false,
        Err(problem) => return Err(problem),
    };
    let later = later(desk, entry)?;
    let kept = if later.is_empty() { Staying::default() } else { staying(desk, entry)? };
    Ok(EntryStory { is_whole, later, kept, ..teller.finish() })
}

/// What an entry changed as lines of text: 「孟春燕 学历：大学专科 → 大学本科」.
pub fn in_lines(desk: &Desk, entry: EntryId, record: Option<RecordId>, limit: usize) -> Result<Vec<String>> {
    let dash = |text: String| if text.is_empty() { "—".to_owned() } else { text };
    let lines = story(desk, entry, record, limit)?.lines.into_iter().map(|line| {
        let ChangeLine { who, what, before, after } = line;
        let whose = if who.is_empty() || record.is_some() { what } else { format!("{who} {what}") };
        format!("{whose}：{} → {}", dash(before), dash(after))
    });
    Ok(lines.collect())
}

fn later(desk: &Desk, entry: EntryId) -> Result<Vec<Later>> {
    let reader = desk.reader();
    journal::standing_since(reader, entry)?
        .into_iter()
        .map(|later| {
            let shared = journal::shared_records(reader, entry, later.id)?;
            let names = shared.iter().filter_map(|record| name(desk, *record)).take(NAMES_TOLD).collect();
            Ok(Later { count: shared.len(), names, entry: later })
        })
        .collect()
}

fn staying(desk: &Desk, entry: EntryId) -> Result<Staying> {
    let kept = undo::kept(desk.reader(), entry)?;
    let both = kept.changed.iter().chain(&kept.used);
    let names = both.filter_map(|record| name(desk, *record)).take(NAMES_TOLD).collect();
    Ok(Staying { changed: kept.changed.len(), used: kept.used.len(), names })
}

/// The name of a record that is there: a person's, an organisation's.
pub fn name(desk: &Desk, record: RecordId) -> Option<String> {
    let person = desk.directory().get(PersonId(record)).map(|card| card.name.to_string());
    person
        .or_else(|| desk.tree().get(OrganisationId(record)).map(|node| node.shown_name().to_owned()))
        .or_else(|| super::talk_changes::name(desk, record))
        .or_else(|| super::checklist_changes::name(desk, record))
}

/// Turns changes into lines and counts them.
struct Teller<'d> {
    desk: &'d Desk,
    /// The entry touched a single record: its making is told value by value.
    is_single: bool,
    story: EntryStory,
    touched: BTreeSet<RecordId>,
    made: BTreeSet<RecordId>,
    gone: BTreeSet<RecordId>,
    /// Names of records made or taken away here, which the desk may not know.
    names: Vec<(RecordId, String)>,
    extra: Vec<ExtraField>,
    talks: TalkTeller<'d>,
}

impl<'d> Teller<'d> {
    fn new(desk: &'d Desk, is_single: bool) -> Result<Self> {
        Ok(Self {
            desk,
            extra: extra_fields(desk.reader())?,
            talks: TalkTeller::of(desk)?,
            is_single,
            story: EntryStory::default(),
            touched: BTreeSet::new(),
            made: BTreeSet::new(),
            gone: BTreeSet::new(),
            names: Vec::new(),
        })
    }

    fn take(&mut self, change: &Change, limit: usize) {
        let record = change.record();
        if is_record(change.table) {
            match (&change.before, &change.after) {
                (None, Some(row)) => {
                    self.made.insert(record);
                    self.note_name(change.table, record, row);
                }
                (Some(row), None) => {
                    self.gone.insert(record);
                    self.note_name(change.table, record, row);
                }
                _ => {}
            }
        }
        if !is_of_workbook(change.table) {
            self.touched.insert(record);
        }
        let lines = self.lines(change);
        self.story.values += lines.len();
        let room = limit.saturating_sub(self.story.lines.len());
        self.story.lines.extend(lines.into_iter().take(room));
    }

    fn finish(self) -> EntryStory {
        let changed = self.touched.iter().filter(|id| !self.made.contains(id) && !self.gone.contains(id)).count();
        EntryStory { made: self.made.len(), gone: self.gone.len(), changed, ..self.story }
    }

    fn note_name(&mut self, table: Table, record: RecordId, row: &[Cell]) {
        let place = table.columns().iter().position(|column| *column == "name");
        if let Some(Cell::Text(name)) = place.and_then(|place| row.get(place)) {
            self.names.push((record, name.clone()));
        }
    }

    fn who(&self, record: RecordId) -> String {
        let told = self.names.iter().rev().find(|(id, _)| *id == record).map(|(_, name)| name.clone());
        told.or_else(|| name(self.desk, record)).unwrap_or_default()
    }

    fn lines(&self, change: &Change) -> Vec<ChangeLine> {
        let who = match change.table {
            table if is_of_workbook(table) => String::new(),
            _ => self.who(change.record()),
        };
        match change.table {
            Table::Fact => vec![self.moved_line(self.whole_line(who, change, FACT_WORDS), change)],
            Table::Event => vec![self.moved_line(self.whole_line(who, change, EVENT_WORDS), change)],
            Table::OrganisationEvent => vec![self.whole_line(who, change, ORGANISATION_EVENT_WORDS)],
            Table::Person | Table::Organisation if !self.is_single && change.before.is_none() => {
                let what = format!("新增{}", kind_word(change.table));
                vec![ChangeLine { what, after: who, ..Default::default() }]
            }
            Table::Person | Table::Organisation if !self.is_single && change.after.is_none() => {
                let what = format!("去掉{}", kind_word(change.table));
                vec![ChangeLine { what, before: who, ..Default::default() }]
            }
            Table::Setting => self.setting_line(change),
            Table::RuleChange => vec![rule_line(change)],
            Table::ExtraValue => {
                let what = self.extra_label(change);
                let line = self.named_line(change, "field", "value");
                line.into_iter().map(|line| ChangeLine { who: who.clone(), what: what.clone(), ..line }).collect()
            }
            Table::ExtraField => vec![self.extra_field_line(change)],
            Table::Output => self.named_line(change, "what", "scope"),
            Table::Person | Table::Organisation => self.value_lines(&who, change),
            Table::TalkType
            | Table::Talk
            | Table::TalkPerson
            | Table::FollowUp
            | Table::PlannedTalk
            | Table::Snooze => self.talks.lines(change),
            Table::Template | Table::Checklist | Table::ChecklistItem | Table::Evidence | Table::ArchiveNumbers => {
                checklist_changes::lines(self.desk, change)
            }
        }
    }

    /// One line a value that is different.
    fn value_lines(&self, who: &str, change: &Change) -> Vec<ChangeLine> {
        let columns = change.table.columns();
        (0..columns.len())
            .filter(|place| columns[*place] != "position")
            .map(|place| ChangeLine {
                who: who.to_owned(),
                what: column_label(change.table, columns[place]),
                before: self.cell(change.table, columns[place], change.before.as_deref(), place),
                after: self.cell(change.table, columns[place], change.after.as_deref(), place),
            })
            .filter(|line| line.before != line.after)
            .collect()
    }

    /// A fact or an event as a whole: 「书记，局机关第一党支部，自 2024-03」.
    fn whole_line(&self, who: String, change: &Change, words: &[(&str, &str)]) -> ChangeLine {
        let cells = change.after.as_deref().or(change.before.as_deref());
        ChangeLine {
            who,
            what: self.at(change.table, cells, "kind"),
            before: self.whole(change.table, change.before.as_deref(), words),
            after: self.whole(change.table, change.after.as_deref(), words),
        }
    }

    /// A row that went from one person to another says from whom.
    fn moved_line(&self, line: ChangeLine, change: &Change) -> ChangeLine {
        let owner = |row: &Option<Vec<Cell>>| row.as_ref().and_then(|row| row.first()).and_then(Cell::integer);
        match (owner(&change.before), owner(&change.after)) {
            (Some(from), Some(to)) if from != to => {
                let named = |id, text: &str| format!("{}：{text}", self.who(id));
                ChangeLine { before: named(from, &line.before), after: named(to, &line.after), ..line }
            }
            _ => line,
        }
    }

    fn whole(&self, table: Table, row: Option<&[Cell]>, words: &[(&str, &str)]) -> String {
        let told = words.iter().map(|(column, before)| (before, self.at(table, row, column)));
        let told = told.filter(|(_, value)| !value.is_empty());
        told.map(|(before, value)| format!("{before}{value}")).collect::<Vec<_>>().join("，")
    }

    /// A row that is known by one of its values and holds another.
    fn named_line(&self, change: &Change, name: &str, value: &str) -> Vec<ChangeLine> {
        let cells = change.after.as_deref().or(change.before.as_deref());
        let what = self.at(change.table, cells, name);
        let before = self.at(change.table, change.before.as_deref(), value);
        let after = self.at(change.table, change.after.as_deref(), value);
        vec![ChangeLine { who: String::new(), what, before, after }]
    }

    /// A filter that is kept is told in the words of its conditions.
    fn setting_line(&self, change: &Change) -> Vec<ChangeLine> {
        if let Some(line) = self.apart_line(change) {
            return vec![line];
        }
        let name = |row: Option<&[Cell]>| match row.and_then(<[Cell]>::first) {
            Some(Cell::Text(name)) => filter_of(name).map(str::to_owned),
            _ => None,
        };
        let rows = (change.before.as_deref(), change.after.as_deref());
        let Some(filter) = name(rows.1.or(rows.0)) else { return self.named_line(change, "name", "value") };
        let what = format!("筛选“{filter}”");
        vec![ChangeLine { who: String::new(), what, before: self.filter(rows.0), after: self.filter(rows.1) }]
    }

    fn filter(&self, row: Option<&[Cell]>) -> String {
        let value = self.at(Table::Setting, row, "value");
        let names = Names {
            organisation: &|id| self.desk.tree().get(id).map(|node| node.name.clone()),
            extra: &|id| self.extra.iter().find(|extra| extra.id == id).map(|extra| extra.label.clone()),
        };
        match serde_json::from_str::<SavedFilter>(&value) {
            Ok(filter) => narrowed(filter.who, &filter.text, &filter.conditions, &names).join("，"),
            Err(_) => value, // what a newer program kept is shown as it stands
        }
    }

    /// Two persons of whom it was said that they are not one.
    fn apart_line(&self, change: &Change) -> Option<ChangeLine> {
        let cells = change.after.as_deref().or(change.before.as_deref())?;
        let (one, other) = match cells.first()? {
            Cell::Text(name) => apart_in(name)?,
            _ => return None,
        };
        let names = format!("{}、{}", self.who(one.0), self.who(other.0));
        let told = |row: &Option<Vec<Cell>>| row.as_ref().map_or_else(String::new, |_| names.clone());
        let (before, after) = (told(&change.before), told(&change.after));
        Some(ChangeLine { who: String::new(), what: "不是同一人".to_owned(), before, after })
    }

    /// A field that the user made: 「自定义字段：特长 → 特长（选项：书法、摄影）」.
    fn extra_field_line(&self, change: &Change) -> ChangeLine {
        let words = |row: Option<&[Cell]>| {
            let label = self.at(Table::ExtraField, row, "label");
            let kind = Some(self.at(Table::ExtraField, row, "kind")).filter(|kind| !kind.is_empty());
            let choices: Vec<String> = self.at(Table::ExtraField, row, "choices").lines().map(str::to_owned).collect();
            let told = choices.join("、");
            let kind = ExtraKind::from_name(kind.as_deref(), choices).unwrap_or_default();
            match (label.is_empty(), told.is_empty()) {
                (true, _) => label,
                (false, true) => format!("{label}（{}）", kind.label()),
                (false, false) => format!("{label}（{}：{told}）", kind.label()),
            }
        };
        let (before, after) = (words(change.before.as_deref()), words(change.after.as_deref()));
        ChangeLine { who: String::new(), what: "自定义字段".to_owned(), before, after }
    }

    fn extra_label(&self, change: &Change) -> String {
        let field = change.referred().first().copied();
        let known = self.extra.iter().find(|extra| Some(extra.id.0) == field);
        known.map_or_else(|| "自定义字段".to_owned(), |extra| extra.label.clone())
    }

    fn at(&self, table: Table, row: Option<&[Cell]>, column: &str) -> String {
        let place = table.columns().iter().position(|known| *known == column);
        place.map_or_else(String::new, |place| self.cell(table, column, row, place))
    }

    fn cell(&self, table: Table, column: &str, row: Option<&[Cell]>, place: usize) -> String {
        row.and_then(|row| row.get(place)).map_or_else(String::new, |cell| in_words(self.desk, table, column, cell))
    }
}

/// What is told of a fact, of an event, of an organisation's event: columns with the words before them.
const FACT_WORDS: &[(&str, &str)] =
    &[("value", ""), ("organisation", ""), ("place", ""), ("from_day", "自 "), ("to_day", "至 ")];
const EVENT_WORDS: &[(&str, &str)] = &[
    ("day", ""),
    ("value", ""),
    ("organisation", ""),
    ("target", "到 "),
    ("place", ""),
    ("document", ""),
    ("until", "至 "),
    ("receipt", "回执 "),
    ("note", ""),
];
const ORGANISATION_EVENT_WORDS: &[(&str, &str)] =
    &[("day", ""), ("value", ""), ("other", ""), ("document", ""), ("until", "至 "), ("note", "")];

/// Whether a row is of the workbook as a whole, of no record.
fn is_of_workbook(table: Table) -> bool {
    matches!(
        table,
        Table::Setting
            | Table::RuleChange
            | Table::Output
            | Table::ExtraField
            | Table::TalkType
            | Table::Snooze
            | Table::Template
    )
}

fn is_record(table: Table) -> bool {
    matches!(table, Table::Person | Table::Organisation)
}

fn kind_word(table: Table) -> &'static str {
    if table == Table::Organisation { "党组织" } else { "党员" }
}
