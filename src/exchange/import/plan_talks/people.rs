//! Who is named in a ledger: a person of the workbook, somebody in no roster, or a question.
//!
//! By what brackets tell (1967-08 生, 局机关第二党支部, 群众), else by name alone where exactly one who bears it belongs to the ledger's
//! organisation, or to one below it: on the day of the talk, or ever where nobody does on that day. Whoever is found
//! only ever there is told. Anything else is asked, for a homonym of another branch may be meant as well as somebody in
//! no roster. Where several bear the name each row asks, for each may mean another; else rows with one name in one
//! organisation ask one question. A post without a name stands in [`posts`](super::posts). Start at [`Faces::who`].

use std::collections::HashMap;
use std::sync::Arc;

use super::held::Held;
use super::posts::PostHolders;
use super::told::NameTold;
use super::{RowPlace, Workbook};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::imports::{OUTSIDE, OpenQuestion, QuestionAbout};
use crate::domain::members::{Fact, PersonFile};

/// How many characters at most are parted by the names that the workbook knows.
const MOST_PARTED: usize = 24;

/// Where and when somebody is named.
pub struct Seat<'s> {
    pub place: &'s RowPlace,
    pub organisation: OrganisationId,
    pub day: PartialDate,
    pub held: &'s Held,
}

/// Who somebody is.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    /// With why that is told, where it has to be.
    Person(PersonId, Option<String>),
    /// 名册外的人
    Outside,
    /// Waits for an answer to this question, or to that of a row before.
    Waits(Option<OpenQuestion>),
}

/// What was answered of a name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said {
    Person(PersonId),
    Outside,
}

/// What is known of names.
pub struct Faces<'p> {
    pub(super) workbook: &'p Workbook<'p>,
    /// Names about which a row before asked, with what was answered.
    asked: HashMap<(OrganisationId, String), Option<Said>>,
    /// Posts and who holds them, about which a row before asked.
    pub(super) asked_posts: HashMap<(OrganisationId, String, Vec<PersonId>), Option<Said>>,
    /// None before the first post.
    pub(super) post_holders: Option<PostHolders<'p>>,
}

impl<'p> Faces<'p> {
    pub fn of(workbook: &'p Workbook<'p>) -> Self {
        Self { workbook, asked: HashMap::new(), asked_posts: HashMap::new(), post_holders: None }
    }

    /// Who is meant by a name. A doubtful one may be no name at all (全体党员), which is told already.
    pub fn who(&mut self, seat: &Seat<'_>, told: &NameTold, is_doubtful: bool) -> Who {
        if let Some(who) = self.who_by_post(seat, told) {
            return who;
        }
        let found = self.bearers(seat, told);
        if let Some((id, why)) = self.only_one(seat, told, &found) {
            return Who::Person(id, why);
        }
        let (ids, key) = (found.ids(), (seat.organisation, told.name.clone()));
        if ids.is_empty() {
            if told.says_no_member() {
                self.asked.insert(key, Some(Said::Outside));
                return Who::Outside;
            }
            if is_doubtful || seat.held.knows_outside(seat.organisation, &told.name) {
                return Who::Outside;
            }
        }
        // Of several each row may mean another.
        let is_of_the_name = ids.len() < 2;
        if let Some(known) = self.asked.get(&key).filter(|_| is_of_the_name) {
            return known.map_or(Who::Waits(None), Who::of);
        }
        let said = self.said(seat, &told.name, &ids);
        if is_of_the_name {
            self.asked.insert(key, said);
        }
        said.map_or_else(|| Who::Waits(Some(self.question(seat.place, &told.name, &ids))), Who::of)
    }

    /// What a question of this row was answered.
    pub(super) fn said(&self, seat: &Seat<'_>, name: &str, ids: &[PersonId]) -> Option<Said> {
        let (file, sheet, row) = seat.place;
        match self.workbook.options.answers.in_talks(*file, sheet, *row, name)? {
            None => Some(Said::Outside),
            Some(id) => ids.contains(&id).then_some(Said::Person(id)),
        }
    }

