//! Choosing a file: a browser of the program's own, always there, and beside it the system's dialog on a thread of
//! its own, which may hang or not exist.
//! Must never read or write the file itself. Start at [`FilesFront`].

use std::path::{Path, PathBuf};

use egui::{Context, Key, Modifiers, Ui, vec2};

use super::Front;
use crate::engine::Job;
use crate::engine::folders::{self, FileAsk, FilePurpose, FolderLine, Found, Listing, Place};
use crate::problem::Problem;
use crate::ui::dialogs::Stay;
use crate::ui::outbox::{Slot, Wish};
use crate::ui::shell::act::Act;
use crate::ui::shell::host::Host;
use crate::ui::theme::space;
use crate::ui::widgets::{
    Answer, Cell, Choice, Column, ColumnState, Dialog, EmptyState, Icon, IconButton, NavRow, Note, Table, TableEvent,
    TableRows, TextField, Tone, keyboard, note, sheet,
};
use crate::ui::words::size_in_words;

/// Where files were chosen last; kept with the layout of the screens.
const LAST_FOLDER: &str = "last_folder";
/// The system's dialog is told to be missing when it ends sooner than a person could choose, in seconds.
const TOO_SOON: f64 = 1.0;
/// After so many seconds without the system's dialog one is told that the choice can be made here, in seconds.
const WATCHED_SECONDS: f64 = 5.0;

const PLACES_WIDTH: f32 = 148.0;

/// The browser.
pub struct FilesFront {
    slot: Slot,
    ask: FileAsk,
    folder: PathBuf,
    /// What is written in the field of the folder.
    typed: String,
    /// The name of the file, for saving.
    name: String,
    places: Job<Vec<Place>>,
    shown_places: Vec<Place>,
    listing: Looking,
    system: System,
    table: Vec<ColumnState>,
    cursor: Option<usize>,
    /// The list is to get the focus, as soon as it is there: it is what one came for.
    into_list: bool,
    /// The name of what is saved is to get the focus.
    into_name: bool,
}

/// A folder on its way, and the one that is shown.
struct Looking {
    job: Option<Job<Found>>,
    shown: Option<Listing>,
    problem: Option<Problem>,
}

/// The system's dialog.
enum System {
    NotAsked,
    Shown {
        job: Job<Option<PathBuf>>,
        since: f64,
    },
    /// It ended at once: there is none.
    Missing,
}

impl FilesFront {
    /// Begins in the folder asked for, else where one chose such a file last, else where one chose any, else beside the workbook, else among the documents.
    pub fn new(host: &Host, slot: Slot, ask: FileAsk, beside: Option<PathBuf>) -> Self {
        let kept = |name: &str| host.settings.layout.get(name).and_then(|kept| kept.as_str()).map(PathBuf::from);
        let last = kept(&last_folder_of(&ask)).or_else(|| kept(LAST_FOLDER));
        let folder = ask.folder.clone().or(last).or(beside).unwrap_or_else(folders::documents);
        let name = match &ask.purpose {
            FilePurpose::Save(name) => name.clone(),
            FilePurpose::Open | FilePurpose::Folder => String::new(),
        };
        let into_list = !matches!(ask.purpose, FilePurpose::Save(_));
        let mut front = Self {
            slot,
            ask,
            folder: folder.clone(),
            typed: String::new(),
            name,
            places: host.machine.job(|_| Ok(folders::places())),
            shown_places: Vec::new(),
            listing: Looking { job: None, shown: None, problem: None },
            system: System::NotAsked,
            table: Vec::new(),
            cursor: None,
            into_list,
            into_name: !into_list,
        };
        front.look(host, folder);
        front
    }

    /// Goes to a folder. The one that was shown stays until the other has been read.
    fn look(&mut self, host: &Host, folder: PathBuf) {
        let (wanted, ask) = (folder.clone(), self.ask.clone());
        self.listing.job = Some(host.machine.job(move |_| folders::go(&wanted, &ask)));
        self.typed = folder.display().to_string();
        self.folder = folder;
        self.cursor = None;
    }

