//! 记变动 and its correction: one dialog for everything that happens to people, driven by the table of events.
//! Must never write: it wishes for one command. Start at [`EventDialog`].

mod each_own_day;
mod form;
mod receipt;
mod words;

use egui::{Context, Key, Modifiers, Ui};

use super::fact_history::FactHistory;
use super::people::People;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::clock::Day;
use crate::command::{Command, RecordEvent, RemoveEvent};
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::FactKind;
use crate::domain::ids::PersonId;
use crate::domain::probation::ProbationRule;
use crate::engine::questions::{Member, Probation};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, Icon, Select, Tone, keyboard, label, note, remark};
use crate::view::member::MemberPage;
use each_own_day::EachOwnDay;
use form::EventForm;
use words::{Told, outcome};

pub use receipt::Receipt;

/// The dialog 记变动.
#[derive(Debug)]
pub struct EventDialog {
    people: People,
    /// Of the only person: for the usual days and for what will be so.
    page: Live<Member>,
    probation: Live<Probation>,
    kind: Option<EventKind>,
    form: Option<EventForm>,
    /// Of several who become formal.
    each: EachOwnDay,
    /// The value that the form begins with.
    value: &'static str,
    /// The event that is corrected.
    corrected: Option<Event>,
    /// The usual day was put in.
    is_suggested: bool,
    saving: Saving,
}

impl EventDialog {
    /// Records something of these people; `kind` is what the dialog begins with.
    pub fn new(ids: Vec<PersonId>, kind: Option<EventKind>) -> Self {
        Self {
            people: People::new(ids),
            page: Live::default(),
            probation: Live::default(),
            kind,
            form: None,
            each: EachOwnDay::default(),
            value: "",
            corrected: None,
            is_suggested: false,
            saving: Saving::new("event"),
        }
    }

    /// Records something of a person whose value is known already.
    pub fn with_value(id: PersonId, kind: EventKind, value: &'static str) -> Self {
        Self { value, ..Self::new(vec![id], Some(kind)) }
    }

    /// Corrects what was recorded of a person, or takes it out.
    pub fn correcting(event: Event) -> Self {
        let dialog = Self::new(vec![event.person], Some(event.kind));
        Self { corrected: Some(event), is_suggested: true, ..dialog }
    }

    fn ask(&mut self, scene: &Scene<'_>) {
        self.people.ask(scene);
        self.probation.ask(scene, Probation);
        if let [only] = self.people.ids[..] {
            self.page.ask(scene, Member { id: only, as_of: scene.today });
        }
        if self.form.is_none() {
            self.form = match (&self.corrected, self.kind) {
                (Some(event), _) => Some(EventForm::of(event, scene.today)),
                (None, Some(kind)) => Some(EventForm::blank(kind, scene.today).valued(self.value)),
                (None, None) => None,
            };
        }
        let several = self.are_several_converted();
        if several {
            self.each.ask(scene, &self.people.ids);
        }
        if let Some(form) = &mut self.form {
            form.each_own_day = several && self.each.is_chosen();
        }
        let end = self.page.shown().and_then(Option::as_ref).and_then(|page| page.probation_ends);
        if let (Some(end), Some(form)) = (end, &mut self.form)
            && form.kind == EventKind::Converted
            && !std::mem::replace(&mut self.is_suggested, true)
        {
            form.suggest_day(scene.today, end);
        }
    }

    /// Several become formal: each has a probation of their own.
    fn are_several_converted(&self) -> bool {
        self.people.ids.len() > 1 && self.kind == Some(EventKind::Converted)
    }

    /// What is offered: for one person what can happen to them, for several everything.
    fn kinds(&self, scene: &Scene<'_>) -> Vec<EventKind> {
        let page = self.page.shown().and_then(Option::as_ref);
        EventKind::all()
            .filter(|kind| match page {
                Some(page) => page.file.may_happen(*kind, scene.today) || Some(*kind) == self.kind,
                None => self.people.ids.len() > 1 || Some(*kind) == self.kind,
            })
            .collect()
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        label(ui, &self.people.words());
        let mut changed = false;
        if self.corrected.is_none() {
            changed |= self.kind_ui(ui, scene);
        }
        let several = self.are_several_converted();
        let page = self.page.shown().and_then(Option::as_ref);
        let end = page.and_then(|page| page.probation_ends);
        let Some(form) = &mut self.form else {
            note(ui, "先选是哪种变动");
            return;
        };
        let article = form.kind.spec().article;
        if !article.is_empty() {
            note(ui, &format!("依据：{article}"));
        }
        let extension = self.probation.shown().map(|rule| rule.extension);
        let was_extended = |page: &MemberPage| page.events.iter().any(|event| event.kind == EventKind::Extended);
        if form.kind == EventKind::Extended && self.corrected.is_none() && page.is_some_and(was_extended) {
            remark(ui, Icon::TriangleAlert, Tone::Amber, "预备期已经延长过，一般只延长一次，可照存");
        }
        if several {
            changed |= self.each.choice_ui(ui);
            form.each_own_day = self.each.is_chosen();
        }
        if form.each_own_day {
            self.each.preview_ui(ui, scene.today, None);
            remark(ui, Icon::Info, Tone::Act, &self.each.outcome(scene.today));
        }
        changed |= form.show(ui, scene, self.corrected.is_none(), end, extension);
        if several && !form.each_own_day {
            self.each.preview_ui(ui, scene.today, form.day());
        }
        if let Some(end) = end.filter(|end| form.is_not_the_end_of_probation(*end)) {
            let words = format!("转正时间是预备期满的那天（{end}），支部大会晚开也不变；可照存");
            remark(ui, Icon::TriangleAlert, Tone::Amber, &words);
        }
        let is_new = self.corrected.is_none();
        // Where each has a day of their own it was told above, person by person.
        let outcome = told(form, self.probation.shown().copied(), scene).filter(|_| is_new && !form.each_own_day);
        if let Some(words) = outcome.and_then(|told| outcome_words(told, page)) {
            remark(ui, Icon::Info, Tone::Act, &words);
        } else if !is_new {
            note(ui, &moves_words(form.kind));
        }
        if changed {
            self.saving.forget();
        }
    }

