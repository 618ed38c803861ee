//! How checklists stand, counted once more: a slow and obvious reference over random templates, records, marks and
//! evidence, with which board, overview and gap list have to agree.

use std::collections::{BTreeMap, BTreeSet};

use branchdesk::domain::checklists::{ItemState, Progress};
use branchdesk::domain::ids::{ChecklistId, OrganisationId, PersonId};
use branchdesk::store::checklists;
use branchdesk::view::checklists::{GapAsk, OverviewAsk, board, gaps, overview};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

const TODAY: &str = "2026-11-24";
const YEARS: [i16; 2] = [2025, 2026];
const KINDS: [&str; 3] = ["T01", "T02", "T10"];
const STATES: [&str; 4] = ["have", "partly", "missing", "not_applicable"];

/// Throws that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    fn once_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// An item, as the test remembers it.
#[derive(Debug, Clone, Default)]
struct Item {
    parent: Option<usize>,
    fill: Option<Json>,
    /// What was set on it, owner and day too.
    state: Option<String>,
    owner: Option<String>,
    due: Option<String>,
    evidence: Vec<String>,
}

/// What happened in an organisation, as the test remembers it.
#[derive(Debug, Default)]
struct Records {
    talks: Vec<(i16, &'static str)>,
    honours: Vec<i16>,
    /// Since which year each sits on the committee.
    committee: Vec<i16>,
    members: usize,
    groups: usize,
}

struct World {
    office: Office,
    dice: Dice,
    /// The general branch, then its branches.
    places: Vec<OrganisationId>,
    records: Vec<Records>,
    /// The items of each checklist by place and year, wholes before their parts.
    lists: BTreeMap<(usize, i16), Vec<Item>>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut office = Office::new();
        let general = office.organisation(None, "青禾县民政局党总支");
        let mut places = vec![general];
        for name in ["机关第一党支部", "机关第二党支部", "殡仪馆党支部"] {
            places.push(office.organisation(Some(general), name));
        }
        let records = places.iter().map(|_| Records::default()).collect();
        let mut world = Self { office, dice: Dice(seed), places, records, lists: BTreeMap::new() };
        for place in 0..world.places.len() {
            world.record(place);
        }
        world.make();
        world
    }

    /// Members, a committee, groups, talks and honours of a place, or some of them.
    fn record(&mut self, place: usize) {
        let id = self.places[place];
        let mut people: Vec<PersonId> = Vec::new();
        let among = if place == 0 { 0 } else { 2 + self.dice.below(3) };
        for nth in 0..among {
            let name = format!("党员{place}{nth}");
            people.push(self.office.member(id, json!({ "name": name, "joined": "2001-07-01" })));
        }
        self.records[place].members = people.len();
        for person in &people {
            if self.dice.once_in(3) {
                let year = *self.dice.pick(&[2020, 2026]);
                self.done(json!({ "do": "appoint", "person_id": person, "organisation_id": id, "post": "委员",
                    "from": format!("{year}-03-01") }));
                self.records[place].committee.push(year);
            }
            if self.dice.once_in(3) {
                let year = *self.dice.pick(&[2024, 2025, 2026]);
                self.done(json!({ "do": "record_event", "ids": [person], "kind": "honour", "value": "优秀共产党员",
                    "on": format!("{year}-07-01") }));
                self.records[place].honours.push(year);
            }
        }
        let groups = if place == 0 { 0 } else { self.dice.below(3) };
        for nth in 0..groups {
            self.office.organisation(Some(id), &format!("{place}支第{}党小组", nth + 1));
        }
        self.records[place].groups = groups;
        let talks = if people.is_empty() { 0 } else { self.dice.below(5) };
        for _ in 0..talks {
            let (year, kind) = (*self.dice.pick(&[2024, 2025, 2026]), *self.dice.pick(&KINDS));
            self.done(json!({ "do": "record_talk", "organisation_id": id, "held_on": format!("{year}-05-10"),
                "type": kind, "talker_ids": [people[0]], "partner_ids": [people[1]], "content": "谈了" }));
            self.records[place].talks.push((year, kind));
        }
    }

