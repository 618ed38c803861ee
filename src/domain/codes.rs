//! The code tables: nations of GB/T 3304 (民族), levels of education of GB/T 4658 (学历) with their statistics band, and
//! occupations (工作岗位) with their class.
//!
//! The tables themselves are data (`assets/codes`). Knows nothing of columns or files. Start at [`nation`],
//! [`education_band`] and [`occupation_class`].

mod occupations;

pub use occupations::{Occupation, OccupationClass, occupation_class, occupations};

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fields::EDUCATION_BANDS;

/// A nation (民族) of GB/T 3304-1991.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nation {
    pub code: &'static str,
    /// Two letters; empty for 其他.
    pub letters: &'static str,
    pub name: &'static str,
}

/// A level of education (学历) of GB/T 4658-2006.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EducationLevel {
    pub code: &'static str,
    pub name: &'static str,
    /// The band of the annual statistics, as the table has it.
    pub band: &'static str,
}

/// What a text about education tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EducationTold {
    /// The band of the highest level that was graduated from.
    Band(&'static str),
    /// Only a degree, or a level that was not finished: the level before it is not known.
    NotGraduated,
    /// Not understood.
    Unknown,
}

const NATIONS_CSV: &str = include_str!("../../assets/codes/nations.csv");
const EDUCATION_CSV: &str = include_str!("../../assets/codes/education.csv");

struct Nations {
    all: Vec<Nation>,
    by_word: HashMap<String, usize>,
}

/// The fields of a table's lines, without the heading. The tables hold no quoted fields (a test makes sure).
fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .trim_start_matches('\u{feff}')
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| line.split(',').collect())
}

static NATIONS: LazyLock<Nations> = LazyLock::new(|| {
    let mut all = Vec::new();
    let mut by_word = HashMap::new();
    for line in lines(NATIONS_CSV) {
        let [code, letters, name, ref aliases @ ..] = line[..] else { continue };
        let index = all.len();
        all.push(Nation { code, letters, name });
        let aliases = aliases.iter().flat_map(|text| text.split([' ', '|']));
        for word in [code, letters, name, name.strip_suffix('族').unwrap_or(name)].into_iter().chain(aliases) {
            if !word.is_empty() {
                by_word.entry(word.to_owned()).or_insert(index);
            }
        }
    }
    Nations { all, by_word }
});

static EDUCATION: LazyLock<Vec<EducationLevel>> = LazyLock::new(|| {
    lines(EDUCATION_CSV)
        .filter_map(|line| match line[..] {
            [code, name, band, ..] => Some(EducationLevel { code, name, band }),
            _ => None,
        })
        .collect()
});

/// All nations, in the order of the standard.
pub fn nations() -> &'static [Nation] {
    &NATIONS.all
}

/// All levels of education, in the order of the standard.
pub fn education_levels() -> &'static [EducationLevel] {
    &EDUCATION
}

/// Whether a nation is one of the minorities (少数民族).
pub fn is_minority(nation: &str) -> bool {
    nation != "汉族"
}

/// The nation that a word means: its name, with or without 族, an older spelling, its code or its letters.
pub fn nation(word: &str) -> Option<&'static Nation> {
    NATIONS.by_word.get(word).and_then(|&index| NATIONS.all.get(index))
}

/// Words beside a level that say how it was studied, not which it is.
const WAYS_OF_STUDY: &[&str] = &[
    "高等教育自学考试",
    "自学考试",
    "非全日制",
    "全日制",
    "网络教育",
    "远程教育",
    "成人教育",
    "开放教育",
    "中央党校",
    "省委党校",
    "市委党校",
    "县委党校",
    "区委党校",
    "国民教育",
    "函授",
    "自考",
    "电大",
    "夜大",
    "成教",
    "成人",
    "业余",
    "网教",
    "统招",
    "脱产",
    "在职",
    "党校",
    "军校",
    "普通",
    "已毕业",
    "毕业",
    "学历",
    "文化程度",
    "文化",
    "程度",
    "教育",
    "及以下",
    "以下",
    "及以上",
    "以上",
];

/// A level that carries one of these was not finished: it does not count.
const NOT_FINISHED: &[&str] = &["结业", "肄业", "在读", "在校", "未毕业", "辍学"];

