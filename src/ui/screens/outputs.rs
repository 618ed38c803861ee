//! 导出和打印记录: what left the program, when, by whom, how many rows, masked or not.
//! Must never change anything. Start at [`OutputsScreen`].

use egui::Ui;

use super::Screen;
use crate::engine::questions::Outputs;
use crate::store::outputs::Output;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::screens::margin;
use crate::ui::widgets::{Cell, Column, ColumnState, EmptyState, PageHead, Table, TableRows, sheet};

/// Lines that are shown.
const SHOWN: u32 = 2_000;

/// The page 导出和打印记录.
#[derive(Debug, Default)]
pub struct OutputsScreen {
    outputs: Live<Outputs>,
    columns: Vec<ColumnState>,
    cursor: Option<usize>,
}

impl Screen for OutputsScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, _out: &mut Outbox) {
        self.outputs.ask(scene, Outputs { limit: SHOWN });
        let page = margin(ui, scene.width);
        ui.scope_builder(egui::UiBuilder::new().max_rect(page), |ui| {
            let outputs = self.outputs.shown().map_or(&[][..], Vec::as_slice);
            let words = if outputs.is_empty() { String::new() } else { format!("{} 次", outputs.len()) };
            PageHead::new("导出和打印记录", &words).show(ui, |_| ());
            sheet(ui, 0, |ui| {
                ui.set_height(ui.available_height() - 16.0);
                let columns = [
                    Column::new("at", "时间", 150.0).unsortable(),
                    Column::new("operator", "操作人", 90.0).unsortable(),
                    Column::new("what", "内容", 190.0).unsortable(),
                    Column::new("scope", "范围", 260.0).unsortable(),
                    Column::new("rows", "行数", 70.0).right().unsortable(),
                    Column::new("masked", "证号电话", 90.0).unsortable(),
                    Column::new("target", "去向", 200.0).unsortable(),
                ];
                let empty = EmptyState::new("还没有导出或打印过", "导出、打印一次，这里就记一行");
                let shown = Table::new("outputs", "导出和打印记录", &columns, &mut self.columns)
                    .cursor(self.cursor)
                    .empty(empty)
                    .show(ui, &mut Rows(outputs));
                for event in shown.events {
                    if let crate::ui::widgets::TableEvent::Cursor(row) = event {
                        self.cursor = Some(row);
                    }
                }
            });
        });
    }
}

/// The log as rows.
struct Rows<'o>(&'o [Output]);

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(output) = self.0.get(row) else { return Cell::default() };
        match column {
            "at" => Cell::text(output.moment().shown()),
            "operator" => Cell::text(&output.operator),
            "what" => Cell::text(&output.what),
            "scope" => Cell::text(&output.scope).weak(),
            "rows" => Cell::text(output.row_count.to_string()),
            "masked" if output.masked => Cell::text("已遮去").weak(),
            "masked" => Cell::text("全部写出").tone(crate::ui::widgets::Tone::Amber),
            _ => Cell::text(&output.target).weak(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.0.get(row).map(|output| format!("{} {}", output.moment().shown(), output.what)).unwrap_or_default()
    }
}
