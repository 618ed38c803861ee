//! What an entry changed of talks, in words.
//!
//! Long texts are told by their beginning: who wants to read them opens the talk. What was said in a talk of a restricted
//! type is not told, whatever was kept of it before it was one.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::changes::ChangeLine;
use crate::command::work_words;
use crate::domain::ids::{OrganisationId, PersonId, RecordId, TalkId};
use crate::domain::talks::{
    Counts, FollowUp, PlannedTalk, Snooze, Somebody, Talk, TalkDraftField, TalkPerson, TalkType, TalkTypeChange,
    TalkTypes,
};
use crate::problem::Result;
use crate::store::reader::Row;
use crate::store::{Cell, Change, Table, journal, talks};
use crate::view::desk::Desk;

/// Characters of a long text that are told.
const TOLD: usize = 40;

/// The name of a talk that is there: 「谈话 2026-036」.
pub(super) fn name(desk: &Desk, record: RecordId) -> Option<String> {
    let talk = desk.reader().get::<Talk>(record).ok().flatten()?;
    Some(format!("谈话 {}", talk.number))
}

/// Tells what changed of talks, and knows of which it does not tell what was said.
pub(super) struct TalkTeller<'d> {
    desk: &'d Desk,
    types: TalkTypes,
    /// Of talks that were taken out, whether they were restricted then.
    gone: RefCell<BTreeMap<RecordId, bool>>,
}

impl<'d> TalkTeller<'d> {
    pub fn of(desk: &'d Desk) -> Result<Self> {
        Ok(Self { desk, types: talks::types(desk.reader())?, gone: RefCell::default() })
    }

    /// One line a value that is different.
    pub fn lines(&self, change: &Change) -> Vec<ChangeLine> {
        let desk = self.desk;
        match change.table {
            Table::Talk => self.talk_lines(change),
            Table::TalkPerson => one(change, |row: TalkPerson| {
                (of_talk(desk, row.talk), row.side.label().to_owned(), somebody(desk, &row.who))
            }),
            Table::FollowUp => one(change, |row: FollowUp| {
                let is_hidden = self.is_restricted_now(row.talk.0);
                let says = if is_hidden { hidden(&row.measure) } else { follow_up(desk, &row) };
                (of_talk(desk, row.talk), "跟进".to_owned(), says)
            }),
            Table::PlannedTalk => {
                one(change, |row: PlannedTalk| (String::new(), "计划谈话".to_owned(), planned(desk, &row)))
            }
            Table::TalkType => {
                one(change, |row: TalkTypeChange| (String::new(), "谈话类型".to_owned(), talk_type(&self.types, &row)))
            }
            Table::Snooze => one(change, |row: Snooze| {
                (work(desk, &row.work), "推迟".to_owned(), format!("到 {}，{}", row.until, row.reason))
            }),
            _ => Vec::new(),
        }
    }

    fn talk_lines(&self, change: &Change) -> Vec<ChangeLine> {
        let read = |row: &Option<Vec<Cell>>| row.clone().and_then(|row| Talk::from_cells(change.id, row).ok());
        let (before, after) = (read(&change.before), read(&change.after));
        let Some(either) = after.as_ref().or(before.as_ref()) else { return Vec::new() };
        let who = format!("谈话 {}", either.number);
        let mut rows = [&before, &after].into_iter().flatten();
        let is_hidden = rows.any(|talk| self.is_restricted(talk)) || self.is_restricted_now(change.id);
        let values = |talk: Option<&Talk>| talk.map(|talk| values(self.desk, &self.types, talk)).unwrap_or_default();
        let (before, after) = (values(before.as_ref()), values(after.as_ref()));
        let different = before.into_iter().zip(after).zip(PARTS).filter(|((before, after), _)| before != after);
        different
            .map(|((before, after), what)| {
                let told = if is_hidden && what.is_content() { hidden } else { shortened };
                let (before, after) = (told(&before), told(&after));
                ChangeLine { who: who.clone(), what: what.label().to_owned(), before, after }
            })
            .collect()
    }

    fn is_restricted(&self, talk: &Talk) -> bool {
        self.types.get(&talk.kind).is_some_and(TalkType::is_restricted)
    }

    /// Whether a talk is restricted, or was when it was taken out. What cannot be read is not told.
    fn is_restricted_now(&self, id: RecordId) -> bool {
        match self.desk.reader().get::<Talk>(id) {
            Ok(Some(talk)) => self.is_restricted(&talk),
            Ok(None) => self.was_restricted(id).unwrap_or(true),
            Err(_) => true,
        }
    }

