//! Owns what is written of an event: its fields as the table of events has them, and what is to be said about them.
//! Must never write. Start at [`EventForm`].

use egui::Ui;

use crate::clock::Day;
use crate::command::{EditEvent, RecordEvent};
use crate::domain::dates::PartialDate;
use crate::domain::events::{Event, EventKind};
use crate::domain::ids::{EventId, OrganisationId, PersonId};
use crate::ui::dialogs::branch_choice::BranchChoice;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{Chip, Note, Select, TextField, note};
use crate::ui::words::filled;

/// Three fields in a line of the dialog.
const THIRD: f32 = 176.0;
const REST: f32 = 364.0;

/// What is written of an event.
#[derive(Debug, Clone)]
pub struct EventForm {
    pub kind: EventKind,
    pub on: DayField,
    pub branch: Option<OrganisationId>,
    value: String,
    place: String,
    document: String,
    until: DayField,
    receipt: DayField,
    note: String,
    /// Each person has a day of their own: none is asked for.
    pub each_own_day: bool,
    /// The day was written by hand: it no longer follows the kind.
    is_day_own: bool,
}

impl EventForm {
    /// Nothing written yet; the day is today.
    pub fn blank(kind: EventKind, today: Day) -> Self {
        Self {
            kind,
            on: DayField::today(today),
            branch: None,
            value: String::new(),
            place: String::new(),
            document: String::new(),
            until: DayField::open(today, None),
            receipt: DayField::open(today, None),
            note: String::new(),
            each_own_day: false,
            is_day_own: false,
        }
    }

    /// The same with this value in it.
    pub fn valued(mut self, value: &str) -> Self {
        value.clone_into(&mut self.value);
        self
    }

