//! A member's talks, ready to be read one after the other.

use crate::domain::checklists::Evidence;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{PersonId, TalkId};
use crate::domain::talks::{FollowUp, Side, Somebody, Talk, TalkNumber, TalkPerson, TalkTypes};
use crate::problem::Result;
use crate::store::checklists;
use crate::store::talks as table;
use crate::view::desk::Desk;

/// A talk in which the member sat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberTalk {
    pub id: TalkId,
    pub number: TalkNumber,
    pub held_on: PartialDate,
    /// 时刻, as written.
    pub time: Option<String>,
    /// The name of its type.
    pub kind: String,
    /// Of a restricted type only day, topic and persons are kept.
    pub is_restricted: bool,
    /// Whether the member was talked with, and not one who talked.
    pub as_partner: bool,
    /// 「陈志远、林秀英」
    pub talkers: String,
    pub partners: String,
    pub place: Option<String>,
    pub topic: Option<String>,
    /// What was written down, each with its label; what is empty is left out.
    pub texts: Vec<(&'static str, String)>,
    pub follow_ups: Vec<FollowUp>,
    /// Who is to do what follows, by the place of the follow-up; empty where nobody is told.
    pub owners: Vec<String>,
    /// Scans of what was signed, and where the paper lies.
    pub scans: Vec<Evidence>,
}

impl MemberTalk {
    /// 「陈志远 和 她（日常谈心）」「和 刘淑芬（组织生活会前谈心）」: seen from the member, who goes by a pronoun.
    pub fn title(&self, pronoun: &str) -> String {
        match self.as_partner {
            true => format!("{} 和 {pronoun}（{}）", self.talkers, self.kind),
            false => format!("和 {}（{}）", self.partners, self.kind),
        }
    }

    /// Follow-ups that are not done.
    pub fn open(&self) -> usize {
        self.follow_ups.iter().filter(|follow_up| follow_up.done_on.is_none()).count()
    }
}

/// The talks in which somebody talked or was talked with, the latest first. Who only wrote down sat with nobody.
pub(super) fn talks(desk: &Desk, id: PersonId) -> Result<Vec<MemberTalk>> {
    let reader = desk.reader();
    let types = table::types(reader)?;
    let mut found = Vec::new();
    for talk in table::of_person(reader, id)? {
        let people = table::people_of(reader, talk.id)?;
        let sat = |side: Side| people.iter().any(|one| one.side == side && one.who.person() == Some(id));
        if sat(Side::Talker) || sat(Side::Partner) {
            let follow_ups = table::follow_ups_of(reader, talk.id)?;
            let scans = checklists::evidence_of_talk(reader, talk.id)?;
            let told = member_talk(desk, &types, talk, &people, sat(Side::Partner), follow_ups);
            found.push(MemberTalk { scans, ..told });
        }
    }
    found.sort_by_key(|talk| std::cmp::Reverse((talk.held_on.first_day(), talk.number)));
    Ok(found)
}

fn member_talk(
    desk: &Desk,
    types: &TalkTypes,
    talk: Talk,
    people: &[TalkPerson],
    as_partner: bool,
    follow_ups: Vec<FollowUp>,
) -> MemberTalk {
    let name = |who: &Somebody| match who {
        Somebody::Person(id) => desk.directory().get(*id).map_or_else(String::new, |card| card.name.to_string()),
        Somebody::Named { name, .. } => name.clone(),
    };
    let owner = |follow_up: &FollowUp| match follow_up.owner {
        Some(id) => name(&Somebody::Person(id)),
        None => follow_up.owner_name.clone().unwrap_or_default(),
    };
    let names = |side: Side| {
        let names: Vec<String> = people.iter().filter(|one| one.side == side).map(|one| name(&one.who)).collect();
        names.join("、")
    };
    let texts = [
        ("谈话内容", talk.content),
        ("存在问题、意见建议", talk.opinions),
        ("谈话对象表态", talk.attitude),
        ("整改（帮扶）措施", talk.measures),
        ("备注", talk.remark),
    ];
    MemberTalk {
        id: talk.id,
        number: talk.number,
        held_on: talk.held_on,
        time: talk.time,
        kind: types.label(&talk.kind).to_owned(),
        is_restricted: types.get(&talk.kind).is_some_and(crate::domain::talks::TalkType::is_restricted),
        as_partner,
        talkers: names(Side::Talker),
        partners: names(Side::Partner),
        place: talk.place,
        topic: talk.topic,
        texts: texts.into_iter().filter_map(|(label, text)| Some((label, text?))).collect(),
        owners: follow_ups.iter().map(owner).collect(),
        follow_ups,
        scans: Vec::new(),
    }
}
