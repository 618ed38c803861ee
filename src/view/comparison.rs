//! The comparison of two years (两年对比): members at the end of last year, who came, who left, members now.
//!
//! Both ends are counted by themselves, coming and going from what changed between them, day by day; that the two
//! agree is the check row, and whoever stands in its way is its rows. Start at [`comparison`].

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::desk::Desk;
use super::difference::DifferenceAsk;
use super::figures::{Counted, Figure, Rows, WHO_COUNTS};
use super::members::{Condition, ListAsk};
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Span};
use crate::domain::events::EventKind;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId, RecordId};
use crate::domain::members::{Category, Fact};
use crate::domain::organisations::{OrganisationEventKind, OrganisationKind};
use crate::domain::statistics::{Gain, Loss, MOVING, Movement, Side, Turn, movement};
use crate::problem::Result;
use crate::store::directory::Card;
use crate::store::events::of_kind;
use crate::store::members::{facts_in, facts_of};

/// What is compared: the last day of the year before `to` with `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparisonAsk {
    pub scope: Option<OrganisationId>,
    pub to: Day,
}

/// Two ends and what lies between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub ask: ComparisonAsk,
    pub scope_name: String,
    /// In the order of the form.
    pub lines: Vec<ComparisonLine>,
    /// Members at the beginning whose membership began on an unknown day.
    pub unknown_start: usize,
}

/// A line of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonLine {
    /// 行次, as the form numbers its lines; none of 其他, for which it has no line: those stand only where somebody is in them.
    pub number: Option<usize>,
    /// How the number comes about, where it is reckoned: 「1 + 2 − 7」.
    pub formula: &'static str,
    /// 1 for a part of the line above, 2 for a part of that part.
    pub depth: usize,
    pub figure: Figure,
}

impl ComparisonAsk {
    /// The last day of the year before.
    pub fn from(self) -> Day {
        Day::constant(self.to.year() - 1, 12, 31)
    }

    /// The same as the two days between which people come and go.
    fn days(self) -> DifferenceAsk {
        DifferenceAsk { scope: self.scope, from: self.from(), to: self.to }
    }
}

impl Comparison {
    pub fn get(&self, name: &str) -> Option<&Figure> {
        self.lines.iter().map(|line| &line.figure).find(|figure| figure.name == name)
    }

    pub fn value(&self, name: &str) -> u64 {
        self.get(name).map_or(0, |figure| figure.value)
    }

    /// Whether what came and went explains the difference of both ends, person by person.
    pub fn closes(&self) -> bool {
        self.value(DIFFERENCE) == 0 && self.unexplained() == 0
    }

    /// People whom coming and going does not explain: as many missing as too many, and 差 is nothing all the same.
    pub fn unexplained(&self) -> usize {
        self.get(DIFFERENCE).map_or(0, |figure| figure.rows.len())
    }

    /// 应有 and 差 are what the form reckons them from; their rows are the people.
    fn reckon(mut self) -> Self {
        let expected = (self.value(START) + self.value(GAINED)).saturating_sub(self.value(LOST));
        let apart = self.value(END).abs_diff(expected);
        for figure in self.lines.iter_mut().map(|line| &mut line.figure) {
            match &*figure.name {
                EXPECTED => figure.value = expected,
                DIFFERENCE => figure.value = apart,
                _ => {}
            }
        }
        self
    }
}

pub const START: &str = "党员.上年末";
pub const GAINED: &str = "党员.增加";
pub const LOST: &str = "党员.减少";
/// 整建制转入: of those who were transferred in.
pub const CAME_WHOLE: &str = "党员.增加.转入组织关系.整建制";
/// 整建制转出: of those who were transferred out.
pub const WENT_WHOLE: &str = "党员.减少.转出组织关系.整建制";
pub const EXPECTED: &str = "党员.本年末应有";
pub const END: &str = "党员.本年末";
pub const DIFFERENCE: &str = "党员.增减差";

