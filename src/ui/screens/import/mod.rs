//! 导入: files are chosen, the sheet is shown as it was understood, columns are corrected, questions answered, the rows
//! looked at, and then it is written.
//! Must never write anything itself, nor read a file on the window's thread. Start at [`ImportScreen`].

mod branches;
mod cards;
mod choosing;
mod column;
mod columns_page;
mod expected;
mod gone;
mod layouts;
mod leaving;
mod listed;
mod naming;
mod opened_row;
mod pictured;
mod places;
mod press;
mod preview;
mod preview_ui;
mod questions;
mod recognising;
mod rows;
mod second_press;
mod understood;
mod wizard;
mod work;
mod writing;

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Ui, UiBuilder};

use super::Screen;
use super::frame::page;
use crate::clock::Day;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::import_layout::ImportLayout;
use crate::domain::imports::{GoneDecision, RosterKind};
use crate::engine::Job;
use crate::engine::folders::FileAsk;
use crate::engine::questions::ImportLayouts;
use crate::exchange::export::{ProblemSheets, write_problem_sheet};
use crate::exchange::import::{Opened, RosterReading};
use crate::problem::{Problem, ProblemKind};
use crate::store::Areas;
use crate::ui::app::IMPORT_SLOT;
use crate::ui::live::Live;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::shell::running::in_words;
use crate::ui::shell::start::ROSTER_ENDINGS;
use crate::ui::theme::space;
use crate::ui::widgets::{Button, ColumnState, EmptyState, Icon, ProblemText, Spot, problem_rows, sheet, strong};
use cards::Cards;
use gone::GoneDays;
use layouts::Said;
use pictured::Pictured;
use press::Press;
use preview::{Class, Preview};
use second_press::SecondPress;
use understood::Understood;
use wizard::{Step, goes_on_by_key};
use work::{Ask, Given, More, Refused, Work, names_nobody};
use writing::Written;

/// Slots of the files and of the writes.
const ADD_SLOT: &str = "import: one more file";
const WRITE_SLOT: &str = "import: write";
const UNDO_SLOT: &str = "import: undo";
const PROBLEMS_SLOT: &str = "import: problems";
/// Height of the foot.
const FOOT: f32 = 56.0;

const EVERYTHING: Areas = Areas::ALL;

/// The page 导入.
#[derive(Default)]
pub struct ImportScreen {
    step: Step,
    /// What was opened, what was read in it, and its sheets as they are shown.
    opened: Arc<Vec<Opened>>,
    readings: Arc<Vec<RosterReading>>,
    pictured: Vec<Pictured>,
    preview: Option<Preview>,
    /// What was said of the columns.
    said: Said,
    /// What the workbook remembers of lists.
    known: Live<ImportLayouts>,
    layouts_out: Option<Job<()>>,
    layouts_in: Option<Job<Vec<ImportLayout>>>,
    problems_out: Option<Job<ProblemSheets>>,
    working: Option<Working>,
    problem: Option<Problem>,
    /// Something to know about what is shown: it was compared anew.
    remark: &'static str,
    /// Under which surroundings the plan was made; it is made again when they change.
    planned: Option<Planned>,
    day: Option<Day>,
    given: Vec<Given>,
    decisions: HashMap<PersonId, GoneDecision>,
    refused: Refused,
    is_writing: bool,
    written: Option<Written>,
    view: View,
    second_press: SecondPress,
    last_pass: u64,
}

/// Where one stands on the page.
#[derive(Default)]
struct View {
    class: Class,
    cursor: Option<usize>,
    /// The row that is open, as a place in the plan.
    looking: Option<usize>,
    is_just_opened: bool,
    /// The columns of each table, by its name.
    states: HashMap<&'static str, Vec<ColumnState>>,
    understood: Understood,
    gone_days: GoneDays,
    is_column_open: bool,
    cards: Cards,
    /// Which sheet is shown, where one stands on it, what of it is seen.
    sheet: usize,
    spot: Option<Spot>,
    /// The person points at the row of heads, though one was found.
    is_pointing: bool,
    /// The row at which that began, where it goes over several.
    pointed_from: Option<usize>,
    top: usize,
    bottom: usize,
    reveal: Option<Spot>,
    /// What is looked for among the fields.
    sought: String,
    /// Ctrl+Enter was pressed.
    goes_on: bool,
    /// Whether to leave is being asked.
    is_leaving: bool,
}

