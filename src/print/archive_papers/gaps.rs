//! 缺项单: what is still to be put into the box, to be handed round to those who see to it.

use crate::domain::checklists::Of;
use crate::domain::dates::{PartialDate, Period};
use crate::domain::rules::Level;
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::print::table::{MarkedCell, Orientation, RowWords, TableColumn, TableSection, TableSheet};
use crate::problem::Result;
use crate::view::checklists::{ChecklistBoard, Gap, GapAsk, Without};
use crate::view::desk::Desk;

const WORDS: RowWords = RowWords { unit: "项", nothing: "没有缺项" };
/// The place of 期限 among the columns.
const DUE: usize = 5;

/// Of all that is asked for, or of the one checklist that is: then it is headed by that and by who keeps it.
pub(super) fn sheet(
    desk: &Desk,
    ask: &GapAsk,
    one: Option<&ChecklistBoard>,
    gaps: &[Gap],
    without: &Without,
    options: &FillOptions,
) -> Result<TableSheet> {
    let whose = Whose::now(desk, one.map_or(ask.scope, |board| Some(board.checklist.organisation)), options.today)?;
    let title = one.map_or_else(|| format!("{}档案", whose.name()), ChecklistBoard::name);
    let year = match one.map(|board| board.checklist.of) {
        None => Some(ask.year),
        Some(Of::Year(year)) => Some(year),
        Some(Of::Person(_)) => None,
    };
    let is_overdue = gaps.iter().any(|gap| gap.is_overdue(ask.today));
    let overdue = is_overdue.then(|| "标出的期限已经过了".to_owned());
    let without = without.in_words().map(|names| format!("没有建清单：{names}"));
    let sheet = TableSheet {
        title: format!("{title}缺项单"),
        frame: whose.frame(options),
        orientation: Orientation::Landscape,
        words: WORDS,
        narrowed: None,
        period: year.and_then(Period::year),
        numbered: true,
        columns: vec![
            TableColumn::new("类").left(),
            TableColumn::new("缺什么").left(),
            TableColumn::new("标准").left(),
            TableColumn::new("状态"),
            TableColumn::new("责任人"),
            TableColumn::new("期限"),
            TableColumn::new("原因、备注").left(),
            TableColumn::new("补齐日期、签名").wide(30.0),
        ],
        sections: sections(gaps, ask),
        stands_for: None,
        notes: overdue.into_iter().chain(without).collect(),
        masked: false,
    };
    Ok(["缺什么", "标准"].into_iter().fold(sheet, TableSheet::without_if_empty))
}

/// Each checklist has its heading, unless the title names the only one.
fn sections(gaps: &[Gap], ask: &GapAsk) -> Vec<TableSection> {
    let mut sections: Vec<TableSection> = Vec::new();
    let mut last = None;
    for gap in gaps {
        if last != Some(gap.checklist) {
            let title = ask.checklist.is_none().then(|| format!("{}：{}", gap.whose, gap.list));
            sections.push(TableSection { title, ..TableSection::default() });
            last = Some(gap.checklist);
        }
        let Some(section) = sections.last_mut() else { continue };
        if gap.is_overdue(ask.today) {
            // Without a rule of the party behind it a day that is over is amber.
            section.marked.push(MarkedCell { row: section.rows.len(), column: DUE, level: Level::Amber });
        }
        section.rows.push(row(gap));
    }
    if sections.is_empty() { vec![TableSection::default()] } else { sections }
}

fn row(gap: &Gap) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let title = if gap.category.ends_with(&gap.title) { String::new() } else { gap.title.clone() };
    let parts = [&gap.reason, &gap.note];
    vec![
        gap.category.clone(),
        title,
        text(&gap.standard),
        gap.state.label().to_owned(),
        text(&gap.owner),
        gap.due.map(PartialDate::dotted).unwrap_or_default(),
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join("；"),
        String::new(),
    ]
}
