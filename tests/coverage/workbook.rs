//! A workbook made of a case by commands, and what the program answers about it.

use std::collections::BTreeMap;

use branchdesk::command::ledger::Run;
use branchdesk::command::{Command, Made};
use branchdesk::domain::fields::FactKind;
use branchdesk::domain::ids::PersonId;
use branchdesk::store::members::facts_of;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::case::{Answer, Ask, RULES, Tally};
use super::world::{Event, Kind, Person, Row, Talk, When, Who, World};
use crate::support::office::Office;
use crate::support::program::Program;

/// A workbook that tells what a case tells.
pub struct Filled {
    office: Office,
    /// The ids of organisations and of people, by their keys.
    ids: BTreeMap<String, String>,
}

impl Filled {
    /// Writes everything in one transaction. Fails with the sentence of the first command that is refused.
    pub fn with(world: &World) -> Result<Self, String> {
        let mut office = Office::new();
        let stamp = office.stamp.clone();
        let ids = office.ledger().run_with(&stamp, |run| {
            let mut writer = Writer { run, world, ids: BTreeMap::new() };
            writer.write_all()?;
            Ok(writer.ids)
        });
        match ids {
            Ok(ids) => Ok(Self { office, ids }),
            Err(problem) => Err(format!("{}（{}）", problem.happened, problem.title)),
        }
    }

    /// What `coverage` answers, for the organisation and all below it, by their keys.
    pub fn asked(&self, ask: &Ask, world: &World) -> Result<BTreeMap<String, Answer>, String> {
        let path = self.office.path();
        let program = Program::in_folder(path.parent().expect("a folder"));
        let organisation = self.ids[&ask.organisation].as_str();
        let mut words = vec!["coverage", "--workbook", "支部.bdk", "--org", organisation, "--json"];
        match ask.year() {
            Some(year) => words.extend(["--year", year]),
            None => words.extend(["--from", &ask.from, "--to", &ask.to]),
        }
        if let Some(day) = &ask.as_of {
            words.extend(["--as-of", day]);
        }
        let said = program.call(&words);
        if (said.code, said.err.as_str()) != (0, "") {
            return Err(format!("coverage ends with {}: {}", said.code, said.err));
        }
        let told: Told = serde_json::from_str(&said.out).map_err(|error| format!("{error}\n{}", said.out))?;
        let keys = self.ids.iter().map(|(key, id)| (id.as_str(), key.as_str())).collect();
        let mut answers = BTreeMap::new();
        Reading { keys, ask, world, answers: &mut answers }.read(&told)?;
        Ok(answers)
    }
}

/// Writes a case, one entry of the journal for each sort of thing.
struct Writer<'w, 'r, 't> {
    run: &'w mut Run<'r, 't>,
    world: &'w World,
    ids: BTreeMap<String, String>,
}

type Done = branchdesk::problem::Result<()>;

