//! Tables of figures (统计表): the annual form, figures by branch, the comparison of two years, cross tables.
//!
//! Screen, paper, file and command line show the same [`FigureTable`]; a number in it leads to its figure. Counts
//! nothing itself. Start at [`statistics`].

use super::by_branch::{ByBranch, ByBranchAsk, by_branch};
use super::comparison::{Comparison, ComparisonAsk, ComparisonLine, comparison};
use super::cross::{CrossAsk, CrossTable, cross};
use super::desk::Desk;
use super::figures::{Figure, Figures, Reckoned, annual};
use super::groups::{GroupColumn, Groups, GroupsAsk, groups};
use super::year::{ACCEPTED, APPLYING, COMMENDED, GROWTH, RATE};
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::statistics::{Feature, is_rest};
use crate::problem::Result;

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticsAsk {
    /// 年报表
    Annual { scope: Option<OrganisationId>, as_of: Day },
    /// 按支部
    ByBranch(ByBranchAsk),
    /// 两年对比
    Comparison(ComparisonAsk),
    /// 交叉表
    Cross(CrossAsk),
    /// 分组表
    Groups(GroupsAsk),
}

/// A table that was counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Statistics {
    Annual(Figures),
    ByBranch(ByBranch),
    Comparison(Comparison),
    Cross(CrossTable),
    Groups(Groups),
}

/// A table of figures as it is shown: rows under a head.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureTable {
    /// The head of the first column: 项目, 党组织.
    pub corner: String,
    pub columns: Vec<String>,
    pub rows: Vec<TableRow>,
    /// 口径, one sentence each, without a full stop.
    pub notes: Vec<String>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    pub label: String,
    /// How far it stands in.
    pub depth: usize,
    pub weight: Weight,
    /// One for each column.
    pub cells: Vec<TableCell>,
}

/// What a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The name of the family of rows below.
    Heading,
    Plain,
    /// 合计 and its like.
    Total,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCell {
    Nothing,
    Text(String),
    /// A part of a whole, 0…1.
    Share(f64),
    /// A figure's value, and its place for [`Statistics::figure`].
    Figure(u64, usize),
    /// A figure that is reckoned from counts, and its place.
    Reckoned(Reckoned, usize),
}

impl TableCell {
    /// The place of its figure, for [`Statistics::figure`].
    pub fn place(&self) -> Option<usize> {
        match self {
            Self::Figure(_, place) | Self::Reckoned(_, place) => Some(*place),
            Self::Nothing | Self::Text(_) | Self::Share(_) => None,
        }
    }
}

/// Counts the table that is asked for.
pub fn statistics(desk: &Desk, ask: &StatisticsAsk) -> Result<Statistics> {
    Ok(match ask {
        StatisticsAsk::Annual { scope, as_of } => Statistics::Annual(annual(desk, *scope, *as_of)?),
        StatisticsAsk::ByBranch(ask) => Statistics::ByBranch(by_branch(desk, ask)?),
        StatisticsAsk::Comparison(ask) => Statistics::Comparison(comparison(desk, ask)?),
        StatisticsAsk::Cross(ask) => Statistics::Cross(cross(desk, ask)?),
        StatisticsAsk::Groups(ask) => Statistics::Groups(groups(desk, ask)?),
    })
}

impl StatisticsAsk {
    /// 「年报表」
    pub fn label(&self) -> &'static str {
        match self {
            Self::Annual { .. } => "年报表",
            Self::ByBranch(_) => "按支部",
            Self::Comparison(_) => "两年对比",
            Self::Cross(_) => "交叉表",
            Self::Groups(_) => "分组表",
        }
    }

    /// The title of the table on paper.
    pub fn title(&self) -> String {
        match self {
            Self::Annual { .. } => "党员年报表".to_owned(),
            Self::ByBranch(ByBranchAsk { feature: None, .. }) => "各党组织党员情况表".to_owned(),
            Self::ByBranch(ByBranchAsk { feature: Some(feature), .. }) => {
                format!("各党组织党员{}情况表", feature.name())
            }
            Self::Comparison(_) => "两年党员数综合比较表".to_owned(),
            Self::Cross(ask) => format!("党员交叉统计表（{}）", ask.title()),
            Self::Groups(ask) => ask.title(),
        }
    }

    pub fn scope(&self) -> Option<OrganisationId> {
        match self {
            Self::Annual { scope, .. } => *scope,
            Self::ByBranch(ask) => ask.scope,
            Self::Comparison(ask) => ask.scope,
            Self::Cross(ask) => ask.scope,
            Self::Groups(ask) => ask.scope,
        }
    }

    /// The day as of which it is true.
    pub fn as_of(&self) -> Day {
        match self {
            Self::Annual { as_of, .. } => *as_of,
            Self::ByBranch(ask) => ask.as_of,
            Self::Comparison(ask) => ask.to,
            Self::Cross(ask) => ask.as_of,
            Self::Groups(ask) => ask.as_of,
        }
    }

    /// 「青禾县民政局党总支，截至 2026-11-24」
    pub fn in_words(&self, desk: &Desk) -> String {
        format!("{}，截至 {}", desk.scope_name_on(self.scope(), self.as_of()), self.as_of())
    }
}

