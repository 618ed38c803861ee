//! The command line as scripts use it: what it says, how it ends, and that nothing is half-written.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::pdf::pages;
use crate::support::program::Program;

/// Two branches of one name below two general branches, and four members.
fn two_bureaus() -> (Program, Value) {
    let program = Program::with_workbook();
    let receipts = program.apply(json!([
        { "do": "add_organisation", "ref": "@a", "set": { "name": "甲局党总支" } },
        { "do": "add_organisation", "ref": "@b", "set": { "name": "乙局党总支" } },
        { "do": "add_organisation", "ref": "@a1", "parent_id": "@a", "set": { "name": "机关党支部" } },
        { "do": "add_organisation", "ref": "@b1", "parent_id": "@b", "set": { "name": "机关党支部" } },
        { "do": "add_member", "ref": "@lin", "branch_id": "@a1", "set": {
            "name": "林秀英", "sex": "女", "birth": "1981-05-21", "id_number": "110000198105210020",
            "phone": "13800000066", "joined": "2006-12-08", "full": "2007-12-08", "education": "大学" } },
        { "do": "add_member", "ref": "@ma", "branch_id": "@a1", "set": {
            "name": "马晓东", "sex": "男", "birth": "1985-09", "joined": "2009-07-01", "full": "2010-07-01" } },
        { "do": "add_member", "branch_id": "@b1", "set": { "name": "何静", "sex": "女", "joined": "2025-12" } },
        { "do": "add_member", "branch_id": "@b1", "set": { "name": "周国华", "applied": "2026-03-01" } },
    ]));
    (program, receipts)
}

fn made(receipts: &Value, name: &str) -> String {
    let all = receipts.as_array().expect("receipts");
    let found = all.iter().find_map(|receipt| receipt["made"][name].as_str());
    found.unwrap_or_else(|| panic!("{name} was made")).to_owned()
}

#[test]
fn commands_of_a_file_refer_to_what_earlier_ones_made() {
    let (program, receipts) = two_bureaus();
    assert_eq!(receipts[4]["title"], "新增党员 林秀英");
    assert_eq!(receipts[4]["made"].as_object().map(|made| made.len()), Some(1));
    let branch = made(&receipts, "@a1");
    program.well(&["export", "members", "--workbook", "支部.bdk", "--out", "党员.json", "--unmasked"]);
    let members: Value = serde_json::from_str(&program.read("党员.json")).expect("JSON");
    let lin = &members[0];
    assert_eq!(lin["id"], json!(made(&receipts, "@lin")));
    assert_eq!((&lin["branch"], &lin["branch_id"]), (&json!("机关党支部"), &json!(branch)));
    assert_eq!((&lin["education"], &lin["education_text"]), (&json!("大学本科"), &json!("大学")));
    assert_eq!(members[1]["birth"], "1985-09", "the precision that was written");
    assert_eq!(members[2].get("sex"), Some(&json!("女")));
    assert_eq!(members[3]["category"], "入党申请人");
    assert!(members[3].get("joined").is_none(), "what has no value is left out");
}

#[test]
fn a_file_of_commands_is_written_whole_or_not_at_all() {
    let (program, _) = two_bureaus();
    let before = program.dump("支部.bdk");
    program.write(
        "坏.json",
        &json!([
            { "do": "add_organisation", "ref": "@c", "set": { "name": "丙局党总支" } },
            { "do": "add_member", "branch_id": "@c", "set": { "name": "张三", "sex": "大" } },
        ])
        .to_string(),
    );
    let sentence = program.fails(&["apply", "--workbook", "支部.bdk", "--from", "坏.json"], 1);
    assert!(sentence.contains("第 2 条命令") && sentence.contains("性别"), "{sentence}");
    assert_eq!(program.dump("支部.bdk"), before);
    for (text, told) in [
        ("[{\"do\": \"dance\"}]", "第 1 条命令"),
        ("[{\"do\": \"reopen_organisation\", \"id\": \"@nobody\"}]", "@nobody"),
        ("{}", "数组"),
        ("[", "JSON"),
    ] {
        program.write("坏.json", text);
        let sentence = program.fails(&["apply", "--workbook", "支部.bdk", "--from", "坏.json"], 1);
        assert!(sentence.contains(told), "{sentence}");
    }
    assert_eq!(program.dump("支部.bdk"), before);
}

#[test]
fn a_dry_run_says_what_would_be_and_writes_nothing() {
    let (program, _) = two_bureaus();
    let before = program.well(&["dump", "--workbook", "支部.bdk"]);
    program.write("新.json", &json!([{ "do": "add_organisation", "set": { "name": "丙局党总支" } }]).to_string());
    let said = program.well(&["apply", "--workbook", "支部.bdk", "--from", "新.json", "--dry-run"]);
    let receipts: Value = serde_json::from_str(&said).expect("receipts");
    assert_eq!(receipts[0]["title"], "新建党组织 丙局党总支");
    assert_eq!(receipts[0]["entry"], Value::Null);
    assert_eq!(program.well(&["dump", "--workbook", "支部.bdk"]), before);
}

#[test]
fn several_commands_as_one_are_one_step_back() {
    let (program, _) = two_bureaus();
    let before = program.dump("支部.bdk");
    program.write(
        "一起.json",
        &json!([
            { "do": "add_organisation", "ref": "@c", "set": { "name": "丙局党总支" } },
            { "do": "add_organisation", "ref": "@c1", "parent_id": "@c", "set": { "name": "丙局党支部" } },
            { "do": "add_member", "ref": "@x", "branch_id": "@c1", "set": { "name": "张三" } },
        ])
        .to_string(),
    );
    let said = program.well(&[
        "apply",
        "--workbook",
        "支部.bdk",
        "--from",
        "一起.json",
        "--as-one",
        "接收丙局",
        "--operator",
        "李敏",
    ]);
    let receipts: Value = serde_json::from_str(&said).expect("receipts");
    assert_eq!(receipts.as_array().map(Vec::len), Some(1));
    assert_eq!(receipts[0]["made"].as_object().map(|made| made.len()), Some(3));
    let diary = program.json(&["history", "--workbook", "支部.bdk"]);
    assert_eq!((&diary[0]["title"], &diary[0]["operator"]), (&json!("接收丙局"), &json!("李敏")));
    assert_eq!(program.well(&["undo", "--workbook", "支部.bdk"]), "撤销：接收丙局\n");
    assert_eq!(program.dump("支部.bdk"), before);
    assert_eq!(program.well(&["redo", "--workbook", "支部.bdk"]), "重做：接收丙局\n");
    assert_ne!(program.dump("支部.bdk"), before);
}

#[test]
fn an_undo_in_the_way_of_a_later_change_names_both_entries() {
    let (program, receipts) = two_bureaus();
    let lin = made(&receipts, "@lin");
    let first = program.apply(json!([{ "do": "edit_members", "ids": [lin], "set": { "unit": "人事股" } }]));
    program.apply(json!([{ "do": "edit_members", "ids": [lin], "set": { "job": "股长" } }]));
    let before = program.dump("支部.bdk");
    let entry = first[0]["entry"].as_str().expect("an entry");
    let sentence = program.fails(&["undo", "--workbook", "支部.bdk", "--entry", entry], 1);
    assert!(sentence.contains("修改 林秀英：工作单位") && sentence.contains("修改 林秀英：行政职务"), "{sentence}");
    assert_eq!(program.dump("支部.bdk"), before);
    let told = program.json(&["history", "--workbook", "支部.bdk", "--record", &lin]);
    assert!(told[0]["lines"].to_string().contains("行政职务：— → 股长"), "{told}");
    assert_eq!(told.as_array().map(Vec::len), Some(3), "added and edited twice");
}

