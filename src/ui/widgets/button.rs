//! Owns the buttons of the house: four kinds with a word, icon buttons for the few known places, links.
//! Must never know what a button does. Start at [`Button`].

use egui::style::WidgetVisuals;
use egui::{Align2, Color32, Response, Role, Sense, Ui, Widget, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::paint;
use crate::ui::theme::{self, Kind, Type, height, radius, space};

/// A button with a word, which is also its accessible name.
#[must_use = "add it to the ui"]
#[derive(Clone)]
pub struct Button<'a> {
    kind: Kind,
    text: &'a str,
    name: &'a str,
    tip: Option<&'a str>,
    icon: Option<Icon>,
    caret: bool,
    open: bool,
    enabled: bool,
    height: f32,
    min_width: f32,
    spread: bool,
}

impl<'a> Button<'a> {
    fn new(kind: Kind, text: &'a str) -> Self {
        Self {
            kind,
            text,
            name: text,
            tip: None,
            icon: None,
            caret: false,
            open: false,
            enabled: true,
            height: height::CONTROL,
            min_width: 0.0,
            spread: false,
        }
    }

    /// The one filled button of a page, popup or dialog.
    pub fn primary(text: &'a str) -> Self {
        Self::new(Kind::Primary, text)
    }

    /// An ordinary button.
    pub fn plain(text: &'a str) -> Self {
        Self::new(Kind::Plain, text)
    }

    /// A button without a frame.
    pub fn quiet(text: &'a str) -> Self {
        Self::new(Kind::Quiet, text)
    }

    /// A word in the colour of links, without a frame: what opens a menu beside other links.
    pub fn link(text: &'a str) -> Self {
        Self::new(Kind::Link, text)
    }

    /// An ordinary button on an amber ground: what it says is not as usual.
    pub fn amber(text: &'a str) -> Self {
        Self::new(Kind::Amber, text)
    }

    /// An ordinary button whose word is red: it deletes.
    pub fn careful(text: &'a str) -> Self {
        Self::new(Kind::Careful, text)
    }

    /// An icon before the word.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A caret after the word: a menu opens.
    pub fn caret(mut self) -> Self {
        self.caret = true;
        self
    }

    /// Whether what the button opens is open now.
    pub fn open(mut self, open: bool) -> Self {
        self.open = open;
        self
    }

    /// Whether it can be pressed.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// The low form that fits into a row.
    pub fn small(mut self) -> Self {
        self.height = height::SMALL;
        self
    }

    /// At least this wide.
    pub fn min_width(mut self, width: f32) -> Self {
        self.min_width = width;
        self
    }

    /// Word at the left and caret at the right, where it is wider than it needs: it shows what is chosen.
    pub fn spread(mut self) -> Self {
        self.spread = true;
        self
    }

    /// What shows while the pointer rests on it; also when it is disabled, to say why.
    pub fn tip(mut self, tip: &'a str) -> Self {
        self.tip = Some(tip);
        self
    }

    /// An accessible name longer than the word, where the word alone is not enough: 「计划：吴海涛 和 何静」.
    pub fn name(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    /// The word on the button.
    pub fn word(&self) -> &'a str {
        self.text
    }

    /// How wide the button will be.
    pub fn width(&self, ui: &Ui) -> f32 {
        let text = paint::text(ui, self.text, Type::Body, Color32::PLACEHOLDER).size().x;
        self.width_around(text)
    }

    fn width_around(&self, text: f32) -> f32 {
        let icon = if self.icon.is_some() { 16.0 + space::ICON } else { 0.0 };
        let caret = if self.caret { 14.0 + space::ICON } else { 0.0 };
        (icon + text + caret + 2.0 * self.padding()).ceil().max(self.min_width)
    }

    fn padding(&self) -> f32 {
        if self.height < height::CHIP { space::S } else { space::M }
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let enabled = self.enabled && ui.is_enabled();
        let tip = self.tip;
        // A scope takes no part in wrapping, so that only what cannot be pressed has one.
        let response =
            if self.enabled { show(ui, &self) } else { ui.add_enabled_ui(false, |ui| show(ui, &self)).inner };
        match tip {
            Some(tip) if enabled => response.on_hover_text(tip),
            Some(tip) => response.on_disabled_hover_text(tip),
            None => response,
        }
    }
}

