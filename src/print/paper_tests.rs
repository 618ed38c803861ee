//! Papers as they come out: pages, words, bytes.

use super::fonts::PaperFonts;
use super::paper::{Form, Paper, compile};
use super::samples;
use super::table::{TableColumn, TableSection};
use crate::clock::Day;
use crate::problem::ProblemKind;
use crate::progress::Progress;

const TODAY: Day = Day::constant(2026, 11, 24);

fn paper(form: &Form) -> Paper {
    compile(form, PaperFonts::embedded(), TODAY, &Progress::default()).expect("a paper")
}

fn words(paper: &Paper) -> String {
    (0..paper.pages()).map(|page| paper.page_text(page) + "\n").collect()
}

#[test]
fn a_roster_repeats_its_header_and_counts_its_pages() {
    let paper = paper(&Form::Table(samples::roster(60)));
    assert_eq!(paper.pages(), 4);
    for page in 0..4 {
        let text = paper.page_text(page);
        assert!(text.contains("入党时间"), "header on page {page}");
        assert!(text.contains(&format!("第 {} 页，共 4 页", page + 1)));
    }
    let (first, last) = (paper.page_text(0), paper.page_text(3));
    assert!(first.contains("填报单位（盖章）：中共青禾县民政局机关第一支部委员会"));
    assert!(first.contains("填报日期：2026年11月24日"));
    assert!(paper.page_text(1).contains("党员花名册（续）"));
    assert!(last.contains("合计：60 人") && last.contains("制表人：") && last.contains("审核人："));
    assert!(!first.contains("审核人："));
    assert!(last.contains("公民身份号码、联系电话已隐去部分数字。"));
    let (width, height) = paper.page_size(0).expect("a page");
    assert_eq!((width.round(), height.round()), (842.0, 595.0));
}

#[test]
fn what_a_person_typed_is_printed_literally_and_never_run() {
    let typed = [
        "#read(\"/etc/passwd\")",
        "]#panic()[",
        "$x^2$",
        "*粗*_斜_",
        "\\ \\u{41}",
        "`raw` <a> @b",
        "= 标题",
        "\"; #import \"@preview/a:1.0.0\"",
        "{{x}} //注 /*注*/",
    ];
    let mut sheet = samples::roster(0);
    sheet.title = "#read(\"data.json\")花名册".into();
    sheet.notes = vec!["#sys.version *注*".into()];
    sheet.columns = vec![TableColumn::new("#姓名*").left()];
    sheet.sections = vec![TableSection {
        title: Some("#支部[".into()),
        rows: typed.iter().map(|text| vec![(*text).into()]).collect(),
        marked: Vec::new(),
    }];
    let text = words(&paper(&Form::Table(sheet)));
    for text_typed in
        typed.iter().chain(&["#read(\"data.json\")花名册", "#sys.version *注*。", "#姓名*", "#支部[（9 人）"])
    {
        assert!(text.contains(text_typed), "{text_typed} in {text}");
    }
}

#[test]
fn an_empty_roster_says_so_on_one_page() {
    let paper = paper(&Form::Table(samples::roster(0)));
    assert_eq!(paper.pages(), 1);
    let text = paper.page_text(0);
    assert!(text.contains("没有人员") && text.contains("合计：0 人") && text.contains("第 1 页，共 1 页"));
}

#[test]
fn every_page_of_a_practice_paper_says_so() {
    let mut sheet = samples::roster(60);
    sheet.frame.practice = true;
    let practice = paper(&Form::Table(sheet));
    for page in 0..practice.pages() {
        assert!(practice.page_text(page).contains("练习数据，不作上报依据"));
    }
    let summary = paper(&Form::Summary(samples::summary()));
    for page in 0..summary.pages() {
        assert!(summary.page_text(page).contains("练习数据，不作上报依据"));
    }
    assert!(!words(&paper(&Form::Table(samples::roster(3)))).contains("练习"));
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    for form in [Form::Table(samples::roster_by_branch(150)), Form::Summary(samples::summary())] {
        let first = paper(&form).pdf().expect("a PDF");
        assert!(first.starts_with(b"%PDF-"));
        assert!(first == paper(&form).pdf().expect("a PDF"));
    }
}

