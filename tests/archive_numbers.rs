//! 件号 (DA/T 22-2015): without gaps and without doubles in each class, however pieces come, go and move; and how an
//! organisation says that it numbers.

use std::collections::BTreeMap;

use branchdesk::domain::ids::{ChecklistId, EvidenceId, OrganisationId};
use branchdesk::store::checklists;
use branchdesk::view::checklists::{CatalogueLine, board, boxes_of, catalogue_of, numbering_of, numbers_of};
use proptest::prelude::{ProptestConfig, prop, prop_assert_eq};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

struct Archive {
    office: Office,
    general: OrganisationId,
    branch: OrganisationId,
    list: ChecklistId,
}

impl Archive {
    fn new() -> Self {
        let mut office = Office::new();
        let general = office.organisation(None, "青禾县民政局党总支");
        let branch = office.organisation(Some(general), "机关第一党支部");
        let made = office.run(
            json!({ "do": "make_checklists", "template": "支部档案", "organisation_ids": [branch], "year": 2026 }),
        );
        let list = ChecklistId(made.expect("made").made.expect("an id"));
        Self { office, general, branch, list }
    }

    fn items(&self) -> Vec<i64> {
        let reader = self.office.read_only();
        let items = checklists::items(reader.reader(), self.list).expect("items");
        items.iter().map(|item| item.id.0).collect()
    }

    fn evidence(&self) -> Vec<EvidenceId> {
        let mut all = Vec::new();
        let take = |one: branchdesk::domain::checklists::Evidence| {
            all.push(one.id);
            Ok(())
        };
        checklists::each_evidence(self.office.read_only().reader(), take).expect("read");
        all
    }

    fn catalogue(&self) -> Vec<CatalogueLine> {
        let desk = self.office.desk();
        let board = board(&desk, self.list, day("2026-11-24")).expect("read").expect("there");
        catalogue_of(&desk, &board).expect("read")
    }

    /// Does one thing to the evidence; what cannot be done just now is left.
    fn act(&mut self, word: u8, one: usize, other: usize) {
        let (items, pieces) = (self.items(), self.evidence());
        let item = items[one % items.len()].to_string();
        let piece = |at: usize| pieces.get(at % pieces.len().max(1));
        let retention = ["Y", "D30", "D10"][other % 3];
        let command = match (word % 6, piece(one)) {
            (1, Some(id)) => {
                json!({ "do": "move_evidence", "id": id, "item_id": items[other % items.len()].to_string() })
            }
            (2, Some(id)) => json!({ "do": "remove_evidence", "ids": [id] }),
            (3, Some(id)) => json!({ "do": "edit_evidence", "id": id, "set": { "retention": retention } }),
            (4, Some(id)) => {
                let before = self.catalogue().into_iter().map(|line| line.evidence).find(|piece| piece.id != *id);
                json!({ "do": "move_evidence", "id": id, "item_id": before.as_ref().and_then(|piece| piece.belongs.item()),
                    "before": before.map(|piece| piece.id) })
            }
            (5, _) => json!({ "do": "move_checklist_item", "id": item }),
            _ => json!({ "do": "add_evidence", "item_id": item,
                "evidence": [{ "title": format!("材料{one}"), "pages": other, "cabinet": "2 柜 3 盒" }] }),
        };
        drop(self.office.run(command));
    }
}

/// The class of each 档号 with its 件号, as it is written.
fn by_class(lines: &[CatalogueLine]) -> BTreeMap<String, Vec<u32>> {
    let mut classes: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for line in lines {
        let Some((class, number)) = line.code.as_deref().and_then(|code| code.rsplit_once('-')) else { continue };
        let number = number.parse().expect("a number");
        assert_eq!(number, line.number, "the 档号 ends with the 件号");
        classes.entry(class.to_owned()).or_default().push(number);
    }
    classes
}

