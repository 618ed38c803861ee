//! 自某日起, 截至: from which day on, or as of which, the coverage is shown.
//! Must never change anything: it wishes for what is shown. Start at [`DayDialog`].

use egui::Context;

use super::years::{Span, Time};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::typed_date::Yearless;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, note};

/// The dialogs 自某日起 and 截至.
#[derive(Debug)]
pub struct DayDialog {
    field: DayField,
    /// The span that is looked at as of the day; none while the day begins one.
    span: Option<Span>,
    /// The day that is shown: none after it can be told.
    shown: Day,
}

impl DayDialog {
    /// 自某日起: stands at the day that was told last; the coverage is shown as of `shown`.
    pub fn since(last: Option<Day>, shown: Day) -> Self {
        let field = DayField::open(shown, last.map(PartialDate::of_day)).yearless(Yearless::UpTo(shown));
        Self { field, span: None, shown }
    }

    /// 截至: stands at the day as of which the time is looked at.
    pub fn until(time: Time, shown: Day) -> Self {
        let stands = time.window(shown).map_or(shown, |window| window.as_of);
        let field = DayField::open(shown, Some(PartialDate::of_day(stands))).yearless(Yearless::UpTo(shown));
        Self { field, span: Some(time.span), shown }
    }

    /// The first day that can be told; any where the day begins a span.
    fn first(&self) -> Option<Day> {
        self.span.and_then(Span::first)
    }

    /// The day that is told, unless it is still to come or lies before the span.
    fn day(&self) -> Option<Day> {
        let day = self.field.date().map(|date| match self.span {
            Some(_) => date.last_day().min(self.shown),
            None => date.first_day(),
        });
        let is_to_come = self.field.date().is_some_and(|date| date.first_day() > self.shown);
        day.filter(|day| !is_to_come && self.first().is_none_or(|first| first <= *day))
    }

    /// The time that is told.
    fn told(&self) -> Option<Time> {
        let day = self.day()?;
        Some(self.span.map_or(Time::of(Span::Since(day)), |span| Time { span, until: Some(day) }))
    }

    /// What is wrong with a day that can be read.
    fn fault(&self) -> widgets::Note {
        if self.field.date().is_none() || self.day().is_some() {
            return widgets::Note::None;
        }
        widgets::Note::Fault(match self.first() {
            Some(first) => format!("要在 {first} 到 {} 之间", self.shown),
            None => format!("要在 {} 以前", self.shown),
        })
    }
}

impl Dialog for DayDialog {
    fn show(&mut self, ctx: &Context, _scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        let (title, label, words) = match self.span {
            None => ("自某日起", "起始日", format!("例如上次组织生活会那天；看从这一天到 {} 的谈话", self.shown)),
            Some(_) => (
                "截至",
                "截至日",
                "应谈的人按这一天的支委和党员计，这一天以后的谈话不计；年末的必谈事项可以看到下一年".to_owned(),
            ),
        };
        let fault = self.fault();
        let answered = widgets::Dialog::new("talks of a day", title, "取消")
            .width(420.0)
            .primary(Choice::new("看覆盖").enabled(self.day().is_some()))
            .focus_body()
            .show(ctx, |ui| {
                let is_entered = self.field.show_entered(ui, label, 180.0, fault);
                ui.add_space(space::S);
                note(ui, &words);
                is_entered
            });
        let answer = answered.answer.or(answered.inner.then_some(Answer::Primary));
        match (answer, self.told()) {
            (Some(Answer::Quiet), _) => Stay::Closed,
            (Some(Answer::Primary), Some(told)) => {
                out.wish(Wish::ShowCoverage(told));
                Stay::Closed
            }
            _ => Stay::Open,
        }
    }
}
