//! 操作记录: the diary of the workbook or of one record, what an entry changed, and taking it back.
//! Must never change anything itself. Start at [`HistoryScreen`].

use egui::Ui;

use super::Screen;
use crate::domain::ids::RecordId;
use crate::engine::questions::Diary;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{PageHead, label, sheet};

/// Entries that are shown.
const SHOWN: u32 = 500;

/// The page 操作记录.
pub struct HistoryScreen {
    record: Option<RecordId>,
    diary: Live<Diary>,
}

impl HistoryScreen {
    /// The diary of a record, or of everything.
    pub fn of(record: Option<RecordId>) -> Self {
        Self { record, diary: Live::default() }
    }
}

impl Screen for HistoryScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, _out: &mut Outbox) {
        self.diary.ask(scene, Diary { record: self.record, limit: SHOWN });
        let page = ui.max_rect().shrink2(egui::vec2(space::XL, 0.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(page), |ui| {
            PageHead::new("操作记录", "").show(ui, |_| ());
            sheet(ui, 16, |ui| {
                for line in self.diary.shown().into_iter().flatten() {
                    label(ui, &format!("{} {}", line.entry.at.shown(), line.entry.title));
                }
            });
        });
    }
}
