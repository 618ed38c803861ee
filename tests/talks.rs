//! Talks are written down, corrected, taken out and undone; nothing that cannot be is written.

use branchdesk::domain::conditions::Comparison;
use branchdesk::domain::ids::{OrganisationId, PersonId, TalkId};
use branchdesk::domain::talks::{Side, Somebody, TalkDraftField};
use branchdesk::store::talks::{self, TalkFile};
use branchdesk::view::talk_conditions::TalkCondition;
use branchdesk::view::talks::{LedgerAsk, Narrowing, PeopleAsk, find_people, list};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

/// A branch with a secretary, a member and one of the same name.
struct Branch {
    office: Office,
    id: OrganisationId,
    chen: PersonId,
    zhao: PersonId,
    other_zhao: PersonId,
}

fn branch() -> Branch {
    let mut office = Office::new();
    let id = office.organisation(None, "机关第一党支部");
    let chen = office.member(id, json!({ "name": "陈志远", "joined": "1995-07-01", "party_post": "书记" }));
    let zhao = office.member(id, json!({ "name": "赵永强", "joined": "2006-07-01" }));
    let other_zhao = office.member(id, json!({ "name": "赵永强", "joined": "2016-07-01" }));
    Branch { office, id, chen, zhao, other_zhao }
}

impl Branch {
    fn talk(&self, more: Json) -> Json {
        let mut talk = json!({
            "do": "record_talk", "organisation_id": self.id, "held_on": "2026-03-20", "type": "T01",
            "talker_ids": [self.chen], "partner_ids": [self.zhao],
        });
        let fields = talk.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        talk
    }

    fn record(&mut self, more: Json) -> TalkId {
        let made = self.office.run(self.talk(more)).expect("recorded").made;
        TalkId(made.expect("an id"))
    }

    fn refused(&mut self, more: Json) -> String {
        let talk = self.talk(more);
        let before = self.office.dump();
        let problem = self.office.run(talk).expect_err("refused");
        assert_eq!(self.office.dump(), before, "nothing is half-written");
        problem.happened
    }

    fn file(&self, id: TalkId) -> TalkFile {
        talks::file(self.office.desk().reader(), id).expect("read").expect("there")
    }

    fn number(&self, id: TalkId) -> String {
        self.file(id).talk.number.to_string()
    }
}

#[test]
fn talks_are_numbered_within_a_year_and_a_ledger() {
    let mut branch = branch();
    let first = branch.record(json!({}));
    let second = branch.record(json!({ "held_on": "2026-02-01" }));
    let last_year = branch.record(json!({ "held_on": "2025-12-30" }));
    let told = branch.record(json!({ "number": "36" }));
    let next = branch.record(json!({ "held_on": "2026-11" }));
    let numbers = [first, second, last_year, told, next].map(|id| branch.number(id));
    assert_eq!(numbers, ["2026-001", "2026-002", "2025-001", "2026-036", "2026-037"]);
    assert_eq!(branch.refused(json!({ "number": "2026-036" })), "编号 2026-036 已经用于 2026-03-20 的谈话");
}

#[test]
fn the_number_of_a_printed_sheet_is_kept_for_its_record() {
    let mut branch = branch();
    let sheet = json!({ "talker_id": branch.chen, "partner_id": branch.zhao, "numbered": true });
    let plan = json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": [sheet] });
    let planned = branch.office.run(plan).expect("printed").made.expect("an id").to_string();
    let meanwhile = branch.record(json!({}));
    let typed_in = branch.record(json!({ "planned_id": planned }));
    assert_eq!([branch.number(meanwhile), branch.number(typed_in)], ["2026-002", "2026-001"]);
}

