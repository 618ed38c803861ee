//! The secretary writes down what happened: transfers with their letters, conversions, honours; corrects it, looks at it.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{MEDIUM, NARROW, Story};

/// Two branches; one formal member with a post, one on probation since a year and three weeks.
fn bureau() -> (Office, [OrganisationId; 2], [PersonId; 2]) {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "局机关第一党支部");
    let second = office.organisation(Some(root), "局机关第二党支部");
    let lin = office.member(
        first,
        json!({ "name": "林秀英", "sex": "女", "joined": "2013-07-01", "full": "2014-07-01", "party_post": "组织委员",
            "transfer_in": "2016-05-30", "id_number": "110000198105210066", "phone": "13800000000",
            "birth": "1981-05-21", "nation": "汉族", "education": "大学本科", "unit": "县民政局" }),
    );
    let he = office.member(first, json!({ "name": "何静", "sex": "女", "joined": "2025-11-01" }));
    (office, [first, second], [lin, he])
}

#[test]
fn a_transfer_is_written_down_with_its_letter_corrected_and_its_receipt_entered() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "组织关系转接…");
    desk.sees("依据：《中国共产党党员教育管理工作条例》第二十五条");
    assert!(!desk.can_press("记下"), "the branch is missing");
    desk.choose("转到", "局机关第二党支部").fill("自哪天起", "2026-05-01").fill("介绍信编号", "内转012号");
    desk.sees("组织关系自 2026-05-01 转到 局机关第二党支部；党内职务同日结束");
    desk.press_as(Role::Button, "记下");
    desk.sees("2026-05-01 组织关系转接").sees("局机关第二党支部，内转012号").sees("介绍信 内转012号");
    desk.sees("局机关第一党支部·起始不详 至 2026-05-01").sees("回执未登记");
    desk.press_as(Role::Button, "登记回执：2026-05-01 组织关系转接").fill("回执日期", "2027-01-01");
    desk.sees("还没到这一天").fill("回执日期", "2026-05-20").press_as(Role::Button, "登记");
    desk.sees("回执日期 2026-05-20").sees_no("回执未登记");
    desk.press_as(Role::RadioButton, "组织关系").press_as(Role::Button, "2026-05-01 组织关系转接");
    desk.sees("更正 组织关系转接").sees("删掉的只是这条记录，组织关系、职务等照旧");
    desk.fill("自哪天起", "2026-06-01").press_as(Role::Button, "更正").sees("回执日期不能早于 2026-06-01");
    desk.fill("回执日期", "2026-06-20").press_as(Role::Button, "更正");
    desk.sees("2026-06-01 组织关系转接").sees("局机关第一党支部·起始不详 至 2026-06-01");
    desk.press_as(Role::Button, "2026-06-01 组织关系转接").press_as(Role::Button, "删掉");
    desk.sees("2026-06-01 组织关系转入").sees("局机关第二党支部");
    desk.key(Modifiers::COMMAND, Key::Z).sees("2026-06-01 组织关系转接");
}

#[test]
fn a_conversion_stands_at_the_day_on_which_the_probation_ends() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("何静").sees("2025-11-01 入党").sees("预备期满");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "转为正式党员…");
    assert_eq!(desk.value("转正日期"), "2026-11-01");
    desk.sees("预备期到 2026-11-01 满").sees("转正时间记为 2026-11-01，自这天起是正式党员，党龄从这天算起");
    desk.press_as(Role::Button, "记下")
        .sees("2026-11-01 转为正式党员")
        .sees("自转正 2026-11-01 起")
        .sees("2026-11-01 转正");
    desk.press_as(Role::Button, "变动").sees_no("转为正式党员…").sees_no("延长预备期…");
}

#[test]
fn a_probation_of_half_a_year_in_the_rules_is_that_on_the_page_and_in_the_dialogs() {
    let (office, ..) = bureau();
    let mut desk = Story::of_size(office, egui::vec2(1366.0, 2_400.0));
    desk.press("设置").press_as(Role::Link, "看规则").open_row("预备期不足");
    desk.fill("预备期（月）", "6").press_as(Role::Button, "保存").sees("预备期（月） 6（原为 12）");
    desk.press_as(Role::Link, "党员").open_row("何静").sees("2026-05-01");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "转为正式党员…");
    desk.sees("预备期到 2026-05-01 满");
    assert_eq!(desk.value("转正日期"), "2026-05-01");
    desk.press_as(Role::Button, "取消").sees_no("2026-11-01");
    desk.key(Modifiers::COMMAND, Key::Z).sees("2026-11-01").sees_no("2026-05-01");
}

