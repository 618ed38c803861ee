//! Workbooks: the first start, making one, opening one, and files that are none of ours or no longer what they were.

use std::path::{Path, PathBuf};

use branchdesk::settings::UserSettings;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use super::shell::office;
use crate::support::story::Story;

#[test]
fn a_first_start_offers_four_ways_and_says_what_the_program_is_not_for() {
    let mut desk = Story::start();
    desk.sees("还没有打开工作簿").sees("不联网，不上传").sees("不用于国家秘密");
    for way in ["从花名册开始…", "新建空白工作簿…", "打开已有工作簿…", "看练习工作簿"] {
        assert!(desk.can_press(way), "{way}");
    }
}

#[test]
fn a_new_workbook_asks_for_its_name_its_place_and_who_works_here() {
    let mut desk = Story::start();
    let folder = desk.folder().to_owned();
    desk.press("新建空白工作簿…");
    assert!(!desk.can_press("新建"));
    desk.fill("名称", "青禾县民政局党总支").fill("放在文件夹", &folder.display().to_string()).fill("操作人", "李敏");
    desk.press("新建").sees("已保存").sees("青禾县民政局党总支.bdk");
    assert!(folder.join("青禾县民政局党总支.bdk").exists());
    desk.press_as(Role::Link, "设置");
    assert_eq!(desk.value("名称"), "青禾县民政局党总支");
    assert_eq!(desk.value("操作人"), "李敏");
    desk.press("李敏").press_as(Role::MenuItem, "关闭工作簿").sees("打开 青禾县民政局党总支");
}

#[test]
fn a_name_that_is_taken_is_refused_and_nothing_typed_is_lost() {
    let mut desk = Story::start();
    let folder = desk.folder().to_owned();
    std::fs::write(folder.join("甲.bdk"), "别的内容").expect("a file");
    desk.press("新建空白工作簿…");
    desk.fill("名称", "甲").fill("放在文件夹", &folder.display().to_string()).fill("操作人", "李敏").press("新建");
    desk.sees("没有新建工作簿").sees("已经存在");
    desk.key(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.value("名称"), "甲");
    assert_eq!(std::fs::read_to_string(folder.join("甲.bdk")).expect("still there"), "别的内容");
}

#[test]
fn a_workbook_is_found_in_the_programs_own_browser() {
    let (mut office, _, _) = office();
    office.close();
    let mut desk = Story::start();
    let folder = desk.folder().join("党建");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::copy(office.path(), folder.join("民政局.bdk")).expect("a copy");
    std::fs::write(folder.join("别的.docx"), "").expect("a file");
    desk.press("打开已有工作簿…");
    let root = desk.folder().display().to_string();
    desk.fill("文件夹", &root).key(Modifiers::NONE, Key::Enter);
    desk.open_row("党建").sees("民政局.bdk").sees_no("别的.docx");
    desk.press_row("民政局.bdk").press("打开").sees("Heading 今日");
    desk.press_as(Role::Link, "党员").sees("青禾县民政局党总支·在册 3 人");
    desk.press("没填操作人").press_as(Role::MenuItem, "关闭工作簿");
    desk.press("打开 民政局").sees("何静");
}

/// The same place as it is told from where the program runs.
fn relative(path: &Path) -> PathBuf {
    let here = std::env::current_dir().expect("a folder");
    let up: PathBuf = here.components().skip(1).map(|_| "..").collect();
    up.join(path.strip_prefix("/").expect("a whole path"))
}

#[test]
fn a_place_told_from_where_the_program_runs_is_a_whole_path_from_then_on() {
    let (mut office, _, _) = office();
    office.close();
    let mut desk = Story::start_with(UserSettings { operator: "李敏".into(), ..UserSettings::default() });
    desk.open(&relative(&office.path()));
    let folder = office.path().parent().expect("a folder").to_owned();
    std::fs::create_dir(folder.join("名册")).expect("a folder");
    desk.press_as(Role::Link, "导入").press("选文件…");
    assert_eq!(desk.value("文件夹"), folder.display().to_string());
    desk.sees("名册");
    let typed = relative(&folder.join("名册")).display().to_string();
    desk.fill("文件夹", &typed).key(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.value("文件夹"), folder.join("名册").display().to_string());
    desk.press("取消").press("李敏").press_as(Role::MenuItem, "关闭工作簿");

    desk.press("新建空白工作簿…").fill("名称", "第一党支部").fill("放在文件夹", &typed).press("新建");
    desk.sees(&folder.join("名册/第一党支部.bdk").display().to_string());
}

