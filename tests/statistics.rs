//! The statistics: every family adds up, every cell opens exactly its people, two years always close.

use std::collections::{BTreeMap, BTreeSet};

use branchdesk::clock::{Clock, Day};
use branchdesk::domain::ids::{OrganisationId, PersonId, RecordId};
use branchdesk::domain::members::PersonFile;
use branchdesk::domain::statistics::Feature;
use branchdesk::exchange::export::{Export, write};
use branchdesk::print::{FillOptions, Form, PaperFonts, compile, statistics_of};
use branchdesk::progress::Progress;
use branchdesk::store::members::each_file;
use branchdesk::view::by_branch::{ByBranchAsk, by_branch};
use branchdesk::view::comparison::{
    CAME_WHOLE, Comparison, ComparisonAsk, END, EXPECTED, GAINED, LOST, START, WENT_WHOLE, comparison,
};
use branchdesk::view::cross::{CrossAsk, CrossTable, cross};
use branchdesk::view::desk::Desk;
use branchdesk::view::figures::{Figure, Reckoned, annual, figures};
use branchdesk::view::groups::{GroupColumn, GroupsAsk, groups};
use branchdesk::view::members::list;
use branchdesk::view::statistics::{StatisticsAsk, TableCell, Weight, statistics};
use jiff::ToSpan as _;
use proptest::prelude::{ProptestConfig, Strategy, TestCaseError, prop_assert, prop_assert_eq};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use crate::support::office::{Office, day};

const TODAY: &str = "2026-11-24";

/// A general branch with a member of its own, two branches, a group.
struct Bureau {
    office: Office,
    root: OrganisationId,
    first: OrganisationId,
    second: OrganisationId,
    group: OrganisationId,
    people: BTreeMap<&'static str, PersonId>,
}

fn bureau() -> Bureau {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "机关第一党支部");
    let second = office.organisation(Some(root), "机关第二党支部");
    let group = office.organisation(Some(first), "第一党小组");
    let mut people = BTreeMap::new();
    for (branch, name, sex, birth, joined, education, occupation) in [
        (first, "林秀英", "女", "1983-05-21", "2006-12-08", "大学本科", "公务员"),
        (first, "吴海涛", "男", "1978-11-02", "2003-07-01", "大学专科", "011"),
        (second, "何静", "女", "1984-01-12", "2008-07-01", "大学本科", "小学教师"),
        (second, "沈国庆", "男", "1950-12-19", "1974-03-01", "初中及以下", "退休干部"),
        (root, "陈志远", "男", "1974-03-18", "1996-07-01", "研究生", "走街串巷"),
    ] {
        let full = format!("{}{}", joined[..4].parse::<u16>().expect("a year") + 1, &joined[4..]);
        let set = json!({ "name": name, "sex": sex, "birth": birth, "joined": joined, "full": full,
            "transfer_in": joined, "education": education, "occupation": occupation, "nation": "汉族" });
        people.insert(name, office.member(branch, set));
    }
    office
        .run(json!({ "do": "edit_members", "ids": [people["林秀英"]], "set": { "group": "第一党小组" } }))
        .expect("a group");
    let lin = people["林秀英"];
    office
        .run(json!({ "do": "appoint", "person_id": lin, "organisation_id": first, "post": "党支部书记", "from": "2020-01-01" }))
        .expect("a post");
    office
        .run(json!({ "do": "edit_members", "ids": [people["何静"]], "set": { "floating": "是", "float_place": "广州" } }))
        .expect("floating");
    Bureau { office, root, first, second, group, people }
}

fn crossed(desk: &Desk, rows: Feature, columns: Feature, scope: Option<OrganisationId>) -> CrossTable {
    cross(desk, &CrossAsk { rows, columns, scope, as_of: day(TODAY) }).expect("a table")
}

/// The cell of these labels; `None` for the total.
fn cell(table: &CrossTable, row: Option<&str>, column: Option<&str>) -> Figure {
    let place = |values: &[branchdesk::view::features::FeatureValue], label: Option<&str>| {
        label.map(|label| values.iter().position(|value| value.label == label).expect("a value"))
    };
    table.figure(place(&table.rows, row), place(&table.columns, column)).expect("a cell")
}

#[test]
fn every_family_of_the_annual_form_adds_up_and_its_names_are_those_of_the_definitions() {
    let bureau = bureau();
    let all = annual(&bureau.office.desk(), None, day(TODAY)).expect("figures");
    for feature in Feature::ANNUAL {
        let sum: u64 = all.family(feature).map(|figure| figure.value).sum();
        assert_eq!(sum, all.value("党员.总数"), "{}: all are formal here", feature.name());
        assert_eq!(all.family(feature).count(), feature.values().len());
    }
    for (name, value) in [
        ("党员.年龄组.71岁及以上", 1),
        ("党员.年龄.61岁及以上", 1),
        ("党员.入党时期.1966年5月至1976年10月", 1),
        ("党员.入党时期.1979年1月至2002年10月", 1),
        ("党员.入党时期.2002年11月至2012年10月", 3),
        ("党员.职业.党政机关工作人员", 2),
        ("党员.职业.企事业单位、社会组织专业技术人员", 1),
        ("党员.职业.离退休人员", 1),
        ("党员.职业.不详", 1),
        ("党员.党内职务.书记", 1),
        ("党员.党内职务.未任职务", 4),
        ("党员.流动情况.流动党员", 1),
        ("党员.失联情况.未失联", 5),
        ("党员.性别.女", 2),
        ("党员.民族.汉族", 5),
    ] {
        let figure = all.get(name).unwrap_or_else(|| panic!("no figure {name}"));
        assert_eq!((figure.value, figure.rows.len() as u64), (value, value), "{name}");
    }
    let plain = figures(&bureau.office.desk(), None, day(TODAY)).expect("figures");
    assert!(plain.all.iter().all(|figure| all.get(&figure.name) == Some(figure)), "the summary is a part of the form");
}

