//! What one talk closes in two organisations: whoever is on the committee of a general branch is a member of a branch
//! below it, and a talk counts in each of the two. Start at [`without_twice`].

use std::collections::{BTreeMap, BTreeSet};

use super::ToClose;
use crate::domain::ids::PersonId;

/// The same without what the talk of a committee's pair in another of the organisations closes too. Of a pair that is
/// on two committees the first keeps the talk.
pub(super) fn without_twice(of: &[ToClose]) -> Vec<ToClose> {
    let mut of = of.to_vec();
    let mut planned: BTreeMap<(PersonId, PersonId), usize> = BTreeMap::new();
    for one in &mut of {
        let mut lacked: BTreeMap<(PersonId, PersonId), usize> = BTreeMap::new();
        one.lacking.committee_pairs.retain(|(one, other)| {
            let pair = (*one.min(other), *one.max(other));
            let nth = lacked.entry(pair).or_default();
            *nth += 1;
            *nth > planned.get(&pair).copied().unwrap_or(0)
        });
        for (pair, count) in lacked {
            let most = planned.entry(pair).or_default();
            *most = (*most).max(count);
        }
    }
    for one in &mut of {
        let served = Served::in_one(one, &planned);
        served.take_from(&mut one.lacking);
    }
    of
}

/// How many talks of pairs serve each member of an organisation.
#[derive(Debug, Default)]
struct Served {
    with_committee: BTreeMap<PersonId, usize>,
    among_members: BTreeMap<PersonId, usize>,
}

impl Served {
    fn in_one(of: &ToClose, planned: &BTreeMap<(PersonId, PersonId), usize>) -> Self {
        let committee: BTreeSet<PersonId> = of.askable.committee.iter().copied().collect();
        let members: BTreeSet<PersonId> = of.askable.members.iter().copied().collect();
        let mut served = Self::default();
        for ((one, other), count) in planned {
            for (person, with) in [(one, other), (other, one)] {
                if !members.contains(person) {
                    continue;
                }
                if committee.contains(with) {
                    *served.with_committee.entry(*person).or_default() += count;
                } else if members.contains(with) {
                    *served.among_members.entry(*person).or_default() += count;
                }
            }
        }
        served
    }

    fn take_from(mut self, lacking: &mut super::Lacking) {
        let is_left = |served: &mut BTreeMap<PersonId, usize>, person: &PersonId| match served.get_mut(person) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        lacking.with_committee.retain(|person| is_left(&mut self.with_committee, person));
        lacking.among_members.retain(|person| is_left(&mut self.among_members, person));
    }
}
