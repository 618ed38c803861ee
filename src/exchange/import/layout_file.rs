//! 栏目对照 in a file of their own, to be taken to another machine.
//!
//! Start at [`write_layouts`] and [`read_layouts`].

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::domain::import_layout::ImportLayout;
use crate::files::write_whole;
use crate::problem::{Problem, ProblemKind, Result};

/// What such a file holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    layouts: Vec<ImportLayout>,
}

/// The largest file that is read.
const MOST_BYTES: u64 = 4 << 20;

/// Writes layouts; an existing file is replaced.
pub fn write_layouts(path: &Path, layouts: &[ImportLayout]) -> Result<()> {
    let file = File { layouts: layouts.to_vec() };
    let text = serde_json::to_vec_pretty(&file).map_err(|error| Problem::fault(error.to_string()))?;
    write_whole(path, &text, true)
}

/// Reads layouts that another workbook handed out.
pub fn read_layouts(path: &Path) -> Result<Vec<ImportLayout>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let wrong = |cause: String| {
        Problem::new(ProblemKind::File, "没有导入栏目对照", format!("“{name}”不是栏目对照文件"))
            .next("请选择由“导出对照…”写出的 json 文件")
            .detail(cause)
    };
    let titled = |error: std::io::Error| Problem::from(error).titled("没有导入栏目对照").at(path);
    if std::fs::metadata(path).map_err(titled)?.len() > MOST_BYTES {
        return Err(wrong("the file is too large".to_owned()));
    }
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => wrong(error.to_string()),
        _ => titled(error),
    })?;
    let file: File =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| wrong(error.to_string()))?;
    Ok(file.layouts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::import_layout::Meaning;
    use crate::domain::imports::RosterKind;
    use crate::domain::lists::{ColumnField, TalkField};

    #[test]
    fn what_is_handed_out_comes_in_elsewhere_and_nothing_else_does() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("对照.json");
        let mut layout = ImportLayout::of_heads("职工表", RosterKind::Talks, ["姓名", "备用"].into_iter());
        layout.tell(0, Some(Meaning::Field(ColumnField::of(TalkField::Partners))));
        layout.tell(1, Some(Meaning::Nothing));
        write_layouts(&path, std::slice::from_ref(&layout)).expect("written");
        assert_eq!(read_layouts(&path).expect("read"), [layout]);
        std::fs::write(&path, r#"{"name": "别的"}"#).expect("written");
        let problem = read_layouts(&path).expect_err("another file");
        assert_eq!(problem.happened, "“对照.json”不是栏目对照文件");
    }
}
