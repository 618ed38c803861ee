//! 谈话类型: what a type of talk is called, whether it counts, its outline; or a new one.
//! Must never write: it wishes for one command. Start at [`TalkTypeDialog`].

use egui::{Context, Ui};

use super::discarding::Leaving;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{Command, SetTalkType};
use crate::domain::talks::{Counts, TalkType};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, Answer, Checkbox, Choice, Field, Icon, LongField, Segments, TextField, Tone, note, remark,
};
use crate::ui::words::filled;

/// The dialog 谈话类型.
#[derive(Debug)]
pub struct TalkTypeDialog {
    /// The type as it is; none for a new one.
    seen: Option<TalkType>,
    label: String,
    counts: Counts,
    outline: String,
    offered: bool,
    saving: Saving,
    leaving: Leaving,
}

impl TalkTypeDialog {
    /// A type of the workbook's own.
    pub fn blank() -> Self {
        let (label, outline) = (String::new(), String::new());
        let (saving, leaving) = (Saving::new("talk type"), Leaving::default());
        Self { seen: None, label, counts: Counts::Yes, outline, offered: true, saving, leaving }
    }

    /// One that is there.
    pub fn of(kind: &TalkType) -> Self {
        Self {
            label: kind.label.clone(),
            counts: kind.counts,
            outline: kind.outline.clone(),
            offered: !kind.removed,
            seen: Some(kind.clone()),
            saving: Saving::new("talk type"),
            leaving: Leaving::default(),
        }
    }

    /// What is different.
    fn command(&self) -> SetTalkType {
        let seen = self.seen.as_ref();
        let is_other = |same: bool| seen.is_none() || !same;
        SetTalkType {
            code: seen.map(|kind| kind.code.clone()),
            label: filled(&self.label).filter(|label| is_other(seen.is_some_and(|kind| kind.label == *label))),
            counts: Some(self.counts).filter(|counts| is_other(seen.is_some_and(|kind| kind.counts == *counts))),
            outline: Some(self.outline.trim().to_owned())
                .filter(|outline| is_other(seen.is_some_and(|kind| kind.outline == *outline))),
            position: None,
            removed: Some(!self.offered).filter(|removed| is_other(seen.is_some_and(|kind| kind.removed == *removed))),
        }
    }

    fn is_changed(&self) -> bool {
        let code = self.seen.as_ref().map(|kind| kind.code.clone());
        self.seen.is_none() || self.command() != SetTalkType { code, ..SetTalkType::default() }
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        let is_restricted = self.seen.as_ref().is_some_and(TalkType::is_restricted);
        let mut changed = TextField::new("名称", &mut self.label).required().show(ui).changed();
        ui.add_space(space::M);
        if is_restricted {
            remark(ui, Icon::Lock, Tone::Amber, "受限类型：只存时间、主题和人员，只计必谈事项，不能改为普通类型");
        } else {
            Field::new("计入覆盖").show(ui, |ui, _| {
                let words = Counts::ALL.map(Counts::label);
                let chosen = Counts::ALL.iter().position(|counts| *counts == self.counts);
                if let Some(place) = Segments::new("计入覆盖", &words, chosen).show(ui) {
                    self.counts = Counts::ALL[place];
                    changed = true;
                }
            });
        }
        ui.add_space(space::M);
        let outline = LongField::new("谈话提纲", &mut self.outline).height(LongField::height_of(6));
        changed |= outline.hint("一行一条，记谈话时在旁边看，也印在空白表上").show(ui).changed();
        ui.add_space(space::M);
        if self.seen.is_some() {
            changed |= ui.add(Checkbox::new(&mut self.offered, "记谈话时可以选")).clicked();
            note(ui, "停用后，已有的记录不变");
        }
        if changed {
            self.saving.forget();
        }
    }
}

impl Dialog for TalkTypeDialog {
    fn is_dirty(&self) -> bool {
        match &self.seen {
            Some(_) => self.is_changed(),
            None => [&self.label, &self.outline].into_iter().any(|text| !text.trim().is_empty()),
        }
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let may = filled(&self.label).is_some() && self.is_changed() && !self.saving.is_under_way();
        let title =
            self.seen.as_ref().map_or_else(|| "新增谈话类型".to_owned(), |kind| format!("谈话类型 {}", kind.code));
        let answered = widgets::Dialog::new("talk type", &title, "取消")
            .width(560.0)
            .focus_body()
            .primary(Choice::new("保存").enabled(may))
            .show(ctx, |ui| self.body_ui(ui));
        if answered.answer == Some(Answer::Primary) && may {
            self.saving.run(out, Command::SetTalkType(self.command()));
        }
        let lost = self.is_dirty().then_some("已改的名称、提纲等都不留下，撤不回。");
        self.leaving.show(ctx, answered.answer == Some(Answer::Quiet), "还没保存", lost)
    }
}
