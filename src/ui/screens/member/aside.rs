//! Owns the third column of a member's page: what needs an answer, posts, transfers with their papers, honours and
//! discipline, the user's own fields.
//! Must never decide a finding: it offers what may be taken over. Start at [`show`].

use egui::Ui;

use super::Middle;
use super::facts::KEY_WIDTH;
use crate::command::{Command, UnmergeMembers};
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::FactKind;
use crate::domain::members::{Fact, days};
use crate::domain::rules::Level;
use crate::ui::dialogs::edit_member::EditMember;
use crate::ui::dialogs::event::Receipt;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::screens::Page;
use crate::ui::screens::quality::settle;
use crate::ui::theme::space;
use crate::ui::widgets::{
    AnswerCard, Button, Icon, Tone, fact, label, link, note, quiet_line, remark, section, section_with, weak,
    wrapped_note,
};
use crate::view::duplicates::Merged;
use crate::view::member::{MemberPage, MemberTalk};
use crate::view::quality::Finding;

/// Draws the column.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, middle: &mut Middle, out: &mut Outbox) {
    let count = page.findings.len();
    section(ui, "待核", &if count == 0 { String::new() } else { count.to_string() });
    body_ui(ui, scene, page, middle, out);
}

/// The same where it stands in the place of the timeline.
pub fn show_with_way_back(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, middle: &mut Middle, out: &mut Outbox) {
    section_with(ui, "待核", |ui| {
        if link(ui, "看时间线").clicked() {
            *middle = Middle::Timeline;
        }
    });
    body_ui(ui, scene, page, middle, out);
}

fn body_ui(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, middle: &mut Middle, out: &mut Outbox) {
    ui.add_space(space::M);
    if let Some(merged) = &page.merged {
        let open = format!("打开 {}", merged.into_name);
        let title = format!("已并入 {}", merged.into_name);
        let answers = [open.as_str(), "拆开"];
        let answers = if scene.frozen.is_none() { &answers[..] } else { &answers[..1] };
        match AnswerCard::new(&title, answers).note("两份记录是同一人；资料和变动都在那边").show(ui) {
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
    talks_ui(ui, scene, page, middle);
    transfers_ui(ui, scene, page, out);
    events_ui(ui, page, EventKind::Honour);
    events_ui(ui, page, EventKind::Discipline);
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

/// The posts held, then those that ended.
fn posts_ui(ui: &mut Ui, page: &MemberPage) {
    section(ui, "职务", "");
    ui.add_space(space::S);
    let mut posts: Vec<&Fact> = page.file.facts.iter().filter(|fact| fact.kind == FactKind::Post).collect();
    posts.sort_by_key(|fact| (!fact.span.holds_on(page.as_of), std::cmp::Reverse(fact.span.from)));
    for post in &posts {
        let place = post.organisation.and_then(|id| page.organisations.get(&id)).map(String::as_str);
        let words = [place.unwrap_or_default(), &days(post.span)].join("·");
        let name = post.value.as_deref().unwrap_or_default();
        if post.span.holds_on(page.as_of) {
            label(ui, name)
        } else {
            weak(ui, name)
        };
        note(ui, words.trim_start_matches('·'));
        ui.add_space(6.0);
    }
    if posts.is_empty() {
        quiet_line(ui, "没有党内职务");
    }
}

/// How often, when last, what is still to be done; and the way to read them.
fn talks_ui(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, middle: &mut Middle) {
    let Some(last) = page.talks.first() else { return };
    section_with(ui, "谈心谈话", |ui| {
        if link(ui, "逐篇看").clicked() {
            *middle = Middle::Talks;
        }
    });
    ui.add_space(6.0);
    let year = scene.as_of.year();
    let count = page.talks.iter().filter(|talk| talk.held_on.year() == year).count();
    let open: usize = page.talks.iter().map(MemberTalk::open).sum();
    fact(ui, KEY_WIDTH, &format!("{year}年"), &format!("{count} 次"), "", |_| {});
    fact(ui, KEY_WIDTH, "最近一次", &last.held_on.to_string(), "", |_| {});
    fact(ui, KEY_WIDTH, "未办结跟进", &open.to_string(), "", |_| {});
    ui.add_space(space::L);
}

/// What was recorded of one kind, the newest first: type and date only.
fn events_ui(ui: &mut Ui, page: &MemberPage, kind: EventKind) {
    let told: Vec<&Event> = page.events.iter().filter(|event| event.kind == kind).collect();
    if told.is_empty() {
        return;
    }
    section(ui, kind.label(), &told.len().to_string());
    ui.add_space(6.0);
    for event in told.iter().rev() {
        fact(ui, KEY_WIDTH, &event.day.to_string(), event.value.as_deref().unwrap_or_default(), "", |_| {});
    }
    ui.add_space(space::L);
}

/// 组织关系转接 with letter, how long it is good, and its receipt.
fn transfers_ui(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, out: &mut Outbox) {
    let told: Vec<&Event> = page.events.iter().filter(|event| event.kind.is_transfer()).collect();
    if told.is_empty() {
        return;
    }
    section(ui, "组织关系转接", &told.len().to_string());
    ui.add_space(space::S);
    for event in told.iter().rev() {
        let spec = event.kind.spec();
        let target = event.target.or(event.organisation).and_then(|id| page.organisations.get(&id)).cloned();
        let place = if event.kind == EventKind::TransferOut { event.place.clone() } else { target };
        label(
            ui,
            &[Some(format!("{} {}", event.day, spec.label)), place].into_iter().flatten().collect::<Vec<_>>().join("·"),
        );
        let until = event.until.map(|until| format!("有效期至 {until}"));
        let paper: Vec<String> = [event.document.as_ref().map(|document| format!("介绍信 {document}")), until]
            .into_iter()
            .flatten()
            .collect();
        if !paper.is_empty() {
            wrapped_note(ui, &paper.join("，"));
        }
        receipt_ui(ui, scene, page, event, out);
        ui.add_space(6.0);
    }
    ui.add_space(space::L);
}

/// The day of the receipt, or that it is awaited, with the key to enter it.
fn receipt_ui(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, event: &Event, out: &mut Outbox) {
    if let Some(receipt) = event.receipt {
        note(ui, &format!("{} {receipt}", event.kind.spec().receipt_label));
        return;
    }
    let is_over = event.until.is_some_and(|until| until.last_day() < scene.today);
    ui.horizontal(|ui| {
        if is_over {
            remark(ui, Icon::TriangleAlert, Tone::Amber, "有效期已过，回执未登记");
        } else {
            note(ui, "回执未登记");
        }
        let name = format!("登记回执：{} {}", event.day, event.kind.label());
        if scene.frozen.is_none() && ui.add(Button::link("登记…").name(&name)).clicked() {
            out.open(Receipt::new(event.clone(), page.file.person.name()));
        }
    });
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
