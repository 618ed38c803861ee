//! A window without a frame: the pages and dialogs of an open workbook, with everything answered at once.
//!
//! It does with wishes what the program's shell does, as far as stories of pages need it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use branchdesk::clock::Day;
use branchdesk::command::Receipt;
use branchdesk::domain::ids::OrganisationId;
use branchdesk::engine::questions::Organisations;
use branchdesk::engine::{Engine, Job, WriteRequest};
use branchdesk::problem::{Problem, Result};
use branchdesk::settings::UserSettings;
use branchdesk::store::outputs::Output;
use branchdesk::ui::dialogs::{Dialog, Stay};
use branchdesk::ui::live::Live;
use branchdesk::ui::outbox::{Outbox, Slot, Wish};
use branchdesk::ui::scene::{Scene, Width};
use branchdesk::ui::screens::member::MemberScreen;
use branchdesk::ui::screens::members::MembersScreen;
use branchdesk::ui::screens::{Page, Screen as _};

/// The pages and dialogs of one workbook.
pub struct Window {
    pub engine: Engine,
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
    pub settings: UserSettings,
    pub pages: Vec<Page>,
    pub toasts: Vec<String>,
    pub problems: Vec<Problem>,
    pub logged: Vec<Output>,
    pub dialogs: Vec<Box<dyn Dialog>>,
    tree: Live<Organisations>,
    members: MembersScreen,
    member: Option<MemberScreen>,
    waiting: Vec<(Slot, Job<Receipt>)>,
    finished: HashMap<Slot, Result<Receipt>>,
    /// Held so that nobody gives them up; how they end is of no interest to a story.
    parking: Vec<Job<Receipt>>,
}

impl Window {
    pub fn new(engine: Engine) -> Self {
        let as_of = engine.clock().today();
        Self {
            engine,
            scope: None,
            as_of,
            settings: UserSettings::default(),
            pages: vec![Page::Members],
            toasts: Vec::new(),
            problems: Vec::new(),
            logged: Vec::new(),
            dialogs: Vec::new(),
            tree: Live::default(),
            members: MembersScreen::default(),
            member: None,
            waiting: Vec::new(),
            finished: HashMap::new(),
            parking: Vec::new(),
        }
    }

    pub fn page(&self) -> &Page {
        self.pages.last().unwrap_or(&Page::Members)
    }

    pub fn ui(&mut self, ui: &mut egui::Ui) {
        self.take_finished();
        let mut out = Outbox::default();
        self.draw(ui, &mut out);
        for wish in out.take() {
            self.grant(wish, ui.ctx());
        }
    }

    fn draw(&mut self, ui: &mut egui::Ui, out: &mut Outbox) {
        let width = Width::of(ui.ctx().content_rect().width());
        let jobs = RefCell::default();
        let frozen = (self.as_of != self.engine.clock().today()).then_some("往日的名册不能修改");
        let none = Vec::new();
        let tree_scene = |tree| {
            let finished = &self.finished;
            let name = "";
            Scene::new(&self.engine, self.scope, name, tree, self.as_of, width, frozen, &self.settings, finished, &jobs)
        };
        self.tree.ask(&tree_scene(&none), Organisations { as_of: self.as_of });
        let tree = self.tree.shown().unwrap_or(&none);
        let scope_name = self
            .scope
            .and_then(|id| tree.iter().find(|line| line.organisation.id == id))
            .map_or("全部", |line| line.organisation.shown_name());
        let scene = Scene::new(
            &self.engine,
            self.scope,
            scope_name,
            tree,
            self.as_of,
            width,
            frozen,
            &self.settings,
            &self.finished,
            &jobs,
        );
        match (self.pages.last(), &mut self.member) {
            (Some(Page::Member(_)), Some(member)) => member.show(ui, &scene, out),
            _ => self.members.show(ui, &scene, out),
        }
        if let Some(dialog) = self.dialogs.last_mut()
            && dialog.show(ui.ctx(), &scene, out) == Stay::Closed
        {
            self.dialogs.pop();
        }
    }

    fn grant(&mut self, wish: Wish, ctx: &egui::Context) {
        match wish {
            Wish::Write(slot, request) => self.waiting.push((slot, self.engine.write(request))),
            Wish::Go(page) => self.go(page),
            Wish::Back => {
                self.pages.pop();
                if let Some(member) = self.member.take() {
                    self.members.stand_on(member.person());
                }
            }
            Wish::Open(dialog) => self.dialogs.push(dialog),
            Wish::Scope(scope) => self.scope = scope,
            Wish::AsOf(day) => self.as_of = day,
            Wish::Toast(text) => self.toasts.push(text),
            Wish::Problem(problem) => self.problems.push(problem),
            Wish::Log(output) => self.logged.push(output),
            Wish::Layout(name, layout) => drop(self.settings.layout.insert(name, layout)),
            Wish::Copy(text) => ctx.copy_text(text),
            Wish::Draft(name, draft) => {
                let parked = self.engine.write(WriteRequest::ParkDraft { name, draft });
                self.parking.push(parked);
            }
            Wish::ShowMembers(_)
            | Wish::ChooseFile(..)
            | Wish::OpenWorkbook(_)
            | Wish::NewWorkbook(_)
            | Wish::Operator(_)
            | Wish::Theme(_)
            | Wish::Scale(_)
            | Wish::Quit => {}
        }
        ctx.request_repaint();
    }

    fn go(&mut self, page: Page) {
        if let Page::Member(person) = page {
            self.member = Some(MemberScreen::new(person, Arc::clone(self.members.listed())));
            self.pages.retain(|other| !matches!(other, Page::Member(_)));
        }
        self.pages.push(page);
    }

    /// What ended since the last frame; seen in one frame only.
    fn take_finished(&mut self) {
        self.finished.clear();
        let mut still = Vec::new();
        for (slot, job) in self.waiting.drain(..) {
            match job.take() {
                Some(result) => drop(self.finished.insert(slot, result)),
                None => still.push((slot, job)),
            }
        }
        self.waiting = still;
    }
}
