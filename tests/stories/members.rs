//! The secretary and the list of members: add, find, filter, change, look back, transfer, take back.

use branchdesk::clock::Clock;
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::engine::{Engine, Session, WriteRequest};
use branchdesk::store::Key as FileKey;
use branchdesk::store::journal::Origin;
use branchdesk::ui::screens::Page;
use branchdesk::ui::theme::{self, Look};
use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::json;

use super::window::Window;
use crate::support::office::{Office, day};

/// A window over the office's workbook.
struct Story {
    harness: Harness<'static, Window>,
    _office: Office,
}

impl Story {
    fn of(mut office: Office) -> Self {
        office.close();
        let clock = Clock::fixed_on(day("2026-11-24"));
        let session = Session::open(&office.path(), FileKey::None, "李敏", Origin::Window, clock).expect("a session");
        let window = Window::new(Engine::inline(session).expect("an engine"));
        let mut harness = Harness::builder()
            .with_size(vec2(1366.0, 694.0))
            .with_theme(egui::Theme::Light)
            .with_max_steps(20)
            .with_context_setup(|ctx| theme::apply(ctx, Look::Light))
            .build_ui_state(|ui, window: &mut Window| window.ui(ui), window);
        harness.run();
        Self { harness, _office: office }
    }

    fn window(&mut self) -> &mut Window {
        self.harness.state_mut()
    }

    fn run(&mut self) {
        self.harness.run();
    }

    fn press(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).click();
        self.run();
    }

    fn button(&mut self, name: &str) {
        self.press(Role::Button, name);
    }

    fn menu(&mut self, name: &str) {
        self.press(Role::MenuItem, name);
    }

    /// Writes into a field as a person does: goes into it, selects what is there, types.
    fn write(&mut self, field: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.run();
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.run();
    }

    /// Chooses in a field whose value is one of a list.
    fn choose(&mut self, field: &str, word: &str) {
        self.press(Role::ComboBox, field);
        self.press(Role::MenuItemCheckBox, word);
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    /// The names of the rows that are seen.
    fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::Row);
        rows.filter_map(|row| {
            let label = row.accesskit_node().label()?;
            label.split_once(" 行 ").map(|(_, name)| name.to_owned())
        })
        .collect()
    }

    fn sees(&self, text: &str) -> bool {
        self.harness.query_all_by_label(text).next().is_some()
    }

    fn undo(&mut self) {
        let job = self.window().engine.write(WriteRequest::Undo { entry: None, keep_changed: false });
        job.take().expect("answered at once").expect("undone");
        self.harness.run();
    }
}

/// A general branch with two branches and three members.
fn bureau() -> (Office, [OrganisationId; 2], [PersonId; 3]) {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "局机关第一党支部");
    let second = office.organisation(Some(root), "局机关第二党支部");
    let lin = office.member(
        first,
        json!({ "name": "林秀英", "sex": "女", "birth": "1981-05-21", "education": "大学本科", "joined": "2006-12-08",
            "full": "2007-12-08", "party_post": "组织委员", "transfer_in": "2016-05-30",
            "id_number": "110000198105210069", "phone": "13800000000" }),
    );
    let wu = office.member(
        first,
        json!({ "name": "吴海涛", "sex": "男", "birth": "1978-11-02", "education": "大学专科", "joined": "2003-07-01",
            "full": "2004-07-01" }),
    );
    let he = office.member(
        second,
        json!({ "name": "何静", "sex": "女", "birth": "1998-01-12", "education": "研究生", "joined": "2026-03-01" }),
    );
    (office, [first, second], [lin, wu, he])
}

#[test]
fn the_list_shows_everybody_on_the_roll_in_the_order_of_the_roster() {
    let (office, ..) = bureau();
    let story = Story::of(office);
    assert_eq!(story.rows(), ["林秀英", "吴海涛", "何静"]);
    assert!(story.sees("筛出 3 人"));
    assert!(story.sees("女 2 人"));
    assert!(story.sees("大专及以上 3 人"));
    assert!(!story.sees("110000198105210069"), "the number is masked");
    assert!(story.sees("110000********0069"));
    assert_eq!(story.harness.unnamed_widgets(), Vec::<String>::new());
}

