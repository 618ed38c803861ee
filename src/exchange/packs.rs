//! Packs for an inspection (检查包): a folder or a ZIP with what an archive has, under names that speak, with papers about
//! it, an index that opens without the program, and the hashes of it all.
//!
//! Knows nothing of paper: whoever calls hands in what prints. Start at [`pack`].

mod index_page;
mod layout;
pub mod names;
pub(super) mod shelf;
mod target;

use std::path::Path;
use std::sync::Arc;

use layout::{Bundle, LONGEST_PATH, SHORTEST_PATH, lay_out};
use shelf::{SUMS, Shelf};
use target::make_folder;

use super::export::{ArchiveExport, ArchiveList, Export, write};
use crate::clock::Moment;
use crate::domain::checklists::{Evidence, EvidenceKind, PieceNumbers};
use crate::domain::ids::{ChecklistId, OrganisationId};
use crate::files::{Aside, folder_of, refuse_existing, whole, write_from};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::attachments::Stored;
use crate::store::outputs::Output;
use crate::view::checklists::{ChecklistBoard, GapAsk, ItemLine, piece_numbers};
use crate::view::desk::Desk;
use crate::view::packs::{Lacking, PackAsk, PackSummary, PackedList, Record, Told, told_of};

/// The index that opens by a double click.
const INDEX: &str = "index.html";
const COVER: &str = "封面.pdf";
const GAPS: &str = "缺项单.pdf";
const GAPS_SHEET: &str = "缺项单.xlsx";
/// Characters of a whole path that Windows opens everywhere.
const LONGEST_WHOLE_PATH: usize = 240;

/// A paper of a pack, as it is asked for from whoever prints.
#[derive(Debug, Clone, Copy)]
pub enum PackPaper<'p> {
    /// 封面
    Cover(&'p PackSummary),
    /// 档案清单
    Checklist(ChecklistId),
    /// 归档文件目录
    Catalogue(ChecklistId),
    /// 缺项单
    Gaps(&'p GapAsk),
    /// 自动记录 of an organisation.
    Record(Record, OrganisationId),
}

/// What prints: a paper as a PDF.
pub type Print<'p> = dyn Fn(&PackPaper<'_>) -> Result<Vec<u8>> + 'p;

/// What was packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// Files in the pack, the list of their hashes not counted.
    pub files: usize,
    pub summary: PackSummary,
}

/// Packs into a folder, or into a ZIP where the name ends so. It appears whole or not at all; what is there is replaced
/// only with `replace`. Evidence whose bytes cannot be had does not stop it: it is named in what comes back.
pub fn pack(
    desk: &Desk,
    ask: &PackAsk,
    to: &Path,
    replace: bool,
    print: &Print<'_>,
    at: Moment,
    progress: &Progress,
) -> Result<Packed> {
    let boards = numbered(desk, ask.boards(desk)?)?;
    let packing = |room| Packing::new(desk, ask, lay_out(boards, room), print, at, progress);
    if is_zip(to) {
        return into_zip(to, replace, packing(LONGEST_PATH)?);
    }
    let place = whole(to)?.to_string_lossy().encode_utf16().count() + 1;
    let room = LONGEST_WHOLE_PATH.saturating_sub(place).min(LONGEST_PATH);
    if room < SHORTEST_PATH {
        return Err(Problem::input(
            "没有做检查包",
            format!("“{}”的路径太长，里面的文件在 Windows 上打不开", to.display()),
        )
        .next("放到浅一些的文件夹，或做成 .zip"));
    }
    let packing = packing(room)?;
    make_folder(to, replace, |folder| {
        let mut shelf = Shelf::in_folder(folder.to_owned());
        let packed = packing.fill(&mut shelf, folder_of(folder))?;
        shelf.finish()?;
        Ok(packed)
    })
}

/// Checklists, each with the numbers of its pieces.
fn numbered(desk: &Desk, boards: Vec<ChecklistBoard>) -> Result<Vec<(ChecklistBoard, Arc<PieceNumbers>)>> {
    let mut numbered = Vec::with_capacity(boards.len());
    for board in boards {
        let numbers = piece_numbers(desk, &board)?;
        numbered.push((board, numbers));
    }
    Ok(numbered)
}

