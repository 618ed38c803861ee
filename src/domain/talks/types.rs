//! Types of talks (谈话类型): what the program brings, and what a workbook changed of it.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::problem::{Problem, Result};

/// Whether talks of a type count towards the coverage (计入覆盖).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// 计入
    Yes,
    /// 不计入
    No,
    /// 受限: kept with date, topic and persons only; counts for 必谈事项 alone.
    Restricted,
}

impl Counts {
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Restricted];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Restricted => "restricted",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|counts| counts.name() == name)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Yes => "计入",
            Self::No => "不计入",
            Self::Restricted => "受限，只计必谈事项",
        }
    }
}

/// A type of talk (谈话类型).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TalkType {
    /// `T01` …; those a workbook made begin with `U`.
    pub code: String,
    pub label: String,
    /// When it is held; empty where nothing is told.
    #[serde(default)]
    pub when: String,
    pub counts: Counts,
    /// 谈话提纲, a line a point; empty where there is none.
    #[serde(default)]
    pub outline: String,
    /// What ledgers write for it.
    #[serde(default)]
    pub words: Vec<String>,
    /// What ledgers write for it where the words of no other type stand beside: 谈心.
    #[serde(default)]
    pub vague: Vec<String>,
    /// What means it in a column of types; elsewhere it may be said of any talk: 困难.
    #[serde(default)]
    pub as_type: Vec<String>,
    /// What may mean it, and has to be asked: 约谈.
    #[serde(default)]
    pub perhaps: Vec<String>,
    /// No longer offered; records of it stay what they are.
    #[serde(skip)]
    pub removed: bool,
    #[serde(skip)]
    pub position: i64,
}

impl TalkType {
    /// Whether only date, topic and persons are kept of such talks: until contents can be sealed, none are stored.
    pub fn is_restricted(&self) -> bool {
        self.counts == Counts::Restricted
    }

    /// Whether a workbook made it.
    pub fn is_of_workbook(&self) -> bool {
        self.code.starts_with('U')
    }

    /// What says beyond doubt that it is meant: its words, and the parts of its name.
    fn certain_words(&self) -> Vec<&str> {
        let parts = self.label.split('、').map(|part| part.strip_suffix("谈话").unwrap_or(part));
        self.words.iter().map(String::as_str).chain(parts).filter(|word| !word.is_empty()).collect()
    }
}

fn words_of(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// What a workbook changed of a type, or a type of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkTypeChange {
    pub id: i64,
    pub code: String,
    pub label: Option<String>,
    pub counts: Option<Counts>,
    pub outline: Option<String>,
    pub position: Option<i64>,
    pub removed: Option<bool>,
}

/// All types, as they hold in a workbook, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkTypes(Vec<TalkType>);

/// Which type a ledger means (谈话类型的识别).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeTold {
    /// Its name, to the letter.
    Named(String),
    /// Its words stand in the text.
    Like(String),
    /// The words of several stand in it, and none of them says more than the others.
    Several(Vec<String>),
    /// One of these, or none of them: it sounds like a restricted type without being called so.
    Perhaps(Vec<String>),
    Unknown,
}

#[derive(Deserialize)]
struct File {
    r#type: Vec<TalkType>,
}

/// Room between two types in their order.
const STEP: i64 = 1_024;

impl TalkTypes {
    /// The types that the program brings.
    pub fn shipped() -> Result<Self> {
        static TYPES: LazyLock<std::result::Result<Vec<TalkType>, String>> = LazyLock::new(|| {
            let text = include_str!("../../../assets/rules/talk_types.toml");
            let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
            let placed = file.r#type.into_iter().zip(1..);
            let placed = placed.map(|(kind, place)| TalkType {
                position: place * STEP,
                outline: kind.outline.trim().to_owned(),
                ..kind
            });
            Ok(placed.collect())
        });
        TYPES.clone().map(Self).map_err(Problem::fault)
    }

