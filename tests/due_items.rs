//! What of archive checklists joins 今日: items that are due and missing, by whose day, one by one or together.

use branchdesk::domain::checklists::ChecklistItem;
use branchdesk::domain::ids::{ChecklistItemId, OrganisationId};
use branchdesk::store::checklists;
use branchdesk::view::today::{Piece, Way, When, today};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

const TODAY: &str = "2026-11-24";

/// A general branch with two branches; the first has a checklist of this year.
struct Archive {
    office: Office,
    general: OrganisationId,
    branch: OrganisationId,
}

impl Archive {
    fn of(template: &str) -> Self {
        let mut office = Office::new();
        let general = office.organisation(None, "青禾县民政局党总支");
        let branch = office.organisation(Some(general), "机关第一党支部");
        office.organisation(Some(general), "机关第二党支部");
        let mut archive = Self { office, general, branch };
        archive
            .run(json!({ "do": "make_checklists", "template": template, "organisation_ids": [branch], "year": 2026 }));
        archive
    }

    fn run(&mut self, command: Json) -> Option<i64> {
        self.office.run(command).expect("done").made
    }

    fn items(&self) -> Vec<ChecklistItem> {
        let reader = self.office.read_only();
        let lists = checklists::all(reader.reader()).expect("lists");
        lists.iter().flat_map(|list| checklists::items(reader.reader(), list.id).expect("items")).collect()
    }

    fn id(&self, title: &str) -> ChecklistItemId {
        self.items().into_iter().find(|item| item.title == title).expect("the item").id
    }

    fn coded(&self, code: &str) -> ChecklistItemId {
        self.items().into_iter().find(|item| item.code.as_deref() == Some(code)).expect("the item").id
    }

    fn edit(&mut self, titles: &[&str], set: &Json) {
        let ids: Vec<ChecklistItemId> = titles.iter().map(|title| self.id(title)).collect();
        self.run(json!({ "do": "edit_checklist_items", "ids": ids, "set": set }));
    }

    fn snooze(&mut self, key: &str) {
        self.run(json!({ "do": "snooze_work", "work": key, "until": "2026-12-01", "reason": "等会议纪要" }));
    }

    fn pieces(&self, scope: Option<OrganisationId>) -> Vec<Piece> {
        let found = today(&self.office.desk(), scope, day(TODAY)).expect("told").pieces;
        let is_of_archives = |piece: &Piece| matches!(piece.way, Way::ChecklistItem(_) | Way::ChecklistItems(_));
        found.into_iter().filter(is_of_archives).collect()
    }

    fn titles(&self) -> Vec<String> {
        self.pieces(None).into_iter().map(|piece| piece.title).collect()
    }

    fn put_off(&self) -> Vec<String> {
        let found = today(&self.office.desk(), None, day(TODAY)).expect("told").put_off;
        found.into_iter().map(|put_off| format!("{}：{}", put_off.piece.title, put_off.reason)).collect()
    }
}

#[test]
fn what_is_due_and_missing_joins_the_work_and_what_is_there_or_does_not_apply_never_does() {
    let mut archive = Archive::of("六有");
    archive.edit(&["有场所"], &json!({ "due": "2026-11-20", "owner": "林秀英" }));
    archive.edit(&["有设施"], &json!({ "due": "2026-11-27", "state": "partly" }));
    archive.edit(&["有标志"], &json!({ "due": "2026-12" }));
    archive.edit(&["有党旗"], &json!({ "due": "2026-11-20", "state": "have" }));
    archive.edit(&["有资料"], &json!({ "due": "2026-11-20", "state": "not_applicable", "reason": "合用" }));
    archive.edit(&["有制度"], &json!({ "due": "2026-11-20" }));
    let paper = json!([{ "title": "制度汇编", "cabinet": "2 柜", "pages": 12 }]);
    let with_paper = archive.id("有制度");
    archive.run(json!({ "do": "add_evidence", "item_id": with_paper, "evidence": paper }));

    let told: Vec<(When, String, String)> =
        archive.pieces(None).into_iter().map(|piece| (piece.when(day(TODAY)), piece.title, piece.basis)).collect();
    let row = |when, title: &str, basis: &str| (when, title.to_owned(), basis.to_owned());
    assert_eq!(
        told,
        [
            row(When::Overdue, "档案缺项：有场所", "机关第一党支部 2026年六有·责任人 林秀英"),
            row(When::Week, "档案缺项：有设施", "机关第一党支部 2026年六有·已有一部分"),
        ],
        "a month is due on its last day, which is more than a month ahead"
    );
    let branch = archive.pieces(Some(archive.branch));
    assert_eq!(branch[0].basis, "2026年六有·责任人 林秀英", "within the branch nobody asks whose it is");
    let other = archive.office.desk().tree().find("机关第二党支部").expect("found").id;
    assert_eq!(archive.pieces(Some(other)), []);
    assert_eq!(archive.pieces(Some(archive.general)).len(), 2);
}

