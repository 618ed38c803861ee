//! The secretary and the columns of a list: what the sheet was taken for is seen on the sheet itself, corrected there,
//! remembered for the next time; what is asked is answered once for all; what is wrong goes back to the sender.

use branchdesk::command::{Command, ImportRoster};
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
use branchdesk::progress::Progress;
use branchdesk::view::members::{ListAsk, list};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use serde_json::json;

use crate::support::office::{Office, day};
use crate::support::story::{NARROW, Story, WIDE};

/// A list with a column that nobody knows and three months that may be two.
const LIST: [&str; 5] = [
    "姓名,性别,出生日期,入党时间,所在党支部,在哪里",
    "林秀英,女,1981-05-21,2019.1,机关第一党支部,县民政局",
    "赵子豪,男,1992-03-04,2012.1,机关第一党支部,县救助站",
    "何静,女,1983-01-12,2008.1,机关第一党支部,",
    "周国华,男,1979-02-30,2001-07-01,机关第一党支部,",
];

pub(super) fn lay(office: &Office, name: &str, lines: &[&str]) {
    let path = office.path().with_file_name(name);
    std::fs::write(path, format!("\u{feff}{}\r\n", lines.join("\r\n"))).expect("written");
}

fn office() -> Office {
    let mut office = Office::new();
    office.organisation(None, "机关第一党支部");
    lay(&office, "名册.csv", &LIST);
    lay(&office, "新名册.csv", &LIST[..3]);
    office
}

/// Goes to the page and chooses a file that lies beside the workbook.
pub(super) fn choose(desk: &mut Story, file: &str) {
    desk.press_as(Role::Link, "导入").press_as(Role::Button, "选文件…");
    desk.press_as(Role::Label, file).press_as(Role::Button, "打开");
}

#[test]
fn a_column_is_corrected_on_the_sheet_and_known_the_next_time_until_it_is_forgotten() {
    let mut desk = Story::of(office());
    choose(&mut desk, "名册.csv");
    desk.sees("原表 名册.csv").sees("认得 4 栏").sees("F2 县民政局");
    desk.press_as(Role::Button, "F 栏认作：自留栏");
    desk.fill("找栏目", "工作单位").press_as(Role::MenuItemCheckBox, "工作单位");
    assert!(desk.has(Role::Button, "F 栏认作：工作单位"));
    desk.sees_no("栏目照记住的对照认").press("下一步");
    assert_eq!(desk.value_of(Role::ComboBox, "在哪里认作"), "工作单位");
    desk.sees("您指的").press("下一步").sees("记住栏目对照“名册”");
    desk.press_as(Role::Tab, "写入").sees("下次遇到同样的表头照着认").press("取消");
    choose(&mut desk, "新名册.csv");
    assert!(desk.has(Role::Button, "F 栏认作：工作单位"), "the same heads in another file");
    desk.sees("栏目照记住的对照认");
    desk.press("取消").press_as(Role::Link, "导入").sees("在哪里 → 工作单位").press("忘记：名册");
    desk.sees("改过的栏目会记在这里");
    choose(&mut desk, "新名册.csv");
    assert!(desk.has(Role::Button, "F 栏认作：自留栏"));
}

#[test]
fn a_question_about_several_cells_is_answered_once_or_one_by_one_or_later() {
    let mut desk = Story::of(office());
    choose(&mut desk, "名册.csv");
    let question = "3 个入党时间写成“2019.1”这样，是 1 月还是 10 月？";
    desk.sees(question).sees("第 2、3、4 行").sees("D2 2019.1：要问");
    desk.press_as(Role::Tab, "人员").press_as(Role::Link, "第 2、3、4 行").sees("原表 名册.csv");
    desk.press(&format!("以后再说：{question}")).sees(&format!("以后再说：{question}"));
    assert!(!desk.can_press(&format!("都是 10 月：{question}")));
    desk.press(&format!("现在答：{question}")).press(&format!("逐个看…：{question}"));
    let first = desk.place(Role::Button, "2019-10：第 2 行 林秀英 2019.1");
    desk.press("2012-01：第 3 行 赵子豪 2012.1").sees("已答：1 月").sees("待定 2 处");
    assert_eq!(
        desk.place(Role::Button, "2019-10：第 2 行 林秀英 2019.1"),
        first,
        "the card stays open, and in its place"
    );
    desk.press("改：第 3 行 赵子豪 2012.1").sees("待定 3 处").press("2012-01：第 3 行 赵子豪 2012.1");
    desk.press(&format!("一起答：{question}")).sees("已答：1 月 1 处");
    desk.press(&format!("都是 10 月：{question}")).sees("都回答了").sees("已答：10 月 2 处、1 月 1 处");
    desk.press_as(Role::Tab, "人员").sees("2019-10 入党").sees("2012-01 入党").sees("2008-10 入党");
}

