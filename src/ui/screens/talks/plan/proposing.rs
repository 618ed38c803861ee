//! 拟计划: talks that close what the coverage lacks are proposed for the days that are chosen, looked at, and kept.
//! Must never write: it wishes for one command. Start at [`ProposeTalks`].

use egui::{Context, ScrollArea, Ui, vec2};

use super::asking::Asking;
use super::proposed::{ProposedRows, columns};
use crate::clock::Day;
use crate::command::Command;
use crate::domain::dates::{PartialDate, Period};
use crate::domain::ids::OrganisationId;
use crate::problem::Problem;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    self, Answer, Choice, ColumnState, EmptyState, Field, Icon, Segments, Table, Tone, grouped, label, note,
    progress_line, remark, strong, wrapped_note,
};
use crate::view::talk_plan::{PlanAsk, Proposal};

/// What the dialog and its other parts take of the height of the window.
const BESIDE_TABLE: f32 = 326.0;
/// What is told below the table takes so much at most, and so much a line.
const BELOW_TABLE: f32 = 92.0;
const LINE: f32 = 23.0;
/// The most talkers whose load is told.
const TOLD: usize = 6;

/// The dialog 拟计划.
#[derive(Debug)]
pub struct ProposeTalks {
    /// `None`: all of the workbook.
    scope: Option<OrganisationId>,
    /// How many organisations it holds, and whether all are planned for or the first alone.
    reach: usize,
    with_below: bool,
    period: Period,
    first: DayField,
    last: DayField,
    proposal: Asking,
    /// Of the talks of one organisation, and of several.
    columns: [Vec<ColumnState>; 2],
    cursor: Option<usize>,
    saving: Saving,
}

impl ProposeTalks {
    /// From today to the end of the period, for the `reach` organisations of a scope.
    pub fn new(scope: Option<OrganisationId>, reach: usize, period: Period, today: Day) -> Self {
        let day = |day| DayField::open(today, Some(PartialDate::of_day(day)));
        Self {
            scope,
            reach,
            with_below: true,
            period,
            first: day(today.max(period.first)),
            last: day(period.last.max(today)),
            proposal: Asking::default(),
            columns: <[Vec<ColumnState>; 2]>::default(),
            cursor: None,
            saving: Saving::new("propose talks"),
        }
    }

    /// The same for one organisation without those below it.
    pub fn of_one(organisation: OrganisationId, period: Period, today: Day) -> Self {
        Self { with_below: false, ..Self::new(Some(organisation), 1, period, today) }
    }

    /// The days that are chosen; `None` while one of them is none.
    fn days(&self) -> Option<Period> {
        Some(Period { first: self.first.date()?.first_day(), last: self.last.date()?.last_day() })
    }

    /// The proposal for what is chosen, as soon as it is there.
    fn current(&self) -> Option<&Proposal> {
        self.days().and_then(|_| self.proposal.answer()?.ok())
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        self.saving.problem_ui(ui);
        let mut changed = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            changed |= self.first.show(ui, "开始日期", 160.0);
            changed |= self.last.show(ui, "完成日期", 160.0);
            changed |= self.reach_ui(ui);
        });
        if changed {
            self.cursor = None;
            self.saving.forget();
        }
        if self.days().is_none() {
            note(ui, "写明开始日期和完成日期");
            return;
        }
        match self.proposal.answer() {
            None => {
                let (words, share) = self.proposal.standing();
                progress_line(ui, &format!("正在排 {words}"), share, None);
            }
            Some(Err(problem)) => problem_ui(ui, problem),
            Some(Ok(proposal)) => proposal_ui(ui, proposal, &mut self.columns, &mut self.cursor),
        }
    }

    /// The choice between an organisation alone and all below it; gives back whether it was changed.
    fn reach_ui(&mut self, ui: &mut Ui) -> bool {
        if self.scope.is_none() || self.reach < 2 {
            return false;
        }
        let all = format!("本级和所辖 {} 个", grouped(self.reach as u64 - 1));
        let chosen = Some(usize::from(!self.with_below));
        let words = [all.as_str(), "只排本级"];
        let label = "给哪些党组织排";
        let picked = Field::new(label).show(ui, |ui, _| Segments::new(label, &words, chosen).show(ui));
        if let Some(place) = picked {
            self.with_below = place == 0;
        }
        picked.is_some()
    }
}

