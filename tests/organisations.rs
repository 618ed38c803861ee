//! Organisations through the years: names and places of any day, mergers and splits, terms, and what cannot be.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::problem::Result;
use branchdesk::view::figures::figures;
use branchdesk::view::members::{ListAsk, list};
use branchdesk::view::organisations::{OrganisationLine, merger, page, split, standing, tree};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};
use crate::support::program::Program;

/// Two general branches; the first has two branches, the first of them with three members and a group.
struct Bureau {
    office: Office,
    first_general: OrganisationId,
    second_general: OrganisationId,
    first: OrganisationId,
    second: OrganisationId,
    group: OrganisationId,
    people: Vec<PersonId>,
}

const MEMBERS: [&str; 4] = ["陈志远", "林秀英", "马晓东", "何静"];

impl Bureau {
    fn new() -> Self {
        let mut office = Office::new();
        let first_general = office.organisation(None, "甲局党总支");
        let second_general = office.organisation(None, "乙局党总支");
        let first = office.organisation(Some(first_general), "第一党支部");
        let second = office.organisation(Some(first_general), "第二党支部");
        let group = office.organisation(Some(first), "第一党小组");
        let mut people = Vec::new();
        for (place, name) in MEMBERS.iter().enumerate() {
            let branch = if place < 3 { first } else { second };
            let set =
                json!({ "name": name, "joined": "2006-07-01", "full": "2007-07-01", "transfer_in": "2010-01-01" });
            people.push(office.member(branch, set));
        }
        Self { office, first_general, second_general, first, second, group, people }
    }

    fn members(&self, scope: OrganisationId, on: &str) -> u64 {
        figures(&self.office.desk(), Some(scope), day(on)).expect("figures").value("党员.总数")
    }

    fn listed(&self, scope: OrganisationId, on: &str) -> usize {
        list(&self.office.desk(), &ListAsk::roll(day(on), Some(scope))).expect("a list").ids.len()
    }

    fn line(&self, id: OrganisationId, on: &str) -> OrganisationLine {
        let lines = tree(&self.office.desk(), day(on)).expect("a tree");
        lines.into_iter().find(|line| line.organisation.id == id).expect("a line")
    }

    fn path(&self, id: OrganisationId, on: &str) -> String {
        self.office.desk().tree_on(day(on)).path(id)
    }

    fn fact(&mut self, person: PersonId, kind: &str, organisation: OrganisationId, value: Option<&str>, from: &str) {
        let set = json!({
            "do": "set_fact", "person_id": person, "kind": kind, "organisation_id": organisation, "value": value,
            "from": from,
        });
        self.office.run(set).expect("a fact");
    }

    fn refused(&mut self, command: Json, told: &str) {
        let before = self.office.dump();
        let problem = self.office.run(command.clone()).expect_err("it cannot be");
        assert!(problem.happened.contains(told), "{command}: {}", problem.happened);
        assert_eq!(self.office.dump(), before, "nothing was changed");
    }
}

#[test]
fn a_branch_that_moved_counts_for_its_former_general_branch_on_the_days_before() {
    let mut bureau = Bureau::new();
    let (first, from, to) = (bureau.first, bureau.first_general, bureau.second_general);
    let moved = json!({
        "do": "move_organisation", "id": first, "parent_id": to, "on": "2026-03-01", "document": "县直工委〔2026〕5 号",
    });
    bureau.office.run(moved).expect("moved");
    for (on, before, after) in [("2026-02-28", 4, 0), ("2026-03-01", 1, 3), ("2026-11-24", 1, 3)] {
        assert_eq!((bureau.members(from, on), bureau.members(to, on)), (before, after), "{on}");
        assert_eq!(bureau.listed(from, on) as u64, before, "the list of {on}");
        assert_eq!(bureau.line(from, on).members as u64, before, "the tree of {on}");
    }
    assert_eq!(bureau.path(first, "2026-02-28"), "甲局党总支/第一党支部");
    assert_eq!(bureau.path(first, "2026-03-01"), "乙局党总支/第一党支部");
    assert_eq!(bureau.line(first, "2026-02-28").organisation.parent, Some(from));
    let kinds = |scope, on| figures(&bureau.office.desk(), Some(scope), day(on)).expect("figures").value("组织.党支部");
    assert_eq!((kinds(from, "2026-02-28"), kinds(from, "2026-03-01")), (2, 1));
    bureau.office.undo().expect("taken back");
    assert_eq!(bureau.members(from, "2026-11-24"), 4);
}

