//! Single words: cells that say nothing, sex, yes and no, category; and how text is cleaned.

use unicode_normalization::UnicodeNormalization as _;

use super::{Reading, Trouble};

/// Half-width forms (NFKC). Never used on free text that is kept.
pub fn half_width(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfkc().collect() }
}

/// Without any white space and without characters that are not seen.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_unseen(*c)).collect()
}

/// The first character that is seen.
pub fn first_seen(text: &str) -> Option<char> {
    text.chars().find(|c| !c.is_whitespace() && !is_unseen(*c))
}

/// Characters that take no place: zero-width spaces, byte order marks, control characters.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
        || (c.is_control() && c != '\n' && c != '\t')
}

/// Free text as it is kept: ends trimmed, line breaks as `\n`, control characters dropped.
pub(super) fn cleaned(text: &str) -> String {
    let plain = text.trim_matches(|c: char| c.is_whitespace() || is_unseen(c));
    if !plain.contains(|c: char| is_unseen(c) || c == '\r') {
        return plain.to_owned();
    }
    plain.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| !is_unseen(*c)).collect()
}

/// Text of one line: a line break within Chinese vanishes, another one becomes a space.
pub(super) fn one_line(text: &str) -> String {
    let text = cleaned(text);
    if !text.contains('\n') {
        return text;
    }
    let mut line = String::with_capacity(text.len());
    for part in text.split('\n').map(str::trim).filter(|part| !part.is_empty()) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(line.chars().next_back()) && latin(part.chars().next()) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

/// Without what stands in brackets. Expects half-width text.
pub(super) fn without_brackets(text: &str) -> String {
    if !text.contains(['(', '[', '【', '〔', '{']) {
        return text.to_owned();
    }
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '〔' | '{' => depth += 1,
            ')' | ']' | '】' | '〕' | '}' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

const NOTHING: &[&str] = &[
    "无",
    "無",
    "没有",
    "暂无",
    "暂缺",
    "不详",
    "未详",
    "未知",
    "不明",
    "不清楚",
    "不清",
    "空",
    "空白",
    "缺",
    "未填",
    "待补",
    "N/A",
    "NA",
    "NULL",
    "NONE",
    "NIL",
    "(空)",
    "(无)",
    "无。",
    "此项无",
];

/// Whether a cell says nothing: empty, `无`, `—`, `/`, `不详` and the like.
pub fn says_nothing(text: &str) -> bool {
    let Some(first) = text.chars().find(|c| !c.is_whitespace() && !is_unseen(*c)) else { return true };
    // Most cells begin with none of these, and need not be looked at any closer.
    if !is_stroke(first) && !"无無没暂不未空缺待此NnＮｎ(（".contains(first) {
        return false;
    }
    let bare = squeezed(&half_width(text));
    bare.chars().all(is_stroke) || NOTHING.contains(&bare.to_uppercase().as_str())
}

/// A stroke that fills a cell which has no value.
fn is_stroke(c: char) -> bool {
    matches!(
        c,
        '-' | '/' | '\\' | '_' | '.' | '。' | '、' | ',' | '~' | '*' | '…' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '－' | '／' | '＿' | '．' | '～' | '＊' | '＼'
    )
}

/// What a formula that failed shows.
pub(super) fn is_error_text(text: &str) -> bool {
    text.starts_with('#')
        && matches!(
            text.trim(),
            "#REF!"
                | "#N/A"
                | "#VALUE!"
                | "#NAME?"
                | "#DIV/0!"
                | "#NULL!"
                | "#NUM!"
                | "#SPILL!"
                | "#CALC!"
                | "#GETTING_DATA"
        )
}

/// A word without its ornament: half width, no spaces, no full stop, upper case.
fn bare_word(text: &str) -> String {
    let word = squeezed(&half_width(text)).to_uppercase();
    word.trim_matches(['。', '.', ',', '、', ';', ':', '"', '“', '”', '\'']).to_owned()
}

pub(super) fn read_sex(text: &str) -> Reading {
    match bare_word(text).as_str() {
        "男" | "男性" | "男士" | "1" | "M" | "MALE" | "♂" | "(男)" => Reading::text("男"),
        "女" | "女性" | "女士" | "2" | "F" | "FEMALE" | "♀" | "(女)" => Reading::text("女"),
        // GB/T 2261.1: 0 未知的性别, 9 未说明的性别.
        "0" | "9" | "未说明" => Reading::Nothing,
        _ => Reading::Refused(Trouble::SexUnknown),
    }
}

pub(super) fn read_yes_no(text: &str) -> Reading {
    match bare_word(text).as_str() {
        "是" | "√" | "✓" | "✔" | "☑" | "Y" | "YES" | "TRUE" | "有" | "对" | "1" | "流动" | "失联" | "流动党员"
        | "失联党员" | "是的" => Reading::text("是"),
        "否" | "×" | "✗" | "✘" | "☒" | "X" | "N" | "NO" | "FALSE" | "不是" | "非" | "0" | "未流动" | "未失联"
        | "非流动" => Reading::text("否"),
        _ => Reading::Refused(Trouble::ChoiceUnknown),
    }
}

/// What a word about the category of a person tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Category(&'static str),
    /// 群众, 团员, a democratic party.
    NotAMember,
    Unknown,
}

/// 人员类别 in all its spellings. In a list of members `党员` or `中共党员` alone is 正式党员.
pub fn category_told(text: &str) -> Told {
    let written = bare_word(text);
    let word = without_brackets(&written);
    let remark_says_probation = written.len() > word.len() && written.contains("预备") && !word.contains("预备");
    let word = word.strip_prefix("中国共产党").unwrap_or(&word);
    let word = word.strip_prefix("中共").unwrap_or(word);
    match word {
        // 中共党员（预备）
        "党员" | "共产党员" if remark_says_probation => Told::Category("预备党员"),
        "正式党员" | "正式" | "正" | "党员" | "共产党员" | "正式党员身份" | "已转正" => {
            Told::Category("正式党员")
        }
        "预备党员" | "预备" | "预" | "预备期" | "预备期党员" => Told::Category("预备党员"),
        "发展对象" | "党员发展对象" | "入党发展对象" | "重点发展对象" => {
            Told::Category("发展对象")
        }
        "入党积极分子" | "积极分子" | "要求入党积极分子" => Told::Category("入党积极分子"),
        "入党申请人" | "申请人" | "入党申请者" | "申请入党人" | "申请入党人员" | "入党申请人员" | "入党申请" => {
            Told::Category("入党申请人")
        }
        _ if is_other_party(word) => Told::NotAMember,
        _ => Told::Unknown,
    }
}

/// Whether a word says that somebody is of no party: 群众, 共青团员. They may apply to join.
pub fn is_of_no_party(text: &str) -> bool {
    let word = without_brackets(&bare_word(text));
    let words = ["群众", "团员", "共青团", "共产主义青年团", "公民", "非党", "非中共党员"];
    category_told(text) == Told::NotAMember && words.iter().any(|known| word.contains(known))
}

fn is_other_party(word: &str) -> bool {
    const PLAIN: &[&str] = &[
        "群众",
        "普通群众",
        "团员",
        "共青团员",
        "中国共青团员",
        "共青团",
        "普通公民",
        "少先队员",
        "非党员",
        "非党",
        "非中共党员",
    ];
    const PARTIES: &[&str] = &[
        "民革",
        "民盟",
        "民建",
        "民进",
        "农工党",
        "农工民主党",
        "致公党",
        "九三学社",
        "九三",
        "台盟",
        "国民党革命委员会",
        "民主同盟",
        "民主建国会",
        "民主促进会",
        "台湾民主自治同盟",
        "无党派",
        "民主党派",
        "共产主义青年团",
    ];
    if PLAIN.contains(&word) {
        return true;
    }
    let word = word.strip_prefix("中国").unwrap_or(word);
    PARTIES.iter().any(|party| {
        word.strip_prefix(party).is_some_and(|rest| {
            matches!(
                rest,
                "" | "会员"
                    | "盟员"
                    | "党员"
                    | "社员"
                    | "成员"
                    | "人士"
                    | "民主人士"
                    | "爱国人士"
                    | "团员"
                    | "代表人士"
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_of_no_party_may_apply_and_who_is_of_another_may_not() {
        for text in ["群众", "共青团员", "团员", "中国共产主义青年团团员", "群众（团员已离团）"]
        {
            assert!(is_of_no_party(text), "{text}");
        }
        for text in ["民盟盟员", "九三学社", "无党派人士", "中共党员", "入党积极分子", "待定"]
        {
            assert!(!is_of_no_party(text), "{text}");
        }
    }

    #[test]
    fn a_cell_that_says_nothing_is_no_value() {
        for text in
            ["", "  ", "无", "—", "——", "/", "//", "-", "不详", "　", "N/A", "null", "\u{200b}", "（无）", "……", "***"]
        {
            assert!(says_nothing(text), "{text:?}");
        }
        for text in ["0", "无锡", "一", "否", "不详细", "·"] {
            assert!(!says_nothing(text), "{text:?}");
        }
    }

    #[test]
    fn sex_is_told_in_many_ways() {
        for text in ["男", "男 ", "男。", "1", "M", "男性", "Ｍ"] {
            assert_eq!(read_sex(text), Reading::text("男"), "{text}");
        }
        assert_eq!(read_sex("女士"), Reading::text("女"));
        assert_eq!(read_sex("未"), Reading::Refused(Trouble::SexUnknown));
    }

    #[test]
    fn category_in_all_spellings() {
        for (text, category) in [
            ("正式党员", "正式党员"),
            ("正　式", "正式党员"),
            ("中共党员", "正式党员"),
            ("党员", "正式党员"),
            ("中国共产党党员", "正式党员"),
            ("中国共产党预备党员", "预备党员"),
            ("中共预备党员", "预备党员"),
            ("中共党员（预备）", "预备党员"),
            ("中共党员（退休）", "正式党员"),
            ("预", "预备党员"),
            ("积极分子", "入党积极分子"),
            ("发展对象", "发展对象"),
            ("申请入党人员", "入党申请人"),
        ] {
            assert_eq!(category_told(text), Told::Category(category), "{text}");
        }
        for text in [
            "群众",
            "共青团员",
            "民盟盟员",
            "中国民主促进会会员",
            "农工党党员",
            "九三学社社员",
            "无党派人士",
            "中国农工民主党党员",
            "中国国民党革命委员会党员",
        ] {
            assert_eq!(category_told(text), Told::NotAMember, "{text}");
        }
        assert_eq!(category_told("在编"), Told::Unknown);
    }

    #[test]
    fn a_line_break_within_chinese_vanishes() {
        assert_eq!(one_line(" 局机关\n第一党支部 "), "局机关第一党支部");
        assert_eq!(one_line("Room 2\r\nFloor 3"), "Room 2 Floor 3");
        assert_eq!(cleaned("a\u{0}\r\nb\t"), "a\nb");
    }
}
