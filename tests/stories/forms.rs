//! The secretary hands in what the upper office asks for: forms on paper, and its own form filled in.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::pdf;
use crate::support::story::{NARROW, Story};

fn office() -> Office {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    for (name, sex, joined) in [("林秀英", "女", "2006-11-08"), ("丁一", "男", "2003-07-01"), ("何静", "女", "2008-11")]
    {
        office.member(
            branch,
            json!({ "name": name, "sex": sex, "joined": joined, "full": joined, "transfer_in": joined,
                "native_place": "青禾县",
                "id_number": if name == "林秀英" { "110000198305210029" } else { "" } }),
        );
    }
    office
}

fn members() -> Story {
    let mut desk = Story::of(office());
    desk.press_as(Role::Link, "党员");
    desk
}

fn saved(desk: &mut Story, name: &str) -> Vec<String> {
    let folder = desk.beside_workbook();
    let path = folder.join(name);
    desk.press("存为 PDF…").fill("文件夹", &folder.display().to_string());
    desk.key(Modifiers::NONE, Key::Enter).fill("文件名", name).press("保存").sees(&format!("已存为 {name}"));
    pdf::pages(&std::fs::read(path).expect("the file"))
}

#[test]
fn from_the_list_of_members_its_forms_are_printed() {
    let mut desk = members();
    desk.press_row("何静").press("打印…");
    desk.choose("表", "信息卡").sees("选中的 1 人");
    let pages = saved(&mut desk, "信息卡.pdf");
    assert!(pages.len() == 1 && pages[0].contains("党员信息卡") && pages[0].contains("何静"), "{pages:?}");
    desk.choose("表", "政治生日").sees("2 人");
    let pages = saved(&mut desk, "政治生日.pdf");
    assert!(pages[0].contains("期间：2026年11月") && pages[0].contains("11月8日"), "{pages:?}");
    desk.choose("月份", "7月").sees("1 人");
    desk.choose("表", "名单").press_as(Role::RadioButton, "合在一起");
    let pages = saved(&mut desk, "名单.pdf");
    assert!(pages[0].contains("丁\u{3000}一") && pages[0].contains("按姓氏笔画为序"), "{pages:?}");
    assert!(pages[0].contains("（女）"), "{pages:?}");
    desk.press_as(Role::RadioButton, "不标注");
    let pages = saved(&mut desk, "名单.pdf");
    assert!(!pages[0].contains("（女）"), "{pages:?}");
    desk.choose("表", "转接台账").fill("止日", "2025-01-01").sees("止日不早于起日");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press_as(Role::Button, "关闭").press_as(Role::Link, "导出和打印");
    desk.sees("打印党员信息卡").sees("选中的 1 人").sees("打印政治生日名单").sees("局机关第一党支部，2026年11月");
}

#[test]
fn from_the_organisations_their_tables_are_printed() {
    for (size, wide) in [(crate::support::story::WIDE, true), (NARROW, false)] {
        let mut desk = Story::of_size(office(), size);
        desk.press_as(Role::Link, "党组织");
        if !wide {
            desk.press("更多");
        }
        desk.press("打印…").sees("1 个党组织").choose("表", "委员名单").sees("0 人").choose("表", "任期表");
        desk.sees("1 个党组织");
    }
}

/// Chooses a file in the program's own dialog.
fn choose_file(desk: &mut Story, name: &str, text: &str) {
    let folder = desk.beside_workbook();
    std::fs::write(folder.join(name), text).expect("written");
    desk.press("选表样…").fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.press_row(name).press("打开");
}

#[test]
fn the_upper_offices_form_is_filled_corrected_and_known_again() {
    let mut desk = members();
    let folder: PathBuf = desk.beside_workbook();
    desk.press_as(Role::Button, "其他").press("按上级表样…");
    choose_file(&mut desk, "季报.csv", "序号,姓名,性别,入党时间,身份证号,所在科室\n");
    desk.sees("列表里的全部人员，6 栏").sees("留空：所在科室");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.choose("所在科室填", "籍贯").sees_no("留空：所在科室").press_as(Role::RadioButton, "完整号码");
    desk.sees("完整号码离开本机后由您保管").press("写成文件…");
    desk.fill("文件名", "报送.xlsx").press("保存").sees("已写出 3 人：报送.xlsx").sees("只有 xlsx 能照搬");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.join("报送.xlsx")).expect("a workbook");
    let range = calamine::Reader::worksheet_range_at(&mut book, 0).expect("a sheet").expect("cells");
    let row: Vec<String> = range.rows().nth(1).expect("a row").iter().map(ToString::to_string).collect();
    assert_eq!(row, ["1", "林秀英", "女", "2006.11", "110000198305210029", "青禾县"]);
    assert!(desk.dump().contains("form.季报"));

    // Next time no file is needed to copy; and the same heads are known with what was corrected.
    desk.press("关闭")
        .press_as(Role::Button, "其他")
        .press("按上级表样…")
        .press("季报")
        .sees("栏目按上次的填")
        .press("复制")
        .sees("已复制 3 行");
    desk.press("换一张表");
    choose_file(&mut desk, "又一份.csv", "序号,姓名,性别,入党时间,身份证号,所在科室\n1,张三,男,2001.7,,\n");
    desk.sees("栏目按上次的填").sees_no("留空");
    desk.press("换一张表");
    choose_file(&mut desk, "物资.csv", "品名,数量\n桌子,3\n");
    desk.sees("没有读出表样：“物资.csv”里没有找到表头");
    desk.press("取消").press_as(Role::Link, "导出和打印");
    desk.sees("按上级表样写出 XLSX").sees("全部写出").sees("按上级表样复制").sees("剪贴板");

    // One that is no longer used is forgotten, which can be taken back.
    let open = |desk: &mut Story| {
        desk.press_as(Role::Link, "党员").press_as(Role::Button, "其他").press("按上级表样…");
    };
    open(&mut desk);
    desk.press_as(Role::Link, "忘记：季报").sees_no("用过的表样");
    assert!(!desk.dump().contains("form.季报"));
    desk.press("取消").key(Modifiers::COMMAND, Key::Z);
    open(&mut desk);
    assert!(desk.has(Role::Button, "季报") && desk.dump().contains("form.季报"));
}
