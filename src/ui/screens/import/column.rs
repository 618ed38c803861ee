//! The right column: what waits for an answer, what is wrong or suspicious, what was left out.
//! Must never answer anything itself: it says which answer was pressed. Start at [`show`].

use egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui, vec2};

use super::preview::{Preview, ProblemGroup, QuestionGroup};
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    AnswerCard, Button, Icon, IconButton, Select, Tone, link, note, remark, section, section_title, section_with,
};

/// The name of the column.
pub const TITLE: &str = "待定和问题";
/// Cards that are drawn at once.
const SHOWN: usize = 40;
/// Answers that stand as buttons; more are a list.
const BUTTONS: usize = 4;
/// Characters of all answers that stand beside each other.
const BESIDE: usize = 18;

/// What was pressed.
pub enum ColumnWish {
    /// An answer to all questions of a group, as places in [`Preview::questions`] and in its answers.
    Answer {
        group: usize,
        answer: usize,
    },
    /// All answers are taken back.
    AskAgain,
    Close,
}

/// Whether there is anything to show.
pub fn has_content(preview: &Preview, given: usize) -> bool {
    given > 0 || !(preview.questions.is_empty() && preview.problems.is_empty() && preview.skipped.is_empty())
}

/// Draws the column; `given` counts the answers that were given, `closes` gives it a ×.
pub fn show(ui: &mut Ui, preview: &Preview, given: usize, can_answer: bool, closes: bool) -> Option<ColumnWish> {
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
            wish = questions_ui(ui, preview, given, can_answer).or(wish.take());
            told_ui(ui, &format!("问题 {}", preview.problem_count), Some(Icon::TriangleAlert), &preview.problems);
            told_ui(ui, &format!("没有取的行 {}", preview.skipped_count), None, &preview.skipped);
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

fn questions_ui(ui: &mut Ui, preview: &Preview, given: usize, can_answer: bool) -> Option<ColumnWish> {
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
    for (group, asked) in preview.questions.iter().enumerate().take(SHOWN) {
        let answer = ui.push_id(group, |ui| question_ui(ui, asked, can_answer)).inner;
        if let Some(answer) = answer {
            wish = Some(ColumnWish::Answer { group, answer });
        }
    }
    more(ui, preview.questions.len(), "答过这些再列出");
    wish
}

/// The answers stand in the card: beside each other where they are short, below each other where they are longer,
/// else in a list.
fn question_ui(ui: &mut Ui, asked: &QuestionGroup, can_answer: bool) -> Option<usize> {
    let is_few = asked.answers.len() <= BUTTONS;
    let is_beside = is_few && asked.answers.iter().map(|answer| answer.chars().count()).sum::<usize>() <= BESIDE;
    ui.add_enabled_ui(can_answer, |ui| {
        let answers: Vec<&str> = asked.answers.iter().map(String::as_str).collect();
        let card = AnswerCard::new(&asked.sentence, if is_beside { &answers } else { &[] }).note(&asked.places);
        if is_beside {
            return card.show(ui);
        }
        card.show_with(ui, |ui| {
            ui.add_space(space::XS);
            ui.spacing_mut().item_spacing.y = space::XS;
            let room = ui.available_width();
            let fits = |answer: &&str| Button::plain(answer).small().width(ui) <= room;
            if is_few && answers.iter().all(fits) { buttons_ui(ui, asked) } else { list_ui(ui, asked) }
        })
    })
    .inner
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

/// What needs no answer: lines, not cards.
fn told_ui(ui: &mut Ui, title: &str, icon: Option<Icon>, groups: &[ProblemGroup]) {
    if groups.is_empty() {
        return;
    }
    ui.add_space(space::XS);
    section(ui, title, "");
    for group in groups.iter().take(SHOWN) {
        let words = if group.places.is_empty() {
            group.sentence.clone()
        } else {
            format!("{}：{}", group.places, group.sentence)
        };
        match icon {
            Some(icon) => remark(ui, icon, Tone::Amber, &words),
            None => line(ui, &words),
        }
    }
    more(ui, groups.len(), "没有列出");
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
