//! The difference between two days: who came and how, who left and how, what changed of those who stayed.

use std::collections::{BTreeMap, BTreeSet};

use branchdesk::clock::Day;
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::domain::statistics::Movement;
use branchdesk::exchange::practice;
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::workbook::ReadOnly;
use branchdesk::view::comparison::{ComparisonAsk, comparison};
use branchdesk::view::desk::Desk;
use branchdesk::view::difference::{Difference, DifferenceAsk, DifferenceLine, difference};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

fn between(office: &Office, scope: Option<OrganisationId>, from: &str, to: &str) -> Difference {
    difference(&office.desk(), &DifferenceAsk { scope, from: day(from), to: day(to) }).expect("a difference")
}

/// 「甲 转入 来自→现为 日期」
fn told(lines: &[DifferenceLine]) -> Vec<String> {
    let word = |line: &DifferenceLine| {
        let on = line.on.map(|on| on.to_string()).unwrap_or_default();
        format!("{} {} {}→{} {on}", line.name, line.what, line.before, line.after)
    };
    lines.iter().map(word).collect()
}

struct Bureau {
    office: Office,
    first: OrganisationId,
    second: OrganisationId,
}

impl Bureau {
    fn new() -> Self {
        let mut office = Office::new();
        let root = office.organisation(None, "青禾县民政局党总支");
        let first = office.organisation(Some(root), "第一党支部");
        let second = office.organisation(Some(root), "第二党支部");
        Self { office, first, second }
    }

    fn member(&mut self, name: &str, more: Json) -> PersonId {
        let mut set =
            json!({ "name": name, "joined": "2001-07-01", "full": "2002-07-01", "transfer_in": "2010-01-01" });
        for (key, value) in more.as_object().expect("fields") {
            set[key] = value.clone();
        }
        self.office.member(self.first, set)
    }

    fn run(&mut self, json: Json) {
        self.office.run(json).expect("done");
    }

    fn fact(&mut self, person: PersonId, kind: &str, value: Json, from: Json, to: Json) {
        let organisation = if kind == "post" { json!(self.first) } else { Json::Null };
        self.run(json!({ "do": "set_fact", "person_id": person, "kind": kind, "value": value, "from": from, "to": to,
            "organisation_id": organisation }));
    }
}

#[test]
fn who_came_and_who_left_is_told_with_how_and_the_days_close() {
    let mut bureau = Bureau::new();
    let moved = bureau.member("转支部", json!({}));
    let out = bureau.member("转出", json!({}));
    let dead = bureau.member("去世", json!({}));
    let back = bureau.member("恢复", json!({}));
    bureau.member("一直在", json!({}));
    bureau.member("转入", json!({ "transfer_in": "2026-03-01" }));
    bureau.member("新发展", json!({ "joined": "2026-04-01", "full": null, "transfer_in": "2026-04-01" }));
    bureau.member("申请人", json!({ "joined": null, "full": null, "applied": "2026-05-01", "transfer_in": "2026-05" }));
    bureau.fact(back, "status", json!("停止党籍"), json!("2020-01-01"), json!("2026-02-01"));
    let second = bureau.second;
    bureau.run(json!({ "do": "transfer_member", "ids": [moved], "to_id": second, "on": "2026-06-01" }));
    bureau.run(json!({ "do": "end_membership", "ids": [out], "how": "转出", "on": "2026-07", "place": "邻县民政局" }));
    bureau.run(json!({ "do": "end_membership", "ids": [dead], "how": "死亡", "on": "2026-08-09" }));

    let whole = between(&bureau.office, None, "2025-12-31", "2026-11-24");
    assert_eq!(
        told(&whole.came),
        ["恢复 恢复 停止党籍→ 2026-02-01", "转入 转入 → 2026-03-01", "新发展 新发展 → 2026-04-01",]
    );
    assert_eq!(told(&whole.left), ["转出 转出 →邻县民政局 2026-07", "去世 死亡 → 2026-08-09"]);
    assert_eq!(
        told(&whole.changed),
        ["申请人 新登记 →入党申请人 2026-05", "转支部 党支部 第一党支部→第二党支部 2026-06-01"],
        "an applicant is on the list and not counted"
    );
    assert_eq!((whole.before.people, whole.after.people), (4, 6));
    assert_eq!(whole.before.members + whole.came.len() - whole.left.len(), whole.after.members);
    assert_eq!(whole.after.members, 5);

    let first = between(&bureau.office, Some(bureau.first), "2025-12-31", "2026-11-24");
    assert!(told(&first.left).contains(&"转支部 转到其他党支部 →第二党支部 2026-06-01".to_owned()));
    assert_eq!(told(&first.changed), ["申请人 新登记 →入党申请人 2026-05"]);
    let second = between(&bureau.office, Some(bureau.second), "2025-12-31", "2026-11-24");
    assert_eq!(told(&second.came), ["转支部 从其他党支部转来 第一党支部→ 2026-06-01"]);
    assert_eq!(second.came[0].branch_name, "第二党支部");
}

