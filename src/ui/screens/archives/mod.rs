//! 档案清单: what must be in the box of an organisation and a year, what is there, what is missing.
//! Must never change anything itself: it wishes. Start at [`ArchivesScreen`].
//!
//! A scope of one organisation shows its checklist; a scope with organisations below shows how each of them stands, and
//! opens one from there.

mod category;
mod duties;
mod evidence;
mod files;
mod head;
mod member_file;
mod one;
mod overview;
mod rows;
mod several;
mod start;
mod states;
mod strip;
mod totals;

pub use member_file::MemberFileScreen;

use egui::Ui;

use super::{Screen, frame};
use crate::domain::checklists::{Of, Subject, Template};
use crate::domain::ids::{ChecklistId, OrganisationId};
use crate::engine::questions::{ChecklistTemplates, ChecklistsIn, ChecklistsOf, OneChecklist};
use crate::ui::dialogs::archives::{MAKING, MakeChecklistsDialog};
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{DayBar, EmptyState, sheet};
use crate::view::checklists::{FilesAsk, OrganisationChecklists, OverviewAsk};
use files::FilesPart;
use one::OneChecklistPart;
use overview::{Overview, OverviewWish};
pub use start::{ArchivesStart, Listed, show_checklist, wishes};

/// The code of the template that is shown first where no checklist is there: the yearly archive of a branch.
const USUAL: &str = "支部档案";

/// The page 档案清单.
#[derive(Debug, Default)]
pub struct ArchivesScreen {
    /// Of this year until another is chosen.
    year: Option<i16>,
    /// The code of the template that was chosen.
    template: Option<String>,
    /// Of a scope with organisations below: whose checklist is looked at.
    opened: Option<OrganisationId>,
    /// The scope in which it was opened.
    scope: Option<OrganisationId>,
    templates: Live<ChecklistTemplates>,
    kept: Live<ChecklistsIn>,
    lines: Live<ChecklistsOf>,
    one: OneChecklistPart,
    overview: Overview,
    /// The members' files, where the template is one of those.
    files: FilesPart,
    /// A checklist was shown in the last frame.
    shows_one: bool,
    /// A checklist that was made a moment ago: its year and template are shown as soon as they are known.
    made: Option<ChecklistId>,
    made_board: Live<OneChecklist>,
    /// What is to be done as soon as it is known what is there.
    start: Option<ArchivesStart>,
}

/// What the page shows.
enum Shown {
    /// Nothing yet, or nothing at all: two lines.
    Nothing(String, String),
    /// The organisations of the scope.
    Overview(Vec<OrganisationChecklists>),
    /// The files of its members.
    Files,
    /// One of them; with its checklist where it has one.
    One(OrganisationChecklists),
}

impl ArchivesScreen {
    fn year(&self, scene: &Scene<'_>) -> i16 {
        self.year.unwrap_or_else(|| scene.today.year())
    }

    /// The organisation whose checklists are asked for, with those below it; of a 党小组 its branch.
    fn asked_scope(scene: &Scene<'_>) -> Option<OrganisationId> {
        scene.scope.map(|scope| scene.answering().map_or(scope, |organisation| organisation.id))
    }

    fn ask(&mut self, scene: &Scene<'_>) {
        if self.scope != scene.scope {
            self.scope = scene.scope;
            self.opened = None;
        }
        self.templates.ask(scene, ChecklistTemplates);
        let scope = Self::asked_scope(scene);
        self.kept.ask(scene, ChecklistsIn { scope, year: self.year(scene) });
        if self.is_of_members() {
            self.files.ask(scene, FilesAsk { scope, template: self.template(), today: scene.today });
            return;
        }
        let ask = OverviewAsk { scope, year: self.year(scene), template: self.template(), today: scene.today };
        self.lines.ask(scene, ChecklistsOf(ask));
    }

    /// A new checklist is the one that is shown.
    fn follow(&mut self, scene: &Scene<'_>) {
        if let Some(receipt) = scene.written(&Slot::new(MAKING)) {
            self.made = receipt.made.map(ChecklistId);
        }
        let Some(id) = self.made else { return };
        self.made_board.ask(scene, OneChecklist { id, today: scene.today });
        let Some(board) = self.made_board.current() else { return };
        if let Some(made) = board.as_ref().map(|board| &board.checklist) {
            self.template = Some(made.template.clone());
            if let Of::Year(year) = made.of {
                self.year = Some(year);
            }
        }
        self.made = None;
    }

    /// The code of the template that is shown: the one chosen, else one of which there is a checklist, else the usual one.
    fn template(&self) -> String {
        let is_there = |code: &String| {
            self.templates.shown().is_none() || self.offered().iter().any(|template| template.code == *code)
        };
        if let Some(chosen) = self.template.as_ref().filter(|code| is_there(code)) {
            return chosen.clone();
        }
        let kept = self.kept.shown().map(Vec::as_slice).unwrap_or_default();
        let of_year = || kept.iter().filter(|checklist| matches!(checklist.of, Of::Year(_)));
        let has_usual = of_year().any(|checklist| checklist.template == USUAL);
        let other = of_year().next().filter(|_| !has_usual).map(|checklist| checklist.template.clone());
        let of_organisations = |template: &&&Template| template.subject == Subject::Organisation;
        let offers_usual = self.offered().iter().any(|template| template.code == USUAL);
        let offered = self.offered();
        let first =
            offered.iter().find(of_organisations).filter(|_| !offers_usual).map(|template| template.code.clone());
        other.or(first).unwrap_or_else(|| USUAL.to_owned())
    }

