//! Columns whose head is in no table of words: the words it is made of and the values below it tell together, or the
//! values alone where they can be nothing else.
//!
//! 加入组织时间 above dates is the day of joining; above anything else it is a column of its own. Start at [`dated`] and
//! [`alone`].

use crate::domain::fields::Known;
use crate::domain::lists::{OrganisationField, TalkField};
use crate::domain::values::{Told, category_told, half_width, squeezed};

/// A day that a head may speak of: one of its words stands in the head.
type Days<K> = &'static [(K, &'static [&'static str])];

/// The days of members, the closer word first.
pub const MEMBER_DAYS: Days<Known> = &[
    (Known::Activist, &["积极分子"]),
    (Known::Candidate, &["发展对象"]),
    (Known::Full, &["转正", "正式党员"]),
    (Known::Applied, &["申请"]),
    (Known::Joined, &["入党", "加入组织", "加入党", "预备党员"]),
    (Known::WorkStart, &["参加工作", "参加革命", "参工", "参加新民主主义革命"]),
    (Known::TransferIn, &["转入"]),
    (Known::Birth, &["出生", "生日", "生于", "诞生"]),
];

/// The day of a talk.
pub const TALK_DAYS: Days<TalkField> = &[(TalkField::HeldOn, &["谈话", "谈心", "月日", "日期", "时间"])];

/// The days of organisations.
pub const ORGANISATION_DAYS: Days<OrganisationField> = &[
    (OrganisationField::TermEnds, &["届满", "到期"]),
    (OrganisationField::ElectedOn, &["选举", "换届"]),
    (OrganisationField::Founded, &["成立", "建立", "设立", "组建"]),
];

/// Words of steps beside those that are kept: their days are other days.
const OTHER_DAYS: &[&str] = &[
    "宣誓", "培训", "政审", "审查", "预审", "公示", "谈话", "考察", "审批", "备案", "延长", "讨论", "下次", "下届",
    "上次", "上届", "拟", "计划", "应",
];

/// The field of which a head speaks that stands above dates; none where it speaks of none, or of two.
pub fn dated<K: Copy>(head: &str, days: Days<K>) -> Option<K> {
    let head = squeezed(&half_width(head));
    let is_other =
        OTHER_DAYS.iter().any(|word| head.contains(word)) || (head.contains("转正") && head.contains("申请"));
    if is_other {
        return None;
    }
    days.iter().find(|(_, words)| words.iter().any(|word| head.contains(word))).map(|(field, _)| *field)
}

/// So few values say nothing.
const LEAST: usize = 4;
/// How many values are looked at.
const SAMPLE: usize = 200;

/// What values alone tell of a column of members; `has` tells the fields that other columns hold.
///
/// Sexes, nations and categories of members are like nothing else. Dates are not taken: they may be of anything.
pub fn alone<I: Iterator<Item = String>>(
    head: &str,
    texts: impl Fn() -> I,
    has: impl Fn(Known) -> bool,
) -> Option<Known> {
    const KINDS: [(Known, fn(&str) -> bool); 4] = [
        (Known::Sex, is_sex),
        (Known::Nation, is_nation),
        (Known::Category, is_category),
        (Known::Education, is_education),
    ];
    if speaks_of_another_time(head) {
        return None;
    }
    let found = KINDS.iter().find(|(field, is_of_kind)| !has(*field) && nearly_all(texts(), *is_of_kind));
    found.map(|(field, _)| *field)
}

/// 入党时, 原, 曾: what was, not what is.
fn speaks_of_another_time(head: &str) -> bool {
    head.starts_with(['原', '曾', '拟', '前']) || head.contains('时') || head.contains("变更") || head.contains("推荐")
}

/// Whether there are enough values, and nearly all of them are of a kind: one in twenty may be mistyped.
fn nearly_all(texts: impl Iterator<Item = String>, is_of_kind: fn(&str) -> bool) -> bool {
    let (mut count, mut of_kind) = (0, 0);
    for text in texts.take(SAMPLE) {
        count += 1;
        of_kind += usize::from(is_of_kind(&squeezed(&text)));
    }
    count >= LEAST && of_kind * 20 >= count * 19
}

fn is_sex(text: &str) -> bool {
    matches!(text, "男" | "女")
}

fn is_nation(text: &str) -> bool {
    text.ends_with('族') && (2..=6).contains(&text.chars().count())
}

fn is_education(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "研究生",
        "硕士研究生",
        "博士研究生",
        "大学本科",
        "本科",
        "大学",
        "大学专科",
        "大专",
        "专科",
        "中专",
        "高中",
        "中技",
        "初中",
        "小学",
    ];
    WORDS.contains(&text)
}

fn is_category(text: &str) -> bool {
    text != "党员" && matches!(category_told(text), Told::Category(_))
}

/// Whether a text has the form of a 公民身份号码.
pub fn is_id_number(text: &str) -> bool {
    let text = half_width(text);
    let digits = text.strip_suffix(['X', 'x']).unwrap_or(&text);
    text.len() == 18 && digits.len() >= 17 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text has the form of a mobile number.
pub fn is_mobile(text: &str) -> bool {
    text.len() == 11 && text.starts_with('1') && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_made_of_known_words_tells_which_day_it_is() {
        for (head, field) in [
            ("加入组织时间", Some(Known::Joined)),
            ("接收为预备党员\n时间", Some(Known::Joined)),
            ("支部大会通过入党日期", Some(Known::Joined)),
            ("参加革命时间", Some(Known::WorkStart)),
            ("按期转正日期", Some(Known::Full)),
            ("成为正式党员时间", Some(Known::Full)),
            ("确定为入党积极分子时间", Some(Known::Activist)),
            ("入党申请书递交日期", Some(Known::Applied)),
            ("转正申请时间", None),
            ("入党宣誓时间", None),
            ("退休时间", None),
        ] {
            assert_eq!(dated(head, MEMBER_DAYS), field, "{head}");
        }
        assert_eq!(dated("本届选举日期", ORGANISATION_DAYS), Some(OrganisationField::ElectedOn));
        assert_eq!(dated("下次换届时间", ORGANISATION_DAYS), None);
    }

    #[test]
    fn numbers_are_known_by_their_form() {
        assert!(is_id_number("11000019800101001X") && !is_id_number("1100001980010100") && !is_id_number("张三"));
        assert!(is_mobile("13800000000") && !is_mobile("03185551243"));
    }

    fn told(head: &str, values: &[&str]) -> Option<Known> {
        alone(head, || values.iter().map(|value| (*value).to_owned()), |_| false)
    }

    #[test]
    fn values_that_can_be_nothing_else_tell_their_column() {
        assert_eq!(told("男女", &["男", "女", "女", "男"]), Some(Known::Sex));
        assert_eq!(told("类型", &["正式党员", "预备党员", "正式党员", "正式党员"]), Some(Known::Category));
        assert_eq!(told("哪个族", &["汉族", "土家族", "回族", "汉族"]), Some(Known::Nation));
    }

    #[test]
    fn what_is_of_another_time_or_too_few_or_held_already_is_not_taken() {
        for head in ["入党时类别", "原类别"] {
            assert_eq!(told(head, &["正式党员", "预备党员", "正式党员", "正式党员"]), None, "{head}");
        }
        assert_eq!(told("男女", &["男", "女", "女"]), None);
        assert_eq!(told("男女", &["男", "女", "女", "不一定"]), None);
        let taken = alone("男女", || ["男"; 9].iter().map(|value| (*value).to_owned()), |field| field == Known::Sex);
        assert_eq!(taken, None, "another column holds it");
    }
}
