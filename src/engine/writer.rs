//! The writing side: a session holds the ledger, or says why it cannot write.

use std::path::{Path, PathBuf};

use super::Standing;
use crate::clock::{Clock, Moment};
use crate::command::{Command, Ledger, Receipt, Stamp};
use crate::domain::checklists::Belongs;
use crate::domain::ids::{EntryId, EvidenceId};
use crate::exchange::attachments::{Source, attach, begin_anew, drop_unnamed};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;
use crate::store::backup::Reason;
use crate::store::journal::Origin;
use crate::store::outputs::Output;
use crate::store::workbook::{Opened, ReadOnly, Workbook, held};
use crate::store::{Areas, Key, side};
use crate::view::desk::Desk;

/// A workbook opened for somebody.
#[derive(Debug)]
pub struct Session {
    path: PathBuf,
    key: Key,
    operator: String,
    origin: Origin,
    clock: Clock,
    ledger: std::result::Result<Ledger, String>,
    changed: bool,
}

/// What the writing side is asked for.
#[derive(Debug)]
pub enum WriteRequest {
    Run(Box<Command>),
    Revert(Revert),
    LogOutput(Output),
    /// Park a draft in the side file, or take it out.
    ParkDraft {
        name: String,
        draft: Option<serde_json::Value>,
    },
    /// 附材料: files to an item or a talk; of `version_of` a later version.
    Attach {
        to: Belongs,
        sources: Vec<Source>,
        version_of: Option<EvidenceId>,
    },
    /// 压缩附件库: drops the bytes that no evidence names.
    CompactAttachments,
    /// 另建附件库: an empty store, where that of the workbook is lost.
    BeginAttachments,
    /// 备份: a verified copy, now.
    BackUp,
    /// Who works here from now on (操作人).
    Operator(String),
}

/// What is to be taken back, or made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revert {
    /// An entry, or the newest that can be.
    Undo { entry: Option<EntryId>, keep_changed: bool },
    /// An undo, or the newest that can be.
    Redo { entry: Option<EntryId>, keep_changed: bool },
    /// Several entries, the newest first: all of them, or none.
    Steps(Vec<EntryId>),
}

impl Revert {
    /// The newest that can be taken back.
    pub const UNDO: Self = Self::Undo { entry: None, keep_changed: false };
    /// The newest undo that can be taken back.
    pub const REDO: Self = Self::Redo { entry: None, keep_changed: false };

    /// The same without what was changed since; `None` where there is no such thing.
    pub fn keeping_changed(&self) -> Option<Self> {
        match *self {
            Self::Undo { entry, keep_changed: false } => Some(Self::Undo { entry, keep_changed: true }),
            Self::Redo { entry, keep_changed: false } => Some(Self::Redo { entry, keep_changed: true }),
            Self::Undo { .. } | Self::Redo { .. } | Self::Steps(_) => None,
        }
    }

    fn run(self, ledger: &mut Ledger, stamp: &Stamp, progress: &Progress) -> Result<Receipt> {
        match self {
            Self::Undo { entry, keep_changed } => ledger.undo(entry, keep_changed, stamp, progress),
            Self::Redo { entry, keep_changed } => ledger.redo(entry, keep_changed, stamp, progress),
            Self::Steps(steps) => ledger.undo_steps(&steps, stamp, progress),
        }
    }
}

impl Session {
    /// Opens for writing; where somebody else writes, or the folder forbids it, for reading only.
    pub fn open(path: &Path, key: Key, operator: &str, origin: Origin, clock: Clock) -> Result<Self> {
        let ledger = match Workbook::open(path, key.clone(), operator, clock.now()) {
            Ok(Opened::Writing(workbook)) => Ok(Ledger::new(workbook)),
            Ok(Opened::HeldBy(who)) => Err(held(&who).happened),
            Err(problem) if problem.kind == ProblemKind::ReadOnly => Err(problem.happened),
            Err(problem) => return Err(problem),
        };
        let mut session =
            Self { path: path.to_owned(), key, operator: operator.to_owned(), origin, clock, ledger, changed: false };
        let stamp = session.stamp();
        if let Ok(ledger) = &mut session.ledger
            && let Err(problem) = ledger.merge_side(&stamp)
        {
            if !problem.is_of_storage() {
                return Err(problem);
            }
            // The lines wait on in the side file; a full disk shall not keep anybody from reading.
            tracing::warn!(detail = problem.detail, "what left earlier could not be written down yet");
        }
        Ok(session)
    }

