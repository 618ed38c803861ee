//! Owns the part 覆盖: four ratios, the pairs of the committee, who is missing, and what can be done about each hole.
//! Must never count: the view does. Start at [`CoveragePart`].

mod branches;
mod cards;
mod holes;
mod lists;
mod pairs;

use egui::{Rect, ScrollArea, Ui, UiBuilder, vec2};

use crate::clock::Day;
use crate::domain::coverage::{Relation, Window};
use crate::domain::ids::OrganisationId;
use crate::engine::questions::{CoverageOf, CoverageTree, MissingInTree, TalksPlanned};
use crate::print::TalkAsk;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::frame;
use crate::ui::screens::talks::years::Time;
use crate::ui::theme::{self, height, space};
use crate::ui::widgets::{EmptyState, Segments, scroll_handles, sheet, weak};
use crate::view::coverage::{CoverageAsk, CoverageBoard, CoverageNode, Ratio};
use crate::view::talk_plan::KeptPlan;

pub use holes::plan_words;
pub use pairs::is_of;

use branches::{BranchTable, Opened};

/// The least room for the lists beside a large matrix.
const LISTS: f32 = 416.0;

/// The part 覆盖.
#[derive(Debug, Default)]
pub struct CoveragePart {
    board: Live<CoverageOf>,
    tree: Live<CoverageTree>,
    /// Who is missing in the opened relation, branch by branch.
    missing: Live<MissingInTree>,
    planned: Live<TalksPlanned>,
    /// The relation whose people are shown, all that is missing where none is.
    opened: Option<Relation>,
    /// All branches together, where there are some; the organisation alone when it was asked for.
    own: bool,
    branches: BranchTable,
}

/// Everything that is shown, of one organisation.
pub struct Shown<'a> {
    pub board: &'a CoverageBoard,
    pub planned: Option<&'a KeptPlan>,
    pub as_of: Day,
    /// The time it is of.
    pub time: Time,
    /// Until when what is missing is to be planned; none where no talk to come counts.
    pub due: Option<Day>,
    /// Something may be changed.
    pub may: bool,
}

/// The organisation whose coverage and plan a scope shows: itself, of a 党小组 its branch, of everything the only root.
pub fn asked_for(scene: &Scene<'_>) -> Option<OrganisationId> {
    match scene.scope {
        Some(_) => scene.answering().map(|found| found.id),
        None => {
            let mut roots = scene.tree.iter().filter(|line| line.depth == 0 && !line.is_gone);
            roots.next().filter(|_| roots.next().is_none()).map(|line| line.organisation.id)
        }
    }
}

impl CoveragePart {
    /// What is asked for: the time up to the day that is shown, or as of the one that was chosen.
    fn asked(scene: &Scene<'_>, time: Time) -> Option<CoverageAsk> {
        let Window { period, as_of } = time.window(scene.as_of)?;
        Some(CoverageAsk { organisation: asked_for(scene)?, period, as_of })
    }

    pub fn ask(&mut self, scene: &Scene<'_>, time: Time) {
        let Some(ask) = Self::asked(scene, time) else { return };
        self.board.ask(scene, CoverageOf(ask));
        self.tree.ask(scene, CoverageTree(ask));
        if let Some(relation) = self.opened.filter(|_| !self.own) {
            self.missing.ask(scene, MissingInTree(ask, relation));
        }
        if let Some(period) = time.planned(scene.as_of, scene.today) {
            self.planned.ask(scene, TalksPlanned { organisation: ask.organisation, period });
        }
    }

    /// Shows the people of a relation, everything that is missing where none is told.
    pub fn open(&mut self, relation: Option<Relation>) {
        self.opened = relation;
    }

    /// Opens the dialog that prints it.
    pub fn print(scene: &Scene<'_>, time: Time, out: &mut Outbox) {
        if let Some(ask) = Self::asked(scene, time) {
            out.open(PrintDialog::talks(scene, vec![TalkAsk::Coverage(ask)]));
        }
    }

