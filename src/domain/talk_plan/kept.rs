//! What became of a plan that was kept (计划完成情况): which record ticks off which planned talk, and what other talks
//! closed in the meantime.
//!
//! Never stored: it is read from the talks there are, so that taking a record back opens its planned talk again. What a
//! talk counts for is told by the coverage ([`Judge`]). Start at [`became`].

use std::collections::{BTreeMap, BTreeSet};

use super::judging::{Judge, Pair, Records, awaited_by, is_later, is_of_year, unordered, year_of};
use crate::clock::Day;
use crate::domain::coverage::{CoverageRules, Due, Held, Relation, Roles, TalkSeen};
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId, TalkId};
use crate::domain::talks::PlannedTalk;

/// What became of a planned talk that is not open any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// 已谈
    Held(Held),
    /// 已由别的谈话补上: other talks closed what it was to close.
    Covered,
}

/// What planned talks of an organisation are judged by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanPlace {
    /// Whoever is or was a member of it or on its committee.
    pub people: Vec<Roles>,
    /// What happened to those with whom a talk after an event is planned, and asks for one.
    pub awaited: Vec<Due>,
}

/// What a planned talk is to close; codes that are not known are passed over.
pub fn closes_of(planned: &PlannedTalk) -> Vec<Relation> {
    relations_of(planned.rule.as_deref())
}

/// What codes name: `C2 C4`.
pub fn relations_of(codes: Option<&str>) -> Vec<Relation> {
    let codes = codes.unwrap_or_default().split_whitespace();
    codes.filter_map(|code| Relation::ALL.into_iter().find(|relation| relation.code() == code)).collect()
}

/// The same as it is kept: `C2 C4`; `None` for nothing.
pub fn rule_of(closes: &[Relation]) -> Option<String> {
    let codes: Vec<&str> = closes.iter().map(|relation| relation.code()).collect();
    if codes.is_empty() { None } else { Some(codes.join(" ")) }
}

/// From which day on talks may close what a planned talk is to close.
pub fn looked_at_from(planned: &PlannedTalk, awaited: &[Due]) -> Day {
    let year = Period::year(year_of(planned)).map_or(planned.made_on, |year| year.first);
    let events = awaited_by(planned, awaited).map(|due| due.occasion.day.first_day());
    events.chain([year, planned.made_on]).min().unwrap_or(year)
}

/// What became of each planned talk that is not open any more.
///
/// A record joins its talkers with its partners. It ticks off one planned talk of each two it joins in each
/// organisation in whose plan they stand, whoever of them was to be talker, if the coverage of that organisation counts
/// it for all that the planned talk is to close (必谈事项 ask for the partner as partner, from the day of the event on).
/// It is of no day before the plan was made; but a record that was written after the plan may be of any day of the year
/// in which the planned talk is due: a paper talk that was typed late. Where nobody is told for a side, anybody is right.
/// A planned talk that is to close nothing is ticked off by any talk of the two since.
///
/// `numbered` are records that carry the number of a planned talk: those are its records whoever sat in them. Planned
/// talks are served in their order, by the earliest record first. What is left is covered where all that it was to close
/// is done in the year in which it is due, whoever did it. Where all that was done before it was planned, for a time that
/// began later than the year, it is covered where it is done since.
pub fn became(
    planned: &[PlannedTalk],
    talks: &[TalkSeen],
    numbered: &BTreeMap<PlannedTalkId, Held>,
    rules: &CoverageRules,
    places: &BTreeMap<OrganisationId, PlanPlace>,
) -> BTreeMap<PlannedTalkId, Became> {
    let records = Records::new(talks);
    let judges: BTreeMap<OrganisationId, Judge<'_>> =
        places.iter().map(|(id, place)| (*id, Judge::new(rules, place))).collect();
    let mut used: BTreeSet<(OrganisationId, TalkId, Pair)> = BTreeSet::new();
    for one in planned {
        if let (Some(held), (Some(talker), Some(partner))) = (numbered.get(&one.id), (one.talker, one.partner)) {
            used.insert((one.organisation, held.talk, unordered(talker, partner)));
        }
    }
    let mut became: BTreeMap<PlannedTalkId, Became> =
        numbered.iter().map(|(id, held)| (*id, Became::Held(*held))).collect();
    for one in planned.iter().filter(|one| !numbered.contains_key(&one.id)) {
        let judge = judges.get(&one.organisation);
        let found = records.of_planned(one).find_map(|talk| {
            let mut fitting =
                joined(talk).into_iter().filter(|pair| is_by(one, *pair) && fits(judge, one, talk, *pair));
            let pair = fitting.find(|pair| !used.contains(&(one.organisation, talk.id, *pair)))?;
            Some((talk, pair))
        });
        if let Some((talk, pair)) = found {
            used.insert((one.organisation, talk.id, pair));
            became.insert(one.id, Became::Held(talk.held()));
        } else if judge.is_some_and(|judge| judge.is_covered(one, &records)) {
            became.insert(one.id, Became::Covered);
        }
    }
    became
}

