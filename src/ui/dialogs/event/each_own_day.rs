//! Owns on which day each of several people becomes formal: by default when the own probation ends, extended where it
//! was extended; or all on one day. Must never write. Start at [`EachOwnDay`].

use std::sync::Arc;

use egui::{ScrollArea, Ui};

use crate::clock::Day;
use crate::command::OwnDay;
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::PersonId;
use crate::domain::members::Category;
use crate::engine::questions::Rows;
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::theme::height;
use crate::ui::widgets::{Field, Segments, grouped, key_value};
use crate::view::members::MemberRow;

/// Lines that are seen at once where there is room.
const SEEN: f32 = 6.0;
/// What the dialog and its other parts take of the height of the window.
const BESIDE: f32 = 520.0;
/// Width of the names.
const NAME: f32 = 96.0;

/// The days of several people.
#[derive(Debug)]
pub struct EachOwnDay {
    rows: Live<Rows>,
    fields: Arc<Vec<FieldKey>>,
    /// One day is meant for all.
    is_one_day: bool,
}

impl Default for EachOwnDay {
    fn default() -> Self {
        Self { rows: Live::default(), fields: Arc::new(vec![Known::Name.into()]), is_one_day: false }
    }
}

impl EachOwnDay {
    /// Asks when the probation of each ends.
    pub fn ask(&mut self, scene: &Scene<'_>, ids: &[PersonId]) {
        let fields = Arc::clone(&self.fields);
        self.rows.ask(scene, Rows { ids: ids.to_vec(), as_of: scene.today, fields, unmasked: false });
    }

    /// Whether each has a day of their own.
    pub fn is_chosen(&self) -> bool {
        !self.is_one_day
    }

    /// Those who become formal, each with the own day; who is not on probation, or whose probation goes on, does not.
    pub fn days(&self, today: Day) -> Vec<OwnDay> {
        let own = |row: &MemberRow| Some(OwnDay { id: row.id, on: ended(row, today)? });
        self.shown().iter().filter_map(own).collect()
    }

    fn shown(&self) -> &[MemberRow] {
        self.rows.shown().map_or(&[], Vec::as_slice)
    }

    /// Draws the choice; gives back whether it was changed.
    pub fn choice_ui(&mut self, ui: &mut Ui) -> bool {
        let mut changed = false;
        Field::new("日期").show(ui, |ui, _| {
            let words = ["各按预备期满", "同一天"];
            if let Some(index) = Segments::new("日期", &words, Some(usize::from(self.is_one_day))).show(ui) {
                changed = self.is_one_day != (index == 1);
                self.is_one_day = index == 1;
            }
        });
        changed
    }

    /// What becomes of each, a line a person; those who are left out come first, so that nobody overlooks them.
    pub fn preview_ui(&self, ui: &mut Ui, today: Day, one_day: Option<PartialDate>) {
        let (taken, left_out): (Vec<&MemberRow>, Vec<&MemberRow>) =
            self.shown().iter().partition(|row| self.is_one_day || ended(row, today).is_some());
        let rows: Vec<&MemberRow> = left_out.into_iter().chain(taken).collect();
        let room = (ui.ctx().content_rect().height() - BESIDE).clamp(height::TREE * 3.0, height::TREE * SEEN);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let area = ScrollArea::vertical().id_salt("each own day").max_height(room).auto_shrink([false, true]);
            area.show_rows(ui, height::TREE, rows.len(), |ui, seen| {
                for row in rows.get(seen).unwrap_or_default() {
                    let name = row.cells.first().and_then(Option::as_deref).unwrap_or_default();
                    let (day, note) = if self.is_one_day { words_of_one_day(row, one_day) } else { words(row, today) };
                    key_value(ui, NAME, name, &day, &note);
                }
            });
        });
    }

    /// 「3 人各自本人预备期满日起是正式党员，党龄从那天算起；其余 2 人不记」
    pub fn outcome(&self, today: Day) -> String {
        let (all, taken) = (self.shown().len(), self.days(today).len());
        if taken == 0 {
            return "没有预备期已满的人".to_owned();
        }
        let rest =
            if all > taken { format!("；其余 {} 人不记", grouped((all - taken) as u64)) } else { String::new() };
        let taken = grouped(taken as u64);
        format!("{taken} 人各自本人预备期满日起是正式党员，党龄从那天算起{rest}")
    }
}

/// The day on which a probation ended, if it has.
fn ended(row: &MemberRow, today: Day) -> Option<PartialDate> {
    row.probation_ends.filter(|end| end.first_day() <= today)
}

/// The own day, or none and why.
fn words(row: &MemberRow, today: Day) -> (String, String) {
    match (ended(row, today), row.probation_ends, row.category) {
        (Some(end), ..) => (end.to_string(), "预备期满".to_owned()),
        (None, Some(end), _) => (String::new(), format!("预备期到 {end} 满，还没到")),
        (None, None, Some(Category::Probationary)) => (String::new(), "入党时间不详，请单独记".to_owned()),
        (None, None, category) => (String::new(), not_on_probation(category)),
    }
}

/// The day of all, and when the own probation ends.
fn words_of_one_day(row: &MemberRow, day: Option<PartialDate>) -> (String, String) {
    let end = row.probation_ends.map(|end| format!("预备期到 {end} 满"));
    let note = match (end, row.category) {
        (Some(end), _) => end,
        (None, Some(Category::Probationary)) => "入党时间不详".to_owned(),
        (None, category) => not_on_probation(category),
    };
    (day.map(|day| day.to_string()).unwrap_or_default(), note)
}

fn not_on_probation(category: Option<Category>) -> String {
    format!("{}，不是预备党员", category.map_or("类别不详", Category::label))
}
