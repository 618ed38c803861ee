//! What a row of a ledger adds to the talk of the workbook that it tells: what stands empty there is filled in, what stands
//! otherwise is left, and that is told.
//!
//! Nothing of the talk is lost, and nothing of the row without a word. Start at [`fill_in`].

use crate::command::draft_of;
use crate::domain::as_written::remark_with;
use crate::domain::ids::PersonId;
use crate::domain::imports::Difference;
use crate::domain::talks::{FollowUpDraft, TalkDraft, TalkDraftField, mode_of, named};
use crate::exchange::import::remarks::has_room;
use crate::store::talks::TalkFile;

/// A talk with what a row adds to it.
pub struct Filled {
    /// The talk as it is to stand.
    pub draft: TalkDraft,
    /// What is filled in, and what is corrected.
    pub differences: Vec<Difference>,
    /// The parts of the form of which the row says something else.
    pub others: Vec<TalkDraftField>,
}

/// Fills into a talk what a row tells where nothing stands. `name` gives the name of a person.
pub fn fill_in(held: &TalkFile, told: &TalkDraft, name: impl Fn(PersonId) -> String) -> Filled {
    let mut filled = Filled { draft: draft_of(held), differences: Vec::new(), others: Vec::new() };
    filled.texts(told);
    filled.recorder(told, &name);
    filled.remark(told);
    filled.follow_ups(told, &name);
    filled
}

impl Filled {
    /// Puts the day, or who sat on a side, right: the row was answered to correct it.
    pub fn correct(&mut self, field: TalkDraftField, told: &TalkDraft, name: impl Fn(PersonId) -> String) {
        let side = |ids: &[PersonId], others: &[String]| {
            ids.iter().map(|id| name(*id)).chain(others.iter().cloned()).collect::<Vec<_>>().join("、")
        };
        let day = |draft: &TalkDraft| draft.held_on.map(|day| day.to_string()).unwrap_or_default();
        let words = |draft: &TalkDraft| match field {
            TalkDraftField::Talkers => side(&draft.talker_ids, &draft.talkers),
            TalkDraftField::Partners => side(&draft.partner_ids, &draft.partners),
            _ => day(draft),
        };
        self.differences.insert(0, difference(field, words(&self.draft), words(told)));
        let draft = &mut self.draft;
        match field {
            TalkDraftField::Talkers => {
                (draft.talker_ids, draft.talkers) = (told.talker_ids.clone(), told.talkers.clone());
            }
            TalkDraftField::Partners => {
                (draft.partner_ids, draft.partners) = (told.partner_ids.clone(), told.partners.clone());
            }
            _ => draft.held_on = told.held_on,
        }
    }

    fn texts(&mut self, told: &TalkDraft) {
        let mode = told.mode.as_deref().map(|text| mode_of(text).unwrap_or(text).to_owned());
        let draft = &mut self.draft;
        let texts = [
            (TalkDraftField::Time, &mut draft.time, &told.time),
            (TalkDraftField::Mode, &mut draft.mode, &mode),
            (TalkDraftField::Place, &mut draft.place, &told.place),
            (TalkDraftField::Topic, &mut draft.topic, &told.topic),
            (TalkDraftField::Outline, &mut draft.outline, &told.outline),
            (TalkDraftField::Content, &mut draft.content, &told.content),
            (TalkDraftField::Opinions, &mut draft.opinions, &told.opinions),
            (TalkDraftField::Attitude, &mut draft.attitude, &told.attitude),
            (TalkDraftField::Measures, &mut draft.measures, &told.measures),
        ];
        for (field, held, told) in texts {
            match (&*held, told) {
                (None, Some(text)) => {
                    self.differences.push(difference(field, String::new(), text.clone()));
                    held.clone_from(told);
                }
                (Some(one), Some(other)) if one != other => self.others.push(field),
                _ => {}
            }
        }
    }

    fn recorder(&mut self, told: &TalkDraft, name: &impl Fn(PersonId) -> String) {
        let called = |draft: &TalkDraft| {
            let outside = || draft.recorder.as_deref().map(|text| named(text).0);
            draft.recorder_id.map(name).or_else(outside)
        };
        match (called(&self.draft), called(told)) {
            (None, Some(recorder)) => {
                self.differences.push(difference(TalkDraftField::Recorder, String::new(), recorder));
                self.draft.recorder_id = told.recorder_id;
                self.draft.recorder.clone_from(&told.recorder);
            }
            (Some(held), Some(told)) if held != told => self.others.push(TalkDraftField::Recorder),
            _ => {}
        }
    }

