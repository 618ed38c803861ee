//! Owns how a state that is chosen becomes a command: to which items it goes, and when a reason is asked for first.
//! Must never draw. Start at [`set_state`].

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use crate::command::{Command, EditChecklistItems};
use crate::domain::checklists::{By, ItemState};
use crate::domain::ids::ChecklistItemId;
use crate::ui::dialogs::archives::ReasonDialog;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::widgets::Holding;
use crate::view::checklists::{ChecklistBoard, ItemLine};

/// A state as the control shows it.
pub(super) fn holding(state: ItemState) -> Holding {
    match state {
        ItemState::Have => Holding::Have,
        ItemState::Partly => Holding::Part,
        ItemState::Missing => Holding::Missing,
        ItemState::NotApplicable => Holding::NotApplicable,
    }
}

/// What the control shows as a state.
pub(super) fn state_of(holding: Holding) -> ItemState {
    match holding {
        Holding::Have => ItemState::Have,
        Holding::Part => ItemState::Partly,
        Holding::Missing => ItemState::Missing,
        Holding::NotApplicable => ItemState::NotApplicable,
    }
}

/// An item and all that it is made of, itself first.
pub(super) fn with_parts(board: &ChecklistBoard, id: ChecklistItemId) -> &[ItemLine] {
    let Some(place) = board.lines.iter().position(|line| line.item.id == id) else { return &[] };
    let depth = board.lines[place].depth;
    let parts = board.lines[place + 1..].iter().take_while(|line| line.depth > depth).count();
    &board.lines[place..=place + parts]
}

/// Items with all that they are made of, each once; only those that have no parts of their own, which alone have a state.
pub(super) fn leaves<'b>(board: &'b ChecklistBoard, ids: &[ChecklistItemId]) -> Vec<&'b ItemLine> {
    let mut seen = HashSet::new();
    let all = ids.iter().flat_map(|id| with_parts(board, *id));
    all.filter(|line| !line.has_parts && seen.insert(line.item.id)).collect()
}

/// Brings items to a state, with their parts; those that stand so already are left alone. What does not apply, and what
/// the workbook's own records say otherwise, asks for a reason first.
pub(super) fn set_state(board: &ChecklistBoard, wanted: &[ChecklistItemId], state: ItemState, out: &mut Outbox) {
    let changed: Vec<&ItemLine> =
        leaves(board, wanted).into_iter().filter(|line| line.standing.state != state).collect();
    let Some(first) = changed.first() else { return };
    let ids: Vec<ChecklistItemId> = changed.iter().map(|line| line.item.id).collect();
    let by_records = changed.iter().find(|line| line.item.records().is_some());
    if state == ItemState::NotApplicable || by_records.is_some() {
        let what = told(board, wanted, &changed);
        let why = match by_records.and_then(|line| line.item.records().map(|fill| (line, fill))) {
            Some((line, fill)) if state != ItemState::NotApplicable => {
                format!("“{}”由{}自动得出，改为手工要写原因", line.item.title, fill.label())
            }
            _ => "写明原因后，不再算缺项".to_owned(),
        };
        let reason = first.item.reason.as_deref().filter(|_| changed.len() == 1).unwrap_or_default();
        out.open(ReasonDialog::new(ids, state, what, why, reason));
        return;
    }
    let mut set = BTreeMap::from([("state".to_owned(), json!(state.name()))]);
    // Why it was missing, or did not apply, is over.
    let is_over = state == ItemState::Have
        || changed.iter().any(|line| line.standing.state == ItemState::NotApplicable && line.item.reason.is_some());
    if is_over && changed.iter().any(|line| line.item.reason.is_some()) {
        set.insert("reason".to_owned(), Value::Null);
    }
    run(ids, set, out);
}

/// What changes, as it was wanted: 「整改清单 等 3 项，共 7 个分项」 where some of the three have parts.
fn told(board: &ChecklistBoard, wanted: &[ChecklistItemId], changed: &[&ItemLine]) -> String {
    if let [one] = changed {
        return one.item.title.clone();
    }
    let changes = |line: &&ItemLine| {
        let mut all = with_parts(board, line.item.id).iter();
        all.any(|part| changed.iter().any(|one| one.item.id == part.item.id))
    };
    let named: Vec<&ItemLine> = wanted.iter().filter_map(|id| board.line(*id)).filter(changes).collect();
    let first = named.first().map(|line| line.item.title.as_str()).unwrap_or_default();
    let several = if named.len() > 1 { format!("{first} 等 {} 项", named.len()) } else { first.to_owned() };
    if named.len() == changed.len() { several } else { format!("{several}，共 {} 个分项", changed.len()) }
}

/// Lets an item stand by itself again.
pub(super) fn restore(id: ChecklistItemId, out: &mut Outbox) {
    let set = BTreeMap::from([("state".to_owned(), Value::Null), ("reason".to_owned(), Value::Null)]);
    run(vec![id], set, out);
}

/// Whether an item that was set by hand would stand by its evidence or by records, too.
pub(super) fn can_restore(line: &ItemLine) -> bool {
    line.standing.by == By::Hand && (line.item.fill.is_some() || !line.evidence.is_empty())
}

fn run(ids: Vec<ChecklistItemId>, set: BTreeMap<String, Value>, out: &mut Outbox) {
    out.run(Slot::new("checklist state"), Command::EditChecklistItems(EditChecklistItems { ids, set }));
}
