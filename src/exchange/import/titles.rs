//! What stands around a table: titles, fill-in rows, group rows, sheet names. They tell branch, group, category, day.
//!
//! A word is taken only where it can mean nothing else. Start at [`Surroundings`].

use crate::clock::Day;
use crate::domain::values::{
    Told, category_told, day_in_text, half_width, kind_of_organisation, month_in_text, squeezed, year_in_text,
    years_told,
};

/// What is told of all persons below (表外信息).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    pub branch: Option<String>,
    pub group: Option<String>,
    pub category: Option<&'static str>,
    pub day: Option<Day>,
    /// The year that a title tells, for dates without one.
    pub year: Option<i16>,
    /// The month that a title, the name of the sheet or a row above tells, for days without one.
    pub month: Option<i8>,
    /// What stands above the organisations below: a row of its own names it.
    pub parent: Option<String>,
}

impl Surroundings {
    /// What the rows above a table tell. Each row is given as the texts of its cells, joined by wide gaps.
    pub fn of_rows(rows: &[String]) -> Self {
        let mut told = Self::default();
        for row in rows {
            let title = branch_in_title(row);
            told.group = told.group.or_else(|| title.as_ref().and_then(|(_, group)| group.clone()));
            told.branch = told.branch.or(title.map(|(branch, _)| branch)).or_else(|| branch_filled_in(row));
            if let (None, Some(GroupRow::Group(group))) = (&told.group, group_row(row)) {
                told.group = Some(group);
            }
            told.category = told.category.or_else(|| category_in_title(row));
            told.day = day_in_text(row).or(told.day);
            // 填报时间 is another year than that of what is told; 年度 is that year.
            let is_of_list = !row.contains(['：', ':']) || row.contains("年度");
            told.year = told.year.or_else(|| year_of_list(row).filter(|_| is_of_list));
            told.month = told.month.or_else(|| month_in_text(row).filter(|_| is_of_list));
        }
        told
    }

    /// Adds what the name of the sheet tells, where nothing else does.
    #[must_use]
    pub fn or_sheet_name(mut self, name: &str) -> Self {
        self.branch = self.branch.or_else(|| branch_in_title(name).map(|(branch, _)| branch));
        self.category = self.category.or_else(|| category_in_title(name));
        // A sheet for each year: titles are copied from one to the next.
        self.year = bare_year(name).or(self.year).or_else(|| year_of_list(name));
        self.month = self.month.or_else(|| month_in_text(name));
        self
    }
}

/// 2024, 2024年, 24年度: the name of a sheet that is a year and nothing else.
fn bare_year(name: &str) -> Option<i16> {
    let name = squeezed(&half_width(name));
    let digits = name.trim_end_matches(['年', '度']);
    let is_year = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits.len() == 4 || digits.len() < name.len());
    let [year] = years_told(&name)[..] else { return None };
    is_year.then_some(year)
}

/// The year whose talks a title lists: 2026年谈心谈话台账. That of a campaign, a document or a meeting which they are held
/// for is none: talks before the 2025年度组织生活会 are held in 2026.
fn year_of_list(title: &str) -> Option<i16> {
    const OF_SOMETHING_ELSE: [&str; 12] = [
        "主题教育",
        "教育活动",
        "学习教育",
        "贯彻",
        "根据",
        "依据",
        "按照",
        "印发",
        "组织生活会",
        "民主生活会",
        "民主评议",
        "〔",
    ];
    year_in_text(title).filter(|_| !OF_SOMETHING_ELSE.iter().any(|words| title.contains(words)))
}

/// What a row between persons tells: 第一党小组, 二、发展对象, 机关党支部.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupRow {
    Group(String),
    Branch {
        branch: String,
        group: Option<String>,
    },
    Category(&'static str),
    /// An organisation above those that follow.
    Parent(String),
    /// 2024年, above talks.
    Year(i16),
    /// 2月份, 2024年2月, above talks.
    Month {
        year: Option<i16>,
        month: i8,
    },
    /// A heading that tells nothing of what follows: 一、机关, 第一季度.
    Heading,
}

impl GroupRow {
    /// 「党小组 第一党小组」; empty for a mere heading.
    pub fn in_words(&self) -> String {
        match self {
            Self::Group(group) => format!("党小组 {group}"),
            Self::Branch { branch, group: None } => format!("党支部 {branch}"),
            Self::Branch { branch, group: Some(group) } => format!("党支部 {branch}、党小组 {group}"),
            Self::Category(category) => format!("人员类别 {category}"),
            Self::Parent(name) => format!("上级党组织 {name}"),
            Self::Year(year) => format!("年份 {year}"),
            Self::Month { year: None, month } => format!("月份 {month}"),
            Self::Month { year: Some(year), month } => format!("月份 {year} 年 {month} 月"),
            Self::Heading => String::new(),
        }
    }
}

