//! One member's way through the party, as an office writes it down: the roster of every month is right, and each step
//! taken back leaves what was there before it.

use branchdesk::domain::ids::{EntryId, EventId, OrganisationId, PersonId};
use branchdesk::view::members::{ListAsk, list};
use branchdesk::view::organisations::posts;
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

/// Who is on the roll of a branch.
fn roll(office: &Office, branch: OrganisationId, on: &str) -> Vec<String> {
    let desk = office.desk();
    let found = list(&desk, &ListAsk::roll(day(on), Some(branch))).expect("a list");
    let name = |id: &PersonId| desk.directory().get(*id).expect("a card").name.to_string();
    found.ids.iter().map(name).collect()
}

fn page(office: &Office, person: PersonId, on: &str) -> branchdesk::view::member::MemberPage {
    branchdesk::view::member::page(&office.desk(), person, day(on)).expect("read").expect("there")
}

#[test]
fn from_the_letter_that_brought_her_to_the_letter_that_took_her_away() {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let first = office.organisation(Some(root), "局机关第一党支部");
    let second = office.organisation(Some(root), "局机关第二党支部");
    let zhou = office.member(
        second,
        json!({ "name": "周国华", "joined": "1991-07-01", "full": "1992-07-01", "transfer_in": "2010-01-01" }),
    );
    let lin = office.member(first, json!({ "name": "林秀英", "joined": "2023-07-01", "transfer_in": "2023-09-01" }));
    let steps: Vec<Json> = vec![
        json!({ "do": "record_event", "ids": [lin], "kind": "transfer_in", "on": "2023-09-01", "branch_id": first,
            "place": "白石县民政局", "document": "白组转071号", "until": "2023-12-01", "receipt": "2023-09-10" }),
        json!({ "do": "record_event", "ids": [lin], "kind": "extended", "on": "2024-07-01", "until": "2025-01-01" }),
        json!({ "do": "record_event", "ids": [lin], "kind": "converted", "on": "2025-01-01", "document": "组批3号" }),
        json!({ "do": "elect_committee", "id": first, "on": "2025-03-10", "value": "第三届",
            "posts": [{ "person_id": lin, "post": "书记" }] }),
        json!({ "do": "record_event", "ids": [lin], "kind": "honour", "on": "2025-07-01", "value": "优秀党务工作者" }),
        json!({ "do": "merge_organisations", "ids": [first], "into_id": second, "on": "2025-10-01", "document": "组发8号" }),
        json!({ "do": "record_event", "ids": [lin], "kind": "transfer_out", "on": "2026-04-01", "place": "临江市民政局",
            "document": "青组转014号", "until": "2026-07-01" }),
    ];
    let mut marks: Vec<(EntryId, String)> = Vec::new();
    for step in steps {
        let before = office.dump();
        let receipt = office.run(step.clone()).unwrap_or_else(|problem| panic!("{step}: {problem}"));
        marks.push((receipt.entry.expect("an entry").id, before));
    }
    // The roster of every month, from the one before she came to the one after she left.
    let months = (2023..=2026).flat_map(|year| (1..=12).map(move |month| (year, month)));
    for (year, month) in months.filter(|month| ((2023, 8)..=(2026, 5)).contains(month)) {
        let on = format!("{year}-{month:02}-01");
        let here: &[&str] = if ((2023, 9)..(2025, 10)).contains(&(year, month)) { &["林秀英"] } else { &[] };
        assert_eq!(roll(&office, first, &on), here, "{on}");
        let merged = ((2025, 10)..(2026, 4)).contains(&(year, month));
        let there: &[&str] = if merged { &["周国华", "林秀英"] } else { &["周国华"] };
        assert_eq!(roll(&office, second, &on), there, "{on}");
    }
    let category = |on: &str| page(&office, lin, on).category.expect("a category").label();
    assert_eq!((category("2024-12-31"), category("2025-01-01")), ("预备党员", "正式党员"), "the extension ended then");
    let secretary = |on: &str| -> Vec<String> {
        posts(&office.desk(), first, day(on)).expect("posts").into_iter().map(|line| line.name).collect()
    };
    assert_eq!((secretary("2025-03-09").len(), secretary("2025-03-10").len()), (0, 1));
    assert!(secretary("2025-10-01").is_empty(), "the post ended with the branch");
    let last = page(&office, lin, "2026-11-24");
    assert_eq!((last.on_roll, last.events.len()), (false, 6), "five of her own and one that the merge wrote");
    assert!(page(&office, zhou, "2026-11-24").on_roll);
    for (entry, before) in marks.into_iter().rev() {
        office.undo_entry(entry, false).unwrap_or_else(|problem| panic!("step {entry}: {problem}"));
        assert_eq!(office.dump(), before, "after step {entry} was taken back");
    }
}

