//! 人员: the classes, their rows, the questions beside them.
//! Must never change the preview: it says what was pressed. Start at [`ImportScreen::above_foot_ui`].

use egui::{Key, Modifiers, Popup, Rect, Ui, UiBuilder, pos2, vec2};

use super::branches::BranchRows;
use super::cards::Cards;
use super::column::ColumnWish;
use super::opened_row::RowWish;
use super::preview::{Class, Preview};
use super::rows::ClassRows;
use super::wizard::Step;
use super::work::Given;
use super::{ImportScreen, Press, View, column, opened_row};
use crate::domain::imports::RosterKind;
use crate::exchange::import::NEW_BRANCH;
use crate::ui::scene::Scene;
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    Button, Column, DayBar, EmptyState, Icon, Segments, Table, TableEvent, TableRows, drawer, grouped, keyboard, sheet,
};

/// Width of the right column.
const COLUMN: f32 = 340.0;
/// Left of the right column there must be room for this, or it lies over the page.
const LEAST_LEFT: f32 = 620.0;
/// The line of the button that opens the right column stays seen above it.
const OPENER: f32 = height::CONTROL + space::S;

impl ImportScreen {
    pub(super) fn above_foot_ui(&mut self, ui: &mut Ui, rect: Rect, scene: &Scene<'_>) -> Option<Press> {
        let can_answer = self.can_answer(scene);
        let is_frozen = scene.frozen.is_some() || self.is_writing;
        let Self { preview, view, remark, .. } = self;
        let preview = preview.as_ref()?;
        let looked = view.looking.and_then(|at| Some((at, preview.opened(at)?, preview.rows.get(at)?)));
        let has_column = looked.is_some() || column::has_content(preview, &view.cards);
        let is_over = has_column && rect.width() - COLUMN - space::L < LEAST_LEFT;
        let left = if has_column && !is_over { rect.width() - COLUMN - space::L } else { rect.width() };
        let main = Rect::from_min_size(rect.min, vec2(left, rect.height()));
        let builder = UiBuilder::new().max_rect(main).id_salt("import rows");
        let mut press = ui
            .scope_builder(builder, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if !remark.is_empty() {
                    let is_read = DayBar::new(remark, "知道了").icon(Icon::Info).show(ui);
                    ui.add_space(space::S);
                    if is_read {
                        *remark = "";
                    }
                }
                main_ui(ui, scene, preview, view, is_over, can_answer)
            })
            .inner;
        let is_free = ui.ctx().memory(|memory| memory.top_modal_layer()).is_none() && !Popup::is_any_open(ui.ctx());
        let escape = is_free && keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Escape);
        if let Some((at, row, shown)) = looked {
            let top = if is_over { rect.top() + OPENER } else { rect.top() };
            let right = Rect::from_min_max(pos2(rect.right() - COLUMN.min(rect.width()), top), rect.max);
            let wish = drawer(ui, opened_row::TITLE, right, is_over, |ui| {
                opened_row::show(ui, row, shown, &mut view.is_just_opened)
            });
            if escape || matches!(wish, Some(RowWish::Close)) {
                view.looking = None;
            }
            press = press.or(match wish {
                Some(RowWish::Refuse { fields, is_refused }) if !is_frozen => {
                    Some(Press::Refuse { row: at, fields, is_refused })
                }
                Some(RowWish::Person) => shown.person.map(Press::Open),
                _ => None,
            });
        } else if has_column && (!is_over || view.is_column_open) {
            let top = if is_over { rect.top() + OPENER } else { rect.top() };
            let right = Rect::from_min_max(pos2(rect.right() - COLUMN.min(rect.width()), top), rect.max);
            let wish = drawer(ui, column::TITLE, right, is_over, |ui| {
                column::show(ui, preview, &mut view.cards, can_answer, is_over)
            });
            if escape && is_over || matches!(wish, Some(ColumnWish::Close)) {
                view.close_column();
            }
            press = press.or(wish.and_then(|wish| answered(preview, &view.cards, &wish)));
        }
        press
    }
}

