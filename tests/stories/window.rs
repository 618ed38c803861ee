//! The program's window over a real workbook, drawn without a screen and used by the names of its controls.

use std::path::PathBuf;

use branchdesk::clock::Clock;
use branchdesk::engine::Machine;
use branchdesk::settings::UserSettings;
use branchdesk::ui::app::App;
use branchdesk::ui::shell::host::Host;
use branchdesk::ui::theme::{self, Look};
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::support::office::{Office, day};

/// The window, and what a person does with it.
pub struct Window {
    pub harness: Harness<'static, Option<App>>,
    settings: PathBuf,
    office: Office,
    _folder: tempfile::TempDir,
}

impl Window {
    /// Opens the office's workbook; today is 2026-11-24.
    pub fn open(mut office: Office) -> Self {
        office.close();
        let folder = tempfile::tempdir().expect("a folder");
        let settings = folder.path().to_owned();
        let mut window =
            Self { harness: harness(&office, settings.clone(), 1366.0), settings, office, _folder: folder };
        window.run();
        window
    }

    /// The folder of the workbook.
    pub fn folder(&self) -> PathBuf {
        self.office.path().parent().expect("a folder").to_owned()
    }

    /// Closes the window and opens it again, this wide.
    pub fn reopen(&mut self, width: f32) {
        drop(self.harness.state_mut().take());
        self.harness = harness(&self.office, self.settings.clone(), width);
        self.run();
    }

    pub fn run(&mut self) {
        self.harness.run();
    }

    pub fn press(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).click();
        self.run();
    }

    pub fn button(&mut self, name: &str) {
        self.press(Role::Button, name);
    }

    pub fn menu(&mut self, name: &str) {
        self.press(Role::MenuItem, name);
    }

    pub fn link(&mut self, name: &str) {
        self.press(Role::Link, name);
    }

    /// Writes into a field as a person does: goes into it, selects what is there, types.
    pub fn write(&mut self, field: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.run();
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.run();
    }

    /// Chooses in a field whose value is one of a list.
    pub fn choose(&mut self, field: &str, word: &str) {
        self.press(Role::ComboBox, field);
        self.press(Role::MenuItemCheckBox, word);
    }

    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    /// Clicks on a cell of the list.
    pub fn cell(&mut self, text: &str) {
        self.press(Role::Label, text);
    }

    /// Clicks on the row of this name.
    pub fn row(&mut self, name: &str) {
        let rows = self.harness.query_all_by_role(Role::Row);
        let is_it = |label: &str| label.split_once(" 行 ").is_some_and(|(_, own)| own == name);
        let row = rows.into_iter().find(|row| row.accesskit_node().label().is_some_and(|label| is_it(&label)));
        row.unwrap_or_else(|| panic!("no row {name}")).click();
        self.run();
    }

    /// Opens a member's page from the list.
    pub fn open_member(&mut self, name: &str) {
        self.cell(name);
        self.key(Modifiers::NONE, Key::Enter);
    }

    /// Shows the workbook as of a day of the month that is shown.
    pub fn as_of(&mut self, button: &str, day: &str) {
        self.button(button);
        self.press(Role::Button, day);
    }

    /// The names of the rows that are seen.
    pub fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::Row);
        rows.filter_map(|row| {
            let label = row.accesskit_node().label()?;
            label.split_once(" 行 ").map(|(_, name)| name.to_owned())
        })
        .collect()
    }

    pub fn sees(&self, text: &str) -> bool {
        self.harness.query_all_by_label(text).next().is_some()
    }

    pub fn sees_button(&self, text: &str) -> bool {
        self.harness.query_all_by_role_and_label(Role::Button, text).next().is_some()
    }
}

fn harness(office: &Office, settings: PathBuf, width: f32) -> Harness<'static, Option<App>> {
    let path = office.path();
    let clock = Clock::fixed_on(day("2026-11-24"));
    let kept = UserSettings::read(&settings, clock.now()).expect("settings");
    let kept = UserSettings { operator: "李敏".into(), ..kept };
    let mut host = Some(Host::new(Machine::Inline, clock, kept, settings));
    Harness::builder()
        .with_size(vec2(width, 768.0))
        .with_theme(egui::Theme::Light)
        .with_max_steps(20)
        .with_context_setup(|ctx| theme::apply(ctx, Look::Light))
        .build_ui_state(
            move |ui, app: &mut Option<App>| {
                if let Some(host) = host.take() {
                    *app = Some(App::new(ui.ctx(), host, Some(path.clone())));
                }
                if let Some(app) = app {
                    app.logic(ui.ctx());
                    app.ui(ui);
                }
            },
            None,
        )
}
