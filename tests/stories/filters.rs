//! The clerk and filters: put together with 且, 或 and 不是, kept, found again; ready lists; columns of each list.

use branchdesk::domain::ids::OrganisationId;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{MEDIUM, NARROW, Story, WIDE};

/// A general branch with two branches and four members.
fn bureau() -> Office {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "局机关第一党支部");
    let second = office.organisation(Some(root), "局机关第二党支部");
    let mut member = |branch: OrganisationId, name: &str, sex: &str, unit: &str, joined: &str, full: &str| {
        let full = if full.is_empty() { json!(null) } else { json!(full) };
        office.member(branch, json!({ "name": name, "sex": sex, "unit": unit, "joined": joined, "full": full }));
    };
    member(first, "林秀英", "女", "县民政局", "2006-12-08", "2007-12-08");
    member(first, "吴海涛", "男", "县福利院", "2003-07-01", "2004-07-01");
    member(second, "何静", "女", "县福利院", "2026-01-10", "");
    member(second, "周国华", "男", "县民政局", "1998-07", "1999-07");
    office
}

/// Chooses a field in a row; the list is long, so it is looked for.
fn field(desk: &mut Story, row: usize, name: &str) {
    let label = format!("字段 {row}");
    desk.press_as(Role::ComboBox, &label);
    desk.fill(&format!("找{label}"), name);
    desk.press_as(Role::MenuItemCheckBox, name);
}

#[test]
fn conditions_are_put_together_with_or_and_not_kept_and_found_again() {
    let mut desk = Story::of(bureau());
    desk.press_as(Role::Button, "筛选").press_as(Role::MenuItem, "组合条件…");
    assert!(desk.shows("第 1 行还没写内容") && !desk.can_press("列出"));
    field(&mut desk, 1, "工作单位");
    desk.choose("比较 1", "含").fill("内容 1", "福利院");
    desk.press_as(Role::Link, "加一行");
    assert_eq!(desk.focused().as_deref(), Some("字段 2"), "the new row has the focus");
    field(&mut desk, 2, "性别");
    desk.choose("比较 2", "不是");
    desk.press("内容 2：还没选").press_as(Role::MenuItemCheckBox, "女").key(Modifiers::NONE, Key::Escape);
    assert!(desk.shows("列出：工作单位含“福利院” 且 性别不是女"));
    desk.press_as(Role::RadioButton, "满足一个就行（或）");
    assert!(desk.shows("列出：工作单位含“福利院” 或 性别不是女"));
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(desk.rows(), ["吴海涛", "何静", "周国华"]);
    assert!(desk.has(Role::Button, "工作单位含“福利院”") && desk.has(Role::Button, "性别不是女"));

    desk.press_as(Role::Button, "筛选").press_as(Role::MenuItem, "存为…");
    desk.fill("名称", "重点").press_as(Role::Button, "保存");
    desk.reopen(WIDE);
    assert_eq!(desk.rows().len(), 4, "the list begins whole");
    desk.press_as(Role::Button, "筛选").press_as(Role::MenuItemCheckBox, "重点");
    assert_eq!(desk.rows(), ["吴海涛", "何静", "周国华"]);

    desk.press("或，改为“且”");
    assert_eq!(desk.rows(), ["吴海涛"]);
    desk.press_as(Role::Button, "去掉：性别不是女");
    assert_eq!(desk.rows(), ["吴海涛", "何静"]);
    desk.press_as(Role::Button, "筛选").press_as(Role::MenuItem, "存到“重点”");
    desk.press_as(Role::Link, "清除");
    assert_eq!(desk.rows().len(), 4);
    desk.press_as(Role::Button, "筛选").press_as(Role::MenuItemCheckBox, "重点");
    assert_eq!(desk.rows(), ["吴海涛", "何静"], "as it was kept last");
}

#[test]
fn a_chip_that_was_put_together_is_opened_where_it_was_and_changed() {
    let mut desk = Story::of(bureau());
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    desk.fill("内容 1", "林").key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(desk.rows(), ["林秀英"]);
    desk.press_as(Role::Button, "姓名含“林”");
    assert_eq!(desk.value("内容 1"), "林");
    desk.choose("比较 1", "不含").press_as(Role::Link, "加一组");
    field(&mut desk, 2, "入党时间");
    desk.fill("内容 2", "2026-01").choose("比较 2", "不早于");
    field(&mut desk, 3, "党龄");
    desk.fill("内容 3", "25");
    desk.sees("列出：姓名不含“林” 且 （入党时间在 2026-01 及以后 或 党龄 ≥ 25 年）");
    desk.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(desk.rows(), ["何静", "周国华"]);
    desk.press_as(Role::Button, "2 个条件").press_as(Role::Button, "姓名不含“林”");
    desk.press_as(Role::Button, "去掉第 2 行").press_as(Role::Button, "去掉第 2 行");
    desk.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(desk.rows(), ["吴海涛", "何静", "周国华"]);
}

