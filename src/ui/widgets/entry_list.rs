//! Owns the list of a diary: entries under the heads of their days; only those seen are drawn.
//! Must never know what an entry did. Start at [`EntryList`].
//!
//! One stop of the Tab key. ↑ ↓ PageUp PageDown Home End move the choice.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    CornerRadius, EventFilter, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::badge::put_mark;
use super::{Mark, badge, keyboard, paint};
use crate::ui::theme::{self, Type, height, radius, space};

const TIME_WIDTH: f32 = 52.0;
const MARK_WIDTH: f32 = 22.0;
const RIGHT_WIDTH: f32 = 76.0;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryItem {
    /// A day: 「今天」 and 「11月24日」.
    Day {
        name: String,
        date: String,
    },
    Entry(EntryLine),
}

/// An entry as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryLine {
    /// What the caller knows it by.
    pub id: u64,
    /// `10:38`
    pub time: String,
    pub title: String,
    /// Who did it.
    pub right: String,
    /// It was taken back: the title is struck through, with this badge.
    pub struck: Option<String>,
    /// Second rank: an entry that took another back.
    pub weak: bool,
    /// How much it weighs, in the place of the time.
    pub mark: Option<Mark>,
}

impl EntryItem {
    /// How high it is drawn.
    pub fn height(&self) -> f32 {
        match self {
            Self::Day { .. } => height::TREE,
            Self::Entry(_) => height::HEAD,
        }
    }
}

/// A diary.
#[must_use = "show it"]
pub struct EntryList<'a> {
    name: &'a str,
    chosen: Option<u64>,
    opened: Option<&'a mut bool>,
}

impl<'a> EntryList<'a> {
    /// `name` is the accessible name, `chosen` the id of the entry that is shown beside the list.
    pub fn new(name: &'a str, chosen: Option<u64>) -> Self {
        Self { name, chosen, opened: None }
    }

    /// Is set when Enter is pressed in the list, or an entry pressed twice: the chosen one is to be opened.
    pub fn opened(mut self, opened: &'a mut bool) -> Self {
        self.opened = Some(opened);
        self
    }

    /// Draws the list over all room there is; gives back the entry that was chosen now.
    pub fn show(self, ui: &mut Ui, items: &[EntryItem]) -> Option<u64> {
        let name = self.name;
        ui.push_id(("entries", name), |ui| self.draw(ui, items)).inner
    }

    fn draw(mut self, ui: &mut Ui, items: &[EntryItem]) -> Option<u64> {
        let area = ui.available_rect_before_wrap();
        let body = ui.interact(area, ui.scope_id().with("body"), Sense::focusable_noninteractive());
        body.widget_info(|| WidgetInfo::labeled(Role::List, true, self.name));
        let page = (area.height() / height::HEAD).floor().max(1.0) as usize;
        let by_keys = by_keys(ui, &body, items, self.chosen, page);
        let mut picked = by_keys;
        if let Some(opened) = &mut self.opened {
            **opened = body.has_focus() && keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Enter);
        }
        super::scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, viewport| {
            ui.set_height(items.iter().map(EntryItem::height).sum());
            let (left, right) = (ui.max_rect().left(), ui.max_rect().right());
            let mut top = ui.max_rect().top();
            let seen = viewport.translate(ui.max_rect().left_top().to_vec2());
            for item in items {
                let rect = Rect::from_min_max(pos2(left, top), pos2(right, top + item.height()));
                top = rect.bottom();
                if let EntryItem::Entry(line) = item
                    && by_keys == Some(line.id)
                {
                    ui.scroll_to_rect(rect, None);
                }
                if rect.bottom() < seen.top() || rect.top() > seen.bottom() {
                    continue;
                }
                match item {
                    EntryItem::Day { name, date } => day_ui(ui, rect, name, date, rect.top() <= area.top()),
                    EntryItem::Entry(line) => {
                        let is_chosen = self.chosen == Some(line.id);
                        let entry = entry_ui(ui, rect, line, is_chosen, body.has_focus());
                        if entry.clicked() {
                            body.request_focus();
                            picked = Some(line.id);
                        }
                        if let Some(opened) = &mut self.opened {
                            **opened |= entry.double_clicked();
                        }
                    }
                }
            }
        });
        picked.filter(|id| self.chosen != Some(*id))
    }
}

