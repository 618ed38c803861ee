//! Lists of members: which people, in which order, as of which day.
//!
//! A list is an ordered vector of ids; the rows that are seen are asked for apart. Start at [`list`].

pub(super) mod standing;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::desk::Desk;
use super::member::{shown, value_on, values_on};
use super::order::{self, Found};
use crate::clock::Day;
use crate::domain::dates::full_years;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::{ExtraFieldId, OrganisationId, PersonId};
use crate::domain::members::{Category, PersonFile};
use crate::domain::statistics::{self, Family};
use crate::problem::Result;
use crate::store::directory::{Card, search_terms};
use crate::store::members as table;
use standing::Standing;

/// Which people a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Who {
    /// 在册: on the roll on the day.
    #[default]
    OnRoll,
    /// 已离开: once on a roll, no longer on the day.
    Left,
    /// 已作废: typed by mistake.
    Voided,
}

/// One condition; all of a list hold together (且).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Condition {
    /// 人员类别
    Category(String),
    /// 党员: formal and probationary together.
    Members,
    /// 性别
    Sex(String),
    /// 民族; 「少数民族」 for all but 汉族.
    Nation(String),
    /// A band of a family: 年龄、学历、入党时间、党龄.
    Band(String, String),
    /// 大专及以上
    College,
    /// 光荣在党50年: formal members of fifty full years on 1 July of the year.
    FiftyYears,
    /// 类别不详: nothing tells what the person is.
    UnknownCategory,
    /// 起始日期不详: on the roll by a membership whose start is unknown.
    UnknownStart,
    /// 年龄, from and to in full years.
    Age(u16, u16),
    /// In this organisation or below it.
    Within(OrganisationId),
    /// A field with exactly this value.
    Field(String, String),
    /// One of these holds (或).
    Any(Vec<Condition>),
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SortBy {
    /// 名册顺序: organisations in tree order, then the order of the roster.
    Roster,
    /// 姓名, by pinyin.
    Name,
    /// 姓名, by 姓氏笔画.
    Strokes,
    /// Another field of the table, by its name's place in it.
    Field(FieldPlace),
    /// A field that the user made.
    Extra(ExtraFieldId),
    Age,
    Standing,
}

/// A field's place in the field table.
pub type FieldPlace = u8;

/// A sort with its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SortKey {
    pub by: SortBy,
    pub descending: bool,
}

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListAsk {
    pub as_of: Day,
    pub scope: Option<OrganisationId>,
    pub who: Who,
    /// The search box: name, pinyin, initials, ID number, phone, unit, address.
    pub text: String,
    pub conditions: Vec<Condition>,
    /// First key first; empty for 名册顺序.
    pub sort: Vec<SortKey>,
}

impl ListAsk {
    /// Everybody on the roll of a scope on a day, in 名册顺序.
    pub fn roll(as_of: Day, scope: Option<OrganisationId>) -> Self {
        Self { as_of, scope, who: Who::OnRoll, text: String::new(), conditions: Vec::new(), sort: Vec::new() }
    }
}

/// A list, without its rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MemberList {
    pub ids: Arc<Vec<PersonId>>,
    pub sums: Sums,
}

/// The sum line of a list or a selection.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sums {
    /// All people listed.
    pub people: usize,
    /// 党员: formal and probationary.
    pub members: usize,
    pub women: usize,
    /// 大专及以上
    pub college: usize,
    /// Mean age in years over those whose age is known.
    pub mean_age: Option<f64>,
    /// Mean 党龄 in years over formal members.
    pub mean_standing: Option<f64>,
    /// People whose membership began on an unknown day.
    pub unknown_start: usize,
    /// People of whom nothing tells the category: they are listed and counted nowhere.
    pub unknown_category: usize,
}

/// Which people, in which order.
pub fn list(desk: &Desk, ask: &ListAsk) -> Result<MemberList> {
    let terms = search_terms(&ask.text);
    let tests =
        ask.conditions.iter().map(|condition| Test::of(desk, condition, ask.as_of)).collect::<Result<Vec<_>>>()?;
    let mut tally = Tally::default();
    let mut found = Vec::new();
    standing::each_in_scope(desk, ask, |place, card, standing| {
        let fits =
            desk.directory().matches(card, &terms) && tests.iter().all(|test| test.holds(card, &standing, ask.as_of));
        if fits {
            tally.add(card, ask.as_of, standing.unknown_start);
            found.push(Found::new(place, card, standing));
        }
    })?;
    Ok(MemberList { ids: Arc::new(order::in_order(desk, ask.as_of, &ask.sort, found)?), sums: tally.sums() })
}