#[test]
fn a_past_day_shows_the_names_of_that_day_everywhere() {
    let mut bureau = Bureau::new();
    let first = bureau.first;
    let renamed = json!({
        "do": "rename_organisation", "id": first, "name": "机关第一党支部", "on": "2026-05-01", "document": "批复 7 号",
    });
    bureau.office.run(renamed).expect("renamed");
    for (on, name) in [("2026-04-30", "第一党支部"), ("2026-05-01", "机关第一党支部")] {
        assert_eq!(bureau.line(first, on).organisation.name, name);
        let desk = bureau.office.desk();
        assert_eq!(figures(&desk, Some(first), day(on)).expect("figures").scope_name, name);
        let member = branchdesk::view::member::page(&desk, bureau.people[0], day(on)).expect("read").expect("there");
        assert_eq!(member.organisations.get(&first).map(String::as_str), Some(name));
        let branch = branchdesk::domain::fields::FieldKey::Known(branchdesk::domain::fields::Known::Branch);
        assert_eq!(member.values.get(&branch).map(String::as_str), Some(name));
        let asked = ListAsk::roll(day(on), Some(first));
        let words = branchdesk::view::list_words::in_words(&desk, &asked).expect("words");
        assert_eq!(words, format!("{name}，截至 {on}"));
    }
    bureau.office.close();
    let program = Program::in_folder(bureau.office.path().parent().expect("a folder"));
    let export = |on: &str, org: &str| {
        let call = ["export", "members", "--workbook", "支部.bdk", "--out", "人.json", "--force", "--as-of", on];
        program.well(&[&call[..], &["--org", org]].concat());
        let rows: Json = serde_json::from_str(&program.read("人.json")).expect("JSON");
        rows[0]["branch"].as_str().expect("a branch").to_owned()
    };
    assert_eq!(export("2026-04-30", "机关第一党支部"), "第一党支部");
    assert_eq!(export("2026-04-30", "第一党支部"), "第一党支部", "found by its name of that day too");
    assert_eq!(export("2026-05-01", "机关第一党支部"), "机关第一党支部");
}

#[test]
fn a_merger_moves_everybody_ends_groups_and_posts_and_is_one_step() {
    let mut bureau = Bureau::new();
    let (first, second, group) = (bureau.first, bureau.second, bureau.group);
    let (chen, lin, ma) = (bureau.people[0], bureau.people[1], bureau.people[2]);
    bureau.fact(chen, "post", first, Some("书记"), "2024-01-01");
    let general = bureau.first_general;
    bureau.fact(chen, "post", general, Some("委员"), "2024-01-01");
    bureau.fact(lin, "group", group, None, "2024-01-01");
    let stopped = json!({ "do": "record_event", "ids": [ma], "kind": "stopped", "on": "2026-01-10" });
    bureau.office.run(stopped).expect("stopped");
    let before = bureau.office.dump();

    let told = merger(&bureau.office.desk(), &[first], second, day("2026-06-01")).expect("an outcome");
    assert_eq!((told[0].people, told[0].groups.as_slice()), (2, &[("第一党小组".to_owned(), 1)][..]));
    assert_eq!((told[0].posts.as_slice(), &told[0].hindrance), (&["书记 陈志远".to_owned()][..], &None));

    let merged = json!({
        "do": "merge_organisations", "ids": [first], "into_id": second, "on": "2026-06-01", "document": "批复 9 号",
    });
    bureau.office.run(merged).expect("merged");
    assert_eq!((bureau.members(first, "2026-05-31"), bureau.members(second, "2026-05-31")), (2, 1));
    assert_eq!((bureau.members(first, "2026-06-01"), bureau.members(second, "2026-06-01")), (0, 3));
    assert!(bureau.line(first, "2026-06-01").is_gone && bureau.line(group, "2026-06-01").is_gone);
    let desk = bureau.office.desk();
    let posts = |id, on| {
        let standing = standing(&desk, id, day(on)).expect("read").map(|standing| standing.posts);
        standing.unwrap_or_default().into_iter().map(|line| line.post).collect::<Vec<_>>()
    };
    assert_eq!(posts(first, "2026-05-31"), ["书记"]);
    assert_eq!(posts(general, "2026-06-01"), ["委员"], "a post above both branches goes on");
    let file = branchdesk::store::members::file(desk.reader(), ma).expect("read").expect("there");
    let place = file.membership_on(day("2026-06-01")).and_then(|fact| fact.organisation);
    assert_eq!(place, Some(second), "whose membership is stopped is carried along");
    let seen = page(&desk, second, day("2026-06-01")).expect("a page");
    assert_eq!(seen.history.first().map(|line| line.words.as_str()), Some("第一党支部 并入"));
    drop(desk);
    bureau.office.undo().expect("one step");
    assert_eq!(bureau.office.dump(), before);
}

