//! What a merger or a split will do, told before it is done: who goes where, which groups and posts end.

use std::collections::HashSet;

use super::standing::counted;
use super::{members_of_group, posts};
use crate::clock::Day;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisations::{Organisation, OrganisationKind, OrganisationTree};
use crate::problem::Result;
use crate::store::members::{self, facts_in};
use crate::view::desk::Desk;

/// What becomes of one organisation that is merged into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergerOutcome {
    pub id: OrganisationId,
    pub name: String,
    /// People who are transferred.
    pub people: usize,
    /// 党小组 that end, with how many are in each.
    pub groups: Vec<(String, usize)>,
    /// Posts that end: 「书记 陈志远」.
    pub posts: Vec<String>,
    /// Branches that go along.
    pub moved: Vec<String>,
    /// Why it cannot be.
    pub hindrance: Option<String>,
}

/// What becomes of an organisation that others are split off from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SplitOutcome {
    /// Formal members and members of each part.
    pub parts: Vec<(i64, i64)>,
    /// Those who stay.
    pub stays: (i64, i64),
    /// Posts of those who go, which end.
    pub posts: Vec<String>,
    /// People who leave their 党小组.
    pub leave_group: usize,
}

/// What becomes of each of these, merged into `into` on a day.
pub fn merger(desk: &Desk, ids: &[OrganisationId], into: OrganisationId, day: Day) -> Result<Vec<MergerOutcome>> {
    let tree = desk.tree_on(day);
    let nodes = ids.iter().filter_map(|id| tree.get(*id));
    nodes.map(|node| one_merged(desk, &tree, node, into, day)).collect()
}

fn one_merged(
    desk: &Desk,
    tree: &OrganisationTree,
    node: &Organisation,
    into: OrganisationId,
    day: Day,
) -> Result<MergerOutcome> {
    let (mut groups, mut moved) = (Vec::new(), Vec::new());
    for below in tree.children(Some(node.id)).filter(|below| below.stands_on(day)) {
        if below.kind == OrganisationKind::Group {
            groups.push((below.shown_name().to_owned(), members_of_group(desk, below.id, day)?));
        } else {
            moved.push(below.shown_name().to_owned());
        }
    }
    let belongs = |fact: &&crate::domain::members::Fact| fact.kind == FactKind::Membership && fact.span.holds_on(day);
    let facts = facts_in(desk.reader(), node.id)?;
    let people = facts.iter().filter(belongs).filter(|fact| {
        let card = desk.directory().get(fact.person);
        card.is_some_and(|card| card.on_roll(day).is_some())
    });
    let target = tree.get(into);
    let hindrance = if !node.stands_on(day) {
        Some(format!("{} 在 {day} 还没成立或已撤销", node.shown_name()))
    } else if node.id == into {
        Some("不能并入自己".to_owned())
    } else if tree.is_within(into, node.id) {
        Some("不能并入它自己下面的党组织".to_owned())
    } else if !moved.is_empty() && target.is_some_and(|target| target.kind.is_branch()) {
        Some(format!("下面还有 {}，不能并入党支部", moved.join("、")))
    } else {
        None
    };
    Ok(MergerOutcome {
        id: node.id,
        name: node.shown_name().to_owned(),
        people: people.count(),
        groups,
        posts: posts(desk, node.id, day)?.into_iter().map(|line| format!("{} {}", line.post, line.name)).collect(),
        moved,
        hindrance,
    })
}

/// What becomes of an organisation when these go to the parts that are split off.
pub fn split(desk: &Desk, id: OrganisationId, parts: &[Vec<PersonId>], day: Day) -> Result<SplitOutcome> {
    let sum = |ids: &mut dyn Iterator<Item = PersonId>| {
        let cards = ids.filter_map(|id| desk.directory().get(id));
        cards.map(|card| counted(card, day)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    };
    let going: HashSet<PersonId> = parts.iter().flatten().copied().collect();
    let cards = desk.directory().cards().iter();
    let own = cards.filter(|card| card.on_roll(day).is_some_and(|held| held.organisation == id));
    let mut outcome = SplitOutcome {
        parts: parts.iter().map(|ids| sum(&mut ids.iter().copied())).collect(),
        stays: sum(&mut own.map(|card| card.id).filter(|id| !going.contains(id))),
        ..SplitOutcome::default()
    };
    let tree = desk.tree_on(day);
    for person in parts.iter().flatten() {
        let Some(file) = members::file(desk.reader(), *person)? else { continue };
        outcome.leave_group += usize::from(file.facts_on(FactKind::Group, day).next().is_some());
        for fact in file.facts_on(FactKind::Post, day) {
            let ends = fact.organisation.is_some_and(|place| tree.is_within(place, id));
            if let Some(post) = fact.value.as_deref().filter(|_| ends) {
                outcome.posts.push(format!("{post} {}", file.person.name()));
            }
        }
    }
    Ok(outcome)
}
