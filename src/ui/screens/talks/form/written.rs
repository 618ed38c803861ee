//! Owns what is written in the form of a talk, how it begins, and the draft it makes.
//! Must never draw. Start at [`Written`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{FollowUpId, OrganisationId, PersonId, PlannedTalkId};
use crate::domain::talks::{FollowUpDraft, MODES, Side, TalkDraft, TalkTypes};
use crate::store::talks::TalkFile;
use crate::ui::dialogs::typed_date::{Yearless, read_typed};
use crate::ui::words::filled;
use crate::view::talks::{Seat, Writing, WrittenTalk};

/// Everything that is written, texts of hidden fields too.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Written {
    pub ledger: Option<OrganisationId>,
    pub number: String,
    pub held_on: String,
    pub time: String,
    pub place: String,
    /// The code of the type.
    pub kind: String,
    pub mode: String,
    /// The mode was chosen by hand: the number of partners no longer decides it.
    pub is_mode_chosen: bool,
    pub talkers: Vec<Seat>,
    pub partners: Vec<Seat>,
    /// One, or nobody.
    pub recorder: Vec<Seat>,
    pub topic: String,
    /// None while it is as the type has it.
    pub outline: Option<String>,
    pub content: String,
    pub opinions: String,
    pub attitude: String,
    pub measures: String,
    pub remark: String,
    pub follow_ups: Vec<WrittenFollowUp>,
    pub planned: Option<PlannedTalkId>,
}

/// What is to be done, as it is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WrittenFollowUp {
    pub id: Option<FollowUpId>,
    pub measure: String,
    /// One, or nobody.
    pub owner: Vec<Seat>,
    pub due: String,
    pub done_on: Option<PartialDate>,
    pub closing_note: Option<String>,
}

impl Written {
    /// A new talk: today, with what the last one had.
    pub fn new(writing: &Writing, today: Day) -> Self {
        let first = writing.types.offered().next().map(|kind| kind.code.clone()).unwrap_or_default();
        let last = &writing.last;
        Self {
            ledger: writing.ledger,
            held_on: today.to_string(),
            place: last.place.clone().unwrap_or_default(),
            kind: first,
            mode: last.mode.clone().unwrap_or_else(|| MODES[0].to_owned()),
            talkers: last.talkers.clone(),
            recorder: last.recorder.iter().cloned().collect(),
            ..Self::default()
        }
    }

    /// The next talk after this one: the same day, place, talkers, recorder and type.
    pub fn next(&self) -> Self {
        Self {
            ledger: self.ledger,
            held_on: self.held_on.clone(),
            place: self.place.clone(),
            kind: self.kind.clone(),
            mode: self.mode.clone(),
            talkers: self.talkers.clone(),
            recorder: self.recorder.clone(),
            ..Self::default()
        }
    }

    /// A talk that is in the workbook.
    pub fn of(talk: &WrittenTalk) -> Self {
        let TalkFile { talk: held, follow_ups, .. } = &talk.file;
        let on = |side: Side| talk.seats.iter().filter(move |(sat, _)| *sat == side).map(|(_, seat)| seat.clone());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let follow_up = |(follow_up, owner): (&crate::domain::talks::FollowUp, &Option<Seat>)| WrittenFollowUp {
            id: Some(follow_up.id),
            measure: follow_up.measure.clone(),
            owner: owner.iter().cloned().collect(),
            due: follow_up.due.map(|due| due.to_string()).unwrap_or_default(),
            done_on: follow_up.done_on,
            closing_note: follow_up.closing_note.clone(),
        };
        Self {
            ledger: Some(held.organisation),
            number: held.number.to_string(),
            held_on: held.held_on.to_string(),
            time: text(&held.time),
            place: text(&held.place),
            kind: held.kind.clone(),
            mode: text(&held.mode),
            is_mode_chosen: true,
            talkers: on(Side::Talker).collect(),
            partners: on(Side::Partner).collect(),
            recorder: on(Side::Recorder).collect(),
            topic: text(&held.topic),
            outline: held.outline.clone(),
            content: text(&held.content),
            opinions: text(&held.opinions),
            attitude: text(&held.attitude),
            measures: text(&held.measures),
            remark: text(&held.remark),
            follow_ups: follow_ups.iter().zip(&talk.owners).map(follow_up).collect(),
            planned: None,
        }
    }

    /// The date, if it can be read.
    pub fn date(&self, today: Day) -> Option<PartialDate> {
        self.read_date(today).ok().flatten()
    }

