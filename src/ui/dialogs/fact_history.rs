//! 历次变动: every dated fact of a member as a row; any of them can be corrected, taken out, or added.
//! Must never write: it wishes for one command a row. Start at [`FactHistory`].

use egui::{Align, Context, Key, Layout, Modifiers, Ui, vec2};

use super::branch_choice::BranchChoice;
use super::day_field::DayField;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{Command, RemoveFact, SetFact};
use crate::domain::dates::Span;
use crate::domain::fields::FactKind;
use crate::domain::ids::{FactId, OrganisationId, PersonId};
use crate::domain::members::{Fact, FactFault, FactPart, PersonFile, days, fact_faults};
use crate::engine::questions::Member;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, Answer, Choice, Icon, Note, Select, TextField, Tone, keyboard, note, pick_row, quiet_line, remark, section,
    vertical_rule,
};
use crate::ui::words::filled;
use crate::view::member::MemberPage;

/// Height of the part below the title.
const BODY: f32 = 400.0;
const LIST: f32 = 500.0;

/// What a floating fact can say: floats out, does not, floats in.
const FLOATING: [&str; 3] = ["是", "否", FLOATS_IN];
const FLOATS_IN: &str = "流入";
const LOST: [&str; 2] = ["是", "否"];

/// The dialog 历次变动.
#[derive(Debug)]
pub struct FactHistory {
    person: PersonId,
    page: Live<Member>,
    /// The row that the form was filled from; `None` for a new one.
    chosen: Option<FactId>,
    form: Option<FactForm>,
    /// To be chosen as soon as it is known.
    wanted: Option<FactId>,
    saving: Saving,
}

/// One fact, as it is written.
#[derive(Debug, Clone)]
struct FactForm {
    kind: FactKind,
    organisation: Option<OrganisationId>,
    value: String,
    place: String,
    from: DayField,
    to: DayField,
    is_changed: bool,
}

impl FactForm {
    fn blank(scene: &Scene<'_>) -> Self {
        Self {
            kind: FactKind::Membership,
            organisation: None,
            value: String::new(),
            place: String::new(),
            from: DayField::open(scene.today, None),
            to: DayField::open(scene.today, None),
            is_changed: false,
        }
    }

    fn of(fact: &Fact, scene: &Scene<'_>) -> Self {
        Self {
            kind: fact.kind,
            organisation: fact.organisation,
            value: fact.value.clone().unwrap_or_default(),
            place: fact.place.clone().unwrap_or_default(),
            from: DayField::open(scene.today, fact.span.from),
            to: DayField::open(scene.today, fact.span.to),
            is_changed: false,
        }
    }

    /// Whether the fact names an organisation: a floating one only where somebody floats in.
    fn needs_organisation(&self) -> bool {
        match self.kind {
            FactKind::Membership | FactKind::Group | FactKind::Post => true,
            FactKind::Floating => self.value == FLOATS_IN,
            FactKind::Status | FactKind::Lost | FactKind::Unable => false,
        }
    }

    /// What cannot be so as it is written.
    fn faults(&self, file: &PersonFile, id: Option<FactId>, scene: &Scene<'_>) -> Vec<FactFault> {
        let organisation = self.organisation.filter(|_| self.needs_organisation());
        let wanted = Fact {
            id: id.unwrap_or(FactId(0)),
            person: file.person.id,
            kind: self.kind,
            organisation,
            value: Some(self.value.trim().to_owned()),
            place: None,
            span: Span { from: self.from.date(), to: self.to.date() },
            position: None,
        };
        let named = scene.tree.iter().find(|line| Some(line.organisation.id) == organisation);
        fact_faults(&wanted, file, named.map(|line| &line.organisation), scene.today)
    }

    fn may_save(&self) -> bool {
        let complete = match self.kind {
            FactKind::Membership | FactKind::Group => self.organisation.is_some(),
            FactKind::Post => self.organisation.is_some() && !self.value.trim().is_empty(),
            FactKind::Floating => !self.value.is_empty() && (!self.needs_organisation() || self.organisation.is_some()),
            FactKind::Status | FactKind::Lost | FactKind::Unable => !self.value.trim().is_empty(),
        };
        complete && self.is_changed && self.from.is_readable() && self.to.is_readable()
    }

    fn command(&self, person_id: PersonId, id: Option<FactId>) -> SetFact {
        SetFact {
            id,
            person_id,
            kind: self.kind.name().to_owned(),
            organisation_id: self.organisation.filter(|_| self.needs_organisation()),
            value: filled(&self.value),
            place: filled(&self.place),
            from: self.from.date(),
            to: self.to.date(),
        }
    }
}

