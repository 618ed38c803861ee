//! Who may be one and the same person twice (疑似重复): found by keys, judged pair by pair.
//!
//! Nothing is merged here; what becomes of two persons that are one stands in [`uniting`]. Knows nothing of where
//! people are kept. Start at [`find`].

pub mod uniting;

use std::collections::{HashMap, HashSet};

use pinyin::ToPinyin as _;
use unicode_normalization::UnicodeNormalization as _;

use super::dates::{PartialDate, Precision};
use super::identity;
use super::ids::PersonId;

/// A person, as far as one can be taken for another (比对项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    pub id: PersonId,
    pub name: String,
    pub sex: Option<String>,
    pub id_number: Option<String>,
    /// 出生日期
    pub birth: Option<PartialDate>,
    /// 入党时间
    pub joined: Option<PartialDate>,
}

/// How sure it is that two are one (把握).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sureness {
    /// 存疑
    Doubtful,
    /// 很可能
    Likely,
    /// 基本确定
    Sure,
}

impl Sureness {
    pub fn label(self) -> &'static str {
        match self {
            Self::Doubtful => "存疑",
            Self::Likely => "很可能",
            Self::Sure => "基本确定",
        }
    }

    fn of(points: i32) -> Option<Self> {
        match points {
            ..=0 => None,
            1 => Some(Self::Doubtful),
            2 => Some(Self::Likely),
            _ => Some(Self::Sure),
        }
    }
}

/// How two names are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameLikeness {
    Same,
    /// A space, a dot or a variant of a character is written otherwise: 热合曼·买买提, 热合曼买买提.
    WrittenOtherwise,
    /// 同音
    SameSound,
    /// One character differs.
    OneCharacter,
}

/// Two persons that may be one, and why (疑似重复的一对).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The one that was recorded first.
    pub first: PersonId,
    pub second: PersonId,
    pub sureness: Sureness,
    pub same_number: bool,
    /// `None` where the names have nothing in common.
    pub names: Option<NameLikeness>,
    pub same_birth: bool,
    pub same_joined: bool,
    /// What speaks against it, in words.
    pub against: Vec<&'static str>,
}

impl Pair {
    /// Why they may be one: 「姓名同音，出生日期相同」.
    pub fn reason(&self) -> String {
        let mut words = Vec::new();
        if self.same_number {
            words.push("公民身份号码相同");
        }
        words.push(match self.names {
            Some(NameLikeness::Same) => "姓名相同",
            Some(NameLikeness::WrittenOtherwise) => "姓名写法不同",
            Some(NameLikeness::SameSound) => "姓名同音",
            Some(NameLikeness::OneCharacter) => "姓名差一个字",
            None => "姓名不同",
        });
        if self.same_birth {
            words.push("出生日期相同");
        }
        if self.same_joined {
            words.push("入党时间相同");
        }
        words.join("，")
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The surest first.
    pub pairs: Vec<Pair>,
    /// There are more than are given here: these are to be settled first.
    pub is_cut: bool,
}

/// Pairs that are given at most: nobody goes through more of them in one sitting.
pub const MOST_PAIRS: usize = 5_000;

/// Pairs that are looked at at most, for workbooks in which everybody has the same name.
const MOST_LOOKED_AT: usize = 500_000;

/// Who of these may be one person. Only who shares a key with somebody is looked at: ID number, name with a year, sound
/// with a year, name but for one character with a birthday.
pub fn find(people: &[Likeness]) -> Found {
    let traits: Vec<Traits> = people.iter().map(Traits::of).collect();
    let mut found = Found::default();
    let mut seen: HashSet<(usize, usize)> = HashSet::new();
    for key in [Traits::by_number, Traits::by_name, Traits::by_sound, Traits::by_parts] {
        for group in groups(&traits, key) {
            for (nth, one) in group.iter().enumerate() {
                for other in &group[nth + 1..] {
                    if seen.len() >= MOST_LOOKED_AT {
                        found.is_cut = true;
                        break;
                    }
                    let pair = (*one.min(other), *one.max(other));
                    if pair.0 != pair.1 && seen.insert(pair) {
                        found
                            .pairs
                            .extend(judged((&people[pair.0], &traits[pair.0]), (&people[pair.1], &traits[pair.1])));
                    }
                }
            }
        }
    }
    found.pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.sureness), pair.first, pair.second));
    found.is_cut |= found.pairs.len() > MOST_PAIRS;
    found.pairs.truncate(MOST_PAIRS);
    found
}

/// What speaks for these two being one and what against it, whoever brought them together: doubtful at least.
pub fn compare(one: &Likeness, other: &Likeness) -> Pair {
    weighed((one, &Traits::of(one)), (other, &Traits::of(other))).0
}