    fn arrive(&mut self, now: f64) -> Option<PathBuf> {
        if let Some(Ok(places)) = self.places.take() {
            self.shown_places = places;
        }
        if let Some(result) = self.listing.job.as_ref().and_then(Job::take) {
            self.listing.job = None;
            match result {
                Ok(Found::File(path)) => return Some(path),
                Ok(Found::Folder(listing)) => {
                    if Path::new(&self.typed) == self.folder {
                        self.typed = listing.folder.display().to_string();
                    }
                    self.folder.clone_from(&listing.folder);
                    self.listing.shown = Some(listing);
                    self.listing.problem = None;
                }
                Err(problem) => {
                    self.listing.shown = None;
                    self.listing.problem = Some(problem);
                }
            }
        }
        if let System::Shown { job, since } = &self.system
            && let Some(result) = job.take()
        {
            match result {
                Ok(Some(path)) => return Some(path),
                Ok(None) if now - since < TOO_SOON => self.system = System::Missing,
                Ok(None) => self.system = System::NotAsked,
                Err(_) => self.system = System::Missing,
            }
        }
        None
    }

    fn lines(&self) -> &[FolderLine] {
        self.listing.shown.as_ref().map_or(&[], |listing| &listing.lines)
    }

    /// What would be chosen now.
    fn wanted(&self) -> Option<PathBuf> {
        match &self.ask.purpose {
            FilePurpose::Folder => self.listing.shown.as_ref().map(|listing| listing.folder.clone()),
            FilePurpose::Save(_) => {
                let name = self.name.trim();
                let ending = self.ask.endings.first().map(|ending| format!(".{ending}")).unwrap_or_default();
                let whole = if self.ask.fits(name) { name.to_owned() } else { format!("{name}{ending}") };
                (!name.is_empty() && self.listing.shown.is_some()).then(|| self.folder.join(whole))
            }
            FilePurpose::Open => {
                let line = self.cursor.and_then(|row| self.lines().get(row)).filter(|line| !line.is_folder)?;
                Some(self.folder.join(&line.name))
            }
        }
    }

