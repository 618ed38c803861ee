//! Lists of organisations: what the preview shows is what is written, as one entry.

use std::path::{Path, PathBuf};

use branchdesk::command::{Command, ImportRoster};
use branchdesk::domain::imports::{ImportPlan, OrganisationClass, QuestionAbout, RosterKind};
use branchdesk::domain::organisations::{Organisation, OrganisationEventKind, OrganisationTree};
use branchdesk::exchange::import::{Answers, PlanOptions, plan, read_roster};
use branchdesk::problem::Result;
use branchdesk::progress::Progress;
use branchdesk::store::organisations;
use serde_json::json;

use crate::support::office::{Office, day};
use crate::support::program::Program;

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters").join(name)
}

fn try_plan(office: &Office, paths: &[PathBuf], options: &PlanOptions) -> Result<ImportPlan> {
    let (today, progress) = (day("2026-11-24"), Progress::default());
    let readings = paths.iter().map(|path| read_roster(path, today, &progress).expect("read")).collect();
    plan(office.read_only().reader(), readings, options, today, &progress)
}

fn planned(office: &Office, path: &Path) -> ImportPlan {
    try_plan(office, &[path.to_owned()], &PlanOptions::default()).expect("a plan")
}

fn write(office: &mut Office, plan: ImportPlan) -> String {
    let stamp = office.stamp.clone();
    office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect("written").title
}

fn csv(office: &Office, text: &str) -> PathBuf {
    let path = office.path().with_file_name("党组织.csv");
    std::fs::write(&path, format!("\u{feff}{text}")).expect("written");
    path
}

fn tree(office: &Office) -> OrganisationTree {
    organisations::tree(office.read_only().reader()).expect("a tree")
}

fn named<'t>(tree: &'t OrganisationTree, name: &str) -> &'t Organisation {
    tree.find(name).expect("one of this name")
}

fn parent<'t>(tree: &'t OrganisationTree, name: &str) -> Option<&'t str> {
    named(tree, name).parent.and_then(|id| tree.get(id)).map(|above| above.name.as_str())
}

#[test]
fn a_list_of_organisations_comes_in_as_one_entry_and_goes_out_as_one() {
    let mut office = Office::new();
    let empty = office.dump();
    let plan = planned(&office, &kept("29-org-tree.xlsx"));
    assert_eq!((plan.kind, plan.counts().new, plan.organisations.len()), (RosterKind::Organisations, 15, 15));
    assert_eq!(write(&mut office, plan), "导入党组织 15 个：29-org-tree.xlsx");
    let tree = tree(&office);
    assert_eq!(tree.len(), 15);
    let joint = named(&tree, "青禾县养老服务企业联合党支部");
    assert_eq!((joint.kind.label(), joint.secretary.as_deref()), ("联合党支部", Some("谭帆刚")));
    assert_eq!(joint.term_ends.map(|date| date.to_string()).as_deref(), Some("2025-09-04"));
    assert_eq!(parent(&tree, &joint.name), Some("中共青禾县民政局社会组织总支部委员会"));
    let welfare = named(&tree, "中共青禾县社会福利院支部委员会");
    let groups: Vec<&str> = tree.children(Some(welfare.id)).map(|group| group.name.as_str()).collect();
    assert_eq!(groups, ["第一党小组", "第二党小组"]);
    assert_eq!(welfare.committee.as_deref(), Some("史军国、方厚"));
    let again = planned(&office, &kept("29-org-tree.xlsx"));
    assert_eq!((again.counts().same, again.writes_something()), (15, false));
    office.undo().expect("the import");
    assert_eq!(office.dump(), empty);
}

#[test]
fn parents_stand_anywhere_in_the_list_or_are_made() {
    let mut office = Office::new();
    let plan = planned(&office, &kept("30-org-parent.xls"));
    let made: Vec<&str> = plan.new_branches.iter().map(|new| new.name.as_str()).collect();
    assert_eq!(made, ["中共望川县委教育工作委员会"]);
    write(&mut office, plan);
    let tree = tree(&office);
    let class = "中共望川县第一中学高三支部委员会";
    let path = "中共望川县委教育工作委员会/中共望川县教育局委员会/中共望川县第一中学总支部委员会";
    assert_eq!(tree.path(named(&tree, class).id), format!("{path}/{class}"));
    let mut office = Office::new();
    let plan = planned(&office, &kept("31-org-merged.xlsx"));
    assert_eq!((plan.counts().new, plan.new_branches.len()), (12, 3));
    let title = write(&mut office, plan);
    assert_eq!(title, "导入党组织 12 个，另建上级 3 个：31-org-merged.xlsx");
}

