//! An import: what the preview shows is what is written, as one entry, undoable as one.

use std::path::{Path, PathBuf};

use branchdesk::command::{Command, ImportRoster};
use branchdesk::domain::fields::Known;
use branchdesk::domain::ids::OrganisationId;
use branchdesk::domain::imports::{GoneDecision, ImportPlan, QuestionAbout, RowClass};
use branchdesk::domain::values::Value;
use branchdesk::exchange::import::{Answers, PlanOptions, plan, read_roster};
use branchdesk::problem::ProblemKind;
use branchdesk::progress::Progress;
use branchdesk::view::members::{ListAsk, list};
use serde_json::json;

use crate::support::office::{Office, day};
use crate::support::program::Program;

fn roster(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters").join(name)
}

fn planned(office: &Office, path: &Path, options: &PlanOptions) -> ImportPlan {
    let today = day("2026-11-24");
    let reading = read_roster(path, today, &Progress::default()).expect("read");
    let reader = office.read_only();
    plan(reader.reader(), vec![reading], options, today, &Progress::default()).expect("a plan")
}

fn write(office: &mut Office, plan: ImportPlan) -> branchdesk::command::Receipt {
    let stamp = office.stamp.clone();
    office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect("written")
}

/// A roster in a CSV file of the test's own.
fn csv(office: &Office, name: &str, text: &str) -> PathBuf {
    let path = office.path().with_file_name(name);
    std::fs::write(&path, format!("\u{feff}{text}")).expect("written");
    path
}

#[test]
fn a_roster_comes_in_as_one_entry_and_goes_out_as_one_later_too() {
    let mut office = Office::new();
    let empty = office.dump();
    let plan = planned(&office, &roster("01-plain.xlsx"), &PlanOptions::default());
    let counts = plan.counts();
    assert!(counts.new > 10 && counts.changed + counts.same + counts.waiting + counts.broken == 0, "{counts:?}");
    assert_eq!(plan.new_branches.len(), 1);
    let receipt = write(&mut office, plan);
    assert_eq!(receipt.title, format!("导入党员 {} 人：01-plain.xlsx", counts.new));
    let again = planned(&office, &roster("01-plain.xlsx"), &PlanOptions::default());
    assert_eq!(again.counts().same, counts.new, "the same file again changes nothing: {:?}", again.counts());
    assert!(!again.writes_something() && again.gone.is_empty());
    office.run(json!({ "do": "set_settings", "set": { "title": "后来的改动" } })).expect("something else");
    office.reopen();
    office.undo().expect("the setting");
    office.undo().expect("the import");
    assert_eq!(office.dump(), empty);
}

#[test]
fn a_long_roster_is_read_in_pieces_as_if_in_one() {
    let mut office = Office::new();
    // The name of a branch stands in its first row only, the rest repeat it, also across the middle of the file.
    let branch =
        |nth: usize| if nth.is_multiple_of(100) { format!("第{}党支部", nth / 100) } else { "〃".to_owned() };
    let people = (0..3_000)
        .map(|nth| format!("甲{nth},男,1981-05-21,2006-12-08,2007-12-08,{},1390000{nth:04}\r\n", branch(nth)));
    let heads = "姓名,性别,出生日期,入党时间,转正时间,所在党支部,联系电话\r\n";
    let file = csv(&office, "长.csv", &format!("{heads}{}", people.collect::<String>()));
    let reading = read_roster(&file, day("2026-11-24"), &Progress::default()).expect("read");
    assert_eq!(reading.rows.len(), 3_000);
    for (row, nth) in reading.rows.iter().zip(0_usize..) {
        let told = |field: Known| row.values.get(&field).map(Value::text).unwrap_or_default();
        assert_eq!((told(Known::Name), row.row as usize), (format!("甲{nth}"), nth + 2));
        assert_eq!(told(Known::Branch), format!("第{}党支部", nth / 100), "row {}", row.row);
    }
    let stopped = Progress::default();
    stopped.cancel();
    let problem = read_roster(&file, day("2026-11-24"), &stopped).expect_err("stopped");
    assert_eq!(problem.kind, ProblemKind::Cancelled);

    // Everybody is found by what stands in their own row, however many came before.
    let plan = planned(&office, &file, &PlanOptions::default());
    write(&mut office, plan);
    let desk = office.desk();
    for nth in [0, 1_023, 1_024, 2_047, 2_048, 2_999] {
        let ask = ListAsk { text: format!("1390000{nth:04}"), ..ListAsk::roll(day("2026-11-24"), None) };
        let found = list(&desk, &ask).expect("a list");
        let names: Vec<&str> =
            found.ids.iter().filter_map(|id| desk.directory().get(*id)).map(|card| &*card.name).collect();
        assert_eq!(names, [format!("甲{nth}")]);
    }
}

