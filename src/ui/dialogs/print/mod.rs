//! 打印: a form with its preview; it goes into a PDF, to the system's program, or to a printer.
//! Must never typeset while drawing: that is a job, and the preview shows the last paper meanwhile.
//! Start at [`PrintDialog`].

mod archives;
mod kinds;
mod making;
mod office;
mod options;
mod pages;
mod preview;
mod send;
mod talks;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Rect, UiBuilder, pos2, vec2};

use super::saving::Saving;
use super::{Dialog, Stay};
use crate::domain::conditions::Subject;
use crate::domain::ids::PersonId;
use crate::engine::Job;
use crate::engine::folders::FileAsk;
use crate::engine::questions::Settings;
use crate::files::write_whole;
use crate::print::paper::Paper;
use crate::print::printer::{CAN_SEND, open_with_system};
use crate::print::{ArchiveAsk, OfficeForm, Sheets, TalkAsk, TalkForm, roster_ask, talks_docx};
use crate::problem::Problem;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Icon};
use crate::view::members::ListAsk;
use crate::view::statistics::StatisticsAsk;
use archives::ArchivePaper;
use kinds::{FormKind, OF_ONE_MEMBER, OF_ORGANISATIONS};
use making::{Asked, Made, make, output};
use options::Options;
use preview::Preview;
use send::SendDialog;
use talks::TalkChoices;

/// What is done with the paper that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Save,
    SaveAndOpen,
}

/// The dialog 打印.
pub struct PrintDialog {
    options: Options,
    settings: Live<Settings>,
    asked: Option<Asked>,
    making: Option<Job<Made>>,
    made: Option<Made>,
    preview: Preview,
    /// Where the chosen file arrives.
    slot: Slot,
    next: Next,
    /// What was asked for while the paper was not made yet as it is asked for now.
    waiting: Option<Answer>,
    /// What was last saved, and of which paper.
    saved: Option<(PathBuf, Arc<Paper>)>,
    saving: Option<Job<PathBuf>>,
    /// Numbers are being given to blank sheets; then this is done.
    numbering: Saving,
    numbered_for: Option<Answer>,
    opening: Option<Job<()>>,
    problem: Option<Problem>,
}

impl PrintDialog {
    /// The summary of the scope on the day shown.
    pub fn summary(scene: &Scene<'_>) -> Self {
        Self::new(scene, FormKind::Summary, roster_ask(scene.as_of, scene.scope), Vec::new())
    }

    /// A table of figures.
    pub fn statistics(scene: &Scene<'_>, ask: StatisticsAsk) -> Self {
        Self::new(scene, FormKind::Statistics(ask), ListAsk::roll(ask.as_of(), ask.scope()), Vec::new())
    }

    /// The table of organisations of the scope on the day shown.
    pub fn organisations(scene: &Scene<'_>) -> Self {
        let kind = FormKind::Office(OfficeForm::Organisations);
        let mut dialog = Self::new(scene, kind, roster_ask(scene.as_of, scene.scope), Vec::new());
        dialog.options.offer(OF_ORGANISATIONS);
        dialog
    }

    /// The card of one person on the day shown.
    pub fn card(scene: &Scene<'_>, person: PersonId) -> Self {
        let kind = FormKind::Office(OfficeForm::Card);
        let mut dialog = Self::new(scene, kind, roster_ask(scene.as_of, scene.scope), Vec::new());
        dialog.options.offer(OF_ONE_MEMBER);
        dialog.selected(vec![person])
    }

    /// Cards are those of these people; of the whole list where nobody is selected.
    #[must_use]
    pub fn selected(mut self, people: Vec<PersonId>) -> Self {
        self.options.select(people);
        self
    }

    /// The roster of a list; `columns` are those the list shows, where it is one on the screen. A list that nothing
    /// narrows down is the roster of its scope.
    pub fn roster(scene: &Scene<'_>, ask: ListAsk, columns: Vec<Subject>) -> Self {
        let plain = ListAsk { sort: ask.sort.clone(), ..ListAsk::roll(ask.as_of, ask.scope) };
        let ask = if ask == plain { ListAsk { sort: ask.sort, ..roster_ask(ask.as_of, ask.scope) } } else { ask };
        Self::new(scene, FormKind::Roster, ask, columns)
    }

    /// Papers of talks; the first of them is shown.
    pub fn talks(scene: &Scene<'_>, offered: Vec<TalkAsk>) -> Self {
        let choices = TalkChoices::new(offered);
        let kind = choices.forms().next().map_or(FormKind::Talk(TalkForm::Records), FormKind::Talk);
        let mut dialog = Self::new(scene, kind, ListAsk::roll(scene.as_of, scene.scope), Vec::new());
        dialog.options.offer_talks(choices);
        dialog
    }

