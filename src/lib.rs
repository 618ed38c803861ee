//! 支部工作台: the desk of a party branch's secretary.

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
