//! Coming and going (增减): why somebody who was not counted is counted from a day on, and the other way round.
//!
//! Knows dates, statuses and belonging, nothing of where they are kept. Start at [`movement`], the one place that
//! decides.

use crate::clock::Day;
use crate::domain::events::EventKind;
use crate::domain::members::{Ending, PartyPath};

/// Why somebody is counted from a day on (增加).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gain {
    /// 发展党员
    Accepted,
    /// 恢复党籍
    Restored,
    /// 转入组织关系
    TransferredIn,
    /// 其他增加: nothing told explains it.
    Other,
}

/// Why somebody is no longer counted from a day on (减少).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// 出党
    Expelled,
    /// 停止党籍
    Stopped,
    /// 死亡
    Died,
    /// 转出组织关系
    TransferredOut,
    /// 其他减少: nothing told explains it.
    Other,
}

/// A change in who is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Movement {
    Gain(Gain),
    Loss(Loss),
}

impl Gain {
    pub const ALL: [Self; 4] = [Self::Accepted, Self::Restored, Self::TransferredIn, Self::Other];

    pub fn label(self) -> &'static str {
        match self {
            Self::Accepted => "发展党员",
            Self::Restored => "恢复党籍",
            Self::TransferredIn => "转入组织关系",
            Self::Other => "其他增加",
        }
    }

    /// Who is counted so, for the definition of a figure.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Accepted => "接收为预备党员的",
            Self::Restored => "停止党籍或出党后又恢复党籍的",
            Self::TransferredIn => "组织关系从别的党组织转入的",
            Self::Other => "由登记的内容看不出怎样增加的",
        }
    }

    /// What a recorded event says; `None` for one that begins nothing.
    fn of_event(kind: EventKind) -> Option<Self> {
        match kind {
            EventKind::Accepted => Some(Self::Accepted),
            EventKind::Restored => Some(Self::Restored),
            EventKind::TransferIn | EventKind::TransferWithin => Some(Self::TransferredIn),
            _ => None,
        }
    }
}

impl Loss {
    pub const ALL: [Self; 5] = [Self::Expelled, Self::Stopped, Self::Died, Self::TransferredOut, Self::Other];

    pub fn label(self) -> &'static str {
        match self {
            Self::Expelled => "出党",
            Self::Stopped => "停止党籍",
            Self::Died => "死亡",
            Self::TransferredOut => "转出组织关系",
            Self::Other => "其他减少",
        }
    }

    /// Who is counted so, for the definition of a figure.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Expelled => "开除、除名、劝退或取消预备党员资格的",
            Self::Stopped => "停止党籍的",
            Self::Died => "去世的",
            Self::TransferredOut => "组织关系转到别的党组织的",
            Self::Other => "由登记的内容看不出怎样减少的",
        }
    }

    /// What a recorded event says; `None` for one that ends nothing.
    fn of_event(kind: EventKind) -> Option<Self> {
        match kind {
            EventKind::LeftParty | EventKind::Disqualified => Some(Self::Expelled),
            EventKind::Stopped => Some(Self::Stopped),
            EventKind::Died => Some(Self::Died),
            EventKind::TransferOut | EventKind::TransferWithin => Some(Self::TransferredOut),
            _ => None,
        }
    }

    /// The way in which a status ends being counted; `None` for one that does not.
    fn of_status(status: &str) -> Option<Self> {
        Ending::of(status).map(|ending| match ending {
            Ending::Stopped => Self::Stopped,
            Ending::TransferredOut => Self::TransferredOut,
            Ending::Died => Self::Died,
            Ending::LeftParty => Self::Expelled,
        })
    }
}

/// The kinds of event by which somebody comes or goes.
pub const MOVING: [EventKind; 9] = [
    EventKind::Accepted,
    EventKind::Restored,
    EventKind::TransferIn,
    EventKind::TransferWithin,
    EventKind::TransferOut,
    EventKind::LeftParty,
    EventKind::Disqualified,
    EventKind::Stopped,
    EventKind::Died,
];

/// Where somebody stands on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Side<'p> {
    /// Belongs to what is counted by a membership, whatever the status.
    pub belongs: bool,
    /// 正式 or 预备.
    pub is_party_member: bool,
    /// 党籍状态, where one is told.
    pub status: Option<&'p str>,
}

impl Side<'_> {
    fn ended(self) -> Option<Loss> {
        self.status.and_then(Loss::of_status)
    }

    /// Whether the person counts as 党员 of what is counted.
    pub fn counts(self) -> bool {
        self.belongs && self.is_party_member && self.ended().is_none()
    }
}

/// What changes for a person from one day to the next (变动).
#[derive(Debug, Clone, Copy)]
pub struct Turn<'p> {
    /// The first day on which the new holds.
    pub on: Day,
    pub path: &'p PartyPath,
    /// What is recorded to have happened on that day: it decides before anything else.
    pub events: &'p [EventKind],
    pub before: Side<'p>,
    pub after: Side<'p>,
}

impl Turn<'_> {
    /// Whether this may be the day of joining, as exactly as that is known.
    fn is_joining(&self) -> bool {
        self.path.joined.is_some_and(|joined| (joined.first_day()..=joined.last_day()).contains(&self.on))
    }
}