impl Statistics {
    /// The table as it is shown on `today`: of an earlier day it is said whose start is not known.
    pub fn table(&self, today: Day) -> FigureTable {
        let (table, as_of, unknown_start, unknown_category) = match self {
            Self::Annual(of) => (annual_table(of), of.as_of, of.unknown_start, of.unknown_category),
            Self::ByBranch(of) => (branch_table(of), of.ask.as_of, of.unknown_start, of.unknown_category),
            Self::Comparison(of) => (comparison_table(of), of.ask.from(), of.unknown_start, 0),
            Self::Cross(of) => (cross_table(of), of.ask.as_of, of.unknown_start, of.unknown_category),
            Self::Groups(of) => (groups_table(of), of.ask.as_of, of.unknown_start, of.unknown_category),
        };
        let start = unknown_start > 0 && as_of < today;
        let start = start.then(|| format!("其中 {unknown_start} 人起始日期不详，自入党起按在册计"));
        let category = (unknown_category > 0).then(|| format!("另有 {unknown_category} 人类别不详，没有计入"));
        let notes = [WHO_COUNTS.to_owned()].into_iter().chain(table.notes).chain(start).chain(category).collect();
        FigureTable { notes, ..table }
    }

    /// The figure behind a cell.
    pub fn figure(&self, place: usize) -> Option<Figure> {
        match self {
            Self::Annual(figures) => figures.all.get(place).cloned(),
            Self::Comparison(comparison) => comparison.lines.get(place).map(|line| line.figure.clone()),
            Self::ByBranch(table) => {
                let width = table.columns.len().max(1);
                table.figure(place / width, place % width)
            }
            Self::Cross(table) => {
                let width = table.columns.len() + 1;
                let at = |place: usize, count: usize| Some(place).filter(|place| *place < count);
                let is_there = place / width <= table.rows.len();
                let found = table.figure(at(place / width, table.rows.len()), at(place % width, table.columns.len()));
                found.filter(|_| is_there)
            }
            Self::Groups(table) => table.figure(place / GroupColumn::ALL.len(), place % GroupColumn::ALL.len()),
        }
    }

    /// All figures, in the order of the table.
    pub fn figures(&self) -> Vec<Figure> {
        match self {
            Self::Annual(figures) => figures.all.clone(),
            Self::ByBranch(table) => table.figures().collect(),
            Self::Comparison(comparison) => comparison.lines.iter().map(|line| line.figure.clone()).collect(),
            Self::Cross(table) => table.figures().collect(),
            Self::Groups(table) => table.figures().collect(),
        }
    }
}

/// Whom every table counts.
const WHO_COUNTS: &str = "统计截至日在册的正式党员和预备党员，流动、失联的照计，停止党籍的不计";

fn heading(label: String, columns: usize) -> TableRow {
    TableRow { label, depth: 0, weight: Weight::Heading, cells: vec![TableCell::Nothing; columns] }
}

fn share(value: u64, whole: u64) -> TableCell {
    if whole == 0 { TableCell::Nothing } else { TableCell::Share(value as f64 / whole as f64) }
}

