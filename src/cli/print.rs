//! `print`: forms as PDF.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::Done;
use super::archive_papers::{ArchiveOptions, ArchivePaper, ArchivePrint};
use super::asks::{Period, Scope, Sort};
use super::listing::Listing;
use super::office::OfficeOptions;
use super::opening::{Book, Handout, shown};
use super::tables::{TableKind, TableOptions};
use super::talk_papers::{TalkOptions, TalkPrint};
use crate::clock::{Clock, Day};
use crate::domain::conditions::Subject;
use crate::domain::ids::OrganisationId;
use crate::files::{refuse_existing, write_whole};
use crate::print::cards::many_cards;
use crate::print::{
    FillOptions, Form, OfficeAsk, OfficeForm, Paper, PaperFonts, TalkForm, compile, office_form, roster_ask, roster_of,
    statistics_of, summary_of,
};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::outputs::Output;
use crate::view::desk::Desk;
use crate::view::list_words::in_words;
use crate::view::members::{ListAsk, list};
use crate::view::statistics::StatisticsAsk;

#[derive(Debug, Args)]
pub(super) struct PrintTask {
    #[arg(value_name = "表", help = FORMS)]
    form: FormWord,
    #[command(flatten)]
    book: Book,
    #[arg(long, value_name = "文件", help = "写到哪里（.pdf；talk、blank-talks 也可以是 .docx）")]
    out: PathBuf,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    period: Period,
    #[command(flatten)]
    listing: Listing,
    #[command(flatten)]
    sort: Sort,
    #[command(flatten)]
    table: TableOptions,
    #[command(flatten)]
    office: OfficeOptions,
    #[command(flatten)]
    talks: TalkOptions,
    #[command(flatten)]
    archives: ArchiveOptions,
    #[command(flatten)]
    handout: Handout,
}

const FORMS: &str = "summary 党员基本情况汇总、roster 党员花名册、card 党员信息卡、names 名单（按姓氏笔画为序）、birthdays 政治生日名单、organisations 党组织一览表、committee 委员会组成人员名单、terms 任期情况表、transfers 组织关系转接台账、units 党组织和所在单位基本信息采集表、annual 年报表、by_branch 按支部、comparison 两年对比、cross 交叉表、groups 分组表、talk 谈心谈话记录表、blank-talks 空白记录表（编号留下，不重号）、talk-ledger 谈心谈话台账、coverage 谈心谈话覆盖情况、talk-plan 谈话计划表、checklist 档案清单、gaps 缺项单、catalogue 归档文件目录、spine 档案盒脊、back-note 备考表";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum FormWord {
    Summary,
    Roster,
    Card,
    Names,
    Birthdays,
    Organisations,
    Committee,
    Terms,
    Transfers,
    Units,
    Annual,
    ByBranch,
    Comparison,
    Cross,
    Groups,
    Talk,
    #[value(name = "blank-talks")]
    BlankTalks,
    #[value(name = "talk-ledger")]
    TalkLedger,
    Coverage,
    #[value(name = "talk-plan")]
    TalkPlan,
    Checklist,
    Gaps,
    Catalogue,
    Spine,
    #[value(name = "back-note")]
    BackNote,
}

impl FormWord {
    /// Which paper of archives it is, if one.
    fn of_archives(self) -> Option<ArchivePaper> {
        match self {
            Self::Checklist => Some(ArchivePaper::Checklist),
            Self::Gaps => Some(ArchivePaper::Gaps),
            Self::Catalogue => Some(ArchivePaper::Catalogue),
            Self::Spine => Some(ArchivePaper::Spine),
            Self::BackNote => Some(ArchivePaper::BackNote),
            _ => None,
        }
    }

    /// Which paper of talks it is, if one.
    fn of_talks(self) -> Option<TalkForm> {
        match self {
            Self::Talk => Some(TalkForm::Records),
            Self::BlankTalks => Some(TalkForm::Blank),
            Self::TalkLedger => Some(TalkForm::Ledger),
            Self::Coverage => Some(TalkForm::Coverage),
            Self::TalkPlan => Some(TalkForm::Plan),
            _ => None,
        }
    }
}

/// A form that can be printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FormAsk {
    Summary,
    Roster,
    Office(Box<OfficeAsk>),
    Statistics(StatisticsAsk),
}

impl FormAsk {
    fn label(&self) -> &'static str {
        match self {
            Self::Summary => "党员基本情况汇总",
            Self::Roster => "党员花名册",
            Self::Office(ask) => ask.form.label(),
            Self::Statistics(ask) => ask.label(),
        }
    }
}

/// What is to be printed.
pub(super) struct Order {
    pub form: FormAsk,
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
    /// Who stands on a roster; its scope and its day are those above.
    pub list: ListAsk,
    /// The columns of a roster; empty for the usual ones.
    pub columns: Vec<Subject>,
    pub unmasked: bool,
}

