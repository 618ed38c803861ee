//! A flow of least cost in a network of arcs: each unit is sent by the cheapest way that is left.
//!
//! A way may take a unit back from an arc that an earlier one used, so the flow is always the cheapest of its size, and
//! where no way is left it is the largest there is.

use std::collections::VecDeque;

/// A network, and what flows in it.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Each arc is followed by its reverse, which takes back what flows in it.
    arcs: Vec<Arc>,
    leaving: Vec<Vec<usize>>,
}

#[derive(Debug, Clone, Copy)]
struct Arc {
    to: usize,
    /// How much more can be sent.
    left: usize,
    /// Of a unit.
    cost: i128,
}

/// How much flows, and what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sent {
    pub units: usize,
    pub cost: i128,
}

impl Flow {
    pub(super) fn with_nodes(nodes: usize) -> Self {
        Self { arcs: Vec::new(), leaving: vec![Vec::new(); nodes] }
    }

    /// Joins two nodes; returns the place of the arc.
    pub(super) fn join(&mut self, from: usize, to: usize, capacity: usize, cost: i128) -> usize {
        let place = self.arcs.len();
        self.arcs.push(Arc { to, left: capacity, cost });
        self.arcs.push(Arc { to: from, left: 0, cost: -cost });
        self.leaving[from].push(place);
        self.leaving[to].push(place + 1);
        place
    }

    /// How much flows in an arc.
    pub(super) fn in_arc(&self, place: usize) -> usize {
        self.arcs[place ^ 1].left
    }

    /// Sends as much as there is room for.
    pub(super) fn send(&mut self, source: usize, sink: usize) -> Sent {
        let mut sent = Sent { units: 0, cost: 0 };
        while let Some((way, cost)) = self.cheapest_way(source, sink) {
            let units = way.iter().map(|place| self.arcs[*place].left).min().unwrap_or(0);
            for place in way {
                self.arcs[place].left -= units;
                self.arcs[place ^ 1].left += units;
            }
            sent.units += units;
            sent.cost += cost * i128::try_from(units).unwrap_or(i128::MAX);
        }
        sent
    }

    /// The arcs of the cheapest way with room, from its end to its beginning, and what a unit costs on it. (Bellman and
    /// Ford, with a queue: taking a unit back has a negative cost.)
    fn cheapest_way(&self, source: usize, sink: usize) -> Option<(Vec<usize>, i128)> {
        let mut reached: Vec<Option<i128>> = vec![None; self.leaving.len()];
        let mut by = vec![usize::MAX; self.leaving.len()];
        let mut is_queued = vec![false; self.leaving.len()];
        let mut queue = VecDeque::from([source]);
        reached[source] = Some(0);
        while let Some(node) = queue.pop_front() {
            is_queued[node] = false;
            let Some(until_here) = reached[node] else { continue };
            for &place in &self.leaving[node] {
                let arc = self.arcs[place];
                let cost = until_here + arc.cost;
                if arc.left > 0 && reached[arc.to].is_none_or(|known| cost < known) {
                    reached[arc.to] = Some(cost);
                    by[arc.to] = place;
                    if !is_queued[arc.to] && arc.to != sink {
                        is_queued[arc.to] = true;
                        queue.push_back(arc.to);
                    }
                }
            }
        }
        let cost = reached[sink]?;
        let mut way = Vec::new();
        let mut node = sink;
        while node != source {
            way.push(by[node]);
            node = self.arcs[by[node] ^ 1].to;
        }
        Some((way, cost))
    }
}
