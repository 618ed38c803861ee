//! 设置: who works here, the look, the workbook's own words on paper, backups, what the program is.
//! Must never write anything itself. Start at [`SettingsScreen`].

use egui::Ui;

use super::{Screen, margin};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{PageHead, sheet};

/// The page 设置.
#[derive(Debug, Default)]
pub struct SettingsScreen {}

impl Screen for SettingsScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, _out: &mut Outbox) {
        let page = margin(ui, scene.width);
        ui.scope_builder(egui::UiBuilder::new().max_rect(page), |ui| {
            PageHead::new("设置", "").show(ui, |_| ());
            sheet(ui, 24, |ui| ui.set_width(ui.available_width()));
        });
    }
}
