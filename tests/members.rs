//! Members as their facts tell: 更正 and 变更, coming and going, lists and counts of any day.

use std::collections::{BTreeMap, BTreeSet};

use branchdesk::domain::fields::Known;
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::domain::organisations::OrganisationKind;
use branchdesk::domain::statistics::Feature;
use branchdesk::view::figures::figures;
use branchdesk::view::members::{Comparison, Condition, ListAsk, SortBy, SortKey, Who, list};
use proptest::prelude::RngExt as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Value as Json, json};

use crate::support::busy::{ACTS, Busy};
use crate::support::office::{Office, day};

fn names(office: &Office, ask: &ListAsk) -> Vec<String> {
    let desk = office.desk();
    let found = list(&desk, ask).expect("a list");
    let name = |id: &PersonId| desk.directory().get(*id).expect("a card").name.to_string();
    found.ids.iter().map(name).collect()
}

fn roll(office: &Office, on: &str) -> Vec<String> {
    names(office, &ListAsk::roll(day(on), None))
}

fn value(office: &Office, person: PersonId, on: &str, field: &str) -> String {
    let key = branchdesk::domain::fields::Known::from_name(field).expect("a field");
    let page = branchdesk::view::member::page(&office.desk(), person, day(on)).expect("read").expect("there");
    page.values.get(&branchdesk::domain::fields::FieldKey::Known(key)).cloned().unwrap_or_default()
}

#[test]
fn a_correction_rewrites_the_past_and_a_change_leaves_it() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let lin = office.member(branch, json!({ "name": "林秀英", "party_post": "宣传委员" }));
    let change = json!({ "do": "edit_members", "ids": [lin], "on": "2026-03-18", "set": { "party_post": "组织委员" } });
    office.run(change).expect("变更");
    assert_eq!(value(&office, lin, "2026-03-17", "party_post"), "宣传委员");
    assert_eq!(value(&office, lin, "2026-03-18", "party_post"), "组织委员");
    office.run(json!({ "do": "edit_members", "ids": [lin], "set": { "party_post": "纪检委员" } })).expect("更正");
    assert_eq!(value(&office, lin, "2026-03-17", "party_post"), "宣传委员");
    assert_eq!(value(&office, lin, "2026-03-18", "party_post"), "纪检委员");
}

/// 党内职务 of a list are those of all organisations: what is changed there stays a post of the one it is of.
#[test]
fn a_post_above_the_branch_that_is_edited_in_a_list_stays_one_above_the_branch() {
    let mut office = Office::new();
    let above = office.organisation(None, "民政局党总支");
    let branch = office.organisation(Some(above), "机关第一党支部");
    let lin = office.member(branch, json!({ "name": "林秀英", "joined": "2006-12-08", "full": "2007-12-08" }));
    let appoint = json!({ "do": "appoint", "person_id": lin, "organisation_id": above, "post": "委员" });
    office.run(appoint).expect("appointed");
    let posts = |office: &Office, on: &str| {
        let of = |organisation| {
            let lines = branchdesk::view::organisations::posts(&office.desk(), organisation, day(on)).expect("read");
            lines.into_iter().map(|line| line.post).collect::<Vec<_>>()
        };
        (of(above), of(branch))
    };
    let told = |posts: &[&str]| posts.iter().map(|post| (*post).to_owned()).collect::<Vec<_>>();
    let today = "2026-11-24";
    for (text, of_above, of_branch) in [
        ("副书记", &["副书记"][..], &[][..]),
        ("副书记、组织委员", &["副书记"], &["组织委员"]),
        ("宣传委员、副书记", &["副书记"], &["宣传委员"]),
        ("宣传委员、民政局党总支书记", &["书记"], &["宣传委员"]),
        ("民政局党总支书记、书记", &["书记"], &["书记"]),
        ("书记", &[], &["书记"]),
    ] {
        let edit = json!({ "do": "edit_cells", "rows": [{ "id": lin, "set": { "party_post": text } }] });
        office.run(edit).expect("edited");
        assert_eq!(posts(&office, today), (told(of_above), told(of_branch)), "{text}");
    }
    office.run(json!({ "do": "appoint", "person_id": lin, "organisation_id": above, "post": "委员" })).expect("again");
    let change =
        json!({ "do": "edit_members", "ids": [lin], "on": "2026-06-01", "set": { "party_post": "书记、副书记" } });
    office.run(change).expect("变更");
    assert_eq!(posts(&office, "2026-05-31"), (told(&["委员"]), told(&["书记"])));
    assert_eq!(posts(&office, today), (told(&["副书记"]), told(&["书记"])));
}

