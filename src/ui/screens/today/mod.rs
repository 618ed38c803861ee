//! 今日, where one begins: what is to be done by when, and beside it what was done meanwhile and how the year stands.
//! Must never change anything itself: it wishes. Start at [`TodayScreen`].

mod aside;
mod deeds;
mod listed;

use std::collections::BTreeSet;

use egui::{Key, Modifiers, Popup, Rect, Ui, UiBuilder, pos2, vec2};

use super::frame::{head_height, page};
use super::{Page, Screen, TalkStart};
use crate::domain::checklists::Belongs;
use crate::domain::ids::ChecklistItemId;
use crate::engine::WriteRequest;
use crate::engine::questions::WorkOf;
use crate::exchange::attachments::Source;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{Button, EmptyState, Icon, PageHead, WorkEvent, WorkList, drawer, keyboard, sheet};
use crate::ui::words::weekday;
use crate::view::today::{Today, Way, When};
use aside::Aside;
use deeds::{Deed, attach_slot};
use listed::{Fold, Line, Listed};

/// Width of the right column.
const ASIDE: f32 = 334.0;
/// Left of the right column there must be room for this, or it lies over the page.
const LEAST_LEFT: f32 = 640.0;

/// The page 今日.
#[derive(Debug, Default)]
pub struct TodayScreen {
    work: Live<WorkOf>,
    listed: Listed,
    /// What the list was made of.
    made_of: Option<(Today, BTreeSet<Fold>, bool)>,
    /// Groups that are open though they begin closed.
    open: BTreeSet<Fold>,
    cursor: Cursor,
    aside: Aside,
    /// The item for which a file is being chosen.
    attaching: Option<ChecklistItemId>,
    /// The right column was asked for, where it lies over the page.
    is_aside_open: bool,
    /// The pass in which the page was drawn last; another page was shown since if it is not the one before.
    last_pass: u64,
}

/// The piece on which the cursor stands: by its key, and by its place for when it is dealt with.
#[derive(Debug, Default)]
struct Cursor {
    key: Option<String>,
    place: usize,
}

impl TodayScreen {
    fn ask(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        self.work.ask(scene, WorkOf { scope: scene.scope, day: scene.today });
        self.aside.ask(scene);
        self.attach(scene, out);
        let Some(today) = self.work.shown() else { return };
        let may = scene.frozen.is_none();
        let is_made =
            self.made_of.as_ref().is_some_and(|(of, open, could)| of == today && *open == self.open && *could == may);
        if !is_made {
            self.listed = Listed::of(today, &self.open, may);
            self.made_of = Some((today.clone(), self.open.clone(), may));
        }
    }

    /// Attaches the file that was chosen.
    fn attach(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        while let Some(path) = scene.chosen(&attach_slot()) {
            let Some(item) = self.attaching else { continue };
            let sources = vec![Source::File(path)];
            let request = WriteRequest::Attach { to: Belongs::Item(item), sources, version_of: None };
            out.wish(Wish::Write(attach_slot(), request));
        }
    }

    /// The place of the piece on which the cursor stands; of one that is gone the place of the next.
    fn chosen(&self) -> Option<usize> {
        let key = self.cursor.key.as_ref()?;
        let is_it = |line: &Line| line.piece().is_some_and(|piece| piece.key == *key);
        let next = || {
            let pieces = self.listed.lines.iter().enumerate().filter(|(_, line)| line.piece().is_some());
            pieces.map(|(place, _)| place).min_by_key(|place| place.abs_diff(self.cursor.place))
        };
        self.listed.lines.iter().position(is_it).or_else(next)
    }

    fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, is_over: bool, out: &mut Outbox) {
        let told = self.work.shown().map(told).unwrap_or_default();
        let day = format!("{} {}", listed::in_year(scene.today, scene.today), weekday(scene.today));
        let words = if told.is_empty() { day } else { format!("{day}·{told}") };
        PageHead::new("今日", &words).height(head_height(scene)).show(ui, |ui| {
            let write = Button::primary("记谈话").icon(Icon::SquarePen).enabled(scene.frozen.is_none());
            if ui.add(write).clicked() {
                out.go(Page::WriteTalk(TalkStart::default()));
            }
            if is_over && ui.add(Button::plain("概况").open(self.is_aside_open)).clicked() {
                self.is_aside_open = !self.is_aside_open;
            }
        });
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, is_over: bool, out: &mut Outbox) {
        let body = ui.available_rect_before_wrap();
        let left = if is_over { body } else { body.with_max_x(body.right() - ASIDE - space::L) };
        ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("list"), |ui| {
            sheet(ui, 0, |ui| {
                ui.set_min_size(ui.available_size());
                self.list_ui(ui, scene, out);
            });
        });
        if !is_over || self.is_aside_open {
            let from = pos2(body.right() - ASIDE.min(body.width()), body.top());
            let right = Rect::from_min_max(from, body.max);
            let progress = self.work.shown().map_or(&[][..], |today| &today.progress);
            drawer(ui, "概况", right, is_over, |ui| self.aside.show(ui, scene, progress, out));
        }
        ui.advance_cursor_after_rect(body);
    }

    fn list_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        match (self.work.problem(), self.work.shown()) {
            (Some(problem), _) => drop(EmptyState::new(&problem.title, &problem.happened).show(ui)),
            (None, None) => drop(EmptyState::new("正在读取…", "").show(ui)),
            (None, Some(today)) if today.pieces.is_empty() && today.put_off.is_empty() => {
                EmptyState::new("没有要办的事", "到期的、计划好的、谈话要跟进的，会列在这里").show(ui);
            }
            (None, Some(_)) => {
                let chosen = self.chosen();
                if let Some(event) = WorkList::new("要办的事", &self.listed.items, chosen).show(ui) {
                    self.take(event, scene, out);
                }
            }
        }
    }

    fn take(&mut self, event: WorkEvent, scene: &Scene<'_>, out: &mut Outbox) {
        let place = match event {
            WorkEvent::Chosen(place) | WorkEvent::Opened(place) | WorkEvent::Toggled(place) => place,
            WorkEvent::Pressed { place, .. } => place,
        };
        let Some(line) = self.listed.lines.get(place) else { return };
        if let Some(piece) = line.piece() {
            self.cursor = Cursor { key: Some(piece.key.clone()), place };
        }
        let deed = match (event, line) {
            (WorkEvent::Toggled(_), Line::Group(fold)) => return toggle(&mut self.open, *fold),
            (WorkEvent::Opened(_), line) => line.deeds().first(),
            (WorkEvent::Pressed { action, .. }, line) => line.deeds().get(action),
            _ => None,
        };
        if let (Some(Deed::Attach), Some(Way::ChecklistItem(due))) = (deed, line.piece().map(|piece| &piece.way)) {
            self.attaching = Some(due.item.id);
        }
        if let Some(deed) = deed {
            line.act(*deed, scene, out);
        }
    }

    /// Esc closes the right column where it lies over the page.
    fn keys(&mut self, ui: &Ui) {
        let ctx = ui.ctx();
        let is_free = ctx.memory(|memory| memory.top_modal_layer()).is_none() && !Popup::is_any_open(ctx);
        if self.is_aside_open && is_free && keyboard::pressed(ctx, Modifiers::NONE, Key::Escape) {
            self.is_aside_open = false;
        }
    }
}

fn toggle(open: &mut BTreeSet<Fold>, fold: Fold) {
    if !open.remove(&fold) {
        open.insert(fold);
    }
}

/// 「逾期 3 件，本周 4 件」
fn told(today: &Today) -> String {
    let parts = [When::Overdue, When::Week].map(|when| (when.label(today.day), today.of(when).count()));
    let parts: Vec<String> =
        parts.iter().filter(|(_, count)| *count > 0).map(|(word, count)| format!("{word} {count} 件")).collect();
    parts.join("，")
}

impl Screen for TodayScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let pass = ui.ctx().cumulative_pass_nr();
        if self.last_pass + 1 < pass {
            self.aside.begin();
        }
        self.last_pass = pass;
        self.ask(scene, out);
        page(ui, scene, |ui| {
            let is_over = ui.available_width() - ASIDE - space::L < LEAST_LEFT;
            if is_over {
                self.keys(ui);
            }
            self.head_ui(ui, scene, is_over, out);
            ui.allocate_ui(vec2(ui.available_width(), ui.available_height()), |ui| {
                self.body_ui(ui, scene, is_over, out);
            });
        });
    }
}
