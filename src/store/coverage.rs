//! Talks as far as coverage looks at them (谈话覆盖): who sat with whom on which day, without what was said.
//!
//! Long texts stand last in their rows and are not read; where people are looked for, not even the rows are, but an index
//! that has what is asked for. Start at [`seen_between`].

use rusqlite::{Params, Row as SqlRow};
use serde_json::Value as Json;

use super::reader::{Reader, impossible};
use super::table::Table;
use super::talks::stored;
use crate::clock::Day;
use crate::domain::coverage::TalkSeen;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::talks::{MODES, Side, TalkTypes, mode_of};
use crate::problem::Result;

const BETWEEN: &str = "SELECT talk.id, talk.organisation, talk.held_on, talk.kind, talk.mode, sat.id, sat.side, sat.person FROM talk JOIN talk_person AS sat ON sat.talk = talk.id WHERE talk.held_on BETWEEN ?1 AND ?2 AND sat.side <> 'recorder' ORDER BY talk.held_on, talk.id";
const WITH: &str = "SELECT talk.id, talk.organisation, talk.held_on, talk.kind, talk.mode, sat.id, sat.side, sat.person FROM talk INDEXED BY talk_seen JOIN talk_person AS sat ON sat.talk = talk.id WHERE talk.id IN (SELECT talk FROM talk_person WHERE person IN (SELECT value FROM json_each(?1))) AND talk.held_on <= ?2 AND sat.side <> 'recorder' ORDER BY talk.id";
pub(super) const STATEMENTS: &[&str] = &[BETWEEN, WITH];

/// Somebody who sat in a talk as talker or partner, borrowed from the row that is read.
#[derive(Debug, Clone, Copy)]
pub struct Sitting<'r> {
    pub talk: TalkId,
    /// In whose ledger the talk stands.
    pub organisation: OrganisationId,
    pub held_on: PartialDate,
    /// The code of the talk's type.
    pub kind: &'r str,
    pub mode: Option<&'r str>,
    /// The row that says so.
    pub row: i64,
    pub side: Side,
    /// None of somebody who is in no roster.
    pub person: Option<PersonId>,
}

/// Passes who sat in the talks of these days, talk by talk, the earliest first.
pub fn each_sitting(
    reader: Reader<'_>,
    from: Day,
    to: Day,
    mut take: impl FnMut(Sitting<'_>) -> Result<()>,
) -> Result<()> {
    each(
        reader,
        BETWEEN,
        stored(from, to),
        |sitting| if sitting.held_on.first_day() < from { Ok(()) } else { take(sitting) },
    )
}

/// The talks of these days, the earliest first; `types` tells how they count.
pub fn seen_between(reader: Reader<'_>, types: &TalkTypes, from: Day, to: Day) -> Result<Vec<TalkSeen>> {
    let mut gathering = Gathering::new(types);
    each_sitting(reader, from, to, |sitting| {
        gathering.take(sitting);
        Ok(())
    })?;
    Ok(gathering.talks)
}

/// All talks up to a day in which any of these people sat, by id.
pub fn seen_with(
    reader: Reader<'_>,
    types: &TalkTypes,
    people: impl IntoIterator<Item = PersonId>,
    to: Day,
) -> Result<Vec<TalkSeen>> {
    let ids = Json::from(people.into_iter().map(|person| person.0).collect::<Vec<_>>()).to_string();
    let mut gathering = Gathering::new(types);
    each(reader, WITH, (ids, PartialDate::of_day(to).stored()), |sitting| {
        gathering.take(sitting);
        Ok(())
    })?;
    Ok(gathering.talks)
}

/// Puts talks together from who sat in them, talk by talk.
struct Gathering<'t> {
    types: &'t TalkTypes,
    talks: Vec<TalkSeen>,
    /// Partners of the last talk, those too who are in no roster.
    partners: usize,
}

impl<'t> Gathering<'t> {
    fn new(types: &'t TalkTypes) -> Self {
        Self { types, talks: Vec::new(), partners: 0 }
    }

    fn take(&mut self, sitting: Sitting<'_>) {
        if self.talks.last().is_none_or(|last| last.id != sitting.talk) {
            let mode = sitting.mode.and_then(mode_of);
            self.partners = 0;
            self.talks.push(TalkSeen {
                id: sitting.talk,
                held_on: sitting.held_on,
                counts: self.types.counts(sitting.kind),
                is_one_to_many: mode == Some(MODES[1]),
                is_remote: mode == Some(MODES[2]),
                talkers: Vec::new(),
                partners: Vec::new(),
            });
        }
        let Some(talk) = self.talks.last_mut() else { return };
        match sitting.side {
            Side::Talker => talk.talkers.extend(sitting.person),
            Side::Partner => {
                self.partners += 1;
                talk.is_one_to_many |= self.partners > 1;
                talk.partners.extend(sitting.person);
            }
            Side::Recorder => {}
        }
    }
}

fn each(
    reader: Reader<'_>,
    statement: &str,
    parameters: impl Params,
    mut take: impl FnMut(Sitting<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = reader.0.prepare_cached(statement)?;
    let mut rows = statement.query(parameters)?;
    while let Some(row) = rows.next()? {
        take(sitting(row)?)?;
    }
    Ok(())
}

fn sitting<'r>(row: &'r SqlRow<'_>) -> Result<Sitting<'r>> {
    let talk: i64 = row.get(0)?;
    let held_on = PartialDate::from_stored(row.get(2)?);
    let side = row.get_ref(6)?.as_str().map_err(rusqlite::Error::from)?;
    Ok(Sitting {
        talk: TalkId(talk),
        organisation: OrganisationId(row.get(1)?),
        held_on: held_on.ok_or_else(|| impossible(Table::Talk, talk, "held_on"))?,
        kind: row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?,
        mode: row.get_ref(4)?.as_str_or_null().map_err(rusqlite::Error::from)?,
        row: row.get(5)?,
        side: Side::from_name(side).ok_or_else(|| impossible(Table::TalkPerson, talk, "side"))?,
        person: row.get::<_, Option<i64>>(7)?.map(PersonId),
    })
}
