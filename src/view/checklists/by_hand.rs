//! What stays as somebody decided it though there is evidence now: told beside the receipt.

use crate::domain::checklists::{ChecklistItem, ItemState};
use crate::domain::ids::RecordId;
use crate::problem::Result;
use crate::store::checklists::evidence_of_item;
use crate::store::reader::Reader;

/// The items among these records that were set to 部分 or 不适用 by hand and have evidence, a sentence each.
pub fn kept_by_hand(reader: Reader<'_>, records: &[RecordId]) -> Result<Vec<String>> {
    let mut told = Vec::new();
    for record in records {
        let Some(item) = reader.get::<ChecklistItem>(*record)? else { continue };
        let decided = item.state.filter(|state| matches!(state, ItemState::Partly | ItemState::NotApplicable));
        let Some(state) = decided else { continue };
        if !evidence_of_item(reader, item.id)?.is_empty() {
            told.push(format!("“{}”是手工标的“{}”，有了材料也不变；要按材料算，请恢复自动", item.title, state.label()));
        }
    }
    Ok(told)
}
