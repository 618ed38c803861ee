//! 打印: a form with its preview; it goes into a PDF, to the system's program, or to a printer.
//! Must never typeset while drawing: that is a job, and the preview shows the last paper meanwhile.
//! Start at [`PrintDialog`].

mod office;
mod options;
mod pages;
mod preview;
mod send;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Rect, UiBuilder, pos2, vec2};

use super::{Dialog, Stay};
use crate::clock::Day;
use crate::domain::conditions::Subject;
use crate::domain::ids::PersonId;
use crate::engine::Job;
use crate::engine::folders::FileAsk;
use crate::engine::questions::Settings;
use crate::files::write_whole;
use crate::print::cards::many_cards;
use crate::print::fonts::{FontReport, PaperFonts};
use crate::print::paper::{Form, Paper, compile};
use crate::print::printer::{CAN_SEND, open_with_system};
use crate::print::{FillOptions, OfficeAsk, OfficeForm, office_form, roster_ask, roster_of, statistics_of, summary_of};
use crate::problem::{Problem, Result};
use crate::progress::Progress;
use crate::store::outputs::Output;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Choice, Icon};
use crate::view::desk::Desk;
use crate::view::list_words::in_words;
use crate::view::members::ListAsk;
use crate::view::statistics::StatisticsAsk;
use options::Options;
use preview::Preview;
use send::SendDialog;

/// Which form is printed (表).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// 党员花名册
    Roster,
    /// 党员基本情况
    Summary,
    /// 统计表
    Statistics(StatisticsAsk),
    /// 信息卡, 名单, 任期表 …
    Office(OfficeForm),
}

/// The forms that are offered where members are listed.
const OF_MEMBERS: &[FormKind] = &[
    FormKind::Roster,
    FormKind::Summary,
    FormKind::Office(OfficeForm::Card),
    FormKind::Office(OfficeForm::Names),
    FormKind::Office(OfficeForm::Birthdays),
    FormKind::Office(OfficeForm::Transfers),
];
/// The forms that are offered on the page of one member.
const OF_ONE_MEMBER: &[FormKind] = &[FormKind::Office(OfficeForm::Card)];
/// The forms that are offered where organisations are listed.
const OF_ORGANISATIONS: &[FormKind] = &[
    FormKind::Office(OfficeForm::Organisations),
    FormKind::Office(OfficeForm::Committee),
    FormKind::Office(OfficeForm::Terms),
    FormKind::Office(OfficeForm::Transfers),
    FormKind::Office(OfficeForm::Units),
];

impl FormKind {
    fn label(self) -> &'static str {
        match self {
            Self::Roster => "花名册",
            Self::Summary => "基本情况",
            Self::Statistics(ask) => ask.label(),
            Self::Office(form) => form.short(),
        }
    }

    /// For the log: 「打印党员花名册」.
    fn what(self) -> String {
        match self {
            Self::Roster => "打印党员花名册".to_owned(),
            Self::Summary => "打印党员基本情况".to_owned(),
            Self::Statistics(ask) => format!("打印{}", ask.title()),
            Self::Office(form) => format!("打印{}", form.label()),
        }
    }

    /// Whether ID numbers and phones stand on it.
    fn has_numbers(self) -> bool {
        match self {
            Self::Roster => true,
            Self::Summary | Self::Statistics(_) => false,
            Self::Office(form) => form.has_numbers(),
        }
    }

    /// What is counted on it.
    fn unit(self) -> &'static str {
        match self {
            Self::Roster | Self::Summary | Self::Statistics(_) => "人",
            Self::Office(form) => form.unit(),
        }
    }
}

/// What a paper is made from.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    kind: FormKind,
    ask: ListAsk,
    options: FillOptions,
    /// Of an office form.
    office: Option<OfficeAsk>,
}

