//! Nothing that somebody wrote in a list is lost by importing it: what is no value goes into the remark, as written.

use std::path::PathBuf;

use branchdesk::command::{Command, ImportRoster};
use branchdesk::domain::fields::{FieldKey, Known};
use branchdesk::domain::imports::{ImportPlan, OrganisationClass, RowClass};
use branchdesk::exchange::import::{Answers, PlanOptions, actual_json, plan, read_roster};
use branchdesk::progress::Progress;
use branchdesk::store::organisations;
use branchdesk::view::member::shown;
use branchdesk::view::members::{ListAsk, list, rows};
use serde_json::json;

use crate::support::office::{Office, day};
use crate::support::program::Program;

fn csv(office: &Office, text: &str) -> PathBuf {
    let path = office.path().with_file_name("名册.csv");
    std::fs::write(&path, format!("\u{feff}{text}")).expect("written");
    path
}

fn planned(office: &Office, text: &str, options: &PlanOptions) -> ImportPlan {
    let (today, progress) = (day("2026-11-24"), Progress::default());
    let reading = read_roster(&csv(office, text), today, &progress).expect("read");
    plan(office.read_only().reader(), vec![reading], options, today, &progress).expect("a plan")
}

fn write(office: &mut Office, plan: ImportPlan) {
    let stamp = office.stamp.clone();
    office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect("written");
}

/// Imports a list and gives the plan of importing it again.
fn twice(office: &mut Office, text: &str) -> ImportPlan {
    let first = planned(office, text, &PlanOptions::default());
    write(office, first);
    planned(office, text, &PlanOptions::default())
}

/// The remark of a member, line by line.
fn remark(office: &Office, name: &str, unmasked: bool) -> Vec<String> {
    let desk = office.desk();
    let ask = ListAsk { text: name.to_owned(), ..ListAsk::roll(day("2026-11-24"), None) };
    let ids = list(&desk, &ask).expect("a list").ids;
    assert_eq!(ids.len(), 1, "{name}");
    let told = rows(&desk, &ids, day("2026-11-24"), &[FieldKey::Known(Known::Remark)], unmasked).expect("rows");
    told[0].cells[0].iter().flat_map(|text| text.lines()).map(str::to_owned).collect()
}

#[test]
fn a_text_that_gave_no_value_is_found_again_on_the_member() {
    let mut office = Office::new();
    let empty = office.dump();
    let text = "姓名,性别,民族,出生日期,参加工作时间,入党时间,公民身份号码,联系电话,党费,所在党支部,备注\n\
                林秀英,女,壮汉族,1981-05-21,,2011年2月30日,,,,机关第一党支部,2024年调入\n\
                马晓东,男,汉族,1985-09-30,2005-13-30,部队期间,1.10E+17,1.38E+10,约十元,机关第一党支部,\n";
    let again = twice(&mut office, text);
    assert_eq!(remark(&office, "林秀英", false), ["2024年调入", "原表民族：壮汉族", "原表入党时间：2011年2月30日"]);
    assert_eq!(
        remark(&office, "马晓东", false),
        [
            "原表参加工作时间：2005-13-30",
            "原表入党时间：部队期间",
            "原表公民身份号码：1.10E+17",
            "原表联系电话：1.38E+10",
            "原表党费：约十元"
        ]
    );
    assert_eq!((again.counts().same, again.writes_something()), (2, false), "{again:?}");
    office.undo().expect("the import");
    assert_eq!(office.dump(), empty);
}