    /// Whether a file of the name that would be saved is there already.
    fn replaces(&self) -> bool {
        let name = self.wanted().and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()));
        let is_save = matches!(self.ask.purpose, FilePurpose::Save(_));
        is_save && name.is_some_and(|name| self.lines().iter().any(|line| line.name == name))
    }

    fn body(&mut self, ui: &mut Ui, host: &Host) -> Option<PathBuf> {
        let mut go_to = None;
        self.path_row(ui, &mut go_to);
        let chosen = ui
            .horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                let height = (ui.ctx().content_rect().height() - 300.0).clamp(160.0, 360.0);
                ui.allocate_ui(vec2(PLACES_WIDTH, height), |ui| {
                    ui.set_min_size(vec2(PLACES_WIDTH, height));
                    self.places_ui(ui, &mut go_to);
                });
                sheet(ui, 0, |ui| {
                    ui.set_width(ui.available_width());
                    ui.set_height(height);
                    self.list_ui(ui, &mut go_to)
                })
                .inner
            })
            .inner;
        if matches!(self.ask.purpose, FilePurpose::Save(_)) {
            let warning = if self.replaces() {
                Note::Warning("同名文件已经在，会换成新的".to_owned())
            } else {
                Note::None
            };
            let into = !ui.is_sizing_pass() && std::mem::take(&mut self.into_name);
            let field = TextField::new("文件名", &mut self.name).note(warning).take_focus(into).show(ui);
            if keyboard::entered(&field) {
                return self.wanted();
            }
        }
        self.remarks(ui);
        if let Some(folder) = go_to {
            self.look(host, folder);
        }
        chosen
    }

    fn path_row(&mut self, ui: &mut Ui, go_to: &mut Option<PathBuf>) {
        ui.horizontal(|ui| {
            let parent = self.folder.parent().map(Path::to_owned);
            if ui.add(IconButton::new(Icon::ArrowUp, "上一级文件夹").framed().enabled(parent.is_some())).clicked()
            {
                *go_to = parent;
            }
            let response = TextField::new("文件夹", &mut self.typed).label_hidden().prefix(Icon::Folder).show(ui);
            let is_done = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            // The system copies paths in quotation marks.
            let typed = self.typed.trim().trim_matches(|c| matches!(c, '"' | '“' | '”')).trim();
            if is_done && !typed.is_empty() {
                *go_to = Some(PathBuf::from(typed));
                self.into_list = true;
            }
        });
    }

    fn places_ui(&self, ui: &mut Ui, go_to: &mut Option<PathBuf>) {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for place in &self.shown_places {
                let icon = if place.is_device { Icon::HardDrive } else { Icon::Folder };
                if ui.add(NavRow::new(icon, &place.label, false)).clicked() {
                    *go_to = Some(place.path.clone());
                }
            }
        });
    }

    fn list_ui(&mut self, ui: &mut Ui, go_to: &mut Option<PathBuf>) -> Option<PathBuf> {
        let columns = [
            Column::new("name", "名称", 330.0).unsortable(),
            Column::new("changed", "修改时间", 150.0).unsortable(),
            Column::new("size", "大小", 80.0).right().unsortable(),
        ];
        let (text, more) = match (&self.listing.problem, &self.listing.shown) {
            (Some(problem), _) => (problem.happened.clone(), problem.next.clone()),
            (None, None) => ("正在读文件夹".to_owned(), String::new()),
            (None, Some(listing)) => (self.nothing_here(), left_out(listing)),
        };
        let mut rows = Rows(self.listing.shown.as_ref().map_or(&[], |listing| &listing.lines));
        let shown = Table::new("files", "文件", &columns, &mut self.table)
            .cursor(self.cursor)
            .empty(EmptyState::new(&text, &more))
            .show(ui, &mut rows);
        if self.into_list && self.listing.job.is_none() && !ui.is_sizing_pass() {
            self.into_list = false;
            // In a folder where nothing is there is nothing to go through: what is saved gets its name.
            if self.lines().is_empty() && matches!(self.ask.purpose, FilePurpose::Save(_)) {
                self.into_name = true;
            } else {
                shown.response.request_focus();
            }
        }
        // What has the focus shows it: on its first line, as long as none was chosen.
        if shown.response.has_focus() && self.cursor.is_none() && !self.lines().is_empty() {
            self.cursor = Some(0);
        }
        let mut chosen = None;
        for event in shown.events {
            match event {
                TableEvent::Cursor(row) | TableEvent::Clicked { row, .. } => {
                    self.cursor = Some(row);
                    if let (FilePurpose::Save(_), Some(line)) = (&self.ask.purpose, self.lines().get(row))
                        && !line.is_folder
                    {
                        self.name = line.name.clone();
                    }
                }
                TableEvent::Opened(row) => match self.lines().get(row) {
                    Some(line) if line.is_folder => *go_to = Some(self.folder.join(&line.name)),
                    Some(line) => chosen = Some(self.folder.join(&line.name)),
                    None => {}
                },
                _ => {}
            }
        }
        if keyboard::pressed(ui.ctx(), Modifiers::NONE, Key::Backspace) && shown.response.has_focus() {
            *go_to = self.folder.parent().map(Path::to_owned);
        }
        chosen
    }

    fn nothing_here(&self) -> String {
        match self.ask.purpose {
            FilePurpose::Folder => "这里没有文件夹".to_owned(),
            _ if self.ask.kind.is_empty() => "这里没有文件".to_owned(),
            _ => format!("这里没有{}", self.ask.kind),
        }
    }

    /// What there is to say of the system's dialog.
    fn remarks(&self, ui: &mut Ui) {
        let now = ui.input(|input| input.time);
        match &self.system {
            System::Missing => drop(note(ui, "系统没有可用的对话框，请在这里选")),
            System::Shown { since, .. } if now - since > WATCHED_SECONDS => {
                drop(note(ui, "系统的对话框要是没有出来，可以在这里选"));
            }
            System::Shown { since, .. } => {
                let left = WATCHED_SECONDS - (now - since);
                ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left.max(0.0) + 0.05));
            }
            System::NotAsked => {}
        }
    }
}

