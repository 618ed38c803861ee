//! How a received sheet looks: widths, heights, fonts, borders, paper. Only an xlsx tells; others get a plain look.
//!
//! Start at [`Look::of`].

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use calamine::{
    BorderStyle, Color as SheetColor, HorizontalAlignment, Reader as _, Style, StyleRange, TextRotation,
    VerticalAlignment, Xlsx,
};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use zip::ZipArchive;

use crate::exchange::import::merged::{attribute, each_element, part_of_sheet};
use crate::exchange::import::source::{damaged, file_name};
use crate::problem::Result;

/// The most bytes of one part that are looked at.
const MOST_BYTES: u64 = 64 << 20;

/// How the sheet looks.
#[derive(Debug, Clone, Default)]
pub struct Look {
    styles: Option<StyleRange>,
    /// By column, from 0, in characters.
    pub widths: BTreeMap<usize, f64>,
    /// By the number of the row, in points.
    pub heights: BTreeMap<u32, f64>,
    pub landscape: bool,
    /// What the sheet has that is not taken over.
    pub not_kept: Vec<String>,
}

impl Look {
    /// The look of a sheet of a file.
    pub fn of(path: &Path, sheet: &str) -> Result<Self> {
        let mut start = [0; 4];
        let is_package = File::open(path)?.read(&mut start)? == 4 && &start == b"PK\x03\x04";
        if !is_package {
            let not_kept = vec!["原表的字体、边框和列宽（只有 xlsx 能照搬，已按常用样式写）".to_owned()];
            return Ok(Self { not_kept, ..Self::default() });
        }
        let name = file_name(path);
        let broken = |cause: String| damaged(&name, &cause).titled("没有读出表样");
        let mut book: Xlsx<_> =
            Xlsx::new(BufReader::new(File::open(path)?)).map_err(|error| broken(error.to_string()))?;
        let styles = book.worksheet_style(sheet).map_err(|error| broken(error.to_string()))?;
        let mut look = Self { styles: Some(styles), ..Self::default() };
        look.read_part(path, sheet).map_err(|problem| problem.titled("没有读出表样"))?;
        Ok(look)
    }

    /// Widths, heights and paper stand in the part of the sheet, around its cells.
    fn read_part(&mut self, path: &Path, sheet: &str) -> Result<()> {
        let name = file_name(path);
        let broken = |error: zip::result::ZipError| damaged(&name, &error.to_string());
        let mut archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(broken)?;
        let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
        let mut part = |wanted: &dyn Fn(&str) -> bool| -> Result<Option<(String, Vec<u8>)>> {
            let Some(found) = names.iter().find(|name| wanted(&name.replace('\\', "/"))) else { return Ok(None) };
            let mut bytes = Vec::new();
            archive.by_name(found).map_err(broken)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
            Ok(Some((found.replace('\\', "/"), bytes)))
        };
        let list = part(&|name| name.ends_with("/workbook.xml"))?;
        let targets = part(&|name| name.ends_with("/_rels/workbook.xml.rels"))?;
        let kept: Vec<(String, Vec<u8>)> = list.into_iter().chain(targets).collect();
        let place = part_of_sheet(&kept, sheet);
        match place.map(|place| part(&|name| name.eq_ignore_ascii_case(&place))).transpose()?.flatten() {
            Some((_, xml)) => self.take_part(&xml),
            None => self.not_kept.push("列宽和行高".to_owned()),
        }
        Ok(())
    }

    fn take_part(&mut self, xml: &[u8]) {
        let mut seen: [(&str, &str, bool); 4] = [
            ("f", "公式（只写了人员，其余留着当时的数）", false),
            ("dataValidations", "下拉选项", false),
            ("conditionalFormatting", "条件格式", false),
            ("drawing", "图片", false),
        ];
        let number = |text: Option<String>| text.and_then(|text| text.parse::<f64>().ok());
        let read = each_element(xml, |element| {
            let local = element.local_name();
            let local: &str = local.as_ref();
            match local {
                "col" => {
                    let bounds = number(attribute(element, b"min")).zip(number(attribute(element, b"max")));
                    if let Some(((min, max), width)) = bounds.zip(number(attribute(element, b"width"))) {
                        // A width of all columns to the end of the sheet is kept for those that are used.
                        for column in (min as usize)..=(max.min(256.0) as usize) {
                            self.widths.insert(column.saturating_sub(1), width);
                        }
                    }
                }
                "row" => {
                    let row = attribute(element, b"r").and_then(|text| text.parse().ok());
                    if let Some((row, height)) = row.zip(number(attribute(element, b"ht"))) {
                        self.heights.insert(row, height);
                    }
                }
                "pageSetup" => self.landscape = attribute(element, b"orientation").as_deref() == Some("landscape"),
                _ => {
                    if let Some(found) = seen.iter_mut().find(|(name, ..)| *name == local) {
                        found.2 = true;
                    }
                }
            }
            true
        });
        if read.is_none() {
            self.not_kept.push("部分列宽和行高".to_owned());
        }
        self.not_kept.extend(seen.iter().filter(|(.., is_there)| *is_there).map(|(_, words, _)| (*words).to_owned()));
    }

