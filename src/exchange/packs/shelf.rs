//! Where the files of a pack are put (文件夹 or ZIP), one after the other, each hashed on its way.
//!
//! Nothing is held whole in memory. A file whose source fails midway is taken away again. Start at [`Shelf::put`].

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::clock::Day;
use crate::files::sync_files;
use crate::problem::{Problem, ProblemKind, Result};

/// The name of the list of hashes.
pub const SUMS: &str = "SHA256SUMS";
/// Endings of files that are packed already: packing them again takes time and spares nothing.
const PACKED: [&str; 14] =
    ["pdf", "jpg", "jpeg", "png", "heic", "docx", "xlsx", "pptx", "zip", "rar", "7z", "mp3", "mp4", "ofd"];
/// What a file collects before it is written.
const BUFFER_BYTES: usize = 256 * 1024;

/// A pack being filled.
pub(in crate::exchange) struct Shelf<'s> {
    place: Place<'s>,
    /// Hash and path of each file.
    sums: Vec<(String, String)>,
}

enum Place<'s> {
    Folder(PathBuf),
    Zip(Box<ZipWriter<Package<'s>>>, SimpleFileOptions),
}

impl<'s> Shelf<'s> {
    /// An empty folder.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { place: Place::Folder(folder), sums: Vec::new() }
    }

    /// An empty file that becomes a ZIP, whose entries are of a day.
    pub fn in_zip(file: &'s mut File, day: Day) -> Self {
        let number = |part: i8| u8::try_from(part).unwrap_or(1);
        let year = u16::try_from(day.year()).unwrap_or_default();
        // A day that the format does not know (before 1980) is left at its first.
        let day = DateTime::from_date_and_time(year, number(day.month()), number(day.day()), 0, 0, 0);
        let options = SimpleFileOptions::default().last_modified_time(day.unwrap_or_default()).unix_permissions(0o644);
        Self { place: Place::Zip(Box::new(ZipWriter::new(Package { file, is_cut: false })), options), sums: Vec::new() }
    }

    /// Whether files of more than 4 GB come: a ZIP has to know before they do.
    pub fn of_large_files(mut self) -> Self {
        if let Place::Zip(_, options) = &mut self.place {
            *options = options.large_file(true);
        }
        self
    }

    /// The number of files so far.
    pub fn files(&self) -> usize {
        self.sums.len()
    }

    /// Puts a file at a path with forward slashes; fails where it cannot be made or written.
    pub fn put(&mut self, path: &str, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        match self.put_or_leave(path, fill)? {
            None => Ok(()),
            Some(problem) => Err(problem),
        }
    }

    /// The same where the source may be at fault: then there is no such file, and what was wrong with it is returned.
    pub fn put_or_leave(
        &mut self,
        path: &str,
        fill: impl FnOnce(&mut dyn Write) -> Result<()>,
    ) -> Result<Option<Problem>> {
        let filled = match &mut self.place {
            Place::Folder(folder) => put_in_folder(&folder.join(path), fill),
            Place::Zip(zip, options) => put_in_zip(zip, *options, path, fill),
        };
        match filled? {
            Filled::With(hash) => {
                self.sums.push((hash, path.to_owned()));
                Ok(None)
            }
            Filled::Not(problem) => Ok(Some(problem)),
        }
    }

    /// Puts the list of hashes, as `sha256sum -c` reads it, and ends.
    pub fn finish(mut self) -> Result<()> {
        let sums = std::mem::take(&mut self.sums);
        self.put(SUMS, |to| {
            for (hash, path) in &sums {
                writeln!(to, "{hash}  {path}")?;
            }
            Ok(())
        })?;
        match self.place {
            Place::Folder(folder) => sync_files(self.sums.iter().map(|(_, path)| folder.join(path)).collect()),
            Place::Zip(zip, _) => {
                let Package { file, .. } = zip.finish().map_err(not_packed)?;
                // A file that was taken away again may have been longer than all that came after it.
                let end = file.stream_position()?;
                Ok(file.set_len(end)?)
            }
        }
    }
}

/// How filling a file ended, where the pack itself could be written.
enum Filled {
    /// With this hash.
    With(String),
    /// The source failed.
    Not(Problem),
}

fn put_in_folder(path: &std::path::Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<Filled> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut file = BufWriter::with_capacity(BUFFER_BYTES, File::create_new(path)?);
    let filled = hashed(&mut file, fill)?;
    drop(file.into_inner().map_err(|error| Problem::from(error.into_error()))?);
    if matches!(filled, Filled::Not(_)) {
        std::fs::remove_file(path)?;
    }
    Ok(filled)
}

/// The file of a ZIP. Once it could not be written, and that was told, it takes everything in silence: a ZIP that is given
/// up writes its end all the same, and would tell the terminal in its own words that it cannot.
struct Package<'p> {
    file: &'p mut File,
    is_cut: bool,
}

impl Write for Package<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.is_cut {
            return Ok(bytes.len());
        }
        self.file.write(bytes).inspect_err(|_| self.is_cut = true)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.is_cut { Ok(()) } else { self.file.flush().inspect_err(|_| self.is_cut = true) }
    }
}

impl Seek for Package<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}

fn put_in_zip(
    zip: &mut ZipWriter<Package<'_>>,
    options: SimpleFileOptions,
    path: &str,
    fill: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<Filled> {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let is_packed = ending.is_some_and(|ending| PACKED.contains(&ending.as_str()));
    let method = if is_packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    zip.start_file(path, options.compression_method(method)).map_err(not_packed)?;
    let filled = hashed(zip, fill)?;
    if matches!(filled, Filled::Not(_)) {
        zip.abort_file().map_err(not_packed)?;
    }
    Ok(filled)
}

/// Fills what is written to. Whoever cancels, or cannot write, stops the pack; all else is the source's fault.
fn hashed(to: &mut dyn Write, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<Filled> {
    let mut hashing = Hashing { to, hasher: Sha256::new(), is_cut: false };
    match fill(&mut hashing) {
        Ok(()) => {
            let hash = hashing.hasher.finalize();
            Ok(Filled::With(hash.iter().map(|byte| format!("{byte:02x}")).collect()))
        }
        Err(problem) if hashing.is_cut || problem.kind == ProblemKind::Cancelled => Err(problem),
        Err(problem) => Ok(Filled::Not(problem)),
    }
}

/// Hashes what goes through, and remembers that it could not be written.
struct Hashing<'h> {
    to: &'h mut dyn Write,
    hasher: Sha256,
    is_cut: bool,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.to.write(bytes).inspect_err(|_| self.is_cut = true)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush().inspect_err(|_| self.is_cut = true)
    }
}

fn not_packed(error: ZipError) -> Problem {
    match error {
        ZipError::Io(error) => error.into(),
        other => Problem::fault(other.to_string()),
    }
}
