//! Owns the calendar: a month from Monday on, and links below it: 今天 · 只到月 · 只到年, or days one often wants.
//! Must never know the control it stands below. Start at [`calendar`] and [`day_calendar`].

use egui::{Align2, Id, Key, Modifiers, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use lucide_icons::Icon;

use super::{IconButton, button, keyboard, paint};
use crate::ui::theme::{self, Type, radius};

const WIDTH: f32 = 228.0;
const DAY: egui::Vec2 = vec2(WIDTH / 7.0, 28.0);
const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// The month that is shown and the day the arrow keys stand on.
#[derive(Clone, Copy)]
struct Place {
    cursor: Date,
}

/// Draws the calendar and gives back what was chosen: `2019-07-01`, `2019-07` or `2019`.
///
/// `iso` is the date chosen so far, of any precision, or empty. `fresh` says that it has just been opened.
pub fn calendar(ui: &mut Ui, iso: &str, today: Date, fresh: bool) -> Option<String> {
    let opens_at = first_day(iso).unwrap_or(today);
    let days = Days { chosen: iso_day(iso), today, latest: None };
    month(ui, opens_at, days, fresh, |ui, cursor| {
        let mut picked = None;
        if button::link(ui, "今天").clicked() {
            picked = Some(today.to_string());
        }
        if button::link(ui, "只到月").clicked() {
            picked = Some(format!("{:04}-{:02}", cursor.year(), cursor.month()));
        }
        if button::link(ui, "只到年").clicked() {
            picked = Some(format!("{:04}", cursor.year()));
        }
        picked
    })
}

/// Draws a calendar that gives back a day, today at the latest; `links` are days one often wants, by their word.
pub fn day_calendar(ui: &mut Ui, day: Date, today: Date, fresh: bool, links: &[(&str, Date)]) -> Option<Date> {
    let days = Days { chosen: Some(day), today, latest: Some(today) };
    month(ui, day, days, fresh, |ui, _| {
        let mut picked = None;
        for (word, day) in links {
            if button::link(ui, word).clicked() {
                picked = Some(day.to_string());
            }
        }
        picked
    })?
    .parse()
    .ok()
}

/// What is told of days apart from others.
#[derive(Clone, Copy)]
struct Days {
    chosen: Option<Date>,
    today: Date,
    /// Later days cannot be chosen.
    latest: Option<Date>,
}

impl Days {
    fn may_choose(self, day: Date) -> bool {
        self.latest.is_none_or(|latest| day <= latest)
    }
}

fn month(
    ui: &mut Ui,
    opens_at: Date,
    days: Days,
    fresh: bool,
    links: impl FnOnce(&mut Ui, Date) -> Option<String>,
) -> Option<String> {
    let key = ui.scope_id().with("calendar place");
    let kept: Option<Place> = ui.ctx().data(|data| data.get_temp(key));
    let mut place = match kept {
        Some(place) if !fresh => place,
        _ => Place { cursor: opens_at },
    };
    ui.set_width(WIDTH);
    ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
    let mut picked = None;
    head(ui, &mut place);
    weekday_names(ui);
    let grid = grid(ui, &mut place, days, &mut picked);
    if fresh {
        grid.request_focus();
    }
    ui.add_space(8.0);
    let linked = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            links(ui, place.cursor)
        })
        .inner;
    ui.ctx().data_mut(|data| data.insert_temp(key, place));
    linked.or(picked)
}

fn head(ui: &mut Ui, place: &mut Place) {
    let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, 32.0), Sense::hover());
    let title = format!("{}年{}月", place.cursor.year(), place.cursor.month());
    let galley = paint::text(ui, &title, Type::Strong, theme::tokens(ui).ink);
    paint::put(ui.painter(), rect, Align2::CENTER_CENTER, galley);
    let side = |left: f32| Rect::from_min_size(egui::pos2(left, rect.top() + 3.0), egui::Vec2::splat(26.0));
    let steps = [
        (rect.left(), Icon::ChevronsLeft, "上一年", -12),
        (rect.left() + 26.0, Icon::ChevronLeft, "上个月", -1),
        (rect.right() - 52.0, Icon::ChevronRight, "下个月", 1),
        (rect.right() - 26.0, Icon::ChevronsRight, "下一年", 12),
    ];
    for (left, icon, name, months) in steps {
        if ui.put(side(left), IconButton::new(icon, name).small()).clicked() {
            place.cursor = moved_months(place.cursor, months);
        }
    }
}

fn weekday_names(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, 26.0), Sense::hover());
    for (column, name) in WEEKDAYS.into_iter().enumerate() {
        let left = rect.left() + column as f32 * DAY.x;
        let cell = Rect::from_x_y_ranges(left..=left + DAY.x, rect.y_range());
        let galley = paint::text(ui, name, Type::Small, theme::tokens(ui).ink2);
        paint::put(ui.painter(), cell, Align2::CENTER_CENTER, galley);
    }
}

