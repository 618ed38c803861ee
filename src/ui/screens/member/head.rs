//! Owns the head of a member's page: who, what, where; the way through the list; what can be done.
//! Must never run a command but the one that takes a voiding back. Start at [`show`].

use egui::{Align, Label, Layout, RichText, Ui, UiBuilder, vec2};

use super::MemberScreen;
use crate::command::{Command, RestoreMembers};
use crate::domain::events::EventKind;
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::PersonId;
use crate::ui::dialogs::appointment::{Appointment, EndAppointment};
use crate::ui::dialogs::edit_member::EditMember;
use crate::ui::dialogs::event::EventDialog;
use crate::ui::dialogs::fact_history::FactHistory;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::dialogs::voiding::Voiding;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::{Page, TalkStart, frame};
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    Badge, Button, Icon, IconButton, MenuRow, Tone, menu_button, menu_rule, note, title, vertical_rule,
};
use crate::view::duplicates::Whose;
use crate::view::member::{MemberPage, post_in_words};

/// With less room the branch says nothing.
const LEAST_BRANCH: f32 = 42.0;

/// Draws the head.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, screen: &MemberScreen, page: Option<&MemberPage>, out: &mut Outbox) {
    let tall = frame::head_height(scene);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), egui::Sense::hover());
    let right = UiBuilder::new().max_rect(rect).id_salt("actions").layout(Layout::right_to_left(Align::Center));
    let left_of_buttons = ui
        .scope_builder(right, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if let Some(page) = page {
                actions_ui(ui, scene, page, out);
            }
            way_ui(ui, screen, scene, out);
            ui.min_rect().left()
        })
        .inner;
    let room = rect.with_max_x((left_of_buttons - space::L).max(rect.left()));
    let left = UiBuilder::new().max_rect(room).id_salt("who").layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(left, |ui| {
        ui.set_clip_rect(room.expand(4.0).intersect(ui.clip_rect()));
        ui.spacing_mut().item_spacing.x = space::S;
        if ui.add(IconButton::new(Icon::ChevronLeft, "返回")).clicked() {
            out.wish(Wish::Back);
        }
        if let Some(page) = page {
            who_ui(ui, page);
        }
    });
}

fn who_ui(ui: &mut Ui, page: &MemberPage) {
    title(ui, page.file.person.name());
    let floats_in = told(page, Known::Floating).is_some_and(|value| value == "流入");
    if page.merged.is_some() {
        ui.add(Badge::new("已并入").tone(Tone::Amber));
    } else if page.file.person.voided.is_some() {
        ui.add(Badge::new("已作废").tone(Tone::Hard));
    } else if !page.on_roll {
        let status = if floats_in { "流入党员" } else { page.file.status_on(page.as_of).unwrap_or("不在册") };
        ui.add(Badge::new(status).tone(Tone::Amber));
    }
    if let Some(category) = page.category {
        ui.add(Badge::new(category.label()));
    }
    for fact in page.file.facts_on(FactKind::Post, page.as_of) {
        let elsewhere = fact.organisation.filter(|id| Some(*id) != page.branch);
        let name = elsewhere.and_then(|id| page.organisations.get(&id)).map(String::as_str);
        if let Some(post) = &fact.value {
            ui.add(Badge::new(&post_in_words(post, name)));
        }
    }
    if page.on_roll
        && let Some(status) = told(page, Known::Status).filter(|status| *status != "正常")
    {
        ui.add(Badge::new(status).tone(Tone::Amber));
    }
    for (known, word) in [(Known::Floating, "流动"), (Known::Lost, "失联")] {
        if told(page, known) == Some("是") {
            ui.add(Badge::new(word).tone(Tone::Amber));
        }
    }
    if let Some(branch) = told(page, Known::Branch).filter(|_| ui.available_width() >= LEAST_BRANCH) {
        let text = RichText::new(branch).font(Type::Body.font()).color(theme::tokens(ui).ink2);
        ui.add(Label::new(text).selectable(false).truncate());
    }
}

fn told(page: &MemberPage, known: Known) -> Option<&str> {
    page.values.get(&known.into()).map(String::as_str)
}

/// 「3 / 132」 and the way to the neighbours; laid from right to left.
fn way_ui(ui: &mut Ui, screen: &MemberScreen, scene: &Scene<'_>, out: &mut Outbox) {
    let Some((place, count)) = screen.place() else { return };
    if scene.width == Width::Wide {
        vertical_rule(ui, height::CONTROL);
    }
    let step = |ui: &mut Ui, icon, name: &str, by: isize| -> Option<PersonId> {
        let next = screen.neighbour(by);
        let pressed = ui.add(IconButton::new(icon, name).enabled(next.is_some())).clicked();
        next.filter(|_| pressed)
    };
    let further = step(ui, Icon::ChevronDown, "下一人（Ctrl+PageDown）", 1);
    let back = step(ui, Icon::ChevronUp, "上一人（Ctrl+PageUp）", -1);
    if let Some(next) = further.or(back) {
        out.go(Page::Member(next));
    }
    note(ui, &format!("{} / {count}", place + 1));
}

