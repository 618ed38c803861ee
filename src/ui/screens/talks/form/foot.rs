//! Owns the foot of the form of a talk: whether the draft is kept, and what can be done.
//! Must never save. Start at [`WriteTalkScreen::foot_ui`].

use egui::{Align, Key, Layout, Modifiers, Rect, Ui, UiBuilder, vec2};

use super::WriteTalkScreen;
use super::checks::Checks;
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Button, Edge, Icon, Tone, ground, keyboard, note, remark_centred};

/// What was asked for in the foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    Save,
    SaveAndGoOn,
    /// The record as it is saved, on paper.
    Print,
    Discard,
}

impl WriteTalkScreen {
    pub(super) fn foot_ui(&self, ui: &mut Ui, scene: &Scene<'_>, checks: &Checks, rect: Rect) -> Option<Pressed> {
        ground(ui, rect.with_max_y(rect.top() + 1.0), theme::tokens(ui).line, Edge::Top);
        let inner = rect.shrink2(vec2(space::XL, 0.0));
        let may = scene.frozen.is_none() && !self.saving.is_under_way();
        let is_edit = self.start.talk.is_some();
        let mut pressed = None;
        let builder = UiBuilder::new().max_rect(inner).id_salt("foot").layout(Layout::right_to_left(Align::Center));
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let may_save = may && (!is_edit || self.is_changed());
            if ui.add(Button::primary("保存").icon(Icon::Check).tip("Ctrl+S").enabled(may_save)).clicked() {
                pressed = Some(Pressed::Save);
            }
            if !is_edit && ui.add(Button::plain("存并再记").tip("Ctrl+Shift+S").enabled(may)).clicked() {
                pressed = Some(Pressed::SaveAndGoOn);
            }
            // On paper stands what is saved.
            let may_print = is_edit && !self.is_changed();
            let tip = if may_print { "打印这次谈话的记录表" } else { "先保存，再打印" };
            let print = || Button::plain("打印…").icon(Icon::Printer).tip(tip).enabled(may_print);
            if is_edit && ui.add(print()).clicked() {
                pressed = Some(Pressed::Print);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.set_clip_rect(ui.max_rect().intersect(ui.clip_rect()));
                // Far from what saves.
                if self.is_changed() && ui.add(Button::quiet(self.discard_word())).clicked() {
                    pressed = Some(Pressed::Discard);
                }
                self.said_ui(ui, scene, checks);
            });
            if may_save && !self.is_asking() {
                // The longer combination first: the shorter one takes it too.
                let keys = [
                    (Modifiers::COMMAND | Modifiers::SHIFT, Pressed::SaveAndGoOn),
                    (Modifiers::COMMAND, Pressed::Save),
                ];
                let by_key = keys.into_iter().find(|(modifiers, asked)| {
                    (!is_edit || *asked == Pressed::Save) && keyboard::pressed_exactly(ui.ctx(), *modifiers, Key::S)
                });
                pressed = pressed.or(by_key.map(|(_, asked)| asked));
            }
        });
        pressed
    }

    /// What stops saving, why the last try failed, or that the draft is kept.
    fn said_ui(&self, ui: &mut Ui, scene: &Scene<'_>, checks: &Checks) {
        if self.was_tried && !checks.is_clear() {
            let words = format!("先改好：{}", checks.faulty().join("、"));
            remark_centred(ui, Icon::CircleAlert, Tone::Hard, &words);
        } else if let Some(words) = self.saving.problem_words() {
            remark_centred(ui, Icon::CircleAlert, Tone::Hard, &words);
        } else if self.kept.is_restored() && self.is_changed() {
            note(ui, "已恢复上次没有保存的内容");
        } else if let Some(at) = self.kept.parked_at().filter(|_| self.is_changed()) {
            let words = if self.hides_texts() { "，不含内容" } else { "" };
            note(ui, &format!("草稿已存 {at}{words}"));
        } else if scene.width != Width::Narrow {
            note(ui, "写了就存草稿，不怕关掉");
        }
    }
}
