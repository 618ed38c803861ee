//! Talks as a script writes them: what it is warned of, what it is told where it is wrong, what the journal shows after.

use serde_json::{Value, json};

use crate::support::program::Program;

/// A branch with a secretary, a member, one who came in November, one who died, one who left for another place.
fn branch() -> Program {
    let program = Program::with_workbook();
    let member = |reference: &str, set: Value| json!({ "do": "add_member", "ref": reference, "branch_id": "@branch", "set": set });
    program.apply(json!([
        { "do": "add_organisation", "ref": "@branch", "set": { "name": "机关第一党支部", "founded": "1995-10" } },
        member("@chen", json!({ "name": "陈志远", "joined": "1995-07-01", "party_post": "书记" })),
        member("@zhao", json!({ "name": "赵永强", "joined": "2006-07-01" })),
        member("@fan", json!({ "name": "范春梅", "joined": "2016-07-01", "transfer_in": "2025-11-01" })),
        member("@he", json!({ "name": "何静", "joined": "1970-07-01" })),
        member("@ma", json!({ "name": "马晓东", "joined": "2001-07-01" })),
        { "do": "end_membership", "ids": ["@he"], "how": "死亡", "on": "2025-05-01" },
        { "do": "end_membership", "ids": ["@ma"], "how": "转出", "on": "2025-06-01", "place": "白石县民政局党支部" },
    ]));
    program
}

impl Program {
    fn id_of(&self, name: &str) -> String {
        let found = self.json(&["search", name, "--workbook", "支部.bdk"]);
        found[0]["id"].as_str().expect("an id").to_owned()
    }

    /// A talk of the secretary, last July.
    fn talk_with(&self, partner: &str, more: Value) -> Value {
        let mut talk = json!({
            "do": "record_talk", "ref": "@talk", "organisation_id": self.id_of("机关第一党支部"), "held_on": "2025-07-15",
            "type": "T01", "talker_ids": [self.id_of("陈志远")], "partner_ids": [self.id_of(partner)],
        });
        talk.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        talk
    }

    fn refused(&self, commands: &Value) -> String {
        self.write("命令.json", &commands.to_string());
        self.fails(&["apply", "--workbook", "支部.bdk", "--from", "命令.json"], 1)
    }
}

#[test]
fn a_talk_that_can_hardly_be_is_written_with_a_warning_as_the_form_gives_it() {
    let program = branch();
    let warned = |partner: &str, more: Value| {
        let receipts = program.apply(json!([program.talk_with(partner, more)]));
        assert!(receipts[0]["entry"].is_string(), "it is written all the same");
        receipts[0]["warnings"].clone()
    };
    let told = json!(["谈话 2025-001：范春梅 2025-07-15 还不在册，2025-11-01 起才在"]);
    assert_eq!(warned("范春梅", json!({})), told);
    assert_eq!(warned("何静", json!({})), json!(["谈话 2025-002：何静 2025-07-15 已去世"]));
    assert_eq!(warned("马晓东", json!({})), json!(["谈话 2025-003：马晓东 2025-07-15 已转出"]));
    let hour = json!(["谈话 2025-004：时刻 25:99 不是一天里的时间，请核对"]);
    assert_eq!(warned("赵永强", json!({ "time": "25:99" })), hour);
    let several = json!({ "time": "下午", "mode": "一对一", "partners": ["王芳（群众）"] });
    assert_eq!(warned("赵永强", several), json!(["谈话 2025-005：谈话方式是一对一，谈话对象有 2 人，请核对"]));
    let fine = json!({ "time": "9:30", "mode": "一对多", "partners": ["王芳（群众）"] });
    assert_eq!(warned("赵永强", fine), Value::Null);
    assert_eq!(warned("赵永强", json!({})), Value::Null, "nothing to look at: the receipt is what it always was");
    let old = warned("赵永强", json!({ "held_on": "1900-01-01" }));
    assert!(old[0].as_str().expect("a sentence").starts_with("谈话 1900-001：谈话时间 1900-01-01 是 12"), "{old}");
}

#[test]
fn whoever_is_written_as_in_no_roster_and_bears_a_name_of_it_is_warned_of() {
    let program = branch();
    let warned = |partner: &str| {
        let of_names = json!({ "partner_ids": [], "partners": [partner] });
        program.apply(json!([program.talk_with("赵永强", of_names)]))[0]["warnings"].clone()
    };
    assert_eq!(warned("赵永强"), json!(["谈话 2025-001：名册里有“赵永强”，写成名册外的人不计入覆盖"]));
    let same = |number: &str| json!([format!("谈话 {number}：谈话人和谈话对象都是“陈志远”，请核对是不是同一个人")]);
    assert_eq!(warned("陈志远"), same("2025-002"));
    assert_eq!(warned("陈志远（书记）"), same("2025-003"));
    assert_eq!(
        [warned("何静"), warned("王芳（群众）")],
        [Value::Null, Value::Null],
        "who had died, and who is in none"
    );
}

