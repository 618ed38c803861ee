//! Paper: a roster of 5,000 against LibreOffice, a summary to its first preview.

use branchdesk::command::{Command, ImportRoster};
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
use branchdesk::print::{FillOptions, Form, PaperFonts, compile, roster_of, summary_of};
use branchdesk::progress::Progress;
use branchdesk::view::members::ListAsk;

use crate::office::{TODAY, new_ledger, write_roster};
use crate::tables::open;
use crate::{Report, peers, timed};

pub fn run(report: &mut Report, members: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("花名册.xlsx");
    write_roster(&file, members);
    let path = folder.path().join("测速.bdk");
    let (mut ledger, stamp) = new_ledger(&path);
    let progress = Progress::default();
    let reading = read_roster(&file, TODAY, &progress).expect("read");
    let reader = ledger.workbook().second_reader().expect("a reader");
    let plan = plan(reader.reader(), vec![reading], &PlanOptions::default(), TODAY, &progress).expect("a plan");
    drop(reader);
    ledger.run(Command::ImportRoster(ImportRoster { plan }), &stamp).expect("written");
    let desk = open(&path);

    let (fonts, loading) = timed(PaperFonts::installed);
    report.seconds("paper: load fonts", loading);
    let options = FillOptions::usual(TODAY);
    let (paper, summary) = timed(|| {
        let sheet = summary_of(&desk, None, TODAY, &options).expect("a summary");
        let paper = compile(&Form::Summary(sheet), fonts, TODAY, &progress).expect("a paper");
        paper.page_image(0, 1.5).expect("a picture");
        paper
    });
    assert!(paper.pages() >= 1);
    report.within("paper: summary to its first preview", summary, 300.0);

    let (pdf, ours) = timed(|| {
        let sheet = roster_of(&desk, &ListAsk::roll(TODAY, None), &options).expect("a roster");
        compile(&Form::Table(sheet), fonts, TODAY, &progress).expect("a paper").pdf().expect("a PDF")
    });
    assert!(pdf.starts_with(b"%PDF"));
    report.seconds("paper: roster of 5,000 as PDF", ours);
    let theirs = peers::libre_office(&file, "pdf", folder.path());
    report.ratio("paper: roster / LibreOffice PDF of the same rows", ours, theirs, 0.7);
}
