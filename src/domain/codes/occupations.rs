//! The table of occupations (工作岗位): which of the eight classes of the annual communiqué a text means.
//!
//! The table is data (`assets/codes/occupations.csv`). A word of it stands for itself, `退休*` for what begins so,
//! `*教师` for what ends so. Start at [`occupation_class`].

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lines;
use crate::domain::values::{half_width, squeezed};

/// A class of occupations of the annual communiqué (职业), in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OccupationClass {
    /// 工人（工勤技能人员）
    Worker,
    /// 农牧渔民
    Farmer,
    /// 企事业单位、社会组织专业技术人员
    Professional,
    /// 企事业单位、社会组织管理人员
    Manager,
    /// 党政机关工作人员
    Official,
    /// 学生
    Student,
    /// 其他职业人员
    Other,
    /// 离退休人员
    Retired,
}

impl OccupationClass {
    pub const ALL: [Self; 8] = [
        Self::Worker,
        Self::Farmer,
        Self::Professional,
        Self::Manager,
        Self::Official,
        Self::Student,
        Self::Other,
        Self::Retired,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Worker => "工人（工勤技能人员）",
            Self::Farmer => "农牧渔民",
            Self::Professional => "企事业单位、社会组织专业技术人员",
            Self::Manager => "企事业单位、社会组织管理人员",
            Self::Official => "党政机关工作人员",
            Self::Student => "学生",
            Self::Other => "其他职业人员",
            Self::Retired => "离退休人员",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.label() == label)
    }
}

/// A line of the table (工作岗位).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupation {
    pub code: &'static str,
    pub name: &'static str,
    /// `None` for a heading of the table, which says too little.
    pub class: Option<OccupationClass>,
}

const OCCUPATIONS_CSV: &str = include_str!("../../../assets/codes/occupations.csv");

struct Occupations {
    all: Vec<Occupation>,
    /// Names and words as they stand, normalised.
    by_word: HashMap<String, OccupationClass>,
    by_beginning: Vec<(String, OccupationClass)>,
    /// Longest first.
    by_ending: Vec<(String, OccupationClass)>,
}

static OCCUPATIONS: LazyLock<Occupations> = LazyLock::new(|| {
    let mut table =
        Occupations { all: Vec::new(), by_word: HashMap::new(), by_beginning: Vec::new(), by_ending: Vec::new() };
    for line in lines(OCCUPATIONS_CSV) {
        let [code, name, class, words] = line[..] else { continue };
        let class = OccupationClass::from_label(class);
        table.all.push(Occupation { code, name, class });
        let Some(class) = class else { continue };
        for word in std::iter::once(name).chain(words.split('|')).filter(|word| !word.is_empty()) {
            if let Some(ending) = word.strip_prefix('*') {
                table.by_ending.push((normalised(ending), class));
            } else if let Some(beginning) = word.strip_suffix('*') {
                table.by_beginning.push((normalised(beginning), class));
            } else {
                table.by_word.entry(normalised(word)).or_insert(class);
            }
        }
    }
    table.by_ending.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.chars().count()));
    table
});

/// All lines of the table, in the order of their codes.
pub fn occupations() -> &'static [Occupation] {
    &OCCUPATIONS.all
}

/// The class that a text in a column 工作岗位 means: a code (of any depth), a label of the table or of the communiqué,
/// or a common word. `None` where the table does not know it.
pub fn occupation_class(text: &str) -> Option<OccupationClass> {
    let text = normalised(text);
    let table = &*OCCUPATIONS;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A code below a known one belongs to it; the longest known one says most.
        let known = table.all.iter().filter(|line| text.starts_with(line.code));
        return known.max_by_key(|line| line.code.len()).and_then(|line| line.class);
    }
    let word = || table.by_word.get(&text).copied();
    let label = || OccupationClass::ALL.into_iter().find(|class| normalised(class.label()) == text);
    let found = |words: &[(String, OccupationClass)], fits: fn(&str, &str) -> bool| {
        words.iter().find(|(word, _)| fits(&text, word)).map(|(_, class)| *class)
    };
    word()
        .or_else(label)
        .or_else(|| found(&table.by_beginning, |text, word| text.starts_with(word)))
        .or_else(|| found(&table.by_ending, |text, word| text.ends_with(word)))
}

/// Half-width, without spaces.
fn normalised(text: &str) -> String {
    squeezed(&half_width(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_knows_its_classes() {
        assert!(occupations().len() >= 20 && !OCCUPATIONS_CSV.contains('"'));
        let headings: Vec<&str> =
            occupations().iter().filter(|line| line.class.is_none()).map(|line| line.code).collect();
        assert_eq!(headings, ["0", "01", "02"], "every other line has a class of the communiqué");
        for class in OccupationClass::ALL {
            assert!(occupations().iter().any(|line| line.class == Some(class)), "{class:?}");
            assert_eq!(occupation_class(class.label()), Some(class));
        }
    }

    #[test]
    fn an_occupation_is_told_by_code_label_or_common_words() {
        for (text, class) in [
            ("011", OccupationClass::Official),
            ("0111", OccupationClass::Official),
            ("0164", OccupationClass::Worker),
            ("025", OccupationClass::Worker),
            ("113", OccupationClass::Farmer),
            ("4", OccupationClass::Retired),
            ("党政机关工作人员", OccupationClass::Official),
            ("公务员", OccupationClass::Official),
            ("事业单位管理人员", OccupationClass::Manager),
            ("企业管理人员", OccupationClass::Manager),
            ("事业单位专业技术人员", OccupationClass::Professional),
            ("小学教师", OccupationClass::Professional),
            ("退休教师", OccupationClass::Retired),
            ("退休", OccupationClass::Retired),
            ("工人(工勤技能人员)", OccupationClass::Worker),
            ("工 勤 人 员", OccupationClass::Worker),
            ("农民工", OccupationClass::Worker),
            ("农民", OccupationClass::Farmer),
            ("大学生", OccupationClass::Student),
            ("军人、武警", OccupationClass::Other),
            ("个体工商户", OccupationClass::Other),
        ] {
            assert_eq!(occupation_class(text), Some(class), "{text}");
        }
        for text in ["", "0", "01", "02", "9", "学生处处长", "社会组织从业人员", "青禾县"] {
            assert_eq!(occupation_class(text), None, "{text}");
        }
    }
}