#[test]
fn a_changed_roster_shows_each_cell_and_changes_facts_from_its_day() {
    let mut office = Office::new();
    let old = csv(
        &office,
        "旧.csv",
        "姓名,性别,出生日期,入党时间,转正时间,所在党支部,党内职务\r\n林秀英,女,1981-05-21,2006-12-08,2007-12-08,机关第一党支部,宣传委员\r\n何静,女,1983-01-12,2008-07-01,2009-07-01,机关第一党支部,\r\n",
    );
    let first = planned(&office, &old, &PlanOptions { day: Some(day("2026-01-10")), ..PlanOptions::default() });
    write(&mut office, first);
    let new = csv(
        &office,
        "新.csv",
        "姓名,性别,出生日期,入党时间,所在党支部,党内职务,工作单位\r\n林秀英,女,1981-05,2006-12-08,机关第二党支部,组织委员,人事股\r\n马晓东,男,1985-09-30,2010-07-01,机关第一党支部,,\r\n",
    );
    let plan = planned(&office, &new, &PlanOptions { day: Some(day("2026-06-01")), ..PlanOptions::default() });
    let RowClass::Changed { differences, .. } = &plan.rows[0].class else { panic!("{:?}", plan.rows[0].class) };
    let labels: Vec<&str> = differences.iter().map(|difference| difference.label.as_str()).collect();
    assert_eq!(labels, ["所在党支部", "党内职务", "工作单位"], "the less exact birth is no difference");
    assert_eq!(plan.gone.iter().map(|gone| gone.name.as_str()).collect::<Vec<_>>(), ["何静"]);
    write(&mut office, plan);
    let desk = office.desk();
    let second = desk.tree().find("机关第二党支部").expect("made").id;
    let ask = |on: &str, scope| branchdesk::view::members::ListAsk::roll(day(on), Some(scope));
    let count = |on: &str, scope: OrganisationId| {
        branchdesk::view::members::list(&desk, &ask(on, scope)).expect("a list").ids.len()
    };
    assert_eq!((count("2026-05-31", second), count("2026-06-01", second)), (0, 1));
}

#[test]
fn somebody_missing_from_the_list_stays_unless_it_is_decided_otherwise() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(branch, json!({ "name": "何静", "birth": "1983-01-12", "joined": "2008-07-01" }));
    let file = csv(
        &office,
        "名册.csv",
        "姓名,性别,出生日期,入党时间,所在党支部\r\n马晓东,男,1985-09-30,2010-07-01,机关第一党支部\r\n",
    );
    let mut plan = planned(&office, &file, &PlanOptions::default());
    assert_eq!(plan.gone[0].decision, GoneDecision::Keep);
    let on = branchdesk::domain::dates::PartialDate::from_iso("2026-11-01").expect("a day");
    plan.gone[0].decision = GoneDecision::TransferredOut(on);
    write(&mut office, plan);
    let roll = branchdesk::view::members::ListAsk::roll(day("2026-11-24"), None);
    let desk = office.desk();
    let ids = branchdesk::view::members::list(&desk, &roll).expect("a list").ids;
    assert_eq!(ids.len(), 1);
    assert_eq!(&*desk.directory().get(ids[0]).expect("a card").name, "马晓东");
}

#[test]
fn a_name_alone_is_a_question_and_its_answer_settles_it() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let lin = office.member(branch, json!({ "name": "林秀英", "birth": "1981-05-21" }));
    let file =
        csv(&office, "名册.csv", "姓名,性别,民族,联系电话,所在党支部\r\n林秀英,女,汉族,13800001234,机关第一党支部\r\n");
    let plan = planned(&office, &file, &PlanOptions::default());
    assert_eq!(plan.counts().waiting, 1);
    let question = &plan.questions[0];
    assert_eq!(question.about, QuestionAbout::Person);
    assert_eq!(question.choices, [lin.to_string(), "new".to_owned()]);
    let mut answers = Answers::of_files(&plan.file_names);
    answers.give("", (&question.sheet, question.row, question.beside), "person", &question.choices[0]);
    let plan = planned(&office, &file, &PlanOptions { answers, ..PlanOptions::default() });
    assert_eq!((plan.counts().changed, plan.questions.len()), (1, 0));
}