    /// Draws it over all room there is.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, time: Time, out: &mut Outbox) {
        ui.spacing_mut().item_spacing.y = 0.0;
        frame::day_bar_ui(ui, scene, "覆盖情况，不能修改", out);
        let Some(ask) = Self::asked(scene, time) else {
            match asked_for(scene) {
                Some(_) => {
                    let words = format!("现在看的是截至 {} 的情况", scene.as_of);
                    EmptyState::new("这段时间还没到", &words).show(ui)
                }
                None if scene.tree.is_empty() => {
                    EmptyState::new("还没有党组织", "建好党组织、有了党员，这里看还缺谁谈").show(ui)
                }
                None => EmptyState::new("在左边选一个党组织", "覆盖情况按党组织看").show(ui),
            };
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
        if scene.scope.is_some_and(|scope| scope != ask.organisation) {
            weak(ui, &format!("{}的覆盖情况：党小组不单独算", board.name));
            ui.add_space(space::S);
        }
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
            as_of: ask.as_of,
            time,
            due: time.due(scene.today),
            may: scene.frozen.is_none(),
        };
        self.cards_ui(ui, scene, &shown, &ratio);
        if of_all {
            self.branches_ui(ui, scene, &tree, out);
        } else if scene.width == Width::Narrow {
            self.below_each_other(ui, scene, &shown, out);
        } else {
            self.side_by_side(ui, scene, &shown, out);
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
        let is_low = scene.width != Width::Wide;
        let pressed = cards::show(ui, shown.board, ratio, self.opened, is_low);
        if let Some(relation) = pressed {
            self.opened = if self.opened == Some(relation) { None } else { Some(relation) };
        }
        ui.add_space(if is_low { space::M } else { space::L });
    }

    /// All branches in a table; one of them opens, with the ratio that was pressed.
    fn branches_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, tree: &CoverageNode, out: &mut Outbox) {
        let opened = in_sheet(ui, |ui| {
            // What was told of another relation is not told of this one.
            let missing = self.opened.map(|relation| (relation, self.missing.current()));
            self.branches.show(ui, scene, tree, missing)
        });
        if let Some(Opened { organisation, relation }) = opened {
            out.wish(Wish::Scope(Some(organisation)));
            self.own = organisation == tree.organisation;
            self.opened = relation.or(self.opened);
        }
    }

    /// The matrix above the lists, which scroll together; of an opened ratio its people come first.
    fn below_each_other(&mut self, ui: &mut Ui, scene: &Scene<'_>, shown: &Shown<'_>, out: &mut Outbox) {
        scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let pairs_ui = |ui: &mut Ui, out: &mut Outbox| {
                sheet(ui, 16, |ui| {
                    ui.set_min_width(ui.available_width());
                    pairs::show(ui, scene, shown, out);
                });
            };
            let is_list_first = self.opened.is_some();
            if !is_list_first {
                pairs_ui(ui, out);
                ui.add_space(space::M);
            }
            sheet(ui, 0, |ui| lists::show_whole(ui, scene, shown, self.opened, out));
            if is_list_first {
                ui.add_space(space::M);
                pairs_ui(ui, out);
            }
        });
    }

    fn side_by_side(&mut self, ui: &mut Ui, scene: &Scene<'_>, shown: &Shown<'_>, out: &mut Outbox) {
        let whole = ui.available_rect_before_wrap();
        let left = pairs::width(scene, shown.board).clamp(320.0, (whole.width() * 0.5).max(whole.width() - LISTS));
        let first = whole.with_max_x(whole.left() + left);
        let second = Rect::from_min_max(egui::pos2(first.right() + space::L, whole.top()), whole.max);
        ui.scope_builder(UiBuilder::new().max_rect(first).id_salt("pairs"), |ui| {
            sheet(ui, 16, |ui| {
                ui.set_min_size(first.size() - vec2(34.0, 34.0));
                pairs::show(ui, scene, shown, out);
            });
        });
        ui.scope_builder(UiBuilder::new().max_rect(second).id_salt("lists"), |ui| {
            in_sheet(ui, |ui| lists::show(ui, scene, shown, self.opened, out));
        });
        ui.advance_cursor_after_rect(whole);
    }
}

/// A sheet over the room that is left.
fn in_sheet<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let tall = ui.available_height() - 2.0;
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
