//! The talks of a ledger that was looked at before.

use super::{Desk, correct, record};
use crate::command::ledger::Stamp;
use crate::domain::imports::{ImportedTalk, TalkClass};
use crate::problem::{Problem, Result};
use crate::store::book::Book;

/// Rows between two reports of progress.
const STRIDE: u64 = 256;

/// Writes the talks of a plan: those that tell their number first, the others are numbered in the order of their rows.
pub fn write_talks(book: &mut Book<'_>, talks: Vec<ImportedTalk>, stamp: &Stamp) -> Result<()> {
    if talks.is_empty() {
        return Ok(());
    }
    let desk = Desk::of(book.reader())?;
    book.progress().stage("导入", talks.len() as u64)?;
    let (numbered, others): (Vec<_>, Vec<_>) = talks.into_iter().partition(|talk| talk.draft.number.is_some());
    for (talk, nth) in numbered.into_iter().chain(others).zip(0_u64..) {
        if nth % STRIDE == 0 {
            book.progress().step(nth)?;
        }
        let ImportedTalk { row, class, draft, .. } = talk;
        let written = match class {
            TalkClass::New => record(book, &desk, &draft, stamp).map(drop),
            TalkClass::Changed { id, .. } => correct(book, &desk, id, &draft, stamp).map(drop),
            TalkClass::Same { .. } | TalkClass::Waiting(_) | TalkClass::Broken => Ok(()),
        };
        written.map_err(|problem| at_row(problem, row))?;
    }
    Ok(())
}

fn at_row(problem: Problem, row: u32) -> Problem {
    let happened = format!("第 {row} 行：{}", problem.happened);
    Problem { happened, ..problem }
}