#[test]
fn of_two_persons_in_one_row_each_has_an_answer_of_his_own() {
    let mut office = Office::new();
    office.organisation(None, "机关第一党支部");
    let heads = ["姓名,性别,入党时间,所在党支部"; 2].join(",");
    let row = "林秀英,女,2019.1,机关第一党支部,赵子豪,男,2019.1,机关第一党支部";
    let file = csv(&office, "名册.csv", &format!("{heads}\r\n{row}\r\n"));
    let plan = planned(&office, &file, &PlanOptions::default());
    let asked = branchdesk::exchange::import::asked(&plan);
    assert_eq!(asked.iter().map(|one| (one.row, one.beside)).collect::<Vec<_>>(), [(2, 0), (2, 1)]);
    let mut given = asked;
    given[0].answer = Some("2019-10".to_owned());
    let text = serde_json::to_string(&given).expect("JSON");
    let answers = Answers::from_json(&text, &plan.file_names).expect("answers");
    let plan = planned(&office, &file, &PlanOptions { answers, ..PlanOptions::default() });
    let joined = |name: &str| {
        let row = plan.rows.iter().find(|row| row.name == name).expect("a row");
        row.values.get(&Known::Joined).map(branchdesk::domain::values::Value::text)
    };
    assert_eq!((joined("林秀英"), joined("赵子豪")), (Some("2019-10".to_owned()), None));
    assert_eq!(plan.questions.iter().map(|question| question.beside).collect::<Vec<_>>(), [1]);
}

/// The rules hold for everybody that an entry touches, however many they are: the first, one amid them, the last.
#[test]
fn of_thousands_one_who_would_stand_in_a_closed_branch_is_named_and_nobody_is_imported() {
    let mut office = Office::new();
    office.organisation(None, "第一党支部");
    let closed = office.organisation(None, "第二党支部");
    office.run(json!({ "do": "close_organisation", "id": closed, "on": "2026-01-01" })).expect("closed");
    let before = office.dump();
    for astray in [0, 3_000, 6_199] {
        let branch = |nth: usize| if nth == astray { "第二党支部" } else { "第一党支部" };
        let people = (0..6_200).map(|nth| format!("甲{nth},男,1981-05-21,2006-12-08,2007-12-08,{}\r\n", branch(nth)));
        let heads = "姓名,性别,出生日期,入党时间,转正时间,所在党支部\r\n";
        let file = csv(&office, "长.csv", &format!("{heads}{}", people.collect::<String>()));
        let plan = planned(&office, &file, &PlanOptions::default());
        let stamp = office.stamp.clone();
        let problem = office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp);
        let problem = problem.map(|receipt| receipt.title).expect_err("refused");
        let told = format!("第二党支部 已于 2026-01-01 撤销，而 甲{astray} 还在里面");
        assert!(problem.happened.contains(&told), "{}", problem.happened);
        assert_eq!(office.dump(), before);
    }
}

/// Only those who stand in no row; whoever a waiting row may be is not told to be missing.
#[test]
fn whoever_a_waiting_row_may_be_is_missing_only_once_it_is_answered_to_be_another() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let other = office.organisation(None, "机关第二党支部");
    let lin = office.member(branch, json!({ "name": "林秀英", "birth": "1981-05-21" }));
    office.member(branch, json!({ "name": "何静", "birth": "1983-01-12" }));
    office.member(other, json!({ "name": "吴海涛", "birth": "1978-11-02" }));
    let file =
        csv(&office, "名册.csv", "姓名,性别,民族,联系电话,所在党支部\r\n林秀英,女,汉族,13800001234,机关第一党支部\r\n");
    let missing = |answer: Option<&str>| {
        let mut answers = Answers::of_files(&["名册.csv".to_owned()]);
        if let Some(answer) = answer {
            answers.give("", ("", 2, 0), "person", answer);
        }
        let plan = planned(&office, &file, &PlanOptions { answers, ..PlanOptions::default() });
        let names: Vec<String> = plan.gone.into_iter().map(|gone| gone.name).collect();
        (plan.questions.len(), names.join("、"))
    };
    assert_eq!(missing(None), (1, "何静".to_owned()), "the branch is covered though its only row waits");
    assert_eq!(missing(Some(&lin.to_string())), (0, "何静".to_owned()));
    assert_eq!(missing(Some("new")), (0, "林秀英、何静".to_owned()));
}

#[test]
fn a_row_that_waits_makes_no_branch() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(branch, json!({ "name": "林秀英", "birth": "1981-05-21" }));
    let file =
        csv(&office, "名册.csv", "姓名,性别,民族,联系电话,所在党支部\r\n林秀英,女,汉族,13800001234,机关第九党支部\r\n");
    let plan = planned(&office, &file, &PlanOptions::default());
    assert_eq!((plan.counts().waiting, plan.new_branches.len(), plan.gone.len()), (1, 0, 0));
}

#[test]
fn a_masked_number_says_nothing_and_matches_nobody() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(
        branch,
        json!({ "name": "林秀英", "birth": "1981-05-21", "id_number": "110000198105210022", "phone": "13800001234" }),
    );
    let file = csv(
        &office,
        "名册.csv",
        "姓名,性别,出生日期,公民身份号码,联系电话,所在党支部\r\n林秀英,女,1981-05-21,110000********0022,138****1234,机关第一党支部\r\n",
    );
    let plan = planned(&office, &file, &PlanOptions::default());
    let RowClass::Changed { differences, .. } = &plan.rows[0].class else { panic!("{:?}", plan.rows) };
    assert_eq!(differences.len(), 1, "only the sex is new: {differences:?}");
}

