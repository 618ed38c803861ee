//! The same commands and views from a command line.
//!
//! Thin: parse, call the library, print. Ordinary output is short Chinese text for people; with `--json` it is data.
//! An error is one sentence on stderr. Never waits for input, never needs a display. Start at [`run`].

mod apply;
mod archive_papers;
mod arguments;
mod asks;
mod attachments;
mod check;
mod conditions;
mod coverage;
mod demo;
mod export;
mod figures;
mod handover;
mod imports;
mod journal;
mod listing;
pub mod log;
mod new;
mod office;
mod opening;
mod pack;
mod plan_talks;
mod print;
mod quality;
mod search;
mod tables;
mod talk_list;
mod talk_papers;
mod template;
mod usage;

use std::ffi::OsString;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use arguments::{Arguments, Task};
use serde_json::Value as Json;

use crate::clock::Clock;
use crate::engine::faults;
use crate::problem::{Problem, ProblemKind, Result};

/// How a call ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    /// Everything is said; this is the exit code.
    Code(u8),
    /// The window is asked for, with a workbook or without.
    Window(Option<PathBuf>),
}

/// What a task ends with, where nothing went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Done {
    Well,
    /// There are findings: exit code 1.
    Findings,
    /// An import left questions: exit code 3.
    Questions,
    /// The window is to be opened with this workbook.
    Window(PathBuf),
}

const FAILED: u8 = 1;
const WRONG_USAGE: u8 = 2;
const QUESTIONS: u8 = 3;

/// Reads the arguments and does what they ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>, clock: Clock) -> Ending {
    let arguments = match usage::read(arguments) {
        Ok(arguments) => arguments,
        Err(usage::Stop::Said(text)) => return said(&text),
        Err(usage::Stop::Wrong(sentence)) => {
            eprintln!("{sentence}");
            return Ending::Code(WRONG_USAGE);
        }
    };
    let Arguments { file, task } = arguments;
    let Some(task) = task else { return window(file) };
    faults::watch();
    let to_come = task.asked_day().filter(|day| *day > clock.today());
    let mut out = Answers { to: BufWriter::new(std::io::stdout().lock()), are_cut: false };
    let done = faults::guarded(|| perform(task, clock, &mut out)).and_then(|done| {
        out.flush()?;
        Ok(done)
    });
    let done = done.map_err(|problem| if out.are_cut { unheard(problem) } else { problem });
    if let (Ok(_), Some(day)) = (&done, to_come) {
        eprintln!("{day} 还没到：按现在登记的内容算到那一天，今后的变动不在内");
    }
    match done {
        Ok(Done::Well) => Ending::Code(0),
        Ok(Done::Findings) => Ending::Code(FAILED),
        Ok(Done::Questions) => Ending::Code(QUESTIONS),
        Ok(Done::Window(path)) => Ending::Window(Some(path)),
        Err(problem) => failed(&problem),
    }
}

/// Where answers go. Remembers that they could not be written.
struct Answers<W> {
    to: W,
    are_cut: bool,
}

impl<W: Write> Write for Answers<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.to.write(bytes).inspect_err(|_| self.are_cut = true)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush().inspect_err(|_| self.are_cut = true)
    }
}

/// The answer is lost, which does not mean that nothing was done.
fn unheard(problem: Problem) -> Problem {
    problem
        .titled("结果没有写全")
        .unchanged("要做的事可能已经做完")
        .next("先用 history 看看做到了哪一步，再决定要不要重来")
}

fn perform(task: Task, clock: Clock, out: &mut impl Write) -> Result<Done> {
    match task {
        Task::Demo(task) => task.run(clock, out),
        Task::New(task) => task.run(clock, out),
        Task::Apply(task) => task.run(clock, out),
        Task::Import(task) => task.run(clock, out),
        Task::Export(task) => task.run(clock, out),
        Task::Print(task) => task.run(clock, out),
        Task::Quality(task) => task.run(clock, out),
        Task::Figures(task) => task.run(clock, out),
        Task::Coverage(task) => task.run(clock, out),
        Task::PlanTalks(task) => task.run(clock, out),
        Task::Search(task) => task.run(clock, out),
        Task::History(task) => task.run(out),
        Task::Undo(task) => task.undo(clock, out),
        Task::Redo(task) => task.redo(clock, out),
        Task::Dump(task) => task.run(out),
        Task::Check(task) => task.run(clock, out),
        Task::Template(task) => task.run(clock, out),
        Task::Attach(task) => task.run(clock, out),
        Task::Verify(task) => task.run(out),
        Task::Backup(task) => task.run(clock, out),
        Task::Compact(task) => task.run(clock, out),
        Task::Pack(task) => task.run(clock, out),
        Task::Handover(task) => task.run(clock, out),
        Task::Receive(task) => task.run(out),
    }
}

/// The window, unless the word given is neither a command nor a file: that is a slip.
fn window(file: Option<PathBuf>) -> Ending {
    match &file {
        Some(word) if word.extension().is_none() && !word.exists() => {
            eprintln!("{}", usage::no_such_command(&word.to_string_lossy()));
            Ending::Code(WRONG_USAGE)
        }
        _ => Ending::Window(file),
    }
}

/// What was asked for is a text: the help, the version.
fn said(text: &str) -> Ending {
    // Nobody is left to be told that the reader of this text is gone.
    drop(writeln!(std::io::stdout(), "{}", text.trim_end()));
    Ending::Code(0)
}

/// Tells a failure, once.
fn failed(problem: &Problem) -> Ending {
    if problem.detail.contains("Broken pipe") {
        return Ending::Code(0); // `| head` has seen enough
    }
    tracing::error!(kind = ?problem.kind, title = problem.title, detail = problem.detail, "a call failed");
    eprintln!("{}", one_sentence(problem));
    Ending::Code(if problem.kind == ProblemKind::Usage { WRONG_USAGE } else { FAILED })
}

/// The problem on one line; the technical cause only where the sentence alone would help nobody.
fn one_sentence(problem: &Problem) -> String {
    let sentence = problem.to_string().replace('\n', " ");
    match problem.kind {
        ProblemKind::Fault => format!("{sentence}（{}）", problem.detail.replace('\n', " ")),
        _ => sentence,
    }
}

/// Prints data as an array with a line for each item.
fn print_array(out: &mut impl Write, items: impl IntoIterator<Item = Json>) -> Result<()> {
    let mut separator = "[\n";
    for item in items {
        write!(out, "{separator}{item}")?;
        separator = ",\n";
    }
    if separator == "[\n" {
        writeln!(out, "[]")?
    } else {
        writeln!(out, "\n]")?
    }
    Ok(())
}