#[test]
fn the_branch_of_a_transfer_that_was_mistyped_is_corrected_with_what_it_began() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "组织关系转接…");
    desk.choose("转到", "青禾县民政局党总支").fill("自哪天起", "2026-05-01").press_as(Role::Button, "记下");
    desk.sees("组织关系转接·青禾县民政局党总支").sees("Label 青禾县民政局党总支");
    desk.press_as(Role::Button, "2026-05-01 组织关系转接").sees("改党支部时，从那天起的组织关系一起改");
    desk.choose("转到", "局机关第一党支部").press_as(Role::Button, "更正").sees("就是从 局机关第一党支部 转出的");
    desk.choose("转到", "局机关第二党支部").press_as(Role::Button, "更正");
    desk.sees("组织关系转接·局机关第二党支部").sees("Label 局机关第二党支部").sees_no("Label 青禾县民政局党总支");
    desk.key(Modifiers::COMMAND, Key::Z).sees("组织关系转接·青禾县民政局党总支").sees("Label 青禾县民政局党总支");
}

#[test]
fn several_become_formal_each_when_their_own_probation_ends_as_one_change() {
    let (mut office, [first, _], _) = bureau();
    let extended = office.member(first, json!({ "name": "罗雨晴", "joined": "2025-03-10" }));
    office
        .run(json!({ "do": "record_event", "ids": [extended], "kind": "extended", "on": "2026-03-10", "until": "2026-09-10" }))
        .expect("extended");
    office.member(first, json!({ "name": "邵浩然", "joined": "2026-06-01" }));
    let mut desk = Story::of(office);
    let before = desk.dump();
    for name in ["林秀英", "何静", "罗雨晴", "邵浩然"] {
        desk.press_as(Role::CheckBox, &format!("选择 {name}"));
    }
    let open = |desk: &mut Story| {
        desk.press_as(Role::Button, "更多").press_as(Role::MenuItem, "记变动…");
        desk.press_as(Role::ComboBox, "哪种变动").fill("找哪种变动", "正式");
        desk.press_as(Role::MenuItemCheckBox, "转为正式党员");
    };
    open(&mut desk);
    assert!(desk.shows("2026-11-01") && desk.shows("2026-09-10"), "each their own day, the later one extended");
    desk.sees("正式党员，不是预备党员").sees("预备期到 2027-06-01 满，还没到");
    desk.sees("2 人各自本人预备期满日起是正式党员，党龄从那天算起；其余 2 人不记");
    assert_eq!(desk.unnamed(), Vec::<String>::new());
    desk.press_as(Role::Button, "记下");
    desk.open_row("罗雨晴").sees("2026-09-10 转为正式党员");
    desk.press_as(Role::Link, "党员").open_row("何静").sees("2026-11-01 转为正式党员");
    desk.key(Modifiers::COMMAND, Key::Z).sees_no("2026-11-01 转为正式党员");
    assert_eq!(desk.dump(), before, "one step takes back both");

    // Another day for all can be typed; it is refused for who is not on probation, and nothing is changed.
    desk.press_as(Role::Link, "党员");
    for name in ["林秀英", "罗雨晴"] {
        desk.press_as(Role::CheckBox, &format!("选择 {name}"));
    }
    open(&mut desk);
    desk.press_as(Role::RadioButton, "同一天").fill("转正日期", "2026-11-20").press_as(Role::Button, "记下");
    desk.sees("林秀英 在 2026-11-20 是正式党员，不是预备党员");
    desk.press_as(Role::Button, "取消").press_as(Role::CheckBox, "选择 林秀英");
    open(&mut desk);
    desk.press_as(Role::RadioButton, "同一天").fill("转正日期", "2026-11-20").press_as(Role::Button, "记下");
    desk.open_row("何静").sees("2026-11-20 转为正式党员");
}

