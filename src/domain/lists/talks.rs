//! The table of fields of a ledger of talks (谈心谈话台账).
//!
//! The regulations name no form; these are the columns that offices keep (谈话时间、谈话人、谈话对象、内容 …).

use super::{Entry, EntryKind, entry};
use crate::domain::values::Reach;
use EntryKind::{Date, LongText, Organisation, Sitter, Sitters, Text};

/// A field of a talk (谈心谈话栏目), in the order of forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TalkField {
    HeldOn,
    Place,
    Talkers,
    Partners,
    Kind,
    Topic,
    Content,
    Mode,
    Recorder,
    Measures,
    Remark,
    Branch,
}

impl TalkField {
    /// The line of the table.
    pub fn entry(self) -> &'static Entry<Self> {
        &TALK_COLUMNS[self as usize]
    }
}

/// The table, in the order of [`TalkField`]. Heads that begin with 谈心谈话, 谈话, 谈心 or 约谈 are known by what comes
/// after, too.
pub static TALK_COLUMNS: &[Entry<TalkField>] = &[
    entry(
        TalkField::HeldOn,
        "held_on",
        "谈话时间",
        Date(Reach::OF_TALKS),
        &["时间", "日期", "年月日", "月日", "具体时间", "开展时间", "月份", "何时", "谈话时间日期", "时间日期"],
    ),
    entry(TalkField::Place, "place", "谈话地点", Text, &["地点", "场所", "地址", "地点场所", "何地", "场地"]),
    entry(
        TalkField::Talkers,
        "talkers",
        "谈话人",
        Sitters,
        &[
            "谈话人",
            "主谈人",
            "主谈话人",
            "主谈",
            "谈心人",
            "谈心谈话人",
            "约谈人",
            "谈话者",
            "谈话主体",
            "谈话领导",
            "谈话负责人",
            "谈话发起人",
            "谈话主持人",
            "谈话组织者",
            "谈话实施人",
            "谈话方",
            "主动谈话人",
            "主动谈心人",
            "谈话班子成员",
            "谈话支委",
            "发起人",
            "谈话干部",
        ],
    ),
    entry(
        TalkField::Partners,
        "partners",
        "谈话对象",
        Sitters,
        &[
            "谈话对象",
            "被谈话人",
            "被谈话对象",
            "被谈人",
            "被谈对象",
            "被谈话者",
            "被谈话方",
            "被谈话人员",
            "被谈话党员",
            "被谈心人",
            "被谈心对象",
            "被谈心谈话人",
            "被谈心谈话对象",
            "被约谈人",
            "被约谈对象",
            "谈心对象",
            "谈心谈话对象",
            "约谈对象",
            "受谈人",
            "受谈话人",
            "谈话党员",
            "谈话对方",
            "对象",
            "谈话对象名单",
            "参谈人",
        ],
    ),
    entry(TalkField::Kind, "type", "谈话类型", Text, &["类型", "类别", "性质", "种类"]),
    entry(
        TalkField::Topic,
        "topic",
        "谈话主题",
        Text,
        &["主题", "事由", "缘由", "原因", "题目", "议题", "事项", "目的", "项目", "主题事由"],
    ),
    entry(
        TalkField::Content,
        "content",
        "谈话内容",
        LongText,
        &[
            "内容",
            "主要内容",
            "内容摘要",
            "内容纪要",
            "主要内容摘要",
            "内容概要",
            "简要内容",
            "要点",
            "内容要点",
            "纪要",
            "谈话记录",
            "内容记录",
            "谈话情况",
            "情况",
            "谈心谈话情况",
            "谈心谈话记录",
            "主要情况",
            "谈话概况",
            "谈话详情",
            "具体内容",
            "内容简述",
            "主要内容简述",
        ],
    ),
    entry(TalkField::Mode, "mode", "谈话方式", Text, &["方式", "形式", "方式方法", "谈话方式形式", "途径"]),
    entry(
        TalkField::Recorder,
        "recorder",
        "记录人",
        Sitter,
        &["记录人", "记录员", "记录人员", "记录者", "记录", "谈话记录人", "谈话记录员", "记录同志"],
    ),
    entry(
        TalkField::Measures,
        "measures",
        "整改措施",
        LongText,
        &[
            "整改措施",
            "措施",
            "改进措施",
            "帮扶措施",
            "落实措施",
            "跟进措施",
            "跟踪措施",
            "后续措施",
            "解决措施",
            "采取措施",
            "采取的措施",
            "处理措施",
            "整改落实措施",
            "整改帮扶措施",
            "处理意见",
            "处理结果",
            "处理情况",
            "处置措施",
            "解决办法",
            "下一步措施",
            "整改和帮扶措施",
            "问题及整改措施",
            "整改落实情况",
            "整改情况",
            "答复",
            "答复情况",
            "答复意见",
        ],
    ),
    entry(TalkField::Remark, "remark", "备注", LongText, &["备注", "说明", "其他", "其它", "备注说明", "备注栏"]),
    entry(
        TalkField::Branch,
        "branch",
        "党支部",
        Organisation,
        &[
            "党支部",
            "支部",
            "支部名称",
            "党支部名称",
            "所在党支部",
            "所属党支部",
            "所在支部",
            "所属支部",
            "党组织",
            "党组织名称",
            "所在党组织",
            "所属党组织",
            "开展支部",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::TALK_COLUMNS;

    #[test]
    fn the_table_stands_in_the_order_of_the_enum_and_no_head_means_two_fields() {
        let mut seen = std::collections::BTreeMap::new();
        for (place, entry) in TALK_COLUMNS.iter().enumerate() {
            assert_eq!(entry.key as usize, place, "{}", entry.name);
            for head in entry.synonyms {
                assert_eq!(seen.insert(*head, entry.name), None, "{head} stands twice");
            }
        }
    }
}