impl PrintTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        if let Some(paper) = self.form.of_archives() {
            return self.print_archives(paper, clock, out);
        }
        self.archives.refuse()?;
        if let Some(form) = self.form.of_talks() {
            return self.print_talks(form, clock, out);
        }
        self.listing.refuse_year()?;
        self.talks.refuse()?;
        self.period.refuse_beside(&self.scope)?;
        if self.out.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("pdf")) {
            return Err(Problem::usage(format!("打印到“{}”，不是 PDF", self.out.display()))
                .unchanged("没有写文件")
                .next("文件名请以 .pdf 结尾"));
        }
        if self.sort.sort.is_some() && self.form != FormWord::Roster {
            return Err(Problem::usage("--sort 只用于 print roster"));
        }
        refuse_existing(&self.out, self.handout.force)?;
        let desk = self.book.desk()?;
        let order = self.order(&desk, clock)?;
        let paper = order.put_on_paper(&desk, &self.out, self.handout.force, clock)?;
        let output = order.output(&desk, &self.out)?;
        if self.form == FormWord::Card
            && let Some(words) = many_cards(usize::try_from(output.row_count).unwrap_or(0), paper.pages())
        {
            eprintln!("注意：{words}。只要几张的，写 --org 或 --id。");
        }
        self.book.log_output(output, &self.handout.operator, clock)?;
        if self.handout.json {
            let missing: String = paper.missing_characters().iter().collect();
            writeln!(
                out,
                "{}",
                json!({ "file": shown(&self.out), "pages": paper.pages(), "missing_characters": missing })
            )?;
            return Ok(Done::Well);
        }
        writeln!(out, "已写好{}，共 {} 页：{}", order.form.label(), paper.pages(), shown(&self.out))?;
        if !paper.missing_characters().is_empty() {
            let missing: Vec<String> = paper.missing_characters().iter().map(ToString::to_string).collect();
            writeln!(out, "这些字本机字库里没有，纸上另有标记：{}", missing.join(" "))?;
        }
        Ok(Done::Well)
    }

    fn print_archives(&self, paper: ArchivePaper, clock: Clock, out: &mut impl Write) -> Result<Done> {
        self.talks.refuse()?;
        self.office.refuse()?;
        let is_of_people = self.listing.is_of_people() || !self.listing.written_conditions().is_empty();
        if is_of_people || self.sort.sort.is_some() || self.table.kind().is_some() || self.period.period.is_some() {
            return Err(Problem::usage("名单、统计表的选项和 --period 不用于档案的表").next("哪一年的用 --year 写"));
        }
        let printing = ArchivePrint {
            paper,
            book: &self.book,
            out: &self.out,
            scope: &self.scope,
            year: self.listing.own_year().map(|period| period.first.year()),
            options: &self.archives,
            handout: &self.handout,
        };
        printing.run(clock, out)
    }

    fn print_talks(&self, form: TalkForm, clock: Clock, out: &mut impl Write) -> Result<Done> {
        if self.listing.is_of_people() || self.sort.sort.is_some() || self.table.kind().is_some() {
            return Err(Problem::usage("--saved、--list、--month、--sort 和统计表的选项不用于谈心谈话的表"));
        }
        let printing = TalkPrint {
            form,
            book: &self.book,
            out: &self.out,
            scope: &self.scope,
            period: &self.period,
            listing: &self.listing,
            ids: self.office.talks(form)?,
            options: &self.talks,
            handout: &self.handout,
        };
        printing.run(clock, out)
    }

    /// The day that is asked for.
    pub fn asked_day(&self) -> Option<Day> {
        self.scope.as_of
    }

    fn form(&self, desk: &Desk, scope: Option<OrganisationId>, as_of: Day, clock: Clock) -> Result<FormAsk> {
        let table = |kind| -> Result<FormAsk> {
            self.office.refuse()?;
            let on = Scope { org: None, as_of: Some(as_of) };
            Ok(FormAsk::Statistics(self.table.ask(kind, scope, &on, clock)?))
        };
        let form = match self.form {
            FormWord::Annual => return table(TableKind::Annual),
            FormWord::ByBranch => return table(TableKind::ByBranch),
            FormWord::Comparison => return table(TableKind::Comparison),
            FormWord::Cross => return table(TableKind::Cross),
            FormWord::Groups => return table(TableKind::Groups),
            _ if self.table.kind().is_some() => {
                return Err(Problem::usage(
                    "--cross、--by-branch、--compare、--groups 只用于打印交叉表、按支部、两年对比和分组表",
                ));
            }
            FormWord::Checklist | FormWord::Gaps | FormWord::Catalogue | FormWord::Spine | FormWord::BackNote => {
                return Err(Problem::fault("papers of archives are printed by themselves"));
            }
            FormWord::Talk | FormWord::BlankTalks | FormWord::TalkLedger | FormWord::Coverage | FormWord::TalkPlan => {
                return Err(Problem::fault("papers of talks are printed by themselves"));
            }
            FormWord::Summary | FormWord::Roster => {
                self.office.refuse()?;
                return Ok(if self.form == FormWord::Summary { FormAsk::Summary } else { FormAsk::Roster });
            }
            FormWord::Card => OfficeForm::Card,
            FormWord::Names => OfficeForm::Names,
            FormWord::Birthdays => OfficeForm::Birthdays,
            FormWord::Organisations => OfficeForm::Organisations,
            FormWord::Committee => OfficeForm::Committee,
            FormWord::Terms => OfficeForm::Terms,
            FormWord::Transfers => OfficeForm::Transfers,
            FormWord::Units => OfficeForm::Units,
        };
        let mut ask = OfficeAsk::usual(form, roster_ask(as_of, scope));
        let month = self.listing.own_month();
        ask.list = self.listing.narrow(desk, ask.list)?;
        if month.is_some() && self.period.period.is_some() {
            return Err(Problem::usage("--month 和 --period 不能同时用"));
        }
        Ok(FormAsk::Office(Box::new(self.office.narrow(desk, ask, self.period.period.or(month), clock)?)))
    }

    /// Only forms that are lists of people can be narrowed down.
    fn check_narrowing(&self) -> Result<()> {
        match self.form {
            _ if !self.listing.is_given() => Ok(()),
            FormWord::Birthdays => Ok(()),
            FormWord::Roster | FormWord::Card | FormWord::Names => self.listing.refuse_month(),
            _ => Err(Problem::usage(
                "--where、--saved、--list、--month 只用于 print roster、card、names、birthdays，--where 还用于 talk、talk-ledger",
            )),
        }
    }

    fn order(&self, desk: &Desk, clock: Clock) -> Result<Order> {
        self.check_narrowing()?;
        let scope = self.scope.organisation(desk)?;
        let as_of = self.scope.day_or_end(&self.period, clock);
        let form = self.form(desk, scope, as_of, clock)?;
        let mut order = Order { unmasked: self.handout.unmasked, ..Order::of(form, as_of, scope) };
        if self.listing.is_given() && self.form == FormWord::Roster {
            order.list = self.listing.narrow(desk, ListAsk::roll(as_of, scope))?;
            if let Some(ready) = self.listing.ready(as_of)? {
                order.columns = ready.list.columns();
            }
        }
        if self.sort.sort.is_some() {
            order.list.sort = self.sort.keys()?;
        }
        Ok(order)
    }
}

