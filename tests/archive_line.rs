//! Archives on the command line: what a clerk's script does, from the template to the pack, and what it is told where
//! something is wrong.

use serde_json::{Value as Json, json};

use crate::support::pdf;
use crate::support::program::Program;

/// A branch with a secretary and a member, and nothing of an archive.
fn branch() -> (Program, Json) {
    let program = Program::with_workbook();
    let made = program.apply(json!([
        { "do": "add_organisation", "ref": "@branch", "set": { "name": "机关第一党支部" } },
        { "do": "add_member", "branch_id": "@branch", "ref": "@chen",
          "set": { "name": "陈志远", "joined": "1995-07-01", "party_post": "书记" } },
        { "do": "add_member", "branch_id": "@branch", "ref": "@he", "set": { "name": "何静", "joined": "2001-07-01" } },
    ]));
    (program, made)
}

fn id<'m>(made: &'m Json, nth: usize, name: &str) -> &'m str {
    made[nth]["made"][name].as_str().expect("an id")
}

fn export(program: &Program, kind: &str) -> Vec<Json> {
    let out = format!("{kind}.json");
    program.well(&["export", kind, "--workbook", "支部.bdk", "--year", "2026", "--out", &out, "--force"]);
    serde_json::from_str(&program.read(&out)).expect("JSON")
}

/// How an item stands, with its id.
fn item(program: &Program, title: &str) -> (String, String) {
    let all = export(program, "checklist");
    let item = all.iter().find(|item| item["title"] == title).expect("the item");
    (item["id"].as_str().expect("an id").to_owned(), item["state"].as_str().expect("a state").to_owned())
}

/// The content but for the log of what was printed and packed, which no undo takes back.
fn content(program: &Program) -> Vec<String> {
    let dump = program.dump("支部.bdk");
    dump.lines().filter(|line| !line.contains("\"table\":\"output\"")).map(str::to_owned).collect()
}

#[test]
fn from_the_six_haves_to_a_pack_and_everything_is_taken_back() {
    let (program, made) = branch();
    let before = content(&program);
    let branch = id(&made, 0, "@branch");
    program.apply(json!([
        { "do": "make_checklists", "template": "六有", "organisation_ids": [branch], "year": 2026 },
    ]));
    program.write("会议室.txt", "活动室照片");
    program.write("门牌.txt", "门口标牌");
    let (place, _) = item(&program, "有场所");
    program.well(&["attach", "会议室.txt", "门牌.txt", "--workbook", "支部.bdk", "--item", &place]);
    assert_eq!(item(&program, "有场所").1, "have");

    // The office wants the talks of the year among 有资料: the running checklist follows.
    let mut items = json!([]);
    for (nth, title) in ["有场所", "有设施", "有标志", "有党旗", "有资料", "有制度"].into_iter().enumerate()
    {
        let mut item = json!({ "code": (nth + 1).to_string(), "title": title });
        if title == "有资料" {
            item["parts"] = json!([{ "title": "谈心谈话记录", "fill": { "measure": "talks", "at_least": 1 } }]);
        }
        items.as_array_mut().expect("an array").push(item);
    }
    let list = export(&program, "checklists")[0]["id"].clone();
    program.apply(json!([
        { "do": "set_template", "code": "六有", "items": items },
        { "do": "update_checklists", "ids": [list] },
    ]));
    assert_eq!(item(&program, "谈心谈话记录").1, "missing");
    program.apply(json!([
        { "do": "record_talk", "organisation_id": branch, "held_on": "2026-03-20", "type": "T02",
          "talker_ids": [id(&made, 1, "@chen")], "partner_ids": [id(&made, 2, "@he")], "content": "谈了夜班安排" },
    ]));
    assert_eq!((item(&program, "谈心谈话记录").1, item(&program, "有资料").1), ("have".into(), "have".into()));

    let flag = item(&program, "有党旗").0;
    let mark = |reason: Json| {
        json!([{ "do": "edit_checklist_items", "ids": [flag],
        "set": { "state": "not_applicable", "reason": reason } }])
    };
    program.write("标记.json", &mark(Json::Null).to_string());
    let refused = program.fails(&["apply", "--workbook", "支部.bdk", "--from", "标记.json"], 1);
    assert!(refused.contains("“有党旗”标为不适用，没有写原因"), "{refused}");
    program.apply(mark(json!("和机关合用活动室")));

    let titles: Vec<Json> = export(&program, "gaps").into_iter().map(|gap| gap["title"].clone()).collect();
    assert_eq!(titles, ["有设施", "有标志", "有制度"]);
    let call = ["print", "gaps", "--workbook", "支部.bdk", "--year", "2026", "--out", "缺项单.pdf"];
    let printed = program.json(&call);
    assert_eq!(printed["rows"], 3);
    let paper = pdf::pages(&std::fs::read(program.path("缺项单.pdf")).expect("the file")).concat();
    assert!(titles.iter().all(|title| paper.contains(title.as_str().expect("a title"))), "{paper}");
    assert!(!paper.contains("有党旗") && !paper.contains("有场所"), "{paper}");

    let packed = program.json(&["pack", "--workbook", "支部.bdk", "--year", "2026", "--out", "检查包"]);
    assert_eq!((&packed["lists"][0]["files"], &packed["lacking"]), (&json!(2), &json!([])));
    assert_eq!(program.read("检查包/1 有场所/1-002 门牌.txt"), "门口标牌");

    // Not applicable, the talk, the checklist, the template, the files, the list itself.
    for _ in 0..6 {
        program.well(&["undo", "--workbook", "支部.bdk"]);
    }
    assert_eq!(content(&program), before);
    assert_eq!(program.well(&["check", "--workbook", "支部.bdk"]), "文件、操作记录和数字都完好\n");
}

