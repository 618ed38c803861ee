//! The ledger of talks (谈心谈话台账) as papers and files need it: whole talks, with the names of everybody in them.
//!
//! A list on the screen needs less. Start at [`each`].

use std::collections::{HashMap, HashSet};

use super::desk::Desk;
use super::talks::list;
pub use super::talks::{LedgerAsk, Narrowing};
use crate::domain::ids::{OrganisationId, TalkId};
use crate::domain::talks::{FollowUp, Side, Somebody, Talk, TalkPerson, TalkTypes};
use crate::problem::Result;
use crate::store::talks::{self as table, TalkFile};

/// A talk with the names of what it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerTalk {
    pub file: TalkFile,
    /// The organisation in whose ledger it stands, by its name of now.
    pub organisation: String,
    /// The name of its type.
    pub kind: String,
    /// Whether of such talks only day, topic and persons are kept.
    pub is_restricted: bool,
}

impl LedgerTalk {
    /// The names on a side: those in no roster with what is told of them in brackets.
    pub fn names(&self, desk: &Desk, side: Side) -> Vec<String> {
        self.file.on(side).map(|who| name_of(desk, who)).collect()
    }

    /// Who is to do what follows; empty where nobody is told.
    pub fn owner(&self, desk: &Desk, follow_up: &FollowUp) -> String {
        match follow_up.owner {
            Some(id) => name_of(desk, &Somebody::Person(id)),
            None => follow_up.owner_name.clone().unwrap_or_default(),
        }
    }
}

/// 「王芳（群众）」
fn name_of(desk: &Desk, who: &Somebody) -> String {
    match who {
        Somebody::Person(id) => desk.directory().get(*id).map(|card| card.name.to_string()).unwrap_or_default(),
        Somebody::Named { name, about: None } => name.clone(),
        Somebody::Named { name, about: Some(about) } => format!("{name}（{about}）"),
    }
}

/// Passes the talks of a ledger and those below it, the earliest first.
pub fn each(desk: &Desk, ask: &LedgerAsk, mut take: impl FnMut(LedgerTalk) -> Result<()>) -> Result<()> {
    let reading = Reading::new(desk, ask.scope)?;
    let (mut people, mut follow_ups) = (reading.people(ask)?, reading.follow_ups()?);
    let listed = listed(desk, ask)?;
    let holds = |talk: &LedgerTalk| ask.only.conditions.iter().all(|(condition, _)| condition.holds(desk, talk));
    let mut pass = |talk: Talk| {
        if listed.as_ref().is_some_and(|listed| !listed.contains(&talk.id)) {
            return Ok(());
        }
        let (people, follow_ups) = (people.remove(&talk.id), follow_ups.remove(&talk.id));
        match reading.whole(talk, people.unwrap_or_default(), follow_ups.unwrap_or_default()).filter(&holds) {
            Some(talk) => take(talk),
            None => Ok(()),
        }
    };
    match ask.days() {
        None => table::each(desk.reader(), pass),
        Some((from, to)) => table::held_between(desk.reader(), from, to)?.into_iter().try_for_each(&mut pass),
    }
}

/// The talks that the list on the screen shows, where it leaves some out: what is handed out is what is seen.
fn listed(desk: &Desk, ask: &LedgerAsk) -> Result<Option<HashSet<TalkId>>> {
    let only = ask.only.without_conditions();
    if only.is_nothing() {
        return Ok(None);
    }
    let lines = list(desk, &LedgerAsk { only, ..*ask })?.lines;
    Ok(Some(lines.into_iter().map(|line| line.id).collect()))
}

/// These talks, in this order; those that are not there any more are left out.
pub fn these(desk: &Desk, ids: &[TalkId]) -> Result<Vec<LedgerTalk>> {
    let reading = Reading::new(desk, None)?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(file) = table::file(desk.reader(), *id)? {
            found.extend(reading.whole(file.talk, file.people, file.follow_ups));
        }
    }
    Ok(found)
}

/// What is the same for all talks.
struct Reading<'d> {
    desk: &'d Desk,
    types: TalkTypes,
    /// The ledgers of the scope with their names.
    ledgers: HashMap<OrganisationId, &'d str>,
}

impl<'d> Reading<'d> {
    fn new(desk: &'d Desk, scope: Option<OrganisationId>) -> Result<Self> {
        let tree = desk.tree();
        let scope = scope.map(|id| tree.branch_of_group(id).map_or(id, |branch| branch.id));
        let ledgers = tree.within(scope).into_iter().map(|node| (node.id, node.name.as_str())).collect();
        Ok(Self { desk, types: table::types(desk.reader())?, ledgers })
    }

    fn people(&self, ask: &LedgerAsk) -> Result<HashMap<TalkId, Vec<TalkPerson>>> {
        let mut people: HashMap<TalkId, Vec<TalkPerson>> = HashMap::new();
        let mut sit = |person: TalkPerson| {
            people.entry(person.talk).or_default().push(person);
            Ok(())
        };
        match ask.days() {
            None => table::each_person(self.desk.reader(), sit)?,
            Some((from, to)) => {
                table::people_between(self.desk.reader(), from, to)?.into_iter().try_for_each(&mut sit)?;
            }
        }
        for seats in people.values_mut() {
            seats.sort_by_key(|person| (person.side, person.position, person.id));
        }
        Ok(people)
    }

    fn follow_ups(&self) -> Result<HashMap<TalkId, Vec<FollowUp>>> {
        let mut found: HashMap<TalkId, Vec<FollowUp>> = HashMap::new();
        for follow_up in table::follow_ups(self.desk.reader())? {
            found.entry(follow_up.talk).or_default().push(follow_up);
        }
        Ok(found)
    }

    /// The talk with its names; `None` where it stands in another ledger.
    fn whole(&self, talk: Talk, people: Vec<TalkPerson>, follow_ups: Vec<FollowUp>) -> Option<LedgerTalk> {
        let organisation = (*self.ledgers.get(&talk.organisation)?).to_owned();
        let kind = self.types.label(&talk.kind).to_owned();
        let is_restricted = self.types.get(&talk.kind).is_some_and(|kind| kind.is_restricted());
        Some(LedgerTalk { organisation, kind, is_restricted, file: TalkFile { talk, people, follow_ups } })
    }
}
