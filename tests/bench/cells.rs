//! Editing many rows at once: what they would change, and writing it as one step.

use std::path::Path;

use branchdesk::clock::Clock;
use branchdesk::command::{CellRow, Command, EditCells, Ledger, MemberDraft, Stamp};
use branchdesk::domain::ids::PersonId;
use branchdesk::exchange::clipboard::{Target, TargetColumn, copy_block, place, read_block};
use branchdesk::exchange::export::MemberColumn;
use branchdesk::progress::Progress;
use branchdesk::store::Key;
use branchdesk::store::journal::Origin;
use branchdesk::store::workbook::{Opened, Workbook};
use branchdesk::view::edit_preview::preview;
use branchdesk::view::members::{ListAsk, list};

use crate::office::TODAY;
use crate::tables::open;
use crate::{Report, timed};

/// Rows that are edited at once.
const ROWS: usize = 5_000;

pub fn run(report: &mut Report, path: &Path, part: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("格.bdk");
    std::fs::copy(path, &copy).expect("copied");
    let desk = open(&copy);
    let everybody = list(&desk, &ListAsk::roll(TODAY, None)).expect("a list").ids;
    let step = (everybody.len() / ROWS).max(1);
    let people: Vec<PersonId> = everybody.iter().copied().step_by(step).take(ROWS).collect();
    let text: String = people.iter().map(|id| format!("第{}办公室\t科员\r\n", id.0 % 97)).collect();
    let column = |title: &str, name: &str| TargetColumn {
        title: title.to_owned(),
        synonyms: &[],
        writes: Some(name.to_owned()),
    };
    let target =
        Target { people: people.clone(), columns: vec![column("工作单位", "unit"), column("行政职务", "job")] };
    let progress = Progress::default();
    let (told, reading) = timed(|| {
        let placed = place(read_block(&text), &target, (1, 1));
        preview(&desk, &placed.rows, None, TODAY, &progress).expect("a preview")
    });
    assert_eq!(told.rows.len(), people.len(), "everybody is changed");
    drop(desk);
    let at = Clock::fixed_on(TODAY).now();
    let Ok(Opened::Writing(workbook)) = Workbook::open(&copy, Key::None, "测速", at) else {
        panic!("the copy cannot be written");
    };
    let stamp = Stamp { at, operator: "测速".into(), origin: Origin::CommandLine };
    let mut ledger = Ledger::new(workbook);
    let rows: Vec<CellRow> =
        told.rows.into_iter().map(|(id, set): (PersonId, MemberDraft)| CellRow { id, set }).collect();
    let command = Command::EditCells(EditCells { rows, on: None });
    let (_, writing) = timed(|| ledger.run_watched(command, &stamp, &progress).expect("written"));
    report.seconds(&format!("{part}: preview of 5,000 rows"), reading);
    report.within(&format!("{part}: preview and write of 5,000 rows"), reading + writing, 1_500.0);

    let desk = open(&copy);
    let columns = [MemberColumn::Field(branchdesk::domain::fields::Known::Name.into()), MemberColumn::Age];
    let (_, copying) = timed(|| copy_block(&desk, &people, &columns, TODAY, false, &progress).expect("copied"));
    report.seconds(&format!("{part}: copy of 5,000 rows"), copying);
}
