//! Whatever was said in a talk is found by any of its characters, whoever wrote it and however it got there; and what two
//! talks share word for word is shown to the one who writes.

use branchdesk::domain::ids::{OrganisationId, PersonId, TalkId};
use branchdesk::domain::talks::TalkNumber;
use branchdesk::store::talk_text;
use branchdesk::view::likeness::{SentencesAsk, shared_sentences};
use branchdesk::view::search::{Hit, search, talks};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};
use crate::support::program::Program;

struct Branch {
    office: Office,
    id: OrganisationId,
    chen: PersonId,
    lin: PersonId,
}

fn branch() -> Branch {
    let mut office = Office::new();
    let id = office.organisation(None, "机关第一党支部");
    let chen = office.member(id, json!({ "name": "陈志远", "joined": "1995-07-01", "party_post": "书记" }));
    let lin = office.member(id, json!({ "name": "林秀英", "joined": "2011-07-01" }));
    Branch { office, id, chen, lin }
}

impl Branch {
    fn record(&mut self, more: Json) -> TalkId {
        let mut talk = json!({
            "do": "record_talk", "organisation_id": self.id, "held_on": "2026-03-20", "type": "T01",
            "talker_ids": [self.chen], "partner_ids": [self.lin],
        });
        talk.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        TalkId(self.office.run(talk).expect("recorded").made.expect("an id"))
    }

    /// The talks that a text finds, newest first; all of them are found in the index too.
    fn found(&self, text: &str) -> Vec<TalkId> {
        let desk = self.office.desk();
        let hits: Vec<TalkId> = talks(&desk, text, 20).expect("searched").into_iter().map(|hit| hit.id).collect();
        let mut all = talk_text::search(desk.reader(), text).expect("searched");
        all.retain(|id| hits.contains(id));
        assert_eq!(all.len(), hits.len(), "{text}");
        hits
    }

    fn snippet(&self, text: &str) -> String {
        let desk = self.office.desk();
        let hits = talks(&desk, text, 20).expect("searched");
        let [hit] = &hits[..] else { panic!("{text}: {hits:?}") };
        format!("{}[{}]{}", hit.before, hit.found, hit.after)
    }

    fn findings(&self) -> Vec<String> {
        self.office.read_only().findings().expect("checked")
    }
}

#[test]
fn any_run_of_characters_is_found_in_every_text_of_a_talk() {
    let mut branch = branch();
    let id = branch.record(json!({
        "place": "党员活动室", "topic": "谈工作", "outline": "近期思想", "content": "近来加班多，想调整到 ＡＢ２ 岗；\n家里有老人",
        "opinions": "少开会", "attitude": "同意支部意见", "measures": "与科室商量", "remark": "补记于五月",
        "partners": ["王芳（群众）"], "follow_ups": [{ "measure": "协调驻村工作交接" }],
    }));
    branch.record(json!({ "content": "另外一次", "held_on": "2026-04-01" }));
    for text in [
        "加",
        "班多想",
        "调整到 岗",
        "ab2岗",
        "ＡＢ2",
        "家里",
        "活动室",
        "谈工作",
        "思想",
        "开会",
        "同意支部",
        "商量",
        "五月",
        "王芳",
        "驻村",
        "岗家里",
    ] {
        assert_eq!(branch.found(text), [id], "{text}");
    }
    for text in ["班加", "谈工作近来", "少开会同意", "林秀英", "zz", "，", " ", "加班 没有"] {
        assert_eq!(branch.found(text), [], "{text}");
    }
    for text in ["谈工作近来", "少开会同意"] {
        let found = talk_text::search(branch.office.desk().reader(), text).expect("searched");
        assert_eq!(found, [], "no phrase reaches from one text into another: {text}");
    }
    assert_eq!(branch.snippet("ab2 老人"), "近来加班多，想调整到 [ＡＢ２] 岗； 家里有老人");
    assert!(branch.findings().is_empty());
}

