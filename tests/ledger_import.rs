//! A ledger of talks comes in as it is shown: persons by name and day, types by words, and nothing twice.

use std::path::PathBuf;

use branchdesk::command::{Command, ImportRoster, draft_of};
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::domain::imports::{ImportPlan, OpenQuestion, QuestionAbout, RosterKind, TalkClass, TalkWaits};
use branchdesk::domain::lists::TalkField;
use branchdesk::domain::talks::{Side, Somebody, TalkDraft};
use branchdesk::exchange::import::{Answers, PlanOptions, plan, read_roster};
use branchdesk::progress::Progress;
use branchdesk::store::talks::{self, TalkFile};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};
use crate::support::program::Program;

/// Two branches; two bear one name in the first, and one of them in the second as well.
pub(super) struct Desk {
    pub office: Office,
    pub first: OrganisationId,
    pub second: OrganisationId,
    pub chen: PersonId,
    pub zhao: PersonId,
    pub other_zhao: PersonId,
    pub lin: PersonId,
}

pub(super) fn desk() -> Desk {
    let mut office = Office::new();
    let general = office.organisation(None, "县局党总支");
    let first = office.organisation(Some(general), "机关第一党支部");
    let second = office.organisation(Some(general), "机关第二党支部");
    let chen = office.member(first, json!({ "name": "陈志远", "joined": "1995-07-01", "party_post": "书记" }));
    let zhao = office.member(first, json!({ "name": "赵永强", "joined": "2006-07-01", "birth": "1980-02-03" }));
    let lin = office.member(first, json!({ "name": "林秀英", "joined": "2011-07-01" }));
    let joins = json!({ "name": "赵永强", "joined": "2016-07-01", "transfer_in": "2026-06-01" });
    let other_zhao = office.member(first, joins);
    office.member(second, json!({ "name": "林秀英", "joined": "2012-07-01" }));
    Desk { office, first, second, chen, zhao, other_zhao, lin }
}

impl Desk {
    fn csv(&self, text: &str) -> PathBuf {
        let path = self.office.path().with_file_name("台账.csv");
        std::fs::write(&path, format!("\u{feff}{text}")).expect("written");
        path
    }

    pub fn planned_with(&self, text: &str, options: &PlanOptions) -> ImportPlan {
        let (today, progress) = (day("2026-11-24"), Progress::default());
        let reading = read_roster(&self.csv(text), today, &progress).expect("read");
        assert_eq!(reading.kind, RosterKind::Talks);
        plan(self.office.read_only().reader(), vec![reading], options, today, &progress).expect("a plan")
    }

    pub fn planned(&self, text: &str) -> ImportPlan {
        self.planned_with(text, &PlanOptions::default())
    }

    /// The plan once these answers were given: row, field, answer.
    pub fn answered(&self, text: &str, given: &[(u32, &str, &str)]) -> ImportPlan {
        let mut answers = Answers::of_files(&["台账.csv".to_owned()]);
        for (row, field, answer) in given {
            answers.give("台账.csv", ("", *row, 0), field, answer);
        }
        self.planned_with(text, &PlanOptions { answers, ..PlanOptions::default() })
    }

    pub fn write(&mut self, plan: ImportPlan) -> String {
        let stamp = self.office.stamp.clone();
        self.office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect("written").title
    }

    fn talks(&self) -> Vec<TalkFile> {
        let desk = self.office.desk();
        let mut found = Vec::new();
        talks::each(desk.reader(), |talk| {
            found.extend(talks::file(desk.reader(), talk.id)?);
            Ok(())
        })
        .expect("read");
        found
    }

    pub fn drafts(&self) -> Vec<TalkDraft> {
        self.talks().iter().map(draft_of).collect()
    }
}

pub(super) fn classes(plan: &ImportPlan) -> Vec<&TalkClass> {
    plan.talks.iter().map(|row| &row.class).collect()
}

pub(super) fn problems(plan: &ImportPlan) -> Vec<(u32, &str, &str)> {
    plan.problems.iter().map(|problem| (problem.row, problem.field_label(), problem.sentence.as_str())).collect()
}

const LEDGER: &str = "序号,谈话时间,谈话地点,谈话人,谈话对象,谈话主题,谈话内容,谈话方式,整改措施,党支部,思想动态\n\
                      1,2026.3.20,会议室,陈志远,林秀英,日常谈心谈话,谈了三件事,个别谈话,调整分工,机关第一党支部,稳定\n\
                      2,2026-04-02,,林秀英,陈志远,退休前谈心,说了打算,电话谈话,,机关第一党支部,\n";