/// What of a person is compared, made once.
struct Traits {
    /// The number, upgraded; short ones say nothing.
    number: Option<String>,
    has_valid_number: bool,
    /// The name without what is written this way or that.
    name: String,
    sound: String,
    birth: Option<PartialDate>,
    joined: Option<PartialDate>,
}

impl Traits {
    fn of(person: &Likeness) -> Self {
        let number = person.id_number.as_deref().map(identity::normalised);
        let number = number.filter(|number| number.len() >= 15 && !number.contains('*'));
        let name = plain_name(&person.name);
        let has_valid_number = number.as_deref().is_some_and(|number| identity::fault(number).is_none());
        Self { has_valid_number, number, sound: sound(&name), name, birth: person.birth, joined: person.joined }
    }

    fn by_number(&self) -> Vec<String> {
        self.number.iter().cloned().collect()
    }

    /// Dates that agree lie in one year.
    fn by_name(&self) -> Vec<String> {
        let dates = [("b", self.birth), ("j", self.joined)].into_iter();
        dates.filter_map(|(what, date)| Some(format!("{}{what}{}", self.name, date?.year()))).collect()
    }

    fn by_sound(&self) -> Vec<String> {
        let dates = [("b", self.birth), ("j", self.joined)].into_iter();
        dates.filter_map(|(what, date)| Some(format!("{}{what}{}", self.sound, date?.year()))).collect()
    }

    /// The name without one of its characters, in its place, with the birthday.
    fn by_parts(&self) -> Vec<String> {
        let Some(birth) = self.birth.filter(|birth| birth.precision() == Precision::Day) else { return Vec::new() };
        let characters: Vec<char> = self.name.chars().collect();
        let without = |place: usize| {
            let rest: String =
                characters.iter().enumerate().map(|(nth, c)| if nth == place { '?' } else { *c }).collect();
            format!("{rest}{birth}")
        };
        if characters.len() < 2 { Vec::new() } else { (0..characters.len()).map(without).collect() }
    }
}

/// The places of those that share a key, group by group, in the order of the keys.
fn groups(traits: &[Traits], keys: fn(&Traits) -> Vec<String>) -> Vec<Vec<usize>> {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::with_capacity(traits.len());
    for (place, one) in traits.iter().enumerate() {
        for key in keys(one) {
            by_key.entry(key).or_default().push(place);
        }
    }
    let mut shared: Vec<Vec<usize>> = by_key.into_values().filter(|group| group.len() > 1).collect();
    shared.sort_unstable();
    shared
}

/// The two as a pair, if more speaks for it than against.
fn judged(one: (&Likeness, &Traits), other: (&Likeness, &Traits)) -> Option<Pair> {
    let (pair, may_be_one) = weighed(one, other);
    may_be_one.then_some(pair)
}

/// What speaks for and against, weighed: points for what agrees, one less for each contradiction. And whether the two
/// may be one at all.
fn weighed((one, a): (&Likeness, &Traits), (other, b): (&Likeness, &Traits)) -> (Pair, bool) {
    let same_number = a.number.is_some() && a.number == b.number;
    let names = alike(one, a, other, b);
    let agree = |x: Option<PartialDate>, y: Option<PartialDate>| x.zip(y).is_some_and(|(x, y)| x.agrees_with(y));
    let differ = |x: Option<PartialDate>, y: Option<PartialDate>| x.zip(y).is_some_and(|(x, y)| !x.agrees_with(y));
    let (same_birth, same_joined) = (agree(a.birth, b.birth), agree(a.joined, b.joined));
    let mut against = Vec::new();
    if !same_number && a.has_valid_number && b.has_valid_number {
        against.push("公民身份号码不同，都有效");
    }
    if one.sex.is_some() && other.sex.is_some() && one.sex != other.sex {
        against.push("性别不同");
    }
    if differ(a.birth, b.birth) {
        against.push("出生日期不同");
    }
    if same_number && names.is_none() {
        against.push("姓名不同");
    }
    let lowered = i32::try_from(against.len()).unwrap_or(i32::MAX);
    let both = same_birth && same_joined;
    let points = match names {
        // One number is never two people's: whatever differs is shown, and the pair is.
        _ if same_number => (3 - lowered).max(1),
        Some(NameLikeness::Same | NameLikeness::WrittenOtherwise) if same_birth || same_joined => {
            let is_exact = precise(a.birth, b.birth, same_birth) || precise(a.joined, b.joined, same_joined);
            1 + i32::from(is_exact) + i32::from(both) - lowered
        }
        Some(NameLikeness::SameSound)
            if by_month(a.birth, b.birth, same_birth) || precise(a.joined, b.joined, same_joined) =>
        {
            1 + i32::from(both) - lowered
        }
        Some(NameLikeness::OneCharacter) if precise(a.birth, b.birth, same_birth) => 1 + i32::from(both) - lowered,
        _ => 0,
    };
    let (first, second) = (one.id.min(other.id), one.id.max(other.id));
    let sureness = Sureness::of(points);
    let may_be_one = sureness.is_some();
    let sureness = sureness.unwrap_or(Sureness::Doubtful);
    (Pair { first, second, sureness, same_number, names, same_birth, same_joined, against }, may_be_one)
}

