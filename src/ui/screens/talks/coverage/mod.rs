//! Owns the part 覆盖: four ratios, the pairs of the committee, who is missing, and what can be done about each hole.
//! Must never count: the view does. Start at [`CoveragePart`].

mod branches;
mod cards;
mod holes;
mod lists;
mod pairs;

use egui::{Rect, ScrollArea, Ui, UiBuilder, vec2};

use crate::clock::Day;
use crate::domain::coverage::Relation;
use crate::domain::dates::Period;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationKind;
use crate::engine::questions::{CoverageOf, CoverageTree, TalksPlanned};
use crate::print::TalkAsk;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::frame;
use crate::ui::theme::{self, height, space};
use crate::ui::widgets::{EmptyState, Segments, scroll_handles, sheet, weak};
use crate::view::coverage::{CoverageAsk, CoverageBoard, CoverageNode, Ratio};
use crate::view::talk_plan::KeptPlan;

use branches::BranchTable;
use lists::MissingLists;

/// The part 覆盖.
#[derive(Debug, Default)]
pub struct CoveragePart {
    board: Live<CoverageOf>,
    tree: Live<CoverageTree>,
    planned: Live<TalksPlanned>,
    /// The relation whose people are shown, all that is missing where none is.
    opened: Option<Relation>,
    /// All branches together, where there are some; the organisation alone when it was asked for.
    own: bool,
    lists: MissingLists,
    branches: BranchTable,
}

/// Everything that is shown, of one organisation.
pub struct Shown<'a> {
    pub board: &'a CoverageBoard,
    pub planned: Option<&'a KeptPlan>,
    pub period: Period,
    pub as_of: Day,
    /// Something may be changed.
    pub may: bool,
}

/// The organisation whose coverage and plan a scope shows: itself, of a 党小组 its branch, of everything the only root.
pub fn asked_for(scene: &Scene<'_>) -> Option<OrganisationId> {
    let node = |id| scene.tree.iter().find(|line| line.organisation.id == id).map(|line| &line.organisation);
    match scene.scope {
        Some(id) => {
            let mut found = node(id)?;
            while found.kind == OrganisationKind::Group {
                found = node(found.parent?)?;
            }
            Some(found.id)
        }
        None => {
            let mut roots = scene.tree.iter().filter(|line| line.depth == 0 && !line.is_gone);
            roots.next().filter(|_| roots.next().is_none()).map(|line| line.organisation.id)
        }
    }
}

impl CoveragePart {
    /// What is asked for: the year up to the day that is shown.
    fn asked(scene: &Scene<'_>, year: i16) -> Option<CoverageAsk> {
        let period = Period::year(year)?;
        Some(CoverageAsk::until_today(asked_for(scene)?, period, scene.as_of))
    }

    pub fn ask(&mut self, scene: &Scene<'_>, year: i16) {
        let Some(ask) = Self::asked(scene, year) else { return };
        self.board.ask(scene, CoverageOf(ask));
        self.tree.ask(scene, CoverageTree(ask));
        self.planned.ask(scene, TalksPlanned { organisation: ask.organisation, period: ask.period });
    }

    /// Opens the dialog that prints it.
    pub fn print(scene: &Scene<'_>, year: i16, out: &mut Outbox) {
        if let Some(ask) = Self::asked(scene, year) {
            out.open(PrintDialog::talks(scene, vec![TalkAsk::Coverage(ask)]));
        }
    }

