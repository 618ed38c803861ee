//! The clerk brings files to items and talks, looks at them, and keeps their versions apart.

use std::path::PathBuf;

use branchdesk::engine::desktop::Copied;
use branchdesk::store::attachments::path_of;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{NARROW, Story, WIDE};

/// A branch with the six haves, and two members who have talked: once as usual, once about a case.
fn office() -> Office {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    let lin = office.member(branch, json!({ "name": "林秀英", "joined": "2006-12-08" }));
    let wu = office.member(branch, json!({ "name": "吴海涛", "joined": "2001-09-20" }));
    for (day, kind) in [("2026-03-20", "T01"), ("2026-05-08", "T12")] {
        office
            .run(json!({ "do": "record_talk", "organisation_id": branch, "held_on": day, "type": kind,
                "talker_ids": [lin], "partner_ids": [wu] }))
            .expect("recorded");
    }
    let list = json!({ "do": "make_checklists", "template": "六有", "organisation_ids": [branch], "year": 2026 });
    office.run(list).expect("made");
    office
}

fn desk() -> Story {
    let mut desk = Story::of(office());
    desk.press("档案清单");
    desk
}

/// Files beside the workbook, each with its name as its content.
fn files(desk: &Story, names: &[&str]) -> Vec<PathBuf> {
    let folder = desk.beside_workbook();
    let write = |name: &&str| {
        let path = folder.join(name);
        std::fs::write(&path, name).expect("a file");
        path
    };
    names.iter().map(write).collect()
}

fn undo(desk: &mut Story) -> &mut Story {
    desk.key(Modifiers::COMMAND, Key::Z)
}

/// The row of a table.
fn row(desk: &Story, name: &str) -> egui::Pos2 {
    let place = desk.rows().iter().position(|row| row == name).expect("the row");
    desk.place(Role::Row, &format!("第 {} 行 {name}", place + 1)).center()
}

#[test]
fn several_files_are_dropped_onto_an_item_and_what_cannot_be_kept_is_named() {
    let mut desk = desk();
    let mut dropped = files(&desk, &["活动室.txt", "门牌.docx"]);
    let folder = desk.beside_workbook().join("照片");
    std::fs::create_dir(&folder).expect("a folder");
    dropped.push(folder);
    desk.press_row("1 有场所");
    let at = row(&desk, "3 有标志");
    desk.drag_files(Some(at)).sees("松开鼠标，附到“3 有标志”");
    desk.drop_files(&dropped).sees("有 1 个文件没有附上").sees("“照片”是文件夹").sees("其余 2 个照样附上");
    desk.press_as(Role::Button, "关闭").sees("3 有标志：有").sees("1 有场所：缺").press_row("3 有标志");
    desk.sees("活动室").sees("门牌").sees_no("还没有材料");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    undo(&mut desk).sees("3 有标志：缺");
    assert!(!desk.has(Role::Button, "活动室") && !desk.has(Role::Button, "门牌"), "one step took both back");
}

#[test]
fn where_the_system_does_not_tell_the_pointer_the_next_move_does_or_the_chosen_item_takes_it() {
    let mut desk = desk();
    let dropped = files(&desk, &["党旗.txt"]);
    desk.press_row("1 有场所");
    let at = row(&desk, "4 有党旗");
    desk.drag_files(None).sees("松开鼠标，附到指针下的一项；别处附到“1 有场所”");
    desk.let_go_of_files(&dropped).point_at(at).sees("4 有党旗：有").sees("1 有场所：缺");
    undo(&mut desk).drag_files(None).drop_files(&dropped).wait(0.5).sees("1 有场所：有").sees("4 有党旗：缺");
}

#[test]
fn nothing_is_dropped_behind_a_dialog_and_a_roster_is_evidence_here() {
    let mut desk = desk();
    let dropped = files(&desk, &["名册.xlsx"]);
    desk.press_row("1 有场所").press("记纸质…");
    desk.drop_files(&dropped).sees("先关上对话框，再把文件拖进来").press("取消").sees("1 有场所：缺");
    desk.drag_files(None).drop_files(&dropped).wait(0.5).sees("1 有场所：有");
    assert!(!desk.has(Role::Heading, "导入"), "{:?}", desk.heard());
}

