//! Whether an item is there (状态): what somebody set, else what fills it, else its evidence, else what its parts say.

use std::collections::HashMap;

use super::{ChecklistItem, Fill, Filled, ItemState, OPTIONAL};
use crate::domain::ids::ChecklistItemId;

/// By what an item stands as it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// Somebody set it.
    Hand,
    /// 自动: the workbook's own records.
    Records(Filled),
    /// Files or paper.
    Evidence,
    /// Its parts.
    Parts,
    /// 有则归档: nothing is there, and nobody asks for it.
    Optional,
    /// Nothing is there.
    Nothing,
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Standing {
    pub state: ItemState,
    pub by: By,
}

impl Standing {
    /// 原因 of an item that stands so: what was written, else that nobody asks for it.
    pub fn reason(self, item: &ChecklistItem) -> Option<&str> {
        item.reason.as_deref().or(Some(OPTIONAL).filter(|_| self.by == By::Optional))
    }
}

/// How each item of a checklist stands. `evidence` is how much evidence each has, `filled` what was found for those that
/// something fills.
pub fn standing(
    items: &[ChecklistItem],
    evidence: &HashMap<ChecklistItemId, usize>,
    filled: &HashMap<ChecklistItemId, Filled>,
) -> HashMap<ChecklistItemId, Standing> {
    let mut parts: HashMap<ChecklistItemId, Vec<&ChecklistItem>> = HashMap::new();
    for item in items {
        if let Some(parent) = item.parent {
            parts.entry(parent).or_default().push(item);
        }
    }
    let ground = Ground { parts, evidence, filled };
    let mut all = HashMap::with_capacity(items.len());
    for item in items.iter().filter(|item| item.parent.is_none()) {
        ground.stand(item, &mut all);
    }
    all
}

struct Ground<'g> {
    parts: HashMap<ChecklistItemId, Vec<&'g ChecklistItem>>,
    evidence: &'g HashMap<ChecklistItemId, usize>,
    filled: &'g HashMap<ChecklistItemId, Filled>,
}

impl Ground<'_> {
    fn stand(&self, item: &ChecklistItem, all: &mut HashMap<ChecklistItemId, Standing>) -> ItemState {
        let standing = match self.parts.get(&item.id) {
            None => self.own(item),
            Some(parts) => {
                let mut states: Vec<ItemState> = parts.iter().map(|part| self.stand(part, all)).collect();
                // What lies with the whole is more than nothing, and less than all. What was set on it before it had parts
                // says nothing of them.
                let own = self.found(item);
                states.extend(Some(own.state).filter(|_| own.by != By::Nothing));
                Standing { state: together(&states), by: By::Parts }
            }
        };
        all.insert(item.id, standing);
        standing.state
    }

    fn own(&self, item: &ChecklistItem) -> Standing {
        if let Some(state) = item.state {
            return Standing { state, by: By::Hand };
        }
        self.found(item)
    }

    /// How an item stands whose state nobody set.
    fn found(&self, item: &ChecklistItem) -> Standing {
        let has_evidence = self.evidence.get(&item.id).is_some_and(|count| *count > 0);
        let records = self.filled.get(&item.id).and_then(|filled| Some((*filled, filled.state()?)));
        match records {
            // Where the records say nothing at all, the paper does.
            Some((filled, state)) if state != ItemState::Missing || !has_evidence => {
                Standing { state, by: By::Records(filled) }
            }
            _ if has_evidence => Standing { state: ItemState::Have, by: By::Evidence },
            _ if item.fill == Some(Fill::Optional) => Standing { state: ItemState::NotApplicable, by: By::Optional },
            _ => Standing { state: ItemState::Missing, by: By::Nothing },
        }
    }
}

/// How a whole stands whose parts stand so: what does not apply is not looked at, unless nothing applies.
fn together(states: &[ItemState]) -> ItemState {
    let mut applying = states.iter().filter(|state| **state != ItemState::NotApplicable);
    let Some(first) = applying.next() else { return ItemState::NotApplicable };
    if *first != ItemState::Partly && applying.all(|state| state == first) { *first } else { ItemState::Partly }
}

/// How many items stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    pub have: usize,
    pub partly: usize,
    pub missing: usize,
    pub not_applicable: usize,
}

impl Progress {
    pub fn of(self, state: ItemState) -> usize {
        match state {
            ItemState::Have => self.have,
            ItemState::Partly => self.partly,
            ItemState::Missing => self.missing,
            ItemState::NotApplicable => self.not_applicable,
        }
    }

    pub fn total(self) -> usize {
        self.have + self.partly + self.missing + self.not_applicable
    }

    /// Those in which something is still to be done.
    pub fn gaps(self) -> usize {
        self.partly + self.missing
    }

    pub fn add(&mut self, state: ItemState) {
        match state {
            ItemState::Have => self.have += 1,
            ItemState::Partly => self.partly += 1,
            ItemState::Missing => self.missing += 1,
            ItemState::NotApplicable => self.not_applicable += 1,
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            have: self.have + other.have,
            partly: self.partly + other.partly,
            missing: self.missing + other.missing,
            not_applicable: self.not_applicable + other.not_applicable,
        }
    }
}