impl View {
    /// The rows at which the person points.
    fn pointed(&self) -> Range<usize> {
        let at = self.spot.map_or(0, |spot| spot.0);
        let from = self.pointed_from.unwrap_or(at);
        from.min(at)..from.max(at) + 1
    }

    /// By key or ×: the focus goes back to where the column was opened.
    fn close_column(&mut self) {
        self.is_column_open = false;
        self.understood.into_opener = true;
    }
}

struct Working {
    job: Job<Work>,
}

#[derive(PartialEq, Eq)]
struct Planned {
    scope: Option<OrganisationId>,
    version: u64,
}

impl ImportScreen {
    /// Takes files, what was read, and how writes ended.
    fn follow(&mut self, ui: &Ui, scene: &Scene<'_>) {
        let pass = ui.ctx().cumulative_pass_nr();
        // How a write ended while another page was shown was not seen here: what is shown is compared anew.
        if self.last_pass + 1 < pass {
            self.is_writing = false;
        }
        self.last_pass = pass;
        let take = |slot: &str| std::iter::from_fn(|| scene.chosen(&Slot::new(slot))).collect::<Vec<_>>();
        let (first, more) = (take(IMPORT_SLOT), take(ADD_SLOT));
        if !first.is_empty() {
            *self = Self { last_pass: pass, ..Self::default() };
            self.begin(scene, More { paths: first, pasted: None });
        } else if !more.is_empty() {
            let is_open = |path: &PathBuf| self.opened.iter().any(|opened| opened.path() == Some(path));
            let paths: Vec<PathBuf> = more.into_iter().filter(|path| !is_open(path)).collect();
            if !paths.is_empty() {
                self.begin(scene, More { paths, pasted: None });
            }
        }
        self.take_written(scene);
        let was_there = self.preview.is_some();
        self.take_work();
        if self.preview.is_some() && !was_there {
            self.second_press.appeared(ui);
        }
        let planned = Planned { scope: scene.scope, version: scene.version(EVERYTHING) };
        let is_still = self.working.is_none() && !self.is_writing && self.written.is_none();
        if self.preview.is_some() && is_still && self.planned.as_ref() != Some(&planned) {
            self.compare(scene);
        }
    }

    /// Compares what was read with the workbook anew.
    fn compare(&mut self, scene: &Scene<'_>) {
        self.begin(scene, More::default());
    }

    /// Opens these besides what was opened, understands all by what was said of the columns, and compares it.
    fn begin(&mut self, scene: &Scene<'_>, more: More) {
        self.stop();
        self.problem = None;
        self.written = None;
        self.planned = Some(Planned { scope: scene.scope, version: scene.version(EVERYTHING) });
        let ask = Ask {
            opened: Arc::clone(&self.opened),
            said: self.said.now.clone(),
            scope: scene.scope,
            day: self.day,
            given: self.given.clone(),
            refused: self.refused.clone(),
            more: More::default(),
            today: scene.today,
        };
        let label = if more.is_nothing() { "比对花名册" } else { "读取花名册" };
        let ask = Ask { more, ..ask };
        let job = scene.desk_job(label, move |desk, progress| ask.work(desk, progress));
        self.working = Some(Working { job });
        self.take_work();
    }

    fn stop(&mut self) {
        if let Some(working) = self.working.take() {
            working.job.cancel();
        }
    }

