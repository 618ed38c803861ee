//! Cells of the table: the preview tells what is written, and many rows are one step, or none.

use branchdesk::command::{CellRow, Command, EditCells, MemberDraft};
use branchdesk::domain::fields::{FIELDS, FieldKey, Known};
use branchdesk::domain::ids::PersonId;
use branchdesk::exchange::clipboard::{Target, TargetColumn, copy_block, place, read_block};
use branchdesk::exchange::export::MemberColumn;
use branchdesk::exchange::practice;
use branchdesk::progress::Progress;
use branchdesk::store;
use branchdesk::store::workbook::ReadOnly;
use branchdesk::view::desk::Desk;
use branchdesk::view::edit_preview::{EditPreview, Stays, fill_down, preview};
use branchdesk::view::members::{ListAsk, list};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

/// A branch with three members.
fn bureau() -> (Office, [PersonId; 3]) {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    let lin = office.member(
        branch,
        json!({ "name": "林秀英", "education": "大学本科", "joined": "2006-12-08", "phone": "13800000000" }),
    );
    let wu = office.member(branch, json!({ "name": "吴海涛", "education": "大学专科", "joined": "2003-07-01" }));
    let he = office.member(branch, json!({ "name": "何静", "group": "第一党小组", "party_post": "书记、组织委员" }));
    (office, [lin, wu, he])
}

fn draft(set: Json) -> MemberDraft {
    serde_json::from_value(set).expect("a draft")
}

fn previewed(office: &Office, rows: &[(PersonId, Json)], on: Option<&str>) -> EditPreview {
    let rows: Vec<(PersonId, MemberDraft)> = rows.iter().map(|(id, set)| (*id, draft(set.clone()))).collect();
    let on = on.map(|on| serde_json::from_value(json!(on)).expect("a day"));
    preview(&office.desk(), &rows, on, day("2026-11-24"), &Progress::default()).expect("a preview")
}

/// 「林秀英 学历 大学本科→研究生」
fn changes(preview: &EditPreview) -> Vec<String> {
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "空".to_owned());
    let line = |change: &branchdesk::view::edit_preview::Change| {
        format!("{} {} {}→{}", change.cell.name, change.cell.label, shown(&change.before), shown(&change.after))
    };
    preview.changes.iter().map(line).collect()
}

#[test]
fn many_rows_each_with_its_own_values_are_one_step() {
    let (mut office, [lin, wu, he]) = bureau();
    let before = office.dump();
    let rows = json!([
        { "id": lin, "set": { "education": "研究生", "phone": "13900000001" } },
        { "id": wu, "set": { "phone": "13900000002" } },
        { "id": he, "set": { "phone": "13900000003" } },
    ]);
    let receipt = office.run(json!({ "do": "edit_cells", "rows": rows })).expect("written");
    assert_eq!(receipt.title, "表格修改 3 人：学历、联系电话");
    let one = json!([{ "id": lin, "set": { "job": "科员" } }]);
    assert_eq!(office.run(json!({ "do": "edit_cells", "rows": one })).expect("one").title, "表格修改 林秀英：行政职务");
    office.undo().expect("the one");
    office.undo().expect("the three at once");
    assert_eq!(office.dump(), before);
}

#[test]
fn one_bad_value_stops_all_rows_and_is_named() {
    let (mut office, [lin, wu, he]) = bureau();
    let before = office.dump();
    let rows = json!([
        { "id": lin, "set": { "phone": "13900000001" } },
        { "id": wu, "set": { "joined": "2019-02-30", "sex": "中" } },
        { "id": he, "set": { "name": null } },
    ]);
    let problem = office.run(json!({ "do": "edit_cells", "rows": rows })).expect_err("refused");
    for part in ["第 2 行 吴海涛：“入党时间”的“2019-02-30”没有这一天", "“性别”的“中”", "第 3 行 何静：“姓名”不能空着"]
    {
        assert!(problem.happened.contains(part), "{}", problem.happened);
    }
    assert_eq!(office.dump(), before);
    let many: Vec<Json> = (0..9).map(|_| json!({ "id": lin, "set": { "sex": "中" } })).collect();
    let problem = office.run(json!({ "do": "edit_cells", "rows": many })).expect_err("refused");
    assert!(problem.happened.contains("第 5 行") && !problem.happened.contains("第 6 行"), "{}", problem.happened);
    assert!(problem.happened.ends_with("等共 9 处"), "{}", problem.happened);
    assert!(office.run(json!({ "do": "edit_cells", "rows": [] })).is_err());
}