#[test]
fn every_figure_is_the_number_of_its_rows() {
    let (program, receipts) = two_bureaus();
    let all = program.json(&["figures", "--workbook", "支部.bdk", "--as-of", "2026-11-24", "--rows"]);
    for figure in all.as_array().expect("figures") {
        let rows: BTreeSet<String> = figure["rows"].as_array().expect("rows").iter().map(Value::to_string).collect();
        // What is reckoned from counts counts nothing itself.
        if ["人", "个", "对", "项", "次", "人次"].contains(&figure["unit"].as_str().expect("a unit")) {
            assert_eq!(figure["value"], json!(rows.len()), "{figure}");
        } else {
            assert!(["党员.净增", "党员.增幅"].contains(&figure["name"].as_str().expect("a name")), "{figure}");
        }
        assert_eq!(figure["as_of"], "2026-11-24", "{figure}");
        assert!(figure["definition"].as_str().is_some_and(|text| text.contains("2026-11-24")), "{figure}");
    }
    let value = |arguments: &[&str]| {
        let all: Vec<&str> = ["figures", "--workbook", "支部.bdk"].iter().chain(arguments).copied().collect();
        program.json(&all)[0]["value"].clone()
    };
    assert_eq!(value(&["--name", "党员.总数", "--as-of", "2026-11-24"]), 3);
    assert_eq!(value(&["--name", "党员.总数", "--as-of", "2026-11-24", "--org", "乙局党总支/机关党支部"]), 1);
    assert_eq!(value(&["--name", "党员.总数", "--as-of", "2026-11-24", "--org", &made(&receipts, "@a")]), 2);
    assert_eq!(value(&["--name", "党员.总数", "--period", "2008"]), 1, "only one had joined by the end of 2008");
    assert_eq!(value(&["--name", "党员.预备", "--as-of", "2026-11-24"]), 1);
    assert_eq!(value(&["--name", "党员.净增", "--as-of", "2026-11-24"]), 0);
    assert_eq!(value(&["--name", "党员.净增", "--period", "2009"]), 1);
    assert_eq!(value(&["--name", "党员.增幅", "--period", "2009"]), json!(100.0));
    assert_eq!(value(&["--name", "发展党员.总数", "--period", "2009"]), 1);
    assert_eq!(value(&["--name", "入党.入党申请人", "--as-of", "2026-11-24"]), 1);
    let text = program.well(&["figures", "--workbook", "支部.bdk", "--period", "2009"]);
    assert!(text.contains("党员.净增：+1 人（净）\n党员.增幅：100.0%\n"), "{text}");
    assert!(program.fails(&["figures", "--workbook", "支部.bdk", "--name", "党员.高个子"], 2).contains("党员.高个子"));
}

#[test]
fn tables_of_figures_are_told_as_text_and_as_data() {
    let (program, _) = two_bureaus();
    let text =
        program.well(&["figures", "--workbook", "支部.bdk", "--as-of", "2026-11-24", "--cross", "性别:人员类别"]);
    assert!(text.contains("性别\t正式党员\t预备党员\t合计") && text.contains("合计\t2\t1\t3"), "{text}");
    for table in [
        &["--cross", "性别：学历"][..],
        &["--by-branch"],
        &["--by-branch", "年龄组"],
        &["--compare", "2026"],
        &["--groups"],
        &["--groups", "学历"],
    ] {
        let call: Vec<&str> = ["figures", "--workbook", "支部.bdk", "--as-of", "2026-11-24", "--rows"]
            .iter()
            .chain(table)
            .copied()
            .collect();
        let found = program.json(&call);
        let all = found.as_array().expect("figures");
        assert!(all.len() >= 8, "{table:?}: {}", all.len());
        for figure in all {
            assert_eq!(figure["value"], json!(figure["rows"].as_array().expect("rows").len()), "{figure}");
        }
    }
    let value = |year: &str, name: &str| {
        let call = ["figures", "--workbook", "支部.bdk", "--as-of", "2026-11-24", "--compare", year, "--name", name];
        program.json(&call)[0]["value"].clone()
    };
    assert_eq!((value("2026", "党员.本年末"), value("2026", "党员.增减差")), (json!(3), json!(0)));
    assert_eq!(value("2008", "党员.上年末"), json!(1));
    let fails = |table: &[&str]| {
        let call: Vec<&str> =
            ["figures", "--workbook", "支部.bdk", "--as-of", "2026-11-24"].iter().chain(table).copied().collect();
        program.fails(&call, 2)
    };
    assert!(fails(&["--cross", "性别:身高"]).contains("可用的统计项：人员类别、性别"));
    assert!(fails(&["--cross", "性别"]).contains("行和列"));
    assert!(fails(&["--cross", "性别:性别"]).contains("行和列都是“性别”"));
    assert!(fails(&["--compare", "2027"]).contains("2027 年还没有到"));
    assert!(fails(&["--compare", "2026", "--by-branch"]).contains("不能同时用"));
    assert!(fails(&["--groups", "--by-branch"]).contains("不能同时用"));
    assert!(fails(&["--groups", "身高"]).contains("可用的统计项"));
}

#[test]
fn tables_of_figures_are_exported_and_printed() {
    let (program, _) = two_bureaus();
    let export = |kind: &str, out: &str, more: &[&str]| {
        let call: Vec<&str> = ["export", kind, "--workbook", "支部.bdk", "--out", out, "--as-of", "2026-11-24"]
            .iter()
            .chain(more)
            .copied()
            .collect();
        program.well(&call)
    };
    assert!(export("cross", "交叉.csv", &["--cross", "性别:人员类别"]).contains("已导出交叉表"));
    assert!(program.read("交叉.csv").contains("性别,正式党员,预备党员,合计"));
    export("comparison", "对比.json", &["--compare", "2026"]);
    let found: Value = serde_json::from_str(&program.read("对比.json")).expect("JSON");
    let last = found.as_array().and_then(|all| all.last()).expect("a figure");
    assert_eq!((&last["name"], &last["value"], &last["rows"]), (&json!("党员.增减差"), &json!(0), &json!([])));
    export("by_branch", "支部.xlsx", &[]);
    export("annual", "年报.xlsx", &[]);
    export("groups", "年龄.csv", &[]);
    assert!(program.read("年龄.csv").contains("年龄组,合计,预备党员,男,女,少数民族,台湾省籍"));
    export("figures", "数字.csv", &[]);
    assert!(program.read("数字.csv").contains("党员.职业.不详"));
    for (form, more) in [
        ("annual", &[][..]),
        ("by_branch", &[]),
        ("comparison", &[]),
        ("cross", &["--cross", "年龄组:入党时期"]),
        ("groups", &[]),
    ] {
        let out = format!("{form}.pdf");
        let call: Vec<&str> = ["print", form, "--workbook", "支部.bdk", "--out", &out, "--as-of", "2026-11-24"]
            .iter()
            .chain(more)
            .copied()
            .collect();
        assert!(program.well(&call).contains("已写好"), "{form}");
    }
    let wrong = ["export", "members", "--workbook", "支部.bdk", "--out", "甲.csv", "--compare", "2026"];
    assert!(program.fails(&wrong, 2).contains("--compare"));
}

