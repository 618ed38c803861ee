//! A file, or a block that was pasted, taken apart into sheets and kept so while somebody looks at it.
//!
//! Start at [`Opened`].

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::noted;
use super::sheets::{Cell, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Row, Sheet};
use super::source::{Seal, file_name, no_roster, read_again, read_sealed, too_large};
use crate::exchange::clipboard::read_block;
use crate::problem::Result;
use crate::progress::Progress;

/// What was opened to be imported (打开的表). Cheap to clone.
#[derive(Debug, Clone)]
pub struct Opened {
    name: Arc<str>,
    /// Where it lies; none for what was pasted.
    path: Option<PathBuf>,
    /// Of an xlsx, so that what is written into a copy of it is written into what was read.
    seal: Option<Seal>,
    pub(in crate::exchange) sheets: Arc<Vec<Sheet>>,
}

impl Opened {
    /// Opens a file.
    pub fn file(path: &Path, progress: &Progress) -> Result<Self> {
        let (mut sheets, seal) = read_sealed(path, progress)?;
        sheets.iter_mut().for_each(noted::take_out);
        Ok(Self { name: file_name(path).into(), path: Some(path.to_owned()), seal, sheets: Arc::new(sheets) })
    }

    /// Cells that were copied in a spreadsheet.
    pub fn pasted(text: &str, name: &str) -> Result<Self> {
        let mut sheet = Sheet::new("");
        sheet.is_text_file = true;
        let mut cells_left = MOST_CELLS;
        for (number, cells) in (1..).zip(read_block(text)) {
            let fits = number <= MOST_ROWS && cells.len() <= MOST_COLUMNS as usize;
            cells_left = cells_left.checked_sub(cells.len()).filter(|_| fits).ok_or_else(|| too_large(name))?;
            let row = Row { number, cells: cells.iter().map(|text| Cell::text(text)).collect() };
            if !row.is_blank() {
                sheet.rows.push(row);
            }
        }
        if sheet.rows.is_empty() {
            return Err(no_roster(name, "剪贴板里没有表格"));
        }
        noted::take_out(&mut sheet);
        Ok(Self { name: name.into(), path: None, seal: None, sheets: Arc::new(vec![sheet]) })
    }

    /// Whether it is an xlsx.
    pub(in crate::exchange) fn is_package(&self) -> bool {
        self.seal.is_some()
    }

    /// The file itself where it is an xlsx: what it holds. None for another one. Fails where it is
    /// not the one any more that was opened.
    pub(in crate::exchange) fn package(&self) -> Result<Option<Vec<u8>>> {
        match (&self.path, &self.seal) {
            (Some(path), Some(seal)) => read_again(path, seal).map(Some),
            _ => Ok(None),
        }
    }

    /// How many rows hold anything, in all its sheets.
    pub fn row_count(&self) -> u64 {
        self.sheets.iter().map(|sheet| sheet.rows.len() as u64).sum()
    }

    /// The name of the file, as sentences show it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it lies; none for what was pasted.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_from_a_spreadsheet_is_one_sheet() {
        let opened = Opened::pasted("姓名\t入党时间\r\n\r\n张三\t2019.10\r\n", "粘贴的表格").expect("a block");
        let [sheet] = &opened.sheets[..] else { panic!("one sheet") };
        assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(sheet.rows[1].text(1), "2019.10");
        assert!(Opened::pasted(" \r\n\t", "粘贴的表格").is_err());
    }
}
