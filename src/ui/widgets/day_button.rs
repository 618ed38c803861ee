//! Owns the button that shows a day and opens a calendar below it: as of which day something is shown.
//! Must never know what is shown as of it. Start at [`day_button`].

use egui::{Margin, Popup, PopupCloseBehavior, SetOpenCommand, Ui};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::menu::popup_frame;
use super::{Button, calendar};

/// A button with a calendar; gives back the day that was chosen now.
pub fn day_button(ui: &mut Ui, button: Button<'_>, day: Date, today: Date) -> Option<Date> {
    let key = ui.next_auto_id().with("day button");
    let was_open = Popup::is_id_open(ui.ctx(), key);
    let name = format!("日历：{}", button.word());
    let response = ui.add(button.caret().open(was_open));
    let end_of_year = Date::new(today.year() - 1, 12, 31).unwrap_or(today);
    let end_of_month = today.first_of_month().checked_sub(1.days()).unwrap_or(today);
    let links = [("今天", today), ("上月底", end_of_month), ("去年底", end_of_year)];
    let toggle = response.clicked().then_some(SetOpenCommand::Toggle);
    let picked = Popup::from_response(&response)
        .id(key)
        .open_memory(toggle)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .gap(4.0)
        .accessible_name(name)
        .frame(popup_frame(ui, Margin::same(12)))
        .show(|ui| calendar::day_calendar(ui, day, today, !was_open, &links))
        .and_then(|shown| shown.inner);
    if picked.is_some() {
        Popup::close_id(ui.ctx(), key);
    }
    if was_open && !Popup::is_id_open(ui.ctx(), key) {
        response.request_focus();
    }
    picked
}
