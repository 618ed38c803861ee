//! Sheets that are printed before a plan is proposed stay as they are, as many as the largest load allows.

use std::collections::BTreeSet;

use super::{AwaitedTalk, Dice, JustHeld, Lacking, awaited, check_holes, december, pairs_of, people, plan, propose};
use super::{TalkPlan, ToClose, to_close};
use crate::domain::ids::PersonId;
use crate::domain::talk_plan::Askable;

type Printed = BTreeSet<(PersonId, PersonId)>;

fn with_printed(lacking: &Lacking, askable: &Askable, printed: Printed) -> TalkPlan {
    let of = ToClose { printed, ..to_close(1, lacking.clone(), askable.clone()) };
    propose(&[of], &JustHeld::default(), december()).expect("a plan")
}

fn pairs(plan: &TalkPlan) -> Printed {
    plan.talks.iter().map(|talk| (talk.talker, talk.partner)).collect()
}

/// Half of them, as the dice fall.
fn some<T: Copy>(dice: &mut Dice, of: &[T]) -> Vec<T> {
    of.iter().copied().filter(|_| dice.below(2) == 0).collect()
}

#[test]
fn what_was_printed_is_proposed_again_and_whatever_is_printed_loads_nobody_more() {
    let mut dice = Dice(5);
    for _ in 0..300 {
        let committee = 2 + dice.below(4);
        let askable = people(committee, 2 + dice.below(6));
        let events: Vec<AwaitedTalk> = (101..=101 + dice.below(2)).map(awaited).collect();
        let lacking = Lacking {
            committee_pairs: some(&mut dice, &pairs_of(committee)),
            with_committee: some(&mut dice, &askable.members),
            among_members: some(&mut dice, &askable.members),
            after_events: some(&mut dice, &events),
        };
        let first = plan(&lacking, &askable);
        // The same sheets with others that are for nothing, of which one is the other way round.
        let mut printed = pairs(&first);
        printed.extend(first.talks.first().map(|talk| (talk.partner, talk.talker)));
        assert_eq!(pairs(&with_printed(&lacking, &askable, pairs(&first))), pairs(&first), "{lacking:?}");
        let all: Vec<PersonId> = askable.committee.iter().chain(&askable.members).copied().collect();
        for _ in 0..dice.below(12) {
            let (one, other) = (all[dice.below(all.len())], all[dice.below(all.len())]);
            printed.extend((one != other).then_some((one, other)));
        }
        let other = with_printed(&lacking, &askable, printed.clone());
        check_holes(&lacking, &askable, &other);
        let told = (other.talks.len(), other.largest_load());
        assert_eq!(told, (first.talks.len(), first.largest_load()), "{lacking:?} {printed:?}");
    }
}
