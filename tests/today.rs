//! What 今日 lists: what is due and overdue of each kind, by when, and nothing of those who are gone.

use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::view::desk::Desk;
use branchdesk::view::member;
use branchdesk::view::members::{ListAsk, list, rows};
use branchdesk::view::ready_lists::{ReadyAsk, ReadyList, ReadyPeriod};
use branchdesk::view::today::{Piece, Today, Way, Weight, When, done_since, today};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

/// A branch with a secretary and a member. Today is Tuesday, 2026-11-24.
struct Branch {
    office: Office,
    id: OrganisationId,
    chen: PersonId,
    ma: PersonId,
}

fn branch() -> Branch {
    let mut office = Office::new();
    let id = office.organisation(None, "局机关第一党支部");
    let chen = office.member(id, json!({ "name": "陈志远", "joined": "1995-07-01", "full": "1996-07-01" }));
    let ma = office.member(id, json!({ "name": "马晓东", "joined": "2006-07-01", "full": "2007-07-01" }));
    Branch { office, id, chen, ma }
}

impl Branch {
    fn run(&mut self, command: Json) -> String {
        self.office.run(command).expect("done").made.map(|id| id.to_string()).unwrap_or_default()
    }

    fn talk(&mut self, held_on: &str, follow_ups: Json) -> String {
        self.run(json!({
            "do": "record_talk", "organisation_id": self.id, "held_on": held_on, "type": "T01",
            "talker_ids": [self.chen], "partner_ids": [self.ma], "follow_ups": follow_ups,
        }))
    }

    fn plan(&mut self, planned: Json) -> String {
        self.run(json!({ "do": "plan_talks", "organisation_id": self.id, "talks": [planned] }))
    }

    /// All but what the coverage lacks, which has a test of its own.
    fn on(&self, on: &str) -> Today {
        without_gaps(self.whole(on))
    }

    fn whole(&self, on: &str) -> Today {
        today(&self.office.desk(), None, day(on)).expect("told")
    }

    /// By when, what, and what it rests on.
    fn told(&self, on: &str) -> Vec<(When, String, String)> {
        let found = self.on(on);
        let told = |piece: &Piece| (piece.when(found.day), piece.title.clone(), piece.basis.clone());
        found.pieces.iter().map(told).collect()
    }

    fn titles(&self, on: &str) -> Vec<String> {
        self.on(on).pieces.into_iter().map(|piece| piece.title).collect()
    }
}

fn without_gaps(mut today: Today) -> Today {
    today.pieces.retain(|piece| !matches!(piece.way, Way::Coverage(..) | Way::AfterEvent(_)));
    today
}

#[test]
fn what_talks_asked_for_is_told_until_it_is_done() {
    let mut branch = branch();
    let owner = branch.chen;
    branch.talk(
        "2026-11-02",
        json!([
            { "measure": "协调驻村工作交接", "owner_id": owner, "due": "2026-11-20" },
            { "measure": "送学习资料", "owner": "李敏", "due": "2026-11-27" },
            { "measure": "再谈一次", "due": "2026-12" },
            { "measure": "看望", "due": "2026-11-10", "done_on": "2026-11-09" },
        ]),
    );
    let told = branch.told("2026-11-24");
    let row = |when, title: &str, basis: &str| (when, title.to_owned(), basis.to_owned());
    assert_eq!(
        told,
        [
            row(When::Overdue, "谈话跟进：协调驻村工作交接", "谈话 2026-001（马晓东）·责任人 陈志远"),
            row(When::Week, "谈话跟进：送学习资料", "谈话 2026-001（马晓东）·责任人 李敏"),
            row(When::Later, "谈话跟进：再谈一次", "谈话 2026-001（马晓东）"),
        ]
    );
    assert_eq!(branch.on("2026-11-24").urgent(), 2);
    assert_eq!(
        branch.on("2026-12-31").pieces[2].days_late(day("2027-01-01")),
        Some(1),
        "a month is due on its last day"
    );
}

#[test]
fn who_died_or_left_is_no_work() {
    let mut branch = branch();
    let owner = branch.chen;
    branch.talk("2026-11-02", json!([{ "measure": "协调", "owner_id": owner, "due": "2026-11-20" }]));
    let (chen, ma) = (branch.chen, branch.ma);
    branch.plan(json!({ "talker_id": chen, "partner_id": ma, "due": "2026-11-28" }));
    assert_eq!(branch.titles("2026-11-24"), ["谈话跟进：协调", "计划谈话：陈志远 和 马晓东"]);

    branch.run(json!({ "do": "record_event", "ids": [chen], "kind": "died", "on": "2026-11-22" }));
    let told = branch.told("2026-11-24");
    assert_eq!(told.len(), 1, "nobody is left to hold the talk: {told:?}");
    assert_eq!(told[0].2, "谈话 2026-001（马晓东）·责任人 陈志远（已不在册）", "somebody takes it over");

    branch.run(json!({ "do": "record_event", "ids": [ma], "kind": "died", "on": "2026-11-23" }));
    assert_eq!(branch.titles("2026-11-24"), Vec::<String>::new());
}

