//! Filters and ready lists: 且, 或 and 非 over any field, kept in the workbook, each rule at its edges.

use branchdesk::domain::conditions::{SavedFilter, Subject};
use branchdesk::domain::dates::PartialDate;
use branchdesk::domain::fields::Known;
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::view::desk::Desk;
use branchdesk::view::list_words::in_words;
use branchdesk::view::member;
use branchdesk::view::members::{Comparison, Condition, ListAsk, SortKey, Who, list, rows};
use branchdesk::view::quality::of_id;
use branchdesk::view::ready_lists::{ReadyAsk, ReadyList, ReadyPeriod};
use branchdesk::view::saved_filters;
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

const TODAY: &str = "2026-11-24";

fn of(what: Known, how: Comparison) -> Condition {
    Condition::of(what, how)
}

fn names_on(office: &Office, on: &str, conditions: Vec<Condition>) -> Vec<String> {
    let desk = office.desk();
    let found = list(&desk, &ListAsk { conditions, ..ListAsk::roll(day(on), None) }).expect("a list");
    let name = |id: &PersonId| desk.directory().get(*id).expect("a card").name.to_string();
    found.ids.iter().map(name).collect()
}

fn names(office: &Office, conditions: Vec<Condition>) -> Vec<String> {
    names_on(office, TODAY, conditions)
}

fn with(name: &str, set: Json) -> Json {
    let mut set = set;
    set["name"] = json!(name);
    set
}

/// A branch with two groups.
fn branch() -> (Office, OrganisationId, [OrganisationId; 2]) {
    let mut office = Office::new();
    let root = office.organisation(None, "青禾县民政局党总支");
    let branch = office.organisation(Some(root), "局机关第一党支部");
    let mut group = |name: &str| {
        let made = office.run(json!({
            "do": "add_organisation", "parent_id": branch, "set": { "name": name, "org_kind": "党小组" } }));
        OrganisationId(made.expect("a group").made.expect("an id"))
    };
    let groups = [group("第一党小组"), group("第二党小组")];
    (office, branch, groups)
}

#[test]
fn what_is_not_so_includes_what_is_not_known() {
    let (mut office, branch, _) = branch();
    for (name, set) in
        [("甲", json!({ "sex": "女", "unit": "县民政局" })), ("乙", json!({ "sex": "男" })), ("丙", json!({}))]
    {
        office.member(branch, with(name, set));
    }
    let sex = |sex: &str| of(Known::Sex, Comparison::Is(sex.into()));
    let unit = |how: Comparison| of(Known::Unit, how);
    assert_eq!(names(&office, vec![sex("女")]), ["甲"]);
    assert_eq!(names(&office, vec![sex("女").negated()]), ["乙", "丙"]);
    assert_eq!(names(&office, vec![of(Known::Sex, Comparison::Empty)]), ["丙"]);
    assert_eq!(names(&office, vec![of(Known::Sex, Comparison::Empty).negated()]), ["甲", "乙"]);
    assert_eq!(names(&office, vec![unit(Comparison::Contains("民政".into())).negated()]), ["乙", "丙"], "walked");
    assert_eq!(names(&office, vec![unit(Comparison::Empty)]), ["乙", "丙"]);
}

