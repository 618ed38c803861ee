//! What was pressed on the page, and what comes of it.
//! Must never draw anything. Start at [`ImportScreen::take_press`].

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use egui::Ui;

use super::work::{Given, More};
use super::{ADD_SLOT, ImportScreen, PROBLEMS_SLOT, Step, UNDO_SLOT, WRITE_SLOT, roster_ask, second_press};
use crate::clock::Day;
use crate::command::{Command, ImportRoster};
use crate::domain::ids::{EntryId, PersonId};
use crate::domain::import_layout::Meaning;
use crate::domain::imports::{GoneDecision, RosterKind};
use crate::engine::folders::FileAsk;
use crate::exchange::export::problem_sheet_ending;
use crate::ui::app::IMPORT_SLOT;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::screens::Page;

/// What was pressed on the page.
pub(super) enum Press {
    Choose,
    Add,
    Paste(String),
    Step(Step),
    /// Another sheet of what was opened.
    Sheet(usize),
    /// What a column of the table that is stood in means.
    Tell {
        column: usize,
        means: Option<Meaning>,
    },
    /// The same of the table whose heads begin in this row.
    TellAt {
        row: usize,
        column: usize,
        means: Option<Meaning>,
    },
    /// Of what kind the lists are.
    Kind(RosterKind),
    /// The person will show which rows hold the heads.
    Point,
    PointAt(Range<usize>),
    /// The heads that were found hold after all.
    PointNoMore,
    /// A cell is to be seen on the sheet: that of a field, else that which names the record.
    Show {
        file: usize,
        sheet: Arc<str>,
        row: u32,
        field: &'static str,
        beside: usize,
    },
    ExportProblems,
    Leave,
    /// From a problem back to what is there.
    Back,
    Write,
    ShowWritten(RosterKind),
    Undo(Option<EntryId>),
    Day(Day),
    Answer {
        card: usize,
        only: Option<usize>,
        given: Vec<Given>,
    },
    /// What was answered in a card is taken back, or one answer of it.
    AskAgain {
        card: usize,
        only: Option<usize>,
    },
    /// The cells of a card are looked at one by one, or no longer.
    Turn(usize),
    PutOff {
        card: usize,
        is_off: bool,
    },
    /// The column with the questions opens or closes.
    ToggleColumn,
    Decide(PersonId, GoneDecision),
    Open(PersonId),
    /// Fields of a row of the plan stay as they are, or change after all.
    Refuse {
        row: usize,
        fields: BTreeSet<String>,
        is_refused: bool,
    },
}

impl Press {
    /// Whether it leads on, or takes an answer back: pressed twice in haste by a key it must count once.
    fn goes_on(&self) -> bool {
        matches!(self, Self::Step(_) | Self::Write | Self::Leave | Self::AskAgain { .. } | Self::Undo(_))
    }
}

impl ImportScreen {
    /// Does what was pressed, but for the second press of a double click.
    pub(super) fn take_press(&mut self, ui: &Ui, press: Press, scene: &Scene<'_>, out: &mut Outbox) {
        if self.second_press.is_it(ui, press.goes_on()) {
            return;
        }
        let is_by_key = second_press::pointer(ui).is_none();
        match press {
            Press::Choose => out.choose_file(Slot::new(IMPORT_SLOT), roster_ask()),
            Press::Add => out.choose_file(Slot::new(ADD_SLOT), roster_ask()),
            Press::Leave => self.leave(out),
            Press::Back => self.problem = None,
            Press::Paste(text) => {
                *self = Self { last_pass: self.last_pass, ..Self::default() };
                self.begin(scene, More { paths: Vec::new(), pasted: Some(text) });
            }
            Press::Step(step) => {
                if self.step < Step::People && step >= Step::People {
                    self.remember(scene, out);
                }
                self.step = step;
                self.view.is_column_open = false;
            }
            Press::Sheet(sheet) => {
                self.view.sheet = sheet;
                (self.view.spot, self.view.pointed_from, self.view.top) = (None, None, 0);
            }
            Press::Tell { column, means } => {
                self.tell(self.view.spot.map_or(self.view.top, |spot| spot.0), column, means, scene);
            }
            Press::TellAt { row, column, means } => self.tell(row, column, means, scene),
            Press::Kind(kind) => self.tell_kind(kind, scene),
            Press::Point => {
                self.problem = None;
                self.step = Step::Recognise;
                self.view.is_pointing = true;
                self.remark = "";
            }
            Press::PointNoMore => {
                self.view.is_pointing = false;
                self.remark = "";
            }
            Press::PointAt(rows) => self.point_at(&rows, scene),
            Press::Show { file, sheet, row, field, beside } => self.show_cell((file, &sheet, row), field, beside),
            Press::ExportProblems => out.choose_file(Slot::new(PROBLEMS_SLOT), self.problems_ask()),
            Press::Write => self.write(out),
            Press::ShowWritten(kind) => {
                *self = Self { last_pass: self.last_pass, ..Self::default() };
                out.go(match kind {
                    RosterKind::Organisations => Page::Organisations,
                    RosterKind::Talks => Page::Talks,
                    RosterKind::Members | RosterKind::None => Page::Members,
                });
            }
            Press::Undo(entry) => out.undo(Slot::new(UNDO_SLOT), entry, false),
            Press::Day(day) => {
                self.day = Some(day.min(scene.today));
                self.compare(scene);
            }
            Press::Answer { card, only, given } => {
                self.given.extend(given);
                self.answers_changed((card, only), is_by_key, scene);
            }
            Press::AskAgain { card, only } => {
                let files = self.preview.as_ref().map_or(&[][..], |preview| &preview.plan.file_names);
                let answered = self.view.cards.answered(card, only, files);
                self.given.retain(|one| !answered.contains(&one.place));
                self.answers_changed((card, only), is_by_key, scene);
            }
            Press::Turn(card) => self.view.cards.turn(card),
            Press::PutOff { card, is_off } => self.view.cards.put_off(card, is_off),
            Press::ToggleColumn => self.toggle_column(),
            Press::Decide(person, decision) => self.decide(person, decision),
            Press::Open(person) => out.go(Page::Member(person)),
            Press::Refuse { row, fields, is_refused } => self.refuse(row, fields, is_refused, scene),
        }
    }

