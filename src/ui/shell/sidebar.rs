//! The left side: the navigation, the tree 范围, 设置 and help at the foot. Narrow, a rail of icons.
//! Must never know the page.

use egui::{Layout, Rect, Ui, UiBuilder, pos2, vec2};

use super::act::Act;
use super::office::Office;
use super::scope_tree::ScopeTree;
use crate::domain::ids::OrganisationId;
use crate::ui::outbox::Wish;
use crate::ui::scene::Width;
use crate::ui::screens::{NAVIGATION, NavigationItem, Page};
use crate::ui::theme::{self, height, space};
use crate::ui::widgets::{
    Button, Edge, Icon, IconButton, NavRow, ground, keyboard, popup, quiet_line, rail_pitch, rule, small,
};
use crate::view::today::Today;

/// The highest the tree of the popup is.
const POPUP_TREE: f32 = 360.0;
const POPUP_WIDTH: f32 = 260.0;

/// Draws the side.
pub fn show(ui: &mut Ui, rect: Rect, width: Width, office: &mut Office, acts: &mut Vec<Act>) {
    ground(ui, rect, theme::tokens(ui).side, Edge::Right);
    let inner = rect.with_max_x(rect.right() - 1.0);
    // The pages share the height with 设置 at the foot.
    let rail = (width == Width::Narrow).then(|| rail_pitch(inner.height() - space::XS, NAVIGATION.len() + 1));
    ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt("sidebar"), |ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        keyboard::region(ui, |ui| {
            ui.add_space(if width == Width::Wide { space::S } else { space::XS });
            let urgent = office.known.work.shown().map_or(0, Today::urgent);
            navigation(ui, office.pages.current(), rail, urgent, acts);
        });
        let foot_height = rail.unwrap_or(height::NAV);
        let foot = inner.with_min_y(inner.bottom() - foot_height);
        if rail.is_none() {
            ui.add_space(space::S);
            rule_across(ui);
            let tree = Rect::from_min_max(pos2(inner.left(), ui.cursor().top()), pos2(inner.right(), foot.top()));
            ui.scope_builder(UiBuilder::new().max_rect(tree).id_salt("scope"), |ui| {
                keyboard::region(ui, |ui| scope(ui, office));
            });
        }
        ui.scope_builder(UiBuilder::new().max_rect(foot).id_salt("foot"), |ui| {
            foot_ui(ui, office.pages.current(), rail, acts);
        });
    });
}

fn navigation(ui: &mut Ui, current: &Page, rail: Option<f32>, urgent: usize, acts: &mut Vec<Act>) {
    for (index, item) in NAVIGATION.iter().enumerate() {
        let NavigationItem { word, icon, .. } = item;
        let tip = if index < 7 { format!("Ctrl+{}", index + 1) } else { String::new() };
        let count = if item.page() == Page::Today { urgent } else { 0 };
        let row = NavRow::new(*icon, word, item.holds(current)).rail(rail).tip(&tip).count(count);
        if ui.add(row).clicked() {
            acts.push(Act::Wish(Wish::Go(item.page())));
        }
    }
}

fn rule_across(ui: &mut Ui) {
    rule(ui);
}

fn scope(ui: &mut Ui, office: &mut Office) {
    let can_search = ScopeTree::can_search(office.lines());
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 38.0), egui::Sense::hover());
    let line = Rect::from_min_max(pos2(head.left() + space::L, head.top() + 6.0), head.max - vec2(space::S, 0.0));
    let layout = Layout::left_to_right(egui::Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(line).id_salt("scope head").layout(layout), |ui| {
        small(ui, "范围");
        if can_search {
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                let open = office.tree.is_searching();
                if ui.add(IconButton::new(Icon::Search, "找党组织").small().open(open)).clicked() {
                    office.tree.toggle_search();
                }
            });
        }
    });
    let Some(lines) = office.known.tree.shown() else { return };
    if lines.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(space::L);
            quiet_line(ui, "还没有党组织");
        });
        return;
    }
    if let Some(scope) = office.tree.show(ui, lines, office.place.scope) {
        office.choose_scope(scope);
    }
}

fn foot_ui(ui: &mut Ui, current: &Page, rail: Option<f32>, acts: &mut Vec<Act>) {
    let rect = ui.max_rect();
    let go = |acts: &mut Vec<Act>| acts.push(Act::Wish(Wish::Go(Page::Settings)));
    let is_current = matches!(current, Page::Settings | Page::Rules | Page::TalkTypes);
    if rail.is_some() {
        if ui.add(NavRow::new(Icon::Settings, "设置", is_current).rail(rail)).clicked() {
            go(acts);
        }
        return;
    }
    let width = theme::px(ui.pixels_per_point());
    let line = rect.with_max_y(rect.top() + width);
    ui.painter().rect_filled(line, 0, theme::tokens(ui).line2);
    if is_current {
        ui.painter().rect_filled(rect.with_min_y(rect.top() + width), 0, theme::tokens(ui).sheet);
    }
    let row = Rect::from_min_max(pos2(rect.left(), rect.top() + width), pos2(rect.right() - 38.0, rect.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(row).id_salt("settings"), |ui| {
        if ui.add(NavRow::new(Icon::Settings, "设置", is_current)).clicked() {
            go(acts);
        }
    });
    let help = Rect::from_min_max(pos2(row.right(), row.top() + 1.0), pos2(rect.right() - 6.0, rect.bottom() - 1.0));
    ui.scope_builder(UiBuilder::new().max_rect(help).id_salt("help"), |ui| {
        if ui.add(IconButton::new(Icon::CircleQuestionMark, "帮助  F1")).clicked() {
            acts.push(Act::Show(Box::new(super::front::keys::Keys)));
        }
    });
}

/// The tree below a button.
pub fn scope_popup(ui: &mut Ui, button: Button<'_>, office: &mut Office) -> Option<Option<OrganisationId>> {
    let response = ui.add(button.caret());
    popup(ui, &response, "范围", POPUP_WIDTH, |ui, _| {
        let lines = office.known.tree.shown().map_or(&[][..], Vec::as_slice);
        let wanted = office.tree.height(lines, office.place.scope).min(POPUP_TREE);
        ui.set_height(wanted.max(height::TREE));
        let chosen = office.tree.show(ui, lines, office.place.scope);
        if chosen.is_some() {
            ui.close();
        }
        chosen
    })
    .flatten()
}
