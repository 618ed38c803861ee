//! `template`: an inspection list as an office receives it becomes a template of checklists.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Done;
use super::opening::{Book, Operator};
use crate::clock::Clock;
use crate::command::{Command, SetTemplate};
use crate::domain::checklists::{Subject, TemplateLine};
use crate::exchange::import::{Corrections, InspectionList};
use crate::problem::{Problem, Result};
use crate::progress::Progress;

#[derive(Debug, Args)]
pub(super) struct TemplateTask {
    #[arg(value_name = "文件", help = "检查清单：docx、xlsx、xls、csv")]
    file: PathBuf,
    #[command(flatten)]
    book: Book,
    #[arg(long, value_name = "名称", help = "模板的名称；不写则用清单上的")]
    title: Option<String>,
    #[arg(long, help = "只看识别结果，不写入")]
    dry_run: bool,
    #[command(flatten)]
    operator: Operator,
    #[arg(long, help = "结果写成 JSON：识别出的模板和没有当作项的内容")]
    json: bool,
}

impl TemplateTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let understood = InspectionList::file(&self.file, &Progress::default())?.understand(&Corrections::new());
        if understood.lines.is_empty() {
            let happened = "没有识别出一项要检查的内容";
            return Err(Problem::input("没有建清单模板", happened).next("在窗口的“清单模板”里打开它，选哪一栏是项目"));
        }
        let title = self.title.unwrap_or(understood.title);
        let items = understood.lines.items();
        let command = SetTemplate {
            title: Some(title.clone()),
            subject: Some(Subject::Organisation),
            items: Some(items.clone()),
            ..SetTemplate::default()
        };
        let mut done = None;
        if !self.dry_run {
            let (mut ledger, stamp) = self.book.ledger(&self.operator, clock)?;
            done = Some(ledger.run(Command::SetTemplate(command), &stamp)?);
        }
        if self.json {
            let entry = done.and_then(|receipt| receipt.entry).map(|entry| entry.id.to_string());
            writeln!(
                out,
                "{}",
                json!({ "entry": entry, "title": title, "items": items, "remarks": understood.remarks })
            )?;
            return Ok(Done::Well);
        }
        match done {
            Some(receipt) => writeln!(out, "{}：{} 项", receipt.title, understood.lines.len())?,
            None => understood.lines.all().iter().try_for_each(|line| writeln!(out, "{}", in_words(line)))?,
        }
        for remark in &understood.remarks {
            writeln!(out, "{remark}")?;
        }
        Ok(Done::Well)
    }
}

fn in_words(line: &TemplateLine) -> String {
    let standard = line.item.standard.as_deref().map(|standard| format!("：{}", standard.replace('\n', "；")));
    format!("{}{}{}", "  ".repeat(line.depth), line.item.title, standard.unwrap_or_default())
}