    /// The date, none while nothing is written, or why what is written is none.
    pub fn read_date(&self, today: Day) -> Result<Option<PartialDate>, String> {
        read(&self.held_on, Yearless::Of(today.year()), today)
    }

    /// Which day a 完成时限 means that is written without a year: the first one from the talk on.
    pub fn due_yearless(&self, today: Day) -> Yearless {
        Yearless::From(self.date(today).map_or(today, PartialDate::first_day))
    }

    /// The same of the 完成时限 of a follow-up.
    pub fn read_due(&self, follow_up: &WrittenFollowUp, today: Day) -> Result<Option<PartialDate>, String> {
        read(&follow_up.due, self.due_yearless(today), today)
    }

    /// Whether the type keeps no texts.
    pub fn is_restricted(&self, types: &TalkTypes) -> bool {
        types.get(&self.kind).is_some_and(|kind| kind.is_restricted())
    }

    /// Characters written in fields that are not kept of a restricted type.
    pub fn hidden_characters(&self) -> usize {
        let outline = self.outline.as_deref().unwrap_or_default();
        let texts = [outline, &self.content, &self.opinions, &self.attitude, &self.measures, &self.remark];
        let measures = self.follow_ups.iter().map(|follow_up| follow_up.measure.as_str());
        texts.into_iter().chain(measures).map(|text| text.chars().filter(|c| !c.is_whitespace()).count()).sum()
    }

    /// Characters written in all texts.
    pub fn characters(&self) -> usize {
        self.hidden_characters() + self.topic.chars().filter(|c| !c.is_whitespace()).count()
    }

    /// What may be kept of it outside the running program: nothing that its type does not keep.
    pub fn keepable(&self, types: &TalkTypes) -> Self {
        let whole = self.clone();
        if !self.is_restricted(types) {
            return whole;
        }
        Self {
            outline: None,
            content: String::new(),
            opinions: String::new(),
            attitude: String::new(),
            measures: String::new(),
            remark: String::new(),
            follow_ups: Vec::new(),
            ..whole
        }
    }

    /// The outline as it is shown: the type's until another is written.
    pub fn outline(&self, types: &TalkTypes) -> String {
        self.outline
            .clone()
            .unwrap_or_else(|| types.get(&self.kind).map_or_else(String::new, |kind| kind.outline.clone()))
    }

    /// The draft of it. What a restricted type does not keep is left out; it stays in the form. A date that cannot be read
    /// is left out too: whoever saves asks [`read_date`](Self::read_date) and [`read_due`](Self::read_due) before.
    pub fn draft(&self, types: &TalkTypes, today: Day) -> TalkDraft {
        let hidden = self.is_restricted(types);
        let text = |text: &String| filled(text).filter(|_| !hidden);
        let follow_ups = self.follow_ups.iter().filter(|_| !hidden).map(|follow_up| FollowUpDraft {
            id: follow_up.id,
            measure: follow_up.measure.trim().to_owned(),
            owner_id: follow_up.owner.first().and_then(|seat| seat.person),
            owner: follow_up.owner.first().and_then(named),
            due: self.read_due(follow_up, today).ok().flatten(),
            done_on: follow_up.done_on,
            closing_note: follow_up.closing_note.clone(),
        });
        TalkDraft {
            organisation_id: self.ledger,
            number: filled(&self.number),
            held_on: self.date(today),
            time: filled(&self.time),
            kind: filled(&self.kind),
            mode: filled(&self.mode),
            place: filled(&self.place),
            talker_ids: ids(&self.talkers),
            talkers: self.talkers.iter().filter_map(named).collect(),
            partner_ids: ids(&self.partners),
            partners: self.partners.iter().filter_map(named).collect(),
            recorder_id: self.recorder.first().and_then(|seat| seat.person),
            recorder: self.recorder.first().and_then(named),
            topic: filled(&self.topic),
            outline: self.outline.as_ref().and_then(text),
            content: text(&self.content),
            opinions: text(&self.opinions),
            attitude: text(&self.attitude),
            measures: text(&self.measures),
            remark: text(&self.remark),
            follow_ups: follow_ups.collect(),
            planned_id: self.planned,
        }
    }
}

/// What of a talk is different, as the command that corrects it wants it: `null` clears.
pub fn changes(before: &TalkDraft, after: &TalkDraft) -> BTreeMap<String, serde_json::Value> {
    let fields = |draft: &TalkDraft| match serde_json::to_value(draft) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (fields(before), fields(after));
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let gone = gone.map(|name| (name.clone(), serde_json::Value::Null));
    let told = after.iter().filter(|(name, value)| before.get(*name) != Some(value));
    told.map(|(name, value)| (name.clone(), value.clone())).chain(gone).collect()
}