#[test]
fn a_value_that_somebody_wrote_since_stands_and_so_does_the_remark() {
    let mut office = Office::new();
    let text = "姓名,性别,出生日期,入党时间,所在党支部\n林秀英,女,1981-05-21,2011年2月30日,机关第一党支部\n";
    twice(&mut office, text);
    let ask = ListAsk::roll(day("2026-11-24"), None);
    let id = list(&office.desk(), &ask).expect("a list").ids[0];
    let set = json!({ "joined": "2011-02-28", "remark": "已核对" });
    office.run(json!({ "do": "edit_members", "ids": [id], "set": set })).expect("an edit");
    let again = planned(&office, text, &PlanOptions::default());
    assert_eq!(again.counts().same, 1, "what was settled is not brought up again: {again:?}");
    let other = text.replace("入党时间,", "入党时间,特长与备注,备注,").replace("30日,", "30日,书法,标兵,");
    let plan = planned(&office, &other, &PlanOptions::default());
    write(&mut office, plan);
    assert_eq!(remark(&office, "林秀英", false), ["标兵"]);
}

#[test]
fn what_stands_beside_a_value_is_kept_unless_it_repeats_another() {
    let mut office = Office::new();
    let text = "姓名,性别,民族,出生日期,入党时间,人员类别,所在党支部\n\
                王小明（女）,女,汉族,1981-05-21,2006-12-08,正式党员,机关第一党支部\n\
                李雷（挂职）,男,回族（母亲汉族）,1985-09-30,2005.7（补填）,正式党员,机关第一党支部\n\
                ★韩梅（预备）,女,汉族,1991-09（35岁）,2026-01,预备党员,机关第一党支部\n";
    let again = twice(&mut office, text);
    assert_eq!(remark(&office, "王小明", false), Vec::<String>::new());
    assert_eq!(
        remark(&office, "李雷", false),
        ["原表姓名：李雷（挂职）", "原表民族：回族（母亲汉族）", "原表入党时间：2005.7（补填）"]
    );
    assert_eq!(remark(&office, "韩梅", false), ["原表姓名：★韩梅（预备）"], "the mark says something more");
    assert_eq!(again.counts().same, 3);
    let reading = read_roster(&csv(&office, text), day("2026-11-24"), &Progress::default()).expect("read");
    let told = actual_json(&reading);
    assert_eq!(told["members"][1]["values"]["name"], json!("李雷"));
    assert_eq!(told["members"][1]["values"].get("remark"), None, "what is read as the remark is its column");
    assert_eq!(told["problems"], json!([]));
}

#[test]
fn what_nobody_answered_is_kept_as_it_stands_until_it_is() {
    let mut office = Office::new();
    let text = "姓名,性别,出生日期,入党时间,所在党支部\n何静,女,1983-01-12,03/05/2008,机关第一党支部\n";
    let again = twice(&mut office, text);
    assert_eq!(remark(&office, "何静", false), ["原表入党时间：03/05/2008"]);
    assert_eq!((again.counts().same, again.questions.len()), (1, 1));
    let mut answers = Answers::of_files(&["名册.csv".to_owned()]);
    answers.give("", ("", 2, 0), "joined", "2008-03-05");
    let mut other = Office::new();
    let plan = planned(&other, text, &PlanOptions { answers: answers.clone(), ..PlanOptions::default() });
    write(&mut other, plan);
    assert_eq!(remark(&other, "何静", false), Vec::<String>::new(), "answered");
    assert_eq!(planned(&other, text, &PlanOptions::default()).counts().same, 1, "the workbook knows it already");
    let late = planned(&office, text, &PlanOptions { answers, ..PlanOptions::default() });
    let RowClass::Changed { differences, .. } = &late.rows[0].class else { panic!("{late:?}") };
    assert_eq!(differences.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(), ["入党时间"]);
}

