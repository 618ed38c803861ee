//! The log of exports and prints (外发记录).

use super::desk::Desk;
use crate::problem::Result;
use crate::store::outputs::{self, Output};

/// The newest first.
pub fn newest(desk: &Desk, limit: u32) -> Result<Vec<Output>> {
    outputs::newest(desk.reader(), limit)
}
