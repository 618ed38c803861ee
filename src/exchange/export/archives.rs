//! Archive checklists as they go out: templates, checklists, their items, evidence, what is missing.

use std::borrow::Cow;

use super::{Column, Datum, Shown, Take};
use crate::clock::Day;
use crate::domain::checklists::{
    Belongs, By, Evidence, EvidenceKind, ItemState, OPTIONAL, Of, Owner, PieceNumber, Retention,
};
use crate::domain::dates::PartialDate;
use crate::domain::identity::masked_within;
use crate::domain::ids::OrganisationId;
use crate::domain::talks::Talk;
use crate::problem::Result;
use crate::store::checklists;
use crate::view::checklists::{ChecklistBoard, GapAsk, ItemLine, each_board, gaps, of_scope, piece_numbers, without};
use crate::view::desk::Desk;

/// Which list of archives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveList {
    /// 清单模板
    Templates,
    /// 档案清单, a row each
    Checklists,
    /// 清单项
    Items,
    /// 材料
    Evidence,
    /// 缺项
    Gaps,
}

/// A list of archives to hand out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveExport {
    pub list: ArchiveList,
    pub scope: Option<OrganisationId>,
    /// Of all years, and of members' files too, where none is told; of gaps the year of today.
    pub year: Option<i16>,
    /// The code of a template; of all where none is told.
    pub template: Option<String>,
    pub today: Day,
    /// With every ID number and phone masked that stands in any of its texts: in a pack.
    pub masked: bool,
}

impl ArchiveList {
    /// The name of the list.
    pub fn label(self) -> &'static str {
        match self {
            Self::Templates => "清单模板",
            Self::Checklists => "档案清单",
            Self::Items => "清单项",
            Self::Evidence => "材料目录",
            Self::Gaps => "缺项单",
        }
    }

    pub(super) fn columns(self) -> Vec<Column> {
        let id = |name: &str| Column::new(name, "编号", 22.0).only(Shown::Json);
        match self {
            Self::Templates => vec![
                Column::new("code", "代号", 12.0),
                Column::new("version", "版本", 6.0),
                Column::new("title", "名称", 24.0),
                Column::new("subject", "对象", 10.0).only(Shown::Json),
                Column::new("source", "出处", 60.0),
                Column::new("count", "项数", 6.0).only(Shown::Sheets),
                Column::new("removed", "停用", 6.0),
                Column::new("items", "项", 10.0).only(Shown::Json),
            ],
            Self::Checklists => vec![
                id("id"),
                id("organisation_id"),
                Column::new("whose", "党组织（党员）", 30.0),
                Column::new("year", "年度", 8.0),
                id("person_id"),
                Column::new("template", "模板", 12.0).only(Shown::Json),
                Column::new("version", "模板版本", 8.0).only(Shown::Json),
                Column::new("title", "清单", 24.0),
                Column::new("total", "共", 6.0),
                Column::new("have", "有", 6.0),
                Column::new("partly", "部分", 6.0),
                Column::new("missing", "缺", 6.0),
                Column::new("not_applicable", "不适用", 8.0),
            ],
            Self::Items => vec![
                id("id"),
                id("checklist_id"),
                id("parent_id"),
                Column::new("whose", "党组织（党员）", 26.0),
                Column::new("year", "年度", 8.0),
                Column::new("list", "清单", 20.0),
                Column::new("code", "编号", 8.0),
                Column::new("title", "内容", 30.0),
                Column::new("standard", "标准", 40.0),
                Column::new("state", "状态", 8.0).only(Shown::Json),
                Column::new("state_label", "状态", 8.0).only(Shown::Sheets),
                Column::new("by", "依据", 8.0).only(Shown::Json),
                Column::new("by_label", "依据", 8.0).only(Shown::Sheets),
                Column::new("found", "自动查到", 8.0).only(Shown::Json),
                Column::new("needed", "需要", 8.0).only(Shown::Json),
                Column::new("reason", "原因", 24.0),
                id("owner_id"),
                Column::new("owner", "责任人", 10.0),
                Column::new("due", "期限", 12.0),
                Column::new("retention", "保管期限建议", 12.0).only(Shown::Json),
                Column::new("retention_label", "保管期限建议", 12.0).only(Shown::Sheets),
                Column::new("evidence", "材料", 6.0),
                Column::new("note", "备注", 24.0),
                Column::new("checked_by", "检查人", 10.0),
                Column::new("checked_on", "检查日期", 12.0),
            ],
            Self::Evidence => vec![
                id("id"),
                id("item_id"),
                id("talk_id"),
                Column::new("whose", "党组织（党员）", 26.0),
                Column::new("year", "年度", 8.0),
                Column::new("list", "清单", 20.0),
                Column::new("item", "项", 24.0),
                Column::new("archive_code", "档号", 24.0),
                Column::new("piece_number", "件号", 8.0),
                Column::new("title", "题名", 40.0),
                Column::new("kind", "形式", 8.0).only(Shown::Json),
                Column::new("kind_label", "形式", 8.0).only(Shown::Sheets),
                Column::new("file_name", "文件名", 30.0),
                Column::new("bytes", "字节", 12.0),
                Column::new("hash", "SHA-256", 66.0),
                Column::new("cabinet", "存放位置", 16.0),
                Column::new("pages", "页数", 6.0),
                Column::new("version_of", "是哪件的新版本", 22.0).only(Shown::Json),
                Column::new("final", "定稿", 6.0),
                Column::new("document", "文号", 20.0),
                Column::new("author", "责任者", 20.0),
                Column::new("day", "日期", 12.0),
                Column::new("secrecy", "密级", 8.0),
                Column::new("retention", "保管期限", 8.0).only(Shown::Json),
                Column::new("retention_label", "保管期限", 8.0).only(Shown::Sheets),
                Column::new("remark", "备注", 24.0),
                Column::new("added_by", "附上的人", 10.0),
                Column::new("added_on", "附上日期", 12.0),
            ],
            Self::Gaps => vec![
                id("checklist_id"),
                id("item_id"),
                Column::new("whose", "党组织（党员）", 26.0),
                Column::new("list", "清单", 20.0),
                Column::new("category", "类", 24.0),
                Column::new("title", "缺什么", 28.0),
                Column::new("standard", "标准", 40.0),
                Column::new("state", "状态", 8.0).only(Shown::Json),
                Column::new("state_label", "状态", 8.0).only(Shown::Sheets),
                Column::new("reason", "原因", 24.0),
                Column::new("owner", "责任人", 10.0),
                Column::new("due", "期限", 12.0),
                Column::new("note", "备注", 24.0),
            ],
        }
    }
}

