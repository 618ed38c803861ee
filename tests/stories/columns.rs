//! The secretary tells what the columns are that the program did not know, of whatever kind the list is, and the program
//! knows it the next time.

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use super::wizard::{choose, lay};
use crate::support::office::Office;
use crate::support::story::Story;

/// Says on the sheet what a column is.
fn tell(desk: &mut Story, head: &str, word: &str) {
    desk.press_as(Role::Button, head).fill("找栏目", word).press_as(Role::MenuItemCheckBox, word);
}

#[test]
fn a_column_of_organisations_is_corrected_and_what_it_holds_is_written() {
    let office = Office::new();
    let heads = "党组织名称,书记,成立时间,谁带队";
    lay(&office, "党组织.csv", &[heads, "机关第一党支部,张三,2001-07-01,王五", "机关第二党支部,李四,2003-07-01,"]);
    lay(&office, "新党组织.csv", &[heads, "机关第三党支部,赵六,2005-07-01,何静"]);
    let mut desk = Story::of(office);
    choose(&mut desk, "党组织.csv");
    desk.press_as(Role::Button, "D 栏认作：记入备注");
    assert!(!desk.has(Role::MenuItemCheckBox, "入党时间") && !desk.has(Role::MenuItemCheckBox, "自留栏"));
    desk.fill("找栏目", "副书记").press_as(Role::MenuItemCheckBox, "副书记");
    assert!(desk.has(Role::Button, "D 栏认作：副书记"));
    desk.press_as(Role::Tab, "党组织").sees("副书记 王五").sees("记住栏目对照“党组织”").press("取消");
    desk.press_as(Role::Link, "导入").sees("党组织名册：谁带队 → 副书记");
    choose(&mut desk, "新党组织.csv");
    assert!(desk.has(Role::Button, "D 栏认作：副书记"), "the same heads in another file");
    desk.press_as(Role::Tab, "写入").press("写入 1 个党组织").press("看党组织").sees("何静");
}

#[test]
fn a_ledger_that_was_taken_for_members_is_corrected_and_known_the_next_time() {
    let office = Office::new();
    let heads = "序号,姓名,性别,所在党支部,哪天谈的,谈了什么";
    let rows = [heads, "1,林秀英,女,机关第一党支部,2026-03-04,工作", "2,赵子豪,男,机关第一党支部,2026-03-05,家庭"];
    lay(&office, "记录.csv", &rows);
    lay(&office, "新记录.csv", &rows[..2]);
    let mut desk = Story::of(office);
    choose(&mut desk, "记录.csv");
    desk.press("这份表是党员花名册，改…").sees("认错了种类");
    desk.choose("这份表是", "谈心谈话台账").press_as(Role::Tab, "识别");
    assert!(desk.has(Role::Button, "B 栏认作：谈话对象"));
    tell(&mut desk, "E 栏认作：记入备注", "谈话时间");
    tell(&mut desk, "F 栏认作：记入备注", "谈话内容");
    desk.press_as(Role::Tab, "谈话")
        .sees("谈心谈话台账 2 次谈话")
        .sees("工作簿里还没有党组织")
        .sees_no("没有写谈话时间")
        .sees("工作")
        .press("取消");
    choose(&mut desk, "新记录.csv");
    assert!(desk.has(Role::Button, "E 栏认作：谈话时间"));
    desk.press_as(Role::Tab, "谈话").sees("谈心谈话台账 1 次谈话").press("取消").press_as(Role::Link, "导入");
    desk.press("导出对照…").press_as(Role::Button, "保存").press("忘记：记录").sees("改过的栏目会记在这里");
    desk.press("导入对照…").press_as(Role::Label, "栏目对照.json").press_as(Role::Button, "打开");
    desk.sees("谈心谈话台账：哪天谈的 → 谈话时间、谈了什么 → 谈话内容");
}