/// How a person comes to be counted or ceases to be; `None` where neither happens.
pub fn movement(turn: &Turn<'_>) -> Option<Movement> {
    let Turn { before, after, events, .. } = *turn;
    let mut events = events.iter().copied();
    match (before.counts(), after.counts()) {
        (true, true) | (false, false) => None,
        (false, true) => Some(Movement::Gain(events.find_map(Gain::of_event).unwrap_or_else(|| gain(turn)))),
        (true, false) => Some(Movement::Loss(events.find_map(Loss::of_event).unwrap_or_else(|| loss(after)))),
    }
}

/// Why somebody comes, where no event says it.
fn gain(turn: &Turn<'_>) -> Gain {
    match turn.before.ended() {
        Some(Loss::Stopped | Loss::Expelled) => Gain::Restored,
        _ if turn.is_joining() => Gain::Accepted,
        Some(Loss::TransferredOut) => Gain::TransferredIn,
        None if !turn.before.belongs => Gain::TransferredIn,
        _ => Gain::Other,
    }
}

/// Why somebody goes, where no event says it.
fn loss(after: Side<'_>) -> Loss {
    match after.ended() {
        Some(loss) => loss,
        None if !after.belongs => Loss::TransferredOut,
        None => Loss::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::dates::PartialDate;

    const MEMBER: Side<'_> = Side { belongs: true, is_party_member: true, status: None };

    fn told(before: Side<'_>, after: Side<'_>, joined: &str) -> Option<Movement> {
        told_with(&[], before, after, joined)
    }

    fn told_with(events: &[EventKind], before: Side<'_>, after: Side<'_>, joined: &str) -> Option<Movement> {
        let path = PartyPath { joined: PartialDate::from_iso(joined), ..PartyPath::default() };
        movement(&Turn { on: Day::constant(2026, 3, 15), path: &path, events, before, after })
    }

    #[test]
    fn a_recorded_event_decides_before_what_is_gathered() {
        let out = Side { belongs: false, ..MEMBER };
        let come = |event| told_with(&[EventKind::Honour, event], out, MEMBER, "2026-03");
        let go = |event| told_with(&[EventKind::Converted, event], MEMBER, out, "2026-03");
        for (event, gain) in [
            (EventKind::Accepted, Gain::Accepted),
            (EventKind::Restored, Gain::Restored),
            (EventKind::TransferIn, Gain::TransferredIn),
            (EventKind::TransferWithin, Gain::TransferredIn),
            // What cannot be why somebody comes leaves it to the date of joining.
            (EventKind::Died, Gain::Accepted),
        ] {
            assert_eq!(come(event), Some(Movement::Gain(gain)), "{event:?}");
        }
        for (event, loss) in [
            (EventKind::LeftParty, Loss::Expelled),
            (EventKind::Disqualified, Loss::Expelled),
            (EventKind::Stopped, Loss::Stopped),
            (EventKind::Died, Loss::Died),
            (EventKind::TransferOut, Loss::TransferredOut),
            (EventKind::TransferWithin, Loss::TransferredOut),
            (EventKind::Accepted, Loss::TransferredOut),
        ] {
            assert_eq!(go(event), Some(Movement::Loss(loss)), "{event:?}");
        }
        assert_eq!(told_with(&[EventKind::TransferIn], MEMBER, MEMBER, ""), None, "who stays neither comes nor goes");
    }

    #[test]
    fn each_way_of_coming_has_its_kind() {
        let out = Side { belongs: false, ..MEMBER };
        let applicant = Side { is_party_member: false, ..MEMBER };
        let was = |status| Side { status: Some(status), ..MEMBER };
        for (before, joined, gain) in [
            (applicant, "2026-03-15", Gain::Accepted),
            (Side::default(), "2026-03-15", Gain::Accepted),
            (Side::default(), "2026-03", Gain::Accepted),
            (out, "2026-03-14", Gain::TransferredIn),
            (out, "2026-02", Gain::TransferredIn),
            (out, "", Gain::TransferredIn),
            (was("停止党籍"), "2001", Gain::Restored),
            (was("开除党籍"), "2001", Gain::Restored),
            (was("转出"), "2001", Gain::TransferredIn),
            (was("死亡"), "2001", Gain::Other),
            (applicant, "2026-03-14", Gain::Other),
        ] {
            assert_eq!(told(before, MEMBER, joined), Some(Movement::Gain(gain)), "{before:?} {joined}");
        }
        assert_eq!(told(MEMBER, MEMBER, "2026-03-15"), None);
        assert_eq!(told(out, applicant, "2026-03-15"), None, "an applicant is not counted");
    }

    #[test]
    fn each_way_of_going_has_its_kind() {
        let now = |belongs, status| Side { belongs, status, ..MEMBER };
        for (after, loss) in [
            (now(false, Some("死亡")), Loss::Died),
            (now(true, Some("去世")), Loss::Died),
            (now(false, Some("转出")), Loss::TransferredOut),
            (now(false, None), Loss::TransferredOut),
            (now(false, Some("正常")), Loss::TransferredOut),
            (now(true, Some("停止党籍")), Loss::Stopped),
            (now(false, Some("出党")), Loss::Expelled),
            (now(true, Some("自行脱党除名")), Loss::Expelled),
            (now(true, Some("取消预备党员资格")), Loss::Expelled),
            (Side { is_party_member: false, ..MEMBER }, Loss::Other),
        ] {
            assert_eq!(told(MEMBER, after, "2001"), Some(Movement::Loss(loss)), "{after:?}");
        }
    }
}