#[test]
fn a_new_member_is_added_with_a_name_and_a_branch_and_is_found_by_initials() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.button("新增党员");
    story.write("姓名", "曾小明");
    story.choose("所在党支部", "局机关第二党支部");
    story.write("公民身份号码", "110000199807010021");
    assert!(story.sees("校验位不符，可照存"));
    story.write("入党时间", "2019年2月30日");
    story.write("民族", "满");
    assert!(story.sees("没有这一天"));
    assert!(story.sees("先改好：入党时间"));
    story.write("入党时间", "2019.7");
    story.button("保存");
    assert_eq!(story.rows(), ["林秀英", "吴海涛", "何静", "曾小明"]);
    story.write("筛本表", "zxm");
    assert_eq!(story.rows(), ["曾小明"]);
    story.write("筛本表", "cengxiao");
    assert_eq!(story.rows(), ["曾小明"], "the other reading of 曾");
}

#[test]
fn what_was_typed_is_there_again_when_the_form_is_opened_again() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.button("新增党员");
    story.write("姓名", "赵永强");
    story.key(Modifiers::NONE, Key::Escape);
    assert!(!story.sees("存并再加"));
    story.button("新增党员");
    assert!(story.sees("已恢复上次没有保存的内容"));
    story.choose("所在党支部", "局机关第一党支部");
    story.key(Modifiers::COMMAND, Key::S);
    assert_eq!(story.rows(), ["林秀英", "吴海涛", "赵永强", "何静"]);
    story.button("新增党员");
    assert!(!story.sees("已恢复上次没有保存的内容"), "what is saved is no draft");
}

#[test]
fn the_search_box_waits_until_a_composition_is_finished() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.harness.get_by_role_and_label(Role::TextInput, "筛本表").focus();
    story.run();
    story.harness.event(Event::Ime(ImeEvent::Preedit { text: "wu hai".into(), active_range_chars: None }));
    story.run();
    assert_eq!(story.rows().len(), 3, "an unfinished text searches nothing");
    story.harness.event(Event::Ime(ImeEvent::Commit("吴海涛".into())));
    story.run();
    assert_eq!(story.rows(), ["吴海涛"]);
}

#[test]
fn conditions_are_chips_that_come_and_go() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.button("条件");
    story.menu("人员类别");
    story.press(Role::MenuItemCheckBox, "预备党员");
    story.key(Modifiers::NONE, Key::Escape);
    assert_eq!(story.rows(), ["何静"]);
    story.button("人员类别：预备党员");
    story.press(Role::MenuItemCheckBox, "正式党员");
    story.key(Modifiers::NONE, Key::Escape);
    assert_eq!(story.rows(), ["林秀英", "吴海涛", "何静"]);
    assert!(story.sees("人员类别：预备党员 或 正式党员"));
    story.button("女 2 人");
    assert_eq!(story.rows(), ["林秀英", "何静"]);
    story.button("去掉：人员类别：预备党员 或 正式党员");
    assert_eq!(story.rows(), ["林秀英", "何静"]);
    story.press(Role::Link, "清除");
    assert_eq!(story.rows().len(), 3);
}

#[test]
fn a_post_changes_from_a_day_on_and_an_earlier_day_shows_the_old_one() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.harness.get_by_role_and_label(Role::Label, "林秀英").click();
    story.run();
    story.key(Modifiers::NONE, Key::Enter);
    assert!(matches!(story.window().page(), Page::Member(_)));
    assert!(story.sees("1 / 3"));
    story.button("修改");
    story.write("党内职务", "副书记");
    assert!(story.sees("先选是更正，还是变更自某日起"));
    story.press(Role::RadioButton, "变更，自某日起");
    story.write("自哪天起", "2026-11-01");
    story.button("保存");
    assert!(story.sees("2026-11-01 任 副书记"));
    assert!(story.sees("2026-11-01 不再任 组织委员"));
    story.window().as_of = day("2026-10-31");
    story.run();
    assert!(story.sees("组织委员") && !story.sees("修改"), "a past day cannot be changed");
    story.press(Role::Link, "回到今天");
    assert!(story.sees("修改"));
}

