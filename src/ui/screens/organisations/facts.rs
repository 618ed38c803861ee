//! Owns the right column: everything that is known of one organisation.
//! Must never change it: it says what was asked for. Start at [`show`].

use egui::{Label, Rect, RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::actions::{Action, rows_ui};
use crate::command::organisation_field_label;
use crate::domain::dates::PartialDate;
use crate::domain::identity::masked_phone;
use crate::domain::ids::PersonId;
use crate::domain::organisations::Organisation;
use crate::ui::scene::Scene;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    Badge, Button, Figure, Icon, IconButton, Tone, figure, grouped, key_value, link, menu_button, note, section, weak,
};
use crate::view::organisations::{OrganisationLine, PostLine};

/// What was asked for in the column.
pub enum FactsWish {
    Close,
    Do(Action),
    Member(PersonId),
}

/// Draws the column over all room there is; `closes` gives it a ×.
pub fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    line: &OrganisationLine,
    posts: &[PostLine],
    closes: bool,
) -> Option<FactsWish> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let whole = ui.max_rect();
    let foot = whole.with_min_y(whole.bottom() - height::FOOT);
    let mut wish = None;
    let top = whole.with_max_y(foot.top());
    ui.scope_builder(UiBuilder::new().max_rect(top).id_salt("facts"), |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let margin = egui::Margin { left: 16, right: 16, top: 10, bottom: 12 };
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                wish = head_ui(ui, line, closes);
                wish = members_ui(ui, line).or(wish.take());
                wish = values_ui(ui, &line.organisation, posts).or(wish.take());
            });
        });
    });
    foot_ui(ui, scene, line, foot).or(wish)
}

fn head_ui(ui: &mut Ui, line: &OrganisationLine, closes: bool) -> Option<FactsWish> {
    let t = theme::tokens(ui);
    let mut wish = None;
    ui.horizontal_top(|ui| {
        let right = if closes { height::CONTROL + space::S } else { 0.0 };
        let room = ui.available_width() - right;
        ui.vertical(|ui| {
            ui.set_width(room);
            ui.add_space(space::XS);
            let name = RichText::new(&line.organisation.name).font(Type::Section.font()).color(t.ink);
            ui.add(Label::new(name).selectable(true).wrap());
        });
        if closes && ui.add(IconButton::new(Icon::X, "关闭")).clicked() {
            wish = Some(FactsWish::Close);
        }
    });
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.add(Badge::new(line.organisation.kind.label()));
        match line.organisation.closed {
            Some(_) if line.is_gone => drop(ui.add(Badge::new("已撤销").tone(Tone::Amber))),
            None if line.is_gone => drop(ui.add(Badge::new("尚未成立").tone(Tone::Amber))),
            _ => {}
        }
    });
    ui.add_space(space::S);
    wish
}

fn members_ui(ui: &mut Ui, line: &OrganisationLine) -> Option<FactsWish> {
    let mut wish = None;
    weak(ui, "党员");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let value = grouped(line.members as u64);
        if figure(ui, &Figure::new("党员", &value, "人").large()).clicked() {
            wish = Some(FactsWish::Do(Action::ShowMembers));
        }
        if line.own_members > 0 && line.own_members != line.members {
            note(ui, &format!("其中本级 {} 人", grouped(line.own_members as u64)));
        }
    });
    ui.add_space(space::S);
    wish
}

/// A field by its name, its value, and whether it is shown even where there is none.
type Shown<'a> = (&'a str, Option<String>, bool);

/// The values that are there, in groups; what every organisation should have is shown even when it is not.
fn values_ui(ui: &mut Ui, organisation: &Organisation, posts: &[PostLine]) -> Option<FactsWish> {
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string());
    let own: Vec<Shown<'_>> = vec![
        ("short_name", organisation.short_name.clone(), true),
        ("code", organisation.code.clone(), true),
        ("founded", date(organisation.founded), true),
        ("closed", date(organisation.closed), false),
        ("unit", organisation.unit.clone(), false),
    ];
    // Names in a list of organisations stay text; who has a post says so himself.
    let told = posts.is_empty();
    let committee: Vec<Shown<'_>> = vec![
        ("secretary", organisation.secretary.clone().filter(|_| told), told),
        ("deputy", organisation.deputy.clone().filter(|_| told), false),
        ("committee", organisation.committee.clone().filter(|_| told), false),
        ("elected_on", date(organisation.elected_on), false),
        ("term_ends", date(organisation.term_ends), false),
    ];
    let contact: Vec<Shown<'_>> = vec![
        ("contact", organisation.contact.clone(), false),
        ("phone", organisation.phone.as_deref().map(masked_phone), false),
        ("remark", organisation.remark.clone(), false),
    ];
    group_ui(ui, "基本情况", own, |_| ());
    let mut wish = None;
    group_ui(ui, "班子", committee, |ui| wish = posts_ui(ui, posts));
    group_ui(ui, "联系", contact, |_| ());
    wish
}

fn group_ui(ui: &mut Ui, title: &str, values: Vec<Shown<'_>>, before: impl FnOnce(&mut Ui)) {
    let shown: Vec<_> = values.into_iter().filter(|(_, value, always)| *always || value.is_some()).collect();
    let is_committee = title == "班子";
    if shown.is_empty() && !is_committee {
        return;
    }
    section(ui, title, "");
    ui.add_space(space::XS);
    before(ui);
    for (name, value, _) in shown {
        let label = organisation_field_label(name).unwrap_or(name);
        key_value(ui, KEY_WIDTH, label, value.as_deref().unwrap_or_default(), "");
    }
    ui.add_space(space::S);
}

/// Who has which post: the name opens the member's page.
fn posts_ui(ui: &mut Ui, posts: &[PostLine]) -> Option<FactsWish> {
    let mut wish = None;
    for line in posts {
        let size = vec2(ui.available_width(), height::TREE);
        ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let key = vec2(KEY_WIDTH, height::TREE);
            ui.allocate_ui_with_layout(key, egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.set_min_width(KEY_WIDTH);
                let words = RichText::new(&line.post).font(Type::Body.font()).color(theme::tokens(ui).ink2);
                ui.add(Label::new(words).selectable(false).truncate());
            });
            if ui.push_id(line.person, |ui| link(ui, &line.name)).inner.clicked() {
                wish = Some(FactsWish::Member(line.person));
            }
            if let Some(since) = line.since {
                ui.add_space(space::XS);
                note(ui, &format!("自 {since}"));
            }
        });
    }
    wish
}

/// Width of the keys.
const KEY_WIDTH: f32 = 108.0;

fn foot_ui(ui: &mut Ui, scene: &Scene<'_>, line: &OrganisationLine, rect: Rect) -> Option<FactsWish> {
    let t = theme::tokens(ui);
    let thickness = theme::px(ui.pixels_per_point());
    ui.painter().rect_filled(rect.with_max_y(rect.top() + thickness), 0, t.line);
    let frozen = scene.frozen.is_some();
    let mut wish = None;
    let builder = UiBuilder::new()
        .max_rect(rect.shrink2(vec2(space::L, 0.0)))
        .id_salt("foot")
        .layout(egui::Layout::right_to_left(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if !frozen && ui.add(Button::plain("修改…").icon(Icon::Pencil)).clicked() {
            wish = Some(FactsWish::Do(Action::Edit));
        }
        let (_, chosen) = menu_button(ui, Button::plain("更多"), "更多", |ui| rows_ui(ui, line, frozen));
        if let Some(action) = chosen.flatten() {
            wish = Some(FactsWish::Do(action));
        }
    });
    wish
}
