//! Archive checklists from the template to the gap list, and what fills them by itself.

use branchdesk::command::{AddEvidence, AttachedFile, Command, EvidenceDraft};
use branchdesk::domain::checklists::{By, Evidence, Filled, ItemChange, ItemState, Progress};
use branchdesk::domain::ids::{ChecklistId, ChecklistItemId, EvidenceId, OrganisationId};
use branchdesk::store::checklists;
use branchdesk::view::checklists::{
    ChecklistBoard, FilesAsk, GapAsk, OverviewAsk, board, gaps, member_files, outdated, overview, template_use,
};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

/// A general branch with two branches; in the first a secretary and two members.
struct Archive {
    office: Office,
    general: OrganisationId,
    branch: OrganisationId,
    list: ChecklistId,
}

const TODAY: &str = "2026-11-24";

impl Archive {
    fn of(template: &str) -> Self {
        let mut office = Office::new();
        let general = office.organisation(None, "青禾县民政局党总支");
        let branch = office.organisation(Some(general), "机关第一党支部");
        office.organisation(Some(general), "机关第二党支部");
        for (name, post) in [("陈志远", Some("书记")), ("何静", None), ("孟春燕", None)] {
            office.member(branch, json!({ "name": name, "joined": "2001-07-01", "party_post": post }));
        }
        let made = office.run(json!({
            "do": "make_checklists", "template": template, "organisation_ids": [branch], "year": 2026,
        }));
        let list = ChecklistId(made.expect("made").made.expect("an id"));
        Self { office, general, branch, list }
    }

    fn board(&self) -> ChecklistBoard {
        board(&self.office.desk(), self.list, day(TODAY)).expect("read").expect("there")
    }

    fn item(&self, title: &str) -> ChecklistItemId {
        self.board().lines.iter().find(|line| line.item.title == title).expect("the item").item.id
    }

    fn state(&self, title: &str) -> (ItemState, By) {
        let board = self.board();
        let line = board.lines.iter().find(|line| line.item.title == title).expect("the item");
        (line.standing.state, line.standing.by)
    }

    fn edit(&mut self, titles: &[&str], set: &Json) -> Result<String, String> {
        let ids: Vec<ChecklistItemId> = titles.iter().map(|title| self.item(title)).collect();
        let done = self.office.run(json!({ "do": "edit_checklist_items", "ids": ids, "set": set }));
        done.map(|receipt| receipt.title).map_err(|problem| problem.happened)
    }

    fn attach(&mut self, title: &str, files: &[&str]) -> String {
        let evidence = files.iter().map(|name| EvidenceDraft {
            file: Some(AttachedFile { name: (*name).to_owned(), hash: "0".repeat(64), bytes: 34 }),
            ..EvidenceDraft::default()
        });
        let command = AddEvidence { item_id: Some(self.item(title)), talk_id: None, evidence: evidence.collect() };
        let stamp = self.office.stamp.clone();
        self.office.ledger().run(Command::AddEvidence(command), &stamp).expect("attached").title
    }

    fn gap_titles(&self) -> Vec<String> {
        let ask = GapAsk {
            scope: Some(self.general),
            year: 2026,
            template: None,
            checklist: None,
            owner: None,
            today: day(TODAY),
        };
        gaps(&self.office.desk(), &ask).expect("read").into_iter().map(|gap| gap.title).collect()
    }
}

#[test]
fn a_clerk_goes_through_the_six_haves_and_takes_everything_back() {
    let mut archive = Archive::of("六有");
    assert_eq!(archive.board().name(), "机关第一党支部 2026 年六有");
    assert_eq!(archive.gap_titles(), ["有场所", "有设施", "有标志", "有党旗", "有资料", "有制度"]);
    assert_eq!(archive.attach("有场所", &["会议室.jpg", "门牌.jpg"]), "附材料 2 件：有场所");
    assert_eq!(archive.state("有场所"), (ItemState::Have, By::Evidence), "typed once");
    let refused = archive.edit(&["有设施"], &json!({ "state": "not_applicable" }));
    assert_eq!(refused, Err("“有设施”标为不适用，没有写原因".into()));
    let told = archive.edit(&["有设施"], &json!({ "state": "not_applicable", "reason": "与社区共用" }));
    assert_eq!(told, Ok("档案清单：有设施 标为不适用".into()));
    let told = archive.edit(&["有标志", "有党旗"], &json!({ "state": "have" }));
    assert_eq!(told, Ok("档案清单：有标志 等 2 项标为有".into()));
    archive.edit(&["有资料"], &json!({ "state": "partly", "owner": "林秀英", "due": "2026-12-15" })).expect("set");
    assert_eq!(archive.gap_titles(), ["有资料", "有制度"]);
    let progress = Progress { have: 3, partly: 1, missing: 1, not_applicable: 1 };
    assert_eq!(archive.board().progress, progress);
    let board = archive.board();
    let flag = board.lines.iter().find(|line| line.item.title == "有党旗").expect("there");
    assert_eq!(flag.item.checked, Some(("测试员".to_owned(), day(TODAY))), "who looked, and when");

    let ask = OverviewAsk { scope: Some(archive.general), year: 2026, template: "六有".into(), today: day(TODAY) };
    let lines = overview(&archive.office.desk(), &ask).expect("read");
    let told: Vec<_> = lines.iter().map(|line| (&*line.name, line.checklist.map(|made| made.progress))).collect();
    assert_eq!(
        told,
        [("青禾县民政局党总支", None), ("机关第一党支部", Some(progress)), ("机关第二党支部", None)],
        "in the order of the tree, whoever stands how"
    );
    // Attached, not applicable, ticked, partly, made.
    for _ in 0..5 {
        archive.office.undo().expect("undone");
    }
    assert!(checklists::all(archive.office.read_only().reader()).expect("read").is_empty());
}

