//! An open workbook in the window: where the person stands, what the shell knows of it, its pages and dialogs.
//! Must never know what is in a page. Start at [`Office::scene`].

use std::cell::RefCell;
use std::path::PathBuf;

use super::drafts::Drafts;
use super::host::Host;
use super::outside::Outside;
use super::pages::Pages;
use super::running::Running;
use super::scope_tree::ScopeTree;
use super::search::Search;
use super::writes::Writes;
use crate::clock::{Day, Moment};
use crate::domain::ids::OrganisationId;
use crate::engine::opening::OpenWorkbook;
use crate::engine::questions::{Backups, Diary, FilesAbsent, Organisations, Settings, UndoState, WorkOf};
use crate::engine::{Engine, WriteRequest};
use crate::settings::{Recent, UserSettings};
use crate::ui::dialogs::Dialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Slot, Wish};
use crate::ui::scene::{Handed, RunningJob, Scene, Width};
use crate::ui::screens::{NAVIGATION, Page};
use crate::view::organisations::{OrganisationLine, whole};

/// In a workbook of so many members what is urgent is counted after every change; in a larger one that takes too long
/// for a number at the side, and only the page 今日 tells it.
const COUNTED_ALWAYS: usize = 20_000;

/// An open workbook.
pub struct Office {
    pub engine: Engine,
    /// What this machine will recognise it by later.
    pub seen: Recent,
    /// When this machine opened it last, before this time.
    pub last_opened: Option<Moment>,
    pub drafts: Drafts,
    pub place: Place,
    pub known: Known,
    pub pages: Pages,
    /// The last is on top.
    pub dialogs: Vec<Box<dyn Dialog>>,
    pub writes: Writes,
    pub running: Running,
    pub handed: Handed,
    pub tree: ScopeTree,
    pub search: Search,
    pub outside: Outside,
    /// That attached files cannot be opened was told.
    pub absence_is_heeded: bool,
}

/// Where the person stands.
#[derive(Debug, Clone)]
pub struct Place {
    pub scope: Option<OrganisationId>,
    /// `None` for today, also after midnight.
    pub past: Option<Day>,
    /// Whether the scope was chosen, if only by there being one root.
    is_settled: bool,
}

/// What the shell keeps asking.
#[derive(Debug, Default)]
pub struct Known {
    pub tree: Live<Organisations>,
    pub undo: Live<UndoState>,
    pub last: Live<Diary>,
    pub backups: Live<Backups>,
    pub settings: Live<Settings>,
    /// What is to be done, for how much of it is urgent.
    pub work: Live<WorkOf>,
    /// The attached files that cannot be opened.
    pub absent: Live<FilesAbsent>,
}

impl Office {
    pub fn new(opened: OpenWorkbook, host: &Host) -> Self {
        let OpenWorkbook { engine, seen, drafts } = opened;
        let first = NAVIGATION.first().map_or(Page::Settings, |item| item.page());
        Self {
            engine,
            seen,
            last_opened: None,
            drafts: Drafts::new(drafts),
            place: Place { scope: None, past: None, is_settled: false },
            known: Known::default(),
            pages: Pages::new(first),
            dialogs: Vec::new(),
            writes: Writes::default(),
            running: Running::default(),
            handed: Handed::default(),
            tree: ScopeTree::default(),
            search: Search::default(),
            outside: Outside::new(host),
            absence_is_heeded: false,
        }
    }

    /// Asks what the shell itself shows, and follows the tree: a scope that is gone is left.
    pub fn ask(&mut self) {
        let as_of = self.as_of();
        let Known { tree, undo, last, backups, settings, work, absent } = &mut self.known;
        tree.ask_engine(&self.engine, Organisations { as_of });
        undo.ask_engine(&self.engine, UndoState);
        last.ask_engine(&self.engine, Diary { record: None, limit: 1 });
        backups.ask_engine(&self.engine, Backups);
        settings.ask_engine(&self.engine, Settings);
        absent.ask_engine(&self.engine, FilesAbsent);
        if tree.shown().is_some_and(|lines| whole(lines) <= COUNTED_ALWAYS) {
            work.ask_engine(&self.engine, WorkOf { scope: self.place.scope, day: self.engine.clock().today() });
        }
        if let Some(lines) = self.known.tree.shown() {
            self.place.settle(lines);
        }
    }

    /// The day that is shown.
    pub fn as_of(&self) -> Day {
        self.place.past.unwrap_or_else(|| self.engine.clock().today())
    }

    /// The tree, empty until it has come.
    pub fn lines(&self) -> &[OrganisationLine] {
        self.known.tree.shown().map_or(&[], Vec::as_slice)
    }

    /// The name of what is chosen in the tree.
    pub fn scope_name(&self) -> &str {
        scope_name(self.place.scope, self.lines())
    }

    /// Why nothing may be changed, if so.
    pub fn frozen(&self) -> Option<&str> {
        match (&self.engine.standing().read_only, self.place.past) {
            (Some(why), _) => Some(why),
            (None, Some(_)) => Some("往日的名册不能修改"),
            (None, None) => None,
        }
    }

