//! What happened to a person (变动): transfers, floating, contact lost and found, membership stopped and restored,
//! probation extended and ended, honours and discipline — each on a day, with the paper that says so.
//!
//! An event records; what holds from its day on stands in the dated facts and in the person, moved by the command
//! that records it. Knows nothing of where it is kept. Start at [`EventKind`].

use super::dates::PartialDate;
use super::fields::FactKind;
use super::ids::{EventId, OrganisationId, PersonId};

/// Something that happened to a person on a day (变动).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: EventId,
    pub person: PersonId,
    pub kind: EventKind,
    /// 日期
    pub day: PartialDate,
    /// The branch the person was in, or came into.
    pub organisation: Option<OrganisationId>,
    /// The branch the person went to, within this workbook.
    pub target: Option<OrganisationId>,
    /// What it was: the name of an honour, the kind of a discipline, why somebody left the party.
    pub value: Option<String>,
    /// Where from, where to: 转自、转往、流向.
    pub place: Option<String>,
    /// 介绍信编号, 文号
    pub document: Option<String>,
    /// 介绍信有效期至, 预备期延长至
    pub until: Option<PartialDate>,
    /// 回执日期
    pub receipt: Option<PartialDate>,
    /// 备注
    pub note: Option<String>,
}

impl Event {
    /// The branch that was named when it was recorded: the one somebody was transferred to, or floats into.
    pub fn named_branch(&self) -> Option<OrganisationId> {
        match self.kind {
            EventKind::TransferWithin => self.target,
            kind => self.organisation.filter(|_| kind.begins().is_some()),
        }
    }
}

/// What kind of thing happened to a person (变动种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// 组织关系转入, from outside this workbook.
    TransferIn,
    /// 组织关系转接 within this workbook.
    TransferWithin,
    /// 组织关系转出, to outside this workbook.
    TransferOut,
    /// 流出登记: away for six months and more, the relation stays.
    FloatingOut,
    /// 流入登记: takes part here, the relation is elsewhere; never counted here.
    FloatingIn,
    /// 流动结束
    FloatingEnded,
    /// 失去联系
    Lost,
    /// 取得联系
    Found,
    /// 停止党籍
    Stopped,
    /// 恢复党籍
    Restored,
    /// 接收为预备党员
    Accepted,
    /// 延长预备期
    Extended,
    /// 转为正式党员
    Converted,
    /// 取消预备党员资格
    Disqualified,
    /// 出党
    LeftParty,
    /// 死亡
    Died,
    /// 表彰奖励
    Honour,
    /// 党纪处分
    Discipline,
    /// 重大变故、困难: of the family, in life, of health.
    Misfortune,
}

/// One line of the table of events: how it is called, what it rests on, which of its parts are asked for.
#[derive(Debug)]
pub struct EventSpec {
    pub kind: EventKind,
    /// The name in the file and in JSON.
    pub name: &'static str,
    pub label: &'static str,
    /// The article it rests on, for the form.
    pub article: &'static str,
    /// What `value` is called; empty where there is none.
    pub value_label: &'static str,
    /// Usual values.
    pub values: &'static [&'static str],
    /// What `place` is called; empty where there is none.
    pub place_label: &'static str,
    /// What `document` is called.
    pub document_label: &'static str,
    /// What `until` is called; empty where there is none.
    pub until_label: &'static str,
    /// What `receipt` is called; empty where there is none.
    pub receipt_label: &'static str,
    /// Kinds of dated facts that begin or end on its day.
    pub moves: &'static [FactKind],
}

/// 出党原因 (《中国共产党章程》第九条；《中国共产党党员教育管理工作条例》第二十四条).
pub const REASONS_FOR_LEAVING: &[&str] =
    &["开除党籍", "劝退", "劝而不退除名", DRIFTED_AWAY, "退党除名", "取消预备党员资格"];

/// 出党原因 of who stayed away after 停止党籍 (《中国共产党党员教育管理工作条例》第二十四条).
pub const DRIFTED_AWAY: &str = "自行脱党除名";

/// 失联情形
pub const WAYS_OF_LOSING: &[&str] =
    &["外出务工经商", "单位改制或破产", "毕业后去向不明", "工作单位改变", "出国（境）", "居住地改变", "其他"];

