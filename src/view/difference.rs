//! The difference between two days (两日对比): who came, who left, what changed of those who stayed.
//!
//! Who is on the roll of the scope on each of the days is what the lists of the days say; how and what is told by the
//! facts that begin or end between them. Start at [`difference`].

use std::collections::HashSet;

use super::desk::Desk;
use super::members::{ListAsk, list};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::{Category, Fact, status_ends_membership};
use crate::problem::{Problem, Result};
use crate::store::between::{Between, facts_between};
use crate::store::directory::{Card, Membership};

/// What a difference is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DifferenceAsk {
    pub scope: Option<OrganisationId>,
    /// The earlier day.
    pub from: Day,
    /// The later day.
    pub to: Day,
}

/// The difference between two days. Those on the roll before, with who came, without who left, are those after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    pub before: Standing,
    pub after: Standing,
    /// 新增, in the order of the roster of the later day; one line a person.
    pub came: Vec<DifferenceLine>,
    /// 减少, in the order of the roster of the earlier day; one line a person.
    pub left: Vec<DifferenceLine>,
    /// 变动: one line for each thing that changed of a person.
    pub changed: Vec<DifferenceLine>,
    /// People of whom something changed.
    pub changed_people: usize,
}

/// Who is there on one of the days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// 在册
    pub people: usize,
    /// 党员: formal and probationary.
    pub members: usize,
}

/// One line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceLine {
    pub id: PersonId,
    pub name: String,
    /// On the later day; of who left on the earlier.
    pub branch: Option<OrganisationId>,
    pub branch_name: String,
    /// On the same day.
    pub category: Option<Category>,
    /// 「新发展」「转入」「死亡」「党内职务」
    pub what: String,
    /// Empty where nothing is told.
    pub before: String,
    pub after: String,
    pub on: Option<PartialDate>,
}

/// The kinds of dated facts of which one counts at a time.
const ONE_AT_A_TIME: [FactKind; 4] = [FactKind::Group, FactKind::Status, FactKind::Floating, FactKind::Lost];

/// Tells the difference. Fails if the second day is not later than the first.
pub fn difference(desk: &Desk, ask: &DifferenceAsk) -> Result<Difference> {
    if ask.from >= ask.to {
        return Err(Problem::input("没有对比", format!("前一天（{}）要早于后一天（{}）", ask.from, ask.to))
            .next("换一下两个日期"));
    }
    let (before, after) = (roll(desk, ask, ask.from)?, roll(desk, ask, ask.to)?);
    let there_before: HashSet<PersonId> = before.0.iter().copied().collect();
    let there_after: HashSet<PersonId> = after.0.iter().copied().collect();
    let told = Teller { desk, ask, between: facts_between(desk.reader(), ask.from, ask.to)? };
    let cards = |ids: &[PersonId]| ids.iter().filter_map(|id| desk.directory().get(*id)).collect::<Vec<_>>();
    let mut found = Difference { before: before.1, after: after.1, ..Difference::default() };
    for card in cards(&before.0).into_iter().filter(|card| !there_after.contains(&card.id)) {
        found.left.push(told.left(card));
    }
    for card in cards(&after.0) {
        if !there_before.contains(&card.id) {
            found.came.push(told.came(card));
            continue;
        }
        let lines = found.changed.len();
        told.changed(card, &mut found.changed);
        found.changed_people += usize::from(found.changed.len() > lines);
    }
    Ok(found)
}

/// 「青禾县民政局党总支，2026-01-01 至 2026-11-24」
pub fn in_words(desk: &Desk, ask: &DifferenceAsk) -> String {
    format!("{}，{} 至 {}", desk.scope_name(ask.scope), ask.from, ask.to)
}

fn roll(desk: &Desk, ask: &DifferenceAsk, day: Day) -> Result<(std::sync::Arc<Vec<PersonId>>, Standing)> {
    let listed = list(desk, &ListAsk::roll(day, ask.scope))?;
    Ok((listed.ids, Standing { people: listed.sums.people, members: listed.sums.members }))
}

struct Teller<'d> {
    desk: &'d Desk,
    ask: &'d DifferenceAsk,
    between: Between,
}

