//! `print talk talk-ledger coverage blank-talks talk-plan`: papers of talks, as PDF or, where leaders change a word, as DOCX.
//!
//! Start at [`TalkPrint::run`].

use std::io::Write;
use std::path::Path;

use clap::Args;
use serde_json::json;

use super::Done;
use super::asks::{Period, Scope, day};
use super::listing::Listing;
use super::opening::{Book, Handout, shown};
use super::talk_list::narrowing;
use crate::clock::{Clock, Day};
use crate::domain::dates;
use crate::domain::ids::{OrganisationId, TalkId};
use crate::files::{refuse_existing, write_whole};
use crate::print::office::Filled;
use crate::print::{
    Contents, FillOptions, Form, Paper, PaperFonts, Sheets, TalkAsk, TalkForm, compile, talk_form, talks_docx,
};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::outputs::Output;
use crate::store::talks;
use crate::view::coverage::{CoverageAsk, board};
use crate::view::desk::Desk;
use crate::view::talk_ledger::LedgerAsk;

/// What only these forms are asked with.
#[derive(Debug, Args)]
pub(super) struct TalkOptions {
    #[arg(long, value_name = "张数", help = "blank-talks：只印这么多张空白的；不写则为覆盖情况里还缺的每次谈话印一张")]
    count: Option<usize>,
    #[arg(long, help = "talk-ledger：不要内容摘要")]
    without_contents: bool,
    #[arg(
        long,
        value_name = "文字",
        help = "talk、talk-ledger：只要内容、主题、姓名、类型、编号里有这段文字的谈话；别的条件写 --where"
    )]
    filter: Option<String>,
    #[arg(long, value_name = "日期", value_parser = day, conflicts_with = "period", help = "谈心谈话的表：从哪一天起，例如上次组织生活会那天")]
    from: Option<Day>,
    #[arg(long, value_name = "日期", value_parser = day, requires = "from", help = "谈心谈话的表：到哪一天为止；不写为今天")]
    to: Option<Day>,
}

/// Most blank sheets that are numbered at once.
const MOST_BLANK: usize = 500;

impl TalkOptions {
    /// Other forms take none of them.
    pub fn refuse(&self) -> Result<()> {
        if self.from.is_some() {
            return Err(Problem::usage("--from 和 --to 只用于打印谈心谈话的表").next("别的表用 --period 或 --as-of"));
        }
        self.refuse_but(None)
    }

    fn refuse_but(&self, form: Option<TalkForm>) -> Result<()> {
        if self.count.is_some() && form != Some(TalkForm::Blank) {
            return Err(Problem::usage("--count 只用于 print blank-talks"));
        }
        if self.without_contents && form != Some(TalkForm::Ledger) {
            return Err(Problem::usage("--without-contents 只用于 print talk-ledger"));
        }
        if self.filter.is_some() && !form.is_some_and(is_narrowed) {
            return Err(Problem::usage("--filter 只用于 print talk 和 print talk-ledger"));
        }
        Ok(())
    }
}

/// Whether a paper is of some talks, which can be narrowed down.
fn is_narrowed(form: TalkForm) -> bool {
    matches!(form, TalkForm::Records | TalkForm::Ledger)
}

/// A call that prints a paper of talks.
pub(super) struct TalkPrint<'a> {
    pub form: TalkForm,
    pub book: &'a Book,
    pub out: &'a Path,
    pub scope: &'a Scope,
    pub period: &'a Period,
    pub listing: &'a Listing,
    pub ids: &'a [String],
    pub options: &'a TalkOptions,
    pub handout: &'a Handout,
}

/// The kind of file, told by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pdf,
    Docx,
}

impl Kind {
    fn label(self) -> &'static str {
        if self == Self::Pdf { "PDF" } else { "DOCX" }
    }
}

/// What was written.
struct Printed {
    filled: Filled,
    /// None of a DOCX, which its program divides.
    paper: Option<Paper>,
    /// 编号 of blank sheets.
    numbers: Vec<String>,
}

