//! Owns who answers for an item, by when, and what is remarked: fields that are written as soon as they are left.
//! Must never lose what is in them: what another item takes the place of is written first. Start at [`Duties`].

use std::collections::BTreeMap;

use egui::Ui;
use serde_json::{Value, json};

use crate::command::{Command, EditChecklistItems};
use crate::domain::checklists::Owner;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistItemId, OrganisationId};
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::typed_date::Yearless;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::talks::people_field::{PeopleField, PeopleLook};
use crate::ui::theme::space;
use crate::ui::widgets::TextField;
use crate::ui::words::filled;
use crate::view::checklists::ItemLine;
use crate::view::talks::Seat;

/// Where there is less room the owner has a line of its own.
const ONE_LINE: f32 = 430.0;

/// The fields of the item that is looked at.
#[derive(Debug, Default)]
pub(super) struct Duties {
    draft: Option<Draft>,
    owner_field: PeopleField,
}

/// What is being written about one item.
#[derive(Debug)]
struct Draft {
    of: ChecklistItemId,
    /// An item that stands by its parts has no reason of its own: it has a note.
    words_field: &'static str,
    owner: Vec<Seat>,
    due: DayField,
    words: String,
    owner_told: Told<Option<Owner>>,
    due_told: Told<Option<PartialDate>>,
    words_told: Told<Option<String>>,
}

/// What the workbook says of a field, and what was sent to it since.
#[derive(Debug)]
struct Told<T> {
    known: T,
    sent: Option<T>,
}

impl<T: PartialEq + Clone> Told<T> {
    fn new(known: T) -> Self {
        Self { known, sent: None }
    }

    /// Takes over what the workbook says now; whether it takes the place of what is `written`, which it does unless
    /// somebody wrote on meanwhile.
    fn follow(&mut self, now: T, written: &T) -> bool {
        if self.known == now {
            return false;
        }
        let is_untouched = *written == self.known || self.sent.as_ref() == Some(written);
        self.known = now;
        self.sent = None;
        is_untouched && *written != self.known
    }

    /// Whether this is neither known nor on its way; from now on it is on its way.
    fn takes(&mut self, written: &T) -> bool {
        let is_new = *written != self.sent.clone().unwrap_or_else(|| self.known.clone());
        if is_new {
            self.sent = Some(written.clone());
        }
        is_new
    }
}

impl Draft {
    fn of(line: &ItemLine, scene: &Scene<'_>) -> Self {
        let words_field = if line.has_parts { "note" } else { "reason" };
        let words = words_of(line);
        Self {
            of: line.item.id,
            words_field,
            owner: seats(line),
            due: day_field(scene, line.item.due),
            words: words.clone().unwrap_or_default(),
            owner_told: Told::new(line.item.owner.clone()),
            due_told: Told::new(line.item.due),
            words_told: Told::new(words),
        }
    }

    /// Takes over what was changed elsewhere: undone, say.
    fn follow(&mut self, line: &ItemLine, scene: &Scene<'_>) {
        let owner = self.owner_now();
        if self.owner_told.follow(line.item.owner.clone(), &owner) {
            self.owner = seats(line);
        }
        if self.due_told.follow(line.item.due, &self.due.date()) {
            self.due = day_field(scene, line.item.due);
        }
        let words = words_of(line);
        if self.words_told.follow(words.clone(), &filled(&self.words)) {
            self.words = words.unwrap_or_default();
        }
    }

    fn owner_now(&self) -> Option<Owner> {
        self.owner.first().map(|seat| match seat.person {
            Some(id) => Owner::Person(id),
            None => Owner::Named(seat.name.clone()),
        })
    }

    /// What is to be written of the fields nobody writes in now.
    fn changes(&mut self, is_writing: [bool; 2]) -> BTreeMap<String, Value> {
        let mut set = BTreeMap::new();
        let owner = self.owner_now();
        if self.owner_told.takes(&owner) {
            match owner {
                Some(Owner::Person(id)) => set.insert("owner_id".to_owned(), json!(id)),
                Some(Owner::Named(name)) => set.insert("owner".to_owned(), json!(name)),
                None => set.insert("owner".to_owned(), Value::Null),
            };
        }
        let due = self.due.date();
        if !is_writing[0] && self.due.is_readable() && self.due_told.takes(&due) {
            set.insert("due".to_owned(), json!(due));
        }
        let words = filled(&self.words);
        if !is_writing[1] && self.words_told.takes(&words) {
            set.insert(self.words_field.to_owned(), json!(words));
        }
        set
    }

