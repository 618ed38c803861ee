//! The right column: what waits for an answer, what is wrong or suspicious, what was left out.
//! Must never answer anything itself: it says which answer was pressed. Start at [`show`].

use egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui, vec2};

use super::cards::{Card, Cards, Names};
use super::naming;
use super::preview::{Class, Preview, ProblemGroup};
use super::questions::QuestionGroup;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    AnswerCard, Button, Icon, IconButton, Select, Tone, grouped, label, link, note, remark, row_link, section,
    section_title, section_with, small_link, text_width,
};

/// The name of the column.
pub const TITLE: &str = "待定和有误";
/// Cards that are drawn at once.
const SHOWN: usize = 40;
/// Answers that stand as buttons; more are a list.
const BUTTONS: usize = 4;
/// Between the buttons of a card: two answers and two ways go on one line at 100 %.
const GAP: f32 = space::ICON;
/// Characters of all answers that stand beside each other.
const BESIDE: usize = 18;

/// What was pressed; cards by their place among [`Cards`].
pub enum ColumnWish {
    /// An answer to all questions of a card, or to one of them.
    Answer {
        card: usize,
        only: Option<usize>,
        answer: usize,
    },
    /// What was answered in a card is taken back, or one answer of it.
    Again {
        card: usize,
        only: Option<usize>,
    },
    /// A new branch for the rows of a card, by its name.
    Name {
        card: usize,
        name: String,
    },
    /// The first cell of a card is to be seen on the sheet.
    Show {
        card: usize,
    },
    /// The cells of a card are looked at one by one, or no longer.
    Turn {
        card: usize,
    },
    /// A card is put off, or taken up again.
    PutOff {
        card: usize,
        is_off: bool,
    },
    /// The kind of the list is to be corrected.
    Kind,
    ExportProblems,
    Close,
}

/// What the button says that opens the column: 「待定 7 处，有误 2 处」
pub fn opener_words(preview: &Preview) -> String {
    let (asked, wrong) = (preview.plan.questions.len() as u64, preview.problem_count as u64);
    format!("待定 {} 处，有误 {} 处", grouped(asked), grouped(wrong))
}

/// Whether there is anything to show.
pub fn has_content(preview: &Preview, cards: &Cards) -> bool {
    let is_quiet = cards.is_empty() && preview.problems.is_empty() && preview.notes.is_empty();
    !is_quiet || preview.skipped_count > 0 || !preview.grouping.is_empty()
}

/// Draws the column; `closes` gives it a ×.
pub fn show(ui: &mut Ui, preview: &Preview, cards: &mut Cards, can_answer: bool, closes: bool) -> Option<ColumnWish> {
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
            let into = cards.into.take_if(|_| can_answer);
            let mut names = std::mem::take(&mut cards.names);
            wish = questions_ui(ui, preview, cards, can_answer, into.as_ref(), &mut names).or(wish.take());
            cards.names = names;
            if problems_ui(ui, preview) {
                wish = Some(ColumnWish::ExportProblems);
            }
            notes_ui(ui, preview);
            wish = left_ui(ui, preview, cards, can_answer, into.as_ref()).or(wish.take());
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
    cards: &Cards,
    can_answer: bool,
    into: Option<&Wanted>,
    names: &mut Names,
) -> Option<ColumnWish> {
    let asked = || cards.all().filter(|(_, card)| card.asked.waits);
    asked().next()?;
    section(ui, &format!("待定 {} 处", grouped(preview.plan.questions.len() as u64)), "");
    if asked().all(|(_, card)| card.open() == 0) {
        note(ui, "都回答了");
    }
    let (mut wish, mut open) = (None, 0);
    for (place, card) in asked() {
        open += usize::from(card.open() > 0);
        if card.open() > 0 && open > SHOWN {
            continue;
        }
        let look = Look { is_one_by_one: cards.is_one_by_one(card), can_answer, into: into_card(into, card) };
        let chosen = if cards.is_later(card) {
            ui.push_id(("later", place), |ui| later_ui(ui, place, card)).inner
        } else {
            let name = card.asked.takes_name.then(|| names.entry(card.asked.key.clone()).or_default());
            ui.push_id(place, |ui| card_ui(ui, place, card, look, name)).inner
        };
        wish = chosen.or(wish);
    }
    more(ui, open, "答过这些再列出");
    wish
}