#[test]
fn what_cannot_be_is_refused_with_a_sentence() {
    let mut branch = branch();
    assert_eq!(branch.refused(json!({ "held_on": "2026-11-25" })), "谈话时间 2026-11-25 还没到");
    let chen = branch.chen;
    assert_eq!(branch.refused(json!({ "partner_ids": [chen] })), "陈志远 既是谈话人又是谈话对象");
    assert_eq!(branch.refused(json!({ "type": "T99", "partner_ids": [] })), "没有“T99”这种谈话类型；没有写谈话对象");
    assert_eq!(branch.refused(json!({ "content": "谈".repeat(200_000) })), "谈话内容有 200,000 字，最多 100,000 字");
    let why = "这类谈话只存时间、主题和人员，不存谈话内容";
    assert_eq!(branch.refused(json!({ "type": "T14", "content": "病情" })), why);
    branch.office.run(json!({ "do": "set_talk_type", "code": "T16", "removed": true })).expect("removed");
    assert_eq!(branch.refused(json!({ "type": "T16" })), "谈话类型“离退休谈话、老党员走访”已经停用，请换一种");
}

#[test]
fn a_number_of_another_year_or_of_a_sheet_for_others_is_refused() {
    let mut branch = branch();
    assert_eq!(branch.refused(json!({ "number": "2025-900" })), "编号 2025-900 是 2025 年的，谈话在 2026 年");
    let sheet = json!({ "talker_id": branch.chen, "partner_id": branch.zhao, "numbered": true });
    let plan = json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": [sheet] });
    branch.office.run(plan).expect("printed");
    let other = branch.other_zhao;
    let why = branch.refused(json!({ "number": "1", "partner_ids": [other] }));
    assert_eq!(why, "编号 2026-001 印在 陈志远 和 赵永强 的空白谈话表上");
    let own = branch.record(json!({ "number": "1" }));
    assert_eq!(branch.number(own), "2026-001");
}

#[test]
fn a_type_of_written_talks_is_not_restricted_and_plans_are_checked() {
    let mut branch = branch();
    let id = branch.record(json!({ "content": "谈了三件事" }));
    let restrict = json!({ "do": "set_talk_type", "code": "T01", "counts": "restricted" });
    let problem = branch.office.run(restrict.clone()).expect_err("a text is there");
    assert_eq!(problem.happened, "有 1 次这类谈话写了内容、措施或跟进，受限类型不存这些");
    branch.office.run(json!({ "do": "edit_talk", "id": id, "set": { "content": null } })).expect("cleared");
    branch.office.run(restrict).expect("nothing is written");

    branch.office.run(json!({ "do": "set_talk_type", "code": "T16", "removed": true })).expect("removed");
    let (chen, zhao) = (branch.chen, branch.zhao);
    for (draft, why) in [
        (json!({}), "没有写谈话人，也没有写谈话对象"),
        (json!({ "talker_id": chen, "rule": "C2 C9" }), "没有“C9”这一项，补哪一项应写 C1、C2、C3 或 C4"),
        (json!({ "partner_id": zhao, "type": "T16" }), "谈话类型“离退休谈话、老党员走访”已经停用，请换一种"),
    ] {
        let plan = json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": [draft] });
        assert_eq!(branch.office.run(plan).expect_err("refused").happened, why);
    }
}

