//! Owns the right column of 今日: what was done since the last time, what is to be checked, what was left half-written.
//! Must never change anything. Start at [`Aside`].

use std::sync::Arc;

use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui};

use super::listed::in_year;
use crate::clock::Day;
use crate::domain::coverage::Relation;
use crate::domain::ids::OrganisationId;
use crate::engine::Job;
use crate::engine::questions::{DoneSince, ParkedDrafts};
use crate::store::Areas;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::talks::TalksPart;
use crate::ui::screens::{Page, told_of_draft};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    Button, Figure, figure, grouped, heading, label, link, measuring_bar, note, quiet_line, rule, weak, wrapped_note,
};
use crate::view::coverage::Ratio;
use crate::view::quality::{Quality, quality};

/// Of so many people what is to be checked is counted unasked; of more it takes a while, and is counted where it is
/// opened.
const COUNTED_UNASKED: usize = 3_000;
/// Kinds of findings that are named.
const KINDS_NAMED: usize = 3;

/// The right column.
#[derive(Debug, Default)]
pub struct Aside {
    done: Live<DoneSince>,
    drafts: Live<ParkedDrafts>,
    /// Grows whenever drafts may have changed: the page is come to, or one was parked or taken out.
    turn: u64,
    checking: Checking,
}

/// How much there is to be checked, counted beside everything else.
#[derive(Default)]
struct Checking {
    asked: Option<(Option<OrganisationId>, Day, u64)>,
    job: Option<Job<Quality>>,
    found: Option<Arc<Quality>>,
}

impl std::fmt::Debug for Checking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checking").field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl Checking {
    fn ask(&mut self, scene: &Scene<'_>) {
        let areas = Areas { settings: true, organisations: true, members: true, ..Areas::NONE };
        let wanted = (scene.scope, scene.today, scene.version(areas));
        if self.asked != Some(wanted) {
            if let Some(older) = self.job.take() {
                older.cancel();
            }
            let (scope, day, _) = wanted;
            self.job = Some(scene.desk_job("核对资料", move |desk, progress| quality(desk, scope, day, progress)));
            self.asked = Some(wanted);
        }
        if let Some(answer) = self.job.as_ref().and_then(Job::take) {
            self.job = None;
            // Why it came to nothing is told on the page 待核, which asks the same.
            self.found = answer.ok().map(Arc::new);
        }
    }
}

impl Aside {
    /// The page is come to.
    pub fn begin(&mut self) {
        self.turn += 1;
    }

    pub fn ask(&mut self, scene: &Scene<'_>) {
        self.turn += u64::from(scene.has_parked());
        self.drafts.ask(scene, ParkedDrafts { turn: self.turn });
        if let Some(since) = scene.last_opened {
            self.done.ask(scene, DoneSince(since));
        }
        if counts_unasked(scene) {
            self.checking.ask(scene);
        }
    }

