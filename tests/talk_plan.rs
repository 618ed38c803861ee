//! A plan closes the coverage, is kept, changed, ticked off by records and opened again by undo.

use branchdesk::clock::Clock;
use branchdesk::command::Command;
use branchdesk::domain::coverage::{Coverage, Relation, State};
use branchdesk::domain::dates::Period;
use branchdesk::domain::fields::FactKind;
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::domain::talk_plan::ProposedTalk;
use branchdesk::progress::Progress;
use branchdesk::store::members::facts_of;
use branchdesk::view::coverage::{CoverageAsk, board};
use branchdesk::view::talk_plan::{
    KeptPlan, PlanAsk, PlannedLine, Proposal, kept, kept_within, open_everywhere, propose,
};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};
use crate::support::program::Program;

/// A branch with three on the committee and five members besides; nobody talked with anybody this year.
pub struct Branch {
    pub office: Office,
    pub id: OrganisationId,
    pub committee: [PersonId; 3],
    pub members: [PersonId; 5],
}

impl Branch {
    pub fn new() -> Self {
        let mut office = Office::new();
        let id = office.organisation(None, "机关第一党支部");
        let mut person =
            |name: &str| office.member(id, json!({ "name": name, "joined": "2010-07-01", "full": "2011-07-01" }));
        let committee = ["陈志远", "吴海涛", "林秀英"].map(&mut person);
        let members = ["周敏", "何静", "马晓东", "孙丽", "赵永强"].map(&mut person);
        let mut branch = Self { office, id, committee, members };
        for (person, post) in committee.into_iter().zip(["书记", "副书记", "组织委员"]) {
            let appoint = json!({ "do": "appoint", "person_id": person, "organisation_id": id, "post": post, "from": "2024-03-01" });
            branch.run(appoint);
        }
        branch
    }

    pub fn run(&mut self, command: Json) {
        self.office.run(command).expect("done");
    }

    pub fn today(&mut self, on: &str) {
        self.office.stamp.at = Clock::fixed_on(day(on)).now();
    }

    pub fn talk(&mut self, on: &str, talker: PersonId, partner: PersonId) {
        self.run(json!({ "do": "record_talk", "organisation_id": self.id, "held_on": on, "type": "T01",
            "talker_ids": [talker], "partner_ids": [partner] }));
    }

    pub fn ask(&self, from: &str, by: &str) -> PlanAsk {
        let days = Period { first: day(from), last: day(by) };
        let period = Period::year(2026).expect("a year");
        PlanAsk { scope: Some(self.id), with_below: true, period, days, today: self.office.stamp.at.day() }
    }

    pub fn propose(&self, by: &str) -> Proposal {
        propose(&self.office.desk(), self.ask("2026-11-24", by), &Progress::default()).expect("a proposal")
    }

    pub fn refused(&self, from: &str, by: &str) -> String {
        propose(&self.office.desk(), self.ask(from, by), &Progress::default()).expect_err("refused").happened
    }

    pub fn keep(&mut self, proposal: &Proposal) {
        let stamp = self.office.stamp.clone();
        self.office.ledger().run(Command::PlanTalksTogether(proposal.keep()), &stamp).expect("kept");
    }

    pub fn kept(&self) -> KeptPlan {
        kept(&self.office.desk(), self.id, Period::year(2026).expect("a year")).expect("a plan")
    }

    pub fn coverage(&self, as_of: &str) -> Coverage {
        let period = Period::year(2026).expect("a year");
        let ask = CoverageAsk { organisation: self.id, period, as_of: day(as_of) };
        board(&self.office.desk(), ask).expect("a board").coverage
    }
}

