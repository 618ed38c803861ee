//! 件号 (DA/T 22-2015): without gaps and without doubles in each class, however pieces come, go and move; and how an
//! organisation says that it numbers.

use std::collections::BTreeMap;

use branchdesk::domain::checklists::{Checklist, Evidence, Numbering, Of};
use branchdesk::domain::ids::{ChecklistId, EvidenceId, OrganisationId};
use branchdesk::store::checklists;
use branchdesk::view::checklists::{Boxes, Catalogue, board, boxes_of, catalogue_of, numbering_of, numbers_of};
use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq};
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

    /// With a second branch, several checklists of the first, another year and files of two members.
    fn of_many() -> Self {
        let mut archive = Self::new();
        let second = archive.office.organisation(Some(archive.general), "机关第二党支部");
        let first = archive.branch;
        for (template, organisation, year) in [
            ("六有", second, 2026),
            ("六有", first, 2026),
            ("六有书报", first, 2026),
            ("六有", first, 2025),
            ("六有", archive.general, 2026),
        ] {
            archive.run(json!({ "do": "make_checklists", "template": template, "organisation_ids": [organisation], "year": year }));
        }
        let people: Vec<_> =
            ["何静", "林秀英"].map(|name| archive.office.member(first, json!({ "name": name }))).into_iter().collect();
        archive.run(json!({ "do": "make_checklists", "template": "入党档案", "person_ids": people }));
        archive
    }

    fn run(&mut self, command: Json) {
        self.office.run(command).expect("done");
    }

    fn lists(&self) -> Vec<Checklist> {
        checklists::all(self.office.read_only().reader()).expect("lists")
    }

    fn items(&self) -> Vec<i64> {
        let reader = self.office.read_only();
        let of = |list: Checklist| checklists::items(reader.reader(), list.id).expect("items");
        self.lists().into_iter().flat_map(of).map(|item| item.id.0).collect()
    }

    fn evidence(&self) -> Vec<Evidence> {
        let mut all = Vec::new();
        let take = |one: Evidence| {
            all.push(one);
            Ok(())
        };
        checklists::each_evidence(self.office.read_only().reader(), take).expect("read");
        all
    }

    fn catalogues(&self) -> Vec<(Checklist, Catalogue)> {
        let desk = self.office.desk();
        let catalogue = |list: Checklist| {
            let board = board(&desk, list.id, day("2026-11-24")).expect("read").expect("there");
            (list, catalogue_of(&desk, &board).expect("read"))
        };
        self.lists().into_iter().map(catalogue).collect()
    }

    /// Does one thing to the archives; what cannot be done just now is left.
    fn act(&mut self, word: u8, one: usize, other: usize) {
        let (items, pieces, lists) = (self.items(), self.evidence(), self.lists());
        // Not all over the archives, that pieces meet.
        let item_at = |at: usize| items[(at * 37) % items.len()].to_string();
        let item = item_at(one);
        let id_at = |at: usize| pieces.get(at % pieces.len().max(1)).map(|piece| piece.id);
        let piece: Option<EvidenceId> = id_at(one);
        let retention = ["Y", "D30", "D10"][other % 3];
        let command = match (word % 9, piece) {
            (1, Some(id)) => json!({ "do": "move_evidence", "id": id, "item_id": item_at(other) }),
            (2, Some(id)) => json!({ "do": "remove_evidence", "ids": [id] }),
            (3, Some(id)) => json!({ "do": "edit_evidence", "id": id, "set": { "retention": retention } }),
            (4, Some(id)) => {
                let before = pieces.iter().find(|piece| piece.id != id);
                json!({ "do": "move_evidence", "id": id, "item_id": before.and_then(|piece| piece.belongs.item()),
                    "before": before.map(|piece| piece.id) })
            }
            (5, _) => json!({ "do": "move_checklist_item", "id": item }),
            (6, _) => {
                let list = &lists[other % lists.len()];
                json!({ "do": "add_checklist_item", "checklist_id": list.id, "set": { "title": format!("自加{one}") } })
            }
            (7, _) => json!({ "do": "remove_checklist_item", "id": item }),
            (8, Some(of)) => json!({ "do": "add_evidence", "item_id": pieces[one % pieces.len()].belongs.item(),
                "evidence": [{ "title": "新版本", "version_of": of }] }),
            _ => json!({ "do": "add_evidence", "item_id": item,
                "evidence": [{ "title": format!("材料{one}"), "pages": other, "cabinet": "2 柜 3 盒" }] }),
        };
        drop(self.office.run(command));
    }
}

