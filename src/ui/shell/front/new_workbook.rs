//! A new workbook: its name, where it lies, who works here.

use std::path::PathBuf;

use egui::Context;

use super::Front;
use crate::engine::folders::{FileAsk, FilePurpose};
use crate::engine::opening::usual_folder;
use crate::ui::dialogs::Stay;
use crate::ui::outbox::{Slot, Wish};
use crate::ui::shell::act::{Act, NewWorkbook};
use crate::ui::shell::host::Host;
use crate::ui::theme::space;
use crate::ui::widgets::{Answer, Button, Choice, Dialog, Note, TextField, label};

const SLOT: &str = "shell: place of a new workbook";

/// Asks for what a new workbook needs.
pub struct NewWorkbookFront {
    title: String,
    folder: PathBuf,
    /// Written by hand, so no longer made from the title.
    file: Option<String>,
    operator: String,
    roster: Option<PathBuf>,
}

impl NewWorkbookFront {
    pub fn new(host: &Host, path: PathBuf, roster: Option<PathBuf>) -> Self {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).map(PathBuf::from);
        let file = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        Self {
            title: String::new(),
            folder: folder.unwrap_or_else(usual_folder),
            file,
            operator: host.settings.operator.clone(),
            roster,
        }
    }

    fn file_name(&self) -> String {
        let stem = match &self.file {
            Some(file) => file.trim(),
            None => self.title.trim(),
        };
        let stem: String = stem.chars().map(|c| if FORBIDDEN.contains(c) { '_' } else { c }).collect();
        if stem.is_empty() { String::new() } else { format!("{}.bdk", stem.trim_end_matches(".bdk")) }
    }

    fn body(&mut self, ui: &mut egui::Ui, acts: &mut Vec<Act>) {
        if let Some(roster) = &self.roster {
            let name = roster.file_name().unwrap_or_default().to_string_lossy().into_owned();
            label(ui, &format!("先建工作簿，再看“{name}”的识别结果，看过才写入。"));
        }
        let note = Note::Plain("单位或支部的名称，印在表头，以后可改".to_owned());
        TextField::new("名称", &mut self.title).required().hint("如：青禾县民政局党总支").note(note).show(ui);
        ui.horizontal_top(|ui| {
            let mut folder = self.folder.display().to_string();
            let button = Button::plain("换…").name("换文件夹…");
            let width = ui.available_width() - button.width(ui) - space::S;
            ui.vertical(|ui| {
                if TextField::new("放在文件夹", &mut folder).width(width).show(ui).changed() {
                    self.folder = PathBuf::from(folder);
                }
            });
            ui.vertical(|ui| {
                ui.add_space(23.0);
                if ui.add(button).clicked() {
                    let ask = FileAsk { purpose: FilePurpose::Folder, ..FileAsk::open("选文件夹", "", &[]) };
                    acts.push(Act::Wish(Wish::ChooseFile(Slot::new(SLOT), ask.in_folder(&self.folder))));
                }
            });
        });
        let mut file = self.file.clone().unwrap_or_else(|| self.title.trim().to_owned());
        let field = TextField::new("文件名", &mut file).suffix(".bdk").hint("与名称相同");
        if field.show(ui).changed() {
            self.file = Some(file);
        }
        let note = Note::Plain("您的姓名，写进每一步操作记录".to_owned());
        TextField::new("操作人", &mut self.operator).required().hint("姓名").width(220.0).note(note).show(ui);
    }
}

/// Characters that a file's name cannot have somewhere.
const FORBIDDEN: &str = "\\/:*?\"<>|\t\r\n";

impl Front for NewWorkbookFront {
    fn show(&mut self, ctx: &Context, _host: &Host, acts: &mut Vec<Act>) -> Stay {
        let file = self.file_name();
        let is_whole = !file.is_empty() && !self.title.trim().is_empty() && !self.operator.trim().is_empty();
        let answered = Dialog::new("new workbook", "新建工作簿", "取消")
            .width(560.0)
            .focus_body()
            .primary(Choice::new("新建").enabled(is_whole))
            .show(ctx, |ui| self.body(ui, acts));
        match answered.answer {
            Some(Answer::Primary) => {
                acts.push(Act::Create(NewWorkbook {
                    path: self.folder.join(file),
                    title: self.title.trim().to_owned(),
                    operator: self.operator.trim().to_owned(),
                    roster: self.roster.clone(),
                }));
                // It goes when the workbook is there; what was typed is not lost if it cannot be made.
                Stay::Open
            }
            Some(_) => Stay::Closed,
            None => Stay::Open,
        }
    }

    fn take_file(&mut self, slot: &Slot, path: &std::path::Path) -> bool {
        let is_ours = slot.0 == SLOT;
        if is_ours {
            self.folder = path.to_owned();
        }
        is_ours
    }
}