/// Whether two dates that agree are both known to the month at least.
fn by_month(x: Option<PartialDate>, y: Option<PartialDate>, agree: bool) -> bool {
    agree && [x, y].into_iter().flatten().all(|date| date.precision() != Precision::Year)
}

/// Whether two dates that agree are both known to the day.
fn precise(x: Option<PartialDate>, y: Option<PartialDate>, agree: bool) -> bool {
    agree && [x, y].into_iter().flatten().all(|date| date.precision() == Precision::Day)
}

fn alike(one: &Likeness, a: &Traits, other: &Likeness, b: &Traits) -> Option<NameLikeness> {
    if one.name == other.name {
        return Some(NameLikeness::Same);
    }
    if a.name == b.name {
        return Some(NameLikeness::WrittenOtherwise);
    }
    if a.sound == b.sound && !a.sound.is_empty() {
        return Some(NameLikeness::SameSound);
    }
    let differing = a.name.chars().zip(b.name.chars()).filter(|(x, y)| x != y).count();
    let is_near = a.name.chars().count() == b.name.chars().count() && a.name.chars().count() > 1 && differing == 1;
    is_near.then_some(NameLikeness::OneCharacter)
}

/// Characters that names are written with, each with the one it stands for.
const VARIANTS: &[(char, char)] = &[
    ('昇', '升'),
    ('陞', '升'),
    ('喆', '哲'),
    ('堃', '坤'),
    ('峯', '峰'),
    ('祐', '佑'),
    ('甯', '宁'),
    ('寧', '宁'),
    ('羣', '群'),
    ('傑', '杰'),
    ('煕', '熙'),
    ('燿', '耀'),
    ('淩', '凌'),
    ('瑠', '琉'),
    ('荘', '庄'),
    ('莊', '庄'),
    ('於', '于'),
    ('飃', '飘'),
];

/// The name without what is written this way or that: spaces, dots, variants, full width, capitals.
fn plain_name(name: &str) -> String {
    let is_dot = |c: char| matches!(c, '·' | '•' | '‧' | '・' | '．' | '.' | '●' | '▪' | '∙' | '﹒');
    let plain = |c: char| VARIANTS.iter().find(|(variant, _)| *variant == c).map_or(c, |(_, usual)| *usual);
    name.nfkc().filter(|c| !c.is_whitespace() && !is_dot(*c)).flat_map(char::to_lowercase).map(plain).collect()
}

