//! What words mean, at the edges: the day before and the day on which something holds, one row that matches and one
//! that just does not. The numbers are those of the definitions; what a unit test already pins stands beside its code.

use std::path::PathBuf;

use branchdesk::clock::Clock;
use branchdesk::command::{Command, ImportRoster};
use branchdesk::domain::dates::PartialDate;
use branchdesk::domain::identity::{IdFault, check_character, fault, normalised};
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::domain::imports::{BranchRef, GoneDecision, ImportPlan, QuestionAbout, RowClass};
use branchdesk::domain::members::PartyPath;
use branchdesk::domain::organisations::OrganisationKind;
use branchdesk::domain::statistics::{age_band, standing_band};
use branchdesk::exchange::export::{self, Export, FactExport};
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
use branchdesk::print::roster_ask;
use branchdesk::progress::Progress;
use branchdesk::view::figures::figures;
use branchdesk::view::member;
use branchdesk::view::members::{ListAsk, list};
use branchdesk::view::organisations::posts;
use serde_json::json;

use crate::support::office::{Office, day};

const TODAY: &str = "2026-11-24";

fn planned(office: &Office, text: &str, options: &PlanOptions) -> ImportPlan {
    let path: PathBuf = office.path().with_file_name("名册.csv");
    std::fs::write(&path, format!("\u{feff}{text}")).expect("written");
    let progress = Progress::default();
    let reading = read_roster(&path, day(TODAY), &progress).expect("a roster");
    plan(office.read_only().reader(), vec![reading], options, day(TODAY), &progress).expect("a plan")
}

fn write(office: &mut Office, plan: ImportPlan) {
    let stamp = office.stamp.clone();
    office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect("written");
}

fn on_roll(office: &Office, on: &str, scope: Option<OrganisationId>) -> Vec<PersonId> {
    list(&office.desk(), &ListAsk::roll(day(on), scope)).expect("a list").ids.to_vec()
}

fn count(office: &Office, on: &str, figure: &str) -> u64 {
    figures(&office.desk(), None, day(on)).expect("figures").value(figure)
}

/// A branch, and a formal member who has long been in it.
fn branch_with(name: &str) -> (Office, OrganisationId, PersonId) {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关党支部");
    let set = json!({ "name": name, "joined": "2001-07-01", "full": "2002-07-01", "transfer_in": "2001-07-01" });
    let person = office.member(branch, set);
    (office, branch, person)
}

#[test]
fn definition_1_every_age_band_begins_on_the_birthday() {
    let on = day("2026-06-15");
    for (years, younger, older) in [
        (31, "30岁及以下", "31至35岁"),
        (36, "31至35岁", "36至40岁"),
        (41, "36至40岁", "41至45岁"),
        (46, "41至45岁", "46至50岁"),
        (51, "46至50岁", "51至55岁"),
        (56, "51至55岁", "56至60岁"),
        (61, "56至60岁", "61岁及以上"),
    ] {
        let born = |month_and_day: &str| PartialDate::from_iso(&format!("{}-{month_and_day}", 2026 - years));
        assert_eq!(age_band(born("06-16"), on), younger, "the day before {years}");
        assert_eq!(age_band(born("06-15"), on), older, "the birthday of {years}");
        assert_eq!(age_band(born("06"), on), "日期不全", "the month in which one becomes {years}");
        assert_eq!(age_band(born("07"), on), younger);
    }
}

