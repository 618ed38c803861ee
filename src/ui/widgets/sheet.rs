//! Owns the grounds things lie on: the sheet, the bar of another day, the large choices, the place to drop files.
//! Must never know what lies on them. Start at [`sheet`].

use egui::style::Widgets;
use egui::{Frame, InnerResponse, Margin, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};
use lucide_icons::Icon;

use super::{Tone, button, paint};
use crate::ui::theme::{self, Tokens, Type, radius, space};

/// A sheet: paper with a line around it. `margin` is 16 inside, 24 for forms, 0 for lists.
pub fn sheet<R>(ui: &mut Ui, margin: i8, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let t = theme::tokens(ui);
    Frame::new()
        .fill(t.sheet)
        .stroke(theme::line(ui, t.line2))
        .corner_radius(radius::SHEET)
        .inner_margin(Margin::same(margin))
        .show(ui, |ui| {
            scroll_handles(t, &mut ui.visuals_mut().widgets);
            ui.set_min_width(ui.available_width());
            add(ui)
        })
}

/// Gives scroll handles a colour that is seen on paper; use in the scope of a scroll area.
pub fn scroll_handles(t: &Tokens, widgets: &mut Widgets) {
    widgets.inactive.bg_fill = t.thumb;
    widgets.hovered.bg_fill = t.field;
    widgets.active.bg_fill = t.field;
    widgets.inactive.corner_radius = radius::CONTROL.into();
}

/// The bar over a page: 「截至 2025-12-31 的名册，不能修改」 and the way back, at most two links.
#[must_use = "show it"]
pub struct DayBar<'a> {
    text: &'a str,
    icon: Icon,
    links: [&'a str; 2],
}

impl<'a> DayBar<'a> {
    /// `back` is the link at the right: 回到今天; empty for none.
    pub fn new(text: &'a str, back: &'a str) -> Self {
        Self { text, icon: Icon::History, links: [back, ""] }
    }

    /// Another icon than the clock that runs back.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = icon;
        self
    }

    /// A second link, at the right of the first.
    pub fn also(mut self, second: &'a str) -> Self {
        self.links[1] = second;
        self
    }

    /// Draws the bar; gives back whether the way back was pressed.
    pub fn show(self, ui: &mut Ui) -> bool {
        self.show_links(ui).is_some()
    }

    /// Draws the bar; gives back which link was pressed.
    pub fn show_links(self, ui: &mut Ui) -> Option<usize> {
        let t = theme::tokens(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.text));
        let border = if t.bordered_softs { t.ambermark } else { t.ambersoft };
        paint::boxed(ui, rect, 0, t.ambersoft, border);
        let slot = Rect::from_x_y_ranges(rect.left() + space::M..=rect.left() + 28.0, rect.y_range());
        paint::put_icon(ui, slot, self.icon, 16.0, t.amber);
        let mut right = rect.right() - space::L;
        let mut pressed = None;
        for (index, word) in self.links.iter().enumerate().rev().filter(|(_, word)| !word.is_empty()) {
            let galley = paint::text(ui, word, Type::Strong, t.amber);
            let area = Rect::from_min_max(
                egui::pos2(right - galley.size().x, rect.top() + 5.0),
                egui::pos2(right, rect.bottom() - 5.0),
            );
            right = area.left() - space::XL;
            let link = ui.interact(area, response.id.with(index), Sense::click());
            link.widget_info(|| WidgetInfo::labeled(Role::Link, true, *word));
            let placed = paint::put(ui.painter(), area, egui::Align2::CENTER_CENTER, galley);
            if link.hovered() {
                paint::hline(ui.painter(), placed.x_range(), placed.bottom() - 1.0, t.amber);
            }
            paint::ring(ui, &link, radius::BADGE);
            if link.clicked() {
                pressed = Some(index);
            }
        }
        let left = slot.right() + space::ICON;
        let text = paint::text_within(ui, self.text, Type::Body, t.amber, right - left);
        let cut = text.elided;
        paint::put_at(ui.painter(), left, rect.y_range(), text);
        if cut {
            response.on_hover_text(self.text);
        }
        pressed
    }
}