fn annual_table(figures: &Figures) -> FigureTable {
    let total = figures.value("党员.总数");
    let row = |place: usize, figure: &Figure, whole: u64| TableRow {
        label: figure.label.clone(),
        depth: 1,
        weight: Weight::Plain,
        cells: vec![TableCell::Figure(figure.value, place), share(figure.value, whole)],
    };
    let mut rows = vec![heading("基本数字".to_owned(), 2)];
    for (place, figure) in figures.all.iter().enumerate().filter(|(_, figure)| figure.name.matches('.').count() == 1) {
        if figure.name.starts_with("党员.") && !of_growth(figure) {
            rows.push(row(place, figure, total));
        }
        if figure.name == "党员.总数" {
            rows.extend(growth_rows(figures));
        }
    }
    for feature in Feature::ANNUAL {
        let whole: u64 = figures.family(feature).map(|figure| figure.value).sum();
        let basis = if feature.basis().is_empty() { String::new() } else { format!("{}，", feature.basis()) };
        rows.push(heading(format!("{}（{basis}合计 {whole}）", feature.name()), 2));
        let prefix = format!("党员.{}.", feature.name());
        let of_family = figures.all.iter().enumerate().filter(|(_, figure)| figure.name.starts_with(&prefix));
        let is_left_out = |figure: &Figure| figure.value == 0 && (feature.is_sparse() || is_rest(&figure.label));
        rows.extend(
            of_family.filter(|(_, figure)| !is_left_out(figure)).map(|(place, figure)| row(place, figure, whole)),
        );
    }
    rows.extend(year_rows(figures));
    rows.push(heading("党组织".to_owned(), 2));
    for (place, figure) in figures.all.iter().enumerate().filter(|(_, figure)| !figure.is_of_people()) {
        if figure.value > 0 {
            rows.push(row(place, figure, 0));
        }
    }
    let (rows, left_out) = without_empty(rows);
    let left_out = (!left_out.is_empty()).then(|| format!("没有人或党组织的各项没有列出：{}", left_out.join("、")));
    let notes = [
        "年龄为周岁；党龄自转正之日起算，只计正式党员",
        "职业由登记的工作岗位归入，无法归入的计入不详",
        "净增是比上年末；发展党员、表彰是本年的，发展党员与两年对比同一口径；是否在生产、工作一线没有登记，留空自填",
    ];
    FigureTable {
        corner: "项目".to_owned(),
        columns: vec!["数".to_owned(), "占比".to_owned()],
        rows,
        notes: notes.map(str::to_owned).into_iter().chain(left_out).collect(),
    }
}

/// The families, the first one aside, in which anything is counted, and the names of the others.
fn without_empty(rows: Vec<TableRow>) -> (Vec<TableRow>, Vec<String>) {
    let counts =
        |row: &TableRow| row.cells.iter().any(|cell| matches!(cell, TableCell::Figure(value, _) if *value > 0));
    let (mut kept, mut left_out): (Vec<TableRow>, Vec<String>) = (Vec::new(), Vec::new());
    for family in rows.chunk_by(|_, next| next.weight != Weight::Heading) {
        match family {
            [heading, ..] if !kept.is_empty() && !family.iter().any(counts) => {
                left_out.push(heading.label.split('（').next().unwrap_or_default().to_owned());
            }
            _ => kept.extend_from_slice(family),
        }
    }
    (kept, left_out)
}

/// Whether it is one of the figures that compare with the end of last year.
fn of_growth(figure: &Figure) -> bool {
    [GROWTH, RATE].contains(&figure.name.as_str())
}

/// 比上年末净增, 增幅: below the total.
fn growth_rows(figures: &Figures) -> impl Iterator<Item = TableRow> {
    let of_growth = figures.all.iter().enumerate().filter(|(_, figure)| of_growth(figure));
    of_growth.map(|(place, figure)| TableRow {
        label: figure.label.clone(),
        depth: 2,
        weight: Weight::Plain,
        cells: vec![cell_of(figure, place), TableCell::Nothing],
    })
}

fn cell_of(figure: &Figure, place: usize) -> TableCell {
    match figure.reckoned {
        Some(reckoned) => TableCell::Reckoned(reckoned, place),
        None => TableCell::Figure(figure.value, place),
    }
}

/// Not told of anybody: left empty, to be filled in by hand.
const AT_THE_FRONT: &str = "在生产、工作一线";

/// 发展党员, 入党申请人和积极分子, 表彰: blocks of the year and of those who are no members yet.
fn year_rows(figures: &Figures) -> Vec<TableRow> {
    let mut rows = Vec::new();
    let accepted = figures.value(&format!("{ACCEPTED}.总数"));
    for (family, title) in [(ACCEPTED, "本年发展党员"), (APPLYING, "入党申请人、积极分子"), (COMMENDED, "本年表彰")]
    {
        rows.push(heading(title.to_owned(), 2));
        let prefix = format!("{family}.");
        for (place, figure) in figures.all.iter().enumerate().filter(|(_, figure)| figure.name.starts_with(&prefix)) {
            let is_total = figure.name.ends_with(".总数");
            let is_part = family == ACCEPTED && !is_total;
            // Of the classes of occupation those that somebody has.
            if figure.value == 0 && figure.name.matches('.').count() > 1 {
                continue;
            }
            let share = if is_part { share(figure.value, accepted) } else { TableCell::Nothing };
            rows.push(TableRow {
                label: figure.label.clone(),
                depth: if is_part { 2 } else { 1 },
                weight: Weight::Plain,
                cells: vec![cell_of(figure, place), share],
            });
        }
        if family == ACCEPTED && accepted > 0 {
            let cells = vec![TableCell::Nothing; 2];
            rows.push(TableRow { label: AT_THE_FRONT.to_owned(), depth: 2, weight: Weight::Plain, cells });
        }
    }
    rows
}

