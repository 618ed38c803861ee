//! What is to be looked at in what was written (提示): of talks the same as their form shows, and items of checklists that
//! stay as somebody set them though evidence came.

use crate::clock::Day;
use crate::command::{Command, Receipt};
use crate::domain::ids::TalkId;
use crate::problem::Result;
use crate::store::directory::Directory;
use crate::store::reader::Reader;
use crate::store::talks::file;
use crate::view::checklists::kept_by_hand;
use crate::view::talks::{Noticing, TalkToCheck};

/// What of a command is to be looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Writes {
    talks: bool,
    evidence: bool,
}

impl Writes {
    pub fn of(command: &Command) -> Self {
        Self {
            talks: matches!(command, Command::RecordTalk(_) | Command::RecordTalks(_) | Command::EditTalk(_)),
            evidence: matches!(command, Command::AddEvidence(_) | Command::MoveEvidence(_)),
        }
    }

    /// What is written by either.
    pub fn and(self, other: Self) -> Self {
        Self { talks: self.talks || other.talks, evidence: self.evidence || other.evidence }
    }
}

/// Looks at what was written as it stands after all commands.
pub(super) struct Looking<'r> {
    reader: Reader<'r>,
    /// Everybody, read once where there are talks.
    directory: Option<Directory>,
    today: Day,
}

impl<'r> Looking<'r> {
    pub fn of(reader: Reader<'r>, writes: Writes, today: Day) -> Result<Self> {
        let directory = writes.talks.then(|| Directory::load(reader)).transpose()?;
        Ok(Self { reader, directory, today })
    }

    /// What a receipt makes one look at, a sentence each: 「谈话 2026-003：赵永强 2026-03-20 已转出」.
    pub fn warnings(&self, receipt: &Receipt, writes: Writes) -> Result<Vec<String>> {
        let mut warnings = Vec::new();
        if let Some(directory) = self.directory.as_ref().filter(|_| writes.talks) {
            let noticing = Noticing::of(self.reader, directory)?;
            for record in &receipt.touched {
                let Some(file) = file(self.reader, TalkId(*record))? else { continue };
                let notices = noticing.notices(&TalkToCheck::of(&file, self.today))?;
                let number = file.talk.number;
                warnings.extend(notices.into_iter().map(|notice| format!("谈话 {number}：{}", notice.words)));
            }
        }
        if writes.evidence {
            warnings.extend(kept_by_hand(self.reader, &receipt.touched)?);
        }
        Ok(warnings)
    }
}
