//! 档案清单: each item with how it stands, by what, who sees to it and by when.

use crate::domain::checklists::{By, EvidenceKind, Of};
use crate::domain::dates::PartialDate;
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::print::table::{Orientation, RowWords, TableColumn, TableSection, TableSheet};
use crate::problem::Result;
use crate::view::checklists::{ChecklistBoard, ItemLine};
use crate::view::desk::Desk;

const WORDS: RowWords = RowWords { unit: "项", nothing: "清单里没有项" };

pub(super) fn sheet(desk: &Desk, board: &ChecklistBoard, options: &FillOptions) -> Result<TableSheet> {
    let whose = Whose::now(desk, Some(board.checklist.organisation), options.today)?;
    let progress = board.progress;
    let what = match board.checklist.of {
        Of::Year(_) => "类（项）",
        Of::Person(_) => "项",
    };
    let sheet = TableSheet {
        title: board.name(),
        frame: whose.frame(options),
        orientation: Orientation::Landscape,
        words: WORDS,
        narrowed: None,
        period: None,
        numbered: false,
        columns: vec![
            TableColumn::new("编号"),
            TableColumn::new("内容").left(),
            TableColumn::new("标准").left(),
            TableColumn::new("状态"),
            TableColumn::new("证明材料").left(),
            TableColumn::new("责任人"),
            TableColumn::new("期限"),
            TableColumn::new("原因、备注").left(),
        ],
        sections: sections(board),
        stands_for: None,
        notes: vec![format!(
            "{what}共 {}：有 {}，部分 {}，缺 {}，不适用 {}",
            progress.total(),
            progress.have,
            progress.partly,
            progress.missing,
            progress.not_applicable
        )],
        masked: false,
    };
    Ok(sheet.without_if_empty("标准"))
}

/// An item with parts is a heading over them, with how it stands as a whole.
fn sections(board: &ChecklistBoard) -> Vec<TableSection> {
    let mut sections = vec![TableSection::default()];
    for line in &board.lines {
        if line.has_parts && line.depth == 0 {
            let code = line.item.code.as_deref().unwrap_or_default();
            let title = format!("{code} {}：{}", line.item.title, line.standing.state.label());
            sections.push(TableSection { title: Some(title.trim().to_owned()), ..TableSection::default() });
            if line.evidence.is_empty() {
                continue;
            }
        }
        let Some(section) = sections.last_mut() else { continue };
        section.rows.push(row(line));
    }
    sections.retain(|section| section.title.is_some() || !section.rows.is_empty());
    if sections.is_empty() { vec![TableSection::default()] } else { sections }
}

fn row(line: &ItemLine) -> Vec<String> {
    let item = &line.item;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let parts = [line.standing.reason(item), item.note.as_deref()];
    vec![
        text(&item.code),
        item.title.clone(),
        text(&item.standard),
        line.standing.state.label().to_owned(),
        evidence(line),
        line.owner.clone().unwrap_or_default(),
        line.due.map(PartialDate::dotted).unwrap_or_default(),
        parts.into_iter().flatten().collect::<Vec<_>>().join("；"),
    ]
}

/// What shows that it is there: the program's own records, files, paper with where it lies.
fn evidence(line: &ItemLine) -> String {
    let records = match (line.standing.by, &line.item.fill) {
        (By::Records(filled), Some(fill)) if filled.needed > 1 => {
            Some(format!("{} {} / {} {}", fill.label(), filled.found, filled.needed, fill.unit()))
        }
        (By::Records(filled), Some(fill)) if filled.found > 0 => {
            Some(format!("{} {} {}", fill.label(), filled.found, fill.unit()))
        }
        _ => None,
    };
    let pieces = line.evidence.iter().filter(|evidence| evidence.is_final).map(|evidence| match &evidence.kind {
        EvidenceKind::File { .. } => evidence.title.clone(),
        EvidenceKind::Paper { cabinet } => {
            let place = cabinet.as_deref().map_or_else(String::new, |cabinet| format!("，{cabinet}"));
            let pages = evidence.pages.map_or_else(String::new, |pages| format!("，{pages} 页"));
            format!("{}（纸质{place}{pages}）", evidence.title)
        }
    });
    records.into_iter().chain(pieces).collect::<Vec<_>>().join("、")
}
