//! Owns what is to be said about a talk that is being written: faults that stop saving, and what to look at.
//! Must never draw. Start at [`Checks::of`].

use std::collections::BTreeMap;

use crate::clock::Day;
use crate::domain::ids::PersonId;
use crate::domain::talks::{Side, TalkDraftField, TalkTypes, named};
use crate::engine::questions::TalkNotices;
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::widgets::Note;
use crate::view::talks::TalkToCheck;

use super::sharing::Sharing;
use super::written::Written;

/// What is said at each field.
#[derive(Debug, Default)]
pub struct Checks {
    faults: BTreeMap<TalkDraftField, String>,
    /// Fields that are faulty only because nothing stands in them yet.
    missing: Vec<TalkDraftField>,
    warnings: BTreeMap<TalkDraftField, String>,
    /// What is wrong with the 完成时限 of a follow-up, by its place.
    dues: BTreeMap<usize, String>,
    sharing: Option<Sharing>,
}

/// What is written in a field for people and stands for nobody yet.
pub type Pending<'a> = &'a [(TalkDraftField, Option<&'a str>)];

impl Checks {
    /// Checks what is written; `kept` is the type that the record has in the workbook.
    pub fn of(written: &Written, types: &TalkTypes, kept: Option<&str>, today: Day, pending: Pending<'_>) -> Self {
        let seats = || written.talkers.iter().chain(&written.partners).chain(&written.recorder);
        let owners = || written.follow_ups.iter().flat_map(|follow_up| &follow_up.owner);
        let name =
            |id: PersonId| seats().chain(owners()).find(|seat| seat.person == Some(id)).map(|it| it.name.clone());
        let mut checks = Self::default();
        for fault in written.draft(types, today).check(types, kept, today, name).err().into_iter().flatten() {
            if is_empty(written, fault.field) {
                checks.missing.push(fault.field);
            }
            let told = checks.faults.entry(fault.field).or_default();
            if !told.is_empty() {
                told.push('；');
            }
            told.push_str(&fault.why);
        }
        if let Err(why) = written.read_date(today) {
            checks.missing.push(TalkDraftField::HeldOn);
            checks.faults.insert(TalkDraftField::HeldOn, why);
        }
        if !written.is_restricted(types) {
            let dues = written.follow_ups.iter().map(|follow_up| written.read_due(follow_up, today).err());
            checks.dues = dues.enumerate().filter_map(|(nth, why)| Some((nth, why?))).collect();
        }
        for (field, text) in pending {
            if let Some(text) = text {
                checks.missing.push(*field);
                checks.faults.insert(*field, format!("“{text}”还没选定是谁"));
            }
        }
        checks
    }

    /// With what the workbook makes one look at.
    pub fn warned(mut self, notices: &Live<TalkNotices>) -> Self {
        for notice in notices.shown().into_iter().flatten() {
            let told = self.warnings.entry(notice.field).or_default();
            if !told.is_empty() {
                told.push('；');
            }
            told.push_str(&notice.words);
        }
        self
    }

    /// With what the content shares with other talks of the year.
    pub fn sharing(mut self, sharing: Option<Sharing>) -> Self {
        if let Some(sharing) = &sharing {
            self.warnings.insert(TalkDraftField::Content, sharing.line().to_owned());
        }
        Self { sharing, ..self }
    }

    /// What the content shares with other talks.
    pub fn shared(&self) -> Option<&Sharing> {
        self.sharing.as_ref()
    }

    /// What is said at a field. What is only not written yet is said once saving was tried.
    pub fn note(&self, field: TalkDraftField, was_tried: bool) -> Note {
        if let Some(fault) = self.faults.get(&field)
            && (was_tried || !self.missing.contains(&field))
        {
            return Note::Fault(fault.clone());
        }
        self.warnings.get(&field).map_or(Note::None, |words| Note::Warning(words.clone()))
    }

    /// What is wrong with the 完成时限 of a follow-up.
    pub fn due(&self, nth: usize) -> Option<&str> {
        self.dues.get(&nth).map(String::as_str)
    }

    pub fn is_clear(&self) -> bool {
        self.faults.is_empty() && self.dues.is_empty()
    }

    /// The fields that stop saving, in the order of the form.
    pub fn faulty(&self) -> Vec<String> {
        let dues = self.dues.keys().map(|nth| format!("完成时限 {}", nth + 1));
        self.faults.keys().map(|field| field.label().to_owned()).chain(dues).collect()
    }
}

fn is_empty(written: &Written, field: TalkDraftField) -> bool {
    match field {
        TalkDraftField::HeldOn => written.held_on.trim().is_empty(),
        TalkDraftField::Kind => written.kind.is_empty(),
        TalkDraftField::Talkers => written.talkers.is_empty(),
        TalkDraftField::Partners => written.partners.is_empty(),
        TalkDraftField::Organisation => written.ledger.is_none(),
        TalkDraftField::FollowUps => written.follow_ups.iter().any(|follow_up| follow_up.measure.trim().is_empty()),
        _ => false,
    }
}

/// Asks what is to be looked at, once there are a date and people.
pub fn ask_notices(notices: &mut Live<TalkNotices>, scene: &Scene<'_>, written: &Written) {
    let sides = [(Side::Talker, &written.talkers), (Side::Partner, &written.partners)];
    let seats = || sides.into_iter().flat_map(|(side, seats)| seats.iter().map(move |seat| (side, seat)));
    let people = seats().filter_map(|(side, seat)| Some((side, seat.person?)));
    let in_no_roster = seats().filter(|(_, seat)| seat.person.is_none());
    if let Some(held_on) = written.date(scene.today) {
        notices.ask(
            scene,
            TalkNotices(TalkToCheck {
                held_on,
                time: Some(written.time.clone()),
                kind: Some(written.kind.clone()),
                mode: Some(written.mode.clone()),
                partners: written.partners.len(),
                people: people.collect(),
                named: in_no_roster.map(|(side, seat)| (side, named(seat.name.trim()).0)).collect(),
                today: scene.today,
            }),
        );
    }
}
