//! Coverage once more: slow, and written as the rule reads, from what a case tells alone.
//!
//! No index, no early end, nothing shared with the program but the calendar. Start at [`coverage`].

use std::collections::BTreeMap;

use branchdesk::clock::Day;
use jiff::ToSpan as _;

use super::case::{Answer, Ask, Tally};
use super::world::{Event, Kind, Organisation, Person, Row, Talk, Who, World};

/// Types of talk that count for C1 to C4.
const COUNTED: [&str; 11] = ["T01", "T02", "T03", "T07", "T08", "T09", "T15", "T16", "T17", "T18", "T20"];
/// 提醒, 诫勉, 处分后, 关怀: they count for C4 alone.
const RESTRICTED: [&str; 4] = ["T11", "T12", "T13", "T14"];
/// What asks for a talk beside an appointment, and the rule by which it does.
const ASKING: [(&str, &str); 8] = [
    ("transfer_in", "talk.c4.transfer"),
    ("transfer_within", "talk.c4.transfer"),
    ("honour", "talk.c4.honour"),
    ("misfortune", "talk.c4.misfortune"),
    ("discipline", "talk.c4.discipline"),
    ("accepted", "talk.c4.admission"),
    ("converted", "talk.c4.admission"),
    ("extended", "talk.c4.admission"),
];
/// A status under which nobody is a member.
const ENDINGS: [&str; 5] = ["停止党籍", "死亡", "出党", "转出", "开除党籍"];

/// The coverage of the organisation that is asked for and of all below it, by their keys.
pub fn coverage(told: &World, ask: &Ask) -> BTreeMap<String, Answer> {
    let world = &as_merged(told);
    let day = |text: &str| text.parse::<Day>().expect("a day");
    let (from, to) = (day(&ask.from), day(&ask.to));
    let as_of = ask.as_of.as_deref().map_or(to, day);
    let is_asked = |one: &&Organisation| !one.is_group() && lies_within(world, &one.key, &ask.organisation);
    let asked = world.organisations.iter().filter(is_asked);
    asked.map(|one| (one.key.clone(), Counting { world, here: &one.key, from, to, as_of }.answer())).collect()
}

/// What was told of one who was merged into another is told of that other.
fn as_merged(told: &World) -> World {
    let mut world = told.clone();
    for (one, other) in &told.merged {
        let renamed = |key: &mut String| {
            if key == one {
                key.clone_from(other);
            }
        };
        world.rows.iter_mut().for_each(|row| renamed(&mut row.person));
        world.events.iter_mut().for_each(|event| renamed(&mut event.person));
        for talk in &mut world.talks {
            for who in talk.talkers.iter_mut().chain(&mut talk.partners) {
                if let Who::Person(key) = who {
                    renamed(key);
                }
            }
        }
        world.people.retain(|person| person.key != *one);
    }
    world
}

fn lies_within(world: &World, key: &str, above: &str) -> bool {
    if key == above {
        return true;
    }
    let found = world.organisations.iter().find(|one| one.key == key);
    found.and_then(|one| one.above.as_deref()).is_some_and(|parent| lies_within(world, parent, above))
}

/// One organisation, one period, one day.
struct Counting<'w> {
    world: &'w World,
    here: &'w str,
    from: Day,
    to: Day,
    as_of: Day,
}

