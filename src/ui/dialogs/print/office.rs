//! Owns what can be chosen about an office form: whose cards, which period, how names are grouped.
//! Must never fill a form. Start at [`OfficeChoices`].

use egui::Ui;

use super::options::read_day;
use crate::clock::Day;
use crate::domain::dates::Period;
use crate::domain::ids::PersonId;
use crate::print::{Grouping, NameMarks, OfficeAsk, OfficeForm};
use crate::ui::scene::Scene;
use crate::ui::widgets::{DateField, Icon, Segments, Select, Tone, note, remark};
use crate::view::members::ListAsk;

/// The choices, kept while another form is looked at.
#[derive(Debug)]
pub(super) struct OfficeChoices {
    /// Who was selected in the list.
    pub people: Vec<PersonId>,
    grouping: Grouping,
    marks: NameMarks,
    /// Of 政治生日: the year, and its month; none for the whole year.
    year: i16,
    month: Option<i8>,
    years: [i16; 3],
    /// Of transfers, as written and as last settled.
    from: String,
    to: String,
    settled: Option<Period>,
}

impl OfficeChoices {
    pub fn new(as_of: Day) -> Self {
        let (first, last) = (as_of.first_of_year(), as_of.last_of_year());
        Self {
            people: Vec::new(),
            grouping: Grouping::ByBranch,
            marks: NameMarks::default(),
            year: as_of.year(),
            month: Some(as_of.month()),
            years: [as_of.year() - 1, as_of.year(), as_of.year() + 1],
            from: first.to_string(),
            to: last.to_string(),
            settled: Some(Period { first, last }),
        }
    }

    /// What the form is filled from.
    pub fn asked(&self, form: OfficeForm, list: ListAsk) -> OfficeAsk {
        let usual = OfficeAsk::usual(form, list);
        let period = match (form, self.month) {
            (OfficeForm::Birthdays, Some(month)) => Period::month(self.year, month),
            (OfficeForm::Birthdays, None) => Period::year(self.year),
            _ => self.settled,
        };
        OfficeAsk {
            people: self.people.clone(),
            grouping: self.grouping,
            marks: self.marks,
            period: period.unwrap_or(usual.period),
            ..usual
        }
    }

    /// The period as it is written, if it is one.
    fn written(&self) -> Option<Period> {
        let (first, last) = (self.from.parse().ok()?, self.to.parse().ok()?);
        (first <= last).then_some(Period { first, last })
    }
}

/// Draws the choices of a form.
pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, form: OfficeForm, choices: &mut OfficeChoices) {
    match form {
        OfficeForm::Card => {
            let people = choices.people.len();
            let words = match people {
                0 => "列表里每人一张".to_owned(),
                1 => "选中的 1 人".to_owned(),
                _ => format!("选中的 {people} 人，每人一张"),
            };
            note(ui, &words);
        }
        OfficeForm::Names => {
            let chosen = usize::from(choices.grouping == Grouping::Together);
            if let Some(index) = Segments::new("分列", &["按党支部", "合在一起"], Some(chosen)).show(ui) {
                choices.grouping = if index == 1 { Grouping::Together } else { Grouping::ByBranch };
            }
            let chosen = usize::from(choices.marks == NameMarks::None);
            if let Some(index) = Segments::new("姓名后标注", &["女、少数民族", "不标注"], Some(chosen)).show(ui)
            {
                choices.marks = if index == 1 { NameMarks::None } else { NameMarks::SexAndNation };
            }
        }
        OfficeForm::Birthdays => birthdays_ui(ui, choices),
        OfficeForm::Transfers => period_ui(ui, scene, choices),
        OfficeForm::Organisations | OfficeForm::Committee | OfficeForm::Terms | OfficeForm::Units => {}
    }
}

fn birthdays_ui(ui: &mut Ui, choices: &mut OfficeChoices) {
    let width = ui.available_width();
    let words = choices.years.map(|year| format!("{year}年"));
    let mut chosen = choices.years.iter().position(|year| *year == choices.year);
    Select::new("年份", &words, &mut chosen).width(width).show(ui);
    choices.year = chosen.map_or(choices.year, |index| choices.years[index]);
    let months: Vec<String> =
        std::iter::once("全年".to_owned()).chain((1..=12).map(|month| format!("{month}月"))).collect();
    let mut chosen = Some(choices.month.map_or(0, |month| usize::from(month.unsigned_abs())));
    Select::new("月份", &months, &mut chosen).width(width).show(ui);
    choices.month = chosen.filter(|index| *index > 0).and_then(|index| i8::try_from(index).ok());
}

fn period_ui(ui: &mut Ui, scene: &Scene<'_>, choices: &mut OfficeChoices) {
    let width = ui.available_width();
    let from = DateField::new("起日", &mut choices.from, scene.today, &read_day).width(width);
    let (_, from_settled) = from.show_settling(ui);
    let to = DateField::new("止日", &mut choices.to, scene.today, &read_day).width(width);
    let (_, to_settled) = to.show_settling(ui);
    let written = choices.written();
    if (from_settled || to_settled) && written.is_some() && written != choices.settled {
        choices.settled = written;
        ui.ctx().request_repaint();
    }
    if written.is_none() {
        remark(ui, Icon::TriangleAlert, Tone::Amber, "起止日期要写到日，止日不早于起日");
    }
}
