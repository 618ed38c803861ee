//! The bar at the bottom: whether all is saved, which file, what is running, the last backup, the day.
//! Must never know what runs.

use egui::{Layout, Rect, Ui, UiBuilder, vec2};

use super::office::Office;
use super::running::{QUIET_SECONDS, in_words};
use crate::clock::Day;
use crate::store::backup::BackupCopy;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Edge, ground, path_text, progress_small, small, status_dot};
use crate::ui::words::day_in_words;

/// Draws the bar with a workbook open.
pub fn show(ui: &mut Ui, rect: Rect, office: &Office, today: Day) {
    bar(ui, rect, |ui| {
        saved(ui, office, today);
        ui.add_space(space::S);
        let room = ui.available_width() * 0.45;
        path_text(ui, office.engine.path(), room);
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XL;
            small(ui, &day_in_words(today));
            if let Some(copies) = office.known.backups.shown() {
                small(ui, &backup_in_words(copies.first(), today));
            }
            running(ui, office);
        });
    });
}

/// Draws the bar of the start page.
pub fn show_closed(ui: &mut Ui, rect: Rect, today: Day, doing: Option<&str>) {
    bar(ui, rect, |ui| {
        small(ui, doing.unwrap_or("没有打开的文件"));
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            small(ui, &day_in_words(today));
        });
    });
}

fn bar(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui)) {
    ground(ui, rect, theme::tokens(ui).side, Edge::Top);
    let line = rect.shrink2(vec2(space::M, 0.0)).with_min_x(rect.left() + space::L);
    let layout = Layout::left_to_right(egui::Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(line).id_salt("status").layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = space::ICON;
        ui.spacing_mut().interact_size.y = 20.0;
        add(ui);
    });
}

fn saved(ui: &mut Ui, office: &Office, today: Day) {
    let t = theme::tokens(ui);
    let now = ui.input(|input| input.time);
    let is_writing = office.writes.longest().is_some_and(|write| now - write.since >= QUIET_SECONDS);
    if office.engine.standing().read_only.is_some() {
        status_dot(ui, t.ambermark);
        small(ui, "只读");
    } else if is_writing {
        status_dot(ui, t.ambermark);
        small(ui, "正在存盘");
    } else {
        status_dot(ui, t.okmark);
        let last = office.known.last.shown().and_then(|lines| lines.first());
        match last {
            Some(line) => small(ui, &format!("已保存 {}", time_in_words(&line.entry.at.shown(), today))),
            None => small(ui, "已保存"),
        };
    }
}

fn running(ui: &mut Ui, office: &Office) {
    let now = ui.input(|input| input.time);
    let write = office.writes.longest().filter(|write| now - write.since >= QUIET_SECONDS);
    let write = write.map(|write| (write.words, write.progress));
    let jobs = office.running.shown(now).map(|job| (job.label.as_str(), &job.progress));
    if let Some((label, progress)) = write.into_iter().chain(jobs).last() {
        let (words, share) = in_words(label, progress);
        if progress_small(ui, &words, share, label) {
            progress.cancel();
        }
    }
}

/// `10:42` of today, else `11-23 16:40`, else with the year.
fn time_in_words(shown: &str, today: Day) -> String {
    let (day, time) = shown.split_once(' ').unwrap_or((shown, ""));
    if day == today.to_string() {
        return time.to_owned();
    }
    match day.strip_prefix(&format!("{}-", today.year())) {
        Some(month_day) => format!("{month_day} {time}"),
        None => shown.to_owned(),
    }
}

fn backup_in_words(copy: Option<&BackupCopy>, today: Day) -> String {
    match copy {
        None => "还没有备份".to_owned(),
        Some(copy) if copy.made.date() == today => format!("备份 今日 {}", copy.made.time().strftime("%H:%M")),
        Some(copy) => format!("备份 {}", copy.made.strftime("%m-%d %H:%M")),
    }
}
