//! Elections (换届): a committee is elected for a term, with its posts; an election is delayed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::history::{check_day, event, stands};
use super::{rejected, require};
use crate::command::ledger::Stamp;
use crate::command::members::end_fact;
use crate::command::{Made, filled, title};
use crate::domain::dates::{PartialDate, Span};
use crate::domain::fields::FactKind;
use crate::domain::ids::{FactId, OrganisationId, PersonId};
use crate::domain::members::{Fact, PersonFile, status_ends_membership};
use crate::domain::organisations::{Organisation, OrganisationEvent, OrganisationEventKind, TermYears, term_on};
use crate::domain::rules::organisations::is_of_committee;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::{members, organisations, rules, workbook::Title};

/// Records an election (换届选举): who is elected again keeps the post, the others' posts end on that day; of one recorded
/// late the posts end with the next election. An empty list of posts leaves them as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ElectCommittee {
    pub id: OrganisationId,
    pub on: PartialDate,
    #[serde(default)]
    pub posts: Vec<Elected>,
    /// 任期届满时间, where it is not the election and the years of the term.
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// 届次: 第三届
    #[serde(default)]
    pub value: Option<String>,
    /// 批复文号
    #[serde(default)]
    pub document: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Who was elected to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Elected {
    pub person_id: PersonId,
    pub post: String,
}

/// Records that an election is delayed with approval (延期换届), generally by a year at most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DelayElection {
    pub id: OrganisationId,
    pub on: PartialDate,
    pub until: PartialDate,
    /// 批复文号
    #[serde(default)]
    pub document: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

impl ElectCommittee {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let seen = require(&tree, self.id)?;
        check_day(self.on, stamp)?;
        stands(seen, self.on)?;
        check_until(book, seen, OrganisationEventKind::Elected, self.on, self.until)?;
        self.fill_posts(book, seen)?;
        let elected = OrganisationEvent {
            value: filled(self.value.clone()),
            until: self.until,
            document: filled(self.document.clone()),
            note: filled(self.note.clone()),
            ..event(book, self.id, OrganisationEventKind::Elected, self.on)
        };
        book.insert(&elected)?;
        // A past election that is added later leaves the present term alone.
        if seen.elected_on.is_none_or(|held| held.first_day() <= self.on.first_day()) {
            let wanted = Organisation { elected_on: Some(self.on), term_ends: self.until, ..seen.clone() };
            book.update(seen, &wanted)?;
        }
        Ok((title(format!("换届选举：{}", seen.shown_name())), Made(Some(elected.id.0))))
    }

    /// Posts of the committee before end on the day; what began at a later election goes on from there.
    fn fill_posts(&self, book: &mut Book<'_>, organisation: &Organisation) -> Result<()> {
        if self.posts.is_empty() {
            return Ok(());
        }
        let (day, next) = (self.on.first_day(), self.next_election(book, organisation)?);
        let facts = members::posts_in(book.reader(), self.id)?;
        let held: Vec<&Fact> = facts
            .iter()
            .filter(|fact| fact.span.holds_on(day))
            .filter(|fact| fact.value.as_deref().is_some_and(is_of_committee))
            .collect();
        let is_same = |fact: &Fact, elected: &Elected| {
            fact.person == elected.person_id && fact.value.as_deref() == Some(elected.post.trim())
        };
        for fact in held.iter().filter(|fact| !self.posts.iter().any(|elected| is_same(fact, elected))) {
            interrupt(book, fact, self.on, next)?;
        }
        for elected in &self.posts {
            let post = elected.post.trim();
            if post.is_empty() {
                return Err(rejected("当选的人要写明职务"));
            }
            if held.iter().any(|fact| is_same(fact, elected)) {
                continue;
            }
            let file = members::file(book.reader(), elected.person_id)?
                .ok_or_else(|| rejected(format!("没有编号为 {} 的人", elected.person_id)))?;
            let again = facts.iter().filter(|fact| is_same(fact, elected)).filter_map(|fact| fact.span.from);
            let ends = again.chain(next).chain(organisation.closed).chain(left_on(&file));
            let to = ends.filter(|end| end.first_day() > day).min_by_key(|end| end.first_day());
            let id = FactId(book.new_id());
            book.insert(&Fact {
                id,
                person: elected.person_id,
                kind: FactKind::Post,
                organisation: Some(self.id),
                value: Some(post.to_owned()),
                place: None,
                span: Span { from: Some(self.on), to },
                position: None,
            })?;
        }
        Ok(())
    }

    /// The election after this one, where it is recorded already: the committee was there until then.
    fn next_election(&self, book: &Book<'_>, organisation: &Organisation) -> Result<Option<PartialDate>> {
        let events = organisations::events_of(book.reader(), self.id)?;
        let elections = events.iter().filter(|event| event.kind == OrganisationEventKind::Elected);
        let days = elections.map(|event| event.day).chain(organisation.elected_on);
        Ok(days.filter(|day| day.first_day() > self.on.first_day()).min_by_key(|day| day.first_day()))
    }
}

