//! Owns the menu of a column head: order, filter, place, hide.
//! Must never ask the workbook. Start at [`head_menu`].

use egui::Ui;

use super::columns::Columns;
use super::kinds::Kind;
use super::orders::{OrderWords, Rule};
use crate::ui::widgets::{Icon, MenuRow, menu_rule};

/// What was chosen in the menu of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadWish {
    Order { rule: Rule, descending: bool },
    NoOrder,
    Filter(Kind),
    Left,
    Right,
    Hide,
    Choose,
}

/// Draws the rows; gives back what was chosen.
pub fn head_menu(ui: &mut Ui, columns: &Columns, id: &str) -> Option<HeadWish> {
    let column = columns.get(id)?;
    let mut chosen = None;
    let mut row = |ui: &mut Ui, row: MenuRow<'_>, wish: HeadWish| {
        if ui.add(row).clicked() {
            chosen = Some(wish);
        }
    };
    if column.can_order() {
        let mut orders = |ui: &mut Ui, [up, down]: [&str; 2], rule: Rule| {
            row(ui, MenuRow::new(up).icon(Icon::ArrowUp), HeadWish::Order { rule, descending: false });
            row(ui, MenuRow::new(down).icon(Icon::ArrowDown), HeadWish::Order { rule, descending: true });
        };
        orders(ui, column.words.both(), Rule::Usual);
        if column.words == OrderWords::Names {
            orders(ui, ["姓氏笔画升序", "姓氏笔画降序"], Rule::Strokes);
        }
        if column.has_birthdays() {
            orders(ui, ["政治生日升序", "政治生日降序"], Rule::Birthday);
        }
        let is_ordered = columns.orders().iter().any(|order| order.column == id);
        row(ui, MenuRow::new("不按此列排").icon(Icon::X).enabled(is_ordered), HeadWish::NoOrder);
        menu_rule(ui);
    }
    if let Some(kind) = Kind::of_column(id) {
        row(ui, MenuRow::new("按此列筛选…").icon(Icon::Funnel), HeadWish::Filter(kind));
        menu_rule(ui);
    }
    row(ui, MenuRow::new("左移").icon(Icon::ArrowLeft), HeadWish::Left);
    row(ui, MenuRow::new("右移").icon(Icon::ArrowRight), HeadWish::Right);
    row(ui, MenuRow::new("隐藏此列").icon(Icon::EyeOff), HeadWish::Hide);
    row(ui, MenuRow::new("选列…").icon(Icon::Columns3), HeadWish::Choose);
    chosen
}
