//! The bar at the top: the seal, 撤销 and 重做 by name, 操作记录, the search box, who works here.
//! Must never know the page.

use egui::{Layout, Rect, Ui, UiBuilder, pos2, vec2};

use super::act::Act;
use super::host::Host;
use super::office::Office;
use crate::engine::Revert;
use crate::settings::ThemeChoice;
use crate::ui::outbox::Wish;
use crate::ui::scene::Width;
use crate::ui::screens::Page;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Button, Edge, Icon, IconButton, MenuRow, ground, menu, menu_button, menu_rule, seal, section_title,
};
use crate::ui::words::shortened;
use crate::view::journal::UndoNames;

/// Characters of an entry's title that the bar shows.
const NAME_SHOWN: usize = 22;
/// Where the name of the undo begins.
const UNDO_LEFT: f32 = 222.0;

/// Draws the bar with a workbook open.
pub fn show(ui: &mut Ui, rect: Rect, width: Width, office: &mut Office, host: &Host, acts: &mut Vec<Act>) {
    ground(ui, rect, theme::tokens(ui).side, Edge::Bottom);
    let narrow = width == Width::Narrow;
    mark(ui, rect, narrow);
    let left = if narrow { rect.left() + 64.0 } else { rect.left() + UNDO_LEFT };
    let line = Rect::from_min_max(pos2(left, rect.top()), pos2(rect.right() - space::L, rect.bottom() - 1.0));
    across(ui, line, "top bar", |ui| {
        if narrow {
            scope_button(ui, office);
            ui.add_space(space::S);
        }
        undo_redo(ui, office, narrow, acts);
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if narrow {
                more_menu(ui, host, acts);
            } else {
                operator_button(ui, host, acts);
            }
            let wanted = match width {
                Width::Wide => 320.0,
                Width::Medium => 260.0,
                Width::Narrow => 208.0,
            };
            office.search.show(ui, wanted, office.known.tree.shown().map_or(&[], Vec::as_slice), &office.engine, acts);
        });
    });
}

/// Draws the bar of the start page.
pub fn show_closed(ui: &mut Ui, rect: Rect, acts: &mut Vec<Act>) {
    ground(ui, rect, theme::tokens(ui).side, Edge::Bottom);
    mark(ui, rect, false);
    let line = Rect::from_min_max(pos2(rect.left() + UNDO_LEFT, rect.top()), rect.max - vec2(space::M, 1.0));
    across(ui, line, "top bar", |ui| {
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.add(Button::quiet("设置").icon(Icon::Settings)).clicked() {
                acts.push(Act::Show(Box::new(super::front::settings::SettingsFront::default())));
            }
            if ui.add(Button::quiet("帮助").icon(Icon::CircleQuestionMark)).clicked() {
                acts.push(Act::Show(Box::new(super::front::keys::Keys)));
            }
        });
    });
}

fn across<R>(ui: &mut Ui, rect: Rect, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let layout = Layout::left_to_right(egui::Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(name).layout(layout), add).inner
}

fn mark(ui: &mut Ui, rect: Rect, narrow: bool) {
    let inset = if narrow { 14.0 } else { space::L };
    let line = Rect::from_min_max(pos2(rect.left() + inset, rect.top()), pos2(rect.left() + UNDO_LEFT, rect.bottom()));
    across(ui, line, "mark", |ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        seal(ui, 24.0);
        if !narrow {
            section_title(ui, "支部工作台");
        }
    });
}

fn undo_redo(ui: &mut Ui, office: &Office, narrow: bool, acts: &mut Vec<Act>) {
    ui.spacing_mut().item_spacing.x = if narrow { 0.0 } else { 2.0 };
    let none = UndoNames::default();
    let UndoNames { undo, redo } = office.known.undo.shown().unwrap_or(&none);
    let can_write = office.engine.standing().read_only.is_none() && office.writes.is_idle();
    let (word, tip) = match undo {
        Some((entry, title)) => (
            format!("撤销：{}", shortened(title, NAME_SHOWN)),
            format!("撤销：{title}\n{}  {}  Ctrl+Z", entry.at.shown(), entry.operator),
        ),
        None => ("撤销".to_owned(), "没有可以撤销的".to_owned()),
    };
    let enabled = undo.is_some() && can_write;
    let pressed = if narrow {
        ui.add(IconButton::new(Icon::Undo2, &tip).enabled(enabled)).clicked()
    } else {
        ui.add(Button::quiet(&word).icon(Icon::Undo2).tip(&tip).enabled(enabled)).clicked()
    };
    if pressed {
        acts.push(Act::Revert(Revert::UNDO));
    }
    let tip = match redo {
        Some((_, title)) => format!("重做：{title}  Ctrl+Y"),
        None => "重做".to_owned(),
    };
    if ui.add(IconButton::new(Icon::Redo2, &tip).enabled(redo.is_some() && can_write)).clicked() {
        acts.push(Act::Revert(Revert::REDO));
    }
    if !narrow && ui.add(IconButton::new(Icon::History, "操作记录")).clicked() {
        acts.push(Act::Wish(Wish::Go(Page::History(None))));
    }
}