/// A row between organisations that has one text only.
pub fn heading_of_organisations(text: &str) -> GroupRow {
    let squeezed = squeezed(&outside_brackets(text));
    let name = without_count(without_number(&squeezed));
    if name.chars().count() <= 40 && kind_of_organisation(name).is_some() && !is_generic_list(name) {
        GroupRow::Parent(name.to_owned())
    } else {
        GroupRow::Heading
    }
}

/// 机关党支部名册, 所属党支部: many, not one.
fn is_generic_list(name: &str) -> bool {
    ["所属", "下属", "下辖", "各", "名册", "名单", "一览", "情况"].iter().any(|word| name.contains(word))
}

/// A row between talks that has one text only.
pub fn heading_of_talks(text: &str) -> GroupRow {
    match (year_of_list(text), month_in_text(text)) {
        (year, Some(month)) => return GroupRow::Month { year, month },
        (Some(year), None) => return GroupRow::Year(year),
        (None, None) => {}
    }
    match group_row(text) {
        Some(told @ GroupRow::Branch { .. }) => told,
        _ => GroupRow::Heading,
    }
}

/// Reads a row that has one text only; none where it is no group row.
pub fn group_row(text: &str) -> Option<GroupRow> {
    let squeezed = squeezed(text);
    let text = without_count(without_number(&squeezed));
    if text.is_empty() || text.chars().count() > 40 || text.contains(['。', '；', ';', '，']) {
        return None;
    }
    let listed = ["名单", "名册", "花名册"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text);
    if listed.chars().count() > 2
        && let Told::Category(category) = category_told(listed)
        && !matches!(half_width(listed).as_str(), "中共党员" | "共产党员")
    {
        return Some(GroupRow::Category(category));
    }
    if let Some((branch, group)) = branch_in_title(text)
        && half_width(text).len() == branch.len() + group.as_ref().map_or(0, String::len)
    {
        return Some(GroupRow::Branch { branch, group });
    }
    (text.ends_with("党小组") || text.ends_with("小组")).then(|| GroupRow::Group(text.to_owned()))
}

/// Without the number in front: `一、`, `（二）`, `3.`.
pub(super) fn without_number(text: &str) -> &str {
    let inside = text.trim_start_matches(['（', '(']);
    let rest = inside.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let numbered = rest.len() < inside.len();
    match rest.strip_prefix(['、', '.', '．', ')', '）']) {
        Some(rest) if numbered => rest.trim_start_matches('、'),
        _ => text,
    }
}

/// Without the count behind: `（12人）`, `：12名`.
fn without_count(text: &str) -> &str {
    let end = text.trim_end_matches(['）', ')', '：', ':']);
    let Some(counted) = end.strip_suffix(['人', '名']) else { return text.trim_end_matches(['：', ':']) };
    let rest = counted.trim_end_matches(|c: char| c.is_numeric());
    if rest.len() == counted.len() {
        return text;
    }
    rest.trim_end_matches(['（', '(', '：', ':', '共', '计', '，'])
}

const BRANCH_ENDS: [&str; 2] = ["支部委员会", "支部"];

/// The branch whose list this is, and the group below it: `中共…第一支部委员会党员花名册`.
pub fn branch_in_title(text: &str) -> Option<(String, Option<String>)> {
    let text = half_width(&squeezed(&outside_remarks(text)));
    let text = without_date(without_attachment(&text));
    let mut from = 0;
    while let Some(found) = text[from..].find("支部") {
        let start = from + found;
        let end_word = BRANCH_ENDS.iter().find(|end| text[start..].starts_with(**end))?;
        let end = start + end_word.len();
        from = end;
        let before = &text[..start];
        let after = &text[end..];
        if before.ends_with('总') || after.starts_with("书记") || after.starts_with("委员") || is_generic(before) {
            continue;
        }
        // A further 支部 names the branch more closely: 机关总支第二党支部.
        if let Some(next) = after.find("支部")
            && !after[..next].ends_with('总')
            && !is_generic(&after[..next])
        {
            continue;
        }
        if text[..end].chars().count() > 40 || before.contains([':', ',', '。']) {
            return None;
        }
        // 某县文旅局中共某县图书馆支部委员会: the full name begins with 中共.
        let name = text[..end].rfind("中共").map_or(&text[..end], |start| &text[start..end]);
        return Some((name.to_owned(), group_after(after)));
    }
    None
}

