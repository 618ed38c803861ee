//! Owns the matrix of pairs (矩阵): who has been talked with whom, one cell a pair, only the lower triangle.
//! Must never know who they are or what can be done about a pair. Start at [`PairMatrix`].

use egui::{Align2, Id, Key, Modifiers, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::{keyboard, paint, popup};
use crate::ui::theme::{self, Type, radius, space};

/// Cells keep this much from each other.
const GAP: f32 = 4.0;
/// Names and posts at the left.
const NAMES: f32 = 92.0;
/// Names and posts above.
const HEAD: f32 = 44.0;
/// Width of the popup below a cell.
const POPUP: f32 = 228.0;
/// From so many people on the cells are smaller.
const MANY: usize = 7;

/// Somebody in the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatrixPerson<'a> {
    /// With what tells one from another of the name.
    pub name: &'a str,
    /// As it stands above and beside the cells.
    pub short: &'a str,
    /// Below that: 书记, 组织.
    pub post: &'a str,
}

/// What is known of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PairState {
    /// When last, as it is shown: `09-08`, and how often.
    Talked { last: String, times: usize },
    /// 缺: so many talks, and not yet as many as are asked for.
    Missing { times: usize },
    /// When, as it is shown.
    Planned(String),
}

impl PairState {
    fn words(&self) -> String {
        match self {
            Self::Talked { last, times } => format!("最近 {last}，{times} 次"),
            Self::Missing { times: 0 } => "还缺".to_owned(),
            Self::Missing { times } => format!("还缺，已 {times} 次"),
            Self::Planned(day) => format!("已计划 {day}"),
        }
    }
}

/// A pair, by the places of the two: the first is the smaller.
pub type Pair = (usize, usize);

/// The matrix. ← → ↑ ↓ move, Enter opens the popup of a cell.
#[must_use = "show it"]
pub struct PairMatrix<'a> {
    name: &'a str,
    people: &'a [MatrixPerson<'a>],
    state: &'a dyn Fn(Pair) -> PairState,
    small: bool,
}

impl<'a> PairMatrix<'a> {
    /// `name` is the accessible name of the whole.
    pub fn new(name: &'a str, people: &'a [MatrixPerson<'a>], state: &'a dyn Fn(Pair) -> PairState) -> Self {
        Self { name, people, state, small: false }
    }

    /// With the small cells of a matrix of many people, where the window is small.
    pub fn small(mut self, small: bool) -> Self {
        self.small = small;
        self
    }

    /// How much room the matrix takes.
    pub fn size(&self) -> Vec2 {
        let (cell, count) = (self.cell(), self.people.len().saturating_sub(1) as f32);
        vec2(NAMES + count * (cell.x + GAP), HEAD + count * (cell.y + GAP))
    }

    fn cell(&self) -> Vec2 {
        if self.people.len() < MANY && !self.small { vec2(78.0, 56.0) } else { vec2(64.0, 48.0) }
    }

    /// Draws it; `below` draws what the popup of a pair holds, and what it gives is given back.
    pub fn show<R>(&self, ui: &mut Ui, mut below: impl FnMut(&mut Ui, Pair) -> Option<R>) -> Option<R> {
        let (rect, whole) = ui.allocate_exact_size(self.size(), Sense::hover());
        whole.widget_info(|| WidgetInfo::labeled(Role::Grid, true, self.name));
        let key = whole.id.with("cursor");
        let last = self.people.len().saturating_sub(1);
        let mut cursor: Pair = ui.data(|data| data.get_temp(key)).unwrap_or((0, 1));
        cursor = (cursor.0.min(last.saturating_sub(1)), cursor.1.clamp(1, last.max(1)));
        let moved = self.by_keys(ui, whole.id, cursor);
        if let Some(pair) = moved {
            cursor = pair;
        }
        self.heads_ui(ui, rect);
        let mut given = None;
        for row in 1..self.people.len() {
            for column in 0..row {
                let pair = (column, row);
                let response = self.cell_ui(ui, rect, whole.id, pair, cursor == pair);
                if moved == Some(pair) {
                    response.request_focus();
                }
                if response.clicked() {
                    cursor = pair;
                    response.request_focus();
                }
                let name = self.pair_words(pair);
                let shown = popup(ui, &response, &name, POPUP, |ui, fresh| {
                    focus_when_measured(ui, response.id.with("fresh"), fresh);
                    below(ui, pair)
                });
                given = given.or(shown.flatten());
            }
        }
        ui.data_mut(|data| data.insert_temp(key, cursor));
        given
    }

    fn pair_words(&self, (one, other): Pair) -> String {
        let name = |place: usize| self.people.get(place).map_or("", |person| person.name);
        format!("{} 和 {}", name(one), name(other))
    }

    /// The pair that an arrow leads to, while a cell has the focus.
    fn by_keys(&self, ui: &Ui, whole: Id, (column, row): Pair) -> Option<Pair> {
        if !ui.memory(|memory| memory.has_focus(whole.with((column, row)))) {
            return None;
        }
        keyboard::keep_arrows(ui, whole.with((column, row)), keyboard::Arrows::All);
        let pressed = |key| keyboard::pressed(ui.ctx(), Modifiers::NONE, key);
        let last = self.people.len().saturating_sub(1);
        let to = if pressed(Key::ArrowLeft) {
            (column.saturating_sub(1), row)
        } else if pressed(Key::ArrowRight) {
            ((column + 1).min(row.saturating_sub(1)), row)
        } else if pressed(Key::ArrowUp) {
            (column, row.saturating_sub(1).max(column + 1))
        } else if pressed(Key::ArrowDown) {
            (column, (row + 1).min(last))
        } else {
            return None;
        };
        (to != (column, row)).then_some(to)
    }

    fn heads_ui(&self, ui: &Ui, rect: Rect) {
        let t = theme::tokens(ui);
        let cell = self.cell();
        let lines = |ui: &Ui, place: Rect, align: Align2, person: &MatrixPerson<'_>| {
            let name = paint::text_within(ui, person.short, Type::Body, t.ink, place.width());
            let post = paint::text_within(ui, person.post, Type::Small, t.ink2, place.width());
            let middle = place.center().y;
            paint::put(ui.painter(), Rect::from_x_y_ranges(place.x_range(), middle - 20.0..=middle), align, name);
            paint::put(ui.painter(), Rect::from_x_y_ranges(place.x_range(), middle..=middle + 19.0), align, post);
        };
        for (place, person) in self.people.iter().enumerate().skip(1) {
            let top = rect.top() + HEAD + (place - 1) as f32 * (cell.y + GAP);
            let left = Rect::from_min_size(pos2(rect.left(), top), vec2(NAMES - space::S, cell.y));
            lines(ui, left, Align2::LEFT_CENTER, person);
        }
        for (place, person) in self.people.iter().enumerate().take(self.people.len().saturating_sub(1)) {
            let left = rect.left() + NAMES + place as f32 * (cell.x + GAP);
            let head = Rect::from_min_size(pos2(left, rect.top()), vec2(cell.x, HEAD - GAP));
            lines(ui, head, Align2::CENTER_CENTER, person);
        }
    }

