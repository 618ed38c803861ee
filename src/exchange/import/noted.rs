//! Knows again what the program itself wrote beside the rows of a list, and takes it out: a list that comes back with
//! it reads as it did without.
//!
//! Start at [`take_out`].

use super::sheets::{Cell, Sheet};

/// The head of the column in which senders are told what is wrong.
pub const HEAD: &str = "问题";
/// What each of its texts begins with.
pub const MARK: char = '▲';

/// Where the program told something in a sheet that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    pub column: usize,
    /// The rows in which it did.
    pub rows: Vec<u32>,
    /// Something else stands there too: an answer.
    pub is_answered: bool,
}

/// Takes out what the program told. The head goes too where nothing else stands below it, such as an answer.
pub fn take_out(sheet: &mut Sheet) {
    let Some(column) = noted_column(sheet) else { return };
    let is_ours = |cell: &Cell| matches!(cell, Cell::Text(text) if is_head(text) || text.starts_with(MARK));
    let below = sheet.rows.iter().map(|row| row.cell(column));
    let is_answered = below.filter(|cell| !cell.is_blank()).any(|cell| !is_ours(cell));
    let mut rows = Vec::new();
    for row in &mut sheet.rows {
        if let Some(cell) = row.cells.get_mut(column)
            && is_ours(cell)
            && !(is_answered && matches!(cell, Cell::Text(text) if is_head(text)))
        {
            *cell = Cell::Empty;
            rows.push(row.number);
            let filled = row.cells.iter().rposition(|cell| *cell != Cell::Empty);
            row.cells.truncate(filled.map_or(0, |last| last + 1));
        }
    }
    sheet.rows.retain(|row| !row.cells.is_empty());
    sheet.noted = Some(Noted { column, rows, is_answered });
}

/// The column with the head and, somewhere below it, a text that begins with the mark.
fn noted_column(sheet: &Sheet) -> Option<usize> {
    let mut headed = Vec::new();
    for row in &sheet.rows {
        for (column, cell) in row.cells.iter().enumerate() {
            match cell {
                Cell::Text(text) if text.starts_with(MARK) && headed.contains(&column) => return Some(column),
                Cell::Text(text) if is_head(text) => headed.push(column),
                _ => {}
            }
        }
    }
    None
}

fn is_head(text: &str) -> bool {
    text.trim() == HEAD
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sheet: &Sheet) -> Vec<Vec<String>> {
        let row = |row: &super::super::sheets::Row| row.cells.iter().map(|cell| cell.shown().into_owned()).collect();
        sheet.rows.iter().map(row).collect()
    }

    #[test]
    fn what_was_told_is_taken_out_and_answers_stay() {
        let rows: &[&[&str]] = &[&["姓名", "性别", "问题"], &["张三", "无", "▲性别：不认得"], &["李四", "男"]];
        let mut sheet = Sheet::of_texts(rows);
        take_out(&mut sheet);
        assert_eq!(texts(&sheet), [vec!["姓名", "性别"], vec!["张三", "无"], vec!["李四", "男"]]);
        assert_eq!(sheet.noted, Some(Noted { column: 2, rows: vec![1, 2], is_answered: false }));
        let mut answered = Sheet::of_texts(&[rows[0], rows[1], &["李四", "男", "已核对"]]);
        take_out(&mut answered);
        assert_eq!(texts(&answered), [vec!["姓名", "性别", "问题"], vec!["张三", "无"], vec!["李四", "男", "已核对"]]);
    }

    #[test]
    fn a_column_of_the_sender_with_that_head_stays() {
        let mut sheet = Sheet::of_texts(&[&["谈话对象", "问题"], &["张三", "家庭困难"], &["▲李四", "无"]]);
        let before = texts(&sheet);
        take_out(&mut sheet);
        assert_eq!((texts(&sheet), sheet.noted), (before, None));
    }
}
