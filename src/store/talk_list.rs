//! Talks as a list shows them (谈话列表): of the long texts no more than how one begins. Start at [`listed`].

use super::reader::{Reader, impossible};
use super::table::Table;
use super::talks::{number_in, stored};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, TalkId};
use crate::domain::talks::TalkNumber;
use crate::problem::Result;

const LISTED: &str = "SELECT id, organisation, year, number, held_on, kind, mode, place, topic, CASE WHEN topic IS NULL THEN substr(content, 1, ?1) END FROM talk ORDER BY held_on, id";
const LISTED_BETWEEN: &str = "SELECT id, organisation, year, number, held_on, kind, mode, place, topic, CASE WHEN topic IS NULL THEN substr(content, 1, ?1) END FROM talk WHERE held_on BETWEEN ?2 AND ?3 ORDER BY held_on, id";
pub(super) const STATEMENTS: &[&str] = &[LISTED, LISTED_BETWEEN];

/// What a list shows of a talk: none of its texts but how it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedTalk {
    pub id: TalkId,
    pub organisation: OrganisationId,
    pub number: TalkNumber,
    pub held_on: PartialDate,
    pub kind: String,
    pub mode: Option<String>,
    pub place: Option<String>,
    pub topic: Option<String>,
    /// As many characters of the content as were asked for, where there is no topic.
    pub beginning: Option<String>,
}

/// The talks of these days or of all, the earliest first, with so many characters of each content.
pub fn listed(reader: Reader<'_>, days: Option<(Day, Day)>, characters: usize) -> Result<Vec<ListedTalk>> {
    let mut statement = reader.0.prepare_cached(if days.is_some() { LISTED_BETWEEN } else { LISTED })?;
    let mut rows = match days {
        Some((from, to)) => {
            let [from, to] = stored(from, to);
            statement.query([characters as i64, from, to])?
        }
        None => statement.query([characters as i64])?,
    };
    let mut talks = Vec::new();
    while let Some(row) = rows.next()? {
        let talk = listed_talk(row)?;
        if days.is_none_or(|(from, to)| (from..=to).contains(&talk.held_on.first_day())) {
            talks.push(talk);
        }
    }
    Ok(talks)
}

fn listed_talk(row: &rusqlite::Row<'_>) -> Result<ListedTalk> {
    let id: i64 = row.get(0)?;
    let fail = |column: &str| impossible(Table::Talk, id, column);
    Ok(ListedTalk {
        id: TalkId(id),
        organisation: OrganisationId(row.get(1)?),
        number: number_in(row.get(2)?, row.get(3)?).ok_or_else(|| fail("number"))?,
        held_on: PartialDate::from_stored(row.get(4)?).ok_or_else(|| fail("held_on"))?,
        kind: row.get(5)?,
        mode: row.get(6)?,
        place: row.get(7)?,
        topic: row.get(8)?,
        beginning: row.get(9)?,
    })
}