/// A cell with the ID numbers and phones masked that stand in its text.
fn masked<'c>(cell: &'c Datum<'_>) -> Datum<'c> {
    match cell {
        Datum::Text(text) => Datum::Text(masked_within(Cow::Borrowed(text))),
        other => other.clone(),
    }
}

fn count(count: usize) -> Datum<'static> {
    Datum::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

fn date(date: Option<PartialDate>) -> Datum<'static> {
    date.map_or(Datum::Nothing, |date| Datum::owned(date.to_string()))
}

fn year(of: Of) -> Datum<'static> {
    match of {
        Of::Year(year) => Datum::Number(i64::from(year)),
        Of::Person(_) => Datum::Nothing,
    }
}

impl ArchiveExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        if !self.masked {
            return self.each_as_written(desk, take);
        }
        self.each_as_written(desk, &mut |row| take(&row.iter().map(masked).collect::<Vec<_>>()))
    }

    fn each_as_written(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        match self.list {
            ArchiveList::Templates => each_template(desk, take),
            ArchiveList::Checklists => self.each_board(desk, |board| checklist_row(board, take)),
            ArchiveList::Items => {
                self.each_board(desk, |board| board.lines.iter().try_for_each(|line| item_row(board, line, take)))
            }
            ArchiveList::Evidence => self.each_evidence(desk, take),
            ArchiveList::Gaps => self.each_gap(desk, take),
        }
    }

    /// 「青禾县民政局党总支，2026 年」
    pub(super) fn in_words(&self, desk: &Desk) -> String {
        let whose = desk.scope_name(self.scope);
        match self.year {
            Some(year) => format!("{whose}，{year} 年"),
            None => whose,
        }
    }

    fn each_board(&self, desk: &Desk, mut take: impl FnMut(&ChecklistBoard) -> Result<()>) -> Result<()> {
        let lists = of_scope(desk, self.scope, self.year, self.template.as_deref())?;
        each_board(desk, lists, self.today, |board| take(&board))
    }

    fn each_evidence(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        self.each_board(desk, |board| {
            let numbers = piece_numbers(desk, board)?;
            for line in &board.lines {
                for evidence in &line.evidence {
                    evidence_row(
                        evidence,
                        [&board.whose, &board.checklist.title, &line.item.title],
                        &year(board.checklist.of),
                        numbers.get(evidence.id),
                        take,
                    )?;
                }
            }
            Ok(())
        })?;
        if self.template.is_some() {
            return Ok(());
        }
        // Scans of talks, by the ledger in which the talk stands.
        let within = desk.tree().within(self.scope).into_iter().map(|node| node.id).collect::<Vec<_>>();
        let mut scans = Vec::new();
        checklists::each_evidence(desk.reader(), |evidence| {
            if let Belongs::Talk(talk) = evidence.belongs {
                scans.push((talk, evidence));
            }
            Ok(())
        })?;
        for (talk, evidence) in scans {
            let Some(talk) = desk.reader().get::<Talk>(talk.0)? else { continue };
            let of = talk.number.year;
            if !within.contains(&talk.organisation) || self.year.is_some_and(|year| year != of) {
                continue;
            }
            let whose = desk.tree().get(talk.organisation).map_or("", |node| node.shown_name());
            let item = format!("谈话 {}", talk.number);
            evidence_row(&evidence, [whose, "谈心谈话", &item], &Datum::Number(i64::from(of)), None, take)?;
        }
        Ok(())
    }

    fn each_gap(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let ask = GapAsk {
            scope: self.scope,
            year: self.year.unwrap_or(self.today.year()),
            template: self.template.clone(),
            checklist: None,
            owner: None,
            today: self.today,
        };
        for gap in gaps(desk, &ask)? {
            take(&[
                Datum::owned(gap.checklist.to_string()),
                Datum::owned(gap.item.to_string()),
                Datum::text(&gap.whose),
                Datum::text(&gap.list),
                Datum::text(&gap.category),
                Datum::text(&gap.title),
                Datum::optional(gap.standard.as_deref()),
                Datum::text(gap.state.name()),
                Datum::text(gap.state.label()),
                Datum::optional(gap.reason.as_deref()),
                Datum::optional(gap.owner.as_deref()),
                date(gap.due),
                Datum::optional(gap.note.as_deref()),
            ])?;
        }
        for name in without(desk, &ask)?.names {
            take(&without_row(&name))?;
        }
        Ok(())
    }
}

