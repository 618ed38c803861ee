//! Owns the small signs: badges on a soft ground, and ◆ hard, ○ soft, always with the word.
//! Must never know what is hard. Start at [`Badge`].

use egui::{Align2, Color32, Response, Role, Sense, Ui, Widget, WidgetInfo, vec2};

use super::paint;
use crate::ui::theme::{self, Tokens, Type, height, radius};

/// What a colour says. It never says it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// What can be done or is chosen.
    Act,
    /// 一般, due.
    Amber,
    /// A hard rule or a real failure.
    Hard,
    /// 有, 齐, 已核对.
    Ok,
}

impl Tone {
    /// Colour of text.
    pub fn text(self, t: &Tokens) -> Color32 {
        match self {
            Self::Neutral => t.ink2,
            Self::Act => t.act,
            Self::Amber => t.amber,
            Self::Hard => t.hard,
            Self::Ok => t.ok,
        }
    }

    /// Colour of a ground.
    pub fn soft(self, t: &Tokens) -> Color32 {
        match self {
            Self::Neutral => t.head,
            Self::Act => t.actsoft,
            Self::Amber => t.ambersoft,
            Self::Hard => t.hardsoft,
            Self::Ok => t.oksoft,
        }
    }

    /// Colour of bars, rings and signs.
    pub fn mark(self, t: &Tokens) -> Color32 {
        match self {
            Self::Neutral => t.ink2,
            Self::Act => t.act,
            Self::Amber => t.ambermark,
            Self::Hard => t.hardmark,
            Self::Ok => t.okmark,
        }
    }
}

/// Words of content in the colour of what they say.
pub fn toned(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    toned_of(ui, text, tone, Type::Body)
}

/// The same, small.
pub fn toned_small(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    toned_of(ui, text, tone, Type::Small)
}

fn toned_of(ui: &mut Ui, text: &str, tone: Tone, size: Type) -> Response {
    let color = tone.text(theme::tokens(ui));
    ui.add(egui::Label::new(egui::RichText::new(text).font(size.font()).color(color)).selectable(false))
}

/// A word on a soft ground. It is never pressed.
#[must_use = "add it to the ui"]
pub struct Badge<'a> {
    text: &'a str,
    tone: Tone,
}

impl<'a> Badge<'a> {
    /// A neutral badge.
    pub fn new(text: &'a str) -> Self {
        Self { text, tone: Tone::Neutral }
    }

    /// A badge that says something by its colour too.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

impl Widget for Badge<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        draw(ui, self.text, self.tone)
    }
}

/// Room at the left and right of the word, together.
const MARGINS: f32 = 12.0;

/// How wide a badge with this word is where nothing is cut.
pub fn badge_width(ui: &Ui, text: &str) -> f32 {
    (paint::text(ui, text, Type::Small, Color32::PLACEHOLDER).size().x + MARGINS).ceil()
}

/// Draws a badge.
pub(super) fn draw(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    let t = theme::tokens(ui);
    let galley = paint::text_within(ui, text, Type::Small, tone.text(t), ui.available_width() - MARGINS);
    let size = vec2((galley.size().x + MARGINS).ceil(), height::BADGE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let border = if t.bordered_softs { tone.mark(t) } else { tone.soft(t) };
    paint::boxed(ui, rect, radius::BADGE, tone.soft(t), border);
    paint::put(ui.painter(), rect, Align2::CENTER_CENTER, galley);
    response
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// 硬性: ◆.
    Hard,
    /// 一般: ○ in amber.
    Soft,
    /// 提示: ○ in grey.
    Hint,
}

/// The sign of a weight and a word beside it.
pub fn mark(ui: &mut Ui, mark: Mark, text: &str) -> Response {
    let t = theme::tokens(ui);
    let galley = paint::text(ui, text, Type::Small, t.ink);
    let size = vec2(16.0 + galley.size().x, height::BADGE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    put_mark(ui, rect.left_center() + vec2(5.0, 0.0), mark);
    paint::put_at(ui.painter(), rect.left() + 16.0, rect.y_range(), galley);
    response
}

/// Paints the sign of a weight.
pub(super) fn put_mark(ui: &Ui, center: egui::Pos2, mark: Mark) {
    let t = theme::tokens(ui);
    let ring = |color| ui.painter().circle_stroke(center, 4.0, egui::Stroke::new(2.0, color));
    match mark {
        Mark::Hard => paint::diamond(ui.painter(), center, 6.0, t.hardmark),
        Mark::Soft => {
            ring(t.ambermark);
        }
        Mark::Hint => {
            ring(t.off);
        }
    }
}