/// The 件号 of each class, in order; a class is what the 档号 says before it, of the branch's own numbers within an
/// organisation, of a member's file within the file.
fn by_class(catalogues: &[(Checklist, Catalogue)]) -> BTreeMap<String, Vec<u32>> {
    let mut classes: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (list, catalogue) in catalogues {
        let keeper = match list.of {
            Of::Person(_) => format!("file {} ", list.id),
            Of::Year(_) if catalogue.is_archive() => String::new(),
            Of::Year(_) => format!("organisation {} ", list.organisation),
        };
        for number in catalogue.lines.iter().filter_map(|line| line.number.as_ref()) {
            let (class, last) = number.code.rsplit_once('-').expect("a class");
            assert_eq!(last.parse(), Ok(number.number), "the 档号 ends with the 件号");
            classes.entry(format!("{keeper}{class}")).or_default().push(number.number);
        }
    }
    classes.values_mut().for_each(|numbers| numbers.sort_unstable());
    classes
}

/// DA/T 22-2015, 6.4: the 件号 begins anew in each class and has neither gap nor double in it, whichever checklists of
/// whichever organisations its pieces lie in.
#[test]
fn whatever_is_done_to_pieces_their_numbers_have_no_gap_and_no_double() {
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let acts = prop::collection::vec((0_u8..9, 0_usize..200, 0_usize..200), 8..32);
    runner
        .run(&acts, |acts| {
            let mut archive = Archive::of_many();
            for (nth, (word, one, other)) in acts.into_iter().enumerate() {
                archive.act(if nth < 8 { 0 } else { word }, one, other);
            }
            let branch = archive.branch;
            for set in [
                json!({ "organisation_id": archive.general, "numbering": "simple" }),
                json!({ "organisation_id": archive.general, "numbering": "archive", "fonds": "Z109" }),
                json!({ "organisation_id": branch, "section": "ZB1" }),
                json!({ "organisation_id": branch, "numbering": "simple" }),
            ] {
                let mut command = set.clone();
                command["do"] = json!("set_archive_numbers");
                archive.run(command);
                let catalogues = archive.catalogues();
                for (class, numbers) in by_class(&catalogues) {
                    let whole: Vec<u32> = (1..).take(numbers.len()).collect();
                    prop_assert_eq!(&numbers, &whole, "{} with {}", class, set);
                }
                let lines = catalogues.iter().flat_map(|(_, catalogue)| &catalogue.lines);
                let finals = archive.evidence().iter().filter(|piece| piece.is_final).count();
                prop_assert_eq!(lines.count(), finals, "every piece stands in a catalogue once");
                for (list, catalogue) in &catalogues {
                    for line in &catalogue.lines {
                        let has_one = !catalogue.is_archive() || line.retention.is_some();
                        prop_assert_eq!(line.number.is_some(), has_one);
                        let code = line.number.as_ref().map_or("", |number| &number.code);
                        prop_assert_eq!(code.contains("WS"), catalogue.is_archive() && has_one);
                        prop_assert!(!catalogue.is_archive() || matches!(list.of, Of::Year(_)), "{}", code);
                    }
                }
            }
            Ok(())
        })
        .expect("holds");
}

/// The order of a run: organisations as they stand in the tree, then the templates as they are listed, then the items.
#[test]
fn a_run_goes_on_from_checklist_to_checklist_and_from_branch_to_branch() {
    let mut archive = Archive::of_many();
    archive.run(json!({ "do": "set_archive_numbers", "organisation_id": archive.general, "numbering": "archive", "fonds": "Z109", "section": "DQ" }));
    for list in archive.lists() {
        let items = checklists::items(archive.office.read_only().reader(), list.id).expect("items");
        let top = items.iter().filter(|item| item.parent.is_none()).min_by_key(|item| item.position).expect("an item");
        let piece = json!({ "title": "材料", "retention": "Y" });
        archive.run(json!({ "do": "add_evidence", "item_id": top.id, "evidence": [piece] }));
    }
    let told = |archive: &Archive| {
        let mut told = Vec::new();
        for (list, catalogue) in archive.catalogues() {
            for number in catalogue.lines.into_iter().filter_map(|line| line.number) {
                told.push(format!("{} {} {}", list.organisation, list.template, number.code));
            }
        }
        told.sort();
        told
    };
    let [general, first] = [archive.general, archive.branch];
    let second = archive.lists().iter().map(|list| list.organisation).max().expect("there");
    let as_told = |lines: &[(OrganisationId, &str, &str)]| {
        let mut told: Vec<_> =
            lines.iter().map(|(whose, template, code)| format!("{whose} {template} {code}")).collect();
        told.sort();
        told
    };
    let files = [(first, "入党档案", "1-001"), (first, "入党档案", "1-001")];
    let whole = [
        (general, "六有", "Z109-WS·2026-Y-DQ-0001"),
        (first, "六有", "Z109-WS·2026-Y-DQ-0002"),
        (first, "六有书报", "Z109-WS·2026-Y-DQ-0003"),
        (first, "支部档案", "Z109-WS·2026-Y-DQ-0004"),
        (second, "六有", "Z109-WS·2026-Y-DQ-0005"),
        (first, "六有", "Z109-WS·2025-Y-DQ-0001"),
    ];
    assert_eq!(told(&archive), as_told(&[&whole[..], &files[..]].concat()));

    archive.run(json!({ "do": "set_archive_numbers", "organisation_id": first, "numbering": "simple" }));
    let own = [
        (general, "六有", "Z109-WS·2026-Y-DQ-0001"),
        (first, "六有", "2026-1-001"),
        (first, "六有书报", "2026-1-002"),
        (first, "支部档案", "2026-01-001"),
        (second, "六有", "Z109-WS·2026-Y-DQ-0002"),
        (first, "六有", "2025-1-001"),
    ];
    assert_eq!(told(&archive), as_told(&[&own[..], &files[..]].concat()), "those that are left close up");
}

