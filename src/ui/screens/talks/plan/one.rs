//! 加一次 and 改: one planned talk, with its two people and by when.
//! Must never write: it wishes for one command. Start at [`PlannedTalkDialog`].

use std::collections::BTreeMap;

use egui::{Context, Ui};
use serde_json::json;

use crate::clock::Day;
use crate::command::{Command, EditPlannedTalk, PlanTalks, PlannedDraft};
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId};
use crate::domain::talk_plan::rule_of;
use crate::engine::questions::{RelationOfTwo, TalksPlanned};
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::typed_date::Yearless;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::screens::talks::coverage::{is_of, plan_words};
use crate::ui::screens::talks::ledger::organisation_field;
use crate::ui::screens::talks::people_field::{PeopleField, PeopleLook};
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Icon, TextField, Tone, note, remark};
use crate::ui::words::filled;
use crate::view::talk_plan::{PlannedLine, still_closes};
use crate::view::talks::Seat;

/// The dialog of one planned talk.
#[derive(Debug)]
pub struct PlannedTalkDialog {
    /// In whose plan it stands; to be chosen where the scope does not tell.
    organisation: Option<OrganisationId>,
    may_choose: bool,
    /// The one that is changed; else a new one.
    planned: Option<PlannedTalkId>,
    talker: Vec<Seat>,
    partner: Vec<Seat>,
    talker_field: PeopleField,
    partner_field: PeopleField,
    due: DayField,
    note: String,
    /// Who sat in it before, and what it was to close.
    before: [Option<PersonId>; 2],
    closes: Vec<Relation>,
    relation: Live<RelationOfTwo>,
    /// What is planned already in the organisation, from this year on.
    plan: Live<TalksPlanned>,
    is_changed: bool,
    saving: Saving,
}

impl PlannedTalkDialog {
    /// A new one; `may_choose` in whose plan, where the scope holds several organisations.
    pub fn add(organisation: Option<OrganisationId>, may_choose: bool, today: Day) -> Self {
        Self {
            organisation,
            may_choose,
            planned: None,
            talker: Vec::new(),
            partner: Vec::new(),
            talker_field: PeopleField::default(),
            partner_field: PeopleField::default(),
            due: DayField::open(today, None).yearless(Yearless::From(today)),
            note: String::new(),
            before: [None; 2],
            closes: Vec::new(),
            relation: Live::default(),
            plan: Live::default(),
            is_changed: false,
            saving: Saving::new("planned talk"),
        }
    }

    pub fn edit(line: &PlannedLine, today: Day) -> Self {
        let seat = |person: Option<PersonId>, name: &str| Seat { person, ..Seat::named(name) };
        let of = |person: Option<PersonId>, name| person.map(|_| seat(person, name)).into_iter().collect();
        let planned = &line.planned;
        Self {
            planned: Some(planned.id),
            talker: of(planned.talker, &line.talker),
            partner: of(planned.partner, &line.partner),
            due: DayField::open(today, planned.due).yearless(Yearless::From(today)),
            note: planned.note.clone().unwrap_or_default(),
            before: [planned.talker, planned.partner],
            closes: line.closes.clone(),
            ..Self::add(Some(planned.organisation), false, today)
        }
    }

    /// Who sits in it now, as far as that is chosen.
    fn two(&self) -> Option<(PersonId, PersonId)> {
        let one = |seats: &[Seat]| seats.first().and_then(|seat| seat.person);
        one(&self.talker).zip(one(&self.partner)).filter(|(talker, partner)| talker != partner)
    }

    /// Whether others are to talk than before.
    fn has_others(&self) -> bool {
        self.planned.is_some()
            && self.two().is_some_and(|(talker, partner)| self.before != [Some(talker), Some(partner)])
    }

    /// What it closes with those who are to talk now; `None` while that is not known.
    fn closes_now(&self) -> Option<Vec<Relation>> {
        if !self.has_others() {
            return Some(self.closes.clone());
        }
        let has_same_partner = self.two().is_some_and(|(_, partner)| self.before[1] == Some(partner));
        self.relation.current().map(|relation| still_closes(&self.closes, *relation, has_same_partner))
    }

