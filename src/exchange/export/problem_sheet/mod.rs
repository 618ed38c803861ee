//! 问题表: the list as it was received, with a column that tells what is wrong in each row and the cells coloured, to be
//! handed back to whoever made it.
//!
//! Of an xlsx it is a copy in which only that is added (`patched`, `sheet_part`, `styles`, `xml`); another kind of file is
//! made anew as an xlsx (`remade`). `told` finds what is told where. Start at [`write_problem_sheet`].

mod patched;
mod remade;
mod sheet_part;
mod styles;
mod told;
mod xml;

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use patched::{TITLE, write_patched};
use remade::{ToldSheet, remade};
use told::{Said, Told};

use crate::domain::imports::{OpenQuestion, PlannedProblem};
use crate::exchange::import::{Opened, RosterReading};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::files::{refuse_existing, write_with};
use crate::store::outputs::Output;

/// What was written (写出的问题表).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemSheets {
    /// Rows in which something is to be put right.
    pub rows: usize,
    pub written: Vec<ProblemSheet>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemSheet {
    pub path: PathBuf,
    /// The name of the file it was made of.
    pub original: String,
    pub rows: usize,
    /// It is a copy of the original; otherwise only what stands in its cells was taken over.
    pub is_copy: bool,
}

impl ProblemSheet {
    /// The line for the log of what left the program.
    pub fn output(&self) -> Output {
        Output {
            id: 0,
            at: 0,
            operator: String::new(),
            what: "导出问题表 XLSX".to_owned(),
            scope: format!("{}，{} 行有问题", self.original, self.rows),
            row_count: i64::try_from(self.rows).unwrap_or(i64::MAX),
            masked: false,
            target: self.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }
}

/// Writes the opened files with the problems and open questions of their plan, an XLSX for each; existing ones are
/// replaced only with `replace`. `readings` are parallel to `opened`.
///
/// One file is written to `path`; of several each of those that have something to be put right goes beside it, under its
/// own name and that of `path`.
pub fn write_problem_sheet(
    opened: &[Opened],
    readings: &[RosterReading],
    (problems, questions): (&[PlannedProblem], &[OpenQuestion]),
    path: &Path,
    replace: bool,
    progress: &Progress,
) -> Result<ProblemSheets> {
    progress.stage("写问题表", opened.iter().map(Opened::row_count).sum())?;
    let files = opened.iter().zip(readings).enumerate();
    let mut told: Vec<(&Opened, Vec<ToldSheet<'_>>)> =
        files.map(|(file, (opened, reading))| (opened, told((problems, questions), file, opened, reading))).collect();
    if opened.len() > 1 {
        told.retain(|(_, sheets)| rows(sheets) > 0);
    }
    let paths = paths(&told.iter().map(|(opened, _)| *opened).collect::<Vec<_>>(), path, opened.len() > 1)?;
    for path in &paths {
        refuse_existing(path, replace)?;
    }
    let mut written = Vec::new();
    for ((opened, sheets), path) in told.iter().zip(paths) {
        let is_copy = write(opened, sheets, &path, replace, progress)?;
        written.push(ProblemSheet { path, original: opened.name().to_owned(), rows: rows(sheets), is_copy });
    }
    Ok(ProblemSheets { rows: written.iter().map(|one| one.rows).sum(), written })
}

/// What is told of the sheets that were read.
fn told<'a>(said: Said<'_>, file: usize, opened: &'a Opened, reading: &'a RosterReading) -> Vec<ToldSheet<'a>> {
    let read = opened.sheets.iter().filter(|sheet| sheet.visible);
    read.map(|sheet| {
        let tables: Vec<_> = reading.tables.iter().filter(|table| table.sheet == sheet.name).collect();
        let told = Told::of(said, file, sheet, &tables);
        (sheet, tables, told)
    })
    .collect()
}

fn rows(sheets: &[ToldSheet<'_>]) -> usize {
    sheets.iter().map(|(.., told)| told.sentences.len()).sum()
}

/// Writes one file, and says whether it is a copy of the original.
fn write(opened: &Opened, sheets: &[ToldSheet<'_>], path: &Path, replace: bool, progress: &Progress) -> Result<bool> {
    if opened.path().is_some_and(|original| is_same(original, path)) {
        return Err(Problem::input(TITLE, format!("“{}”是导入的原表，问题表不能写在它上面", path.display()))
            .unchanged("原表没有改动")
            .next("请换一个文件名"));
    }
    let Some(package) = opened.package().map_err(|problem| problem.titled(TITLE))? else {
        let packed = remade(opened.name(), sheets, progress)?;
        write_with(path, replace, |file| Ok(file.write_all(&packed)?))?;
        return Ok(false);
    };
    let told: Vec<_> = sheets.iter().map(|(sheet, _, told)| (*sheet, told)).collect();
    write_with(path, replace, |file| write_patched(file, &package, opened.name(), &told, progress))?;
    Ok(true)
}

fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| std::fs::canonicalize(path).ok();
    whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// The ending that the problem sheet of a file has to have: a copy of a workbook with macros, or of a template, opens only
/// under the ending of such.
pub fn problem_sheet_ending(opened: &Opened) -> &'static str {
    let ending = opened.name().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let known = ["xlsm", "xltx", "xltm"].into_iter().find(|known| ending.as_deref() == Some(known));
    known.filter(|_| opened.is_package()).unwrap_or("xlsx")
}

/// Where the problem sheets of the files go.
fn paths(opened: &[&Opened], path: &Path, are_several: bool) -> Result<Vec<PathBuf>> {
    let ending = |opened: &Opened| if are_several { "xlsx" } else { problem_sheet_ending(opened) };
    for opened in opened {
        let ending = ending(opened);
        if path.extension().is_none_or(|found| !found.eq_ignore_ascii_case(ending)) {
            return Err(Problem::usage(format!("写到“{}”，不是 {}", path.display(), ending.to_uppercase()))
                .unchanged("没有写文件")
                .next(format!("文件名请以 .{ending} 结尾")));
        }
    }
    if !are_several {
        return Ok(vec![path.to_owned(); opened.len()]);
    }
    let own = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut taken = HashSet::new();
    let named = opened.iter().map(|opened| {
        let name = opened.name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let ending = problem_sheet_ending(opened);
        let plain = format!("{stem}-{own}.{ending}");
        let numbered = (2..).map(|number: u32| format!("{stem}-{own} ({number}).{ending}"));
        let mut names = std::iter::once(plain.clone()).chain(numbered);
        path.with_file_name(names.find(|name| taken.insert(name.to_lowercase())).unwrap_or(plain))
    });
    Ok(named.collect())
}

#[cfg(test)]
mod copy_tests;