#[test]
fn what_is_shown_is_written_as_one_entry_that_can_be_taken_back_and_not_written_twice() {
    let mut desk = desk();
    let before = desk.office.dump();
    let plan = desk.planned(LEDGER);
    assert_eq!((plan.counts().new, plan.questions.len(), problems(&plan)), (2, 0, vec![]));
    assert_eq!(plan.remark_columns.iter().map(|head| &**head).collect::<Vec<_>>(), ["思想动态"]);
    let shown: Vec<TalkDraft> = plan.talks.iter().map(|row| row.draft.clone()).collect();
    assert_eq!(desk.write(plan), "导入谈话 2 次：台账.csv");
    let written = desk.drafts();
    let as_shown: Vec<TalkDraft> = written
        .iter()
        .zip(&shown)
        .map(|(draft, shown)| TalkDraft { number: None, mode: shown.mode.clone(), ..draft.clone() })
        .collect();
    assert_eq!(as_shown, shown);
    let first = &written[0];
    assert_eq!(
        (first.organisation_id, &first.talker_ids[..], &first.partner_ids[..]),
        (Some(desk.first), &[desk.chen][..], &[desk.lin][..],)
    );
    assert_eq!(first.kind.as_deref(), Some("T01"));
    assert_eq!((first.mode.as_deref(), first.topic.as_deref()), (Some("一对一"), Some("日常谈心谈话")));
    assert_eq!(first.remark.as_deref(), Some("原表思想动态：稳定"));
    assert_eq!(first.measures.as_deref(), Some("调整分工"));
    let second = &written[1];
    assert_eq!((second.kind.as_deref(), second.topic.as_deref()), (Some("T16"), Some("退休前谈心")));
    assert_eq!((second.mode.as_deref(), second.number.as_deref()), (Some("电话、视频"), Some("2026-002")));

    let again = desk.planned(LEDGER);
    assert_eq!((again.counts().same, again.writes_something()), (2, false), "{:?}", classes(&again));
    let after = desk.office.dump();
    desk.office.undo().expect("taken back");
    assert_eq!(desk.office.dump(), before);
    desk.office.redo().expect("done again");
    assert_eq!(desk.office.dump(), after);
}

#[test]
fn a_plan_is_refused_once_the_workbook_has_moved() {
    let mut desk = desk();
    let plan = desk.planned(LEDGER);
    desk.office.run(json!({ "do": "set_settings", "set": { "title": "县局" } })).expect("set");
    let before = desk.office.dump();
    let stamp = desk.office.stamp.clone();
    let command = Command::ImportRoster(ImportRoster { plan });
    let problem = desk.office.ledger().run(command, &stamp).expect_err("the workbook moved");
    assert_eq!(problem.happened, "预览之后工作簿又有改动");
    assert_eq!(desk.office.dump(), before);
}

#[test]
fn of_two_with_one_name_the_day_tells_which_or_each_row_asks() {
    let mut desk = desk();
    let text = "谈话时间,谈话人,谈话对象,谈话内容,党支部\n\
                2026-03-20,陈志远,赵永强,工作,机关第一党支部\n\
                2026-07-20,陈志远,赵永强,家庭,机关第一党支部\n\
                2026-08-20,赵永强,陈志远,学习,机关第一党支部\n\
                2026-08-21,陈志远,林秀英,生活,机关第一党支部\n";
    let plan = desk.planned(text);
    assert_eq!(classes(&plan)[0], &TalkClass::New, "in March there was only one");
    assert_eq!(plan.talks[0].draft.partner_ids, [desk.zhao]);
    assert_eq!(classes(&plan)[1..3], [&TalkClass::Waiting(TalkWaits::Who); 2]);
    assert_eq!(plan.talks[3].draft.partner_ids, [desk.lin], "the one of that branch");
    let [question, other] = &plan.questions[..] else { panic!("each row asks: {:?}", plan.questions) };
    assert_eq!((other.row, &*other.field()), (4, "person:赵永强"));
    assert_eq!((question.about, question.row, &*question.field()), (QuestionAbout::InTalks, 3, "person:赵永强"));
    assert_eq!(question.choices, [desk.zhao.to_string(), desk.other_zhao.to_string(), "outside".to_owned()]);

    let (zhao, other_zhao) = (desk.zhao.to_string(), desk.other_zhao.to_string());
    let written = desk.answered(text, &[(3, "person:赵永强", &other_zhao), (4, "person:赵永强", &zhao)]);
    assert_eq!((written.counts().new, written.questions.len()), (4, 0));
    desk.write(written);
    let drafts = desk.drafts();
    assert_eq!((&drafts[1].partner_ids, &drafts[2].talker_ids), (&vec![desk.other_zhao], &vec![desk.zhao]));
    let again = desk.planned(text);
    assert_eq!((again.counts().same, again.questions.len()), (4, 0), "what was answered is known from the talks");
}

#[test]
fn whoever_is_in_no_roster_is_asked_for_once_unless_brackets_tell_and_stays_a_name() {
    let mut desk = desk();
    let text = "谈话时间,谈话人,谈话对象,谈话内容,党支部\n\
                2026-03-20,陈志远（书记）,王芳（群众）、林秀英,工作,机关第一党支部\n\
                2026-04-20,陈志远,王芳,家庭,机关第一党支部\n\
                2026-05-20,陈志远,全体党员,学习,机关第一党支部\n";
    let bare = text.replace("（群众）", "");
    let plan = desk.planned(&bare);
    let [question] = &plan.questions[..] else { panic!("{:?}", plan.questions) };
    assert_eq!((question.raw.as_str(), &question.choices[..]), ("王芳", &["outside".to_owned()][..]));
    assert_eq!(classes(&plan)[2], &TalkClass::New, "a group is told, not asked for");
    assert!(problems(&plan)[0].2.contains("没有写明是谁"), "{:?}", problems(&plan));
    assert_eq!(desk.answered(&bare, &[(2, "person:王芳", "outside")]).counts().new, 3);
    let plan = desk.planned(text);
    assert_eq!((plan.counts().new, plan.questions.len()), (3, 0), "the brackets tell");
    desk.write(plan);
    let file = &desk.talks()[0];
    let partners: Vec<&Somebody> = file.on(Side::Partner).collect();
    let wang = Somebody::Named { name: "王芳".into(), about: Some("群众".into()) };
    assert_eq!(partners, [&Somebody::Person(desk.lin), &wang]);
    assert_eq!(
        file.talk.remark.as_deref(),
        Some("原表谈话人：陈志远（书记）"),
        "what stands elsewhere is not kept twice"
    );
    assert_eq!(desk.planned(text).counts().same, 3);
}

