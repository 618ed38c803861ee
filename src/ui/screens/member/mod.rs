//! One member's page: facts, timeline, what needs an answer. Owns what of it is revealed and which part is shown.
//! Must never change anything itself: it wishes. Start at [`MemberScreen`].

mod aside;
mod facts;
mod head;
mod reading;
mod story;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Key, Modifiers, Rect, Ui, UiBuilder, pos2, vec2};

use super::evidence::Shelf;
use super::{Page, Screen, frame};
use crate::domain::fields::Known;
use crate::domain::ids::PersonId;
use crate::engine::questions::Member;
use crate::ui::dialogs::edit_member::EditMember;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{EmptyState, keyboard, sheet};
use crate::view::member::MemberPage;
use story::Shown;

/// What stands in the second column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Middle {
    #[default]
    Timeline,
    /// The talks, one after the other.
    Talks,
    /// What needs an answer, where there is no room for three columns.
    Aside,
}

/// The page of one member.
#[derive(Debug)]
pub struct MemberScreen {
    person: PersonId,
    /// The list it was opened from.
    listed: Arc<Vec<PersonId>>,
    page: Live<Member>,
    /// Personal values shown in full.
    revealed: BTreeSet<Known>,
    /// Which part of the timeline is shown.
    shown: Shown,
    /// What stands in the second column.
    middle: Middle,
    /// The scans of talks.
    shelf: Shelf,
    /// The pass in which the page was drawn last; another page was shown since if it is not the one before.
    last_pass: u64,
}

impl MemberScreen {
    /// The page of a person, within the list it was opened from.
    pub fn new(person: PersonId, listed: Arc<Vec<PersonId>>) -> Self {
        let (page, revealed) = (Live::default(), BTreeSet::new());
        let (shown, middle, shelf) = (Shown::All, Middle::default(), Shelf::new("member"));
        Self { person, listed, page, revealed, shown, middle, shelf, last_pass: 0 }
    }

    /// The place in the list, and how many there are.
    fn place(&self) -> Option<(usize, usize)> {
        let place = self.listed.iter().position(|id| *id == self.person)?;
        Some((place, self.listed.len()))
    }

    /// The person `by` places further in the list.
    fn neighbour(&self, by: isize) -> Option<PersonId> {
        let (place, _) = self.place()?;
        self.listed.get(place.checked_add_signed(by)?).copied()
    }

    fn keys(&self, ui: &Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let ctx = ui.ctx();
        let is_busy = egui::Popup::is_any_open(ctx) || ctx.text_edit_focused();
        if is_busy || ctx.memory(|memory| memory.top_modal_layer()).is_some() {
            return;
        }
        if keyboard::pressed(ctx, Modifiers::NONE, Key::Escape) {
            out.wish(Wish::Back);
        }
        for (key, by) in [(Key::PageUp, -1), (Key::PageDown, 1)] {
            if keyboard::pressed(ctx, Modifiers::COMMAND, key)
                && let Some(next) = self.neighbour(by)
            {
                out.go(Page::Member(next));
            }
        }
        if scene.frozen.is_none() && keyboard::pressed(ctx, Modifiers::COMMAND, Key::E) {
            out.open(EditMember::new(self.person));
        }
    }

    /// The columns of the sheet.
    fn columns_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, out: &mut Outbox) {
        let area = ui.available_rect_before_wrap();
        let three = scene.width == Width::Wide;
        let first = 340.0;
        let third = if three { 300.0 } else { 0.0 };
        let cut = [area.left(), area.left() + first, area.right() - third, area.right()];
        let column =
            |place: usize| Rect::from_min_max(pos2(cut[place], area.top()), pos2(cut[place + 1], area.bottom()));
        for x in &cut[1..if three { 3 } else { 2 }] {
            let right = *x + theme::px(ui.pixels_per_point());
            let line = Rect::from_min_max(pos2(*x, area.top()), pos2(right, area.bottom()));
            ui.painter().rect_filled(line, 0, theme::tokens(ui).line2);
        }
        in_column(ui, column(0), "facts", |ui| facts::show(ui, scene, page, &mut self.revealed, out));
        let middle = &mut self.middle;
        match middle {
            Middle::Talks => in_column(ui, column(1), "talks", |ui| {
                reading::show(ui, scene, page, &mut self.shelf, middle, out);
            }),
            Middle::Aside if !three => in_column(ui, column(1), "way back", |ui| {
                aside::show_with_way_back(ui, scene, page, middle, out);
            }),
            Middle::Timeline | Middle::Aside => in_column(ui, column(1), "timeline", |ui| {
                story::show(ui, scene, page, &mut self.shown, middle, out);
            }),
        }
        if three {
            in_column(ui, column(2), "aside", |ui| aside::show(ui, scene, page, middle, out));
        }
    }

    fn sheet_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, page: Option<&MemberPage>, out: &mut Outbox) {
        let height = ui.available_height();
        sheet(ui, 0, |ui| {
            ui.set_height(height);
            ui.set_width(ui.available_width());
            frame::day_bar_ui(ui, scene, "情况，不能修改", out);
            match page {
                Some(page) => self.columns_ui(ui, scene, page, out),
                None if self.page.is_waiting() => drop(EmptyState::new("正在读取…", "").show(ui)),
                None => drop(EmptyState::new("没有这个人", "可能刚被撤销").show(ui)),
            }
        });
    }
}

/// A column that scrolls by itself.
fn in_column<R>(ui: &mut Ui, rect: Rect, salt: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let builder = UiBuilder::new().max_rect(rect).id_salt(salt);
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            let margin = egui::Margin { left: 24, right: 24, top: 12, bottom: 16 };
            egui::Frame::new()
                .inner_margin(margin)
                .show(ui, |ui| {
                    ui.set_width(rect.width() - 48.0);
                    ui.spacing_mut().item_spacing = vec2(space::S, 0.0);
                    add(ui)
                })
                .inner
        })
    })
    .inner
    .inner
}

impl Screen for MemberScreen {
    fn person(&self) -> Option<PersonId> {
        Some(self.person)
    }

    fn listed(&self) -> Option<Arc<Vec<PersonId>>> {
        Some(Arc::clone(&self.listed))
    }

    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let pass = ui.ctx().cumulative_pass_nr();
        if self.last_pass + 1 < pass {
            // The page was left meanwhile: what was shown in full is masked again.
            self.revealed.clear();
        }
        self.last_pass = pass;
        self.page.ask(scene, Member { id: self.person, as_of: scene.as_of });
        self.shelf.follow(ui, scene, out);
        self.keys(ui, scene, out);
        frame::page(ui, scene, |ui| {
            let page = self.page.shown().cloned();
            let page = page.as_ref().and_then(Option::as_ref);
            head::show(ui, scene, self, page, out);
            self.sheet_ui(ui, scene, page, out);
        });
    }
}
