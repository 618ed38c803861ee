//! A pack for an inspection (检查包) as far as the workbook tells it: whose, which of the program's own records go into it,
//! what it says of itself. Knows nothing of files; those are written by whoever hands it out.

use std::collections::BTreeSet;

use super::checklists::{ChecklistBoard, each_board, none_made, of_year_and_members, without_checklist};
use super::desk::Desk;
use super::settings;
use crate::clock::Day;
use crate::domain::checklists::{Belongs, EvidenceKind, Fill, Of, Progress};
use crate::domain::ids::OrganisationId;
use crate::domain::talks::Talk;
use crate::problem::Result;
use crate::store::checklists;

/// The folder in which the files of members lie, each in one of their name.
pub const MEMBERS: &str = "党员个人档案";

/// Whose archives are packed, of which year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackAsk {
    /// With all below it; all of the workbook where none is told.
    pub scope: Option<OrganisationId>,
    pub year: i16,
    /// The code of a template; of all where none is told.
    pub template: Option<String>,
    pub today: Day,
}

/// The program's own records that go into a pack on paper (自动记录): what fills items by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Record {
    TalkLedger,
    Coverage,
    Committee,
    Roster,
    Groups,
    Transfers,
}

/// What a pack says of itself, on its cover and in its index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackSummary {
    pub scope: Option<OrganisationId>,
    pub year: i16,
    /// 「机关第一党支部 2026 年检查包」
    pub title: String,
    pub lists: Vec<PackedList>,
    /// What is masked, left out or to be heeded.
    pub told: Vec<Told>,
    /// Evidence whose bytes could not be had, by name, with where it belongs and why.
    pub lacking: Vec<Lacking>,
}

/// A checklist in a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedList {
    pub name: String,
    pub of: Of,
    pub progress: Progress,
    /// Files of evidence that are in the pack.
    pub files: usize,
    /// Evidence on paper, which stays where it lies.
    pub papers: usize,
}

/// Something that whoever opens a pack has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// 「非定稿的版本」
    pub what: String,
    /// 「2 件没有放入，只放定稿」
    pub how: String,
}

/// Evidence that should be in a pack and is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// 「机关第一党支部 2026 年六有 · 1 有场所」
    pub place: String,
    /// 「会议室（会议室.jpg）」
    pub name: String,
    pub why: &'static str,
}

/// What will be in a pack, as it is said before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackOutline {
    pub title: String,
    /// Checklists of the year.
    pub lists: usize,
    /// Members' files.
    pub members: usize,
    /// The hash of each file of evidence, and the bytes of all.
    pub hashes: Vec<String>,
    pub bytes: u64,
    /// Evidence on paper, which stays where it lies.
    pub papers: usize,
    /// The program's own records, as PDF.
    pub records: usize,
    pub told: Vec<Told>,
}

/// What will be in a pack. Fails where there is nothing to pack.
pub fn outline(desk: &Desk, ask: &PackAsk) -> Result<PackOutline> {
    let boards = ask.boards(desk)?;
    let members = boards.iter().filter(|board| matches!(board.checklist.of, Of::Person(_))).count();
    let (mut bytes, mut papers, mut hashes) = (0, 0, Vec::new());
    for piece in boards.iter().flat_map(|board| &board.lines).flat_map(|line| &line.evidence) {
        match &piece.kind {
            _ if !piece.is_final => {}
            EvidenceKind::Paper { .. } => papers += 1,
            EvidenceKind::File { bytes: size, hash, .. } => {
                hashes.push(hash.clone());
                bytes += size;
            }
        }
    }
    Ok(PackOutline {
        title: ask.title(desk)?,
        lists: boards.len() - members,
        members,
        bytes,
        hashes,
        papers,
        records: boards.iter().map(|board| records_of(board).len()).sum(),
        told: told_of(desk, ask, boards.iter())?,
    })
}

impl PackAsk {
    /// 「机关第一党支部 2026 年检查包」
    pub fn title(&self, desk: &Desk) -> Result<String> {
        Ok(format!("{} {} 年检查包", self.whose(desk)?, self.year))
    }

    /// 「机关第一党支部，2026 年」, for the log.
    pub fn in_words(&self, desk: &Desk) -> Result<String> {
        Ok(format!("{}，{} 年", self.whose(desk)?, self.year))
    }

    /// The organisation as it was called at the end of the year; the whole by the name of the workbook.
    fn whose(&self, desk: &Desk) -> Result<String> {
        match self.scope {
            Some(_) => Ok(desk.scope_name_on(self.scope, self.day())),
            None => Ok(settings::read(desk)?.title),
        }
    }

    /// The day as of which records are told: the last of the year, or today where that is earlier.
    pub fn day(&self) -> Day {
        Day::new(self.year, 12, 31).map_or(self.today, |end| end.min(self.today))
    }

    /// The checklists that are packed, in the order of the tree: those of the year, then those of members' files. Fails
    /// where there is none.
    pub fn boards(&self, desk: &Desk) -> Result<Vec<ChecklistBoard>> {
        let mut boards = Vec::new();
        let lists = of_year_and_members(desk, self.scope, self.year, self.template.as_deref(), self.today)?;
        each_board(desk, lists, self.today, |board| {
            boards.push(board);
            Ok(())
        })?;
        if boards.is_empty() {
            return Err(none_made(desk, "没有做检查包", self.scope, self.year, self.today)?);
        }
        Ok(boards)
    }
}

