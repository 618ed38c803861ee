//! What was typed and not saved outlives the program, however it ends.

use std::path::Path;
use std::process::Command;

use branchdesk::settings::UserSettings;
use egui::accesskit::Role;

use super::shell::office;
use crate::support::story::Story;

/// Tells the second run of the test where the workbook is.
const WORKBOOK: &str = "BRANCHDESK_TEST_WORKBOOK";

/// Types into two forms, and ends as a program does that is killed: nothing is tidied up.
fn type_and_be_killed(workbook: &Path) {
    let mut desk = Story::start_with(UserSettings { operator: "王芳".into(), ..UserSettings::default() });
    desk.open(workbook).press("新增党员").fill("姓名", "赵永强").fill("工作单位", "县救助管理站");
    desk.fill("联系电话", "13800000077").wait(1.5);
    std::process::abort();
}

#[test]
fn what_was_typed_survives_when_the_program_is_killed() {
    if let Some(workbook) = std::env::var_os(WORKBOOK) {
        type_and_be_killed(Path::new(&workbook));
    }
    let (mut office, _, _) = office();
    office.close();
    let before = office.dump();
    let killed = Command::new(std::env::current_exe().expect("the tests"))
        .args(["stories::drafts::what_was_typed_survives_when_the_program_is_killed", "--exact", "--nocapture"])
        .env(WORKBOOK, office.path())
        .output()
        .expect("the tests run again");
    assert!(killed.status.code().is_none_or(|code| code > 1), "it was killed and did not fail: {killed:?}");
    assert!(office.path().with_file_name("支部.bdk.who").exists(), "nothing was tidied up");
    assert_eq!(office.dump(), before, "the workbook is as it was");

    let mut desk = Story::of(office);
    desk.sees("上次有没保存的“新增党员”").press("接着填");
    assert_eq!(desk.value("姓名"), "赵永强");
    assert_eq!(desk.value("工作单位"), "县救助管理站");
    assert_eq!(desk.value("联系电话"), "13800000077");
    desk.press_as(Role::ComboBox, "所在党支部").press_as(Role::MenuItemCheckBox, "县殡仪馆党支部").press("保存");
    assert!(desk.rows().contains(&"赵永强".to_owned()), "{:?}", desk.rows());
    desk.sees_no("上次有没保存的");
    desk.press("李敏").press_as(Role::MenuItem, "关闭工作簿").press("打开 支部").sees_no("上次有没保存的");
}
