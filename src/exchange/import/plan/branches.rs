//! To which branch rows belong: one of the workbook, one that the import makes, or a question.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::who::written_to;
use super::{Planner, RowPlace, place_of};
use crate::domain::fields::Known;
use crate::domain::ids::OrganisationId;
use crate::domain::imports::{BranchRef, NewBranch, NewGroup, OpenQuestion, QuestionAbout, RowClass, Waits};
use crate::domain::organisations::{Organisation, OrganisationKind, branch_key};
use crate::domain::values::Value;
use crate::exchange::import::RosterRow;
use crate::exchange::import::answers::NEW_BRANCH;

/// Which branch a row tells.
#[derive(Debug, Clone)]
pub(super) enum Told {
    One(BranchRef),
    /// The row says nothing and there is more than one.
    Nothing,
    /// Several bear the name that it tells; which is meant is answered in the first row that tells it.
    Several {
        name: String,
        first: RowPlace,
    },
    /// The workbook has none of this name.
    Nobodys(String),
}

/// Ranges of rows that are named before 「等」.
const RANGES: usize = 12;
/// The longest name that an organisation can have.
const LONGEST_NAME: usize = 200;

impl Planner<'_> {
    /// Which branch a row tells, without making one. A branch of the workbook that a row tells is covered by the file.
    pub(super) fn branch_told(&mut self, file: usize, row: &RosterRow) -> Told {
        let told = match row.values.get(&Known::Branch) {
            Some(Value::Text(name)) => self.branch_named(file, row, name),
            _ => self.branch_without_name(file),
        };
        if let Told::One(BranchRef::There(id)) = told {
            self.covered.insert(id);
        }
        told
    }

    /// The branch a row belongs to, or why it waits. One that nobody has yet is made.
    pub(super) fn branch_of(&mut self, told: &Told) -> Result<BranchRef, Waits> {
        match told {
            Told::One(branch) => Ok(*branch),
            Told::Nothing => Err(Waits::Branch),
            Told::Several { .. } => Err(Waits::WhichBranch),
            Told::Nobodys(name) => Ok(match self.branches.get(&branch_key(name)) {
                Some(Told::One(made)) => *made,
                _ => self.make_branch(name),
            }),
        }
    }

    /// What is answered in the first row that tells a name holds for all that do.
    fn branch_named(&mut self, file: usize, row: &RosterRow, name: &str) -> Told {
        if let Some(known) = self.branch_keys.get(name).and_then(|key| self.branches.get(key)) {
            return known.clone();
        }
        let key = branch_key(name);
        self.branch_keys.insert(name.to_owned(), key.clone());
        if let Some(known) = self.branches.get(&key) {
            return known.clone();
        }
        let answer = self.options.answers.branch(file, Some(row)).and_then(|answer| self.branch_answered(answer));
        let first = || place_of(file, row);
        let told = answer.unwrap_or_else(|| self.branch_of_workbook(name, first));
        self.branches.insert(key, told.clone());
        told
    }

    fn branch_of_workbook(&self, name: &str, first: impl FnOnce() -> RowPlace) -> Told {
        match self.tree.named(name, self.options.scope)[..] {
            [one] => Told::One(BranchRef::There(one.id)),
            [] => Told::Nobodys(name.to_owned()),
            _ => Told::Several { name: name.to_owned(), first: first() },
        }
    }

    /// A branch as an answer names it: by id, unique name or path; behind `new:` the name of a new one, where there is
    /// none of that name.
    fn branch_answered(&self, answer: &str) -> Option<Told> {
        let Some(name) = answer.strip_prefix(NEW_BRANCH).map(str::trim) else {
            let found = self.tree.find(answer).ok().filter(|node| node.kind != OrganisationKind::Group);
            return found.map(|node| Told::One(BranchRef::There(node.id)));
        };
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return None;
        }
        Some(self.branches.get(&branch_key(name)).cloned().unwrap_or_else(|| {
            match self.tree.named(name, self.options.scope)[..] {
                [one] => Told::One(BranchRef::There(one.id)),
                _ => Told::Nobodys(name.to_owned()),
            }
        }))
    }

    fn make_branch(&mut self, name: &str) -> BranchRef {
        let made = BranchRef::New(self.plan.new_branches.len());
        self.plan.new_branches.push(NewBranch {
            name: name.to_owned(),
            kind: OrganisationKind::from_name(name),
            parent: self.root_of_scope(),
        });
        self.branches.insert(branch_key(name), Told::One(made));
        made
    }

    /// Rows without a branch go to the scope, else to the only branch there is, else they wait for one answer.
    fn branch_without_name(&self, file: usize) -> Told {
        if let Some(told) = self.options.answers.branch(file, None).and_then(|answer| self.branch_answered(answer)) {
            return told;
        }
        if let Some(scope) = self.options.scope {
            return Told::One(BranchRef::There(scope));
        }
        let only = |mut nodes: Vec<OrganisationId>| if nodes.len() == 1 { nodes.pop() } else { None };
        let ids = |is_it: fn(&&Organisation) -> bool| self.tree.all().filter(is_it).map(|node| node.id).collect();
        let only =
            only(ids(|node| node.kind != OrganisationKind::Group)).or_else(|| only(ids(|node| node.kind.is_branch())));
        only.map_or(Told::Nothing, |id| Told::One(BranchRef::There(id)))
    }

    /// New branches stand below the scope; below a branch nothing but groups can stand.
    fn root_of_scope(&self) -> Option<OrganisationId> {
        let scope = self.options.scope.and_then(|id| self.tree.get(id))?;
        if scope.kind.is_branch() || scope.kind == OrganisationKind::Group { scope.parent } else { Some(scope.id) }
    }

    /// A group that the branch of a written row has not is made with it, and listed.
    pub(super) fn tell_group(&mut self, class: &RowClass, values: &BTreeMap<Known, Value>) {
        let Some(name) = values.get(&Known::Group).and_then(Value::as_text) else { return };
        let people = self.people;
        let branch = written_to(class).or_else(|| match class {
            RowClass::Changed { person, .. } => {
                let membership = people.get(*person)?.on_roll(self.plan.roster_day)?;
                membership.organisation.map(BranchRef::There)
            }
            _ => None,
        });
        let Some(branch) = branch else { return };
        let is_there = match branch {
            BranchRef::There(id) => {
                self.tree.children(Some(id)).any(|node| node.kind == OrganisationKind::Group && node.name == name)
            }
            BranchRef::New(_) => false,
        };
        let is_told = |group: &NewGroup| group.branch == branch && group.name == name;
        if !is_there && !self.plan.new_groups.iter().any(is_told) {
            self.plan.new_groups.push(NewGroup { name: name.to_owned(), branch });
        }
    }

    /// A new person waits for a branch: one question for all rows without one, one for each name that several bear.
    pub(super) fn wait_for_a_branch(&mut self, place: RowPlace, told: &Told) {
        match told {
            Told::Several { name, first } => {
                let is_asked = |question: &OpenQuestion| {
                    question.about == QuestionAbout::Branch
                        && (question.file, question.row, question.beside) == (first.0, first.2, first.3)
                        && question.sheet == first.1
                };
                if !self.plan.questions.iter().any(is_asked) {
                    self.ask_which_branch(first.clone(), name);
                }
            }
            _ => self.without_branch.push(place),
        }
    }

    fn ask_which_branch(&mut self, (file, sheet, row, beside): RowPlace, name: &str) {
        let named = self.tree.named(name, self.options.scope);
        self.plan.questions.push(OpenQuestion {
            file,
            sheet,
            row,
            beside,
            about: QuestionAbout::Branch,
            raw: name.to_owned(),
            choices: named.iter().map(|node| node.id.to_string()).collect(),
            labels: named.iter().map(|node| self.tree.path(node.id)).collect(),
        });
    }

    /// One question for each file with rows that name no branch: the branches that hold members, those that this
    /// import makes, and a new one.
    pub(super) fn ask_for_the_branches(&mut self) {
        let waiting = std::mem::take(&mut self.without_branch);
        let (mut choices, mut labels) = (Vec::new(), Vec::new());
        if !waiting.is_empty() {
            let day = self.plan.roster_day;
            let holds = |node: &&&Organisation| node.kind.is_branch() && node.stands_on(day);
            for node in self.tree.within(self.options.scope).iter().filter(holds) {
                choices.push(node.id.to_string());
                labels.push(self.tree.path(node.id));
            }
            for new in self.plan.new_branches.iter().filter(|new| new.kind.is_branch()) {
                choices.push(format!("{NEW_BRANCH}{}", new.name));
                labels.push(format!("{}（本次新建）", new.name));
            }
            choices.push(NEW_BRANCH.to_owned());
            labels.push("新建党支部…".to_owned());
        }
        for file in 0..self.plan.file_names.len() {
            let rows: Vec<&RowPlace> = waiting.iter().filter(|place| place.0 == file).collect();
            if rows.is_empty() {
                continue;
            }
            self.plan.questions.push(OpenQuestion {
                file,
                sheet: Arc::from(""),
                row: 0,
                beside: 0,
                about: QuestionAbout::Branch,
                raw: format!("{} 行没有写党支部（{}）", rows.len(), in_words(&rows)),
                choices: choices.clone(),
                labels: labels.clone(),
            });
        }
    }
}

