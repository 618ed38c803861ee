//! The clerk keeps archive checklists: from a template to the gap list, with who answers, by when, and what shows it.

use branchdesk::domain::ids::OrganisationId;
use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use serde_json::json;

use crate::support::office::Office;
use crate::support::pdf;
use crate::support::story::{NARROW, Story, WIDE};

/// A general branch with two branches; in the first a secretary and a member, who have talked once.
fn office() -> (Office, OrganisationId) {
    let mut office = Office::new();
    let general = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(general), "局机关第一党支部");
    office.organisation(Some(general), "县殡仪馆党支部");
    let lin = office.member(first, json!({ "name": "林秀英", "joined": "2006-12-08", "party_post": "书记" }));
    let wu = office.member(first, json!({ "name": "吴海涛", "joined": "2001-09-20" }));
    let talk = json!({ "do": "record_talk", "organisation_id": first, "held_on": "2026-03-20", "type": "T01",
        "mode": "一对一", "talker_ids": [lin], "partner_ids": [wu], "content": "谈了养老服务的安排" });
    office.run(talk).expect("recorded");
    (office, first)
}

/// The page of the first branch, which has a checklist of this template.
fn with_checklist(template: &str, size: Vec2) -> Story {
    let (mut office, first) = office();
    let list = json!({ "do": "make_checklists", "template": template, "organisation_ids": [first], "year": 2026 });
    office.run(list).expect("made");
    let mut desk = Story::of_size(office, size);
    if size != NARROW {
        desk.press_as(Role::TreeItem, "局机关第一党支部");
    }
    desk.press("档案清单");
    desk
}

fn key(desk: &mut Story, key: Key) -> &mut Story {
    desk.key(Modifiers::NONE, key)
}

fn undo(desk: &mut Story) -> &mut Story {
    desk.key(Modifiers::COMMAND, Key::Z)
}

#[test]
fn a_new_checklist_is_ticked_and_what_is_missing_is_printed() {
    let mut desk = Story::of(office().0);
    desk.press_as(Role::TreeItem, "局机关第一党支部").press("档案清单");
    desk.sees("还没有 2026 年的党支部工作档案")
        .press("新建清单…")
        .choose("清单模板", "六有")
        .sees("6 项")
        .press("新建");
    desk.sees("局机关第一党支部·2026年").sees("共 6 项").sees("1 有场所：缺");
    assert_eq!(desk.value_of(Role::ComboBox, "清单"), "六有", "what was made is shown");

    desk.press_row("1 有场所").press_as(Role::RadioButton, "有").sees("1 有场所：有");
    key(desk.press_row("2 有设施"), Key::Num2).sees("2 有设施：部分");
    key(desk.press_row("4 有党旗"), Key::Num4).sees("标为不适用");
    assert!(!desk.can_press("保存"), "not without a reason");
    key(desk.fill("标为不适用的原因", "和机关合用活动室"), Key::Enter).sees("4 有党旗：不适用");
    assert_eq!(desk.value("原因"), "和机关合用活动室");

    desk.press("未齐 4").sees_no("行 1 有场所").press("缺项单…").sees("缺项单");
    let folder = desk.beside_workbook();
    desk.press("存为 PDF…").fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.focused().as_deref(), Some("文件名"), "nothing to go through in this folder");
    key(desk.fill("文件名", "缺项.pdf"), Key::Enter).sees("已存为 缺项.pdf");
    let paper = pdf::pages(&std::fs::read(folder.join("缺项.pdf")).expect("the file")).concat();
    assert!(paper.contains("有设施") && paper.contains("有制度"), "{paper}");
    assert!(!paper.contains("有党旗"), "what does not apply is not missing: {paper}");
    assert_eq!(desk.unnamed(), Vec::<String>::new());

    desk.press_as(Role::Button, "关闭");
    undo(&mut desk).sees("4 有党旗：缺");
    undo(&mut desk).sees("2 有设施：缺");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn gaps_go_out_as_a_table_too() {
    let mut desk = with_checklist("六有", WIDE);
    let folder = desk.beside_workbook();
    desk.press("更多").press_as(Role::MenuItem, "导出…").press_as(Role::RadioButton, "CSV").press("导出到…");
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.fill("文件名", "缺项.csv").press("保存").sees("已导出 6 行：缺项.csv");
    let csv = std::fs::read_to_string(folder.join("缺项.csv")).expect("the file");
    assert!(csv.contains("有标志"), "{csv}");
}

