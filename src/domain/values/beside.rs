//! What stands in a cell beside its value and is no part of it (旁注): a remark in brackets, a mark, a post.
//!
//! Start at [`beside`].

use super::Value;
use super::words::{half_width, says_nothing, squeezed};

/// What a text says beside the value that was read in it: 挂职 in 王小明（挂职）, 补填 in 2005.7（补填）. Nothing where
/// the value holds all of it. `are_names` tells that the value is a name, or several joined by `、`: what stands
/// outside brackets and is in none of them counts, too (★, 组织委员).
pub fn beside(text: &str, value: &Value, are_names: bool) -> Vec<String> {
    if !are_names && !text.contains(OPENING) {
        return Vec::new();
    }
    let held = squeezed(&value.text());
    let (outside, inside) = parted(text);
    let says_more = |remark: &String| {
        let remark = squeezed(remark);
        !says_nothing(&remark) && !held.contains(&remark) && !half_width(&held).contains(&half_width(&remark))
    };
    let mut said: Vec<String> = inside.into_iter().filter(says_more).filter(|remark| !is_age(remark)).collect();
    if are_names && words_of(&outside) > words_of(&held) {
        said.push(squeezed(&outside));
    }
    said
}

const OPENING: [char; 7] = ['(', '（', '[', '［', '【', '〔', '〈'];
const CLOSING: [char; 7] = [')', '）', ']', '］', '】', '〕', '〉'];

/// What stands outside brackets, and in each of them.
fn parted(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside) = (String::new(), Vec::<String>::new());
    let mut depth = 0_usize;
    for c in text.chars() {
        if OPENING.contains(&c) {
            match inside.last_mut().filter(|_| depth > 0) {
                Some(outer) => outer.push(c),
                None => inside.push(String::new()),
            }
            depth += 1;
        } else if CLOSING.contains(&c) {
            depth = depth.saturating_sub(1);
            inside.last_mut().filter(|_| depth > 0).into_iter().for_each(|outer| outer.push(c));
        } else if depth == 0 {
            outside.push(c);
        } else if let Some(last) = inside.last_mut() {
            last.push(c);
        }
    }
    (outside, inside)
}

/// How many characters say something: signs between names do not, nor 同志.
fn words_of(names: &str) -> usize {
    let names = squeezed(names).replace("同志", "");
    names.chars().filter(|c| c.is_alphanumeric() && !"和与及".contains(*c) || MARKS.contains(c)).count()
}

/// Signs at a name whose meaning a list tells elsewhere, or nowhere.
const MARKS: [char; 9] = ['★', '☆', '▲', '△', '◆', '◇', '※', '#', '＃'];

/// An age is derived, wherever it stands.
fn is_age(remark: &str) -> bool {
    let number = half_width(&squeezed(remark));
    let number = number.trim_end_matches("岁").trim_end_matches("周");
    number.len() < remark.len() && number.parse::<u8>().is_ok() && remark.contains('岁')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, value: &str, are_names: bool) -> Vec<String> {
        beside(text, &Value::Text(value.into()), are_names)
    }

    #[test]
    fn a_remark_in_brackets_is_said_beside_a_value_that_does_not_hold_it() {
        assert_eq!(said("2005.7（补填）", "2005-07", false), ["补填"]);
        assert_eq!(said("1978.12（45岁）", "1978-12", false), Vec::<String>::new(), "an age is derived");
        let post = "书记（第二（老干）党支部）";
        assert_eq!(said(post, post, false), Vec::<String>::new(), "brackets in brackets are held as they are");
        assert_eq!(said(post, "书记", false), ["第二（老干）党支部"]);
        assert_eq!(said("20（元）减免", "20.00", false), ["元"]);
        assert_eq!(said("县局（本部）", "县局（本部）", false), Vec::<String>::new());
        assert_eq!(said("2005.7（无）", "2005-07", false), Vec::<String>::new());
    }

    #[test]
    fn of_names_posts_and_marks_are_said_beside_them() {
        assert_eq!(said("王小明（挂职）", "王小明", true), ["挂职"]);
        assert_eq!(said("★张三", "张三", true), ["★张三"]);
        assert_eq!(said("组织委员：张三、宣传委员：李四", "张三、李四", true), ["组织委员：张三、宣传委员：李四"]);
        for (text, value) in [
            ("张　三", "张三"),
            ("张三和李四", "张三、李四"),
            ("努尔兰．哈山", "努尔兰·哈山"),
            ("张三同志", "张三"),
            ("李和平", "李和平"),
        ] {
            assert_eq!(said(text, value, true), Vec::<String>::new(), "{text}");
        }
    }
}
