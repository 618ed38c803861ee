//! 待核: what the rules find in the members of the scope, kind by kind, each settled with one key.
//! Must never decide a finding itself: it offers what would settle it. Start at [`QualityScreen`].

mod card;
mod work;

use egui::{Key, Modifiers, Ui};

use super::frame::{day_bar_ui, day_button_ui, export_button_ui, head_height, page};
use super::{Page, Screen};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::rules::Level;
use crate::engine::questions::MemberFindings;
use crate::ui::dialogs::edit_member::EditMember;
use crate::ui::dialogs::event::EventDialog;
use crate::ui::dialogs::export::ExportDialog;
use crate::ui::dialogs::fact_history::FactHistory;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::{Scene, Width};
use crate::ui::widgets::{
    Button, EmptyState, EntryItem, EntryLine, EntryList, Icon, Mark, PageHead, Select, grouped, keyboard, list_beside,
    sheet,
};
use crate::view::duplicates::Whose;
use crate::view::quality::{Fix, FixAct, Quality};
use work::Work;

/// Findings that are listed at most; those of one kind are reached by choosing it.
const LISTED: usize = 2_000;

/// The keys that apply the first fix, the second …
const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// The page 待核.
#[derive(Default)]
pub struct QualityScreen {
    work: Work,
    /// The rule whose findings alone are listed.
    only: Option<String>,
    /// The finding that is shown beside the list, by its place among those listed.
    chosen: usize,
    /// The places among all findings of those that are listed.
    listed: Vec<usize>,
    items: Vec<EntryItem>,
    /// What the list was made of.
    made_of: Option<(u64, Option<String>)>,
    detail: Live<MemberFindings>,
}

/// Does what settles a finding of a person.
pub fn settle(fix: &Fix, person: PersonId, out: &mut Outbox) {
    match &fix.act {
        FixAct::Run(command) => out.run(Slot::new(format!("fix:{person}")), (**command).clone()),
        FixAct::Record(kind, value) => out.open(EventDialog::with_value(person, *kind, value)),
        FixAct::History(fact) => out.open(FactHistory::at(person, *fact)),
        FixAct::Organisation(id) => open_organisation(*id, out),
    }
}

fn open_organisation(id: OrganisationId, out: &mut Outbox) {
    out.wish(Wish::Scope(Some(id)));
    out.go(Page::Organisations);
}

/// The sign of a level.
pub fn mark_of(level: Level) -> Mark {
    match level {
        Level::Red => Mark::Hard,
        Level::Amber => Mark::Soft,
    }
}

