//! Members as their facts tell: 更正 and 变更, coming and going, lists and counts of any day.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::domain::statistics::Family;
use branchdesk::view::figures::figures;
use branchdesk::view::members::{Condition, ListAsk, SortBy, SortKey, Who, list};
use serde_json::json;

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
    for family in Family::ALL {
        let total: u64 = figures.family(family).map(|figure| figure.value).sum();
        let expected = if family == Family::Standing { 2 } else { 3 };
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
    let conditions = vec![Condition::Field("unit".into(), "局".into())];
    assert_eq!(names(&office, &ListAsk { conditions, ..ListAsk::roll(day("2026-11-24"), None) }), ["甲"]);
}

#[test]
fn the_roster_of_a_past_day_is_what_a_slow_replay_of_facts_gives() {
    let mut office = Office::new();
    let branches: Vec<OrganisationId> =
        (1..4).map(|nth| office.organisation(None, &format!("第{nth}党支部"))).collect();
    let people: Vec<PersonId> = (0..12_usize)
        .map(|nth| {
            let joined = format!("20{:02}-0{}", nth + 5, nth % 9 + 1);
            office.member(branches[nth % 3], json!({ "name": format!("人{nth}"), "joined": joined }))
        })
        .collect();
    for (nth, person) in people.iter().enumerate() {
        let on = format!("20{}-06-15", 20 + nth % 6);
        let command = match nth % 4 {
            0 => json!({ "do": "transfer_member", "ids": [person], "to_id": branches[(nth + 1) % 3], "on": on }),
            1 => json!({ "do": "end_membership", "ids": [person], "how": "转出", "on": on }),
            2 => {
                json!({ "do": "set_fact", "person_id": person, "kind": "status", "value": "停止党籍", "from": on, "to": "2026-01-01" })
            }
            _ => continue,
        };
        office.run(command).expect("done");
    }
    let desk = office.desk();
    for year in 2004..2027 {
        for month in [1, 6, 7] {
            let on = day(&format!("{year}-{month:02}-15"));
            for branch in &branches {
                let mut fast: Vec<PersonId> =
                    list(&desk, &ListAsk::roll(on, Some(*branch))).expect("a list").ids.to_vec();
                fast.sort();
                let mut slow: Vec<PersonId> = people
                    .iter()
                    .copied()
                    .filter(|id| {
                        let file = branchdesk::store::members::file(desk.reader(), *id).expect("read").expect("there");
                        file.on_roll(on).is_some_and(|fact| fact.organisation == Some(*branch))
                    })
                    .collect();
                slow.sort();
                assert_eq!(fast, slow, "{on} {branch}");
            }
        }
    }
}