#[test]
fn the_workbooks_own_records_fill_items_and_choosing_otherwise_asks_for_a_reason() {
    let mut archive = Archive::of("支部档案");
    let by_records = |found, needed| By::Records(Filled { found, needed });
    assert_eq!(archive.state("班子名单及分工"), (ItemState::Have, by_records(1, 1)));
    assert_eq!(archive.state("党员花名册"), (ItemState::Have, by_records(3, 1)));
    assert_eq!(archive.state("会前谈心谈话"), (ItemState::Missing, by_records(0, 1)));
    assert_eq!(archive.state("转接台账"), (ItemState::Missing, By::Nothing), "nobody came or went");
    assert_eq!(archive.state("谈心谈话汇总"), (ItemState::Missing, by_records(0, 4)), "two members, in C2 and in C3");
    let people = archive.office.desk().directory().cards().iter().map(|card| card.id).collect::<Vec<_>>();
    archive
        .office
        .run(json!({
            "do": "record_talk", "organisation_id": archive.branch, "held_on": "2026-11-10", "type": "T02",
            "talker_ids": [people[0]], "partner_ids": [people[1]],
        }))
        .expect("recorded");
    assert_eq!(archive.state("会前谈心谈话"), (ItemState::Have, by_records(1, 1)));
    assert_eq!(archive.state("谈话记录表"), (ItemState::Have, by_records(1, 1)));
    assert_eq!(archive.state("谈心谈话汇总").0, ItemState::Partly);
    assert_eq!(archive.state("廉政谈话").0, ItemState::Missing, "that talk was of another type");
    let refused = archive.edit(&["会前谈心谈话"], &json!({ "state": "partly" }));
    assert_eq!(refused, Err("“会前谈心谈话”由谈心谈话自动得出，改为手工填写要有原因".into()));
    archive.edit(&["会前谈心谈话"], &json!({ "state": "partly", "reason": "还差两人" })).expect("set");
    assert_eq!(archive.state("会前谈心谈话"), (ItemState::Partly, By::Hand));
    archive.edit(&["会前谈心谈话"], &json!({ "state": null, "reason": null })).expect("given back");
    assert_eq!(archive.state("会前谈心谈话").1, by_records(1, 1));
}

#[test]
fn a_state_set_on_a_category_goes_to_its_parts_and_owner_and_day_count_for_them() {
    let mut archive = Archive::of("支部档案");
    archive.edit(&["组织生活会"], &json!({ "owner": "林秀英", "due": "2026-11-27" })).expect("set");
    archive.edit(&["民主评议党员"], &json!({ "state": "have" })).expect("ticked");
    assert_eq!(archive.state("民主评议党员"), (ItemState::Have, By::Parts));
    assert_eq!(archive.state("测评票汇总"), (ItemState::Have, By::Hand));
    let board = archive.board();
    let line = board.lines.iter().find(|line| line.item.title == "对照检查材料").expect("there");
    assert_eq!(
        (line.owner.as_deref(), line.due.map(|due| due.to_string()).as_deref()),
        (Some("林秀英"), Some("2026-11-27"))
    );
    assert_eq!(board.progress.total(), 26);
    let ask = GapAsk {
        scope: None,
        year: 2026,
        template: Some("支部档案".into()),
        checklist: None,
        owner: Some(branchdesk::domain::checklists::Owner::Named("林秀英".into())),
        today: day("2026-11-28"),
    };
    let found = gaps(&archive.office.desk(), &ask).expect("read");
    assert_eq!(found.len(), 7, "what she answers for");
    assert!(found.iter().all(|gap| gap.category == "10 组织生活会" && gap.is_overdue(day("2026-11-28"))));
}

#[test]
fn next_years_checklist_takes_the_structure_of_this_years_and_nothing_of_how_it_stood() {
    let mut archive = Archive::of("六有");
    archive
        .office
        .run(json!({ "do": "add_checklist_item", "checklist_id": archive.list, "set": { "title": "有人管理" } }))
        .expect("added");
    archive.edit(&["有制度"], &json!({ "state": "have", "owner": "何静", "due": "2026-12-31" })).expect("set");
    let again = json!({
        "do": "make_checklists", "template": "六有", "organisation_ids": [archive.branch], "year": 2027,
        "as_last_year": true,
    });
    let made = archive.office.run(again.clone()).expect("made");
    assert_eq!(made.title, "新建 2027 年六有：机关第一党支部");
    archive.list = ChecklistId(made.made.expect("an id"));
    let board = archive.board();
    let titles: Vec<&str> = board.lines.iter().map(|line| &*line.item.title).collect();
    assert_eq!(titles, ["有场所", "有设施", "有标志", "有党旗", "有资料", "有制度", "有人管理"]);
    let rules = &board.lines[5];
    assert_eq!(
        (rules.owner.as_deref(), rules.due.map(|due| due.to_string()).as_deref()),
        (Some("何静"), Some("2027-12-31"))
    );
    assert_eq!(rules.standing.by, By::Nothing);
    let refused = archive.office.run(again).expect_err("there is one");
    assert_eq!(refused.happened, "“六有” 2027 年已经有了");
}

