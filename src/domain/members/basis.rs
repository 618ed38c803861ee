//! What 人员类别 and 党龄 rest on (依据): which date they count from, and which rule of its time says so.
//!
//! The Party's constitutions changed how one joins; [`ENTRY_RULES`] has each period with its probation.
//! Start at [`PartyPath::standing_basis`].

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Category, CategoryTold, PartyPath};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::Known;

/// How one joined the party in a period of its history (各时期入党办法).
#[derive(Debug, PartialEq, Eq)]
pub struct EntryRule {
    pub from: Day,
    /// The last day; none for the period that lasts.
    pub to: Option<Day>,
    /// What 入党时间 is in this period.
    pub joined_is: String,
    /// 预备期（候补期）; none where who joined was formal at once.
    pub probation: Option<String>,
    /// 出处: the constitution that had it.
    pub article: String,
}

/// The periods, the latest first: nearly everybody joined in it. They are data (`assets/rules/entry.toml`); none where
/// the data cannot be read, which a test rules out.
pub static ENTRY_RULES: LazyLock<Vec<EntryRule>> =
    LazyLock::new(|| read(include_str!("../../../assets/rules/entry.toml")).unwrap_or_default());

/// The periods as the data has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Periods {
    period: Vec<Period>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    from: String,
    to: Option<String>,
    joined_is: String,
    probation: Option<String>,
    article: String,
}

/// `None` where the text is no list of periods, or a day in it is none.
fn read(text: &str) -> Option<Vec<EntryRule>> {
    let periods: Periods = toml::from_str(text).ok()?;
    let rule = |period: Period| {
        let to = match period.to {
            Some(to) => Some(to.parse().ok()?),
            None => None,
        };
        let Period { joined_is, probation, article, .. } = period;
        Some(EntryRule { from: period.from.parse().ok()?, to, joined_is, probation, article })
    };
    periods.period.into_iter().map(rule).collect()
}

/// The probation since 1956, but for the years without one; how many months it is taken for is a rule of the workbook.
const USUAL_PROBATION: &str = "一年";

impl EntryRule {
    /// The rule of the day somebody joined; a month acts as its first day, a year as 1 January.
    pub fn of(joined: PartialDate) -> Option<&'static Self> {
        let day = joined.first_day();
        ENTRY_RULES.iter().find(|rule| rule.from <= day).filter(|rule| rule.to.is_none_or(|to| day <= to))
    }

    /// Whether who joined then was formal at once: above all from 1969-04-01 to 1977-08-11
    /// (《中国共产党章程》 of the 9th and 10th congress).
    pub fn had_no_probation(joined: PartialDate) -> bool {
        Self::of(joined).is_some_and(|rule| rule.probation.is_none())
    }

    /// Whether who joined then was on probation for the time that is usual today.
    pub fn has_usual_probation(joined: PartialDate) -> bool {
        Self::of(joined).is_some_and(|rule| rule.probation.as_deref() == Some(USUAL_PROBATION))
    }

    /// 「1969-04-01 至 1977-08-11」「1982-09-06 以后」
    pub fn period(&self) -> String {
        match self.to {
            Some(to) => format!("{} 至 {to}", self.from),
            None => format!("{} 以后", self.from),
        }
    }
}

