//! Reads what was written for a field of a list of organisations or of talks.
//!
//! Nothing is guessed, as with members' fields. Start at [`read_entry`].

use super::datetext::read_date;
use super::names::{names_and_posts_in, names_in};
use super::numbers::{DIGITS_LOST_FROM, is_scientific, read_phone};
use super::words::{self, category_told, half_width, squeezed, without_brackets};
use super::{CellKind, Context, Raw, Reading, Told, Trouble, non_empty, without_value};
use crate::domain::lists::EntryKind;
use crate::domain::organisations::OrganisationKind;

/// Reads what was written for a field of this kind.
pub fn read_entry(kind: EntryKind, raw: &Raw<'_>, context: &Context) -> Reading {
    if let Some(reading) = without_value(raw) {
        return reading;
    }
    match kind {
        EntryKind::Code if has_lost_digits(raw) => Reading::Refused(Trouble::IdDigitsLost),
        EntryKind::Text | EntryKind::Code => non_empty(words::one_line(raw.text)),
        EntryKind::LongText => non_empty(words::cleaned(raw.text)),
        EntryKind::Date(reach) => read_date(reach, raw, context),
        EntryKind::Phone => read_phone(raw),
        EntryKind::Organisation => Reading::text(squeezed(raw.text)),
        EntryKind::OrganisationKind => match kind_written(raw.text) {
            Some(kind) => Reading::text(kind.label()),
            None => Reading::Refused(Trouble::ChoiceUnknown),
        },
        EntryKind::Name | EntryKind::Names => names_in(raw.text),
        EntryKind::Sitter | EntryKind::Sitters => names_and_posts_in(raw.text),
        EntryKind::Count => read_count(raw),
    }
}

/// 是否正式: 是 and 否 below that head say the category.
pub fn category_under(head: &str, text: &str, reading: Reading) -> Reading {
    if reading != Reading::Refused(Trouble::CategoryUnknown) || !head.contains("是否") {
        return reading;
    }
    match half_width(&squeezed(text)).as_str() {
        "是" | "√" | "Y" => Reading::text("正式党员"),
        "否" | "×" | "N" => Reading::text("预备党员"),
        _ => reading,
    }
}

/// Whether a spreadsheet took a long code for a number and cut it.
fn has_lost_digits(raw: &Raw<'_>) -> bool {
    match raw.kind {
        CellKind::Number(value) => value.abs() >= DIGITS_LOST_FROM,
        _ => is_scientific(&squeezed(&half_width(raw.text))),
    }
}

/// How many: 158, 9人.
fn read_count(raw: &Raw<'_>) -> Reading {
    if let CellKind::Number(value) = raw.kind {
        let is_count = value.fract() == 0.0 && (0.0..1e6).contains(&value);
        return if is_count {
            Reading::text(format!("{value:.0}"))
        } else {
            Reading::Refused(Trouble::CountUnreadable)
        };
    }
    let text = without_brackets(&squeezed(&half_width(raw.text)));
    let digits = text.trim_start_matches('共').trim_end_matches(['人', '名', '个']);
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    match digits.parse::<u32>() {
        Ok(count) => Reading::text(count.to_string()),
        Err(_) => Reading::Refused(Trouble::CountUnreadable),
    }
}

/// 组织类别 in the words and codes that offices write.
fn kind_written(text: &str) -> Option<OrganisationKind> {
    let word = without_brackets(&squeezed(&half_width(text)));
    let word = word.trim_start_matches("中共").trim_start_matches("基层");
    if let Some(kind) = OrganisationKind::from_label(word) {
        return Some(kind);
    }
    if let Some(kind) = OrganisationKind::ALL.into_iter().find(|kind| kind.code() == Some(word)) {
        return Some(kind);
    }
    // 机关党支部 tells no more than 党支部; 一般, 其他 tell nothing.
    if category_told(word) != Told::Unknown { None } else { kind_of_organisation(word) }
}

/// The kind that the name of an organisation tells, if it tells one.
pub fn kind_of_organisation(name: &str) -> Option<OrganisationKind> {
    let whole = squeezed(&half_width(name));
    let outside = without_brackets(&whole);
    // 机关党委（3个支部） is no branch; 机关支部（联合） is a joint one.
    let is_of_others = ["支部", "总支", "党委", "小组"]
        .iter()
        .any(|word| whole[..].matches(word).count() > outside.matches(word).count());
    let name = if is_of_others { outside } else { whole };
    let tells = ["支部", "总支", "党委", "委员会", "工委", "小组"].iter().any(|word| name.contains(word));
    // 村民委员会 and 领导小组 are no organisations of the party.
    let is_other =
        ["村民委员会", "居民委员会", "管理委员会", "领导小组", "工作小组"].iter().any(|word| name.ends_with(word));
    (tells && !is_other).then(|| OrganisationKind::from_name(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Day;

    fn read(kind: EntryKind, text: &str) -> Reading {
        read_entry(kind, &Raw::typed(text), &Context::form(Day::constant(2026, 11, 24)))
    }

    #[test]
    fn the_kind_of_an_organisation_is_told_in_many_words() {
        for (text, kind) in [
            ("党委", "党委"),
            ("基层党委", "党委"),
            ("总支", "党总支"),
            ("党总支部", "党总支"),
            ("党总支部委员会", "党总支"),
            ("支部", "党支部"),
            ("党支部委员会", "党支部"),
            ("联合支部", "联合党支部"),
            ("临时支部", "临时党支部"),
            ("631", "党支部"),
            ("党小组", "党小组"),
            ("机关党支部", "党支部"),
        ] {
            assert_eq!(read(EntryKind::OrganisationKind, text), Reading::text(kind), "{text}");
        }
        for text in ["国有企业", "农村", "一般"] {
            let unknown = Reading::Refused(Trouble::ChoiceUnknown);
            assert_eq!(read(EntryKind::OrganisationKind, text), unknown, "{text}");
        }
        assert_eq!(kind_of_organisation("柳树村村民委员会"), None);
        assert_eq!(kind_of_organisation("机关党委（3个支部）"), Some(OrganisationKind::Committee));
        assert_eq!(kind_of_organisation("商会党支部（联合）"), Some(OrganisationKind::JointBranch));
        assert_eq!(kind_of_organisation("中共青山镇委员会"), Some(OrganisationKind::Committee));
    }

    #[test]
    fn a_code_whose_digits_are_lost_is_refused() {
        let lost = Raw { text: "1.23457E+17", kind: CellKind::Number(123_456_789_012_345_680.0) };
        let context = Context::form(Day::constant(2026, 11, 24));
        assert_eq!(read_entry(EntryKind::Code, &lost, &context), Reading::Refused(Trouble::IdDigitsLost));
        assert_eq!(read(EntryKind::Code, "1.2E+17"), Reading::Refused(Trouble::IdDigitsLost));
        assert_eq!(read(EntryKind::Code, "012345678901"), Reading::text("012345678901"));
    }

    #[test]
    fn a_count_is_digits() {
        for (text, count) in
            [("158", "158"), ("9人", "9"), ("１２名", "12"), ("共36人", "36"), ("12（含预备1人）", "12")]
        {
            assert_eq!(read(EntryKind::Count, text), Reading::text(count), "{text}");
        }
        assert_eq!(read(EntryKind::Count, "约30"), Reading::Refused(Trouble::CountUnreadable));
    }
}
