//! The formula guard of CSV files: a text that a spreadsheet would take for a formula gets a `'` in
//! front when it goes out, and exactly one is taken off when it comes in.

use std::borrow::Cow;

/// Whether a spreadsheet would calculate this text, once all guards in front of it are taken off.
fn is_formula_like(text: &str) -> bool {
    // Nearly every text begins with something else, and full-width forms with 0xEF.
    if !text.as_bytes().first().is_some_and(|first| b"'=+-@\t\r\xef".contains(first)) {
        return false;
    }
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// The text as it goes into a CSV file.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula_like(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text as it comes out of a CSV file.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula_like(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_guard_goes_on_and_one_comes_off() {
        for text in ["=1+1", "'=1+1", "''-5", "+86", "@x", "＝1", "\tx", "plain", "'quoted", "", "'", "it's"] {
            assert_eq!(unguarded(&guarded(text)), text);
        }
        assert_eq!(guarded("=1"), "'=1");
        assert_eq!(guarded("'=1"), "''=1");
        assert_eq!(guarded("'110000"), "'110000");
        assert_eq!(unguarded("'110000"), "'110000");
    }
}
