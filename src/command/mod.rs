//! HOW IT CHANGES: every change there is, and the one door through which it goes.
//!
//! [`Command`] is the page that lists them all. Commands hold unchecked drafts (they come from forms and from JSON
//! alike); checking happens behind the door, in [`ledger::Ledger`]. Knows nothing of files in and out, threads or
//! screens.

mod checklists;
mod drafts;
mod extra_fields;
mod imports;
pub mod ledger;
mod members;
mod organisations;
mod outputs;
mod rule_changes;
mod rules;
mod settings;
mod talks;
pub mod undo;
mod wire;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use checklists::{
    AddChecklistItem, AddEvidence, AttachedFile, ChecklistItemDraft, EditChecklistItems, EditEvidence, EvidenceDraft,
    MakeChecklists, MoveChecklistItem, MoveEvidence, RemoveChecklist, RemoveChecklistItem, RemoveEvidence,
    RemoveTemplate, SetArchiveNumbers, SetTemplate, UpdateChecklists, item_draft_of, refuse_place,
};
pub use drafts::{
    DraftFault, MemberDraft, ORGANISATION_FIELDS, OrganisationDraft, ReadDraft, member_field, organisation_field_label,
};
pub use extra_fields::{AddExtraField, EditExtraField, MoveExtraField, RemoveExtraField};
pub use imports::ImportRoster;
pub use ledger::{Ledger, Receipt, Stamp};
pub use members::{
    AddFloatingMember, AddMember, AdoptFromIdNumber, Adopted, Appoint, CellRow, EditCells, EditEvent, EditMembers,
    EndMembership, EndPost, Leaving, MergeMembers, MoveInRoster, OwnDay, RecordEvent, RemoveEvent, RemoveFact,
    RestoreMembers, SetFact, TellApart, TransferMember, UnmergeMembers, VoidMembers,
};
pub use organisations::{
    AddOrganisation, CloseOrganisation, DelayElection, EditOrganisation, EditOrganisationEvent, ElectCommittee,
    Elected, MergeOrganisations, MoveOrganisation, Part, RemoveOrganisation, RemoveOrganisationEvent,
    RenameOrganisation, ReopenOrganisation, SplitOrganisation,
};
pub use outputs::LogOutputs;
pub use rule_changes::SetRule;
pub use settings::SetSettings;
pub use talks::{
    CloseFollowUp, EditPlannedTalk, EditTalk, PlanTalks, PlanTalksTogether, PlannedDraft, RecordTalk, RecordTalks,
    RemovePlannedTalks, RemoveTalk, SetTalkType, SnoozeWork, draft_of, work_words,
};
pub use wire::{References, with_references};

use crate::domain::ids::RecordId;
use crate::domain::values::first_seen;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::workbook::Title;

/// Every change there is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Command {
    AddOrganisation(AddOrganisation),
    EditOrganisation(EditOrganisation),
    MoveOrganisation(MoveOrganisation),
    CloseOrganisation(CloseOrganisation),
    ReopenOrganisation(ReopenOrganisation),
    RemoveOrganisation(RemoveOrganisation),
    RenameOrganisation(RenameOrganisation),
    MergeOrganisations(MergeOrganisations),
    SplitOrganisation(SplitOrganisation),
    ElectCommittee(ElectCommittee),
    DelayElection(DelayElection),
    EditOrganisationEvent(EditOrganisationEvent),
    RemoveOrganisationEvent(RemoveOrganisationEvent),
    AddMember(AddMember),
    AddFloatingMember(AddFloatingMember),
    EditMembers(EditMembers),
    EditCells(EditCells),
    TransferMember(TransferMember),
    EndMembership(EndMembership),
    VoidMembers(VoidMembers),
    RestoreMembers(RestoreMembers),
    MoveInRoster(MoveInRoster),
    Appoint(Appoint),
    EndPost(EndPost),
    SetFact(SetFact),
    RemoveFact(RemoveFact),
    RecordEvent(RecordEvent),
    EditEvent(EditEvent),
    RemoveEvent(RemoveEvent),
    MergeMembers(MergeMembers),
    UnmergeMembers(UnmergeMembers),
    TellApart(TellApart),
    AdoptFromIdNumber(AdoptFromIdNumber),
    AddExtraField(AddExtraField),
    EditExtraField(EditExtraField),
    RemoveExtraField(RemoveExtraField),
    MoveExtraField(MoveExtraField),
    RecordTalk(RecordTalk),
    RecordTalks(RecordTalks),
    EditTalk(EditTalk),
    RemoveTalk(RemoveTalk),
    CloseFollowUp(CloseFollowUp),
    PlanTalks(PlanTalks),
    PlanTalksTogether(PlanTalksTogether),
    EditPlannedTalk(EditPlannedTalk),
    RemovePlannedTalks(RemovePlannedTalks),
    SetTalkType(SetTalkType),
    SnoozeWork(SnoozeWork),
    MakeChecklists(MakeChecklists),
    RemoveChecklist(RemoveChecklist),
    EditChecklistItems(EditChecklistItems),
    AddChecklistItem(AddChecklistItem),
    RemoveChecklistItem(RemoveChecklistItem),
    MoveChecklistItem(MoveChecklistItem),
    SetTemplate(SetTemplate),
    RemoveTemplate(RemoveTemplate),
    UpdateChecklists(UpdateChecklists),
    AddEvidence(AddEvidence),
    EditEvidence(EditEvidence),
    RemoveEvidence(RemoveEvidence),
    MoveEvidence(MoveEvidence),
    SetArchiveNumbers(SetArchiveNumbers),
    SetSettings(SetSettings),
    SetRule(SetRule),
    /// Written by the program itself when something left it; no script may do so.
    #[serde(skip)]
    LogOutputs(LogOutputs),
    /// A plan, made from a file and shown before; no script may write one.
    #[serde(skip)]
    ImportRoster(ImportRoster),
}