    /// Papers of archive checklists; the first of them is shown.
    pub fn archives(scene: &Scene<'_>, offered: Vec<ArchiveAsk>) -> Self {
        let kind = offered.first().map_or(FormKind::Summary, |ask| FormKind::Archive(ArchivePaper::of(ask)));
        let mut dialog = Self::new(scene, kind, ListAsk::roll(scene.today, scene.scope), Vec::new());
        dialog.options.offer_archives(offered);
        dialog
    }

    fn new(scene: &Scene<'_>, kind: FormKind, ask: ListAsk, columns: Vec<Subject>) -> Self {
        Self {
            options: Options::new(kind, ask, columns, scene.today),
            settings: Live::default(),
            asked: None,
            making: None,
            made: None,
            preview: Preview::default(),
            slot: Slot::new("print"),
            next: Next::Save,
            waiting: None,
            saved: None,
            saving: None,
            numbering: Saving::new("print numbers"),
            numbered_for: None,
            opening: None,
            problem: None,
        }
    }

    /// Begins to make the paper again if it is asked for otherwise, and takes what has been made.
    fn make(&mut self, scene: &Scene<'_>) {
        self.settings.ask(scene, Settings);
        if let Some(settings) = self.settings.shown() {
            self.options.prefill(settings);
        }
        if self.options.is_ready() {
            let asked = self.options.asked();
            if self.asked.as_ref() != Some(&asked) {
                if let Some(making) = &self.making {
                    making.cancel();
                }
                let wanted = asked.clone();
                let today = scene.today;
                self.making = Some(scene.desk_job("排版", move |desk, progress| make(desk, &wanted, today, progress)));
                self.asked = Some(asked);
            }
        }
        match self.making.as_ref().and_then(Job::take) {
            Some(Ok(made)) => {
                self.making = None;
                self.preview.begin(Arc::clone(&made.paper));
                if let Some(sheets) = &made.sheets {
                    self.options.talks.take(sheets.clone());
                    // The same paper is not made again because its sheets know their numbers now.
                    if let Some(asked) = &mut self.asked {
                        asked.talk = self.options.asked().talk;
                    }
                }
                self.made = Some(made);
                self.problem = None;
            }
            Some(Err(problem)) => {
                self.making = None;
                self.waiting = None;
                self.problem = Some(problem);
            }
            None => {}
        }
    }

    /// Takes what became of numbering, saving and opening.
    fn take_ended(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        if let Some(last) = self.numbering.take(scene).and_then(|receipt| receipt.made) {
            self.options.talks.numbered(last);
            self.waiting = self.numbered_for.take();
        }
        if let Some(path) = scene.chosen(&self.slot) {
            self.save(scene, path);
        }
        match self.saving.as_ref().and_then(Job::take) {
            Some(Ok(path)) => {
                self.saving = None;
                self.log(out, file_name(&path));
                if let Some(made) = &self.made {
                    self.saved = Some((path.clone(), Arc::clone(&made.paper)));
                }
                match self.next {
                    Next::Save => out.toast(format!("已存为 {}", file_name(&path))),
                    Next::SaveAndOpen => self.open(scene, path),
                }
            }
            Some(Err(problem)) => {
                self.saving = None;
                self.problem = Some(problem);
            }
            None => {}
        }
        if let Some(opened) = self.opening.as_ref().and_then(Job::take) {
            self.opening = None;
            self.problem = opened.err();
        }
    }

    fn log(&self, out: &mut Outbox, target: String) {
        let (Some(made), Some(asked)) = (&self.made, &self.asked) else { return };
        out.wish(Wish::Log(output(made, asked, target)));
    }

    fn save(&mut self, scene: &Scene<'_>, path: PathBuf) {
        let Some(made) = &self.made else { return };
        let paper = Arc::clone(&made.paper);
        let ending = self.ending();
        let path = if has_ending(&path, ending) { path } else { PathBuf::from(format!("{}.{ending}", path.display())) };
        let records = made.records.clone().filter(|_| self.options.is_docx());
        self.saving = Some(scene.job("存成文件", move |_| {
            let bytes = match records {
                Some(sheet) => talks_docx(&sheet)?,
                None => paper.pdf()?,
            };
            write_whole(&path, &bytes, true)?;
            Ok(path)
        }));
    }

    fn open(&mut self, scene: &Scene<'_>, path: PathBuf) {
        self.opening = Some(scene.job("打开文件", move |_| open_with_system(&path)));
    }

