//! Owns the right column: everything that is known of one organisation.
//! Must never change it: it says what was asked for. Start at [`show`].

use egui::{Label, Rect, RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::actions::{Action, change_rows_ui, order_rows_ui, rows_ui};
use super::{committee, story};
use crate::command::organisation_field_label;
use crate::domain::as_written;
use crate::domain::dates::PartialDate;
use crate::domain::identity::masked_phone;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisations::{Organisation, OrganisationKind};
use crate::domain::rules::Level;
use crate::domain::rules::organisations::TermStage;
use crate::ui::scene::Scene;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{
    AnswerCard, Badge, Button, Figure, Icon, IconButton, Tone, fact, figure, grouped, menu_button, note, section, weak,
};
use crate::view::organisations::{HistoryLine, OrganisationLine, OrganisationPage, PostLine, Standing};

/// What was asked for in the column.
pub enum FactsWish {
    Close,
    Do(Action),
    Member(PersonId),
    Organisation(OrganisationId),
    EndPost(PostLine),
    Correct(HistoryLine),
}

/// Width of the keys.
pub(super) const KEY_WIDTH: f32 = 116.0;

/// Draws the column over all room there is; `closes` gives it a ×.
pub fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    line: &OrganisationLine,
    page: Option<&OrganisationPage>,
    closes: bool,
) -> Option<FactsWish> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let whole = ui.max_rect();
    let foot = whole.with_min_y(whole.bottom() - height::FOOT);
    let mut wish = None;
    let top = whole.with_max_y(foot.top());
    ui.scope_builder(UiBuilder::new().max_rect(top).id_salt("facts"), |ui| {
        ScrollArea::vertical().auto_shrink(false).id_salt(line.organisation.id).show(ui, |ui| {
            let margin = egui::Margin { left: 16, right: 16, top: 10, bottom: 12 };
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                wish = body_ui(ui, scene, line, page, closes);
            });
        });
    });
    foot_ui(ui, scene, line, foot).or(wish)
}

fn body_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    line: &OrganisationLine,
    page: Option<&OrganisationPage>,
    closes: bool,
) -> Option<FactsWish> {
    let standing = page.and_then(|page| page.standing.as_ref());
    let mut wish = head_ui(ui, line, standing, closes);
    findings_ui(ui, standing);
    wish = members_ui(ui, line).or(wish);
    own_ui(ui, &line.organisation);
    wish = committee::show(ui, scene, &line.organisation, standing).or(wish);
    wish = committee::groups_ui(ui, scene, line, page).or(wish);
    group_ui(ui, "所在单位", unit_values(&line.organisation));
    group_ui(ui, "联系", contact_values(&line.organisation));
    story::show(ui, scene, &line.organisation, page).or(wish)
}

fn head_ui(ui: &mut Ui, line: &OrganisationLine, standing: Option<&Standing>, closes: bool) -> Option<FactsWish> {
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
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        ui.add(Badge::new(line.organisation.kind.label()));
        match line.organisation.closed {
            Some(_) if line.is_gone => drop(ui.add(Badge::new("已撤销").tone(Tone::Amber))),
            None if line.is_gone => drop(ui.add(Badge::new("尚未成立").tone(Tone::Amber))),
            _ => {}
        }
        if let Some(stage) = standing.and_then(|standing| standing.stage) {
            let overdue = standing.is_some_and(is_overdue);
            ui.add(Badge::new(&format!("任期{}", stage.label())).tone(tone_of(stage, overdue)));
        }
    });
    ui.add_space(space::S);
    wish
}

/// Whether the rules call the election overdue.
fn is_overdue(standing: &Standing) -> bool {
    standing.findings.iter().any(|finding| finding.rule == "term.overdue")
}

/// How a stage of a term looks.
pub(super) fn tone_of(stage: TermStage, overdue: bool) -> Tone {
    match stage {
        TermStage::Ended if overdue => Tone::Hard,
        TermStage::Ended | TermStage::Within(_) => Tone::Amber,
    }
}

/// What the rules find, a card each.
fn findings_ui(ui: &mut Ui, standing: Option<&Standing>) {
    let findings = standing.map(|standing| standing.findings.as_slice()).unwrap_or_default();
    for (place, finding) in findings.iter().enumerate() {
        ui.push_id(place, |ui| {
            let note = format!("{}·{}", finding.level.label(), finding.article);
            let card = AnswerCard::new(&finding.words, &[]).note(&note);
            if finding.level == Level::Red { card.hard() } else { card }.show(ui);
        });
        ui.add_space(space::S);
    }
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
type Shown = (&'static str, Option<String>, bool);

fn date(date: Option<PartialDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn own_ui(ui: &mut Ui, node: &Organisation) {
    let is_group = node.kind == OrganisationKind::Group;
    group_ui(
        ui,
        "基本情况",
        vec![
            ("short_name", node.short_name.clone(), true),
            ("code", node.code.clone(), !is_group),
            ("founded", date(node.founded), true),
            ("founded_document", node.founded_document.clone(), false),
            ("closed", date(node.closed), false),
            ("closed_document", node.closed_document.clone(), false),
            ("admits", node.admits.clone(), false),
            ("leading_group", node.leading_group.clone(), false),
        ],
    );
}

fn unit_values(node: &Organisation) -> Vec<Shown> {
    vec![
        ("unit", node.unit.clone(), false),
        ("unit_situation", node.unit_situation.clone(), false),
        ("unit_kind", node.unit_kind.clone(), false),
        ("unit_code", node.unit_code.clone(), false),
        // Told by the kind: no field of its own.
        ("建立党组织情况", node.unit.as_ref().and(node.unit_organised()).map(str::to_owned), false),
    ]
}

fn contact_values(node: &Organisation) -> Vec<Shown> {
    vec![
        ("contact", node.contact.clone(), false),
        ("phone", node.phone.as_deref().map(masked_phone), false),
        ("address", node.address.clone(), false),
        ("remark", node.remark.as_deref().map(|remark| as_written::masked(remark).into_owned()), false),
    ]
}

/// The values that are there; what every organisation should have is shown even when it is not.
fn group_ui(ui: &mut Ui, title: &str, values: Vec<Shown>) {
    let shown: Vec<_> = values.into_iter().filter(|(_, value, always)| *always || value.is_some()).collect();
    if shown.is_empty() {
        return;
    }
    section(ui, title, "");
    ui.add_space(space::XS);
    for (name, value, _) in shown {
        let label = organisation_field_label(name).unwrap_or(name);
        fact(ui, KEY_WIDTH, label, value.as_deref().unwrap_or_default(), "", |_| ());
    }
    ui.add_space(space::S);
}

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
        if !frozen && line.organisation.closed.is_none() {
            let (_, chosen) = menu_button(ui, Button::plain("变更"), "变更", |ui| change_rows_ui(ui, line));
            wish = chosen.flatten().map(FactsWish::Do).or(wish.take());
        }
        let (_, chosen) = menu_button(ui, Button::plain("更多"), "更多", |ui| {
            let chosen = rows_ui(ui, line, frozen);
            let order = if frozen { None } else { order_rows_ui(ui, line) };
            chosen.or(order)
        });
        wish = chosen.flatten().map(FactsWish::Do).or(wish.take());
    });
    wish
}
