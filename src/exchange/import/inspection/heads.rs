//! What the head of a column of an inspection list means.

use crate::domain::values::squeezed;

/// What a column is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ColumnUse {
    /// 序号
    Number,
    /// 类别, of as many levels as there are columns
    Category,
    /// 项目
    Item,
    /// 标准
    Standard,
    /// Written into the standard, behind its head: 「分值：5」
    Beside,
    /// 保管期限
    Retention,
    /// 不用
    Unused,
}

impl ColumnUse {
    pub const ALL: [Self; 7] =
        [Self::Number, Self::Category, Self::Item, Self::Standard, Self::Beside, Self::Retention, Self::Unused];

    pub fn label(self) -> &'static str {
        match self {
            Self::Number => "序号",
            Self::Category => "类别",
            Self::Item => "项目",
            Self::Standard => "标准",
            Self::Beside => "并入标准",
            Self::Retention => "保管期限",
            Self::Unused => "不用",
        }
    }
}

const NUMBERS: &[&str] = &["序号", "编号", "序", "号", "no", "no.", "项次", "代码", "编码", "目录号"];
const CATEGORIES: &[&str] = &["类别", "类", "分类", "大类", "板块", "模块", "维度", "领域", "类目", "一级指标"];
const ITEMS: &[&str] = &[
    "项目",
    "内容",
    "指标",
    "二级指标",
    "三级指标",
    "要点",
    "检查点",
    "事项",
    "任务",
    "工作任务",
    "重点任务",
    "资料",
    "材料",
    "名称",
    "题名",
    "目录",
    "台账",
    "所需材料",
    "应备资料",
    "清单",
];
const STANDARDS: &[&str] = &["标准", "要求", "细则", "规范", "评分标准", "评分办法", "计分办法", "具体要求"];
const BESIDES: &[&str] = &[
    "分值",
    "评分",
    "得分",
    "满分",
    "扣分",
    "自评",
    "自查",
    "考评",
    "责任人",
    "备注",
    "说明",
    "方式",
    "结果",
    "情况",
    "时限",
    "期限",
    "份数",
    "页数",
    "数量",
    "依据",
    "有无",
    "有",
    "无",
    "部分",
    "是",
    "否",
    "符合",
    "不符合",
    "不适用",
    "达标",
    "不达标",
    "完成",
    "未完成",
    "合格",
    "不合格",
];
/// How heads of more words end.
const ENDINGS: &[(ColumnUse, &[&str])] = &[
    (ColumnUse::Number, &["序号", "编号"]),
    (ColumnUse::Retention, &["保管期限", "保管期限建议"]),
    (
        ColumnUse::Beside,
        &[
            "分值",
            "得分",
            "评分",
            "分数",
            "扣分",
            "责任人",
            "责任单位",
            "责任部门",
            "责任领导",
            "领导",
            "单位",
            "部门",
            "时限",
            "期限",
            "时间",
            "日期",
            "备注",
            "说明",
            "方式",
            "方法",
            "途径",
            "依据",
            "原因",
            "情况",
            "结果",
            "问题",
            "措施",
            "意见",
            "自评",
            "评价",
            "份数",
            "页数",
            "数量",
            "人",
            "合格",
            "达标",
            "完成",
            "分",
        ],
    ),
    (ColumnUse::Standard, &["标准", "要求", "细则", "办法", "规范", "标准及要求"]),
    (ColumnUse::Category, &["类别", "分类", "大类", "类型", "类目"]),
    (
        ColumnUse::Item,
        &["项目", "内容", "指标", "要点", "名称", "材料", "资料", "事项", "任务", "目录", "清单", "台账", "检查点"],
    ),
];

/// What a head says without the ordinary blanks, marks and brackets of heads.
fn plain(head: &str) -> String {
    let head = squeezed(head).to_lowercase();
    let before_bracket = head.split(['（', '(']).next().unwrap_or_default();
    let head = if before_bracket.is_empty() { &head } else { before_bracket };
    head.trim_matches(['*', '：', ':', '、', '。']).to_owned()
}

/// What a head means, and whether it says so with the very word; none of what is no head.
pub fn meaning(head: &str) -> Option<(ColumnUse, bool)> {
    let head = plain(head);
    let exact = [
        (ColumnUse::Number, NUMBERS),
        (ColumnUse::Category, CATEGORIES),
        (ColumnUse::Item, ITEMS),
        (ColumnUse::Standard, STANDARDS),
        (ColumnUse::Beside, BESIDES),
    ];
    if let Some((used, _)) = exact.iter().find(|(_, words)| words.contains(&&*head)) {
        return Some((*used, true));
    }
    if head.is_empty() || head.chars().count() > 12 {
        return None;
    }
    let (used, _) = ENDINGS.iter().find(|(_, endings)| endings.iter().any(|ending| head.ends_with(ending)))?;
    Some((*used, false))
}

/// Whether a text is the mark of a row in a column 序号: 1, 一, 1.2, A-3.
pub fn is_number(text: &str) -> bool {
    let text = squeezed(text);
    let text = text.trim_end_matches(['.', '、', '．']).trim_matches(['（', '）', '(', ')']);
    let is_mark = |c: char| c.is_ascii_alphanumeric() || ".-—一二三四五六七八九十百".contains(c);
    !text.is_empty()
        && text.chars().count() <= 8
        && text.chars().all(is_mark)
        && text.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_mean_what_offices_mean_by_them() {
        for (head, used) in [
            ("序 号", ColumnUse::Number),
            ("检查项目", ColumnUse::Item),
            ("检查内容\n（逐项）", ColumnUse::Item),
            ("检查标准", ColumnUse::Standard),
            ("评分标准及办法", ColumnUse::Standard),
            ("分值（100分）", ColumnUse::Beside),
            ("责任人", ColumnUse::Beside),
            ("完成时限", ColumnUse::Beside),
            ("一级指标", ColumnUse::Category),
            ("资料类别", ColumnUse::Category),
            ("保管期限", ColumnUse::Retention),
            ("自评得分", ColumnUse::Beside),
        ] {
            assert_eq!(meaning(head).map(|(used, _)| used), Some(used), "{head}");
        }
        for head in ["支部基本情况和班子名单及其分工", "有固定活动场所", ""] {
            assert_eq!(meaning(head), None, "{head}");
        }
    }

    #[test]
    fn numbers_of_rows_are_told_from_words() {
        assert!(["1", "12.", "一", "（二）", "1.2", "A-3"].iter().all(|text| is_number(text)));
        assert!(!["", "有", "党旗", "一季度", "A"].iter().any(|text| is_number(text)));
    }
}
