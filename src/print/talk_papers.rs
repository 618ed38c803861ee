//! The papers of talks, filled from the workbook: records, blank sheets, ledger, coverage, plan. Each comes out as a
//! [`Form`] with what the log is told of it.
//!
//! Decides nothing about how they look. The window and the command line print by one function: start at [`talk_form`].

mod blank;
mod coverage;
mod ledger;
mod names;
mod plan;
mod records;

pub use blank::{BlankSheet, Sheets};

use super::fill::FillOptions;
use super::office::Filled;
use super::paper::Form;
use crate::domain::dates::{PartialDate, Period};
use crate::domain::ids::{OrganisationId, TalkId};
use crate::problem::Result;
use crate::view::coverage::CoverageAsk;
use crate::view::desk::Desk;
use crate::view::talk_ledger::{self, LedgerAsk, LedgerTalk};

/// Which paper (表), of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TalkAsk {
    /// 谈心谈话记录表 of these talks, one a page.
    Records(Vec<TalkId>),
    /// The same of a ledger and a time.
    RecordsOf(LedgerAsk),
    /// 空白记录表
    Blank(Sheets),
    /// 谈心谈话台账
    Ledger(LedgerAsk, Contents),
    /// 谈心谈话覆盖情况
    Coverage(CoverageAsk),
    /// 谈话计划表 of an organisation and of those below it; `None`: of all
    Plan(Option<OrganisationId>, Period),
}

/// The papers of talks there are (表).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TalkForm {
    Records,
    Blank,
    Ledger,
    Coverage,
    Plan,
}

/// Whether what was said stands on a ledger (内容摘要).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Contents {
    #[default]
    With,
    Without,
}

impl TalkForm {
    /// The name of the form.
    pub fn label(self) -> &'static str {
        match self {
            Self::Records => "谈心谈话记录表",
            Self::Blank => "谈心谈话空白记录表",
            Self::Ledger => "谈心谈话台账",
            Self::Coverage => "谈心谈话覆盖情况",
            Self::Plan => "谈话计划表",
        }
    }

    /// The same, where room is short.
    pub fn short(self) -> &'static str {
        match self {
            Self::Records => "记录表",
            Self::Blank => "空白记录表",
            Self::Ledger => "台账",
            Self::Coverage => "覆盖情况",
            Self::Plan => "计划表",
        }
    }

    /// What it is counted in.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Records | Self::Ledger | Self::Plan => "次谈话",
            Self::Blank => "张",
            Self::Coverage => "项还缺",
        }
    }

    /// Whether it can be had as DOCX too.
    pub fn has_docx(self) -> bool {
        matches!(self, Self::Records | Self::Blank)
    }
}

impl TalkAsk {
    pub fn form(&self) -> TalkForm {
        match self {
            Self::Records(_) | Self::RecordsOf(_) => TalkForm::Records,
            Self::Blank(_) => TalkForm::Blank,
            Self::Ledger(..) => TalkForm::Ledger,
            Self::Coverage(_) => TalkForm::Coverage,
            Self::Plan(..) => TalkForm::Plan,
        }
    }
}

/// Fills a paper from the workbook.
pub fn talk_form(desk: &Desk, ask: &TalkAsk, options: &FillOptions) -> Result<Filled> {
    let records = |talks: &[LedgerTalk], scope: String| {
        let sheet = records::written(desk, talks, options)?;
        Ok(Filled { rows: sheet.records.len(), form: Form::Talks(sheet), scope })
    };
    match ask {
        TalkAsk::Records(ids) => records(&talk_ledger::these(desk, ids)?, format!("选中的 {} 次谈话", ids.len())),
        TalkAsk::RecordsOf(asked) => records(&all(desk, asked)?, asked.in_words(desk)?),
        TalkAsk::Blank(sheets) => {
            let sheet = records::blank(desk, sheets, options)?;
            let scope = desk.scope_name(Some(sheets.organisation));
            Ok(Filled { rows: sheet.records.len(), form: Form::Talks(sheet), scope })
        }
        TalkAsk::Coverage(asked) => {
            let sheet = coverage::coverage(desk, *asked, options)?;
            let name = desk.scope_name_on(Some(asked.organisation), asked.as_of);
            let scope = format!("{name}，{} 至 {}，截至 {}", asked.period.first, asked.period.last, asked.as_of);
            let rows = sheet.rules.iter().map(|line| line.missing).sum();
            Ok(Filled { rows, form: Form::Coverage(Box::new(sheet)), scope })
        }
        TalkAsk::Plan(id, period) => {
            let sheet = plan::plan(desk, *id, *period, options)?;
            let scope = format!("{}，{} 至 {}", desk.scope_name(*id), period.first, period.last);
            Ok(Filled { rows: sheet.rows(), form: Form::Table(sheet), scope })
        }
        TalkAsk::Ledger(asked, contents) => {
            let sheet = ledger::ledger(desk, asked, *contents, options)?;
            let without = if *contents == Contents::Without { "，不含内容" } else { "" };
            let scope = format!("{}{without}", asked.in_words(desk)?);
            Ok(Filled { rows: sheet.rows(), form: Form::Table(sheet), scope })
        }
    }
}

fn all(desk: &Desk, ask: &LedgerAsk) -> Result<Vec<LedgerTalk>> {
    let mut talks = Vec::new();
    talk_ledger::each(desk, ask, |talk| {
        talks.push(talk);
        Ok(())
    })?;
    Ok(talks)
}

/// `2026年3月20日`, `2026年3月`, `2026年`: with the precision it has.
fn long(date: PartialDate) -> String {
    let month = date.month().map(|month| format!("{month}月")).unwrap_or_default();
    let day = date.day().map(|day| format!("{day}日")).unwrap_or_default();
    format!("{}年{month}{day}", date.year())
}
