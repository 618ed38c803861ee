//! To the printer, or to the program that the system opens PDF files with.
//!
//! On Linux a PDF goes to CUPS by `lp`; elsewhere it is opened with the system's program and printed there. Calls other
//! programs and waits for them, so it belongs on a worker. Start at [`printers`] and [`open_with_system`].

#[cfg(not(windows))]
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
#[cfg(not(windows))]
use std::process::Stdio;

use crate::problem::{Problem, ProblemKind, Result};

/// A printer that the system knows (打印机).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printer {
    pub name: String,
    /// Whether the system prints there unless told otherwise.
    pub is_default: bool,
}

/// Whether a PDF can be sent to a printer from here; else it is opened with the system's program and printed there.
pub const CAN_SEND: bool = cfg!(not(windows));

const NOT_PRINTED: &str = "没有打印";
const NOT_OPENED: &str = "没有打开";
#[cfg(not(windows))]
const SAVE_INSTEAD: &str = "可以先另存为 PDF，再用其他程序打印";

/// The printers of this machine, the default one first.
#[cfg(not(windows))]
pub fn printers() -> Result<Vec<Printer>> {
    let names = lpstat("-e")?;
    let default = lpstat("-d")?;
    Ok(parse_printers(&names, &default))
}

/// No printer can be reached directly on this system.
#[cfg(windows)]
pub fn printers() -> Result<Vec<Printer>> {
    Ok(Vec::new())
}

/// Sends a PDF to a printer (the default one where none is named), as A4, fitted to the page. Gives back what the
/// system answered. The PDF goes through a pipe: no file is left anywhere.
#[cfg(not(windows))]
pub fn send(pdf: &[u8], printer: Option<&str>, copies: u16, title: &str) -> Result<String> {
    let mut lp = Command::new("lp");
    lp.env("LC_ALL", "C").args(["-o", "media=A4", "-o", "fit-to-page"]);
    lp.args(["-n", &copies.max(1).to_string(), "-t", title]);
    if let Some(printer) = printer {
        lp.args(["-d", printer]);
    }
    lp.args(["--", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = lp.spawn().map_err(|error| no_print_service(&error))?;
    // Where there is no such printer `lp` ends before it has read everything; what it says is told below.
    let written = child.stdin.take().map(|mut input| input.write_all(pdf));
    let output = child.wait_with_output().map_err(|error| no_print_service(&error))?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if !output.status.success() || !matches!(written, Some(Ok(()))) {
        return Err(unchanged(
            Problem::new(ProblemKind::Storage, NOT_PRINTED, "打印服务没有接受这份文件")
                .next(format!("请检查打印机是否已添加、已开机。{SAVE_INSTEAD}"))
                .detail(format!("lp: {said}")),
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Nothing is sent on this system: the problem says to open the file instead.
#[cfg(windows)]
pub fn send(_pdf: &[u8], _printer: Option<&str>, _copies: u16, _title: &str) -> Result<String> {
    Err(unchanged(
        Problem::new(ProblemKind::Usage, NOT_PRINTED, "在这个系统上，程序不直接送打印机")
            .next("请用系统程序打开 PDF，再从那里打印"),
    ))
}

/// Opens a file with the program that the system has for it.
#[expect(clippy::disallowed_methods, reason = "another program is waited for, which sends no event")]
pub fn open_with_system(path: &Path) -> Result<()> {
    if !path.exists() {
        return Err(unchanged(
            Problem::new(ProblemKind::File, NOT_OPENED, "要打开的文件已经不在了").next("请重新保存"),
        ));
    }
    let mut opener = opener(path);
    let mut child = opener.spawn().map_err(|error| {
        unchanged(
            Problem::new(ProblemKind::Storage, NOT_OPENED, "系统没有可用来打开文件的程序")
                .next("请在文件管理器里双击这个文件")
                .detail(error.to_string()),
        )
    })?;
    // An opener that fails says so at once; one that still runs after this while has opened something.
    for _ in 0..20 {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => {
                return Err(unchanged(
                    Problem::new(ProblemKind::Storage, NOT_OPENED, "系统没有找到能打开这种文件的程序")
                        .next("请安装能打开它的程序（PDF 要 PDF 阅读器，表格要 WPS 或 Excel），或在文件管理器里打开这个文件")
                        .detail(format!("opener: {status}")),
                ));
            }
            Ok(None) => std::thread::sleep(std::time::Duration::from_millis(100)),
            Err(error) => return Err(Problem::fault(format!("opener: {error}"))),
        }
    }
    Ok(())
}

#[cfg(not(windows))]
fn opener(path: &Path) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(path);
    command
}

/// Without a shell, whose `&`, `%` and `^` a file name may hold.
#[cfg(windows)]
fn opener(path: &Path) -> Command {
    use std::os::windows::process::CommandExt as _;
    let mut command = Command::new("rundll32.exe");
    command.arg("url.dll,FileProtocolHandler").raw_arg(path);
    command
}

#[cfg(not(windows))]
fn lpstat(option: &str) -> Result<String> {
    let output = Command::new("lpstat").env("LC_ALL", "C").arg(option).output();
    let output = output.map_err(|error| no_print_service(&error))?;
    // `lpstat` fails where there is no printer or no running service: then it lists none, which is said as such.
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(not(windows))]
fn no_print_service(error: &std::io::Error) -> Problem {
    unchanged(
        Problem::new(ProblemKind::Storage, NOT_PRINTED, "这台机器上没有打印服务（CUPS）")
            .next(SAVE_INSTEAD)
            .detail(error.to_string()),
    )
}

/// Names one a line, as `lpstat -e` gives them; the default as `lpstat -d` tells it.
#[cfg(not(windows))]
fn parse_printers(names: &str, default: &str) -> Vec<Printer> {
    let default = default.lines().find_map(|line| line.strip_prefix("system default destination:")).map(str::trim);
    let names = names.lines().map(str::trim).filter(|name| !name.is_empty());
    let mut printers: Vec<Printer> =
        names.map(|name| Printer { name: name.to_owned(), is_default: default == Some(name) }).collect();
    printers.sort_by_key(|printer| !printer.is_default);
    printers
}

/// Printing changes nothing.
fn unchanged(problem: Problem) -> Problem {
    problem.unchanged("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(not(windows))]
    #[test]
    fn the_default_printer_comes_first() {
        let printers = parse_printers("办公室_HP\nLaser2\n\n", "system default destination: Laser2\n");
        let shown: Vec<_> = printers.iter().map(|printer| (printer.name.as_str(), printer.is_default)).collect();
        assert_eq!(shown, [("Laser2", true), ("办公室_HP", false)]);
        assert!(parse_printers("", "no system default destination\n").is_empty());
    }

    #[test]
    fn a_file_that_is_gone_is_told_before_any_program_starts() {
        let folder = tempfile::tempdir().expect("a folder");
        let problem = open_with_system(&folder.path().join("none.pdf")).expect_err("no such file");
        assert_eq!(problem.to_string(), "没有打开：要打开的文件已经不在了。请重新保存。");
    }

    #[cfg(not(windows))]
    #[test]
    fn a_printer_that_is_not_there_is_a_problem() {
        let problem = send(b"%PDF-1.7\n", Some("no-such-printer-1b7c"), 1, "测试").expect_err("no such printer");
        assert_eq!(problem.title, NOT_PRINTED);
        assert!(problem.next.contains("另存为 PDF"));
    }
}
