//! The program itself on a screen without a graphics card: until it shows a large workbook, and what it then holds.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Line, Report};

/// A window that has not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(30);
/// After this long the list has arrived and everything rests.
const SETTLED: Duration = Duration::from_secs(4);
const MOST_RESIDENT_MB: f64 = 300.0;

/// Ended with the value.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().unwrap_or_default();
        self.0.wait().map(drop).unwrap_or_default();
    }
}

pub fn run(report: &mut Report, path: &Path) {
    let (opening, memory) = ("program: started until the workbook is shown", "program: resident with the list open");
    let Some((screen, display)) = screen() else {
        for what in [opening, memory] {
            report.not_installed(what);
        }
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    // The bench holds the original; xdotool finds ASCII only.
    let copy = folder.path().join("shown.bdk");
    std::fs::copy(path, &copy).expect("copied");
    let mut shown = Duration::MAX;
    let mut resident = 0.0_f64;
    // The first start warms the files.
    for _ in 0..3 {
        let start = Instant::now();
        let program = Running(
            Command::new(env!("CARGO_BIN_EXE_branchdesk"))
                .arg(&copy)
                .env("DISPLAY", &display)
                .env("XDG_CONFIG_HOME", folder.path())
                .env_remove("WAYLAND_DISPLAY")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("it starts"),
        );
        wait_until_shown(&copy, &display, start);
        shown = shown.min(start.elapsed());
        wait(SETTLED);
        resident = resident.max(resident_mb(program.0.id()));
    }
    drop(screen);
    report.within(opening, shown, 800.0);
    let bar = Some((format!("≤ {MOST_RESIDENT_MB} MB"), resident <= MOST_RESIDENT_MB));
    report.line(Line { what: memory.into(), value: format!("{resident:.0} MB"), bar });
}

/// A screen of its own, where Xvfb and xdotool are installed.
pub fn screen() -> Option<(Running, String)> {
    Command::new("xdotool").arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    let number = format!(":{}", 200 + std::process::id() % 700);
    let server = Command::new("Xvfb")
        .args([&number, "-screen", "0", "1366x768x24", "-nolisten", "tcp"])
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let server = Running(server);
    let start = Instant::now();
    while windows(".", &number).is_err() {
        assert!(start.elapsed() < PATIENCE, "no screen");
        wait(Duration::from_millis(50));
    }
    Some((server, number))
}

/// The title names the workbook once it is open and a frame of it was drawn.
fn wait_until_shown(path: &Path, display: &str, start: Instant) {
    let name = path.file_name().expect("a name").to_string_lossy();
    while windows(&name, display).is_ok_and(|found| found.is_empty()) {
        assert!(start.elapsed() < PATIENCE, "no window");
        wait(Duration::from_millis(10));
    }
}

/// The windows whose title holds a text; an error while there is no screen.
fn windows(title: &str, display: &str) -> Result<Vec<u8>, String> {
    let found = Command::new("xdotool")
        .args(["search", "--name", title])
        .env("DISPLAY", display)
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&found.stderr).into_owned();
    if said.is_empty() { Ok(found.stdout) } else { Err(said) }
}

/// Megabytes of memory a process holds, as Linux tells.
fn resident_mb(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line");
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().expect("a number");
    kilobytes / 1024.0
}

/// Another program sends no event that could be waited for.
#[expect(clippy::disallowed_methods)]
fn wait(time: Duration) {
    std::thread::sleep(time);
}