    /// The templates that can be chosen: those that are offered, and those of which there is a checklist.
    fn offered(&self) -> Vec<&Template> {
        let Some(templates) = self.templates.shown() else { return Vec::new() };
        let kept = self.kept.shown().map(Vec::as_slice).unwrap_or_default();
        let has_one = |template: &Template| kept.iter().any(|checklist| checklist.template == template.code);
        templates.all().iter().filter(|template| !template.removed || has_one(template)).collect()
    }

    /// Whether the template that is shown is of members' files.
    fn is_of_members(&self) -> bool {
        let code = self.template();
        self.offered().iter().any(|template| template.code == code && template.subject == Subject::Person)
    }

    /// The checklists that are shown and behind their template.
    fn outdated(&self, shown: &Shown) -> Vec<ChecklistId> {
        let of = |line: &OrganisationChecklists| line.checklist.filter(|made| made.is_outdated).map(|made| made.id);
        match shown {
            Shown::Nothing(..) => Vec::new(),
            Shown::Files => self.files.outdated(),
            Shown::Overview(lines) => lines.iter().filter_map(of).collect(),
            Shown::One(line) => of(line).into_iter().collect(),
        }
    }

    /// The title of the template that is shown.
    fn template_title(&self) -> String {
        let code = self.template();
        let found = self.offered().into_iter().find(|template| template.code == code);
        found.map_or(code.clone(), |template| template.title.clone())
    }

    fn shown(&self) -> Shown {
        if self.is_of_members() {
            return Shown::Files;
        }
        let nothing = |text: &str, hint: &str| Shown::Nothing(text.to_owned(), hint.to_owned());
        match (self.lines.problem(), self.lines.current().map(Vec::as_slice)) {
            (Some(problem), _) => nothing(&problem.title, &problem.happened),
            (None, None) => nothing("正在读取…", ""),
            (None, Some([])) => nothing("还没有党组织", "先建党组织，再建它的档案清单"),
            (None, Some([one])) => Shown::One(one.clone()),
            (None, Some(lines)) => {
                let opened = self.opened.and_then(|id| lines.iter().find(|line| line.organisation == id));
                opened.map_or_else(|| Shown::Overview(lines.to_vec()), |line| Shown::One(line.clone()))
            }
        }
    }

    /// Back to the organisations of the scope.
    fn leave_one(&mut self) {
        if let Some(from) = self.opened.take() {
            self.overview.come_back(from);
        }
    }

    /// 新建清单 for one organisation, or for all of the scope that have none.
    fn make_for(&self, one: Option<OrganisationId>, scene: &Scene<'_>, out: &mut Outbox) {
        let (template, year) = (self.template(), self.year(scene));
        out.open(match one {
            Some(one) => MakeChecklistsDialog::of(one, template, year),
            None => MakeChecklistsDialog::within(Self::asked_scope(scene), template, year),
        });
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, shown: &Shown, out: &mut Outbox) {
        let may = scene.frozen.is_none();
        match shown {
            Shown::Nothing(text, hint) => {
                empty_ui(ui, EmptyState::new(text, hint));
            }
            Shown::Files => {
                let template = self.template();
                self.files.show(ui, scene, &template, out);
            }
            Shown::Overview(lines) => match self.overview.show(ui, lines, may) {
                Some(OverviewWish::Open(id)) => self.opened = Some(id),
                Some(OverviewWish::Make(id)) => self.make_for(Some(id), scene, out),
                None => {}
            },
            Shown::One(line) if line.checklist.is_none() => {
                let text = format!("还没有 {} 年的{}", self.year(scene), self.template_title());
                let empty = EmptyState::new(&text, "从清单模板新建，或沿用上年结构");
                let empty = if may { empty.primary("新建清单…") } else { empty };
                if empty_ui(ui, empty).is_some() {
                    self.make_for(Some(line.organisation), scene, out);
                }
            }
            Shown::One(_) => {
                if self.one.show(ui, scene, out) {
                    self.leave_one();
                }
            }
        }
    }
}

fn empty_ui(ui: &mut Ui, empty: EmptyState<'_>) -> Option<usize> {
    sheet(ui, 0, |ui| {
        ui.set_min_size(ui.available_size());
        empty.show(ui)
    })
    .inner
}

impl Screen for ArchivesScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.follow(scene);
        self.ask(scene);
        let shown = self.shown();
        self.shows_one = matches!(&shown, Shown::One(line) if line.checklist.is_some());
        if let Shown::One(line) = &shown
            && let Some(made) = line.checklist
        {
            self.one.ask(ui, scene, made.id, out);
        }
        self.go_on(scene, &shown, out);
        frame::page(ui, scene, |ui| {
            self.head_ui(ui, scene, &shown, out);
            if scene.as_of != scene.today {
                if DayBar::new("档案清单不分日期，显示的是今天的情况；回到今天才能改", "回到今天").show(ui)
                {
                    out.wish(Wish::AsOf(scene.today));
                }
                ui.add_space(space::S);
            }
            self.body_ui(ui, scene, &shown, out);
        });
    }

    fn show_archives(&mut self, start: ArchivesStart) {
        self.begin(start);
    }

    /// The scope that is chosen already: back from the one that was opened within it.
    fn show_scope(&mut self) {
        self.leave_one();
    }

    /// Those that are dropped while a checklist is shown are evidence.
    fn takes_files(&self) -> bool {
        self.shows_one
    }

    fn is_dirty(&self) -> bool {
        self.one.is_dirty()
    }
}
