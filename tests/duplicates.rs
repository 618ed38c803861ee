//! One person recorded twice: found, made one, taken apart again, and nothing is lost on the way.

use branchdesk::domain::duplicates::Sureness;
use branchdesk::domain::fields::{FactKind, Known};
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::problem::ProblemKind;
use branchdesk::store::events::of_person;
use branchdesk::store::members::file;
use branchdesk::view::duplicates::{Whose, comparison, duplicates};
use branchdesk::view::members::{ListAsk, Who, list};
use branchdesk::view::search::{Hit, search};
use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

const TODAY: &str = "2026-11-24";

/// Two branches, in each of which one person is recorded.
struct Twice {
    office: Office,
    first: OrganisationId,
    second: OrganisationId,
    lin: PersonId,
    again: PersonId,
}

fn twice() -> Twice {
    let mut office = Office::new();
    let first = office.organisation(None, "机关第一党支部");
    let second = office.organisation(None, "机关第二党支部");
    let lin = json!({
        "name": "林秀英", "birth": "1981-05", "joined": "2006-12-08", "full": "2007-12-08", "unit": "民政局人事股",
        "transfer_in": "2016-05-30", "party_post": "组织委员",
    });
    let lin = office.member(first, lin);
    let again = json!({
        "name": "林秀英", "birth": "1981-05-12", "joined": "2006-12-08", "phone": "13800000000", "unit": "民政局",
        "transfer_in": "2008-01-01",
    });
    let again = office.member(second, again);
    Twice { office, first, second, lin, again }
}

impl Twice {
    /// The later one was in the second branch until the earlier one came into the first.
    fn leave_second(&mut self) {
        let membership = self.facts(self.again, FactKind::Membership)[0].clone();
        let row = json!({ "do": "set_fact", "id": membership.id, "person_id": self.again, "kind": "membership",
            "organisation_id": self.second, "from": "2008-01-01", "to": "2016-05-30" });
        self.office.run(row).expect("corrected");
    }

    fn facts(&self, id: PersonId, kind: FactKind) -> Vec<branchdesk::domain::members::Fact> {
        let desk = self.office.desk();
        let facts = file(desk.reader(), id).expect("read").expect("there").facts;
        facts.into_iter().filter(|fact| fact.kind == kind).collect()
    }

    fn text(&self, id: PersonId, known: Known) -> Option<String> {
        let desk = self.office.desk();
        let person = file(desk.reader(), id).expect("read").expect("there").person;
        person.values.get(&known).map(branchdesk::domain::values::Value::text)
    }

    fn merge(&mut self, more: Json) -> branchdesk::problem::Result<branchdesk::command::Receipt> {
        let mut command = json!({ "do": "merge_members", "keep_id": self.lin, "drop_id": self.again });
        command.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        self.office.run(command)
    }
}

#[test]
fn the_two_are_found_and_told_why() {
    let Twice { office, lin, again, first, .. } = twice();
    let found = duplicates(&office.desk(), None, Whose::All, day(TODAY)).expect("found");
    assert_eq!(found.pairs.len(), 1);
    let pair = &found.pairs[0];
    assert_eq!((pair.first.id, pair.second.id, pair.pair.sureness), (lin, again, Sureness::Sure));
    assert_eq!(pair.pair.reason(), "姓名相同，出生日期相同，入党时间相同");
    assert_eq!(pair.first.branch, Some(first));
    assert_eq!(duplicates(&office.desk(), Some(first), Whose::All, day(TODAY)).expect("found").pairs.len(), 1);
}

#[test]
fn who_was_told_apart_is_not_shown_again_until_that_is_forgotten() {
    let mut twice = twice();
    let ids = [twice.again, twice.lin];
    let before = twice.office.dump();
    twice.office.run(json!({ "do": "tell_apart", "ids": ids })).expect("told apart");
    let found = duplicates(&twice.office.desk(), None, Whose::All, day(TODAY)).expect("found");
    assert_eq!((found.pairs.len(), found.apart.len()), (0, 1));
    let problem = twice.office.run(json!({ "do": "tell_apart", "ids": ids })).expect_err("twice");
    assert!(problem.happened.contains("已经标为不是同一人"), "{problem}");
    twice.office.run(json!({ "do": "tell_apart", "ids": ids, "forget": true })).expect("forgotten");
    assert_eq!(twice.office.dump(), before);
}