#[test]
fn warnings_come_with_corrections_in_one_entry_and_on_a_dry_run_too() {
    let program = branch();
    let made = program.apply(json!([program.talk_with("赵永强", json!({ "type": "T16" }))]));
    let id = made[0]["made"]["@talk"].as_str().expect("an id").to_owned();
    program.apply(json!([{ "do": "set_talk_type", "code": "T16", "removed": true }]));
    let edit = json!([{ "do": "edit_talk", "id": id, "set": { "partner_ids": [program.id_of("何静")] } }]);
    program.write("改.json", &edit.to_string());
    for more in [&["--dry-run"][..], &["--as-one", "改正"]] {
        let call = [&["apply", "--workbook", "支部.bdk", "--from", "改.json"][..], more].concat();
        let receipts: Value = serde_json::from_str(&program.well(&call)).expect("receipts");
        let told = ["谈话 2025-001：谈话类型“离退休谈话、老党员走访”已经停用", "谈话 2025-001：何静 2025-07-15 已去世"];
        assert_eq!(receipts[0]["warnings"], json!(told), "{more:?}");
    }
}

#[test]
fn what_a_script_writes_wrong_is_told_in_chinese_with_its_place() {
    let program = branch();
    let fine = program.talk_with("赵永强", json!({}));
    let told = |more: Value| program.refused(&json!([fine, program.talk_with("赵永强", more)]));
    for (more, why) in [
        (json!({ "contents": "三件事" }), "第 2 条命令：没有“contents”这个字段，可以写的有 organisation_id、number"),
        (
            json!({ "held_on": "2025.7.15" }),
            "第 2 条命令：held_on：“2025.7.15”不是日期（写成 2019-07-01、2019-07 或 2019）",
        ),
        (json!({ "topic": "三件\0事" }), "第 2 条命令：topic 里有不能保存的空字符"),
        (json!({ "partners": ["王\0芳"] }), "第 2 条命令：partners 里有不能保存的空字符"),
        (json!({ "number": 36 }), "第 2 条命令：number：应写文字（用引号括起来），写的是数字 36"),
        (json!({ "follow_ups": [{ "measure": 1 }] }), "第 2 条命令：follow_ups 第 1 项的 measure：应写文字"),
        (json!({ "ref": "@二", "do": "record_tak" }), "第 2 条命令：没有“record_tak”这种命令"),
    ] {
        let sentence = told(more);
        assert!(sentence.contains(why), "{sentence}");
        assert!(
            !["unknown", "invalid", "expected", "missing"].iter().any(|word| sentence.contains(word)),
            "{sentence}"
        );
    }
    let made = program.apply(json!([fine]));
    let edit = json!([{ "do": "edit_talk", "id": made[0]["made"]["@talk"], "set": { "place": ["谈心室"] } }]);
    assert!(
        program.refused(&edit).contains("第 1 条命令：读不懂要改的内容：place：应写文字（用引号括起来），写的是数组")
    );
}

#[test]
fn a_step_of_many_commands_has_a_reason() {
    let program = branch();
    program.write("命令.json", &json!([program.talk_with("赵永强", json!({}))]).to_string());
    let before = program.dump("支部.bdk");
    for reason in ["", "  "] {
        let call = ["apply", "--workbook", "支部.bdk", "--from", "命令.json", "--as-one", reason];
        assert!(program.fails(&call, 2).contains("--as-one 后面没有写事由"));
    }
    assert_eq!(program.dump("支部.bdk"), before);
}