#[test]
fn a_merger_recorded_late_leaves_later_steps_as_they_are() {
    let mut bureau = Bureau::new();
    let (first, second) = (bureau.first, bureau.second);
    let (chen, lin) = (bureau.people[0], bureau.people[1]);
    let general = bureau.first_general;
    let transfer = json!({
        "do": "record_event", "ids": [lin], "kind": "transfer_within", "on": "2026-08-01", "branch_id": general,
    });
    bureau.office.run(transfer).expect("transferred");
    let merge = json!({ "do": "merge_organisations", "ids": [first], "into_id": second, "on": "2026-06-01" });
    bureau.fact(chen, "post", first, Some("书记"), "2026-07-01");
    bureau.refused(merge.clone(), "陈志远 的党内职务自 2026-07-01 起在 第一党支部，晚于 2026-06-01");
    bureau.office.undo().expect("the post is taken back");
    bureau.office.run(merge).expect("merged");
    let place = |bureau: &Bureau, on: &str| {
        let file = branchdesk::store::members::file(bureau.office.desk().reader(), lin).expect("read").expect("there");
        file.on_roll(day(on)).and_then(|fact| fact.organisation)
    };
    let places = ["2026-05-31", "2026-06-01", "2026-07-31", "2026-08-01"].map(|on| place(&bureau, on));
    assert_eq!(places, [first, second, second, general].map(Some));
}

#[test]
fn a_split_tells_before_who_goes_and_takes_only_its_own_people() {
    let mut bureau = Bureau::new();
    let (first, group) = (bureau.first, bureau.group);
    let (chen, lin, he) = (bureau.people[0], bureau.people[1], bureau.people[3]);
    bureau.fact(chen, "post", first, Some("书记"), "2024-01-01");
    bureau.fact(lin, "group", group, None, "2024-01-01");
    let told = split(&bureau.office.desk(), first, &[vec![chen, lin]], day("2026-06-01")).expect("an outcome");
    assert_eq!((told.parts.as_slice(), told.stays), (&[(2, 2)][..], (1, 1)));
    assert_eq!((told.posts.as_slice(), told.leave_group), (&["书记 陈志远".to_owned()][..], 1));
    let command = |ids: &[PersonId]| {
        json!({
            "do": "split_organisation", "id": first, "on": "2026-06-01",
            "parts": [{ "set": { "name": "第三党支部" }, "ids": ids }],
        })
    };
    bureau.refused(command(&[he]), "何静 在 2026-06-01 不在 第一党支部");
    bureau.refused(command(&[chen, chen]), "陈志远 已经在 第三党支部");
    let made = bureau.office.run(command(&[chen, lin])).expect("split").made.expect("an id");
    let third = OrganisationId(made);
    assert_eq!((bureau.members(first, "2026-06-01"), bureau.members(third, "2026-06-01")), (1, 2));
    assert_eq!(bureau.members(first, "2026-05-31"), 3);
    assert!(bureau.line(third, "2026-05-31").is_gone, "it was not there before");
}

