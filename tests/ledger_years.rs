//! A ledger of talks whose days have no year: one question dates them all, and none is dated by a guess.

use branchdesk::domain::imports::{ImportPlan, QuestionAbout, TalkClass, TalkWaits};
use serde_json::{Value as Json, json};

use crate::ledger_import::{classes, desk, problems};
use crate::support::program::Program;

/// A ledger with this title and these days.
fn ledger(title: &str, days: &[&str]) -> String {
    let rows = days.iter().enumerate();
    let rows: String = rows.map(|(nth, day)| format!("{day},陈志远,林秀英,谈话{nth},机关第一党支部\n")).collect();
    format!("{title},,,,\n谈话时间,谈话人,谈话对象,谈话内容,党支部\n{rows}")
}

fn days(plan: &ImportPlan) -> Vec<String> {
    let day = |row: &branchdesk::domain::imports::ImportedTalk| row.draft.held_on.map(|day| day.to_string());
    plan.talks.iter().map(|row| day(row).unwrap_or_default()).collect()
}

#[test]
fn one_question_dates_all_days_without_a_year() {
    let mut desk = desk();
    let text = ledger("谈心谈话台账", &["10月5日", "11.5", "01.05", "2025.3.8", "3.5 上午"]);
    let plan = desk.planned(&text);
    let [question] = &plan.questions[..] else { panic!("{:?}", plan.questions) };
    assert_eq!((question.about, question.row, &*question.field()), (QuestionAbout::Year, 0, "year"));
    assert_eq!(question.choices, ["2026", "2025", "2024"]);
    assert_eq!(question.raw, "4 次谈话的时间没有写年份（“10月5日”）");
    let waits = TalkClass::Waiting(TalkWaits::Year);
    assert_eq!(classes(&plan), [&waits, &waits, &waits, &TalkClass::New, &waits]);
    assert_eq!(problems(&plan), []);

    let plan = desk.answered(&text, &[(0, "year", "2026")]);
    assert_eq!((plan.counts().new, plan.questions.len(), problems(&plan)), (5, 0, vec![]));
    assert_eq!(days(&plan), ["2026-10-05", "2026-11-05", "2026-01-05", "2025-03-08", "2026-03-05"]);
    assert_eq!(plan.talks[4].draft.time.as_deref(), Some("上午"));
    desk.write(plan);
    assert_eq!(desk.answered(&text, &[(0, "year", "2026")]).counts().same, 5, "nothing comes in twice");
}

#[test]
fn the_years_that_a_title_speaks_of_are_offered_first_and_not_taken() {
    let desk = desk();
    let choices = |title: &str| {
        let plan = desk.planned(&ledger(title, &["3.20"]));
        assert_eq!(plan.counts().new, 0, "{title}");
        plan.questions.iter().flat_map(|question| question.choices.clone()).collect::<Vec<_>>()
    };
    assert_eq!(choices("学习贯彻2023年主题教育谈心谈话台账"), ["2023", "2026", "2025", "2024"]);
    assert_eq!(choices("25年谈心谈话台账"), ["2025", "2026", "2024"]);
    assert_eq!(desk.planned(&ledger("2026年谈心谈话台账", &["3.20"])).counts().new, 1, "this one tells it");
}

#[test]
fn a_ledger_over_the_turn_of_a_year_goes_on_in_the_next() {
    let desk = desk();
    let text = ledger("谈心谈话台账（2025—2026年度）", &["11月30日", "12月20日", "1月5日", "10月8日"]);
    let plan = desk.planned(&text);
    assert_eq!(plan.questions[0].choices, ["2025-2026", "2026", "2025", "2024"]);
    let plan = desk.answered(&text, &[(0, "year", "2025-2026")]);
    assert_eq!(days(&plan), ["2025-11-30", "2025-12-20", "2026-01-05", "2026-10-08"]);
}

#[test]
fn what_is_no_day_in_the_year_that_was_answered_is_told() {
    let desk = desk();
    let text = ledger("谈心谈话台账", &["2.29", "12.20", "3.1", "3.1"]);
    let plan = desk.answered(&text, &[(0, "year", "2026")]);
    let told = problems(&plan);
    assert_eq!(told[0], (3, "谈话时间", "没有这一天，没有采用；请核对日期"), "{told:?}");
    assert_eq!(told[1], (4, "谈话时间", "谈话时间 2026-12-20 还没到，没有写入这一行"), "{told:?}");
    assert_eq!(plan.counts().broken, 2);
}

#[test]
fn a_row_of_no_year_that_repeats_one_before_is_written_once() {
    let desk = desk();
    let row = "3.20,陈志远,林秀英,谈话,机关第一党支部\n";
    let text = format!("谈话时间,谈话人,谈话对象,谈话内容,党支部\n{row}{row}");
    let plan = desk.answered(&text, &[(0, "year", "2026")]);
    assert_eq!(classes(&plan), [&TalkClass::New, &TalkClass::Waiting(TalkWaits::Twice)]);
}

#[test]
fn the_program_asks_for_the_year_and_takes_the_answer() {
    let program = Program::with_workbook();
    program.apply(json!([
        { "do": "add_organisation", "ref": "@o", "set": { "name": "机关第一党支部" } },
        { "do": "add_member", "branch_id": "@o", "set": { "name": "陈志远", "joined": "1995-07-01" } },
        { "do": "add_member", "branch_id": "@o", "set": { "name": "林秀英", "joined": "2011-07-01" } },
    ]));
    program
        .write("台账.csv", "谈话时间,谈话人,谈话对象,谈话内容\n10.5,陈志远,林秀英,工作\n9月3日,陈志远,林秀英,家庭\n");
    let import = ["import", "台账.csv", "--workbook", "支部.bdk", "--kind", "talks"];
    let preview = program.call(&[&import[..], &["--dry-run"]].concat());
    assert_eq!(preview.code, 3);
    let asked = "台账.csv 2 次谈话的时间没有写年份（“10.5”），这些谈话是哪一年的？";
    assert!(preview.out.contains(asked) || preview.err.contains(asked), "{} {}", preview.out, preview.err);
    let told: Json = serde_json::from_str(&program.call(&[&import[..], &["--json"]].concat()).out).expect("JSON");
    let mut questions = told["questions"].clone();
    assert_eq!((&questions[0]["field"], &questions[0]["row"]), (&json!("year"), &json!(0)));
    questions[0]["answer"] = json!("2025");
    program.write("答案.json", &questions.to_string());
    let said = program.well(&[&import[..], &["--answers", "答案.json"]].concat());
    assert!(said.contains("已导入谈话 2 次：台账.csv"), "{said}");
}