/// Whoever has no checklist lacks that.
fn without_row(name: &str) -> [Datum<'_>; 13] {
    let mut row = std::array::from_fn(|_| Datum::Nothing);
    row[2] = Datum::text(name);
    row[5] = Datum::text("没有建清单");
    row[7] = Datum::text(ItemState::Missing.name());
    row[8] = Datum::text(ItemState::Missing.label());
    row
}

fn each_template(desk: &Desk, take: &mut Take<'_>) -> Result<()> {
    for template in checklists::templates(desk.reader())?.all() {
        let items = template.items.iter().map(|item| serde_json::to_value(item).unwrap_or_default()).collect();
        take(&[
            Datum::text(&template.code),
            Datum::Number(template.version),
            Datum::text(&template.title),
            Datum::text(template.subject.name()),
            Datum::optional(template.source.as_deref()),
            count(template.each_item().len()),
            Datum::Flag(template.removed),
            Datum::Records(items),
        ])?;
    }
    Ok(())
}

fn checklist_row(board: &ChecklistBoard, take: &mut Take<'_>) -> Result<()> {
    let list = &board.checklist;
    let person = match list.of {
        Of::Person(id) => Datum::owned(id.to_string()),
        Of::Year(_) => Datum::Nothing,
    };
    take(&[
        Datum::owned(list.id.to_string()),
        Datum::owned(list.organisation.to_string()),
        Datum::text(&board.whose),
        year(list.of),
        person,
        Datum::text(&list.template),
        Datum::Number(list.version),
        Datum::text(&list.title),
        count(board.progress.total()),
        count(board.progress.have),
        count(board.progress.partly),
        count(board.progress.missing),
        count(board.progress.not_applicable),
    ])
}

