//! The clerk edits the list like a sheet of cells: by the keyboard, with blocks from and to a spreadsheet.

use branchdesk::domain::ids::PersonId;
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{MEDIUM, NARROW, Story, WIDE};

/// A branch with three members.
fn office() -> (Office, [PersonId; 3]) {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    let lin = office.member(
        branch,
        json!({ "name": "林秀英", "sex": "女", "birth": "1981-05-21", "education": "大学本科", "joined": "2006-12-08",
            "full": "2007-12-08", "party_post": "组织委员", "id_number": "110000198105210066" }),
    );
    let wu = office.member(
        branch,
        json!({ "name": "吴海涛", "sex": "男", "birth": "1978-11-02", "education": "大学专科", "joined": "2003-07-01" }),
    );
    let he =
        office.member(branch, json!({ "name": "何静", "sex": "女", "education": "研究生", "joined": "2026-03-01" }));
    (office, [lin, wu, he])
}

/// The list as a sheet of cells.
fn sheet() -> Story {
    let mut desk = Story::of(office().0);
    desk.press_as(Role::Button, "编辑表格");
    assert!(desk.hears("正在编辑表格"));
    desk
}

fn enter(desk: &mut Story) -> &mut Story {
    desk.key(Modifiers::NONE, Key::Enter)
}

#[test]
fn a_cell_is_written_by_the_keyboard_and_undone() {
    let mut desk = sheet();
    assert_eq!(desk.focused().as_deref(), Some("林秀英 姓名"));
    for _ in 0..5 {
        desk.key(Modifiers::NONE, Key::ArrowRight);
    }
    assert_eq!(desk.focused().as_deref(), Some("林秀英 学历"));
    desk.type_text("研");
    assert!(desk.has(Role::ListBoxOption, "研究生"), "the field offers its choices");
    enter(&mut desk);
    assert_eq!(desk.count(Role::Label, "研究生"), 2);
    assert!(desk.hears("修改 林秀英：学历"));
    assert_eq!(desk.focused().as_deref(), Some("吴海涛 学历"), "Enter goes down");
    desk.key(Modifiers::NONE, Key::Tab);
    assert_eq!(desk.focused().as_deref(), Some("吴海涛 入党时间"));
    desk.key(Modifiers::NONE, Key::F2);
    assert_eq!(desk.value("吴海涛 入党时间"), "2003-07-01", "it opens with what stands there");
    desk.key(Modifiers::COMMAND, Key::A).type_text("2003年8月").key(Modifiers::NONE, Key::Tab);
    assert!(desk.shows("2003-08"));
    desk.key(Modifiers::COMMAND, Key::Z).key(Modifiers::COMMAND, Key::Z);
    assert!(desk.shows("2003-07-01"));
    assert_eq!(desk.count(Role::Label, "研究生"), 1);
    desk.key(Modifiers::COMMAND, Key::Y);
    assert_eq!(desk.count(Role::Label, "研究生"), 2);
}

#[test]
fn nothing_is_changed_while_the_table_is_not_being_edited() {
    let mut desk = Story::of(office().0);
    let before = desk.dump();
    desk.press_row("林秀英").type_text("研").key(Modifiers::NONE, Key::Delete).input(Event::Paste("甲\t乙".into()));
    assert_eq!(desk.dump(), before);
    desk.key(Modifiers::COMMAND, Key::E);
    assert!(desk.hears("正在编辑表格"));
    assert_eq!(desk.focused().as_deref(), Some("林秀英 姓名"), "one stands in the row where one stood");
    desk.key(Modifiers::NONE, Key::Escape);
    assert!(!desk.hears("正在编辑表格"));
    enter(&mut desk);
    assert!(desk.shows("1 / 3"), "Enter opens the member again");
    assert_eq!(desk.dump(), before);
}

#[test]
fn what_cannot_be_read_stays_open_and_esc_gives_it_up() {
    let mut desk = sheet();
    let before = desk.dump();
    desk.press_as(Role::Cell, "吴海涛 入党时间").type_text("2019年2月30日");
    enter(&mut desk);
    assert!(desk.shows("没有这一天"));
    assert_eq!(desk.value("吴海涛 入党时间"), "2019年2月30日", "nothing typed is lost");
    desk.press_as(Role::Cell, "何静 学历");
    assert_eq!(desk.focused().as_deref(), Some("吴海涛 入党时间"), "one does not get away from it");
    desk.key(Modifiers::NONE, Key::Escape);
    assert!(!desk.shows("没有这一天"));
    desk.press_as(Role::Cell, "林秀英 姓名").key(Modifiers::NONE, Key::Delete);
    assert!(desk.shows("姓名不能空着"));
    desk.key(Modifiers::NONE, Key::Escape).press_as(Role::Cell, "林秀英 学历").type_text("不详");
    enter(&mut desk);
    assert!(desk.hears("不算内容"));
    desk.key(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.dump(), before);
}

