//! The data of a summary for `summary.typ`: numbers as they are printed, bars as parts of the longest.
//!
//! Counts nothing. Start at [`data`].

use serde::Serialize;

use super::fit::Ruler;
use super::fonts::PaperFonts;
use super::printable::Printable;
use super::sheet::{POINTS_PER_MILLIMETRE, SheetData};
use super::summary::{BandFamily, BranchTable, SummaryFigure, SummarySheet};
use crate::domain::digits::grouped;
use crate::problem::{Problem, Result};

/// Size of the text in tables, in points; `summary.typ` is told.
const TEXT_SIZE: f64 = 9.5;
/// Width of one of the two columns of bands, in millimetres; `summary.typ` is told.
const FAMILY_WIDTH: f64 = 79.0;
/// Labels take at most this part of it, on two lines if need be.
const LABEL_PART: f64 = 0.48;

#[derive(Serialize)]
struct SummaryData {
    sheet: SheetData,
    text_size: f64,
    family_width: f64,
    figures: Vec<FigureData>,
    organisations: Vec<FigureData>,
    families: Vec<FamilyData>,
    branches: Option<BranchData>,
}

#[derive(Serialize)]
struct FigureData {
    label: String,
    value: String,
    unit: String,
    share: String,
}

#[derive(Serialize)]
struct FamilyData {
    title: String,
    basis: String,
    bars: bool,
    /// In millimetres.
    label_width: f64,
    bands: Vec<BandData>,
}

#[derive(Serialize)]
struct BandData {
    label: String,
    value: String,
    share: String,
    /// Part of the longest bar, 0…1.
    bar: f64,
}

#[derive(Serialize)]
struct BranchData {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    total: Option<Vec<String>>,
}

/// The data of a summary.
pub(super) fn data(sheet: &SummarySheet, fonts: &PaperFonts, printable: &mut Printable<'_>) -> Result<Vec<u8>> {
    let ruler = Ruler::new(fonts);
    let mut made = SummaryData {
        sheet: SheetData::new(sheet.scope.title(), &sheet.frame, fonts, printable),
        text_size: TEXT_SIZE,
        family_width: FAMILY_WIDTH,
        figures: sheet.figures.iter().map(|figure| figure_data(figure, printable)).collect(),
        organisations: sheet.organisations.iter().map(|figure| figure_data(figure, printable)).collect(),
        families: sheet.families.iter().map(|family| family_data(family, &ruler, printable)).collect(),
        branches: sheet.branches.as_ref().map(|table| branch_data(table, printable)).transpose()?,
    };
    made.sheet.set_notes(sheet.notes.iter().map(String::as_str), printable);
    serde_json::to_vec(&made).map_err(|error| Problem::fault(format!("summary data: {error}")))
}

fn figure_data(figure: &SummaryFigure, printable: &mut Printable<'_>) -> FigureData {
    FigureData {
        label: printable.owned(&figure.label),
        value: thousands(figure.value),
        unit: printable.owned(&figure.unit),
        share: percent(figure.share),
    }
}

fn family_data(family: &BandFamily, ruler: &Ruler, printable: &mut Printable<'_>) -> FamilyData {
    let longest = family.bands.iter().map(|band| band.value).max().unwrap_or(0).max(1);
    let millimetres = |label: &str| ruler.width(label) * TEXT_SIZE / POINTS_PER_MILLIMETRE + 1.0;
    let room = FAMILY_WIDTH * LABEL_PART;
    let labels: Vec<String> = family.bands.iter().map(|band| printable.owned(&band.label)).collect();
    let widest = labels.iter().map(|label| millimetres(label)).fold(0.0, f64::max);
    let labels = labels.into_iter().map(|label| if millimetres(&label) > room { by_sense(&label) } else { label });
    let bands = family.bands.iter().zip(labels).map(|(band, label)| BandData {
        label,
        value: thousands(band.value),
        share: percent(band.share),
        bar: band.value as f64 / longest as f64,
    });
    FamilyData {
        title: printable.owned(&family.title),
        basis: printable.owned(&family.basis),
        bars: family.bars,
        label_width: widest.min(room),
        bands: bands.collect(),
    }
}

/// A period breaks after its 至: 「新中国成立后至 / 党的十一届三中全会前」.
fn by_sense(label: &str) -> String {
    label.replacen('至', "至\n", 1)
}

fn branch_data(table: &BranchTable, printable: &mut Printable<'_>) -> Result<BranchData> {
    let width = table.columns.len();
    let values = |values: &[u64]| {
        if values.len() == width {
            Ok(values.iter().map(|value| thousands(*value)).collect::<Vec<_>>())
        } else {
            Err(Problem::fault(format!("a branch row of {} values under {width} columns", values.len())))
        }
    };
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let name = printable.owned(&row.name);
        rows.push(std::iter::once(name).chain(values(&row.values)?).collect());
    }
    Ok(BranchData {
        columns: table.columns.iter().map(|column| printable.owned(column)).collect(),
        rows,
        total: table.total.as_deref().map(values).transpose()?,
    })
}

/// `40.1%`; empty where no share is meant.
pub(super) fn percent(share: Option<f64>) -> String {
    share.map(|share| format!("{:.1}%", share * 100.0)).unwrap_or_default()
}

/// `9999`, `12,480`: a comma from ten thousand on.
pub(super) fn thousands(value: u64) -> String {
    grouped(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_shares_are_printed_as_offices_write_them() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(9_999), "9999");
        assert_eq!(thousands(12_480), "12,480");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(percent(Some(0.4011)), "40.1%");
        assert_eq!(percent(Some(1.0)), "100.0%");
        assert_eq!(percent(None), "");
    }
}
