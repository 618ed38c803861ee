//! The journal: everything can be taken back, by name, across restarts, and never at another's cost.

use branchdesk::command::Command;
use branchdesk::command::undo::way_back;
use branchdesk::domain::ids::{EntryId, OrganisationId, PersonId};
use branchdesk::problem::ProblemKind;
use branchdesk::progress::Progress;
use branchdesk::view::journal::diary;
use proptest::prelude::*;
use serde_json::json;

use crate::support::office::Office;

#[test]
fn an_undo_names_what_it_takes_back_and_survives_a_restart() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let empty = office.dump();
    office.member(branch, json!({ "name": "林秀英", "joined": "2006-12-08", "full": "2007-12-08" }));
    let with_lin = office.dump();
    office.reopen();
    assert_eq!(office.undo().expect("undone").title, "撤销：新增党员 林秀英");
    assert_eq!(office.dump(), empty);
    office.reopen();
    assert_eq!(office.redo().expect("redone").title, "重做：新增党员 林秀英");
    assert_eq!(office.dump(), with_lin);
    assert_eq!(office.undo().expect("undone again").title, "撤销：新增党员 林秀英");
    assert_eq!(office.dump(), empty);
    assert!(office.redo().is_ok() && office.redo().is_err(), "one redo, then nothing");
}

#[test]
fn an_undo_of_a_redo_is_named_an_undo() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let empty = office.dump();
    office.member(branch, json!({ "name": "林秀英" }));
    office.undo().expect("undone");
    let redo = office.redo().expect("redone").entry.expect("an entry").id;
    assert_eq!(office.undo_entry(redo, false).expect("undone again").title, "撤销：新增党员 林秀英");
    assert_eq!(office.dump(), empty);
    assert_eq!(office.redo().expect("redone again").title, "重做：新增党员 林秀英");
}

#[test]
fn an_entry_whose_record_was_changed_since_is_not_taken_back_and_both_entries_are_named() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let lin = office.member(branch, json!({ "name": "林秀英" }));
    let first = office.run(json!({ "do": "edit_members", "ids": [lin], "set": { "unit": "人事股" } }));
    let first = first.expect("edited").entry.expect("an entry").id;
    office.run(json!({ "do": "edit_members", "ids": [lin], "set": { "job": "股长" } })).expect("edited");
    let before = office.dump();
    let problem = office.undo_entry(first, false).expect_err("changed since");
    assert_eq!(problem.kind, ProblemKind::Conflict);
    assert!(problem.happened.contains("修改 林秀英：工作单位"), "{}", problem.happened);
    assert!(problem.happened.contains("修改 林秀英：行政职务"), "{}", problem.happened);
    assert_eq!(office.dump(), before);
    office.undo().expect("the newer one first");
    office.undo_entry(first, false).expect("then the older one");
}

#[test]
fn an_organisation_that_is_referred_to_since_is_not_taken_back() {
    let mut office = Office::new();
    let added = office.run(json!({ "do": "add_organisation", "set": { "name": "机关第一党支部" } }));
    let added = added.expect("added");
    let branch = OrganisationId(added.made.expect("an id"));
    office.member(branch, json!({ "name": "林秀英" }));
    let problem = office.undo_entry(added.entry.expect("an entry").id, false).expect_err("referred to");
    assert_eq!(problem.kind, ProblemKind::Conflict);
    assert!(problem.happened.contains("新增党员 林秀英"), "{}", problem.happened);
}

#[test]
fn an_undo_that_would_leave_a_member_in_a_closed_branch_is_refused() {
    let mut office = Office::new();
    let old = office.organisation(None, "机关第一党支部");
    let new = office.organisation(None, "机关第二党支部");
    let lin = office.member(old, json!({ "name": "林秀英" }));
    let moved =
        office.run(json!({ "do": "transfer_member", "ids": [lin], "to_id": new, "on": "2026-03-01" })).expect("moved");
    office.run(json!({ "do": "close_organisation", "id": old, "on": "2026-04-01" })).expect("closed");
    let problem = office.undo_entry(moved.entry.expect("an entry").id, false).expect_err("a rule would be broken");
    assert!(problem.happened.contains("撤销"), "{}", problem.happened);
}

