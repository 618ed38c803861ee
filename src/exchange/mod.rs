//! FILES IN AND OUT: what the program reads from other programs' files and writes for them.
//!
//! Knows the layers below it; knows nothing of threads and windows. Start at [`import`] for what comes in, at [`export`]
//! for what goes out, and at [`clipboard`] for blocks of cells from and to a spreadsheet.

pub mod attachments;
pub mod clipboard;
pub mod export;
mod follow_up_words;
pub mod guard;
pub mod handover;
pub mod import;
pub mod packs;
pub mod practice;
mod shortened;
