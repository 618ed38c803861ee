//! Who sat on which side, where one column names them all: 「陈志远与林秀英」, 「谈话人：陈志远　谈话对象：林秀英」.
//!
//! Words say who is who, else a sign between the two sides parts them. Names may have such a sign in them (李和平): who the
//! workbook knows tells. Of two names side by side the head tells who stands first, else a person does, once for the file.
//! Start at [`Planner::part_sides`].

use std::sync::Arc;

use super::told::{NameTold, RowTold, bracketed, names_told};
use super::{Kept, Planner, RowPlace};
use crate::domain::imports::{OpenQuestion, PlannedProblem, QuestionAbout};
use crate::domain::lists::{ListField, TalkField};
use crate::domain::values::{Reading, Trouble, Value, beside, half_width, names_and_posts_in, squeezed};
use crate::exchange::import::head_words::talk_words;
use crate::exchange::import::headers::Role;

/// What a column of both sides says in a row.
#[derive(Debug, Clone)]
pub struct BothTold {
    pub head: Arc<str>,
    pub text: String,
    /// The side that the head names first; none where it names none.
    pub first: Option<TalkField>,
}

/// Whether it is known who sat on which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SidesKnown {
    Yes,
    /// Waits for the answer who stands first.
    Asked,
    /// It cannot be told, and that was told.
    No,
}

/// The sides of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Parted {
    /// Who talked, and with whom.
    ByWords([String; 2]),
    /// One side, and then the other: a sign stands between them.
    BySign([String; 2]),
    /// Two names side by side.
    Two([String; 2]),
    Untold,
}

impl Planner<'_> {
    /// Puts the names of a column of both sides on their sides.
    pub(super) fn part_sides(&mut self, place: &RowPlace, told: &mut RowTold) -> SidesKnown {
        let Some(BothTold { head, text, first }) = told.both.clone() else { return SidesKnown::Yes };
        let people = self.workbook.people;
        let faces = &self.faces;
        let bare = |names: &[String]| names.iter().map(|name| NameTold::bare(name)).collect();
        let apart = |names: &[String]| faces.parted(bare(names)).into_iter().map(|told| told.name).collect::<Vec<_>>();
        let parted = parted(&text, |name| people.named(name).next().is_some(), apart);
        let first_talks = first.is_none_or(|side| side == TalkField::Talkers);
        let (one, two, first_talks) = match parted {
            Parted::ByWords([talkers, partners]) => (talkers, partners, true),
            Parted::BySign([one, two]) => (one, two, first_talks),
            Parted::Two([one, two]) if first.is_some() => (one, two, first_talks),
            Parted::Two([one, two]) => match self.workbook.options.answers.who_stands_first(place.0) {
                Some(side) => (one, two, side == TalkField::Talkers),
                None => {
                    self.unordered.entry(place.0).or_default().push(text);
                    return SidesKnown::Asked;
                }
            },
            Parted::Untold => {
                let sentence = format!(
                    "看不出“{text}”里谁是谈话人、谁是谈话对象，没有写入这一行；请写成“谈话人—谈话对象”，或分成谈话人、谈话对象两栏"
                );
                self.problem(place, &head, "sides_unknown", sentence);
                return SidesKnown::No;
            }
        };
        let (talkers, partners) = if first_talks { (one, two) } else { (two, one) };
        let mut says_more = false;
        for (field, side) in [(TalkField::Talkers, talkers), (TalkField::Partners, partners)] {
            let reading = names_and_posts_in(&side);
            if matches!(reading, Reading::Doubtful(..)) {
                self.problem(
                    place,
                    field.name(),
                    Trouble::NameUnreadable.code(),
                    "不是姓名，或没有写明是谁，已按原样保留；请核对".to_owned(),
                );
            }
            let Some(names) = reading.value() else { continue };
            says_more |= !beside(&side, names, true).is_empty();
            let mut told_of_side = names_told(&names.text(), &[bracketed(&text)]);
            told_of_side.iter_mut().for_each(|name| drop(name.about.take_if(|about| side_named(about).is_some())));
            match field {
                TalkField::Talkers => told.talkers.extend(told_of_side),
                _ => told.partners.extend(told_of_side),
            }
        }
        if says_more {
            told.kept.push(Kept { head, text, instead_of: None });
        }
        SidesKnown::Yes
    }

    /// One question for each file with rows of two names of which nothing tells who talked with whom.
    pub(super) fn ask_who_stands_first(&mut self) {
        for (file, texts) in std::mem::take(&mut self.unordered) {
            let first = texts.first().map_or("", String::as_str);
            self.plan.questions.push(OpenQuestion {
                file,
                sheet: Arc::from(""),
                row: 0,
                beside: 0,
                about: QuestionAbout::WhoStandsFirst,
                raw: format!("{} 次谈话的双方写在一格（“{first}”）", texts.len()),
                choices: [TalkField::Talkers, TalkField::Partners].map(|side| side.name().to_owned()).to_vec(),
                labels: vec!["谈话人在前，谈话对象在后".to_owned(), "谈话对象在前，谈话人在后".to_owned()],
            });
        }
    }

    /// Tells what could not be understood and is kept in the remark.
    pub(super) fn tell_kept(&mut self, place: &RowPlace, told: &mut RowTold) {
        for (head, sentence) in std::mem::take(&mut told.notes) {
            self.problem(place, &head, PlannedProblem::KEPT_AS_WRITTEN, sentence);
        }
    }
}