fn into_zip(to: &Path, replace: bool, packing: Packing<'_>) -> Result<Packed> {
    refuse_existing(to, replace)?;
    let aside = Aside::beside(to)?;
    let mut packed = None;
    write_from(aside.path(), to, replace, |file| {
        let mut shelf = Shelf::in_zip(file, packing.at.day());
        packed = Some(packing.fill(&mut shelf, aside.path())?);
        shelf.finish()
    })?;
    packed.ok_or_else(|| Problem::fault("a pack was written and not filled"))
}

/// Whether the name asks for a ZIP.
fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

impl Packed {
    /// The line for the log of what left the program; who and when is added where it is written.
    pub fn output(&self, desk: &Desk, ask: &PackAsk, to: &Path) -> Result<Output> {
        Ok(Output {
            id: 0,
            at: 0,
            operator: String::new(),
            what: format!("检查包 {}", if is_zip(to) { "ZIP" } else { "文件夹" }),
            scope: ask.in_words(desk)?,
            row_count: i64::try_from(self.files).unwrap_or(i64::MAX),
            masked: true,
            target: to.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        })
    }
}

/// A pack being made.
struct Packing<'p> {
    desk: &'p Desk,
    ask: &'p PackAsk,
    bundles: Vec<Bundle>,
    summary: PackSummary,
    /// None where the store of attachments cannot be had.
    stored: Option<Stored>,
    print: &'p Print<'p>,
    at: Moment,
    progress: &'p Progress,
}

impl<'p> Packing<'p> {
    fn new(
        desk: &'p Desk,
        ask: &'p PackAsk,
        bundles: Vec<Bundle>,
        print: &'p Print<'p>,
        at: Moment,
        progress: &'p Progress,
    ) -> Result<Self> {
        let boards = bundles.iter().map(|bundle| &bundle.board);
        let mut told = told_of(desk, ask, boards)?;
        let stored = match Stored::open(desk.connection().path(), desk.connection().key()) {
            Ok(stored) => stored,
            Err(problem) => {
                told.push(Told { what: "附件库".to_owned(), how: problem.happened });
                None
            }
        };
        let summary = PackSummary {
            scope: ask.scope,
            year: ask.year,
            title: ask.title(desk)?,
            lists: bundles.iter().map(listed).collect(),
            told,
            lacking: Vec::new(),
        };
        Ok(Self { desk, ask, bundles, summary, stored, print, at, progress })
    }

    /// Fills the pack; what must lie in a file for a while lies in `beside`.
    fn fill(mut self, shelf: &mut Shelf<'_>, beside: &Path) -> Result<Packed> {
        self.put_papers(shelf)?;
        self.put_gaps_sheet(shelf, beside)?;
        self.put_evidence(shelf)?;
        self.progress.stage("写封面和目录", 2)?;
        self.put_paper(shelf, COVER, &PackPaper::Cover(&self.summary))?;
        self.progress.step(1)?;
        shelf.put(INDEX, |to| index_page::write(to, &self.summary, &self.bundles, self.at))?;
        self.progress.step(2)?;
        Ok(Packed { files: shelf.files(), summary: self.summary })
    }

    fn gaps(&self) -> GapAsk {
        let PackAsk { scope, year, template, today } = self.ask.clone();
        GapAsk { scope, year, template, checklist: None, owner: None, today }
    }

    fn put_paper(&self, shelf: &mut Shelf<'_>, path: &str, paper: &PackPaper<'_>) -> Result<()> {
        let pdf = (self.print)(paper)?;
        shelf.put(path, |to| Ok(to.write_all(&pdf)?))
    }

