//! Columns whose heads nobody knows, told by what stands below: only where the values can be nothing else.
//!
//! Start at [`field`].

use super::headers::is_of_others;
use crate::domain::fields::Known;
use crate::domain::identity;
use crate::domain::values::{Told, category_told, squeezed};

/// So few values say nothing.
const LEAST: usize = 4;
/// How many values are looked at.
const SAMPLE: usize = 200;

/// What a column of an unknown head holds; `has` tells the fields that other columns hold.
///
/// Numbers, sexes, nations and categories of members are like nothing else. Dates are not taken: they may be of anything.
pub fn field<I: Iterator<Item = String>>(
    head: &str,
    texts: impl Fn() -> I,
    has: impl Fn(Known) -> bool,
) -> Option<Known> {
    const KINDS: [(Known, fn(&str) -> bool); 5] = [
        (Known::IdNumber, is_id_number),
        (Known::Sex, is_sex),
        (Known::Nation, is_nation),
        (Known::Category, is_category),
        (Known::Phone, is_mobile),
    ];
    if is_of_others(head) || speaks_of_another_time(head) {
        return None;
    }
    let is_for_numbers = ["电话", "手机", "联系", "号码"].iter().any(|word| head.contains(word));
    let fits = |field: Known| field != Known::Phone || is_for_numbers;
    let found = KINDS.iter().find(|(field, is_of_kind)| !has(*field) && fits(*field) && all(texts(), *is_of_kind));
    found.map(|(field, _)| *field)
}

/// 入党时, 原, 曾: what was, not what is.
fn speaks_of_another_time(head: &str) -> bool {
    head.starts_with(['原', '曾', '拟', '前']) || head.contains('时') || head.contains("变更") || head.contains("推荐")
}

/// Whether there are enough values, and nearly all of them are of a kind: one in twenty may be mistyped.
fn all(texts: impl Iterator<Item = String>, is_of_kind: fn(&str) -> bool) -> bool {
    let (mut count, mut of_kind) = (0, 0);
    for text in texts.take(SAMPLE) {
        count += 1;
        of_kind += usize::from(is_of_kind(&squeezed(&text)));
    }
    count >= LEAST && of_kind * 20 >= count * 19
}

fn is_id_number(text: &str) -> bool {
    identity::fault(&identity::normalised(text)).is_none()
}

fn is_sex(text: &str) -> bool {
    matches!(text, "男" | "女")
}

fn is_nation(text: &str) -> bool {
    text.ends_with('族') && (2..=6).contains(&text.chars().count())
}

fn is_category(text: &str) -> bool {
    text != "党员" && matches!(category_told(text), Told::Category(_))
}

fn is_mobile(text: &str) -> bool {
    text.len() == 11 && text.starts_with('1') && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(head: &str, values: &[&str]) -> Option<Known> {
        field(head, || values.iter().map(|value| (*value).to_owned()), |_| false)
    }

    #[test]
    fn values_that_can_be_nothing_else_tell_their_column() {
        assert_eq!(told("男女", &["男", "女", "女", "男"]), Some(Known::Sex));
        assert_eq!(told("类型", &["正式党员", "预备党员", "正式党员", "正式党员"]), Some(Known::Category));
        assert_eq!(told("哪个族", &["汉族", "土家族", "回族", "汉族"]), Some(Known::Nation));
        let phones = ["13800000001", "13800000002", "13800000003", "13800000004"];
        assert_eq!(told("联系手机号", &phones), Some(Known::Phone));
        assert_eq!(told("备用", &phones), None, "a number alone is nobody's phone");
    }

    #[test]
    fn what_is_of_another_person_or_another_time_or_too_few_is_not_taken() {
        for head in ["子女性别", "配偶", "入党时类别", "原类别"] {
            assert_eq!(told(head, &["男", "女", "女", "男"]), None, "{head}");
        }
        assert_eq!(told("男女", &["男", "女", "女"]), None);
        assert_eq!(told("男女", &["男", "女", "女", "不一定"]), None);
        let taken = field("男女", || ["男"; 9].iter().map(|value| (*value).to_owned()), |field| field == Known::Sex);
        assert_eq!(taken, None, "another column holds it");
    }
}
