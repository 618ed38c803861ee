//! Copies of attached files for other programs (打开): in a private folder of this run of the program, only to be read,
//! and wiped when it ends; what a crash left is wiped when it starts the next time.
//!
//! Several windows may run at once: each holds the lock beside its own folder, and nobody wipes what is locked.
//! Start at [`OpenedCopies`] and [`wipe_left_over`].

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::exchange::packs::names::safe;
use crate::files::unheld;
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::attachments::Stored;

/// Where the copies lie, in the folder of the user's settings.
const FOLDER: &str = "opened";
/// How the names of locks end.
const LOCK: &str = ".lock";

/// The copies of one run. Cheap to clone; the last one wipes them.
#[derive(Debug, Clone)]
pub struct OpenedCopies(Arc<Mutex<Copies>>);

#[derive(Debug)]
struct Copies {
    root: PathBuf,
    /// Made with the first copy.
    held: Option<Held>,
}

/// A folder that is ours as long as its lock is held.
#[derive(Debug)]
struct Held {
    folder: PathBuf,
    lock: PathBuf,
    _locked: File,
    count: u32,
}

impl OpenedCopies {
    /// Copies in the folder of the user's settings.
    pub fn new(settings: &Path) -> Self {
        Self(Arc::new(Mutex::new(Copies { root: settings.join(FOLDER), held: None })))
    }

    /// Makes a copy of a file under a name that every file system bears. Each time a new one: another program may have
    /// changed the last.
    pub fn take_out(&self, stored: &Stored, hash: &str, name: &str, progress: &Progress) -> Result<PathBuf> {
        let place = self.place()?.join(safe(name));
        let mut file = private(&place)?;
        let copied = stored.copy_to(hash, &mut file, progress).and_then(|_| Ok(file.sync_all()?));
        drop(file);
        if let Err(problem) = copied {
            // Half a copy opens as if it were the file.
            std::fs::remove_file(&place)?;
            return Err(problem);
        }
        only_to_read(&place, true)?;
        Ok(place)
    }

    /// A new folder for one file: two files of one name lie beside each other.
    fn place(&self) -> Result<PathBuf> {
        let mut copies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let root = copies.root.clone();
        if copies.held.is_none() {
            copies.held = Some(Held::new(&root).map_err(|problem| not_copied(&root, problem))?);
        }
        let Some(held) = &mut copies.held else { return Err(Problem::fault("no folder for copies")) };
        held.count += 1;
        let place = held.folder.join(held.count.to_string());
        private_folder(&place)?;
        Ok(place)
    }
}

impl Held {
    /// The lock comes first and the folder is named after it: whatever is there can be found and wiped.
    fn new(root: &Path) -> Result<Self> {
        private_folder(root)?;
        let new = tempfile::Builder::new().prefix("").suffix(LOCK).rand_bytes(12).tempfile_in(root)?;
        new.as_file().try_lock().map_err(|error| match error {
            TryLockError::Error(error) => Problem::from(error),
            TryLockError::WouldBlock => Problem::fault("a new lock is held by another"),
        })?;
        let (locked, lock) = new.keep().map_err(|error| Problem::from(error.error))?;
        let folder = lock.with_extension("");
        private_folder(&folder)?;
        Ok(Self { folder, lock, _locked: locked, count: 0 })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // What another program still holds open stays, and is wiped at the next start.
        if let Err(problem) = wipe(&self.folder, &self.lock) {
            tracing::warn!(detail = problem.detail, "copies of attachments could not be wiped yet");
        }
    }
}

/// Wipes what runs that ended without wiping left behind.
pub fn wipe_left_over(settings: &Path) -> Result<()> {
    let root = settings.join(FOLDER);
    if !root.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(&root)? {
        let lock = entry?.path();
        if lock.to_string_lossy().ends_with(LOCK) && unheld(&lock)?.is_some() {
            wipe(&lock.with_extension(""), &lock)?;
        }
    }
    Ok(())
}

