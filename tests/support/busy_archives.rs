//! What the busy office does with archive checklists.

use branchdesk::domain::checklists::{Checklist, ChecklistItem, Evidence};
use branchdesk::store::checklists;
use branchdesk::store::reader::Reader;
use serde_json::{Value as Json, json};

use super::busy::pick;

/// The commands of archives.
pub const ARCHIVE_ACTS: [&str; 14] = [
    "make_checklists",
    "remove_checklist",
    "edit_checklist_items",
    "add_checklist_item",
    "remove_checklist_item",
    "move_checklist_item",
    "set_template",
    "remove_template",
    "update_checklists",
    "add_evidence",
    "edit_evidence",
    "remove_evidence",
    "move_evidence",
    "set_archive_numbers",
];

/// What is there of archives.
pub struct Archives {
    pub lists: Vec<Checklist>,
    items: Vec<ChecklistItem>,
    pub evidence: Vec<Evidence>,
    /// Codes of templates that the workbook changed.
    pub changed: Vec<String>,
}

impl Archives {
    pub fn of(reader: Reader<'_>) -> Self {
        let lists = checklists::all(reader).expect("checklists");
        let items = lists.iter().flat_map(|list| checklists::items(reader, list.id).expect("items")).collect();
        let mut evidence = Vec::new();
        checklists::each_evidence(reader, |one| {
            evidence.push(one);
            Ok(())
        })
        .expect("evidence");
        let changes = checklists::template_changes(reader).expect("templates");
        Self { lists, items, evidence, changed: changes.into_iter().map(|change| change.template.code).collect() }
    }

    /// The command that is done, if there is something to do it to.
    pub fn command(
        &self,
        word: &str,
        (a, b, own): (usize, usize, usize),
        organisation: Option<Json>,
        person: Option<Json>,
    ) -> Option<Json> {
        let item = pick(&self.items, a * 7 + b);
        let one = pick(&self.evidence, a);
        let list = pick(&self.lists, a);
        Some(match word {
            "make_checklists" if b.is_multiple_of(3) => {
                json!({ "do": word, "template": "入党档案", "person_ids": [person?], "organisation_ids": [organisation?] })
            }
            "make_checklists" => {
                json!({ "do": word, "template": (["六有", "上墙内容"][a % 2]), "organisation_ids": [organisation?],
                    "year": 2020 + own % 7, "as_last_year": b.is_multiple_of(2) })
            }
            "remove_checklist" => json!({ "do": word, "id": list?.id }),
            "edit_checklist_items" => {
                let set = [
                    json!({ "state": "not_applicable", "reason": format!("不涉及{own}") }),
                    json!({ "state": null, "reason": null, "note": format!("备注{own}") }),
                    json!({ "owner_id": person?, "due": format!("2026-12-{:02}", 1 + own % 30), "state": "partly" }),
                    json!({ "owner": format!("门卫{own}"), "title": format!("内容{own}") }),
                ];
                let other = pick(&self.items, a + b)?;
                json!({ "do": word, "ids": [item?.id, other.id], "set": set[b % 4] })
            }
            "add_checklist_item" => {
                let list = list?;
                let parent = pick(&self.items, b).filter(|item| item.checklist == list.id && a.is_multiple_of(2));
                json!({ "do": word, "checklist_id": list.id, "parent_id": parent.map(|item| item.id),
                    "set": { "title": format!("自加{own}"), "standard": "齐全" } })
            }
            "remove_checklist_item" => json!({ "do": word, "id": item?.id }),
            "move_checklist_item" => {
                let item = item?;
                let beside = |other: &&ChecklistItem| other.checklist == item.checklist && other.parent == item.parent;
                let before = self.items.iter().filter(beside).nth(b % 3).filter(|_| !a.is_multiple_of(3));
                json!({ "do": word, "id": item.id, "before": before.map(|item| item.id) })
            }
            "set_template" => {
                let items = json!([{ "code": "1", "title": format!("有场所{own}") }, { "title": "有书报" }]);
                match a % 3 {
                    0 => json!({ "do": word, "title": format!("检查表{own}"), "items": items }),
                    1 => json!({ "do": word, "code": "六有", "items": items }),
                    _ => json!({ "do": word, "code": "上墙内容", "removed": b.is_multiple_of(2) }),
                }
            }
            "remove_template" => json!({ "do": word, "code": pick(&self.changed, a)? }),
            "update_checklists" => {
                let old = self.lists.iter().filter(|list| self.changed.contains(&list.template)).nth(a % 2);
                let leave = ["1", "2"][b % 2];
                json!({ "do": word, "ids": [old.or(list.as_ref())?.id], "leave": [leave] })
            }
            "add_evidence" => {
                let version = pick(&self.evidence, b).filter(|_| a.is_multiple_of(2));
                let item = version.as_ref().and_then(|one| one.belongs.item()).or(item.map(|item| item.id));
                let piece = json!({ "title": format!("材料{own}"), "cabinet": "2 柜 3 盒", "pages": own,
                    "version_of": version.filter(|one| one.belongs.item().is_some()).map(|one| one.id) });
                json!({ "do": word, "item_id": item?, "evidence": [piece] })
            }
            "edit_evidence" => {
                let set = [
                    json!({ "title": format!("改题名{own}"), "secrecy": "内部", "day": "2026-03-05" }),
                    json!({ "pages": own, "retention": "D30", "final": true }),
                ];
                json!({ "do": word, "id": one?.id, "set": set[b % 2] })
            }
            "remove_evidence" => json!({ "do": word, "ids": [one?.id] }),
            "move_evidence" => {
                json!({ "do": word, "id": one?.id, "item_id": item.filter(|_| b.is_multiple_of(2)).map(|item| item.id) })
            }
            "set_archive_numbers" => {
                let fonds = Some(format!("Z{:03}", own % 1_000)).filter(|_| !b.is_multiple_of(3));
                json!({ "do": word, "organisation_id": organisation?, "fonds": fonds })
            }
            _ => return None,
        })
    }
}
