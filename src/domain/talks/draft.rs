//! Drafts of talks (谈话草稿): what a form, a script or a ledger gives, and how it becomes a talk.
//!
//! All faults are found at once and told in the order of the form. Start at [`TalkDraft::check`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MODES, Side, Somebody, TalkNumber, TalkTypes};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{FollowUpId, OrganisationId, PersonId, PlannedTalkId};

/// Characters that a long text may have: more is no record of a talk.
pub const LONGEST_TEXT: usize = 100_000;
/// Characters of a short text: place, mode; a topic may have more.
const SHORT: usize = 100;
const TOPIC: usize = 1_000;
const REMARK: usize = 10_000;
const MEASURE: usize = 2_000;

/// A talk as somebody writes it down. Names among `talkers` and `partners` that are those of the persons in
/// `talker_ids` and `partner_ids` are not taken twice; the others are of persons in no roster, with what is told of
/// them in brackets: `王芳（群众）`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TalkDraft {
    /// The organisation in whose ledger it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_id: Option<OrganisationId>,
    /// 编号: `2026-036`, or `36` of the year of the talk; the next one where it is not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// 谈话时间
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_on: Option<PartialDate>,
    /// 谈话类型: the code `T01` … or the name
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// 谈话方式: 一对一, 一对多, 电话、视频
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// 谈话地点
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub talker_ids: Vec<PersonId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub talkers: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partner_ids: Vec<PersonId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorder_id: Option<PersonId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorder: Option<String>,
    /// 谈话主题
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// 谈话提纲
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outline: Option<String>,
    /// 谈话内容
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// 存在问题、意见建议
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opinions: Option<String>,
    /// 谈话对象表态
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attitude: Option<String>,
    /// 整改措施
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measures: Option<String>,
    /// 备注
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// 跟进
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub follow_ups: Vec<FollowUpDraft>,
    /// The planned talk or the printed sheet that this is the record of: it has its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_id: Option<PlannedTalkId>,
}

/// What a talk asks to be done, as somebody writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FollowUpDraft {
    /// The one that is changed; without it a new one is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<FollowUpId>,
    /// 措施
    pub measure: String,
    /// 责任人
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<PersonId>,
    /// 责任人 who is in no roster
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// 完成时限
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
    /// 办结日期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_on: Option<PartialDate>,
    /// 办结情况
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing_note: Option<String>,
}

/// A part of the form (栏目), in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TalkDraftField {
    Organisation,
    Number,
    HeldOn,
    Kind,
    Mode,
    Place,
    Talkers,
    Partners,
    Recorder,
    Topic,
    Outline,
    Content,
    Opinions,
    Attitude,
    Measures,
    Remark,
    FollowUps,
}

/// How the parts of the form are called, in the order of [`TalkDraftField`].
pub const TALK_LABELS: [&str; 17] = [
    "党组织",
    "编号",
    "谈话时间",
    "谈话类型",
    "谈话方式",
    "谈话地点",
    "谈话人",
    "谈话对象",
    "记录人",
    "谈话主题",
    "谈话提纲",
    "谈话内容",
    "存在问题、意见建议",
    "谈话对象表态",
    "整改措施",
    "备注",
    "跟进",
];

impl TalkDraftField {
    pub fn label(self) -> &'static str {
        TALK_LABELS[self as usize]
    }
}

/// What stands in the way of a record, at which part of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkFault {
    pub field: TalkDraftField,
    /// A sentence without its end: 「谈话时间还没到」.
    pub why: String,
}

/// What a draft says, checked: a [`Talk`](super::Talk) but for its ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub organisation: OrganisationId,
    /// The number, where one is told.
    pub number: Option<TalkNumber>,
    pub held_on: PartialDate,
    /// The code of a type that is there.
    pub kind: String,
    pub mode: Option<String>,
    pub place: Option<String>,
    /// Who sat where, in their order, nobody twice on a side and nobody on both.
    pub people: Vec<(Side, Somebody)>,
    pub topic: Option<String>,
    pub outline: Option<String>,
    pub content: Option<String>,
    pub opinions: Option<String>,
    pub attitude: Option<String>,
    pub measures: Option<String>,
    pub remark: Option<String>,
    pub follow_ups: Vec<FollowUpDraft>,
}

/// A way to talk as ledgers write it, in one of the words of [`MODES`]; `None` where it is none of them.
pub fn mode_of(text: &str) -> Option<&'static str> {
    let text: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let is_any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if is_any(&["电话", "视频", "微信", "线上"]) {
        Some(MODES[2])
    } else if is_any(&["一对多", "集体", "座谈", "1对多"]) {
        Some(MODES[1])
    } else if is_any(&["一对一", "1对1", "个别", "单独", "面对面", "面谈"]) {
        Some(MODES[0])
    } else {
        None
    }
}