/// 「第 3、7–12 行」, 「“Sheet1”第 3 行，“Sheet2”第 5 行」
fn in_words(rows: &[&RowPlace]) -> String {
    let has_sheets = rows.iter().any(|row| row.1 != rows[0].1);
    let of_sheet = |rows: &[&RowPlace]| {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for (_, _, row, _) in rows {
            match ranges.last_mut() {
                // Two persons may stand in one row.
                Some((_, last)) if *last == *row => {}
                Some((_, last)) if *last + 1 == *row => *last = *row,
                _ => ranges.push((*row, *row)),
            }
        }
        let range = |(first, last): &(u32, u32)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}、{last}"),
            _ => format!("{first}–{last}"),
        };
        let more = if ranges.len() > RANGES { " 等" } else { "" };
        let sheet = if has_sheets { format!("“{}”", rows[0].1) } else { String::new() };
        format!("{sheet}第 {}{more} 行", ranges.iter().take(RANGES).map(range).collect::<Vec<_>>().join("、"))
    };
    rows.chunk_by(|one, other| one.1 == other.1).map(of_sheet).collect::<Vec<_>>().join("，")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_a_branch_are_named_by_their_numbers() {
        let rows = |places: &[(&str, u32)]| {
            let places: Vec<RowPlace> = places.iter().map(|(sheet, row)| (0, Arc::from(*sheet), *row, 0)).collect();
            in_words(&places.iter().collect::<Vec<_>>())
        };
        assert_eq!(rows(&[("甲", 3), ("甲", 7), ("甲", 8), ("甲", 9), ("甲", 12), ("甲", 13)]), "第 3、7–9、12、13 行");
        let many: Vec<(&str, u32)> = (0..20).map(|nth| ("甲", nth * 2)).collect();
        assert_eq!(rows(&many), "第 0、2、4、6、8、10、12、14、16、18、20、22 等 行");
        assert_eq!(rows(&[("甲", 3), ("乙", 4)]), "“甲”第 3 行，“乙”第 4 行");
    }
}
