//! Owns the list of work: pieces of two lines under the heads of their groups, each with what can be done with it.
//! Must never know what a piece is about. Start at [`WorkList`].
//!
//! One stop of the Tab key. ↑ ↓ Home End move the choice, Enter opens; the buttons stand on the row that is chosen or
//! under the pointer, those of the chosen one are stops too.

use egui::{Align, CornerRadius, Key, Layout, Modifiers, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder};
use egui::{Rangef, RectAlign, Tooltip, WidgetInfo, pos2, vec2};
use lucide_icons::Icon;

use super::badge::{badge_width, draw, put_mark};
use super::keyboard::{Arrows, keep_arrows};
use super::{Button, Mark, Tone, keyboard, paint};
use crate::ui::theme::{self, Type, height, radius, space};

/// From the left edge to the text.
const TEXT_LEFT: f32 = 38.0;
/// Room of the date.
const DATE: f32 = 84.0;
/// Height of a piece: the buttons on the line of the title leave the line below it free.
const PIECE: f32 = 56.0;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkItem {
    Group(WorkGroup),
    Piece(WorkPiece),
    /// What a group without pieces says.
    Nothing(String),
}

/// The head of a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkGroup {
    pub name: String,
    pub count: usize,
    /// What is said at the right: first what is firm, in its colour, then the rest.
    pub firm: String,
    pub right: String,
    /// Whether it is open; none of one that is never closed.
    pub is_open: Option<bool>,
}

/// A piece of work as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkPiece {
    pub mark: Mark,
    pub title: String,
    /// A word on a soft ground after the title, for what is firm.
    pub badge: Option<&'static str>,
    pub note: String,
    /// `11月9日`
    pub date: String,
    /// 「迟 15 天」
    pub late: Option<String>,
    /// What can be done with it: verbs.
    pub actions: Vec<&'static str>,
}

impl WorkItem {
    fn height(&self) -> f32 {
        match self {
            Self::Group(_) => 38.0,
            Self::Piece(_) => PIECE,
            Self::Nothing(_) => height::STRIP,
        }
    }
}

/// What was done in the list; lines are told by their place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkEvent {
    /// The cursor went to a piece.
    Chosen(usize),
    /// A piece is to be opened: Enter, or pressed twice.
    Opened(usize),
    /// One of the actions of a piece was pressed.
    Pressed { place: usize, action: usize },
    /// The head of a group that opens and closes was pressed.
    Toggled(usize),
}

/// A list of work.
#[must_use = "show it"]
pub struct WorkList<'a> {
    name: &'a str,
    items: &'a [WorkItem],
    chosen: Option<usize>,
}

impl<'a> WorkList<'a> {
    /// `name` is the accessible name, `chosen` the place of the piece on which the cursor stands.
    pub fn new(name: &'a str, items: &'a [WorkItem], chosen: Option<usize>) -> Self {
        Self { name, items, chosen }
    }