#[test]
fn an_ambiguous_organisation_ends_with_the_candidates() {
    let (program, _) = two_bureaus();
    let sentence = program.fails(&["figures", "--workbook", "支部.bdk", "--org", "机关党支部"], 2);
    assert!(sentence.contains("甲局党总支/机关党支部") && sentence.contains("乙局党总支/机关党支部"), "{sentence}");
    assert!(program.fails(&["figures", "--workbook", "支部.bdk", "--org", "丁局"], 2).contains("丁局"));
}

#[test]
fn a_search_finds_people_first_and_then_the_rest() {
    let (program, receipts) = two_bureaus();
    let found = program.json(&["search", "lxy", "--workbook", "支部.bdk"]);
    assert_eq!(found[0]["name"], "林秀英");
    assert_eq!((&found[0]["id"], &found[0]["kind"]), (&json!(made(&receipts, "@lin")), &json!("member")));
    for text in ["0066", "19810521", "林秀英", "linxiu"] {
        assert_eq!(program.json(&["search", text, "--workbook", "支部.bdk"])[0]["name"], "林秀英", "{text}");
    }
    let branches = program.json(&["search", "机关", "--workbook", "支部.bdk"]);
    let paths: Vec<&str> = branches.as_array().expect("hits").iter().filter_map(|hit| hit["path"].as_str()).collect();
    assert_eq!(paths, ["甲局党总支/机关党支部", "乙局党总支/机关党支部"]);
    assert_eq!(
        program.json(&["search", "机关", "--workbook", "支部.bdk", "--limit", "1"]).as_array().map(Vec::len),
        Some(1)
    );
    assert_eq!(program.json(&["search", "没有这个人", "--workbook", "支部.bdk"]), json!([]));
}

#[test]
fn lists_go_out_as_filtered_and_sorted_with_the_columns_asked_for() {
    let (program, _) = two_bureaus();
    let lines = |arguments: &[&str]| -> Vec<String> {
        let fixed =
            ["export", "members", "--workbook", "支部.bdk", "--out", "出.csv", "--force", "--as-of", "2026-11-24"];
        let all: Vec<&str> = fixed.iter().chain(arguments).copied().collect();
        program.well(&all);
        program.read("出.csv").trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
    };
    assert_eq!(
        lines(&["--columns", "name,branch", "--where", "sex=女"]),
        ["姓名,所在党支部", "林秀英,机关党支部", "何静,机关党支部"]
    );
    assert_eq!(
        lines(&["--columns", "name,age", "--sort", "-joined"]),
        ["姓名,年龄", "何静,", "马晓东,41", "林秀英,45", "周国华,"]
    );
    for (order, names) in [
        ("strokes", ["马晓东", "何静", "林秀英", "周国华"]),
        ("-姓氏笔画", ["周国华", "林秀英", "何静", "马晓东"]),
        ("pinyin", ["何静", "林秀英", "马晓东", "周国华"]),
        ("roster", ["林秀英", "马晓东", "何静", "周国华"]),
        ("-roster", ["周国华", "何静", "马晓东", "林秀英"]),
    ] {
        assert_eq!(lines(&["--columns", "name", "--sort", order])[1..], names, "{order}");
    }
    assert_eq!(
        lines(&["--columns", "name", "--where", "category=党员", "--where", "phone="]),
        ["姓名", "马晓东", "何静"]
    );
    assert_eq!(
        lines(&["--columns", "name,id_number", "--filter", "linxiuying"]),
        ["姓名,公民身份号码", "林秀英,110000********0020"]
    );
    assert_eq!(
        lines(&["--columns", "id_number,phone", "--filter", "林", "--unmasked"])[1],
        "110000198105210020,13800000066"
    );
    let sentence =
        program.fails(&["export", "members", "--workbook", "支部.bdk", "--out", "出2.csv", "--columns", "颜色"], 2);
    assert!(sentence.contains("颜色") && sentence.contains("id_number"), "{sentence}");
    assert!(!program.files().contains(&"出2.csv".to_owned()));
}

#[test]
fn lists_are_narrowed_by_every_operator_and_by_what_the_user_made() {
    let (program, _) = two_bureaus();
    program.write("特长.csv", "姓名,性别,出生日期,入党时间,特长\n林秀英,女,1981-05-21,2006-12-08,书法\n");
    program.well(&[
        "import",
        "特长.csv",
        "--workbook",
        "支部.bdk",
        "--org",
        "甲局党总支/机关党支部",
        "--operator",
        "李敏",
    ]);
    let names = |arguments: &[&str]| -> Vec<String> {
        let fixed = ["export", "members", "--workbook", "支部.bdk", "--out", "出.csv", "--force"];
        let day = ["--as-of", "2026-11-24", "--columns", "name"];
        program.well(&fixed.iter().chain(&day).chain(arguments).copied().collect::<Vec<_>>());
        program.read("出.csv").lines().skip(1).map(str::to_owned).collect()
    };
    for (condition, wanted) in [
        ("sex!=女", &["马晓东", "周国华"][..]),
        ("sex=", &["周国华"]),
        ("joined>=2009-07", &["马晓东", "何静"]),
        ("joined<=2009-07-01", &["林秀英", "马晓东"]),
        ("joined=*-12", &["林秀英", "何静"]),
        ("name^马", &["马晓东"]),
        ("特长~书", &["林秀英"]),
        ("特长!=书法", &["马晓东", "何静", "周国华"]),
        ("党龄>=17", &["林秀英"]),
        ("missing~民族", &["林秀英", "马晓东", "何静", "周国华"]),
    ] {
        assert_eq!(names(&["--where", condition]), wanted, "{condition}");
    }
    assert_eq!(names(&["--where", "sex=女", "--where", "joined!=*-12"]), Vec::<String>::new(), "both hold");
    let either = ["--where", "sex=男 或 党龄>=17"];
    assert_eq!(names(&either), ["林秀英", "马晓东"], "one of both holds");
    let other = [&either[..], &["--where", "birth!= 或 joined=2025", "--where", "name!=林秀英 或 sex=男"]].concat();
    assert_eq!(names(&other), ["马晓东"], "each of them holds");
    for (arguments, told) in [
        (&["--where", "颜色=红"][..], "没有名为“颜色”的字段"),
        (&["--where", "joined>=去年"], "“去年”不是日期"),
        (&["--saved", "重点"], "没有名为“重点”的筛选"),
        (&["--list", "生日"], "birthdays"),
        (&["--where", "sex=女 或 民族"], "条件“民族”要写成"),
        (&["--list", "lost", "--month", "2026-07"], "--month 只用于 --list birthdays"),
        (&["--month", "2026-07"], "--month 只用于 --list birthdays"),
        (&["--list", "birthdays", "--year", "2026"], "--year 只用于 export talks、export events、print talk"),
        (&["--list", "birthdays", "--month", "2026年7月"], "月份写成 2026-07"),
        (&["--list", "lost", "--saved", "重点"], "不能同时用"),
    ] {
        let fixed = ["export", "members", "--workbook", "支部.bdk", "--out", "无.csv"];
        let sentence = program.fails(&fixed.iter().chain(arguments).copied().collect::<Vec<_>>(), 2);
        assert!(sentence.contains(told), "{sentence}");
    }
    assert!(!program.files().contains(&"无.csv".to_owned()));
}