/// What a disk refuses: the words, and the file that a sentence must name.
#[cfg(unix)]
const REFUSED: [(&[&str], &str); 4] = [
    (&["attach", "录像.bin", "--workbook", "支部.bdk", "--item"], "没有"),
    (&["pack", "--workbook", "支部.bdk", "--year", "2026", "--out", "包"], "没有做检查包"),
    (&["pack", "--workbook", "支部.bdk", "--year", "2026", "--out", "包.zip"], "没有写文件：“包.zip”"),
    (&["handover", "--workbook", "支部.bdk", "--out", "移交.zip"], "没有移交"),
];

#[cfg(unix)]
#[test]
fn pieces_and_items_are_placed_by_the_names_that_a_script_gave_them() {
    let (program, made) = branch();
    let receipts = program.apply(json!([
        { "do": "make_checklists", "ref": "@list", "template": "六有", "year": 2026,
          "organisation_ids": [id(&made, 0, "@branch")] },
        { "do": "add_checklist_item", "ref": "@rent", "checklist_id": "@list", "set": { "title": "租赁合同" } },
        { "do": "add_checklist_item", "ref": "@plan", "checklist_id": "@list", "set": { "title": "平面图" } },
        { "do": "move_checklist_item", "id": "@plan", "before": "@rent" },
        { "do": "add_evidence", "ref": "@first", "item_id": "@rent", "evidence": [{ "title": "@合同" }] },
        { "do": "add_evidence", "item_id": "@rent", "evidence": [{ "title": "补充合同", "version_of": "@first" }] },
        { "do": "add_evidence", "ref": "@receipt", "item_id": "@rent", "evidence": [{ "title": "收据" }] },
        { "do": "move_evidence", "id": "@receipt", "before": "@first" },
    ]));
    let titles = |kind: &str| -> Vec<String> {
        let all = export(&program, kind);
        all.iter().map(|one| one["title"].as_str().expect("a title").to_owned()).collect()
    };
    assert_eq!(titles("checklist")[6..], ["平面图", "租赁合同"]);
    assert_eq!(titles("evidence"), ["收据", "@合同", "补充合同"], "a title may begin with @");
    let first = id(&receipts, 4, "@first");
    let versions: Vec<Json> = export(&program, "evidence").iter().map(|one| one["version_of"].clone()).collect();
    assert_eq!(versions[2], first);
}

#[test]
fn what_somebody_decided_stays_though_evidence_comes_and_the_script_is_told() {
    let (program, made) = branch();
    program.apply(json!([
        { "do": "make_checklists", "template": "六有", "organisation_ids": [id(&made, 0, "@branch")], "year": 2026 },
    ]));
    let flag = item(&program, "有党旗").0;
    let receipts = program.apply(json!([
        { "do": "edit_checklist_items", "ids": [flag], "set": { "state": "not_applicable", "reason": "与社区共用" } },
        { "do": "add_evidence", "item_id": flag, "evidence": [{ "title": "合用协议" }] },
    ]));
    let told = "“有党旗”是手工标的“不适用”，有了材料也不变；要按材料算，请恢复自动";
    assert_eq!((receipts[0].get("warnings"), &receipts[1]["warnings"]), (None, &json!([told])));
    program.write("党旗.txt", "照片");
    let attach = ["attach", "党旗.txt", "--workbook", "支部.bdk", "--item", &flag];
    assert_eq!(program.well(&attach), format!("附材料 1 件：有党旗\n{told}\n"));
    assert_eq!(program.json(&attach)["warnings"], json!([told]));
    program.apply(json!([{ "do": "edit_checklist_items", "ids": [flag], "set": { "state": "missing" } }]));
    assert_eq!(program.well(&attach), "附材料 1 件：有党旗，“缺”改为自动\n");
    assert_eq!(item(&program, "有党旗").1, "have");
}

