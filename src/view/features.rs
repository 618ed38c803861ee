//! The features of people on a day: which value of a feature each of them has.
//!
//! What everybody's card in memory holds is taken from there; posts, groups, status, floating, lost contact and
//! occupation by one walk over the file. Start at [`sort_out`].

use std::collections::{HashMap, HashSet};

use super::desk::Desk;
use super::members::{Condition, ListAsk};
use crate::clock::Day;
use crate::domain::codes::{OccupationClass, occupation_class};
use crate::domain::dates::PartialDate;
use crate::domain::fields::FactKind;
use crate::domain::ids::{FactId, OrganisationId, PersonId};
use crate::domain::organisations::{OrganisationKind, OrganisationTree};
use crate::domain::statistics::{Feature, Traits, UNKNOWN, post_of};
use crate::problem::Result;
use crate::store::directory::Card;
use crate::store::members::{each_fact_on, each_occupation};

/// A value of a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureValue {
    /// 「41至45岁」, the name of an organisation.
    pub label: String,
    /// What tells it from the others: the label, the id of an organisation.
    pub key: String,
}

/// Some people by a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted {
    pub values: Vec<FeatureValue>,
    /// For each of the people the place of their value; `None` where the feature does not count them.
    pub places: Vec<Option<usize>>,
}

/// The value that stands for belonging to no group.
const NO_GROUP: &str = "未编入党小组";

/// Sorts people by features on a day; one answer for each feature, in their order.
pub fn sort_out(desk: &Desk, features: &[Feature], people: &[&Card], day: Day) -> Result<Vec<Sorted>> {
    let walked = Walked::of(desk, features, day)?;
    Ok(features.iter().map(|feature| sorted(desk, *feature, people, &walked, day)).collect())
}

/// The list of exactly the members of `roll` with these values, each told by the key of its [`FeatureValue`]; `None`
/// where no list shows them.
pub(super) fn list_of(desk: &Desk, roll: ListAsk, values: &[(Feature, &str)]) -> Option<ListAsk> {
    let tree = desk.tree_on(roll.as_of);
    let mut ask = roll;
    let mut places = Vec::new();
    for (feature, key) in values {
        match feature {
            Feature::Branch | Feature::Group => places.push(key.parse().ok().filter(|id| is_alone(&tree, *id))?),
            Feature::Category => ask.conditions.push(Condition::Category((*key).to_owned())),
            Feature::Sex if *key != UNKNOWN => ask.conditions.push(Condition::Sex((*key).to_owned())),
            Feature::Nation | Feature::EachNation if *key != UNKNOWN => {
                ask.conditions.push(Condition::Nation((*key).to_owned()));
            }
            _ => ask.conditions.push(Condition::Band(feature.name().to_owned(), (*key).to_owned())),
        }
    }
    // Whoever is of one of the two categories is a member.
    if !values.iter().any(|(feature, _)| *feature == Feature::Category) {
        ask.conditions.insert(0, Condition::Members);
    }
    match places[..] {
        [] => Some(ask),
        [one] => Some(ListAsk { scope: Some(one), ..ask }),
        _ => None,
    }
}

/// Whether nothing but groups stands below an organisation: then its list is that of its own members.
fn is_alone(tree: &OrganisationTree, id: OrganisationId) -> bool {
    tree.children(Some(id)).all(|below| below.kind == OrganisationKind::Group)
}

/// Those of everybody who have this value of a feature on a day.
pub(super) fn people_with(desk: &Desk, feature: Feature, key: &str, day: Day) -> Result<HashSet<PersonId>> {
    let everybody: Vec<&Card> = desk.directory().cards().iter().collect();
    let sorted = sort_out(desk, &[feature], &everybody, day)?.pop();
    let Some(Sorted { values, places }) = sorted else { return Ok(HashSet::new()) };
    let wanted = values.iter().position(|value| value.key == key);
    let having = everybody.iter().zip(places).filter(|(_, place)| place.is_some() && *place == wanted);
    Ok(having.map(|(card, _)| card.id).collect())
}

fn sorted(desk: &Desk, feature: Feature, people: &[&Card], walked: &Walked, day: Day) -> Sorted {
    match feature {
        Feature::Branch | Feature::Group => by_organisation(desk, feature, people, walked, day),
        _ => {
            let labels = feature.values();
            let places: HashMap<&str, usize> = labels.iter().copied().zip(0..).collect();
            let place = |card: &&Card| places.get(feature.value(&walked.traits(card), day)?).copied();
            let value = |label: &str| FeatureValue { label: label.to_owned(), key: label.to_owned() };
            Sorted {
                values: labels.iter().map(|label| value(label)).collect(),
                places: people.iter().map(place).collect(),
            }
        }
    }
}

