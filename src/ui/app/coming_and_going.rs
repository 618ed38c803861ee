//! How workbooks come into the window and leave it, and how files are chosen.
//! Must never know what is in them.

use std::path::PathBuf;

use egui::{Context, ViewportCommand};

use super::App;
use crate::clock::Moment;
use crate::engine::Engine;
use crate::engine::folders::FileAsk;
use crate::engine::opening::{OpenWorkbook, Opening};
use crate::store::restore::Staged;
use crate::ui::outbox::Slot;
use crate::ui::screens::Page;
use crate::ui::shell::act::NewWorkbook;
use crate::ui::shell::front::diverged::DivergedFront;
use crate::ui::shell::front::files::FilesFront;
use crate::ui::shell::front::leaving::LeavingFront;
use crate::ui::shell::front::new_workbook::NewWorkbookFront;
use crate::ui::shell::front::receiving::ReceivingFront;
use crate::ui::shell::office::Office;
use crate::ui::shell::passage::{Arrived, Then};
use crate::ui::shell::start::{HANDOVER_SLOT, OPEN_SLOT, ROSTER_ENDINGS, ROSTER_SLOT};

/// The slot under which the page 导入 takes a file.
pub const IMPORT_SLOT: &str = "import";

impl App {
    /// Takes workbooks that have arrived or are closed.
    pub(super) fn arrive(&mut self) {
        if let Some(Arrived { result, roster, said }) = self.passage.arrived() {
            match result {
                Ok(Opening::Open(opened)) => {
                    self.take_in(*opened, roster);
                    if !said.is_empty() {
                        self.notices.say(said);
                    }
                }
                Ok(Opening::Diverged(divergence)) => self.fronts.push(Box::new(DivergedFront::new(*divergence))),
                Err(problem) => self.show_problem(&problem),
            }
        }
        for problem in self.passage.gone() {
            self.show_problem(&problem);
        }
    }

    fn take_in(&mut self, opened: OpenWorkbook, roster: Option<PathBuf>) {
        self.let_office_go();
        self.fronts.clear();
        let known = self.host.settings.recent.iter().filter(|recent| recent.identity == opened.seen.identity);
        let last_opened = known.map(|recent| Moment(recent.opened_at)).max();
        self.host.set(|settings| settings.opened(opened.seen.clone()));
        let mut office = Office::new(opened, &self.host);
        office.last_opened = last_opened;
        if let Some(roster) = roster {
            office.handed.give(Slot::new(IMPORT_SLOT), roster);
            office.pages.go(Page::Import);
        }
        self.office = Some(office);
    }

    /// Closes the open workbook in the background.
    fn let_office_go(&mut self) {
        if let Some(engine) = self.clear_office() {
            self.passage.close(&self.host, engine);
        }
    }

    /// Takes the open workbook off the screen, with what was typed parked.
    fn clear_office(&mut self) -> Option<Engine> {
        let mut office = self.office.take()?;
        office.park_all();
        office.running.cancel_all();
        self.notices.clear();
        self.host.set(|settings| settings.opened(office.seen.clone()));
        Some(office.engine)
    }

    /// Puts a backup in the place of the workbook, after asking where something is unsaved.
    pub(super) fn ask_to_restore(&mut self, staged: Staged, made: String) {
        if self.office.as_ref().is_some_and(Office::is_dirty) {
            self.fronts.push(Box::new(LeavingFront::restore(staged, made)));
        } else {
            self.restore(staged, &made);
        }
    }

    pub(super) fn restore(&mut self, staged: Staged, made: &str) {
        if let Some(engine) = self.clear_office() {
            self.passage.restore(&self.host, engine, staged, made);
        }
    }

    /// Closes the workbook, after asking where something is unsaved.
    pub(super) fn ask_to_close(&mut self, then: Then) {
        if self.fronts.iter().any(|front| front.asks_to_leave()) {
            return;
        }
        if self.office.as_ref().is_some_and(Office::is_dirty) {
            self.fronts.push(Box::new(LeavingFront::close(then)));
        } else {
            self.close(then);
        }
    }

    /// Closes the workbook, and then does what is wanted.
    pub(super) fn close(&mut self, then: Then) {
        self.let_office_go();
        self.passage.then(then);
    }