    fn put_papers(&self, shelf: &mut Shelf<'_>) -> Result<()> {
        let of_lists: usize = self.bundles.iter().map(|bundle| 2 + bundle.records.len()).sum();
        self.progress.stage("排印清单、目录和记录", of_lists as u64 + 1)?;
        let mut done = 0;
        let mut put = |path: &str, paper: &PackPaper<'_>| {
            self.put_paper(shelf, path, paper)?;
            done += 1;
            self.progress.step(done)
        };
        put(GAPS, &PackPaper::Gaps(&self.gaps()))?;
        for bundle in &self.bundles {
            let list = &bundle.board.checklist;
            put(&bundle.checklist, &PackPaper::Checklist(list.id))?;
            put(&bundle.catalogue, &PackPaper::Catalogue(list.id))?;
            for (record, path) in &bundle.records {
                put(path, &PackPaper::Record(*record, list.organisation))?;
            }
        }
        Ok(())
    }

    /// The gap list as a sheet to write into.
    fn put_gaps_sheet(&self, shelf: &mut Shelf<'_>, beside: &Path) -> Result<()> {
        let path = beside.join("gaps.xlsx");
        let PackAsk { scope, year, template, today } = self.ask.clone();
        let export = ArchiveExport { list: ArchiveList::Gaps, scope, year: Some(year), template, today, masked: true };
        write(self.desk, &Export::Archive(export), &path, false, self.at, &Progress::default())?;
        let mut sheet = std::fs::File::open(&path)?;
        shelf.put(GAPS_SHEET, |to| {
            std::io::copy(&mut sheet, to)?;
            Ok(())
        })
    }

    fn put_evidence(&mut self, shelf: &mut Shelf<'_>) -> Result<()> {
        let Self { bundles, summary, stored, progress, .. } = self;
        let sizes = bundles.iter().flat_map(|bundle| bundle.board.lines.iter().flat_map(finals)).map(size);
        progress.stage("放入材料", sizes.sum())?;
        for (bundle, listed) in bundles.iter_mut().zip(&mut summary.lists) {
            let mut top = String::new();
            for line in &bundle.board.lines {
                if line.depth == 0 {
                    top = format!("{} {}", line.item.code.as_deref().unwrap_or_default(), line.item.title);
                }
                for piece in finals(line) {
                    let EvidenceKind::File { name, hash, .. } = &piece.kind else { continue };
                    let Some(path) = bundle.files.get(&piece.id) else { continue };
                    let Some(why) = put_piece(shelf, path, hash, stored.as_ref(), progress)? else { continue };
                    bundle.files.remove(&piece.id);
                    listed.files -= 1;
                    let place = format!("{} · {}", bundle.board.name(), top.trim());
                    summary.lacking.push(Lacking { place, name: format!("{}（{name}）", piece.title), why });
                }
            }
        }
        Ok(())
    }
}

/// Puts the bytes of a piece; why not, where they cannot be had.
fn put_piece(
    shelf: &mut Shelf<'_>,
    path: &str,
    hash: &str,
    stored: Option<&Stored>,
    progress: &Progress,
) -> Result<Option<&'static str>> {
    // Where the store itself cannot be read the piece cannot be had either; `verify` tells more.
    let Some(stored) = stored.filter(|stored| stored.has(hash).unwrap_or(false)) else {
        return Ok(Some("附件库里找不到"));
    };
    let left = shelf.put_or_leave(path, |to| stored.copy_to(hash, to, progress).map(drop))?;
    Ok(left.map(|_| "内容和附上时不一样了"))
}

/// The evidence of an item that goes into a pack.
fn finals(line: &ItemLine) -> impl Iterator<Item = &Evidence> {
    line.evidence.iter().filter(|piece| piece.is_final)
}

fn size(piece: &Evidence) -> u64 {
    match piece.kind {
        EvidenceKind::File { bytes, .. } => bytes,
        EvidenceKind::Paper { .. } => 0,
    }
}

fn listed(bundle: &Bundle) -> PackedList {
    PackedList {
        name: bundle.board.name(),
        of: bundle.board.checklist.of,
        progress: bundle.board.progress,
        files: bundle.files.len(),
        papers: bundle.papers,
    }
}