/// What a command made, for whoever wants to refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made(pub Option<RecordId>);

impl Command {
    /// Whether it writes a whole file: a backup is made first.
    pub fn is_import(&self) -> bool {
        matches!(self, Self::ImportRoster(_))
    }

    /// Writes the rows and returns how the entry is headed.
    fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        match self {
            Self::AddOrganisation(command) => command.apply(book, stamp),
            Self::EditOrganisation(command) => command.apply(book, stamp),
            Self::MoveOrganisation(command) => command.apply(book, stamp),
            Self::CloseOrganisation(command) => command.apply(book, stamp),
            Self::ReopenOrganisation(command) => command.apply(book),
            Self::RemoveOrganisation(command) => command.apply(book),
            Self::RenameOrganisation(command) => command.apply(book, stamp),
            Self::MergeOrganisations(command) => command.apply(book, stamp),
            Self::SplitOrganisation(command) => command.apply(book, stamp),
            Self::ElectCommittee(command) => command.apply(book, stamp),
            Self::DelayElection(command) => command.apply(book, stamp),
            Self::EditOrganisationEvent(command) => command.apply(book, stamp),
            Self::RemoveOrganisationEvent(command) => command.apply(book),
            Self::AddMember(command) => command.apply(book, stamp),
            Self::AddFloatingMember(command) => command.apply(book, stamp),
            Self::EditMembers(command) => command.apply(book, stamp),
            Self::EditCells(command) => command.apply(book, stamp),
            Self::TransferMember(command) => command.apply(book, stamp),
            Self::EndMembership(command) => command.apply(book, stamp),
            Self::VoidMembers(command) => command.apply(book),
            Self::RestoreMembers(command) => command.apply(book),
            Self::MoveInRoster(command) => command.apply(book, stamp),
            Self::Appoint(command) => command.apply(book, stamp),
            Self::EndPost(command) => command.apply(book, stamp),
            Self::SetFact(command) => command.apply(book, stamp),
            Self::RemoveFact(command) => command.apply(book),
            Self::RecordEvent(command) => command.apply(book, stamp),
            Self::EditEvent(command) => command.apply(book, stamp),
            Self::RemoveEvent(command) => command.apply(book),
            Self::MergeMembers(command) => command.apply(book),
            Self::UnmergeMembers(command) => command.apply(book),
            Self::TellApart(command) => command.apply(book),
            Self::AdoptFromIdNumber(command) => command.apply(book),
            Self::AddExtraField(command) => command.apply(book),
            Self::EditExtraField(command) => command.apply(book),
            Self::RemoveExtraField(command) => command.apply(book),
            Self::MoveExtraField(command) => command.apply(book),
            Self::RecordTalk(command) => command.apply(book, stamp),
            Self::RecordTalks(command) => command.apply(book, stamp),
            Self::EditTalk(command) => command.apply(book, stamp),
            Self::RemoveTalk(command) => command.apply(book),
            Self::CloseFollowUp(command) => command.apply(book, stamp),
            Self::PlanTalks(command) => command.apply(book, stamp),
            Self::PlanTalksTogether(command) => command.apply(book, stamp),
            Self::EditPlannedTalk(command) => command.apply(book),
            Self::RemovePlannedTalks(command) => command.apply(book),
            Self::SetTalkType(command) => command.apply(book),
            Self::SnoozeWork(command) => command.apply(book, stamp),
            Self::MakeChecklists(command) => command.apply(book, stamp),
            Self::RemoveChecklist(command) => command.apply(book),
            Self::EditChecklistItems(command) => command.apply(book, stamp),
            Self::AddChecklistItem(command) => command.apply(book, stamp),
            Self::RemoveChecklistItem(command) => command.apply(book),
            Self::MoveChecklistItem(command) => command.apply(book),
            Self::SetTemplate(command) => command.apply(book),
            Self::RemoveTemplate(command) => command.apply(book),
            Self::UpdateChecklists(command) => command.apply(book),
            Self::AddEvidence(command) => command.apply(book, stamp),
            Self::EditEvidence(command) => command.apply(book),
            Self::RemoveEvidence(command) => command.apply(book),
            Self::MoveEvidence(command) => command.apply(book),
            Self::SetArchiveNumbers(command) => command.apply(book),
            Self::SetSettings(command) => command.apply(book),
            Self::SetRule(command) => command.apply(book),
            Self::LogOutputs(command) => command.apply(book),
            Self::ImportRoster(command) => command.apply(book, stamp),
        }
    }
}

/// The title of an entry that can be undone.
fn title(text: impl Into<String>) -> Title {
    Title { text: text.into(), undoable: true, reverts: None }
}

/// A text without the blanks around it, if there is something to be seen in it: what people left empty says nothing.
fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| first_seen(text).is_some()).map(|text| text.trim().to_owned())
}