    /// As it was recorded.
    pub fn of(event: &Event, today: Day) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            kind: event.kind,
            on: DayField::at(today, event.day),
            branch: event.named_branch(),
            value: text(&event.value),
            place: text(&event.place),
            document: text(&event.document),
            until: DayField::open(today, event.until),
            receipt: DayField::open(today, event.receipt),
            note: text(&event.note),
            each_own_day: false,
            is_day_own: true,
        }
    }

    /// Another kind is meant: what was written stays, the day is again the usual one.
    pub fn set_kind(&mut self, kind: EventKind, today: Day) {
        self.kind = kind;
        self.value.clear();
        if !self.is_day_own {
            self.on = DayField::today(today);
        }
    }

    /// The usual day of becoming formal: when the probation ends.
    pub fn suggest_day(&mut self, today: Day, end: PartialDate) {
        if !self.is_day_own {
            self.on = DayField::at(today, end);
        }
    }

    /// Until when an extension lasts, as far as it can be read.
    pub fn until(&self) -> Option<PartialDate> {
        self.until.date()
    }

    /// The day, if it can be taken as it stands.
    pub fn day(&self) -> Option<PartialDate> {
        self.on.date().filter(|_| self.on.is_clear())
    }

    /// Whether somebody becomes formal on another day than the one on which the probation ends, as far as both are known.
    pub fn is_not_the_end_of_probation(&self, end: PartialDate) -> bool {
        self.kind == EventKind::Converted && self.on.date().is_some_and(|on| !on.agrees_with(end))
    }

    /// Whether everything that is needed is written, and nothing that cannot be read.
    pub fn is_complete(&self) -> bool {
        let value = self.value.trim();
        let is_valued = if self.kind.has_only_its_values() {
            self.kind.spec().values.contains(&value)
        } else {
            !self.kind.needs_value() || !value.is_empty()
        };
        let needs_until = self.kind == EventKind::Extended;
        let is_after = |until: PartialDate, on: PartialDate| until.first_day() > on.first_day();
        (self.each_own_day || self.day().is_some())
            && (self.kind.begins().is_none() || self.branch.is_some())
            && is_valued
            && (!needs_until || self.until.date().zip(self.day()).is_some_and(|(until, on)| is_after(until, on)))
            && self.until.is_readable()
            && self.receipt.is_clear()
    }

    /// The command that records it of these people.
    pub fn record(&self, ids: Vec<PersonId>, on: PartialDate) -> RecordEvent {
        let spec = self.kind.spec();
        RecordEvent {
            ids,
            kind: self.kind.name().to_owned(),
            on,
            own_days: Vec::new(),
            branch_id: self.branch.filter(|_| self.kind.begins().is_some()),
            value: filled(&self.value).filter(|_| !spec.value_label.is_empty()),
            place: filled(&self.place).filter(|_| !spec.place_label.is_empty()),
            document: filled(&self.document).filter(|_| !self.kind.keeps_only_its_value()),
            until: self.until.date().filter(|_| !spec.until_label.is_empty()),
            receipt: self.receipt.date().filter(|_| !spec.receipt_label.is_empty()),
            note: filled(&self.note).filter(|_| !self.kind.keeps_only_its_value()),
        }
    }

    /// The command that corrects what was recorded.
    pub fn correct(&self, id: EventId, on: PartialDate) -> EditEvent {
        let RecordEvent { branch_id, value, place, document, until, receipt, note, .. } = self.record(Vec::new(), on);
        EditEvent { id, on, branch_id, value, place, document, until, receipt, note }
    }

    /// Draws the fields; gives back whether something was written. Of what is corrected the branch may be gone by now.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        is_new: bool,
        end: Option<PartialDate>,
        extension: Option<(i64, i64)>,
    ) -> bool {
        let spec = self.kind.spec();
        let mut changed = self.when_and_where_ui(ui, scene, is_new, end);
        if !spec.value_label.is_empty() {
            changed |= self.value_ui(ui);
        }
        if !spec.until_label.is_empty() && self.kind == EventKind::Extended {
            changed |= self.extension_ui(ui, end, extension);
        }
        if self.kind.keeps_only_its_value() {
            note(ui, "只记种类和日期，不记经过和文号");
            return changed;
        }
        changed |= self.paper_ui(ui);
        changed | TextField::new("备注", &mut self.note).show(ui).changed()
    }

    fn when_and_where_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, is_new: bool, end: Option<PartialDate>) -> bool {
        let spec = self.kind.spec();
        let asks_branch = self.kind.begins().is_some();
        let asks_place = !spec.place_label.is_empty();
        let mut changed = false;
        if self.each_own_day {
            return changed;
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let probation = end.filter(|_| matches!(self.kind, EventKind::Converted | EventKind::Disqualified));
            let note = probation.map_or(Note::None, |end| Note::Plain(format!("预备期到 {end} 满")));
            let is_changed = self.on.show_noted(ui, day_label(self.kind), THIRD, note);
            self.is_day_own |= is_changed;
            changed |= is_changed;
            if asks_branch {
                let word = if self.kind == EventKind::TransferWithin { "转到" } else { "党支部" };
                let choice = if is_new { BranchChoice::of(scene.tree) } else { BranchChoice::ever(scene.tree) };
                changed |= choice.show(ui, word, &mut self.branch, REST, true);
            } else if asks_place {
                changed |= TextField::new(spec.place_label, &mut self.place).width(REST).show(ui).changed();
            }
        });
        if asks_branch && asks_place {
            changed |= TextField::new(spec.place_label, &mut self.place).show(ui).changed();
        }
        changed
    }

    /// The value with its usual words; any other can be written where the kind has not only these.
    fn value_ui(&mut self, ui: &mut Ui) -> bool {
        let spec = self.kind.spec();
        let mut changed = false;
        if self.kind.has_only_its_values() {
            let mut place = spec.values.iter().position(|word| *word == self.value);
            changed = Select::new(spec.value_label, spec.values, &mut place).required().width(REST).show(ui).changed();
            if let Some(word) = place.and_then(|place| spec.values.get(place)).filter(|_| changed) {
                (*word).clone_into(&mut self.value);
            }
            return changed;
        }
        let field = TextField::new(spec.value_label, &mut self.value);
        let field = if self.kind.needs_value() { field.required() } else { field };
        changed |= field.show(ui).changed();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
            for word in spec.values {
                if Chip::new(word).chosen(self.value == *word).show(ui).response.clicked() {
                    (*word).clone_into(&mut self.value);
                    changed = true;
                }
            }
        });
        changed
    }

    /// Until when: the least and the most that the rules have are offered; what they do not have is said.
    fn extension_ui(&mut self, ui: &mut Ui, end: Option<PartialDate>, months: Option<(i64, i64)>) -> bool {
        let from = end.or(self.on.date());
        let of = |months: i64| from.and_then(|from| from.plus_months(months)).map(|until| (months, until));
        let offers = months.map(|(least, most)| [of(least), of(most)]);
        let mut changed = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let note = match (self.until.date(), offers) {
                (Some(until), Some([Some((least, from)), Some((most, to))])) if until < from || until > to => {
                    let (least, most) = (months_in_words(least), months_in_words(most));
                    Note::Warning(format!("延长不少于{least}、不超过{most}，可照存"))
                }
                _ => Note::None,
            };
            changed |= self.until.show_noted(ui, self.kind.spec().until_label, THIRD, note);
            ui.vertical(|ui| {
                ui.add_space(22.0);
                ui.horizontal(|ui| {
                    for (months, offer) in offers.into_iter().flatten().flatten() {
                        let chosen = self.until.date() == Some(offer);
                        let word = format!("延长{}", months_in_words(months));
                        if Chip::new(&word).chosen(chosen).show(ui).response.clicked() {
                            self.until.set(offer);
                            changed = true;
                        }
                    }
                });
            });
        });
        changed
    }

    /// Number of the paper, how long it is good, when its receipt came.
    fn paper_ui(&mut self, ui: &mut Ui) -> bool {
        let spec = self.kind.spec();
        let mut changed = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            changed |= TextField::new(spec.document_label, &mut self.document).width(THIRD).show(ui).changed();
            if !spec.until_label.is_empty() && self.kind != EventKind::Extended {
                changed |= self.until.show(ui, spec.until_label, THIRD);
            }
            if !spec.receipt_label.is_empty() {
                let is_early = self.receipt.date().is_some() && !self.receipt.is_clear();
                let note = if is_early { Note::Fault("还没到这一天".to_owned()) } else { Note::None };
                changed |= self.receipt.show_noted(ui, spec.receipt_label, THIRD, note);
            }
        });
        changed
    }
}

/// 「半年」「一年」「9 个月」
fn months_in_words(months: i64) -> String {
    match months {
        6 => "半年".to_owned(),
        12 => "一年".to_owned(),
        other => format!(" {other} 个月"),
    }
}

/// What the day is called.
fn day_label(kind: EventKind) -> &'static str {
    match kind {
        EventKind::TransferIn => "转入日期",
        EventKind::TransferWithin => "自哪天起",
        EventKind::TransferOut => "转出日期",
        EventKind::Lost => "失去联系日期",
        EventKind::Accepted => "支部大会通过日期",
        EventKind::Converted => "转正日期",
        EventKind::Died => "去世日期",
        EventKind::LeftParty => "出党日期",
        EventKind::Honour => "表彰日期",
        EventKind::Discipline => "处分日期",
        _ => "日期",
    }
}