    /// Another talk of the two that is planned and still to be held.
    fn planned_already(&self) -> Option<&PlannedLine> {
        let (talker, partner) = self.two()?;
        let mut lines = self.plan.current()?.lines.iter().filter(|line| Some(line.planned.id) != self.planned);
        lines.find(|line| line.is_open() && is_of(line, talker, partner))
    }

    /// What the command is to write; `None` while something is missing or cannot be read.
    fn draft(&self) -> Option<PlannedDraft> {
        let ((talker, partner), closes) = (self.two()?, self.closes_now()?);
        (self.organisation.is_some() && self.due.is_readable()).then(|| PlannedDraft {
            talker_id: Some(talker),
            partner_id: Some(partner),
            rule: rule_of(&closes),
            due: self.due.date(),
            note: filled(&self.note),
            ..PlannedDraft::default()
        })
    }

    fn command(&self, draft: PlannedDraft) -> Option<Command> {
        let Some(id) = self.planned else {
            let plan = PlanTalks { organisation_id: self.organisation?, talks: vec![draft], replace: false };
            return Some(Command::PlanTalks(plan));
        };
        let mut set = BTreeMap::from([
            ("talker_id".to_owned(), json!(draft.talker_id)),
            ("partner_id".to_owned(), json!(draft.partner_id)),
            ("due".to_owned(), json!(draft.due)),
            ("note".to_owned(), json!(draft.note)),
        ]);
        if self.has_others() {
            // It was to close something by those who were to talk.
            set.insert("rule".to_owned(), json!(draft.rule));
        }
        Some(Command::EditPlannedTalk(EditPlannedTalk { id, set }))
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        let near = self.organisation;
        let (talker, partner) = (&mut self.talker, &mut self.partner);
        let mut changed = false;
        if self.may_choose {
            changed |= organisation_field(ui, scene, "党组织", &mut self.organisation);
            ui.add_space(space::M);
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let look = PeopleLook::new("谈话人", 230.0).required().one().listed_only();
            changed |= self.talker_field.show(ui, scene, near, talker, look).changed;
            let look = PeopleLook::new("谈话对象", 230.0).required().one().listed_only();
            changed |= self.partner_field.show(ui, scene, near, partner, look).changed;
        });
        ui.add_space(space::M);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            changed |= self.due.show(ui, "完成时限", 180.0);
            changed |= TextField::new("备注", &mut self.note).width(280.0).show(ui).changed();
        });
        if self.has_others()
            && let Some(closes) = self.closes_now()
        {
            ui.add_space(space::S);
            note(ui, &closes_words(&self.closes, &closes));
        }
        if let Some(line) = self.planned_already() {
            ui.add_space(space::S);
            remark(ui, Icon::Info, Tone::Act, &format!("这两人{}；存下会再多一次", plan_words(line)));
        }
        if changed {
            self.is_changed = true;
            self.saving.forget();
        }
    }
}

/// What changes in what it closes.
fn closes_words(before: &[Relation], now: &[Relation]) -> String {
    let told = |closes: &[Relation]| closes.iter().map(|relation| relation.label()).collect::<Vec<_>>().join("、");
    match (before.is_empty(), now.is_empty()) {
        (true, _) => "换了人".to_owned(),
        (false, true) => format!("换了人，不再补{}", told(before)),
        (false, false) => format!("换了人，补{}", told(now)),
    }
}

impl Dialog for PlannedTalkDialog {
    fn is_dirty(&self) -> bool {
        self.is_changed
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        if let (true, Some(organisation), Some(two)) = (self.has_others(), self.organisation, self.two()) {
            self.relation.ask(scene, RelationOfTwo { organisation, two, day: scene.today });
        }
        if let Some(organisation) = self.organisation {
            let period = Period { first: scene.today.first_of_year(), last: Day::MAX };
            self.plan.ask(scene, TalksPlanned { organisation, period });
        }
        let draft = self.draft().filter(|_| !self.saving.is_under_way());
        let title = if self.planned.is_some() { "改计划谈话" } else { "加一次计划谈话" };
        let answered = widgets::Dialog::new("planned talk", title, "取消")
            .width(540.0)
            .focus_body()
            .primary(Choice::new("存下").enabled(draft.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, draft) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(draft)) => {
                if let Some(command) = self.command(draft) {
                    self.saving.run(out, command);
                }
            }
            _ => {}
        }
        Stay::Open
    }
}
