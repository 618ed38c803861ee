//! A maximum matching: as many pairs as can be of those who may be paired, nobody in two of them.
//!
//! By augmenting paths that shrink odd circles (Edmonds 1965, “Paths, trees, and flowers”). Start at
//! [`maximum_matching`].

use std::collections::VecDeque;

/// Pairs as many of `count` as can be, of whom `may` says whether two may be paired; tells the mate of each.
pub(super) fn maximum_matching(count: usize, may: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    let mut search = Search::new(count, may);
    search.pair_neighbours();
    for root in 0..count {
        if search.mates[root].is_none()
            && let Some(end) = search.path_from(root)
        {
            search.turn(end);
        }
    }
    search.mates
}

struct Search<May> {
    may: May,
    mates: Vec<Option<usize>>,
    /// From whom the tree of the search reached somebody by a step that is no pair.
    from: Vec<Option<usize>>,
    /// Whom the odd circle somebody was shrunk into is known by.
    base: Vec<usize>,
    is_outer: Vec<bool>,
}

impl<May: Fn(usize, usize) -> bool> Search<May> {
    fn new(count: usize, may: May) -> Self {
        Self {
            may,
            mates: vec![None; count],
            from: vec![None; count],
            base: (0..count).collect(),
            is_outer: vec![false; count],
        }
    }

    /// Pairs each with the next who is free: nearly all, where few may not be paired.
    fn pair_neighbours(&mut self) {
        for one in 0..self.mates.len() {
            if self.mates[one].is_some() {
                continue;
            }
            let free = |other: &usize| self.mates[*other].is_none() && (self.may)(one, *other);
            if let Some(other) = (one + 1..self.mates.len()).find(free) {
                self.mates[one] = Some(other);
                self.mates[other] = Some(one);
            }
        }
    }

    /// Searches a path from one who is free to another, each second step of it a pair; tells where it ends.
    fn path_from(&mut self, root: usize) -> Option<usize> {
        let count = self.mates.len();
        self.from.fill(None);
        self.is_outer.fill(false);
        self.base = (0..count).collect();
        self.is_outer[root] = true;
        let mut queue = VecDeque::from([root]);
        while let Some(one) = queue.pop_front() {
            for other in 0..count {
                let is_inside = self.base[one] == self.base[other] || self.mates[one] == Some(other);
                if one == other || is_inside || !(self.may)(one, other) {
                    continue;
                }
                let is_reached_by_pair = self.mates[other].is_some_and(|mate| self.from[mate].is_some());
                if other == root || is_reached_by_pair {
                    self.shrink(one, other, &mut queue);
                } else if self.from[other].is_none() {
                    self.from[other] = Some(one);
                    let Some(mate) = self.mates[other] else { return Some(other) };
                    self.is_outer[mate] = true;
                    queue.push_back(mate);
                }
            }
        }
        None
    }

    /// Shrinks the odd circle that a step between two outer ones closes: all on it are outer then.
    fn shrink(&mut self, one: usize, other: usize, queue: &mut VecDeque<usize>) {
        let top = self.common_base(one, other);
        let mut is_on_circle = vec![false; self.mates.len()];
        self.mark(one, top, other, &mut is_on_circle);
        self.mark(other, top, one, &mut is_on_circle);
        for each in 0..self.mates.len() {
            if is_on_circle[self.base[each]] {
                self.base[each] = top;
                if !self.is_outer[each] {
                    self.is_outer[each] = true;
                    queue.push_back(each);
                }
            }
        }
    }

    /// Where the ways of two outer ones back to the root meet.
    fn common_base(&self, one: usize, other: usize) -> usize {
        let mut is_passed = vec![false; self.mates.len()];
        for base in self.way_back(one) {
            is_passed[base] = true;
        }
        self.way_back(other).find(|base| is_passed[*base]).unwrap_or(self.base[one])
    }

    /// The bases on the way of an outer one back to the root.
    fn way_back(&self, outer: usize) -> impl Iterator<Item = usize> {
        let next = |base: &usize| self.mates[*base].and_then(|mate| self.from[mate]).map(|before| self.base[before]);
        std::iter::successors(Some(self.base[outer]), next)
    }

    /// Marks the circle from an outer one up to its top, and remembers the way round: `child` is whom it was left by.
    fn mark(&mut self, outer: usize, top: usize, child: usize, is_on_circle: &mut [bool]) {
        let (mut outer, mut child) = (outer, child);
        while self.base[outer] != top {
            let Some(mate) = self.mates[outer] else { return };
            is_on_circle[self.base[outer]] = true;
            is_on_circle[self.base[mate]] = true;
            self.from[outer] = Some(child);
            child = mate;
            let Some(before) = self.from[mate] else { return };
            outer = before;
        }
    }

    /// Turns the pairs of a path over: it had one free at each end, and has one pair more now.
    fn turn(&mut self, end: usize) {
        let mut at = Some(end);
        while let Some(inner) = at {
            let before = self.from[inner];
            let next = before.and_then(|outer| self.mates[outer]);
            self.mates[inner] = before;
            if let Some(outer) = before {
                self.mates[outer] = Some(inner);
            }
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::talk_plan::tests::Dice;

    /// The most pairs there can be, by trying everything.
    fn by_trying(count: usize, edges: &[(usize, usize)]) -> usize {
        fn go(edges: &[(usize, usize)], used: u32) -> usize {
            let Some((&(one, other), rest)) = edges.split_first() else { return 0 };
            let pair = 1 << one | 1 << other;
            let with = if used & pair == 0 { 1 + go(rest, used | pair) } else { 0 };
            with.max(go(rest, used))
        }
        assert!(count <= 32);
        go(edges, 0)
    }

    fn check(count: usize, edges: &[(usize, usize)]) {
        let may = |one: usize, other: usize| edges.contains(&(one.min(other), one.max(other)));
        let mates = maximum_matching(count, may);
        for (one, mate) in mates.iter().enumerate() {
            if let Some(other) = *mate {
                assert!(may(one, other) && mates[other] == Some(one) && one != other, "{edges:?}: {mates:?}");
            }
        }
        assert_eq!(mates.iter().flatten().count(), 2 * by_trying(count, edges), "{edges:?}: {mates:?}");
    }

    fn all_pairs(count: usize) -> Vec<(usize, usize)> {
        (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other))).collect()
    }

    #[test]
    fn of_up_to_six_no_pairing_has_more_pairs() {
        for count in 0..=6 {
            let pairs = all_pairs(count);
            for chosen in 0_u32..1 << pairs.len() {
                let edges = pairs.iter().enumerate().filter(|(place, _)| chosen >> place & 1 == 1);
                check(count, &edges.map(|(_, pair)| *pair).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn of_more_neither_where_odd_circles_meet() {
        let mut dice = Dice(11);
        for round in 0..600 {
            let count = 7 + dice.below(5);
            let density = 2 + round % 4;
            let edges: Vec<_> = all_pairs(count).into_iter().filter(|_| dice.below(density + 1) == 0).collect();
            check(count, &edges);
        }
    }
}
