//! Owns the kept plans of an organisation and of those below it, week by week: who is to talk with whom by when, and
//! what was held.
//! Must never write: what is asked for opens a dialog, the form, or wishes for one command. Start at [`Plan`].

mod asking;
mod one;
mod proposed;
mod proposing;
mod rows;

use egui::{Align, Layout, Ui, vec2};

use crate::command::{Command, RemovePlannedTalks};
use crate::domain::dates::Period;
use crate::domain::ids::PlannedTalkId;
use crate::domain::organisations::OrganisationKind;
use crate::engine::questions::PlansWithin;
use crate::print::TalkAsk;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::talks::coverage::asked_for;
use crate::ui::screens::talks::years::Time;
use crate::ui::screens::{Page, TalkStart, frame};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    Button, ColumnState, EmptyState, Icon, MenuRow, Table, TableEvent, menu_rule, sheet, strip, weak,
};
use crate::view::organisations::OrganisationLine;
use crate::view::talk_plan::{KeptPlan, PlannedLine};

pub use one::PlannedTalkDialog;
pub use proposing::ProposeTalks;

use rows::{COLUMN_RECORD, Rows, columns};

/// The list 计划.
#[derive(Debug, Default)]
pub struct Plan {
    plans: Live<PlansWithin>,
    /// Of the plan of one organisation, and of several.
    columns: [Vec<ColumnState>; 2],
    cursor: Option<PlannedTalkId>,
}

/// What is asked for of a planned talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// 记谈话, or the record where it was held.
    Record,
    /// 改…
    Edit,
    /// 去掉
    Remove,
}

impl Plan {
    /// Asks for what is due in a time of the coverage.
    pub fn ask(&mut self, scene: &Scene<'_>, time: Time) {
        if let Some(period) = period(scene, time) {
            self.plans.ask(scene, PlansWithin { scope: scene.scope, period, today: scene.today });
        }
    }

    /// Puts the plans of the scope on paper.
    pub fn print(scene: &Scene<'_>, time: Time, out: &mut Outbox) {
        if let Some(period) = period(scene, time) {
            out.open(PrintDialog::talks(scene, vec![TalkAsk::Plan(scene.scope, period)]));
        }
    }

    /// How many are still to be held.
    pub fn open_count(&self, scene: &Scene<'_>) -> Option<usize> {
        self.of_scope(scene).map(|plans| plans.iter().map(KeptPlan::open).sum())
    }

    /// The plans of the scope that is chosen.
    fn of_scope(&self, scene: &Scene<'_>) -> Option<&[KeptPlan]> {
        let is_of_it = self.plans.answered().is_some_and(|asked| asked.scope == scene.scope);
        self.plans.shown().filter(|_| is_of_it).map(Vec::as_slice)
    }

    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, time: Time, out: &mut Outbox) {
        ui.spacing_mut().item_spacing.y = 0.0;
        self.buttons_ui(ui, scene, period(scene, time), out);
        ui.add_space(space::S);
        sheet(ui, 0, |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing.y = 0.0;
            frame::day_bar_ui(ui, scene, "情况，不能修改", out);
            frame::above_strip(ui, |ui| match self.nothing(scene) {
                Some((title, told)) => {
                    EmptyState::new(&title, &told).show(ui);
                }
                None => self.table_ui(ui, scene, time, out),
            });
            strip(ui, |ui| weak(ui, "记下谈话，计划自动勾掉；撤销记录，计划又打开"));
        });
    }

    /// How the plan stands, and what can be done with it.
    fn buttons_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, period: Option<Period>, out: &mut Outbox) {
        let size = vec2(ui.available_width(), height::CONTROL);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(size.x);
            if let Some(plans) = self.of_scope(scene) {
                weak(ui, &standing(plans, scene));
            }
            let Some(period) = period.filter(|_| !scene.tree.is_empty()) else { return };
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                let may = scene.frozen.is_none();
                if ui.add(Button::plain("拟计划…").icon(Icon::ListChecks).enabled(may)).clicked() {
                    out.open(ProposeTalks::new(scene.scope, reach(scene), period, scene.today));
                }
                if ui.add(Button::plain("加一次…").icon(Icon::Plus).enabled(may)).clicked() {
                    out.open(PlannedTalkDialog::add(asked_for(scene), reach(scene) > 1, scene.today));
                }
            });
        });
    }

    /// What is said where no planned talk can be shown: no head of a table stands over nothing.
    fn nothing(&self, scene: &Scene<'_>) -> Option<(String, String)> {
        let told = |title: &str, told: &str| Some((title.to_owned(), told.to_owned()));
        match (self.plans.problem(), self.of_scope(scene)) {
            (Some(problem), _) => told(&problem.title, &problem.happened),
            (None, None) => told("正在读取…", ""),
            (None, Some([])) => told("还没有计划", "拟计划：按还缺的人排出一对一谈话，谁都不多谈"),
            (None, Some(_)) => None,
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, time: Time, out: &mut Outbox) {
        let of_several = reach(scene) > 1;
        let mut states = std::mem::take(&mut self.columns[usize::from(of_several)]);
        let plans = self.of_scope(scene);
        let all = plans.unwrap_or_default();
        let lines: Vec<_> = all.iter().flat_map(|plan| plan.lines.iter().map(move |line| (plan, line))).collect();
        let row = lines.iter().position(|(_, line)| Some(line.planned.id) == self.cursor);
        let may = scene.frozen.is_none();
        let mut asked = None;
        let mut row_menu = |ui: &mut Ui, row: usize| {
            let is_held = lines.get(row).is_some_and(|(_, line)| line.held().is_some());
            if let Some(act) = menu_rows(ui, is_held, may) {
                asked = Some((row, act));
            }
        };
        let columns = columns(of_several, scene.width == Width::Narrow);
        let table = Table::new("talk-plan", "谈话计划", &columns, &mut states).cursor(row).row_menu(&mut row_menu);
        let mut rows = Rows { lines: lines.clone(), chosen: self.cursor, today: scene.today, may };
        let shown = table.show(ui, &mut rows);
        let mut cursor = self.cursor;
        for event in shown.events {
            match event {
                TableEvent::Cursor(row) => cursor = rows.line(row).map(|line| line.planned.id),
                TableEvent::Opened(row) => asked = Some((row, if may { Act::Edit } else { Act::Record })),
                TableEvent::LinkPressed { row, column } if column == COLUMN_RECORD => {
                    asked = Some((row, Act::Record));
                }
                _ => {}
            }
        }
        if let Some((row, act)) = asked
            && let Some(line) = rows.line(row)
        {
            act.wish(line, scene, time, out);
        }
        self.cursor = cursor;
        self.columns[usize::from(of_several)] = states;
    }
}

