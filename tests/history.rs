//! Twenty years of an office, drawn by lot: what the program tells of any day is what a slow replay of the events
//! gives. The replay keeps its own log and never reads the workbook.

use std::collections::{BTreeMap, VecDeque};

use branchdesk::clock::Day;
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::view::desk::Desk;
use branchdesk::view::members::{ListAsk, list};
use jiff::ToSpan as _;
use proptest::prelude::RngExt as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Value as Json, json};

use crate::support::office::{Office, day};

const PEOPLE: usize = 50;
const BRANCHES: usize = 5;

/// What the replay knows of a person: who was where since when, in the order in which it happened.
#[derive(Clone, Default)]
struct Story {
    /// The branch from a day on; none after leaving.
    places: Vec<(Day, Option<usize>)>,
    /// Nobody knows since when the person has been in the first of the places.
    came_unknown: bool,
    born: Option<Day>,
    applied: Option<Day>,
    /// 停止党籍 from a day on, or again not.
    stopped: Vec<(Day, bool)>,
    joined: Option<Day>,
    full: Option<Day>,
    /// By what event somebody left from a day on; nothing after coming back.
    gone: Vec<(Day, &'static str)>,
    /// What the way into the party that was left had led to, and since when.
    former: Option<(Day, &'static str)>,
}

fn on<T: Copy>(log: &[(Day, T)], day: Day) -> Option<T> {
    log.iter().rev().find(|(since, _)| *since <= day).map(|(_, what)| *what)
}

impl Story {
    /// Branch and category on a day; none off the roll.
    fn standing(&self, day: Day) -> Option<(usize, &'static str)> {
        if on(&self.stopped, day) == Some(true) {
            return None;
        }
        let place = on(&self.places, day).flatten()?;
        // Nobody who came on an unknown day was there before the first step that is known, or before being born.
        let former = self.former.map(|(since, _)| since);
        let first = [self.applied, self.joined, self.full, former].into_iter().flatten().min().or(self.born);
        let is_first = self.came_unknown && self.places.iter().take_while(|(since, _)| *since <= day).count() == 1;
        if is_first && first.is_some_and(|first| day < first) {
            return None;
        }
        let reached = |date: Option<Day>| date.is_some_and(|date| date <= day);
        let category = match (reached(self.full), reached(self.joined), reached(self.applied)) {
            (true, ..) => "正式党员",
            (false, true, _) => "预备党员",
            (false, false, has_applied) => {
                let former = self.former.filter(|(since, _)| *since <= day).map(|(_, category)| category);
                former.unwrap_or(if has_applied { "入党申请人" } else { "" })
            }
        };
        Some((place, category))
    }

    /// 接收为预备党员; who left the party begins anew in this branch.
    fn accept(&mut self, today: Day, branch: usize) {
        if on(&self.gone, today) == Some("left_party") {
            let led_to = |date: Option<Day>, category| date.map(|date| (date, category));
            self.former = led_to(self.full, "正式党员").or(led_to(self.joined, "预备党员"));
            self.full = None;
            self.places.push((today, Some(branch)));
            self.stopped.push((today, false));
            self.gone.push((today, ""));
        }
        self.joined = Some(today);
    }
}

/// What the replay knows of everybody, and of the branches when they were merged.
#[derive(Clone)]
struct Replay {
    branches: Vec<(OrganisationId, Option<Day>)>,
    people: Vec<(PersonId, Story)>,
}

/// The office and the replay side by side.
struct Twice {
    office: Office,
    replay: Replay,
    /// The replay before each of the last commands that were done, the oldest first.
    earlier: VecDeque<Replay>,
    lot: TestRng,
    today: Day,
}

const UNDONE: usize = 50;

impl Twice {
    fn new(seed: u8) -> Self {
        let mut office = Office::new();
        let names = (0..BRANCHES).map(|nth| format!("第{nth}党支部"));
        let branches = names.map(|name| (office.organisation(None, &name), None)).collect();
        let lot = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
        let replay = Replay { branches, people: Vec::new() };
        Self { office, replay, earlier: VecDeque::new(), lot, today: day("2006-01-01") }
    }

    fn draw(&mut self, below: usize) -> usize {
        self.lot.random_range(0..below)
    }

    /// A branch that stands.
    fn branch(&mut self) -> usize {
        loop {
            let nth = self.draw(self.replay.branches.len());
            if self.replay.branches[nth].1.is_none() {
                return nth;
            }
        }
    }

    /// Runs a command that the replay says can, or cannot, be done.
    fn run(&mut self, command: Json, can: bool) {
        let done = self.office.run(command.clone());
        assert_eq!(done.is_ok(), can, "{command} on {}: {done:?}", self.today);
        if can {
            self.remember();
        }
    }

    /// Keeps the replay as it was before the command that was just done.
    fn remember(&mut self) {
        self.earlier.push_back(self.replay.clone());
        if self.earlier.len() > UNDONE {
            self.earlier.pop_front();
        }
    }

    fn add(&mut self) {
        let (branch, nth) = (self.branch(), self.replay.people.len());
        let years = self.draw(30);
        let joined = (years > 3).then(|| self.today - i64::try_from(years).expect("years").years());
        let full = joined.map(|joined| joined + 1.years());
        let came_unknown = self.draw(3) == 0;
        let applies = joined.is_none() || self.draw(2) == 0;
        let applied = applies.then(|| joined.unwrap_or(self.today) - 2.years());
        let born = (self.draw(4) > 0).then(|| applied.or(joined).unwrap_or(self.today) - 20.years());
        let written = |date: Option<Day>| date.map(|date| date.to_string());
        let came = written((!came_unknown).then_some(self.today));
        let set = json!({
            "name": format!("人{nth}"), "transfer_in": came, "birth": written(born), "applied": written(applied),
            "joined": written(joined), "full": written(full),
        });
        let command = json!({ "do": "add_member", "branch_id": self.replay.branches[branch].0, "set": set });
        let made = self.office.run(command).expect("added").made.expect("an id");
        self.remember();
        let since = if came_unknown { Day::MIN } else { self.today };
        let places = vec![(since, Some(branch))];
        let story = Story { places, came_unknown, born, applied, joined, full, ..Story::default() };
        self.replay.people.push((PersonId(made), story));
    }

    /// Something happens to somebody today.
    fn happen(&mut self) {
        let days = 1 + self.draw(24);
        self.today += i64::try_from(days).expect("days").days();
        if self.replay.people.len() < PEOPLE && self.draw(3) == 0 {
            return self.add();
        }
        if self.draw(150) == 0 && self.replay.branches.iter().filter(|branch| branch.1.is_none()).count() > 2 {
            return self.merge();
        }
        let who = self.draw(self.replay.people.len());
        let (today, place) = (self.today, self.replay.people[who].1.standing(self.today));
        let stopped = on(&self.replay.people[who].1.stopped, today) == Some(true);
        // Whose 党籍 is stopped still belongs to the branch, and can leave it.
        let belongs = on(&self.replay.people[who].1.places, today).flatten().is_some();
        let gone = on(&self.replay.people[who].1.gone, today).unwrap_or_default();
        let branch = self.branch();
        let id = self.replay.people[who].0;
        let event = |kind: &str, more: Json| {
            let mut command = json!({
                "do": "record_event", "ids": [id], "kind": kind, "on": today.to_string(),
            });
            command.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
            command
        };
        let to = json!({ "branch_id": self.replay.branches[branch].0, "document": "介1号" });
        match self.lot.random_range(0..9) {
            0 | 1 => {
                let can = place.is_some_and(|(place, _)| place != branch);
                self.run(event("transfer_within", to), can);
                if can {
                    self.replay.people[who].1.places.push((today, Some(branch)));
                }
            }
            2 => {
                let kind = ["transfer_out", "left_party", "died"][self.draw(3)];
                let reason = (kind == "left_party").then_some("退党除名");
                self.run(event(kind, json!({ "place": "外县", "value": reason })), belongs);
                if belongs {
                    let story = &mut self.replay.people[who].1;
                    story.places.push((today, None));
                    story.gone.push((today, kind));
                }
            }
            3 | 4 => {
                // Who is there since an unknown day came on this one, if nothing else is told.
                let story = &self.replay.people[who].1;
                let is_told = !stopped && story.came_unknown && story.places == [(Day::MIN, Some(branch))];
                let can = is_told || (!belongs && gone == "transfer_out");
                self.run(event("transfer_in", to), can);
                let story = &mut self.replay.people[who].1;
                if can && is_told {
                    (story.came_unknown, story.places[0].0) = (false, today);
                } else if can {
                    story.places.push((today, Some(branch)));
                    story.gone.push((today, ""));
                }
            }
            5 => {
                let can = place.is_some();
                self.run(event("stopped", json!({})), can);
                if can {
                    self.replay.people[who].1.stopped.push((today, true));
                }
            }
            6 => {
                self.run(event("restored", json!({})), stopped && belongs);
                if stopped && belongs {
                    self.replay.people[who].1.stopped.push((today, false));
                }
            }
            7 => {
                let is_first = self.replay.people[who].1.joined.is_none_or(|joined| joined == today);
                let can = (is_first || gone == "left_party") && gone != "died";
                self.run(event("accepted", to), can);
                if can {
                    self.replay.people[who].1.accept(today, branch);
                }
            }
            _ => {
                let story = &self.replay.people[who].1;
                let is_probationary = story.joined.is_some_and(|joined| joined <= today) && story.full.is_none();
                self.run(event("converted", json!({})), is_probationary);
                if is_probationary {
                    self.replay.people[who].1.full = Some(today);
                }
            }
        }
    }

    /// Two branches become one: whoever is in the first is in the second from today on, stopped or not.
    fn merge(&mut self) {
        let (from, into) = (self.branch(), self.branch());
        let today = self.today;
        let is_here = |story: &Story| on(&story.places, today) == Some(Some(from));
        let can = from != into;
        let ids = json!([self.replay.branches[from].0]);
        let into_id = self.replay.branches[into].0;
        self.run(json!({ "do": "merge_organisations", "ids": ids, "into_id": into_id, "on": today.to_string() }), can);
        if can {
            for (_, story) in self.replay.people.iter_mut().filter(|(_, story)| is_here(story)) {
                story.places.push((today, Some(into)));
            }
            self.replay.branches[from].1 = Some(today);
        }
    }
}

impl Replay {
    /// What the program and the replay tell of a day, of everybody and of each branch.
    fn compare(&self, desk: &Desk, day: Day) {
        let mut wanted: BTreeMap<Option<usize>, Vec<(PersonId, &str)>> = BTreeMap::new();
        for (id, story) in &self.people {
            if let Some((place, category)) = story.standing(day) {
                wanted.entry(None).or_default().push((*id, category));
                wanted.entry(Some(place)).or_default().push((*id, category));
            }
        }
        for place in std::iter::once(None).chain((0..BRANCHES).map(Some)) {
            let scope = place.map(|nth| self.branches[nth].0);
            let found = list(desk, &ListAsk::roll(day, scope)).expect("a list");
            let category = |id: PersonId| {
                let path = desk.directory().get(id).expect("a card").path;
                path.category_on(day).map_or("", |category| category.label())
            };
            let mut told: Vec<(PersonId, &str)> = found.ids.iter().map(|id| (*id, category(*id))).collect();
            told.sort_unstable();
            assert_eq!(told, wanted.remove(&place).unwrap_or_default(), "{day}, {place:?}");
        }
    }
}

#[test]
fn the_roster_of_any_day_of_twenty_years_is_what_a_replay_of_the_events_gives() {
    for seed in 1..=4 {
        let mut twice = Twice::new(seed);
        twice.add();
        let mut days = Vec::new();
        while twice.today < day("2026-01-01") {
            twice.happen();
            days.extend([twice.today, twice.today - 1.days()]);
        }
        assert!(twice.replay.people.len() > 40, "{} people", twice.replay.people.len());
        assert!(twice.replay.branches.iter().any(|branch| branch.1.is_some()), "no branch was merged");
        let desk = twice.office.desk();
        for _ in 0..100 {
            days.push(day("2006-01-01") + i64::from(twice.lot.random_range(0..7_300_i32)).days());
            // Before the workbook began: only those stand there who came on an unknown day.
            days.push(day("1955-01-01") + i64::from(twice.lot.random_range(0..18_600_i32)).days());
        }
        days.iter().for_each(|day| twice.replay.compare(&desk, *day));
        // Taken back step by step, everything is as the replay had it then.
        for _ in 0..UNDONE {
            twice.office.undo().expect("undone");
        }
        let (desk, before) = (twice.office.desk(), &twice.earlier[0]);
        days.iter().for_each(|day| before.compare(&desk, *day));
    }
}