impl Writer<'_, '_, '_> {
    fn write_all(&mut self) -> Done {
        self.write_rules()?;
        // Those above first, by name.
        for one in &self.world.organisations {
            let above = one.above.as_ref().map(|key| self.ids[key].clone());
            let command = json!({ "do": "add_organisation", "parent_id": above, "set": { "name": one.name } });
            let made = self.write(vec![command])?;
            self.ids.insert(one.key.clone(), made[0].clone());
        }
        self.write_people()?;
        let events = in_order(self.world).into_iter().map(|event| self.event(event)).collect();
        self.write(events)?;
        let is_later = |row: &&Row| !matches!(row.kind, Kind::Membership | Kind::Inflow);
        let rows = self.world.rows.iter().filter(is_later).map(|row| self.row(row, None)).collect();
        self.write(rows)?;
        let talks = self.write(self.world.talks.iter().map(|talk| self.talk(talk)).collect())?;
        let removed = self.world.talks.iter().zip(&talks).filter(|(talk, _)| talk.removed);
        self.write(removed.map(|(_, id)| json!({ "do": "remove_talk", "id": id })).collect())?;
        let merged =
            self.world.merged.iter().map(
                |(one, other)| json!({ "do": "merge_members", "keep_id": self.ids[other], "drop_id": self.ids[one] }),
            );
        self.write(merged.collect())?;
        let voided = self.world.voided.iter();
        let voided = voided.map(|key| json!({ "do": "void_members", "ids": [self.ids[key]], "reason": "重复录入" }));
        self.write(voided.collect())?;
        Ok(())
    }

    /// Runs commands as one entry; the ids of what they made, nothing where they made nothing.
    fn write(&mut self, commands: Vec<Json>) -> branchdesk::problem::Result<Vec<String>> {
        let (mut commands, mut ids) = (commands.into_iter(), Vec::new());
        if commands.len() == 0 {
            return Ok(ids);
        }
        let shown = |made: Made| made.0.map_or_else(String::new, |id| id.to_string());
        self.run.as_one("登记", |made| {
            ids.extend(made.map(shown));
            let next = commands.next().map(|json| {
                serde_json::from_value::<Command>(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"))
            });
            Ok(next)
        })?;
        Ok(ids)
    }

    fn write_rules(&mut self) -> Done {
        let rules = self.world.rules.iter().map(|rule| {
            let numbers: BTreeMap<&str, i64> = rule.numbers.iter().map(|(name, n)| (name.as_str(), *n)).collect();
            json!({ "do": "set_rule", "rule": rule.id, "numbers": numbers, "enabled": !rule.off })
        });
        // A type of the workbook's own has no code to tell: it gets U01, U02 and so on.
        let types = self.world.types.iter().map(|kind| {
            let is_new = kind.code.starts_with('U');
            let (code, label) = ((!is_new).then_some(&kind.code), is_new.then_some(&kind.label));
            json!({ "do": "set_talk_type", "code": code, "label": label, "counts": kind.counts })
        });
        self.write(rules.chain(types).collect())?;
        Ok(())
    }

    /// Everybody, each in the branch of the first membership; then the memberships as they are told.
    fn write_people(&mut self) -> Done {
        let people = &self.world.people;
        let ids = self.write(people.iter().map(|person| self.person(person)).collect())?;
        self.ids.extend(people.iter().map(|person| person.key.clone()).zip(ids));
        let mut rows = Vec::new();
        for person in people {
            let id = PersonId(self.ids[&person.key].parse().expect("a number"));
            let facts = facts_of(self.run.reader(), id)?;
            let mut first = facts.iter().find(|fact| fact.kind == FactKind::Membership).map(|fact| fact.id.to_string());
            for row in memberships(self.world, &person.key) {
                rows.push(self.row(&row, first.take()));
            }
        }
        self.write(rows)?;
        Ok(())
    }

    /// The person. A date that an event of the case sets is left to that event.
    fn person(&self, person: &Person) -> Json {
        let mut set = Map::new();
        set.insert("name".into(), person.name.clone().into());
        let dates = [
            ("applied", "", &person.applied),
            ("joined", "accepted", &person.joined),
            ("full", "converted", &person.full),
        ];
        for (field, event, date) in dates {
            let is_set = |date: &str| {
                let mut events = self.world.events.iter();
                events.any(|one| one.person == person.key && one.kind == event && one.on.text == date)
            };
            if let Some(date) = date.as_ref().filter(|date| !is_set(&date.text)) {
                set.insert(field.into(), date.text.clone().into());
            }
        }
        let mut rows = self.world.rows.iter().filter(|row| row.person == person.key);
        let row = rows.find(|row| matches!(row.kind, Kind::Membership | Kind::Inflow)).expect("everybody is somewhere");
        let branch = &self.ids[row.organisation.as_ref().expect("an organisation")];
        match row.kind {
            Kind::Inflow => {
                let on = &row.from.as_ref().expect("since when").text;
                json!({ "do": "add_floating_member", "branch_id": branch, "set": set, "on": on })
            }
            _ => json!({ "do": "add_member", "branch_id": branch, "set": set }),
        }
    }

    /// A row of the history; with the id of a row that is there already, that one is rewritten.
    fn row(&self, row: &Row, id: Option<String>) -> Json {
        let kind = match row.kind {
            Kind::Membership => "membership",
            Kind::Post => "post",
            Kind::Status => "status",
            Kind::Lost => "lost",
            Kind::Floating | Kind::Inflow => "floating",
            Kind::Unable => "unable",
        };
        let date = |when: &Option<When>| when.as_ref().map(|when| when.text.clone());
        json!({
            "do": "set_fact", "id": id, "person_id": self.ids[&row.person], "kind": kind, "value": row.value,
            "organisation_id": row.organisation.as_ref().map(|key| &self.ids[key]),
            "from": date(&row.from), "to": date(&row.to),
        })
    }

    fn event(&self, event: &Event) -> Json {
        let needs_branch = event.kind.starts_with("transfer_");
        let begins = |row: &&Row| {
            row.person == event.person && row.kind == Kind::Membership && row.from.as_ref() == Some(&event.on)
        };
        let branch = self.world.rows.iter().find(begins).and_then(|row| row.organisation.as_ref());
        let branch = branch.filter(|_| needs_branch).map(|key| &self.ids[key]);
        assert!(branch.is_some() || !needs_branch, "{} comes nowhere on {}", event.person, event.on.text);
        let value = match event.kind.as_str() {
            "honour" => Some("优秀共产党员"),
            "discipline" => Some("警告"),
            "misfortune" => Some("家庭发生重大变故"),
            _ => None,
        };
        json!({
            "do": "record_event", "ids": [self.ids[&event.person]], "kind": event.kind, "on": event.on.text,
            "branch_id": branch, "value": value, "until": event.until,
        })
    }

    fn talk(&self, talk: &Talk) -> Json {
        let ids = |side: &[Who]| -> Vec<String> {
            let known = side.iter().filter_map(|who| if let Who::Person(key) = who { Some(key) } else { None });
            known.map(|key| self.ids[key].clone()).collect()
        };
        let names = |side: &[Who]| -> Vec<String> {
            let free = side.iter().filter_map(|who| if let Who::Name(name) = who { Some(name) } else { None });
            free.cloned().collect()
        };
        let mode = match (talk.by_phone, talk.partners.len()) {
            (true, _) => "电话、视频",
            (false, 1) => "一对一",
            (false, _) => "一对多",
        };
        json!({
            "do": "record_talk", "organisation_id": self.ids[&talk.organisation], "held_on": talk.on.text,
            "type": talk.kind, "mode": mode, "place": "党员活动室",
            "talker_ids": ids(&talk.talkers), "partner_ids": ids(&talk.partners),
            "talkers": names(&talk.talkers), "partners": names(&talk.partners),
        })
    }
}

