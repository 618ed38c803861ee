//! Ledgers that name those who talked and those whom they talked with in one column (谈话双方).

use branchdesk::domain::imports::{ImportPlan, QuestionAbout, TalkClass, TalkWaits};
use serde_json::json;

use crate::ledger_import::{Desk, classes, desk, problems};

/// A ledger with this head above these cells, a row a day.
fn ledger(head: &str, cells: &[&str]) -> String {
    let rows = (1..).zip(cells).map(|(nth, cell)| format!("2026-03-{nth:02},\"{cell}\",谈话{nth},机关第一党支部\n"));
    format!("谈话时间,{head},谈话内容,党支部\n{}", rows.collect::<String>())
}

fn sides(desk: &Desk, plan: &ImportPlan) -> Vec<String> {
    let name = |id| match id {
        _ if id == desk.chen => "陈志远",
        _ if id == desk.lin => "林秀英",
        _ if id == desk.zhao => "赵永强",
        _ => "别人",
    };
    let side = |ids: &[branchdesk::domain::ids::PersonId], others: &[String]| {
        let known = ids.iter().map(|id| name(*id).to_owned());
        known.chain(others.iter().cloned()).collect::<Vec<_>>().join("、")
    };
    let row = |row: &branchdesk::domain::imports::ImportedTalk| {
        let draft = &row.draft;
        format!("{}→{}", side(&draft.talker_ids, &draft.talkers), side(&draft.partner_ids, &draft.partners))
    };
    plan.talks.iter().map(row).collect()
}

#[test]
fn words_and_signs_in_the_cell_tell_who_talked_with_whom() {
    let mut desk = desk();
    let cells = [
        "陈志远与林秀英",
        "陈志远—林秀英",
        "陈志远（书记）→林秀英",
        "陈志远对林秀英谈话",
        "谈话对象：林秀英 谈话人：陈志远",
        "陈志远与林秀英、赵永强",
    ];
    for head in ["谈话双方", "谈话人员", "谈话人与谈话对象"] {
        let plan = desk.planned(&ledger(head, &cells));
        assert_eq!((plan.counts().new, plan.questions.len(), problems(&plan)), (6, 0, vec![]), "{head}");
        assert_eq!(sides(&desk, &plan)[..5], ["陈志远→林秀英"; 5], "{head}");
        assert_eq!(sides(&desk, &plan)[5], "陈志远→林秀英、赵永强", "{head}");
        assert_eq!((plan.talks[0].talkers.as_str(), plan.talks[0].name.as_str()), ("陈志远", "林秀英"));
        let remark = format!("原表{head}：陈志远（书记）→林秀英");
        assert_eq!(plan.talks[2].draft.remark.as_deref(), Some(remark.as_str()), "what else is said is kept");
        assert_eq!(plan.talks[0].draft.remark, None, "{head}");
    }
    let text = ledger("谈话双方", &cells);
    let plan = desk.planned(&text);
    desk.write(plan);
    assert_eq!(desk.planned(&text).counts().same, 6, "nothing comes in twice");
}

#[test]
fn a_name_with_a_conjunction_in_it_is_known_from_the_roster() {
    let mut desk = desk();
    for name in ["李和平", "赵和"] {
        desk.office.member(desk.first, json!({ "name": name, "joined": "1999-07-01" }));
    }
    let plan =
        desk.planned(&ledger("谈话双方", &["李和平和陈志远", "陈志远与李和平", "赵和和李和平", "陈志远和李和平"]));
    assert_eq!((plan.counts().new, plan.questions.len(), problems(&plan)), (4, 0, vec![]), "{:?}", plan.talks);
    let names: Vec<(&str, &str)> = plan.talks.iter().map(|row| (row.talkers.as_str(), row.name.as_str())).collect();
    assert_eq!(names, [("李和平", "陈志远"), ("陈志远", "李和平"), ("赵和", "李和平"), ("陈志远", "李和平")]);
}

