//! The window with a long list: what a frame costs while one scrolls, painting aside.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use branchdesk::clock::Clock;
use branchdesk::engine::Machine;
use branchdesk::settings::UserSettings;
use branchdesk::ui::app::App;
use branchdesk::ui::shell::host::Host;
use branchdesk::ui::theme::{self, Look};
use egui::{Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, RawInput, Rect, TouchPhase, pos2, vec2};

use crate::office::TODAY;
use crate::{Report, p95, timed};

/// Frames that are measured.
const FRAMES: usize = 400;

/// The window without a screen.
struct Window {
    ctx: Context,
    app: App,
    woken: Receiver<()>,
    time: f64,
}

impl Window {
    fn open(path: &Path, settings: &Path) -> Self {
        let (wake, woken) = channel();
        // Nobody waits for what arrives after the bench has gone.
        let machine = Machine::Threads(Arc::new(move || wake.send(()).unwrap_or_default()));
        let kept = UserSettings { operator: "测速".into(), ..UserSettings::default() };
        let host = Host::new(machine, Clock::fixed_on(TODAY), kept, settings.to_owned());
        let ctx = Context::default();
        theme::apply(&ctx, Look::Light);
        let app = App::new(&ctx, host, Some(path.to_owned()));
        Self { ctx, app, woken, time: 0.0 }
    }

    /// One frame: `logic`, `ui` and tessellation.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let size = Rect::from_min_size(egui::Pos2::ZERO, vec2(1366.0, 768.0));
        let input = RawInput { screen_rect: Some(size), time: Some(self.time), events, ..RawInput::default() };
        let (ctx, app) = (self.ctx.clone(), &mut self.app);
        timed(|| {
            let output = ctx.run_ui(input, |ui| {
                app.logic(ui.ctx());
                app.ui(ui);
            });
            ctx.tessellate(output.shapes, output.pixels_per_point)
        })
        .1
    }

    /// Draws until nothing more arrives for a moment.
    fn settle(&mut self) {
        while self.woken.recv_timeout(Duration::from_millis(700)).is_ok() {
            self.frame(Vec::new());
        }
    }
}

/// A turn of the wheel over the list.
pub fn wheel(points: f32) -> Vec<Event> {
    let delta = vec2(0.0, -points);
    let (unit, source) = (MouseWheelUnit::Point, MouseWheelSource::Wheel);
    vec![
        Event::PointerMoved(pos2(700.0, 400.0)),
        Event::MouseWheel { unit, delta, phase: TouchPhase::Move, source, modifiers: Modifiers::NONE },
    ]
}

pub fn run(report: &mut Report, path: &Path) {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("滚动.bdk");
    std::fs::copy(path, &copy).expect("copied");
    let mut window = Window::open(&copy, folder.path());
    let mut first = window.frame(Vec::new());
    window.settle();
    for _ in 0..20 {
        first = first.max(window.frame(Vec::new()));
    }
    report.within("window: slowest frame while a list arrives", first, 100.0);
    for (what, points) in [("slowly", 30.0), ("by the page", 500.0), ("in leaps", 40_000.0)] {
        let times: Vec<Duration> = (0..FRAMES).map(|_| window.frame(wheel(points))).collect();
        report.within(&format!("window: frame while scrolling {what}, p95"), p95(times), 4.0);
        window.settle();
    }
    let press =
        |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::COMMAND };
    let search = [vec![press(Key::F)], Vec::new()];
    for events in search {
        window.frame(events);
    }
    let times: Vec<Duration> = "linxiuying".chars().map(|c| window.frame(vec![Event::Text(c.to_string())])).collect();
    report.within("window: frame while typing into the filter, slowest", p95(times), 8.0);
}