    /// Draws the list over all room there is.
    pub fn show(self, ui: &mut Ui) -> Option<WorkEvent> {
        let area = ui.available_rect_before_wrap();
        let body = ui.interact(area, ui.scope_id().with("work"), Sense::focusable_noninteractive());
        body.widget_info(|| WidgetInfo::labeled(Role::List, true, self.name));
        let by_keys = self.by_keys(ui, &body);
        let mut event = by_keys;
        super::scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, viewport| {
            ui.set_height(self.items.iter().map(WorkItem::height).sum());
            let whole = ui.max_rect();
            let seen = viewport.translate(whole.left_top().to_vec2());
            let mut top = whole.top();
            for (place, item) in self.items.iter().enumerate() {
                let rect = Rect::from_min_max(pos2(whole.left(), top), pos2(whole.right(), top + item.height()));
                top = rect.bottom();
                if by_keys == Some(WorkEvent::Chosen(place)) {
                    ui.scroll_to_rect(rect, None);
                }
                if rect.bottom() < seen.top() || rect.top() > seen.bottom() {
                    continue;
                }
                let is_first = rect.top() <= area.top();
                let done = ui.push_id(place, |ui| match item {
                    WorkItem::Group(group) => group_ui(ui, rect, group, is_first).then_some(WorkEvent::Toggled(place)),
                    WorkItem::Piece(piece) => self.piece_ui(ui, rect, piece, place, &body),
                    WorkItem::Nothing(words) => {
                        nothing_ui(ui, rect, words);
                        None
                    }
                });
                event = done.inner.or(event);
            }
        });
        event
    }

    fn piece_ui(&self, ui: &mut Ui, rect: Rect, piece: &WorkPiece, place: usize, body: &Response) -> Option<WorkEvent> {
        let is_chosen = self.chosen == Some(place);
        let row = ui.interact(rect, ui.scope_id().with("piece"), Sense::CLICK);
        row.widget_info(|| {
            let mut info = WidgetInfo::selected(Role::ListItem, true, is_chosen, &piece.title);
            info.current_text_value = Some(told(piece));
            info
        });
        let is_near = is_chosen || row.contains_pointer();
        let action = paint_piece(ui, rect, piece, is_near);
        if is_chosen && body.has_focus() {
            paint::ring_inside(ui, rect);
        }
        if row.double_clicked() {
            return Some(WorkEvent::Opened(place));
        }
        if row.clicked() {
            body.request_focus();
            return Some(WorkEvent::Chosen(place));
        }
        action.map(|action| WorkEvent::Pressed { place, action })
    }

    fn by_keys(&self, ui: &Ui, body: &Response) -> Option<WorkEvent> {
        if !body.has_focus() {
            return None;
        }
        keep_arrows(ui, body.id, Arrows::Vertical);
        let is_piece = |place: &usize| matches!(self.items.get(*place), Some(WorkItem::Piece(_)));
        let places: Vec<usize> = (0..self.items.len()).filter(is_piece).collect();
        let last = places.len().checked_sub(1)?;
        let here = places.iter().position(|place| Some(*place) == self.chosen);
        let pressed = |key| keyboard::pressed(ui.ctx(), Modifiers::NONE, key);
        let wanted = if pressed(Key::ArrowDown) {
            here.map_or(0, |here| (here + 1).min(last))
        } else if pressed(Key::ArrowUp) {
            here.map_or(0, |here| here.saturating_sub(1))
        } else if pressed(Key::Home) {
            0
        } else if pressed(Key::End) {
            last
        } else if here.is_some() && pressed(Key::Enter) {
            return self.chosen.map(WorkEvent::Opened);
        } else {
            return None;
        };
        places.get(wanted).map(|place| WorkEvent::Chosen(*place))
    }
}

/// What a blind person hears of a piece after its title.
fn told(piece: &WorkPiece) -> String {
    let parts = [piece.badge.unwrap_or_default(), &piece.date, piece.late.as_deref().unwrap_or_default(), &piece.note];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，")
}

/// Paints a piece; gives back the action that was pressed.
fn paint_piece(ui: &mut Ui, rect: Rect, piece: &WorkPiece, is_near: bool) -> Option<usize> {
    let t = theme::tokens(ui);
    if is_near {
        ui.painter().rect_filled(rect, 0, t.hover);
    }
    paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
    put_mark(ui, pos2(rect.left() + 21.0, rect.center().y), piece.mark);
    let (upper, lower) = lines_of(rect);
    let note_end = date_ui(ui, rect, piece);
    let mut end = rect.right() - space::L - DATE - space::S;
    let mut pressed = None;
    if is_near && !piece.actions.is_empty() {
        // On the line of the title, so that what it rests on is still read.
        let line = rect.with_max_x(end).with_min_y(rect.top() + 3.0).with_max_y(rect.top() + 3.0 + height::SMALL);
        (pressed, end) = actions_ui(ui, line, piece);
    }
    let left = rect.left() + TEXT_LEFT;
    let badge = piece.badge.map_or(0.0, |word| badge_width(ui, word) + space::S);
    let title = paint::text_within(ui, &piece.title, Type::Body, t.ink, end - left - badge);
    let note = paint::text_within(ui, &piece.note, Type::Small, t.ink3, note_end - left);
    let is_cut = title.elided || note.elided;
    let title_end = paint::put_at(ui.painter(), left, upper, title);
    paint::put_at(ui.painter(), left, lower, note);
    if let Some(word) = piece.badge {
        let slot = Rect::from_min_size(pos2(title_end + space::S, rect.top() + 7.0), vec2(badge, height::BADGE));
        draw(&mut ui.new_child(UiBuilder::new().max_rect(slot).id_salt("badge")), word, Tone::Hard);
    }
    if is_cut {
        whole_ui(ui, rect.with_min_x(left).with_max_x(end), note_end - left, piece);
    }
    pressed
}

/// The two lines of a piece.
fn lines_of(rect: Rect) -> (Rangef, Rangef) {
    (Rangef::new(rect.top() + 5.0, rect.top() + 27.0), Rangef::new(rect.top() + 30.0, rect.bottom() - 5.0))
}