/// A desk that stays open counts anew when something changes.
#[test]
fn numbers_follow_what_is_done_while_the_workbook_is_open() {
    let mut archive = Archive::new();
    let item = archive.items()[0].to_string();
    for title in ["先", "后"] {
        archive.run(json!({ "do": "add_evidence", "item_id": item, "evidence": [{ "title": title }] }));
    }
    let mut desk = archive.office.desk();
    let code = |desk: &branchdesk::view::desk::Desk, title: &str| {
        let board = board(desk, archive.list, day("2026-11-24")).expect("read").expect("there");
        let lines = catalogue_of(desk, &board).expect("read").lines;
        lines.into_iter().find(|line| line.evidence.title == title).and_then(|line| line.number).map(|one| one.code)
    };
    assert_eq!(code(&desk, "后").as_deref(), Some("2026-01-002"));
    let first = archive.evidence()[0].id;
    let receipt = archive.office.run(json!({ "do": "remove_evidence", "ids": [first] })).expect("removed");
    desk.refresh(receipt.areas, &[]).expect("read");
    assert_eq!(code(&desk, "后").as_deref(), Some("2026-01-001"));
}

#[test]
fn those_below_number_as_those_above_until_they_say_otherwise() {
    let mut archive = Archive::new();
    let (general, branch) = (archive.general, archive.branch);
    let numbers = |archive: &Archive| {
        let list = &archive.lists()[0];
        let told = numbers_of(&archive.office.desk(), list).expect("read");
        told.map(|one| (one.numbering, one.fonds.unwrap_or_default(), one.section.unwrap_or_default()))
    };
    let archive_with = |fonds: &str, section: &str| Some((Numbering::Archive, fonds.to_owned(), section.to_owned()));
    assert_eq!(numbers(&archive), None);
    archive.run(
        json!({ "do": "set_archive_numbers", "organisation_id": general, "numbering": "archive", "fonds": "Z109", "section": "DQ" }),
    );
    assert_eq!(numbers(&archive), archive_with("Z109", "DQ"));
    let told = numbering_of(&archive.office.desk(), branch).expect("read");
    assert_eq!((told.own, told.inherited.map(|(_, name)| name)), (None, Some("青禾县民政局党总支".to_owned())));
    archive.run(json!({ "do": "set_archive_numbers", "organisation_id": branch, "section": "ZB1" }));
    assert_eq!(numbers(&archive), archive_with("Z109", "ZB1"), "what it does not say comes from above");
    archive.run(json!({ "do": "set_archive_numbers", "organisation_id": branch, "fonds_name": "民政局" }));
    assert_eq!(numbers(&archive), archive_with("Z109", "DQ"), "who tells only a name numbers as those above");
    archive.run(json!({ "do": "set_archive_numbers", "organisation_id": branch, "numbering": "simple" }));
    assert_eq!(numbers(&archive).map(|(numbering, ..)| numbering), Some(Numbering::Simple), "its own word");
    archive.run(json!({ "do": "set_archive_numbers", "organisation_id": branch }));
    assert_eq!(numbers(&archive), archive_with("Z109", "DQ"));
}

/// DA/T 22-2015, 6.4: the 全宗号 has four letters or digits.
#[test]
fn a_fonds_number_has_four_letters_or_digits() {
    let mut archive = Archive::new();
    let general = archive.general;
    for fonds in ["!!", "全", "Z1", "Z109A", "全宗号１", "ABCDEFGHIJKLMNOPQRST"] {
        let set = json!({ "do": "set_archive_numbers", "organisation_id": general, "fonds": fonds });
        let refused = archive.office.run(set).expect_err("refused");
        assert_eq!(refused.happened, format!("“{fonds}”不是全宗号，它是 4 位字母或数字"));
    }
    for (told, kept) in [("Z109", "Z109"), ("0012", "0012"), ("Ｚ１０９", "Z109"), ("z109", "Z109")] {
        archive.run(json!({ "do": "set_archive_numbers", "organisation_id": general, "fonds": told }));
        let all = branchdesk::store::checklists::numbers(archive.office.read_only().reader()).expect("read");
        assert_eq!(all[0].fonds.as_deref(), Some(kept), "{told}");
        archive.run(json!({ "do": "set_archive_numbers", "organisation_id": general }));
    }
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
        let Boxes { boxes, .. } = boxes_of(&desk, &board).expect("read");
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
