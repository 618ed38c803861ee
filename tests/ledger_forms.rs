//! Ledgers of talks as clerks keep them in a spreadsheet, into the practice bureau: what comes in of each.

use std::path::Path;

use branchdesk::clock::Day;
use branchdesk::domain::imports::{ImportPlan, QuestionAbout};
use branchdesk::domain::lists::TalkField;
use branchdesk::exchange::import::{Answers, PlanOptions, plan, read_roster};
use branchdesk::exchange::practice;
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::workbook::ReadOnly;
use branchdesk::view::desk::Desk;

const TODAY: Day = Day::constant(2026, 11, 24);

/// What the import of a kept ledger into the practice bureau would write.
fn planned(ledger: &str) -> (Desk, ImportPlan) {
    let folder = tempfile::tempdir().expect("a folder");
    let made = practice::build(folder.path(), 1, TODAY, false, &Progress::default()).expect("built");
    let desk = Desk::open(ReadOnly::open(&made.workbook, &Key::None).expect("readable")).expect("a desk");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ledgers").join(ledger);
    let reading = read_roster(&path, TODAY, &Progress::default()).expect("read");
    let options = PlanOptions::default();
    let plan = plan(desk.reader(), vec![reading], &options, TODAY, &Progress::default()).expect("a plan");
    (desk, plan)
}

/// Each row in a line: row, day, who with whom, type, mode, place, what was said; persons of the workbook by their names.
fn lines(desk: &Desk, plan: &ImportPlan) -> Vec<String> {
    let row = |row: &branchdesk::domain::imports::ImportedTalk| {
        let draft = &row.draft;
        let known = |ids: &[branchdesk::domain::ids::PersonId]| {
            let names = ids.iter().map(|id| desk.directory().get(*id).expect("a card").name.to_string());
            names.collect::<Vec<_>>().join("、")
        };
        let cells = [
            row.row.to_string(),
            draft.held_on.map(|day| day.to_string()).unwrap_or_default(),
            known(&draft.talker_ids),
            [known(&draft.partner_ids), draft.partners.join("、")].join(""),
            row.kind.clone(),
            draft.mode.clone().unwrap_or_default(),
            draft.place.clone().unwrap_or_default(),
            draft.topic.clone().unwrap_or_default(),
            draft.content.clone().unwrap_or_default(),
        ];
        cells.join("|")
    };
    plan.talks.iter().map(row).collect()
}

fn ledgers(desk: &Desk, plan: &ImportPlan) -> Vec<String> {
    let name = |id| desk.tree().get(id).expect("an organisation").name.clone();
    let mut names: Vec<String> = plan.talks.iter().filter_map(|row| row.organisation).map(name).collect();
    names.dedup();
    names
}

#[test]
fn a_head_of_two_lines_merged_days_and_the_year_in_the_title() {
    let (desk, plan) = planned("两行表头合并日期.xlsx");
    assert_eq!((plan.questions.len(), plan.problems.len(), plan.counts().new), (0, 0, 4), "{:?}", plan.problems);
    assert_eq!(ledgers(&desk, &plan), ["局机关第一党支部"], "from the title");
    assert_eq!(
        lines(&desk, &plan),
        [
            "5|2026-03-20|陈志远|林秀英、马晓东|日常谈心谈话|个别谈话|支部活动室|支委班子成员之间|交流分工情况",
            "6|2026-03-20|吴海涛|何静|日常谈心谈话|个别谈话|支部活动室|支委班子成员之间|沟通廉政工作",
            "7|2026-04-02|陈志远、吴海涛|周国华、赵永强|日常谈心谈话|集体谈话|三楼会议室|日常谈心|了解思想动态",
            "8|2026-05-06|何静|赵永强|离退休谈话、老党员走访|家访|赵永强家中|老党员走访|看望并了解身体情况",
        ]
    );
    assert_eq!(plan.talks[2].draft.remark.as_deref(), Some("补记"));
}

