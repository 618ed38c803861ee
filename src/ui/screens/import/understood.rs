//! What was understood of the files: the day, the scope, the columns.
//! Must never compare anything. Start at [`Understood`].

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::preview::{Preview, ShownColumn};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::scene::Scene;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{Badge, Button, Icon, Tone, badge_width, link, text_width};

/// Lines that all columns take at most, before they scroll.
const LINES: f32 = 3.0;
const DAY_LABEL: f32 = 56.0;
const DAY: f32 = 136.0;

/// What is kept of it from frame to frame.
#[derive(Default)]
pub struct Understood {
    /// The field of the roster's day, and the day of the plan that was put into it.
    day: Option<(DayField, Day)>,
    is_all_columns: bool,
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
            done.day = self.day_ui(ui, scene, preview.plan.roster_day);
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
                let scope = RichText::new(format!("范围：{}", scene.scope_name)).font(Type::Body.font()).color(color);
                ui.add(Label::new(scope).selectable(false).truncate());
            });
        });
        ui.add_space(space::S);
        self.columns_ui(ui, preview);
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

    /// The columns on one line; those for which there is no room are shown on demand.
    fn columns_ui(&mut self, ui: &mut Ui, preview: &Preview) {
        let badges: Vec<(String, Tone)> = preview.columns.iter().map(in_words).collect();
        let all = format!("全部 {} 栏", badges.len());
        let fitting = fitting(ui, &badges, &all);
        let word = if self.is_all_columns { "收起" } else { &all };
        ui.scope(|ui| {
            ui.spacing_mut().interact_size.y = height::BADGE;
            ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
            let shown = if self.is_all_columns { badges.len() } else { fitting };
            let lines = LINES * (height::BADGE + space::XS);
            ScrollArea::vertical().id_salt("columns").max_height(lines).auto_shrink([false, true]).show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    for (words, tone) in &badges[..shown] {
                        if badge_width(ui, words) > ui.available_width() {
                            ui.end_row();
                        }
                        ui.add(Badge::new(words).tone(*tone));
                    }
                    if fitting < badges.len() && link(ui, word).clicked() {
                        self.is_all_columns = !self.is_all_columns;
                    }
                });
            });
        });
    }
}

/// How many of these stand on one line, with the link to the others where not all do.
fn fitting(ui: &Ui, badges: &[(String, Tone)], link: &str) -> usize {
    let ends: Vec<f32> = badges
        .iter()
        .scan(0.0, |end, (words, _)| {
            *end += badge_width(ui, words) + space::XS;
            Some(*end)
        })
        .collect();
    let room = ui.available_width() + space::XS;
    if ends.last().is_none_or(|end| *end <= room) {
        return badges.len();
    }
    let room = room - text_width(ui, link) - space::S;
    ends.iter().take_while(|end| **end <= room).count()
}

/// 「特长 → 自定义字段」; the head alone where it is the field's own word.
fn in_words(column: &ShownColumn) -> (String, Tone) {
    let tone = match (column.is_extra, column.meaning.is_empty()) {
        (true, _) => Tone::Act,
        (false, true) => Tone::Neutral,
        (false, false) => Tone::Ok,
    };
    if column.meaning.is_empty() {
        return (format!("{}：不取", column.head), tone);
    }
    if column.meaning == column.head {
        return (column.head.clone(), tone);
    }
    (format!("{} → {}", column.head, column.meaning), tone)
}
