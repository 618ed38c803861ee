//! What follows from the talks of a ledger, in columns of its own: nothing of it is lost, and no day is made up.

use branchdesk::domain::dates::PartialDate;
use branchdesk::domain::talks::FollowUpDraft;

use crate::ledger_import::{desk, problems};

const HEADS: &str = "谈话时间,谈话人,谈话对象,谈话内容,整改措施,责任人,完成时限,办结情况,党支部\n";

fn draft(measure: &str) -> FollowUpDraft {
    FollowUpDraft { measure: measure.into(), ..FollowUpDraft::default() }
}

#[test]
fn measures_with_who_does_them_by_when_and_what_became_of_them_are_follow_ups() {
    let mut desk = desk();
    let rows = "2026-03-20,陈志远,林秀英,一,调整值班表,林秀英,9月30日前,2026-09-25 办结，已调整,机关第一党支部\n\
                2026-03-21,陈志远,林秀英,二,慰问,王某,12月底前,未办结,机关第一党支部\n\
                2026-03-22,陈志远,林秀英,三,,,,,机关第一党支部\n\
                2026-03-23,陈志远,林秀英,四,多看望,,,,机关第一党支部\n";
    let text = format!("{HEADS}{rows}");
    let plan = desk.planned(&text);
    assert_eq!((plan.counts().new, plan.questions.len(), problems(&plan)), (4, 0, vec![]));
    assert_eq!(plan.remark_columns, [], "all columns have their place");
    let date = PartialDate::from_iso;
    let first = FollowUpDraft {
        owner_id: Some(desk.lin),
        due: date("2026-09-30"),
        done_on: date("2026-09-25"),
        closing_note: Some("已调整".into()),
        ..draft("调整值班表")
    };
    let second = FollowUpDraft { owner: Some("王某".into()), due: date("2026-12"), ..draft("慰问") };
    let told: Vec<&[FollowUpDraft]> = plan.talks.iter().map(|row| &row.draft.follow_ups[..]).collect();
    assert_eq!(told, [&[first][..], &[second][..], &[], &[]]);
    let measures: Vec<Option<&str>> = plan.talks.iter().map(|row| row.draft.measures.as_deref()).collect();
    assert_eq!(measures, [None, None, None, Some("多看望")], "where nobody is to do it by any day it is a text");
    assert!(plan.talks.iter().all(|row| row.draft.remark.is_none()));
    desk.write(plan);
    assert_eq!(desk.planned(&text).counts().same, 4, "nothing comes in twice");
}

#[test]
fn columns_of_other_names_and_a_day_of_its_own_are_the_same() {
    let desk = desk();
    let text = "谈话时间,谈话人,谈话对象,谈话内容,整改措施,跟进事项,责任人,期限,是否办结,办结日期,党支部\n\
                2026-03-20,陈志远,林秀英,一,谈心,调整值班表,陈志远,2026.9.30,是,2026.9.25,机关第一党支部\n\
                2026-03-21,陈志远,林秀英,二,,慰问,,4月,否,,机关第一党支部\n";
    let plan = desk.planned(text);
    assert_eq!((plan.counts().new, problems(&plan)), (2, vec![]));
    let date = PartialDate::from_iso;
    let first = FollowUpDraft {
        owner_id: Some(desk.chen),
        due: date("2026-09-30"),
        done_on: date("2026-09-25"),
        ..draft("调整值班表")
    };
    assert_eq!(plan.talks[0].draft.follow_ups, [first]);
    assert_eq!(plan.talks[0].draft.measures.as_deref(), Some("谈心"), "跟进事项 tells what is to be done");
    assert_eq!(plan.talks[1].draft.follow_ups, [FollowUpDraft { due: date("2026-04"), ..draft("慰问") }]);
}

#[test]
fn what_the_head_of_follow_ups_means_is_told_by_the_heads_beside_it() {
    let desk = desk();
    let planned = |heads: &str, cells: &str| {
        let text = format!(
            "谈话时间,谈话人,谈话对象,谈话内容,{heads},党支部\n2026-03-20,陈志远,林秀英,一,{cells},机关第一党支部\n"
        );
        let plan = desk.planned(&text);
        assert_eq!((plan.counts().new, problems(&plan)), (1, vec![]), "{heads}");
        plan.talks[0].draft.clone()
    };
    let date = PartialDate::from_iso;
    let to_do = FollowUpDraft { owner_id: Some(desk.lin), due: date("2026-09"), ..draft("调整值班表") };
    let alone = planned("跟进情况,责任人,期限", "调整值班表,林秀英,9月底");
    assert_eq!(alone.follow_ups, std::slice::from_ref(&to_do));
    let beside_state = planned("帮扶措施,跟进情况,责任人,期限,办结", "谈心,调整值班表,林秀英,9月底,否");
    assert_eq!(
        (&beside_state.follow_ups[..], beside_state.measures.as_deref()),
        (std::slice::from_ref(&to_do), Some("谈心"))
    );
    let state = planned("整改措施,责任人,期限,跟进情况", "调整值班表,林秀英,9月底,2026-09-25 办结");
    assert_eq!(state.follow_ups, [FollowUpDraft { done_on: date("2026-09-25"), ..to_do }]);
}

#[test]
fn what_was_done_on_no_day_is_no_open_work_and_stays_as_it_was_written() {
    let desk = desk();
    let rows = "2026-03-20,陈志远,林秀英,一,补学习,林秀英,6月底,已办结,机关第一党支部\n\
                2026-03-21,陈志远,林秀英,二,写检查,林秀英,长期坚持,,机关第一党支部\n\
                2026-03-22,陈志远,林秀英,三,走访,林秀英,6月底,正在联系医院,机关第一党支部\n";
    let plan = desk.planned(&format!("{HEADS}{rows}"));
    let told = problems(&plan);
    let done = "“已办结”没有写明哪一天办结，或那天还没到，没有立为跟进；措施、责任人和办结情况按原文记下";
    assert_eq!(told[0], (2, "办结情况", done));
    assert_eq!(told[1], (3, "完成时限", "“长期坚持”看不出是哪一天，没有填完成时限，原文记入备注"));
    assert!(plan.problems.iter().all(|problem| problem.is_note()) && told.len() == 2, "{told:?}");
    let first = &plan.talks[0].draft;
    assert_eq!((&first.follow_ups[..], first.measures.as_deref()), (&[][..], Some("补学习")));
    let remark = "原表责任人：林秀英\n原表完成时限：6月底\n原表办结情况：已办结";
    assert_eq!(first.remark.as_deref(), Some(remark));
    assert_eq!(plan.talks[1].draft.follow_ups.len(), 1);
    assert_eq!(plan.talks[1].draft.remark.as_deref(), Some("原表完成时限：长期坚持"));
    assert_eq!(plan.talks[2].draft.follow_ups[0].done_on, None);
    assert_eq!(plan.talks[2].draft.remark.as_deref(), Some("原表办结情况：正在联系医院"));
}
