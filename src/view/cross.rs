//! Cross tables (交叉表): the members of a scope on a day by any two features, each cell a figure.
//!
//! Counts each member once, in one pass. Start at [`cross`].

use std::sync::Arc;

use super::desk::Desk;
use super::features::{FeatureValue, Sorted, list_of, sort_out};
use super::figures::{Counted, Figure, Rows, WHO_COUNTS};
use super::members::ListAsk;
use crate::clock::Day;
use crate::domain::ids::{OrganisationId, RecordId};
use crate::domain::statistics::{Feature, is_rest};
use crate::problem::{Problem, Result};

/// What a cross table is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrossAsk {
    pub rows: Feature,
    pub columns: Feature,
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

/// The members of a scope by two features.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossTable {
    pub ask: CrossAsk,
    pub scope_name: String,
    pub rows: Vec<FeatureValue>,
    pub columns: Vec<FeatureValue>,
    /// Row by row, each row ending with its total; the row of totals last.
    cells: Vec<Cell>,
    pub unknown_start: usize,
    pub unknown_category: usize,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Cell {
    people: Arc<Vec<RecordId>>,
    list: Option<ListAsk>,
}

impl CrossAsk {
    /// 「性别 × 学历」
    pub fn title(&self) -> String {
        format!("{} × {}", self.rows.name(), self.columns.name())
    }
}

impl CrossTable {
    /// How many there are in a cell; `None` for the total over all rows or columns.
    pub fn value(&self, row: Option<usize>, column: Option<usize>) -> u64 {
        self.cell(row, column).map_or(0, |cell| cell.people.len() as u64)
    }

    /// A cell as a figure; `None` for the total over all rows or columns, and where there is no such cell.
    pub fn figure(&self, row: Option<usize>, column: Option<usize>) -> Option<Figure> {
        let cell = self.cell(row, column)?;
        let CrossAsk { rows, columns, scope, as_of } = self.ask;
        let part = |feature: Feature, value: Option<&FeatureValue>| match value {
            Some(value) => format!("{}.{}", feature.name(), value.label),
            None => feature.name().to_owned(),
        };
        let what = |feature: Feature, value: Option<&FeatureValue>| match value {
            Some(value) => format!("{}为“{}”（{}）", feature.name(), value.label, feature.definition()),
            None => format!("{}不限（{}）", feature.name(), feature.definition()),
        };
        let (row, column) = (row.and_then(|at| self.rows.get(at)), column.and_then(|at| self.columns.get(at)));
        let label = match (row, column) {
            (None, None) => "合计".to_owned(),
            (Some(one), None) | (None, Some(one)) => one.label.clone(),
            (Some(row), Some(column)) => format!("{} × {}", row.label, column.label),
        };
        Some(Figure {
            name: format!("党员.{}×{}", part(rows, row), part(columns, column)),
            label,
            value: cell.people.len() as u64,
            unit: "人",
            definition: format!("截至 {as_of}，{}，{}。{WHO_COUNTS}", what(rows, row), what(columns, column)),
            as_of,
            scope,
            scope_name: self.scope_name.clone(),
            rows: Arc::clone(&cell.people),
            kind: cell.list.clone().map_or(Rows::People, Rows::Listed),
            reckoned: None,
        })
    }

    /// Every cell and every total, row by row.
    pub fn figures(&self) -> impl Iterator<Item = Figure> {
        let rows = (0..self.rows.len()).map(Some).chain([None]);
        let columns = || (0..self.columns.len()).map(Some).chain([None]);
        rows.flat_map(move |row| columns().filter_map(move |column| self.figure(row, column)))
    }

    fn cell(&self, row: Option<usize>, column: Option<usize>) -> Option<&Cell> {
        let (row, column) = (row.unwrap_or(self.rows.len()), column.unwrap_or(self.columns.len()));
        let is_there = row <= self.rows.len() && column <= self.columns.len();
        self.cells.get(row * (self.columns.len() + 1) + column).filter(|_| is_there)
    }
}

/// The cross table that is asked for. Fails where rows and columns are the same.
pub fn cross(desk: &Desk, ask: &CrossAsk) -> Result<CrossTable> {
    if ask.rows == ask.columns {
        return Err(Problem::usage(format!("行和列都是“{}”", ask.rows.name())).next("请选两个不同的统计项"));
    }
    let counted = Counted::of(desk, ask.scope, ask.as_of)?;
    let mut sorted = sort_out(desk, &[ask.rows, ask.columns], &counted.members, ask.as_of)?.into_iter();
    let (Some(rows), Some(columns)) = (sorted.next(), sorted.next()) else {
        return Err(Problem::fault("two features were not sorted out"));
    };
    let pairs: Vec<Option<(usize, usize)>> =
        rows.places.iter().zip(&columns.places).map(|(row, column)| (*row).zip(*column)).collect();
    let (rows, row_places) = shown(ask.rows, rows, pairs.iter().map(|pair| pair.map(|(row, _)| row)));
    let (columns, column_places) = shown(ask.columns, columns, pairs.iter().map(|pair| pair.map(|(_, column)| column)));
    let width = columns.len() + 1;
    let mut people: Vec<Vec<RecordId>> = vec![Vec::new(); (rows.len() + 1) * width];
    for (card, pair) in counted.members.iter().zip(pairs) {
        let Some((row, column)) = pair else { continue };
        let (Some(row), Some(column)) = (row_places[row], column_places[column]) else { continue };
        for place in [row * width + column, row * width + columns.len(), rows.len() * width + column] {
            people[place].push(card.id.0);
        }
        people[rows.len() * width + columns.len()].push(card.id.0);
    }
    let list = |place: usize| {
        let of_row = rows.get(place / width).map(|value| (ask.rows, value.key.as_str()));
        let of_column = columns.get(place % width).map(|value| (ask.columns, value.key.as_str()));
        let both: Vec<_> = of_row.into_iter().chain(of_column).collect();
        // A total leaves out whom the other feature does not count, and no list does.
        let is_whole = both.len() == 2 || (ask.rows.counts_everybody() && ask.columns.counts_everybody());
        is_whole.then(|| list_of(desk, counted.roll(), &both)).flatten()
    };
    let cells = people.into_iter().enumerate();
    let cells = cells.map(|(place, people)| Cell { people: Arc::new(people), list: list(place) }).collect();
    let Counted { unknown_start, unknown_category, scope_name, .. } = counted;
    Ok(CrossTable { ask: *ask, scope_name, rows, columns, cells, unknown_start, unknown_category })
}

/// The values that stand in a table, and for each of all values its place among them. What is not known, and what is
/// one of very many, stands there only where somebody has it.
fn shown(
    feature: Feature,
    sorted: Sorted,
    people: impl Iterator<Item = Option<usize>>,
) -> (Vec<FeatureValue>, Vec<Option<usize>>) {
    let mut is_had = vec![false; sorted.values.len()];
    people.flatten().for_each(|place| is_had[place] = true);
    let mut values = Vec::new();
    let mut places = Vec::new();
    for (value, is_had) in sorted.values.into_iter().zip(is_had) {
        let stands = is_had || !(feature.is_sparse() || is_rest(&value.label));
        places.push(stands.then_some(values.len()));
        if stands {
            values.push(value);
        }
    }
    (values, places)
}