#[test]
fn a_mistaken_election_taken_out_leaves_the_one_before_it() {
    let mut bureau = Bureau::new();
    let first = bureau.first;
    let elect =
        |on: &str, until: Option<&str>| json!({ "do": "elect_committee", "id": first, "on": on, "until": until });
    bureau.office.run(elect("2021-05-01", Some("2024-06-30"))).expect("elected");
    let second = bureau.office.run(elect("2024-05-01", None)).expect("elected").made.expect("an id");
    let ends = |bureau: &Bureau, on: &str| {
        let standing = standing(&bureau.office.desk(), first, day(on)).expect("read").expect("there");
        standing.term.ends.map(|ends| ends.to_string()).unwrap_or_default()
    };
    assert_eq!((ends(&bureau, "2026-11-24"), ends(&bureau, "2022-01-01")), ("2027-05-01".into(), "2024-06-30".into()));
    bureau.office.run(json!({ "do": "remove_organisation_event", "id": second.to_string() })).expect("taken out");
    assert_eq!(ends(&bureau, "2026-11-24"), "2024-06-30");
    let told = |bureau: &Bureau| {
        let node = bureau.office.desk().tree().get(first).expect("there").clone();
        [node.elected_on, node.term_ends].map(|day| day.map(|day| day.to_string()).unwrap_or_default())
    };
    assert_eq!(told(&bureau), ["2021-05-01", "2024-06-30"], "the organisation tells it too");
    bureau.office.undo().expect("taken back");
    assert_eq!(ends(&bureau, "2026-11-24"), "2027-05-01");
}

#[test]
fn what_cannot_be_ends_in_a_sentence() {
    let mut bureau = Bureau::new();
    let (general, first, second, group) = (bureau.first_general, bureau.first, bureau.second, bureau.group);
    let he = bureau.people[3];
    let merge = |ids: OrganisationId, into: OrganisationId| json!({ "do": "merge_organisations", "ids": [ids], "into_id": into, "on": "2026-06-01" });
    bureau.refused(merge(first, first), "不能并入自己");
    bureau.refused(merge(general, first), "在 甲局党总支 下面");
    bureau.refused(merge(group, second), "党小组随党支部调整");
    bureau.refused(json!({ "do": "move_organisation", "id": second, "parent_id": group }), "党小组下面不能再有党组织");
    bureau.refused(json!({ "do": "move_organisation", "id": general, "parent_id": first }), "它自己下面");

    for kind in ["rename_organisation", "delay_election", "elect_committee"] {
        let command = json!({
            "do": kind, "id": first, "on": "2026-11-25", "name": "新名称", "until": "2027-12-31",
        });
        let fields: &[&str] = match kind {
            "rename_organisation" => &["do", "id", "on", "name"],
            _ => &["do", "id", "on", "until"],
        };
        let own: serde_json::Map<String, Json> =
            fields.iter().map(|field| ((*field).to_owned(), command[*field].clone())).collect();
        bureau.refused(Json::Object(own), "日期不能在今天以后");
    }
    let read = |text: &str| -> std::result::Result<branchdesk::command::Command, String> {
        serde_json::from_value(json!({ "do": "close_organisation", "id": second, "on": text }))
            .map_err(|e| e.to_string())
    };
    assert!(read("2026-02-30").expect_err("no such day").contains("“2026-02-30”不是日期"));
    bureau.refused(
        json!({ "do": "elect_committee", "id": first, "on": "2026-05-01", "until": "2026-05-01" }),
        "任期届满时间要晚于选举时间",
    );

    let renamed = json!({ "do": "rename_organisation", "id": first, "name": "新一支部", "on": "2026-05-01" });
    bureau.office.run(renamed).expect("renamed");
    bureau.refused(
        json!({ "do": "rename_organisation", "id": first, "name": "另一支部", "on": "2025-05-01" }),
        "在 2026-05-01 已经更名",
    );

    bureau.office.run(json!({ "do": "end_membership", "ids": [he], "how": "转出", "on": "2026-03-01" })).expect("out");
    bureau.office.run(json!({ "do": "close_organisation", "id": second, "on": "2026-04-01" })).expect("closed");
    let chen = bureau.people[0];
    let appoint = json!({
        "do": "appoint", "person_id": chen, "organisation_id": second, "post": "书记", "from": "2026-05-01",
    });
    bureau.refused(appoint, "第二党支部 已于 2026-04-01 撤销");
    let part = json!({ "set": { "name": "第三党支部" } });
    bureau.refused(
        json!({ "do": "split_organisation", "id": second, "on": "2026-05-01", "parts": [part] }),
        "还没成立或已撤销",
    );
    bureau.refused(merge(first, second), "第二党支部 在 2026-06-01 还没成立或已撤销");
    bureau
        .refused(json!({ "do": "move_organisation", "id": first, "parent_id": second, "on": "2026-05-01" }), "已撤销");
}

