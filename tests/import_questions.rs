//! What an import asks rather than guesses: the same person twice, somebody who had left, one who is nearly somebody,
//! the branch of rows that name none.

use branchdesk::command::{Command, ImportRoster};
use branchdesk::domain::fields::{FieldKey, Known};
use branchdesk::domain::ids::OrganisationId;
use branchdesk::domain::imports::{BranchRef, ImportPlan, QuestionAbout, RowClass, Waits};
use branchdesk::exchange::import::{Answers, PlanOptions, plan, read_roster};
use branchdesk::progress::Progress;
use branchdesk::view::members::{ListAsk, list};
use serde_json::json;

use crate::support::office::{Office, day};

const FILE: &str = "名册.csv";

/// An answer: row, field, what is answered. Row 0 stands for the rows without a branch.
type Given<'a> = (u32, &'a str, &'a str);

fn planned(office: &Office, text: &str, given: &[Given<'_>]) -> ImportPlan {
    let beside: Vec<_> = given.iter().map(|(row, field, answer)| ((*row, 0), *field, *answer)).collect();
    planned_beside(office, text, &beside)
}

/// The same, where tables stand beside each other: of each row is told which of them it is.
fn planned_beside(office: &Office, text: &str, given: &[((u32, usize), &str, &str)]) -> ImportPlan {
    let path = office.path().with_file_name(FILE);
    std::fs::write(&path, format!("\u{feff}{text}")).expect("written");
    let today = day("2026-11-24");
    let reading = read_roster(&path, today, &Progress::default()).expect("read");
    let mut answers = Answers::of_files(&[FILE.to_owned()]);
    for ((row, beside), field, answer) in given {
        answers.give("", ("", *row, *beside), field, answer);
    }
    let options = PlanOptions { answers, ..PlanOptions::default() };
    plan(office.read_only().reader(), vec![reading], &options, today, &Progress::default()).expect("a plan")
}

fn write(office: &mut Office, plan: ImportPlan) {
    let stamp = office.stamp.clone();
    office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect("written");
}

/// Imports a list, and gives back how many rows were new.
fn import(office: &mut Office, text: &str, given: &[Given<'_>]) -> usize {
    let plan = planned(office, text, given);
    let new = plan.counts().new;
    if plan.writes_something() {
        write(office, plan);
    }
    new
}

fn on_roll(office: &Office, branch: Option<OrganisationId>) -> Vec<String> {
    let desk = office.desk();
    let ids = list(&desk, &ListAsk::roll(day("2026-11-24"), branch)).expect("a list").ids;
    ids.iter().map(|id| desk.directory().get(*id).expect("a card").name.to_string()).collect()
}

/// The differences of the only row: 「所在党支部：甲支部→乙支部」
fn differences(plan: &ImportPlan) -> Vec<String> {
    match &plan.rows[0].class {
        RowClass::Changed { differences, .. } => {
            differences.iter().map(|one| format!("{}：{}→{}", one.label, one.old, one.new)).collect()
        }
        _ => Vec::new(),
    }
}

const TWO: &str = "姓名,性别,出生日期,公民身份号码,入党时间,所在党支部\n\
    李强,男,1980-05,110000198005010019,2005-07,第一党支部\n\
    李强,男,1980-05,110000198005200017,2008-06,第二党支部\n\
    王芳,女,1975,,1999-07,第一党支部\n\
    王芳,女,1975,,2003-07,第二党支部\n";

#[test]
fn two_people_of_one_name_and_birth_are_both_written_and_found_again() {
    let mut office = Office::new();
    let plan = planned(&office, TWO, &[]);
    assert_eq!((plan.counts().new, plan.questions.len()), (4, 0));
    let told: Vec<(u32, &str, &str)> = plan
        .problems
        .iter()
        .map(|one| (one.row, one.code, one.sentence.as_str()))
        .filter(|one| one.1 == "duplicate")
        .collect();
    let sentence = "姓名和出生日期与前面的一行相同，按另一个人写入";
    assert_eq!(told, [(3, "duplicate", sentence), (5, "duplicate", sentence)]);
    write(&mut office, plan);
    let again = planned(&office, TWO, &[]);
    assert_eq!((again.counts().same, again.questions.len(), again.gone.len()), (4, 0, 0), "{again:?}");
}

#[test]
fn the_same_person_twice_in_a_list_is_asked_and_the_answer_holds() {
    let heads = "姓名,性别,出生日期,公民身份号码,入党时间,所在党支部\n";
    let by_number =
        "李强,男,1980-05-01,110000198005010019,,第一党支部\n李强,男,1980-05-01,110000198005010019,,第一党支部\n";
    let by_birth = "李强,男,1980-05-01,,2005-07,第一党支部\n李强,男,1980-05,,,第一党支部\n";
    let by_joining = "李强,男,,,2005-07-01,第一党支部\n李强,男,1980-05,,2005-07-01,第一党支部\n";
    for rows in [by_number, by_birth, by_joining] {
        let text = format!("{heads}{rows}");
        let mut office = Office::new();
        let plan = planned(&office, &text, &[]);
        assert_eq!((plan.counts().new, plan.counts().waiting), (1, 1), "{rows}");
        let question = &plan.questions[0];
        assert_eq!((question.row, question.about), (3, QuestionAbout::Twice));
        assert_eq!(question.raw, "李强 和第 2 行是同一个人吗");
        assert_eq!(question.labels, ["同一个人，不再写入", "是另一个人，写入"]);
        let same = planned(&office, &text, &[(3, "person", "same")]);
        assert_eq!((same.counts().new, same.questions.len()), (1, 0));
        assert_eq!(same.rows[1].why, Some(Waits::SaidTwice));
        assert_eq!(import(&mut office, &text, &[(3, "person", "new")]), 2);
        assert_eq!(import(&mut office, &text, &[]), 0, "nothing is new the second time: {rows}");
    }
}

/// A branch with 张四, who left it.
fn left(how: &str) -> (Office, OrganisationId) {
    let mut office = Office::new();
    let branch = office.organisation(None, "甲支部");
    let set = json!({ "name": "张四", "birth": "1983-01-01", "joined": "2005-07-01", "party_post": "书记" });
    let four = office.member(branch, set);
    let reason = (how == "出党").then_some("退党除名");
    let ended = json!({ "do": "end_membership", "ids": [four], "how": how, "on": "2025-05-01", "reason": reason });
    office.run(ended).expect("left");
    (office, branch)
}

#[test]
fn who_died_or_left_and_stands_in_the_list_is_back_only_if_somebody_says_so() {
    let text = "姓名,性别,出生日期,入党时间,所在党支部\n张四,,1983-01-01,2005-07-01,甲支部\n";
    for (how, asked, yes, status) in [
        ("死亡", "张四 已登记死亡（2025-05-01），表里还有，恢复在册吗", "仍恢复在册", "党籍状态：死亡→"),
        ("出党", "张四 已登记出党（2025-05-01），表里还有，恢复在册吗", "仍恢复在册", "党籍状态：出党→"),
        ("转出", "张四 已登记转出（2025-05-01），表里还有，转回来了吗", "转回", "党籍状态：转出→"),
    ] {
        let (mut office, branch) = left(how);
        let plan = planned(&office, text, &[]);
        assert_eq!((plan.rows[0].class.clone(), plan.rows[0].why), (RowClass::Waiting, Some(Waits::Returned)));
        assert!(!plan.writes_something());
        let question = &plan.questions[0];
        assert_eq!((question.about, question.raw.as_str()), (QuestionAbout::Returned, asked));
        assert_eq!(question.labels, ["不改", yes]);
        let kept = planned(&office, text, &[(2, "returned", "keep")]);
        assert_eq!((kept.counts().same, kept.questions.len()), (1, 0));
        let back = planned(&office, text, &[(2, "returned", "return")]);
        assert_eq!(differences(&back), ["所在党支部：→甲支部", status]);
        write(&mut office, back);
        assert_eq!(on_roll(&office, Some(branch)), ["张四"]);
    }
}

#[test]
fn who_moves_to_another_branch_is_shown_to_leave_group_and_posts() {
    let mut office = Office::new();
    let branch = office.organisation(None, "甲支部");
    office
        .member(branch, json!({ "name": "张一", "birth": "1980-01-01", "party_post": "书记", "group": "第一党小组" }));
    let plan = planned(&office, "姓名,出生日期,所在党支部\n张一,1980-01-01,乙支部\n", &[]);
    assert_eq!(differences(&plan), ["所在党支部：甲支部→乙支部", "党小组：第一党小组→", "党内职务：书记→"]);
    let heads = "姓名,出生日期,所在党支部,党内职务\n";
    let plan = planned(&office, &format!("{heads}张一,1980-01-01,乙支部,书记\n"), &[]);
    let told = ["所在党支部：甲支部→乙支部", "党小组：第一党小组→", "党内职务：书记（甲支部）→书记（乙支部）"];
    assert_eq!(differences(&plan), told);
    write(&mut office, plan);
    let desk = office.desk();
    let ids = list(&desk, &ListAsk::roll(day("2026-11-24"), None)).expect("a list").ids;
    let page = branchdesk::view::member::page(&desk, ids[0], day("2026-11-24")).expect("read").expect("a page");
    let post = |key| page.values.get(&FieldKey::Known(key)).map(String::as_str);
    assert_eq!(post(Known::PartyPost), Some("书记"), "the list has it in the new branch");
    assert_eq!(post(Known::Group), None);
}

#[test]
fn one_wrong_digit_or_day_is_asked_and_corrects_the_one_who_is_there() {
    let mut office = Office::new();
    let branch = office.organisation(None, "甲支部");
    let gao = office.member(
        branch,
        json!({ "name": "高琳环", "birth": "1981-05-21", "joined": "2006-12-08", "id_number": "110000198105210022" }),
    );
    let heads = "姓名,性别,公民身份号码,出生日期,入党时间,所在党支部\n";
    let text = format!("{heads}高琳环,,110000198105210049,1981-05-21,2006-12-08,甲支部\n");
    let plan = planned(&office, &text, &[]);
    let question = &plan.questions[0];
    assert_eq!((question.about, plan.rows[0].why), (QuestionAbout::Nearly, Some(Waits::Nearly)));
    assert_eq!(question.raw, "与现有的“高琳环”只有公民身份号码不同，是同一个人吗");
    assert_eq!((&question.choices[..], plan.gone.len()), (&[gao.to_string(), "new".to_owned()][..], 0));
    let corrected = planned(&office, &text, &[(2, "person", &gao.to_string())]);
    assert_eq!(differences(&corrected), ["公民身份号码：110000********0022→110000********0049"]);
    assert_eq!(planned(&office, &text, &[(2, "person", "new")]).counts().new, 1);
    // Who stands in the list beyond doubt is not somebody else besides.
    let both = format!("{text}高琳环,,110000198105210022,1981-05-21,2006-12-08,甲支部\n");
    let plan = planned(&office, &both, &[]);
    assert_eq!((plan.counts().new, plan.counts().same, plan.questions.len()), (1, 1, 0));
}

#[test]
fn rows_without_a_branch_go_where_the_answer_says_even_to_one_that_is_made_with_them() {
    let mut office = Office::new();
    let rows = "林秀英,女,汉族,2006-12-08,\n何静,女,汉族,2008-07-01,机关第一党支部\n马晓东,男,汉族,2010-07-01,\n";
    let text = format!("姓名,性别,民族,入党时间,所在党支部\n{rows}");
    let plan = planned(&office, &text, &[]);
    assert_eq!((plan.counts().new, plan.counts().waiting), (1, 2));
    let question = &plan.questions[0];
    assert_eq!((question.about, question.raw.as_str()), (QuestionAbout::Branch, "2 行没有写党支部（第 2、4 行）"));
    assert_eq!(question.choices, ["new:机关第一党支部", "new:"], "what this import makes, or another");
    assert_eq!(plan.rows[0].why, Some(Waits::Branch));
    let with = |answer: &str| {
        let plan = planned(&office, &text, &[(0, "branch", answer)]);
        let names: Vec<String> = plan.new_branches.iter().map(|new| new.name.clone()).collect();
        (plan.counts().new, names.join("、"), plan.questions.len())
    };
    assert_eq!(with("new:机关第一党支部"), (3, "机关第一党支部".to_owned(), 0), "one branch, not two");
    assert_eq!(with("new:机关联合党支部"), (3, "机关联合党支部、机关第一党支部".to_owned(), 0));
    assert_eq!(with("机关第三党支部").2, 1, "what is nobody's name without new: is no answer");
    assert_eq!(with("new: ").2, 1, "a name is needed");
    assert_eq!(import(&mut office, &text, &[(0, "branch", "new:机关联合党支部")]), 3);
}

#[test]
fn only_what_holds_members_is_offered_and_a_name_of_two_is_asked_by_itself() {
    let mut office = Office::new();
    let root = office.organisation(None, "县直机关党委");
    let (one, other) = (office.organisation(Some(root), "甲局党总支"), office.organisation(Some(root), "乙局党总支"));
    let first = office.organisation(Some(one), "第一党支部");
    let second = office.organisation(Some(other), "第一党支部");
    let heads = "姓名,性别,民族,入党时间,所在党支部\n";
    let without = planned(&office, &format!("{heads}林秀英,女,汉族,2006-12-08,\n"), &[]);
    let branches = [first.to_string(), second.to_string(), "new:".to_owned()];
    assert_eq!(without.questions[0].choices, branches, "neither 党委 nor 党总支");
    let text = format!("{heads}何静,女,汉族,2008-07-01,第一党支部\n马晓东,男,汉族,2010-07-01,第一党支部\n");
    let plan = planned(&office, &text, &[]);
    assert_eq!((plan.questions.len(), plan.questions[0].row, plan.questions[0].raw.as_str()), (1, 2, "第一党支部"));
    assert_eq!(plan.questions[0].labels, ["县直机关党委/甲局党总支/第一党支部", "县直机关党委/乙局党总支/第一党支部"]);
    assert!(plan.rows.iter().all(|row| row.why == Some(Waits::WhichBranch)));
    assert_eq!(import(&mut office, &text, &[(2, "branch", &second.to_string())]), 2);
    assert_eq!(on_roll(&office, Some(second)), ["何静", "马晓东"]);
    let again = planned(&office, &text, &[]);
    assert_eq!((again.counts().same, again.questions.len()), (2, 0), "of who is there already nothing is asked");
    // A branch that nobody has may be pointed at one that is there.
    let renamed = format!("{heads}何静,女,汉族,2008-07-01,甲局机关党支部\n");
    let plan = planned(&office, &renamed, &[(2, "branch", &second.to_string())]);
    assert_eq!((plan.counts().same, plan.new_branches.len()), (1, 0));
}

#[test]
fn groups_that_an_import_makes_are_listed() {
    let mut office = Office::new();
    let branch = office.organisation(None, "甲支部");
    office.organisation(Some(branch), "第一党小组");
    let heads = "姓名,性别,出生日期,入党时间,所在党支部,党小组\n";
    let rows = "林秀英,女,1981-05-21,2006-12-08,甲支部,第一党小组\n何静,女,1983-01-12,2008-07-01,甲支部,第三党小组\n马晓东,男,1985-09-30,2010-07-01,乙支部,第一党小组\n";
    let plan = planned(&office, &format!("{heads}{rows}"), &[]);
    let told: Vec<(&str, BranchRef)> = plan.new_groups.iter().map(|one| (one.name.as_str(), one.branch)).collect();
    assert_eq!(told, [("第三党小组", BranchRef::There(branch)), ("第一党小组", BranchRef::New(0))]);
    let organisations = office.desk().tree().len();
    write(&mut office, plan);
    assert_eq!(office.desk().tree().len(), organisations + 3, "two groups and a branch");
}

#[test]
fn a_refused_change_stays_in_sight_and_is_not_written() {
    let mut office = Office::new();
    let branch = office.organisation(None, "甲支部");
    let set = json!({ "name": "何静", "birth": "1983-01-12", "joined": "2008-07-01", "party_post": "书记" });
    let he = office.member(branch, set);
    let heads = "姓名,出生日期,入党时间,所在党支部,党小组,党内职务,联系电话,工作单位,特长\n";
    let text = format!("{heads}何静,1983-01-12,2008-07-01,乙支部,第一党小组,书记,13800000001,人事股,书法\n");
    let before = office.dump();
    let all = planned(&office, &text, &[(2, "keep", "yes")]);
    assert_eq!((all.counts().changed, all.counts().same, all.writes_something()), (0, 1, false));
    assert_eq!((all.new_groups.len(), all.new_extra_fields.len()), (0, 0), "what nobody gets is not made");
    write(&mut office, all);
    let values = |office: &Office| {
        let desk = office.desk();
        let page = branchdesk::view::member::page(&desk, he, day("2026-11-24")).expect("read").expect("a page");
        let branch = page.branch.and_then(|id| desk.tree().get(id)).map(|node| node.name.clone());
        let of = |key: Known| page.values.get(&FieldKey::Known(key)).cloned().unwrap_or_default();
        [branch.unwrap_or_default(), of(Known::Group), of(Known::PartyPost), of(Known::Phone), of(Known::Unit)]
    };
    assert_eq!(values(&office), ["甲支部", "", "书记", "", ""]);
    office.undo().expect("an import that changed nobody");
    assert_eq!(office.dump(), before);
    let plan = planned(&office, &text, &[(2, "keep:branch", "yes"), (2, "keep:phone", "yes")]);
    assert_eq!(plan.counts().changed, 1);
    assert_eq!(differences(&plan).len(), 6, "what is refused can be taken after all: {:?}", differences(&plan));
    write(&mut office, plan);
    assert_eq!(values(&office), ["甲支部", "", "书记", "", "人事股"], "who does not move keeps group and post");
}

#[test]
fn of_two_persons_in_one_row_the_right_one_is_asked_and_answered_by_itself() {
    let mut office = Office::new();
    let heads = ["姓名,性别,出生日期,联系电话,所在党支部"; 2].join(",");
    let li = "李强,男,1980-05-01,13800000001,甲支部";
    let text = format!("{heads}\n{li},{li}\n王芳,女,1975-01-02,13800000002,甲支部,何静,女,1983-01-12,,甲支部\n");
    let plan = planned(&office, &text, &[]);
    assert_eq!((plan.counts().new, plan.counts().waiting), (3, 1));
    let asked: Vec<_> = plan.questions.iter().map(|one| (one.row, one.beside, one.about, one.raw.as_str())).collect();
    assert_eq!(asked, [(2, 1, QuestionAbout::Twice, "李强 和同一行左边的是同一个人吗")]);
    let told: Vec<&str> =
        plan.problems.iter().filter(|one| one.code == "duplicate").map(|one| &*one.sentence).collect();
    assert_eq!(told, ["姓名和出生日期与前面的一行相同，等回答"], "of the left one nothing is told");
    let left = planned_beside(&office, &text, &[((2, 0), "person", "same")]);
    assert_eq!((left.counts().new, left.counts().waiting), (3, 1), "that the left one is: the right one is new");
    assert_eq!((left.rows[0].why, left.rows[1].why), (Some(Waits::SaidTwice), None));
    let same = planned_beside(&office, &text, &[((2, 1), "person", "same")]);
    assert_eq!((same.rows[0].why, same.rows[1].why, same.questions.len()), (None, Some(Waits::SaidTwice), 0));
    write(&mut office, same);
    let changed = text.replace("甲支部,何静", "乙支部,何静").replace("1983-01-12,", "1983-01-12,13800000005");
    let refused = |beside| {
        let given = [((2, 1), "person", "same"), ((3, beside), "keep", "yes")];
        let plan = planned_beside(&office, &changed, &given);
        let rows = plan.rows.iter().filter(|row| row.changes_something());
        rows.map(|row| row.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!((refused(0), refused(1)), (vec!["何静".to_owned()], vec!["王芳".to_owned()]));
}