#[test]
fn another_day_than_the_end_of_the_probation_is_told_and_may_stand() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("何静");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "转为正式党员…");
    desk.sees_no("转正时间是预备期满的那天");
    desk.fill("转正日期", "2026-11-15");
    desk.sees("转正时间是预备期满的那天（2026-11-01），支部大会晚开也不变；可照存");
    desk.press_as(Role::Button, "记下").sees("2026-11-15 转为正式党员").sees("转正时间不是预备期满之日");
    desk.press_as(Role::Button, "采用 2026-11-01：转正时间不是预备期满之日").sees_no("转正时间不是预备期满之日");
}

#[test]
fn of_discipline_only_its_kind_is_asked_for() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "党纪处分…");
    desk.sees("只记种类和日期，不记经过和文号");
    assert!(!desk.has(Role::TextInput, "备注") && !desk.has(Role::TextInput, "文号"));
    assert!(!desk.can_press("记下"), "the kind is missing");
    desk.choose("处分种类", "警告").fill("处分日期", "2026-03-01").press_as(Role::Button, "记下");
    desk.press_as(Role::RadioButton, "表彰处分").sees("2026-03-01 党纪处分").sees("警告");
}

#[test]
fn who_left_the_party_is_offered_to_be_accepted_anew_and_nothing_else() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "出党…");
    assert!(!desk.can_press("记下"), "why is missing");
    desk.choose("出党原因", "退党除名").fill("出党日期", "2020-03-01").press_as(Role::Button, "记下");
    desk.press_as(Role::Button, "变动").sees_no("组织关系转入…").sees_no("恢复党籍…");
    desk.press_as(Role::MenuItem, "接收为预备党员…").fill("支部大会通过日期", "2026-07-01");
    desk.sees("入党时间记为 2026-07-01").sees("原来的入党、转正时间留作变动");
    desk.press_as(Role::Button, "记下").sees("2026-07-01 接收为预备党员").sees("2013-07-01 接收为预备党员");
    desk.sees("2014-07-01 转为正式党员").sees("2027-07-01");
}

#[test]
fn an_extension_offers_half_a_year_and_a_year_and_says_what_the_rule_does_not_have() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("何静");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "延长预备期…");
    desk.press_as(Role::Button, "延长半年").sees("预备期延长到 2027-05-01，人员类别不变");
    desk.press_as(Role::Button, "延长一年");
    assert_eq!(desk.value("预备期延长至"), "2027-11-01");
    desk.fill("预备期延长至", "2027-12-01").sees("延长不少于半年、不超过一年，可照存");
    desk.press_as(Role::Button, "延长半年").press_as(Role::Button, "记下").sees("2026-11-24 延长预备期");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "转为正式党员…");
    assert_eq!(desk.value("转正日期"), "2027-05-01");
    desk.sees("还没到这一天");
    assert!(!desk.can_press("记下"));
}

#[test]
fn several_are_honoured_at_once_and_it_stands_on_the_page_of_each() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::CheckBox, "选择 林秀英").press_as(Role::CheckBox, "选择 何静");
    desk.press_as(Role::Button, "更多").press_as(Role::MenuItem, "记变动…");
    desk.sees("林秀英、何静，共 2 人").sees("先选是哪种变动");
    desk.press_as(Role::ComboBox, "哪种变动").fill("找哪种变动", "表彰").press_as(Role::MenuItemCheckBox, "表彰奖励");
    assert!(!desk.can_press("记下"), "what for is missing");
    desk.press_as(Role::Button, "优秀共产党员").fill("表彰日期", "2026-07-01").fill("文号", "青民党组3号");
    desk.press_as(Role::Button, "记下").open_row("何静");
    desk.press_as(Role::RadioButton, "表彰处分").sees("2026-07-01 表彰奖励").sees("优秀共产党员，青民党组3号");
    desk.key(Modifiers::COMMAND, Key::Z).sees("没有记下什么");
}

#[test]
fn somebody_who_left_is_told_so_and_comes_back_by_a_transfer() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "组织关系转出…");
    desk.fill("转往", "白石县民政局").fill("转出日期", "2026-03-01").fill("介绍信有效期至", "2026-06-01");
    desk.sees("自 2026-03-01 起不在册；党内职务同日结束；以前各天的名册和人数不变");
    desk.press_as(Role::Button, "记下").sees("有效期已过，回执未登记").sees("转出");
    desk.press_as(Role::Button, "变动").sees("组织关系转入…").sees_no("组织关系转出…");
    desk.press_as(Role::MenuItem, "组织关系转入…").choose("党支部", "局机关第二党支部");
    desk.fill("转入日期", "2026-09-01").fill("转自", "白石县民政局").press_as(Role::Button, "记下");
    desk.sees("2026-09-01 组织关系转入").sees("正常");
}