/// A large choice of two lines: 「从花名册开始…」. `first` marks the one most will take.
pub fn choice_card(ui: &mut Ui, icon: Icon, title: &str, note: &str, first: bool) -> Response {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 68.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, title));
    let border = match (first, response.hovered()) {
        (true, _) => t.act,
        (false, true) => t.field,
        (false, false) => t.line2,
    };
    paint::boxed(ui, rect, radius::SHEET, if response.hovered() { t.hover } else { t.sheet }, border);
    let slot = Rect::from_x_y_ranges(rect.left() + 24.0..=rect.left() + 44.0, rect.y_range());
    paint::put_icon(ui, slot, icon, 18.0, if first { t.act } else { t.ink2 });
    let left = rect.left() + 59.0;
    let room = rect.right() - left - 48.0;
    let title = paint::text_within(ui, title, Type::Strong, t.ink, room);
    let note = paint::text_within(ui, note, Type::Small, t.ink2, room);
    let middle = rect.center().y;
    paint::put_at(ui.painter(), left, middle - 20.0..=middle + 1.0, title);
    paint::put_at(ui.painter(), left, middle..=middle + 20.0, note);
    let slot = Rect::from_x_y_ranges(rect.right() - 42.0..=rect.right() - 24.0, rect.y_range());
    paint::put_icon(ui, slot, Icon::ChevronRight, 16.0, t.ink2);
    paint::ring(ui, &response, radius::SHEET);
    response
}

/// The dashed place that says files may be dropped.
pub fn drop_area(ui: &mut Ui, text: &str, height: f32, hovered_by_files: bool) -> Response {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    if hovered_by_files {
        ui.painter().rect_filled(rect, radius::SHEET, t.actsoft);
    }
    paint::dashed_box(ui, rect, radius::SHEET, if hovered_by_files { t.act } else { t.field });
    let galley = paint::text(ui, text, Type::Body, t.ink3);
    paint::put(ui.painter(), rect, egui::Align2::CENTER_CENTER, galley);
    response
}

/// What lies over a page while files are dragged over it: where they would go.
pub fn drop_notice(ui: &mut Ui, text: &str) {
    let t = theme::tokens(ui);
    let galley = paint::text(ui, text, Type::Strong, t.act);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(2.0 * space::XL, space::XL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    paint::boxed(ui, rect, radius::SHEET, t.actsoft, t.act);
    paint::put(ui.painter(), rect, egui::Align2::CENTER_CENTER, galley);
}

/// A remark with its icon, over as many lines as it takes.
pub fn remark(ui: &mut Ui, icon: Icon, tone: Tone, text: &str) {
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        button::icon(ui, icon, 16.0, tone.mark(t));
        let text = egui::RichText::new(text).font(Type::Small.font()).color(t.ink2);
        ui.add(egui::Label::new(text).selectable(false).wrap());
    });
}

/// A remark in one line, cut where there is no room, with what stands `beside` it at the right end.
pub fn remark_beside(ui: &mut Ui, icon: Icon, tone: Tone, text: &str, beside: impl FnOnce(&mut Ui)) {
    let t = theme::tokens(ui);
    let line = vec2(ui.available_width(), 20.0);
    ui.allocate_ui_with_layout(line, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.spacing_mut().interact_size.y = 0.0;
        beside(ui);
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            button::icon(ui, icon, 16.0, tone.mark(t));
            let text = egui::RichText::new(text).font(Type::Small.font()).color(t.ink2);
            ui.add(egui::Label::new(text).selectable(false).truncate());
        });
    });
}

/// A remark in the middle of the height there is: in the foot of a form.
pub fn remark_centred(ui: &mut Ui, icon: Icon, tone: Tone, text: &str) {
    let room = ui.available_rect_before_wrap();
    let wide = room.width() - 16.0 - space::S;
    let galley = ui.painter().layout(text.to_owned(), Type::Small.font(), egui::Color32::PLACEHOLDER, wide);
    let top = room.center().y - galley.size().y.max(16.0) / 2.0;
    ui.scope_builder(egui::UiBuilder::new().max_rect(room.with_min_y(top.max(room.top()))), |ui| {
        remark(ui, icon, tone, text);
    });
}

/// The strip of figures at the foot of a list's sheet, 40 high, laid from left to right.
pub fn strip<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::height::STRIP), Sense::hover());
    strip_ground(ui, rect, false);
    let inner = rect.shrink2(vec2(space::M, 0.0));
    let builder = egui::UiBuilder::new()
        .max_rect(inner)
        .id_salt("strip")
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    let mut inner = ui.new_child(builder);
    inner.spacing_mut().item_spacing.x = space::XL;
    add(&mut inner)
}

/// Paints the ground of a strip at the top or bottom of a sheet.
pub(super) fn strip_ground(ui: &Ui, rect: Rect, top: bool) {
    let t = theme::tokens(ui);
    let r = radius::SHEET - 1;
    if top {
        ui.painter().rect_filled(rect, egui::CornerRadius { nw: r, ne: r, sw: 0, se: 0 }, t.head);
        paint::hline(ui.painter(), rect.x_range(), rect.bottom(), t.line2);
    } else {
        ui.painter().rect_filled(rect, egui::CornerRadius { nw: 0, ne: 0, sw: r, se: r }, t.head);
        paint::hline(ui.painter(), rect.x_range(), rect.top() + theme::px(ui.pixels_per_point()), t.line2);
    }
}
