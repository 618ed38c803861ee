//! Members (党员): a person, their dated facts, and what follows from both on a day.
//!
//! Category, age, 党龄 and being on the roll are computed for a day, never stored; what they rest on stands in
//! [`basis`], what cannot be so in [`checks`], how it ends in
//! [`ending`]. Start at [`PersonFile`].

mod basis;
mod checks;
mod ending;

use std::collections::BTreeMap;

pub use basis::{CategoryBasis, ENTRY_RULES, EntryRule, StandingBasis};
pub use checks::{FactFault, FactPart, days, fact_faults};
pub use ending::{Ending, STOPPED, status_ends_membership};

use super::dates::{PartialDate, Span, full_years};
use super::fields::{CATEGORIES, FactKind, Known};
use super::ids::{ExtraFieldId, FactId, OrganisationId, PersonId};
use super::values::Value;
use crate::clock::Day;

/// 人员类别, in rank order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// 入党申请人
    Applicant,
    /// 入党积极分子
    Activist,
    /// 发展对象
    Candidate,
    /// 预备党员
    Probationary,
    /// 正式党员
    Formal,
}

impl Category {
    pub const ALL: [Self; 5] = [Self::Applicant, Self::Activist, Self::Candidate, Self::Probationary, Self::Formal];

    pub fn label(self) -> &'static str {
        CATEGORIES[self as usize]
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.label() == label)
    }

    /// Whether it counts as 党员: formal or probationary.
    pub fn is_member(self) -> bool {
        self >= Self::Probationary
    }
}

/// A category that a roster told and the dates do not give (花名册所载类别), with the roster's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CategoryTold {
    pub category: Category,
    pub on: Day,
}

/// A person (人员): what is not dated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    /// Values of the fields that are columns of the person.
    pub values: BTreeMap<Known, Value>,
    pub category_told: Option<CategoryTold>,
    /// 作废的原因: typed by mistake, counted on no day. Leaving and death are facts, never this.
    pub voided: Option<String>,
    /// With whom this one was found to be the same (已并入); voided then.
    pub merged_into: Option<PersonId>,
}

impl Person {
    pub fn new(id: PersonId, name: &str) -> Self {
        let values = BTreeMap::from([(Known::Name, Value::Text(name.to_owned()))]);
        Self { id, values, category_told: None, voided: None, merged_into: None }
    }

    pub fn name(&self) -> &str {
        self.text(Known::Name).unwrap_or_default()
    }

    pub fn text(&self, field: Known) -> Option<&str> {
        match self.values.get(&field) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub fn date(&self, field: Known) -> Option<PartialDate> {
        match self.values.get(&field) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    /// Sets or clears a value.
    pub fn set(&mut self, field: Known, value: Option<Value>) {
        match value {
            Some(value) => self.values.insert(field, value),
            None => self.values.remove(&field),
        };
    }

    /// The dates a category is derived from.
    pub fn path(&self) -> PartyPath {
        PartyPath {
            applied: self.date(Known::Applied),
            activist: self.date(Known::Activist),
            candidate: self.date(Known::Candidate),
            joined: self.date(Known::Joined),
            full: self.date(Known::Full),
            told: self.category_told,
        }
    }
}

/// The dates of a person's way into the party (入党经历).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartyPath {
    pub applied: Option<PartialDate>,
    pub activist: Option<PartialDate>,
    pub candidate: Option<PartialDate>,
    pub joined: Option<PartialDate>,
    pub full: Option<PartialDate>,
    pub told: Option<CategoryTold>,
}

impl PartyPath {
    /// The category that the dates alone give on `day`.
    pub fn derived_on(&self, day: Day) -> Option<Category> {
        self.derived(day).map(|(_, category)| category)
    }

    /// The first day of the way into the party (入党经历开始), as far as it is known: by it a case belongs to an edition of
    /// the rules.
    pub fn began(&self) -> Option<Day> {
        let dates = [self.applied, self.activist, self.candidate, self.joined];
        dates.into_iter().flatten().map(PartialDate::first_day).min()
    }

    /// The category on `day`: what the dates give, unless a roster told another one since.
    pub fn category_on(&self, day: Day) -> Option<Category> {
        let derived = self.derived(day);
        match self.told.filter(|told| told.on <= day) {
            Some(told) if derived.is_none_or(|(since, _)| since.is_reached_on(told.on)) => Some(told.category),
            _ => derived.map(|(_, category)| category),
        }
    }

    /// Whether nothing tells what the person is on `day`. Of whom a later step is told it is known: not yet anything.
    pub fn is_unknown_on(&self, day: Day) -> bool {
        let is_step_told = [self.applied, self.activist, self.candidate, self.joined].iter().any(Option::is_some);
        self.category_on(day).is_none() && !is_step_told && self.told.is_none_or(|told| told.category.is_member())
    }

