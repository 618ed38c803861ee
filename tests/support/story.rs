//! The whole window in a test: a real workbook in a temporary folder, no threads, no GPU, a day that stands still.
//!
//! A story presses, fills and sees by the words that a blind person hears, so it also proves that every control has
//! its name. Start at [`Story::of`] and [`Story::start`].

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use branchdesk::clock::Clock;
use branchdesk::engine::Machine;
use branchdesk::settings::UserSettings;
use branchdesk::store;
use branchdesk::store::workbook::ReadOnly;
use branchdesk::ui::app::App;
use branchdesk::ui::shell::host::Host;
use branchdesk::ui::theme::{self, Look};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, Pos2, Rect, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::desktop::{Dragged, OneDesktop};
use super::office::{Office, day};

/// A maximised window of 1366×768, less title bar and taskbar.
pub const WIDE: Vec2 = vec2(1366.0, 696.0);
/// The same at 125 %.
pub const MEDIUM: Vec2 = vec2(1093.0, 557.0);
/// The same at 150 %.
pub const NARROW: Vec2 = vec2(911.0, 464.0);

/// What can be pressed.
const PRESSED: [Role; 12] = [
    Role::Button,
    Role::Link,
    Role::MenuItem,
    Role::MenuItemCheckBox,
    Role::RadioButton,
    Role::Tab,
    Role::TreeItem,
    Role::ListItem,
    Role::ListBoxOption,
    Role::CheckBox,
    Role::ComboBox,
    Role::Row,
];

/// The window, with a folder for everything it writes.
pub struct Story {
    harness: Harness<'static, Option<App>>,
    folder: tempfile::TempDir,
    office: Option<Office>,
    copied: Copied,
    desktop: Arc<OneDesktop>,
}

/// What was put on the clipboard last.
type Copied = Rc<RefCell<String>>;

impl Story {
    /// The start page of a machine that has never seen the program.
    pub fn start() -> Self {
        Self::begin(None, UserSettings::default(), WIDE, Machine::Inline)
    }

    /// The start page of a machine that remembers something.
    pub fn start_with(settings: UserSettings) -> Self {
        Self::begin(None, settings, WIDE, Machine::Inline)
    }

    /// The window over a workbook that a test has prepared.
    pub fn of(office: Office) -> Self {
        Self::of_size(office, WIDE)
    }

    /// The same in a window of another size.
    pub fn of_size(office: Office, size: Vec2) -> Self {
        let mut story = Self::at_today(office, size);
        story.show_members();
        story
    }

    /// The window as it opens: on the page 今日.
    pub fn at_today(office: Office, size: Vec2) -> Self {
        Self::begin(Some(office), operated(UserSettings::default()), size, Machine::Inline)
    }

    /// Most stories begin at the members: goes there, where a workbook is open.
    fn show_members(&mut self) -> &mut Self {
        if self.has(Role::Link, "党员") {
            self.press_as(Role::Link, "党员");
        }
        self
    }

    /// The window over a workbook, with the threads that it has for people. What it asks for comes later:
    /// [`Self::until`].
    pub fn on_threads(office: Office) -> Self {
        Self::begin(Some(office), operated(UserSettings::default()), WIDE, Machine::Threads(std::sync::Arc::new(|| {})))
    }

