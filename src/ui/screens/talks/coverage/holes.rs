//! Owns what can be done about somebody who is missing: plan or put another day to the plan there is, print a blank
//! sheet, write down.
//! Must never do it: it wishes. Start at [`Hole`].

use egui::Ui;

use super::Shown;
use super::pairs::is_of;
use crate::clock::Day;
use crate::command::{Command, PlanTalks, PlannedDraft};
use crate::domain::coverage::{Due, Occasion, Relation};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId};
use crate::print::{BlankSheet, Sheets, TalkAsk};
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::screens::talks::plan::PlannedTalkDialog;
use crate::ui::screens::{Page, TalkStart};
use crate::ui::widgets::{Button, row_link};
use crate::view::talk_plan::PlannedLine;

/// A talk that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    pub relation: Relation,
    /// Who is planned to talk; else of the committee the one with the highest post, and none among members.
    pub talker: Option<PersonId>,
    pub partner: PersonId,
    /// The code of the type that what happened asks for.
    pub kind: Option<&'static str>,
    /// The last day on which a talk still closes it, if there is one and it is to come.
    pub until: Option<Day>,
    /// The planned talk that is to close it, if there is one.
    pub plan: Option<Box<PlannedLine>>,
    /// The printed sheet that is already out for it.
    pub planned: Option<PlannedTalkId>,
}

/// What is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Plan,
    /// Of what is planned already: no second plan is made for it.
    Reschedule,
    Sheet,
    Write,
}

impl Deed {
    /// What can be done about a hole.
    fn of(hole: &Hole) -> [Self; 3] {
        [if hole.plan.is_some() { Self::Reschedule } else { Self::Plan }, Self::Sheet, Self::Write]
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Plan => "计划",
            Self::Reschedule => "改期",
            Self::Sheet => "空白表",
            Self::Write => "记谈话",
        }
    }

    /// Whether it can be done, else why not.
    fn refused(self, shown: &Shown<'_>) -> Option<&'static str> {
        match self {
            _ if !shown.may => Some("现在看的是过去某一天，或这个工作簿不能改"),
            Self::Plan if shown.due.is_none() => Some("这段时间已经过完，以后的谈话不计入"),
            _ => None,
        }
    }
}

impl Hole {
    /// Nobody of the committee has talked with somebody, or no other member has.
    pub fn of_person(shown: &Shown<'_>, relation: Relation, partner: PersonId, kind: Option<&'static str>) -> Self {
        let plan = planned_for(shown, |line| closes(line, relation, partner));
        let two = plan.map(|line| [line.planned.talker, line.planned.partner]);
        let talker = two.into_iter().flatten().flatten().find(|id| *id != partner);
        let talker = talker.or_else(|| shown.board.coverage.usual_talker(relation, partner));
        let planned = sheet_of(shown, talker, partner);
        Self { relation, talker, partner, kind, until: None, plan: plan.cloned().map(Box::new), planned }
    }

    /// What happened to somebody asks for a talk, by a certain day.
    pub fn of_occasion(shown: &Shown<'_>, due: &Due) -> Self {
        let Occasion { person, kind, .. } = due.occasion;
        let hole = Self::of_person(shown, Relation::AfterEvents, person, kind.talk_type());
        Self { until: Some(due.until).filter(|until| *until >= shown.as_of), ..hole }
    }

    /// Two of the committee have not talked.
    pub fn of_pair(shown: &Shown<'_>, (one, other): (PersonId, PersonId)) -> Self {
        let plan = planned_for(shown, |line| is_of(line, one, other)).cloned().map(Box::new);
        let planned = sheet_of(shown, Some(one), other);
        let relation = Relation::Committee;
        Self { relation, talker: Some(one), partner: other, kind: None, until: None, plan, planned }
    }

    fn blank_sheet(&self) -> BlankSheet {
        let kind = self.kind.or((self.relation != Relation::AfterEvents).then_some("T01"));
        BlankSheet {
            talker: self.talker,
            partner: Some(self.partner),
            rule: Some(self.relation.code().to_owned()),
            kind: kind.map(str::to_owned),
            ..BlankSheet::default()
        }
    }

