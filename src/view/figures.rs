//! Figures (数字): a value with its name, its definition (口径), its day, its scope and the rows behind it.
//!
//! Every number that is shown or printed is one; its rows are counted, never told apart from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::conditions::{band_of, is_minority};
use super::desk::Desk;
use super::members::{Condition, ListAsk};
use crate::clock::Day;
use crate::domain::ids::{OrganisationId, RecordId};
use crate::domain::members::Category;
use crate::domain::organisations::OrganisationKind;
use crate::domain::statistics::{self, Family};
use crate::problem::Result;
use crate::store::directory::Card;

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
    /// The records counted; `value` is their number.
    pub rows: Arc<Vec<RecordId>>,
}

impl Figure {
    /// The list of exactly its rows; `None` where they are organisations.
    pub fn list(&self) -> Option<ListAsk> {
        let name = self.name.strip_prefix("党员.")?;
        let conditions = match (name, name.split_once('.')) {
            (_, Some((family, band))) => vec![Condition::Members, Condition::Band(family.to_owned(), band.to_owned())],
            ("正式", None) => vec![Condition::Category(Category::Formal.label().to_owned())],
            ("预备", None) => vec![Condition::Category(Category::Probationary.label().to_owned())],
            ("女", None) => vec![Condition::Members, Condition::Sex("女".to_owned())],
            ("少数民族", None) => vec![Condition::Members, Condition::Nation("少数民族".to_owned())],
            ("大专及以上", None) => vec![Condition::Members, Condition::College],
            ("光荣在党50年", None) => vec![Condition::FiftyYears],
            (_, None) => vec![Condition::Members],
        };
        Some(ListAsk { conditions, ..ListAsk::roll(self.as_of, self.scope) })
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

    /// The bands of a family, in their order.
    pub fn family(&self, family: Family) -> impl Iterator<Item = &Figure> {
        let prefix = format!("党员.{}.", family.name());
        self.all.iter().filter(move |figure| figure.name.starts_with(&prefix))
    }

    /// A sentence that must stand beside figures of a past day, if one must.
    pub fn note(&self) -> Option<String> {
        (self.unknown_start > 0).then(|| format!("其中 {} 人起始日期不详", self.unknown_start))
    }
}

/// Who of the members a plain figure counts.
type Counts = fn(&Card, Day) -> bool;

const PLAIN: &[(&str, &str, &str, Counts)] = &[
    ("党员.总数", "党员", "正式党员和预备党员", |_, _| true),
    ("党员.正式", "正式党员", "已转正的党员", |card, day| {
        card.path.category_on(day) == Some(Category::Formal)
    }),
    ("党员.预备", "预备党员", "预备期内的党员", |card, day| {
        card.path.category_on(day) == Some(Category::Probationary)
    }),
    ("党员.女", "女党员", "性别为女的党员", |card, _| card.sex.as_deref() == Some("女")),
    ("党员.少数民族", "少数民族", "民族已登记且不是汉族的党员", |card, _| is_minority(card)),
    (
        "党员.大专及以上",
        "大专及以上",
        "学历为研究生、大学本科、大学专科的党员",
        |card, _| statistics::is_college(card.education.as_deref()),
    ),
    (
        "党员.光荣在党50年",
        "光荣在党50年",
        "到当年7月1日党龄满50周年的正式党员",
        |card, day| statistics::has_fifty_years(&card.path, day),
    ),
];

/// What every figure of members rests on.
const WHO_COUNTS: &str = "在册党员，含预备党员；流动、失联照计，停止党籍不计";

/// All figures of a scope on a day.
pub fn figures(desk: &Desk, scope: Option<OrganisationId>, as_of: Day) -> Result<Figures> {
    let tree = desk.tree_on(as_of);
    let scope_name = desk.scope_name_on(scope, as_of);
    let within: std::collections::HashSet<OrganisationId> =
        tree.within(scope).into_iter().map(|node| node.id).collect();
    let list = super::members::list(desk, &super::members::ListAsk::roll(as_of, scope))?;
    let people: Vec<&Card> = list.ids.iter().filter_map(|id| desk.directory().get(*id)).collect();
    let members: Vec<&Card> = people.iter().copied().filter(|card| card.is_member_on(as_of)).collect();
    let figure = |name: String, label: &str, unit: &'static str, definition: String, rows: Vec<RecordId>| Figure {
        value: rows.len() as u64,
        name,
        label: label.to_owned(),
        unit,
        definition,
        as_of,
        scope,
        scope_name: scope_name.clone(),
        rows: Arc::new(rows),
    };
    let mut all = Vec::new();
    for (name, label, what, counts) in PLAIN {
        let rows = members.iter().filter(|card| counts(card, as_of)).map(|card| card.id.0).collect();
        all.push(figure((*name).into(), label, "人", format!("截至 {as_of} 的{what}。{WHO_COUNTS}"), rows));
    }
    for family in Family::ALL {
        let mut rows: BTreeMap<&str, Vec<RecordId>> = BTreeMap::new();
        for card in &members {
            if let Some(band) = band_of(card, family, as_of) {
                rows.entry(band).or_default().push(card.id.0);
            }
        }
        for band in family.bands() {
            let (what, how) = (family.name(), family.definition());
            let definition = format!("截至 {as_of}，{what}为“{band}”，{how}。{WHO_COUNTS}");
            let name = format!("党员.{}.{band}", family.name());
            all.push(figure(name, band, "人", definition, rows.remove(band).unwrap_or_default()));
        }
    }
    for kind in OrganisationKind::ALL {
        let standing = |id: &&crate::domain::organisations::Organisation| {
            id.kind == kind && id.stands_on(as_of) && within.contains(&id.id)
        };
        let rows = tree.within(None).into_iter().filter(standing).map(|node| node.id.0).collect();
        let definition = format!("截至 {as_of} 尚未撤销的{}", kind.label());
        all.push(figure(format!("组织.{}", kind.label()), kind.label(), "个", definition, rows));
    }
    let unknown_start = members
        .iter()
        .filter(|card| card.on_roll(as_of).is_some_and(|membership| membership.span.from.is_none()))
        .count();
    let unknown_category = people.iter().filter(|card| card.path.category_on(as_of).is_none()).count();
    Ok(Figures { as_of, scope, scope_name, all, unknown_start, unknown_category })
}