#[test]
fn a_plan_is_refused_when_the_workbook_moved_on() {
    let mut office = Office::new();
    let plan = planned(&office, &roster("07-gb18030.csv"), &PlanOptions::default());
    office.organisation(None, "别的党支部");
    let before = office.dump();
    let stamp = office.stamp.clone();
    let problem = office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect_err("moved on");
    assert_eq!(problem.kind, ProblemKind::Conflict);
    assert_eq!(office.dump(), before);
}

#[test]
fn rows_without_a_branch_go_to_the_scope_or_wait_for_one_answer() {
    let mut office = Office::new();
    let first = office.organisation(None, "机关第一党支部");
    office.organisation(None, "机关第二党支部");
    let file =
        csv(&office, "名册.csv", "姓名,性别,民族,入党时间\r\n林秀英,女,汉族,2006-12-08\r\n何静,女,汉族,2008-07-01\r\n");
    let plan = planned(&office, &file, &PlanOptions::default());
    assert_eq!((plan.counts().waiting, plan.questions.len()), (2, 1));
    assert_eq!(plan.questions[0].choices.len(), 3, "both, or a new one");
    let plan = planned(&office, &file, &PlanOptions { scope: Some(first), ..PlanOptions::default() });
    assert_eq!(plan.counts().new, 2);
}

#[test]
fn a_cancelled_import_leaves_nothing() {
    let mut office = Office::new();
    let plan = planned(&office, &roster("01-plain.xlsx"), &PlanOptions::default());
    let before = office.dump();
    let (stamp, progress) = (office.stamp.clone(), Progress::default());
    progress.cancel();
    let command = Command::ImportRoster(ImportRoster { plan });
    let problem = office.ledger().run_watched(command, &stamp, &progress).expect_err("cancelled");
    assert_eq!(problem.kind, ProblemKind::Cancelled);
    assert_eq!(office.dump(), before);
}

#[test]
fn who_is_of_no_party_comes_in_in_their_place_once_it_is_said_that_they_want_to_join() {
    let program = Program::with_workbook();
    let text = "姓名,性别,出生日期,政治面貌,入党时间,所在党支部\n\
                林秀英,女,1981-05-21,中共党员,2006-12-08,机关第一党支部\n\
                薛佳怡,女,1999-08-01,共青团员,,机关第一党支部\n\
                郭建华,男,1968-02-09,民建会员,,机关第一党支部\n\
                何静,女,1983-01-12,中共党员,2008-07-01,机关第一党支部\n";
    program.write("职工.csv", text);
    let said = program.well(&["import", "职工.csv", "--workbook", "支部.bdk", "--dry-run"]);
    assert!(said.contains("1 人不是党员，没有取：薛佳怡"), "{said}");
    let mut told = program.json(&["import", "职工.csv", "--workbook", "支部.bdk", "--dry-run"]);
    assert_eq!((&told["counts"]["new"], &told["questions"]), (&json!(2), &json!([])), "{told}");
    let mut others = told["others"].take();
    assert_eq!((&others[0]["row"], &others[0]["raw"], others[1].is_null()), (&json!(3), &json!("共青团员"), true));
    others[0]["answer"] = json!("正式党员");
    program.write("答案.json", &others.to_string());
    let arguments = ["import", "职工.csv", "--workbook", "支部.bdk", "--answers", "答案.json"];
    assert_eq!(program.json(&[&arguments[..], &["--dry-run"]].concat())["counts"]["new"], json!(2), "no such choice");
    others[0]["answer"] = json!("入党积极分子");
    program.write("答案.json", &others.to_string());
    assert_eq!(program.json(&arguments)["counts"]["new"], json!(3));
    program.well(&["export", "members", "--workbook", "支部.bdk", "--out", "出.json"]);
    let exported: serde_json::Value = serde_json::from_str(&program.read("出.json")).expect("JSON");
    let people: Vec<[&str; 3]> = exported
        .as_array()
        .expect("people")
        .iter()
        .map(|one| ["name", "category", "remark"].map(|field| one[field].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(people[1], ["薛佳怡", "入党积极分子", "原表政治面貌：共青团员"]);
    assert_eq!([people[0][0], people[2][0]], ["林秀英", "何静"]);
    let again = program.json(&["import", "职工.csv", "--workbook", "支部.bdk"]);
    assert_eq!((&again["counts"]["same"], &again["counts"]["gone"]), (&json!(2), &json!(0)), "they stand in the list");
}