#[test]
fn the_number_is_shown_in_full_on_request_and_that_is_logged() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.harness.get_by_role_and_label(Role::Label, "林秀英").click();
    story.run();
    story.key(Modifiers::NONE, Key::Enter);
    assert!(story.sees("110000********0069"));
    story.button("显示完整的公民身份号码");
    assert!(story.sees("110000198105210069"));
    let logged: Vec<String> =
        story.window().logged.iter().map(|output| format!("{} {}", output.what, output.scope)).collect();
    assert_eq!(logged, ["显示完整号码 林秀英的公民身份号码"]);
}

#[test]
fn two_are_transferred_at_once_and_undo_brings_them_back() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.press(Role::CheckBox, "选择 林秀英");
    story.press(Role::CheckBox, "选择 吴海涛");
    assert!(story.sees("已选 2 人"));
    story.press(Role::Link, "转到…");
    assert!(story.sees("林秀英、吴海涛，共 2 人"));
    story.choose("转到", "局机关第二党支部");
    story.button("转过去");
    assert_eq!(story.rows(), ["何静", "林秀英", "吴海涛"]);
    story.window().as_of = day("2026-11-23");
    story.run();
    assert_eq!(story.rows(), ["林秀英", "吴海涛", "何静"], "the day before it was as it was");
    story.window().as_of = day("2026-11-24");
    story.run();
    story.undo();
    assert_eq!(story.rows(), ["林秀英", "吴海涛", "何静"]);
}

#[test]
fn who_leaves_is_found_among_those_who_left() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.press(Role::CheckBox, "选择 吴海涛");
    story.button("更多");
    story.menu("离开…");
    story.press(Role::RadioButton, "去世");
    story.button("记下去世");
    assert_eq!(story.rows(), ["林秀英", "何静"]);
    story.button("在册");
    story.press(Role::MenuItemCheckBox, "已离开");
    assert_eq!(story.rows(), ["吴海涛"]);
}

#[test]
fn who_was_typed_by_mistake_is_voided_and_brought_back() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.press(Role::CheckBox, "选择 何静");
    story.button("更多");
    story.menu("作废…");
    story.write("原因", "重复录入");
    story.button("作废");
    assert_eq!(story.rows(), ["林秀英", "吴海涛"]);
    story.button("在册");
    story.press(Role::MenuItemCheckBox, "已作废");
    assert_eq!(story.rows(), ["何静"]);
    story.press(Role::CheckBox, "选择 何静");
    story.button("更多");
    story.menu("撤回作废");
    assert!(story.rows().is_empty());
    assert!(story.sees("没有作废的人"));
}

#[test]
fn one_field_of_many_is_changed_after_its_values_were_counted() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.harness.get_by_role_and_label(Role::Label, "林秀英").click();
    story.run();
    story.key(Modifiers::COMMAND, Key::A);
    story.press(Role::Link, "批量修改…");
    story.choose("改哪一项", "学历");
    assert!(story.sees("现在：大学专科 1 人、大学本科 1 人、研究生 1 人"));
    story.choose("学历", "研究生");
    assert!(story.sees("改后：2 人改为“研究生”，1 人本来就是"));
    story.button("修改");
    story.run();
    assert_eq!(story.harness.query_all_by_role_and_label(Role::Label, "研究生").count(), 3);
}

#[test]
fn the_order_of_the_roster_is_moved_by_keys_within_the_branch() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.harness.get_by_role_and_label(Role::Label, "吴海涛").click();
    story.run();
    story.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(story.rows(), ["吴海涛", "林秀英", "何静"]);
    story.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(story.window().toasts, ["已经是本支部的第一个"]);
    story.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(story.rows(), ["林秀英", "吴海涛", "何静"]);
}

#[test]
fn heads_sort_and_hide_and_the_user_finds_it_so_again() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.press(Role::ColumnHeader, "年龄");
    assert_eq!(story.rows(), ["何静", "林秀英", "吴海涛"]);
    story.press(Role::ColumnHeader, "年龄");
    assert_eq!(story.rows(), ["吴海涛", "林秀英", "何静"]);
    story.button("列：学历");
    story.menu("隐藏此列");
    assert!(story.harness.query_by_role_and_label(Role::ColumnHeader, "学历").is_none());
    assert!(story.window().settings.layout.contains_key("members"));
    story.press(Role::Link, "恢复名册顺序");
    assert_eq!(story.rows(), ["林秀英", "吴海涛", "何静"]);
}

