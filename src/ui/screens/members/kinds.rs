//! Owns the kinds of condition that chips offer: what can be chosen of each, in which words, and what it means.
//! Must never draw. Start at [`Filter`].

use crate::domain::codes;
use crate::domain::fields::{CATEGORIES, SEXES};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::domain::statistics::Feature;
use crate::view::condition_words::{Names, words};
use crate::view::members::Condition;
use crate::view::organisations::OrganisationLine;

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Branch,
    Category,
    Sex,
    Nation,
    Education,
    Age,
    EntryPeriod,
    Standing,
    /// Since when people are on the roll.
    Start,
}

impl Kind {
    /// Those that can be added by hand.
    pub const OFFERED: [Self; 8] = [
        Self::Branch,
        Self::Category,
        Self::Sex,
        Self::Nation,
        Self::Education,
        Self::Age,
        Self::EntryPeriod,
        Self::Standing,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::Branch => "党支部",
            Self::Category => "人员类别",
            Self::Sex => "性别",
            Self::Nation => "民族",
            Self::Education => "学历",
            Self::Age => "年龄",
            Self::EntryPeriod => "入党时间",
            Self::Standing => "党龄",
            Self::Start => "起始日期",
        }
    }

    /// The kind that fits a column of the list.
    pub fn of_column(id: &str) -> Option<Self> {
        match id {
            "branch" => Some(Self::Branch),
            "category" => Some(Self::Category),
            "sex" => Some(Self::Sex),
            "nation" => Some(Self::Nation),
            "education" => Some(Self::Education),
            "birth" | "age" => Some(Self::Age),
            "joined" => Some(Self::EntryPeriod),
            "full" | "standing" => Some(Self::Standing),
            _ => None,
        }
    }

    /// What can be chosen, each with its words and its depth in a tree.
    pub fn offers(self, tree: &[OrganisationLine], scope: Option<OrganisationId>) -> Vec<Offer> {
        let plain = |text: &str, condition: Condition| Offer { text: text.to_owned(), depth: 0, condition };
        let family = |feature: Feature| -> Vec<Offer> {
            let band = |band: &str| plain(band, Condition::Band(feature.name().to_owned(), band.to_owned()));
            feature.values().into_iter().map(band).collect()
        };
        match self {
            Self::Branch => branches(tree, scope),
            Self::Category => {
                let own = CATEGORIES.iter().rev().map(|word| plain(word, Condition::Category((*word).to_owned())));
                let all = std::iter::once(plain("党员（正式和预备）", Condition::Members)).chain(own);
                all.chain([plain("类别不详", Condition::UnknownCategory)]).collect()
            }
            Self::Sex => SEXES.iter().map(|word| plain(word, Condition::Sex((*word).to_owned()))).collect(),
            Self::Nation => {
                let word = |word: &str| plain(word, Condition::Nation(word.to_owned()));
                let all = codes::nations().iter().map(|nation| nation.name).filter(|name| *name != "汉族");
                ["汉族", "少数民族"].into_iter().chain(all).map(word).collect()
            }
            Self::Education => {
                std::iter::once(plain("大专及以上", Condition::College)).chain(family(Feature::Education)).collect()
            }
            Self::Age => family(Feature::Age),
            Self::EntryPeriod => family(Feature::EntryPeriod),
            Self::Standing => family(Feature::Standing),
            Self::Start => vec![plain("不详", Condition::UnknownStart)],
        }
    }
}

fn branches(tree: &[OrganisationLine], scope: Option<OrganisationId>) -> Vec<Offer> {
    let within = below(tree, scope);
    let top = within.first().map_or(0, |line| line.depth);
    within
        .iter()
        .filter(|line| line.organisation.kind != OrganisationKind::Group)
        .map(|line| Offer {
            text: line.organisation.shown_name().to_owned(),
            depth: line.depth - top,
            condition: Condition::Within(line.organisation.id),
        })
        .collect()
}

/// The lines of an organisation and all below it; all lines for `None`.
pub fn below(tree: &[OrganisationLine], scope: Option<OrganisationId>) -> &[OrganisationLine] {
    let Some(start) = scope.and_then(|id| tree.iter().position(|line| line.organisation.id == id)) else {
        return tree;
    };
    let depth = tree[start].depth;
    let count = tree[start + 1..].iter().take_while(|line| line.depth > depth).count();
    &tree[start..=start + count]
}

/// Something that can be chosen for a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub text: String,
    pub depth: usize,
    pub condition: Condition,
}

/// A condition as it is set: any of what was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    pub kind: Kind,
    pub chosen: Vec<Chosen>,
}

/// One choice, with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    pub text: String,
    pub condition: Condition,
}

impl Chosen {
    fn words(&self, names: &Names<'_>) -> String {
        match &self.condition {
            Condition::Within(_) => words(&self.condition, names),
            _ => self.text.clone(),
        }
    }
}