/// How many are missing in each relation.
fn missing(coverage: &Coverage) -> [usize; 4] {
    let undone = |needs: &[State]| needs.iter().filter(|state| **state != State::Done).count();
    let states = |relation| -> Vec<State> {
        match relation {
            Relation::Committee => {
                coverage.pairs.iter().flat_map(|board| &board.needs).map(|need| need.state).collect()
            }
            Relation::WithCommittee => {
                coverage.with_committee.iter().flat_map(|board| &board.needs).map(|need| need.state).collect()
            }
            Relation::AmongMembers => {
                coverage.among_members.iter().flat_map(|board| &board.needs).map(|need| need.state).collect()
            }
            Relation::AfterEvents => {
                coverage.after_events.iter().flat_map(|board| &board.needs).map(|need| need.state).collect()
            }
        }
    };
    Relation::ALL.map(|relation| undone(&states(relation)))
}

/// 支部工作条例第十九条
#[test]
fn a_plan_that_is_carried_out_closes_the_coverage_and_is_ticked_off() {
    let mut branch = Branch::new();
    let [_, _, _, _, zhao] = branch.members;
    branch.run(
        json!({ "do": "record_event", "ids": [zhao], "kind": "honour", "on": "2026-11-20", "value": "优秀共产党员" }),
    );
    assert_eq!(missing(&branch.coverage("2026-11-24")), [3, 5, 5, 1]);
    let proposal = branch.propose("2026-12-31");
    assert_eq!(proposal.plan.talks.len(), 3 + 5 + 3, "the talk after the event is the one with the committee");
    assert_eq!(proposal.plan.largest_load(), 3);
    branch.keep(&proposal);
    assert_eq!((branch.kept().lines.len(), branch.kept().held()), (11, 0));

    for talk in &proposal.plan.talks {
        branch.today(&talk.due.to_string());
        branch.talk(&talk.due.to_string(), talk.talker, talk.partner);
    }
    assert_eq!(missing(&branch.coverage("2026-12-31")), [0; 4]);
    assert_eq!(branch.kept().held(), 11);
    assert!(open_everywhere(&branch.office.desk()).expect("read").is_empty());
    assert!(branch.propose("2026-12-31").plan.talks.is_empty());

    branch.office.undo().expect("undone");
    assert_eq!(branch.kept().held(), 10, "the record is gone, its planned talk is open again");
    assert_eq!(open_everywhere(&branch.office.desk()).expect("read").len(), 1);
}

