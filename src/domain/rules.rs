//! Rules (规则): measures the program knows, with numbers that are data.
//!
//! What the program brings stands in `assets/rules`; a workbook may change numbers and switch rules off
//! ([`RuleChange`]). A rule never forbids: what it finds is shown, amber where the regulation says 一般, red where it
//! does not. Start at [`RuleBook`]; what is found in an organisation stands in [`organisations`], in a member in
//! [`members`]; what is asked of talks is told by [`coverage`](super::coverage).

pub mod members;
pub mod organisations;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::clock::Day;
use crate::domain::organisations::OrganisationKind;
use crate::problem::{Problem, Result};

/// The files of rules that the program brings.
const SHIPPED: [&str; 3] = [
    include_str!("../../assets/rules/organisations.toml"),
    include_str!("../../assets/rules/members.toml"),
    include_str!("../../assets/rules/talks.toml"),
];

/// How firm a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 提醒: the regulation says 一般.
    Amber,
    /// 应当: it does not.
    Red,
}

impl Level {
    pub fn label(self) -> &'static str {
        match self {
            Self::Amber => "提醒",
            Self::Red => "应当",
        }
    }
}

/// What a rule measures. The code knows these; how much is too much stands in the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    FormalAtLeast,
    MembersAtLeast,
    MembersAtMost,
    MembersBetween,
    UnitsAtMost,
    CommitteeNeeded,
    CommitteeAtMost,
    CommitteeBetween,
    NoCommitteeBelow,
    SecretaryNeeded,
    DeputiesAtMost,
    CommissionersNeeded,
    SecretaryStanding,
    PostsForFormal,
    PostsForMembers,
    Term,
    TermOverdue,
    TermLength,
    DelayLength,
    EarlyElection,
    NoElection,
    SecretariesAtMost,
    ElectedAfterFounded,
    AdmitsByCommittee,
    // Of a member.
    NumberLength,
    NumberCheck,
    NumberBirth,
    BirthAsInNumber,
    SexAsInNumber,
    AgeToJoin,
    DateOrder,
    FullAfterJoined,
    ProbationLength,
    ProbationOver,
    ExtensionShort,
    ExtensionLong,
    ExtensionCount,
    Cultivation,
    LostLong,
    StoppedLong,
    LetterReceipt,
    LetterValidity,
    FloatingLong,
    PostByMember,
    PostClosed,
    PostTerm,
    FactsSingle,
    GroupNeeded,
    CategoryDerived,
    StatusDay,
    AwayStart,
    StartKnown,
    DatesPrecise,
    ValuesNeeded,
    FullKnown,
    FullAsDue,
    BackAfterLeaving,
    LeftAfterJoined,
    PlaceFounded,
    GroupOfBranch,
    PostAfterJoined,
    AwardInLife,
    StatusUsual,
    PhoneReadable,
    AsWritten,
    // Of talks.
    TalksOfCommittee,
    TalksWithCommittee,
    TalksAmongMembers,
    TalksAfterEvents,
    TalkEvent,
    TalkNewcomer,
    TalkLost,
    TalkAway,
    TalkUnable,
    TalkOneToMany,
    TalkRemote,
}

/// What rules speak of (规则分组).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleGroup {
    /// 党组织
    Organisations,
    /// 党员
    Members,
    /// 谈心谈话
    Talks,
}

impl RuleGroup {
    pub const ALL: [Self; 3] = [Self::Organisations, Self::Members, Self::Talks];

    pub fn label(self) -> &'static str {
        match self {
            Self::Organisations => "党组织",
            Self::Members => "党员",
            Self::Talks => "谈心谈话",
        }
    }
}

impl Measure {
    /// What it measures.
    pub fn group(self) -> RuleGroup {
        match self as usize {
            place if place < Self::NumberLength as usize => RuleGroup::Organisations,
            place if place < Self::TalksOfCommittee as usize => RuleGroup::Members,
            _ => RuleGroup::Talks,
        }
    }

    /// Whether it measures members, neither organisations nor talks.
    pub fn is_of_members(self) -> bool {
        self.group() == RuleGroup::Members
    }
}

/// A rule (规则), with the article it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    pub title: String,
    /// 出处
    pub article: String,
    /// The day since which the text is in force.
    pub version: String,
    /// Whether the article was seen in the official text; else it is shown as 待核对.
    #[serde(default = "yes")]
    pub checked: bool,
    #[serde(default = "yes")]
    pub enabled: bool,
    pub level: Level,
    pub measure: Measure,
    /// The kinds of organisations it speaks of; none for rules about members and talks.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// What has to have happened that it speaks of it, by the names of events; for rules about talks.
    #[serde(default)]
    pub events: Vec<String>,
    #[serde(default)]
    pub numbers: BTreeMap<String, i64>,
    /// What each number is called, for whoever changes it.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// What is said where it is not kept; `{value}` and the numbers are filled in.
    pub words: String,
    /// How it is counted (怎样算), without numbers; empty where the words tell it.
    #[serde(default)]
    pub counted: String,
    /// Later editions of the text it comes from, the oldest first.
    #[serde(default, rename = "edition")]
    pub editions: Vec<Edition>,
}

/// A later edition (修订版) of the text that a rule comes from. What it asks is the same, with the same numbers; where it
/// stands is not. A case that runs keeps the edition under which it began.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    pub article: String,
    /// The day since which it is in force.
    pub version: String,
    #[serde(default = "yes")]
    pub checked: bool,
}

fn shown(article: &str, checked: bool) -> String {
    if checked { article.to_owned() } else { format!("{article}（待核对）") }
}