impl Filter {
    pub fn new(kind: Kind) -> Self {
        Self { kind, chosen: Vec::new() }
    }

    /// 「人员类别：正式党员」「学历：研究生 或 大学本科」「民族：回族 等 3 项」
    pub fn words(&self, names: &Names<'_>) -> String {
        let label = self.kind.label();
        let chosen: Vec<String> = self.chosen.iter().take(2).map(|chosen| chosen.words(names)).collect();
        match (&chosen[..], self.chosen.len()) {
            ([one, _], count @ 3..) => format!("{label}：{one} 等 {count} 项"),
            ([one, other], _) => format!("{label}：{one} 或 {other}"),
            ([one], _) => format!("{label}：{one}"),
            _ => format!("{label}：不限"),
        }
    }

    pub fn condition(&self) -> Option<Condition> {
        match &self.chosen[..] {
            [] => None,
            [one] => Some(one.condition.clone()),
            several => Some(Condition::Any(several.iter().map(|one| one.condition.clone()).collect())),
        }
    }

    /// The choices of one kind that a condition means, if it means nothing else.
    pub fn of_condition(condition: &Condition) -> Option<Self> {
        let several = match condition {
            Condition::Any(several) => &several[..],
            one => std::slice::from_ref(one),
        };
        let told: Vec<(Kind, Chosen)> = several
            .iter()
            .map(|one| {
                let (kind, text) = kind_and_words(one)?;
                Some((kind, Chosen { text, condition: one.clone() }))
            })
            .collect::<Option<_>>()?;
        let kind = told.first()?.0;
        let is_one_kind = told.iter().all(|(other, _)| *other == kind);
        is_one_kind.then(|| Self { kind, chosen: told.into_iter().map(|(_, chosen)| chosen).collect() })
    }

    pub fn has(&self, condition: &Condition) -> bool {
        self.chosen.iter().any(|chosen| chosen.condition == *condition)
    }

    /// Chooses, or chooses no longer.
    pub fn toggle(&mut self, offer: &Offer) {
        if self.has(&offer.condition) {
            self.chosen.retain(|chosen| chosen.condition != offer.condition);
        } else {
            self.chosen.push(Chosen { text: offer.text.clone(), condition: offer.condition.clone() });
        }
    }

    /// 年龄 from and to in full years, where that was chosen.
    pub fn ages(&self) -> Option<(u16, u16)> {
        self.chosen.iter().find_map(|chosen| match chosen.condition {
            Condition::Age(from, to) => Some((from, to)),
            _ => None,
        })
    }

    /// Sets 年龄 from and to; with neither the choice is taken away.
    pub fn set_ages(&mut self, from: Option<u16>, to: Option<u16>) {
        self.chosen.retain(|chosen| !matches!(chosen.condition, Condition::Age(..)));
        if from.is_none() && to.is_none() {
            return;
        }
        let (from, to) = (from.unwrap_or(0), to.unwrap_or(u16::MAX));
        self.chosen.push(Chosen { text: ages_words(from, to), condition: Condition::Age(from, to) });
    }
}

/// 「35 岁以上」「30 至 40 岁」
fn ages_words(from: u16, to: u16) -> String {
    match (from, to) {
        (from, u16::MAX) => format!("{from} 岁以上"),
        (0, to) => format!("{to} 岁以下"),
        (from, to) => format!("{from} 至 {to} 岁"),
    }
}

/// Which chip tells a condition, and in which words.
fn kind_and_words(condition: &Condition) -> Option<(Kind, String)> {
    Some(match condition {
        Condition::Category(category) => (Kind::Category, category.clone()),
        Condition::Members => (Kind::Category, "党员".to_owned()),
        Condition::UnknownCategory => (Kind::Category, "不详".to_owned()),
        Condition::Sex(sex) => (Kind::Sex, sex.clone()),
        Condition::Nation(nation) => (Kind::Nation, nation.clone()),
        Condition::College => (Kind::Education, "大专及以上".to_owned()),
        Condition::UnknownStart => (Kind::Start, "不详".to_owned()),
        Condition::Age(from, to) => (Kind::Age, ages_words(*from, *to)),
        Condition::Within(_) => (Kind::Branch, String::new()),
        Condition::Band(family, band) => {
            let kind = match Feature::from_name(family)? {
                Feature::Age => Kind::Age,
                Feature::Education => Kind::Education,
                Feature::EntryPeriod => Kind::EntryPeriod,
                Feature::Standing => Kind::Standing,
                // What only a figure counts is a chip of its own.
                _ => return None,
            };
            (kind, band.clone())
        }
        Condition::FiftyYears
        | Condition::ProbationEnding
        | Condition::Compare { .. }
        | Condition::All(_)
        | Condition::Any(_)
        | Condition::Not(_) => return None,
    })
}
