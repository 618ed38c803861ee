//! What the lines of a case say, read into plain lists.

use branchdesk::clock::Day;

use super::case::Case;

/// Everything a case tells.
#[derive(Debug, Clone, Default)]
pub struct World {
    pub organisations: Vec<Organisation>,
    pub people: Vec<Person>,
    pub rows: Vec<Row>,
    pub talks: Vec<Talk>,
    pub events: Vec<Event>,
    pub rules: Vec<Rule>,
    pub types: Vec<Type>,
    pub voided: Vec<String>,
    /// Who was merged into whom.
    pub merged: Vec<(String, String)>,
}

/// A date as it was written, and the day for which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub text: String,
    pub day: Day,
}

#[derive(Debug, Clone)]
pub struct Organisation {
    pub key: String,
    pub name: String,
    pub above: Option<String>,
}

impl Organisation {
    pub fn is_group(&self) -> bool {
        self.name.contains("党小组")
    }
}

#[derive(Debug, Clone)]
pub struct Person {
    pub key: String,
    pub name: String,
    pub applied: Option<When>,
    pub joined: Option<When>,
    pub full: Option<When>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Membership,
    Post,
    Status,
    Lost,
    Floating,
    /// 流入: takes part here, belongs elsewhere.
    Inflow,
    Unable,
}

/// A dated fact of a person.
#[derive(Debug, Clone)]
pub struct Row {
    pub person: String,
    pub kind: Kind,
    pub organisation: Option<String>,
    /// The post, the status, 是 or 否.
    pub value: Option<String>,
    pub from: Option<When>,
    pub to: Option<When>,
}

#[derive(Debug, Clone)]
pub struct Talk {
    pub on: When,
    pub talkers: Vec<Who>,
    pub partners: Vec<Who>,
    pub kind: String,
    pub by_phone: bool,
    pub organisation: String,
    pub removed: bool,
}

/// Somebody in a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A person of the roster.
    Person(String),
    /// A name that is only written.
    Name(String),
}

#[derive(Debug, Clone)]
pub struct Event {
    pub on: When,
    pub person: String,
    pub kind: String,
    pub until: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Rule {
    pub id: String,
    pub numbers: Vec<(String, i64)>,
    pub off: bool,
}

#[derive(Debug, Clone)]
pub struct Type {
    pub code: String,
    pub label: String,
    pub counts: String,
}

impl When {
    /// `2026-03-05`, `2026-03` and `2026`; a month stands for its first day, a year for 1 January.
    pub fn of(text: &str) -> Self {
        let whole = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_owned(),
        };
        let day = whole.parse().unwrap_or_else(|_| panic!("no date: {text}"));
        Self { text: text.to_owned(), day }
    }
}

impl World {
    pub fn of(case: &Case) -> Self {
        let mut world = Self::default();
        let organisations = match case.organisations.is_empty() {
            true => vec!["b 第一党支部".to_owned()],
            false => case.organisations.clone(),
        };
        world.organisations = organisations.iter().map(|line| organisation(line)).collect();
        for line in &case.people {
            world.read_person(line);
        }
        for line in &case.talks {
            let talk = world.talk(line);
            world.talks.push(talk);
        }
        world.events = case.events.iter().map(|line| event(line)).collect();
        world.rules = case.rules.iter().map(|line| rule(line)).collect();
        world.types = case.types.iter().map(|line| kind_of_talk(line)).collect();
        world.voided.clone_from(&case.voided);
        world.merged = case.merged.iter().map(|line| merge(line)).collect();
        world.check_keys();
        world
    }

