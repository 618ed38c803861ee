//! WHERE IT IS KEPT: the only SQL.
//!
//! A workbook is one SQLite file. [`workbook`] opens it; [`reader`] reads rows; [`book`] is the only writer, and what
//! it wrote becomes one entry of the [`journal`]. Each table family has its own file. Knows nothing of commands,
//! screens or today.

pub mod attachments;
pub mod backup;
pub mod between;
pub mod book;
mod cell;
mod change;
pub mod checklists;
pub mod coverage;
pub mod directory;
pub mod dump;
pub mod duplicates;
mod error;
pub mod events;
pub use crate::files;
pub mod identity;
pub mod journal;
mod lock;
pub mod members;
mod open;
pub mod organisations;
pub mod outputs;
mod packing;
pub mod reader;
pub mod references;
pub mod restore;
pub mod rules;
mod schema;
pub mod settings;
pub mod side;
pub mod standing;
mod table;
pub mod talk_list;
pub mod talk_plan;
pub mod talk_text;
pub mod talks;
pub mod workbook;

pub use cell::Cell;
pub use change::Change;
pub use open::Key;
pub use schema::VERSION;
pub use table::{Areas, Table};

/// Every statement there is, for the test that prepares them all.
pub fn statements() -> Vec<String> {
    let queries = [
        settings::QUERIES,
        rules::QUERIES,
        organisations::QUERIES,
        members::QUERIES,
        events::QUERIES,
        talks::QUERIES,
        checklists::QUERIES,
        outputs::QUERIES,
    ];
    let named = [
        journal::STATEMENTS,
        identity::STATEMENTS,
        references::STATEMENTS,
        directory::STATEMENTS,
        members::STATEMENTS,
        duplicates::STATEMENTS,
        between::STATEMENTS,
        talks::STATEMENTS,
        checklists::STATEMENTS,
        talk_list::STATEMENTS,
        coverage::STATEMENTS,
        talk_text::STATEMENTS,
    ];
    queries
        .into_iter()
        .flatten()
        .map(|query| query.sql())
        .chain(named.into_iter().flatten().map(|sql| (*sql).to_owned()))
        .collect()
}