const HEADS: &str = "党组织名称,组织代码,组织类别,上级党组织,书记,选举时间,届满时间,备注\n";

#[test]
fn what_a_list_tells_otherwise_changes_from_its_day() {
    let mut office = Office::new();
    let old = format!(
        "{HEADS}县局党委,001,党委,,张三,2021-03-01,2026-03-01,\n机关党总支,002,党总支,县局党委,李四,,,\n\
         第一党支部,003,党支部,县局党委,王五,2020-05-10,2023-05-10,先进\n"
    );
    let plan = planned(&office, &csv(&office, &old));
    write(&mut office, plan);
    let new = format!(
        "{HEADS}县局党委,001,党委,,张三,2021.03,,\n机关党总支,002,党总支,县局党委,李四,,,\n\
         局机关第一党支部,003,党支部,机关党总支,赵六,2023-05-08,2026-05-08,\n"
    );
    let plan = planned(&office, &csv(&office, &new));
    let counts = plan.counts();
    assert_eq!((counts.same, counts.changed, counts.new), (2, 1, 0), "a month says no more than its day: {plan:?}");
    let OrganisationClass::Changed { differences, .. } = &plan.organisations[2].class else { panic!("{plan:?}") };
    let told: Vec<&str> = differences.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(told, ["全称", "本届选举时间", "书记", "任期届满时间", "上级党组织"]);
    write(&mut office, plan);
    let tree = tree(&office);
    let branch = named(&tree, "局机关第一党支部");
    assert_eq!(parent(&tree, &branch.name), Some("机关党总支"));
    assert_eq!((branch.secretary.as_deref(), branch.remark.as_deref()), (Some("赵六"), Some("先进")));
    let events = organisations::events_of(office.read_only().reader(), branch.id).expect("events");
    let elections: Vec<String> = events
        .iter()
        .filter(|event| event.kind == OrganisationEventKind::Elected)
        .map(|event| event.day.to_string())
        .collect();
    assert_eq!(elections, ["2020-05-10", "2023-05-08"], "the election before stays known");
    assert!(events.iter().any(|event| event.kind == OrganisationEventKind::Renamed));
    assert!(events.iter().any(|event| event.kind == OrganisationEventKind::Moved));
    office.undo().expect("the second list");
    let branch = tree_named(&office, "第一党支部");
    assert_eq!(branch.secretary.as_deref(), Some("王五"));
}

fn tree_named(office: &Office, name: &str) -> Organisation {
    named(&tree(office), name).clone()
}

#[test]
fn which_of_several_it_is_is_asked() {
    let mut office = Office::new();
    let one = office.organisation(None, "一中党总支");
    let two = office.organisation(None, "二中党总支");
    let first = office.organisation(Some(one), "高一党支部");
    office.organisation(Some(two), "高一党支部");
    let path = csv(&office, "党支部名称,书记,联系电话\n高一党支部,张三,13900000000\n");
    let plan = planned(&office, &path);
    assert_eq!(plan.organisations[0].class, OrganisationClass::Waiting);
    let question = &plan.questions[0];
    assert_eq!((question.about, question.choices.len()), (QuestionAbout::Organisation, 3));
    let mut answers = Answers::of_files(&plan.file_names);
    answers.give("", (&question.sheet, question.row, question.beside), "organisation", &first.to_string());
    let options = PlanOptions { answers, ..PlanOptions::default() };
    let plan = try_plan(&office, &[path], &options).expect("a plan");
    assert!(plan.questions.is_empty());
    assert!(matches!(plan.organisations[0].class, OrganisationClass::Changed { id, .. } if id == first));
    let told = format!("{HEADS}高一党支部,,党支部,二中党总支,李四,,,\n");
    let plan = planned(&office, &csv(&office, &told));
    assert!(plan.questions.is_empty(), "the parent tells which");
}

#[test]
fn what_has_no_place_in_the_tree_is_told_and_not_written() {
    let mut office = Office::new();
    let text = format!(
        "{HEADS}甲党总支,,,乙党总支,,,,\n乙党总支,,,甲党总支,,,,\n机关党支部,,,,,,,\n第一党支部,,,机关党支部,,,,\n\
         第一党小组,,,机关党支部,,,,\n,,党支部,甲党总支,张三,,,无名\n机关党支部,,,,,,,\n"
    );
    let plan = planned(&office, &csv(&office, &text));
    let counts = plan.counts();
    assert_eq!((counts.new, counts.broken, counts.waiting), (2, 4, 1), "{:?}", plan.organisations);
    let codes: Vec<(u32, &str)> = plan.problems.iter().map(|problem| (problem.row, problem.code)).collect();
    for told in
        [(2, "parent_unclear"), (3, "parent_unclear"), (5, "parent_unclear"), (7, "name_missing"), (8, "duplicate")]
    {
        assert!(codes.contains(&told), "{told:?} in {codes:?}");
    }
    write(&mut office, plan);
    assert_eq!(parent(&tree(&office), "第一党小组"), Some("机关党支部"));
}