#[test]
fn a_planned_talk_is_ticked_off_by_a_talk_that_joins_the_two_since() {
    let mut branch = branch();
    let (chen, ma) = (branch.chen, branch.ma);
    branch.talk("2026-11-23", json!([]));
    branch.plan(json!({ "talker_id": ma, "partner_id": chen, "due": "2026-11-23" }));
    let title = "计划谈话：马晓东 和 陈志远".to_owned();
    assert_eq!(
        branch.told("2026-11-24"),
        [(When::Overdue, title, "2026-11-24 拟定".to_owned())],
        "held before it was planned"
    );

    let (record, month) = (branch.talk("2026-11-24", json!([])), branch.talk("2026-11", json!([])));
    assert_eq!(branch.titles("2026-11-24"), Vec::<String>::new(), "whoever of them talked with the other");
    branch.run(json!({ "do": "remove_talk", "id": record }));
    assert_eq!(branch.titles("2026-11-24").len(), 1, "a talk of the month counts as held on its first day");
    branch.run(json!({ "do": "remove_talk", "id": month }));
}

#[test]
fn who_only_wrote_it_down_was_not_talked_with() {
    let mut branch = branch();
    let (chen, ma) = (branch.chen, branch.ma);
    branch.plan(json!({ "talker_id": chen, "partner_id": ma }));
    branch.run(json!({
        "do": "record_talk", "organisation_id": branch.id, "held_on": "2026-11-24", "type": "T01",
        "talker_ids": [chen], "partners": ["王芳（群众）"], "recorder_id": ma,
    }));
    assert_eq!(branch.titles("2026-11-24").len(), 1);
}

#[test]
fn the_record_with_the_number_of_a_printed_sheet_ticks_it_off_and_a_blank_one_is_no_work() {
    let mut branch = branch();
    let (chen, ma) = (branch.chen, branch.ma);
    let sheet = branch.plan(json!({ "talker_id": chen, "partner_id": ma, "numbered": true }));
    branch.plan(json!({ "numbered": true }));
    assert_eq!(branch.told("2026-11-24").len(), 1);
    assert_eq!(branch.told("2026-11-24")[0].2, "2026-11-24 拟定·空白表 2026-001");
    // Held with somebody else, before the plan, but on this very sheet.
    branch.run(json!({
        "do": "record_talk", "organisation_id": branch.id, "held_on": "2026-11-20", "type": "T01", "planned_id": sheet,
        "talker_ids": [chen], "partners": ["王芳（群众）"],
    }));
    assert_eq!(branch.titles("2026-11-24"), Vec::<String>::new());
}

/// 《发展党员工作细则》: a probation lasts a year.
#[test]
fn a_probation_that_is_over_is_firm_and_one_that_ends_soon_is_told_before() {
    let mut branch = branch();
    branch.office.member(branch.id, json!({ "name": "张立新", "applied": "2023-01-01", "joined": "2025-11-09" }));
    branch.office.member(branch.id, json!({ "name": "林秀英", "joined": "2026-02-10" }));
    branch.office.member(branch.id, json!({ "name": "吴海涛", "joined": "2026-06-10" }));
    // Over for more than an extension may last: a record that lacks 转正时间.
    branch.office.member(branch.id, json!({ "name": "何静", "joined": "2024-11-24" }));
    let found = branch.on("2026-11-24");
    let weights: Vec<Weight> = found.pieces.iter().map(|piece| piece.weight).collect();
    assert_eq!(weights, [Weight::Hard, Weight::Hint, Weight::Hint]);
    assert_eq!(
        branch.titles("2026-11-24"),
        ["张立新 预备期已满，还没有登记转正", "何静 预备期早已届满，没有转正时间", "林秀英 预备期将满，准备讨论转正"]
    );
    assert!(found.pieces[0].basis.starts_with("预备期满 2026-11-09·《发展党员工作细则》第三十二条"));
    assert_eq!(found.pieces[0].days_late(found.day), Some(15));
    assert_eq!(found.pieces[2].when(found.day), When::Later);
    branch.run(json!({ "do": "set_rule", "rule": "member.probation.over", "enabled": false }));
    assert_eq!(branch.titles("2026-11-24"), Vec::<String>::new());
}

