//! `new`: an empty workbook.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Done;
use super::opening::{Operator, shown};
use crate::clock::Clock;
use crate::command::{Ledger, Stamp};
use crate::problem::Result;
use crate::store::journal::Origin;

#[derive(Debug, Args)]
pub(super) struct NewTask {
    #[arg(value_name = "文件", help = "新工作簿的文件名，习惯以 .bdk 结尾")]
    file: PathBuf,
    #[arg(long, value_name = "名称", help = "工作簿的名称")]
    title: Option<String>,
    #[command(flatten)]
    operator: Operator,
}

impl NewTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let stamp = Stamp { at: clock.now(), operator: self.operator.name(clock)?, origin: Origin::CommandLine };
        drop(Ledger::create(&self.file, self.title.as_deref().unwrap_or_default(), &stamp)?);
        writeln!(out, "已新建工作簿 {}", shown(&self.file))?;
        Ok(Done::Well)
    }
}
