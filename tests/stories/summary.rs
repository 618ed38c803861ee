//! The secretary and the figures: every number opens its rows; what is shown goes on paper and into a file.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::Story;

fn bureau() -> Story {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "局机关第一党支部");
    let second = office.organisation(Some(root), "局机关第二党支部");
    for (branch, name, sex, birth, joined) in [
        (first, "林秀英", "女", "1983-05-21", "2006-12-08"),
        (first, "吴海涛", "男", "1978-11-02", "2003-07-01"),
        (second, "何静", "女", "1984-01-12", "2008-07-01"),
    ] {
        let full = format!("{}{}", joined[..4].parse::<u16>().expect("a year") + 1, &joined[4..]);
        office.member(
            branch,
            json!({ "name": name, "sex": sex, "birth": birth, "joined": joined, "full": full, "transfer_in": joined,
                "id_number": if name == "林秀英" { "110000198305210029" } else { "" } }),
        );
    }
    office.member(first, json!({ "name": "曹振华" }));
    Story::of(office)
}

fn summary() -> Story {
    let mut desk = bureau();
    desk.press_as(Role::Link, "基本情况");
    desk
}

#[test]
fn a_number_opens_exactly_its_rows_and_escape_gives_the_focus_back() {
    let mut desk = summary();
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    assert!(desk.has(Role::Button, "党员 3 人") && desk.has(Role::Button, "女党员 2 人"));
    desk.press_as(Role::Button, "41 至 45 岁：2");
    assert!(desk.shows("年龄：41 至 45 岁"));
    assert_eq!(desk.rows(), ["林秀英", "何静"]);
    assert!(desk.shows("2 行，与数字相符"));
    desk.key(Modifiers::NONE, Key::Escape);
    assert!(desk.rows().is_empty());
    assert_eq!(desk.focused().as_deref(), Some("41 至 45 岁：2"));
}

#[test]
fn the_list_behind_a_number_is_the_number() {
    let mut desk = summary();
    desk.press_as(Role::Button, "女党员 2 人");
    desk.press_as(Role::Button, "看列表");
    assert_eq!(desk.rows(), ["林秀英", "何静"]);
    assert!(desk.shows("筛出 2 人"));
}

#[test]
fn who_is_counted_nowhere_is_said_and_can_be_seen() {
    let mut desk = summary();
    assert!(desk.shows("另有 1 人类别不详，没有计入"));
    desk.press_as(Role::Link, "看这些人");
    assert_eq!(desk.rows(), ["曹振华"]);
}

#[test]
fn organisations_are_figures_too() {
    let mut desk = summary();
    desk.press_as(Role::Button, "党支部 2 个");
    assert_eq!(desk.rows(), ["局机关第一党支部", "局机关第二党支部"]);
}

/// Chooses where a file is written: the folder of the workbook, the name that is offered.
fn save(desk: &mut Story) {
    desk.press_as(Role::Button, "保存");
}

fn files(folder: &Path, ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(ending)).collect()
}

#[test]
fn the_figures_go_out_as_a_file_and_that_is_written_down() {
    let mut desk = summary();
    desk.press_as(Role::Button, "导出…");
    desk.press_as(Role::RadioButton, "CSV");
    desk.press_as(Role::Button, "导出到…");
    save(&mut desk);
    let names = files(&desk.beside_workbook(), ".csv");
    assert_eq!(names, ["党员基本情况-青禾县民政局党总支-2026-11-24.csv"]);
    let text = std::fs::read_to_string(desk.beside_workbook().join(&names[0])).expect("the file");
    assert!(text.starts_with('\u{feff}') && text.contains("党员.总数,党员,3,人"));
    desk.press_as(Role::Link, "导出和打印");
    assert!(desk.shows("导出基本情况 CSV"));
}

#[test]
fn the_summary_is_looked_at_before_it_is_printed() {
    let mut desk = summary();
    desk.press_as(Role::Button, "打印…");
    assert!(desk.shows("打印：党总支党员基本情况汇总表"));
    let text = desk.value_of(Role::Image, "第 1 页，共 1 页");
    assert!(text.contains("青禾县民政局党总支") && text.contains("另有 1 人类别不详"));
    assert!(desk.shows("表格：思源宋体"), "the dialog says which font is used");
    desk.press_as(Role::Button, "存为 PDF…");
    save(&mut desk);
    let names = files(&desk.beside_workbook(), ".pdf");
    assert_eq!(names, ["党总支党员基本情况汇总表-2026-11-24.pdf"]);
    let pdf = std::fs::read(desk.beside_workbook().join(&names[0])).expect("the file");
    assert!(pdf.starts_with(b"%PDF-"));
    desk.press_as(Role::Button, "关闭");
    desk.press_as(Role::Link, "导出和打印");
    assert!(desk.shows("打印党员基本情况"));
}

#[test]
fn a_roster_is_printed_masked_unless_asked_for_and_the_log_says_which() {
    let mut desk = bureau();
    desk.press_as(Role::Button, "打印…");
    let words = |desk: &Story| desk.value_of(Role::Image, "第 1 页，共 1 页");
    assert!(words(&desk).contains("110000********0029"));
    assert!(words(&desk).contains("曹振华"), "whoever stands on the roll is on the roster");
    desk.press_as(Role::RadioButton, "打印完整号码");
    assert!(words(&desk).contains("110000198305210029"));
    desk.fill("制表人", "李敏");
    desk.key(Modifiers::NONE, Key::Tab);
    assert!(words(&desk).contains("李敏"));
    desk.press("日历：填报日期").press("2026年11月3日");
    assert!(words(&desk).contains("填报日期：2026年11月3日"), "at once, though the field still has the focus");
    desk.press_as(Role::Button, "存为 PDF…");
    save(&mut desk);
    desk.press_as(Role::Button, "关闭");
    desk.press_as(Role::Link, "导出和打印");
    assert!(desk.shows("打印党员花名册") && desk.shows("全部写出"));
}

#[test]
fn a_list_is_exported_as_it_is_shown() {
    let mut desk = bureau();
    desk.fill("筛本表", "静");
    desk.press_as(Role::Button, "导出…");
    assert!(desk.shows("列表里的 1 人"));
    desk.press_as(Role::RadioButton, "CSV");
    desk.press_as(Role::RadioButton, "全部字段");
    desk.press_as(Role::Button, "导出到…");
    save(&mut desk);
    let names = files(&desk.beside_workbook(), ".csv");
    let text = std::fs::read_to_string(desk.beside_workbook().join(&names[0])).expect("the file");
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains("何静") && !text.contains("林秀英"));
}