    /// Other answers: the card shows them at once, and the lists are compared anew.
    fn answers_changed(&mut self, (card, only): (usize, Option<usize>), is_by_key: bool, scene: &Scene<'_>) {
        let cards = &mut self.view.cards;
        if let Some(preview) = &self.preview {
            cards.take(&self.given, &preview.plan.file_names);
        }
        cards.into = cards.get(card).filter(|_| is_by_key).map(|card| (card.asked.key.clone(), only));
        self.compare(scene);
    }

    /// Opens or closes the column with the questions. A row that is open stands in its place, and closes for it.
    fn toggle_column(&mut self) {
        let was_row = self.step == Step::People && self.view.looking.take().is_some();
        self.view.is_column_open = was_row || !self.view.is_column_open;
    }

    /// Goes to a cell of the sheet.
    fn show_cell(&mut self, (file, sheet, row): (usize, &str, u32), field: &str, beside: usize) {
        let is_it = |one: &super::Pictured| one.file == file && one.picture.sheet_name() == sheet;
        let Some(at) = self.pictured.iter().position(is_it) else { return };
        let column = self.pictured[at].picture.column_of(row, field, Some(beside)).unwrap_or(0);
        self.view.sheet = at;
        self.view.spot = Some((row.saturating_sub(1) as usize, column));
        self.view.reveal = self.view.spot;
        self.step = Step::Recognise;
    }

    fn problems_ask(&self) -> FileAsk {
        let [only] = &self.opened[..] else {
            // Each gets its own name before this one.
            return FileAsk::save("导出问题表", "Excel", "xlsx", "问题.xlsx");
        };
        let (name, ending) = (only.name(), problem_sheet_ending(only));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        FileAsk::save("导出问题表", "Excel", ending, &format!("{stem}-问题.{ending}"))
    }

    /// What becomes of somebody who stands in no row.
    fn decide(&mut self, person: PersonId, decision: GoneDecision) {
        self.decisions.insert(person, decision);
        let gone = self.preview.iter_mut().flat_map(|preview| &mut preview.plan.gone);
        for one in gone.filter(|one| one.person == person) {
            one.decision = decision;
        }
    }

    /// Changes of somebody are refused, or taken after all.
    fn refuse(&mut self, row: usize, fields: BTreeSet<String>, is_refused: bool, scene: &Scene<'_>) {
        let Some(plan) = self.preview.as_ref().map(|preview| &preview.plan) else { return };
        let Some(row) = plan.rows.get(row) else { return };
        let file = plan.file_names.get(row.file).cloned().unwrap_or_default();
        let place = (file, row.sheet.to_string(), row.row, row.beside);
        let held = self.refused.entry(place.clone()).or_default();
        if is_refused {
            held.extend(fields);
        } else {
            held.retain(|field| !fields.contains(field));
        }
        if held.is_empty() {
            self.refused.remove(&place);
        }
        self.compare(scene);
    }

    /// A column means something else: the files are understood again.
    fn tell(&mut self, row: usize, column: usize, means: Option<Meaning>, scene: &Scene<'_>) {
        let Some(pictured) = self.pictured.get(self.view.sheet).or(self.pictured.first()) else { return };
        let Some(table) = pictured.table_of(row, column) else { return };
        self.said.tell(table, column, means, pictured.picture.file_name());
        self.begin(scene, More::default());
    }

    /// The lists are of another kind: all of them, for an import is of one kind.
    fn tell_kind(&mut self, kind: RosterKind, scene: &Scene<'_>) {
        for reading in self.readings.iter() {
            self.said.tell_kind(&reading.tables, kind, &reading.file_name);
        }
        self.begin(scene, More::default());
    }

    /// These rows hold the heads.
    fn point_at(&mut self, rows: &Range<usize>, scene: &Scene<'_>) {
        let Some(pictured) = self.pictured.get(self.view.sheet).or(self.pictured.first()) else { return };
        let name = pictured.picture.file_name();
        let number = |row: usize| u32::try_from(row).unwrap_or(u32::MAX);
        match pictured.picture.heads_in(number(rows.start + 1)..=number(rows.end), name) {
            Ok(layout) => {
                self.said.point_at(layout, &pictured.picture.tables, name);
                self.remark = "";
                self.view.is_pointing = false;
                self.view.pointed_from = None;
                self.begin(scene, More::default());
            }
            Err(why) => self.remark = why,
        }
    }

    fn write(&mut self, out: &mut Outbox) {
        let Some(preview) = &self.preview else { return };
        self.is_writing = true;
        self.remark = "";
        let command = ImportRoster { plan: preview.plan.clone() };
        out.run(Slot::new(WRITE_SLOT), Command::ImportRoster(command));
    }
}
