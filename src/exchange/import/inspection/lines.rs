//! Items out of lines of text: by what they are numbered with, or a line each.

use super::levels::{DEEPEST, Levels, Style, numbered};
use super::table::Read;
use super::{add_to, shortened, split};
use crate::domain::checklists::TemplateItem;

/// Titles end like this, and are not longer.
const TITLE_ENDINGS: [&str; 8] = ["清单", "目录", "标准", "表", "细则", "要求", "方案", "一览"];
const LONGEST_TITLE: usize = 50;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: u32,
    pub text: String,
    /// How deep it stands by the numbering of the program that wrote it, which is not in its text.
    pub level: Option<usize>,
}

impl Line {
    pub fn new(number: u32, text: &str) -> Self {
        Self { number, text: text.to_owned(), level: None }
    }

    fn style(&self) -> Option<Style> {
        let written = numbered(&self.text).map(|numbered| numbered.style);
        let of_level = |level: usize| match level {
            0 => Style::Arabic,
            1 => Style::ArabicBracketed,
            _ => Style::Circled,
        };
        written.or_else(|| self.level.map(of_level))
    }

    pub fn is_numbered(&self) -> bool {
        self.style().is_some()
    }

    /// Its words without its number.
    pub fn words(&self) -> &str {
        numbered(&self.text).map_or(self.text.trim(), |numbered| numbered.rest.trim())
    }

    /// Whether it can stand above a table as its name.
    pub fn is_heading(&self) -> bool {
        let words = self.words();
        let is_sentence = words.ends_with(['。', '；', '，', '：', ':']);
        words.chars().count() <= 30 && !is_sentence && !is_number_of_annex(words) && !is_foot(words)
    }
}

/// 附件1
pub fn is_number_of_annex(text: &str) -> bool {
    let rest = text.trim().strip_prefix("附件").or_else(|| text.trim().strip_prefix("附表"));
    rest.is_some_and(|rest| {
        rest.trim_matches(|c: char| c.is_ascii_digit() || "：: 一二三四五六七八九十".contains(c)).is_empty()
    })
}

/// What stands below a list and is none of it: sums, who made it, remarks.
pub fn is_foot(text: &str) -> bool {
    const BEGINNINGS: [&str; 23] = [
        "合计",
        "总计",
        "总分",
        "小计",
        "共计",
        "制表",
        "填表",
        "填报",
        "检查人",
        "检查组",
        "检查时间",
        "检查日期",
        "被检查",
        "受检",
        "签字",
        "签名",
        "审核人",
        "负责人签",
        "党支部书记签",
        "联系人",
        "注：",
        "注:",
        "备注：",
    ];
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    BEGINNINGS.iter().any(|beginning| plain.starts_with(beginning))
        || (plain.starts_with("说明") && plain.contains(['：', ':']))
}

/// What these lines say.
pub fn understand(all: &[Line]) -> Read {
    let lines: Vec<&Line> = all.iter().filter(|line| !line.text.trim().is_empty()).collect();
    let is_numbered = lines.iter().filter(|line| line.is_numbered()).count() >= 2;
    let mut read = Read::default();
    let mut levels = Levels::default();
    let (mut deep, mut further) = (0_usize, 0_usize);
    for (place, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        if is_number_of_annex(text) || is_foot(text) {
            read.remarks.push(format!("第 {} 行“{}”没有当作项", line.number, shortened(text, 40)));
            continue;
        }
        let style = line.style();
        if style.is_none() && read.lines.is_empty() && read.title.is_none() && is_title(text, place, is_numbered) {
            read.title = Some(text.to_owned());
            continue;
        }
        let depth = match style {
            Some(style) => levels.depth(style),
            None if is_numbered => {
                // It goes on with what stands above it.
                match read.last_item() {
                    Some(item) => {
                        add_to(&mut item.standard, text);
                        further += 1;
                    }
                    None => read.remarks.push(format!("第 {} 行“{}”没有当作项", line.number, shortened(text, 40))),
                }
                continue;
            }
            None => 0,
        };
        if depth > DEEPEST {
            if let Some(item) = read.last_item() {
                add_to(&mut item.standard, text);
                deep += 1;
            }
            continue;
        }
        let (title, standard) = split(line.words());
        read.lines.push(depth, TemplateItem { title, standard, ..TemplateItem::default() });
    }
    if further > 0 {
        read.remarks.push(format!("{further} 行没有编号，写进上一项的标准"));
    }
    if deep > 0 {
        read.remarks.push(format!("{deep} 行分得太细，写进上一项的标准"));
    }
    read
}

/// Whether an unnumbered line before all items is their name.
fn is_title(text: &str, place: usize, is_numbered: bool) -> bool {
    let is_short = text.chars().count() <= LONGEST_TITLE && !text.ends_with(['。', '；', '：', ':']);
    let ends_so = TITLE_ENDINGS.iter().any(|ending| text.trim_end_matches(['）', ')']).ends_with(ending));
    is_short && (ends_so || (is_numbered && place <= 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_deep_or_not_numbered_goes_into_the_standard_and_is_told() {
        let text = "一、组织建设\n（一）班子\n1.名单\n（1）有分工\n分工上墙\n合计 10 分";
        let lines: Vec<Line> = (1..).zip(text.lines()).map(|(number, text)| Line::new(number, text)).collect();
        let read = understand(&lines);
        let depths: Vec<_> = read.lines.all().iter().map(|line| (line.depth, line.item.title.as_str())).collect();
        assert_eq!(depths, [(0, "组织建设"), (1, "班子"), (2, "名单")]);
        assert_eq!(read.lines.all()[2].item.standard.as_deref(), Some("（1）有分工\n分工上墙"));
        assert_eq!(
            read.remarks,
            ["第 6 行“合计 10 分”没有当作项", "1 行没有编号，写进上一项的标准", "1 行分得太细，写进上一项的标准"]
        );
    }
}