#[test]
fn who_floats_in_is_a_person_and_counts_nowhere() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let before = office.dump();
    let add = json!({ "do": "add_floating_member", "branch_id": branch, "on": "2026-03-01", "place": "临江市某支部",
        "set": { "name": "罗雨晴", "joined": "2010-07-01", "full": "2011-07-01", "phone": "13800000000" } });
    let luo = PersonId(office.run(add.clone()).expect("added").made.expect("an id"));
    assert!(roll(&office, branch, "2026-11-24").is_empty());
    let figures = branchdesk::view::figures::figures(&office.desk(), None, day("2026-11-24")).expect("figures");
    assert_eq!(figures.value("党员.总数"), 0);
    let floating = |on: &str| {
        let who = branchdesk::view::members::Who::FloatingIn;
        list(&office.desk(), &ListAsk { who, ..ListAsk::roll(day(on), Some(branch)) }).expect("a list").ids.to_vec()
    };
    assert!(floating("2026-02-28").is_empty());
    assert_eq!(floating("2026-03-01"), [luo]);
    let found = branchdesk::view::search::search(&office.desk(), "罗雨", day("2026-11-24"), 5).expect("found");
    assert_eq!(found.len(), 1);
    let mut wrong = add;
    wrong["set"] = json!({ "name": "罗", "party_post": "书记" });
    let problem = office.run(wrong).expect_err("no post without a membership");
    assert!(problem.happened.contains("没有“党内职务”"), "{}", problem.happened);
    let edit = json!({ "do": "edit_members", "ids": [luo], "set": { "lost": "是" } });
    assert!(office.run(edit).expect_err("no facts to edit").happened.contains("组织关系不在这里"));
    let chen = office.member(branch, json!({ "name": "陈志远" }));
    let rows = [chen, luo].map(|id| json!({ "id": id, "set": { "group": "第一党小组" } }));
    let problem = office.run(json!({ "do": "edit_cells", "rows": rows })).expect_err("no facts to edit");
    assert!(problem.happened.contains("第 2 行 罗雨晴 的组织关系不在这里"), "{}", problem.happened);
    office.undo().expect("the member is taken back");
    office.undo().expect("undone");
    assert_eq!(office.dump(), before);
}

#[test]
fn the_branch_of_an_event_is_corrected_with_all_that_rests_on_it() {
    let mut office = Office::new();
    let root = office.organisation(None, "机关党总支");
    let [first, second, third] =
        ["第一党支部", "第二党支部", "第三党支部"].map(|name| office.organisation(Some(root), name));
    let lin = office.member(first, json!({ "name": "林秀英", "joined": "2006-12-08", "full": "2007-12-08" }));
    office.member(third, json!({ "name": "陈志远", "joined": "2006-12-08", "full": "2007-12-08" }));
    let record = |office: &mut Office, more: Json| {
        let mut event = json!({ "do": "record_event", "ids": [lin] });
        event.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
        EventId(office.run(event).expect("recorded").made.expect("an id"))
    };
    let moved = record(&mut office, json!({ "kind": "transfer_within", "on": "2025-03-01", "branch_id": second }));
    record(&mut office, json!({ "kind": "honour", "on": "2025-07-01", "value": "优秀共产党员" }));
    record(&mut office, json!({ "kind": "transfer_out", "on": "2026-04-01", "place": "临江市" }));
    let back = record(&mut office, json!({ "kind": "transfer_in", "on": "2026-08-01", "branch_id": second }));
    let before = office.dump();
    let edit = |id: EventId, on: &str, branch: OrganisationId| json!({ "do": "edit_event", "id": id, "on": on, "branch_id": branch });
    let where_events = |office: &Office| -> Vec<_> {
        page(office, lin, "2026-11-24").events.iter().map(|event| (event.organisation, event.target)).collect()
    };

    office.run(edit(moved, "2025-04-01", third)).expect("corrected, branch and day");
    assert_eq!(roll(&office, first, "2025-03-31"), ["林秀英"]);
    assert_eq!(roll(&office, third, "2025-04-01"), ["陈志远", "林秀英"], "the last of the roster");
    assert!(roll(&office, second, "2025-04-01").is_empty());
    assert_eq!(roll(&office, second, "2026-08-01"), ["林秀英"], "what another event began stays");
    let left = [(Some(first), Some(third)), (Some(third), None), (Some(third), None), (Some(second), None)];
    assert_eq!(where_events(&office), left);
    office.run(edit(back, "2026-08-01", first)).expect("corrected");
    assert_eq!(roll(&office, first, "2026-08-01"), ["林秀英"]);
    assert_eq!(where_events(&office)[3], (Some(first), None));
    office.undo().expect("undone");
    office.undo().expect("undone");
    assert_eq!(office.dump(), before);

    let untold = json!({ "do": "edit_event", "id": moved, "on": "2025-03-01", "document": "内转1号" });
    office.run(untold).expect("corrected");
    assert_eq!(roll(&office, second, "2025-03-01"), ["林秀英"], "a branch that is not told stays");
}