impl FactHistory {
    /// The history of a person.
    pub fn new(person: PersonId) -> Self {
        Self {
            person,
            page: Live::default(),
            chosen: None,
            form: None,
            wanted: None,
            saving: Saving::new("fact_history"),
        }
    }

    /// The same, with this row opened.
    pub fn at(person: PersonId, fact: FactId) -> Self {
        Self { wanted: Some(fact), ..Self::new(person) }
    }

    fn choose(&mut self, fact: &Fact, scene: &Scene<'_>) {
        self.chosen = Some(fact.id);
        self.form = Some(FactForm::of(fact, scene));
        self.saving.forget();
    }

    fn prepare(&mut self, scene: &Scene<'_>) {
        self.page.ask(scene, Member { id: self.person, as_of: scene.today });
        if let Some(receipt) = self.saving.take(scene) {
            self.wanted = receipt.made.map(FactId).or(self.wanted);
            self.form = None;
        }
        let page = self.page.current().and_then(Option::as_ref);
        let found = self.wanted.and_then(|wanted| page?.file.facts.iter().find(|fact| fact.id == wanted)).cloned();
        if let Some(fact) = found {
            self.wanted = None;
            self.choose(&fact, scene);
        }
    }

    fn list_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let Some(page) = self.page.shown().and_then(Option::as_ref) else {
            note(ui, "正在读取…");
            return;
        };
        let mut chosen = None;
        for kind in FactKind::ALL {
            let facts: Vec<&Fact> = page.file.facts.iter().filter(|fact| fact.kind == kind).collect();
            if facts.is_empty() {
                continue;
            }
            section(ui, kind.label(), "");
            for fact in facts {
                let words = words_of(fact, page);
                let days = days(fact.span);
                let is_chosen = self.chosen == Some(fact.id) && self.form.is_some();
                if pick_row(ui, &words, &days, is_chosen).clicked() {
                    chosen = Some(fact.clone());
                }
            }
            ui.add_space(space::M);
        }
        if page.file.facts.is_empty() {
            quiet_line(ui, "没有记下变动");
        }
        if let Some(fact) = chosen {
            self.choose(&fact, scene);
        }
    }

    fn form_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        let is_new = self.chosen.is_none();
        let faults = self.faults(scene);
        let Some(form) = &mut self.form else {
            quiet_line(ui, "在左边选一条更正，或补记一条");
            return;
        };
        section(ui, if is_new { "补记一条" } else { "更正这一条" }, "");
        let width = ui.available_width();
        let mut changed = false;
        if is_new {
            let words = FactKind::ALL.map(FactKind::label);
            let mut place = FactKind::ALL.iter().position(|kind| *kind == form.kind);
            if Select::new("哪一种", &words, &mut place).width(width).show(ui).changed()
                && let Some(place) = place
            {
                form.kind = FactKind::ALL[place];
                form.organisation = None;
                form.value.clear();
                changed = true;
            }
        }
        let said = |part: FactPart| faults.iter().find(|fault| fault.at == part).map(|fault| fault.sentence.clone());
        changed |= content_ui(ui, scene, form, width);
        if let Some(sentence) = said(FactPart::Organisation) {
            remark(ui, Icon::CircleAlert, Tone::Hard, &sentence);
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let half = (width - space::M) / 2.0;
            let note = |part: FactPart| said(part).map_or(Note::None, Note::Fault);
            changed |= form.from.show_noted(ui, "起（空着为不详）", half, note(FactPart::From));
            changed |= form.to.show_noted(ui, "止（空着为至今）", half, note(FactPart::To));
        });
        note(ui, "止的那一天已不算在内");
        form.is_changed |= changed;
        if changed {
            self.saving.forget();
        }
    }

    /// What cannot be so of the row that is written; nothing is said before something is changed.
    fn faults(&self, scene: &Scene<'_>) -> Vec<FactFault> {
        let page = self.page.shown().and_then(Option::as_ref);
        match (&self.form, page) {
            (Some(form), Some(page)) if form.is_changed => form.faults(&page.file, self.chosen, scene),
            _ => Vec::new(),
        }
    }

    fn add(&mut self, scene: &Scene<'_>) {
        self.chosen = None;
        self.form = Some(FactForm::blank(scene));
        self.saving.forget();
    }
}

