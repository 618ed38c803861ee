//! The window with its threads: it goes on while the disk is written.

use std::collections::BTreeSet;

use branchdesk::command::{Command, ImportRoster};
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
use branchdesk::progress::Progress;
use egui::accesskit::Role;
use egui::{Key, Modifiers};

use crate::support::office::{Office, day};
use crate::support::story::Story;

/// A roster of many people beside the workbook.
fn roster(office: &Office, name: &str, who: &str, count: usize) -> std::path::PathBuf {
    let people = (0..count).map(|nth| {
        let (born, joined) = (1960 + nth % 40, 1985 + nth % 40);
        format!("{who}{nth},男,{born}-05-21,{joined}-07-01,机关党支部,第{}党小组,人事股{nth}\n", nth % 9)
    });
    let text =
        format!("\u{feff}姓名,性别,出生日期,入党时间,所在党支部,党小组,工作单位\n{}", people.collect::<String>());
    let path = office.path().with_file_name(name);
    std::fs::write(&path, text).expect("written");
    path
}

#[test]
fn the_list_scrolls_while_an_import_is_written() {
    let mut office = Office::new();
    let (today, progress) = (day("2026-11-24"), Progress::default());
    let reading = read_roster(&roster(&office, "旧.csv", "甲", 2_000), today, &progress).expect("a roster");
    let plan =
        plan(office.ledger().reader(), vec![reading], &PlanOptions::default(), today, &progress).expect("a plan");
    let stamp = office.stamp.clone();
    office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect("two thousand");
    roster(&office, "新.csv", "乙", 5_000);

    let mut desk = Story::on_threads(office);
    desk.until("the workbook", |desk| desk.hears("Heading 今日"));
    desk.press_as(Role::Link, "导入").press("选文件…").until("the folder", |desk| desk.hears("新.csv"));
    desk.press_row("新.csv").press("打开").until("the preview", |desk| desk.can_press("下一步"));
    desk.press_as(Role::Tab, "写入")
        .press("写入 5000 人")
        .press_as(Role::Link, "党员")
        .until("the list", |desk| desk.rows().contains(&"甲3".to_owned()));

    // The list has the focus; one page after the other, while the import is under way.
    desk.press_row("甲3");
    let mut seen: BTreeSet<Vec<String>> = BTreeSet::new();
    while desk.hears("正在存盘") {
        desk.key(Modifiers::NONE, Key::PageDown);
        let rows = |desk: &Story| desk.rows().iter().filter(|name| name.starts_with('甲')).cloned().collect::<Vec<_>>();
        desk.until("rows with names", |desk| rows(desk).len() > 5 || !desk.hears("正在存盘"));
        if desk.hears("正在存盘") {
            seen.insert(rows(&desk));
        }
    }
    // How many depends on how busy the machine is; a window that stands still shows one.
    assert!(seen.len() >= 2, "only {} pages were seen while it was written", seen.len());
    desk.until("the end of the import", |desk| desk.hears("在册 7000 人"));
    desk.key(Modifiers::COMMAND, Key::Z).until("the undo", |desk| desk.hears("在册 2000 人"));
}
