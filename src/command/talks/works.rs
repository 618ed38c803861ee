//! What a piece of work on 今日 is called in the diary, by its key. Start at [`work_words`].

use super::name_of;
use crate::domain::coverage::OccasionKind;
use crate::domain::events::Event;
use crate::domain::ids::{OrganisationId, PersonId, RecordId};
use crate::domain::members::Fact;
use crate::domain::organisations::Organisation;
use crate::domain::talks::{FollowUp, PlannedTalk};
use crate::domain::work::WorkKey;
use crate::problem::Result;
use crate::store::reader::Reader;

/// What is said of something that is no longer there.
const GONE: &str = "一件已不在的事";

/// Characters of a measure that are told.
const TOLD: usize = 30;

/// 「谈话跟进：协调驻村工作交接」, as the records are now.
pub fn work_words(reader: Reader<'_>, key: &str) -> Result<String> {
    let Ok(key) = key.parse::<WorkKey>() else { return Ok(GONE.to_owned()) };
    let words = match key {
        WorkKey::Probation(person, ends) => {
            name_of(reader, person).map(|name| format!("{name} 预备期 {ends} 满，登记转正"))
        }
        WorkKey::OldProbations(organisation) => {
            Some(format!("{}预备期早已届满，没有转正时间", of(reader, organisation)?))
        }
        WorkKey::Term(organisation, ends) => Some(format!("{}任期 {ends} 届满，换届", of(reader, Some(organisation))?)),
        WorkKey::FollowUp(id) => {
            reader.get::<FollowUp>(id.0)?.map(|it| format!("谈话跟进：{}", shortened(&it.measure)))
        }
        WorkKey::PlannedTalk(id) => reader.get::<PlannedTalk>(id.0)?.map(|planned| {
            let people = planned.talker.iter().chain(&planned.partner).filter_map(|id| name_of(reader, *id));
            format!("计划谈话：{}", people.collect::<Vec<_>>().join(" 和 "))
        }),
        WorkKey::Coverage(organisation, year, relation) => {
            Some(format!("{}{year}年{}谈心", of(reader, Some(organisation))?, relation.label()))
        }
        WorkKey::AfterEvent(_, kind, id) => occasion(reader, kind, id)?,
    };
    Ok(words.unwrap_or_else(|| GONE.to_owned()))
}

/// A measure may be long; a line of the diary is not.
fn shortened(measure: &str) -> String {
    match measure.char_indices().nth(TOLD) {
        Some((end, _)) => format!("{}…", &measure[..end]),
        None => measure.to_owned(),
    }
}

/// The name of an organisation before what is said of it; nothing of the whole workbook.
fn of(reader: Reader<'_>, organisation: Option<OrganisationId>) -> Result<String> {
    let Some(id) = organisation else { return Ok(String::new()) };
    Ok(reader.get::<Organisation>(id.0)?.map(|node| format!("{} ", node.shown_name())).unwrap_or_default())
}

/// 「何静 组织关系转入后的谈话」
fn occasion(reader: Reader<'_>, kind: OccasionKind, id: RecordId) -> Result<Option<String>> {
    let person: Option<PersonId> = match kind {
        OccasionKind::Event(_) => reader.get::<Event>(id)?.map(|event| event.person),
        OccasionKind::Appointed => reader.get::<Fact>(id)?.map(|fact| fact.person),
    };
    let name = person.and_then(|person| name_of(reader, person));
    Ok(name.map(|name| format!("{name} {}后的谈话", kind.label())))
}