#[test]
fn a_kind_alone_is_remembered_and_taken_back() {
    let office = Office::new();
    let rows = ["序号,姓名,性别,所在党支部,哪天谈的,谈了什么", "1,林秀英,女,机关第一党支部,2026-03-04,工作"];
    lay(&office, "记录.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "记录.csv");
    desk.press_as(Role::Tab, "栏目").choose("这份表是", "谈心谈话台账").press_as(Role::Tab, "写入");
    desk.sees("0 次谈话").press("取消");
    choose(&mut desk, "记录.csv");
    desk.press_as(Role::Tab, "栏目");
    assert_eq!(desk.value_of(Role::ComboBox, "这份表是"), "谈心谈话台账");
    desk.choose("这份表是", "党员花名册");
    assert_eq!(desk.value_of(Role::ComboBox, "姓名认作"), "姓名");
    desk.press_as(Role::Tab, "写入");
    assert!(desk.can_press("写入 1 人"));
}

#[test]
fn a_column_without_a_head_is_told_and_known_the_next_time() {
    let office = Office::new();
    let heads = "姓名,性别,,入党时间,所在党支部";
    lay(&office, "名册.csv", &[heads, "林秀英,女,13800000001,2001-07-01,机关第一党支部"]);
    lay(&office, "新名册.csv", &[heads, "赵子豪,男,13800000002,2003-07-01,机关第一党支部"]);
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    desk.sees("不取 1 栏").press_as(Role::Tab, "写入").sees("C 栏没有表头，没有取").press_as(Role::Tab, "识别");
    tell(&mut desk, "C 栏认作：不取", "联系电话");
    desk.sees("C2 138****0001").press_as(Role::Tab, "栏目").sees("（无表头）");
    assert_eq!(desk.value_of(Role::ComboBox, "C 栏认作"), "联系电话");
    desk.press_as(Role::Tab, "写入").sees_no("没有表头").press("取消");
    desk.press_as(Role::Link, "导入").sees("（无表头） → 联系电话");
    choose(&mut desk, "新名册.csv");
    assert!(desk.has(Role::Button, "C 栏认作：联系电话"));
    desk.press_as(Role::Tab, "写入").press("写入 1 人").press("看党员").open_row("赵子豪").sees("138****0002");
}

/// Says in the step of the columns what they are.
fn tell_all(desk: &mut Story, told: &[(&str, &str)]) {
    desk.press_as(Role::Tab, "栏目");
    for (head, word) in told {
        let field = format!("{head}认作");
        desk.press_as(Role::ComboBox, &field).fill(&format!("找{field}"), word);
        desk.press_as(Role::MenuItemCheckBox, word);
    }
}

#[test]
fn heads_of_two_rows_are_pointed_at_with_shift_by_mouse_and_by_keys() {
    let rows = ["职工,,党内的事,", "谁,住哪,哪天进来的,哪个组织", "马晓东,某路,2009-07-01,机关第一党支部"];
    let told = [("职工/谁", "姓名"), ("党内的事/哪天进来的", "入党时间"), ("党内的事/哪个组织", "所在党支部")];
    for by_keys in [false, true] {
        let office = Office::new();
        lay(&office, "职工.csv", &rows);
        let mut desk = Story::of(office);
        choose(&mut desk, "职工.csv");
        desk.press("自己指表头…").press_as(Role::Cell, "A1 职工");
        assert!(desk.can_press("这一行是表头"));
        if by_keys {
            desk.key(Modifiers::SHIFT, Key::ArrowDown);
            assert!(desk.can_press("这 2 行是表头"));
            desk.key(Modifiers::NONE, Key::Enter);
        } else {
            desk.press_with(Modifiers::SHIFT, Role::Cell, "C2 哪天进来的").press("这 2 行是表头");
        }
        desk.sees("第 1 行 表头").sees("第 2 行 表头");
        tell_all(&mut desk, &told);
        desk.press_as(Role::Tab, "写入").press("写入 1 人").press("看党员");
        assert_eq!(desk.rows(), ["马晓东"]);
        desk.press_as(Role::Link, "导入");
        choose(&mut desk, "职工.csv");
        assert!(desk.has(Role::Button, "A 栏认作：姓名"), "known the next time");
    }
}

#[test]
fn heads_far_below_are_pointed_at() {
    let office = Office::new();
    let mut rows = vec!["这里说明怎样填写"; 130];
    rows.extend(["党组织名称,书记,成立时间", "机关第一党支部,张三,2001-07-01"]);
    lay(&office, "党组织.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "党组织.csv");
    desk.press("自己指表头…").press_as(Role::Cell, "A1 这里说明怎样填写");
    for _ in 0..130 {
        desk.key(Modifiers::NONE, Key::ArrowDown);
    }
    desk.sees("A131 党组织名称").press("这一行是表头").press_as(Role::Tab, "写入").press("写入 1 个党组织");
    desk.press("看党组织").sees("机关第一党支部");
}

#[test]
fn heads_that_were_found_in_the_wrong_row_are_pointed_at_anew() {
    let office = Office::new();
    let rows = [
        "姓名,性别,出生日期,所在党支部",
        "谁,男女,哪天生的,哪个组织",
        "马晓东,男,1979-07-01,机关第一党支部",
        "林秀英,女,1981-05-21,机关第一党支部",
    ];
    lay(&office, "名册.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    desk.press_as(Role::Tab, "人员").sees("党员花名册 3 人").press_as(Role::Tab, "栏目").press("自己指表头…");
    desk.sees("有几行的，再按住 Shift 点最后一行").key(Modifiers::NONE, Key::Escape).sees_no("按住 Shift");
    desk.press_as(Role::Tab, "栏目").press("自己指表头…").press_as(Role::Cell, "A3 马晓东").press("这一行是表头");
    desk.press_as(Role::Tab, "栏目")
        .sees("名册.csv 第 3 行的表头")
        .sees_no("第 1 行的表头")
        .press("自己指表头…")
        .press_as(Role::Cell, "A1");
    desk.press_with(Modifiers::SHIFT, Role::Cell, "A2").press("这 2 行是表头");
    tell_all(&mut desk, &[("姓名/谁", "姓名"), ("所在党支部/哪个组织", "所在党支部")]);
    desk.sees("名册.csv 第 1—2 行的表头").press_as(Role::Tab, "人员").sees("党员花名册 2 人").press("取消");
    desk.press_as(Role::Link, "导入");
    assert!(
        desk.can_press("忘记：名册") && !desk.can_press("忘记：名册（2）"),
        "what was pointed at by mistake is gone"
    );
}

#[test]
fn two_persons_in_one_row_are_asked_about_and_answered_each_for_himself() {
    let mut office = Office::new();
    office.organisation(None, "机关第一党支部");
    let heads = ["姓名,性别,入党时间,所在党支部"; 2].join(",");
    lay(&office, "并排.csv", &[&heads, "林秀英,女,2019.1,机关第一党支部,赵子豪,男,2019.1,机关第一党支部"]);
    let mut desk = Story::of(office);
    choose(&mut desk, "并排.csv");
    desk.sees("C2 2019.1：要问").sees("G2 2019.1：要问").sees_no("第 2、2 行");
    desk.press("逐个看…：2 个入党时间写成“2019.1”，是 1 月还是 10 月？").press("2019-10：第 2 行 赵子豪 2019.1");
    desk.press("2019-01：第 2 行 林秀英 2019.1").sees("都回答了").press_as(Role::Tab, "人员");
    desk.sees("2019-01 入党").sees("2019-10 入党");
}
