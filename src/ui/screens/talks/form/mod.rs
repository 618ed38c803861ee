//! 记谈话: the form of one talk over the whole page — what is written left, who the partner is right.
//! Must never write: it wishes for one command. Start at [`WriteTalkScreen`].

mod aside;
mod checks;
mod discarding;
mod fields;
mod follow_ups;
mod foot;
mod keeping;
mod saving;
mod scans;
mod sharing;
mod texts;
mod written;

use egui::{Align, Frame, Key, Layout, Margin, Modifiers, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::ledger::ledger_ui;
use crate::domain::talks::TalkDraftField;
use crate::engine::questions::{NamedPeople, OneTalk, SharedSentences, TalkNotices, TalkWriting};
use crate::print::TalkAsk;
use crate::ui::dialogs::Saving;
use crate::ui::dialogs::print::PrintDialog;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::{Screen, TalkStart, frame};
use crate::ui::theme::{self, height, space};
use crate::ui::widgets::{
    Button, EmptyState, Icon, IconButton, LongField, Note, drawer, keep_focus_in_sight, keyboard, rule, scroll_handles,
    sheet, title, weak,
};
use crate::view::talks::{Seat, Writing, WritingAsk};

pub use checks::ask_notices;
pub use fields::kinds;
pub use keeping::{page_of_draft, told_of_draft};
pub use written::Written;

use aside::Aside;
use checks::Checks;
use fields::{Fields, Telling};
use follow_ups::FollowUpRows;
use foot::Pressed;
use keeping::Kept;
use scans::{Scanned, Scans};
use sharing::{Sharing, ask_shared};

/// Width of the column at the right.
const ASIDE: f32 = 392.0;
/// The line below the content or a follow-up, where something is said about it.
const NOTE: f32 = 24.0;
/// With room for fewer lines of the content the window is a low one.
const LOW: usize = 4;
/// The least width of the form beside it; else the column lies over the page when asked for.
const LEAST_FORM: f32 = 660.0;

/// The page 记谈话 of a new talk, or of one that is corrected.
#[derive(Debug)]
pub struct WriteTalkScreen {
    start: TalkStart,
    writing: Live<TalkWriting>,
    talk: Live<OneTalk>,
    named: Live<NamedPeople>,
    notices: Live<TalkNotices>,
    shared: Live<SharedSentences>,
    written: Option<Written>,
    /// How the form began, or what the workbook holds.
    initial: Written,
    /// What the next talk begins with after one was saved.
    basis: Option<Written>,
    kept: Kept,
    saving: Saving,
    /// The next talk is written down after this one is saved.
    goes_on: bool,
    fields: Fields,
    follow_ups: FollowUpRows,
    scans: Scans,
    aside: Aside,
    is_aside_open: bool,
    more: bool,
    was_tried: bool,
    /// A field for text had the focus in the frame before.
    was_typing: bool,
    /// Whether to throw away what is written is being asked.
    asks_to_discard: bool,
    /// Whether to save without what the type does not keep is being asked, and what was wished for.
    asks_to_leave_out: Option<Pressed>,
    /// The pass in which the page was drawn last; another page was shown since if it is not the one before.
    last_pass: u64,
}

impl WriteTalkScreen {
    pub fn new(start: TalkStart) -> Self {
        let saving = Saving::new(format!("write talk:{start:?}"));
        Self {
            start,
            saving,
            writing: Live::default(),
            talk: Live::default(),
            named: Live::default(),
            notices: Live::default(),
            shared: Live::default(),
            written: None,
            initial: Written::default(),
            basis: None,
            kept: Kept::default(),
            goes_on: false,
            fields: Fields::default(),
            follow_ups: FollowUpRows::default(),
            scans: Scans::default(),
            aside: Aside::default(),
            is_aside_open: false,
            more: false,
            was_tried: false,
            was_typing: false,
            asks_to_discard: false,
            asks_to_leave_out: None,
            last_pass: 0,
        }
    }

    fn is_changed(&self) -> bool {
        self.written.as_ref().is_some_and(|written| *written != self.initial)
            || self.fields.pending().iter().any(|(_, text)| text.is_some())
    }

    /// Asks for what the form begins with, and begins it as soon as all is there.
    fn prepare(&mut self, scene: &Scene<'_>) {
        let is_settled = self.basis.is_some() || self.is_changed();
        let ledger = self.written.as_ref().filter(|_| is_settled).and_then(|written| written.ledger);
        let year = self.written.as_ref().and_then(|written| written.date(scene.today));
        let year = year.map_or(scene.today.year(), |date| date.year());
        let scope = ledger.or(self.start.ledger).or(scene.scope);
        self.writing.ask(scene, TalkWriting(WritingAsk { scope, year, as_of: scene.today }));
        let talkers = self.start.talkers.iter().flatten();
        let ids = talkers.chain(&self.start.partners).copied().collect();
        self.named.ask(scene, NamedPeople { ids, as_of: scene.today });
        if let Some(id) = self.start.talk {
            self.talk.ask(scene, OneTalk { id, as_of: scene.today });
        }
        let Some(initial) = self.begun(scene) else { return };
        if self.written.is_some() && (self.is_changed() || initial == self.initial) {
            return;
        }
        let name = self.kept.name_of(&self.start, &initial);
        let Some(parked) = self.kept.restore(scene, name) else { return };
        self.fields.takes_focus |= self.written.is_none();
        self.written = Some(parked.unwrap_or_else(|| initial.clone()));
        self.initial = initial;
    }

    /// How the form begins, once all is known.
    fn begun(&self, scene: &Scene<'_>) -> Option<Written> {
        let (writing, named) = (self.writing.shown()?, self.named.shown()?);
        if self.start.talk.is_some() {
            return self.talk.shown()?.as_ref().map(Written::of);
        }
        if let Some(basis) = &self.basis {
            return Some(basis.clone());
        }
        let mut written = Written::new(writing, scene.today);
        let seats = |ids: &[crate::domain::ids::PersonId]| {
            ids.iter().filter_map(|id| named.iter().find(|found| found.id == *id)).map(Seat::of).collect()
        };
        if let Some(talkers) = &self.start.talkers {
            written.talkers = seats(talkers);
        }
        written.partners = seats(&self.start.partners);
        // Who talked last is no talker of a talk with himself.
        let partners = written.partners.clone();
        written.talkers.retain(|seat| seat.person.is_none() || !partners.iter().any(|it| it.person == seat.person));
        if let Some(kind) =
            self.start.kind.as_ref().and_then(|code| writing.types.get(code)).filter(|kind| !kind.removed)
        {
            written.kind.clone_from(&kind.code);
        }
        written.planned = self.start.planned;
        fields::follow_partners(&mut written);
        Some(written)
    }

    fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, over: bool, out: &mut Outbox) {
        let mut moved = false;
        let (rect, _) =
            ui.allocate_exact_size(vec2(ui.available_width(), frame::head_height(scene)), egui::Sense::hover());
        let builder = UiBuilder::new().max_rect(rect).id_salt("head").layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if ui.add(IconButton::new(Icon::ChevronLeft, "返回")).clicked() {
                out.wish(Wish::Back);
            }
            title(ui, if self.start.talk.is_some() { "修改谈话" } else { "记谈话" });
            weak(ui, &self.number());
            if let Some(written) = &mut self.written {
                let fault = self.was_tried && written.ledger.is_none();
                let note = if fault { Note::Fault("还没选党组织".to_owned()) } else { Note::None };
                moved = ledger_ui(ui, scene, &mut written.ledger, note);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if over && ui.add(Button::plain("谈话对象").icon(Icon::User).open(self.is_aside_open)).clicked() {
                    self.is_aside_open = !self.is_aside_open;
                }
            });
        });
        if moved {
            self.saving.forget();
            self.park(scene, out);
        }
    }

    /// 「2026-037」
    fn number(&self) -> String {
        let (Some(writing), Some(written)) = (self.writing.shown(), &self.written) else { return String::new() };
        match (written.number.trim(), written.planned) {
            ("", Some(_)) => "空白表的编号".to_owned(),
            ("", None) => writing.next.to_string(),
            (number, _) => number.to_owned(),
        }
    }

    /// The form at the left; gives back whether anything was changed.
    fn form_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        writing: &Writing,
        checks: &Checks,
        (rect, out): (Rect, &mut Outbox),
    ) -> bool {
        let number = self.number();
        let is_restricted = [self.written.as_ref(), Some(&self.initial)]
            .into_iter()
            .flatten()
            .any(|written| written.is_restricted(&writing.types));
        let scanned = Scanned { talk: self.start.talk, number: &number, is_restricted };
        self.scans.follow(ui, scene, scanned, rect, out);
        let Some(written) = &mut self.written else { return false };
        let telling = Telling { checks, was_tried: self.was_tried };
        let mut changed = false;
        ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("form"), |ui| {
            scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                Frame::new().inner_margin(Margin::symmetric(24, 10)).show(ui, |ui| {
                    ui.set_width(rect.width() - 2.0 * space::XL);
                    ui.set_max_width(rect.width() - 2.0 * space::XL);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    let top = ui.cursor().top();
                    changed |= self.fields.show(ui, scene, writing, written, &telling);
                    ui.add_space(space::M);
                    if written.is_restricted(&writing.types) {
                        changed |= texts::restricted_ui(ui, written, &telling);
                        self.scans.show(ui, scene, scanned, out);
                        return;
                    }
                    let above = ui.cursor().top() - top;
                    let room = rect.height() - 20.0 - above - below_content(written.follow_ups.len());
                    let told = if telling.note(TalkDraftField::Content) == Note::None { 0.0 } else { NOTE };
                    // Where all does not fit it is as high as what is seen, and comes there when one writes in it.
                    let seen = rect.height() - 20.0 - height::CONTROL - space::S - told;
                    let is_low = room < LongField::height_of(LOW);
                    // The scans are seen with it where there is room for both.
                    let below = self.follow_ups.told(written, &telling) as f32 * NOTE + self.scans.tall(scanned);
                    let tall = if is_low { seen } else { (room - told - below).max(LongField::height_of(6)) };
                    changed |= texts::content_ui(ui, written, &writing.types, &telling, &mut self.more, tall);
                    ui.add_space(space::M);
                    changed |= texts::answers_ui(ui, written, &telling);
                    if self.more {
                        ui.add_space(space::M);
                        changed |= texts::further_ui(ui, written, &telling, &writing.next.to_string());
                    }
                    ui.add_space(space::S);
                    rule(ui);
                    ui.add_space(space::S);
                    changed |= self.follow_ups.show(ui, scene, written, &telling);
                    self.scans.show(ui, scene, scanned, out);
                });
                keep_focus_in_sight(ui);
            });
        });
        changed
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, over: bool, out: &mut Outbox) {
        let whole = ui.available_rect_before_wrap();
        sheet(ui, 0, |ui| {
            ui.set_min_size(whole.size() - vec2(2.0, 2.0));
            ui.spacing_mut().item_spacing.y = 0.0;
            frame::day_bar_ui(ui, scene, "情况，不能记谈话", out);
            let area = ui.available_rect_before_wrap();
            let Some(writing) = self.writing.shown().cloned().filter(|_| self.written.is_some()) else {
                let is_gone = self.start.talk.is_some() && matches!(self.talk.shown(), Some(None));
                let (words, hint) =
                    if is_gone { ("没有这次谈话", "可能刚被撤销") } else { ("正在读取…", "") };
                EmptyState::new(words, hint).show(ui);
                return;
            };
            let upper = area.with_max_y(area.bottom() - height::FOOT);
            let form = if over { upper } else { upper.with_max_x(upper.right() - ASIDE) };
            let checks = self.checks(scene, &writing);
            if self.form_ui(ui, scene, &writing, &checks, (form, &mut *out)) {
                self.saving.forget();
                self.park(scene, out);
            }
            if !over {
                let right = Rect::from_min_max(
                    pos2(form.right(), upper.top() + 1.0),
                    pos2(upper.right() - 1.0, upper.bottom()),
                );
                self.aside_ui(ui, scene, right, false, out);
            }
            let foot = area.with_min_y(upper.bottom());
            let pressed = self.foot_ui(ui, scene, &checks, foot);
            self.act(scene, pressed, &checks, out);
            if over && self.is_aside_open {
                let left = upper.right() - ASIDE.min(360.0).min(upper.width());
                self.aside_ui(ui, scene, upper.with_min_x(left), true, out);
            }
        });
    }

    fn aside_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, rect: Rect, over: bool, out: &mut Outbox) {
        let Some(written) = &self.written else { return };
        if over {
            let closes = drawer(ui, "谈话对象", rect, true, |ui| {
                let close = Rect::from_min_size(pos2(rect.right() - 40.0, rect.top() + 6.0), vec2(32.0, 32.0));
                if !written.partners.is_empty() {
                    // Beside it stands no link of the first line.
                    ui.add_space(height::CHIP);
                }
                self.aside.show(ui, scene, written, self.start.talk, out);
                ui.put(close, IconButton::new(Icon::X, "关闭")).clicked()
            });
            let escape = keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Escape);
            self.is_aside_open = !(closes || escape);
            return;
        }
        let t = theme::tokens(ui);
        ui.painter().rect_filled(rect, 0, t.head);
        let line = rect.with_max_x(rect.left() + theme::px(ui.pixels_per_point()));
        ui.painter().rect_filled(line, 0, t.line2);
        ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("aside"), |ui| {
            self.aside.show(ui, scene, written, self.start.talk, out);
        });
    }

    fn checks(&mut self, scene: &Scene<'_>, writing: &Writing) -> Checks {
        let Some(written) = &self.written else { return Checks::default() };
        ask_notices(&mut self.notices, scene, written);
        self.aside.ask(scene, written, &writing.types, &self.start);
        ask_shared(&mut self.shared, scene, written, self.start.talk);
        let [talkers, partners, recorder] = self.fields.pending();
        let owners = (TalkDraftField::FollowUps, self.follow_ups.pending());
        let kept = self.start.talk.map(|_| self.initial.kind.as_str());
        let pending = [talkers, partners, recorder, owners];
        let checks = Checks::of(written, &writing.types, kept, scene.today, &pending).warned(&self.notices);
        checks.sharing(self.shared.current().and_then(|found| Sharing::of(found, &written.content)))
    }

    fn act(&mut self, scene: &Scene<'_>, pressed: Option<Pressed>, checks: &Checks, out: &mut Outbox) {
        match pressed {
            Some(Pressed::Discard) => self.asks_to_discard = true,
            Some(Pressed::Print) => {
                let record = self.start.talk.map(|id| TalkAsk::Records(vec![id]));
                out.open(PrintDialog::talks(scene, record.into_iter().collect()));
            }
            Some(pressed @ (Pressed::Save | Pressed::SaveAndGoOn)) => self.try_to_save(scene, pressed, checks, out),
            None => {}
        }
    }

    /// The talk was saved: the form is free for the next one, or the page before is shown again.
    fn follow(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        if self.saving.take(scene).is_none() {
            return;
        }
        self.kept.clear(out);
        self.basis = self.written.take().filter(|_| self.goes_on).map(|written| written.next());
        self.reset_fields();
        if self.basis.is_none() {
            out.wish(Wish::Back);
        }
    }

    fn reset_fields(&mut self) {
        self.fields = Fields::default();
        self.follow_ups = FollowUpRows::default();
        self.was_tried = false;
        self.more = false;
    }

    fn park(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        let Some(writing) = self.writing.shown() else { return };
        let written = self.written.as_ref().filter(|written| **written != self.initial);
        // What the type does not keep stays in the open form: the draft lies beside the workbook for everybody to read.
        let written = written.map(|written| written.keepable(&writing.types));
        self.kept.park(scene, &self.start, written.as_ref(), out);
    }

    /// Whether something is written that the type does not keep.
    fn hides_texts(&self) -> bool {
        let (Some(writing), Some(written)) = (self.writing.shown(), &self.written) else { return false };
        written.is_restricted(&writing.types) && written.hidden_characters() > 0
    }

    /// Whoever comes to the page, at first or again, writes in the field that is to be filled first.
    fn begin(&mut self, ui: &Ui) {
        let pass = ui.ctx().cumulative_pass_nr();
        if self.last_pass + 1 < pass {
            self.fields.takes_focus = true;
            self.asks_to_discard = false;
            self.asks_to_leave_out = None;
        }
        self.last_pass = pass;
    }
}