#[test]
fn the_branch_of_an_event_is_not_corrected_into_what_cannot_be() {
    let mut office = Office::new();
    let root = office.organisation(None, "机关党总支");
    let [first, second, third] =
        ["第一党支部", "第二党支部", "第三党支部"].map(|name| office.organisation(Some(root), name));
    let group = office.organisation(Some(second), "第一党小组");
    let lin = office.member(first, json!({ "name": "林秀英", "joined": "2006-12-08", "full": "2007-12-08" }));
    let within = |on: &str, branch| json!({ "do": "record_event", "ids": [lin], "kind": "transfer_within", "on": on, "branch_id": branch });
    let moved = EventId(office.run(within("2025-03-01", second)).expect("recorded").made.expect("an id"));
    let honour = json!({ "do": "record_event", "ids": [lin], "kind": "honour", "on": "2025-07-01", "value": "先进" });
    let honour = EventId(office.run(honour).expect("recorded").made.expect("an id"));
    let edit = |id: EventId, on: &str, branch: OrganisationId| json!({ "do": "edit_event", "id": id, "on": on, "branch_id": branch, "value": "先进" });
    let refused = |office: &mut Office, command: Json, words: &str| {
        let before = office.dump();
        let problem = office.run(command).expect_err("refused");
        assert!(problem.happened.contains(words), "{}", problem.happened);
        assert_eq!(office.dump(), before);
    };
    refused(&mut office, edit(moved, "2025-03-01", first), "就是从 第一党支部 转出的");
    refused(&mut office, edit(moved, "2025-03-01", group), "党小组不接收组织关系");
    refused(&mut office, edit(honour, "2025-07-01", third), "“表彰奖励”不改党支部");
    office.run(json!({ "do": "close_organisation", "id": third, "on": "2025-02-01" })).expect("closed");
    refused(&mut office, edit(moved, "2025-03-01", third), "那天还没成立或已撤销");
    office.undo().expect("open again");
    office.run(json!({ "do": "edit_members", "ids": [lin], "set": { "group": "第一党小组" } })).expect("in the group");
    refused(&mut office, edit(moved, "2025-03-01", third), "林秀英 在 第一党小组 还有党小组");
    office.undo().expect("in none");
    office.run(within("2026-05-01", third)).expect("recorded");
    refused(&mut office, edit(moved, "2025-03-01", third), "林秀英 2026-05-01 又转到 第三党支部");
}

#[test]
fn nobody_comes_in_who_never_left() {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let other = office.organisation(None, "机关第二党支部");
    let lin = office.member(
        branch,
        json!({ "name": "林秀英", "joined": "2006-12-08", "full": "2007-12-08", "transfer_in": "2016-05" }),
    );
    let event = |kind: &str, on: &str| json!({ "do": "record_event", "ids": [lin], "kind": kind, "on": on, "branch_id": other });
    office.run(event("stopped", "2026-01-01")).expect("stopped");
    let problem = office.run(event("transfer_in", "2026-03-01")).expect_err("the membership goes on");
    assert!(problem.happened.contains("组织关系还没有转出"), "{}", problem.happened);
    office.run(event("restored", "2026-03-01")).expect("restored");
    let mut early = event("transfer_out", "2026-03-01");
    early["receipt"] = json!("2026-12-31");
    assert!(office.run(early).expect_err("to come").happened.contains("回执日期"));
}

