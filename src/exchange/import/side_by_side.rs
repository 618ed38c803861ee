//! Two or more tables beside each other (并排的表): the same heads again further to the right, as address lists have it.
//!
//! Each is read as a sheet of its own that keeps its row numbers and columns. Start at [`blocks`].

use std::ops::Range;

use super::head_words::Words;
use super::headers::Role;
use super::sheets::{Cell, Row, Sheet};
use crate::domain::fields::Known;
use crate::domain::values::squeezed;

/// Heads stand in one of the first rows.
const LOOKED_AT: usize = 40;
/// So many heads are the same again, or it is no second table.
const LEAST: usize = 3;

/// The tables that stand beside each other, each as a sheet, from left to right; none where there is only one.
pub fn blocks(sheet: &Sheet, words: &Words<Known>) -> Vec<Sheet> {
    let found = sheet.rows.iter().take(LOOKED_AT).find_map(|row| Some((row.number, repeated(row, words)?)));
    let Some((heads, ranges)) = found else { return Vec::new() };
    ranges.into_iter().map(|range| block(sheet, heads, &range)).collect()
}

/// Which columns each of the tables takes, if the heads of a row are there more than once.
fn repeated(row: &Row, words: &Words<Known>) -> Option<Vec<Range<usize>>> {
    let heads: Vec<String> = (0..row.cells.len()).map(|column| squeezed(&row.text(column))).collect();
    let is_name = |head: &String| words.meaning(head) == Some(Role::Field(Known::Name));
    let names: Vec<usize> = (0..heads.len()).filter(|column| is_name(&heads[*column])).collect();
    let [first, second, ..] = names[..] else { return None };
    let step = second - first;
    let start = heads.iter().position(|head| !head.is_empty())?;
    let is_even = names.windows(2).all(|pair| pair[1] - pair[0] == step) && first - start < step;
    let is_same = |from: usize| {
        let pairs = (start..start + step).filter_map(|column| Some((&heads[column], heads.get(column + from)?)));
        let (told, same) = pairs
            .filter(|(one, _)| !one.is_empty())
            .fold((0, 0), |(told, same), (one, other)| (told + 1, same + usize::from(one == other)));
        same >= LEAST && same == told
    };
    let is_repeated = is_even && (1..names.len()).all(|nth| is_same(nth * step));
    is_repeated.then(|| (0..names.len()).map(|nth| start + nth * step..start + (nth + 1) * step).collect())
}

/// The sheet with one of its tables: what stands above the heads is said of all, unless something stands above each.
fn block(sheet: &Sheet, heads: u32, columns: &Range<usize>) -> Sheet {
    let is_of_each = |row: &Row| row.filled().count() > 1 && row.filled().any(|(column, _)| columns.start == column);
    let cut = |row: &Row| {
        let mut row = row.clone();
        if row.number >= heads || is_of_each(&row) {
            for (column, cell) in row.cells.iter_mut().enumerate() {
                if !columns.contains(&column) {
                    *cell = Cell::Empty;
                }
            }
        }
        row
    };
    let is_here = |first: usize, row: u32| row < heads || columns.contains(&first);
    Sheet {
        rows: sheet.rows.iter().map(cut).collect(),
        merged: sheet.merged.iter().filter(|one| is_here(one.first_column, one.first_row)).copied().collect(),
        ..sheet.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::head_words::member_words;
    use super::*;

    #[test]
    fn heads_that_come_again_begin_a_second_table() {
        let two = Sheet::of_texts(&[
            &["某支部通讯录"],
            &["序号", "姓名", "性别", "电话", "", "序号", "姓名", "性别", "电话"],
            &["1", "张三", "男", "1", "", "3", "王五", "男", "3"],
            &["2", "李四", "女", "2"],
        ]);
        let found = blocks(&two, member_words());
        let texts: Vec<String> =
            found.iter().map(|block| format!("{}{}", block.rows[2].text(1), block.rows[2].text(6))).collect();
        assert_eq!(texts, ["张三", "王五"]);
        assert!(found.iter().all(|block| block.rows[0].text(0) == "某支部通讯录"));
    }

    #[test]
    fn a_second_name_with_other_heads_is_no_second_table() {
        let heads: &[&str] = &["序号", "姓名", "性别", "入党时间", "介绍人姓名", "姓名", "单位", "电话"];
        assert!(
            blocks(
                &Sheet::of_texts(&[heads, &["1", "张三", "男", "2001", "李四", "王五", "某局", "1"]]),
                member_words()
            )
            .is_empty()
        );
    }
}
