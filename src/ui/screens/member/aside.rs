//! Owns the third column of a member's page: what needs an answer, the posts held, the user's own fields.
//! Must never decide a finding: it offers what may be taken over. Start at [`show`].

use egui::Ui;

use super::facts::KEY_WIDTH;
use crate::command::{Command, EditMembers, MemberDraft};
use crate::domain::fields::FactKind;
use crate::ui::dialogs::edit_member::EditMember;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{AnswerCard, fact, label, link, note, quiet_line, section, section_with};
use crate::view::member::{Finding, MemberPage};

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
    if let Some(reason) = &page.file.person.voided {
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
}

fn finding_ui(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, finding: &Finding, out: &mut Outbox) {
    let id = page.file.person.id;
    let mut answers: Vec<&str> = finding.fixes.iter().map(|fix| fix.label.as_str()).collect();
    answers.push("修改…");
    let answers = if scene.frozen.is_none() { &answers[..] } else { &[] };
    let pressed = AnswerCard::new(&finding.title, answers).note(&finding.note).show(ui);
    match pressed.map(|place| finding.fixes.get(place)) {
        Some(Some(fix)) => {
            let set = MemberDraft::of(fix.field.spec().name, &fix.value);
            let command = Command::EditMembers(EditMembers { ids: vec![id], set, on: None });
            out.run(Slot::new(format!("fix:{id}")), command);
        }
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
