//! Owns the field for the day on which something in the past took place.
//! Must never know what. Start at [`DayField`].

use egui::Ui;

use super::member_form::read_date;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::ui::widgets::{DateField, Note};

/// A day, written; today until another is.
#[derive(Debug, Clone)]
pub struct DayField {
    text: String,
    today: Day,
    may_be_empty: bool,
}

impl DayField {
    /// Stands at today.
    pub fn today(today: Day) -> Self {
        Self { text: today.to_string(), today, may_be_empty: false }
    }

    /// May be empty: the day is not known.
    pub fn open(today: Day, date: Option<PartialDate>) -> Self {
        Self { text: date.map(|date| date.to_string()).unwrap_or_default(), today, may_be_empty: true }
    }

    /// The date as it is written; none while it is empty or cannot be read.
    pub fn date(&self) -> Option<PartialDate> {
        read_date(self.text.trim(), self.today).ok().and_then(|iso| PartialDate::from_iso(&iso))
    }

    /// Whether it can be taken as it stands: a date not to come, or nothing where that is allowed.
    pub fn is_clear(&self) -> bool {
        match self.date() {
            Some(date) => date.first_day() <= self.today,
            None => self.may_be_empty && self.text.trim().is_empty(),
        }
    }

    /// Whether it is empty or a date of any day.
    pub fn is_readable(&self) -> bool {
        self.text.trim().is_empty() || self.date().is_some()
    }

    /// Draws the field; gives back whether it was changed.
    pub fn show(&mut self, ui: &mut Ui, label: &str, width: f32) -> bool {
        let today = self.today;
        let read = move |text: &str| read_date(text, today);
        let note = match self.date() {
            Some(date) if date.first_day() > today && !self.may_be_empty => Note::Fault("还没到这一天".to_owned()),
            _ => Note::None,
        };
        let field = DateField::new(label, &mut self.text, today, &read).note(note).width(width);
        let field = if self.may_be_empty { field } else { field.required() };
        field.show(ui).changed()
    }
}
