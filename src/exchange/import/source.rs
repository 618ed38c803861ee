//! Opens a file and finds out by its content, never by its name, what it is.
//!
//! A file that cannot be read ends in a sentence that names it and says what to do. Start at [`read_sheets`].

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::markup::{Markup, markup_of};
use super::sheets::{Cell, Sheet};
use super::{biff, compound, csv, decode, html, package, workbook, xml_workbook};
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;

/// The largest file that is read.
const MOST_BYTES: u64 = 128 << 20;
/// The largest file of text, which lies in memory as it is and decoded.
const MOST_TEXT_BYTES: usize = 48 << 20;
/// The largest text with tags, once decoded.
const MOST_MARKUP_BYTES: usize = 32 << 20;
/// The longest text of a cell, in bytes; Excel keeps 32,767 characters.
const LONGEST_CELL: usize = 1 << 20;

const TITLE: &str = "没有导入";

/// What makes sure that a file is still the one that was read.
pub type Seal = [u8; 32];

/// The sheets of a file.
pub fn read_sheets(path: &Path, progress: &Progress) -> Result<Vec<Sheet>> {
    Ok(read_sealed(path, progress)?.0)
}

/// The sheets of a file; of an xlsx also its seal, for it may have to be read again as it was.
pub fn read_sealed(path: &Path, progress: &Progress) -> Result<(Vec<Sheet>, Option<Seal>)> {
    let name = file_name(path);
    progress.stage("读取文件", 0)?;
    let bytes = read_bytes(path, &name)?;
    let seal = (kind_of(&bytes) == FileKind::Package).then(|| Sha256::digest(&bytes).into());
    let sheets = sheets_of(bytes, &name, progress)?;
    let cells = sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
    if cells.into_iter().any(|cell| matches!(cell, Cell::Text(text) if text.len() > LONGEST_CELL)) {
        return Err(too_large(&name));
    }
    Ok((sheets, seal))
}

/// The text of a document of Word with its tags; none of any other file.
pub(super) fn read_document(path: &Path, progress: &Progress) -> Result<Option<Vec<u8>>> {
    let name = file_name(path);
    progress.stage("读取文件", 0)?;
    let bytes = read_bytes(path, &name)?;
    if kind_of(&bytes) != FileKind::Package {
        return Ok(None);
    }
    Ok(package::check(&bytes, &name, progress)?.document())
}

/// The bytes of a file that was read before, as they were then.
pub fn read_again(path: &Path, seal: &Seal) -> Result<Vec<u8>> {
    let name = file_name(path);
    let bytes = read_bytes(path, &name)?;
    if Seal::from(Sha256::digest(&bytes)) != *seal {
        return Err(Problem::new(ProblemKind::File, TITLE, format!("“{name}”导入时读过之后又改动过"))
            .next("请重新选这个文件导入，再导出问题表"));
    }
    Ok(bytes)
}

fn sheets_of(bytes: Vec<u8>, name: &str, progress: &Progress) -> Result<Vec<Sheet>> {
    match kind_of(&bytes) {
        FileKind::Empty => Err(no_roster(name, "文件是空的")),
        FileKind::Package => {
            let parts = package::check(&bytes, name, progress)?;
            match parts.content {
                package::Content::Workbook => workbook::read(bytes, &parts.kept, name, progress),
                package::Content::Foreign(what) => Err(foreign(name, what)),
            }
        }
        FileKind::Compound => {
            let container = compound::Container::open(&bytes).map_err(|cause| damaged(name, &cause))?;
            if container.has("EncryptedPackage") {
                return Err(locked(name));
            }
            match container.stream("Workbook").or_else(|| container.stream("Book")) {
                Some(stream) => biff::read(&stream, name, progress),
                None if container.has("WordDocument") => Err(foreign(name, "Word 文档")),
                None => Err(no_roster(name, "不是电子表格")),
            }
        }
        FileKind::Foreign(what) => Err(foreign(name, what)),
        FileKind::Text => {
            if bytes.len() > MOST_TEXT_BYTES {
                return Err(too_large(name));
            }
            let decoded = decode::decode(&bytes);
            drop(bytes);
            if decoded.is_mostly_broken() {
                return Err(broken_encoding(name, decoded.broken));
            }
            read_text(&decoded.text, name, progress)
        }
    }
}

fn read_text(text: &str, name: &str, progress: &Progress) -> Result<Vec<Sheet>> {
    match markup_of(text) {
        Some(Markup::Page | Markup::Workbook) if text.len() > MOST_MARKUP_BYTES => Err(too_large(name)),
        None => Ok(vec![csv::read_text(text, name, progress)?]),
        Some(Markup::Page) => html::read(text, name, progress),
        Some(Markup::Workbook) => xml_workbook::read(text, name, progress),
        Some(Markup::Foreign(what)) => Err(foreign(name, what)),
    }
}

