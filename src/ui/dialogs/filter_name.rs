//! 存为 and 改名: the name under which a filter is kept.
//! Must never write: it wishes for one command, and tells the page under which name it was kept. Start at
//! [`FilterName`].

use egui::{Context, Ui};

use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{Command, SetSettings};
use crate::domain::conditions::SavedFilter;
use crate::engine::questions::SavedFilters;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::reply::Reply;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, Note, TextField, wrapped_note};
use crate::view::saved_filters::NamedFilter;

/// The dialog 存为 or 改名.
#[derive(Debug)]
pub struct FilterName {
    filter: SavedFilter,
    /// The name it has, where it gets another.
    old: Option<String>,
    name: String,
    saved: Live<SavedFilters>,
    saving: Saving,
    reply: Reply<String>,
}

impl FilterName {
    /// Keeps what is set under a name.
    pub fn save(filter: SavedFilter, reply: Reply<String>) -> Self {
        Self {
            filter,
            old: None,
            name: String::new(),
            saved: Live::default(),
            saving: Saving::new("filter name"),
            reply,
        }
    }

    /// Gives a filter another name.
    pub fn rename(kept: NamedFilter, reply: Reply<String>) -> Self {
        let NamedFilter { name, filter } = kept;
        Self { name: name.clone(), old: Some(name), ..Self::save(filter, reply) }
    }

    /// What is to be said about the name.
    fn note(&self) -> Note {
        let name = self.name.trim();
        let is_taken = self.saved.shown().is_some_and(|saved| saved.iter().any(|kept| kept.name == name));
        match &self.old {
            _ if !is_taken => Note::None,
            Some(old) if old == name => Note::None,
            Some(_) => Note::Fault("已经有这个名称的筛选".to_owned()),
            None => Note::Warning("已经有这个名称的筛选，存了就替换它".to_owned()),
        }
    }

    fn may_save(&self) -> bool {
        let name = self.name.trim();
        let is_same = self.old.as_deref() == Some(name);
        !name.is_empty() && !is_same && !matches!(self.note(), Note::Fault(_)) && !self.saving.is_under_way()
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        let note = self.note();
        if TextField::new("名称", &mut self.name).required().note(note).width(360.0).show(ui).changed() {
            self.saving.forget();
        }
        if self.old.is_none() {
            wrapped_note(ui, "存在工作簿里，换一台电脑打开也有。列和排序各人各记。");
        }
    }

    fn save_it(&mut self, out: &mut Outbox) {
        let command = match &self.old {
            Some(old) => SetSettings::rename_filter(old, &self.name, &self.filter),
            None => SetSettings::filter(&self.name, Some(&self.filter)),
        };
        match command {
            Ok(command) => self.saving.run(out, Command::SetSettings(command)),
            Err(problem) => out.wish(Wish::Problem(problem)),
        }
    }
}

impl Dialog for FilterName {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.saved.ask(scene, SavedFilters);
        if self.saving.take(scene).is_some() {
            self.reply.give(self.name.trim().to_owned());
            return Stay::Closed;
        }
        let title = if self.old.is_some() { "筛选改名" } else { "保存筛选" };
        let word = if self.old.is_some() { "改名" } else { "保存" };
        let may = self.may_save();
        let answered = widgets::Dialog::new("filter name", title, "取消")
            .primary(Choice::new(word).enabled(may))
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui));
        match answered.answer {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Primary) if may => self.save_it(out),
            _ => {}
        }
        Stay::Open
    }
}
