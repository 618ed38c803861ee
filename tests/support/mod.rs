//! What the tests share.

pub mod office;