#[test]
fn a_list_closes_no_organisation_of_the_workbook() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关党支部");
    office.member(branch, json!({ "name": "林秀英" }));
    let heads = "序号,党支部名称,书记,撤销时间,撤销文号,成立文号\n";
    let rows = format!("{heads}1,机关党支部,张三,2026-01-01,某发〔2026〕1号,某发〔2001〕2号\n");
    let plan = planned(&office, &csv(&office, &rows));
    let told: Vec<&str> = plan.problems.iter().map(|problem| problem.sentence.as_str()).collect();
    assert_eq!(told, ["没有写入；撤销请在党组织页面办理"]);
    write(&mut office, plan);
    let branch = tree_named(&office, "机关党支部");
    assert_eq!((branch.closed, branch.closed_document), (None, None));
    assert_eq!(branch.founded_document.as_deref(), Some("某发〔2001〕2号"));
}

#[test]
fn lists_of_two_kinds_are_not_mixed() {
    let office = Office::new();
    let files = [kept("29-org-tree.xlsx"), kept("01-plain.xlsx")];
    let problem = try_plan(&office, &files, &PlanOptions::default()).expect_err("two kinds");
    assert!(problem.happened.contains("党组织名册") && problem.happened.contains("党员花名册"), "{problem}");
    assert!(problem.next.contains("分几次"), "{problem}");
}

#[test]
fn a_sheet_of_another_kind_than_most_of_the_file_is_left_with_its_tables() {
    let office = Office::new();
    let path = office.path().with_file_name("两种.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let members: &[&[&str]] = &[&["姓名", "性别", "入党时间"], &["林秀英", "女", "2001.7"], &["何静", "女", "2003.7"]];
    let branches: &[&[&str]] = &[&["党组织名称", "书记", "成立时间"], &["机关第一党支部", "林秀英", "2001.7"]];
    for (name, rows) in [("党员", members), ("党支部", branches)] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        for (number, row) in (0..).zip(rows) {
            sheet.write_row(number, 0, row.iter().copied()).expect("a row");
        }
    }
    workbook.save(&path).expect("saved");
    let reading = read_roster(&path, day("2026-11-24"), &Progress::default()).expect("read");
    assert_eq!((reading.kind, reading.record_count()), (RosterKind::Members, 2));
    assert_eq!(reading.tables.iter().map(|table| &*table.sheet).collect::<Vec<_>>(), ["党员"]);
    let left: Vec<(&str, u32)> = reading.skipped.iter().map(|skipped| (&*skipped.sheet, skipped.row)).collect();
    assert_eq!(left, [("党支部", 0)]);
}

#[test]
fn what_is_exported_of_organisations_comes_in_as_it_was() {
    let program = Program::with_workbook();
    let list = kept("30-org-parent.xls");
    let list = list.to_str().expect("a path");
    let said = program.well(&["import", list, "--workbook", "支部.bdk"]);
    assert!(said.contains("党组织名册：新增 12 行，变更 0 行"), "{said}");
    for (file, other) in [("出.csv", "另一.bdk"), ("出.xlsx", "另二.bdk")] {
        program.well(&["export", "organisations", "--workbook", "支部.bdk", "--out", file, "--unmasked"]);
        let told = program.json(&["import", file, "--workbook", "支部.bdk"]);
        assert_eq!((&told["counts"]["same"], &told["entry"]), (&json!(13), &json!(null)), "{file}: {told}");
        assert_eq!(told["remark_columns"], json!([]), "{file}");
        program.well(&["new", other]);
        program.well(&["import", file, "--workbook", other]);
        assert_eq!(without_ids(&program, "支部.bdk"), without_ids(&program, other), "{file}");
    }
}

/// All organisations of a workbook, without their ids.
fn without_ids(program: &Program, workbook: &str) -> serde_json::Value {
    program.well(&["export", "organisations", "--workbook", workbook, "--out", "全部.json", "--unmasked", "--force"]);
    let mut all: serde_json::Value = serde_json::from_str(&program.read("全部.json")).expect("JSON");
    for one in all.as_array_mut().expect("a list") {
        let one = one.as_object_mut().expect("an object");
        assert!(one.remove("id").is_some());
        one.remove("parent_id");
    }
    let list = all.as_array_mut().expect("a list");
    list.sort_by_key(|one| one["name"].to_string());
    all
}

