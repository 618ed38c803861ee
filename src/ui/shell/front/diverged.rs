//! A file whose journal does not go on from what this machine saw of the workbook: told before anything is changed.

use egui::Context;

use super::Front;
use crate::clock::Moment;
use crate::engine::opening::Divergence;
use crate::ui::dialogs::Stay;
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::widgets::{Answer, Choice, Dialog, Icon, Tone, key_value, label, note, section};
use crate::ui::words::shortened;

/// Asks whether to open such a file.
pub struct DivergedFront {
    divergence: Divergence,
}

impl DivergedFront {
    pub fn new(divergence: Divergence) -> Self {
        Self { divergence }
    }
}

impl Front for DivergedFront {
    fn show(&mut self, ctx: &Context, _host: &Host, acts: &mut Vec<Act>) -> Stay {
        let Divergence { path, seen, is_older, newest } = &self.divergence;
        let title = if *is_older { "这份文件比上次的旧" } else { "这份文件和上次的不是一路" };
        let answered = Dialog::new("diverged", title, "不打开")
            .icon(Icon::TriangleAlert, Tone::Amber)
            .width(640.0)
            .plain(Choice::new("仍然打开"))
            .note("还没有打开，两份文件都没有改动")
            .show(ctx, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                label(
                    ui,
                    if *is_older {
                        "它是同一个工作簿，但缺了上次在这台电脑上见过的几步。"
                    } else {
                        "它是同一个工作簿的另一份：两份各自改过，不能合成一份。"
                    },
                );
                label(ui, "可能是拷到别处改过，或从备份取回的。选定一份接着用，另一份收起来。");
                ui.add_space(8.0);
                section(ui, "上次在这台电脑见到的", "");
                key_value(ui, 96.0, "文件", &seen.path.display().to_string(), "");
                let words = format!("第 {} 步", seen.last_entry);
                key_value(ui, 96.0, "最后一步", &words, &about(seen.last_at, &seen.last_operator));
                ui.add_space(8.0);
                section(ui, "现在要打开的", "");
                key_value(ui, 96.0, "文件", &path.display().to_string(), "");
                for (place, entry) in newest.iter().enumerate() {
                    let key = if place == 0 { "最后几步" } else { " " };
                    let words = format!("第 {} 步：{}", entry.id, shortened(&entry.title, 24));
                    key_value(ui, 96.0, key, &words, &about(entry.at.0, &entry.operator));
                }
                if newest.is_empty() {
                    note(ui, "一步也没有");
                }
            });
        match answered.answer {
            Some(Answer::Plain) => {
                acts.push(Act::OpenNow { path: path.clone(), even_if_diverged: true });
                Stay::Closed
            }
            Some(_) => Stay::Closed,
            None => Stay::Open,
        }
    }
}

fn about(at: i64, operator: &str) -> String {
    if at == 0 { operator.to_owned() } else { format!("{} {operator}", Moment(at).shown()) }
}