#[test]
fn with_keep_changed_only_what_nobody_touched_since_is_taken_back() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let ids: Vec<PersonId> =
        ["林秀英", "马晓东", "何静"].iter().map(|name| office.member(branch, json!({ "name": name }))).collect();
    let bulk = office.run(json!({ "do": "edit_members", "ids": ids, "set": { "unit": "人事股" } })).expect("bulk");
    let bulk = bulk.entry.expect("an entry").id;
    office.run(json!({ "do": "edit_members", "ids": [ids[1]], "set": { "unit": "办公室" } })).expect("edited");
    assert!(office.undo_entry(bulk, false).is_err());
    office.undo_entry(bulk, true).expect("kept the changed one");
    let units = office.dump().matches("人事股").count();
    assert_eq!(units, 0);
    assert!(office.dump().contains("办公室"));
    office.redo().expect("redone");
    assert_eq!(office.dump().matches("人事股").count(), 2);
}

#[test]
fn a_failed_command_leaves_data_and_undo_history_as_they_were() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let before = office.dump();
    let problem = office.run(json!({
        "do": "add_member", "branch_id": branch, "set": { "name": "林秀英", "birth": "1981-02-30", "nation": "火星族" },
    }));
    let problem = problem.expect_err("two faults");
    assert!(problem.happened.contains("出生日期") && problem.happened.contains("民族"), "{}", problem.happened);
    assert_eq!(office.dump(), before);
    assert_eq!(office.undo().expect("the organisation").title, "撤销：新建党组织 机关第一党支部");
}

/// What was done, and the content before each step.
fn told(office: &mut Office, commands: impl IntoIterator<Item = serde_json::Value>) -> Vec<(EntryId, String)> {
    let mut told = Vec::new();
    for command in commands {
        let before = office.dump();
        told.push((office.run(command).expect("done").entry.expect("an entry").id, before));
    }
    told
}

fn back_to(office: &mut Office, target: EntryId) -> branchdesk::problem::Result<branchdesk::command::Receipt> {
    let steps = way_back(office.ledger().reader(), target).expect("a way").steps;
    let ids: Vec<EntryId> = steps.iter().map(|step| step.id).collect();
    let stamp = office.stamp.clone();
    office.ledger().undo_steps(&ids, &stamp, &Progress::default())
}

#[test]
fn all_steps_back_to_one_are_taken_back_each_by_name_and_made_again_at_once() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let lin = office.member(branch, json!({ "name": "林秀英" }));
    let edit = |set| json!({ "do": "edit_members", "ids": [lin], "set": set });
    let told = told(
        &mut office,
        [
            edit(json!({ "unit": "人事股" })),
            json!({ "do": "add_member", "branch_id": branch, "set": { "name": "何静" } }),
            edit(json!({ "unit": "办公室" })),
        ],
    );
    let end = office.dump();
    let receipt = back_to(&mut office, told[1].0).expect("back");
    assert_eq!(receipt.title, "撤到“新增党员 何静”之前，共 2 步");
    assert_eq!(office.dump(), told[1].1);
    let again = back_to(&mut office, receipt.steps[1]).expect("made again");
    assert_eq!((again.title.as_str(), &office.dump()), ("重做 2 步", &end));
    // After that the first step is taken back as if nothing had happened since.
    back_to(&mut office, told[0].0).expect("back");
    assert_eq!(office.dump(), told[0].1);
    let stamp = office.stamp.clone();
    let lines = diary(&office.desk(), None, 3).expect("a diary");
    let titles: Vec<&str> = lines.iter().map(|line| line.entry.title.as_str()).collect();
    assert_eq!(titles, ["撤销：修改 林秀英：工作单位", "撤销：新增党员 何静", "撤销：修改 林秀英：工作单位"]);
    assert_eq!(lines[0].entry.at, stamp.at);
}

