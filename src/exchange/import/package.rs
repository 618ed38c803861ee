//! Guards before a zip file is read: how many parts, how large once unpacked — counted, since declared sizes lie.
//!
//! Start at [`check`].

use std::io::{Cursor, Read as _};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::source::{damaged, locked, too_large};
use crate::problem::Result;
use crate::progress::Progress;

/// The most parts a package may have.
const MOST_PARTS: usize = 2_000;
/// The most bytes all parts may have, unpacked.
const MOST_BYTES: u64 = 256 << 20;
/// The most bytes the table of shared texts may have; each of its entries costs more in memory than in the file.
const MOST_SHARED_TEXT: u64 = 96 << 20;
/// The most bytes the text of a document may have, with its tags.
const MOST_DOCUMENT: u64 = 32 << 20;
/// Where the text of a document lies.
const DOCUMENT: &str = "word/document.xml";

/// What lies in a package.
#[derive(Debug)]
pub struct Parts {
    pub content: Content,
    /// By the name of the part: the list of sheets and where they lie, what follows the cells of each worksheet, the text
    /// of a document.
    /// Merged cells stand there; they are kept, since the parts are unpacked here anyway, and a second walk over all
    /// cells takes as long as the first.
    pub kept: Vec<(String, Vec<u8>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// xlsx, xlsm.
    Workbook,
    Foreign(&'static str),
}

impl Parts {
    /// The text of a document of Word, with its tags; none of anything else.
    pub fn document(self) -> Option<Vec<u8>> {
        self.kept.into_iter().find(|(part, _)| part == DOCUMENT).map(|(_, text)| text)
    }
}

/// Unpacks every part once without keeping it, and says what the package is.
pub fn check(bytes: &[u8], name: &str, progress: &Progress) -> Result<Parts> {
    let broken = |error: ZipError| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => locked(name),
        error => damaged(name, &error.to_string()),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_PARTS {
        return Err(too_large(name));
    }
    let content = content_of(&archive);
    let mut kept = Vec::new();
    let mut left = MOST_BYTES;
    let mut buffer = vec![0; 1 << 16];
    for index in 0..archive.len() {
        progress.step(0)?;
        let mut part = archive.by_index(index).map_err(broken)?;
        let part_name = part.name().map(|name| name.replace('\\', "/")).unwrap_or_default();
        let is_shared_text = part_name.ends_with("sharedStrings.xml");
        let mut allowed = match &*part_name {
            _ if is_shared_text => MOST_SHARED_TEXT.min(left),
            DOCUMENT => MOST_DOCUMENT.min(left),
            _ => left,
        };
        let mut keep = Keep::of(&part_name);
        loop {
            let read = part.read(&mut buffer).map_err(|error| damaged(name, &error.to_string()))?;
            if read == 0 {
                break;
            }
            if read as u64 > allowed {
                return Err(too_large(name));
            }
            allowed -= read as u64;
            left -= read as u64;
            if let Some(keep) = &mut keep {
                keep.take(&buffer[..read]);
            }
        }
        kept.extend(keep.map(|keep| (part_name, keep.bytes)));
    }
    Ok(Parts { content, kept })
}

/// The bytes of a part that are kept: all, or those after `</sheetData>`.
struct Keep {
    bytes: Vec<u8>,
    is_complete: bool,
}

impl Keep {
    /// The end of the cells, whatever the prefix of its name.
    const END: &[u8] = b"sheetData>";
    /// How far before it `</` can stand.
    const PREFIX: usize = 40;

    fn of(part: &str) -> Option<Self> {
        let is_list = part.ends_with("/workbook.xml") || part.ends_with("/workbook.xml.rels") || part == DOCUMENT;
        (is_list || part.contains("worksheets/sheet")).then(|| Self { bytes: Vec::new(), is_complete: is_list })
    }

    fn take(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
        if self.is_complete {
            return;
        }
        match memmem::find_iter(&self.bytes, Self::END).find(|at| self.closes(*at)) {
            Some(at) => {
                self.is_complete = true;
                self.bytes.drain(..at + Self::END.len());
            }
            // What may be the beginning of the end stays.
            None => drop(self.bytes.drain(..self.bytes.len().saturating_sub(Self::PREFIX + Self::END.len()))),
        }
    }

    fn closes(&self, at: usize) -> bool {
        let before = &self.bytes[at.saturating_sub(Self::PREFIX)..at];
        before.iter().rposition(|byte| *byte == b'<').is_some_and(|open| before.get(open + 1) == Some(&b'/'))
    }
}

fn content_of(archive: &ZipArchive<Cursor<&[u8]>>) -> Content {
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.replace('\\', "/")).collect();
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    let any = |start: &str| names.iter().any(|name| name.starts_with(start));
    if has("xl/workbook.bin") {
        Content::Foreign("xlsb 格式的表格")
    } else if has("word/document.xml") {
        Content::Foreign("Word 文档")
    } else if any("ppt/") {
        Content::Foreign("演示文稿")
    } else if has("content.xml") && has("META-INF/manifest.xml") {
        Content::Foreign("ods 格式的表格")
    } else if has("[Content_Types].xml") || any("xl/") {
        Content::Workbook
    } else {
        Content::Foreign("压缩包")
    }
}
