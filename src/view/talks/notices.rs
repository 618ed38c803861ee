//! What a talk makes one look at (提示), which never stands in the way of keeping it: a day that can hardly be meant, a
//! type that is no longer used, people who were not what the coverage counts on that day.
//!
//! The form shows it while one writes, the command line with the receipt. Start at [`Noticing::notices`].

use crate::clock::Day;
use crate::domain::dates::{PartialDate, full_years};
use crate::domain::ids::PersonId;
use crate::domain::members::{Category, Ending};
use crate::domain::talks::{Counts, MODES, Side, TalkDraftField, TalkTypes};
use crate::problem::Result;
use crate::store::directory::{Card, Directory};
use crate::store::members;
use crate::store::reader::Reader;
use crate::store::talks::{self as table, TalkFile};
use crate::view::desk::Desk;

/// A talk of so many years ago is more likely a slip of the pen than paper that is still copied.
const LONG_AGO_YEARS: u16 = 10;

/// A talk as far as one is to look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkToCheck {
    pub held_on: PartialDate,
    /// 时刻, as written.
    pub time: Option<String>,
    /// The code of its type.
    pub kind: Option<String>,
    /// 谈话方式
    pub mode: Option<String>,
    /// How many partners there are, those included who are in no roster.
    pub partners: usize,
    pub people: Vec<(Side, PersonId)>,
    /// Those who are written as in no roster, by name.
    pub named: Vec<(Side, String)>,
    pub today: Day,
}

/// Whether a time is written as an hour of the clock and is none: `25:99`. Other words, 下午, may stand there.
fn is_no_hour(time: &str) -> bool {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let parts = time.split_once([':', '：']).and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)));
    parts.is_some_and(|(hour, minute)| hour > 23 || minute > 59)
}

/// Where somebody is told who was of the talk.
fn field_of(side: Side) -> Option<TalkDraftField> {
    match side {
        Side::Talker => Some(TalkDraftField::Talkers),
        Side::Partner => Some(TalkDraftField::Partners),
        Side::Recorder => None,
    }
}

/// Something to look at, which does not stop saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkNotice {
    pub field: TalkDraftField,
    /// A sentence without its end.
    pub words: String,
}

/// What talks are looked at with.
#[derive(Debug)]
pub struct Noticing<'w> {
    reader: Reader<'w>,
    directory: &'w Directory,
    types: TalkTypes,
}

/// What the workbook makes one look at.
pub fn notices(desk: &Desk, talk: &TalkToCheck) -> Result<Vec<TalkNotice>> {
    Noticing::of(desk.reader(), desk.directory())?.notices(talk)
}

impl TalkToCheck {
    /// A talk that was kept.
    pub fn of(file: &TalkFile, today: Day) -> Self {
        let people = file.people.iter().filter_map(|person| Some((person.side, person.who.person()?)));
        let talk = &file.talk;
        Self {
            held_on: talk.held_on,
            time: talk.time.clone(),
            kind: Some(talk.kind.clone()),
            mode: talk.mode.clone(),
            partners: file.people.iter().filter(|person| person.side == Side::Partner).count(),
            people: people.collect(),
            named: file
                .people
                .iter()
                .filter_map(|person| Some((person.side, person.who.named()?.to_owned())))
                .collect(),
            today,
        }
    }
}

impl<'w> Noticing<'w> {
    pub fn of(reader: Reader<'w>, directory: &'w Directory) -> Result<Self> {
        Ok(Self { reader, directory, types: table::types(reader)? })
    }