fn branch_table(table: &ByBranch) -> FigureTable {
    let width = table.columns.len();
    let row = |(line, of): (usize, &super::by_branch::BranchLine)| TableRow {
        label: of.name.clone(),
        depth: of.depth,
        weight: if of.depth == 0 { Weight::Total } else { Weight::Plain },
        cells: (0..width).map(|column| TableCell::Figure(table.value(line, column), line * width + column)).collect(),
    };
    let basis = table.ask.feature.map(|feature| format!("{}{}", feature.name(), feature.definition()));
    let sum = "上级党组织的数字含其下各级；“本级”是组织关系直接在该组织的党员".to_owned();
    FigureTable {
        corner: "党组织".to_owned(),
        columns: table.columns.iter().map(|column| column.label.clone()).collect(),
        rows: table.lines.iter().enumerate().map(row).collect(),
        notes: [sum].into_iter().chain(basis).collect(),
    }
}

fn comparison_table(comparison: &Comparison) -> FigureTable {
    let is_told = |(_, line): &(usize, &ComparisonLine)| line.number.is_some() || line.figure.value > 0;
    let row = |(place, line): (usize, &ComparisonLine)| TableRow {
        label: line.figure.label.clone(),
        depth: line.depth,
        weight: if line.depth == 0 { Weight::Total } else { Weight::Plain },
        cells: vec![
            TableCell::Text(line.number.map(|number| number.to_string()).unwrap_or_default()),
            TableCell::Figure(line.figure.value, place),
            TableCell::Text(line.formula.to_owned()),
        ],
    };
    let (from, to) = (comparison.ask.from(), comparison.ask.to);
    let days = format!("上年末为 {from}，本年末为 {to}；一人一年内增减几次的，按几次计");
    let check = match comparison.unexplained() {
        0 => "核对：上年末加增加、减减少，等于本年末".to_owned(),
        people => format!("核对：上年末加增加、减减少，与本年末对不上，差见最后一行，增减说明不了的有 {people} 人"),
    };
    FigureTable {
        corner: "项目".to_owned(),
        columns: ["行次", "人数", "关系"].map(str::to_owned).to_vec(),
        rows: comparison.lines.iter().enumerate().filter(is_told).map(row).collect(),
        notes: vec![days, check],
    }
}

fn cross_table(table: &CrossTable) -> FigureTable {
    let (rows, columns) = (&table.rows, &table.columns);
    let cell = |row: usize, column: usize| {
        let at = |place: usize, count: usize| Some(place).filter(|place| *place < count);
        let value = table.value(at(row, rows.len()), at(column, columns.len()));
        TableCell::Figure(value, row * (columns.len() + 1) + column)
    };
    let row = |place: usize| TableRow {
        label: rows.get(place).map_or("合计", |value| value.label.as_str()).to_owned(),
        depth: 0,
        weight: if place < rows.len() { Weight::Plain } else { Weight::Total },
        cells: (0..=columns.len()).map(|column| cell(place, column)).collect(),
    };
    let basis =
        [table.ask.rows, table.ask.columns].map(|feature| format!("{}{}", feature.name(), feature.definition()));
    FigureTable {
        corner: table.ask.rows.name().to_owned(),
        columns: columns.iter().map(|value| value.label.clone()).chain(["合计".to_owned()]).collect(),
        rows: (0..=rows.len()).map(row).collect(),
        notes: basis.to_vec(),
    }
}

fn groups_table(table: &Groups) -> FigureTable {
    let width = GroupColumn::ALL.len();
    let row = |row: usize| TableRow {
        label: table.rows.get(row).map_or("合计", |value| value.label.as_str()).to_owned(),
        depth: 0,
        weight: if row < table.rows.len() { Weight::Plain } else { Weight::Total },
        cells: (0..width)
            .map(|column| {
                let value = table.figure(row, column).map_or(0, |figure| figure.value);
                TableCell::Figure(value, row * width + column)
            })
            .collect(),
    };
    let feature = table.ask.feature;
    let basis = format!("{}{}；台湾省籍按籍贯", feature.name(), feature.definition());
    FigureTable {
        corner: feature.name().to_owned(),
        columns: GroupColumn::ALL.map(|column| column.label().to_owned()).to_vec(),
        rows: (0..=table.rows.len()).map(row).collect(),
        notes: vec![basis],
    }
}