#[test]
fn cells_copied_in_a_spreadsheet_are_pasted() {
    let mut desk = Story::of(office());
    desk.press_as(Role::Link, "导入");
    let cells = LIST.map(|line| line.replace(',', "\t")).join("\r\n");
    desk.input(Event::Paste(cells)).sees("原表 粘贴的表格").sees("C3 1992-03-04");
    desk.press_as(Role::Tab, "写入").press("写入 4 人").sees("导入党员 4 人：粘贴的表格");
}

#[test]
fn what_is_wrong_goes_back_in_a_sheet_of_its_own() {
    let mut desk = Story::of(office());
    choose(&mut desk, "名册.csv");
    desk.sees("C5 1979-02-30：没有这一天").press("导出问题表…");
    assert_eq!(desk.value("文件名"), "名册-问题.xlsx");
    let path = desk.beside_workbook().join("名册-问题.xlsx");
    desk.press_as(Role::Button, "保存").sees(&format!("已写出问题表，4 行有问题：{}", path.display()));
    assert!(path.exists() && desk.can_press("打开"));
    desk.press_as(Role::Link, "导出和打印").sees("导出问题表 XLSX");
}

/// Goes from control to control until one of this name is reached.
#[track_caller]
fn tab_to(desk: &mut Story, name: &str) {
    for _ in 0..120 {
        if desk.focused().as_deref() == Some(name) {
            return;
        }
        desk.key(Modifiers::NONE, Key::Tab);
    }
    panic!(
        "“{name}” cannot be reached by Tab; the focus is on {:?}; there is:\n{}",
        desk.focused(),
        desk.heard().join("\n")
    );
}

#[test]
fn a_list_is_brought_in_by_the_keys_alone() {
    for size in [WIDE, NARROW] {
        let mut office = Office::new();
        office.organisation(None, "机关第一党支部");
        lay(&office, "名册.csv", &LIST);
        let mut desk = Story::of_size(office, size);
        tab_to(&mut desk, "导入");
        desk.key(Modifiers::NONE, Key::Enter);
        tab_to(&mut desk, "选文件…");
        desk.key(Modifiers::NONE, Key::Enter);
        assert_eq!(desk.focused().as_deref(), Some("文件"), "one chooses at once");
        desk.key(Modifiers::NONE, Key::Enter);
        tab_to(&mut desk, "原表 名册.csv");
        desk.key(Modifiers::NONE, Key::ArrowDown).key(Modifiers::NONE, Key::End).key(Modifiers::NONE, Key::Enter);
        assert_eq!(desk.focused().as_deref(), Some("找栏目"));
        desk.key(Modifiers::NONE, Key::Escape).key(Modifiers::NONE, Key::Enter);
        desk.type_text("工作单位").key(Modifiers::NONE, Key::Enter);
        assert!(desk.has(Role::Button, "F 栏认作：工作单位"), "{size}");
        assert_eq!(desk.focused().as_deref(), Some("原表 名册.csv"), "one goes on where one was");
        if size == NARROW {
            tab_to(&mut desk, "待定 3 处，有误 1 处");
            desk.key(Modifiers::NONE, Key::Enter);
        }
        tab_to(&mut desk, "都是 10 月：3 个入党时间写成“2019.1”这样，是 1 月还是 10 月？");
        desk.key(Modifiers::NONE, Key::Enter).sees("都回答了");
        desk.key(Modifiers::COMMAND, Key::Enter).sees("第 1 行的表头");
        tab_to(&mut desk, "出生日期认作");
        desk.key(Modifiers::NONE, Key::Enter).type_text("不取").key(Modifiers::NONE, Key::Enter);
        assert_eq!(desk.value_of(Role::ComboBox, "出生日期认作"), "不取");
        desk.key(Modifiers::COMMAND, Key::Enter).sees("2019-10 入党");
        desk.key(Modifiers::COMMAND, Key::Enter).sees("将要写入");
        assert!(desk.can_press("写入 4 人"));
        assert_eq!(desk.unnamed(), Vec::<String>::new());
        desk.key(Modifiers::COMMAND, Key::Enter).sees("导入党员 4 人：名册.csv");
        tab_to(&mut desk, "看党员");
        desk.key(Modifiers::NONE, Key::Enter);
        assert!(desk.rows().contains(&"周国华".to_owned()), "{size}");
    }
}

