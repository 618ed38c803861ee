//! What a piece of work on 今日 is called in the diary, by its key. Start at [`work_words`].

use super::name_of;
use crate::command::checklists::named;
use crate::domain::checklists::{Checklist, ChecklistItem};
use crate::domain::coverage::OccasionKind;
use crate::domain::events::Event;
use crate::domain::ids::{ChecklistId, OrganisationId, PersonId, RecordId};
use crate::domain::members::Fact;
use crate::domain::organisations::Organisation;
use crate::domain::talks::{FollowUp, PlannedTalk, Talk};
use crate::domain::work::WorkKey;
use crate::problem::Result;
use crate::store::reader::Reader;
use crate::store::talks;

/// What is said of something that is no longer there.
const GONE: &str = "一件已不在的事";

/// 「谈话跟进：2026-036 第 2 项」, as the records are now.
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
        WorkKey::FollowUp(id) => match reader.get::<FollowUp>(id.0)? {
            Some(follow_up) => Some(format!("谈话跟进：{}", which_follow_up(reader, &follow_up)?)),
            None => None,
        },
        WorkKey::PlannedTalk(id) => reader.get::<PlannedTalk>(id.0)?.map(|planned| {
            let people = planned.talker.iter().chain(&planned.partner).filter_map(|id| name_of(reader, *id));
            format!("计划谈话：{}", people.collect::<Vec<_>>().join(" 和 "))
        }),
        WorkKey::Coverage(organisation, year, relation) => {
            Some(format!("{}{year}年{}谈心", of(reader, Some(organisation))?, relation.label()))
        }
        WorkKey::AfterEvent(_, kind, id) => occasion(reader, kind, id)?,
        WorkKey::ChecklistItem(id) => match reader.get::<ChecklistItem>(id.0)? {
            Some(item) => checklist(reader, item.checklist)?.map(|list| format!("档案缺项：{list}的“{}”", item.title)),
            None => None,
        },
        WorkKey::ChecklistDue(id, due) => checklist(reader, id)?.map(|list| format!("档案缺项：{list} {due} 到期的项")),
    };
    Ok(words.unwrap_or_else(|| GONE.to_owned()))
}

/// Which follow-up it is: 「2026-036 第 2 项」. Nothing of what it says: titles stay as they are, and the talk may be
/// restricted later.
pub(super) fn which_follow_up(reader: Reader<'_>, follow_up: &FollowUp) -> Result<String> {
    let number = reader.get::<Talk>(follow_up.talk.0)?.map(|talk| talk.number.to_string()).unwrap_or_default();
    let all = talks::follow_ups_of(reader, follow_up.talk)?;
    Ok(match all.iter().zip(1..).find(|(one, _)| one.id == follow_up.id) {
        Some((_, nth)) if all.len() > 1 => format!("{number} 第 {nth} 项"),
        _ => number,
    })
}

/// 「机关第一党支部 2026 年党支部工作档案」
fn checklist(reader: Reader<'_>, id: ChecklistId) -> Result<Option<String>> {
    reader.get::<Checklist>(id.0)?.map(|checklist| named(reader, &checklist)).transpose()
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
