//! Fields of the user's own: typed, changed without losing a value, taken out and brought back.

use branchdesk::command::{Command, ImportRoster};
use branchdesk::domain::ids::{ExtraFieldId, OrganisationId, PersonId};
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
use branchdesk::progress::Progress;
use branchdesk::store::members::{extra_fields, extras_of};
use branchdesk::view::members::{ListAsk, SortBy, SortKey, list};
use serde_json::json;

use crate::support::office::{Office, day};

fn office() -> (Office, OrganisationId, PersonId) {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let lin = office.member(branch, json!({ "name": "林秀英", "joined": "2006-12-08" }));
    (office, branch, lin)
}

fn field(office: &mut Office, label: &str, kind: &str, choices: &[&str]) -> ExtraFieldId {
    let made = office.run(json!({ "do": "add_extra_field", "label": label, "kind": kind, "choices": choices }));
    ExtraFieldId(made.expect("a field").made.expect("an id"))
}

fn value(office: &Office, person: PersonId, field: ExtraFieldId) -> Option<String> {
    let held = extras_of(office.read_only().reader(), person).expect("read");
    held.into_iter().find(|extra| extra.field == field).map(|extra| extra.value)
}

fn labels(office: &Office) -> Vec<String> {
    extra_fields(office.read_only().reader()).expect("read").into_iter().map(|field| field.label).collect()
}

#[test]
fn a_value_is_kept_in_the_form_of_its_kind_or_refused() {
    let (mut office, _, lin) = office();
    let hours = field(&mut office, "学时", "number", &[]);
    let since = field(&mut office, "上岗时间", "date", &[]);
    let post = field(&mut office, "示范岗", "choice", &["服务岗", "管理岗", "服务岗", " "]);
    let set = json!({ "学时": "1,200.5", "上岗时间": "2019.07", "示范岗": "管理岗" });
    office.run(json!({ "do": "edit_members", "ids": [lin], "set": set })).expect("set");
    assert_eq!(value(&office, lin, hours).as_deref(), Some("1200.5"));
    assert_eq!(value(&office, lin, since).as_deref(), Some("2019-07"));
    let before = office.dump();
    let set = json!({ "学时": "约三百", "上岗时间": "2019-02-30", "示范岗": "门岗" });
    let problem = office.run(json!({ "do": "edit_members", "ids": [lin], "set": set })).expect_err("three faults");
    for told in
        ["“学时”的“约三百”不是数字", "“上岗时间”的“2019-02-30”不是日期", "“示范岗”的“门岗”不在选项里（服务岗、管理岗）"]
    {
        assert!(problem.happened.contains(told), "{}", problem.happened);
    }
    assert_eq!(office.dump(), before);
    assert_eq!(value(&office, lin, post).as_deref(), Some("管理岗"));
}

#[test]
fn a_heading_stands_for_one_field_only() {
    let (mut office, ..) = office();
    let id = field(&mut office, "学时", "number", &[]);
    for (label, told) in [("学历", "固有字段"), ("age", "固有字段"), ("学时", "已有名为"), ("  ", "要有名称")]
    {
        let problem = office.run(json!({ "do": "add_extra_field", "label": label })).expect_err(label);
        assert!(problem.happened.contains(told), "{}", problem.happened);
    }
    let problem =
        office.run(json!({ "do": "add_extra_field", "label": "岗", "kind": "choice" })).expect_err("no choices");
    assert!(problem.happened.contains("至少要有一个"), "{}", problem.happened);
    office.run(json!({ "do": "add_extra_field", "label": "岗", "kind": "colour" })).expect_err("no such kind");
    office.run(json!({ "do": "edit_extra_field", "id": id, "label": "培训学时" })).expect("renamed");
    assert_eq!(labels(&office), ["培训学时"]);
}

#[test]
fn a_new_kind_tells_what_it_cannot_read_and_loses_nothing() {
    let (mut office, branch, lin) = office();
    let id = field(&mut office, "学时", "text", &[]);
    let ma = office.member(branch, json!({ "name": "马晓东", "学时": "1,200" }));
    office.run(json!({ "do": "edit_members", "ids": [lin], "set": { "学时": "约三百" } })).expect("set");
    let before = office.dump();
    let edit = json!({ "do": "edit_extra_field", "id": id, "kind": "number" });
    let problem = office.run(edit.clone()).expect_err("one does not fit");
    assert!(problem.happened.contains("“学时”有 1 个值不是数字：“约三百”"), "{}", problem.happened);
    assert_eq!(office.dump(), before);
    let mut edit = edit;
    edit["keep_misfits"] = json!(true);
    office.run(edit).expect("they stay");
    assert_eq!(value(&office, lin, id).as_deref(), Some("约三百"));
    assert_eq!(value(&office, ma, id).as_deref(), Some("1200"), "what can be read is written in the form of the kind");
    office
        .run(json!({ "do": "edit_members", "ids": [lin], "set": { "phone": "13800000000" } }))
        .expect("other things change");
    assert_eq!(value(&office, lin, id).as_deref(), Some("约三百"));
    office.undo().expect("undone");
    office.undo().expect("undone");
    assert_eq!(office.dump(), before);
}

