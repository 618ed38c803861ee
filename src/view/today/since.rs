//! What was done since the workbook was opened last (上次打开以来), by whom.

use crate::clock::Moment;
use crate::problem::Result;
use crate::store::journal;
use crate::view::desk::Desk;

/// What one person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneBy {
    pub operator: String,
    /// Entries of the journal.
    pub count: usize,
    /// The newest of them, by its title.
    pub last: String,
}

/// Entries that are looked at, the newest first.
const MOST: usize = 2_000;

/// Who did how much from a moment on, whoever did the newest entry first.
pub fn done_since(desk: &Desk, since: Moment) -> Result<Vec<DoneBy>> {
    let (mut done, mut seen): (Vec<DoneBy>, usize) = (Vec::new(), 0);
    journal::look_back(desk.reader(), |entry| {
        seen += 1;
        if entry.at < since || seen > MOST {
            return Ok(Some(()));
        }
        match done.iter_mut().find(|one| one.operator == entry.operator) {
            Some(one) => one.count += 1,
            None => done.push(DoneBy { operator: entry.operator, count: 1, last: entry.title }),
        }
        Ok(None)
    })?;
    Ok(done)
}
