//! 补录: talks from paper, one row each, by the keyboard alone; contents are written later.
//! Must never write: it wishes for one command for all rows. Start at [`EnterTalksScreen`].

mod discarding;
mod row;
mod row_ui;

use egui::{Align, Frame, Key, Layout, Margin, Modifiers, Rect, ScrollArea, Ui, UiBuilder, vec2};
use serde::{Deserialize, Serialize};

use super::effect::{self, EffectOf};
use super::ledger::ledger_ui;
use super::years::{Span, Time, year_button};
use crate::command::{Command, RecordTalks};
use crate::domain::ids::OrganisationId;
use crate::engine::questions::TalkWriting;
use crate::ui::dialogs::{Parking, Saving};
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::{Screen, frame};
use crate::ui::theme::{self, height, space};
use crate::ui::widgets::{
    Button, Edge, EmptyState, Icon, IconButton, Note, Tone, ground, keep_focus_in_sight, keyboard, note,
    remark_centred, scroll_handles, sheet, title, weak,
};
use crate::view::talks::{Writing, WritingAsk};

use row::{Around, Row, RowFields};
use row_ui::{Column, Goes, Widths, head_ui};

/// The most lines about the coverage that are seen at once: of which time it is, and one for each organisation that the
/// rows move.
const MOST_LINES: usize = 4;
/// Above and below them.
const STRIP_MARGIN: f32 = (height::STRIP - height::TREE) / 2.0;

/// The name of the draft.
pub const DRAFT: &str = "补录谈话";

/// The page 补录.
#[derive(Debug)]
pub struct EnterTalksScreen {
    /// The year that a date without one is of; the one of today until another is chosen.
    year: Option<i16>,
    /// The time of the coverage that moves while one writes; that year where none is told.
    time: Option<Time>,
    /// In whose ledger the rows are written; that of the scope until something stands in a row.
    ledger: Option<OrganisationId>,
    writing: Live<TalkWriting>,
    rows: Vec<Row>,
    fields: Vec<RowFields>,
    /// Where the focus is to go.
    goes_to: Option<(usize, Column)>,
    /// The row that has the focus: what is wrong with it is not said yet.
    written_in: Option<usize>,
    effect: EffectOf,
    parking: Parking,
    is_restored: bool,
    is_known: bool,
    saving: Saving,
    was_tried: bool,
    /// The first empty row is to get the focus, as soon as there is one.
    takes_focus: bool,
    /// Whether to throw away what is written is being asked.
    asks_to_discard: bool,
    /// The pass in which the page was drawn last; another page was shown since if it is not the one before.
    last_pass: u64,
}

/// What is parked.
#[derive(Debug, Serialize, Deserialize)]
struct Parked {
    year: Option<i16>,
    #[serde(default)]
    time: Option<Time>,
    #[serde(default)]
    ledger: Option<OrganisationId>,
    rows: Vec<Row>,
}

impl Default for EnterTalksScreen {
    fn default() -> Self {
        Self {
            year: None,
            time: None,
            ledger: None,
            writing: Live::default(),
            rows: Vec::new(),
            fields: Vec::new(),
            goes_to: None,
            written_in: None,
            effect: EffectOf::default(),
            parking: Parking::new(DRAFT),
            is_restored: false,
            is_known: false,
            saving: Saving::new("enter talks"),
            was_tried: false,
            takes_focus: true,
            asks_to_discard: false,
            last_pass: 0,
        }
    }
}

impl EnterTalksScreen {
    fn year(&self, scene: &Scene<'_>) -> i16 {
        self.year.unwrap_or(scene.today.year())
    }

    /// The time of the coverage that moves.
    fn time(&self, scene: &Scene<'_>) -> Time {
        self.time.unwrap_or(Time::of(Span::Year(self.year(scene))))
    }

    /// Rows in which something stands.
    fn filled(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.rows.iter().enumerate().filter(|(_, row)| !row.is_blank())
    }