    fn begin(mut office: Option<Office>, settings: UserSettings, size: Vec2, machine: Machine) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = office.as_mut().map(|office| {
            office.close();
            office.path()
        });
        let (copied, desktop) = (Copied::default(), Arc::new(OneDesktop::default()));
        let around = (Arc::clone(&desktop), &copied);
        let harness = harness(settings, kept(&folder), path, size, machine, around);
        let mut story = Self { harness, folder, office, copied, desktop };
        story.settle();
        story
    }

    /// Closes the window and opens it again on the same machine, this large.
    pub fn reopen(&mut self, size: Vec2) -> &mut Self {
        drop(self.harness.state_mut().take());
        let settings = UserSettings::read(&kept(&self.folder), clock().now()).expect("settings");
        let (kept, workbook) = (kept(&self.folder), Some(self.workbook()));
        let around = (Arc::clone(&self.desktop), &self.copied);
        self.harness = harness(operated(settings), kept, workbook, size, Machine::Inline, around);
        self.settle().show_members()
    }

    /// A folder of the story's own.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The workbook that the test prepared.
    pub fn workbook(&self) -> PathBuf {
        self.office.as_ref().expect("a prepared workbook").path()
    }

    /// The folder in which that workbook lies.
    pub fn beside_workbook(&self) -> PathBuf {
        self.workbook().parent().expect("a folder").to_owned()
    }

    /// All content of that workbook but its journal.
    pub fn dump(&self) -> String {
        self.office.as_ref().expect("a prepared workbook").dump()
    }

    /// All content of a workbook that was made in the window.
    pub fn dump_of(path: &Path) -> String {
        let mut text = Vec::new();
        let workbook = ReadOnly::open(path, &store::Key::None).expect("readable");
        store::dump::write(workbook.reader(), false, &mut text).expect("a dump");
        String::from_utf8(text).expect("UTF-8")
    }

    /// Runs frames until nothing more is asked for.
    pub fn settle(&mut self) -> &mut Self {
        self.harness.run();
        let app = self.harness.state().as_ref().expect("made in the first frame");
        assert_eq!(app.breakdowns(), 0, "the window failed; the place stands in the output above");
        self
    }

    /// Opens a workbook as a start from the command line does.
    pub fn open(&mut self, path: &Path) -> &mut Self {
        self.harness.state_mut().as_mut().expect("made in the first frame").open_workbook(path.to_owned());
        self.settle().show_members()
    }

    /// Presses what is called so: a button, a link, a row of a menu, a line of a tree.
    #[track_caller]
    pub fn press(&mut self, name: &str) -> &mut Self {
        let found: Vec<_> = self
            .harness
            .query_all_by_label(name)
            .filter(|node| PRESSED.contains(&node.accesskit_node().role()))
            .collect();
        match &found[..] {
            [one] => one.click(),
            [] => panic!("nothing called “{name}” can be pressed; there is:\n{}", self.heard().join("\n")),
            several => panic!("{} things called “{name}” can be pressed", several.len()),
        }
        drop(found);
        self.settle()
    }

    /// Presses what is called so and has this role, where several have the name.
    #[track_caller]
    pub fn press_as(&mut self, role: Role, name: &str) -> &mut Self {
        self.click(role, |label| label == name, name);
        self.settle()
    }

    /// Presses it while a key such as Shift is held.
    #[track_caller]
    pub fn press_with(&mut self, held: Modifiers, role: Role, name: &str) -> &mut Self {
        self.harness.get_by_role_and_label(role, name).click_modifiers(held);
        self.settle()
    }

    /// Presses a row of a table: 「第 3 行 何静」.
    #[track_caller]
    pub fn press_row(&mut self, name: &str) -> &mut Self {
        self.click(Role::Row, |label| label.ends_with(&format!(" {name}")), name);
        self.settle()
    }

    /// Opens a row of a table: presses it and Enter.
    #[track_caller]
    pub fn open_row(&mut self, name: &str) -> &mut Self {
        self.press_row(name).key(Modifiers::NONE, Key::Enter)
    }

    #[track_caller]
    fn click(&self, role: Role, fits: impl Fn(&str) -> bool, name: &str) {
        let is_it = |node: &egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            // A text that is only read is its own value.
            let words = if role == Role::Label { node.value() } else { node.label() };
            node.role() == role && words.is_some_and(|words| fits(&words))
        };
        let found: Vec<_> = self.harness.root().children_recursive().filter(is_it).collect();
        match &found[..] {
            [one] => one.click(),
            [] => panic!("no {role:?} is called “{name}”; there is:\n{}", self.heard().join("\n")),
            several => panic!("{} of {role:?} are called “{name}”", several.len()),
        }
    }

    /// Chooses in a field whose value is one of a list.
    #[track_caller]
    pub fn choose(&mut self, field: &str, word: &str) -> &mut Self {
        self.press_as(Role::ComboBox, field).press_as(Role::MenuItemCheckBox, word)
    }

    /// Goes into a field.
    #[track_caller]
    pub fn go_into(&mut self, field: &str) -> &mut Self {
        match self.harness.query_by_role_and_label(Role::TextInput, field) {
            Some(field) => field.focus(),
            None => panic!("no field is called “{field}”; there is:\n{}", self.heard().join("\n")),
        }
        self.settle()
    }

    /// Writes into a field as a person does: goes into it, selects what is there, types.
    #[track_caller]
    pub fn fill(&mut self, field: &str, text: &str) -> &mut Self {
        self.go_into(field);
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        if text.is_empty() {
            self.harness.key_press(Key::Delete);
        } else {
            self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        }
        self.settle()
    }

    /// Writes into a field of several lines.
    #[track_caller]
    pub fn fill_long(&mut self, field: &str, text: &str) -> &mut Self {
        self.harness.get_by_role_and_label(Role::MultilineTextInput, field).focus();
        self.settle();
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.harness.get_by_role_and_label(Role::MultilineTextInput, field).type_text(text);
        self.settle()
    }

    /// Presses a key.
    pub fn key(&mut self, modifiers: Modifiers, key: Key) -> &mut Self {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle()
    }

    /// Types into whatever has the focus.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        self.input(Event::Text(text.to_owned()))
    }

    /// Several things that arrive in one frame, as they do where frames are slow.
    pub fn inputs(&mut self, events: Vec<Event>) -> &mut Self {
        self.harness.input_mut().events.extend(events);
        self.settle()
    }

    /// What comes from the system itself, an input method above all.
    pub fn input(&mut self, event: Event) -> &mut Self {
        self.harness.event(event);
        self.settle()
    }

    /// Presses the mouse here, takes it there, holds it there for a while and lets it go.
    pub fn drag(&mut self, from: Pos2, to: Pos2, held_seconds: f64) -> &mut Self {
        self.harness.drag_at(from);
        self.harness.run_steps(2);
        self.harness.hover_at(to);
        self.harness.run_steps(2 + steps(held_seconds));
        self.harness.drop_at(to);
        self.settle()
    }

    /// Clicks twice at one place, a quarter of a second apart, as hands do that learnt it from folders.
    pub fn double_click(&mut self, at: Pos2) -> &mut Self {
        self.harness.hover_at(at);
        self.harness.run_steps(1);
        self.press_and_let_go(at).press_and_let_go(at).settle()
    }

    /// Clicks at a place: where a line has words, say, and no button.
    pub fn click_at(&mut self, at: Pos2) -> &mut Self {
        self.harness.hover_at(at);
        self.harness.run_steps(1);
        self.press_and_let_go(at).settle()
    }

    fn press_and_let_go(&mut self, at: Pos2) -> &mut Self {
        for pressed in [true, false] {
            let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
            self.harness.input_mut().events.push(Event::PointerButton { pos: at, button, pressed, modifiers });
        }
        self.harness.run_steps(1);
        self
    }

    /// Clicks twice on what is called so and has this role.
    #[track_caller]
    pub fn double_click_on(&mut self, role: Role, name: &str) -> &mut Self {
        let at = self.place(role, name).center();
        self.double_click(at)
    }

    /// Presses a key twice, a quarter of a second apart.
    pub fn key_twice(&mut self, modifiers: Modifiers, key: Key) -> &mut Self {
        for _ in 0..2 {
            let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
            self.harness.input_mut().events.extend([event(true), event(false)]);
            self.harness.run_steps(1);
        }
        self.settle()
    }

    /// The desktop around the program.
    pub fn desktop(&self) -> &OneDesktop {
        &self.desktop
    }

    /// Drags files over the window, as the system tells it: where the pointer is only where it tells that, too.
    pub fn drag_files(&mut self, at: Option<Pos2>) -> &mut Self {
        match at {
            Some(at) => self.harness.hover_at(at),
            None => self.harness.event(Event::PointerGone),
        }
        self.harness.run_steps(1);
        self.harness.input_mut().hovered_files.push(egui::HoveredFile::default());
        // While files are over the window it is drawn again and again.
        self.harness.run_steps(4);
        self
    }

    /// Lets go of files that were dragged.
    pub fn drop_files(&mut self, paths: &[PathBuf]) -> &mut Self {
        self.let_go_of_files(paths).settle()
    }

    /// The same; what comes next comes in the next frame.
    pub fn let_go_of_files(&mut self, paths: &[PathBuf]) -> &mut Self {
        let input = self.harness.input_mut();
        input.hovered_files.clear();
        for path in paths {
            input.dropped_files.push(Arc::new(Dragged(path.clone())));
        }
        self.harness.run_steps(1);
        self
    }

    /// Moves the pointer.
    pub fn point_at(&mut self, at: Pos2) -> &mut Self {
        self.harness.hover_at(at);
        self.settle()
    }

    /// Ends the program.
    pub fn end(&mut self) {
        drop(self.harness.state_mut().take());
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: f64) -> &mut Self {
        self.harness.run_steps(steps(seconds));
        self.settle()
    }

    /// Somewhere this text is seen, in part or whole.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let heard = self.heard();
        assert!(heard.iter().any(|line| line.contains(text)), "“{text}” is not seen; there is:\n{}", heard.join("\n"));
        self
    }

    /// Nowhere is this text seen.
    #[track_caller]
    pub fn sees_no(&mut self, text: &str) -> &mut Self {
        let found: Vec<_> = self.heard().into_iter().filter(|line| line.contains(text)).collect();
        assert!(found.is_empty(), "“{text}” is seen: {found:?}");
        self
    }

    /// Whether exactly this text is seen.
    pub fn shows(&self, text: &str) -> bool {
        self.harness.query_all_by_label(text).next().is_some()
    }

    /// What was put on the clipboard last.
    pub fn copied(&self) -> String {
        self.copied.borrow().clone()
    }

    /// How many of this role are called so.
    pub fn count(&self, role: Role, name: &str) -> usize {
        self.harness.query_all_by_role_and_label(role, name).count()
    }

    /// Whether something of this role is called so.
    pub fn has(&self, role: Role, name: &str) -> bool {
        self.count(role, name) > 0
    }

    /// The names of the rows that are seen.
    pub fn rows(&self) -> Vec<String> {
        let labels = self.harness.query_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label());
        labels.filter_map(|label| label.split_once(" 行 ").map(|(_, name)| name.to_owned())).collect()
    }

    /// Where the one of this role that is called so stands.
    #[track_caller]
    pub fn place(&self, role: Role, name: &str) -> Rect {
        self.harness.get_by_role_and_label(role, name).rect()
    }

    /// Controls that a blind person hears nothing of.
    pub fn unnamed(&self) -> Vec<String> {
        self.harness.unnamed_widgets()
    }

    /// Whether something called so can be pressed now.
    pub fn can_press(&self, name: &str) -> bool {
        self.harness
            .query_all_by_label(name)
            .any(|node| PRESSED.contains(&node.accesskit_node().role()) && !node.accesskit_node().is_disabled())
    }

    /// What stands in a field.
    #[track_caller]
    pub fn value(&self, field: &str) -> String {
        self.value_of(Role::TextInput, field)
    }

    /// What stands in something of this role.
    #[track_caller]
    pub fn value_of(&self, role: Role, name: &str) -> String {
        self.harness.get_by_role_and_label(role, name).value().unwrap_or_default()
    }

    /// The name of what has the focus.
    pub fn focused(&self) -> Option<String> {
        let found = self.harness.root().children_recursive().filter(|node| node.accesskit_node().is_focused()).last();
        found.and_then(|node| node.accesskit_node().label())
    }

    /// Where what has the focus stands.
    #[track_caller]
    pub fn place_of_focus(&self) -> Rect {
        let found = self.harness.root().children_recursive().filter(|node| node.accesskit_node().is_focused()).last();
        found.expect("something has the focus").rect()
    }

    /// Draws frames until something is so; what it waits for is done by threads.
    #[track_caller]
    pub fn until(&mut self, what: &str, fits: impl Fn(&Self) -> bool) -> &mut Self {
        for _ in 0..6_000 {
            if fits(self) {
                return self;
            }
            std::thread::park_timeout(std::time::Duration::from_millis(10));
            self.harness.step();
        }
        panic!("a minute passed without: {what}; there is:\n{}", self.heard().join("\n"));
    }

    /// Whether somewhere this text is seen.
    pub fn hears(&self, text: &str) -> bool {
        self.heard().iter().any(|line| line.contains(text))
    }

    /// How many frames the window asks for by itself while nobody does anything for so long.
    pub fn frames_within(&mut self, seconds: f64) -> usize {
        (0..steps(seconds)).filter(|_| self.rest() < std::time::Duration::MAX).count()
    }

    /// How long the window would rest now; the longest there is if nothing is going on.
    pub fn rest(&mut self) -> std::time::Duration {
        self.harness.step();
        let output = self.harness.output();
        output.viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap_or_default()
    }

    /// Everything that has a name or a value, as a blind person hears it.
    pub fn heard(&self) -> Vec<String> {
        let mut heard = Vec::new();
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            for text in [node.label(), node.value()].into_iter().flatten().filter(|text| !text.is_empty()) {
                let line = format!("{:?} {text}", node.role());
                if heard.last() != Some(&line) {
                    heard.push(line);
                }
            }
        }
        heard
    }
}