const POSTGRADUATE: &str = EDUCATION_BANDS[0];
const BACHELOR: &str = EDUCATION_BANDS[1];
const COLLEGE: &str = EDUCATION_BANDS[2];
const TECHNICAL: &str = EDUCATION_BANDS[3];
const HIGH_SCHOOL: &str = EDUCATION_BANDS[4];
const LOWER: &str = EDUCATION_BANDS[5];

/// The words offices use for a level, ways of study removed. 大普 is 专科 by the rule of the statistics.
const LEVEL_WORDS: &[(&str, &str)] = &[
    ("研究生", POSTGRADUATE),
    ("博士研究生", POSTGRADUATE),
    ("硕士研究生", POSTGRADUATE),
    ("研究生班", POSTGRADUATE),
    ("博士", POSTGRADUATE),
    ("博士后", POSTGRADUATE),
    ("大学本科", BACHELOR),
    ("本科", BACHELOR),
    ("本科生", BACHELOR),
    ("大学", BACHELOR),
    ("大本", BACHELOR),
    ("专升本", BACHELOR),
    ("大普", COLLEGE),
    ("大学班", COLLEGE),
    ("大学专科", COLLEGE),
    ("大专", COLLEGE),
    ("专科", COLLEGE),
    ("专科生", COLLEGE),
    ("高职", COLLEGE),
    ("高专", COLLEGE),
    ("高等职业", COLLEGE),
    ("中专", TECHNICAL),
    ("中等专科", TECHNICAL),
    ("中等专业", TECHNICAL),
    ("中等职业", TECHNICAL),
    ("中师", TECHNICAL),
    ("中等专业学校", TECHNICAL),
    ("中等师范学校", TECHNICAL),
    ("中等师范", TECHNICAL),
    ("高中", HIGH_SCHOOL),
    ("普高", HIGH_SCHOOL),
    ("高级中学", HIGH_SCHOOL),
    ("高中、中技", HIGH_SCHOOL),
    ("高中中技", HIGH_SCHOOL),
    ("职高", HIGH_SCHOOL),
    ("职业高中", HIGH_SCHOOL),
    ("职中", HIGH_SCHOOL),
    ("中技", HIGH_SCHOOL),
    ("技校", HIGH_SCHOOL),
    ("技工", HIGH_SCHOOL),
    ("技工学校", HIGH_SCHOOL),
    ("初中", LOWER),
    ("初级中学", LOWER),
    ("初等", LOWER),
    ("小学", LOWER),
    ("高小", LOWER),
    ("初小", LOWER),
    ("完小", LOWER),
    ("文盲", LOWER),
    ("半文盲", LOWER),
    ("文盲半文盲", LOWER),
];

/// Levels that stand after a subject: 法学本科, 会计大专. 大学 is none of them: 河北大学 is a school.
const AFTER_A_SUBJECT: &[(&str, &str)] =
    &[("研究生", POSTGRADUATE), ("本科", BACHELOR), ("大专", COLLEGE), ("专科", COLLEGE), ("中专", TECHNICAL)];

const DEGREES: &[&str] = &["学士", "硕士", "学位", "双学士"];

/// The band of a text in a column of education (学历 → 党内统计的档次).
///
/// A pair (`研究生/大学`) means the highest; a degree does not raise it. Expects half-width text without spaces.
pub fn education_band(text: &str) -> EducationTold {
    if let Some(level) = EDUCATION.iter().find(|level| level.code == text || level.name == text) {
        return told_by_table(level);
    }
    if let Some(band) = EDUCATION_BANDS.iter().find(|band| **band == text) {
        return EducationTold::Band(band);
    }
    let mut best: Option<usize> = None;
    let mut not_graduated = false;
    for part in text.split(['/', '、', ',', ';', '\\', '+', '\n', '|']).filter(|part| !part.is_empty()) {
        match told_by_words(part) {
            EducationTold::Band(band) => {
                let rank = EDUCATION_BANDS.iter().position(|known| *known == band).unwrap_or(usize::MAX);
                best = Some(best.map_or(rank, |held| held.min(rank)));
            }
            EducationTold::NotGraduated => not_graduated = true,
            EducationTold::Unknown => return EducationTold::Unknown,
        }
    }
    match best.and_then(|rank| EDUCATION_BANDS.get(rank)) {
        Some(band) => EducationTold::Band(band),
        None if not_graduated => EducationTold::NotGraduated,
        None => EducationTold::Unknown,
    }
}

