//! The secretary and a roster: choose the file, see what would be written, answer, write, take back.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use serde_json::json;

use crate::support::office::Office;
use crate::support::story::{MEDIUM, NARROW, Story, WIDE};

/// Goes to the page and chooses a file that lies beside the workbook.
fn choose(desk: &mut Story, file: &str) {
    desk.press_as(Role::Link, "导入").press_as(Role::Button, "选文件…");
    desk.press_as(Role::Label, file).press_as(Role::Button, "打开");
}

/// Goes to the rows in their classes.
fn people(desk: &mut Story) {
    desk.press_as(Role::Tab, "人员");
}

/// Goes to the last step and presses the button that writes.
fn write(desk: &mut Story, button: &str) {
    desk.press_as(Role::Tab, "写入").press_as(Role::Button, button);
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
    let mut desk = Story::of(office);
    choose(&mut desk, "01-plain.xlsx");
    people(&mut desk);
    assert!(desk.shows("新增 16") && desk.shows("变更 0") && desk.shows("相同 0"));
    let seen = desk.rows();
    assert!(seen.len() > 5);
    write(&mut desk, "写入 16 人");
    assert!(
        desk.shows("导入党员 16 人：01-plain.xlsx")
            && desk.shows("新建 3 个党组织。写入前已备份；要退回去，撤销这一步就行")
    );
    desk.press_as(Role::Button, "看党员");
    assert_eq!(desk.rows()[..5], seen[..5], "the roster's order is kept");
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.rows(), Vec::<String>::new());
}

#[test]
fn an_import_can_be_taken_back_from_where_it_was_made() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut desk = Story::of(office);
    choose(&mut desk, "01-plain.xlsx");
    write(&mut desk, "写入 16 人");
    desk.press_as(Role::Button, "撤销导入");
    people(&mut desk);
    assert!(desk.shows("导入已撤销；下面是重新比对的结果") && desk.shows("新增 16"));
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
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    desk.press_as(Role::Tab, "栏目");
    assert_eq!(desk.value_of(Role::ComboBox, "特长认作"), "自留栏");
    people(&mut desk);
    assert!(desk.shows("新增 1") && desk.shows("变更 1"));
    let question = "入党时间写成“2019.1”，是 1 月还是 10 月？";
    assert!(desk.shows("第 3 行 赵子豪"));
    desk.press_as(Role::Button, &format!("10 月：{question}"));
    assert!(desk.shows("男，1992-03-04 生，2019-10 入党"));
    desk.press_as(Role::RadioButton, "变更 1");
    assert!(desk.shows("学历：大学专科 → 大学本科；特长：— → 书法"));
    desk.press_as(Role::RadioButton, "本表之外 1");
    desk.press_as(Role::RadioButton, "转出");
    write(&mut desk, "写入 3 人");
    desk.press_as(Role::Button, "看党员");
    assert_eq!(desk.rows(), ["林秀英", "赵子豪"]);
}

#[test]
fn who_a_row_is_is_answered_in_its_card_and_nobody_is_missing_meanwhile() {
    let office = branch();
    csv(
        &office,
        "名册.csv",
        &[
            "姓名,性别,民族,联系电话,所在党支部",
            "何静,女,汉族,13800000001,机关第一党支部",
            "林秀英,女,汉族,,机关第一党支部",
        ],
    );
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    people(&mut desk);
    assert!(desk.shows("待定 2") && desk.shows("本表之外 0"));
    desk.press_as(Role::Button, "1983-01-12 生，机关第一党支部：何静 是哪一位？");
    desk.press_as(Role::Button, "都不是，新增：林秀英 是哪一位？");
    assert!(desk.shows("新增 1") && desk.shows("变更 1") && desk.shows("本表之外 1"));
    desk.press_as(Role::RadioButton, "变更 1");
    assert!(desk.shows("民族：— → 汉族；联系电话：— → 138****0001"));
    desk.press_as(Role::Button, "改：林秀英 是哪一位？");
    assert!(desk.shows("待定 1") && desk.shows("变更 1") && desk.shows("本表之外 0"), "only that answer is taken back");
    desk.sees("已答：1983-01-12 生，机关第一党支部");
}