fn main_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    preview: &Preview,
    view: &mut View,
    is_column_hidden: bool,
    can_decide: bool,
) -> Option<Press> {
    let word = column::opener_words(preview);
    let is_asked = !preview.questions.is_empty();
    let opener = is_column_hidden.then(|| if is_asked { Button::amber(&word) } else { Button::plain(&word) });
    let done = view.understood.show(ui, scene, preview, opener);
    ui.add_space(space::M);
    let all = Class::of_kind(preview.plan.kind);
    let words = all.iter().map(|class| format!("{} {}", class.word(), grouped(preview.count(*class) as u64)));
    let words: Vec<String> = words.collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let chosen = all.iter().position(|class| *class == view.class);
    if let Some(class) = Segments::new("看哪些行", &words, chosen).show(ui).and_then(|at| all.get(at)) {
        view.class = *class;
        view.cursor = None;
        view.looking = None;
    }
    ui.add_space(space::S);
    let rows = sheet(ui, 0, |ui| {
        ui.set_min_size(ui.available_size());
        match view.class {
            Class::Gone if preview.plan.kind == RosterKind::Organisations => {
                let rows = &mut BranchRows { nodes: &preview.gone_organisations, cursor: view.cursor };
                let nothing = "没有本表之外的党组织";
                table_ui(ui, ("gone organisations", nothing), &BranchRows::columns(), rows, view);
                None
            }
            Class::Gone => {
                let decided = view.gone_days.show(ui, preview, scene.today, !can_decide);
                decided.map(|(person, decision)| Press::Decide(person, decision))
            }
            Class::Branches => {
                let rows = &mut BranchRows { nodes: &preview.made, cursor: view.cursor };
                table_ui(ui, ("branches", "没有要新建的党组织"), &BranchRows::columns(), rows, view);
                None
            }
            class => {
                let mut rows = ClassRows::new(preview, class, view.cursor);
                let nothing = format!("没有{}的行", class.word());
                let columns = rows.columns(class, ui.available_width());
                let was_at = view.cursor;
                let opened = table_ui(ui, (class.word(), &nothing), &columns, &mut rows, view);
                // A row with something to see opens beside the rows; then it follows the cursor.
                let has_more = matches!(class, Class::New | Class::Changed) && preview.opened(0).is_some();
                if view.looking.is_some() && view.cursor != was_at {
                    view.looking = view.cursor.and_then(|row| rows.index(row)).filter(|_| has_more);
                }
                match opened {
                    Some(row) if has_more => {
                        view.looking = rows.index(row);
                        view.is_just_opened = true;
                        None
                    }
                    opened => opened.and_then(|row| rows.row(row)?.person).map(Press::Open),
                }
            }
        }
    });
    let toggled = done.is_column_toggled.then_some(Press::ToggleColumn);
    toggled.or(done.day.map(Press::Day)).or(rows.inner)
}

/// The table of what is looked at; gives back the row that was opened. What says that there is nothing comes second.
fn table_ui(
    ui: &mut Ui,
    (salt, nothing): (&'static str, &str),
    columns: &[Column<'_>],
    rows: &mut dyn TableRows,
    view: &mut View,
) -> Option<usize> {
    let name = format!("{} 的行", view.class.word());
    let shown = Table::new(salt, &name, columns, view.states.entry(salt).or_default())
        .sticky(2)
        .cursor(view.cursor)
        .empty(EmptyState::new(nothing, ""))
        .show(ui, rows);
    let mut opened = None;
    for event in shown.events {
        match event {
            TableEvent::Cursor(row) | TableEvent::Clicked { row, .. } => view.cursor = Some(row),
            TableEvent::Opened(row) => opened = Some(row),
            // Esc in the rows.
            TableEvent::NoneSelected => view.is_column_open = false,
            _ => {}
        }
    }
    opened
}

/// What a wish of the column stands for.
pub(super) fn answered(preview: &Preview, cards: &Cards, wish: &ColumnWish) -> Option<Press> {
    let files = &preview.plan.file_names;
    let (card, only, answer) = match *wish {
        ColumnWish::Answer { card, only, answer } => (card, only, answer),
        ColumnWish::Again { card, only } => return Some(Press::AskAgain { card, only }),
        ColumnWish::Name { card, ref name } => {
            let answer = format!("{NEW_BRANCH}{}", name.trim());
            let said = format!("新建 {}", name.trim());
            let asked = &cards.get(card)?.asked.questions;
            let given = asked.iter().map(|question| Given::new(question, files, &answer, &said)).collect();
            return Some(Press::Answer { card, only: None, given });
        }
        ColumnWish::Show { card } => {
            let first = cards.get(card)?.asked.questions.first()?;
            let (sheet, field) = (first.sheet.clone(), first.about.cell().unwrap_or_default());
            return Some(Press::Show { file: first.file, sheet, row: first.row, field, beside: first.beside });
        }
        ColumnWish::Turn { card } => return Some(Press::Turn(card)),
        ColumnWish::PutOff { card, is_off } => return Some(Press::PutOff { card, is_off }),
        ColumnWish::Kind => return Some(Press::Step(Step::Columns)),
        ColumnWish::ExportProblems => return Some(Press::ExportProblems),
        ColumnWish::Close => return None,
    };
    let shown = cards.get(card)?;
    let asked = &shown.asked;
    let given = asked.questions.iter().zip(&shown.said).enumerate().filter_map(|(index, (question, said))| {
        let is_meant = only.is_none_or(|only| only == index) && said.is_none();
        let choice = question.choices.get(answer).filter(|_| is_meant)?;
        Some(Given::new(question, files, choice, asked.said(answer)))
    });
    Some(Press::Answer { card, only, given: given.collect() })
}
