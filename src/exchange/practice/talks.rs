//! The talks of the practice workbook: two years of them, as they were copied from paper, and the last few as they were
//! held. What the coverage of this year lacks is left on purpose.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use serde::Deserialize;

use super::chance::Chance;
use crate::clock::Day;
use crate::command::{PlanTalks, PlannedDraft, RecordTalks};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::talks::{FollowUpDraft, TalkDraft};
use crate::problem::{Problem, Result};

/// How many days before the end of a year its first talk was held, at most.
const SPREAD_DAYS: i64 = 300;
/// The last talk on paper was held so many days ago.
const PAPER_DAYS: i64 = 5;
/// In a year so many of a hundred members are talked with by the committee, by another member.
const BY_COMMITTEE: i64 = 84;
const BY_MEMBERS: i64 = 72;

/// What the talks were about.
#[derive(Debug, Deserialize)]
pub(super) struct TalkWords {
    pub places: Vec<String>,
    #[serde(rename = "talk")]
    talks: Vec<Subject>,
    #[serde(rename = "follow_up")]
    follow_ups: Vec<FollowUpWords>,
    /// What was said after something had happened, by what it was.
    after: BTreeMap<String, Subject>,
}

#[derive(Debug, Clone, Deserialize)]
struct Subject {
    r#type: String,
    topic: String,
    mode: Option<String>,
    content: String,
    opinions: Option<String>,
    attitude: Option<String>,
}

#[derive(Debug, Deserialize)]
struct FollowUpWords {
    measure: String,
    due_in: i64,
    done: Option<String>,
}

impl TalkWords {
    pub fn read() -> Result<Self> {
        let text = include_str!("../../../assets/practice/talks.toml");
        toml::from_str(text).map_err(|error| Problem::fault(error.to_string()))
    }
}

/// Something that happened to somebody and was talked about.
pub(super) struct Occasion {
    /// As the rules name it: honour, appointed.
    pub what: &'static str,
    /// When it was talked about.
    pub on: Day,
    pub partner: (PersonId, String),
}

/// The talks of one branch.
pub(super) struct BranchTalks<'w> {
    pub words: &'w TalkWords,
    pub branch: OrganisationId,
    /// Who is on the committee, the secretary first; nobody of them is among the members.
    pub committee: Vec<(PersonId, String)>,
    pub members: Vec<(PersonId, String)>,
    /// What the secretary talked about when it had happened.
    pub occasions: Vec<Occasion>,
    pub today: Day,
    pub chance: Chance,
    /// Whether something is to be done after its last talks.
    pub follows: bool,
}

