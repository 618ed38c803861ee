//! What goes on paper: the forms are filled from the workbook, and their numbers are the figures of the screen.

use branchdesk::domain::conditions::Subject;
use branchdesk::domain::fields::Known;
use branchdesk::domain::ids::OrganisationId;
use branchdesk::print::summary::SummaryScope;
use branchdesk::print::{FillOptions, roster_ask, roster_of, summary_of};
use branchdesk::view::desk::Desk;
use branchdesk::view::figures::figures;
use branchdesk::view::members::{Condition, ListAsk, SortBy, SortKey, list};
use branchdesk::view::organisations::tree;
use serde_json::json;

use crate::support::office::{Office, day};

const TODAY: &str = "2026-11-24";

/// A general branch with two branches, a group, and one member of its own.
struct Bureau {
    office: Office,
    root: OrganisationId,
    first: OrganisationId,
    group: OrganisationId,
}

fn bureau() -> Bureau {
    let mut office = Office::new();
    let root = office.organisation(None, "中共青禾县民政局总支部委员会");
    let first = office.organisation(Some(root), "机关第一党支部");
    let second = office.organisation(Some(root), "机关第二党支部");
    let group = office.organisation(Some(first), "第一党小组");
    let full = |name: &str, sex: &str, birth: &str, joined: &str, formal: &str| json!({ "name": name, "sex": sex, "birth": birth, "joined": joined, "full": formal, "transfer_in": joined });
    let wen = office.member(first, full("韦文军", "男", "1980-12-15", "2003-07-01", "2004-07-01"));
    office.member(first, full("何静", "女", "1983-01-12", "2005-07-01", "2006-07-01"));
    office.member(second, full("沈国庆", "男", "1950-12-19", "1974-03-01", "1974-03-01"));
    office.member(root, full("陈志远", "男", "1974-03-18", "1996-07-01", "1997-07-01"));
    office.member(second, json!({ "name": "郑美玲", "sex": "女", "birth": "1998-07-19", "joined": "2026-06-28" }));
    office.member(second, json!({ "name": "曹振华" }));
    let set = json!({ "group": "第一党小组" });
    office.run(json!({ "do": "edit_members", "ids": [wen], "set": set })).expect("a group");
    office
        .run(json!({ "do": "edit_members", "ids": [wen], "set": { "id_number": "110000198012150013" } }))
        .expect("an ID number");
    Bureau { office, root, first, group }
}

fn options() -> FillOptions {
    FillOptions::usual(day(TODAY))
}

#[test]
fn a_roster_of_a_general_branch_stands_branch_by_branch_and_masks_numbers() {
    let bureau = bureau();
    let sheet = roster_of(&bureau.office.desk(), &roster_ask(day(TODAY), None), &options()).expect("a roster");
    assert_eq!(sheet.title, "中共青禾县民政局总支部委员会党员花名册");
    let titles: Vec<_> = sheet.sections.iter().map(|section| section.title.as_deref().unwrap_or("")).collect();
    assert_eq!(titles, ["中共青禾县民政局总支部委员会", "机关第一党支部", "机关第二党支部"]);
    assert!(sheet.masked);
    assert!(sheet.sections[1].rows[0].contains(&"110000********0013".to_owned()));
    assert!(sheet.sections[1].rows[0].contains(&"1980.12.15".to_owned()), "paper writes dates with dots");
    assert_eq!(sheet.notes, ["其中 1 人人员类别不详"]);
    let unmasked = FillOptions { unmasked: true, ..options() };
    let sheet = roster_of(&bureau.office.desk(), &roster_ask(day(TODAY), Some(bureau.first)), &unmasked).expect("one");
    assert_eq!((sheet.sections.len(), &sheet.sections[0].title, sheet.masked), (1, &None, false));
    assert!(sheet.sections[0].rows[0].contains(&"110000198012150013".to_owned()));
}

#[test]
fn a_roster_tells_who_is_on_probation_and_of_a_past_day_nothing_that_came_later() {
    let mut bureau = bureau();
    let he = json!({ "name": "贺丽华", "joined": "2019-07-01", "full": "2020-07-01", "transfer_in": "2019-07-01" });
    bureau.office.member(bureau.first, he);
    let told = |on: &str| -> Vec<String> {
        let ask = roster_ask(day(on), Some(bureau.first));
        let sheet = roster_of(&bureau.office.desk(), &ask, &options()).expect("a roster");
        let place = |label: &str| sheet.columns.iter().position(|column| column.label == label).expect("a column");
        let row = sheet.sections[0].rows.iter().find(|row| row[0] == "贺丽华").expect("a row");
        ["人员类别", "入党时间", "转正时间"].map(|label| row[place(label)].clone()).to_vec()
    };
    assert_eq!(told(TODAY), ["正式党员", "2019.07.01", "2020.07.01"]);
    assert_eq!(told("2019-12-31"), ["预备党员", "2019.07.01", ""]);
}