#[test]
fn a_changed_template_reaches_a_running_checklist_when_it_is_told_to_and_nothing_written_is_lost() {
    let mut archive = Archive::of("六有");
    archive.edit(&["有资料"], &json!({ "state": "have" })).expect("ticked");
    archive.attach("有党旗", &["党旗.jpg"]);
    let items = json!([
        { "code": "1", "title": "有场所", "standard": "不少于 20 平方米" },
        { "code": "2a", "title": "有书报" },
        { "code": "2", "title": "有设施", "standard": "有桌椅、书柜、电教设备，能正常使用" },
        { "code": "5", "title": "有党建资料" },
    ]);
    archive.office.run(json!({ "do": "set_template", "code": "六有", "items": items })).expect("changed");
    assert!(archive.board().is_outdated);
    assert_eq!(archive.board().lines.len(), 6, "until somebody says so");
    let desk = archive.office.desk();
    let preview = outdated(&desk, &[archive.list]).expect("read");
    let told: Vec<_> = preview[0]
        .items
        .iter()
        .map(|item| (&*item.code, item.now.is_some(), item.then.is_some(), item.is_kept))
        .collect();
    assert_eq!(
        told,
        [
            ("1", true, true, false),
            ("2a", false, true, false),
            ("5", true, true, false),
            ("3", true, false, false),
            ("4", true, false, true),
            ("6", true, false, false),
        ]
    );
    let changes: Vec<ItemChange> = preview[0].items.iter().map(|item| item.change).collect();
    use ItemChange::{Added, Kept, Removed, Renamed, Rewritten};
    assert_eq!(changes, [Rewritten, Added, Renamed, Removed, Kept, Removed]);
    let used = template_use(&desk, "六有").expect("read");
    assert_eq!(used.changed, Some((day(TODAY), "测试员".to_owned())), "when it was changed, and by whom");
    assert_eq!((used.is_shipped, used.made, &used.behind[..]), (true, 1, &[archive.list][..]));
    let done = archive.office.run(json!({ "do": "update_checklists", "ids": [archive.list], "leave": ["6"] }));
    assert_eq!(
        done.expect("done").title,
        "按模板更新清单：机关第一党支部 2026 年六有（新增 1，改名 1，改标准等 1，去掉 1，转为自有项 1）"
    );
    let board = archive.board();
    let titles: Vec<&str> = board.lines.iter().map(|line| &*line.item.title).collect();
    assert_eq!(titles, ["有场所", "有书报", "有设施", "有党旗", "有党建资料", "有制度"]);
    assert_eq!(archive.state("有党建资料"), (ItemState::Have, By::Hand), "how it stands stays");
    assert_eq!(archive.state("有党旗"), (ItemState::Have, By::Evidence));
    assert!(!board.is_outdated);
    archive.office.undo().expect("undone");
    assert_eq!(archive.board().lines.len(), 6);
    assert!(archive.board().is_outdated);
}