#[test]
fn a_term_longer_than_the_rule_and_a_long_delay_are_found() {
    let mut bureau = Bureau::new();
    let first = bureau.first;
    let found = |bureau: &Bureau, on: &str| -> Vec<String> {
        let standing = standing(&bureau.office.desk(), first, day(on)).expect("read").expect("there");
        let terms = standing.findings.into_iter().filter(|finding| finding.rule.starts_with("term."));
        terms.map(|finding| finding.rule).collect()
    };
    let elect = json!({ "do": "elect_committee", "id": first, "on": "2024-05-01", "until": "2029-05-01" });
    bureau.office.run(elect).expect("kept as it was told");
    assert_eq!(found(&bureau, "2026-01-01"), ["term.length"]);
    let five = json!({ "do": "edit_organisation", "id": first, "set": { "term_years": "5" } });
    bureau.office.run(five).expect("a village branch");
    assert!(found(&bureau, "2026-01-01").is_empty());
    let delay = json!({ "do": "delay_election", "id": first, "on": "2026-01-01", "until": "2030-05-02" });
    bureau.office.run(delay).expect("delayed");
    assert_eq!(found(&bureau, "2026-01-01"), ["term.delay"]);
}

#[test]
fn a_rule_with_another_number_finds_otherwise_until_it_is_as_it_came() {
    let mut bureau = Bureau::new();
    let first = bureau.first;
    let finds = |bureau: &Bureau| -> bool {
        let standing = standing(&bureau.office.desk(), first, day("2026-11-24")).expect("read").expect("there");
        standing.findings.iter().any(|finding| finding.rule == "branch.formal")
    };
    let set = |numbers: Json| -> Json { json!({ "do": "set_rule", "rule": "branch.formal", "numbers": numbers }) };
    assert!(!finds(&bureau), "three formal members");
    bureau.office.run(set(json!({ "limit": 4 }))).expect("changed");
    assert!(finds(&bureau));
    let lines = branchdesk::view::rules::rules(&bureau.office.desk()).expect("rules");
    let line = lines.iter().find(|line| line.rule.id == "branch.formal").expect("the rule");
    assert_eq!((line.rule.number("limit"), line.shipped.number("limit"), line.is_changed()), (4, 3, true));
    bureau.office.run(set(json!({}))).expect("as it came");
    assert!(!finds(&bureau));
    bureau.office.undo().expect("taken back");
    assert!(finds(&bureau));
    bureau.refused(set(json!({ "limit": -1 })), "0 到 10000");
    bureau.refused(set(json!({ "most": 1 })), "没有名为“most”的数");
}