/// Who is counted in the lines of 整建制, for their definition.
const WITH_ORGANISATION: &str = "随整个党组织（变更隶属关系或并入）改变组织关系的";

/// Compares both ends.
pub fn comparison(desk: &Desk, ask: &ComparisonAsk) -> Result<Comparison> {
    let (before, now) = (Counted::of(desk, ask.scope, ask.from())?, Counted::of(desk, ask.scope, ask.to)?);
    let ids = |counted: &Counted<'_>| counted.members.iter().map(|card| card.id.0).collect::<Vec<RecordId>>();
    let told = Told::of(&movements(desk, ask)?, ids(&before));
    let (expected, unexplained) = told.ends(&ids(&now).into_iter().collect());
    let form = Form { ask, now: &now };
    let members = |to: Day| ListAsk { conditions: vec![Condition::Members], ..ListAsk::roll(to, ask.scope) };
    let mut lines = vec![form.line("", 0, START, "上年末党员", form.at(ask.from()), ids(&before))];
    lines[0].figure.kind = Rows::Listed(members(ask.from()));
    lines[0].figure.as_of = ask.from();
    form.gains(&told, &mut lines);
    form.losses(&told, &mut lines);
    let reckoned = "上年末党员加本年增加、减本年减少后应有的党员".to_owned();
    lines.push(form.line("1 + 2 − 7", 0, EXPECTED, "本年末应有", reckoned, expected));
    let mut end = form.line("", 0, END, "本年末实有", form.at(ask.to), ids(&now));
    end.figure.kind = Rows::Listed(members(ask.to));
    lines.push(end);
    let apart = "本年末实有与应有相差几人，应当是 0；名单是增减说明不了的人".to_owned();
    lines.push(form.line("14 − 13", 0, DIFFERENCE, "差", apart, unexplained));
    let others = [Gain::Other.label(), Loss::Other.label()];
    let numbered = lines.iter_mut().filter(|line| !others.contains(&line.figure.label.as_str()));
    numbered.zip(1..).for_each(|(line, number)| line.number = Some(number));
    let (scope_name, unknown_start) = (now.scope_name.clone(), before.unknown_start);
    Ok(Comparison { ask: *ask, scope_name, lines, unknown_start }.reckon())
}

/// What is told of coming and going, sorted by the lines of the form.
#[derive(Default)]
struct Told {
    gained: BTreeMap<Gain, Vec<RecordId>>,
    lost: BTreeMap<Loss, Vec<RecordId>>,
    /// Of those transferred in and out: who moved with the whole organisation.
    whole: [Vec<RecordId>; 2],
    /// How often each person counts at the end.
    times: HashMap<RecordId, i64>,
}

impl Told {
    fn of(movements: &[Moved], before: Vec<RecordId>) -> Self {
        let mut told = Self { times: before.into_iter().map(|id| (id, 1)).collect(), ..Self::default() };
        for Moved { person: PersonId(id), what, is_whole, .. } in movements {
            let [came_whole, went_whole] = &mut told.whole;
            match what {
                Movement::Gain(Gain::TransferredIn) if *is_whole => came_whole.push(*id),
                Movement::Loss(Loss::TransferredOut) if *is_whole => went_whole.push(*id),
                _ => {}
            }
            match what {
                Movement::Gain(gain) => told.gained.entry(*gain).or_default().push(*id),
                Movement::Loss(loss) => told.lost.entry(*loss).or_default().push(*id),
            }
            *told.times.entry(*id).or_default() += if matches!(what, Movement::Gain(_)) { 1 } else { -1 };
        }
        told
    }

    /// Who should be there at the end, and who is there without that or is not in spite of it.
    fn ends(&self, at_end: &HashSet<RecordId>) -> (Vec<RecordId>, Vec<RecordId>) {
        let times = &self.times;
        let mut expected: Vec<RecordId> = times.iter().filter(|(_, times)| **times > 0).map(|(id, _)| *id).collect();
        let is_other = |id: &RecordId| times.get(id).copied().unwrap_or(0) != i64::from(at_end.contains(id));
        let known = times.keys().chain(at_end.iter().filter(|id| !times.contains_key(id)));
        let mut unexplained: Vec<RecordId> = known.filter(|id| is_other(id)).copied().collect();
        expected.sort_unstable();
        unexplained.sort_unstable();
        (expected, unexplained)
    }
}