/// Whether a record of these two ticks off a planned talk.
fn fits(judge: Option<&Judge<'_>>, planned: &PlannedTalk, talk: &TalkSeen, pair: Pair) -> bool {
    let closes = closes_of(planned);
    if closes.is_empty() {
        return talk.day() >= planned.made_on && planned.talker.is_some() && planned.partner.is_some();
    }
    let is_late_record = is_later(talk, planned) && is_of_year(talk, planned);
    let Some(judge) = judge.filter(|_| talk.day() >= planned.made_on || is_late_record) else { return false };
    let relations = judge.relations(talk, pair);
    closes.into_iter().all(|relation| match relation {
        Relation::AfterEvents => judge.answers(planned, talk),
        other => relations.contains(&other),
    })
}

/// Whether these two are those of a planned talk, as far as it tells them.
fn is_by(planned: &PlannedTalk, (one, other): Pair) -> bool {
    planned.talker.into_iter().chain(planned.partner).all(|person| person == one || person == other)
}

/// All pairs that a talk joins: each talker with each partner.
fn joined(talk: &TalkSeen) -> BTreeSet<Pair> {
    let with = |talker: &PersonId| {
        let talker = *talker;
        talk.partners.iter().map(move |partner| unordered(talker, *partner))
    };
    talk.talkers.iter().flat_map(with).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::coverage::{Occasion, OccasionKind};
    use crate::domain::dates::{PartialDate, Span};
    use crate::domain::events::EventKind;
    use crate::domain::rules::RuleBook;
    use crate::domain::talks::Counts;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn planned(id: i64, talker: i64, partner: i64) -> PlannedTalk {
        PlannedTalk {
            id: PlannedTalkId(id),
            organisation: OrganisationId(1),
            number: None,
            talker: Some(PersonId(talker)),
            partner: Some(PersonId(partner)),
            rule: Some("C2 C9".into()),
            kind: None,
            made_on: day("2026-11-24"),
            due: None,
            note: None,
        }
    }

    fn talk(id: i64, on: &str, talkers: &[i64], partners: &[i64]) -> TalkSeen {
        let people = |ids: &[i64]| ids.iter().copied().map(PersonId).collect();
        TalkSeen {
            id: TalkId(id),
            held_on: PartialDate::of_day(day(on)),
            counts: Counts::Yes,
            is_one_to_many: partners.len() > 1,
            is_remote: false,
            talkers: people(talkers),
            partners: people(partners),
        }
    }

    /// 10 and 11 are the committee, 20 to 22 the other members of a branch; 23 had something happen on 11-20.
    fn branch() -> PlanPlace {
        let always = || vec![Span { from: None, to: None }];
        let person = |id: i64| {
            let committee = if id < 20 { always() } else { Vec::new() };
            Roles { member: always(), committee, ..Roles::new(PersonId(id)) }
        };
        let kind = OccasionKind::Event(EventKind::Honour);
        let occasion = Occasion { day: PartialDate::of_day(day("2026-11-20")), person: PersonId(23), kind, id: 1 };
        let awaited = vec![Due { occasion, until: day("2026-12-20") }];
        PlanPlace { people: [10, 11, 20, 21, 22, 23].map(person).into(), awaited }
    }

    fn rules() -> CoverageRules {
        CoverageRules::of(&RuleBook::shipped().expect("rules"))
    }

    fn became_in(
        place: PlanPlace,
        plan: &[PlannedTalk],
        talks: &[TalkSeen],
        numbered: &BTreeMap<PlannedTalkId, Held>,
    ) -> BTreeMap<PlannedTalkId, Became> {
        let places = plan.iter().map(|one| (one.organisation, place.clone())).collect();
        became(plan, talks, numbered, &rules(), &places)
    }

    /// The planned talks that were held, each with its record.
    fn ticked(plan: &[PlannedTalk], talks: &[TalkSeen]) -> Vec<(i64, i64)> {
        told(&became_in(branch(), plan, talks, &BTreeMap::new()))
    }

    fn told(became: &BTreeMap<PlannedTalkId, Became>) -> Vec<(i64, i64)> {
        let held = became.iter().filter_map(|(planned, became)| match became {
            Became::Held(held) => Some((planned.0, held.talk.0)),
            Became::Covered => None,
        });
        held.collect()
    }

    fn covered(plan: &[PlannedTalk], talks: &[TalkSeen]) -> Vec<i64> {
        let became = became_in(branch(), plan, talks, &BTreeMap::new());
        became.into_iter().filter(|(_, became)| *became == Became::Covered).map(|(id, _)| id.0).collect()
    }

    #[test]
    fn a_record_ticks_off_what_it_joins_from_the_day_of_the_plan_on() {
        let plan = [planned(1, 10, 20), planned(2, 10, 21), planned(3, 20, 21)];
        let held = talk(5, "2026-11-24", &[10], &[20, 21]);
        assert_eq!(ticked(&plan, &[held]), [(1, 5), (2, 5)], "partners among themselves are not joined");
        assert_eq!(ticked(&plan, &[talk(5, "2026-11-24", &[21], &[10])]), [(2, 5)], "whoever was talker");
        assert_eq!(ticked(&plan, &[talk(0, "2026-11-23", &[10], &[20])]), [], "held and written before the plan");
    }

    #[test]
    fn a_record_ticks_off_only_what_its_type_counts_for() {
        let with = |rule: Option<&str>, partner: i64| {
            [PlannedTalk { rule: rule.map(str::to_owned), ..planned(1, 10, partner) }]
        };
        let of = |counts, partner: i64| [TalkSeen { counts, ..talk(5, "2026-11-25", &[10], &[partner]) }];
        for (rule, partner, ticks) in [
            (None, 20, [true, true, true, true]),
            (Some("C1"), 11, [true, false, false, true]),
            (Some("C4"), 20, [true, true, false, false]),
            (Some("C2 C4"), 20, [true, false, false, false]),
        ] {
            let plan = with(rule, partner);
            let told = [Counts::Yes, Counts::Restricted, Counts::No]
                .map(|counts| !ticked(&plan, &of(counts, partner)).is_empty());
            assert_eq!(told, ticks[..3], "{rule:?}");
            let back = [talk(5, "2026-11-25", &[partner], &[10])];
            assert_eq!(!ticked(&plan, &back).is_empty(), ticks[3], "{rule:?}, the partner as talker");
        }
    }

    /// 支部工作条例第十九条: what counts is read on the talk's day.
    #[test]
    fn a_record_ticks_off_only_what_its_two_are_on_its_day() {
        let plan = [planned(1, 10, 20)];
        let mut place = branch();
        place.people[0].committee = vec![Span { from: None, to: Some(PartialDate::of_day(day("2026-11-26"))) }];
        let ticked = |on| told(&became_in(place.clone(), &plan, &[talk(5, on, &[10], &[20])], &BTreeMap::new()));
        assert_eq!(ticked("2026-11-25"), [(1, 5)]);
        assert_eq!(ticked("2026-11-26"), [], "the post had ended");
        let anything = [PlannedTalk { rule: None, ..planned(1, 10, 20) }];
        let talks = [talk(5, "2026-11-26", &[10], &[20])];
        assert_eq!(told(&became_in(place.clone(), &anything, &talks, &BTreeMap::new())), [(1, 5)]);
    }

    #[test]
    fn a_record_that_was_written_after_the_plan_may_be_of_a_day_of_its_year_before_it() {
        let plan = |id| [planned(id, 10, 20)];
        let earlier = [talk(5, "2026-03-02", &[20], &[10])];
        assert_eq!(ticked(&plan(4), &earlier), [(4, 5)]);
        assert_eq!(ticked(&plan(4), &[talk(5, "2025-12-30", &[10], &[20])]), [], "closes nothing of this year");
        assert_eq!((ticked(&plan(6), &earlier), covered(&plan(6), &earlier)), (vec![], vec![]), "it was there before");
        let anything = [PlannedTalk { rule: None, ..planned(4, 10, 20) }];
        assert_eq!((ticked(&anything, &earlier), covered(&anything, &earlier)), (vec![], vec![]));
    }

    #[test]
    fn what_others_did_covers_a_planned_talk() {
        let of = |rule: &str, talker, partner| [PlannedTalk { rule: Some(rule.into()), ..planned(1, talker, partner) }];
        let by_another = [talk(5, "2026-11-25", &[11], &[20])];
        assert_eq!(covered(&of("C2", 10, 20), &by_another), [1], "another of the committee talked with the member");
        assert_eq!(covered(&of("C2", 10, 21), &by_another), [0_i64; 0], "that was somebody else");
        assert_eq!(covered(&of("C1", 10, 11), &by_another), [0_i64; 0], "the pair has not talked");
        let one = talk(5, "2026-11-25", &[20], &[22]);
        assert_eq!(covered(&of("C3", 20, 21), std::slice::from_ref(&one)), [0_i64; 0], "one of the two is missing");
        assert_eq!(covered(&of("C3", 20, 21), &[one, talk(6, "2026-11-26", &[22], &[21])]), [1]);
        let nobody_told = [PlannedTalk { talker: None, ..of("C3", 0, 20)[0].clone() }];
        assert_eq!(ticked(&nobody_told, &[talk(5, "2026-11-25", &[22], &[20])]), [(1, 5)], "whoever talks");
    }

    /// What was done in the year already is planned for a time that began later: since the last 组织生活会.
    #[test]
    fn what_was_done_before_it_was_planned_does_not_cover_it() {
        let plan = [planned(6, 10, 20)];
        let before = talk(5, "2026-03-02", &[11], &[20]);
        let with = |talk: TalkSeen| [before.clone(), talk];
        assert_eq!(covered(&plan, std::slice::from_ref(&before)), [0_i64; 0]);
        assert_eq!(covered(&plan, &with(talk(7, "2026-11-25", &[11], &[20]))), [6], "another did it since");
        assert_eq!(covered(&plan, &with(talk(7, "2026-03-03", &[11], &[20]))), [0_i64; 0], "typed late, not since");
        assert_eq!(ticked(&plan, &with(talk(7, "2026-11-25", &[10], &[20]))), [(6, 7)]);
        let late = talk(7, "2026-03-03", &[11], &[21]);
        assert_eq!(covered(&[planned(6, 10, 21)], &[late]), [6], "nothing was done of it when it was planned");
    }

    /// An event asks for a talk from its day on.
    #[test]
    fn a_record_of_a_day_before_the_event_answers_nothing() {
        let plan = [PlannedTalk { rule: Some("C4".into()), ..planned(1, 10, 23) }];
        let by = |talker: i64, on: &str| [talk(5, on, &[talker], &[23])];
        assert_eq!(ticked(&plan, &by(10, "2026-11-20")), [(1, 5)]);
        assert_eq!((ticked(&plan, &by(10, "2026-11-19")), covered(&plan, &by(10, "2026-11-19"))), (vec![], vec![]));
        assert_eq!((ticked(&plan, &by(11, "2026-11-22")), covered(&plan, &by(11, "2026-11-22"))), (vec![], vec![1]));
        assert_eq!(covered(&plan, &by(11, "2026-12-21")), [0_i64; 0], "too late");
        assert_eq!(ticked(&plan, &by(10, "2026-12-21")), [(1, 5)], "too late, but nothing is left to be done");
    }

    #[test]
    fn one_record_ticks_off_one_talk_of_two_people_and_the_earliest_the_first() {
        let plan = [planned(1, 10, 20), planned(2, 20, 10)];
        let first = talk(7, "2026-11-25", &[10], &[20]);
        let second = talk(6, "2026-11-30", &[10], &[20]);
        assert_eq!(ticked(&plan, std::slice::from_ref(&first)), [(1, 7)]);
        assert_eq!(ticked(&plan, &[second, first]), [(1, 7), (2, 6)]);
    }

    /// A talk counts in every organisation in which its two have their roles.
    #[test]
    fn one_record_ticks_off_the_same_two_in_the_plan_of_each_organisation() {
        let below = PlannedTalk { organisation: OrganisationId(2), ..planned(2, 20, 10) };
        assert_eq!(ticked(&[planned(1, 10, 20), below], &[talk(5, "2026-11-24", &[10], &[20])]), [(1, 5), (2, 5)]);
    }

    #[test]
    fn the_record_with_its_number_is_its_record_whoever_sat_in_it() {
        let plan = [planned(1, 10, 20), PlannedTalk { talker: None, partner: None, ..planned(2, 0, 0) }];
        let held = |talk| Held { held_on: PartialDate::of_day(day("2026-11-25")), talk: TalkId(talk) };
        let numbered = [(PlannedTalkId(2), held(8))].into();
        let record = [talk(8, "2026-11-25", &[10], &[20])];
        assert_eq!(told(&became_in(branch(), &plan, &record, &numbered)), [(1, 8), (2, 8)]);
        let both = [planned(1, 10, 20), planned(2, 10, 20)];
        assert_eq!(told(&became_in(branch(), &both, &record, &numbered)), [(2, 8)], "and of no other");
    }

    #[test]
    fn what_it_closes_is_kept_by_its_codes() {
        let closes = [Relation::WithCommittee, Relation::AfterEvents];
        let both = PlannedTalk { rule: Some("C2 C4 C9".into()), ..planned(1, 10, 20) };
        assert_eq!(closes_of(&both), closes);
        assert_eq!(rule_of(&closes).as_deref(), Some("C2 C4"));
        assert_eq!(rule_of(&[]), None);
    }
}