#[test]
fn what_was_copied_is_pasted_files_and_pictures_alike() {
    let mut desk = desk();
    let copied = files(&desk, &["承诺书.txt", "签到.txt"]);
    desk.press_row("5 有资料");
    desk.desktop().copy(Copied::Files(copied));
    // Of files alone the window hears that the key is let go.
    let let_go =
        Event::Key { key: Key::V, physical_key: None, pressed: false, repeat: false, modifiers: Modifiers::NONE };
    desk.input(let_go.clone()).sees("承诺书").sees("签到").sees("2 件");

    desk.desktop().copy(Copied::Picture { width: 4, height: 2, rgba: vec![200; 32] });
    let picture = egui::ColorImage::filled([4, 2], egui::Color32::RED);
    desk.inputs(vec![Event::PasteImage(std::sync::Arc::new(picture)), let_go.clone()]);
    desk.sees("截图 2026-11-24").sees("3 件");

    desk.desktop().copy(Copied::Nothing);
    desk.inputs(vec![Event::Paste("只是文字".into()), let_go]).sees("3 件");
    assert!(desk.has(Role::Alert, "剪贴板里没有文件或图片"), "it has not the sign of something done");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn a_file_opens_as_a_copy_that_is_only_to_be_read_and_gone_afterwards() {
    let mut desk = desk();
    let dropped = files(&desk, &["会议记录.txt"]);
    desk.press_row("5 有资料").drop_files(&dropped).wait(0.5).press_row("5 有资料");
    let at = desk.place(Role::Button, "会议记录").center();
    desk.click_at(at);
    assert_eq!(desk.desktop().take_opened(), [], "one press only takes hold of it");
    desk.wait(1.0).double_click_on(Role::Button, "会议记录");
    desk.key(Modifiers::NONE, Key::Enter);
    let opened = desk.desktop().take_opened();
    let told: Vec<_> = opened.iter().map(|file| (file.content.as_slice(), file.is_only_to_read)).collect();
    assert_eq!(told, [("会议记录.txt".as_bytes(), true); 2], "by two presses, and by Enter");
    assert!(
        opened.iter().all(|file| file.path.ends_with("会议记录.txt") && !file.path.starts_with(desk.beside_workbook()))
    );

    let folder = desk.beside_workbook();
    desk.press("材料：会议记录").press_as(Role::MenuItem, "另存为…");
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.fill("文件名", "另一份.txt").press("保存").sees("已存为 另一份.txt");
    assert_eq!(std::fs::read(folder.join("另一份.txt")).expect("the file"), "会议记录.txt".as_bytes());
    assert!(desk.dump().contains("另存材料"), "what leaves the program is written down");

    std::fs::rename(path_of(&desk.workbook()), folder.join("别处")).expect("moved away");
    desk.double_click_on(Role::Button, "会议记录").sees("没有打开材料").sees("不在工作簿旁边");
    desk.press_as(Role::Button, "关闭");
    let copies = opened[0].path.ancestors().nth(3).expect("the folder of all copies").to_owned();
    assert!(opened[0].path.exists());
    desk.end();
    assert!(std::fs::read_dir(copies).expect("the folder").next().is_none(), "wiped with the program");
}

#[test]
fn of_several_versions_the_final_one_is_seen_and_another_can_be_made_final() {
    let mut desk = desk();
    let dropped = files(&desk, &["制度.txt", "制度修订.txt"]);
    desk.press_row("6 有制度").drop_files(&dropped[..1]).wait(0.5);
    desk.press("材料：制度").press_as(Role::MenuItem, "附新版本…");
    desk.fill("文件夹", &desk.beside_workbook().display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.press_row("制度修订.txt").press("打开").sees("第 2 版·定稿");
    desk.sees("附新版本：制度").sees("1 件").sees_no("2 件");
    assert!(!desk.has(Role::Button, "制度（第 1 版）"), "the older one is folded");
    desk.press("其他版本 1：制度").press("材料：制度（第 1 版）").press_as(Role::MenuItem, "设为定稿");
    desk.sees("定稿：制度").sees("第 1 版·定稿").sees("制度（第 2 版）").press("收起其他版本：制度");
    assert!(!desk.has(Role::Button, "制度（第 2 版）") && desk.has(Role::Button, "制度"));
    undo(&mut desk).sees("第 2 版·定稿");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn a_talk_takes_scans_but_not_one_of_which_nothing_is_kept() {
    // As high as all of the form: nothing has to be scrolled.
    let mut desk = Story::of_size(office(), vec2(1366.0, 1000.0));
    let dropped = files(&desk, &["签字页.txt"]);
    desk.press_as(Role::TreeItem, "局机关第一党支部").press("谈心谈话").open_row("2026-001 吴海涛");
    desk.sees("把签过字的记录扫描或拍照").drop_files(&dropped).wait(0.5).sees("签字页").sees("附材料 1 件");
    desk.press("记纸质…").fill("题名", "谈话记录原件").fill("存放位置", "1 柜 2 盒");
    desk.key(Modifiers::COMMAND, Key::Enter);
    desk.sees("纸质·1 柜 2 盒").double_click_on(Role::Button, "签字页");
    assert_eq!(desk.desktop().take_opened().len(), 1);
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press("返回").open_row("2026-002 吴海涛");
    desk.drop_files(&dropped).wait(0.5).sees("没有附上：这类谈话只存时间、主题和人员，不存扫描件");
    assert!(!desk.can_press("添扫描件…") && desk.can_press("记纸质…"));
}

#[test]
fn attachments_are_checked_and_compacted_after_asking() {
    let mut desk = desk();
    let dropped = files(&desk, &["活动室.txt", "门牌.txt"]);
    desk.press_row("1 有场所").drop_files(&dropped).wait(0.5);
    desk.press("材料：门牌").press_as(Role::MenuItem, "去掉");
    desk.press("设置").sees("2 个文件，").sees("其中 1 个已没有材料用到");
    desk.press("核对附件…").sees("1 件材料的 1 个文件都和附上时一样").press_as(Role::Button, "关闭");
    desk.press("压缩附件库…").sees("去掉没有材料用到的文件 1 个，腾出 10 B").press("取消").sees("2 个文件，");
    desk.press("压缩附件库…").press("压缩").sees("1 个文件，").sees_no("没有材料用到，占");

    let store = rusqlite::Connection::open(path_of(&desk.workbook())).expect("opened");
    store.execute("UPDATE chunk SET data = zeroblob(length(data))", []).expect("spoiled");
    drop(store);
    desk.press("核对附件…").sees("1 件的内容变了").sees("活动室（活动室.txt）：局机关第一党支部 2026 年 1 有场所");
    desk.press_as(Role::Button, "关闭");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn who_has_lost_the_store_for_good_begins_another_and_nobody_does_so_unawares() {
    let mut desk = desk();
    let dropped = files(&desk, &["活动室.txt", "门牌.txt"]);
    desk.press_row("1 有场所").drop_files(&dropped[..1]).wait(0.5);
    let store = path_of(&desk.workbook());
    std::fs::remove_file(&store).expect("lost");
    desk.drop_files(&dropped[1..]).wait(0.5).sees("没有附上").sees("不在工作簿旁边").sees("设置 → 附件库");
    desk.press_as(Role::Button, "关闭");
    assert!(!store.exists());
    desk.press("设置").sees("1 个文件打不开").press("另建附件库…").sees("原来的附件库确实找不到了才用");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press("取消");
    assert!(!store.exists());
    desk.press("另建附件库…").press("另建").sees("有 1 个文件在附件库里找不到");
    assert!(!desk.can_press("另建附件库…"));
    desk.press("档案清单").press_row("1 有场所").drop_files(&dropped[1..]).wait(0.5).sees("门牌").sees("2 件");
}

#[test]
fn on_a_small_window_files_are_dropped_too() {
    let mut desk = Story::of_size(office(), NARROW);
    desk.press("档案清单");
    let dropped = files(&desk, &["门牌.txt"]);
    let at = row(&desk, "3 有标志");
    desk.drag_files(Some(at)).sees("松开鼠标，附到“3 有标志”").drop_files(&dropped).sees("1 件");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}

#[test]
fn what_is_attached_is_brought_into_sight() {
    let mut desk = Story::of_size(office(), NARROW);
    desk.press("档案清单").press_row("3 有标志");
    let names: Vec<String> = (1..=12).map(|number| format!("照片 {number}.txt")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let photos = files(&desk, &names);
    desk.drag_files(None).drop_files(&photos).wait(0.5);
    let one_more = files(&desk, &["门牌.txt"]);
    desk.drag_files(None).drop_files(&one_more).wait(0.5).sees("13 件");
    let place = desk.place(Role::Button, "门牌");
    assert!(place.top() > 0.0 && place.bottom() < NARROW.y, "{place:?}");
}

#[test]
fn of_files_that_cannot_be_attached_each_has_the_advice_that_fits_it() {
    let mut desk = desk();
    let mut dropped = files(&desk, &["门牌.txt", "录像.bin"]);
    let long = std::fs::File::create(&dropped[1]).expect("a file");
    long.set_len((210 << 20) + 1).expect("as long");
    let folder = desk.beside_workbook().join("照片");
    std::fs::create_dir(&folder).expect("a folder");
    dropped.push(folder);
    desk.press_row("3 有标志").drag_files(None).drop_files(&dropped).wait(0.5);
    desk.sees("“录像.bin”有 210.1 MB，最多 200 MB；“照片”是文件夹；其余 1 个照样附上");
    desk.sees("没有附上的文件还在原处，没有动");
    desk.sees("“录像.bin”：压缩或拆开后再附；原件可以记为纸质材料。“照片”：打开它，选里面的文件");
}

#[test]
fn a_workbook_without_its_attachments_says_so_once_and_marks_what_cannot_be_opened() {
    let mut desk = desk();
    let dropped = files(&desk, &["活动室.txt", "门牌.txt"]);
    desk.press_row("1 有场所").drop_files(&dropped).wait(0.5);
    let store = path_of(&desk.workbook());
    let name = store.file_name().expect("a name").to_string_lossy().into_owned();
    let away = desk.beside_workbook().join("别处");
    std::fs::rename(&store, &away).expect("moved away");
    let absent = format!("附件库“{name}”不在工作簿旁边");
    let bar = format!("有 2 个文件打不开：{absent}");
    desk.reopen(WIDE).sees(&bar).press("怎么办").sees("把它从原来的电脑或备份里拷到工作簿所在的文件夹");
    desk.press_as(Role::Button, "关闭").sees_no(&bar);

    desk.press("档案清单").press_row("1 有场所").sees("活动室 打不开·李敏").sees("门牌 打不开·李敏");
    desk.press("检查包…").sees(&format!("材料里有 2 个文件打不开，不会在包里：{absent}")).press("取消");

    std::fs::rename(&away, &store).expect("brought back");
    let connection = rusqlite::Connection::open(&store).expect("opened");
    connection.execute_batch("DELETE FROM chunk WHERE blob = 1; DELETE FROM blob WHERE id = 1").expect("taken out");
    drop(connection);
    let lacks = format!("有 1 个文件打不开：附件库“{name}”里没有它们");
    desk.reopen(WIDE).sees(&lacks).press("知道了").sees_no(&lacks);
    desk.press("档案清单").press_row("1 有场所").sees("活动室 打不开·李敏").sees("门牌 10 B·李敏");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}