#[test]
fn who_is_not_counted_comes_when_accepted_and_is_told_apart_until_then() {
    let mut bureau = Bureau::new();
    let none = json!({ "joined": null, "full": null, "applied": "2023-01-01", "transfer_in": "2023-01-01" });
    let accepted = bureau.member("积极分子", none.clone());
    let moved = bureau.member("换支部", none.clone());
    let gone = bureau.member("申请人走", none);
    let no_longer = bureau.member("取消资格", json!({ "joined": "2025-07-01", "full": null }));
    let told_later = json!({ "joined": null, "full": null, "applied": null });
    let roster = bureau.member("名册所载", told_later);
    bureau.run(json!({ "do": "edit_members", "ids": [accepted], "set": { "activist": "2024-01-01" } }));
    let accept =
        json!({ "do": "record_event", "ids": [accepted], "kind": "accepted", "on": "2026-06-01", "document": "1号" });
    bureau.run(accept);
    let second = bureau.second;
    bureau.run(json!({ "do": "transfer_member", "ids": [accepted, moved], "to_id": second, "on": "2026-08-01" }));
    bureau.run(json!({ "do": "end_membership", "ids": [gone], "how": "转出", "on": "2026-03-01", "place": "邻县" }));
    bureau.run(json!({ "do": "record_event", "ids": [no_longer], "kind": "disqualified", "on": "2026-07-01" }));
    bureau.run(json!({ "do": "edit_members", "ids": [roster], "set": { "category": "正式党员" } }));

    let whole = between(&bureau.office, None, "2025-12-31", "2026-11-24");
    assert_eq!(
        told(&whole.came),
        ["名册所载 其他增加 → 2026-11-24", "积极分子 新发展 入党积极分子→ 2026-06-01"],
        "however an activist was listed before"
    );
    assert_eq!(told(&whole.left), ["取消资格 取消预备党员资格 → 2026-07-01"]);
    assert_eq!(
        told(&whole.changed),
        [
            "积极分子 党支部 第一党支部→第二党支部 2026-08-01",
            "换支部 党支部 第一党支部→第二党支部 2026-08-01",
            "申请人走 不再列入 入党申请人→转出（邻县） 2026-03-01",
        ]
    );
    assert_eq!(whole.changed_people, 3);
    assert_eq!(whole.before.members + whole.came.len() - whole.left.len(), whole.after.members);
    let first = between(&bureau.office, Some(bureau.first), "2025-12-31", "2026-11-24");
    assert!(told(&first.changed).contains(&"换支部 转到其他党支部 →第二党支部 2026-08-01".to_owned()));
}

/// Whom the comparison of two years has in which of its lines, one line a person; who came and left within the year is
/// in none.
fn compared(desk: &Desk, scope: Option<OrganisationId>, to: Day) -> BTreeMap<PersonId, String> {
    let found = comparison(desk, &ComparisonAsk { scope, to }).expect("a comparison");
    let parts = found.lines.iter().filter(|line| line.depth == 1);
    let mut lines: BTreeMap<PersonId, Vec<String>> = BTreeMap::new();
    for line in parts {
        for id in line.figure.rows.iter() {
            lines.entry(PersonId(*id)).or_default().push(line.figure.name.clone());
        }
    }
    let once = |lines: Vec<String>| <[String; 1]>::try_from(lines).ok().map(|[line]| line);
    lines.into_iter().filter_map(|(id, lines)| Some((id, once(lines)?))).collect()
}

#[test]
fn the_same_two_days_are_told_as_the_comparison_of_two_years_tells_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let today = day("2026-11-24");
    let made = practice::build(folder.path(), 3, today, false, &Progress::default()).expect("built");
    let desk = Desk::open(ReadOnly::open(&made.workbook, &Key::None).expect("readable")).expect("a desk");
    let scopes = [None].into_iter().chain(desk.tree().within(None).into_iter().map(|node| Some(node.id)));
    let mut kinds = BTreeSet::new();
    for scope in scopes {
        for to in [today, day("2025-12-31"), day("2024-12-31")] {
            let from = ComparisonAsk { scope, to }.from();
            let found = difference(&desk, &DifferenceAsk { scope, from, to }).expect("a difference");
            assert_eq!(
                found.before.members + found.came.len() - found.left.len(),
                found.after.members,
                "{scope:?}, {from} to {to}"
            );
            let lines = found.came.iter().chain(&found.left);
            let mut told: BTreeMap<PersonId, String> = lines
                .map(|line| match line.movement.unwrap_or_else(|| panic!("nothing tells why: {line:?}")) {
                    Movement::Gain(gain) => (line.id, format!("党员.增加.{}", gain.label())),
                    Movement::Loss(loss) => (line.id, format!("党员.减少.{}", loss.label())),
                })
                .collect();
            for (id, line) in compared(&desk, scope, to) {
                assert_eq!(told.remove(&id).as_ref(), Some(&line), "{scope:?}, {from} to {to}");
                kinds.insert(line);
            }
            assert!(told.is_empty() || scope.is_some(), "only these came and left: {told:?}");
        }
    }
    assert!(kinds.len() >= 4, "the bureau has seen little: {kinds:?}");
}

