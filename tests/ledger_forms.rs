//! Ledgers of talks as clerks keep them in a spreadsheet, into the practice bureau: what comes in of each.

use std::path::Path;

use branchdesk::clock::Day;
use branchdesk::domain::imports::{ImportPlan, QuestionAbout, TalkClass};
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
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
    let asked: Vec<(QuestionAbout, &str, Vec<&str>)> = plan
        .questions
        .iter()
        .filter(|question| question.row > 0)
        .map(|question| (question.about, question.raw.as_str(), question.choices.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(asked, [(QuestionAbout::TalkType, "节前提醒", vec!["T11", "T20"])]);
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
    assert_eq!((plan.problems.len(), plan.counts().new), (0, 3), "{:?}", plan.problems);
    let [question] = &plan.questions[..] else { panic!("{:?}", plan.questions) };
    assert_eq!((question.raw.as_str(), question.row), ("2月11-12日", 8));
    assert_eq!(question.choices, ["2026-02-11", "2026-02-12"], "one of the days that are told");
    assert_eq!(ledgers(&desk, &plan), ["局机关第一党支部"]);
    assert!(matches!(plan.talks[3].class, TalkClass::Waiting(_)));
    assert_eq!(
        lines(&desk, &plan)[..3],
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