#[test]
fn a_kept_filter_and_a_ready_list_go_out_and_onto_paper() {
    let (program, _) = two_bureaus();
    let filter = json!({ "conditions": [{ "not": { "sex": "女" } }] }).to_string();
    program.apply(json!([{ "do": "set_settings", "set": { "filter.不是女的": filter } }]));
    let export = |arguments: &[&str]| -> Vec<String> {
        let fixed =
            ["export", "members", "--workbook", "支部.bdk", "--out", "出.csv", "--force", "--as-of", "2026-11-24"];
        program.well(&fixed.iter().chain(arguments).copied().collect::<Vec<_>>());
        program.read("出.csv").trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
    };
    assert_eq!(export(&["--saved", "不是女的", "--columns", "name"]), ["姓名", "马晓东", "周国华"]);
    assert_eq!(export(&["--saved", "不是女的", "--where", "joined!=", "--columns", "name"]), ["姓名", "马晓东"]);
    let birthdays = export(&["--list", "birthdays", "--month", "2026-12"]);
    assert_eq!(
        birthdays,
        [
            "姓名,性别,出生日期,入党时间,转正时间,党龄,所在党支部,联系电话",
            "林秀英,女,1981-05-21,2006-12-08,2007-12-08,18,机关党支部,138****0066",
            "何静,女,,2025-12,,,机关党支部,",
        ]
    );
    assert_eq!(export(&["--list", "probation"])[1], "何静,女,,2025-12,2026-12,,机关党支部,");
    let print = |arguments: &[&str]| {
        let fixed =
            ["print", "roster", "--workbook", "支部.bdk", "--out", "册.pdf", "--force", "--as-of", "2026-11-24"];
        program.json(&fixed.iter().chain(arguments).copied().collect::<Vec<_>>())
    };
    assert_eq!(print(&["--saved", "不是女的"])["pages"], 1);
    assert_eq!(print(&["--list", "birthdays", "--month", "2026-12"])["pages"], 1);
    for (form, arguments, told) in [
        ("summary", ["--list", "lost"], "只用于 print roster、card、names、birthdays"),
        ("terms", ["--month", "2026-07"], "只用于 print roster、card、names、birthdays"),
        ("names", ["--month", "2026-07"], "--month 只用于 --list birthdays"),
    ] {
        let fixed = ["print", form, "--workbook", "支部.bdk", "--out", "无.pdf"];
        let sentence = program.fails(&[&fixed[..], &arguments[..]].concat(), 2);
        assert!(sentence.contains(told), "{form}: {sentence}");
    }
    let log = program.json(&["history", "--workbook", "支部.bdk"]).to_string();
    assert!(log.contains("保存筛选“不是女的”"), "{log}");
}

#[test]
fn the_difference_between_two_days_goes_out() {
    let (program, receipts) = two_bureaus();
    program.apply(json!([
        { "do": "transfer_member", "ids": [made(&receipts, "@ma")], "to_id": made(&receipts, "@b1"), "on": "2026-03-02" },
        { "do": "end_membership", "ids": [made(&receipts, "@lin")], "how": "转出", "on": "2026-04", "place": "邻县" },
    ]));
    let out = |file: &str, arguments: &[&str]| {
        let fixed = ["export", "difference", "--workbook", "支部.bdk", "--out", file, "--force"];
        program.well(&fixed.iter().chain(arguments).copied().collect::<Vec<_>>());
    };
    let days = ["--from", "2025-12-31", "--to", "2026-11-24"];
    out("差.json", &days);
    let rows: Value = serde_json::from_str(&program.read("差.json")).expect("JSON");
    let told: Vec<_> =
        rows.as_array().expect("rows").iter().map(|row| (&row["kind"], &row["name"], &row["what"])).collect();
    assert_eq!(
        told,
        [
            (&json!("left"), &json!("林秀英"), &json!("转出")),
            (&json!("changed"), &json!("周国华"), &json!("新登记")),
            (&json!("changed"), &json!("马晓东"), &json!("党支部")),
        ]
    );
    assert_eq!((&rows[0]["after"], &rows[0]["on"]), (&json!("邻县"), &json!("2026-04")));
    let names = (&json!("甲局党总支/机关党支部"), &json!("乙局党总支/机关党支部"));
    assert_eq!((&rows[2]["before"], &rows[2]["after"]), names, "both are called the same");
    out("差.csv", &[&days[..], &["--org", "甲局党总支"]].concat());
    assert_eq!(
        program.read("差.csv").trim_start_matches('\u{feff}').lines().collect::<Vec<_>>(),
        [
            "类,姓名,人员类别,所在党支部,事项,之前,之后,日期",
            "减少,林秀英,正式党员,机关党支部,转出,,邻县,2026-04",
            "减少,马晓东,正式党员,机关党支部,转到其他党支部,,乙局党总支/机关党支部,2026-03-02",
        ]
    );
    out("差.xlsx", &days);
    for (arguments, code, told) in [
        (&["--to", "2026-11-24"][..], 2, "还缺 --from"),
        (&["--from", "2026-11-24", "--to", "2026-11-24"], 1, "要早于"),
        (&["--from", "2026-01-01", "--as-of", "2026-11-24"], 2, "不用 --as-of"),
        (&["--from", "2026-01-01", "--where", "sex=女"], 2, "只用于 export members"),
    ] {
        let fixed = ["export", "difference", "--workbook", "支部.bdk", "--out", "无.csv"];
        let sentence = program.fails(&fixed.iter().chain(arguments).copied().collect::<Vec<_>>(), code);
        assert!(sentence.contains(told), "{sentence}");
    }
}

#[test]
fn facts_and_the_journal_go_out_with_their_entries() {
    let (program, receipts) = two_bureaus();
    program.apply(json!([{ "do": "transfer_member", "ids": [made(&receipts, "@ma")], "to_id": made(&receipts, "@b1"), "on": "2026-03-02" }]));
    program.well(&["export", "facts", "--workbook", "支部.bdk", "--out", "事项.json"]);
    let facts: Value = serde_json::from_str(&program.read("事项.json")).expect("JSON");
    let of_ma: Vec<&Value> = facts
        .as_array()
        .expect("facts")
        .iter()
        .filter(|fact| fact["person"] == json!(made(&receipts, "@ma")))
        .collect();
    assert_eq!(of_ma.len(), 2);
    assert_eq!((&of_ma[0]["kind"], &of_ma[0]["to"]), (&json!("membership"), &json!("2026-03-02")));
    assert_eq!((&of_ma[1]["from"], &of_ma[1]["organisation"]), (&json!("2026-03-02"), &json!(made(&receipts, "@b1"))));
    program.well(&["export", "journal", "--workbook", "支部.bdk", "--out", "记录.json"]);
    let journal: Value = serde_json::from_str(&program.read("记录.json")).expect("JSON");
    let entries: BTreeSet<&str> =
        journal.as_array().expect("entries").iter().filter_map(|entry| entry["id"].as_str()).collect();
    assert!(of_ma.iter().all(|fact| fact["entry"].as_str().is_some_and(|entry| entries.contains(entry))));
    program.well(&["export", "organisations", "--workbook", "支部.bdk", "--out", "组织.json"]);
    let organisations: Value = serde_json::from_str(&program.read("组织.json")).expect("JSON");
    assert_eq!((&organisations[1]["parent"], &organisations[1]["members"]), (&json!("甲局党总支"), &json!(1)));
}

