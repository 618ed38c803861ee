//! Talk records as they come out: pages and words.

use super::fonts::PaperFonts;
use super::paper::{Form, Paper, compile};
use super::samples::{talk, talks};
use super::talk::{MOST_TALKS, TalkPerson, TalkRecord, TalkTexts, WrittenTexts};
use crate::clock::Day;
use crate::progress::Progress;

const TODAY: Day = Day::constant(2026, 11, 24);

fn paper(records: Vec<TalkRecord>) -> Paper {
    compile(&Form::Talks(talks(records)), PaperFonts::embedded(), TODAY, &Progress::default()).expect("a paper")
}

fn words(paper: &Paper) -> String {
    (0..paper.pages()).map(|page| paper.page_text(page) + "\n").collect()
}

fn with_content(content: String) -> TalkRecord {
    let texts = WrittenTexts { content, ..WrittenTexts::default() };
    TalkRecord { texts: TalkTexts::Written(Box::new(texts)), ..talk() }
}

#[test]
fn a_talk_stands_on_one_page_with_every_cell_and_the_signatures() {
    let paper = paper(vec![talk()]);
    assert_eq!(paper.pages(), 1);
    let text = paper.page_text(0).replace(['\n', ' '], "");
    assert!(!text.contains("填报日期"), "a record of the past does not claim to be filled in today");
    for word in [
        "谈心谈话记录表",
        "填报单位（盖章）：中共青禾县民政局机关第一支部委员会",
        "编号2026-036",
        "谈话类型日常谈心谈话",
        "谈话时间2026年9月8日",
        "谈话方式一对一",
        "谈话人韦文军职务支部书记",
        "县救助管理站，办事员，中共党员",
        "对支部工作和本人的意见建议",
        "愿意继续做好救助服务",
        "建议主题党日避开夜班次日",
        "措施责任人完成时限办结情况",
        "2026.09.25已调整",
        "谈话人签字：谈话对象签字：记录人签字：日期：",
        "第1页，共1页",
    ] {
        assert!(text.contains(word), "{word} in {text}");
    }
}

#[test]
fn whoever_signs_has_a_line_to_sign_on() {
    let picture = paper(vec![talk()]).page_image(0, 2.0).expect("a page");
    let at = |millimetres: f64| (millimetres * 2.0 * 72.0 / 25.4) as usize;
    let (width, height) = (picture.width as usize, picture.height as usize);
    let shade = |x: usize, y: usize| picture.rgba[4 * (y * width + x)];
    // Of the left one of two lines: behind the name, and ending before the middle, unlike the lines of the table.
    let is_line = |y: &usize| {
        let is_dark = (at(55.0)..at(90.0)).all(|x| shade(x, *y) < 200);
        is_dark && shade(at(21.5), *y) > 240 && (at(100.0)..at(106.0)).any(|x| shade(x, *y) > 240)
    };
    let lines: Vec<usize> = (0..height).filter(is_line).collect();
    let apart = lines.windows(2).filter(|two| two[1] - two[0] > at(8.0)).count();
    assert_eq!((lines.is_empty(), apart), (false, 1), "of 谈话人 and 记录人: {lines:?}");
}

#[test]
fn a_long_text_flows_on_under_the_repeated_head_and_nothing_of_it_is_lost() {
    let content: String = (0..400).map(|number| format!("第{number}件事谈得很细，双方都说了心里话。")).collect();
    let paper = paper(vec![with_content(content.clone())]);
    assert!(paper.pages() >= 3, "{} pages", paper.pages());
    let text = words(&paper);
    for page in 1..paper.pages() {
        assert!(paper.page_text(page).contains("谈心谈话记录表（续）"));
        assert!(paper.page_text(page).contains("2026-036　何静"));
        assert!(paper.page_text(page).contains(&format!("第 {} 页，共 {} 页", page + 1, paper.pages())));
    }
    let joined = text.replace('\n', "");
    let cut = (0..400).filter(|number| !joined.contains(&format!("第{number}件事"))).count();
    assert!(cut < paper.pages(), "{cut} are missing; only where a page ends may the words of one stand apart");
    let most = (0..paper.pages()).map(|page| paper.page_text(page).chars().count()).max().expect("pages");
    assert!(most < 2_000, "{most} characters are more than a page holds: some stand below its edge");
    assert!(paper.page_text(0).contains("第0件事"), "the text begins on the first page");
    assert!(paper.page_text(paper.pages() - 1).contains("谈话对象签字"));
}