#[test]
fn a_step_that_kept_a_part_is_undone_on_the_way_back_too() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let ids: Vec<PersonId> =
        ["林秀英", "马晓东"].iter().map(|name| office.member(branch, json!({ "name": name }))).collect();
    let told = told(
        &mut office,
        [
            json!({ "do": "edit_members", "ids": ids, "set": { "unit": "人事股" } }),
            json!({ "do": "edit_members", "ids": [ids[1]], "set": { "unit": "办公室" } }),
        ],
    );
    office.undo_entry(told[0].0, true).expect("kept the changed one");
    back_to(&mut office, told[0].0).expect("back");
    assert_eq!(office.dump(), told[0].1);
}

#[test]
fn steps_one_of_which_was_changed_since_are_not_taken_back_at_all() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let lin = office.member(branch, json!({ "name": "林秀英" }));
    let edit = |set| json!({ "do": "edit_members", "ids": [lin], "set": set });
    let told = told(
        &mut office,
        [
            edit(json!({ "unit": "人事股" })),
            json!({ "do": "set_settings", "set": { "title": "机关" } }),
            edit(json!({ "job": "股长" })),
        ],
    );
    let before = office.dump();
    // As if the last of them had come in after the others were agreed to.
    let stamp = office.stamp.clone();
    let steps = [told[1].0, told[0].0];
    let problem = office.ledger().undo_steps(&steps, &stamp, &Progress::default()).expect_err("changed since");
    assert_eq!(problem.kind, ProblemKind::Conflict);
    assert!(problem.happened.contains("修改 林秀英：工作单位"), "{}", problem.happened);
    assert!(problem.happened.contains("修改 林秀英：行政职务"), "{}", problem.happened);
    assert_eq!(problem.unchanged, "已撤的 1 步也退了回去，工作簿没有改动");
    assert_eq!(office.dump(), before);
}

#[test]
fn what_is_next_to_be_undone_is_found_however_many_steps_were_taken_back() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let title = |nth: usize| json!({ "do": "set_settings", "set": { "title": format!("第 {nth} 稿") } });
    let told = told(&mut office, (0..210).map(title));
    back_to(&mut office, told[0].0).expect("back");
    let problem = office.run(json!({ "do": "remove_organisation", "id": branch })).map(|_| ());
    problem.expect("removed");
    assert_eq!(office.undo().expect("undone").title, "撤销：删掉误建的党组织 机关第一党支部");
    assert_eq!(office.undo().expect("undone").title, "撤销：新建党组织 机关第一党支部");
}

#[test]
fn the_chain_finds_a_changed_payload() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(branch, json!({ "name": "林秀英" }));
    assert_eq!(office.read_only().findings().expect("checked"), Vec::<String>::new());
    let path = office.path();
    let tamper = rusqlite::Connection::open(path).expect("open");
    tamper.execute("UPDATE entry SET title = '新增党员 别人' WHERE id = 2", []).expect("tampered");
    drop(tamper);
    let findings = office.read_only().findings().expect("checked");
    assert!(findings.iter().any(|finding| finding.contains("第 2 步")), "{findings:?}");
}