/// Settings that tell who works here.
fn operated(settings: UserSettings) -> UserSettings {
    UserSettings { operator: "李敏".to_owned(), ..settings }
}

/// Where the machine of a story keeps its settings.
fn kept(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("settings")
}

fn clock() -> Clock {
    Clock::fixed_on(day("2026-11-24"))
}

/// Frames of so much time.
fn steps(seconds: f64) -> usize {
    (seconds * 4.0).ceil() as usize
}

fn harness(
    settings: UserSettings,
    kept: PathBuf,
    workbook: Option<PathBuf>,
    size: Vec2,
    machine: Machine,
    (desktop, copied): (Arc<OneDesktop>, &Copied),
) -> Harness<'static, Option<App>> {
    let copied = Rc::clone(copied);
    let mut host = Some(Host::new(machine, clock(), settings, kept).on(desktop));
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(egui::Theme::Light)
        .with_max_steps(24)
        .with_context_setup(|ctx| theme::apply(ctx, Look::Light))
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                if let Some(host) = host.take() {
                    *app = Some(App::new(ui.ctx(), host, workbook.clone()));
                }
                let app = app.as_mut().expect("made in the first frame");
                app.logic(ui.ctx());
                app.ui(ui);
                ui.ctx().output(|output| {
                    for command in &output.commands {
                        if let OutputCommand::CopyText(text) = command {
                            copied.borrow_mut().clone_from(text);
                        }
                    }
                });
            },
            None,
        );
    harness.run();
    harness
}
