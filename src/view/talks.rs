//! Talks (谈心谈话) as lists and forms show them. Whom the coverage asks for is not told here.
//!
//! Start at [`list`]; what the form needs stands in [`writing`], what a talk makes one look at in [`notices`], who is found
//! while one writes in [`people`], what follows from talks in [`following`]; a person's talks are read with the person.

mod asking;
mod following;
mod notices;
mod people;
mod writing;

use std::collections::{BTreeSet, HashMap, HashSet};

pub use asking::{LedgerAsk, Narrowing};
pub(in crate::view) use following::line_of;
pub use following::{FollowUpAsk, FollowUpLine, FollowUpState, follow_ups};
pub use notices::{Noticing, TalkNotice, TalkToCheck, notices};
pub use people::{PeopleAsk, PersonFound, find_people, named_people};
pub use writing::{LastTalk, Seat, Writing, WritingAsk, ledger_of, writing};

use super::desk::Desk;
use super::talk_ledger;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, TalkId};
use crate::domain::talks::{Side, Somebody, TalkNumber, TalkPerson, TalkTypes};
use crate::problem::Result;
use crate::store::talks::{self as table, TalkFile};
use crate::store::{talk_list, talk_text};

/// A talk in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkLine {
    pub id: TalkId,
    pub number: TalkNumber,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub held_on: PartialDate,
    /// The name of its type.
    pub kind: String,
    pub mode: Option<String>,
    pub place: Option<String>,
    /// The topic, or how the content begins.
    pub about: String,
    /// 「陈志远、林秀英」
    pub talkers: String,
    pub partners: String,
    /// Follow-ups that are not done.
    pub open: usize,
}

/// The talks that are listed, the latest first, with their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TalkList {
    pub lines: Vec<TalkLine>,
    /// 人次: partners of all the talks, each as often as talked with.
    pub times: usize,
    /// 人: different partners; of those in no roster each name is one.
    pub people: usize,
    /// Those of them who are in no roster.
    pub outside: usize,
    /// How many talks the scope and the time have, whatever else is asked.
    pub all: usize,
    /// Types that occur in the scope and the time, whatever else is asked, in their order: code and name.
    pub kinds: Vec<(String, String)>,
}

/// Characters of a content that stand for a topic.
const BEGINNING: usize = 60;

/// The talks of a ledger and those below it.
pub fn list(desk: &Desk, ask: &LedgerAsk) -> Result<TalkList> {
    let types = table::types(desk.reader())?;
    // One more than is shown, to see whether there is more.
    let days = ask.days();
    let talks = talk_list::listed(desk.reader(), days, BEGINNING + 1)?;
    let seats = seats_in(desk, days)?;
    let ledgers = ledgers(desk, ask.scope);
    let wanted = Wanted::of(desk, ask)?;
    let open = open_of_each(desk)?;
    let mut list = TalkList::default();
    let (mut partners, mut outside, mut kinds) = (HashSet::new(), HashSet::new(), BTreeSet::new());
    for talk in talks {
        let Some(ledger) = ledgers.get(&talk.organisation) else { continue };
        list.all += 1;
        kinds.insert(talk.kind.clone());
        let seats = seats.get(&talk.id).map(Vec::as_slice).unwrap_or_default();
        let on = |side: Side| seats.iter().filter(move |(sat, _)| *sat == side).map(|(_, who)| who);
        let line = TalkLine {
            id: talk.id,
            number: talk.number,
            organisation: talk.organisation,
            organisation_name: ledger.clone(),
            held_on: talk.held_on,
            kind: types.label(&talk.kind).to_owned(),
            about: talk.topic.unwrap_or_else(|| beginning_of(talk.beginning.unwrap_or_default())),
            talkers: names(desk, on(Side::Talker)),
            partners: names(desk, on(Side::Partner)),
            open: open.get(&talk.id).copied().unwrap_or(0),
            mode: talk.mode,
            place: talk.place,
        };
        if !wanted.holds(&line, &talk.kind, seats) {
            continue;
        }
        for partner in on(Side::Partner) {
            list.times += 1;
            match partner {
                Somebody::Person(id) => partners.insert(*id),
                Somebody::Named { name, .. } => outside.insert(name.clone()),
            };
        }
        list.lines.push(line);
    }
    list.people = partners.len() + outside.len();
    list.outside = outside.len();
    list.lines.sort_by_key(|line| std::cmp::Reverse((line.held_on.first_day(), line.number)));
    let known = types.all().iter().filter(|kind| kinds.contains(&kind.code));
    list.kinds = known.map(|kind| (kind.code.clone(), kind.label.clone())).collect();
    Ok(list)
}

type Seats = HashMap<TalkId, Vec<(Side, Somebody)>>;

/// Who sat in the talks of these days, or of all.
fn seats_in(desk: &Desk, days: Option<(Day, Day)>) -> Result<Seats> {
    let mut seats = Seats::new();
    let mut sit = |person: TalkPerson| {
        seats.entry(person.talk).or_default().push((person.side, person.who));
        Ok(())
    };
    match days {
        Some((from, to)) => table::people_between(desk.reader(), from, to)?.into_iter().try_for_each(sit)?,
        None => table::each_person(desk.reader(), &mut sit)?,
    }
    Ok(seats)
}