    /// Follows the wish to close the window: asks where something is unsaved, waits for the backup.
    pub(super) fn leave(&mut self, ctx: &Context) {
        let asked = ctx.input(|input| input.viewport().close_requested());
        if asked && !self.passage.may_leave() {
            self.keep_window_state(ctx);
            if self.office.is_some() || !self.passage.is_clear() || !self.host.is_kept() {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.ask_to_close(Then::Quit);
            } else {
                self.passage.let_go();
            }
        }
        let is_done = self.office.is_none() && self.passage.is_clear() && self.host.is_kept() && self.fronts.is_empty();
        if self.passage.is_leaving() && is_done && !self.passage.may_leave() {
            self.passage.let_go();
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// The window's title: which workbook is open.
    pub(super) fn entitle(&mut self, ctx: &Context) {
        let title = match &self.office {
            None => "支部工作台".to_owned(),
            Some(office) => {
                let file = office.engine.path().file_name().unwrap_or_default().to_string_lossy();
                let read_only = if office.engine.standing().read_only.is_some() { "（只读）" } else { "" };
                format!("{file}{read_only} - 支部工作台")
            }
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn keep_window_state(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        let (outer, inner, maximized) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.outer_rect, viewport.inner_rect, viewport.maximized.unwrap_or(false))
        });
        self.host.set(|settings| {
            settings.window.maximized = maximized;
            if !maximized {
                // What egui tells is in its own points; the window is made in those of the system.
                settings.window.position = outer.map(|rect| (rect.left() * zoom, rect.top() * zoom));
                settings.window.size = inner.map(|rect| (rect.width() * zoom, rect.height() * zoom));
            }
        });
    }

    /// Opens a workbook, asking first where something is unsaved.
    pub fn open_workbook(&mut self, path: PathBuf) {
        if self.office.as_ref().is_some_and(|office| office.engine.path() == path) {
            self.notices.say("这个工作簿已经打开");
        } else if self.office.as_ref().is_some_and(Office::is_dirty) {
            self.fronts.push(Box::new(LeavingFront::open(path)));
        } else {
            self.passage.open(&self.host, path, false);
        }
    }

    /// Takes a workbook in that was handed over.
    fn receive(&mut self, package: PathBuf) {
        self.fronts.push(Box::new(ReceivingFront::new(package)));
    }

    pub(super) fn create(&mut self, new: NewWorkbook) {
        if self.passage.doing().is_some() {
            return;
        }
        self.host.set(|settings| settings.operator.clone_from(&new.operator));
        self.passage.create(&self.host, new);
    }

    /// Asks where a new workbook is to lie; a path that is given is taken over.
    pub(super) fn ask_for_new(&mut self, path: PathBuf, roster: Option<PathBuf>) {
        let front = NewWorkbookFront::new(&self.host, path, roster);
        self.fronts.push(Box::new(front));
    }

    /// A roster is to be imported: into the open workbook, or into a new one.
    pub(super) fn begin_with(&mut self, roster: PathBuf) {
        match &mut self.office {
            Some(office) => {
                office.handed.give(Slot::new(IMPORT_SLOT), roster);
                office.pages.go(Page::Import);
            }
            None => self.ask_for_new(PathBuf::new(), Some(roster)),
        }
    }

    pub(super) fn choose_file(&mut self, slot: Slot, ask: FileAsk) {
        let folder = self.office.as_ref().and_then(|office| office.engine.path().parent().map(PathBuf::from));
        self.fronts.push(Box::new(FilesFront::new(&self.host, slot, ask, folder)));
    }

    /// A file was chosen: for the shell itself, or for whoever asked.
    pub(super) fn chosen(&mut self, slot: Slot, path: PathBuf) {
        if self.fronts.iter_mut().rev().any(|front| front.take_file(&slot, &path)) {
            return;
        }
        match (slot.0.as_str(), &self.office) {
            (HANDOVER_SLOT, _) => self.receive(path),
            (OPEN_SLOT, _) if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) => {
                self.receive(path);
            }
            (OPEN_SLOT, _) => self.open_workbook(path),
            (ROSTER_SLOT, _) => self.begin_with(path),
            (_, Some(office)) => office.handed.give(slot, path),
            (_, None) => {}
        }
    }

    /// Whether what was dropped is for the page that is shown; a workbook never is. What a dialog lies over takes nothing.
    fn page_takes(&mut self, ctx: &Context, dropped: &[PathBuf]) -> bool {
        let Some(office) = &mut self.office else { return false };
        let is_workbook = |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("bdk"));
        let takes = office.pages.screen().is_some_and(|screen| screen.takes_files());
        if !takes || dropped.is_empty() || dropped.iter().any(is_workbook) {
            return false;
        }
        if !office.dialogs.is_empty() || !self.fronts.is_empty() {
            self.notices.refuse("先关上对话框，再把文件拖进来");
        }
        ctx.request_repaint();
        true
    }

    /// Files that were dropped onto the window.
    pub(super) fn take_dropped(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if self.page_takes(ctx, &dropped) {
            return;
        }
        let ending =
            |path: &PathBuf| path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let rosters: Vec<&PathBuf> =
            dropped.iter().filter(|path| ROSTER_ENDINGS.contains(&ending(path).as_str())).collect();
        match (dropped.iter().find(|path| ending(path) == "bdk"), &rosters[..]) {
            (Some(workbook), _) => self.open_workbook(workbook.clone()),
            (None, [_, ..]) if self.office.is_some() => {
                rosters.iter().for_each(|roster| self.begin_with((*roster).clone()));
            }
            (None, [first, ..]) => self.begin_with((*first).clone()),
            (None, []) if dropped.is_empty() => {}
            (None, []) => self.notices.refuse("只认 .bdk 工作簿和 .xlsx .xls .csv .txt 花名册"),
        }
    }
}
