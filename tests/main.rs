//! All tests of the program, in one binary.

mod imports;
mod journal;
mod stories;
mod members;
mod paper;
mod rosters;
mod support;
mod tidy;
mod workbook;
