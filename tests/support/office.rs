//! A real workbook in a temporary folder, with a clock that stands still.

use std::path::PathBuf;

use branchdesk::clock::{Clock, Day};
use branchdesk::command::{Command, Ledger, Receipt, Stamp};
use branchdesk::domain::ids::{EntryId, OrganisationId, PersonId};
use branchdesk::problem::Result;
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::journal::Origin;
use branchdesk::store::workbook::{Opened, Random, ReadOnly, Workbook};
use branchdesk::view::desk::Desk;

/// A workbook that a test works in.
pub struct Office {
    folder: tempfile::TempDir,
    ledger: Option<Ledger>,
    pub stamp: Stamp,
}

pub fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// A folder in memory where the system has one: a thousand commits then wait for no disk.
fn scratch() -> tempfile::TempDir {
    let in_memory = tempfile::tempdir_in("/dev/shm");
    in_memory.or_else(|_| tempfile::tempdir()).expect("a folder")
}

impl Office {
    /// A new, empty workbook; today is 2026-11-24.
    pub fn new() -> Self {
        let folder = scratch();
        let at = Clock::fixed_on(day("2026-11-24")).now();
        let stamp = Stamp { at, operator: "测试员".into(), origin: Origin::CommandLine };
        let path = folder.path().join("支部.bdk");
        let workbook = Workbook::create(&path, Key::None, "测试员", at, Random::Seed(7)).expect("a workbook");
        Self { folder, ledger: Some(Ledger::new(workbook)), stamp }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("支部.bdk")
    }

    pub fn ledger(&mut self) -> &mut Ledger {
        self.ledger.as_mut().expect("open")
    }

    /// Runs commands written as JSON; the last one's receipt.
    pub fn run(&mut self, json: serde_json::Value) -> Result<Receipt> {
        let command: Command = serde_json::from_value(json).expect("a command");
        let stamp = self.stamp.clone();
        self.ledger().run(command, &stamp)
    }

    pub fn organisation(&mut self, parent: Option<OrganisationId>, name: &str) -> OrganisationId {
        let made = self.run(serde_json::json!({
            "do": "add_organisation", "parent_id": parent, "set": { "name": name },
        }));
        OrganisationId(made.expect("an organisation").made.expect("an id"))
    }

    pub fn member(&mut self, branch: OrganisationId, set: serde_json::Value) -> PersonId {
        let made = self.run(serde_json::json!({ "do": "add_member", "branch_id": branch, "set": set }));
        PersonId(made.expect("a member").made.expect("an id"))
    }

    pub fn undo(&mut self) -> Result<Receipt> {
        let stamp = self.stamp.clone();
        self.ledger().undo(None, false, &stamp, &Progress::default())
    }

    pub fn undo_entry(&mut self, entry: EntryId, keep_changed: bool) -> Result<Receipt> {
        let stamp = self.stamp.clone();
        self.ledger().undo(Some(entry), keep_changed, &stamp, &Progress::default())
    }

    pub fn redo(&mut self) -> Result<Receipt> {
        let stamp = self.stamp.clone();
        self.ledger().redo(None, false, &stamp, &Progress::default())
    }

    /// Closes the file and opens it again.
    pub fn reopen(&mut self) {
        self.ledger = None;
        let opened = Workbook::open(&self.path(), Key::None, "测试员", self.stamp.at).expect("a workbook");
        match opened {
            Opened::Writing(workbook) => self.ledger = Some(Ledger::new(workbook)),
            Opened::HeldBy(who) => panic!("held by {who}"),
        }
    }

    /// Lets the file go, so that somebody else can write it.
    pub fn close(&mut self) {
        self.ledger = None;
    }

    pub fn read_only(&self) -> ReadOnly {
        ReadOnly::open(&self.path(), &Key::None).expect("readable")
    }

    /// The reading side as it stands now.
    pub fn desk(&self) -> Desk {
        Desk::open(self.read_only()).expect("a desk")
    }

    /// All content but the journal, as canonical text.
    pub fn dump(&self) -> String {
        let mut text = Vec::new();
        branchdesk::store::dump::write(self.read_only().reader(), false, &mut text).expect("a dump");
        String::from_utf8(text).expect("UTF-8")
    }
}