#[test]
fn a_file_of_none_of_the_kinds_is_refused_with_a_sentence() {
    let program = Program::with_workbook();
    let supplies = kept("32-supplies.xlsx");
    let supplies = supplies.to_str().expect("a path");
    let said = program.fails(&["import", supplies, "--workbook", "支部.bdk"], 1);
    assert!(said.contains("没有找到党员花名册、党组织名册或谈心谈话台账的表头"), "{said}");
    let list = kept("31-org-merged.xlsx");
    let list = list.to_str().expect("a path");
    let said = program.fails(&["import", list, "--kind", "members", "--workbook", "支部.bdk"], 1);
    assert!(said.contains("是党组织名册，不是党员花名册"), "{said}");
}

#[test]
fn a_tree_that_is_drawn_by_indents_of_its_cells_or_by_spaces_is_understood() {
    let names = [("县局党委", 0), ("机关党总支", 1), ("第一党支部", 2), ("第二党支部", 2), ("直属党支部", 1)];
    let mut office = Office::new();
    let path = office.path().with_file_name("党组织.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["党组织名称", "书记", "成立时间"]) {
        sheet.write(0, column, head).expect("a head");
    }
    for ((name, indent), row) in names.iter().zip(1..) {
        let format = rust_xlsxwriter::Format::new().set_indent(*indent);
        sheet.write_with_format(row, 0, *name, &format).expect("a name");
        sheet.write(row, 1, "张三").expect("a secretary");
        sheet.write(row, 2, "2001.07").expect("a month");
    }
    book.save(&path).expect("a workbook");
    let spaces = names.map(|(name, indent)| format!("{}{name},张三,2001.07\n", "  ".repeat(usize::from(indent))));
    for path in [path, csv(&office, &format!("党组织名称,书记,成立时间\n{}", spaces.concat()))] {
        let plan = planned(&office, &path);
        assert_eq!((plan.counts().new, plan.new_branches.len()), (5, 0), "{}", path.display());
        write(&mut office, plan);
        let made = tree(&office);
        assert_eq!(made.path(named(&made, "第二党支部").id), "县局党委/机关党总支/第二党支部", "{}", path.display());
        assert_eq!(parent(&made, "直属党支部"), Some("县局党委"));
        office.undo().expect("the import");
    }
}

#[test]
fn what_a_list_leaves_out_is_shown_and_a_new_name_for_it_is_asked() {
    let mut office = Office::new();
    let text = format!(
        "{HEADS}甲局党委,,党委,,,,,\n第一党支部,,党支部,甲局党委,张三,,,\n第二党支部,,党支部,甲局党委,李四,,,\n驻村临时党支部,,临时党支部,甲局党委,王五,,,\n"
    );
    let plan = planned(&office, &csv(&office, &text));
    write(&mut office, plan);
    let other = office.organisation(None, "乙局党委");
    office.organisation(Some(other), "乙局机关党支部");
    for name in ["第一党支部", "第二党支部"] {
        let id = tree_named(&office, name).id;
        let set = json!({ "founded": "2001-07-01", "phone": "13900000000" });
        office.run(json!({ "do": "edit_organisation", "id": id, "set": set })).expect("edited");
    }
    let heads = "党组织名称,组织类别,上级党组织,书记,联系电话,成立时间\n";
    let text = format!(
        "{heads}甲局党委,党委,,,,\n第一党支部,党支部,甲局党委,张三,13900000000,2001-07-01\n第贰党支部,党支部,甲局党委,李四,13900000000,2001-07-01\n"
    );
    let path = csv(&office, &text);
    let plan = planned(&office, &path);
    let gone: Vec<&str> = plan.gone_organisations.iter().map(|gone| gone.name.as_str()).collect();
    assert_eq!(gone, ["驻村临时党支部"], "nothing of another top, nor what is asked about");
    let second = tree_named(&office, "第二党支部").id;
    let question = &plan.questions[0];
    assert_eq!(
        (question.row, &question.labels[..]),
        (4, &["“第二党支部”改了名称".to_owned(), "都不是，新建".to_owned()][..])
    );
    assert_eq!(question.choices[0], second.to_string());
    let with = |answer: &str| {
        let mut answers = Answers::of_files(&plan.file_names);
        answers.give("", ("", 4, 0), "organisation", answer);
        try_plan(&office, std::slice::from_ref(&path), &PlanOptions { answers, ..PlanOptions::default() })
            .expect("a plan")
    };
    let renamed = with(&second.to_string());
    assert!(matches!(renamed.organisations[2].class, OrganisationClass::Changed { id, .. } if id == second));
    let new = with("new");
    assert_eq!((new.counts().new, new.counts().gone, new.questions.len()), (1, 2, 0));
}
