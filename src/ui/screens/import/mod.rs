//! 导入: files are chosen, what would be written is shown, questions are answered, and then it is written.
//! Must never write anything itself, nor read a file on the window's thread. Start at [`ImportScreen`].

mod branches;
mod column;
mod gone;
mod listed;
mod places;
mod preview;
mod preview_ui;
mod rows;
mod understood;
mod work;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use egui::Ui;

use super::frame::{head_height, page};
use super::{Page, Screen};
use crate::clock::Day;
use crate::command::{Command, ImportRoster, Receipt};
use crate::domain::ids::{EntryId, OrganisationId, PersonId};
use crate::domain::imports::{GoneDecision, RosterKind};
use crate::engine::Job;
use crate::engine::folders::FileAsk;
use crate::exchange::import::RosterReading;
use crate::problem::{Problem, ProblemKind};
use crate::store::Areas;
use crate::ui::app::IMPORT_SLOT;
use crate::ui::outbox::{Outbox, Slot, Wish};
use crate::ui::scene::Scene;
use crate::ui::shell::start::ROSTER_ENDINGS;
use crate::ui::theme::space;
use crate::ui::widgets::{Button, ColumnState, EmptyState, Icon, PageHead, ProblemText, problem_rows, sheet, strong};
use gone::GoneDays;
use preview::{Class, Preview};
use understood::Understood;
use work::{Ask, Given, Work};

/// Slots of the files and of the writes.
const ADD_SLOT: &str = "import: one more file";
const WRITE_SLOT: &str = "import: write";
const UNDO_SLOT: &str = "import: undo";

const EVERYTHING: Areas = Areas { settings: true, organisations: true, members: true, outputs: true, journal: true };

/// The page 导入.
#[derive(Default)]
pub struct ImportScreen {
    /// The files that were read, and what was read in them.
    paths: Vec<PathBuf>,
    readings: Arc<Vec<RosterReading>>,
    preview: Option<Preview>,
    working: Option<Working>,
    problem: Option<Problem>,
    /// Something to know about what is shown: it was compared anew.
    remark: &'static str,
    /// Under which surroundings the plan was made; it is made again when they change.
    planned: Option<Planned>,
    day: Option<Day>,
    given: Vec<Given>,
    decisions: HashMap<PersonId, GoneDecision>,
    is_writing: bool,
    written: Option<Written>,
    view: View,
    last_pass: u64,
}

/// Where one stands on the page.
#[derive(Default)]
struct View {
    class: Class,
    cursor: Option<usize>,
    /// The columns of each table, by its name.
    states: HashMap<&'static str, Vec<ColumnState>>,
    understood: Understood,
    gone_days: GoneDays,
    is_column_open: bool,
}

impl View {
    /// By key or ×: the focus goes back to where the column was opened.
    fn close_column(&mut self) {
        self.is_column_open = false;
        self.understood.into_opener = true;
    }
}

struct Working {
    job: Job<Work>,
    /// The files that are being read.
    paths: Vec<PathBuf>,
}

#[derive(PartialEq, Eq)]
struct Planned {
    scope: Option<OrganisationId>,
    version: u64,
}

/// What was written.
struct Written {
    kind: RosterKind,
    title: String,
    note: String,
    entry: Option<EntryId>,
    /// Of the workbook just after the write.
    version: u64,
}