    /// What is to be looked at, in the order of the form.
    pub fn notices(&self, talk: &TalkToCheck) -> Result<Vec<TalkNotice>> {
        let mut notices = Vec::new();
        let date = talk.held_on;
        if let Some(years) = full_years(date.last_day(), talk.today).filter(|years| *years >= LONG_AGO_YEARS) {
            let words = format!("谈话时间 {date} 是 {years} 年以前，请核对");
            notices.push(TalkNotice { field: TalkDraftField::HeldOn, words });
        }
        if let Some(time) = talk.time.as_deref().filter(|time| is_no_hour(time)) {
            let words = format!("时刻 {time} 不是一天里的时间，请核对");
            notices.push(TalkNotice { field: TalkDraftField::Time, words });
        }
        let kind = talk.kind.as_deref().and_then(|kind| self.types.get(kind));
        if let Some(kind) = kind.filter(|kind| kind.removed) {
            let words = format!("谈话类型“{}”已经停用", kind.label);
            notices.push(TalkNotice { field: TalkDraftField::Kind, words });
        }
        if talk.mode.as_deref() == Some(MODES[0]) && talk.partners > 1 {
            let words = format!("谈话方式是{}，谈话对象有 {} 人，请核对", MODES[0], talk.partners);
            notices.push(TalkNotice { field: TalkDraftField::Partners, words });
        }
        let counts = talk.kind.as_deref().map_or(Counts::Yes, |kind| self.types.counts(kind));
        for (side, id) in &talk.people {
            let Some(field) = field_of(*side) else { continue };
            let Some(card) = self.directory.get(*id) else { continue };
            if let Some(words) = self.of_person(card, date, counts)? {
                notices.push(TalkNotice { field, words });
            }
        }
        notices.extend(talk.named.iter().filter_map(|(side, name)| self.of_named(talk, *side, name)));
        notices.sort_by_key(|notice| notice.field);
        Ok(notices)
    }

    /// Who is written as in no roster and bears the name of somebody who was in one on that day. That may be another.
    fn of_named(&self, talk: &TalkToCheck, side: Side, name: &str) -> Option<TalkNotice> {
        let field = field_of(side)?;
        let day = talk.held_on.last_day();
        let mut homonyms = self.directory.cards().iter().filter(|card| &*card.name == name && !card.voided);
        let sits_opposite = |id: PersonId| talk.people.iter().any(|(other, sat)| *sat == id && *other != side);
        let words = if homonyms.clone().any(|card| sits_opposite(card.id)) {
            format!("谈话人和谈话对象都是“{name}”，请核对是不是同一个人")
        } else if homonyms.any(|card| card.on_roll(day).is_some()) {
            format!("名册里有“{name}”，写成名册外的人不计入覆盖")
        } else {
            return None;
        };
        Some(TalkNotice { field, words })
    }

    /// What somebody was not on the day of a talk.
    fn of_person(&self, card: &Card, date: PartialDate, counts: Counts) -> Result<Option<String>> {
        let (name, day) = (&card.name, date.last_day());
        let is_member = || card.path.category_on(day).is_some_and(Category::is_member);
        let words = if card.voided {
            format!("{name} 的记录已作废")
        } else if card.on_roll(day).is_none() {
            let later = card.turning_days(day, Day::MAX).into_iter().find(|later| card.on_roll(*later).is_some());
            match later {
                Some(later) => format!("{name} {date} 还不在册，{later} 起才在"),
                None => format!("{name} {date} {}", self.gone(card, day)?),
            }
        } else if counts == Counts::Yes && !is_member() {
            format!("{name} {date} 还不是党员，这次不计入覆盖")
        } else {
            return Ok(None);
        };
        Ok(Some(words))
    }

    /// Why somebody is no longer on the roll.
    fn gone(&self, card: &Card, day: Day) -> Result<&'static str> {
        let ending = members::file(self.reader, card.id)?.and_then(|file| file.ending_on(day));
        let was_there = || card.turning_days(Day::MIN, day).into_iter().any(|earlier| card.on_roll(earlier).is_some());
        Ok(match ending {
            Some(Ending::Died) => "已去世",
            Some(Ending::TransferredOut) => "已转出",
            Some(Ending::LeftParty) => "已出党",
            Some(Ending::Stopped) => "党籍已停止",
            None if was_there() => "已不在册",
            None => "不在册",
        })
    }
}
