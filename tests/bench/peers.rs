//! What a user would pick instead, run as whole processes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::timed;

fn run(command: &mut Command) -> Option<Duration> {
    let (status, time) = timed(|| command.stdout(Stdio::null()).stderr(Stdio::null()).status());
    status.ok().filter(std::process::ExitStatus::success).map(|_| time)
}

/// LibreOffice headless converts a file: the second of two runs, so that its profile exists.
pub fn libre_office(file: &Path, to: &str, folder: &Path) -> Option<Duration> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let convert = || {
        run(Command::new("soffice")
            .args(["--headless", &profile, "--convert-to", to, "--outdir"])
            .arg(folder)
            .arg(file))
    };
    convert()?;
    convert()
}

/// `sqlite3 -csv` of a statement: the median of three runs.
pub fn sqlite3_csv(workbook: &Path, sql: &str, out: &Path) -> Option<Duration> {
    let mut times: Vec<Duration> = (0..3)
        .filter_map(|_| {
            let file = std::fs::File::create(out).ok()?;
            let mut command = Command::new("sqlite3");
            command.args(["-csv", "-header", "-readonly"]).arg(workbook).arg(sql);
            let (status, time) = timed(|| command.stdout(file).status());
            status.ok().filter(std::process::ExitStatus::success).map(|_| time)
        })
        .collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}