#[test]
fn definition_1_every_band_of_standing_begins_on_the_day_of_becoming_formal() {
    let on = day("2026-06-15");
    for (years, less, more) in [
        (10, "10年以下", "10至19年"),
        (20, "10至19年", "20至29年"),
        (30, "20至29年", "30至39年"),
        (40, "30至39年", "40至49年"),
    ] {
        let band = |month_and_day: &str| {
            let full = PartialDate::from_iso(&format!("{}{month_and_day}", 2026 - years));
            let joined = PartialDate::from_iso(&(2024 - years).to_string());
            standing_band(&PartyPath { joined, full, ..PartyPath::default() }, on)
        };
        assert_eq!(band("-06-16"), Some(less), "the day before {years}");
        assert_eq!(band("-06-15"), Some(more), "{years} years");
        assert_eq!(band(""), Some("日期不全"), "a year alone");
    }
    // Fifty years ago there was no probation: 党龄 runs from joining.
    let fifty = |joined: &str| {
        let path = PartyPath { joined: PartialDate::from_iso(joined), ..PartyPath::default() };
        standing_band(&path, on)
    };
    assert_eq!((fifty("1976-06-16"), fifty("1976-06-15")), (Some("40至49年"), Some("50年及以上")));
    let probationary = PartyPath { joined: PartialDate::from_iso("2026-06-01"), ..PartyPath::default() };
    assert_eq!(standing_band(&probationary, on), None, "formal members only");
}

#[test]
fn definition_2_on_its_last_day_a_fact_no_longer_holds_and_on_its_first_it_does() {
    let (mut office, branch, person) = branch_with("林秀英");
    let other = office.organisation(None, "离退休党支部");
    office.run(json!({ "do": "transfer_member", "ids": [person], "to_id": other, "on": "2026-03" })).expect("moved");
    assert_eq!(on_roll(&office, "2026-02-28", Some(branch)), [person], "a month acts as its first day");
    assert_eq!(on_roll(&office, "2026-03-01", Some(branch)), []);
    assert_eq!(on_roll(&office, "2026-03-01", Some(other)), [person]);
    assert_eq!(on_roll(&office, "2001-06-30", None), []);
    assert_eq!(on_roll(&office, "2001-07-01", None), [person]);
}

#[test]
fn definition_5_the_day_of_a_roster_is_the_one_given_else_the_one_told_else_today() {
    let office = Office::new();
    let told =
        "机关党支部党员花名册（截至2026年6月30日）,,,\n姓名,性别,出生日期,入党时间\n林秀英,女,1981-05-21,2006-12-08\n";
    let plain = "姓名,性别,出生日期,入党时间\n林秀英,女,1981-05-21,2006-12-08\n";
    let given = PlanOptions { day: Some(day("2026-05-05")), ..PlanOptions::default() };
    assert_eq!(planned(&office, told, &given).roster_day, day("2026-05-05"));
    assert_eq!(planned(&office, told, &PlanOptions::default()).roster_day, day("2026-06-30"));
    assert_eq!(planned(&office, plain, &PlanOptions::default()).roster_day, day(TODAY));
}

#[test]
fn definition_5_who_came_on_an_unknown_day_counts_as_there_from_joining_and_that_is_said() {
    let mut office = Office::new();
    let text = "姓名,性别,出生日期,入党时间,转正时间,转入时间,所在党支部\n林秀英,女,1981-05-21,2006-12-08,2007-12-08,,机关党支部\n何静,女,1983-01-12,2008-07-01,2009-07-01,2015-03,机关党支部\n";
    let plan = planned(&office, text, &PlanOptions { day: Some(day("2026-06-30")), ..PlanOptions::default() });
    write(&mut office, plan);
    assert_eq!(on_roll(&office, "2006-12-07", None).len(), 0);
    assert_eq!(on_roll(&office, "2006-12-08", None).len(), 1, "from joining");
    assert_eq!(on_roll(&office, "2015-02-28", None).len(), 1);
    assert_eq!(on_roll(&office, "2015-03-01", None).len(), 2, "from 转入时间");
    let note = figures(&office.desk(), None, day("2020-01-01")).expect("figures").note();
    assert_eq!(note.as_deref(), Some("其中 1 人起始日期不详"));
}

