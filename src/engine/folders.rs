//! What lies in folders, for choosing a file: places, listings, the system's own dialog.
//!
//! Everything here may block and so runs as a job. Start at [`list`].

use std::path::{Path, PathBuf};

use crate::clock::Moment;
use crate::files::whole;
use crate::problem::{Problem, Result};

/// What a file is chosen for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilePurpose {
    /// An existing file is read.
    Open,
    /// A file is written; this name is offered.
    Save(String),
    /// A folder is wanted.
    Folder,
}

/// A file that is to be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileAsk {
    /// 「打开工作簿」
    pub title: String,
    pub purpose: FilePurpose,
    /// What kind it is, in words: 「工作簿」; empty for any.
    pub kind: String,
    /// Endings that fit, without the dot; empty for any.
    pub endings: Vec<String>,
    /// Where to begin; the last folder, or the documents, if not said.
    pub folder: Option<PathBuf>,
}

impl FileAsk {
    /// Asks for an existing file.
    pub fn open(title: &str, kind: &str, endings: &[&str]) -> Self {
        Self {
            title: title.to_owned(),
            purpose: FilePurpose::Open,
            kind: kind.to_owned(),
            endings: endings.iter().map(|ending| (*ending).to_owned()).collect(),
            folder: None,
        }
    }

    /// Asks where a file is to be written.
    pub fn save(title: &str, kind: &str, ending: &str, name: &str) -> Self {
        Self { purpose: FilePurpose::Save(name.to_owned()), ..Self::open(title, kind, &[ending]) }
    }

    /// Begins in this folder.
    #[must_use]
    pub fn in_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Whether a file of this name may be chosen.
    pub fn fits(&self, name: &str) -> bool {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        self.endings.is_empty() || ending.is_some_and(|ending| self.endings.contains(&ending))
    }
}

/// A place to begin from: 桌面, a drive, a stick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub label: String,
    pub path: PathBuf,
    pub is_device: bool,
}

/// A line of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderLine {
    pub name: String,
    pub is_folder: bool,
    pub bytes: u64,
    pub changed: Option<Moment>,
}

/// What lies in a folder: folders first, then the files that fit, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub folder: PathBuf,
    pub lines: Vec<FolderLine>,
    /// Files that do not fit and are left out.
    pub left_out: usize,
}

/// What a path that somebody wrote leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Folder(Listing),
    /// A file that can be opened.
    File(PathBuf),
}

/// Goes to a path: into a folder, or to the file where one is to be opened.
pub fn go(path: &Path, ask: &FileAsk) -> Result<Found> {
    let path = whole(path)?;
    if !path.exists() {
        let happened = format!("没有“{}”这个文件或文件夹", path.display());
        return Err(Problem::input("没有打开", happened).next("核对路径，或在左边选一个位置"));
    }
    if path.is_file() && ask.purpose == FilePurpose::Open {
        return Ok(Found::File(path));
    }
    let folder = if path.is_file() { path.parent().unwrap_or(&path) } else { &path };
    list(folder, ask).map(Found::Folder)
}

/// Reads a folder; one that was told from where the program runs is told whole from then on.
pub fn list(folder: &Path, ask: &FileAsk) -> Result<Listing> {
    let folder = &whole(folder)?;
    let mut lines = Vec::new();
    let mut left_out = 0;
    for entry in std::fs::read_dir(folder).map_err(|error| not_listed(folder, error.into()))? {
        let entry = entry.map_err(|error| not_listed(folder, error.into()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // What cannot be asked about (a broken link, a file that vanished meanwhile) cannot be chosen either.
        let Ok(about) = std::fs::metadata(entry.path()) else { continue };
        if is_hidden(&name) {
            continue;
        }
        if !about.is_dir() && (ask.purpose == FilePurpose::Folder || !ask.fits(&name)) {
            left_out += 1;
            continue;
        }
        lines.push(FolderLine { name, is_folder: about.is_dir(), bytes: about.len(), changed: changed(&about) });
    }
    lines.sort_by_cached_key(|line| (!line.is_folder, line.name.to_lowercase()));
    Ok(Listing { folder: folder.to_owned(), lines, left_out })
}

/// The places one usually looks in, those that are there.
pub fn places() -> Vec<Place> {
    let mut found = Vec::new();
    let mut add = |label: &str, path: Option<PathBuf>, is_device: bool| {
        if let Some(path) = path.filter(|path| path.is_dir()) {
            found.push(Place { label: label.to_owned(), path, is_device });
        }
    };
    add("程序旁", crate::settings::portable_folder(), false);
    let home = home();
    let below = |names: [&str; 2]| home.as_ref().and_then(|home| first_below(home, names));
    add("桌面", below(["Desktop", "桌面"]), false);
    add("文档", below(["Documents", "文档"]), false);
    add("下载", below(["Downloads", "下载"]), false);
    add("主文件夹", home.clone(), false);
    for (label, path) in devices() {
        add(&label, Some(path), true);
    }
    found
}

/// The person's documents, or their home, or the folder the program runs in.
pub fn documents() -> PathBuf {
    let home = home();
    let documents = home.as_ref().and_then(|home| first_below(home, ["Documents", "文档"]));
    documents.or(home).unwrap_or_else(|| PathBuf::from("."))
}

fn first_below(home: &Path, names: [&str; 2]) -> Option<PathBuf> {
    names.into_iter().map(|name| home.join(name)).find(|path| path.is_dir())
}

fn home() -> Option<PathBuf> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Drives, and what is plugged in.
fn devices() -> Vec<(String, PathBuf)> {
    if cfg!(windows) {
        let letters = (b'C'..=b'Z').map(|letter| format!("{}:\\", char::from(letter)));
        return letters.map(|drive| (drive.trim_end_matches('\\').to_owned(), PathBuf::from(drive))).collect();
    }
    let user = std::env::var("USER").unwrap_or_default();
    let mut found = vec![("电脑".to_owned(), PathBuf::from("/"))];
    for mounts in [format!("/media/{user}"), format!("/run/media/{user}")] {
        // Where nothing is plugged in the folder is not there.
        for entry in std::fs::read_dir(mounts).into_iter().flatten().flatten() {
            found.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
        }
    }
    found
}

/// Dot files, and what lies beside a workbook for the program's own use.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name == "$RECYCLE.BIN" || name == "System Volume Information"
}

fn changed(about: &std::fs::Metadata) -> Option<Moment> {
    let since = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(Moment)
}

fn not_listed(folder: &Path, problem: Problem) -> Problem {
    problem.titled("没有打开文件夹").at(folder).unchanged("什么也没有改动")
}

/// Shows the system's own dialog; `None` if nothing was chosen, or if the system has none.
pub fn system_dialog(ask: &FileAsk, folder: &Path) -> Option<PathBuf> {
    let mut dialog = rfd::FileDialog::new().set_title(&ask.title).set_directory(folder);
    if !ask.endings.is_empty() {
        dialog = dialog.add_filter(&ask.kind, &ask.endings);
    }
    match &ask.purpose {
        FilePurpose::Open => dialog.pick_file(),
        FilePurpose::Save(name) => dialog.set_file_name(name).save_file(),
        FilePurpose::Folder => dialog.pick_folder(),
    }
}
