//! How a failure is told to a person: what happened, what was not changed, what to do next.
//!
//! Every layer returns [`Problem`]; it is handled once, by the window or the command line. Its sentences are Chinese
//! and hold no personal data beyond what the person just typed.

use std::fmt;
use std::path::Path;

/// What kind of failure it is, for those who act on it (exit codes, offers of a remedy).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// What was typed or given is not acceptable.
    Input,
    /// The call itself is wrong (an unknown name, an ambiguous organisation).
    Usage,
    /// Somebody else holds the file, or it may only be read.
    ReadOnly,
    /// The file is not ours, damaged, or made by a newer program.
    File,
    /// Something else was changed meanwhile; nothing was written.
    Conflict,
    /// The disk, the folder or the device refused.
    Storage,
    /// The person cancelled.
    Cancelled,
    /// A fault of the program itself.
    Fault,
}

/// A failure, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    /// What failed, as a title: 「没有导入」.
    pub title: String,
    /// What happened, with the place.
    pub happened: String,
    /// What was not changed.
    pub unchanged: String,
    /// What to do next.
    pub next: String,
    /// The technical cause, for 复制详情; no personal data.
    pub detail: String,
}

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Problem>;

impl Problem {
    /// A problem with its title and what happened; nothing was changed.
    pub fn new(kind: ProblemKind, title: impl Into<String>, happened: impl Into<String>) -> Self {
        Self {
            kind,
            title: title.into(),
            happened: happened.into(),
            unchanged: "工作簿没有改动".into(),
            next: String::new(),
            detail: String::new(),
        }
    }

    /// What was given is not acceptable.
    pub fn input(title: impl Into<String>, happened: impl Into<String>) -> Self {
        Self::new(ProblemKind::Input, title, happened)
    }

    /// The call itself is wrong.
    pub fn usage(happened: impl Into<String>) -> Self {
        Self::new(ProblemKind::Usage, "命令写得不对", happened)
    }

    /// A fault of the program: something that should never be.
    pub fn fault(detail: impl Into<String>) -> Self {
        Self::new(ProblemKind::Fault, "程序出了差错", "程序内部出现了不该有的情况")
            .next("请把“复制详情”里的内容告诉维护程序的人")
            .detail(detail)
    }

    /// The person stopped it.
    pub fn cancelled() -> Self {
        Self::new(ProblemKind::Cancelled, "已取消", "已按要求停下")
    }

    /// Says what to do next.
    #[must_use]
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = next.into();
        self
    }

    /// Says what was not changed, where it is not the workbook.
    #[must_use]
    pub fn unchanged(mut self, unchanged: impl Into<String>) -> Self {
        self.unchanged = unchanged.into();
        self
    }

    /// Says what failed, where whoever failed could not know.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Says at which file or folder it was, unless a more exact place is told already.
    #[must_use]
    pub fn at(mut self, place: &Path) -> Self {
        if !self.happened.starts_with('“') {
            self.happened = format!("“{}”：{}", place.display(), self.happened);
        }
        self
    }

    /// Whether the file or what it lies on failed, and not what was asked for.
    pub fn is_of_storage(&self) -> bool {
        matches!(self.kind, ProblemKind::Storage | ProblemKind::ReadOnly | ProblemKind::File)
    }

    /// Adds the technical cause.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// One line for the command line: title, what happened, what was not changed, what to do.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.title, self.happened)?;
        for part in [&self.unchanged, &self.next] {
            if !part.is_empty() {
                write!(f, "。{part}")?;
            }
        }
        f.write_str("。")
    }
}

impl std::error::Error for Problem {}
