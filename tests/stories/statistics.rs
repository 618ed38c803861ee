//! The secretary at the end of the year: the annual form, the branches, two years, one feature against another.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{NARROW, Story};

fn bureau() -> Office {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "局机关第一党支部");
    let second = office.organisation(Some(root), "局机关第二党支部");
    for (branch, name, sex, birth, joined, education, occupation) in [
        (first, "林秀英", "女", "1983-05-21", "2006-12-08", "大学本科", "公务员"),
        (first, "吴海涛", "男", "1955-11-02", "2003-07-01", "大学专科", "退休"),
        (second, "何静", "女", "1984-01-12", "2008-07-01", "大学本科", "公务员"),
    ] {
        let full = format!("{}{}", joined[..4].parse::<u16>().expect("a year") + 1, &joined[4..]);
        office.member(
            branch,
            json!({ "name": name, "sex": sex, "birth": birth, "joined": joined, "full": full, "transfer_in": joined,
                "education": education, "occupation": occupation }),
        );
    }
    let new = json!({ "name": "郑美玲", "sex": "女", "birth": "1998-07-19", "joined": "2026-06-28", "transfer_in": "2026-06-28" });
    office.member(second, new);
    office
}

fn at(mut desk: Story, part: &str) -> Story {
    desk.press_as(Role::Link, "基本情况").press_as(Role::Tab, part);
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk
}

/// Chooses in a long list: looks for the word first.
fn seek(desk: &mut Story, field: &str, word: &str) {
    desk.press_as(Role::ComboBox, field).fill(&format!("找{field}"), word).press_as(Role::MenuItemCheckBox, word);
}

#[test]
fn a_number_of_the_annual_form_opens_its_people() {
    let mut desk = at(Story::of(bureau()), "年报表");
    assert!(desk.rows().contains(&"年龄（周岁，合计 4）".to_owned()), "{:?}", desk.rows());
    desk.press_as(Role::Link, "女党员 数：3");
    assert!(desk.shows("3 行，与数字相符"));
    for name in ["林秀英", "何静", "郑美玲"] {
        assert!(desk.rows().contains(&name.to_owned()), "{name}");
    }
    desk.key(Modifiers::NONE, Key::Escape);
    assert!(!desk.rows().contains(&"林秀英".to_owned()));
}

#[test]
fn the_list_behind_an_occupation_is_the_number() {
    let mut desk = at(Story::of(bureau()), "交叉表");
    seek(&mut desk, "交叉表的行", "职业");
    seek(&mut desk, "交叉表的列", "性别");
    desk.press_as(Role::Link, "党政机关工作人员 女：2");
    assert!(desk.shows("党政机关工作人员 × 女") && desk.shows("2 行，与数字相符"));
    desk.press_as(Role::Button, "看列表");
    assert_eq!(desk.rows(), ["林秀英", "何静"]);
    assert!(desk.shows("筛出 2 人"));
}

#[test]
fn a_cross_table_is_chosen_by_rows_and_columns() {
    let mut desk = at(Story::of(bureau()), "交叉表");
    assert_eq!(desk.rows(), ["男", "女", "合计"], "sex and education to begin with");
    assert!(desk.has(Role::Link, "女 大学本科：2") && desk.has(Role::Link, "合计 合计：4"));
    desk.press_as(Role::Link, "女 大学本科：2");
    assert!(desk.rows().ends_with(&["林秀英".to_owned(), "何静".to_owned()]));
    desk.choose("交叉表的行", "学历");
    assert!(desk.has(Role::Link, "大学本科 女：2"), "what stood on the other side changes places");
}

#[test]
fn a_general_branch_shows_the_sum_of_its_branches() {
    let mut desk = at(Story::of(bureau()), "按支部");
    assert_eq!(desk.rows(), ["青禾县民政局党总支", "局机关第一党支部", "局机关第二党支部"]);
    assert!(desk.has(Role::Link, "青禾县民政局党总支 党员：4"));
    desk.press_as(Role::Link, "局机关第二党支部 预备党员：1");
    assert!(desk.rows().ends_with(&["郑美玲".to_owned()]));
    desk.choose("列", "年龄组");
    assert!(desk.has(Role::Link, "局机关第一党支部 71岁及以上：1"));
}

#[test]
fn two_years_close_and_say_who_came() {
    let mut desk = at(Story::of(bureau()), "两年对比");
    assert!(desk.shows("上年末 + 增 − 减 = 本年末"));
    assert!(desk.has(Role::Link, "上年末党员 人数：3") && desk.has(Role::Link, "本年末实有 人数：4"));
    assert!(desk.has(Role::Link, "差 人数：0"));
    desk.press_as(Role::Link, "发展党员 人数：1");
    assert!(desk.rows().ends_with(&["郑美玲".to_owned()]));
    assert!(desk.shows("增加：发展党员"));
}

#[test]
fn a_table_goes_on_paper_and_into_a_file() {
    let mut desk = at(Story::of(bureau()), "两年对比");
    desk.press_as(Role::Button, "打印…");
    assert!(desk.shows("打印：青禾县民政局党总支两年党员数综合比较表"));
    assert!(!desk.has(Role::ComboBox, "表"), "it is the one that was on the screen");
    let text = desk.value_of(Role::Image, "第 1 页，共 1 页");
    assert!(text.contains("发展党员") && text.contains("1 + 2 − 7") && text.contains("青禾县民政局党总支"), "{text}");
    desk.press_as(Role::Button, "关闭").press_as(Role::Button, "导出…");
    assert!(desk.shows("两年党员数综合比较表"));
    desk.press_as(Role::RadioButton, "CSV").press_as(Role::Button, "导出到…").press_as(Role::Button, "保存");
    let path = desk.beside_workbook().join("两年党员数综合比较表-青禾县民政局党总支-2026-11-24.csv");
    let text = std::fs::read_to_string(path).expect("the file");
    assert!(text.contains("项目,行次,人数,关系") && text.contains("本年末实有,14,4"), "{text}");
    desk.press_as(Role::Link, "导出和打印");
    assert!(desk.shows("导出两年对比 CSV"));
}

#[test]
fn in_a_narrow_window_everything_can_be_chosen_still() {
    let mut desk = at(Story::of_size(bureau(), NARROW), "交叉表");
    desk.choose("交叉表的列", "年龄组");
    desk.press_as(Role::Link, "女 41至45岁：2");
    assert!(desk.shows("2 行，与数字相符"));
    // The total stands beyond the edge; the keys reach it all the same.
    desk.key(Modifiers::NONE, Key::Escape).open_row("合计");
    assert!(desk.shows("4 行，与数字相符"));
}
