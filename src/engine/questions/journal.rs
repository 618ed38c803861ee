//! Questions about what was done: the diary, undo, exports and prints, backups.

use std::path::PathBuf;

use super::{JOURNAL, PEOPLE};
use crate::command::undo::{WayBack, way_back};
use crate::domain::ids::{EntryId, RecordId};
use crate::engine::Question;
use crate::problem::Result;
use crate::store::Areas;
use crate::store::backup::BackupCopy;
use crate::store::outputs::Output;
use crate::view::backups::{self, BackupStory};
use crate::view::desk::Desk;
use crate::view::journal::{self, DiaryLine, EntryStory, UndoNames};
use crate::view::outputs;

/// What 撤销 and 重做 would do now.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoState;

impl Question for UndoState {
    type Answer = UndoNames;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<UndoNames> {
        journal::undo_names(desk.reader())
    }
}

/// The diary: of a record, or of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Diary {
    pub record: Option<RecordId>,
    pub limit: u32,
}

impl Question for Diary {
    type Answer = Vec<DiaryLine>;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<Vec<DiaryLine>> {
        journal::diary(desk, self.record, self.limit)
    }
}

/// What an entry changed, in words, and what stands in the way of taking it back.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryDetail {
    pub entry: EntryId,
    pub record: Option<RecordId>,
}

/// Lines of an entry that are shown at most.
const LINES_SHOWN: usize = 300;

impl Question for EntryDetail {
    type Answer = EntryStory;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<EntryStory> {
        journal::story(desk, self.entry, self.record, LINES_SHOWN)
    }
}

/// What has to be taken back so that everything is as it was before this entry.
#[derive(Debug, Clone, PartialEq)]
pub struct StepsBack(pub EntryId);

impl Question for StepsBack {
    type Answer = WayBack;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<WayBack> {
        way_back(desk.reader(), self.0)
    }
}

/// The name of a record: a person's, an organisation's; `None` if it is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordName(pub RecordId);

impl Question for RecordName {
    type Answer = Option<String>;
    const USES: Areas = PEOPLE;
    fn answer(&self, desk: &Desk) -> Result<Option<String>> {
        Ok(journal::name(desk, self.0))
    }
}

/// The log of exports and prints.
#[derive(Debug, Clone, PartialEq)]
pub struct Outputs {
    pub limit: u32,
}

impl Question for Outputs {
    type Answer = Vec<Output>;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<Vec<Output>> {
        outputs::newest(desk, self.limit)
    }
}

/// The backups of the workbook, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Backups;

impl Question for Backups {
    type Answer = Vec<BackupCopy>;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<Vec<BackupCopy>> {
        crate::store::backup::copies(desk.connection().path())
    }
}

/// How far a backup goes, and what the workbook has since.
#[derive(Debug, Clone, PartialEq)]
pub struct BackupSince(pub PathBuf);

impl Question for BackupSince {
    type Answer = BackupStory;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<BackupStory> {
        backups::story(desk, &self.0)
    }
}
