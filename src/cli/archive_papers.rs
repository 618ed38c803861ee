//! `print checklist gaps catalogue spine back-note`: papers of archives as PDF.
//!
//! Start at [`ArchivePrint::run`].

use std::io::Write;
use std::path::Path;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::Done;
use super::asks::Scope;
use super::opening::{Book, Handout, shown};
use crate::clock::Clock;
use crate::domain::checklists::Of;
use crate::domain::ids::ChecklistId;
use crate::files::{refuse_existing, write_whole};
use crate::print::{ArchiveAsk, CatalogueLayout, FillOptions, PaperFonts, archive_form, compile};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::checklists;
use crate::store::outputs::Output;
use crate::view::checklists::{GapAsk, of_scope};
use crate::view::desk::Desk;

/// The papers of archives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ArchivePaper {
    Checklist,
    Gaps,
    Catalogue,
    Spine,
    BackNote,
}

/// What only these forms are asked with.
#[derive(Debug, Args)]
pub(super) struct ArchiveOptions {
    #[arg(long, value_name = "模板", help = "档案的表：哪个清单模板的（代号或名称）")]
    template: Option<String>,
    #[arg(long, value_name = "编号", help = "档案的表：就是这份清单")]
    checklist: Option<ChecklistId>,
    #[arg(long, value_name = "版式", help = "catalogue：present 档号在前（不写即是）、former 2000 年版的次序")]
    layout: Option<LayoutWord>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LayoutWord {
    Present,
    Former,
}

impl ArchiveOptions {
    /// Other forms take none of them.
    pub fn refuse(&self) -> Result<()> {
        if self.template.is_some() || self.checklist.is_some() || self.layout.is_some() {
            return Err(Problem::usage(
                "--template、--checklist、--layout 只用于 print checklist、gaps、catalogue、spine 和 back-note",
            ));
        }
        Ok(())
    }
}

/// A call that prints a paper of archives.
pub(super) struct ArchivePrint<'a> {
    pub paper: ArchivePaper,
    pub book: &'a Book,
    pub out: &'a Path,
    pub scope: &'a Scope,
    /// That of today where none is told.
    pub year: Option<i16>,
    pub options: &'a ArchiveOptions,
    pub handout: &'a Handout,
}

impl ArchivePrint<'_> {
    pub fn run(&self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        if self.out.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("pdf")) {
            return Err(Problem::usage(format!("打印到“{}”，不是 PDF", self.out.display()))
                .unchanged("没有写文件")
                .next("文件名请以 .pdf 结尾"));
        }
        refuse_existing(self.out, self.handout.force)?;
        let desk = self.book.desk()?;
        let ask = self.ask(&desk, clock)?;
        let today = self.scope.day(clock);
        let filled = archive_form(&desk, &ask, &FillOptions::usual(today))?;
        let paper = compile(&filled.form, PaperFonts::installed(), clock.today(), &Progress::default())?;
        write_whole(self.out, &paper.pdf()?, self.handout.force)?;
        let output = Output {
            id: 0,
            at: 0,
            operator: String::new(),
            what: format!("打印{} PDF", ask.label()),
            scope: filled.scope,
            row_count: i64::try_from(filled.rows).unwrap_or(i64::MAX),
            masked: true,
            target: self.out.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        };
        self.book.log_output(output, &self.handout.operator, clock)?;
        if self.handout.json {
            let told = json!({ "file": shown(self.out), "pages": paper.pages(), "rows": filled.rows });
            writeln!(out, "{told}")?;
        } else {
            writeln!(out, "已写好{}，共 {} 页：{}", ask.label(), paper.pages(), shown(self.out))?;
        }
        Ok(Done::Well)
    }

    fn ask(&self, desk: &Desk, clock: Clock) -> Result<ArchiveAsk> {
        let scope = self.scope.organisation(desk)?;
        let year = self.year.unwrap_or_else(|| clock.today().year());
        let template = self.template(desk)?;
        let layout = match self.options.layout {
            Some(LayoutWord::Former) => CatalogueLayout::Former,
            Some(LayoutWord::Present) | None => CatalogueLayout::Present,
        };
        if self.options.layout.is_some() && self.paper != ArchivePaper::Catalogue {
            return Err(Problem::usage("--layout 只用于 print catalogue"));
        }
        Ok(match self.paper {
            ArchivePaper::Gaps => ArchiveAsk::Gaps(GapAsk {
                scope,
                year,
                template,
                checklist: self.options.checklist,
                owner: None,
                today: self.scope.day(clock),
            }),
            ArchivePaper::Checklist => ArchiveAsk::Checklist(self.one(desk, year, template.as_deref())?),
            ArchivePaper::Catalogue => ArchiveAsk::Catalogue(self.one(desk, year, template.as_deref())?, layout),
            ArchivePaper::Spine => ArchiveAsk::Spine(self.one(desk, year, template.as_deref())?),
            ArchivePaper::BackNote => ArchiveAsk::BackNote(self.one(desk, year, template.as_deref())?),
        })
    }

    fn template(&self, desk: &Desk) -> Result<Option<String>> {
        self.options.template.as_deref().map(|text| template_named(desk, text)).transpose()
    }

    /// The one checklist that is meant; with several the choice is told.
    fn one(&self, desk: &Desk, year: i16, template: Option<&str>) -> Result<ChecklistId> {
        if let Some(id) = self.options.checklist {
            return Ok(id);
        }
        let scope = self.scope.organisation(desk)?;
        let mut all = of_scope(desk, scope, Some(year), template)?;
        all.retain(|list| matches!(list.of, Of::Year(_)) && scope.is_none_or(|scope| list.organisation == scope));
        match &all[..] {
            [only] => Ok(only.id),
            [] => Err(Problem::input("没有打印", format!("{} {year} 年没有这样的清单", desk.scope_name(scope)))
                .next("先建清单，或换 --org、--year、--template")),
            several => {
                let told = several
                    .iter()
                    .map(|list| format!("{}（{} {}）", list.id, desk.scope_name(Some(list.organisation)), list.title));
                let told: Vec<String> = told.collect();
                Err(Problem::usage("这样的清单不止一份").next(format!("用 --checklist 写编号：{}", told.join("、"))))
            }
        }
    }
}

/// The code of a template told by its code or its title.
pub(super) fn template_named(desk: &Desk, text: &str) -> Result<String> {
    let templates = checklists::templates(desk.reader())?;
    let found = templates.named(text).map(|template| template.code.clone());
    let known: Vec<&str> = templates.all().iter().map(|template| template.title.as_str()).collect();
    found.ok_or_else(|| {
        Problem::usage(format!("没有名为“{text}”的清单模板")).next(format!("可以写 {}", known.join("、")))
    })
}