/// A card that was put off, in its place.
fn later_ui(ui: &mut Ui, place: usize, card: &Card) -> Option<ColumnWish> {
    ui.horizontal_wrapped(|ui| {
        note(ui, &format!("以后再说：{}", card.asked.sentence));
        let name = format!("现在答：{}", card.asked.sentence);
        let is_taken_up = row_link(ui, "现在答", &name, false).clicked();
        is_taken_up.then_some(ColumnWish::PutOff { card: place, is_off: false })
    })
    .inner
}

/// How a card is looked at.
#[derive(Clone, Copy)]
struct Look {
    is_one_by_one: bool,
    can_answer: bool,
    /// What of it is to get the focus: its answers, or those of one cell.
    into: Option<Option<usize>>,
}

/// What is to get the focus, by the key of its card.
type Wanted = (String, Option<usize>);

fn into_card(into: Option<&Wanted>, card: &Card) -> Option<Option<usize>> {
    into.filter(|(key, _)| *key == card.asked.key).map(|(_, only)| *only)
}

/// The answers stand in the card: beside each other where they are short, below each other where they are longer,
/// else in a list; then the ways to look at each cell, and to leave it for later. What was answered says so in the
/// place of its answers. `name` is that of a new branch, as it is being written, where one may be named.
fn card_ui(ui: &mut Ui, place: usize, card: &Card, look: Look, name: Option<&mut String>) -> Option<ColumnWish> {
    let asked = &card.asked;
    ui.add_enabled_ui(look.can_answer, |ui| {
        let face = AnswerCard::new(&asked.sentence, &[]).note(asked.reason);
        let face = if card.open() == 0 { face.settled() } else { face };
        face.show_with(ui, |ui| {
            if let Some(wish) = places_ui(ui, place, card) {
                return Some(wish);
            }
            ui.add_space(space::XS);
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.spacing_mut().interact_size.y = height::SMALL;
            if look.is_one_by_one {
                let one = one_by_one_ui(ui, place, card, look);
                let way = ui.horizontal(|ui| ways_ui(ui, place, card, true)).inner;
                return one.or(way);
            }
            let again = said_ui(ui, place, card, look);
            if card.open() == 0 {
                return again;
            }
            let is_wanted = look.into == Some(None) && card.said_in_words().is_empty();
            let chosen = if asked.answers.is_empty() {
                None
            } else if is_beside(asked) {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(GAP, space::XS);
                    let all = buttons_ui(ui, asked, asked.answers.len(), is_wanted);
                    all.map(Ok).or(ways_ui(ui, place, card, false).map(Err))
                })
                .inner
            } else {
                let all = answers_ui(ui, asked, is_wanted);
                all.map(Ok).or(ui.horizontal(|ui| ways_ui(ui, place, card, false)).inner.map(Err))
            };
            let wish = chosen.map(|chosen| {
                chosen.map_or_else(|way| way, |answer| ColumnWish::Answer { card: place, only: None, answer })
            });
            let named = name.and_then(|name| naming::show(ui, name, is_wanted && asked.answers.is_empty()));
            wish.or(named.map(|name| ColumnWish::Name { card: place, name })).or(again)
        })
    })
    .inner
}

/// 「已答：1 月 · 改」; nothing where nothing was answered.
fn said_ui(ui: &mut Ui, place: usize, card: &Card, look: Look) -> Option<ColumnWish> {
    let said = card.said_in_words();
    if said.is_empty() {
        return None;
    }
    let name = format!("改：{}", card.asked.sentence);
    let shown = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        again_ui(ui, &said, &name, look.into == Some(None))
    });
    shown.inner.then_some(ColumnWish::Again { card: place, only: None })
}

/// What was said, and the way to take it back, as high as the buttons that stood there.
fn again_ui(ui: &mut Ui, said: &str, name: &str, is_wanted: bool) -> bool {
    label(ui, said);
    let again = ui.add(Button::link("改").name(name).small());
    if is_wanted {
        again.request_focus();
    }
    again.clicked()
}

