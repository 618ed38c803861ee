//! The right side of 待核: the chosen finding with what settles it, and what else is found in the same person.

use std::sync::Arc;

use egui::{Rect, Ui};

use super::{QualityScreen, settle};
use crate::domain::ids::PersonId;
use crate::domain::rules::Level;
use crate::ui::dialogs::adopting::Adopting;
use crate::ui::dialogs::edit_member::EditMember;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::screens::Page;
use crate::ui::theme::space;
use crate::ui::widgets::{
    AnswerCard, Button, Icon, IconButton, beside, beside_foot, link, note, section, wrapped_note,
};
use crate::view::quality::{Finding, Item, Kind};

/// Draws the side into `rect`; gives back how many findings further one goes.
pub fn show(ui: &mut Ui, rect: Rect, screen: &QualityScreen, scene: &Scene<'_>, out: &mut Outbox) -> isize {
    let foot = beside(ui, rect, "card", space::S, |ui| {
        if let Some(item) = screen.item() {
            content_ui(ui, screen, item, scene, out);
        }
    });
    foot_ui(ui, foot, screen, scene)
}

fn content_ui(ui: &mut Ui, screen: &QualityScreen, item: &Item, scene: &Scene<'_>, out: &mut Outbox) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if link(ui, &item.name).clicked() {
            out.go(Page::Member(item.person));
        }
        let branch = scene.tree.iter().find(|line| Some(line.organisation.id) == item.branch);
        note(ui, branch.map_or("", |line| line.organisation.shown_name()));
    });
    let Some(kind) = screen.work.shown().and_then(|quality| quality.kinds.get(item.kind)) else { return };
    match screen.current() {
        Some(finding) => finding_ui(ui, finding, item.person, true, scene, out),
        None => told_ui(ui, kind, item),
    }
    bulk_ui(ui, screen, kind, item.kind, scene, out);
    let others: Vec<&Finding> = screen
        .detail
        .current()
        .into_iter()
        .flatten()
        .filter(|finding| screen.current().is_none_or(|chosen| *finding != chosen))
        .collect();
    if !others.is_empty() {
        ui.add_space(space::S);
        section(ui, "同一人的其他待核", &format!("{} 处", others.len()));
        for (nth, finding) in others.into_iter().enumerate() {
            ui.push_id(nth, |ui| finding_ui(ui, finding, item.person, false, scene, out));
        }
    }
}

/// The finding as it is listed, until what settles it is known.
fn told_ui(ui: &mut Ui, kind: &Kind, item: &Item) {
    let card = AnswerCard::new(&kind.title, &[]).note(&item.words);
    if kind.level == Level::Red { card.hard() } else { card }.show(ui);
}

/// A finding with what settles it; the chosen one with the keys that do.
fn finding_ui(ui: &mut Ui, finding: &Finding, person: PersonId, is_chosen: bool, scene: &Scene<'_>, out: &mut Outbox) {
    let numbered =
        |(nth, label): (usize, &str)| if is_chosen { format!("{} {label}", nth + 1) } else { label.to_owned() };
    let fixes = finding.fixes.iter().map(|fix| fix.label.as_str()).enumerate().map(numbered);
    let answers: Vec<String> = fixes.chain(["修改…".to_owned()]).collect();
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    let answers = if scene.frozen.is_none() { &answers[..] } else { &[] };
    let card = AnswerCard::new(&finding.title, answers).note(&finding.words).basis(&finding.article);
    let card = if finding.level == Level::Red { card.hard() } else { card };
    match card.show(ui).map(|place| finding.fixes.get(place)) {
        Some(Some(fix)) => settle(fix, person, out),
        Some(None) => out.open(EditMember::new(person)),
        None => {}
    }
}

/// What is safe for all of a kind is offered for all of it, with a preview.
fn bulk_ui(ui: &mut Ui, screen: &QualityScreen, kind: &Kind, place: usize, scene: &Scene<'_>, out: &mut Outbox) {
    let Some(adopted) = kind.adopts.filter(|_| scene.frozen.is_none() && kind.count > 1) else { return };
    let words = format!("同类 {} 处一并采用…", kind.count);
    if ui.add(Button::plain(&words).icon(Icon::ListChecks)).clicked()
        && let Some(quality) = screen.work.shown()
    {
        let ids = quality.items.iter().filter(|item| item.kind == place).map(|item| item.person).collect();
        out.open(Adopting::new(Arc::new(ids), adopted));
    }
}

fn foot_ui(ui: &mut Ui, rect: Rect, screen: &QualityScreen, scene: &Scene<'_>) -> isize {
    let mut step = 0;
    beside_foot(ui, rect, |ui| {
        let (place, count) = (screen.chosen, screen.listed.len());
        if ui.add(IconButton::new(Icon::ChevronDown, "下一处").enabled(place + 1 < count)).clicked() {
            step = 1;
        }
        if ui.add(IconButton::new(Icon::ChevronUp, "上一处").enabled(place > 0)).clicked() {
            step = -1;
        }
        if count > 0 {
            note(ui, &format!("{} / {count}", place + 1));
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            let cut = screen.listed.len() >= super::LISTED;
            let words = match (cut, scene.frozen) {
                (true, _) => "只列前 2,000 处，先选一类处理",
                (false, Some(why)) => why,
                (false, None) => "数字键处理，Enter 打开，Ctrl+Z 撤销",
            };
            wrapped_note(ui, words);
        });
    });
    step
}
