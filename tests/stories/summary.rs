//! The secretary and the figures: every number opens its rows; what is shown goes on paper and into a file.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::json;

use super::window::Window;
use crate::support::office::Office;

fn bureau() -> Window {
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
    Window::open(office)
}

fn summary() -> Window {
    let mut window = bureau();
    window.link("基本情况");
    window
}

#[test]
fn a_number_opens_exactly_its_rows_and_escape_gives_the_focus_back() {
    let mut window = summary();
    assert_eq!(window.harness.unnamed_widgets(), Vec::<String>::new());
    assert!(window.sees_button("党员 3 人") && window.sees_button("女党员 2 人"));
    window.button("41 至 45 岁：2");
    assert!(window.sees("年龄：41 至 45 岁"));
    assert_eq!(window.rows(), ["林秀英", "何静"]);
    assert!(window.sees("2 行，与数字相符"));
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.rows().is_empty());
    assert!(window.harness.get_by_role_and_label(Role::Button, "41 至 45 岁：2").is_focused());
}

#[test]
fn the_list_behind_a_number_is_the_number() {
    let mut window = summary();
    window.button("女党员 2 人");
    window.button("看列表");
    assert_eq!(window.rows(), ["林秀英", "何静"]);
    assert!(window.sees("筛出 2 人"));
}

#[test]
fn who_is_counted_nowhere_is_said_and_can_be_seen() {
    let mut window = summary();
    assert!(window.sees("另有 1 人类别不详，没有计入"));
    window.link("看这些人");
    assert_eq!(window.rows(), ["曹振华"]);
}

#[test]
fn organisations_are_figures_too() {
    let mut window = summary();
    window.button("党支部 2 个");
    assert_eq!(window.rows(), ["局机关第一党支部", "局机关第二党支部"]);
}

/// Chooses where a file is written: the folder of the workbook, the name that is offered.
fn save(window: &mut Window) {
    window.button("保存");
}

fn files(folder: &Path, ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(ending)).collect()
}

#[test]
fn the_figures_go_out_as_a_file_and_that_is_written_down() {
    let mut window = summary();
    window.button("导出…");
    window.press(Role::RadioButton, "CSV");
    window.button("导出到…");
    save(&mut window);
    let names = files(&window.folder(), ".csv");
    assert_eq!(names, ["党员基本情况-青禾县民政局党总支-2026-11-24.csv"]);
    let text = std::fs::read_to_string(window.folder().join(&names[0])).expect("the file");
    assert!(text.starts_with('\u{feff}') && text.contains("党员.总数,党员,3,人"));
    window.link("导出和打印");
    assert!(window.sees("导出基本情况 CSV"));
}

#[test]
fn the_summary_is_looked_at_before_it_is_printed() {
    let mut window = summary();
    window.button("打印…");
    assert!(window.sees("打印：党总支党员基本情况汇总表"));
    let page = window.harness.get_by_role_and_label(Role::Image, "第 1 页，共 1 页");
    let text = page.accesskit_node().value().expect("the words of the page");
    assert!(text.contains("青禾县民政局党总支") && text.contains("另有 1 人类别不详"));
    assert!(window.sees("表格：思源宋体"), "the dialog says which font is used");
    window.button("存为 PDF…");
    save(&mut window);
    let names = files(&window.folder(), ".pdf");
    assert_eq!(names, ["党总支党员基本情况汇总表-2026-11-24.pdf"]);
    let pdf = std::fs::read(window.folder().join(&names[0])).expect("the file");
    assert!(pdf.starts_with(b"%PDF-"));
    window.button("关闭");
    window.link("导出和打印");
    assert!(window.sees("打印党员基本情况"));
}

#[test]
fn a_roster_is_printed_masked_unless_asked_for_and_the_log_says_which() {
    let mut window = bureau();
    window.button("打印…");
    let words = |window: &Window| {
        let page = window.harness.get_by_role_and_label(Role::Image, "第 1 页，共 1 页");
        page.accesskit_node().value().expect("the words of the page")
    };
    assert!(words(&window).contains("110000********0029"));
    assert!(words(&window).contains("曹振华"), "whoever stands on the roll is on the roster");
    window.press(Role::RadioButton, "打印完整号码");
    assert!(words(&window).contains("110000198305210029"));
    window.write("制表人", "李敏");
    window.key(Modifiers::NONE, Key::Tab);
    assert!(words(&window).contains("李敏"));
    window.button("存为 PDF…");
    save(&mut window);
    window.button("关闭");
    window.link("导出和打印");
    assert!(window.sees("打印党员花名册") && window.sees("全部写出"));
}

#[test]
fn a_list_is_exported_as_it_is_shown() {
    let mut window = bureau();
    window.write("筛本表", "静");
    window.button("导出…");
    assert!(window.sees("列表里的 1 人"));
    window.press(Role::RadioButton, "CSV");
    window.press(Role::RadioButton, "全部字段");
    window.button("导出到…");
    save(&mut window);
    let names = files(&window.folder(), ".csv");
    let text = std::fs::read_to_string(window.folder().join(&names[0])).expect("the file");
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains("何静") && !text.contains("林秀英"));
}