/// The sides of a text; `is_known` tells the names of the workbook, `apart` parts names between which nothing stands.
fn parted(text: &str, is_known: impl Fn(&str) -> bool, apart: impl Fn(&[String]) -> Vec<String>) -> Parted {
    if let Some(sides) = by_words(text) {
        return Parted::ByWords(sides);
    }
    let text = text.replace("同志", "");
    let text = without_verb(text.trim());
    if let Some(sides) = by_line(text) {
        return Parted::BySign(sides);
    }
    if let Some(sides) = by_conjunction(text, is_known) {
        return Parted::BySign(sides);
    }
    match &apart(&names(text))[..] {
        [one, two] => Parted::Two([one.clone(), two.clone()]),
        _ => Parted::Untold,
    }
}

/// 谈话人：陈志远　谈话对象：林秀英; 陈志远（谈话人）、林秀英（谈话对象).
fn by_words(text: &str) -> Option<[String; 2]> {
    let labels = labels(text).or_else(|| labels_behind(text))?;
    let mut sides = [String::new(), String::new()];
    for (side, told) in labels {
        let place = usize::from(side != TalkField::Talkers);
        let told = told.trim_matches(is_gap);
        if told.is_empty() {
            continue;
        }
        if !sides[place].is_empty() {
            sides[place].push('、');
        }
        sides[place].push_str(told);
    }
    (!sides[0].is_empty() && !sides[1].is_empty()).then_some(sides)
}

/// What stands behind each label; where one side only has a label, the other stands before it.
fn labels(text: &str) -> Option<Vec<(TalkField, &str)>> {
    let mut found: Vec<(usize, usize, TalkField)> = Vec::new();
    for (colon, sign) in text.match_indices(['：', ':']) {
        let before = &text[found.last().map_or(0, |(_, end, _)| *end)..colon];
        let from = colon - before.len();
        let label = before.char_indices().find_map(|(at, _)| Some((from + at, side_named(&before[at..])?)));
        found.extend(label.map(|(start, side)| (start, colon + sign.len(), side)));
    }
    let first = *found.first()?;
    let ends = found.iter().skip(1).map(|(start, ..)| *start).chain([text.len()]);
    let mut told: Vec<(TalkField, &str)> =
        found.iter().zip(ends).map(|((_, start, side), end)| (*side, &text[*start..end])).collect();
    let before = text[..first.0].trim_matches(is_gap);
    match (before.is_empty(), &found[..]) {
        (true, _) => {}
        (false, [_]) => told.push((other(first.2), before)),
        (false, _) => return None,
    }
    Some(told)
}

/// What stands before each label in brackets, where every name has one.
fn labels_behind(text: &str) -> Option<Vec<(TalkField, &str)>> {
    let mut told = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['（', '(']) {
        let inside = rest[open..].trim_start_matches(['（', '(']);
        let close = inside.find(['）', ')'])?;
        told.push((side_named(&inside[..close])?, &rest[..open]));
        rest = inside[close..].trim_start_matches(['）', ')']);
    }
    rest.trim_matches(is_gap).is_empty().then_some(told)
}

fn side_named(text: &str) -> Option<TalkField> {
    match talk_words().meaning(text)? {
        Role::Field(side @ (TalkField::Talkers | TalkField::Partners)) => Some(side),
        _ => None,
    }
}

fn other(side: TalkField) -> TalkField {
    if side == TalkField::Talkers { TalkField::Partners } else { TalkField::Talkers }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || "，,；;、。./／|".contains(c)
}

/// 陈志远与林秀英谈话.
fn without_verb(text: &str) -> &str {
    let verbs = ["进行谈心谈话", "进行谈话", "谈心谈话", "谈心", "谈话", "交谈"];
    verbs.iter().find_map(|verb| text.strip_suffix(verb)).map_or(text, str::trim_end)
}