/// Whether something is written that is not kept of a restricted type.
pub fn has_texts(draft: &TalkDraft) -> bool {
    !draft.follow_ups.is_empty() || draft.texts().iter().any(|(_, text)| filled(text).is_some())
}

fn filled(text: &Option<String>) -> Option<String> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Whether two who are in no roster bear one name and nothing told of them tells them apart.
fn may_be_one(one: &Somebody, other: &Somebody) -> bool {
    match (one, other) {
        (Somebody::Named { name, about }, Somebody::Named { name: other, about: told }) => {
            name == other && (about == told || about.is_none() || told.is_none())
        }
        _ => false,
    }
}

impl TalkDraft {
    /// The texts that are not kept of a restricted type.
    fn texts(&self) -> [(TalkDraftField, &Option<String>); 6] {
        [
            (TalkDraftField::Outline, &self.outline),
            (TalkDraftField::Content, &self.content),
            (TalkDraftField::Opinions, &self.opinions),
            (TalkDraftField::Attitude, &self.attitude),
            (TalkDraftField::Measures, &self.measures),
            (TalkDraftField::Remark, &self.remark),
        ]
    }

    /// What it says, or every fault at once, in the order of the form. `name` gives the name of a person who may be
    /// named: none for one who is not there or was typed by mistake; `kept` is the type that the record had before.
    pub fn check(
        &self,
        types: &TalkTypes,
        kept: Option<&str>,
        today: Day,
        name: impl Fn(PersonId) -> Option<String>,
    ) -> Result<Told, Vec<TalkFault>> {
        let mut faults = Vec::new();
        let mut fault = |field: TalkDraftField, why: String| faults.push(TalkFault { field, why });
        if self.organisation_id.is_none() {
            fault(TalkDraftField::Organisation, "没有写记在哪个党组织".into());
        }
        match self.held_on {
            None => fault(TalkDraftField::HeldOn, "没有写谈话时间".into()),
            Some(date) if date.first_day() > today => {
                fault(TalkDraftField::HeldOn, format!("谈话时间 {date} 还没到"));
            }
            Some(_) => {}
        }
        let number = self.number_told(&mut fault);
        let kind = match filled(&self.kind) {
            None => {
                fault(TalkDraftField::Kind, "没有写谈话类型".into());
                None
            }
            Some(text) => match types.named(&text) {
                None => {
                    fault(TalkDraftField::Kind, format!("没有“{text}”这种谈话类型"));
                    None
                }
                Some(kind) if kind.removed && kept != Some(kind.code.as_str()) => {
                    fault(TalkDraftField::Kind, format!("谈话类型“{}”已经停用，请换一种", kind.label));
                    None
                }
                Some(kind) => Some(kind),
            },
        };
        let people = self.people(&name, &mut fault);
        if kind.is_some_and(super::TalkType::is_restricted) {
            let texts = self.texts().into_iter().filter(|(_, text)| filled(text).is_some()).map(|(field, _)| field);
            let follow_ups = (!self.follow_ups.is_empty()).then_some(TalkDraftField::FollowUps);
            let written: Vec<TalkDraftField> = texts.chain(follow_ups).collect();
            if let Some(first) = written.first() {
                let labels: Vec<&str> = written.iter().map(|field| field.label()).collect();
                fault(*first, format!("这类谈话只存时间、主题和人员，不存{}", labels.join("、")));
            }
        }
        self.check_lengths(&mut fault);
        self.check_follow_ups(&name, today, &mut fault);
        match (self.organisation_id, self.held_on, kind) {
            (Some(organisation), Some(held_on), Some(kind)) if faults.is_empty() => Ok(Told {
                organisation,
                number,
                held_on,
                kind: kind.code.clone(),
                mode: filled(&self.mode).map(|text| mode_of(&text).map_or(text, str::to_owned)),
                place: filled(&self.place),
                people,
                topic: filled(&self.topic),
                outline: filled(&self.outline),
                content: filled(&self.content),
                opinions: filled(&self.opinions),
                attitude: filled(&self.attitude),
                measures: filled(&self.measures),
                remark: filled(&self.remark),
                follow_ups: self.follow_ups.clone(),
            }),
            _ => {
                faults.sort_by_key(|fault| fault.field);
                Err(faults)
            }
        }
    }

    fn number_told(&self, fault: &mut impl FnMut(TalkDraftField, String)) -> Option<TalkNumber> {
        let text = filled(&self.number)?;
        let year = self.held_on.map_or(0, PartialDate::year);
        let number = TalkNumber::read(&text, year);
        if number.is_none() {
            fault(TalkDraftField::Number, format!("“{text}”不是编号，应写成 {year}-036 或 36"));
        }
        number
    }