fn event(id: PersonId, kind: &str, on: &str, more: Json) -> Json {
    let mut event = json!({ "do": "record_event", "ids": [id], "kind": kind, "on": on });
    event.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    event
}

fn refused(office: &mut Office, command: Json, told: &str) {
    let before = office.dump();
    let problem = office.run(command.clone()).expect_err("it cannot be");
    assert!(problem.happened.contains(told), "{command}: {}", problem.happened);
    assert_eq!(office.dump(), before, "nothing was changed");
}

/// A branch with a formal member.
fn of_one() -> (Office, OrganisationId, PersonId) {
    let mut office = Office::new();
    let branch = office.organisation(None, "机关第一党支部");
    let set = json!({ "name": "林秀英", "joined": "2006-12-08", "full": "2007-12-08" });
    let lin = office.member(branch, set);
    (office, branch, lin)
}

/// 《中国共产党党员教育管理工作条例》第二十四条
#[test]
fn who_was_stopped_can_be_struck_off_be_transferred_or_die() {
    let (mut office, branch, lin) = of_one();
    office.run(event(lin, "stopped", "2023-01-01", json!({}))).expect("stopped");
    let before = office.dump();
    let leaving = [
        event(lin, "left_party", "2025-01-01", json!({ "value": "自行脱党除名" })),
        event(lin, "died", "2025-01-01", json!({})),
        json!({ "do": "end_membership", "ids": [lin], "how": "死亡", "on": "2025-01-01" }),
    ];
    for command in leaving {
        office.run(command.clone()).unwrap_or_else(|problem| panic!("{command}: {problem}"));
        let file = page(&office, lin, "2026-11-24").file;
        assert!(file.membership_on(day("2026-11-24")).is_none() && !file.is_member_on(day("2024-01-01")));
        assert!(file.is_member_on(day("2022-12-31")), "the days before are as they were");
        office.undo().expect("taken back");
        assert_eq!(office.dump(), before);
    }
    office.run(event(lin, "transfer_out", "2025-01-01", json!({ "place": "外县" }))).expect("out");
    let came = json!({ "branch_id": branch });
    office.run(event(lin, "transfer_in", "2026-01-01", came)).expect("back");
    let status = |on: &str| page(&office, lin, on).file.status_on(day(on)).map(str::to_owned);
    assert_eq!(status("2026-01-01").as_deref(), Some("停止党籍"), "a transfer does not restore it");
    office.run(event(lin, "restored", "2026-02-01", json!({}))).expect("restored");
    assert_eq!(roll(&office, branch, "2026-02-01"), ["林秀英"]);
}

#[test]
fn the_dead_do_not_come_back() {
    let (mut office, branch, lin) = of_one();
    office.run(event(lin, "died", "2025-01-01", json!({}))).expect("died");
    for kind in ["transfer_in", "floating_in", "accepted"] {
        let command = event(lin, kind, "2026-01-01", json!({ "branch_id": branch }));
        refused(&mut office, command, "林秀英 的党籍状态自 2025-01-01 起是“死亡”");
    }
}

