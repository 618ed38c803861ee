//! Where somebody stands in the party: dated facts.

use super::field;
use crate::domain::fields::FieldKind::{Choice, Date, Organisation, Text};
use crate::domain::fields::{FactKind, FieldSpec, Known, YES_NO};

pub(super) const LINES: &[FieldSpec] = &[
    field(
        Known::Branch,
        "branch",
        "所在党支部",
        Organisation,
        &[
            "所在党支部",
            "所属党支部",
            "所在支部",
            "所属支部",
            "党支部名称",
            "党支部",
            "支部名称",
            "组织关系所在支部",
            "支部",
            "所在党支部名称",
            "所属支部名称",
            "所在支部名称",
            "组织关系所在党支部",
            "党员所在支部",
            "党员所在党支部",
            "所在基层党支部",
        ],
    )
    .of_fact(FactKind::Membership),
    field(
        Known::Group,
        "group",
        "党小组",
        Text,
        &["党小组", "所在党小组", "所属党小组", "党小组名称", "所在小组", "小组"],
    )
    .of_fact(FactKind::Group),
    field(
        Known::PartyPost,
        "party_post",
        "党内职务",
        Text,
        &[
            "党内职务",
            "党内任职",
            "支部职务",
            "党组织职务",
            "党支部职务",
            "担任党内职务",
            "现任党内职务",
            "党务职务",
            "党内职务名称",
        ],
    )
    .of_fact(FactKind::Post),
    field(
        Known::TransferIn,
        "transfer_in",
        "转入时间",
        Date,
        &[
            "转入时间",
            "组织关系转入时间",
            "转入日期",
            "关系转入",
            "组织关系转入日期",
            "转入本支部时间",
            "转入党支部时间",
            "组织关系转入",
        ],
    )
    .of_fact(FactKind::Membership),
    field(Known::Status, "status", "党籍状态", Text, &["党籍状态", "党员状态", "状态", "党籍情况"])
        .of_fact(FactKind::Status),
    field(
        Known::Lost,
        "lost",
        "是否失联",
        Choice(YES_NO),
        &["是否失联", "失联党员", "是否失联党员", "是否为失联党员", "失联", "失联情况"],
    )
    .of_fact(FactKind::Lost),
    field(
        Known::LostSince,
        "lost_since",
        "失去联系日期",
        Date,
        &["失去联系日期", "失联时间", "失联日期", "失去联系时间", "失联起始日期"],
    )
    .of_fact(FactKind::Lost),
    field(
        Known::Floating,
        "floating",
        "是否流动党员",
        Choice(YES_NO),
        &["是否流动党员", "是否流动", "流动党员", "流动", "是否为流动党员", "流动情况"],
    )
    .of_fact(FactKind::Floating),
    field(
        Known::FloatPlace,
        "float_place",
        "外出流向",
        Text,
        &["外出流向", "流动去向", "流向", "外出地点", "流动地点", "流动地", "外出地", "流出地点"],
    )
    .of_fact(FactKind::Floating),
];
