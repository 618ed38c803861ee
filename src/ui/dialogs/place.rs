//! Owns the question where a file is to be written.
//! Must never write it. Start at [`PlaceDialog`].

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use egui::Context;

use super::{Dialog, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, Note, TextField};

/// Where the answer is put and taken from, shared by the dialog and whoever opened it.
#[derive(Debug, Clone, Default)]
pub struct PlaceAnswer(Rc<RefCell<Option<PathBuf>>>);

impl PlaceAnswer {
    /// The place, in the frame after it was given.
    pub fn take(&self) -> Option<PathBuf> {
        self.0.borrow_mut().take()
    }
}

/// The dialog that asks for a place.
pub struct PlaceDialog {
    title: &'static str,
    verb: &'static str,
    text: String,
    answer: PlaceAnswer,
}

impl PlaceDialog {
    /// `suggested` is what stands in the field at first.
    pub fn new(title: &'static str, verb: &'static str, suggested: PathBuf, answer: &PlaceAnswer) -> Self {
        Self { title, verb, text: suggested.to_string_lossy().into_owned(), answer: answer.clone() }
    }
}

impl Dialog for PlaceDialog {
    fn show(&mut self, ctx: &Context, _scene: &Scene<'_>, _out: &mut Outbox) -> Stay {
        let may = !self.text.trim().is_empty();
        let answered = widgets::Dialog::new("place", self.title, "取消")
            .focus_body()
            .note("同名的文件会被替换")
            .primary(Choice::new(self.verb).enabled(may))
            .show(ctx, |ui| {
                let fault = if may { Note::None } else { Note::Fault("写上文件放在哪里".into()) };
                TextField::new("文件", &mut self.text).note(fault).show(ui);
            });
        match answered.answer {
            Some(Answer::Primary) => {
                *self.answer.0.borrow_mut() = Some(PathBuf::from(self.text.trim()));
                Stay::Closed
            }
            Some(Answer::Quiet) => Stay::Closed,
            _ => Stay::Open,
        }
    }
}
