//! 归档文件目录 (DA/T 22-2015): the pieces of an archive with their numbers, retention by retention; or in the layout of the
//! edition of 2000, which some offices still use.

use super::CatalogueLayout;
use crate::domain::checklists::{Evidence, EvidenceKind, Secrecy, eight_digits};
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::print::table::{Orientation, RowWords, TableColumn, TableSection, TableSheet};
use crate::problem::Result;
use crate::view::checklists::{Catalogue, CatalogueLine, ChecklistBoard};
use crate::view::desk::Desk;

const WORDS: RowWords = RowWords { unit: "件", nothing: "没有归档的材料" };

pub(super) fn sheet(
    desk: &Desk,
    board: &ChecklistBoard,
    catalogue: &Catalogue,
    layout: CatalogueLayout,
    options: &FillOptions,
) -> Result<TableSheet> {
    let whose = Whose::now(desk, Some(board.checklist.organisation), options.today)?;
    let Catalogue { numbers, lines } = catalogue;
    let is_archive = catalogue.is_archive();
    let has_no_code = lines.iter().any(|line| line.number.is_none());
    let code = match layout {
        CatalogueLayout::Present => "档号",
        CatalogueLayout::Former => "件号",
    };
    let has_no_fonds = is_archive && numbers.as_ref().is_some_and(|numbers| numbers.fonds.is_none());
    let notes = [
        has_no_fonds.then(|| "还没有填全宗号，档号里空着".to_owned()),
        has_no_code.then(|| format!("没有定保管期限的材料还没有{code}")),
        is_archive.then(|| "保管期限是建议，以本单位的归档范围和保管期限表为准".to_owned()),
    ];
    Ok(TableSheet {
        title: format!("{}归档文件目录", board.name()),
        frame: whose.frame(options),
        orientation: Orientation::Landscape,
        words: WORDS,
        narrowed: None,
        period: None,
        numbered: layout == CatalogueLayout::Present,
        columns: columns(layout),
        sections: sections(lines, layout, is_archive),
        stands_for: None,
        notes: notes.into_iter().flatten().collect(),
        masked: false,
    })
}

fn columns(layout: CatalogueLayout) -> Vec<TableColumn> {
    let title = || TableColumn::new("题名").left();
    match layout {
        CatalogueLayout::Present => vec![
            TableColumn::new("档号"),
            TableColumn::new("文号"),
            TableColumn::new("责任者").left(),
            title(),
            TableColumn::new("日期"),
            TableColumn::new("密级"),
            TableColumn::new("页数"),
            TableColumn::new("备注").left(),
        ],
        CatalogueLayout::Former => vec![
            TableColumn::new("件号"),
            TableColumn::new("责任者").left(),
            TableColumn::new("文号"),
            title(),
            TableColumn::new("日期"),
            TableColumn::new("页数"),
            TableColumn::new("备注").left(),
        ],
    }
}

/// Under the retention in the numbering of the archives, else under the category.
fn sections(lines: &[CatalogueLine], layout: CatalogueLayout, is_archive: bool) -> Vec<TableSection> {
    let mut sections: Vec<TableSection> = Vec::new();
    for line in lines {
        let title = if is_archive {
            line.retention.map_or_else(|| "保管期限未定".to_owned(), |kept| format!("保管期限：{}", kept.label()))
        } else {
            line.category.clone()
        };
        if sections.last().is_none_or(|section| section.title.as_ref() != Some(&title)) {
            sections.push(TableSection { title: Some(title), ..TableSection::default() });
        }
        let Some(section) = sections.last_mut() else { continue };
        section.rows.push(row(line, layout));
    }
    if sections.is_empty() { vec![TableSection::default()] } else { sections }
}

fn row(line: &CatalogueLine, layout: CatalogueLayout) -> Vec<String> {
    let piece = &line.evidence;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = piece.day.map(eight_digits).unwrap_or_default();
    let pages = piece.pages.map(|pages| pages.to_string()).unwrap_or_default();
    let remark = remark(piece);
    match layout {
        CatalogueLayout::Present => vec![
            line.number.as_ref().map(|number| number.code.clone()).unwrap_or_default(),
            text(&piece.document),
            text(&piece.author),
            piece.title.clone(),
            day,
            piece.secrecy.map_or("", Secrecy::label).to_owned(),
            pages,
            remark,
        ],
        CatalogueLayout::Former => vec![
            line.number.as_ref().map(|number| number.number.to_string()).unwrap_or_default(),
            text(&piece.author),
            text(&piece.document),
            piece.title.clone(),
            day,
            pages,
            remark,
        ],
    }
}

/// 备注; of paper with where it lies.
fn remark(piece: &Evidence) -> String {
    let place = match &piece.kind {
        EvidenceKind::Paper { cabinet: Some(cabinet) } => Some(format!("纸质，{cabinet}")),
        EvidenceKind::Paper { cabinet: None } => Some("纸质".to_owned()),
        EvidenceKind::File { .. } => None,
    };
    place.into_iter().chain(piece.remark.clone()).collect::<Vec<_>>().join("；")
}