    /// The entry that took a talk out is looked through once for all that went with it.
    fn was_restricted(&self, id: RecordId) -> Result<bool> {
        if let Some(known) = self.gone.borrow().get(&id) {
            return Ok(*known);
        }
        let mut gone = self.gone.borrow_mut();
        for entry in journal::of_record(self.desk.reader(), id, 1)? {
            journal::each_change(self.desk.reader(), entry.id, |change| {
                let (Table::Talk, None, Some(row)) = (change.table, &change.after, change.before) else {
                    return Ok(());
                };
                gone.insert(change.id, self.is_restricted(&Talk::from_cells(change.id, row)?));
                Ok(())
            })?;
        }
        Ok(*gone.entry(id).or_insert(false))
    }
}

/// A row that is told as a whole: whose it is, what it is, what it says.
fn one<R: Row>(change: &Change, tell: impl Fn(R) -> (String, String, String)) -> Vec<ChangeLine> {
    let read = |row: &Option<Vec<Cell>>| row.clone().and_then(|row| R::from_cells(change.id, row).ok()).map(&tell);
    let (before, after) = (read(&change.before), read(&change.after));
    let Some((who, what, _)) = after.as_ref().or(before.as_ref()).cloned() else { return Vec::new() };
    let says = |told: Option<(String, String, String)>| told.map(|(_, _, says)| says).unwrap_or_default();
    vec![ChangeLine { who, what, before: says(before), after: says(after) }]
}

/// What was put off; nothing where it cannot be told.
fn work(desk: &Desk, key: &str) -> String {
    work_words(desk.reader(), key).unwrap_or_default()
}

/// The parts of a talk that are columns of its own.
const PARTS: [TalkDraftField; 14] = [
    TalkDraftField::Organisation,
    TalkDraftField::Number,
    TalkDraftField::HeldOn,
    TalkDraftField::Time,
    TalkDraftField::Kind,
    TalkDraftField::Mode,
    TalkDraftField::Place,
    TalkDraftField::Topic,
    TalkDraftField::Outline,
    TalkDraftField::Content,
    TalkDraftField::Opinions,
    TalkDraftField::Attitude,
    TalkDraftField::Measures,
    TalkDraftField::Remark,
];

/// How much there is, and nothing of what it is.
fn hidden(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("受限类型，不显示（{} 字）", text.chars().count()) }
}

/// The values in the order of [`PARTS`].
fn values(desk: &Desk, types: &TalkTypes, talk: &Talk) -> [String; 14] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        organisation(desk, talk.organisation),
        talk.number.to_string(),
        talk.held_on.to_string(),
        text(&talk.time),
        types.label(&talk.kind).to_owned(),
        text(&talk.mode),
        text(&talk.place),
        text(&talk.topic),
        text(&talk.outline),
        text(&talk.content),
        text(&talk.opinions),
        text(&talk.attitude),
        text(&talk.measures),
        text(&talk.remark),
    ]
}

pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(TOLD) {
        Some((end, _)) => format!("{}…（{} 字）", &text[..end], text.chars().count()),
        None => text.to_owned(),
    }
}

fn organisation(desk: &Desk, id: OrganisationId) -> String {
    desk.tree().get(id).map_or_else(|| id.to_string(), |node| node.shown_name().to_owned())
}

pub(super) fn person(desk: &Desk, id: PersonId) -> String {
    desk.directory().get(id).map_or_else(|| id.to_string(), |card| card.name.to_string())
}

fn somebody(desk: &Desk, who: &Somebody) -> String {
    match who {
        Somebody::Person(id) => person(desk, *id),
        Somebody::Named { name, about: None } => name.clone(),
        Somebody::Named { name, about: Some(about) } => format!("{name}（{about}）"),
    }
}

fn of_talk(desk: &Desk, id: TalkId) -> String {
    name(desk, id.0).unwrap_or_else(|| "谈话".to_owned())
}

fn follow_up(desk: &Desk, row: &FollowUp) -> String {
    let owner = row.owner.map(|id| person(desk, id)).or_else(|| row.owner_name.clone());
    let parts = [
        Some(shortened(&row.measure)),
        owner.map(|owner| format!("责任人 {owner}")),
        row.due.map(|due| format!("{due} 前")),
        row.done_on.map(|day| format!("{day} 办结")),
        row.closing_note.as_deref().map(shortened),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

fn planned(desk: &Desk, row: &PlannedTalk) -> String {
    let names: Vec<String> = [row.talker, row.partner].into_iter().flatten().map(|id| person(desk, id)).collect();
    let parts = [
        Some(names.join(" 和 ")).filter(|names| !names.is_empty()),
        row.number.map(|number| number.to_string()),
        row.due.map(|due| format!("{due} 前")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

fn talk_type(types: &TalkTypes, row: &TalkTypeChange) -> String {
    let known = types.label(&row.code).to_owned();
    let parts = [
        Some(row.label.clone().unwrap_or(known)),
        row.counts.map(Counts::label).map(str::to_owned),
        row.outline.as_ref().map(|_| "提纲改过".to_owned()),
        row.removed.map(|removed| if removed { "停用" } else { "启用" }.to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}