    /// Lines of the ledger come below what stands there, as long as they take the place of nothing.
    fn remark(&mut self, told: &TalkDraft) {
        let Some(told) = told.remark.as_deref() else { return };
        let held = self.draft.remark.clone().unwrap_or_default();
        let whole = remark_with(&held, Some(told), &[]);
        if whole == held {
            return;
        }
        let is_kept = held.lines().all(|line| whole.lines().any(|other| other == line));
        if !is_kept || !has_room(&whole) {
            self.others.push(TalkDraftField::Remark);
            return;
        }
        let added: Vec<&str> = whole.lines().filter(|line| !held.lines().any(|other| other == *line)).collect();
        self.differences.push(difference(TalkDraftField::Remark, String::new(), added.join("\n")));
        self.draft.remark = Some(whole);
    }

    /// The same measure is the same follow-up. Another one is a new one only where the row tells all that the talk has:
    /// else it may be one of those in other words.
    fn follow_ups(&mut self, told: &TalkDraft, name: &impl Fn(PersonId) -> String) {
        let mut added: Vec<String> = Vec::new();
        let mut is_other = false;
        let mut known = vec![false; self.draft.follow_ups.len()];
        let mut new: Vec<&FollowUpDraft> = Vec::new();
        for told in &told.follow_ups {
            let is_it = |(nth, held): &(usize, &FollowUpDraft)| !known[*nth] && held.measure == told.measure.trim();
            let Some(nth) = self.draft.follow_ups.iter().enumerate().find(is_it).map(|(nth, _)| nth) else {
                new.push(told);
                continue;
            };
            known[nth] = true;
            let held = &mut self.draft.follow_ups[nth];
            is_other |= contradicts(held, told, name);
            let whole = completed(held, told);
            if whole != *held {
                added.push(follow_up_in_words(&whole));
                *held = whole;
            }
        }
        let is_whole = known.iter().all(|known| *known);
        if is_whole {
            added.extend(new.iter().map(|new| follow_up_in_words(new)));
            self.draft.follow_ups.extend(new.into_iter().cloned());
        } else {
            is_other |= !new.is_empty();
        }
        if !added.is_empty() {
            self.differences.push(difference(TalkDraftField::FollowUps, String::new(), added.join("；")));
        }
        if is_other {
            self.others.push(TalkDraftField::FollowUps);
        }
    }
}

fn difference(field: TalkDraftField, old: String, new: String) -> Difference {
    Difference { field: field.label().to_owned(), label: field.label().to_owned(), old, new }
}

/// Whether the ledger says something else of what stands in a follow-up.
fn contradicts(held: &FollowUpDraft, told: &FollowUpDraft, name: &impl Fn(PersonId) -> String) -> bool {
    let owner = |follow_up: &FollowUpDraft| follow_up.owner_id.map(name).or_else(|| follow_up.owner.clone());
    fn differ<T: PartialEq>(held: &Option<T>, told: &Option<T>) -> bool {
        held.as_ref().zip(told.as_ref()).is_some_and(|(held, told)| held != told)
    }
    differ(&owner(held), &owner(told))
        || differ(&held.due, &told.due)
        || differ(&held.done_on, &told.done_on)
        || differ(&held.closing_note, &told.closing_note)
}

/// A follow-up with what the ledger tells where nothing stands.
fn completed(held: &FollowUpDraft, told: &FollowUpDraft) -> FollowUpDraft {
    let mut whole = held.clone();
    if whole.owner_id.is_none() && whole.owner.is_none() {
        whole.owner_id = told.owner_id;
        whole.owner.clone_from(&told.owner);
    }
    whole.due = whole.due.or(told.due);
    whole.done_on = whole.done_on.or(told.done_on);
    whole.closing_note = whole.closing_note.or_else(|| told.closing_note.clone());
    whole
}

/// 「送温暖（2026-03-01 办结）」
fn follow_up_in_words(follow_up: &FollowUpDraft) -> String {
    let measure = &follow_up.measure;
    follow_up.done_on.map_or_else(|| measure.clone(), |day| format!("{measure}（{day} 办结）"))
}
