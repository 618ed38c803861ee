//! What is due in the archive is seen on 今日 and dealt with there; what is looked for is found; the pack, the handover and
//! the labels of boxes are made in the window.

use branchdesk::domain::ids::OrganisationId;
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use serde_json::{Value as Json, json};

use crate::support::office::Office;
use crate::support::pdf;
use crate::support::story::{NARROW, Story, WIDE};

/// A branch below a general branch, with a checklist of 六有 of which these items are due.
fn office(due: &[(&str, &str)]) -> (Office, OrganisationId) {
    let mut office = Office::new();
    let general = office.organisation(None, "青禾县民政局党总支");
    let branch = office.organisation(Some(general), "局机关第一党支部");
    let list = json!({ "do": "make_checklists", "template": "六有", "organisation_ids": [branch], "year": 2026 });
    office.run(list).expect("made");
    for (title, day) in due {
        let item = item(&office, title);
        office.run(json!({ "do": "edit_checklist_items", "ids": [item], "set": { "due": day } })).expect("set");
    }
    (office, branch)
}

fn item(office: &Office, title: &str) -> String {
    let reader = office.read_only();
    let lists = branchdesk::store::checklists::all(reader.reader()).expect("lists");
    let mut items =
        lists.iter().flat_map(|list| branchdesk::store::checklists::items(reader.reader(), list.id).expect("items"));
    items.find(|item| item.title == title).expect("the item").id.to_string()
}

fn paper(office: &mut Office, title: &str, piece: Json) {
    let item = item(office, title);
    office.run(json!({ "do": "add_evidence", "item_id": item, "evidence": [piece] })).expect("added");
}

const DUE: &str = "档案缺项：有场所";

/// Stands on a line of 今日 where it has words and no button.
fn stand_on<'d>(desk: &'d mut Story, row: &str) -> &'d mut Story {
    let words = desk.place(Role::ListItem, row).left_center() + vec2(60.0, 0.0);
    desk.click_at(words)
}

/// Writes the folder and the name in the browser of files.
fn save_as<'d>(desk: &'d mut Story, folder: &std::path::Path, name: &str) -> &'d mut Story {
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.fill("文件名", name).press("保存")
}

/// The words of a PDF without the ends of its lines.
fn words(pdf: &[u8]) -> String {
    pdf::pages(pdf).concat().replace('\n', "")
}

