//! `figures`: every number with its definition, day, scope and the records behind it.

use std::io::Write;

use clap::Args;
use serde_json::{Value as Json, json};

use super::asks::{Period, Scope};
use super::opening::Book;
use super::tables::{TableKind, TableOptions};
use super::{Done, print_array};
use crate::clock::{Clock, Day};
use crate::domain::dates;
use crate::problem::{Problem, Result};
use crate::view::coverage;
use crate::view::desk::Desk;
use crate::view::figures::{self, Figure, Reckoned, Rows};
use crate::view::statistics::{FigureTable, StatisticsAsk, TableCell, statistics};

#[derive(Debug, Args)]
pub(super) struct FiguresTask {
    #[command(flatten)]
    book: Book,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    period: Period,
    #[command(flatten)]
    table: TableOptions,
    #[arg(long, value_name = "名称", help = "只要这一个数字，例如 党员.女，并列出背后的名单")]
    name: Option<String>,
    #[arg(long, help = "每个数字都列出背后的名单（编号）")]
    rows: bool,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

impl FiguresTask {
    /// The day that is asked for.
    pub fn asked_day(&self) -> Option<Day> {
        self.scope.as_of
    }

    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let desk = self.book.desk()?;
        match self.table.kind() {
            Some(kind) => self.print_table(&desk, kind, clock, out)?,
            None => self.print_all(&desk, clock, out)?,
        }
        Ok(Done::Well)
    }

    fn print_all(&self, desk: &Desk, clock: Clock, out: &mut impl Write) -> Result<()> {
        let scope = self.scope.organisation(desk)?;
        let as_of = self.scope.day_or_end(&self.period, clock);
        let mut figures = figures::annual(desk, scope, as_of)?;
        // Of a day the talks of its year.
        if let Some(period) = self.period.period.or_else(|| dates::Period::year(as_of.year())) {
            figures.all.extend(coverage::figures(desk, scope, period, as_of)?);
        }
        let wanted = self.wanted(&figures.all)?;
        if self.json {
            return print_array(out, wanted.into_iter().map(|figure| as_json(figure, self.with_rows())));
        }
        writeln!(out, "{}，截至 {}", figures.scope_name, figures.as_of)?;
        self.print_each(&wanted, out)?;
        if let Some(note) = figures.note() {
            writeln!(out, "{note}")?;
        }
        if figures.unknown_category > 0 {
            writeln!(out, "另有 {} 人类别不明，没有计入", figures.unknown_category)?;
        }
        Ok(())
    }

    fn print_table(&self, desk: &Desk, kind: TableKind, clock: Clock, out: &mut impl Write) -> Result<()> {
        let scope = Scope { org: None, as_of: Some(self.scope.day_or_end(&self.period, clock)) };
        let ask = self.table.ask(kind, self.scope.organisation(desk)?, &scope, clock)?;
        let counted = statistics(desk, &ask)?;
        if !self.json && !self.with_rows() {
            return print_as_table(desk, &ask, &counted.table(clock.today()), out);
        }
        let all = counted.figures();
        let wanted = self.wanted(&all)?;
        if self.json {
            return print_array(out, wanted.into_iter().map(|figure| as_json(figure, self.with_rows())));
        }
        writeln!(out, "{}，{}", ask.title(), ask.in_words(desk))?;
        self.print_each(&wanted, out)
    }

    fn with_rows(&self) -> bool {
        self.rows || self.name.is_some()
    }

    /// All, or those with the name that is asked for.
    fn wanted<'f>(&self, all: &'f [Figure]) -> Result<Vec<&'f Figure>> {
        let Some(name) = self.name.as_deref().map(str::trim) else { return Ok(all.iter().collect()) };
        let found: Vec<&Figure> = all.iter().filter(|figure| figure.name == name).collect();
        if found.is_empty() {
            return Err(Problem::usage(format!("没有名为“{name}”的数字")).next("不写 --name 可以看到全部数字的名称"));
        }
        Ok(found)
    }

    fn print_each(&self, wanted: &[&Figure], out: &mut impl Write) -> Result<()> {
        for figure in wanted {
            match figure.reckoned {
                Some(reckoned @ Reckoned::Rate(_)) => writeln!(out, "{}：{reckoned}", figure.name)?,
                Some(reckoned) => writeln!(out, "{}：{reckoned} {}", figure.name, figure.unit)?,
                None => writeln!(out, "{}：{} {}", figure.name, figure.value, figure.unit)?,
            }
            if self.with_rows() {
                writeln!(out, "  口径：{}", figure.definition)?;
                let together = if figure.kind == Rows::Pairs { 2 } else { 1 };
                for ids in figure.rows.chunks(together) {
                    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                    writeln!(out, "  {}", ids.join(" "))?;
                }
            }
        }
        Ok(())
    }
}

/// The table with a tab between columns, so that it can be pasted into a spreadsheet; its notes below.
fn print_as_table(desk: &Desk, ask: &StatisticsAsk, table: &FigureTable, out: &mut impl Write) -> Result<()> {
    writeln!(out, "{}，{}", ask.title(), ask.in_words(desk))?;
    writeln!(out, "{}\t{}", table.corner, table.columns.join("\t"))?;
    for row in &table.rows {
        write!(out, "{}{}", "　".repeat(row.depth), row.label)?;
        for cell in &row.cells {
            match cell {
                TableCell::Nothing => write!(out, "\t")?,
                TableCell::Text(text) => write!(out, "\t{text}")?,
                TableCell::Share(share) => write!(out, "\t{:.1}%", share * 100.0)?,
                TableCell::Figure(value, _) => write!(out, "\t{value}")?,
                TableCell::Reckoned(reckoned, _) => write!(out, "\t{reckoned}")?,
            }
        }
        writeln!(out)?;
    }
    for note in &table.notes {
        writeln!(out, "注：{note}")?;
    }
    Ok(())
}

fn as_json(figure: &Figure, with_rows: bool) -> Json {
    let mut value = json!({
        "name": figure.name,
        "value": match figure.reckoned {
            None => json!(figure.value),
            Some(Reckoned::Difference(difference)) => json!(difference),
            // In its unit, to a tenth.
            Some(Reckoned::Rate(rate)) => json!((rate * 1000.0).round() / 10.0),
        },
        "unit": figure.unit,
        "definition": figure.definition,
        "as_of": figure.as_of.to_string(),
        "scope": figure.scope_name,
        "scope_id": figure.scope,
    });
    if with_rows {
        let ids: Vec<String> = figure.rows.iter().map(ToString::to_string).collect();
        value["rows"] = match figure.kind {
            Rows::Pairs => json!(ids.chunks(2).collect::<Vec<_>>()),
            _ => json!(ids),
        };
    }
    value
}