/// How the name sounds, in the usual reading of its characters; others stand for themselves.
fn sound(name: &str) -> String {
    let mut sound = String::new();
    for character in name.chars() {
        match character.to_pinyin() {
            Some(pinyin) => sound.push_str(pinyin.plain()),
            None => sound.push(character),
        }
        sound.push(' ');
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::{Likeness, Sureness, find};
    use crate::domain::dates::PartialDate;
    use crate::domain::ids::PersonId;

    /// `name|sex|number|birth|joined`
    fn people(lines: &[&str]) -> Vec<Likeness> {
        let person = |(line, nth): (&&str, i64)| {
            let mut parts = line.split('|').map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
            let mut next = || parts.next().flatten();
            let (name, sex, id_number) = (next().unwrap_or_default(), next(), next());
            let mut date = || next().map(|text| PartialDate::from_iso(&text).expect("a date"));
            Likeness { id: PersonId(nth), name, sex, id_number, birth: date(), joined: date() }
        };
        lines.iter().zip(1..).map(person).collect()
    }

    fn told(lines: &[&str]) -> Vec<(i64, i64, &'static str, String)> {
        let found = find(&people(lines));
        let told = found.pairs.iter();
        told.map(|pair| (pair.first.0, pair.second.0, pair.sureness.label(), pair.reason())).collect()
    }

    fn one(lines: [&str; 2]) -> Option<(Sureness, String)> {
        let found = find(&people(&lines));
        found.pairs.first().map(|pair| (pair.sureness, pair.reason()))
    }

    fn is(sureness: Sureness, reason: &str) -> Option<(Sureness, String)> {
        Some((sureness, reason.to_owned()))
    }

    #[test]
    fn one_number_is_one_person_also_in_its_old_form() {
        let pair = ["林秀英|女|110000190001010012||", "林秀英||110000000101001||"];
        assert_eq!(one(pair), is(Sureness::Sure, "公民身份号码相同，姓名相同"));
        let renamed = ["林秀英|女|110000190001010012||", "王强||110000190001010012||"];
        assert_eq!(one(renamed), is(Sureness::Likely, "公民身份号码相同，姓名不同"));
        assert_eq!(one(["林秀英||1100|1981|", "王强||1100|1981|"]), None, "a piece of a number says nothing");
        assert_eq!(one(["林秀英||110000****0012||", "林秀英||110000****0012||"]), None, "nor does a masked one");
    }

    #[test]
    fn one_name_and_one_date_as_precise_as_both_are() {
        let birth = ["林秀英|||1981-05-12|", "林秀英|||1981-05-12|"];
        assert_eq!(one(birth), is(Sureness::Likely, "姓名相同，出生日期相同"));
        let both = ["林秀英|||1981-05-12|2006-12-08", "林秀英|||1981-05|2006-12-08"];
        assert_eq!(one(both), is(Sureness::Sure, "姓名相同，出生日期相同，入党时间相同"));
        let joined = ["林秀英||||2006-12-08", "林秀英||||2006-12-08"];
        assert_eq!(one(joined), is(Sureness::Likely, "姓名相同，入党时间相同"));
        assert_eq!(one(["林秀英|||1981|", "林秀英|||1981-05-12|"]), is(Sureness::Doubtful, "姓名相同，出生日期相同"));
        assert_eq!(one(["林秀英|||1981-05|", "林秀英|||1981-06|"]), None);
        assert_eq!(one(["林秀英||||", "林秀英||||"]), None, "a name alone is no reason");
    }

    #[test]
    fn near_names_need_the_same_birth_or_joining() {
        let dots = ["热合曼·买买提|||1981-05-12|", "热合曼买买提|||1981-05-12|"];
        assert_eq!(one(dots), is(Sureness::Likely, "姓名写法不同，出生日期相同"));
        assert_eq!(one(["李 喆|||1981-05|", "李哲|||1981-05|"]), is(Sureness::Doubtful, "姓名写法不同，出生日期相同"));
        assert_eq!(one(["林秀英|||1981-05|", "林秀瑛|||1981-05|"]), is(Sureness::Doubtful, "姓名同音，出生日期相同"));
        assert_eq!(one(["林秀英|||1981|", "林秀瑛|||1981|"]), None, "a year alone is not enough for a sound");
        let character = ["林秀英|||1981-05-12|", "林秀兰|||1981-05-12|"];
        assert_eq!(one(character), is(Sureness::Doubtful, "姓名差一个字，出生日期相同"));
        assert_eq!(one(["林秀英|||1981-05|", "林秀兰|||1981-05|"]), None, "nor a month for another character");
        assert_eq!(one(["林秀英|||1981-05-12|", "林小兰|||1981-05-12|"]), None);
    }

    #[test]
    fn what_contradicts_makes_it_less_sure() {
        let numbers = ["林秀英||110000190001010012|1900-01-01|", "林秀英||11000019000101008X|1900-01-01|"];
        assert_eq!(one(numbers), is(Sureness::Doubtful, "姓名相同，出生日期相同"));
        let near = ["林秀英||110000190001010012|1900-01-01|", "林秀瑛||11000019000101008X|1900-01-01|"];
        assert_eq!(one(near), None);
        let wrong_digit = ["林秀英||110000190001010012|1900-01-01|", "林秀英||110000190001010013|1900-01-01|"];
        assert_eq!(one(wrong_digit), is(Sureness::Likely, "姓名相同，出生日期相同"), "a wrong number says nothing");
        let births = ["林秀英|||1981-05-12|2006-12-08", "林秀英|||1979-05-12|2006-12-08"];
        assert_eq!(one(births), is(Sureness::Doubtful, "姓名相同，入党时间相同"));
        assert_eq!(one(["林秀英|女||1981-05|", "林秀英|男||1981-05|"]), None);
    }

    #[test]
    fn the_surest_pairs_come_first_and_each_but_once() {
        let pairs = told(&[
            "林秀英|||1981-05-12|2006-12-08",
            "林秀兰|||1981-05-12|",
            "林秀英|||1981-05-12|2006-12-08",
            "何静|||1990-01-01|",
        ]);
        let pairs: Vec<_> = pairs.iter().map(|(first, second, sureness, _)| (*first, *second, *sureness)).collect();
        assert_eq!(pairs, [(1, 3, "基本确定"), (1, 2, "存疑"), (2, 3, "存疑")]);
    }

    #[test]
    fn a_crowd_of_one_name_comes_to_an_end() {
        let crowd: Vec<Likeness> = (0..1_100)
            .map(|nth| Likeness {
                id: PersonId(nth),
                name: "张伟".into(),
                sex: None,
                id_number: None,
                birth: PartialDate::from_iso("1980"),
                joined: None,
            })
            .collect();
        let found = find(&crowd);
        assert!(found.is_cut && found.pairs.len() == super::MOST_PAIRS);
    }
}