fn item_row(board: &ChecklistBoard, line: &ItemLine, take: &mut Take<'_>) -> Result<()> {
    let item = &line.item;
    let by = match line.standing.by {
        By::Hand => Some(("hand", "手工")),
        By::Records(_) => Some(("records", "自动")),
        By::Evidence => Some(("evidence", "材料")),
        By::Parts => Some(("parts", "分项")),
        By::Optional => Some(("optional", OPTIONAL)),
        By::Nothing => None,
    };
    let number = |number: Option<u32>| number.map_or(Datum::Nothing, |number| Datum::Number(i64::from(number)));
    // 责任人 of the item itself: what it has from above is not written on it.
    let owner = item.owner.as_ref().and_then(Owner::person);
    take(&[
        Datum::owned(item.id.to_string()),
        Datum::owned(item.checklist.to_string()),
        item.parent.map_or(Datum::Nothing, |id| Datum::owned(id.to_string())),
        Datum::text(&board.whose),
        year(board.checklist.of),
        Datum::text(&board.checklist.title),
        Datum::optional(item.code.as_deref()),
        Datum::text(&item.title),
        Datum::optional(item.standard.as_deref()),
        Datum::text(line.standing.state.name()),
        Datum::text(line.standing.state.label()),
        Datum::optional(by.map(|(name, _)| name)),
        Datum::optional(by.map(|(_, label)| label)),
        number(line.filled.map(|filled| filled.found)),
        number(line.filled.map(|filled| filled.needed)),
        Datum::optional(line.standing.reason(item)),
        owner.map_or(Datum::Nothing, |id| Datum::owned(id.to_string())),
        Datum::optional(line.owner.as_deref()),
        date(line.due),
        Datum::optional(item.retention.map(Retention::code)),
        Datum::optional(item.retention.map(Retention::label)),
        count(line.evidence.len()),
        Datum::optional(item.note.as_deref()),
        item.checked.as_ref().map_or(Datum::Nothing, |(by, _)| Datum::text(by)),
        item.checked.as_ref().map_or(Datum::Nothing, |(_, on)| Datum::owned(on.to_string())),
    ])
}

/// `number` is that of the catalogue: versions that are not final have none, nor has what is kept nobody knows how long.
fn evidence_row(
    evidence: &Evidence,
    [whose, list, item]: [&str; 3],
    year: &Datum<'_>,
    number: Option<&PieceNumber>,
    take: &mut Take<'_>,
) -> Result<()> {
    let id = |id: Option<i64>| id.map_or(Datum::Nothing, |id| Datum::owned(id.to_string()));
    let (of_item, of_talk) = match evidence.belongs {
        Belongs::Item(item) => (Some(item.0), None),
        Belongs::Talk(talk) => (None, Some(talk.0)),
    };
    let (kind, file, cabinet) = match &evidence.kind {
        EvidenceKind::File { name, hash, bytes } => (["file", "文件"], Some((name, hash, *bytes)), None),
        EvidenceKind::Paper { cabinet } => (["paper", "纸质"], None, cabinet.as_deref()),
    };
    let bytes = file.and_then(|(_, _, bytes)| i64::try_from(bytes).ok());
    take(&[
        Datum::owned(evidence.id.to_string()),
        id(of_item),
        id(of_talk),
        Datum::text(whose),
        year.clone(),
        Datum::text(list),
        Datum::text(item),
        Datum::optional(number.map(|number| number.code.as_str())),
        number.map_or(Datum::Nothing, |number| Datum::Number(i64::from(number.number))),
        Datum::text(&evidence.title),
        Datum::text(kind[0]),
        Datum::text(kind[1]),
        file.map_or(Datum::Nothing, |(name, _, _)| Datum::text(name)),
        bytes.map_or(Datum::Nothing, Datum::Number),
        file.map_or(Datum::Nothing, |(_, hash, _)| Datum::text(hash)),
        Datum::optional(cabinet),
        evidence.pages.map_or(Datum::Nothing, |pages| Datum::Number(i64::from(pages))),
        id(evidence.version_of.map(|id| id.0)),
        Datum::Flag(evidence.is_final),
        Datum::optional(evidence.document.as_deref()),
        Datum::optional(evidence.author.as_deref()),
        date(evidence.day),
        evidence.secrecy.map_or(Datum::Nothing, |secrecy| Datum::text(secrecy.label())),
        Datum::optional(evidence.retention.map(Retention::code)),
        Datum::optional(evidence.retention.map(Retention::label)),
        Datum::optional(evidence.remark.as_deref()),
        Datum::text(&evidence.added_by),
        Datum::owned(evidence.added_on.to_string()),
    ])
}