fn operator_button(ui: &mut Ui, host: &Host, acts: &mut Vec<Act>) {
    let operator = &host.settings.operator;
    let word = if operator.is_empty() { "没填操作人" } else { operator.as_str() };
    let button = Button::quiet(word).icon(Icon::User).tip("操作人：写进每一步操作记录");
    let (_, chosen) = menu_button(ui, button, "操作人", |ui| {
        let rename = ui.add(MenuRow::new("改操作人…").icon(Icon::Pencil)).clicked();
        menu_rule(ui);
        let theme = theme_rows(ui, host.settings.theme);
        menu_rule(ui);
        let close = ui.add(MenuRow::new("关闭工作簿").icon(Icon::X)).clicked();
        (rename, theme, close)
    });
    let Some((rename, theme, close)) = chosen else { return };
    if rename {
        let name = host.settings.operator.clone();
        acts.push(Act::Show(Box::new(super::front::operator::OperatorFront::new(name))));
    }
    if let Some(theme) = theme {
        acts.push(Act::Wish(Wish::Theme(theme)));
    }
    if close {
        acts.push(Act::CloseWorkbook);
    }
}

fn more_menu(ui: &mut Ui, host: &Host, acts: &mut Vec<Act>) {
    let button = ui.add(IconButton::new(Icon::EllipsisVertical, "菜单"));
    let chosen = menu(ui, &button, "菜单", |ui| {
        let history = ui.add(MenuRow::new("操作记录").icon(Icon::History)).clicked();
        let name = if host.settings.operator.is_empty() { "未填" } else { &host.settings.operator };
        let words = format!("操作人：{}…", shortened(name, 8));
        let rename = ui.add(MenuRow::new(&words).icon(Icon::User)).clicked();
        menu_rule(ui);
        let theme = theme_rows(ui, host.settings.theme);
        menu_rule(ui);
        let keys = ui.add(MenuRow::new("按键").icon(Icon::CircleQuestionMark).shortcut("F1")).clicked();
        let close = ui.add(MenuRow::new("关闭工作簿").icon(Icon::X)).clicked();
        (history, rename, theme, keys, close)
    });
    let Some((history, rename, theme, keys, close)) = chosen else { return };
    if history {
        acts.push(Act::Wish(Wish::Go(Page::History(None))));
    }
    if rename {
        let name = host.settings.operator.clone();
        acts.push(Act::Show(Box::new(super::front::operator::OperatorFront::new(name))));
    }
    if let Some(theme) = theme {
        acts.push(Act::Wish(Wish::Theme(theme)));
    }
    if keys {
        acts.push(Act::Show(Box::new(super::front::keys::Keys)));
    }
    if close {
        acts.push(Act::CloseWorkbook);
    }
}

fn theme_rows(ui: &mut Ui, current: ThemeChoice) -> Option<ThemeChoice> {
    let mut chosen = None;
    for (word, theme) in
        [("浅色", ThemeChoice::Light), ("深色", ThemeChoice::Dark), ("高对比", ThemeChoice::HighContrast)]
    {
        if ui.add(MenuRow::new(word).checked(current == theme)).clicked() {
            chosen = Some(theme);
        }
    }
    chosen
}

/// The scope as a button, with the tree below: where there is no room for a sidebar.
fn scope_button(ui: &mut Ui, office: &mut Office) {
    let name = shortened(office.scope_name(), 14);
    let button =
        Button::plain(&name).icon(Icon::Network).name("范围").tip("范围：所有页面只显示它").min_width(212.0).spread();
    let chosen = super::sidebar::scope_popup(ui, button, office);
    if let Some(scope) = chosen {
        office.choose_scope(scope);
    }
}
