//! Owns who of the list is selected, and the sum line over them.
//! Must never act on them. Start at [`Selection`].

use std::collections::HashSet;

use crate::domain::ids::PersonId;
use crate::engine::{Question as _, Ticket, questions};
use crate::ui::scene::Scene;
use crate::view::members::Sums;

/// Who is selected.
#[derive(Debug, Default)]
pub struct Selection {
    people: HashSet<PersonId>,
    /// Where Shift begins to extend.
    anchor: Option<PersonId>,
    /// Grows with each change.
    version: u64,
    summed: Option<Summed>,
}

/// The sum line, for what it was asked, and whether it has come.
#[derive(Debug)]
struct Summed {
    /// Of the selection and of the data.
    versions: (u64, u64),
    ticket: Ticket<Sums>,
    sums: Option<Sums>,
}

impl Selection {
    pub fn len(&self) -> usize {
        self.people.len()
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    pub fn contains(&self, id: PersonId) -> bool {
        self.people.contains(&id)
    }

    pub fn clear(&mut self) {
        self.version += 1;
        self.people.clear();
    }

    /// Selects this one only.
    pub fn only(&mut self, id: PersonId) {
        self.version += 1;
        self.anchor = Some(id);
        self.people = HashSet::from([id]);
    }

    /// Selects, or selects no longer.
    pub fn toggle(&mut self, id: PersonId) {
        self.version += 1;
        self.anchor = Some(id);
        if !self.people.remove(&id) {
            self.people.insert(id);
        }
    }

    /// Selects everybody who is listed.
    pub fn all(&mut self, listed: &[PersonId]) {
        self.version += 1;
        self.people = listed.iter().copied().collect();
    }

    /// Selects what lies between two rows, both included.
    pub fn range(&mut self, listed: &[PersonId], from: usize, to: usize) {
        self.version += 1;
        if let Some(ids) = listed.get(from.min(to)..=from.max(to)) {
            self.people.extend(ids.iter().copied());
        }
    }

    /// Selects what lies between the row where extending begins and this one.
    pub fn extend_to(&mut self, listed: &[PersonId], row: usize) {
        let from = self.anchor.and_then(|anchor| listed.iter().position(|id| *id == anchor));
        self.range(listed, from.unwrap_or(row), row);
    }

    /// Those who are no longer listed are selected no longer.
    pub fn keep_listed(&mut self, listed: &[PersonId]) {
        if !self.people.is_empty() {
            self.version += 1;
            let all: HashSet<PersonId> = listed.iter().copied().collect();
            self.people.retain(|id| all.contains(id));
        }
    }

    /// Those selected, in the order of the list.
    pub fn in_order(&self, listed: &[PersonId]) -> Vec<PersonId> {
        listed.iter().copied().filter(|id| self.people.contains(id)).collect()
    }

    /// Asks for the sum line if somebody else is selected now, or something has changed.
    pub fn ask(&mut self, scene: &Scene<'_>, listed: &[PersonId]) {
        if self.people.is_empty() {
            self.summed = None;
            return;
        }
        let versions = (self.version, scene.version(questions::Selection::USES));
        if self.summed.as_ref().is_none_or(|summed| summed.versions != versions) {
            let ticket = scene.ask(questions::Selection { ids: self.in_order(listed), as_of: scene.as_of });
            self.summed = Some(Summed { versions, ticket, sums: None });
        }
        if let Some(summed) = &mut self.summed
            && let Some(Ok(sums)) = summed.ticket.take()
        {
            summed.sums = Some(sums);
        }
    }

    /// The sum line in words: 「女 1 人，大专及以上 3 人，平均年龄 43.7 岁，平均党龄 16.3 年」.
    pub fn words(&self) -> Option<String> {
        let sums = self.summed.as_ref()?.sums?;
        let mut words = vec![format!("女 {} 人", sums.women), format!("大专及以上 {} 人", sums.college)];
        words.extend(sums.mean_age.map(|years| format!("平均年龄 {years:.1} 岁")));
        words.extend(sums.mean_standing.map(|years| format!("平均党龄 {years:.1} 年")));
        Some(words.join("，"))
    }
}

#[cfg(test)]
mod tests {
    use super::Selection;
    use crate::domain::ids::PersonId;

    #[test]
    fn shift_extends_from_where_one_selected_last() {
        let listed: Vec<PersonId> = (1..=6).map(PersonId).collect();
        let mut selection = Selection::default();
        selection.only(PersonId(2));
        selection.extend_to(&listed, 3);
        assert_eq!(selection.in_order(&listed), [2, 3, 4].map(PersonId));
        selection.toggle(PersonId(3));
        selection.extend_to(&listed, 5);
        assert_eq!(selection.in_order(&listed), [2, 3, 4, 5, 6].map(PersonId));
        selection.keep_listed(&listed[4..]);
        assert_eq!(selection.in_order(&listed), [5, 6].map(PersonId));
    }
}