#[test]
fn names_with_posts_and_a_topic_that_only_sounds_like_a_restricted_type() {
    let (desk, plan) = planned("姓名及职务.xlsx");
    assert_eq!(plan.problems, [], "nothing is left out");
    let asked: Vec<(QuestionAbout, &str, String)> = plan
        .questions
        .iter()
        .filter(|question| question.row > 0)
        .map(|question| (question.about, question.raw.as_str(), question.choices[..2].join(" ")))
        .collect();
    let about = QuestionAbout::TalkType { told_in: TalkField::Topic, nearest: 2 };
    assert_eq!(asked, [(about, "节前提醒", "T11 T20".to_owned())]);
    assert_eq!(ledgers(&desk, &plan), ["局机关第一党支部"], "the title tells less of the name than the workbook");
    assert_eq!(plan.counts().new, 4);
    assert_eq!(
        lines(&desk, &plan),
        [
            "4|2025-01-16|陈志远|周国华||||节前提醒|春节期间廉洁要求",
            "5|2025-01-17|陈志远|吴海涛、林秀英|日常谈心谈话|||班子谈心|年度分工",
            "6|2025-02-08|吴海涛|赵永强|其他谈话|||思想有波动|岗位调整后情绪",
            "7|2025-03-10|林秀英|沈国庆|民主评议结果反馈谈话|||民主评议后反馈|评议结果",
            "8|2025-04-01|何静|王小芳（入党积极分子）|积极分子、发展对象培养考察谈话|||入党积极分子培养|汇报思想",
        ]
    );
    let second = &plan.talks[2].draft;
    assert_eq!(second.remark.as_deref(), Some("原表谈话后跟踪情况：3月回访，情绪稳定"));
}

#[test]
fn months_as_headings_ditto_marks_and_a_year_in_words() {
    let (desk, plan) = planned("按月分段.xlsx");
    assert_eq!((plan.questions.len(), plan.counts().new), (0, 4), "{:?}", plan.questions);
    let [problem] = &plan.problems[..] else { panic!("{:?}", plan.problems) };
    assert_eq!((problem.row, problem.field_label(), problem.is_note()), (8, "谈话时间", true));
    assert_eq!(problem.sentence, "写的是几天，记为第一天，原文记入备注");
    assert_eq!(plan.talks[3].draft.remark.as_deref(), Some("原表谈话时间：2月11-12日"));
    assert_eq!(ledgers(&desk, &plan), ["局机关第一党支部"]);
    let told = lines(&desk, &plan);
    assert!(told[3].starts_with("8|2026-02-11|"), "{}", told[3]);
    assert_eq!(
        told[..3],
        [
            "4|2026-01-05|陈志远|吴海涛|其他谈话|面谈||年度工作|谈全年打算",
            "5|2026-01-05|陈志远|林秀英|其他谈话|面谈||年度工作|谈组织工作",
            "7|2026-02-10|何静|周国华、赵永强|其他谈话|电话||节前慰问|问候",
        ]
    );
}

#[test]
fn a_date_cell_keeps_the_year_that_it_hides_and_the_hour_has_its_place() {
    let (_desk, plan) = planned("日期格与时刻.xlsx");
    assert_eq!((plan.problems.len(), plan.questions.len(), plan.counts().new), (0, 0, 7), "{:?}", plan.problems);
    let told: Vec<(String, Option<&str>)> = plan
        .talks
        .iter()
        .map(|row| (row.draft.held_on.expect("a day").to_string(), row.draft.time.as_deref()))
        .collect();
    let told: Vec<(&str, Option<&str>)> = told.iter().map(|(day, time)| (day.as_str(), *time)).collect();
    assert_eq!(
        told,
        [
            ("2026-10-05", None),
            ("2025-04-02", None),
            ("2026-03-08", Some("14:30")),
            ("2026-03-09", None),
            ("2026-03-05", Some("上午9:30")),
            ("2026-03-06", Some("15:00-16:00")),
            ("2026-05-06", Some("上午9点")),
        ]
    );
    assert!(plan.talks.iter().all(|row| row.draft.remark.is_none()), "nothing is kept twice");
}

#[test]
fn a_date_cell_of_another_year_than_the_title_is_asked_about() {
    let (_desk, plan) = planned("日期格另有年份.xlsx");
    assert_eq!((plan.problems.len(), plan.counts().new, plan.counts().waiting), (0, 1, 2), "{:?}", plan.problems);
    let asked: Vec<(u32, &[String])> =
        plan.questions.iter().map(|question| (question.row, &question.choices[..])).collect();
    let days = |one: &str, other: &str| [one.to_owned(), other.to_owned()];
    assert_eq!(
        asked,
        [(4, &days("2025-01-15", "2026-01-15")[..]), (5, &days("2025-04-02", "2026-04-02")[..])],
        "the cell's year, then that of the title"
    );
}

