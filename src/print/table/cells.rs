//! The texts of a row in their cells: at which size each is set, and how high the row becomes.
//!
//! A text too long for its cell is set in more lines and the row grows: nothing is cut off, and nothing is set too small
//! to be read. Knows nothing of pages. Start at [`Fitter::row`].

use std::borrow::Cow;

use serde::Serialize;

use super::Letters;
use super::columns::Columns;
use crate::print::fit::Ruler;
use crate::print::sheet::POINTS_PER_MILLIMETRE;

/// Rows grow by half a row.
pub(super) const UNIT: f64 = 4.25;
/// A usual row, and the title of a branch, in units.
pub(super) const ROW_UNITS: usize = 2;

/// Sizes to which the text of a cell is set smaller, in points; where the columns together ask for less, at theirs.
const SIZES: [f64; 4] = [10.0, 9.0, 8.5, 8.0];
/// A text that nearly fits is rather set a little smaller than on two lines; a number much smaller than broken.
const ONE_LINE: [f64; 2] = [0.95, 0.9];
const NUMBER_SIZES: [f64; 6] = [7.5, 7.0, 6.5, 6.0, 5.5, 5.0];
/// White above and below the text of a row, together, in points.
const ROW_PADDING: f64 = 3.0;
/// From line to line, in em; `sheet.typ` sets lines so.
const LINE_PITCH: f64 = 1.2;

/// A row whose height is known.
pub(super) struct FittedRow<'s> {
    pub cells: Vec<CellData<'s>>,
    pub units: usize,
}

/// The content of a cell: at the usual size, or at its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum CellData<'s> {
    Usual(Cow<'s, str>),
    Sized { text: Cow<'s, str>, size: f64 },
    Marked { text: Cow<'s, str>, size: f64, level: &'static str },
    Section { section: String },
}

/// Finds the size at which texts fit into the columns.
pub(super) struct Fitter<'c> {
    pub columns: &'c Columns,
    /// The units of a row that fills a page by itself.
    pub most_units: usize,
    pub ruler: &'c Ruler,
}

impl Fitter<'_> {
    /// Sets each cell of a row at the largest size at which it fits, in the lowest row in which all of them fit.
    pub(super) fn row<'s>(&self, row: Vec<Cow<'s, str>>) -> FittedRow<'s> {
        let usual = self.columns.text_size;
        let mut units = ROW_UNITS;
        let mut cells = Vec::with_capacity(row.len());
        let mut small = Vec::new();
        for (place, (text, column)) in row.into_iter().zip(&self.columns.columns).enumerate() {
            let points = column.text_points();
            if self.ruler.width(&text) * usual <= points {
                cells.push(CellData::Usual(text));
                continue;
            }
            let (fitted, size, needed) = self.cell(text.clone(), points, column.letters, ROW_UNITS);
            units = units.max(needed);
            if size < usual {
                small.push((place, text, needed));
            }
            cells.push(CellData::Sized { text: fitted, size });
        }
        // In a row that a neighbour makes high nothing has to be small.
        for (place, text, _) in small.into_iter().filter(|(.., needed)| *needed < units) {
            let column = &self.columns.columns[place];
            let (text, size, _) = self.cell(text, column.text_points(), column.letters, units);
            cells[place] = CellData::Sized { text, size };
        }
        FittedRow { cells, units }
    }

    /// The size of a text in a cell, and the units of row height it takes, where it has so many in any case.
    fn cell<'s>(
        &self,
        text: Cow<'s, str>,
        points: f64,
        letters: Letters,
        least_units: usize,
    ) -> (Cow<'s, str>, f64, usize) {
        let (usual, ruler) = (self.columns.text_size, self.ruler);
        let width = ruler.width(&text);
        let is_even = letters == Letters::Even && !text.is_ascii();
        let smallest = if is_even { usual } else { SIZES[SIZES.len() - 1].min(usual) };
        let is_readable = |size: &f64| *size >= smallest || text.is_ascii();
        let nearly = ONE_LINE.into_iter().map(|part| usual * part).filter(is_readable);
        if let Some(size) = nearly.into_iter().find(|size| width * size <= points) {
            return (text, size, ROW_UNITS);
        }
        if ruler.lines(&text, points / smallest).is_none()
            && let Some(size) = NUMBER_SIZES.into_iter().find(|size| width * size <= points)
        {
            return (text, size, ROW_UNITS);
        }
        let text = match ruler.breakable(&text, points / smallest) {
            Cow::Owned(broken) => Cow::Owned(broken),
            Cow::Borrowed(_) => text,
        };
        let height = |units: usize| units as f64 * UNIT * POINTS_PER_MILLIMETRE - ROW_PADDING;
        for units in least_units..=self.most_units {
            // The usual size first: it is the largest.
            for size in [usual].into_iter().chain(SIZES.into_iter().filter(|size| (smallest..usual).contains(size))) {
                let allowed = ((height(units) / size + LINE_PITCH - 1.0) / LINE_PITCH).floor() as usize;
                if ruler.lines(&text, points / size).is_some_and(|lines| lines <= allowed) {
                    let text = match ruler.in_lines(&text, points / size) {
                        Cow::Owned(broken) => Cow::Owned(broken),
                        Cow::Borrowed(_) => text,
                    };
                    return (text, size, units);
                }
            }
        }
        // More than a page of text in one cell: it is set as small as it takes.
        let area = width * LINE_PITCH * 1.15;
        let size = (points * height(self.most_units) / area.max(1.0)).sqrt().clamp(0.5, smallest);
        (text, size, self.most_units)
    }
}