#[test]
fn values_are_chosen_and_blanks_filled_facts_and_events_united() {
    let mut twice = twice();
    twice.leave_second();
    let honour = json!({ "do": "record_event", "ids": [twice.again], "kind": "honour", "on": "2015-07-01",
        "value": "优秀共产党员" });
    twice.office.run(honour.clone()).expect("recorded");
    let same = json!({ "do": "record_event", "ids": [twice.lin], "kind": "honour", "on": "2015-07-01",
        "value": "优秀共产党员" });
    twice.office.run(same).expect("recorded");
    let comparison =
        comparison(&twice.office.desk(), twice.lin, twice.again).expect("read").expect("two who are there");
    let open: Vec<&str> = comparison.rows.iter().filter(|row| row.is_open()).map(|row| row.name.as_str()).collect();
    assert_eq!(open, ["birth", "unit"]);
    assert!(comparison.overlapping.is_empty());

    let receipt = twice.merge(json!({ "take": ["birth"] })).expect("merged");
    assert_eq!(receipt.title, "合并：林秀英 并入 林秀英");
    assert_eq!(twice.text(twice.lin, Known::Birth).as_deref(), Some("1981-05-12"), "taken");
    assert_eq!(twice.text(twice.lin, Known::Unit).as_deref(), Some("民政局人事股"), "kept");
    assert_eq!(twice.text(twice.lin, Known::Phone).as_deref(), Some("13800000000"), "a blank is filled");
    let branches: Vec<_> = twice.facts(twice.lin, FactKind::Membership).iter().map(|fact| fact.organisation).collect();
    assert_eq!(branches, [Some(twice.second), Some(twice.first)]);
    let desk = twice.office.desk();
    assert_eq!(of_person(desk.reader(), twice.lin).expect("read").len(), 1, "the same honour is there once");
    assert_eq!(twice.facts(twice.again, FactKind::Membership), []);
    assert_eq!(list(&desk, &ListAsk::roll(day(TODAY), None)).expect("a list").ids.as_slice(), [twice.lin]);
}

#[test]
fn who_was_merged_is_found_only_as_the_one_who_stayed() {
    let mut twice = twice();
    twice.leave_second();
    let third = json!({ "name": "林秀瑛", "joined": "2006-12-08" });
    let third = twice.office.member(twice.first, third);
    twice.merge(json!({})).expect("merged");
    let membership = twice.facts(third, FactKind::Membership)[0].id;
    let last = json!({ "do": "merge_members", "keep_id": third, "drop_id": twice.lin, "leave_out_ids": [membership] });
    twice.office.run(last).expect("merged again");
    let desk = twice.office.desk();
    let hits = search(&desk, "林秀", day(TODAY), 10).expect("found");
    let told: Vec<_> = hits
        .iter()
        .map(|hit| match hit {
            Hit::Member { id, .. } => (*id, None),
            Hit::Merged { id, into, .. } => (*id, Some(*into)),
            Hit::Organisation { .. } | Hit::Talk(_) | Hit::Archive(_) => panic!("{hit:?}"),
        })
        .collect();
    assert_eq!(told, [(third, None), (twice.lin, Some(third)), (twice.again, Some(third))]);
    let voided = ListAsk { who: Who::Voided, ..ListAsk::roll(day(TODAY), None) };
    assert!(list(&desk, &voided).expect("a list").ids.is_empty(), "a merged one was no mistake");
    let problem = twice.office.run(json!({ "do": "restore_members", "ids": [twice.lin] })).expect_err("merged");
    assert!(problem.happened.contains("已并入另一人"), "{problem}");
    let problem = twice.office.run(json!({ "do": "unmerge_members", "id": twice.again })).expect_err("a later one");
    assert!(problem.happened.contains("后来又并入了另一人"), "{problem}");
}

