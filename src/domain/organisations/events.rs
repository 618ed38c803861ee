//! What happened to an organisation (党组织沿革): renamed, moved, merged, split, elected.
//!
//! The organisation itself holds what is true now; an event holds what was before it, so that name and place in the
//! tree can be told for any day ([`super::OrganisationTree::on`]). Knows nothing of where it is kept.

use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationEventId, OrganisationId};

/// Something that happened to an organisation on a day (沿革), with the paper that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationEvent {
    pub id: OrganisationEventId,
    pub organisation: OrganisationId,
    pub kind: OrganisationEventKind,
    /// 日期
    pub day: PartialDate,
    /// The former parent of one that moved (none for a former root), what a merged one became part of, what a split
    /// one came from.
    pub other: Option<OrganisationId>,
    /// 原全称 of a renamed one; 届次 of an elected committee.
    pub value: Option<String>,
    /// 原简称 of a renamed one.
    pub former_short: Option<String>,
    /// 任期届满时间 of an elected committee; until when an election was delayed.
    pub until: Option<PartialDate>,
    /// 文号: the decision or approval.
    pub document: Option<String>,
    /// 备注
    pub note: Option<String>,
}

/// What kind of thing happened to an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrganisationEventKind {
    /// 更名
    Renamed,
    /// 变更隶属关系: another parent.
    Moved,
    /// 并入 another organisation; closed on that day.
    Merged,
    /// 分设: split off from another organisation.
    Split,
    /// 换届选举
    Elected,
    /// 延期换届, by at most a year (《中国共产党支部工作条例（试行）》第二十一条).
    Delayed,
}

impl OrganisationEventKind {
    pub const ALL: [Self; 6] = [Self::Renamed, Self::Moved, Self::Merged, Self::Split, Self::Elected, Self::Delayed];

    /// The name in the file and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Elected => "elected",
            Self::Delayed => "delayed",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Renamed => "更名",
            Self::Moved => "变更隶属关系",
            Self::Merged => "并入其他党组织",
            Self::Split => "分设",
            Self::Elected => "换届选举",
            Self::Delayed => "延期换届",
        }
    }

    /// What it rests on, for whoever records it. Where the article was not seen in the official text it says 待核对.
    pub fn basis(self) -> &'static str {
        match self {
            Self::Renamed => "名称以上级党组织的批复为准（《中国共产党支部工作条例（试行）》第六条，待核对）",
            Self::Moved | Self::Merged => BASIS_OF_CLOSING,
            Self::Split => {
                "正式党员 3 人以上的成立党支部，党员人数一般不超过 50 人（《中国共产党支部工作条例（试行）》第四条）"
            }
            Self::Elected => {
                "村、社区党支部委员会每届任期 5 年，其他一般 3 年；委员报备案，书记、副书记报批准\
                 （《中国共产党支部工作条例（试行）》第二十一条）"
            }
            Self::Delayed => {
                "提前或延期换届要报上级党组织批准，一般不超过 1 年（《中国共产党支部工作条例（试行）》第二十一条）"
            }
        }
    }
}

/// What closing an organisation rests on.
pub const BASIS_OF_CLOSING: &str = "不再具备条件的党支部及时调整或撤销，一般由党支部报基层党委批准\
                                    （《中国共产党支部工作条例（试行）》第七条，待核对）";

/// What 党小组 rest on.
pub const BASIS_OF_GROUPS: &str = "党员人数较多或比较分散的党支部划分党小组，组长由党支部指定，也可由所在党小组党员推荐产生\
     （《中国共产党支部工作条例（试行）》第十三条）";

/// 所在单位情况, as the national form has it.
pub const UNIT_SITUATIONS: &[&str] = &["法人单位", "与上级党组织相同", "联合党支部"];

/// 单位性质类别: usual words.
pub const UNIT_KINDS: &[&str] =
    &["党政机关", "学校", "其他事业单位", "国有企业", "非公企业", "社会组织", "农村", "街道社区", "其他"];
