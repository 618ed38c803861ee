//! 设置: who works here and how the window looks, the workbook's own words on paper, backups, what the program is.
//! Must never write anything itself. Start at [`SettingsScreen`].

mod about;
mod attachments;
mod backups;
mod beginning;
mod compacting;
mod extra_fields;
mod licences;
mod restoring;
mod rules;
mod talks;
mod templates;
mod verifying;

use std::collections::BTreeMap;

use egui::{Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::{Screen, margin};
use crate::command::{Command, SetSettings};
use crate::engine::questions::{AttachmentsHeld, Backups, ExtraFieldLines, Rules, Settings, TalkPlaces};
use crate::store::settings::{CHECKED_BY, PREPARED_BY, REPORTING_UNIT, TITLE};
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::{Scene, Width};
use crate::ui::shell::front::settings::{LABEL, machine_fields};
use crate::ui::theme::{self, height, space};
use crate::ui::widgets::{Button, PageHead, TextField, scroll_handles, section, sheet};
use crate::view::settings::WorkbookSettings;
use talks::TalkPlacesDraft;

/// The page 设置.
#[derive(Default)]
pub struct SettingsScreen {
    settings: Live<Settings>,
    backups: Live<Backups>,
    attachments: Live<AttachmentsHeld>,
    extra_fields: Live<ExtraFieldLines>,
    rules: Live<Rules>,
    places: Live<TalkPlaces>,
    places_draft: TalkPlacesDraft,
    operator: Option<String>,
    /// What is written in the fields of the workbook, once something differs from what is saved.
    draft: Option<WorkbookSettings>,
}

impl SettingsScreen {
    fn columns(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let gap = space::L;
        let is_stacked = scene.width == Width::Narrow;
        let width = if is_stacked { ui.available_width() } else { ((ui.available_width() - gap) / 2.0).floor() };
        if is_stacked {
            self.left(ui, scene, out);
            ui.add_space(gap);
            self.right(ui, scene, out);
            return;
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            ui.allocate_ui(vec2(width, 0.0), |ui| ui.vertical(|ui| self.left(ui, scene, out)));
            ui.allocate_ui(vec2(width, 0.0), |ui| ui.vertical(|ui| self.right(ui, scene, out)));
        });
    }

    fn left(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.machine_sheet(ui, scene, out);
        ui.add_space(space::L);
        self.workbook_sheet(ui, scene, out);
        ui.add_space(space::L);
        paper(ui, |ui| attachments::show(ui, self.attachments.shown(), scene, may_write(scene), out));
    }

    fn right(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let may_write = may_write(scene);
        paper(ui, |ui| extra_fields::show(ui, self.extra_fields.shown(), may_write, out));
        ui.add_space(space::L);
        paper(ui, |ui| rules::show(ui, self.rules.shown(), out));
        ui.add_space(space::L);
        paper(ui, |ui| backups::show(ui, self.backups.shown(), scene, may_write, out));
        ui.add_space(space::L);
        paper(ui, |ui| self.places_draft.show(ui, self.places.shown(), may_write, out));
        ui.add_space(space::L);
        paper(ui, |ui| templates::show(ui, out));
        ui.add_space(space::L);
        paper(ui, |ui| about::show(ui, scene, out));
    }

    /// What this machine remembers.
    fn machine_sheet(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let operator = self.operator.get_or_insert_with(|| scene.settings.operator.clone());
        paper(ui, |ui| {
            section(ui, "这台电脑", "");
            ui.add_space(space::M);
            machine_fields(ui, scene.settings, operator).into_iter().for_each(|wish| out.wish(wish));
        });
    }

    /// What the workbook is told about itself.
    fn workbook_sheet(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let Some(saved) = self.settings.shown().cloned() else { return };
        let draft = self.draft.get_or_insert_with(|| saved.clone());
        let may_write = may_write(scene);
        let mut is_wished = false;
        paper(ui, |ui| {
            section(ui, "这个工作簿", if saved.practice { "练习" } else { "" });
            ui.add_space(space::M);
            let fields = [
                ("名称", &mut draft.title, "如：青禾县民政局党总支"),
                ("填报单位", &mut draft.reporting_unit, "不填就用所选党组织的全称"),
                ("制表人", &mut draft.prepared_by, "印在表尾"),
                ("审核人", &mut draft.checked_by, "印在表尾"),
            ];
            for (label, text, hint) in fields {
                TextField::new(label, text).hint(hint).label_left(LABEL).enabled(may_write).show(ui);
                ui.add_space(space::M);
            }
            let is_other = *draft != saved;
            ui.horizontal(|ui| {
                ui.add_space(LABEL + space::L);
                let save = Button::primary("保存").name("保存工作簿设置").enabled(is_other && may_write);
                is_wished = ui.add(save).clicked();
                if is_other && ui.add(Button::quiet("还原")).clicked() {
                    draft.clone_from(&saved);
                }
            });
        });
        let by_keys = *draft != saved && may_write && save_pressed(ui.ctx());
        if is_wished || by_keys {
            let set = changed(&saved, draft);
            out.run(Slot::new("settings: save"), Command::SetSettings(SetSettings { set }));
        }
    }
}

