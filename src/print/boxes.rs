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
