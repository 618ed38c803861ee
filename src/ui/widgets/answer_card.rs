//! Owns the one card there is: something that needs an answer. Import questions, quality findings, undo conflicts.
//! Must never know what is asked. Start at [`AnswerCard`].

use egui::{CornerRadius, Frame, Label, Margin, Rect, RichText, Ui};

use super::{Button, Tone};
use crate::ui::theme::{self, Type, radius, space};

/// A question with its answers as low buttons.
#[must_use = "show it"]
pub struct AnswerCard<'a> {
    question: &'a str,
    note: &'a str,
    basis: &'a str,
    tone: Tone,
    answers: &'a [&'a str],
}

impl<'a> AnswerCard<'a> {
    /// The bar at the left is amber; `answers` are verbs.
    pub fn new(question: &'a str, answers: &'a [&'a str]) -> Self {
        Self { question, note: "", basis: "", tone: Tone::Amber, answers }
    }

    /// A second line.
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// What it rests on: the article.
    pub fn basis(mut self, basis: &'a str) -> Self {
        self.basis = basis;
        self
    }

    /// The bar is red: a hard rule or a real failure.
    pub fn hard(mut self) -> Self {
        self.tone = Tone::Hard;
        self
    }

    /// The bar is green: it was answered.
    pub fn settled(mut self) -> Self {
        self.tone = Tone::Ok;
        self
    }

    /// Draws the card; gives back the index of the answer that was pressed.
    pub fn show(self, ui: &mut Ui) -> Option<usize> {
        let (question, answers) = (self.question, self.answers);
        self.show_with(ui, |ui| if answers.is_empty() { None } else { answers_ui(ui, question, answers) })
    }

    /// Draws the card with something of the caller's in the place of its answers.
    pub fn show_with<R>(self, ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
        let t = theme::tokens(ui);
        let frame = Frame::new()
            .fill(t.sheet)
            .stroke(theme::line(ui, t.line2))
            .corner_radius(radius::CONTROL)
            .inner_margin(Margin { left: 14, right: 12, top: 9, bottom: 9 });
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.add(
                Label::new(RichText::new(self.question).font(Type::Strong.font()).color(t.ink))
                    .selectable(false)
                    .wrap(),
            );
            if !self.note.is_empty() {
                ui.add(
                    Label::new(RichText::new(self.note).font(Type::Small.font()).color(t.ink2))
                        .selectable(false)
                        .wrap(),
                );
            }
            if !self.basis.is_empty() {
                ui.add(
                    Label::new(RichText::new(self.basis).font(Type::Small.font()).color(t.ink3))
                        .selectable(false)
                        .wrap(),
                );
            }
            add(ui)
        });
        let rect = shown.response.rect;
        let bar = Rect::from_min_max(rect.min, egui::pos2(rect.left() + 3.0, rect.bottom()));
        let r = radius::CONTROL;
        let corners = CornerRadius { nw: r, sw: r, ne: 0, se: 0 };
        ui.painter().rect_filled(bar, corners, self.tone.mark(t));
        shown.inner
    }
}

fn answers_ui(ui: &mut Ui, question: &str, answers: &[&str]) -> Option<usize> {
    let mut pressed = None;
    ui.add_space(space::XS);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::S, space::XS);
        for (index, answer) in answers.iter().enumerate() {
            let name = format!("{answer}：{question}");
            if ui.add(Button::plain(answer).name(&name).small()).clicked() {
                pressed = Some(index);
            }
        }
    });
    pressed
}