/// A change by its number, over the people and organisations that are there.
fn command(kind: u8, a: usize, b: usize, people: &[PersonId], branches: &[OrganisationId]) -> Option<Command> {
    let person = *people.get(a % people.len().max(1))?;
    let branch = *branches.get(b % branches.len().max(1))?;
    let json = match kind {
        0 => json!({ "do": "add_member", "branch_id": branch, "set": {
            "name": "新人", "birth": "1990-05", "group": "第一党小组", "party_post": "委员", "status": "正常" } }),
        1 => {
            json!({ "do": "edit_members", "ids": [person], "set": { "unit": format!("单位{b}"), "education": "大专" } })
        }
        2 => {
            json!({ "do": "edit_members", "ids": [person], "on": "2026-05-01", "set": { "group": format!("第{b}党小组"), "lost": "是" } })
        }
        3 => json!({ "do": "transfer_member", "ids": [person], "to_id": branch, "on": "2026-06-01" }),
        4 => json!({ "do": "end_membership", "ids": [person], "how": "转出", "on": "2026-07-01", "place": "外县" }),
        5 => json!({ "do": "void_members", "ids": [person], "reason": "录重了" }),
        6 => json!({ "do": "restore_members", "ids": [person] }),
        7 => json!({ "do": "move_in_roster", "ids": [person] }),
        8 => {
            json!({ "do": "appoint", "person_id": person, "organisation_id": branch, "post": "书记", "from": "2025-01-01" })
        }
        9 => json!({ "do": "add_organisation", "parent_id": null, "set": { "name": format!("新支部{a}{b}党支部") } }),
        10 => json!({ "do": "edit_organisation", "id": branch, "set": { "short_name": format!("简称{a}") } }),
        11 => json!({ "do": "close_organisation", "id": branch, "on": "2026-08-01" }),
        12 => json!({ "do": "set_settings", "set": { "prepared_by": format!("制表人{a}") } }),
        13 => json!({ "do": "move_organisation", "id": branch, "parent_id": branches.first() }),
        _ => json!({ "do": "edit_members", "ids": [person], "set": { "party_post": null, "phone": "13800000000" } }),
    };
    Some(serde_json::from_value(json).expect("a command"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_after_a_restart_gives_the_start_and_redoing_gives_it_back(
        steps in prop::collection::vec((0..15_u8, 0..9_usize, 0..9_usize), 1..30),
        back in 0..30_usize,
    ) {
        let mut office = Office::new();
        let mut branches = vec![office.organisation(None, "第一党支部"), office.organisation(None, "第二党支部")];
        let mut people = vec![
            office.member(branches[0], json!({ "name": "甲", "joined": "2001-01-01", "full": "2002-01-01" })),
            office.member(branches[1], json!({ "name": "乙", "sex": "女" })),
        ];
        let start = office.dump();
        let mut done = 0;
        let mut marks = Vec::new();
        for (kind, a, b) in steps {
            let Some(command) = command(kind, a, b, &people, &branches) else { continue };
            let stamp = office.stamp.clone();
            let before = office.dump();
            if let Ok(receipt) = office.ledger().run(command, &stamp)
                && let Some(entry) = &receipt.entry
            {
                done += 1;
                marks.push((entry.id, before));
                match (kind, receipt.made) {
                    (0, Some(id)) => people.push(PersonId(id)),
                    (9, Some(id)) => branches.push(OrganisationId(id)),
                    _ => {}
                }
            }
        }
        let end = office.dump();
        if let Some((target, before)) = marks.get(back % marks.len().max(1)) {
            let receipt = back_to(&mut office, *target);
            prop_assert!(receipt.is_ok(), "{:?}", receipt);
            prop_assert_eq!(&office.dump(), before);
            let steps = receipt.expect("checked").steps;
            let again = back_to(&mut office, *steps.last().expect("a step"));
            prop_assert!(again.is_ok(), "{:?}", again);
            prop_assert_eq!(&office.dump(), &end);
        }
        office.reopen();
        for _ in 0..done {
            let undone = office.undo();
            prop_assert!(undone.is_ok(), "{:?}", undone);
        }
        prop_assert_eq!(office.dump(), start);
        office.reopen();
        for _ in 0..done {
            let redone = office.redo();
            prop_assert!(redone.is_ok(), "{:?}", redone);
        }
        prop_assert_eq!(office.dump(), end);
        prop_assert_eq!(office.read_only().findings().expect("checked"), Vec::<String>::new());
    }
}