fn ids(seats: &[Seat]) -> Vec<PersonId> {
    seats.iter().filter_map(|seat| seat.person).collect()
}

/// How somebody in no roster is told: `王芳（群众）`.
fn named(seat: &Seat) -> Option<String> {
    match (seat.person, seat.about.is_empty()) {
        (Some(_), _) => None,
        (None, true) => Some(seat.name.clone()),
        (None, false) => Some(format!("{}（{}）", seat.name, seat.about)),
    }
}

fn read(text: &str, yearless: Yearless, today: Day) -> Result<Option<PartialDate>, String> {
    read_typed(text, yearless, today).map(|iso| PartialDate::from_iso(&iso))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day::constant(2026, 11, 24);

    fn written() -> Written {
        Written {
            ledger: Some(OrganisationId(1)),
            held_on: "2026-03-20".into(),
            kind: "T01".into(),
            mode: MODES[0].into(),
            partners: vec![Seat { about: "群众".into(), ..Seat::named("王芳") }],
            content: "谈了三件事".into(),
            opinions: "没有".into(),
            ..Written::default()
        }
    }

    #[test]
    fn of_a_restricted_type_the_texts_stay_in_the_form_and_out_of_the_draft() {
        let types = TalkTypes::shipped().expect("types");
        let plain = written();
        assert_eq!(plain.draft(&types, TODAY).content.as_deref(), Some("谈了三件事"));
        let restricted = Written { kind: "T12".into(), ..plain.clone() };
        let draft = restricted.draft(&types, TODAY);
        assert_eq!((draft.content, draft.opinions), (None, None));
        assert_eq!(restricted.hidden_characters(), 7);
        assert_eq!(Written { kind: "T01".into(), ..restricted }, plain, "nothing typed is lost");
    }

    #[test]
    fn of_a_restricted_type_nothing_is_kept_beside_the_workbook_either() {
        let types = TalkTypes::shipped().expect("types");
        let measure = WrittenFollowUp { measure: "向党组汇报".into(), ..WrittenFollowUp::default() };
        let plain = Written { follow_ups: vec![measure], topic: "近况".into(), remark: "无".into(), ..written() };
        assert_eq!(plain.keepable(&types), plain);
        let kept = Written { kind: "T12".into(), ..plain }.keepable(&types);
        assert_eq!((kept.hidden_characters(), kept.follow_ups.len(), kept.topic.as_str()), (0, 0, "近况"));
    }

    #[test]
    fn a_due_date_without_a_year_is_the_first_one_after_the_talk() {
        let due =
            |due: &str| WrittenFollowUp { measure: "汇报".into(), due: due.into(), ..WrittenFollowUp::default() };
        let read = |text: &str| written().read_due(&due(text), TODAY);
        assert_eq!(read("9.30"), Ok(PartialDate::from_iso("2026-09-30")), "of a talk in March");
        assert_eq!(read("1-15"), Ok(PartialDate::from_iso("2027-01-15")));
        assert_eq!(read(" "), Ok(None));
        assert!(read("下周").is_err() && read("2.30").is_err());
    }

    #[test]
    fn somebody_in_no_roster_is_told_with_what_is_known_of_them() {
        let types = TalkTypes::shipped().expect("types");
        assert_eq!(written().draft(&types, TODAY).partners, ["王芳（群众）"]);
    }

    #[test]
    fn only_what_is_different_is_corrected_and_what_was_emptied_is_cleared() {
        let types = TalkTypes::shipped().expect("types");
        let before = written().draft(&types, TODAY);
        let after = Written { content: "谈了两件事".into(), opinions: " ".into(), ..written() }.draft(&types, TODAY);
        let set = changes(&before, &after);
        assert_eq!(set.len(), 2);
        assert_eq!(set["content"], "谈了两件事");
        assert_eq!(set["opinions"], serde_json::Value::Null);
        assert!(changes(&before, &before).is_empty());
    }

    #[test]
    fn the_next_talk_keeps_day_place_and_talkers_and_nothing_of_the_content() {
        let next = written().next();
        assert_eq!(next.held_on, "2026-03-20");
        assert!(next.partners.is_empty() && next.content.is_empty() && next.number.is_empty());
    }
}