/// The names of the ledgers of a scope; of a 党小组 that of its branch.
fn ledgers(desk: &Desk, scope: Option<OrganisationId>) -> HashMap<OrganisationId, String> {
    let tree = desk.tree();
    let scope = scope.map(|id| tree.branch_of_group(id).map_or(id, |branch| branch.id));
    tree.within(scope).into_iter().map(|node| (node.id, node.shown_name().to_owned())).collect()
}

/// How many follow-ups of each talk are not done.
fn open_of_each(desk: &Desk) -> Result<HashMap<TalkId, usize>> {
    let mut open = HashMap::new();
    for follow_up in table::open_follow_ups(desk.reader())? {
        *open.entry(follow_up.talk).or_default() += 1;
    }
    Ok(open)
}

/// What a list narrows its talks down to.
struct Wanted<'a> {
    only: &'a Narrowing,
    terms: Vec<&'a str>,
    /// Talks in whose words a term stands, by term.
    written: Vec<HashSet<TalkId>>,
    /// Talks of which the conditions hold, if there are any.
    fulfilling: Option<HashSet<TalkId>>,
}

impl<'a> Wanted<'a> {
    fn of(desk: &Desk, ask: &'a LedgerAsk) -> Result<Self> {
        let only = &ask.only;
        let terms: Vec<&str> = only.text.split_whitespace().collect();
        let found = |term: &&str| Ok(talk_text::search(desk.reader(), term)?.into_iter().collect());
        let written = terms.iter().map(found).collect::<Result<_>>()?;
        Ok(Self { only, terms, written, fulfilling: fulfilling(desk, ask)? })
    }

    fn holds(&self, line: &TalkLine, kind: &str, seats: &[(Side, Somebody)]) -> bool {
        let is_kind = self.only.kind.as_ref().is_none_or(|wanted| wanted == kind);
        let is_own = self.only.own.is_none_or(|own| own == line.organisation);
        let is_there = self.only.person.is_none_or(|person| seats.iter().any(|(_, who)| who.person() == Some(person)));
        let bears =
            |who: &Somebody| matches!(who, Somebody::Named { name, .. } if Some(name) == self.only.named.as_ref());
        let is_named = self.only.named.is_none() || seats.iter().any(|(_, who)| bears(who));
        let number = line.number.to_string();
        let stands = |(nth, term): (usize, &&str)| {
            self.written[nth].contains(&line.id)
                || line.talkers.contains(*term)
                || line.partners.contains(*term)
                || line.kind.contains(*term)
                || number.contains(*term)
        };
        let holds = self.fulfilling.as_ref().is_none_or(|talks| talks.contains(&line.id));
        is_kind && is_own && is_there && is_named && holds && self.terms.iter().enumerate().all(stands)
    }
}

/// The talks of which all conditions hold; `None` where there are no conditions.
fn fulfilling(desk: &Desk, ask: &LedgerAsk) -> Result<Option<HashSet<TalkId>>> {
    if ask.only.conditions.is_empty() {
        return Ok(None);
    }
    let only = Narrowing { conditions: ask.only.conditions.clone(), ..Narrowing::default() };
    let mut found = HashSet::new();
    talk_ledger::each(desk, &LedgerAsk { only, ..*ask }, |talk| {
        found.insert(talk.file.talk.id);
        Ok(())
    })?;
    Ok(Some(found))
}

/// How a content begins, in one line.
fn beginning_of(content: String) -> String {
    let mut line = content.replace('\n', " ");
    if let Some((end, _)) = line.char_indices().nth(BEGINNING) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// 「陈志远、林秀英」
fn names<'s>(desk: &Desk, people: impl Iterator<Item = &'s Somebody>) -> String {
    people.map(|who| name_of(desk, who)).collect::<Vec<_>>().join("、")
}

/// The name of somebody in a talk.
fn name_of(desk: &Desk, who: &Somebody) -> String {
    match who {
        Somebody::Person(id) => desk.directory().get(*id).map_or_else(String::new, |card| card.name.to_string()),
        Somebody::Named { name, .. } => name.clone(),
    }
}

/// One talk with everything that is written of it, ready for the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenTalk {
    pub file: TalkFile,
    /// Everybody in it, each with the side, as the form shows them.
    pub seats: Vec<(Side, Seat)>,
    /// Who is to do what follows, by the place of the follow-up.
    pub owners: Vec<Option<Seat>>,
}

/// Reads one talk; `None` if there is no such talk.
pub fn one(desk: &Desk, id: TalkId, as_of: Day) -> Result<Option<WrittenTalk>> {
    let Some(file) = table::file(desk.reader(), id)? else { return Ok(None) };
    let seat = |who: &Somebody| writing::seat_of(desk, who, as_of);
    let seats = file.people.iter().map(|person| Ok((person.side, seat(&person.who)?))).collect::<Result<_>>()?;
    let owners = file.follow_ups.iter().map(|follow_up| {
        let named = follow_up.owner_name.clone().map(|name| Somebody::Named { name, about: None });
        follow_up.owner.map(Somebody::Person).or(named).map(|who| seat(&who)).transpose()
    });
    let owners = owners.collect::<Result<_>>()?;
    Ok(Some(WrittenTalk { seats, owners, file }))
}

/// The types as they hold in this workbook.
pub fn types(desk: &Desk) -> Result<TalkTypes> {
    table::types(desk.reader())
}