/// 支部工作条例第十九条: what the coverage does not count ticks off nothing.
#[test]
fn a_talk_that_the_coverage_does_not_count_leaves_its_planned_talk_open() {
    let mut branch = Branch::new();
    let [chen, wu, _] = branch.committee;
    let [zhou, he, ma, sun, _] = branch.members;
    for rule in ["talk.phone", "talk.one_to_many"] {
        branch.run(json!({ "do": "set_rule", "rule": rule, "enabled": false }));
    }
    let planned = |talker: PersonId, partner: PersonId| json!({ "talker_id": talker, "partner_id": partner, "rule": "C2", "due": "2026-12-04" });
    let talks = [planned(wu, zhou), planned(wu, he), planned(wu, ma), planned(chen, sun)];
    branch.run(json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": talks }));
    let talk = |talker: PersonId, partners: &[PersonId], mode: &str| {
        json!({ "do": "record_talk", "organisation_id": branch.id, "held_on": "2026-11-24", "type": "T01",
            "mode": mode, "talker_ids": [talker], "partner_ids": partners })
    };
    let (by_phone, to_many) = (talk(wu, &[zhou], "电话、视频"), talk(wu, &[ma, he], "一对多"));
    branch.run(by_phone);
    branch.run(to_many);
    let facts = facts_of(branch.office.desk().reader(), chen).expect("facts");
    let post = facts.iter().find(|fact| fact.kind == FactKind::Post).expect("a post").id;
    branch.run(json!({ "do": "end_post", "id": post, "to": "2026-11-24" }));
    branch.talk("2026-11-24", chen, sun);
    assert_eq!(branch.kept().held(), 0, "by phone, with several, by one who was not on the committee that day");
    assert_eq!(missing(&branch.coverage("2026-11-24"))[1], 6, "陈志远 is a member to be asked for now");
    branch.run(json!({ "do": "set_rule", "rule": "talk.phone", "enabled": true }));
    branch.run(json!({ "do": "set_rule", "rule": "talk.one_to_many", "enabled": true }));
    assert_eq!((branch.kept().held(), missing(&branch.coverage("2026-11-24"))[1]), (3, 3));
}

/// A paper talk that is typed late closes the hole and the planned talk alike, and undo opens both again.
#[test]
fn what_closes_the_hole_closes_the_planned_talk_whatever_its_day() {
    let mut branch = Branch::new();
    let [chen, wu, _] = branch.committee;
    let [zhou, he, ..] = branch.members;
    let planned = |talker: PersonId, partner: PersonId| json!({ "talker_id": talker, "partner_id": partner, "rule": "C2", "due": "2026-12-04" });
    let talks = [planned(chen, zhou), planned(wu, he)];
    branch.run(json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": talks }));
    let open = |branch: &Branch| open_everywhere(&branch.office.desk()).expect("read").len();
    assert_eq!(open(&branch), 2);
    branch.talk("2026-11-02", zhou, chen);
    assert_eq!((branch.kept().held(), branch.kept().covered(), open(&branch)), (1, 0, 1));
    branch.talk("2026-03-02", chen, he);
    assert_eq!(missing(&branch.coverage("2026-11-24"))[1], 3);
    assert_eq!((branch.kept().held(), branch.kept().covered(), open(&branch)), (1, 1, 0), "another talked with 何静");
    branch.office.undo().expect("undone");
    branch.office.undo().expect("undone");
    assert_eq!((branch.kept().held(), branch.kept().covered(), open(&branch)), (0, 0, 2));
}

#[test]
fn nothing_is_proposed_for_days_that_are_over() {
    let branch = Branch::new();
    let proposal = propose(&branch.office.desk(), branch.ask("2026-01-01", "2026-12-31"), &Progress::default());
    let proposal = proposal.expect("a proposal");
    assert_eq!(proposal.days.first, day("2026-11-24"));
    assert!(proposal.plan.talks.iter().all(|talk| talk.week >= day("2026-11-23")));
    assert_eq!(branch.refused("2026-01-01", "2026-06-30"), "完成日期 2026-06-30 已经过了");
}

#[test]
fn whoever_will_be_asked_for_by_the_last_day_is_planned_too() {
    let mut branch = Branch::new();
    let set = json!({ "name": "钱立", "joined": "2012-07-01", "full": "2013-07-01", "transfer_in": "2026-09-15" });
    let new = branch.office.member(branch.id, set);
    let is_planned = |proposal: &Proposal| {
        let with_committee = |talk: &ProposedTalk| talk.partner == new && talk.closes == [Relation::WithCommittee];
        proposal.plan.talks.iter().any(with_committee)
    };
    assert!(!is_planned(&branch.propose("2026-12-14")), "three months are not over yet");
    let proposal = branch.propose("2026-12-31");
    assert!(is_planned(&proposal));
    branch.today("2026-12-31");
    for talk in &proposal.plan.talks {
        branch.talk(&talk.due.to_string(), talk.talker, talk.partner);
    }
    assert_eq!(missing(&branch.coverage("2026-12-31"))[..3], [0; 3]);
}

#[test]
fn two_who_talked_last_are_not_proposed_again_where_others_are_as_good() {
    let mut branch = Branch::new();
    let [chen, wu, lin] = branch.committee;
    let [zhou, he, ma, sun, zhao] = branch.members;
    for (talker, partner) in [(chen, zhou), (wu, he), (lin, ma), (chen, sun), (wu, zhao), (zhou, he), (ma, sun)] {
        branch.talk("2025-12-20", talker, partner);
    }
    let proposal = branch.propose("2026-12-31");
    let last_year = [(chen, zhou), (wu, he), (lin, ma), (chen, sun), (wu, zhao), (zhou, he), (ma, sun)];
    for talk in &proposal.plan.talks {
        let pairs = [(talk.talker, talk.partner), (talk.partner, talk.talker)];
        assert!(!pairs.iter().any(|pair| last_year.contains(pair)), "{talk:?}");
    }
}

#[test]
fn days_that_close_nothing_are_refused_with_a_sentence() {
    let branch = Branch::new();
    assert_eq!(branch.refused("2027-01-04", "2027-01-29"), "覆盖期间到 2026-12-31 为止，已经过了");
    assert_eq!(branch.refused("2026-11-28", "2026-11-29"), "从 2026-11-28 到 2026-11-29 没有工作日（周一至周五）");
    let ask = branch.ask("2026-12-01", "2027-02-28");
    let clipped = propose(&branch.office.desk(), ask, &Progress::default()).expect("a proposal");
    assert_eq!(clipped.days, Period { first: day("2026-12-01"), last: day("2026-12-31") });
}

#[test]
fn a_new_plan_takes_the_place_of_what_was_not_held_and_has_no_number() {
    let mut branch = Branch::new();
    let [chen, wu, _] = branch.committee;
    let [zhou, he, ..] = branch.members;
    let talk = |talker: PersonId, partner: PersonId, numbered: bool| json!({ "talker_id": talker, "partner_id": partner, "rule": "C2", "due": "2026-12-04", "numbered": numbered });
    let first = [talk(chen, zhou, false), talk(wu, he, true), talk(chen, he, false)];
    branch.run(json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": first }));
    branch.talk("2026-11-24", chen, zhou);
    let again =
        json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": [talk(wu, zhou, false)], "replace": true });
    branch.run(again);
    let plan = branch.kept();
    let told = |line: &PlannedLine| (line.talker.clone(), line.partner.clone(), line.planned.due.is_some());
    let lines: Vec<_> = plan.lines.iter().map(told).collect();
    let of = |talker: &str, partner: &str, is_due| (talker.to_owned(), partner.to_owned(), is_due);
    let sheet = of("吴海涛", "何静", false);
    assert_eq!(
        lines,
        [sheet, of("陈志远", "周敏", true), of("吴海涛", "周敏", true)],
        "a sheet is out, and planned no more"
    );
    assert_eq!(plan.held(), 1, "one talk ticks off what it joins");
}

#[test]
fn a_planned_talk_is_changed_and_taken_out_and_each_is_undone() {
    let mut branch = Branch::new();
    let proposal = branch.propose("2026-12-31");
    branch.keep(&proposal);
    let line = branch.kept().lines[0].clone();
    let before = branch.office.dump();
    let [.., zhao] = branch.members;
    let set = json!({ "partner_id": zhao, "due": "2026-12-30", "rule": null });
    branch.run(json!({ "do": "edit_planned_talk", "id": line.planned.id, "set": set }));
    let changed = branch.kept().lines.into_iter().find(|one| one.planned.id == line.planned.id).expect("there");
    assert_eq!(
        (changed.talker.as_str(), changed.partner.as_str(), changed.week()),
        (line.talker.as_str(), "赵永强", Some(day("2026-12-28")))
    );
    assert_eq!(changed.closes, []);
    branch.run(json!({ "do": "remove_planned_talks", "ids": [line.planned.id] }));
    assert_eq!(branch.kept().lines.len(), proposal.plan.talks.len() - 1);
    branch.office.undo().expect("undone");
    branch.office.undo().expect("undone");
    assert_eq!(branch.office.dump(), before);

    let mut refused = |command: Json| branch.office.run(command).expect_err("refused").happened;
    let with_self = json!({ "partner_id": line.planned.talker });
    assert_eq!(
        refused(json!({ "do": "edit_planned_talk", "id": line.planned.id, "set": with_self })),
        "谈话人和谈话对象是同一个人"
    );
    let numbered = json!({ "numbered": true });
    assert_eq!(
        refused(json!({ "do": "edit_planned_talk", "id": line.planned.id, "set": numbered })),
        "计划谈话的编号不能改"
    );
    assert_eq!(refused(json!({ "do": "remove_planned_talks", "ids": [] })), "没有要去掉的计划谈话");
    assert_eq!(refused(json!({ "do": "remove_planned_talks", "ids": ["5"] })), "没有编号为 5 的计划谈话");
}

/// The secretary of the first branch is on the committee of the general branch too, and alone on his own.
fn general_branch() -> (Office, OrganisationId, Vec<OrganisationId>) {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let branches = ["第一党支部", "第二党支部"].map(|name| office.organisation(Some(root), name)).to_vec();
    let mut person = |branch: OrganisationId, name: &str| {
        office.member(branch, json!({ "name": name, "joined": "2010-07-01", "full": "2011-07-01" }))
    };
    let first = ["陈志远", "周敏", "何静"].map(|name| person(branches[0], name));
    let second = ["吴海涛", "林秀英", "孙丽", "马晓东"].map(|name| person(branches[1], name));
    for (person, organisation, post) in [
        (first[0], root, "书记"),
        (second[0], root, "副书记"),
        (first[0], branches[0], "书记"),
        (second[0], branches[1], "书记"),
        (second[1], branches[1], "副书记"),
    ] {
        let appoint = json!({ "do": "appoint", "person_id": person, "organisation_id": organisation, "post": post,
            "from": "2024-03-01" });
        office.run(appoint).expect("appointed");
    }
    (office, root, branches)
}

/// 支部工作条例第十九条: one plan for a general branch, the talks of each organisation by its own committee.
#[test]
fn a_general_branch_has_one_plan_for_all_its_branches() {
    let (mut office, root, branches) = general_branch();
    let period = Period::year(2026).expect("a year");
    let days = Period { first: day("2026-11-24"), last: day("2026-12-31") };
    let ask = PlanAsk { scope: Some(root), with_below: true, period, days, today: office.stamp.at.day() };
    let proposed = |office: &Office, ask| propose(&office.desk(), ask, &Progress::default()).expect("a proposal");
    let proposal = proposed(&office, ask);
    let of = |id| proposal.talks_of(id).count();
    // One pair each above and in the second branch; two and two members with their committee, and a pair of each.
    assert_eq!([of(root), of(branches[0]), of(branches[1])], [1, 2 + 1, 1 + 2 + 1]);
    assert_eq!(proposal.plan.largest_load(), 2, "陈志远 has two below, so his deputy talks above");
    assert_eq!(proposal.remarks(), ["第一党支部：能谈话的支委只有陈志远一人，和党员的 2 次都由其主谈"]);
    let alone = proposed(&office, PlanAsk { with_below: false, ..ask });
    assert_eq!((alone.plan.talks.len(), alone.organisations.len()), (1, 1));
    assert_eq!(proposed(&office, PlanAsk { scope: None, ..ask }).plan, proposal.plan);

    let stamp = office.stamp.clone();
    let before = office.dump();
    office.ledger().run(Command::PlanTalksTogether(proposal.keep()), &stamp).expect("kept");
    let kept = |office: &Office, scope| kept_within(&office.desk(), scope, period, day("2026-11-24")).expect("plans");
    let told: Vec<_> = kept(&office, Some(root)).iter().map(|plan| (plan.name.clone(), plan.lines.len())).collect();
    let expected = [("青禾县民政局党总支", 1), ("第一党支部", 3), ("第二党支部", 4)];
    assert_eq!(told, expected.map(|(name, count)| (name.to_owned(), count)));
    assert_eq!(kept(&office, None), kept(&office, Some(root)));
    assert_eq!(kept(&office, Some(branches[1])).len(), 1);

    for talk in &proposal.plan.talks {
        office.stamp.at = Clock::fixed_on(talk.due).now();
        office
            .run(json!({ "do": "record_talk", "organisation_id": root, "held_on": talk.due.to_string(), "type": "T01",
                "talker_ids": [talk.talker], "partner_ids": [talk.partner] }))
            .expect("recorded");
    }
    assert!(kept(&office, Some(root)).iter().all(|plan| plan.held() == plan.lines.len()));
    let again = proposed(&office, PlanAsk { today: day("2026-12-31"), days: period, ..ask });
    assert_eq!(again.nothing_words().as_deref(), Some("到 2026-12-31 应谈的都谈过了，没有要安排的谈话"));
    (0..=proposal.plan.talks.len()).for_each(|_| drop(office.undo().expect("undone")));
    assert_eq!(office.dump(), before, "the plan of all is one entry");
}

/// A new proposal takes the place of what was not held in every organisation it is for, of those too that lack nothing.
#[test]
fn a_plan_of_all_takes_the_place_of_the_plan_of_each() {
    let (mut office, root, branches) = general_branch();
    let people = office.desk().directory().ever_in(Some(branches[0])).to_vec();
    let old = json!([{ "talker_id": people[1], "partner_id": people[2], "due": "2026-12-01" }]);
    for id in [branches[0], root] {
        office.run(json!({ "do": "plan_talks", "organisation_id": id, "talks": old })).expect("planned");
    }
    let plans = json!([
        { "organisation_id": root, "talks": [], "replace": true },
        { "organisation_id": branches[0], "replace": true, "talks": [{ "talker_id": people[0], "partner_id": people[1] }] },
    ]);
    office.run(json!({ "do": "plan_talks_together", "plans": plans })).expect("planned");
    let open = open_everywhere(&office.desk()).expect("read");
    let told: Vec<_> = open.iter().map(|line| (line.planned.organisation, line.talker.as_str())).collect();
    assert_eq!(told, [(branches[0], "陈志远")]);
    let refused = office.run(json!({ "do": "plan_talks_together", "plans": [] })).expect_err("refused");
    assert_eq!(refused.happened, "没有写哪个党组织的计划");
    let twice = json!([{ "organisation_id": root, "talks": [] }, { "organisation_id": root, "talks": [] }]);
    let refused = office.run(json!({ "do": "plan_talks_together", "plans": twice })).expect_err("refused");
    assert_eq!(refused.happened, "青禾县民政局党总支的计划写了两次");
}

#[test]
fn what_a_proposal_cannot_do_is_told_in_a_sentence() {
    let proposed = |office: &Office| {
        let period = Period::year(2026).expect("a year");
        let days = Period { first: day("2026-11-24"), last: day("2026-12-31") };
        let ask = PlanAsk { scope: None, with_below: true, period, days, today: office.stamp.at.day() };
        propose(&office.desk(), ask, &Progress::default())
    };
    let mut office = Office::new();
    assert_eq!(proposed(&office).expect_err("refused").happened, "工作簿里还没有党组织");
    let id = office.organisation(None, "机关第一党支部");
    assert_eq!(proposed(&office).expect("a plan").nothing_words().as_deref(), Some("没有应谈的人，没有要安排的谈话"));
    let member = |office: &mut Office, name: &str, more: Json| {
        let mut set = json!({ "name": name, "joined": "2010-07-01", "full": "2011-07-01" });
        set.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        office.member(id, set)
    };
    let zhou = member(&mut office, "周敏", json!({}));
    let alone = proposed(&office).expect("a plan");
    assert_eq!(
        alone.cannot_close_words(),
        ["周敏没有别的党员可以一起谈（党员和党员）", "没有能谈话的支委，支委和党员补不上：周敏"]
    );
    assert_eq!(alone.nothing_words().as_deref(), Some("还缺的谈话都没有人能谈，没有要安排的谈话"));

    member(&mut office, "何静", json!({}));
    member(&mut office, "钱立", json!({ "transfer_in": "2026-11-20" }));
    member(&mut office, "孙丽", json!({ "party_post": "书记", "lost": "是", "lost_since": "2025-01-01" }));
    let told = proposed(&office).expect("a plan");
    assert_eq!(told.cannot_close_words()[0], "没有能谈话的支委，支委和党员补不上：周敏、何静");
    assert_eq!(told.remarks(), ["不列入，没有排：刚来的钱立；失联的孙丽"]);
    assert_eq!(told.plan.talks.len(), 1, "the two members talk");
    assert!([told.plan.talks[0].talker, told.plan.talks[0].partner].contains(&zhou));
}

#[test]
fn a_plan_from_the_command_line_changes_nothing_until_it_is_kept() {
    let program = Program::with_workbook();
    let talker = |name: &str| {
        json!({ "do": "add_member", "ref": format!("@{name}"), "branch_id": "@b",
        "set": { "name": name, "joined": "2010-07-01", "full": "2011-07-01" } })
    };
    let post = |name: &str, post: &str| {
        json!({ "do": "appoint", "person_id": format!("@{name}"), "organisation_id": "@b",
        "post": post, "from": "2024-03-01" })
    };
    let receipts = program.apply(json!([
        { "do": "add_organisation", "ref": "@b", "set": { "name": "机关第一党支部" } },
        talker("陈志远"), talker("吴海涛"), talker("周敏"), talker("何静"), talker("孙丽"),
        post("陈志远", "书记"), post("吴海涛", "副书记"),
    ]));
    let id = |name: &str| -> Json {
        let all = receipts.as_array().expect("receipts");
        all.iter().find_map(|receipt| receipt["made"].get(name)).expect("made").clone()
    };
    let before = program.dump("支部.bdk");
    let year = Clock::System.today().year() + 1;
    let (from, by) = (format!("{year}-03-01"), format!("{year}-06-30"));
    let plan = ["plan-talks", "--workbook", "支部.bdk", "--org", "机关第一党支部", "--from", &from, "--by", &by];
    let answer = program.well(&[&plan[..], &["--json"]].concat());
    let told: Json = serde_json::from_str(&answer).expect("JSON");
    assert_eq!(told["organisation"], id("@b"));
    assert_eq!((&told["by"], &told["largest_load"]), (&json!(by), &json!(2)));
    let talks = told["talks"].as_array().expect("talks");
    assert_eq!(talks.len(), 1 + 3 + 2);
    assert!(talks.iter().all(|talk| talk["talker"] != talk["partner"] && talk["talker"].is_string()));
    let pair = talks.iter().find(|talk| talk["rule"] == json!(["C1"])).expect("the pair");
    assert!([id("@陈志远"), id("@吴海涛")].contains(&pair["talker"]));
    assert_eq!(told["loads"].as_object().expect("loads").values().filter_map(Json::as_u64).sum::<u64>(), 6);
    assert_eq!(program.dump("支部.bdk"), before, "nothing is changed");

    let words = program.well(&[&plan[..], &["--keep"]].concat());
    assert!(words.contains("谈话 6 次，每人最多主谈 2 次") && words.contains("计划已存进工作簿"), "{words}");
    let after = program.dump("支部.bdk");
    assert_ne!(after, before);
    program.well(&["undo", "--workbook", "支部.bdk"]);
    assert_eq!(program.dump("支部.bdk"), before);
    let problem = program.fails(&["plan-talks", "--workbook", "支部.bdk", "--from", &by, "--by", &from], 1);
    assert!(problem.contains("早于开始日期"), "{problem}");

    // Without --org it is for all organisations of the workbook; of one with those below it unless it is wanted alone.
    program.apply(json!([
        { "do": "add_organisation", "ref": "@c", "set": { "name": "机关第二党支部" } },
        { "do": "add_member", "ref": "@m", "branch_id": "@c", "set": { "name": "马晓东", "joined": "2010-07-01", "full": "2011-07-01" } },
        { "do": "add_member", "ref": "@n", "branch_id": "@c", "set": { "name": "赵永强", "joined": "2010-07-01", "full": "2011-07-01" } },
        { "do": "appoint", "person_id": "@m", "organisation_id": "@c", "post": "书记", "from": "2024-03-01" },
    ]));
    let all = ["plan-talks", "--workbook", "支部.bdk", "--from", &from, "--by", &by];
    let told: Json = serde_json::from_str(&program.well(&[&all[..], &["--json"]].concat())).expect("JSON");
    assert_eq!(told["organisation"], Json::Null);
    let of_first = told["talks"].as_array().expect("talks").iter().filter(|talk| talk["organisation"] == id("@b"));
    assert_eq!((of_first.count(), told["talks"].as_array().map(Vec::len)), (6, Some(7)));
    let words = program.well(&all);
    assert!(words.contains("  机关第二党支部\n") && words.contains("没有别的党员可以一起谈"), "{words}");
}
