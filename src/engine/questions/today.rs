//! Questions about 今日: what is to be done, what was done meanwhile, what was left half-written.

use std::collections::BTreeMap;

use super::{JOURNAL, PEOPLE};
use crate::clock::{Day, Moment};
use crate::domain::ids::OrganisationId;
use crate::engine::Question;
use crate::problem::Result;
use crate::store::{Areas, side};
use crate::view::desk::Desk;
use crate::view::today::{self, DoneBy, Today};

/// What is to be done in a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkOf {
    pub scope: Option<OrganisationId>,
    pub day: Day,
}

impl Question for WorkOf {
    type Answer = Today;
    const USES: Areas = Areas { settings: true, talks: true, reminders: true, archives: true, ..PEOPLE };
    fn answer(&self, desk: &Desk) -> Result<Today> {
        today::today(desk, self.scope, self.day)
    }
}

/// Who did how much from a moment on.
#[derive(Debug, Clone, PartialEq)]
pub struct DoneSince(pub Moment);

impl Question for DoneSince {
    type Answer = Vec<DoneBy>;
    const USES: Areas = JOURNAL;
    fn answer(&self, desk: &Desk) -> Result<Vec<DoneBy>> {
        today::done_since(desk, self.0)
    }
}

/// The drafts that are parked beside the workbook, by name. They are no part of it, so nothing tells when they change:
/// another `turn` asks anew.
#[derive(Debug, Clone, PartialEq)]
pub struct ParkedDrafts {
    pub turn: u64,
}

impl Question for ParkedDrafts {
    type Answer = BTreeMap<String, serde_json::Value>;
    const USES: Areas = Areas::NONE;
    fn answer(&self, desk: &Desk) -> Result<BTreeMap<String, serde_json::Value>> {
        side::drafts(desk.connection().path())
    }
}
