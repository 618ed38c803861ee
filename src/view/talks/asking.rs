//! Which talks are listed, printed and handed out: of whose ledger, of what time, and what narrows them down.
//!
//! Start at [`LedgerAsk`].

use crate::clock::Day;
use crate::domain::dates::{PartialDate, Period};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::problem::Result;
use crate::store::talks as table;
use crate::view::desk::Desk;
use crate::view::talk_conditions::TalkCondition;

/// Which talks (范围、期间和筛选).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerAsk {
    /// Of the ledgers of this organisation and all below it; of a 党小组 that of its branch.
    pub scope: Option<OrganisationId>,
    /// Held on this day or later, if told.
    pub from: Option<Day>,
    /// Held on this day or before, if told.
    pub to: Option<Day>,
    /// Of these only some.
    pub only: Narrowing,
}

/// What narrows a list of talks down (筛选); all of it must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// Words of the contents, a name, a number; all of them must be found.
    pub text: String,
    /// The code of a type.
    pub kind: Option<String>,
    /// Somebody who sat in it, on whichever side.
    pub person: Option<PersonId>,
    /// The same of somebody in no roster.
    pub named: Option<String>,
    /// Only in the ledger of this organisation itself, in none of those below it.
    pub own: Option<OrganisationId>,
    /// Conditions on single fields, each with its words.
    pub conditions: Vec<(TalkCondition, String)>,
}

impl LedgerAsk {
    /// The talks of a time, or of all.
    pub fn of(scope: Option<OrganisationId>, period: Option<Period>) -> Self {
        let (from, to) = (period.map(|period| period.first), period.map(|period| period.last));
        Self { scope, from, to, only: Narrowing::default() }
    }

    /// The same with nothing that narrows it down.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { only: Narrowing::default(), ..*self }
    }

    /// 「2026-01-01 至 2026-12-31」, 「2026-03-01 起」, 「全部」
    pub fn when(&self) -> String {
        match (self.from, self.to) {
            (None, None) => "全部".to_owned(),
            (Some(from), None) => format!("{from} 起"),
            (None, Some(to)) => format!("{to} 止"),
            (Some(from), Some(to)) => format!("{from} 至 {to}"),
        }
    }

    /// 「青禾县民政局党总支，2026-01-01 至 2026-12-31，只列：含“值班”」
    pub fn in_words(&self, desk: &Desk) -> Result<String> {
        let only = self.only.in_words(desk)?.map(|words| format!("，{words}")).unwrap_or_default();
        Ok(format!("{}，{}{only}", desk.scope_name(self.scope), self.when()))
    }

    /// The first and the last day that are asked for; `None` for all days.
    pub(in crate::view) fn days(&self) -> Option<(Day, Day)> {
        let first = || PartialDate::new(1850, None, None).map(PartialDate::first_day);
        let last = || PartialDate::new(2200, None, None).map(PartialDate::last_day);
        (self.from.is_some() || self.to.is_some()).then_some(())?;
        Some((self.from.or_else(first)?, self.to.or_else(last)?))
    }
}

impl Narrowing {
    /// Whether nothing is left out.
    pub fn is_nothing(&self) -> bool {
        self.conditions.is_empty() && self.without_conditions() == Self::default()
    }

    /// The same without its conditions on single fields, and without blanks that say nothing.
    #[must_use]
    pub(in crate::view) fn without_conditions(&self) -> Self {
        Self { text: self.text.trim().to_owned(), conditions: Vec::new(), ..self.clone() }
    }

    /// 「只列：含“值班”，思想谈话，陈志远的谈话，谈话方式：一对一」; none where nothing is left out.
    pub fn in_words(&self, desk: &Desk) -> Result<Option<String>> {
        if self.is_nothing() {
            return Ok(None);
        }
        let types = table::types(desk.reader())?;
        let kind = self.kind.as_deref().map(|code| types.label(code).to_owned());
        let called = |id: PersonId| desk.directory().get(id).map(|card| card.name.to_string());
        let person = self.person.and_then(called).or_else(|| self.named.clone());
        let text = Some(self.text.trim()).filter(|text| !text.is_empty());
        let parts = [text.map(|text| format!("含“{text}”")), kind, person.map(|name| format!("{name}的谈话"))];
        let conditions = self.conditions.iter().map(|(_, words)| words.clone());
        let own = self.own.map(|_| "本级台账，不含下级".to_owned());
        Ok(Some(format!(
            "只列：{}",
            parts.into_iter().chain([own]).flatten().chain(conditions).collect::<Vec<_>>().join("，")
        )))
    }
}