#[test]
fn what_is_due_is_put_off_with_a_reason_comes_back_and_is_done() {
    let mut desk = Story::at_today(office(&[("有场所", "2026-11-20"), ("有设施", "2026-11-27")]).0, WIDE);
    let before = desk.dump();
    desk.sees("Heading 逾期 1").sees("局机关第一党支部 2026年六有").sees("迟 4 天").sees("档案缺项：有设施");
    stand_on(&mut desk, DUE).press(&format!("推迟…：{DUE}")).fill("原因", "等租赁合同").press_as(Role::Button, "推迟");
    desk.sees_no("Heading 逾期 1").press("推迟的 1").sees("推迟到 2026-12-01：等租赁合同");
    stand_on(&mut desk, DUE).press(&format!("取消推迟：{DUE}")).sees("Heading 逾期 1");
    assert_eq!(desk.dump(), before);
    stand_on(&mut desk, DUE).press(&format!("标为有：{DUE}"));
    assert!(!desk.has(Role::ListItem, DUE), "what is there is no work");
    desk.key(Modifiers::COMMAND, Key::Z);
    assert!(desk.has(Role::ListItem, DUE));
    assert_eq!(desk.dump(), before);

    let folder = desk.beside_workbook();
    std::fs::write(folder.join("活动室.txt"), "照片").expect("a file");
    stand_on(&mut desk, DUE).press(&format!("附材料…：{DUE}"));
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.press_row("活动室.txt").press("打开");
    assert!(!desk.has(Role::ListItem, DUE), "a file shows that it is there");
    stand_on(&mut desk, "档案缺项：有设施").press("打开：档案缺项：有设施");
    desk.sees("Heading 档案清单").sees("局机关第一党支部·2026年").sees("2 有设施：缺");
    assert_eq!(desk.value("期限"), "2026-11-27", "at the item");
    desk.press_as(Role::Link, "操作记录").sees("推迟到 2026-12-01：档案缺项：局机关第一党支部 2026 年六有的“有场所”");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn many_items_of_one_day_are_one_line_that_opens_them() {
    let all = ["有场所", "有设施", "有标志", "有党旗", "有资料"].map(|title| (title, "2026-11-30"));
    let mut desk = Story::at_today(office(&all).0, WIDE);
    let row = "档案缺项：六有 5 项";
    desk.sees("有场所、有设施、有标志等");
    assert!(!desk.can_press(&format!("标为有：{row}")), "each is dealt with by itself");
    stand_on(&mut desk, row).press(&format!("打开：{row}")).sees("Heading 档案清单");
    desk.sees("1 有场所：缺").press_row("1 有场所").press_as(Role::RadioButton, "有");
    assert!(!desk.rows().contains(&"1 有场所".to_owned()), "those that lack something are listed");
    desk.press_as(Role::Link, "今日").sees("档案缺项：六有 4 项");
}

#[test]
fn a_reason_is_asked_for_where_records_say_otherwise() {
    let (mut office, branch) = office(&[]);
    let list = json!({ "do": "make_checklists", "template": "支部档案", "organisation_ids": [branch], "year": 2026 });
    office.run(list).expect("made");
    let reader = office.read_only();
    let lists = branchdesk::store::checklists::all(reader.reader()).expect("lists");
    let items = branchdesk::store::checklists::items(reader.reader(), lists[1].id).expect("items");
    let filled = items.iter().find(|item| item.code.as_deref() == Some("12.1")).expect("the item").clone();
    drop(reader);
    let set = json!({ "due": "2026-11-20" });
    office.run(json!({ "do": "edit_checklist_items", "ids": [filled.id], "set": set })).expect("set");
    let mut desk = Story::at_today(office, WIDE);
    let row = format!("档案缺项：谈心谈话·{}", filled.title);
    stand_on(&mut desk, &row).press(&format!("标为有：{row}")).sees("自动得出");
    desk.fill("标为有的原因", "记录本在柜里").press("保存");
    assert!(!desk.has(Role::ListItem, &row));
}

#[test]
fn the_search_finds_checklists_items_and_evidence_and_begins_what_is_to_be_done() {
    let (mut office, _) = office(&[]);
    paper(&mut office, "有场所", json!({ "title": "租赁合同", "cabinet": "2 柜 3 盒", "pages": 6 }));
    let mut desk = Story::at_today(office, WIDE);
    let search = |desk: &mut Story, text: &str| {
        desk.key(Modifiers::COMMAND, Key::K).type_text(text);
    };
    search(&mut desk, "租赁");
    desk.sees("租赁合同，局机关第一党支部 2026年六有，材料").key(Modifiers::NONE, Key::Enter);
    desk.sees("Heading 档案清单").sees("纸质·2 柜 3 盒·6 页");
    desk.press_as(Role::Link, "今日");
    search(&mut desk, "局机关第一党支部 六有");
    desk.sees("六有，局机关第一党支部 2026年六有，档案清单").key(Modifiers::NONE, Key::Enter);
    desk.sees("共 6 项");
    desk.press_as(Role::Link, "今日");
    search(&mut desk, "有制度");
    desk.sees("有制度，局机关第一党支部 2026年六有，清单项").key(Modifiers::NONE, Key::Enter);
    desk.sees("6 有制度：缺");
    for (word, title) in [
        ("检查包", "Heading 检查包"),
        ("缺项单", "Heading 打印"),
        ("档号规则", "Heading 档号规则"),
        ("新建清单", "Heading 新建清单"),
        ("移交", "Heading 移交"),
    ] {
        search(&mut desk, word);
        desk.press_as(Role::ListBoxOption, &format!("{word}，命令")).sees(title);
        desk.key(Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn what_is_called_exactly_so_is_found_first_and_how_much_there_is_is_said() {
    let (mut office, branch) = office(&[]);
    for year in 2021..2026 {
        let list = json!({ "do": "make_checklists", "template": "六有", "organisation_ids": [branch], "year": year });
        office.run(list).expect("made");
    }
    paper(&mut office, "有场所", json!({ "title": "有制度", "cabinet": "2 柜 3 盒", "pages": 6 }));
    let mut desk = Story::at_today(office, WIDE);
    desk.key(Modifiers::COMMAND, Key::K).type_text("有制度").sees("共 7 个，再写几个字就少了");
    desk.key(Modifiers::NONE, Key::Enter).sees("纸质·2 柜 3 盒·6 页");
}

#[test]
fn a_pack_says_before_what_will_be_in_it_and_is_made_into_a_folder_and_a_zip() {
    let (mut office, branch) = office(&[]);
    paper(&mut office, "有场所", json!({ "title": "租赁合同", "cabinet": "2 柜 3 盒", "pages": 6 }));
    let he = office.member(branch, json!({ "name": "何静", "joined": "2001-07-01" }));
    office.run(json!({ "do": "make_checklists", "template": "入党档案", "person_ids": [he] })).expect("made");
    let mut desk = Story::of(office);
    let folder = desk.folder().join("包");
    std::fs::create_dir(&folder).expect("a folder");
    desk.press_as(Role::TreeItem, "局机关第一党支部").press("档案清单").press("检查包…");
    desk.sees("局机关第一党支部 2026 年检查包").sees("1 份清单").sees("纸质材料 1 件，列出存放位置");
    desk.sees("附上的文件：照原样放入，里面的个人信息没有遮去").sees("党员个人的档案清单：1 份");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press_as(Role::RadioButton, "只要六有").sees_no("党员个人的档案清单").press("存到…");
    save_as(&mut desk, &folder, "检查包").sees("已做好局机关第一党支部 2026 年检查包");
    assert!(desk.can_press("打开文件夹"));
    let names = |folder: &std::path::Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    };
    let made = names(&folder.join("检查包"));
    for name in ["SHA256SUMS", "index.html", "封面.pdf", "缺项单.pdf", "缺项单.xlsx", "档案清单.pdf"] {
        assert!(made.contains(&name.to_owned()), "{name} is not in {made:?}");
    }
    let gaps = words(&std::fs::read(folder.join("检查包/缺项单.pdf")).expect("the file"));
    desk.press("关闭");

    desk.press("检查包…").press_as(Role::RadioButton, "ZIP 压缩包").press("存到…");
    save_as(&mut desk, &folder, "检查包.zip").sees("已做好").press("关闭");
    assert!(std::fs::read(folder.join("检查包.zip")).expect("the file").starts_with(b"PK"));
    desk.press("缺项单…").press("存为 PDF…");
    save_as(&mut desk, &folder, "缺项.pdf").sees("已存为 缺项.pdf");
    let printed = words(&std::fs::read(folder.join("缺项.pdf")).expect("the file"));
    // That of the pack is the branch's, this one is of the checklist.
    let rows = |words: &str| words.split_once("12 有设施").map(|(_, rows)| rows.to_owned()).expect("the first gap");
    assert_eq!(rows(&gaps), rows(&printed), "the gap list of a pack is the one that is printed");
    desk.press_as(Role::Button, "关闭").press_as(Role::Link, "导出和打印").sees("检查包 ZIP").sees("检查包 文件夹");
}

#[test]
fn an_organisation_says_how_it_numbers_and_those_below_follow() {
    let (mut office, _) = office(&[]);
    paper(&mut office, "有场所", json!({ "title": "租赁合同", "cabinet": "2 柜 3 盒", "pages": 6, "retention": "Y" }));
    let mut desk = Story::of(office);
    let before = desk.dump();
    desk.press("档案清单").press("更多").press_as(Role::MenuItem, "档号规则…").sees("青禾县民政局党总支");
    desk.sees("档号的样子：2026-03-001");
    assert!(!desk.can_press("保存"), "nothing was changed");
    desk.press_as(Role::RadioButton, "归档（DA/T 22）").fill("全宗号", "Z109").fill("机构（问题）代码", "DQ");
    desk.sees("档号的样子：Z109-WS·2026-Y-DQ-0001").fill("全宗名称", "青禾县民政局").press("保存");
    desk.press("打开：局机关第一党支部").press("更多").press_as(Role::MenuItem, "档号规则…");
    desk.sees("照 青禾县民政局党总支 的规则").sees("档号的样子：Z109-WS·2026-Y-DQ-0001");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press("取消").press("更多").press_as(Role::MenuItem, "打印…").choose("表", "归档文件目录");
    let folder = desk.beside_workbook();
    desk.press("存为 PDF…");
    save_as(&mut desk, &folder, "目录.pdf").sees("已存为 目录.pdf");
    let catalogue = words(&std::fs::read(folder.join("目录.pdf")).expect("the file"));
    assert!(catalogue.contains("Z109-WS·2026-Y-DQ-0001") && catalogue.contains("纸质，2 柜 3 盒"), "{catalogue}");
    desk.choose("表", "档案盒脊").press("存为 PDF…");
    save_as(&mut desk, &folder, "盒脊.pdf").sees("已存为 盒脊.pdf");
    let spine = words(&std::fs::read(folder.join("盒脊.pdf")).expect("the file"));
    for told in ["Z109", "2026", "永久", "DQ", "0001—0001", "1 件，6 页", "2 柜 3 盒", "盒号"] {
        assert!(spine.contains(told), "{told} is not in {spine}");
    }
    desk.choose("表", "备考表").press("存为 PDF…");
    save_as(&mut desk, &folder, "备考表.pdf").sees("已存为 备考表.pdf");
    let note = words(&std::fs::read(folder.join("备考表.pdf")).expect("the file"));
    assert!(note.contains("盒内文件情况说明") && note.contains("本盒归档文件 1 件，6 页。"), "{note}");
    assert!(note.contains("整理人") && note.contains("检查日期"), "{note}");
    desk.press_as(Role::Button, "关闭").key(Modifiers::COMMAND, Key::Z);
    let after: Vec<String> = desk.dump().lines().filter(|line| !line.contains("output")).map(str::to_owned).collect();
    let before: Vec<String> = before.lines().filter(|line| !line.contains("output")).map(str::to_owned).collect();
    assert_eq!(after, before);
}

#[test]
fn a_workbook_is_handed_over_and_received_again_in_the_window() {
    let (mut office, _) = office(&[]);
    paper(&mut office, "有场所", json!({ "title": "租赁合同", "cabinet": "2 柜 3 盒", "pages": 6 }));
    let mut desk = Story::of(office);
    let folder = desk.folder().join("U盘");
    std::fs::create_dir(&folder).expect("a folder");
    desk.press_as(Role::Link, "设置").press("移交…").sees("把工作簿和附件装进一个文件").sees("没保存的草稿不在里面");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press("存到…");
    save_as(&mut desk, &folder, "支部.zip").sees("已装好：工作簿和附件 0 个").press("关闭");
    let here = desk.dump();

    desk.press("接收移交…").fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.press_row("支部.zip").press("打开").sees("Heading 接收移交").sees("有一处对不上就不接收");
    desk.press("放到…");
    save_as(&mut desk, &folder, "接手.bdk").sees("已接收工作簿和附件 0 个");
    desk.press_as(Role::Button, "打开").sees(&folder.join("接手.bdk").display().to_string());
    let there = Story::dump_of(&folder.join("接手.bdk"));
    assert_eq!(there.lines().count() + 1, here.lines().count(), "all but the line of the log that tells of it");
    desk.press_as(Role::Link, "档案清单").sees("局机关第一党支部");

    desk.press_as(Role::Link, "设置").press("接收移交…");
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    std::fs::write(folder.join("别的.zip"), "PK 不是").expect("a file");
    desk.press("取消").press("接收移交…").press_row("别的.zip").press("打开").press("放到…");
    save_as(&mut desk, &folder, "又一个.bdk").sees("不是移交文件，或不完整");
    assert!(!folder.join("又一个.bdk").exists());
}

#[test]
fn on_a_small_window_packs_and_rules_are_below_more() {
    let (office, _) = office(&[]);
    let mut desk = Story::of_size(office, NARROW);
    desk.press("档案清单").press("更多").press_as(Role::MenuItem, "检查包…").sees("Heading 检查包");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press("取消").press("更多").press_as(Role::MenuItem, "档号规则…").sees("Heading 档号规则");
}
