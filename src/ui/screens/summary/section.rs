//! Owns the parts of the page 基本情况 that are tables: which is chosen, what it is asked for, how it stands there.
//! Must never know what opening a number does. Start at [`TableSection`].

use egui::{Id, Label, RichText, Ui, vec2};

use super::figures::{shortened, spaced};
use crate::domain::statistics::Feature;
use crate::engine::questions::StatisticsOf;
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    Cell, Column, ColumnState, EmptyState, Icon, Select, Table, TableEvent, TableRows, Tone, grouped, icon, note,
    sheet, text_width, weak,
};
use crate::view::by_branch::ByBranchAsk;
use crate::view::comparison::ComparisonAsk;
use crate::view::cross::CrossAsk;
use crate::view::figures::Figure;
use crate::view::groups::GroupsAsk;
use crate::view::statistics::{FigureTable, Statistics, StatisticsAsk, TableCell, Weight};

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Section {
    /// 总览: the summary.
    #[default]
    Overview,
    /// 年报表
    Annual,
    /// 按支部
    ByBranch,
    /// 两年对比
    Comparison,
    /// 交叉表
    Cross,
    /// 分组表
    Groups,
}

impl Section {
    pub const ALL: [Self; 6] =
        [Self::Overview, Self::Annual, Self::ByBranch, Self::Comparison, Self::Groups, Self::Cross];

    pub fn word(self) -> &'static str {
        match self {
            Self::Overview => "总览",
            Self::Annual => "年报表",
            Self::ByBranch => "按支部",
            Self::Comparison => "两年对比",
            Self::Cross => "交叉表",
            Self::Groups => "分组表",
        }
    }

    fn of(counted: &Statistics) -> Self {
        match counted {
            Statistics::Annual(_) => Self::Annual,
            Statistics::ByBranch(_) => Self::ByBranch,
            Statistics::Comparison(_) => Self::Comparison,
            Statistics::Cross(_) => Self::Cross,
            Statistics::Groups(_) => Self::Groups,
        }
    }
}

/// A number of a table that was pressed.
pub struct Pressed {
    pub place: usize,
    pub figure: Figure,
    /// Where the focus goes back to.
    pub source: Id,
}

/// The table of a part of the page, with what was chosen for it.
#[derive(Debug)]
pub struct TableSection {
    /// The features of rows and columns of the cross table, by their place in [`Feature::ALL`].
    cross: [Option<usize>; 2],
    /// What stands in the columns of 按支部: 0 for the plain figures, then [`COLUMNS_BY_BRANCH`].
    by_branch: Option<usize>,
    /// The feature of the rows of 分组表, by its place in [`COLUMNS_BY_BRANCH`].
    groups: Option<usize>,
    live: Live<StatisticsOf>,
    columns: Vec<ColumnState>,
    cursor: Option<usize>,
}

impl Default for TableSection {
    fn default() -> Self {
        let place = |feature: Feature| Feature::ALL.iter().position(|other| *other == feature);
        Self {
            cross: [place(Feature::Sex), place(Feature::Education)],
            by_branch: Some(0),
            groups: COLUMNS_BY_BRANCH.iter().position(|feature| *feature == Feature::AgeGroup),
            live: Live::default(),
            columns: Vec::new(),
            cursor: None,
        }
    }
}

/// Features whose values can stand as columns beside the organisations, or as rows of 分组表.
const COLUMNS_BY_BRANCH: [Feature; 13] = [
    Feature::Sex,
    Feature::Nation,
    Feature::Age,
    Feature::AgeGroup,
    Feature::Education,
    Feature::EntryPeriod,
    Feature::EntryEra,
    Feature::Standing,
    Feature::Occupation,
    Feature::Post,
    Feature::Status,
    Feature::Floating,
    Feature::Lost,
];

impl TableSection {
    /// What the table of a part is asked for; `None` for the part that is no table.
    pub fn ask_of(&self, section: Section, scene: &Scene<'_>) -> Option<StatisticsAsk> {
        let (scope, as_of) = (scene.scope, scene.as_of);
        Some(match section {
            Section::Overview => return None,
            Section::Annual => StatisticsAsk::Annual { scope, as_of },
            Section::ByBranch => {
                let feature = self.by_branch.and_then(|place| COLUMNS_BY_BRANCH.get(place.checked_sub(1)?)).copied();
                StatisticsAsk::ByBranch(ByBranchAsk { scope, as_of, feature })
            }
            Section::Comparison => StatisticsAsk::Comparison(ComparisonAsk { scope, to: as_of }),
            Section::Cross => {
                let [rows, columns] = self.cross.map(|place| place.and_then(|place| Feature::ALL.get(place)).copied());
                StatisticsAsk::Cross(CrossAsk { rows: rows?, columns: columns?, scope, as_of })
            }
            Section::Groups => {
                let feature = self.groups.and_then(|place| COLUMNS_BY_BRANCH.get(place)).copied();
                StatisticsAsk::Groups(GroupsAsk { feature: feature?, scope, as_of })
            }
        })
    }