    /// The names of a side as the workbook knows them: where blanks or nothing at all stand between characters (陈 志 远 周
    /// 国 华), and only one way to part them gives names of its people, it is that. Who is known, or told more of, stays.
    pub fn parted(&self, told: Vec<NameTold>) -> Vec<NameTold> {
        let is_open = |told: &NameTold| told.about.is_none() && !self.is_name(&told.name);
        if !told.iter().any(is_open) {
            return told;
        }
        told.chunk_by(|one, other| is_open(one) && is_open(other))
            .flat_map(|chunk| {
                let text: Vec<char> = chunk.iter().flat_map(|told| told.name.chars()).collect();
                let is_parted = chunk.iter().all(is_open) && text.len() <= MOST_PARTED;
                match if is_parted { self.ways(&text) } else { Vec::new() }.as_slice() {
                    [only] => only.iter().map(|name| NameTold::bare(name)).collect(),
                    _ => chunk.to_vec(),
                }
            })
            .collect()
    }

    pub(super) fn is_name(&self, name: &str) -> bool {
        self.workbook.people.named(name).next().is_some()
    }

    /// The ways in which all of a text is names of the workbook.
    fn ways(&self, text: &[char]) -> Vec<Vec<String>> {
        if text.is_empty() {
            return vec![Vec::new()];
        }
        let names = (2..=text.len().min(4)).map(|length| (length, text[..length].iter().collect::<String>()));
        let ways = names.filter(|(_, name)| self.is_name(name)).flat_map(|(length, name)| {
            let rest = self.ways(&text[length..]);
            rest.into_iter().map(move |way| [vec![name.clone()], way].concat())
        });
        ways.collect()
    }

    /// The person who took notes, or is to do something, where the name tells one; the coverage does not ask for them.
    pub fn beside(&self, seat: &Seat<'_>, told: &NameTold) -> Option<PersonId> {
        let known = || match self.asked.get(&(seat.organisation, told.name.clone()))? {
            Some(Said::Person(id)) => Some(*id),
            _ => None,
        };
        self.only_one(seat, told, &self.bearers(seat, told)).map(|(id, _)| id).or_else(known)
    }

    /// Who of several of one name is meant: 「赵永强，1980-02-03 生，机关第一党支部」; none where nobody else bears the name.
    pub fn told_apart(&self, id: PersonId) -> Option<String> {
        let people = self.workbook.people;
        let name = people.get(id)?.person.name();
        people.named(name).nth(1)?;
        Some(people.describe(id, self.workbook.tree))
    }

    /// Whether somebody may be meant by what is told of them.
    pub fn may_be(&self, told: &NameTold, id: PersonId) -> bool {
        let file = self.workbook.people.get(id);
        file.is_some_and(|file| file.person.name() == told.name && self.is_as_told(told, file) != Some(false))
    }

    /// Whether brackets tell who of one name is meant, and nothing else.
    pub fn is_told_apart(&self, told: &NameTold) -> bool {
        told.born(self.workbook.today).is_some() || self.organisation_told(told).is_some()
    }

    /// Whether birth and organisation are those that brackets tell; none where nothing is told, or nothing known.
    fn is_as_told(&self, told: &NameTold, file: &PersonFile) -> Option<bool> {
        let born = told.born(self.workbook.today).zip(file.person.date(Known::Birth));
        let is_born_then = born.map(|(told, birth)| birth.agrees_with(told));
        let belongs_there =
            self.organisation_told(told).map(|organisation| self.belonging(organisation, file).next().is_some());
        match (is_born_then, belongs_there) {
            (Some(one), Some(other)) => Some(one && other),
            (one, other) => one.or(other),
        }
    }

    /// The organisation that brackets name.
    fn organisation_told(&self, told: &NameTold) -> Option<OrganisationId> {
        let is_organisation = |about: &&str| ["支部", "总支", "党委", "委员会"].iter().any(|end| about.ends_with(end));
        told.abouts().filter(is_organisation).find_map(|about| match self.workbook.tree.named(about, None)[..] {
            [one] => Some(one.id),
            _ => None,
        })
    }