#[test]
fn a_file_that_is_no_roster_says_so_in_place() {
    let office = Office::new();
    csv(&office, "菜单.csv", &["菜名,价格", "豆腐,8"]);
    let mut desk = Story::of(office);
    choose(&mut desk, "菜单.csv");
    assert!(desk.shows("没有导入"));
    assert!(desk.shows("“菜单.csv”里没有可以导入的内容：没有找到党员花名册、党组织名册或谈心谈话台账的表头"));
    assert!(!desk.shows("写入 0 人"));
}

#[test]
fn taken_back_by_the_key_the_page_shows_what_would_be_written_again() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut desk = Story::of(office);
    choose(&mut desk, "01-plain.xlsx");
    write(&mut desk, "写入 16 人");
    desk.key(Modifiers::COMMAND, Key::Z);
    people(&mut desk);
    assert!(desk.shows("导入之后又有改动或撤销；下面是重新比对的结果") && desk.shows("新增 16"));
}

/// Thirty branches with long names that the workbook has not, one member each, and a date that is asked about.
fn thirty_branches(office: &Office) {
    let row = |number: usize| {
        let branch = format!("中共青禾县民政局社会组织行业第{number}联合党支部（养老服务和儿童福利）");
        format!("甲{number:02},男,汉族,1985-03-04,2019.1,{branch},书法")
    };
    let mut lines = vec!["姓名,性别,民族,出生日期,入党时间,所在党支部,特长和爱好（须如实填写，没有的写无）".to_owned()];
    lines.extend((1..=30).map(row));
    csv(office, "名册.csv", &lines.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn many_branches_with_long_names_lie_beside_the_questions_and_are_all_listed() {
    for size in [WIDE, MEDIUM, NARROW] {
        let office = Office::new();
        thirty_branches(&office);
        let mut desk = Story::of_size(office, size);
        choose(&mut desk, "名册.csv");
        people(&mut desk);
        let rows = desk.place(Role::Grid, "新增 的行");
        let write = desk.place(Role::Button, "下一步");
        assert!(write.right() <= size.x && write.bottom() <= size.y && rows.bottom() <= write.top(), "{size}");
        assert!(rows.height() > 100.0, "some rows are seen at {size}: {rows}");
        let right = match size == WIDE {
            true => desk.place(Role::Heading, "待定 30 处").left(),
            false => size.x,
        };
        assert!(rows.right() < right, "{size}: {rows} {right}");
        assert_eq!(desk.can_press("待定 30 处，有误 30 处"), size != WIDE);
        desk.press_as(Role::RadioButton, "新建党组织 30");
        let first = "中共青禾县民政局社会组织行业第1联合党支部（养老服务和儿童福利）";
        assert_eq!(desk.rows().first().map(String::as_str), Some(first));
        assert!(desk.shows("联合党支部"));
        desk.press_row(first).key(Modifiers::NONE, Key::End);
        assert_eq!(desk.rows().last().map(String::as_str), Some(&*first.replace("第1", "第30")));
        assert_eq!(desk.unnamed(), Vec::<String>::new());
    }
}

#[test]
fn the_questions_that_lie_over_the_page_are_closed_by_escape_from_anywhere() {
    let office = Office::new();
    thirty_branches(&office);
    let mut desk = Story::of_size(office, NARROW);
    choose(&mut desk, "名册.csv");
    people(&mut desk);
    let opener = "待定 30 处，有误 30 处";
    desk.press(opener).sees("待定和有误");
    desk.press_row("甲01").key(Modifiers::NONE, Key::Escape).sees_no("待定和有误");
    assert_eq!(desk.focused().as_deref(), Some("新增 的行"), "the rows keep the focus");
    desk.press(opener).sees("待定和有误").key(Modifiers::NONE, Key::Escape).sees_no("待定和有误");
    assert_eq!(desk.focused().as_deref(), Some(opener));
    desk.press(opener).press("关闭").sees_no("待定和有误");
    assert_eq!(desk.focused().as_deref(), Some(opener));
}

#[test]
fn the_day_of_the_roster_is_typed_and_what_is_no_day_stops_the_write() {
    let office = branch();
    csv(&office, "名册.csv", &["姓名,性别,民族,出生日期,所在党支部", "林秀英,女,汉族,1981-05-21,机关第二党支部"]);
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    people(&mut desk);
    assert_eq!(desk.value("名册日期"), "2026-11-24");
    for (wrong, why) in [("2026-13-01", "没有这一天"), ("2027-01-01", "还没到这一天")] {
        desk.fill("名册日期", wrong).key(Modifiers::NONE, Key::Tab);
        desk.sees(why).sees("先把名册日期写对").press_as(Role::Tab, "写入");
        assert!(!desk.can_press("写入 1 人"));
        people(&mut desk);
    }
    desk.fill("名册日期", "2026.6").key(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.value("名册日期"), "2026-06-01", "a month stands for its first day");
    write(&mut desk, "写入 1 人");
    desk.press("看党员").press_as(Role::TreeItem, "机关第二党支部").open_row("林秀英");
    desk.sees("2026-06-01").sees("组织关系转入");
}

#[test]
fn the_day_on_which_somebody_left_is_typed_in_the_row() {
    let office = branch();
    csv(&office, "名册.csv", &["姓名,性别,民族,出生日期,所在党支部", "林秀英,女,汉族,1981-05-21,机关第一党支部"]);
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    people(&mut desk);
    desk.press_as(Role::RadioButton, "本表之外 1").press_as(Role::RadioButton, "去世");
    let field = "何静：去世的日期";
    desk.fill(field, "前年").key(Modifiers::NONE, Key::Tab);
    desk.sees("看不出是哪一天").sees("本表之外有日期没写对").press_as(Role::Tab, "写入");
    assert!(!desk.can_press("写入 1 人"));
    people(&mut desk);
    desk.fill(field, "2026年3月").key(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.value(field), "2026-03");
    write(&mut desk, "写入 1 人");
    desk.sees("导入 名册.csv：新增 0 人，变更 0 人，去世 1 人");
    let dump = desk.dump();
    assert!(dump.contains("20260300") && dump.contains("死亡"), "{dump}");
}

#[test]
fn a_list_of_organisations_is_seen_before_it_is_written() {
    let office = Office::new();
    lay_beside(&office, "31-org-merged.xlsx");
    let mut desk = Story::of(office);
    choose(&mut desk, "31-org-merged.xlsx");
    desk.press_as(Role::Tab, "党组织").sees("党组织名册 12 个党组织");
    assert!(desk.shows("新增 12") && desk.shows("新建党组织 3"));
    assert!(desk.rows()[0].contains("镇机关第一党支部"), "{:?}", desk.rows());
    write(&mut desk, "写入 12 个党组织");
    assert!(desk.shows("导入党组织 12 个，另建上级 3 个：31-org-merged.xlsx"));
    desk.press_as(Role::Button, "看党组织");
    assert!(desk.hears("中共青山镇委员会"));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert!(!desk.hears("中共青山镇委员会"));
}

#[test]
fn those_in_no_roster_are_answered_for_all_at_once_or_one_by_one() {
    let office = branch();
    let rows = [
        "谈话时间,谈话人,谈话对象,谈话内容,党支部",
        "2026-03-20,何静,王芳,甲,机关第一党支部",
        "2026-03-21,何静,李平、张丽,乙,机关第一党支部",
        "2026-03-22,王芳,林秀英,丙,机关第一党支部",
        "2027-03-22,何静,林秀英,丁,机关第一党支部",
    ];
    csv(&office, "台账.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "台账.csv");
    desk.press_as(Role::Tab, "谈话").sees("待定 3 处").sees("有误 1 处").sees("其中不能写入的 1 行");
    let asked = "名册里没有 3 人（王芳、李平、张丽），都记为名册外的人？";
    desk.sees(asked).press(&format!("逐个看…：{asked}"));
    desk.press("名册外的人：第 3 行 2026-03-21 何静与李平、张丽 张丽").sees("待定 2 处");
    desk.press(&format!("一起答：{asked}")).press(&format!("都记为名册外的人：{asked}"));
    desk.sees("都回答了").sees("新增 3").sees("待定 0").sees("有误 1");
}

#[test]
fn who_was_no_member_yet_is_told_and_who_is_meant_of_one_name_is_seen() {
    let mut office = branch();
    let branch = office.desk().tree().all().next().expect("a branch").id;
    let other = office.organisation(None, "机关第二党支部");
    office.member(
        branch,
        json!({ "name": "赵永强", "birth": "1980-02-03", "joined": "2006-07-01", "transfer_in": "2026-06-01" }),
    );
    office.member(other, json!({ "name": "赵永强", "birth": "1990-01-05", "joined": "2016-07-01" }));
    let rows = [
        "谈话时间,谈话人,谈话对象,谈话内容,党支部",
        "2026-03-20,何静,赵永强,甲,机关第一党支部",
        "2026-07-21,何静,林秀英、赵永强（1990-01 生）,乙,机关第一党支部",
    ];
    csv(&office, "台账.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "台账.csv");
    desk.press_as(Role::Tab, "谈话").sees("新增 2").sees("有误 0").sees("提醒 1 处");
    desk.sees("第 2 行：赵永强 2026-06-01 起才在机关第一党支部，谈话那天还不在；按姓名记为这一位");
    desk.open_row("赵永强").sees("同名的记为").sees("赵永强，1980-02-03 生，机关第一党支部");
}

#[test]
fn talks_are_looked_at_asked_about_and_written() {
    let office = branch();
    let rows = [
        "谈话时间,谈话人,谈话对象,谈话主题,谈话内容,党支部,所在科室",
        "2026-03-20,何静,林秀英,日常谈心谈话,谈了三件事,机关第一党支部,办公室",
        "2026-03-21,何静,王芳,日常谈心谈话,家庭,机关第一党支部,",
        "2026-03-22,林秀英,何静,廉政提醒,节日,机关第一党支部,",
    ];
    csv(&office, "台账.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "台账.csv");
    assert!(desk.has(Role::Button, "G 栏认作：记入备注"));
    desk.press_as(Role::Tab, "谈话").sees("谈心谈话台账 3 次谈话").sees("新增 1").sees("待定 2").sees_no("名册日期");
    desk.open_row("林秀英").sees("原表所在科室：办公室").sees("由程序接着编").press("关闭");
    desk.sees("名册里没有 王芳，记为名册外的人？")
        .press("名册外的人：名册里没有 王芳，记为名册外的人？")
        .sees("待定 1");
    desk.sees("“廉政提醒”是哪一类谈话？").press("廉政谈话：“廉政提醒”是哪一类谈话？").sees("新增 3").sees("待定 0");
    write(&mut desk, "写入 3 次谈话");
    desk.sees("导入谈话 3 次：台账.csv").press("撤销导入");
    assert!(desk.can_press("写入 3 次谈话"));
    desk.press_as(Role::Button, "写入 3 次谈话").press("看谈话").sees("2026-001 林秀英");
}

#[test]
fn talks_without_a_year_are_dated_by_one_answer() {
    let office = branch();
    let rows = [
        "谈话时间,谈话人,谈话对象,谈话内容,党支部",
        "3.20,何静,林秀英,工作,机关第一党支部",
        "4月2日 9:30,林秀英,何静,家庭,机关第一党支部",
    ];
    csv(&office, "2025年谈话.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "2025年谈话.csv");
    let asked = "2 次谈话的时间没有写年份（“3.20”），这些谈话是哪一年的？";
    desk.press_as(Role::Tab, "谈话").sees(asked).sees("新增 0").sees("待定 2");
    assert!(desk.can_press(&format!("2025 年：{asked}")), "the name of the file speaks of it");
    desk.press(&format!("2026 年：{asked}")).sees("新增 2").sees("待定 0");
    write(&mut desk, "写入 2 次谈话");
    desk.press("看谈话").sees("2026-001 林秀英").sees("2026-002 何静");
}

#[test]
fn rows_between_people_are_told_as_what_was_taken_from_them() {
    let office = Office::new();
    lay_beside(&office, "06-group-rows.xlsx");
    let mut desk = Story::of(office);
    choose(&mut desk, "06-group-rows.xlsx");
    assert!(desk.has(Role::Heading, "分组行"));
    desk.sees("第 3 行：党小组 第一党小组").sees("第 3 行 分组行 党小组 第一党小组").sees_no("不取：分组行");
}

#[test]
fn after_writing_the_focus_is_on_the_way_on() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut desk = Story::of(office);
    choose(&mut desk, "01-plain.xlsx");
    write(&mut desk, "写入 16 人");
    assert_eq!(desk.focused().as_deref(), Some("看党员"));
}

#[test]
fn one_word_for_each_class_on_every_step() {
    let office = branch();
    csv(
        &office,
        "名册.csv",
        &[
            "姓名,性别,民族,出生日期,入党时间,所在党支部",
            "林秀英,女,回族,1981-05-21,,机关第一党支部",
            "赵子豪,男,汉族,1979-02-30,2001-07-01,机关第一党支部",
            "何静,女,,,,机关第一党支部",
        ],
    );
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    for word in ["新增", "变更", "相同", "待定", "有误", "本表之外"] {
        assert!(desk.shows(word), "{word} in step 2");
    }
    desk.sees("待定 1 处").sees("有误 1 处").sees_no("有改动").sees_no("有问题");
    desk.press_as(Role::Tab, "人员").sees("新增 1").sees("变更 1").sees("相同 0").sees("待定 1").sees("有误 0");
    desk.sees_no("暂不写入").press_as(Role::Tab, "写入").sees("没有回答的不写入").sees_no("暂不写入");
    for word in ["新增", "变更", "相同", "待定", "有误", "本表之外"] {
        assert!(desk.shows(word), "{word} in step 5");
    }
}

#[test]
fn names_of_organisations_that_begin_alike_are_seen_to_their_ends() {
    let office = Office::new();
    let above = "中共青禾县民政局机关委员会";
    let rows =
        ["第一", "第二", "第三"].map(|nth| format!("中共青禾县民政局机关{nth}联合支部委员会,{above},2020-07-01,张三"));
    let mut lines = vec!["党组织名称,上级党组织,成立时间,书记"];
    lines.extend(rows.iter().map(String::as_str));
    csv(&office, "党组织.csv", &lines);
    let mut desk = Story::of(office);
    choose(&mut desk, "党组织.csv");
    let head = desk.place(Role::Button, "A 栏认作：全称");
    assert!(head.width() > 270.0, "the column of the picture: {head}");
    desk.press_as(Role::Tab, "党组织");
    let (name, next) = (desk.place(Role::ColumnHeader, "党组织"), desk.place(Role::ColumnHeader, "上级党组织"));
    assert!(next.left() - name.left() > 280.0, "the column of the rows: {name} {next}");
}

#[test]
fn the_path_of_a_file_is_typed_or_pasted_and_enter_opens_it() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut desk = Story::of(office);
    let path = desk.beside_workbook().join("01-plain.xlsx").display().to_string();
    desk.press_as(Role::Link, "导入").press_as(Role::Button, "选文件…");
    desk.fill("文件夹", &path.replace("01-plain", "没有的")).key(Modifiers::NONE, Key::Enter);
    desk.sees("没有“").sees("这个文件或文件夹").sees("核对路径");
    // As the file managers of Windows copy it.
    desk.fill("文件夹", &format!("\"{path}\"")).key(Modifiers::NONE, Key::Enter);
    desk.sees("原表 01-plain.xlsx");
}

#[test]
fn lists_are_looked_for_where_the_last_list_was_found() {
    let office = Office::new();
    lay_beside(&office, "01-plain.xlsx");
    let mut desk = Story::of(office);
    let folder = desk.folder().join("各支部报来");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::copy(desk.beside_workbook().join("01-plain.xlsx"), folder.join("一支部.xlsx")).expect("copied");
    desk.press_as(Role::Link, "导入").press_as(Role::Button, "选文件…");
    desk.fill("文件夹", &folder.display().to_string()).key(Modifiers::NONE, Key::Enter);
    desk.press_as(Role::Label, "一支部.xlsx").press_as(Role::Button, "打开").press("取消");
    desk.reopen(WIDE);
    desk.press_as(Role::Link, "导入").press_as(Role::Button, "选文件…");
    assert_eq!(desk.value("文件夹"), folder.display().to_string());
    assert_eq!(desk.focused().as_deref(), Some("文件"));
    desk.key(Modifiers::NONE, Key::Enter).sees("原表 一支部.xlsx");
}

#[test]
fn a_row_is_opened_to_see_all_of_it_and_single_changes_are_refused() {
    let office = branch();
    csv(
        &office,
        "名册.csv",
        &[
            "姓名,性别,出生日期,入党时间,学历,联系电话,所在党支部",
            "林秀英,女,1981-05-21,,大学本科,13800000001,机关第一党支部",
            "赵子豪,男,1992-03-04,2019-07-01,,13800000002,机关第一党支部",
        ],
    );
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    people(&mut desk);
    assert!(!desk.shows("138****0002"), "the line of the row has no room for all");
    desk.open_row("赵子豪").sees("联系电话").sees("138****0002").sees("2019-07-01");
    desk.key(Modifiers::NONE, Key::Escape).sees_no("138****0002");
    desk.press_as(Role::RadioButton, "变更 1").open_row("林秀英");
    desk.press_as(Role::CheckBox, "不改联系电话").sees("学历：大学专科 → 大学本科；联系电话：不改");
    assert!(desk.has(Role::CheckBox, "不改学历"), "the row stays open");
    desk.press_as(Role::CheckBox, "整行不改").sees("学历：不改；联系电话：不改");
    desk.press_as(Role::Tab, "写入");
    assert!(desk.has(Role::Button, "写入 1 人"));
    people(&mut desk);
    desk.press_as(Role::CheckBox, "不改学历");
    write(&mut desk, "写入 2 人");
    desk.press_as(Role::Button, "看党员").open_row("林秀英").sees("大学本科").sees_no("138****0001");
}

#[test]
fn rows_without_a_branch_are_given_a_new_one_by_its_name() {
    let office = Office::new();
    csv(&office, "名册.csv", &["姓名,性别,民族,入党时间", "林秀英,女,汉族,2006-12-08", "何静,女,汉族,2008-07-01"]);
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    people(&mut desk);
    desk.sees("2 行没有写党支部（第 2、3 行），归到哪个党支部？").sees("没有写党支部，等回答");
    desk.fill("新建党支部", "机关联合党支部").press_as(Role::Button, "新建").sees("都回答了");
    assert!(desk.shows("新增 2") && desk.shows("新建党组织 1"));
    write(&mut desk, "写入 2 人");
    desk.press_as(Role::Button, "看党员");
    assert_eq!(desk.rows(), ["林秀英", "何静"]);
}

#[test]
fn a_new_branch_is_named_in_the_card_of_each_file_by_itself() {
    let office = Office::new();
    csv(&office, "甲.csv", &["姓名,性别,民族,入党时间", "林秀英,女,汉族,2006-12-08"]);
    csv(&office, "乙.csv", &["姓名,性别,民族,入党时间", "何静,女,汉族,2008-07-01", "赵子豪,男,汉族,2019-07-01"]);
    let (one, two) =
        ("1 行没有写党支部（第 2 行），归到哪个党支部？", "2 行没有写党支部（第 2、3 行），归到哪个党支部？");
    let mut desk = Story::of(office);
    choose(&mut desk, "甲.csv");
    desk.press("再加文件…").press_as(Role::Label, "乙.csv").press_as(Role::Button, "打开");
    people(&mut desk);
    desk.press(&format!("以后再说：{two}")).fill("新建党支部", "机关联合党支部");
    desk.press(&format!("以后再说：{one}")).press(&format!("现在答：{two}"));
    assert_eq!(desk.value("新建党支部"), "", "what is being written for one file is not for the other");
    desk.press(&format!("以后再说：{two}")).press(&format!("现在答：{one}")).press_as(Role::Button, "新建");
    desk.sees("待定 1 处").sees("已答：新建 机关联合党支部").press(&format!("现在答：{two}"));
    assert_eq!(desk.count(Role::TextInput, "新建党支部"), 1, "what can be answered besides is asked in the same card");
    desk.press(&format!("机关联合党支部（本次新建）：{two}")).sees("都回答了");
    assert!(desk.shows("新增 3") && desk.shows("新建党组织 1"));
}

#[test]
fn refused_changes_are_not_thrown_away_unasked() {
    let office = branch();
    let rows = ["姓名,性别,出生日期,联系电话,所在党支部", "林秀英,女,1981-05-21,13800000001,机关第一党支部"];
    csv(&office, "名册.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    people(&mut desk);
    desk.press_as(Role::RadioButton, "变更 1").open_row("林秀英").press_as(Role::CheckBox, "不改联系电话");
    desk.press("取消").sees("放弃这次导入").sees("1 处不改").press("接着导入").sees("联系电话：不改");
}

#[test]
fn what_opens_the_questions_puts_them_in_place_of_a_row_that_is_open() {
    let office = branch();
    let rows = ["姓名,性别,出生日期,入党时间,所在党支部", "赵子豪,男,1979-02-30,2001-07-01,机关第一党支部"];
    csv(&office, "名册.csv", &rows);
    let mut desk = Story::of_size(office, NARROW);
    choose(&mut desk, "名册.csv");
    people(&mut desk);
    desk.open_row("赵子豪").sees_no("待定和有误").press("待定 0 处，有误 1 处").sees("待定和有误");
}

#[test]
fn who_a_row_is_stays_answered_while_it_is_asked_whether_the_row_is_there_twice() {
    let office = branch();
    let rows = [
        "姓名,性别,出生日期,联系电话,所在党支部",
        "何静,女,1983-01-12,13800000001,机关第一党支部",
        "何静,女,,13800000002,机关第一党支部",
    ];
    csv(&office, "名册.csv", &rows);
    let mut desk = Story::of(office);
    choose(&mut desk, "名册.csv");
    people(&mut desk);
    desk.press("1983-01-12 生，机关第一党支部：何静 是哪一位？").sees("已答：1983-01-12 生，机关第一党支部");
    desk.sees("待定 1 处").press("同一个人，不再写入：何静 和第 2 行是同一个人吗？").sees("都回答了");
    desk.sees("已答：1983-01-12 生，机关第一党支部").sees("已答：同一个人，不再写入");
    desk.press("改：何静 和第 2 行是同一个人吗？").sees("待定 1 处").sees("已答：1983-01-12 生，机关第一党支部");
}
