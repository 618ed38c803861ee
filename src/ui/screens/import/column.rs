//! The right column: what waits for an answer, what is wrong or suspicious, what was left out.
//! Must never answer anything itself: it says which answer was pressed. Start at [`show`].

use std::collections::HashSet;

use egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui, vec2};

use super::preview::{Class, Preview, ProblemGroup};
use super::questions::QuestionGroup;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    AnswerCard, Button, Icon, IconButton, Select, TextField, Tone, grouped, heading, link, note, remark, row_link,
    rule, section, section_title, section_with, small_link, text_width,
};

/// The name of the column.
pub const TITLE: &str = "待定和问题";
/// Cards that are drawn at once.
const SHOWN: usize = 40;
/// Answers that stand as buttons; more are a list.
const BUTTONS: usize = 4;
const NEW: &str = "新建";
/// Characters of all answers that stand beside each other.
const BESIDE: usize = 18;

/// Which questions are looked at one by one, and which were put off; by their sentences.
#[derive(Default)]
pub struct Asking {
    one_by_one: Option<String>,
    later: HashSet<String>,
    /// The name of a new branch, as it is being written.
    naming: String,
}

/// What was pressed.
pub enum ColumnWish {
    /// An answer to all questions of a group, as its place by [`Preview::group`] and in its answers.
    Answer {
        group: usize,
        answer: usize,
    },
    /// An answer to one question of a group.
    AnswerOne {
        group: usize,
        question: usize,
        answer: usize,
    },
    /// A new branch for the rows of a group.
    Name {
        group: usize,
        name: String,
    },
    /// The first cell of a group is to be seen on the sheet.
    Show {
        group: usize,
    },
    /// The kind of the list is to be corrected.
    Kind,
    /// All answers are taken back.
    AskAgain,
    ExportProblems,
    Close,
}

/// Whether there is anything to show.
pub fn has_content(preview: &Preview, given: usize) -> bool {
    given > 0 || !(preview.questions.is_empty() && preview.problems.is_empty()) || preview.skipped_count > 0
}

/// Draws the column; `given` counts the answers that were given, `closes` gives it a ×.
pub fn show(
    ui: &mut Ui,
    preview: &Preview,
    asking: &mut Asking,
    given: usize,
    can_answer: bool,
    closes: bool,
) -> Option<ColumnWish> {
    let mut wish = None;
    if closes && head_ui(ui) {
        wish = Some(ColumnWish::Close);
    }
    ScrollArea::vertical().id_salt("import column").auto_shrink(false).show(ui, |ui| {
        let top = if closes { 4 } else { 16 };
        let margin = Margin { left: 16, right: 16, top, bottom: 16 };
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::S;
            wish = questions_ui(ui, preview, asking, given, can_answer).or(wish.take());
            if problems_ui(ui, preview) {
                wish = Some(ColumnWish::ExportProblems);
            }
            wish = left_ui(ui, preview, asking, can_answer).or(wish.take());
        });
    });
    wish
}

/// The head with its ×, above what scrolls; gives back whether that was pressed.
fn head_ui(ui: &mut Ui) -> bool {
    let margin = Margin { left: 16, right: 8, top: 8, bottom: 0 };
    Frame::new()
        .inner_margin(margin)
        .show(ui, |ui| {
            let size = vec2(ui.available_width(), height::CONTROL);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                let is_closed = ui.add(IconButton::new(Icon::X, "关闭")).clicked();
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| section_title(ui, TITLE));
                is_closed
            })
            .inner
        })
        .inner
}

fn questions_ui(
    ui: &mut Ui,
    preview: &Preview,
    asking: &mut Asking,
    given: usize,
    can_answer: bool,
) -> Option<ColumnWish> {
    if preview.questions.is_empty() && given == 0 {
        return None;
    }
    let mut wish = None;
    section_with(ui, &format!("待定 {}", preview.questions.len()), |ui| {
        if given > 0 && can_answer && link(ui, "重新回答").clicked() {
            wish = Some(ColumnWish::AskAgain);
        }
        if given > 0 {
            note(ui, &format!("已答 {given} 处"));
        }
    });
    if preview.questions.is_empty() {
        note(ui, "都回答了");
    }
    let all = preview.questions.iter().enumerate();
    let (later, now): (Vec<_>, Vec<_>) = all.partition(|(_, asked)| asking.later.contains(&asked.sentence));
    for (group, asked) in now.iter().take(SHOWN) {
        let chosen = ui.push_id(group, |ui| question_ui(ui, asked, asking, can_answer)).inner;
        wish = chosen.map(|chosen| chosen.of(*group)).or(wish);
    }
    more(ui, now.len(), "答过这些再列出");
    for (group, asked) in later.iter().take(SHOWN) {
        ui.push_id(("later", group), |ui| {
            ui.horizontal_wrapped(|ui| {
                note(ui, &format!("以后再说：{}", asked.sentence));
                if row_link(ui, "现在答", &format!("现在答：{}", asked.sentence), false).clicked() {
                    asking.later.remove(&asked.sentence);
                }
            });
        });
    }
    wish
}

