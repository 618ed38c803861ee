//! 待核: what the rules find over an office, and that each fix that is offered settles what it is offered for.

use std::collections::BTreeSet;

use branchdesk::command::Command;
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::domain::rules::Level;
use branchdesk::progress::Progress;
use branchdesk::view::quality::{FixAct, Quality, adoptable, of_id, quality};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

const TODAY: &str = "2026-11-24";

fn found(office: &Office, scope: Option<OrganisationId>) -> Quality {
    quality(&office.desk(), scope, day(TODAY), &Progress::default()).expect("looked through")
}

fn rules(quality: &Quality) -> BTreeSet<&str> {
    quality.kinds.iter().map(|kind| kind.rule.as_str()).collect()
}

/// A member of whom everything that is needed is known, and these values besides.
fn member(office: &mut Office, branch: OrganisationId, name: &str, more: Json) -> PersonId {
    let mut set = json!({
        "name": name, "sex": "女", "nation": "汉族", "birth": "1998-07-01", "id_number": "110000199807010020",
        "education": "大学本科", "joined": "2018-07-01", "full": "2019-07-01", "phone": "13800000000",
        "transfer_in": "2018-07-01",
    });
    set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    office.member(branch, set)
}

/// An office in which of every kind something is wrong that a command lets through.
fn careless() -> (Office, OrganisationId, OrganisationId) {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let other = office.organisation(None, "机关第二党支部");
    let group = office.organisation(Some(branch), "第一党小组");
    let second = office.organisation(Some(branch), "第二党小组");
    let mut told = |name: &str, more: Json| member(&mut office, other, name, more);
    told("号码对不上", json!({ "birth": "1998-01-07", "sex": "男" }));
    told("号码错一位", json!({ "id_number": "110000199807010021" }));
    told("号码短一位", json!({ "id_number": "11000019980701002" }));
    told("号码没这天", json!({ "id_number": "110000199802300020" }));
    told("未满十八", json!({ "joined": "2016-06-30", "full": "2017-06-30" }));
    told("先后不对", json!({ "work_start": "1990-07" }));
    told("转正在前", json!({ "full": "2017-07-01" }));
    told("预备期短", json!({ "full": "2019-06-30" }));
    told("预备期满", json!({ "joined": "2025-07-01", "full": null }));
    told("培养期短", json!({ "activist": "2017-01-01", "candidate": "2017-12-31" }));
    told("只见花名册", json!({ "joined": "2026-07-01", "full": null, "category": "正式党员" }));
    told("流动失联", json!({ "floating": "是", "lost": "是" }));
    told("失联已久", json!({ "lost": "是", "lost_since": "2026-05-24" }));
    told("状态没日期", json!({ "status": "受留党察看处分" }));
    told("起始不详", json!({ "transfer_in": null }));
    told("日期不全", json!({ "joined": "2018-07", "full": "2019-07" }));
    told("资料不全", json!({ "sex": null, "phone": null }));
    told("转正在后", json!({ "full": "2019-07-02" }));
    told("候补已久", json!({ "birth": "1930-07-01", "id_number": null, "joined": "1950-07-01", "full": null }));
    told("状态难懂", json!({ "status": "乱写" }));
    told("电话难懂", json!({ "phone": "abc" }));
    told("没有读入", json!({ "remark": "原表列为积极分子时间：2017年2月30日" }));
    let back = told("去而复来", json!({}));
    let early = told("先走后入", json!({ "joined": "2020-07-01", "full": "2021-07-01" }));
    let elsewhere = told("编到别处", json!({}));
    let secretary = told("先任后入", json!({}));
    let unborn = told("生前表彰", json!({}));
    let new = json!({ "do": "add_organisation", "set": { "name": "机关第三党支部", "founded": "2020-01-01" } });
    let third = OrganisationId(office.run(new).expect("founded").made.expect("an id"));
    member(&mut office, third, "先于支部", json!({}));
    let mut told = |name: &str, more: Json| member(&mut office, other, name, more);
    let extended = told("延长太短", json!({ "joined": "2024-07-01", "full": null }));
    let twice = told("延长两次", json!({ "joined": "2024-01-01", "full": null }));
    let stopped = told("停籍已久", json!({}));
    let left = told("没有回执", json!({}));
    let left_long = told("介绍信长", json!({}));
    let away = told("流动已久", json!({}));
    let applicant = told("申请人任职", json!({ "joined": null, "full": null, "applied": "2026-01-01" }));
    let event =
        |id: PersonId, kind: &str, on: &str| json!({ "do": "record_event", "ids": [id], "kind": kind, "on": on });
    let with = |mut event: Json, key: &str, value: &str| {
        event[key] = value.into();
        event
    };
    for command in [
        with(event(extended, "extended", "2025-07-01"), "until", "2025-12-31"),
        with(event(twice, "extended", "2025-01-01"), "until", "2026-01-02"),
        with(event(twice, "extended", "2026-01-01"), "until", "2026-12-31"),
        event(stopped, "stopped", "2024-11-24"),
        with(event(left, "transfer_out", "2026-01-01"), "until", "2026-03-31"),
        with(event(left_long, "transfer_out", "2026-11-01"), "until", "2027-02-02"),
        event(away, "floating_out", "2026-05-24"),
        json!({ "do": "appoint", "person_id": applicant, "organisation_id": other, "post": "组织委员" }),
        json!({ "do": "set_fact", "person_id": back, "kind": "status", "value": "出党", "from": "2020-01-01", "to": "2021-01-01" }),
        event(early, "transfer_out", "2019-01-01"),
        json!({ "do": "set_fact", "person_id": elsewhere, "kind": "group", "organisation_id": group, "from": "2020-01-01" }),
        json!({ "do": "appoint", "person_id": secretary, "organisation_id": other, "post": "组织委员", "from": "2018-01-01" }),
        with(event(unborn, "honour", "1990-07-01"), "value", "优秀共产党员"),
    ] {
        office.run(command).expect("recorded");
    }
    member(&mut office, branch, "没有编组", json!({}));
    let both = member(&mut office, branch, "编了两组", json!({}));
    for (group, from) in [(group, "2020-01-01"), (second, "2022-01-01")] {
        let fact =
            json!({ "do": "set_fact", "person_id": both, "kind": "group", "organisation_id": group, "from": from });
        office.run(fact).expect("set");
    }
    (office, branch, other)
}