#[test]
fn what_a_disk_refuses_is_told_in_a_sentence_and_leaves_nothing_half() {
    use crate::support::trouble::Trouble;

    let test = "archive_line::what_a_disk_refuses_is_told_in_a_sentence_and_leaves_nothing_half";
    let prepare = |folder: &std::path::Path| {
        let program = Program::in_folder(folder);
        program.well(&["new", "支部.bdk"]);
        program.apply(json!([
            { "do": "add_organisation", "ref": "@branch", "set": { "name": "机关第一党支部" } },
            { "do": "make_checklists", "template": "六有", "organisation_ids": ["@branch"], "year": 2026 },
        ]));
        let (place, _) = item(&program, "有场所");
        program.write("会议室.txt", "活动室照片");
        program.well(&["attach", "会议室.txt", "--workbook", "支部.bdk", "--item", &place]);
        let bytes: Vec<u8> = (0..100_000_u32).flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        std::fs::write(program.path("录像.bin"), bytes).expect("written");
        program.write("编号.txt", &place);
        (program.dump("支部.bdk"), program.files())
    };
    for trouble in [Trouble::Forbidden, Trouble::Protected, Trouble::NoRoom(0), Trouble::NoRoom(120)] {
        let suffer = |folder: &std::path::Path| {
            let program = Program::in_folder(folder);
            let place = program.read("编号.txt");
            for (words, told) in REFUSED {
                let words = if words[0] == "attach" { [words, &[&*place]].concat() } else { words.to_vec() };
                let sentence = program.fails(&words, 1);
                assert!(sentence.starts_with(told), "{sentence}");
                let next = ["腾出空间", "换一个", "检查", "取消只读"].iter().any(|next| sentence.contains(next));
                assert!(next && !sentence.contains("rror") && !sentence.contains("程序出了差错"), "{sentence}");
            }
        };
        trouble.befall(test, prepare, suffer, |folder, (dump, files)| {
            let program = Program::in_folder(folder);
            assert_eq!(program.dump("支部.bdk"), dump, "{trouble:?}");
            let verified = program.well(&["verify", "--attachments", "--workbook", "支部.bdk"]);
            assert_eq!(verified, "附件 1 个都和附上时一样\n", "{trouble:?}");
            assert_eq!(program.files(), files, "{trouble:?}");
        });
    }
}

#[test]
fn what_a_script_gets_wrong_is_told_before_anything_is_written() {
    let (program, made) = branch();
    let branch = id(&made, 0, "@branch");
    let make = |template: &str| {
        json!({ "do": "make_checklists", "template": template, "organisation_ids": [branch],
        "year": 2026 })
    };
    program.apply(json!([make("六有"), make("支部档案")]));
    program.write("会议室.txt", "活动室照片");
    let (place, _) = item(&program, "有场所");
    let book = ["--workbook", "支部.bdk"];
    for (words, code, told) in [
        (&["attach", "没有.txt", "--item", &place][..], 1, "没有附上：“没有.txt”：找不到文件或文件夹"),
        (&["attach", ".", "--item", &place], 1, "没有附上"),
        (&["attach", "会议室.txt", "--item", "123"], 1, "没有附上：没有编号为 123 的清单项"),
        (&["attach", "会议室.txt", "--item", "有场所"], 2, "--item <编号> 不能是“有场所”"),
        (&["attach", "会议室.txt"], 2, "还缺 --item"),
        (&["attach", "会议室.txt", "--item", &place, "--talk", "7"], 2, "不能同时用"),
        (&["verify"], 2, "还缺 --attachments"),
        (&["print", "checklist", "--year", "2026", "--out", "单.pdf"], 2, "机关第一党支部 六有"),
        (&["print", "checklist", "--year", "2020", "--out", "单.pdf"], 1, "2020 年没有这样的清单"),
        (&["print", "gaps", "--template", "八有", "--out", "单.pdf"], 2, "没有名为“八有”的清单模板"),
        (&["print", "gaps", "--year", "今年", "--out", "单.pdf"], 2, "年份写成 2026 的样子"),
        (&["print", "gaps", "--out", "单.txt"], 2, "文件名请以 .pdf 结尾"),
        (&["export", "gaps", "--org", "机关第九党支部", "--out", "单.csv"], 2, "没有名为“机关第九党支部”的党组织"),
        (&["pack", "--year", "2020", "--out", "包"], 1, "2020 年没有档案清单"),
        (&["print", "gaps", "--year", "2020", "--out", "单.pdf"], 1, "2020 年没有档案清单"),
        (&["print", "gaps", "--checklist", "7", "--out", "单.pdf"], 1, "没有编号为 7 的清单"),
        (&["export", "gaps", "--year", "2020", "--out", "单.csv"], 1, "2020 年没有档案清单"),
        (&["pack", "--year", "2026", "--out", "没有/包"], 1, "没有做检查包"),
        (&["pack", "--year", "2026", "--org", "机关第九党支部", "--out", "包"], 2, "没有名为“机关第九党支部”的党组织"),
    ] {
        let sentence = program.fails(&[words, &book].concat(), code);
        assert!(sentence.contains(told), "{words:?}: {sentence}");
    }
    let files = program.files();
    assert!(!files.iter().any(|name| name.starts_with('包') || name.starts_with('单')), "{files:?}");
    assert!(!files.contains(&"支部.附件.bdk".to_owned()), "{files:?}");
    #[cfg(unix)]
    {
        // A pipe that nobody writes to has no end.
        let made = std::process::Command::new("mkfifo").arg(program.path("管道")).status().expect("mkfifo");
        assert!(made.success());
        let refused = program.fails(&["attach", "管道", "--workbook", "支部.bdk", "--item", &place], 1);
        assert!(refused.contains("“管道”不是普通文件"), "{refused}");
    }
}
