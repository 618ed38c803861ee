//! The secretary and a roster: choose the file, see what would be written, answer, write, take back.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::Story;

/// Goes to the page and chooses a file that lies beside the workbook.
fn choose(desk: &mut Story, file: &str) {
    desk.press_as(Role::Link, "导入").press_as(Role::Button, "选文件…");
    desk.press_as(Role::Label, file).press_as(Role::Button, "打开");
}

/// Puts a roster of the tests beside the workbook.
fn lay_beside(office: &Office, name: &str) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters").join(name);
    std::fs::copy(from, office.path().with_file_name(name)).expect("copied");
}

fn csv(office: &Office, name: &str, lines: &[&str]) -> PathBuf {
    let path = office.path().with_file_name(name);
    std::fs::write(&path, format!("\u{feff}{}\r\n", lines.join("\r\n"))).expect("written");
    path
}

/// A branch with two members.
fn branch() -> Office {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(
        branch,
        json!({ "name": "林秀英", "sex": "女", "nation": "汉族", "birth": "1981-05-21", "education": "大学专科" }),
    );
    office.member(branch, json!({ "name": "何静", "sex": "女", "birth": "1983-01-12", "joined": "2008-07-01" }));
    office
}

#[test]
fn a_roster_is_seen_before_it_is_written_and_goes_out_in_one_step() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut desk = Story::of(office);
    choose(&mut desk, "01-plain.xlsx");
    assert!(desk.shows("新增 16") && desk.shows("变更 0") && desk.shows("相同 0"));
    let seen = desk.rows();
    assert!(seen.len() > 5);
    desk.press_as(Role::Button, "写入 16 人");
    assert!(desk.shows("新增 16 人，变更 0 人，新建 1 个党组织。写入前已备份；要退回去，撤销这一步就行"));
    desk.press_as(Role::Button, "看党员");
    assert_eq!(desk.rows()[..5], seen[..5], "the roster's order is kept");
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.rows(), Vec::<String>::new());
}

#[test]
fn an_import_can_be_taken_back_from_where_it_was_made() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut desk = Story::of(office);
    choose(&mut desk, "01-plain.xlsx");
    desk.press_as(Role::Button, "写入 16 人");
    desk.press_as(Role::Button, "撤销导入");
    assert!(desk.shows("导入已撤销；下面是重新比对的结果") && desk.shows("新增 16"));
}

#[test]
fn questions_are_answered_beside_the_rows_and_those_in_no_row_are_decided() {
    let office = branch();
    csv(
        &office,
        "名册.csv",
        &[
            "姓名,性别,民族,出生日期,学历,入党时间,所在党支部,特长",
            "林秀英,女,汉族,1981-05-21,大学本科,,机关第一党支部,书法",
            "赵子豪,男,汉族,1992-03-04,,2019.1,机关第一党支部,",
        ],
    );
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    assert!(desk.shows("新增 1") && desk.shows("变更 1") && desk.shows("特长 → 自定义字段"));
    let question = "入党时间写成“2019.1”，是哪一个？";
    desk.press_as(Role::Button, &format!("2019-10：{question}"));
    assert!(desk.shows("男，1992-03-04 生，2019-10 入党"));
    desk.press_as(Role::RadioButton, "变更 1");
    assert!(desk.shows("学历：大学专科 → 大学本科；特长：— → 书法"));
    desk.press_as(Role::RadioButton, "本表之外 1");
    desk.press_as(Role::RadioButton, "转出");
    desk.press_as(Role::Button, "写入 3 人");
    desk.press_as(Role::Button, "看党员");
    assert_eq!(desk.rows(), ["林秀英", "赵子豪"]);
}

#[test]
fn a_file_that_is_no_roster_says_so_in_place() {
    let office = Office::new();
    csv(&office, "菜单.csv", &["菜名,价格", "豆腐,8"]);
    let mut desk = Story::of(office);
    choose(&mut desk, "菜单.csv");
    assert!(desk.shows("没有导入"));
    assert!(desk.shows("“菜单.csv”里没有可以导入的名册：没有找到党员名册的表头"));
    assert!(!desk.shows("写入 0 人"));
}

#[test]
fn taken_back_by_the_key_the_page_shows_what_would_be_written_again() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut desk = Story::of(office);
    choose(&mut desk, "01-plain.xlsx");
    desk.press_as(Role::Button, "写入 16 人");
    desk.key(Modifiers::COMMAND, Key::Z);
    assert!(desk.shows("导入之后又有改动或撤销；下面是重新比对的结果") && desk.shows("新增 16"));
}