#[test]
fn posts_groups_and_floating_are_those_of_the_day() {
    let bureau = bureau();
    let desk = bureau.office.desk();
    let value = |on: &str, name: &str| annual(&desk, None, day(on)).expect("figures").value(name);
    assert_eq!((value("2019-12-31", "党员.党内职务.书记"), value("2020-01-01", "党员.党内职务.书记")), (0, 1));
    let table = crossed(&desk, Feature::Group, Feature::Sex, None);
    assert_eq!(cell(&table, Some("第一党小组"), Some("女")).value, 1);
    assert_eq!(cell(&table, Some("未编入党小组"), None).value, 4);
    let of_group = crossed(&desk, Feature::Sex, Feature::Education, Some(bureau.group));
    assert_eq!(cell(&of_group, None, None).value, 1, "a group is a scope like any other");
}

#[test]
fn a_fact_that_is_known_to_the_month_or_the_year_holds_from_its_first_day_and_not_on_its_end() {
    let Bureau { mut office, people, .. } = bureau();
    let person = people["吴海涛"];
    for (from, to) in [("2019-07", "2020"), ("2021", "2022-03")] {
        let fact =
            json!({ "do": "set_fact", "kind": "lost", "person_id": person, "value": "是", "from": from, "to": to });
        office.run(fact).expect("a fact");
    }
    let desk = office.desk();
    for (on, lost) in [
        ("2019-06-30", 0),
        ("2019-07-01", 1),
        ("2019-12-31", 1),
        ("2020-01-01", 0),
        ("2020-12-31", 0),
        ("2021-01-01", 1),
        ("2022-02-28", 1),
        ("2022-03-01", 0),
    ] {
        let found = annual(&desk, None, day(on)).expect("figures");
        assert_eq!(found.value("党员.失联情况.失联党员"), lost, "{on}");
    }
}

#[test]
fn a_cross_table_counts_each_member_once_and_every_cell_opens_its_people() {
    let bureau = bureau();
    let desk = bureau.office.desk();
    let table = crossed(&desk, Feature::Sex, Feature::Education, None);
    let women = cell(&table, Some("女"), Some("大学本科"));
    assert_eq!(*women.rows, [bureau.people["林秀英"].0, bureau.people["何静"].0]);
    assert_eq!((women.name.as_str(), women.label.as_str()), ("党员.性别.女×学历.大学本科", "女 × 大学本科"));
    assert_eq!(cell(&table, Some("男"), Some("大学本科")).value, 0);
    assert_eq!((cell(&table, Some("男"), None).value, cell(&table, None, Some("大学本科")).value), (3, 2));
    assert_eq!(cell(&table, None, None).value, 5);
    assert!(!table.columns.iter().any(|value| value.label == "不详"), "nobody is in it");
    for rows in Feature::ALL {
        for columns in Feature::ALL.into_iter().filter(|other| *other != rows) {
            check_cross(&desk, &crossed(&desk, rows, columns, Some(bureau.root)));
        }
    }
    let same = CrossAsk { rows: Feature::Age, columns: Feature::Age, scope: None, as_of: day(TODAY) };
    assert!(cross(&desk, &same).expect_err("the same twice").happened.contains("行和列都是“年龄”"));
}

fn check_cross(desk: &Desk, table: &CrossTable) {
    let title = table.ask.title();
    let (rows, columns) = (table.rows.len(), table.columns.len());
    let inner: u64 = (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (row, column)))
        .map(|(row, column)| table.value(Some(row), Some(column)))
        .sum();
    assert_eq!(inner, table.value(None, None), "{title}");
    for row in 0..rows {
        let sum: u64 = (0..columns).map(|column| table.value(Some(row), Some(column))).sum();
        assert_eq!(sum, table.value(Some(row), None), "{title}, row {row}");
    }
    for figure in table.figures() {
        assert_eq!(figure.value, figure.rows.len() as u64, "{title}: {}", figure.name);
        check_list(desk, &figure);
    }
}

/// The list behind a figure shows exactly its rows.
fn check_list(desk: &Desk, figure: &Figure) {
    let Some(ask) = figure.list() else { return };
    let listed: BTreeSet<RecordId> = list(desk, &ask).expect("a list").ids.iter().map(|id| id.0).collect();
    let rows: BTreeSet<RecordId> = figure.rows.iter().copied().collect();
    assert_eq!(listed, rows, "{} of {}", figure.name, figure.scope_name);
}

#[test]
fn a_general_branch_is_the_sum_of_its_own_and_of_all_below_it() {
    let bureau = bureau();
    let desk = bureau.office.desk();
    for feature in [None, Some(Feature::Sex), Some(Feature::Standing), Some(Feature::Occupation)] {
        let table = by_branch(&desk, &ByBranchAsk { scope: None, as_of: day(TODAY), feature }).expect("a table");
        let names: Vec<&str> = table.lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["青禾县民政局党总支", "青禾县民政局党总支（本级）", "机关第一党支部", "机关第二党支部"]);
        for column in 0..table.columns.len() {
            let parts: u64 = (1..4).map(|line| table.value(line, column)).sum();
            assert_eq!(table.value(0, column), parts, "{}", table.columns[column].name);
        }
        for figure in table.figures() {
            check_list(&desk, &figure);
            let is_own = figure.name.ends_with("（本级）");
            let same = annual(&desk, figure.scope, day(TODAY)).expect("figures");
            assert!(is_own || same.value(&figure.name) == figure.value, "{} of {}", figure.name, figure.scope_name);
        }
    }
    let plain = by_branch(&desk, &ByBranchAsk { scope: None, as_of: day(TODAY), feature: None }).expect("a table");
    let women: Vec<u64> = (0..4).map(|line| plain.value(line, 3)).collect();
    assert_eq!((plain.columns[3].name.as_str(), women), ("党员.女", vec![2, 0, 1, 1]));
    let one = by_branch(&desk, &ByBranchAsk { scope: Some(bureau.second), as_of: day(TODAY), feature: None });
    assert_eq!(one.expect("a table").lines.len(), 1);
}

