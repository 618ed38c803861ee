//! Owns which rows of a list are selected. Must never know what they are, nor act on them. Start at [`Picked`].

use std::collections::HashSet;
use std::hash::Hash;

/// The rows that are selected, by their ids.
#[derive(Debug)]
pub struct Picked<Id> {
    ids: HashSet<Id>,
    /// Where Shift begins to extend.
    anchor: Option<Id>,
    /// Grows with each change.
    version: u64,
}

impl<Id> Default for Picked<Id> {
    fn default() -> Self {
        Self { ids: HashSet::new(), anchor: None, version: 0 }
    }
}

impl<Id: Copy + Eq + Hash> Picked<Id> {
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn contains(&self, id: Id) -> bool {
        self.ids.contains(&id)
    }

    /// Another number after each change.
    pub fn version(&self) -> u64 {
        self.version
    }

    pub fn clear(&mut self) {
        self.version += 1;
        self.ids.clear();
    }

    /// Selects this one only.
    pub fn only(&mut self, id: Id) {
        self.version += 1;
        self.anchor = Some(id);
        self.ids = HashSet::from([id]);
    }

    /// Selects, or selects no longer.
    pub fn toggle(&mut self, id: Id) {
        self.version += 1;
        self.anchor = Some(id);
        if !self.ids.remove(&id) {
            self.ids.insert(id);
        }
    }

    /// Selects all that is listed.
    pub fn all(&mut self, listed: &[Id]) {
        self.version += 1;
        self.ids = listed.iter().copied().collect();
    }

    /// Selects what lies between two rows, both included.
    pub fn range(&mut self, listed: &[Id], from: usize, to: usize) {
        self.version += 1;
        if let Some(ids) = listed.get(from.min(to)..=from.max(to)) {
            self.ids.extend(ids.iter().copied());
        }
    }

    /// Selects what lies between the row where extending begins and this one.
    pub fn extend_to(&mut self, listed: &[Id], row: usize) {
        let from = self.anchor.and_then(|anchor| listed.iter().position(|id| *id == anchor));
        self.range(listed, from.unwrap_or(row), row);
    }

    /// What is no longer listed is selected no longer.
    pub fn keep_listed(&mut self, listed: &[Id]) {
        if !self.ids.is_empty() {
            self.version += 1;
            let all: HashSet<Id> = listed.iter().copied().collect();
            self.ids.retain(|id| all.contains(id));
        }
    }

    /// Those selected, in the order of the list.
    pub fn in_order(&self, listed: &[Id]) -> Vec<Id> {
        listed.iter().copied().filter(|id| self.ids.contains(id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Picked;

    #[test]
    fn shift_extends_from_where_one_selected_last() {
        let listed = [1, 2, 3, 4, 5, 6];
        let mut picked = Picked::default();
        picked.only(2);
        picked.extend_to(&listed, 3);
        assert_eq!(picked.in_order(&listed), [2, 3, 4]);
        picked.toggle(3);
        picked.extend_to(&listed, 5);
        assert_eq!(picked.in_order(&listed), [2, 3, 4, 5, 6]);
        picked.keep_listed(&listed[4..]);
        assert_eq!(picked.in_order(&listed), [5, 6]);
    }
}
