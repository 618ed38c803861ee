//! Columns whose head is in no table of words: the words it is made of and the values below it tell together.
//!
//! 加入组织时间 above dates is the day of joining; above anything else it is a column of its own. Start at [`dated`].

use crate::domain::fields::Known;
use crate::domain::lists::OrganisationField;
use crate::domain::values::{half_width, squeezed};

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
    (Known::Birth, &["出生", "生日"]),
];

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
}
