//! Which renderer draws the window: glow, then wgpu, then a sentence.
//!
//! Drivers can end a program without an error. So before a renderer is tried a file says so, and the file goes when
//! the first frame was drawn; one that is left over from last time means a crash, and the next renderer is taken.
//! A second try needs a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::{Problem, ProblemKind, Result};

/// A renderer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renderer {
    /// OpenGL.
    Glow,
    /// Vulkan, DirectX 12, or a processor that draws.
    Wgpu,
}

/// Names the renderer and forbids others: for those who know better.
pub const FORCED: &str = "BRANCHDESK_RENDERER";
/// Set for the process that is started after a failure: the renderers that failed.
const FAILED: &str = "BRANCHDESK_RENDERER_FAILED";

impl Renderer {
    /// In the order they are tried.
    pub const CHAIN: [Self; 2] = [Self::Glow, Self::Wgpu];

    pub fn name(self) -> &'static str {
        match self {
            Self::Glow => "glow",
            Self::Wgpu => "wgpu",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::CHAIN.into_iter().find(|renderer| renderer.name() == name)
    }
}

/// The renderer to try now.
#[derive(Debug)]
pub struct Attempt {
    pub renderer: Renderer,
    marker: Option<PathBuf>,
    failed: Vec<Renderer>,
    is_forced: bool,
}

impl Attempt {
    /// Chooses the renderer: the forced one; else the first of the chain, beginning with the one that drew last time,
    /// that has neither failed a moment ago nor crashed at the last start.
    pub fn choose(folder: &Path, drew_last: Option<&str>) -> Result<Self> {
        if let Ok(forced) = std::env::var(FORCED) {
            let renderer = Renderer::from_name(&forced).ok_or_else(|| {
                Problem::usage(format!("{FORCED} 只能是 glow 或 wgpu，不能是“{forced}”")).next("改正或去掉它")
            })?;
            return Ok(Self { renderer, marker: None, failed: Vec::new(), is_forced: true });
        }
        let marker = folder.join("renderer.try");
        let mut failed = named(&std::env::var(FAILED).unwrap_or_default());
        if failed.is_empty() {
            failed.extend(std::fs::read_to_string(&marker).map(|text| named(&text)).unwrap_or_default());
        }
        if failed.len() >= Renderer::CHAIN.len() {
            // All crashed once; a driver may have been mended since.
            failed.clear();
        }
        let first = drew_last.and_then(Renderer::from_name);
        let renderer = first
            .into_iter()
            .chain(Renderer::CHAIN)
            .find(|renderer| !failed.contains(renderer))
            .ok_or_else(|| no_renderer(""))?;
        let text = failed.iter().chain([&renderer]).map(|renderer| renderer.name()).collect::<Vec<_>>().join(" ");
        // Where the folder cannot be written a crash is not remembered; the window is drawn all the same.
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&marker, text));
        if let Err(error) = written {
            tracing::warn!(%error, "the renderer that is tried could not be noted");
        }
        Ok(Self { renderer, marker: Some(marker), failed, is_forced: false })
    }

    /// The first frame was drawn.
    pub fn drew(&self) {
        if let Some(marker) = &self.marker {
            // A marker that stays costs one other renderer at the next start.
            drop(std::fs::remove_file(marker));
        }
    }

    /// It failed with an error: starts the program again with the next renderer, or says that there is none.
    pub fn failed(&self, why: &str) -> Result<()> {
        tracing::warn!(renderer = self.renderer.name(), why, "the window could not be drawn");
        let mut failed = self.failed.clone();
        failed.push(self.renderer);
        if self.is_forced || failed.len() >= Renderer::CHAIN.len() {
            return Err(no_renderer(why));
        }
        let names = failed.iter().map(|renderer| renderer.name()).collect::<Vec<_>>().join(" ");
        let program = std::env::current_exe()?;
        let ended = Command::new(program).args(std::env::args_os().skip(1)).env(FAILED, names).status()?;
        if !ended.success() {
            // That process has said why; this one has nothing to add.
            std::process::exit(ended.code().unwrap_or(1));
        }
        Ok(())
    }

    /// Whether it may be the first to be tried next time: not if it was forced.
    pub fn is_own_choice(&self) -> bool {
        !self.is_forced
    }
}

/// Tells that there is no window to one who has no console either.
pub fn tell(problem: &Problem) {
    #[cfg(windows)]
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(&problem.title)
        .set_description(problem.to_string())
        .show();
    #[cfg(not(windows))]
    let _ = problem;
}

fn named(text: &str) -> Vec<Renderer> {
    text.split_whitespace().filter_map(Renderer::from_name).collect()
}

fn no_renderer(why: &str) -> Problem {
    Problem::new(ProblemKind::Fault, "窗口画不出来", "这台电脑的显卡驱动既不能用 OpenGL，也不能用 Vulkan 或 DirectX 12")
        .next("更新显卡驱动，或换一台电脑；命令行（branchdesk --help）不受影响")
        .detail(why)
}

#[cfg(test)]
mod tests {
    use super::{Attempt, Renderer};

    fn tried(folder: &std::path::Path, drew_last: Option<&str>) -> Renderer {
        Attempt::choose(folder, drew_last).expect("a renderer").renderer
    }

    #[test]
    fn a_renderer_that_crashed_gives_way_to_the_next_and_gets_another_chance_after_all_have() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(tried(folder.path(), None), Renderer::Glow);
        // It ended before its first frame: the marker is still there.
        assert_eq!(tried(folder.path(), None), Renderer::Wgpu);
        assert_eq!(tried(folder.path(), None), Renderer::Glow);
    }

    #[test]
    fn a_renderer_that_drew_leaves_no_marker_and_is_the_first_next_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let attempt = Attempt::choose(folder.path(), None).expect("a renderer");
        attempt.drew();
        assert!(!folder.path().join("renderer.try").exists());
        assert_eq!(tried(folder.path(), Some("wgpu")), Renderer::Wgpu);
        assert_eq!(tried(folder.path(), Some("wgpu")), Renderer::Glow);
    }
}