    /// The earliest day that is told of the way into the party.
    pub fn first_step(&self) -> Option<PartialDate> {
        let steps = [self.applied, self.activist, self.candidate, self.joined, self.full];
        steps.into_iter().flatten().min_by_key(|date| date.first_day())
    }

    /// From which day on a fact counts whose start is not known (起始日期不详): who is there counts as already there,
    /// but not before the first step that is told; of whom a roster alone tells that they are no member yet, not before
    /// its day; of whom nothing is told, not before being born. Where somebody began to `belong` to a branch on a known
    /// day all else begins no earlier, and a post not before joining. `None`: always.
    pub fn unknown_start(
        &self,
        kind: FactKind,
        birth: Option<PartialDate>,
        belongs: Option<PartialDate>,
    ) -> Option<Day> {
        // Who joined anew was there already when a former way into the party had led to what is told.
        let former = self.told.filter(|told| told.category.is_member()).map(|told| told.on);
        let with_former = |day: Day| former.map_or(day, |former| former.min(day));
        let first = self.first_step().map(PartialDate::first_day).map(with_former);
        let told = || self.told.filter(|told| !told.category.is_member()).map(|told| told.on);
        let there = first.or_else(told).or_else(|| birth.map(PartialDate::first_day));
        let belongs = belongs.map(PartialDate::first_day);
        let own = match kind {
            FactKind::Membership => None,
            FactKind::Post => belongs.max(self.joined.map(PartialDate::first_day).map(with_former)),
            _ => belongs,
        };
        there.max(own)
    }

    /// The day from which 党龄 counts: the day of becoming formal, or of joining while there was
    /// no probation.
    pub fn standing_since(&self) -> Option<PartialDate> {
        match self.joined {
            Some(joined) if EntryRule::had_no_probation(joined) => Some(joined),
            _ => self.full,
        }
    }

    /// 党龄 on `day` in full years; formal members only.
    pub fn standing_years_on(&self, day: Day) -> Option<u16> {
        if self.category_on(day) != Some(Category::Formal) {
            return None;
        }
        full_years(self.standing_since()?.first_day(), day)
    }

    fn derived(&self, day: Day) -> Option<(PartialDate, Category)> {
        let formal_since = match (self.full, self.joined) {
            (Some(full), _) => Some(full),
            (None, Some(joined)) if EntryRule::had_no_probation(joined) => Some(joined),
            _ => None,
        };
        let steps = [
            (formal_since, Category::Formal),
            (self.joined, Category::Probationary),
            (self.candidate, Category::Candidate),
            (self.activist, Category::Activist),
            (self.applied, Category::Applicant),
        ];
        steps
            .into_iter()
            .filter_map(|(date, category)| Some((date?, category)))
            .find(|(since, _)| since.is_reached_on(day))
    }
}

/// A dated fact of a person (事项): a row with from and to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub id: FactId,
    pub person: PersonId,
    pub kind: FactKind,
    /// The branch of a membership, the group, the organisation of a post.
    pub organisation: Option<OrganisationId>,
    /// The post, the status, 是 or 否.
    pub value: Option<String>,
    /// 外出流向 of a floating member.
    pub place: Option<String>,
    pub span: Span,
    /// 名册顺序 of a membership within its branch, ascending.
    pub position: Option<i64>,
}

/// Everything about one person (人员档).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFile {
    pub person: Person,
    /// Sorted by start, unknown first.
    pub facts: Vec<Fact>,
    pub extras: BTreeMap<ExtraFieldId, String>,
}

