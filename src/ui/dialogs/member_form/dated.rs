//! Owns the question how a change of a dated fact is meant: 更正, or 变更 from a day on.
//! Must never know the fact. Start at [`Dated`].

use egui::Ui;

use super::checks::read_date;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::ui::theme::space;
use crate::ui::widgets::{DateField, Segments, note};

const WAYS: [&str; 2] = ["更正", "变更，自某日起"];

/// How a change of a dated fact is meant.
#[derive(Debug, Clone)]
pub struct Dated {
    /// Nothing until the question is answered.
    is_change: Option<bool>,
    on: String,
    today: Day,
}

impl Dated {
    /// Not answered yet; the day is today until another is written.
    pub fn new(today: Day) -> Self {
        Self { is_change: None, on: today.to_string(), today }
    }

    pub fn is_change(&self) -> bool {
        self.is_change == Some(true)
    }

    /// The day as it is written.
    pub fn text(&self) -> &str {
        &self.on
    }

    pub fn restore(&mut self, on: String) {
        self.is_change = Some(true);
        self.on = on;
    }

    /// The day of the change; none for 更正.
    pub fn day(&self) -> Option<PartialDate> {
        if self.is_change() { PartialDate::from_iso(self.on.trim()) } else { None }
    }

    /// Not answered, or 变更 is meant and no day can be read, or one to come.
    pub fn is_unclear(&self) -> bool {
        match self.is_change {
            None => true,
            Some(false) => false,
            Some(true) => self.day().is_none_or(|day| day.first_day() > self.today),
        }
    }

    /// Draws the question for these facts; gives back whether the answer was changed.
    pub fn show(&mut self, ui: &mut Ui, facts: &str) -> bool {
        let mut changed = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                note(ui, &format!("{facts}改了，是哪一种"));
                let chosen = self.is_change.map(usize::from);
                if let Some(way) = Segments::new("更正还是变更", &WAYS, chosen).show(ui) {
                    self.is_change = Some(way == 1);
                    changed = true;
                }
            });
            if self.is_change() {
                let today = self.today;
                let read = move |text: &str| read_date(text, today);
                let field = DateField::new("自哪天起", &mut self.on, today, &read).required();
                changed |= field.show(ui).changed();
            }
            ui.vertical(|ui| {
                ui.add_space(24.0);
                let meaning = match self.is_change {
                    None => "更正：原来记错了；变更：原来没错，从某天起变了",
                    Some(true) => "原来的记到这天为止，往日的名册不变",
                    Some(false) => "原来记错了，往日的名册也跟着改",
                };
                note(ui, meaning);
            });
        });
        changed
    }
}