/// An answer to all of a group, or to one of it.
enum Chosen {
    All(usize),
    One(usize, usize),
    /// A new branch by its name.
    Named(String),
    /// Nothing yet: the cell is to be seen.
    Place,
}

impl Chosen {
    fn of(self, group: usize) -> ColumnWish {
        match self {
            Self::All(answer) => ColumnWish::Answer { group, answer },
            Self::One(question, answer) => ColumnWish::AnswerOne { group, question, answer },
            Self::Named(name) => ColumnWish::Name { group, name },
            Self::Place => ColumnWish::Show { group },
        }
    }
}

/// The answers stand in the card: beside each other where they are short, below each other where they are longer,
/// else in a list; then the ways to look at each cell, and to leave it for later.
fn question_ui(ui: &mut Ui, asked: &QuestionGroup, asking: &mut Asking, can_answer: bool) -> Option<Chosen> {
    let is_open = asking.one_by_one.as_deref() == Some(&asked.sentence);
    ui.add_enabled_ui(can_answer, |ui| {
        AnswerCard::new(&asked.sentence, &[]).show_with(ui, |ui| {
            if places_ui(ui, asked) {
                return Some(Chosen::Place);
            }
            ui.add_space(space::XS);
            ui.spacing_mut().item_spacing.y = space::XS;
            if is_open {
                let one = one_by_one_ui(ui, asked);
                ui.horizontal(|ui| ways_ui(ui, asked, asking, true));
                return one;
            }
            let all = if is_beside(asked) {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
                    let all = buttons_ui(ui, asked);
                    ways_ui(ui, asked, asking, false);
                    all
                })
                .inner
            } else {
                let all = answers_ui(ui, asked);
                ui.horizontal(|ui| ways_ui(ui, asked, asking, false));
                all
            };
            let named = if asked.takes_name { naming_ui(ui, &mut asking.naming) } else { None };
            all.map(Chosen::All).or(named)
        })
    })
    .inner
}

/// Where the cells stand; gives back whether the first of them is to be seen.
fn places_ui(ui: &mut Ui, asked: &QuestionGroup) -> bool {
    let has_cell = asked.questions.first().is_some_and(|question| question.row > 0);
    if has_cell && text_width(ui, &asked.places) <= ui.available_width() {
        return small_link(ui, &asked.places, &asked.places).on_hover_text("在原表上看").clicked();
    }
    if !asked.places.is_empty() {
        line(ui, &asked.places);
    }
    false
}

/// Whether the answers stand beside each other.
fn is_beside(asked: &QuestionGroup) -> bool {
    let is_few = asked.answers.len() <= BUTTONS;
    is_few && asked.answers.iter().map(|answer| answer.chars().count()).sum::<usize>() <= BESIDE
}

/// The answers below each other, or in a list.
fn answers_ui(ui: &mut Ui, asked: &QuestionGroup) -> Option<usize> {
    if asked.answers.is_empty() {
        return None;
    }
    let room = ui.available_width();
    let fits = |answer: &String| Button::plain(answer).small().width(ui) <= room;
    let is_few = asked.answers.len() <= BUTTONS;
    if is_few && asked.answers.iter().all(fits) { buttons_ui(ui, asked) } else { list_ui(ui, asked) }
}

/// Each cell with its answers.
fn one_by_one_ui(ui: &mut Ui, asked: &QuestionGroup) -> Option<Chosen> {
    let mut chosen = None;
    for (index, (question, cell)) in asked.questions.iter().zip(&asked.cells).enumerate().take(SHOWN) {
        let words = format!("{cell} {}", question.raw);
        line(ui, &words);
        ui.horizontal_wrapped(|ui| {
            for (answer, choice) in question.choices.iter().enumerate() {
                let shown = question.labels.get(answer).unwrap_or(choice);
                if ui.add(Button::plain(shown).name(&format!("{shown}：{words}")).small()).clicked() {
                    chosen = Some(Chosen::One(index, answer));
                }
            }
        });
    }
    more(ui, asked.questions.len(), "答过这些再列出");
    chosen
}

/// A new branch by its name; its kind follows from that.
fn naming_ui(ui: &mut Ui, name: &mut String) -> Option<Chosen> {
    ui.horizontal(|ui| {
        let width = ui.available_width() - Button::plain(NEW).small().width(ui) - space::S;
        let field = TextField::new("新建党支部", name).label_hidden().hint("新党支部的全称").width(width);
        let written = field.show(ui);
        let is_entered = written.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let is_pressed = ui.add(Button::plain(NEW).small()).clicked();
        let is_named = !name.trim().is_empty();
        ((is_pressed || is_entered) && is_named).then(|| Chosen::Named(std::mem::take(name)))
    })
    .inner
}

