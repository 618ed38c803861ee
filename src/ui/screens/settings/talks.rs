//! 谈心谈话 in 设置: the way to the types of talks, and the places to choose from.

use std::collections::BTreeMap;

use egui::Ui;

use crate::command::{Command, SetSettings};
use crate::store::settings::TALK_PLACES;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::screens::Page;
use crate::ui::theme::space;
use crate::ui::widgets::{Button, LongField, link, section_with, wrapped_note};

/// What is written about talks and not saved: the places, a line each.
#[derive(Debug, Default)]
pub struct TalkPlacesDraft(Option<String>);

impl TalkPlacesDraft {
    pub fn show(&mut self, ui: &mut Ui, places: Option<&Vec<String>>, may_write: bool, out: &mut Outbox) {
        section_with(ui, "谈心谈话", |ui| {
            if link(ui, "看谈话类型").clicked() {
                out.go(Page::TalkTypes);
            }
        });
        ui.add_space(space::S);
        let Some(saved) = places.map(|places| places.join("\n")) else { return };
        let text = self.0.get_or_insert_with(|| saved.clone());
        ui.add_enabled_ui(may_write, |ui| {
            let field = LongField::new("常用谈话地点", text).height(LongField::height_of(3));
            field.hint("一行一个，如：机关谈心室").show(ui);
        });
        ui.add_space(space::S);
        let is_other = text.trim() != saved.trim();
        ui.horizontal(|ui| {
            let save = Button::plain("保存").name("保存谈话地点").small().enabled(is_other && may_write);
            if ui.add(save).clicked() {
                let set = BTreeMap::from([(TALK_PLACES.to_owned(), text.trim().to_owned())]);
                out.run(Slot::new("settings: places"), Command::SetSettings(SetSettings { set }));
            }
            if is_other && ui.add(Button::quiet("还原").name("还原谈话地点").small()).clicked() {
                text.clone_from(&saved);
            }
        });
        wrapped_note(ui, "记谈话时排在前面；以前写过的地点也可以选");
    }

    /// What was saved, or changed elsewhere, takes the place of what was written.
    pub fn forget(&mut self) {
        self.0 = None;
    }

    /// Whether something is written that is not saved.
    pub fn is_dirty(&self, places: Option<&Vec<String>>) -> bool {
        let saved = places.map(|places| places.join("\n"));
        self.0.as_ref().zip(saved).is_some_and(|(text, saved)| text.trim() != saved.trim())
    }
}
