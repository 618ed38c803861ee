//! Owns the preview: the list of pages, the page in its size, the keys that turn pages.
//! Must never know what is printed. Start at [`Preview`].

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, EventFilter, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, StrokeKind, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::pages::Pictures;
use crate::print::paper::Paper;
use crate::ui::scene::Scene;
use crate::ui::theme::{self, radius, space};
use crate::ui::widgets::{Button, EmptyState, Icon, IconButton, grouped, keyboard, note};

/// How large the page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Zoom {
    /// 适合宽度
    #[default]
    Width,
    Percent(u16),
}

/// Sizes one steps through, in percent of life size.
const STEPS: [u16; 8] = [50, 75, 100, 125, 150, 200, 300, 400];
/// Points of the screen for a point of the paper, at life size.
const LIFE_SIZE: f32 = 96.0 / 72.0;
/// Width of the list of pages.
const LIST: f32 = 80.0;
/// Width of a small page in it.
const SMALL: f32 = 56.0;

/// The preview of a paper.
#[derive(Default)]
pub(super) struct Preview {
    pictures: Pictures,
    page: usize,
    zoom: Zoom,
    /// The page was turned: it is shown from its top, and the list shows it.
    is_turned: bool,
}

impl Preview {
    /// Another paper is shown, at the same page where it has one.
    pub fn begin(&mut self, paper: Arc<Paper>) {
        self.page = self.page.min(paper.pages().saturating_sub(1));
        self.pictures.begin(paper);
    }