/// 《中国共产党党员教育管理工作条例》第二十四条: in principle no 恢复党籍, but one may join again.
#[test]
fn who_left_the_party_is_accepted_anew_and_the_days_before_stay() {
    let (mut office, branch, lin) = of_one();
    let other = office.organisation(None, "机关第二党支部");
    office.run(event(lin, "left_party", "2015-03-01", json!({ "value": "退党除名" }))).expect("left");
    let members = |office: &Office, on: &str| {
        branchdesk::view::figures::figures(&office.desk(), None, day(on)).expect("figures").value("党员.总数")
    };
    let days = ["2008-01-01", "2012-07-01", "2015-02-28", "2015-03-01", "2020-01-01"];
    let past: Vec<u64> = days.iter().map(|on| members(&office, on)).collect();
    assert_eq!(past, [1, 1, 1, 0, 0]);
    let back = json!({ "branch_id": other });
    refused(&mut office, event(lin, "transfer_in", "2021-07-01", back.clone()), "原则上不恢复党籍");
    refused(&mut office, event(lin, "restored", "2021-07-01", json!({})), "没有停止党籍");
    let before = office.dump();
    office.run(event(lin, "accepted", "2021-07-01", back)).expect("accepted anew");
    assert_eq!(days.map(|on| members(&office, on)).to_vec(), past, "the roster of a day before is what it was");
    assert_eq!((roll(&office, branch, "2014-01-01").len(), roll(&office, other, "2021-07-01").len()), (1, 1));
    let now = page(&office, lin, "2022-07-01");
    assert_eq!(now.category.map(|category| category.label()), Some("预备党员"), "on probation like anybody");
    let told = |title: &str| -> Vec<String> {
        let happened = now.timeline.iter().filter(|happening| happening.title == title);
        happened.map(|happening| happening.date.clone()).collect()
    };
    assert_eq!(told("接收为预备党员"), ["2021-07-01", "2006-12-08"], "the former dates stay in the record");
    assert_eq!(told("转为正式党员"), ["2007-12-08"]);
    let formal = event(lin, "converted", "2022-07-01", json!({}));
    let roster = json!({ "do": "edit_members", "ids": [lin], "set": { "category": "正式党员" } });
    for command in [formal, roster] {
        office.run(command).expect("done");
        assert_eq!(days.map(|on| members(&office, on)).to_vec(), past);
        assert_eq!(page(&office, lin, "2022-07-01").category.map(|category| category.label()), Some("正式党员"));
    }
    let steps = (0..2).map(|_| office.undo().expect("taken back"));
    assert_eq!((steps.count(), office.dump()), (2, before));
    office.run(event(lin, "accepted", "2021-07-01", json!({}))).expect("in the branch of before");
    assert_eq!(roll(&office, branch, "2021-07-01"), ["林秀英"]);
}

#[test]
fn who_left_a_branch_that_is_gone_needs_another_one_to_join_again() {
    let (mut office, branch, lin) = of_one();
    office.run(event(lin, "left_party", "2015-03-01", json!({ "value": "退党除名" }))).expect("left");
    office.run(json!({ "do": "close_organisation", "id": branch, "on": "2016-01-01" })).expect("closed");
    refused(&mut office, event(lin, "accepted", "2021-07-01", json!({})), "原来的党支部已经撤销");
}

/// Of discipline only kind and day are kept; why somebody left is one of the ways there are.
#[test]
fn what_an_event_must_say_and_cannot_say_is_told() {
    let (mut office, branch, lin) = of_one();
    let told = |kind: &str, more: Json| event(lin, kind, "2026-03-01", more);
    refused(&mut office, told("discipline", json!({})), "要写明处分种类");
    refused(&mut office, told("discipline", json!({ "value": "警告，因酒后驾车" })), "处分种类只写：警告、严重警告");
    for part in ["note", "place", "document"] {
        let mut command = told("discipline", json!({ "value": "警告" }));
        command[part] = json!("详细经过");
        refused(&mut office, command, "只记种类和日期");
    }
    let made = office.run(told("discipline", json!({ "value": "警告" }))).expect("recorded").made.expect("an id");
    let corrected =
        json!({ "do": "edit_event", "id": made.to_string(), "on": "2026-03-02", "value": "警告", "note": "经过" });
    refused(&mut office, corrected, "只记种类和日期");
    refused(&mut office, told("left_party", json!({})), "要写明出党原因");
    refused(&mut office, told("left_party", json!({ "value": "其他" })), "出党原因只写：开除党籍");
    let ended = json!({ "do": "end_membership", "ids": [lin], "how": "出党", "on": "2026-03-01" });
    refused(&mut office, ended, "要写明出党原因");
    refused(&mut office, told("transfer_out", json!({ "until": "2026-02-28" })), "介绍信有效期至不能早于 2026-03-01");
    refused(&mut office, told("transfer_out", json!({ "receipt": "2026-02" })), "收到回执日期不能早于 2026-03-01");
    let within = json!({ "branch_id": branch, "receipt": "2026-02-01" });
    let out = json!({ "until": "2026-03-01", "receipt": "2026-03" });
    refused(&mut office, told("transfer_within", within), "已经在");
    office.run(told("transfer_out", out)).expect("on the day itself");
}
