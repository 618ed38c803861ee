//! What a list says and a record has no place for (原表所写): a date that cannot be, a remark beside a name, a column of
//! no field. It is kept in the words of the list: each text is a line of the record's remark, under the head of its
//! column.
//!
//! Start at [`remark_with`].

use std::borrow::Cow;

use super::fields::{FIELDS, FieldSpec, Home, Known};
use super::identity::{self, masked_within};
use super::values::{half_width, squeezed};

/// What such a line begins with: 「原表入党时间：2011年2月30日」.
const MARK: &str = "原表";

/// The line of a remark that keeps a text under the head of its column.
pub fn line(head: &str, text: &str) -> String {
    let text: Vec<&str> = text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()).collect();
    format!("{MARK}{}：{}", head.trim(), text.join(" "))
}

/// The remark of a record once a list was read: `held` is what stands there, `told` what the list has as its remark,
/// `lines` what it says besides. A line takes the place of the one with the same head; others stay.
pub fn remark_with(held: &str, told: Option<&str>, lines: &[String]) -> String {
    let (held_words, held_lines) = parted(held);
    let (told_words, told_lines) = parted(told.unwrap_or_default());
    // What is only masked in the list says nothing new.
    let is_masked = |new: &str| new.contains('*') && held_lines.iter().any(|held| masked_line(held) == new);
    let new = told_lines.into_iter().chain(lines.iter().map(String::as_str)).filter(|new| !is_masked(new));
    let new: Vec<&str> = new.collect();
    let is_same = told_words.is_empty() || told_words == held_words;
    if is_same && new.iter().all(|new| held_lines.contains(new)) {
        return held.to_owned();
    }
    let is_replaced = |held: &str| new.iter().any(|new| head_of(new) == head_of(held)) && !new.contains(&held);
    let mut kept: Vec<&str> = held_lines.iter().copied().filter(|held| !is_replaced(held)).collect();
    for line in &new {
        if !kept.contains(line) {
            kept.push(line);
        }
    }
    let words = if told_words.is_empty() { held_words } else { told_words };
    let words = Some(words.as_str()).filter(|words| !words.is_empty());
    words.into_iter().chain(kept).collect::<Vec<_>>().join("\n")
}

/// A remark with the ID numbers and phones masked that such lines hold.
pub fn masked(remark: &str) -> Cow<'_, str> {
    if !remark.contains(MARK) {
        return Cow::Borrowed(remark);
    }
    Cow::Owned(remark.split('\n').map(masked_line).collect::<Vec<_>>().join("\n"))
}

fn masked_line(line: &str) -> Cow<'_, str> {
    if !is_line(line) {
        return Cow::Borrowed(line);
    }
    // 1.10000198906233E+17: a number that lost its last digits still tells most of them.
    match line.split_once('：').filter(|(_, text)| text.contains("E+") && text.len() > 14) {
        Some((head, text)) => Cow::Owned(format!("{head}：{}", identity::masked(text))),
        None => masked_within(Cow::Borrowed(line)),
    }
}

/// The texts that a remark keeps in such lines.
pub fn lines_of(remark: &str) -> Vec<&str> {
    parted(remark).1
}

/// The field of a person that such a line speaks of, where its head is one that offices use for it.
pub fn field_of(line: &str) -> Option<Known> {
    let head = squeezed(&half_width(head_of(line).strip_prefix(MARK)?));
    let is_it = |field: &&FieldSpec| {
        field.home == Home::Person && (field.label == head || field.synonyms.contains(&head.as_str()))
    };
    FIELDS.iter().find(is_it).map(|field| field.key)
}

/// A remark without such lines, and these lines.
fn parted(remark: &str) -> (String, Vec<&str>) {
    let (lines, words): (Vec<&str>, Vec<&str>) = remark.split('\n').partition(|line| is_line(line));
    (words.join("\n").trim_end().to_owned(), lines)
}

fn is_line(line: &str) -> bool {
    line.starts_with(MARK) && line.contains('：')
}

fn head_of(line: &str) -> &str {
    line.split_once('：').map_or(line, |(head, _)| head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_the_head_and_all_of_the_text() {
        assert_eq!(line("入党时间", "2011年2月30日"), "原表入党时间：2011年2月30日");
        assert_eq!(line("备注 ", "一\n 二"), "原表备注：一 二", "one line, whatever the cell holds");
    }

    #[test]
    fn a_line_speaks_of_the_field_that_its_head_means() {
        assert_eq!(field_of(&line("入党年月", "2011年2月30日")), Some(Known::Joined));
        assert_eq!(field_of(&line("姓名", "王小明（挂职）")), Some(Known::Name));
        assert_eq!(field_of(&line("办公地点", "3号楼")), None);
    }

    #[test]
    fn lines_stand_below_the_remark_and_the_same_list_again_changes_nothing() {
        let lines = [line("入党时间", "2011年2月30日"), line("姓名", "王小明（挂职）")];
        let once = remark_with("", Some("2024年调入"), &lines);
        assert_eq!(once, "2024年调入\n原表入党时间：2011年2月30日\n原表姓名：王小明（挂职）");
        assert_eq!(remark_with(&once, Some("2024年调入"), &lines), once);
        assert_eq!(remark_with(&once, None, &[]), once);
        assert_eq!(remark_with(&once, Some(&once), &[]), once, "as it went out");
    }

    #[test]
    fn what_a_person_wrote_between_the_lines_stays_where_it_is() {
        let held = "先进\n\n原表姓名：王小明（挂职）\n已核对";
        assert_eq!(remark_with(held, None, &[line("姓名", "王小明（挂职）")]), held);
        assert_eq!(remark_with(held, Some("先进\n\n已核对"), &[]), held);
    }

    #[test]
    fn a_line_takes_the_place_of_the_one_with_its_head() {
        let held = "先进\n原表办公地点：3号楼\n原表入党时间：2011年2月30日";
        let told = remark_with(held, Some("标兵"), &[line("办公地点", "5号楼")]);
        assert_eq!(told, "标兵\n原表入党时间：2011年2月30日\n原表办公地点：5号楼");
    }

    #[test]
    fn numbers_in_such_lines_are_masked_and_what_is_masked_says_nothing() {
        let held = "找 13800000001\n原表身份证号：110000199003070000";
        let shown = masked(held);
        assert_eq!(shown, "找 13800000001\n原表身份证号：110000********0000", "free words are the clerk's own");
        assert_eq!(remark_with(held, Some(&shown), &[]), held);
        let lost = "原表身份证号：1.10000198906233E+17";
        assert_eq!(masked(lost), "原表身份证号：1.1000**********E+17");
        assert_eq!(remark_with(lost, Some(&masked(lost)), &[]), lost);
    }
}