    /// Draws the preview over all room there is.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, is_making: bool) {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        let Some(paper) = self.pictures.paper().cloned() else {
            EmptyState::new(if is_making { "正在排版…" } else { "没有可看的" }, "").show(ui);
            return;
        };
        self.bar_ui(ui, &paper, is_making);
        ui.add_space(space::S);
        let whole = ui.available_rect_before_wrap();
        let t = theme::tokens(ui);
        ui.painter().rect(whole, radius::SHEET, t.desk, theme::line(ui, t.line2), StrokeKind::Inside);
        let inner = whole.shrink(1.0);
        let has_list = paper.pages() > 1;
        let list = inner.with_max_x(inner.left() + if has_list { LIST } else { 0.0 });
        // The large page first: pictures are drawn in the order in which they are asked for.
        let page = inner.with_min_x(list.right());
        ui.scope_builder(UiBuilder::new().max_rect(page).id_salt("page"), |ui| self.page_ui(ui, scene, &paper));
        if has_list {
            let line = list.right() - theme::px(ui.pixels_per_point());
            ui.painter().rect_filled(Rect::from_x_y_ranges(line..=list.right(), list.y_range()), 0, t.line);
            let list = list.with_max_x(line);
            ui.scope_builder(UiBuilder::new().max_rect(list).id_salt("pages"), |ui| self.list_ui(ui, scene, &paper));
        }
        ui.advance_cursor_after_rect(whole);
        self.is_turned = false;
    }

    fn turn(&mut self, page: usize, paper: &Paper) {
        let page = page.min(paper.pages().saturating_sub(1));
        self.is_turned |= page != self.page;
        self.page = page;
    }

    fn bar_ui(&mut self, ui: &mut Ui, paper: &Paper, is_making: bool) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            ui.set_min_height(32.0);
            let (page, pages) = (self.page, paper.pages());
            if ui.add(IconButton::new(Icon::ChevronLeft, "上一页").enabled(page > 0)).clicked() {
                self.turn(page.saturating_sub(1), paper);
            }
            note(ui, &format!("第 {} 页，共 {} 页", grouped(page as u64 + 1), grouped(pages as u64)));
            if ui.add(IconButton::new(Icon::ChevronRight, "下一页").enabled(page + 1 < pages)).clicked() {
                self.turn(page + 1, paper);
            }
            if is_making {
                ui.add_space(space::M);
                note(ui, "正在排版…");
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let fits = self.zoom == Zoom::Width;
                if ui.add(Button::quiet("适合宽度").open(fits)).clicked() {
                    self.zoom = Zoom::Width;
                }
                let now = self.percent(ui, paper);
                let (larger, smaller) = (larger(now), smaller(now));
                if ui.add(IconButton::new(Icon::ZoomIn, "放大").enabled(larger.is_some())).clicked() {
                    self.zoom = larger.map_or(self.zoom, Zoom::Percent);
                }
                note(ui, &format!("{now} %"));
                if ui.add(IconButton::new(Icon::ZoomOut, "缩小").enabled(smaller.is_some())).clicked() {
                    self.zoom = smaller.map_or(self.zoom, Zoom::Percent);
                }
            });
        });
    }

    /// The size of the page in percent of life size.
    fn percent(&self, ui: &Ui, paper: &Paper) -> u16 {
        match self.zoom {
            Zoom::Percent(percent) => percent,
            Zoom::Width => {
                let room: f32 = ui.ctx().data(|data| data.get_temp(room_id())).unwrap_or(500.0);
                let width = paper.page_size(self.page).map_or(1.0, |(width, _)| width);
                (room / (width * LIFE_SIZE) * 100.0).round() as u16
            }
        }
    }

    fn page_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, paper: &Paper) {
        let Some((width, height)) = paper.page_size(self.page) else { return };
        let area = ui.max_rect();
        let room = area.width() - 2.0 * space::L;
        ui.ctx().data_mut(|data| data.insert_temp(room_id(), room));
        let shown_width = match self.zoom {
            Zoom::Width => room,
            Zoom::Percent(percent) => width * LIFE_SIZE * f32::from(percent) / 100.0,
        };
        let size = vec2(shown_width, shown_width * height / width);
        let body = ui.interact(area, ui.scope_id().with("body"), Sense::focusable_noninteractive());
        let page = self.page;
        body.widget_info(|| WidgetInfo {
            current_text_value: Some(paper.page_text(page)),
            ..WidgetInfo::labeled(Role::Image, true, format!("第 {} 页，共 {} 页", page + 1, paper.pages()))
        });
        self.keys(ui, &body, paper);
        let mut scroll = ScrollArea::both().id_salt("page").auto_shrink(false);
        if self.is_turned {
            scroll = scroll.vertical_scroll_offset(0.0);
        }
        scroll.show(ui, |ui| {
            let whole = (size + vec2(2.0 * space::L, 2.0 * space::L)).max(area.size());
            let (rect, _) = ui.allocate_exact_size(whole, Sense::hover());
            let left = rect.left() + ((rect.width() - size.x) / 2.0).max(space::L);
            let page = Rect::from_min_size(pos2(left.round(), rect.top() + space::L), size);
            self.picture_ui(ui, scene, self.page, page);
        });
        if body.has_focus() {
            crate::ui::widgets::ring_inside(ui, area);
        }
    }

    fn picture_ui(&mut self, ui: &Ui, scene: &Scene<'_>, page: usize, rect: Rect) {
        let t = theme::tokens(ui);
        ui.painter().rect_filled(rect, 0, Color32::WHITE);
        let pixels = rect.width() * ui.pixels_per_point();
        if let Some(picture) = self.pictures.get(ui.ctx(), scene, page, pixels) {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(picture.id(), rect, whole, Color32::WHITE);
        }
        ui.painter().rect_stroke(rect, CornerRadius::ZERO, theme::line(ui, t.line2), StrokeKind::Outside);
    }

    fn keys(&mut self, ui: &Ui, body: &Response, paper: &Paper) {
        if !body.has_focus() {
            return;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(body.id, filter));
        let pressed = |key| keyboard::pressed(ui.ctx(), Modifiers::NONE, key);
        let last = paper.pages().saturating_sub(1);
        let to = if pressed(Key::PageDown) || pressed(Key::ArrowRight) {
            self.page + 1
        } else if pressed(Key::PageUp) || pressed(Key::ArrowLeft) {
            self.page.saturating_sub(1)
        } else if pressed(Key::Home) {
            0
        } else if pressed(Key::End) {
            last
        } else {
            let by = if pressed(Key::ArrowDown) {
                -60.0
            } else if pressed(Key::ArrowUp) {
                60.0
            } else {
                return;
            };
            ui.scroll_with_delta(vec2(0.0, by));
            return;
        };
        self.turn(to, paper);
    }

    /// The small pages; those seen are drawn.
    fn list_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, paper: &Paper) {
        let Some((width, height)) = paper.page_size(0) else { return };
        let small = vec2(SMALL, (SMALL * height / width).round());
        let row = small.y + 20.0 + space::S;
        let mut area = ScrollArea::vertical().id_salt("pages").auto_shrink(false);
        if self.is_turned {
            let view = ui.available_height();
            let top = row * self.page as f32;
            area = area.vertical_scroll_offset((top - (view - row) / 2.0).max(0.0));
        }
        let mut turned = None;
        area.show_rows(ui, row, paper.pages(), |ui, rows| {
            for page in rows {
                let (rect, response) = ui.allocate_exact_size(vec2(LIST - 1.0, row), Sense::CLICK);
                response.widget_info(|| {
                    WidgetInfo::selected(Role::ListItem, true, page == self.page, format!("第 {} 页", page + 1))
                });
                self.small_ui(ui, scene, page, rect, small, response.hovered());
                if response.clicked() {
                    turned = Some(page);
                }
            }
        });
        if let Some(page) = turned {
            self.turn(page, paper);
        }
    }

    fn small_ui(&mut self, ui: &Ui, scene: &Scene<'_>, page: usize, row: Rect, small: egui::Vec2, hovered: bool) {
        let t = theme::tokens(ui);
        if page == self.page {
            ui.painter().rect_filled(row, 0, t.select);
        } else if hovered {
            ui.painter().rect_filled(row, 0, t.hover);
        }
        let left = (row.left() + (row.width() - small.x) / 2.0).round();
        let rect = Rect::from_min_size(pos2(left, row.top() + space::XS), small);
        self.picture_ui(ui, scene, page, rect);
        let font = theme::Type::Small.font();
        let color = if page == self.page { t.ink } else { t.ink2 };
        let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap((page + 1).to_string(), font, color));
        let at = pos2(row.center().x - galley.size().x / 2.0, rect.bottom() + 1.0);
        ui.painter().galley(at.round(), galley, color);
    }
}

fn room_id() -> egui::Id {
    egui::Id::unique("print preview room")
}

fn larger(now: u16) -> Option<u16> {
    STEPS.into_iter().find(|step| *step > now)
}

fn smaller(now: u16) -> Option<u16> {
    STEPS.into_iter().rev().find(|step| *step < now)
}

#[cfg(test)]
mod tests {
    use super::{larger, smaller};

    #[test]
    fn zooming_steps_from_whatever_fits() {
        assert_eq!((larger(73), smaller(73)), (Some(75), Some(50)));
        assert_eq!((larger(400), smaller(50)), (None, None));
    }
}