    fn prepare(&mut self, scene: &Scene<'_>) {
        let year = self.year(scene);
        let scope = self.ledger.or(scene.scope);
        self.writing.ask(scene, TalkWriting(WritingAsk { scope, year, as_of: scene.today }));
        if !self.is_known
            && let Some(parked) = self.parking.restore(scene)
        {
            self.is_known = true;
            let parked = parked.and_then(|parked| serde_json::from_value::<Parked>(parked).ok());
            if let Some(parked) = parked {
                (self.year, self.ledger, self.rows) = (self.year.or(parked.year), parked.ledger, parked.rows);
                self.time = self.time.or(parked.time);
                self.is_restored = !self.rows.is_empty();
            }
        }
        if self.is_known
            && self.rows.is_empty()
            && let Some(writing) = self.writing.current()
        {
            self.rows.push(Row::first(writing));
            self.takes_focus = true;
        }
        if self.takes_focus && !self.rows.is_empty() {
            self.takes_focus = false;
            self.goes_to = Some((self.empty_row(), Column::Date));
        }
        self.fields.resize_with(self.rows.len(), RowFields::default);
    }

    /// The first row in which nothing stands, a new one where all are written.
    fn empty_row(&mut self) -> usize {
        if let Some(empty) = self.rows.iter().position(Row::is_blank) {
            return empty;
        }
        let next = self.rows.last().map(Row::next).unwrap_or_default();
        self.rows.push(next);
        self.rows.len() - 1
    }

    /// Whoever comes to the page, at first or again, writes in the first empty row.
    fn begin(&mut self, ui: &Ui) {
        let pass = ui.ctx().cumulative_pass_nr();
        if self.last_pass + 1 < pass {
            self.takes_focus = true;
            self.asks_to_discard = false;
        }
        self.last_pass = pass;
    }