/// The fields that depend on the kind.
fn content_ui(ui: &mut Ui, scene: &Scene<'_>, form: &mut FactForm, width: f32) -> bool {
    let mut changed = false;
    match form.kind {
        FactKind::Membership => {
            changed |= BranchChoice::ever(scene.tree).show(ui, "党支部", &mut form.organisation, width, true);
        }
        FactKind::Group => {
            changed |= BranchChoice::groups(scene.tree).show(ui, "党小组", &mut form.organisation, width, true);
        }
        FactKind::Post => {
            changed |= TextField::new("党内职务", &mut form.value).required().show(ui).changed();
            let all = BranchChoice::with_groups(scene.tree);
            changed |= all.show(ui, "在哪个党组织", &mut form.organisation, width, true);
        }
        FactKind::Status => {
            changed |= TextField::new("党籍状态", &mut form.value).required().hint("停止党籍").show(ui).changed();
        }
        FactKind::Unable => {
            changed |= TextField::new("原因", &mut form.value).required().hint("年老体弱、卧床").show(ui).changed();
        }
        FactKind::Floating | FactKind::Lost => {
            let words = if form.kind == FactKind::Floating { &FLOATING[..] } else { &LOST[..] };
            let mut place = words.iter().position(|word| *word == form.value);
            if Select::new(form.kind.label(), words, &mut place).width(width).show(ui).changed() {
                form.value = place.and_then(|place| words.get(place)).map_or("", |word| *word).to_owned();
                changed = true;
            }
            if form.needs_organisation() {
                let branches = BranchChoice::ever(scene.tree);
                changed |= branches.show(ui, "流入哪个党支部", &mut form.organisation, width, true);
            }
            if form.kind == FactKind::Floating {
                let word = if form.needs_organisation() { "组织关系所在地" } else { "外出流向" };
                changed |= TextField::new(word, &mut form.place).show(ui).changed();
            }
        }
    }
    changed
}

/// What a fact says, in a line.
fn words_of(fact: &Fact, page: &MemberPage) -> String {
    let place = fact.organisation.and_then(|id| page.organisations.get(&id)).cloned();
    let parts = [fact.value.clone(), place, fact.place.clone()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("·")
}

impl Dialog for FactHistory {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.prepare(scene);
        let name = self.page.shown().and_then(Option::as_ref).map(|page| page.file.person.name().to_owned());
        let title = format!("历次变动：{}", name.unwrap_or_default());
        let ready = !self.saving.is_under_way();
        let may_save = ready && self.form.as_ref().is_some_and(FactForm::may_save) && self.faults(scene).is_empty();
        let may_remove = ready && self.form.is_some() && self.chosen.is_some();
        let verb = if self.chosen.is_some() || self.form.is_none() { "更正" } else { "补记" };
        let answered = widgets::Dialog::new("fact_history", &title, "关闭")
            .width(900.0)
            .link(Choice::new("补记一条"))
            .plain(Choice::new("删掉这一条").careful().enabled(may_remove))
            .primary(Choice::new(verb).enabled(may_save))
            .show(ctx, |ui| {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = space::XL;
                    in_part(ui, "list", LIST, |ui| self.list_ui(ui, scene));
                    vertical_rule(ui, BODY);
                    let rest = ui.available_width();
                    in_part(ui, "form", rest, |ui| {
                        ui.spacing_mut().item_spacing.y = space::M;
                        self.form_ui(ui, scene);
                    });
                });
            });
        let by_key = may_save && keyboard::pressed(ctx, Modifiers::COMMAND, Key::S);
        match answered.answer.or(by_key.then_some(Answer::Primary)) {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Link) => self.add(scene),
            Some(Answer::Plain) if may_remove => {
                if let Some(id) = self.chosen.take() {
                    self.saving.run(out, Command::RemoveFact(RemoveFact { id }));
                }
            }
            Some(Answer::Primary) if may_save => {
                if let Some(form) = &self.form {
                    let command = form.command(self.person, self.chosen);
                    self.saving.run(out, Command::SetFact(command));
                }
            }
            _ => {}
        }
        Stay::Open
    }
}

/// One side of the dialog, which scrolls by itself.
fn in_part<R>(ui: &mut Ui, salt: &str, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.allocate_ui_with_layout(vec2(width, BODY), Layout::top_down(Align::Min), |ui| {
        let area = egui::ScrollArea::vertical().id_salt(salt).max_height(BODY).auto_shrink([false, false]);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(width - space::S);
            add(ui)
        })
        .inner
    })
    .inner
}