/// What is different, by the settings' names.
fn changed(saved: &WorkbookSettings, draft: &WorkbookSettings) -> BTreeMap<String, String> {
    [
        (TITLE, &saved.title, &draft.title),
        (REPORTING_UNIT, &saved.reporting_unit, &draft.reporting_unit),
        (PREPARED_BY, &saved.prepared_by, &draft.prepared_by),
        (CHECKED_BY, &saved.checked_by, &draft.checked_by),
    ]
    .into_iter()
    .filter(|(_, saved, draft)| saved != draft)
    .map(|(name, _, draft)| (name.to_owned(), draft.trim().to_owned()))
    .collect()
}

fn save_pressed(ctx: &egui::Context) -> bool {
    crate::ui::widgets::keyboard::pressed_exactly(ctx, egui::Modifiers::COMMAND, egui::Key::S)
}

/// Settings are not of a day: only a workbook that cannot be written forbids them.
fn may_write(scene: &Scene<'_>) -> bool {
    scene.frozen.is_none() || scene.as_of != scene.today
}

fn paper(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    sheet(ui, 16, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        add(ui);
    });
}

impl Screen for SettingsScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let before = self.settings.shown().cloned();
        self.settings.ask(scene, Settings);
        self.backups.ask(scene, Backups);
        self.attachments.ask(scene, AttachmentsHeld);
        self.extra_fields.ask(scene, ExtraFieldLines);
        self.rules.ask(scene, Rules);
        let places = self.places.shown().cloned();
        self.places.ask(scene, TalkPlaces);
        if places.is_some() && places != self.places.shown().cloned() {
            self.places_draft.forget();
        }
        // What was saved, or changed elsewhere, takes the place of a draft that did not differ.
        if before.is_some() && before != self.settings.shown().cloned() {
            self.draft = None;
        }
        let (whole, page) = (ui.max_rect(), margin(ui, scene.width));
        ui.scope_builder(UiBuilder::new().max_rect(page), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let head = if scene.width == Width::Wide { height::PAGE_HEAD } else { 56.0 };
            PageHead::new("设置", "").height(head).show(ui, |_| ());
            scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
            // The handle has its place in the margin, not over the sheets.
            let below = Rect::from_min_max(pos2(page.left(), ui.cursor().top()), pos2(whole.right(), whole.bottom()));
            ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    ui.set_max_width(page.width());
                    ui.spacing_mut().item_spacing.y = 0.0;
                    self.columns(ui, scene, out);
                    ui.add_space(space::L);
                });
            });
        });
    }

    fn is_dirty(&self) -> bool {
        let is_other = self.draft.is_some() && self.draft.as_ref() != self.settings.shown();
        is_other || self.places_draft.is_dirty(self.places.shown())
    }
}
