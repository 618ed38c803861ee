//! Drafts of talks (谈话草稿): what a form, a script or a ledger gives, and how it becomes a talk.
//!
//! How a draft is checked stands in [`checking`](super::checking). Start at [`TalkDraft`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MODES, Side, Somebody, TalkNumber};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{FollowUpId, OrganisationId, PersonId, PlannedTalkId};

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
    /// 时刻 of that day, as written: `9:30`, `下午`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
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
    Time,
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
pub const TALK_LABELS: [&str; 18] = [
    "党组织",
    "编号",
    "谈话时间",
    "时刻",
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

/// The names by which the command line and the files for programs call them, in the same order.
const TALK_NAMES: [&str; 18] = [
    "organisation",
    "number",
    "held_on",
    "time",
    "type",
    "mode",
    "place",
    "talkers",
    "partners",
    "recorder",
    "topic",
    "outline",
    "content",
    "opinions",
    "attitude",
    "measures",
    "remark",
    "follow_ups",
];

impl TalkDraftField {
    /// In the order of the form.
    pub const ALL: [Self; 18] = [
        Self::Organisation,
        Self::Number,
        Self::HeldOn,
        Self::Time,
        Self::Kind,
        Self::Mode,
        Self::Place,
        Self::Talkers,
        Self::Partners,
        Self::Recorder,
        Self::Topic,
        Self::Outline,
        Self::Content,
        Self::Opinions,
        Self::Attitude,
        Self::Measures,
        Self::Remark,
        Self::FollowUps,
    ];

    pub fn label(self) -> &'static str {
        TALK_LABELS[self as usize]
    }

    pub fn name(self) -> &'static str {
        TALK_NAMES[self as usize]
    }

    /// Whether it tells what was said or is to follow, and not only who talked with whom, when, where and of what.
    pub fn is_content(self) -> bool {
        self >= Self::Outline
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
    pub time: Option<String>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_stand_in_the_order_of_their_names_and_labels() {
        for (place, field) in TalkDraftField::ALL.into_iter().enumerate() {
            assert_eq!(field as usize, place, "{}", field.name());
        }
        assert_eq!((TalkDraftField::Kind.name(), TalkDraftField::Kind.label()), ("type", "谈话类型"));
        assert_eq!((TalkDraftField::FollowUps.name(), TalkDraftField::FollowUps.label()), ("follow_ups", "跟进"));
        assert!(TalkDraftField::Outline.is_content() && !TalkDraftField::Topic.is_content());
    }
}
