//! 恢复备份: what the backup has and what it lacks, where the workbook of now stays, and then the checked copy.
//! Must never put it in place: that is the window's, which closes the workbook for it. Start at [`Restoring`].

use egui::{Context, Ui};

use crate::clock::Moment;
use crate::engine::Job;
use crate::engine::questions::BackupSince;
use crate::problem::Problem;
use crate::store::backup::BackupCopy;
use crate::store::journal::Entry;
use crate::store::restore::{self, Staged};
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::shell::running::in_words;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, Answer, Choice, Icon, Tone, grouped, key_value, label, note, progress_line, remark, section,
};
use crate::ui::words::{shortened, size_in_words};
use crate::view::backups::{BackupStory, Since};

const KEY_WIDTH: f32 = 88.0;
/// Characters of a step's title that are told.
const TITLE_TOLD: usize = 24;

/// The dialog 恢复备份.
pub struct Restoring {
    backup: BackupCopy,
    /// The moment that the workbook of now is named after.
    at: Moment,
    since: Live<BackupSince>,
    staging: Option<Job<Staged>>,
    problem: Option<Problem>,
}

impl Restoring {
    /// Restores this backup; it is `at` now.
    pub fn new(backup: BackupCopy, at: Moment) -> Self {
        Self { backup, at, since: Live::default(), staging: None, problem: None }
    }

    fn take(&mut self, out: &mut Outbox) -> Stay {
        match self.staging.as_ref().and_then(Job::take) {
            Some(Ok(staged)) => {
                out.wish(Wish::Restore(staged, made(&self.backup)));
                return Stay::Closed;
            }
            Some(Err(problem)) => {
                self.staging = None;
                self.problem = Some(problem);
            }
            None => {}
        }
        Stay::Open
    }

    fn begin(&mut self, scene: &Scene<'_>) {
        let (path, at) = (self.backup.path.clone(), self.at);
        self.problem = None;
        let work = move |desk: &crate::view::desk::Desk, progress: &crate::progress::Progress| {
            restore::stage(desk.connection(), &path, at, progress)
        };
        self.staging = Some(scene.desk_job("恢复备份", work));
    }

    fn body_ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        if let Some(problem) = &self.problem {
            let next = if problem.next.is_empty() { String::new() } else { format!("。{}", problem.next) };
            remark(ui, Icon::CircleAlert, Tone::Hard, &format!("{}：{}{next}", problem.title, problem.happened));
            ui.add_space(space::M);
        }
        section(ui, "这份备份", "");
        key_value(ui, KEY_WIDTH, "备份时间", &made(&self.backup), &self.backup.reason);
        key_value(ui, KEY_WIDTH, "大小", &size_in_words(self.backup.bytes), "做好时读回核对过，恢复前再核对一次");
        match (self.since.current(), self.since.problem()) {
            (Some(story), _) => self.story_ui(ui, story),
            (None, Some(problem)) => drop(note(ui, &problem.happened)),
            (None, None) => drop(note(ui, "正在看它做到哪一步")),
        }
        ui.add_space(space::L);
        label(ui, "恢复后接着用这份备份。现在的工作簿不会丢，改名留在原处：");
        let kept = restore::kept(scene.workbook(), self.at);
        let path = |path: Option<&std::path::Path>| path.map(|path| path.display().to_string()).unwrap_or_default();
        key_value(ui, KEY_WIDTH, "改名为", &path(kept.file_name().map(AsRef::as_ref)), "");
        key_value(ui, KEY_WIDTH, "文件夹", &path(kept.parent()), "");
        if let Some(job) = &self.staging {
            ui.add_space(space::M);
            let (words, share) = in_words("恢复备份", &job.progress);
            if progress_line(ui, &words, share, Some("恢复备份")) {
                job.cancel();
            }
        }
    }

    fn story_ui(&self, ui: &mut Ui, story: &BackupStory) {
        step_ui(ui, "做到", story.last.as_ref());
        ui.add_space(space::M);
        section(ui, "现在的工作簿", "");
        step_ui(ui, "做到", story.now.as_ref());
        let words = match story.since {
            Since::Nothing => "与这份备份相同，没有要恢复的".to_owned(),
            Since::Steps(steps) => format!("比备份多 {} 步，恢复后都不在里面", grouped(steps)),
            Since::Apart => "与这份备份从某一步起各走各的，恢复后现在多出的改动都不在里面".to_owned(),
        };
        key_value(ui, KEY_WIDTH, "相差", &words, "");
    }
}

/// `2026-11-24 10:31`
fn made(backup: &BackupCopy) -> String {
    backup.made.strftime("%Y-%m-%d %H:%M").to_string()
}

fn step_ui(ui: &mut Ui, key: &str, step: Option<&Entry>) {
    match step {
        None => key_value(ui, KEY_WIDTH, key, "还没有操作", ""),
        Some(step) => {
            let words = format!("第 {} 步：{}", step.id, shortened(&step.title, TITLE_TOLD));
            key_value(ui, KEY_WIDTH, key, &words, &format!("{} {}", step.at.shown(), step.operator));
        }
    }
}

impl Dialog for Restoring {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.since.ask(scene, BackupSince(self.backup.path.clone()));
        if self.take(out) == Stay::Closed {
            return Stay::Closed;
        }
        let is_same = self.since.current().is_some_and(|story| story.since == Since::Nothing);
        let may = self.staging.is_none() && !is_same;
        let answered = widgets::Dialog::new("restore", "恢复备份", "取消")
            .icon(Icon::TriangleAlert, Tone::Amber)
            .width(640.0)
            .plain(Choice::new("恢复这份备份").enabled(may))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match answered.answer {
            Some(Answer::Quiet) => {
                if let Some(job) = &self.staging {
                    job.cancel();
                }
                return Stay::Closed;
            }
            Some(Answer::Plain) => self.begin(scene),
            _ => {}
        }
        Stay::Open
    }
}