#[test]
fn a_day_counts_for_the_interval_that_ends_with_it_and_a_month_acts_as_its_first_day() {
    let mut bureau = Bureau::new();
    bureau.member("月", json!({ "transfer_in": "2019-07" }));
    bureau.member("年", json!({ "transfer_in": "2019" }));
    let came = |from: &str, to: &str| told(&between(&bureau.office, None, from, to).came).len();
    assert_eq!((came("2019-06-29", "2019-06-30"), came("2019-06-30", "2019-07-01")), (0, 1));
    assert_eq!(came("2019-07-01", "2019-07-31"), 0);
    assert_eq!((came("2018-12-30", "2018-12-31"), came("2018-12-31", "2019-01-01")), (0, 1));
    let ask = DifferenceAsk { scope: None, from: day("2019-07-01"), to: day("2019-07-01") };
    let problem = difference(&bureau.office.desk(), &ask).expect_err("the same day");
    assert!(problem.happened.contains("要早于"), "{}", problem.happened);
}

#[test]
fn what_changed_of_those_who_stayed_is_told_thing_by_thing() {
    let mut bureau = Bureau::new();
    let lin = bureau.member("林秀英", json!({ "joined": "2025-02-01", "full": "2026-02-01" }));
    let wu = bureau.member("吴海涛", json!({}));
    let he = bureau.member("何静", json!({}));
    let first = bureau.first;
    let mut group = |name: &str| {
        let made = bureau.office.run(json!({
            "do": "add_organisation", "parent_id": first, "set": { "name": name, "org_kind": "党小组" } }));
        OrganisationId(made.expect("a group").made.expect("an id"))
    };
    let groups = [group("第一党小组"), group("第二党小组")];
    for (group, from, to) in
        [(groups[0], json!("2020-01-01"), json!("2026-03-01")), (groups[1], json!("2026-03-01"), Json::Null)]
    {
        bureau.run(json!({ "do": "set_fact", "person_id": wu, "kind": "group", "organisation_id": group, "from": from, "to": to }));
    }
    bureau.fact(lin, "post", json!("组织委员"), json!("2020-01-01"), json!("2026-05-01"));
    bureau.fact(lin, "post", json!("书记"), json!("2026-05"), Json::Null);
    bureau.fact(lin, "post", json!("工会主席"), json!("2020-01-01"), Json::Null);
    bureau.fact(lin, "post", json!("代理书记"), json!("2026-04-01"), json!("2026-05-01"));
    bureau.run(json!({ "do": "set_fact", "person_id": he, "kind": "floating", "value": "是", "place": "杭州", "from": "2026-06-01" }));
    bureau.fact(he, "lost", json!("是"), json!("2020-01-01"), json!("2026-07-01"));
    bureau.fact(he, "status", json!("留党察看"), json!("2026-08-01"), Json::Null);

    let found = between(&bureau.office, None, "2025-12-31", "2026-11-24");
    assert_eq!(
        told(&found.changed),
        [
            "林秀英 人员类别 预备党员→正式党员 2026-02-01",
            "林秀英 党内职务 组织委员（第一党支部）→书记（第一党支部） 2026-05-01",
            "吴海涛 党小组 第一党小组→第二党小组 2026-03-01",
            "何静 党籍状态 →留党察看 2026-08-01",
            "何静 流动 →是（杭州） 2026-06-01",
            "何静 失联 是→ 2026-07-01",
        ]
    );
    assert_eq!(found.changed_people, 3);
    assert!(found.came.is_empty() && found.left.is_empty());
    let group = between(&bureau.office, Some(groups[1]), "2025-12-31", "2026-11-24");
    assert_eq!(told(&group.came), ["吴海涛 编入党小组 第一党支部→ 2026-03-01"]);
}

#[test]
fn a_fact_that_holds_on_both_days_may_be_the_one_that_counts() {
    let mut bureau = Bureau::new();
    let lin = bureau.member("林秀英", json!({}));
    bureau.fact(lin, "status", json!("留党察看"), json!("2020-01-01"), Json::Null);
    bureau.fact(lin, "status", json!("受处分"), json!("2026-05-01"), Json::Null);
    bureau.fact(lin, "lost", json!("否"), json!("2020-01-01"), Json::Null);
    bureau.fact(lin, "lost", json!("是"), json!("2026-05-01"), Json::Null);
    let found = between(&bureau.office, None, "2025-12-31", "2026-11-24");
    assert_eq!(
        told(&found.changed),
        ["林秀英 党籍状态 留党察看→受处分 2026-05-01"],
        "the last status counts, and the first of what else holds at a time"
    );
}

#[test]
fn whoever_was_voided_never_was_there() {
    let mut bureau = Bureau::new();
    let id = bureau.member("重复录入", json!({ "transfer_in": "2026-03-01" }));
    bureau.run(json!({ "do": "void_members", "ids": [id], "reason": "重复录入" }));
    let found = between(&bureau.office, None, "2025-12-31", "2026-11-24");
    assert_eq!(found, Difference::default());
}
