//! 本表之外: those of the covered branches who stand in no row, each with what becomes of them.
//! Must never write anything: it decides within the plan. Start at [`show`].

use egui::{Align, Layout, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::preview::Preview;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::ids::PersonId;
use crate::domain::imports::{Gone, GoneDecision};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Button, EmptyState, Icon, Segments, day_button, label, rule, weak};

const ROW: f32 = 40.0;
const NAME: f32 = 84.0;
const WORDS: [&str; 3] = ["保留", "转出", "去世"];

/// Draws the list; gives back what was decided now, and about whom.
pub fn show(ui: &mut Ui, preview: &Preview, today: Day, is_frozen: bool) -> Option<(PersonId, GoneDecision)> {
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
                let (Some(one), Some(branch)) = (gone.get(index), preview.gone_branches.get(index)) else { continue };
                let decision = ui.push_id(one.person, |ui| row_ui(ui, one, branch, preview.plan.roster_day, today));
                if let Some(decision) = decision.inner {
                    decided = Some((one.person, decision));
                }
            }
        });
    });
    decided
}

fn row_ui(ui: &mut Ui, one: &Gone, branch: &str, roster_day: Day, today: Day) -> Option<GoneDecision> {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
    let line = rect.with_max_y(rect.bottom() - 1.0).shrink2(vec2(space::M, 0.0));
    let layout = Layout::left_to_right(Align::Center);
    let shown = ui.scope_builder(UiBuilder::new().max_rect(line).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let name = Rect::from_min_size(line.min, vec2(NAME, line.height()));
        ui.scope_builder(UiBuilder::new().max_rect(name).layout(layout), |ui| {
            ui.set_min_width(NAME);
            label(ui, &one.name)
        });
        let decision = decision_ui(ui, one, roster_day, today);
        weak(ui, branch);
        decision
    });
    let below = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 1.0), rect.max);
    ui.scope_builder(UiBuilder::new().max_rect(below), rule);
    shown.inner
}

fn decision_ui(ui: &mut Ui, one: &Gone, roster_day: Day, today: Day) -> Option<GoneDecision> {
    let (chosen, day) = match one.decision {
        GoneDecision::Keep => (0, roster_day),
        GoneDecision::TransferredOut(on) => (1, on.first_day()),
        GoneDecision::Died(on) => (2, on.first_day()),
    };
    let decide = |how: usize, day: Day| match how {
        1 => GoneDecision::TransferredOut(PartialDate::of_day(day)),
        2 => GoneDecision::Died(PartialDate::of_day(day)),
        _ => GoneDecision::Keep,
    };
    let name = format!("{}：不在表里", one.name);
    let picked = Segments::new(&name, &WORDS, Some(chosen)).show(ui).map(|how| decide(how, day));
    if chosen == 0 {
        return picked;
    }
    let words = day.to_string();
    let name = format!("{}：{} 的日期 {words}", one.name, WORDS[chosen]);
    ui.spacing_mut().interact_size.y = height::CHIP;
    let button = Button::plain(&words).icon(Icon::Calendar).small().name(&name);
    let on = day_button(ui, button, day, today).map(|day| decide(chosen, day.min(today)));
    picked.or(on)
}
