//! Where something stands in the files, in as few words as tell it: the row, the sheet and file only where needed.
//! Must never know what stands there. Start at [`Places`].

use std::collections::HashSet;

use crate::exchange::import::RosterReading;
use crate::ui::widgets::grouped;

/// Rows that are named before 「等 n 行」.
const NAMED: usize = 6;

/// The names of the files, and whether sheets need telling apart.
#[derive(Debug)]
pub struct Places {
    files: Vec<String>,
    has_sheets: bool,
}

impl Places {
    pub fn of(readings: &[RosterReading]) -> Self {
        let files: Vec<String> = readings.iter().map(|reading| reading.file_name.clone()).collect();
        let has_sheets = readings.iter().any(|reading| {
            let of_tables = reading.tables.iter().map(|table| &table.sheet);
            of_tables.collect::<HashSet<_>>().len() > 1
        });
        Self { files, has_sheets }
    }

    /// `12`, `Sheet1·12`, `二支部.xlsx·12`
    pub fn short(&self, file: usize, sheet: &str, row: u32) -> String {
        match self.before(file, sheet) {
            before if before.is_empty() => row.to_string(),
            before => format!("{before}·{row}"),
        }
    }

    /// 「第 6、8、10 行」, 「二支部.xlsx 第 3 行；三支部.xlsx 第 5 行」; a sheet by its name where no row is told.
    pub fn long<'a>(&self, rows: impl Iterator<Item = (usize, &'a str, u32)>) -> String {
        let mut parts: Vec<(String, Vec<u32>)> = Vec::new();
        let (mut named, mut count) = (0, 0);
        for (file, sheet, row) in rows {
            count += 1;
            if named == NAMED {
                continue;
            }
            named += 1;
            let before = if row == 0 { sheet.to_owned() } else { self.before(file, sheet) };
            match parts.last_mut() {
                Some((last, rows)) if *last == before && row > 0 => rows.push(row),
                _ => parts.push((before, if row == 0 { Vec::new() } else { vec![row] })),
            }
        }
        let words: Vec<String> = parts.iter().map(|(before, rows)| in_words(before, rows)).collect();
        let more = if count > named { format!(" 等 {} 处", grouped(count as u64)) } else { String::new() };
        format!("{}{more}", words.join("；"))
    }

    fn before(&self, file: usize, sheet: &str) -> String {
        let file = if self.files.len() > 1 { self.files.get(file).map_or("", String::as_str) } else { "" };
        let sheet = if self.has_sheets { sheet } else { "" };
        match (file, sheet) {
            (file, "") => file.to_owned(),
            ("", sheet) => sheet.to_owned(),
            (file, sheet) => format!("{file}·{sheet}"),
        }
    }
}

fn in_words(before: &str, rows: &[u32]) -> String {
    if rows.is_empty() {
        return format!("工作表“{before}”");
    }
    // Long numbers in a long line: it may break between them, not within one.
    let between = if rows.iter().any(|row| *row >= 1_000) { "、\u{2009}" } else { "、" };
    let numbers = rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(between);
    let space = if before.is_empty() { "" } else { " " };
    format!("{before}{space}第 {numbers} 行")
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn a_place_names_file_and_sheet_only_where_there_are_several() {
        let one = Places { files: vec!["名册.xlsx".into()], has_sheets: false };
        assert_eq!(one.short(0, "Sheet1", 12), "12");
        assert_eq!(one.long([(0, "Sheet1", 6), (0, "Sheet1", 8)].into_iter()), "第 6、8 行");
        let two = Places { files: vec!["一.xlsx".into(), "二.xlsx".into()], has_sheets: true };
        assert_eq!(two.short(1, "Sheet1", 3), "二.xlsx·Sheet1·3");
        assert_eq!(two.long([(0, "甲", 3), (1, "乙", 5)].into_iter()), "一.xlsx·甲 第 3 行；二.xlsx·乙 第 5 行");
        assert_eq!(one.long((1..=9).map(|row| (0, "甲", row))), "第 1、2、3、4、5、6 行 等 9 处");
        assert_eq!(one.long([(0, "封面", 0)].into_iter()), "工作表“封面”");
    }
}