#[test]
fn probations_that_were_over_long_ago_are_one_line_that_leads_to_what_is_to_be_checked() {
    let mut branch = branch();
    for (name, joined) in [("何静", "2019-07-01"), ("吴海涛", "2020-07-01"), ("钱广", "2018"), ("孙丽", "2017-07")]
    {
        branch.office.member(branch.id, json!({ "name": name, "joined": joined }));
    }
    let found = branch.on("2026-11-24");
    assert_eq!(found.pieces.len(), 1);
    let piece = &found.pieces[0];
    assert_eq!(piece.title, "4 人预备期早已届满，没有转正时间");
    assert!(piece.basis.starts_with("吴海涛、何静、钱广等·"), "the last ones first: {}", piece.basis);
    assert_eq!((piece.due, &piece.way), (Some(day("2021-07-01")), &Way::OldProbations));
    branch.run(json!({ "do": "snooze_work", "work": piece.key, "until": "2026-12-01", "reason": "正在查档" }));
    assert_eq!(branch.titles("2026-11-24"), Vec::<String>::new());
}

/// 《支部工作条例》第二十一条
#[test]
fn a_term_is_told_a_month_before_its_first_reminder_then_all_the_time_and_firm_a_year_late() {
    let mut branch = branch();
    let set = json!({ "elected_on": "2024-05-28" });
    branch.run(json!({ "do": "edit_organisation", "id": branch.id, "set": set }));
    // It ends on 2027-05-28; of that one is reminded from 2026-11-28 on.
    assert_eq!(branch.titles("2026-10-20"), Vec::<String>::new());
    let told = |on: &str| {
        let told = branch.told(on);
        let (when, title, _) = told.first().cloned().expect("told");
        (when, title.trim_start_matches("局机关第一党支部 ").to_owned())
    };
    assert_eq!(told("2026-11-24"), (When::Week, "任期将满，提醒准备换届".into()));
    assert_eq!(told("2026-12-01"), (When::Later, "任期不足 6 个月，准备换届".into()));
    assert_eq!(told("2027-04-30"), (When::Month, "任期不足 1 个月，准备换届".into()));
    assert_eq!(told("2027-05-29"), (When::Overdue, "任期届满，待换届".into()));
    assert_eq!(branch.on("2027-05-29").pieces[0].weight, Weight::Soft);
    let late = branch.on("2028-05-30");
    assert_eq!(late.pieces[0].weight, Weight::Hard);
    assert!(late.pieces[0].basis.starts_with("2027-05-28 届满·2024-05-28 当选，任期 3 年·《支部工作条例》"));
}

#[test]
fn what_is_put_off_comes_back_on_its_day() {
    let mut branch = branch();
    branch.talk("2026-11-02", json!([{ "measure": "协调", "due": "2026-11-20" }]));
    let key = branch.on("2026-11-24").pieces[0].key.clone();
    branch.run(json!({ "do": "snooze_work", "work": key, "until": "2026-12-01", "reason": "等批复" }));
    let found = branch.on("2026-11-30");
    assert_eq!((found.pieces.len(), found.urgent()), (0, 0));
    assert_eq!((found.put_off[0].until, found.put_off[0].reason.as_str()), (day("2026-12-01"), "等批复"));
    let back = branch.on("2026-12-01");
    assert_eq!((back.pieces.len(), back.put_off.len()), (1, 0));
}

#[test]
fn a_scope_has_its_own_work_and_a_group_that_of_its_branch() {
    let mut branch = branch();
    let other = branch.office.organisation(None, "局机关第二党支部");
    let group = json!({ "name": "第一党小组", "org_kind": "党小组" });
    let group = branch.run(json!({ "do": "add_organisation", "parent_id": branch.id, "set": group }));
    branch.talk("2026-11-02", json!([{ "measure": "协调", "due": "2026-11-20" }]));
    let desk = branch.office.desk();
    let count = |scope| without_gaps(today(&desk, Some(scope), day("2026-11-24")).expect("told")).pieces.len();
    assert_eq!([count(branch.id), count(other), count(group.parse().expect("an id"))], [1, 0, 1]);
    let all = today(&desk, None, day("2026-11-24")).expect("told");
    assert_eq!(all.pieces[0].basis, "谈话 2026-001（马晓东）·局机关第一党支部", "of several each is named");
}

