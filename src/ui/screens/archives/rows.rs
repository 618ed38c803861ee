//! Owns the list of a checklist: which of its items are shown, and what stands in their rows.
//! Must never change anything. Start at [`listed`].

use std::collections::HashSet;

use super::states::with_parts;
use crate::clock::Day;
use crate::domain::checklists::{By, ItemState};
use crate::domain::dates::PartialDate;
use crate::domain::ids::ChecklistItemId;
use crate::ui::screens::picked::Picked;
use crate::ui::widgets::{Cell, Column, Icon, Outline, TableRows, Tone};
use crate::view::checklists::{ChecklistBoard, ItemLine};

/// Width of the column 期限: a day of another year stands there whole.
const DUE: f32 = 94.0;

/// Which items at the top are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Only {
    /// 全部
    #[default]
    All,
    /// 未齐
    Open,
    /// 我负责: those for which the operator answers, or for a part of them.
    Mine,
    State(ItemState),
}

impl Only {
    pub fn fits(self, board: &ChecklistBoard, line: &ItemLine, operator: &str) -> bool {
        match self {
            Self::All => true,
            Self::Open => line.standing.state.is_gap(),
            Self::State(state) => line.standing.state == state,
            Self::Mine => {
                let mut all = with_parts(board, line.item.id).iter();
                !operator.is_empty() && all.any(|line| line.owner.as_deref() == Some(operator))
            }
        }
    }
}

/// The lines that are listed: those at the top that fit, each with its parts where it is open; of what is not complete
/// only the parts that are not.
pub(super) fn listed<'b>(
    board: &'b ChecklistBoard,
    only: Only,
    open: &HashSet<ChecklistItemId>,
    operator: &str,
) -> Vec<&'b ItemLine> {
    let mut lines = Vec::new();
    for top in board.parts(None).filter(|line| only.fits(board, line, operator)) {
        let all = with_parts(board, top.item.id);
        let mut hidden_below = None;
        for line in all {
            if hidden_below.is_some_and(|depth| line.depth > depth)
                || (only == Only::Open && !line.standing.state.is_gap())
            {
                continue;
            }
            lines.push(line);
            hidden_below = (line.has_parts && !open.contains(&line.item.id)).then_some(line.depth);
        }
    }
    lines
}

/// The columns within this width; the title takes what the others leave.
pub(super) fn columns(width: f32) -> Vec<Column<'static>> {
    let rest = [("state", "状态", 72.0), ("evidence", "材料", 92.0), ("owner", "责任人", 78.0), ("due", "期限", DUE)];
    let taken: f32 = rest.iter().map(|(.., width)| width).sum();
    let mut columns = vec![Column::new("title", "内容", (width - taken).max(160.0)).unsortable()];
    columns.extend(rest.map(|(id, title, width)| Column::new(id, title, width).unsortable()));
    columns
}

/// The list in one frame.
pub(super) struct Rows<'b> {
    pub board: &'b ChecklistBoard,
    pub lines: &'b [&'b ItemLine],
    pub open: &'b HashSet<ChecklistItemId>,
    pub chosen: Option<ChecklistItemId>,
    pub picked: &'b Picked<ChecklistItemId>,
    pub today: Day,
}

/// 「10 组织生活会」
pub(super) fn full_title(line: &ItemLine) -> String {
    format!("{} {}", line.item.code.as_deref().unwrap_or_default(), line.item.title).trim().to_owned()
}

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.lines.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.lines.get(row) else { return Cell::default() };
        match column {
            "title" => Cell::text(full_title(line)).tip(full_title(line)),
            "state" => Cell::text(line.standing.state.label()).badge(tone_of(line.standing.state)),
            "evidence" => self.evidence_cell(line),
            "owner" => {
                Cell::text(line.owner.as_deref().unwrap_or_default()).tip(line.owner.as_deref().unwrap_or_default())
            }
            _ => due_cell(line, self.today),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.lines.get(row).map(|line| full_title(line)).unwrap_or_default()
    }

    fn is_selected(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| Some(line.item.id) == self.chosen)
    }

    fn is_ticked(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| self.picked.contains(line.item.id))
    }

    fn is_dim(&self, row: usize) -> bool {
        self.lines.get(row).is_some_and(|line| line.standing.state == ItemState::NotApplicable)
    }

    fn outline(&self, row: usize) -> Option<Outline> {
        let line = self.lines.get(row)?;
        Some(Outline { depth: line.depth, open: line.has_parts.then(|| self.open.contains(&line.item.id)) })
    }
}

