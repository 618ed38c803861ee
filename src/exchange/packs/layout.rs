//! Where everything of a pack lies: each checklist with its papers, the program's own records and its evidence, under
//! names that speak. Touches no file. Start at [`lay_out`].

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::names::{Names, ending};
use super::{COVER, GAPS, GAPS_SHEET, INDEX, SUMS};
use crate::domain::checklists::{Evidence, EvidenceKind, Of, PieceNumbers};
use crate::domain::identity::masked_within;
use crate::domain::ids::EvidenceId;
use crate::view::checklists::ChecklistBoard;
use crate::view::packs::{MEMBERS, Record, records_of};

/// Characters of a path within a pack, as Windows counts them: what is left is for where it lies, or is unpacked.
pub(super) const LONGEST_PATH: usize = 160;
/// With less room the names would say nothing.
pub(super) const SHORTEST_PATH: usize = 120;
/// Characters of the names of folders, from the outermost to the innermost.
const WHOSE: usize = 28;
const LIST: usize = 24;
const CATEGORY: usize = 28;

/// A checklist as it lies in a pack. Paths are from the pack's own folder on, with forward slashes.
#[derive(Debug)]
pub(super) struct Bundle {
    pub board: ChecklistBoard,
    /// 档案清单
    pub checklist: String,
    /// 归档文件目录
    pub catalogue: String,
    pub records: BTreeMap<Record, String>,
    /// Where each final piece that is a file lies.
    pub files: HashMap<EvidenceId, String>,
    /// Final pieces on paper.
    pub papers: usize,
    /// As in the catalogue.
    pub numbers: Arc<PieceNumbers>,
}

/// The names given so far, folder by folder, and the room there is.
struct Folders {
    names: HashMap<String, Names>,
    room: usize,
}

impl Folders {
    /// A path for a file or a folder in a folder; `folder` is empty or ends with a slash. Names show no ID number and no
    /// phone in full.
    fn give(&mut self, folder: &str, wanted: &str, units: usize) -> String {
        let left = self.room.saturating_sub(folder.encode_utf16().count());
        let wanted = masked_within(Cow::Borrowed(wanted));
        let name = self.names.entry(folder.to_owned()).or_default().give_within(&wanted, units.min(left));
        format!("{folder}{name}")
    }

    fn folder(&mut self, folder: &str, wanted: &str, units: usize) -> String {
        format!("{}/", self.give(folder, wanted, units))
    }
}

/// Gives everything its path, of so many characters at most; each checklist comes with the numbers of its pieces.
pub(super) fn lay_out(boards: Vec<(ChecklistBoard, Arc<PieceNumbers>)>, room: usize) -> Vec<Bundle> {
    let mut folders = Folders { names: HashMap::new(), room };
    for own in [INDEX, SUMS, COVER, GAPS, GAPS_SHEET] {
        folders.give("", own, room);
    }
    let organisations: HashSet<_> = boards.iter().map(|(board, _)| board.checklist.organisation).collect();
    let of_years = || boards.iter().map(|(board, _)| board).filter(|board| matches!(board.checklist.of, Of::Year(_)));
    let have_years: HashSet<_> = of_years().map(|board| board.checklist.organisation).collect();
    let has_several_lists = of_years().count() > have_years.len();
    let mut members = HashMap::new();
    let digits = organisations.len().to_string().len().max(2);
    let mut of_organisations = HashMap::new();
    let mut bundles = Vec::with_capacity(boards.len());
    for (board, numbers) in boards {
        let mut folder = String::new();
        if organisations.len() > 1 {
            let nth = of_organisations.len() + 1;
            let own = of_organisations.entry(board.checklist.organisation);
            let make = || folders.folder("", &format!("{nth:0digits$} {}", board.keeper), WHOSE);
            folder.clone_from(own.or_insert_with(make));
        }
        if let Of::Person(_) = board.checklist.of {
            let make = || folders.folder(&folder, MEMBERS, LIST);
            let shelf = members.entry(board.checklist.organisation).or_insert_with(make).clone();
            folder = folders.folder(&shelf, &board.whose, WHOSE);
        } else if has_several_lists {
            folder = folders.folder(&folder, &board.checklist.title, LIST);
        }
        bundles.push(bundle(board, numbers, &folder, &mut folders));
    }
    bundles
}

fn bundle(board: ChecklistBoard, numbers: Arc<PieceNumbers>, folder: &str, folders: &mut Folders) -> Bundle {
    let whole = folders.room;
    let checklist = folders.give(folder, "档案清单.pdf", whole);
    let catalogue = folders.give(folder, "归档文件目录.pdf", whole);
    let mut records = BTreeMap::new();
    let found = records_of(&board);
    if !found.is_empty() {
        let own = folders.folder(folder, "程序记录", CATEGORY);
        for record in found {
            records.insert(record, folders.give(&own, &format!("{}.pdf", record.label()), whole));
        }
    }
    let (mut files, mut papers) = (HashMap::new(), 0);
    let mut category = String::new();
    let mut of_category = None;
    for line in &board.lines {
        if line.depth == 0 {
            category = format!("{} {}", numbers.category(line.item.id).unwrap_or_default(), line.item.title);
            of_category = None;
        }
        for piece in line.evidence.iter().filter(|piece| piece.is_final) {
            let EvidenceKind::File { name, .. } = &piece.kind else {
                papers += 1;
                continue;
            };
            let make = || folders.folder(folder, category.trim(), CATEGORY);
            let category = of_category.get_or_insert_with(make).clone();
            let number = numbers.get(piece.id).map(|number| number.short.as_str());
            files.insert(piece.id, folders.give(&category, &file_name(number, piece, name), whole));
        }
    }
    Bundle { checklist, catalogue, records, files, papers, numbers, board }
}

/// 「10-002 征求意见汇总.docx」: the title may have been written anew, the ending tells what opens it.
fn file_name(number: Option<&str>, piece: &Evidence, attached: &str) -> String {
    let ending = ending(attached);
    let title = match piece.title.len().checked_sub(ending.len()) {
        Some(stem) if piece.title.is_char_boundary(stem) && piece.title[stem..].eq_ignore_ascii_case(&ending) => {
            &piece.title[..stem]
        }
        _ => &piece.title,
    };
    format!("{} {title}{ending}", number.unwrap_or_default()).trim_start().to_owned()
}
