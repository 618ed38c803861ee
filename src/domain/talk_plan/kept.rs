//! What became of a plan that was kept (计划完成情况): which record ticks off which planned talk.
//!
//! Never stored: it is read from the talks there are, so that taking a record back opens its planned talk again.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::coverage::{Held, Relation, TalkSeen};
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId, TalkId};
use crate::domain::talks::{Counts, PlannedTalk};

/// Two people, the one with the smaller id first.
type Pair = (PersonId, PersonId);

/// What a planned talk is to close; codes that are not known are passed over.
pub fn closes_of(planned: &PlannedTalk) -> Vec<Relation> {
    let codes = planned.rule.as_deref().unwrap_or_default().split_whitespace();
    codes.filter_map(|code| Relation::ALL.into_iter().find(|relation| relation.code() == code)).collect()
}

/// The same as it is kept: `C2 C4`; `None` for nothing.
pub fn rule_of(closes: &[Relation]) -> Option<String> {
    let codes: Vec<&str> = closes.iter().map(|relation| relation.code()).collect();
    if codes.is_empty() { None } else { Some(codes.join(" ")) }
}

/// The record of each planned talk that was held.
///
/// A record joins its talkers with its partners. It ticks off one planned talk of each two it joins in each
/// organisation in whose plan they stand, whoever of them was to be talker, if it is not of a day before the plan was
/// made and its type counts for all that the planned talk is to close (必谈事项 ask for the partner as partner).
/// `numbered` are records that carry the number of
/// a planned talk: those are its records whoever sat in them. Planned talks are served in their order, by the
/// earliest record first.
pub fn ticked_off(
    planned: &[PlannedTalk],
    talks: &[TalkSeen],
    numbered: &BTreeMap<PlannedTalkId, Held>,
) -> BTreeMap<PlannedTalkId, Held> {
    let mut ticked = numbered.clone();
    let mut used: BTreeSet<(OrganisationId, TalkId, Pair)> = BTreeSet::new();
    let mut of_pair: BTreeMap<Pair, Vec<&PlannedTalk>> = BTreeMap::new();
    for one in planned {
        let Some(pair) = pair_of(one) else { continue };
        of_pair.entry(pair).or_default().push(one);
        if let Some(held) = numbered.get(&one.id) {
            used.insert((one.organisation, held.talk, pair));
        }
    }
    let mut talks: Vec<&TalkSeen> = talks.iter().collect();
    talks.sort_by_key(|talk| (talk.day, talk.id));
    for talk in talks {
        for pair in joined(talk) {
            let of_two = of_pair.get(&pair).into_iter().flatten();
            for one in of_two.filter(|one| talk.day >= one.made_on && closes(talk, one)) {
                if !ticked.contains_key(&one.id) && used.insert((one.organisation, talk.id, pair)) {
                    ticked.insert(one.id, Held { day: talk.day, talk: talk.id });
                }
            }
        }
    }
    ticked
}

/// The two of a planned talk, the smaller first.
fn pair_of(planned: &PlannedTalk) -> Option<Pair> {
    let (talker, partner) = (planned.talker?, planned.partner?);
    Some((talker.min(partner), talker.max(partner)))
}

/// Whether a talk, which joins the two of a planned one, is of a type that counts for all that was to be closed.
fn closes(talk: &TalkSeen, planned: &PlannedTalk) -> bool {
    closes_of(planned).into_iter().all(|relation| match relation {
        Relation::AfterEvents => {
            let is_partner = planned.partner.is_some_and(|partner| talk.partners.contains(&partner));
            is_partner && talk.counts != Counts::No
        }
        Relation::Committee | Relation::WithCommittee | Relation::AmongMembers => talk.counts == Counts::Yes,
    })
}

/// All pairs that a talk joins: each talker with each partner.
fn joined(talk: &TalkSeen) -> BTreeSet<Pair> {
    let with = |talker: &PersonId| {
        let talker = *talker;
        talk.partners.iter().map(move |partner| (talker.min(*partner), talker.max(*partner)))
    };
    talk.talkers.iter().flat_map(with).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Day;

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
            day: day(on),
            counts: Counts::Yes,
            is_one_to_many: partners.len() > 1,
            is_remote: false,
            talkers: people(talkers),
            partners: people(partners),
        }
    }

    fn ticked(plan: &[PlannedTalk], talks: &[TalkSeen]) -> Vec<(i64, i64)> {
        let ticked = ticked_off(plan, talks, &BTreeMap::new());
        ticked.into_iter().map(|(planned, held)| (planned.0, held.talk.0)).collect()
    }

    #[test]
    fn a_record_ticks_off_what_it_joins_from_the_day_of_the_plan_on() {
        let plan = [planned(1, 10, 20), planned(2, 10, 21), planned(3, 20, 21)];
        let held = talk(5, "2026-11-24", &[10], &[20, 21]);
        assert_eq!(ticked(&plan, &[held]), [(1, 5), (2, 5)], "partners among themselves are not joined");
        assert_eq!(ticked(&plan, &[talk(5, "2026-11-24", &[21], &[10])]), [(2, 5)], "whoever was talker");
        assert_eq!(ticked(&plan, &[talk(5, "2026-11-23", &[10], &[20])]), [], "before the plan");
    }

    #[test]
    fn a_record_ticks_off_only_what_its_type_counts_for() {
        let with = |rule: Option<&str>| [PlannedTalk { rule: rule.map(str::to_owned), ..planned(1, 10, 20) }];
        let of = |counts| [TalkSeen { counts, ..talk(5, "2026-11-25", &[10], &[20]) }];
        let back = [talk(5, "2026-11-25", &[20], &[10])];
        for (rule, ticks) in [
            (None, [true, true, true, true]),
            (Some("C1"), [true, false, false, true]),
            (Some("C4"), [true, true, false, false]),
            (Some("C2 C4"), [true, false, false, false]),
        ] {
            let plan = with(rule);
            let told =
                [Counts::Yes, Counts::Restricted, Counts::No].map(|counts| !ticked(&plan, &of(counts)).is_empty());
            assert_eq!(told, ticks[..3], "{rule:?}");
            assert_eq!(!ticked(&plan, &back).is_empty(), ticks[3], "{rule:?}, the partner as talker");
        }
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
        let held = |talk| Held { day: day("2026-11-25"), talk: TalkId(talk) };
        let numbered = [(PlannedTalkId(2), held(8))].into();
        let ticked = ticked_off(&plan, &[talk(8, "2026-11-25", &[10], &[20])], &numbered);
        assert_eq!(ticked.into_iter().collect::<Vec<_>>(), [(PlannedTalkId(1), held(8)), (PlannedTalkId(2), held(8))]);
        let both = [planned(1, 10, 20), planned(2, 10, 20)];
        let ticked = ticked_off(&both, &[talk(8, "2026-11-25", &[10], &[20])], &numbered);
        assert_eq!(ticked.into_iter().collect::<Vec<_>>(), [(PlannedTalkId(2), held(8))], "and of no other");
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
