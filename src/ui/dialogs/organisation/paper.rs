//! Owns what every change of an organisation asks for: the day, the paper that says so, a remark, and what it rests on.
//! Must never know what is changed. Start at [`Paper`].

use egui::Ui;

use crate::domain::dates::PartialDate;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{Icon, TextField, Tone, remark};
use crate::ui::words::filled;

/// Width of the field of the day.
const DAY: f32 = 160.0;

/// The day and the paper of a change.
#[derive(Debug, Default)]
pub(super) struct Paper {
    on: Option<DayField>,
    document: String,
    note: String,
}

impl Paper {
    /// As it stands already.
    pub fn of(scene: &Scene<'_>, on: PartialDate, document: Option<&str>, note: Option<&str>) -> Self {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        Self { on: Some(DayField::at(scene.today, on)), document: text(document), note: text(note) }
    }

    /// Draws day and paper; gives back whether one was changed.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, day: &str, document: &str) -> bool {
        let row = ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let width = ui.available_width() - DAY - space::M;
            self.fields_ui(ui, scene, (day, document), width)
        });
        row.inner
    }

    /// The same with a remark.
    pub fn show_with_note(&mut self, ui: &mut Ui, scene: &Scene<'_>, day: &str, document: &str) -> bool {
        let row = ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let width = ((ui.available_width() - DAY - 2.0 * space::M) / 2.0).floor();
            let changed = self.fields_ui(ui, scene, (day, document), width);
            changed | TextField::new("备注", &mut self.note).width(width).show(ui).changed()
        });
        row.inner
    }

    fn fields_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, (day, document): (&str, &str), width: f32) -> bool {
        let on = self.on.get_or_insert_with(|| DayField::today(scene.today));
        let changed = on.show(ui, day, DAY);
        changed | TextField::new(document, &mut self.document).width(width).show(ui).changed()
    }

    /// The day, once it can be taken.
    pub fn day(&self) -> Option<PartialDate> {
        self.on.as_ref().filter(|on| on.is_clear()).and_then(DayField::date)
    }

    pub fn document(&self) -> Option<String> {
        filled(&self.document)
    }

    pub fn note(&self) -> Option<String> {
        filled(&self.note)
    }
}

/// What a change rests on.
pub(super) fn basis_ui(ui: &mut Ui, words: &str) {
    remark(ui, Icon::Info, Tone::Neutral, words);
}