    /// Opens what was saved; what was not saved yet is saved first.
    fn open_or_save(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        let is_it = |path: &Path, paper: &Arc<Paper>| self.is_of_now(paper) && has_ending(path, self.ending());
        let saved = self.saved.as_ref().filter(|(path, paper)| is_it(path, paper)).map(|(path, _)| path.clone());
        match saved {
            Some(path) => self.open(scene, path),
            None => self.ask_place(out, Next::SaveAndOpen),
        }
    }

    /// Does what was asked for, with the paper as it is now.
    fn answer(&mut self, answer: Answer, scene: &Scene<'_>, out: &mut Outbox) {
        let (Some(made), Some(asked)) = (&self.made, &self.asked) else { return };
        // A blank sheet leaves with its number.
        if let Some(command) = made.sheets.as_ref().and_then(Sheets::reserve) {
            self.numbering.run(out, command);
            self.numbered_for = Some(answer);
            return;
        }
        match answer {
            Answer::Primary => self.ask_place(out, Next::Save),
            Answer::Link => self.open_or_save(scene, out),
            Answer::Plain => {
                let line = output(made, asked, String::new());
                out.open(SendDialog::new(scene, Arc::clone(&made.paper), line));
            }
            Answer::Quiet => {}
        }
    }

    fn is_of_now(&self, paper: &Arc<Paper>) -> bool {
        self.made.as_ref().is_some_and(|made| Arc::ptr_eq(&made.paper, paper))
    }

    fn ask_place(&mut self, out: &mut Outbox, next: Next) {
        let Some(made) = &self.made else { return };
        self.next = next;
        let ending = self.ending();
        let name = format!("{}-{}.{ending}", made.paper.title(), self.options.as_of());
        let (title, word) = if self.options.is_docx() { ("存为 DOCX", "DOCX") } else { ("存为 PDF", "PDF") };
        out.choose_file(self.slot.clone(), FileAsk::save(title, word, ending, &name));
    }

    /// How the name of the file ends.
    fn ending(&self) -> &'static str {
        if self.options.is_docx() { "docx" } else { "pdf" }
    }

    fn title(&self) -> String {
        match &self.made {
            Some(made) => format!("打印：{}", made.paper.title()),
            None => "打印".to_owned(),
        }
    }
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// How far a focus ring reaches out.
const RING: f32 = 3.0;
/// Width of the options at the left.
const OPTIONS: f32 = 228.0;

impl Dialog for PrintDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.take_ended(scene, out);
        self.make(scene);
        if self.making.is_none()
            && let Some(answer) = self.waiting.take()
        {
            self.answer(answer, scene, out);
        }
        let title = self.title();
        let is_numbering = self.numbering.is_under_way();
        let is_idle = self.making.is_none() && self.saving.is_none() && self.opening.is_none() && !is_numbering;
        let may = self.made.is_some() && is_idle;
        let save = if self.options.is_docx() { "存为 DOCX…" } else { "存为 PDF…" };
        let mut dialog = widgets::Dialog::new("print", &title, "关闭")
            .width(900.0)
            .focus_body()
            .link(Choice::new("用系统程序打开").icon(Icon::ExternalLink).enabled(may))
            .primary(Choice::new(save).icon(Icon::FileDown).enabled(may));
        if CAN_SEND {
            dialog = dialog.plain(Choice::new("打印到…").icon(Icon::Printer).enabled(may));
        }
        let height = ctx.content_rect().height() - 48.0 - 52.0 - 56.0 - 24.0;
        let answered = dialog.show(ctx, |ui| {
            let whole = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height.max(200.0)));
            // The focus ring of what stands at the edge is not cut off.
            let left = Rect::from_min_max(whole.min - vec2(RING, RING), pos2(whole.left() + OPTIONS, whole.bottom()));
            // Children of their own: a page larger than the preview does not make the dialog larger.
            let mut options = ui.new_child(UiBuilder::new().max_rect(left).id_salt("options"));
            let made =
                self.made.as_ref().map(|made| (made, self.asked.as_ref().map_or("人", |asked| asked.kind.unit())));
            let problem = self.problem.as_ref().or_else(|| self.numbering.problem());
            self.options.show(&mut options, scene, made, problem);
            let right = whole.with_min_x(whole.left() + OPTIONS + space::L);
            let mut preview = ui.new_child(UiBuilder::new().max_rect(right).id_salt("preview"));
            self.preview.show(&mut preview, scene, self.making.is_some());
            ui.advance_cursor_after_rect(whole);
        });
        match answered.answer {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(answer) if may => {
                // What is being written in a field belongs on the paper.
                self.options.settle();
                self.waiting = Some(answer);
                ctx.request_repaint();
            }
            _ => {}
        }
        Stay::Open
    }
}
