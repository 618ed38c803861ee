//! 谈话类型: the types that talks are recorded under, whether they count, their outlines; reached from 设置.
//! Must never change anything itself: it wishes. Start at [`TalkTypesScreen`].

use egui::Ui;

use crate::domain::talks::{Counts, TalkType};
use crate::engine::questions::TalkTypeList;
use crate::ui::dialogs::talk_type::TalkTypeDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::{Screen, frame};
use crate::ui::widgets::{
    Button, Cell, Column, ColumnState, EmptyState, Icon, PageHead, Table, TableEvent, TableRows, Tone, sheet,
};

/// The page 谈话类型.
#[derive(Debug, Default)]
pub struct TalkTypesScreen {
    types: Live<TalkTypeList>,
    columns: Vec<ColumnState>,
    cursor: Option<usize>,
}

impl TalkTypesScreen {
    fn table_ui(&mut self, ui: &mut Ui, may: bool, out: &mut Outbox) {
        let kinds = self.types.shown().map(|types| types.all()).unwrap_or_default();
        let columns = [
            Column::new("label", "类型", 230.0).unsortable(),
            Column::new("counts", "计入覆盖", 158.0).unsortable(),
            Column::new("when", "什么时候谈", 150.0).unsortable(),
            Column::new("state", "状态", 64.0).unsortable(),
            Column::new("code", "代号", 60.0).unsortable(),
            Column::new("outline", "谈话提纲", 320.0).unsortable(),
        ];
        let table = Table::new("talk types", "谈话类型", &columns, &mut self.columns)
            .cursor(self.cursor)
            .empty(EmptyState::new("正在读取…", ""));
        for event in table.show(ui, &mut Rows { kinds, chosen: self.cursor }).events {
            match event {
                TableEvent::Cursor(row) => self.cursor = Some(row),
                TableEvent::Opened(row) | TableEvent::LinkPressed { row, .. } if may => {
                    if let Some(kind) = kinds.get(row) {
                        out.open(TalkTypeDialog::of(kind));
                    }
                }
                _ => {}
            }
        }
    }
}

struct Rows<'a> {
    kinds: &'a [TalkType],
    chosen: Option<usize>,
}

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.kinds.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(kind) = self.kinds.get(row) else { return Cell::default() };
        match column {
            "label" => Cell::text(&*kind.label).link().tip(&*kind.label),
            "counts" if kind.counts == Counts::Restricted => Cell::text(kind.counts.label()).badge(Tone::Amber),
            "counts" => Cell::text(kind.counts.label()),
            "when" => Cell::text(&*kind.when).weak().tip(&*kind.when),
            "state" if kind.removed => Cell::text("停用").badge(Tone::Neutral),
            "state" => Cell::text("在用").weak(),
            "code" => Cell::text(&*kind.code).weak(),
            _ => Cell::text(kind.outline.replace('\n', "；")).weak().tip(&*kind.outline),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.kinds.get(row).map(|kind| kind.label.clone()).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.chosen == Some(row)
    }

    fn is_dim(&self, row: usize) -> bool {
        self.kinds.get(row).is_some_and(|kind| kind.removed)
    }
}

impl Screen for TalkTypesScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.types.ask(scene, TalkTypeList);
        // Types are not of a day: only a workbook that cannot be written forbids them.
        let may = scene.frozen.is_none() || scene.as_of != scene.today;
        frame::page(ui, scene, |ui| {
            let head = PageHead::new("谈话类型", "点开一种，改名称、提纲和计不计入").height(frame::head_height(scene));
            head.show(ui, |ui| {
                if ui.add(Button::primary("新增类型…").icon(Icon::Plus).enabled(may)).clicked() {
                    out.open(TalkTypeDialog::blank());
                }
                if ui.add(Button::plain("返回").icon(Icon::ArrowLeft)).clicked() {
                    out.wish(Wish::Back);
                }
            });
            let tall = ui.available_height();
            sheet(ui, 0, |ui| {
                ui.set_height(tall);
                self.table_ui(ui, may, out);
            });
        });
    }
}
