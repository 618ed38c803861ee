//! A narrow table in two halves side by side, divided into pages before it is typeset: a family of rows is named again
//! where it goes on, no single row of it stands alone at the foot or at the head of a half, and the last page is
//! divided evenly.
//!
//! Knows only heights. Start at [`Halves::pages`].

use serde::Serialize;

use super::fit::Ruler;
use super::sheet::POINTS_PER_MILLIMETRE;
use super::statistics::RowData;

// Heights in millimetres; the sheet is A4 upright with margins of 18.
const HEIGHT: f64 = 261.0;
/// Title, day and fill-in line of the first page; `statistics.typ` has the same.
const FIRST_HEAD: f64 = 28.0;
const SIGN_LINE: f64 = 17.0;
const NOTE_LINE: f64 = 4.4;
const NOTE_SIZE: f64 = 8.5;
/// What a further line of a label takes.
const LINE: f64 = 4.1;
/// Fewer rows of a family than this do not stand apart from the others.
const TOGETHER: usize = 2;
/// The first half is at most so much higher than an even one, or as high as this, to keep families whole.
const UNEVEN: f64 = 1.2;
const SHORT: f64 = 60.0;
/// White beside the text of a cell, both sides together.
const PADDING: f64 = 2.4;

/// What stands side by side on a page.
pub(super) type HalvesPage = Vec<Vec<HalfRow>>;

/// A row with its height.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct HalfRow {
    #[serde(flatten)]
    pub row: RowData,
    /// In millimetres.
    pub height: f64,
}

/// What is needed to divide a table into halves.
pub(super) struct Halves<'s> {
    pub ruler: &'s Ruler,
    pub text_size: f64,
    pub notes: &'s [String],
}

impl Halves<'_> {
    /// Width of the first column, in millimetres.
    pub(super) const LABEL_WIDTH: f64 = 54.0;
    /// Height of a row whose label stands on one line.
    pub(super) const ROW: f64 = 6.0;

    /// Which rows stand in which half of which page.
    pub(super) fn pages(&self, rows: Vec<RowData>) -> Vec<HalvesPage> {
        let rows: Vec<HalfRow> = rows.into_iter().map(|row| self.measured(row)).collect();
        let width = 170.0 * POINTS_PER_MILLIMETRE / NOTE_SIZE - 4.0;
        let lines: usize = self.notes.iter().map(|note| self.ruler.lines(note, width).unwrap_or(1)).sum();
        divided(&rows, SIGN_LINE + lines as f64 * NOTE_LINE)
    }

    fn measured(&self, mut row: RowData) -> HalfRow {
        if row.weight == "heading" {
            return HalfRow { row, height: Self::ROW };
        }
        let em = (Self::LABEL_WIDTH - PADDING) * POINTS_PER_MILLIMETRE / self.text_size - row.depth as f64;
        let lines = self.ruler.lines(&row.label, em).unwrap_or(1);
        row.label = self.ruler.in_lines(&row.label, em).into_owned();
        HalfRow { row, height: Self::ROW + (lines - 1) as f64 * LINE }
    }
}

impl HalfRow {
    fn is_heading(&self) -> bool {
        self.row.weight == "heading"
    }

    /// The heading of a family that goes on: 「年龄（续）」.
    fn continued(&self) -> Self {
        let name = self.row.label.split('（').next().unwrap_or_default();
        Self { row: RowData { label: format!("{name}（续）"), ..self.row.clone() }, height: self.height }
    }
}

/// All rows on pages; on the last one stand sign line and notes, which take `bottom`.
fn divided(rows: &[HalfRow], bottom: f64) -> Vec<HalvesPage> {
    let mut pages = Vec::new();
    let mut at = 0;
    loop {
        let head = if pages.is_empty() { FIRST_HEAD } else { 0.0 };
        let room = HEIGHT - head - Halves::ROW;
        if let Some(page) = even(rows, at, room - bottom) {
            pages.push(page);
            return pages;
        }
        let (mut page, mut next) = filled(rows, at, room);
        if next == rows.len() {
            // It fits, but leaves no room for what follows it: some of it goes over.
            (page, next) = filled(rows, at, room - bottom);
        }
        pages.push(page);
        at = next;
    }
}

/// All that is left in two halves of about the same height; `None` where it does not fit. That no family goes on in the
/// second half is worth some unevenness.
fn even(rows: &[HalfRow], at: usize, room: f64) -> Option<HalvesPage> {
    let whole: f64 = rows[at..].iter().map(|row| row.height).sum();
    let heights = (0..).map(|step| (whole / 2.0).floor() + f64::from(step)).take_while(|height| *height <= room);
    let mut fitting = heights.filter(|height| filled(rows, at, *height).1 == rows.len());
    let evenest = fitting.next()?;
    let most = (evenest * UNEVEN).max(SHORT).min(room);
    let is_whole = |height: &f64| {
        let (_, next) = half(rows, at, *height);
        rows.get(next).is_none_or(HalfRow::is_heading)
    };
    let whole = [evenest].into_iter().chain(fitting).take_while(|height| *height <= most).find(is_whole);
    Some(filled(rows, at, whole.unwrap_or(evenest)).0)
}

