//! The clerk changes what is asked for: a template is edited and running checklists follow; a list from above becomes a
//! template; members have their files.

use branchdesk::domain::checklists::TemplateItem;
use branchdesk::domain::ids::OrganisationId;
use branchdesk::store::checklists;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{NARROW, Story, WIDE};

/// A branch with a secretary and one on probation; it has a checklist of 六有 in which something is written.
fn office() -> (Office, OrganisationId) {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    office.member(
        branch,
        json!({ "name": "林秀英", "joined": "2006-12-08", "full": "2007-12-08", "party_post": "书记" }),
    );
    office.member(branch, json!({ "name": "周慧", "joined": "2026-05-20" }));
    office
        .run(json!({ "do": "make_checklists", "template": "六有", "organisation_ids": [branch], "year": 2026 }))
        .expect("made");
    (office, branch)
}

fn templates() -> Story {
    let mut desk = Story::of_size(office().0, WIDE);
    desk.press("档案清单").choose("清单", "管理清单模板…").sees("第 1 版，程序自带；已建 1 份清单");
    desk
}

fn undo(desk: &mut Story) -> &mut Story {
    desk.key(Modifiers::COMMAND, Key::Z)
}

#[test]
fn an_edited_template_is_offered_to_running_checklists_with_what_would_change() {
    let mut desk = templates();
    desk.press_row("2 有设施").fill_long("标准", "有桌椅、书柜").press("去掉").sees_no("2 有设施");
    desk.press_row("1 有场所").press("添项").fill("内容", "有书报").sees("改动还没保存");
    desk.press("上移（Alt+↑）").press("保存").sees("按模板更新：六有");
    desk.sees("行 7 有书报").sees("新增").sees("行 2 有设施").sees("去掉");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press("更新").sees("第 2 版，2026-11-24 李敏 改");

    desk.press("返回").sees("行 7 有书报").sees_no("行 2 有设施").sees_no("按模板更新…");
    undo(&mut desk).sees("行 2 有设施").sees_no("有书报").sees("按模板更新…");
    // One that is not ticked stays as it is.
    desk.press("按模板更新…").press_as(Role::CheckBox, "选择 2 有设施：去掉").press("更新");
    desk.sees("行 2 有设施").sees("行 7 有书报").sees_no("按模板更新…");
    undo(&mut desk);
    undo(&mut desk).choose("清单", "管理清单模板…").sees("程序自带").sees_no("有书报");
}

#[test]
fn what_the_office_wrote_itself_is_seen_to_stay_before_the_update() {
    let (mut office, _) = office();
    let desk = office.desk();
    let list = checklists::all(desk.reader()).expect("read")[0].id;
    let places = checklists::items(desk.reader(), list).expect("read");
    let mut items = checklists::templates(desk.reader()).expect("read").get("六有").expect("there").items.clone();
    items[0].standard = Some("不少于 20 平方米".into());
    items[1].standard = Some("有桌椅".into());
    items[5].parts = vec![TemplateItem { title: "有学习制度".into(), ..TemplateItem::default() }];
    drop(desk);
    let edit = |id, set| json!({ "do": "edit_checklist_items", "ids": [id], "set": set });
    office.run(edit(places[0].id, json!({ "standard": "与社区合用" }))).expect("written");
    office.run(edit(places[5].id, json!({ "state": "have" }))).expect("ticked");
    office.run(json!({ "do": "set_template", "code": "六有", "items": items })).expect("changed");
    let mut desk = Story::of_size(office, NARROW);
    desk.press("档案清单")
        .press("按模板更新…")
        .sees("1 有场所：自写保留")
        .sees("1 份保留自写的标准；有场所；标准：与社区合用");
    desk.sees("本单位自己写的标准保留，不照模板改").sees("手工标的状态改由新的分项得出：有制度");
    desk.press("更新").sees_no("按模板更新…").press_row("1 有场所").sees("与社区合用");
}