#[test]
fn a_type_is_asked_for_where_two_are_as_likely() {
    let desk = desk();
    let text = "谈话时间,谈话人,谈话对象,谈话类型,谈话主题,谈话内容,党支部\n\
                2026-03-20,陈志远,林秀英,廉政提醒,节日,注意,机关第一党支部\n\
                2026-03-21,陈志远,林秀英,廉政提醒,年底,注意,机关第一党支部\n\
                2026-03-23,陈志远,林秀英,政治生日谈话,,祝贺,机关第一党支部\n";
    let plan = desk.planned(text);
    let [question, other] = &plan.questions[..] else { panic!("{:?}", plan.questions) };
    assert_eq!((question.row, other.row), (2, 3), "each row asks");
    assert_eq!(question.about, QuestionAbout::TalkType { told_in: TalkField::Kind, nearest: 2 });
    assert_eq!(question.labels[..3], ["廉政谈话", "提醒谈话", "日常谈心谈话"], "the two, then all others");
    assert_eq!(question.choices.len(), 20);
    assert_eq!(classes(&plan)[..2], [&TalkClass::Waiting(TalkWaits::Kind); 2]);
    let draft = &plan.talks[2].draft;
    assert_eq!((draft.kind.as_deref(), draft.topic.as_deref(), &draft.remark), (Some("T17"), None, &None));
    let answered = desk.answered(text, &[(2, "type", "T10"), (3, "type", "T17")]);
    let kinds: Vec<_> = answered.talks.iter().map(|row| row.draft.kind.as_deref()).collect();
    assert_eq!((answered.counts().new, kinds), (3, vec![Some("T10"), Some("T17"), Some("T17")]));
}

#[test]
fn a_word_for_a_type_that_is_none_of_ours_is_asked_and_never_taken_for_another() {
    let desk = desk();
    // In the second the topic stands before the type; in the third row it has no type.
    for text in [
        "谈话时间,谈话人,谈话对象,谈话类型（必填）,谈话主题,谈话内容,党支部\n\
         2026-03-20,陈志远,林秀英,信访谈话,家事,隐情一,机关第一党支部\n\
         2026-03-21,陈志远,林秀英,信访谈话,家事,隐情二,机关第一党支部\n\
         2026-03-22,陈志远,林秀英,,现场办公,巡查,机关第一党支部\n\
         2026-03-23,陈志远,林秀英,安全生产,现场,巡查,机关第一党支部\n\
         2026-03-24,陈志远,林秀英,困难帮扶,家事,隐情三,机关第一党支部\n",
        "谈话时间,谈话人,谈话对象,谈话主题,谈话类别,谈话内容,党支部\n\
         2026-03-20,陈志远,林秀英,家事,信访谈话,隐情一,机关第一党支部\n\
         2026-03-21,陈志远,林秀英,家事,信访谈话,隐情二,机关第一党支部\n\
         2026-03-22,陈志远,林秀英,现场办公,,巡查,机关第一党支部\n\
         2026-03-23,陈志远,林秀英,现场,安全生产,巡查,机关第一党支部\n\
         2026-03-24,陈志远,林秀英,家事,困难帮扶,隐情三,机关第一党支部\n",
    ] {
        let plan = desk.planned(text);
        let asked = |question: &OpenQuestion| {
            let QuestionAbout::TalkType { told_in: TalkField::Kind, nearest } = question.about else {
                panic!("{question:?}")
            };
            assert_eq!(question.choices.len(), 20, "any type may be meant");
            (question.row, question.raw.clone(), question.choices[..nearest].join(" "))
        };
        let petition = |row: u32| (row, "信访谈话".to_owned(), "T11 T12 T20".to_owned());
        assert_eq!(
            plan.questions.iter().map(asked).collect::<Vec<_>>(),
            [petition(2), petition(3), (5, "安全生产".into(), "T01 T20".into())]
        );
        let kinds = |plan: &ImportPlan| plan.talks.iter().map(|row| row.draft.kind.clone()).collect::<Vec<_>>();
        let some = |code: &str| Some(code.to_owned());
        assert_eq!(kinds(&plan), [None, None, some("T20"), None, some("T14")]);
        assert_eq!(plan.talks[2].draft.topic.as_deref(), Some("现场办公"));
        let answered = desk.answered(text, &[(2, "type", "T12"), (3, "type", "T12"), (5, "type", "T20")]);
        assert_eq!(answered.counts().new, 5);
        assert_eq!(kinds(&answered), ["T12", "T12", "T20", "T20", "T14"].map(some));
        let draft = &answered.talks[3].draft;
        assert_eq!((draft.topic.as_deref(), draft.remark.as_deref()), (Some("现场"), Some("原表谈话类型：安全生产")));
        assert!(answered.talks.iter().all(|row| row.draft.content.as_ref().is_none_or(|text| text == "巡查")));
    }
}

