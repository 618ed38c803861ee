//! Who signs at the foot of a record, and how much room each has. Start at [`Signature`].

use serde::Serialize;

/// What is signed at the foot of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signature {
    pub name: &'static str,
    /// How many sign; none where a date is written.
    pub places: usize,
    /// How many sign beside each other.
    pub per_line: usize,
}

impl Signature {
    /// How many lines it takes.
    pub fn lines(&self) -> usize {
        self.places.div_ceil(self.per_line).max(1)
    }
}

/// So many of one side sign beside the other side; more have the whole width of the record.
const MOST_BESIDE: usize = 4;
/// How many sign on a line across the record, and how many at most: the rest on the back.
const SIGNATURES_ACROSS: usize = 5;
const MOST_SIGNATURES: usize = 40;

/// Each of a talk signs, and who wrote it down: two beside each other, or one across.
pub(super) fn signatures(talkers: usize, partners: usize) -> Vec<Vec<Signature>> {
    let is_across = talkers.max(partners) > MOST_BESIDE;
    let sign = |name, people: usize| {
        let places = people.clamp(1, MOST_SIGNATURES);
        Signature { name, places, per_line: if is_across { SIGNATURES_ACROSS } else { places.min(2) } }
    };
    let people = [sign("谈话人签字", talkers), sign("谈话对象签字", partners)];
    let last = vec![
        Signature { name: "记录人签字", places: 1, per_line: 1 },
        Signature { name: "日期", places: 0, per_line: 1 },
    ];
    let mut lines = if is_across { people.map(|one| vec![one]).to_vec() } else { vec![people.to_vec()] };
    lines.push(last);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_place_to_sign_in_and_many_sign_across_the_record() {
        let places = |talkers, partners| -> Vec<Vec<(usize, usize)>> {
            let lines = signatures(talkers, partners);
            lines.iter().map(|line| line.iter().map(|one| (one.places, one.lines())).collect()).collect()
        };
        assert_eq!(places(0, 1), [[(1, 1), (1, 1)], [(1, 1), (0, 1)]]);
        assert_eq!(places(3, 2), [[(3, 2), (2, 1)], [(1, 1), (0, 1)]]);
        assert_eq!(places(1, 18), [vec![(1, 1)], vec![(18, 4)], vec![(1, 1), (0, 1)]]);
        assert_eq!(places(6, 1), [vec![(6, 2)], vec![(1, 1)], vec![(1, 1), (0, 1)]], "on whichever side they are");
        assert_eq!(places(1, 300)[1], [(40, 8)], "half a page at most");
    }
}