#[test]
fn a_transferred_member_stands_in_each_branch_on_its_days() {
    let mut office = Office::new();
    let first = office.organisation(None, "机关第一党支部");
    let second = office.organisation(None, "机关第二党支部");
    let lin = office.member(first, json!({ "name": "林秀英", "joined": "2006-12-08", "full": "2007-12-08" }));
    office.run(json!({ "do": "transfer_member", "ids": [lin], "to_id": second, "on": "2026-05-01" })).expect("moved");
    let in_branch = |branch, on| names(&office, &ListAsk::roll(day(on), Some(branch)));
    assert_eq!(in_branch(first, "2026-04-30"), ["林秀英"]);
    assert!(in_branch(first, "2026-05-01").is_empty());
    assert_eq!(in_branch(second, "2026-05-01"), ["林秀英"]);
    assert!(roll(&office, "2006-12-07").is_empty(), "an unknown start holds from joining on");
}

#[test]
fn who_left_died_or_was_voided_is_counted_as_the_definitions_say() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let mut member =
        |name: &str| office.member(branch, json!({ "name": name, "joined": "2001-07-01", "full": "2002-07-01" }));
    let (gone, dead, wrong, lost) = (member("转出者"), member("去世者"), member("录错者"), member("失联者"));
    office
        .run(json!({ "do": "end_membership", "ids": [gone], "how": "转出", "on": "2026-02-01", "place": "外县" }))
        .expect("left");
    office.run(json!({ "do": "end_membership", "ids": [dead], "how": "死亡", "on": "2026-03-01" })).expect("died");
    office.run(json!({ "do": "void_members", "ids": [wrong], "reason": "录重了" })).expect("voided");
    office
        .run(json!({ "do": "edit_members", "ids": [lost], "set": { "lost": "是", "lost_since": "2026-01" } }))
        .expect("lost");
    assert_eq!(roll(&office, "2026-01-31"), ["转出者", "去世者", "失联者"]);
    assert_eq!(roll(&office, "2026-02-01"), ["去世者", "失联者"]);
    assert_eq!(roll(&office, "2026-11-24"), ["失联者"], "the lost still count");
    let ask = |who| ListAsk { who, ..ListAsk::roll(day("2026-11-24"), None) };
    assert_eq!(names(&office, &ask(Who::Left)), ["转出者", "去世者"]);
    assert_eq!(names(&office, &ask(Who::Voided)), ["录错者"]);
    assert_eq!(figures(&office.desk(), None, day("2026-11-24")).expect("figures").value("党员.总数"), 1);
    office.run(json!({ "do": "restore_members", "ids": [wrong] })).expect("restored");
    assert_eq!(roll(&office, "2026-11-24"), ["录错者", "失联者"]);
}

#[test]
fn days_of_their_own_are_days_of_those_it_happened_to() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let [he, luo, lin] =
        ["何静", "罗雨晴", "林秀英"].map(|name| office.member(branch, json!({ "name": name, "joined": "2025-06-01" })));
    let converted = |own_days: serde_json::Value| {
        json!({ "do": "record_event", "ids": [he, luo], "kind": "converted",
        "on": "2026-06-30", "own_days": own_days })
    };
    let before = office.dump();
    for wrong in [
        json!([{ "id": lin, "on": "2026-06-01" }]),
        json!([{ "id": he, "on": "2026-06-01" }, { "id": he, "on": "2026-06-02" }]),
        json!([{ "id": he, "on": "2027-06-01" }]),
    ] {
        assert!(office.run(converted(wrong.clone())).is_err(), "{wrong}");
    }
    assert_eq!(office.dump(), before);
    office.run(converted(json!([{ "id": luo, "on": "2026-06-01" }]))).expect("recorded");
    let full = |person| {
        let page = branchdesk::view::member::page(&office.desk(), person, day("2026-11-24")).expect("read");
        page.expect("there").file.person.date(Known::Full).map(|date| date.to_string())
    };
    assert_eq!([he, luo].map(full), [Some("2026-06-30".to_owned()), Some("2026-06-01".to_owned())]);
    office.undo().expect("taken back");
    assert_eq!(office.dump(), before);
}

#[test]
fn a_branch_with_members_cannot_vanish() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(branch, json!({ "name": "林秀英" }));
    for command in [
        json!({ "do": "close_organisation", "id": branch, "on": "2026-11-01" }),
        json!({ "do": "remove_organisation", "id": branch }),
        json!({ "do": "edit_organisation", "id": branch, "set": { "org_kind": "党小组" } }),
        json!({ "do": "edit_organisation", "id": branch, "set": { "closed": "2026-11-01" } }),
    ] {
        assert!(office.run(command.clone()).is_err(), "{command}");
    }
}