#[test]
fn the_practice_workbook_is_built_where_it_is_not_there_yet() {
    let mut desk = Story::start();
    desk.press("看练习工作簿").sees("Heading 今日");
    desk.press_as(Role::Link, "党员").sees("青禾县民政局党总支·在册 182 人");
    assert!(desk.folder().join("settings/练习").is_dir());
}

#[test]
fn what_is_no_workbook_is_told_in_a_sentence_and_left_alone() {
    let mut desk = Story::start();
    let folder = desk.folder().to_owned();
    let text = folder.join("不是.bdk");
    std::fs::write(&text, "这不是数据库，只是一段文字，长到足够读出一个文件头来。".repeat(40)).expect("a file");
    desk.open(&text);
    desk.sees("没有打开工作簿").sees("不是本程序的文件，或已加密").sees("文件没有改动");
    desk.press_as(Role::Button, "关闭").sees("还没有打开工作簿");
    desk.open(&folder.join("没有.bdk"));
    desk.sees("找不到");
    let beside: Vec<_> =
        std::fs::read_dir(&folder).expect("readable").flatten().map(|entry| entry.file_name()).collect();
    assert!(!beside.iter().any(|name| name.to_string_lossy().ends_with(".lock")), "{beside:?}");
}

#[test]
fn a_copy_that_went_its_own_way_is_not_opened_before_one_has_agreed() {
    let (mut office, first, _) = office();
    office.close();
    let mut desk = Story::start_with(UserSettings { operator: "李敏".into(), ..UserSettings::default() });
    let copy = desk.folder().join("拷贝.bdk");
    std::fs::copy(office.path(), &copy).expect("a copy");

    // Here one goes on with the original …
    office.reopen();
    office.member(first, json!({ "name": "马晓东" }));
    office.close();
    desk.open(&office.path()).sees("马晓东");
    desk.press("李敏").press_as(Role::MenuItem, "关闭工作簿");

    // … and the copy, which lacks that step, is recognised.
    let before = std::fs::read(&copy).expect("readable");
    desk.open(&copy).sees("这份文件比上次的旧").sees("第 7 步").sees("第 6 步：新增党员 何静");
    desk.press("不打开").sees("打开工作簿");
    assert_eq!(std::fs::read(&copy).expect("readable"), before);
    desk.open(&copy).press("仍然打开").sees_no("马晓东").sees("何静");
}

#[test]
fn two_copies_that_both_went_on_are_told_apart() {
    let (mut office, first, _) = office();
    office.close();
    let mut desk = Story::start_with(UserSettings { operator: "李敏".into(), ..UserSettings::default() });
    let copy = desk.folder().join("拷贝.bdk");
    std::fs::copy(office.path(), &copy).expect("a copy");
    office.reopen();
    office.member(first, json!({ "name": "马晓东" }));
    office.close();
    desk.open(&office.path()).press("李敏").press_as(Role::MenuItem, "关闭工作簿");

    let original = office.path();
    std::fs::copy(&copy, &original).expect("the copy back");
    office.reopen();
    office.member(first, json!({ "name": "周国华" }));
    office.close();
    desk.open(&original).sees("这份文件和上次的不是一路").sees("第 7 步：新增党员 周国华");
}

#[test]
fn one_begins_with_a_roster_and_sees_what_was_read_before_anything_is_written() {
    let mut desk = Story::start();
    let folder = desk.folder().to_owned();
    let roster = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters/01-plain.xlsx");
    std::fs::copy(roster, folder.join("花名册.xlsx")).expect("a copy");
    desk.press("从花名册开始…").fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.press_row("花名册.xlsx").press("打开").sees("先建工作簿，再看“花名册.xlsx”的识别结果");
    desk.fill("名称", "局机关").fill("放在文件夹", &folder.display().to_string()).fill("操作人", "李敏").press("新建");
    desk.sees("Heading 导入").sees("花名册.xlsx");
    desk.press_as(Role::Link, "党员").sees("在册 0 人");
}
