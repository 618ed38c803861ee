//! `history`, `undo` and `redo`: the journal as a diary, and taking back.

use std::io::Write;

use clap::Args;
use serde_json::{Value as Json, json};

use super::opening::{Book, Operator};
use super::{Done, print_array};
use crate::clock::Clock;
use crate::command::Receipt;
use crate::domain::ids::{EntryId, RecordId};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::view::journal::{DiaryLine, diary, in_lines};

#[derive(Debug, Args)]
pub(super) struct HistoryTask {
    #[command(flatten)]
    book: Book,
    #[arg(long, value_name = "编号", help = "只看这一个人、党组织或谈话的记录，并写明改了什么")]
    record: Option<RecordId>,
    #[arg(long, value_name = "步数", help = "最多列多少步，从最近的起；不写为全部")]
    limit: Option<u32>,
    #[arg(long, help = "写成 JSON")]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct RevertTask {
    #[command(flatten)]
    book: Book,
    #[arg(long, value_name = "步", help = "哪一步（见 history）；不写为最近一步")]
    entry: Option<i64>,
    #[arg(long, help = "只撤回后来没有改过的部分")]
    keep_changed: bool,
    #[arg(long, help = "写成 JSON")]
    json: bool,
    #[command(flatten)]
    operator: Operator,
}

/// Changes of one record that are told of an entry at most.
const CHANGES_TOLD: usize = 200;

impl HistoryTask {
    pub fn run(self, out: &mut impl Write) -> Result<Done> {
        let desk = self.book.desk()?;
        let lines = diary(&desk, self.record, self.limit.unwrap_or(u32::MAX))?;
        if let Some(record) = self.record.filter(|_| lines.is_empty() && self.limit != Some(0)) {
            return Err(Problem::input("没有列出", format!("工作簿里没有编号为 {record} 的记录"))
                .unchanged("")
                .next("编号看 search 或 export 的结果"));
        }
        let mut told = Vec::with_capacity(lines.len());
        for line in lines {
            let words = match self.record {
                Some(record) => in_lines(&desk, line.entry.id, Some(record), CHANGES_TOLD)?,
                None => Vec::new(),
            };
            told.push((line, words));
        }
        if self.json {
            let has_words = self.record.is_some();
            print_array(out, told.iter().map(|(line, words)| as_json(line, has_words.then_some(words))))?;
            return Ok(Done::Well);
        }
        if told.is_empty() {
            writeln!(out, "还没有记录")?;
        }
        for (line, words) in told {
            let entry = &line.entry;
            let state = if line.stands { "" } else { "（已撤销）" };
            writeln!(out, "第 {} 步  {}  {}  {}{state}", entry.id, entry.at.shown(), entry.operator, entry.title)?;
            for word in words {
                writeln!(out, "    {word}")?;
            }
        }
        Ok(Done::Well)
    }
}

impl RevertTask {
    pub fn undo(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let (mut ledger, stamp) = self.book.ledger(&self.operator, clock)?;
        let receipt = ledger.undo(self.entry.map(EntryId), self.keep_changed, &stamp, &Progress::default())?;
        self.tell(&receipt, out)
    }

    pub fn redo(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let (mut ledger, stamp) = self.book.ledger(&self.operator, clock)?;
        let receipt = ledger.redo(self.entry.map(EntryId), self.keep_changed, &stamp, &Progress::default())?;
        self.tell(&receipt, out)
    }

    fn tell(&self, receipt: &Receipt, out: &mut impl Write) -> Result<Done> {
        let entry = receipt.entry.as_ref().map(|entry| entry.id);
        if self.json {
            writeln!(out, "{}", json!({ "entry": entry, "title": receipt.title }))?;
        } else {
            writeln!(out, "{}", receipt.title)?;
        }
        Ok(Done::Well)
    }
}

fn as_json(line: &DiaryLine, words: Option<&Vec<String>>) -> Json {
    let entry = &line.entry;
    let mut value = json!({
        "id": entry.id,
        "at": entry.at.iso(),
        "operator": entry.operator,
        "origin": entry.origin,
        "title": entry.title,
        "changes": entry.changes,
        "undoable": entry.undoable,
        "stands": line.stands,
        "can_undo": line.can_undo,
    });
    if let Some(reverts) = entry.reverts {
        value["reverts"] = json!(reverts);
    }
    if let Some(words) = words {
        value["lines"] = json!(words);
    }
    value
}
