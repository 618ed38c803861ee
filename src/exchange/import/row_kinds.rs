//! What a row of a table is: a record, a total, a note, the heading of a group, or a text that may be a title.
//!
//! Told by words and by how many cells are filled, without reading values. Start at [`kind_of`] and [`kind_of_entry`].

use super::head_words::Records;
use super::headers::Role;
use super::sheets::{Cell, Row};
use super::tables::{Table, joined};
use super::titles::{GroupRow, branch_filled_in, group_row, heading_of_organisations, heading_of_talks};
use crate::domain::values::{half_width, kind_of_organisation, says_nothing, squeezed};

/// What a row is.
pub(super) enum Kind {
    Record,
    Total,
    Note,
    Group(GroupRow),
    /// A single text that may be the title of what follows.
    Loose,
}

/// How a row begins that may be a record.
struct Beginning<'r> {
    column: usize,
    cell: &'r Cell,
    /// Its text in half width, without spaces.
    text: String,
    /// Whether nothing else stands in the row.
    is_alone: bool,
}

/// How a row begins, or what it is whatever the records are: a total, or a row about the columns.
fn beginning<'r, K>(row: &'r Row, table: &Table<K>) -> Result<Beginning<'r>, Kind> {
    let mut filled = row.filled();
    let Some((column, cell)) = filled.next() else { return Err(Kind::Note) };
    let second = filled.next();
    let text = squeezed(&half_width(&cell.shown()));
    if is_total(&text) || second.is_some_and(|(_, cell)| is_total(&squeezed(&cell.shown()))) {
        return Err(Kind::Total);
    }
    if is_numbering(row) || (table.records.is_empty() && is_hint(row)) || is_example(&text) {
        return Err(Kind::Note);
    }
    Ok(Beginning { column, cell, text, is_alone: second.is_none() })
}

/// What a row between persons is.
pub(super) fn kind_of<K: Copy + Eq>(row: &Row, table: &Table<K>, key: K, carried: &[K], key_is_filled: bool) -> Kind {
    let key_column = table.header.column_of(key).unwrap_or_default();
    let first = match beginning(row, table) {
        Ok(first) => first,
        Err(kind) => return kind,
    };
    if is_note(&first.text) {
        return Kind::Note;
    }
    if first.is_alone {
        if let Some(told) = group_row(&first.cell.shown()) {
            return Kind::Group(told);
        }
        if is_title(&first.text) || branch_filled_in(&first.cell.shown()).is_some() {
            return Kind::Loose;
        }
        return match is_key_like(&first.text) {
            true if first.column == key_column => Kind::Record,
            true => Kind::Loose,
            // A serial number that was filled in beforehand.
            false => Kind::Note,
        };
    }
    if key_is_filled {
        return Kind::Note;
    }
    let key_text = squeezed(&row.text(key_column));
    if !key_text.is_empty() && !says_nothing(&key_text) {
        return if is_key_like(&key_text) { Kind::Record } else { Kind::Note };
    }
    let values = table
        .header
        .columns
        .iter()
        .filter(|column| matches!(column.role, Role::Field(field) if field != key && !carried.contains(&field)))
        .filter(|column| !says_nothing(&row.text(column.index)))
        .count();
    let signed = row.filled().any(|(_, cell)| squeezed(&cell.shown()).ends_with(['：', ':']));
    match values >= 2 && !signed {
        true => Kind::Record,
        // 所在党支部：第二党支部　第3页, above the heads of a further page.
        false if branch_filled_in(&joined(row)).is_some() => Kind::Loose,
        false => Kind::Note,
    }
}

/// What a row between organisations or talks is. They have long texts, and any of their cells may be a merged one.
pub(super) fn kind_of_entry<K: Copy + Eq>(row: &Row, table: &Table<K>, records: Records, key: K) -> Kind {
    let keys: Vec<usize> = table
        .header
        .columns
        .iter()
        .filter(|column| column.role == Role::Field(key))
        .map(|column| column.index)
        .collect();
    let first = match beginning(row, table) {
        Ok(first) => first,
        Err(kind) => return kind,
    };
    let is_serial = |text: &str| text.chars().all(|c| c.is_numeric() || c == '.');
    if first.is_alone {
        let text = first.cell.shown();
        let is_key = keys.contains(&first.column);
        return match records {
            _ if is_note(&first.text) || is_serial(&first.text) || first.text.chars().count() > 40 => Kind::Note,
            Records::Organisations if is_key && kind_of_organisation(&text).is_some() => Kind::Record,
            Records::Organisations => Kind::Group(heading_of_organisations(&text)),
            _ if is_title(&first.text) => Kind::Loose,
            _ => Kind::Group(heading_of_talks(&text)),
        };
    }
    let is_field = |role: Role<K>| matches!(role, Role::Field(_) | Role::Part(..) | Role::Pair(..));
    let values = table
        .header
        .columns
        .iter()
        .filter(|column| is_field(column.role) && !says_nothing(&row.text(column.index)))
        .count();
    let has_key = keys.iter().any(|column| !says_nothing(&row.text(*column)));
    let signed = squeezed(&first.cell.shown()).ends_with(['：', ':']) || (is_note(&first.text) && values < 3);
    let enough = match records {
        Records::Organisations => has_key || values >= 3,
        _ => values >= 2,
    };
    if enough && !signed { Kind::Record } else { Kind::Note }
}

