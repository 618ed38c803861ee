//! `dump` and `check`: all content as canonical text, and whether it is sound.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::Done;
use super::opening::Book;
use crate::clock::Clock;
use crate::problem::Result;
use crate::store::workbook::ReadOnly;
use crate::store::{Key, dump};
use crate::view::check::findings;

#[derive(Debug, Args)]
pub(super) struct DumpTask {
    #[command(flatten)]
    book: Book,
    #[arg(long, value_name = "部分", help = "不要这一部分：journal 操作记录")]
    without: Option<Part>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Part {
    Journal,
}

#[derive(Debug, Args)]
pub(super) struct CheckTask {
    #[command(flatten)]
    book: Book,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

impl DumpTask {
    pub fn run(self, out: &mut impl Write) -> Result<Done> {
        let workbook = ReadOnly::open(&self.book.workbook, &Key::None)?;
        dump::write(workbook.reader(), self.without.is_none(), out)?;
        Ok(Done::Well)
    }
}

impl CheckTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let found = findings(&self.book.desk()?, clock.today())?;
        if self.json {
            writeln!(out, "{}", json!({ "findings": found }))?;
        } else if found.is_empty() {
            writeln!(out, "文件、操作记录和数字都完好")?;
        } else {
            for finding in &found {
                writeln!(out, "{finding}")?;
            }
            writeln!(out, "共 {} 处问题。先复制一份留底，再从“备份”文件夹里最近的一份恢复。", found.len())?;
        }
        Ok(if found.is_empty() { Done::Well } else { Done::Findings })
    }
}