#[test]
fn definition_5_nobody_of_an_unknown_start_stands_on_a_roster_before_the_first_step_or_before_birth() {
    let (mut office, branch, _) = branch_with("林秀英");
    let add = |office: &mut Office, set: serde_json::Value| office.member(branch, set);
    let applicant = add(&mut office, json!({ "name": "韩飞", "birth": "2003-02-26", "applied": "2025-03-17" }));
    let known = add(&mut office, json!({ "name": "余平", "applied": "2025-01-05", "transfer_in": "2019-01-01" }));
    let nothing = add(&mut office, json!({ "name": "朱丽娟", "birth": "1985-04-04" }));
    let accepted = add(&mut office, json!({ "name": "谢凤英", "applied": "2023-05", "joined": "2025-06-01" }));
    let on = |day: &str| on_roll(&office, day, None);
    let stands = |day: &str, person: PersonId| on(day).contains(&person);
    assert!(!stands("2025-03-16", applicant) && stands("2025-03-17", applicant));
    assert!(!stands("1985-04-03", nothing) && stands("1985-04-04", nothing));
    assert!(!stands("2023-04-30", accepted) && stands("2023-05-01", accepted), "an applicant then");
    assert!(stands("2020-01-01", known));
    let desk = office.desk();
    let printed = |day_of: &str| list(&desk, &roster_ask(day(day_of), None)).expect("a list");
    let roster = printed("2020-01-01");
    assert!(!roster.ids.contains(&known), "who applied later was no member");
    assert!(roster.ids.contains(&nothing), "of whom nothing is told stands on the office's list");
    assert_eq!(roster.sums.unknown_category, 1);
    assert!(!printed("2025-05-31").ids.contains(&accepted) && printed("2025-06-01").ids.contains(&accepted));
}

#[test]
fn definition_5_no_post_of_an_unknown_start_is_held_before_joining_or_before_coming() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关党支部");
    let mut secretary = |name: &str, transfer_in: serde_json::Value| {
        let set = json!({ "name": name, "joined": "2015-07-01", "full": "2016-07-01", "transfer_in": transfer_in });
        let person = office.member(branch, set);
        let post = json!({ "do": "set_fact", "person_id": person, "kind": "post", "value": "书记", "organisation_id": branch });
        office.run(post).expect("a post");
    };
    secretary("林秀英", serde_json::Value::Null);
    secretary("何静", json!("2020-03-01"));
    let desk = office.desk();
    let holders = |on: &str| -> Vec<String> {
        let posts = posts(&desk, branch, day(on)).expect("posts");
        posts.into_iter().map(|line| line.name).collect()
    };
    assert_eq!(holders("2015-06-30"), Vec::<String>::new());
    assert_eq!(holders("2015-07-01"), ["林秀英"]);
    assert_eq!(holders("2020-02-29"), ["林秀英"]);
    assert_eq!(holders("2020-03-01"), ["林秀英", "何静"]);
    let exported = |on: &str| {
        let out = office.path().with_file_name("事项.csv");
        let export = Export::Facts(FactExport { scope: None, as_of: Some(day(on)) });
        let now = Clock::fixed_on(day(TODAY)).now();
        export::write(&desk, &export, &out, true, now, &Progress::default()).expect("written").rows
    };
    assert_eq!((exported("2015-06-30"), exported("2015-07-01")), (0, 2), "membership and post of one");
}

