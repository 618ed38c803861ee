//! `export`: lists as files.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::Done;
use super::archive_papers::template_named;
use super::asks::{Scope, Sort, day, period};
use super::listing::Listing;
use super::opening::{Book, Handout, shown};
use super::tables::{TableKind, TableOptions};
use super::talk_list::{narrowing, talk_field, talk_order};
use crate::clock::{Clock, Day};
use crate::domain::dates::Period;
use crate::domain::ids::OrganisationId;
use crate::exchange::export::{
    self, ArchiveExport, ArchiveList, DifferenceExport, DuplicateExport, EventExport, Export, FactExport, FigureExport,
    FindingExport, FormExport, Format, MemberExport, OrganisationEventExport, OrganisationExport, QualityExport,
    TalkExport, TermExport, form_output, read_form, remembered, same_heads, write_form,
};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::members::extra_fields;
use crate::view::condition_words::subject_named;
use crate::view::desk::Desk;
use crate::view::difference::DifferenceAsk;
use crate::view::members::{ListAsk, Who};
use crate::view::talk_ledger::LedgerAsk;

#[derive(Debug, Args)]
pub(super) struct ExportTask {
    #[arg(value_name = "名单", help = KINDS)]
    kind: Kind,
    #[command(flatten)]
    book: Book,
    #[arg(long, value_name = "文件", help = "写到哪里：.csv、.xlsx 或 .json")]
    out: PathBuf,
    #[command(flatten)]
    scope: Scope,
    #[arg(
        long,
        value_name = "期间",
        value_parser = period,
        conflicts_with = "as_of",
        help = "events、talks：只要这一期间的变动、谈话：2026、2026-Q3、2026-H1、2026-11"
    )]
    period: Option<Period>,
    #[arg(
        long,
        value_name = "文字",
        help = "只要搜得到这段文字的人：姓名、拼音、首字母、身份证号、电话、单位、住址；talks：只要内容、主题、姓名、类型、编号里有这段文字的谈话"
    )]
    filter: Option<String>,
    #[command(flatten)]
    listing: Listing,
    #[arg(
        long,
        value_name = "列,列",
        value_delimiter = ',',
        help = "要哪些列，用字段名，按写的次序；不写为全部。talks 的字段名见 --where，例如 number,held_on,talkers,partners,type"
    )]
    columns: Vec<String>,
    #[arg(long, value_name = "表样", help = "form：上级发来的空表或样表（xlsx、xls、csv），按它的栏目写成 .xlsx")]
    form: Option<PathBuf>,
    #[command(flatten)]
    sort: Sort,
    #[arg(
        long,
        value_name = "谁",
        help = "on_roll 在册（不写即是）、floating_in 流入党员、left 已离开、voided 已作废"
    )]
    who: Option<WhoWord>,
    #[arg(long, value_name = "日期", value_parser = day, help = "两日对比的前一天；talks：从哪一天起")]
    from: Option<Day>,
    #[arg(long, value_name = "日期", value_parser = day, help = "两日对比的后一天，不写为今天；talks：到哪一天止")]
    to: Option<Day>,
    #[arg(
        long,
        value_name = "模板",
        help = "checklists、checklist、evidence、gaps：只要用这个清单模板的（代号或名称）"
    )]
    template: Option<String>,
    #[arg(long, help = "talks：不要提纲、内容、意见、表态、措施、备注和跟进")]
    without_contents: bool,
    #[command(flatten)]
    table: TableOptions,
    #[command(flatten)]
    handout: Handout,
}

const KINDS: &str = "members 党员、organisations 党组织、organisation_events 沿革、terms 任期、findings 党组织待核、facts 事项、events 变动记录、talks 谈心谈话台账、difference 两日对比、quality 待核、duplicates 疑似重复、journal 操作记录、figures 全部数字、annual 年报表、by_branch 按支部、comparison 两年对比、cross 交叉表、groups 分组表、templates 清单模板、checklists 档案清单、checklist 清单项、evidence 材料目录、gaps 缺项单、form 按上级表样";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Kind {
    Members,
    Organisations,
    OrganisationEvents,
    Terms,
    Findings,
    Facts,
    Events,
    Talks,
    Difference,
    Quality,
    Duplicates,
    Journal,
    Figures,
    Annual,
    ByBranch,
    Comparison,
    Cross,
    Groups,
    Templates,
    Checklists,
    Checklist,
    Evidence,
    Gaps,
    Form,
}

