//! Members by the values of a feature, with what the internal forms ask of each (分组表): 合计, 预备党员, 男, 女, 少数民族,
//! 台湾省籍. By 年龄组 it is the table of ages.
//!
//! Each cell is a figure. Start at [`groups`].

use std::collections::HashSet;
use std::sync::Arc;

use super::conditions::is_minority;
use super::desk::Desk;
use super::features::{FeatureValue, list_of, sort_out};
use super::figures::{Counted, Figure, Rows, WHO_COUNTS};
use super::members::{Condition, ListAsk};
use crate::clock::Day;
use crate::domain::ids::{OrganisationId, PersonId, RecordId};
use crate::domain::members::Category;
use crate::domain::statistics::{Feature, is_rest};
use crate::problem::Result;
use crate::store::directory::Card;
use crate::store::members::each_native_place;

/// What the table is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupsAsk {
    pub feature: Feature,
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

impl GroupsAsk {
    /// 「党员年龄情况表」
    pub fn title(&self) -> String {
        let what = if self.feature == Feature::AgeGroup { Feature::Age } else { self.feature };
        format!("党员{}情况表", what.name())
    }
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupColumn {
    /// 合计
    Total,
    /// 预备党员
    Probationary,
    /// 男
    Men,
    /// 女
    Women,
    /// 少数民族
    Minorities,
    /// 台湾省籍, by 籍贯.
    Taiwan,
}

impl GroupColumn {
    pub const ALL: [Self; 6] =
        [Self::Total, Self::Probationary, Self::Men, Self::Women, Self::Minorities, Self::Taiwan];

    pub fn label(self) -> &'static str {
        match self {
            Self::Total => "合计",
            Self::Probationary => "预备党员",
            Self::Men => "男",
            Self::Women => "女",
            Self::Minorities => "少数民族",
            Self::Taiwan => "台湾省籍",
        }
    }

    /// What a list of them is asked for besides; `None` where no list shows them.
    fn condition(self) -> Option<Option<Condition>> {
        Some(match self {
            Self::Total => None,
            Self::Probationary => Some(Condition::Category(Category::Probationary.label().to_owned())),
            Self::Men | Self::Women => Some(Condition::Sex(self.label().to_owned())),
            Self::Minorities => Some(Condition::Nation(self.label().to_owned())),
            Self::Taiwan => return None,
        })
    }
}

/// The members of a scope by the values of a feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Groups {
    pub ask: GroupsAsk,
    pub scope_name: String,
    pub rows: Vec<FeatureValue>,
    /// Row by row, a cell for each of [`GroupColumn::ALL`]; the row of totals last.
    cells: Vec<Arc<Vec<RecordId>>>,
    lists: Vec<Option<ListAsk>>,
    pub unknown_start: usize,
    pub unknown_category: usize,
}

impl Groups {
    /// A cell as a figure; the row behind the last is that of totals.
    pub fn figure(&self, row: usize, column: usize) -> Option<Figure> {
        let place = row * GroupColumn::ALL.len() + column;
        let (of, people) = (GroupColumn::ALL.get(column)?, self.cells.get(place)?);
        let (feature, value) = (self.ask.feature, self.rows.get(row));
        let name = value.map_or_else(String::new, |value| format!(".{}", value.label));
        let what = match value {
            Some(value) => format!("{}为“{}”", feature.name(), value.label),
            None => format!("{}不限", feature.name()),
        };
        let part = if *of == GroupColumn::Total { "全部" } else { of.label() };
        Some(Figure {
            name: format!("党员.{}{name}×{}", feature.name(), of.label()),
            label: value.map_or_else(|| of.label().to_owned(), |value| format!("{} × {}", value.label, of.label())),
            value: people.len() as u64,
            unit: "人",
            definition: format!("截至 {}，{what}的{part}，{}。{WHO_COUNTS}", self.ask.as_of, feature.definition()),
            as_of: self.ask.as_of,
            scope: self.ask.scope,
            scope_name: self.scope_name.clone(),
            rows: Arc::clone(people),
            kind: self.lists.get(place).cloned().flatten().map_or(Rows::People, Rows::Listed),
            reckoned: None,
        })
    }