fn compared(office: &Office, scope: Option<OrganisationId>, to: &str) -> Comparison {
    comparison(&office.desk(), &ComparisonAsk { scope, to: day(to) }).expect("a comparison")
}

#[test]
fn who_came_and_who_left_stand_each_in_the_line_of_the_form() {
    let Bureau { mut office, root, first, second, people, .. } = bureau();
    let mut run = |json| office.run(json).expect("done");
    let status = |person: PersonId, value: &str, from: &str, to: Option<&str>| json!({ "do": "set_fact", "kind": "status", "person_id": person, "value": value, "from": from, "to": to });
    run(json!({ "do": "transfer_member", "ids": [people["吴海涛"]], "to_id": second, "on": "2025-03" }));
    run(json!({ "do": "end_membership", "ids": [people["沈国庆"]], "how": "死亡", "on": "2025-12-31" }));
    run(status(people["何静"], "停止党籍", "2025-05-01", Some("2026-02-01")));
    run(json!({ "do": "end_membership", "ids": [people["陈志远"]], "how": "转出", "on": "2026-01-01" }));
    let new = json!({ "name": "郑美玲", "joined": "2025-06-28", "transfer_in": "2025-06-28" });
    run(json!({ "do": "add_member", "branch_id": first, "set": new }));
    let from_elsewhere =
        json!({ "name": "曹振华", "joined": "2010-07-01", "full": "2011-07-01", "transfer_in": "2025-09" });
    run(json!({ "do": "add_member", "branch_id": first, "set": from_elsewhere }));
    // Only a roster tells what she is, since that day.
    run(json!({ "do": "add_member", "branch_id": second, "set": { "name": "唐玉兰", "category": "正式党员" } }));
    let whole = |to: &str| {
        let found = compared(&office, Some(root), to);
        assert!(found.closes());
        [
            "党员.上年末",
            "党员.增加.发展党员",
            "党员.增加.恢复党籍",
            "党员.增加.转入组织关系",
            "党员.增加.其他增加",
            "党员.减少.出党",
            "党员.减少.停止党籍",
            "党员.减少.死亡",
            "党员.减少.转出组织关系",
            "党员.减少.其他减少",
            "党员.本年末应有",
            "党员.本年末",
            "党员.增减差",
        ]
        .map(|name| found.get(name).unwrap_or_else(|| panic!("no {name}")).value)
    };
    let table = |to: &str| {
        let ask = StatisticsAsk::Comparison(ComparisonAsk { scope: Some(root), to: day(to) });
        let table = statistics(&office.desk(), &ask).expect("counted").table(day(TODAY));
        let text = |cell: &TableCell| match cell {
            TableCell::Text(text) => text.clone(),
            _ => String::new(),
        };
        table.rows.iter().map(|row| (text(&row.cells[0]), row.label.clone(), text(&row.cells[2]))).collect::<Vec<_>>()
    };
    let line = |number: &str, label: &str, formula: &str| (number.to_owned(), label.to_owned(), formula.to_owned());
    let form = table("2025-12-31");
    assert_eq!(form.len(), 15, "the lines of the form, under its numbers: {form:?}");
    assert_eq!(form[1], line("2", "本年增加", "3 + 4 + 5"));
    assert_eq!(form[5], line("6", "其中整建制转入", ""));
    assert_eq!(form[11..13], [line("12", "其中整建制转出", ""), line("13", "本年末应有", "1 + 2 − 7")]);
    let with_other = table("2026-11-24");
    assert_eq!(with_other[6], line("", "其他增加", ""), "what the form has no line for is told, without a number");
    assert_eq!((with_other[1].2.as_str(), with_other.len()), ("3 + 4 + 5 + 其他增加", 16));
    assert_eq!(whole("2024-12-31"), [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 0]);
    assert_eq!(
        whole("2025-12-31"),
        [5, 1, 0, 1, 0, 0, 1, 1, 0, 0, 5, 5, 0],
        "whoever dies on the last day is gone on it"
    );
    assert_eq!(whole("2026-11-24"), [5, 0, 1, 0, 1, 0, 0, 0, 1, 0, 6, 6, 0]);
    let branch = compared(&office, Some(first), "2025-12-31");
    assert_eq!((branch.value("党员.减少.转出组织关系"), branch.value("党员.增加.发展党员")), (1, 1));
    assert_eq!(*branch.get("党员.减少.转出组织关系").expect("a line").rows, [people["吴海涛"].0]);
    let other = compared(&office, Some(second), "2025-12-31");
    assert_eq!(*other.get("党员.增加.转入组织关系").expect("a line").rows, [people["吴海涛"].0]);
}

