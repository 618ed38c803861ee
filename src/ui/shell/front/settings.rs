//! What can be set before a workbook is open: the look and who works here.

use egui::{Context, Ui};

use super::Front;
use crate::settings::{ThemeChoice, UserSettings};
use crate::ui::dialogs::Stay;
use crate::ui::outbox::Wish;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::theme::space;
use crate::ui::widgets::{Dialog, Field, Note, Segments, TextField};

/// The room a label takes at the left of its field.
pub const LABEL: f32 = 88.0;
/// The looks there are, with their words.
pub const THEMES: [(&str, ThemeChoice); 3] =
    [("浅色", ThemeChoice::Light), ("深色", ThemeChoice::Dark), ("高对比", ThemeChoice::HighContrast)];
/// The scales there are, in percent.
pub const SCALES: [(&str, u16); 4] = [("100 %", 100), ("125 %", 125), ("150 %", 150), ("200 %", 200)];

/// The settings of the start page.
#[derive(Default)]
pub struct SettingsFront {
    operator: Option<String>,
}

impl Front for SettingsFront {
    fn show(&mut self, ctx: &Context, host: &Host, acts: &mut Vec<Act>) -> Stay {
        let operator = self.operator.get_or_insert_with(|| host.settings.operator.clone());
        let answered = Dialog::new("settings", "设置", "关闭").width(480.0).show(ctx, |ui| {
            acts.extend(machine_fields(ui, &host.settings, operator).into_iter().map(Act::Wish));
        });
        if answered.answer.is_some() { Stay::Closed } else { Stay::Open }
    }
}

/// What this machine remembers, as fields; gives back what was changed. `operator` is what is written in its field.
pub fn machine_fields(ui: &mut Ui, settings: &UserSettings, operator: &mut String) -> Vec<Wish> {
    let mut wishes = Vec::new();
    let note = if operator.trim().is_empty() {
        Note::Warning("没有填，操作记录里就不知道是谁做的".to_owned())
    } else {
        Note::Plain("写进此后每一步操作记录".to_owned())
    };
    let field = TextField::new("操作人", operator).hint("姓名").label_left(LABEL).note(note);
    if field.show(ui).lost_focus() && operator.trim() != settings.operator {
        wishes.push(Wish::Operator(operator.trim().to_owned()));
    }
    ui.add_space(space::M - ui.spacing().item_spacing.y);
    Field::new("外观").label_left(LABEL).show(ui, |ui, _| {
        ui.add_space(2.0);
        wishes.extend(theme_choice(ui, settings.theme).map(Wish::Theme));
    });
    ui.add_space(space::M - ui.spacing().item_spacing.y);
    Field::new("大小").label_left(LABEL).show(ui, |ui, _| {
        ui.add_space(2.0);
        wishes.extend(scale_choice(ui, settings.scale_percent).map(Wish::Scale));
    });
    wishes
}

/// The look, as joined choices.
fn theme_choice(ui: &mut Ui, current: ThemeChoice) -> Option<ThemeChoice> {
    let words = THEMES.map(|(word, _)| word);
    let chosen = THEMES.iter().position(|(_, theme)| *theme == current);
    Segments::new("外观", &words, chosen).show(ui).map(|index| THEMES[index].1)
}

/// The scale, as joined choices.
fn scale_choice(ui: &mut Ui, current: Option<u16>) -> Option<u16> {
    let words = SCALES.map(|(word, _)| word);
    let current = current.unwrap_or(100);
    let chosen = SCALES.iter().position(|(_, percent)| *percent == current);
    Segments::new("大小", &words, chosen).show(ui).map(|index| SCALES[index].1)
}