    fn write(&mut self, is_writing: [bool; 2], out: &mut Outbox) {
        let set = self.changes(is_writing);
        if !set.is_empty() {
            out.run(slot(), Command::EditChecklistItems(EditChecklistItems { ids: vec![self.of], set }));
        }
    }

    fn is_changed(&self) -> bool {
        self.owner_now() != self.owner_told.known
            || (self.due.is_readable() && self.due.date() != self.due_told.known)
            || filled(&self.words) != self.words_told.known
    }
}

impl Duties {
    /// Draws the fields of an item; `near` is the organisation whose people come first.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, line: &ItemLine, near: OrganisationId, out: &mut Outbox) {
        if let Some(Err(problem)) = scene.finished(&slot()) {
            out.wish(Wish::Problem(problem.clone()));
            self.draft = None;
        }
        let mut draft = match self.draft.take() {
            Some(mut draft) if draft.of == line.item.id => {
                draft.follow(line, scene);
                draft
            }
            other => {
                if let Some(mut left) = other {
                    // A name that was written and not picked is somebody in no roster.
                    if let Some(name) = self.owner_field.pending() {
                        left.owner = vec![Seat::named(name)];
                    }
                    left.write([false, false], out);
                }
                self.owner_field = PeopleField::default();
                Draft::of(line, scene)
            }
        };
        let inherited = if line.item.owner.is_none() { line.owner.as_deref() } else { None };
        let hint = inherited.unwrap_or("选人或写姓名");
        let whole = ui.available_width();
        let is_enabled = scene.frozen.is_none();
        ui.add_enabled_ui(is_enabled, |ui| {
            if whole >= ONE_LINE {
                let owner = ((whole - 2.0 * space::M) / 3.0).floor();
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = space::M;
                    self.owner_ui(ui, scene, near, &mut draft, (owner, hint));
                    rest_ui(ui, &mut draft, owner, whole - 2.0 * owner - 2.0 * space::M, is_enabled, out);
                });
            } else {
                self.owner_ui(ui, scene, near, &mut draft, (whole, hint));
                ui.add_space(space::S);
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = space::M;
                    rest_ui(ui, &mut draft, 144.0, whole - 144.0 - space::M, is_enabled, out);
                });
            }
        });
        self.draft = Some(draft);
    }

    fn owner_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        near: OrganisationId,
        draft: &mut Draft,
        (width, hint): (f32, &str),
    ) {
        let look = PeopleLook::new("责任人", width).one().hint(hint);
        self.owner_field.show(ui, scene, Some(near), &mut draft.owner, look);
    }

    /// Whether something stands in a field that is not written.
    pub fn is_dirty(&self) -> bool {
        self.owner_field.pending().is_some() || self.draft.as_ref().is_some_and(Draft::is_changed)
    }
}

/// The day and the words; then writes what nobody writes in any more.
fn rest_ui(ui: &mut Ui, draft: &mut Draft, due: f32, words: f32, is_enabled: bool, out: &mut Outbox) {
    let writes_due = draft.due.show_writing(ui, "期限", due);
    let label = if draft.words_field == "note" { "备注" } else { "原因" };
    let writes_words = TextField::new(label, &mut draft.words).width(words).show(ui).has_focus();
    if is_enabled {
        draft.write([writes_due, writes_words], out);
    }
}

fn slot() -> Slot {
    Slot::new("checklist duties")
}

fn words_of(line: &ItemLine) -> Option<String> {
    if line.has_parts { line.item.note.clone() } else { line.item.reason.clone() }
}

fn seats(line: &ItemLine) -> Vec<Seat> {
    let Some(owner) = &line.item.owner else { return Vec::new() };
    vec![Seat { person: owner.person(), ..Seat::named(line.owner.as_deref().unwrap_or_default()) }]
}

fn day_field(scene: &Scene<'_>, due: Option<PartialDate>) -> DayField {
    DayField::open(scene.today, due).yearless(Yearless::From(scene.today))
}