    /// The same with what a workbook changed. One that the program brings as restricted stays so.
    #[must_use]
    pub fn with(mut self, changes: Vec<TalkTypeChange>) -> Self {
        for change in changes {
            let place = self.0.iter().position(|kind| kind.code == change.code).unwrap_or_else(|| {
                self.0.push(TalkType {
                    code: change.code.clone(),
                    label: change.code.clone(),
                    when: String::new(),
                    counts: Counts::Yes,
                    outline: String::new(),
                    words: Vec::new(),
                    vague: Vec::new(),
                    as_type: Vec::new(),
                    perhaps: Vec::new(),
                    removed: false,
                    position: i64::MAX,
                });
                self.0.len() - 1
            });
            let kind = &mut self.0[place];
            kind.label = change.label.unwrap_or_else(|| std::mem::take(&mut kind.label));
            kind.counts = change.counts.filter(|_| !kind.is_restricted()).unwrap_or(kind.counts);
            kind.outline = change.outline.unwrap_or_else(|| std::mem::take(&mut kind.outline));
            kind.position = change.position.unwrap_or(kind.position);
            kind.removed = change.removed.unwrap_or(kind.removed);
        }
        self.0.sort_by_key(|kind| kind.position);
        self
    }

    /// All types, those that are no longer offered too.
    pub fn all(&self) -> &[TalkType] {
        &self.0
    }

    /// The types that are offered.
    pub fn offered(&self) -> impl Iterator<Item = &TalkType> {
        self.0.iter().filter(|kind| !kind.removed)
    }

    pub fn get(&self, code: &str) -> Option<&TalkType> {
        self.0.iter().find(|kind| kind.code == code)
    }

    /// How a type is called; its code where the workbook has none of it any more.
    pub fn label<'t>(&'t self, code: &'t str) -> &'t str {
        self.get(code).map_or(code, |kind| kind.label.as_str())
    }

    /// How talks of a type count; of one that the workbook does not know, as 其他.
    pub fn counts(&self, code: &str) -> Counts {
        self.get(code).map_or(Counts::Yes, |kind| kind.counts)
    }

    /// The type that a ledger means by the topic or cause of a talk: the longest word decides.
    pub fn told(&self, text: &str) -> TypeTold {
        self.told_by(text, &[TalkType::certain_words, |kind| words_of(&kind.vague)])
    }

    /// The type that a ledger means by what stands in its column of types.
    pub fn told_as_type(&self, text: &str) -> TypeTold {
        self.told_by(text, &[TalkType::certain_words, |kind| words_of(&kind.as_type), |kind| words_of(&kind.vague)])
    }

    /// By the first kind of words of which some stand in the text.
    fn told_by(&self, text: &str, by: &[fn(&TalkType) -> Vec<&str>]) -> TypeTold {
        let text: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        if let Some(kind) = self.offered().find(|kind| kind.label == text) {
            return TypeTold::Named(kind.code.clone());
        }
        let longest = |words: Vec<&str>| words.into_iter().filter(|word| text.contains(word)).map(str::len).max();
        let mut codes: Vec<String> = Vec::new();
        for words in by {
            let found: Vec<(&str, usize)> =
                self.offered().filter_map(|kind| Some((kind.code.as_str(), longest(words(kind))?))).collect();
            let most = found.iter().map(|(_, length)| *length).max();
            let longest = found.into_iter().filter(|(_, length)| Some(*length) == most);
            codes = longest.map(|(code, _)| code.to_owned()).collect();
            if !codes.is_empty() {
                break;
            }
        }
        let is_restricted = |code: &String| self.get(code).is_some_and(TalkType::is_restricted);
        if !codes.iter().any(is_restricted) {
            // Texts of a type that keeps none must not slip in under another.
            let sounds = |kind: &&TalkType| longest([kind.certain_words(), words_of(&kind.perhaps)].concat()).is_some();
            let near = self.offered().filter(|kind| kind.is_restricted()).filter(sounds);
            let near: Vec<String> = near.map(|kind| kind.code.clone()).collect();
            if !near.is_empty() {
                return TypeTold::Perhaps([codes, near].concat());
            }
        }
        match codes.len() {
            0 => TypeTold::Unknown,
            1 => TypeTold::Like(codes.remove(0)),
            _ => TypeTold::Several(codes),
        }
    }

