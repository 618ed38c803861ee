//! Figures (数字): a value with its name, its definition (口径), its day, its scope and the rows behind it.
//!
//! Every number that is shown or printed is one; its rows are counted, never told apart from it. Start at [`figures`]
//! for those of the summary and at [`annual`] for all.

use std::sync::Arc;

use super::conditions::is_minority;
use super::desk::Desk;
use super::features::{FeatureValue, Sorted, list_of, sort_out};
use super::members::{Condition, ListAsk};
use super::year::of_year;
use crate::clock::Day;
use crate::domain::ids::{OrganisationId, RecordId};
use crate::domain::members::Category;
use crate::domain::organisations::OrganisationKind;
use crate::domain::statistics::{self, Feature};
use crate::problem::Result;
use crate::store::directory::Card;

/// What the rows of a figure are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// People; those of a list, which can be gone to.
    Listed(ListAsk),
    /// People whom no list of one day shows together.
    People,
    /// Two people each, one after the other: there are half as many pairs as rows.
    Pairs,
    /// 党组织
    Organisations,
    /// 谈话
    Talks,
    /// 谈话对象: who sat in talks, once for each talk.
    Partners,
    /// Events of people, posts that began.
    Occasions,
}

/// A number that can be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// `党员.年龄.41至45岁`
    pub name: String,
    /// 「41至45岁」
    pub label: String,
    pub value: u64,
    /// 人 or 个
    pub unit: &'static str,
    /// 口径, one sentence.
    pub definition: String,
    pub as_of: Day,
    pub scope: Option<OrganisationId>,
    pub scope_name: String,
    /// The records counted; `value` is their number, of pairs the half.
    pub rows: Arc<Vec<RecordId>>,
    /// What they are.
    pub kind: Rows,
    /// What is shown instead of `value`, where the number is no count but reckoned from counts.
    pub reckoned: Option<Reckoned>,
}

/// A number that is reckoned from counts and counts nothing itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reckoned {
    /// A difference of two counts; below zero where the first is less.
    Difference(i64),
    /// A difference as a part of what it began with, 1 for the whole.
    Rate(f64),
}

impl Reckoned {
    pub fn unit(self) -> &'static str {
        match self {
            Self::Difference(_) => "人（净）",
            Self::Rate(_) => "%",
        }
    }
}

/// 「+4」「-4」「0」「3.1%」
impl std::fmt::Display for Reckoned {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Difference(0) => write!(to, "0"),
            Self::Difference(difference) => write!(to, "{difference:+}"),
            Self::Rate(rate) => write!(to, "{:.1}%", rate * 100.0),
        }
    }
}

impl Figure {
    /// The list of exactly its rows, where there is one.
    pub fn list(&self) -> Option<ListAsk> {
        match &self.kind {
            Rows::Listed(ask) => Some(ask.clone()),
            _ => None,
        }
    }

    /// Whether its rows are people.
    pub fn is_of_people(&self) -> bool {
        matches!(self.kind, Rows::Listed(_) | Rows::People | Rows::Pairs)
    }
}

/// The figures of a scope on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    pub as_of: Day,
    pub scope: Option<OrganisationId>,
    pub scope_name: String,
    pub all: Vec<Figure>,
    /// Members whose membership began on an unknown day.
    pub unknown_start: usize,
    /// People on the roll whose category is not known: counted nowhere, and said so.
    pub unknown_category: usize,
}

impl Figures {
    /// The figure with this name.
    pub fn get(&self, name: &str) -> Option<&Figure> {
        self.all.iter().find(|figure| figure.name == name)
    }

    /// The value of a figure, 0 if there is none with this name.
    pub fn value(&self, name: &str) -> u64 {
        self.get(name).map_or(0, |figure| figure.value)
    }

    /// The values of a feature, in their order.
    pub fn family(&self, feature: Feature) -> impl Iterator<Item = &Figure> {
        let prefix = format!("党员.{}.", feature.name());
        self.all.iter().filter(move |figure| figure.name.starts_with(&prefix))
    }

    /// A sentence that must stand beside figures of a past day, if one must.
    pub fn note(&self) -> Option<String> {
        (self.unknown_start > 0).then(|| format!("其中 {} 人起始日期不详", self.unknown_start))
    }
}

