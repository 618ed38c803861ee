//! WHAT IS TRUE: values, fields, rules, figures and import plans.
//!
//! Pure: knows nothing of SQL, files, clocks, threads or the window. Start at [`fields`] for what a member has and
//! [`dates`] for what a date is.

pub mod codes;
pub mod dates;
pub mod fields;
pub mod identity;
pub mod ids;
pub mod values;