impl Kind {
    /// Whether it is a list of archive checklists, by year and template.
    fn is_of_archives(self) -> bool {
        matches!(self, Self::Checklists | Self::Checklist | Self::Evidence | Self::Gaps)
    }

    /// Whether numbers that tell who somebody is stand in it.
    fn has_personal_numbers(self) -> bool {
        matches!(self, Self::Members | Self::Organisations | Self::Facts)
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum WhoWord {
    OnRoll,
    FloatingIn,
    Left,
    Voided,
}

impl ExportTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        Format::of(&self.out)?;
        let desk = self.book.desk()?;
        if let Some(form) = &self.form {
            return self.fill_form(&desk, form, clock, out);
        }
        let export = self.export(&desk, clock)?;
        let written = export::write(&desk, &export, &self.out, self.handout.force, clock.now(), &Progress::default())?;
        self.book.log_output(export.output(&desk, &self.out, written)?, &self.handout.operator, clock)?;
        let shortened = written.shortened_in_words();
        if self.handout.json {
            let mut told = json!({ "file": shown(&self.out), "rows": written.rows, "masked": export.is_masked() });
            if shortened.is_some() {
                told["shortened"] = json!(written.shortened);
            }
            writeln!(out, "{told}")?;
        } else {
            let masked = if export.is_masked() && self.kind.has_personal_numbers() { "，号码已遮" } else { "" };
            writeln!(out, "已导出{} {} 行{masked}：{}", export.label(), written.rows, shown(&self.out))?;
            if let Some(words) = shortened {
                eprintln!("注意：{words}。");
            }
        }
        Ok(Done::Well)
    }

    /// The latest day that is asked for.
    pub fn asked_day(&self) -> Option<Day> {
        self.scope.as_of.max(self.to)
    }

    fn export(&self, desk: &Desk, clock: Clock) -> Result<Export> {
        self.check_narrowing()?;
        self.check_days()?;
        let scope = self.scope.organisation(desk)?;
        let as_of = self.scope.day(clock);
        let is_table =
            matches!(self.kind, Kind::Annual | Kind::ByBranch | Kind::Comparison | Kind::Cross | Kind::Groups);
        if self.table.kind().is_some() && !is_table {
            return Err(Problem::usage(
                "--cross、--by-branch、--compare、--groups 只用于导出交叉表、按支部、两年对比和分组表",
            ));
        }
        let table = |kind| self.table.ask(kind, scope, &self.scope, clock).map(Export::Statistics);
        Ok(match self.kind {
            Kind::Figures => Export::Figures(FigureExport { scope, as_of }),
            Kind::Members => Export::Members(self.members(desk, ListAsk::roll(as_of, scope))?),
            Kind::Organisations => {
                Export::Organisations(OrganisationExport { scope, as_of, unmasked: self.handout.unmasked })
            }
            Kind::Difference => Export::Difference(DifferenceExport(self.difference(scope, clock)?)),
            Kind::OrganisationEvents => {
                Export::OrganisationEvents(OrganisationEventExport { scope, as_of: self.scope.as_of })
            }
            Kind::Terms => Export::Terms(TermExport { scope, as_of }),
            Kind::Findings => Export::Findings(FindingExport { scope, as_of }),
            Kind::Facts => Export::Facts(FactExport { scope, as_of: self.scope.as_of }),
            Kind::Events => Export::Events(EventExport {
                scope,
                from: self.time().map(|period| period.first),
                to: self.time().map(|period| period.last).or(self.scope.as_of),
            }),
            Kind::Talks => Export::Talks(self.talks(desk, scope)?),
            Kind::Quality => Export::Quality(QualityExport { scope, as_of }),
            Kind::Duplicates => Export::Duplicates(DuplicateExport { scope, as_of, unmasked: self.handout.unmasked }),
            Kind::Journal => Export::Journal,
            Kind::Annual => table(TableKind::Annual)?,
            Kind::ByBranch => table(TableKind::ByBranch)?,
            Kind::Comparison => table(TableKind::Comparison)?,
            Kind::Cross => table(TableKind::Cross)?,
            Kind::Groups => table(TableKind::Groups)?,
            Kind::Templates => self.archive(desk, ArchiveList::Templates, scope, as_of)?,
            Kind::Checklists => self.archive(desk, ArchiveList::Checklists, scope, as_of)?,
            Kind::Checklist => self.archive(desk, ArchiveList::Items, scope, as_of)?,
            Kind::Evidence => self.archive(desk, ArchiveList::Evidence, scope, as_of)?,
            Kind::Gaps => self.archive(desk, ArchiveList::Gaps, scope, as_of)?,
            Kind::Form => {
                return Err(Problem::usage("export form 还缺 --form").next("用 --form 写上级发来的表样文件"));
            }
        })
    }

