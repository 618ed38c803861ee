//! In whose ledger the rows of a file stand: what a column or a title says, else the scope, else the only one there is.
//!
//! Start at [`Planner::organisation_of`].

use std::sync::Arc;

use super::{Planner, RowPlace, Workbook};
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::imports::{OpenQuestion, QuestionAbout};
use crate::domain::organisations::{Organisation, OrganisationKind, branch_key};

impl Planner<'_> {
    /// In whose ledger a row stands: what its branch column or a title says, else the scope, else the only one there is.
    pub(super) fn organisation_of(&mut self, place: &RowPlace, name: Option<&str>) -> Option<OrganisationId> {
        let Some(name) = name else { return self.organisation_without_name(place) };
        let key = branch_key(name);
        if let Some(known) = self.organisations.get(&key) {
            return *known;
        }
        let answer = self.workbook.options.answers.organisation(place.0, &place.1, place.2).flatten();
        let answer = answer.filter(|id| self.workbook.tree.get(*id).is_some());
        let found = answer.or_else(|| self.organisation_named(place, name, &key));
        self.organisations.insert(key, found);
        found
    }

    fn organisation_named(&mut self, place: &RowPlace, name: &str, key: &str) -> Option<OrganisationId> {
        let tree = self.workbook.tree;
        let named: Vec<OrganisationId> =
            tree.named(name, self.workbook.options.scope).iter().map(|node| node.id).collect();
        let is_like =
            |id: &&OrganisationId| tree.get(**id).is_some_and(|node| ends_alike(&branch_key(&node.name), key));
        let like: Vec<OrganisationId> = self.standing.iter().filter(is_like).copied().collect();
        match (&named[..], &like[..]) {
            ([one], _) | ([], [one]) => return Some(*one),
            ([], []) => self.ask_which_organisation(place, name, &self.standing.clone()),
            ([], several) | (several, _) => self.ask_which_organisation(place, name, several),
        }
        None
    }

    fn organisation_without_name(&mut self, place: &RowPlace) -> Option<OrganisationId> {
        let tree = self.workbook.tree;
        let answer = self.workbook.options.answers.branch(place.0, None).and_then(|answer| tree.find(answer).ok());
        let told = answer.map(|node| node.id).or(self.workbook.options.scope);
        let found = told.or_else(|| match self.standing[..] {
            [only] => Some(only),
            _ => None,
        });
        if found.is_none() {
            self.without_organisation.entry(place.0).or_default().push(place.2);
        }
        found
    }

    fn ask_which_organisation(&mut self, place: &RowPlace, name: &str, choices: &[OrganisationId]) {
        if choices.is_empty() {
            return;
        }
        let (file, sheet, row) = place.clone();
        self.plan.questions.push(OpenQuestion {
            file,
            sheet,
            row,
            beside: 0,
            about: QuestionAbout::Organisation,
            raw: name.to_owned(),
            choices: choices.iter().map(ToString::to_string).collect(),
            labels: choices.iter().map(|id| self.workbook.tree.path(*id)).collect(),
        });
    }

    /// One question for each file with rows that name no organisation.
    pub(super) fn ask_for_the_organisation(&mut self) {
        let choices = std::mem::take(&mut self.standing);
        if choices.is_empty() {
            return;
        }
        for (file, rows) in std::mem::take(&mut self.without_organisation) {
            self.plan.questions.push(OpenQuestion {
                file,
                sheet: Arc::from(""),
                row: 0,
                beside: 0,
                about: QuestionAbout::Branch,
                raw: format!("{} 次谈话没有写党组织", rows.len()),
                choices: choices.iter().map(ToString::to_string).collect(),
                labels: choices.iter().map(|id| self.workbook.tree.path(*id)).collect(),
            });
        }
    }
}

/// The organisations of the scope that are there, but for groups.
pub(super) fn standing(workbook: &Workbook<'_>, day: Day) -> Vec<OrganisationId> {
    let can = |node: &&&Organisation| node.kind != OrganisationKind::Group && node.stands_on(day);
    workbook.tree.within(workbook.options.scope).iter().filter(can).map(|node| node.id).collect()
}

/// Whether one name is the end of the other, and tells as much: 第一党支部 in a title, of 局机关第一党支部.
fn ends_alike(one: &str, other: &str) -> bool {
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    // 二支部 is not the end of 第十二支部.
    let is_whole =
        shorter.chars().count() >= LEAST_NAME && !shorter.starts_with(|c| "一二三四五六七八九十".contains(c));
    is_whole && longer.ends_with(shorter)
}

/// Characters of a name that tells which organisation is meant without all that stands before it.
const LEAST_NAME: usize = 4;