    /// A template of its own, and checklists made from it; not everybody gets one.
    fn make(&mut self) {
        let mut items = Vec::new();
        let tops = 2 + self.dice.below(4);
        let told = self.invent(&mut items, None, tops, 1);
        self.done(json!({ "do": "set_template", "title": "自查", "items": told }));
        for year in YEARS {
            for place in 0..self.places.len() {
                if !self.dice.once_in(5) {
                    self.done(json!({ "do": "make_checklists", "template": "自查", "year": year,
                        "organisation_ids": [self.places[place]] }));
                    self.lists.insert((place, year), items.clone());
                }
            }
        }
    }

    fn invent(&mut self, items: &mut Vec<Item>, parent: Option<usize>, count: usize, depth: usize) -> Vec<Json> {
        let mut told = Vec::new();
        for _ in 0..count {
            let nth = items.len();
            let fill = if self.dice.once_in(2) { None } else { Some(self.fill()) };
            items.push(Item { parent, fill: fill.clone(), ..Item::default() });
            let below = if depth < 3 && self.dice.once_in(2) { 1 + self.dice.below(3) } else { 0 };
            let parts = self.invent(items, Some(nth), below, depth + 1);
            let mut item = json!({ "code": nth.to_string(), "title": format!("第{nth}项"), "parts": parts });
            if let Some(fill) = fill {
                item["fill"] = fill;
            }
            told.push(item);
        }
        told
    }

    fn fill(&mut self) -> Json {
        match self.dice.below(7) {
            0 => json!({ "measure": "committee" }),
            1 => json!({ "measure": "roster" }),
            2 => json!({ "measure": "groups" }),
            3 => json!({ "measure": "honours" }),
            4 => json!({ "measure": "talks", "at_least": 1 + self.dice.below(3) }),
            5 => json!({ "measure": "optional" }),
            _ => json!({ "measure": "talks", "at_least": 1, "types": [self.dice.pick(&KINDS)] }),
        }
    }

    fn done(&mut self, command: Json) -> Option<i64> {
        let told = command.to_string();
        self.office.run(command).unwrap_or_else(|problem| panic!("{told}: {problem}")).made
    }

    fn id_of(&self, place: usize, year: i16) -> ChecklistId {
        let reader = self.office.read_only();
        let all = checklists::of_organisation(reader.reader(), self.places[place], year).expect("read");
        all.first().expect("there").id
    }

    /// Something that a clerk does to some item of some checklist.
    fn act(&mut self) {
        let keys: Vec<(usize, i16)> = self.lists.keys().copied().collect();
        let Some(key) = keys.get(self.dice.below(keys.len().max(1))).copied() else { return };
        let nth = self.dice.below(self.lists[&key].len());
        let list = self.id_of(key.0, key.1);
        let item = {
            let reader = self.office.read_only();
            let all = checklists::items(reader.reader(), list).expect("read");
            all.into_iter().find(|item| item.title == format!("第{nth}项")).expect("the item").id
        };
        let edit = |set: Json| json!({ "do": "edit_checklist_items", "ids": [item], "set": set });
        match self.dice.below(6) {
            0 | 1 => {
                let state = (*self.dice.pick(&STATES)).to_owned();
                self.done(edit(json!({ "state": state, "reason": "看过" })));
                self.mark(key, nth, Some(&state));
            }
            2 => {
                self.done(edit(json!({ "state": null, "reason": null })));
                self.mark(key, nth, None);
            }
            3 => {
                let owner = *self.dice.pick(&[Some("李敏"), Some("钱书田"), None]);
                let due = *self.dice.pick(&[Some("2026-11-01"), Some("2026-12-31"), None]);
                self.done(edit(json!({ "owner": owner, "due": due })));
                let item = &mut self.lists.get_mut(&key).expect("there")[nth];
                (item.owner, item.due) = (owner.map(str::to_owned), due.map(str::to_owned));
            }
            4 => {
                let paper = json!({ "title": "原件", "cabinet": "1 柜", "pages": 2 });
                let made = self.done(json!({ "do": "add_evidence", "item_id": item, "evidence": [paper] }));
                let id = made.expect("an id").to_string();
                let item = &mut self.lists.get_mut(&key).expect("there")[nth];
                item.evidence.push(id);
                // Whoever said that it is missing is answered.
                item.state = item.state.take().filter(|state| state != "missing");
            }
            _ => {
                if let Some(id) = self.lists.get_mut(&key).expect("there")[nth].evidence.pop() {
                    self.done(json!({ "do": "remove_evidence", "ids": [id] }));
                }
            }
        }
    }