/// 逐个看, 以后再说.
fn ways_ui(ui: &mut Ui, asked: &QuestionGroup, asking: &mut Asking, is_open: bool) {
    let word = if is_open { "一起答" } else { "逐个看…" };
    let name = format!("{word}：{}", asked.sentence);
    if asked.questions.len() > 1 && ui.add(Button::plain(word).name(&name).small()).clicked() {
        asking.one_by_one = (!is_open).then(|| asked.sentence.clone());
    }
    let name = format!("以后再说：{}", asked.sentence);
    if asked.waits && ui.add(Button::quiet("以后再说").name(&name).small()).clicked() {
        asking.later.insert(asked.sentence.clone());
    }
}

fn buttons_ui(ui: &mut Ui, asked: &QuestionGroup) -> Option<usize> {
    let mut pressed = None;
    for (index, answer) in asked.answers.iter().enumerate() {
        let name = format!("{answer}：{}", asked.sentence);
        if ui.add(Button::plain(answer).name(&name).small()).clicked() {
            pressed = Some(index);
        }
    }
    pressed
}

fn list_ui(ui: &mut Ui, asked: &QuestionGroup) -> Option<usize> {
    let mut chosen = None;
    let width = ui.available_width();
    Select::new(&asked.sentence, &asked.answers, &mut chosen).label_hidden().width(width).show(ui);
    chosen
}

/// What is wrong, and the way back to whoever made the list; gives back whether that was pressed.
fn problems_ui(ui: &mut Ui, preview: &Preview) -> bool {
    if preview.problems.is_empty() {
        return false;
    }
    ui.add_space(space::XS);
    let is_asked =
        section_with(ui, &format!("问题 {}", preview.problem_count), |ui| link(ui, "导出问题表…").clicked());
    for group in preview.problems.iter().take(SHOWN) {
        remark(ui, Icon::TriangleAlert, Tone::Amber, &words_of(group));
    }
    more(ui, preview.problems.len(), "没有列出");
    is_asked
}

/// What was left out needs no answer: lines, not cards; but those of no party may be said to want to join.
fn left_ui(ui: &mut Ui, preview: &Preview, asking: &mut Asking, can_answer: bool) -> Option<ColumnWish> {
    if preview.skipped_count == 0 {
        return None;
    }
    ui.add_space(space::XS);
    section(ui, &format!("没有取的行 {}", preview.skipped_count), "");
    let asked = preview.others.as_ref();
    let chosen = asked.and_then(|asked| ui.push_id("others", |ui| question_ui(ui, asked, asking, can_answer)).inner);
    for group in preview.skipped.iter().take(SHOWN) {
        line(ui, &words_of(group));
    }
    more(ui, preview.skipped.len(), "没有列出");
    chosen.map(|chosen| chosen.of(preview.questions.len()))
}

fn words_of(group: &ProblemGroup) -> String {
    match group.places.as_str() {
        "" => group.sentence.clone(),
        places => format!("{places}：{}", group.sentence),
    }
}

/// How many rows of each class, and how many problems.
fn expected(preview: &Preview) -> [(&'static str, usize, bool); 4] {
    [
        ("新增", preview.count(Class::New), false),
        ("有改动", preview.changed, false),
        ("相同", preview.count(Class::Same), false),
        ("有问题", preview.problem_count, true),
    ]
}

/// 「预计写入：新增 48，有改动 0」
pub fn expected_words(preview: &Preview) -> String {
    let told = expected(preview).map(|(word, count, _)| format!("{word} {}", grouped(count as u64)));
    format!("预计写入：{}", told.join("，"))
}

/// 预计写入, in large figures.
pub fn expected_ui(ui: &mut Ui, preview: &Preview) -> Option<ColumnWish> {
    let margin = Margin { left: 16, right: 16, top: 12, bottom: 8 };
    let wish = Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let t = theme::tokens(ui);
        let kind = preview.plan.kind.label();
        let wish = ui.horizontal(|ui| {
            heading(ui, "预计写入");
            let name = format!("这份表是{kind}，改…");
            let is_asked = |ui: &mut Ui| small_link(ui, kind, &name).on_hover_text("认错了种类，点这里改").clicked();
            ui.with_layout(Layout::right_to_left(Align::Center), is_asked).inner.then_some(ColumnWish::Kind)
        });
        // Five digits and their comma need more than a quarter of the column.
        let is_long = expected(preview).iter().any(|(_, count, _)| *count >= 10_000);
        let size = if is_long { Type::Title } else { Type::Figure };
        ui.columns(4, |parts| {
            for (part, (word, count, is_hard)) in parts.iter_mut().zip(expected(preview)) {
                let color = if count > 0 && is_hard { t.hard } else { t.ink };
                let text = RichText::new(grouped(count as u64)).font(size.font()).color(color);
                part.spacing_mut().item_spacing.y = 0.0;
                part.add(Label::new(text).selectable(false).extend());
                note(part, word);
            }
        });
        wish.inner
    });
    rule(ui);
    wish.inner
}

fn line(ui: &mut Ui, words: &str) {
    let text = RichText::new(words).font(Type::Small.font()).color(theme::tokens(ui).ink2);
    ui.add(Label::new(text).selectable(false).wrap());
}

fn more(ui: &mut Ui, count: usize, word: &str) {
    if count > SHOWN {
        note(ui, &format!("还有 {} 项，{word}", count - SHOWN));
    }
}
