//! WHAT IS SHOWN: plain data for a screen, a print, an export or the command line.
//!
//! Everything here reads; nothing writes. A number that is shown is a [`figures::Figure`] and knows the rows behind
//! it. Start at [`desk::Desk`], which every question is asked of.

pub mod backups;
pub mod birthdays;
pub mod by_branch;
pub mod check;
pub mod checklists;
pub mod comparison;
pub mod condition_words;
mod conditions;
pub mod coverage;
pub mod cross;
pub mod desk;
pub mod difference;
pub mod duplicates;
pub mod edit_preview;
pub mod extra_fields;
pub mod features;
pub mod figures;
pub mod groups;
pub mod journal;
pub mod likeness;
pub mod list_words;
pub mod member;
pub mod members;
mod order;
pub mod organisations;
pub mod outputs;
pub mod packs;
pub mod quality;
pub mod ready_lists;
pub mod rules;
pub mod saved_filters;
pub mod search;
pub mod settings;
pub mod statistics;
pub mod talk_conditions;
pub mod talk_ledger;
pub mod talk_plan;
pub mod talks;
pub mod today;
pub mod transfers;
pub mod year;