impl Record {
    /// The record that fills an item; none where it has no form on paper.
    pub fn of(fill: &Fill) -> Option<Self> {
        match fill {
            Fill::Talks { .. } => Some(Self::TalkLedger),
            Fill::Coverage => Some(Self::Coverage),
            Fill::Committee => Some(Self::Committee),
            Fill::Roster => Some(Self::Roster),
            Fill::Groups => Some(Self::Groups),
            Fill::Transfers => Some(Self::Transfers),
            Fill::Honours | Fill::Development | Fill::Election | Fill::Ledger { .. } | Fill::Optional => None,
        }
    }

    /// The name of the paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::TalkLedger => "谈心谈话台账",
            Self::Coverage => "谈心谈话覆盖情况",
            Self::Committee => "委员会组成人员名单",
            Self::Roster => "党员花名册",
            Self::Groups => "党组织一览表",
            Self::Transfers => "组织关系转接台账",
        }
    }
}

/// The records that go with a checklist: those that were found for one of its items.
pub fn records_of(board: &ChecklistBoard) -> BTreeSet<Record> {
    let lines = board.lines.iter().filter(|line| line.filled.is_some_and(|filled| filled.found > 0));
    lines.filter_map(|line| Record::of(line.item.fill.as_ref()?)).collect()
}

/// What whoever opens the pack has to know, as far as the workbook tells it.
pub fn told_of<'b>(
    desk: &Desk,
    ask: &PackAsk,
    boards: impl Iterator<Item = &'b ChecklistBoard> + Clone,
) -> Result<Vec<Told>> {
    let with_ledger = boards.clone().filter(|board| records_of(board).contains(&Record::TalkLedger));
    let with_ledger: BTreeSet<OrganisationId> = with_ledger.map(|board| board.checklist.organisation).collect();
    let evidence = || boards.clone().flat_map(|board| &board.lines).flat_map(|line| &line.evidence);
    let drafts = evidence().filter(|one| !one.is_final).count();
    let secret = evidence().filter(|one| one.is_final && one.secrecy.is_some()).count();
    let mut told = vec![
        Told::of("附上的文件", "照原样放入，里面的个人信息没有遮去"),
        Told::of("身份证号和电话", "在程序写的打印件、表格、目录和文件名里遮去中间"),
    ];
    if !with_ledger.is_empty() {
        told.push(Told::of("谈话内容", "没有放入，台账只记时间、主题和人员"));
    }
    if drafts > 0 {
        told.push(Told::of("不是定稿的版本", format!("{drafts} 件没有放入")));
    }
    if secret > 0 {
        told.push(Told::of("标有密级的材料", format!("{secret} 件（内部、工作秘密），按规定保管和传递")));
    }
    let scans = scans(desk, ask.year, &with_ledger)?;
    if scans > 0 {
        told.push(Told::of("谈话的扫描件", format!("{scans} 件没有放入")));
    }
    let files = boards.clone().filter(|board| matches!(board.checklist.of, Of::Person(_))).count();
    if files > 0 {
        let how = format!("{files} 份，在“{MEMBERS}”文件夹里，有个人信息，按规定保管和传递");
        told.push(Told::of("党员个人的档案清单", how));
    }
    told.extend(without_paper(boards));
    let without = without_checklist(desk, ask.scope, ask.year, ask.template.as_deref(), ask.today)?;
    told.extend(without.in_words().map(|names| Told::of("没有建清单", names)));
    Ok(told)
}

impl Told {
    fn of(what: impl Into<String>, how: impl Into<String>) -> Self {
        Self { what: what.into(), how: how.into() }
    }
}

/// Records that fill items and have no form on paper.
fn without_paper<'b>(boards: impl Iterator<Item = &'b ChecklistBoard>) -> Vec<Told> {
    let mut found: Vec<(&'static str, &'static str, u32)> = Vec::new();
    for line in boards.flat_map(|board| &board.lines) {
        let (Some(fill), Some(filled)) = (&line.item.fill, line.filled) else { continue };
        if Record::of(fill).is_some() || filled.found == 0 {
            continue;
        }
        match found.iter_mut().find(|(label, ..)| *label == fill.label()) {
            Some((.., count)) => *count += filled.found,
            None => found.push((fill.label(), fill.unit(), filled.found)),
        }
    }
    let told = found.into_iter();
    told.map(|(label, unit, count)| Told::of(label, format!("{count} {unit}在程序里，没有放入"))).collect()
}

/// Scans of talks of the year, in these ledgers.
fn scans(desk: &Desk, year: i16, ledgers: &BTreeSet<OrganisationId>) -> Result<usize> {
    if ledgers.is_empty() {
        return Ok(0);
    }
    let mut talks = Vec::new();
    checklists::each_evidence(desk.reader(), |evidence| {
        if let (Belongs::Talk(talk), true) = (evidence.belongs, evidence.is_final) {
            talks.push(talk);
        }
        Ok(())
    })?;
    let mut count = 0;
    for id in talks {
        let Some(talk) = desk.reader().get::<Talk>(id.0)? else { continue };
        count += usize::from(talk.number.year == year && ledgers.contains(&talk.organisation));
    }
    Ok(count)
}
