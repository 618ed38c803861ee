//! Events that were recorded wrongly (更正变动): put right with the dated facts they moved, or taken out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::events::{check_parts, check_receipt};
use super::moves::check_day;
use super::named_branch::move_to_branch;
use super::{rejected, require_file};
use crate::command::ledger::Stamp;
use crate::command::{Made, filled, title};
use crate::domain::dates::{PartialDate, Span};
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::Known;
use crate::domain::ids::{EventId, OrganisationId};
use crate::domain::members::{Fact, PersonFile};
use crate::domain::values::Value;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::{organisations, workbook::Title};

/// Corrects an event (更正): all its parts as they should stand. Facts that began or ended on its former day move along,
/// as does what began in the branch that it named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditEvent {
    pub id: EventId,
    pub on: PartialDate,
    /// The branch somebody was transferred to, or floats into; as it was where it is not told.
    #[serde(default)]
    pub branch_id: Option<OrganisationId>,
    #[serde(default)]
    pub value: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub document: Option<String>,
    #[serde(default)]
    pub until: Option<PartialDate>,
    #[serde(default)]
    pub receipt: Option<PartialDate>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Takes the record of an event out. The facts stay as they are: they are corrected in the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveEvent {
    pub id: EventId,
}

impl EditEvent {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        check_day(self.on, stamp)?;
        check_receipt(self.receipt, stamp)?;
        let seen = require_event(book, self.id)?;
        let (mut file, mut with_branch) = (require_file(book, seen.person)?, seen.clone());
        if let Some(branch) = self.branch_id.filter(|branch| seen.named_branch() != Some(*branch)) {
            let tree = organisations::tree(book.reader())?;
            with_branch = move_to_branch(book, &tree, &file, &seen, branch, self.on)?;
            file = require_file(book, seen.person)?;
        }
        let wanted = Event {
            day: self.on,
            value: filled(self.value),
            place: filled(self.place),
            document: filled(self.document),
            until: self.until,
            receipt: self.receipt,
            note: filled(self.note),
            ..with_branch
        };
        check_parts(&wanted)?;
        if wanted.day != seen.day {
            move_facts(book, &file, &seen, wanted.day)?;
        }
        book.update(&seen, &wanted)?;
        Ok((title(format!("更正变动：{} {}", file.person.name(), seen.kind.label())), Made(Some(self.id.0))))
    }
}

/// Moves to another day what began or ended on the day of an event.
fn move_facts(book: &mut Book<'_>, file: &PersonFile, event: &Event, day: PartialDate) -> Result<()> {
    for fact in file.facts.iter().filter(|fact| event.kind.spec().moves.contains(&fact.kind)) {
        let moved = |date: Option<PartialDate>| if date == Some(event.day) { Some(day) } else { date };
        let span = Span { from: moved(fact.span.from), to: moved(fact.span.to) };
        if span != fact.span && span.is_empty() {
            return Err(rejected(format!("{} 的{}会在开始以前结束", file.person.name(), fact.kind.label()))
                .next("请在历史里逐条更正"));
        }
        book.update(fact, &Fact { span, ..fact.clone() })?;
    }
    let field = match event.kind {
        EventKind::Accepted => Known::Joined,
        EventKind::Converted => Known::Full,
        _ => return Ok(()),
    };
    if file.person.date(field) == Some(event.day) {
        let mut wanted = file.person.clone();
        wanted.set(field, Some(Value::Date(day)));
        book.update(&file.person, &wanted)?;
    }
    Ok(())
}

impl RemoveEvent {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let seen = require_event(book, self.id)?;
        let file = require_file(book, seen.person)?;
        book.delete(&seen)?;
        Ok((title(format!("删掉误记的变动：{} {}", file.person.name(), seen.kind.label())), Made(None)))
    }
}

fn require_event(book: &Book<'_>, id: EventId) -> Result<Event> {
    book.reader().get::<Event>(id.0)?.ok_or_else(|| rejected(format!("没有编号为 {id} 的变动")))
}
