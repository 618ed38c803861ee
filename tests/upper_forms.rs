//! The upper office's own form: recognised by its heads, filled in its columns, known again.

use std::path::{Path, PathBuf};

use branchdesk::domain::fields::Known;
use branchdesk::domain::ids::OrganisationId;
use branchdesk::domain::upper_form::{Holding, Part, UpperForm};
use branchdesk::exchange::export::{
    FormExport, FormWritten, copied_rows, form_output, read_form, remembered, same_heads, write_form,
};
use branchdesk::progress::Progress;
use branchdesk::view::members::ListAsk;
use calamine::{Data, Reader as _, Xlsx};
use serde_json::{Value, json};

use crate::support::office::{Office, day};
use crate::support::program::Program;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn office() -> (Office, OrganisationId) {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(
        branch,
        json!({
            "name": "韦文军", "sex": "男", "nation": "壮族", "birth": "1980-12-15", "joined": "2003-07-01",
            "full": "2004-07-01", "id_number": "110000198012150013", "phone": "13800000013", "education": "大学本科",
        }),
    );
    office
        .member(branch, json!({ "name": "何静", "sex": "女", "birth": "1983-01", "joined": "2010", "remark": "=1+1" }));
    (office, branch)
}

fn export(form: UpperForm, unmasked: bool) -> FormExport {
    FormExport { form, ask: ListAsk::roll(day("2026-11-24"), None), people: Vec::new(), unmasked }
}

/// What a spreadsheet shows of the first sheet, row by row.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("cells");
    let text = |cell: &Data| cell.to_string();
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

fn merged(path: &Path) -> Vec<(u32, u32, u32, u32)> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let name = book.sheet_names()[0].clone();
    let merged = book.merge_cells_by_sheet_name(&name).expect("merged cells");
    let mut places: Vec<_> = merged.iter().map(|one| (one.start.0, one.start.1, one.end.0, one.end.1)).collect();
    places.sort_unstable();
    places
}

/// Fills a form of the test data; where it lies, and what was told.
fn fill(name: &str, unmasked: bool) -> (tempfile::TempDir, PathBuf, FormWritten, UpperForm) {
    let (office, _) = office();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("报送.xlsx");
    let received = read_form(&data(name), &[], &Progress::default()).expect("a form");
    let export = export(received.form.clone(), unmasked);
    let written =
        write_form(&office.desk(), &received, &export, &path, false, &Progress::default()).expect("a new file");
    (folder, path, written, received.form)
}

#[test]
fn people_stand_under_the_title_and_the_heads_of_the_received_sheet() {
    let (_folder, path, written, form) = fill("rosters/02-fill-in-row.xlsx", true);
    let original = rows(&data("rosters/02-fill-in-row.xlsx"));
    let made = rows(&path);
    assert_eq!(written.rows, 2);
    let head = original.iter().position(|row| row.iter().any(|cell| cell == "姓\u{3000}名")).expect("heads");
    assert_eq!(made[..=head], original[..=head], "title, fill-in row and heads are those that were received");
    let cell = |row: usize, known: Known| {
        let column = form.columns.iter().find(|column| column.holds == Holding::Field(known.into())).expect("a column");
        made[head + 1 + row][column.place].clone()
    };
    assert_eq!((cell(0, Known::Name), cell(1, Known::Name)), ("韦文军".into(), "何静".into()));
    assert_eq!((cell(0, Known::Birth), cell(1, Known::Birth)), ("1980.12".into(), "1983.01".into()));
    let number = form.columns.iter().find(|column| column.holds == Holding::Number).expect("序号");
    assert_eq!((&*made[head + 1][number.place], &*made[head + 2][number.place]), ("1", "2"));
    assert!(merged(&path).contains(&merged(&data("rosters/02-fill-in-row.xlsx"))[0]), "the merged title");
    let all: String = made.iter().flatten().cloned().collect();
    assert!(!all.contains("合计：36"), "people of the sample are gone");
}