#[test]
fn of_every_kind_something_is_found_and_each_names_its_article_or_is_plain_sense() {
    let (office, branch, _) = careless();
    let quality = found(&office, None);
    let all: BTreeSet<String> = office
        .desk()
        .rules()
        .rules
        .iter()
        .filter(|rule| rule.measure.is_of_members() && rule.id != "member.post.closed")
        .map(|rule| rule.id.clone())
        .collect();
    let missing: Vec<&String> = all.iter().filter(|id| !rules(&quality).contains(id.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new());
    assert!(quality.kinds.is_sorted_by_key(|kind| std::cmp::Reverse(kind.level)), "the firm ones first");
    assert_eq!(quality.kinds.iter().map(|kind| kind.count).sum::<usize>(), quality.items.len());
    let red = |rule: &str| quality.kinds.iter().any(|kind| kind.rule == rule && kind.level == Level::Red);
    assert!(red("member.probation.over") && red("member.age") && !red("member.group"));
    let of_branch = found(&office, Some(branch));
    assert_eq!(of_branch.people, 2);
    assert_eq!(rules(&of_branch), BTreeSet::from(["member.group", "member.single"]));
}

#[test]
fn a_member_of_whom_all_is_well_is_not_found() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    member(&mut office, branch, "何静", json!({}));
    let quality = found(&office, None);
    assert_eq!((quality.people, quality.items), (1, vec![]));
}

#[test]
fn the_walk_over_many_finds_what_is_found_one_by_one() {
    let (mut office, _, other) = careless();
    let few = found(&office, None);
    let mut more = (0..520).map(|nth| {
        let set = json!({ "name": format!("完整{nth}"), "sex": "女", "nation": "汉族", "birth": "1998-07-01",
            "id_number": "110000199807010020", "education": "大学本科", "joined": "2018-07-01", "full": "2019-07-01",
            "phone": "13800000000", "transfer_in": "2018-07-01" });
        serde_json::from_value::<Command>(json!({ "do": "add_member", "branch_id": other, "set": set })).expect("one")
    });
    let stamp = office.stamp.clone();
    office.ledger().run_with(&stamp, |run| run.as_one("录入名册", |_| Ok(more.next()))).expect("many");
    let many = found(&office, None);
    assert_eq!(many.people, few.people + 520);
    assert_eq!(many.items, few.items);
    let progress = Progress::default();
    progress.cancel();
    assert!(quality(&office.desk(), None, day(TODAY), &progress).is_err(), "it stops when asked to");
}

