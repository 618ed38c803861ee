//! 名册顺序: the office's own order within a branch.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{rejected, require_file};
use crate::command::ledger::Stamp;
use crate::command::organisations::STEP;
use crate::command::{Made, title};
use crate::domain::fields::FactKind;
use crate::domain::ids::PersonId;
use crate::domain::members::Fact;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::members::facts_in;
use crate::store::workbook::Title;

/// Moves members within the roster of their branch (调整名册顺序), keeping their order among each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveInRoster {
    pub ids: Vec<PersonId>,
    /// After whom; absent for the first place.
    #[serde(default)]
    pub after_id: Option<PersonId>,
}

impl MoveInRoster {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let today = stamp.today();
        let Some(first) = self.ids.first() else { return Err(rejected("没有选人")) };
        let file = require_file(book, *first)?;
        let branch = file
            .membership_on(today)
            .and_then(|membership| membership.organisation)
            .ok_or_else(|| rejected(format!("{} 现在不在任何党支部", file.person.name())))?;
        let roster: Vec<Fact> = facts_in(book.reader(), branch)?
            .into_iter()
            .filter(|fact| fact.kind == FactKind::Membership && fact.span.holds_on(today))
            .collect();
        let (moved, rest): (Vec<&Fact>, Vec<&Fact>) = roster.iter().partition(|fact| self.ids.contains(&fact.person));
        if moved.len() != self.ids.len() {
            return Err(rejected("只能在同一个党支部里调整名册顺序"));
        }
        let place = match self.after_id {
            None => 0,
            Some(after) => rest
                .iter()
                .position(|fact| fact.person == after)
                .map(|place| place + 1)
                .ok_or_else(|| rejected("要排在其后的人不在这个党支部"))?,
        };
        let at = |place: Option<usize>| place.and_then(|place| rest.get(place)).and_then(|fact| fact.position);
        let low = at(place.checked_sub(1)).unwrap_or(0);
        let count = i64::try_from(moved.len()).unwrap_or(i64::MAX);
        let gap = at(Some(place)).map_or(STEP, |high| (high - low) / (count + 1));
        if gap >= 1 {
            for (fact, nth) in moved.iter().zip(1..) {
                set(book, fact, low + gap * nth)?;
            }
        } else {
            let mut order = rest.clone();
            order.splice(place..place, moved.iter().copied());
            for (fact, nth) in order.into_iter().zip(1..) {
                set(book, fact, STEP * nth)?;
            }
        }
        Ok((title(format!("调整名册顺序：{}", file.person.name())), Made(None)))
    }
}

fn set(book: &mut Book<'_>, seen: &Fact, position: i64) -> Result<()> {
    book.update(seen, &Fact { position: Some(position), ..seen.clone() })
}
