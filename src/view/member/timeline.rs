//! What happened to a member when (时间线): events, dated facts, dates of the way into the party.

use super::talks::MemberTalk;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{EventId, FactId, OrganisationId, TalkId};
use crate::domain::members::{Fact, PersonFile};
use crate::domain::organisations::OrganisationTree;

/// One line of the timeline (时间线).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// `2019-07-01`, `2019-07`, `2019`.
    pub date: String,
    pub title: String,
    pub note: String,
    pub kind: HappeningKind,
    /// The dated fact it is the start or the end of.
    pub fact: Option<FactId>,
    /// The recorded event it is.
    pub event: Option<EventId>,
    /// The talk it is.
    pub talk: Option<TalkId>,
    /// After the day the page is shown for.
    pub is_future: bool,
}

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HappeningKind {
    /// 党籍: the way into the party, status, floating, lost contact.
    Party,
    /// 职务: posts in the party.
    Post,
    /// 组织关系: branch and group.
    Membership,
    /// 表彰奖励、党纪处分
    Award,
    /// 谈心谈话
    Talk,
    /// Else: starting to work.
    Life,
}

/// What happened when, newest first: events as they were recorded, and dated facts that no event tells of.
pub(super) fn timeline(
    file: &PersonFile,
    events: &[Event],
    talks: &[MemberTalk],
    tree: &OrganisationTree,
    as_of: Day,
) -> Vec<Happening> {
    let mut found: Vec<(PartialDate, Happening)> = Vec::new();
    let mut add = |date: Option<PartialDate>, kind, (fact, event), title: String, note: String| {
        if let Some(date) = date {
            let is_future = date.first_day() > as_of;
            found.push((
                date,
                Happening { date: date.to_string(), title, note, kind, fact, event, talk: None, is_future },
            ));
        }
    };
    for (known, kind, title, told_by) in STEPS {
        let day = file.person.date(*known);
        if told_by.is_some_and(|told_by| is_told(events, told_by, day)) {
            continue;
        }
        let introducers = file.person.text(Known::Introducers).filter(|_| *known == Known::Joined);
        let note = introducers.map(|names| format!("介绍人 {names}")).unwrap_or_default();
        add(day, *kind, (None, None), (*title).to_owned(), note);
    }
    let name = |id: Option<OrganisationId>| id.and_then(|id| tree.get(id)).map(|node| node.name.clone());
    for event in events {
        let spec = event.kind.spec();
        // Which branch it was is told where the event is about it.
        let branch = name(event.target.or(event.organisation));
        let branch = branch.filter(|_| event.kind.is_transfer() || event.kind == EventKind::FloatingIn);
        let words = [
            event.value.clone(),
            branch,
            event.place.as_ref().map(|place| format!("{} {place}", spec.place_label)),
            event.document.clone(),
            event.until.map(|until| format!("{} {until}", spec.until_label)),
            event.receipt.map(|receipt| format!("{} {receipt}", spec.receipt_label)),
            event.note.clone(),
        ];
        let note = words.into_iter().flatten().collect::<Vec<_>>().join("，");
        add(Some(event.day), kind_of(event.kind), (None, Some(event.id)), event.kind.label().to_owned(), note);
    }
    let memberships: Vec<_> = file.facts.iter().filter(|fact| fact.kind == FactKind::Membership).collect();
    for fact in &file.facts {
        let place = name(fact.organisation).unwrap_or_default();
        let Some((kind, mut begins, ends)) = words_of(fact) else { continue };
        // Who joined here, or applied here, did not come from elsewhere.
        let steps = [Known::Applied, Known::Joined].map(|field| file.person.date(field));
        if fact.kind == FactKind::Membership && fact.span.from.is_some() && steps.contains(&fact.span.from) {
            begins = "组织关系起始".to_owned();
        }
        let note = if place.is_empty() { fact.place.clone().unwrap_or_default() } else { place };
        if !is_moved(events, fact.kind, fact.span.from) {
            add(fact.span.from, kind, (Some(fact.id), None), begins, note.clone());
        }
        // The end of one membership is the start of the next: told once.
        let goes_on =
            fact.kind == FactKind::Membership && memberships.iter().any(|next| next.span.from == fact.span.to);
        if !goes_on && !is_moved(events, fact.kind, fact.span.to) {
            add(fact.span.to, kind, (Some(fact.id), None), ends, note);
        }
    }
    found.extend(talks.iter().map(|talk| (talk.held_on, of_talk(talk, file, as_of))));
    found.sort_by(|(one, _), (other, _)| other.cmp(one));
    found.into_iter().map(|(_, happening)| happening).collect()
}