/// What the lines of one form have in common.
struct Form<'f> {
    ask: &'f ComparisonAsk,
    now: &'f Counted<'f>,
}

impl Form<'_> {
    fn line(
        &self,
        formula: &'static str,
        depth: usize,
        name: &str,
        label: &str,
        definition: String,
        rows: Vec<RecordId>,
    ) -> ComparisonLine {
        let figure = self.now.figure(name.to_owned(), label, definition, rows, Rows::People);
        ComparisonLine { number: None, formula, depth, figure }
    }

    /// 本年增加 with its parts; of those transferred in who came with a whole organisation.
    fn gains(&self, told: &Told, lines: &mut Vec<ComparisonLine>) {
        let has_other = told.gained.contains_key(&Gain::Other);
        let formula = if has_other { "3 + 4 + 5 + 其他增加" } else { "3 + 4 + 5" };
        let all = told.gained.values().flatten().copied().collect();
        lines.push(self.line(formula, 0, GAINED, "本年增加", self.between("增加的"), all));
        for gain in Gain::ALL {
            let (name, rows) = (format!("{GAINED}.{}", gain.label()), told.gained.get(&gain).cloned());
            let definition = self.between(gain.definition());
            lines.push(self.line("", 1, &name, gain.label(), definition, rows.unwrap_or_default()));
            if gain == Gain::TransferredIn {
                let definition = self.between(WITH_ORGANISATION);
                lines.push(self.line("", 2, CAME_WHOLE, "其中整建制转入", definition, told.whole[0].clone()));
            }
        }
    }

    /// 本年减少 with its parts; of those transferred out who left with a whole organisation.
    fn losses(&self, told: &Told, lines: &mut Vec<ComparisonLine>) {
        let has_other = told.lost.contains_key(&Loss::Other);
        let formula = if has_other { "8 + 9 + 10 + 11 + 其他减少" } else { "8 + 9 + 10 + 11" };
        let all = told.lost.values().flatten().copied().collect();
        lines.push(self.line(formula, 0, LOST, "本年减少", self.between("减少的"), all));
        for loss in Loss::ALL {
            let (name, rows) = (format!("{LOST}.{}", loss.label()), told.lost.get(&loss).cloned());
            let definition = self.between(loss.definition());
            lines.push(self.line("", 1, &name, loss.label(), definition, rows.unwrap_or_default()));
            if loss == Loss::TransferredOut {
                let definition = self.between(WITH_ORGANISATION);
                lines.push(self.line("", 2, WENT_WHOLE, "其中整建制转出", definition, told.whole[1].clone()));
            }
        }
    }

    fn at(&self, day: Day) -> String {
        format!("截至 {day} 的正式党员和预备党员。{WHO_COUNTS}")
    }

    fn between(&self, what: &str) -> String {
        format!("{} 之后、到 {} 为止{what}党员，一人几次按几次计。{WHO_COUNTS}", self.ask.from(), self.ask.to)
    }
}

/// That somebody came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Moved {
    on: Day,
    person: PersonId,
    what: Movement,
    /// Not alone, but with the whole organisation (整建制).
    is_whole: bool,
}