    /// Draws something of the workbook's with its scene.
    pub fn with_scene<R>(
        &mut self,
        settings: &UserSettings,
        width: Width,
        draw: impl FnOnce(&mut Pages, &mut Vec<Box<dyn Dialog>>, &Scene<'_>) -> R,
    ) -> R {
        let as_of = self.as_of();
        let started: RefCell<Vec<RunningJob>> = RefCell::default();
        let frozen = self.frozen().map(str::to_owned);
        let lines = self.known.tree.shown().map_or(&[][..], Vec::as_slice);
        let name = scope_name(self.place.scope, lines);
        let finished = self.writes.finished();
        let scene = Scene::new(
            &self.engine,
            self.place.scope,
            name,
            lines,
            as_of,
            width,
            frozen.as_deref(),
            settings,
            finished,
            &started,
        )
        .handing(&self.handed)
        .on(self.outside.desktop())
        .after(self.last_opened)
        .without(self.known.absent.shown());
        let drawn = draw(&mut self.pages, &mut self.dialogs, &scene);
        self.running.add(started.into_inner());
        drawn
    }

    /// Takes how writes ended, parks what was typed, forgets work that is over. Returns whether a write has ended.
    pub fn follow(&mut self, now: f64) -> bool {
        let has_ended = self.writes.take();
        self.running.follow(now);
        for (name, draft) in self.drafts.take_due(now) {
            self.park(name, draft, now);
        }
        has_ended
    }

    /// Opens a file that was written with the program that the system has for it.
    pub fn open_file(&mut self, path: PathBuf) {
        self.outside.open_file(&self.engine, path);
    }

    /// Parks everything that was typed: the workbook is about to be closed.
    pub fn park_all(&mut self) {
        for (name, draft) in self.drafts.take_all() {
            self.park(name, draft, 0.0);
        }
    }

    fn park(&mut self, name: String, draft: Option<serde_json::Value>, now: f64) {
        let slot = Slot::of_draft(&name);
        self.write(slot, WriteRequest::ParkDraft { name, draft }, now);
    }

    /// Grants a wish that concerns the workbook only.
    pub fn grant(&mut self, wish: Wish, now: f64) {
        match wish {
            Wish::Write(slot, request) => self.write(slot, request, now),
            Wish::Log(output) => self.write(Slot::new("shell: log"), WriteRequest::LogOutput(output), now),
            Wish::OpenAttachment(file) => self.running.add(vec![self.outside.open(&self.engine, file)]),
            Wish::SaveAttachment(file, to) => self.running.add(vec![self.outside.save(&self.engine, file, to)]),
            Wish::Go(page) => self.pages.go(page),
            Wish::Back => self.pages.back(),
            Wish::ShowMembers(ask) => {
                self.place.choose(ask.scope);
                self.pages.show_members(&ask);
            }
            Wish::ShowTalks(part, opened) => self.pages.show_talks(part, opened),
            Wish::ShowCoverage(time) => self.pages.show_coverage(time),
            Wish::EnterTalks(time) => self.pages.enter_talks(time),
            Wish::FindTalks(text) => self.pages.find_talks(text),
            Wish::ShowArchives(start) => self.pages.show_archives(start),
            Wish::ShowTemplate(code) => self.pages.show_template(code),
            Wish::ShowRules(group) => self.pages.show_rules(group),
            Wish::Open(dialog) => self.dialogs.push(dialog),
            Wish::Scope(scope) => self.place.choose(scope),
            Wish::AsOf(day) => self.place.past = (day != self.engine.clock().today()).then_some(day),
            Wish::Draft(name, draft) => self.drafts.park(name, draft, now),
            // The window grants these itself, before it asks here.
            Wish::Toast(_)
            | Wish::Refused(_)
            | Wish::Written(..)
            | Wish::Problem(_)
            | Wish::ChooseFile(..)
            | Wish::OpenWorkbook(_)
            | Wish::NewWorkbook(_)
            | Wish::Restore(..)
            | Wish::Operator(_)
            | Wish::Theme(_)
            | Wish::Scale(_)
            | Wish::Layout(..)
            | Wish::Copy(_)
            | Wish::GoOn(..)
            | Wish::Quit => {}
        }
    }

    /// Chooses something in the tree by hand: what is chosen already shows itself whole.
    pub fn choose_scope(&mut self, scope: Option<OrganisationId>) {
        if self.place.scope == scope
            && let Some(screen) = self.pages.screen()
        {
            screen.show_scope();
        }
        self.place.choose(scope);
    }

    /// Starts a write.
    pub fn write(&mut self, slot: Slot, request: WriteRequest, now: f64) {
        self.writes.start(&self.engine, slot, request, now);
    }

    /// Whether something was typed or begun that is not written.
    pub fn is_dirty(&self) -> bool {
        self.dialogs.iter().any(|dialog| dialog.is_dirty()) || self.pages.is_dirty()
    }
}

impl Place {
    /// Chooses something in the tree.
    pub fn choose(&mut self, scope: Option<OrganisationId>) {
        self.scope = scope;
        self.is_settled = true;
    }

    /// Where there is one root it is what one begins with; what is no longer in the tree is left.
    fn settle(&mut self, lines: &[OrganisationLine]) {
        let mut roots = lines.iter().filter(|line| line.depth == 0).map(|line| line.organisation.id);
        let only_root = roots.next().filter(|_| roots.next().is_none());
        let is_there = |id| lines.iter().any(|line| line.organisation.id == id);
        if self.scope.is_some_and(|id| !is_there(id)) {
            self.scope = only_root;
        }
        if !self.is_settled && !lines.is_empty() {
            self.choose(only_root);
        }
    }
}

/// The name of a scope, 「全部」 for everything.
fn scope_name(scope: Option<OrganisationId>, lines: &[OrganisationLine]) -> &str {
    scope
        .and_then(|id| lines.iter().find(|line| line.organisation.id == id))
        .map_or("全部", |line| line.organisation.shown_name())
}