/// How the items that stand at the top of a checklist stand (26 类).
pub fn progress(items: &[ChecklistItem], standing: &HashMap<ChecklistItemId, Standing>) -> Progress {
    let mut progress = Progress::default();
    for item in items.iter().filter(|item| item.parent.is_none()) {
        if let Some(standing) = standing.get(&item.id) {
            progress.add(standing.state);
        }
    }
    progress
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ChecklistId;

    fn item(id: i64, parent: Option<i64>, state: Option<ItemState>) -> ChecklistItem {
        ChecklistItem {
            id: ChecklistItemId(id),
            checklist: ChecklistId(1),
            parent: parent.map(ChecklistItemId),
            position: id,
            code: None,
            title: format!("项 {id}"),
            standard: None,
            fill: None,
            retention: None,
            state,
            reason: None,
            owner: None,
            due: None,
            note: None,
            checked: None,
            template_words: None,
        }
    }

    fn stand(
        items: &[ChecklistItem],
        evidence: &[(i64, usize)],
        filled: &[(i64, u32, u32)],
    ) -> HashMap<ChecklistItemId, Standing> {
        let evidence = evidence.iter().map(|(id, count)| (ChecklistItemId(*id), *count)).collect();
        let filled = filled
            .iter()
            .map(|(id, found, needed)| (ChecklistItemId(*id), Filled { found: *found, needed: *needed }))
            .collect();
        standing(items, &evidence, &filled)
    }

    #[test]
    fn an_item_stands_by_hand_else_by_records_else_by_evidence() {
        use ItemState::{Have, Missing, NotApplicable, Partly};
        let items = [
            item(1, None, Some(NotApplicable)),
            item(2, None, None),
            item(3, None, None),
            item(4, None, None),
            item(5, None, None),
            item(6, None, Some(Have)),
        ];
        let all = stand(&items, &[(1, 2), (3, 1), (4, 1), (5, 1)], &[(2, 9, 1), (4, 3, 4), (5, 0, 4), (6, 0, 1)]);
        let states: Vec<ItemState> = (1..=6).map(|id| all[&ChecklistItemId(id)].state).collect();
        assert_eq!(states, [NotApplicable, Have, Have, Partly, Have, Have]);
        assert_eq!(all[&ChecklistItemId(2)].by, By::Records(Filled { found: 9, needed: 1 }));
        assert_eq!(all[&ChecklistItemId(5)].by, By::Evidence, "paper does where nothing is recorded");
        assert_eq!(all[&ChecklistItemId(6)].by, By::Hand);
        assert_eq!(stand(&[item(1, None, None)], &[], &[])[&ChecklistItemId(1)].by, By::Nothing);
        assert_eq!(progress(&items, &all), Progress { have: 4, partly: 1, missing: 0, not_applicable: 1 });
        assert_eq!(stand(&items[1..2], &[], &[(2, 0, 1)])[&ChecklistItemId(2)].state, Missing);
    }

    #[test]
    fn a_whole_stands_as_its_parts_do_and_what_does_not_apply_is_not_looked_at() {
        use ItemState::{Have, Missing, NotApplicable, Partly};
        let whole = |parts: &[Option<ItemState>], evidence: usize| {
            let mut items = vec![item(1, None, None)];
            items.extend(parts.iter().zip(2..).map(|(state, id)| item(id, Some(1), *state)));
            stand(&items, &[(1, evidence)], &[])[&ChecklistItemId(1)].state
        };
        assert_eq!(whole(&[Some(Have), Some(NotApplicable)], 0), Have);
        assert_eq!(whole(&[Some(Have), None], 0), Partly);
        assert_eq!(whole(&[None, None], 0), Missing);
        assert_eq!(whole(&[Some(Partly), Some(Partly)], 0), Partly);
        assert_eq!(whole(&[Some(NotApplicable), Some(NotApplicable)], 0), NotApplicable);
        assert_eq!(whole(&[None, None], 1), Partly, "what lies with the whole is more than nothing");
        assert_eq!(whole(&[Some(Have), Some(Have)], 1), Have);
        let items = [item(1, None, Some(Missing)), item(2, Some(1), Some(Have)), item(3, Some(1), Some(Have))];
        let all = stand(&items, &[], &[]);
        assert_eq!(all[&ChecklistItemId(1)], Standing { state: Have, by: By::Parts }, "whatever was set on it before");
    }

    #[test]
    fn what_nobody_asks_for_does_not_apply_until_it_is_there_or_somebody_says_otherwise() {
        use ItemState::{Have, Missing, NotApplicable};
        let optional = |id, state| ChecklistItem { fill: Some(Fill::Optional), ..item(id, Some(1), state) };
        let items = [item(1, None, None), optional(2, None), optional(3, None)];
        let all = stand(&items, &[], &[]);
        let nothing = all[&ChecklistItemId(2)];
        assert_eq!(nothing, Standing { state: NotApplicable, by: By::Optional });
        assert_eq!(nothing.reason(&items[1]), Some("有则归档"));
        assert_eq!(all[&ChecklistItemId(1)].state, NotApplicable, "nothing of it is asked for");
        let all = stand(&items, &[(3, 1)], &[]);
        assert_eq!(all[&ChecklistItemId(3)], Standing { state: Have, by: By::Evidence });
        assert_eq!(all[&ChecklistItemId(1)].state, Have, "what is there is all that is asked for");
        let asked = [item(1, None, None), optional(2, Some(Missing)), optional(3, None)];
        let all = stand(&asked, &[(3, 1)], &[]);
        assert_eq!(all[&ChecklistItemId(2)], Standing { state: Missing, by: By::Hand }, "here it is asked for");
        assert_eq!(all[&ChecklistItemId(1)].state, ItemState::Partly);
    }
}