    /// Those of the workbook who may be meant: who is called 群众 is no member on that day.
    fn bearers(&self, seat: &Seat<'_>, told: &NameTold) -> Bearers<'p> {
        let mut people: Vec<&PersonFile> = self.workbook.people.named(&told.name).collect();
        if told.says_no_member() {
            people.retain(|file| !file.is_member_on(seat.day.first_day()));
        }
        let possible: Vec<&PersonFile> =
            people.iter().copied().filter(|file| self.is_as_told(told, file) != Some(false)).collect();
        // What brackets tell is true of nobody: any of them may be meant.
        let is_contradicted = possible.is_empty() && !people.is_empty();
        Bearers { people: if is_contradicted { people } else { possible }, is_contradicted }
    }

    /// The only one who may be meant, with why that is told; see the head of this file.
    fn only_one(&self, seat: &Seat<'_>, told: &NameTold, found: &Bearers<'p>) -> Option<(PersonId, Option<String>)> {
        if found.is_contradicted {
            return None;
        }
        let only = |fits: &dyn Fn(&PersonFile) -> bool| {
            let mut fitting = found.people.iter().filter(|file| fits(file));
            fitting.next().map(|first| if fitting.next().is_none() { Some(*first) } else { None })
        };
        if let Some(as_told) = only(&|file| self.is_as_told(told, file) == Some(true)).flatten() {
            return Some((as_told.person.id, None));
        }
        if let Some(on_the_day) = only(&|file| self.belongs_on(seat, file)) {
            return on_the_day.map(|file| (file.person.id, None));
        }
        let ever = only(&|file| self.belonging(seat.organisation, file).next().is_some()).flatten()?;
        Some((ever.person.id, Some(self.why_all_the_same(seat, ever))))
    }

    /// Memberships in an organisation or one below it, and posts there.
    fn belonging<'f>(&'f self, above: OrganisationId, file: &'f PersonFile) -> impl Iterator<Item = &'f Fact> {
        let tree = self.workbook.tree;
        file.facts.iter().filter(move |fact| {
            matches!(fact.kind, FactKind::Membership | FactKind::Post)
                && fact.organisation.is_some_and(|id| tree.is_within(id, above))
        })
    }

    /// Whether somebody is on the roll there on the day of the talk, or holds a post there.
    fn belongs_on(&self, seat: &Seat<'_>, file: &PersonFile) -> bool {
        let holds = |fact: &Fact, day: Day| match fact.kind {
            FactKind::Membership => file.on_roll(day).is_some_and(|held| held.id == fact.id),
            _ => file.holds(fact, day),
        };
        let (first, last) = (seat.day.first_day(), seat.day.last_day());
        self.belonging(seat.organisation, file).any(|fact| holds(fact, first) || holds(fact, last))
    }

    /// 「余永强 2026-01 起才在县社会福利院党支部，谈话那天还不在；按姓名记为这一位」
    fn why_all_the_same(&self, seat: &Seat<'_>, file: &PersonFile) -> String {
        let name = file.person.name();
        let tree = self.workbook.tree;
        let place = tree.get(seat.organisation).map_or("", |node| node.shown_name());
        // Of a post it is often not known when it began.
        let memberships = self.belonging(seat.organisation, file).filter(|fact| fact.kind == FactKind::Membership);
        let starts: Option<Vec<PartialDate>> = memberships.map(|fact| fact.span.from).collect();
        let since = starts.and_then(|starts| starts.into_iter().min_by_key(|start| start.first_day()));
        match since.filter(|since| since.first_day() > seat.day.last_day()) {
            Some(since) => format!("{name} {since} 起才在{place}，谈话那天还不在；按姓名记为这一位"),
            None => format!("{name} 谈话那天不在{place}；按姓名记为曾在的这一位"),
        }
    }

    pub(super) fn question(&self, (file, sheet, row): &RowPlace, name: &str, ids: &[PersonId]) -> OpenQuestion {
        let described = ids.iter().map(|id| (id.to_string(), self.workbook.people.describe(*id, self.workbook.tree)));
        let outside = (OUTSIDE.to_owned(), "名册外的人".to_owned());
        let (choices, labels) = described.chain([outside]).unzip();
        OpenQuestion {
            file: *file,
            sheet: Arc::clone(sheet),
            row: *row,
            beside: 0,
            about: QuestionAbout::InTalks,
            raw: name.to_owned(),
            choices,
            labels,
        }
    }
}

impl Who {
    pub(super) fn of(said: Said) -> Self {
        match said {
            Said::Person(id) => Self::Person(id, None),
            Said::Outside => Self::Outside,
        }
    }
}

/// Those of the workbook who may be meant by a name.
struct Bearers<'p> {
    people: Vec<&'p PersonFile>,
    /// Brackets tell a birth that is that of none of them.
    is_contradicted: bool,
}

impl Bearers<'_> {
    fn ids(&self) -> Vec<PersonId> {
        self.people.iter().map(|file| file.person.id).collect()
    }
}
