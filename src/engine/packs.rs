//! Packs for an inspection (检查包): what writes files and what prints, put together.
//!
//! The window runs it as a job, the command line calls it. Start at [`make_pack`].

use std::path::Path;

use crate::clock::Clock;
use crate::domain::dates::Period;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::exchange::packs::{PackPaper, Packed, pack};
use crate::print::office::Filled;
use crate::print::{
    ArchiveAsk, CatalogueLayout, Contents, FillOptions, Form, OfficeAsk, OfficeForm, PaperFonts, Reach, TalkAsk,
    archive_form, compile_masked, office_form, pack_cover, roster_ask, roster_of, talk_form,
};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::view::coverage::CoverageAsk;
use crate::view::desk::Desk;
use crate::view::packs::{PackAsk, Record};
use crate::view::talk_ledger::{LedgerAsk, Narrowing};

/// Makes a pack in a folder or a ZIP; what is there is replaced only with `replace`. Whatever the
/// program itself writes into it is masked.
pub fn make_pack(
    desk: &Desk,
    ask: &PackAsk,
    to: &Path,
    replace: bool,
    clock: Clock,
    progress: &Progress,
) -> Result<Packed> {
    let print = |paper: &PackPaper<'_>| {
        // Cancelled between two papers: how far one of them is tells nobody how far the pack is.
        let form = form(desk, ask, paper)?;
        compile_masked(&form, PaperFonts::installed(), clock.today(), &Progress::default())?.pdf()
    };
    pack(desk, ask, to, replace, &print, clock.now(), progress)
}

fn form(desk: &Desk, ask: &PackAsk, paper: &PackPaper<'_>) -> Result<Form> {
    let options = FillOptions::usual(ask.today);
    let archive = match paper {
        PackPaper::Cover(summary) => return pack_cover(desk, summary, &options),
        PackPaper::Checklist(id) => ArchiveAsk::Checklist(*id),
        PackPaper::Catalogue(id) => ArchiveAsk::Catalogue(*id, CatalogueLayout::Present),
        PackPaper::Gaps(gaps) => ArchiveAsk::Gaps((*gaps).clone()),
        PackPaper::Record(record, organisation) => return record_form(desk, ask, *record, *organisation, &options),
    };
    Ok(archive_form(desk, &archive, &options)?.form)
}

/// A record that fills an item, of the year or as of its end: of the organisation itself, as the item counts it. Only a
/// roster, which an organisation has of all below it, tells of those too. What was said in talks stays where it is.
fn record_form(
    desk: &Desk,
    ask: &PackAsk,
    record: Record,
    organisation: OrganisationId,
    options: &FillOptions,
) -> Result<Form> {
    let scope = Some(organisation);
    let year = Period::year(ask.year).ok_or_else(|| Problem::fault("a year without days"))?;
    let office = |form| {
        let usual = OfficeAsk::usual(form, roster_ask(ask.day(), scope));
        office_form(desk, &OfficeAsk { period: year, reach: Reach::Own, ..usual }, options)
    };
    let tree = desk.tree_on(ask.day());
    let is_above = tree.children(scope).any(|node| node.kind != OrganisationKind::Group);
    let own = Narrowing { own: scope.filter(|_| is_above), ..Narrowing::default() };
    let filled: Filled = match record {
        Record::TalkLedger => {
            let ledger = LedgerAsk { only: own, ..LedgerAsk::of(scope, Some(year)) };
            talk_form(desk, &TalkAsk::Ledger(ledger, Contents::Without), options)?
        }
        Record::Coverage => {
            talk_form(desk, &TalkAsk::Coverage(CoverageAsk::until_today(organisation, year, ask.today)), options)?
        }
        Record::Committee => office(OfficeForm::Committee)?,
        Record::Groups => office(OfficeForm::Organisations)?,
        Record::Transfers => office(OfficeForm::Transfers)?,
        Record::Roster => return Ok(Form::Table(roster_of(desk, &roster_ask(ask.day(), scope), options)?)),
    };
    Ok(filled.form)
}
