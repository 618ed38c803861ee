//! Terms of committees (任期): when one was elected, how long it lasts, when it ends.

use super::{Organisation, OrganisationEvent, OrganisationEventKind, OrganisationKind};
use crate::clock::Day;
use crate::domain::dates::PartialDate;

/// Years a committee is elected for, by kind of organisation, as the rules of a workbook have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermYears {
    /// 基层党委
    pub committee: i64,
    /// 党总支、党支部
    pub branch: i64,
}

/// The term of a committee (本届任期).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// 本届选举时间
    pub elected_on: Option<PartialDate>,
    /// 任期届满时间: told, or the election and the years.
    pub ends: Option<PartialDate>,
    /// Whether the end was told, not reckoned.
    pub is_told: bool,
    /// 任期年限
    pub years: i64,
    /// 经批准延期至
    pub delayed_to: Option<PartialDate>,
}

impl Term {
    /// The day on which the next committee is due: the end, or the end of an approved delay.
    pub fn due(&self) -> Option<PartialDate> {
        self.delayed_to.or(self.ends)
    }

    /// When the term would end by its years alone.
    pub fn by_years(&self) -> Option<PartialDate> {
        self.elected_on.and_then(|day| day.plus_years(i16::try_from(self.years).ok()?))
    }
}

/// How many years the committee of an organisation is elected for (《关于党的基层组织任期的意见》): what the organisation
/// itself says (5 in villages and communities), else by its kind.
pub fn term_years(organisation: &Organisation, years: TermYears) -> i64 {
    organisation.term_years.unwrap_or(match organisation.kind {
        OrganisationKind::Committee | OrganisationKind::TemporaryCommittee => years.committee,
        _ => years.branch,
    })
}

/// The term on `day`: the last election up to it, or what the organisation tells of its present one. `events` are
/// those of the organisation, in the order of their days.
pub fn term_on(organisation: &Organisation, events: &[OrganisationEvent], years: TermYears, day: Day) -> Term {
    let years = term_years(organisation, years);
    let reached = |event: &&OrganisationEvent| event.day.is_reached_on(day);
    let of = |kind| events.iter().filter(move |event| event.kind == kind).filter(reached);
    let (elected_on, told) = match of(OrganisationEventKind::Elected).next_back() {
        Some(election) => (Some(election.day), election.until),
        // What an organisation tells is of its present term; on an earlier day nothing is known of it.
        None if organisation.elected_on.is_none_or(|elected| elected.is_reached_on(day)) => {
            (organisation.elected_on, organisation.term_ends)
        }
        None => (None, None),
    };
    let mut term = Term { elected_on, ends: told, is_told: told.is_some(), years, delayed_to: None };
    term.ends = told.or(term.by_years());
    let since = elected_on.map(PartialDate::first_day);
    term.delayed_to = of(OrganisationEventKind::Delayed)
        .rfind(|delay| since.is_none_or(|since| delay.day.first_day() >= since))
        .and_then(|delay| delay.until);
    term
}

/// When the term before `term`, the one that holds, was to end, its delay included; `None` where nothing is known of it.
/// `events` are as for [`term_on`].
pub fn former_due(
    organisation: &Organisation,
    events: &[OrganisationEvent],
    years: TermYears,
    term: Term,
) -> Option<PartialDate> {
    let before = term.elected_on?.first_day().yesterday().ok()?;
    term_on(organisation, events, years, before).due()
}