#[test]
fn a_restricted_type_that_is_no_longer_offered_does_not_become_another() {
    let mut desk = desk();
    desk.office.run(json!({ "do": "set_talk_type", "code": "T11", "removed": true })).expect("stopped");
    let plan = desk.planned(
        "谈话时间,谈话人,谈话对象,谈话类型,谈话内容,党支部\n2026-03-20,陈志远,林秀英,提醒谈话,隐情,机关第一党支部\n",
    );
    let question = &plan.questions[0];
    assert_eq!((question.choices[..3].join(" "), question.choices.len()), ("T01 T20 T02".to_owned(), 19));
    assert!(!question.choices.contains(&"T11".to_owned()));
}

#[test]
fn what_was_answered_is_a_measure_where_there_is_no_other() {
    let desk = desk();
    let plan = desk.planned(
        "谈话时间,谈话人,谈话对象,谈话主题,反馈意见,答复,党支部\n2026-03-20,陈志远,林秀英,学习,夜班多,已调整,机关第一党支部\n",
    );
    let draft = &plan.talks[0].draft;
    assert_eq!((draft.opinions.as_deref(), draft.measures.as_deref()), (Some("夜班多"), Some("已调整")));
    let plan = desk.planned(
        "谈话时间,谈话人,谈话对象,谈话主题,整改措施,答复,党支部\n2026-03-20,陈志远,林秀英,学习,调班,已调整,机关第一党支部\n",
    );
    let draft = &plan.talks[0].draft;
    assert_eq!((draft.measures.as_deref(), draft.remark.as_deref()), (Some("调班"), Some("原表答复：已调整")));
}

#[test]
fn names_with_blanks_in_them_are_those_of_the_workbook() {
    let mut desk = desk();
    let zhou = desk.office.member(desk.first, json!({ "name": "周国华", "joined": "1999-07-01" }));
    let plan = desk.planned(
        "谈话时间,谈话人,谈话对象,谈话主题,党支部\n\
         2026-03-20,陈 志 远,林　秀　英,学习一,机关第一党支部\n\
         2026-03-21,陈志远,林 秀 英 周 国 华,学习二,机关第一党支部\n\
         2026-03-22,陈志远,林秀英周国华,学习三,机关第一党支部\n\
         2026-03-23,陈志远,林 秀英 周 国华,学习四,机关第一党支部\n",
    );
    assert_eq!((plan.questions.len(), problems(&plan)), (0, vec![]), "{:?}", plan.questions);
    assert_eq!(plan.talks[0].draft.talker_ids, [desk.chen]);
    let partners: Vec<&[PersonId]> = plan.talks.iter().map(|row| &row.draft.partner_ids[..]).collect();
    assert_eq!(partners, [&[desk.lin][..], &[desk.lin, zhou], &[desk.lin, zhou], &[desk.lin, zhou]]);
}

#[test]
fn of_a_restricted_type_the_texts_stay_out_and_that_is_told() {
    let mut desk = desk();
    let text = "谈话时间,谈话人,谈话对象,谈话主题,谈话内容,整改措施,党支部,备注,所在科室\n\
                2026-03-20,陈志远,林秀英,诫勉谈话,隐情,检讨,机关第一党支部,存档,办公室\n";
    let plan = desk.planned(text);
    assert_eq!(
        problems(&plan),
        [(2, "谈话类型", "诫勉谈话只存时间、主题和人员，没有写入谈话内容、整改措施、备注、所在科室")]
    );
    desk.write(plan);
    let drafts = desk.drafts();
    let only = TalkDraft {
        organisation_id: Some(desk.first),
        number: Some("2026-001".into()),
        held_on: drafts[0].held_on,
        kind: Some("T12".into()),
        talker_ids: vec![desk.chen],
        partner_ids: vec![desk.lin],
        topic: Some("诫勉谈话".into()),
        ..TalkDraft::default()
    };
    assert_eq!(drafts, [only]);
    assert!(!desk.office.dump().contains("隐情"));
    let again = desk.planned(text);
    assert!(!again.writes_something(), "{:?}", classes(&again));
}

#[test]
fn what_cannot_be_is_told_with_its_place_and_the_rest_is_written() {
    let mut desk = desk();
    let long = "很".repeat(150);
    let text = format!(
        "谈话时间,谈话地点,谈话人,谈话对象,谈话内容,党支部\n\
         2026-12-24,,陈志远,林秀英,还没到,机关第一党支部\n\
         ,,陈志远,林秀英,没有日期,机关第一党支部\n\
         2026-02-30,,陈志远,林秀英,没有这一天,机关第一党支部\n\
         2026-03-01,,陈志远,陈志远、林秀英,自己,机关第一党支部\n\
         2026-03-02,,,林秀英,没有人谈,机关第一党支部\n\
         2026-03-03,{long}{long},陈志远,林秀英,地点太长,机关第一党支部\n"
    );
    let plan = desk.planned(&text);
    let told = problems(&plan);
    let of = |row: u32| -> Vec<(&str, &str)> {
        told.iter().filter(|one| one.0 == row).map(|(_, field, sentence)| (*field, *sentence)).collect()
    };
    assert_eq!(of(2).len(), 1, "told once: {told:?}");
    assert_eq!(of(2), [("谈话时间", "谈话时间 2026-12-24 还没到，没有写入这一行")]);
    assert_eq!(of(3), [("谈话时间", "没有写谈话时间，没有写入这一行")]);
    assert_eq!(of(4).len(), 1, "{told:?}");
    assert_eq!(of(5), [("谈话对象", "陈志远 既是谈话人又是谈话对象，没有写入这一行")]);
    assert_eq!(of(6), [("谈话人", "没有写谈话人，没有写入这一行")]);
    assert_eq!(of(7), [("谈话地点", "谈话地点有 300 字，最多 200 字，没有写入这一栏")]);
    assert_eq!((plan.counts().broken, plan.counts().new), (5, 1));
    desk.write(plan);
    assert_eq!(desk.drafts().len(), 1);
}