#[test]
fn the_index_follows_every_change_and_its_undo() {
    let mut branch = branch();
    let id = branch.record(json!({ "content": "谈了驻村" }));
    branch.office.run(json!({ "do": "edit_talk", "id": id, "set": { "content": "谈了培训" } })).expect("edited");
    assert_eq!((branch.found("驻村"), branch.found("培训")), (vec![], vec![id]));
    let more = json!({ "follow_ups": [{ "measure": "报名参训" }], "partners": ["王芳"] });
    branch.office.run(json!({ "do": "edit_talk", "id": id, "set": more })).expect("edited");
    assert_eq!((branch.found("报名"), branch.found("王芳")), (vec![id], vec![id]));
    let more = json!({ "follow_ups": [{ "measure": "购买教材" }] });
    branch.office.run(json!({ "do": "edit_talk", "id": id, "set": more })).expect("edited");
    assert_eq!((branch.found("报名"), branch.found("教材")), (vec![], vec![id]));
    branch.office.undo().expect("back");
    branch.office.run(json!({ "do": "remove_talk", "id": id })).expect("taken out");
    assert_eq!(branch.found("培训"), []);
    branch.office.undo().expect("back");
    assert_eq!((branch.found("报名"), branch.found("培训")), (vec![id], vec![id]));
    branch.office.undo().expect("back");
    assert_eq!((branch.found("报名"), branch.found("王芳")), (vec![], vec![]));
    branch.office.undo().expect("back");
    assert_eq!((branch.found("驻村"), branch.found("培训")), (vec![id], vec![]));
    branch.office.undo().expect("back");
    assert_eq!(branch.found("驻村"), []);
    for _ in 0..2 {
        branch.office.redo().expect("again");
    }
    assert_eq!(branch.found("培训"), [id]);
    assert!(branch.findings().is_empty());
}

#[test]
fn the_last_held_stands_first_however_many_there_are() {
    let mut branch = branch();
    let (chen, lin, organisation) = (branch.chen, branch.lin, branch.id);
    let talk = |date: String, content: String| {
        json!({ "organisation_id": organisation, "held_on": date, "type": "T01", "talker_ids": [chen],
            "partner_ids": [lin], "content": content })
    };
    // Written down against the order of their days, and more than are put in order one by one.
    let years = (2010..=2025).rev();
    let days =
        years.flat_map(|year| (1..=12).rev().flat_map(move |month| (1..=4).rev().map(move |date| (year, month, date))));
    let talks: Vec<Json> = days
        .map(|(year, month, date)| talk(format!("{year}-{month:02}-{date:02}"), format!("日常工作{year}")))
        .collect();
    let count = talks.len();
    assert!(count > 600);
    branch.office.run(json!({ "do": "record_talks", "talks": talks })).expect("recorded");
    let held = |branch: &Branch, text: &str, limit: usize| -> Vec<String> {
        let desk = branch.office.desk();
        let hits = search(&desk, text, day("2026-11-24"), limit).expect("searched");
        let days = hits.into_iter().map(|hit| match hit {
            Hit::Talk(talk) => talk.held_on.to_string(),
            other => panic!("{other:?}"),
        });
        days.collect()
    };
    assert_eq!(held(&branch, "日常", 3), ["2025-12-04", "2025-12-03", "2025-12-02"]);
    assert_eq!(held(&branch, "2011", 2), ["2011-12-04", "2011-12-03"]);
    let all = held(&branch, "日常工作", 10_000);
    assert_eq!(all.len(), count);
    assert!(all.is_sorted_by(|one, next| one >= next), "all of them, newest first");
}