#[test]
fn a_roster_tells_of_which_organisation_a_post_is_where_it_is_of_another() {
    let mut bureau = bureau();
    let chen = json!({ "name": "贺丽华", "joined": "2019-07-01", "party_post": "书记" });
    let chen = bureau.office.member(bureau.first, chen);
    let appoint = json!({ "do": "appoint", "person_id": chen, "organisation_id": bureau.root, "post": "书记" });
    bureau.office.run(appoint).expect("appointed");
    let ask = roster_ask(day(TODAY), Some(bureau.first));
    let options = FillOptions { columns: vec![Known::Name.into(), Known::PartyPost.into()], ..options() };
    let sheet = roster_of(&bureau.office.desk(), &ask, &options).expect("a roster");
    let row = sheet.sections[0].rows.iter().find(|row| row[0] == "贺丽华").expect("a row");
    assert_eq!(row[1], "书记、中共青禾县民政局总支部委员会书记");
}

#[test]
fn a_roster_in_another_order_carries_the_branch_as_a_column_and_says_what_it_lists() {
    let bureau = bureau();
    let ask = ListAsk {
        conditions: vec![Condition::Sex("女".into())],
        sort: vec![SortKey { by: SortBy::Age, descending: false }],
        ..ListAsk::roll(day(TODAY), None)
    };
    let sheet = roster_of(&bureau.office.desk(), &ask, &options()).expect("a roster");
    assert_eq!(sheet.sections.len(), 1);
    assert!(sheet.columns.iter().any(|column| column.label == "所在党支部"));
    assert_eq!(sheet.notes, ["只列：性别：女"]);
    assert_eq!(sheet.people(), 2);
}

#[test]
fn a_roster_with_the_columns_of_the_screen_carries_what_is_computed_too() {
    let bureau = bureau();
    let columns: Vec<Subject> = vec![
        Known::Name.into(),
        Subject::Age,
        Known::Joined.into(),
        Subject::Standing,
        Subject::StandingSince,
        Subject::ProbationEnds,
        Subject::Missing,
        Known::Sex.into(),
    ];
    let ask = ListAsk { sort: vec![SortKey { by: SortBy::Age, descending: false }], ..roster_ask(day(TODAY), None) };
    let options = FillOptions { columns: columns.clone(), ..options() };
    let sheet = roster_of(&bureau.office.desk(), &ask, &options).expect("a roster");
    let labels: Vec<&str> = sheet.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(labels, ["姓名", "年龄", "入党时间", "党龄", "党龄起算日", "预备期满", "缺少的资料", "性别"]);
    let rows = &sheet.sections[0].rows;
    let row = |name: &str| rows.iter().find(|row| row[0] == name).expect("a row").clone();
    let (young, old) = (row("郑美玲"), row("韦文军"));
    assert_eq!(young[..6], ["郑美玲", "28", "2026.06.28", "", "", "2027.06.28"]);
    assert!(young[6].contains("公民身份号码") && young[7] == "女", "{young:?}");
    assert_eq!(old[..6], ["韦文军", "45", "2003.07.01", "22", "2004.07.01", ""]);
    assert!(!sheet.masked, "there is no number on it");
}

#[test]
fn the_summary_prints_the_figures_of_the_screen_and_its_branches_add_up() {
    let bureau = bureau();
    let desk = bureau.office.desk();
    let sheet = summary_of(&desk, Some(bureau.root), day(TODAY), &options()).expect("a summary");
    assert_eq!(sheet.scope, SummaryScope::GeneralBranch);
    let counted = figures(&desk, Some(bureau.root), day(TODAY)).expect("figures");
    let printed: Vec<u64> = sheet.figures.iter().map(|figure| figure.value).collect();
    assert_eq!(printed[..4], [5, 4, 1, 2]);
    assert_eq!(printed[0], counted.value("党员.总数"));
    for family in &sheet.families {
        let sum: u64 = family.bands.iter().map(|band| band.value).sum();
        let total = if family.title == "党龄" { 4 } else { 5 };
        assert_eq!(sum, total, "{}", family.title);
    }
    let table = sheet.branches.expect("a table of branches");
    let names: Vec<_> = table.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["中共青禾县民政局总支部委员会（本级）", "机关第一党支部", "机关第二党支部"]);
    let total = table.total.expect("a sum");
    for (column, expected) in total.iter().enumerate() {
        assert_eq!(table.rows.iter().map(|row| row.values[column]).sum::<u64>(), *expected);
    }
    assert!(sheet.notes.iter().any(|note| note == "另有 1 人类别不详，没有计入"));
    let branch = summary_of(&desk, Some(bureau.first), day(TODAY), &options()).expect("a summary");
    assert_eq!((branch.scope, branch.branches), (SummaryScope::Branch, None));
}

