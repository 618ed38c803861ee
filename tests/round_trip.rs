//! What goes out comes back as it was, and files appear whole or not at all.

use branchdesk::clock::{Clock, Day};
use branchdesk::command::{Command, ImportRoster};
use branchdesk::domain::fields::FactKind;
use branchdesk::domain::ids::OrganisationId;
use branchdesk::domain::members::Fact;
use branchdesk::exchange::export::{self, Export, MemberExport};
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
use branchdesk::exchange::practice;
use branchdesk::problem::ProblemKind;
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::members as table;
use branchdesk::store::workbook::ReadOnly;
use branchdesk::view::desk::Desk;
use branchdesk::view::members::ListAsk;
use serde_json::{Value, json};
use std::path::Path;

use crate::support::office::{Office, day};

fn today() -> Day {
    day("2026-11-24")
}

fn write(desk: &Desk, path: &Path) {
    let export =
        Export::Members(MemberExport { ask: ListAsk::roll(today(), None), columns: Vec::new(), unmasked: true });
    export::write(desk, &export, path, true, Clock::fixed_on(today()).now(), &Progress::default()).expect("written");
}

/// The members of today as JSON, without ids.
fn members(desk: &Desk, folder: &Path) -> Vec<Value> {
    let path = folder.join("党员.json");
    write(desk, &path);
    let mut all: Vec<Value> = serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON");
    for member in &mut all {
        let member = member.as_object_mut().expect("an object");
        assert!(member.remove("id").is_some() && member.remove("branch_id").is_some());
    }
    all
}

/// Imports a file into a new workbook, as it is.
fn imported(path: &Path) -> Office {
    let mut office = Office::new();
    import_into(&mut office, path);
    office
}

/// Imports a file as it is; how many are new, and how many are different.
fn import_into(office: &mut Office, path: &Path) -> (usize, usize) {
    let progress = Progress::default();
    let reading = read_roster(path, today(), &progress).expect("a roster");
    let planned =
        plan(office.ledger().reader(), vec![reading], &PlanOptions::default(), today(), &progress).expect("a plan");
    assert_eq!(planned.questions, [], "nothing is asked");
    let (stamp, counts) = (office.stamp.clone(), planned.counts());
    office.ledger().run(Command::ImportRoster(ImportRoster { plan: planned }), &stamp).expect("imported");
    (counts.new, counts.changed)
}

fn same_after_a_round_trip(desk: &Desk, ending: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("花名册.{ending}"));
    write(desk, &path);
    let before = members(desk, folder.path());
    let after = members(&imported(&path).desk(), folder.path());
    for (one, other) in before.iter().zip(&after) {
        assert_eq!(one, other, "through {ending}");
    }
    assert_eq!(before.len(), after.len());
}

#[test]
fn the_practice_bureau_comes_back_from_csv_and_xlsx_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = practice::build(folder.path(), 5, today(), false, &Progress::default()).expect("built");
    let desk = Desk::open(ReadOnly::open(&made.workbook, &Key::None).expect("readable")).expect("a desk");
    same_after_a_round_trip(&desk, "csv");
    same_after_a_round_trip(&desk, "xlsx");
}

