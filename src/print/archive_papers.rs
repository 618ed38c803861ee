//! The papers of archives, filled from the workbook: checklist, gap list, catalogue, spines and notes of boxes. Each comes out as a [`Form`] with
//! what the log is told of it.
//!
//! Decides nothing about how they look. The window and the command line print by one function: start at
//! [`archive_form`].

mod boxes;
mod catalogue;
mod checklist;
mod cover;
mod gaps;

use super::fill::FillOptions;
use super::office::Filled;
use super::paper::Form;
use crate::domain::ids::ChecklistId;
use crate::problem::{Problem, Result};
use crate::view::checklists::{self, ChecklistBoard, GapAsk, catalogue_of};
use crate::view::desk::Desk;
use crate::view::packs::PackSummary;

/// Which paper (表), of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchiveAsk {
    /// 档案清单
    Checklist(ChecklistId),
    /// 缺项单
    Gaps(GapAsk),
    /// 归档文件目录
    Catalogue(ChecklistId, CatalogueLayout),
    /// 档案盒脊
    Spine(ChecklistId),
    /// 备考表
    BackNote(ChecklistId),
}

/// In which order the columns of a catalogue stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CatalogueLayout {
    /// 序号、档号、文号、责任者、题名、日期、密级、页数、备注 (DA/T 22-2015)
    #[default]
    Present,
    /// 件号、责任者、文号、题名、日期、页数、备注 (DA/T 22-2000)
    Former,
}

impl ArchiveAsk {
    /// The name of the form.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Checklist(_) => "档案清单",
            Self::Gaps(_) => "缺项单",
            Self::Catalogue(..) => "归档文件目录",
            Self::Spine(_) => "档案盒脊",
            Self::BackNote(_) => "备考表",
        }
    }
}

/// The paper with what the log is told of it. Fails where there is no such checklist.
pub fn archive_form(desk: &Desk, ask: &ArchiveAsk, options: &FillOptions) -> Result<Filled> {
    let (sheet, scope, rows) = match ask {
        ArchiveAsk::Spine(id) | ArchiveAsk::BackNote(id) => {
            let board = require(desk, *id, options)?;
            let sheet = boxes::sheet(desk, &board, ask.label(), options)?;
            let rows = sheet.boxes.len();
            let form = if matches!(ask, ArchiveAsk::Spine(_)) { Form::Spines(sheet) } else { Form::BackNotes(sheet) };
            return Ok(Filled { form, rows, scope: board.name() });
        }
        ArchiveAsk::Checklist(id) => {
            let board = require(desk, *id, options)?;
            (checklist::sheet(desk, &board, options)?, board.name(), board.lines.len())
        }
        ArchiveAsk::Gaps(ask) => {
            let found = checklists::gaps(desk, ask)?;
            let one = ask.checklist.map(|id| require(desk, id, options)).transpose()?;
            let of_all = || format!("{}，{} 年", desk.scope_name(ask.scope), ask.year);
            let scope = one.as_ref().map_or_else(of_all, ChecklistBoard::name);
            let without = checklists::without(desk, ask)?;
            (gaps::sheet(desk, ask, one.as_ref(), &found, &without, options)?, scope, found.len())
        }
        ArchiveAsk::Catalogue(id, layout) => {
            let board = require(desk, *id, options)?;
            let told = catalogue_of(desk, &board)?;
            (catalogue::sheet(desk, &board, &told, *layout, options)?, board.name(), told.lines.len())
        }
    };
    Ok(Filled { form: Form::Table(sheet), rows, scope })
}

/// The cover (封面) of a pack.
pub fn pack_cover(desk: &Desk, summary: &PackSummary, options: &FillOptions) -> Result<Form> {
    Ok(Form::Table(cover::sheet(desk, summary, options)?))
}

fn require(desk: &Desk, id: ChecklistId, options: &FillOptions) -> Result<ChecklistBoard> {
    checklists::board(desk, id, options.today)?
        .ok_or_else(|| Problem::input("没有打印", format!("没有编号为 {id} 的清单")))
}