#[test]
fn and_or_and_not_go_over_held_and_walked_fields_alike() {
    let (mut office, branch, [first, second]) = branch();
    let people = [
        ("甲", json!({ "sex": "女", "unit": "县民政局", "party_post": "书记、组织委员", "phone": "13800000001" })),
        ("乙", json!({ "sex": "男", "unit": "县福利院", "floating": "是", "float_place": "杭州" })),
        ("丙", json!({ "sex": "女", "unit": "县福利院" })),
        ("丁", json!({ "sex": "男", "status": "停止党籍" })),
    ];
    let ids: Vec<PersonId> = people.into_iter().map(|(name, set)| office.member(branch, with(name, set))).collect();
    for (id, group) in [(ids[0], first), (ids[1], second)] {
        office
            .run(json!({ "do": "set_fact", "person_id": id, "kind": "group", "organisation_id": group, "from": "2026-01-01" }))
            .expect("a group");
    }
    let women = || Condition::Sex("女".into());
    let home = || of(Known::Unit, Comparison::Contains("福利院".into()));
    let floating = || of(Known::Floating, Comparison::Is("是".into()));
    let post = |post: &str| of(Known::PartyPost, Comparison::Is(post.into()));
    let group = |id| of(Known::Group, Comparison::Organisations(vec![id]));
    for (conditions, wanted) in [
        (vec![women(), home()], vec!["丙"]),
        (vec![Condition::Any(vec![women(), floating()])], vec!["甲", "乙", "丙"]),
        (vec![Condition::Any(vec![Condition::All(vec![women(), home()]), floating()])], vec!["乙", "丙"]),
        (vec![Condition::Any(vec![women(), floating()]).negated()], vec![]),
        (vec![Condition::Any(vec![post("组织委员"), floating().negated()])], vec!["甲", "丙"]),
        (vec![post("委员")], vec![]),
        (vec![group(first)], vec!["甲"]),
        (vec![group(first).negated(), home()], vec!["乙", "丙"]),
        (vec![of(Known::Branch, Comparison::Organisations(vec![branch]))], vec!["甲", "乙", "丙"]),
        (vec![of(Known::Branch, Comparison::BeginsWith("局机关".into()))], vec!["甲", "乙", "丙"]),
        (vec![Condition::Any(Vec::new())], vec![]),
        (vec![Condition::All(Vec::new())], vec!["甲", "乙", "丙"]),
    ] {
        assert_eq!(names(&office, conditions.clone()), wanted, "{conditions:?}");
    }
    assert_eq!(names_on(&office, "2025-12-31", vec![group(first)]), Vec::<String>::new(), "as of the day before");
}

#[test]
fn dates_and_years_are_compared_with_the_precision_they_have() {
    let (mut office, branch, _) = branch();
    for (name, joined, full) in [
        ("甲", "2019-07-01", "2020-07-01"),
        ("乙", "2019-07", "2020-07"),
        ("丙", "2019", "2020"),
        ("丁", "2020-01-15", ""),
    ] {
        let full = if full.is_empty() { Json::Null } else { json!(full) };
        office.member(branch, with(name, json!({ "joined": joined, "full": full, "birth": "1990" })));
    }
    let date = PartialDate::from_iso;
    let joined = |from: &str, to: &str| of(Known::Joined, Comparison::Dates { from: date(from), to: date(to) });
    let standing = |from, to| Condition::of(Subject::Standing, Comparison::Years { from, to });
    assert_eq!(names(&office, vec![joined("2019-07-01", "")]), ["甲", "乙", "丁"]);
    assert_eq!(names(&office, vec![joined("", "2019-06-30")]), ["丙"]);
    assert_eq!(names(&office, vec![joined("2019-07-02", "2019-12-31")]), Vec::<String>::new());
    assert_eq!(names(&office, vec![of(Known::Joined, Comparison::InMonth(7))]), ["甲", "乙"]);
    assert_eq!(names(&office, vec![of(Known::Joined, Comparison::InMonth(1))]), ["丁"], "2019 is in no month");
    assert_eq!(names(&office, vec![standing(Some(6), None)]), ["甲", "乙", "丙"]);
    assert_eq!(names_on(&office, "2026-06-30", vec![standing(Some(6), None)]), ["丙"]);
    assert_eq!(names(&office, vec![standing(None, Some(99)).negated()]), ["丁"], "on probation there is none");
    assert_eq!(
        names(&office, vec![Condition::of(Subject::Age, Comparison::Years { from: Some(36), to: Some(36) })]).len(),
        4
    );
}

