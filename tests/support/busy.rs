//! An office in which anything is done: every command there is, imports, undo and redo, on whoever and whatever is there.
//!
//! What is done depends on three numbers, so that a test can draw them. Start at [`Busy::act`].

use std::sync::LazyLock;

use branchdesk::command::{Command, ImportRoster};
use branchdesk::domain::events::{Event, EventKind};
use branchdesk::domain::fields::FactKind;
use branchdesk::domain::ids::{FollowUpId, OrganisationId, PersonId, PlannedTalkId, TalkId};
use branchdesk::domain::members::Fact;
use branchdesk::domain::organisations::{Organisation, OrganisationEvent};
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
use branchdesk::progress::Progress;
use branchdesk::store::directory::Card;
use branchdesk::store::events;
use branchdesk::store::members::{ExtraField, extra_fields, facts_of};
use branchdesk::store::talks;
use serde_json::{Value as Json, json};

use super::busy_archives::{ARCHIVE_ACTS, Archives};
use super::office::{Office, day};

/// What is done but for archives.
const OFFICE_ACTS: [&str; 54] = [
    "add_organisation",
    "edit_organisation",
    "move_organisation",
    "close_organisation",
    "reopen_organisation",
    "remove_organisation",
    "add_member",
    "edit_members",
    "edit_cells",
    "transfer_member",
    "end_membership",
    "void_members",
    "restore_members",
    "move_in_roster",
    "appoint",
    "end_post",
    "set_fact",
    "remove_fact",
    "set_settings",
    "import",
    "import again",
    "undo",
    "redo",
    "record_event",
    "edit_event",
    "remove_event",
    "merge_members",
    "unmerge_members",
    "tell_apart",
    "adopt_from_id_number",
    "rename_organisation",
    "merge_organisations",
    "split_organisation",
    "elect_committee",
    "delay_election",
    "edit_organisation_event",
    "remove_organisation_event",
    "set_rule",
    "add_floating_member",
    "add_extra_field",
    "edit_extra_field",
    "remove_extra_field",
    "move_extra_field",
    "record_talk",
    "record_talks",
    "edit_talk",
    "remove_talk",
    "close_follow_up",
    "plan_talks",
    "set_talk_type",
    "snooze_work",
    "edit_planned_talk",
    "remove_planned_talks",
    "plan_talks_together",
];

/// Everything that can be done.
pub static ACTS: LazyLock<Vec<&str>> = LazyLock::new(|| [&OFFICE_ACTS[..], &ARCHIVE_ACTS[..]].concat());

/// One thing that is done: which, and two numbers for of what.
pub type Act = (usize, usize, usize);

/// The office; begins with nothing in it.
pub struct Busy {
    pub office: Office,
    done: usize,
}

/// What is there to be changed.
struct There {
    people: Vec<PersonId>,
    voided: Vec<PersonId>,
    merged: Vec<PersonId>,
    organisations: Vec<OrganisationId>,
    branches: Vec<OrganisationId>,
    closed: Vec<OrganisationId>,
    /// Standing, and nobody was ever in them.
    empty: Vec<OrganisationId>,
    facts: Vec<Fact>,
    events: Vec<Event>,
    organisation_events: Vec<OrganisationEvent>,
    extra: Vec<ExtraField>,
    talks: Vec<TalkId>,
    follow_ups: Vec<FollowUpId>,
    planned: Vec<PlannedTalkId>,
    archives: Archives,
}

impl Busy {
    pub fn new() -> Self {
        Self { office: Office::new(), done: 0 }
    }

    /// A branch and three members in each of two; everything after that finds somebody.
    pub fn settled() -> Self {
        let mut busy = Self::new();
        for nth in 0..2 {
            busy.does("add_organisation", 0, nth);
            for member in 0..3 {
                busy.does("add_member", nth, member);
            }
        }
        busy
    }

    /// Does something. Whether it came through: what the rules refuse changes nothing.
    pub fn act(&mut self, (act, a, b): Act) -> bool {
        self.does(ACTS[act % ACTS.len()], a, b)
    }