#[test]
fn talks_of_one_number_stand_newest_first_too() {
    let mut branch = branch();
    let (chen, lin, first) = (branch.chen, branch.lin, branch.id);
    let second = branch.office.organisation(None, "机关第二党支部");
    for (organisation, date) in [(first, "2026-07-13"), (second, "2026-09-23")] {
        let talk = json!({ "do": "record_talk", "organisation_id": organisation, "held_on": date, "type": "T01",
            "number": "31", "talker_ids": [chen], "partner_ids": [lin] });
        branch.office.run(talk).expect("recorded");
    }
    let desk = branch.office.desk();
    let hits = search(&desk, "2026-031", day("2026-11-24"), 10).expect("searched");
    let days: Vec<String> = hits
        .into_iter()
        .map(|hit| match hit {
            Hit::Talk(talk) => talk.held_on.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(days, ["2026-09-23", "2026-07-13"]);
}

#[test]
fn of_a_restricted_type_only_the_topic_is_found() {
    let mut branch = branch();
    let id = branch.record(json!({ "type": "T12", "topic": "诫勉谈话" }));
    assert_eq!(branch.found("诫勉"), [id]);
    // A type of which something is written does not become restricted: nothing is hidden that is still kept.
    let other = branch.record(json!({ "type": "T20", "topic": "个别了解", "content": "隐情" }));
    assert_eq!(branch.found("隐情"), [other]);
    branch
        .office
        .run(json!({ "do": "set_talk_type", "code": "T20", "counts": "restricted" }))
        .expect_err("it has a text");
    assert_eq!(branch.found("隐情"), [other]);
}

#[test]
fn numbers_of_people_are_masked_around_what_is_found() {
    let mut branch = branch();
    branch.record(json!({ "content": "电话 13800001234，想换岗" }));
    let shown = branch.snippet("换岗");
    assert!(shown.ends_with("，想[换岗]") && !shown.contains("0000"), "{shown}");
}

#[test]
fn an_index_that_does_not_agree_is_told_and_made_anew_where_talks_are_missing() {
    let mut branch = branch();
    let id = branch.record(json!({ "content": "谈了驻村" }));
    branch.record(json!({ "content": "谈了培训" }));
    let path = branch.office.path();
    branch.office.close();
    let wrong = |sql: &str| {
        let connection = rusqlite::Connection::open(&path).expect("open");
        connection.execute_batch(sql).expect("written");
    };
    wrong(&format!("UPDATE talk SET content = '谈' WHERE id = {}", id.0));
    let told = branch.findings().join("；");
    assert!(told.contains("检索核对：有 1 次谈话的检索内容与记录对不上"), "{told}");
    wrong(&format!(
        "UPDATE talk SET content = '谈了驻村' WHERE id = {}; DELETE FROM talk_text WHERE rowid = {}",
        id.0, id.0
    ));
    assert!(branch.findings().join("；").contains("有 1 次谈话的检索内容"));
    assert_eq!(branch.found("驻村"), []);
    branch.office.reopen();
    assert_eq!(branch.found("驻村"), [id]);
    assert!(!branch.findings().join("；").contains("检索核对"));
}

#[test]
fn the_program_finds_people_first_and_then_talks() {
    let program = Program::with_workbook();
    program.apply(json!([
        { "do": "add_organisation", "ref": "@o", "set": { "name": "机关第一党支部" } },
        { "do": "add_member", "ref": "@a", "branch_id": "@o", "set": { "name": "陈志远", "joined": "1995-07-01" } },
        { "do": "add_member", "ref": "@b", "branch_id": "@o", "set": { "name": "林秀英", "joined": "2011-07-01" } },
        { "do": "record_talk", "organisation_id": "@o", "held_on": "2026-03-20", "type": "T01", "talker_ids": ["@a"],
          "partner_ids": ["@b"], "content": "和陈志远谈了驻村" },
    ]));
    let told = program.json(&["search", "陈志远", "--workbook", "支部.bdk"]);
    let kinds: Vec<&Json> = told.as_array().expect("a list").iter().map(|hit| &hit["kind"]).collect();
    assert_eq!(kinds, [&json!("member"), &json!("talk")]);
    assert_eq!((&told[1]["number"], &told[1]["snippet"]), (&json!("2026-001"), &json!("和陈志远谈了驻村")));
    let said = program.well(&["search", "驻村", "--workbook", "支部.bdk"]);
    let by_number = program.json(&["search", "2026-001", "--workbook", "支部.bdk"]);
    assert_eq!((&by_number[0]["kind"], &by_number[0]["number"]), (&json!("talk"), &json!("2026-001")));
    assert_eq!(program.json(&["search", "2026-002", "--workbook", "支部.bdk"]), json!([]));
    assert!(said.contains("谈话 2026-001  2026-03-20  陈志远 和 林秀英  和陈志远谈了“驻村”"), "{said}");
    assert_eq!(
        program.json(&["search", "陈志远", "--workbook", "支部.bdk", "--limit", "1"]).as_array().expect("a list").len(),
        1
    );
}

#[test]
fn sentences_of_another_talk_of_the_year_are_shown_and_nothing_else() {
    let mut branch = branch();
    let said = "近期工作上有压力，家里老人要照顾，希望支部帮助协调";
    let first = branch.record(json!({ "content": said }));
    let second = branch.record(json!({ "held_on": "2026-05-01", "measures": "希望支部帮助协调驻村一事" }));
    branch.record(json!({ "held_on": "2025-05-01", "content": said }));
    let other = branch.office.organisation(None, "机关第二党支部");
    branch.record(json!({ "organisation_id": other, "content": said }));
    let ask = SentencesAsk {
        talk: None,
        organisation: branch.id,
        year: 2026,
        kind: "T01".into(),
        text: "他说：家里老人要照顾，希望支部帮助协调。对支部工作、对支委的意见建议，没有。".into(),
    };
    branch.record(json!({ "content": "对支部工作、对支委的意见建议，很多" }));
    let shared = |ask: &SentencesAsk| -> Vec<(String, Vec<(TalkId, TalkNumber)>)> {
        let found = shared_sentences(&branch.office.desk(), ask).expect("compared");
        found.into_iter().map(|one| (ask.text[one.range].to_owned(), one.talks)).collect()
    };
    let number = |number| TalkNumber { year: 2026, number };
    let stretch = |text: &str, talk, nth| (text.to_owned(), vec![(talk, number(nth))]);
    assert_eq!(
        shared(&ask),
        [stretch("家里老人要照顾，希望支部帮助协调", first, 1), stretch("希望支部帮助协调", second, 2)]
    );
    let own = SentencesAsk { talk: Some(first), ..ask.clone() };
    assert_eq!(shared(&own), [stretch("希望支部帮助协调", second, 2)], "a talk is not compared with itself");
    let of_last_year = SentencesAsk { year: 2024, ..ask };
    assert_eq!(shared(&of_last_year), []);
}