#[test]
fn a_branch_that_comes_under_another_organisation_brings_its_people_on_that_day() {
    let Bureau { mut office, root, second, .. } = bureau();
    let park = office.organisation(None, "工业园区党总支");
    office
        .run(json!({ "do": "move_organisation", "id": second, "parent_id": park, "on": "2025-06-01" }))
        .expect("moved");
    let ends = |scope: Option<OrganisationId>| {
        let found = compared(&office, scope, "2025-12-31");
        assert!(found.closes());
        let transferred = ["党员.增加.转入组织关系", "党员.减少.转出组织关系"].map(|name| found.value(name));
        let whole = [found.value(CAME_WHOLE), found.value(WENT_WHOLE)];
        assert_eq!(whole, transferred, "整建制");
        [found.value(START), transferred[0], transferred[1], found.value(END)]
    };
    assert_eq!((ends(Some(root)), ends(Some(park)), ends(None)), ([5, 0, 2, 3], [0, 2, 0, 2], [5, 0, 0, 5]));
    let members = |scope, on| {
        let ask = ByBranchAsk { scope: Some(scope), as_of: day(on), feature: None };
        by_branch(&office.desk(), &ask).expect("a table").value(0, 0)
    };
    assert_eq!([members(root, "2025-05-31"), members(park, "2025-05-31")], [5, 0]);
    assert_eq!([members(root, "2025-06-01"), members(park, "2025-06-01")], [3, 2]);
}

/// 其中整建制转入、转出: who comes or goes with the organisation, and nobody who was transferred alone.
#[test]
fn who_comes_with_a_whole_organisation_is_told_apart_from_who_comes_alone() {
    let Bureau { mut office, root, first, second, people, .. } = bureau();
    let mut run = |json| office.run(json).expect("done");
    run(json!({ "do": "transfer_member", "ids": [people["何静"]], "to_id": first, "on": "2025-03-01" }));
    run(json!({ "do": "merge_organisations", "ids": [second], "into_id": first, "on": "2025-06-01" }));
    let whole = |scope: OrganisationId, lines: [&str; 2]| {
        let found = compared(&office, Some(scope), "2025-12-31");
        assert!(found.closes());
        lines.map(|line| (*found.get(line).expect("a line").rows).clone())
    };
    let [came, with_it] = whole(first, ["党员.增加.转入组织关系", CAME_WHOLE]);
    assert_eq!((came.len(), with_it), (2, vec![people["沈国庆"].0]));
    let [went, with_it] = whole(second, ["党员.减少.转出组织关系", WENT_WHOLE]);
    assert_eq!((went.len(), with_it), (2, vec![people["沈国庆"].0]));
    assert!(whole(root, [CAME_WHOLE, WENT_WHOLE]).iter().all(Vec::is_empty), "within it nobody comes or goes");
}

#[test]
fn a_recorded_transfer_tells_more_than_a_date_of_joining_known_to_the_month() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关党支部");
    let set = json!({ "name": "郑美玲", "joined": "2025-08", "transfer_in": "2025-08-15" });
    let person = office.member(branch, set);
    let gains = |office: &Office| {
        let found = compared(office, None, "2025-12-31");
        (found.value("党员.增加.发展党员"), found.value("党员.增加.转入组织关系"))
    };
    assert_eq!(gains(&office), (1, 0));
    let transfer = json!({ "do": "record_event", "ids": [person], "kind": "transfer_in", "branch_id": branch,
        "on": "2025-08-15", "place": "邻县党支部" });
    office.run(transfer).expect("recorded");
    assert_eq!(gains(&office), (0, 1));
}

#[test]
fn who_comes_and_goes_within_a_year_is_counted_both_times() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关党支部");
    let set = json!({ "name": "郑美玲", "joined": "2025-03-01", "transfer_in": "2025-03-01" });
    let person = office.member(branch, set);
    office.run(json!({ "do": "end_membership", "ids": [person], "how": "死亡", "on": "2025-10" })).expect("done");
    let found = compared(&office, None, "2025-12-31");
    assert_eq!((found.value(START), found.value(END)), (0, 0));
    assert_eq!((found.value("党员.增加.发展党员"), found.value("党员.减少.死亡")), (1, 1));
    assert!(found.closes());
}

#[test]
fn a_table_shows_the_values_of_its_figures_where_they_stand() {
    let bureau = bureau();
    let desk = bureau.office.desk();
    let (scope, as_of) = (None, day(TODAY));
    let asks = [
        StatisticsAsk::Annual { scope, as_of },
        StatisticsAsk::ByBranch(ByBranchAsk { scope, as_of, feature: Some(Feature::AgeGroup) }),
        StatisticsAsk::Comparison(ComparisonAsk { scope, to: as_of }),
        StatisticsAsk::Cross(CrossAsk { rows: Feature::Branch, columns: Feature::EntryEra, scope, as_of }),
        StatisticsAsk::Groups(GroupsAsk { feature: Feature::AgeGroup, scope, as_of }),
    ];
    for ask in asks {
        let counted = statistics(&desk, &ask).expect("a table");
        let table = counted.table(as_of);
        let mut seen = 0;
        for row in &table.rows {
            assert_eq!(row.cells.len(), table.columns.len(), "{}: {}", ask.label(), row.label);
            for cell in &row.cells {
                if let TableCell::Figure(value, place) = cell {
                    let figure = counted.figure(*place).expect("a figure");
                    assert_eq!((figure.value, figure.rows.len() as u64), (*value, *value), "{}", figure.name);
                    seen += 1;
                }
            }
        }
        assert!(seen > 10, "{}: {seen}", ask.label());
        assert!(table.notes[0].contains("停止党籍的不计"));
    }
}

