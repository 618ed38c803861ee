//! What holds for all rows: the day and the scope.
//! Must never compare anything. Start at [`Understood`].

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::preview::Preview;
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::imports::RosterKind;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::scene::Scene;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{Button, Icon};

const DAY_LABEL: f32 = 56.0;
const DAY: f32 = 136.0;

/// What is kept of it from frame to frame.
#[derive(Default)]
pub struct Understood {
    /// The field of the roster's day, and the day of the plan that was put into it.
    day: Option<(DayField, Day)>,
    /// The button of the right column is to get the focus: the column was closed by a key.
    pub into_opener: bool,
}

/// What the person did.
#[derive(Default)]
pub struct Done {
    /// Another day of the roster.
    pub day: Option<Day>,
    /// The column with questions is to be opened or closed.
    pub is_column_toggled: bool,
}

impl Understood {
    /// Whether the day of the roster can be taken as it stands in its field.
    pub fn is_clear(&self) -> bool {
        self.day.as_ref().is_none_or(|(field, _)| field.is_clear())
    }

    /// Draws it; `opener` is the button that opens the right column, where there is no room for that.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, preview: &Preview, opener: Option<Button<'_>>) -> Done {
        let mut done = Done::default();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            // Talks have their own days.
            if preview.plan.kind != RosterKind::Talks {
                done.day = self.day_ui(ui, scene, preview.plan.roster_day);
            }
            let size = vec2(ui.available_width(), height::CONTROL);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                if let Some(button) = opener {
                    let button = ui.add(button.icon(Icon::CircleQuestionMark));
                    if std::mem::take(&mut self.into_opener) {
                        button.request_focus();
                    }
                    done.is_column_toggled = button.clicked();
                }
                let color = theme::tokens(ui).ink2;
                let scope = RichText::new(format!("{}·范围：{}", preview.record_words(), scene.scope_name))
                    .font(Type::Body.font())
                    .color(color);
                ui.add(Label::new(scope).selectable(false).truncate());
            });
        });
        done
    }

    /// The field follows the plan, but keeps what is being written.
    fn day_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, of_plan: Day) -> Option<Day> {
        if self.day.as_ref().is_none_or(|(_, shown)| *shown != of_plan) {
            self.day = Some((DayField::at(scene.today, PartialDate::of_day(of_plan)), of_plan));
        }
        let (field, _) = self.day.as_mut()?;
        let meant = field.show_in_line(ui, "名册日期", DAY_LABEL, DAY)?.first_day();
        // 「2026-10」 stands for its first day: that is seen.
        *field = DayField::at(scene.today, PartialDate::of_day(meant));
        (meant != of_plan).then_some(meant)
    }
}