#[test]
fn who_joined_in_the_branch_was_not_transferred_there() {
    let (mut office, [first, _], _) = bureau();
    office.member(first, json!({ "name": "邵浩然", "joined": "2013-07-01", "transfer_in": "2013-07-01" }));
    let mut desk = Story::of(office);
    desk.open_row("邵浩然").sees("2013-07-01 组织关系起始").sees_no("2013-07-01 组织关系转入");
    desk.press_as(Role::Link, "党员").open_row("林秀英").sees("2016-05-30 组织关系转入");
}

#[test]
fn a_card_is_printed_from_the_page_of_its_member() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英").press_as(Role::Button, "打印…");
    desk.sees("选中的 1 人").sees("打印：党员信息卡");
}

#[test]
fn what_was_shown_in_full_is_masked_again_when_the_page_is_left_and_a_copy_is_logged() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英");
    desk.press_as(Role::Button, "显示完整的公民身份号码");
    assert!(desk.shows("110000198105210066"));
    desk.press_as(Role::Link, "操作记录").press_as(Role::Link, "党员").open_row("林秀英");
    assert!(desk.shows("110000********0066"), "masked again");
    desk.press_as(Role::Button, "复制完整的联系电话").sees("已复制完整的联系电话");
    desk.press_as(Role::Link, "导出和打印");
    assert!(desk.shows("显示完整号码") && desk.shows("林秀英的公民身份号码"));
    assert!(desk.shows("复制完整号码") && desk.shows("林秀英的联系电话"));
}

#[test]
fn an_applicant_is_added_as_easily_and_is_not_counted() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::Button, "其他").press_as(Role::MenuItem, "新增申请人等…");
    desk.sees_no("转正时间").press_as(Role::RadioButton, "入党积极分子");
    desk.fill("姓名", "赵小满").choose("所在党支部", "局机关第二党支部").fill("递交申请书时间", "2026-01-15");
    desk.press_as(Role::Button, "保存");
    assert_eq!(desk.rows(), ["林秀英", "何静", "赵小满"]);
    assert!(desk.shows("入党积极分子"), "told apart in the list");
    desk.sees("青禾县民政局党总支·在册 2 人").open_row("赵小满").sees("入党积极分子").sees("花名册所载");
    desk.sees("撤销：新增入党积极分子 赵小满");
    desk.press_as(Role::Button, "变动").sees("接收为预备党员…").sees_no("停止党籍…");
}

#[test]
fn who_floats_in_is_counted_nowhere_and_found_in_a_list_of_their_own() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press_as(Role::Button, "其他").press_as(Role::MenuItem, "登记流入党员…");
    assert!(!desk.has(Role::TextInput, "党内职务"), "it has no field");
    desk.fill("组织关系所在地", "临江市某街道党支部").fill("流入日期", "2026-10-01");
    desk.fill("姓名", "罗雨晴").choose("流入党支部", "局机关第二党支部").press_as(Role::Button, "保存");
    assert_eq!(desk.rows(), ["林秀英", "何静"]);
    desk.sees("在册 2 人").press_as(Role::Button, "在册").press_as(Role::MenuItemCheckBox, "流入党员");
    assert_eq!(desk.rows(), ["罗雨晴"]);
    desk.sees("局机关第二党支部")
        .open_row("罗雨晴")
        .sees("流入党员")
        .sees("2026-10-01 流入登记")
        .sees("临江市某街道党支部");
    desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "流动结束…").press_as(Role::Button, "记下");
    desk.key(Modifiers::NONE, Key::Escape);
    assert!(desk.rows().is_empty(), "no longer floating in");
    desk.press_as(Role::Button, "流入党员").press_as(Role::MenuItemCheckBox, "已离开");
    assert_eq!(desk.rows(), ["罗雨晴"]);
}