/// A figure of members that counts those of whom something simple is true.
pub(super) struct Plain {
    pub name: &'static str,
    pub label: &'static str,
    what: &'static str,
    pub counts: fn(&Card, Day) -> bool,
    /// What a list of them is asked for.
    conditions: fn() -> Vec<Condition>,
}

/// The plain figures, in their order.
pub(super) const PLAIN: &[Plain] = &[
    Plain {
        name: "党员.总数",
        label: "党员",
        what: "正式党员和预备党员",
        counts: |_, _| true,
        conditions: || vec![Condition::Members],
    },
    Plain {
        name: "党员.正式",
        label: "正式党员",
        what: "已转正的党员",
        counts: |card, day| card.path.category_on(day) == Some(Category::Formal),
        conditions: || vec![Condition::Category(Category::Formal.label().to_owned())],
    },
    Plain {
        name: "党员.预备",
        label: "预备党员",
        what: "预备期内的党员",
        counts: |card, day| card.path.category_on(day) == Some(Category::Probationary),
        conditions: || vec![Condition::Category(Category::Probationary.label().to_owned())],
    },
    Plain {
        name: "党员.女",
        label: "女党员",
        what: "性别为女的党员",
        counts: |card, _| card.sex.as_deref() == Some("女"),
        conditions: || vec![Condition::Members, Condition::Sex("女".to_owned())],
    },
    Plain {
        name: "党员.少数民族",
        label: "少数民族",
        what: "民族已登记且不是汉族的党员",
        counts: |card, _| is_minority(card),
        conditions: || vec![Condition::Members, Condition::Nation("少数民族".to_owned())],
    },
    Plain {
        name: "党员.大专及以上",
        label: "大专及以上",
        what: "学历为研究生、大学本科、大学专科的党员",
        counts: |card, _| statistics::is_college(card.education.as_deref()),
        conditions: || vec![Condition::Members, Condition::College],
    },
    Plain {
        name: "党员.光荣在党50年",
        label: "光荣在党50年",
        what: "到当年7月1日党龄满50周年的正式党员（日期只到年、月的，从那年、那月的第一天算）",
        counts: |card, day| statistics::has_fifty_years(&card.path, day),
        conditions: || vec![Condition::FiftyYears],
    },
];

impl Plain {
    pub fn definition(&self, as_of: Day) -> String {
        format!("截至 {as_of} 的{}。{WHO_COUNTS}", self.what)
    }

    /// The list of those it counts.
    pub fn list(&self, roll: ListAsk) -> Rows {
        Rows::Listed(ListAsk { conditions: (self.conditions)(), ..roll })
    }
}

/// What every figure of members rests on.
pub(super) const WHO_COUNTS: &str = "在册党员，含预备党员；流动、失联照计，停止党籍不计";

/// The members (党员) of a scope on a day, in 名册顺序: whom all figures of members count.
pub(super) struct Counted<'d> {
    pub as_of: Day,
    pub scope: Option<OrganisationId>,
    pub scope_name: String,
    pub members: Vec<&'d Card>,
    pub unknown_start: usize,
    pub unknown_category: usize,
}

impl<'d> Counted<'d> {
    pub fn of(desk: &'d Desk, scope: Option<OrganisationId>, as_of: Day) -> Result<Self> {
        let list = super::members::list(desk, &ListAsk::roll(as_of, scope))?;
        let people: Vec<&Card> = list.ids.iter().filter_map(|id| desk.directory().get(*id)).collect();
        let members: Vec<&Card> = people.iter().copied().filter(|card| card.is_member_on(as_of)).collect();
        let is_unknown = |card: &&&Card| card.on_roll(as_of).is_some_and(|membership| membership.span.from.is_none());
        Ok(Self {
            as_of,
            scope,
            scope_name: desk.scope_name_on(scope, as_of),
            unknown_start: members.iter().filter(is_unknown).count(),
            unknown_category: people.iter().filter(|card| card.path.is_unknown_on(as_of)).count(),
            members,
        })
    }