/// Under which name it is kept where a file of this kind was chosen last.
fn last_folder_of(ask: &FileAsk) -> String {
    format!("{LAST_FOLDER} {}", ask.kind)
}

fn left_out(listing: &Listing) -> String {
    match listing.left_out {
        0 => String::new(),
        count => format!("另有 {count} 个别的文件"),
    }
}

/// The lines of a folder as rows.
struct Rows<'l>(&'l [FolderLine]);

impl TableRows for Rows<'_> {
    fn row_count(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(line) = self.0.get(row) else { return Cell::default() };
        match column {
            "name" if line.is_folder => Cell::text(&line.name).icon(Icon::Folder, Tone::Act),
            "name" => Cell::text(&line.name).icon(icon_of(&line.name), Tone::Neutral),
            "changed" => Cell::text(line.changed.map_or_else(String::new, |at| at.shown())).weak(),
            _ if line.is_folder => Cell::default(),
            _ => Cell::text(size_in_words(line.bytes)).weak(),
        }
    }

    fn row_name(&self, row: usize) -> String {
        self.0.get(row).map(|line| line.name.clone()).unwrap_or_default()
    }
}

fn icon_of(name: &str) -> Icon {
    let name = name.to_lowercase();
    if [".xlsx", ".xls", ".csv"].iter().any(|ending| name.ends_with(ending)) {
        Icon::FileSpreadsheet
    } else if name.ends_with(".bdk") {
        Icon::BookOpen
    } else {
        Icon::File
    }
}

impl Front for FilesFront {
    fn show(&mut self, ctx: &Context, host: &Host, acts: &mut Vec<Act>) -> Stay {
        let now = ctx.input(|input| input.time);
        let mut chosen = self.arrive(now);
        let title = self.ask.title.clone();
        let verb = match self.ask.purpose {
            FilePurpose::Open => "打开",
            FilePurpose::Save(_) => "保存",
            FilePurpose::Folder => "选这个文件夹",
        };
        let wanted = self.wanted();
        let mut dialog =
            Dialog::new("files", &title, "取消").width(820.0).primary(Choice::new(verb).enabled(wanted.is_some()));
        let has_system = !host.machine.is_inline() && !matches!(self.system, System::Missing);
        if has_system {
            dialog = dialog.link(Choice::new("用系统的对话框…"));
        }
        let answered = dialog.focus_body().show(ctx, |ui| self.body(ui, host));
        chosen = chosen.or(answered.inner);
        match answered.answer {
            Some(Answer::Primary) => chosen = chosen.or(wanted),
            Some(Answer::Link) if !matches!(self.system, System::Shown { .. }) => {
                let (ask, folder) = (self.ask.clone(), self.folder.clone());
                let job = host.machine.job(move |_| Ok(folders::system_dialog(&ask, &folder)));
                self.system = System::Shown { job, since: now };
            }
            Some(Answer::Quiet) => return Stay::Closed,
            _ => {}
        }
        let Some(path) = chosen else { return Stay::Open };
        let folder = if self.ask.purpose == FilePurpose::Folder { Some(path.as_path()) } else { path.parent() };
        if let Some(folder) = folder {
            let kept = serde_json::Value::String(folder.display().to_string());
            for name in [LAST_FOLDER.to_owned(), last_folder_of(&self.ask)] {
                acts.push(Act::Wish(Wish::Layout(name, kept.clone())));
            }
        }
        acts.push(Act::Chosen(self.slot.clone(), path));
        Stay::Closed
    }
}
