//! Talk records as DOCX, unpacked and read.

use std::io::{Cursor, Read as _};

use super::docx::talks_docx;
use super::samples::{talk, talks};
use super::talk::{TalkPerson, TalkRecord, TalkTexts, WrittenTexts};

fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    package.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// The words of the document, a line for each paragraph.
fn words(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut text, mut is_text) = (String::new(), false);
    loop {
        match reader.read_event().expect("well-formed XML") {
            quick_xml::events::Event::Start(tag) => is_text = tag.name().as_ref() == "w:t",
            quick_xml::events::Event::End(tag) => {
                is_text = false;
                if tag.name().as_ref() == "w:p" {
                    text.push('\n');
                }
            }
            quick_xml::events::Event::Text(words) if is_text => text.push_str(&words),
            quick_xml::events::Event::GeneralRef(name) if is_text => match name.as_ref() {
                "lt" => text.push('<'),
                "gt" => text.push('>'),
                "amp" => text.push('&'),
                "quot" => text.push('"'),
                other => panic!("entity {other}"),
            },
            quick_xml::events::Event::Eof => return text,
            _ => {}
        }
    }
}

fn document(records: Vec<TalkRecord>) -> String {
    part(&talks_docx(&talks(records)).expect("a docx"), "word/document.xml")
}

