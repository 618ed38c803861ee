//! 新建清单模板: what a new template is called, and what it begins with: one item, or all of another template.
//! Must never write: it wishes for one command. Start at [`NewTemplateDialog`].

use egui::{Context, Ui};

use super::NEW_TEMPLATE;
use crate::command::{Command, SetTemplate};
use crate::domain::checklists::{Subject, Template, TemplateItem};
use crate::ui::dialogs::discarding::Leaving;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Field, Segments, TextField, keyboard, note};
use crate::ui::words::filled;

const SUBJECTS: [&str; 2] = ["党组织，按年度", "党员个人"];

/// The dialog 新建清单模板.
#[derive(Debug)]
pub struct NewTemplateDialog {
    /// All of which is taken over.
    from: Option<Template>,
    title: String,
    subject: Subject,
    first: String,
    saving: Saving,
    leaving: Leaving,
}

impl NewTemplateDialog {
    /// One that begins with one item.
    pub fn blank() -> Self {
        Self::of(None, String::new(), Subject::Organisation)
    }

    /// One with all items of another.
    pub fn copy(from: Template) -> Self {
        let (title, subject) = (format!("{}（副本）", from.title), from.subject);
        Self::of(Some(from), title, subject)
    }

    fn of(from: Option<Template>, title: String, subject: Subject) -> Self {
        let (saving, leaving) = (Saving::new(NEW_TEMPLATE), Leaving::default());
        Self { from, title, subject, first: String::new(), saving, leaving }
    }

    fn command(&self) -> SetTemplate {
        let first = TemplateItem { title: self.first.trim().to_owned(), ..TemplateItem::default() };
        SetTemplate {
            code: None,
            title: filled(&self.title),
            subject: Some(self.subject),
            source: self.from.as_ref().and_then(|from| from.source.clone()),
            items: Some(self.from.as_ref().map_or_else(|| vec![first], |from| from.items.clone())),
            removed: None,
        }
    }

    /// Draws the fields; gives back whether Enter was pressed in the last, which answers the dialog.
    fn body_ui(&mut self, ui: &mut Ui) -> bool {
        self.saving.problem_ui(ui);
        let mut last = TextField::new("名称", &mut self.title).required().show(ui);
        let mut changed = last.changed();
        ui.add_space(space::M);
        match &self.from {
            Some(from) => drop(note(ui, &format!("照“{}”的 {} 项", from.title, from.each_item().len()))),
            None => {
                Field::new("清单是谁的").show(ui, |ui, _| {
                    let chosen = Subject::ALL.iter().position(|subject| *subject == self.subject);
                    if let Some(place) = Segments::new("清单是谁的", &SUBJECTS, chosen).show(ui) {
                        self.subject = Subject::ALL[place];
                    }
                });
                ui.add_space(space::M);
                last = TextField::new("第一项", &mut self.first).required().hint("有场所").show(ui);
                changed |= last.changed();
            }
        }
        if changed {
            self.saving.forget();
        }
        keyboard::entered(&last)
    }
}

impl Dialog for NewTemplateDialog {
    fn is_dirty(&self) -> bool {
        self.from.is_none() && [&self.title, &self.first].into_iter().any(|text| !text.trim().is_empty())
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let is_whole = self.from.is_some() || filled(&self.first).is_some();
        let may = filled(&self.title).is_some() && is_whole && !self.saving.is_under_way();
        let answered = widgets::Dialog::new("new template", "新建清单模板", "取消")
            .width(520.0)
            .focus_body()
            .primary(Choice::new("新建").enabled(may))
            .show(ctx, |ui| self.body_ui(ui));
        if (answered.answer == Some(Answer::Primary) || answered.inner) && may {
            self.saving.run(out, Command::SetTemplate(self.command()));
        }
        let lost = self.is_dirty().then_some("写的名称和项都不留下，撤不回。");
        self.leaving.show(ctx, answered.answer == Some(Answer::Quiet), "还没保存", lost)
    }
}
