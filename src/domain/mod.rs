//! WHAT IS TRUE: values, fields, rules, figures and import plans.
//!
//! Pure: knows nothing of SQL, files, clocks, threads or the window. Start at [`fields`] for what a member has,
//! [`members`] and [`organisations`] for the two records of the program, [`dates`] for what a date is.

pub mod as_written;
pub mod checklists;
pub mod codes;
pub mod completeness;
pub mod conditions;
pub mod coverage;
pub mod dates;
pub mod digits;
pub mod duplicates;
pub mod events;
pub mod fields;
pub mod identity;
pub mod ids;
pub mod import_layout;
pub mod imports;
pub mod letters;
pub mod likeness;
pub mod lists;
pub mod members;
pub mod organisations;
pub mod posts;
pub mod probation;
pub mod rules;
pub mod statistics;
pub mod strokes;
pub mod talk_plan;
pub mod talks;
pub mod upper_form;
pub mod values;
pub mod work;
