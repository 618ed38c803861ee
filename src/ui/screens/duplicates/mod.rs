//! 查重: who may be recorded twice, the two side by side, and the way to make them one.
//! Must never merge by itself: it wishes for a command. Start at [`DuplicatesScreen`].

mod compared;

use egui::{Key, Modifiers, Ui};

use super::frame::{day_bar_ui, head_height, page};
use super::{Page, Screen};
use crate::domain::duplicates::Sureness;
use crate::domain::ids::PersonId;
use crate::engine::questions::{DuplicatePairs, SideBySide};
use crate::ui::dialogs::export::ExportDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::widgets::{
    Button, Checkbox, EmptyState, EntryItem, EntryLine, EntryList, Icon, Mark, PageHead, grouped, keyboard,
    list_beside, sheet,
};
use crate::view::duplicates::{Duplicates, PairLine, Whose};
use compared::Choices;

/// The page 查重.
pub struct DuplicatesScreen {
    whose: Whose,
    pairs: Live<DuplicatePairs>,
    /// Those of whom it was said that they are two are listed instead.
    shows_apart: bool,
    /// The pair that is shown, by its place in the list.
    chosen: usize,
    items: Vec<EntryItem>,
    made_of: Option<(Duplicates, bool)>,
    /// Of the pair that is shown the second one stays.
    turned: bool,
    side_by_side: Live<SideBySide>,
    choices: Choices,
}

impl DuplicatesScreen {
    /// The pairs of everybody, of one person, or these two.
    pub fn of(whose: Whose) -> Self {
        Self {
            whose,
            pairs: Live::default(),
            shows_apart: false,
            chosen: 0,
            items: Vec::new(),
            made_of: None,
            turned: false,
            side_by_side: Live::default(),
            choices: Choices::default(),
        }
    }

    fn ask(&mut self, scene: &Scene<'_>) {
        self.pairs.ask(scene, DuplicatePairs { scope: scene.scope, whose: self.whose, as_of: scene.as_of });
        if let Some(found) = self.pairs.shown() {
            let is_made =
                self.made_of.as_ref().is_some_and(|(made, apart)| made == found && *apart == self.shows_apart);
            if !is_made {
                self.items = items(if self.shows_apart { &found.apart } else { &found.pairs });
                self.made_of = Some((found.clone(), self.shows_apart));
                self.turned = false;
            }
        }
        self.chosen = self.chosen.min(self.listed().len().saturating_sub(1));
        if let Some((keep, other)) = self.two() {
            self.side_by_side.ask(scene, SideBySide { keep, other });
            let comparison = self.side_by_side.current().and_then(Option::as_ref);
            self.choices.follow(keep, other, comparison);
        }
    }

    fn listed(&self) -> &[PairLine] {
        let Some(found) = self.pairs.shown() else { return &[] };
        if self.shows_apart { &found.apart } else { &found.pairs }
    }

    fn line(&self) -> Option<&PairLine> {
        self.listed().get(self.chosen)
    }

    /// The two that are shown: who stays, and who is merged. Who is on the roll stays, unless it is turned.
    fn two(&self) -> Option<(PersonId, PersonId)> {
        let line = self.line()?;
        let (first, second) = (line.first.id, line.second.id);
        let second_stays = (!line.first.on_roll && line.second.on_roll) != self.turned;
        Some(if second_stays { (second, first) } else { (first, second) })
    }

    fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let told = match (self.pairs.shown(), scene.width) {
            (Some(found), Width::Wide | Width::Medium) => {
                let more = if found.is_cut { "，还有更多，先处理这些" } else { "" };
                let whose = if self.whose == Whose::All { scene.scope_name } else { "同一人" };
                format!("{whose}·疑似重复 {} 对{more}", grouped(found.pairs.len() as u64))
            }
            _ => String::new(),
        };
        let apart = self.pairs.shown().map_or(0, |found| found.apart.len());
        let (mut export, mut all, mut back) = (false, false, false);
        let mut shows_apart = self.shows_apart;
        PageHead::new("查重", &told).height(head_height(scene)).show(ui, |ui| {
            back = ui.add(Button::plain("返回").icon(Icon::ArrowLeft)).clicked();
            if self.whose == Whose::All {
                export = ui.add(Button::plain("导出…").icon(Icon::Upload)).clicked();
            } else {
                all = ui.add(Button::plain("查全部")).clicked();
            }
            if apart > 0 || shows_apart {
                ui.add(Checkbox::new(&mut shows_apart, &format!("不是同一人的 {apart} 对")));
            }
        });
        if shows_apart != self.shows_apart {
            self.shows_apart = shows_apart;
            self.chosen = 0;
        }
        if export {
            out.open(ExportDialog::duplicates(scene));
        }
        if all {
            out.go(Page::Duplicates(Whose::All));
        }
        if back {
            out.wish(Wish::Back);
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let side = match scene.width {
            Width::Wide => 660.0,
            Width::Medium => 540.0,
            Width::Narrow => 520.0,
        };
        let mut opened = false;
        let right = list_beside(ui, side, |ui| {
            if self.items.is_empty() {
                self.nothing_ui(ui);
                return;
            }
            let list = EntryList::new("疑似重复", Some(self.chosen as u64)).opened(&mut opened);
            if let Some(picked) = list.show(ui, &self.items) {
                self.chosen = usize::try_from(picked).unwrap_or(0);
                self.turned = false;
            }
        });
        if opened && let Some((keep, _)) = self.two() {
            out.go(Page::Member(keep));
        }
        if self.line().is_none() {
            return;
        }
        let comparison = self.side_by_side.current().and_then(Option::as_ref);
        let turn = compared::show(ui, right, comparison, &mut self.choices, self.shows_apart, scene, out);
        self.turned ^= turn;
    }

    fn nothing_ui(&self, ui: &mut Ui) {
        let empty = match (self.pairs.problem(), self.pairs.shown()) {
            (Some(problem), _) => EmptyState::new(&problem.title, &problem.happened),
            (None, None) => EmptyState::new("正在查找…", ""),
            (None, Some(_)) => EmptyState::new("没有疑似重复的人", "按公民身份号码、姓名、出生日期和入党时间比对"),
        };
        empty.show(ui);
    }
}

/// The pairs as lines, under the heads of how sure they are.
fn items(pairs: &[PairLine]) -> Vec<EntryItem> {
    let mut items = Vec::new();
    let mut before = None;
    for (nth, line) in pairs.iter().enumerate() {
        let sureness = line.pair.sureness;
        if before != Some(sureness) {
            let count = pairs.iter().filter(|line| line.pair.sureness == sureness).count();
            let date = format!("{} 对", grouped(count as u64));
            items.push(EntryItem::Day { name: sureness.label().to_owned(), date });
            before = Some(sureness);
        }
        items.push(EntryItem::Entry(EntryLine {
            id: nth as u64,
            title: format!("{}、{}：{}", line.first.name, line.second.name, line.pair.reason()),
            mark: Some(match sureness {
                Sureness::Sure => Mark::Hard,
                Sureness::Likely => Mark::Soft,
                Sureness::Doubtful => Mark::Hint,
            }),
            ..EntryLine::default()
        }));
    }
    items
}

impl Screen for DuplicatesScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.ask(scene);
        let ctx = ui.ctx().clone();
        let is_free = ctx.memory(|memory| memory.top_modal_layer()).is_none() && !egui::Popup::is_any_open(&ctx);
        if is_free && !ctx.text_edit_focused() && keyboard::pressed(&ctx, Modifiers::NONE, Key::Escape) {
            out.wish(Wish::Back);
        }
        page(ui, scene, |ui| {
            self.head_ui(ui, scene, out);
            sheet(ui, 0, |ui| {
                ui.set_min_size(ui.available_size());
                day_bar_ui(ui, scene, "名册，不能修改", out);
                self.body_ui(ui, scene, out);
            });
        });
    }
}
