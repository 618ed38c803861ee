//! What the branches have put into the boxes of this year, and who sees to the rest.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::json;

use super::Clerk;
use crate::command::{AddEvidence, Command, EditChecklistItems, EvidenceDraft, MakeChecklists};
use crate::domain::checklists::{ChecklistItem, ItemState, due_in};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistId, ChecklistItemId, OrganisationId};
use crate::exchange::practice::chance::Chance;
use crate::problem::{Problem, Result};
use crate::store::checklists;

/// So many days ago the checklists were made, and gone through.
const MADE_DAYS_AGO: i64 = 9;
const GONE_THROUGH_DAYS_AGO: i64 = 8;

/// What is in the boxes.
#[derive(Debug, Deserialize)]
struct ArchiveWords {
    template: String,
    branches: usize,
    have: i64,
    partly: i64,
    left_out: Vec<LeftOut>,
    paper: Vec<PaperWords>,
    duty: Vec<DutyWords>,
}

/// What does not apply to any branch.
#[derive(Debug, Deserialize)]
struct LeftOut {
    code: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct PaperWords {
    code: String,
    title: String,
    cabinet: String,
    pages: u32,
}

/// Who answers for an item.
#[derive(Debug, Deserialize)]
struct DutyWords {
    code: String,
    place: usize,
    due: String,
    note: Option<String>,
}

impl ArchiveWords {
    fn read() -> Result<Self> {
        let text = include_str!("../../../../assets/practice/archives.toml");
        toml::from_str(text).map_err(|error| Problem::fault(error.to_string()))
    }

    /// How an item stands that nothing fills by itself.
    fn state(&self, chance: &mut Chance) -> ItemState {
        match chance.between(1, 100) {
            at if at <= self.have => ItemState::Have,
            at if at <= self.have + self.partly => ItemState::Partly,
            _ => ItemState::Missing,
        }
    }
}

impl Clerk {
    /// The archives of the first branches.
    pub(super) fn archives(&mut self, branches: &[OrganisationId], seed: u32) -> Result<()> {
        let words = ArchiveWords::read()?;
        for (branch, nth) in branches.iter().take(words.branches).zip(1_u32..) {
            let mut chance = Chance::new(seed.wrapping_mul(31).wrapping_add(nth));
            self.archive(*branch, &words, &mut chance)?;
        }
        Ok(())
    }

    fn archive(&mut self, branch: OrganisationId, words: &ArchiveWords, chance: &mut Chance) -> Result<()> {
        let make = MakeChecklists {
            template: words.template.clone(),
            organisation_ids: vec![branch],
            year: Some(self.today.year()),
            person_ids: Vec::new(),
            as_last_year: false,
        };
        let made = self.run(MADE_DAYS_AGO, Command::MakeChecklists(make))?;
        let list = made.map(ChecklistId).ok_or_else(|| Problem::fault("making a checklist made none"))?;
        let items = checklists::items(self.ledger.reader(), list)?;
        let mut commands = states(&items, words, chance);
        commands.extend(papers(&items, words));
        commands.extend(self.duties(branch, &items, words)?);
        self.run_as_one(GONE_THROUGH_DAYS_AGO, "核对档案清单", commands)?;
        Ok(())
    }

    fn duties(&self, branch: OrganisationId, items: &[ChecklistItem], words: &ArchiveWords) -> Result<Vec<Command>> {
        let (committee, _) = self.sides(branch)?;
        let mut commands = Vec::new();
        for duty in &words.duty {
            let Some(id) = of_code(items, &duty.code) else { continue };
            let owner = committee.get(duty.place).or(committee.first()).map(|(person, _)| *person);
            let due = due_in(&duty.due, self.today.year()).map(PartialDate::of_day);
            let set = [("owner_id", json!(owner)), ("due", json!(due)), ("note", json!(duty.note))];
            commands.push(edit(vec![id], &set));
        }
        Ok(commands)
    }
}

/// How the items stand that have no parts and that nothing fills by itself; those that evidence shows stand by it.
fn states(items: &[ChecklistItem], words: &ArchiveWords, chance: &mut Chance) -> Vec<Command> {
    let wholes: BTreeSet<ChecklistItemId> = items.iter().filter_map(|item| item.parent).collect();
    let mut by_state: BTreeMap<ItemState, Vec<ChecklistItemId>> = BTreeMap::new();
    let mut commands = Vec::new();
    for item in items.iter().filter(|item| !wholes.contains(&item.id) && item.fill.is_none()) {
        let is = |code: &str| item.code.as_deref() == Some(code);
        if let Some(left_out) = words.left_out.iter().find(|left_out| is(&left_out.code)) {
            let state = json!(ItemState::NotApplicable.name());
            commands.push(edit(vec![item.id], &[("state", state), ("reason", json!(left_out.reason))]));
        } else if !words.paper.iter().any(|paper| is(&paper.code)) {
            by_state.entry(words.state(chance)).or_default().push(item.id);
        }
    }
    commands.extend(by_state.into_iter().map(|(state, ids)| edit(ids, &[("state", json!(state.name()))])));
    commands
}

fn papers(items: &[ChecklistItem], words: &ArchiveWords) -> Vec<Command> {
    let paper = |paper: &PaperWords| {
        let draft = EvidenceDraft {
            title: Some(paper.title.clone()),
            cabinet: Some(paper.cabinet.clone()),
            pages: Some(paper.pages),
            ..EvidenceDraft::default()
        };
        let item_id = Some(of_code(items, &paper.code)?);
        Some(Command::AddEvidence(AddEvidence { item_id, talk_id: None, evidence: vec![draft] }))
    };
    words.paper.iter().filter_map(paper).collect()
}

fn of_code(items: &[ChecklistItem], code: &str) -> Option<ChecklistItemId> {
    items.iter().find(|item| item.code.as_deref() == Some(code)).map(|item| item.id)
}

fn edit(ids: Vec<ChecklistItemId>, set: &[(&str, serde_json::Value)]) -> Command {
    let set = set.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Command::EditChecklistItems(EditChecklistItems { ids, set })
}