    /// Draws it over all room there is.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, year: i16, out: &mut Outbox) {
        ui.spacing_mut().item_spacing.y = 0.0;
        frame::day_bar_ui(ui, scene, "覆盖情况，不能修改", out);
        let Some(ask) = Self::asked(scene, year) else {
            EmptyState::new("在左边选一个党组织", "覆盖情况按党组织看").show(ui);
            return;
        };
        let (board, tree) = (self.board.shown().cloned(), self.tree.shown().cloned());
        let (Some(board), Some(tree)) = (board, tree) else {
            match self.board.problem().or(self.tree.problem()) {
                Some(problem) => EmptyState::new(&problem.title, &problem.happened).show(ui),
                None => EmptyState::new("正在计算…", "").show(ui),
            };
            return;
        };
        let has_branches = !tree.branches.is_empty();
        if has_branches {
            self.whose_ui(ui);
        }
        let of_all = has_branches && !self.own;
        let ratio = |relation| if of_all { tree.total(relation) } else { Ratio::of(&board.coverage, relation) };
        let planned = self.planned.shown().cloned();
        let shown = Shown {
            board: &board,
            planned: planned.as_ref().filter(|plan| plan.organisation == ask.organisation),
            period: ask.period,
            as_of: ask.as_of,
            may: scene.frozen.is_none(),
        };
        if scene.width == Width::Narrow {
            scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                self.cards_ui(ui, scene, &shown, &ratio);
                self.body_ui(ui, scene, &shown, &tree, of_all, out);
            });
        } else {
            self.cards_ui(ui, scene, &shown, &ratio);
            self.body_ui(ui, scene, &shown, &tree, of_all, out);
        }
    }

    /// All branches, or the organisation alone.
    fn whose_ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.set_min_height(height::CONTROL);
            if let Some(place) = Segments::new("看谁的覆盖", &["各支部", "本级"], Some(usize::from(self.own))).show(ui)
            {
                self.own = place == 1;
                self.opened = None;
            }
            weak(
                ui,
                if self.own {
                    "只看它自己的委员会和直属党员"
                } else {
                    "本级和下面各支部合计，按组织顺序，不排名"
                },
            );
        });
        ui.add_space(space::S);
    }

    fn cards_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        shown: &Shown<'_>,
        ratio: &dyn Fn(Relation) -> Option<Ratio>,
    ) {
        let pressed = cards::show(ui, shown.board, ratio, self.opened, scene.width == Width::Narrow);
        if let Some(relation) = pressed {
            self.opened = if self.opened == Some(relation) { None } else { Some(relation) };
        }
        ui.add_space(space::L);
    }

    fn body_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        shown: &Shown<'_>,
        tree: &CoverageNode,
        of_all: bool,
        out: &mut Outbox,
    ) {
        if of_all {
            let opened = in_sheet(ui, scene, |ui| self.branches.show(ui, tree, self.opened));
            if let Some(id) = opened {
                out.wish(crate::ui::outbox::Wish::Scope(Some(id)));
                self.own = id == tree.organisation;
                self.opened = None;
            }
            return;
        }
        if scene.width == Width::Narrow {
            sheet(ui, 16, |ui| pairs::show(ui, scene, shown, out));
            ui.add_space(space::M);
            in_sheet(ui, scene, |ui| self.lists.show(ui, scene, shown, self.opened, out));
            return;
        }
        let whole = ui.available_rect_before_wrap();
        let left = pairs::width(shown.board).clamp(320.0, whole.width() * 0.5);
        let first = whole.with_max_x(whole.left() + left);
        let second = Rect::from_min_max(egui::pos2(first.right() + space::L, whole.top()), whole.max);
        ui.scope_builder(UiBuilder::new().max_rect(first).id_salt("pairs"), |ui| {
            sheet(ui, 16, |ui| {
                ui.set_min_size(first.size() - vec2(34.0, 34.0));
                pairs::show(ui, scene, shown, out);
            });
        });
        ui.scope_builder(UiBuilder::new().max_rect(second).id_salt("lists"), |ui| {
            in_sheet(ui, scene, |ui| self.lists.show(ui, scene, shown, self.opened, out));
        });
        ui.advance_cursor_after_rect(whole);
    }
}

/// A sheet over the room that is left; of a page that scrolls, a certain height.
fn in_sheet<R>(ui: &mut Ui, scene: &Scene<'_>, add: impl FnOnce(&mut Ui) -> R) -> R {
    let tall = if scene.width == Width::Narrow { 320.0 } else { ui.available_height() - 2.0 };
    sheet(ui, 0, |ui| {
        let size = vec2(ui.available_width(), tall);
        ui.allocate_ui(size, |ui| {
            ui.set_min_size(size);
            ui.spacing_mut().item_spacing.y = 0.0;
            add(ui)
        })
        .inner
    })
    .inner
}