    fn head_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let (rect, _) =
            ui.allocate_exact_size(vec2(ui.available_width(), frame::head_height(scene)), egui::Sense::hover());
        let builder = UiBuilder::new().max_rect(rect).id_salt("head").layout(Layout::left_to_right(Align::Center));
        let count = self.filled().count();
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if ui.add(IconButton::new(Icon::ChevronLeft, "返回")).clicked() {
                out.wish(Wish::Back);
            }
            title(ui, "补录");
            weak(ui, &format!("{count} 次"));
            let mut ledger = self.ledger.or(self.writing.shown().and_then(|writing| writing.ledger));
            if ledger_ui(ui, scene, &mut ledger, Note::None) {
                self.ledger = ledger;
                self.saving.forget();
                self.park(out);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let year = self.year(scene);
                if let Some(year) = year_button(ui, year, scene.today.year()) {
                    self.year = Some(year);
                    // A year takes the place of a year.
                    self.time = self.time.filter(|time| time.since().is_some());
                }
                note(ui, "日期写 3.20 就是这一年的");
            });
        });
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        let whole = ui.available_rect_before_wrap();
        sheet(ui, 0, |ui| {
            ui.set_min_size(whole.size() - vec2(2.0, 2.0));
            ui.spacing_mut().item_spacing.y = 0.0;
            frame::day_bar_ui(ui, scene, "情况，不能补录", out);
            let area = ui.available_rect_before_wrap();
            let Some(mut writing) = self.writing.shown().cloned().filter(|_| !self.rows.is_empty()) else {
                EmptyState::new("正在读取…", "").show(ui);
                return;
            };
            // What was chosen holds before the answer about it is there.
            writing.ledger = self.ledger.or(writing.ledger);
            let foot = area.with_min_y(area.bottom() - height::FOOT);
            let lines = self.effect.line_count(scene.width).min(MOST_LINES);
            let moving = foot.with_max_y(foot.top()).with_min_y(foot.top() - strip_height(lines));
            let widths = Widths::of(area.width(), scene.width);
            head_ui(ui, &widths);
            let list = Rect::from_min_max(ui.cursor().min, moving.right_top());
            if self.list_ui(ui, scene, &writing, &widths, list) {
                if self.ledger.is_none() && self.filled().next().is_some() {
                    self.ledger = writing.ledger;
                }
                self.saving.forget();
                self.park(out);
            }
            self.effect_ui(ui, scene, &writing, moving);
            self.foot_ui(ui, scene, &writing, foot, out);
        });
    }

    /// The rows; gives back whether anything was changed.
    fn list_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, writing: &Writing, widths: &Widths, rect: Rect) -> bool {
        let around = Around { writing, year: self.year(scene), today: scene.today };
        let mut changed = false;
        let mut goes = None;
        let mut written_in = None;
        ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("rows"), |ui| {
            scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                Frame::new().inner_margin(Margin::symmetric(0, 4)).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for nth in 0..self.rows.len() {
                        let says = self.was_tried || self.written_in != Some(nth);
                        let before = nth.checked_sub(1).and_then(|nth| self.rows.get(nth)).cloned();
                        let goes_to = self.goes_to.filter(|(row, _)| *row == nth).map(|(_, column)| column);
                        let (row, fields) = (&mut self.rows[nth], &mut self.fields[nth]);
                        let shown = ui.push_id(("row", nth), |ui| {
                            row_ui::show(ui, scene, &around, widths, (nth, row, before.as_ref()), fields, goes_to, says)
                        });
                        changed |= shown.inner.changed;
                        written_in = written_in.or(shown.inner.has_focus.then_some(nth));
                        goes = goes.or(shown.inner.goes.map(|goes| (nth, goes)));
                    }
                });
                keep_focus_in_sight(ui);
            });
        });
        self.goes_to = None;
        self.written_in = written_in;
        if let Some((nth, goes)) = goes {
            changed |= self.go(nth, goes);
        }
        changed
    }

    /// Moves the focus, with a new row where there is none yet; gives back whether there is one row more or less.
    fn go(&mut self, nth: usize, goes: Goes) -> bool {
        match goes {
            Goes::To(column) => self.goes_to = Some((nth, column)),
            Goes::Up(column) => self.goes_to = nth.checked_sub(1).map(|above| (above, column)),
            Goes::Down(column) => self.goes_to = (nth + 1 < self.rows.len()).then_some((nth + 1, column)),
            Goes::NextRow => {
                if nth + 1 == self.rows.len() && !self.rows[nth].is_blank() {
                    let next = self.rows[nth].next();
                    self.rows.push(next);
                    self.fields.push(RowFields::default());
                }
                self.goes_to = (nth + 1 < self.rows.len()).then_some((nth + 1, Column::Date));
            }
            Goes::Away => {
                self.rows.remove(nth);
                self.fields.remove(nth);
                self.goes_to = Some((nth.min(self.rows.len().saturating_sub(1)), Column::Date));
                return true;
            }
        }
        false
    }

    /// What the rows do to the coverage of the time, a line for each organisation.
    fn effect_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, writing: &Writing, rect: Rect) {
        let around = Around { writing, year: self.year(scene), today: scene.today };
        let drafts = self.filled().map(|(nth, row)| (nth, row.draft(&around)));
        let talks = drafts.filter_map(|(nth, draft)| effect::seen(&draft, &writing.types, scene.today, nth)).collect();
        if let Some(ledger) = writing.ledger {
            self.effect.ask(scene, ledger, self.time(scene), None, talks);
        }
        ground(ui, rect, theme::tokens(ui).head, Edge::Top);
        let inner = rect.shrink2(vec2(space::L, STRIP_MARGIN));
        ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt("effect"), |ui| {
            scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                self.effect.show_in_lines(ui, scene.width);
            });
        });
    }

    fn foot_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, writing: &Writing, rect: Rect, out: &mut Outbox) {
        ground(ui, rect.with_max_y(rect.top() + 1.0), theme::tokens(ui).line, Edge::Top);
        let count = self.filled().count();
        let may = scene.frozen.is_none() && count > 0 && !self.saving.is_under_way();
        let inner = rect.shrink2(vec2(space::L, 0.0));
        let builder = UiBuilder::new().max_rect(inner).id_salt("foot").layout(Layout::right_to_left(Align::Center));
        let (mut saves, mut discards) = (false, false);
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let word = if count > 0 { format!("记下 {count} 次") } else { "记下".to_owned() };
            saves = ui.add(Button::primary(&word).icon(Icon::Check).tip("Ctrl+S").name("记下").enabled(may)).clicked();
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.set_clip_rect(ui.max_rect().intersect(ui.clip_rect()));
                // Far from what saves.
                discards = count > 0 && ui.add(Button::quiet("弃稿")).clicked();
                self.said_ui(ui, scene, writing);
            });
        });
        saves |= may && !self.asks_to_discard && keyboard::pressed_exactly(ui.ctx(), Modifiers::COMMAND, Key::S);
        if discards {
            self.asks_to_discard = true;
        } else if saves {
            self.save(scene, writing, out);
        }
    }

    /// What stops writing, or how the keys are meant.
    fn said_ui(&self, ui: &mut Ui, scene: &Scene<'_>, writing: &Writing) {
        let faulty = self.faulty(scene, writing);
        if let Some(words) = self.saving.problem_words() {
            remark_centred(ui, Icon::CircleAlert, Tone::Hard, &words);
        } else if self.was_tried && !faulty.is_empty() {
            let rows: Vec<String> = faulty.iter().take(6).map(|nth| (nth + 1).to_string()).collect();
            remark_centred(ui, Icon::CircleAlert, Tone::Hard, &format!("先改好第 {} 行", rows.join("、")));
        } else if self.is_restored {
            note(ui, "已恢复上次没有记下的行");
        } else {
            note(ui, "Tab 或 Enter 到下一格，类型打首字母找，主题后 Enter 另起一行；内容以后再补");
        }
    }

    /// The rows that stop writing.
    fn faulty(&self, scene: &Scene<'_>, writing: &Writing) -> Vec<usize> {
        let around = Around { writing, year: self.year(scene), today: scene.today };
        let fields = |nth: usize| self.fields.get(nth);
        self.filled().filter(|(nth, row)| !row.faults(&around, fields(*nth)).is_empty()).map(|(nth, _)| nth).collect()
    }

    fn save(&mut self, scene: &Scene<'_>, writing: &Writing, out: &mut Outbox) {
        self.was_tried = true;
        if let Some(first) = self.faulty(scene, writing).first() {
            self.goes_to = Some((*first, Column::Date));
            return;
        }
        let around = Around { writing, year: self.year(scene), today: scene.today };
        let talks = self.filled().map(|(_, row)| row.draft(&around)).collect();
        self.saving.run(out, Command::RecordTalks(RecordTalks { talks }));
    }

    fn begin_anew(&mut self, out: &mut Outbox) {
        self.ledger = None;
        self.rows.clear();
        self.fields.clear();
        self.was_tried = false;
        self.is_restored = false;
        self.parking.clear(out);
    }

    fn park(&mut self, out: &mut Outbox) {
        let is_blank = self.filled().next().is_none();
        let parked = Parked { year: self.year, time: self.time, ledger: self.ledger, rows: self.rows.clone() };
        let draft = if is_blank { None } else { serde_json::to_value(parked).ok() };
        self.parking.park(out, draft);
    }
}

/// How many rows of a parked draft something stands in: 「已填 6 行」.
pub fn told_of_draft(draft: &serde_json::Value) -> Option<String> {
    let parked: Parked = serde_json::from_value(draft.clone()).ok()?;
    let filled = parked.rows.iter().filter(|row| !row.is_blank()).count();
    Some(format!("已填 {filled} 行"))
}

/// How high so many lines about the coverage are.
fn strip_height(lines: usize) -> f32 {
    2.0 * STRIP_MARGIN + lines as f32 * height::TREE
}

impl Screen for EnterTalksScreen {
    fn is_dirty(&self) -> bool {
        self.filled().next().is_some()
    }

    fn count_for(&mut self, time: Option<Time>) {
        self.time = time;
        if let Some(Time { span: Span::Year(year), .. }) = time {
            self.year = Some(year);
        }
    }

    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        if self.saving.take(scene).is_some() {
            self.begin_anew(out);
            out.wish(Wish::Back);
        }
        self.begin(ui);
        self.prepare(scene);
        frame::page(ui, scene, |ui| {
            self.head_ui(ui, scene, out);
            self.body_ui(ui, scene, out);
        });
        self.discarding_ui(ui, out);
    }
}