#[test]
fn a_row_that_repeats_one_before_is_written_once_and_two_talks_of_a_day_are_two() {
    let mut desk = desk();
    let text = "谈话时间,谈话人,谈话对象,谈话内容,党支部\n\
                2026-03-20,陈志远,林秀英,上午,机关第一党支部\n\
                2026-03-20,陈志远,林秀英,上午,机关第一党支部\n\
                2026-03-20,陈志远,林秀英,下午,机关第一党支部\n";
    let plan = desk.planned(text);
    assert_eq!(classes(&plan), [&TalkClass::New, &TalkClass::Waiting(TalkWaits::Twice), &TalkClass::New]);
    assert_eq!((plan.counts().same, plan.counts().waiting), (1, 0));
    desk.write(plan);
    assert_eq!(desk.drafts().len(), 2);
    let again = desk.planned(text);
    assert_eq!((again.counts().same, again.counts().new), (3, 0), "{:?}", classes(&again));
}

#[test]
fn what_stands_empty_is_filled_in_and_what_stands_otherwise_is_left_and_told() {
    let mut desk = desk();
    let talk = json!({
        "do": "record_talk", "organisation_id": desk.first, "held_on": "2026-03-20", "type": "T01",
        "talker_ids": [desk.chen], "partner_ids": [desk.lin], "place": "值班室",
    });
    desk.office.run(talk).expect("recorded");
    let text = LEDGER.lines().take(2).collect::<Vec<_>>().join("\n");
    let plan = desk.planned(&text);
    let [TalkClass::Changed { differences, .. }] = classes(&plan)[..] else { panic!("{:?}", classes(&plan)) };
    let filled: Vec<&str> = differences.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(filled, ["谈话方式", "谈话主题", "谈话内容", "整改措施", "备注"]);
    assert_eq!(problems(&plan), [(2, "谈话地点", "工作簿里已有这次谈话，写的不一样；没有改动")]);
    assert_eq!(desk.write(plan), "导入 台账.csv：新增谈话 0 次，补全 1 次");
    let drafts = desk.drafts();
    assert_eq!((drafts.len(), drafts[0].content.as_deref()), (1, Some("谈了三件事")));
    assert_eq!(drafts[0].place.as_deref(), Some("值班室"));
    assert_eq!(desk.planned(&text).counts().same, 1);
}

#[test]
fn a_second_talk_of_a_pair_on_one_day_is_new_and_a_homonym_of_a_known_number_is_the_same() {
    let mut desk = desk();
    for (partner, content) in [(desk.zhao, "甲"), (desk.other_zhao, "乙")] {
        let talk = json!({
            "do": "record_talk", "organisation_id": desk.first, "held_on": "2026-07-20", "type": "T01",
            "talker_ids": [desk.chen], "partner_ids": [partner], "content": content,
        });
        desk.office.run(talk).expect("recorded");
    }
    let text = "编号,谈话时间,谈话人,谈话对象,谈话类型,谈话内容,党支部\n\
                2026-001,2026-07-20,陈志远,赵永强,日常谈心谈话,甲,机关第一党支部\n\
                2026-002,2026-07-20,陈志远,赵永强,日常谈心谈话,乙,机关第一党支部\n";
    let plan = desk.planned(text);
    assert_eq!((plan.counts().same, plan.questions.len(), problems(&plan)), (2, 0, vec![]), "{:?}", classes(&plan));
    let more = format!("{text}2026-003,2026-07-20,陈志远,赵永强,日常谈心谈话,丙,机关第一党支部\n");
    let answered = desk.answered(&more, &[(4, "person:赵永强", &desk.zhao.to_string())]);
    assert_eq!((answered.counts().same, answered.counts().new), (2, 1), "{:?}", classes(&answered));
}

#[test]
fn numbers_of_the_ledger_are_kept_unless_they_are_taken() {
    let mut desk = desk();
    let talk = json!({
        "do": "record_talk", "organisation_id": desk.first, "held_on": "2026-01-05", "type": "T01", "number": "7",
        "talker_ids": [desk.chen], "partner_ids": [desk.lin],
    });
    desk.office.run(talk).expect("recorded");
    let text = "编号,谈话时间,谈话人,谈话对象,谈话内容,党支部\n\
                2026-007,2026-03-20,林秀英,陈志远,甲,机关第一党支部\n\
                2026-036,2026-03-21,陈志远,林秀英,乙,机关第一党支部\n\
                3,2026-03-22,陈志远,林秀英,丙,机关第一党支部\n";
    let plan = desk.planned(text);
    assert_eq!(problems(&plan), [(2, "编号", "编号 2026-007 已经用于别的谈话，由程序接着编")]);
    desk.write(plan);
    let numbers: Vec<Option<String>> = desk.drafts().into_iter().map(|draft| draft.number).collect();
    assert_eq!(numbers, ["2026-007", "2026-037", "2026-036", "2026-038"].map(|number| Some(number.to_owned())));
}

