//! The whole way of an archive in the window: from the template to the pack, and all of it taken back.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::pdf;
use crate::support::story::Story;

/// A branch whose secretary has talked with a member, and the six haves with 有资料 filled by talks.
fn office() -> Office {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    let lin = office.member(branch, json!({ "name": "林秀英", "joined": "2006-12-08", "party_post": "书记" }));
    let wu = office.member(branch, json!({ "name": "吴海涛", "joined": "2001-09-20" }));
    let talk = json!({ "do": "record_talk", "organisation_id": branch, "held_on": "2026-03-20", "type": "T01",
        "mode": "一对一", "talker_ids": [lin], "partner_ids": [wu], "content": "谈了养老服务的安排" });
    office.run(talk).expect("recorded");
    let title = |code: &str, title: &str| json!({ "code": code, "title": title });
    let records = json!({ "code": "5", "title": "有资料", "fill": { "measure": "talks", "at_least": 1 } });
    let items = json!([
        title("1", "有场所"),
        title("2", "有设施"),
        title("3", "有标志"),
        title("4", "有党旗"),
        records,
        title("6", "有制度"),
    ]);
    office.run(json!({ "do": "set_template", "code": "六有", "items": items })).expect("changed");
    office
}

/// The content but for the log of what was printed and packed, which no undo takes back.
fn content(desk: &Story) -> String {
    let dump = desk.dump();
    dump.lines().filter(|line| !line.contains("\"table\":\"output\"")).collect::<Vec<_>>().join("\n")
}

#[test]
fn from_the_six_haves_to_a_pack_and_everything_is_taken_back() {
    let mut desk = Story::of(office());
    let before = content(&desk);
    let folder = desk.beside_workbook();
    desk.press("档案清单").press("新建清单…").choose("清单模板", "六有").press("新建");
    desk.sees("局机关第一党支部·2026年").sees("5 有资料：有").sees("1 有场所：缺");

    for name in ["会议室.txt", "门牌.txt"] {
        std::fs::write(folder.join(name), name).expect("a file");
        desk.press_row("1 有场所").press("添文件…").fill("文件夹", &folder.display().to_string());
        desk.key(Modifiers::NONE, Key::Enter).press_row(name).press("打开");
    }
    desk.sees("1 有场所：有").sees("2 件");
    desk.press_row("5 有资料").sees("自动·1 篇");
    desk.press_row("4 有党旗").key(Modifiers::NONE, Key::Num4);
    desk.fill("标为不适用的原因", "和机关合用活动室").press("保存").sees("4 有党旗：不适用");

    desk.press("缺项单…").press("存为 PDF…").fill("文件夹", &folder.display().to_string());
    desk.key(Modifiers::NONE, Key::Enter).fill("文件名", "缺项.pdf").press("保存").sees("已存为 缺项.pdf");
    let paper = pdf::pages(&std::fs::read(folder.join("缺项.pdf")).expect("the file")).concat();
    for (title, is_missing) in
        [("有场所", false), ("有设施", true), ("有标志", true), ("有党旗", false), ("有资料", false), ("有制度", true)]
    {
        assert_eq!(paper.contains(title), is_missing, "{title}: {paper}");
    }
    desk.press_as(Role::Button, "关闭");

    desk.press("检查包…").sees("局机关第一党支部 2026 年检查包").press("存到…");
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.fill("文件名", "检查包").press("保存").sees("已做好局机关第一党支部 2026 年检查包").press("关闭");
    let packed = |path: &str| std::fs::read_to_string(folder.join("检查包").join(path)).expect("in the pack");
    assert_eq!(packed("1 有场所/1-002 门牌.txt"), "门牌.txt");
    assert!(packed("SHA256SUMS").contains("  1 有场所/1-001 会议室.txt\n"));

    for seen in ["4 有党旗：缺", "1 件", "1 有场所：缺", "还没有 2026 年的"] {
        desk.key(Modifiers::COMMAND, Key::Z).sees(seen);
    }
    assert_eq!(content(&desk), before);
    assert_eq!(desk.unnamed(), Vec::<String>::new());
}
