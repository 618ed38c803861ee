//! Which planned talks were held: read from the records, never stored.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::{coverage, talks};
use crate::clock::Day;
use crate::domain::coverage::Held;
use crate::domain::ids::PlannedTalkId;
use crate::domain::talk_plan::ticked_off;
use crate::domain::talks::PlannedTalk;
use crate::problem::Result;

/// The record of each of these planned talks that was held.
pub fn held(reader: Reader<'_>, planned: &[PlannedTalk]) -> Result<BTreeMap<PlannedTalkId, Held>> {
    let Some(from) = planned.iter().map(|planned| planned.made_on).min() else { return Ok(BTreeMap::new()) };
    let mut numbered = BTreeMap::new();
    for one in planned {
        let Some(number) = one.number else { continue };
        if let Some(talk) = talks::numbered(reader, one.organisation, number)?.first() {
            numbered.insert(one.id, Held { day: talk.held_on.first_day(), talk: talk.id });
        }
    }
    let talks = coverage::seen_between(reader, &talks::types(reader)?, from, Day::MAX)?;
    Ok(ticked_off(planned, &talks, &numbered))
}
