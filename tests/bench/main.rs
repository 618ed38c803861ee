//! Speed, against what a user would pick instead, as ratios in one run. `cargo bench` runs everything;
//! `cargo bench -- import` one part; `BENCH_MEMBERS=20000 cargo bench` a smaller one.
//!
//! Peers (LibreOffice, sqlite3) are used where they are installed; where not, the line says so and the bar is not
//! judged. Each part makes its own files in a temporary folder.

mod archives;
mod cells;
mod checking;
mod coverage;
mod memory;
mod office;
mod painting;
mod past;
mod peers;
mod program;
mod reading;
mod roster;
mod scrolling;
mod statistics;
mod tables;
mod talks;
mod understanding;

use std::time::{Duration, Instant};

/// One measured line.
pub struct Line {
    pub what: String,
    pub value: String,
    /// What it must reach, and whether it does; `None` where there is nothing to compare with.
    pub bar: Option<(String, bool)>,
}

/// The lines of a part, printed as they come.
#[derive(Default)]
pub struct Report {
    missed: usize,
}

impl Report {
    pub fn line(&mut self, line: Line) {
        let bar = match &line.bar {
            None => String::new(),
            Some((bar, true)) => format!("   reached: {bar}"),
            Some((bar, false)) => {
                self.missed += 1;
                format!("   MISSED: {bar}")
            }
        };
        println!("{:<58} {:>14}{bar}", line.what, line.value);
    }

    pub fn seconds(&mut self, what: &str, time: Duration) {
        self.line(Line { what: what.into(), value: format!("{:.2} s", time.as_secs_f64()), bar: None });
    }

    /// A ratio of two times with its bar.
    pub fn ratio(&mut self, what: &str, ours: Duration, theirs: Option<Duration>, most: f64) {
        let Some(theirs) = theirs else {
            self.not_installed(what);
            return;
        };
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        let bar = Some((format!("≤ {most}"), ratio <= most));
        self.line(Line { what: what.into(), value: format!("{ratio:.2}"), bar });
    }

    /// A line that cannot be measured here.
    pub fn not_installed(&mut self, what: &str) {
        self.line(Line { what: what.into(), value: "not installed".into(), bar: None });
    }

    /// A time with its bar.
    pub fn within(&mut self, what: &str, time: Duration, most_millis: f64) {
        let millis = time.as_secs_f64() * 1000.0;
        let bar = Some((format!("≤ {most_millis} ms"), millis <= most_millis));
        self.line(Line { what: what.into(), value: format!("{millis:.2} ms"), bar });
    }
}

/// How long a piece of work takes.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// The 95th percentile.
pub fn p95(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() * 95 / 100).or(times.last()).copied().unwrap_or_default()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [word, path] if word == painting::WORD => return painting::paint(path.as_ref()),
        [word, file, workbook] if word == understanding::WORD => {
            return understanding::understood(file.as_ref(), workbook.as_ref());
        }
        [word, files, workbook] if word == archives::ATTACH => {
            return archives::attach_here(files.as_ref(), workbook.as_ref());
        }
        [word, organisation, workbook, to] if word == archives::PACK => {
            return archives::pack_here(organisation, workbook.as_ref(), to.as_ref());
        }
        _ => {}
    }
    let wanted: Vec<String> = arguments.into_iter().filter(|word| !word.starts_with('-')).collect();
    let wants = |part: &str| wanted.is_empty() || wanted.iter().any(|word| part.contains(word.as_str()));
    let members = std::env::var("BENCH_MEMBERS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let mut report = Report::default();
    println!("{members} members, {} cores", std::thread::available_parallelism().map_or(0, usize::from));
    if ["import", "export", "reading", "window", "cells", "statistics"].into_iter().any(wants) {
        tables::run(&mut report, members);
    }
    if wants("past") {
        past::run(&mut report, members);
    }
    if wants("understanding") {
        understanding::run(&mut report, members);
    }
    if wants("coverage") {
        coverage::run(&mut report);
    }
    if wants("talks") {
        talks::run(&mut report);
    }
    if wants("archives") {
        archives::run(&mut report);
    }
    if wants("roster") {
        roster::run(&mut report, 5_000);
    }
    println!("{} bars missed", report.missed);
}