#[test]
fn the_organisation_comes_from_the_column_the_scope_or_an_answer() {
    let desk = desk();
    let text = "谈话时间,谈话人,谈话对象,谈话内容,党支部\n\
                2026-03-20,林秀英,王芳,甲,二支部\n\
                2026-03-21,林秀英,王芳,乙,二支部\n\
                2026-03-22,陈志远,林秀英,丙,\n";
    let plan = desk.planned(text);
    assert_eq!(classes(&plan), [&TalkClass::Waiting(TalkWaits::Organisation); 3]);
    let asked: Vec<(QuestionAbout, u32, &str)> =
        plan.questions.iter().map(|question| (question.about, question.row, question.raw.as_str())).collect();
    assert_eq!(asked, [(QuestionAbout::Organisation, 2, "二支部"), (QuestionAbout::Branch, 0, "1 次谈话没有写党组织")]);
    let (first, second) = (desk.first.to_string(), desk.second.to_string());
    let mut answers = Answers::of_files(&["台账.csv".to_owned()]);
    answers.give("台账.csv", ("", 2, 0), "organisation", &second);
    answers.give("台账.csv", ("", 0, 0), "branch", &first);
    let plan = desk.planned_with(text, &PlanOptions { answers, ..PlanOptions::default() });
    let places: Vec<Option<OrganisationId>> = plan.talks.iter().map(|row| row.organisation).collect();
    assert_eq!(places, [Some(desk.second), Some(desk.second), Some(desk.first)]);
    assert_eq!(classes(&plan)[2], &TalkClass::New);

    let no_branch = "谈话时间,谈话人,谈话对象,谈话内容\n2026-03-22,陈志远,林秀英,丙\n";
    let plan = desk.planned_with(no_branch, &PlanOptions { scope: Some(desk.first), ..PlanOptions::default() });
    assert_eq!((plan.talks[0].organisation, classes(&plan)[0]), (Some(desk.first), &TalkClass::New));
}

#[test]
fn all_parts_of_the_form_come_back_from_a_ledger_with_our_own_heads() {
    let mut desk = desk();
    let talk = |more: Json| {
        let mut talk = json!({
            "do": "record_talk", "organisation_id": desk.first, "held_on": "2026-03-20", "type": "T01", "mode": "一对多",
            "time": "14:30", "place": "会议室", "talker_ids": [desk.chen], "partner_ids": [desk.lin], "partners": ["王芳（群众）"],
            "recorder": "马晓东", "topic": "日常谈心谈话", "outline": "一\n二", "content": "谈了,\"三\"件事\n还有",
            "opinions": "少开会", "attitude": "同意", "measures": "调整", "remark": "补记",
        });
        talk.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        talk
    };
    let talks = [
        talk(json!({})),
        talk(json!({ "topic": null, "number": "12", "type": "T20", "held_on": "2026-05" })),
        talk(
            json!({ "topic": "谈工作", "partners": [], "recorder": null, "recorder_id": desk.lin, "held_on": "2025" }),
        ),
    ];
    for talk in talks {
        desk.office.run(talk).expect("recorded");
    }
    let told = desk.drafts();
    let types = talks::types(desk.office.desk().reader()).expect("types");
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |draft: &TalkDraft| {
        let name = |id: &PersonId| if *id == desk.chen { "陈志远" } else { "林秀英" };
        let names = |ids: &[PersonId], others: &[String]| {
            let all = ids.iter().map(|id| name(id).to_owned()).chain(others.iter().cloned());
            all.collect::<Vec<_>>().join("、")
        };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let recorder = draft.recorder_id.as_ref().map(|id| name(id).to_owned()).or(draft.recorder.clone());
        let cells = [
            text(&draft.number),
            draft.held_on.expect("a day").to_string(),
            types.label(draft.kind.as_deref().expect("a type")).to_owned(),
            text(&draft.time),
            text(&draft.mode),
            text(&draft.place),
            names(&draft.talker_ids, &draft.talkers),
            names(&draft.partner_ids, &draft.partners),
            text(&recorder),
            text(&draft.topic),
            text(&draft.outline),
            text(&draft.content),
            text(&draft.opinions),
            text(&draft.attitude),
            text(&draft.measures),
            text(&draft.remark),
            "机关第一党支部".to_owned(),
        ];
        cells.map(|cell| quoted(&cell)).join(",")
    };
    let heads = "编号,谈话时间,谈话类型,时刻,谈话方式,谈话地点,谈话人,谈话对象,记录人,谈话主题,谈话提纲,谈话内容,\
                 \"存在问题、意见建议\",谈话对象表态,整改措施,备注,党组织";
    let text = format!("{heads}\n{}\n", told.iter().map(line).collect::<Vec<_>>().join("\n"));
    assert_eq!(desk.planned(&text).counts().same, 3, "{:?}", classes(&desk.planned(&text)));
    for _ in 0..3 {
        desk.office.undo().expect("taken back");
    }
    let plan = desk.planned(&text);
    assert_eq!((plan.questions.len(), plan.counts().new, problems(&plan)), (0, 3, vec![]));
    desk.write(plan);
    assert_eq!(desk.drafts(), told);
}

