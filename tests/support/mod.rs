//! What the tests share.

pub mod busy;
pub mod busy_archives;
pub mod desktop;
pub mod office;
pub mod pdf;
pub mod program;
pub mod scorer;
pub mod story;
#[cfg(unix)]
pub mod trouble;
