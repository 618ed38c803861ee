//! `figures`: every number with its definition, day, scope and the records behind it.

use std::io::Write;

use clap::Args;
use serde_json::{Value as Json, json};

use super::asks::{Period, Scope};
use super::opening::Book;
use super::{Done, print_array};
use crate::clock::Clock;
use crate::problem::{Problem, Result};
use crate::view::figures::{self, Figure};

#[derive(Debug, Args)]
pub(super) struct FiguresTask {
    #[command(flatten)]
    book: Book,
    #[command(flatten)]
    scope: Scope,
    #[command(flatten)]
    period: Period,
    #[arg(long, value_name = "名称", help = "只要这一个数字，例如 党员.女，并列出背后的名单")]
    name: Option<String>,
    #[arg(long, help = "每个数字都列出背后的名单（编号）")]
    rows: bool,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

impl FiguresTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let desk = self.book.desk()?;
        let scope = self.scope.organisation(&desk)?;
        let figures = figures::figures(&desk, scope, self.scope.day_or_end(&self.period, clock))?;
        let wanted: Vec<&Figure> = match &self.name {
            None => figures.all.iter().collect(),
            Some(name) => {
                let found = figures.get(name.trim()).ok_or_else(|| {
                    Problem::usage(format!("没有名为“{name}”的数字")).next("不写 --name 可以看到全部数字的名称")
                })?;
                vec![found]
            }
        };
        let with_rows = self.rows || self.name.is_some();
        if self.json {
            print_array(out, wanted.iter().map(|figure| as_json(figure, with_rows)))?;
            return Ok(Done::Well);
        }
        writeln!(out, "{}，截至 {}", figures.scope_name, figures.as_of)?;
        for figure in wanted {
            writeln!(out, "{}：{} {}", figure.name, figure.value, figure.unit)?;
            if with_rows {
                writeln!(out, "  口径：{}", figure.definition)?;
                for id in figure.rows.iter() {
                    writeln!(out, "  {id}")?;
                }
            }
        }
        if let Some(note) = figures.note() {
            writeln!(out, "{note}")?;
        }
        if figures.unknown_category > 0 {
            writeln!(out, "另有 {} 人类别不明，没有计入", figures.unknown_category)?;
        }
        Ok(Done::Well)
    }
}

fn as_json(figure: &Figure, with_rows: bool) -> Json {
    let mut value = json!({
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "definition": figure.definition,
        "as_of": figure.as_of.to_string(),
        "scope": figure.scope_name,
        "scope_id": figure.scope,
    });
    if with_rows {
        value["rows"] = figure.rows.iter().map(ToString::to_string).collect();
    }
    value
}
