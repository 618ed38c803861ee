//! Reads xls workbooks (BIFF8 and BIFF5): cells with what they show, merged cells, hidden sheets.
//!
//! Own code, since the library that reads xlsx does not tell the number formats of xls, and a date that shows only
//! its month must not become a day. Every length is checked against the bytes there are. Start at [`read`].

use encoding_rs::{Encoding, GBK};

use super::biff_records::{
    Record, Records, Text, bytes_text, cut_text, f64_at, i32_at, rk_number, text_with_length, u16_at, u32_at,
};
use super::sheets::{Cell, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Merged, Sheet};
use super::shown::{self, Shown};
use super::source::{damaged, locked, no_roster, too_large};
use crate::problem::Result;
use crate::progress::Progress;

mod kinds {
    //! Record types (MS-XLS 2.3).
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000a;
    pub const DATE_MODE: u16 = 0x0022;
    pub const FILE_PASS: u16 = 0x002f;
    pub const CODE_PAGE: u16 = 0x0042;
    pub const COLUMNS: u16 = 0x007d;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const MULTIPLE_RK: u16 = 0x00bd;
    pub const RICH_STRING: u16 = 0x00d6;
    pub const EXTENDED_FORMAT: u16 = 0x00e0;
    pub const MERGED_CELLS: u16 = 0x00e5;
    pub const SHARED_TEXTS: u16 = 0x00fc;
    pub const SHARED_TEXT_CELL: u16 = 0x00fd;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOL_OR_ERROR: u16 = 0x0205;
    pub const STRING: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const RK: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
    pub const BEGIN: u16 = 0x0809;
}

/// What stands before the sheets.
struct Globals {
    is_unicode: bool,
    encoding: &'static Encoding,
    is_1904: bool,
    formats: Vec<(u16, Shown)>,
    /// The number format of each cell style, and by how many steps it indents a text.
    styles: Vec<(u16, u8)>,
    texts: Vec<String>,
    sheets: Vec<Bound>,
}

struct Bound {
    at: usize,
    visible: bool,
    is_worksheet: bool,
    name: String,
}