#[test]
fn a_filter_is_kept_by_name_is_a_step_of_the_journal_and_is_refused_where_it_is_none() {
    let (mut office, ..) = branch();
    let filter = SavedFilter {
        conditions: vec![Condition::Any(vec![
            Condition::Sex("女".into()),
            of(Known::Phone, Comparison::Empty).negated(),
        ])],
        ..SavedFilter::default()
    };
    let value = serde_json::to_string(&filter).expect("JSON");
    let before = office.dump();
    let receipt = office.run(json!({ "do": "set_settings", "set": { "filter.妇女工作": value } })).expect("kept");
    assert_eq!(receipt.title, "保存筛选“妇女工作”");
    assert_eq!(saved_filters::named(&office.desk(), "妇女工作"), Ok(filter.clone()));
    let renamed = json!({ "do": "set_settings", "set": { "filter.妇女工作": "", "filter.女党员": value } });
    assert_eq!(office.run(renamed).expect("renamed").title, "筛选“妇女工作”改名为“女党员”");
    let all: Vec<String> =
        saved_filters::all(&office.desk()).expect("read").into_iter().map(|kept| kept.name).collect();
    assert_eq!(all, ["女党员"]);
    office.run(json!({ "do": "set_settings", "set": { "filter.甲": value } })).expect("another");
    for (set, told) in [
        (json!({ "filter.女党员": "", "filter.甲": value }), "已经有名为“甲”的筛选"),
        (json!({ "filter.乙": "" }), "没有名为“乙”的筛选"),
        (json!({ "filter.": value }), "筛选要有名称"),
        (json!({ "filter. 乙": value }), "前后不带空格"),
        (json!({ "filter.乙": r#"{"colour":"红"}"# }), "内容不是筛选"),
        (json!({ "filter.乙": r#"{"conditions":[{"compare":{"what":"颜色","how":"empty"}}]}"# }), "内容不是筛选"),
        (json!({ "filter.".to_owned() + &"长".repeat(41): value }), "最多 40 个字"),
        (json!({ "颜色": "红" }), "没有名为“颜色”的设置"),
    ] {
        let problem = office.run(json!({ "do": "set_settings", "set": set })).expect_err(told);
        assert!(problem.happened.contains(told), "{}", problem.happened);
    }
    let missing = saved_filters::named(&office.desk(), "乙").expect_err("not there");
    assert!(missing.next.contains("女党员") && missing.next.contains("甲"), "{}", missing.next);
    for _ in 0..3 {
        office.undo().expect("taken back");
    }
    assert_eq!(office.dump(), before);
}

#[test]
fn a_list_in_words_tells_its_conditions() {
    let (office, branch, _) = branch();
    let conditions = vec![
        Condition::Within(branch),
        Condition::Any(vec![Condition::Sex("女".into()), of(Known::Unit, Comparison::Contains("局".into())).negated()]),
    ];
    let ask = ListAsk { conditions, who: Who::Left, ..ListAsk::roll(day(TODAY), None) };
    assert_eq!(
        in_words(&office.desk(), &ask).expect("words"),
        "全部，截至 2026-11-24，已离开，局机关第一党支部，性别：女 或 工作单位不含“局”"
    );
}

fn ready(office: &Office, list: ReadyList, period: Option<ReadyPeriod>) -> Vec<String> {
    let usual = list.usual(day(TODAY));
    let ask = ReadyAsk { period: period.unwrap_or(usual.period), ..usual };
    names(office, ask.conditions(day(TODAY)))
}

#[test]
fn a_political_birthday_is_the_month_of_joining_in_a_later_year() {
    let (mut office, branch, _) = branch();
    for (name, joined) in [
        ("日", "2006-07-15"),
        ("月", "1998-07"),
        ("年", "2001"),
        ("今年", "2026-07-01"),
        ("闰日", "2004-02-29"),
        ("申请人", ""),
    ] {
        let set = if joined.is_empty() { json!({ "applied": "2020-07-01" }) } else { json!({ "joined": joined }) };
        office.member(branch, with(name, set));
    }
    let of_month = |year, month| ready(&office, ReadyList::Birthdays, Some(ReadyPeriod::Month { year, month }));
    assert_eq!(of_month(2026, 7), ["日", "月"], "in the year of joining there is none yet");
    assert_eq!(of_month(2027, 7), ["日", "月", "今年"]);
    assert_eq!(of_month(2027, 2), ["闰日"], "2027 has no 29 February");
    assert_eq!(of_month(2027, 1), Vec::<String>::new(), "a year alone has no month");
    assert_eq!(ready(&office, ReadyList::Birthdays, None), Vec::<String>::new(), "November");
}

#[test]
fn political_birthdays_stand_by_their_day_and_then_as_in_the_roster() {
    let (mut office, branch, _) = branch();
    for (name, joined) in [
        ("二十日", "1999-07-20"),
        ("只知月", "1985-07"),
        ("一日甲", "2006-07-01"),
        ("三日", "2011-07-03"),
        ("一日乙", "1998-07-01"),
        ("只知年", "2001"),
        ("六月末", "2012-06-30"),
    ] {
        office.member(branch, with(name, json!({ "joined": joined })));
    }
    let listed = |conditions: Vec<Condition>, sort: Vec<SortKey>| {
        let desk = office.desk();
        let found = list(&desk, &ListAsk { conditions, sort, ..ListAsk::roll(day(TODAY), None) }).expect("a list");
        let name = |id: &PersonId| desk.directory().get(*id).expect("a card").name.to_string();
        found.ids.iter().map(name).collect::<Vec<_>>()
    };
    let july = ReadyAsk { list: ReadyList::Birthdays, period: ReadyPeriod::Month { year: 2026, month: 7 } };
    assert_eq!(
        listed(july.conditions(day(TODAY)), ReadyList::Birthdays.sort()),
        ["一日甲", "一日乙", "三日", "二十日", "只知月"],
        "whose day is not known stands after those of the month"
    );
    let all = listed(Vec::new(), ReadyList::Birthdays.sort());
    assert_eq!((all[0].as_str(), all[6].as_str()), ("六月末", "只知年"), "{all:?}");
}

/// 《“光荣在党50年”纪念章颁发管理办法》: fifty full years on 1 July.
#[test]
fn fifty_years_in_the_party_are_full_on_the_first_of_july() {
    let (mut office, branch, _) = branch();
    for (name, joined, full) in [
        ("恰满", "1976-07-01", ""),
        ("差一天", "1976-07-02", ""),
        ("转正晚", "1968-07-01", "1976-07-02"),
        ("已满", "1965-01-01", "1966-01-01"),
        ("只知月", "1976-07", ""),
    ] {
        let full = if full.is_empty() { Json::Null } else { json!(full) };
        office.member(branch, with(name, json!({ "joined": joined, "full": full })));
    }
    let of_year = |year| ready(&office, ReadyList::FiftyYears, Some(ReadyPeriod::Year(year)));
    assert_eq!(of_year(2026), ["恰满", "已满", "只知月"]);
    assert_eq!(of_year(2027), ["恰满", "差一天", "转正晚", "已满", "只知月"]);
    assert_eq!(of_year(2025), ["已满"]);
    assert_eq!(ready(&office, ReadyList::FiftyYears, None), of_year(2026));
}

/// 《中国共产党发展党员工作细则》第三十二条
#[test]
fn probation_is_told_three_months_before_it_ends_and_until_somebody_becomes_formal() {
    let (mut office, branch, _) = branch();
    for (name, joined, full) in [
        ("三个月内", "2026-02-24", ""),
        ("还早", "2026-02-25", ""),
        ("已满", "2025-03-01", ""),
        ("已转正", "2025-03-01", "2026-03-01"),
        ("闰日", "2024-02-29", ""),
        ("只知月", "2026-02", ""),
    ] {
        let full = if full.is_empty() { Json::Null } else { json!(full) };
        office.member(branch, with(name, json!({ "joined": joined, "full": full })));
    }
    assert_eq!(ready(&office, ReadyList::Probation, None), ["三个月内", "已满", "闰日", "只知月"]);
    let desk = office.desk();
    let ids = list(&desk, &ListAsk::roll(day(TODAY), None)).expect("a list").ids;
    let found = rows(&desk, &ids, day(TODAY), &[], false).expect("rows");
    let ends: Vec<Option<String>> = found.iter().map(|row| row.probation_ends.map(|date| date.to_string())).collect();
    let wanted =
        [Some("2027-02-24"), Some("2027-02-25"), Some("2026-03-01"), None, Some("2025-02-28"), Some("2027-02")];
    assert_eq!(ends, wanted.map(|date| date.map(str::to_owned)));
}

#[test]
fn who_is_floating_lost_incomplete_or_not_known_stands_on_a_list_of_its_own() {
    let (mut office, branch, _) = branch();
    let whole = json!({ "sex": "女", "nation": "汉族", "birth": "1981-05-21", "id_number": "110000198105210066",
        "education": "大学本科", "unit": "县民政局", "phone": "13800000066", "joined": "2006-12-08", "full": "2007-12-08",
        "transfer_in": "2016-05-30" });
    let but = |more: Json| {
        let mut set = whole.clone();
        for (key, value) in more.as_object().expect("fields") {
            set[key] = value.clone();
        }
        set
    };
    for (name, set) in [
        ("齐全", but(json!({}))),
        ("流动", but(json!({ "floating": "是", "float_place": "杭州" }))),
        ("失联", but(json!({ "lost": "是", "lost_since": "2026-01-01" }))),
        ("不流动", but(json!({ "floating": "否" }))),
        ("缺两项", but(json!({ "nation": null, "phone": null }))),
        ("类别不详", but(json!({ "joined": null, "full": null }))),
        ("起始不详", but(json!({ "transfer_in": null }))),
    ] {
        office.member(branch, with(name, set));
    }
    assert_eq!(ready(&office, ReadyList::Floating, None), ["流动"]);
    assert_eq!(ready(&office, ReadyList::Lost, None), ["失联"]);
    assert_eq!(ready(&office, ReadyList::Incomplete, None), ["缺两项", "类别不详"]);
    assert_eq!(ready(&office, ReadyList::UnknownCategory, None), ["类别不详"]);
    assert_eq!(ready(&office, ReadyList::UnknownStart, None), ["起始不详"]);
    let lacks_phone = Condition::of(Subject::Missing, Comparison::Is("联系电话".into()));
    assert_eq!(names(&office, vec![lacks_phone]), ["缺两项"]);
    let desk = office.desk();
    let ids = list(&desk, &ListAsk::roll(day(TODAY), None)).expect("a list").ids;
    let missing: Vec<_> =
        rows(&desk, &ids, day(TODAY), &[], false).expect("rows").into_iter().map(|row| row.missing).collect();
    assert_eq!(missing[4].as_deref(), Some("民族、联系电话"));
    assert_eq!(missing[0], None);
}

#[test]
fn an_extension_moves_the_end_of_a_probation_in_lists_columns_and_rules_alike() {
    let (mut office, branch, _) = branch();
    let he = office.member(branch, with("何静", json!({ "joined": "2025-09-01", "full": null })));
    let mut desk = office.desk();
    let told = |desk: &Desk| {
        let conditions = ReadyList::Probation.usual(day(TODAY)).conditions(day(TODAY));
        let listed = list(desk, &ListAsk { conditions, ..ListAsk::roll(day(TODAY), None) }).expect("a list").ids.len();
        let row = rows(desk, &[he], day(TODAY), &[], false).expect("rows").remove(0);
        let found = of_id(desk, he, day(TODAY)).expect("looked at");
        let is_over = found.iter().any(|finding| finding.rule == "member.probation.over");
        (listed, row.probation_ends.map(|date| date.to_string()).unwrap_or_default(), is_over)
    };
    let before = (1, "2026-09-01".to_owned(), true);
    assert_eq!(told(&desk), before);
    let extend =
        json!({ "do": "record_event", "ids": [he], "kind": "extended", "on": "2026-09-01", "until": "2027-09-01" });
    let receipt = office.run(extend).expect("extended");
    desk.refresh(receipt.areas, &receipt.touched).expect("refreshed");
    let after = (0, "2027-09-01".to_owned(), false);
    assert_eq!((told(&desk), told(&office.desk())), (after.clone(), after), "told of the change, and opened anew");
    let receipt = office.undo().expect("undone");
    desk.refresh(receipt.areas, &receipt.touched).expect("refreshed");
    assert_eq!(told(&desk), before);
}

#[test]
fn another_length_of_probation_in_the_rules_is_followed_at_once_and_undone() {
    let (mut office, branch, _) = branch();
    let he = office.member(branch, with("何静", json!({ "joined": "2026-06-10", "full": null })));
    let su = office.member(branch, with("苏明", json!({ "joined": "2026-02-24", "full": null })));
    let mut desk = office.desk();
    let told = |desk: &Desk| {
        let conditions = ReadyList::Probation.usual(day(TODAY)).conditions(day(TODAY));
        let listed = list(desk, &ListAsk { conditions, ..ListAsk::roll(day(TODAY), None) }).expect("a list").ids;
        let ends = Comparison::Dates { from: None, to: PartialDate::from_iso("2026-12-31") };
        let conditions = vec![Condition::of(Subject::ProbationEnds, ends)];
        let filtered = list(desk, &ListAsk { conditions, ..ListAsk::roll(day(TODAY), None) }).expect("a list").ids;
        let row = rows(desk, &[he], day(TODAY), &[], false).expect("rows").remove(0).probation_ends;
        let page = member::page(desk, he, day(TODAY)).expect("read").expect("there").probation_ends;
        assert_eq!(row, page, "the list and the page of the member");
        let found = of_id(desk, su, day(TODAY)).expect("looked at");
        let is_over = found.iter().any(|finding| finding.rule == "member.probation.over");
        let ends = page.map(|date| date.to_string()).unwrap_or_default();
        (listed.to_vec(), filtered.to_vec(), ends, is_over)
    };
    let before = (vec![su], vec![], "2027-06-10".to_owned(), false);
    assert_eq!(told(&desk), before);
    let mut step = |office: &mut Office, command: Option<Json>| {
        let receipt = match command {
            Some(command) => office.run(command).expect("changed"),
            None => office.undo().expect("undone"),
        };
        desk.refresh(receipt.areas, &receipt.touched).expect("refreshed");
        let anew = told(&office.desk());
        assert_eq!(told(&desk), anew, "told of the change, and opened anew");
        anew
    };
    let half = json!({ "do": "set_rule", "rule": "member.probation.length", "numbers": { "months": 6 } });
    let after = (vec![he, su], vec![he, su], "2026-12-10".to_owned(), true);
    assert_eq!(step(&mut office, Some(half)), after);
    let late = json!({ "do": "set_rule", "rule": "member.probation.over", "numbers": { "lead": 0 } });
    assert_eq!(step(&mut office, Some(late)), (vec![su], vec![he, su], "2026-12-10".to_owned(), true));
    assert_eq!(step(&mut office, None), after);
    assert_eq!(step(&mut office, None), before);
}

#[test]
fn what_a_record_needs_is_one_list_for_the_ready_list_and_the_rule() {
    let (mut office, branch, _) = branch();
    let lin = office.member(branch, with("林秀英", json!({ "joined": "2006-12-08", "full": "2007-12-08" })));
    let told = |office: &Office| {
        let desk = office.desk();
        let row = rows(&desk, &[lin], day(TODAY), &[], false).expect("rows").remove(0).missing;
        let found = of_id(&desk, lin, day(TODAY)).expect("looked at");
        let words = found.into_iter().find(|finding| finding.rule == "member.values").map(|finding| finding.words);
        assert_eq!(row.clone().map(|missing| format!("缺 {missing}")), words);
        assert_eq!(ready(office, ReadyList::Incomplete, None).len(), usize::from(row.is_some()));
        row.unwrap_or_default()
    };
    assert_eq!(told(&office), "性别、民族、出生日期、公民身份号码、学历、联系电话");
    let numbers = json!({ "unit": 1, "sex": 0, "nation": 0, "birth": 0, "id_number": 0, "education": 0 });
    office.run(json!({ "do": "set_rule", "rule": "member.values", "numbers": numbers })).expect("set");
    assert_eq!(told(&office), "工作单位、联系电话");
    office.run(json!({ "do": "set_rule", "rule": "member.values", "enabled": false })).expect("switched off");
    assert_eq!(told(&office), "");
}
