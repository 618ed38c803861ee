//! 核对附件: every attached file is read and compared with what it was; those that are not so are named.
//! Must never read a file on the window's thread. Start at [`Verifying`].

use egui::{Context, ScrollArea, Ui};

use crate::engine::Job;
use crate::exchange::attachments::{Checked, check};
use crate::problem::Problem;
use crate::store::attachments::Stored;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::shell::running::in_words;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Icon, Tone, label, note, progress_line, remark, section, wrapped_note};

/// Height of the list of what was found.
const LIST: f32 = 220.0;

/// The dialog 核对附件.
pub struct Verifying {
    checking: Option<Job<Checked>>,
    checked: Option<Checked>,
    problem: Option<Problem>,
}

impl Verifying {
    /// Begins to read.
    pub fn begin(scene: &Scene<'_>) -> Self {
        let job = scene.desk_job("核对附件", |desk, progress| {
            let stored = Stored::open(desk.connection().path(), desk.connection().key())?;
            check(desk.reader(), stored.as_ref(), progress)
        });
        Self { checking: Some(job), checked: None, problem: None }
    }

    fn take(&mut self) {
        let Some(ended) = self.checking.as_ref().and_then(Job::take) else { return };
        self.checking = None;
        match ended {
            Ok(checked) => self.checked = Some(checked),
            Err(problem) => self.problem = Some(problem),
        }
    }

    fn body_ui(&self, ui: &mut Ui) {
        if let Some(job) = &self.checking {
            let (words, share) = in_words("核对附件", &job.progress);
            progress_line(ui, &words, share, None);
        }
        if let Some(problem) = &self.problem {
            remark(ui, Icon::CircleAlert, Tone::Hard, &format!("{}：{}", problem.title, problem.happened));
        }
        if let Some(checked) = &self.checked {
            checked_ui(ui, checked);
        }
    }
}

fn checked_ui(ui: &mut Ui, checked: &Checked) {
    // Pieces of the same bytes share a file.
    let counted = format!("{} 件材料的 {} 个文件", checked.named, checked.files);
    if checked.is_sound() {
        label(ui, &format!("{counted}都和附上时一样"));
    } else {
        let (changed, missing) = (checked.changed.len(), checked.missing.len());
        label(ui, &format!("{counted}：{changed} 件的内容变了，{missing} 件的找不到"));
        wrapped_note(ui, "先把工作簿和附件库复制一份留底，再从“备份”文件夹找回附件库，或重新附上");
        ScrollArea::vertical().max_height(LIST).show(ui, |ui| {
            for (title, pieces) in [("内容变了", &checked.changed), ("找不到", &checked.missing)] {
                if pieces.is_empty() {
                    continue;
                }
                ui.add_space(space::S);
                section(ui, title, &pieces.len().to_string());
                pieces.iter().for_each(|piece| drop(wrapped_note(ui, piece)));
            }
        });
    }
    if checked.unnamed > 0 {
        // Nothing is dropped while pieces are missing.
        let then = if checked.missing.is_empty() { "，可以压缩附件库" } else { "" };
        note(ui, &format!("另有 {} 个文件已没有材料用到{then}", checked.unnamed));
    }
}

impl Dialog for Verifying {
    fn show(&mut self, ctx: &Context, _scene: &Scene<'_>, _out: &mut Outbox) -> Stay {
        self.take();
        let leave = if self.checking.is_some() { "取消" } else { "关闭" };
        let answered =
            widgets::Dialog::new("verifying", "核对附件", leave).width(560.0).show(ctx, |ui| self.body_ui(ui));
        if answered.answer == Some(Answer::Quiet) {
            if let Some(job) = &self.checking {
                job.cancel();
            }
            return Stay::Closed;
        }
        Stay::Open
    }
}