#[test]
fn what_cannot_be_so_gets_a_sentence_at_its_field() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.open_row("林秀英").press_as(Role::Button, "更多").press_as(Role::MenuItem, "历次变动…");
    desk.press_as(Role::Link, "补记一条").choose("党支部", "局机关第二党支部");
    desk.fill("起（空着为不详）", "2020-01-01");
    desk.sees("和 2016-05-30 至今 的组织关系重叠，同一天只能在一个党支部");
    assert!(!desk.can_press("补记"));
    desk.fill("起（空着为不详）", "2015").fill("止（空着为至今）", "2016-05-30");
    assert!(desk.can_press("补记"));
    desk.fill("止（空着为至今）", "2014").sees("结束时间要晚于起始时间");
    desk.fill("止（空着为至今）", "2016年2月30日").key(Modifiers::NONE, Key::Tab).sees("没有这一天");
    assert!(!desk.can_press("补记"));
    desk.fill("止（空着为至今）", "2016-05").press_as(Role::Button, "补记");
    desk.sees("局机关第二党支部 2015 至 2016-05");
    desk.press_as(Role::Link, "补记一条").choose("哪一种", "党籍状态").fill("党籍状态", "转出");
    desk.fill("起（空着为不详）", "2013-06-30").sees("2013-07-01 才入党，不能在 2013-06-30 转出");
    desk.fill("起（空着为不详）", "2026-12-01").sees("还没到这一天");
}

#[test]
fn a_field_of_ones_own_has_a_kind_and_no_value_is_lost_when_it_changes() {
    let (office, ..) = bureau();
    let mut desk = Story::of(office);
    desk.press("设置").press_as(Role::Link, "新增字段…").fill("字段名称", "党员示范岗").press_as(Role::Button, "保存");
    desk.sees("党员示范岗").press("党员").open_row("林秀英").press_as(Role::Button, "修改");
    desk.fill("党员示范岗", "窗口岗").press_as(Role::Button, "保存").sees("窗口岗");
    desk.press("设置").sees("文字·1 人填了").press_as(Role::Button, "修改 党员示范岗");
    desk.press_as(Role::RadioButton, "选项").fill_long("选项，一行一个", "服务岗\n管理岗");
    desk.sees("不合的值").sees("林秀英 “窗口岗”");
    assert!(!desk.can_press("保存"));
    desk.press_as(Role::CheckBox, "这些值照原样留着，以后再改").press_as(Role::Button, "保存");
    desk.sees("选项：服务岗、管理岗·1 人填了");
    desk.press("党员")
        .open_row("林秀英")
        .press_as(Role::Button, "修改")
        .sees("不在选项里（服务岗、管理岗），可照原样留着");
    desk.key(Modifiers::NONE, Key::Escape).key(Modifiers::NONE, Key::Escape);
    desk.press_as(Role::Link, "批量修改…");
    desk.press_as(Role::ComboBox, "改哪一项")
        .fill("找改哪一项", "示范岗")
        .press_as(Role::MenuItemCheckBox, "党员示范岗");
    desk.sees("现在：窗口岗 1 人").choose("党员示范岗", "管理岗").press_as(Role::Button, "修改");
    desk.press("设置").press_as(Role::Button, "删除 党员示范岗").sees("1 人填了这一项，连同这些值一起删掉");
    desk.press_as(Role::Button, "删除").sees("还没有自定义字段");
    desk.key(Modifiers::COMMAND, Key::Z).sees("选项：服务岗、管理岗·1 人填了");
}

#[test]
fn the_page_and_its_dialogs_name_every_control_at_every_width() {
    for size in [MEDIUM, NARROW] {
        let (mut office, [_, second], [lin, he]) = bureau();
        let out = json!({ "do": "record_event", "ids": [lin], "kind": "transfer_within", "on": "2026-05-01",
            "branch_id": second, "document": "内转012号", "until": "2026-08-01" });
        office.run(out).expect("moved");
        let honour =
            json!({ "do": "record_event", "ids": [he], "kind": "honour", "on": "2026-07-01", "value": "优秀共产党员" });
        office.run(honour).expect("honoured");
        let mut desk = Story::of_size(office, size);
        desk.open_row("林秀英");
        assert_eq!(desk.unnamed(), Vec::<String>::new());
        desk.press_as(Role::Link, "待核 1").sees("有效期已过，回执未登记");
        desk.press_as(Role::Button, "变动").press_as(Role::MenuItem, "组织关系转出…");
        assert_eq!(desk.unnamed(), Vec::<String>::new());
    }
}