/// A year of the bureau: three are accepted (one of them goes on to another organisation), one dies; some apply; some
/// are commended.
fn eventful_bureau() -> Bureau {
    let mut bureau = bureau();
    let Bureau { office, first, second, people, .. } = &mut bureau;
    for (branch, name, set) in [
        (*second, "去年入党", json!({ "joined": "2025-12-31" })),
        (
            *first,
            "春天入党",
            json!({ "sex": "女", "nation": "土家族", "birth": "1992-05-01", "education": "大学本科",
            "occupation": "小学教师", "joined": "2026-03-01" }),
        ),
        (
            *second,
            "正好三十五",
            json!({ "sex": "男", "nation": "汉族", "birth": "1990-11-25",
            "education": "高中、中技", "occupation": "公务员", "joined": "2026-07-01" }),
        ),
        (
            *second,
            "三十六又转走",
            json!({ "sex": "男", "nation": "汉族", "birth": "1990-11-24",
            "education": "研究生", "joined": "2026-07-01" }),
        ),
        (*first, "申请人", json!({ "applied": "2026-01-05" })),
        (*first, "积极分子", json!({ "applied": "2025-01-05", "activist": "2026-02-01" })),
        (*second, "还没申请", json!({ "applied": "2026-11-25" })),
        (*second, "发展对象", json!({ "activist": "2025-01-05", "candidate": "2026-03-01" })),
    ] {
        let mut all = json!({ "name": name });
        all.as_object_mut().expect("an object").extend(set.as_object().expect("an object").clone());
        people.insert(name, office.member(branch, all));
    }
    for (who, kind, on, value) in [
        ("三十六又转走", "transfer_out", "2026-10-01", ""),
        ("沈国庆", "died", "2026-02-01", ""),
        ("林秀英", "honour", "2026-07-01", "县级优秀共产党员"),
        ("林秀英", "honour", "2026-06-30", "优秀共产党员"),
        ("何静", "honour", "2026-07", "优秀党务工作者"),
        ("吴海涛", "honour", "2026", "劳动模范"),
        ("陈志远", "honour", "2025-07-01", "优秀共产党员"),
        ("陈志远", "honour", "2025-12-31", "优秀党务工作者"),
    ] {
        let mut event = json!({ "do": "record_event", "ids": [people[who]], "kind": kind, "on": on });
        if !value.is_empty() {
            event["value"] = value.into();
        }
        office.run(event).expect("recorded");
    }
    bureau
}

#[test]
fn the_annual_form_tells_what_the_year_brought_and_agrees_with_the_two_years() {
    let Bureau { office, second, people, group, .. } = eventful_bureau();
    let desk = office.desk();
    let all = annual(&desk, None, day(TODAY)).expect("figures");
    for (name, value) in [
        ("发展党员.总数", 3),
        ("发展党员.女", 1),
        ("发展党员.少数民族", 1),
        ("发展党员.35岁及以下", 2),
        ("发展党员.大专及以上", 2),
        ("发展党员.职业.企事业单位、社会组织专业技术人员", 1),
        ("发展党员.职业.党政机关工作人员", 1),
        ("发展党员.职业.不详", 1),
        ("入党.入党申请人", 1),
        ("入党.入党积极分子", 1),
        ("入党.发展对象", 1),
        ("表彰.优秀共产党员", 1),
        ("表彰.优秀党务工作者", 1),
        ("表彰.光荣在党50年纪念章", 0),
        ("表彰.其他表彰", 1),
    ] {
        let figure = all.get(name).unwrap_or_else(|| panic!("no figure {name}"));
        assert_eq!((figure.value, figure.rows.len() as u64), (value, value), "{name}");
        check_list(&desk, figure);
    }
    let two_years = compared(&office, None, TODAY);
    assert_eq!(
        all.get("发展党员.总数").expect("a figure").rows,
        two_years.get("党员.增加.发展党员").expect("a line").rows
    );
    let growth = all.get("党员.净增").expect("a figure");
    assert_eq!((growth.reckoned, growth.unit), (Some(Reckoned::Difference(1)), "人（净）"));
    let names = ["春天入党", "正好三十五", "沈国庆"];
    assert_eq!(
        growth.rows.iter().copied().collect::<BTreeSet<_>>(),
        names.map(|name| people[name].0).into(),
        "who was a member on one of the two days only"
    );
    assert_eq!(all.get("党员.增幅").expect("a figure").reckoned, Some(Reckoned::Rate(1.0 / 6.0)));
    let on = |scope, text: &str| annual(&desk, scope, day(text)).expect("figures");
    assert_eq!(on(None, "2026-02-15").get("党员.净增").expect("a figure").reckoned, Some(Reckoned::Difference(-1)));
    let of_second = on(Some(second), TODAY);
    assert_eq!((of_second.value("发展党员.总数"), of_second.value("表彰.优秀党务工作者")), (2, 1));
    assert_eq!((of_second.value("表彰.优秀共产党员"), of_second.value("入党.发展对象")), (0, 1));
    assert_eq!(on(Some(group), TODAY).value("表彰.优秀共产党员"), 1, "of a group, who is in it");
    assert_eq!(on(None, "2025-12-31").value("表彰.优秀党务工作者"), 1);
    assert_eq!(on(None, "2026-06-30").value("表彰.优秀党务工作者"), 0, "not yet");
    assert!(on(None, "1950-01-01").get("党员.增幅").is_none(), "of nothing there is no rate");
}

