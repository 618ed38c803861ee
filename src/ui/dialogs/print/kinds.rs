//! Owns which forms there are, and where each is offered.
//! Must never fill one. Start at [`FormKind`].

use super::archives::ArchivePaper;
use crate::print::{OfficeForm, TalkForm};
use crate::view::statistics::StatisticsAsk;

/// Which form is printed (表).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// 党员花名册
    Roster,
    /// 党员基本情况
    Summary,
    /// 统计表
    Statistics(StatisticsAsk),
    /// 信息卡, 名单, 任期表 …
    Office(OfficeForm),
    /// 谈话记录表, 台账 …
    Talk(TalkForm),
    /// 档案清单, 缺项单, 归档文件目录
    Archive(ArchivePaper),
}

/// The forms that are offered where members are listed.
pub(super) const OF_MEMBERS: &[FormKind] = &[
    FormKind::Roster,
    FormKind::Summary,
    FormKind::Office(OfficeForm::Card),
    FormKind::Office(OfficeForm::Names),
    FormKind::Office(OfficeForm::Birthdays),
    FormKind::Office(OfficeForm::Transfers),
];
/// The forms that are offered on the page of one member.
pub(super) const OF_ONE_MEMBER: &[FormKind] = &[FormKind::Office(OfficeForm::Card)];
/// The forms that are offered where organisations are listed.
pub(super) const OF_ORGANISATIONS: &[FormKind] = &[
    FormKind::Office(OfficeForm::Organisations),
    FormKind::Office(OfficeForm::Committee),
    FormKind::Office(OfficeForm::Terms),
    FormKind::Office(OfficeForm::Transfers),
    FormKind::Office(OfficeForm::Units),
];

impl FormKind {
    pub fn label(self) -> &'static str {
        match self {
            Self::Roster => "花名册",
            Self::Summary => "基本情况",
            Self::Statistics(ask) => ask.label(),
            Self::Office(form) => form.short(),
            Self::Talk(form) => form.short(),
            Self::Archive(paper) => paper.label(),
        }
    }

    /// For the log: 「打印党员花名册」.
    pub fn what(self) -> String {
        match self {
            Self::Roster => "打印党员花名册".to_owned(),
            Self::Summary => "打印党员基本情况".to_owned(),
            Self::Statistics(ask) => format!("打印{}", ask.title()),
            Self::Office(form) => format!("打印{}", form.label()),
            Self::Talk(form) => format!("打印{}", form.label()),
            Self::Archive(paper) => format!("打印{}", paper.label()),
        }
    }

    /// Whether ID numbers and phones stand on it.
    pub fn has_numbers(self) -> bool {
        match self {
            Self::Roster => true,
            Self::Summary | Self::Statistics(_) | Self::Talk(_) | Self::Archive(_) => false,
            Self::Office(form) => form.has_numbers(),
        }
    }

    /// What is counted on it.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Roster | Self::Summary | Self::Statistics(_) => "人",
            Self::Office(form) => form.unit(),
            Self::Talk(form) => form.unit(),
            Self::Archive(paper) => paper.unit(),
        }
    }

    /// Whether 制表人, 审核人 and 填报日期 stand on it: a record is signed by those who talked, with the day.
    pub fn is_signed(self) -> bool {
        !matches!(self, Self::Talk(TalkForm::Records | TalkForm::Blank) | Self::Archive(ArchivePaper::Spine))
    }

    /// Whether it can be saved as DOCX too.
    pub fn has_docx(self) -> bool {
        matches!(self, Self::Talk(form) if form.has_docx())
    }
}