fn day_ui(ui: &mut Ui, rect: Rect, name: &str, date: &str, is_top: bool) {
    let t = theme::tokens(ui);
    let id: Id = ui.scope_id().with(("day", date, name));
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("{name} {date}")));
    // At the top it follows the corner of the sheet.
    let corner = CornerRadius { nw: if is_top { radius::SHEET - 1 } else { 0 }, ..CornerRadius::ZERO };
    ui.painter().rect_filled(rect, corner, t.head);
    paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
    let galley = paint::text(ui, name, Type::Small, t.ink2);
    let end = paint::put_at(ui.painter(), rect.left() + space::L, rect.y_range(), galley);
    let galley = paint::text(ui, date, Type::Small, t.ink2);
    paint::put_at(ui.painter(), end + space::M, rect.y_range(), galley);
}

fn entry_ui(ui: &mut Ui, rect: Rect, line: &EntryLine, is_chosen: bool, has_focus: bool) -> Response {
    let t = theme::tokens(ui);
    let response = ui.interact(rect, ui.scope_id().with(("entry", line.id)), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_chosen, &line.title));
    if is_chosen {
        ui.painter().rect_filled(rect, 0, t.select);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, t.hover);
    }
    paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
    let left = rect.left() + space::L;
    let time = paint::text(ui, &line.time, Type::Body, t.ink2);
    paint::put_at(ui.painter(), left, rect.y_range(), time);
    if let Some(mark) = line.mark {
        put_mark(ui, pos2(left + 6.0, rect.center().y), mark);
    }
    // The handle of a long list does not touch the names.
    let right_edge = rect.right() - space::XL;
    let right = paint::text_within(ui, &line.right, Type::Body, t.ink2, RIGHT_WIDTH);
    paint::put_at(ui.painter(), right_edge - right.size().x, rect.y_range(), right);
    let right_width = if line.right.is_empty() { 0.0 } else { RIGHT_WIDTH };
    let mut title_end = right_edge - right_width - space::S;
    if let Some(badge) = &line.struck {
        title_end = badge_ui(ui, rect, title_end, badge) - space::S;
    }
    let ink = if line.struck.is_some() || line.weak { t.ink2 } else { t.ink };
    let title_left = left + if line.mark.is_some() { MARK_WIDTH } else { TIME_WIDTH };
    let mut format = TextFormat::simple(Type::Body.font(), ink);
    if line.struck.is_some() {
        format.strikethrough = theme::line(ui, ink);
    }
    let mut job = LayoutJob::single_section(line.title.clone(), format);
    job.wrap = TextWrapping::truncate_at_width((title_end - title_left).max(0.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let cut = galley.elided;
    paint::put_at(ui.painter(), title_left, rect.y_range(), galley);
    if is_chosen && has_focus {
        paint::ring_inside(ui, rect);
    }
    if cut { response.on_hover_text(&line.title) } else { response }
}

/// Paints a badge whose right edge is at `right`; gives back its left edge.
fn badge_ui(ui: &mut Ui, rect: Rect, right: f32, word: &str) -> f32 {
    let width = paint::text(ui, word, Type::Small, egui::Color32::PLACEHOLDER).size().x + 12.0;
    let slot = Rect::from_center_size(pos2(right - width / 2.0, rect.center().y), vec2(width, height::BADGE));
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(slot).id_salt(("badge", rect.top().to_bits())));
    badge::draw(&mut inner, word, super::Tone::Neutral);
    slot.left()
}

fn by_keys(ui: &Ui, body: &Response, items: &[EntryItem], chosen: Option<u64>, page: usize) -> Option<u64> {
    if !body.has_focus() {
        return None;
    }
    let filter = EventFilter { vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(body.id, filter));
    let ids: Vec<u64> = items
        .iter()
        .filter_map(|item| match item {
            EntryItem::Entry(line) => Some(line.id),
            EntryItem::Day { .. } => None,
        })
        .collect();
    let last = ids.len().checked_sub(1)?;
    let here = ids.iter().position(|id| Some(*id) == chosen);
    let pressed = |key| keyboard::pressed(ui.ctx(), Modifiers::NONE, key);
    let place = if pressed(Key::ArrowDown) {
        here.map_or(0, |here| (here + 1).min(last))
    } else if pressed(Key::ArrowUp) {
        here.map_or(0, |here| here.saturating_sub(1))
    } else if pressed(Key::PageDown) {
        here.map_or(0, |here| (here + page).min(last))
    } else if pressed(Key::PageUp) {
        here.map_or(0, |here| here.saturating_sub(page))
    } else if pressed(Key::Home) {
        0
    } else if pressed(Key::End) {
        last
    } else {
        return None;
    };
    ids.get(place).copied()
}
