//! What becomes of two persons that are one: value by value, dated fact by dated fact.
//!
//! Proposes; a person decides, and the command carries it out. Start at [`differences`] and [`united_facts`].

use std::collections::BTreeSet;

use crate::domain::dates::{PartialDate, Span};
use crate::domain::events::Event;
use crate::domain::fields::Known;
use crate::domain::fields::{FactKind, FieldKey, person_fields};
use crate::domain::identity;
use crate::domain::ids::{EventId, FactId};
use crate::domain::members::{Fact, PersonFile};
use crate::domain::values::Value;

/// Whose value or history is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Of the person that stays.
    Kept,
    /// Of the one that is merged into it.
    Other,
}

/// A field in which the two differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub key: FieldKey,
    pub kept: Option<String>,
    pub other: Option<String>,
    /// Whose value is fuller or more precise.
    pub better: Side,
}

impl Difference {
    /// Whether there is something to decide: where one of them has nothing, the other's value is taken.
    pub fn is_open(&self) -> bool {
        self.kept.is_some() && self.other.is_some()
    }
}

/// The fields of the person and the user's own fields in which the two differ, in the order of the table.
pub fn differences(kept: &PersonFile, other: &PersonFile) -> Vec<Difference> {
    let mut found = Vec::new();
    for field in person_fields() {
        let (here, there) = (kept.person.values.get(&field.key), other.person.values.get(&field.key));
        if here != there {
            let better = better(field.key, here, there);
            let text = |value: Option<&Value>| value.map(Value::text);
            found.push(Difference { key: field.key.into(), kept: text(here), other: text(there), better });
        }
    }
    let own: BTreeSet<_> = kept.extras.keys().chain(other.extras.keys()).collect();
    for id in own {
        let (here, there) = (kept.extras.get(id).cloned(), other.extras.get(id).cloned());
        if here != there {
            let better = if fuller_text(here.as_deref(), there.as_deref()) { Side::Other } else { Side::Kept };
            found.push(Difference { key: FieldKey::Extra(*id), kept: here, other: there, better });
        }
    }
    found
}

fn better(key: Known, here: Option<&Value>, there: Option<&Value>) -> Side {
    let other_is_better = match (here, there) {
        (Some(Value::Date(here)), Some(Value::Date(there))) => {
            there.agrees_with(*here) && there.precision() > here.precision()
        }
        (Some(Value::Text(here)), Some(Value::Text(there))) if key == Known::IdNumber => {
            identity::fault(here).is_some() && identity::fault(there).is_none()
        }
        _ => fuller_text(here.and_then(Value::as_text), there.and_then(Value::as_text)) || here.is_none(),
    };
    if other_is_better { Side::Other } else { Side::Kept }
}

/// Whether the second says all that the first does, and more.
fn fuller_text(here: Option<&str>, there: Option<&str>) -> bool {
    match (here, there) {
        (None, Some(_)) => true,
        (Some(here), Some(there)) => there.len() > here.len() && there.contains(here),
        _ => false,
    }
}

/// What becomes of a dated fact of the one that is merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactFate {
    /// It becomes one of the person that stays.
    Comes,
    /// That person has it already; the row there is then this one, with the fuller of both starts.
    Same { seen: Box<Fact>, united: Box<Fact> },
    /// It was decided not to keep it.
    LeftOut,
}

/// What becomes of each dated fact of the one that is merged.
pub fn united_facts<'f>(kept: &[Fact], other: &'f [Fact], left_out: &BTreeSet<FactId>) -> Vec<(&'f Fact, FactFate)> {
    // A fact that stays stands for one of the other's only: of two like ones the second is none of its.
    let mut taken: BTreeSet<FactId> = BTreeSet::new();
    let mut fates = Vec::new();
    for fact in other {
        if left_out.contains(&fact.id) {
            fates.push((fact, FactFate::LeftOut));
            continue;
        }
        let same = kept
            .iter()
            .find(|held| !left_out.contains(&held.id) && !taken.contains(&held.id) && says_the_same(held, fact));
        fates.push(match same {
            None => (fact, FactFate::Comes),
            Some(seen) => {
                taken.insert(seen.id);
                let from = fuller_date(seen.span.from, fact.span.from);
                let to = fuller_date(seen.span.to, fact.span.to);
                let place = seen.place.clone().or_else(|| fact.place.clone());
                let united = Fact { span: Span { from, to }, place, ..seen.clone() };
                (fact, FactFate::Same { seen: Box::new(seen.clone()), united: Box::new(united) })
            }
        });
    }
    fates
}

/// Whether two facts say the same: the same content, and starts and ends that agree. An unknown start agrees with any,
/// an open end only with another.
fn says_the_same(one: &Fact, other: &Fact) -> bool {
    let agree = |x: Option<PartialDate>, y: Option<PartialDate>| x.zip(y).is_none_or(|(x, y)| x.agrees_with(y));
    let content = |fact: &Fact| (fact.kind, fact.organisation, fact.value.clone());
    let places_agree = one.place.is_none() || other.place.is_none() || one.place == other.place;
    content(one) == content(other)
        && places_agree
        && agree(one.span.from, other.span.from)
        && one.span.to.is_some() == other.span.to.is_some()
        && agree(one.span.to, other.span.to)
}