    fn kind_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> bool {
        let kinds = self.kinds(scene);
        let words: Vec<&str> = kinds.iter().map(|kind| kind.label()).collect();
        let mut place = self.kind.and_then(|kind| kinds.iter().position(|known| *known == kind));
        let changed = Select::new("哪种变动", &words, &mut place).required().width(280.0).show(ui).changed();
        let chosen = place.and_then(|place| kinds.get(place)).copied();
        if let Some(kind) = chosen.filter(|_| changed) {
            self.kind = Some(kind);
            self.is_suggested = false;
            match &mut self.form {
                Some(form) => form.set_kind(kind, scene.today),
                None => self.form = Some(EventForm::blank(kind, scene.today)),
            }
        }
        changed
    }

    fn save(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        let Some(form) = &self.form else { return };
        let command = match (&self.corrected, form.each_own_day) {
            (None, true) => self.each_own_day(form, scene.today).map(Command::RecordEvent),
            (None, false) => form.day().map(|on| Command::RecordEvent(form.record(self.people.ids.clone(), on))),
            (Some(event), _) => form.day().map(|on| Command::EditEvent(form.correct(event.id, on))),
        };
        if let Some(command) = command {
            self.saving.run(out, command);
        }
    }

    /// Those whose probation has ended become formal, each on their own day, as one change.
    fn each_own_day(&self, form: &EventForm, today: Day) -> Option<RecordEvent> {
        let own_days = self.each.days(today);
        let last = own_days.iter().map(|own| own.on).max_by_key(|on| on.first_day())?;
        let ids = own_days.iter().map(|own| own.id).collect();
        Some(RecordEvent { own_days, ..form.record(ids, last) })
    }
}

fn told<'a>(form: &EventForm, probation: Option<ProbationRule>, scene: &'a Scene<'_>) -> Option<Told<'a>> {
    let branch = scene.tree.iter().find(|line| Some(line.organisation.id) == form.branch);
    Some(Told {
        kind: form.kind,
        on: form.day()?,
        branch: branch.map(|line| line.organisation.shown_name()),
        until: form.until(),
        probation,
    })
}

fn outcome_words(told: Told<'_>, page: Option<&MemberPage>) -> Option<String> {
    outcome(told, page.map(|page| &page.file), page.map_or(&[], |page| &page.events))
}

/// What a correction takes along, and what it leaves.
fn moves_words(kind: EventKind) -> String {
    let moves = kind.spec().moves;
    let labels: Vec<&str> = FactKind::ALL.iter().filter(|fact| moves.contains(fact)).map(|fact| fact.label()).collect();
    let along = match (kind, labels.is_empty()) {
        (EventKind::Accepted, _) => "改日期时，入党时间一起改；".to_owned(),
        (EventKind::Converted, _) => "改日期时，转正时间一起改；".to_owned(),
        (_, true) => String::new(),
        (_, false) => format!("改日期时，同日起止的{}一起改；", labels.join("、")),
    };
    let branch =
        kind.begins().map(|fact| format!("改党支部时，从那天起的{}一起改；", fact.label())).unwrap_or_default();
    format!("{along}{branch}删掉的只是这条记录，组织关系、职务等照旧，错了在“历次变动”里更正")
}

impl Dialog for EventDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.ask(scene);
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let ready = !self.saving.is_under_way();
        let is_new = self.corrected.is_none();
        let has_days = |form: &EventForm| !form.each_own_day || !self.each.days(scene.today).is_empty();
        let may = ready && self.form.as_ref().is_some_and(|form| form.is_complete() && has_days(form));
        let title = match self.kind.filter(|_| !is_new) {
            Some(kind) => format!("更正 {}", kind.label()),
            None => "记变动".to_owned(),
        };
        let mut dialog = widgets::Dialog::new("event", &title, "取消").width(600.0).focus_body();
        dialog = if is_new {
            dialog.primary(Choice::new("记下").enabled(may))
        } else {
            let remove = Choice::new("删掉").careful().enabled(ready);
            dialog.link("历次变动…").plain(remove).primary(Choice::new("更正").enabled(may))
        };
        let answered = dialog.show(ctx, |ui| self.body_ui(ui, scene));
        let by_key = may && keyboard::pressed(ctx, Modifiers::COMMAND, Key::S);
        match (answered.answer.or(by_key.then_some(Answer::Primary)), &self.corrected) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), _) if may => self.save(scene, out),
            (Some(Answer::Plain), Some(event)) if ready => {
                let command = Command::RemoveEvent(RemoveEvent { id: event.id });
                self.saving.run(out, command);
            }
            (Some(Answer::Link), Some(event)) => {
                out.open(FactHistory::new(event.person));
                return Stay::Closed;
            }
            _ => {}
        }
        Stay::Open
    }
}
