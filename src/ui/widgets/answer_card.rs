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
    tone: Tone,
    answers: &'a [&'a str],
}

impl<'a> AnswerCard<'a> {
    /// The bar at the left is amber; `answers` are verbs.
    pub fn new(question: &'a str, answers: &'a [&'a str]) -> Self {
        Self { question, note: "", tone: Tone::Amber, answers }
    }

    /// A second line.
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// The bar is red: a hard rule or a real failure.
    pub fn hard(mut self) -> Self {
        self.tone = Tone::Hard;
        self
    }

    /// Draws the card; gives back the index of the answer that was pressed.
    pub fn show(self, ui: &mut Ui) -> Option<usize> {
        let t = theme::tokens(ui);
        let frame = Frame::new()
            .fill(t.sheet)
            .stroke(theme::line(ui, t.line2))
            .corner_radius(radius::CONTROL)
            .inner_margin(Margin { left: 14, right: 12, top: 9, bottom: 9 });
        let mut pressed = None;
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
            if !self.answers.is_empty() {
                ui.add_space(space::XS);
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(space::S, space::XS);
                    for (index, answer) in self.answers.iter().enumerate() {
                        let name = format!("{answer}：{}", self.question);
                        if ui.add(Button::plain(answer).name(&name).small()).clicked() {
                            pressed = Some(index);
                        }
                    }
                });
            }
        });
        let rect = shown.response.rect;
        let bar = Rect::from_min_max(rect.min, egui::pos2(rect.left() + 3.0, rect.bottom()));
        let r = radius::CONTROL;
        let corners = CornerRadius { nw: r, sw: r, ne: 0, se: 0 };
        ui.painter().rect_filled(bar, corners, self.tone.mark(t));
        pressed
    }
}
