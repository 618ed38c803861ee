//! Backups: how they are listed, and how one comes back without anything being lost.

use egui::accesskit::Role;
use serde_json::json;

use super::shell::office;
use crate::support::story::Story;

/// A workbook with a backup, and one member that came after it.
fn backed_up() -> (Story, String, String) {
    let (mut office, first, _) = office();
    let then = office.dump();
    let at = office.stamp.at;
    let progress = branchdesk::progress::Progress::default();
    office.ledger().back_up(branchdesk::store::backup::Reason::BeforeImport, at, &progress).expect("backed up");
    office.member(first, json!({ "name": "马晓东" }));
    let mut desk = Story::of(office);
    let now = desk.dump();
    desk.press_as(Role::Link, "设置");
    (desk, then, now)
}

#[test]
fn backups_are_listed_with_time_reason_and_size() {
    let (mut desk, _, _) = backed_up();
    desk.sees("2026-11-24 12:00 导入前").sees("已核对").sees("最多留 10 份");
    let folder = desk.workbook().parent().expect("a folder").join("备份");
    desk.sees(&folder.display().to_string());
    desk.press("现在备份").sees("2026-11-24 12:00 手动");
}

#[test]
fn a_backup_tells_what_would_be_lost_and_comes_back_with_the_present_kept_beside_it() {
    let (mut desk, then, now) = backed_up();
    desk.press("恢复 2026-11-24 12:00 导入前").sees("Heading 恢复备份");
    desk.sees("第 6 步：新增党员 何静").sees("第 7 步：新增党员 马晓东").sees("比备份多 1 步，恢复后都不在里面");
    desk.sees("现在的工作簿不会丢，改名留在原处").sees("支部-恢复前-20261124-120000.bdk");
    desk.press("取消");
    assert_eq!(desk.dump(), now);

    desk.press("恢复 2026-11-24 12:00 导入前").press("恢复这份备份");
    desk.sees("已恢复到 2026-11-24 12:00 的备份，原来的留作 支部-恢复前-20261124-120000.bdk");
    desk.press_as(Role::Link, "党员").sees("青禾县民政局党总支·在册 3 人").sees_no("马晓东");
    assert_eq!(desk.dump(), then);
    desk.press("撤销：新增党员 何静").sees("已撤销：新增党员 何静");

    let kept = desk.workbook().with_file_name("支部-恢复前-20261124-120000.bdk");
    desk.open(&kept).sees("马晓东");
}

#[test]
fn with_something_unsaved_one_is_asked_before_a_backup_comes_back() {
    let (mut desk, then, now) = backed_up();
    desk.fill("名称", "改了一半");
    desk.press("恢复 2026-11-24 12:00 导入前").press("恢复这份备份").sees("还有没保存的内容");
    desk.press("接着填");
    assert_eq!(desk.dump(), now);
    desk.press("恢复 2026-11-24 12:00 导入前").press("恢复这份备份").press("仍然恢复").sees("已恢复到");
    assert_eq!(desk.dump(), then);
}

#[test]
fn a_damaged_backup_is_told_in_the_dialog_and_changes_nothing() {
    let (mut desk, _, now) = backed_up();
    let backup = branchdesk::store::backup::list(&desk.workbook()).expect("listed").remove(0);
    std::fs::write(&backup, "不是数据库").expect("damaged");
    desk.press("恢复 2026-11-24 12:00 导入前").press("恢复这份备份").sees("没有恢复").sees("Heading 恢复备份");
    desk.press("取消").sees("Heading 设置");
    assert_eq!(desk.dump(), now);
}