#[test]
fn a_computed_column_takes_nothing_and_says_why() {
    let mut desk = sheet();
    let before = desk.dump();
    for (column, why) in [("年龄", "请改出生日期"), ("党龄", "请改这两个日期"), ("所在党支部", "请用“转到…”")]
    {
        desk.press_as(Role::Cell, &format!("林秀英 {column}")).type_text("5");
        assert!(desk.hears(why), "{column}");
        enter(&mut desk);
    }
    assert_eq!(desk.dump(), before);
}

#[test]
fn a_chosen_cell_is_cleared_and_the_list_of_choices_opens_by_key() {
    let mut desk = sheet();
    desk.press_as(Role::Cell, "吴海涛 学历").key(Modifiers::NONE, Key::Delete);
    assert!(!desk.shows("大学专科"));
    desk.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(desk.focused().as_deref(), Some("吴海涛 学历"), "the cell keeps the focus");
    desk.key(Modifiers::NONE, Key::ArrowDown).key(Modifiers::NONE, Key::ArrowDown).key(Modifiers::NONE, Key::ArrowDown);
    enter(&mut desk);
    assert!(desk.shows("大学专科"), "the third of the bands");
    desk.press_as(Role::Cell, "何静 学历").key(Modifiers::ALT, Key::ArrowDown);
    desk.press_as(Role::ListBoxOption, "中专");
    assert!(desk.shows("中专"));
}

#[test]
fn an_input_method_writes_from_its_first_letter_on() {
    let mut desk = sheet();
    desk.press_as(Role::Cell, "吴海涛 姓名");
    desk.input(Event::Ime(ImeEvent::Preedit { text: "wu".into(), active_range_chars: None }));
    desk.key(Modifiers::NONE, Key::ArrowDown).key(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.focused().as_deref(), Some("吴海涛 姓名"), "keys belong to the composition");
    let enter_key =
        Event::Key { key: Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    desk.inputs(vec![Event::Ime(ImeEvent::Commit("吴海波".into())), enter_key]);
    assert_eq!(desk.value("吴海涛 姓名"), "吴海波", "the Enter that ends a composition writes nothing yet");
    enter(&mut desk);
    assert_eq!(desk.rows(), ["林秀英", "吴海波", "何静"]);
    assert_eq!(desk.focused().as_deref(), Some("何静 姓名"));
}

#[test]
fn keys_that_arrive_together_meet_the_cells_they_were_meant_for() {
    let mut desk = sheet();
    desk.press_as(Role::Cell, "林秀英 姓名");
    let press = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    let text = |text: &str| Event::Text(text.to_owned());
    desk.inputs(vec![text("林"), text("英"), press(Key::Enter), text("吴波"), press(Key::Enter), press(Key::ArrowUp)]);
    assert_eq!(desk.rows(), ["林英", "吴波", "何静"]);
    assert_eq!(desk.focused().as_deref(), Some("吴波 姓名"));
}

#[test]
fn a_pasted_block_is_shown_cell_by_cell_and_the_bad_date_is_named() {
    let mut desk = sheet();
    let before = desk.dump();
    desk.press_as(Role::Cell, "林秀英 学历");
    desk.input(Event::Paste("研究生\t2006年12月8日\r\n大学专科\t2003.8.1\r\n中专\t2019-02-30\r\n".into()));
    assert!(desk.hears("改 3 人的 3 格，不能写入 1 格，不变 2 格"));
    assert!(desk.hears("第 3 行 何静：入党时间“2019-02-30”没有这一天"));
    assert!(desk.shows("2003-07-01") && desk.shows("2003-08-01"), "as it is and as it will be");
    assert_eq!(desk.dump(), before, "nothing is written yet");
    desk.press_as(Role::RadioButton, "不变 2 格");
    assert!(desk.shows("本来就是"));
    desk.press_as(Role::Button, "写入其余");
    assert!(!desk.hears("写入其余"));
    assert!(desk.hears("表格修改 3 人：学历、入党时间"));
    assert!(desk.shows("2003-08-01") && desk.shows("中专") && desk.shows("2026-03-01"));
    assert_eq!(desk.focused().as_deref(), Some("林秀英 学历"), "the focus comes back to the cells");
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.dump(), before, "one step back");
}

