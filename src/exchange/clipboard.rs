//! Blocks of cells on the clipboard (剪贴板), as WPS and Excel put and take them: a line for a row, a tab between cells,
//! quotes around what has a line break in it; with the formula guard of CSV files.
//!
//! Knows nothing of windows. Start at [`copy_block`] for what goes out, at [`read_block`] and [`place`] for what comes in.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::export::MemberColumn;
use super::guard::{guarded, unguarded};
use crate::clock::Day;
use crate::command::MemberDraft;
use crate::domain::fields::FieldKey;
use crate::domain::ids::PersonId;
use crate::domain::values::squeezed;
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::view::desk::Desk;
use crate::view::members::each_row;

/// The cells of a block, row by row; rows may be of different length.
pub type Cells = Vec<Vec<String>>;

/// Reads a block that was copied in a spreadsheet. One line break at its end belongs to no cell.
///
/// Not by the csv crate: it passes over empty lines, which are the empty cells of a block of one column.
pub fn read_block(text: &str) -> Cells {
    let text = text.trim_start_matches('\u{feff}').trim_end_matches('\0');
    if text.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![Vec::new()];
    let mut rest = text;
    loop {
        let (cell, after) = next_cell(rest);
        if let Some(row) = rows.last_mut() {
            row.push(unguarded(&cell).to_owned());
        }
        rest = match after.strip_prefix('\t') {
            Some(next) => next,
            None => match after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])) {
                Some("") | None => return rows,
                Some(next) => {
                    rows.push(Vec::new());
                    next
                }
            },
        };
    }
}

/// The cell that the text begins with, and what follows it: a tab, a line break, nothing.
fn next_cell(text: &str) -> (String, &str) {
    if let Some((cell, after)) = quoted_cell(text) {
        return (cell, after);
    }
    let end = text.find(['\t', '\n', '\r']).unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

/// A cell in quotes; none where the quotes are part of the text: 「"甲"组」.
fn quoted_cell(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (within, after) = rest.split_once('"')?;
        cell.push_str(within);
        match after.strip_prefix('"') {
            Some(next) => {
                cell.push('"');
                rest = next;
            }
            None => return (after.is_empty() || after.starts_with(['\t', '\n', '\r'])).then_some((cell, after)),
        }
    }
}

/// The cells of these people as they are shown on a day, as a spreadsheet takes them; what is not known is blank.
pub fn copy_block(
    desk: &Desk,
    people: &[PersonId],
    columns: &[MemberColumn],
    as_of: Day,
    unmasked: bool,
    progress: &Progress,
) -> Result<String> {
    let fields: Vec<FieldKey> = columns.iter().copied().filter_map(MemberColumn::field).collect();
    progress.stage("复制", people.len() as u64)?;
    let mut lines = Vec::with_capacity(people.len());
    each_row(desk, people, as_of, &fields, unmasked, |row| {
        progress.step(lines.len() as u64)?;
        let mut cells = row.cells.iter();
        let mut value = |column: &MemberColumn| match column {
            MemberColumn::Field(_) => cells.next().cloned().flatten(),
            computed => row.computed(*computed).map(Cow::into_owned),
        };
        lines.push(columns.iter().map(|column| value(column).unwrap_or_default()).collect::<Vec<String>>());
        Ok(())
    })?;
    write_block(&lines)
}

/// The block as a spreadsheet takes it.
pub fn write_block<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b'\t')
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        let cells = row.as_ref().iter().map(|cell| guarded(cell).into_owned());
        writer.write_record(cells).map_err(|error| Problem::fault(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| Problem::fault(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Problem::fault(error.to_string()))
}

/// A column that a block may land in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetColumn {
    /// As its head says.
    pub title: String,
    /// Other heads that mean the same, as other tables write them.
    pub synonyms: &'static [&'static str],
    /// The field its cells write, by name; none where they are computed from others.
    pub writes: Option<String>,
}

/// What lies from a cell on, down to the end of the list and right to the end of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    pub people: Vec<PersonId>,
    pub columns: Vec<TargetColumn>,
}

/// A block at its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placed {
    pub rows: Vec<(PersonId, MemberDraft)>,
    /// What of the block was not taken, in sentences; nothing is left out in silence.
    pub remarks: Vec<String>,
}

/// Lays a block over the cells from the first of `target` on. A first line that repeats the heads is none of the
/// contents. A block of one cell fills `at_least` rows and columns.
pub fn place(mut block: Cells, target: &Target, at_least: (usize, usize)) -> Placed {
    let mut remarks = Vec::new();
    if block.len() > 1 && block.first().is_some_and(|first| repeats_heads(first, &target.columns)) {
        let heads = block.remove(0);
        remarks.push(format!("第一行是表头（{}），没有当作内容", heads.join("、")));
    }
    if let [row] = &block[..]
        && let [cell] = &row[..]
    {
        block = vec![vec![cell.clone(); at_least.1.max(1)]; at_least.0.max(1)];
    }
    let beyond = block.len().saturating_sub(target.people.len());
    if beyond > 0 {
        remarks.push(format!("多出 {beyond} 行：名册到底了，没有采用"));
    }
    let width = block.iter().map(Vec::len).max().unwrap_or(0);
    if width > target.columns.len() {
        remarks.push(format!("右边多出 {} 列：表格到头了，没有采用", width - target.columns.len()));
    }
    let computed: Vec<&str> = target
        .columns
        .iter()
        .take(width)
        .filter(|column| column.writes.is_none())
        .map(|column| &*column.title)
        .collect();
    if !computed.is_empty() {
        remarks.push(format!("{}不能贴入，贴来的没有采用", computed.join("、")));
    }
    let draft = |row: &Vec<String>| {
        let cells = row.iter().zip(&target.columns);
        let set: BTreeMap<String, Option<String>> =
            cells.filter_map(|(cell, column)| Some((column.writes.clone()?, Some(cell.clone())))).collect();
        MemberDraft(set)
    };
    let rows = target.people.iter().zip(&block).map(|(person, row)| (*person, draft(row)));
    Placed { rows: rows.filter(|(_, draft)| !draft.0.is_empty()).collect(), remarks }
}