#[test]
fn a_search_finds_by_name_pinyin_initials_number_phone_and_unit() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(branch, json!({
        "name": "林秀英", "id_number": "110000198105210022", "phone": "13800001234", "unit": "青禾县民政局", "address": "幸福路12号",
    }));
    office.member(branch, json!({ "name": "何静" }));
    let found = |text: &str| names(&office, &ListAsk { text: text.into(), ..ListAsk::roll(day("2026-11-24"), None) });
    for text in ["林", "秀英", "linxiuying", "LXY", "0022", "110000", "1234", "民政", "幸福路12", "林 民政"]
    {
        assert_eq!(found(text), ["林秀英"], "{text}");
    }
    assert!(found("林 何").is_empty());
    assert_eq!(found("hejing"), ["何静"]);
}

#[test]
fn the_roster_keeps_its_order_and_sorts_by_pinyin_when_asked() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let people: Vec<PersonId> =
        ["周国华", "安平", "陈志远"].iter().map(|name| office.member(branch, json!({ "name": name }))).collect();
    assert_eq!(roll(&office, "2026-11-24"), ["周国华", "安平", "陈志远"]);
    office.run(json!({ "do": "move_in_roster", "ids": [people[2]] })).expect("first");
    office.run(json!({ "do": "move_in_roster", "ids": [people[0]], "after_id": people[1] })).expect("last");
    assert_eq!(roll(&office, "2026-11-24"), ["陈志远", "安平", "周国华"]);
    let sort = vec![SortKey { by: SortBy::Name, descending: false }];
    assert_eq!(
        names(&office, &ListAsk { sort, ..ListAsk::roll(day("2026-11-24"), None) }),
        ["安平", "陈志远", "周国华"]
    );
}

#[test]
fn every_family_of_figures_adds_up_and_each_figure_counts_its_rows() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    for (name, set) in [
        (
            "甲",
            json!({ "birth": "1950-03-02", "joined": "1975-06-01", "education": "大专", "sex": "男", "nation": "汉族" }),
        ),
        (
            "乙",
            json!({ "birth": "1995", "joined": "2012", "full": "2013", "education": "研究生", "sex": "女", "nation": "土家" }),
        ),
        ("丙", json!({ "joined": "2026-03-01" })),
        ("丁", json!({ "applied": "2026-01-01" })),
        ("戊", json!({})),
    ] {
        let mut set = set;
        set["name"] = json!(name);
        office.member(branch, set);
    }
    let figures = figures(&office.desk(), None, day("2026-11-24")).expect("figures");
    assert_eq!(figures.value("党员.总数"), 3, "applicants are kept but not counted");
    assert_eq!((figures.value("党员.正式"), figures.value("党员.预备")), (2, 1));
    assert_eq!((figures.value("党员.女"), figures.value("党员.少数民族")), (1, 1));
    assert_eq!(figures.value("党员.光荣在党50年"), 1, "joined 1975: no probation then");
    assert_eq!(figures.unknown_category, 1);
    for family in Feature::SUMMARY {
        let total: u64 = figures.family(family).map(|figure| figure.value).sum();
        let expected = if family == Feature::Standing { 2 } else { 3 };
        assert_eq!(total, expected, "{family:?}");
    }
    for figure in &figures.all {
        assert_eq!(figure.value, figure.rows.len() as u64, "{}", figure.name);
        assert!(!figure.definition.is_empty());
    }
    assert_eq!(figures.value("党员.入党时间.日期不全"), 1, "2012 lies on both sides of the 18th congress");
    assert_eq!(figures.value("组织.党支部"), 1);
}

#[test]
fn conditions_hold_together() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    office.member(
        branch,
        json!({ "name": "甲", "sex": "女", "joined": "2001-01-01", "full": "2002-01-01", "unit": "局" }),
    );
    office.member(branch, json!({ "name": "乙", "sex": "女", "joined": "2026-01-01" }));
    office.member(branch, json!({ "name": "丙", "sex": "男", "joined": "2001-01-01", "full": "2002-01-01" }));
    let conditions = vec![Condition::Sex("女".into()), Condition::Category("正式党员".into())];
    assert_eq!(names(&office, &ListAsk { conditions, ..ListAsk::roll(day("2026-11-24"), None) }), ["甲"]);
    let conditions = vec![Condition::of(Known::Unit, Comparison::Is("局".into()))];
    assert_eq!(names(&office, &ListAsk { conditions, ..ListAsk::roll(day("2026-11-24"), None) }), ["甲"]);
}

/// A workbook as its rows tell, read without any of the program's rules.
struct Rows(Vec<Json>);

impl Rows {
    fn of(office: &Office) -> Self {
        Self(office.dump().lines().map(|line| serde_json::from_str(line).expect("a row")).collect())
    }