#[test]
fn the_heads_of_a_list_that_was_not_understood_are_pointed_at() {
    let office = office();
    lay(&office, "职工.csv", &["职工,哪天入的党,哪个支部", "马晓东,2009-07-01,机关第一党支部"]);
    let mut desk = Story::of(office);
    choose(&mut desk, "职工.csv");
    desk.sees("没有找到党员花名册、党组织名册或谈心谈话台账的表头").press("自己指表头…").sees("没有找到表头");
    desk.press_as(Role::Cell, "A1 职工").press("这一行是表头");
    desk.press_as(Role::Tab, "写入").sees("还没有指出哪一栏是姓名").press_as(Role::Tab, "栏目");
    for (field, word) in [("职工认作", "姓名"), ("哪天入的党认作", "入党时间"), ("哪个支部认作", "所在党支部")]
    {
        desk.press_as(Role::ComboBox, field).fill(&format!("找{field}"), word);
        desk.press_as(Role::MenuItemCheckBox, word);
    }
    desk.press_as(Role::Tab, "写入").press("写入 1 人").press("看党员");
    assert_eq!(desk.rows(), ["马晓东"]);
}

#[test]
fn what_was_said_of_columns_is_taken_to_another_machine() {
    let mut desk = Story::of(office());
    choose(&mut desk, "名册.csv");
    desk.press_as(Role::Button, "F 栏认作：自留栏");
    desk.fill("找栏目", "工作单位").press_as(Role::MenuItemCheckBox, "工作单位");
    desk.press_as(Role::Tab, "人员").press("取消").press_as(Role::Link, "导入");
    desk.press("导出对照…").press_as(Role::Button, "保存").sees("已导出栏目对照");
    desk.press("忘记：名册").sees("改过的栏目会记在这里");
    desk.press("导入对照…").press_as(Role::Label, "栏目对照.json").press_as(Role::Button, "打开");
    desk.sees("在哪里 → 工作单位");
}

#[test]
fn an_import_goes_out_later_but_for_those_who_were_changed_since() {
    let mut office = office();
    let today = day("2026-11-24");
    let path = office.path().with_file_name("名册.csv");
    let reading = read_roster(&path, today, &Progress::default()).expect("read");
    let plan = {
        let reader = office.read_only();
        plan(reader.reader(), vec![reading], &PlanOptions::default(), today, &Progress::default()).expect("a plan")
    };
    let stamp = office.stamp.clone();
    office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect("written");
    let ask = ListAsk { text: "林秀英".to_owned(), ..ListAsk::roll(today, None) };
    let id = list(&office.desk(), &ask).expect("a list").ids[0];
    office.run(json!({ "do": "edit_members", "ids": [id], "set": { "phone": "13800000001" } })).expect("an edit");
    let mut desk = Story::of(office);
    desk.press_as(Role::Link, "操作记录").press_as(Role::ListItem, "导入党员 4 人：名册.csv");
    desk.sees("又改过其中 1 个：林秀英").sees("后来改过的 1 个保留现值，连同它们用着的 1 个（林秀英 等），其余复原");
    desk.press("撤销此项").sees("已撤销（保留后来改过的 1 个，连同用着的 1 个）");
    desk.press_as(Role::Link, "党员");
    assert_eq!(desk.rows(), ["林秀英"]);
}

#[test]
fn of_several_sheets_the_first_list_is_shown_and_the_others_are_chosen() {
    let office = office();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters/20-hidden.xlsx");
    std::fs::copy(from, office.path().with_file_name("20-hidden.xlsx")).expect("copied");
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    desk.press("再加文件…").press_as(Role::Label, "20-hidden.xlsx").press_as(Role::Button, "打开");
    assert_eq!(desk.value_of(Role::ComboBox, "工作表"), "名册.csv");
    desk.press_as(Role::ComboBox, "工作表").press_as(Role::MenuItemCheckBox, "20-hidden.xlsx·党员花名册");
    desk.sees("原表 20-hidden.xlsx·党员花名册").sees_no("原表 名册.csv");
}

