//! Owns how the tokens and measures become egui styles and options.
//! Must never know a screen or a widget. Start at [`install`].

use egui::epaint::{FontColorTransferFunction, Shadow};
use egui::style::{Interaction, ScrollAnimation, ScrollStyle, Selection, Spacing, WidgetVisuals, Widgets};
use egui::{Color32, Context, CornerRadius, Id, Margin, Stroke, Style, Theme, ThemePreference, Visuals, vec2};

use super::{Look, Tokens, Type, px, radius};
use crate::ui::fonts;
use crate::ui::widgets::keyboard::Keyboard;

/// What the styles were last made for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Made {
    look: Look,
    pixels_per_point: f32,
}

fn made_id() -> Id {
    Id::unique("theme made for")
}

/// Installs fonts, options and both styles, and shows the chosen look.
pub fn install(ctx: &Context, look: Look) {
    fonts::install(ctx);
    ctx.add_plugin(Keyboard::default());
    ctx.options_mut(|options| {
        options.fallback_theme = Theme::Light;
        options.quit_shortcuts.clear();
        options.zoom_with_keyboard = false;
    });
    ctx.set_theme(match look {
        Look::Light | Look::HighContrast => ThemePreference::Light,
        Look::Dark => ThemePreference::Dark,
        Look::System => ThemePreference::System,
    });
    set_styles(ctx, look);
}

/// Makes the styles again if the zoom is another than the one they were made for.
pub fn follow_zoom(ctx: &Context) {
    let made: Option<Made> = ctx.data(|data| data.get_temp(made_id()));
    if let Some(made) = made
        && made.pixels_per_point != ctx.pixels_per_point()
    {
        set_styles(ctx, made.look);
    }
}

fn set_styles(ctx: &Context, look: Look) {
    let pixels_per_point = ctx.pixels_per_point();
    let light = if look == Look::HighContrast { &Tokens::HIGH_CONTRAST } else { &Tokens::LIGHT };
    ctx.set_style_of(Theme::Light, style(light, false, px(pixels_per_point)));
    ctx.set_style_of(Theme::Dark, style(&Tokens::DARK, true, px(pixels_per_point)));
    ctx.data_mut(|data| data.insert_temp(made_id(), Made { look, pixels_per_point }));
}

fn style(t: &Tokens, dark: bool, line_width: f32) -> Style {
    let text_styles = [Type::Small, Type::Body, Type::Strong, Type::Section, Type::Title, Type::Figure]
        .map(|text| (text.style(), text.font()))
        .into_iter()
        .chain([egui::TextStyle::Button, egui::TextStyle::Monospace].map(|style| (style, Type::Body.font())))
        .collect();
    Style {
        text_styles,
        spacing: spacing(),
        interaction: Interaction { selectable_labels: false, tooltip_delay: 0.4, ..Default::default() },
        visuals: visuals(t, dark, line_width),
        animation_time: 0.0,
        scroll_animation: ScrollAnimation::none(),
        ..Default::default()
    }
}

fn spacing() -> Spacing {
    Spacing {
        item_spacing: vec2(8.0, 8.0),
        button_padding: vec2(12.0, 5.0),
        interact_size: vec2(32.0, 32.0),
        window_margin: Margin::same(16),
        menu_margin: Margin::same(6),
        icon_width: 16.0,
        icon_spacing: 6.0,
        combo_height: 320.0,
        tooltip_width: 320.0,
        scroll: scroll(),
        ..Default::default()
    }
}

/// A solid bar that lies over the content: it neither fades nor takes a strip off every row.
fn scroll() -> ScrollStyle {
    let mut scroll = ScrollStyle {
        floating: true,
        bar_width: 8.0,
        floating_width: 8.0,
        floating_allocated_width: 0.0,
        bar_outer_margin: 2.0,
        handle_min_length: 32.0,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 1.0,
        active_handle_opacity: 1.0,
        interact_handle_opacity: 1.0,
        ..ScrollStyle::solid()
    };
    scroll.fade.strength = 0.0;
    scroll.kinetic.decay_time = 0.0;
    scroll.kinetic.rubber_band = false;
    scroll
}

fn visuals(t: &Tokens, dark: bool, line_width: f32) -> Visuals {
    let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
    let shadow = Shadow { offset: [0, 4], blur: 14, spread: 0, color: t.shadow };
    visuals.text_options.color_transfer_function =
        if dark { FontColorTransferFunction::Gamma(0.85) } else { FontColorTransferFunction::Off };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(t.ink3);
    visuals.widgets = base_widgets(t, line_width);
    visuals.selection = Selection { bg_fill: t.select, stroke: Stroke::new(2.0, t.focus) };
    visuals.hyperlink_color = t.act;
    visuals.faint_bg_color = t.head;
    visuals.extreme_bg_color = t.sheet;
    visuals.text_edit_bg_color = Some(t.sheet);
    visuals.code_bg_color = t.head;
    visuals.warn_fg_color = t.amber;
    visuals.error_fg_color = t.hard;
    visuals.window_corner_radius = CornerRadius::same(radius::DIALOG);
    visuals.menu_corner_radius = CornerRadius::same(radius::SHEET);
    visuals.window_fill = t.raised;
    visuals.panel_fill = t.desk;
    visuals.window_stroke = Stroke::new(line_width, t.line2);
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.text_cursor.stroke = Stroke::new(line_width.max(1.0), t.ink);
    visuals.text_cursor.blink = false;
    visuals.indent_has_left_vline = false;
    visuals.striped = false;
    visuals.button_frame = true;
    visuals.image_loading_spinners = false;
    visuals.disabled_alpha = 1.0;
    visuals
}

fn base_widgets(t: &Tokens, line_width: f32) -> Widgets {
    let state = |fill: Color32, border: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(line_width, border),
        corner_radius: CornerRadius::same(radius::CONTROL),
        fg_stroke: Stroke::new(line_width, t.ink),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(t.sheet, t.line),
        inactive: state(t.sheet, t.field),
        hovered: state(t.hover, t.field),
        active: state(t.actsoft, t.act),
        open: state(t.actsoft, t.act),
    }
}
