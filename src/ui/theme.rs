//! Owns the look: colours by role, text sizes, measures, and how they are put into egui.
//! Must never know a screen or a widget. Start at [`apply`] and [`tokens`].

mod style;
mod tokens;

use std::sync::LazyLock;

use egui::style::{WidgetVisuals, Widgets};
use egui::{Color32, Context, CornerRadius, FontFamily, FontId, Stroke, TextStyle, Ui};

pub use tokens::Tokens;

/// Gaps between things, in points. Nothing on the screen uses another gap.
pub mod space {
    /// Label to its field.
    pub const XS: f32 = 4.0;
    /// Icon to its word.
    pub const ICON: f32 = 6.0;
    /// Between controls; inset of a table cell.
    pub const S: f32 = 8.0;
    /// Between fields.
    pub const M: f32 = 12.0;
    /// Between sheets; inside a sheet.
    pub const L: f32 = 16.0;
    /// Page margin; inside a form.
    pub const XL: f32 = 24.0;
    /// Between groups.
    pub const XXL: f32 = 32.0;
}

/// Heights of controls and rows, in points.
pub mod height {
    /// Buttons, fields, selects.
    pub const CONTROL: f32 = 32.0;
    /// Chips and state controls in lists.
    pub const CHIP: f32 = 28.0;
    /// Controls within rows.
    pub const SMALL: f32 = 26.0;
    /// Badges.
    pub const BADGE: f32 = 20.0;
    /// Table row.
    pub const ROW: f32 = 30.0;
    /// Table head, and table rows with actions.
    pub const HEAD: f32 = 34.0;
    /// Row of a tree, a chart, or key and value.
    pub const TREE: f32 = 28.0;
    /// Row of the navigation.
    pub const NAV: f32 = 34.0;
    /// Row of a menu.
    pub const MENU: f32 = 30.0;
    /// Item of two lines.
    pub const TWO_LINES: f32 = 52.0;
    /// Top bar.
    pub const TOP: f32 = 48.0;
    /// Page head at full width.
    pub const PAGE_HEAD: f32 = 60.0;
    /// Strip of figures below a list.
    pub const STRIP: f32 = 40.0;
    /// Status bar.
    pub const STATUS: f32 = 26.0;
    /// Head of a dialog.
    pub const DIALOG_HEAD: f32 = 52.0;
    /// Foot of a dialog or wizard.
    pub const FOOT: f32 = 56.0;
}

/// Corner radii, in points.
pub mod radius {
    /// Badges and checkboxes.
    pub const BADGE: u8 = 3;
    /// Buttons, fields, cells.
    pub const CONTROL: u8 = 4;
    /// Sheets and popups.
    pub const SHEET: u8 = 6;
    /// Dialogs.
    pub const DIALOG: u8 = 8;
    /// Chips.
    pub const CHIP: u8 = 14;
}

/// Which look the user has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// 浅色.
    #[default]
    Light,
    /// 深色.
    Dark,
    /// 高对比度.
    HighContrast,
    /// 随系统: light or dark, as the system says.
    System,
}

/// The five sizes and two weights of text; there are no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// 13 regular: labels, notes, counts.
    Small,
    /// 14 regular: content, buttons.
    Body,
    /// 14 bold: what matters within content.
    Strong,
    /// 16 bold: section and dialog titles.
    Section,
    /// 20 bold: page titles.
    Title,
    /// 28 regular: large figures.
    Figure,
}

static BOLD: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name(crate::ui::fonts::BOLD.into()));
static ICONS: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name(crate::ui::fonts::ICONS.into()));

impl Type {
    /// The font of this text.
    pub fn font(self) -> FontId {
        match self {
            Self::Small => FontId::new(13.0, FontFamily::Proportional),
            Self::Body => FontId::new(14.0, FontFamily::Proportional),
            Self::Strong => FontId::new(14.0, BOLD.clone()),
            Self::Section => FontId::new(16.0, BOLD.clone()),
            Self::Title => FontId::new(20.0, BOLD.clone()),
            Self::Figure => FontId::new(28.0, FontFamily::Proportional),
        }
    }

    /// The same as one of egui's text styles, for `RichText::text_style`.
    pub fn style(self) -> TextStyle {
        match self {
            Self::Small => TextStyle::Small,
            Self::Body => TextStyle::Body,
            Self::Strong => TextStyle::Name("strong".into()),
            Self::Section => TextStyle::Name("section".into()),
            Self::Title => TextStyle::Heading,
            Self::Figure => TextStyle::Name("figure".into()),
        }
    }
}

/// The font of icons, `size` points high.
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, ICONS.clone())
}