impl Rows<'_> {
    /// 「4 件」 of files and paper; what fills it by itself has the link before it.
    fn evidence_cell(&self, line: &ItemLine) -> Cell<'static> {
        let filled: Vec<String> =
            with_parts(self.board, line.item.id).iter().filter(|line| !line.has_parts).filter_map(by_records).collect();
        let own = match line.evidence_below {
            0 => None,
            count => Some(format!("{count} 件")),
        };
        let by_itself = match &filled[..] {
            [] => None,
            [one] => Some(one.clone()),
            several => Some(format!("自动 {} 项", several.len())),
        };
        match (own, by_itself) {
            (Some(own), None) => Cell::text(own),
            (None, Some(filled)) => Cell::text(filled).icon(Icon::Link, Tone::Neutral),
            (Some(own), Some(filled)) => {
                let tip = format!("{own}，{filled}");
                Cell::text(own).icon(Icon::Link, Tone::Neutral).tip(tip)
            }
            (None, None) => Cell::default(),
        }
    }
}

/// 「36 篇」, 「3 / 4 项」: what of the workbook an item stands by.
pub(super) fn by_records(line: &ItemLine) -> Option<String> {
    let By::Records(filled) = line.standing.by else { return None };
    let unit = line.item.fill.as_ref().map_or("项", |fill| fill.unit());
    match (filled.found, filled.needed) {
        (0, _) => None,
        (found, needed) if found >= needed => Some(format!("{found} {unit}")),
        (found, needed) => Some(format!("{found} / {needed} {unit}")),
    }
}

/// The day by which it is to be there: short within the year, amber where it is over and something is missing.
fn due_cell(line: &ItemLine, today: Day) -> Cell<'static> {
    let Some(due) = line.due else { return Cell::default() };
    let cell = Cell::text(short_date(due, today)).tip(due.to_string());
    let is_open = line.standing.state.is_gap();
    if is_open && due.last_day() < today { cell.tone(Tone::Amber) } else { cell }
}

/// `11-27` in the year of today.
fn short_date(date: PartialDate, today: Day) -> String {
    let text = date.to_string();
    let year = format!("{}-", today.year());
    text.strip_prefix(&year).map_or(text.clone(), str::to_owned)
}

/// The colour of a state.
pub(super) fn tone_of(state: ItemState) -> Tone {
    match state {
        ItemState::Have => Tone::Ok,
        ItemState::Partly => Tone::Amber,
        ItemState::Missing => Tone::Hard,
        ItemState::NotApplicable => Tone::Neutral,
    }
}

#[cfg(test)]
mod tests {
    use egui::{Color32, Context};

    use super::DUE;
    use crate::ui::theme::{self, Type};

    #[test]
    fn a_day_of_another_year_stands_whole_in_its_column() {
        const INSET: f32 = 8.0;
        let ctx = Context::default();
        theme::apply(&ctx, theme::Look::Light);
        let mut width = 0.0;
        let _ = ctx.run_ui(egui::RawInput::default(), |ui| {
            let text = "2027-12-31".to_owned();
            width = ui.painter().layout_no_wrap(text, Type::Body.font(), Color32::BLACK).size().x;
        });
        assert!(width > 0.0 && width + 2.0 * INSET <= DUE, "{width}");
    }
}