/// The sheets of the `Workbook` stream. Hidden ones come without rows.
pub fn read(stream: &[u8], name: &str, progress: &Progress) -> Result<Vec<Sheet>> {
    let globals = read_globals(stream, name)?;
    if globals.sheets.is_empty() {
        return Err(no_roster(name, "工作簿里没有工作表"));
    }
    let styles = globals.shown_by_style();
    let mut cells_left = MOST_CELLS;
    let mut sheets = Vec::new();
    for bound in globals.sheets.iter().filter(|bound| bound.is_worksheet) {
        let mut sheet = Sheet::new(&bound.name);
        sheet.visible = bound.visible;
        sheet.is_1904 = globals.is_1904;
        if bound.visible {
            progress.step(0)?;
            let mut filling =
                Filling { sheet: &mut sheet, globals: &globals, styles: &styles, cells_left, formula: None };
            filling.read(stream, bound.at, name)?;
            cells_left = filling.cells_left;
            sheet.finish(&mut cells_left).ok_or_else(|| too_large(name))?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn read_globals(stream: &[u8], name: &str) -> Result<Globals> {
    let mut globals = Globals {
        is_unicode: true,
        encoding: GBK,
        is_1904: false,
        formats: Vec::new(),
        styles: Vec::new(),
        texts: Vec::new(),
        sheets: Vec::new(),
    };
    let mut ended = false;
    for record in Records::new(stream, 0) {
        let data = record.data;
        match record.kind {
            kinds::BEGIN => globals.is_unicode = u16_at(data, 0).is_none_or(|version| version == 0x0600),
            kinds::FILE_PASS => return Err(locked(name)),
            kinds::CODE_PAGE => globals.encoding = encoding_of(u16_at(data, 0).unwrap_or(936)),
            kinds::DATE_MODE => globals.is_1904 = u16_at(data, 0) == Some(1),
            kinds::FORMAT => {
                let code = match globals.is_unicode {
                    true => text_with_length(data.get(2..).unwrap_or_default()),
                    false => bytes_text(data.get(2..).unwrap_or_default(), 1, globals.encoding),
                };
                globals.formats.extend(u16_at(data, 0).zip(code.map(|code| shown::understand(&code))));
            }
            kinds::EXTENDED_FORMAT => {
                let indent = data.get(8).filter(|_| globals.is_unicode).map_or(0, |bits| bits & 0x0f);
                globals.styles.push((u16_at(data, 2).unwrap_or(0), indent));
            }
            kinds::BOUND_SHEET => globals.sheets.extend(globals.bound_sheet(data)),
            kinds::SHARED_TEXTS => globals.texts = shared_texts(&record),
            kinds::END => {
                ended = true;
                break;
            }
            _ => {}
        }
    }
    if ended { Ok(globals) } else { Err(damaged(name, "workbook stream ends early")) }
}

fn encoding_of(code_page: u16) -> &'static Encoding {
    match code_page {
        950 => encoding_rs::BIG5,
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        1252 | 0x8001 => encoding_rs::WINDOWS_1252,
        _ => GBK,
    }
}

impl Globals {
    fn bound_sheet(&self, data: &[u8]) -> Option<Bound> {
        let length = usize::from(*data.get(6)?);
        let name = match self.is_unicode {
            true => cut_text(data.get(8..)?, length, data.get(7)? & 1 != 0).0,
            false => bytes_text(data.get(6..)?, 1, self.encoding)?,
        };
        Some(Bound {
            at: u32_at(data, 0)? as usize,
            visible: data.get(4)? & 0x3f == 0,
            is_worksheet: *data.get(5)? == 0,
            name: name.replace('\0', ""),
        })
    }

    fn shown_by_style(&self) -> Vec<Shown> {
        let of = |number: u16| {
            let own = self.formats.iter().rev().find(|(known, _)| *known == number);
            own.map_or_else(|| shown::built_in(u32::from(number)), |(_, shown)| *shown)
        };
        self.styles.iter().map(|(number, _)| of(*number)).collect()
    }
}

fn shared_texts(record: &Record<'_>) -> Vec<String> {
    let mut text = Text::new(record);
    text.skip(8);
    std::iter::from_fn(|| text.next_rich()).collect()
}

/// One sheet while it is read.
struct Filling<'a> {
    sheet: &'a mut Sheet,
    globals: &'a Globals,
    styles: &'a [Shown],
    cells_left: usize,
    /// The place of a formula whose text comes in the next record.
    formula: Option<(u32, usize)>,
}

impl Filling<'_> {
    fn read(&mut self, stream: &[u8], at: usize, name: &str) -> Result<()> {
        let mut begun = false;
        // Charts within a sheet have cells of their own.
        let mut depth = 0;
        for record in Records::new(stream, at) {
            match record.kind {
                kinds::BEGIN if begun => depth += 1,
                kinds::BEGIN => begun = true,
                kinds::END if depth > 0 => depth -= 1,
                kinds::END => return Ok(()),
                _ if depth > 0 => {}
                _ => {
                    if self.take(&record).is_none() {
                        return Err(damaged(name, &format!("record {:#06x} is too short", record.kind)));
                    }
                    if self.cells_left == 0 {
                        return Err(too_large(name));
                    }
                }
            }
        }
        Err(damaged(name, "sheet ends early"))
    }

    /// Takes over what a record tells; none where it is shorter than it must be.
    fn take(&mut self, record: &Record<'_>) -> Option<()> {
        let data = record.data;
        match record.kind {
            kinds::NUMBER => self.put_number(data, f64_at(data, 6)?),
            kinds::RK => self.put_number(data, rk_number(i32_at(data, 6)?)),
            kinds::MULTIPLE_RK => self.put_many(data),
            kinds::SHARED_TEXT_CELL => {
                let text = self.globals.texts.get(u32_at(data, 6)? as usize).map(String::as_str).unwrap_or_default();
                self.put(place_of(data)?, Cell::indented(text, self.indent_of(data)))
            }
            kinds::LABEL | kinds::RICH_STRING => {
                let text = self.text_of(data.get(6..)?)?;
                self.put(place_of(data)?, Cell::indented(&text, self.indent_of(data)))
            }
            kinds::BOOL_OR_ERROR => {
                let cell = match (*data.get(7)?, *data.get(6)?) {
                    (0, value) => Cell::text(if value == 0 { "FALSE" } else { "TRUE" }),
                    _ => Cell::Error,
                };
                self.put(place_of(data)?, cell)
            }
            kinds::FORMULA => self.put_formula(data),
            kinds::STRING => {
                let Some(place) = self.formula.take() else { return Some(()) };
                let text = match self.globals.is_unicode {
                    true => Text::new(record).next_plain()?,
                    false => self.text_of(data)?,
                };
                self.put(place, Cell::text(&text))
            }
            kinds::MERGED_CELLS => self.merge(data),
            kinds::ROW | kinds::COLUMNS => {
                self.hide(record.kind, data);
                Some(())
            }
            _ => Some(()),
        }
    }

    fn text_of(&self, data: &[u8]) -> Option<String> {
        if self.globals.is_unicode { text_with_length(data) } else { bytes_text(data, 2, self.globals.encoding) }
    }

    fn put(&mut self, (row, column): (u32, usize), cell: Cell) -> Option<()> {
        if !matches!(cell, Cell::Empty) && row <= MOST_ROWS && column < MOST_COLUMNS as usize {
            let taken = self.sheet.put(row, column, cell);
            self.cells_left = self.cells_left.saturating_sub(taken);
        }
        Some(())
    }

    fn put_number(&mut self, data: &[u8], value: f64) -> Option<()> {
        let style = usize::from(u16_at(data, 4)?);
        let cell = self.number(style, value);
        self.put(place_of(data)?, cell)
    }

    fn number(&self, style: usize, value: f64) -> Cell {
        Cell::of_number(value, self.styles.get(style).copied().unwrap_or(Shown::General), self.sheet.is_1904)
    }

    /// By how many steps a text is indented.
    fn indent_of(&self, data: &[u8]) -> u8 {
        let style = u16_at(data, 4).and_then(|style| self.globals.styles.get(usize::from(style)));
        style.map_or(0, |(_, indent)| *indent)
    }

    fn put_many(&mut self, data: &[u8]) -> Option<()> {
        let (row, first) = place_of(data)?;
        let cells = data.get(4..data.len().checked_sub(2)?)?;
        for (offset, cell) in cells.chunks_exact(6).enumerate() {
            let cell = self.number(usize::from(u16_at(cell, 0)?), rk_number(i32_at(cell, 2)?));
            self.put((row, first + offset), cell);
        }
        Some(())
    }

    fn put_formula(&mut self, data: &[u8]) -> Option<()> {
        let place = place_of(data)?;
        if u16_at(data, 12)? != 0xffff {
            return self.put_number(data, f64_at(data, 6)?);
        }
        match *data.get(6)? {
            0 => self.formula = Some(place),
            1 => return self.put(place, Cell::text(if *data.get(8)? == 0 { "FALSE" } else { "TRUE" })),
            2 => return self.put(place, Cell::Error),
            _ => {}
        }
        Some(())
    }

    /// Takes over which rows and columns are hidden (MS-XLS 2.4.221 and 2.4.53); what is cut off hides nothing.
    fn hide(&mut self, kind: u16, data: &[u8]) {
        let flag = |at: usize, flag: u16| u16_at(data, at).is_some_and(|flags| flags & flag != 0);
        let (Some(first), Some(last)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
        match kind {
            kinds::ROW if flag(12, 0x20) => self.sheet.hidden.row(u32::from(first) + 1),
            kinds::COLUMNS if flag(8, 1) => self.sheet.hidden.columns(first.into(), last.into()),
            _ => {}
        }
    }

    fn merge(&mut self, data: &[u8]) -> Option<()> {
        let count = usize::from(u16_at(data, 0)?);
        for range in data.get(2..)?.chunks_exact(8).take(count) {
            self.sheet.merged.push(Merged {
                first_row: u32::from(u16_at(range, 0)?) + 1,
                last_row: u32::from(u16_at(range, 2)?) + 1,
                first_column: usize::from(u16_at(range, 4)?),
                last_column: usize::from(u16_at(range, 6)?),
            });
        }
        Some(())
    }
}

/// Row (as shown) and column of a cell record.
fn place_of(data: &[u8]) -> Option<(u32, usize)> {
    Some((u32::from(u16_at(data, 0)?) + 1, usize::from(u16_at(data, 2)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes()[..], data].concat()
    }

    /// A text in the first column, in a style.
    fn label(row: u8, style: u8, text: &str) -> Vec<u8> {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u8::try_from(units.len() / 2).expect("short");
        record(kinds::LABEL, &[&[row, 0, 0, 0, style, 0, length, 0, 1], &units[..]].concat())
    }

    #[test]
    fn a_text_is_indented_as_its_style_says() {
        let style = |indent: u8| record(kinds::EXTENDED_FORMAT, &[&[0_u8; 8][..], &[indent], &[0; 11]].concat());
        let begin = record(kinds::BEGIN, &[0, 6, 5, 0]);
        let globals = [begin.clone(), style(0), style(0x42)].concat();
        let bound = |at: usize| {
            let at = u32::try_from(at).expect("small").to_le_bytes();
            record(kinds::BOUND_SHEET, &[&at[..], &[0, 0, 1, 0, b'A']].concat())
        };
        let at = globals.len() + bound(0).len() + record(kinds::END, &[]).len();
        let sheet = [begin, label(0, 0, "党委"), label(1, 1, "支部"), record(kinds::END, &[])].concat();
        let stream = [globals, bound(at), record(kinds::END, &[]), sheet].concat();
        let sheets = read(&stream, "党组织.xls", &Progress::default()).expect("a sheet");
        let texts: Vec<String> = sheets[0].rows.iter().map(|row| row.text(0).into_owned()).collect();
        assert_eq!(texts, ["党委", "\u{3000}\u{3000}支部"], "the low half of the byte");
    }
}