impl Teller<'_> {
    fn came(&self, card: &Card) -> DifferenceLine {
        let line = self.line(card, self.ask.to);
        let here = card.on_roll(self.ask.to);
        let begun = here.and_then(|membership| membership.span.from);
        if let Some(elsewhere) = card.on_roll(self.ask.from) {
            let is_same = here.is_some_and(|here| here.organisation == elsewhere.organisation);
            let (what, on) = match is_same {
                true => ("编入党小组", self.group_moved(card.id, self.ask.to).and_then(|fact| fact.span.from)),
                false => ("从其他党支部转来", begun),
            };
            let before = self.beside(elsewhere.organisation, here.filter(|_| !is_same));
            return DifferenceLine { what: what.into(), before, on, ..line };
        }
        let restored =
            self.moved(card.id, FactKind::Status).find(|fact| fact.span.holds_on(self.ask.from) && ends(fact));
        if let Some(status) = restored {
            let before = status.value.clone().unwrap_or_default();
            return DifferenceLine { what: "恢复".into(), before, on: status.span.to, ..line };
        }
        let joined = card.path.joined.filter(|joined| !joined.is_reached_on(self.ask.from));
        match (joined, line.category) {
            (Some(joined), Some(category)) if category.is_member() => {
                DifferenceLine { what: "新发展".into(), on: Some(joined), ..line }
            }
            (_, Some(category)) if !category.is_member() => {
                DifferenceLine { what: "新登记".into(), after: category.label().into(), on: begun, ..line }
            }
            _ => DifferenceLine { what: "转入".into(), on: begun, ..line },
        }
    }

    fn left(&self, card: &Card) -> DifferenceLine {
        let line = self.line(card, self.ask.from);
        let here = card.on_roll(self.ask.from);
        if let Some(elsewhere) = card.on_roll(self.ask.to) {
            let is_same = here.is_some_and(|here| here.organisation == elsewhere.organisation);
            let (what, on) = match is_same {
                true => ("离开党小组", self.group_moved(card.id, self.ask.from).and_then(|fact| fact.span.to)),
                false => ("转到其他党支部", elsewhere.span.from),
            };
            let after = self.beside(elsewhere.organisation, here.filter(|_| !is_same));
            return DifferenceLine { what: what.into(), after, on, ..line };
        }
        let ended = self.moved(card.id, FactKind::Status).find(|fact| fact.span.holds_on(self.ask.to) && ends(fact));
        match ended {
            Some(status) => DifferenceLine {
                what: status.value.clone().unwrap_or_default(),
                after: status.place.clone().unwrap_or_default(),
                on: status.span.from,
                ..line
            },
            None => {
                let on = here.and_then(|membership| membership.span.to);
                DifferenceLine { what: "组织关系结束".into(), on, ..line }
            }
        }
    }

    fn changed(&self, card: &Card, lines: &mut Vec<DifferenceLine>) {
        let (from, to) = (self.ask.from, self.ask.to);
        let mut add = |what: &str, before: String, after: String, on: Option<PartialDate>| {
            if before != after {
                lines.push(DifferenceLine { what: what.into(), before, after, on, ..self.line(card, to) });
            }
        };
        if let (Some(before), Some(after)) = (card.on_roll(from), card.on_roll(to))
            && before.organisation != after.organisation
        {
            let names = (self.beside(before.organisation, Some(after)), self.beside(after.organisation, Some(before)));
            add("党支部", names.0, names.1, after.span.from);
        }
        let label = |category: Option<Category>| category.map_or_else(String::new, |one| one.label().to_owned());
        let (before, after) = (card.path.category_on(from), card.path.category_on(to));
        if before != after {
            let on = match after {
                Some(Category::Formal) => card.path.full,
                Some(Category::Probationary) => card.path.joined,
                Some(Category::Candidate) => card.path.candidate,
                Some(Category::Activist) => card.path.activist,
                Some(Category::Applicant) => card.path.applied,
                None => None,
            };
            add("人员类别", label(before), label(after), on);
        }
        if !self.between.moved.contains_key(&card.id) {
            return;
        }
        for kind in ONE_AT_A_TIME {
            if let Some((before, after, on)) = self.one_at_a_time(card.id, kind) {
                add(kind.label(), before, after, on);
            }
        }
        let posts = |day: Day| {
            let held = self.moved(card.id, FactKind::Post).filter(|fact| fact.span.holds_on(day));
            held.map(|fact| self.value(fact)).collect::<Vec<_>>().join("、")
        };
        add(FactKind::Post.label(), posts(from), posts(to), self.when(self.moved(card.id, FactKind::Post)));
    }

    /// Before, after, and since when, of a kind of which one fact counts; `None` where nothing of it moved.
    fn one_at_a_time(&self, id: PersonId, kind: FactKind) -> Option<(String, String, Option<PartialDate>)> {
        let beside = self.between.steady.get(&id).into_iter().flatten().filter(|fact| fact.kind == kind);
        let mut all: Vec<&Fact> = self.moved(id, kind).collect();
        if all.is_empty() {
            return None;
        }
        all.extend(beside);
        all.sort_by_key(|fact| (fact.span.from, fact.id));
        let counts = |day: Day| {
            let mut holding = all.iter().filter(|fact| fact.span.holds_on(day));
            // Of several statuses the last counts, of all else the first.
            let counts = if kind == FactKind::Status { holding.next_back() } else { holding.next() };
            counts.map(|fact| self.value(fact)).unwrap_or_default()
        };
        Some((counts(self.ask.from), counts(self.ask.to), self.when(self.moved(id, kind))))
    }

    /// The facts of a kind that begin or end between the days.
    fn moved(&self, id: PersonId, kind: FactKind) -> impl Iterator<Item = &Fact> {
        self.between.moved.get(&id).into_iter().flatten().filter(move |fact| fact.kind == kind)
    }

    /// The group that holds on one of the days and not on the other.
    fn group_moved(&self, id: PersonId, on: Day) -> Option<&Fact> {
        let (from, to) = (self.ask.from, self.ask.to);
        let holds_on_both = |fact: &Fact| fact.span.holds_on(from) && fact.span.holds_on(to);
        self.moved(id, FactKind::Group).find(|fact| fact.span.holds_on(on) && !holds_on_both(fact))
    }

    /// The last day on which one of these began or ended between the days.
    fn when<'f>(&self, facts: impl Iterator<Item = &'f Fact>) -> Option<PartialDate> {
        let is_between = |date: &PartialDate| !date.is_reached_on(self.ask.from) && date.is_reached_on(self.ask.to);
        facts.flat_map(|fact| [fact.span.from, fact.span.to]).flatten().filter(is_between).max()
    }

    fn value(&self, fact: &Fact) -> String {
        let value = fact.value.clone().unwrap_or_default();
        let beside = match fact.kind {
            FactKind::Group => return fact.organisation.map(|id| self.organisation(id)).unwrap_or_default(),
            FactKind::Post => fact.organisation.map(|id| self.organisation(id)),
            _ => fact.place.clone(),
        };
        beside.map_or_else(|| value.clone(), |beside| format!("{value}（{beside}）"))
    }

    fn organisation(&self, id: OrganisationId) -> String {
        self.desk.tree().get(id).map(|node| node.shown_name().to_owned()).unwrap_or_default()
    }

    /// The name of a branch as it stands beside another one: where both are called the same, with what is above it.
    fn beside(&self, id: OrganisationId, other: Option<&Membership>) -> String {
        let name = self.organisation(id);
        if other.is_none_or(|other| self.organisation(other.organisation) != name) {
            return name;
        }
        let above = self.desk.tree().get(id).and_then(|node| node.parent).map(|parent| self.organisation(parent));
        above.map_or_else(|| name.clone(), |above| format!("{above}/{name}"))
    }

    fn line(&self, card: &Card, day: Day) -> DifferenceLine {
        let branch = card.on_roll(day).map(|membership| membership.organisation);
        DifferenceLine {
            id: card.id,
            name: card.name.to_string(),
            branch,
            branch_name: branch.map(|id| self.organisation(id)).unwrap_or_default(),
            category: card.path.category_on(day),
            what: String::new(),
            before: String::new(),
            after: String::new(),
            on: None,
        }
    }
}

/// Whether a status ends being a member.
fn ends(status: &Fact) -> bool {
    status.value.as_deref().is_some_and(status_ends_membership)
}
