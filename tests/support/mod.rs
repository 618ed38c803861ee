//! What the tests share.

pub mod office;
pub mod scorer;
pub mod program;
