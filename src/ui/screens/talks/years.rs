//! Owns the button that says and chooses which year of talks is shown.

use egui::Ui;

use crate::ui::widgets::{Button, Icon, MenuRow, menu_button};

/// Years back that are offered.
const BACK: i16 = 10;

/// The button 「2026年」; gives back the year that was chosen.
pub fn year_button(ui: &mut Ui, year: i16, this_year: i16) -> Option<i16> {
    let word = format!("{year}年");
    let (_, chosen) = menu_button(ui, Button::plain(&word).icon(Icon::Calendar), "年度", |ui| {
        let mut chosen = None;
        for other in (this_year - BACK..=this_year).rev() {
            if ui.add(MenuRow::new(&format!("{other}年")).checked(other == year)).clicked() {
                chosen = Some(other);
            }
        }
        chosen
    });
    chosen.flatten()
}
