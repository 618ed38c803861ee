//! 基本情况: the figures of a scope on a day, and the rows behind the one that is open.
//! Must never count anything: every number is a figure of the view. Start at [`SummaryScreen`].

mod column;
mod figures;

use egui::{Id, Key, Modifiers, Popup, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::frame::{day_bar_ui, day_button_ui, export_button_ui, head_height, page};
use super::{Page, Screen};
use crate::engine::questions::Summary;
use crate::ui::dialogs::export::ExportDialog;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Button, EmptyState, Icon, PageHead, drawer, keyboard, note, scroll_handles};
use crate::view::figures::Figure;
use crate::view::members::{Condition, ListAsk};
use column::{ColumnWish, FigureColumn};
use figures::{LEAST_HEIGHT, SummaryWish};

/// Width of the right column.
const COLUMN: f32 = 360.0;
/// Left of the right column there must be room for this, or it lies over the page.
const LEAST_LEFT: f32 = 700.0;

/// The page 基本情况.
#[derive(Debug, Default)]
pub struct SummaryScreen {
    summary: Live<Summary>,
    last_year: Live<Summary>,
    open: Option<Open>,
    column: FigureColumn,
}

/// The figure whose rows are shown.
#[derive(Debug)]
struct Open {
    name: String,
    /// What was pressed: the focus goes back there.
    source: Option<Id>,
}

impl SummaryScreen {
    fn ask(&mut self, scene: &Scene<'_>) {
        self.summary.ask(scene, Summary { scope: scene.scope, as_of: scene.as_of });
        if self.open.is_some() {
            let end = crate::clock::Day::new(scene.as_of.year() - 1, 12, 31).unwrap_or(scene.as_of);
            self.last_year.ask(scene, Summary { scope: scene.scope, as_of: end });
        }
    }

    fn head_ui(&self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let (mut export, mut print) = (false, false);
        PageHead::new("基本情况", scene.scope_name).height(head_height(scene)).show(ui, |ui| {
            print = ui.add(Button::primary("打印…").icon(Icon::Printer)).clicked();
            export = export_button_ui(ui, scene);
            day_button_ui(ui, scene, out);
        });
        if print {
            out.open(PrintDialog::summary(scene));
        }
        if export {
            out.open(ExportDialog::figures(scene));
        }
    }

    /// The figure that is open, as it stands now.
    fn opened(&self) -> Option<&Figure> {
        self.summary.shown()?.get(&self.open.as_ref()?.name)
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let body = ui.available_rect_before_wrap();
        let over = body.width() - COLUMN - space::L < LEAST_LEFT;
        let is_open = self.opened().is_some();
        let left = if is_open && !over { body.width() - COLUMN - space::L } else { body.width() };
        let main = Rect::from_min_size(body.min, vec2(left, body.height()));
        ui.scope_builder(UiBuilder::new().max_rect(main).id_salt("figures"), |ui| self.main_ui(ui, scene, out));
        if is_open {
            let right = Rect::from_min_max(pos2(body.right() - COLUMN.min(body.width()), body.top()), body.max);
            self.column_ui(ui, scene, right, over, out);
        }
        ui.advance_cursor_after_rect(body);
    }

    fn main_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        if let Some(problem) = self.summary.problem() {
            note(ui, &format!("{}：{}", problem.title, problem.happened));
        }
        let Some(shown) = self.summary.shown() else {
            EmptyState::new("正在统计…", "").show(ui);
            return;
        };
        let open = self.open.as_ref().map(|open| open.name.as_str());
        let is_past = scene.as_of != scene.today;
        scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        let wish = if ui.available_height() >= LEAST_HEIGHT {
            day_bar_ui(ui, scene, "情况", out);
            figures::show(ui, shown, open, is_past, true)
        } else {
            let area = ScrollArea::vertical().auto_shrink(false);
            area.show(ui, |ui| {
                day_bar_ui(ui, scene, "情况", out);
                figures::show(ui, shown, open, is_past, false)
            })
            .inner
        };
        match wish {
            Some(SummaryWish::Open { name, source }) => {
                let is_same = self.open.as_ref().is_some_and(|open| open.name == name);
                self.open = if is_same { None } else { Some(Open { name, source: Some(source) }) };
                self.column.begin(self.open.is_some());
            }
            Some(SummaryWish::UnknownCategory) => self.show_list(scene, Condition::UnknownCategory, out),
            Some(SummaryWish::UnknownStart) => self.show_list(scene, Condition::UnknownStart, out),
            None => {}
        }
    }

    fn show_list(&self, scene: &Scene<'_>, condition: Condition, out: &mut Outbox) {
        let ask = ListAsk { conditions: vec![condition], ..ListAsk::roll(scene.as_of, scene.scope) };
        out.wish(Wish::ShowMembers(ask));
    }

    fn column_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, rect: Rect, over: bool, out: &mut Outbox) {
        let Some(figure) = self.opened().cloned() else { return };
        let before = self.last_year.current().and_then(|figures| figures.get(&figure.name)).map(|figure| figure.value);
        let column = &mut self.column;
        let wish = drawer(ui, "数字后面的行", rect, over, |ui| column.show(ui, scene, &figure, before));
        let is_free = ui.ctx().memory(|memory| memory.top_modal_layer()).is_none() && !Popup::is_any_open(ui.ctx());
        let escape = is_free && keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Escape);
        match wish {
            _ if escape => self.close(ui),
            Some(ColumnWish::Close) => self.close(ui),
            Some(ColumnWish::Member(id)) => out.go(Page::Member(id)),
            Some(ColumnWish::Organisation(id)) => {
                out.wish(Wish::Scope(Some(id)));
                out.go(Page::Organisations);
            }
            Some(ColumnWish::Export) => {
                if let Some(ask) = figure.list() {
                    out.open(ExportDialog::members(ask, Vec::new()));
                }
            }
            Some(ColumnWish::List) => match figure.list() {
                Some(ask) => out.wish(Wish::ShowMembers(ask)),
                None => out.go(Page::Organisations),
            },
            None => {}
        }
    }

    fn close(&mut self, ui: &Ui) {
        if let Some(source) = self.open.take().and_then(|open| open.source) {
            ui.memory_mut(|memory| memory.request_focus(source));
        }
    }
}

impl Screen for SummaryScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.ask(scene);
        page(ui, scene, |ui| {
            self.head_ui(ui, scene, out);
            self.body_ui(ui, scene, out);
        });
    }
}
