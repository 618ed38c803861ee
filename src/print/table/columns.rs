//! How wide the columns of a table are: as told, else by what stands in them.
//!
//! Knows nothing of rows and pages. Start at [`column_data`].

use std::borrow::Cow;

use serde::Serialize;

use super::{CellAlign, Letters, TableSheet};
use crate::print::fit::Ruler;
use crate::print::printable::Printable;
use crate::print::sheet::POINTS_PER_MILLIMETRE;

/// White at each side of a cell, in millimetres.
const CELL_PADDING: f64 = 0.9;
/// Sizes of cell text in points: the first at which long texts stand comfortably, but for that alone none below
/// [`LEAST_FOR_COMFORT`]; else the first at which all columns have what they can do with.
const TEXT_SIZES: [f64; 6] = [10.0, 9.5, 9.0, 8.5, 8.0, 7.0];
const LEAST_FOR_COMFORT: f64 = 8.5;
/// 小五: texts of one size are set no larger, so that a ledger with room and one without look alike.
const EVEN_SIZE: f64 = 9.0;
/// Long texts stand comfortably on three lines; wider than this, in em, no column is made for their sake.
const COMFORTABLE: f64 = 10.0;
/// Numbers are squeezed by this rather than broken.
const SQUEEZED: f64 = 0.9;
/// A column is never asked to be wider, in millimetres.
const WIDEST: f64 = 100.0;
/// Words up to this many Han characters are not broken where there is room for them: 高中、中技.
const WORD: f64 = 6.0;
/// This share of the cells of a column stands on one line where there is room.
const ON_ONE_LINE: f64 = 0.97;

/// A column as the template needs it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct ColumnData {
    pub label: String,
    /// In points.
    pub label_size: f64,
    /// In millimetres.
    pub width: f64,
    pub align: &'static str,
    #[serde(skip)]
    pub letters: Letters,
    /// White beside the text, in millimetres. Centred cells go without: padding doubles the time of a cell.
    pub padding: f64,
}

impl ColumnData {
    /// The room for text in a cell, in points.
    pub(super) fn text_points(&self) -> f64 {
        (self.width - 2.0 * CELL_PADDING) * POINTS_PER_MILLIMETRE
    }
}

/// The columns of a table, and the size of the text in them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    pub columns: Vec<ColumnData>,
    /// In points.
    pub text_size: f64,
}

/// What a column can do with, what is comfortable (long texts on three lines), what it wants (on two), and what it would
/// take (on one).
#[derive(Debug, Clone, Copy, PartialEq)]
struct Wish {
    least: f64,
    comfortable: f64,
    natural: f64,
    ample: f64,
}

impl Wish {
    fn fixed(width: f64) -> Self {
        Self { least: width, comfortable: width, natural: width, ample: width }
    }
}

/// A column as it was asked for.
struct Asked {
    label: String,
    fixed: Option<f64>,
    align: CellAlign,
    letters: Letters,
}

