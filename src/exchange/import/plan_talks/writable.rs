//! What of a row can be written: a text that has no place is left out, anything else breaks the row, and all is told.
//!
//! Checked here as it is when it is written. Start at [`Planner::check`].

use super::told::RowTold;
use super::{Planner, RowPlace, UNWRITABLE};
use crate::domain::dates::PartialDate;
use crate::domain::digits::grouped;
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::lists::{ListField, TalkField};
use crate::domain::talks::{TalkDraft, TalkDraftField, TalkNumber};
use crate::exchange::import::remarks::remark_of;
use crate::exchange::shortened::whole_length;

impl Planner<'_> {
    /// Of a restricted type, be it that of the row or that of the talk that the workbook has, only day, topic and persons are
    /// kept; what is left out is told.
    pub(super) fn keep_no_texts_of_restricted(
        &mut self,
        place: &RowPlace,
        told: &RowTold,
        draft: &mut TalkDraft,
        known: Option<TalkId>,
    ) {
        let held = known.and_then(|id| self.held.talk(id)).map(|talk| talk.kind.as_str());
        let kinds = held.into_iter().chain(draft.kind.as_deref()).filter_map(|code| self.types.get(code));
        let Some(kind) = kinds.into_iter().find(|kind| kind.is_restricted()) else {
            let kept = told.kept_beside(draft, |told| self.faces.is_told_apart(told));
            let remark = remark_of("", told.remark.as_deref(), &kept, |field| told.has(field));
            draft.remark = Some(remark).filter(|remark| !remark.is_empty());
            return;
        };
        let label = kind.label.clone();
        let mut left: Vec<&str> = Vec::new();
        for (field, text) in long_texts(draft) {
            if text.take().is_some() {
                left.push(field.label());
            }
        }
        if !std::mem::take(&mut draft.follow_ups).is_empty() {
            left.push(TalkDraftField::FollowUps.label());
        }
        if told.remark.is_some() {
            left.push(TalkDraftField::Remark.label());
        }
        let kept = told.kept_beside(draft, |told| self.faces.is_told_apart(told));
        left.extend(kept.iter().map(|kept| &*kept.head));
        left.dedup();
        if !left.is_empty() {
            let sentence = format!("{label}只存时间、主题和人员，没有写入{}", left.join("、"));
            self.problem(place, name_of(TalkDraftField::Kind), "restricted_text", sentence);
        }
    }

    /// Whether the draft can be written: a text that is too long is left out, anything else breaks the row and is told.
    pub(super) fn check(&mut self, place: &RowPlace, draft: &mut TalkDraft) -> bool {
        self.tell_shortened(place, draft);
        let people = self.workbook.people;
        let name = |id: PersonId| people.get(id).map(|file| file.person.name().to_owned());
        let mut faults = match draft.check(&self.types, None, self.workbook.today, name) {
            Ok(_) => return true,
            Err(faults) => faults,
        };
        for fault in &faults {
            let left_out = match fault.field {
                TalkDraftField::FollowUps => std::mem::take(&mut draft.follow_ups).pop().map(|last| last.measure),
                TalkDraftField::Mode => draft.mode.take(),
                TalkDraftField::Place => draft.place.take(),
                TalkDraftField::Topic => draft.topic.take(),
                TalkDraftField::Remark => draft.remark.take(),
                field => long_texts(draft).into_iter().find(|(of, _)| *of == field).and_then(|(_, text)| text.take()),
            };
            if left_out.is_some() {
                self.problem(place, name_of(fault.field), "misfit", format!("{}，没有写入这一栏", fault.why));
            }
        }
        faults = match draft.check(&self.types, None, self.workbook.today, name) {
            Ok(_) => return true,
            Err(faults) => faults,
        };
        for fault in faults {
            self.problem(place, name_of(fault.field), UNWRITABLE, format!("{}，没有写入这一行", fault.why));
        }
        false
    }

    /// A text of which our own export wrote the beginning only is kept as it is, and that is told.
    fn tell_shortened(&mut self, place: &RowPlace, draft: &mut TalkDraft) {
        let lengths = long_texts(draft).map(|(field, text)| (field, text.as_deref().and_then(whole_length)));
        for (field, length) in lengths {
            if let Some(length) = length {
                let sentence = format!("只有开头，全文 {} 字，请另导入 CSV 台账", grouped(length as u64));
                self.problem(place, name_of(field), "shortened", sentence);
            }
        }
    }

    /// A number that the ledger tells is kept, unless another talk has it.
    pub(super) fn number(&mut self, place: &RowPlace, organisation: OrganisationId, draft: &mut TalkDraft) {
        let year = draft.held_on.map_or(0, PartialDate::year);
        let Some(number) = draft.number.as_deref().and_then(|text| TalkNumber::read(text, year)) else { return };
        if !self.held.take_number(organisation, number) {
            draft.number = None;
            let sentence = format!("编号 {number} 已经用于别的谈话，由程序接着编");
            self.problem(place, TalkDraftField::Number.label(), "number_taken", sentence);
        }
    }
}

/// The texts of a draft that may be long, but for the remark.
fn long_texts(draft: &mut TalkDraft) -> [(TalkDraftField, &mut Option<String>); 5] {
    [
        (TalkDraftField::Outline, &mut draft.outline),
        (TalkDraftField::Content, &mut draft.content),
        (TalkDraftField::Opinions, &mut draft.opinions),
        (TalkDraftField::Attitude, &mut draft.attitude),
        (TalkDraftField::Measures, &mut draft.measures),
    ]
}

/// How a part of the form is called in problems: the name of the column where a ledger has one for it.
pub(super) fn name_of(field: TalkDraftField) -> &'static str {
    let column = match field {
        TalkDraftField::HeldOn => TalkField::HeldOn,
        TalkDraftField::Place => TalkField::Place,
        TalkDraftField::Talkers => TalkField::Talkers,
        TalkDraftField::Partners => TalkField::Partners,
        TalkDraftField::Kind => TalkField::Kind,
        TalkDraftField::Topic => TalkField::Topic,
        TalkDraftField::Content => TalkField::Content,
        TalkDraftField::Mode => TalkField::Mode,
        TalkDraftField::Recorder => TalkField::Recorder,
        TalkDraftField::Measures => TalkField::Measures,
        TalkDraftField::Remark => TalkField::Remark,
        TalkDraftField::Organisation => TalkField::Branch,
        other => return other.label(),
    };
    column.name()
}