    /// The period, or the year.
    fn time(&self) -> Option<Period> {
        self.period.or(self.listing.own_year())
    }

    /// Which lists are narrowed down, and by what.
    fn check_narrowing(&self) -> Result<()> {
        if self.template.is_some() && !self.kind.is_of_archives() {
            return Err(Problem::usage("--template 只用于 export checklists、checklist、evidence 和 gaps"));
        }
        let of_people = self.listing.is_of_people() || self.who.is_some();
        if of_people && !matches!(self.kind, Kind::Members | Kind::Form) {
            return Err(Problem::usage("--saved、--list、--month、--who 只用于 export members 和 export form"));
        }
        let of_lists = self.filter.is_some()
            || !self.listing.written_conditions().is_empty()
            || !self.columns.is_empty()
            || self.sort.sort.is_some();
        if of_lists && !matches!(self.kind, Kind::Members | Kind::Form | Kind::Talks) {
            return Err(Problem::usage(
                "--filter、--where、--columns、--sort 只用于 export members、export form 和 export talks",
            ));
        }
        if self.listing.own_year().is_none() {
            return Ok(());
        }
        if !matches!(self.kind, Kind::Events | Kind::Talks) && !self.kind.is_of_archives() {
            return Err(Problem::usage("--year 只用于 export talks、export events、档案各表和 --list fifty_years"));
        }
        if self.period.is_some() || self.from.is_some() || self.to.is_some() || self.scope.as_of.is_some() {
            return Err(Problem::usage("--year 和 --period、--from、--to、--as-of 不能同时用"));
        }
        Ok(())
    }

    /// Which lists are of a time, and how that is told.
    fn check_days(&self) -> Result<()> {
        let is_told = self.from.is_some() || self.to.is_some();
        if is_told && !matches!(self.kind, Kind::Difference | Kind::Talks) {
            return Err(Problem::usage("--from 和 --to 只用于 export difference 和 export talks"));
        }
        if self.period.is_some() && !matches!(self.kind, Kind::Events | Kind::Talks) {
            return Err(Problem::usage("--period 只用于 export events 和 export talks"));
        }
        if self.kind == Kind::Talks && is_told && self.period.is_some() {
            return Err(Problem::usage("--period 和 --from、--to 不能同时用"));
        }
        if self.kind == Kind::Talks && self.to.is_some() && self.scope.as_of.is_some() {
            return Err(Problem::usage("--as-of 和 --to 不能同时用"));
        }
        let to = self.to.or(self.scope.as_of);
        if self.kind == Kind::Talks && self.from.zip(to).is_some_and(|(from, to)| from > to) {
            return Err(Problem::usage("期间的第一天晚于最后一天").next("改好 --from 和 --to"));
        }
        if self.without_contents && self.kind != Kind::Talks {
            return Err(Problem::usage("--without-contents 只用于 export talks"));
        }
        Ok(())
    }

    fn archive(&self, desk: &Desk, list: ArchiveList, scope: Option<OrganisationId>, today: Day) -> Result<Export> {
        let template = self.template.as_deref().map(|text| template_named(desk, text)).transpose()?;
        let year = self.listing.own_year().map(|period| period.first.year());
        Ok(Export::Archive(ArchiveExport { list, scope, year, template, today, masked: false }))
    }