/// A paper that was made.
#[derive(Debug)]
struct Made {
    paper: Arc<Paper>,
    fonts: FontReport,
    /// How many people, or organisations, it tells of.
    people: usize,
    /// Organisation, day and filter in words.
    scope: String,
    /// What is said before it is printed: that it is a great many cards.
    warning: Option<String>,
}

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

    /// Takes what became of saving and opening.
    fn take_ended(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
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
        let has_ending = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
        let path = if has_ending { path } else { PathBuf::from(format!("{}.pdf", path.display())) };
        self.saving = Some(scene.job("存为 PDF", move |_| {
            write_whole(&path, &paper.pdf()?, true)?;
            Ok(path)
        }));
    }

    fn open(&mut self, scene: &Scene<'_>, path: PathBuf) {
        self.opening = Some(scene.job("打开 PDF", move |_| open_with_system(&path)));
    }

    /// Opens what was saved; what was not saved yet is saved first.
    fn open_or_save(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        let saved = self.saved.as_ref().filter(|(_, paper)| self.is_of_now(paper)).map(|(path, _)| path.clone());
        match saved {
            Some(path) => self.open(scene, path),
            None => self.ask_place(out, Next::SaveAndOpen),
        }
    }

    /// Does what was asked for, with the paper as it is now.
    fn answer(&mut self, answer: Answer, scene: &Scene<'_>, out: &mut Outbox) {
        let (Some(made), Some(asked)) = (&self.made, &self.asked) else { return };
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
        let name = format!("{}-{}.pdf", made.paper.title(), self.options.as_of());
        out.choose_file(self.slot.clone(), FileAsk::save("存为 PDF", "PDF", "pdf", &name));
    }

    fn title(&self) -> String {
        match &self.made {
            Some(made) => format!("打印：{}", made.paper.title()),
            None => "打印".to_owned(),
        }
    }
}

/// Fills the form and typesets it.
fn make(desk: &Desk, asked: &Asked, today: Day, progress: &Progress) -> Result<Made> {
    progress.stage("填表", 0)?;
    let (form, people, scope) = match asked.kind {
        FormKind::Roster => {
            let sheet = roster_of(desk, &asked.ask, &asked.options)?;
            let people = sheet.people();
            (Form::Table(sheet), people, in_words(desk, &asked.ask)?)
        }
        FormKind::Summary => {
            let sheet = summary_of(desk, asked.ask.scope, asked.ask.as_of, &asked.options)?;
            let people = sheet.figures.first().map_or(0, |total| usize::try_from(total.value).unwrap_or(usize::MAX));
            (Form::Summary(sheet), people, in_words(desk, &ListAsk::roll(asked.ask.as_of, asked.ask.scope))?)
        }
        FormKind::Office(form) => {
            let usual = OfficeAsk::usual(form, asked.ask.clone());
            let filled = office_form(desk, asked.office.as_ref().unwrap_or(&usual), &asked.options)?;
            (filled.form, filled.rows, filled.scope)
        }
        FormKind::Statistics(ask) => {
            let sheet = statistics_of(desk, &ask, &asked.options)?;
            let people = sheet.people;
            (Form::Statistics(sheet), people, ask.in_words(desk))
        }
    };
    let fonts = PaperFonts::installed();
    let paper = compile(&form, fonts, today, progress)?;
    let warning = match asked.kind {
        FormKind::Office(OfficeForm::Card) => many_cards(people, paper.pages()),
        _ => None,
    };
    Ok(Made { paper: Arc::new(paper), fonts: fonts.report().clone(), people, scope, warning })
}

/// A line of the log; who and when is told by the writing side.
fn output(made: &Made, asked: &Asked, target: String) -> Output {
    Output {
        id: 0,
        at: 0,
        operator: String::new(),
        what: asked.kind.what(),
        scope: made.scope.clone(),
        row_count: i64::try_from(made.people).unwrap_or(i64::MAX),
        masked: !(asked.kind.has_numbers() && asked.options.unmasked),
        target,
    }
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
        self.make(scene);
        self.take_ended(scene, out);
        if self.making.is_none()
            && let Some(answer) = self.waiting.take()
        {
            self.answer(answer, scene, out);
        }
        let title = self.title();
        let is_idle = self.making.is_none() && self.saving.is_none() && self.opening.is_none();
        let may = self.made.is_some() && is_idle;
        let mut dialog = widgets::Dialog::new("print", &title, "关闭")
            .width(900.0)
            .focus_body()
            .link(Choice::new("用系统程序打开").icon(Icon::ExternalLink).enabled(may))
            .primary(Choice::new("存为 PDF…").icon(Icon::FileDown).enabled(may));
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
            self.options.show(&mut options, scene, made, self.problem.as_ref());
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