/// The sum line over some people.
pub fn sums(desk: &Desk, ids: &[PersonId], as_of: Day) -> Sums {
    let mut tally = Tally::default();
    for card in ids.iter().filter_map(|id| desk.directory().get(*id)) {
        let unknown = card.on_roll(as_of).is_some_and(|membership| membership.span.from.is_none());
        tally.add(card, as_of, unknown);
    }
    tally.sums()
}

/// The rows of these people, in this order: for each, the fields as they are shown on the day (`None` where there is
/// no value). People who are gone are left out.
pub fn rows(desk: &Desk, ids: &[PersonId], as_of: Day, fields: &[FieldKey], unmasked: bool) -> Result<Vec<MemberRow>> {
    let mut found = Vec::with_capacity(ids.len());
    each_row(desk, ids, as_of, fields, unmasked, |row| {
        found.push(row);
        Ok(())
    })?;
    Ok(found)
}

/// People other than `except` with this identity number, with the branch they are on the roll of: 「林秀英（…党支部）」.
/// Voided ones do not count.
pub fn same_number(desk: &Desk, number: &str, except: Option<PersonId>, day: Day) -> Result<Vec<String>> {
    let terms = search_terms(number);
    let cards = desk.directory().cards().iter();
    let candidates =
        cards.filter(|card| !card.voided && Some(card.id) != except && desk.directory().matches(card, &terms));
    let mut found = Vec::new();
    for card in candidates {
        let file = table::file(desk.reader(), card.id)?;
        if file.is_some_and(|file| file.person.text(Known::IdNumber) == Some(number)) {
            let branch = card.on_roll(day).and_then(|membership| desk.tree().get(membership.organisation));
            let place = branch.map_or_else(|| "不在册".to_owned(), |node| node.shown_name().to_owned());
            found.push(format!("{}（{place}）", card.name));
        }
    }
    Ok(found)
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    pub id: PersonId,
    /// One for each field asked for.
    pub cells: Vec<Option<String>>,
    pub age: Option<u16>,
    pub standing_years: Option<u16>,
    /// Where the person is on the roll on the day.
    pub branch: Option<OrganisationId>,
}

/// Passes the rows one by one; many are read in one walk over the file.
pub fn each_row(
    desk: &Desk,
    ids: &[PersonId],
    as_of: Day,
    fields: &[FieldKey],
    unmasked: bool,
    mut take: impl FnMut(MemberRow) -> Result<()>,
) -> Result<()> {
    let row = |file: &PersonFile| {
        let value = |key: &FieldKey| match key {
            FieldKey::Known(known) => value_on(file, *known, as_of, desk.tree()),
            FieldKey::Extra(id) => file.extras.get(id).cloned(),
        };
        let cell = |key: &FieldKey| {
            let value = value(key)?;
            Some(if unmasked { value } else { shown(*key, &value, false) })
        };
        let cells = fields.iter().map(cell).collect();
        MemberRow {
            id: file.person.id,
            cells,
            age: super::member::age_on(file, as_of),
            standing_years: file.person.path().standing_years_on(as_of),
            branch: file.on_roll(as_of).and_then(|membership| membership.organisation),
        }
    };
    if ids.len() <= 500 {
        for id in ids {
            if let Some(file) = table::file(desk.reader(), *id)? {
                take(row(&file))?;
            }
        }
        return Ok(());
    }
    let places: std::collections::HashMap<PersonId, usize> =
        ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let mut found: Vec<Option<MemberRow>> = vec![None; ids.len()];
    table::each_file(desk.reader(), |file| {
        if let Some(place) = places.get(&file.person.id) {
            found[*place] = Some(row(&file));
        }
        Ok(())
    })?;
    found.into_iter().flatten().try_for_each(take)
}

/// A condition, ready to be asked of a card.
enum Test {
    Category(Option<Category>),
    Members,
    Sex(String),
    Nation(String),
    Minority,
    Band(Family, String),
    Age(u16, u16),
    College,
    FiftyYears,
    UnknownStart,
    Within(std::collections::HashSet<OrganisationId>),
    Any(Vec<Test>),
    /// Found by a walk over the file.
    People(std::collections::HashSet<PersonId>),
}