fn wipe(folder: &Path, lock: &Path) -> Result<()> {
    if folder.is_dir() {
        if cfg!(windows) {
            // There nothing is removed that is only to be read.
            for place in std::fs::read_dir(folder)? {
                for copy in std::fs::read_dir(place?.path())? {
                    only_to_read(&copy?.path(), false)?;
                }
            }
        }
        std::fs::remove_dir_all(folder)?;
    }
    Ok(std::fs::remove_file(lock)?)
}

fn only_to_read(path: &Path, is_so: bool) -> Result<()> {
    let mut rights = std::fs::metadata(path)?.permissions();
    rights.set_readonly(is_so);
    Ok(std::fs::set_permissions(path, rights)?)
}

/// A new file for its owner alone.
fn private(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(path)?)
}

/// A folder for its owner alone.
fn private_folder(path: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(path)?)
}

fn not_copied(root: &Path, problem: Problem) -> Problem {
    problem.titled("没有打开材料").at(root).next("看看这个文件夹能不能写，磁盘还有没有地方")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Key;
    use crate::store::attachments::Attachments;

    /// A folder of settings, and a store with one file.
    fn stored() -> (tempfile::TempDir, Stored, String) {
        let folder = tempfile::tempdir().expect("a folder");
        let workbook = folder.path().join("支部.bdk");
        let mut store = Attachments::open(&workbook, &Key::None).expect("a store");
        let kept = store.add(&mut &b"scan"[..], &Progress::default()).expect("kept");
        drop(store);
        let stored = Stored::open(&workbook, &Key::None).expect("open").expect("there");
        (folder, stored, kept.hash)
    }

    fn is_empty(settings: &Path) -> bool {
        std::fs::read_dir(settings.join(FOLDER)).expect("the folder").next().is_none()
    }

    #[test]
    fn a_copy_is_only_to_be_read_and_gone_when_the_program_ends() {
        let (folder, stored, hash) = stored();
        let settings = folder.path().join("settings");
        let opened = OpenedCopies::new(&settings);
        let take = || opened.take_out(&stored, &hash, "../会场?.jpg", &Progress::default()).expect("a copy");
        let (first, second) = (take(), take());
        assert!(first != second && first.starts_with(settings.join(FOLDER)), "{first:?}");
        assert!(first.file_name().is_some_and(|name| name.to_string_lossy().ends_with(".jpg")));
        assert_eq!(std::fs::read(&first).expect("readable"), b"scan");
        assert!(std::fs::metadata(&first).expect("there").permissions().readonly());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let of = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o077;
            assert_eq!((of(&first), of(&settings.join(FOLDER))), (0, 0), "for its owner alone");
        }
        // Another window that starts meanwhile leaves it alone.
        wipe_left_over(&settings).expect("wiped");
        assert!(second.exists());
        drop(opened);
        assert!(is_empty(&settings));
    }

    #[test]
    fn what_a_crash_left_is_wiped_at_the_next_start() {
        let (folder, stored, hash) = stored();
        let settings = folder.path();
        let opened = OpenedCopies::new(settings);
        let copy = opened.take_out(&stored, &hash, "名单.txt", &Progress::default()).expect("a copy");
        let place = copy.parent().and_then(Path::parent).expect("the folder of the run").to_owned();
        let left = place.with_file_name("left");
        std::fs::create_dir_all(left.join("1")).expect("a folder");
        std::fs::write(left.join("1/名单.txt"), "张三").expect("a copy of a run that crashed");
        std::fs::write(place.with_file_name("left.lock"), "").expect("its lock, which nobody holds");
        only_to_read(&left.join("1/名单.txt"), true).expect("as it was");
        wipe_left_over(settings).expect("wiped");
        assert!(!left.exists() && !place.with_file_name("left.lock").exists() && copy.exists());
    }

    #[test]
    fn what_cannot_be_copied_leaves_nothing_half() {
        let (folder, stored, _) = stored();
        let opened = OpenedCopies::new(folder.path());
        let problem = opened.take_out(&stored, "0".repeat(64).as_str(), "a.txt", &Progress::default());
        assert_eq!(problem.expect_err("not there").title, "没有打开材料");
        let held = opened.0.lock().expect("unlocked");
        let place = held.held.as_ref().expect("a folder").folder.join("1");
        assert!(std::fs::read_dir(place).expect("a folder").next().is_none());
    }
}