impl Order {
    /// A form of a scope on a day as it is usually printed: everybody, masked.
    pub fn of(form: FormAsk, as_of: Day, scope: Option<OrganisationId>) -> Self {
        Self { form, scope, as_of, list: roster_ask(as_of, scope), columns: Vec::new(), unmasked: false }
    }

    /// Typesets the form and writes its PDF.
    pub fn put_on_paper(&self, desk: &Desk, out: &Path, replace: bool, clock: Clock) -> Result<Paper> {
        let columns = self.columns.clone();
        let options = FillOptions { unmasked: self.unmasked, columns, ..FillOptions::usual(clock.today()) };
        let form = match &self.form {
            FormAsk::Summary => Form::Summary(summary_of(desk, self.scope, self.as_of, &options)?),
            FormAsk::Roster => Form::Table(roster_of(desk, &self.list, &options)?),
            FormAsk::Office(ask) => office_form(desk, ask, &options)?.form,
            FormAsk::Statistics(ask) => Form::Statistics(statistics_of(desk, ask, &options)?),
        };
        let paper = compile(&form, PaperFonts::installed(), clock.today(), &Progress::default())?;
        write_whole(out, &paper.pdf()?, replace)?;
        Ok(paper)
    }

    /// The line for the log of what left the program.
    fn output(&self, desk: &Desk, out: &Path) -> Result<Output> {
        let (rows, scope, masked) = match &self.form {
            FormAsk::Office(ask) => {
                let filled = office_form(desk, ask, &FillOptions::usual(self.as_of))?;
                (filled.rows, filled.scope, !(self.unmasked && ask.form.has_numbers()))
            }
            _ => (list(desk, &self.list)?.ids.len(), self.scope_in_words(desk)?, !self.unmasked),
        };
        Ok(Output {
            id: 0,
            at: 0,
            operator: String::new(),
            what: format!("打印{} PDF", self.form.label()),
            scope,
            row_count: i64::try_from(rows).unwrap_or(i64::MAX),
            masked,
            target: out.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        })
    }

    fn scope_in_words(&self, desk: &Desk) -> Result<String> {
        let plain = roster_ask(self.as_of, self.scope);
        if self.list == plain {
            return Ok(format!("{}，截至 {}", desk.scope_name_on(self.scope, self.as_of), self.as_of));
        }
        in_words(desk, &self.list)
    }
}