#[test]
fn findings_and_duplicates_are_told_and_go_out_masked() {
    let (program, receipts) = two_bureaus();
    program.apply(json!([
        { "do": "add_member", "ref": "@again", "branch_id": made(&receipts, "@b1"), "set": {
            "name": "马晓东", "birth": "1985-09-02", "joined": "2009-07-01", "full": "2010-06-30",
            "id_number": "110000198509020011" } },
    ]));
    let told = program.call(&["quality", "--workbook", "支部.bdk", "--org", "乙局党总支", "--as-of", "2026-11-24"]);
    assert_eq!(told.code, 1, "there are findings: {told:?}");
    assert!(
        told.out.contains("应当·预备期不足 1 处（《中国共产党发展党员工作细则》第三十二条（待核对）；2026-05-11 起为"),
        "{}",
        told.out
    );
    assert!(told.out.contains("  马晓东：转正时间 2010-06-30，预备期应到 2010-07-01"), "{}", told.out);
    program.well(&["export", "quality", "--workbook", "支部.bdk", "--out", "待核.json", "--as-of", "2026-11-24"]);
    let found: Value = serde_json::from_str(&program.read("待核.json")).expect("JSON");
    let short = found.as_array().expect("findings").iter().find(|one| one["rule"] == "member.probation.length");
    assert_eq!(short.map(|one| &one["level"]), Some(&json!("red")));
    program.well(&["export", "duplicates", "--workbook", "支部.bdk", "--out", "重复.json"]);
    let pairs: Value = serde_json::from_str(&program.read("重复.json")).expect("JSON");
    assert_eq!(pairs.as_array().map(Vec::len), Some(1));
    assert_eq!((&pairs[0]["sureness"], &pairs[0]["first_id"]), (&json!("sure"), &json!(made(&receipts, "@ma"))));
    assert_eq!(pairs[0]["second_id_number"], json!("110000********0011"));
    program.fails(
        &["export", "duplicates", "--workbook", "支部.bdk", "--out", "重复.json", "--force", "--sort", "name"],
        2,
    );
}

#[test]
fn the_diary_and_the_preview_of_an_import_never_tell_a_whole_number() {
    let (program, receipts) = two_bureaus();
    let lin = made(&receipts, "@lin");
    program.apply(json!([
        { "do": "edit_members", "ids": [&lin], "set": { "phone": "13800000077" } },
        { "do": "edit_organisation", "id": made(&receipts, "@a1"), "set": { "phone": "0571-88001234" } },
    ]));
    program.write(
        "名册.csv",
        "姓名,性别,出生日期,公民身份号码,联系电话,所在党支部\n\
         林秀英,女,1981-05-21,110000198105210020,13800000088,机关党支部\n\
         马晓东,男,1985-09-30,110000198509300031,,机关党支部\n",
    );
    let import = ["import", "名册.csv", "--workbook", "支部.bdk", "--org", "甲局党总支"];
    let preview = program.well(&[&import[..], &["--dry-run", "--json"]].concat());
    program.well(&import);
    let mut told = vec![preview, program.well(&["history", "--workbook", "支部.bdk"])];
    for record in [&lin, &made(&receipts, "@a1")] {
        let history = ["history", "--workbook", "支部.bdk", "--record", record];
        told.push(program.well(&history));
        told.push(program.json(&history).to_string());
    }
    for name in ["记录.csv", "记录.json"] {
        program.well(&["export", "journal", "--workbook", "支部.bdk", "--out", name]);
        told.push(program.read(name));
    }
    let all = told.join("\n");
    for number in ["110000198105210020", "110000198509300031", "13800000066", "13800000077", "13800000088", "88001234"]
    {
        assert!(!all.contains(number), "{number} in {all}");
    }
    for masked in ["138****0066 → 138****0077", "138****0077 → 138****0088", "110000********0031", "057******1234"]
    {
        assert!(all.contains(masked), "{masked} in {all}");
    }
}

#[test]
fn an_existing_file_is_replaced_only_when_asked_for() {
    let (program, _) = two_bureaus();
    program.write("花名册.csv", "别动");
    program.write("花名册.pdf", "别动");
    let export = ["export", "members", "--workbook", "支部.bdk", "--out", "花名册.csv"];
    let print = ["print", "roster", "--workbook", "支部.bdk", "--out", "花名册.pdf"];
    for (call, name) in [(export, "花名册.csv"), (print, "花名册.pdf")] {
        assert!(program.fails(&call, 1).contains("已经存在"));
        assert_eq!(program.read(name), "别动");
        program.well(&[&call[..], &["--force"]].concat());
        assert_ne!(std::fs::read(program.path(name)).expect("a file"), "别动".as_bytes());
    }
    assert!(program.fails(&["export", "members", "--workbook", "支部.bdk", "--out", "花名册.doc"], 2).contains(".csv"));
    assert!(
        program
            .fails(&["export", "members", "--workbook", "支部.bdk", "--out", "没有/花名册.csv"], 1)
            .contains("没有/花名册.csv")
    );
    assert!(program.fails(&["new", "支部.bdk"], 1).contains("已经存在"));
    assert!(program.files().iter().all(|name| !name.starts_with(".branchdesk")), "{:?}", program.files());
}

#[test]
fn a_roster_is_printed_in_the_order_asked_for() {
    let (program, _) = two_bureaus();
    let printed = |order: &[&str]| {
        let call = ["print", "roster", "--workbook", "支部.bdk", "--out", "花名册.pdf", "--force"];
        program.well(&[&call[..], order].concat());
        let pdf = std::fs::read(program.path("花名册.pdf")).expect("a PDF");
        let text = pages(&pdf).concat();
        let mut names = ["林秀英", "马晓东", "何静"];
        names.sort_by_key(|name| text.find(name).unwrap_or_else(|| panic!("{name} in {text}")));
        names
    };
    assert_eq!(printed(&[]), ["林秀英", "马晓东", "何静"]);
    assert_eq!(printed(&["--sort", "姓氏笔画"]), ["马晓东", "何静", "林秀英"]);
    assert_eq!(printed(&["--sort", "-strokes"]), ["林秀英", "何静", "马晓东"]);
    let summary = ["print", "summary", "--workbook", "支部.bdk", "--out", "汇总.pdf", "--sort", "strokes"];
    assert!(program.fails(&summary, 2).contains("print roster"));
}