/// Ends a post on a day. One that is held beyond the next election is held again from there; of one whose start is not
/// known nothing tells that it began before.
fn interrupt(book: &mut Book<'_>, fact: &Fact, on: PartialDate, next: Option<PartialDate>) -> Result<()> {
    let Some(next) = next.filter(|next| fact.span.holds_on(next.first_day())) else {
        return end_fact(book, fact, on);
    };
    let again = Fact { span: Span { from: Some(next), to: fact.span.to }, ..fact.clone() };
    if fact.span.from.is_none() {
        return book.update(fact, &again);
    }
    end_fact(book, fact, on)?;
    let id = FactId(book.new_id());
    book.insert(&Fact { id, ..again })
}

/// Days on which somebody left the roll: a post ended with it.
fn left_on(file: &PersonFile) -> impl Iterator<Item = PartialDate> {
    let statuses = file.facts.iter().filter(|fact| fact.kind == FactKind::Status);
    let ending = statuses.filter(|fact| fact.value.as_deref().is_some_and(status_ends_membership));
    ending.filter_map(|fact| fact.span.from)
}

impl DelayElection {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let seen = require(&tree, self.id)?;
        check_day(self.on, stamp)?;
        stands(seen, self.on)?;
        check_until(book, seen, OrganisationEventKind::Delayed, self.on, Some(self.until))?;
        let delayed = OrganisationEvent {
            until: Some(self.until),
            document: filled(self.document),
            note: filled(self.note),
            ..event(book, self.id, OrganisationEventKind::Delayed, self.on)
        };
        book.insert(&delayed)?;
        Ok((title(format!("延期换届：{} 至 {}", seen.shown_name(), self.until)), Made(Some(delayed.id.0))))
    }
}

/// Until when a committee is elected lies after the election; a delay lies after the end of the term that it delays.
pub(super) fn check_until(
    book: &Book<'_>,
    organisation: &Organisation,
    kind: OrganisationEventKind,
    on: PartialDate,
    until: Option<PartialDate>,
) -> Result<()> {
    let Some(until) = until else { return Ok(()) };
    let is_late = until.first_day() > on.first_day();
    match kind {
        OrganisationEventKind::Elected if !is_late => Err(rejected("任期届满时间要晚于选举时间")),
        OrganisationEventKind::Delayed if !is_late => Err(rejected("要延期到以后的日期")),
        OrganisationEventKind::Delayed => {
            let years = TermYears::of(&rules::book(book.reader())?);
            let events = organisations::events_of(book.reader(), organisation.id)?;
            let ends = term_on(organisation, &events, years, on.first_day()).ends;
            match ends.filter(|ends| until.first_day() <= ends.first_day()) {
                Some(ends) => Err(rejected(format!("本届任期 {ends} 届满，要延期到这以后的日期"))),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// A later election that a list tells: the one before stays known, the posts stay as they are.
pub(super) fn record_election(
    book: &mut Book<'_>,
    seen: &Organisation,
    on: PartialDate,
    until: Option<PartialDate>,
) -> Result<()> {
    let kind = OrganisationEventKind::Elected;
    if let Some(held) = seen.elected_on {
        let events = organisations::events_of(book.reader(), seen.id)?;
        if !events.iter().any(|event| event.kind == kind && event.day == held) {
            let before = OrganisationEvent { until: seen.term_ends, ..event(book, seen.id, kind, held) };
            book.insert(&before)?;
        }
    }
    let elected = OrganisationEvent { until, ..event(book, seen.id, kind, on) };
    book.insert(&elected)?;
    book.update(seen, &Organisation { elected_on: Some(on), term_ends: until, ..seen.clone() })
}

/// Where the present term of an organisation is corrected, the election it came from is too.
pub(super) fn correct_election(book: &mut Book<'_>, seen: &Organisation, wanted: &Organisation) -> Result<()> {
    if (seen.elected_on, seen.term_ends) == (wanted.elected_on, wanted.term_ends) {
        return Ok(());
    }
    let events = organisations::events_of(book.reader(), seen.id)?;
    let is_of_it =
        |event: &&OrganisationEvent| event.kind == OrganisationEventKind::Elected && Some(event.day) == seen.elected_on;
    match (events.iter().find(is_of_it), wanted.elected_on) {
        (Some(event), Some(day)) => {
            book.update(event, &OrganisationEvent { day, until: wanted.term_ends, ..event.clone() })
        }
        (Some(event), None) => book.delete(event),
        (None, _) => Ok(()),
    }
}
