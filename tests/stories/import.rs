//! The secretary and a roster: choose the file, see what would be written, answer, write, take back.

use std::path::{Path, PathBuf};

use branchdesk::clock::Clock;
use branchdesk::engine::Machine;
use branchdesk::settings::UserSettings;
use branchdesk::ui::app::App;
use branchdesk::ui::shell::host::Host;
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::json;

use crate::support::office::{Office, day};

/// The whole window over the office's workbook.
struct Story {
    harness: Harness<'static, Option<App>>,
    _office: Office,
    _settings: tempfile::TempDir,
}

impl Story {
    fn of(mut office: Office) -> Self {
        office.close();
        let settings = tempfile::tempdir().expect("a folder");
        let (folder, path) = (settings.path().to_owned(), office.path());
        let user = UserSettings { operator: "李敏".into(), ..UserSettings::default() };
        let mut host = Some(Host::new(Machine::Inline, Clock::fixed_on(day("2026-11-24")), user, folder));
        let harness = Harness::builder().with_size(vec2(1366.0, 768.0)).with_max_steps(30).build_ui_state(
            move |ui, app: &mut Option<App>| {
                if let Some(host) = host.take() {
                    *app = Some(App::new(ui.ctx(), host, Some(path.clone())));
                    ui.ctx().request_discard("the fonts are set");
                }
                if let Some(app) = app {
                    app.logic(ui.ctx());
                    app.ui(ui);
                }
            },
            None,
        );
        let mut story = Self { harness, _office: office, _settings: settings };
        story.run();
        story
    }

    fn run(&mut self) {
        self.harness.run();
    }

    fn press(&mut self, role: Role, name: &str) {
        self.harness.query_all_by_role_and_label(role, name).next().expect(name).click();
        self.run();
    }

    fn button(&mut self, name: &str) {
        self.press(Role::Button, name);
    }

    /// Goes to the page and chooses a file that lies beside the workbook.
    fn choose(&mut self, file: &str) {
        self.press(Role::Link, "导入");
        self.button("选文件…");
        self.press(Role::Label, file);
        self.button("打开");
    }

    fn sees(&self, text: &str) -> bool {
        self.harness.query_all_by_label(text).next().is_some()
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
}

/// Puts a roster of the tests beside the workbook.
fn lay_beside(office: &Office, name: &str) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters").join(name);
    std::fs::copy(from, office.path().with_file_name(name)).expect("copied");
}

fn csv(office: &Office, name: &str, lines: &[&str]) -> PathBuf {
    let path = office.path().with_file_name(name);
    std::fs::write(&path, format!("\u{feff}{}\r\n", lines.join("\r\n"))).expect("written");
    path
}

/// A branch with two members.
fn branch() -> Office {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(
        branch,
        json!({ "name": "林秀英", "sex": "女", "nation": "汉族", "birth": "1981-05-21", "education": "大学专科" }),
    );
    office.member(branch, json!({ "name": "何静", "sex": "女", "birth": "1983-01-12", "joined": "2008-07-01" }));
    office
}

#[test]
fn a_roster_is_seen_before_it_is_written_and_goes_out_in_one_step() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut story = Story::of(office);
    story.choose("01-plain.xlsx");
    assert!(story.sees("新增 16") && story.sees("变更 0") && story.sees("相同 0"));
    let seen = story.rows();
    assert!(seen.len() > 5);
    story.button("写入 16 人");
    assert!(story.sees("新增 16 人，变更 0 人，新建 1 个党组织。写入前已备份；要退回去，撤销这一步就行"));
    story.button("看党员");
    assert_eq!(story.rows()[..5], seen[..5], "the roster's order is kept");
    story.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    story.run();
    assert_eq!(story.rows(), Vec::<String>::new());
}

#[test]
fn an_import_can_be_taken_back_from_where_it_was_made() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut story = Story::of(office);
    story.choose("01-plain.xlsx");
    story.button("写入 16 人");
    story.button("撤销导入");
    assert!(story.sees("导入已撤销；下面是重新比对的结果") && story.sees("新增 16"));
}

#[test]
fn questions_are_answered_beside_the_rows_and_those_in_no_row_are_decided() {
    let office = branch();
    csv(
        &office,
        "名册.csv",
        &[
            "姓名,性别,民族,出生日期,学历,入党时间,所在党支部,特长",
            "林秀英,女,汉族,1981-05-21,大学本科,,机关第一党支部,书法",
            "赵子豪,男,汉族,1992-03-04,,2019.1,机关第一党支部,",
        ],
    );
    let mut story = Story::of(office);
    story.choose("名册.csv");
    assert!(story.sees("新增 1") && story.sees("变更 1") && story.sees("特长 → 自定义字段"));
    let question = "入党时间写成“2019.1”，是哪一个？";
    story.button(&format!("2019-10：{question}"));
    assert!(story.sees("男，1992-03-04 生，2019-10 入党"));
    story.press(Role::RadioButton, "变更 1");
    assert!(story.sees("学历：大学专科 → 大学本科；特长：— → 书法"));
    story.press(Role::RadioButton, "本表之外 1");
    story.press(Role::RadioButton, "转出");
    story.button("写入 3 人");
    story.button("看党员");
    assert_eq!(story.rows(), ["林秀英", "赵子豪"]);
}

#[test]
fn a_file_that_is_no_roster_says_so_in_place() {
    let office = Office::new();
    csv(&office, "菜单.csv", &["菜名,价格", "豆腐,8"]);
    let mut story = Story::of(office);
    story.choose("菜单.csv");
    assert!(story.sees("没有导入"));
    assert!(story.sees("“菜单.csv”里没有可以导入的名册：没有找到党员名册的表头"));
    assert!(!story.sees("写入 0 人"));
}

#[test]
fn taken_back_by_the_key_the_page_shows_what_would_be_written_again() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut story = Story::of(office);
    story.choose("01-plain.xlsx");
    story.button("写入 16 人");
    story.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    story.run();
    assert!(story.sees("导入之后又有改动或撤销；下面是重新比对的结果") && story.sees("新增 16"));
}