#[test]
fn terms_events_and_findings_go_out_and_organisations_with_every_field() -> Result<()> {
    let mut bureau = Bureau::new();
    let (first, second) = (bureau.first, bureau.second);
    let set = json!({
        "founded": "2010-01", "founded_document": "批复 1 号", "term_years": "5", "admits": "否",
        "leading_group": "甲局党组", "address": "幸福路 12 号", "unit": "甲局", "unit_situation": "法人单位",
        "unit_kind": "党政机关", "unit_code": "11330000000000000X",
    });
    bureau.office.run(json!({ "do": "edit_organisation", "id": first, "set": set }))?;
    bureau.office.run(json!({ "do": "elect_committee", "id": first, "on": "2022-01-10", "value": "第三届" }))?;
    bureau.office.run(json!({ "do": "elect_committee", "id": second, "on": "2022-01-10" }))?;
    bureau.office.run(
        json!({ "do": "rename_organisation", "id": second, "name": "新二支部", "on": "2023-01-10", "document": "批复 2 号" }),
    )?;
    bureau.office.close();
    let program = Program::in_folder(bureau.office.path().parent().expect("a folder"));
    let export = |kind: &str, more: &[&str]| -> Vec<Json> {
        let call = ["export", kind, "--workbook", "支部.bdk", "--out", "出.json", "--force"];
        program.well(&[&call[..], more].concat());
        serde_json::from_str(&program.read("出.json")).expect("JSON")
    };
    let terms = export("terms", &["--as-of", "2026-11-24"]);
    let told = |row: &Json| (row["name"].clone(), row["due"].clone(), row["stage"].clone());
    assert_eq!(told(&terms[0]), (json!("新二支部"), json!("2025-01-10"), json!("已届满")));
    assert_eq!(told(&terms[1]), (json!("第一党支部"), json!("2027-01-10"), json!("不足 3 个月")));
    assert_eq!(terms.len(), 4, "who has no term stands at the end; groups have none");
    let events = export("organisation_events", &["--org", "甲局党总支"]);
    let kinds: Vec<&Json> = events.iter().map(|event| &event["kind"]).collect();
    assert_eq!(kinds, ["elected", "elected", "renamed"]);
    assert_eq!((&events[0]["session"], &events[2]["former_name"]), (&json!("第三届"), &json!("第二党支部")));
    assert_eq!(export("organisation_events", &["--as-of", "2022-12-31"]).len(), 2);
    let findings = export("findings", &["--org", "新二支部"]);
    let found: Vec<&Json> = findings.iter().map(|finding| &finding["rule"]).collect();
    assert_eq!(found, ["branch.formal", "term.overdue", "branch.secretary", "term.years"]);
    assert_eq!(findings[0]["level"], "red");
    assert!(findings.iter().all(|finding| finding["article"].as_str().is_some_and(|article| !article.is_empty())));
    let organisations = export("organisations", &[]);
    let row = organisations.iter().find(|row| row["id"] == json!(first.to_string())).expect("the branch");
    for (field, value) in [
        ("founded_document", json!("批复 1 号")),
        ("term_years", json!(5)),
        ("admits", json!("否")),
        ("leading_group", json!("甲局党组")),
        ("address", json!("幸福路 12 号")),
        ("unit_situation", json!("法人单位")),
        ("unit_kind", json!("党政机关")),
        ("unit_code", json!("11330000000000000X")),
    ] {
        assert_eq!(row[field], value, "{field}");
    }
    let head = |kind: &str| {
        let call = ["export", kind, "--workbook", "支部.bdk", "--out", "出.csv", "--force", "--org", "甲局党总支"];
        program.well(&call);
        program.read("出.csv").lines().next().expect("a head").to_owned()
    };
    assert!(head("terms").contains("应换届时间") && head("findings").contains("依据"));
    Ok(())
}

/// Who holds a post in the first branch on a day: 「书记 陈志远」.
fn committee(bureau: &Bureau, on: &str) -> Vec<String> {
    let posts = branchdesk::view::organisations::posts(&bureau.office.desk(), bureau.first, day(on)).expect("posts");
    posts.into_iter().map(|line| format!("{} {}", line.post, line.name)).collect()
}

fn elected(bureau: &Bureau, on: &str, posts: &[(usize, &str)]) -> Json {
    let posts: Vec<Json> =
        posts.iter().map(|(who, post)| json!({ "person_id": bureau.people[*who], "post": post })).collect();
    json!({ "do": "elect_committee", "id": bureau.first, "on": on, "posts": posts })
}

#[test]
fn an_election_that_is_recorded_late_ends_with_the_next_and_ends_the_one_before() {
    let mut bureau = Bureau::new();
    for (on, posts) in [
        ("2019-05-01", [(0, "书记"), (1, "组织委员")]),
        ("2025-05-01", [(2, "书记"), (1, "组织委员")]),
        ("2022-05-01", [(1, "书记"), (0, "组织委员")]),
    ] {
        let command = elected(&bureau, on, &posts);
        bureau.office.run(command).expect("elected");
    }
    assert_eq!(committee(&bureau, "2022-04-30"), ["书记 陈志远", "组织委员 林秀英"]);
    assert_eq!(committee(&bureau, "2022-05-01"), ["书记 林秀英", "组织委员 陈志远"]);
    assert_eq!(committee(&bureau, "2025-04-30"), ["书记 林秀英", "组织委员 陈志远"]);
    assert_eq!(committee(&bureau, "2025-05-01"), ["书记 马晓东", "组织委员 林秀英"], "she was elected again");
    let now = standing(&bureau.office.desk(), bureau.first, day("2026-11-24")).expect("read").expect("there");
    assert_eq!(now.term.elected_on.map(|day| day.to_string()).as_deref(), Some("2025-05-01"));
}

