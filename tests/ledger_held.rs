//! A ledger over talks that the workbook has already: what it adds comes in, what it says otherwise is told, nothing is
//! there twice.

use branchdesk::domain::dates::PartialDate;
use branchdesk::domain::imports::{ImportPlan, QuestionAbout, TalkClass, TalkWaits};
use branchdesk::domain::talks::{FollowUpDraft, TalkDraft};
use serde_json::{Value as Json, json};

use crate::ledger_import::{Desk, classes, desk, problems};

const HEAD: &str = "编号,谈话时间,谈话人,谈话对象,谈话类型,谈话内容,记录人,跟进情况,备注,党支部";
const LEFT: &str = "工作簿里已有这次谈话，写的不一样；没有改动";

fn ledger(rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("{row},机关第一党支部\n")).collect();
    format!("{HEAD}\n{rows}")
}

/// 陈志远 with 林秀英 on 2026-02-08, as 2026-001.
fn with_talk(more: Json) -> Desk {
    let mut desk = desk();
    let mut talk = json!({
        "do": "record_talk", "organisation_id": desk.first, "held_on": "2026-02-08", "type": "T01",
        "talker_ids": [desk.chen], "partner_ids": [desk.lin],
    });
    talk.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    desk.office.run(talk).expect("recorded");
    desk
}

fn filled_in(plan: &ImportPlan) -> Vec<(&str, &str, &str)> {
    let [TalkClass::Changed { differences, .. }] = &classes(plan)[..] else { panic!("{:?}", classes(plan)) };
    differences.iter().map(|one| (one.label.as_str(), one.old.as_str(), one.new.as_str())).collect()
}

fn open(measure: &str) -> FollowUpDraft {
    FollowUpDraft { measure: measure.to_owned(), ..FollowUpDraft::default() }
}

/// The follow-ups of the only talk, without their ids.
fn follow_ups(desk: &Desk) -> Vec<FollowUpDraft> {
    let [talk] = &desk.drafts()[..] else { panic!("{:?}", desk.drafts()) };
    talk.follow_ups.iter().cloned().map(|one| FollowUpDraft { id: None, ..one }).collect()
}

#[test]
fn recorder_follow_ups_and_remark_of_a_known_talk_come_in_too() {
    let mut desk = with_talk(json!({}));
    let row = ",2026-02-08,陈志远,林秀英,日常谈心谈话,谈了夜班,赵永强（1980-02-03 生）,\
               1. 调整夜班（陈志远，2026-12-10 前）：未办结,已归档 3 号盒";
    let text = ledger(&[row]);
    let plan = desk.planned(&text);
    let added = [
        ("谈话内容", "", "谈了夜班"),
        ("记录人", "", "赵永强"),
        ("备注", "", "已归档 3 号盒"),
        ("跟进", "", "调整夜班"),
    ];
    assert_eq!((filled_in(&plan), problems(&plan)), (added.to_vec(), vec![]));
    desk.write(plan);
    let talk = &desk.drafts()[0];
    assert_eq!((talk.recorder_id, talk.remark.as_deref()), (Some(desk.zhao), Some("已归档 3 号盒")));
    let due = PartialDate::from_iso("2026-12-10");
    assert_eq!(follow_ups(&desk), [FollowUpDraft { owner_id: Some(desk.chen), due, ..open("调整夜班") }]);
    let again = desk.planned(&text);
    assert_eq!((again.counts().same, problems(&again)), (1, vec![]), "{:?}", classes(&again));
}

#[test]
fn what_of_them_is_other_is_left_and_told() {
    let mut desk = with_talk(json!({
        "recorder_id": null, "recorder": "王芳", "remark": "补记", "content": "原文",
        "follow_ups": [{ "measure": "送温暖" }],
    }));
    let row = "2026-001,2026-02-08,陈志远,林秀英,政治生日谈话,原文,李平,1. 慰问：未办结,已归档";
    let plan = desk.planned(&ledger(&[row]));
    assert!(matches!(classes(&plan)[..], [TalkClass::Same { .. }]), "{:?}", classes(&plan));
    let kind = "工作簿里这次谈话是日常谈心谈话，台账写政治生日谈话；没有改动";
    assert_eq!(problems(&plan), [(2, "谈话类型", kind), (2, "记录人", LEFT), (2, "备注", LEFT), (2, "跟进", LEFT)]);
    let before = desk.drafts();
    desk.write(plan);
    assert_eq!(desk.drafts(), before);
}