impl BranchTalks<'_> {
    /// The talks of last year and of this one, the earliest first: copied from paper as one step.
    pub fn copied(&mut self) -> Result<RecordTalks> {
        let year = self.today.year();
        let mut talks = self.of_year(Day::new(year - 1, 12, 31)?, true)?;
        talks.extend(self.of_year(self.today.checked_sub(PAPER_DAYS.days())?, false)?);
        talks.extend(self.after_occasions()?);
        talks.sort_by_key(|talk| talk.held_on);
        if self.follows {
            self.follow(&mut talks)?;
        }
        Ok(RecordTalks { talks })
    }

    /// Two talks that are planned for the next weeks, with members whom the committee has not talked with this year.
    pub fn planned(&self, copied: &RecordTalks) -> Result<PlanTalks> {
        let is_of_committee = |id: &PersonId| self.committee.iter().any(|(other, _)| other == id);
        let is_this_year = |talk: &&TalkDraft| talk.held_on.is_some_and(|held_on| held_on.year() == self.today.year());
        let this_year: Vec<&TalkDraft> = copied.talks.iter().filter(is_this_year).collect();
        let is_talked_with = |person: &PersonId| {
            let mut with = this_year.iter().filter(|talk| talk.partner_ids.contains(person));
            with.any(|talk| talk.talker_ids.iter().any(is_of_committee))
        };
        let missing = self.members.iter().rev().filter(|(person, _)| !is_talked_with(person));
        let talker_id = self.committee.first().map(|(secretary, _)| *secretary);
        let planned = missing.zip([4, 11]).map(|((partner, _), in_days)| {
            let due = Some(self.days_from_today(in_days)?);
            let (partner_id, rule) = (Some(*partner), Some("C2".to_owned()));
            Ok(PlannedDraft { talker_id, partner_id, rule, due, ..PlannedDraft::default() })
        });
        Ok(PlanTalks { organisation_id: self.branch, talks: planned.collect::<Result<_>>()?, replace: false })
    }

    /// The talks after what happened, by the secretary.
    fn after_occasions(&self) -> Result<Vec<TalkDraft>> {
        let Some(secretary) = self.committee.first() else { return Ok(Vec::new()) };
        let talks = self.occasions.iter().map(|Occasion { what, on, partner }| {
            let subject =
                self.words.after.get(*what).ok_or_else(|| Problem::fault(format!("nothing said of {what}")))?;
            Ok(self.held(subject, secretary, partner, *on, self.words.places.first().cloned()))
        });
        talks.collect()
    }

    fn days_from_today(&self, days: i64) -> Result<PartialDate> {
        Ok(PartialDate::of_day(self.today.checked_add(days.days())?))
    }

    /// The talks of the year that ends on this day, or goes on until it. Last year nobody was left out.
    fn of_year(&mut self, end: Day, whole: bool) -> Result<Vec<TalkDraft>> {
        let began = Day::new(end.year(), 1, 1)?;
        let room = i64::from(end.since(began)?.get_days()).min(SPREAD_DAYS);
        let mut talks = Vec::new();
        let committee = self.committee.clone();
        for (place, one) in committee.iter().enumerate() {
            for (nth, other) in committee.iter().enumerate().skip(place + 1) {
                // The last one of a large committee has not talked yet with two of the others.
                let is_left_out = !whole && committee.len() > 3 && nth == 4 && (place == 1 || place == 2);
                if !is_left_out {
                    talks.push(self.talk(one, other, end, room)?);
                }
            }
        }
        let members = self.members.clone();
        for (nth, member) in members.iter().enumerate() {
            if whole || self.chance.percent(BY_COMMITTEE) {
                let talker = committee.get(nth % committee.len().max(1)).cloned();
                if let Some(talker) = talker {
                    talks.push(self.talk(&talker, member, end, room)?);
                }
            }
        }
        for pair in members.chunks(2) {
            if let [one, other] = pair
                && (whole || self.chance.percent(BY_MEMBERS))
            {
                talks.push(self.talk(one, other, end, room)?);
            }
        }
        Ok(talks)
    }

    fn talk(
        &mut self,
        talker: &(PersonId, String),
        partner: &(PersonId, String),
        end: Day,
        room: i64,
    ) -> Result<TalkDraft> {
        let before = self.chance.between(1.min(room), room);
        let held_on = end.checked_sub(before.days())?;
        let subject = self.chance.pick(&self.words.talks).cloned();
        let subject = subject.ok_or_else(|| Problem::fault("nothing to talk about"))?;
        let place = subject.mode.is_none().then(|| self.chance.word(&self.words.places));
        Ok(self.held(&subject, talker, partner, held_on, place))
    }

    fn held(
        &self,
        subject: &Subject,
        talker: &(PersonId, String),
        partner: &(PersonId, String),
        on: Day,
        place: Option<String>,
    ) -> TalkDraft {
        let said = |text: &str| text.trim().replace("{name}", &partner.1);
        TalkDraft {
            organisation_id: Some(self.branch),
            held_on: Some(PartialDate::of_day(on)),
            kind: Some(subject.r#type.clone()),
            mode: Some(subject.mode.clone().unwrap_or_else(|| "一对一".to_owned())),
            place,
            talker_ids: vec![talker.0],
            partner_ids: vec![partner.0],
            topic: Some(subject.topic.clone()),
            content: Some(said(&subject.content)),
            opinions: subject.opinions.as_deref().map(said),
            attitude: subject.attitude.as_deref().map(said),
            ..TalkDraft::default()
        }
    }

    /// What the last talks asked to be done: overdue, due, done.
    fn follow(&self, talks: &mut [TalkDraft]) -> Result<()> {
        for (talk, words) in talks.iter_mut().rev().zip(&self.words.follow_ups) {
            let done_on = words.done.as_ref().map(|_| self.days_from_today(words.due_in)).transpose()?;
            talk.follow_ups.push(FollowUpDraft {
                measure: words.measure.clone(),
                owner_id: talk.talker_ids.first().copied(),
                due: Some(self.days_from_today(words.due_in)?),
                done_on,
                closing_note: words.done.clone(),
                ..FollowUpDraft::default()
            });
        }
        Ok(())
    }
}
