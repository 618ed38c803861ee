//! Truth tables of organisations: terms, sizes and posts, case by case, each as a line of a file in `tests/data/rules`.

use std::collections::BTreeMap;

use branchdesk::domain::dates::PartialDate;
use branchdesk::domain::ids::{OrganisationEventId, OrganisationId, PersonId};
use branchdesk::domain::organisations::{
    Organisation, OrganisationEvent, OrganisationEventKind, OrganisationKind, Term, TermYears, former_due, term_on,
};
use branchdesk::domain::rules::organisations::{Holder, State, Told, findings};
use branchdesk::domain::rules::{RuleBook, RuleChange};
use serde::Deserialize;

use crate::support::office::day;

fn cases<T: for<'de> Deserialize<'de>>(table: &str) -> Vec<T> {
    csv::Reader::from_reader(table.as_bytes()).deserialize().map(|line| line.expect("a case")).collect()
}

fn date(text: &str) -> Option<PartialDate> {
    (!text.is_empty()).then(|| PartialDate::from_iso(text).expect("a date"))
}

fn listed(text: &str, separator: char) -> impl Iterator<Item = &str> {
    text.split(separator).filter(|part| !part.is_empty())
}

fn kind(label: &str) -> OrganisationKind {
    OrganisationKind::from_label(label).expect("a kind")
}

/// A committee that no rule about sizes or posts finds anything in.
fn state(kind: OrganisationKind, term: Term) -> State {
    let (posts, told) = (Vec::new(), Told::default());
    let (founded, former_due, admits) = (None, None, false);
    State { kind, formal: 6, members: 6, units: 1, posts, told, term, founded, former_due, admits }
}

const NO_TERM: Term = Term { elected_on: None, ends: None, is_told: false, years: 3, delayed_to: None };

#[derive(Debug, Deserialize)]
struct TermCase {
    kind: String,
    own_years: Option<i64>,
    elected_on: String,
    term_ends: String,
    /// `day` or `day>until`, joined by `|`.
    elections: String,
    delays: String,
    on: String,
    ends: String,
    due: String,
    finds: String,
    says: String,
    why: String,
}

impl TermCase {
    fn events(&self) -> Vec<OrganisationEvent> {
        let of = |text: &str, kind| -> Vec<OrganisationEvent> {
            let event = |part: &str| {
                let (day, until) = part.split_once('>').unwrap_or((part, ""));
                OrganisationEvent {
                    id: OrganisationEventId(1),
                    organisation: OrganisationId(1),
                    kind,
                    day: date(day).expect("a day"),
                    other: None,
                    value: None,
                    former_short: None,
                    until: date(until),
                    document: None,
                    note: None,
                }
            };
            listed(text, '|').map(event).collect()
        };
        let mut events = of(&self.elections, OrganisationEventKind::Elected);
        events.extend(of(&self.delays, OrganisationEventKind::Delayed));
        events.sort_by_key(|event| event.day);
        events
    }
}

/// Terms of three and five years, told ends, delays, reminders six, three and one months before (第二十一条).
#[test]
fn terms_end_and_are_reminded_of_case_by_case() {
    let cases: Vec<TermCase> = cases(include_str!("data/rules/terms.csv"));
    assert!(cases.len() >= 25, "{} cases", cases.len());
    let book = RuleBook::shipped().expect("rules");
    for case in cases {
        let kind = kind(&case.kind);
        let mut node = Organisation::new(OrganisationId(1), None, kind, "某党组织");
        (node.term_years, node.elected_on, node.term_ends) =
            (case.own_years, date(&case.elected_on), date(&case.term_ends));
        let on = day(&case.on);
        let years = TermYears { committee: 5, branch: 3 };
        let term = term_on(&node, &case.events(), years, on);
        assert_eq!((term.ends, term.due()), (date(&case.ends), date(&case.due)), "{case:?}");
        let former_due = former_due(&node, &case.events(), years, term);
        let found = findings(&book, &State { former_due, ..state(kind, term) }, on);
        let mut ids: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
        ids.retain(|id| id.starts_with("term.") || id.starts_with("temporary."));
        ids.sort_unstable();
        assert_eq!(ids.join(";"), case.finds, "{}: {case:?}", case.why);
        if !case.says.is_empty() {
            let reminder = found.iter().find(|finding| finding.rule == "term.years").expect("a reminder");
            assert!(reminder.words.contains(&case.says), "{}: {case:?}", reminder.words);
        }
    }
}