#[test]
fn a_hundred_thousand_rows_are_compared_and_written_one_by_one() {
    // Each row costs the same: ten times as many take about ten times as long, not a hundred times.
    let text = |rows: usize| {
        let mut text = "谈话时间,谈话人,谈话对象,谈话内容,党支部\n".to_owned();
        for nth in 0..rows {
            let (month, date) = (1 + nth % 9, 1 + nth % 28);
            text.push_str(&format!("2026-{month:02}-{date:02},陈志远,林秀英,第{nth}次,机关第一党支部\n"));
        }
        text
    };
    let took = |rows: usize| {
        let mut desk = desk();
        let text = text(rows);
        let start = std::time::Instant::now();
        let plan = desk.planned(&text);
        assert_eq!(plan.counts().new, rows);
        desk.write(plan);
        start.elapsed()
    };
    let (few, many) = (took(300), took(3_000));
    assert!(many < few * 30, "{few:?} for 300 rows, {many:?} for 3,000");
}

#[test]
fn the_program_imports_a_ledger_and_tells_what_waits() {
    let program = Program::with_workbook();
    let commands = json!([
        { "do": "add_organisation", "ref": "@o", "set": { "name": "机关第一党支部" } },
        { "do": "add_member", "branch_id": "@o", "set": { "name": "陈志远", "joined": "1995-07-01" } },
        { "do": "add_member", "branch_id": "@o", "set": { "name": "林秀英", "joined": "2011-07-01" } },
    ]);
    program.apply(commands);
    let before = program.dump("支部.bdk");
    program.write(
        "台账.csv",
        "谈话时间,谈话人,谈话对象,谈话内容\n2026-03-20,陈志远,林秀英,谈了三件事\n2026-03-21,陈志远,王芳,隐情\n",
    );
    let import = ["import", "台账.csv", "--workbook", "支部.bdk", "--kind", "talks"];
    let preview = program.call(&[&import[..], &["--dry-run"]].concat());
    assert_eq!(preview.code, 3, "somebody is asked for");
    assert_eq!(program.dump("支部.bdk"), before);
    let answer = program.call(&[&import[..], &["--json"]].concat());
    let told: Json = serde_json::from_str(&answer.out).expect("JSON");
    assert_eq!((&told["talks"], &told["counts"]["new"], &told["counts"]["waiting"]), (&json!(2), &json!(1), &json!(1)));
    assert_eq!(told["title"], json!("导入谈话 1 次：台账.csv"));
    assert!(!answer.out.contains("隐情"), "what was said is nobody's business here");
    let mut asked = told["questions"].clone();
    assert_eq!(asked[0]["field"], json!("person:王芳"));
    asked[0]["answer"] = json!("outside");
    program.write("答案.json", &asked.to_string());
    let said = program.well(&[&import[..], &["--answers", "答案.json"]].concat());
    assert!(said.contains("已导入谈话 1 次：台账.csv"), "{said}");
    assert!(said.contains("谈心谈话台账：新增 1 行，变更 0 行，相同 1 行，待定 0 行，有误 0 行"), "{said}");
    let again = program.json(&import);
    assert_eq!((&again["entry"], &again["counts"]["same"]), (&json!(null), &json!(2)));
}