#[test]
fn each_fix_settles_what_it_is_offered_for_and_can_be_undone() {
    let (mut office, ..) = careless();
    let people: BTreeSet<PersonId> = found(&office, None).items.iter().map(|item| item.person).collect();
    let mut labels = Vec::new();
    for id in people {
        for finding in of_id(&office.desk(), id, day(TODAY)).expect("found") {
            for fix in &finding.fixes {
                let FixAct::Run(command) = &fix.act else { continue };
                let before = office.dump();
                let stamp = office.stamp.clone();
                office.ledger().run((**command).clone(), &stamp).unwrap_or_else(|p| panic!("{}: {p}", fix.label));
                let now = of_id(&office.desk(), id, day(TODAY)).expect("found");
                let is_there = now.iter().any(|one| one.rule == finding.rule && one.words == finding.words);
                assert!(!is_there, "{} did not settle {}: {}", fix.label, finding.title, finding.words);
                office.undo().expect("undone");
                assert_eq!(office.dump(), before, "{}", fix.label);
                labels.push(fix.label.clone());
            }
        }
    }
    labels.sort();
    labels.dedup();
    for label in [
        "采用 1998-07-01",
        "采用 女",
        "采用 2019-07-01",
        "登记 2026-07-01 转正",
        "编入 第一党小组",
        "编入 第二党小组",
        "登记 2026-11-24 收到回执",
        "2026-11-24 起免职",
        "性别采用 女",
    ] {
        assert!(labels.iter().any(|known| known == label), "{label} is not offered: {labels:?}");
    }
    assert!(labels.iter().any(|label| label.starts_with("只留 第二党小组")), "{labels:?}");
}

#[test]
fn who_was_stopped_long_ago_is_struck_off_by_the_event_that_is_offered() {
    let (mut office, ..) = careless();
    let stopped = |office: &Office| found(office, None).items.into_iter().find(|item| &*item.name == "停籍已久");
    let person = stopped(&office).expect("found").person;
    let offered = of_id(&office.desk(), person, day(TODAY)).expect("found");
    let fix = offered.iter().flat_map(|finding| &finding.fixes).find_map(|fix| match fix.act {
        FixAct::Record(kind, value) => Some((fix.label.as_str(), kind, value)),
        _ => None,
    });
    let (label, kind, value) = fix.expect("an event is offered");
    assert_eq!(label, "记出党：自行脱党除名…");
    let event =
        json!({ "do": "record_event", "ids": [person], "kind": kind.name(), "value": value, "on": "2026-11-24" });
    office.run(event).expect("recorded");
    assert!(stopped(&office).is_none(), "settled");
}

#[test]
fn whoever_joins_anew_is_not_found_for_what_was_before() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let he = member(&mut office, branch, "何静", json!({ "joined": "2018-07-01", "full": "2019-07-01" }));
    let event = |kind: &str, on: &str, value: Json| json!({ "do": "record_event", "ids": [he], "kind": kind, "on": on, "value": value });
    let post =
        json!({ "do": "appoint", "person_id": he, "organisation_id": branch, "post": "书记", "from": "2019-08-01" });
    office.run(post).expect("appointed");
    office.run(event("left_party", "2020-03-01", json!("劝退"))).expect("left");
    office.run(event("accepted", "2024-07-01", Json::Null)).expect("accepted anew");
    office.run(event("converted", "2025-07-01", Json::Null)).expect("formal");
    assert_eq!(found(&office, None).items, vec![]);
}

#[test]
fn the_numbers_of_the_rules_are_the_workbook_s_own() {
    let (mut office, ..) = careless();
    let needed = json!({ "do": "set_rule", "rule": "member.values", "numbers": { "phone": 0 } });
    office.run(needed).expect("set");
    let off = json!({ "do": "set_rule", "rule": "member.group", "enabled": false });
    office.run(off).expect("set");
    let quality = found(&office, None);
    assert!(!rules(&quality).contains("member.group"));
    let missing = quality.items.iter().find(|item| &*item.name == "资料不全").expect("still found");
    assert_eq!(&*missing.words, "缺 性别");
}

#[test]
fn what_sound_numbers_tell_can_be_taken_over_from_all_at_once() {
    let (office, ..) = careless();
    let quality = found(&office, None);
    let place = quality.kinds.iter().position(|kind| kind.rule == "member.birth").expect("found");
    let adopted = quality.kinds[place].adopts.expect("safe");
    let ids: Vec<PersonId> = quality.items.iter().filter(|item| item.kind == place).map(|item| item.person).collect();
    let values = adoptable(&office.desk(), &ids, adopted).expect("read");
    let told: Vec<_> = values.iter().map(|one| (one.name.as_str(), one.before.as_str(), one.after.as_str())).collect();
    assert_eq!(told, [("号码对不上", "1998-01-07", "1998-07-01")]);
}