#[test]
fn what_leaves_is_logged_and_waits_aside_while_somebody_else_writes() {
    use branchdesk::clock::Clock;
    use branchdesk::store::Key;
    use branchdesk::store::outputs::newest;
    use branchdesk::store::workbook::{Opened, ReadOnly, Workbook};

    let (program, _) = two_bureaus();
    let workbook = program.path("支部.bdk");
    let logged = || {
        let open = ReadOnly::open(&workbook, &Key::None).expect("readable");
        newest(open.reader(), 10)
            .expect("outputs")
            .into_iter()
            .map(|output| (output.what, output.masked))
            .collect::<Vec<_>>()
    };
    program.well(&["print", "summary", "--workbook", "支部.bdk", "--out", "汇总.pdf"]);
    assert!(std::fs::read(program.path("汇总.pdf")).expect("a PDF").starts_with(b"%PDF-"));
    assert_eq!(logged(), [("打印党员基本情况汇总 PDF".to_owned(), true)]);

    let held = Workbook::open(&workbook, Key::None, "王芳", Clock::System.now()).expect("opened");
    assert!(matches!(held, Opened::Writing(_)));
    program.write("空.json", "[]");
    let sentence = program.fails(&["apply", "--workbook", "支部.bdk", "--from", "空.json"], 1);
    assert!(sentence.contains("王芳"), "{sentence}");
    assert!(program.fails(&["undo", "--workbook", "支部.bdk"], 1).contains("王芳"));
    program.well(&["figures", "--workbook", "支部.bdk"]);
    program.well(&["export", "members", "--workbook", "支部.bdk", "--out", "花名册.xlsx", "--unmasked"]);
    assert_eq!(logged().len(), 1);
    drop(held);
    program.apply(json!([]));
    assert_eq!(logged()[0], ("导出党员 XLSX".to_owned(), false));
}

#[test]
fn a_damaged_workbook_is_found_out() {
    let (program, _) = two_bureaus();
    assert_eq!(program.well(&["check", "--workbook", "支部.bdk"]), "文件、操作记录和数字都完好\n");
    let connection = rusqlite::Connection::open(program.path("支部.bdk")).expect("opened");
    connection.execute("UPDATE entry SET title = '什么也没做' WHERE id = 6", []).expect("changed");
    drop(connection);
    let answer = program.call(&["check", "--workbook", "支部.bdk"]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.contains("第 6 步"), "{}", answer.out);
}

/// What no program of ours writes, but a damaged stick or a meddler may.
const IMPOSSIBLE: [&str; 12] = [
    "UPDATE organisation SET parent = id",
    "UPDATE organisation SET parent = (SELECT max(id) FROM organisation) WHERE parent IS NULL",
    "UPDATE organisation SET kind = '集团', position = 9223372036854775807",
    "UPDATE organisation SET founded = 99999999",
    "UPDATE person SET birth = 20190230, joined = -1, \"full\" = 99",
    "UPDATE person SET category_told = '大人物', category_told_on = 5",
    "UPDATE fact SET from_day = 12, to_day = 9223372036854775807, position = 9223372036854775807",
    "UPDATE fact SET organisation = NULL, value = NULL",
    "UPDATE entry SET reverts = id, at = 9223372036854775807",
    "UPDATE entry SET reverts = (SELECT max(id) FROM entry), undo = 'no'",
    "UPDATE entry_block SET payload = x'28b52ffd00'; UPDATE entry SET chain = x''",
    "DELETE FROM workbook; DELETE FROM touched",
];

#[test]
fn a_workbook_with_what_cannot_be_ends_every_call_with_a_sentence() {
    let (program, receipts) = two_bureaus();
    let lin = made(&receipts, "@lin");
    let calls: [&[&str]; 6] = [
        &["check"],
        &["history", "--record", &lin],
        &["figures", "--as-of", "2026-11-24"],
        &["export", "members", "--out", "出.csv", "--force"],
        &["undo"],
        &["apply", "--from", "添.json"],
    ];
    program.write("添.json", &json!([{ "do": "add_organisation", "set": { "name": "丙局党总支" } }]).to_string());
    for (nth, damage) in IMPOSSIBLE.iter().enumerate() {
        for call in calls {
            std::fs::copy(program.path("支部.bdk"), program.path("坏.bdk")).expect("a copy");
            let connection = rusqlite::Connection::open(program.path("坏.bdk")).expect("opened");
            connection.execute_batch(&format!("PRAGMA foreign_keys = OFF; {damage}")).expect("damaged");
            drop(connection);
            let answer = program.call(&[call, &["--workbook", "坏.bdk"]].concat());
            assert!([0, 1].contains(&answer.code), "{nth} {call:?}: {answer:?}");
            assert!(
                !answer.err.contains("panicked") && !answer.err.contains("程序出了差错"),
                "{nth} {call:?}: {answer:?}"
            );
            assert!(answer.code == 1 || call[0] != "check", "{nth}: it is found: {answer:?}");
        }
    }
}

#[test]
fn a_day_that_cannot_be_stored_is_wrong_usage() {
    let (program, _) = two_bureaus();
    program.write("名册.csv", "姓名,性别,出生日期,入党时间,所在党支部\n张三,男,1985-09-30,2010-07-01,机关党支部\n");
    for day in ["0001-01-01", "-000500-01-01", "9999-12-31", "2026-11", "今天"] {
        let sentence = program.fails(&["import", "名册.csv", "--workbook", "支部.bdk", &format!("--day={day}")], 2);
        assert!(sentence.contains("2026-11-24 的样子"), "{sentence}");
    }
}

#[test]
fn what_is_no_workbook_is_told_in_one_sentence() {
    let program = Program::new();
    program.write("信.bdk", "这不是数据库，只是一封很长的信。".repeat(100).as_str());
    let other = rusqlite::Connection::open(program.path("别的.bdk")).expect("a database");
    other.execute_batch("CREATE TABLE note (text TEXT)").expect("a table");
    drop(other);
    for (name, told) in [("没有.bdk", "没有.bdk"), ("信.bdk", "不是本程序的文件"), ("别的.bdk", "别的程序的数据库")]
    {
        for call in [&["figures"][..], &["check"], &["undo"], &["dump"]] {
            let sentence = program.fails(&[call, &["--workbook", name]].concat(), 1);
            assert!(sentence.contains(told), "{call:?} {sentence}");
        }
    }
    assert_eq!(program.files().iter().filter(|name| name.ends_with(".bdk")).count(), 2, "nothing was made");
}

#[test]
fn an_import_with_open_questions_writes_the_rest_and_ends_with_three() {
    let program = Program::with_workbook();
    program.apply(json!([{ "do": "add_organisation", "set": { "name": "机关第一党支部" } }]));
    program.write("花名册.csv", "姓名,性别,出生日期,入党时间,工作单位\n林秀英,女,1981-05-21,2006.12,人事股\n马晓东,男,1985-09-30,2019.1,办公室\n");
    let preview =
        program.call(&["import", "花名册.csv", "--workbook", "支部.bdk", "--dry-run", "--actual", "读到", "--json"]);
    assert_eq!(preview.code, 3, "{}", preview.err);
    let actual: Value = serde_json::from_str(&program.read("读到/花名册.csv.actual.json")).expect("JSON");
    assert_eq!(actual["members"][0]["values"]["joined"], "2006-12");
    assert_eq!(actual["questions"][0]["choices"], json!(["2019-01", "2019-10"]));
    let told: Value = serde_json::from_str(&preview.out).expect("JSON");
    assert_eq!((&told["entry"], &told["counts"]["new"]), (&Value::Null, &json!(2)));

    let mut answers = told["questions"].clone();
    let written = program.call(&["import", "花名册.csv", "--workbook", "支部.bdk"]);
    assert_eq!(written.code, 3);
    assert!(written.out.starts_with("已导入党员 2 人：花名册.csv"), "{}", written.out);
    let asked = "待定：花名册.csv 第 3 行 入党时间 “2019.1”是 2019-01、还是 2019-10？";
    assert!(written.out.contains(asked), "{}", written.out);
    let joined = |name: &str| {
        program.well(&["export", "members", "--workbook", "支部.bdk", "--out", "出.json", "--force", "--filter", name]);
        let members: Value = serde_json::from_str(&program.read("出.json")).expect("JSON");
        members[0]["joined"].clone()
    };
    assert_eq!((joined("林秀英"), joined("马晓东")), (json!("2006-12"), Value::Null));

    answers[0]["answer"] = json!("2019-10");
    program.write("回答.json", &answers.to_string());
    program.well(&["import", "花名册.csv", "--workbook", "支部.bdk", "--answers", "回答.json"]);
    assert_eq!(joined("马晓东"), "2019-10");
    assert_eq!(program.well(&["undo", "--workbook", "支部.bdk"]), "撤销：导入 花名册.csv：新增 0 人，变更 1 人\n");
    assert_eq!(joined("马晓东"), Value::Null);
}

