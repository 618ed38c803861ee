//! The journal: everything can be taken back, by name, across restarts, and never at another's cost.

use std::cell::RefCell;

use branchdesk::command::Command;
use branchdesk::command::undo::way_back;
use branchdesk::domain::ids::{EntryId, OrganisationId, PersonId};
use branchdesk::problem::ProblemKind;
use branchdesk::progress::Progress;
use branchdesk::store::journal::last;
use branchdesk::view::journal::diary;
use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use crate::support::busy::{ACTS, Busy};
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
fn an_undo_that_would_put_an_organisation_below_itself_is_refused() {
    let mut office = Office::new();
    let upper = office.organisation(None, "甲局党总支");
    let lower = office.organisation(Some(upper), "乙党总支");
    let out = json!({ "do": "move_organisation", "id": lower, "parent_id": null });
    let out = office.run(out).expect("moved out").entry.expect("an entry").id;
    let under = json!({ "do": "move_organisation", "id": upper, "parent_id": lower });
    office.run(under).expect("the other way round");
    let before = office.dump();
    let problem = office.undo_entry(out, false).expect_err("a circle");
    assert!(problem.happened.contains("自己的上级"), "{problem}");
    assert_eq!(office.dump(), before);
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

fn newest(office: &Office) -> EntryId {
    last(office.read_only().reader()).expect("read").map_or(EntryId(0), |entry| entry.id)
}

/// Draws a test's numbers, the same in every run.
fn runner(cases: u32) -> TestRunner {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

#[test]
fn every_command_there_is_is_done_by_the_busy_office() {
    let schema = schemars::schema_for!(Command).to_value();
    let variants = schema["oneOf"].as_array().expect("commands");
    let commands = variants.iter().filter_map(|variant| variant["properties"]["do"]["const"].as_str());
    let missing: Vec<&str> = commands.filter(|word| !ACTS.contains(word)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "teach tests/support/busy.rs to do them");
}

#[test]
fn undoing_everything_after_a_restart_gives_the_start_and_redoing_gives_it_back() {
    let came_through = RefCell::new(vec![0_u32; ACTS.len()]);
    let acts = prop::collection::vec((0..ACTS.len(), 0..97_usize, 0..97_usize), 20..46);
    let outcome = runner(30).run(&(acts, 0..97_usize), |(acts, back)| {
        let mut busy = Busy::settled();
        let mut marks = Vec::new();
        for act in acts {
            let (before, newest) = (busy.office.dump(), newest(&busy.office));
            if busy.act(act) {
                came_through.borrow_mut()[act.0] += 1;
                marks.push((EntryId(newest.0 + 1), before));
            }
        }
        let mut office = busy.office;
        let empty = Office::new().dump();
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
        let mut undone = 0;
        let problem = loop {
            match office.undo() {
                Ok(_) => undone += 1,
                Err(problem) => break problem,
            }
        };
        prop_assert!(problem.happened.contains("没有可以撤销的步骤"), "{}", problem);
        prop_assert_eq!(office.dump(), empty);
        office.reopen();
        for _ in 0..undone {
            let redone = office.redo();
            prop_assert!(redone.is_ok(), "{:?}", redone);
        }
        prop_assert_eq!(office.dump(), end);
        prop_assert_eq!(office.read_only().findings().expect("checked"), Vec::<String>::new());
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    for (act, count) in ACTS.iter().zip(came_through.into_inner()) {
        assert!(count >= 2, "{act} came through {count} times only: it is hardly tried");
    }
}

/// Makes the blocks of the journal such as a program wrote them whose tables had one column less, or one more.
fn as_an_older_program_wrote_them(office: &Office, change: impl Fn(&mut serde_json::Value)) {
    let connection = rusqlite::Connection::open(office.path()).expect("opened");
    let mut read = connection.prepare("SELECT id, payload FROM entry_block").expect("prepared");
    let rows = read.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))).expect("read");
    for (id, payload) in rows.collect::<Result<Vec<_>, _>>().expect("rows") {
        let text = zstd::decode_all(&payload[..]).expect("unpacked");
        let mut block: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
        change(&mut block);
        let payload = zstd::encode_all(block.to_string().as_bytes(), 3).expect("packed");
        connection.execute("UPDATE entry_block SET payload = ?2 WHERE id = ?1", (id, payload)).expect("written");
    }
    connection.execute("UPDATE entry SET schema = 0", []).expect("written");
}

/// A workbook into which a roster was brought, and what was there before and after.
fn with_a_roster() -> (Office, String, String) {
    let mut busy = Busy::new();
    busy.does("add_organisation", 0, 0);
    let before = busy.office.dump();
    assert!(busy.does("import", 1, 1));
    let after = busy.office.dump();
    (busy.office, before, after)
}

#[test]
fn an_import_from_before_a_column_was_added_is_undone_and_redone_after_it() {
    let (mut office, before, after) = with_a_roster();
    as_an_older_program_wrote_them(&office, |block| {
        for (table, column) in [("person", "honours"), ("organisation", "remark"), ("fact", "place")] {
            let Some(columns) = block["columns"][table].as_array().cloned() else { continue };
            let place = columns.iter().position(|known| known == column).expect(column);
            block["columns"][table].as_array_mut().expect("columns").remove(place);
            for change in block["changes"].as_array_mut().expect("changes").iter_mut().filter(|line| line[0] == table) {
                for image in [2, 3] {
                    if let Some(cells) = change[image].as_array_mut() {
                        cells.remove(place);
                    }
                }
            }
        }
    });
    office.reopen();
    office.undo().expect("undone under the newer tables");
    assert_eq!(office.dump(), before);
    office.redo().expect("and redone");
    assert_eq!(office.dump(), after);
}

#[test]
fn an_import_into_tables_that_are_no_more_is_not_undone_and_says_so() {
    let (mut office, _, after) = with_a_roster();
    as_an_older_program_wrote_them(&office, |block| {
        if let Some(columns) = block["columns"]["person"].as_array_mut() {
            columns[3] = json!("户口");
        }
    });
    office.reopen();
    let problem = office.undo().expect_err("the column is gone");
    assert!(problem.happened.contains("旧版本") && problem.next.contains("备份"), "{problem}");
    assert_eq!(office.dump(), after);
}