#[test]
fn a_month_and_a_day_in_columns_of_their_own_wait_for_their_year() {
    let (_desk, plan) = planned("月日分列无年份.xlsx");
    let asked: Vec<(QuestionAbout, &str)> =
        plan.questions.iter().map(|question| (question.about, question.raw.as_str())).collect();
    assert_eq!(asked, [(QuestionAbout::Year, "2 次谈话的时间没有写年份（“3.20”）")]);
    assert_eq!((plan.problems.len(), plan.counts().waiting), (0, 2), "{:?}", plan.problems);
}

fn days(plan: &ImportPlan) -> Vec<String> {
    plan.talks.iter().map(|row| row.draft.held_on.map(|day| day.to_string()).unwrap_or_default()).collect()
}

#[test]
fn a_day_without_a_month_is_of_the_month_that_its_sheet_is_named_after() {
    let (_desk, plan) = planned("按月分表.xlsx");
    assert_eq!((plan.questions.len(), plan.counts().new), (0, 10), "{:?}", plan.problems);
    assert_eq!(days(&plan)[..5], ["2025-01-15", "2025-01-18", "2025-01-20", "2025-01", "2025-03-05"]);
    assert_eq!(days(&plan)[5..], ["2025-02-15", "2025-02-18", "2025-02-20", "2025-02", "2025-03-05"]);
    let notes: Vec<(u32, &str)> =
        plan.problems.iter().map(|problem| (problem.row, problem.sentence.as_str())).collect();
    let told = [(5, "写的是几天，记为第一天，原文记入备注"), (6, "没有写是哪一天，只记到月，原文记入备注")];
    assert_eq!(notes, [told, told].concat());
    assert!(plan.problems.iter().all(|problem| problem.is_note()));
    let remarks: Vec<Option<&str>> = plan.talks.iter().map(|row| row.draft.remark.as_deref()).collect();
    assert_eq!(remarks[..5], [None, None, Some("原表时间：20日-22日"), Some("原表时间：下旬"), None]);
}

#[test]
fn one_answer_for_the_year_dates_all_sheets_of_months() {
    let (desk, asked) = planned("按月分表无年份.xlsx");
    let [question] = &asked.questions[..] else { panic!("{:?}", asked.questions) };
    assert_eq!((question.about, question.raw.as_str()), (QuestionAbout::Year, "6 次谈话的时间没有写年份（“15日”）"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ledgers/按月分表无年份.xlsx");
    let reading = read_roster(&path, TODAY, &Progress::default()).expect("read");
    let mut answers = Answers::of_files(&["按月分表无年份.xlsx".to_owned()]);
    answers.give("按月分表无年份.xlsx", ("", 0, 0), "year", "2026");
    let options = PlanOptions { answers, ..PlanOptions::default() };
    let plan = plan(desk.reader(), vec![reading], &options, TODAY, &Progress::default()).expect("a plan");
    let of_month = |month: u8| [format!("2026-0{month}-15"), format!("2026-0{month}-18"), "2026-06-03".to_owned()];
    assert_eq!(days(&plan), [of_month(1), of_month(2)].concat());
    let sentences: Vec<&str> = plan.problems.iter().map(|problem| problem.sentence.as_str()).collect();
    assert_eq!(sentences, ["写的是几天，记为第一天，原文记入备注"; 2], "told once the year is known");
    assert_eq!(plan.talks[2].draft.remark.as_deref(), Some("原表谈话时间：6月3日-5日"));
}

#[test]
fn of_a_sheet_for_each_year_the_name_tells_the_year_whatever_title_was_copied() {
    let (_desk, plan) = planned("按年分表.xlsx");
    assert_eq!((plan.questions.len(), plan.problems.len(), plan.counts().new), (0, 0, 6), "{:?}", plan.problems);
    assert_eq!(days(&plan), ["2024-06-03", "2024-07-18", "2025-06-03", "2025-07-18", "2026-06-03", "2026-07-18"]);
}
