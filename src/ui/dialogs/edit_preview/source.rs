//! Owns where the cells of an edit come from: a pasted block, a first row, drafts that are there already.
//! Must never draw. Start at [`EditSource`].

use std::sync::Arc;

use crate::clock::Day;
use crate::command::MemberDraft;
use crate::domain::dates::PartialDate;
use crate::domain::fields::FieldKey;
use crate::domain::ids::PersonId;
use crate::exchange::clipboard::{Placed, Target, place, read_block};
use crate::problem::Result;
use crate::progress::Progress;
use crate::view::desk::Desk;
use crate::view::edit_preview::{EditPreview, fill_down, preview};

/// Where the cells of an edit come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditSource {
    /// A block from the clipboard, laid from the first cell of the target on.
    Paste { text: String, target: Target, at_least: (usize, usize) },
    /// The first of these people gives the others his values; fields with their names.
    FillDown { ids: Vec<PersonId>, fields: Vec<(FieldKey, String)>, remarks: Vec<String> },
    /// Each person with a draft.
    Drafts { rows: Vec<(PersonId, MemberDraft)>, remarks: Vec<String> },
}

/// An edit as it is meant now.
#[derive(Debug, Clone)]
pub struct Meant {
    pub source: Arc<EditSource>,
    /// From which day dated facts change; none for 更正.
    pub on: Option<PartialDate>,
    /// What is blank clears, instead of leaving what is there.
    pub clears_blanks: bool,
    pub today: Day,
}

/// What an edit would do, and what of its source was not taken.
#[derive(Debug, Clone)]
pub struct Previewed {
    pub preview: EditPreview,
    pub remarks: Vec<String>,
}

impl Meant {
    /// Whether it is the same edit of the same source.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.source, &other.source)
            && (self.on, self.clears_blanks, self.today) == (other.on, other.clears_blanks, other.today)
    }

    /// Reads what it would change.
    pub fn preview(&self, desk: &Desk, progress: &Progress) -> Result<Previewed> {
        let Placed { mut rows, remarks } = match &*self.source {
            EditSource::Paste { text, target, at_least } => place(read_block(text), target, *at_least),
            EditSource::FillDown { ids, fields, remarks } => {
                Placed { rows: fill_down(desk, ids, fields, self.today)?, remarks: remarks.clone() }
            }
            EditSource::Drafts { rows, remarks } => Placed { rows: rows.clone(), remarks: remarks.clone() },
        };
        if self.clears_blanks {
            for text in rows.iter_mut().flat_map(|(_, draft)| draft.0.values_mut()) {
                *text = text.take().filter(|text| !text.trim().is_empty());
            }
        }
        Ok(Previewed { preview: preview(desk, &rows, self.on, self.today, progress)?, remarks })
    }
}
