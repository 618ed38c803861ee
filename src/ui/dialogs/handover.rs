//! 移交: the workbook with its attachments goes over in one file.
//! Must never write it while drawing: that is a job. Start at [`HandoverDialog`].

use std::path::{Path, PathBuf};

use egui::{Context, Ui};

use super::{Dialog, Stay};
use crate::engine::Job;
use crate::engine::folders::FileAsk;
use crate::exchange::handover::{HandedOver, hand_over};
use crate::print::printer::open_with_system;
use crate::problem::Problem;
use crate::store::outputs::Output;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::shell::running::in_words;
use crate::ui::widgets::{
    self, Answer, Choice, Icon, Tone, grouped, key_value, label, progress_line, remark, wrapped_note,
};

const KEY_WIDTH: f32 = 72.0;
/// What the log says was handed over.
const WHAT: &str = "移交 ZIP";

/// The dialog 移交.
#[derive(Default)]
pub struct HandoverDialog {
    place: PathBuf,
    writing: Option<Job<HandedOver>>,
    written: Option<HandedOver>,
    opening: Option<Job<()>>,
    problem: Option<Problem>,
}

impl HandoverDialog {
    fn slot() -> Slot {
        Slot::new("handover")
    }

    fn choose_place(scene: &Scene<'_>, out: &mut Outbox) {
        let stem = scene.workbook().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("{stem}-移交-{}.zip", scene.today);
        out.choose_file(Self::slot(), FileAsk::save("移交文件存到", "移交文件", "zip", &name));
    }

    fn take(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        if let Some(place) = scene.chosen(&Self::slot()) {
            let (to, at) = (place.clone(), scene.now());
            (self.place, self.problem) = (place, None);
            let work = move |desk: &crate::view::desk::Desk, progress: &crate::progress::Progress| {
                hand_over(desk.connection(), &to, true, at, progress)
            };
            self.writing = Some(scene.desk_job("移交", work));
        }
        match self.writing.as_ref().and_then(Job::take) {
            Some(Ok(told)) => {
                self.writing = None;
                self.written = Some(told);
                out.wish(Wish::Log(output(told, &self.place)));
            }
            Some(Err(problem)) => {
                self.writing = None;
                self.problem = Some(problem);
            }
            None => {}
        }
        if let Some(opened) = self.opening.as_ref().and_then(Job::take) {
            self.opening = None;
            self.problem = opened.err();
        }
    }

    fn body_ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        if let Some(problem) = &self.problem {
            let next = if problem.next.is_empty() { String::new() } else { format!("。{}", problem.next) };
            remark(ui, Icon::CircleAlert, Tone::Hard, &format!("{}：{}{next}", problem.title, problem.happened));
        }
        if let Some(told) = self.written {
            return written_ui(ui, told, &self.place);
        }
        label(ui, "把工作簿和附件装进一个文件，交给接手的人");
        wrapped_note(
            ui,
            "接手的人用“接收移交”取出来，就和这里一样：名册、谈话、档案、附件、操作记录都在，撤销也能接着做。",
        );
        wrapped_note(
            ui,
            "这里的工作簿和附件不变，还能接着用；没保存的草稿不在里面。文件里的个人信息没有遮去，请当面交接、保管好。",
        );
        key_value(ui, KEY_WIDTH, "工作簿", &scene.workbook().display().to_string(), "");
        if let Some(job) = &self.writing {
            let (words, share) = in_words("移交", &job.progress);
            if progress_line(ui, &words, share, Some("移交")) {
                job.cancel();
            }
        }
    }
}

fn written_ui(ui: &mut Ui, told: HandedOver, place: &Path) {
    label(ui, &format!("已装好：工作簿和附件 {} 个", grouped(told.attachments as u64)));
    wrapped_note(ui, &format!("在 {}", place.display()));
    if told.missing > 0 {
        let words = format!("另有 {} 个附件在附件库里找不到，没有装进去", grouped(told.missing as u64));
        remark(ui, Icon::TriangleAlert, Tone::Amber, &words);
    }
}

/// The line for the log of what left the program; who and when is told by the writing side.
fn output(told: HandedOver, place: &Path) -> Output {
    Output {
        id: 0,
        at: 0,
        operator: String::new(),
        what: WHAT.to_owned(),
        scope: "整个工作簿和附件".to_owned(),
        row_count: i64::try_from(told.attachments).unwrap_or(i64::MAX),
        masked: false,
        target: place.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    }
}

impl Dialog for HandoverDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.take(scene, out);
        let is_done = self.written.is_some();
        let primary = match is_done {
            true => Choice::new("打开文件夹").icon(Icon::FolderOpen).enabled(self.opening.is_none()),
            false => Choice::new("存到…").icon(Icon::FolderOutput).enabled(self.writing.is_none()),
        };
        let answered = widgets::Dialog::new("handover", "移交", if is_done { "关闭" } else { "取消" })
            .width(560.0)
            .note("会记入导出和打印记录")
            .primary(primary)
            .show(ctx, |ui| self.body_ui(ui, scene));
        match answered.answer {
            Some(Answer::Quiet) => {
                if let Some(job) = &self.writing {
                    job.cancel();
                }
                return Stay::Closed;
            }
            Some(Answer::Primary) if is_done => {
                let folder = self.place.parent().unwrap_or(Path::new(".")).to_owned();
                self.opening = Some(scene.job("打开文件夹", move |_| open_with_system(&folder)));
            }
            Some(Answer::Primary) => Self::choose_place(scene, out),
            _ => {}
        }
        Stay::Open
    }
}
