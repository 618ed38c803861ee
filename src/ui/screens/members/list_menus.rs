//! Owns the two menus at the right of the filters: 筛选 with the filters that are kept, 名单 with the ready lists.
//! Must never change anything: it says what was chosen. Start at [`filters_menu`] and [`lists_menu`].

use egui::Ui;

use super::filters::{Filters, View};
use crate::ui::scene::Scene;
use crate::ui::widgets::{Button, Icon, MenuRow, menu_button, menu_rule};
use crate::view::ready_lists::{ReadyAsk, ReadyList, ReadyPeriod};
use crate::view::saved_filters::NamedFilter;

/// What was chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum ListWish {
    /// Put conditions together.
    Compose,
    /// Show a filter that is kept.
    Saved(NamedFilter),
    /// Keep what is set under a new name.
    SaveAs,
    /// Keep what is set under the name it was taken from.
    Store(String),
    Rename(String),
    Delete(String),
    /// Show a ready list.
    Ready(ReadyAsk),
    /// Compare two days.
    Difference,
}

/// 筛选: put together, kept ones, keep.
pub fn filters_menu(ui: &mut Ui, scene: &Scene<'_>, filters: &Filters, saved: &[NamedFilter]) -> Option<ListWish> {
    let (_, chosen) = menu_button(ui, Button::quiet("筛选"), "筛选", |ui| {
        let mut chosen = None;
        let mut row = |ui: &mut Ui, row: MenuRow<'_>, wish: ListWish| {
            if ui.add(row).clicked() {
                chosen = Some(wish);
            }
        };
        row(ui, MenuRow::new("组合条件…").icon(Icon::Funnel).shortcut("Ctrl+Shift+F"), ListWish::Compose);
        menu_rule(ui);
        let current = match &filters.view {
            View::Saved(name) => saved.iter().find(|kept| kept.name == *name),
            View::Plain | View::Ready(_) => None,
        };
        for kept in saved {
            let is_current = current.is_some_and(|current| current.name == kept.name);
            row(ui, MenuRow::new(&kept.name).checked(is_current), ListWish::Saved(kept.clone()));
        }
        if saved.is_empty() {
            ui.add(MenuRow::new("还没有保存的筛选").enabled(false));
        }
        menu_rule(ui);
        let may = scene.frozen.is_none();
        row(ui, MenuRow::new("存为…").icon(Icon::Save).enabled(may && filters.is_set()), ListWish::SaveAs);
        if let Some(current) = current {
            let name = &current.name;
            let is_other = filters.to_save(scene.as_of) != current.filter;
            let store = format!("存到“{name}”");
            row(ui, MenuRow::new(&store).icon(Icon::Check).enabled(may && is_other), ListWish::Store(name.clone()));
            let rename = format!("“{name}”改名…");
            row(ui, MenuRow::new(&rename).icon(Icon::Pencil).enabled(may), ListWish::Rename(name.clone()));
            let delete = format!("删除“{name}”");
            row(ui, MenuRow::new(&delete).icon(Icon::Trash2).careful().enabled(may), ListWish::Delete(name.clone()));
        }
        chosen
    });
    chosen.flatten()
}

/// 名单: the ready lists, and the comparison of two days.
pub fn lists_menu(ui: &mut Ui, scene: &Scene<'_>, filters: &Filters) -> Option<ListWish> {
    let (_, chosen) = menu_button(ui, Button::quiet("名单"), "名单", |ui| {
        let mut chosen = None;
        for list in ReadyList::ALL {
            let is_current = matches!(filters.view, View::Ready(ready) if ready.list == list);
            if ui.add(MenuRow::new(list.title()).checked(is_current)).clicked() {
                chosen = Some(ListWish::Ready(list.usual(scene.as_of)));
            }
        }
        menu_rule(ui);
        if ui.add(MenuRow::new("两日对比…").icon(Icon::ArrowLeftRight)).clicked() {
            chosen = Some(ListWish::Difference);
        }
        chosen
    });
    chosen.flatten()
}

/// The times a ready list can be asked for from its chip, each with its words; none where it is of the day.
pub fn periods(ready: ReadyAsk, scene: &Scene<'_>) -> Vec<(String, ReadyAsk)> {
    let (year, month) = (scene.as_of.year(), scene.as_of.month());
    let of = |period: ReadyPeriod, words: String| (words, ReadyAsk { period, ..ready });
    match ready.period {
        ReadyPeriod::Day => Vec::new(),
        ReadyPeriod::Month { .. } => {
            let first = i32::from(year) * 12 + i32::from(month) - 1 - MONTHS_BEFORE;
            let months = (first..=first + MONTHS_BEFORE + MONTHS_AFTER).filter_map(|months| {
                let year = i16::try_from(months.div_euclid(12)).ok()?;
                let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
                Some(of(ReadyPeriod::Month { year, month }, format!("{year}年{month}月")))
            });
            months.collect()
        }
        ReadyPeriod::Months(_) => {
            UNTALKED.into_iter().map(|months| of(ReadyPeriod::Months(months), format!("满 {months} 个月"))).collect()
        }
        ReadyPeriod::Year(_) => {
            let years = year - YEARS_BEFORE..=year + YEARS_AFTER;
            years.map(|year| of(ReadyPeriod::Year(year), format!("{year}年"))).collect()
        }
    }
}

/// How far before and after the day months and years are offered.
const MONTHS_BEFORE: i32 = 1;
const MONTHS_AFTER: i32 = 12;
const YEARS_BEFORE: i16 = 3;
const YEARS_AFTER: i16 = 3;
/// Months without a talk that are offered; others are asked for among the conditions.
const UNTALKED: [u16; 6] = [1, 3, 6, 9, 12, 24];