    /// Who sat where.
    fn people(
        &self,
        name: &impl Fn(PersonId) -> Option<String>,
        fault: &mut impl FnMut(TalkDraftField, String),
    ) -> Vec<(Side, Somebody)> {
        let recorder_ids: Vec<PersonId> = self.recorder_id.into_iter().collect();
        let recorders: Vec<String> = self.recorder.clone().into_iter().collect();
        let sides = [
            (Side::Talker, TalkDraftField::Talkers, &self.talker_ids, &self.talkers),
            (Side::Partner, TalkDraftField::Partners, &self.partner_ids, &self.partners),
            (Side::Recorder, TalkDraftField::Recorder, &recorder_ids, &recorders),
        ];
        let mut people: Vec<(Side, Somebody)> = Vec::new();
        for (side, field, ids, names) in sides {
            let mut known = Vec::new();
            for id in ids {
                match name(*id) {
                    None => fault(field, format!("没有编号为 {id} 的人，或已作废")),
                    Some(name) => {
                        let person = (side, Somebody::Person(*id));
                        if !people.contains(&person) {
                            known.push(name);
                            people.push(person);
                        }
                    }
                }
            }
            for text in names.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
                // The name of somebody in the roster, told beside the id: each stands for one of them.
                if let Some(place) = known.iter().position(|known| known == text) {
                    known.remove(place);
                    continue;
                }
                let (name, about) = named(text);
                if name.chars().count() > SHORT {
                    fault(field, format!("姓名“{}…”太长", name.chars().take(20).collect::<String>()));
                    continue;
                }
                people.push((side, Somebody::Named { name, about }));
            }
            if side != Side::Recorder && ids.is_empty() && !people.iter().any(|(sat, _)| *sat == side) {
                fault(field, format!("没有写{}", side.label()));
            }
        }
        let of = |side: Side| people.iter().filter(move |(sat, _)| *sat == side).filter_map(|(_, who)| who.person());
        for id in of(Side::Talker) {
            if of(Side::Partner).any(|other| other == id) {
                let name = name(id).unwrap_or_default();
                fault(TalkDraftField::Partners, format!("{name} 既是谈话人又是谈话对象"));
            }
        }
        for (_, one) in people.iter().filter(|(side, _)| *side == Side::Talker) {
            let is_same = |(side, other): &&(Side, Somebody)| *side == Side::Partner && may_be_one(one, other);
            if let Some((_, Somebody::Named { name, .. })) = people.iter().find(is_same) {
                fault(TalkDraftField::Partners, format!("{name} 既是谈话人又是谈话对象"));
            }
        }
        people
    }

    fn check_lengths(&self, fault: &mut impl FnMut(TalkDraftField, String)) {
        let short = [
            (TalkDraftField::Mode, &self.mode, SHORT),
            (TalkDraftField::Place, &self.place, 2 * SHORT),
            (TalkDraftField::Topic, &self.topic, TOPIC),
        ];
        let long = self
            .texts()
            .map(|(field, text)| (field, text, if field == TalkDraftField::Remark { REMARK } else { LONGEST_TEXT }));
        for (field, text, most) in short.into_iter().chain(long) {
            let count = text.as_deref().map_or(0, |text| text.trim().chars().count());
            if count > most {
                fault(field, format!("{}有 {count} 字，最多 {most} 字", field.label()));
            }
        }
    }

    fn check_follow_ups(
        &self,
        name: &impl Fn(PersonId) -> Option<String>,
        today: Day,
        fault: &mut impl FnMut(TalkDraftField, String),
    ) {
        for follow_up in &self.follow_ups {
            let field = TalkDraftField::FollowUps;
            let count = follow_up.measure.trim().chars().count();
            if count == 0 {
                fault(field, "有一项跟进没有写措施".into());
            } else if count > MEASURE {
                fault(field, format!("有一项跟进的措施有 {count} 字，最多 {MEASURE} 字"));
            }
            if follow_up.owner_id.is_some_and(|id| name(id).is_none()) {
                fault(field, "有一项跟进的责任人不在工作簿里，或已作废".into());
            }
            if let Some(done) = follow_up.done_on.filter(|done| done.first_day() > today) {
                fault(field, format!("办结日期 {done} 还没到"));
            }
        }
    }
}