/// 「谈话：陈志远 和 她（日常谈心）」, 「2026-028·思想工作」
fn of_talk(talk: &MemberTalk, file: &PersonFile, as_of: Day) -> Happening {
    let pronoun = match file.person.text(Known::Sex) {
        Some("女") => "她",
        Some("男") => "他",
        _ => "本人",
    };
    let number = talk.number.to_string();
    let open = (talk.open() > 0).then(|| format!("{} 项跟进未办结", talk.open()));
    let parts = [Some(number), talk.topic.clone().or_else(|| talk.place.clone()), open];
    Happening {
        date: talk.held_on.to_string(),
        title: format!("谈话：{}", talk.title(pronoun)),
        note: parts.into_iter().flatten().collect::<Vec<_>>().join("·"),
        kind: HappeningKind::Talk,
        fact: None,
        event: None,
        talk: Some(talk.id),
        is_future: talk.held_on.first_day() > as_of,
    }
}

/// Dates of a person that are told as something that happened, unless an event of this kind tells them.
const STEPS: &[(Known, HappeningKind, &str, Option<EventKind>)] = &[
    (Known::Applied, HappeningKind::Party, "递交入党申请书", None),
    (Known::Activist, HappeningKind::Party, "列为入党积极分子", None),
    (Known::Candidate, HappeningKind::Party, "列为发展对象", None),
    (Known::Joined, HappeningKind::Party, "接收为预备党员", Some(EventKind::Accepted)),
    (Known::Full, HappeningKind::Party, "转为正式党员", Some(EventKind::Converted)),
    (Known::WorkStart, HappeningKind::Life, "参加工作", None),
];

fn is_told(events: &[Event], kind: EventKind, day: Option<PartialDate>) -> bool {
    events.iter().any(|event| event.kind == kind && Some(event.day) == day)
}

/// Whether an event of that day moved facts of this kind.
fn is_moved(events: &[Event], kind: FactKind, day: Option<PartialDate>) -> bool {
    events.iter().any(|event| Some(event.day) == day && event.kind.spec().moves.contains(&kind))
}

fn kind_of(kind: EventKind) -> HappeningKind {
    match kind {
        EventKind::TransferIn | EventKind::TransferWithin | EventKind::TransferOut => HappeningKind::Membership,
        EventKind::Honour | EventKind::Discipline => HappeningKind::Award,
        EventKind::Misfortune => HappeningKind::Life,
        _ => HappeningKind::Party,
    }
}

/// How the start and the end of a fact are told; nothing for 「否」.
fn words_of(fact: &Fact) -> Option<(HappeningKind, String, String)> {
    let value = fact.value.clone().unwrap_or_default();
    let (kind, begins, ends) = match fact.kind {
        FactKind::Membership => (HappeningKind::Membership, "组织关系转入".to_owned(), "组织关系转出".to_owned()),
        FactKind::Group => (HappeningKind::Membership, "编入党小组".to_owned(), "离开党小组".to_owned()),
        FactKind::Post => (HappeningKind::Post, format!("任 {value}"), format!("不再任 {value}")),
        FactKind::Status => (HappeningKind::Party, format!("党籍状态：{value}"), format!("不再是 {value}")),
        FactKind::Floating if value == "是" => {
            (HappeningKind::Party, "登记为流动党员".to_owned(), "流动结束".to_owned())
        }
        FactKind::Floating if fact.organisation.is_some() => {
            (HappeningKind::Party, "登记为流入党员".to_owned(), "流入结束".to_owned())
        }
        FactKind::Lost if value == "是" => (HappeningKind::Party, "失去联系".to_owned(), "恢复联系".to_owned()),
        FactKind::Unable => (HappeningKind::Life, format!("不能参加组织生活：{value}"), "恢复参加组织生活".to_owned()),
        FactKind::Floating | FactKind::Lost => return None,
    };
    Some((kind, begins, ends))
}
