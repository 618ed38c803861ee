//! Names of persons (姓名): spaces, middle dots, characters that cannot be shown.

use super::words::{cleaned, squeezed};
use super::{Reading, Trouble, Value};

/// A name: inner spaces removed where all else is Chinese, `·` for any middle dot in a minority name.
pub(super) fn read_name(text: &str) -> Reading {
    let plain: String = cleaned(text).chars().map(one_dot).collect();
    let plain = dots_between_chinese(without_remark(&plain));
    let name = if plain.chars().all(|c| c.is_whitespace() || c == '·' || is_chinese(c)) {
        squeezed(&plain)
    } else {
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    if name.is_empty() {
        return Reading::Nothing;
    }
    if name.chars().any(is_strange) {
        return Reading::Doubtful(Value::Text(name), Trouble::NameUnreadable);
    }
    Reading::Value(Value::Text(name))
}

/// The name without what a clerk put beside it: 张三（预备）, ★李四. A `*` stays: it masks names, too.
fn without_remark(text: &str) -> &str {
    let unmarked = without_marks(text.trim());
    let bare = unmarked.strip_suffix([')', '）']).and_then(|rest| rest.rfind(['(', '（']).map(|start| &rest[..start]));
    let bare = bare.map(str::trim_end).filter(|bare| bare.chars().filter(|c| is_chinese(*c)).count() >= 2);
    bare.unwrap_or(unmarked)
}

/// Without signs whose meaning stands below the list. A `*` may mask the last character of a name of three; behind
/// three characters or brackets it is a sign.
fn without_marks(text: &str) -> &str {
    let is_mark = |c: char| "★☆▲△◆◇※#".contains(c) || ('①'..='⑳').contains(&c) || c.is_whitespace();
    let unmarked = text.trim_matches(is_mark);
    let Some(rest) = unmarked.strip_suffix(['*', '＊']).map(str::trim_end) else { return unmarked };
    let is_whole = rest.ends_with([')', '）']) || rest.chars().filter(|c| is_chinese(*c)).count() >= 3;
    if is_whole && !rest.contains(['*', '＊']) { rest.trim_end_matches(is_mark) } else { unmarked }
}

/// Every sign that is used as the dot of a minority name.
fn one_dot(c: char) -> char {
    match c {
        '•' | '．' | '・' | '‧' | '∙' | '⋅' | '･' | '●' | '⸱' | 'ᐧ' => '·',
        c => c,
    }
}

/// A full stop between Chinese characters is a dot, too: 阿卜杜拉.买买提.
fn dots_between_chinese(text: &str) -> String {
    if !text.contains('.') {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let chinese = |index: Option<usize>| index.and_then(|index| characters.get(index)).is_some_and(|c| is_chinese(*c));
    characters
        .iter()
        .enumerate()
        .map(|(index, &c)| if c == '.' && chinese(index.checked_sub(1)) && chinese(Some(index + 1)) { '·' } else { c })
        .collect()
}

/// Chinese characters, with all extensions and the private use area where rare ones were put.
pub(super) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇' | '々')
        || is_private(c)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Characters that no name has: what stands for one that cannot be shown, digits, masks, remarks in brackets.
fn is_strange(c: char) -> bool {
    is_private(c)
        || c.is_numeric() && c != '〇'
        || matches!(
            c,
            '?' | '？'
                | '□'
                | '■'
                | '▢'
                | '〓'
                | '\u{fffd}'
                | '*'
                | '＊'
                | '○'
                | '×'
                | '('
                | ')'
                | '（'
                | '）'
                | '['
                | ']'
                | '/'
                | '、'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Reading {
        Reading::text(text)
    }

    #[test]
    fn spaces_go_where_all_is_chinese() {
        for text in ["张　三", "张 三", " 张\u{a0}三 ", "张  三", "张三\u{feff}", "张\n三"] {
            assert_eq!(read_name(text), name("张三"), "{text:?}");
        }
        assert_eq!(read_name("Anna  Li"), name("Anna Li"));
    }

    #[test]
    fn every_middle_dot_is_the_same() {
        for text in ["努尔兰•哈山", "努尔兰．哈山", "努尔兰・哈山", "努尔兰 · 哈山", "努尔兰.哈山", "努尔兰‧哈山"]
        {
            assert_eq!(read_name(text), name("努尔兰·哈山"), "{text}");
        }
    }

    #[test]
    fn what_a_clerk_put_beside_a_name_is_no_part_of_it() {
        for text in ["张三（预备）", "张三 (女)", "★张三", "张三※", "张三（曾用名：张小三）", "张三②", "张 三（女）*"]
        {
            assert_eq!(read_name(text), name("张三"), "{text}");
        }
        assert_eq!(read_name("尤卫立*"), name("尤卫立"));
        assert!(matches!(read_name("张（三）"), Reading::Doubtful(..)), "one character is no name");
    }

    #[test]
    fn rare_characters_stay_and_unreadable_ones_are_told() {
        assert_eq!(read_name("陈𬭚"), name("陈𬭚"));
        for text in ["王□明", "李?芳", "张\u{e863}", "张*"] {
            assert_eq!(read_name(text), Reading::Doubtful(Value::Text(text.into()), Trouble::NameUnreadable), "{text}");
        }
    }
}