/// Laid from right to left.
fn actions_ui(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, out: &mut Outbox) {
    let id = page.file.person.id;
    let is_gone = page.merged.is_some() || page.file.person.voided.is_some();
    let may_change = scene.frozen.is_none() && !is_gone;
    // Of who was merged, what can be done stands beside it: to open the other, to take them apart.
    if scene.frozen.is_none() && page.merged.is_none() && page.file.person.voided.is_some() {
        if ui.add(Button::primary("撤回作废").icon(Icon::RotateCcw)).clicked() {
            let command = Command::RestoreMembers(RestoreMembers { ids: vec![id] });
            out.run(Slot::new("restore_members"), command);
        }
    } else if may_change {
        if ui.add(Button::primary("修改").icon(Icon::Pencil).tip("Ctrl+E")).clicked() {
            out.open(EditMember::new(id));
        }
        if scene.width == Width::Wide && ui.add(Button::plain("记谈话").icon(Icon::SquarePen)).clicked() {
            open(Change::Talk, scene, page, out);
        }
        let (_, chosen) = menu_button(ui, Button::plain("变动"), "变动", |ui| changes_ui(ui, page));
        if let Some(change) = chosen.flatten() {
            open(change, scene, page, out);
        }
    }
    // On a narrow window printing stands in the menu.
    let is_tight = scene.width == Width::Narrow;
    let may_print = !is_gone;
    let (_, chosen) = menu_button(ui, Button::plain("更多"), "更多", |ui| {
        let may_write = may_change && scene.width != Width::Wide;
        more_ui(ui, may_print && is_tight, may_write, may_change)
    });
    if let Some(change) = chosen.flatten() {
        open(change, scene, page, out);
    }
    if may_print && !is_tight && ui.add(Button::plain("打印…").icon(Icon::Printer)).clicked() {
        open(Change::Print, scene, page, out);
    }
}

/// What can be done with a member beside 修改.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Event(EventKind),
    Appoint,
    EndPost,
    History,
    Duplicates,
    File,
    Void,
    Journal,
    Print,
    Talk,
}

/// Where a line stands in the menu of events: before the kinds that begin another family.
const FAMILIES: &[EventKind] =
    &[EventKind::FloatingOut, EventKind::Stopped, EventKind::Accepted, EventKind::LeftParty, EventKind::Honour];

/// What can happen to a member as they stand: events, and posts.
fn changes_ui(ui: &mut Ui, page: &MemberPage) -> Option<Change> {
    let mut chosen = None;
    let mut before: Option<EventKind> = None;
    for kind in EventKind::all().filter(|kind| page.file.may_happen(*kind, page.as_of)) {
        let family = |kind: EventKind| FAMILIES.iter().filter(|first| **first <= kind).count();
        if before.is_some_and(|before| family(before) != family(kind)) {
            menu_rule(ui);
        }
        before = Some(kind);
        let words = format!("{}…", kind.label());
        if ui.add(MenuRow::new(&words).icon(icon_of(kind))).clicked() {
            chosen = Some(Change::Event(kind));
        }
    }
    menu_rule(ui);
    let has_post = page.file.facts_on(FactKind::Post, page.as_of).next().is_some();
    if ui.add(MenuRow::new("任职…").icon(Icon::Briefcase).enabled(page.on_roll)).clicked() {
        chosen = Some(Change::Appoint);
    }
    if ui.add(MenuRow::new("免职…").icon(Icon::BriefcaseBusiness).enabled(has_post)).clicked() {
        chosen = Some(Change::EndPost);
    }
    chosen
}

fn icon_of(kind: EventKind) -> Icon {
    match kind {
        EventKind::TransferIn => Icon::LogIn,
        EventKind::TransferWithin => Icon::ArrowLeftRight,
        EventKind::TransferOut => Icon::LogOut,
        EventKind::Died => Icon::UserMinus,
        EventKind::LeftParty | EventKind::Disqualified => Icon::UserX,
        EventKind::Honour => Icon::Award,
        EventKind::Accepted | EventKind::Converted => Icon::UserCheck,
        _ => Icon::CalendarPlus,
    }
}

fn more_ui(ui: &mut Ui, may_print: bool, may_write: bool, may_change: bool) -> Option<Change> {
    let rows = [
        (may_print, MenuRow::new("打印…").icon(Icon::Printer), Change::Print),
        (may_write, MenuRow::new("记谈话").icon(Icon::SquarePen), Change::Talk),
        (may_change, MenuRow::new("历次变动…").icon(Icon::ListOrdered), Change::History),
        (may_change, MenuRow::new("查重").icon(Icon::Users), Change::Duplicates),
        (true, MenuRow::new("入党档案").icon(Icon::Archive), Change::File),
        (true, MenuRow::new("操作记录").icon(Icon::History), Change::Journal),
        (may_change, MenuRow::new("作废…").icon(Icon::Ban).careful(), Change::Void),
    ];
    let mut chosen = None;
    for (_, row, change) in rows.into_iter().filter(|(is_offered, ..)| *is_offered) {
        if ui.add(row).clicked() {
            chosen = Some(change);
        }
    }
    chosen
}

fn open(change: Change, scene: &Scene<'_>, page: &MemberPage, out: &mut Outbox) {
    let id = page.file.person.id;
    match change {
        Change::Event(kind) => out.open(EventDialog::new(vec![id], Some(kind))),
        Change::Appoint => out.open(Appointment::new(id, page.branch)),
        Change::EndPost => out.open(EndAppointment::new(id)),
        Change::History => out.open(FactHistory::new(id)),
        Change::Duplicates => out.go(Page::Duplicates(Whose::Of(id))),
        Change::File => out.go(Page::MemberFile(id)),
        Change::Void => out.open(Voiding::new(vec![id])),
        Change::Journal => out.go(Page::History(Some(id.0))),
        Change::Talk => out.go(Page::WriteTalk(TalkStart { partners: vec![id], ..TalkStart::default() })),
        Change::Print => out.open(PrintDialog::card(scene, id)),
    }
}