#[test]
fn a_roster_of_a_day_to_come_is_one_of_today_and_the_call_says_so() {
    let program = Program::with_workbook();
    program.write("花名册.csv", "姓名,性别,出生日期,入党时间,所在党支部\n林秀英,女,1981-05-21,2006.12,机关党支部\n");
    let said = program.well(&["import", "花名册.csv", "--workbook", "支部.bdk", "--day", "2199-01-01"]);
    assert!(said.contains("名册日期 2199-01-01 还没到，按 "), "{said}");
}

#[test]
fn nobody_is_told_to_be_missing_while_a_row_may_still_be_theirs() {
    let (program, _) = two_bureaus();
    program.write("名册.csv", "姓名,性别,民族,工作单位,所在党支部\n林秀英,女,汉族,人事股,机关党支部\n");
    let call = ["import", "名册.csv", "--workbook", "支部.bdk", "--org", "甲局党总支", "--dry-run"];
    let preview = program.call(&call);
    assert!(preview.code == 3 && preview.out.contains("待定 1 行"), "{}", preview.out);
    let json = program.call(&[&call[..], &["--json"]].concat());
    let told: Value = serde_json::from_str(&json.out).expect("JSON");
    let missing: Vec<&Value> = told["gone"].as_array().expect("people").iter().map(|gone| &gone["name"]).collect();
    assert_eq!((&told["counts"]["gone"], missing), (&json!(1), vec![&json!("马晓东")]));
}

#[test]
fn a_roster_that_is_none_is_refused_and_nothing_is_written() {
    let program = Program::with_workbook();
    program.write("物资.csv", "品名,数量,单价\n桌子,3,200\n椅子,12,80\n");
    let before = program.well(&["dump", "--workbook", "支部.bdk"]);
    assert!(
        program
            .fails(&["import", "物资.csv", "--workbook", "支部.bdk"], 1)
            .contains("没有找到党员花名册、党组织名册或谈心谈话台账的表头")
    );
    assert_eq!(program.well(&["dump", "--workbook", "支部.bdk"]), before);
    program.well(&["import", "物资.csv", "--workbook", "支部.bdk", "--dry-run", "--actual", "."]);
    assert!(program.read("物资.csv.actual.json").contains("\"none\""));
}

#[test]
fn the_practice_bureau_is_whole_and_the_same_seed_makes_it_again() {
    let program = Program::new();
    let files = program.json(&["demo", "--dir", "甲", "--seed", "3", "--day", "2026-11-24"]);
    program.well(&["demo", "--dir", "乙", "--seed", "3", "--day", "2026-11-24"]);
    let workbook = files["workbook"].as_str().expect("a path");
    let other = workbook.replacen('甲', "乙", 1);
    let dump = program.well(&["dump", "--workbook", workbook]);
    assert_eq!(dump, program.well(&["dump", "--workbook", &other]));
    for key in ["roster", "summary", "imported"] {
        assert!(program.path(files[key].as_str().expect("a path")).is_file(), "{key}");
    }
    program.well(&["check", "--workbook", workbook]);
    let total = program.json(&["figures", "--workbook", workbook, "--name", "党员.总数", "--as-of", "2026-11-24"]);
    assert_eq!(total[0]["value"], 182);
    assert!(program.fails(&["demo", "--dir", "甲"], 1).contains("已经存在"));
    let diary = program.json(&["history", "--workbook", workbook]);
    assert_eq!(diary[0]["title"], "调整党小组（6 人）");
    while program.call(&["undo", "--workbook", workbook]).code == 0 {}
    let organisations = program.dump(workbook);
    assert!(!organisations.contains("\"table\":\"person\""), "every step can be taken back");
}