/// How much room stands below the content where nothing further is open.
fn below_content(follow_ups: usize) -> f32 {
    let topic = height::CONTROL + space::S;
    let answers = texts::LABEL + space::XS + 56.0;
    let rows = follow_ups as f32 * (height::CONTROL + space::S);
    topic + space::M + answers + space::S + 1.0 + space::S + height::CHIP + rows
}

impl Screen for WriteTalkScreen {
    /// Those that are dropped on it are scans.
    fn takes_files(&self) -> bool {
        true
    }

    fn is_dirty(&self) -> bool {
        self.is_changed()
    }

    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.follow(scene, out);
        self.prepare(scene);
        self.begin(ui);
        // Esc closes the list that is open, then leaves the field, and the page only after that. What it closes or leaves
        // is no longer there when it is looked at.
        let is_choosing = egui::Popup::is_any_open(ui.ctx()) || self.was_typing;
        frame::page(ui, scene, |ui| {
            let over = ui.available_width() - ASIDE < LEAST_FORM;
            self.head_ui(ui, scene, over, out);
            self.body_ui(ui, scene, over, out);
        });
        self.discarding_ui(ui, out);
        self.leaving_out_ui(ui, scene, out);
        let ctx = ui.ctx();
        self.was_typing = ctx.text_edit_focused();
        let is_busy = is_choosing || egui::Popup::is_any_open(ctx) || self.was_typing;
        let is_free = !is_busy && ctx.memory(|memory| memory.top_modal_layer()).is_none();
        if is_free && keyboard::pressed(ctx, Modifiers::NONE, Key::Escape) {
            out.wish(Wish::Back);
        }
    }
}