/// The six weeks, as one stop of the Tab key.
fn grid(ui: &mut Ui, place: &mut Place, days: Days, picked: &mut Option<String>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, 6.0 * DAY.y), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, "日期"));
    if response.has_focus() {
        move_by_keys(ui, response.id, place, days, picked);
    }
    let first = first_shown(place.cursor);
    for index in 0..42 {
        let Ok(day) = first.checked_add((index as i64).days()) else { continue };
        let min = rect.min + vec2((index % 7) as f32 * DAY.x, (index / 7) as f32 * DAY.y);
        let cell = Rect::from_min_size(min, DAY);
        let has_ring = response.has_focus() && day == place.cursor;
        let pressed = day_ui(ui, cell, day, DayLook { place: *place, days, has_ring }).clicked();
        if pressed && days.may_choose(day) {
            *picked = Some(day.to_string());
        }
    }
    response
}

fn move_by_keys(ui: &Ui, grid: Id, place: &mut Place, days: Days, picked: &mut Option<String>) {
    keyboard::keep_arrows(ui, grid, keyboard::Arrows::All);
    for (key, step) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::ArrowUp, -7), (Key::ArrowDown, 7)] {
        if keyboard::pressed(ui.ctx(), Modifiers::NONE, key)
            && let Ok(day) = place.cursor.checked_add(step.days())
        {
            place.cursor = day;
        }
    }
    for (key, step) in [(Key::PageUp, -1), (Key::PageDown, 1)] {
        if keyboard::pressed(ui.ctx(), Modifiers::NONE, key) {
            place.cursor = moved_months(place.cursor, step);
        }
        if keyboard::pressed(ui.ctx(), Modifiers::SHIFT, key) {
            place.cursor = moved_months(place.cursor, 12 * step);
        }
    }
    let asked = [Key::Enter, Key::Space].into_iter().any(|key| keyboard::pressed(ui.ctx(), Modifiers::NONE, key));
    if asked && days.may_choose(place.cursor) {
        *picked = Some(place.cursor.to_string());
    }
}

struct DayLook {
    place: Place,
    days: Days,
    has_ring: bool,
}

fn day_ui(ui: &Ui, cell: Rect, day: Date, look: DayLook) -> Response {
    let t = theme::tokens(ui);
    let response = ui.interact(cell, ui.scope_id().with(("day", day.to_string())), Sense::CLICK);
    let is_chosen = look.days.chosen == Some(day);
    let may_choose = look.days.may_choose(day);
    response.widget_info(|| {
        let name = format!("{}年{}月{}日", day.year(), day.month(), day.day());
        WidgetInfo::selected(Role::Button, may_choose, is_chosen, name)
    });
    let in_month = (day.year(), day.month()) == (look.place.cursor.year(), look.place.cursor.month());
    let weekend = day.weekday().to_monday_zero_offset() >= 5;
    let color = match (is_chosen, in_month && may_choose, weekend) {
        (true, _, _) => t.onact,
        (false, false, _) => t.off,
        (false, true, true) => t.ink3,
        (false, true, false) => t.ink,
    };
    if is_chosen {
        ui.painter().rect_filled(cell, radius::CONTROL, t.actfill);
    } else if response.hovered() && may_choose {
        ui.painter().rect_filled(cell, radius::CONTROL, t.actsoft);
    }
    if day == look.days.today && !is_chosen {
        paint::boxed(ui, cell, radius::CONTROL, egui::Color32::TRANSPARENT, t.act);
    }
    let galley = paint::text(ui, &day.day().to_string(), Type::Body, color);
    paint::put(ui.painter(), cell, Align2::CENTER_CENTER, galley);
    if look.has_ring {
        paint::ring_around(ui, cell.shrink(3.0), radius::CONTROL);
    }
    response
}

/// The Monday on or before the first of the month.
fn first_shown(day: Date) -> Date {
    let first = day.first_of_month();
    first.checked_sub(i64::from(first.weekday().to_monday_zero_offset()).days()).unwrap_or(first)
}

fn moved_months(day: Date, months: i64) -> Date {
    day.checked_add(months.months()).unwrap_or(day)
}

fn iso_day(iso: &str) -> Option<Date> {
    iso.parse().ok().filter(|_| iso.len() == 10)
}

/// The day the calendar opens at for a date of any precision.
fn first_day(iso: &str) -> Option<Date> {
    let mut parts = iso.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map_or(Some(1), |part| part.parse().ok())?;
    let day = parts.next().map_or(Some(1), |part| part.parse().ok())?;
    Date::new(year, month, day).ok().filter(|day| *day >= date(1, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::{first_day, first_shown};
    use jiff::civil::date;

    #[test]
    fn a_month_begins_on_its_monday() {
        assert_eq!(first_shown(date(2026, 11, 24)), date(2026, 10, 26));
        assert_eq!(first_shown(date(2026, 6, 1)), date(2026, 6, 1));
    }

    #[test]
    fn the_calendar_opens_at_a_date_of_any_precision() {
        assert_eq!(first_day("2019-07-15"), Some(date(2019, 7, 15)));
        assert_eq!(first_day("2019-07"), Some(date(2019, 7, 1)));
        assert_eq!(first_day("2019"), Some(date(2019, 1, 1)));
        assert_eq!(first_day(""), None);
        assert_eq!(first_day("2019-02-30"), None);
    }
}
