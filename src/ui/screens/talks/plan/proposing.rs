//! 拟计划: talks that close what the coverage lacks are proposed for the days that are chosen, looked at, and kept.
//! Must never write: it wishes for one command. Start at [`ProposeTalks`].

use egui::{Align, Context, Layout, ScrollArea, Ui, vec2};

use super::asking::Asking;
use super::proposed::{ProposedRows, columns};
use crate::clock::Day;
use crate::command::Command;
use crate::domain::dates::{PartialDate, Period};
use crate::domain::ids::OrganisationId;
use crate::problem::Problem;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::typed_date::Yearless;
use crate::ui::dialogs::{Dialog, Saving, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    self, Answer, Choice, ColumnState, EmptyState, Field, Icon, Segments, Table, Tone, grouped, label, note,
    progress_line, remark, small_link, strong, wrapped_note,
};
use crate::view::talk_plan::{PlanAsk, Proposal};

/// What is told below the table takes so much a line, of letters so wide.
const LINE: f32 = 24.0;
const LETTER: f32 = 14.0;
/// What is told above the table, where all of it stands there.
const SUMMARY: f32 = 60.0;
/// The table shows so many rows at least before what is told below it has to make room.
const LEAST_ROWS: f32 = 8.0;
/// The table is no lower than this, however low the window is.
const LEAST_TABLE: f32 = 110.0;
const HOLIDAYS: &str = "排在周一至周五，没有避开法定节假日";
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
    look: Look,
    saving: Saving,
}

/// How a proposal stands in the dialog.
#[derive(Debug, Default)]
struct Look {
    /// Of the talks of one organisation, and of several.
    columns: [Vec<ColumnState>; 2],
    cursor: Option<usize>,
    /// What is told stands in the place of the talks: there is no room for both.
    is_told: bool,
}

impl ProposeTalks {
    /// From today to the end of the period, for the `reach` organisations of a scope.
    pub fn new(scope: Option<OrganisationId>, reach: usize, period: Period, today: Day) -> Self {
        let day = |day| DayField::open(today, Some(PartialDate::of_day(day))).yearless(Yearless::From(today));
        Self {
            scope,
            reach,
            with_below: true,
            period,
            first: day(today.max(period.first)),
            last: day(period.last.max(today)),
            proposal: Asking::default(),
            look: Look::default(),
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
            self.look.cursor = None;
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
            Some(Ok(proposal)) => proposal_ui(ui, proposal, &mut self.look),
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

/// What is told of a proposal besides its talks.
struct Told {
    cannot_close: Vec<String>,
    remarks: Vec<String>,
}

impl Told {
    fn of(proposal: &Proposal) -> Self {
        Self { cannot_close: proposal.cannot_close_words(), remarks: proposal.remarks() }
    }

    fn sentences(&self) -> impl Iterator<Item = &String> {
        self.cannot_close.iter().chain(&self.remarks)
    }

    /// How high it is in this width.
    fn height(&self, width: f32) -> f32 {
        let lines = |words: &String| (words.chars().count() as f32 * LETTER / (width - LINE)).ceil();
        self.sentences().map(lines).sum::<f32>() * LINE
    }

    /// 「补不上的和说明 9 条」
    fn link_words(&self) -> String {
        let what = if self.cannot_close.is_empty() { "说明" } else { "补不上的和说明" };
        format!("{what} {} 条", self.sentences().count())
    }

    fn show(&self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = space::XS;
        for words in &self.cannot_close {
            remark(ui, Icon::CircleAlert, Tone::Amber, words);
        }
        for words in &self.remarks {
            wrapped_note(ui, words);
        }
    }
}

/// The talks week by week, who talks how often, and what cannot be closed. All stands below each other where there is
/// room; else what is told and the talks take each other's place: nothing scrolls within what scrolls.
fn proposal_ui(ui: &mut Ui, proposal: &Proposal, look: &mut Look) {
    let told = Told::of(proposal);
    if let Some(nothing) = proposal.nothing_words() {
        label(ui, &nothing);
        told.show(ui);
        return;
    }
    let room = |ui: &Ui| widgets::Dialog::body_room(ui.ctx()) - (ui.cursor().top() - ui.max_rect().top());
    let whole = proposal.plan.talks.len() as f32 * height::ROW + height::HEAD + 2.0;
    let least = whole.min(LEAST_ROWS * height::ROW + height::HEAD);
    let below = told.height(ui.available_width());
    let is_tight = below > 0.0 && SUMMARY + least + space::M + below > room(ui);
    summary_ui(ui, proposal, &told, is_tight.then_some(&mut look.is_told));
    if is_tight && look.is_told {
        let area = ScrollArea::vertical().id_salt("told").max_height(room(ui)).auto_shrink(false);
        area.show(ui, |ui| {
            told.show(ui);
            wrapped_note(ui, &loads_words(proposal));
            wrapped_note(ui, HOLIDAYS);
        });
        return;
    }
    let beside = if is_tight || below == 0.0 { 0.0 } else { below + space::M };
    talks_ui(ui, proposal, whole.min((room(ui) - beside).max(LEAST_TABLE)), look);
    if !is_tight {
        told.show(ui);
    }
}

fn loads_words(proposal: &Proposal) -> String {
    format!("主谈次数：{}", proposal.loads_words(TOLD))
}

/// How many talks there are; where room is short, `is_told` is what a link at the right turns over.
fn summary_ui(ui: &mut Ui, proposal: &Proposal, told: &Told, is_told: Option<&mut bool>) {
    let plan = &proposal.plan;
    let words = format!("谈话 {} 次，每人最多主谈 {} 次", plan.talks.len(), plan.largest_load());
    if let Some(is_told) = is_told {
        ui.horizontal(|ui| {
            strong(ui, &words);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let link = if *is_told { "看谈话".to_owned() } else { told.link_words() };
                if small_link(ui, &link, &link).clicked() {
                    *is_told = !*is_told;
                }
            });
        });
        return;
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            strong(ui, &words);
            note(ui, HOLIDAYS);
        });
        wrapped_note(ui, &loads_words(proposal));
    });
}

fn talks_ui(ui: &mut Ui, proposal: &Proposal, tall: f32, look: &mut Look) {
    let mut rows = ProposedRows::new(proposal, look.cursor);
    let size = vec2(ui.available_width(), tall);
    let of_several = proposal.organisations.len() > 1;
    let columns = columns(of_several);
    let states = &mut look.columns[usize::from(of_several)];
    let shown = ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        let table = Table::new("proposed talks", "拟定的谈话", &columns, states).cursor(look.cursor);
        table.empty(EmptyState::new("没有要安排的谈话", "")).show(ui, &mut rows)
    });
    for event in shown.inner.events {
        if let widgets::TableEvent::Cursor(row) = event {
            look.cursor = Some(row);
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
            .width(if self.reach > 1 { 830.0 } else { 680.0 })
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