/// Where the cells stand, of which the first can be gone to, and the way to leave them for later.
fn places_ui(ui: &mut Ui, place: usize, card: &Card) -> Option<ColumnWish> {
    let asked = &card.asked;
    let has_cell = asked.questions.first().is_some_and(|question| question.row > 0);
    let name = format!("以后再说：{}", asked.sentence);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        ui.spacing_mut().interact_size.y = 0.0;
        let mut wish = None;
        if has_cell && text_width(ui, &asked.places) <= ui.available_width() {
            let link = small_link(ui, &asked.places, &asked.places).on_hover_text("在原表上看");
            wish = link.clicked().then_some(ColumnWish::Show { card: place });
        } else if !asked.places.is_empty() {
            line(ui, &asked.places);
        }
        let can_wait = asked.waits && card.open() > 0;
        if can_wait && small_link(ui, "以后再说", &name).clicked() {
            wish = Some(ColumnWish::PutOff { card: place, is_off: true });
        }
        wish
    })
    .inner
}

/// Whether the answers stand beside each other.
fn is_beside(asked: &QuestionGroup) -> bool {
    let is_few = asked.answers.len() <= BUTTONS;
    is_few && asked.answers.iter().map(|answer| answer.chars().count()).sum::<usize>() <= BESIDE
}

/// The answers below each other, or in a list; of many the likelier ones stand beside each other above the list.
fn answers_ui(ui: &mut Ui, asked: &QuestionGroup, is_wanted: bool) -> Option<usize> {
    let room = ui.available_width();
    let fits = |answer: &&String| Button::plain(answer).small().width(ui) <= room;
    let count = asked.answers.len();
    if count <= BUTTONS && asked.answers.iter().all(|answer| fits(&answer)) {
        return buttons_ui(ui, asked, count, is_wanted);
    }
    let near = asked.answers.iter().take(asked.nearest.min(BUTTONS)).take_while(fits).count();
    let pressed = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, space::XS);
        buttons_ui(ui, asked, near, is_wanted)
    });
    pressed.inner.or(list_ui(ui, &asked.sentence, &asked.answers, near))
}

/// Each cell with its answers, or with what was answered.
fn one_by_one_ui(ui: &mut Ui, place: usize, card: &Card, look: Look) -> Option<ColumnWish> {
    let asked = &card.asked;
    let (mut wish, mut open) = (None, 0);
    for (index, (question, cell)) in asked.questions.iter().zip(&asked.cells).enumerate() {
        let words = format!("{cell} {}", question.raw);
        let only = Some(index);
        if let Some(Some(said)) = card.said.get(index) {
            let name = format!("改：{words}");
            let told = ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                line(ui, &words);
                again_ui(ui, &format!("已答：{said}"), &name, look.into == Some(only))
            });
            if told.inner {
                wish = Some(ColumnWish::Again { card: place, only });
            }
            continue;
        }
        open += 1;
        if open > SHOWN {
            continue;
        }
        let shown = if asked.nearest > 0 { asked.nearest.min(BUTTONS) } else { question.choices.len() };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            line(ui, &words);
            for (answer, choice) in question.choices.iter().enumerate().take(shown) {
                let whole = question.labels.get(answer).unwrap_or(choice);
                let button = ui.add(Button::plain(asked.said(answer)).name(&format!("{whole}：{words}")).small());
                if look.into == Some(only) && answer == 0 {
                    button.request_focus();
                }
                if button.clicked() {
                    wish = Some(ColumnWish::Answer { card: place, only, answer });
                }
            }
        });
        if shown < question.choices.len()
            && let Some(answer) = list_ui(ui, &words, &asked.words, shown)
        {
            wish = Some(ColumnWish::Answer { card: place, only, answer });
        }
    }
    more(ui, open, "答过这些再列出");
    wish
}

/// 逐个看.
fn ways_ui(ui: &mut Ui, place: usize, card: &Card, is_open: bool) -> Option<ColumnWish> {
    let asked = &card.asked;
    let mut wish = None;
    let word = if is_open { "一起答" } else { "逐个看…" };
    let name = format!("{word}：{}", asked.sentence);
    if asked.questions.len() > 1 && ui.add(Button::plain(word).name(&name).small()).clicked() {
        wish = Some(ColumnWish::Turn { card: place });
    }
    wish
}

