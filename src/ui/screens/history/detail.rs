//! The right side of 操作记录: what the chosen entry did, what later changed the same, and taking it back.

use egui::{Rect, Ui};

use super::back_to::BackTo;
use super::items::time;
use crate::store::journal::Entry;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    AnswerCard, Button, ChangeRow, Icon, beside, beside_foot, change_row, grouped, key_value, note, section, small,
    wrapped_note,
};
use crate::view::journal::{DiaryLine, EntryStory, Later, Staying};

/// Later entries that are told; the rest are counted.
const LATER_TOLD: usize = 3;
const KEY_WIDTH: f32 = 72.0;
/// With less room the note in the foot is left out.
const NOTE_LEAST: f32 = 96.0;

/// Draws the side into `rect`. Only the diary of everything can go back to a step: steps on the way that are not of
/// the one record would go too.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    line: &DiaryLine,
    story: Option<&EntryStory>,
    may_go_back: bool,
    scene: &Scene<'_>,
    out: &mut Outbox,
) {
    let foot = beside(ui, rect, ("entry", line.entry.id.0), 2.0, |ui| content(ui, line, story));
    foot_ui(ui, foot, line, story, may_go_back, scene, out);
}

fn content(ui: &mut Ui, line: &DiaryLine, story: Option<&EntryStory>) {
    let entry = &line.entry;
    strong_wrapped(ui, &entry.title);
    let from = match entry.origin.as_str() {
        "command_line" => "·命令行",
        "import" => "·导入",
        _ => "",
    };
    small(ui, &format!("{}{from}", place_in_words(entry)));
    ui.add_space(space::S);
    let Some(story) = story else {
        note(ui, "正在读");
        return;
    };
    counts(ui, story);
    if !story.later.is_empty() {
        ui.add_space(space::S);
        later(ui, &story.later, &story.kept);
    }
    ui.add_space(space::M);
    let right = match (story.is_whole, story.lines.len() < story.values) {
        (true, false) => format!("{} 处", story.values),
        (true, true) => format!("前 {} 处，共 {} 处", story.lines.len(), grouped(story.values as u64)),
        (false, _) => format!("前 {} 处", story.lines.len()),
    };
    section(ui, "改动", &right);
    if story.lines.is_empty() {
        ui.add_space(space::XS);
        note(ui, "没有可看的内容");
    }
    let is_of_one = story.lines.windows(2).all(|pair| pair[0].who == pair[1].who);
    for change in &story.lines {
        let who = if is_of_one { "" } else { &change.who };
        change_row(ui, &ChangeRow { who, what: &change.what, before: &change.before, after: &change.after });
    }
}

fn counts(ui: &mut Ui, story: &EntryStory) {
    let least = if story.is_whole { "" } else { "至少 " };
    for (word, count) in [("新增", story.made), ("改动", story.changed), ("去掉", story.gone)] {
        if count > 0 {
            key_value(ui, KEY_WIDTH, word, &format!("{least}{} 个", grouped(count as u64)), "");
        }
    }
}

/// What stands in the way, in amber.
fn later(ui: &mut Ui, later: &[Later], kept: &Staying) {
    for Later { entry, count, names } in later.iter().rev().take(LATER_TOLD) {
        let more = if *count > names.len() { " 等" } else { "" };
        let whom = if names.is_empty() { String::new() } else { format!("：{}{more}", names.join("、")) };
        let question = format!("“{}”又改过其中 {count} 个{whom}", entry.title);
        let about = place_in_words(entry);
        AnswerCard::new(&question, &[]).note(&about).show(ui);
        ui.add_space(space::XS);
    }
    if later.len() > LATER_TOLD {
        note(ui, &format!("后来还有 {} 步改过同样的内容", later.len() - LATER_TOLD));
    }
    wrapped_note(ui, &staying_in_words(kept));
}

/// 「撤销此项时保留 3 个的现值（…），其余复原」
fn staying_in_words(kept: &Staying) -> String {
    let used = match kept.used {
        0 => String::new(),
        count => format!("，连同它们用着的 {} 个", grouped(count as u64)),
    };
    let more = if kept.names.len() < kept.changed + kept.used { " 等" } else { "" };
    let names = if kept.names.is_empty() { String::new() } else { format!("（{}{more}）", kept.names.join("、")) };
    format!("撤销此项时，后来改过的 {} 个保留现值{used}{names}，其余复原", grouped(kept.changed as u64))
}

/// 「第 12 步·李敏·2026-11-24 10:38」
fn place_in_words(entry: &Entry) -> String {
    let operator = if entry.operator.is_empty() { "没填操作人" } else { &entry.operator };
    format!("第 {} 步·{operator}·{} {}", entry.id, entry.at.day(), time(entry.at))
}

fn foot_ui(
    ui: &mut Ui,
    rect: Rect,
    line: &DiaryLine,
    story: Option<&EntryStory>,
    may_go_back: bool,
    scene: &Scene<'_>,
    out: &mut Outbox,
) {
    let is_undo = line.entry.reverts.is_some() && !line.entry.title.starts_with("重做");
    let (verb, icon) = if is_undo { ("重做此项", Icon::Redo2) } else { ("撤销此项", Icon::Undo2) };
    let why_not = why_not(line, scene);
    beside_foot(ui, rect, |ui| {
        let enabled = why_not.is_none() && story.is_some();
        let button = Button::primary(verb).icon(icon).enabled(enabled);
        if ui.add(why_not.map_or(button.clone(), |why| button.tip(why))).clicked() {
            let keep_changed = story.is_some_and(|story| !story.later.is_empty());
            out.undo(Slot::new("history: revert"), Some(line.entry.id), keep_changed);
        }
        if may_go_back {
            let tip = "由近到远撤销到这一步，这一步也撤";
            if ui.add(Button::plain("撤到此前…").tip(tip).enabled(!is_frozen(scene))).clicked() {
                out.open(BackTo::new(line.entry.clone()));
            }
        }
        if ui.available_width() < NOTE_LEAST {
            return;
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            let words = why_not.unwrap_or("退出再开也能撤销，撤销本身也可再撤");
            let color = theme::tokens(ui).ink3;
            let text = egui::RichText::new(words).font(theme::Type::Small.font()).color(color);
            ui.add(egui::Label::new(text).selectable(false).wrap());
        });
    });
}

/// Only a workbook that cannot be written forbids it: what is taken back is not of the day shown.
fn is_frozen(scene: &Scene<'_>) -> bool {
    scene.frozen.is_some() && scene.as_of == scene.today
}

/// Why an entry cannot be taken back.
fn why_not<'a>(line: &DiaryLine, scene: &Scene<'a>) -> Option<&'a str> {
    if is_frozen(scene) {
        Some("只能看，不能改")
    } else if !line.entry.undoable {
        Some("已经离开本程序的东西收不回来")
    } else if !line.stands {
        Some("已经撤销过了")
    } else {
        None
    }
}

fn strong_wrapped(ui: &mut Ui, text: &str) {
    let t = theme::tokens(ui);
    let text = egui::RichText::new(text).font(theme::Type::Section.font()).color(t.ink);
    ui.add(egui::Label::new(text).selectable(true).wrap());
}