#[test]
fn memberships_that_overlap_are_not_merged_before_it_is_said_whose_history_stays() {
    let mut twice = twice();
    let before = twice.office.dump();
    let problem = twice.merge(json!({})).expect_err("they overlap");
    assert_eq!(problem.kind, ProblemKind::Input);
    assert!(problem.happened.contains("机关第一党支部 2016-05-30 起；机关第二党支部 2008-01-01 起"), "{problem}");
    assert_eq!(twice.office.dump(), before);
    let ours = twice.facts(twice.lin, FactKind::Membership)[0].id;
    twice.merge(json!({ "leave_out_ids": [ours] })).expect("the other's stays");
    let branches: Vec<_> = twice.facts(twice.lin, FactKind::Membership).iter().map(|fact| fact.organisation).collect();
    assert_eq!(branches, [Some(twice.second)]);
    twice.office.undo().expect("undone");
    assert_eq!(twice.office.dump(), before);
}

#[test]
fn undoing_a_merge_after_a_restart_gives_the_dump_exactly() {
    let mut twice = twice();
    twice.leave_second();
    let before = twice.office.dump();
    twice.merge(json!({ "take": ["birth", "unit"] })).expect("merged");
    let merged = twice.office.dump();
    twice.office.reopen();
    assert_eq!(twice.office.undo().expect("undone").title, "撤销：合并：林秀英 并入 林秀英");
    assert_eq!(twice.office.dump(), before);
    twice.office.reopen();
    twice.office.redo().expect("redone");
    assert_eq!(twice.office.dump(), merged);
    twice.office.run(json!({ "do": "unmerge_members", "id": twice.again })).expect("taken apart");
    assert_eq!(twice.office.dump(), before, "taking apart what nobody changed since is the same");
}

#[test]
fn taken_apart_long_after_what_was_changed_since_stays_with_the_one_who_stayed() {
    let mut twice = twice();
    twice.leave_second();
    twice.merge(json!({ "take": ["birth"] })).expect("merged");
    let edit = json!({ "do": "edit_members", "ids": [twice.lin], "set": { "job": "股长", "phone": "13900000000" } });
    twice.office.run(edit).expect("edited");
    twice.office.run(json!({ "do": "unmerge_members", "id": twice.again })).expect("taken apart");
    assert_eq!(twice.text(twice.lin, Known::Birth).as_deref(), Some("1981-05"), "gone back");
    assert_eq!(twice.text(twice.lin, Known::Job).as_deref(), Some("股长"), "stays");
    assert_eq!(twice.text(twice.lin, Known::Phone).as_deref(), Some("13900000000"), "changed since: stays");
    assert_eq!(twice.text(twice.again, Known::Phone).as_deref(), Some("13800000000"));
    assert_eq!(twice.facts(twice.again, FactKind::Membership).len(), 1);
    let roll = list(&twice.office.desk(), &ListAsk::roll(day("2010-01-01"), None)).expect("a list");
    assert_eq!(roll.ids.as_slice(), [twice.again]);
}

#[test]
fn a_row_that_came_over_and_was_changed_since_is_not_torn_away() {
    let mut twice = twice();
    twice.leave_second();
    twice.merge(json!({})).expect("merged");
    let came = twice.facts(twice.lin, FactKind::Membership)[0].clone();
    let row = json!({ "do": "set_fact", "id": came.id, "person_id": twice.lin, "kind": "membership",
        "organisation_id": twice.second, "from": "2009-01-01", "to": "2016-05-30" });
    twice.office.run(row).expect("corrected");
    let before = twice.office.dump();
    let problem = twice.office.run(json!({ "do": "unmerge_members", "id": twice.again })).expect_err("changed since");
    assert!(problem.happened.contains("后来又改过"), "{problem}");
    assert_eq!(twice.office.dump(), before);
    twice.office.undo().expect("the correction");
    twice.office.run(json!({ "do": "unmerge_members", "id": twice.again })).expect("taken apart");
}