/// The memberships to write: what a recorded transfer parts in two is one row before it.
fn memberships(world: &World, person: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for row in world.rows.iter().filter(|row| row.person == person && row.kind == Kind::Membership) {
        let is_transfer = |event: &&Event| {
            event.person == person && event.kind == "transfer_within" && row.from.as_ref() == Some(&event.on)
        };
        match (world.events.iter().find(is_transfer), rows.last_mut()) {
            (Some(_), Some(before)) => before.to.clone_from(&row.to),
            _ => rows.push(row.clone()),
        }
    }
    rows
}

/// The events by their days; of one day the transfers first, so that what else happens does so in the new branch.
fn in_order(world: &World) -> Vec<&Event> {
    let mut events: Vec<&Event> = world.events.iter().collect();
    events.sort_by_key(|event| (event.on.day, !event.kind.starts_with("transfer_")));
    events
}

/// The JSON of `coverage`.
#[derive(Debug, Deserialize)]
struct Told {
    organisation: String,
    from: String,
    to: String,
    as_of: String,
    rules: Vec<ToldRule>,
    left_out: Vec<ToldLeftOut>,
    branches: Vec<Told>,
}

#[derive(Debug, Deserialize)]
struct ToldRule {
    id: String,
    title: String,
    article: String,
    required: usize,
    done: usize,
    missing: Vec<Vec<String>>,
    open: Option<Vec<Vec<String>>>,
}

#[derive(Debug, Deserialize)]
struct ToldLeftOut {
    person: String,
    why: String,
}

/// Turns ids into keys, and is strict about the form.
struct Reading<'a> {
    keys: BTreeMap<&'a str, &'a str>,
    ask: &'a Ask,
    world: &'a World,
    answers: &'a mut BTreeMap<String, Answer>,
}

impl Reading<'_> {
    fn read(&mut self, told: &Told) -> Result<(), String> {
        let key = self.key(&told.organisation)?;
        let as_of = self.ask.as_of.as_ref().unwrap_or(&self.ask.to);
        if (&told.from, &told.to, &told.as_of) != (&self.ask.from, &self.ask.to, as_of) {
            return Err(format!("{key}: from {} to {} as of {}", told.from, told.to, told.as_of));
        }
        let mut answer = Answer::default();
        for rule in &told.rules {
            if rule.title.is_empty() || rule.article.is_empty() || !RULES.contains(&rule.id.as_str()) {
                return Err(format!("{key}: {rule:?}"));
            }
            let tally = self.tally(rule)?;
            if answer.rules.insert(rule.id.clone(), tally).is_some() {
                return Err(format!("{key}: {} twice", rule.id));
            }
        }
        for one in &told.left_out {
            answer.left_out.push((self.key(&one.person)?, vec![one.why.clone()]));
        }
        answer.left_out.sort();
        if self.answers.insert(key.clone(), answer).is_some() {
            return Err(format!("{key} twice"));
        }
        for branch in &told.branches {
            let below = self.key(&branch.organisation)?;
            let node = self.world.organisations.iter().find(|one| one.key == below);
            if node.and_then(|node| node.above.as_ref()) != Some(&key) {
                return Err(format!("{below} is not below {key}"));
            }
            self.read(branch)?;
        }
        Ok(())
    }

    fn tally(&self, rule: &ToldRule) -> Result<Tally, String> {
        let open = match (&rule.open, rule.id.as_str()) {
            (Some(open), "C4") => open.as_slice(),
            (None, "C1" | "C2" | "C3") => &[],
            _ => return Err(format!("open, of {}: {:?}", rule.id, rule.open)),
        };
        let named = |list: &[Vec<String>]| -> Result<Vec<String>, String> {
            list.iter().map(|one| self.named(&rule.id, one)).collect()
        };
        let tally =
            Tally { required: rule.required, done: rule.done, missing: named(&rule.missing)?, open: named(open)? };
        Ok(tally.sorted())
    }

    fn named(&self, rule: &str, one: &[String]) -> Result<String, String> {
        match (rule, one) {
            ("C1", [one, other]) => Ok(format!("{}+{}", self.key(one)?, self.key(other)?)),
            ("C2" | "C3", [one]) => self.key(one),
            // A month stands for its first day, however it is written.
            ("C4", [one, day]) => Ok(format!("{}@{}", self.key(one)?, When::of(day).day)),
            _ => Err(format!("{rule} is missing {one:?}")),
        }
    }

    fn key(&self, id: &str) -> Result<String, String> {
        self.keys.get(id).map(|key| (*key).to_owned()).ok_or_else(|| format!("whose id is {id}?"))
    }
}
