//! What settles a finding with one key: a command, or the place where it is settled.

use crate::clock::Day;
use crate::command::{
    AdoptFromIdNumber, Adopted, Command, EditEvent, EditMembers, EndPost, MemberDraft, RecordEvent, RemoveFact, SetFact,
};
use crate::domain::dates::PartialDate;
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{FactId, OrganisationId, PersonId};
use crate::domain::members::PersonFile;
use crate::domain::rules::Measure;
use crate::domain::rules::members::{Finding, Places, Remedy};
use crate::problem::Result;
use crate::store::members;
use crate::view::desk::Desk;

/// What settles a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// 「采用 1981-05-12」
    pub label: String,
    pub act: FixAct,
}

/// What a fix does.
#[derive(Debug, Clone, PartialEq)]
pub enum FixAct {
    Run(Box<Command>),
    /// Opens the form of an event, with this value in it.
    Record(EventKind, &'static str),
    /// Opens this row of the history.
    History(FactId),
    Organisation(OrganisationId),
}

pub(super) fn fixes(finding: &Finding<'_>, file: &PersonFile, events: &[Event], places: &Places, day: Day) -> Vec<Fix> {
    finding.remedies.iter().filter_map(|remedy| fix(remedy, finding, file, events, places, day)).collect()
}

fn fix(
    remedy: &Remedy,
    finding: &Finding<'_>,
    file: &PersonFile,
    events: &[Event],
    places: &Places,
    day: Day,
) -> Option<Fix> {
    let id = file.person.id;
    let run = |label: String, command: Command| Some(Fix { label, act: FixAct::Run(Box::new(command)) });
    match remedy {
        Remedy::FromNumber { field, value } => {
            let adopted = if *field == Known::Birth { Adopted::Birth } else { Adopted::Sex };
            let is_plain = matches!(finding.rule.measure, Measure::BirthAsInNumber | Measure::SexAsInNumber);
            let label = if is_plain { format!("采用 {value}") } else { format!("{}采用 {value}", field.label()) };
            run(label, Command::AdoptFromIdNumber(AdoptFromIdNumber { ids: vec![id], field: adopted }))
        }
        Remedy::Date(field, date) => {
            let set = MemberDraft::of(field.spec().name, &date.to_string());
            run(format!("采用 {date}"), Command::EditMembers(EditMembers { ids: vec![id], set, on: None }))
        }
        Remedy::Convert(on) => {
            let event = RecordEvent::new(vec![id], EventKind::Converted, *on);
            run(format!("登记 {on} 转正"), Command::RecordEvent(event))
        }
        Remedy::JoinGroup(group) => {
            let command = SetFact { organisation_id: Some(*group), ..new_fact(id, FactKind::Group, day) };
            run(format!("编入 {}", places.names.get(group)?), Command::SetFact(command))
        }
        Remedy::EndPost { fact, on } => run(format!("{on} 起免职"), Command::EndPost(EndPost { id: *fact, to: *on })),
        Remedy::Only { instead_of, from, words, .. } => {
            run(format!("只留 {words}"), end_or_remove(file, *instead_of, *from)?)
        }
        Remedy::Record { kind, value } => {
            Some(Fix { label: format!("记{}：{value}…", kind.label()), act: FixAct::Record(*kind, value) })
        }
        Remedy::Receipt(event) => {
            let event = events.iter().find(|one| one.id == *event)?;
            let receipt = PartialDate::of_day(day);
            run(
                format!("登记 {receipt} 收到回执"),
                Command::EditEvent(EditEvent { receipt: Some(receipt), ..as_it_is(event) }),
            )
        }
        Remedy::OpenFact(fact) => Some(Fix { label: "打开历次变动…".to_owned(), act: FixAct::History(*fact) }),
        Remedy::OpenOrganisation(id) => {
            Some(Fix { label: "打开党组织…".to_owned(), act: FixAct::Organisation(*id) })
        }
    }
}

fn new_fact(person_id: PersonId, kind: FactKind, from: Day) -> SetFact {
    let (kind, from) = (kind.name().to_owned(), Some(PartialDate::of_day(from)));
    SetFact { id: None, person_id, kind, organisation_id: None, value: None, place: None, from, to: None }
}

/// Ends a fact on a day; without one it was wrong and goes.
fn end_or_remove(file: &PersonFile, id: FactId, on: Option<PartialDate>) -> Option<Command> {
    let fact = file.facts.iter().find(|fact| fact.id == id)?;
    Some(match on {
        None => Command::RemoveFact(RemoveFact { id }),
        Some(on) => Command::SetFact(SetFact {
            id: Some(id),
            person_id: fact.person,
            kind: fact.kind.name().to_owned(),
            organisation_id: fact.organisation,
            value: fact.value.clone(),
            place: fact.place.clone(),
            from: fact.span.from,
            to: Some(on),
        }),
    })
}

fn as_it_is(event: &Event) -> EditEvent {
    EditEvent {
        id: event.id,
        on: event.day,
        branch_id: None,
        value: event.value.clone(),
        place: event.place.clone(),
        document: event.document.clone(),
        until: event.until,
        receipt: event.receipt,
        note: event.note.clone(),
    }
}

/// What would be taken over from the identity number of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoptable {
    pub person: PersonId,
    pub name: String,
    pub before: String,
    pub after: String,
}

/// Which of these people have a sound number that tells otherwise than they are registered, and what.
pub fn adoptable(desk: &Desk, ids: &[PersonId], adopted: Adopted) -> Result<Vec<Adoptable>> {
    let mut found = Vec::new();
    for id in ids {
        let Some(file) = members::file(desk.reader(), *id)? else { continue };
        let person = &file.person;
        let (now, told) = (person.values.get(&adopted.field()), adopted.of(person));
        if let Some(told) = told.filter(|told| now != Some(told)) {
            let before = now.map(crate::domain::values::Value::text).unwrap_or_default();
            found.push(Adoptable { person: *id, name: person.name().to_owned(), before, after: told.text() });
        }
    }
    Ok(found)
}
