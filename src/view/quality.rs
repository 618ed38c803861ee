//! What the rules find in members (待核): over everybody of a scope, in one walk; and of one, with what settles it.
//!
//! A fix is a command that is ready to run. Start at [`quality`] and [`of_person`].

mod fixes;

use std::collections::{HashMap, HashSet};

pub use fixes::{Adoptable, Fix, FixAct, adoptable};

use super::desk::Desk;
use super::members::{ListAsk, list};
use crate::clock::Day;
use crate::command::Adopted;
use crate::domain::events::Event;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::PersonFile;
use crate::domain::organisations::{OrganisationKind, TermYears};
use crate::domain::rules::members::{Places, Subject, findings};
use crate::domain::rules::{Level, Measure, Rule};
use crate::problem::Result;
use crate::progress::Progress;
use crate::store::directory::Card;
use crate::store::{events, members};

/// Something that is not as a rule has it, of one member.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    pub level: Level,
    /// 「出生日期与证件不一致」
    pub title: String,
    /// 「登记为 1981-05-21，身份号码中为 1981-05-12」
    pub words: String,
    /// What it rests on; empty where it is plain sense.
    pub article: String,
    pub fixes: Vec<Fix>,
}

/// Findings over many members (待核).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quality {
    /// The kinds of which there is any, the firm ones first.
    pub kinds: Vec<Kind>,
    /// Kind by kind; within one in 名册顺序.
    pub items: Vec<Item>,
    /// People who were looked at.
    pub people: usize,
}

/// All findings of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// The rule's id.
    pub rule: String,
    pub title: String,
    pub article: String,
    pub level: Level,
    pub count: usize,
    /// What of it can be taken over from sound identity numbers all at once.
    pub adopts: Option<Adopted>,
}

/// One finding in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub person: PersonId,
    pub name: Box<str>,
    /// Where the person is on the roll, or was last.
    pub branch: Option<OrganisationId>,
    /// Its place among the kinds.
    pub kind: usize,
    pub words: Box<str>,
}

/// People between two reports of progress.
const STRIDE: usize = 512;
/// As many people are asked for one by one; of more everybody is walked.
const FEW: usize = 500;

/// What the rules find in everybody of a scope on a day.
pub fn quality(desk: &Desk, scope: Option<OrganisationId>, day: Day, progress: &Progress) -> Result<Quality> {
    let wanted = people_in(desk, scope, day)?;
    progress.stage("核对", wanted.len() as u64)?;
    let mut walk = Walk::new(desk, day);
    if wanted.len() <= FEW {
        for id in &wanted {
            if let Some(file) = members::file(desk.reader(), *id)? {
                walk.look_at(&file, &events::of_person(desk.reader(), *id)?);
            }
        }
    } else {
        let mut told: HashMap<PersonId, Vec<Event>> = HashMap::new();
        for event in events::to_check(desk.reader())? {
            told.entry(event.person).or_default().push(event);
        }
        let mut seen = 0;
        members::each_file(desk.reader(), |file| {
            if !wanted.contains(&file.person.id) {
                return Ok(());
            }
            seen += 1;
            walk.look_at(&file, told.get(&file.person.id).map_or(&[][..], Vec::as_slice));
            if seen % STRIDE == 0 { progress.step(seen as u64) } else { Ok(()) }
        })?;
    }
    walk.finish(wanted.len())
}

/// What the rules find in one member, the firm ones first.
pub fn of_person(desk: &Desk, file: &PersonFile, events: &[Event], day: Day) -> Vec<Finding> {
    let places = places(desk, day);
    let found = findings(desk.rules(), Subject { file, events, places: &places, day });
    let found = found.into_iter().map(|finding| Finding {
        rule: finding.rule.id.clone(),
        level: finding.rule.level,
        title: finding.rule.title.clone(),
        article: article_of(finding.rule, file),
        fixes: fixes::fixes(&finding, file, events, &places, day),
        words: finding.words,
    });
    found.collect()
}

/// The findings of one member as of a day; none of one who is not there.
pub fn of_id(desk: &Desk, id: PersonId, day: Day) -> Result<Vec<Finding>> {
    let Some(file) = members::file(desk.reader(), id)? else { return Ok(Vec::new()) };
    Ok(of_person(desk, &file, &events::of_person(desk.reader(), id)?, day))
}

