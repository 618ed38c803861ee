//! 栏目: every column in a line, with a few of its values, what it was taken for and how surely.
//! Must never change what was understood: it says what was chosen. Start at [`ImportScreen::columns_ui`].

use egui::{Align, Frame, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::layouts::{choices, chosen, meaning_in_words, sureness};
use super::pictured::Pictured;
use super::{ImportScreen, Press};
use crate::domain::import_layout::{HEADLESS, letters};
use crate::domain::imports::RosterKind;
use crate::exchange::import::{RecognisedTable, Sureness, TableColumn};
use crate::ui::scene::Scene;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{Select, link, note, section, sheet};

const KIND_LABEL: f32 = 64.0;
const HEAD: f32 = 190.0;
const CHOICE: f32 = 170.0;
const SURENESS: f32 = 190.0;
const LINE: f32 = 40.0;
/// Values that are shown of a column.
const SAMPLES: usize = 4;

impl ImportScreen {
    pub(super) fn columns_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Press> {
        let can_answer = self.can_answer(scene);
        let pictured = self.pictured.get(self.view.sheet).or(self.pictured.first())?;
        let kind = self.preview.as_ref().map_or(RosterKind::Members, |preview| preview.plan.kind);
        let all = choices(kind);
        let words: Vec<&str> = all.iter().map(|(_, word)| *word).collect();
        sheet(ui, 0, |ui| {
            ui.set_min_size(ui.available_size());
            let mut press = None;
            ScrollArea::vertical().id_salt("columns of the list").auto_shrink(false).show(ui, |ui| {
                let margin = egui::Margin { left: 16, right: 24, top: 16, bottom: 16 };
                Frame::new().inner_margin(margin).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    let tables = &pictured.picture.tables;
                    press = kind_ui(ui, kind, are_beside(tables), can_answer);
                    ui.add_space(space::M);
                    for (nth, table) in distinct(&pictured.picture.tables).into_iter().enumerate() {
                        if nth > 0 {
                            ui.add_space(space::L);
                        }
                        let told = if table.is_told { "按记住的栏目对照" } else { "" };
                        let rows = match table.heads {
                            (first, last) if first < last => format!("{first}—{last}"),
                            (only, _) => only.to_string(),
                        };
                        section(ui, &format!("{} 第 {rows} 行的表头", pictured.name()), told);
                        ui.add_space(space::XS);
                        for column in &table.columns {
                            let chosen = ui
                                .push_id((nth, column.index), |ui| {
                                    line_ui(ui, pictured, table, column, &words, can_answer)
                                })
                                .inner;
                            if let Some((means, _)) = chosen.and_then(|index| all.get(index)) {
                                let row = table.heads.0 as usize - 1;
                                press = Some(Press::TellAt { row, column: column.index, means: *means });
                            }
                        }
                    }
                    if pictured.picture.tables.is_empty() {
                        note(ui, "这张工作表里没有名册");
                    }
                });
            });
            press
        })
        .inner
    }
}

/// Tables beside each other are of members always.
fn are_beside(tables: &[RecognisedTable]) -> bool {
    tables.windows(2).any(|pair| matches!(pair, [one, next] if one.heads == next.heads))
}

/// Of what kind the lists are, and where their heads stand, to be corrected.
fn kind_ui(ui: &mut Ui, kind: RosterKind, are_beside: bool, can_answer: bool) -> Option<Press> {
    let words = RosterKind::ALL.map(RosterKind::label);
    let before = RosterKind::ALL.iter().position(|one| *one == kind);
    let mut now = before;
    let mut is_pointing = false;
    ui.horizontal(|ui| {
        let select = Select::new("这份表是", &words, &mut now).label_left(KIND_LABEL).width(CHOICE);
        select.enabled(can_answer && !are_beside).show(ui);
        let beside = "几张表并排的，只按党员花名册读";
        note(ui, if are_beside { beside } else { "认错了种类，在这里改；各栏按新的种类重新识别" });
        let layout = Layout::right_to_left(Align::Center);
        is_pointing = ui.with_layout(layout, |ui| can_answer && !are_beside && link(ui, "自己指表头…").clicked()).inner;
    });
    let other = now.filter(|_| now != before).and_then(|at| RosterKind::ALL.get(at));
    other.copied().map(Press::Kind).or(is_pointing.then_some(Press::Point))
}

/// Tables of the same heads are one list on several pages.
fn distinct(tables: &[RecognisedTable]) -> Vec<&RecognisedTable> {
    let mut found: Vec<&RecognisedTable> = Vec::new();
    for table in tables {
        let heads = |table: &RecognisedTable| table.columns.iter().map(|one| one.head.clone()).collect::<Vec<_>>();
        if !found.iter().any(|other| heads(other) == heads(table)) {
            found.push(table);
        }
    }
    found
}

/// One column; gives back what it was said to be, if another thing than it was taken for.
fn line_ui(
    ui: &mut Ui,
    pictured: &Pictured,
    table: &RecognisedTable,
    column: &TableColumn,
    words: &[&str],
    can_answer: bool,
) -> Option<usize> {
    let t = theme::tokens(ui);
    let before = chosen(table.kind, column);
    let mut now = before;
    let size = vec2(ui.available_width(), LINE);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let text = |ui: &mut Ui, width: f32, words: &str, size: Type, color| {
            ui.allocate_ui_with_layout(vec2(width, height::CONTROL), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(width);
                ui.add(Label::new(RichText::new(words).font(size.font()).color(color)).selectable(false).truncate());
            });
        };
        text(ui, 32.0, &letters(column.index), Type::Small, t.ink3);
        match &*column.head {
            "" => text(ui, HEAD, HEADLESS, Type::Body, t.ink3),
            head => text(ui, HEAD, head, Type::Strong, t.ink),
        }
        let meaning = meaning_in_words(table, column);
        let hint = if before.is_none() { meaning.as_str() } else { "选择…" };
        let name = match &*column.head {
            "" => format!("{} 栏认作", letters(column.index)),
            head => format!("{head}认作"),
        };
        let select = Select::new(&name, words, &mut now).label_hidden().hint(hint).width(CHOICE);
        select.enabled(can_answer).show(ui);
        let color = if column.sureness.is_doubtful() { t.amber } else { t.ink2 };
        let samples = samples(pictured, table, column);
        let is_empty = samples.is_empty() && column.sureness == Sureness::Sure;
        let sure = if is_empty { "表头认得，栏里没有内容" } else { sureness(table, column) };
        text(ui, SURENESS, sure, Type::Small, color);
        let room = ui.available_width();
        if room > 60.0 {
            text(ui, room, &samples, Type::Small, t.ink3);
        }
    });
    now.filter(|_| now != before)
}

/// The first different values: 「男、女」.
fn samples(pictured: &Pictured, table: &RecognisedTable, column: &TableColumn) -> String {
    let mut found: Vec<String> = Vec::new();
    for row in (table.heads.1 + 1..=table.last_row).take(40) {
        let text = pictured.picture.text(row, column.index).trim().to_owned();
        if !text.is_empty() && !found.contains(&text) {
            found.push(text);
        }
        if found.len() == SAMPLES {
            break;
        }
    }
    found.join("、")
}