    /// Goes on with a workbook that is already open.
    pub fn of(ledger: Ledger, operator: &str, origin: Origin, clock: Clock) -> Self {
        Self {
            path: ledger.workbook().path().to_owned(),
            key: ledger.workbook().key().clone(),
            operator: operator.to_owned(),
            origin,
            clock,
            ledger: Ok(ledger),
            changed: false,
        }
    }

    pub fn standing(&self) -> Standing {
        Standing { path: self.path.clone(), read_only: self.ledger.as_ref().err().cloned() }
    }

    pub fn clock(&self) -> Clock {
        self.clock
    }

    pub(super) fn key(&self) -> Key {
        self.key.clone()
    }

    /// A reading side of the same file.
    pub fn desk(&self) -> Result<Desk> {
        Desk::open(ReadOnly::open(&self.path, &self.key)?)
    }

    fn stamp(&self) -> Stamp {
        Stamp { at: self.clock.now(), operator: self.operator.clone(), origin: self.origin }
    }

    /// Does what is asked for. Where the workbook can only be read, log lines wait in the side file and all else
    /// fails with the reason.
    pub fn handle(&mut self, request: WriteRequest, progress: &Progress) -> Result<Receipt> {
        let stamp = self.stamp();
        let receipt = match request {
            WriteRequest::Run(command) => self.ledger()?.run_watched(*command, &stamp, progress)?,
            WriteRequest::Revert(revert) => revert.run(self.ledger()?, &stamp, progress)?,
            WriteRequest::LogOutput(output) if self.ledger.is_err() => return self.log_aside(output),
            WriteRequest::LogOutput(output) => {
                let outputs = vec![Output { operator: stamp.operator.clone(), at: stamp.at.0, ..output }];
                self.ledger()?.run(Command::LogOutputs(crate::command::LogOutputs { outputs }), &stamp)?
            }
            WriteRequest::ParkDraft { name, draft } => return park(&self.path, &name, draft, stamp.at),
            WriteRequest::Attach { to, sources, version_of } => {
                attach(self.ledger()?, &stamp, to, &sources, version_of, progress)?
            }
            WriteRequest::CompactAttachments => {
                let freed = drop_unnamed(self.ledger()?, progress)?;
                let areas = Areas { archives: true, ..Areas::default() };
                let told = format!("已去掉没有材料用到的文件 {} 个", freed.files);
                return Ok(Receipt { areas, ..Receipt::nothing(told) });
            }
            WriteRequest::BeginAttachments => {
                begin_anew(self.ledger()?)?;
                let areas = Areas { archives: true, ..Areas::default() };
                return Ok(Receipt { areas, ..Receipt::nothing("已另建附件库".to_owned()) });
            }
            WriteRequest::BackUp => {
                let made = self.ledger()?.back_up(Reason::Asked, stamp.at, progress)?;
                let name = made.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                // The list of backups is asked for again with the journal.
                let areas = Areas { journal: true, ..Areas::default() };
                let told = format!("已备份到 备份/{name}");
                return Ok(Receipt { areas, complaint: made.complaint(), ..Receipt::nothing(told) });
            }
            WriteRequest::Operator(operator) => {
                self.operator = operator;
                return Ok(Receipt::nothing(String::new()));
            }
        };
        self.changed |= receipt.entry.is_some();
        Ok(receipt)
    }

    /// The door, or why it is shut.
    fn ledger(&mut self) -> Result<&mut Ledger> {
        self.ledger.as_mut().map_err(|why| {
            Problem::new(ProblemKind::ReadOnly, "没有改动", why.clone()).next("现在只能看；等能写时再改")
        })
    }

    fn log_aside(&self, output: Output) -> Result<Receipt> {
        let at = self.clock.now();
        let mut waiting = side::read(&self.path, at)?;
        waiting.outputs.push(Output { operator: self.operator.clone(), at: at.0, ..output });
        side::write(&self.path, &waiting)?;
        Ok(Receipt::nothing("已记下，等能写时并入".to_owned()))
    }

    /// Makes the backup on leaving, if something was changed; what is to be known of it.
    pub fn close(self) -> Result<Option<Problem>> {
        match self.ledger {
            Ok(ledger) if self.changed => {
                Ok(ledger.back_up(Reason::OnLeaving, self.clock.now(), &Progress::default())?.complaint())
            }
            _ => Ok(None),
        }
    }
}

fn park(workbook: &Path, name: &str, draft: Option<serde_json::Value>, at: Moment) -> Result<Receipt> {
    side::park(workbook, name, draft, at)?;
    Ok(Receipt::nothing("草稿已暂存".to_owned()))
}