fn told_by_table(level: &'static EducationLevel) -> EducationTold {
    if NOT_FINISHED.iter().any(|word| level.name.contains(word)) {
        return EducationTold::NotGraduated;
    }
    EDUCATION_BANDS
        .iter()
        .find(|band| level.band.starts_with(*band))
        .map_or(EducationTold::NotGraduated, |band| EducationTold::Band(band))
}

fn told_by_words(part: &str) -> EducationTold {
    if NOT_FINISHED.iter().any(|word| part.contains(word)) {
        return EducationTold::NotGraduated;
    }
    let bare = without_brackets(part);
    let known = |text: &str| LEVEL_WORDS.iter().find(|(word, _)| *word == text).map(|(_, band)| *band);
    if let Some(band) = known(&bare) {
        return EducationTold::Band(band);
    }
    let mut level = bare;
    for way in WAYS_OF_STUDY {
        if level.contains(way) {
            level = level.replace(way, "");
        }
    }
    if let Some(band) = known(&level) {
        return EducationTold::Band(band);
    }
    if let Some((_, band)) = AFTER_A_SUBJECT.iter().find(|(word, _)| level.ends_with(word)) {
        return EducationTold::Band(band);
    }
    if DEGREES.iter().any(|degree| level.ends_with(degree)) {
        return EducationTold::NotGraduated;
    }
    EducationTold::Unknown
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|c| {
            match c {
                '(' | '[' | '【' => depth += 1,
                ')' | ']' | '】' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole_and_plain() {
        assert_eq!(nations().len(), 58);
        assert!(nations().iter().take(56).all(|nation| nation.name.ends_with('族') && nation.letters.len() == 2));
        assert!(education_levels().len() >= 35);
        assert!(!NATIONS_CSV.contains('"') && !EDUCATION_CSV.contains('"'));
        for level in education_levels() {
            assert!(
                level.band.is_empty() || EDUCATION_BANDS.iter().any(|band| level.band.starts_with(band)),
                "{level:?}"
            );
        }
    }

    #[test]
    fn a_nation_is_found_by_its_names() {
        for (word, name) in [
            ("汉", "汉族"),
            ("汉族", "汉族"),
            ("土家", "土家族"),
            ("毛难族", "毛南族"),
            ("僳僳族", "傈僳族"),
            ("畬族", "畲族"),
            ("UG", "维吾尔族"),
            ("01", "汉族"),
        ] {
            assert_eq!(nation(word).map(|nation| nation.name), Some(name), "{word}");
        }
        assert_eq!(nation("汗族"), None);
    }

    #[test]
    fn education_counts_the_highest_graduated_level() {
        for (text, band) in [
            ("研究生/大学", "研究生"),
            ("大学/大专", "大学本科"),
            ("大学本科(函授)", "大学本科"),
            ("中央党校大学", "大学本科"),
            ("省委党校研究生", "研究生"),
            ("党校大专", "大学专科"),
            ("大普", "大学专科"),
            ("大学普通班毕业", "大学专科"),
            ("大学普通班", "大学专科"),
            ("大专(电大)", "大学专科"),
            ("大专在职", "大学专科"),
            ("博士", "研究生"),
            ("大学/硕士", "大学本科"),
            ("大学本科/学士", "大学本科"),
            ("法学本科", "大学本科"),
            ("研究生肄业/大学本科", "大学本科"),
            ("职高", "高中、中技"),
            ("高中、中技", "高中、中技"),
            ("初中及以下", "初中及以下"),
            ("半文盲", "初中及以下"),
            ("自考本科", "大学本科"),
            ("31", "大学专科"),
        ] {
            assert_eq!(education_band(text), EducationTold::Band(band), "{text}");
        }
        for text in ["硕士", "法学学士", "硕士学位", "大学本科肄业", "研究生(在读)", "32"] {
            assert_eq!(education_band(text), EducationTold::NotGraduated, "{text}");
        }
        for text in ["技术员", "河北大学", "A", "大学/技术员"] {
            assert_eq!(education_band(text), EducationTold::Unknown, "{text}");
        }
    }
}