fn fuller_date(here: Option<PartialDate>, there: Option<PartialDate>) -> Option<PartialDate> {
    match (here, there) {
        (Some(here), Some(there)) if there.precision() > here.precision() => Some(there),
        (None, there) => there,
        (here, _) => here,
    }
}

/// Memberships of the two that overlap and do not say the same: whose is kept has to be decided.
pub fn overlapping_memberships<'f>(
    kept: &'f [Fact],
    other: &'f [Fact],
    left_out: &BTreeSet<FactId>,
) -> Vec<(&'f Fact, &'f Fact)> {
    let is_membership = |fact: &&Fact| fact.kind == FactKind::Membership && !left_out.contains(&fact.id);
    let fates = united_facts(kept, other, left_out);
    let coming = fates.iter().filter(|(_, fate)| *fate == FactFate::Comes).map(|(fact, _)| *fact);
    let mut found = Vec::new();
    for theirs in coming.filter(is_membership) {
        for ours in kept.iter().filter(is_membership).filter(|ours| ours.span.overlaps(theirs.span)) {
            found.push((ours, theirs));
        }
    }
    found
}

/// Whether two events tell of the same thing. In which branch the person was counts only where the event moves people
/// between branches: the two records may stand in different ones.
pub fn is_same_event(one: &Event, other: &Event) -> bool {
    let moves = one.kind.spec().moves.contains(&FactKind::Membership);
    let without = |event: &Event| Event {
        id: EventId(0),
        person: one.person,
        organisation: event.organisation.filter(|_| moves),
        ..event.clone()
    };
    without(one) == without(other)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FactFate, Side, differences, overlapping_memberships, united_facts};
    use crate::domain::dates::{PartialDate, Span};
    use crate::domain::fields::{FactKind, Known};
    use crate::domain::ids::{FactId, OrganisationId, PersonId};
    use crate::domain::members::{Fact, Person, PersonFile};
    use crate::domain::values::Value;

    fn date(text: &str) -> Option<PartialDate> {
        PartialDate::from_iso(text)
    }

    fn membership(id: i64, organisation: i64, from: &str, to: &str) -> Fact {
        Fact {
            id: FactId(id),
            person: PersonId(id / 10),
            kind: FactKind::Membership,
            organisation: Some(OrganisationId(organisation)),
            value: None,
            place: None,
            span: Span { from: date(from), to: date(to) },
            position: None,
        }
    }

    fn file(values: &[(Known, &str)]) -> PersonFile {
        let mut person = Person::new(PersonId(1), "林秀英");
        for (key, text) in values {
            let value = date(text).map_or_else(|| Value::Text((*text).to_owned()), Value::Date);
            person.set(*key, Some(value));
        }
        PersonFile { person, facts: Vec::new(), extras: Default::default() }
    }

    #[test]
    fn the_fuller_or_more_precise_value_is_proposed() {
        let kept = file(&[
            (Known::Birth, "1981-05"),
            (Known::Joined, "2006-12-08"),
            (Known::IdNumber, "110000190001010013"),
            (Known::Unit, "民政局人事股"),
            (Known::Nation, "汉族"),
        ]);
        let other = file(&[
            (Known::Birth, "1981-05-12"),
            (Known::Joined, "2006-12-09"),
            (Known::IdNumber, "110000190001010012"),
            (Known::Unit, "民政局"),
            (Known::Phone, "13800000000"),
            (Known::Nation, "汉族"),
        ]);
        let found: Vec<_> = differences(&kept, &other).into_iter().map(|one| (one.key, one.better)).collect();
        let expected = [
            (Known::Birth, Side::Other),
            (Known::IdNumber, Side::Other),
            (Known::Joined, Side::Kept),
            (Known::Unit, Side::Kept),
            (Known::Phone, Side::Other),
        ];
        assert_eq!(found, expected.map(|(key, side)| (key.into(), side)));
    }

    #[test]
    fn a_membership_that_both_have_is_one_with_the_fuller_start() {
        let kept = [membership(10, 7, "", "")];
        let other = [membership(20, 7, "2016-05-30", ""), membership(21, 8, "2010", "2016-05-30")];
        let fates = united_facts(&kept, &other, &BTreeSet::new());
        match &fates[0].1 {
            FactFate::Same { united, .. } => {
                assert_eq!((united.id, united.span.from), (FactId(10), date("2016-05-30")))
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(fates[1].1, FactFate::Comes);
    }

    #[test]
    fn memberships_that_overlap_are_to_be_decided() {
        let kept = [membership(10, 7, "2015", "")];
        let other = [membership(20, 8, "2016", ""), membership(21, 9, "2010", "2015")];
        let clash = overlapping_memberships(&kept, &other, &BTreeSet::new());
        assert_eq!(clash, [(&kept[0], &other[0])]);
        for settled in [FactId(10), FactId(20)] {
            assert_eq!(overlapping_memberships(&kept, &other, &BTreeSet::from([settled])), []);
        }
    }
}