/// 党纪处分 (《中国共产党纪律处分条例》第八条).
pub const DISCIPLINES: &[&str] = &["警告", "严重警告", "撤销党内职务", "留党察看", "开除党籍"];

/// 重大变故、困难: what it is, and no more (《中国共产党支部工作条例（试行）》第十九条).
pub const MISFORTUNES: &[&str] = &["家庭发生重大变故", "出现重大困难", "身心健康存在突出问题"];

const BELONGING: &[FactKind] = &[FactKind::Membership, FactKind::Group, FactKind::Post, FactKind::Status];
const EVERYTHING: &[FactKind] = &FactKind::ALL;

const EDUCATION_24: &str = "《中国共产党党员教育管理工作条例》第二十四条";
const EDUCATION_25: &str = "《中国共产党党员教育管理工作条例》第二十五条";
const FLOATING: &str = "《关于进一步加强和改进流动党员管理工作的意见》";
const ADMISSION: &str = "《中国共产党发展党员工作细则》";
const ADMISSION_32: &str = "《中国共产党发展党员工作细则》第三十二条（2026 年修订为第三十一条），待核对";

/// The table of events, in the order of [`EventKind`].
pub static EVENTS: &[EventSpec] = &[
    EventSpec {
        place_label: "转自",
        document_label: "介绍信编号",
        until_label: "介绍信有效期至",
        receipt_label: "回执寄出日期",
        moves: BELONGING,
        ..event(EventKind::TransferIn, "transfer_in", "组织关系转入", EDUCATION_25)
    },
    EventSpec {
        document_label: "介绍信编号",
        until_label: "介绍信有效期至",
        receipt_label: "回执日期",
        moves: BELONGING,
        ..event(EventKind::TransferWithin, "transfer_within", "组织关系转接", EDUCATION_25)
    },
    EventSpec {
        place_label: "转往",
        document_label: "介绍信编号",
        until_label: "介绍信有效期至",
        receipt_label: "收到回执日期",
        moves: EVERYTHING,
        ..event(EventKind::TransferOut, "transfer_out", "组织关系转出", EDUCATION_25)
    },
    EventSpec {
        place_label: "外出流向",
        document_label: "活动证编号",
        moves: &[FactKind::Floating],
        ..event(EventKind::FloatingOut, "floating_out", "流出登记", FLOATING)
    },
    EventSpec {
        place_label: "组织关系所在地",
        document_label: "活动证编号",
        moves: &[FactKind::Floating],
        ..event(EventKind::FloatingIn, "floating_in", "流入登记", FLOATING)
    },
    EventSpec {
        moves: &[FactKind::Floating],
        ..event(EventKind::FloatingEnded, "floating_ended", "流动结束", FLOATING)
    },
    EventSpec {
        value_label: "失联情形",
        values: WAYS_OF_LOSING,
        moves: &[FactKind::Lost],
        ..event(EventKind::Lost, "lost", "失去联系", EDUCATION_24)
    },
    EventSpec { moves: &[FactKind::Lost], ..event(EventKind::Found, "found", "取得联系", EDUCATION_24) },
    EventSpec {
        value_label: "停止原因",
        values: &["失去联系六个月以上", "因私出国（境）定居", "出国（境）学习研究超过五年未返回"],
        moves: &[FactKind::Status],
        ..event(EventKind::Stopped, "stopped", "停止党籍", EDUCATION_24)
    },
    EventSpec { moves: &[FactKind::Status], ..event(EventKind::Restored, "restored", "恢复党籍", EDUCATION_24) },
    event(EventKind::Accepted, "accepted", "接收为预备党员", ADMISSION),
    EventSpec {
        until_label: "预备期延长至", ..event(EventKind::Extended, "extended", "延长预备期", ADMISSION_32)
    },
    event(EventKind::Converted, "converted", "转为正式党员", ADMISSION_32),
    EventSpec {
        moves: EVERYTHING, ..event(EventKind::Disqualified, "disqualified", "取消预备党员资格", ADMISSION_32)
    },
    EventSpec {
        value_label: "出党原因",
        values: REASONS_FOR_LEAVING,
        moves: EVERYTHING,
        ..event(EventKind::LeftParty, "left_party", "出党", EDUCATION_24)
    },
    EventSpec { moves: EVERYTHING, ..event(EventKind::Died, "died", "死亡", "") },
    EventSpec {
        value_label: "表彰名称",
        values: &["优秀共产党员", "优秀党务工作者", "光荣在党50年纪念章"],
        ..event(EventKind::Honour, "honour", "表彰奖励", "")
    },
    EventSpec {
        value_label: "处分种类",
        values: DISCIPLINES,
        ..event(EventKind::Discipline, "discipline", "党纪处分", "《中国共产党纪律处分条例》第八条")
    },
    EventSpec {
        value_label: "情形",
        values: MISFORTUNES,
        ..event(EventKind::Misfortune, "misfortune", "重大变故、困难", "《中国共产党支部工作条例（试行）》第十九条")
    },
];

