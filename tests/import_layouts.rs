//! What a person said of the columns of a list: it holds the next time, and can be forgotten; and the list that goes back
//! to whoever made it, with what is wrong in it.

use branchdesk::store::Key;
use branchdesk::store::outputs::newest;
use branchdesk::store::workbook::ReadOnly;
use serde_json::{Value, json};

use crate::support::program::Program;

/// What the workbook is told of a list whose heads nobody knows.
fn layout() -> Value {
    json!({ "name": "职工表", "heads": [
        { "head": "职工", "means": "name" },
        { "head": "男女" },
        { "head": "何时入党", "means": "joined" },
        { "head": "所在党支部" },
        { "head": "备用", "means": "#nothing" },
    ] })
}

/// Such a list.
const LIST: &str = "职 工,男女,何时入党,所在党支部,备用\r\n\
    马晓东,男,2009-07-01,机关党支部,甲\r\n\
    林秀英,女,2006-12-08,机关党支部,乙\r\n\
    何静,女,2019.1,机关党支部,丙\r\n\
    周国华,男,2011-02-30,机关党支部,丁\r\n";

fn remembered(value: &str) -> Value {
    json!([{ "do": "set_settings", "set": { "layout.职工表": value } }])
}

#[test]
fn a_layout_that_is_remembered_is_known_the_next_time_until_it_is_forgotten() {
    let program = Program::with_workbook();
    program.write("名册.csv", &format!("\u{feff}{LIST}"));
    let import = ["import", "名册.csv", "--workbook", "支部.bdk", "--dry-run", "--json"];
    let unknown = program.call(&import);
    assert!(unknown.code == 1 && unknown.err.contains("没有找到党员花名册"), "{unknown:?}");
    let receipts = program.apply(remembered(&layout().to_string()));
    assert_eq!(receipts[0]["title"], "记住栏目对照“职工表”");
    let known: Value = serde_json::from_str(&program.call(&import).out).expect("JSON");
    assert_eq!((&known["counts"]["new"], known["questions"].as_array().map(Vec::len)), (&json!(4), Some(1)));
    assert_eq!(known["new_fields"], json!([]), "备用 is not taken, 男女 is told by its values");
    let receipts = program.apply(remembered(""));
    assert_eq!(receipts[0]["title"], "忘记栏目对照“职工表”");
    assert_eq!(program.call(&import).code, 1);
}

#[test]
fn what_is_no_layout_is_not_remembered() {
    let program = Program::with_workbook();
    let before = program.dump("支部.bdk");
    let mut other_name = layout();
    other_name["name"] = json!("别的表");
    let mut no_field = layout();
    no_field["heads"][0]["means"] = json!("colour");
    for (value, why) in [
        (other_name.to_string(), "栏目对照自己的名称“别的表”不是“职工表”"),
        (no_field.to_string(), "“职工表”的内容不是栏目对照"),
        ("{}".to_owned(), "“职工表”的内容不是栏目对照"),
        (String::new(), "没有名为“职工表”的栏目对照"),
    ] {
        program.write("记住.json", &remembered(&value).to_string());
        let answer = program.call(&["apply", "--workbook", "支部.bdk", "--from", "记住.json"]);
        assert!(answer.code == 1 && answer.err.contains(why), "{why}: {answer:?}");
    }
    assert_eq!(program.dump("支部.bdk"), before);
}

#[test]
fn the_list_goes_back_with_what_is_wrong_in_it_and_comes_in_again() {
    let program = Program::with_workbook();
    let named = LIST.replace("职 工", "姓名").replace("男女", "性别").replace("何时入党", "入党时间");
    program.write("名册.csv", &format!("\u{feff}{named}"));
    let import = ["import", "名册.csv", "--workbook", "支部.bdk", "--dry-run", "--problems", "问题表.xlsx"];
    let told = program.call(&import);
    assert_eq!(told.code, 3, "one question is open");
    let line = "已写出问题表（照原表内容新做的，2 行有问题）：问题表.xlsx\n";
    assert!(told.out.ends_with(line), "{}", told.out);
    let again = program.call(&["import", "问题表.xlsx", "--workbook", "支部.bdk", "--dry-run", "--json"]);
    let again: Value = serde_json::from_str(&again.out).expect("JSON");
    assert_eq!(again["counts"]["new"], 4);
    let member = |row: u64| {
        let actual = program.call(&["import", "问题表.xlsx", "--workbook", "支部.bdk", "--dry-run", "--actual", "读"]);
        assert_eq!(actual.code, 3);
        let read: Value = serde_json::from_str(&program.read("读/问题表.xlsx.actual.json")).expect("JSON");
        let members = read["members"].as_array().expect("members").clone();
        members.into_iter().find(|member| member["row"] == row).expect("a row")["extra"].clone()
    };
    assert!([2, 4, 5].into_iter().all(|row| member(row)["问题"].is_null()), "what we told is no field of theirs");
    let book = ReadOnly::open(&program.path("支部.bdk"), &Key::None).expect("readable");
    let logged: Vec<_> = newest(book.reader(), 9).expect("outputs");
    let logged: Vec<_> =
        logged.iter().map(|one| (&*one.what, &*one.scope, one.row_count, one.masked, &*one.target)).collect();
    assert_eq!(logged, [("导出问题表 XLSX", "名册.csv，2 行有问题", 2, false, "问题表.xlsx")]);
    let refused = program.call(&import);
    assert!(refused.code == 1 && refused.err.contains("问题表.xlsx"), "{refused:?}");
    assert_eq!(program.call(&[&import[..], &["--force"]].concat()).code, 3);
}
