//! Pieces of work on 今日 (事项), as they are named for good: by its key a piece is put off, and stays the same while days
//! pass.

use std::fmt;
use std::str::FromStr;

use super::coverage::{OccasionKind, Relation};
use super::dates::PartialDate;
use super::ids::{ChecklistId, ChecklistItemId, FollowUpId, OrganisationId, PersonId, PlannedTalkId, RecordId};

/// What a piece of work is about. Its text is the key that is stored: `follow_up:7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkKey {
    /// 转正 of somebody whose probation ends then.
    Probation(PersonId, PartialDate),
    /// Probations of an organisation that were over long ago without 转正; of the whole workbook where none is told.
    OldProbations(Option<OrganisationId>),
    /// 换届 of an organisation whose term ends then.
    Term(OrganisationId, PartialDate),
    /// 办结 of what a talk asked to be done.
    FollowUp(FollowUpId),
    /// A talk that was planned.
    PlannedTalk(PlannedTalkId),
    /// What the coverage of an organisation lacks in a year, in one relation.
    Coverage(OrganisationId, i16, Relation),
    /// 必谈: a talk that something that happened asks an organisation for; the id is that of the event or the post.
    AfterEvent(OrganisationId, OccasionKind, RecordId),
    /// An item of a checklist that is missing.
    ChecklistItem(ChecklistItemId),
    /// Items of one checklist that are missing and due together.
    ChecklistDue(ChecklistId, PartialDate),
}

impl fmt::Display for WorkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Probation(person, ends) => write!(f, "probation:{person}:{ends}"),
            Self::OldProbations(Some(organisation)) => write!(f, "old_probations:{organisation}"),
            Self::OldProbations(None) => write!(f, "old_probations:all"),
            Self::Term(organisation, ends) => write!(f, "term:{organisation}:{ends}"),
            Self::FollowUp(id) => write!(f, "follow_up:{id}"),
            Self::PlannedTalk(id) => write!(f, "planned_talk:{id}"),
            Self::Coverage(organisation, year, relation) => {
                write!(f, "coverage:{organisation}:{year}:{}", relation.code())
            }
            Self::AfterEvent(organisation, kind, id) => {
                write!(f, "coverage:{organisation}:{}:{}:{id}", Relation::AfterEvents.code(), kind.name())
            }
            Self::ChecklistItem(id) => write!(f, "checklist_item:{id}"),
            Self::ChecklistDue(checklist, due) => write!(f, "checklist:{checklist}:{due}"),
        }
    }
}

/// A text that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoWork;

impl FromStr for WorkKey {
    type Err = NoWork;

    fn from_str(text: &str) -> Result<Self, NoWork> {
        fn read<T: FromStr>(text: &str) -> Result<T, NoWork> {
            text.parse().map_err(|_| NoWork)
        }
        let date = |text: &str| PartialDate::from_iso(text).ok_or(NoWork);
        let parts: Vec<&str> = text.split(':').collect();
        match parts[..] {
            ["probation", person, ends] => Ok(Self::Probation(read(person)?, date(ends)?)),
            ["old_probations", "all"] => Ok(Self::OldProbations(None)),
            ["old_probations", organisation] => Ok(Self::OldProbations(Some(read(organisation)?))),
            ["term", organisation, ends] => Ok(Self::Term(read(organisation)?, date(ends)?)),
            ["follow_up", id] => Ok(Self::FollowUp(read(id)?)),
            ["planned_talk", id] => Ok(Self::PlannedTalk(read(id)?)),
            ["coverage", organisation, year, relation] => {
                let found = Relation::ALL.into_iter().find(|known| known.code() == relation);
                Ok(Self::Coverage(read(organisation)?, read(year)?, found.ok_or(NoWork)?))
            }
            ["coverage", organisation, "C4", kind, id] => {
                let kind = OccasionKind::from_name(kind).ok_or(NoWork)?;
                Ok(Self::AfterEvent(read(organisation)?, kind, read(id)?))
            }
            ["checklist_item", id] => Ok(Self::ChecklistItem(read(id)?)),
            ["checklist", id, due] => Ok(Self::ChecklistDue(read(id)?, date(due)?)),
            _ => Err(NoWork),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::events::EventKind;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let ends = PartialDate::from_iso("2026-11-09").expect("a date");
        let (organisation, person) = (OrganisationId(4), PersonId(7));
        let keys = [
            (WorkKey::Probation(person, ends), "probation:7:2026-11-09"),
            (WorkKey::OldProbations(Some(organisation)), "old_probations:4"),
            (WorkKey::OldProbations(None), "old_probations:all"),
            (WorkKey::Term(organisation, ends), "term:4:2026-11-09"),
            (WorkKey::FollowUp(FollowUpId(9)), "follow_up:9"),
            (WorkKey::PlannedTalk(PlannedTalkId(9)), "planned_talk:9"),
            (WorkKey::Coverage(organisation, 2026, Relation::Committee), "coverage:4:2026:C1"),
            (WorkKey::AfterEvent(organisation, OccasionKind::Appointed, 12), "coverage:4:C4:appointed:12"),
            (
                WorkKey::AfterEvent(organisation, OccasionKind::Event(EventKind::TransferIn), 12),
                "coverage:4:C4:transfer_in:12",
            ),
            (WorkKey::ChecklistItem(ChecklistItemId(9)), "checklist_item:9"),
            (WorkKey::ChecklistDue(ChecklistId(3), ends), "checklist:3:2026-11-09"),
        ];
        for (key, text) in keys {
            assert_eq!(key.to_string(), text);
            assert_eq!(text.parse(), Ok(key));
        }
        for text in ["", "term:1", "coverage:4:C4:nothing:12", "follow_up:x", "old_probations:"] {
            assert_eq!(text.parse::<WorkKey>(), Err(NoWork), "{text}");
        }
    }
}