#[test]
fn of_a_row_out_of_step_every_cell_is_kept_and_numbers_in_it_are_masked() {
    let mut office = Office::new();
    let mut text = "姓名,性别,民族,出生日期,公民身份号码,入党时间,所在党支部\n".to_owned();
    for (name, number) in [("林秀英", "110000198105210023"), ("马晓东", "110000198509300012"), ("何静", "")] {
        text.push_str(&format!("{name},女,汉族,1981-05-21,{number},2006-12-08,机关第一党支部\n"));
    }
    text.push_str("赵子豪,男,,汉族,1992-03-04,110000199203040016,2015-07-01,机关第一党支部\n");
    let branch =
        PlanOptions { scope: Some(office.organisation(None, "机关第一党支部")), ..PlanOptions::default() };
    let plan = planned(&office, &text, &branch);
    assert!(plan.problems.iter().any(|problem| problem.row == 5 && problem.code == "columns_shifted"), "{plan:?}");
    write(&mut office, plan);
    let masked = remark(&office, "赵子豪", false);
    assert!(masked.contains(&"原表入党时间：110000********0016".to_owned()), "{masked:?}");
    let whole = remark(&office, "赵子豪", true);
    assert!(whole.contains(&"原表入党时间：110000199203040016".to_owned()), "{whole:?}");
    assert!(whole.contains(&"原表出生日期：汉族".to_owned()), "{whole:?}");
    assert_eq!(shown(FieldKey::Known(Known::Remark), "家属 13800000001", false), "家属 13800000001");
}

const ORGANISATIONS: &str = "党组织名称,组织类别,书记,书记联系电话,委员,青年委员,成立时间,活动场所,备注\n\
                             机关党总支,党总支,张三,13800000001,\"组织委员：李四、宣传委员：王五\",钱七,2001-02-30,3号楼,\n\
                             第一党支部,党支部,赵六（代）,,,,2003-07-01,,先进\n";

#[test]
fn of_an_organisation_columns_of_no_field_go_into_the_remark_and_out_again() {
    let mut office = Office::new();
    let empty = office.dump();
    let first = planned(&office, ORGANISATIONS, &PlanOptions::default());
    assert_eq!(first.remark_columns.iter().map(|head| &**head).collect::<Vec<_>>(), ["书记联系电话", "活动场所"]);
    let again = twice(&mut office, ORGANISATIONS);
    assert_eq!((again.counts().same, again.writes_something()), (2, false), "{again:?}");
    let remark = |office: &Office, name: &str| {
        let tree = organisations::tree(office.read_only().reader()).expect("a tree");
        tree.find(name).expect("it").remark.clone().unwrap_or_default()
    };
    assert_eq!(
        remark(&office, "机关党总支"),
        "原表书记联系电话：13800000001\n原表活动场所：3号楼\n原表青年委员：钱七\n原表成立时间：2001-02-30\n\
         原表委员：组织委员：李四、宣传委员：王五"
    );
    assert_eq!(remark(&office, "第一党支部"), "先进\n原表书记：赵六（代）");
    let moved = planned(&office, &ORGANISATIONS.replace("3号楼", "5号楼"), &PlanOptions::default());
    let OrganisationClass::Changed { differences, .. } = &moved.organisations[0].class else { panic!("{moved:?}") };
    assert_eq!(differences.len(), 1);
    assert!(differences[0].new.contains("原表活动场所：5号楼") && !differences[0].new.contains("3号楼"));
    assert!(differences[0].new.contains("138****0001"), "{differences:?}");
    write(&mut office, moved);
    assert!(remark(&office, "机关党总支").contains("原表书记联系电话：13800000001\n"), "nothing of it is lost");
    office.undo().expect("the second import");
    office.undo().expect("the first import");
    assert_eq!(office.dump(), empty);
}

#[test]
fn numbers_in_the_remark_of_an_organisation_go_out_masked_and_come_in_without_harm() {
    let program = Program::with_workbook();
    program.write("党组织.csv", ORGANISATIONS);
    let said = program.well(&["import", "党组织.csv", "--workbook", "支部.bdk"]);
    assert!(said.contains("没有自己的字段的栏目，记入备注：书记联系电话"), "{said}");
    program.well(&["export", "organisations", "--workbook", "支部.bdk", "--out", "遮.csv"]);
    let masked = program.read("遮.csv");
    assert!(masked.contains("138****0001") && !masked.contains("13800000001"), "{masked}");
    let told = program.json(&["import", "遮.csv", "--workbook", "支部.bdk"]);
    assert_eq!((&told["counts"]["same"], &told["entry"]), (&json!(2), &json!(null)), "{told}");
}
