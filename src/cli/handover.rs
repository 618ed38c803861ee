//! `handover` and `receive`: a workbook with its attachments goes over in one file, and is taken in from it.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Done;
use super::opening::{Book, Operator, shown};
use crate::clock::Clock;
use crate::exchange::handover::{HandedOver, hand_over, receive};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::Key;
use crate::store::outputs::Output;
use crate::store::workbook::ReadOnly;

#[derive(Debug, Args)]
pub(super) struct HandoverTask {
    #[command(flatten)]
    book: Book,
    #[arg(long, value_name = "文件", help = "移交文件，名字以 .zip 结尾")]
    out: PathBuf,
    #[arg(long, help = "文件已存在时替换它")]
    force: bool,
    #[command(flatten)]
    operator: Operator,
    #[arg(long, help = "结果写成 JSON")]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReceiveTask {
    #[arg(value_name = "移交文件", help = "收到的移交文件（.zip）")]
    package: PathBuf,
    #[arg(long, value_name = "工作簿", help = "放成哪个工作簿（.bdk），附件库放在它旁边")]
    out: PathBuf,
    #[arg(long, help = "结果写成 JSON")]
    json: bool,
}

impl HandoverTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        if self.out.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("zip")) {
            return Err(Problem::usage(format!("移交到“{}”，不是 ZIP", self.out.display()))
                .unchanged("没有写文件")
                .next("文件名请以 .zip 结尾"));
        }
        let present = ReadOnly::open(&self.book.workbook, &Key::None)?;
        let told = hand_over(&present, &self.out, self.force, clock.now(), &Progress::default())?;
        let output = Output {
            id: 0,
            at: 0,
            operator: String::new(),
            what: "移交 ZIP".to_owned(),
            scope: "整个工作簿和附件".to_owned(),
            row_count: i64::try_from(told.attachments).unwrap_or(i64::MAX),
            masked: false,
            target: self.out.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        };
        self.book.log_output(output, &self.operator, clock)?;
        tell(told, "已移交", &shown(&self.out), self.json, out)
    }
}

impl ReceiveTask {
    pub fn run(self, out: &mut impl Write) -> Result<Done> {
        if self.out.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("bdk")) {
            return Err(Problem::usage(format!("接收到“{}”，不是工作簿", self.out.display()))
                .unchanged("没有写文件")
                .next("文件名请以 .bdk 结尾"));
        }
        let told = receive(&self.package, &self.out, &Key::None, &Progress::default())?;
        tell(told, "已接收", &shown(&self.out), self.json, out)
    }
}

/// What is missing was missing before: it is told, and nothing else can be done here.
fn tell(told: HandedOver, what: &str, place: &str, is_json: bool, out: &mut impl Write) -> Result<Done> {
    if is_json {
        writeln!(out, "{}", json!({ "file": place, "attachments": told.attachments, "missing": told.missing }))?;
    } else {
        writeln!(out, "{what}工作簿和附件 {} 个：{place}", told.attachments)?;
        if told.missing > 0 {
            writeln!(out, "另有 {} 个附件在附件库里找不到", told.missing)?;
        }
    }
    Ok(if told.missing > 0 { Done::Findings } else { Done::Well })
}
