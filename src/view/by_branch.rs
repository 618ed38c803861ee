//! Figures organisation by organisation (按支部): each with its own members and those of all below it.
//!
//! An organisation that has members of its own besides those below it has a further line for them, 「（本级）」, so that
//! every line is the sum of the lines right below it. No line is ranked. Start at [`by_branch`].

use std::collections::HashMap;
use std::sync::Arc;

use super::desk::Desk;
use super::features::{list_of, sort_out};
use super::figures::{Counted, Figure, PLAIN, Rows, WHO_COUNTS};
use super::members::ListAsk;
use crate::clock::Day;
use crate::domain::ids::{OrganisationId, RecordId};
use crate::domain::organisations::{Organisation, OrganisationKind, OrganisationTree};
use crate::domain::statistics::{Feature, is_rest};
use crate::problem::Result;

/// What the table is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByBranchAsk {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
    /// The columns: the values of a feature, or the plain figures.
    pub feature: Option<Feature>,
}

/// Organisations and their figures.
#[derive(Debug, Clone, PartialEq)]
pub struct ByBranch {
    pub ask: ByBranchAsk,
    pub scope_name: String,
    /// In tree order; the total over several roots last.
    pub lines: Vec<BranchLine>,
    pub columns: Vec<FigureColumn>,
    /// Line by line.
    cells: Vec<Arc<Vec<RecordId>>>,
    /// The lists of the cells, in the same order.
    lists: Vec<Option<ListAsk>>,
    pub unknown_start: usize,
    pub unknown_category: usize,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchLine {
    /// `None` for the total.
    pub organisation: Option<OrganisationId>,
    pub name: String,
    pub depth: usize,
    /// 本级: those on the roll of the organisation itself, without those below it.
    pub is_own: bool,
}

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureColumn {
    /// `党员.女`, `党员.学历.研究生`
    pub name: String,
    pub label: String,
    definition: String,
}

impl ByBranch {
    /// How many there are in a cell.
    pub fn value(&self, line: usize, column: usize) -> u64 {
        self.place(line, column).and_then(|place| self.cells.get(place)).map_or(0, |people| people.len() as u64)
    }

    /// A cell as a figure: the one of that organisation.
    pub fn figure(&self, line: usize, column: usize) -> Option<Figure> {
        let place = self.place(line, column)?;
        let people = self.cells.get(place)?;
        let (of, what) = (self.lines.get(line)?, self.columns.get(column)?);
        let own = if of.is_own { "（本级）" } else { "" };
        Some(Figure {
            name: format!("{}{own}", what.name),
            label: what.label.clone(),
            value: people.len() as u64,
            unit: "人",
            definition: what.definition.clone(),
            as_of: self.ask.as_of,
            scope: of.organisation.or(self.ask.scope),
            scope_name: of.name.clone(),
            rows: Arc::clone(people),
            kind: self.lists.get(place).cloned().flatten().map_or(Rows::People, Rows::Listed),
            reckoned: None,
        })
    }

    /// Every cell, line by line.
    pub fn figures(&self) -> impl Iterator<Item = Figure> {
        let columns = self.columns.len();
        (0..self.lines.len()).flat_map(move |line| (0..columns).filter_map(move |column| self.figure(line, column)))
    }