impl QualityScreen {
    fn ask(&mut self, scene: &Scene<'_>) {
        self.work.ask(scene);
        let Some(quality) = self.work.shown() else { return };
        let gone = self.only.as_ref().is_some_and(|only| !quality.kinds.iter().any(|kind| kind.rule == *only));
        if gone {
            self.only = None;
        }
        let wanted = (self.work.turn(), self.only.clone());
        if self.made_of.as_ref() != Some(&wanted) {
            self.listed = listed(quality, self.only.as_deref());
            self.items = items(quality, &self.listed);
            self.made_of = Some(wanted);
        }
        self.chosen = self.chosen.min(self.listed.len().saturating_sub(1));
        if let Some(item) = self.listed.get(self.chosen).and_then(|place| quality.items.get(*place)) {
            self.detail.ask(scene, MemberFindings { id: item.person, as_of: scene.as_of });
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let told = self.work.shown().map(|quality| {
            let (count, people) = (grouped(quality.items.len() as u64), grouped(quality.people as u64));
            format!("{}·核对 {people} 人，待核 {count} 处", scene.scope_name)
        });
        let told = if scene.width == Width::Narrow { String::new() } else { told.unwrap_or_default() };
        let (mut export, mut seek) = (false, false);
        PageHead::new("待核", &told).height(head_height(scene)).show(ui, |ui| {
            export = export_button_ui(ui, scene);
            seek = ui.add(Button::plain("查重").icon(Icon::Users).tip("找出录了两次的人")).clicked();
            day_button_ui(ui, scene, out);
            self.kinds_ui(ui, scene);
        });
        if export {
            out.open(ExportDialog::quality(scene));
        }
        if seek {
            out.go(Page::Duplicates(Whose::All));
        }
    }

    /// Which kind is listed.
    fn kinds_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let Some(quality) = self.work.shown() else { return };
        let all = format!("全部 {} 处", grouped(quality.items.len() as u64));
        let kinds = quality.kinds.iter().map(|kind| format!("{} {}", kind.title, grouped(kind.count as u64)));
        let words: Vec<String> = std::iter::once(all).chain(kinds).collect();
        let place = |only: &String| quality.kinds.iter().position(|kind| kind.rule == *only);
        let mut chosen = Some(self.only.as_ref().and_then(place).map_or(0, |place| place + 1));
        let width = if scene.width == Width::Wide { 240.0 } else { 190.0 };
        if Select::new("只看", &words, &mut chosen).label_hidden().width(width).show(ui).changed() {
            let kind = chosen.and_then(|place| place.checked_sub(1)).and_then(|place| quality.kinds.get(place));
            self.only = kind.map(|kind| kind.rule.clone());
            self.chosen = 0;
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let side = match scene.width {
            Width::Wide => 440.0,
            Width::Medium => 390.0,
            Width::Narrow => 360.0,
        };
        let mut opened = false;
        let right = list_beside(ui, side, |ui| {
            if self.items.is_empty() {
                self.nothing_ui(ui);
                return;
            }
            let list = EntryList::new("待核", Some(self.chosen as u64)).opened(&mut opened);
            if let Some(picked) = list.show(ui, &self.items) {
                self.chosen = usize::try_from(picked).unwrap_or(0);
            }
        });
        if opened && let Some(item) = self.item() {
            out.go(Page::Member(item.person));
        }
        let step = card::show(ui, right, self, scene, out);
        self.step(step);
    }

    /// The finding that is shown beside the list.
    fn item(&self) -> Option<&crate::view::quality::Item> {
        let place = self.listed.get(self.chosen)?;
        self.work.shown()?.items.get(*place)
    }

    fn step(&mut self, by: isize) {
        let last = self.listed.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(by).min(last);
    }

    fn nothing_ui(&self, ui: &mut Ui) {
        let problem = self.work.problem();
        let empty = match (problem, self.work.shown()) {
            (Some(problem), _) => EmptyState::new(&problem.title, &problem.happened),
            (None, None) => EmptyState::new("正在核对…", ""),
            (None, Some(_)) => EmptyState::new("没有对不上的地方", "改动以后会自动再核一遍"),
        };
        empty.show(ui);
    }

    /// The keys of the page: a digit applies a fix, E opens the form.
    fn keys(&self, ui: &Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let ctx = ui.ctx();
        let is_busy = egui::Popup::is_any_open(ctx) || ctx.text_edit_focused();
        if is_busy || ctx.memory(|memory| memory.top_modal_layer()).is_some() || scene.frozen.is_some() {
            return;
        }
        let Some(item) = self.item() else { return };
        if keyboard::pressed_exactly(ctx, Modifiers::COMMAND, Key::E) {
            out.open(EditMember::new(item.person));
        }
        let Some(finding) = self.current() else { return };
        for (key, fix) in DIGITS.iter().zip(&finding.fixes) {
            if keyboard::pressed_exactly(ctx, Modifiers::NONE, *key) {
                settle(fix, item.person, out);
            }
        }
    }

    /// The chosen finding with what settles it, as soon as it is known.
    fn current(&self) -> Option<&crate::view::quality::Finding> {
        let item = self.item()?;
        let kind = self.work.shown()?.kinds.get(item.kind)?;
        let findings = self.detail.current()?;
        findings.iter().find(|finding| finding.rule == kind.rule && *finding.words == *item.words)
    }
}

/// The places of the findings that are listed: those of a rule, or all, and no more than one goes through.
fn listed(quality: &Quality, only: Option<&str>) -> Vec<usize> {
    let is_listed = |kind: usize| only.is_none_or(|only| quality.kinds.get(kind).is_some_and(|kind| kind.rule == only));
    let places = quality.items.iter().enumerate().filter(|(_, item)| is_listed(item.kind));
    places.map(|(place, _)| place).take(LISTED).collect()
}

/// The findings as lines, under the heads of their kinds.
fn items(quality: &Quality, listed: &[usize]) -> Vec<EntryItem> {
    let mut items = Vec::with_capacity(listed.len());
    let mut kind_before = None;
    for (nth, place) in listed.iter().enumerate() {
        let Some(item) = quality.items.get(*place) else { continue };
        let Some(kind) = quality.kinds.get(item.kind) else { continue };
        if kind_before != Some(item.kind) {
            let date = format!("{}·{} 处", kind.level.label(), grouped(kind.count as u64));
            items.push(EntryItem::Day { name: kind.title.clone(), date });
            kind_before = Some(item.kind);
        }
        items.push(EntryItem::Entry(EntryLine {
            id: nth as u64,
            title: format!("{}：{}", item.name, item.words),
            mark: Some(mark_of(kind.level)),
            ..EntryLine::default()
        }));
    }
    items
}

impl Screen for QualityScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.ask(scene);
        self.keys(ui, scene, out);
        page(ui, scene, |ui| {
            self.head_ui(ui, scene, out);
            sheet(ui, 0, |ui| {
                ui.set_min_size(ui.available_size());
                day_bar_ui(ui, scene, "核对，不能修改", out);
                self.body_ui(ui, scene, out);
            });
        });
    }

    fn listed(&self) -> Option<std::sync::Arc<Vec<PersonId>>> {
        let quality = self.work.shown()?;
        let mut ids: Vec<PersonId> =
            self.listed.iter().filter_map(|place| quality.items.get(*place)).map(|item| item.person).collect();
        ids.dedup();
        Some(std::sync::Arc::new(ids))
    }
}
