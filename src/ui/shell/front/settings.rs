//! What can be set before a workbook is open: the look and who works here.

use egui::Context;

use super::Front;
use crate::settings::ThemeChoice;
use crate::ui::dialogs::Stay;
use crate::ui::outbox::Wish;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::widgets::{Dialog, Segments, TextField, weak};

/// The looks there are, with their words.
pub const THEMES: [(&str, ThemeChoice); 3] =
    [("浅色", ThemeChoice::Light), ("深色", ThemeChoice::Dark), ("高对比", ThemeChoice::HighContrast)];
/// The scales there are, in percent.
pub const SCALES: [(&str, u16); 4] = [("100%", 100), ("125%", 125), ("150%", 150), ("200%", 200)];

/// The settings of the start page.
#[derive(Default)]
pub struct SettingsFront {
    operator: Option<String>,
}

impl Front for SettingsFront {
    fn show(&mut self, ctx: &Context, host: &Host, acts: &mut Vec<Act>) -> Stay {
        let operator = self.operator.get_or_insert_with(|| host.settings.operator.clone());
        let answered = Dialog::new("settings", "设置", "关闭").width(480.0).show(ctx, |ui| {
            ui.horizontal(|ui| {
                weak(ui, "外观");
                if let Some(theme) = theme_choice(ui, host.settings.theme) {
                    acts.push(Act::Wish(Wish::Theme(theme)));
                }
            });
            ui.horizontal(|ui| {
                weak(ui, "大小");
                if let Some(scale) = scale_choice(ui, host.settings.scale_percent) {
                    acts.push(Act::Wish(Wish::Scale(scale)));
                }
            });
            if TextField::new("操作人", operator).hint("姓名").width(220.0).show(ui).lost_focus() {
                acts.push(Act::Wish(Wish::Operator(operator.trim().to_owned())));
            }
        });
        if answered.answer.is_some() { Stay::Closed } else { Stay::Open }
    }
}

/// The look, as joined choices.
pub fn theme_choice(ui: &mut egui::Ui, current: ThemeChoice) -> Option<ThemeChoice> {
    let words = THEMES.map(|(word, _)| word);
    let chosen = THEMES.iter().position(|(_, theme)| *theme == current);
    Segments::new("外观", &words, chosen).show(ui).map(|index| THEMES[index].1)
}

/// The scale, as joined choices.
pub fn scale_choice(ui: &mut egui::Ui, current: Option<u16>) -> Option<u16> {
    let words = SCALES.map(|(word, _)| word);
    let current = current.unwrap_or(100);
    let chosen = SCALES.iter().position(|(_, percent)| *percent == current);
    Segments::new("大小", &words, chosen).show(ui).map(|index| SCALES[index].1)
}