/// Every field filled, and texts that break careless writers.
#[test]
fn every_field_and_every_awkward_text_comes_back_as_it_was() {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let branch = office.organisation(Some(root), "局机关第一党支部");
    office.member(branch, json!({
        "name": "努尔兰·哈山", "sex": "男", "nation": "哈萨克族", "birth": "1980-05", "id_number": "110000198005010011",
        "native_place": "青禾县", "birthplace": "白石县", "education": "大学", "degree": "学士", "school": "青禾大学",
        "work_start": "2002", "applied": "2003-01-01", "activist": "2003-09", "candidate": "2004-12-01",
        "joined": "2005-07-01", "full": "2006-07-01", "group": "第一党小组", "party_post": "书记、组织委员",
        "transfer_in": "2010-03", "status": "正常", "lost": "否", "floating": "是", "float_place": "省城务工",
        "unit": "人事股", "job": "股长", "title": "政工师", "occupation": "党政机关工作人员",
        "phone": "13800000000、0571-88001234", "address": "幸福路 12 号\n3 单元，\"402\" 室", "introducers": "张三、李四",
        "fee": "35.50", "honours": "=HYPERLINK(\"x\")", "remark": "'=1+1",
    }));
    for (name, remark) in [
        ("马晓东", "-5"),
        ("何静", "@here"),
        ("周国华", "+86"),
        ("赵永强", "＝1"),
        ("沈国庆", "''=x"),
        ("曹振华", "'引号"),
        ("孙建平", "a,b;c"),
        ("唐玉兰", "第一行\n第二行"),
        ("刘淑芬", "\"\""),
    ] {
        office
            .member(branch, json!({ "name": name, "remark": remark, "category": "正式党员", "education": "大学本科" }));
    }
    same_after_a_round_trip(&office.desk(), "csv");
    same_after_a_round_trip(&office.desk(), "xlsx");
}

/// Posts in several organisations: the list tells which, and neither a new workbook nor the own one gets another of them.
#[test]
fn posts_in_several_organisations_come_back_to_theirs() {
    let bureau = || {
        let mut office = Office::new();
        let root = office.organisation(None, "青禾县民政局党总支");
        let branches = ["第一党支部", "第二（老干、退休）党支部"].map(|name| office.organisation(Some(root), name));
        (office, root, branches)
    };
    let held = |office: &Office| -> Vec<[String; 3]> {
        let desk = office.desk();
        let facts = desk.directory().cards().iter().flat_map(|card| {
            let file = table::file(desk.reader(), card.id).expect("read").expect("there");
            let posts = file.facts.into_iter().filter(|fact| fact.kind == FactKind::Post);
            let name = |fact: &Fact| desk.tree().get(fact.organisation.expect("one")).expect("there").name.clone();
            posts.map(|fact| [card.name.to_string(), name(&fact), fact.value.expect("a post")]).collect::<Vec<_>>()
        });
        let mut facts: Vec<_> = facts.collect();
        facts.sort();
        facts
    };
    let (mut office, root, [first, second]) = bureau();
    let mut person = |name: &str, branch, group: &str, posts: &[(OrganisationId, &str)]| {
        let set = json!({ "name": name, "joined": "2001-07-01", "group": group });
        let id = office.member(branch, set);
        for (organisation, post) in posts {
            let appoint = json!({ "do": "appoint", "person_id": id, "organisation_id": organisation, "post": post });
            office.run(appoint).expect("appointed");
        }
        id
    };
    person("陈志远", first, "第一党小组", &[(first, "书记"), (root, "书记"), (second, "副书记（主持工作）")]);
    person("林秀英", second, "第一党小组", &[(root, "委员"), (root, "组织委员")]);
    let he = person("何静", second, "第二党小组", &[]);
    let group = office.desk().tree().children(Some(second)).find(|node| node.name == "第二党小组").expect("made").id;
    office
        .run(json!({ "do": "appoint", "person_id": he, "organisation_id": group, "post": "组长" }))
        .expect("appointed");

    let folder = tempfile::tempdir().expect("a folder");
    let told: Vec<Value> = members(&office.desk(), folder.path()).iter().map(|one| one["party_post"].clone()).collect();
    let words = [
        "书记、书记（青禾县民政局党总支）、副书记（主持工作）（第二（老干、退休）党支部）",
        "委员（青禾县民政局党总支）、组织委员（青禾县民政局党总支）",
        "组长（第二党小组）",
    ];
    assert_eq!(told, words);
    let before = held(&office);
    for ending in ["csv", "xlsx"] {
        let path = folder.path().join(format!("花名册.{ending}"));
        write(&office.desk(), &path);
        let (mut other, ..) = bureau();
        import_into(&mut other, &path);
        assert_eq!(held(&other), before, "another workbook, {ending}");
        let dump = office.dump();
        assert_eq!(import_into(&mut office, &path), (0, 0), "nothing is different");
        assert_eq!(office.dump(), dump);
    }
    // What one adds in Excel leaves the others where they are, however they are told.
    for (posts, wanted) in [
        ("委员（青禾县民政局党总支）、组织委员（青禾县民政局党总支）、宣传委员", "宣传委员"),
        ("委员、组织委员、纪检委员", "纪检委员"),
    ] {
        let lin = office.desk().directory().cards().iter().find(|card| &*card.name == "林秀英").expect("there").id;
        office.run(json!({ "do": "edit_members", "ids": [lin], "set": { "party_post": posts } })).expect("written");
        let added = ["林秀英", "第二（老干、退休）党支部", wanted].map(str::to_owned);
        let mut now = before.clone();
        now.push(added);
        now.sort();
        assert_eq!(held(&office), now, "{posts}");
    }
}

