//! 接收移交: where the workbook of a handed over file is to lie; then it is taken out and checked.
//! Must never open it itself. Start at [`ReceivingFront`].

use std::path::{Path, PathBuf};

use egui::{Context, Ui};

use super::Front;
use crate::engine::Job;
use crate::engine::folders::FileAsk;
use crate::engine::opening::usual_folder;
use crate::exchange::handover::{HandedOver, receive};
use crate::problem::Problem;
use crate::store::Key;
use crate::ui::dialogs::Stay;
use crate::ui::outbox::{Slot, Wish};
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::shell::running::in_words;
use crate::ui::widgets::{
    Answer, Choice, Dialog, Icon, Tone, grouped, key_value, label, progress_line, remark, wrapped_note,
};

const SLOT: &str = "shell: place of a received workbook";
const KEY_WIDTH: f32 = 72.0;

/// The dialog 接收移交.
pub struct ReceivingFront {
    package: PathBuf,
    place: PathBuf,
    receiving: Option<Job<HandedOver>>,
    received: Option<HandedOver>,
    problem: Option<Problem>,
}

impl ReceivingFront {
    /// Takes this file in.
    pub fn new(package: PathBuf) -> Self {
        Self { package, place: PathBuf::new(), receiving: None, received: None, problem: None }
    }

    fn choose_place(&self, acts: &mut Vec<Act>) {
        let stem = self.package.file_stem().unwrap_or_default().to_string_lossy();
        let name = format!("{}.bdk", stem.split("-移交").next().unwrap_or(&stem));
        let ask = FileAsk::save("工作簿放到", "工作簿", "bdk", &name).in_folder(usual_folder());
        acts.push(Act::Wish(Wish::ChooseFile(Slot::new(SLOT), ask)));
    }

    fn begin(&mut self, host: &Host) {
        let (package, place) = (self.package.clone(), self.place.clone());
        self.problem = None;
        self.receiving = Some(host.machine.job(move |progress| receive(&package, &place, &Key::None, progress)));
    }

    fn take(&mut self) {
        match self.receiving.as_ref().and_then(Job::take) {
            Some(Ok(told)) => {
                self.receiving = None;
                self.received = Some(told);
            }
            Some(Err(problem)) => {
                self.receiving = None;
                self.problem = Some(problem);
            }
            None => {}
        }
    }

    fn body_ui(&self, ui: &mut Ui) {
        if let Some(problem) = &self.problem {
            let next = if problem.next.is_empty() { String::new() } else { format!("。{}", problem.next) };
            remark(ui, Icon::CircleAlert, Tone::Hard, &format!("{}：{}{next}", problem.title, problem.happened));
        }
        if let Some(told) = self.received {
            return received_ui(ui, told, &self.place);
        }
        label(ui, "从移交文件里取出工作簿和附件，放成一个新的工作簿");
        wrapped_note(
            ui,
            "取出时逐个核对，有一处对不上就不接收，不留半个文件。现在开着的工作簿不变，同名的文件不会被换掉。",
        );
        key_value(ui, KEY_WIDTH, "移交文件", &self.package.display().to_string(), "");
        if let Some(job) = &self.receiving {
            let (words, share) = in_words("接收移交", &job.progress);
            if progress_line(ui, &words, share, Some("接收移交")) {
                job.cancel();
            }
        }
    }
}

fn received_ui(ui: &mut Ui, told: HandedOver, place: &Path) {
    label(ui, &format!("已接收工作簿和附件 {} 个", grouped(told.attachments as u64)));
    wrapped_note(ui, &format!("在 {}", place.display()));
    if told.missing > 0 {
        let words = format!("另有 {} 个附件在移交时就找不到", grouped(told.missing as u64));
        remark(ui, Icon::TriangleAlert, Tone::Amber, &words);
    }
}

impl Front for ReceivingFront {
    fn show(&mut self, ctx: &Context, host: &Host, acts: &mut Vec<Act>) -> Stay {
        let is_received = self.received.is_some();
        let is_asked = !self.place.as_os_str().is_empty() && self.problem.is_none() && !is_received;
        if is_asked && self.receiving.is_none() {
            self.begin(host);
        }
        self.take();
        let primary = match self.received {
            Some(_) => Choice::new("打开").icon(Icon::FolderOpen),
            None => Choice::new("放到…").icon(Icon::FolderInput).enabled(self.receiving.is_none()),
        };
        let answered = Dialog::new("receiving", "接收移交", if self.received.is_some() { "关闭" } else { "取消" })
            .width(560.0)
            .primary(primary)
            .show(ctx, |ui| self.body_ui(ui));
        match answered.answer {
            Some(Answer::Quiet) => {
                if let Some(job) = &self.receiving {
                    job.cancel();
                }
                return Stay::Closed;
            }
            Some(Answer::Primary) if is_received => {
                acts.push(Act::Wish(Wish::OpenWorkbook(self.place.clone())));
                return Stay::Closed;
            }
            Some(Answer::Primary) => self.choose_place(acts),
            _ => {}
        }
        Stay::Open
    }

    fn take_file(&mut self, slot: &Slot, path: &Path) -> bool {
        let is_ours = slot.0 == SLOT;
        if is_ours {
            (self.place, self.problem) = (path.to_owned(), None);
        }
        is_ours
    }
}