/// Two halves from a row on, and the row that comes next.
fn filled(rows: &[HalfRow], at: usize, room: f64) -> (HalvesPage, usize) {
    let (first, next) = half(rows, at, room);
    let (second, next) = half(rows, next, room);
    (vec![first, second], next)
}

/// As many rows as stand in one half.
fn half(rows: &[HalfRow], at: usize, room: f64) -> (Vec<HalfRow>, usize) {
    let family = rows[..at].iter().rposition(HalfRow::is_heading);
    let goes_on = rows.get(at).is_some_and(|row| !row.is_heading());
    let mut made: Vec<HalfRow> =
        family.filter(|_| goes_on).map(|heading| rows[heading].continued()).into_iter().collect();
    let mut used: f64 = made.iter().map(|row| row.height).sum();
    let begun = made.len();
    let mut next = at;
    while let Some(row) = rows.get(next) {
        let together = if row.is_heading() { 1 + TOGETHER } else { 1 };
        let needed: f64 = of_family(rows, next).iter().take(together).map(|row| row.height).sum();
        if used + needed > room && made.len() > begun {
            break;
        }
        used += row.height;
        made.push(row.clone());
        next += 1;
    }
    // The last row of a family does not go over alone.
    let left = of_family(rows, next).iter().take_while(|row| !row.is_heading()).count();
    let held = made.iter().rev().take_while(|row| !row.is_heading()).count();
    if left > 0 && left < TOGETHER && held > TOGETHER {
        made.pop();
        next -= 1;
    }
    (made, next)
}

/// The rows from one on that belong to its family; of a heading, with its rows.
fn of_family(rows: &[HalfRow], at: usize) -> &[HalfRow] {
    let rest = rows.get(at..).unwrap_or_default();
    let end = rest.iter().skip(1).position(HalfRow::is_heading).map_or(rest.len(), |place| place + 1);
    &rest[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, weight: &'static str) -> HalfRow {
        HalfRow { row: RowData { label: label.to_owned(), depth: 0, weight, cells: Vec::new() }, height: 6.0 }
    }

    /// Families of so many rows each.
    fn families(sizes: &[usize]) -> Vec<HalfRow> {
        let family = |(number, size): (usize, &usize)| {
            let heading = row(&format!("第{number}项（合计 9）"), "heading");
            std::iter::once(heading).chain((0..*size).map(move |place| row(&format!("{number}.{place}"), "plain")))
        };
        sizes.iter().enumerate().flat_map(family).collect()
    }

    fn labels(half: &[HalfRow]) -> Vec<&str> {
        half.iter().map(|row| row.row.label.as_str()).collect()
    }

    #[test]
    fn a_family_that_goes_on_is_named_again() {
        let rows = families(&[6]);
        let (first, next) = half(&rows, 0, 30.0);
        assert_eq!((labels(&first), next), (vec!["第0项（合计 9）", "0.0", "0.1", "0.2", "0.3"], 5));
        let (second, next) = half(&rows, next, 30.0);
        assert_eq!((labels(&second), next), (vec!["第0项（续）", "0.4", "0.5"], 7));
    }

    #[test]
    fn no_row_of_a_family_stands_alone_at_the_foot_or_goes_over_alone() {
        let rows = families(&[2, 3]);
        let (first, next) = half(&rows, 0, 33.0);
        assert_eq!(
            (labels(&first), next),
            (vec!["第0项（合计 9）", "0.0", "0.1"], 3),
            "one row would stand at the foot"
        );
        let rows = families(&[5]);
        let (first, next) = half(&rows, 0, 33.0);
        assert_eq!((first.len(), next), (4, 4), "one row would go over");
    }

    #[test]
    fn every_row_stands_once_in_order_however_many_there_are() {
        for size in 0..120 {
            let rows = families(&[size, 3, 1, size / 2]);
            let pages = divided(&rows, 30.0);
            let told: Vec<&str> = pages
                .iter()
                .flatten()
                .flat_map(|half| labels(half))
                .filter(|label| !label.contains("（续）"))
                .collect();
            assert_eq!(told, labels(&rows), "{size}");
            for (number, page) in pages.iter().enumerate() {
                let room = HEIGHT - if number == 0 { FIRST_HEAD } else { 0.0 } - Halves::ROW;
                let bottom = if number + 1 == pages.len() { 30.0 } else { 0.0 };
                for half in page {
                    let height: f64 = half.iter().map(|row| row.height).sum();
                    assert!(height + bottom <= room, "{size}, page {number}: {height}");
                }
            }
        }
    }

    #[test]
    fn a_page_that_holds_all_is_divided_evenly_between_families_where_that_is_nearly_even() {
        let sizes = |families_of: &[usize]| -> Vec<Vec<usize>> {
            divided(&families(families_of), 30.0).iter().map(|page| page.iter().map(Vec::len).collect()).collect()
        };
        assert_eq!(sizes(&[4, 4, 4, 4]), [[10, 10]]);
        assert_eq!(sizes(&[9, 9, 9, 7]), [[20, 18]]);
        assert_eq!(sizes(&[30]), [[16, 16]], "it goes on under its name");
        assert_eq!(sizes(&[7]), [[8, 0]], "a short one is not divided");
    }
}
