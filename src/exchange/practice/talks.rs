//! The talks of the practice workbook: two years of them, as they were copied from paper, and the last few as they were
//! held. What the coverage of this year lacks is left on purpose.

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
}

#[derive(Debug, Deserialize)]
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

/// The talks of one branch.
pub(super) struct BranchTalks<'w> {
    pub words: &'w TalkWords,
    pub branch: OrganisationId,
    /// Who is on the committee, the secretary first; nobody of them is among the members.
    pub committee: Vec<(PersonId, String)>,
    pub members: Vec<(PersonId, String)>,
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
        talks.sort_by_key(|talk| talk.held_on);
        if self.follows {
            self.follow(&mut talks)?;
        }
        Ok(RecordTalks { talks })
    }

    /// Two talks that are planned for the next weeks.
    pub fn planned(&self) -> Result<PlanTalks> {
        let mut talks = Vec::new();
        for (nth, in_days) in [(1, 4), (2, 11)] {
            let (Some((talker, _)), Some((partner, _))) = (self.committee.first(), self.members.iter().rev().nth(nth))
            else {
                continue;
            };
            talks.push(PlannedDraft {
                talker_id: Some(*talker),
                partner_id: Some(*partner),
                rule: Some("C2".to_owned()),
                due: Some(self.days_from_today(in_days)?),
                ..PlannedDraft::default()
            });
        }
        Ok(PlanTalks { organisation_id: self.branch, talks, replace: false })
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
        let held_on = PartialDate::of_day(end.checked_sub(before.days())?);
        let subject = self.chance.pick(&self.words.talks).ok_or_else(|| Problem::fault("nothing to talk about"))?;
        let said = |text: &str| text.trim().replace("{name}", &partner.1);
        Ok(TalkDraft {
            organisation_id: Some(self.branch),
            held_on: Some(held_on),
            kind: Some(subject.r#type.clone()),
            mode: Some(subject.mode.clone().unwrap_or_else(|| "一对一".to_owned())),
            place: subject.mode.is_none().then(|| self.chance.word(&self.words.places)),
            talker_ids: vec![talker.0],
            partner_ids: vec![partner.0],
            topic: Some(subject.topic.clone()),
            content: Some(said(&subject.content)),
            opinions: subject.opinions.as_deref().map(said),
            attitude: subject.attitude.as_deref().map(said),
            ..TalkDraft::default()
        })
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
