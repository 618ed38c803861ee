//! What coverage is told from: who was what in an organisation, what happened, which talks there were.
//!
//! One organisation is read by its people, many are read by whole tables. Start at [`Ground`].

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::clock::Day;
use crate::domain::coverage::{Coverage, CoverageRules, Occasion, OccasionKind, Roles, TalkSeen, Window, coverage};
use crate::domain::dates::{PartialDate, Span};
use crate::domain::events::EventKind;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::members::Fact;
use crate::domain::organisations::{OrganisationKind, OrganisationTree};
use crate::domain::posts::post_rank;
use crate::problem::Result;
use crate::store::coverage::{seen_between, seen_with};
use crate::store::events::of_kind;
use crate::store::members::{each_fact_on, facts_of, facts_of_people, posts_in};
use crate::store::standing::{on_committee, roles_in};
use crate::store::talks::types;
use crate::view::desk::Desk;

/// Facts by which somebody may be left out.
const ABSENCES: [FactKind; 3] = [FactKind::Lost, FactKind::Floating, FactKind::Unable];

/// What is the same for every organisation of one question.
pub(super) struct Ground<'d> {
    desk: &'d Desk,
    window: Window,
    rules: CoverageRules,
    tree: Arc<OrganisationTree>,
    /// What happened to people in the period, by the organisation that answers for it.
    occasions: HashMap<OrganisationId, Vec<Occasion>>,
}

/// An organisation with its people and what happened to them.
struct Place {
    people: Vec<Roles>,
    occasions: Vec<Occasion>,
}

impl<'d> Ground<'d> {
    pub fn new(desk: &'d Desk, window: Window) -> Result<Self> {
        let rules = super::rules(desk);
        let tree = desk.tree_on(window.as_of);
        let mut ground = Self { desk, window, rules, tree, occasions: HashMap::new() };
        for kind in EventKind::all() {
            ground.read_events(kind)?;
        }
        Ok(ground)
    }

    /// The coverage of one organisation; all talks its people ever had are looked at.
    pub fn one(&self, id: OrganisationId) -> Result<Coverage> {
        let place = self.place_with_absences(id)?;
        let talks = self.seen(&place)?;
        Ok(coverage(&self.rules, self.window, &place.people, &talks, &place.occasions))
    }

    /// An organisation with what its people may be left out by.
    fn place_with_absences(&self, id: OrganisationId) -> Result<Place> {
        let mut place = self.place(id)?;
        let people = place.people.iter().map(|roles| roles.person);
        let mut absences: HashMap<PersonId, Vec<Fact>> = HashMap::new();
        for fact in facts_of_people(self.desk.reader(), people, &ABSENCES)? {
            absences.entry(fact.person).or_default().push(fact);
        }
        for roles in &mut place.people {
            for fact in absences.get(&roles.person).into_iter().flatten() {
                self.absent(roles, fact.kind, fact.organisation, fact.value.as_deref(), fact.span);
            }
        }
        Ok(place)
    }

    /// All talks that the people of a place ever had.
    fn seen(&self, place: &Place) -> Result<Vec<TalkSeen>> {
        let people = place.people.iter().map(|roles| roles.person);
        seen_with(self.desk.reader(), &types(self.desk.reader())?, people, self.window.as_of)
    }

    /// The coverage of each of these organisations as it is, and as it would be with these talks instead of one that is
    /// there; talks before the period are not looked at.
    pub fn before_and_after(
        &self,
        ids: &[OrganisationId],
        without: Option<TalkId>,
        talks: &[TalkSeen],
    ) -> Result<Vec<(Coverage, Coverage)>> {
        let reader = self.desk.reader();
        let seen = seen_between(reader, &types(reader)?, self.window.period.first, self.window.as_of)?;
        let now: Vec<&TalkSeen> = seen.iter().collect();
        let then: Vec<&TalkSeen> = seen.iter().filter(|talk| Some(talk.id) != without).chain(talks).collect();
        let both = |id: &OrganisationId| {
            let place = self.place_with_absences(*id)?;
            let told = |talks: &[&TalkSeen]| {
                coverage(&self.rules, self.window, &place.people, talks.iter().copied(), &place.occasions)
            };
            Ok((told(&now), told(&then)))
        };
        ids.iter().map(both).collect()
    }