#[test]
fn a_follow_up_is_known_by_its_measure_and_a_ledger_may_close_it() {
    let mut desk = with_talk(json!({ "content": "原文", "follow_ups": [{ "measure": "送温暖" }] }));
    let row = |told: &str| ledger(&[&format!(",2026-02-08,陈志远,林秀英,日常谈心谈话,原文,,{told},")]);
    let plan = desk.planned(&row("1. 送温暖（林秀英）：2026-03-01 办结，已送；再看"));
    assert_eq!((filled_in(&plan), problems(&plan)), (vec![("跟进", "", "送温暖（2026-03-01 办结）")], vec![]));
    desk.write(plan);
    let done = FollowUpDraft {
        owner_id: Some(desk.lin),
        done_on: PartialDate::from_iso("2026-03-01"),
        closing_note: Some("已送；再看".to_owned()),
        ..open("送温暖")
    };
    assert_eq!(follow_ups(&desk), std::slice::from_ref(&done));
    // An older ledger opens nothing again, and one that tells all and one more adds it.
    assert_eq!(desk.planned(&row("1. 送温暖：未办结")).counts().same, 1);
    let plan = desk.planned(&row("\"1. 送温暖：未办结\n2. 家访：未办结\""));
    assert_eq!(filled_in(&plan), [("跟进", "", "家访")]);
    desk.write(plan);
    assert_eq!(follow_ups(&desk), [done, open("家访")]);
    let other = desk.planned(&row("1. 送温暖（陈志远）：未办结"));
    assert_eq!((other.counts().same, problems(&other)), (1, vec![(2, "跟进", LEFT)]));
}

#[test]
fn lines_of_columns_without_a_field_come_below_the_remark_that_stands_there() {
    let mut desk = with_talk(json!({ "remark": "补记" }));
    let text = "谈话时间,谈话人,谈话对象,谈话类型,思想动态,党支部\n\
                2026-02-08,陈志远,林秀英,日常谈心谈话,稳定,机关第一党支部\n";
    let plan = desk.planned(text);
    assert_eq!(filled_in(&plan), [("备注", "", "原表思想动态：稳定")]);
    desk.write(plan);
    assert_eq!(desk.drafts()[0].remark.as_deref(), Some("补记\n原表思想动态：稳定"));
    assert_eq!(desk.planned(text).counts().same, 1);
}

#[test]
fn a_ledger_without_types_says_nothing_of_the_type() {
    let desk = with_talk(json!({}));
    let text = "谈话时间,谈话人,谈话对象,谈话内容,党支部\n2026-02-08,陈志远,林秀英,谈了夜班,机关第一党支部\n";
    let plan = desk.planned(text);
    assert_eq!((filled_in(&plan), problems(&plan)), (vec![("谈话内容", "", "谈了夜班")], vec![]));
}

#[test]
fn of_a_talk_of_a_restricted_type_no_text_comes_in_whatever_the_row_calls_it() {
    for (kind, number) in [("日常谈心谈话", "2026-001"), ("", "2026-001"), ("", "")] {
        let mut desk = with_talk(json!({ "type": "T14", "topic": "关怀" }));
        let text = ledger(&[
            &format!("{number},2026-02-08,陈志远,林秀英,{kind},隐情,,1. 慰问：未办结,存档"),
            ",2026-03-01,陈志远,林秀英,日常谈心谈话,第二次,,,",
        ]);
        let plan = desk.planned(&text);
        assert!(matches!(classes(&plan)[..], [TalkClass::Same { .. }, TalkClass::New]), "{:?}", classes(&plan));
        let told = "关怀谈话只存时间、主题和人员，没有写入谈话内容、跟进、备注";
        assert_eq!(problems(&plan)[0], (2, "谈话类型", told));
        desk.write(plan);
        assert_eq!(desk.drafts().len(), 2);
        assert!(!desk.office.dump().contains("隐情"));
    }
}

