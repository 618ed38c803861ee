//! Heads that stand in no table of words, taken apart: what goes before and after a word without changing it, words for
//! the same thing, words put together.
//!
//! 您的手机号码是, 隶属支部, 加入中国共产党日期, 岗位职务, 办公电话/手机. A part that is not known leaves the whole head
//! unknown: 紧急联系电话 and 原支部 are columns of their own. Start at [`canonical`] and [`qualified`].

use super::head_phrases::PHRASES;
use crate::domain::fields::Known;

/// Words in front that ask for a thing or say whose it is.
const IN_FRONT: &[&str] = &[
    "请填写",
    "请输入",
    "请选择",
    "请问",
    "填写",
    "您",
    "你",
    "本人",
    "个人",
    "党员",
    "人员",
    "职工",
    "员工",
    "同志",
    "现在",
    "目前",
    "当前",
    "现",
];
/// Words behind that say no more than that something is told.
const BEHIND: &[&str] = &["必填", "选填", "情况", "信息", "名称", "全称", "是", "为", "?", "栏"];
/// Words for the same thing, at any place.
const SAME: &[(&str, &str)] = &[
    ("两名", ""),
    ("两位", ""),
    ("的", ""),
    ("加入中国共产党", "入党"),
    ("参加中国共产党", "入党"),
    ("加入共产党", "入党"),
    ("加入党组织", "入党"),
    ("参加党组织", "入党"),
    ("加入党派", "入党"),
    ("参加党派", "入党"),
    ("加入中共", "入党"),
    ("参加中共", "入党"),
    ("隶属", "所在"),
    ("归属", "所在"),
    ("所属", "所在"),
    ("缴纳", "交"),
    ("交纳", "交"),
    ("缴", "交"),
    ("上交", "递交"),
    ("提交", "递交"),
    ("呈递", "递交"),
];
/// Words for a point of time, at the end.
const TIMES: &[&str] = &["年月日", "年月份", "年月", "日期", "年份"];

/// A head, given in half width without spaces and brackets, in the words that stand for all others of their kind.
pub fn canonical(bare: &str) -> String {
    let mut words = without_question_number(without_translation(bare)).to_owned();
    for (word, common) in SAME {
        if words.contains(word) {
            words = words.replace(word, common);
        }
    }
    let mut rest = words.as_str();
    while let Some(shorter) = IN_FRONT.iter().find_map(|word| rest.strip_prefix(word)).filter(|rest| is_enough(rest)) {
        rest = shorter;
    }
    while let Some(shorter) = BEHIND.iter().find_map(|word| rest.strip_suffix(word)).filter(|rest| is_enough(rest)) {
        rest = shorter;
    }
    if let Some(what) = rest.strip_prefix("何时") {
        return format!("{what}时间");
    }
    match TIMES.iter().find_map(|word| rest.strip_suffix(word)) {
        Some(what) => format!("{what}时间"),
        None => rest.to_owned(),
    }
}

/// Without the English of a head in two languages: 姓名name.
fn without_translation(head: &str) -> &str {
    let plain = head.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if is_enough(plain) && plain.chars().all(|c| !c.is_ascii()) { plain } else { head }
}

/// One character alone says nothing.
fn is_enough(rest: &str) -> bool {
    rest.chars().count() > 1
}

/// Without the number of a question: 3、性别, 12姓名; 2024年党费 keeps its year.
fn without_question_number(head: &str) -> &str {
    let head = head.strip_prefix('q').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(head);
    let rest = head.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_amount = rest.starts_with(['年', '月', '季', '日', '号', '级', '岁', '元']);
    if rest.len() == head.len() || rest.is_empty() || is_amount {
        return head;
    }
    rest.trim_start_matches(['、', '_', '-', ',', ')', ':'])
}

/// The field of members whose name a canonical head is, with words before it that change nothing.
pub fn qualified(canonical: &str) -> Option<Known> {
    if canonical.strip_suffix("姓名").is_some_and(is_of_the_record) {
        return Some(Known::Name);
    }
    let found = PHRASES.iter().find(|phrase| is_phrase(canonical, phrase.before, phrase.cores));
    found.map(|phrase| phrase.field)
}