/// Whether every cell of a line is the head of the column it would land in.
fn repeats_heads(line: &[String], columns: &[TargetColumn]) -> bool {
    let is_head = |cell: &String, column: &TargetColumn| {
        let head = squeezed(cell);
        head == squeezed(&column.title) || column.synonyms.contains(&&*head)
    };
    !line.is_empty() && line.iter().zip(columns).all(|(cell, column)| is_head(cell, column))
}

#[cfg(test)]
mod tests {
    use super::{Target, TargetColumn, place, read_block, write_block};
    use crate::domain::ids::PersonId;

    fn cells(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn a_block_is_read_as_spreadsheets_write_it() {
        for (text, rows) in [
            ("甲\t乙\r\n丙\t丁\r\n", cells(&[&["甲", "乙"], &["丙", "丁"]])),
            ("甲\n乙", cells(&[&["甲"], &["乙"]])),
            ("甲\r乙\r", cells(&[&["甲"], &["乙"]])),
            ("甲\r\n\r\n乙\r\n", cells(&[&["甲"], &[""], &["乙"]])),
            ("\t\r\n", cells(&[&["", ""]])),
            ("\"先进\n个人\"\t乙\r\n", cells(&[&["先进\n个人", "乙"]])),
            ("\"他说\"\"好\"\"\"\t\r\n", cells(&[&["他说\"好\"", ""]])),
            ("\"甲\"组\t5\" 管", cells(&[&["\"甲\"组", "5\" 管"]])),
            ("\"没有收尾\t乙", cells(&[&["\"没有收尾", "乙"]])),
            ("'=1+1", cells(&[&["=1+1"]])),
            ("\r\n", cells(&[&[""]])),
            ("", cells(&[])),
        ] {
            assert_eq!(read_block(text), rows, "{text:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let rows = cells(&[
            &["甲", "", "=SUM(A1)"],
            &["a\tb", "他说\"好\"", "先进\r\n个人"],
            &["", "'=1", "\"甲\"组"],
            &["", "", ""],
        ]);
        let text = write_block(&rows).expect("a block");
        assert!(text.starts_with("甲\t\t'=SUM(A1)\r\n"), "{text}");
        assert_eq!(read_block(&text), rows);
        let column = cells(&[&[""], &["甲"], &[""]]);
        assert_eq!(read_block(&write_block(&column).expect("a block")), column);
    }

    proptest::proptest! {
        #[test]
        fn any_block_is_read_as_it_was_written(rows in block()) {
            proptest::prop_assert_eq!(read_block(&write_block(&rows).expect("a block")), rows);
        }
    }

    /// Up to five rows of the same width, of what is hard to tell apart.
    fn block() -> impl proptest::strategy::Strategy<Value = Vec<Vec<String>>> {
        use proptest::prelude::Strategy as _;
        (1_usize..4).prop_flat_map(|width| {
            let row = proptest::collection::vec("[甲a =+'\"\t\n\r]{0,5}", width);
            proptest::collection::vec(row, 1..5)
        })
    }

    fn target(people: i64, columns: &[(&str, bool)]) -> Target {
        let column = |(title, is_computed): &(&str, bool)| TargetColumn {
            title: (*title).to_owned(),
            synonyms: if *title == "学历" { &["文化程度"] } else { &[] },
            writes: (!is_computed).then(|| format!("name of {title}")),
        };
        Target { people: (1..=people).map(PersonId).collect(), columns: columns.iter().map(column).collect() }
    }

    #[test]
    fn what_falls_outside_the_table_is_told() {
        let target = target(2, &[("学历", false), ("年龄", true)]);
        let placed = place(cells(&[&["大专", "30", "多"], &["本科"], &["高中"]]), &target, (1, 1));
        assert_eq!(placed.rows.len(), 2);
        assert_eq!(placed.rows[0].1.0.len(), 1, "nothing for what is computed");
        let said = placed.remarks.join("；");
        for part in ["多出 1 行", "多出 1 列", "年龄不能贴入"] {
            assert!(said.contains(part), "{said}");
        }
    }

    #[test]
    fn a_line_of_heads_is_no_content() {
        let target = target(3, &[("学历", false), ("联系电话", false)]);
        let placed = place(cells(&[&["文化 程度", "联系电话"], &["大专", "138"]]), &target, (1, 1));
        assert_eq!(placed.rows.len(), 1);
        assert_eq!(placed.rows[0].0, PersonId(1));
        assert_eq!(placed.remarks, ["第一行是表头（文化 程度、联系电话），没有当作内容"]);
        let other = place(cells(&[&["联系电话", "学历"], &["大专", "138"]]), &target, (1, 1));
        assert_eq!((other.rows.len(), other.remarks.len()), (2, 0), "heads of other columns are not passed over");
        assert_eq!(place(cells(&[&["学历"]]), &target, (1, 1)).rows.len(), 1, "a lone line is content");
    }

    #[test]
    fn one_cell_fills_what_is_selected() {
        let target = target(3, &[("学历", false), ("联系电话", false)]);
        let placed = place(cells(&[&["甲"]]), &target, (2, 2));
        let sets: Vec<usize> = placed.rows.iter().map(|(_, draft)| draft.0.len()).collect();
        assert_eq!(sets, [2, 2]);
    }
}
