//! Owns the history (沿革) of an organisation: what happened when, by which paper.
//! Must never change it: a row that is pressed is to be corrected. Start at [`show`].

use egui::Ui;

use super::actions::Action;
use super::facts::FactsWish;
use crate::domain::dates::PartialDate;
use crate::domain::organisations::Organisation;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{Dot, TimelineRow, quiet_line, section};
use crate::view::organisations::{HistoryLine, OrganisationPage};

/// A row: what happened, and the event it is told by; founding and closing stand in the organisation itself.
struct Row<'p> {
    day: PartialDate,
    words: &'p str,
    paper: String,
    line: Option<&'p HistoryLine>,
}

/// Draws the history, the latest first.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, node: &Organisation, page: Option<&OrganisationPage>) -> Option<FactsWish> {
    let rows = rows(node, page, scene);
    section(ui, "沿革", "");
    ui.add_space(space::XS);
    if rows.is_empty() {
        quiet_line(ui, "没有记下沿革");
    }
    let may = scene.frozen.is_none();
    let mut wish = None;
    let last = rows.len().saturating_sub(1);
    for (place, row) in rows.iter().enumerate() {
        let day = row.day.to_string();
        let shown = TimelineRow::new(&day, Dot::Full, row.words).note(&row.paper).first(place == 0).last(place == last);
        let shown = if may { shown.opens() } else { shown };
        let response = ui.push_id(("history", place), |ui| shown.show(ui)).inner;
        if response.on_hover_text(row.words).clicked() {
            wish = Some(match row.line {
                Some(line) => FactsWish::Correct(line.clone()),
                None => FactsWish::Do(Action::Edit),
            });
        }
    }
    ui.add_space(space::S);
    wish
}

fn rows<'p>(node: &'p Organisation, page: Option<&'p OrganisationPage>, scene: &Scene<'_>) -> Vec<Row<'p>> {
    let history = page.map(|page| page.history.as_slice()).unwrap_or_default();
    let mut rows: Vec<Row<'p>> = Vec::new();
    let paper = |document: Option<&str>, note: Option<&str>| {
        let parts: Vec<&str> = [document, note].into_iter().flatten().collect();
        parts.join("·")
    };
    // A merger or a split says itself that it closed or founded.
    let is_told =
        |day: PartialDate| history.iter().any(|line| line.event.organisation == node.id && line.event.day == day);
    if let Some(day) = node.closed.filter(|day| day.is_reached_on(scene.as_of) && !is_told(*day)) {
        rows.push(Row { day, words: "撤销", paper: paper(node.closed_document.as_deref(), None), line: None });
    }
    rows.extend(history.iter().map(|line| Row {
        day: line.event.day,
        words: &line.words,
        paper: paper(line.event.document.as_deref(), line.event.note.as_deref()),
        line: Some(line),
    }));
    if let Some(day) = node.founded.filter(|day| day.is_reached_on(scene.as_of) && !is_told(*day)) {
        rows.push(Row { day, words: "成立", paper: paper(node.founded_document.as_deref(), None), line: None });
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.day.first_day()));
    rows
}
