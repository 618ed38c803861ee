//! 拟计划: talks that close what the coverage lacks are proposed for the days that are chosen, looked at, and kept.
//! Must never write: it wishes for one command. Start at [`ProposeTalks`].

use egui::{Context, ScrollArea, Ui};

use crate::clock::Day;
use crate::command::Command;
use crate::domain::dates::{PartialDate, Period};
use crate::domain::ids::OrganisationId;
use crate::engine::questions::ProposedTalks;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, Answer, Choice, Icon, Tone, key_value, label, note, remark, section, sheet, strong, wrapped_note,
};
use crate::view::talk_plan::{PlanAsk, Proposal};

/// The most of the dialog that the list takes.
const LIST_HEIGHT: f32 = 250.0;
/// Where the relations stand in the list.
const KEY_WIDTH: f32 = 190.0;

/// The dialog 拟计划.
#[derive(Debug)]
pub struct ProposeTalks {
    organisation: OrganisationId,
    period: Period,
    first: DayField,
    last: DayField,
    proposal: Live<ProposedTalks>,
    saving: Saving,
}

impl ProposeTalks {
    /// From today to the end of the period.
    pub fn new(organisation: OrganisationId, period: Period, today: Day) -> Self {
        let day = |day| DayField::open(today, Some(PartialDate::of_day(day)));
        Self {
            organisation,
            period,
            first: day(today.max(period.first)),
            last: day(period.last.max(today)),
            proposal: Live::default(),
            saving: Saving::new("propose talks"),
        }
    }

    /// The days that are chosen; `None` while one of them is none.
    fn days(&self) -> Option<Period> {
        Some(Period { first: self.first.date()?.first_day(), last: self.last.date()?.last_day() })
    }

    /// The proposal for the days that stand there, as soon as it is there.
    fn current(&self) -> Option<&Proposal> {
        self.days().and_then(|_| self.proposal.current())
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        let mut changed = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            changed |= self.first.show(ui, "开始日期", 180.0);
            changed |= self.last.show(ui, "完成日期", 180.0);
        });
        if changed {
            self.saving.forget();
        }
        ui.add_space(space::S);
        match (self.days(), self.proposal.problem(), self.current()) {
            (None, ..) => drop(note(ui, "写明开始日期和完成日期")),
            (_, Some(problem), _) => {
                remark(ui, Icon::CircleAlert, Tone::Amber, &format!("{}。{}", problem.happened, problem.next));
            }
            (_, None, None) => drop(note(ui, "正在排")),
            (_, None, Some(proposal)) => proposal_ui(ui, proposal),
        }
    }
}

/// The talks week by week, who talks how often, and what cannot be closed.
fn proposal_ui(ui: &mut Ui, proposal: &Proposal) {
    let plan = &proposal.plan;
    if plan.talks.is_empty() {
        label(ui, "没有要安排的谈话");
    } else {
        let words = format!("谈话 {} 次，每人最多主谈 {} 次", plan.talks.len(), plan.largest_load());
        strong(ui, &words);
        let loads = proposal.loads();
        let told = loads.iter().map(|(person, load)| format!("{} {load}", proposal.name_of(*person)));
        wrapped_note(ui, &format!("主谈次数：{}", told.collect::<Vec<_>>().join("、")));
        ui.add_space(space::S);
        sheet(ui, 8, |ui| {
            ScrollArea::vertical().max_height(LIST_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
                talks_ui(ui, proposal);
            });
        });
    }
    for words in proposal.cannot_close_words() {
        remark(ui, Icon::CircleAlert, Tone::Amber, &format!("补不上：{words}"));
    }
}

fn talks_ui(ui: &mut Ui, proposal: &Proposal) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut week = None;
    for (place, talk) in proposal.plan.talks.iter().enumerate() {
        if week.replace(talk.week) != Some(talk.week) {
            section(ui, &format!("{} 起的一周", talk.week), "");
        }
        let people = format!("{} 和 {}", proposal.name_of(talk.talker), proposal.name_of(talk.partner));
        let relations: Vec<&str> = talk.closes.iter().map(|relation| relation.label()).collect();
        ui.push_id(place, |ui| key_value(ui, KEY_WIDTH, &people, &relations.join("、"), &format!("{} 前", talk.due)));
    }
}

impl Dialog for ProposeTalks {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        if let Some(days) = self.days() {
            let (organisation, period) = (self.organisation, self.period);
            self.proposal.ask(scene, ProposedTalks(PlanAsk { organisation, period, days, today: scene.today }));
        }
        let keep = self.current().filter(|proposal| !proposal.plan.talks.is_empty()).map(Proposal::keep);
        let keep = keep.filter(|_| !self.saving.is_under_way());
        let answered = widgets::Dialog::new("propose talks", "拟计划", "取消")
            .width(560.0)
            .note("换下以前拟的、还没谈的；存下后可以逐个改")
            .primary(Choice::new("存下计划").enabled(keep.is_some()))
            .show(ctx, |ui| self.body_ui(ui));
        match (answered.answer, keep) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(keep)) => self.saving.run(out, Command::PlanTalks(keep)),
            _ => {}
        }
        Stay::Open
    }
}