#[test]
fn what_of_a_block_falls_outside_or_is_a_head_is_told() {
    let mut desk = sheet();
    desk.press_as(Role::Cell, "吴海涛 党内职务");
    desk.input(Event::Paste("党内职务\t支部\r\n\t甲\t乙\r\n委员\t甲\r\n委员\t甲\r\n".into()));
    for words in ["第一行是表头（党内职务、支部）", "多出 1 行", "右边多出 1 列", "所在党支部不能贴入"]
    {
        assert!(desk.hears(words), "{words}");
    }
    desk.key(Modifiers::NONE, Key::Escape);
    assert!(!desk.hears("多出 1 行"));
}

#[test]
fn blank_cells_of_a_block_clear_only_when_that_is_meant() {
    let mut desk = sheet();
    desk.press_as(Role::Cell, "林秀英 学历");
    desk.input(Event::Paste("\r\n\r\n大学本科\r\n".into()));
    assert!(desk.hears("改 1 人的 1 格，不变 2 格"));
    desk.press_as(Role::CheckBox, "空白的格也写入，清空原来的内容");
    assert!(desk.hears("改 3 人的 3 格，不变 0 格"));
    desk.press_as(Role::Button, "写入");
    assert!(!desk.shows("大学专科"));
}

#[test]
fn the_first_row_of_a_block_is_filled_down() {
    let mut desk = sheet();
    desk.press_as(Role::Cell, "林秀英 学历");
    desk.key(Modifiers::SHIFT, Key::ArrowDown).key(Modifiers::SHIFT, Key::ArrowDown);
    desk.key(Modifiers::COMMAND, Key::D);
    assert!(desk.hears("改 2 人的 2 格"));
    desk.press_as(Role::Button, "写入");
    assert_eq!(desk.count(Role::Label, "大学本科"), 3);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.count(Role::Label, "大学本科"), 1);
}

#[test]
fn a_copied_block_is_what_a_spreadsheet_takes_and_numbers_are_masked_unless_shown() {
    let mut desk = sheet();
    let (from, to) = (desk.place(Role::Cell, "林秀英 年龄").center(), desk.place(Role::Cell, "吴海涛 学历").center());
    desk.drag(from, to, 0.0);
    desk.input(Event::Copy);
    assert_eq!(desk.copied(), "45\t110000********0066\t大学本科\r\n48\t\t大学专科\r\n");
    assert!(desk.hears("已复制 2 行 3 列"));
    desk.press_as(Role::Link, "显示号码");
    assert!(desk.shows("110000198105210066"));
    desk.press_as(Role::Cell, "林秀英 公民身份号码").input(Event::Copy);
    assert_eq!(desk.copied(), "110000198105210066\r\n");
    assert!(desk.hears("末几位会丢"));
    desk.press_as(Role::Link, "结束编辑");
    assert!(desk.shows("110000********0066"), "masked again");
    desk.press_as(Role::Link, "导出和打印");
    assert!(desk.shows("显示完整号码") && desk.hears("复制到剪贴板"));
}

#[test]
fn pasting_what_was_copied_changes_nothing_even_masked() {
    let mut desk = sheet();
    desk.key(Modifiers::COMMAND, Key::A).input(Event::Copy);
    let text = desk.copied();
    assert!(text.contains("110000********0066"));
    let before = desk.dump();
    desk.input(Event::Paste(text));
    assert!(desk.hears("没有要改的：所填的和现在的一样"));
    assert!(!desk.can_press("写入"));
    desk.key(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.dump(), before);
}

#[test]
fn a_dated_fact_asks_once_how_its_change_is_meant() {
    let mut desk = sheet();
    desk.press_as(Role::Cell, "林秀英 党内职务").type_text("副书记");
    enter(&mut desk);
    assert!(desk.hears("修改 林秀英 的党内职务") && desk.hears("先选是更正，还是变更自某日起"));
    assert!(!desk.can_press("写入"));
    desk.press_as(Role::RadioButton, "变更，自某日起").fill("自哪天起", "2026-11-01");
    desk.press_as(Role::Button, "写入");
    assert!(desk.shows("副书记"));
    desk.press("截至 2026-11-24（今天）").press("2026年10月31日");
    assert!(desk.shows("组织委员") && !desk.hears("正在编辑表格"), "a past day cannot be edited");
}