    /// Wishes for what is to be done.
    pub fn wish(&self, deed: Deed, scene: &Scene<'_>, shown: &Shown<'_>, out: &mut Outbox) {
        let organisation = shown.board.organisation;
        match deed {
            Deed::Plan => {
                let planned = PlannedDraft {
                    talker_id: self.talker,
                    partner_id: Some(self.partner),
                    rule: Some(self.relation.code().to_owned()),
                    kind: self.kind.map(str::to_owned),
                    due: self.until.or(shown.due).map(PartialDate::of_day),
                    ..PlannedDraft::default()
                };
                let command = PlanTalks { organisation_id: organisation, talks: vec![planned], replace: false };
                out.run(Slot::new("talks: plan one"), Command::PlanTalks(command));
            }
            Deed::Reschedule => {
                if let Some(line) = &self.plan {
                    out.open(PlannedTalkDialog::edit(line, scene.today));
                }
            }
            Deed::Sheet => print_sheets(organisation, std::slice::from_ref(self), scene, out),
            Deed::Write => out.go(Page::WriteTalk(TalkStart {
                talkers: Some(self.talker.into_iter().collect()),
                partners: vec![self.partner],
                kind: self.kind.map(str::to_owned),
                planned: self.planned,
                time: Some(shown.time),
                ..TalkStart::default()
            })),
        }
    }
}

/// Opens the dialog that numbers and prints a blank sheet for each.
pub fn print_sheets(organisation: OrganisationId, holes: &[Hole], scene: &Scene<'_>, out: &mut Outbox) {
    let sheets = Sheets { organisation, sheets: holes.iter().map(Hole::blank_sheet).collect() };
    out.open(PrintDialog::talks(scene, vec![TalkAsk::Blank(sheets)]));
}

/// Whether a planned talk is one with somebody that closes the relation.
fn closes(line: &PlannedLine, relation: Relation, person: PersonId) -> bool {
    let is_there = line.planned.partner == Some(person)
        || (relation != Relation::AfterEvents && line.planned.talker == Some(person));
    line.closes.contains(&relation) && is_there
}

/// A printed sheet for these two that is still out.
fn sheet_of(shown: &Shown<'_>, talker: Option<PersonId>, partner: PersonId) -> Option<PlannedTalkId> {
    let lines = shown.planned.map(|plan| plan.lines.as_slice()).unwrap_or_default();
    let is_it = |one: &crate::domain::talks::PlannedTalk| {
        let both = (one.talker, one.partner);
        both == (talker, Some(partner)) || both == (Some(partner), talker)
    };
    let found = lines.iter().find(|line| line.is_open() && line.planned.number.is_some() && is_it(&line.planned));
    found.map(|line| line.planned.id)
}

/// The three as links at the end of a row, from the right to the left; quiet until the row `is_near`.
pub fn links_ui(ui: &mut Ui, shown: &Shown<'_>, hole: &Hole, about: &str, is_near: bool) -> Option<Deed> {
    let mut asked = None;
    for deed in Deed::of(hole).into_iter().rev() {
        let name = format!("{}：{about}", deed.word());
        let refused = deed.refused(shown);
        let link = ui.add_enabled_ui(refused.is_none(), |ui| row_link(ui, deed.word(), &name, is_near)).inner;
        if link.on_disabled_hover_text(refused.unwrap_or_default()).clicked() {
            asked = Some(deed);
        }
    }
    asked
}

/// The three as buttons of a popup about a pair.
pub fn buttons_ui(ui: &mut Ui, shown: &Shown<'_>, hole: &Hole, about: &str) -> Option<Deed> {
    let mut asked = None;
    for deed in Deed::of(hole) {
        let button = if deed == Deed::Write { Button::primary(deed.word()) } else { Button::plain(deed.word()) };
        let name = format!("{}：{about}", deed.word());
        let refused = deed.refused(shown);
        let pressed = ui.add(button.small().name(&name).enabled(refused.is_none()));
        if pressed.on_disabled_hover_text(refused.unwrap_or_default()).clicked() {
            asked = Some(deed);
            ui.close();
        }
    }
    asked
}

/// The open planned talk that closes a hole, if there is one; `is_it` tells the talks that are meant.
fn planned_for<'s>(shown: &'s Shown<'_>, is_it: impl Fn(&PlannedLine) -> bool) -> Option<&'s PlannedLine> {
    shown.planned?.lines.iter().find(|line| line.is_open() && is_it(line))
}

/// 「已计划，12-31」
pub fn plan_words(line: &PlannedLine) -> String {
    format!("已计划，{}", due_words(line))
}

/// Until when it is planned: 「12-31」; that its sheet was printed, where no day was told.
pub fn due_words(line: &PlannedLine) -> String {
    match line.planned.due.map(PartialDate::last_day) {
        Some(day) => format!("{:02}-{:02}", day.month(), day.day()),
        None if line.planned.number.is_some() => "已印表".to_owned(),
        None => "没定日期".to_owned(),
    }
}