/// Words before 支部 that name none: 各党支部, 所属党支部.
fn is_generic(before: &str) -> bool {
    let name = before.trim_end_matches("联合").trim_end_matches('党').trim_end_matches("联合").trim_end_matches("临时");
    name.is_empty()
        || ["各", "所属", "下属", "下辖", "所辖", "基层", "全体", "本", "在", "与", "和", "、", "党员所在", "所在"]
            .iter()
            .any(|word| name.ends_with(word))
}

fn group_after(after: &str) -> Option<String> {
    let end = after.find("党小组")? + "党小组".len();
    let group = &after[..end];
    (group.chars().count() <= 10 && group != "党小组").then(|| group.to_owned())
}

/// Without brackets that are no part of a name: （2024年）, （盖章）. Those in the middle of one stay: 烟草局（公司）党支部.
fn outside_remarks(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(['(', '（', '[', '【']) {
        let Some(length) = rest[start..].find([')', '）', ']', '】']) else { break };
        let close = start + length;
        let end = close + rest[close..].chars().next().map_or(1, char::len_utf8);
        let inside = &rest[start..close];
        let is_remark = inside.starts_with(['[', '【'])
            || inside.chars().any(|c| c.is_numeric())
            || ["支部", "党员", "盖章", "公章", "签字", "签章", "年度", "续"].iter().any(|word| inside.contains(word));
        let is_inside = !out.trim().is_empty() || start > 0;
        if is_inside && !is_remark && rest[end..].contains("支部") {
            out.push_str(&rest[..end]);
        } else {
            out.push_str(&rest[..start]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Without what stands in brackets of any form.
fn outside_brackets(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|c| {
            match c {
                '(' | '（' | '[' | '【' => depth += 1,
                ')' | '）' | ']' | '】' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// Without `附件1：` in front.
fn without_attachment(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("附件").or_else(|| text.strip_prefix('附')) else { return text };
    rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五".contains(c)).trim_start_matches(['：', ':'])
}

/// Without `2024年度` or `2024年3月` in front.
fn without_date(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || "年度月日份.-".contains(c));
    if text.starts_with("19") || text.starts_with("20") { rest } else { text }
}

const FILLED_IN: &[&str] = &[
    "填报单位",
    "填表单位",
    "单位",
    "单位名称",
    "党支部",
    "支部",
    "党支部名称",
    "支部名称",
    "党组织",
    "党组织名称",
    "组织名称",
    "填报支部",
    "所在党支部",
    "所属党支部",
    "所在支部",
    "报送单位",
    "制表单位",
    "编报单位",
    "统计单位",
    "上报单位",
    "填报党支部",
    "填报党组织",
];

/// The branch of a fill-in row: `填报单位：…支部`.
pub(super) fn branch_filled_in(row: &str) -> Option<String> {
    let characters: Vec<char> = row.chars().collect();
    let colons = characters.iter().enumerate().filter(|(_, c)| matches!(c, '：' | ':'));
    for (colon, _) in colons {
        let label: String = characters[..colon].iter().collect();
        let label = squeezed(&outside_brackets(&label));
        if !FILLED_IN.iter().any(|known| label.ends_with(known)) {
            continue;
        }
        let value: String = characters[colon + 1..].iter().collect();
        let value = value.trim_start();
        let end = value.find(['\u{3000}', '\t', '\n']).or_else(|| value.find("  ")).unwrap_or(value.len());
        let value = half_width(&squeezed(&outside_remarks(&value[..end])));
        if let Some((branch, _)) = branch_in_title(&value)
            && branch == value
        {
            return Some(branch);
        }
    }
    None
}

/// The one category that a title names: 预备党员名册. The word 党员 alone tells none.
pub fn category_in_title(text: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &str)] = &[
        ("正式党员", "正式党员"),
        ("预备党员", "预备党员"),
        ("发展对象", "发展对象"),
        ("积极分子", "入党积极分子"),
        ("入党申请人", "入党申请人"),
        ("申请入党", "入党申请人"),
    ];
    let text = squeezed(text);
    let mut told = WORDS.iter().filter(|(word, _)| text.contains(word)).map(|(_, category)| *category);
    match (told.next(), told.next()) {
        (Some(category), None) => Some(category),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_the_branch_without_what_kind_of_list_it_is() {
        for (title, branch) in [
            ("中共青禾县民政局机关第一支部委员会党员花名册", "中共青禾县民政局机关第一支部委员会"),
            ("机关第二党支部2024年党员名册", "机关第二党支部"),
            ("2024年度离退休干部党支部党员基本情况一览表", "离退休干部党支部"),
            ("附件2：某局机关党支部党员信息采集表（2024年）", "某局机关党支部"),
            ("某局总支部委员会第二支部党员花名册", "某局总支部委员会第二支部"),
            ("第三支部", "第三支部"),
            ("某局（人才中心）党支部党员花名册（续）", "某局(人才中心)党支部"),
            ("烟草局（公司）营销中心党支部党员一览表（2024年）", "烟草局(公司)营销中心党支部"),
            ("２０２５年临溪县图书馆党支部党员花名册", "临溪县图书馆党支部"),
        ] {
            assert_eq!(branch_in_title(title).map(|(branch, _)| branch).as_deref(), Some(branch), "{title}");
        }
        for title in [
            "望川县交通运输局党员信息台账",
            "某局党总支所属党支部党员花名册",
            "各支部党员名册",
            "中共某局总支部委员会党员花名册",
            "某局党支部书记名册",
            "党支部党员花名册",
        ] {
            assert_eq!(branch_in_title(title), None, "{title}");
        }
        assert_eq!(
            branch_in_title("机关第一党支部第二党小组党员名册"),
            Some(("机关第一党支部".into(), Some("第二党小组".into())))
        );
    }

    #[test]
    fn a_fill_in_row_tells_branch_and_day() {
        let row = "填报单位：中共望川县财政局机关第二支部委员会\u{3000}\u{3000}\u{3000}填表时间：2024年3月15日";
        let told = Surroundings::of_rows(&["党员基本情况登记表".into(), row.into()]);
        assert_eq!(told.branch.as_deref(), Some("中共望川县财政局机关第二支部委员会"));
        assert_eq!(told.day, Some(Day::constant(2024, 3, 15)));
        for row in [
            "填报单位：某局\u{3000}\u{3000}2024年3月",
            "单位：人",
            "填报单位（盖章）：\u{3000}\u{3000}填表时间：2024年",
        ] {
            assert_eq!(Surroundings::of_rows(&[row.into()]).branch, None, "{row}");
        }
        assert_eq!(branch_filled_in("填报单位（盖章）：\u{3000}\u{3000}机关党支部").as_deref(), Some("机关党支部"));
    }

    #[test]
    fn group_rows_are_known() {
        assert_eq!(group_row("第一党小组"), Some(GroupRow::Group("第一党小组".into())));
        assert_eq!(group_row("第二党小组（12人）"), Some(GroupRow::Group("第二党小组".into())));
        assert_eq!(group_row("二、发展对象"), Some(GroupRow::Category("发展对象")));
        assert_eq!(group_row("（三）入党积极分子：12人"), Some(GroupRow::Category("入党积极分子")));
        assert_eq!(
            group_row("机关第一党支部（15人）"),
            Some(GroupRow::Branch { branch: "机关第一党支部".into(), group: None })
        );
        for text in ["注：以身份证为准", "2.退休干部梁巧同志组织关系已转出，未列入本表。", "张三"]
        {
            assert_eq!(group_row(text), None, "{text}");
        }
    }

    #[test]
    fn a_row_between_organisations_names_what_stands_above() {
        let above = |name: &str| GroupRow::Parent(name.to_owned());
        assert_eq!(heading_of_organisations("一、机关党委（3个支部）"), above("机关党委"));
        assert_eq!(heading_of_organisations("（二）实验小学党总支"), above("实验小学党总支"));
        for text in ["一、机关单位", "机关党委所属党支部", "第一季度"] {
            assert_eq!(heading_of_organisations(text), GroupRow::Heading, "{text}");
        }
        assert_eq!(heading_of_talks("2023年"), GroupRow::Year(2023));
        assert_eq!(heading_of_talks("一月份"), GroupRow::Month { year: None, month: 1 });
        assert_eq!(heading_of_talks("2025年2月"), GroupRow::Month { year: Some(2025), month: 2 });
        assert_eq!(heading_of_talks("第一季度"), GroupRow::Heading);
        let rows = ["谈心谈话台账".into(), "党支部：机关党支部\u{3000}\u{3000}年度：2024年".into()];
        assert_eq!(Surroundings::of_rows(&rows).year, Some(2024));
        for title in [
            "填报时间：2024年1月",
            "学习贯彻2023年主题教育谈心谈话台账",
            "2025年度组织生活会会前谈心谈话台账",
            "谈心谈话台账（2025—2026年）",
        ] {
            assert_eq!(Surroundings::of_rows(&[title.into()]).year, None, "{title}");
        }
    }

    #[test]
    fn a_title_tells_one_category_or_none() {
        assert_eq!(category_in_title("某支部预备党员名册"), Some("预备党员"));
        assert_eq!(category_in_title("入党积极分子名册"), Some("入党积极分子"));
        assert_eq!(category_in_title("正式党员、预备党员名册"), None);
        assert_eq!(category_in_title("党员花名册"), None);
    }
}