#[test]
fn the_docx_has_every_cell_of_the_paper_in_a_table_of_a4() {
    let xml = document(vec![talk()]);
    assert!(xml.contains(r#"w:w="11906" w:h="16838""#), "A4");
    assert_eq!(xml.matches("<w:tbl>").count(), 1);
    assert!(xml.contains(r#"w:eastAsia="仿宋""#) && xml.contains(r#"w:eastAsia="宋体""#));
    let text = words(&xml);
    for word in [
        "谈心谈话记录表",
        "填报单位（盖章）：中共青禾县民政局机关第一支部委员会\n",
        "编号\n2026-036\n谈话类型\n日常谈心谈话\n谈话时间\n2026年9月8日",
        "谈话人\n韦文军\n职务\n支部书记",
        "县救助管理站，办事员，中共党员",
        "一、近期思想、学习、工作、生活情况\n二、对支部工作和本人的意见建议",
        "虚心接受，今后按时参加组织生活。",
        "调整四季度值班表，主题党日前一夜不排党员值班\n周明亮\n2026.09.30\n2026.09.25 已调整",
        "谈话人签字：\n记录人签字：\n谈话对象签字：\n日期：",
    ] {
        assert!(text.contains(word), "{word} in {text}");
    }
    assert_eq!(xml.matches(r#"w:leader="underscore""#).count(), 3, "three lines to sign on");
    assert!(!text.contains("填报日期"), "a record of the past does not claim to be filled in today");
    // Every row fills the whole width.
    for row in xml.split("<w:tr>").skip(1) {
        let row = row.split("</w:tr>").next().unwrap_or_default();
        let cells: usize = row
            .split("<w:tc>")
            .skip(1)
            .map(|cell| {
                let span = cell.split(r#"<w:gridSpan w:val=""#).nth(1).and_then(|rest| rest.split('"').next());
                span.map_or(1, |span| span.parse::<usize>().expect("a span"))
            })
            .sum();
        assert_eq!(cells, 5, "{row}");
    }
}

#[test]
fn each_of_many_has_a_line_to_sign_on_in_a_row_that_no_page_divides() {
    let people = |count: usize| vec![TalkPerson { name: "何静".into(), about: String::new() }; count];
    for (talkers, partners) in [(3, 1), (1, 18)] {
        let xml = document(vec![TalkRecord { talkers: people(talkers), partners: people(partners), ..talk() }]);
        let count = xml.matches(r#"w:leader="underscore""#).count();
        assert_eq!(count, talkers + partners + 1, "and who wrote it down");
        let row = xml.split("<w:tr>").find(|row| row.contains("谈话人签字")).expect("a row");
        assert!(row.contains("记录人签字") && row.contains("日期：") && row.contains("<w:cantSplit"), "{row}");
    }
}

#[test]
fn every_record_is_a_section_whose_pages_count_from_one() {
    let xml = document(vec![talk(), TalkRecord { number: "2026-037".into(), ..talk() }, TalkRecord::default()]);
    assert_eq!(xml.matches("<w:tbl>").count(), 3);
    let sections: Vec<&str> = xml.split("<w:sectPr>").skip(1).collect();
    assert_eq!(sections.len(), 3, "each begins a page");
    for section in sections {
        let section = section.split("</w:sectPr>").next().unwrap_or_default();
        for part in [
            r#"<w:headerReference w:type="default" r:id="rIdHeader"#,
            r#"<w:footerReference w:type="default" r:id="rIdFooter1""#,
            r#"<w:footerReference w:type="first" r:id="rIdFooter2""#,
            r#"<w:pgNumType w:start="1""#,
            "<w:titlePg",
            r#"w:w="11906" w:h="16838""#,
        ] {
            assert!(section.contains(part), "{part} in {section}");
        }
    }
    assert!(words(&xml).contains("2026-037"));
}

#[test]
fn all_pages_are_numbered_and_further_ones_tell_whose_they_are() {
    let file = |count: usize| talks_docx(&talks(vec![talk(); count])).expect("a docx");
    let one = file(1);
    for footer in ["word/footer1.xml", "word/footer2.xml"] {
        let footer = part(&one, footer);
        assert!(footer.contains(">PAGE<") && footer.contains(">NUMPAGES<"), "{footer}");
    }
    assert!(words(&part(&one, "word/header1.xml")).contains("谈心谈话记录表（续）2026-036　何静"));
    // Of several, the count of the file is no count of any.
    let two = file(2);
    let footer = part(&two, "word/footer1.xml");
    assert!(footer.contains(">PAGE<") && !footer.contains("NUMPAGES"), "{footer}");
}

/// What stands behind the first `mark` in an XML text, up to the next quotation mark.
fn told<'t>(xml: &'t str, mark: &str) -> &'t str {
    let rest = xml.split(mark).nth(1).unwrap_or_else(|| panic!("{mark} in {xml}"));
    rest.split('"').next().unwrap_or_default()
}

#[test]
fn further_pages_of_each_of_many_records_tell_in_words_whose_they_are() {
    let numbers: Vec<String> = (1..=12).map(|nth| format!("2026-{nth:03}")).collect();
    let records = numbers.iter().map(|number| TalkRecord { number: number.clone(), ..talk() }).collect();
    let file = talks_docx(&talks(records)).expect("a docx");
    let (xml, parts) = (part(&file, "word/document.xml"), part(&file, "word/_rels/document.xml.rels"));
    let types = part(&file, "[Content_Types].xml");
    let sections: Vec<&str> = xml.split("<w:sectPr>").skip(1).collect();
    assert_eq!(sections.len(), numbers.len());
    for (section, number) in sections.into_iter().zip(&numbers) {
        let id = told(section, r#"<w:headerReference w:type="default" r:id=""#);
        let relation = parts.split("<Relationship ").find(|one| one.contains(&format!(r#"Id="{id}""#)));
        let name = format!("word/{}", told(relation.expect("a relation"), r#"Target=""#));
        assert!(types.contains(&format!(r#"PartName="/{name}""#)), "{name} in {types}");
        let head = part(&file, &name);
        assert_eq!(words(&head), format!("谈心谈话记录表（续）{number}　何静\n"));
        assert!(!head.contains("instrText"), "no field that a program may not know: {head}");
    }
}

#[test]
fn short_rows_are_not_divided_and_the_signatures_stay_with_what_stands_before() {
    let rows = |record: TalkRecord| -> Vec<String> {
        document(vec![record]).split("<w:tr>").skip(1).map(str::to_owned).collect()
    };
    let short = rows(talk());
    assert!(short.iter().all(|row| row.contains("<w:cantSplit")), "{short:?}");
    let kept = |rows: &[String]| rows.iter().filter(|row| row.contains("<w:keepNext")).count();
    assert_eq!(kept(&short), 2, "the head and the line of 跟进情况");
    assert!(short[short.len() - 2].contains("<w:keepNext"));
    let texts = WrittenTexts { content: "谈".repeat(3_000), remark: "另谈".into(), ..WrittenTexts::default() };
    let long = rows(TalkRecord { texts: TalkTexts::Written(Box::new(texts)), ..talk() });
    assert_eq!(long.iter().filter(|row| !row.contains("<w:cantSplit")).count(), 1, "a long text flows on");
    assert_eq!(kept(&long), 1, "备注");
}

#[test]
fn a_record_that_runs_over_by_a_few_lines_is_set_closer_and_one_that_flows_on_is_not() {
    let set = |characters: usize| {
        let texts = WrittenTexts {
            outline: "近期思想、学习情况\n工作任务和岗位上的困难\n需要支部帮助解决的问题".into(),
            content: "谈".repeat(characters),
            opinions: "建议调整夜班安排。".into(),
            attitude: "服从组织安排，继续努力。".into(),
            measures: "由陈志远负责协调班次。".into(),
            ..WrittenTexts::default()
        };
        let xml = document(vec![TalkRecord { texts: TalkTexts::Written(Box::new(texts)), ..talk() }]);
        let (before, _) = xml.split_once("谈谈谈").expect("the content");
        let paragraph = before.rsplit_once("<w:p ").expect("its paragraph").1;
        let told =
            |mark: &str| paragraph.rsplit_once(mark).expect(mark).1.split('"').next().expect("a number").to_owned();
        (told("w:line=\""), told("<w:sz w:val=\""))
    };
    let told = |line: &str, size: &str| (line.to_owned(), size.to_owned());
    assert_eq!(set(200), told("380", "24"), "小四");
    assert_eq!(set(400), told("330", "22"));
    assert_eq!(set(500), told("290", "21"), "as the PDF");
    assert_eq!(set(3_000), told("380", "24"));
}

#[test]
fn what_was_typed_stands_in_the_docx_as_it_was_and_control_characters_fall_away() {
    let content = "甲 <b>乙</b> & \"丙\" 第一段\r\n\u{0}\u{7}第二段\u{202e}\u{ffff}完".to_owned();
    let texts = TalkTexts::Written(Box::new(WrittenTexts { content, ..WrittenTexts::default() }));
    let text = words(&document(vec![TalkRecord { texts, ..talk() }]));
    assert!(text.contains("甲 <b>乙</b> & \"丙\" 第一段\n第二段完\n"), "{text}");
}

#[test]
fn blank_sheets_and_restricted_talks_have_no_text_in_the_docx_either() {
    let blank = TalkRecord { texts: TalkTexts::ByHand { outline: "近期思想状况".into() }, ..talk() };
    let kept = TalkRecord { texts: TalkTexts::NotKept, ..talk() };
    let text = words(&document(vec![blank, kept]));
    assert!(text.contains("近期思想状况") && text.contains("这类谈话只记时间、主题和人员"));
    assert!(!text.contains("愿意继续做好救助服务"));
}

#[test]
fn the_same_records_give_the_same_docx() {
    let bytes = || talks_docx(&talks(vec![talk(), talk()])).expect("a docx");
    assert!(bytes() == bytes());
}