#[test]
fn what_was_said_before_a_talk_was_restricted_stays_in_the_file_and_is_shown_nowhere() {
    let program = branch();
    let follow_up = json!([{ "measure": "减少夜班" }, { "measure": "联系县医院复查" }]);
    let talk =
        program.talk_with("赵永强", json!({ "topic": "近况", "content": "确诊糖尿病", "follow_ups": follow_up }));
    let made = program.apply(json!([talk]));
    let id = made[0]["made"]["@talk"].as_str().expect("an id").to_owned();
    program.well(&["export", "talks", "--workbook", "支部.bdk", "--out", "前.json"]);
    let talks: Value = serde_json::from_str(&program.read("前.json")).expect("JSON");
    let measure = &talks[0]["follow_ups"][1]["id"];
    let receipts = program.apply(json!([
        { "do": "snooze_work", "work": format!("follow_up:{}", measure.as_str().expect("an id")), "until": "2199-01-01",
            "reason": "等消息" },
        { "do": "close_follow_up", "id": measure, "done_on": talks[0]["held_on"] },
        { "do": "close_follow_up", "id": measure },
    ]));
    let titles: Vec<&str> =
        receipts.as_array().expect("receipts").iter().filter_map(|it| it["title"].as_str()).collect();
    assert_eq!(
        titles,
        [
            "推迟到 2199-01-01：谈话跟进：2025-001 第 2 项（等消息）",
            "办结跟进：谈话 2025-001 第 2 项",
            "重新打开跟进：谈话 2025-001 第 2 项"
        ],
        "titles stay as they are: none tells what was said"
    );
    let refused = program.refused(&json!([{ "do": "edit_talk", "id": id, "set": { "type": "T14" } }]));
    assert!(refused.contains("这类谈话只存时间、主题和人员，不存谈话内容、跟进"), "{refused}");
    let set = json!({ "type": "T14", "content": null, "follow_ups": null });
    let receipts = program.apply(json!([{ "do": "edit_talk", "id": id, "set": set }]));
    assert_eq!(receipts[0]["title"], "改谈话 2025-001，原内容仍在历史中");

    let all_history = program.json(&["history", "--workbook", "支部.bdk"]).to_string();
    let history = program.json(&["history", "--workbook", "支部.bdk", "--record", &id]).to_string();
    assert!(history.contains("谈话内容：受限类型，不显示（5 字） → —"), "{history}");
    program.well(&["export", "talks", "--workbook", "支部.bdk", "--out", "谈话.json"]);
    program.well(&["export", "journal", "--workbook", "支部.bdk", "--out", "记录.json"]);
    let found = program.well(&["search", "糖尿病", "--workbook", "支部.bdk"]);
    let shown = [history, all_history, found, program.read("谈话.json"), program.read("记录.json")];
    for text in shown.iter().chain([&program.dump("支部.bdk")]) {
        assert!(!text.contains("确诊") && !text.contains("县医院"), "{text}");
    }
    program.apply(json!([{ "do": "remove_talk", "id": id }]));
    let history = program.well(&["history", "--workbook", "支部.bdk", "--record", &id]);
    assert!(!history.contains("确诊") && !history.contains("县医院"), "nor when it is gone: {history}");
    program.well(&["undo", "--workbook", "支部.bdk"]);
    program.well(&["undo", "--workbook", "支部.bdk"]);
    let again = program.well(&["search", "糖尿病", "--workbook", "支部.bdk"]);
    assert!(again.contains("确诊“糖尿病”"), "the undo brings it back: {again}");
    let history = program.well(&["history", "--workbook", "支部.bdk", "--record", &id]);
    assert!(history.contains("谈话内容：— → 确诊糖尿病"), "{history}");
}

#[test]
fn talks_are_found_by_the_name_of_their_type_before_those_that_speak_of_it() {
    let program = branch();
    let talk = |partner: &str, more: Value| {
        let mut talk = program.talk_with(partner, more);
        talk.as_object_mut().expect("an object").remove("ref");
        talk
    };
    program.apply(json!([
        talk("赵永强", json!({ "type": "T12", "topic": "谈话" })),
        talk("范春梅", json!({ "held_on": "2025-12-01", "content": "说明什么情况下会诫勉谈话" })),
    ]));
    for text in ["诫勉谈话", "诫勉"] {
        let found = program.json(&["search", text, "--workbook", "支部.bdk"]);
        let hits: Vec<_> =
            found.as_array().expect("hits").iter().map(|hit| (&hit["number"], &hit["snippet"])).collect();
        assert_eq!(hits[0], (&json!("2025-001"), &json!("类型 诫勉谈话")), "{text}");
        assert_eq!((hits.len(), hits[1].0), (2, &json!("2025-002")), "{text}");
    }
}

#[test]
fn a_record_that_is_not_there_has_no_history() {
    let program = branch();
    let sentence = program.fails(&["history", "--workbook", "支部.bdk", "--record", "12345"], 1);
    assert_eq!(sentence.trim_end(), "没有列出：工作簿里没有编号为 12345 的记录。编号看 search 或 export 的结果。");
}

#[test]
fn an_undo_that_would_keep_everything_is_refused_and_leaves_no_entry() {
    let program = branch();
    let made = program.apply(json!([program.talk_with("赵永强", json!({}))]));
    let entry = made[0]["entry"].as_str().expect("an entry");
    program.apply(json!([{ "do": "edit_talk", "id": made[0]["made"]["@talk"], "set": { "topic": "近况" } }]));
    let before = program.json(&["history", "--workbook", "支部.bdk"]);
    let call = ["undo", "--workbook", "支部.bdk", "--entry", entry, "--keep-changed"];
    let sentence = program.fails(&call, 1);
    assert!(sentence.contains("写下的内容后来都改过或还用着，没有可以单独撤销的部分"), "{sentence}");
    assert_eq!(program.json(&["history", "--workbook", "支部.bdk"]), before);
}

/// Whoever tries what the help shows must not be refused.
#[test]
fn the_example_that_the_help_of_apply_shows_is_taken() {
    let program = Program::with_workbook();
    let help = program.well(&["apply", "--help"]);
    let (_, example) = help.split_once("命令.json（").expect("an example");
    let from = example.find('[').expect("a list");
    let to = example.find("\n\n").expect("its end");
    let receipts = program.apply(serde_json::from_str(&example[from..to]).expect("JSON"));
    assert_eq!(receipts.as_array().map(Vec::len), Some(4));
    let found = program.well(&["search", "夜班安排", "--workbook", "支部.bdk"]);
    assert!(found.contains("张三 和 李四"), "{found}");
}