#[test]
fn a_template_is_arranged_with_the_keyboard_and_what_fills_an_item_is_chosen() {
    let mut desk = templates();
    desk.press_row("2 有设施").key(Modifiers::ALT, Key::ArrowRight);
    desk.key(Modifiers::ALT, Key::ArrowUp).key(Modifiers::NONE, Key::Insert).type_text("谈心谈话");
    desk.choose("自动来源", "谈心谈话").fill("至少", "4").choose("保管期限建议", "10年");
    desk.sees("谈心谈话 ≥ 4 篇").key(Modifiers::COMMAND, Key::S).press("以后再说");
    let dump = desk.dump();
    assert!(dump.contains(r#""measure":"talks","at_least":4"#) || dump.contains(r#"\"at_least\":4"#), "{dump}");
    desk.press("更多")
        .press_as(Role::MenuItem, "恢复自带内容")
        .press("以后再说")
        .sees("第 3 版")
        .sees_no("谈心谈话 ≥ 4 篇");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn what_a_members_file_does_not_have_to_hold_is_filed_where_it_is_there() {
    let mut desk = templates();
    desk.choose("模板", "入党档案").press_row("2 入党申请书").choose("自动来源", "有则归档");
    desk.sees("附了材料为有，没有不算缺").key(Modifiers::COMMAND, Key::S);
    let dump = desk.dump();
    assert_eq!(dump.matches("optional").count(), 13 + 1, "the shipped ones and this: {dump}");
}

#[test]
fn behind_an_item_that_is_taken_out_the_next_one_shows_what_it_holds() {
    let mut desk = templates();
    desk.press_row("2 有设施").choose("自动来源", "谈心谈话").press_row("1 有场所").press("去掉");
    assert_eq!(desk.value("内容"), "有设施");
    assert_eq!(desk.value("至少"), "1");
    desk.sees_no("写 1 到 9999");
}

#[test]
fn the_template_in_use_is_the_one_that_is_opened() {
    let mut desk = templates();
    desk.press("返回").choose("清单", "党支部工作档案").choose("清单", "管理清单模板…");
    assert_eq!(desk.value_of(Role::ComboBox, "模板"), "党支部工作档案");
    // One that is being changed stays until it is known what becomes of it.
    desk.press_row("01 支部基本情况").fill("内容", "支部情况").press("返回");
    desk.choose("清单", "六有").choose("清单", "管理清单模板…").sees("01 支部情况");
}

#[test]
fn what_is_changed_and_not_saved_is_asked_for_and_found_again() {
    let mut desk = templates();
    desk.press_row("1 有场所").fill("内容", "有固定场所");
    desk.choose("模板", "党支部工作档案").sees("模板还没保存").press("接着改");
    desk.wait(3.0).sees("1 有固定场所");
    desk.choose("模板", "党支部工作档案").press("不要了").sees("01 支部基本情况");
    desk.choose("模板", "六有").sees("1 有场所").sees_no("有固定场所");
}

#[test]
fn a_list_that_is_pasted_becomes_a_template_and_a_checklist() {
    let mut desk = templates();
    let list = "县直单位党建检查表\t\t\t\r\n序号\t检查项目\t检查标准\t分值\r\n一、组织建设\t\t\t\r\n1\t班子健全\t委员分工明确\t5\r\n\
        2\t按期换届\t任期届满换届\t5\r\n二、组织生活\t\t\t\r\n1\t谈心谈话\t每年不少于1次\t10\r\n合计\t\t\t20\r\n";
    desk.input(Event::Paste(list.into())).sees("检查清单做成模板").sees("共 5 项").sees("没有当作项");
    assert_eq!(desk.value("模板名称"), "县直单位党建检查表");
    desk.sees("第 1 行 组织建设").sees("第 2 行 班子健全");
    desk.choose("分值", "不用").sees("“分值”栏没有采用").choose("分值", "并入标准");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press("建模板").sees("01 组织建设").sees("01.1 班子健全").sees("委员分工明确；分值：5");
    desk.press("更多").press_as(Role::MenuItem, "用它建清单…").press("新建");
    desk.press("返回").choose("清单", "县直单位党建检查表").sees("共 2 类").sees("02 组织生活");
    undo(&mut desk);
    undo(&mut desk).sees_no("02 组织生活");
}

#[test]
fn a_list_in_a_file_is_opened_and_one_that_is_none_says_so() {
    let mut desk = templates();
    let folder = desk.beside_workbook();
    std::fs::write(folder.join("自查表.csv"), "项目,要求\n有场所,固定\n有党旗,规范\n").expect("a file");
    desk.press("新建模板").press_as(Role::MenuItem, "打开检查清单…");
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.press_row("自查表.csv").press("打开");
    desk.until("the list is read", |desk| desk.hears("检查清单做成模板"));
    assert_eq!(desk.value("模板名称"), "自查表");
    desk.press("取消").input(Event::Paste("\u{3000}\r\n".repeat(3))).sees_no("检查清单做成模板");
}

#[test]
fn files_of_members_are_made_in_one_change_and_each_is_reached_from_the_members_page() {
    let mut desk = Story::of_size(office().0, WIDE);
    desk.press("档案清单").choose("清单", "入党档案").sees("已建 0 / 2 人");
    // Whoever has none is asked about.
    desk.open_row("林秀英").sees("还没有入党档案").press("返回").sees("已建 0 / 2 人");
    desk.press("为预备党员新建 1 份").sees("已建 1 / 2 人");
    desk.press_as(Role::CheckBox, "选择 林秀英").press("新建 1 份").sees("已建 2 / 2 人");
    undo(&mut desk).sees("已建 1 / 2 人");
    assert_eq!(desk.unnamed(), Vec::<String>::new());

    desk.press("打开：周慧").sees("入党志愿书").press_row("1 入党志愿书").press("记纸质…");
    desk.fill("题名", "入党志愿书").fill("存放位置", "1 柜").press("保存").sees("1 入党志愿书：有");
    desk.press_row("6 其他材料").sees("有则归档");
    desk.press("党员页").sees("Heading 周慧").press("返回").press("返回").sees("已建 1 / 2 人");

    desk.press("党员").press_row("林秀英").key(Modifiers::NONE, Key::Enter);
    desk.press("更多").press_as(Role::MenuItem, "入党档案").sees("还没有入党档案").press("新建").sees("入党申请书");
    desk.press("返回").sees("Heading 林秀英");
}

#[test]
fn on_a_small_window_the_template_and_its_item_stand_beside_each_other() {
    let mut desk = Story::of_size(office().0, NARROW);
    desk.key(Modifiers::COMMAND, Key::K).type_text("清单模板").key(Modifiers::NONE, Key::Enter);
    desk.sees("1 有场所").press_row("3 有标志");
    assert_eq!(desk.value("内容"), "有标志");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    let list = desk.place(Role::Grid, "模板的项");
    let field = desk.place(Role::TextInput, "内容");
    assert!(list.right() <= field.left() && field.right() <= NARROW.x, "{list:?} {field:?}");
}