/// 《支部工作条例》第十九条
#[test]
fn what_the_coverage_still_lacks_is_due_at_the_end_of_the_year() {
    let mut branch = branch();
    let (chen, ma) = (branch.chen, branch.ma);
    let post = json!({ "do": "appoint", "person_id": chen, "organisation_id": branch.id, "post": "书记", "from": "2024-01-10" });
    branch.run(post);
    let told = |branch: &Branch, on: &str| {
        let found = branch.whole(on);
        found.pieces.iter().map(|piece| (piece.when(found.day), piece.title.clone())).collect::<Vec<_>>()
    };
    let row = |when, title: &str| (when, title.to_owned());
    assert_eq!(
        told(&branch, "2026-11-24"),
        [row(When::Later, "支委和党员谈心还缺 1 人"), row(When::Later, "党员和党员谈心还缺 1 人")]
    );
    let found = branch.whole("2026-12-30");
    assert_eq!((found.pieces[0].due, found.pieces[0].weight), (Some(day("2026-12-31")), Weight::Soft));
    let basis = "支部委员和党员之间谈心谈话，一般每年不少于 1 次·《支部工作条例》第十九条";
    assert_eq!(found.pieces[0].basis, basis);
    assert_eq!(found.urgent(), 2, "the last week of the year");
    let ratios = |branch: &Branch| {
        let progress = branch.whole("2026-11-24").progress.into_iter();
        progress.map(|(relation, ratio)| (relation.code(), ratio.done, ratio.required)).collect::<Vec<_>>()
    };
    assert_eq!(ratios(&branch), [("C1", 0, 0), ("C2", 0, 1), ("C3", 0, 1), ("C4", 0, 0)]);
    branch.talk("2026-11-02", json!([]));
    assert_eq!(told(&branch, "2026-11-24"), [row(When::Later, "党员和党员谈心还缺 1 人")]);
    assert_eq!(ratios(&branch)[1], ("C2", 1, 1));

    branch.run(
        json!({ "do": "record_event", "ids": [ma], "kind": "honour", "on": "2026-11-10", "value": "优秀共产党员" }),
    );
    let after = row(When::Month, "马晓东 表彰奖励，还没有谈话");
    assert!(told(&branch, "2026-11-24").contains(&after), "{:?}", told(&branch, "2026-11-24"));
    let late = branch.whole("2026-12-20").pieces.remove(0);
    assert_eq!((late.title.as_str(), late.due), ("马晓东 表彰奖励，还没有谈话", Some(day("2026-12-10"))));
    assert!(late.basis.starts_with("2026-11-10 起一般 30 天内谈话·"), "{}", late.basis);
    let asked = |branch: &Branch| match branch.whole("2026-12-20").pieces.remove(0).way {
        Way::AfterEvent(asked) => asked,
        other => panic!("{other:?}"),
    };
    assert_eq!((asked(&branch).person, asked(&branch).kind, asked(&branch).is_planned), (ma, Some("T15"), false));
    let (chen, rule) = (branch.chen, "C4");
    branch.plan(json!({ "talker_id": chen, "partner_id": ma, "rule": rule, "due": "2026-12-22" }));
    assert!(asked(&branch).is_planned, "it is not planned twice");
    let late = branch.whole("2026-12-20").pieces.remove(0);
    assert!(late.basis.contains("·已计划 2026-12-22·《支部工作条例》"), "{}", late.basis);
    branch.run(json!({ "do": "record_event", "ids": [ma], "kind": "died", "on": "2026-11-20" }));
    assert_eq!(told(&branch, "2026-11-24"), [], "who is gone is not asked for");
}

#[test]
fn what_was_done_since_is_counted_by_whoever_did_it() {
    let mut branch = branch();
    let since = branch.office.stamp.at;
    branch.office.stamp.at.0 += 60_000;
    branch.office.stamp.operator = "何静".into();
    branch.talk("2026-11-02", json!([]));
    branch.talk("2026-11-03", json!([]));
    let desk = branch.office.desk();
    let done = done_since(&desk, since).expect("told");
    let shown: Vec<(&str, usize)> = done.iter().map(|one| (one.operator.as_str(), one.count)).collect();
    assert_eq!(shown, [("何静", 2), ("测试员", 3)]);
    let mut later = since;
    later.0 += 1;
    assert_eq!(done_since(&desk, later).expect("told").len(), 1);
    assert_eq!(done[0].last, "记谈话 2026-002");
}