#[test]
fn a_csv_is_what_spreadsheets_expect_and_calculates_nothing() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let texts = ["=1+1", "'=1+1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "平常", "'平常"];
    for text in texts {
        office.member(branch, json!({ "name": "林秀英", "remark": text, "id_number": "110000198105210020" }));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("花名册.csv");
    write(&office.desk(), &path);
    let bytes = std::fs::read(&path).expect("a file");
    assert!(bytes.starts_with("\u{feff}姓名,".as_bytes()), "BOM first");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "CRLF throughout");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let column = reader.headers().expect("heads").iter().position(|head| head == "备注").expect("备注");
    let written: Vec<String> = reader.records().map(|record| record.expect("a record")[column].to_owned()).collect();
    assert_eq!(written, ["'=1+1", "''=1+1", "'+1", "'-1", "'@a", "'＝1", "'＋1", "'－1", "'＠a", "平常", "'平常"]);
}

#[test]
fn an_xlsx_holds_texts_only_and_its_head_stays() {
    use calamine::{Data, Reader as _, open_workbook};

    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(branch, json!({ "name": "林秀英", "remark": "=1+1", "id_number": "110000198105210020", "phone": "13800000066", "fee": "35.50" }));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("花名册.xlsx");
    write(&office.desk(), &path);
    let mut book: calamine::Xlsx<_> = open_workbook(&path).expect("an XLSX");
    let sheet = book.worksheet_range("党员").expect("the sheet");
    let cells: Vec<&Data> = sheet.rows().flatten().collect();
    assert!(cells.iter().all(|cell| matches!(cell, Data::String(_) | Data::Empty)), "{cells:?}");
    for text in ["110000198105210020", "13800000066", "=1+1", "35.50"] {
        assert!(cells.contains(&&Data::String(text.into())), "{text}");
    }
    assert!(book.worksheet_formula("党员").expect("formulas").is_empty());
    let mut package = zip::ZipArchive::new(std::fs::File::open(&path).expect("a file")).expect("a package");
    let sheet = std::io::read_to_string(package.by_name("xl/worksheets/sheet1.xml").expect("the sheet")).expect("XML");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<cols>"));
}

#[test]
fn a_file_that_is_not_finished_never_appears() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    for _ in 0..600 {
        office.member(branch, json!({ "name": "林秀英" }));
    }
    let desk = office.desk();
    let folder = tempfile::tempdir().expect("a folder");
    let export =
        Export::Members(MemberExport { ask: ListAsk::roll(today(), None), columns: Vec::new(), unmasked: false });
    let at = Clock::fixed_on(today()).now();
    for ending in ["csv", "xlsx", "json"] {
        let path = folder.path().join(format!("花名册.{ending}"));
        let progress = Progress::default();
        progress.cancel();
        let problem = export::write(&desk, &export, &path, false, at, &progress).expect_err("cancelled");
        assert_eq!(problem.kind, ProblemKind::Cancelled);
        std::fs::write(&path, "别动").expect("a file");
        assert!(export::write(&desk, &export, &path, false, at, &Progress::default()).is_err());
        assert!(export::write(&desk, &export, &path, true, at, &progress).is_err());
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "别动");
        std::fs::remove_file(&path).expect("removed");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing is left behind");
    }
}