    /// The list of everybody on the roll.
    pub fn roll(&self) -> ListAsk {
        ListAsk::roll(self.as_of, self.scope)
    }

    /// A figure of some of them.
    pub fn figure(&self, name: String, label: &str, definition: String, rows: Vec<RecordId>, kind: Rows) -> Figure {
        Figure {
            value: rows.len() as u64,
            name,
            label: label.to_owned(),
            unit: if kind == Rows::Organisations { "个" } else { "人" },
            definition,
            as_of: self.as_of,
            scope: self.scope,
            scope_name: self.scope_name.clone(),
            rows: Arc::new(rows),
            kind,
            reckoned: None,
        }
    }
}

/// The figures of the summary (基本情况) of a scope on a day.
pub fn figures(desk: &Desk, scope: Option<OrganisationId>, as_of: Day) -> Result<Figures> {
    figures_of(desk, &Counted::of(desk, scope, as_of)?, &Feature::SUMMARY)
}

/// All figures of a scope on a day: those of the annual form (年报表), with what the year brought.
pub fn annual(desk: &Desk, scope: Option<OrganisationId>, as_of: Day) -> Result<Figures> {
    let counted = Counted::of(desk, scope, as_of)?;
    let mut figures = figures_of(desk, &counted, &Feature::ANNUAL)?;
    figures.all.extend(of_year(desk, &counted)?);
    Ok(figures)
}

fn figures_of(desk: &Desk, counted: &Counted<'_>, features: &[Feature]) -> Result<Figures> {
    let (scope, as_of) = (counted.scope, counted.as_of);
    let mut all = Vec::new();
    for plain in PLAIN {
        let of_it = counted.members.iter().filter(|card| (plain.counts)(card, as_of));
        let rows = of_it.map(|card| card.id.0).collect();
        let kind = plain.list(counted.roll());
        all.push(counted.figure(plain.name.to_owned(), plain.label, plain.definition(as_of), rows, kind));
    }
    let sorted = sort_out(desk, features, &counted.members, as_of)?;
    for (feature, sorted) in features.iter().zip(sorted) {
        all.extend(family(desk, counted, *feature, &sorted));
    }
    all.extend(organisations(desk, counted));
    let (unknown_start, unknown_category) = (counted.unknown_start, counted.unknown_category);
    Ok(Figures { as_of, scope, scope_name: counted.scope_name.clone(), all, unknown_start, unknown_category })
}

/// A figure for each value of a feature.
fn family(desk: &Desk, counted: &Counted<'_>, feature: Feature, sorted: &Sorted) -> Vec<Figure> {
    let mut rows: Vec<Vec<RecordId>> = vec![Vec::new(); sorted.values.len()];
    for (card, place) in counted.members.iter().zip(&sorted.places) {
        if let Some(place) = place {
            rows[*place].push(card.id.0);
        }
    }
    let (what, how, as_of) = (feature.name(), feature.definition(), counted.as_of);
    let figure = |(value, rows): (&FeatureValue, Vec<RecordId>)| {
        let definition = format!("截至 {as_of}，{what}为“{}”，{how}。{WHO_COUNTS}", value.label);
        let name = format!("党员.{what}.{}", value.label);
        let list = list_of(desk, counted.roll(), &[(feature, &value.key)]);
        counted.figure(name, &value.label, definition, rows, list.map_or(Rows::People, Rows::Listed))
    };
    sorted.values.iter().zip(rows).map(figure).collect()
}

/// Organisations by kind.
fn organisations(desk: &Desk, counted: &Counted<'_>) -> Vec<Figure> {
    let tree = desk.tree_on(counted.as_of);
    let nodes = tree.within(counted.scope);
    let figure = |kind: OrganisationKind| {
        let standing = nodes.iter().filter(|node| node.kind == kind && node.stands_on(counted.as_of));
        let rows = standing.map(|node| node.id.0).collect();
        let definition = format!("截至 {} 尚未撤销的{}", counted.as_of, kind.label());
        counted.figure(format!("组织.{}", kind.label()), kind.label(), definition, rows, Rows::Organisations)
    };
    OrganisationKind::ALL.into_iter().map(figure).collect()
}