#[test]
fn a_talk_is_corrected_field_by_field_and_taken_back() {
    let mut branch = branch();
    let follow_up = json!([{ "measure": "协调驻村工作交接", "owner_id": branch.chen, "due": "2026-04-10" }]);
    let id = branch.record(json!({
        "topic": "工作", "content": "谈了三件事", "partners": ["王芳（群众）"], "follow_ups": follow_up,
    }));
    let before = branch.office.dump();
    let other = branch.other_zhao;
    branch
        .office
        .run(json!({ "do": "edit_talk", "id": id, "set": { "partner_ids": [other], "topic": null, "held_on": "2026-03-21" } }))
        .expect("corrected");
    let file = branch.file(id);
    let partners: Vec<&Somebody> = file.on(Side::Partner).collect();
    let wang = Somebody::Named { name: "王芳".into(), about: Some("群众".into()) };
    assert_eq!(partners, [&Somebody::Person(other), &wang]);
    assert_eq!((file.talk.topic, file.talk.content.as_deref()), (None, Some("谈了三件事")));
    assert_eq!(file.follow_ups.len(), 1);

    let close = json!({ "do": "close_follow_up", "id": file.follow_ups[0].id, "done_on": "2026-04-09", "closing_note": "已交接" });
    branch.office.run(close).expect("closed");
    assert_eq!(branch.file(id).follow_ups[0].closing_note.as_deref(), Some("已交接"));
    branch.office.run(json!({ "do": "remove_talk", "id": id })).expect("taken out");
    assert!(talks::file(branch.office.desk().reader(), id).expect("read").is_none());
    for _ in 0..3 {
        branch.office.undo().expect("taken back");
    }
    assert_eq!(branch.office.dump(), before);
}

#[test]
fn a_talk_of_another_year_gets_a_number_of_that_year() {
    let mut branch = branch();
    let id = branch.record(json!({ "number": "12" }));
    branch.office.run(json!({ "do": "edit_talk", "id": id, "set": { "held_on": "2025-03-20" } })).expect("corrected");
    assert_eq!(branch.number(id), "2025-001");
}

#[test]
fn a_number_given_away_since_stops_the_undo_with_a_sentence() {
    let mut branch = branch();
    let id = branch.record(json!({}));
    let removed = branch.office.run(json!({ "do": "remove_talk", "id": id })).expect("taken out");
    branch.record(json!({}));
    let problem =
        branch.office.undo_entry(removed.entry.expect("an entry").id, false).expect_err("the number is taken");
    assert!(problem.happened.contains("编号 2026-001 会用于两次谈话"), "{problem}");
}

#[test]
fn many_paper_talks_are_written_as_one_entry_or_not_at_all() {
    let mut branch = branch();
    let talk = |day: &str, type_: &str| {
        json!({ "organisation_id": branch.id, "held_on": day, "type": type_,
            "talker_ids": [branch.chen], "partner_ids": [branch.zhao] })
    };
    let right = json!({ "do": "record_talks", "talks": [talk("2026-03-02", "T01"), talk("2026-03-03", "T17")] });
    let wrong = json!({ "do": "record_talks", "talks": [talk("2026-03-04", "T01"), talk("2027-03-05", "T01")] });
    let receipt = branch.office.run(right).expect("recorded");
    assert_eq!(receipt.title, "补录谈话 2 次：机关第一党支部");
    let before = branch.office.dump();
    assert_eq!(branch.office.run(wrong).expect_err("refused").happened, "第 2 次谈话：谈话时间 2027-03-05 还没到");
    assert_eq!(branch.office.dump(), before);
    branch.office.undo().expect("taken back as one");
    assert!(!branch.office.dump().contains("talk"), "nothing of them is left");
}

#[test]
fn a_member_with_talks_is_not_taken_away_by_undo_nor_lost_by_a_merge() {
    let mut branch = branch();
    let made = branch.office.run(json!({ "do": "add_member", "branch_id": branch.id, "set": { "name": "何静" } }));
    let made = made.expect("added");
    let he = PersonId(made.made.expect("an id"));
    let id = branch.record(json!({ "partner_ids": [he] }));
    let problem = branch.office.undo_entry(made.entry.expect("an entry").id, false).expect_err("still named");
    assert!(problem.happened.contains("记谈话"), "{problem}");

    let before = branch.office.dump();
    let merge = json!({ "do": "merge_members", "keep_id": branch.zhao, "drop_id": he, "leave_out_ids": membership(&branch, he) });
    branch.office.run(merge).expect("merged");
    let who = |branch: &Branch| branch.file(id).on(Side::Partner).next().and_then(Somebody::person);
    assert_eq!(who(&branch), Some(branch.zhao));
    branch.office.run(json!({ "do": "unmerge_members", "id": he })).expect("taken apart");
    assert_eq!(who(&branch), Some(he));
    assert_eq!(branch.office.dump(), before);
}

