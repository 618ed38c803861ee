//! Owns the third column of a member's page: what needs an answer, the posts held, the user's own fields.
//! Must never decide a finding: it offers what may be taken over. Start at [`show`].

use egui::Ui;

use super::facts::KEY_WIDTH;
use crate::command::{Command, UnmergeMembers};
use crate::domain::fields::FactKind;
use crate::domain::rules::Level;
use crate::ui::dialogs::edit_member::EditMember;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::screens::Page;
use crate::ui::screens::quality::settle;
use crate::ui::theme::space;
use crate::ui::widgets::{AnswerCard, Button, fact, label, link, note, quiet_line, section, section_with};
use crate::view::duplicates::Merged;
use crate::view::member::MemberPage;
use crate::view::quality::Finding;

/// Draws the column.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, out: &mut Outbox) {
    let count = page.findings.len();
    section(ui, "待核", &if count == 0 { String::new() } else { count.to_string() });
    body_ui(ui, scene, page, out);
}

/// The same where it stands in the place of the timeline.
pub fn show_with_way_back(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, aside: &mut bool, out: &mut Outbox) {
    section_with(ui, "待核", |ui| {
        if link(ui, "看时间线").clicked() {
            *aside = false;
        }
    });
    body_ui(ui, scene, page, out);
}

fn body_ui(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, out: &mut Outbox) {
    ui.add_space(space::M);
    if let Some(merged) = &page.merged {
        let open = format!("打开 {}", merged.into_name);
        let title = format!("已并入 {}", merged.into_name);
        let answers = [open.as_str(), "拆开"];
        let answers = if scene.frozen.is_none() { &answers[..] } else { &answers[..1] };
        match AnswerCard::new(&title, answers).note("两份记录是同一人；事项和大事都在那边").show(ui) {
            Some(0) => out.go(Page::Member(merged.into)),
            Some(_) => take_apart(merged, out),
            None => {}
        }
        ui.add_space(space::S);
    } else if let Some(reason) = &page.file.person.voided {
        AnswerCard::new("已作废（录入错误）", &[]).note(reason).hard().show(ui);
        ui.add_space(space::S);
    }
    if page.findings.is_empty() {
        quiet_line(ui, "没有对不上的地方");
    }
    for (place, finding) in page.findings.iter().enumerate() {
        ui.push_id(place, |ui| finding_ui(ui, scene, page, finding, out));
        ui.add_space(space::S);
    }
    ui.add_space(space::L);
    posts_ui(ui, page);
    ui.add_space(space::L);
    own_ui(ui, page);
    merged_ui(ui, scene, page, out);
}

/// Records of the same person that were merged into this one, each with the way to take it apart again.
fn merged_ui(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, out: &mut Outbox) {
    if page.merged_here.is_empty() {
        return;
    }
    ui.add_space(space::L);
    section(ui, "已并入的记录", "");
    for merged in &page.merged_here {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            label(ui, &merged.name);
            let name = format!("拆开：{}", merged.name);
            if scene.frozen.is_none() && ui.add(Button::plain("拆开").name(&name).small()).clicked() {
                take_apart(merged, out);
            }
        });
    }
}

fn take_apart(merged: &Merged, out: &mut Outbox) {
    out.run(Slot::new("unmerge_members"), Command::UnmergeMembers(UnmergeMembers { id: merged.id }));
}

fn finding_ui(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, finding: &Finding, out: &mut Outbox) {
    let id = page.file.person.id;
    let mut answers: Vec<&str> = finding.fixes.iter().map(|fix| fix.label.as_str()).collect();
    answers.push("修改…");
    let answers = if scene.frozen.is_none() { &answers[..] } else { &[] };
    let card = AnswerCard::new(&finding.title, answers).note(&finding.words).basis(&finding.article);
    let card = if finding.level == Level::Red { card.hard() } else { card };
    match card.show(ui).map(|place| finding.fixes.get(place)) {
        Some(Some(fix)) => settle(fix, id, out),
        Some(None) => out.open(EditMember::new(id)),
        None => {}
    }
}

fn posts_ui(ui: &mut Ui, page: &MemberPage) {
    section(ui, "现任职务", "");
    ui.add_space(space::S);
    let mut any = false;
    for held in page.file.facts_on(FactKind::Post, page.as_of) {
        any = true;
        label(ui, held.value.as_deref().unwrap_or_default());
        let place = held.organisation.and_then(|id| page.organisations.get(&id)).cloned().unwrap_or_default();
        let since = held.span.from.map_or_else(|| "起始不详".to_owned(), |from| format!("{from} 起"));
        note(ui, &if place.is_empty() { since } else { format!("{place}·{since}") });
        ui.add_space(6.0);
    }
    if !any {
        quiet_line(ui, "没有党内职务");
    }
}

fn own_ui(ui: &mut Ui, page: &MemberPage) {
    if page.extra_fields.is_empty() {
        return;
    }
    section(ui, "自留栏", "");
    ui.add_space(6.0);
    for field in &page.extra_fields {
        let value = page.file.extras.get(&field.id).map_or("", String::as_str);
        fact(ui, KEY_WIDTH, &field.label, value, "", |_| {});
    }
}
