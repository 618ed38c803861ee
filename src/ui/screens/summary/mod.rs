//! 基本情况: the figures of a scope on a day, as a summary and as tables, and the rows behind the one that is open.
//! Must never count anything: every number is a figure of the view. Start at [`SummaryScreen`].

mod column;
mod figures;
mod section;

use egui::{Id, Key, Modifiers, Popup, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::frame::{day_bar_ui, day_button_ui, export_button_ui, head_height, page};
use super::{Page, Screen};
use crate::clock::Day;
use crate::engine::questions::{StatisticsOf, Summary};
use crate::ui::dialogs::export::ExportDialog;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Button, EmptyState, Icon, PageHead, drawer, keyboard, note, scroll_handles, tabs};
use crate::view::figures::Figure;
use crate::view::members::{Condition, ListAsk};
use crate::view::statistics::{Statistics, StatisticsAsk};
use column::{ColumnWish, FigureColumn};
use figures::{LEAST_HEIGHT, SummaryWish};
use section::{Pressed, Section, TableSection};

/// Width of the right column.
const COLUMN: f32 = 360.0;
/// Left of the right column there must be room for this, or it lies over the page.
const LEAST_LEFT: f32 = 700.0;
/// Height of the tabs.
const TABS: f32 = 40.0;

/// The page 基本情况.
#[derive(Debug, Default)]
pub struct SummaryScreen {
    section: Section,
    summary: Live<Summary>,
    table: TableSection,
    last_year: Live<StatisticsOf>,
    open: Option<Open>,
    column: FigureColumn,
}

/// The figure whose rows are shown.
#[derive(Debug)]
struct Open {
    name: String,
    /// Its place in the table, where it stands in one.
    place: Option<usize>,
    /// What was pressed: the focus goes back there.
    source: Option<Id>,
}

impl SummaryScreen {
    fn ask(&mut self, scene: &Scene<'_>) {
        match self.section {
            Section::Overview => self.summary.ask(scene, Summary { scope: scene.scope, as_of: scene.as_of }),
            section => self.table.ask(section, scene),
        }
        let has_year_before = matches!(self.section, Section::Overview | Section::Annual);
        if self.open.is_some() && has_year_before {
            let as_of = Day::new(scene.as_of.year() - 1, 12, 31).unwrap_or(scene.as_of);
            let ask = StatisticsAsk::Annual { scope: scene.scope, as_of };
            self.last_year.ask(scene, StatisticsOf { ask, today: scene.today });
        }
    }

    fn head_ui(&self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let (mut export, mut print) = (false, false);
        PageHead::new("基本情况", scene.scope_name).height(head_height(scene)).show(ui, |ui| {
            print = ui.add(Button::primary("打印…").icon(Icon::Printer)).clicked();
            export = export_button_ui(ui, scene);
            day_button_ui(ui, scene, out);
        });
        let table = self.table.ask_of(self.section, scene);
        if print {
            out.open(table.map_or_else(|| PrintDialog::summary(scene), |ask| PrintDialog::statistics(scene, ask)));
        }
        if export {
            out.open(table.map_or_else(|| ExportDialog::figures(scene), ExportDialog::statistics));
        }
    }

    /// The parts of the page, and what is chosen for the one that is shown.
    fn sections_ui(&mut self, ui: &mut Ui) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TABS), egui::Sense::hover());
        let left = egui::Layout::left_to_right(egui::Align::Center);
        let mut tabs_at = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("tabs").layout(left));
        let current = Section::ALL.iter().position(|section| *section == self.section).unwrap_or(0);
        if let Some(index) = tabs(&mut tabs_at, &Section::ALL.map(Section::word), current) {
            self.section = Section::ALL[index];
            self.open = None;
            self.table.begin();
        }
        let right = egui::Layout::right_to_left(egui::Align::Center);
        // Their words stand on the line of the tabs.
        let beside = rect.translate(vec2(0.0, space::XS));
        let mut choices = ui.new_child(UiBuilder::new().max_rect(beside).id_salt("choices").layout(right));
        choices.spacing_mut().item_spacing.x = space::S;
        let before = self.table.chosen();
        self.table.choices_ui(&mut choices, self.section);
        if self.table.chosen() != before {
            self.open = None;
        }
        ui.add_space(space::S);
    }

    /// The figure that is open, as it stands now.
    fn opened(&self) -> Option<Figure> {
        let open = self.open.as_ref()?;
        match open.place {
            None => self.summary.shown()?.get(&open.name).cloned(),
            Some(place) => self.table.figure(self.section, place).filter(|figure| figure.name == open.name),
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let body = ui.available_rect_before_wrap();
        let over = body.width() - COLUMN - space::L < LEAST_LEFT;
        let opened = self.opened();
        let left = if opened.is_some() && !over { body.width() - COLUMN - space::L } else { body.width() };
        let main = Rect::from_min_size(body.min, vec2(left, body.height()));
        ui.scope_builder(UiBuilder::new().max_rect(main).id_salt("figures"), |ui| match self.section {
            Section::Overview => self.main_ui(ui, scene, out),
            section => self.table_ui(ui, section, scene, out),
        });
        if let Some(figure) = opened {
            let right = Rect::from_min_max(pos2(body.right() - COLUMN.min(body.width()), body.top()), body.max);
            self.column_ui(ui, scene, right, over, &figure, out);
        }
        ui.advance_cursor_after_rect(body);
    }

    fn table_ui(&mut self, ui: &mut Ui, section: Section, scene: &Scene<'_>, out: &mut Outbox) {
        day_bar_ui(ui, scene, section.word(), out);
        let open = self.open.as_ref().and_then(|open| open.place);
        if let Some(pressed) = self.table.show(ui, section, open) {
            let is_same = open == Some(pressed.place);
            let Pressed { place, figure, source } = pressed;
            let newly = Open { name: figure.name, place: Some(place), source: Some(source) };
            self.open = if is_same { None } else { Some(newly) };
            self.column.begin(self.open.is_some());
        }
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
                self.open = if is_same { None } else { Some(Open { name, place: None, source: Some(source) }) };
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

    /// What the figure was at the end of last year.
    fn before(&self, figure: &Figure) -> Option<u64> {
        match &self.last_year.current()?.0 {
            Statistics::Annual(figures) if matches!(self.section, Section::Overview | Section::Annual) => {
                figures.get(&figure.name).filter(|figure| figure.reckoned.is_none()).map(|figure| figure.value)
            }
            _ => None,
        }
    }

    fn column_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, rect: Rect, over: bool, figure: &Figure, out: &mut Outbox) {
        let before = self.before(figure);
        let column = &mut self.column;
        let wish = drawer(ui, "数字后面的行", rect, over, |ui| column.show(ui, scene, figure, before));
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
            self.sections_ui(ui);
            self.body_ui(ui, scene, out);
        });
    }
}
