//! The program's own log (运行日志), beside the user's settings. It holds no personal data.

use std::fs::{File, OpenOptions};
use std::path::Path;
use std::sync::Mutex;

/// A larger one is set aside as the old one.
const LIMIT_BYTES: u64 = 1 << 20;

/// Begins to write the log. Where there is no place to write it, the program goes on without.
pub fn start(folder: &Path) {
    if let Ok(file) = open(folder) {
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(tracing::Level::INFO)
            // Where the disk is full, what is told on stderr is the sentence for people and nothing else.
            .log_internal_errors(false)
            .with_writer(Mutex::new(file));
        // A second start within one process (tests) keeps the first.
        drop(subscriber.try_init());
    }
}

fn open(folder: &Path) -> std::io::Result<File> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join("branchdesk.log");
    if std::fs::metadata(&path).is_ok_and(|known| known.len() > LIMIT_BYTES) {
        std::fs::rename(&path, folder.join("branchdesk.old.log"))?;
    }
    OpenOptions::new().create(true).append(true).open(path)
}