/// The article in the edition under which the person's case began.
fn article_of(rule: &Rule, file: &PersonFile) -> String {
    if rule.article.is_empty() { String::new() } else { rule.shown_article_of(file.person.path().began()) }
}

fn shown_article(rule: &Rule) -> String {
    if rule.article.is_empty() { String::new() } else { rule.shown_article() }
}

fn places(desk: &Desk, day: Day) -> Places {
    Places::of(&desk.tree_on(day), desk.organisation_events(), TermYears::of(desk.rules()), day)
}

/// Everybody who is, or was last, in the scope and was not voided; of a group who is in it on the day.
fn people_in(desk: &Desk, scope: Option<OrganisationId>, day: Day) -> Result<HashSet<PersonId>> {
    let tree = desk.tree_on(day);
    if let Some(group) = scope.filter(|id| tree.get(*id).is_some_and(|node| node.kind == OrganisationKind::Group)) {
        let facts = members::facts_in(desk.reader(), group)?;
        let holding = facts.iter().filter(|fact| fact.kind == FactKind::Group && fact.span.holds_on(day));
        return Ok(holding.map(|fact| fact.person).collect());
    }
    let within: Option<HashSet<OrganisationId>> =
        scope.map(|scope| tree.within(Some(scope)).into_iter().map(|node| node.id).collect());
    let is_in = |card: &&Card| {
        let place = place_of(card, day);
        !card.voided && within.as_ref().is_none_or(|within| place.is_some_and(|place| within.contains(&place)))
    };
    Ok(desk.directory().cards().iter().filter(is_in).map(|card| card.id).collect())
}

fn place_of(card: &Card, day: Day) -> Option<OrganisationId> {
    card.on_roll(day).or(card.last_membership()).map(|membership| membership.organisation)
}

/// The findings as they are gathered: by the place of their rule in the book.
struct Walk<'d> {
    desk: &'d Desk,
    day: Day,
    places: Places,
    found: Vec<Item>,
}

impl<'d> Walk<'d> {
    fn new(desk: &'d Desk, day: Day) -> Self {
        Self { desk, day, places: places(desk, day), found: Vec::new() }
    }

    fn look_at(&mut self, file: &PersonFile, events: &[Event]) {
        let rules = &self.desk.rules().rules;
        let subject = Subject { file, events, places: &self.places, day: self.day };
        for finding in findings(self.desk.rules(), subject) {
            let Some(kind) = rules.iter().position(|rule| std::ptr::eq(rule, finding.rule)) else { continue };
            let person = file.person.id;
            let branch = self.desk.directory().get(person).and_then(|card| place_of(card, self.day));
            let words = finding.words.into_boxed_str();
            self.found.push(Item { person, name: file.person.name().into(), branch, kind, words });
        }
    }

    /// Puts the kinds and what is of each in order.
    fn finish(mut self, people: usize) -> Result<Quality> {
        let rules = &self.desk.rules().rules;
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for item in &self.found {
            *counts.entry(item.kind).or_default() += 1;
        }
        let mut order: Vec<usize> = counts.keys().copied().collect();
        order.sort_by_key(|place| (std::cmp::Reverse(rules[*place].level), *place));
        let kinds = order.iter().map(|place| kind_of(&rules[*place], counts[place])).collect();
        let places: HashMap<usize, usize> = order.into_iter().zip(0..).collect();
        let roster = list(self.desk, &ListAsk::roll(self.day, None))?.ids;
        let ranks: HashMap<PersonId, usize> = roster.iter().copied().zip(0..).collect();
        for item in &mut self.found {
            item.kind = places[&item.kind];
        }
        let rank = |person| ranks.get(&person).copied().unwrap_or(usize::MAX);
        self.found.sort_by_key(|item| (item.kind, rank(item.person), item.person));
        Ok(Quality { kinds, items: self.found, people })
    }
}

fn kind_of(rule: &Rule, count: usize) -> Kind {
    let adopts = match rule.measure {
        Measure::BirthAsInNumber => Some(Adopted::Birth),
        Measure::SexAsInNumber => Some(Adopted::Sex),
        _ => None,
    };
    let (rule_id, title) = (rule.id.clone(), rule.title.clone());
    Kind { rule: rule_id, title, article: shown_article(rule), level: rule.level, count, adopts }
}