    /// Puts another world beside this one, below an organisation of its own; `mark` goes before each of its keys.
    pub fn put_beside(&mut self, mut other: Self, below: &str, mark: &str) {
        let marked = |key: &mut String| key.insert_str(0, mark);
        let home = Organisation { key: mark.to_owned(), name: format!("{mark}党委"), above: Some(below.to_owned()) };
        for one in &mut other.organisations {
            marked(&mut one.key);
            one.above.get_or_insert_default().insert_str(0, mark);
        }
        other.people.iter_mut().for_each(|person| marked(&mut person.key));
        for row in &mut other.rows {
            marked(&mut row.person);
            row.organisation.iter_mut().for_each(marked);
        }
        for talk in &mut other.talks {
            marked(&mut talk.organisation);
            for who in talk.talkers.iter_mut().chain(&mut talk.partners) {
                if let Who::Person(key) = who {
                    marked(key);
                }
            }
        }
        other.events.iter_mut().for_each(|event| marked(&mut event.person));
        other.voided.iter_mut().for_each(marked);
        other.merged.iter_mut().flat_map(|(one, other)| [one, other]).for_each(marked);
        self.organisations.push(home);
        self.organisations.append(&mut other.organisations);
        self.people.append(&mut other.people);
        self.rows.append(&mut other.rows);
        self.talks.append(&mut other.talks);
        self.events.append(&mut other.events);
        self.voided.append(&mut other.voided);
        self.merged.append(&mut other.merged);
    }

    /// Where a person belongs if nothing else is told: `b`, else the first branch.
    fn usual_organisation(&self) -> String {
        let is_usual = |one: &&Organisation| one.key == "b";
        let branches = || self.organisations.iter().find(|one| one.name.contains("党支部"));
        let found = self.organisations.iter().find(is_usual).or_else(branches).unwrap_or(&self.organisations[0]);
        found.key.clone()
    }

    fn read_person(&mut self, line: &str) {
        let mut parts = line.split(';').map(str::trim);
        let mut words = parts.next().unwrap_or_default().split_whitespace();
        let key = words.next().unwrap_or_else(|| panic!("no key: {line}")).to_owned();
        let mut person = Person {
            name: key.clone(),
            key: key.clone(),
            applied: None,
            joined: Some(When::of("2010-07-01")),
            full: Some(When::of("2011-07-01")),
        };
        for word in words {
            match word.split_once('=') {
                None => person.name = word.to_owned(),
                Some(("joined", date)) => (person.joined, person.full) = (told(date), None),
                Some(("full", date)) => person.full = told(date),
                Some(("applied", date)) => person.applied = told(date),
                Some(_) => panic!("what is {word}: {line}"),
            }
        }
        self.people.push(person);
        let rows: Vec<Row> = parts.map(|part| self.row(&key, part)).collect();
        if !rows.iter().any(|row| matches!(row.kind, Kind::Membership | Kind::Inflow)) {
            let usual = self.row(&key, "in");
            self.rows.push(usual);
        }
        self.rows.extend(rows);
    }

    /// `in b 2026-03-01..`, `组织委员 2024..2026-03`, `lost ..`
    fn row(&self, person: &str, text: &str) -> Row {
        let mut words = text.split_whitespace();
        let head = words.next().unwrap_or_else(|| panic!("an empty row of {person}"));
        let (kind, value) = match head {
            "in" => (Kind::Membership, None),
            "lost" => (Kind::Lost, Some("是")),
            "not-lost" => (Kind::Lost, Some("否")),
            "floating" => (Kind::Floating, Some("是")),
            "not-floating" => (Kind::Floating, Some("否")),
            "inflow" => (Kind::Inflow, Some("流入")),
            "unable" => (Kind::Unable, Some("年老体弱")),
            "正常" | "停止党籍" | "死亡" | "出党" | "转出" | "开除党籍" => (Kind::Status, Some(head)),
            post => (Kind::Post, Some(post)),
        };
        let usual = match kind {
            Kind::Membership => "2015-01-01..",
            Kind::Post => "2020-01-01..",
            _ => "",
        };
        let (mut span, mut organisation) = (usual, None);
        for word in words {
            if word.contains("..") { span = word } else { organisation = Some(word.to_owned()) }
        }
        let (from, to) = span.split_once("..").unwrap_or_else(|| panic!("since when: {person} {text}"));
        if organisation.is_none() && matches!(kind, Kind::Membership | Kind::Post | Kind::Inflow) {
            organisation = Some(self.usual_organisation());
        }
        let date = |text: &str| (!text.is_empty()).then(|| When::of(text));
        Row {
            person: person.to_owned(),
            kind,
            organisation,
            value: value.map(str::to_owned),
            from: date(from),
            to: date(to),
        }
    }