/// Branches and groups: organisations in tree order, those without a group last.
fn by_organisation(desk: &Desk, feature: Feature, people: &[&Card], walked: &Walked, day: Day) -> Sorted {
    let is_group = feature == Feature::Group;
    let tree = desk.tree_on(day);
    let nodes: Vec<_> =
        tree.within(None).into_iter().filter(|node| (node.kind == OrganisationKind::Group) == is_group).collect();
    let places: HashMap<OrganisationId, usize> = nodes.iter().map(|node| node.id).zip(0..).collect();
    let mut values: Vec<FeatureValue> =
        nodes.iter().map(|node| FeatureValue { label: node.name.clone(), key: node.id.to_string() }).collect();
    let place = |card: &&Card| {
        if is_group {
            let group = walked.beyond.get(&card.id).and_then(|beyond| beyond.group.value);
            Some(group.and_then(|group| places.get(&group)).copied().unwrap_or(nodes.len()))
        } else {
            places.get(&card.on_roll(day)?.organisation).copied()
        }
    };
    if is_group {
        values.push(FeatureValue { label: NO_GROUP.to_owned(), key: NO_GROUP.to_owned() });
    }
    Sorted { values, places: people.iter().map(place).collect() }
}

/// What the cards lack, for those who have any of it.
#[derive(Debug, Default)]
struct Walked {
    beyond: HashMap<PersonId, Beyond>,
}

#[derive(Debug, Default)]
struct Beyond {
    occupation: Option<OccupationClass>,
    post: Option<usize>,
    group: Told<OrganisationId>,
    status: Told<Box<str>>,
    floats: Told<bool>,
    is_lost: Told<bool>,
}

/// The value of a fact that holds, with what it began by: of several the program shows one everywhere.
#[derive(Debug)]
struct Told<V> {
    value: Option<V>,
    since: Option<(Option<PartialDate>, FactId)>,
}

impl<V> Default for Told<V> {
    fn default() -> Self {
        Self { value: None, since: None }
    }
}

impl<V> Told<V> {
    /// Takes the value if it began earlier than the one held, as group, floating and lost contact are shown; or later,
    /// as the status is.
    fn take(&mut self, value: Option<V>, since: (Option<PartialDate>, FactId), latest: bool) {
        if self.since.is_none_or(|held| if latest { since > held } else { since < held }) {
            *self = Self { value, since: Some(since) };
        }
    }
}

impl Walked {
    fn of(desk: &Desk, features: &[Feature], day: Day) -> Result<Self> {
        let mut beyond: HashMap<PersonId, Beyond> = HashMap::new();
        if features.contains(&Feature::Occupation) {
            // A few dozen words stand in a whole workbook.
            let mut known: HashMap<Box<str>, Option<OccupationClass>> = HashMap::new();
            each_occupation(desk.reader(), |person, text| {
                let class = known.get(text).copied().unwrap_or_else(|| {
                    let class = occupation_class(text);
                    known.insert(text.into(), class);
                    class
                });
                if class.is_some() {
                    beyond.entry(person).or_default().occupation = class;
                }
            })?;
        }
        let kinds: Vec<FactKind> = features.iter().filter_map(|feature| feature.fact()).collect();
        each_fact_on(desk.reader(), &kinds, day, |fact| {
            let own = beyond.entry(fact.person).or_default();
            let since = (fact.span.from, fact.id);
            let is_yes = fact.value == Some("是");
            match fact.kind {
                FactKind::Group => own.group.take(fact.organisation, since, false),
                FactKind::Floating => own.floats.take(Some(is_yes), since, false),
                FactKind::Lost => own.is_lost.take(Some(is_yes), since, false),
                FactKind::Status => own.status.take(fact.value.map(Into::into), since, true),
                FactKind::Post => {
                    let post = fact.value.and_then(post_of);
                    own.post = [own.post, post].into_iter().flatten().min();
                }
                FactKind::Membership | FactKind::Unable => {}
            }
        })?;
        Ok(Self { beyond })
    }

    fn traits<'p>(&'p self, card: &'p Card) -> Traits<'p> {
        let of_card = traits_of(card);
        let Some(beyond) = self.beyond.get(&card.id) else { return of_card };
        Traits {
            occupation: beyond.occupation,
            post: beyond.post,
            status: beyond.status.value.as_deref(),
            floats: beyond.floats.value == Some(true),
            is_lost: beyond.is_lost.value == Some(true),
            ..of_card
        }
    }
}

/// The value of a feature that [`is_on_card`].
pub(super) fn value_on_card(card: &Card, feature: Feature, day: Day) -> Option<&'static str> {
    feature.value(&traits_of(card), day)
}

fn traits_of(card: &Card) -> Traits<'_> {
    Traits {
        sex: card.sex.as_deref(),
        nation: card.nation.as_deref(),
        birth: card.birth,
        education: card.education.as_deref(),
        path: card.path,
        ..Traits::default()
    }
}

/// Whether a card tells the value of a feature.
pub(super) fn is_on_card(feature: Feature) -> bool {
    feature.fact().is_none() && !matches!(feature, Feature::Occupation | Feature::Branch)
}
