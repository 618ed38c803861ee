//! 自某日起: from which day on the coverage is shown.
//! Must never change anything: it wishes for what is shown. Start at [`SinceDialog`].

use egui::Context;

use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, note};

/// The dialog 自某日起.
#[derive(Debug)]
pub struct SinceDialog {
    since: DayField,
    as_of: Day,
}

impl SinceDialog {
    /// Stands at the day that was told last; the coverage is shown as of `as_of`.
    pub fn new(last: Option<Day>, as_of: Day) -> Self {
        Self { since: DayField::open(as_of, last.map(PartialDate::of_day)), as_of }
    }

    /// The day that is told, unless it is still to come.
    fn day(&self) -> Option<Day> {
        self.since.date().map(PartialDate::first_day).filter(|day| *day <= self.as_of)
    }
}

impl Dialog for SinceDialog {
    fn show(&mut self, ctx: &Context, _scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        let is_late = self.since.date().is_some() && self.day().is_none();
        let words = format!("要在 {} 以前", self.as_of);
        let fault = if is_late { widgets::Note::Fault(words) } else { widgets::Note::None };
        let answered = widgets::Dialog::new("talks since", "自某日起", "取消")
            .width(420.0)
            .primary(Choice::new("看覆盖").enabled(self.day().is_some()))
            .focus_body()
            .show(ctx, |ui| {
                self.since.show_noted(ui, "起始日", 180.0, fault);
                ui.add_space(space::S);
                note(ui, &format!("例如上次组织生活会那天；看从这一天到 {} 的谈话", self.as_of));
            });
        match (answered.answer, self.day()) {
            (Some(Answer::Quiet), _) => Stay::Closed,
            (Some(Answer::Primary), Some(day)) => {
                out.wish(Wish::ShowCoverageSince(day));
                Stay::Closed
            }
            _ => Stay::Open,
        }
    }
}