/// The list of who was not talked with for so long; any talk resets it, whichever side one sat on.
#[test]
fn who_was_not_talked_with_for_months_is_listed_by_how_long() {
    let mut branch = branch();
    let (chen, ma) = (branch.chen, branch.ma);
    let new = json!({ "name": "何静", "joined": "2015-07-01", "full": "2016-07-01", "transfer_in": "2026-02-10" });
    let new = branch.office.member(branch.id, new);
    let old = json!({ "name": "吴海涛", "joined": "1999-07-01", "full": "2000-07-01" });
    let old = branch.office.member(branch.id, old);
    branch.talk("2026-04-24", json!([]));
    branch.run(json!({
        "do": "record_talk", "organisation_id": branch.id, "held_on": "2026-05-25", "type": "T11",
        "talker_ids": [chen], "partners": ["王芳（群众）"], "recorder_id": ma,
    }));
    let listed = |desk: &Desk, months: u16| {
        let ready = ReadyAsk { list: ReadyList::Untalked, period: ReadyPeriod::Months(months) };
        let conditions = ready.conditions(day("2026-11-24"));
        let ask = ListAsk { conditions, sort: ready.list.sort(), ..ListAsk::roll(day("2026-11-24"), None) };
        list(desk, &ask).expect("a list").ids.to_vec()
    };
    let desk = branch.office.desk();
    // 陈志远 spoke on 05-25: five full months. 马晓东 only wrote it down: seven since 04-24. 何静 is here for nine.
    assert_eq!(listed(&desk, 6), [old, new, ma]);
    assert_eq!(listed(&desk, 5), [old, new, ma, chen]);
    assert_eq!(listed(&desk, 9), [old, new]);
    let found = rows(&desk, &[chen, ma, new, old], day("2026-11-24"), &[], false).expect("rows");
    let told: Vec<_> = found.iter().map(|row| (row.last_talk.map(|day| day.to_string()), row.untalked)).collect();
    let date = |text: &str| Some(text.to_owned());
    assert_eq!(
        told,
        [(date("2026-05-25"), Some(5)), (date("2026-04-24"), Some(7)), (None, Some(9)), (None, Some(328))]
    );
    let past = rows(&desk, &[chen], day("2026-05-24"), &[], false).expect("rows");
    assert_eq!(past[0].last_talk.map(|day| day.to_string()), date("2026-04-24"), "as of a day");
}

#[test]
fn whoever_was_never_talked_with_and_of_whom_no_start_is_known_was_always_there() {
    let mut office = Office::new();
    let branch = office.organisation(None, "局机关第一党支部");
    let he = office.member(branch, json!({ "name": "何静", "category": "正式党员" }));
    let desk = office.desk();
    let conditions = ReadyList::Untalked.usual(day("2026-11-24")).conditions(day("2026-11-24"));
    let ask = ListAsk { conditions, ..ListAsk::roll(day("2026-11-24"), None) };
    assert_eq!(list(&desk, &ask).expect("a list").ids.to_vec(), [he]);
    assert_eq!(rows(&desk, &[he], day("2026-11-24"), &[], false).expect("rows")[0].untalked, None);
}

#[test]
fn a_members_talks_are_read_one_after_the_other_without_the_texts_of_restricted_ones() {
    let mut branch = branch();
    let (id, chen, ma) = (branch.id, branch.chen, branch.ma);
    branch.run(json!({ "do": "edit_members", "ids": [ma], "set": { "sex": "男" } }));
    branch.run(json!({
        "do": "record_talk", "organisation_id": id, "talker_ids": [chen], "partner_ids": [ma], "held_on": "2026-03-20",
        "type": "T01", "topic": "驻村", "content": "谈了驻村", "follow_ups": [{ "measure": "协调" }],
    }));
    branch.run(json!({
        "do": "record_talk", "organisation_id": id, "talker_ids": [chen], "partner_ids": [ma], "held_on": "2026-05-20",
        "type": "T11", "topic": "提醒",
    }));
    let desk = branch.office.desk();
    let page = |id| member::page(&desk, id, day("2026-11-24")).expect("read").expect("there");
    let his = page(ma);
    let told: Vec<_> =
        his.talks.iter().map(|talk| (talk.held_on.to_string(), talk.is_restricted, talk.texts.len())).collect();
    assert_eq!(told, [("2026-05-20".to_owned(), true, 0), ("2026-03-20".to_owned(), false, 1)]);
    assert_eq!(his.talks[1].texts[0], ("谈话内容", "谈了驻村".to_owned()));
    let lines: Vec<_> = his.timeline.iter().take(2).map(|one| (one.title.as_str(), one.note.as_str())).collect();
    assert_eq!(lines[1], ("谈话：陈志远 和 他（日常谈心谈话）", "2026-001·驻村·1 项跟进未办结"));
    assert!(page(chen).timeline[1].title.starts_with("谈话：和 马晓东（"));
}
