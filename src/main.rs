//! Starts the program: the command line decides what runs.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

use branchdesk::cli::{self, Ending};
use branchdesk::clock::Clock;
use branchdesk::settings;

fn main() -> ExitCode {
    attach_console();
    cli::log::start(&settings::folder());
    match cli::run(std::env::args_os(), Clock::System) {
        Ending::Code(code) => ExitCode::from(code),
        Ending::Window(path) => match branchdesk::ui::window::run(path, Clock::System) {
            Ok(()) => ExitCode::SUCCESS,
            Err(problem) => {
                eprintln!("{problem}");
                ExitCode::FAILURE
            }
        },
    }
}

/// A program without a console window of its own still prints where it was started from one.
fn attach_console() {
    #[cfg(windows)]
    {
        use windows_sys::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};
        // SAFETY: the call takes a constant and touches no memory of ours. Where there is no console it fails and
        // nothing is lost.
        unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
    }
}