    /// The organisations whose coverage talks of these people may move: where they are or were members, had a post, or
    /// where something happened to them.
    pub fn organisations_of(&self, people: &[PersonId]) -> Result<BTreeSet<OrganisationId>> {
        let mut found = BTreeSet::new();
        for card in people.iter().filter_map(|id| self.desk.directory().get(*id)).filter(|card| !card.voided) {
            found.extend(card.member_spans(self.window.as_of).into_iter().map(|(organisation, _)| organisation));
            let posts = facts_of(self.desk.reader(), card.id)?.into_iter().filter(|fact| fact.kind == FactKind::Post);
            found.extend(posts.filter_map(|fact| super::answering(fact.organisation?, &self.tree)));
        }
        let happened = self.occasions.iter();
        let theirs = happened.filter(|(_, list)| list.iter().any(|occasion| people.contains(&occasion.person)));
        found.extend(theirs.map(|(id, _)| *id));
        Ok(found)
    }

    /// The coverage of each of these organisations; talks before `since` are not looked at.
    pub fn several(&self, ids: &[OrganisationId], since: Day) -> Result<Vec<Coverage>> {
        let reader = self.desk.reader();
        let mut places = ids.iter().map(|id| self.place(*id)).collect::<Result<Vec<_>>>()?;
        let mut absent: HashMap<PersonId, Roles> = HashMap::new();
        each_fact_on(reader, &ABSENCES, self.window.as_of, |fact| {
            let roles = absent.entry(fact.person).or_insert_with(|| Roles::new(fact.person));
            self.absent(roles, fact.kind, fact.organisation, fact.value, fact.span);
        })?;
        for roles in places.iter_mut().flat_map(|place| &mut place.people) {
            if let Some(found) = absent.get(&roles.person) {
                roles.lost.clone_from(&found.lost);
                roles.away.clone_from(&found.away);
                roles.unable.clone_from(&found.unable);
            }
        }
        let talks = seen_between(reader, &types(reader)?, since, self.window.as_of)?;
        let of_person = by_person(&talks);
        let told = places.iter().map(|place| {
            let theirs = place.people.iter().filter_map(|roles| of_person.get(&roles.person));
            let mut theirs: Vec<usize> = theirs.flatten().copied().collect();
            theirs.sort_unstable();
            theirs.dedup();
            let theirs = theirs.into_iter().map(|nth| &talks[nth]);
            coverage(&self.rules, self.window, &place.people, theirs, &place.occasions)
        });
        Ok(told.collect())
    }

    /// Who was a member of an organisation or on its committee, and what happened there. The committee of the day comes
    /// first, the highest post before the others; then the roster's order.
    fn place(&self, id: OrganisationId) -> Result<Place> {
        let day = self.window.as_of;
        let directory = self.desk.directory();
        let posts = posts_in(self.desk.reader(), id)?;
        let mut ranks: HashMap<PersonId, usize> = HashMap::new();
        for (fact, _) in on_committee(directory, &posts).filter(|(_, span)| span.holds_on(day)) {
            let rank = ranks.entry(fact.person).or_insert(usize::MAX);
            *rank = post_rank(fact.value.as_deref().unwrap_or_default()).min(*rank);
        }
        let listed = |mut roles: Roles| {
            let card = directory.get(roles.person).filter(|_| !roles.member.is_empty());
            let membership = card.and_then(|card| card.membership_on(day)).filter(|held| held.organisation == id);
            roles.since = membership.and_then(|membership| membership.span.from);
            let rank = ranks.get(&roles.person).copied().unwrap_or(usize::MAX);
            Listed { rank, position: membership.map_or(i64::MAX, |membership| membership.position), roles }
        };
        let mut people: Vec<Listed> = roles_in(directory, id, &posts, day).into_iter().map(listed).collect();
        people.sort_by_key(|listed| (listed.rank, listed.position, listed.roles.person));
        let people = people.into_iter().map(|listed| listed.roles).collect();
        Ok(Place { people, occasions: self.occasions_of(id, &posts)? })
    }

