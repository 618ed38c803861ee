//! The difference between two days (两日对比): who came to be 党员, who ceased to be, what changed of those who stayed.
//!
//! Who is on the roll of the scope on each of the days is what the lists of the days say; how and what is told by the
//! facts that begin or end between them, why somebody is counted by the rule of the comparison of two years. Those who
//! are listed without being counted stand under 变动. Start at [`difference`].

mod moving;

use std::collections::HashSet;
use std::sync::Arc;

use super::desk::Desk;
use super::members::{ListAsk, list};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::{Category, status_ends_membership};
use crate::domain::organisations::OrganisationTree;
use crate::domain::statistics::{Gain, Loss, Movement};
use crate::problem::{Problem, Result};
use crate::store::between::{Between, FactBetween, facts_between};
use crate::store::directory::{Card, Directory, Membership};
use moving::Moving;

/// What a difference is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DifferenceAsk {
    pub scope: Option<OrganisationId>,
    /// The earlier day.
    pub from: Day,
    /// The later day.
    pub to: Day,
}

/// The difference between two days. The members before, with who came, without who left, are those after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    pub before: Standing,
    pub after: Standing,
    /// 新增, in the order of the roster of the later day; one line a person.
    pub came: Vec<DifferenceLine>,
    /// 减少, in the order of the roster of the earlier day; one line a person.
    pub left: Vec<DifferenceLine>,
    /// 变动: one line for each thing that changed of a person; of those not counted also that they came (新登记) or left
    /// (不再列入).
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
    /// Of who came or left: the line of the comparison of two years.
    pub movement: Option<Movement>,
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
    let told = Teller {
        from: ask.from,
        to: ask.to,
        directory: desk.directory(),
        trees: [desk.tree_on(ask.from), desk.tree_on(ask.to)],
        between: facts_between(desk.reader(), ask.from, ask.to)?,
        moving: Moving::of(desk, ask)?,
    };
    let mut found = Difference { before: before.1, after: after.1, ..Difference::default() };
    // Where everybody changed a third of a second is spent here: both cores tell.
    let (first, second) = after.0.split_at(after.0.len() / 2);
    let parts = std::thread::scope(|scope| {
        let beside = scope.spawn(|| told.those_after(second, &there_before));
        let first = told.those_after(first, &there_before);
        // A panic there is one here too.
        [first, beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))]
    });
    for part in parts {
        found.came.extend(part.came);
        found.changed.extend(part.changed);
        found.changed_people += part.changed_people;
    }
    for card in before.0.iter().filter_map(|id| desk.directory().get(*id)) {
        let is_there = there_after.contains(&card.id);
        if card.is_member_on(ask.from) && !(is_there && card.is_member_on(ask.to)) {
            found.left.push(told.left(card));
        } else if !is_there {
            found.changed.push(told.no_longer_listed(card));
            found.changed_people += 1;
        }
    }
    Ok(found)
}

/// 「青禾县民政局党总支，2026-01-01 至 2026-11-24」
pub fn in_words(desk: &Desk, ask: &DifferenceAsk) -> String {
    format!("{}，{} 至 {}", desk.scope_name(ask.scope), ask.from, ask.to)
}

fn roll(desk: &Desk, ask: &DifferenceAsk, day: Day) -> Result<(Arc<Vec<PersonId>>, Standing)> {
    let listed = list(desk, &ListAsk::roll(day, ask.scope))?;
    Ok((listed.ids, Standing { people: listed.sums.people, members: listed.sums.members }))
}

fn label(category: Option<Category>) -> String {
    category.map_or_else(String::new, |one| one.label().to_owned())
}

/// Tells of one person after the other; shared by the cores.
struct Teller<'d> {
    from: Day,
    to: Day,
    directory: &'d Directory,
    /// As the organisations were on the two days.
    trees: [Arc<OrganisationTree>; 2],
    between: Between,
    moving: Moving,
}