#[test]
fn a_dated_fact_changes_from_a_day_on_in_every_row() {
    let (mut office, [lin, wu, he]) = bureau();
    let rows: Vec<Json> =
        [lin, wu, he].iter().map(|id| json!({ "id": id, "set": { "group": "第二党小组" } })).collect();
    office.run(json!({ "do": "edit_cells", "rows": rows, "on": "2026-06-01" })).expect("written");
    let group = |on| {
        let page = branchdesk::view::member::page(&office.desk(), he, day(on)).expect("read").expect("there");
        page.values.get(&FieldKey::Known(Known::Group)).cloned()
    };
    assert_eq!(group("2026-05-31").as_deref(), Some("第一党小组"));
    assert_eq!(group("2026-06-01").as_deref(), Some("第二党小组"));
}

/// A table that left the program names the organisation beside a post that is held elsewhere: pasted again, it is the same.
#[test]
fn posts_of_another_organisation_stay_as_they_are_where_they_are_pasted_as_exported() {
    let (mut office, [_, _, he]) = bureau();
    let other = office.organisation(None, "局机关第二党支部");
    let appoint = json!({ "do": "appoint", "person_id": he, "organisation_id": other, "post": "书记" });
    office.run(appoint).expect("appointed");
    for posts in ["书记、组织委员、书记（局机关第二党支部）", "书记（局机关第二党支部）、组织委员、书记"]
    {
        let rows = [(he, json!({ "party_post": posts }))];
        assert_eq!(changes(&previewed(&office, &rows, None)), Vec::<String>::new(), "{posts}");
        let before = office.dump();
        let written = office.run(json!({ "do": "edit_members", "ids": [he], "set": { "party_post": posts } }));
        assert!(written.is_ok_and(|receipt| receipt.entry.is_none()), "nothing is different");
        assert_eq!(office.dump(), before, "{posts}");
    }
}

#[test]
fn the_preview_tells_what_changes_what_is_refused_and_what_stays() {
    let (office, [lin, wu, he]) = bureau();
    let told = previewed(
        &office,
        &[
            (lin, json!({ "education": "本科", "joined": "2006.12.8", "phone": "138****0000" })),
            (wu, json!({ "education": "硕士研究生", "joined": "2019-02-30" })),
            (he, json!({ "education": "", "party_post": "组织委员、书记", "group": "第三党小组", "没有的": "甲" })),
            (PersonId(1), json!({ "education": "研究生" })),
        ],
        None,
    );
    assert_eq!(
        changes(&told),
        [
            "林秀英 学历（原文） 空→本科",
            "吴海涛 学历 大学专科→研究生",
            "吴海涛 学历（原文） 空→硕士研究生",
            "何静 党小组 第一党小组→第三党小组"
        ]
    );
    assert_eq!(told.changes[3].note, "会新建党小组 第三党小组");
    let refused: Vec<_> = told.refused.iter().map(|one| (one.cell.row, &*one.cell.label, &*one.text)).collect();
    assert_eq!(refused, [(1, "入党时间", "2019-02-30"), (2, "没有的", "甲")]);
    assert!(told.refused[0].why.starts_with("没有这一天"), "{}", told.refused[0].why);
    let same: Vec<_> = told.same.iter().map(|one| (&*one.cell.name, &*one.cell.label, one.why)).collect();
    assert_eq!(
        same,
        [
            ("林秀英", "联系电话", Stays::Silent),
            ("林秀英", "学历", Stays::Equal),
            ("林秀英", "入党时间", Stays::Equal),
            ("何静", "学历", Stays::Equal),
            ("何静", "党内职务", Stays::Equal),
        ]
    );
    assert_eq!(told.missing, 1);
}

