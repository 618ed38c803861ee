//! Owns the strokes all controls are drawn with: text on its line, icons, rules, rings, dashes.
//! Must never know what a control means. Start at [`text`] and [`rule`].

use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::epaint::RoundedRect;
use egui::epaint::tessellator::path::rounded_rectangle;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, Color32, CornerRadius, Galley, Label, Painter, Pos2, Rangef, Rect, Response, RichText, Shape, Stroke,
    StrokeKind, Ui, pos2, vec2,
};
use lucide_icons::Icon;

use crate::ui::theme::{self, Type};

/// Lays one line of text out.
pub fn text(ui: &Ui, text: &str, size: Type, color: Color32) -> Arc<Galley> {
    text_within(ui, text, size, color, f32::INFINITY)
}

/// Lays one line of text out, ending in … where it does not fit.
pub fn text_within(ui: &Ui, text: &str, size: Type, color: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), size.font(), color);
    if width.is_finite() {
        job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Lays an icon out, `size` points high.
pub fn icon_galley(ui: &Ui, icon: Icon, size: f32, color: Color32) -> Arc<Galley> {
    let job = LayoutJob::simple_singleline(char::from(icon).to_string(), theme::icon_font(size), color);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// How wide a line of content is, for deciding what there is room for.
pub fn text_width(ui: &Ui, words: &str) -> f32 {
    text(ui, words, Type::Body, Color32::PLACEHOLDER).size().x
}

/// Paints laid out text into a rectangle, on whole pixels.
pub fn put(painter: &Painter, rect: Rect, align: Align2, galley: Arc<Galley>) -> Rect {
    let pos = align.align_size_within_rect(galley.size(), rect).min.round_to_pixels(painter.pixels_per_point());
    let placed = Rect::from_min_size(pos, galley.size());
    painter.galley(pos, galley, Color32::PLACEHOLDER);
    placed
}

/// Paints laid out text from `x` on, in the middle of the height.
pub fn put_at(painter: &Painter, x: f32, heights: impl Into<Rangef>, galley: Arc<Galley>) -> f32 {
    let rect = Rect::from_x_y_ranges(x..=x + galley.size().x, heights);
    put(painter, rect, Align2::LEFT_CENTER, galley).right()
}

/// Paints an icon in the middle of a rectangle.
pub fn put_icon(ui: &Ui, rect: Rect, icon: Icon, size: f32, color: Color32) {
    put(ui.painter(), rect, Align2::CENTER_CENTER, icon_galley(ui, icon, size, color));
}

/// Paints a rule, one line thick, whose lower edge is at `bottom`.
pub fn hline(painter: &Painter, x: impl Into<Rangef>, bottom: f32, color: Color32) {
    let pixels_per_point = painter.pixels_per_point();
    let bottom = bottom.round_to_pixels(pixels_per_point);
    let top = bottom - theme::px(pixels_per_point);
    painter.rect_filled(Rect::from_x_y_ranges(x, top..=bottom), 0, color);
}

/// Paints a rule, one line thick, whose left edge is at `left`.
pub fn vline(painter: &Painter, left: f32, y: impl Into<Rangef>, color: Color32) {
    let pixels_per_point = painter.pixels_per_point();
    let left = left.round_to_pixels(pixels_per_point);
    let right = left + theme::px(pixels_per_point);
    painter.rect_filled(Rect::from_x_y_ranges(left..=right, y), 0, color);
}

/// Paints a ground with a border, both inside the rectangle.
pub fn boxed(ui: &Ui, rect: Rect, radius: u8, fill: Color32, border: Color32) {
    ui.painter().rect(rect, CornerRadius::same(radius), fill, theme::line(ui, border), StrokeKind::Inside);
}

/// Paints a dashed border inside the rectangle.
pub fn dashed_box(ui: &Ui, rect: Rect, radius: u8, color: Color32) {
    let stroke = theme::line(ui, color);
    let rect = rect.round_to_pixels(ui.pixels_per_point()).shrink(stroke.width / 2.0);
    let mut points = Vec::new();
    rounded_rectangle(&mut points, RoundedRect::new(rect, CornerRadius::same(radius)));
    points.extend(points.first().copied());
    ui.painter().extend(Shape::dashed_line(&points, stroke, 3.0, 3.0));
}

/// Paints a dashed rule.
pub fn dashed_hline(painter: &Painter, x: impl Into<Rangef>, y: f32, color: Color32) {
    let x = x.into();
    let pixels_per_point = painter.pixels_per_point();
    let y = y.round_to_pixel_center(pixels_per_point);
    let stroke = Stroke::new(theme::px(pixels_per_point), color);
    painter.extend(Shape::dashed_line(&[pos2(x.min, y), pos2(x.max, y)], stroke, 3.0, 3.0));
}

/// Paints a diamond, the sign of a hard rule.
pub fn diamond(painter: &Painter, center: Pos2, radius: f32, color: Color32) {
    let points = [vec2(0.0, -radius), vec2(radius, 0.0), vec2(0.0, radius), vec2(-radius, 0.0)];
    painter.add(Shape::convex_polygon(points.map(|d| center + d).to_vec(), color, Stroke::NONE));
}

/// Paints the focus ring around a control that has the focus.
pub fn ring(ui: &Ui, response: &Response, radius: u8) {
    if response.has_focus() {
        ring_around(ui, response.rect, radius);
    }
}

/// Paints the focus ring around a rectangle.
pub fn ring_around(ui: &Ui, rect: Rect, radius: u8) {
    let color = theme::tokens(ui).focus;
    let stroke = Stroke::new(2.0, color);
    ui.painter().rect_stroke(rect.expand(1.0), CornerRadius::same(radius + 2), stroke, StrokeKind::Outside);
}

/// Paints the focus ring inside a row, which touches its neighbours.
pub fn ring_inside(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(2.0, theme::tokens(ui).focus);
    ui.painter().rect_stroke(rect, CornerRadius::ZERO, stroke, StrokeKind::Inside);
}

/// A rule over the whole width, as an item of the layout.
pub fn rule(ui: &mut Ui) {
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::px(ui.pixels_per_point())), egui::Sense::hover());
    hline(ui.painter(), rect.x_range(), rect.bottom(), theme::tokens(ui).line);
}

