//! Owns the choice of the orders that offices ask for most; any other is chosen at the head of its column.
//! Must never know a member. Start at [`order_menu`].

use egui::Ui;

use super::columns::Columns;
use super::orders::{Order, Rule};
use crate::ui::widgets::{Button, Icon, MenuRow, menu_button};

const ROSTER: &str = "名册顺序";

/// What is offered beside 名册顺序: the words, the column, the rule.
const OFFERED: [(&str, &str, Rule); 7] = [
    ("姓氏笔画", "name", Rule::Strokes),
    ("姓名拼音", "name", Rule::Usual),
    ("党内职务", "party_post", Rule::Usual),
    ("入党时间", "joined", Rule::Usual),
    ("政治生日", "joined", Rule::Birthday),
    ("转正时间", "full", Rule::Usual),
    ("出生日期", "birth", Rule::Usual),
];

/// Draws the button with its menu; the order that holds is ticked.
pub fn order_menu(ui: &mut Ui, columns: &mut Columns) {
    let holds = |order: &Order| columns.orders().first() == Some(order);
    let (_, chosen) = menu_button(ui, Button::quiet("排序").icon(Icon::ArrowDownUp), "排序", |ui| {
        let mut chosen = None;
        let row = |words: &'static str, is_chosen: bool| MenuRow::new(words).checked(is_chosen);
        if ui.add(row(ROSTER, columns.orders().is_empty())).clicked() {
            chosen = Some(None);
        }
        for (words, column, rule) in OFFERED {
            let order = Order::ascending(column, rule);
            if ui.add(row(words, holds(&order))).clicked() {
                chosen = Some(Some(order));
            }
        }
        chosen
    });
    match chosen.flatten() {
        Some(Some(order)) => {
            columns.no_orders();
            columns.order_by(order, false);
        }
        Some(None) => columns.no_orders(),
        None => {}
    }
}