    fn place(&self, line: usize, column: usize) -> Option<usize> {
        (line < self.lines.len() && column < self.columns.len()).then(|| line * self.columns.len() + column)
    }
}

/// The table that is asked for.
pub fn by_branch(desk: &Desk, ask: &ByBranchAsk) -> Result<ByBranch> {
    let counted = Counted::of(desk, ask.scope, ask.as_of)?;
    let (columns, places) = columns_of(desk, ask, &counted)?;
    let tree = desk.tree_on(ask.as_of);
    let lines = lines_of(&tree, ask, &counted);
    let own: HashMap<OrganisationId, Vec<usize>> = lines_with(&tree, ask, &lines);
    let mut people: Vec<Vec<RecordId>> = vec![Vec::new(); lines.len() * columns.len()];
    for (card, places) in counted.members.iter().zip(&places) {
        let organisation = card.on_roll(ask.as_of).map(|membership| membership.organisation);
        for line in organisation.and_then(|id| own.get(&id)).into_iter().flatten() {
            places.iter().for_each(|column| people[line * columns.len() + column].push(card.id.0));
        }
    }
    let lists = lines.iter().flat_map(|line| columns.iter().map(|column| list(desk, ask, line, column))).collect();
    let Counted { unknown_start, unknown_category, scope_name, .. } = counted;
    let columns = columns.into_iter().map(|column| column.shown).collect();
    let cells = people.into_iter().map(Arc::new).collect();
    Ok(ByBranch { ask: *ask, scope_name, lines, columns, cells, lists, unknown_start, unknown_category })
}

/// A column, with what makes it: a plain figure, by its place, or a value of the feature, by its key.
struct Made {
    shown: FigureColumn,
    plain: Option<usize>,
    key: String,
}

/// The columns, and for each member those that count them.
fn columns_of(desk: &Desk, ask: &ByBranchAsk, counted: &Counted<'_>) -> Result<(Vec<Made>, Vec<Vec<usize>>)> {
    let as_of = ask.as_of;
    let made = |at: usize| {
        let plain = &PLAIN[at];
        let (name, label) = (plain.name.to_owned(), plain.label.to_owned());
        let shown = FigureColumn { name, label, definition: plain.definition(as_of) };
        Made { shown, plain: Some(at), key: String::new() }
    };
    let Some(feature) = ask.feature else {
        let places = counted.members.iter().map(|card| {
            let counting = PLAIN.iter().enumerate().filter(|(_, plain)| (plain.counts)(card, as_of));
            counting.map(|(at, _)| at).collect()
        });
        return Ok(((0..PLAIN.len()).map(made).collect(), places.collect()));
    };
    let Some(sorted) = sort_out(desk, &[feature], &counted.members, as_of)?.pop() else {
        return Ok((Vec::new(), Vec::new()));
    };
    let is_had = |at: usize| sorted.places.contains(&Some(at));
    // The total stands first, the values behind it.
    let mut columns = vec![made(0)];
    let mut column_of: HashMap<usize, usize> = HashMap::new();
    for (at, value) in sorted.values.into_iter().enumerate() {
        if !(feature.is_sparse() || is_rest(&value.label)) || is_had(at) {
            column_of.insert(at, columns.len());
            let definition =
                format!("截至 {as_of}，{}为“{}”，{}。{WHO_COUNTS}", feature.name(), value.label, feature.definition());
            let name = format!("党员.{}.{}", feature.name(), value.label);
            let shown = FigureColumn { name, label: value.label, definition };
            columns.push(Made { shown, plain: None, key: value.key });
        }
    }
    let places = sorted.places.iter().map(|place| {
        let value = place.and_then(|at| column_of.get(&at)).copied();
        std::iter::once(0).chain(value).collect()
    });
    let places = places.collect();
    Ok((columns, places))
}

/// The lines: every organisation but groups that stands on the day or has members.
fn lines_of(tree: &OrganisationTree, ask: &ByBranchAsk, counted: &Counted<'_>) -> Vec<BranchLine> {
    let mut own: HashMap<OrganisationId, usize> = HashMap::new();
    let mut all: HashMap<OrganisationId, usize> = HashMap::new();
    for membership in counted.members.iter().filter_map(|card| card.on_roll(ask.as_of)) {
        *own.entry(membership.organisation).or_default() += 1;
        tree.lineage(membership.organisation).for_each(|node| *all.entry(node.id).or_default() += 1);
    }
    let nodes: Vec<&Organisation> = match ask.scope.and_then(|id| tree.branch_of_group(id)) {
        // Of a group there is one line: that of its branch, with those in the group.
        Some(branch) if Some(branch.id) != ask.scope => vec![branch],
        _ => tree.within(ask.scope),
    };
    let outermost = nodes.first().map_or(0, |node| tree.lineage(node.id).count());
    let mut lines = Vec::new();
    for node in nodes {
        let has_members = all.contains_key(&node.id);
        if node.kind == OrganisationKind::Group || !(has_members || node.stands_on(ask.as_of)) {
            continue;
        }
        let depth = tree.lineage(node.id).count().saturating_sub(outermost);
        let name = node.name.clone();
        lines.push(BranchLine { organisation: Some(node.id), name: name.clone(), depth, is_own: false });
        let has_below = tree.children(Some(node.id)).any(|below| below.kind != OrganisationKind::Group);
        if has_below && own.contains_key(&node.id) {
            let name = format!("{name}（本级）");
            lines.push(BranchLine { organisation: Some(node.id), name, depth: depth + 1, is_own: true });
        }
    }
    if lines.iter().filter(|line| line.depth == 0).count() != 1 {
        lines.push(BranchLine { organisation: None, name: "合计".to_owned(), depth: 0, is_own: false });
    }
    lines
}

/// For each organisation the lines on which its own members stand: its own, those above it, the total.
fn lines_with(tree: &OrganisationTree, ask: &ByBranchAsk, lines: &[BranchLine]) -> HashMap<OrganisationId, Vec<usize>> {
    let mut found: HashMap<OrganisationId, Vec<usize>> = HashMap::new();
    let line_of: HashMap<(Option<OrganisationId>, bool), usize> =
        lines.iter().enumerate().map(|(at, line)| ((line.organisation, line.is_own), at)).collect();
    for node in tree.all().filter(|node| ask.scope.is_none() || line_of.contains_key(&(Some(node.id), false))) {
        let above = tree.lineage(node.id).map(|above| (Some(above.id), false));
        let keys = above.chain([(Some(node.id), true), (None, false)]);
        found.insert(node.id, keys.filter_map(|key| line_of.get(&key).copied()).collect());
    }
    found
}

/// The list behind a cell; none behind one of 本级, which no scope tells.
fn list(desk: &Desk, ask: &ByBranchAsk, line: &BranchLine, column: &Made) -> Option<ListAsk> {
    if line.is_own {
        return None;
    }
    let is_group =
        ask.scope.and_then(|id| desk.tree().get(id)).is_some_and(|node| node.kind == OrganisationKind::Group);
    let scope = if is_group { ask.scope } else { line.organisation.or(ask.scope) };
    let roll = ListAsk::roll(ask.as_of, scope);
    match (column.plain, ask.feature) {
        (Some(plain), _) => match PLAIN[plain].list(roll) {
            Rows::Listed(ask) => Some(ask),
            _ => None,
        },
        (None, Some(feature)) => {
            // Where the columns are branches the line already tells which.
            if feature == Feature::Branch { None } else { list_of(desk, roll, &[(feature, &column.key)]) }
        }
        (None, None) => None,
    }
}
