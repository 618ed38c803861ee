//! Who is named in a ledger: a person of the workbook, somebody in no roster, or a question.
//!
//! By name among the members of the organisation on the day of the talk, else of the scope. Where several bear the name
//! each row asks, for each may mean another; else rows with one name in one organisation ask one question. Start at [`Faces::who`].

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::held::Held;
use super::{RowPlace, Workbook};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::imports::{OUTSIDE, OpenQuestion, QuestionAbout};
use crate::domain::members::PersonFile;
use crate::exchange::import::answers::Answers;
use crate::exchange::import::matching::People;

/// Where and when somebody is named.
pub struct Seat<'s> {
    pub place: &'s RowPlace,
    pub organisation: OrganisationId,
    pub day: PartialDate,
}

/// Who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Person(PersonId),
    /// 名册外的人
    Outside,
}

/// What a row tells of a name besides the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameTold {
    Nothing,
    /// It may be no name at all (全体党员), which is told already.
    Doubtful,
    /// Whoever bears it is no member of the party (群众).
    NoMember,
}

/// What is known of names.
pub struct Faces<'p> {
    workbook: &'p Workbook<'p>,
    /// The organisations of the scope; all of them for none.
    scope: Option<HashSet<OrganisationId>>,
    /// Names about which a row before asked, with what was answered.
    asked: HashMap<(OrganisationId, String), Option<Found>>,
}

impl<'p> Faces<'p> {
    pub fn of(workbook: &'p Workbook<'p>) -> Self {
        let scope = workbook.options.scope;
        let scope = scope.map(|id| workbook.tree.within(Some(id)).iter().map(|node| node.id).collect());
        Self { workbook, scope, asked: HashMap::new() }
    }

    /// Who is meant by a name; none where that waits for an answer.
    pub fn who(
        &mut self,
        seat: &Seat<'_>,
        name: &str,
        told: NameTold,
        held: &Held,
        answers: &Answers,
        questions: &mut Vec<OpenQuestion>,
    ) -> Option<Found> {
        let namesakes = self.namesakes(name);
        if let Some(id) = self.only_one(seat, &namesakes) {
            return Some(Found::Person(id));
        }
        let ids: Vec<PersonId> = namesakes.iter().map(|file| file.person.id).collect();
        if ids.is_empty() && (told == NameTold::Doubtful || held.knows_outside(seat.organisation, name)) {
            return Some(Found::Outside);
        }
        let key = (seat.organisation, name.to_owned());
        if ids.is_empty() && told == NameTold::NoMember {
            self.asked.insert(key, Some(Found::Outside));
            return Some(Found::Outside);
        }
        // Of several each row may mean another.
        let is_of_the_name = ids.len() < 2;
        if let Some(known) = self.asked.get(&key).filter(|_| is_of_the_name) {
            return *known;
        }
        let (file, sheet, row) = seat.place;
        let found = match answers.in_talks(*file, sheet, *row, name) {
            Some(None) => Some(Found::Outside),
            Some(Some(id)) if ids.contains(&id) => Some(Found::Person(id)),
            _ => {
                questions.push(self.question(seat.place, name, &ids));
                None
            }
        };
        if is_of_the_name {
            self.asked.insert(key, found);
        }
        found
    }

    /// The person who took notes, or is to do something, where the name tells one; the coverage does not ask for them.
    pub fn beside(&self, seat: &Seat<'_>, name: &str) -> Option<PersonId> {
        let known = || match self.asked.get(&(seat.organisation, name.to_owned()))? {
            Some(Found::Person(id)) => Some(*id),
            _ => None,
        };
        self.only_one(seat, &self.namesakes(name)).or_else(known)
    }

    /// Those of the workbook who bear the name and belong, or belonged, to the scope.
    fn namesakes(&self, name: &str) -> Vec<&'p PersonFile> {
        let people: &'p People = self.workbook.people;
        let is_in_scope = |file: &&PersonFile| {
            let Some(scope) = &self.scope else { return true };
            let places = file.facts.iter().filter(|fact| fact.kind == FactKind::Membership);
            places.filter_map(|fact| fact.organisation).any(|id| scope.contains(&id))
        };
        people.named(name).filter(is_in_scope).collect()
    }

    /// The one who is a member of the organisation on the day, else of the scope.
    fn only_one(&self, seat: &Seat<'_>, namesakes: &[&PersonFile]) -> Option<PersonId> {
        let day: Day = seat.day.first_day();
        let place = |file: &&&PersonFile| file.on_roll(day).and_then(|fact| fact.organisation);
        let only = |fits: &dyn Fn(OrganisationId) -> bool| {
            let mut found = namesakes.iter().filter(|file| place(file).is_some_and(fits));
            found.next().map(|first| if found.next().is_none() { Some(first.person.id) } else { None })
        };
        let here = only(&|id| id == seat.organisation);
        let in_scope = |id: OrganisationId| self.scope.as_ref().is_none_or(|scope| scope.contains(&id));
        here.or_else(|| only(&in_scope)).flatten()
    }

    fn question(&self, (file, sheet, row): &RowPlace, name: &str, ids: &[PersonId]) -> OpenQuestion {
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