#[test]
fn what_the_office_wrote_itself_stays_when_its_template_changes_elsewhere() {
    let mut archive = Archive::of("六有");
    let own = json!({ "title": "有活动室", "standard": "两层楼合用", "retention": "D30" });
    archive.edit(&["有场所"], &own).expect("written");
    archive.edit(&["有设施"], &json!({ "due": "2026-12-15" })).expect("written");
    archive.edit(&["有党旗"], &json!({ "standard": "挂正面墙上" })).expect("written");
    let next = json!({
        "do": "make_checklists", "template": "六有", "organisation_ids": [archive.branch], "year": 2027,
        "as_last_year": true,
    });
    let next = ChecklistId(archive.office.run(next).expect("made").made.expect("an id"));
    let shipped = checklists::templates(archive.office.desk().reader()).expect("read");
    let mut items = shipped.get("六有").expect("there").items.clone();
    items.remove(1);
    items[2].standard = Some("旗面完好".into());
    items[4].standard = Some("上墙".into());
    archive.office.run(json!({ "do": "set_template", "code": "六有", "items": items })).expect("changed");

    let desk = archive.office.desk();
    let preview = outdated(&desk, &[archive.list]).expect("read");
    let told: Vec<_> = preview[0].items.iter().map(|one| (&*one.title, one.change, one.own.join("、"))).collect();
    assert_eq!(
        told,
        [
            ("有活动室", ItemChange::Own, "内容、标准、保管期限".to_owned()),
            ("有党旗", ItemChange::Own, "标准".to_owned()),
            ("有制度", ItemChange::Rewritten, String::new()),
            ("有设施", ItemChange::Kept, String::new()),
        ]
    );
    let done = archive.office.run(json!({ "do": "update_checklists", "ids": [archive.list, next] })).expect("done");
    assert_eq!(done.title, "按模板更新清单 2 份（改标准等 2，转为自有项 2，自写保留 4）");
    for (list, due) in [(archive.list, "2026-12-15"), (next, "2027-12-15")] {
        archive.list = list;
        let board = archive.board();
        let said: Vec<_> = board
            .lines
            .iter()
            .map(|line| (&*line.item.title, line.item.standard.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(
            (said[0], said[3], said[5]),
            (("有活动室", "两层楼合用"), ("有党旗", "挂正面墙上"), ("有制度", "上墙"))
        );
        assert_eq!(board.lines[0].item.retention.map(|retention| retention.code()), Some("D30"));
        assert_eq!(board.lines[1].item.due.map(|due| due.to_string()).as_deref(), Some(due), "its day is written");
    }
    // What is written as the template has it is no longer the office's own.
    archive.edit(&["有党旗"], &json!({ "standard": "旗面完好" })).expect("given back");
    items[2].standard = Some("旗面完好，尺寸合规".into());
    archive.office.run(json!({ "do": "set_template", "code": "六有", "items": items })).expect("changed");
    archive.office.run(json!({ "do": "update_checklists", "ids": [archive.list] })).expect("done");
    let board = archive.board();
    assert_eq!(board.lines[3].item.standard.as_deref(), Some("旗面完好，尺寸合规"));
    assert_eq!(board.lines[0].item.title, "有活动室", "still the office's own");
}

#[test]
fn an_item_that_gets_parts_stands_as_they_do_whatever_was_set_on_it_before() {
    let mut archive = Archive::of("六有");
    archive.edit(&["有标志"], &json!({ "state": "missing", "reason": "等牌子做好" })).expect("set");
    archive.edit(&["有党旗"], &json!({ "state": "not_applicable", "reason": "在县委礼堂" })).expect("set");
    let shipped = checklists::templates(archive.office.desk().reader()).expect("read");
    let mut items = shipped.get("六有").expect("there").items.clone();
    let part = |title: &str| branchdesk::domain::checklists::TemplateItem { title: title.into(), ..Default::default() };
    items[2].parts = vec![part("有门牌"), part("有党徽")];
    items[3].parts = vec![part("有旗杆"), part("有旗面")];
    archive.office.run(json!({ "do": "set_template", "code": "六有", "items": items })).expect("changed");
    let preview = outdated(&archive.office.desk(), &[archive.list]).expect("read");
    assert_eq!(preview[0].given_to_parts, ["有标志", "有党旗"]);
    archive.office.run(json!({ "do": "update_checklists", "ids": [archive.list] })).expect("done");
    assert_eq!(archive.state("有标志"), (ItemState::Missing, By::Parts));
    assert_eq!(archive.state("有旗面"), (ItemState::NotApplicable, By::Hand), "nothing of it applies");
    archive.edit(&["有门牌", "有党徽"], &json!({ "state": "have" })).expect("set");
    assert_eq!(archive.state("有标志"), (ItemState::Have, By::Parts));
    let board = archive.board();
    let whole = board.lines.iter().find(|line| line.item.title == "有标志").expect("there");
    assert_eq!((whole.item.state, whole.item.note.as_deref()), (None, Some("等牌子做好")), "no word is lost");
    assert_eq!(archive.gap_titles(), ["有场所", "有设施", "有资料", "有制度"]);
}

#[test]
fn why_an_item_did_not_apply_is_over_when_it_is_there() {
    let mut archive = Archive::of("六有");
    let reason = |archive: &Archive| archive.board().lines[1].item.reason.clone();
    archive.edit(&["有设施"], &json!({ "state": "not_applicable", "reason": "与社区共用" })).expect("set");
    archive.edit(&["有设施"], &json!({ "note": "二楼" })).expect("set");
    assert_eq!(reason(&archive).as_deref(), Some("与社区共用"));
    archive.edit(&["有设施"], &json!({ "state": "have" })).expect("set");
    assert_eq!(reason(&archive), None);
    archive.edit(&["有设施"], &json!({ "state": "partly", "reason": "缺投影仪" })).expect("set");
    archive.edit(&["有设施"], &json!({ "state": "missing" })).expect("set");
    assert_eq!(reason(&archive).as_deref(), Some("缺投影仪"), "why it is not whole still counts");
}

#[test]
fn no_archive_is_asked_of_an_organisation_in_a_year_in_which_it_was_not_there() {
    let mut archive = Archive::of("六有");
    let third = archive.office.organisation(Some(archive.general), "机关第三党支部");
    let set = json!({ "do": "edit_organisation", "id": third, "set": { "founded": "2024-03-01" } });
    archive.office.run(set).expect("written");
    let close = json!({ "do": "close_organisation", "id": third, "on": "2026-06-01" });
    archive.office.run(close).expect("closed");
    let make = |ids: &[OrganisationId], year: i16| json!({ "do": "make_checklists", "template": "六有", "organisation_ids": ids, "year": year });
    let refused = archive.office.run(make(&[third], 2027)).expect_err("it is gone");
    assert_eq!(refused.happened, "机关第三党支部 2026-06-01 已撤销");
    let refused = archive.office.run(make(&[third], 2023)).expect_err("it was not yet there");
    assert_eq!(refused.happened, "机关第三党支部 2024-03-01 才成立");
    let told = archive.office.run(make(&[archive.branch, third], 2027)).expect("made");
    assert_eq!(told.title, "新建 2027 年六有：机关第一党支部；没有建 1 份：机关第三党支部 2026-06-01 已撤销");
    for year in [2024, 2026] {
        archive.office.run(make(&[third], year)).expect("it was there for a while");
    }
}

#[test]
fn a_year_that_has_not_begun_holds_no_records() {
    let mut archive = Archive::of("支部档案");
    let next = json!({
        "do": "make_checklists", "template": "支部档案", "organisation_ids": [archive.branch], "year": 2027,
    });
    archive.list = ChecklistId(archive.office.run(next).expect("made").made.expect("an id"));
    for title in ["党员花名册", "班子名单及分工", "谈心谈话汇总"] {
        assert_eq!(archive.state(title), (ItemState::Missing, By::Nothing), "{title}");
    }
}

#[test]
fn paper_and_versions_are_evidence_and_only_one_version_is_final() {
    let mut archive = Archive::of("六有");
    let item = archive.item("有制度");
    let add = |set: Json| json!({ "do": "add_evidence", "item_id": item, "evidence": [set] });
    let made = archive.office.run(add(json!({ "title": "支部制度汇编", "cabinet": "2 柜 3 盒", "pages": 36 })));
    let made = made.expect("added");
    assert_eq!(made.title, "记纸质材料 1 件：有制度");
    assert_eq!(archive.state("有制度"), (ItemState::Have, By::Evidence), "paper is enough");
    let first = made.made.expect("an id").to_string();
    let later = archive.office.run(add(json!({ "title": "制度汇编（修订）", "version_of": first })));
    assert_eq!(later.expect("a later version").title, "附新版本：制度汇编（修订）");
    assert_eq!(archive.board().line(item).expect("there").evidence_below, 1, "one piece, whatever its versions");
    let finals = |archive: &Archive| -> Vec<(String, bool)> {
        let board = archive.board();
        board.line(item).expect("there").evidence.iter().map(|one| (one.title.clone(), one.is_final)).collect()
    };
    assert_eq!(finals(&archive), [("支部制度汇编".into(), false), ("制度汇编（修订）".into(), true)]);
    let chosen = archive.office.run(json!({ "do": "edit_evidence", "id": first, "set": { "final": true } }));
    assert_eq!(chosen.expect("set").title, "定稿：支部制度汇编");
    assert_eq!(finals(&archive), [("支部制度汇编".into(), true), ("制度汇编（修订）".into(), false)]);
    archive.office.run(json!({ "do": "remove_evidence", "ids": [first] })).expect("taken out");
    assert_eq!(finals(&archive), [("制度汇编（修订）".into(), true)], "the next is the first then");
    let refused = archive.office.run(add(json!({ "title": "通报", "secrecy": "秘密" }))).expect_err("refused");
    assert_eq!(refused.happened, "密级“秘密”不能写：密级只能留空、写“内部”或“工作秘密”");
    assert_eq!(refused.next, "国家秘密不得存入本程序，请按保密规定另行保管");
    let command: Result<Command, _> = serde_json::from_value(add(json!({ "title": "假的", "file": { "name": "a" } })));
    assert!(command.is_err(), "a script cannot claim a file whose bytes nobody kept");
}

#[test]
fn evidence_takes_away_that_somebody_found_an_item_missing_and_leaves_what_else_was_decided() {
    let mut archive = Archive::of("六有");
    let missing = json!({ "state": "missing", "reason": "没有交来" });
    archive.edit(&["有制度", "有党旗"], &missing).expect("looked at");
    archive.edit(&["有标志"], &json!({ "state": "not_applicable", "reason": "与社区共用" })).expect("decided");
    archive.edit(&["有资料"], &json!({ "state": "partly" })).expect("decided");
    let before = archive.office.dump();
    assert_eq!(archive.attach("有制度", &["制度汇编.pdf"]), "附材料 1 件：有制度，“缺”改为自动");
    assert_eq!(archive.state("有制度"), (ItemState::Have, By::Evidence));
    let rules = archive.board().line(archive.item("有制度")).expect("there").item.clone();
    assert_eq!((rules.reason, rules.checked), (None, None), "why it was missing is over");
    archive.office.undo().expect("undone");
    assert_eq!(archive.office.dump(), before, "it is one change");
    assert_eq!(archive.state("有制度"), (ItemState::Missing, By::Hand));

    let item = archive.item("有制度");
    let paper = json!({ "do": "add_evidence", "item_id": item, "evidence": [{ "title": "制度汇编" }] });
    let made = archive.office.run(paper).expect("added");
    assert_eq!(made.title, "记纸质材料 1 件：有制度，“缺”改为自动");
    let flag = archive.item("有党旗");
    let moved = archive
        .office
        .run(json!({ "do": "move_evidence", "id": made.made.expect("an id").to_string(), "item_id": flag }));
    assert_eq!(moved.expect("moved").title, "移动材料：制度汇编 → 有党旗，“缺”改为自动");
    assert_eq!(archive.state("有党旗"), (ItemState::Have, By::Evidence));

    assert_eq!(archive.attach("有标志", &["门牌.jpg"]), "附材料 1 件：有标志");
    assert_eq!(archive.attach("有资料", &["书目.pdf"]), "附材料 1 件：有资料");
    assert_eq!(archive.state("有标志"), (ItemState::NotApplicable, By::Hand));
    assert_eq!(archive.state("有资料"), (ItemState::Partly, By::Hand));
}

#[test]
fn nobody_lacks_what_a_members_file_does_not_have_to_hold() {
    let mut archive = Archive::of("六有");
    let shipped = checklists::templates(archive.office.read_only().reader()).expect("read");
    let mut items = shipped.get("入党档案").expect("there").items.clone();
    items[5].parts.iter_mut().for_each(|part| part.fill = None);
    let asked_for = json!({ "do": "set_template", "code": "入党档案", "items": items });
    archive.office.run(asked_for).expect("as a district asks for all of it");
    let he = archive.office.desk().directory().cards().iter().find(|card| &*card.name == "何静").expect("her").id;
    let made = archive.office.run(json!({ "do": "make_checklists", "template": "入党档案", "person_ids": [he] }));
    archive.list = ChecklistId(made.expect("made").made.expect("an id"));
    archive.edit(&["预审表"], &json!({ "state": "missing" })).expect("looked at");
    assert_eq!(archive.gap_titles().len(), 6 + 18);

    archive.office.run(json!({ "do": "remove_template", "code": "入党档案" })).expect("as the program has it again");
    let update = json!({ "do": "update_checklists", "ids": [archive.list] });
    assert!(archive.board().is_outdated);
    assert_eq!(archive.office.run(update).expect("brought").title, "按模板更新清单：何静 的入党档案（改标准等 13）");
    assert_eq!(archive.state("自传"), (ItemState::NotApplicable, By::Optional));
    assert_eq!(archive.state("预审表"), (ItemState::Missing, By::Hand), "here somebody asks for it");
    let gaps = archive.gap_titles().split_off(6);
    assert_eq!(gaps, ["入党志愿书", "入党申请书", "政治审查材料", "转正申请书", "培养教育考察材料", "预审表"]);
    archive.edit(&["预审表"], &json!({ "state": null })).expect("given back");
    assert_eq!(archive.state("其他材料"), (ItemState::NotApplicable, By::Parts));
    archive.attach("自传", &["自传.pdf"]);
    assert_eq!(archive.state("自传"), (ItemState::Have, By::Evidence));
    assert_eq!(archive.state("其他材料"), (ItemState::Have, By::Parts), "all of what there is");
    archive.edit(&["思想汇报"], &json!({ "state": "have" })).expect("no reason is asked for");
    let refused = archive.edit(&["公示情况报告"], &json!({ "state": "not_applicable" }));
    assert_eq!(refused, Err("“公示情况报告”标为不适用，没有写原因".into()));
}

#[test]
fn a_template_that_nothing_could_fill_is_refused() {
    let mut archive = Archive::of("六有");
    for (subject, fill, told) in [
        ("organisation", json!({ "measure": "talks", "types": ["T02", "T99"] }), "“谈话”的自动来源：没有谈话类型“T99”"),
        ("organisation", json!({ "measure": "ledger", "kind": "会议" }), "“谈话”的自动来源：没有名为“会议”的台账"),
        ("organisation", json!({ "measure": "talks", "at_least": 0 }), "“谈话”的自动来源写了至少 0，至少要 1"),
        ("person", json!({ "measure": "roster" }), "“谈话”不能由党员名册自动得出：党员个人的清单只能选“有则归档”"),
    ] {
        let items = json!([{ "title": "其他", "parts": [{ "title": "谈话", "fill": fill }] }]);
        let set = json!({ "do": "set_template", "title": "自查表", "subject": subject, "items": items });
        let refused = archive.office.run(set).expect_err("refused");
        assert_eq!((refused.happened.as_str(), refused.next.as_str()), (told, "改好后再保存"));
    }
}

#[test]
fn a_new_item_is_never_taken_for_one_that_was_taken_out() {
    let mut archive = Archive::of("六有");
    archive.attach("有制度", &["制度汇编.pdf"]);
    let five = archive.office.desk();
    let mut items = checklists::templates(five.reader()).expect("read").get("六有").expect("there").items.clone();
    items.truncate(5);
    archive.office.run(json!({ "do": "set_template", "code": "六有", "items": items.clone() })).expect("changed");
    let mut items: Vec<Json> = items.iter().map(|item| serde_json::to_value(item).expect("written")).collect();
    items.push(json!({ "title": "有书报" }));
    archive.office.run(json!({ "do": "set_template", "code": "六有", "items": items })).expect("changed again");
    archive.office.run(json!({ "do": "update_checklists", "ids": [archive.list] })).expect("brought");
    assert_eq!(archive.state("有书报"), (ItemState::Missing, By::Nothing), "the evidence is of another item");
    assert_eq!(archive.state("有制度"), (ItemState::Have, By::Evidence), "which is still there");
}

#[test]
fn who_has_a_file_and_who_has_none_is_told_in_the_order_of_the_tree() {
    let mut archive = Archive::of("六有");
    let new = archive.office.member(archive.branch, json!({ "name": "周慧", "joined": "2026-05-20" }));
    archive.office.run(json!({ "do": "make_checklists", "template": "入党档案", "person_ids": [new] })).expect("made");
    let files = |archive: &Archive, scope| {
        let ask = FilesAsk { scope: Some(scope), template: "入党档案".into(), today: day(TODAY) };
        let lines = member_files(&archive.office.desk(), &ask).expect("read");
        lines.into_iter().map(|line| (line.name, line.file.map(|file| file.progress.missing))).collect::<Vec<_>>()
    };
    let told = [("陈志远", None), ("何静", None), ("孟春燕", None), ("周慧", Some(5))];
    let told: Vec<(String, Option<usize>)> = told.map(|(name, missing)| (name.to_owned(), missing)).to_vec();
    assert_eq!(files(&archive, archive.general), told);
    let died = json!({ "do": "record_event", "ids": [new], "kind": "died", "on": "2026-10-01" });
    archive.office.run(died).expect("recorded");
    assert_eq!(files(&archive, archive.branch).last(), told.last(), "the file of who has left is still kept");
}

#[test]
fn a_members_file_is_kept_by_the_branch_and_goes_over_when_two_are_one() {
    let mut archive = Archive::of("六有");
    let he = archive.office.desk().directory().cards().iter().find(|card| &*card.name == "何静").expect("her").id;
    let made = archive.office.run(json!({ "do": "make_checklists", "template": "入党档案", "person_ids": [he] }));
    let made = made.expect("made");
    assert_eq!(made.title, "新建入党档案：何静");
    let file = ChecklistId(made.made.expect("an id"));
    let her = board(&archive.office.desk(), file, day(TODAY)).expect("read").expect("there");
    assert_eq!((her.name(), her.checklist.organisation), ("何静 的入党档案".into(), archive.branch));
    archive.edit(&["有场所"], &json!({ "owner_id": he })).expect("set");
    let twin = archive.office.member(archive.branch, json!({ "name": "何靜", "joined": "2001-07-01" }));
    let before = archive.office.dump();
    archive
        .office
        .run(json!({ "do": "merge_members", "keep_id": twin, "drop_id": he, "leave_out_ids": memberships(&archive, he) }))
        .expect("merged");
    assert_eq!(checklists::of_person(archive.office.read_only().reader(), twin).expect("read").len(), 1);
    assert_eq!(archive.board().lines[0].owner.as_deref(), Some("何靜"));
    archive.office.run(json!({ "do": "unmerge_members", "id": he })).expect("two again");
    assert_eq!(archive.board().lines[0].owner.as_deref(), Some("何静"));
    archive.office.undo().expect("undone");
    archive.office.undo().expect("undone");
    assert_eq!(archive.office.dump(), before);
}

fn memberships(archive: &Archive, id: branchdesk::domain::ids::PersonId) -> Vec<branchdesk::domain::ids::FactId> {
    let facts = branchdesk::store::members::facts_of(archive.office.read_only().reader(), id).expect("read");
    facts.into_iter().map(|fact| fact.id).collect()
}

#[test]
fn what_is_not_empty_is_not_taken_away() {
    let mut archive = Archive::of("六有");
    archive.attach("有场所", &["会议室.jpg"]);
    let item = archive.item("有场所");
    let refused = |archive: &mut Archive, command: Json| archive.office.run(command).expect_err("refused").happened;
    let gone = refused(&mut archive, json!({ "do": "remove_checklist_item", "id": item }));
    assert_eq!(gone, "“有场所”有 1 件材料");
    let list = archive.list;
    assert_eq!(refused(&mut archive, json!({ "do": "remove_checklist", "id": list })), "清单里有 1 件材料");
    let own =
        json!({ "do": "set_template", "title": "自查表", "items": [{ "title": "有台账" }, { "title": "有台账" }] });
    archive.office.run(own).expect("two with one title have two codes");
    let again = refused(&mut archive, json!({ "do": "set_template", "title": "自查表", "items": [{ "title": "有" }] }));
    assert_eq!(again, "已经有名为“自查表”的清单模板");
    let group = archive.office.organisation(Some(archive.branch), "第一党小组");
    let of_group = json!({ "do": "make_checklists", "template": "六有", "organisation_ids": [group], "year": 2026 });
    assert!(refused(&mut archive, of_group).contains("党小组"));
}

#[test]
fn what_is_told_of_nothing_or_twice_is_told_in_its_own_words() {
    let mut archive = Archive::of("六有");
    let place = archive.item("有场所");
    let add = json!({ "do": "add_evidence", "item_id": place, "evidence": [{ "title": "租赁合同" }] });
    let paper = archive.office.run(add).expect("added").made.expect("an id").to_string();
    for (command, title, told) in [
        (json!({ "do": "remove_checklist", "id": "7" }), "没有删掉清单", "没有编号为 7 的清单"),
        (json!({ "do": "update_checklists", "ids": ["7"] }), "没有更新清单", "没有编号为 7 的清单"),
        (json!({ "do": "remove_template", "code": "八有" }), "没有改清单模板", "没有代号为 八有 的清单模板"),
        (
            json!({ "do": "remove_template", "code": "六有" }),
            "没有改清单模板",
            "清单模板“六有”没有改过，本来就是自带的内容",
        ),
        (
            json!({ "do": "move_checklist_item", "id": place, "before": place }),
            "没有改档案清单",
            "“有场所”不能排在自己前面",
        ),
        (json!({ "do": "move_evidence", "id": paper, "before": paper }), "没有改材料", "“租赁合同”不能排在自己前面"),
    ] {
        let refused = archive.office.run(command).expect_err("refused");
        assert_eq!((refused.title.as_str(), refused.happened.as_str()), (title, told));
    }
    let unseen = archive.edit(&["有党旗"], &json!({ "state": "not_applicable", "reason": "\u{200b} \u{200e}" }));
    assert_eq!(unseen, Err("“有党旗”标为不适用，没有写原因".into()), "nobody sees such a reason");
    let twice = archive.edit(&["有党旗", "有党旗"], &json!({ "note": "待换新", "state": "have" }));
    assert_eq!(twice, Ok("档案清单：有党旗 标为有".into()));
    let both = archive.office.run(json!({ "do": "remove_evidence", "ids": [paper, paper] })).expect("taken out");
    assert_eq!(both.title, "去掉材料：租赁合同");
}

#[test]
fn a_later_version_is_told_as_the_one_that_counted_but_for_its_pages() {
    let mut archive = Archive::of("六有");
    let item = archive.item("有制度");
    let told = json!({
        "title": "支部制度汇编", "document": "青民党〔2026〕3号", "author": "机关第一党支部", "day": "2026-01-15",
        "pages": 36, "secrecy": "内部", "retention": "D30", "remark": "附签批单",
    });
    let add = |set: Json| json!({ "do": "add_evidence", "item_id": item, "evidence": [set] });
    let first = archive.office.run(add(told)).expect("added").made.expect("an id");
    let file = AttachedFile { name: "扫描0001.pdf".into(), hash: "1".repeat(64), bytes: 34 };
    let draft = EvidenceDraft {
        file: Some(file),
        version_of: Some(EvidenceId(first)),
        remark: Some("修订".into()),
        ..EvidenceDraft::default()
    };
    let command = AddEvidence { item_id: Some(item), talk_id: None, evidence: vec![draft] };
    let stamp = archive.office.stamp.clone();
    let second = archive.office.ledger().run(Command::AddEvidence(command), &stamp).expect("attached").made;
    let get = |archive: &Archive, id: i64| -> Evidence {
        archive.office.desk().reader().get(id).expect("read").expect("there")
    };
    let second = second.expect("an id");
    let (before, after) = (get(&archive, first), get(&archive, second));
    assert!(after.is_final && !before.is_final);
    let common = |one: &Evidence| {
        (one.title.clone(), one.document.clone(), one.author.clone(), one.day, one.secrecy, one.retention)
    };
    assert_eq!(common(&after), common(&before));
    assert_eq!((after.pages, after.remark.as_deref()), (None, Some("修订")), "what it tells itself is its own");
    archive
        .office
        .run(json!({ "do": "edit_evidence", "id": second.to_string(), "set": { "document": "青民党〔2026〕9号" } }))
        .expect("set");
    let third = archive.office.run(add(json!({ "version_of": first.to_string() }))).expect("a third").made;
    let third = get(&archive, third.expect("an id"));
    assert_eq!(third.document.as_deref(), Some("青民党〔2026〕9号"), "of the one that counted, not of the first");
}

#[test]
fn a_title_that_is_cleared_is_the_name_of_the_file_again_and_paper_has_to_have_one() {
    let mut archive = Archive::of("六有");
    archive.attach("有场所", &["会议室.jpg"]);
    let item = archive.item("有场所");
    let paper = json!({ "do": "add_evidence", "item_id": item, "evidence": [{ "title": "租赁合同" }] });
    let paper = archive.office.run(paper).expect("added").made.expect("an id");
    let file = archive.board().line(item).expect("there").evidence[0].id;
    let edit = |id: i64, set: Json| json!({ "do": "edit_evidence", "id": id.to_string(), "set": set });
    archive.office.run(edit(file.0, json!({ "title": "三楼会议室" }))).expect("set");
    archive.office.run(edit(file.0, json!({ "title": null }))).expect("cleared");
    assert_eq!(archive.board().line(item).expect("there").evidence[0].title, "会议室");
    let refused = archive.office.run(edit(paper, json!({ "title": null }))).expect_err("refused");
    assert_eq!(refused.happened, "材料要有题名");
}
