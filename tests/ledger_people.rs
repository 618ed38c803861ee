//! Who is meant by the names of a ledger: by name alone only where one person can be meant; and the export of a ledger
//! tells those of one name apart, so that it comes back without a question.

use branchdesk::domain::ids::PersonId;
use branchdesk::domain::imports::{ImportPlan, TalkClass, TalkWaits};
use serde_json::{Value as Json, json};

use crate::ledger_import::{Desk, classes, desk, problems};
use crate::support::program::Program;

fn asked(plan: &ImportPlan) -> Vec<(u32, &str, Vec<&str>)> {
    plan.questions
        .iter()
        .map(|question| (question.row, question.raw.as_str(), question.choices.iter().map(String::as_str).collect()))
        .collect()
}

fn partners(plan: &ImportPlan) -> Vec<&[PersonId]> {
    plan.talks.iter().map(|row| row.draft.partner_ids.as_slice()).collect()
}

/// Whoever is named on 20 July in the ledger of an organisation, with 陈志远 who talks.
fn one_row(organisation: &str, day: &str, name: &str) -> String {
    format!("谈话时间,谈话人,谈话对象,谈话内容,党支部\n{day},陈志远,{name},工作,{organisation}\n")
}

#[test]
fn a_homonym_of_another_branch_is_asked_for_and_never_taken_silently() {
    let desk = desk();
    // Nobody of these names was ever in the second branch.
    let plan = desk.planned(&one_row("机关第二党支部", "2026-03-20", "赵永强"));
    let (chen, zhao, other) = (desk.chen.to_string(), desk.zhao.to_string(), desk.other_zhao.to_string());
    assert_eq!(
        asked(&plan),
        [(2, "陈志远", vec![chen.as_str(), "outside"]), (2, "赵永强", vec![zhao.as_str(), other.as_str(), "outside"])]
    );
    assert_eq!(classes(&plan), [&TalkClass::Waiting(TalkWaits::Who)]);
    // The ledger of a 党总支 is of all below it; two of them bear this name.
    let plan = desk.planned(&one_row("县局党总支", "2026-03-20", "林秀英"));
    assert_eq!(plan.questions.len(), 1, "陈志远 is the only one: {:?}", asked(&plan));
    assert_eq!((plan.questions[0].raw.as_str(), plan.questions[0].choices.len()), ("林秀英", 3));
    assert_eq!(plan.talks[0].draft.talker_ids, [desk.chen]);
}

#[test]
fn who_belongs_to_the_branch_on_another_day_only_is_taken_and_that_is_told() {
    let mut desk = desk();
    let joins = json!({ "name": "何静", "joined": "2012-07-01", "transfer_in": "2026-06-01" });
    let he = desk.office.member(desk.first, joins);
    let plan = desk.planned(&one_row("机关第一党支部", "2026-03-20", "何静"));
    assert_eq!((partners(&plan), asked(&plan)), (vec![&[he][..]], vec![]));
    let note = "何静 2026-06-01 起才在机关第一党支部，谈话那天还不在；按姓名记为这一位";
    assert_eq!(problems(&plan), [(2, "谈话对象", note)]);
    assert!(plan.problems[0].is_note() && classes(&plan) == [&TalkClass::New]);
    let plan = desk.planned(&one_row("机关第一党支部", "2026-07-20", "何静"));
    assert_eq!((partners(&plan), problems(&plan)), (vec![&[he][..]], vec![]));

    let leaves = json!({
        "do": "transfer_member", "ids": [he], "to_id": desk.second, "on": "2026-09-01",
    });
    desk.office.run(leaves).expect("transferred");
    let plan = desk.planned(&one_row("机关第一党支部", "2026-10-20", "何静"));
    assert_eq!(partners(&plan), [&[he][..]]);
    assert_eq!(problems(&plan)[0].2, "何静 谈话那天不在机关第一党支部；按姓名记为曾在的这一位");
}

#[test]
fn brackets_tell_which_of_one_name_is_meant_and_are_not_kept_twice() {
    let mut desk = desk();
    for told in ["1980-02 生", "1980年2月生", "1980.2出生", "80.2生"] {
        let plan = desk.planned(&one_row("机关第一党支部", "2026-07-20", &format!("赵永强（{told}）")));
        assert_eq!((partners(&plan), asked(&plan)), (vec![&[desk.zhao][..]], vec![]), "{told}");
        assert_eq!(plan.talks[0].draft.remark, None, "{told}");
        assert_eq!(plan.talks[0].meant, ["赵永强，1980-02-03 生，机关第一党支部"], "who is meant is shown");
    }
    // Of another branch: the row itself says whom it means.
    let birth = json!({ "do": "edit_members", "ids": [desk.other_zhao], "set": { "birth": "1990-01-05" } });
    desk.office.run(birth).expect("edited");
    let born = one_row("机关第二党支部", "2026-03-20", "赵永强（1990-01 生）").replace("陈志远", "林秀英");
    assert_eq!(partners(&desk.planned(&born)), [&[desk.other_zhao][..]]);
    let both = one_row("机关第一党支部", "2026-07-20", "\"赵永强（1980-02 生）、赵永强（1990-01 生）\"");
    assert_eq!(partners(&desk.planned(&both)), [&[desk.zhao, desk.other_zhao][..]]);
    let neither = desk.planned(&one_row("机关第一党支部", "2026-03-20", "赵永强（1985-03 生）"));
    assert_eq!(neither.questions.len(), 1, "nobody was born then");
}

