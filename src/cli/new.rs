//! `new`: an empty workbook.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Done;
use super::opening::{Operator, shown};
use crate::clock::Clock;
use crate::command::{Command, Ledger, SetSettings, Stamp};
use crate::problem::Result;
use crate::store::Key;
use crate::store::journal::Origin;
use crate::store::settings::TITLE;
use crate::store::workbook::{Random, Workbook};

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
        let workbook = Workbook::create(&self.file, Key::None, &stamp.operator, stamp.at, Random::System)?;
        if let Some(title) = self.title {
            let set = BTreeMap::from([(TITLE.to_owned(), title)]);
            Ledger::new(workbook).run(Command::SetSettings(SetSettings { set }), &stamp)?;
        }
        writeln!(out, "已新建工作簿 {}", shown(&self.file))?;
        Ok(Done::Well)
    }
}
