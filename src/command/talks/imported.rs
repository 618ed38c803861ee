//! The talks of a ledger that was looked at before.

use super::{Desk, correct, draft_of, record, require};
use crate::command::ledger::Stamp;
use crate::domain::imports::{ImportedTalk, TalkClass};
use crate::domain::talks::{Talk, TalkDraft};
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
            TalkClass::Changed { id, .. } => {
                let held = require(book.reader(), id)?;
                correct(book, &desk, id, &filled_in(draft_of(&held), &held.talk, draft), stamp).map(drop)
            }
            TalkClass::Same { .. } | TalkClass::Waiting(_) | TalkClass::Broken => Ok(()),
        };
        written.map_err(|problem| at_row(problem, row))?;
    }
    Ok(())
}

/// A talk with what a ledger tells where nothing stands.
fn filled_in(now: TalkDraft, held: &Talk, told: TalkDraft) -> TalkDraft {
    TalkDraft {
        time: held.time.clone().or(told.time),
        mode: held.mode.clone().or(told.mode),
        place: held.place.clone().or(told.place),
        topic: held.topic.clone().or(told.topic),
        outline: held.outline.clone().or(told.outline),
        content: held.content.clone().or(told.content),
        opinions: held.opinions.clone().or(told.opinions),
        attitude: held.attitude.clone().or(told.attitude),
        measures: held.measures.clone().or(told.measures),
        ..now
    }
}

fn at_row(problem: Problem, row: u32) -> Problem {
    let happened = format!("第 {row} 行：{}", problem.happened);
    Problem { happened, ..problem }
}