    fn talk(&self, line: &str) -> Talk {
        let mut words = line.split_whitespace();
        let mut next = || words.next().unwrap_or_else(|| panic!("the talk ends too early: {line}"));
        let on = When::of(next());
        let talkers = who(next());
        assert_eq!(next(), ">", "{line}");
        let partners = who(next());
        let (kind, organisation) = ("T01".to_owned(), self.usual_organisation());
        let mut talk = Talk { on, talkers, partners, kind, by_phone: false, organisation, removed: false };
        while let Some(word) = words.next() {
            let mut next = || words.next().unwrap_or_else(|| panic!("the talk ends too early: {line}")).to_owned();
            match word {
                "as" => talk.kind = next(),
                "at" => talk.organisation = next(),
                "by" => talk.by_phone = next() == "phone",
                "removed" => talk.removed = true,
                _ => panic!("what is {word}: {line}"),
            }
        }
        talk
    }

    /// Every key that is named is one that there is.
    fn check_keys(&self) {
        let mut people: Vec<&str> = self.people.iter().map(|person| person.key.as_str()).collect();
        people.sort_unstable();
        assert!(people.windows(2).all(|two| two[0] != two[1]), "a key is there twice: {people:?}");
        let in_talks = self.talks.iter().flat_map(|talk| talk.talkers.iter().chain(&talk.partners));
        let named = in_talks.filter_map(|who| if let Who::Person(key) = who { Some(key) } else { None });
        let named = named.chain(self.events.iter().map(|event| &event.person)).chain(&self.voided);
        for key in named.chain(self.merged.iter().flat_map(|(one, other)| [one, other])) {
            assert!(people.contains(&key.as_str()), "who is {key}?");
        }
        let of_rows = self.rows.iter().filter_map(|row| row.organisation.as_ref());
        for key in of_rows.chain(self.talks.iter().map(|talk| &talk.organisation)) {
            assert!(self.organisations.iter().any(|one| one.key == *key), "which organisation is {key}?");
        }
    }
}

fn told(date: &str) -> Option<When> {
    (date != "-").then(|| When::of(date))
}

fn organisation(line: &str) -> Organisation {
    let (told, above) = match line.split_once(" < ") {
        Some((told, above)) => (told, Some(above.to_owned())),
        None => (line, None),
    };
    let (key, name) = told.split_once(' ').unwrap_or_else(|| panic!("no name: {line}"));
    Organisation { key: key.to_owned(), name: name.to_owned(), above }
}

fn who(word: &str) -> Vec<Who> {
    let one = |text: &str| match text.strip_prefix('~') {
        Some(name) => Who::Name(name.to_owned()),
        None => Who::Person(text.to_owned()),
    };
    word.split(',').map(one).collect()
}

fn merge(line: &str) -> (String, String) {
    let (one, other) = line.split_once(" into ").unwrap_or_else(|| panic!("into whom: {line}"));
    (one.to_owned(), other.to_owned())
}

fn event(line: &str) -> Event {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (on, person, kind, until) = match words[..] {
        [on, person, kind] => (on, person, kind, None),
        [on, person, kind, "until", until] => (on, person, kind, Some(until.to_owned())),
        _ => panic!("what happened: {line}"),
    };
    Event { on: When::of(on), person: person.to_owned(), kind: kind.to_owned(), until }
}

fn rule(line: &str) -> Rule {
    let mut words = line.split_whitespace();
    let id = words.next().unwrap_or_default().to_owned();
    let mut rule = Rule { id, numbers: Vec::new(), off: false };
    for word in words {
        match word.split_once('=') {
            None if word == "off" => rule.off = true,
            Some((name, number)) => rule.numbers.push((name.to_owned(), number.parse().expect("a number"))),
            None => panic!("what is {word}: {line}"),
        }
    }
    rule
}

fn kind_of_talk(line: &str) -> Type {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [code, label, counts] = words[..] else { panic!("code, label, how it counts: {line}") };
    Type { code: code.to_owned(), label: label.to_owned(), counts: counts.to_owned() }
}