/// The name of the file, as sentences show it.
pub fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read_bytes(path: &Path, name: &str) -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| {
        let (happened, next) = match error.kind() {
            ErrorKind::NotFound => (format!("找不到文件“{name}”"), "请检查文件的位置和名称"),
            ErrorKind::PermissionDenied => (format!("没有权限读取“{name}”"), "请把文件复制到自己的文件夹后再导入"),
            ErrorKind::IsADirectory => (format!("“{name}”是文件夹"), "请选择文件夹中的一个文件"),
            _ => (format!("读不出“{name}”"), "文件可能正被其他程序打开，或所在的盘已拔出；请关闭后再试"),
        };
        Problem::new(ProblemKind::Storage, TITLE, happened).next(next).detail(error.to_string())
    };
    let file = File::open(path).map_err(failed)?;
    // What is larger is not read at all.
    let length = file.metadata().map_err(failed)?.len();
    if length > MOST_BYTES {
        return Err(too_large(name));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large(name));
    }
    Ok(bytes)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Empty,
    /// A zip file.
    Package,
    /// A file of the older Office programs.
    Compound,
    Foreign(&'static str),
    /// Without or with tags.
    Text,
}

fn kind_of(bytes: &[u8]) -> FileKind {
    const SIGNATURES: &[(&[u8], FileKind)] = &[
        (b"PK\x03\x04", FileKind::Package),
        (b"PK\x05\x06", FileKind::Package),
        (&compound::SIGNATURE, FileKind::Compound),
        (b"%PDF", FileKind::Foreign("PDF 文件")),
        (b"{\\rtf", FileKind::Foreign("写字板文档")),
        (b"\x89PNG", FileKind::Foreign("图片")),
        (b"\xff\xd8\xff", FileKind::Foreign("图片")),
        (b"GIF8", FileKind::Foreign("图片")),
        (b"Rar!", FileKind::Foreign("压缩包")),
        (b"7z\xbc\xaf", FileKind::Foreign("压缩包")),
        (b"SQLite format 3\0", FileKind::Foreign("数据库")),
        (b"MZ", FileKind::Foreign("程序")),
        (b"\x7fELF", FileKind::Foreign("程序")),
    ];
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return *kind;
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.trim_ascii_start().is_empty() { FileKind::Empty } else { FileKind::Text }
}

/// It holds no roster.
pub(super) fn no_roster(name: &str, why: &str) -> Problem {
    Problem::new(ProblemKind::File, TITLE, format!("“{name}”里没有可以导入的名册：{why}"))
        .next("请选择党员花名册（xlsx、xls 或 csv）")
}

fn foreign(name: &str, what: &str) -> Problem {
    Problem::new(ProblemKind::File, TITLE, format!("“{name}”是{what}，不是电子表格"))
        .next("请用表格程序打开，另存为 xlsx 后再导入")
}

/// It is a page whose table lies in a file of its own.
pub(super) fn framed(name: &str, file: &str) -> Problem {
    Problem::new(ProblemKind::File, TITLE, format!("“{name}”是由几个文件组成的网页，表格不在这个文件里"))
        .next(format!("请导入旁边同名文件夹里的“{file}”，或用表格程序打开后另存为 xlsx"))
}

/// It is protected by a password.
pub(super) fn locked(name: &str) -> Problem {
    Problem::new(ProblemKind::File, TITLE, format!("“{name}”设有打开密码"))
        .next("请用表格程序打开它，取消密码并另存一份，再导入那一份")
}

/// It is damaged or cut off.
pub(in crate::exchange) fn damaged(name: &str, cause: &str) -> Problem {
    Problem::new(ProblemKind::File, TITLE, format!("“{name}”已损坏，或没有传完"))
        .next("请用表格程序打开看看，另存为 xlsx 后再导入；打不开就请对方重新发送")
        .detail(cause)
}

/// It is larger than any roster, or would be once unpacked.
pub(super) fn too_large(name: &str) -> Problem {
    Problem::new(ProblemKind::File, TITLE, format!("“{name}”过大，超出了名册应有的大小"))
        .next("请删去表格右侧和下方多余的行列、图片，另存后再导入")
}

fn broken_encoding(name: &str, broken: usize) -> Problem {
    Problem::new(ProblemKind::File, TITLE, format!("“{name}”的文字编码已损坏，有 {broken} 处无法识别"))
        .next("请用表格程序打开原表，另存为 xlsx 后再导入")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_content() {
        assert_eq!(kind_of(b""), FileKind::Empty);
        assert_eq!(kind_of(b"\xef\xbb\xbf \r\n"), FileKind::Empty);
        assert_eq!(kind_of(b"PK\x03\x04..."), FileKind::Package);
        assert_eq!(kind_of(b"%PDF-1.7"), FileKind::Foreign("PDF 文件"));
        assert_eq!(kind_of("姓名,性别".as_bytes()), FileKind::Text);
        assert_eq!(kind_of(b"<html><table>"), FileKind::Text);
    }
}
