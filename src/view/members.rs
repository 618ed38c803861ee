//! Lists of members: which people, in which order, as of which day.
//!
//! A list is an ordered vector of ids; the rows that are seen are asked for apart. Start at [`list`].

pub(super) mod standing;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::conditions::{Tests, missing_words, untalked_months};
use super::desk::Desk;
use super::member::{posts_by_organisation, posts_told, shown, value_on};
use super::order::{self, Found};
use crate::clock::Day;
use crate::domain::completeness;
pub use crate::domain::conditions::{Comparison, Condition, Subject, Who};
use crate::domain::dates::{PartialDate, full_years};
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::{ExtraFieldId, OrganisationId, PersonId};
use crate::domain::members::{Category, PersonFile};
use crate::domain::statistics;
use crate::problem::Result;
use crate::store::directory::{Card, search_terms};
use crate::store::members as table;

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
    /// 上次谈话
    LastTalk,
    /// 距上次谈话
    Untalked,
    /// 政治生日: month and day of 入党时间, whatever the year.
    PartyBirthday,
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
    let tests = Tests::of(desk, &ask.conditions, ask.as_of)?;
    let mut tally = Tally::default();
    let mut found = Vec::new();
    standing::each_in_scope(desk, ask, |place, card, standing| {
        let fits = desk.directory().matches(card, &terms) && tests.hold(card, &standing);
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
    let tree = desk.tree_on(day);
    let mut found = Vec::new();
    for card in candidates {
        let file = table::file(desk.reader(), card.id)?;
        if file.is_some_and(|file| file.person.text(Known::IdNumber) == Some(number)) {
            let branch = card.on_roll(day).and_then(|membership| tree.get(membership.organisation));
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
    /// Posts in the party where some are held elsewhere than in the own organisation, each of those with its name;
    /// where posts were asked for. To be read only: the cell has the posts as they are written.
    pub posts: Option<String>,
    /// The same as it leaves the program and is read back.
    pub posts_told: Option<String>,
    pub age: Option<u16>,
    pub standing_years: Option<u16>,
    /// The day 党龄 counts from, of formal members.
    pub standing_since: Option<PartialDate>,
    /// The end of the probation of who is on probation.
    pub probation_ends: Option<PartialDate>,
    /// The last day on which the person sat in a talk.
    pub last_talk: Option<PartialDate>,
    /// Full months without a talk.
    pub untalked: Option<u16>,
    /// What the record should tell and does not: 「民族、联系电话」.
    pub missing: Option<String>,
    /// 人员类别 on the day.
    pub category: Option<Category>,
    /// Where the person is on the roll on the day.
    pub branch: Option<OrganisationId>,
}

impl MemberRow {
    /// What is computed of the person, in words; of a field nothing, since that stands in the cells.
    pub fn computed(&self, what: Subject) -> Option<Cow<'_, str>> {
        let words = match what {
            Subject::Age => self.age?.to_string(),
            Subject::Standing => self.standing_years?.to_string(),
            Subject::StandingSince => self.standing_since?.to_string(),
            Subject::ProbationEnds => self.probation_ends?.to_string(),
            Subject::LastTalk => self.last_talk?.to_string(),
            Subject::Untalked => self.untalked?.to_string(),
            Subject::Missing => return self.missing.as_deref().map(Cow::Borrowed),
            Subject::Field(_) => return None,
        };
        Some(words.into())
    }
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
    let (tree, needed) = (desk.tree_on(as_of), completeness::needed(desk.rules()));
    let (probation, last_talks) = (desk.probation(), desk.last_talks(as_of)?);
    let with_posts = fields.contains(&Known::PartyPost.into());
    let row = |file: &PersonFile| {
        let value = |key: &FieldKey| match key {
            FieldKey::Known(known) => value_on(file, *known, as_of, &tree),
            FieldKey::Extra(id) => file.extras.get(id).cloned(),
        };
        let cell = |key: &FieldKey| {
            let value = value(key)?;
            Some(if unmasked { value } else { shown(*key, &value, false) })
        };
        let cells = fields.iter().map(cell).collect();
        let path = file.person.path();
        let is_formal = path.category_on(as_of) == Some(Category::Formal);
        let card = desk.directory().get(file.person.id);
        let extended = card.and_then(|card| card.extended);
        MemberRow {
            id: file.person.id,
            cells,
            posts: if with_posts { posts_by_organisation(file, as_of, &tree) } else { None },
            posts_told: if with_posts { posts_told(file, as_of, &tree) } else { None },
            age: super::member::age_on(file, as_of),
            standing_years: path.standing_years_on(as_of),
            standing_since: path.standing_since().filter(|_| is_formal),
            probation_ends: probation.ends_on(&path, extended, as_of),
            last_talk: last_talks.get(&file.person.id).copied(),
            untalked: card.and_then(|card| untalked_months(card, &last_talks, as_of)),
            missing: missing_words(&needed, file, as_of),
            category: path.category_on(as_of),
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
        sums.unknown_category += usize::from(card.path.is_unknown_on(day));
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