impl Counting<'_> {
    fn answer(&self) -> Answer {
        let mut left_out = Vec::new();
        let (mut committee, mut others) = (Vec::new(), Vec::new());
        for person in &self.world.people {
            let on_committee = self.is_on_committee(person, self.as_of);
            if !on_committee && !self.is_member(person, self.as_of) {
                continue;
            }
            let reasons = self.reasons(person);
            if !reasons.is_empty() {
                left_out.push((person.key.clone(), reasons));
            } else if on_committee {
                committee.push(person);
            } else {
                others.push(person);
            }
        }
        left_out.sort();
        let all = [
            ("C1", "talk.c1", self.between(&committee)),
            ("C2", "talk.c2", self.with_the_committee(&others)),
            ("C3", "talk.c3", self.among_members(&others)),
            ("C4", "talk.c4", self.after_events()),
        ];
        let on = all.into_iter().filter(|(_, rule, _)| self.is_on(rule));
        Answer { rules: on.map(|(id, _, tally)| (id.to_owned(), tally.sorted())).collect(), left_out }
    }

    /// C1: all unordered pairs of the committee; both are on it on the day of the talk.
    fn between(&self, committee: &[&Person]) -> Tally {
        let mut tally = Tally::default();
        for (place, one) in committee.iter().enumerate() {
            for other in &committee[place + 1..] {
                let talks = self.talks_in_period().filter(|talk| {
                    joins(talk, &one.key, &other.key)
                        && self.is_on_committee(one, talk.on.day)
                        && self.is_on_committee(other, talk.on.day)
                });
                self.enter(&mut tally, "talk.c1", talks.count(), format!("{}+{}", one.key, other.key));
            }
        }
        tally
    }

    /// C2: one of the two is on the committee on the day of the talk, the other a member.
    fn with_the_committee(&self, required: &[&Person]) -> Tally {
        let mut tally = Tally::default();
        for one in required {
            let talks = self.talks_in_period().filter(|talk| {
                self.world.people.iter().any(|other| {
                    let day = talk.on.day;
                    joins(talk, &one.key, &other.key)
                        && ((self.is_on_committee(one, day) && self.is_member(other, day))
                            || (self.is_on_committee(other, day) && self.is_member(one, day)))
                })
            });
            self.enter(&mut tally, "talk.c2", talks.count(), one.key.clone());
        }
        tally
    }

    /// C3: both are members on the day of the talk, neither is on the committee.
    fn among_members(&self, required: &[&Person]) -> Tally {
        let mut tally = Tally::default();
        let is_plain = |person: &Person, day: Day| self.is_member(person, day) && !self.is_on_committee(person, day);
        for one in required {
            let talks = self.talks_in_period().filter(|talk| {
                let with = |other: &Person| {
                    joins(talk, &one.key, &other.key) && is_plain(one, talk.on.day) && is_plain(other, talk.on.day)
                };
                self.world.people.iter().any(with)
            });
            self.enter(&mut tally, "talk.c3", talks.count(), one.key.clone());
        }
        tally
    }

    /// C4: every event of the period asks for a talk with that person by the committee within so many days.
    fn after_events(&self) -> Tally {
        let mut tally = Tally::default();
        let days = self.number("talk.c4", "days", 30);
        for (person, on) in self.events_here() {
            if on < self.from || on > self.to || on > self.as_of || self.is_voided(person) {
                continue;
            }
            let last = on.checked_add(days.days()).expect("a day");
            let serves = |talk: &&Talk| {
                talk.on.day >= on
                    && talk.on.day <= last
                    && talk.on.day <= self.as_of
                    && (self.counts(talk) || self.is_restricted(talk))
                    && self.is_allowed(talk)
                    && talk.partners.contains(&Who::Person(person.to_owned()))
                    && talk.talkers.iter().any(|who| self.is_committee_member(who, talk.on.day))
            };
            let needed = self.needed("talk.c4");
            tally.required += 1;
            if self.world.talks.iter().filter(serves).count() >= needed {
                tally.done += 1;
            } else if last < self.as_of {
                tally.missing.push(format!("{person}@{on}"));
            } else {
                tally.open.push(format!("{person}@{on}"));
            }
        }
        tally
    }

    /// What asks for a talk here, in whatever period: the person and the day.
    fn events_here(&self) -> Vec<(&str, Day)> {
        let mut found = Vec::new();
        for event in &self.world.events {
            let asks = ASKING.iter().any(|(kind, rule)| *kind == event.kind && self.is_on(rule));
            if asks && self.place_of(event) == Some(self.here) {
                found.push((event.person.as_str(), event.on.day));
            }
        }
        for row in self.world.rows.iter().filter(|row| row.kind == Kind::Post) {
            let place = row.organisation.as_deref().map(|key| self.branch_of(key));
            let asks = place == Some(self.here) && self.is_on("talk.c4.appointment");
            if let (Some(from), true) = (&row.from, asks) {
                found.push((row.person.as_str(), from.day));
            }
        }
        found
    }

    /// Where an event belongs: where the person belongs on its day, which for a transfer is where it led.
    fn place_of(&self, event: &Event) -> Option<&str> {
        let person = self.world.people.iter().find(|person| person.key == event.person)?;
        self.membership(person, event.on.day)
    }

    /// A post of a group is one of its branch.
    fn branch_of<'k>(&'k self, key: &'k str) -> &'k str {
        let found = self.world.organisations.iter().find(|one| one.key == key).filter(|one| one.is_group());
        found.and_then(|group| group.above.as_deref()).unwrap_or(key)
    }

    fn enter(&self, tally: &mut Tally, rule: &str, talks: usize, who: String) {
        let needed = self.needed(rule);
        tally.required += 1;
        if talks >= needed {
            tally.done += 1;
        } else {
            tally.missing.push(who);
        }
    }

    fn needed(&self, rule: &str) -> usize {
        usize::try_from(self.number(rule, "needed", 1)).expect("a number")
    }

    /// The talks that count for C1 to C3: in the period, not after the day, of a type that counts.
    fn talks_in_period(&self) -> impl Iterator<Item = &Talk> {
        self.world.talks.iter().filter(|talk| {
            talk.on.day >= self.from
                && talk.on.day <= self.to
                && talk.on.day <= self.as_of
                && self.counts(talk)
                && self.is_allowed(talk)
        })
    }

    fn counts(&self, talk: &Talk) -> bool {
        match self.world.types.iter().find(|kind| kind.code == talk.kind) {
            Some(own) => own.counts == "yes",
            None => COUNTED.contains(&talk.kind.as_str()),
        }
    }

    fn is_restricted(&self, talk: &Talk) -> bool {
        match self.world.types.iter().find(|kind| kind.code == talk.kind) {
            Some(own) => own.counts == "restricted",
            None => RESTRICTED.contains(&talk.kind.as_str()),
        }
    }

    /// Whether the talk is there and is of a mode that counts.
    fn is_allowed(&self, talk: &Talk) -> bool {
        let is_phone_refused = talk.by_phone && !self.is_on("talk.phone");
        let is_group_refused = talk.partners.len() > 1 && !self.is_on("talk.one_to_many");
        !talk.removed && !is_phone_refused && !is_group_refused
    }

    /// Why somebody is left out of C1 to C3.
    fn reasons(&self, person: &Person) -> Vec<String> {
        let holds = |row: &&Row| row.person == person.key && self.holds(person, row, self.as_of);
        let holding: Vec<&Row> = self.world.rows.iter().filter(holds).collect();
        let mut reasons = Vec::new();
        let newest = months_before(self.as_of, self.number("talk.new", "months", 3));
        let is_new = |row: &&Row| {
            row.kind == Kind::Membership
                && row.organisation.as_deref() == Some(self.here)
                && row.from.as_ref().is_some_and(|from| from.day > newest)
        };
        // Of who has not joined the party no row is a membership yet.
        if self.is_on("talk.new") && has_joined(person, self.as_of) && holding.iter().any(is_new) {
            reasons.push("new".to_owned());
        }
        let is_told = |row: &&Row, kind: Kind| row.kind == kind && row.value.as_deref() != Some("否");
        if self.is_on("talk.lost") && holding.iter().any(|row| is_told(row, Kind::Lost)) {
            reasons.push("lost".to_owned());
        }
        let since = months_before(self.as_of, self.number("talk.away", "months", 6));
        let is_away =
            |row: &&Row| is_told(row, Kind::Floating) && row.from.as_ref().is_none_or(|from| from.day <= since);
        if self.is_on("talk.away") && holding.iter().any(is_away) {
            reasons.push("away".to_owned());
        }
        if self.is_on("talk.unable") && holding.iter().any(|row| is_told(row, Kind::Unable)) {
            reasons.push("unable".to_owned());
        }
        reasons
    }

    /// 党员 of this organisation: 正式 or 预备, belonging to it and to no other below it, under no ending status.
    fn is_member(&self, person: &Person, day: Day) -> bool {
        has_joined(person, day)
            && !self.is_voided(&person.key)
            && !self.has_ended(person, day)
            && self.membership(person, day) == Some(self.here)
    }

    fn membership(&self, person: &Person, day: Day) -> Option<&str> {
        let mut rows = self.world.rows.iter().filter(|row| row.person == person.key && row.kind == Kind::Membership);
        rows.find(|row| self.holds(person, row, day)).and_then(|row| row.organisation.as_deref())
    }

    /// Of several that hold the status that began last counts.
    fn has_ended(&self, person: &Person, day: Day) -> bool {
        let statuses = self.world.rows.iter().filter(|row| row.person == person.key && row.kind == Kind::Status);
        let holding = statuses.filter(|row| self.holds(person, row, day));
        let last = holding.max_by_key(|row| row.from.as_ref().map(|from| from.day));
        last.and_then(|row| row.value.as_deref()).is_some_and(|status| ENDINGS.contains(&status))
    }

    fn is_committee_member(&self, who: &Who, day: Day) -> bool {
        let Who::Person(key) = who else { return false };
        self.world.people.iter().any(|person| person.key == *key && self.is_on_committee(person, day))
    }

    /// Whoever holds 书记, 副书记 or a post that ends in 委员, or 支委, of this organisation that day.
    fn is_on_committee(&self, person: &Person, day: Day) -> bool {
        let is_beside_the_party = |post: &str| ["团支部", "妇联", "工会"].iter().any(|body| post.starts_with(body));
        let is_of_committee = |post: &str| {
            post == "书记"
                || post == "副书记"
                || (post.ends_with("委员") || post == "支委") && !is_beside_the_party(post)
        };
        !self.is_voided(&person.key)
            && self.world.rows.iter().any(|row| {
                row.person == person.key
                    && row.kind == Kind::Post
                    && row.organisation.as_deref() == Some(self.here)
                    && row.value.as_deref().is_some_and(is_of_committee)
                    && self.holds(person, row, day)
            })
    }

    fn is_voided(&self, key: &str) -> bool {
        self.world.voided.iter().any(|voided| voided == key)
    }

    /// `[from, to)`. An unknown start counts as already there: since the first step into the party that is told; of
    /// anything but a membership not before the first membership began, of a post not before joining.
    fn holds(&self, person: &Person, row: &Row, day: Day) -> bool {
        if row.to.as_ref().is_some_and(|to| to.day <= day) {
            return false;
        }
        if let Some(from) = &row.from {
            return from.day <= day;
        }
        if row.kind == Kind::Status {
            return true;
        }
        let steps = [&person.applied, &person.joined, &person.full];
        let first = steps.into_iter().flatten().map(|date| date.day).min();
        let memberships = self.world.rows.iter().filter(|row| row.person == person.key && row.kind == Kind::Membership);
        let belongs = memberships.map(|row| row.from.as_ref().map(|from| from.day)).min().flatten();
        let joined = person.joined.as_ref().map(|joined| joined.day);
        let starts = match row.kind {
            Kind::Membership => [first, None, None],
            Kind::Post => [first, belongs, joined],
            _ => [first, belongs, None],
        };
        starts.into_iter().flatten().all(|start| start <= day)
    }

    fn is_on(&self, rule: &str) -> bool {
        !self.world.rules.iter().any(|own| own.id == rule && own.off)
    }

    fn number(&self, rule: &str, name: &str, usual: i64) -> i64 {
        let own = self.world.rules.iter().filter(|own| own.id == rule).flat_map(|own| &own.numbers);
        own.filter(|(named, _)| named == name).map(|(_, number)| *number).next_back().unwrap_or(usual)
    }
}

/// Whether somebody is 正式 or 预备 by the dates that are told.
fn has_joined(person: &Person, day: Day) -> bool {
    [&person.joined, &person.full].into_iter().flatten().any(|date| date.day <= day)
}

/// Whether one was talker and the other partner.
fn joins(talk: &Talk, one: &str, other: &str) -> bool {
    let is_in = |side: &[Who], key: &str| side.contains(&Who::Person(key.to_owned()));
    one != other
        && ((is_in(&talk.talkers, one) && is_in(&talk.partners, other))
            || (is_in(&talk.talkers, other) && is_in(&talk.partners, one)))
}

/// The same day so many months earlier, or the last of that month where it is shorter.
fn months_before(day: Day, months: i64) -> Day {
    let month = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 - months;
    let (year, month) = (month.div_euclid(12) as i16, month.rem_euclid(12) as i8 + 1);
    (1..=day.day()).rev().find_map(|last| Day::new(year, month, last).ok()).expect("every month has a first day")
}