#[test]
fn a_kept_filter_gets_another_name_is_deleted_and_comes_back() {
    let mut desk = Story::of(bureau());
    desk.press_as(Role::Button, "女 2 人").press_as(Role::Button, "筛选").press_as(Role::MenuItem, "存为…");
    desk.fill("名称", "妇女").press_as(Role::Button, "保存");
    desk.press_as(Role::Button, "筛选").press_as(Role::MenuItem, "“妇女”改名…");
    desk.fill("名称", "女党员").press_as(Role::Button, "改名");
    desk.sees("在册 4 人·女党员");
    desk.press_as(Role::Button, "筛选").press_as(Role::MenuItem, "删除“女党员”");
    desk.sees_no("在册 4 人·女党员");
    assert_eq!(desk.rows(), ["林秀英", "何静"], "the conditions stay");
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.press_as(Role::Link, "清除").press_as(Role::Button, "筛选").press_as(Role::MenuItemCheckBox, "女党员");
    assert_eq!(desk.rows(), ["林秀英", "何静"]);
    desk.press_as(Role::Link, "操作记录");
    desk.sees("删除筛选“女党员”");
}

#[test]
fn the_political_birthdays_of_a_month_are_a_list_with_its_own_columns_by_their_day() {
    let mut office = bureau();
    let branch = office.organisation(None, "县福利院党支部");
    for (name, joined) in [("马晓东", "2001-07-20"), ("安平", "2010-07-03")] {
        office.member(branch, json!({ "name": name, "sex": "男", "joined": joined, "full": "2012-07-03" }));
    }
    let mut desk = Story::of(office);
    desk.press_as(Role::Button, "名单").press_as(Role::MenuItemCheckBox, "政治生日");
    assert!(desk.rows().is_empty(), "nobody joined in a November");
    desk.press_as(Role::Button, "政治生日：2026年11月").press_as(Role::MenuItemCheckBox, "2027年7月");
    assert_eq!(desk.rows(), ["吴海涛", "安平", "马晓东", "周国华"], "the 1st, the 3rd, the 20th, a day not known");
    desk.press_as(Role::Button, "排序").press_as(Role::MenuItemCheckBox, "姓名拼音");
    assert_eq!(desk.rows(), ["安平", "马晓东", "吴海涛", "周国华"], "the order one chose holds");
    desk.press_as(Role::Button, "排序").press_as(Role::MenuItemCheckBox, "政治生日");
    assert_eq!(desk.rows(), ["吴海涛", "安平", "马晓东", "周国华"]);
    assert!(desk.has(Role::ColumnHeader, "入党时间") && !desk.has(Role::ColumnHeader, "学历"));
    desk.press_as(Role::Button, "女 0 人");
    assert!(desk.rows().is_empty() && desk.has(Role::Button, "性别：女"), "a chip narrows a ready list");
    desk.press_as(Role::Button, "去掉：政治生日：2027年7月");
    assert_eq!(desk.rows(), ["林秀英", "何静"]);
    assert!(desk.has(Role::ColumnHeader, "学历"), "the columns of the list on the roll");
}

#[test]
fn the_list_of_probations_tells_when_each_ends_and_what_is_incomplete_is_named() {
    let mut desk = Story::of(bureau());
    desk.press_as(Role::Button, "名单").press_as(Role::MenuItemCheckBox, "预备期将满");
    assert_eq!(desk.rows(), ["何静"]);
    assert!(desk.shows("2027-01-10"));
    desk.press_as(Role::Button, "名单").press_as(Role::MenuItemCheckBox, "资料不全");
    assert_eq!(desk.rows().len(), 4);
    assert!(desk.hears("民族、出生日期、公民身份号码"));
}

#[test]
fn each_list_keeps_its_own_columns_and_order() {
    let mut desk = Story::of(bureau());
    desk.press_as(Role::Button, "列：学历").press_as(Role::MenuItem, "隐藏此列");
    desk.press_as(Role::Button, "名单").press_as(Role::MenuItemCheckBox, "资料不全");
    desk.press_as(Role::Button, "列：性别").press_as(Role::MenuItem, "隐藏此列");
    desk.press_as(Role::ColumnHeader, "姓名");
    assert_eq!(desk.rows(), ["何静", "林秀英", "吴海涛", "周国华"]);
    desk.press_as(Role::Link, "清除");
    assert!(desk.has(Role::ColumnHeader, "性别") && !desk.has(Role::ColumnHeader, "学历"));
    assert_eq!(desk.rows(), ["林秀英", "吴海涛", "何静", "周国华"]);
    desk.reopen(WIDE);
    desk.press_as(Role::Button, "名单").press_as(Role::MenuItemCheckBox, "资料不全");
    assert!(!desk.has(Role::ColumnHeader, "性别"));
    assert_eq!(desk.rows(), ["何静", "林秀英", "吴海涛", "周国华"]);
}

#[test]
fn filters_and_lists_are_at_hand_at_every_width() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut desk = Story::of_size(bureau(), size);
        desk.press_as(Role::Button, "名单").press_as(Role::MenuItemCheckBox, "失联党员");
        assert!(desk.rows().is_empty() && desk.has(Role::Button, "失联党员"));
        desk.press_as(Role::Button, "筛选").press_as(Role::MenuItem, "组合条件…");
        desk.fill("内容 1", "林");
        assert_eq!(desk.unnamed(), Vec::<String>::new());
        desk.key(Modifiers::COMMAND, Key::Enter);
        assert_eq!(desk.unnamed(), Vec::<String>::new());
    }
}
