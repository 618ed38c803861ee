//! What kept talks make one look at (提示): the same as the form of a talk shows.

use crate::clock::Day;
use crate::command::{Command, Receipt};
use crate::domain::ids::TalkId;
use crate::problem::Result;
use crate::store::directory::Directory;
use crate::store::reader::Reader;
use crate::store::talks::file;
use crate::view::talks::{Noticing, TalkToCheck};

/// Whether a command writes talks.
pub(super) fn writes_talks(command: &Command) -> bool {
    matches!(command, Command::RecordTalk(_) | Command::RecordTalks(_) | Command::EditTalk(_))
}

/// Looks at talks as they stand after all commands.
pub(super) struct Looking<'r> {
    reader: Reader<'r>,
    directory: Directory,
    today: Day,
}

impl<'r> Looking<'r> {
    pub fn of(reader: Reader<'r>, today: Day) -> Result<Self> {
        Ok(Self { reader, directory: Directory::load(reader)?, today })
    }

    /// What the talks of a receipt make one look at, a sentence each: 「谈话 2026-003：赵永强 2026-03-20 已转出」.
    pub fn warnings(&self, receipt: &Receipt) -> Result<Vec<String>> {
        let noticing = Noticing::of(self.reader, &self.directory)?;
        let mut warnings = Vec::new();
        for record in &receipt.touched {
            let Some(file) = file(self.reader, TalkId(*record))? else { continue };
            let notices = noticing.notices(&TalkToCheck::of(&file, self.today))?;
            let number = file.talk.number;
            warnings.extend(notices.into_iter().map(|notice| format!("谈话 {number}：{}", notice.words)));
        }
        Ok(warnings)
    }
}