#[test]
fn paper_of_a_past_day_says_whose_start_is_not_known() {
    let mut bureau = bureau();
    bureau.office.member(bureau.first, json!({ "name": "吴海涛", "joined": "1999-07-01", "full": "2000-07-01" }));
    let desk = bureau.office.desk();
    let note = "其中 1 人起始日期不详".to_owned();
    let on_paper = format!("{note}，按在册列入");
    let past = roster_of(&desk, &roster_ask(day("2020-12-31"), Some(bureau.first)), &options()).expect("a roster");
    assert!(past.notes.contains(&on_paper));
    let now = roster_of(&desk, &roster_ask(day(TODAY), Some(bureau.first)), &options()).expect("a roster");
    assert!(!now.notes.contains(&on_paper));
    let past = summary_of(&desk, Some(bureau.first), day("2020-12-31"), &options()).expect("a summary");
    assert!(past.notes.contains(&note));
}

#[test]
fn the_reporting_unit_of_the_workbook_is_that_of_its_root_and_of_no_branch() {
    let mut bureau = bureau();
    bureau
        .office
        .run(json!({ "do": "set_settings", "set": { "reporting_unit": "青禾县民政局", "prepared_by": "李敏" } }))
        .expect("settings");
    let desk = bureau.office.desk();
    let whole = roster_of(&desk, &roster_ask(day(TODAY), None), &options()).expect("a roster");
    assert_eq!((whole.frame.organisation.as_str(), whole.frame.prepared_by.as_str()), ("青禾县民政局", "李敏"));
    let branch = roster_of(&desk, &roster_ask(day(TODAY), Some(bureau.first)), &options()).expect("a roster");
    assert_eq!(branch.frame.organisation, "机关第一党支部");
}

#[test]
fn the_whole_goes_by_its_single_root_else_by_the_name_of_the_workbook() {
    let mut bureau = bureau();
    bureau.office.run(json!({ "do": "set_settings", "set": { "title": "民政系统党员台账" } })).expect("a title");
    let told = |office: &Office, on: &str| {
        let desk = office.desk();
        let roster = roster_of(&desk, &roster_ask(day(on), None), &options()).expect("a roster");
        let summary = summary_of(&desk, None, day(on), &options()).expect("a summary");
        assert_eq!(roster.frame.organisation, summary.frame.organisation);
        (roster.title, summary.frame.organisation, summary.scope)
    };
    let root = "中共青禾县民政局总支部委员会";
    let of_root = (format!("{root}党员花名册"), root.to_owned(), SummaryScope::GeneralBranch);
    assert_eq!(told(&bureau.office, TODAY), of_root);
    let other = bureau.office.organisation(None, "社会组织综合党委");
    let of_workbook = ("民政系统党员台账党员花名册".to_owned(), "民政系统党员台账".to_owned(), SummaryScope::Whole);
    assert_eq!(told(&bureau.office, TODAY), of_workbook);
    bureau
        .office
        .run(json!({ "do": "close_organisation", "id": other, "on": "2026-10-01" }))
        .expect("closed: it has nobody");
    assert_eq!(told(&bureau.office, TODAY), of_root);
    assert_eq!(told(&bureau.office, "2026-09-30"), of_workbook, "on that day there were two");
}

#[test]
fn every_figure_of_members_opens_a_list_of_exactly_its_rows() {
    let bureau = bureau();
    let desk: Desk = bureau.office.desk();
    for scope in [None, Some(bureau.root), Some(bureau.first), Some(bureau.group)] {
        for figure in figures(&desk, scope, day(TODAY)).expect("figures").all {
            let Some(ask) = figure.list() else { continue };
            let found = list(&desk, &ask).expect("a list");
            let ids: Vec<i64> = found.ids.iter().map(|id| id.0).collect();
            assert_eq!(ids, *figure.rows, "{}", figure.name);
        }
    }
}

#[test]
fn the_tree_counts_a_group_by_those_who_are_in_it_and_never_as_members_of_its_branch() {
    let bureau = bureau();
    let lines = tree(&bureau.office.desk(), day(TODAY)).expect("a tree");
    let count = |id: OrganisationId| lines.iter().find(|line| line.organisation.id == id).map(|line| line.members);
    assert_eq!([bureau.root, bureau.first, bureau.group].map(count), [Some(5), Some(2), Some(1)]);
}