fn yes() -> bool {
    true
}

impl Rule {
    /// One of its numbers; 0 where the data has none of this name, which a test of the data rules out.
    pub fn number(&self, name: &str) -> i64 {
        self.numbers.get(name).copied().unwrap_or(0)
    }

    /// The article it rests on, as it is shown, in every edition; empty where it rests on none.
    pub fn shown_article(&self) -> String {
        let later = self
            .editions
            .iter()
            .map(|edition| format!("；{} 起为{}", edition.version, shown(&edition.article, edition.checked)));
        std::iter::once(shown(&self.article, self.checked)).chain(later).collect()
    }

    /// The same for a case that began on a day, in the edition of that day: a running case keeps it. Of a case of which
    /// that is not known the oldest counts.
    pub fn shown_article_of(&self, began: Option<Day>) -> String {
        let is_in_force = |edition: &&Edition| {
            let version: Option<Day> = edition.version.parse().ok();
            version.zip(began).is_some_and(|(version, began)| version <= began)
        };
        match self.editions.iter().rfind(is_in_force) {
            Some(edition) => shown(&edition.article, edition.checked),
            None => shown(&self.article, self.checked),
        }
    }

    /// 施行: since when each edition is in force.
    pub fn versions(&self) -> String {
        let all = std::iter::once(&self.version).chain(self.editions.iter().map(|edition| &edition.version));
        all.map(String::as_str).collect::<Vec<_>>().join("、")
    }

    /// Whether every edition of it was seen in the official text.
    pub fn is_checked(&self) -> bool {
        self.checked && self.editions.iter().all(|edition| edition.checked)
    }

    /// 适用: of whom or what it speaks.
    pub fn speaks_of_words(&self) -> String {
        match self.measure.group() {
            RuleGroup::Organisations => self.kinds.join("、"),
            group => group.label().to_owned(),
        }
    }

    /// Whether it is on and speaks of organisations of this kind.
    pub fn speaks_of(&self, kind: OrganisationKind) -> bool {
        self.enabled && self.kinds.iter().any(|label| label == kind.label())
    }

    /// Its words with its numbers filled in.
    pub fn words(&self) -> String {
        self.said(&[])
    }

    /// How it is counted: 怎样算.
    pub fn reckoning(&self) -> String {
        if self.counted.is_empty() { self.words() } else { self.counted.clone() }
    }

    /// Its words with its numbers and these values filled in.
    fn said(&self, values: &[(&str, String)]) -> String {
        let numbers = self.numbers.iter().map(|(name, number)| (name.as_str(), number.to_string()));
        let values = values.iter().map(|(name, value)| (*name, value.clone()));
        values
            .chain(numbers)
            .fold(self.words.clone(), |words, (name, value)| words.replace(&format!("{{{name}}}"), &value))
    }
}

/// What a workbook changed of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    pub id: i64,
    pub rule: String,
    pub numbers: BTreeMap<String, i64>,
    pub enabled: Option<bool>,
    /// Why, or what it rests on.
    pub note: Option<String>,
}

impl RuleChange {
    /// Its numbers as they are kept: `limit=60;most=9`.
    pub fn numbers_text(&self) -> Option<String> {
        let parts: Vec<String> = self.numbers.iter().map(|(name, number)| format!("{name}={number}")).collect();
        (!parts.is_empty()).then(|| parts.join(";"))
    }

    /// What it changes, in words: 「最多党员（人） 60，停用，县直工委〔2024〕3 号」; `rule` is the one it changes.
    pub fn in_words(&self, rule: &Rule) -> String {
        let label = |name: &String| rule.labels.get(name).cloned().unwrap_or_else(|| name.clone());
        let numbers = self.numbers.iter().map(|(name, number)| format!("{} {number}", label(name)));
        let state = self.enabled.map(|enabled| if enabled { "启用" } else { "停用" }.to_owned());
        numbers.chain(state).chain(self.note.clone()).collect::<Vec<_>>().join("，")
    }

    /// Numbers as they are kept; `None` if the text is none.
    pub fn numbers_in(text: Option<&str>) -> Option<BTreeMap<String, i64>> {
        let parts = text.into_iter().flat_map(|text| text.split(';'));
        parts
            .map(|part| part.split_once('=').and_then(|(name, number)| Some((name.to_owned(), number.parse().ok()?))))
            .collect()
    }
}

/// All rules, as they hold in a workbook (规则库).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleBook {
    pub rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct File {
    rule: Vec<Rule>,
}

impl RuleBook {
    /// The rules that the program brings.
    pub fn shipped() -> Result<Self> {
        static BOOK: LazyLock<std::result::Result<RuleBook, String>> = LazyLock::new(|| {
            let mut rules = Vec::new();
            for text in SHIPPED {
                let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
                rules.extend(file.rule);
            }
            Ok(RuleBook { rules })
        });
        BOOK.clone().map_err(Problem::fault)
    }

    /// The same with what a workbook changed.
    #[must_use]
    pub fn with(mut self, changes: &[RuleChange]) -> Self {
        for change in changes {
            let Some(rule) = self.rules.iter_mut().find(|rule| rule.id == change.rule) else { continue };
            rule.numbers.extend(change.numbers.iter().map(|(name, number)| (name.clone(), *number)));
            rule.enabled = change.enabled.unwrap_or(rule.enabled);
        }
        self
    }

    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

/// Something that is not as a rule has it (待核).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFinding {
    pub rule: String,
    pub level: Level,
    pub title: String,
    /// What is so, and what it should be.
    pub words: String,
    pub article: String,
}