#[test]
fn a_call_makes_a_backup_before_an_import_and_none_on_leaving() {
    let program = Program::with_workbook();
    program.write("命令.json", r#"[{"do": "add_organisation", "set": {"name": "机关第一党支部"}}]"#);
    program.well(&["apply", "--workbook", "支部.bdk", "--from", "命令.json"]);
    program.well(&["undo", "--workbook", "支部.bdk"]);
    program.well(&["redo", "--workbook", "支部.bdk"]);
    assert!(!program.path("备份").exists());
    program.write(
        "花名册.csv",
        "姓名,性别,出生日期,入党时间,所在党支部\n林秀英,女,1981-05-21,2006-12-08,机关第一党支部\n",
    );
    program.well(&["import", "花名册.csv", "--workbook", "支部.bdk"]);
    let backups: Vec<String> = std::fs::read_dir(program.path("备份"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(matches!(&backups[..], [one] if one.ends_with("_导入前.bdk")), "{backups:?}");
}

#[test]
fn a_generated_workbook_depends_on_its_seed_alone() {
    let program = Program::new();
    let dumps: Vec<String> = [("甲", "1"), ("乙", "1"), ("丙", "2")]
        .iter()
        .map(|(folder, seed)| {
            let made = program.json(&["demo", "--dir", folder, "--members", "700", "--seed", seed]);
            let path = made["workbook"].as_str().expect("a path").to_owned();
            program.well(&["check", "--workbook", &path]);
            program.well(&["dump", "--workbook", &path])
        })
        .collect();
    assert_eq!(dumps[0], dumps[1]);
    assert_ne!(dumps[0], dumps[2]);
    assert!(program.fails(&["demo", "--dir", "丁", "--members", "0"], 2).contains("1000000"));
}

#[test]
fn the_schema_lists_every_command() {
    let program = Program::new();
    let schema: Value = serde_json::from_str(&program.well(&["apply", "--schema"])).expect("JSON");
    let variants = schema["$defs"]["Command"]["oneOf"].as_array().expect("commands");
    let names: BTreeSet<&str> =
        variants.iter().filter_map(|variant| variant["properties"]["do"]["const"].as_str()).collect();
    for name in [
        "add_organisation",
        "edit_organisation",
        "move_organisation",
        "close_organisation",
        "add_member",
        "edit_members",
        "edit_cells",
        "transfer_member",
        "end_membership",
        "appoint",
        "end_post",
        "set_fact",
    ] {
        assert!(names.contains(name), "{name}");
    }
    assert!(variants.iter().all(|variant| variant["properties"]["ref"]["type"] == "string"));
}

#[test]
fn wrong_usage_ends_with_two_and_help_with_none() {
    let program = Program::new();
    for call in
        [&["dance"][..], &["check"], &["export", "members", "--workbook", "a.bdk"], &["demo", "--members", "many"]]
    {
        assert!(program.fails(call, 2).starts_with("命令写得不对"));
    }
    assert!(program.well(&["--help"]).contains("导入党员花名册"));
    assert!(program.well(&["--version"]).starts_with("branchdesk "));
}

#[test]
fn what_happened_to_people_is_handed_out_as_it_was_recorded() {
    let (program, receipts) = two_bureaus();
    let (lin, branch, other) = (made(&receipts, "@lin"), made(&receipts, "@a1"), made(&receipts, "@b1"));
    program.apply(json!([
        { "do": "record_event", "ids": [lin], "kind": "honour", "on": "2025-07", "value": "优秀共产党员" },
        { "do": "record_event", "ids": [lin], "kind": "transfer_within", "on": "2026-05-01", "branch_id": other,
            "document": "内转012号", "until": "2026-08-01", "receipt": "2026-05-20", "note": "调动" },
    ]));
    let events = |more: &[&str]| -> Vec<Value> {
        let all = ["export", "events", "--workbook", "支部.bdk", "--out", "大事.json", "--force"];
        program.well(&all.iter().chain(more).copied().collect::<Vec<_>>());
        serde_json::from_str(&program.read("大事.json")).expect("JSON")
    };
    let all = events(&[]);
    assert_eq!(all.len(), 2);
    let mut moved = all[1].clone();
    assert!(moved["id"].is_string());
    moved["id"] = Value::Null;
    assert_eq!(
        moved,
        json!({ "id": null, "person": lin, "person_name": "林秀英", "kind": "transfer_within", "label": "组织关系转接",
            "day": "2026-05-01", "organisation": other, "from_organisation": branch, "target": other,
            "document": "内转012号", "until": "2026-08-01", "receipt": "2026-05-20", "note": "调动" })
    );
    assert_eq!(events(&["--period", "2025-Q3"]).len(), 1, "a month lies in the quarter it is of");
    assert_eq!(events(&["--period", "2025-06"]).len(), 0);
    assert_eq!(events(&["--as-of", "2026-04-30"]).len(), 1);
    assert_eq!(events(&["--org", "乙局党总支"]).len(), 2, "she came there: her whole way is told");
    program.well(&["export", "events", "--workbook", "支部.bdk", "--out", "大事.csv"]);
    assert!(program.read("大事.csv").contains("组织关系转接"));
    assert!(
        program
            .fails(&["export", "facts", "--workbook", "支部.bdk", "--out", "a.csv", "--period", "2025"], 2)
            .contains("events")
    );
    let schema = program.well(&["apply", "--schema"]);
    for command in
        ["add_extra_field", "edit_extra_field", "remove_extra_field", "move_extra_field", "add_floating_member"]
    {
        assert!(schema.contains(command), "{command}");
    }
}

#[test]
fn lists_of_people_on_paper_are_narrowed_down_and_birthdays_are_of_a_month() {
    let (program, _) = two_bureaus();
    let print = |arguments: &[&str]| -> String {
        let fixed = ["--workbook", "支部.bdk", "--out", "表.pdf", "--force", "--as-of", "2026-11-24"];
        program.well(&[&["print"], arguments, &fixed].concat());
        let pages = pages(&std::fs::read(program.path("表.pdf")).expect("a PDF"));
        pages.concat().split_whitespace().collect()
    };
    let names = print(&["names", "--where", "性别=女"]);
    assert!(names.contains("林秀英") && names.contains("何静") && !names.contains("马晓东"), "{names}");
    assert!(names.contains("性别：女，共2人") || names.contains("女，共2人"), "{names}");
    assert!(!print(&["names"]).contains("周国华"), "an applicant is no member");
    let card = print(&["card", "--where", "joined=2009"]);
    assert!(card.contains("马晓东") && !card.contains("林秀英"), "{card}");
    let year = print(&["birthdays"]);
    assert!(year.contains("林秀英") && year.contains("马晓东"), "the whole year: {year}");
    let july = print(&["birthdays", "--month", "2026-07"]);
    assert!(july.contains("马晓东") && !july.contains("林秀英") && july.contains("2026年7月"), "{july}");
    let nobody = print(&["birthdays", "--month", "2026-07", "--where", "sex=女"]);
    assert!(!nobody.contains("马晓东") && nobody.contains("只列："), "{nobody}");
    let both =
        ["print", "birthdays", "--workbook", "支部.bdk", "--out", "无.pdf", "--month", "2026-07", "--period", "2026"];
    assert!(program.fails(&both, 2).contains("不能同时用"));
}

#[test]
fn a_day_that_is_to_come_is_answered_and_said_to_be_one() {
    let (program, _) = two_bureaus();
    let to_come = "2199-12-31";
    for call in [
        &["figures", "--workbook", "支部.bdk", "--as-of", to_come][..],
        &["export", "members", "--workbook", "支部.bdk", "--out", "人.csv", "--as-of", to_come],
        &["export", "difference", "--workbook", "支部.bdk", "--out", "差.csv", "--from", "2025-12-31", "--to", to_come],
        &["print", "summary", "--workbook", "支部.bdk", "--out", "汇总.pdf", "--as-of", to_come],
    ] {
        let answer = program.call(call);
        assert_eq!(answer.code, 0, "{call:?}: {}", answer.err);
        assert_eq!(answer.err.trim_end(), format!("{to_come} 还没到：按现在登记的内容算到那一天，今后的变动不在内"));
    }
    assert_eq!(program.call(&["figures", "--workbook", "支部.bdk", "--as-of", "2026-01-01"]).err, "");
}

#[test]
fn an_import_names_who_is_missing_counts_who_is_no_member_and_leaves_what_is_refused() {
    let program = Program::new();
    program.well(&["new", "支部.bdk"]);
    let heads = "姓名,性别,出生日期,入党时间,所在党支部\n";
    let people = "林秀英,女,1981-05-21,2006-12-08,机关党支部\n何静,女,1983-01-12,2008-07-01,机关党支部\n";
    program.write("旧.csv", &format!("{heads}{people}"));
    program.well(&["import", "旧.csv", "--workbook", "支部.bdk"]);
    let heads = "姓名,性别,政治面貌,出生日期,入党时间,联系电话,所在党支部\n";
    let people =
        "林秀英,女,中共党员,1981-05-21,2006-12-08,13800000001,机关党支部\n钱二,女,共青团员,1999-01-01,,,机关党支部\n";
    program.write("新.csv", &format!("{heads}{people}"));
    let told = program.well(&["import", "新.csv", "--workbook", "支部.bdk", "--dry-run"]);
    assert!(told.contains("本表之外：何静\n没有取的 1 行：不是党员，或没有写明是党员\n"), "{told}");
    program.write("回答.json", r#"[{ "sheet": "", "row": 2, "field": "keep", "answer": "yes" }]"#);
    let told = program.well(&["import", "新.csv", "--workbook", "支部.bdk", "--answers", "回答.json", "--json"]);
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!((&told["entry"], &told["counts"]["same"]), (&Value::Null, &json!(1)), "nothing is left to write");
    assert_eq!(
        (&told["rows"][0]["differences"][1]["field"], &told["rows"][0]["kept"]),
        (&json!("phone"), &json!(["category", "phone"]))
    );
}