#[test]
fn the_annual_form_has_its_blocks_on_screen_on_paper_and_as_a_sheet() {
    use calamine::{Data, Reader as _, open_workbook};

    let Bureau { office, .. } = eventful_bureau();
    let desk = office.desk();
    let ask = StatisticsAsk::Annual { scope: None, as_of: day(TODAY) };
    let counted = statistics(&desk, &ask).expect("a table");
    let table = counted.table(day(TODAY));
    let row = |label: &str| table.rows.iter().find(|row| row.label == label).unwrap_or_else(|| panic!("no {label}"));
    let place = row("比上年末净增").cells[0].place().expect("a figure");
    assert_eq!(counted.figure(place).expect("a figure").name, "党员.净增");
    let heads = ["本年发展党员", "入党申请人、积极分子", "本年表彰"];
    let places = heads.map(|label| table.rows.iter().position(|row| row.label == label).expect(label));
    assert!(places.is_sorted());
    assert!(table.rows[places[0]..places[1]].iter().any(|row| row.label == "在生产、工作一线"), "left empty");
    let sheet = statistics_of(&desk, &ask, &FillOptions::usual(day(TODAY))).expect("a sheet");
    let paper = compile(&Form::Statistics(sheet), PaperFonts::embedded(), day(TODAY), &Progress::default());
    let paper = paper.expect("a paper");
    let text: String = (0..paper.pages()).map(|page| paper.page_text(page)).collect();
    for words in ["比上年末净增", "+1", "16.7%", "本年发展党员", "35岁及以下", "入党积极分子", "优秀党务工作者"]
    {
        assert!(text.contains(words), "{words}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("年报表.xlsx");
    let at = Clock::fixed_on(day(TODAY)).now();
    write(&desk, &Export::Statistics(ask), &path, false, at, &Progress::default()).expect("written");
    let mut book: calamine::Xlsx<_> = open_workbook(&path).expect("an XLSX");
    let sheet = book.worksheet_range("年报表").expect("the sheet");
    let found = |label: &str| {
        sheet.rows().find(|row| row[0].to_string().trim_start_matches('　') == label).map(|row| row[1].clone())
    };
    assert_eq!(found("比上年末净增"), Some(Data::Float(1.0)));
    assert_eq!(found("增幅"), Some(Data::Float(1.0 / 6.0)));
    assert_eq!(found("优秀党务工作者"), Some(Data::Float(1.0)));
}

#[test]
fn the_table_of_ages_has_a_column_for_each_part_and_every_cell_opens_its_people() {
    let Bureau { mut office, people, root, .. } = eventful_bureau();
    let taiwan = json!({ "do": "edit_members", "ids": [people["陈志远"]], "set": { "native_place": "台湾省台北市" } });
    office.run(taiwan).expect("done");
    let desk = office.desk();
    let ask = |feature, scope| GroupsAsk { feature, scope, as_of: day(TODAY) };
    let table = groups(&desk, &ask(Feature::AgeGroup, None)).expect("a table");
    let value = |label: &str, column: GroupColumn| {
        let row = table.rows.iter().position(|row| row.label == label).unwrap_or(table.rows.len());
        let column = GroupColumn::ALL.iter().position(|other| *other == column).expect("a column");
        table.figure(row, column).expect("a cell").value
    };
    use GroupColumn::{Men, Minorities, Probationary, Taiwan, Total, Women};
    let of = |label: &str| [Total, Probationary, Men, Women, Minorities, Taiwan].map(|column| value(label, column));
    assert_eq!(of("31至35岁"), [2, 2, 1, 1, 1, 0]);
    assert_eq!(of("51至55岁"), [1, 0, 1, 0, 0, 1]);
    assert_eq!(of("41至45岁"), [2, 0, 0, 2, 0, 0]);
    assert_eq!(of("不详"), [1, 1, 0, 0, 0, 0]);
    assert_eq!(of("合计"), [7, 3, 3, 3, 1, 1]);
    assert_eq!(table.rows.len(), 11, "all bands of the annual form, and 不详 where somebody is in it");
    for feature in Feature::ALL {
        for scope in [None, Some(root)] {
            let table = groups(&desk, &ask(feature, scope)).expect("a table");
            for figure in table.figures() {
                assert_eq!(figure.value, figure.rows.len() as u64, "{}", figure.name);
                check_list(&desk, &figure);
            }
            let [inner, total] = [(0..table.rows.len()).collect(), vec![table.rows.len()]].map(|rows: Vec<usize>| {
                rows.iter().filter_map(|row| table.figure(*row, 0)).map(|figure| figure.value).sum::<u64>()
            });
            assert_eq!(inner, total, "{}", feature.name());
        }
    }
    let sheet =
        statistics_of(&desk, &StatisticsAsk::Groups(ask(Feature::AgeGroup, None)), &FillOptions::usual(day(TODAY)));
    let paper =
        compile(&Form::Statistics(sheet.expect("a sheet")), PaperFonts::embedded(), day(TODAY), &Progress::default());
    let text = paper.expect("a paper").page_text(0);
    for words in ["党员年龄情况表", "预备党员", "少数民族", "台湾省籍", "71岁及以上"] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn a_table_in_xlsx_has_its_title_above_its_notes_below_and_numbers_that_can_be_reckoned_with() {
    use calamine::{Data, Reader as _, open_workbook};

    let bureau = bureau();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("交叉表.xlsx");
    let ask = CrossAsk { rows: Feature::Sex, columns: Feature::Education, scope: None, as_of: day(TODAY) };
    let export = Export::Statistics(StatisticsAsk::Cross(ask));
    let at = Clock::fixed_on(day(TODAY)).now();
    write(&bureau.office.desk(), &export, &path, false, at, &Progress::default()).expect("written");
    let mut book: calamine::Xlsx<_> = open_workbook(&path).expect("an XLSX");
    let sheet = book.worksheet_range("交叉表").expect("the sheet");
    let text = |row: u32, column: u32| sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    assert_eq!(text(0, 0), "党员交叉统计表（性别 × 学历）");
    assert_eq!(text(1, 0), "全部，截至 2026-11-24");
    assert_eq!((text(2, 0).as_str(), text(2, 2).as_str()), ("性别", "大学本科"));
    assert_eq!(sheet.get_value((4, 2)), Some(&Data::Float(2.0)), "women with 大学本科");
    assert_eq!((text(5, 0).as_str(), sheet.get_value((5, 7))), ("合计", Some(&Data::Float(5.0))));
    assert!(text(7, 0).starts_with("注：统计截至日在册"), "{}", text(7, 0));
}

#[test]
fn a_table_in_xlsx_is_ready_to_be_printed() {
    let bureau = bureau();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("年报.xlsx");
    let export = Export::Statistics(StatisticsAsk::Annual { scope: None, as_of: day(TODAY) });
    let at = Clock::fixed_on(day(TODAY)).now();
    write(&bureau.office.desk(), &export, &path, false, at, &Progress::default()).expect("written");
    let mut package = zip::ZipArchive::new(std::fs::File::open(&path).expect("a file")).expect("a package");
    let mut part = |name: &str| std::io::read_to_string(package.by_name(name).expect("a part")).expect("text");
    let (sheet, styles, book) = (part("xl/worksheets/sheet1.xml"), part("xl/styles.xml"), part("xl/workbook.xml"));
    assert!(sheet.contains(r#"fitToPage="1""#) && sheet.contains(r#"fitToHeight="0""#), "one page wide");
    assert!(sheet.contains(r#"orientation="portrait""#) && sheet.contains(r#"paperSize="9""#), "A4 upright");
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("$3:$3"), "the head on every page");
    assert!(styles.contains(r#"<left style="thin">"#), "lines between the cells");
    assert!(styles.contains(r#"horizontal="right" vertical="center" indent="1""#), "white beside the numbers");
}

#[test]
fn families_in_which_nobody_is_are_left_out_of_the_annual_table_and_named() {
    let office = Office::new();
    let desk = office.desk();
    let ask = StatisticsAsk::Annual { scope: None, as_of: day(TODAY) };
    let table = statistics(&desk, &ask).expect("a table").table(day(TODAY));
    let headings: Vec<&str> =
        table.rows.iter().filter(|row| row.weight == Weight::Heading).map(|row| row.label.as_str()).collect();
    assert_eq!(headings, ["基本数字"]);
    assert!(
        table.notes.iter().any(|note| note.starts_with("没有人或党组织的各项没有列出：年龄、学历、")),
        "{:?}",
        table.notes
    );
}

#[test]
fn a_table_on_paper_says_in_its_title_whose_it_is() {
    let bureau = bureau();
    let ask = StatisticsAsk::Annual { scope: None, as_of: day(TODAY) };
    let sheet = statistics_of(&bureau.office.desk(), &ask, &FillOptions::usual(day(TODAY))).expect("a sheet");
    assert!(sheet.title.len() > "党员年报表".len() && sheet.title.ends_with("党员年报表"), "{}", sheet.title);
    assert!(sheet.title.starts_with(&sheet.frame.organisation), "{}", sheet.title);
}

#[test]
fn a_table_that_is_too_wide_for_a_page_goes_on_in_further_parts() {
    let bureau = bureau();
    let desk = bureau.office.desk();
    let paper = |ask: &StatisticsAsk| {
        let sheet = statistics_of(&desk, ask, &FillOptions::usual(day(TODAY))).expect("a sheet");
        compile(&Form::Statistics(sheet), PaperFonts::embedded(), day(TODAY), &Progress::default()).expect("a paper")
    };
    let (scope, as_of) = (None, day(TODAY));
    let upright =
        paper(&StatisticsAsk::Cross(CrossAsk { rows: Feature::Sex, columns: Feature::Education, scope, as_of }));
    let (width, height) = upright.page_size(0).expect("a page");
    assert!(width < height);
    let wide = paper(&StatisticsAsk::Cross(CrossAsk { rows: Feature::Sex, columns: Feature::AgeGroup, scope, as_of }));
    let (width, height) = wide.page_size(0).expect("a page");
    assert!(width > height && wide.pages() == 1);
    assert_eq!(wide.page_text(0).matches("71岁及以上").count(), 1);
    let annual = paper(&StatisticsAsk::Annual { scope, as_of });
    let text: String = (0..annual.pages()).map(|page| annual.page_text(page)).collect();
    for words in ["党员年报表", "入党时期（合计 5）", "年龄组（周岁，合计 5）", "制表人：", "职业由登记的工作岗位归入"]
    {
        assert!(text.contains(words), "{words}");
    }
    assert!(annual.pages() <= 2, "{} pages", annual.pages());
}

/// Something that happens to a member: what, on which day after 2018-01-01, and how exactly that is known.
type Happening = (u8, i64, u8);

/// A member: how they begin, then what happens.
type Life = (u8, i64, Vec<Happening>);

fn life() -> impl Strategy<Value = Life> {
    (0_u8..6, 0_i64..2_600, proptest::collection::vec((0_u8..9, 0_i64..3_200, 0_u8..4), 0..5))
}

/// A day as it is told: to the day, mostly; to the month; to the year.
fn told(days: i64, precision: u8) -> String {
    let day = Day::constant(2018, 1, 1).checked_add(days.days()).expect("a day").to_string();
    match precision {
        0 => day[..7].to_owned(),
        1 => day[..4].to_owned(),
        _ => day,
    }
}

/// Begins a member's life in one of the branches; `None` where what is drawn cannot be.
fn begin(office: &mut Office, branches: &[OrganisationId], nth: usize, (how, days, _): &Life) -> Option<PersonId> {
    let (day, branch) = (told(*days, 3), branches[nth % branches.len()]);
    let mut set = json!({ "name": format!("党员{nth}") });
    match how {
        0 => set["joined"] = json!(day),
        1 => {
            set["joined"] = json!(day);
            set["transfer_in"] = json!(day);
        }
        2 => {
            set["joined"] = json!("2001-07");
            set["full"] = json!("2002-07");
            set["transfer_in"] = json!(day);
        }
        3 => {
            set["applied"] = json!(told(*days, 0));
            set["joined"] = json!(told(days + 600, 2));
            set["transfer_in"] = json!(day);
        }
        4 => set["category"] = json!("正式党员"),
        _ => set["joined"] = json!("1998"),
    }
    let made = office.run(json!({ "do": "add_member", "branch_id": branch, "set": set }));
    made.ok()?.made.map(PersonId)
}

/// What happens; the program refuses what cannot be, which is as good.
fn happen(office: &mut Office, branches: &[OrganisationId], person: PersonId, (what, days, precision): Happening) {
    let on = told(days, precision);
    let status = |value: &str, to: Option<String>| json!({ "do": "set_fact", "kind": "status", "person_id": person, "value": value, "from": on, "to": to });
    let command = match what {
        0 | 1 => {
            let to = branches[days.unsigned_abs() as usize % branches.len()];
            json!({ "do": "transfer_member", "ids": [person], "to_id": to, "on": on })
        }
        2 => json!({ "do": "end_membership", "ids": [person], "how": "转出", "on": on }),
        3 => json!({ "do": "end_membership", "ids": [person], "how": "死亡", "on": on }),
        4 => json!({ "do": "end_membership", "ids": [person], "how": "出党", "on": on, "reason": "退党除名" }),
        5 => status("停止党籍", Some(told(days + 300, 3))),
        6 => status("停止党籍", None),
        7 => {
            let to = branches[0];
            json!({ "do": "set_fact", "kind": "membership", "person_id": person, "organisation_id": to, "from": on })
        }
        _ => json!({ "do": "edit_members", "ids": [person], "set": { "full": on } }),
    };
    if let Err(problem) = office.run(command) {
        assert!(!problem.happened.is_empty());
    }
}

/// Who counts of an organisation and all below it, told from everything about each person.
fn counts(file: &PersonFile, within: Option<&BTreeSet<OrganisationId>>, on: Day) -> bool {
    let organisation = file.on_roll(on).and_then(|membership| membership.organisation);
    let is_within = |id: OrganisationId| within.is_none_or(|within| within.contains(&id));
    file.is_member_on(on) && organisation.is_some_and(is_within)
}

/// Members at both ends, gains and losses between, by asking for every single day.
fn day_by_day(files: &[PersonFile], within: Option<&BTreeSet<OrganisationId>>, from: Day, to: Day) -> [u64; 4] {
    let mut sums = [0; 4];
    for file in files {
        let mut before = counts(file, within, from);
        sums[0] += u64::from(before);
        let mut on = from;
        while on < to {
            on = on.tomorrow().expect("a day");
            let now = counts(file, within, on);
            sums[1] += u64::from(!before && now);
            sums[2] += u64::from(before && !now);
            before = now;
        }
        sums[3] += u64::from(before);
    }
    sums
}

/// A random history of fifty members: members at both ends, gains and losses are those that asking for every single
/// day finds, and the two years close.
#[test]
fn two_years_always_close_whatever_happened() {
    let config = ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let lives = proptest::collection::vec(life(), 50);
    runner.run(&lives, |lives| check_years(&lives)).expect("every history closes");
}

fn check_years(lives: &[Life]) -> Result<(), TestCaseError> {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let [one, other] = ["第一党支部", "第二党支部"].map(|name| office.organisation(Some(root), name));
    let elsewhere = office.organisation(None, "外单位党支部");
    let all = [one, other, elsewhere];
    for (nth, life) in lives.iter().enumerate() {
        if let Some(person) = begin(&mut office, &all, nth, life) {
            life.2.iter().for_each(|happening| happen(&mut office, &all, person, *happening));
        }
    }
    let desk = office.desk();
    let mut files = Vec::new();
    each_file(desk.reader(), |file| {
        files.push(file);
        Ok(())
    })
    .expect("files");
    let scopes = [
        (None, None),
        (Some(root), Some(BTreeSet::from([root, one, other]))),
        (Some(one), Some(BTreeSet::from([one]))),
    ];
    for year in 2018..=2026 {
        let to = Day::constant(year, 12, 31).min(day(TODAY));
        for (scope, within) in &scopes {
            let ask = ComparisonAsk { scope: *scope, to };
            let found = comparison(&desk, &ask).expect("a comparison");
            prop_assert!(found.closes(), "{} {:?}: {:?}", year, scope, found.lines);
            let ends = [START, GAINED, LOST, END].map(|name| found.value(name));
            prop_assert_eq!(ends[0] + ends[1], ends[3] + ends[2]);
            prop_assert_eq!(found.value(EXPECTED), ends[3]);
            prop_assert_eq!(ends, day_by_day(&files, within.as_ref(), ask.from(), to), "{} {:?}", year, scope);
            prop_assert_eq!(ends[3], figures(&desk, *scope, to).expect("figures").value("党员.总数"));
        }
    }
    Ok(())
}
