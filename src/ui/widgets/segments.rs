//! Owns the joined choices: one of a few words, and the state control 有 · 部分 · 缺 · 不适用.
//! Must never know what is chosen. Start at [`Segments`].

use egui::{
    Align2, Color32, CornerRadius, Key, Modifiers, Rect, Response, Role, Sense, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::{keyboard, paint};
use crate::ui::theme::{self, Type, height, radius, space};

/// One of a few words, joined. ← → choose while it has the focus, 1 to 9 choose directly.
#[must_use = "show it"]
pub struct Segments<'a> {
    name: &'a str,
    words: &'a [&'a str],
    chosen: Option<usize>,
    names: &'a [&'a str],
    height: f32,
}

impl<'a> Segments<'a> {
    /// `name` is the accessible name of the whole.
    pub fn new(name: &'a str, words: &'a [&'a str], chosen: Option<usize>) -> Self {
        Self { name, words, chosen, names: &[], height: height::CHIP }
    }

    /// What the words are short for: accessible names, and what is told while the pointer rests on them.
    pub fn names(self, names: &'a [&'a str]) -> Self {
        Self { names, ..self }
    }

    /// As high as fields, for among them.
    pub fn tall(self) -> Self {
        Self { height: height::CONTROL, ..self }
    }

    /// Draws the choice and gives back the index that was chosen now, if any.
    pub fn show(self, ui: &mut Ui) -> Option<usize> {
        let t = theme::tokens(ui);
        segments(ui, &self, |_| (t.actsoft, t.act))
    }
}

/// Whether a piece of an archive is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// 有.
    Have,
    /// 部分.
    Part,
    /// 缺.
    Missing,
    /// 不适用.
    NotApplicable,
}

impl Holding {
    /// All states, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Have, Self::Part, Self::Missing, Self::NotApplicable];

    /// The word of the state.
    pub fn word(self) -> &'static str {
        match self {
            Self::Have => "有",
            Self::Part => "部分",
            Self::Missing => "缺",
            Self::NotApplicable => "不适用",
        }
    }
}

/// The control 有 · 部分 · 缺 · 不适用, each with its own ground when chosen.
#[must_use = "show it"]
pub struct StateControl<'a> {
    name: &'a str,
    state: Option<Holding>,
}

impl<'a> StateControl<'a> {
    /// `name` is the accessible name: whose state it is.
    pub fn new(name: &'a str, state: Option<Holding>) -> Self {
        Self { name, state }
    }

    /// How wide it is drawn.
    pub fn width(ui: &Ui) -> f32 {
        widths(ui, &Holding::ALL.map(Holding::word)).iter().sum()
    }

    /// Draws the control and gives back the state that was chosen now, if any.
    pub fn show(self, ui: &mut Ui) -> Option<Holding> {
        let t = theme::tokens(ui);
        let words = Holding::ALL.map(Holding::word);
        let chosen = self.state.and_then(|state| Holding::ALL.iter().position(|other| *other == state));
        let tones = [(t.oksoft, t.ok), (t.ambersoft, t.amber), (t.hardsoft, t.hard), (t.head, t.ink2)];
        segments(ui, &Segments::new(self.name, &words, chosen), |index| tones[index]).map(|index| Holding::ALL[index])
    }
}

fn segments(ui: &mut Ui, of: &Segments<'_>, tone: impl Fn(usize) -> (Color32, Color32)) -> Option<usize> {
    let Segments { name, words, chosen, names, height } = *of;
    let widths = widths(ui, words);
    let size = vec2(widths.iter().sum(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::focusable_noninteractive());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::RadioGroup, enabled, name));
    let t = theme::tokens(ui);
    ui.painter().rect_filled(rect, radius::CONTROL, if enabled { t.sheet } else { t.head });
    let mut picked = if response.has_focus() { by_keys(ui, &response, words.len(), chosen) } else { None };
    let mut left = rect.left();
    for (index, word) in words.iter().enumerate() {
        let cell = Rect::from_x_y_ranges(left..=left + widths[index], rect.y_range());
        left = cell.right();
        let part = ui.interact(cell, response.id.with(index), Sense::CLICK);
        let whole = names.get(index).unwrap_or(word);
        part.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, chosen == Some(index), whole));
        if part.clicked() {
            picked = Some(index);
            response.request_focus();
        }
        segment(ui, cell, index, words, chosen, part.hovered(), &tone);
        if whole != word {
            part.on_hover_text(*whole);
        }
    }
    ui.painter().rect_stroke(rect, CornerRadius::same(radius::CONTROL), theme::line(ui, t.line2), StrokeKind::Inside);
    paint::ring(ui, &response, radius::CONTROL);
    picked.filter(|index| chosen != Some(*index))
}

fn widths(ui: &Ui, words: &[&str]) -> Vec<f32> {
    let width = |word: &&str| (paint::text(ui, word, Type::Strong, Color32::PLACEHOLDER).size().x + 2.0 * 10.0).ceil();
    words.iter().map(width).collect()
}

fn segment(
    ui: &Ui,
    cell: Rect,
    index: usize,
    words: &[&str],
    chosen: Option<usize>,
    hovered: bool,
    tone: &impl Fn(usize) -> (Color32, Color32),
) {
    let t = theme::tokens(ui);
    let is_chosen = chosen == Some(index);
    let end = |is_end: bool| if is_end { radius::CONTROL } else { 0 };
    let (west, east) = (end(index == 0), end(index + 1 == words.len()));
    let corners = CornerRadius { nw: west, sw: west, ne: east, se: east };
    let (ground, ink) = tone(index);
    if is_chosen {
        ui.painter().rect_filled(cell, corners, ground);
    } else if hovered {
        ui.painter().rect_filled(cell, corners, t.hover);
    }
    if index > 0 {
        paint::vline(ui.painter(), cell.left(), cell.y_range(), t.line2);
    }
    let color = match (ui.is_enabled(), is_chosen) {
        (false, _) => t.ink3,
        (true, true) => ink,
        (true, false) => t.ink2,
    };
    let weight = if is_chosen { Type::Strong } else { Type::Body };
    let galley = paint::text(ui, words[index], weight, color);
    paint::put(ui.painter(), cell.shrink2(vec2(space::XS, 0.0)), Align2::CENTER_CENTER, galley);
}

fn by_keys(ui: &Ui, response: &Response, count: usize, chosen: Option<usize>) -> Option<usize> {
    keyboard::keep_arrows(ui, response.id, keyboard::Arrows::Horizontal);
    let pressed = |key| keyboard::pressed(ui.ctx(), Modifiers::NONE, key);
    if pressed(Key::ArrowRight) {
        return Some(chosen.map_or(0, |index| (index + 1).min(count - 1)));
    }
    if pressed(Key::ArrowLeft) {
        return Some(chosen.map_or(0, |index| index.saturating_sub(1)));
    }
    let digits = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    digits.into_iter().take(count).position(pressed)
}