#[test]
fn of_two_names_side_by_side_the_head_tells_or_one_answer_for_the_file() {
    let desk = desk();
    for (head, first) in [
        ("谈话人、谈话对象", "陈志远→林秀英"),
        ("谈话对象与谈话人", "林秀英→陈志远"),
        ("谈话双方（谈话人、谈话对象）", "陈志远→林秀英"),
    ] {
        let plan = desk.planned(&ledger(head, &["陈志远、林秀英", "陈志远 林秀英"]));
        assert_eq!((plan.counts().new, plan.questions.len()), (2, 0), "{head}: {:?}", problems(&plan));
        assert_eq!(sides(&desk, &plan), [first; 2], "{head}");
    }
    let text = ledger("谈话双方", &["陈志远、林秀英", "林秀英/陈志远", "陈志远与林秀英"]);
    let plan = desk.planned(&text);
    let waits = TalkClass::Waiting(TalkWaits::Sides);
    assert_eq!(classes(&plan), [&waits, &waits, &TalkClass::New]);
    let [question] = &plan.questions[..] else { panic!("{:?}", plan.questions) };
    assert_eq!(
        (question.about, question.row, &*question.field()),
        (QuestionAbout::WhoStandsFirst, 0, "who_stands_first")
    );
    assert_eq!(question.raw, "2 次谈话的双方写在一格（“陈志远、林秀英”）");
    assert_eq!(question.choices, ["talkers", "partners"]);
    let plan = desk.answered(&text, &[(0, "who_stands_first", "talkers")]);
    assert_eq!(sides(&desk, &plan), ["陈志远→林秀英", "林秀英→陈志远", "陈志远→林秀英"]);
    let plan = desk.answered(&text, &[(0, "who_stands_first", "partners")]);
    assert_eq!(sides(&desk, &plan), ["林秀英→陈志远", "陈志远→林秀英", "陈志远→林秀英"], "a sign tells more");
    assert_eq!((plan.counts().new, plan.questions.len()), (3, 0));
}

#[test]
fn what_cannot_be_parted_is_told_with_its_place_and_what_to_do() {
    let desk = desk();
    let plan = desk.planned(&ledger("谈话双方", &["陈志远、林秀英、赵永强", "", "陈志远与林秀英"]));
    let told = problems(&plan);
    let sentence = "看不出“陈志远、林秀英、赵永强”里谁是谈话人、谁是谈话对象，没有写入这一行；\
                    请写成“谈话人—谈话对象”，或分成谈话人、谈话对象两栏";
    assert_eq!(told[0], (2, "谈话双方", sentence));
    assert_eq!(told[1], (3, "谈话对象", "这一行没有谈话对象"));
    assert_eq!((plan.counts().broken, plan.counts().new), (2, 1));
    assert_eq!(plan.talks[0].name, "陈志远、林秀英、赵永强", "the row is shown with what it says");
}

#[test]
fn a_column_of_people_beside_one_of_a_side_is_that_of_the_other_side() {
    let desk = desk();
    let text = "谈话时间,谈话人员,谈话对象,谈话内容,党支部\n2026-03-20,陈志远,林秀英,工作,机关第一党支部\n";
    let plan = desk.planned(text);
    assert_eq!((sides(&desk, &plan), problems(&plan)), (vec!["陈志远→林秀英".to_owned()], vec![]));
}

#[test]
fn what_a_ledger_tells_of_people_stands_with_those_of_no_roster_only() {
    let mut desk = desk();
    let text = "谈话时间,谈话人,职务,谈话对象,职务,政治面貌,谈话内容,签字,党支部\n\
                2026-03-20,陈志远,书记,林秀英,科员,中共党员,工作,林秀英,机关第一党支部\n\
                2026-03-21,陈志远,书记,王芳,某公司经理,群众,家庭,,机关第一党支部\n\
                2026-03-22,陈志远,书记,林秀英、王芳,科员、经理,,学习,,机关第一党支部\n";
    let plan = desk.planned(text);
    assert_eq!((plan.counts().new, plan.questions.len(), problems(&plan)), (3, 0, vec![]), "the column says 群众");
    let left: Vec<&str> = plan.roster_columns.iter().map(|head| &**head).collect();
    assert_eq!(left, ["谈话人职务", "谈话对象职务", "谈话对象政治面貌"]);
    assert_eq!(plan.remark_columns.iter().map(|head| &**head).collect::<Vec<_>>(), ["签字"]);
    let remarks: Vec<Option<&str>> = plan.talks.iter().map(|row| row.draft.remark.as_deref()).collect();
    assert_eq!(remarks, [Some("原表签字：林秀英"), None, Some("原表谈话对象职务：科员、经理")]);
    assert_eq!(sides(&desk, &plan)[1], "陈志远→王芳（某公司经理，群众）");
    desk.write(plan);
    assert_eq!(desk.planned(text).counts().same, 3);
    let of_names =
        "谈话时间,谈话人姓名职务,谈话对象,谈话内容,党支部\n2026-03-25,陈志远（书记）,林秀英,健康,机关第一党支部\n";
    let plan = desk.planned(of_names);
    assert_eq!(plan.talks[0].draft.remark.as_deref(), Some("原表谈话人姓名职务：陈志远（书记）"), "names, and more");
}