#[test]
fn a_text_of_any_length_up_to_the_foot_of_the_page_keeps_the_record_on_it() {
    let pages = |lines: usize| paper(vec![with_content("谈".repeat(36 * lines))]).pages();
    let counts: Vec<usize> = (0..40).step_by(3).map(pages).collect();
    assert!(counts.is_sorted(), "{counts:?}");
    assert_eq!(counts[0], 1);
    assert_eq!(counts.last(), Some(&2), "{counts:?}");
    assert!(counts.iter().filter(|pages| **pages == 1).count() >= 6, "{counts:?}");
}

#[test]
fn each_talk_of_a_batch_has_a_page_of_its_own() {
    let paper = paper((1..=3).map(|number| TalkRecord { number: format!("2026-00{number}"), ..talk() }).collect());
    assert_eq!(paper.pages(), 3);
    for page in 0..3 {
        let text = paper.page_text(page);
        assert!(text.contains(&format!("2026-00{}", page + 1)) && text.contains("第 1 页，共 1 页"));
    }
}

#[test]
fn a_blank_sheet_is_one_page_to_write_on_with_its_outline() {
    let outline = "近期思想状况\n工作中的困难".to_owned();
    let prefilled = TalkRecord {
        texts: TalkTexts::ByHand { outline },
        held_on: String::new(),
        mode: String::new(),
        follow_ups: Vec::new(),
        ..talk()
    };
    let empty = TalkRecord { number: "2026-041".into(), ..TalkRecord::default() };
    let paper = paper(vec![prefilled, empty]);
    assert_eq!(paper.pages(), 2);
    let first = paper.page_text(0);
    assert!(first.contains("何静") && first.contains("工作中的困难") && first.contains("□一对一"));
    assert!(!first.contains("愿意继续做好救助服务"));
    assert!(paper.page_text(1).contains("2026-041"));
}

#[test]
fn a_restricted_talk_prints_no_text_and_says_why() {
    let record = TalkRecord { texts: TalkTexts::NotKept, follow_ups: Vec::new(), ..talk() };
    let text = words(&paper(vec![record]));
    assert!(
        text.matches("这类谈话只记时间、主题和人员").count() == 1
            && !text.contains("另存")
            && text.contains("近期思想和工作情况")
    );
}

#[test]
fn sixty_people_in_one_talk_all_stand_on_the_sheet() {
    let person = |number: usize| TalkPerson { name: format!("甲{number}"), about: "办事员，中共党员".into() };
    let record = TalkRecord { partners: (0..60).map(person).collect(), ..talk() };
    let text = words(&paper(vec![record])).replace('\n', "");
    for number in 0..60 {
        assert!(text.contains(&format!("甲{number}（办事员，中共党员）")), "{number}");
    }
}

#[test]
fn eighteen_have_a_line_each_to_sign_on() {
    let people = |count: usize| vec![TalkPerson { name: "何静".into(), about: String::new() }; count];
    let ink = |partners: usize| {
        let paper = paper(vec![TalkRecord { partners: people(partners), texts: TalkTexts::NotKept, ..talk() }]);
        assert_eq!(paper.pages(), 1);
        let picture = paper.page_image(0, 2.0).expect("a page");
        let (width, height) = (picture.width as usize, picture.height as usize);
        // Lines to sign on are of 20 to 30 mm, those of the table longer.
        let at = |millimetres: f64| (millimetres * 2.0 * 72.0 / 25.4) as usize;
        let row = |y: usize| (0..width).map(move |x| (x, y));
        let is_dark = |(x, y): (usize, usize)| picture.rgba[4 * (y * width + x)] < 200;
        let runs = |y: usize| -> usize {
            let (mut count, mut length) = (0, 0);
            for pixel in row(y).chain([(0, 0)]) {
                if is_dark(pixel) {
                    length += 1;
                } else {
                    count += usize::from(length > at(18.0) && length < at(32.0));
                    length = 0;
                }
            }
            count
        };
        let counts: Vec<usize> = (0..height).map(runs).collect();
        let tops = counts.iter().enumerate().filter(|(y, count)| **count > 0 && (*y == 0 || counts[y - 1] == 0));
        tops.map(|(_, count)| *count).collect::<Vec<_>>()
    };
    assert_eq!(ink(18), [1, 5, 5, 5, 3], "one talker, and all partners");
}

#[test]
fn what_was_typed_reaches_the_paper_as_text() {
    let typed = "#read(\"x\") *强调* $x$ [甲] = 标题";
    let text = words(&paper(vec![with_content(typed.into())])).replace('\n', "");
    assert!(text.contains(typed), "{text}");
}

#[test]
fn more_records_than_a_paper_holds_say_how_to_print_them() {
    let form = Form::Talks(talks(vec![TalkRecord::default(); MOST_TALKS + 1]));
    let problem = compile(&form, PaperFonts::embedded(), TODAY, &Progress::default()).expect_err("too many");
    assert!(problem.happened.contains("2001 次谈话") && problem.next.contains("分别打印"));
}