impl Teller<'_> {
    /// Who came and what changed of some of those who are there on the later day.
    fn those_after(&self, ids: &[PersonId], there_before: &HashSet<PersonId>) -> Difference {
        let mut found = Difference::default();
        for card in ids.iter().filter_map(|id| self.directory.get(*id)) {
            let was_there = there_before.contains(&card.id);
            let (was_member, is_member) = (was_there && card.is_member_on(self.from), card.is_member_on(self.to));
            let lines = found.changed.len();
            if is_member && !was_member {
                found.came.push(self.came(card));
            } else if !was_there {
                found.changed.push(self.newly_listed(card));
            }
            if was_there {
                self.changed(card, was_member == is_member, &mut found.changed);
            }
            found.changed_people += usize::from(found.changed.len() > lines);
        }
        found
    }

    /// How somebody came to be counted.
    fn came(&self, card: &Card) -> DifferenceLine {
        let movement = self.moving.first_gain(card, &self.between);
        let on = movement.map(|(on, _)| PartialDate::of_day(on));
        let movement = movement.map(|(_, what)| what);
        let line = DifferenceLine { movement, on, ..self.line(card, self.to) };
        let elsewhere = card.on_roll(self.from).filter(|_| !self.moving.is_in_scope(card, self.from));
        let was = label(card.path.category_on(self.from));
        match (movement, elsewhere) {
            (Some(Movement::Gain(Gain::Accepted)), _) => {
                let before = if card.on_roll(self.from).is_some() { was } else { String::new() };
                DifferenceLine { what: "新发展".into(), before, on: card.path.joined, ..line }
            }
            (Some(Movement::Gain(Gain::Restored)), _) => {
                let mut statuses = self.moved(card.id, FactKind::Status);
                let held = statuses.find(|fact| fact.span.holds_on(self.from) && self.ends(fact));
                let before = held.map(|fact| self.between.value(fact).to_owned()).unwrap_or_default();
                DifferenceLine { what: "恢复".into(), before, on: held.and_then(|fact| fact.span.to).or(on), ..line }
            }
            (_, Some(elsewhere)) => self.came_from(card, elsewhere, line),
            (Some(Movement::Gain(Gain::TransferredIn)), None) => {
                let begun = card.on_roll(self.to).and_then(|membership| membership.span.from);
                DifferenceLine { what: "转入".into(), on: begun, ..line }
            }
            _ => DifferenceLine { what: Gain::Other.label().into(), before: was, ..line },
        }
    }

    /// How somebody came to be listed who is not counted.
    fn newly_listed(&self, card: &Card) -> DifferenceLine {
        let line = self.line(card, self.to);
        if let Some(elsewhere) = card.on_roll(self.from) {
            return self.came_from(card, elsewhere, line);
        }
        let on = card.on_roll(self.to).and_then(|membership| membership.span.from);
        DifferenceLine { what: "新登记".into(), after: label(line.category), on, ..line }
    }

    /// Came from where somebody was within the workbook.
    fn came_from(&self, card: &Card, elsewhere: &Membership, line: DifferenceLine) -> DifferenceLine {
        let here = card.on_roll(self.to);
        let is_same = here.is_some_and(|here| here.organisation == elsewhere.organisation);
        let (what, on) = match is_same {
            true => ("编入党小组", self.group_moved(card.id, self.to).and_then(|fact| fact.span.from)),
            false => ("从其他党支部转来", here.and_then(|membership| membership.span.from)),
        };
        let before = self.beside(elsewhere, self.from, here.filter(|_| !is_same));
        DifferenceLine { what: what.into(), before, on, ..line }
    }

    /// How somebody ceased to be counted.
    fn left(&self, card: &Card) -> DifferenceLine {
        let movement = self.moving.last_loss(card, &self.between);
        let on = movement.map(|(on, _)| PartialDate::of_day(on));
        let line = DifferenceLine { movement: movement.map(|(_, what)| what), on, ..self.line(card, self.from) };
        match card.on_roll(self.to) {
            Some(elsewhere) if !self.moving.is_in_scope(card, self.to) => self.went_to(card, elsewhere, line),
            Some(_) => {
                let (before, after) = (label(line.category), label(card.path.category_on(self.to)));
                DifferenceLine { what: Loss::Other.label().into(), before, after, ..line }
            }
            None => self.ended(card, line),
        }
    }

    /// Who was listed without being counted, and is not listed any more.
    fn no_longer_listed(&self, card: &Card) -> DifferenceLine {
        let line = self.line(card, self.from);
        if let Some(elsewhere) = card.on_roll(self.to) {
            return self.went_to(card, elsewhere, line);
        }
        let DifferenceLine { what: how, after: place, on, .. } = self.ended(card, line.clone());
        let after = if place.is_empty() { how } else { format!("{how}（{place}）") };
        DifferenceLine { what: "不再列入".into(), before: label(line.category), after, on, ..line }
    }

    /// Went to where somebody is within the workbook.
    fn went_to(&self, card: &Card, elsewhere: &Membership, line: DifferenceLine) -> DifferenceLine {
        let here = card.on_roll(self.from);
        let is_same = here.is_some_and(|here| here.organisation == elsewhere.organisation);
        let (what, on) = match is_same {
            true => ("离开党小组", self.group_moved(card.id, self.from).and_then(|fact| fact.span.to)),
            false => ("转到其他党支部", elsewhere.span.from),
        };
        let after = self.beside(elsewhere, self.to, here.filter(|_| !is_same));
        DifferenceLine { what: what.into(), after, on, ..line }
    }

    /// Is on no roll of the workbook any more.
    fn ended(&self, card: &Card, line: DifferenceLine) -> DifferenceLine {
        let ended = self.moved(card.id, FactKind::Status).find(|fact| fact.span.holds_on(self.to) && self.ends(fact));
        match ended {
            Some(status) => DifferenceLine {
                what: self.between.value(status).to_owned(),
                after: self.between.place(status).to_owned(),
                on: status.span.from,
                ..line
            },
            None => {
                let on = card.on_roll(self.from).and_then(|membership| membership.span.to);
                DifferenceLine { what: "组织关系结束".into(), on, ..line }
            }
        }
    }

    /// What changed of somebody who is there on both days; the category only where it is not why the person came or left.
    fn changed(&self, card: &Card, with_category: bool, lines: &mut Vec<DifferenceLine>) {
        let (from, to) = (self.from, self.to);
        let mut add = |what: &str, before: String, after: String, on: Option<PartialDate>| {
            if before != after {
                lines.push(DifferenceLine { what: what.into(), before, after, on, ..self.line(card, to) });
            }
        };
        if let (Some(before), Some(after)) = (card.on_roll(from), card.on_roll(to))
            && before.organisation != after.organisation
        {
            let names = (self.beside(before, from, Some(after)), self.beside(after, to, Some(before)));
            add("党支部", names.0, names.1, after.span.from);
        }
        let (before, after) = (card.path.category_on(from), card.path.category_on(to));
        if with_category && before != after {
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
        let facts = self.between.of(card.id);
        if facts.is_empty() {
            return;
        }
        for kind in ONE_AT_A_TIME {
            if let Some((before, after, on)) = self.one_at_a_time(facts, kind) {
                add(kind.label(), before, after, on);
            }
        }
        if self.moved(card.id, FactKind::Post).next().is_some() {
            let posts = |day: Day| {
                let held = self.moved(card.id, FactKind::Post).filter(|fact| fact.span.holds_on(day));
                held.map(|fact| self.value(fact, day)).collect::<Vec<_>>().join("、")
            };
            add(FactKind::Post.label(), posts(from), posts(to), self.when(self.moved(card.id, FactKind::Post)));
        }
    }

    /// Before, after, and since when, of a kind of which one fact counts; `None` where nothing of it moved.
    fn one_at_a_time(&self, facts: &[FactBetween], kind: FactKind) -> Option<(String, String, Option<PartialDate>)> {
        let of_kind = || facts.iter().filter(|fact| fact.kind == kind);
        if !of_kind().any(|fact| fact.moved) {
            return None;
        }
        let counts = |day: Day| {
            let holding = of_kind().filter(|fact| fact.span.holds_on(day));
            // Of several statuses the last counts, of all else the first; of those of one day so in their order.
            let counts = match kind {
                FactKind::Status => holding.max_by_key(|fact| fact.span.from),
                _ => holding.min_by_key(|fact| fact.span.from),
            };
            counts.map(|fact| self.value(fact, day)).unwrap_or_default()
        };
        Some((counts(self.from), counts(self.to), self.when(of_kind().filter(|fact| fact.moved))))
    }

    /// The facts of a kind that begin or end between the days.
    fn moved(&self, id: PersonId, kind: FactKind) -> impl Iterator<Item = &FactBetween> {
        self.between.of(id).iter().filter(move |fact| fact.kind == kind && fact.moved)
    }

    /// The group that holds on one of the days and not on the other.
    fn group_moved(&self, id: PersonId, on: Day) -> Option<&FactBetween> {
        let (from, to) = (self.from, self.to);
        let holds_on_both = |fact: &FactBetween| fact.span.holds_on(from) && fact.span.holds_on(to);
        self.moved(id, FactKind::Group).find(|fact| fact.span.holds_on(on) && !holds_on_both(fact))
    }

    /// The last day on which one of these began or ended between the days.
    fn when<'f>(&self, facts: impl Iterator<Item = &'f FactBetween>) -> Option<PartialDate> {
        let is_between = |date: &PartialDate| !date.is_reached_on(self.from) && date.is_reached_on(self.to);
        facts.flat_map(|fact| [fact.span.from, fact.span.to]).flatten().filter(is_between).max()
    }

    fn value(&self, fact: &FactBetween, day: Day) -> String {
        let value = self.between.value(fact);
        let beside = match fact.kind {
            FactKind::Group => return fact.organisation.map_or("", |id| self.organisation(id, day)).to_owned(),
            FactKind::Post => fact.organisation.map_or("", |id| self.organisation(id, day)),
            _ => self.between.place(fact),
        };
        if beside.is_empty() { value.to_owned() } else { format!("{value}（{beside}）") }
    }

    /// Whether a status ends being a member.
    fn ends(&self, status: &FactBetween) -> bool {
        status_ends_membership(self.between.value(status))
    }

    fn tree(&self, day: Day) -> &OrganisationTree {
        &self.trees[usize::from(day == self.to)]
    }

    fn organisation(&self, id: OrganisationId, day: Day) -> &str {
        self.tree(day).get(id).map_or("", |node| node.shown_name())
    }

    /// The name of a branch on one of the days as it stands beside another one: where both are called the same, with
    /// what is above it.
    fn beside(&self, here: &Membership, day: Day, other: Option<&Membership>) -> String {
        let id = here.organisation;
        let name = self.organisation(id, day);
        let is_same = |other: &Membership| {
            self.trees.iter().any(|tree| tree.get(other.organisation).is_some_and(|node| node.shown_name() == name))
        };
        if !other.is_some_and(is_same) {
            return name.to_owned();
        }
        let above = self.tree(day).get(id).and_then(|node| node.parent).map(|parent| self.organisation(parent, day));
        above.map_or_else(|| name.to_owned(), |above| format!("{above}/{name}"))
    }

    fn line(&self, card: &Card, day: Day) -> DifferenceLine {
        let branch = card.on_roll(day).map(|membership| membership.organisation);
        DifferenceLine {
            id: card.id,
            name: card.name.to_string(),
            branch,
            branch_name: branch.map_or("", |id| self.organisation(id, day)).to_owned(),
            category: card.path.category_on(day),
            movement: None,
            what: String::new(),
            before: String::new(),
            after: String::new(),
            on: None,
        }
    }
}