/// Everybody's coming and going between the two days, in the order of days.
fn movements(desk: &Desk, ask: &ComparisonAsk) -> Result<Vec<Moved>> {
    let scope = Scope::of(desk, &ask.days())?;
    let events = moving_events(desk, &ask.days())?;
    let mut found = Vec::new();
    for card in desk.directory().cards().iter().filter(|card| !card.voided) {
        let mut days = card.turning_days(ask.from(), ask.to);
        scope.add_turning_days(card, &ask.days(), &mut days);
        if days.is_empty() || !is_counted_at_times(card, &scope, ask.from(), &days) {
            continue;
        }
        let facts = facts_of(desk.reader(), card.id)?;
        let (mut since, mut before) = (ask.from(), side(card, &scope, &facts, ask.from()));
        for on in days {
            let after = side(card, &scope, &facts, on);
            let events = events.get(&(card.id, on)).map_or(&[][..], Vec::as_slice);
            if let Some(what) = movement(&Turn { on, path: &card.path, events, before, after }) {
                let is_whole = before.belongs != after.belongs && scope.moved_whole(card, since, on);
                found.push(Moved { on, person: card.id, what, is_whole });
            }
            (since, before) = (on, after);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// What is recorded of people's coming and going in the period, by person and day.
pub(super) fn moving_events(desk: &Desk, ask: &DifferenceAsk) -> Result<HashMap<(PersonId, Day), Vec<EventKind>>> {
    let (from, to) = (PartialDate::of_day(ask.from), PartialDate::of_day(ask.to));
    let mut found: HashMap<_, Vec<EventKind>> = HashMap::new();
    for kind in MOVING {
        for event in of_kind(desk.reader(), kind, from, to)? {
            found.entry((event.person, event.day.first_day())).or_default().push(kind);
        }
    }
    Ok(found)
}

/// Whether counting the person begins or ends on one of the days, as far as the card tells: most stay all the time.
fn is_counted_at_times(card: &Card, scope: &Scope, from: Day, days: &[Day]) -> bool {
    let counts = |day: Day| card.is_member_on(day) && scope.holds(card, day);
    let first = counts(from);
    days.iter().any(|day| counts(*day) != first)
}

/// Where a person stands on a day.
fn side<'f>(card: &Card, scope: &Scope, facts: &'f [Fact], day: Day) -> Side<'f> {
    // Of several that hold the one that began last counts.
    let status = facts.iter().rfind(|fact| fact.kind == FactKind::Status && fact.span.holds_on(day));
    Side {
        belongs: scope.holds(card, day),
        is_party_member: card.path.category_on(day).is_some_and(Category::is_member),
        status: status.and_then(|fact| fact.value.as_deref()),
    }
}

/// The organisations of a scope from the first day on, and again from each day on which they become others.
fn within_by_day(desk: &Desk, ask: &DifferenceAsk) -> Vec<(Day, HashSet<OrganisationId>)> {
    let moves = desk.organisation_events().iter().filter(|event| event.kind == OrganisationEventKind::Moved);
    let days = moves.map(|event| event.day.first_day()).filter(|day| ask.from < *day && *day <= ask.to);
    let days: BTreeSet<Day> = days.chain([ask.from]).collect();
    let mut found: Vec<(Day, HashSet<OrganisationId>)> = Vec::new();
    for day in days {
        let within = desk.tree_on(day).within(ask.scope).into_iter().map(|node| node.id).collect();
        if found.last().is_none_or(|(_, held)| *held != within) {
            found.push((day, within));
        }
    }
    found
}

/// Which organisation became part of which, and since when.
fn mergers(desk: &Desk) -> HashSet<(OrganisationId, OrganisationId, Day)> {
    let mergers = desk.organisation_events().iter().filter(|event| event.kind == OrganisationEventKind::Merged);
    mergers.filter_map(|event| Some((event.organisation, event.other?, event.day.first_day()))).collect()
}

/// What is counted: organisations, or the people of a group.
pub(super) struct Scope {
    /// Since which day it holds which organisations, the earliest first; `None` for all.
    within: Option<Vec<(Day, HashSet<OrganisationId>)>>,
    group: Option<HashMap<PersonId, Vec<Span>>>,
    /// Which organisation became part of which, and when.
    merged: HashSet<(OrganisationId, OrganisationId, Day)>,
}

impl Scope {
    pub fn of(desk: &Desk, ask: &DifferenceAsk) -> Result<Self> {
        let merged = mergers(desk);
        let Some(id) = ask.scope else { return Ok(Self { within: None, group: None, merged }) };
        if desk.tree().get(id).is_some_and(|node| node.kind == OrganisationKind::Group) {
            let mut spans: HashMap<PersonId, Vec<Span>> = HashMap::new();
            for fact in facts_in(desk.reader(), id)? {
                spans.entry(fact.person).or_default().push(fact.span);
            }
            return Ok(Self { within: None, group: Some(spans), merged });
        }
        Ok(Self { within: Some(within_by_day(desk, ask)), group: None, merged })
    }

    /// Whether the person belongs to it on a day, whatever the status.
    pub fn holds(&self, card: &Card, day: Day) -> bool {
        let Some(membership) = card.membership_on(day) else { return false };
        let is_within = self.within.as_ref().is_none_or(|within| {
            let held = within.iter().rfind(|(since, _)| *since <= day);
            held.is_some_and(|(_, organisations)| organisations.contains(&membership.organisation))
        });
        let is_in_group = self
            .group
            .as_ref()
            .is_none_or(|people| people.get(&card.id).is_some_and(|spans| spans.iter().any(|span| span.holds_on(day))));
        is_within && is_in_group
    }

    /// Whether a person who came or went on a day did so with the whole organisation: it moved and the person stayed in it,
    /// or it became part of the other. `since` is a day before on which everything was as it was until then. A group is
    /// never a place that an organisation comes to.
    fn moved_whole(&self, card: &Card, since: Day, on: Day) -> bool {
        let organisation = |day| card.membership_on(day).map(|membership| membership.organisation);
        match (organisation(since), organisation(on)) {
            (Some(former), Some(now)) if self.group.is_none() => {
                former == now || self.merged.contains(&(former, now, on))
            }
            _ => false,
        }
    }

    pub fn add_turning_days(&self, card: &Card, ask: &DifferenceAsk, days: &mut Vec<Day>) {
        let spans = self.group.as_ref().and_then(|people| people.get(&card.id)).into_iter().flatten();
        let ends = spans.flat_map(|span| [span.from, span.to]).flatten().map(PartialDate::first_day);
        let moves = self.within.iter().flatten().map(|(since, _)| *since);
        days.extend(ends.chain(moves).filter(|day| ask.from < *day && *day <= ask.to));
        days.sort_unstable();
        days.dedup();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn the_last_line_is_the_form_s_own_sum_and_names_whom_it_hides() {
        let line = |name: &str, rows: &[RecordId]| {
            let figure = Figure {
                name: name.to_owned(),
                label: String::new(),
                value: rows.len() as u64,
                reckoned: None,
                unit: "人",
                definition: String::new(),
                as_of: Day::constant(2026, 12, 31),
                scope: None,
                scope_name: String::new(),
                rows: Arc::new(rows.to_vec()),
                kind: Rows::People,
            };
            ComparisonLine { number: None, formula: "", depth: 0, figure }
        };
        let reckoned = |end: &[RecordId], unexplained: &[RecordId]| {
            let lines = vec![
                line(START, &[1, 2]),
                line(GAINED, &[3, 3]),
                line(LOST, &[3]),
                line(EXPECTED, &[1, 2, 3]),
                line(END, end),
                line(DIFFERENCE, unexplained),
            ];
            let ask = ComparisonAsk { scope: None, to: Day::constant(2026, 12, 31) };
            let found = Comparison { ask, scope_name: String::new(), lines, unknown_start: 0 }.reckon();
            (found.value(EXPECTED), found.value(DIFFERENCE), found.unexplained(), found.closes())
        };
        assert_eq!(reckoned(&[1, 2, 3], &[]), (3, 0, 0, true), "who came twice counts twice");
        assert_eq!(reckoned(&[1, 2], &[3]), (3, 1, 1, false));
        assert_eq!(reckoned(&[1, 2, 4, 5], &[3, 4, 5]), (3, 1, 3, false), "one more, and three not explained");
        assert_eq!(reckoned(&[1, 2, 4], &[3, 4]), (3, 0, 2, false), "one for another");
    }
}
