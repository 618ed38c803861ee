//! How the preview lies on the page: what was understood, the classes, their rows, the questions, the foot.
//! Must never change the preview: it says what was pressed. Start at [`ImportScreen::preview_ui`].

use egui::{Align, Key, Layout, Modifiers, Popup, Rect, Ui, UiBuilder, pos2, vec2};

use super::branches::BranchRows;
use super::column::ColumnWish;
use super::preview::{Class, Preview};
use super::rows::ClassRows;
use super::work::Given;
use super::{ImportScreen, Press, View, column};
use crate::domain::imports::RosterKind;
use crate::ui::scene::Scene;
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    Button, Column, DayBar, EmptyState, Icon, Segments, Table, TableEvent, TableRows, drawer, grouped, keyboard, note,
    sheet,
};

/// Width of the right column.
const COLUMN: f32 = 340.0;
/// Left of the right column there must be room for this, or it lies over the page.
const LEAST_LEFT: f32 = 620.0;
const FOOT: f32 = 56.0;
/// The line of the button that opens the right column stays seen above it.
const OPENER: f32 = height::CONTROL + space::S;

impl ImportScreen {
    pub(super) fn preview_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Press> {
        let body = ui.available_rect_before_wrap();
        let foot = body.with_min_y(body.bottom() - FOOT);
        let above = body.with_max_y(foot.top());
        let in_body = self.above_foot_ui(ui, above, scene);
        let builder = UiBuilder::new().max_rect(foot).id_salt("import foot");
        let in_foot = ui.scope_builder(builder, |ui| self.foot_ui(ui, scene)).inner;
        ui.advance_cursor_after_rect(body);
        in_body.or(in_foot)
    }

    fn above_foot_ui(&mut self, ui: &mut Ui, rect: Rect, scene: &Scene<'_>) -> Option<Press> {
        let can_answer = self.can_answer(scene);
        let given = self.given.len();
        let Self { preview, view, remark, .. } = self;
        let preview = preview.as_ref()?;
        let has_column = column::has_content(preview, given);
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
        if has_column && (!is_over || view.is_column_open) {
            let top = if is_over { rect.top() + OPENER } else { rect.top() };
            let right = Rect::from_min_max(pos2(rect.right() - COLUMN.min(rect.width()), top), rect.max);
            let wish =
                drawer(ui, column::TITLE, right, is_over, |ui| column::show(ui, preview, given, can_answer, is_over));
            let is_free = ui.ctx().memory(|memory| memory.top_modal_layer()).is_none() && !Popup::is_any_open(ui.ctx());
            let escape = is_over && is_free && keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Escape);
            if escape || matches!(wish, Some(ColumnWish::Close)) {
                view.close_column();
            }
            press = press.or(wish.and_then(|wish| answered(preview, &wish)));
        }
        press
    }

    fn foot_ui(&self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Press> {
        let preview = self.preview.as_ref()?;
        let rect = ui.max_rect();
        let hindrance = self.hindrance(scene);
        let mut press = None;
        let layout = Layout::right_to_left(Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let word = format!("写入 {} {}", grouped(preview.written() as u64), preview.plan.kind.unit());
            let can_write = hindrance.is_empty() && preview.plan.writes_something();
            if ui.add(Button::primary(&word).enabled(can_write)).clicked() {
                press = Some(Press::Write);
            }
            if ui.add(Button::quiet("取消")).clicked() {
                press = Some(Press::Leave);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| note(ui, &foot_words(preview, hindrance)));
        });
        press
    }
}

/// What stands at the left of the foot.
fn foot_words(preview: &Preview, hindrance: &str) -> String {
    if !hindrance.is_empty() {
        return hindrance.to_owned();
    }
    if preview.plan.kind == RosterKind::Talks {
        return "只是预览，不会写入：工作簿里还没有存放谈话的地方，以后有了再导入这个文件".to_owned();
    }
    if !preview.plan.writes_something() {
        return "没有要写入的：表里的内容工作簿里都有".to_owned();
    }
    let is_all = preview.questions.is_empty() && preview.count(Class::Waiting) + preview.count(Class::Broken) == 0;
    let left_out = if is_all { "" } else { "没有回答的和有误的不写入；" };
    format!("{left_out}写入前会自动备份；整个导入可一步撤销")
}

fn main_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    preview: &Preview,
    view: &mut View,
    is_column_hidden: bool,
    can_decide: bool,
) -> Option<Press> {
    let asked = preview.questions.len();
    let word = format!("待定 {asked}，问题 {}", preview.problem_count);
    let opener = is_column_hidden.then(|| if asked > 0 { Button::amber(&word) } else { Button::plain(&word) });
    let done = view.understood.show(ui, scene, preview, opener);
    view.is_column_open ^= done.is_column_toggled;
    ui.add_space(space::M);
    let words = Class::ALL.map(|class| format!("{} {}", class.word(), grouped(preview.count(class) as u64)));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let chosen = Class::ALL.iter().position(|class| *class == view.class);
    if let Some(class) = Segments::new("看哪些行", &words, chosen).show(ui).and_then(|at| Class::ALL.get(at)) {
        view.class = *class;
        view.cursor = None;
    }
    ui.add_space(space::S);
    let rows = sheet(ui, 0, |ui| {
        ui.set_min_size(ui.available_size());
        match view.class {
            Class::Gone => {
                let decided = view.gone_days.show(ui, preview, scene.today, !can_decide);
                decided.map(|(person, decision)| Press::Decide(person, decision))
            }
            Class::Branches => {
                let rows = &mut BranchRows { preview, cursor: view.cursor };
                table_ui(ui, ("branches", "没有要新建的党组织"), &BranchRows::columns(), rows, view);
                None
            }
            class => {
                let mut rows = ClassRows::new(preview, class, view.cursor);
                let nothing = format!("没有{}的行", class.word());
                let opened =
                    table_ui(ui, ("rows", &nothing), &rows.columns(class, ui.available_width()), &mut rows, view);
                opened.and_then(|row| rows.row(row)?.person).map(Press::Open)
            }
        }
    });
    done.day.map(Press::Day).or(rows.inner)
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

/// The answers that a wish of the column stands for.
fn answered(preview: &Preview, wish: &ColumnWish) -> Option<Press> {
    let (group, answer) = match wish {
        ColumnWish::Answer { group, answer } => (group, answer),
        ColumnWish::AskAgain => return Some(Press::AskAgain),
        ColumnWish::Close => return None,
    };
    let asked = preview.questions.get(*group)?;
    let give = |question: &crate::domain::imports::OpenQuestion| {
        let choice = question.choices.get(*answer)?;
        Some(Given::new(question, &preview.plan.file_names, choice))
    };
    Some(Press::Answer(asked.questions.iter().filter_map(give).collect()))
}