/// Words that say that what is told is of somebody or something else, or of another time.
const OF_OTHERS: &[&str] = &[
    "配偶",
    "家属",
    "家庭",
    "父",
    "母",
    "子女",
    "亲属",
    "亲友",
    "监护",
    "户主",
    "介绍人",
    "联系人",
    "联系群众",
    "联络",
    "培养",
    "书记",
    "负责人",
    "班主任",
    "辅导员",
    "谈",
    "记录",
    "紧急",
    "填表",
    "经办",
    "审核",
    "审批",
    "帮扶",
    "结对",
    "包保",
    "包联",
    "法人",
    "法定",
    "校长",
    "院长",
    "领导",
    "曾用",
    "户",
    "推荐",
    "原",
    "曾",
    "拟",
    "前任",
    "转出",
    "转来",
    "转往",
    "转移",
    "从何",
    "去向",
    "流入",
    "流出",
    "接收",
    "派出",
    "派遣",
    "培训",
    "挂钩",
    "授予",
    "发证",
    "颁发",
    "奖励",
    "处分",
    "处理",
    "慰问",
    "志愿",
    "服务",
    "社会",
    "兼",
    "企业负责",
    "部队",
    "示范",
    "责任",
    "评",
    "考核",
    "核查",
    "调查",
    "申报",
    "捐",
];

/// Whether what goes before a name says only what kind of person the record is of: 学生姓名, 流动党员姓名.
fn is_of_the_record(before: &str) -> bool {
    before.chars().count() <= 8
        && !OF_OTHERS.iter().any(|word| before.contains(word))
        && !["单位", "企业", "公司", "学校", "组织", "支部"].iter().any(|word| before.ends_with(word))
}

/// The field whose word a head ends with, whatever stands before it, unless that says that it is of others: 安置单位,
/// 工地职务. To be taken only where no other column is that field.
pub fn ending(canonical: &str) -> Option<Known> {
    const ENDS: &[(Known, &[&str])] = &[
        (Known::Introducers, &["介绍人"]),
        (Known::Unit, &["单位", "单位职务", "企业", "公司", "执业机构", "所在机构", "工作单位职务", "单位及职务"]),
        (Known::Remark, &["附注", "备考", "备注"]),
    ];
    // Whoever is retired is told by where he was.
    if matches!(
        canonical,
        "原工作单位" | "原单位" | "原工作单位及职务" | "原单位及职务" | "原工作单位职务" | "原单位职务"
    ) {
        return Some(Known::Unit);
    }
    let (field, before) = ENDS.iter().find_map(|(field, ends)| {
        ends.iter().find_map(|end| canonical.strip_suffix(end)).map(|before| (*field, before))
    })?;
    let is_own = before.chars().count() <= 6 && !is_of_others(before);
    is_own.then_some(field)
}

/// The post that a head ends with: in the party where it says so, else at work.
pub fn ending_with_post(canonical: &str) -> Option<Known> {
    let before = ["职务", "任职", "职位", "岗位"].iter().find_map(|end| canonical.strip_suffix(end))?;
    let is_of_party = ["党", "支部", "支委"].iter().any(|word| before.contains(word));
    match is_of_party {
        _ if before.chars().count() > 6 || is_of_others(before) => None,
        true => Some(Known::PartyPost),
        false => Some(Known::Job),
    }
}

/// Whether a text speaks of somebody or something else than the record, or of another time.
pub fn is_of_others(text: &str) -> bool {
    OF_OTHERS.iter().any(|word| text.contains(word))
}

/// Whether a canonical head speaks of the organisation a member belongs to, of whatever kind that is.
pub fn is_of_organisation(canonical: &str) -> bool {
    const BEFORE: &[&str] = &["所在", "组织关系", "党组织关系", "正式", "基层", "关系"];
    is_phrase(canonical, BEFORE, &["党组织", "组织"]) || canonical == "组织关系所在单位"
}

fn is_phrase(head: &str, before: &[&str], cores: &[&str]) -> bool {
    cores.contains(&head)
        || before.iter().filter_map(|word| head.strip_prefix(word)).any(|rest| is_phrase(rest, before, cores))
}

