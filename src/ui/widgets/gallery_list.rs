//! Owns a page with a long table and the strip below it, for looking at and for the tests of the table.
//! Must never be part of the program. Start at [`ListPage::ui`].

use std::collections::BTreeSet;

use egui::{Ui, vec2};

use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    Button, Cell, Chip, Column, ColumnState, EmptyState, Figure, Icon, MenuRow, PageHead, SortMark, Table, TableEvent,
    TableRows, TextField, Tick, Tone, add_chip, figure, link, menu_rule, sheet, strip, strong,
};

/// Invented people, made up from their number.
pub struct Roster {
    pub count: usize,
    pub selected: BTreeSet<usize>,
}

const SURNAMES: [&str; 8] = ["陈", "吴", "林", "马", "何", "周", "赵", "沈"];
const GIVEN: [&str; 7] = ["志远", "海涛", "秀英", "晓东", "静", "国华", "永强"];

impl Roster {
    pub fn name(row: usize) -> String {
        format!("{}{}", SURNAMES[row % SURNAMES.len()], GIVEN[row / 3 % GIVEN.len()])
    }
}

impl TableRows for Roster {
    fn row_count(&self) -> usize {
        self.count
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        match column {
            "name" => Cell::text(Self::name(row)),
            "sex" => Cell::text(if row.is_multiple_of(2) { "男" } else { "女" }).weak(),
            "birth" => Cell::text(format!("{}-{:02}-{:02}", 1960 + row % 40, 1 + row % 12, 1 + row % 28)),
            "age" => Cell::text((20 + row % 60).to_string()),
            "identity" => Cell::text(format!("110000********{:04}", row % 10_000)).weak(),
            "education" => Cell::text("大学本科"),
            "joined" => Cell::text(format!("{}-07-01", 1980 + row % 40)),
            "post" if row < 6 => Cell::text("组织委员").link(),
            "post" => Cell::unknown(),
            "check" if row == 3 => Cell::text("待核").badge(Tone::Amber),
            "check" => Cell::default(),
            _ => Cell::text("局机关第一党支部").weak(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        Self::name(row)
    }

    fn is_selected(&self, row: usize) -> bool {
        self.selected.contains(&row)
    }

    fn is_dim(&self, row: usize) -> bool {
        row == 9
    }
}

/// A list page: head, filters, table, strip.
pub struct ListPage {
    pub roster: Roster,
    pub states: Vec<ColumnState>,
    pub cursor: Option<usize>,
    pub reveal: Option<usize>,
    pub events: Vec<TableEvent>,
    pub filter: String,
    pub asked: Option<String>,
}

impl ListPage {
    pub fn new(count: usize) -> Self {
        Self {
            roster: Roster { count, selected: BTreeSet::new() },
            states: Vec::new(),
            cursor: None,
            reveal: None,
            events: Vec::new(),
            filter: String::new(),
            asked: None,
        }
    }

    pub fn ui(&mut self, ui: &mut Ui) {
        let page = ui.max_rect().shrink2(vec2(24.0, 0.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(page), |ui| self.page_ui(ui));
    }

    fn page_ui(&mut self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = 0.0;
        PageHead::new("党员", "青禾县民政局党总支·在册 182 人").show(ui, |ui| {
            ui.add(Button::primary("新增党员").icon(Icon::Plus));
            ui.add(Button::plain("打印…").icon(Icon::Printer));
            ui.add(Button::plain("导出…").icon(Icon::Upload));
            ui.add(Button::plain("截至 2026-11-24（今天）").icon(Icon::Calendar).caret());
        });
        ui.horizontal(|ui| {
            ui.set_min_height(height::CONTROL);
            let filter = TextField::new("筛本表", &mut self.filter).label_hidden().hint("筛本表").prefix(Icon::Funnel);
            filter.width(172.0).show(ui);
            Chip::new("人员类别：正式党员").chosen(true).removable().show(ui);
            Chip::new("党龄 ≥ 10 年").chosen(true).removable().show(ui);
            add_chip(ui, "条件");
            link(ui, "清除");
        });
        ui.add_space(space::S);
        sheet(ui, 0, |ui| {
            let room = ui.available_height() - 16.0;
            ui.allocate_ui(vec2(ui.available_width(), room - height::STRIP), |ui| self.table_ui(ui));
            strip(ui, |ui| {
                for number in
                    [Figure::new("筛出", "132", "人").shows_name(), Figure::new("女", "52", "人").shows_name()]
                {
                    figure(ui, &number);
                }
                strong(ui, &format!("已选 {} 人", self.roster.selected.len()));
            });
        });
    }

    fn table_ui(&mut self, ui: &mut Ui) {
        let ascending = |order| Some(SortMark { ascending: true, order });
        let columns = [
            Column::new("name", "姓名", 84.0),
            Column::new("sex", "性别", 52.0),
            Column::new("birth", "出生日期", 100.0),
            Column::new("age", "年龄", 58.0).right(),
            Column::new("identity", "公民身份号码", 180.0),
            Column::new("education", "学历", 92.0),
            Column::new("joined", "入党日期", 120.0).sort(ascending(2)),
            Column::new("post", "党内职务", 136.0),
            Column::new("check", "核对", 70.0).hidden_first(),
            Column::new("branch", "所在党支部", 180.0).sort(ascending(1)),
        ];
        let all = Tick::of(self.roster.selected.len(), self.roster.count);
        let mut asked = None;
        let mut head_menu = |ui: &mut Ui, column: &str| {
            ui.add(MenuRow::new("从早到晚").icon(Icon::ArrowUp));
            ui.add(MenuRow::new("从晚到早").icon(Icon::ArrowDown));
            menu_rule(ui);
            if ui.add(MenuRow::new("隐藏此列").icon(Icon::EyeOff)).clicked() {
                asked = Some(column.to_owned());
            }
        };
        let shown = Table::new("members", "党员", &columns, &mut self.states)
            .sticky(1)
            .ticks(all)
            .cursor(self.cursor)
            .reveal(self.reveal.take())
            .head_menu(&mut head_menu)
            .empty(EmptyState::new("没有符合条件的党员", "去掉一个条件看看"))
            .show(ui, &mut self.roster);
        self.asked = self.asked.take().or(asked);
        for event in &shown.events {
            self.take(event);
        }
        self.events.extend(shown.events);
    }

    fn take(&mut self, event: &TableEvent) {
        let selected = &mut self.roster.selected;
        match event {
            TableEvent::Cursor(row) => self.cursor = Some(*row),
            TableEvent::Toggled(row) | TableEvent::Clicked { row, toggle: true, .. } => {
                if !selected.remove(row) {
                    selected.insert(*row);
                }
            }
            TableEvent::Clicked { row, .. } => *selected = BTreeSet::from([*row]),
            TableEvent::Extended { from, to } => *selected = (*from.min(to)..=*from.max(to)).collect(),
            TableEvent::AllSelected => *selected = (0..self.roster.count).collect(),
            TableEvent::NoneSelected => selected.clear(),
            TableEvent::Opened(_)
            | TableEvent::SortAsked { .. }
            | TableEvent::RowMoved { .. }
            | TableEvent::ColumnMoved { .. }
            | TableEvent::ColumnResized { .. }
            | TableEvent::LinkPressed { .. }
            | TableEvent::CellPressed { .. }
            | TableEvent::CellOpened(_)
            | TableEvent::Folded { .. } => {}
        }
    }
}
