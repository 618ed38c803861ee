//! What a frame costs with its painting, on a screen without a graphics card.
//!
//! The window needs the main thread and a screen of its own, so the bench calls itself: start at [`run`].

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use branchdesk::clock::Clock;
use branchdesk::engine::Machine;
use branchdesk::settings::UserSettings;
use branchdesk::ui::app::App;
use branchdesk::ui::shell::host::Host;
use eframe::NativeOptions;
use egui::{Context, RawInput, Ui, ViewportBuilder, ViewportCommand, vec2};

use crate::office::TODAY;
use crate::program::screen;
use crate::scrolling::wheel;
use crate::{Report, p95};

/// The word by which the bench calls itself.
pub const WORD: &str = "paint-frames";
/// By then the list has arrived.
const BEFORE: Duration = Duration::from_secs(4);
const FRAMES: usize = 300;
const MOST_MILLIS: f64 = 33.0;

pub fn run(report: &mut Report, path: &Path) {
    let what = "window: frame with its painting by llvmpipe, p95";
    let Some((_screen, display)) = screen() else {
        report.not_installed(what);
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("shown.bdk");
    std::fs::copy(path, &copy).expect("copied");
    let said = Command::new(std::env::current_exe().expect("the bench"))
        .arg(WORD)
        .arg(&copy)
        .env("DISPLAY", display)
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("it runs");
    let micros = String::from_utf8_lossy(&said.stdout).trim().parse().expect("the time of a frame");
    report.within(what, Duration::from_micros(micros), MOST_MILLIS);
}

/// Scrolls the list in a real window and prints the 95th percentile of the time from frame to frame, in microseconds.
pub fn paint(path: &Path) {
    let options = NativeOptions {
        viewport: ViewportBuilder::default().with_inner_size(vec2(1366.0, 768.0)),
        // As the program draws. eframe would take wgpu, which samples for five times as long on llvmpipe.
        renderer: eframe::Renderer::Glow,
        persist_window: false,
        system_font_fallback: false,
        dithering: false,
        ..NativeOptions::default()
    };
    let path = path.to_owned();
    eframe::run_native(
        "branchdesk",
        options,
        Box::new(move |creation| {
            let ctx = creation.egui_ctx.clone();
            let machine = Machine::Threads(Arc::new(move || ctx.request_repaint()));
            let kept = UserSettings { operator: "测速".into(), ..UserSettings::default() };
            let settings = path.with_extension("settings");
            let host = Host::new(machine, Clock::fixed_on(TODAY), kept, settings);
            let app = App::new(&creation.egui_ctx, host, Some(path));
            Ok(Box::new(Scrolled { app, begun: Instant::now(), last: None, times: Vec::new() }))
        }),
    )
    .expect("a window");
}

struct Scrolled {
    app: App,
    begun: Instant,
    last: Option<Instant>,
    times: Vec<Duration>,
}

impl eframe::App for Scrolled {
    fn raw_input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        if self.last.is_some() {
            input.events.extend(wheel(90.0));
        }
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.app.logic(ctx);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        branchdesk::ui::theme::ground(visuals)
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        if self.begun.elapsed() > BEFORE {
            let now = Instant::now();
            self.times.extend(self.last.replace(now).map(|last| now - last));
        }
        if self.times.len() == FRAMES {
            println!("{}", p95(std::mem::take(&mut self.times)).as_micros());
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
        ui.ctx().request_repaint();
        self.app.ui(ui);
    }
}