#[test]
fn of_organisations_the_columns_are_shown_and_what_has_no_field_goes_into_the_remark() {
    let office = Office::new();
    let rows =
        ["党组织名称,书记,成立时间,暗号", "机关第一党支部,张三,2001-07-01,甲", "机关第二党支部,李四,2003-07-01,乙"];
    lay(&office, "党组织.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "党组织.csv");
    desk.sees("原表 党组织.csv").sees("认得 3 栏").sees("照原样留 1 栏");
    assert!(desk.has(Role::Button, "D 栏认作：记入备注"));
    desk.press_as(Role::Tab, "栏目").sees("党组织名称").sees("记入备注");
    desk.press_as(Role::Tab, "党组织").sees("党组织名册 2 个党组织").sees("备注里记下 原表暗号：甲");
    desk.press_as(Role::Tab, "写入").sees("在“党组织”一步改").sees("记入备注").sees("暗号");
    desk.press("写入 2 个党组织").press("看党组织").sees("机关第二党支部");
}

#[test]
fn two_lists_beside_each_other_are_seen_each_under_its_own_heads() {
    let office = office();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters/a04-school-side-by-side.xlsx");
    std::fs::copy(from, office.path().with_file_name("并排.xlsx")).expect("copied");
    let mut desk = Story::of(office);
    choose(&mut desk, "并排.xlsx");
    assert!(desk.has(Role::Button, "B 栏认作：姓名") && desk.has(Role::Button, "J 栏认作：姓名"));
    desk.press_as(Role::Button, "K 栏认作：性别").fill("找栏目", "不取").press_as(Role::MenuItemCheckBox, "不取");
    assert!(
        desk.has(Role::Button, "C 栏认作：不取") && desk.has(Role::Button, "K 栏认作：不取"),
        "the heads are the same"
    );
}

#[test]
fn who_is_no_member_is_left_out_until_it_is_said_that_they_want_to_join() {
    let mut office = Office::new();
    office.organisation(None, "机关第一党支部");
    let rows = [
        "姓名,性别,出生日期,入党时间,政治面貌,所在党支部",
        "林秀英,女,1981-05-21,2006-12-08,中共党员,机关第一党支部",
        "薛佳怡,女,1999-08-01,,共青团员,机关第一党支部",
        "何静,女,1983-01-12,2008-07-01,中共党员,机关第一党支部",
        "孟春燕,女,1983-10-05,,群众,机关第一党支部",
        "郭建华,男,1968-02-09,,民盟盟员,机关第一党支部",
    ];
    lay(&office, "职工.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "职工.csv");
    let left = "2 人不是党员（共青团员、群众），不取？";
    desk.sees("没有取的行 3").sees(left).sees("第 3、5 行").sees("第 6 行：不是党员：民盟盟员");
    assert!(!desk.can_press(&format!("以后再说：{left}")), "nothing waits for an answer");
    desk.press(&format!("逐个看…：{left}")).press("记为申请人：第 5 行 孟春燕 群众");
    desk.sees("没有取的行 2").press("记为积极分子：第 3 行 薛佳怡 共青团员").sees("没有取的行 1");
    desk.press(&format!("一起答：{left}")).sees("已答：记为积极分子 1 处、记为申请人 1 处");
    desk.press(&format!("改：{left}")).sees("没有取的行 3");
    desk.press(&format!("记为积极分子：{left}")).sees("已答：记为积极分子").press_as(Role::Tab, "人员");
    desk.sees("入党积极分子，女，1999-08-01 生；备注里记下 原表政治面貌：共青团员");
    desk.press_as(Role::Tab, "写入").press("写入 4 人").press("看党员");
    desk.press("撤销：导入党员 4 人：职工.csv").sees_no("林秀英");
}

/// Dates in two columns that are unclear each for itself.
const TWO_QUESTIONS: [&str; 3] = [
    "姓名,性别,出生日期,入党时间,转正时间,所在党支部",
    "林秀英,女,1981-05-21,2019.1,2020.1,机关第一党支部",
    "赵子豪,男,1992-03-04,2012.1,2013.1,机关第一党支部",
];

fn asked(size: egui::Vec2) -> Story {
    let office = office();
    lay(&office, "两问.csv", &TWO_QUESTIONS);
    let mut desk = Story::of_size(office, size);
    choose(&mut desk, "两问.csv");
    desk
}

#[test]
fn a_double_click_answers_one_question_and_nothing_slides_under_the_pointer() {
    let mut desk = asked(WIDE);
    let (joined, full) =
        ("2 个入党时间写成“2019.1”这样，是 1 月还是 10 月？", "2 个转正时间写成“2020.1”这样，是 1 月还是 10 月？");
    desk.sees("待定 4 处").sees("表格会把 2019.10 存成 2019.1");
    let below = desk.place(Role::Button, &format!("都是 1 月：{full}"));
    desk.double_click_on(Role::Button, &format!("都是 1 月：{joined}")).sees("已答：1 月").sees("待定 2 处");
    assert_eq!(desk.place(Role::Button, &format!("都是 1 月：{full}")), below, "the next card stays where it was");
    desk.double_click_on(Role::Button, &format!("改：{joined}")).sees("待定 4 处");
    assert!(desk.can_press(&format!("都是 1 月：{joined}")), "the second click answers nothing");
}

#[test]
fn a_double_click_on_what_opens_the_questions_answers_none() {
    for step in ["识别", "人员"] {
        let mut desk = asked(NARROW);
        if step == "人员" {
            desk.press_as(Role::Tab, step);
        }
        let opener = "待定 4 处，有误 0 处";
        let before = desk.place(Role::Button, opener);
        desk.double_click_on(Role::Button, opener).sees("都是 1 月").sees("待定 4 处").sees_no("已答");
        assert_eq!(desk.place(Role::Button, opener), before, "it stays under the pointer");
    }
}

#[test]
fn a_double_click_or_a_key_pressed_twice_goes_on_by_one_step_and_never_writes() {
    let mut desk = asked(WIDE);
    desk.press_as(Role::Tab, "人员").double_click_on(Role::Button, "下一步").sees("将要写入");
    assert!(desk.can_press("写入 2 人"), "the second click writes nothing");
    desk.press_as(Role::Tab, "人员").key_twice(Modifiers::COMMAND, Key::Enter).sees("将要写入");
    assert!(desk.can_press("写入 2 人"), "neither does the second press of the key");
    desk.press("写入 2 人").sees("导入党员 2 人：两问.csv");
}

#[test]
fn ctrl_enter_goes_on_and_presses_nothing_that_has_the_focus() {
    let mut desk = asked(WIDE);
    tab_to(&mut desk, "写入");
    desk.key(Modifiers::COMMAND, Key::Enter).sees("第 1 行的表头");
}

#[test]
fn answers_are_not_thrown_away_unasked() {
    let mut desk = asked(WIDE);
    let question = "2 个入党时间写成“2019.1”这样，是 1 月还是 10 月？";
    desk.press(&format!("都是 10 月：{question}")).press("取消").sees("放弃这次导入").sees("2 处回答");
    desk.press("接着导入").sees("已答：10 月").press("取消").press("放弃").sees_no("放弃这次导入");
    assert!(!desk.hears("已答"));
    choose(&mut desk, "两问.csv");
    desk.press("取消").sees_no("放弃这次导入").sees_no("两问.csv");
}

#[test]
fn answered_by_a_key_the_card_keeps_the_focus() {
    let mut desk = asked(WIDE);
    let question = "2 个入党时间写成“2019.1”这样，是 1 月还是 10 月？";
    tab_to(&mut desk, &format!("都是 10 月：{question}"));
    desk.key_twice(Modifiers::NONE, Key::Enter).sees("已答：10 月");
    assert_eq!(desk.focused(), Some(format!("改：{question}")));
    desk.wait(1.0).key(Modifiers::NONE, Key::Enter).sees("待定 4 处");
    assert_eq!(desk.focused(), Some(format!("都是 1 月：{question}")));
}

#[test]
fn a_row_that_waits_says_what_for() {
    let office = Office::new();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters/18-shifted-duplicates.xlsx");
    std::fs::copy(from, office.path().with_file_name("错位.xlsx")).expect("copied");
    let mut desk = Story::of(office);
    choose(&mut desk, "错位.xlsx");
    desk.press_as(Role::Tab, "人员").press_as(Role::RadioButton, "待定 6");
    desk.sees("没有写党支部，等回答");
}

#[test]
fn a_field_is_found_by_the_initials_of_its_pinyin() {
    let mut desk = Story::of(office());
    choose(&mut desk, "名册.csv");
    desk.press_as(Role::Button, "F 栏认作：自留栏").fill("找栏目", "gzdw");
    desk.press_as(Role::MenuItemCheckBox, "工作单位");
    assert!(desk.has(Role::Button, "F 栏认作：工作单位"));
}

#[test]
fn the_questions_leave_five_rows_of_the_sheet_to_be_seen() {
    let office = office();
    let row = |number: usize| format!("党员{number},女,1981-05-21,2019.1,机关第一党支部,县民政局");
    let mut lines = vec![LIST[0].to_owned()];
    lines.extend((1..30).map(row));
    lay(&office, "长名册.csv", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let mut desk = Story::of_size(office, NARROW);
    choose(&mut desk, "长名册.csv");
    desk.press("待定 29 处，有误 29 处");
    let picture = desk.place(Role::Grid, "原表 长名册.csv");
    assert!(picture.height() >= 5.0 * 28.0, "{picture}");
    desk.press_as(Role::Tab, "人员").sees_no("都是 1 月");
}

#[test]
fn the_type_of_a_talk_has_a_column_of_its_own_and_any_type_can_be_answered() {
    let office = staffed();
    let rows = [
        "谈话时间,谈话人,谈话对象,谈话类型,谈话主题,谈话内容,党支部",
        "2026-03-20,何静,林秀英,思想沟通,思想,谈了思想,机关第一党支部",
        "2026-03-21,何静,林秀英,日常谈心谈话,工作,谈了工作,机关第一党支部",
        "2026-03-22,林秀英,何静,思想沟通,生活,谈了生活,机关第一党支部",
    ];
    lay(&office, "台账.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "台账.csv");
    assert!(desk.has(Role::Button, "D 栏认作：谈话类型") && desk.has(Role::Button, "E 栏认作：谈话主题"));
    desk.sees("D2 思想沟通：要问是哪一类谈话").sees("D4 思想沟通：要问是哪一类谈话").sees_no("C2 林秀英：要问");
    let question = "“思想沟通”是哪一类谈话？";
    desk.sees(question).sees("第 2、4 行").sees("待定 2 处");
    assert!(desk.can_press(&format!("日常谈心谈话：{question}")) && desk.can_press(&format!("其他谈话：{question}")));
    // Any other type stands in a list.
    let choose_kind = |desk: &mut Story, field: &str, kind: &str| {
        desk.press_as(Role::ComboBox, field).fill(&format!("找{field}"), kind).key(Modifiers::NONE, Key::Enter);
    };
    choose_kind(&mut desk, question, "政治生日谈话");
    desk.sees("已答：政治生日谈话").sees("待定 0").press(&format!("改：{question}"));
    desk.press(&format!("逐个看…：{question}"));
    choose_kind(&mut desk, "第 4 行 2026-03-22 林秀英与何静 思想沟通", "老党员走访");
    desk.press("日常谈心谈话：第 2 行 2026-03-20 何静与林秀英 思想沟通").sees("已答：日常谈心谈话");
    desk.sees("已答：离退休谈话、老党员走访").sees("待定 0");
    desk.press_as(Role::Tab, "栏目");
    assert_eq!(desk.value_of(Role::ComboBox, "谈话类型认作"), "谈话类型");
}

#[test]
fn a_column_can_be_said_to_be_that_of_the_types() {
    let office = staffed();
    let rows = [
        "谈话时间,谈话人,谈话对象,属于哪种,谈话内容,党支部",
        "2026-03-20,何静,林秀英,思想沟通,谈了思想,机关第一党支部",
    ];
    lay(&office, "台账.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "台账.csv");
    desk.sees_no("是哪一类谈话？").press_as(Role::Button, "D 栏认作：记入备注");
    desk.fill("找栏目", "谈话类型").press_as(Role::MenuItemCheckBox, "谈话类型");
    desk.sees("D2 思想沟通：要问是哪一类谈话").sees("“思想沟通”是哪一类谈话？");
}

/// A branch with two members who may talk.
fn staffed() -> Office {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    for name in ["林秀英", "何静"] {
        office.member(branch, json!({ "name": name, "joined": "2008-07-01", "transfer_in": "2010-01" }));
    }
    office
}
