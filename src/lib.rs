//! 支部工作台: the desk of a party branch's secretary.
//!
//! A workbook is one SQLite file. What is read flows one way, from the file to the screen; every change flows back
//! through one door: a [`command::Command`], which the [`command::Ledger`] makes one named transaction that can be
//! undone. A layer may know those above it in this list and none below; `tests/tidy.rs` keeps that.
//!
//! | layer | what it is | what it must not know | where to start |
//! |---|---|---|---|
//! | [`domain`] | what is true: values, fields, rules | SQL, files, clocks, threads, the window | [`domain::fields`] |
//! | [`store`] | where it is kept: the only SQL, the journal, backups | commands, screens, today | [`store::workbook`] |
//! | [`command`] | how it changes: every change there is | files in and out, threads, screens | [`command::Command`] |
//! | [`view`] | what is shown: lists, pages, figures with their rows | how it looks | [`view::desk::Desk`] |
//! | [`exchange`] | files in and out: rosters, CSV, XLSX, JSON | threads, the window | [`exchange::import`] |
//! | [`mod@print`] | paper: forms to PDF, preview, printer | threads, the window | [`print::compile`] |
//! | [`engine`] | which thread: one writer, one reader, jobs | how it looks | [`engine::Engine`] |
//! | [`ui`] | how it looks: egui, and nothing that blocks | SQL, files, locks, clocks | [`ui::screens`] |
//! | [`cli`] | the same commands and views from a command line | the window | [`cli::run`] |
//!
//! [`clock`], [`files`], [`problem`] and [`progress`] serve every layer; [`settings`] are those of a user on a machine.
//! An area has the same file name in every layer that needs it: all about members is every `members.rs`.
//!
//! Why facts with days instead of a state? So that any list and any figure can be had for any past day.
//! Why rows before and after in the journal? Undo, diary and integrity all come from that one mechanism.
//! Why is everybody in memory ([`store::directory`])? No index answers any part of a name, on any day, as fast.
//! Why no write-ahead log? It fails on sticks and network drives; a rollback journal leaves one file that is right.

pub mod cli;
pub mod clock;
pub mod command;
pub mod domain;
pub mod engine;
pub mod exchange;
pub mod files;
pub mod print;
pub mod problem;
pub mod progress;
pub mod settings;
pub mod store;
pub mod ui;
pub mod view;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