    fn talks(&self, desk: &Desk, scope: Option<OrganisationId>) -> Result<TalkExport> {
        Ok(TalkExport {
            ask: LedgerAsk {
                scope,
                from: self.time().map(|period| period.first).or(self.from),
                to: self.time().map(|period| period.last).or(self.to).or(self.scope.as_of),
                only: narrowing(desk, self.filter.as_deref(), self.listing.written_conditions())?,
            },
            columns: self.columns.iter().map(|name| talk_field(name)).collect::<Result<_>>()?,
            sort: self.sort.sort.as_deref().map_or_else(|| Ok(Vec::new()), talk_order)?,
            without_contents: self.without_contents,
        })
    }

    fn difference(&self, scope: Option<OrganisationId>, clock: Clock) -> Result<DifferenceAsk> {
        if self.scope.as_of.is_some() {
            return Err(Problem::usage("export difference 用 --from 和 --to，不用 --as-of"));
        }
        let from = self.from.ok_or_else(|| Problem::usage("export difference 还缺 --from"))?;
        Ok(DifferenceAsk { scope, from, to: self.to.unwrap_or_else(|| clock.today()) })
    }

    /// `export form`: the people in the columns of a received form. Columns that a person corrected in the window are
    /// known again by the heads.
    fn fill_form(&self, desk: &Desk, form: &Path, clock: Clock, out: &mut impl Write) -> Result<Done> {
        if self.kind != Kind::Form || !self.columns.is_empty() {
            return Err(Problem::usage("--form 只用于 export form，栏目由表样定，不能再写 --columns"));
        }
        let roll = ListAsk::roll(self.scope.day(clock), self.scope.organisation(desk)?);
        let MemberExport { ask, unmasked, .. } = self.members(desk, roll)?;
        let progress = Progress::default();
        let received = read_form(form, &extra_fields(desk.reader())?, &progress)?;
        let mut filled = received.form.clone();
        if let Some(known) = same_heads(&remembered(desk)?, &filled) {
            filled.correct_by(known);
        }
        let export = FormExport { form: filled, ask, people: Vec::new(), unmasked };
        let written = write_form(desk, &received, &export, &self.out, self.handout.force, &progress)?;
        self.book.log_output(
            form_output(desk, &export, written.rows, Some(&self.out))?,
            &self.handout.operator,
            clock,
        )?;
        if self.handout.json {
            writeln!(
                out,
                "{}",
                json!({
                    "file": shown(&self.out), "rows": written.rows, "masked": !unmasked,
                    "left_empty": written.left_empty, "not_kept": written.not_kept,
                })
            )?;
            return Ok(Done::Well);
        }
        let masked = if unmasked { "" } else { "，号码已遮" };
        writeln!(out, "已按“{}”写出 {} 人{masked}：{}", export.form.name, written.rows, shown(&self.out))?;
        if !written.left_empty.is_empty() {
            writeln!(out, "这些栏目留空：{}", written.left_empty.join("、"))?;
        }
        if !written.not_kept.is_empty() {
            writeln!(out, "原表的这些没有照搬：{}", written.not_kept.join("、"))?;
        }
        Ok(Done::Well)
    }

    fn members(&self, desk: &Desk, roll: ListAsk) -> Result<MemberExport> {
        let extra = extra_fields(desk.reader())?;
        let ask = ListAsk {
            who: match self.who {
                None | Some(WhoWord::OnRoll) => Who::OnRoll,
                Some(WhoWord::FloatingIn) => Who::FloatingIn,
                Some(WhoWord::Left) => Who::Left,
                Some(WhoWord::Voided) => Who::Voided,
            },
            text: self.filter.clone().unwrap_or_default(),
            sort: self.sort.keys()?,
            ..roll
        };
        self.listing.refuse_month()?;
        let ask = self.listing.narrow(desk, ask)?;
        let columns = match (self.columns.is_empty(), self.listing.ready(ask.as_of)?) {
            (true, Some(ready)) => ready.list.columns(),
            _ => self.columns.iter().map(|name| subject_named(name, &extra)).collect::<Result<_>>()?,
        };
        Ok(MemberExport { ask, columns, unmasked: self.handout.unmasked })
    }
}
