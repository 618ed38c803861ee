//! A case as it is written: lines of a few words each, in `tests/data/coverage/*.toml`.
//!
//! ```toml
//! [[case]]
//! title = "what it pins"
//! organisations = ["p 机关党总支", "b 第一党支部 < p", "g 第一党小组 < b"]   # key, name, above; without: b alone
//! people = ["sec; 书记", "ann 张伟 joined=2025-07-01; in b 2026-03-01..; lost 2026-05..2026-06"]
//! talks = ["2026-03-05 sec,dep > ann,~李群众 as T11 by phone at b removed"]
//! events = ["2026-04-01 ann extended until 2026-10-01"]
//! rules = ["talk.c2 needed=2", "talk.c3 off"]
//! types = ["T19 家访 yes", "U01 志愿服务谈话 restricted"]
//! voided = ["bob"]
//! merged = ["bob into ann"]
//! ask = "b from 2025-10-01 to 2026-03-31 as of 2026-04-15"              # without: "b from 2026-01-01 … as of 2026-11-20"
//! expect = ["C1 1 of 3: sec+org, dep+org", "C4 0 of 2: ann@2026-04-01; open bob@2026-11-01", "left out: zoe new"]
//! below = { b1 = ["C2 0 of 1: eve"] }
//! ```
//!
//! A person is 正式党员 since long ago and belongs to the first organisation that holds members since 2015 where
//! nothing else is told; a post is held there since 2020. A rule that is not told asks for nothing.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A case as it stands in the file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Case {
    pub title: String,
    pub organisations: Vec<String>,
    pub people: Vec<String>,
    pub talks: Vec<String>,
    pub events: Vec<String>,
    pub rules: Vec<String>,
    pub types: Vec<String>,
    pub voided: Vec<String>,
    pub merged: Vec<String>,
    pub ask: String,
    pub expect: Vec<String>,
    pub below: BTreeMap<String, Vec<String>>,
}

impl Case {
    /// All cases of a file.
    pub fn read(text: &str) -> Vec<Self> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            case: Vec<Case>,
        }
        toml::from_str::<File>(text).expect("a file of cases").case
    }

    /// Whether it asks the usual of a workbook in which no rule is changed, so that others may stand beside it.
    pub fn is_usual(&self) -> bool {
        self.ask.is_empty() && self.rules.is_empty() && self.types.is_empty()
    }

    /// The case as it would stand in a file, without what is expected.
    pub fn written(&self) -> String {
        let mut text = format!("[[case]]\ntitle = \"{}\"\n", self.title);
        let lists = [
            ("organisations", &self.organisations),
            ("people", &self.people),
            ("talks", &self.talks),
            ("events", &self.events),
            ("rules", &self.rules),
            ("types", &self.types),
            ("voided", &self.voided),
            ("merged", &self.merged),
        ];
        for (name, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            text += &format!("{name} = [\n");
            for line in lines {
                text += &format!("    \"{line}\",\n");
            }
            text += "]\n";
        }
        text + &format!("ask = \"{}\"\n", self.ask)
    }
}

/// What is asked: which organisation, which days, as of when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub organisation: String,
    pub from: String,
    pub to: String,
    /// `None`: the program's own default.
    pub as_of: Option<String>,
}

impl Ask {
    /// `b from 2025-10-01 to 2026-03-31 as of 2026-04-15`, each part with its default.
    pub fn of(text: &str) -> Self {
        let mut ask = Self {
            organisation: "b".into(),
            from: "2026-01-01".into(),
            to: "2026-12-31".into(),
            as_of: Some("2026-11-20".into()),
        };
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            let mut next = || words.next().unwrap_or_else(|| panic!("the ask ends too early: {text}")).to_owned();
            match word {
                "from" => ask.from = next(),
                "to" => ask.to = next(),
                "as" => {
                    assert_eq!(next(), "of", "{text}");
                    let day = next();
                    ask.as_of = (day != "default").then_some(day);
                }
                organisation => ask.organisation = organisation.to_owned(),
            }
        }
        ask
    }

    /// The calendar year that the period is, if it is one.
    pub fn year(&self) -> Option<&str> {
        let first = self.from.strip_suffix("-01-01")?;
        self.to.strip_suffix("-12-31").filter(|last| *last == first)
    }
}

/// What is or should be answered for one organisation, in keys instead of ids; lists are sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// By the id of the rule: C1 … C4.
    pub rules: BTreeMap<String, Tally>,
    /// Who is left out, and which reasons are true of them.
    pub left_out: Vec<(String, Vec<String>)>,
}

/// How far one rule is met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub required: usize,
    pub done: usize,
    /// `a+b`, `a`, `a@2026-03-01`
    pub missing: Vec<String>,
    pub open: Vec<String>,
}

impl Tally {
    /// Sorts the lists, and the two of a pair.
    pub fn sorted(mut self) -> Self {
        for list in [&mut self.missing, &mut self.open] {
            for one in list.iter_mut() {
                let mut pair: Vec<&str> = one.split('+').collect();
                pair.sort_unstable();
                *one = pair.join("+");
            }
            list.sort();
        }
        self
    }
}

pub const RULES: [&str; 4] = ["C1", "C2", "C3", "C4"];

impl Answer {
    /// The same with a mark taken off all keys.
    pub fn without(mut self, mark: &str) -> Self {
        let bare = |text: &mut String| *text = text.replace(mark, "");
        for tally in self.rules.values_mut() {
            tally.missing.iter_mut().chain(&mut tally.open).for_each(bare);
        }
        self.left_out.iter_mut().for_each(|(who, _)| bare(who));
        self
    }

    /// What the lines of a case expect.
    pub fn expected(lines: &[String]) -> Self {
        let mut rules: BTreeMap<String, Tally> = RULES.map(|id| (id.to_owned(), Tally::default())).into();
        let mut left_out = Vec::new();
        for line in lines {
            if let Some(people) = line.strip_prefix("left out: ") {
                for one in people.split(", ") {
                    let (who, why) = one.split_once(' ').unwrap_or_else(|| panic!("no reason: {line}"));
                    left_out.push((who.to_owned(), why.split('|').map(str::to_owned).collect()));
                }
                continue;
            }
            let (id, told) = line.split_once(' ').unwrap_or_else(|| panic!("no rule: {line}"));
            assert!(RULES.contains(&id), "no such rule: {line}");
            if told == "off" {
                rules.remove(id);
            } else {
                rules.insert(id.to_owned(), tally(told));
            }
        }
        left_out.sort();
        Self { rules, left_out }
    }
}

/// `1 of 4: a, b; open c`
fn tally(told: &str) -> Tally {
    let (counts, rest) = told.split_once(": ").unwrap_or((told, ""));
    let (done, required) = counts.split_once(" of ").unwrap_or_else(|| panic!("no counts: {told}"));
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("no number: {told}"));
    let mut tally = Tally { required: number(required), done: number(done), ..Tally::default() };
    for part in rest.split("; ").filter(|part| !part.is_empty()) {
        match part.strip_prefix("open ") {
            Some(open) => tally.open = open.split(", ").map(str::to_owned).collect(),
            None => tally.missing = part.split(", ").map(str::to_owned).collect(),
        }
    }
    let all = tally.done + tally.missing.len() + tally.open.len();
    assert_eq!(tally.required, all, "done, missing and open make up what is required: {told}");
    tally.sorted()
}