    /// The type of this code or name, as a form, a script or a ledger tells it.
    pub fn named(&self, text: &str) -> Option<&TalkType> {
        let text = text.trim();
        self.get(text).or_else(|| self.0.iter().find(|kind| kind.label == text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_are_those_that_offices_keep_and_four_are_restricted() {
        let types = TalkTypes::shipped().expect("the data is read");
        assert_eq!(types.all().len(), 20);
        let of = |counts: Counts| -> Vec<&str> {
            types.all().iter().filter(|kind| kind.counts == counts).map(|kind| kind.code.as_str()).collect()
        };
        assert_eq!(of(Counts::No), ["T04", "T05", "T06", "T10", "T19"]);
        assert_eq!(of(Counts::Restricted), ["T11", "T12", "T13", "T14"]);
    }

    #[test]
    fn a_ledger_names_a_type_in_its_own_words() {
        let types = TalkTypes::shipped().expect("the data is read");
        let like = |code: &str| TypeTold::Like(code.into());
        for (text, told) in [
            ("日常谈心谈话", TypeTold::Named("T01".into())),
            ("日常谈心", like("T01")),
            ("退休前谈心", like("T16")),
            ("组织生活会前谈心", like("T02")),
            ("民主生活会前征求意见", like("T02")),
            ("入党积极分子培养考察", like("T05")),
            ("发展对象入党前谈话", TypeTold::Named("T06".into())),
            ("预备党员转正谈话", like("T07")),
            ("任前廉政谈话", like("T08")),
            ("岗位 调整谈话", like("T09")),
            ("节前廉政提醒谈话", TypeTold::Several(vec!["T10".into(), "T11".into()])),
            ("家庭困难慰问", like("T14")),
            ("函询", like("T12")),
            ("受处分后回访", like("T13")),
            ("生病住院看望", like("T14")),
            ("廉政约谈", TypeTold::Perhaps(vec!["T10".into(), "T11".into(), "T12".into()])),
            ("心理疏导", TypeTold::Perhaps(vec!["T14".into()])),
            ("问责后退休谈话", TypeTold::Perhaps(["T16", "T11", "T12", "T13"].map(str::to_owned).to_vec())),
            ("节前慰问", TypeTold::Unknown),
            ("工作中的困难", TypeTold::Unknown),
            ("安全生产", TypeTold::Unknown),
            ("", TypeTold::Unknown),
        ] {
            assert_eq!(types.told(text), told, "{text}");
        }
        for (text, told) in [
            ("警示", like("T11")),
            ("困难帮扶", like("T14")),
            ("回访教育谈话", like("T13")),
            ("慰问谈话", like("T14")),
            ("支委和党员", like("T01")),
            ("日常谈心", like("T01")),
            ("安全生产", TypeTold::Unknown),
        ] {
            assert_eq!(types.told_as_type(text), told, "{text} in a column of types");
        }
        let removed = TalkTypeChange {
            id: 1,
            code: "T11".into(),
            label: None,
            counts: None,
            outline: None,
            position: None,
            removed: Some(true),
        };
        assert_eq!(types.with(vec![removed]).told("廉政提醒"), like("T10"), "what is not offered is not meant");
    }

    #[test]
    fn a_workbook_renames_adds_and_removes_types_but_frees_none_that_is_restricted() {
        let change = |code: &str| TalkTypeChange {
            id: 1,
            code: code.into(),
            label: None,
            counts: None,
            outline: None,
            position: None,
            removed: None,
        };
        let types = TalkTypes::shipped().expect("the data is read").with(vec![
            TalkTypeChange { label: Some("交心谈话".into()), position: Some(1), ..change("T20") },
            TalkTypeChange { removed: Some(true), ..change("T19") },
            TalkTypeChange { counts: Some(Counts::Yes), ..change("T12") },
            TalkTypeChange { label: Some("驻村谈话".into()), counts: Some(Counts::No), ..change("U01") },
        ]);
        assert_eq!(types.all()[0].label, "交心谈话");
        assert!(types.offered().all(|kind| kind.code != "T19"));
        assert_eq!(types.label("T19"), "家访、八小时外谈话", "records of it keep their name");
        assert_eq!(types.counts("T12"), Counts::Restricted);
        assert_eq!(types.counts("U01"), Counts::No);
    }
}