    /// What happened in an organisation in the period: events, and posts that began in it and in its groups, for which it
    /// answers.
    fn occasions_of(&self, id: OrganisationId, own: &[Fact]) -> Result<Vec<Occasion>> {
        if super::answering(id, &self.tree) != Some(id) {
            return Ok(Vec::new());
        }
        let mut occasions = self.occasions.get(&id).cloned().unwrap_or_default();
        occasions.extend(own.iter().filter_map(|fact| self.appointment(fact)));
        for group in self.tree.children(Some(id)).filter(|node| node.kind == OrganisationKind::Group) {
            let posts = posts_in(self.desk.reader(), group.id)?;
            occasions.extend(posts.iter().filter_map(|fact| self.appointment(fact)));
        }
        Ok(occasions)
    }

    /// A post as an occasion, if it began on a day that is known. Whoever was typed by mistake was never appointed.
    fn appointment(&self, fact: &Fact) -> Option<Occasion> {
        let card = self.desk.directory().get(fact.person).filter(|card| !card.voided)?;
        Some(Occasion { day: fact.span.from?, person: card.id, kind: OccasionKind::Appointed, id: fact.id.0 })
    }

    fn read_events(&mut self, kind: EventKind) -> Result<()> {
        if !self.rules.asks_after(OccasionKind::Event(kind)) {
            return Ok(());
        }
        let period = self.window.period;
        let Some((from, to)) = stored(period.first, period.last) else { return Ok(()) };
        for event in of_kind(self.desk.reader(), kind, from, to)? {
            let day = event.day;
            let Some(card) = self.desk.directory().get(event.person).filter(|card| !card.voided) else { continue };
            if !period.holds(day.first_day()) {
                continue;
            }
            if let Some(organisation) = super::answers_for(&event, card, &self.tree) {
                let occasion = Occasion { day, person: card.id, kind: OccasionKind::Event(kind), id: event.id.0 };
                self.occasions.entry(organisation).or_default().push(occasion);
            }
        }
        Ok(())
    }

    /// Takes in a fact that says that somebody is lost, away or unable on the day. Whoever floats in somewhere is not
    /// away from here.
    fn absent(
        &self,
        roles: &mut Roles,
        kind: FactKind,
        organisation: Option<OrganisationId>,
        value: Option<&str>,
        span: Span,
    ) {
        let card = self.desk.directory().get(roles.person);
        let holds = card.is_some_and(|card| card.holds(kind, span, self.window.as_of));
        if !holds || value == Some("否") || organisation.is_some() {
            return;
        }
        match kind {
            FactKind::Lost => roles.lost.push(span),
            FactKind::Floating => roles.away.push(span),
            FactKind::Unable => roles.unable.push(span),
            _ => {}
        }
    }
}

/// Somebody with the place in which they are listed.
struct Listed {
    roles: Roles,
    /// Of the highest post on the committee that is held on the day; behind all where there is none.
    rank: usize,
    /// 名册顺序
    position: i64,
}

/// Days as they are stored; a month or a year stands before all its days, and acts as the first of them.
fn stored(first: Day, last: Day) -> Option<(PartialDate, PartialDate)> {
    Some((PartialDate::new(first.year(), None, None)?, PartialDate::of_day(last)))
}

/// The places of the talks in which somebody sat.
fn by_person(talks: &[TalkSeen]) -> HashMap<PersonId, Vec<usize>> {
    let mut of_person: HashMap<PersonId, Vec<usize>> = HashMap::new();
    for (nth, talk) in talks.iter().enumerate() {
        for person in talk.talkers.iter().chain(&talk.partners) {
            of_person.entry(*person).or_default().push(nth);
        }
    }
    of_person
}