#[test]
fn two_talks_of_a_day_that_differ_in_who_of_one_name_is_meant_are_two() {
    let mut desk = desk();
    let birth = json!({ "do": "edit_members", "ids": [desk.other_zhao], "set": { "birth": "1990-01-05" } });
    desk.office.run(birth).expect("edited");
    let text = "谈话时间,谈话人,谈话对象,谈话内容,党支部\n\
                2026-07-20,陈志远,赵永强（1980-02 生）,工作,机关第一党支部\n\
                2026-07-20,陈志远,赵永强（1990-01 生）,工作,机关第一党支部\n";
    let plan = desk.planned(text);
    assert_eq!((plan.counts().new, problems(&plan)), (2, vec![]));
    // The second one first: it is not the talk that is there already.
    let second: String =
        text.lines().enumerate().filter(|(nth, _)| *nth != 1).map(|(_, line)| format!("{line}\n")).collect();
    let plan_of_second = desk.planned(&second);
    desk.write(plan_of_second);
    let plan = desk.planned(text);
    assert_eq!((classes(&plan)[0], plan.counts().same), (&TalkClass::New, 1), "{:?}", classes(&plan));
    desk.write(plan);
    assert_eq!(desk.planned(text).counts().same, 2);
}

#[test]
fn who_is_called_no_member_is_none_of_the_members_of_that_name() {
    let desk = desk();
    for about in ["群众", "入党积极分子"] {
        let plan = desk.planned(&one_row("机关第一党支部", "2026-03-20", &format!("林秀英（{about}）")));
        assert_eq!((partners(&plan), asked(&plan)), (vec![&[][..]], vec![]), "{about}");
        assert_eq!(plan.talks[0].draft.partners, [format!("林秀英（{about}）")]);
    }
    let plan = desk.planned(&one_row("机关第一党支部", "2026-03-20", "林秀英（群众委员）"));
    assert_eq!(partners(&plan), [&[desk.lin][..]], "a post in the party");
}

#[test]
fn of_many_rows_with_one_name_of_several_each_asks() {
    let desk = desk();
    let text = "谈话时间,谈话人,谈话对象,谈话内容,党支部\n\
                2026-07-20,陈志远,赵永强,一,机关第一党支部\n\
                2026-07-21,陈志远,赵永强,二,机关第一党支部\n";
    assert_eq!(desk.planned(text).questions.len(), 2);
}

/// The workbook of a desk with talks of both homonyms, in a folder where the program can be called.
fn with_homonyms(desk: &mut Desk) -> Program {
    let birth = json!({ "do": "edit_members", "ids": [desk.other_zhao], "set": { "birth": "1990-01-05" } });
    desk.office.run(birth).expect("edited");
    let talk = |organisation, day: &str, talker: PersonId, partner: PersonId| {
        json!({ "do": "record_talk", "organisation_id": organisation, "held_on": day, "type": "T01",
            "talker_ids": [talker], "partner_ids": [partner], "content": "工作", "recorder_id": partner,
            "time": "9:30" })
    };
    for talk in [
        talk(desk.first, "2026-07-20", desk.chen, desk.zhao),
        talk(desk.first, "2026-07-20", desk.chen, desk.other_zhao),
        talk(desk.first, "2026-07-21", desk.zhao, desk.other_zhao),
        talk(desk.first, "2026-07-22", desk.chen, desk.lin),
        talk(desk.second, "2026-07-23", desk.other_zhao, desk.lin),
    ] {
        desk.office.run(talk).expect("recorded");
    }
    let path = desk.office.path();
    desk.office.close();
    let program = Program::in_folder(path.parent().expect("a folder"));
    std::fs::rename(&path, program.path("支部.bdk")).expect("renamed");
    program
}