    /// Does one of [`ACTS`], and before it what it needs.
    pub fn does(&mut self, word: &str, a: usize, b: usize) -> bool {
        self.done += 1;
        let there = self.there();
        if let Some((needed, a_of_it, b_of_it)) = needed_first(word, a, b, &there) {
            return self.does(needed, a_of_it, b_of_it) && self.does(word, a, b);
        }
        match word {
            "undo" => self.office.undo().is_ok(),
            // There is something to be made again right after it was taken back.
            "redo" => self.office.undo().is_ok() && self.office.redo().is_ok(),
            "import" | "import again" => self.import(a, b, &there),
            "unmerge_members" if there.merged.is_empty() => self.merge_two(a) && self.does(word, a, b),
            word => match self.command(word, a, b, &there) {
                Some(command) => self.office.run(command).is_ok_and(|receipt| receipt.entry.is_some()),
                None => false,
            },
        }
    }

    /// Two new people in a branch of their own become one.
    fn merge_two(&mut self, a: usize) -> bool {
        let Some(branch) = pick(&self.there().branches, a) else { return false };
        let set = json!({ "name": format!("人{}", self.done), "joined": "2010-07-01" });
        let add = json!({ "do": "add_member", "branch_id": branch, "set": set });
        let made: Vec<_> = (0..2).filter_map(|_| self.office.run(add.clone()).ok()?.made).map(PersonId).collect();
        let [keep, drop] = made[..] else { return false };
        self.office.run(json!({ "do": "merge_members", "keep_id": keep, "drop_id": drop })).is_ok()
    }

    fn there(&self) -> There {
        let desk = self.office.desk();
        let merged = |card: &Card| card.merged_into.is_some();
        let sorted = |voided_only: bool| {
            let cards = desk.directory().cards().iter().filter(|card| !voided_only || (card.voided && !merged(card)));
            let mut ids: Vec<PersonId> = cards.map(|card| card.id).collect();
            ids.sort();
            ids
        };
        let those = |fits: fn(&Organisation) -> bool| {
            let mut ids: Vec<OrganisationId> =
                desk.tree().all().filter(|node| fits(node)).map(|node| node.id).collect();
            ids.sort();
            ids
        };
        let people = sorted(false);
        let facts: Vec<Fact> = people.iter().flat_map(|id| facts_of(desk.reader(), *id).expect("facts")).collect();
        let of_person = |id: &PersonId| events::of_person(desk.reader(), *id).expect("events");
        let events: Vec<Event> = people.iter().flat_map(of_person).collect();
        let mut empty = those(|node| node.closed.is_none());
        empty.retain(|id| {
            let is_used = facts.iter().any(|fact| fact.organisation == Some(*id));
            !is_used && desk.tree().children(Some(*id)).next().is_none()
        });
        let mut talks = Vec::new();
        talks::each(desk.reader(), |talk| {
            talks.push(talk.id);
            Ok(())
        })
        .expect("talks");
        let follow_ups = talks::follow_ups(desk.reader()).expect("follow-ups").iter().map(|one| one.id).collect();
        let planned = talks::planned(desk.reader()).expect("planned").iter().map(|one| one.id).collect();
        There {
            archives: Archives::of(desk.reader()),
            talks,
            follow_ups,
            planned,
            people,
            voided: sorted(true),
            merged: desk.directory().cards().iter().filter(|card| merged(card)).map(|card| card.id).collect(),
            organisations: those(|_| true),
            branches: those(|node| node.kind.is_branch()),
            closed: those(|node| node.closed.is_some()),
            empty,
            facts,
            events,
            organisation_events: desk.organisation_events().to_vec(),
            extra: extra_fields(desk.reader()).expect("fields"),
        }
    }

