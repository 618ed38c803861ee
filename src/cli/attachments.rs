//! `attach`, `verify`, `backup` and `compact`: files of evidence go in, are compared with what they were, are copied with
//! the workbook, and what nobody names goes.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Done;
use super::opening::{Book, Operator, shown};
use crate::clock::Clock;
use crate::domain::checklists::{Belongs, Evidence};
use crate::domain::ids::{ChecklistItemId, EvidenceId, RecordId, TalkId};
use crate::exchange::attachments::{Source, attach, begin_anew, check, drop_unnamed, foreign, left_behind};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::attachments::Stored;
use crate::store::backup::Reason;
use crate::store::reader::Reader;
use crate::view::checklists::kept_by_hand;

#[derive(Debug, Args)]
pub(super) struct AttachTask {
    #[arg(value_name = "文件", required = true, help = "要附上的文件，可以写几个，每个最大 200 MB")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    book: Book,
    #[arg(
        long,
        value_name = "编号",
        required_unless_present_any = ["talk", "version_of"],
        conflicts_with = "talk",
        help = "附在哪个清单项"
    )]
    item: Option<RecordId>,
    #[arg(long, value_name = "编号", help = "附在哪次谈话")]
    talk: Option<RecordId>,
    #[arg(long, value_name = "编号", help = "是哪件材料的新版本；附在它那里，不用再写 --item 或 --talk")]
    version_of: Option<RecordId>,
    #[arg(long, help = "原来的附件库确实找不到了才用：另建一个空的，再附")]
    new_store: bool,
    #[command(flatten)]
    operator: Operator,
    #[arg(long, help = "结果写成 JSON")]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct VerifyTask {
    #[command(flatten)]
    book: Book,
    #[arg(long, required = true, help = "逐个核对附件：内容和附上时是否一样")]
    attachments: bool,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct CompactTask {
    #[command(flatten)]
    book: Book,
    #[command(flatten)]
    operator: Operator,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct BackupTask {
    #[command(flatten)]
    book: Book,
    #[command(flatten)]
    operator: Operator,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

impl AttachTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let (mut ledger, stamp) = self.book.ledger(&self.operator, clock)?;
        let version_of = self.version_of.map(EvidenceId);
        let to = match (self.item, self.talk, version_of) {
            (Some(item), ..) => Belongs::Item(ChecklistItemId(item)),
            (None, Some(talk), _) => Belongs::Talk(TalkId(talk)),
            (None, None, Some(earlier)) => place_of(ledger.reader(), earlier)?,
            (None, None, None) => return Err(Problem::usage("attach 还缺 --item、--talk 或 --version-of")),
        };
        let sources: Vec<Source> = self.files.into_iter().map(Source::File).collect();
        if self.new_store {
            begin_anew(&ledger)?;
        }
        let receipt = attach(&mut ledger, &stamp, to, &sources, version_of, &Progress::default())?;
        let warnings = kept_by_hand(ledger.reader(), &receipt.touched)?;
        if self.json {
            let entry = receipt.entry.as_ref().map(|entry| entry.id.to_string());
            let first = receipt.made.map(|id| id.to_string());
            let mut value = json!({ "entry": entry, "title": receipt.title, "first": first, "count": sources.len() });
            if !warnings.is_empty() {
                value["warnings"] = warnings.into();
            }
            writeln!(out, "{value}")?;
        } else {
            writeln!(out, "{}", receipt.title)?;
            for warning in warnings {
                writeln!(out, "{warning}")?;
            }
        }
        Ok(Done::Well)
    }
}

/// Where evidence belongs, and so a later version of it.
fn place_of(reader: Reader<'_>, id: EvidenceId) -> Result<Belongs> {
    let evidence = reader.get::<Evidence>(id.0)?;
    let there = evidence.ok_or_else(|| Problem::input("没有附上", format!("没有编号为 {id} 的材料")))?;
    Ok(there.belongs)
}

impl VerifyTask {
    pub fn run(self, out: &mut impl Write) -> Result<Done> {
        let desk = self.book.desk()?;
        let stored = Stored::open(&self.book.workbook, desk.connection().key())?;
        let checked = check(desk.reader(), stored.as_ref(), &Progress::default())?;
        let is_all_missing = checked.named > 0 && checked.missing.len() == checked.named;
        let not_ours = match &stored {
            None if checked.named > 0 => Some(left_behind(&self.book.workbook)),
            Some(_) if is_all_missing && checked.unnamed > 0 => Some(foreign(&self.book.workbook)),
            _ => None,
        };
        let done = if checked.is_sound() { Done::Well } else { Done::Findings };
        if self.json {
            writeln!(
                out,
                "{}",
                json!({
                    "named": checked.named, "missing": checked.missing, "changed": checked.changed,
                    "unnamed": checked.unnamed,
                    "store": not_ours.map(|problem| problem.happened),
                })
            )?;
            return Ok(done);
        }
        for title in &checked.changed {
            writeln!(out, "内容变了：{title}")?;
        }
        for title in &checked.missing {
            writeln!(out, "找不到：{title}")?;
        }
        if let Some(Problem { happened, next, .. }) = not_ours {
            writeln!(out, "{happened}。{next}。")?;
        }
        if checked.is_sound() {
            writeln!(out, "附件 {} 个都和附上时一样", checked.named)?;
        } else {
            writeln!(
                out,
                "附件 {} 个，变了 {} 个，找不到 {} 个。先复制一份留底；有原来的文件就重新附上，没有再从“备份”文件夹找回附件库。",
                checked.named,
                checked.changed.len(),
                checked.missing.len()
            )?;
        }
        if checked.unnamed > 0 {
            // Nothing is dropped while pieces are missing.
            let then = if checked.missing.is_empty() { "，压缩附件库（compact）时去掉" } else { "" };
            writeln!(out, "另有 {} 个文件已没有材料用到{then}", checked.unnamed)?;
        }
        Ok(done)
    }
}

impl BackupTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let (ledger, stamp) = self.book.ledger(&self.operator, clock)?;
        let made = ledger.back_up(Reason::Asked, stamp.at, &Progress::default())?;
        let place = shown(&made.path);
        if self.json {
            writeln!(out, "{}", json!({ "file": place, "damaged": made.damaged }))?;
        } else {
            writeln!(out, "已备份：{place}")?;
            for piece in &made.damaged {
                writeln!(out, "没有备份，内容变了：{piece}")?;
            }
            if let Some(complaint) = made.complaint() {
                writeln!(out, "{}。{}。", complaint.unchanged, complaint.next)?;
            }
        }
        Ok(if made.damaged.is_empty() { Done::Well } else { Done::Findings })
    }
}

impl CompactTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let (ledger, _) = self.book.ledger(&self.operator, clock)?;
        let freed = drop_unnamed(&ledger, &Progress::default())?;
        if self.json {
            writeln!(out, "{}", json!({ "files": freed.files, "bytes": freed.bytes }))?;
        } else if freed.files == 0 {
            writeln!(out, "附件库里没有可以去掉的文件")?;
        } else {
            writeln!(out, "去掉没有材料用到的文件 {} 个，共 {} 字节", freed.files, freed.bytes)?;
        }
        Ok(Done::Well)
    }
}
