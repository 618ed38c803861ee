//! Owns the conditions of the list: what can be asked for, in which words, and what it means for the list.
//! Must never draw. Start at [`Filter`].

use crate::domain::codes;
use crate::domain::fields::{CATEGORIES, SEXES};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::domain::statistics::Family;
use crate::view::members::{Condition, ListAsk, Who};
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
        let family = |family: Family| -> Vec<Offer> {
            let band = |band: &str| plain(band, Condition::Band(family.name().to_owned(), band.to_owned()));
            family.bands().into_iter().map(band).collect()
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
                std::iter::once(plain("大专及以上", Condition::College)).chain(family(Family::Education)).collect()
            }
            Self::Age => family(Family::Age),
            Self::EntryPeriod => family(Family::EntryPeriod),
            Self::Standing => family(Family::Standing),
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

impl Filter {
    pub fn new(kind: Kind) -> Self {
        Self { kind, chosen: Vec::new() }
    }

    /// 「人员类别：正式党员」「学历：研究生 或 大学本科」「民族：回族 等 3 项」
    pub fn words(&self) -> String {
        let label = self.kind.label();
        match &self.chosen[..] {
            [] => format!("{label}：不限"),
            [one] => format!("{label}：{}", one.text),
            [one, other] => format!("{label}：{} 或 {}", one.text, other.text),
            [one, ..] => format!("{label}：{} 等 {} 项", one.text, self.chosen.len()),
        }
    }

    fn condition(&self) -> Option<Condition> {
        match &self.chosen[..] {
            [] => None,
            [one] => Some(one.condition.clone()),
            several => Some(Condition::Any(several.iter().map(|one| one.condition.clone()).collect())),
        }
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
        let text = match (from, to) {
            (None, None) => return,
            (Some(from), None) => format!("{from} 岁以上"),
            (None, Some(to)) => format!("{to} 岁以下"),
            (Some(from), Some(to)) => format!("{from} 至 {to} 岁"),
        };
        let condition = Condition::Age(from.unwrap_or(0), to.unwrap_or(u16::MAX));
        self.chosen.push(Chosen { text, condition });
    }
}

/// Everything the list is filtered by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// What the list is searched for; never a text that is still being composed.
    pub text: String,
    pub all: Vec<Filter>,
    pub who: Who,
}

impl Filters {
    pub fn conditions(&self) -> Vec<Condition> {
        self.all.iter().filter_map(Filter::condition).collect()
    }

    /// The filter of this kind, made if there is none.
    pub fn of_kind(&mut self, kind: Kind) -> &mut Filter {
        let place = match self.all.iter().position(|filter| filter.kind == kind) {
            Some(place) => place,
            None => {
                self.all.push(Filter::new(kind));
                self.all.len() - 1
            }
        };
        &mut self.all[place]
    }

    /// Sets exactly this choice of a kind.
    pub fn set(&mut self, kind: Kind, text: &str, condition: Condition) {
        self.of_kind(kind).chosen = vec![Chosen { text: text.to_owned(), condition }];
    }

    /// Sets everything as a list asks for it; a condition that no chip can tell is left out.
    pub fn set_all(&mut self, ask: &ListAsk) {
        self.clear();
        self.who = ask.who;
        self.text.clone_from(&ask.text);
        for condition in &ask.conditions {
            let several = match condition {
                Condition::Any(several) => &several[..],
                one => std::slice::from_ref(one),
            };
            for one in several {
                if let Some((kind, text)) = kind_and_words(one) {
                    self.of_kind(kind).chosen.push(Chosen { text, condition: one.clone() });
                }
            }
        }
    }

    pub fn clear(&mut self) {
        self.all.clear();
        self.text.clear();
    }

    /// Whether anything narrows the list.
    pub fn is_set(&self) -> bool {
        !self.text.trim().is_empty() || self.all.iter().any(|filter| !filter.chosen.is_empty())
    }
}

/// The word of who is listed.
pub fn who_label(who: Who) -> &'static str {
    match who {
        Who::OnRoll => "在册",
        Who::Left => "已离开",
        Who::Voided => "已作废",
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
        Condition::Age(from, to) => (Kind::Age, format!("{from} 至 {to} 岁")),
        Condition::Band(family, band) => {
            let kind = match Family::from_name(family)? {
                Family::Age => Kind::Age,
                Family::Education => Kind::Education,
                Family::EntryPeriod => Kind::EntryPeriod,
                Family::Standing => Kind::Standing,
            };
            (kind, band.clone())
        }
        Condition::Within(_) | Condition::Field(..) | Condition::Any(_) | Condition::FiftyYears => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Filters, Kind};
    use crate::view::members::Condition;

    #[test]
    fn several_choices_of_a_kind_are_one_condition() {
        let mut filters = Filters::default();
        let offers = Kind::Education.offers(&[], None);
        for text in ["研究生", "大学本科"] {
            let offer = offers.iter().find(|offer| offer.text == text).expect("offered");
            filters.of_kind(Kind::Education).toggle(offer);
        }
        filters.set(Kind::Sex, "女", Condition::Sex("女".into()));
        let words: Vec<String> = filters.all.iter().map(super::Filter::words).collect();
        assert_eq!(words, ["学历：研究生 或 大学本科", "性别：女"]);
        assert_eq!(filters.conditions().len(), 2);
        assert!(matches!(&filters.conditions()[0], Condition::Any(any) if any.len() == 2));
    }

    #[test]
    fn an_age_range_has_its_own_words() {
        let mut filters = Filters::default();
        filters.of_kind(Kind::Age).set_ages(Some(35), None);
        assert_eq!(filters.all[0].words(), "年龄：35 岁以上");
        filters.of_kind(Kind::Age).set_ages(None, None);
        assert!(!filters.is_set());
    }
}
