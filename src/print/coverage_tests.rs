//! The coverage of talks on paper: its words and pages.

use super::coverage::{CoverageBranches, CoverageLine, CoverageList, CoverageSheet, PairCell, PairMatrix, PairPerson};
use super::fonts::PaperFonts;
use super::frame::Frame;
use super::paper::{Form, Paper, compile};
use crate::clock::Day;
use crate::domain::dates::Period;
use crate::progress::Progress;

const TODAY: Day = Day::constant(2026, 11, 24);

fn sheet(committee: usize) -> CoverageSheet {
    let line = |title: &str, required, done, unit| CoverageLine {
        title: title.into(),
        basis: "一般每年不少于 1 次 · 《中国共产党支部工作条例（试行）》第十九条".into(),
        required,
        done,
        missing: required - done,
        open: (unit == "项").then_some(0),
        unit,
    };
    let person = |number: usize| PairPerson { name: format!("委员{number}"), post: "组织委员".into() };
    let cell = |row: usize, column: usize| match (row + column) % 4 {
        0 => PairCell::Missing { times: 0 },
        times => PairCell::Talked { latest: "2026.09.08".into(), times },
    };
    CoverageSheet {
        title: "中共青禾县民政局机关第一支部委员会谈心谈话覆盖情况".into(),
        frame: Frame {
            organisation: "中共青禾县民政局机关第一支部委员会".into(),
            as_of: TODAY,
            filled_on: TODAY,
            prepared_by: String::new(),
            checked_by: String::new(),
            practice: false,
        },
        period: Period::year(2026).expect("a year"),
        rules: vec![
            line("支委之间", 10, 8, "对"),
            line("支委和党员", 18, 15, "人"),
            line("党员之间", 18, 13, "人"),
            line("必谈事项", 4, 4, "项"),
        ],
        pairs: Some(PairMatrix {
            people: (0..committee).map(person).collect(),
            cells: (1..committee).map(|row| (0..row).map(|column| cell(row, column)).collect()).collect(),
        }),
        lists: vec![
            CoverageList {
                heading: "支委和党员：还缺 3 人".into(),
                names: ["赵永强", "曹振华", "范春梅"].map(String::from).to_vec(),
            },
            CoverageList { heading: "党员之间：还缺 0 人".into(), names: Vec::new() },
            CoverageList { heading: "不计入".into(), names: vec!["罗俊杰（外出满 6 个月）".into()] },
        ],
        branches: None,
        notes: vec!["应谈的人员按截至日认定".into()],
    }
}

fn paper(sheet: CoverageSheet) -> Paper {
    compile(&Form::Coverage(Box::new(sheet)), PaperFonts::embedded(), TODAY, &Progress::default()).expect("a paper")
}

#[test]
fn ratios_pairs_and_names_stand_on_one_page_with_the_article() {
    let paper = paper(sheet(5));
    assert_eq!(paper.pages(), 1);
    let text = paper.page_text(0);
    for word in [
        "中共青禾县民政局机关第一支部委员会谈心谈话覆盖情况",
        "（2026年，截至2026年11月24日）",
        "第十九条",
        "支委之间\n10 对\n8 对\n2 对",
        "支委和党员：还缺 3 人",
        "赵永强、曹振华、范春梅",
        "罗俊杰（外出满 6 个月）",
        "2026.09.08",
    ] {
        assert!(text.replace("\n（试行", "（试行").contains(word), "{word} in {text}");
    }
    assert_eq!(text.matches("缺\n").count(), 2 + 1, "the pairs 0–4 and 1–3, and the head of the column");
    assert!(!text.contains("还缺 0 人"), "a list without a name is not printed");
}

#[test]
fn what_is_asked_for_is_the_sum_of_done_missing_and_still_to_come() {
    let mut sheet = sheet(5);
    let events = sheet.rules.last_mut().expect("必谈事项");
    (events.done, events.missing, events.open) = (2, 1, Some(1));
    let text = paper(sheet).page_text(0);
    assert!(text.contains("应谈\n已谈\n还缺\n待谈\n依据"), "{text}");
    assert!(text.contains("必谈事项\n4 项\n2 项\n1 项\n1 项") && text.contains("10 对\n8 对\n2 对\n—"), "{text}");
}

#[test]
fn a_date_that_has_no_room_in_its_cell_stands_on_two_lines() {
    assert!(paper(sheet(8)).page_text(0).contains("2026.09.08"));
    for committee in [11, 12] {
        let text = paper(sheet(committee)).page_text(0);
        assert!(text.contains("2026.\n09.08") && !text.contains("2026.09.08"), "{text}");
    }
}

#[test]
fn a_committee_too_large_for_the_matrix_has_its_missing_pairs_as_a_list() {
    let text = paper(sheet(20)).page_text(0);
    assert!(text.contains("支委之间：还缺 45 对"), "{text}");
    assert!(text.replace('\n', "").contains("委员0 和 委员4"));
}

#[test]
fn the_branches_of_a_general_branch_stand_in_their_order_over_as_many_pages_as_they_take() {
    let row = |number: usize| (format!("第{number}党支部"), vec!["3/3".to_owned(), "12/14".to_owned(), "—".to_owned()]);
    let branches = CoverageBranches {
        columns: ["支委之间", "支委和党员", "党员之间"].map(String::from).to_vec(),
        rows: (1..=80).map(row).collect(),
    };
    let paper = paper(CoverageSheet { pairs: None, branches: Some(branches), ..sheet(0) });
    assert!(paper.pages() > 1);
    let text: String = (0..paper.pages()).map(|page| paper.page_text(page)).collect();
    let places: Vec<Option<usize>> = (1..=80).map(|number| text.find(&format!("第{number}党支部"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted());
    assert!(paper.page_text(1).contains("支委和党员"), "the head is repeated");
}