    /// The format of a cell; row as shown, column from 0. Values are written as texts, so that nothing is calculated.
    pub fn format(&self, row: u32, column: usize) -> Option<Format> {
        let styles = self.styles.as_ref()?;
        let style = styles.get((row.checked_sub(1)?, u32::try_from(column).ok()?))?;
        Some(format_of(style))
    }

    /// Whether fonts and borders are known.
    pub fn is_known(&self) -> bool {
        self.styles.is_some()
    }
}

fn format_of(style: &Style) -> Format {
    let mut format = Format::new();
    if let Some(font) = &style.font {
        if let Some(name) = &font.name {
            format = format.set_font_name(name);
        }
        if let Some(size) = font.size {
            format = format.set_font_size(size);
        }
        if font.is_bold() {
            format = format.set_bold();
        }
        if font.is_italic() {
            format = format.set_italic();
        }
        if let Some(color) = font.color.filter(|color| !color.is_black()) {
            format = format.set_font_color(color_of(color));
        }
    }
    if let Some(fill) = style.fill.as_ref().filter(|fill| fill.is_visible())
        && let Some(color) = fill.get_color().filter(|color| !color.is_white())
    {
        format = format.set_background_color(color_of(color));
    }
    if let Some(borders) = &style.borders {
        format = format
            .set_border_left(border_of(borders.left.style))
            .set_border_right(border_of(borders.right.style))
            .set_border_top(border_of(borders.top.style))
            .set_border_bottom(border_of(borders.bottom.style));
    }
    if let Some(alignment) = &style.alignment {
        format = match alignment.horizontal {
            HorizontalAlignment::Left => format.set_align(FormatAlign::Left),
            HorizontalAlignment::Center => format.set_align(FormatAlign::Center),
            HorizontalAlignment::CenterContinuous => format.set_align(FormatAlign::CenterAcross),
            HorizontalAlignment::Right => format.set_align(FormatAlign::Right),
            HorizontalAlignment::Justify => format.set_align(FormatAlign::Justify),
            HorizontalAlignment::Distributed => format.set_align(FormatAlign::Distributed),
            _ => format,
        };
        format = match alignment.vertical {
            VerticalAlignment::Top => format.set_align(FormatAlign::Top),
            VerticalAlignment::Center => format.set_align(FormatAlign::VerticalCenter),
            VerticalAlignment::Justify => format.set_align(FormatAlign::VerticalJustify),
            VerticalAlignment::Distributed => format.set_align(FormatAlign::VerticalDistributed),
            _ => format,
        };
        if alignment.wrap_text {
            format = format.set_text_wrap();
        }
        if alignment.shrink_to_fit {
            format = format.set_shrink();
        }
        if alignment.text_rotation == TextRotation::Stacked {
            format = format.set_rotation(270);
        }
    }
    format
}

fn color_of(color: SheetColor) -> Color {
    Color::RGB(color.to_argb() & 0x00FF_FFFF)
}

fn border_of(style: BorderStyle) -> FormatBorder {
    match style {
        BorderStyle::Thin => FormatBorder::Thin,
        BorderStyle::Medium => FormatBorder::Medium,
        BorderStyle::Thick => FormatBorder::Thick,
        BorderStyle::Double => FormatBorder::Double,
        BorderStyle::Hair => FormatBorder::Hair,
        BorderStyle::Dashed => FormatBorder::Dashed,
        BorderStyle::Dotted => FormatBorder::Dotted,
        BorderStyle::MediumDashed => FormatBorder::MediumDashed,
        BorderStyle::DashDot => FormatBorder::DashDot,
        BorderStyle::MediumDashDot => FormatBorder::MediumDashDot,
        BorderStyle::DashDotDot => FormatBorder::DashDotDot,
        BorderStyle::MediumDashDotDot => FormatBorder::MediumDashDotDot,
        BorderStyle::SlantDashDot => FormatBorder::SlantDashDot,
        _ => FormatBorder::None,
    }
}