#[test]
fn a_character_without_a_font_is_told_and_stands_as_its_code() {
    let mut sheet = samples::roster(1);
    sheet.sections[0].rows[0][0] = "王\u{2A6D6}".into();
    let paper = paper(&Form::Table(sheet));
    assert_eq!(paper.missing_characters(), ['\u{2A6D6}']);
    let text = words(&paper);
    assert!(text.contains("王〔U+2A6D6〕") && text.contains("请手工补写"));
}

#[test]
fn a_branch_is_named_over_its_members_and_again_on_the_next_page() {
    let paper = paper(&Form::Table(samples::roster_by_branch(30)));
    assert!(paper.page_text(0).contains("局机关第一党支部（30 人）"));
    assert!(paper.page_text(1).contains("局机关第一党支部（30 人）（续）"));
    assert_eq!(words(&paper).matches("县救助管理站党支部（30 人）\n").count(), 1);
}

#[test]
fn a_text_too_long_for_its_cell_is_printed_whole() {
    let mut sheet = samples::roster(3);
    let long = "先后在县救助管理站、县社会福利院、县殡仪馆工作，".repeat(12);
    sheet.sections[0].rows[1][10] = long.clone();
    sheet.sections[0].rows[2][0] = "A".repeat(300);
    let text = words(&paper(&Form::Table(sheet))).replace(['\n', '\u{200b}'], "");
    assert!(text.contains(&long));
    assert_eq!(text.matches('A').count(), 300);
}

#[test]
fn a_cancelled_paper_stops_before_its_next_piece() {
    let progress = Progress::default();
    progress.cancel();
    let form = Form::Table(samples::roster(2_000));
    let problem = compile(&form, PaperFonts::embedded(), TODAY, &progress).expect_err("cancelled");
    assert_eq!(problem.kind, ProblemKind::Cancelled);
}

#[test]
fn a_roster_too_long_for_one_paper_says_how_to_print_it() {
    let mut sheet = samples::roster(1);
    let row = sheet.sections[0].rows[0].clone();
    sheet.sections[0].rows = vec![row; 20_001];
    let form = Form::Table(sheet);
    let problem = compile(&form, PaperFonts::embedded(), TODAY, &Progress::default()).expect_err("too long");
    assert!(problem.happened.contains("20001 人") && problem.next.contains("按党支部分别打印"));
}

#[test]
fn a_summary_holds_every_figure_with_its_share() {
    let text = words(&paper(&Form::Summary(samples::summary())));
    for word in
        ["党总支党员基本情况汇总表", "182", "40.1%", "31至35岁", "党的十八大以来", "各党组织情况", "社会组织联合党支部"]
    {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn the_preview_has_the_size_of_the_page() {
    let paper = paper(&Form::Summary(samples::summary()));
    let image = paper.page_image(0, 1.5).expect("a page");
    assert_eq!((image.width, image.height), (893, 1263));
    assert_eq!(image.rgba.len(), 893 * 1263 * 4);
    assert!(image.rgba.chunks_exact(4).all(|pixel| pixel[3] == 255));
    assert!(image.rgba.chunks_exact(4).any(|pixel| pixel[0] < 64));
    assert_eq!(paper.page_image(99, 1.0), None);
}

#[test]
fn rare_characters_that_a_font_has_are_never_blank_boxes() {
    let rare = "㛃䶮𬭚𬍡𫘝翀玥堃喆昇·";
    let mut sheet = samples::roster_by_branch(2);
    let frame = &mut sheet.frame;
    for text in [&mut sheet.title, &mut frame.organisation, &mut frame.prepared_by, &mut sheet.columns[0].label] {
        text.push_str(rare);
    }
    sheet.notes.push(rare.into());
    sheet.sections[0].title = Some(format!("{rare}支部"));
    sheet.sections[0].rows[0][0] = rare.into();
    sheet.sections[0].rows[1][0] = "\u{2A6D6}".into();
    let paper = paper(&Form::Table(sheet));
    assert!(!paper.has_blank_boxes());
    assert_eq!(paper.missing_characters().len(), 1);
}

#[test]
fn twenty_columns_still_stand_on_one_sheet() {
    let mut sheet = samples::roster(25);
    sheet.columns.extend(sheet.columns.clone());
    for row in &mut sheet.sections[0].rows {
        row.extend(row.clone());
    }
    let text = words(&paper(&Form::Table(sheet)));
    assert_eq!(text.matches("1955-01-01").count(), 2);
    assert!(text.contains("合计：25 人"));
}