fn problem_ui(ui: &mut Ui, problem: &Problem) {
    remark(ui, Icon::CircleAlert, Tone::Amber, &format!("{}。{}", problem.happened, problem.next));
}

/// The talks week by week, who talks how often, and what cannot be closed.
fn proposal_ui(ui: &mut Ui, proposal: &Proposal, states: &mut [Vec<ColumnState>; 2], cursor: &mut Option<usize>) {
    let (cannot_close, remarks) = (proposal.cannot_close_words(), proposal.remarks());
    let below = ((cannot_close.len() + remarks.len()) as f32 * LINE).min(BELOW_TABLE);
    if let Some(nothing) = proposal.nothing_words() {
        label(ui, &nothing);
    } else {
        let plan = &proposal.plan;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                strong(ui, &format!("谈话 {} 次，每人最多主谈 {} 次", plan.talks.len(), plan.largest_load()));
                note(ui, "排在周一至周五，没有避开法定节假日");
            });
            wrapped_note(ui, &format!("主谈次数：{}", proposal.loads_words(TOLD)));
        });
        talks_ui(ui, proposal, below, states, cursor);
    }
    if below > 0.0 {
        ScrollArea::vertical().max_height(BELOW_TABLE).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for words in cannot_close {
                remark(ui, Icon::CircleAlert, Tone::Amber, &words);
            }
            for words in remarks {
                wrapped_note(ui, &words);
            }
        });
    }
}

/// The table, where `below` is kept free for what is told below it.
fn talks_ui(
    ui: &mut Ui,
    proposal: &Proposal,
    below: f32,
    states: &mut [Vec<ColumnState>; 2],
    cursor: &mut Option<usize>,
) {
    let mut rows = ProposedRows::new(proposal, *cursor);
    let whole = rows.talk_count() as f32 * height::ROW + height::HEAD + 2.0;
    let most = (ui.ctx().content_rect().height() - BESIDE_TABLE - below).clamp(110.0, 330.0);
    let size = vec2(ui.available_width(), whole.min(most));
    let of_several = proposal.organisations.len() > 1;
    let columns = columns(of_several);
    let states = &mut states[usize::from(of_several)];
    let shown = ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        let table = Table::new("proposed talks", "拟定的谈话", &columns, states).cursor(*cursor);
        table.empty(EmptyState::new("没有要安排的谈话", "")).show(ui, &mut rows)
    });
    for event in shown.inner.events {
        if let widgets::TableEvent::Cursor(row) = event {
            *cursor = Some(row);
        }
    }
}

impl Dialog for ProposeTalks {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        if let Some(days) = self.days() {
            let (scope, with_below, period) = (self.scope, self.with_below, self.period);
            self.proposal.ask(scene, PlanAsk { scope, with_below, period, days, today: scene.today });
        }
        let keep = self.current().filter(|proposal| !proposal.plan.talks.is_empty()).map(Proposal::keep);
        let keep = keep.filter(|_| !self.saving.is_under_way());
        let answered = widgets::Dialog::new("propose talks", "拟计划", "取消")
            .width(if self.reach > 1 { 760.0 } else { 620.0 })
            .note("换下以前拟的、还没谈的；存下后可以逐个改")
            .primary(Choice::new("存下计划").enabled(keep.is_some()))
            .show(ctx, |ui| self.body_ui(ui));
        match (answered.answer, keep) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(keep)) => self.saving.run(out, Command::PlanTalksTogether(keep)),
            _ => {}
        }
        Stay::Open
    }
}