fn remove_talks(program: &Program, workbook: &str) {
    program.well(&["export", "talks", "--workbook", workbook, "--out", "全部.json", "--force"]);
    let talks: Vec<Json> = serde_json::from_str(&program.read("全部.json")).expect("JSON");
    let remove: Vec<Json> = talks.iter().map(|talk| json!({ "do": "remove_talk", "id": talk["id"] })).collect();
    program.write("删除.json", &Json::from(remove).to_string());
    program.well(&["apply", "--workbook", workbook, "--from", "删除.json", "--as-one", "删除"]);
}

/// The talks of a workbook, without what a second writing gives anew.
fn talks_of(program: &Program, workbook: &str) -> Vec<Json> {
    program.well(&["export", "talks", "--workbook", workbook, "--out", "全部.json", "--force"]);
    let mut talks: Vec<Json> = serde_json::from_str(&program.read("全部.json")).expect("JSON");
    for talk in &mut talks {
        let fields = talk.as_object_mut().expect("an object");
        fields.remove("id");
        let follow_ups = fields.get_mut("follow_ups").and_then(Json::as_array_mut);
        follow_ups.into_iter().flatten().filter_map(Json::as_object_mut).for_each(|one| drop(one.remove("id")));
    }
    talks
}

/// Exports the ledger, imports it where it came from, and where its talks were removed.
fn comes_back(program: &Program, ledger: &str) -> Json {
    program.well(&["export", "talks", "--workbook", "支部.bdk", "--out", ledger, "--force"]);
    let count = talks_of(program, "支部.bdk").len();
    let there = program.json(&["import", ledger, "--workbook", "支部.bdk", "--dry-run"]);
    assert_eq!((&there["questions"], &there["counts"]["same"]), (&json!([]), &json!(count)), "{there}");
    assert_eq!(there["problems"], json!([]));
    std::fs::copy(program.path("支部.bdk"), program.path("副本.bdk")).expect("copied");
    remove_talks(program, "副本.bdk");
    let back = program.json(&["import", ledger, "--workbook", "副本.bdk"]);
    assert_eq!((&back["questions"], &back["counts"]["new"]), (&json!([]), &json!(count)), "{back}");
    assert_eq!(talks_of(program, "副本.bdk"), talks_of(program, "支部.bdk"), "{ledger}");
    back
}

#[test]
fn the_export_tells_homonyms_apart_where_two_of_the_organisation_bear_the_name_and_reads_that_back() {
    let mut desk = desk();
    let program = with_homonyms(&mut desk);
    for ledger in ["台账.csv", "台账.xlsx"] {
        comes_back(&program, ledger);
    }
    let text = program.read("台账.csv");
    let line = |day: &str| text.lines().find(|line| line.contains(day)).expect("a row").to_owned();
    assert!(line("2026-07-21").contains(",赵永强（1980-02 生）,赵永强（1990-01 生）,"), "{text}");
    assert!(line("2026-07-22").contains(",陈志远,林秀英,"), "the other of that name is of another branch: {text}");
    let outsiders = ",赵永强（机关第一党支部，1990-01 生）,林秀英（机关第一党支部）,";
    assert!(line("2026-07-23").contains(outsiders), "of another branch that is told: {text}");
    let talks = talks_of(&program, "支部.bdk");
    assert_eq!(talks[0]["partners"], json!(["赵永强"]), "programs have the ids");
    // Whoever has gone on since is called by the branch of then.
    program.apply(json!([
        { "do": "add_organisation", "ref": "@c", "set": { "name": "机关第三党支部" } },
        { "do": "transfer_member", "ids": [desk.lin], "to_id": "@c", "on": "2026-09-01" },
    ]));
    program.well(&["export", "talks", "--workbook", "支部.bdk", "--out", "台账.csv", "--force"]);
    let text = program.read("台账.csv");
    assert!(text.lines().any(|line| line.contains("2026-07-23") && line.contains(outsiders)), "{text}");
}

#[test]
fn the_ledger_of_the_practice_bureau_comes_back_without_a_question_and_covers_the_same() {
    let program = Program::new();
    program.well(&["demo", "--dir", "."]);
    let made = program.files().into_iter().find(|name| name.ends_with(".bdk")).expect("a workbook");
    std::fs::rename(program.path(&made), program.path("支部.bdk")).expect("renamed");
    let back = comes_back(&program, "台账.csv");
    let told: Vec<&Json> = back["problems"].as_array().expect("a list").iter().map(|one| &one["code"]).collect();
    assert!(!told.is_empty() && told.iter().all(|code| **code == json!("not_there_then")), "{told:?}");
    let covered = |workbook: &str, year: &str| {
        program.json(&["coverage", "--workbook", workbook, "--org", "青禾县民政局党总支", "--year", year])
    };
    for year in ["2025", "2026"] {
        assert_eq!(covered("支部.bdk", year), covered("副本.bdk", year), "{year}");
    }
}
