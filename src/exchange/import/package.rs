//! Guards before a zip file is read: how many parts, how large once unpacked — counted, since declared sizes lie.
//!
//! Start at [`check`].

use std::io::{Cursor, Read as _};

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

/// What lies in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    pub content: Content,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// xlsx, xlsm.
    Workbook,
    Foreign(&'static str),
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
    let mut left = MOST_BYTES;
    let mut buffer = vec![0; 1 << 16];
    for index in 0..archive.len() {
        progress.step(0)?;
        let mut part = archive.by_index(index).map_err(broken)?;
        let is_shared_text = part.name().is_ok_and(|name| name.ends_with("sharedStrings.xml"));
        let mut allowed = if is_shared_text { MOST_SHARED_TEXT.min(left) } else { left };
        loop {
            let read = part.read(&mut buffer).map_err(|error| damaged(name, &error.to_string()))? as u64;
            if read == 0 {
                break;
            }
            if read > allowed {
                return Err(too_large(name));
            }
            allowed -= read;
            left -= read;
        }
    }
    Ok(Parts { content })
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
