//! Sentences that two talks share word for word (雷同自查): shown beside the text to whoever writes it, and nothing more —
//! no score, no list.
//!
//! A text is compared in pieces of eight letters, without blanks and punctuation. Start at [`Likeness::of`].

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::letters::{letters, letters_into};

/// Letters of a piece that counts as the same.
const PIECE: usize = 8;

type Piece = [char; PIECE];

/// Part of a text that stands word for word in another talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared<T> {
    /// In bytes of the text.
    pub range: Range<usize>,
    /// In which talks it stands, in the order in which they were compared.
    pub talks: Vec<T>,
}

/// A text that is compared with others.
#[derive(Debug)]
pub struct Likeness<T> {
    /// The bytes of each letter.
    places: Vec<Range<usize>>,
    /// Each piece, with its place in `standing`.
    pieces: HashMap<Piece, usize>,
    /// Where the pieces stand, and the last comparison in which each was found.
    standing: Vec<(Vec<usize>, u64)>,
    compared: u64,
    /// Which sums of pieces there are: tells of most pieces of other texts that they are none of these.
    sums: Sums,
    shared: Vec<(Range<usize>, T)>,
    /// The letters of the text that is compared.
    others: Vec<char>,
}

impl<T: Clone + PartialEq> Likeness<T> {
    /// A text; what stands in the outline of its type is nobody's own, and does not count.
    pub fn of(text: &str, outline: &str) -> Self {
        let (text, places): (Vec<char>, Vec<Range<usize>>) = letters(text).unzip();
        let outline: Vec<char> = letters(outline).map(|(letter, _)| letter).collect();
        let common: HashSet<Piece> = pieces_of(&outline).map(|(_, piece)| piece).collect();
        let mut pieces: HashMap<Piece, usize> = HashMap::new();
        let mut standing: Vec<(Vec<usize>, u64)> = Vec::new();
        let mut sums = Sums::default();
        for (at, piece) in pieces_of(&text) {
            if !common.contains(&piece) {
                sums.add(sum(&piece));
                let known = *pieces.entry(piece).or_insert(standing.len());
                match standing.get_mut(known) {
                    Some((places, _)) => places.push(at),
                    None => standing.push((vec![at], 0)),
                }
            }
        }
        Self { places, pieces, standing, compared: 0, sums, shared: Vec::new(), others: Vec::new() }
    }

    /// Whether there is anything to compare.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Compares it with one of the texts of a talk.
    pub fn compare(&mut self, talk: &T, other: &str) {
        letters_into(other, &mut self.others);
        self.compared += 1;
        let other = &self.others;
        let mut places: Vec<usize> = Vec::new();
        let mut rolling = 0_u64;
        for (end, letter) in other.iter().enumerate() {
            rolling = rolling.wrapping_mul(FACTOR).wrapping_add(u64::from(*letter));
            if let Some(gone) = end.checked_sub(PIECE) {
                rolling = rolling.wrapping_sub(u64::from(other[gone]).wrapping_mul(GONE));
            }
            let Some(start) = (end + 1).checked_sub(PIECE).filter(|_| self.sums.may_hold(rolling)) else { continue };
            let piece = other.get(start..=end).and_then(|piece| Piece::try_from(piece).ok());
            let known = piece.and_then(|piece| self.pieces.get(&piece));
            let Some((stands, last)) = known.and_then(|known| self.standing.get_mut(*known)) else { continue };
            // What is said over and over is found once.
            if *last < self.compared {
                *last = self.compared;
                places.extend_from_slice(stands);
            }
        }
        places.sort_unstable();
        places.dedup();
        for run in places.chunk_by(|one, next| next - one <= 1) {
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                self.shared.push((*first..last + PIECE, talk.clone()));
            }
        }
    }

    /// What is shared, in the order of the text.
    pub fn shared(self) -> Vec<Shared<T>> {
        let mut found: Vec<(Range<usize>, Vec<T>)> = Vec::new();
        let mut by_range: HashMap<Range<usize>, usize> = HashMap::new();
        for (range, talk) in self.shared {
            let at = *by_range.entry(range.clone()).or_insert_with(|| {
                found.push((range, Vec::new()));
                found.len() - 1
            });
            // One talk is compared after another: it is the last one, or not there yet.
            if found[at].1.last() != Some(&talk) {
                found[at].1.push(talk);
            }
        }
        found.sort_by_key(|(range, _)| (range.start, range.end));
        let shared = |(range, talks): (Range<usize>, Vec<T>)| {
            let (first, last) = (self.places.get(range.start)?, self.places.get(range.end - 1)?);
            Some(Shared { range: first.start..last.end, talks })
        };
        found.into_iter().filter_map(shared).collect()
    }
}

