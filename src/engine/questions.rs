//! The questions there are, each with what its answer depends on. Start at the area that is asked about.

mod checklists;
mod coverage;
mod figures;
mod journal;
mod members;
mod organisations;
mod settings;
mod talk_plan;
mod talks;
mod today;

pub use checklists::{
    AttachmentsHeld, ChecklistTemplates, ChecklistsIn, ChecklistsOf, FilesAbsent, FilesOf, FoundArchives, Gaps,
    MemberFiles, NumbersOf, OneChecklist, OutdatedChecklists, ScansOf, TemplateUseOf,
};
pub use coverage::{CoverageEffects, CoverageOf, CoverageTree, MissingInTree};
pub use figures::{DifferenceOf, StatisticsOf, Summary};
pub use journal::{BackupSince, Backups, Diary, EntryDetail, Outputs, RecordName, StepsBack, UndoState};
pub use members::{
    AdoptableValues, DuplicatePairs, ExtraFieldLines, ExtraFields, List, ListInWords, Member, MemberFindings,
    MergedPeople, Misfits, Probation, Rows, SameNumber, Selection, SideBySide,
};
pub use organisations::{
    Choosable, IfElected, Merger, OrganisationFindings, OrganisationSheet, Organisations, Rules, Splitting, Terms,
};
pub use settings::{ImportLayouts, ParkedDraft, SavedFilters, Settings, UpperForms};
pub use talk_plan::{PlansWithin, RelationOfTwo, TalksPlanned};
pub use talks::{
    FollowUps, FoundPeople, FoundTalks, NamedPeople, OneTalk, SharedSentences, TalkNotices, TalkPlaces, TalkTypeList,
    TalkWriting, Talks, TalksInWords,
};
pub use today::{DoneSince, ParkedDrafts, WorkOf};

use crate::store::Areas;

/// What answers about people and organisations depend on.
const PEOPLE: Areas = Areas { organisations: true, members: true, ..Areas::NONE };
/// What answers about what was done depend on.
const JOURNAL: Areas = Areas { journal: true, ..Areas::NONE };
/// What answers about what is kept as a setting depend on.
const SETTINGS: Areas = Areas { settings: true, ..Areas::NONE };
/// What coverage depends on.
const COVERAGE: Areas = Areas { talks: true, ..PEOPLE };