/// The places of characters that stand in no brackets.
fn outside(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut depth = 0_usize;
    text.char_indices().filter(move |(_, c)| {
        match c {
            '（' | '(' | '【' | '[' => depth += 1,
            '）' | ')' | '】' | ']' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

/// 陈志远—林秀英, 陈志远→林秀英: a line or an arrow between the sides; and a sign that parts more than names: 陈志远、吴海涛/林秀英.
fn by_line(text: &str) -> Option<[String; 2]> {
    const LINES: &str = "—–―─-－→➔⇒➡>＞~～↔";
    let all: Vec<(usize, char)> = outside(text).collect();
    let parts_at = |signs: &str| {
        let mut places = all.iter().filter(|(_, c)| signs.contains(*c)).map(|(at, c)| (*at, at + c.len_utf8()));
        let first = places.next()?;
        // —— and -> are one.
        let last = places.try_fold(first, |held, next| (held.1 == next.0).then_some((held.0, next.1)))?;
        let (one, two) = (text[..last.0].trim_matches(is_gap), text[last.1..].trim_matches(is_gap));
        is_apart(one, two).then(|| [one.to_owned(), two.to_owned()])
    };
    let has_list = all.iter().any(|(_, c)| "、，,".contains(*c));
    parts_at(LINES).or_else(|| ["/／", "；;", "\n"].iter().find_map(|signs| parts_at(signs).filter(|_| has_list)))
}

/// 陈志远与林秀英, 李和平和王同: the only way to part it that leaves names on either side, or that with more people whom the
/// workbook knows.
fn by_conjunction(text: &str, is_known: impl Fn(&str) -> bool) -> Option<[String; 2]> {
    let mut ways: Vec<(usize, [&str; 2])> = Vec::new();
    for (at, sign) in outside(text).filter(|(_, c)| "与和同对找跟及".contains(*c)) {
        let (one, two) = (text[..at].trim_matches(is_gap), text[at + sign.len_utf8()..].trim_matches(is_gap));
        let sides = [names(one), names(two)];
        // 甲、乙和丙 is a list.
        let is_list = "和及".contains(sign) && sides[0].len() > 1 && sides[1].len() == 1;
        let is_name = |name: &String| is_known(name) || name.contains('·') || (2..=4).contains(&name.chars().count());
        if is_list || !is_apart(one, two) || !sides.iter().flatten().all(is_name) {
            continue;
        }
        ways.push((sides.iter().flatten().filter(|name| is_known(name)).count(), [one, two]));
    }
    let most = ways.iter().map(|(known, _)| *known).max()?;
    let mut best = ways.iter().filter(|(known, _)| *known == most);
    let (_, sides) = best.next()?;
    best.next().is_none().then(|| sides.map(str::to_owned))
}

/// Whether somebody is named on either side, and nobody on both.
fn is_apart(one: &str, two: &str) -> bool {
    let (one, two) = (names(one), names(two));
    !one.is_empty() && !two.is_empty() && !one.iter().any(|name| two.contains(name))
}

fn names(text: &str) -> Vec<String> {
    match names_and_posts_in(text).value() {
        Some(Value::Text(names)) => names.split('、').map(|name| squeezed(&half_width(name))).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(text: &str) -> Parted {
        let known = ["陈志远", "林秀英", "李和平", "王同", "赵和", "和平"];
        parted(text, |name| known.contains(&name), <[String]>::to_vec)
    }

    #[test]
    fn words_signs_and_conjunctions_part_the_sides() {
        let two = |one: &str, two: &str| [one.to_owned(), two.to_owned()];
        let of_words = Parted::ByWords(two("陈志远", "林秀英"));
        for text in [
            "谈话人：陈志远 谈话对象：林秀英",
            "谈话人:陈志远；被谈话人:林秀英",
            "谈话对象：林秀英\n谈话人：陈志远",
            "谈话人：陈志远谈话对象：林秀英",
            "陈志远 谈话对象：林秀英",
            "陈志远（谈话人）、林秀英（谈话对象）",
        ] {
            assert_eq!(sides(text), of_words, "{text}");
        }
        for text in [
            "陈志远与林秀英",
            "陈志远—林秀英",
            "陈志远——林秀英",
            "陈志远 - 林秀英",
            "陈志远→林秀英",
            "陈志远->林秀英",
            "陈志远对林秀英谈话",
            "陈志远同林秀英",
            "陈志远和林秀英谈心谈话",
            "陈志远找林秀英谈话",
        ] {
            assert_eq!(sides(text), Parted::BySign(two("陈志远", "林秀英")), "{text}");
        }
        for (text, one, other) in [
            ("李和平和王同", "李和平", "王同"),
            ("王同与李和平", "王同", "李和平"),
            ("赵和和李和平", "赵和", "李和平"),
            ("陈志远、李和平与林秀英", "陈志远、李和平", "林秀英"),
            ("陈志远与林秀英、李和平", "陈志远", "林秀英、李和平"),
            ("陈志远、王同/林秀英", "陈志远、王同", "林秀英"),
            ("陈志远（1970-02 生）—林秀英", "陈志远（1970-02 生）", "林秀英"),
        ] {
            assert_eq!(sides(text), Parted::BySign(two(one, other)), "{text}");
        }
    }

    #[test]
    fn two_names_side_by_side_wait_and_more_cannot_be_told() {
        for text in ["陈志远、林秀英", "陈志远 林秀英", "陈志远/林秀英", "陈志远\n林秀英"] {
            assert_eq!(sides(text), Parted::Two(["陈志远".to_owned(), "林秀英".to_owned()]), "{text}");
        }
        for text in ["陈志远、林秀英和李和平", "陈志远、林秀英、王同", "陈志远", "陈志远—林秀英—王同", "陈志远与陈志远"]
        {
            assert_eq!(sides(text), Parted::Untold, "{text}");
        }
    }
}