    /// Every cell, row by row, the totals last.
    pub fn figures(&self) -> impl Iterator<Item = Figure> {
        (0..=self.rows.len())
            .flat_map(move |row| (0..GroupColumn::ALL.len()).filter_map(move |column| self.figure(row, column)))
    }
}

/// The table that is asked for.
pub fn groups(desk: &Desk, ask: &GroupsAsk) -> Result<Groups> {
    let counted = Counted::of(desk, ask.scope, ask.as_of)?;
    let width = GroupColumn::ALL.len();
    let from_taiwan = from_taiwan(desk)?;
    let mut rows: Vec<FeatureValue> = Vec::new();
    let mut cells: Vec<Vec<RecordId>> = Vec::new();
    let mut totals: Vec<Vec<RecordId>> = vec![Vec::new(); width];
    if let Some(sorted) = sort_out(desk, &[ask.feature], &counted.members, ask.as_of)?.pop() {
        let mut by_value: Vec<Vec<Vec<RecordId>>> = vec![vec![Vec::new(); width]; sorted.values.len()];
        for (card, place) in counted.members.iter().zip(&sorted.places) {
            let Some(place) = place else { continue };
            let columns = GroupColumn::ALL.into_iter().enumerate();
            for (column, _) in columns.filter(|(_, column)| counts(*column, card, ask.as_of, &from_taiwan)) {
                by_value[*place][column].push(card.id.0);
                totals[column].push(card.id.0);
            }
        }
        for (value, of_value) in sorted.values.into_iter().zip(by_value) {
            let is_had = of_value.iter().any(|people| !people.is_empty());
            if is_had || !(ask.feature.is_sparse() || is_rest(&value.label)) {
                rows.push(value);
                cells.extend(of_value);
            }
        }
    }
    cells.extend(totals);
    let row_keys = rows.iter().map(|value| Some(value.key.as_str())).chain([None]);
    let lists = row_keys.flat_map(|key| GroupColumn::ALL.map(|column| list(desk, &counted, ask.feature, key, column)));
    let lists = lists.collect();
    let Counted { unknown_start, unknown_category, scope_name, .. } = counted;
    let cells = cells.into_iter().map(Arc::new).collect();
    Ok(Groups { ask: *ask, scope_name, rows, cells, lists, unknown_start, unknown_category })
}

fn counts(column: GroupColumn, card: &Card, day: Day, from_taiwan: &HashSet<PersonId>) -> bool {
    match column {
        GroupColumn::Total => true,
        GroupColumn::Probationary => card.path.category_on(day) == Some(Category::Probationary),
        GroupColumn::Men | GroupColumn::Women => card.sex.as_deref() == Some(column.label()),
        GroupColumn::Minorities => is_minority(card),
        GroupColumn::Taiwan => from_taiwan.contains(&card.id),
    }
}

/// 台湾省籍: whose 籍贯 lies there.
fn from_taiwan(desk: &Desk) -> Result<HashSet<PersonId>> {
    let mut found = HashSet::new();
    each_native_place(desk.reader(), |person, place| {
        if ["台湾", "臺灣"].iter().any(|name| place.trim_start().starts_with(name)) {
            found.insert(person);
        }
    })?;
    Ok(found)
}

/// The list of exactly those in a cell, where one shows them.
fn list(
    desk: &Desk,
    counted: &Counted<'_>,
    feature: Feature,
    key: Option<&str>,
    column: GroupColumn,
) -> Option<ListAsk> {
    // A total leaves out whom the feature does not count, and no list does.
    if key.is_none() && !feature.counts_everybody() {
        return None;
    }
    let condition = column.condition()?;
    let values: Vec<(Feature, &str)> = key.map(|key| (feature, key)).into_iter().collect();
    let mut ask = list_of(desk, counted.roll(), &values)?;
    ask.conditions.extend(condition);
    Some(ask)
}
