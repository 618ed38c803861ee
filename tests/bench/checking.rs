//! Looking through everybody: what the rules find, and who is recorded twice.

use std::path::Path;

use branchdesk::progress::Progress;
use branchdesk::view::duplicates::{Whose, duplicates};
use branchdesk::view::quality::quality;

use crate::office::TODAY;
use crate::tables::open;
use crate::{Report, timed};

pub fn run(report: &mut Report, path: &Path) {
    let desk = open(path);
    let (found, time) = timed(|| quality(&desk, None, TODAY, &Progress::default()).expect("looked through"));
    assert!(found.people > 0, "somebody is looked at");
    report.within("checking: what the rules find in everybody", time, 1_500.0);
    let branch = desk.tree().all().map(|node| node.id).min();
    let (_, time) = timed(|| quality(&desk, branch, TODAY, &Progress::default()).expect("looked through"));
    report.within("checking: what the rules find in one organisation", time, 100.0);
    let (_, time) = timed(|| duplicates(&desk, None, Whose::All, TODAY).expect("found"));
    report.within("checking: who is recorded twice", time, 1_000.0);
}