#[test]
fn whatever_is_done_to_pieces_their_numbers_have_no_gap_and_no_double() {
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let acts = prop::collection::vec((0_u8..6, 0_usize..200, 0_usize..200), 4..24);
    runner
        .run(&acts, |acts| {
            let mut archive = Archive::new();
            for (nth, (word, one, other)) in acts.into_iter().enumerate() {
                archive.act(if nth < 4 { 0 } else { word }, one, other);
            }
            for numbering in ["simple", "archive"] {
                let set = json!({ "do": "set_archive_numbers", "organisation_id": archive.general, "numbering": numbering, "fonds": "Z109" });
                archive.office.run(set).expect("set");
                let lines = archive.catalogue();
                for (class, numbers) in by_class(&lines) {
                    let whole: Vec<u32> = (1..).take(numbers.len()).collect();
                    prop_assert_eq!(&numbers, &whole, "{} of {}", class, numbering);
                }
                prop_assert_eq!(lines.len(), archive.evidence().len(), "every piece stands in the catalogue once");
            }
            Ok(())
        })
        .expect("holds");
}

#[test]
fn those_below_number_as_those_above_until_they_say_otherwise() {
    let mut archive = Archive::new();
    let (general, branch) = (archive.general, archive.branch);
    let numbers = |archive: &Archive| numbers_of(&archive.office.desk(), branch).expect("read").map(|one| one.fonds);
    assert_eq!(numbers(&archive), None);
    let set = |archive: &mut Archive, set: Json| {
        archive.office.run(set).map(|receipt| receipt.title).map_err(|problem| problem.happened)
    };
    set(
        &mut archive,
        json!({ "do": "set_archive_numbers", "organisation_id": general, "numbering": "archive", "fonds": "Z109" }),
    )
    .expect("set");
    assert_eq!(numbers(&archive), Some(Some("Z109".to_owned())));
    let told = numbering_of(&archive.office.desk(), branch).expect("read");
    assert_eq!((told.own, told.inherited.map(|(_, name)| name)), (None, Some("青禾县民政局党总支".to_owned())));
    set(&mut archive, json!({ "do": "set_archive_numbers", "organisation_id": branch, "numbering": "simple" }))
        .expect("set");
    assert_eq!(numbers(&archive), Some(None), "its own word takes the place of the one above");
    set(&mut archive, json!({ "do": "set_archive_numbers", "organisation_id": branch })).expect("taken out");
    assert_eq!(numbers(&archive), Some(Some("Z109".to_owned())));
}

#[test]
fn a_box_is_what_is_kept_equally_long_or_one_category_and_what_lies_elsewhere_is_another() {
    let mut archive = Archive::new();
    let items = {
        let reader = archive.office.read_only();
        checklists::items(reader.reader(), archive.list).expect("items")
    };
    let top = |code: &str| items.iter().find(|item| item.code.as_deref() == Some(code)).expect("the item").id;
    for (code, title, cabinet, pages, retention) in [
        ("10", "方案", "2 柜 3 盒", Some(4), "D10"),
        ("10", "记录", "2 柜 4 盒", Some(12), "D10"),
        ("10", "清单", "2 柜 3 盒", None, "D10"),
        ("15", "批复", "1 柜 1 盒", Some(2), "Y"),
    ] {
        let piece = json!({ "title": title, "cabinet": cabinet, "pages": pages, "retention": retention });
        archive.office.run(json!({ "do": "add_evidence", "item_id": top(code), "evidence": [piece] })).expect("added");
    }
    let boxes = |archive: &Archive| {
        let desk = archive.office.desk();
        let board = board(&desk, archive.list, day("2026-11-24")).expect("read").expect("there");
        let (boxes, _) = boxes_of(&desk, &board).expect("read");
        let told = |one: &branchdesk::view::checklists::ArchiveBox| {
            let class =
                one.category.clone().unwrap_or_else(|| one.retention.map_or("", |kept| kept.label()).to_owned());
            format!(
                "{class} {} {}—{} {} 件 {} 页",
                one.place.as_deref().unwrap_or(""),
                one.first,
                one.last,
                one.pieces,
                one.pages
            )
        };
        boxes.iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(
        boxes(&archive),
        [
            "10 组织生活会 2 柜 3 盒 1—3 2 件 4 页",
            "10 组织生活会 2 柜 4 盒 2—2 1 件 12 页",
            "15 换届选举 1 柜 1 盒 1—1 1 件 2 页"
        ]
    );
    let set = json!({ "do": "set_archive_numbers", "organisation_id": archive.general, "numbering": "archive", "fonds": "Z109" });
    archive.office.run(set).expect("set");
    assert_eq!(
        boxes(&archive),
        ["永久 1 柜 1 盒 1—1 1 件 2 页", "10年 2 柜 3 盒 1—3 2 件 4 页", "10年 2 柜 4 盒 2—2 1 件 12 页"]
    );
}