/// The one field that two names put together mean: 岗位职务, 办公电话/手机, and 单位及职务, whose cells are not parted.
pub fn together(one: Known, other: Known) -> Option<Known> {
    match (one, other) {
        (one, other) if one == other => Some(one),
        (Known::Unit, Known::Job | Known::Occupation | Known::Title) => Some(Known::Unit),
        (Known::Education, Known::Degree) => Some(Known::Education),
        (Known::Job, Known::Occupation) | (Known::Occupation, Known::Job) => Some(Known::Job),
        _ => None,
    }
}

/// Words that name no field alone, beside one that does: 职务/职级, 毕业院校/专业.
pub fn goes_with(field: Known, word: &str) -> bool {
    match field {
        Known::Job => matches!(word, "职级" | "级别" | "职务级别" | "职务层次"),
        Known::School => matches!(word, "专业" | "系" | "所学专业" | "系及专业" | "系专业"),
        Known::Unit => matches!(word, "部门" | "科室" | "所在部门"),
        _ => false,
    }
}

/// Groups of heads that speak of the member: what stands below them is the member's own.
const OWN_GROUPS: &[&str] = &[
    "基本",
    "个人",
    "本人",
    "党员",
    "党内",
    "党籍",
    "党组织",
    "入党",
    "组织",
    "支部",
    "工作",
    "单位",
    "任职",
    "职务",
    "职业",
    "岗位",
    "行政",
    "身份",
    "学历",
    "学位",
    "教育",
    "文化",
    "毕业",
    "联系",
    "通讯",
    "通信",
    "住址",
    "居住",
    "地址",
    "户籍",
    "信息",
    "情况",
    "人员",
    "概况",
    "流动",
    "发展",
    "转正",
    "时间",
    "日期",
    "其他",
    "其它",
    "备注",
    "现任",
    "专业",
];
/// Words that are of whatever the group above them is of.
const OF_ANYTHING: &[&str] = &[
    "姓名",
    "性别",
    "民族",
    "出生时间",
    "单位",
    "工作单位",
    "所在单位",
    "职务",
    "岗位",
    "职业",
    "职称",
    "电话",
    "联系电话",
    "手机",
    "手机号码",
    "联系方式",
    "地址",
    "住址",
    "备注",
    "类别",
    "政治面貌",
    "学历",
    "文化程度",
    "身份证号",
    "身份证号码",
    "支部",
    "党支部",
    "所在支部",
    "所在党支部",
    "小组",
    "状态",
    "其他",
    "说明",
];

/// Whether a head below a group of heads is of something else than the member: 岗位 below 志愿服务.
pub fn is_of_something_else(group: &str, canonical: &str) -> bool {
    OF_ANYTHING.contains(&canonical) && !OWN_GROUPS.iter().any(|word| group.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_and_says_whose_it_is_changes_nothing() {
        for (head, plain) in [
            ("1您的姓名", "姓名"),
            ("q3_性别", "性别"),
            ("您所在的党支部是?", "所在党支部"),
            ("请填写手机号码", "手机号码"),
            ("加入中国共产党日期", "入党时间"),
            ("何时入党", "入党时间"),
            ("隶属支部名称", "所在支部"),
            ("2024年党费", "2024年党费"),
            ("姓名name", "姓名"),
            ("党员", "党员"),
        ] {
            assert_eq!(canonical(head), plain, "{head}");
        }
    }

    #[test]
    fn words_before_a_name_are_known_or_leave_the_head_unknown() {
        for (head, field) in [
            ("办公室电话", Some(Known::Phone)),
            ("组织关系所在支部", Some(Known::Branch)),
            ("岗位职务", Some(Known::Job)),
            ("常用联系电话", Some(Known::Phone)),
            ("紧急联系电话", None),
            ("原支部", None),
            ("转出支部", None),
            ("社会职务", None),
            ("单位地址", None),
            ("流动党员姓名", Some(Known::Name)),
            ("企业负责人姓名", None),
            ("配偶姓名", None),
        ] {
            assert_eq!(qualified(head), field, "{head}");
        }
        assert!(is_of_organisation("所在党组织") && !is_of_organisation("原所在党组织"));
    }
}
