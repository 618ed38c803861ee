//! Owns what a paper is made from and how: the form filled, typeset, and told to the log. A job, never done while drawing.
//! Must never draw. Start at [`make`].

use std::sync::Arc;

use super::kinds::FormKind;
use super::talks::TalkAsked;
use crate::clock::Day;
use crate::print::cards::many_cards;
use crate::print::fonts::{FontReport, PaperFonts};
use crate::print::paper::{Form, Paper, compile};
use crate::print::{
    ArchiveAsk, FillOptions, OfficeAsk, OfficeForm, Sheets, TalkAsk, TalkSheet, archive_form, office_form, roster_of,
    statistics_of, summary_of, talk_form,
};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::outputs::Output;
use crate::view::desk::Desk;
use crate::view::list_words::in_words;
use crate::view::members::ListAsk;

/// What a paper is made from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub kind: FormKind,
    pub ask: ListAsk,
    pub options: FillOptions,
    /// Of an office form.
    pub office: Option<OfficeAsk>,
    /// Of a paper of talks.
    pub talk: Option<TalkAsked>,
    /// Of a paper of archives.
    pub archive: Option<ArchiveAsk>,
}

/// A paper that was made.
#[derive(Debug)]
pub(super) struct Made {
    pub paper: Arc<Paper>,
    pub fonts: FontReport,
    /// How many people, or organisations, it tells of.
    pub people: usize,
    /// Organisation, day and filter in words.
    pub scope: String,
    /// What is said before it is printed: that it is a great many cards.
    pub warning: Option<String>,
    /// What a DOCX is made of, where there may be one.
    pub records: Option<Arc<TalkSheet>>,
    /// Blank sheets, with the numbers that they have.
    pub sheets: Option<Sheets>,
}

/// Fills the form and typesets it.
pub(super) fn make(desk: &Desk, asked: &Asked, today: Day, progress: &Progress) -> Result<Made> {
    progress.stage("填表", 0)?;
    let mut sheets = None;
    let (form, people, scope) = match asked.kind {
        FormKind::Roster => {
            let sheet = roster_of(desk, &asked.ask, &asked.options)?;
            let people = sheet.people();
            (Form::Table(sheet), people, in_words(desk, &asked.ask)?)
        }
        FormKind::Summary => {
            let sheet = summary_of(desk, asked.ask.scope, asked.ask.as_of, &asked.options)?;
            let people = sheet.figures.first().map_or(0, |total| usize::try_from(total.value).unwrap_or(usize::MAX));
            (Form::Summary(sheet), people, in_words(desk, &ListAsk::roll(asked.ask.as_of, asked.ask.scope))?)
        }
        FormKind::Office(form) => {
            let usual = OfficeAsk::usual(form, asked.ask.clone());
            let filled = office_form(desk, asked.office.as_ref().unwrap_or(&usual), &asked.options)?;
            (filled.form, filled.rows, filled.scope)
        }
        FormKind::Talk(_) => {
            let nothing = || Problem::fault("a paper of talks that is not offered");
            let ask = with_numbers(desk, asked.talk.as_ref().ok_or_else(nothing)?, today)?;
            let filled = talk_form(desk, &ask, &asked.options)?;
            if let TalkAsk::Blank(blank) = ask {
                sheets = Some(blank);
            }
            (filled.form, filled.rows, filled.scope)
        }
        FormKind::Archive(_) => {
            let nothing = || Problem::fault("a paper of archives that is not offered");
            let filled = archive_form(desk, asked.archive.as_ref().ok_or_else(nothing)?, &asked.options)?;
            (filled.form, filled.rows, filled.scope)
        }
        FormKind::Statistics(ask) => {
            let sheet = statistics_of(desk, &ask, &asked.options)?;
            let people = sheet.people;
            (Form::Statistics(sheet), people, ask.in_words(desk))
        }
    };
    let fonts = PaperFonts::installed();
    let paper = compile(&form, fonts, today, progress)?;
    let warning = match asked.kind {
        FormKind::Office(OfficeForm::Card) => many_cards(people, paper.pages()),
        _ => None,
    };
    let records = match form {
        Form::Talks(sheet) => Some(Arc::new(sheet)),
        _ => None,
    };
    Ok(Made { paper: Arc::new(paper), fonts: fonts.report().clone(), people, scope, warning, records, sheets })
}

/// Blank sheets as they are planned, with the numbers that they have: from earlier prints, or given just now.
fn with_numbers(desk: &Desk, asked: &TalkAsked, today: Day) -> Result<TalkAsk> {
    let TalkAsk::Blank(sheets) = &asked.ask else { return Ok(asked.ask.clone()) };
    let sheets = sheets.clone();
    Ok(TalkAsk::Blank(match asked.last_numbered {
        Some(last) => sheets.with_reserved(desk.reader(), last)?,
        None => sheets.with_planned(desk, today)?,
    }))
}

/// A line of the log; who and when is told by the writing side.
pub(super) fn output(made: &Made, asked: &Asked, target: String) -> Output {
    Output {
        id: 0,
        at: 0,
        operator: String::new(),
        what: asked.kind.what(),
        scope: made.scope.clone(),
        row_count: i64::try_from(made.people).unwrap_or(i64::MAX),
        masked: !(asked.kind.has_numbers() && asked.options.unmasked),
        target,
    }
}