/// Puts the look into egui: fonts, both styles, what is chosen, and the program-wide options.
/// Call once at the start, and again when the user chooses another look.
pub fn apply(ctx: &Context, look: Look) {
    style::install(ctx, look);
}

/// Renews the styles when the zoom has changed: lines are whole pixels, so their width depends on it.
/// Call once at the start of each frame; costs nothing when nothing changed.
pub fn follow_zoom(ctx: &Context) {
    style::follow_zoom(ctx);
}

/// The colours of the look now shown.
pub fn tokens(ui: &Ui) -> &'static Tokens {
    tokens_of(ui.visuals())
}

/// The colours of the look of these visuals.
pub fn tokens_of(visuals: &egui::Visuals) -> &'static Tokens {
    if visuals.dark_mode {
        &Tokens::DARK
    } else if visuals.panel_fill == Tokens::HIGH_CONTRAST.desk {
        &Tokens::HIGH_CONTRAST
    } else {
        &Tokens::LIGHT
    }
}

/// What the window is cleared with before a frame is painted: the desk on which everything lies, so that nothing
/// need paint it.
pub fn ground(visuals: &egui::Visuals) -> [f32; 4] {
    visuals.panel_fill.to_normalized_gamma_f32()
}

/// The thickness of a one-point line as a whole number of pixels, in points.
pub fn px(pixels_per_point: f32) -> f32 {
    pixels_per_point.floor().max(1.0) / pixels_per_point
}

/// A one-point line of this colour, whole pixels thick.
pub fn line(ui: &Ui, color: Color32) -> Stroke {
    Stroke::new(px(ui.pixels_per_point()), color)
}

/// The kinds of button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one filled button of a page, popup or dialog.
    Primary,
    /// Any other button.
    Plain,
    /// A button without a frame: 取消, tools of a bar.
    Quiet,
    /// A word that opens a menu, looking like a link.
    Link,
    /// A plain button that says that something is not as usual: another day is shown.
    Amber,
    /// A plain button whose text is red: what deletes or cannot be taken back at once.
    Careful,
}

/// How a button of this kind looks in each of its states.
pub fn widgets(t: &Tokens, kind: Kind, line_width: f32) -> Widgets {
    let stroke = |color| Stroke::new(line_width, color);
    let clear = Color32::TRANSPARENT;
    let state = |fill: Color32, border: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke(border),
        corner_radius: CornerRadius::same(radius::CONTROL),
        fg_stroke: stroke(text),
        expansion: 0.0,
    };
    match kind {
        Kind::Primary => Widgets {
            noninteractive: if t.bordered_softs {
                state(t.head, t.off, t.off)
            } else {
                state(t.line2, t.line2, t.ink3)
            },
            inactive: state(t.actfill, t.actfill, t.onact),
            hovered: state(t.acthover, t.acthover, t.onact),
            active: state(t.acthover, t.acthover, t.onact),
            open: state(t.acthover, t.acthover, t.onact),
        },
        Kind::Plain | Kind::Careful => {
            let text = if kind == Kind::Careful { t.hard } else { t.ink };
            Widgets {
                noninteractive: state(t.sheet, t.line2, t.off),
                inactive: state(t.sheet, t.line2, text),
                hovered: state(t.hover, t.field, text),
                active: state(t.actsoft, t.act, text),
                open: state(t.actsoft, t.act, text),
            }
        }
        Kind::Quiet => Widgets {
            noninteractive: state(clear, clear, t.off),
            inactive: state(clear, clear, t.ink2),
            hovered: state(t.hover, t.line2, t.ink),
            active: state(t.actsoft, t.act, t.ink),
            open: state(t.actsoft, t.act, t.ink),
        },
        Kind::Link => Widgets {
            noninteractive: state(clear, clear, t.off),
            inactive: state(clear, clear, t.act),
            hovered: state(t.hover, t.line2, t.act),
            active: state(t.actsoft, t.act, t.act),
            open: state(t.actsoft, t.act, t.act),
        },
        Kind::Amber => Widgets {
            noninteractive: state(t.head, t.line2, t.off),
            inactive: state(t.ambersoft, t.ambermark, t.amber),
            hovered: state(t.ambersoft, t.amber, t.amber),
            active: state(t.actsoft, t.act, t.ink),
            open: state(t.ambersoft, t.amber, t.amber),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::px;

    #[test]
    fn a_line_is_whole_pixels_at_every_zoom() {
        for (zoom, pixels) in [(1.0, 1.0), (1.25, 1.0), (1.5, 1.0), (2.0, 2.0), (2.5, 2.0)] {
            assert!((px(zoom) * zoom - pixels).abs() < 1e-5, "{zoom}");
        }
    }
}
