//! SQLite's and the system's errors as sentences.

use rusqlite::{ErrorCode, ffi};

use crate::problem::{Problem, ProblemKind};

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        let code = error.sqlite_error_code();
        let extended = error.sqlite_error().map_or(0, |error| error.extended_code);
        let (kind, happened, next) = match code {
            _ if extended == ffi::SQLITE_READONLY_DBMOVED => (
                ProblemKind::Storage,
                "工作簿文件不在原处了：被移走、删除、换掉，或 U 盘已拔出",
                "把原来的文件放回原处后再试",
            ),
            _ if extended == ffi::SQLITE_READONLY_ROLLBACK => (
                ProblemKind::ReadOnly,
                "上次存盘中途断了，要先复原才能看，而这里不能写",
                "把它和旁边同名的 -journal 文件一起复制到能写的文件夹，再打开",
            ),
            Some(ErrorCode::DiskFull) => (ProblemKind::Storage, "磁盘满了，写不下", "腾出空间后再试；已存的内容都在"),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                (ProblemKind::ReadOnly, "这个文件或它所在的文件夹不能写", "换一个能写的文件夹，或取消只读属性")
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                (ProblemKind::ReadOnly, "文件正被另一个程序占用", "关掉另一个程序后再试")
            }
            Some(ErrorCode::DatabaseCorrupt) => {
                (ProblemKind::File, "文件已损坏", "不要再改这个文件；请从最近的备份恢复")
            }
            Some(ErrorCode::NotADatabase) => {
                (ProblemKind::File, "不是本程序的文件，或已加密", "请选扩展名为 .bdk 的工作簿")
            }
            Some(ErrorCode::SystemIoFailure) if WRITES.contains(&extended) => (
                ProblemKind::Storage,
                "写不进去：磁盘可能满了，或存储设备已断开",
                "检查磁盘空间，以及 U 盘或网络盘是否还在，然后再试",
            ),
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
                (ProblemKind::Storage, "读写文件失败，存储设备可能已断开", "检查 U 盘或网络盘是否还在，然后重新打开")
            }
            Some(ErrorCode::TooBig) => (ProblemKind::Input, "内容太长", "请缩短后再存"),
            Some(ErrorCode::OperationInterrupted) => return Self::cancelled(),
            _ => return Self::fault(without_values(&error)),
        };
        Self::new(kind, "没有完成", happened).next(next).detail(without_values(&error))
    }
}

/// Failures of the system to write. A quota, or a file larger than the file system allows, is one of these too: only
/// a full disk has a code of its own.
const WRITES: [i32; 4] =
    [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_DIR_FSYNC, ffi::SQLITE_IOERR_TRUNCATE];

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let (kind, happened, next) = match error.kind() {
            ErrorKind::NotFound => (ProblemKind::Storage, "找不到文件或文件夹", "检查路径是否写对、存储设备是否还在"),
            ErrorKind::ReadOnlyFilesystem => {
                (ProblemKind::ReadOnly, "磁盘是只读的，不能写", "换一个能写的磁盘，或取消写保护")
            }
            ErrorKind::PermissionDenied => {
                (ProblemKind::ReadOnly, "没有权限读写这个文件或文件夹", "换一个能写的文件夹，或取消只读属性")
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                (ProblemKind::Storage, "磁盘满了，写不下", "腾出空间后再试")
            }
            ErrorKind::FileTooLarge => (ProblemKind::Storage, "文件太大，磁盘放不下", "换一个磁盘，或腾出空间后再试"),
            ErrorKind::AlreadyExists => (ProblemKind::Input, "同名文件已经存在", "换一个名字，或允许覆盖"),
            _ => (ProblemKind::Storage, "读写文件失败", "检查存储设备是否还在，然后再试"),
        };
        Self::new(kind, "没有完成", happened).next(next).detail(error.to_string())
    }
}

/// The message of SQLite itself; it names tables and columns, never values.
fn without_values(error: &rusqlite::Error) -> String {
    error.to_string()
}
