//! Owns files on their way to an item or a talk: chosen, dropped or pasted, looked through, then attached as one change.
//! Must never read a file on the window's thread. Start at [`Incoming`].

use std::path::PathBuf;

use egui::{Event, Key, Ui};

use crate::domain::checklists::Belongs;
use crate::domain::ids::EvidenceId;
use crate::engine::desktop::Copied;
use crate::engine::folders::FileAsk;
use crate::engine::{Job, WriteRequest};
use crate::exchange::attachments::{Sorted, Source, sort_out};
use crate::print::thumbnails::png;
use crate::problem::{Problem, Result};
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;

/// While files are dragged the system does not tell where the pointer is; after the drop it does with the next move.
/// So long it is waited for, in seconds.
const POINTER_SECONDS: f64 = 0.3;
/// What is pasted again within this time comes of a key that is held, in seconds.
const HELD_SECONDS: f64 = 1.0;

/// To what files go; of a piece they are a later version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    pub to: Belongs,
    pub version_of: Option<EvidenceId>,
}

impl Goal {
    pub fn of(to: Belongs) -> Self {
        Self { to, version_of: None }
    }
}

/// Files on their way.
#[derive(Debug)]
pub struct Incoming {
    slot: Slot,
    /// For what a file is being chosen.
    choosing: Option<Goal>,
    dropped: Vec<PathBuf>,
    dropped_at: f64,
    pasting: Vec<(Job<Vec<Source>>, Goal)>,
    /// What was copied, on its way.
    copied: Vec<(Job<Copied>, Goal)>,
    sorting: Vec<(Job<Sorted>, Goal)>,
    keys: PasteKeys,
}

impl Incoming {
    /// `name` tells those of the window apart.
    pub fn new(name: &str) -> Self {
        Self {
            slot: Slot::new(format!("{name}: file")),
            choosing: None,
            dropped: Vec::new(),
            dropped_at: 0.0,
            pasting: Vec::new(),
            copied: Vec::new(),
            sorting: Vec::new(),
            keys: PasteKeys::default(),
        }
    }

    /// Lets a file be chosen.
    pub fn choose(&mut self, goal: Goal, out: &mut Outbox) {
        self.choosing = Some(goal);
        let title = if goal.version_of.is_some() { "附新版本" } else { "添文件" };
        out.choose_file(self.slot.clone(), FileAsk::open(title, "", &[]));
    }

    /// Attaches what was copied in another program.
    pub fn paste(&mut self, scene: &Scene<'_>, to: Belongs) {
        self.copied.push((scene.copied(), Goal::of(to)));
    }

    /// Whether what was copied is to be attached: the keys for it were pressed, and it is not for a field.
    pub fn is_paste_pressed(&mut self, ui: &Ui) -> bool {
        let is_typing = ui.ctx().text_edit_focused();
        let is_asked = ui.input(|input| self.keys.follow(&input.events, is_typing, input.time));
        is_asked && ui.ctx().memory(|memory| memory.top_modal_layer()).is_none()
    }

    /// Takes what was dropped; gives it back once it is known where the pointer is, or that nobody tells.
    pub fn take_drop(&mut self, ui: &Ui) -> Option<Vec<PathBuf>> {
        let now = ui.input(|input| input.time);
        let is_free = ui.ctx().memory(|memory| memory.top_modal_layer()).is_none();
        let new: Vec<PathBuf> =
            ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !new.is_empty() && is_free {
            self.dropped.extend(new.into_iter().filter(|path| !is_workbook(path)));
            self.dropped_at = now;
        }
        if self.dropped.is_empty() {
            return None;
        }
        let is_seen = ui.input(|input| input.pointer.hover_pos().is_some());
        let left = self.dropped_at + POINTER_SECONDS - now;
        if !is_seen && left > 0.0 {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
            return None;
        }
        Some(std::mem::take(&mut self.dropped))
    }

    /// Attaches files to something.
    pub fn bring(&mut self, paths: Vec<PathBuf>, scene: &Scene<'_>, to: Belongs) {
        self.sort(paths.into_iter().map(Source::File).collect(), scene, Goal::of(to));
    }

    fn sort(&mut self, sources: Vec<Source>, scene: &Scene<'_>, goal: Goal) {
        let job = scene.job("看要附的文件", move |progress| sort_out(sources, progress));
        self.sorting.push((job, goal));
    }

    /// Goes on with what has arrived. Called in each frame.
    pub fn follow(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        while let Some(path) = scene.chosen(&self.slot) {
            if let Some(goal) = self.choosing {
                self.sort(vec![Source::File(path)], scene, goal);
            }
        }
        for (copied, goal) in arrived(&mut self.copied) {
            match copied {
                Ok(Copied::Nothing) => out.refuse("剪贴板里没有文件或图片"),
                Ok(copied) => {
                    let name = picture_name(&scene.now().shown());
                    let job = scene.job("存成图片", move |_| sources(copied, name));
                    self.pasting.push((job, goal));
                }
                Err(problem) => out.wish(Wish::Problem(problem)),
            }
        }
        for (sources, goal) in arrived(&mut self.pasting) {
            match sources {
                Ok(sources) => self.sort(sources, scene, goal),
                Err(problem) => out.wish(Wish::Problem(problem)),
            }
        }
        for (sorted, goal) in arrived(&mut self.sorting) {
            match sorted {
                Ok(sorted) => attach(sorted, goal, out),
                Err(problem) => out.wish(Wish::Problem(problem)),
            }
        }
    }
}