#[test]
fn what_the_preview_tells_is_what_is_written() {
    let (mut office, [lin, wu, he]) = bureau();
    let told = previewed(
        &office,
        &[
            (lin, json!({ "education": "研究生", "category": null, "unit": "民政局" })),
            (wu, json!({ "education": "大学专科", "joined": "坏日期" })),
            (he, json!({ "party_post": null, "phone": "13900000003", "lost_since": "2026-01" })),
        ],
        None,
    );
    assert_eq!(told.rows.len(), 2, "nothing is written of whom nothing changes");
    let rows = told.rows.iter().map(|(id, set)| CellRow { id: *id, set: set.clone() }).collect();
    let stamp = office.stamp.clone();
    office.ledger().run(Command::EditCells(EditCells { rows, on: None }), &stamp).expect("written");
    for change in &told.changes {
        let page = branchdesk::view::member::page(&office.desk(), change.cell.person, day("2026-11-24"));
        let values = page.expect("read").expect("there").values;
        let key = change.cell.field.expect("a field");
        assert_eq!(values.get(&key), change.after.as_ref(), "{} {}", change.cell.name, change.cell.label);
    }
    let again: Vec<(PersonId, Json)> =
        told.rows.iter().map(|(id, set)| (*id, serde_json::to_value(set).expect("JSON"))).collect();
    assert_eq!(changes(&previewed(&office, &again, None)), Vec::<String>::new(), "and then nothing changes any more");
}

#[test]
fn filling_down_gives_the_others_what_the_first_has() {
    let (office, people) = bureau();
    let fields = [
        (FieldKey::Known(Known::Education), "education".to_owned()),
        (FieldKey::Known(Known::PartyPost), "party_post".to_owned()),
    ];
    let rows = fill_down(&office.desk(), &people, &fields, day("2026-11-24")).expect("rows");
    let told = preview(&office.desk(), &rows, None, day("2026-11-24"), &Progress::default()).expect("a preview");
    assert_eq!(changes(&told), ["吴海涛 学历 大学专科→大学本科", "何静 学历 空→大学本科"]);
    assert_eq!(told.blanks(), 1, "何静 keeps her post: a blank cell clears nothing by itself");
}

#[test]
fn a_preview_stops_when_it_is_cancelled() {
    let (office, [lin, ..]) = bureau();
    let progress = Progress::default();
    progress.cancel();
    let rows = [(lin, draft(json!({ "sex": "女" })))];
    assert!(preview(&office.desk(), &rows, None, day("2026-11-24"), &progress).is_err());
}

/// The whole practice bureau, every field, masked and in full: also what was imported and typed in odd ways.
#[test]
fn copying_a_block_and_pasting_it_where_it_was_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let today = day("2026-11-24");
    let made = practice::build(folder.path(), 3, today, false, &Progress::default()).expect("built");
    let desk = Desk::open(ReadOnly::open(&made.workbook, &store::Key::None).expect("readable")).expect("a desk");
    let people = list(&desk, &ListAsk::roll(today, None)).expect("a list").ids.to_vec();
    assert!(people.len() > 150, "{}", people.len());
    let fields: Vec<_> = FIELDS.iter().filter(|field| field.key != Known::Branch).collect();
    let columns: Vec<MemberColumn> = fields.iter().map(|field| MemberColumn::Field(field.key.into())).collect();
    for unmasked in [true, false] {
        let text = copy_block(&desk, &people, &columns, today, unmasked, &Progress::default()).expect("copied");
        let column = |field: &&&branchdesk::domain::fields::FieldSpec| TargetColumn {
            title: field.label.to_owned(),
            synonyms: field.synonyms,
            writes: Some(field.name.to_owned()),
        };
        let target = Target { people: people.clone(), columns: fields.iter().map(|field| column(&field)).collect() };
        let placed = place(read_block(&text), &target, (1, 1));
        assert_eq!((placed.rows.len(), placed.remarks.len()), (people.len(), 0));
        let told = preview(&desk, &placed.rows, None, today, &Progress::default()).expect("a preview");
        assert_eq!(changes(&told), Vec::<String>::new());
        assert_eq!(told.refused, []);
        assert!(told.rows.is_empty());
        assert_eq!(told.same.len(), people.len() * fields.len());
    }
}
