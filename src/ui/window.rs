//! The real window: which renderer draws it, where it stands, its icon.
//! Must never know what is drawn. Start at [`run`].

mod any_adapter;

use std::path::PathBuf;
use std::sync::Arc;

use eframe::{NativeOptions, Renderer as Drawn};
use egui::{Context, IconData, Pos2, Ui, Vec2, ViewportBuilder, pos2, vec2};

use super::app::App;
use super::shell::host::Host;
use crate::clock::Clock;
use crate::engine::Machine;
use crate::engine::renderer::{Attempt, Renderer};
use crate::problem::{Problem, ProblemKind, Result};
use crate::settings::{self, UserSettings, WindowState};

/// The size of a first window, in points of the system.
const FIRST_SIZE: Vec2 = vec2(1280.0, 720.0);
/// The smallest a window can be made.
const LEAST_SIZE: Vec2 = vec2(800.0, 480.0);
/// A window that stood further out than this stood on a screen that is gone.
const FARTHEST: f32 = 16_000.0;

static ICON: &[u8] = include_bytes!("../../assets/icons/branchdesk.png");

/// Shows the window and returns when it is closed. `path` is opened at once.
pub fn run(path: Option<PathBuf>, clock: Clock) -> Result<()> {
    crate::engine::faults::watch();
    let folder = settings::folder();
    let settings = UserSettings::read(&folder, clock.now())?;
    let attempt = Arc::new(Attempt::choose(&folder, settings.renderer.as_deref())?);
    let options = options(&settings.window, attempt.renderer)?;
    let inside = Arc::clone(&attempt);
    let ended = eframe::run_native(
        "branchdesk",
        options,
        Box::new(move |creation| {
            let ctx = creation.egui_ctx.clone();
            let waker: crate::engine::Waker = Arc::new(move || ctx.request_repaint());
            let mut host = Host::new(Machine::Threads(waker), clock, settings, folder);
            host.renderer = renderer_in_words(inside.renderer, creation);
            let app = App::new(&creation.egui_ctx, host, path);
            Ok(Box::new(Framed { app, attempt: inside, frames: 0 }))
        }),
    );
    match ended {
        Ok(()) => Ok(()),
        Err(error) => attempt.failed(&error.to_string()),
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
            self.app.drew(self.attempt.renderer.name());
        } else if self.frames == 0 {
            ui.ctx().request_repaint();
        }
        self.frames = self.frames.saturating_add(1);
        self.app.ui(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
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

/// Where the window stood, unless that is nowhere.
fn position(state: &WindowState) -> Option<Pos2> {
    let (x, y) = state.position?;
    let is_somewhere = x.is_finite() && y.is_finite() && x.abs() < FARTHEST && y.abs() < FARTHEST;
    is_somewhere.then(|| pos2(x.max(0.0), y.max(0.0)))
}

fn icon() -> Result<IconData> {
    eframe::icon_data::from_png_bytes(ICON).map_err(|error| {
        Problem::new(ProblemKind::Fault, "窗口画不出来", "程序自带的图标读不出").detail(error.to_string())
    })
}

/// 「OpenGL（llvmpipe）」, for 关于.
fn renderer_in_words(renderer: Renderer, _creation: &eframe::CreationContext<'_>) -> String {
    match renderer {
        Renderer::Glow => "OpenGL（glow）".to_owned(),
        Renderer::Wgpu => "wgpu".to_owned(),
    }
}