/// 「王芳（群众）」: the name and what is told of them.
pub fn named(text: &str) -> (String, Option<String>) {
    let inner = text.strip_suffix(['）', ')']).and_then(|text| text.split_once(['（', '(']));
    match inner {
        Some((name, about)) if !name.trim().is_empty() && !about.trim().is_empty() => {
            (name.trim().to_owned(), Some(about.trim().to_owned()))
        }
        _ => (text.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day::constant(2026, 11, 24);

    fn draft() -> TalkDraft {
        TalkDraft {
            organisation_id: Some(OrganisationId(1)),
            held_on: PartialDate::from_iso("2026-03-20"),
            kind: Some("T01".into()),
            talker_ids: vec![PersonId(1)],
            partner_ids: vec![PersonId(2)],
            ..TalkDraft::default()
        }
    }

    fn check(draft: &TalkDraft) -> Result<Told, Vec<(TalkDraftField, String)>> {
        let types = TalkTypes::shipped().expect("types");
        let name = |id: PersonId| ["", "陈志远", "赵永强", "赵永强"].get(id.0 as usize).map(|name| (*name).to_owned());
        let faults = |faults: Vec<TalkFault>| faults.into_iter().map(|fault| (fault.field, fault.why)).collect();
        draft.check(&types, None, TODAY, name).map_err(faults)
    }

    #[test]
    fn a_talk_needs_a_day_a_type_and_both_sides() {
        let faults = check(&TalkDraft::default()).expect_err("nothing is told");
        let fields: Vec<TalkDraftField> = faults.into_iter().map(|(field, _)| field).collect();
        use TalkDraftField::{HeldOn, Kind, Organisation, Partners, Talkers};
        assert_eq!(fields, [Organisation, HeldOn, Kind, Talkers, Partners]);
        assert!(check(&draft()).is_ok());
    }

    #[test]
    fn nobody_talks_with_himself_nor_tomorrow() {
        let wrong = TalkDraft {
            held_on: PartialDate::from_iso("2026-11-25"),
            partner_ids: vec![PersonId(2), PersonId(1)],
            ..draft()
        };
        let faults = check(&wrong).expect_err("both are wrong");
        assert_eq!(faults[0].1, "谈话时间 2026-11-25 还没到");
        assert_eq!(faults[1].1, "陈志远 既是谈话人又是谈话对象");
    }

    #[test]
    fn nobody_in_no_roster_talks_with_himself_either() {
        let of = |talker: &str, partner: &str| TalkDraft {
            talker_ids: Vec::new(),
            talkers: vec![talker.into()],
            partner_ids: Vec::new(),
            partners: vec![partner.into()],
            ..draft()
        };
        let why = |talker, partner| check(&of(talker, partner)).map_err(|faults| faults[0].1.clone()).map(drop);
        assert_eq!(why("王芳", "王芳（群众）"), Err("王芳 既是谈话人又是谈话对象".into()));
        assert_eq!(why("王芳（工会）", "王芳（群众）"), Ok(()), "two of one name");
    }

    #[test]
    fn somebody_who_is_not_there_is_told_once_and_texts_of_restricted_types_together() {
        let unknown = TalkDraft { talker_ids: vec![PersonId(99)], ..draft() };
        let faults = check(&unknown).expect_err("unknown");
        assert_eq!(faults.iter().map(|fault| fault.1.as_str()).collect::<Vec<_>>(), ["没有编号为 99 的人，或已作废"]);
        let texts = TalkDraft {
            kind: Some("T12".into()),
            content: Some("内容".into()),
            remark: Some("备注".into()),
            ..draft()
        };
        let faults = check(&texts).expect_err("texts");
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].1, "这类谈话只存时间、主题和人员，不存谈话内容、备注");
    }

    #[test]
    fn the_name_beside_an_id_is_the_same_person_and_a_second_one_is_another() {
        let told = TalkDraft {
            partner_ids: vec![PersonId(2), PersonId(3)],
            partners: vec!["赵永强".into(), "赵永强".into(), "赵永强".into(), "王芳（群众）".into()],
            ..draft()
        };
        let people = check(&told).expect("checked").people;
        let named: Vec<&Somebody> = people.iter().map(|(_, who)| who).filter(|who| who.person().is_none()).collect();
        assert_eq!(
            named,
            [
                &Somebody::Named { name: "赵永强".into(), about: None },
                &Somebody::Named { name: "王芳".into(), about: Some("群众".into()) },
            ]
        );
    }

    #[test]
    fn of_a_restricted_type_no_text_is_kept() {
        let told = TalkDraft {
            kind: Some("诫勉谈话".into()),
            topic: Some("诫勉谈话".into()),
            content: Some("内容".into()),
            ..draft()
        };
        let faults = check(&told).expect_err("no content");
        assert_eq!(faults[0].0, TalkDraftField::Content);
        assert_eq!(check(&TalkDraft { content: None, ..told }).expect("kept").kind, "T12");
    }

    #[test]
    fn too_long_a_text_is_told_with_its_length() {
        let told = TalkDraft { content: Some("谈".repeat(200_000)), ..draft() };
        assert_eq!(check(&told).expect_err("too long")[0].1, "谈话内容有 200000 字，最多 100000 字");
    }
}