    /// Draws the column.
    pub fn show(&self, ui: &mut Ui, scene: &Scene<'_>, progress: &[(Relation, Ratio)], out: &mut Outbox) {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            part(ui, |ui| self.done_ui(ui, scene, out));
            rule(ui);
            if !progress.is_empty() {
                part(ui, |ui| progress_ui(ui, scene, progress, out));
                rule(ui);
            }
            part(ui, |ui| self.checking_ui(ui, scene, out));
            rule(ui);
            part(ui, |ui| self.drafts_ui(ui, out));
        });
    }

    fn done_ui(&self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let since = scene.last_opened;
        let shown = since.map(|since| {
            let (day, clock) = (since.day(), since.shown());
            let clock = clock.rsplit(' ').next().unwrap_or_default().to_owned();
            format!("{} {clock}", in_year(day, scene.today))
        });
        line(ui, |ui| heading(ui, "上次打开以来"), |ui| drop(note(ui, &shown.unwrap_or_default())));
        let Some(done) = self.done.shown().filter(|_| since.is_some()) else {
            quiet_line(ui, if since.is_some() { "正在读取…" } else { "这台电脑上第一次打开" });
            return;
        };
        for one in done {
            let name = match one.operator.as_str() {
                "" => "没有署名的操作".to_owned(),
                operator => format!("{operator} 的操作"),
            };
            let value = grouped(one.count as u64);
            line(
                ui,
                |ui| label(ui, &name),
                |ui| {
                    if figure(ui, &Figure::new(&name, &value, "项")).clicked() {
                        out.go(Page::History(None));
                    }
                },
            );
        }
        if done.is_empty() {
            quiet_line(ui, "没有改动");
        }
    }

    fn checking_ui(&self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let Some(found) = self.checking.found.as_ref().filter(|_| counts_unasked(scene)) else {
            line(
                ui,
                |ui| heading(ui, "待核数据"),
                |ui| {
                    if link(ui, "去核对").clicked() {
                        out.go(Page::Quality);
                    }
                },
            );
            quiet_line(ui, if counts_unasked(scene) { "正在核对…" } else { "人多，打开时再核对" });
            return;
        };
        let value = grouped(found.items.len() as u64);
        line(
            ui,
            |ui| heading(ui, "待核数据"),
            |ui| {
                if figure(ui, &Figure::new("待核数据", &value, "处")).clicked() {
                    out.go(Page::Quality);
                }
            },
        );
        let kinds =
            found.kinds.iter().take(KINDS_NAMED).map(|kind| format!("{} {}", kind.title, grouped(kind.count as u64)));
        let kinds: Vec<String> = kinds.collect();
        if kinds.is_empty() {
            quiet_line(ui, "没有对不上的地方");
        } else {
            wrapped_note(ui, &kinds.join("·"));
        }
    }

    fn drafts_ui(&self, ui: &mut Ui, out: &mut Outbox) {
        line(ui, |ui| heading(ui, "草稿"), |_| {});
        let Some(drafts) = self.drafts.shown() else { return };
        for (name, draft) in drafts {
            let told = told_of_draft(name, draft);
            line(
                ui,
                |ui| {
                    label(ui, name);
                    if !told.is_empty() {
                        note(ui, &told);
                    }
                },
                |ui| {
                    let button = format!("接着填：{name}");
                    if ui.add(Button::link("接着填").name(&button)).clicked() {
                        out.wish(Wish::GoOn(name.clone(), draft.clone()));
                    }
                },
            );
        }
        if drafts.is_empty() {
            quiet_line(ui, "没有写到一半的记录");
        }
    }
}

/// How far the talks of the year are, relation by relation.
fn progress_ui(ui: &mut Ui, scene: &Scene<'_>, progress: &[(Relation, Ratio)], out: &mut Outbox) {
    let title = format!("{}年谈心谈话", scene.today.year());
    // Of a 党小组 they are its branch's.
    let whose = scene.answering().map_or(scene.scope_name, |organisation| organisation.shown_name());
    line(ui, |ui| heading(ui, &title), |ui| drop(note(ui, whose)));
    for (relation, ratio) in progress {
        let (name, whole) = (relation.label(), format!("/ {} {}", ratio.required, relation.unit()));
        let done = grouped(ratio.done as u64);
        line(
            ui,
            |ui| label(ui, name),
            |ui| {
                weak(ui, &whole);
                if figure(ui, &Figure::new(name, &done, "")).clicked() {
                    out.wish(Wish::ShowTalks(TalksPart::Coverage, Some(*relation)));
                }
            },
        );
        measuring_bar(ui, ratio.done, ratio.required, ui.available_width());
        ui.add_space(space::S);
    }
}

fn counts_unasked(scene: &Scene<'_>) -> bool {
    let in_scope = scene.tree.iter().filter(|line| match scene.scope {
        Some(scope) => line.organisation.id == scope,
        None => line.depth == 0,
    });
    in_scope.map(|line| line.members).sum::<usize>() <= COUNTED_UNASKED
}

/// A part of the column.
fn part(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        content(ui);
    });
}

/// A line with something at its right.
fn line<R>(ui: &mut Ui, left: impl FnOnce(&mut Ui) -> R, right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_min_height(height::TREE);
        ui.spacing_mut().item_spacing.x = space::S;
        left(ui);
        ui.with_layout(Layout::right_to_left(Align::Center), right);
    });
}