    /// One cell; only the one the cursor stands on is a stop of Tab.
    fn cell_ui(&self, ui: &Ui, rect: Rect, whole: Id, pair: Pair, is_cursor: bool) -> Response {
        let t = theme::tokens(ui);
        let cell = self.cell();
        let (column, row) = pair;
        let left = rect.left() + NAMES + column as f32 * (cell.x + GAP);
        let top = rect.top() + HEAD + (row - 1) as f32 * (cell.y + GAP);
        let place = Rect::from_min_size(pos2(left, top), cell);
        let sense = if is_cursor { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(place, whole.with(pair), sense);
        let state = (self.state)(pair);
        let name = format!("{}：{}", self.pair_words(pair), state.words());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let (fill, ink, first, second) = match &state {
            PairState::Talked { last, times } => (t.oksoft, t.ok, last.clone(), format!("{times} 次")),
            PairState::Planned(day) => (t.actsoft, t.act, day.clone(), "已计划".to_owned()),
            PairState::Missing { times: 0 } => (t.ambersoft, t.amber, "缺".to_owned(), String::new()),
            PairState::Missing { times } => (t.ambersoft, t.amber, "缺".to_owned(), format!("已 {times} 次")),
        };
        ui.painter().rect_filled(place, radius::CONTROL, fill);
        match &state {
            PairState::Missing { .. } => paint::dashed_box(ui, place, radius::CONTROL, t.ambermark),
            PairState::Planned(_) => paint::boxed(ui, place, radius::CONTROL, fill, t.act),
            PairState::Talked { .. } if t.bordered_softs => paint::boxed(ui, place, radius::CONTROL, fill, t.okmark),
            PairState::Talked { .. } if response.hovered() => paint::boxed(ui, place, radius::CONTROL, fill, t.line2),
            PairState::Talked { .. } => {}
        }
        if second.is_empty() {
            paint::put(ui.painter(), place, Align2::CENTER_CENTER, paint::text(ui, &first, Type::Strong, ink));
        } else {
            let half = place.center().y;
            let (upper, lower) = (half - 20.0..=half, half..=half + 19.0);
            let first = paint::text_within(ui, &first, Type::Body, ink, cell.x);
            let second = paint::text_within(ui, &second, Type::Small, ink, cell.x);
            let line = |y| Rect::from_x_y_ranges(place.x_range(), y);
            paint::put(ui.painter(), line(upper), Align2::CENTER_CENTER, first);
            paint::put(ui.painter(), line(lower), Align2::CENTER_CENTER, second);
        }
        paint::ring(ui, &response, radius::CONTROL);
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }
}

/// What the colours of the cells mean.
pub fn matrix_key(ui: &mut Ui) {
    let t = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().item_spacing.x = space::ICON;
        for (fill, border, is_dashed, words) in [
            (t.oksoft, t.okmark, false, "最近一次、次数"),
            (t.ambersoft, t.ambermark, true, "还缺"),
            (t.actsoft, t.act, false, "已计划"),
        ] {
            let (rect, _) = ui.allocate_exact_size(vec2(12.0, 12.0), Sense::hover());
            ui.painter().rect_filled(rect, radius::BADGE, fill);
            if is_dashed {
                paint::dashed_box(ui, rect, radius::BADGE, border);
            } else {
                paint::boxed(ui, rect, radius::BADGE, fill, border);
            }
            paint::note(ui, words);
            ui.add_space(space::S);
        }
    });
}

/// Gives the focus to the first control of a popup that has just been opened: while it is measured nothing in it can
/// have it.
fn focus_when_measured(ui: &Ui, key: Id, fresh: bool) {
    if fresh {
        ui.data_mut(|data| data.insert_temp(key, true));
    }
    if !ui.is_sizing_pass() && ui.data_mut(|data| data.remove_temp::<bool>(key)).is_some() {
        keyboard::focus_next_drawn(ui);
    }
}