#[test]
fn a_category_gives_its_day_and_its_owner_to_its_parts_and_records_may_fill_them() {
    let mut archive = Archive::of("支部档案");
    for title in ["组织生活会", "谈心谈话"] {
        archive.edit(&[title], &json!({ "due": "2026-11-20", "owner": "林秀英" }));
    }
    let together: Vec<String> = archive.titles();
    assert_eq!(together.len(), 1, "more than a few stand together: {together:?}");
    assert!(together[0].starts_with("档案缺项：党支部工作档案 "), "{together:?}");

    for code in ["10.2", "10.3", "10.4", "10.5", "10.6", "10.7"] {
        let id = archive.coded(code);
        archive
            .run(json!({ "do": "edit_checklist_items", "ids": [id], "set": { "state": "have", "reason": "在柜里" } }));
    }
    let first = "档案缺项：组织生活会·方案".to_owned();
    let titles = archive.titles();
    assert!(titles.contains(&first), "{titles:?}");
    let piece = archive.pieces(None).into_iter().find(|piece| piece.title == first).expect("listed");
    assert!(piece.basis.ends_with("责任人 林秀英"), "{}", piece.basis);
    let id = archive.coded("10.1");
    archive.run(json!({ "do": "edit_checklist_items", "ids": [id], "set": { "due": "2027-03-01" } }));
    assert!(!archive.titles().contains(&first), "a day of its own takes the place of the category's");

    let of_talks = |titles: &[String]| titles.iter().filter(|title| title.contains("谈心谈话·")).count();
    let before = of_talks(&archive.titles());
    assert!(before > 0, "nobody talked yet");
    let branch = archive.branch;
    let chen = archive.office.member(branch, json!({ "name": "陈志远", "joined": "1995-07-01" }));
    let he = archive.office.member(branch, json!({ "name": "何静", "joined": "2001-07-01" }));
    archive.run(json!({ "do": "record_talk", "organisation_id": branch, "held_on": "2026-03-20", "type": "T01",
        "talker_ids": [chen], "partner_ids": [he] }));
    assert!(of_talks(&archive.titles()) < before, "what the workbook keeps anyway is asked of nobody");
}

#[test]
fn what_was_put_off_together_stays_so_when_some_of_it_is_done_and_one_alone_stays_alone() {
    let mut archive = Archive::of("六有");
    let all = ["有场所", "有设施", "有标志", "有党旗", "有资料", "有制度"];
    archive.edit(&all, &json!({ "due": "2026-11-20" }));
    let alone = format!("checklist_item:{}", archive.id("有制度"));
    archive.snooze(&alone);
    assert_eq!(archive.titles(), ["档案缺项：六有 5 项"]);
    assert_eq!(archive.put_off(), ["档案缺项：有制度：等会议纪要"]);

    let together = archive.pieces(None)[0].key.clone();
    archive.snooze(&together);
    archive.edit(&all[..4], &json!({ "state": "have" }));
    assert_eq!(archive.titles(), [""; 0]);
    assert_eq!(archive.put_off(), ["档案缺项：有制度：等会议纪要", "档案缺项：六有 1 项：等会议纪要"]);
    let later = today(&archive.office.desk(), None, day("2026-12-01")).expect("told");
    let titles: Vec<&str> = later.pieces.iter().map(|piece| piece.title.as_str()).collect();
    assert!(titles.contains(&"档案缺项：有资料") && titles.contains(&"档案缺项：有制度"), "{titles:?}");
}

#[test]
fn a_members_file_asks_for_nothing_any_more_when_the_member_is_gone() {
    let mut archive = Archive::of("六有");
    let branch = archive.branch;
    let he = archive.office.member(branch, json!({ "name": "何静", "joined": "2001-07-01" }));
    archive.run(json!({ "do": "make_checklists", "template": "入党档案", "person_ids": [he] }));
    archive.edit(&["入党志愿书"], &json!({ "due": "2026-11-20" }));
    let pieces = archive.pieces(None);
    assert_eq!(pieces.len(), 1);
    assert!(pieces[0].basis.starts_with("何静 的"), "{}", pieces[0].basis);
    archive.run(json!({ "do": "record_event", "ids": [he], "kind": "died", "on": "2026-11-22" }));
    assert_eq!(archive.pieces(None), []);
}