fn show(ui: &mut Ui, button: &Button<'_>) -> Response {
    let t = theme::tokens(ui);
    let galley = paint::text(ui, button.text, Type::Body, Color32::PLACEHOLDER);
    let size = vec2(button.width_around(galley.size().x), button.height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, button.name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let widgets = theme::widgets(t, button.kind, theme::px(ui.pixels_per_point()));
    let look = state(&widgets, &response, button.open);
    let color = look.fg_stroke.color;
    paint::boxed(ui, rect, radius::CONTROL, look.weak_bg_fill, look.bg_stroke.color);
    // A button that is given more width than it needs keeps its content in the middle.
    let needed = Button { min_width: 0.0, ..button.clone() }.width_around(galley.size().x);
    let unneeded = if button.spread { rect.width() - needed } else { 0.0 };
    let start = if button.spread { rect.left() } else { rect.center().x - needed / 2.0 };
    let mut x = start + button.padding();
    if let Some(icon) = button.icon {
        let slot = egui::Rect::from_x_y_ranges(x..=x + 16.0, rect.y_range());
        paint::put_icon(ui, slot, icon, 16.0, color);
        x += 16.0 + space::ICON;
    }
    let text = paint::text(ui, button.text, Type::Body, color);
    x = paint::put_at(ui.painter(), x, rect.y_range(), text);
    if button.caret {
        let left = x + unneeded + space::ICON;
        let slot = egui::Rect::from_x_y_ranges(left..=left + 14.0, rect.y_range());
        paint::put_icon(ui, slot, Icon::ChevronDown, 14.0, color);
    }
    paint::ring(ui, &response, radius::CONTROL);
    response
}

/// Which of a button's looks its state asks for. Focus is not one of them: it shows as a ring.
pub fn state<'w>(widgets: &'w egui::style::Widgets, response: &Response, open: bool) -> &'w WidgetVisuals {
    if !response.enabled() {
        &widgets.noninteractive
    } else if response.is_pointer_button_down_on() {
        &widgets.active
    } else if open {
        &widgets.open
    } else if response.hovered() {
        &widgets.hovered
    } else {
        &widgets.inactive
    }
}

/// A button that is an icon only. Only 重做, 操作记录, 锁定, × and carets may be; all else carries its word.
#[must_use = "add it to the ui"]
pub struct IconButton<'a> {
    icon: Icon,
    name: &'a str,
    kind: Kind,
    enabled: bool,
    open: bool,
    size: f32,
    icon_size: f32,
}

impl<'a> IconButton<'a> {
    /// `name` is its accessible name and its tooltip.
    pub fn new(icon: Icon, name: &'a str) -> Self {
        Self { icon, name, kind: Kind::Quiet, enabled: true, open: false, size: height::CONTROL, icon_size: 16.0 }
    }

    /// With the frame of an ordinary button.
    pub fn framed(mut self) -> Self {
        self.kind = Kind::Plain;
        self
    }

    /// Whether it can be pressed.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Whether what it opens is open now.
    pub fn open(mut self, open: bool) -> Self {
        self.open = open;
        self
    }

    /// The low form that fits into a row.
    pub fn small(mut self) -> Self {
        self.size = height::SMALL;
        self.icon_size = 14.0;
        self
    }
}

impl Widget for IconButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let response = ui
            .add_enabled_ui(self.enabled, |ui| {
                let (rect, response) = ui.allocate_exact_size(egui::Vec2::splat(self.size), Sense::click());
                let enabled = ui.is_enabled();
                response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.name));
                let widgets = theme::widgets(theme::tokens(ui), self.kind, theme::px(ui.pixels_per_point()));
                let look = state(&widgets, &response, self.open);
                paint::boxed(ui, rect, radius::CONTROL, look.weak_bg_fill, look.bg_stroke.color);
                paint::put_icon(ui, rect, self.icon, self.icon_size, look.fg_stroke.color);
                paint::ring(ui, &response, radius::CONTROL);
                response
            })
            .inner;
        response.on_hover_text(self.name).on_disabled_hover_text(self.name)
    }
}

/// A word that does something, within text or a row.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    let color = theme::tokens(ui).act;
    link_of(ui, text, text, Type::Body, color)
}

/// The same at the end of one row of many: quiet until the row `is_near`. `name` tells it from those of other rows.
pub fn row_link(ui: &mut Ui, text: &str, name: &str, is_near: bool) -> Response {
    let t = theme::tokens(ui);
    link_of(ui, text, name, Type::Body, if is_near { t.act } else { t.ink2 })
}

/// The same, small, for bars; `name` is its accessible name where the word alone is not enough.
pub fn small_link(ui: &mut Ui, text: &str, name: &str) -> Response {
    let color = theme::tokens(ui).act;
    link_of(ui, text, name, Type::Small, color)
}

fn link_of(ui: &mut Ui, text: &str, name: &str, size: Type, color: Color32) -> Response {
    let color = if ui.is_enabled() { color } else { theme::tokens(ui).off };
    let galley = paint::text(ui, text, size, color);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Link, enabled, name));
    let placed = paint::put(ui.painter(), rect, Align2::LEFT_CENTER, galley);
    if response.hovered() {
        paint::hline(ui.painter(), placed.x_range(), placed.bottom() - 1.0, color);
    }
    paint::ring(ui, &response, radius::BADGE);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// An icon that only goes with a word beside it; it has no name of its own.
pub fn icon(ui: &mut Ui, icon: Icon, size: f32, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(egui::Vec2::splat(size), Sense::hover());
    paint::put_icon(ui, rect, icon, size, color);
    response
}
