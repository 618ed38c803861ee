//! Conditions on talks, and their order, as the command line asks for them: what of a talk is compared, and how.
//!
//! Knows nothing of how they are written. Start at [`TalkCondition::holds`] and [`in_order`].

use std::cmp::Ordering;
use std::collections::HashMap;

use super::desk::Desk;
use super::order::{Key, collator, compare, sort_key};
use super::talk_ledger::LedgerTalk;
use crate::domain::conditions::{Comparison, Told};
use crate::domain::ids::OrganisationId;
use crate::domain::talks::{Side, Somebody, TalkDraftField};
use crate::problem::Result;

/// A condition: one field compared, or one of several, or the opposite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TalkCondition {
    Compare {
        field: TalkDraftField,
        how: Comparison,
    },
    /// One of these holds (或).
    Any(Vec<TalkCondition>),
    /// This does not hold (非): what has no value is among those it lists.
    Not(Box<TalkCondition>),
}

impl TalkCondition {
    pub fn holds(&self, desk: &Desk, talk: &LedgerTalk) -> bool {
        match self {
            Self::Any(several) => several.iter().any(|one| one.holds(desk, talk)),
            Self::Not(inner) => !inner.holds(desk, talk),
            Self::Compare { field: TalkDraftField::HeldOn, how } => how.holds(Some(Told::Date(talk.file.talk.held_on))),
            Self::Compare { field: TalkDraftField::Organisation, how } => {
                how.holds(Some(Told::Organisation(talk.file.talk.organisation)))
                    || how.holds(Some(Told::Text(&talk.organisation)))
            }
            Self::Compare { field, how } => {
                let values = values(desk, talk, *field);
                if values.is_empty() {
                    how.holds(None)
                } else {
                    values.iter().any(|one| how.holds(Some(Told::Text(one))))
                }
            }
        }
    }
}

/// What is known of a field; each of several values stands by itself.
fn values(desk: &Desk, talk: &LedgerTalk, field: TalkDraftField) -> Vec<String> {
    let held = &talk.file.talk;
    let text = |text: &Option<String>| text.iter().cloned().collect();
    match field {
        TalkDraftField::Organisation => vec![talk.organisation.clone()],
        TalkDraftField::Number => vec![held.number.to_string()],
        TalkDraftField::HeldOn => vec![held.held_on.to_string()],
        TalkDraftField::Time => text(&held.time),
        TalkDraftField::Kind => vec![held.kind.clone(), talk.kind.clone()],
        TalkDraftField::Mode => text(&held.mode),
        TalkDraftField::Place => text(&held.place),
        TalkDraftField::Talkers => names(desk, talk, Side::Talker),
        TalkDraftField::Partners => names(desk, talk, Side::Partner),
        TalkDraftField::Recorder => names(desk, talk, Side::Recorder),
        TalkDraftField::Topic => text(&held.topic),
        // Of restricted types nothing that was said is looked at, whatever is stored.
        _ if talk.is_restricted => Vec::new(),
        TalkDraftField::Outline => text(&held.outline),
        TalkDraftField::Content => text(&held.content),
        TalkDraftField::Opinions => text(&held.opinions),
        TalkDraftField::Attitude => text(&held.attitude),
        TalkDraftField::Measures => text(&held.measures),
        TalkDraftField::Remark => text(&held.remark),
        TalkDraftField::FollowUps => talk.file.follow_ups.iter().map(|follow_up| follow_up.measure.clone()).collect(),
    }
}

/// The names on a side, of those in no roster without what is told of them; for programs the ids, too.
fn names(desk: &Desk, talk: &LedgerTalk, side: Side) -> Vec<String> {
    let called = |who: &Somebody| match who {
        Somebody::Person(id) => {
            let name = desk.directory().get(*id).map(|card| card.name.to_string()).unwrap_or_default();
            vec![name, id.to_string()]
        }
        Somebody::Named { name, .. } => vec![name.clone()],
    };
    talk.file.on(side).flat_map(called).collect()
}

/// A key of the order of talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TalkOrder {
    pub field: TalkDraftField,
    pub descending: bool,
}

/// Puts talks in an order: days and numbers by what they are, organisations as the tree has them, all else by pinyin. What
/// has no value stands last either way.
pub fn in_order(desk: &Desk, talks: &mut Vec<LedgerTalk>, order: &[TalkOrder]) -> Result<()> {
    let places: HashMap<OrganisationId, i64> =
        desk.tree().within(None).into_iter().map(|node| node.id).zip(0..).collect();
    let collator = collator()?;
    let key = |talk: &LedgerTalk, field: TalkDraftField| -> Result<Key> {
        let held = &talk.file.talk;
        Ok(match field {
            TalkDraftField::HeldOn => Key::Number(held.held_on.stored()),
            TalkDraftField::Number => Key::Number(i64::from(held.number.year) << 32 | i64::from(held.number.number)),
            TalkDraftField::Organisation => {
                places.get(&held.organisation).map_or(Key::None, |place| Key::Number(*place))
            }
            // By the code, as forms list the types.
            TalkDraftField::Kind => sort_key(&collator, &held.kind)?,
            _ => match values(desk, talk, field).first() {
                Some(text) => sort_key(&collator, text)?,
                None => Key::None,
            },
        })
    };
    let mut keyed = Vec::with_capacity(talks.len());
    for talk in talks.drain(..) {
        let keys = order.iter().map(|order| key(&talk, order.field)).collect::<Result<Vec<_>>>()?;
        keyed.push((keys, talk));
    }
    keyed.sort_by(|(one, _), (other, _)| {
        let by = one.iter().zip(other).zip(order).map(|((one, other), order)| compare(one, other, order.descending));
        by.fold(Ordering::Equal, Ordering::then)
    });
    talks.extend(keyed.into_iter().map(|(_, talk)| talk));
    Ok(())
}