#[test]
fn a_row_with_the_number_of_a_talk_and_one_thing_else_is_asked_about() {
    let day = "2026-001,2026-02-09,陈志远,林秀英,日常谈心谈话,原文,,,";
    let partners = "2026-001,2026-02-08,陈志远,林秀英、王芳（群众）,日常谈心谈话,原文,,,";
    for (row, other) in [(day, "谈话时间"), (partners, "谈话对象")] {
        let mut desk =
            with_talk(json!({ "content": "原文", "topic": "近况", "follow_ups": [{ "measure": "送温暖" }] }));
        let text = ledger(&[row]);
        let plan = desk.planned(&text);
        assert_eq!(classes(&plan), [&TalkClass::Waiting(TalkWaits::SameTalk)]);
        let asked: Vec<_> = plan.questions.iter().map(|asked| (asked.about, asked.raw.as_str())).collect();
        let raw = format!("编号 2026-001 在工作簿里是 2026-02-08 陈志远与林秀英，{other}不一样");
        assert_eq!(asked, [(QuestionAbout::SameTalk, &*raw)]);
        assert_eq!((plan.questions[0].choices.join(" "), problems(&plan)), ("same new".to_owned(), vec![]));

        let another = desk.answered(&text, &[(2, "talk", "new")]);
        assert_eq!(classes(&another), [&TalkClass::New]);
        assert_eq!(problems(&another), [(2, "编号", "编号 2026-001 已经用于别的谈话，由程序接着编")]);

        let same = desk.answered(&text, &[(2, "talk", "same")]);
        assert_eq!(filled_in(&same).iter().map(|one| one.0).collect::<Vec<_>>(), [other]);
        let before = desk.drafts();
        desk.write(same);
        let mut wanted = before[0].clone();
        match other {
            "谈话时间" => wanted.held_on = PartialDate::from_iso("2026-02-09"),
            _ => wanted.partners = vec!["王芳（群众）".to_owned()],
        }
        assert_eq!(desk.drafts(), [wanted], "all else stays");
        assert_eq!(desk.planned(&text).counts().same, 1);
    }
}

#[test]
fn a_row_that_shares_no_more_than_the_number_or_a_bare_count_is_another_talk() {
    let desk = with_talk(json!({}));
    for row in ["2026-001,2026-03-09,林秀英,陈志远,日常谈心谈话,,,,", "1,2026-03-09,陈志远,林秀英,日常谈心谈话,,,,"]
    {
        let plan = desk.planned(&ledger(&[row]));
        assert_eq!(classes(&plan), [&TalkClass::New], "{row}");
    }
}

#[test]
fn a_post_without_a_name_is_asked_for_with_who_held_it_that_day() {
    let mut desk = desk();
    // 陈志远 is 书记 until June, 林秀英 after him.
    let posts = json!([
        { "do": "appoint", "person_id": desk.lin, "organisation_id": desk.first, "post": "书记", "from": "2026-07-01" },
    ]);
    for post in posts.as_array().expect("a list") {
        desk.office.run(post.clone()).expect("appointed");
    }
    let text = "谈话时间,谈话人,谈话对象,谈话内容,党支部\n\
                2026-03-20,支部书记,赵永强（1980-02-03 生）,甲,机关第一党支部\n\
                2026-03-21,支部书记,赵永强（1980-02-03 生）,乙,机关第一党支部\n\
                2026-08-01,书记,赵永强（1980-02-03 生）,丙,机关第一党支部\n\
                2026-03-22,局长,赵永强（1980-02-03 生）,丁,机关第一党支部\n\
                2026-03-23,陈志远/支部书记,党员林秀英,戊,机关第一党支部\n";
    let plan = desk.planned(text);
    let asked: Vec<(u32, &str, usize)> =
        plan.questions.iter().map(|asked| (asked.row, asked.raw.as_str(), asked.choices.len())).collect();
    assert_eq!(asked, [(2, "支部书记", 2), (4, "书记", 3), (5, "局长", 1)]);
    assert_eq!(problems(&plan), [], "nothing is called unwritten");
    assert_eq!(plan.questions[0].choices[0], desk.chen.to_string());
    assert_eq!(classes(&plan)[..4], [&TalkClass::Waiting(TalkWaits::Who); 4]);
    let named = &plan.talks[4].draft;
    assert_eq!((&named.talker_ids[..], &named.partner_ids[..]), (&[desk.chen][..], &[desk.lin][..]));

    let (chen, lin) = (desk.chen.to_string(), desk.lin.to_string());
    let given = [(2, "person:支部书记", &*chen), (4, "person:书记", &*lin), (5, "person:局长", "outside")];
    let plan = desk.answered(text, &given);
    assert_eq!(plan.counts().new, 5, "{:?}", plan.questions);
    desk.write(plan);
    let talkers: Vec<TalkDraft> = desk.drafts();
    let of = |day: &str| {
        let day = PartialDate::from_iso(day);
        let talk = talkers.iter().find(|talk| talk.held_on == day).expect("written");
        (talk.talker_ids.clone(), talk.talkers.clone())
    };
    assert_eq!(of("2026-03-21"), (vec![desk.chen], vec![]));
    assert_eq!(of("2026-08-01"), (vec![desk.lin], vec![]));
    assert_eq!(of("2026-03-22"), (vec![], vec!["局长".to_owned()]));
}
