//! Which font files of this machine hold a wanted family: reads the name table of each file and nothing else.
//!
//! Only reads. A file that cannot be read, or is no font, holds no family: the folders belong to the system, and what
//! is used in its place is told by the report of `fonts.rs`. Start at [`find`].

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use ttf_parser::{name, name_id};

/// A face of a font file, found by a family name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFace {
    /// The family as it was asked for.
    pub family: String,
    pub path: PathBuf,
    /// The face within a collection (`.ttc`).
    pub index: u32,
}

/// Folders may be nested this deep.
const DEEPEST_FOLDER: usize = 6;
/// No name table of a real font is larger.
const LARGEST_NAME_TABLE: u32 = 1 << 20;
const NAME: [u8; 4] = *b"name";
const COLLECTION: [u8; 4] = *b"ttcf";

/// The folders in which this system keeps fonts.
#[cfg(windows)]
pub fn font_folders() -> Vec<PathBuf> {
    let windows = std::env::var_os("WINDIR").map_or_else(|| PathBuf::from("C:\\Windows"), PathBuf::from);
    let own = std::env::var_os("LOCALAPPDATA").map(|local| PathBuf::from(local).join("Microsoft\\Windows\\Fonts"));
    std::iter::once(windows.join("Fonts")).chain(own).collect()
}

/// The folders in which this system keeps fonts.
#[cfg(not(windows))]
pub fn font_folders() -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let data = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| home.as_ref().map(|home| home.join(".local/share")));
    let own = home.map(|home| home.join(".fonts")).into_iter().chain(data.map(|data| data.join("fonts")));
    own.chain([PathBuf::from("/usr/local/share/fonts"), PathBuf::from("/usr/share/fonts")]).collect()
}

/// The faces in some folders whose family is one of the wanted, folder by folder, files by name.
pub fn find(folders: &[PathBuf], wanted: &[&str]) -> Vec<FoundFace> {
    let mut files = Vec::new();
    for folder in folders {
        collect_font_files(folder, DEEPEST_FOLDER, &mut files);
    }
    let mut found = Vec::new();
    for path in files {
        let Ok(faces) = family_names(&path) else { continue };
        for (index, names) in (0..).zip(faces) {
            let asked = wanted.iter().filter(|family| names.iter().any(|name| name.eq_ignore_ascii_case(family)));
            found.extend(asked.map(|family| FoundFace { family: (*family).to_owned(), path: path.clone(), index }));
        }
    }
    found
}

fn collect_font_files(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if depth > 0 {
                collect_font_files(&path, depth - 1, files);
            }
        } else if path.extension().and_then(|extension| extension.to_str()).is_some_and(is_font_extension) {
            files.push(path);
        }
    }
}

fn is_font_extension(extension: &str) -> bool {
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The family names of every face of a file, in every language that it names them.
fn family_names(path: &Path) -> io::Result<Vec<Vec<String>>> {
    let mut file = File::open(path)?;
    let mut start = [0_u8; 12];
    file.read_exact(&mut start)?;
    if start[..4] != COLLECTION {
        return Ok(vec![names_of_face(&mut file, 0)?]);
    }
    let count = u32::from_be_bytes([start[8], start[9], start[10], start[11]]).min(64);
    let mut offsets = Vec::new();
    for _ in 0..count {
        offsets.push(read_u32(&mut file)?);
    }
    offsets.into_iter().map(|offset| names_of_face(&mut file, offset)).collect()
}

/// The family names of the face whose table directory begins at `directory`.
fn names_of_face(file: &mut File, directory: u32) -> io::Result<Vec<String>> {
    file.seek(SeekFrom::Start(u64::from(directory) + 4))?;
    let mut count = [0_u8; 2];
    file.read_exact(&mut count)?;
    file.seek_relative(6)?;
    for _ in 0..u16::from_be_bytes(count) {
        let mut tag = [0_u8; 4];
        file.read_exact(&mut tag)?;
        let (_checksum, offset, length) = (read_u32(file)?, read_u32(file)?, read_u32(file)?);
        if tag == NAME && length <= LARGEST_NAME_TABLE {
            file.seek(SeekFrom::Start(u64::from(offset)))?;
            let mut table = Vec::new();
            file.take(u64::from(length)).read_to_end(&mut table)?;
            return Ok(families_in_name_table(&table));
        }
    }
    Ok(Vec::new())
}

fn families_in_name_table(table: &[u8]) -> Vec<String> {
    let Some(table) = name::Table::parse(table) else { return Vec::new() };
    let is_family = |id| matches!(id, name_id::FAMILY | name_id::TYPOGRAPHIC_FAMILY);
    table.names.into_iter().filter(|name| is_family(name.name_id)).filter_map(|name| name.to_string()).collect()
}

fn read_u32(file: &mut File) -> io::Result<u32> {
    let mut bytes = [0_u8; 4];
    file.read_exact(&mut bytes)?;
    Ok(u32::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::samples::name_table;

    /// A table directory with nothing but a name table, for a file in which it stands at `at`.
    fn face(family: &str, at: u32) -> Vec<u8> {
        let table = name_table(family);
        let mut face = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        face.extend(NAME);
        for value in [0, at + 28, u32::try_from(table.len()).expect("a short table")] {
            face.extend(value.to_be_bytes());
        }
        face.extend(table);
        face
    }

    #[test]
    fn a_family_is_found_in_a_font_and_in_a_collection() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::write(path("b.ttf"), face("楷体_GB2312", 0)).expect("a font");
        fs::write(path("c.ttf"), face("Other", 0)).expect("a font");
        fs::write(path("仿宋.txt"), face("仿宋", 0)).expect("no font");
        let first = face("Other", 20);
        let second_at = 20 + u32::try_from(first.len()).expect("a short face");
        let mut collection = b"ttcf\0\x01\0\0".to_vec();
        for value in [2, 20, second_at] {
            collection.extend(value.to_be_bytes());
        }
        collection.extend(first);
        collection.extend(face("SimSun", second_at));
        fs::write(path("a.TTC"), collection).expect("a collection");

        let found = find(&[folder.path().to_owned()], &["楷体_GB2312", "simsun", "仿宋"]);
        let shown: Vec<_> = found.iter().map(|face| (face.family.as_str(), face.index)).collect();
        assert_eq!(shown, [("simsun", 1), ("楷体_GB2312", 0)]);
    }

    #[test]
    fn a_broken_or_cut_file_holds_no_family() {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = face("仿宋", 0);
        for (index, content) in [&whole[..20], &whole[..30], b"ttcf", b"", b"\0\x01\0\0\xff\xff"].iter().enumerate() {
            fs::write(folder.path().join(format!("{index}.ttf")), content).expect("a file");
        }
        assert_eq!(find(&[folder.path().to_owned()], &["仿宋"]), Vec::new());
    }
}