/// A rule between things in a line, as an item of the layout.
pub fn vertical_rule(ui: &mut Ui, height: f32) {
    let width = theme::px(ui.pixels_per_point());
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    vline(ui.painter(), rect.left(), rect.y_range(), theme::tokens(ui).line2);
}

/// The title of a page: 20 bold.
pub fn title(ui: &mut Ui, text: &str) -> Response {
    let response = styled(ui, text, Type::Title, theme::tokens(ui).ink);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, text));
    response
}

/// The head of a part without a rule: 14 bold.
pub fn heading(ui: &mut Ui, text: &str) -> Response {
    let response = styled(ui, text, Type::Strong, theme::tokens(ui).ink);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, text));
    response
}

/// Text of the content: 14, ink.
pub fn label(ui: &mut Ui, text: &str) -> Response {
    styled(ui, text, Type::Body, theme::tokens(ui).ink)
}

/// Bold text of the content.
pub fn strong(ui: &mut Ui, text: &str) -> Response {
    styled(ui, text, Type::Strong, theme::tokens(ui).ink)
}

/// Text of second rank: 14, ink2.
pub fn weak(ui: &mut Ui, text: &str) -> Response {
    styled(ui, text, Type::Body, theme::tokens(ui).ink2)
}

/// A remark: 13, ink3.
pub fn note(ui: &mut Ui, text: &str) -> Response {
    styled(ui, text, Type::Small, theme::tokens(ui).ink3)
}

/// A remark over as many lines as it takes; it can be selected and copied.
pub fn wrapped_note(ui: &mut Ui, text: &str) -> Response {
    let color = theme::tokens(ui).ink3;
    ui.add(Label::new(RichText::new(text).font(Type::Small.font()).color(color)).selectable(true).wrap())
}

/// Text of second rank, small: 13, ink2. For bars.
pub fn small(ui: &mut Ui, text: &str) -> Response {
    styled(ui, text, Type::Small, theme::tokens(ui).ink2)
}

/// The name of the program, of a dialog: 16 bold.
pub fn section_title(ui: &mut Ui, text: &str) -> Response {
    styled(ui, text, Type::Section, theme::tokens(ui).ink)
}

/// A path, small, cut in its middle where there is no room: its beginning and its name are what one looks for.
pub fn path_text(ui: &mut Ui, path: &std::path::Path, room: f32) -> Response {
    let whole = path.display().to_string();
    let color = theme::tokens(ui).ink2;
    let fits = |ui: &Ui, words: &str| text(ui, words, Type::Small, color).size().x <= room;
    let mut shown = whole.clone();
    let characters: Vec<char> = whole.chars().collect();
    let mut kept = characters.len();
    while !fits(ui, &shown) && kept > 8 {
        kept -= 1;
        let head = kept / 3;
        let tail = kept - head;
        shown = characters[..head].iter().chain(['…'].iter()).chain(&characters[characters.len() - tail..]).collect();
    }
    let cut = shown != whole;
    let response = small(ui, &shown);
    if cut { response.on_hover_text(whole) } else { response }
}

/// The edge at which the ground of a bar has its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Top,
    Bottom,
    Right,
}

/// Paints the ground of a bar of the window, with a line at one edge.
pub fn ground(ui: &Ui, rect: Rect, fill: Color32, edge: Edge) {
    let line = theme::tokens(ui).line2;
    let width = theme::px(ui.pixels_per_point());
    ui.painter().rect_filled(rect, 0, fill);
    match edge {
        Edge::Top => hline(ui.painter(), rect.x_range(), rect.top() + width, line),
        Edge::Bottom => hline(ui.painter(), rect.x_range(), rect.bottom(), line),
        Edge::Right => vline(ui.painter(), rect.right() - width, rect.y_range(), line),
    }
}

fn styled(ui: &mut Ui, text: &str, size: Type, color: Color32) -> Response {
    ui.add(Label::new(RichText::new(text).font(size.font()).color(color)).selectable(false))
}