    fn take_work(&mut self) {
        let Some(result) = self.working.as_ref().and_then(|working| working.job.take()) else { return };
        self.working = None;
        match result {
            Ok(work) => self.take_read(work),
            Err(problem) if problem.kind == ProblemKind::Cancelled => {}
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// A file that is no list changes nothing where lists are open already.
    fn take_read(&mut self, work: Work) {
        let Work { opened, readings, remembered, pictured, preview } = work;
        match preview {
            Err(problem) if self.preview.is_some() => self.problem = Some(problem),
            Err(problem) => {
                self.problem = Some(problem);
                (self.opened, self.readings, self.pictured) = (opened, readings, pictured);
                self.said.remembered = remembered;
            }
            Ok(mut preview) => {
                for gone in &mut preview.plan.gone {
                    gone.decision = self.decisions.get(&gone.person).copied().unwrap_or_default();
                }
                let is_first = self.preview.is_none();
                if is_first || preview.count(self.view.class) == 0 {
                    self.view.class = preview.first_class();
                }
                if is_first {
                    self.step = Step::Recognise;
                    let has_list = |one: &Pictured| !one.picture.tables.is_empty();
                    self.view.sheet = pictured.iter().position(has_list).unwrap_or(0);
                }
                self.view.cursor = self.view.cursor.filter(|_| self.view.looking.is_some());
                self.view.looking = self.view.looking.filter(|at| preview.is_same_row(self.preview.as_ref(), *at));
                self.view.cards.follow(&preview, &mut self.given);
                (self.opened, self.readings, self.pictured) = (opened, readings, pictured);
                self.said.remembered = remembered;
                self.preview = Some(preview);
            }
        }
    }

    fn take_written(&mut self, scene: &Scene<'_>) {
        if let Some(ended) = scene.finished(&Slot::new(WRITE_SLOT)) {
            self.is_writing = false;
            match ended {
                Ok(receipt) => self.written = self.preview.as_ref().map(|preview| Written::of(receipt, preview, scene)),
                Err(problem) if problem.kind == ProblemKind::Conflict => {
                    self.planned = None;
                    self.remark = "工作簿刚有改动，没有写入；已重新比对，请再看一遍";
                }
                Err(problem) if problem.kind == ProblemKind::Cancelled => self.remark = "已取消，没有写入任何数据",
                Err(problem) => self.problem = Some(problem.clone()),
            }
        }
        if scene.written(&Slot::new(UNDO_SLOT)).is_some() {
            self.written = None;
            self.planned = None;
            self.remark = "导入已撤销；下面是重新比对的结果";
        }
        let version = scene.version(EVERYTHING);
        if self.written.take_if(|written| written.version != version).is_some() {
            self.planned = None;
            self.remark = "导入之后又有改动或撤销；下面是重新比对的结果";
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) -> Option<Press> {
        if let Some(written) = &mut self.written {
            return written.show(ui);
        }
        if let Some(problem) = &self.problem {
            return problem_ui(ui, problem, self.preview.is_some(), !self.pictured.is_empty());
        }
        if let (None, Some(working)) = (&self.preview, &self.working) {
            return reading_ui(ui, working);
        }
        if self.step == Step::Choose {
            return self.choosing_ui(ui, scene, out);
        }
        // The foot stands on the margin of the page: its buttons have room enough around them.
        let body = ui.available_rect_before_wrap();
        let body = body.with_max_y(body.bottom() + space::M);
        let foot = body.with_min_y(body.bottom() - FOOT);
        let above = body.with_max_y(foot.top());
        let in_step = match self.step {
            Step::Choose | Step::Recognise => self.recognising_ui(ui, above, scene),
            Step::People => self.above_foot_ui(ui, above, scene),
            step => {
                let builder = UiBuilder::new().max_rect(above).id_salt("import step");
                ui.scope_builder(builder, |ui| match step {
                    Step::Columns => self.columns_ui(ui, scene),
                    _ => {
                        self.writing_ui(ui, scene);
                        None
                    }
                })
                .inner
            }
        };
        let in_foot = self.foot_ui(ui, foot, scene);
        ui.advance_cursor_after_rect(body);
        in_step.or(in_foot)
    }

    /// The list goes back to whoever made it.
    fn follow_problems(&mut self, scene: &Scene<'_>, out: &mut Outbox) {
        if let (Some(path), Some(preview)) = (scene.chosen(&Slot::new(PROBLEMS_SLOT)), &self.preview) {
            let (opened, readings) = (Arc::clone(&self.opened), Arc::clone(&self.readings));
            let (problems, questions) = (preview.plan.problems.clone(), preview.plan.questions.clone());
            let has_ending = path.extension().is_some();
            let path = if has_ending { path } else { PathBuf::from(format!("{}.xlsx", path.display())) };
            // Of several files each gets a name of its own, which nobody was asked about.
            let replace = opened.len() == 1;
            self.problems_out = Some(scene.job("写问题表", move |progress| {
                write_problem_sheet(&opened, &readings, (&problems, &questions), &path, replace, progress)
            }));
        }
        let Some(done) = self.problems_out.as_ref().and_then(Job::take) else { return };
        self.problems_out = None;
        match done {
            Ok(sheets) => tell_written(&sheets, out),
            Err(problem) => out.wish(Wish::Problem(problem)),
        }
    }

    /// Why nothing can be written now; empty if it can.
    fn hindrance<'a>(&'a self, scene: &'a Scene<'_>) -> &'a str {
        match scene.frozen {
            Some(why) => why,
            None if self.is_writing => "正在写入…",
            None if self.working.is_some() => "正在比对…",
            None if names_nobody(&self.readings) => match self.preview.as_ref().map(|preview| preview.plan.kind) {
                Some(RosterKind::Organisations) => "还没有指出哪一栏是党组织名称",
                Some(RosterKind::Talks) => "还没有指出哪一栏是谈话对象",
                _ => "还没有指出哪一栏是姓名",
            },
            None if !self.view.understood.is_clear() => "先把名册日期写对",
            None if !self.view.gone_days.is_clear() => "本表之外有日期没写对，先改好",
            None => "",
        }
    }

    /// Whether questions can be answered and what becomes of people decided now.
    fn can_answer(&self, scene: &Scene<'_>) -> bool {
        scene.frozen.is_none() && !self.is_writing && self.working.is_none()
    }
}

impl Screen for ImportScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.follow(ui, scene);
        self.follow_problems(scene, out);
        // Before anything is drawn: what has the focus would take the Enter for its own.
        self.view.goes_on = self.has_foot() && goes_on_by_key(ui);
        let press = page(ui, scene, |ui| {
            let in_head = self.head_ui(ui, scene);
            let in_body = self.body_ui(ui, scene, out);
            in_head.or(in_body)
        });
        if let Some(press) = press {
            self.take_press(ui, press, scene, out);
        }
        if self.view.is_leaving {
            self.leaving_ui(ui, out);
        }
    }

    fn is_dirty(&self) -> bool {
        let is_decided = !self.decisions.is_empty() || !self.refused.is_empty();
        let is_answered = !self.given.is_empty() || is_decided || !self.said.to_remember().is_empty();
        self.written.is_none() && is_answered
    }
}

