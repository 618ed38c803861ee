//! Who sat on which side of the talk of a row.
//!
//! Start at [`Planner::people_of`].

use super::people::{Seat, Who};
use super::told::{NameTold, RowTold};
use super::{Planner, RowPlace};
use crate::domain::dates::PartialDate;
use crate::domain::ids::PersonId;
use crate::domain::imports::PlannedProblem;
use crate::domain::lists::{ListField, TalkField};
use crate::domain::talks::TalkDraft;

impl Planner<'_> {
    /// Puts who sat on which side into the draft; whether everybody is known.
    pub(super) fn people_of(
        &mut self,
        place: &RowPlace,
        told: &RowTold,
        draft: &mut TalkDraft,
        day: PartialDate,
    ) -> bool {
        let Some(organisation) = draft.organisation_id else { return true };
        let sides = [told.talkers.as_slice(), told.partners.as_slice()];
        let faces = &self.faces;
        let may_be = |told: &NameTold, id: PersonId| faces.may_be(told, id);
        let kind = Self::type_told(told, draft);
        let is_known_talk = self.held.seat_as_held(organisation, sides, draft, kind.as_deref(), may_be);
        let seat = Seat { place, organisation, day, held: &self.held };
        let (mut questions, mut notes, mut is_known) = (Vec::new(), Vec::new(), true);
        if !is_known_talk {
            for (names, field) in [(&told.talkers, TalkField::Talkers), (&told.partners, TalkField::Partners)] {
                let is_doubtful = self.told.contains(&(place.clone(), field.name().to_owned()));
                for name in names {
                    let (ids, others) = match field {
                        TalkField::Talkers => (&mut draft.talker_ids, &mut draft.talkers),
                        _ => (&mut draft.partner_ids, &mut draft.partners),
                    };
                    match self.faces.who(&seat, name, is_doubtful) {
                        Who::Person(id, why) => {
                            ids.push(id);
                            notes.extend(why.map(|why| (field, why)));
                        }
                        Who::Outside => others.push(name.with_about()),
                        Who::Waits(question) => {
                            is_known = false;
                            questions.extend(question);
                        }
                    }
                }
            }
        }
        if let Some(name) = &told.recorder {
            match self.faces.beside(&seat, name) {
                Some(id) => draft.recorder_id = Some(id),
                None => draft.recorder = Some(name.with_about()),
            }
        }
        for follow_up in &mut draft.follow_ups {
            let owner = follow_up.owner.as_deref().map(NameTold::bare);
            follow_up.owner_id = owner.and_then(|owner| self.faces.beside(&seat, &owner));
            follow_up.owner.take_if(|_| follow_up.owner_id.is_some());
        }
        self.plan.questions.append(&mut questions);
        for (field, sentence) in notes {
            self.note(place, field, sentence);
        }
        is_known
    }

    /// Tells why somebody is taken for who they are, where the day speaks against it.
    fn note(&mut self, place: &RowPlace, field: TalkField, sentence: String) {
        let (file, sheet, row) = place.clone();
        let (field, code) = (field.name().to_owned(), PlannedProblem::NOT_THERE_THEN);
        self.plan.problems.push(PlannedProblem { file, sheet, row, field, code, sentence });
    }
}
