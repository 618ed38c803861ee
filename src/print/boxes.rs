//! What is stuck to a box and laid into it (档案盒脊, 备考表) as plain data, and as `spine.typ` and `back_note.typ` need it.
//!
//! Decides neither what lies in a box nor how it is numbered. Start at [`BoxSheet`].

use serde::Serialize;

use super::fonts::PaperFonts;
use super::frame::Frame;
use super::printable::Printable;
use super::sheet::SheetData;
use crate::problem::{Problem, Result};

/// More boxes than this are not put on one paper.
pub const MOST_BOXES: usize = 2_000;

/// The boxes of an archive, ready to be typeset: spines beside each other on A4, or a note a page.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxSheet {
    pub title: String,
    /// On a note 制表人 is called 整理人, and 审核人 检查人.
    pub frame: Frame,
    pub boxes: Vec<BoxLabel>,
    /// What lies in none of them.
    pub note: Option<String>,
}

/// What stands on a box.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoxLabel {
    /// Written downwards: 全宗名称, the category.
    pub names: Vec<(&'static str, String)>,
    /// The others, from the top: 年度, 保管期限, 起止件号; an empty one is written by hand.
    pub fields: Vec<(&'static str, String)>,
    /// 盒内文件情况说明
    pub about: Vec<String>,
}

#[derive(Serialize)]
struct BoxData {
    sheet: SheetData,
    nothing: &'static str,
    boxes: Vec<LabelData>,
}

#[derive(Serialize)]
struct LabelData {
    names: Vec<[String; 2]>,
    fields: Vec<[String; 2]>,
    about: Vec<String>,
}

/// The data of all boxes.
pub(super) fn data(sheet: &BoxSheet, fonts: &PaperFonts, printable: &mut Printable<'_>) -> Result<Vec<u8>> {
    if sheet.boxes.len() > MOST_BOXES {
        return Err(Problem::input("没有排版", format!("有 {} 盒，一次最多印 {MOST_BOXES} 盒", sheet.boxes.len()))
            .next("请按党组织分别打印"));
    }
    let mut head = SheetData::new(&sheet.title, &sheet.frame, fonts, printable);
    let boxes = sheet.boxes.iter().map(|label| label_data(label, printable)).collect();
    head.set_notes(sheet.note.as_deref().into_iter(), printable);
    let data = BoxData { sheet: head, nothing: "没有归档的材料", boxes };
    serde_json::to_vec(&data).map_err(|error| Problem::fault(format!("box data: {error}")))
}

fn label_data(label: &BoxLabel, printable: &mut Printable<'_>) -> LabelData {
    let mut pairs = |pairs: &[(&'static str, String)]| -> Vec<[String; 2]> {
        pairs.iter().map(|(name, value)| [(*name).to_owned(), printable.owned(value)]).collect()
    };
    let (names, fields) = (pairs(&label.names), pairs(&label.fields));
    LabelData { names, fields, about: label.about.iter().map(|line| printable.owned(line)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Day;
    use crate::print::paper::{Form, PageImage, Paper, compile};
    use crate::print::samples::frame;
    use crate::progress::Progress;

    const PIXELS_PER_POINT: f32 = 2.0;

    fn paper(place: &str) -> Paper {
        let fields = [("年度", "2026"), ("件数、页数", "12 件，36 页"), ("存放位置", place), ("盒号", "")];
        let label = BoxLabel {
            names: vec![("党组织", "机关第一党支部".to_owned())],
            fields: fields.map(|(name, value)| (name, value.to_owned())).to_vec(),
            about: Vec::new(),
        };
        let frame = frame("机关第一党支部");
        let sheet = BoxSheet { title: "档案盒脊".to_owned(), frame, boxes: vec![label], note: None };
        let today = Day::constant(2026, 11, 24);
        compile(&Form::Spines(sheet), PaperFonts::embedded(), today, &Progress::default()).expect("a paper")
    }

    /// How wide and high the part of the page is, in millimetres, in which two pictures differ.
    fn differing(one: &PageImage, other: &PageImage) -> (f32, f32) {
        let pixels = one.rgba.chunks_exact(4).zip(other.rgba.chunks_exact(4)).enumerate();
        let changed = pixels.filter(|(_, (one, other))| one != other).map(|(place, _)| place);
        let width = one.width as usize;
        let places: Vec<(usize, usize)> = changed.map(|place| (place % width, place / width)).collect();
        let extent = |part: fn(&(usize, usize)) -> usize| {
            let (least, most) = (places.iter().map(part).min(), places.iter().map(part).max());
            (most.unwrap_or(0) - least.unwrap_or(0)) as f32 / PIXELS_PER_POINT * 25.4 / 72.0
        };
        (extent(|place| place.0), extent(|place| place.1))
    }

    /// Up to 200 characters may be entered.
    #[test]
    fn a_long_place_stays_within_its_field_and_is_cut_off_where_it_does_not_fit() {
        let picture = |paper: &Paper| paper.page_image(0, PIXELS_PER_POINT).expect("a page");
        let without = picture(&paper(""));
        let usual = "局办公楼三楼党员活动室西墙铁皮文件柜第三层左起第二盒蓝色标签（钥匙在办公室李敏处保管）";
        let (longest, number) = ("党员活动室西墙".repeat(28), "A-1234567".repeat(22));
        for (place, is_whole) in [("1 柜 2 盒", true), (usual, true), (&longest, false), (&number, false)] {
            let paper = paper(place);
            let (wide, high) = differing(&without, &picture(&paper));
            assert!(wide <= 28.0 && high <= 30.0, "{place}: {wide} × {high} mm");
            let words: String = paper.page_text(0).chars().filter(|c| !matches!(c, '\n' | ' ' | '\u{200b}')).collect();
            assert_eq!(words.contains(&place.replace(' ', "")), is_whole, "{words}");
            assert_eq!(words.contains('…'), !is_whole, "{words}");
        }
    }
}