    fn command(&self, word: &str, a: usize, b: usize, there: &There) -> Option<Json> {
        let person = pick(&there.people, a);
        let organisation = pick(&there.organisations, b);
        let on = format!("20{:02}-{:02}-{:02}", 15 + a % 11, 1 + b % 12, 1 + (a + b) % 28);
        let own = self.done;
        Some(match word {
            "add_organisation" => {
                let parent = pick(&there.branches, b).filter(|_| !a.is_multiple_of(3));
                let name = format!("第{own}{}", if parent.is_some() { "党小组" } else { "党支部" });
                json!({ "do": word, "parent_id": parent, "set": { "name": name } })
            }
            "edit_organisation" => {
                let set = [
                    json!({ "short_name": format!("简称{a}"), "founded": "2001-07" }),
                    json!({ "name": format!("更名{own}党支部"), "short_name": null }),
                    json!({ "secretary": "书记某", "term_ends": on, "remark": format!("备注{b}") }),
                ];
                json!({ "do": word, "id": organisation?, "set": set[a % 3] })
            }
            "move_organisation" => {
                let parent = if a.is_multiple_of(2) { None } else { pick(&there.organisations, a) };
                json!({ "do": word, "id": organisation?, "parent_id": parent })
            }
            "close_organisation" => {
                let id = if a.is_multiple_of(4) { organisation } else { pick(&there.empty, b) };
                json!({ "do": word, "id": id?, "on": on })
            }
            "reopen_organisation" => json!({ "do": word, "id": pick(&there.closed, b)? }),
            "remove_organisation" => {
                let id = if a.is_multiple_of(4) { organisation } else { pick(&there.empty, b) };
                json!({ "do": word, "id": id? })
            }
            "add_member" => {
                let joined = format!("20{:02}-0{}", a % 20, 1 + b % 9);
                let set = json!({
                    "id_number": if b.is_multiple_of(2) { Some("110000199807010020") } else { None },
                    "name": format!("人{own}"), "birth": format!("19{}-05", 60 + a % 38), "joined": joined,
                    "transfer_in": if b.is_multiple_of(2) { Some(format!("20{:02}", 5 + b % 15)) } else { None },
                    "group": if a.is_multiple_of(3) { Some("第一党小组") } else { None },
                    "party_post": if b.is_multiple_of(4) { Some("书记、组织委员") } else { None },
                });
                json!({ "do": word, "branch_id": pick(&there.branches, b)?, "set": set })
            }
            "edit_members" => {
                let set = [
                    json!({ "unit": format!("单位{own}"), "education": "大专", "phone": "13800000000" }),
                    json!({ "group": format!("第{}党小组", b % 3), "lost": "是", "lost_since": on }),
                    json!({ "party_post": (["宣传委员", "副书记"][b % 2]), "status": "正常" }),
                    json!({ "full": on, "unit": null, "party_post": null, "group": null }),
                    json!({ "floating": "是", "float_place": "省城", "joined": on }),
                ];
                let dated = if a.is_multiple_of(2) { Some(&on) } else { None };
                let ids = [person, pick(&there.people, a + b + 1)];
                json!({ "do": word, "ids": &ids[..1 + b % 2], "on": dated, "set": set[(a + b) % 5] })
            }
            "edit_cells" => {
                let rows = json!([
                    { "id": person?, "set": { "job": format!("职务{own}"), "group": format!("第{}党小组", b % 3) } },
                    { "id": pick(&there.people, a + b + 1), "set": { "phone": null, "status": "正常", "full": on } },
                ]);
                json!({ "do": word, "rows": rows, "on": if b.is_multiple_of(2) { Some(&on) } else { None } })
            }
            "transfer_member" => {
                let on = format!("2026-{:02}", 1 + a % 11);
                json!({ "do": word, "ids": [person?], "to_id": pick(&there.branches, b)?, "on": on })
            }
            "end_membership" => {
                let how = ["转出", "死亡", "出党"][b % 3];
                let reason = (how == "出党").then_some("退党除名");
                json!({ "do": word, "ids": [person?], "how": how, "on": on, "place": "外县", "reason": reason })
            }
            "void_members" => json!({ "do": word, "ids": [person?], "reason": "录重了" }),
            "restore_members" => json!({ "do": word, "ids": [pick(&there.voided, a)?] }),
            "move_in_roster" => {
                let after = if a.is_multiple_of(2) { None } else { pick(&there.people, b) };
                json!({ "do": word, "ids": [person?], "after_id": after })
            }
            "appoint" => {
                json!({ "do": word, "person_id": person?, "organisation_id": organisation?, "post": "纪检委员", "from": on })
            }
            "end_post" => {
                let posts: Vec<&Fact> = there.facts.iter().filter(|fact| fact.kind == FactKind::Post).collect();
                json!({ "do": word, "id": pick(&posts, a)?.id, "to": on })
            }
            "set_fact" => {
                let from = if b.is_multiple_of(3) { None } else { Some(&on) };
                let row = pick(&there.facts, b).filter(|_| a.is_multiple_of(2));
                match row {
                    Some(fact) => {
                        json!({ "do": word, "id": fact.id, "person_id": fact.person, "kind": fact.kind.name(),
                        "organisation_id": fact.organisation, "value": fact.value, "place": fact.place, "from": from })
                    }
                    None => json!({ "do": word, "person_id": person?, "kind": "status",
                        "value": (["停止党籍", "正常"][b % 2]), "from": on, "to": if a.is_multiple_of(3) { Some("2026-01-01") } else { None } }),
                }
            }
            "remove_fact" => json!({ "do": word, "id": pick(&there.facts, a * 7 + b)?.id }),
            "record_event" => {
                let kind = EventKind::all().nth((a + b) % EventKind::all().count())?;
                json!({ "do": word, "ids": [person?], "kind": kind.name(), "on": on,
                    "branch_id": pick(&there.branches, b), "value": "优秀共产党员", "place": "外县",
                    "document": format!("介{own}号"), "until": "2027-01-01",
                    "receipt": if a.is_multiple_of(2) { Some("2026-02-01") } else { None } })
            }
            "edit_event" => {
                let event = pick(&there.events, a)?;
                let day = if b.is_multiple_of(2) { event.day.to_string() } else { on };
                json!({ "do": word, "id": event.id, "on": day, "value": event.value, "document": format!("改{own}号") })
            }
            "remove_event" => json!({ "do": word, "id": pick(&there.events, a)?.id }),
            "merge_members" => {
                let other = pick(&there.people, b + 1)?;
                let theirs =
                    there.facts.iter().filter(|fact| fact.person == other && fact.kind == FactKind::Membership);
                let left_out: Vec<_> = theirs.map(|fact| fact.id).collect();
                let take: &[&str] = if a.is_multiple_of(2) { &["birth", "unit"] } else { &[] };
                json!({ "do": word, "keep_id": person?, "drop_id": other, "take": take, "leave_out_ids": left_out })
            }
            "unmerge_members" => json!({ "do": word, "id": pick(&there.merged, a)? }),
            "tell_apart" => json!({ "do": word, "ids": [person?, pick(&there.people, a + b + 1)?] }),
            "adopt_from_id_number" => {
                json!({ "do": word, "ids": [person?], "field": (["birth", "sex"][b % 2]) })
            }
            "rename_organisation" => {
                json!({ "do": word, "id": organisation?, "name": format!("第{own}改名党支部"), "on": on, "document": "组发1号" })
            }
            "merge_organisations" => {
                let on = format!("2026-{:02}", 1 + a % 11);
                json!({ "do": word, "ids": [organisation?], "into_id": pick(&there.branches, a)?, "on": on })
            }
            "split_organisation" => {
                let on = format!("2026-{:02}", 1 + a % 11);
                let part = json!({ "set": { "name": format!("分设{own}党支部") }, "ids": [person?] });
                json!({ "do": word, "id": pick(&there.branches, b)?, "on": on, "parts": [part] })
            }
            "elect_committee" => {
                let posts = json!([{ "person_id": person?, "post": "书记" }]);
                json!({ "do": word, "id": organisation?, "on": on, "posts": posts, "value": "第三届" })
            }
            "delay_election" => json!({ "do": word, "id": organisation?, "on": on, "until": "2027-05" }),
            "edit_organisation_event" => {
                let event = pick(&there.organisation_events, a)?;
                json!({ "do": word, "id": event.id, "on": event.day, "document": format!("改{own}号") })
            }
            "remove_organisation_event" => json!({ "do": word, "id": pick(&there.organisation_events, a)?.id }),
            "set_rule" => {
                let numbers = json!({ "limit": 40 + a % 30 });
                json!({ "do": word, "rule": "branch.members", "numbers": numbers, "enabled": !b.is_multiple_of(3) })
            }
            "add_floating_member" => {
                let set =
                    json!({ "name": format!("流入{own}"), "birth": format!("19{}-05", 60 + a % 38), "joined": "2001" });
                json!({ "do": word, "branch_id": pick(&there.branches, b)?, "set": set, "on": on, "place": "外省" })
            }
            "add_extra_field" => {
                let kind = ["text", "number", "date", "yes_no", "choice"][b % 5];
                json!({ "do": word, "label": format!("字段{own}"), "kind": kind, "choices": ["甲", "乙"] })
            }
            "edit_extra_field" => {
                let kind = ["choice", "number", "text"][b % 3];
                let label = if a.is_multiple_of(2) { Some(format!("改名{own}")) } else { None };
                json!({ "do": word, "id": pick(&there.extra, a)?.id, "label": label, "kind": kind,
                    "choices": ["甲", format!("书法{a}")], "keep_misfits": true })
            }
            "remove_extra_field" => json!({ "do": word, "id": pick(&there.extra, a)?.id, "with_values": true }),
            "move_extra_field" => {
                let after = if a.is_multiple_of(2) { None } else { pick(&there.extra, b).map(|field| field.id) };
                json!({ "do": word, "id": there.extra.last()?.id, "after_id": after })
            }
            "record_talk" => {
                let mut talk = self.talk(a, b, there)?;
                talk["do"] = json!(word);
                talk
            }
            "record_talks" => {
                json!({ "do": word, "talks": [self.talk(a, b, there)?, self.talk(a + 1, b + 2, there)?] })
            }
            "edit_talk" => {
                let set = [
                    json!({ "content": format!("改{own}"), "topic": null, "time": "14:30" }),
                    json!({ "held_on": on, "partner_ids": [person?], "partners": [format!("群众{own}")] }),
                    json!({ "type": "T12", "content": null, "follow_ups": [] }),
                ];
                json!({ "do": word, "id": pick(&there.talks, a)?, "set": set[b % 3] })
            }
            "remove_talk" => json!({ "do": word, "id": pick(&there.talks, a)? }),
            "close_follow_up" => {
                let done = if a.is_multiple_of(3) { None } else { Some("2026-11-20") };
                json!({ "do": word, "id": pick(&there.follow_ups, a)?, "done_on": done, "closing_note": format!("办{own}") })
            }
            "plan_talks" => {
                let talk = json!({ "talker_id": person?, "partner_id": pick(&there.people, a + b + 1), "rule": "C2",
                    "due": "2026-12-18", "numbered": b.is_multiple_of(2) });
                json!({ "do": word, "organisation_id": organisation?, "talks": [talk], "replace": a.is_multiple_of(3) })
            }
            "plan_talks_together" => {
                let talk = json!({ "talker_id": person?, "partner_id": pick(&there.people, a + b + 1), "rule": "C1" });
                let other = pick(&there.organisations, a + 1)?;
                let plans = [
                    json!({ "organisation_id": organisation?, "talks": [talk], "replace": true }),
                    json!({ "organisation_id": other, "talks": [], "replace": b.is_multiple_of(2) }),
                ];
                json!({ "do": word, "plans": plans })
            }
            "edit_planned_talk" => {
                let set = [
                    json!({ "due": format!("2026-12-{:02}", 1 + own % 30), "note": format!("改期{own}") }),
                    json!({ "talker_id": person?, "partner_id": null, "rule": null }),
                ];
                json!({ "do": word, "id": pick(&there.planned, a)?, "set": set[b % 2] })
            }
            "remove_planned_talks" => json!({ "do": word, "ids": [pick(&there.planned, a)?] }),
            "set_talk_type" => {
                let code = [None, Some("T01"), Some("T19"), Some("U01")][a % 4];
                json!({ "do": word, "code": code, "label": format!("类型{own}"), "outline": format!("提纲{b}") })
            }
            "snooze_work" => {
                let until = if a.is_multiple_of(3) { None } else { Some("2027-01-04") };
                json!({ "do": word, "work": format!("term:{}", b % 3), "until": until, "reason": format!("等批复{own}") })
            }
            "set_settings" => json!({ "do": word, "set": { "prepared_by": format!("制表人{own}") } }),
            word if ARCHIVE_ACTS.contains(&word) => {
                let (whose, who) = (organisation.map(|id| json!(id)), person.map(|id| json!(id)));
                there.archives.command(word, (a, b, own), whose, who)?
            }
            other => panic!("nobody does {other}"),
        })
    }

