//! Sharing jobs out so that whoever gets most gets as few as can be: by a flow from the jobs to those who take them.
//!
//! Serves both talkers, who take talks, and weeks, which take the talks of a talker. Start at [`share`].

use super::flow::Flow;

/// One way in which a job can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    pub lane: usize,
    /// What it costs to choose it; looked at only where the largest share stays as small as it can be.
    pub cost: i128,
}

/// A way into somebody's share, with room for so many jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lane {
    /// Whose share it leads into.
    pub taker: usize,
    pub room: usize,
}

/// Who takes what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shares {
    /// The lane each job was put into.
    pub lanes: Vec<usize>,
    /// How many jobs whoever gets most gets.
    pub largest: usize,
    pub cost: i128,
}

/// Shares jobs out: the largest share is the smallest there can be, then the cost of the choices is, where each job
/// costs `evenness` more for each job that its taker has already, so that shares are as even as the choices let them.
/// `None` if not all jobs can be taken.
pub(super) fn share(jobs: &[Vec<Choice>], lanes: &[Lane], takers: usize, evenness: i128) -> Option<Shares> {
    // No bound below the average can do; the first that does is the smallest.
    let average = jobs.len().div_ceil(takers.max(1));
    (average..=jobs.len()).find_map(|bound| share_within(bound, jobs, lanes, takers, evenness))
}

/// The cheapest way to share jobs out so that nobody takes more than `bound`.
fn share_within(bound: usize, jobs: &[Vec<Choice>], lanes: &[Lane], takers: usize, evenness: i128) -> Option<Shares> {
    let (source, sink) = (0, 1);
    let job_node = |job: usize| 2 + job;
    let lane_node = |lane: usize| 2 + jobs.len() + lane;
    let taker_node = |taker: usize| 2 + jobs.len() + lanes.len() + taker;
    let mut flow = Flow::with_nodes(2 + jobs.len() + lanes.len() + takers);
    let mut chosen = Vec::with_capacity(jobs.len());
    for (job, choices) in jobs.iter().enumerate() {
        flow.join(source, job_node(job), 1, 0);
        let arcs = choices.iter().map(|choice| flow.join(job_node(job), lane_node(choice.lane), 1, choice.cost));
        chosen.push(arcs.collect::<Vec<_>>());
    }
    for (place, lane) in lanes.iter().enumerate() {
        flow.join(lane_node(place), taker_node(lane.taker), lane.room.min(bound), 0);
    }
    for taker in 0..takers {
        for before in (0..).take(bound) {
            flow.join(taker_node(taker), sink, 1, evenness * before);
        }
    }
    let sent = flow.send(source, sink);
    if sent.units < jobs.len() {
        return None;
    }
    let taken = |(job, arcs): (usize, &Vec<usize>)| {
        let choice = arcs.iter().position(|arc| flow.in_arc(*arc) > 0)?;
        Some(jobs[job][choice].lane)
    };
    let lanes_of_jobs = chosen.iter().enumerate().map(taken).collect::<Option<Vec<_>>>()?;
    Some(Shares { lanes: lanes_of_jobs, largest: bound, cost: sent.cost })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::talk_plan::tests::Dice;

    /// The smallest largest share and then the smallest cost, by trying everything.
    fn by_trying(jobs: &[Vec<Choice>], lanes: &[Lane], takers: usize, evenness: i128) -> Option<(usize, i128)> {
        fn go(
            jobs: &[Vec<Choice>],
            lanes: &[Lane],
            evenness: i128,
            taken: &mut Vec<usize>,
            loads: &mut Vec<usize>,
            cost: i128,
        ) -> Option<(usize, i128)> {
            let Some((job, rest)) = jobs.split_first() else {
                return Some((loads.iter().copied().max().unwrap_or(0), cost));
            };
            let mut best = None;
            for choice in job {
                let lane = lanes[choice.lane];
                if taken[choice.lane] == lane.room {
                    continue;
                }
                let more = choice.cost + evenness * i128::try_from(loads[lane.taker]).expect("small");
                taken[choice.lane] += 1;
                loads[lane.taker] += 1;
                let found = go(rest, lanes, evenness, taken, loads, cost + more);
                taken[choice.lane] -= 1;
                loads[lane.taker] -= 1;
                best = best.into_iter().chain(found).min();
            }
            best
        }
        go(jobs, lanes, evenness, &mut vec![0; lanes.len()], &mut vec![0; takers], 0)
    }

    #[test]
    fn no_other_sharing_has_a_smaller_largest_share_or_costs_less() {
        let mut dice = Dice(7);
        let (mut possible, mut impossible) = (0, 0);
        for _ in 0..3_000 {
            let takers = 1 + dice.below(4);
            let lanes: Vec<_> = (0..takers + dice.below(3))
                .map(|place| Lane {
                    taker: if place < takers { place } else { dice.below(takers) },
                    room: dice.below(4),
                })
                .collect();
            let jobs: Vec<Vec<_>> = (0..dice.below(7))
                .map(|_| {
                    let mut choices = Vec::new();
                    for lane in 0..lanes.len() {
                        if dice.below(2) == 0 {
                            choices.push(Choice { lane, cost: i128::try_from(dice.below(3)).expect("small") * 20 });
                        }
                    }
                    choices
                })
                .collect();
            let found = share(&jobs, &lanes, takers, 1);
            assert_eq!(
                found.as_ref().map(|shares| (shares.largest, shares.cost)),
                by_trying(&jobs, &lanes, takers, 1),
                "{jobs:?} {lanes:?}"
            );
            match found {
                None => impossible += 1,
                Some(shares) => {
                    possible += 1;
                    for (job, lane) in shares.lanes.iter().enumerate() {
                        assert!(jobs[job].iter().any(|choice| choice.lane == *lane), "a job takes one of its choices");
                    }
                    let largest = (0..takers)
                        .map(|taker| shares.lanes.iter().filter(|lane| lanes[**lane].taker == taker).count());
                    assert_eq!(largest.max().unwrap_or(0), shares.largest);
                }
            }
        }
        assert!(possible > 500 && impossible > 500, "{possible} and {impossible}: the dice show both");
    }
}