/// Tells and logs what was written for the senders: it holds their numbers in full.
fn tell_written(sheets: &ProblemSheets, out: &mut Outbox) {
    let rows = sheets.rows;
    match &sheets.written[..] {
        [] => out.toast("各表都没有问题，没有写问题表"),
        [only] => {
            let text = format!("已写出问题表，{rows} 行有问题：{}", only.path.display());
            out.wish(Wish::Written(text, only.path.clone()));
        }
        [first, ..] => {
            let folder = first.path.parent().unwrap_or(&first.path).display();
            out.toast(format!("已写出 {} 个问题表，{rows} 行有问题：{folder}", sheets.written.len()));
        }
    }
    for sheet in &sheets.written {
        out.wish(Wish::Log(sheet.output()));
    }
}

fn roster_ask() -> FileAsk {
    FileAsk::open("选花名册", "花名册", &ROSTER_ENDINGS)
}

/// A few lines in the middle of a sheet over the whole page; gives back the number of the button that was pressed.
fn on_whole_sheet(ui: &mut Ui, lines: EmptyState<'_>) -> Option<usize> {
    let pressed = sheet(ui, 0, |ui| {
        ui.set_min_size(ui.available_size());
        lines.show(ui)
    });
    pressed.inner
}

/// How far the reading is, with the way to stop it.
fn reading_ui(ui: &mut Ui, working: &Working) -> Option<Press> {
    let (words, _) = in_words("读取文件", &working.job.progress);
    on_whole_sheet(ui, EmptyState::new("正在读取…", &words).plain("取消")).map(|_| Press::Leave)
}

/// A file that cannot be read, in the place where its rows would stand.
fn problem_ui(ui: &mut Ui, problem: &Problem, has_preview: bool, has_picture: bool) -> Option<Press> {
    let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    let text = ProblemText {
        title: problem.title.clone(),
        happened: problem.happened.clone(),
        unchanged: or(&problem.unchanged, "工作簿没有改动"),
        next: or(&problem.next, "换一个文件再试"),
        details: String::new(),
    };
    sheet(ui, 24, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::M;
        strong(ui, &text.title);
        problem_rows(ui, &text);
        ui.horizontal(|ui| {
            if has_preview {
                return ui.add(Button::plain("回到预览")).clicked().then_some(Press::Back);
            }
            let choose = ui.add(Button::primary("选文件…").icon(Icon::FolderOpen)).clicked();
            let point = has_picture && ui.add(Button::plain("自己指表头…")).clicked();
            choose.then_some(Press::Choose).or(point.then_some(Press::Point))
        })
        .inner
    })
    .inner
}
