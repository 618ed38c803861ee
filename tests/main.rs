//! All tests of the program, in one binary.

mod journal;
mod support;
mod tidy;