    /// A talk of two people, every second one with something to be done.
    fn talk(&self, a: usize, b: usize, there: &There) -> Option<Json> {
        let follow_up = json!({ "measure": format!("措施{}", self.done), "owner_id": pick(&there.people, b)? });
        let kind = ["T01", "T02", "T17", "T20"][a % 4];
        Some(json!({
            "organisation_id": pick(&there.organisations, b)?, "held_on": format!("2026-{:02}-{:02}", 1 + a % 10, 1 + b % 28),
            "type": kind, "talker_ids": [pick(&there.people, a)?], "partner_ids": [pick(&there.people, a + b + 1)?],
            "topic": format!("主题{}", self.done), "content": "近期思想和工作",
            "follow_ups": if b.is_multiple_of(2) { json!([follow_up]) } else { json!([]) },
        }))
    }

    /// A roster with one who may be there, one who is new, and a column of its own.
    fn import(&mut self, a: usize, b: usize, there: &There) -> bool {
        let desk = self.office.desk();
        let known = pick(&there.people, a).and_then(|id| desk.directory().get(id).map(|card| card.name.to_string()));
        let branch = pick(&there.organisations, b).and_then(|id| desk.tree().get(id).map(|node| node.name.clone()));
        let (known, branch) = (known.unwrap_or_else(|| "新人".into()), branch.unwrap_or_else(|| "机关党支部".into()));
        let text = format!(
            "姓名,性别,出生日期,入党时间,所在党支部,党内职务,特长\n{known},女,19{}-05,,{branch},委员,书法{a}\n来人{},男,1985-09,2010-07-01,第{}党支部,,\n",
            60 + a % 38,
            self.done,
            b % 5,
        );
        let path = self.office.path().with_file_name(format!("名册{}.csv", self.done));
        std::fs::write(&path, format!("\u{feff}{text}")).expect("written");
        let (today, progress) = (day("2026-11-24"), Progress::default());
        let options = PlanOptions { day: (a.is_multiple_of(2)).then(|| day("2025-06-30")), ..PlanOptions::default() };
        let reading = read_roster(&path, today, &progress).expect("a roster");
        let plan = plan(self.office.ledger().reader(), vec![reading], &options, today, &progress).expect("a plan");
        let stamp = self.office.stamp.clone();
        let receipt = self.office.ledger().run(Command::ImportRoster(ImportRoster { plan }), &stamp);
        receipt.is_ok_and(|receipt| receipt.entry.is_some())
    }
}