    /// What is chosen, to see whether it changes.
    pub fn chosen(&self) -> [Option<usize>; 4] {
        [self.cross[0], self.cross[1], self.by_branch, self.groups]
    }

    /// Asks for the table, and takes what has arrived.
    pub fn ask(&mut self, section: Section, scene: &Scene<'_>) {
        if let Some(ask) = self.ask_of(section, scene) {
            self.live.ask(scene, StatisticsOf { ask, today: scene.today });
        }
    }

    /// Another part was chosen.
    pub fn begin(&mut self) {
        self.cursor = None;
    }

    /// The table that was counted last, if it is of this part.
    fn counted(&self, section: Section) -> Option<&(Statistics, FigureTable)> {
        self.live.shown().filter(|(counted, _)| Section::of(counted) == section)
    }

    /// The figure at a place, as it stands now.
    pub fn figure(&self, section: Section, place: usize) -> Option<Figure> {
        self.counted(section)?.0.figure(place)
    }

    /// The fields in which it is chosen what the table is made of, from right to left.
    pub fn choices_ui(&mut self, ui: &mut Ui, section: Section) {
        match section {
            Section::ByBranch => {
                let features = COLUMNS_BY_BRANCH.iter().map(|feature| feature.name());
                let words: Vec<&str> = std::iter::once("基本数字").chain(features).collect();
                Select::new("列", &words, &mut self.by_branch).label_hidden().width(130.0).show(ui);
                weak(ui, "列");
            }
            Section::Cross => {
                let words = Feature::ALL.map(Feature::name);
                let before = self.cross;
                let [rows, columns] = &mut self.cross;
                Select::new("交叉表的列", &words, columns).label_hidden().width(120.0).show(ui);
                weak(ui, "列");
                Select::new("交叉表的行", &words, rows).label_hidden().width(120.0).show(ui);
                weak(ui, "行");
                // Choosing on one side what stands on the other changes places.
                if self.cross[0] == self.cross[1] {
                    self.cross = [before[1], before[0]];
                }
            }
            Section::Groups => {
                let words = COLUMNS_BY_BRANCH.map(Feature::name);
                Select::new("分组表的行", &words, &mut self.groups).label_hidden().width(130.0).show(ui);
                weak(ui, "行");
            }
            Section::Overview | Section::Annual | Section::Comparison => {}
        }
    }

    /// Draws the table over all room there is; `open` is the place of the number whose rows are shown.
    pub fn show(&mut self, ui: &mut Ui, section: Section, open: Option<usize>) -> Option<Pressed> {
        if let Some(problem) = self.live.problem() {
            note(ui, &format!("{}：{}", problem.title, problem.happened));
        }
        let found = self.live.shown().filter(|(counted, _)| Section::of(counted) == section);
        let Some((counted, table)) = found else {
            EmptyState::new("正在统计…", "").show(ui);
            return None;
        };
        let room = ui.available_height() - 2.0;
        let mut pressed = None;
        sheet(ui, 0, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            let size = vec2(ui.available_width(), (room - height::STRIP).max(height::HEAD + height::ROW));
            ui.allocate_ui(size, |ui| {
                ui.set_min_size(size);
                pressed = table_ui(ui, section, counted, table, &mut self.columns, &mut self.cursor, open);
            });
            notes_ui(ui, counted, table);
        });
        pressed
    }
}

fn table_ui(
    ui: &mut Ui,
    section: Section,
    counted: &Statistics,
    table: &FigureTable,
    states: &mut Vec<ColumnState>,
    cursor: &mut Option<usize>,
    open: Option<usize>,
) -> Option<Pressed> {
    // Two branches may bear one name: the place tells columns apart.
    let ids: Vec<String> = table.columns.iter().enumerate().map(|(place, label)| format!("{place} {label}")).collect();
    let heads: Vec<String> = table.columns.iter().map(|label| spaced(&shortened(label))).collect();
    let widest = |words: &mut dyn Iterator<Item = f32>, from: f32, to: f32| words.fold(from, f32::max).min(to).ceil();
    let inset = 24.0;
    let indent = |depth: usize| depth as f32 * INDENT;
    let labels = &mut table.rows.iter().map(|row| text_width(ui, &row.label) + indent(row.depth) + inset);
    let first = widest(labels, 96.0, 300.0);
    let mut columns = vec![Column::new(&table.corner, &table.corner, first).unsortable()];
    for ((label, head), id) in table.columns.iter().zip(&heads).zip(&ids) {
        let is_words = section == Section::Comparison && label == "关系";
        let width = widest(&mut std::iter::once(text_width(ui, head) + inset), LEAST_COLUMN, 220.0);
        let column = Column::new(id, head, if is_words { 200.0 } else { width }).unsortable();
        columns.push(if is_words { column } else { column.right() });
    }
    // What is left at the right belongs to nobody: numbers stay near their names.
    columns.push(Column::new("rest", "", 16.0).unsortable());
    // Another table has its own columns: what was made of those of the last one is no use.
    let is_same =
        states.len() == columns.len() && states.iter().all(|state| columns.iter().any(|one| one.is(&state.id)));
    if !is_same {
        states.clear();
    }
    let mut rows = StatisticsRows { table, open };
    let response = Table::new(section.word(), section.word(), &columns, states).cursor(*cursor).show(ui, &mut rows);
    let source = response.response.id;
    let mut pressed = None;
    for event in response.events {
        let place = match event {
            TableEvent::Cursor(row) => {
                *cursor = Some(row);
                None
            }
            TableEvent::LinkPressed { row, column } => rows.place(row, &column),
            TableEvent::Opened(row) => rows.last_place(row),
            _ => None,
        };
        if let Some((place, figure)) = place.and_then(|place| Some((place, counted.figure(place)?))) {
            pressed = Some(Pressed { place, figure, source });
        }
    }
    pressed
}