    /// A mark goes to whatever has no parts.
    fn mark(&mut self, key: (usize, i16), nth: usize, state: Option<&str>) {
        let items = self.lists.get_mut(&key).expect("there");
        let parts: Vec<usize> = (0..items.len()).filter(|part| items[*part].parent == Some(nth)).collect();
        if parts.is_empty() {
            items[nth].state = state.map(str::to_owned);
        }
        for part in parts {
            self.mark(key, part, state);
        }
    }

    /// Found and needed, of what fills an item.
    fn found(&self, fill: &Json, place: usize, year: i16) -> (usize, usize) {
        let own = &self.records[place];
        match fill["measure"].as_str().expect("a measure") {
            "committee" => (own.committee.iter().filter(|since| **since <= year).count(), 1),
            "roster" if place == 0 => (self.records.iter().map(|records| records.members).sum(), 1),
            "roster" => (own.members, 1),
            "groups" => (own.groups, own.groups.min(1)),
            "honours" => {
                let count = own.honours.iter().filter(|of| **of == year).count();
                (count, count.min(1))
            }
            "talks" => {
                let asked: Vec<&str> =
                    fill["types"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
                let counts = |(of, kind): &&(i16, &str)| *of == year && (asked.is_empty() || asked.contains(kind));
                let needed = fill["at_least"].as_u64().expect("a number");
                (own.talks.iter().filter(counts).count(), usize::try_from(needed).expect("few"))
            }
            other => panic!("{other}"),
        }
    }

    /// How an item stands; the second where nothing at all says so.
    fn own(&self, item: &Item, place: usize, year: i16) -> (String, bool) {
        if let Some(state) = &item.state {
            return (state.clone(), false);
        }
        let (is_optional, records) = match &item.fill {
            Some(fill) if fill["measure"] == "optional" => (true, None),
            fill => (false, fill.as_ref()),
        };
        if let Some((found, needed)) = records.map(|fill| self.found(fill, place, year))
            && needed > 0
            && (found > 0 || item.evidence.is_empty())
        {
            let state = if found >= needed {
                "have"
            } else if found == 0 {
                "missing"
            } else {
                "partly"
            };
            return (state.into(), false);
        }
        if !item.evidence.is_empty() {
            return ("have".into(), false);
        }
        (if is_optional { "not_applicable" } else { "missing" }.into(), true)
    }

    fn state(&self, items: &[Item], nth: usize, place: usize, year: i16) -> String {
        let parts: Vec<usize> = (0..items.len()).filter(|part| items[*part].parent == Some(nth)).collect();
        let (own, says_nothing) = self.own(&items[nth], place, year);
        if parts.is_empty() {
            return own;
        }
        let mut states: BTreeSet<String> = parts.into_iter().map(|part| self.state(items, part, place, year)).collect();
        if !says_nothing {
            states.insert(own);
        }
        states.remove("not_applicable");
        let states: Vec<String> = states.into_iter().collect();
        match &states[..] {
            [] => "not_applicable".into(),
            [one] => one.clone(),
            _ => "partly".into(),
        }
    }

    /// What an item says of itself, else the nearest one above it.
    fn inherited(items: &[Item], nth: usize, of: impl Fn(&Item) -> Option<String>) -> Option<String> {
        let mut next = Some(nth);
        while let Some(nth) = next {
            if let Some(told) = of(&items[nth]) {
                return Some(told);
            }
            next = items[nth].parent;
        }
        None
    }

    fn progress(&self, place: usize, year: i16) -> Progress {
        let items = &self.lists[&(place, year)];
        let mut counted = Progress::default();
        for nth in (0..items.len()).filter(|nth| items[*nth].parent.is_none()) {
            counted.add(ItemState::from_name(&self.state(items, nth, place, year)).expect("a state"));
        }
        counted
    }

    /// Title, state, owner, day of what is missing, place by place, item by item.
    fn missing(&self, year: i16, only: Option<&str>) -> Vec<(OrganisationId, [Option<String>; 4])> {
        let mut found = Vec::new();
        for (place, id) in self.places.iter().enumerate() {
            for nth in 0..self.lists.get(&(place, year)).map_or(0, Vec::len) {
                let items = &self.lists[&(place, year)];
                let has_parts = items.iter().any(|item| item.parent == Some(nth));
                let state = self.state(items, nth, place, year);
                let owner = Self::inherited(items, nth, |item| item.owner.clone());
                let is_asked = only.is_none() || owner.as_deref() == only;
                if !has_parts && is_asked && ["partly", "missing"].contains(&state.as_str()) {
                    let due = Self::inherited(items, nth, |item| item.due.clone());
                    found.push((*id, [Some(format!("第{nth}项")), Some(state), owner, due]));
                }
            }
        }
        found
    }

    /// Board, overview and gap list say what the reference says.
    fn compare(&self, told: &str) {
        let desk = self.office.desk();
        for ((place, year), items) in &self.lists {
            let board = board(&desk, self.id_of(*place, *year), day(TODAY)).expect("read").expect("there");
            assert_eq!(board.progress, self.progress(*place, *year), "{told}, {place} in {year}");
            let titles: Vec<&str> = board.lines.iter().map(|line| &*line.item.title).collect();
            let wanted: Vec<String> = (0..items.len()).map(|nth| format!("第{nth}项")).collect();
            assert_eq!(titles, wanted, "{told}");
            for (nth, line) in board.lines.iter().enumerate() {
                let state = self.state(items, nth, *place, *year);
                assert_eq!(line.standing.state.name(), state, "{told}, item {nth} of {place} in {year}");
                let due = line.due.map(|due| due.to_string());
                assert_eq!(due, Self::inherited(items, nth, |item| item.due.clone()), "{told}");
            }
        }
        for year in YEARS {
            let ask = OverviewAsk { scope: None, year, template: "U01".into(), today: day(TODAY) };
            let lines = overview(&desk, &ask).expect("read");
            let said: Vec<_> =
                lines.iter().map(|line| (line.organisation, line.checklist.map(|made| made.progress))).collect();
            let wanted: Vec<_> = (0..self.places.len())
                .map(|place| (self.places[place], self.lists.get(&(place, year)).map(|_| self.progress(place, year))))
                .collect();
            assert_eq!(said, wanted, "{told}, {year}");
            for owner in [None, Some("李敏")] {
                let of = owner.map(|name: &str| branchdesk::domain::checklists::Owner::Named(name.to_owned()));
                let ask = GapAsk { scope: None, year, template: None, checklist: None, owner: of, today: day(TODAY) };
                let lists: BTreeMap<ChecklistId, OrganisationId> = (0..self.places.len())
                    .filter(|place| self.lists.contains_key(&(*place, year)))
                    .map(|place| (self.id_of(place, year), self.places[place]))
                    .collect();
                if lists.is_empty() {
                    let refused = gaps(&desk, &ask).expect_err("nothing is asked for");
                    assert!(refused.happened.ends_with(" 年没有档案清单"), "{told}: {}", refused.happened);
                    continue;
                }
                let said: Vec<_> = gaps(&desk, &ask)
                    .expect("read")
                    .into_iter()
                    .map(|gap| {
                        let due = gap.due.map(|due| due.to_string());
                        (lists[&gap.checklist], [Some(gap.title), Some(gap.state.name().to_owned()), gap.owner, due])
                    })
                    .collect();
                assert_eq!(said, self.missing(year, owner), "{told}, {year}, {owner:?}");
            }
        }
    }
}

#[test]
fn board_overview_and_gap_list_say_what_a_count_by_hand_says() {
    let mut missing = 0;
    for seed in 1..=12 {
        let mut world = World::new(seed);
        world.compare(&format!("seed {seed}, new"));
        for step in 1..=40 {
            world.act();
            if step % 10 == 0 {
                world.compare(&format!("seed {seed}, step {step}"));
            }
        }
        missing += world.missing(2026, None).len();
    }
    assert!(missing > 50, "the worlds are not empty: {missing}");
}
