//! What a line is numbered with (一、（一）1. （1）①), and how deep it therefore stands.

/// The deepest level of a template's items, counted from 0.
pub const DEEPEST: usize = 2;

/// A way of numbering, from the outermost in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// 第一部分
    Part,
    /// 一、
    Chinese,
    /// （一）
    Bracketed,
    /// 1. 1、
    Arabic,
    /// 1.1
    Dotted,
    /// 1.1.1
    DottedTwice,
    /// （1） 1）
    ArabicBracketed,
    /// ①
    Circled,
    /// ●
    Bullet,
}

impl Style {
    /// Whether only headings are numbered so in a table.
    pub fn is_of_headings(self) -> bool {
        self <= Self::Bracketed
    }
}

/// A text without its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered<'t> {
    pub style: Style,
    pub rest: &'t str,
}

/// What a text is numbered with.
pub fn numbered(text: &str) -> Option<Numbered<'_>> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let found = |style, rest: &'_ str| {
        let rest = rest.trim_start();
        // A number alone numbers nothing.
        (!rest.is_empty()).then(|| (style, text.len() - rest.len()))
    };
    let (style, at) = match first {
        '•' | '·' | '●' | '○' | '■' | '□' | '◆' | '◇' | '▪' | '☐' | '➢' | '★' | '☆' | '√' | '\u{f06c}' | '\u{f0d8}' => {
            found(Style::Bullet, rest)
        }
        '-' | '—' | '*' if rest.starts_with(char::is_whitespace) => found(Style::Bullet, rest),
        '①'..='⑳' => found(Style::Circled, rest),
        '⑴'..='⒇' => found(Style::ArabicBracketed, rest),
        '⒈'..='⒛' => found(Style::Arabic, rest),
        '第' => part(rest).and_then(|rest| found(Style::Part, rest)),
        '（' | '(' => bracketed(rest).and_then(|(style, rest)| found(style, rest)),
        _ if is_chinese_digit(first) => {
            let rest = text.trim_start_matches(is_chinese_digit);
            rest.strip_prefix(['、', '.', '．', '：', ':']).and_then(|rest| found(Style::Chinese, rest))
        }
        _ if first.is_ascii_digit() => arabic(text).and_then(|(style, rest)| found(style, rest)),
        _ => None,
    }?;
    Some(Numbered { style, rest: &text[at..] })
}

fn is_chinese_digit(c: char) -> bool {
    "一二三四五六七八九十百零〇".contains(c)
}

/// What follows 第一部分.
fn part(rest: &str) -> Option<&str> {
    let after = rest.trim_start_matches(|c: char| is_chinese_digit(c) || c.is_ascii_digit());
    if after.len() == rest.len() {
        return None;
    }
    let after = ["部分", "章", "节", "类", "篇"].iter().find_map(|word| after.strip_prefix(word))?;
    Some(after.trim_start_matches(['：', ':', '、', '.', ' ', '\u{3000}']))
}

/// What follows （一） or （1）.
fn bracketed(rest: &str) -> Option<(Style, &str)> {
    let (number, after) = rest.split_once(['）', ')'])?;
    let number = number.trim();
    if number.is_empty() || number.chars().count() > 4 {
        None
    } else if number.chars().all(is_chinese_digit) {
        Some((Style::Bracketed, after))
    } else if number.chars().all(|c| c.is_ascii_digit()) {
        Some((Style::ArabicBracketed, after))
    } else {
        None
    }
}

/// What follows 1. or 1、 or 1） or 1.1.
fn arabic(text: &str) -> Option<(Style, &str)> {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let count = digits(text);
    if count > 3 {
        return None;
    }
    let mut after = &text[count..];
    let mut dots = 0;
    while let Some(rest) = after.strip_prefix(['.', '．']) {
        let count = digits(rest);
        if count == 0 || count > 3 {
            break;
        }
        dots += 1;
        after = &rest[count..];
    }
    if dots == 0 {
        let style = match after.chars().next()? {
            ')' | '）' => Style::ArabicBracketed,
            '.' | '．' | '、' | '\t' => Style::Arabic,
            _ => return None,
        };
        return Some((style, &after[after.chars().next()?.len_utf8()..]));
    }
    // 1.5米 is no number of a line.
    let is_apart = after.starts_with(char::is_whitespace) || after.starts_with(['、', '.', '．']);
    let is_measure = after.starts_with(|c: char| "米万元分倍平个人次年月天小公亩张份%％".contains(c));
    if !is_apart && (is_measure || !after.starts_with(|c: char| !c.is_ascii())) {
        return None;
    }
    let style = if dots == 1 { Style::Dotted } else { Style::DottedTwice };
    Some((style, after.trim_start_matches(['、', '.', '．'])))
}

/// How deep each line stands, by the ways of numbering around it.
#[derive(Debug, Default)]
pub struct Levels(Vec<Style>);

impl Levels {
    /// How deep a line of this style stands that comes now.
    pub fn depth(&mut self, style: Style) -> usize {
        while self.0.last().is_some_and(|last| *last >= style) {
            self.0.pop();
        }
        self.0.push(style);
        self.0.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_is_numbered_with() {
        for (text, style, rest) in [
            ("一、组织建设", Style::Chinese, "组织建设"),
            ("第二部分：队伍建设", Style::Part, "队伍建设"),
            ("（三）党员教育", Style::Bracketed, "党员教育"),
            ("(12) 签到", Style::ArabicBracketed, "签到"),
            ("1.有场所", Style::Arabic, "有场所"),
            ("2、有设施", Style::Arabic, "有设施"),
            ("3.\t有标志", Style::Arabic, "有标志"),
            ("1.2 党员大会", Style::Dotted, "党员大会"),
            ("1.2.3党课", Style::DottedTwice, "党课"),
            ("①方案", Style::Circled, "方案"),
            ("□ 党旗", Style::Bullet, "党旗"),
            ("- 党徽", Style::Bullet, "党徽"),
        ] {
            assert_eq!(numbered(text), Some(Numbered { style, rest }), "{text}");
        }
        for text in ["有场所", "1.5米高", "2026年总结", "一是抓学习", "（试行）", "1.", "3 名委员", ""]
        {
            assert_eq!(numbered(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_stands_below_the_last_of_an_outer_style() {
        let mut levels = Levels::default();
        let styles = [Style::Chinese, Style::Bracketed, Style::Arabic, Style::Arabic, Style::Chinese, Style::Arabic];
        let depths: Vec<usize> = styles.into_iter().map(|style| levels.depth(style)).collect();
        assert_eq!(depths, [0, 1, 2, 2, 0, 1], "a level that is left out is none");
    }
}