/// The title of a table that follows.
fn is_title(text: &str) -> bool {
    ["台账", "登记表", "记录表", "一览表", "名册", "名单", "统计表", "情况表", "信息表"]
        .iter()
        .any(|end| text.contains(end))
}

/// 甲 乙 丙 丁 1 2 3 below the heads: the columns are counted.
fn is_numbering(row: &Row) -> bool {
    const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
    let texts: Vec<String> = row.filled().map(|(_, cell)| squeezed(&half_width(&cell.shown()))).collect();
    let stems = texts.iter().take_while(|text| text.chars().count() == 1 && STEMS.contains(text.as_str())).count();
    let is_stem = |(at, text): (usize, &String)| STEMS.chars().nth(at).is_some_and(|stem| text.starts_with(stem));
    let is_counted =
        (1..).zip(&texts[stems..]).all(|(number, text)| text.trim_matches(['(', ')']) == number.to_string());
    texts.len() >= 3 && is_counted && texts[..stems].iter().enumerate().all(is_stem)
}

/// A row below the heads that says how to fill in the columns: 男/女, 8位数字, 填全称.
fn is_hint(row: &Row) -> bool {
    const WORDS: &[&str] = &[
        "填",
        "选择",
        "格式",
        "例如",
        "如:",
        "如2",
        "如1",
        "位数",
        "下拉",
        "全称",
        "年/月",
        "年月",
        "yyyy",
        "xxxx",
        "身份证一致",
        "精确到",
        "××",
        "男/女",
        "是/否",
        "有/无",
        "正式/预备",
        "预备/正式",
        "文本",
        "自动",
    ];
    let texts = row.filled().map(|(_, cell)| squeezed(&half_width(&cell.shown())).to_lowercase());
    let is_hint = |text: &String| {
        let length = text.strip_suffix('位').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        length || WORDS.iter().any(|word| text.contains(word))
    };
    let (mut all, mut hints) = (0, 0);
    for text in texts {
        all += 1;
        hints += usize::from(is_hint(&text));
    }
    hints >= 2 && hints * 2 >= all
}

/// A row that shows how others are to be filled in.
fn is_example(first: &str) -> bool {
    let first = first.trim_matches(['(', ')', ':', '[', ']', '【', '】']);
    matches!(
        first,
        "示例" | "样例" | "范例" | "例" | "例子" | "举例" | "填写示例" | "填表示例" | "示例行" | "填写样例" | "样表"
    )
}

/// Whether a text can be the key of a record, a name: short, no sentence, no number.
fn is_key_like(text: &str) -> bool {
    text.chars().count() <= 40 && !text.contains(['：', ':', '。']) && !text.chars().all(|c| c.is_numeric() || c == '.')
}

fn is_total(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "合计",
        "总计",
        "小计",
        "共计",
        "累计",
        "总数",
        "人数合计",
        "本页合计",
        "本页小计",
        "本页共",
        "以上共",
        "总人数",
    ];
    if WORDS.iter().any(|word| text.starts_with(word)) {
        return true;
    }
    // 共36人, 全村共有党员25人, 本支部党员共计12名.
    let text = text.split(['。', ',', ';', '，', '；']).next().unwrap_or_default();
    let short = text.chars().count() <= 24 && !text.starts_with('注');
    short && text.find('共').is_some_and(|at| counts_people(&text[at + '共'.len_utf8()..]))
}

/// 有党员25人, 计12名, 36人.
fn counts_people(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let Some(start) = text.find(is_digit) else { return false };
    let said = ["有", "计", "登记", "党员", "正式", "中共", "各类", "在册", "实有", ":", "为"];
    let mut before = &text[..start];
    while let Some(rest) = said.iter().find_map(|word| before.strip_prefix(word)) {
        before = rest;
    }
    before.is_empty() && text[start..].trim_start_matches(is_digit).starts_with(['人', '名'])
}

fn is_note(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "注:",
        "注1",
        "注.",
        "备注:",
        "说明:",
        "附注",
        "填表说明",
        "填报说明",
        "填表人",
        "填报人",
        "制表",
        "审核",
        "审批",
        "负责人",
        "经办",
        "单位负责人",
        "联系人:",
        "支部书记(",
        "支部书记:",
        "党支部书记(",
        "党支部书记:",
        "书记(签",
        "填表日期",
        "填表时间",
        "填报日期",
        "填报时间",
        "打印",
        "制单",
        "复核",
        "盖章",
        "(盖章",
    ];
    let bare = text.trim_matches(['(', ')', '-', '—', '=', '*', '.', '…', '─', '[', ']']);
    if matches!(bare, "以下空白" | "以下为空" | "以下无内容" | "以下无正文" | "此行以下空白" | "以下为空白" | "完")
    {
        return true;
    }
    if text == "注" || STARTS.iter().any(|start| text.starts_with(start)) {
        return true;
    }
    // 第 1 页 共 15 页; 2.退休干部…: a numbered sentence.
    let page = text
        .strip_prefix('第')
        .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('页'));
    page || text.ends_with('。')
}