#[test]
fn an_odd_number_is_written_as_it_is_and_that_is_said() {
    let mut desk = sheet();
    desk.press_as(Role::Cell, "吴海涛 公民身份号码").type_text("110000197811020015");
    enter(&mut desk);
    assert!(desk.hears("公民身份号码：校验位不符，可照存"));
    assert!(desk.shows("110000********0015"));
    desk.press_as(Role::Cell, "吴海涛 公民身份号码").key(Modifiers::NONE, Key::F2).type_text("9");
    enter(&mut desk);
    assert!(desk.hears("带 * 的号码不算内容"));
}

#[test]
fn a_far_cell_is_reached_by_keys_and_stays_in_sight() {
    let mut office = Office::new();
    let branch = office.organisation(None, "社会组织联合党支部");
    for number in 0..300 {
        office.member(branch, json!({ "name": format!("党员甲{number}"), "joined": "2001-07-01" }));
    }
    let mut desk = Story::of(office);
    desk.press_as(Role::Button, "编辑表格").key(Modifiers::COMMAND, Key::End);
    assert_eq!(desk.focused().as_deref(), Some("党员甲299 所在党支部"));
    assert_eq!(desk.rows().last().map(String::as_str), Some("党员甲299"));
    desk.key(Modifiers::NONE, Key::Home).type_text("末尾");
    enter(&mut desk);
    assert_eq!(desk.rows().last().map(String::as_str), Some("末尾"));
    desk.key(Modifiers::COMMAND, Key::Home).key(Modifiers::NONE, Key::PageDown);
    assert!(!desk.rows().contains(&"末尾".to_owned()));
    assert!(desk.rows().len() < 40, "only what is seen is drawn");
}

#[test]
fn a_block_is_read_and_written_by_the_threads_behind_the_window() {
    let mut office = Office::new();
    let branch = office.organisation(None, "社会组织联合党支部");
    for number in 0..40 {
        office.member(branch, json!({ "name": format!("党员甲{number}"), "joined": "2001-07-01" }));
    }
    let mut desk = Story::on_threads(office);
    desk.until("the workbook", |desk| desk.has(Role::Link, "党员")).press_as(Role::Link, "党员");
    desk.until("the list", |desk| desk.rows().contains(&"党员甲3".to_owned()));
    desk.key(Modifiers::COMMAND, Key::E).until("the cells", |desk| desk.has(Role::Cell, "党员甲0 学历"));
    desk.press_as(Role::Cell, "党员甲0 学历").input(Event::Copy);
    desk.until("the cell on the clipboard", |desk| desk.copied() == "\"\"\r\n");
    let block = "大专\r\n".repeat(40);
    desk.input(Event::Paste(block)).until("the preview", |desk| desk.can_press("写入"));
    assert!(desk.hears("改 40 人的 80 格"), "the band, and the words for it");
    assert!(desk.focused().is_some_and(|name| name == "要改的格"), "no Enter writes by accident");
    desk.key(Modifiers::COMMAND, Key::Enter).until("the write", |desk| desk.hears("表格修改 40 人：学历"));
    desk.until("the rows", |desk| desk.count(Role::Label, "大学专科") > 10);
    desk.key(Modifiers::COMMAND, Key::Z).until("the undo", |desk| desk.count(Role::Label, "大学专科") == 0);
}

#[test]
fn what_is_typed_into_a_cell_keeps_the_window_from_closing_unasked() {
    let mut desk = sheet();
    desk.press_as(Role::Cell, "吴海涛 入党时间").type_text("2019年2月30日");
    enter(&mut desk);
    desk.press_as(Role::Link, "设置");
    assert!(desk.has(Role::Link, "党员"));
    desk.press_as(Role::Link, "党员");
    assert_eq!(desk.value("吴海涛 入党时间"), "2019年2月30日", "it is still there when one comes back");
    desk.press("李敏").press_as(Role::MenuItem, "关闭工作簿").sees("还有没保存的内容").sees("不进草稿").press("接着填");
    assert_eq!(desk.value("吴海涛 入党时间"), "2019年2月30日");
}

#[test]
fn every_control_of_the_cells_is_named_at_every_width() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut desk = Story::of_size(office().0, size);
        desk.press_row("林秀英").key(Modifiers::COMMAND, Key::E);
        assert!(desk.hears("正在编辑表格"));
        assert_eq!(desk.unnamed(), Vec::<String>::new());
        desk.key(Modifiers::COMMAND, Key::A).key(Modifiers::COMMAND, Key::D);
        assert!(desk.hears("向下填充"));
        assert_eq!(desk.unnamed(), Vec::<String>::new());
    }
}
