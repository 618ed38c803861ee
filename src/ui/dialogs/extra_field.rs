//! 自定义字段: a field of the user's own is made, changed or taken out; values that do not fit are shown before.
//! Must never write: each dialog wishes for one command. Start at [`ExtraFieldForm`] and [`RemovingExtraField`].

use egui::{Context, Key, Modifiers, Ui};

use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{AddExtraField, Command, EditExtraField, RemoveExtraField};
use crate::domain::fields::ExtraKind;
use crate::engine::questions::Misfits;
use crate::store::members::ExtraField;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{
    self, Answer, Checkbox, Choice, Field, Icon, Segments, TextField, Tone, keyboard, label, note, remark, section,
    wrapped_note,
};

/// Misfits that are told one by one.
const TOLD: usize = 12;

/// The dialog 新增自定义字段 and 修改自定义字段.
#[derive(Debug)]
pub struct ExtraFieldForm {
    seen: Option<ExtraField>,
    label: String,
    /// Its place among [`kinds`].
    kind: usize,
    /// One in a line.
    choices: String,
    misfits: Live<Misfits>,
    keep_misfits: bool,
    saving: Saving,
}

/// The kinds there are, in the order in which they are offered.
fn kinds() -> [ExtraKind; 5] {
    [ExtraKind::Text, ExtraKind::Number, ExtraKind::Date, ExtraKind::YesNo, ExtraKind::Choice(Vec::new())]
}

impl ExtraFieldForm {
    /// A new field.
    pub fn blank() -> Self {
        Self {
            seen: None,
            label: String::new(),
            kind: 0,
            choices: String::new(),
            misfits: Live::default(),
            keep_misfits: false,
            saving: Saving::new("extra_field"),
        }
    }

    /// Changes this field.
    pub fn of(field: ExtraField) -> Self {
        let kind = kinds().iter().position(|kind| kind.name() == field.kind.name()).unwrap_or(0);
        let choices = field.kind.choices().unwrap_or_default().join("\n");
        Self { label: field.label.clone(), kind, choices, seen: Some(field), ..Self::blank() }
    }

    fn choices(&self) -> Vec<String> {
        self.choices.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    fn wanted(&self) -> ExtraKind {
        match kinds().into_iter().nth(self.kind) {
            Some(ExtraKind::Choice(_)) => ExtraKind::Choice(self.choices()),
            kind => kind.unwrap_or_default(),
        }
    }

    /// Asks which values the kind that is written would not read.
    fn ask(&mut self, scene: &Scene<'_>) {
        if let Some(seen) = &self.seen {
            let question = Misfits { field: seen.id, kind: self.wanted() };
            self.misfits.ask(scene, question);
        }
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        let mut changed = TextField::new("字段名称", &mut self.label).required().hint("如：特长").show(ui).changed();
        Field::new("类型").show(ui, |ui, _| {
            let words = kinds().map(|kind| kind.label());
            if let Some(place) = Segments::new("类型", &words, Some(self.kind)).show(ui) {
                self.kind = place;
                changed = true;
            }
        });
        if matches!(self.wanted(), ExtraKind::Choice(_)) {
            let field = TextField::long("选项，一行一个", &mut self.choices, 4).required();
            changed |= field.show(ui).changed();
        }
        note(ui, says(&self.wanted()));
        changed |= self.misfits_ui(ui);
        if changed {
            self.saving.forget();
        }
    }

    /// The values that the new kind would not read; gives back whether what is done with them was changed.
    fn misfits_ui(&mut self, ui: &mut Ui) -> bool {
        let Some(misfits) = self.misfits.current().filter(|misfits| !misfits.is_empty()) else { return false };
        section(ui, "不合的值", &misfits.len().to_string());
        let told: Vec<String> =
            misfits.iter().take(TOLD).map(|misfit| format!("{} “{}”", misfit.name, misfit.value)).collect();
        let more = if misfits.len() > TOLD { format!(" 等 {} 人", misfits.len()) } else { String::new() };
        wrapped_note(ui, &format!("{}{more}", told.join("、")));
        ui.add(Checkbox::new(&mut self.keep_misfits, "这些值照原样留着，以后再改")).changed()
    }

    fn may_save(&self) -> bool {
        let has_choices = !matches!(self.wanted(), ExtraKind::Choice(choices) if choices.is_empty());
        let fits = match (&self.seen, self.misfits.current()) {
            (None, _) => true,
            (Some(_), Some(misfits)) => misfits.is_empty() || self.keep_misfits,
            (Some(_), None) => false,
        };
        !self.label.trim().is_empty() && has_choices && fits && !self.saving.is_under_way()
    }

    fn save(&mut self, out: &mut Outbox) {
        let label = self.label.trim().to_owned();
        let kind = Some(self.wanted().name().unwrap_or("text").to_owned());
        let choices = self.choices();
        let command = match &self.seen {
            None => Command::AddExtraField(AddExtraField { label, kind, choices }),
            Some(seen) => Command::EditExtraField(EditExtraField {
                id: seen.id,
                label: Some(label),
                kind,
                choices: Some(choices),
                keep_misfits: self.keep_misfits,
            }),
        };
        self.saving.run(out, command);
    }
}

/// What can be written into a field of a kind.
fn says(kind: &ExtraKind) -> &'static str {
    match kind {
        ExtraKind::Text => "一行文字，写什么都可以",
        ExtraKind::Number => "数字，可带小数；列表里按大小排",
        ExtraKind::Date => "日期，可以只到月或年",
        ExtraKind::YesNo => "是或否",
        ExtraKind::Choice(_) => "从选项里选一个；列表里按选项的顺序排",
    }
}

impl Dialog for ExtraFieldForm {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.ask(scene);
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let may = self.may_save();
        let title = match &self.seen {
            None => "新增自定义字段".to_owned(),
            Some(seen) => format!("修改自定义字段 {}", seen.label),
        };
        let answered = widgets::Dialog::new("extra_field", &title, "取消")
            .primary(Choice::new("保存").enabled(may))
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui));
        let by_key = may && keyboard::pressed(ctx, Modifiers::COMMAND, Key::S);
        match answered.answer.or(by_key.then_some(Answer::Primary)) {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Primary) if may => self.save(out),
            _ => {}
        }
        Stay::Open
    }
}

/// The dialog 删除自定义字段, for a field that people have values of.
#[derive(Debug)]
pub struct RemovingExtraField {
    field: ExtraField,
    people: usize,
    saving: Saving,
}

impl RemovingExtraField {
    /// Takes this field out, of which so many people have a value.
    pub fn new(field: ExtraField, people: usize) -> Self {
        Self { field, people, saving: Saving::new("remove_extra_field") }
    }
}

impl Dialog for RemovingExtraField {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let ready = !self.saving.is_under_way();
        let title = format!("删除自定义字段 {}", self.field.label);
        let (people, saving) = (self.people, &self.saving);
        let answered = widgets::Dialog::new("remove_extra_field", &title, "取消")
            .plain(Choice::new("删除").careful().enabled(ready))
            .show(ctx, |ui| {
                saving.problem_ui(ui);
                match people {
                    0 => label(ui, "还没有人填过这一项"),
                    people => label(ui, &format!("{people} 人填了这一项，连同这些值一起删掉")),
                };
                remark(ui, Icon::Info, Tone::Act, "可以撤销，撤销后字段和各人的值都回来");
            });
        match answered.answer {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Plain) if ready => {
                let command = RemoveExtraField { id: self.field.id, with_values: self.people > 0 };
                self.saving.run(out, Command::RemoveExtraField(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
