//! 本表之外: those of the covered branches who stand in no row, each with what becomes of them.
//! Must never write anything: it decides within the plan. Start at [`GoneDays::show`].

use std::collections::HashMap;

use egui::{Align, Color32, Label, Layout, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::preview::Preview;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::PersonId;
use crate::domain::imports::{Gone, GoneDecision};
use crate::ui::dialogs::day_field::DayField;
use crate::ui::theme::{self, Type, space};
use crate::ui::widgets::{EmptyState, Segments, rule};

const ROW: f32 = 40.0;
const NAME: f32 = 84.0;
const BRANCH: f32 = 200.0;
const DAY: f32 = 136.0;
const WORDS: [&str; 3] = ["保留", "转出", "去世"];

/// The days on which they left, as they are being written.
#[derive(Default)]
pub struct GoneDays {
    written: HashMap<PersonId, DayField>,
}

impl GoneDays {
    /// Whether every day can be taken as it stands.
    pub fn is_clear(&self) -> bool {
        self.written.values().all(DayField::is_clear)
    }

    /// Draws the list; gives back what was decided now, and about whom.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        preview: &Preview,
        today: Day,
        is_frozen: bool,
    ) -> Option<(PersonId, GoneDecision)> {
        let gone = &preview.plan.gone;
        if gone.is_empty() {
            EmptyState::new("没有本表之外的人", "表里写到的党支部，人都在表里").show(ui);
            return None;
        }
        let mut decided = None;
        ui.add_enabled_ui(!is_frozen, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ScrollArea::vertical().id_salt("gone").auto_shrink(false).show_rows(ui, ROW, gone.len(), |ui, rows| {
                for index in rows {
                    let (Some(one), Some(branch)) = (gone.get(index), preview.gone_branches.get(index)) else {
                        continue;
                    };
                    let roster_day = PartialDate::of_day(preview.plan.roster_day);
                    let decision = ui.push_id(one.person, |ui| self.row_ui(ui, one, branch, roster_day, today));
                    if let Some(decision) = decision.inner {
                        decided = Some((one.person, decision));
                    }
                }
            });
        });
        decided
    }

    fn row_ui(
        &mut self,
        ui: &mut Ui,
        one: &Gone,
        branch: &str,
        roster_day: PartialDate,
        today: Day,
    ) -> Option<GoneDecision> {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
        let line = rect.with_max_y(rect.bottom() - 1.0).shrink2(vec2(space::M, 0.0));
        let layout = Layout::left_to_right(Align::Center);
        let shown = ui.scope_builder(UiBuilder::new().max_rect(line).layout(layout), |ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let t = theme::tokens(ui);
            text_ui(ui, &one.name, t.ink, NAME);
            text_ui(ui, branch, t.ink2, BRANCH);
            let decision = self.decision_ui(ui, one, roster_day, today);
            let fault = self.written.get(&one.person).and_then(DayField::fault);
            text_ui(ui, &fault.unwrap_or_default(), t.hard, ui.available_width());
            decision
        });
        let below = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 1.0), rect.max);
        ui.scope_builder(UiBuilder::new().max_rect(below), rule);
        shown.inner
    }

    fn decision_ui(&mut self, ui: &mut Ui, one: &Gone, roster_day: PartialDate, today: Day) -> Option<GoneDecision> {
        let (chosen, on) = match one.decision {
            GoneDecision::Keep => (0, roster_day),
            GoneDecision::TransferredOut(on) => (1, on),
            GoneDecision::Died(on) => (2, on),
        };
        let decide = |how: usize, on: PartialDate| match how {
            1 => GoneDecision::TransferredOut(on),
            2 => GoneDecision::Died(on),
            _ => GoneDecision::Keep,
        };
        let name = format!("{}：不在表里", one.name);
        let picked = Segments::new(&name, &WORDS, Some(chosen)).show(ui).map(|how| decide(how, on));
        if chosen == 0 {
            self.written.remove(&one.person);
            return picked;
        }
        let field = self.written.entry(one.person).or_insert_with(|| DayField::at(today, on));
        let name = format!("{}：{}的日期", one.name, WORDS[chosen]);
        let meant = field.show_in_row(ui, &name, DAY).filter(|meant| *meant != on);
        picked.or(meant.map(|meant| decide(chosen, meant)))
    }
}

/// A text at its place in the row, this wide at most.
fn text_ui(ui: &mut Ui, words: &str, color: Color32, width: f32) {
    ui.allocate_ui_with_layout(vec2(width, ui.available_height()), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(width);
        let words = RichText::new(words).font(Type::Body.font()).color(color);
        ui.add(Label::new(words).selectable(false).truncate());
    });
}