/// The columns of a sheet with their widths, `total` millimetres together, 序号 first where it is asked for.
pub(super) fn column_data(
    sheet: &TableSheet,
    rows: &[Vec<Cow<'_, str>>],
    total: f64,
    ruler: &Ruler,
    printable: &mut Printable<'_>,
) -> Columns {
    let asked = asked(sheet, rows.len(), printable);
    let contents: Vec<Content> =
        asked.iter().enumerate().map(|(index, asked)| content(asked, index, rows, ruler)).collect();
    let fixed: Vec<bool> = asked.iter().map(|column| column.fixed.is_some()).collect();
    let is_even = asked.iter().any(|column| column.letters == Letters::Even);
    let sizes = || TEXT_SIZES.into_iter().filter(move |size| !is_even || *size <= EVEN_SIZE);
    let wishes = |size| contents.iter().map(|content| content.wish(size)).collect::<Vec<Wish>>();
    let fits = |size: f64, part: fn(&Wish) -> f64| wishes(size).iter().map(part).sum::<f64>() <= total;
    let is_comfortable = |size: &f64| *size >= LEAST_FOR_COMFORT && fits(*size, |wish| wish.comfortable);
    let is_possible = |size: &f64| *size <= LEAST_FOR_COMFORT && fits(*size, |wish| wish.least);
    let text_size = sizes().find(is_comfortable).or_else(|| sizes().find(is_possible));
    let text_size = text_size.unwrap_or(TEXT_SIZES[TEXT_SIZES.len() - 1]);
    let widths = share_out(&wishes(text_size), &fixed, total);
    let made = asked.into_iter().zip(widths).map(|(asked, width)| {
        let points = (width - 1.0) * POINTS_PER_MILLIMETRE;
        let (label, label_size) = head(&asked.label, points, text_size, ruler);
        ColumnData {
            label_size,
            label,
            width,
            align: asked.align.key(),
            letters: asked.letters,
            padding: if asked.align == CellAlign::Center { 0.0 } else { CELL_PADDING },
        }
    });
    Columns { columns: made.collect(), text_size }
}

fn asked(sheet: &TableSheet, people: usize, printable: &mut Printable<'_>) -> Vec<Asked> {
    let number_width = if people > 9_999 { 13.0 } else { 10.0 };
    let (fixed, letters) = (Some(number_width), Letters::Fitted);
    let number = Asked { label: "序号".to_owned(), fixed, align: CellAlign::Center, letters };
    let columns = sheet.columns.iter().map(|column| Asked {
        label: printable.owned(&column.label),
        fixed: column.width_millimetres.map(|width| width.max(4.0)),
        align: column.align,
        letters: column.letters,
    });
    sheet.numbered.then_some(number).into_iter().chain(columns).collect()
}

/// A head on one line where there is room, else on two, with the size at which it fits.
fn head(label: &str, points: f64, text_size: f64, ruler: &Ruler) -> (String, f64) {
    if ruler.width(label) * text_size <= points {
        return (label.to_owned(), text_size);
    }
    let (first, second) = in_two(label, ruler);
    let size = text_size.min(points / wider(first, second, ruler)).max(5.0);
    (format!("{first}\n{second}"), size)
}

/// Words with which the second line of a head begins.
const BEGIN_A_LINE: [&str; 12] =
    ["（", "号码", "编号", "时间", "日期", "人数", "职务", "单位", "电话", "情况", "类别", "住址"];
/// A head is broken by sense if that makes it no wider than this, in em, beyond its half.
const WIDER_BY_SENSE: f64 = 1.5;

/// A head in two: by sense (公民身份 / 号码), else in the middle.
fn in_two<'l>(label: &'l str, ruler: &Ruler) -> (&'l str, &'l str) {
    let width = |parts: &(&str, &str)| wider(parts.0, parts.1, ruler);
    let places = BEGIN_A_LINE.iter().filter_map(|word| label.rfind(word)).filter(|at| *at > 0);
    let by_sense = places.map(|at| label.split_at(at)).min_by(|one, other| width(one).total_cmp(&width(other)));
    let middle = label.chars().count().div_ceil(2);
    let middle = label.char_indices().nth(middle).map_or(label.len(), |(at, _)| at);
    let halves = label.split_at(middle);
    by_sense.filter(|parts| width(parts) <= width(&halves) + WIDER_BY_SENSE).unwrap_or(halves)
}

fn wider(first: &str, second: &str, ruler: &Ruler) -> f64 {
    ruler.width(first).max(ruler.width(second))
}

/// What stands in a column, in em.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Content {
    fixed: Option<f64>,
    label: f64,
    /// The widest number.
    number: f64,
    /// The width in which nearly all cells stand on one line.
    usual: f64,
    /// The part of the cells that are not empty.
    filled: f64,
}