#[test]
fn who_answers_and_by_when_is_written_when_the_field_is_left_and_taken_back() {
    let mut desk = with_checklist("支部档案", WIDE);
    desk.press_row("10 组织生活会").go_into("责任人").type_text("lxy");
    key(&mut desk, Key::Enter);
    desk.fill("期限", "12-10");
    key(&mut desk, Key::Tab);
    assert_eq!(desk.value("期限"), "2026-12-10");
    // Whoever goes to another item with the pointer loses nothing of what was written.
    desk.fill("备注", "会期12月10日").press_row("11 民主评议党员").press_row("10 组织生活会");
    assert_eq!(desk.value("备注"), "会期12月10日");
    let dump = desk.dump();
    assert!(dump.contains("会期12月10日") && dump.contains("20261210"), "{dump}");

    desk.press("我负责").sees("没有由您负责的项");
    // A name that stands in no roster and was not picked is kept, too.
    desk.press_as(Role::RadioButton, "全部").press_row("11 民主评议党员").go_into("责任人").type_text("李敏");
    desk.press_row("12 谈心谈话").press("我负责");
    assert_eq!(desk.rows(), ["11 民主评议党员"], "李敏 works here, though in no roster");
    undo(&mut desk);
    undo(&mut desk);
    desk.press_as(Role::RadioButton, "全部").press_row("10 组织生活会");
    assert_eq!(desk.value("备注"), "");
    assert_eq!(desk.value("期限"), "2026-12-10");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn what_the_workbook_keeps_anyway_fills_an_item_and_another_word_needs_a_reason() {
    let mut desk = with_checklist("支部档案", WIDE);
    key(desk.press_row("12 谈心谈话"), Key::ArrowRight);
    let part = desk.rows().into_iter().find(|row| row.starts_with("12.1 ")).expect("a part");
    desk.press_row(&part).sees("自动·1 篇");
    key(&mut desk, Key::Num3).sees("自动得出").fill("标为缺的原因", "记录本还没收上来").press("保存");
    desk.sees("记录本还没收上来").sees_no("自动·1 篇");
    let title = part.split_once(' ').expect("a code and a title").1;
    desk.press(&format!("恢复自动：{title}")).sees("自动·1 篇").sees_no("记录本还没收上来");
    desk.press_as(Role::Link, title).sees("Heading 谈心谈话").sees("2026-001 吴海涛");
}

#[test]
fn files_and_paper_show_that_an_item_is_there() {
    let mut desk = with_checklist("六有", WIDE);
    let folder = desk.beside_workbook();
    std::fs::write(folder.join("活动室.txt"), "照片").expect("a file");
    desk.press_row("1 有场所").sees("还没有材料").press("添文件…");
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.press_row("活动室.txt").press("打开").sees("1 有场所：有").sees("1 件");
    desk.press("记纸质…").fill("题名", "租赁合同").fill("存放位置", "2 柜 3 盒").fill("页数", "六");
    assert!(!desk.can_press("保存"));
    desk.fill("页数", "6").press("保存").sees("纸质·2 柜 3 盒·6 页");

    desk.press("材料：租赁合同").press_as(Role::MenuItem, "移到…").choose("移到", "5 有资料").press("移动");
    desk.sees("5 有资料：有").sees_no("租赁合同 纸质");
    desk.press("材料：活动室").press_as(Role::MenuItem, "题名…").fill("题名", "活动室照片").press("保存");
    desk.press("材料：活动室照片").press_as(Role::MenuItem, "去掉").sees("1 有场所：缺");
    undo(&mut desk).sees("1 有场所：有").sees("活动室照片");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn above_the_branches_all_that_have_none_get_one_and_each_is_opened() {
    let mut desk = Story::of(office().0);
    desk.press("档案清单").sees("已建 0 / 3 个党组织");
    desk.press("新建清单…").sees("还没有这种清单的 3 个党组织").choose("清单模板", "六有").press("新建");
    desk.sees("已建 3 / 3 个党组织").sees("缺 18");
    assert!(!desk.can_press("新建清单…"), "all have one");
    let names: Vec<_> = desk.rows().into_iter().collect();
    assert_eq!(names, ["青禾县民政局党总支", "局机关第一党支部", "县殡仪馆党支部"], "in the order of the tree");
    desk.press("打开：县殡仪馆党支部").sees("县殡仪馆党支部·2026年").press_row("1 有场所");
    key(key(&mut desk, Key::Num1), Key::Escape).sees("缺 17");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn a_year_that_is_chosen_in_the_dialog_tells_anew_who_has_none_and_is_shown() {
    let (mut office, first) = office();
    let list = json!({ "do": "make_checklists", "template": "支部档案", "organisation_ids": [first], "year": 2026 });
    office.run(list).expect("made");
    let mut desk = Story::of(office);
    desk.press("档案清单").sees("已建 1 / 3 个党组织");
    desk.press("新建清单…").sees("还没有这种清单的 2 个党组织");
    desk.choose("年度", "2027年").sees("还没有这种清单的 3 个党组织");
    desk.choose("年度", "2026年").choose("清单模板", "六有").sees("还没有这种清单的 3 个党组织");
    desk.choose("清单模板", "党支部工作档案").choose("年度", "2027年").press("新建");
    desk.sees("青禾县民政局党总支·2027年").sees("已建 3 / 3 个党组织");
    assert_eq!(desk.value_of(Role::ComboBox, "清单"), "党支部工作档案");

    // Of one organisation it is said that it has one.
    desk.choose("年份", "2026年").press("新建：县殡仪馆党支部").choose("年度", "2027年");
    desk.sees("县殡仪馆党支部：这一年已有这种清单");
    assert!(!desk.can_press("新建"));
}

#[test]
fn the_scope_that_is_pressed_again_leads_back_from_what_was_opened_in_it() {
    let mut desk = with_checklist("六有", WIDE);
    desk.press_as(Role::TreeItem, "青禾县民政局党总支").press("打开：局机关第一党支部").sees("共 6 项");
    desk.press_as(Role::TreeItem, "青禾县民政局党总支").sees("已建 1 / 3 个党组织");
    desk.press_as(Role::ComboBox, "年份");
    assert!(desk.place(Role::TextInput, "找年份").width() > 120.0, "it says what is found with it");
}

#[test]
fn what_is_set_at_the_right_goes_to_an_item_that_is_listed() {
    let mut desk = with_checklist("六有", WIDE);
    key(desk.press_row("1 有场所"), Key::Num1).sees("1 有场所：有").press("未齐 5");
    assert!(desk.has(Role::RadioGroup, "有设施") && !desk.has(Role::RadioGroup, "有场所"), "the next one is looked at");
    desk.press("我负责").sees("没有由您负责的项");
    assert!(!desk.can_press("记纸质…"), "nothing is looked at that is not listed");
}

#[test]
fn what_is_not_complete_is_listed_without_its_parts_that_are_there() {
    let mut desk = with_checklist("支部档案", WIDE);
    key(desk.press_row("01 支部基本情况"), Key::ArrowRight);
    key(desk.press_row("01.1 成立、更名、撤销批复"), Key::Num1);
    let gaps = desk.heard().into_iter().find_map(|line| line.strip_prefix("RadioButton 未齐 ").map(str::to_owned));
    desk.press_as(Role::RadioButton, &format!("未齐 {}", gaps.expect("gaps")));
    let rows = desk.rows();
    assert!(rows.iter().any(|row| row == "01.2 支部简介"), "{rows:?}");
    assert!(!rows.iter().any(|row| row.starts_with("01.1 ")), "it is there: {rows:?}");

    // Three that were ticked are called three, whatever they are made of.
    desk.press_as(Role::RadioButton, "全部");
    for row in ["01 支部基本情况", "02 党员名册与统计", "03 年度计划与总结"] {
        desk.press_as(Role::CheckBox, &format!("选择 {row}"));
    }
    desk.press_as(Role::RadioButton, "不适用").sees("支部基本情况 等 3 项，共 12 个分项").press("取消");
    key(&mut desk, Key::Escape).sees_no("选了 3 项");
}

#[test]
fn on_a_small_window_the_item_lies_over_the_list_until_it_is_left() {
    let mut desk = with_checklist("六有", NARROW);
    desk.press("打开：局机关第一党支部").sees_no("记纸质…");
    assert!(desk.place(Role::Label, "局机关第一党支部").width() >= 8.0 * 14.0, "the name stands whole");
    assert_eq!(desk.value_of(Role::ComboBox, "年份"), "2026年");
    key(desk.press_row("3 有标志"), Key::Enter).sees("记纸质…").press_as(Role::RadioButton, "有").sees("3 有标志：有");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    key(&mut desk, Key::Escape).sees_no("记纸质…").sees("有标志");
    desk.press("返回").sees("已建 1 / 3 个党组织");
}

#[test]
fn several_items_are_ticked_and_set_at_once_and_that_is_one_step_to_undo() {
    let mut desk = with_checklist("六有", WIDE);
    desk.press_as(Role::CheckBox, "选择 1 有场所").press_as(Role::CheckBox, "选择 3 有标志").sees("选了 2 项");
    desk.press_as(Role::RadioButton, "有").sees("1 有场所：有").sees("3 有标志：有").sees("2 有设施：缺");
    key(desk.go_into("责任人").type_text("lxy"), Key::Enter).fill("期限", "12-20").press("给 2 项写上");
    key(desk.sees("选了 2 项"), Key::Escape).sees_no("选了 2 项");
    for item in ["1 有场所", "3 有标志"] {
        desk.press_row(item);
        assert_eq!(desk.value("期限"), "2026-12-20", "{item}");
        assert_eq!(desk.count(Role::Label, "林秀英"), 3, "in the field and in the list");
    }
    undo(&mut desk);
    desk.press_row("1 有场所");
    assert_eq!(desk.value("期限"), "");
    undo(&mut desk).sees("1 有场所：缺").sees("3 有标志：缺");

    // All of them by the keyboard; what does not apply asks for its reason once.
    desk.key(Modifiers::COMMAND, Key::A).sees("选了 6 项");
    key(&mut desk, Key::Num4).fill("标为不适用的原因", "和机关合用活动室").press("保存").sees("6 有制度：不适用");
    desk.press("取消选择").sees_no("选了 6 项");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}