const fn event(kind: EventKind, name: &'static str, label: &'static str, article: &'static str) -> EventSpec {
    EventSpec {
        kind,
        name,
        label,
        article,
        value_label: "",
        values: &[],
        place_label: "",
        document_label: "文号",
        until_label: "",
        receipt_label: "",
        moves: &[],
    }
}

impl Event {
    /// An event of which only kind and day are told; its id is still to be given.
    pub fn bare(person: PersonId, kind: EventKind, day: PartialDate) -> Self {
        Self {
            id: EventId(0),
            person,
            kind,
            day,
            organisation: None,
            target: None,
            value: None,
            place: None,
            document: None,
            until: None,
            receipt: None,
            note: None,
        }
    }
}

impl EventKind {
    /// All kinds, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        EVENTS.iter().map(|spec| spec.kind)
    }

    /// Its line of the table.
    pub fn spec(self) -> &'static EventSpec {
        &EVENTS[self as usize]
    }

    /// The name in the file and in JSON.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    pub fn from_name(name: &str) -> Option<Self> {
        EVENTS.iter().find(|spec| spec.name == name).map(|spec| spec.kind)
    }

    pub fn label(self) -> &'static str {
        self.spec().label
    }

    /// The kind of dated fact that begins in the branch it names: where somebody is transferred to, or floats into. None
    /// where it names no branch.
    pub fn begins(self) -> Option<FactKind> {
        match self {
            Self::TransferIn | Self::TransferWithin => Some(FactKind::Membership),
            Self::FloatingIn => Some(FactKind::Floating),
            _ => None,
        }
    }

    /// Whether it belongs to the ledger of transfers (组织关系转接台账).
    pub fn is_transfer(self) -> bool {
        matches!(self, Self::TransferIn | Self::TransferWithin | Self::TransferOut)
    }

    /// Whether its value has to be told.
    pub fn needs_value(self) -> bool {
        matches!(self, Self::Honour | Self::Discipline | Self::LeftParty | Self::Misfortune)
    }

    /// Whether its value is one of those of its line, and no other.
    pub fn has_only_its_values(self) -> bool {
        matches!(self, Self::Discipline | Self::LeftParty | Self::Misfortune)
    }

    /// Whether nothing is kept of it but its value and its day: what was done, and the papers on it, are for those who
    /// decide on discipline; what befell somebody is theirs.
    pub fn keeps_only_its_value(self) -> bool {
        matches!(self, Self::Discipline | Self::Misfortune)
    }

    /// Whether the person leaves the roll by it.
    pub fn ends_membership(self) -> bool {
        matches!(self, Self::TransferOut | Self::Disqualified | Self::LeftParty | Self::Died)
    }
}

#[cfg(test)]
mod tests {
    use super::{EVENTS, EventKind};

    #[test]
    fn the_table_stands_in_the_order_of_its_kinds() {
        for (place, spec) in EVENTS.iter().enumerate() {
            assert_eq!(spec.kind as usize, place, "{}", spec.name);
            assert_eq!(EventKind::from_name(spec.name), Some(spec.kind));
        }
        assert_eq!(EVENTS.len(), EventKind::Misfortune as usize + 1);
    }
}
