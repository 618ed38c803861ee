//! Owns the field for the day on which something took place, or is to.
//! Must never know what. Start at [`DayField`].

use egui::{Response, Ui};

use super::member_form::read_date;
use super::typed_date::{Yearless, read_typed};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::ui::widgets::{DateField, Note};

/// A day, written; today until another is.
#[derive(Debug, Clone)]
pub struct DayField {
    text: String,
    today: Day,
    may_be_empty: bool,
    /// Which day is meant without a year, where that can be written.
    yearless: Option<Yearless>,
}

impl DayField {
    /// Stands at today.
    pub fn today(today: Day) -> Self {
        Self { text: today.to_string(), today, may_be_empty: false, yearless: None }
    }

    /// Stands at this date.
    pub fn at(today: Day, date: PartialDate) -> Self {
        Self { text: date.to_string(), today, may_be_empty: false, yearless: None }
    }

    /// May be empty: the day is not known.
    pub fn open(today: Day, date: Option<PartialDate>) -> Self {
        let text = date.map(|date| date.to_string()).unwrap_or_default();
        Self { text, today, may_be_empty: true, yearless: None }
    }

    /// A day without a year may be written, too: `3.20`.
    pub fn yearless(self, yearless: Yearless) -> Self {
        Self { yearless: Some(yearless), ..self }
    }

    /// The date as it is written; none while it is empty or cannot be read.
    pub fn date(&self) -> Option<PartialDate> {
        read(self.text.trim(), self.yearless, self.today).ok().and_then(|iso| PartialDate::from_iso(&iso))
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

    /// What is wrong with it, where something is written.
    pub fn fault(&self) -> Option<String> {
        match read(self.text.trim(), self.yearless, self.today) {
            Err(sentence) => Some(sentence),
            Ok(_) if !self.may_be_empty && self.date().is_some_and(|date| date.first_day() > self.today) => {
                Some("还没到这一天".to_owned())
            }
            Ok(_) => None,
        }
    }

    /// Draws the field; gives back whether it was changed.
    pub fn show(&mut self, ui: &mut Ui, label: &str, width: f32) -> bool {
        let is_required = !self.may_be_empty;
        self.draw(ui, label, |field| {
            let field = field.width(width);
            if is_required { field.required() } else { field }
        })
        .0
        .changed()
    }

    /// The same with something said below while the date itself can be read.
    pub fn show_noted(&mut self, ui: &mut Ui, label: &str, width: f32, note: Note) -> bool {
        let is_required = !self.may_be_empty;
        let is_readable = self.fault().is_none();
        self.draw(ui, label, |field| {
            let field = field.width(width);
            let field = if is_required { field.required() } else { field };
            if is_readable { field.note(note) } else { field }
        })
        .0
        .changed()
    }

    /// The same; gives back whether Enter was pressed in it, which answers the dialog it stands in.
    pub fn show_entered(&mut self, ui: &mut Ui, label: &str, width: f32, note: Note) -> bool {
        let is_readable = self.fault().is_none();
        let (response, _) = self.draw(ui, label, |field| {
            let field = field.width(width);
            if is_readable { field.note(note) } else { field }
        });
        response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
    }

    /// The same; gives back whether it is being written in now.
    pub fn show_writing(&mut self, ui: &mut Ui, label: &str, width: f32) -> bool {
        self.draw(ui, label, |field| field.width(width)).0.has_focus()
    }

    /// Stands at this date from now on.
    pub fn set(&mut self, date: PartialDate) {
        self.text = date.to_string();
    }

    /// Draws the field with its label at the left; gives back the date once it is meant: the field was left, or the
    /// calendar gave it.
    pub fn show_in_line(&mut self, ui: &mut Ui, label: &str, label_width: f32, width: f32) -> Option<PartialDate> {
        let (_, is_settled) = self.draw(ui, label, |field| field.label_left(label_width).width(width));
        self.date().filter(|_| is_settled && self.is_clear())
    }

    /// The same without its label, for a row of a list; what is wrong is for the caller to say.
    pub fn show_in_row(&mut self, ui: &mut Ui, name: &str, width: f32) -> Option<PartialDate> {
        let (_, is_settled) = self.draw(ui, name, |field| field.label_hidden().width(width));
        self.date().filter(|_| is_settled && self.is_clear())
    }

    fn draw(
        &mut self,
        ui: &mut Ui,
        label: &str,
        shaped: impl FnOnce(DateField<'_>) -> DateField<'_>,
    ) -> (Response, bool) {
        let (yearless, today) = (self.yearless, self.today);
        let read = move |text: &str| read(text, yearless, today);
        let note = match self.fault() {
            Some(sentence) if self.date().is_some() => Note::Fault(sentence),
            _ => Note::None,
        };
        shaped(DateField::new(label, &mut self.text, today, &read).note(note)).show_settling(ui)
    }
}

fn read(text: &str, yearless: Option<Yearless>, today: Day) -> Result<String, String> {
    match yearless {
        Some(yearless) => read_typed(text, yearless, today),
        None => read_date(text, today),
    }
}