#[test]
fn who_left_in_between_or_took_the_post_later_holds_it_no_longer_than_that() {
    let mut bureau = Bureau::new();
    let (first, [chen, lin]) = (bureau.first, [bureau.people[0], bureau.people[1]]);
    bureau.fact(lin, "post", first, Some("组织委员"), "2023-01-01");
    let out = json!({ "do": "end_membership", "ids": [chen], "how": "转出", "on": "2024-03-01" });
    bureau.office.run(out).expect("out");
    let command = elected(&bureau, "2022-05-01", &[(0, "书记"), (1, "组织委员")]);
    bureau.office.run(command).expect("elected");
    assert_eq!(committee(&bureau, "2024-02-28"), ["书记 陈志远", "组织委员 林秀英"]);
    assert_eq!(committee(&bureau, "2024-03-01"), ["组织委员 林秀英"]);
}

#[test]
fn a_post_of_an_unknown_start_is_not_ended_by_an_election_before_the_present_one() {
    let mut bureau = Bureau::new();
    let ma = bureau.people[2];
    let told = json!({ "do": "edit_members", "ids": [ma], "set": { "party_post": "书记" } });
    bureau.office.run(told).expect("as a roster tells it");
    for (on, who) in [("2025-05-01", 2), ("2022-05-01", 1)] {
        let command = elected(&bureau, on, &[(who, "书记")]);
        bureau.office.run(command).expect("elected");
    }
    assert_eq!(committee(&bureau, "2026-11-24"), ["书记 马晓东"]);
    assert_eq!(committee(&bureau, "2023-01-01"), ["书记 林秀英"]);
}

#[test]
fn two_secretaries_at_once_are_found() {
    let mut bureau = Bureau::new();
    let (first, chen, lin) = (bureau.first, bureau.people[0], bureau.people[1]);
    bureau.fact(chen, "post", first, Some("书记"), "2020-01-01");
    bureau.fact(lin, "post", first, Some("书记"), "2025-01-01");
    let found = |bureau: &Bureau, on: &str| {
        let standing = standing(&bureau.office.desk(), first, day(on)).expect("read").expect("there");
        standing.findings.into_iter().find(|finding| finding.rule == "branch.secretaries").map(|finding| finding.words)
    };
    assert_eq!(found(&bureau, "2024-12-31"), None);
    let words = found(&bureau, "2025-01-01").expect("found");
    assert!(words.contains("陈志远、林秀英 同时任书记"), "{words}");
}

#[test]
fn days_of_an_organisation_that_cannot_be_are_refused_or_found() {
    let mut bureau = Bureau::new();
    let (first, chen) = (bureau.first, bureau.people[0]);
    for (field, label) in [("founded", "成立时间"), ("closed", "撤销时间"), ("elected_on", "本届选举时间")]
    {
        let edit = json!({ "do": "edit_organisation", "id": first, "set": { field: "2026-12-01" } });
        bureau.refused(edit, &format!("{label}不能在今天以后"));
    }
    let edit = json!({ "founded": "2015-01-01", "elected_on": "2014-06-01" });
    bureau.office.run(json!({ "do": "edit_organisation", "id": first, "set": edit })).expect("kept");
    let now = standing(&bureau.office.desk(), first, day("2026-11-24")).expect("read").expect("there");
    assert!(now.findings.iter().any(|finding| finding.rule == "term.founded"), "{:?}", now.findings);
    let membership = json!({ "do": "set_fact", "person_id": chen, "kind": "membership", "organisation_id": first,
        "from": "2008-01-01", "to": "2009-01-01" });
    bureau.refused(membership, "2015-01-01 才成立");
    let found = branchdesk::view::quality::of_id(&bureau.office.desk(), chen, day("2026-11-24")).expect("found");
    assert!(found.iter().any(|finding| finding.rule == "member.founded"), "{found:?}");
}

#[test]
fn an_election_is_delayed_beyond_the_term_and_not_within_it() {
    let mut bureau = Bureau::new();
    let first = bureau.first;
    bureau.office.run(json!({ "do": "elect_committee", "id": first, "on": "2024-05-01" })).expect("elected");
    let delay = |until: &str| json!({ "do": "delay_election", "id": first, "on": "2026-05-01", "until": until });
    bureau.refused(delay("2027-05-01"), "本届任期 2027-05-01 届满");
    let made = bureau.office.run(delay("2027-05-02")).expect("delayed").made.expect("an id");
    let corrected =
        json!({ "do": "edit_organisation_event", "id": made.to_string(), "on": "2026-05-01", "until": "2027-01-01" });
    bureau.refused(corrected, "本届任期 2027-05-01 届满");
}
