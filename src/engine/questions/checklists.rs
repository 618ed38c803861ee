//! Questions about archive checklists: those of a scope, one, what is missing, templates.

use std::sync::Arc;

use super::PEOPLE;
use crate::clock::Day;
use crate::domain::checklists::{Checklist, Evidence, Templates};
use crate::domain::ids::{ChecklistId, OrganisationId, PersonId, TalkId};
use crate::engine::Question;
use crate::exchange::attachments::{Absent, Held, absent, held};
use crate::problem::Result;
use crate::store::attachments::Stored;
use crate::store::{Areas, checklists};
use crate::view::checklists::{
    self as view, ChecklistBoard, FilesAsk, Gap, GapAsk, MemberFile, Numbers, OrganisationChecklists, Outdated,
    OverviewAsk, TemplateUse,
};
use crate::view::desk::Desk;
use crate::view::search::{self, ArchivesFound};

/// What answers about checklists depend on: what fills items, too.
const ARCHIVES: Areas = Areas { archives: true, talks: true, ..PEOPLE };

/// The checklists of a scope in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct ChecklistsOf(pub OverviewAsk);

impl Question for ChecklistsOf {
    type Answer = Vec<OrganisationChecklists>;
    const USES: Areas = ARCHIVES;
    fn answer(&self, desk: &Desk) -> Result<Vec<OrganisationChecklists>> {
        view::overview(desk, &self.0)
    }
}

/// The checklists of a scope in a year, of all templates, without their items.
#[derive(Debug, Clone, PartialEq)]
pub struct ChecklistsIn {
    pub scope: Option<OrganisationId>,
    pub year: i16,
}

impl Question for ChecklistsIn {
    type Answer = Vec<Checklist>;
    const USES: Areas = Areas { organisations: true, archives: true, ..Areas::NONE };
    fn answer(&self, desk: &Desk) -> Result<Vec<Checklist>> {
        view::of_scope(desk, self.scope, Some(self.year), None)
    }
}

/// One checklist with everything on it; `None` if there is no such checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct OneChecklist {
    pub id: ChecklistId,
    pub today: Day,
}

impl Question for OneChecklist {
    type Answer = Option<ChecklistBoard>;
    const USES: Areas = ARCHIVES;
    fn answer(&self, desk: &Desk) -> Result<Option<ChecklistBoard>> {
        view::board(desk, self.id, self.today)
    }
}

/// What is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Gaps(pub GapAsk);

impl Question for Gaps {
    type Answer = Vec<Gap>;
    const USES: Areas = ARCHIVES;
    fn answer(&self, desk: &Desk) -> Result<Vec<Gap>> {
        view::gaps(desk, &self.0)
    }
}

/// A member's files.
#[derive(Debug, Clone, PartialEq)]
pub struct FilesOf(pub PersonId);

impl Question for FilesOf {
    type Answer = Vec<Checklist>;
    const USES: Areas = ARCHIVES;
    fn answer(&self, desk: &Desk) -> Result<Vec<Checklist>> {
        view::of_person(desk, self.0)
    }
}

/// The members of a scope, each with the file.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberFiles(pub FilesAsk);

impl Question for MemberFiles {
    type Answer = Vec<MemberFile>;
    const USES: Areas = Areas { archives: true, ..PEOPLE };
    fn answer(&self, desk: &Desk) -> Result<Vec<MemberFile>> {
        view::member_files(desk, &self.0)
    }
}

/// The scans of a talk.
#[derive(Debug, Clone, PartialEq)]
pub struct ScansOf(pub TalkId);

impl Question for ScansOf {
    type Answer = Vec<Evidence>;
    const USES: Areas = ARCHIVES;
    fn answer(&self, desk: &Desk) -> Result<Vec<Evidence>> {
        checklists::evidence_of_talk(desk.reader(), self.0)
    }
}

/// What lies in the store of attachments beside the workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct AttachmentsHeld;

impl Question for AttachmentsHeld {
    type Answer = Held;
    const USES: Areas = Areas { archives: true, ..Areas::NONE };
    fn answer(&self, desk: &Desk) -> Result<Held> {
        let stored = Stored::open(desk.connection().path(), desk.connection().key())?;
        held(desk.reader(), stored.as_ref())
    }
}

/// Which attached files cannot be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct FilesAbsent;

impl Question for FilesAbsent {
    type Answer = Arc<Absent>;
    const USES: Areas = Areas { archives: true, ..Areas::NONE };
    fn answer(&self, desk: &Desk) -> Result<Arc<Absent>> {
        Ok(Arc::new(absent(desk.reader(), desk.connection().path(), desk.connection().key())?))
    }
}

/// The templates of checklists as they hold in the workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct ChecklistTemplates;

impl Question for ChecklistTemplates {
    type Answer = Templates;
    const USES: Areas = Areas { archives: true, ..Areas::NONE };
    fn answer(&self, desk: &Desk) -> Result<Templates> {
        checklists::templates(desk.reader())
    }
}

/// How the template of this code stands in the workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateUseOf(pub String);

impl Question for TemplateUseOf {
    type Answer = TemplateUse;
    const USES: Areas = Areas { archives: true, ..Areas::NONE };
    fn answer(&self, desk: &Desk) -> Result<TemplateUse> {
        view::template_use(desk, &self.0)
    }
}

/// What bringing these checklists to their templates would change.
#[derive(Debug, Clone, PartialEq)]
pub struct OutdatedChecklists(pub Vec<ChecklistId>);

impl Question for OutdatedChecklists {
    type Answer = Vec<Outdated>;
    const USES: Areas = ARCHIVES;
    fn answer(&self, desk: &Desk) -> Result<Vec<Outdated>> {
        view::outdated(desk, &self.0)
    }
}

/// How an organisation numbers its archive.
#[derive(Debug, Clone, PartialEq)]
pub struct NumbersOf(pub OrganisationId);

impl Question for NumbersOf {
    type Answer = Numbers;
    const USES: Areas = Areas { organisations: true, archives: true, ..Areas::NONE };
    fn answer(&self, desk: &Desk) -> Result<Numbers> {
        view::numbering_of(desk, self.0)
    }
}

/// What is found of archives by a text: checklists, items, evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundArchives {
    pub text: String,
    pub limit: usize,
}

impl Question for FoundArchives {
    type Answer = ArchivesFound;
    const USES: Areas = Areas { organisations: true, archives: true, ..Areas::NONE };
    fn answer(&self, desk: &Desk) -> Result<ArchivesFound> {
        search::archives(desk, &self.text, self.limit)
    }
}