#[test]
fn an_undo_that_keeps_what_changed_does_not_tear_two_apart() {
    let mut twice = twice();
    twice.leave_second();
    let merge = twice.merge(json!({})).expect("merged").entry.expect("an entry").id;
    let edit = json!({ "do": "edit_members", "ids": [twice.lin], "set": { "job": "股长" } });
    twice.office.run(edit).expect("edited");
    let before = twice.office.dump();
    assert_eq!(twice.office.undo_entry(merge, false).expect_err("changed since").kind, ProblemKind::Conflict);
    let problem = twice.office.undo_entry(merge, true).expect_err("nothing is left to undo");
    assert!(problem.happened.ends_with("没有可以单独撤销的部分"), "{problem}");
    assert_eq!(twice.office.dump(), before);
}

#[test]
fn birth_and_sex_are_taken_over_from_sound_numbers_alone() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let sound = json!({ "name": "何静", "id_number": "110000199807010020", "birth": "1998-01-07", "sex": "男" });
    let sound = office.member(branch, sound);
    let faulty = office.member(branch, json!({ "name": "马晓东", "id_number": "110000199807010021" }));
    let adopt = |ids: &[PersonId], field| json!({ "do": "adopt_from_id_number", "ids": ids, "field": field });
    assert!(office.run(adopt(&[sound, faulty], "birth")).is_err());
    office.run(adopt(&[sound], "birth")).expect("adopted");
    office.run(adopt(&[sound], "sex")).expect("adopted");
    let desk = office.desk();
    let person = file(desk.reader(), sound).expect("read").expect("there").person;
    assert_eq!(person.date(Known::Birth).map(|date| date.to_string()).as_deref(), Some("1998-07-01"));
    assert_eq!(person.text(Known::Sex), Some("女"));
}

/// Any two people, with any values, facts and events: merging and undoing, merging and taking apart, give the start.
#[test]
fn merging_and_taking_apart_any_two_gives_the_dump_of_before() {
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let acts = prop::collection::vec((0..2_usize, 0..5_usize, 0..40_i32), 4..18);
    let outcome = runner.run(&(acts, 0..2_usize), |(acts, takes)| {
        let mut office = Office::new();
        let branches = [office.organisation(None, "机关第一党支部"), office.organisation(None, "机关第二党支部")];
        let people: Vec<PersonId> = (0..2)
            .map(|nth| office.member(branches[nth], json!({ "name": format!("人{nth}"), "joined": "2001-07-01" })))
            .collect();
        for (who, what, number) in acts {
            let (id, on) = (people[who], format!("20{:02}-{:02}", 2 + number % 20, 1 + number % 12));
            // What the rules refuse changes nothing.
            let _ = office.run(match what {
                0 => json!({ "do": "edit_members", "ids": [id], "set": { "unit": format!("单位{number}"), "birth": on } }),
                1 => json!({ "do": "record_event", "ids": [id], "kind": "honour", "on": on, "value": "优秀共产党员" }),
                2 => json!({ "do": "appoint", "person_id": id, "organisation_id": branches[0], "post": "委员", "from": on }),
                3 => json!({ "do": "transfer_member", "ids": [id], "to_id": branches[usize::from(number % 2 == 0)], "on": on }),
                _ => json!({ "do": "edit_members", "ids": [id], "set": { "floating": "是", "status": "正常" }, "on": on }),
            });
        }
        let before = office.dump();
        let desk = office.desk();
        let shown = comparison(&desk, people[0], people[1]).expect("read").expect("there");
        let left_out: Vec<_> = shown.overlapping.iter().map(|(_, theirs)| theirs.id).collect();
        let take: Vec<&str> =
            shown.rows.iter().filter(|row| row.is_open() && takes == 1).map(|row| row.name.as_str()).collect();
        let merge = json!({ "do": "merge_members", "keep_id": people[0], "drop_id": people[1], "take": take,
            "leave_out_ids": left_out });
        let merged = office.run(merge.clone());
        prop_assert!(merged.is_ok(), "{:?}", merged);
        office.reopen();
        prop_assert!(office.undo().is_ok());
        prop_assert_eq!(&office.dump(), &before);
        prop_assert!(office.run(merge).is_ok());
        office.reopen();
        let apart = office.run(json!({ "do": "unmerge_members", "id": people[1] }));
        prop_assert!(apart.is_ok(), "{:?}", apart);
        prop_assert_eq!(&office.dump(), &before);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
