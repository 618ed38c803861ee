//! `apply`: commands from a JSON file, in one transaction.

mod warnings;

use std::io::{Read as _, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value as Json, json};

use self::warnings::{Looking, Writes};
use super::opening::{Book, Operator};
use super::{Done, print_array};
use crate::clock::{Clock, Day};
use crate::command::ledger::Run;
use crate::command::{Command, Made, Receipt, References, with_references};
use crate::problem::{Problem, ProblemKind, Result};

#[derive(Debug, Args)]
pub(super) struct ApplyTask {
    #[arg(long, value_name = "工作簿", required_unless_present = "schema", help = "工作簿文件（.bdk）")]
    workbook: Option<PathBuf>,
    #[arg(long, value_name = "文件", required_unless_present = "schema", help = "命令文件（JSON 数组）；- 为标准输入")]
    from: Option<PathBuf>,
    #[arg(long, value_name = "事由", help = "全部记作一步，用这个事由；不写则一条命令一步")]
    as_one: Option<String>,
    #[arg(long, help = "只试一遍，不写入")]
    dry_run: bool,
    #[arg(long, conflicts_with_all = ["workbook", "from"], help = "打印所有命令的 JSON Schema")]
    schema: bool,
    #[command(flatten)]
    operator: Operator,
}

/// A receipt with the names of what was made, and what is to be looked at.
struct Named {
    receipt: Receipt,
    made: Map<String, Json>,
    writes: Writes,
    warnings: Vec<String>,
}

impl ApplyTask {
    pub fn run(self, clock: Clock, out: &mut impl Write) -> Result<Done> {
        let (Some(workbook), Some(from)) = (self.workbook, self.from) else {
            let text = serde_json::to_string_pretty(&schema()).map_err(|error| Problem::fault(error.to_string()))?;
            writeln!(out, "{text}")?;
            return Ok(Done::Well);
        };
        if self.as_one.as_deref().is_some_and(|title| title.trim().is_empty()) {
            return Err(Problem::usage("--as-one 后面没有写事由").next("写上这一步做的是什么，例如 --as-one 录入名册"));
        }
        let commands = read(&from)?;
        let (mut ledger, stamp) = Book { workbook }.ledger(&self.operator, clock)?;
        let mut receipts = Vec::new();
        let outcome = ledger.run_with(&stamp, |run| {
            match &self.as_one {
                Some(title) => receipts.push(all_as_one(run, title, commands)?),
                None => one_by_one(run, commands, &mut receipts)?,
            }
            look_at(run, &mut receipts, stamp.today())?;
            // A dry run ends like a cancelled one: the transaction is dropped.
            if self.dry_run { Err(Problem::cancelled()) } else { Ok(()) }
        });
        match outcome {
            Err(problem) if !(self.dry_run && problem.kind == ProblemKind::Cancelled) => return Err(problem),
            _ => {}
        }
        print_array(out, receipts.into_iter().map(|named| receipt_json(named, self.dry_run)))?;
        Ok(Done::Well)
    }
}

/// `warnings` stands in a receipt only where there are some.
fn receipt_json(Named { receipt, made, warnings, .. }: Named, dry_run: bool) -> Json {
    let entry = receipt.entry.filter(|_| !dry_run).map(|entry| entry.id);
    let mut value = json!({ "entry": entry, "title": receipt.title, "made": made });
    if !warnings.is_empty() {
        value["warnings"] = warnings.into();
    }
    value
}

/// Adds what is to be looked at.
fn look_at(run: &Run<'_, '_>, receipts: &mut [Named], today: Day) -> Result<()> {
    let all = receipts.iter().fold(Writes::default(), |all, named| all.and(named.writes));
    let looking = Looking::of(run.reader(), all, today)?;
    for named in receipts {
        named.warnings = looking.warnings(&named.receipt, named.writes)?;
    }
    Ok(())
}

fn one_by_one(run: &mut Run<'_, '_>, commands: Vec<Json>, receipts: &mut Vec<Named>) -> Result<()> {
    let mut references = References::default();
    for (value, place) in commands.into_iter().zip(1..) {
        let (reference, command) = with_references(value, place, &references)?;
        let writes = Writes::of(&command);
        let receipt = run.command(command).map_err(|problem| at(problem, place))?;
        let mut made = Map::new();
        if let Some(name) = reference {
            name_it(&mut references, &mut made, &name, Made(receipt.made), place)?;
        }
        receipts.push(Named { receipt, made, writes, warnings: Vec::new() });
    }
    Ok(())
}

fn all_as_one(run: &mut Run<'_, '_>, title: &str, commands: Vec<Json>) -> Result<Named> {
    let mut references = References::default();
    let mut made = Map::new();
    let mut place = 0;
    let mut waiting: Option<String> = None;
    let mut writes = Writes::default();
    let mut commands = commands.into_iter();
    let receipt = run.as_one(title, |last| {
        if let (Some(name), Some(last)) = (waiting.take(), last) {
            name_it(&mut references, &mut made, &name, last, place)?;
        }
        let Some(value) = commands.next() else { return Ok(None) };
        place += 1;
        let (reference, command) = with_references(value, place, &references)?;
        waiting = reference;
        writes = writes.and(Writes::of(&command));
        Ok(Some(command))
    });
    let receipt = receipt.map_err(|problem| at(problem, place))?;
    Ok(Named { receipt, made, writes, warnings: Vec::new() })
}

/// Keeps what a named command made.
fn name_it(
    references: &mut References,
    made: &mut Map<String, Json>,
    name: &str,
    what: Made,
    place: usize,
) -> Result<()> {
    let Made(Some(id)) = what else {
        return Err(at(Problem::input("没有执行", format!("这条命令不新建什么，不能起名 {name}")), place));
    };
    references.name(name, id)?;
    made.insert(name.to_owned(), id.to_string().into());
    Ok(())
}

/// Says which command of the file it was.
fn at(problem: Problem, place: usize) -> Problem {
    if problem.happened.starts_with("第 ") {
        return problem;
    }
    Problem { happened: format!("第 {place} 条命令：{}", problem.happened), ..problem }
}

fn read(from: &Path) -> Result<Vec<Json>> {
    let not_read =
        |happened: String| Problem::input("没有执行", happened).next("命令文件是一个 JSON 数组；写法见 apply --help");
    let mut text = Vec::new();
    if from == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut text)?;
    } else {
        text = std::fs::read(from).map_err(|error| Problem::from(error).titled("没有执行").at(from))?;
    }
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
    let value: Json = serde_json::from_slice(text).map_err(|error| {
        not_read(format!("“{}”第 {} 行第 {} 列不是 JSON（{error}）", from.display(), error.line(), error.column()))
    })?;
    match value {
        Json::Array(commands) => Ok(commands),
        _ => Err(not_read(format!("“{}”里不是数组", from.display()))),
    }
}

/// The schema of a file: an array of commands, each of which may name what it makes.
fn schema() -> Json {
    let mut schema = schemars::schema_for!(Vec<Command>).to_value();
    let reference = json!({
        "type": "string",
        "pattern": "^@",
        "description": "names what this command makes; \"@x\" in a later id field refers to it",
    });
    if let Some(variants) = schema.pointer_mut("/$defs/Command/oneOf").and_then(Json::as_array_mut) {
        for properties in variants.iter_mut().filter_map(|variant| variant.get_mut("properties")?.as_object_mut()) {
            properties.insert("ref".to_owned(), reference.clone());
        }
    }
    schema
}