#[test]
fn heads_of_two_rows_stay_and_their_columns_are_filled() {
    let (_folder, path, written, form) = fill("forms/two-row-header.xlsx", false);
    let original = rows(&data("forms/two-row-header.xlsx"));
    let made = rows(&path);
    assert_eq!(written.rows, 2);
    let name = original.iter().position(|row| row.iter().any(|cell| cell.contains("姓名"))).expect("heads");
    assert_eq!(made[name..name + 2], original[name..name + 2]);
    assert!(merged(&path).len() >= 3, "merged heads: {:?}", merged(&path));
    let people: Vec<&Vec<String>> = made[name + 2..].iter().take(2).collect();
    for column in &form.columns {
        let cell = people[0][column.place].as_str();
        let wanted = match column.holds {
            Holding::Part(Known::Joined, Part::Year) => "2003",
            Holding::Part(Known::Joined, Part::Month) => "7",
            Holding::Part(Known::Joined, Part::Day) => "1",
            Holding::Field(key) if key == Known::Name.into() => "韦文军",
            Holding::Field(key) if key == Known::IdNumber.into() => "110000********0013",
            _ => continue,
        };
        assert_eq!(cell, wanted, "{}", column.head);
    }
}

#[test]
fn fonts_borders_and_widths_are_taken_over_and_the_heads_stand_on_every_page() {
    let (_folder, path, written, _) = fill("forms/two-row-header.xlsx", false);
    let look = |path: &Path, row: u32| {
        let mut book: Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
        let name = book.sheet_names()[0].clone();
        let styles = book.worksheet_style(&name).expect("styles");
        let style = styles.get((row, 1)).expect("a style");
        let font = style.font.clone().expect("a font");
        let has_borders = style.borders.as_ref().is_some_and(calamine::Borders::has_visible_borders);
        (font.name.clone(), font.size, font.is_bold(), has_borders)
    };
    let original = data("forms/two-row-header.xlsx");
    for row in [0, 2, 4] {
        assert_eq!(look(&path, row), look(&original, row), "row {row}");
    }
    assert_eq!(look(&path, 5), look(&original, 4), "each person as the first");
    let part = |name: &str| {
        let mut archive = zip::ZipArchive::new(std::fs::File::open(&path).expect("the file")).expect("a package");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).expect("a part"), &mut text).expect("UTF-8");
        text
    };
    assert!(part("xl/worksheets/sheet1.xml").contains("<cols>"));
    assert!(part("xl/workbook.xml").contains("_xlnm.Print_Titles"));
    assert_eq!(written.not_kept, [] as [String; 0]);
}

#[test]
fn a_form_without_looks_gets_a_plain_look_and_says_so() {
    for name in ["rosters/09-biff8.xls", "rosters/07-gb18030.csv"] {
        let (_folder, path, written, _) = fill(name, false);
        assert_eq!(written.rows, 2, "{name}");
        assert!(rows(&path).iter().flatten().any(|cell| cell == "韦文军"), "{name}");
        assert!(
            written.not_kept.iter().any(|words| words.contains("只有 xlsx 能照搬")),
            "{name}: {:?}",
            written.not_kept
        );
    }
}

#[test]
fn dates_stand_as_the_samples_of_the_form_do() {
    let (office, _) = office();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("表.csv");
    std::fs::write(&path, "姓名,性别,出生年月,入党时间,转正时间\n张三,男,1980年5月,2001-7-1,\n").expect("written");
    let received = read_form(&path, &[], &Progress::default()).expect("a form");
    let (text, people) = copied_rows(&office.desk(), &export(received.form, true), &Progress::default()).expect("rows");
    assert_eq!(
        (text.as_str(), people),
        ("韦文军\t男\t1980年12月\t2003-7-1\t2004.07\n何静\t女\t1983年1月\t2010\t\n", 2)
    );
}

#[test]
fn what_is_copied_is_guarded_and_unknown_columns_stay_empty() {
    let (office, _) = office();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("表.csv");
    std::fs::write(&path, "序号,姓名,性别,民族,年龄,帽子尺寸,备注\n").expect("written");
    let received = read_form(&path, &[], &Progress::default()).expect("a form");
    assert_eq!(received.form.left_empty(), ["帽子尺寸"]);
    let export = export(received.form, false);
    let (text, _) = copied_rows(&office.desk(), &export, &Progress::default()).expect("rows");
    assert_eq!(text, "1\t韦文军\t男\t壮族\t45\t\t\n2\t何静\t女\t\t43\t\t'=1+1\n");
    let output = form_output(&office.desk(), &export, 2, None).expect("a line");
    assert_eq!((output.masked, output.target.as_str()), (true, "剪贴板"));
}