#[test]
fn the_history_of_facts_is_corrected_row_by_row() {
    let (office, ..) = bureau();
    let mut story = Story::of(office);
    story.harness.get_by_role_and_label(Role::Label, "林秀英").click();
    story.run();
    story.key(Modifiers::NONE, Key::Enter);
    story.button("变动");
    story.menu("历次变动…");
    story.button("组织委员·局机关第一党支部 起始不详 至今");
    story.write("起（空着为不详）", "2023-03-20");
    story.button("更正");
    assert!(story.sees("组织委员·局机关第一党支部 2023-03-20 至今"));
    story.press(Role::Link, "补记一条");
    story.choose("哪一种", "党籍状态");
    story.write("党籍状态", "停止党籍");
    story.write("起（空着为不详）", "2026-01-01");
    story.write("止（空着为至今）", "2026-02-01");
    story.button("补记");
    assert!(story.sees("停止党籍 2026-01-01 至 2026-02-01"));
    story.button("删掉这一条");
    assert!(!story.sees("停止党籍 2026-01-01 至 2026-02-01"));
    story.button("关闭");
    assert!(story.sees("2023-03-20 任 组织委员"));
}

#[test]
fn what_does_not_fit_is_taken_over_with_one_press() {
    let (mut office, [first, _], _) = bureau();
    office.member(
        first,
        json!({ "name": "马晓东", "birth": "1998-01-07", "id_number": "110000199807010039", "joined": "2020-07-01" }),
    );
    let mut story = Story::of(office);
    story.harness.get_by_role_and_label(Role::Label, "马晓东").click();
    story.run();
    story.key(Modifiers::NONE, Key::Enter);
    assert!(story.sees("登记为 1998-01-07，身份号码中为 1998-07-01"));
    story.button("采用 1998-07-01：出生日期不一致");
    assert!(story.sees("没有对不上的地方"));
    assert!(story.sees("1998-07-01"));
}

#[test]
fn going_back_stands_where_one_left() {
    let (office, _, [_, wu, _]) = bureau();
    let mut story = Story::of(office);
    story.harness.get_by_role_and_label(Role::Label, "林秀英").click();
    story.run();
    story.key(Modifiers::NONE, Key::Enter);
    story.button("下一人（Ctrl+PageDown）");
    assert_eq!(story.window().page(), &Page::Member(wu));
    story.key(Modifiers::NONE, Key::Escape);
    assert_eq!(story.window().page(), &Page::Members);
    story.key(Modifiers::NONE, Key::Enter);
    assert_eq!(story.window().page(), &Page::Member(wu), "the list has the focus and stands on who was seen last");
}

#[test]
fn a_far_row_is_reached_by_the_end_key() {
    let mut office = Office::new();
    let branch = office.organisation(None, "社会组织联合党支部");
    for number in 0..400 {
        office.member(branch, json!({ "name": format!("党员甲{number}"), "joined": "2001-07-01" }));
    }
    let mut story = Story::of(office);
    assert_eq!(story.rows().first().map(String::as_str), Some("党员甲0"));
    story.harness.get_by_role_and_label(Role::Label, "党员甲0").click();
    story.run();
    story.key(Modifiers::NONE, Key::End);
    assert_eq!(story.rows().last().map(String::as_str), Some("党员甲399"));
    assert!(story.rows().len() < 40, "only what is seen is drawn");
    story.key(Modifiers::NONE, Key::Home);
    assert_eq!(story.rows().first().map(String::as_str), Some("党员甲0"));
}

#[test]
fn every_control_is_named_at_every_width() {
    for width in [1366.0, 1093.0, 911.0] {
        let (office, ..) = bureau();
        let mut story = Story::of(office);
        story.harness.set_size(vec2(width, 600.0));
        story.run();
        story.press(Role::CheckBox, "选择 林秀英");
        assert_eq!(story.harness.unnamed_widgets(), Vec::<String>::new());
        story.harness.get_by_role_and_label(Role::Label, "林秀英").click();
        story.run();
        story.key(Modifiers::NONE, Key::Enter);
        assert!(story.sees("修改"));
        assert_eq!(story.harness.unnamed_widgets(), Vec::<String>::new());
    }
}