#[test]
fn definition_6_a_category_that_only_a_roster_tells_holds_from_its_day_and_is_a_finding() {
    let mut office = Office::new();
    let text = "姓名,性别,出生日期,人员类别,所在党支部\n林秀英,女,1981-05-21,正式党员,机关党支部\n";
    let plan = planned(&office, text, &PlanOptions { day: Some(day("2026-06-30")), ..PlanOptions::default() });
    write(&mut office, plan);
    assert_eq!((count(&office, "2026-06-29", "党员.总数"), count(&office, "2026-06-30", "党员.正式")), (0, 1));
    let person = on_roll(&office, TODAY, None)[0];
    let findings = |office: &Office| {
        let page = member::page(&office.desk(), person, day(TODAY)).expect("read").expect("there");
        let of_category = page.findings.iter().filter(|finding| finding.rule == "member.category");
        of_category.map(|finding| finding.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(findings(&office), ["人员类别推不出来"]);
    let dates = json!({ "joined": "2010-07-01", "full": "2011-07-01" });
    office.run(json!({ "do": "edit_members", "ids": [person], "set": dates })).expect("the dates");
    assert_eq!(findings(&office), Vec::<String>::new(), "now the dates tell it");
    assert_eq!(count(&office, "2011-06-30", "党员.预备"), 1);
}

#[test]
fn definition_9_every_status_that_ends_counting_does_so_from_its_day_and_others_do_not() {
    let counted = |status: &str, on: &str| {
        let (mut office, _, person) = branch_with("林秀英");
        let set = json!({ "do": "set_fact", "person_id": person, "kind": "status", "value": status, "from": "2026-03-01", "to": "2026-09-01" });
        office.run(set).expect("a status");
        count(&office, on, "党员.总数")
    };
    for status in ["停止党籍", "出党", "死亡", "转出"] {
        let days = ["2026-02-28", "2026-03-01", "2026-08-31", "2026-09-01"].map(|on| counted(status, on));
        assert_eq!(days, [1, 0, 0, 1], "{status}");
    }
    let (mut office, _, person) = branch_with("林秀英");
    for (status, from) in [("停止党籍", "2026-03-01"), ("正常", "2026-09-01")] {
        let set = json!({ "do": "set_fact", "person_id": person, "kind": "status", "value": status, "from": from });
        office.run(set).expect("a status");
    }
    let days = ["2026-02-28", "2026-03-01", "2026-08-31", "2026-09-01"].map(|on| count(&office, on, "党员.总数"));
    assert_eq!(days, [1, 0, 0, 1], "of two that hold the one that began last counts");
    for status in ["正常", "预备期延长"] {
        assert_eq!(counted(status, "2026-03-01"), 1, "{status}");
    }
    let (mut office, _, person) = branch_with("林秀英");
    let set = json!({ "lost": "是", "lost_since": "2026-01", "floating": "是", "float_place": "省城" });
    office.run(json!({ "do": "edit_members", "ids": [person], "on": "2026-01-01", "set": set })).expect("lost");
    assert_eq!(count(&office, TODAY, "党员.总数"), 1, "lost and floating members count");
}

#[test]
fn definition_10_the_figures_are_these_and_no_others() {
    let (mut office, branch, _) = branch_with("林秀英");
    office.member(
        branch,
        json!({ "name": "何静", "joined": "2010-07", "nation": "汉族", "education": "中专", "sex": "女" }),
    );
    let told = figures(&office.desk(), None, day(TODAY)).expect("figures");
    let names: Vec<&str> = told.all.iter().map(|figure| figure.name.as_str()).collect();
    let mut expected: Vec<String> = ["总数", "正式", "预备", "女", "少数民族", "大专及以上", "光荣在党50年"]
        .map(|name| format!("党员.{name}"))
        .to_vec();
    let mut family =
        |name: &str, bands: &str| expected.extend(bands.split(' ').map(|band| format!("党员.{name}.{band}")));
    family("年龄", "30岁及以下 31至35岁 36至40岁 41至45岁 46至50岁 51至55岁 56至60岁 61岁及以上 日期不全 不详");
    family("学历", "研究生 大学本科 大学专科 中专 高中、中技 初中及以下 不详");
    family(
        "入党时间",
        "新中国成立前 新中国成立后至党的十一届三中全会前 党的十一届三中全会后至党的十八大前 党的十八大以来 日期不全 不详",
    );
    family("党龄", "10年以下 10至19年 20至29年 30至39年 40至49年 50年及以上 日期不全 不详");
    expected.extend(OrganisationKind::ALL.map(|kind| format!("组织.{}", kind.label())));
    assert_eq!(names, expected);
    assert_eq!(
        (told.value("党员.少数民族"), told.value("党员.大专及以上")),
        (0, 0),
        "汉族 and unknown, 中专 and unknown"
    );
}

#[test]
fn definition_12_the_kinds_of_organisations_are_these() {
    let labels: Vec<&str> = OrganisationKind::ALL.iter().map(|kind| kind.label()).collect();
    let expected = "党委 党总支 党支部 联合党支部 临时党委 临时党总支 临时党支部 临时联合党支部 流动党支部 党小组";
    assert_eq!(labels, expected.split(' ').collect::<Vec<_>>());
    for (name, kind) in [
        ("防汛临时联合党支部", "临时联合党支部"),
        ("驻外流动党支部", "流动党支部"),
        ("项目临时党委", "临时党委"),
        ("临时党总支", "临时党总支"),
    ] {
        assert_eq!(OrganisationKind::from_name(name).label(), kind, "{name}");
    }
}

#[test]
fn definition_13_branches_match_within_the_scope_and_new_ones_stand_at_its_root() {
    let mut office = Office::new();
    let (one, other) = (office.organisation(None, "甲局党总支"), office.organisation(None, "乙局党总支"));
    let there = office.organisation(Some(one), "中共甲局机关支部委员会");
    office.organisation(Some(other), "机关党支部");
    let text = "姓名,性别,出生日期,入党时间,所在党支部\n林秀英,女,1981-05-21,2006-12-08,甲局机关党支部\n何静,女,1983-01-12,2008-07-01,机关党支部\n";
    let plan = planned(&office, text, &PlanOptions { scope: Some(one), ..PlanOptions::default() });
    let branches: Vec<BranchRef> = plan
        .rows
        .iter()
        .map(|row| match row.class {
            RowClass::New { branch } => branch,
            ref other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(branches, [BranchRef::There(there), BranchRef::New(0)], "another spelling; another's branch");
    assert_eq!((plan.new_branches[0].parent, plan.new_branches[0].kind), (Some(one), OrganisationKind::Branch));
}

#[test]
fn definition_13_rows_without_a_branch_go_to_the_only_one_there_is() {
    let mut office = Office::new();
    assert_eq!(office.desk().tree().len(), 0, "a new workbook has no organisation");
    let text = "姓名,性别,民族,入党时间\n林秀英,女,汉族,2006-12-08\n";
    assert_eq!(planned(&office, text, &PlanOptions::default()).questions.len(), 1, "nowhere to go");
    let root = office.organisation(None, "甲局党总支");
    let branch = office.organisation(Some(root), "机关党支部");
    office.organisation(Some(branch), "第一党小组");
    let plan = planned(&office, text, &PlanOptions::default());
    assert_eq!(
        plan.rows[0].class,
        RowClass::New { branch: BranchRef::There(branch) },
        "neither the root nor the group"
    );
}

/// How a row is matched with 林秀英 of the workbook.
fn matched(kept: serde_json::Value, row: &str) -> &'static str {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关党支部");
    let mut set = kept;
    set["name"] = json!("林秀英");
    office.member(branch, set);
    let text = format!("姓名,性别,民族,公民身份号码,出生日期,入党时间,所在党支部\n{row},机关党支部\n");
    let plan = planned(&office, &text, &PlanOptions::default());
    match (&plan.rows[0].class, plan.questions.first()) {
        (RowClass::New { .. }, _) => "new",
        (RowClass::Changed { .. } | RowClass::Same { .. }, _) => "she",
        (RowClass::Waiting, Some(question)) if question.about == QuestionAbout::Person => "asked",
        (RowClass::Waiting, Some(question)) if question.about == QuestionAbout::Nearly => "nearly",
        other => panic!("{other:?}"),
    }
}

#[test]
fn definition_14_persons_match_by_number_else_by_name_and_a_date_that_nothing_contradicts() {
    let number = "110000198105210022";
    let kept = json!({ "id_number": number, "birth": "1981-05-21", "joined": "2006-12-08" });
    let of = |row: &str| matched(kept.clone(), row);
    assert_eq!(of(&format!("林秀莹,女,汉族,{number},,")), "she", "the number decides, whatever the name");
    assert_eq!(of("林秀英,女,汉族,,1981-05-21,"), "she");
    assert_eq!(of("林秀英,女,汉族,,1981-05,"), "she", "as precise as both are");
    assert_eq!(of("林秀英,女,汉族,,,2006-12-08"), "she");
    assert_eq!(of("林秀英,女,汉族,,1981-06-21,2006-12-08"), "nearly", "only the birth contradicts");
    assert_eq!(of("林秀英,女,汉族,,1981-05-21,2007-12-08"), "nearly", "only joining contradicts");
    assert_eq!(of("林秀英,女,汉族,110000198105210049,1981-05-21,"), "nearly", "only the number contradicts");
    assert_eq!(of("林秀英,女,汉族,,1981-06-21,2007-12-08"), "new", "both contradict");
    assert_eq!(of("林秀英,女,汉族,110000198105210049,,"), "new", "the number contradicts, nothing confirms");
    assert_eq!(of("林秀英,女,汉族,110000********0049,1981-05-21,"), "she", "a masked number says nothing");
    assert_eq!(of("林秀英,女,汉族,,,"), "asked", "a name alone");
    assert_eq!(matched(json!({}), "林秀英,女,汉族,,1981-05-21,2006-12-08"), "asked", "nothing to compare with");
    assert_eq!(of("林秀荣,女,汉族,,1981-05-21,2006-12-08"), "new", "another name");
}

#[test]
fn definition_14_several_who_fit_are_a_question_and_say_nothing_cells_overwrite_nothing() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关党支部");
    for unit in ["人事股", "办公室"] {
        office.member(branch, json!({ "name": "林秀英", "birth": "1981-05", "unit": unit }));
    }
    let row = |birth: &str| format!("姓名,性别,出生日期,工作单位,所在党支部\n林秀英,女,{birth},无,机关党支部\n");
    let plan = planned(&office, &row("1981-05-21"), &PlanOptions::default());
    assert_eq!((plan.counts().waiting, plan.questions[0].choices.len()), (1, 3), "two of them, or somebody new");
    let mut office = Office::new();
    let branch = office.organisation(None, "机关党支部");
    office.member(branch, json!({ "name": "林秀英", "birth": "1981-05-21", "sex": "女", "unit": "人事股" }));
    assert_eq!(planned(&office, &row("1981-05"), &PlanOptions::default()).counts().same, 1);
}

#[test]
fn definition_15_somebody_missing_from_the_list_may_have_died_on_a_day() {
    let (mut office, branch, person) = branch_with("林秀英");
    let text = "姓名,性别,出生日期,入党时间,所在党支部\n何静,女,1983-01-12,2008-07-01,机关党支部\n";
    let mut plan = planned(&office, text, &PlanOptions::default());
    assert_eq!((plan.gone[0].person, plan.gone[0].branch), (person, branch));
    plan.gone[0].decision = GoneDecision::Died(PartialDate::from_iso("2026-05-20").expect("a day"));
    write(&mut office, plan);
    assert!(on_roll(&office, "2026-05-19", None).contains(&person));
    assert!(!on_roll(&office, "2026-05-20", None).contains(&person));
    // Branches that the list does not cover miss nobody.
    let elsewhere = text.replace("机关党支部", "离退休党支部");
    assert_eq!(planned(&office, &elsewhere, &PlanOptions::default()).gone, []);
}

#[test]
fn definition_19_commands_take_ids_and_no_names() {
    let (mut office, ..) = branch_with("林秀英");
    let by_name = json!({ "do": "add_member", "branch_id": "机关党支部", "set": { "name": "何静" } });
    assert!(serde_json::from_value::<Command>(by_name).expect_err("no id").to_string().contains("不是编号"));
    let nobody = office.run(json!({ "do": "add_member", "branch_id": "42", "set": { "name": "何静" } }));
    assert!(!nobody.expect_err("no such branch").happened.is_empty());
}

#[test]
fn definition_21_an_entry_of_many_blocks_is_taken_back_and_made_again_whole() {
    let mut office = Office::new();
    let empty = office.dump();
    let people = (0..1_500).map(|nth| {
        let (year, branch) = (1960 + nth % 40, nth % 7);
        format!("甲{nth},男,{year}-05-21,{}-07-01,第{branch}党支部,第{}党小组,书法{nth}\n", year + 25, nth % 3)
    });
    let text = format!("姓名,性别,出生日期,入党时间,所在党支部,党小组,特长\n{}", people.collect::<String>());
    let plan = planned(&office, &text, &PlanOptions::default());
    assert_eq!(plan.counts().new, 1_500);
    write(&mut office, plan);
    let imported = office.dump();
    let blocks = rusqlite::Connection::open(office.path()).expect("opened");
    let blocks: i64 = blocks.query_row("SELECT max(part) + 1 FROM entry_block", [], |row| row.get(0)).expect("counted");
    assert!(blocks >= 3, "{blocks} blocks");
    office.reopen();
    office.undo().expect("undone");
    assert_eq!(office.dump(), empty);
    office.redo().expect("redone");
    assert_eq!(office.dump(), imported);
    assert_eq!(office.read_only().findings().expect("checked"), Vec::<String>::new());
}

#[test]
fn gb_11643_a_short_number_is_upgraded_only_where_its_date_is_one() {
    assert_eq!(normalised("110000000101001"), "110000190001010012");
    assert_eq!(normalised("110000001332001"), "110000001332001", "the 32nd of a 13th month");
    assert_eq!(normalised("11000000010100X"), "11000000010100X", "no letter stands in a short one");
    assert_eq!(normalised("11000019000101008x"), "11000019000101008X");
    let with_check = |first_17: &str| format!("{first_17}{}", check_character(first_17).expect("17 digits"));
    assert_eq!(fault(&with_check("11000020000229001")), None, "2000 was a leap year");
    assert_eq!(fault(&with_check("11000019000229001")), Some(IdFault::BirthDate), "1900 was none");
    // Residents of Hong Kong, Macao and Taiwan have numbers of the same make.
    for address in ["810000", "820000", "830000"] {
        assert_eq!(fault(&with_check(&format!("{address}19000101001"))), None, "{address}");
    }
}

#[test]
fn gb_11643_a_doubtful_number_is_kept_as_it_is_and_never_changes_another_value() {
    let mut office = Office::new();
    let text = "姓名,性别,出生日期,公民身份号码,入党时间,所在党支部\n林秀英,女,1981-05-21,110000190001010013,2006-12-08,机关党支部\n何静,女,1983-01-12,110000199807010039,2008-07-01,机关党支部\n";
    let plan = planned(&office, text, &PlanOptions::default());
    let codes: Vec<(u32, &str)> = plan.problems.iter().map(|problem| (problem.row, problem.code)).collect();
    assert!(codes.contains(&(2, "id_check")), "the check character: {codes:?}");
    assert!(codes.contains(&(3, "id_birth")) && codes.contains(&(3, "id_sex")), "birth and sex: {codes:?}");
    write(&mut office, plan);
    let dump = office.dump();
    for kept in ["110000190001010013", "110000199807010039", "19830112"] {
        assert!(dump.contains(kept), "{kept} in {dump}");
    }
    assert!(!dump.contains("\"birth\":19980701"), "the birth in the number is told, not taken: {dump}");
}