pub(super) fn pick<T: Clone>(from: &[T], nth: usize) -> Option<T> {
    from.get(nth % from.len().max(1)).cloned()
}

/// What is done first where there is nothing to do it to: what is to be brought back must have gone.
fn needed_first(word: &str, a: usize, b: usize, there: &There) -> Option<(&'static str, usize, usize)> {
    Some(match word {
        "reopen_organisation" if there.closed.is_empty() => ("close_organisation", 1, b),
        "restore_members" if there.voided.is_empty() => ("void_members", a, b),
        "edit_extra_field" | "remove_extra_field" if there.extra.is_empty() => ("add_extra_field", a, b),
        "move_extra_field" if there.extra.len() < 2 => ("add_extra_field", a, b),
        "edit_talk" | "remove_talk" if there.talks.is_empty() => ("record_talk", a, b),
        "close_follow_up" if there.follow_ups.is_empty() => ("record_talk", a, 2 * b),
        "edit_planned_talk" | "remove_planned_talks" if there.planned.is_empty() => ("plan_talks", a, b),
        "remove_template" | "update_checklists" if there.archives.changed.is_empty() => ("set_template", 3 * a + 1, b),
        "edit_evidence" | "remove_evidence" | "move_evidence" if there.archives.evidence.is_empty() => {
            ("add_evidence", a, b)
        }
        word if is_of_a_checklist(word) && there.archives.lists.is_empty() => ("make_checklists", a, b),
        _ => return None,
    })
}

/// Whether a checklist must be there for it.
fn is_of_a_checklist(word: &str) -> bool {
    ARCHIVE_ACTS.contains(&word)
        && !["make_checklists", "set_template", "remove_template", "set_archive_numbers"].contains(&word)
}