impl Act {
    fn wish(self, line: &PlannedLine, scene: &Scene<'_>, time: Time, out: &mut Outbox) {
        match (self, line.held()) {
            (Self::Record, Some(held)) => out.go(Page::WriteTalk(TalkStart::of(held.talk))),
            (Self::Record, None) if scene.frozen.is_none() => out.go(Page::WriteTalk(start_of(line, time))),
            (Self::Edit, _) => out.open(PlannedTalkDialog::edit(line, scene.today)),
            (Self::Remove, _) => {
                let command = RemovePlannedTalks { ids: vec![line.planned.id] };
                out.run(Slot::new("remove planned talk"), Command::RemovePlannedTalks(command));
            }
            (Self::Record, None) => {}
        }
    }
}

/// The record of a planned talk begins with its two people.
fn start_of(line: &PlannedLine, time: Time) -> TalkStart {
    let planned = &line.planned;
    TalkStart {
        talk: None,
        talkers: planned.talker.map(|talker| vec![talker]),
        partners: planned.partner.into_iter().collect(),
        kind: planned.kind.clone(),
        // Of a year the talk is written for the one it is of.
        time: Some(time).filter(|time| time.since().is_some()),
        // Only a sheet that was printed hands on its number; the two tick off the rest.
        planned: planned.number.map(|_| planned.id),
        ledger: Some(planned.organisation),
    }
}

fn menu_rows(ui: &mut Ui, is_held: bool, may: bool) -> Option<Act> {
    let mut act = None;
    if is_held {
        if ui.add(MenuRow::new("打开谈话").icon(Icon::SquarePen)).clicked() {
            act = Some(Act::Record);
        }
    } else if ui.add(MenuRow::new("记谈话").icon(Icon::SquarePen).enabled(may)).clicked() {
        act = Some(Act::Record);
    }
    if ui.add(MenuRow::new("改…").icon(Icon::Pencil).enabled(may)).clicked() {
        act = Some(Act::Edit);
    }
    menu_rule(ui);
    if ui.add(MenuRow::new("去掉").icon(Icon::X).enabled(may)).clicked() {
        act = Some(Act::Remove);
    }
    act
}

/// The days on which what is shown is due.
fn period(scene: &Scene<'_>, time: Time) -> Option<Period> {
    time.planned(scene.as_of, scene.today)
}

/// How many organisations the scope holds: itself and those below it, groups not among them.
fn reach(scene: &Scene<'_>) -> usize {
    let counted = |line: &&OrganisationLine| line.organisation.kind != OrganisationKind::Group && !line.is_gone;
    let place = scene.scope.and_then(|id| scene.tree.iter().position(|line| line.organisation.id == id));
    let Some(place) = place else { return scene.tree.iter().filter(counted).count() };
    let below = scene.tree[place + 1..].iter().take_while(|line| line.depth > scene.tree[place].depth);
    1 + below.filter(counted).count()
}

/// 「计划 11 次，已谈 3，过期 1」
fn standing(plans: &[KeptPlan], scene: &Scene<'_>) -> String {
    let lines = plans.iter().flat_map(|plan| &plan.lines);
    let overdue = lines.clone().filter(|line| line.is_overdue_on(scene.today)).count();
    let held: usize = plans.iter().map(KeptPlan::held).sum();
    let name = match plans {
        [one] => one.name.as_str(),
        _ => scene.scope_name,
    };
    let mut words = format!("{name}：计划 {} 次，已谈 {held}", lines.count());
    let covered: usize = plans.iter().map(KeptPlan::covered).sum();
    if covered > 0 {
        words.push_str(&format!("，已由别的谈话补上 {covered}"));
    }
    if overdue > 0 {
        words.push_str(&format!("，过期 {overdue}"));
    }
    words
}