#[test]
fn posts_of_another_organisation_have_its_name_beside_them() {
    let (mut office, branch) = office();
    let other = office.organisation(None, "县直机关工委");
    let set = json!({ "name": "陈志远", "joined": "1995-07-01", "party_post": "书记" });
    let chen = office.member(branch, set);
    let appoint = json!({ "do": "appoint", "person_id": chen, "organisation_id": other, "post": "委员" });
    office.run(appoint).expect("appointed");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("表样.csv");
    std::fs::write(&path, "序号,姓名,党内职务\r\n1,张三,书记\r\n").expect("written");
    let received = read_form(&path, &[], &Progress::default()).expect("a form");
    let (text, _) = copied_rows(&office.desk(), &export(received.form, true), &Progress::default()).expect("copied");
    assert!(text.contains("陈志远\t书记、委员（县直机关工委）"), "{text}");
}

#[test]
fn a_form_is_remembered_under_its_name_and_known_again_by_its_heads() {
    let (mut office, _) = office();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("表.csv");
    std::fs::write(&path, "姓名,性别,民族,出生年月,所在科室\n").expect("written");
    let read = || read_form(&path, &[], &Progress::default()).expect("a form").form;
    let mut form = read();
    form.name = "季报".to_owned();
    form.columns[4].holds = Holding::Field(Known::Unit.into());
    let value = serde_json::to_string(&form).expect("JSON");
    let receipt = office.run(json!({ "do": "set_settings", "set": { "form.季报": value } })).expect("remembered");
    assert_eq!(receipt.title, "记住上级表样“季报”");
    let known = remembered(&office.desk()).expect("forms");
    assert_eq!(known, [form.clone()]);
    let mut again = read();
    again.correct_by(same_heads(&known, &again).expect("the same heads"));
    assert_eq!(again, form);
    for (name, value) in [("form.季报", "{}"), ("form.年报", value.as_str()), ("form.", value.as_str())] {
        office.run(json!({ "do": "set_settings", "set": { name: value } })).expect_err("no form of this name");
    }
    office.run(json!({ "do": "set_settings", "set": { "form.季报": "" } })).expect("forgotten");
    assert_eq!(remembered(&office.desk()).expect("forms"), []);
    office.undo().expect("taken back");
    assert_eq!(remembered(&office.desk()).expect("forms"), [form]);
}

#[test]
fn the_command_line_fills_a_form_and_names_what_it_left_empty() {
    let program = Program::with_workbook();
    program.write("花名册.csv", "姓名,性别,出生日期,入党时间,所在党支部,身份证号\n林秀英,女,1981-05-21,2006.12,机关党支部,110000198105210022\n马晓东,男,1990-01-02,2015.7.1,机关党支部,\n");
    program.well(&["import", "花名册.csv", "--workbook", "支部.bdk"]);
    program.write("表样.csv", "序号,姓名,出生年月,身份证号,鞋码\n");
    let call =
        ["export", "form", "--workbook", "支部.bdk", "--form", "表样.csv", "--out", "报送.xlsx", "--where", "sex=女"];
    let said = program.well(&call);
    assert!(said.contains("已按“表样”写出 1 人，号码已遮：报送.xlsx") && said.contains("这些栏目留空：鞋码"), "{said}");
    assert_eq!(rows(&program.path("报送.xlsx"))[1], ["1", "林秀英", "1981.05", "110000********0022", ""]);
    assert!(program.fails(&call, 1).contains("报送.xlsx"), "an existing file is not replaced");
    let answer = program.well(&[&call[..], &["--force", "--unmasked", "--json"]].concat());
    let told: Value = serde_json::from_str(&answer).expect("JSON");
    assert_eq!((&told["rows"], &told["masked"], &told["left_empty"]), (&json!(1), &json!(false), &json!(["鞋码"])));
    assert_eq!(rows(&program.path("报送.xlsx"))[1][3], "110000198105210022");
    program.write("没有.csv", "品名,数量\n桌子,3\n");
    let mut wrong = call;
    wrong[5] = "没有.csv";
    let said = program.fails(&[&wrong[..], &["--force"]].concat(), 1);
    assert!(said.contains("没有读出表样") && said.contains("没有找到表头"), "{said}");
    program.fails(&["export", "form", "--workbook", "支部.bdk", "--out", "x.xlsx"], 2);
}