#[derive(Debug, Deserialize)]
struct SizeCase {
    kind: String,
    formal: i64,
    members: i64,
    units: i64,
    /// `post=name`; after the name `!` for who is not a formal member, `^` for who belongs elsewhere, `~0` for 党龄.
    posts: String,
    told_secretary: String,
    told_committee: i64,
    elected: String,
    /// `rule=on`, `rule=off`, `rule:number=60`.
    changes: String,
    finds: String,
    why: String,
}

impl SizeCase {
    fn holders(&self) -> Vec<Holder> {
        let mut people: Vec<String> = Vec::new();
        let mut holder = |text: &str| {
            let (post, rest) = text.split_once('=').expect("post=name");
            let (who, years) = rest.split_once('~').unwrap_or((rest, "10"));
            let person = who.trim_end_matches(['!', '^']).to_owned();
            let place = people.iter().position(|known| *known == person).unwrap_or_else(|| {
                people.push(person.clone());
                people.len() - 1
            });
            let is_formal = !who.contains('!');
            Holder {
                person: PersonId(i64::try_from(place).expect("few people")),
                post: post.to_owned(),
                name: person.split('#').next().expect("a name").to_owned(),
                is_formal,
                belongs: !who.contains('^'),
                standing_years: is_formal.then(|| years.parse().expect("years")),
            }
        };
        listed(&self.posts, ';').map(&mut holder).collect()
    }

    fn changes(&self) -> Vec<RuleChange> {
        let change = |text: &str| {
            let (what, value) = text.split_once('=').expect("what=value");
            let (rule, number) = what.split_once(':').map_or((what, None), |(rule, name)| (rule, Some(name)));
            let numbers = number.map(|name| (name.to_owned(), value.parse().expect("a number")));
            let enabled = number.is_none().then_some(value == "on");
            RuleChange { id: 1, rule: rule.to_owned(), numbers: BTreeMap::from_iter(numbers), enabled, note: None }
        };
        listed(&self.changes, ';').map(change).collect()
    }
}

/// Sizes, committees and posts: 《支部工作条例》第四、五、二十、二十三条, 《选举工作条例》第五条 and the sizes of 党总支 and 党委.
#[test]
fn sizes_and_posts_are_found_case_by_case() {
    let cases: Vec<SizeCase> = cases(include_str!("data/rules/sizes.csv"));
    assert!(cases.len() >= 35, "{} cases", cases.len());
    for case in cases {
        let book = RuleBook::shipped().expect("rules").with(&case.changes());
        let state = State {
            formal: case.formal,
            members: case.members,
            units: case.units,
            posts: case.holders(),
            told: Told { secretary: case.told_secretary == "是", committee: case.told_committee },
            ..state(kind(&case.kind), Term { elected_on: date(&case.elected), ..NO_TERM })
        };
        let found = findings(&book, &state, day("2026-11-24"));
        let mut ids: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
        ids.sort_unstable();
        assert_eq!(ids.join(";"), case.finds, "{}: {case:?}", case.why);
        assert!(found.iter().all(|finding| !finding.article.is_empty() && !finding.words.contains('{')), "{found:?}");
    }
}

/// 预备党员 are approved by a 党委 alone: a 党总支 deliberates, a temporary organisation does neither.
#[test]
fn only_a_committee_approves_probationary_members() {
    let book = RuleBook::shipped().expect("rules");
    for kind in OrganisationKind::ALL {
        let admitting = State { admits: true, ..state(kind, NO_TERM) };
        let found = |state: &State| findings(&book, state, day("2026-11-24"));
        let speaks = |state: &State| found(state).iter().any(|finding| finding.rule == "admits.kind");
        assert_eq!(speaks(&admitting), kind != OrganisationKind::Committee, "{}", kind.label());
        assert!(!speaks(&state(kind, NO_TERM)), "{}", kind.label());
    }
}