fn content(asked: &Asked, index: usize, rows: &[Vec<Cow<'_, str>>], ruler: &Ruler) -> Content {
    let mut widths = Vec::new();
    let mut number: f64 = 0.0;
    for text in rows.iter().map(|row| &row[index]).filter(|text| !text.is_empty()) {
        let width = ruler.width(text);
        if text.is_ascii() {
            number = number.max(width);
        }
        widths.push(width);
    }
    widths.sort_by(f64::total_cmp);
    let usual = widths.get(((widths.len() as f64 * ON_ONE_LINE).ceil() as usize).saturating_sub(1));
    // A long label stands on two lines.
    let label = ruler.width(&asked.label);
    let (first, second) = in_two(&asked.label, ruler);
    Content {
        fixed: asked.fixed,
        label: if label > 4.0 { wider(first, second, ruler) } else { label },
        number,
        usual: usual.copied().unwrap_or(0.0),
        filled: widths.len() as f64 / rows.len().max(1) as f64,
    }
}

impl Content {
    /// What the column wishes when its text is set at a size in points.
    fn wish(&self, size: f64) -> Wish {
        if let Some(width) = self.fixed {
            return Wish::fixed(width);
        }
        let millimetres = |em: f64| em * size / POINTS_PER_MILLIMETRE + 2.0 * CELL_PADDING + 0.2;
        let long = self.usual > WORD && self.usual > self.number;
        let two_lines = if long { (self.usual / 2.0 + 1.0).max(WORD) } else { self.usual };
        let least = millimetres((self.number * SQUEEZED).max(self.label).max(two_lines.min(WORD)));
        // A column that is mostly empty does not take the room of those that are full, while room is short.
        let wider = |em: f64, part: f64| least + part * (millimetres(em).min(WIDEST) - least).max(0.0);
        let filled = (4.0 * self.filled).min(1.0);
        let three_lines = if long { (self.usual / 3.0 + 1.0).min(COMFORTABLE) } else { 0.0 };
        let natural = wider(two_lines, filled);
        Wish { least, comfortable: wider(three_lines, filled).min(natural), natural, ample: wider(self.usual, 1.0) }
    }
}

/// Widths that add up to `total`: between least and natural, or between natural and ample, or all alike beyond that.
fn share_out(wishes: &[Wish], fixed: &[bool], total: f64) -> Vec<f64> {
    let sum = |part: fn(&Wish) -> f64| wishes.iter().map(part).sum::<f64>();
    let (least, natural, ample) = (sum(|wish| wish.least), sum(|wish| wish.natural), sum(|wish| wish.ample));
    let between = |from: fn(&Wish) -> f64, to: fn(&Wish) -> f64, part: f64| {
        wishes.iter().map(|wish| from(wish) + part * (to(wish) - from(wish))).collect::<Vec<f64>>()
    };
    let mut widths = if total <= least {
        wishes.iter().map(|wish| wish.least * total / least).collect()
    } else if total <= natural {
        between(|wish| wish.least, |wish| wish.natural, (total - least) / (natural - least))
    } else if total <= ample {
        between(|wish| wish.natural, |wish| wish.ample, (total - natural) / (ample - natural))
    } else {
        let free = fixed.iter().filter(|fixed| !**fixed).count();
        let more = if free > 0 { (total - ample) / free as f64 } else { 0.0 };
        let widen = |(wish, fixed): (&Wish, &bool)| wish.ample + if *fixed { 0.0 } else { more };
        wishes.iter().zip(fixed).map(widen).collect::<Vec<f64>>()
    };
    for width in &mut widths {
        *width = (*width * 100.0).floor() / 100.0;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_breaks_by_sense_where_that_is_not_much_wider_than_its_half() {
        let ruler = Ruler::new(crate::print::PaperFonts::embedded());
        assert_eq!(in_two("公民身份号码", &ruler), ("公民身份", "号码"));
        assert_eq!(in_two("书记（组长）", &ruler), ("书记", "（组长）"));
        assert_eq!(in_two("列为积极分子时间", &ruler), ("列为积极", "分子时间"));
        assert_eq!(in_two("是否双报到", &ruler), ("是否双", "报到"));
        assert_eq!(head("姓名", 40.0, 10.0, &ruler), ("姓名".to_owned(), 10.0));
        assert_eq!(head("公民身份号码", 45.0, 10.0, &ruler), ("公民身份\n号码".to_owned(), 10.0));
    }

    const TEXT: Wish = Wish { least: 20.0, comfortable: 30.0, natural: 40.0, ample: 60.0 };
    const NUMBER: Wish = Wish { least: 30.0, comfortable: 30.0, natural: 36.0, ample: 36.0 };

    #[test]
    fn room_that_is_left_goes_to_long_texts_and_then_to_all_free_columns() {
        assert_eq!(share_out(&[NUMBER, TEXT], &[false; 2], 86.0), [36.0, 50.0]);
        assert_eq!(share_out(&[NUMBER, TEXT], &[true, false], 136.5), [36.0, 100.5]);
    }

    #[test]
    fn where_room_is_short_long_texts_give_way_before_numbers() {
        assert_eq!(share_out(&[NUMBER, TEXT, TEXT], &[false; 3], 93.0), [33.0, 30.0, 30.0]);
        let squeezed = share_out(&[NUMBER, TEXT, TEXT], &[false; 3], 35.0);
        assert!(squeezed.iter().sum::<f64>() <= 35.0);
    }
}