/// From what 党龄 counts (党龄依据).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StandingBasis {
    /// From the day of becoming formal (转正).
    Full { since: PartialDate, rule: Option<&'static EntryRule> },
    /// From the day of joining, in a period without a probation.
    Joined { since: PartialDate, rule: &'static EntryRule },
}

/// What a category on a day rests on (人员类别依据).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CategoryBasis {
    /// A date of the way into the party.
    Date { field: Known, date: PartialDate },
    /// Joined in a period without a probation.
    NoProbation { joined: PartialDate, rule: &'static EntryRule },
    /// A roster told it, and the dates do not give it.
    Told(CategoryTold),
}

impl StandingBasis {
    /// The day 党龄 counts from.
    pub fn since(&self) -> PartialDate {
        match self {
            Self::Full { since, .. } | Self::Joined { since, .. } => *since,
        }
    }

    /// 「自转正 2014-07-01 起」「自入党 1973-07-01 起：1969-04-01 至 1977-08-11 入党，没有预备期」
    pub fn words(&self) -> String {
        match self {
            Self::Full { since, .. } => format!("自转正 {since} 起"),
            Self::Joined { since, rule } => format!("自入党 {since} 起：{} 入党，没有预备期", rule.period()),
        }
    }

    /// What the rule of that time says of joining: 「1982-09-06 以后：支部大会通过之日入党，预备期一年」.
    pub fn rule_words(&self) -> Option<String> {
        let rule = match self {
            Self::Full { rule, .. } => (*rule)?,
            Self::Joined { rule, .. } => rule,
        };
        let probation =
            rule.probation.as_ref().map_or_else(|| "没有预备期".to_owned(), |length| format!("预备期{length}"));
        Some(format!("{}：{}入党，{probation}", rule.period(), rule.joined_is))
    }
}

impl CategoryBasis {
    /// 「转正 2014-07-01」「1969-04-01 至 1977-08-11 入党，没有预备期」「2026-03-01 花名册所载」
    pub fn words(&self) -> String {
        match self {
            Self::Date { field, date } => match field {
                Known::Full => format!("{date} 转正"),
                Known::Joined => format!("{date} 入党"),
                Known::Candidate => format!("{date} 列为发展对象"),
                Known::Activist => format!("{date} 列为积极分子"),
                _ => format!("{date} 申请入党"),
            },
            Self::NoProbation { rule, .. } => format!("{} 入党，没有预备期", rule.period()),
            Self::Told(told) => format!("{} 花名册所载", told.on),
        }
    }
}

impl PartyPath {
    /// What 党龄 counts from, with the rule of the time of joining; none while no date tells it.
    pub fn standing_basis(&self) -> Option<StandingBasis> {
        let rule = self.joined.and_then(EntryRule::of);
        match (self.joined, rule) {
            (Some(since), Some(rule)) if rule.probation.is_none() => Some(StandingBasis::Joined { since, rule }),
            _ => self.full.map(|since| StandingBasis::Full { since, rule }),
        }
    }

    /// What the category on `day` rests on.
    pub fn category_basis_on(&self, day: Day) -> Option<CategoryBasis> {
        let category = self.category_on(day)?;
        let derived = self.derived(day);
        match (derived, self.told) {
            (Some((_, derived)), _) if derived == category => {}
            (_, told) => return told.map(CategoryBasis::Told),
        }
        let date = |field: Known, date: Option<PartialDate>| date.map(|date| CategoryBasis::Date { field, date });
        match category {
            Category::Formal => match (self.full, self.joined) {
                (None, Some(joined)) => EntryRule::of(joined).map(|rule| CategoryBasis::NoProbation { joined, rule }),
                (full, _) => date(Known::Full, full),
            },
            Category::Probationary => date(Known::Joined, self.joined),
            Category::Candidate => date(Known::Candidate, self.candidate),
            Category::Activist => date(Known::Activist, self.activist),
            Category::Applicant => date(Known::Applied, self.applied),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CategoryBasis, ENTRY_RULES, EntryRule, StandingBasis};
    use crate::clock::Day;
    use crate::domain::dates::PartialDate;
    use crate::domain::fields::Known;
    use crate::domain::members::{Category, CategoryTold, PartyPath};

    fn date(text: &str) -> PartialDate {
        PartialDate::from_iso(text).expect("a date")
    }

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn path(joined: &str, full: &str) -> PartyPath {
        PartyPath { joined: PartialDate::from_iso(joined), full: PartialDate::from_iso(full), ..PartyPath::default() }
    }

    #[test]
    fn the_periods_follow_each_other_without_a_gap() {
        assert_eq!(ENTRY_RULES.len(), 9, "the data is read");
        assert!(ENTRY_RULES.iter().all(|rule| !rule.article.is_empty() && rule.from <= rule.to.unwrap_or(Day::MAX)));
        for pair in ENTRY_RULES.windows(2) {
            let ended = pair[1].to.expect("an earlier period has ended");
            assert_eq!(ended.tomorrow().expect("a day"), pair[0].from);
        }
        assert_eq!(EntryRule::of(date("1921-06-30")), None);
    }

    #[test]
    fn standing_counts_from_becoming_formal_but_for_who_joined_without_a_probation() {
        for (joined, full, words) in [
            ("2013-07-01", "2014-07-01", "自转正 2014-07-01 起"),
            ("1969-03-31", "1970-03-31", "自转正 1970-03-31 起"),
            ("1969-04-01", "", "自入党 1969-04-01 起：1969-04-01 至 1977-08-11 入党，没有预备期"),
            ("1973-07-01", "1974-07-01", "自入党 1973-07-01 起：1969-04-01 至 1977-08-11 入党，没有预备期"),
            ("1977-08-11", "", "自入党 1977-08-11 起：1969-04-01 至 1977-08-11 入党，没有预备期"),
            ("1977-08-12", "1978-08-12", "自转正 1978-08-12 起"),
            ("1944-05", "", "自入党 1944-05 起：1928-06-18 至 1945-04-22 入党，没有预备期"),
            ("1945-04-23", "1946-04-23", "自转正 1946-04-23 起"),
            ("", "2014", "自转正 2014 起"),
        ] {
            let path = path(joined, full);
            let basis = path.standing_basis().expect(joined);
            assert_eq!(basis.words(), words);
            assert_eq!(Some(basis.since()), path.standing_since(), "{joined}");
        }
        assert_eq!(path("1977-08-12", "").standing_basis(), None, "the probation has no end yet");
        let rule = |joined: &str, full: &str| path(joined, full).standing_basis().and_then(|basis| basis.rule_words());
        assert_eq!(
            rule("1982-09-05", "1983-09-05").as_deref(),
            Some("1977-08-12 至 1982-09-05：上级党委批准之日入党，预备期一年")
        );
        assert_eq!(
            rule("1982-09-06", "1983-09-06").as_deref(),
            Some("1982-09-06 以后：支部大会通过之日入党，预备期一年")
        );
        assert!(matches!(path("", "2014").standing_basis(), Some(StandingBasis::Full { rule: None, .. })));
    }

    #[test]
    fn a_category_rests_on_the_date_that_gave_it_or_on_the_roster_that_told_it() {
        let member = PartyPath { applied: Some(date("2012-01")), ..path("2013-07-01", "2014-07-01") };
        let on = |text: &str| member.category_basis_on(day(text)).map(|basis| basis.words());
        assert_eq!(on("2011-12-31"), None);
        assert_eq!(on("2012-01-01").as_deref(), Some("2012-01 申请入党"));
        assert_eq!(on("2014-06-30").as_deref(), Some("2013-07-01 入党"));
        assert_eq!(on("2014-07-01").as_deref(), Some("2014-07-01 转正"));
        let old = path("1977-08-11", "");
        assert_eq!(
            old.category_basis_on(day("2026-01-01")).map(|basis| basis.words()).as_deref(),
            Some("1969-04-01 至 1977-08-11 入党，没有预备期")
        );
        let told = CategoryTold { category: Category::Formal, on: day("2026-03-01") };
        let told = PartyPath { told: Some(told), ..path("2015-05", "") };
        assert_eq!(
            told.category_basis_on(day("2026-02-28")),
            Some(CategoryBasis::Date { field: Known::Joined, date: date("2015-05") })
        );
        assert_eq!(
            told.category_basis_on(day("2026-03-01")).map(|basis| basis.words()).as_deref(),
            Some("2026-03-01 花名册所载")
        );
    }
}