#[test]
fn a_field_goes_with_its_values_only_and_both_come_back() {
    let (mut office, _, lin) = office();
    let id = field(&mut office, "特长", "text", &[]);
    office.run(json!({ "do": "edit_members", "ids": [lin], "set": { "特长": "书法" } })).expect("set");
    let before = office.dump();
    let problem = office.run(json!({ "do": "remove_extra_field", "id": id })).expect_err("somebody has it");
    assert!(problem.happened.contains("“特长”有 1 人填了"), "{}", problem.happened);
    office.run(json!({ "do": "remove_extra_field", "id": id, "with_values": true })).expect("removed");
    assert_eq!(value(&office, lin, id), None);
    office.undo().expect("undone");
    assert_eq!(office.dump(), before);
    // Taken out, and another one of that name made meanwhile: it cannot come back beside it.
    let removed = office.run(json!({ "do": "remove_extra_field", "id": id, "with_values": true })).expect("removed");
    field(&mut office, "特长", "text", &[]);
    let problem = office.undo_entry(removed.entry.expect("an entry").id, false).expect_err("the name is taken");
    assert!(problem.happened.contains("又有了名为“特长”"), "{problem}");
}

#[test]
fn fields_stand_and_sort_as_they_are_told() {
    let (mut office, branch, lin) = office();
    let first = field(&mut office, "甲", "number", &[]);
    let second = field(&mut office, "乙", "choice", &["高", "中", "低"]);
    let third = field(&mut office, "丙", "text", &[]);
    office.run(json!({ "do": "move_extra_field", "id": third })).expect("first");
    assert_eq!(labels(&office), ["丙", "甲", "乙"]);
    office.run(json!({ "do": "move_extra_field", "id": third, "after_id": first })).expect("second");
    assert_eq!(labels(&office), ["甲", "丙", "乙"]);
    office.run(json!({ "do": "edit_members", "ids": [lin], "set": { "甲": "100", "乙": "低" } })).expect("set");
    let ma = office.member(branch, json!({ "name": "马晓东", "甲": "20.5", "乙": "高" }));
    let he = office.member(branch, json!({ "name": "何静", "甲": "-3", "乙": "中" }));
    let sorted = |by: ExtraFieldId| {
        let sort = vec![SortKey { by: SortBy::Extra(by), descending: false }];
        let ask = ListAsk { sort, ..ListAsk::roll(day("2026-11-24"), None) };
        list(&office.desk(), &ask).expect("a list").ids.to_vec()
    };
    assert_eq!(sorted(first), [he, ma, lin], "by the number, not by its digits");
    assert_eq!(sorted(second), [ma, he, lin], "in the order of the choices");
}

#[test]
fn a_roster_writes_what_fits_a_kind_and_tells_what_does_not() {
    let (mut office, _, lin) = office();
    let hours = field(&mut office, "学时", "number", &[]);
    let path = office.path().with_file_name("名册.csv");
    let text = "姓名,性别,出生日期,入党时间,所在党支部,学时\n\
                林秀英,女,1981-05-21,2006-12-08,机关第一党支部,约三百\n\
                马晓东,男,1985-09-30,2009-07-01,机关第一党支部,\"1,200\"\n";
    std::fs::write(&path, format!("\u{feff}{text}")).expect("written");
    let (today, progress) = (day("2026-11-24"), Progress::default());
    let reading = read_roster(&path, today, &progress).expect("a roster");
    let options = PlanOptions::default();
    let plan = plan(office.ledger().reader(), vec![reading], &options, today, &progress).expect("a plan");
    let told: Vec<(&str, &str)> =
        plan.problems.iter().map(|problem| (problem.field.as_str(), problem.sentence.as_str())).collect();
    assert_eq!(told, [("学时", "“约三百”不是数字，没有写入这一栏")]);
    let stamp = office.stamp.clone();
    office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect("imported");
    assert_eq!(value(&office, lin, hours), None);
    let ma = office.desk().directory().cards().iter().find(|card| &*card.name == "马晓东").expect("imported").id;
    assert_eq!(value(&office, ma, hours).as_deref(), Some("1200"));
}