/// The pieces of a text, each with the letter at which it begins.
fn pieces_of(text: &[char]) -> impl Iterator<Item = (usize, Piece)> {
    text.windows(PIECE).enumerate().filter_map(|(at, piece)| Some((at, Piece::try_from(piece).ok()?)))
}

/// A sum of the letters of a piece that can be carried on from one piece to the next.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
/// What the letter before a piece still adds to it.
const GONE: u64 = power(PIECE);

const fn power(times: usize) -> u64 {
    let (mut product, mut done) = (1_u64, 0);
    while done < times {
        product = product.wrapping_mul(FACTOR);
        done += 1;
    }
    product
}

fn sum(piece: &Piece) -> u64 {
    piece.iter().fold(0, |sum, letter| sum.wrapping_mul(FACTOR).wrapping_add(u64::from(*letter)))
}

/// A set of sums that may say yes to a few that it does not hold.
#[derive(Debug)]
struct Sums(Vec<u64>);

impl Default for Sums {
    fn default() -> Self {
        Self(vec![0; (1 << Self::BITS) / 64])
    }
}

impl Sums {
    const BITS: u32 = 18;

    fn place(sum: u64) -> (usize, u64) {
        // The high bits of a product depend on all of its factors.
        let at = sum.wrapping_mul(FACTOR) >> (64 - Self::BITS);
        ((at / 64) as usize, 1 << (at % 64))
    }

    fn add(&mut self, sum: u64) {
        let (at, bit) = Self::place(sum);
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= bit;
        }
    }

    fn may_hold(&self, sum: u64) -> bool {
        let (at, bit) = Self::place(sum);
        self.0.get(at).is_some_and(|bits| bits & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared<'t>(text: &'t str, outline: &str, others: &[&str]) -> Vec<(&'t str, Vec<usize>)> {
        let mut likeness = Likeness::of(text, outline);
        for (talk, other) in others.iter().enumerate() {
            likeness.compare(&talk, other);
        }
        likeness.shared().into_iter().map(|one| (&text[one.range], one.talks)).collect()
    }

    #[test]
    fn eight_letters_in_a_row_are_shared_whatever_stands_between_them() {
        let text = "他说，近期工作上有压力，家里老人也要照顾；其余都好。";
        let other = "近期工作上，有压力。家里老人也要照顾";
        assert_eq!(shared(text, "", &[other]), [("近期工作上有压力，家里老人也要照顾", vec![0])]);
        assert_eq!(shared(text, "", &["近期工作上有压"]), [], "seven letters are a way to speak");
        assert_eq!(shared(text, "", &["近期工作上有压力"]), [("近期工作上有压力", vec![0])]);
        assert_eq!(shared(text, "", &["近期工作也有压力家里"]), []);
    }

    #[test]
    fn each_stretch_names_all_talks_in_which_it_stands_once() {
        let text = "认真学习党的创新理论。另外，主动承担急难险重任务。";
        let one = "主动承担急难险重任务；认真学习党的创新理论；认真学习党的创新理论";
        let two = "要认真学习党的创新理论的";
        assert_eq!(
            shared(text, "", &[one, two]),
            [("认真学习党的创新理论", vec![0, 1]), ("主动承担急难险重任务", vec![0])]
        );
    }

    #[test]
    fn what_the_outline_says_is_nobodys_own() {
        let text = "对支部工作、对支委的意见建议：多开小组会，会议时间再短一些";
        let others = ["对支部工作、对支委的意见建议：没有"];
        assert_eq!(shared(text, "对支部工作、对支委的意见建议", &others), []);
        assert_eq!(shared(text, "", &others).len(), 1);
    }

    #[test]
    fn full_width_and_half_width_are_the_same() {
        assert_eq!(shared("完成ＫＰＩ指标１００件", "", &["完成kpi指标100件"]), [("完成ＫＰＩ指标１００件", vec![0])]);
        assert_eq!(shared("", "", &["完成kpi指标100件"]), []);
    }

    #[test]
    fn what_is_said_over_and_over_is_compared_in_no_time() {
        let (text, other) = ("好".repeat(20_000), "好".repeat(20_000));
        assert_eq!(shared(&text, "", &[&other]), [(text.as_str(), vec![0])]);
    }
}