/// The date, and below it how late it is; gives back how far the note may reach beside it.
fn date_ui(ui: &Ui, rect: Rect, piece: &WorkPiece) -> f32 {
    let t = theme::tokens(ui);
    let right = rect.right() - space::L;
    let date = paint::text(ui, &piece.date, Type::Body, t.ink);
    let date_left = right - date.size().x;
    let Some(late) = &piece.late else {
        paint::put_at(ui.painter(), date_left, rect.y_range(), date);
        return date_left - space::L;
    };
    let (upper, lower) = lines_of(rect);
    paint::put_at(ui.painter(), date_left, upper, date);
    let color = if piece.mark == Mark::Hard { t.hard } else { t.amber };
    let late = paint::text(ui, late, Type::Small, color);
    let late_left = right - late.size().x;
    paint::put_at(ui.painter(), late_left, lower, late);
    late_left - space::L
}

/// All of what was cut, while the pointer rests on it: above the row, since one reads on downwards.
fn whole_ui(ui: &Ui, words: Rect, width: f32, piece: &WorkPiece) {
    let hover = ui.interact(words, ui.scope_id().with("words"), Sense::hover());
    let mut tip = Tooltip::for_enabled(&hover).width(width);
    tip.popup = tip.popup.align(RectAlign::TOP_START);
    tip.show(|ui| {
        ui.label(&piece.title);
        ui.label(&piece.note);
    });
}

/// The buttons of a piece, against the right edge of the rectangle; gives back the one pressed and where they begin.
fn actions_ui(ui: &mut Ui, rect: Rect, piece: &WorkPiece) -> (Option<usize>, f32) {
    let layout = Layout::right_to_left(Align::Center);
    let mut buttons = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("actions").layout(layout));
    buttons.spacing_mut().item_spacing.x = space::XS;
    let mut pressed = None;
    for (nth, word) in piece.actions.iter().enumerate().rev() {
        let name = format!("{word}：{}", piece.title);
        if buttons.add(Button::plain(word).small().name(&name)).clicked() {
            pressed = Some(nth);
        }
    }
    (pressed, buttons.min_rect().left() - space::S)
}

/// Draws the head of a group; gives back whether it was pressed.
fn group_ui(ui: &mut Ui, rect: Rect, group: &WorkGroup, is_first: bool) -> bool {
    let t = theme::tokens(ui);
    let sense = if group.is_open.is_some() { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, ui.scope_id().with("group"), sense);
    let name = format!("{} {}", group.name, group.count);
    response.widget_info(|| match group.is_open {
        Some(is_open) => WidgetInfo::selected(Role::Button, true, is_open, &name),
        None => WidgetInfo::labeled(Role::Heading, true, &name),
    });
    // At the top it follows the corner of the sheet.
    let corner = if is_first { radius::SHEET - 1 } else { 0 };
    let ground = if group.is_open.is_some() && response.hovered() { t.hover } else { t.head };
    ui.painter().rect_filled(rect, CornerRadius { nw: corner, ne: corner, sw: 0, se: 0 }, ground);
    paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
    let mut left = rect.left() + space::L;
    if let Some(is_open) = group.is_open {
        let slot = Rect::from_x_y_ranges(left..=left + 14.0, rect.y_range());
        paint::put_icon(ui, slot, if is_open { Icon::ChevronDown } else { Icon::ChevronRight }, 14.0, t.ink2);
        left = rect.left() + TEXT_LEFT;
    }
    let title = paint::text(ui, &group.name, Type::Section, t.ink);
    let count = paint::text(ui, &group.count.to_string(), Type::Body, t.ink2);
    let end = paint::put_at(ui.painter(), left, rect.y_range(), title);
    let end = paint::put_at(ui.painter(), end + space::S, rect.y_range(), count) + space::L;
    let edge = rect.right() - space::L;
    let firm = paint::text(ui, &group.firm, Type::Small, t.hard);
    let right = paint::text_within(ui, &group.right, Type::Small, t.ink2, edge - end - firm.size().x);
    let from = edge - right.size().x;
    paint::put_at(ui.painter(), from, rect.y_range(), right);
    paint::put_at(ui.painter(), from - firm.size().x, rect.y_range(), firm);
    if response.has_focus() {
        paint::ring_inside(ui, rect);
    }
    response.clicked()
}

fn nothing_ui(ui: &Ui, rect: Rect, words: &str) {
    let t = theme::tokens(ui);
    let response = ui.interact(rect, ui.scope_id().with("nothing"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line);
    let galley = paint::text_within(ui, words, Type::Body, t.ink3, rect.width() - TEXT_LEFT - space::L);
    paint::put_at(ui.painter(), rect.left() + TEXT_LEFT, rect.y_range(), galley);
}
