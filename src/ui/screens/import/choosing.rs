//! 选文件: a file is chosen, dropped or pasted; what is remembered of earlier lists is looked after.
//! Must never read a file on the window's thread. Start at [`ImportScreen::choosing_ui`].

use egui::{Event, ScrollArea, Ui, UiBuilder, ViewportCommand};

use super::{ImportScreen, Press};
use crate::command::{Command, SetSettings};
use crate::domain::import_layout::ImportLayout;
use crate::engine::folders::FileAsk;
use crate::engine::questions::ImportLayouts;
use crate::exchange::import::{read_layouts, write_layouts};
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{EmptyState, label, link, note, row_link, section_with, sheet};

/// Slots of the files that layouts go to and come from.
const EXPORT_SLOT: &str = "import: layouts out";
const TAKE_SLOT: &str = "import: layouts in";
const REMEMBER_SLOT: &str = "import: layouts";
/// Height of the part below that tells what is remembered.
const REMEMBERED: f32 = 150.0;

impl ImportScreen {
    /// The whole page while nothing is opened.
    pub(super) fn choosing_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) -> Option<Press> {
        self.known.ask(scene, ImportLayouts);
        self.follow_layout_files(scene, out);
        let hovering = ui.input(|input| !input.raw.hovered_files.is_empty());
        let (text, hint) = if hovering {
            ("松开鼠标，读取这个文件", "")
        } else {
            (
                "选一个花名册文件（Excel、WPS 表格或 CSV），或把文件拖进来",
                "党组织名册、谈心谈话台账也可以；在表格里复制一片，到这里按 Ctrl+V 也可以；先看识别结果，再决定写不写入",
            )
        };
        let pasted = pasted(ui).map(Press::Paste);
        let whole = ui.available_rect_before_wrap();
        let layouts = self.known.shown().map_or(&[][..], Vec::as_slice);
        let below = if layouts.is_empty() { 60.0 } else { REMEMBERED };
        let above = whole.with_max_y(whole.bottom() - below - space::M);
        let pressed = ui
            .scope_builder(UiBuilder::new().max_rect(above).id_salt("choose a file"), |ui| {
                let state = EmptyState::new(text, hint).plain("粘贴").primary("选文件…");
                sheet(ui, 0, |ui| {
                    ui.set_min_size(ui.available_size());
                    state.show(ui)
                })
                .inner
            })
            .inner;
        let rest = whole.with_min_y(above.bottom() + space::M);
        ui.scope_builder(UiBuilder::new().max_rect(rest).id_salt("remembered"), |ui| {
            remembered_ui(ui, layouts, scene, out);
        });
        ui.advance_cursor_after_rect(whole);
        match pressed {
            Some(0) => {
                ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
                pasted
            }
            Some(_) => Some(Press::Choose),
            None => pasted,
        }
    }

    /// Layouts on their way to a file and from one.
    fn follow_layout_files(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        if let (Some(path), Some(layouts)) = (scene.chosen(&Slot::new(EXPORT_SLOT)), self.known.shown().cloned()) {
            self.layouts_out = Some(scene.job("导出栏目对照", move |_| write_layouts(&path, &layouts)));
        }
        if let Some(path) = scene.chosen(&Slot::new(TAKE_SLOT)) {
            self.layouts_in = Some(scene.job("导入栏目对照", move |_| read_layouts(&path)));
        }
        if let Some(done) = self.layouts_out.as_ref().and_then(crate::engine::Job::take) {
            self.layouts_out = None;
            match done {
                Ok(()) => out.toast("已导出栏目对照"),
                Err(problem) => out.wish(crate::ui::outbox::Wish::Problem(problem)),
            }
        }
        if let Some(done) = self.layouts_in.as_ref().and_then(crate::engine::Job::take) {
            self.layouts_in = None;
            match done.and_then(|layouts| SetSettings::remember_layouts(&layouts)) {
                Ok(command) if command.set.is_empty() => out.refuse("文件里没有栏目对照"),
                Ok(command) => out.run(Slot::new(REMEMBER_SLOT), Command::SetSettings(command)),
                Err(problem) => out.wish(crate::ui::outbox::Wish::Problem(problem)),
            }
        }
    }

    /// The workbook learns what was said of the columns, before the rows are looked at.
    pub(super) fn remember(&self, scene: &Scene<'_>, out: &mut Outbox) {
        let new = self.said.to_remember();
        if new.is_empty() || scene.frozen.is_some() {
            return;
        }
        match SetSettings::remember_layouts(&new) {
            Ok(command) => out.run(Slot::new(REMEMBER_SLOT), Command::SetSettings(command)),
            Err(problem) => out.wish(crate::ui::outbox::Wish::Problem(problem)),
        }
    }
}

/// What is remembered of lists, each to be forgotten.
fn remembered_ui(ui: &mut Ui, layouts: &[ImportLayout], scene: &Scene<'_>, out: &mut Outbox) {
    section_with(ui, "记住的栏目对照", |ui| {
        if scene.frozen.is_none() && link(ui, "导入对照…").clicked() {
            out.choose_file(Slot::new(TAKE_SLOT), FileAsk::open("选栏目对照", "栏目对照", &["json"]));
        }
        if !layouts.is_empty() && link(ui, "导出对照…").clicked() {
            let ask = FileAsk::save("导出栏目对照", "栏目对照", "json", "栏目对照.json");
            out.choose_file(Slot::new(EXPORT_SLOT), ask);
        }
    });
    ui.add_space(space::XS);
    if layouts.is_empty() {
        note(ui, "改过的栏目会记在这里，下次遇到同样的表头照着认");
        return;
    }
    ScrollArea::vertical().id_salt("remembered layouts").auto_shrink(false).show(ui, |ui| {
        for layout in layouts {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                label(ui, &layout.name);
                note(ui, &layout.in_words());
                let forget = format!("忘记：{}", layout.name);
                if scene.frozen.is_none() && row_link(ui, "忘记", &forget, false).clicked() {
                    let command = SetSettings::forget_layout(&layout.name);
                    out.run(Slot::new(REMEMBER_SLOT), Command::SetSettings(command));
                }
            });
        }
    });
}

/// Cells that were pasted onto the page, not into a field.
fn pasted(ui: &Ui) -> Option<String> {
    let is_free = ui.ctx().memory(|memory| memory.top_modal_layer()).is_none() && !ui.ctx().text_edit_focused();
    if !is_free {
        return None;
    }
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        })
    })
}
