//! The real window: which renderer draws it, where it stands, its icon.
//! Must never know what is drawn. Start at [`run`].

mod any_adapter;

use std::path::PathBuf;
use std::sync::Arc;

use eframe::{NativeOptions, Renderer as Drawn};
use egui::{Context, IconData, Pos2, Rect, Ui, Vec2, ViewportBuilder, pos2, vec2};

use super::app::App;
use super::fonts;
use super::shell::host::Host;
use super::theme;
use crate::clock::Clock;
use crate::engine::Machine;
use crate::engine::renderer::{Attempt, Renderer, tell};
use crate::problem::{Problem, ProblemKind, Result};
use crate::settings::{self, UserSettings, WindowState};

/// The size of a first window, in points of the system.
const FIRST_SIZE: Vec2 = vec2(1280.0, 720.0);
/// The smallest a window can be made.
const LEAST_SIZE: Vec2 = vec2(800.0, 480.0);
/// So much of a window must be on a screen, in pixels.
const SEEN_AT_LEAST: Vec2 = vec2(160.0, 32.0);
/// Where else it is put, from the corner of the first screen, in pixels.
const BROUGHT_BACK_TO: Vec2 = vec2(40.0, 40.0);

static ICON: &[u8] = include_bytes!("../../assets/icons/branchdesk.png");

/// Shows the window and returns when it is closed. `path` is opened at once.
pub fn run(path: Option<PathBuf>, clock: Clock) -> Result<()> {
    crate::engine::faults::watch();
    let folder = settings::folder();
    let (settings, unread) = match UserSettings::read(&folder, clock.now()) {
        Ok(settings) => (settings, None),
        Err(problem) => (UserSettings::default(), Some(not_read(problem))),
    };
    let attempt = Arc::new(Attempt::choose(&folder, settings.renderer.as_deref())?);
    let options = options(&settings.window, attempt.renderer)?;
    let inside = Arc::clone(&attempt);
    let ended = eframe::run_native(
        "branchdesk",
        options,
        Box::new(move |creation| {
            let ctx = creation.egui_ctx.clone();
            let waker: crate::engine::Waker = Arc::new(move || ctx.request_repaint());
            let host = Host::new(Machine::Threads(waker), clock, settings, folder);
            if let Some(window) = creation.winit_window() {
                bring_back(window, &host.settings.window);
            }
            let mut app = App::new(&creation.egui_ctx, host, path);
            fonts::install_last_resort(&creation.egui_ctx);
            if let Some(problem) = unread {
                app.show_problem(&problem);
            }
            Ok(Box::new(Framed { app, attempt: inside, frames: 0 }))
        }),
    );
    match ended {
        Ok(()) => Ok(()),
        Err(error) => attempt.failed(&error.to_string()).inspect_err(tell),
    }
}

fn not_read(problem: Problem) -> Problem {
    Problem {
        title: "没有读到本机设置".to_owned(),
        unchanged: "工作簿和设置文件都没有改动".to_owned(),
        next: "这一次照初始的样子用，最近打开的文件要重新选".to_owned(),
        ..problem
    }
}

/// The application within eframe.
struct Framed {
    app: App,
    attempt: Arc<Attempt>,
    frames: u32,
}

impl eframe::App for Framed {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.app.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        // The second call comes only after the first frame was drawn.
        if self.frames == 1 {
            self.attempt.drew();
            if self.attempt.is_own_choice() {
                self.app.drew(self.attempt.renderer.name());
            }
        } else if self.frames == 0 {
            ui.ctx().request_repaint();
        }
        self.frames = self.frames.saturating_add(1);
        self.app.ui(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        theme::ground(visuals)
    }
}

fn options(state: &WindowState, renderer: Renderer) -> Result<NativeOptions> {
    let mut viewport = ViewportBuilder::default()
        .with_app_id("branchdesk")
        .with_title("支部工作台")
        .with_icon(icon()?)
        .with_min_inner_size(LEAST_SIZE)
        .with_inner_size(state.size.map_or(FIRST_SIZE, |(width, height)| vec2(width, height)).max(LEAST_SIZE))
        .with_maximized(state.maximized);
    if let Some(position) = position(state) {
        viewport = viewport.with_position(position);
    }
    let mut options = NativeOptions {
        viewport,
        renderer: match renderer {
            Renderer::Glow => Drawn::Glow,
            Renderer::Wgpu => Drawn::Wgpu,
        },
        persist_window: false,
        system_font_fallback: false,
        dithering: false,
        ..NativeOptions::default()
    };
    any_adapter::accept(&mut options.wgpu_options);
    Ok(options)
}

/// Where the window stood.
fn position(state: &WindowState) -> Option<Pos2> {
    let (x, y) = state.position?;
    (x.is_finite() && y.is_finite()).then(|| pos2(x, y))
}

/// A window that would stand where no screen is any more is brought back.
fn bring_back(window: &winit::window::Window, state: &WindowState) {
    let Some(wanted) = position(state) else { return };
    let scale = window.scale_factor() as f32;
    // A piece of the title bar must be seen, so that the window can be moved.
    let bar = Rect::from_min_size(wanted * scale, SEEN_AT_LEAST);
    let screens: Vec<Rect> = window.available_monitors().map(|monitor| screen(&monitor)).collect();
    if let Some(first) = screens.first()
        && !screens.iter().any(|screen| screen.contains_rect(bar))
    {
        let corner = first.min + BROUGHT_BACK_TO;
        window.set_outer_position(winit::dpi::PhysicalPosition::new(corner.x, corner.y));
    }
}

fn screen(monitor: &winit::monitor::MonitorHandle) -> Rect {
    let (position, size) = (monitor.position(), monitor.size());
    Rect::from_min_size(pos2(position.x as f32, position.y as f32), vec2(size.width as f32, size.height as f32))
}

fn icon() -> Result<IconData> {
    eframe::icon_data::from_png_bytes(ICON).map_err(|error| {
        Problem::new(ProblemKind::Fault, "窗口画不出来", "程序自带的图标读不出").detail(error.to_string())
    })
}