impl Test {
    fn of(desk: &Desk, condition: &Condition, day: Day) -> Result<Self> {
        Ok(match condition {
            Condition::Category(label) => match Category::from_label(label) {
                Some(category) => Self::Category(Some(category)),
                None => Self::People(std::collections::HashSet::new()),
            },
            Condition::Members => Self::Members,
            Condition::Sex(sex) => Self::Sex(sex.clone()),
            Condition::Nation(nation) if nation == "少数民族" => Self::Minority,
            Condition::Nation(nation) => Self::Nation(nation.clone()),
            Condition::Band(family, band) => match Family::from_name(family) {
                Some(family) => Self::Band(family, band.clone()),
                None => Self::People(std::collections::HashSet::new()),
            },
            Condition::Age(from, to) => Self::Age(*from, *to),
            Condition::College => Self::College,
            Condition::FiftyYears => Self::FiftyYears,
            Condition::UnknownCategory => Self::Category(None),
            Condition::UnknownStart => Self::UnknownStart,
            Condition::Any(conditions) => {
                Self::Any(conditions.iter().map(|one| Self::of(desk, one, day)).collect::<Result<_>>()?)
            }
            Condition::Within(id) => {
                Self::Within(desk.tree().within(Some(*id)).into_iter().map(|node| node.id).collect())
            }
            Condition::Field(name, value) => Self::People(people_with(desk, name, value, day)?),
        })
    }

    fn holds(&self, card: &Card, standing: &Standing, day: Day) -> bool {
        match self {
            Self::Category(category) => card.path.category_on(day) == *category,
            Self::Members => card.path.category_on(day).is_some_and(Category::is_member),
            Self::Sex(sex) => card.sex.as_deref() == Some(sex),
            Self::Nation(nation) => card.nation.as_deref() == Some(nation),
            Self::Minority => is_minority(card),
            Self::Band(family, band) => band_of(card, *family, day) == Some(band.as_str()),
            Self::Age(from, to) => card
                .birth
                .and_then(|birth| full_years(birth.first_day(), day))
                .is_some_and(|age| (*from..=*to).contains(&age)),
            Self::College => statistics::is_college(card.education.as_deref()),
            Self::FiftyYears => statistics::has_fifty_years(&card.path, day),
            Self::UnknownStart => standing.unknown_start,
            Self::Within(ids) => standing.organisation.is_some_and(|id| ids.contains(&id)),
            Self::Any(tests) => tests.iter().any(|test| test.holds(card, standing, day)),
            Self::People(people) => people.contains(&card.id),
        }
    }
}

/// Whether a person is of a nation other than 汉族; an unknown nation is none.
pub(super) fn is_minority(card: &Card) -> bool {
    card.nation.as_deref().is_some_and(|nation| nation != "汉族")
}

/// The band of a family a person falls into; `None` where the family does not count them.
pub(super) fn band_of(card: &Card, family: Family, day: Day) -> Option<&'static str> {
    match family {
        Family::Age => Some(statistics::age_band(card.birth, day)),
        Family::Education => Some(statistics::education_band(card.education.as_deref())),
        Family::EntryPeriod => Some(statistics::entry_period(card.path.joined)),
        Family::Standing => statistics::standing_band(&card.path, day),
    }
}

/// People whose field has this value on the day.
fn people_with(desk: &Desk, name: &str, value: &str, day: Day) -> Result<std::collections::HashSet<PersonId>> {
    let extra = table::extra_fields(desk.reader())?;
    let key = Known::from_name(name)
        .map(FieldKey::Known)
        .or_else(|| extra.iter().find(|field| field.label == name).map(|field| FieldKey::Extra(field.id)));
    let Some(key) = key else {
        return Err(crate::problem::Problem::usage(format!("没有名为“{name}”的字段")));
    };
    let mut found = std::collections::HashSet::new();
    table::each_file(desk.reader(), |file| {
        if values_on(&file, day, desk.tree()).get(&key).map_or("", String::as_str) == value {
            found.insert(file.person.id);
        }
        Ok(())
    })?;
    Ok(found)
}

#[derive(Default)]
struct Tally {
    sums: Sums,
    ages: (u64, u64),
    standings: (u64, u64),
}

impl Tally {
    fn add(&mut self, card: &Card, day: Day, unknown_start: bool) {
        let sums = &mut self.sums;
        sums.people += 1;
        let category = card.path.category_on(day);
        sums.members += usize::from(category.is_some_and(Category::is_member));
        sums.unknown_category += usize::from(category.is_none());
        sums.women += usize::from(card.sex.as_deref() == Some("女"));
        sums.college += usize::from(statistics::is_college(card.education.as_deref()));
        sums.unknown_start += usize::from(unknown_start);
        if let Some(age) = card.birth.and_then(|birth| full_years(birth.first_day(), day)) {
            self.ages = (self.ages.0 + u64::from(age), self.ages.1 + 1);
        }
        if let Some(years) = card.path.standing_years_on(day) {
            self.standings = (self.standings.0 + u64::from(years), self.standings.1 + 1);
        }
    }

    fn sums(self) -> Sums {
        let mean = |(sum, count): (u64, u64)| (count > 0).then(|| sum as f64 / count as f64);
        Sums { mean_age: mean(self.ages), mean_standing: mean(self.standings), ..self.sums }
    }
}
