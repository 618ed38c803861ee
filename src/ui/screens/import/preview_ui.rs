//! How the preview lies on the page: what was understood, the classes, their rows, the questions, the foot.
//! Must never change the preview: it says what was pressed. Start at [`ImportScreen::preview_ui`].

use egui::{Align, Key, Layout, Modifiers, Popup, Rect, Ui, UiBuilder, pos2, vec2};

use super::column::ColumnWish;
use super::preview::{Class, Preview};
use super::rows::ClassRows;
use super::work::Given;
use super::{ImportScreen, Press, View, column, gone, understood};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{
    Button, DayBar, EmptyState, Icon, Segments, Table, TableEvent, drawer, grouped, keyboard, note, sheet,
};

/// Width of the right column.
const COLUMN: f32 = 340.0;
/// Left of the right column there must be room for this, or it lies over the page.
const LEAST_LEFT: f32 = 620.0;
const FOOT: f32 = 56.0;

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
        let can_answer = self.hindrance(scene).is_empty();
        let given = self.given.len();
        let Self { preview, view, remark, .. } = self;
        let preview = preview.as_ref()?;
        let has_column = column::has_content(preview, given);
        let is_over = rect.width() - COLUMN - space::L < LEAST_LEFT;
        let left = if has_column && !is_over { rect.width() - COLUMN - space::L } else { rect.width() };
        let main = Rect::from_min_size(rect.min, vec2(left, rect.height()));
        let opener = (has_column && is_over).then(|| {
            let (asked, wrong) = (preview.questions.len(), preview.problem_count);
            format!("待定 {asked}，问题 {wrong}")
        });
        let builder = UiBuilder::new().max_rect(main).id_salt("import rows");
        let mut press = ui
            .scope_builder(builder, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if !remark.is_empty() && DayBar::new(remark, "知道了").icon(Icon::Info).show(ui) {
                    *remark = "";
                }
                main_ui(ui, scene, preview, view, opener.as_deref(), can_answer)
            })
            .inner;
        if has_column && (!is_over || view.is_column_open) {
            let top = if is_over { rect.top() + 40.0 } else { rect.top() };
            let right = Rect::from_min_max(pos2(rect.right() - COLUMN.min(rect.width()), top), rect.max);
            let wish = drawer(ui, "待定和问题", right, is_over, |ui| column::show(ui, preview, given, can_answer));
            press = press.or(wish.and_then(|wish| answered(preview, &wish)));
            let is_free = ui.ctx().memory(|memory| memory.top_modal_layer()).is_none() && !Popup::is_any_open(ui.ctx());
            if is_over && is_free && keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Escape) {
                view.is_column_open = false;
            }
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
            let word = format!("写入 {} 人", grouped(preview.written() as u64));
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
    opener: Option<&str>,
    can_decide: bool,
) -> Option<Press> {
    let done = understood::show(ui, scene, preview, &mut view.is_all_columns, opener);
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
        if view.class == Class::Gone {
            let decided = gone::show(ui, preview, scene.today, !can_decide);
            return decided.map(|(person, decision)| Press::Decide(person, decision));
        }
        rows_ui(ui, preview, view)
    });
    done.day.map(Press::Day).or(rows.inner)
}

fn rows_ui(ui: &mut Ui, preview: &Preview, view: &mut View) -> Option<Press> {
    let mut rows = ClassRows::new(preview, view.class, view.cursor);
    let columns = rows.columns(view.class);
    let name = format!("{} 的行", view.class.word());
    let nothing = format!("没有{}的行", view.class.word());
    let shown = Table::new("import", &name, &columns, &mut view.states)
        .sticky(2)
        .cursor(view.cursor)
        .empty(EmptyState::new(&nothing, ""))
        .show(ui, &mut rows);
    let mut press = None;
    for event in shown.events {
        match event {
            TableEvent::Cursor(row) | TableEvent::Clicked { row, .. } => view.cursor = Some(row),
            TableEvent::Opened(row) => press = rows.row(row).and_then(|row| row.person).map(Press::Open),
            _ => {}
        }
    }
    press
}

/// The answers that a wish of the column stands for.
fn answered(preview: &Preview, wish: &ColumnWish) -> Option<Press> {
    let ColumnWish::Answer { group, answer } = wish else { return Some(Press::AskAgain) };
    let asked = preview.questions.get(*group)?;
    let give = |question: &crate::domain::imports::OpenQuestion| {
        let choice = question.choices.get(*answer)?;
        Some(Given::new(question, &preview.plan.file_names, choice))
    };
    Some(Press::Answer(asked.questions.iter().filter_map(give).collect()))
}