    fn table(&self, name: &str) -> impl Iterator<Item = &Json> {
        self.0.iter().filter(move |row| row["table"] == name)
    }

    /// Every day on which something begins or ends, and the day before.
    fn days(&self) -> BTreeSet<i64> {
        let columns = ["from_day", "to_day", "joined", "full"];
        let dates = self.0.iter().flat_map(|row| columns.into_iter().filter_map(|column| row[column].as_i64()));
        dates.flat_map(|date| [first_day(date), day_before(first_day(date))]).collect()
    }

    /// Who is on the roll of an organisation or of one below it, everybody for `None`; with whether they are members.
    fn roll(&self, on: i64, scope: Option<i64>) -> BTreeMap<i64, bool> {
        let begun = |row: &Json, column: &str| row[column].as_i64().map(first_day).is_some_and(|first| first <= on);
        let holds = |fact: &Json| (fact["from_day"].is_null() || begun(fact, "from_day")) && !begun(fact, "to_day");
        let mut found = BTreeMap::new();
        for person in self.table("person").filter(|person| person["voided"].is_null()) {
            let id = number(&person["id"]);
            let facts = || self.table("fact").filter(|fact| number(&fact["person"]) == id && holds(fact));
            let is_there = |fact: &Json| {
                let known = !fact["from_day"].is_null() || person["joined"].is_null() || begun(person, "joined");
                fact["kind"] == "membership" && known && self.is_within(number(&fact["organisation"]), scope)
            };
            let status = facts()
                .filter(|fact| fact["kind"] == "status")
                .max_by_key(|fact| (fact["from_day"].as_i64().unwrap_or(0), number(&fact["id"])));
            let has_left = status.is_some_and(|status| {
                ["停止党籍", "出党", "死亡", "转出"].contains(&status["value"].as_str().unwrap_or_default())
            });
            if facts().any(is_there) && !has_left {
                found.insert(id, begun(person, "joined") || begun(person, "full"));
            }
        }
        found
    }

    fn is_within(&self, organisation: i64, scope: Option<i64>) -> bool {
        let Some(scope) = scope else { return true };
        let parent =
            |id| self.table("organisation").find(|row| number(&row["id"]) == id).map(|row| number(&row["parent"]));
        let mut at = organisation;
        while at != scope && at != 0 {
            at = parent(at).unwrap_or(0);
        }
        at == scope
    }
}

/// Ids are texts in some columns and numbers in others.
fn number(value: &Json) -> i64 {
    value.as_i64().or_else(|| value.as_str()?.parse().ok()).unwrap_or(0)
}

/// A month acts as its first day, a year as 1 January.
fn first_day(stored: i64) -> i64 {
    let (year, month, day) = (stored / 10_000, stored / 100 % 100, stored % 100);
    year * 10_000 + month.max(1) * 100 + day.max(1)
}

fn day_before(stored: i64) -> i64 {
    let day = jiff::civil::date((stored / 10_000) as i16, (stored / 100 % 100) as i8, (stored % 100) as i8);
    let before = day.yesterday().expect("a day");
    i64::from(before.year()) * 10_000 + i64::from(before.month()) * 100 + i64::from(before.day())
}

#[test]
fn the_roster_of_a_past_day_is_what_a_slow_replay_of_the_rows_gives() {
    let mut drawn = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut rolls = 0;
    for _ in 0..4 {
        let mut busy = Busy::settled();
        for _ in 0..100 {
            busy.act((drawn.random_range(0..ACTS.len()), drawn.random_range(0..97), drawn.random_range(0..97)));
        }
        let rows = Rows::of(&busy.office);
        let desk = busy.office.desk();
        let places: Vec<Option<OrganisationId>> = desk
            .tree()
            .all()
            .filter(|node| node.kind != OrganisationKind::Group)
            .map(|node| Some(node.id))
            .chain([None])
            .collect();
        for on in rows.days() {
            let day = jiff::civil::date((on / 10_000) as i16, (on / 100 % 100) as i8, (on % 100) as i8);
            for place in &places {
                let told = list(&desk, &ListAsk::roll(day, *place)).expect("a list");
                let told: BTreeSet<i64> = told.ids.iter().map(|id| id.0).collect();
                let slow = rows.roll(on, place.map(|id| id.0));
                assert_eq!(told, slow.keys().copied().collect(), "{on} {place:?}");
                rolls += usize::from(!told.is_empty());
                let members = slow.values().filter(|is_member| **is_member).count() as u64;
                if *place == places[0] || place.is_none() {
                    assert_eq!(
                        figures(&desk, *place, day).expect("figures").value("党员.总数"),
                        members,
                        "{on} {place:?}"
                    );
                }
            }
        }
    }
    assert!(rolls > 500, "{rolls} rolls with anybody on them");
}