/// What was pressed on the page.
enum Press {
    Choose,
    Add,
    Leave,
    /// From a problem back to what is there.
    Back,
    Write,
    ShowWritten(RosterKind),
    Undo(Option<EntryId>),
    Day(Day),
    Answer(Vec<Given>),
    AskAgain,
    Decide(PersonId, GoneDecision),
    Open(PersonId),
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
            self.begin(scene, first);
        } else if !more.is_empty() {
            self.begin(scene, more.into_iter().filter(|path| !self.paths.contains(path)).collect());
        }
        self.take_written(scene);
        self.take_work();
        let planned = Planned { scope: scene.scope, version: scene.version(EVERYTHING) };
        let is_still = self.working.is_none() && !self.is_writing && self.written.is_none();
        if self.preview.is_some() && is_still && self.planned.as_ref() != Some(&planned) {
            self.begin(scene, Vec::new());
        }
    }

    /// Reads these files besides those that were read, and compares all anew.
    fn begin(&mut self, scene: &Scene<'_>, paths: Vec<PathBuf>) {
        self.stop();
        self.problem = None;
        self.written = None;
        self.planned = Some(Planned { scope: scene.scope, version: scene.version(EVERYTHING) });
        let ask = Ask {
            readings: Arc::clone(&self.readings),
            paths: paths.clone(),
            scope: scene.scope,
            day: self.day,
            given: self.given.clone(),
            today: scene.today,
        };
        let label = if paths.is_empty() { "比对花名册" } else { "读取花名册" };
        let job = scene.desk_job(label, move |desk, progress| ask.work(desk, progress));
        self.working = Some(Working { job, paths });
        self.take_work();
    }

    fn stop(&mut self) {
        if let Some(working) = self.working.take() {
            working.job.cancel();
        }
    }

    fn take_work(&mut self) {
        let Some(result) = self.working.as_ref().and_then(|working| working.job.take()) else { return };
        let Some(working) = self.working.take() else { return };
        match result {
            Ok(Work { readings, mut preview }) => {
                for gone in &mut preview.plan.gone {
                    gone.decision = self.decisions.get(&gone.person).copied().unwrap_or_default();
                }
                let is_first = self.preview.is_none();
                if is_first || preview.count(self.view.class) == 0 {
                    self.view.class = preview.first_class();
                }
                self.view.cursor = None;
                self.paths.extend(working.paths);
                self.readings = readings;
                self.preview = Some(preview);
            }
            Err(problem) if problem.kind == ProblemKind::Cancelled => {}
            Err(problem) => self.problem = Some(problem),
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

    fn head_ui(&self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Press> {
        let mut press = None;
        PageHead::new("导入", &self.head_words()).height(head_height(scene)).show(ui, |ui| {
            if self.preview.is_none() {
                return;
            }
            if ui.add(Button::plain("换文件…").icon(Icon::FolderOpen)).clicked() {
                press = Some(Press::Choose);
            }
            let can_add = self.preview.is_some() && self.written.is_none() && self.problem.is_none();
            if can_add && ui.add(Button::plain("再加文件…").icon(Icon::Plus)).clicked() {
                press = Some(Press::Add);
            }
        });
        press
    }

    /// 「二支部.xlsx·党员花名册·28 人」
    fn head_words(&self) -> String {
        let rows: usize = self.readings.iter().map(RosterReading::record_count).sum();
        let what = |kind: RosterKind| format!("{}·{rows} {}", kind.label(), kind.unit());
        match &self.readings[..] {
            [] => String::new(),
            [one] => format!("{}·{}", one.file_name, what(one.kind)),
            [first, ..] => format!("{} 等 {} 个文件·{}", first.file_name, self.readings.len(), what(first.kind)),
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> Option<Press> {
        if let Some(written) = &self.written {
            return written.show(ui);
        }
        if let Some(problem) = &self.problem {
            return problem_ui(ui, problem, self.preview.is_some());
        }
        if self.preview.is_some() {
            return self.preview_ui(ui, scene);
        }
        if self.working.is_some() {
            on_whole_sheet(ui, EmptyState::new("正在读取花名册…", "进度和取消在窗口底部"));
            return None;
        }
        let hovering = ui.input(|input| !input.raw.hovered_files.is_empty());
        let (text, note) = if hovering {
            ("松开鼠标，读取这个文件", "")
        } else {
            (
                "选一个花名册文件（Excel、WPS 表格或 CSV），或把文件拖进来",
                "党组织名册也可以；先看识别结果，再决定写不写入",
            )
        };
        on_whole_sheet(ui, EmptyState::new(text, note).primary("选文件…")).map(|_| Press::Choose)
    }

    fn take_press(&mut self, press: Press, scene: &Scene<'_>, out: &mut Outbox) {
        match press {
            Press::Choose => out.choose_file(Slot::new(IMPORT_SLOT), roster_ask()),
            Press::Add => out.choose_file(Slot::new(ADD_SLOT), roster_ask()),
            Press::Leave => {
                self.stop();
                *self = Self { last_pass: self.last_pass, ..Self::default() };
                out.wish(Wish::Back);
            }
            Press::Back => self.problem = None,
            Press::Write => self.write(out),
            Press::ShowWritten(kind) => {
                *self = Self { last_pass: self.last_pass, ..Self::default() };
                out.go(if kind == RosterKind::Organisations { Page::Organisations } else { Page::Members });
            }
            Press::Undo(entry) => out.undo(Slot::new(UNDO_SLOT), entry, false),
            Press::Day(day) => {
                self.day = Some(day.min(scene.today));
                self.begin(scene, Vec::new());
            }
            Press::Answer(given) => {
                self.given.extend(given);
                self.begin(scene, Vec::new());
            }
            Press::AskAgain => {
                self.given.clear();
                self.begin(scene, Vec::new());
            }
            Press::Decide(person, decision) => {
                self.decisions.insert(person, decision);
                let gone = self.preview.iter_mut().flat_map(|preview| &mut preview.plan.gone);
                for one in gone.filter(|one| one.person == person) {
                    one.decision = decision;
                }
            }
            Press::Open(person) => out.go(Page::Member(person)),
        }
    }

    fn write(&mut self, out: &mut Outbox) {
        let Some(preview) = &self.preview else { return };
        self.is_writing = true;
        self.remark = "";
        let command = ImportRoster { plan: preview.plan.clone() };
        out.run(Slot::new(WRITE_SLOT), Command::ImportRoster(command));
    }

    /// Why nothing can be written now; empty if it can.
    fn hindrance<'a>(&'a self, scene: &'a Scene<'_>) -> &'a str {
        match scene.frozen {
            Some(why) => why,
            None if self.is_writing => "正在写入…",
            None if self.working.is_some() => "正在比对…",
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

impl Written {
    fn of(receipt: &Receipt, preview: &Preview, scene: &Scene<'_>) -> Self {
        let left = preview.count(Class::Waiting) + preview.count(Class::Broken);
        let told = [(preview.plan.new_branches.len(), "新建", "个党组织"), (left, "没有写入的还有", "行")];
        let told = told.iter().filter(|(count, ..)| *count > 0);
        let told: Vec<String> = told.map(|(count, what, unit)| format!("{what} {count} {unit}")).collect();
        let told = if told.is_empty() { String::new() } else { format!("{}。", told.join("，")) };
        let note = format!("{told}写入前已备份；要退回去，撤销这一步就行");
        let entry = receipt.entry.as_ref().map(|entry| entry.id);
        let kind = preview.plan.kind;
        Self { kind, title: receipt.title.clone(), note, entry, version: scene.version(EVERYTHING) }
    }

    fn show(&self, ui: &mut Ui) -> Option<Press> {
        let next = if self.kind == RosterKind::Organisations { "看党组织" } else { "看党员" };
        let told = EmptyState::new(&self.title, &self.note).plain("撤销导入").primary(next);
        let pressed = on_whole_sheet(ui, told);
        pressed.map(|index| if index == 0 { Press::Undo(self.entry) } else { Press::ShowWritten(self.kind) })
    }
}

impl Screen for ImportScreen {
    fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Outbox) {
        self.follow(ui, scene);
        let press = page(ui, scene, |ui| {
            let in_head = self.head_ui(ui, scene);
            let in_body = self.body_ui(ui, scene);
            in_head.or(in_body)
        });
        if let Some(press) = press {
            self.take_press(press, scene, out);
        }
    }

    fn is_dirty(&self) -> bool {
        self.written.is_none() && (!self.given.is_empty() || !self.decisions.is_empty())
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

/// A file that cannot be read, in the place where its rows would stand.
fn problem_ui(ui: &mut Ui, problem: &Problem, has_preview: bool) -> Option<Press> {
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
            ui.add(Button::primary("选文件…").icon(Icon::FolderOpen)).clicked().then_some(Press::Choose)
        })
        .inner
    })
    .inner
}