fn membership(branch: &Branch, id: PersonId) -> Vec<branchdesk::domain::ids::FactId> {
    let facts = branchdesk::store::members::facts_of(branch.office.desk().reader(), id).expect("read");
    facts.iter().map(|fact| fact.id).collect()
}

/// Who is found for what is written, as a talk of a branch looks for them.
#[test]
fn whose_name_it_is_comes_before_whose_begins_with_it_and_the_branch_before_others() {
    let mut office = Office::new();
    let root = office.organisation(None, "县民政局党总支");
    let own = office.organisation(Some(root), "机关第一党支部");
    let other = office.organisation(Some(root), "机关第二党支部");
    let mut member = |branch, name: &str, more: Json| {
        let mut set = json!({ "name": name, "joined": "2006-07-01" });
        set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        office.member(branch, set)
    };
    member(own, "武红军", json!({ "party_post": "书记" }));
    member(own, "胡建国", json!({ "address": "何静村" }));
    member(own, "何静怡", json!({}));
    member(other, "郝军", json!({}));
    member(own, "何静", json!({}));
    member(own, "韩江", json!({ "party_post": "组织委员" }));
    member(other, "何静", json!({}));
    let desk = office.desk();
    let found = |near, text: &str| -> Vec<String> {
        let ask = PeopleAsk { text: text.into(), near: Some(near), as_of: day("2026-11-24") };
        let found = find_people(&desk, &ask).expect("found").into_iter();
        found.map(|one| if one.organisation == Some(own) { one.name } else { format!("{}*", one.name) }).collect()
    };
    assert_eq!(found(own, "hj"), ["韩江", "何静", "郝军*", "何静*", "胡建国", "何静怡", "武红军"]);
    assert_eq!(found(own, "何静"), ["何静", "何静*", "何静怡", "胡建国"]);
    assert_eq!(found(own, "he jing")[..3], ["何静", "何静*", "何静怡"]);
    assert_eq!(found(own, "WHJ"), ["武红军"]);
    assert_eq!(found(own, ""), ["武红军", "韩江", "胡建国", "何静怡", "何静"]);
    assert_eq!(found(other, "hj")[..4], ["郝军*", "何静*", "何静", "韩江"]);
    assert_eq!(found(root, "hejing").len(), 3, "all are below it");
}

#[test]
fn times_and_people_are_counted_of_the_same_partners() {
    let mut branch = branch();
    branch.record(json!({ "partners": ["王芳", "孙丽"] }));
    branch.record(json!({ "partners": ["王芳"] }));
    let list = list(&branch.office.desk(), &LedgerAsk::default()).expect("listed");
    assert_eq!((list.times, list.people, list.outside), (5, 3, 2));
}

#[test]
fn a_list_is_narrowed_down_by_conditions_on_single_fields_as_papers_are() {
    let mut branch = branch();
    branch.record(json!({ "mode": "一对一", "topic": "近况" }));
    branch.record(json!({ "mode": "一对多" }));
    branch.record(json!({ "mode": "一对一" }));
    let is = |field, text: &str| TalkCondition::Compare { field, how: Comparison::Is(text.into()) };
    let told = |condition: TalkCondition| (condition, String::new());
    let alone = is(TalkDraftField::Mode, "一对一");
    let topic = TalkCondition::Not(Box::new(is(TalkDraftField::Topic, "近况")));
    for (conditions, count) in [(vec![told(alone.clone())], 2), (vec![told(alone), told(topic)], 1)] {
        let only = Narrowing { conditions, ..Narrowing::default() };
        let ask = LedgerAsk { only, ..LedgerAsk::default() };
        let listed = list(&branch.office.desk(), &ask).expect("listed");
        assert_eq!((listed.lines.len(), listed.all), (count, 3));
    }
}