#[test]
fn the_ledger_that_goes_out_gives_the_same_talks_in_another_workbook() {
    let program = Program::with_workbook();
    let members = [
        json!({ "do": "add_organisation", "ref": "@g", "set": { "name": "青禾县民政局党总支" } }),
        json!({ "do": "add_organisation", "ref": "@a", "parent_id": "@g", "set": { "name": "机关第一党支部" } }),
        json!({ "do": "add_organisation", "ref": "@b", "parent_id": "@g", "set": { "name": "机关第二党支部" } }),
        json!({ "do": "add_member", "ref": "@chen", "branch_id": "@a", "set": { "name": "陈志远", "joined": "1995-07-01" } }),
        json!({ "do": "add_member", "ref": "@zhao", "branch_id": "@a", "set": { "name": "赵永强", "joined": "2006-07-01" } }),
        json!({ "do": "add_member", "ref": "@he", "branch_id": "@b", "set": { "name": "何静", "joined": "2006-07-01" } }),
    ];
    let talk = |organisation: &str, partner: &str, more: Json| {
        let mut talk = json!({ "do": "record_talk", "organisation_id": organisation, "held_on": "2026-03-20",
            "type": "T01", "talker_ids": ["@chen"], "partner_ids": [partner] });
        talk.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        talk
    };
    let talks = [
        talk(
            "@a",
            "@zhao",
            json!({
                "time": "9:30", "mode": "一对多", "place": "三楼活动室", "partners": ["王芳（群众）"], "recorder_id": "@he",
                "topic": "日常谈心谈话", "outline": "一、工作", "content": "谈了夜班，\"加班\"。\n同意调整。", "opinions": "夜班较多",
                "attitude": "愿意配合", "measures": "调整值班表", "remark": "补记", "number": "12",
                "follow_ups": [
                    { "measure": "调整值班表", "owner_id": "@zhao", "due": "2026-04-10", "done_on": "2026-04-08", "closing_note": "已调整；夜班：减半\n2. 再看" },
                    { "measure": "买书；报名", "owner": "周明亮" },
                    { "measure": "订报（两份）" },
                    { "measure": "查台账：2026-01-01 办结，再看" },
                    { "measure": "「学习」：未办结", "owner": "周明亮", "due": "2026-09" },
                ],
            }),
        ),
        talk("@a", "@zhao", json!({ "held_on": "2026-09-08", "type": "T20", "content": "长".repeat(20_000) })),
        talk("@a", "@zhao", json!({ "held_on": "2026-10", "type": "T11", "topic": "提醒谈话" })),
        talk("@b", "@he", json!({ "held_on": "2025", "topic": "谈工作", "mode": "入户" })),
    ];
    program.apply(members.iter().chain(&talks).cloned().collect());
    let talks_of = |workbook: &str| -> Vec<Json> {
        program.well(&["export", "talks", "--workbook", workbook, "--out", "谈话.json", "--force"]);
        let mut talks: Vec<Json> = serde_json::from_str(&program.read("谈话.json")).expect("JSON");
        for talk in &mut talks {
            let fields = talk.as_object_mut().expect("an object");
            fields.retain(|name, _| name != "id" && !name.ends_with("_id") && !name.ends_with("_ids"));
            for follow_up in fields.get_mut("follow_ups").and_then(Json::as_array_mut).into_iter().flatten() {
                follow_up.as_object_mut().expect("an object").retain(|name, _| !name.ends_with("id"));
            }
        }
        talks
    };
    let told = talks_of("支部.bdk");
    assert_eq!(told[1]["follow_ups"][0]["owner"], json!("赵永强"));
    program.write("人.json", &Json::from(members.to_vec()).to_string());
    for (workbook, ledger) in [("乙.bdk", "台账.csv"), ("丙.bdk", "台账.xlsx")] {
        program.well(&["export", "talks", "--workbook", "支部.bdk", "--out", ledger]);
        program.well(&["new", workbook]);
        program.well(&["apply", "--workbook", workbook, "--from", "人.json"]);
        let import = ["import", ledger, "--workbook", workbook];
        let asked: Json =
            serde_json::from_str(&program.call(&[&import[..], &["--dry-run", "--json"]].concat()).out).expect("JSON");
        assert_eq!(asked["questions"], json!([]), "{asked}");
        program.well(&import);
        assert_eq!(talks_of(workbook), told, "{ledger}");
        let again = program.json(&import);
        assert_eq!((&again["counts"]["same"], &again["entry"]), (&json!(4), &json!(null)), "{again}");
    }
}

#[test]
fn a_text_that_no_cell_of_a_spreadsheet_holds_goes_out_shortened_there_and_whole_as_text() {
    let program = Program::with_workbook();
    let said = "长".repeat(40_000);
    let people = json!([
        { "do": "add_organisation", "ref": "@a", "set": { "name": "机关第一党支部" } },
        { "do": "add_member", "ref": "@chen", "branch_id": "@a", "set": { "name": "陈志远", "joined": "1995-07-01" } },
        { "do": "add_member", "ref": "@zhao", "branch_id": "@a", "set": { "name": "赵永强", "joined": "2006-07-01" } },
    ]);
    let talk = json!({ "do": "record_talk", "organisation_id": "@a", "held_on": "2026-03-20", "type": "T01",
        "talker_ids": ["@chen"], "partner_ids": ["@zhao"], "content": said });
    program.apply(Json::from([people.as_array().expect("a list").clone(), vec![talk]].concat()));
    program.well(&["export", "talks", "--workbook", "支部.bdk", "--out", "台账.csv"]);
    let told = program.call(&["export", "talks", "--workbook", "支部.bdk", "--out", "台账.xlsx"]);
    assert_eq!((told.code, &*told.err), (0, "注意：有 1 格放不下全文，只写了开头，全文请导出 CSV。\n"));
    let json = program.json(&["export", "talks", "--workbook", "支部.bdk", "--out", "台账.xlsx", "--force"]);
    assert_eq!(json["shortened"], json!(1));
    program.write("人.json", &people.to_string());
    let content_from = |ledger: &str, workbook: &str| {
        program.well(&["new", workbook]);
        program.well(&["apply", "--workbook", workbook, "--from", "人.json"]);
        let said = program.well(&["import", ledger, "--workbook", workbook]);
        let is_told = said.contains("谈话内容 只有开头，全文 40,000 字，请另导入 CSV 台账");
        assert_eq!(is_told, ledger.ends_with("xlsx"), "{said}");
        program.well(&["export", "talks", "--workbook", workbook, "--out", "谈话.json", "--force"]);
        let talks: Json = serde_json::from_str(&program.read("谈话.json")).expect("JSON");
        talks[0]["content"].as_str().expect("a text").to_owned()
    };
    assert_eq!(content_from("台账.csv", "乙.bdk"), said);
    let short = content_from("台账.xlsx", "丙.bdk");
    assert_eq!(short.chars().count(), 32_767);
    assert!(short.ends_with("……（一格放不下，全文 40000 字，请导出 CSV 查看）"), "{}", &short[short.len() - 90..]);
}
