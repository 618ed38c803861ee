//! Texts that a cell of a spreadsheet does not hold (截短): what goes out tells that it is not whole, and is known again when
//! it comes in.
//!
//! Start at [`within_cell`].

use std::borrow::Cow;

/// As many characters as a cell holds.
const LONGEST_CELL: usize = 32_767;

const BEFORE: &str = "……（一格放不下，全文 ";
const AFTER: &str = " 字，请导出 CSV 查看）";

/// A text as a cell can hold it; of a longer one the beginning, and how much there is. Owned only where it is shortened.
pub fn within_cell(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_CELL {
        return text.into();
    }
    let length = text.chars().count();
    if length <= LONGEST_CELL {
        return text.into();
    }
    let note = format!("{BEFORE}{length}{AFTER}");
    let room = LONGEST_CELL - note.chars().count();
    text.chars().take(room).chain(note.chars()).collect::<String>().into()
}

/// How many characters the whole text has of which this is the beginning that went out; none where it is no such text.
pub fn whole_length(text: &str) -> Option<usize> {
    let (_, length) = text.trim_end().strip_suffix(AFTER)?.rsplit_once(BEFORE)?;
    length.parse().ok()
}