/// The work that has ended, taken out of the list.
fn arrived<T>(jobs: &mut Vec<(Job<T>, Goal)>) -> Vec<(Result<T>, Goal)> {
    let mut ended = Vec::new();
    jobs.retain(|(job, goal)| match job.take() {
        Some(result) => {
            ended.push((result, *goal));
            false
        }
        None => true,
    });
    ended
}

fn attach(sorted: Sorted, goal: Goal, out: &mut Outbox) {
    if let Some(problem) = sorted.problem() {
        out.wish(Wish::Problem(problem));
    }
    if !sorted.fit.is_empty() {
        let request = WriteRequest::Attach { to: goal.to, sources: sorted.fit, version_of: goal.version_of };
        out.wish(Wish::Write(attach_slot(), request));
    }
}

/// Under which files are attached.
pub(super) fn attach_slot() -> Slot {
    Slot::new("attach evidence")
}

fn sources(copied: Copied, name: String) -> Result<Vec<Source>> {
    match copied {
        Copied::Nothing => Ok(Vec::new()),
        Copied::Files(paths) => Ok(paths.into_iter().map(Source::File).collect()),
        Copied::Picture { width, height, rgba } => {
            let bytes = png(width, height, rgba).ok_or_else(|| {
                Problem::input("没有粘贴", "剪贴板里的图片不完整").next("再截一次图，或存成文件再拖进来")
            })?;
            Ok(vec![Source::Bytes { name, bytes }])
        }
    }
}

/// 「截图 2026-11-29 1012.png」
fn picture_name(moment: &str) -> String {
    format!("截图 {}.png", moment.replace(':', ""))
}

/// A workbook that is dropped is opened, wherever it lands.
fn is_workbook(path: &std::path::Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("bdk"))
}

/// The keys for pasting, as the window gets them: texts and pictures arrive as such, and of files in the clipboard nothing
/// does but that the key is let go which was never pressed.
#[derive(Debug, Default)]
struct PasteKeys {
    /// Pressed as itself, not as part of a paste.
    down: Option<Key>,
    /// When something pasted arrived whose key is still down, in seconds of the window.
    taken: Option<f64>,
}

impl PasteKeys {
    /// Whether files or pictures are asked for by these events; a text that arrives while one is typing is for the field.
    fn follow(&mut self, events: &[Event], is_typing: bool, now: f64) -> bool {
        let mut is_asked = false;
        for event in events {
            match event {
                Event::Paste(_) => is_asked |= self.is_first(now) && !is_typing,
                Event::PasteImage(_) => is_asked |= self.is_first(now),
                Event::Key { key: key @ (Key::V | Key::Insert), pressed: true, .. } => self.down = Some(*key),
                Event::Key { key: key @ (Key::V | Key::Insert), pressed: false, .. } => {
                    let was_typed = self.down.take() == Some(*key);
                    let was_taken = self.taken.take().is_some();
                    is_asked |= !was_typed && !was_taken;
                }
                _ => {}
            }
        }
        is_asked
    }

    /// While the key is held what is pasted comes again and again.
    fn is_first(&mut self, now: f64) -> bool {
        self.taken.replace(now).is_none_or(|before| now - before > HELD_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;

    fn key(key: Key, pressed: bool) -> Event {
        Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE }
    }

    fn text() -> Event {
        Event::Paste("D:\\名单.docx".to_owned())
    }

    #[test]
    fn a_paste_is_heard_once_however_it_comes() {
        let mut keys = PasteKeys::default();
        let mut hear = |events: &[Event], now: f64| keys.follow(events, false, now);
        assert!(hear(&[text()], 0.0), "a text, which may stand for files");
        assert!(!hear(&[text()], 0.6) && !hear(&[key(Key::V, false)], 0.7), "the key was held");
        assert!(hear(&[key(Key::V, false)], 2.0), "files alone: the window swallowed the key");
        assert!(!hear(&[key(Key::V, true), key(Key::V, false)], 3.0), "a letter");
        assert!(hear(&[text()], 4.0), "from a menu: no key is let go");
        assert!(hear(&[text(), key(Key::Insert, false)], 9.0));
        assert!(!hear(&[key(Key::A, true), key(Key::A, false)], 10.0));
    }

    #[test]
    fn in_a_field_a_text_is_for_the_field_and_a_picture_is_not() {
        let mut keys = PasteKeys::default();
        assert!(!keys.follow(&[text(), key(Key::V, false)], true, 0.0));
        let picture = egui::ColorImage::filled([1, 1], egui::Color32::RED);
        assert!(keys.follow(&[Event::PasteImage(std::sync::Arc::new(picture))], true, 5.0));
    }

    #[test]
    fn a_pasted_picture_is_named_after_its_moment() {
        assert_eq!(picture_name("2026-11-29 10:12"), "截图 2026-11-29 1012.png");
        assert!(is_workbook(std::path::Path::new("a/支部.BDK")) && !is_workbook(std::path::Path::new("bdk")));
    }
}