/// The first so many answers as buttons; the first of them gets the focus where it `is_wanted`.
fn buttons_ui(ui: &mut Ui, asked: &QuestionGroup, count: usize, is_wanted: bool) -> Option<usize> {
    let mut pressed = None;
    for (index, answer) in asked.answers.iter().take(count).enumerate() {
        let name = format!("{answer}：{}", asked.sentence);
        let button = ui.add(Button::plain(answer).name(&name).small());
        if is_wanted && index == 0 {
            button.request_focus();
        }
        if button.clicked() {
            pressed = Some(index);
        }
    }
    pressed
}

/// The answers in a list, but for the first so many, which stand as buttons.
fn list_ui(ui: &mut Ui, name: &str, answers: &[String], shown: usize) -> Option<usize> {
    let mut chosen = None;
    let (width, rest) = (ui.available_width(), answers.get(shown..)?);
    let hint = if shown > 0 { "别的…" } else { "选择…" };
    Select::new(name, rest, &mut chosen).label_hidden().hint(hint).width(width).show(ui);
    chosen.map(|chosen| shown + chosen)
}

/// What is wrong, and the way back to whoever made the list; gives back whether that was pressed.
fn problems_ui(ui: &mut Ui, preview: &Preview) -> bool {
    if preview.problems.is_empty() {
        return false;
    }
    ui.add_space(space::XS);
    let is_asked = section_with(ui, &format!("有误 {} 处", grouped(preview.problem_count as u64)), |ui| {
        link(ui, "导出问题表…").clicked()
    });
    // The rows of the class 有误 are fewer: most of what is wrong is told of rows that are written.
    let broken = match preview.count(Class::Broken) {
        0 => "没有因此不能写入的行".to_owned(),
        broken => format!("其中不能写入的 {} 行", grouped(broken as u64)),
    };
    note(ui, &broken);
    for group in preview.problems.iter().take(SHOWN) {
        remark(ui, Icon::TriangleAlert, Tone::Amber, &words_of(group));
    }
    more(ui, preview.problems.len(), "没有列出");
    is_asked
}

/// What is told of rows with which nothing is wrong.
fn notes_ui(ui: &mut Ui, preview: &Preview) {
    if preview.notes.is_empty() {
        return;
    }
    ui.add_space(space::XS);
    section(ui, &format!("提醒 {} 处", grouped(preview.note_count as u64)), "照写");
    for group in preview.notes.iter().take(SHOWN) {
        line(ui, &words_of(group));
    }
    more(ui, preview.notes.len(), "没有列出");
}

/// What was left out needs no answer: lines, not cards; but those of no party may be said to want to join.
fn left_ui(
    ui: &mut Ui,
    preview: &Preview,
    cards: &Cards,
    can_answer: bool,
    into: Option<&Wanted>,
) -> Option<ColumnWish> {
    let others = cards.all().find(|(_, card)| !card.asked.waits);
    if !preview.grouping.is_empty() {
        ui.add_space(space::XS);
        section(ui, "分组行", "取了下面各行的");
        for group in preview.grouping.iter().take(SHOWN) {
            line(ui, &words_of(group));
        }
        more(ui, preview.grouping.len(), "没有列出");
    }
    ui.add_space(space::XS);
    if preview.skipped_count > 0 || others.is_some() {
        section(ui, &format!("没有取的行 {}", grouped(preview.skipped_count as u64)), "");
    }
    let wish = others.and_then(|(place, card)| {
        let look = Look { is_one_by_one: cards.is_one_by_one(card), can_answer, into: into_card(into, card) };
        ui.push_id("others", |ui| card_ui(ui, place, card, look, None)).inner
    });
    for group in preview.skipped.iter().take(SHOWN) {
        line(ui, &words_of(group));
    }
    more(ui, preview.skipped.len(), "没有列出");
    wish
}

fn words_of(group: &ProblemGroup) -> String {
    match group.places.as_str() {
        "" => group.sentence.clone(),
        places => format!("{places}：{}", group.sentence),
    }
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