impl PersonFile {
    /// The facts of a kind that hold on `day`.
    pub fn facts_on(&self, kind: FactKind, day: Day) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.kind == kind && self.holds(fact, day))
    }

    /// Whether one of the facts holds on `day`; see [`PartyPath::unknown_start`]. What a status says counts only where
    /// the person belongs, so that it needs no start.
    pub fn holds(&self, fact: &Fact, day: Day) -> bool {
        let is_open = fact.span.from.is_none() && fact.kind != FactKind::Status;
        fact.span.holds_on(day) && (!is_open || self.unknown_start(fact.kind).is_none_or(|start| start <= day))
    }

    fn unknown_start(&self, kind: FactKind) -> Option<Day> {
        let first = self.facts.iter().find(|fact| fact.kind == FactKind::Membership);
        let belongs = first.and_then(|fact| fact.span.from);
        self.person.path().unknown_start(kind, self.person.date(Known::Birth), belongs)
    }

    /// The membership on `day`.
    pub fn membership_on(&self, day: Day) -> Option<&Fact> {
        self.facts_on(FactKind::Membership, day).next()
    }

    /// The status on `day`, where one is told.
    pub fn status_on(&self, day: Day) -> Option<&str> {
        self.facts_on(FactKind::Status, day).last().and_then(|fact| fact.value.as_deref())
    }

    /// The membership on `day` if the person is on the roll: not voided, no ending status.
    pub fn on_roll(&self, day: Day) -> Option<&Fact> {
        if self.person.voided.is_some() || self.status_on(day).is_some_and(status_ends_membership) {
            return None;
        }
        self.membership_on(day)
    }

    /// Whether the person counts as 党员 on `day`. Lost and floating members count.
    pub fn is_member_on(&self, day: Day) -> bool {
        self.on_roll(day).is_some() && self.person.path().category_on(day).is_some_and(Category::is_member)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn path(joined: &str, full: &str) -> PartyPath {
        PartyPath { joined: PartialDate::from_iso(joined), full: PartialDate::from_iso(full), ..PartyPath::default() }
    }

    #[test]
    fn a_member_is_probationary_from_joining_and_formal_from_the_day_of_becoming_so() {
        let path = path("2023-07-01", "2024-07-01");
        assert_eq!(path.category_on(day("2023-06-30")), None);
        assert_eq!(path.category_on(day("2023-07-01")), Some(Category::Probationary));
        assert_eq!(path.category_on(day("2024-07-01")), Some(Category::Formal));
        assert_eq!(path.standing_years_on(day("2025-06-30")), Some(0));
        assert_eq!(path.standing_years_on(day("2025-07-01")), Some(1));
    }

    #[test]
    fn between_april_1969_and_august_1977_there_was_no_probation() {
        for (joined, formal) in
            [("1969-03-31", false), ("1969-04-01", true), ("1977-08-11", true), ("1977-08-12", false)]
        {
            let category = path(joined, "").category_on(day("2026-01-01"));
            assert_eq!(category == Some(Category::Formal), formal, "{joined}");
        }
    }

    #[test]
    fn an_unknown_start_counts_from_the_first_step_that_is_told_and_never_before_birth() {
        let date = PartialDate::from_iso;
        let applied = PartyPath { applied: date("2010-03"), ..path("2015-07-01", "") };
        let told = |category| PartyPath {
            told: Some(CategoryTold { category, on: day("2026-03-01") }),
            ..PartyPath::default()
        };
        let born = date("1990-05-01");
        for (path, kind, belongs, wanted) in [
            (path("2015-07-01", ""), FactKind::Membership, None, Some("2015-07-01")),
            (applied, FactKind::Membership, None, Some("2010-03-01")),
            (applied, FactKind::Group, date("2012"), Some("2012-01-01")),
            (applied, FactKind::Post, date("2012"), Some("2015-07-01")),
            (applied, FactKind::Post, date("2020-02-02"), Some("2020-02-02")),
            (told(Category::Activist), FactKind::Membership, None, Some("2026-03-01")),
            (told(Category::Formal), FactKind::Membership, None, Some("1990-05-01")),
        ] {
            let start = path.unknown_start(kind, born, belongs);
            assert_eq!(start, wanted.map(day), "{path:?} {kind:?} {belongs:?}");
        }
        assert_eq!(PartyPath::default().unknown_start(FactKind::Membership, None, None), None);
    }

    #[test]
    fn before_a_step_that_is_told_nobody_is_of_an_unknown_category() {
        let later = PartyPath { applied: PartialDate::from_iso("2024-01-01"), ..PartyPath::default() };
        assert!(!later.is_unknown_on(day("2020-01-01")) && !later.is_unknown_on(day("2025-01-01")));
        assert!(PartyPath::default().is_unknown_on(day("2020-01-01")));
        let told = |category| PartyPath {
            told: Some(CategoryTold { category, on: day("2026-03-01") }),
            ..PartyPath::default()
        };
        assert!(told(Category::Formal).is_unknown_on(day("2026-02-28")), "a member, since nobody knows when");
        assert!(!told(Category::Formal).is_unknown_on(day("2026-03-01")));
        assert!(!told(Category::Applicant).is_unknown_on(day("2026-02-28")));
        assert!(path("", "2002-07-01").is_unknown_on(day("2002-06-30")), "on probation, since nobody knows when");
    }

    #[test]
    fn a_category_told_by_a_roster_holds_from_its_day_until_a_later_date_says_more() {
        let told = CategoryTold { category: Category::Formal, on: day("2026-03-01") };
        let mut path = PartyPath { told: Some(told), ..path("2015-05", "") };
        assert_eq!(path.category_on(day("2026-02-28")), Some(Category::Probationary));
        assert_eq!(path.category_on(day("2026-03-01")), Some(Category::Formal));
        path.told = Some(CategoryTold { category: Category::Probationary, on: day("2026-03-01") });
        path.full = PartialDate::from_iso("2026-05-01");
        assert_eq!(path.category_on(day("2026-04-30")), Some(Category::Probationary));
        assert_eq!(path.category_on(day("2026-05-01")), Some(Category::Formal));
    }
}