impl TalkPrint<'_> {
    pub fn run(&self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let kind = self.kind()?;
        self.options.refuse_but(Some(self.form))?;
        self.check_narrowing()?;
        let time = self.time(clock);
        if time.last < time.first {
            return Err(Problem::usage("期间的第一天晚于最后一天").next("改好 --from 和 --to"));
        }
        refuse_existing(self.out, self.handout.force)?;
        let printed = match self.form {
            TalkForm::Blank => self.blank(kind, clock)?,
            _ => {
                let desk = self.book.desk()?;
                let ask = self.ask(&desk, clock)?;
                self.put(&desk, &ask, kind, clock)?
            }
        };
        self.book.log_output(self.output(&printed, kind), &self.handout.operator, clock)?;
        self.tell(&printed, out)?;
        Ok(Done::Well)
    }

    /// Which papers are narrowed down, and by what.
    fn check_narrowing(&self) -> Result<()> {
        let (year, conditions) = (self.listing.own_year(), self.listing.written_conditions());
        if !is_narrowed(self.form) {
            self.listing.refuse_year()?;
            return match conditions {
                [] => Ok(()),
                _ => Err(Problem::usage("谈心谈话的表里，--where 只用于 print talk 和 print talk-ledger")),
            };
        }
        if year.is_some() && (self.period.period.is_some() || self.options.from.is_some() || self.scope.as_of.is_some())
        {
            return Err(Problem::usage("--year 和 --period、--from、--to、--as-of 不能同时用"));
        }
        if !self.ids.is_empty() && (year.is_some() || self.options.filter.is_some() || !conditions.is_empty()) {
            return Err(Problem::usage("--id 和 --filter、--where、--year 不能同时用"));
        }
        Ok(())
    }

    fn kind(&self) -> Result<Kind> {
        let has = |ending: &str| self.out.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
        if has("pdf") {
            return Ok(Kind::Pdf);
        }
        let (may, next) = match self.form.has_docx() {
            true => ("PDF 或 DOCX", "文件名请以 .pdf 或 .docx 结尾"),
            false => ("PDF", "文件名请以 .pdf 结尾"),
        };
        match has("docx") && self.form.has_docx() {
            true => Ok(Kind::Docx),
            false => Err(Problem::usage(format!("打印到“{}”，不是 {may}", self.out.display()))
                .unchanged("没有写文件")
                .next(next)),
        }
    }

    fn ask(&self, desk: &Desk, clock: Clock) -> Result<TalkAsk> {
        Ok(match self.form {
            TalkForm::Records if !self.ids.is_empty() => {
                TalkAsk::Records(self.ids.iter().map(|id| talk(desk, id)).collect::<Result<_>>()?)
            }
            TalkForm::Records => TalkAsk::RecordsOf(self.ledger(desk, clock)?),
            TalkForm::Ledger => {
                let contents = if self.options.without_contents { Contents::Without } else { Contents::With };
                TalkAsk::Ledger(self.ledger(desk, clock)?, contents)
            }
            TalkForm::Coverage => TalkAsk::Coverage(self.coverage(desk, clock)?),
            TalkForm::Plan => TalkAsk::Plan(self.scope.organisation(desk)?, self.time(clock)),
            TalkForm::Blank => return Err(Problem::fault("blank sheets are numbered first")),
        })
    }

    /// The year, unless another period is told; from a day on until today.
    fn time(&self, clock: Clock) -> dates::Period {
        let day = self.scope.day(clock);
        if let Some(year) = self.listing.own_year() {
            return year;
        }
        if let Some(first) = self.options.from {
            return dates::Period { first, last: self.options.to.unwrap_or(day) };
        }
        self.period.period.unwrap_or(dates::Period { first: day.first_of_year(), last: day.last_of_year() })
    }

    fn ledger(&self, desk: &Desk, clock: Clock) -> Result<LedgerAsk> {
        let time = self.time(clock);
        let last = self.scope.as_of.map_or(time.last, |day| day.min(time.last));
        let only = narrowing(desk, self.options.filter.as_deref(), self.listing.written_conditions())?;
        Ok(LedgerAsk { only, ..LedgerAsk::of(self.scope.organisation(desk)?, Some(dates::Period { last, ..time })) })
    }

    fn coverage(&self, desk: &Desk, clock: Clock) -> Result<CoverageAsk> {
        let organisation = self.organisation(desk)?;
        let time = self.time(clock);
        Ok(match self.scope.as_of {
            Some(as_of) => CoverageAsk { organisation, period: time, as_of },
            None => CoverageAsk::until_today(organisation, time, clock.today()),
        })
    }

    /// The organisation, of a group its branch; without one told the only one at the top.
    fn organisation(&self, desk: &Desk) -> Result<OrganisationId> {
        let tree = desk.tree();
        if let Some(id) = self.scope.organisation(desk)? {
            return Ok(tree.branch_of_group(id).map_or(id, |branch| branch.id));
        }
        let mut roots = tree.children(None);
        match (roots.next(), roots.next()) {
            (Some(only), None) => Ok(only.id),
            _ => Err(Problem::usage("要说明是哪个党组织").next("用 --org 写上")),
        }
    }

    /// Numbers the sheets and prints them. Where they cannot be written the numbers are taken back.
    fn blank(&self, kind: Kind, clock: Clock) -> Result<Printed> {
        let (mut ledger, stamp) = self.book.ledger(&self.handout.operator, clock)?;
        let desk = self.book.desk()?;
        let sheets = self.sheets(&desk, clock)?.with_planned(&desk, clock.today())?;
        let Some(command) = sheets.reserve() else {
            return self.put(&desk, &TalkAsk::Blank(sheets), kind, clock);
        };
        let receipt = ledger.run(command, &stamp)?;
        let desk = self.book.desk()?;
        let last = receipt.made.ok_or_else(|| Problem::fault("nothing was planned"))?;
        let printed = sheets
            .with_reserved(desk.reader(), last)
            .and_then(|sheets| self.put(&desk, &TalkAsk::Blank(sheets), kind, clock));
        if printed.is_err() {
            ledger.undo(receipt.entry.map(|entry| entry.id), false, &stamp, &Progress::default())?;
        }
        printed
    }

    fn sheets(&self, desk: &Desk, clock: Clock) -> Result<Sheets> {
        let nothing = |happened: String| Problem::input("没有打印", happened);
        let sheets = match self.options.count {
            Some(count) => Sheets::empty(self.organisation(desk)?, count),
            None => Sheets::of_holes(&board(desk, self.coverage(desk, clock)?)?, &talks::types(desk.reader())?),
        };
        match sheets.sheets.len() {
            0 if self.options.count.is_some() => Err(Problem::usage("--count 要写 1 张或更多")),
            0 => Err(nothing("覆盖情况里没有还缺的谈话".to_owned()).next("要空白的表，写 --count 和张数")),
            count if count > MOST_BLANK => {
                Err(nothing(format!("要印 {count} 张，一次最多编号 {MOST_BLANK} 张")).next("请按党支部分别打印"))
            }
            _ => Ok(sheets),
        }
    }

    fn put(&self, desk: &Desk, ask: &TalkAsk, kind: Kind, clock: Clock) -> Result<Printed> {
        let filled = talk_form(desk, ask, &FillOptions::usual(clock.today()))?;
        if let (Form::Talks(sheet), TalkForm::Records) = (&filled.form, self.form)
            && sheet.records.is_empty()
        {
            let is_narrowed = matches!(ask, TalkAsk::RecordsOf(asked) if !asked.only.is_nothing());
            let (happened, next) = match is_narrowed {
                true => ("这个范围和期间里没有这样的谈心谈话", "看看 --filter、--where、--org 和 --year"),
                false => ("这个范围和期间里没有谈心谈话", "看看 --org 和 --period，或用 --id 写谈话的编号"),
            };
            return Err(Problem::input("没有打印", happened).next(next));
        }
        let (bytes, paper) = match (&filled.form, kind) {
            (Form::Talks(sheet), Kind::Docx) => (talks_docx(sheet)?, None),
            (form, _) => {
                let paper = compile(form, PaperFonts::installed(), clock.today(), &Progress::default())?;
                (paper.pdf()?, Some(paper))
            }
        };
        write_whole(self.out, &bytes, self.handout.force)?;
        let numbers = match ask {
            TalkAsk::Blank(sheets) => sheets.sheets.iter().filter_map(|sheet| sheet.number).collect(),
            _ => Vec::new(),
        };
        Ok(Printed { filled, paper, numbers: numbers.iter().map(ToString::to_string).collect() })
    }

    fn output(&self, printed: &Printed, kind: Kind) -> Output {
        Output {
            id: 0,
            at: 0,
            operator: String::new(),
            what: format!("打印{} {}", self.form.label(), kind.label()),
            scope: printed.filled.scope.clone(),
            row_count: i64::try_from(printed.filled.rows).unwrap_or(i64::MAX),
            masked: true,
            target: self.out.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }

    fn tell(&self, printed: &Printed, out: &mut impl Write) -> Result<()> {
        let missing: String = printed.paper.iter().flat_map(|paper| paper.missing_characters()).collect();
        let pages = printed.paper.as_ref().map(Paper::pages);
        if self.handout.json {
            let mut told = json!({ "file": shown(self.out), "missing_characters": missing });
            if let Some(pages) = pages {
                told["pages"] = json!(pages);
            }
            if self.form == TalkForm::Blank {
                told["numbers"] = json!(printed.numbers);
            }
            writeln!(out, "{told}")?;
            return Ok(());
        }
        let pages = pages.map(|pages| format!("，共 {pages} 页")).unwrap_or_default();
        writeln!(out, "已写好{}{pages}：{}", self.form.label(), shown(self.out))?;
        if let (Some(first), Some(last)) = (printed.numbers.first(), printed.numbers.last()) {
            writeln!(out, "编号 {first} 至 {last}，{} 张；记谈话时写上编号，就不会重号", printed.numbers.len())?;
        }
        if !missing.is_empty() {
            writeln!(out, "这些字本机字库里没有，纸上另有标记：{missing}")?;
        }
        Ok(())
    }
}

fn talk(desk: &Desk, id: &str) -> Result<TalkId> {
    let next = "编号在 export talks 的 JSON 里";
    let found: TalkId = id.trim().parse().map_err(|_| Problem::usage(format!("“{id}”不是编号")).next(next))?;
    match talks::file(desk.reader(), found)? {
        Some(_) => Ok(found),
        None => Err(Problem::usage(format!("工作簿里没有编号为 {id} 的谈话")).next(next)),
    }
}
