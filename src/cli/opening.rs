//! Opens workbooks for commands: for reading without the lock, for writing with it.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::clock::Clock;
use crate::command::{Ledger, Stamp};
use crate::engine::{Session, WriteRequest};
use crate::problem::Result;
use crate::progress::Progress;
use crate::settings::{self, UserSettings};
use crate::store::Key;
use crate::store::journal::Origin;
use crate::store::outputs::Output;
use crate::store::workbook::{Opened, ReadOnly, Workbook, held};
use crate::view::desk::Desk;

/// Which workbook.
#[derive(Debug, Args)]
pub(super) struct Book {
    #[arg(long, value_name = "工作簿", help = "工作簿文件（.bdk）")]
    pub workbook: PathBuf,
}

/// Who does it.
#[derive(Debug, Args)]
pub(super) struct Operator {
    #[arg(long, value_name = "姓名", help = "操作人；不写则用本机设置里的")]
    pub operator: Option<String>,
}

/// How a file is handed out, and by whom.
#[derive(Debug, Args)]
pub(super) struct Handout {
    #[arg(long, help = "身份证号和电话写全；不写则遮去中间")]
    pub unmasked: bool,
    #[arg(long, help = "文件已存在时替换它")]
    pub force: bool,
    #[arg(long, help = "结果写成 JSON")]
    pub json: bool,
    #[command(flatten)]
    pub operator: Operator,
}

impl Operator {
    /// The name, else the user's setting.
    pub fn name(&self, clock: Clock) -> Result<String> {
        match &self.operator {
            Some(name) => Ok(name.trim().to_owned()),
            None => Ok(UserSettings::read(&settings::folder(), clock.now())?.operator),
        }
    }
}

impl Book {
    /// Opens for reading: the last committed state, whoever writes meanwhile.
    pub fn desk(&self) -> Result<Desk> {
        Desk::open(ReadOnly::open(&self.workbook, &Key::None)?)
    }

    /// Opens for writing. Fails, naming the holder, where somebody else writes.
    ///
    /// A call makes no backup on leaving, unlike the window: a script calls many times, and a copy after each call
    /// would soon push the copies of other days out of the ten that are kept. Before an import and before an upgrade
    /// one is made here too.
    pub fn ledger(&self, operator: &Operator, clock: Clock) -> Result<(Ledger, Stamp)> {
        let stamp = Stamp { at: clock.now(), operator: operator.name(clock)?, origin: Origin::CommandLine };
        match Workbook::open(&self.workbook, Key::None, &stamp.operator, stamp.at)? {
            Opened::Writing(workbook) => {
                let mut ledger = Ledger::new(workbook);
                ledger.merge_side(&stamp)?;
                Ok((ledger, stamp))
            }
            Opened::HeldBy(who) => Err(held(&who)),
        }
    }

    /// Writes down that something left the program. What left has left: where not even the side file can be
    /// written, that is said, and the call has still done what it was asked for.
    pub fn log_output(&self, output: Output, operator: &Operator, clock: Clock) -> Result<()> {
        let name = operator.name(clock)?;
        let logged = Session::open(&self.workbook, Key::None, &name, Origin::CommandLine, clock)
            .and_then(|mut session| session.handle(WriteRequest::LogOutput(output), &Progress::default()));
        if let Err(problem) = logged {
            tracing::warn!(detail = problem.detail, "an output could not be logged");
            eprintln!("注意：这次外发没有记进工作簿的外发记录（{}）。", problem.happened);
        }
        Ok(())
    }
}

/// A path as it is told to people.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}