/// Least width of a column of numbers: 「100.0 %」.
const LEAST_COLUMN: f32 = 76.0;
/// How far a row stands in for each step.
const INDENT: f32 = 16.0;

/// What the numbers rest on, and whether those of two years agree.
fn notes_ui(ui: &mut Ui, counted: &Statistics, table: &FigureTable) {
    crate::ui::widgets::strip(ui, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if let Statistics::Comparison(comparison) = counted {
            let (mark, tone, words) = match comparison.closes() {
                true => (Icon::Check, Tone::Ok, "上年末 + 增 − 减 = 本年末"),
                false => (Icon::TriangleAlert, Tone::Amber, "增减与本年末对不上，看“差”"),
            };
            icon(ui, mark, 16.0, tone.mark(theme::tokens(ui)));
            weak(ui, words);
        }
        let words = table.notes.join("；");
        let text = RichText::new(format!("口径：{words}")).font(Type::Small.font()).color(theme::tokens(ui).ink2);
        ui.add(Label::new(text).selectable(false).truncate());
    });
}

/// The rows of a table of figures in one frame.
struct StatisticsRows<'t> {
    table: &'t FigureTable,
    open: Option<usize>,
}

impl StatisticsRows<'_> {
    /// The cell in a column, and its head.
    fn cell_at(&self, row: usize, column: &str) -> Option<(&TableCell, &str)> {
        let place: usize = column.split(' ').next()?.parse().ok()?;
        Some((self.table.rows.get(row)?.cells.get(place)?, self.table.columns.get(place)?))
    }

    /// The place of the figure in a cell.
    fn place(&self, row: usize, column: &str) -> Option<usize> {
        self.cell_at(row, column)?.0.place()
    }

    /// The place of the last figure of a row: its total, where it has one.
    fn last_place(&self, row: usize) -> Option<usize> {
        self.table.rows.get(row)?.cells.iter().rev().find_map(TableCell::place)
    }
}

impl TableRows for StatisticsRows<'_> {
    fn row_count(&self) -> usize {
        self.table.rows.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(of) = self.table.rows.get(row) else { return Cell::default() };
        if column == self.table.corner {
            // A step in is as wide as a Han character.
            let indent = "　".repeat(of.depth);
            return match of.weight {
                Weight::Plain => Cell::text(format!("{indent}{}", spaced(&of.label))),
                Weight::Heading | Weight::Total => Cell::text(format!("{indent}{}", of.label)).strong(),
            };
        }
        let Some((cell, head)) = self.cell_at(row, column) else { return Cell::default() };
        match cell {
            TableCell::Nothing => Cell::default(),
            TableCell::Text(text) => Cell::text(text.as_str()).weak(),
            TableCell::Share(share) => Cell::text(format!("{:.1} %", share * 100.0)).weak(),
            TableCell::Figure(..) | TableCell::Reckoned(..) => {
                let place = cell.place();
                let value = match cell {
                    TableCell::Figure(value, _) => grouped(*value),
                    TableCell::Reckoned(reckoned, _) => reckoned.to_string().replace('%', " %"),
                    _ => String::new(),
                };
                let cell = Cell::text(value.clone()).named(format!("{} {head}：{value}", of.label)).figure();
                let is_open = self.open.is_some() && self.open == place;
                let cell = if of.weight == Weight::Total || is_open { cell.strong() } else { cell };
                if is_open { cell.link() } else { cell }
            }
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.table.rows.get(row).map(|row| row.label.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        let Some(open) = self.open else { return false };
        let is_open = |cell: &TableCell| cell.place() == Some(open);
        self.table.rows.get(row).is_some_and(|row| row.cells.iter().any(is_open))
    }
}
