//! The window: events in, everything drawn, then one match grants what was wished for.
//! Must never know what a page shows. Start at [`App::logic`] and [`App::ui`].

mod coming_and_going;

use std::path::PathBuf;

use egui::{Context, Rect, Ui, UiBuilder, ViewportCommand};

pub use coming_and_going::IMPORT_SLOT;

use super::dialogs::{Stay, of_draft};
use super::outbox::{Outbox, Slot, Wish};
use super::scene::Width;
use super::screens;
use super::shell::act::Act;
use super::shell::front::Front;
use super::shell::front::breakdown::BreakdownFront;
use super::shell::front::conflict::ConflictFront;
use super::shell::front::forgetting::ForgettingFront;
use super::shell::front::problem::ProblemFront;
use super::shell::host::Host;
use super::shell::notices::Notices;
use super::shell::office::Office;
use super::shell::passage::{Passage, Then};
use super::shell::writes::{About, Ended};
use super::shell::{layout, running, shortcuts, sidebar, start, status_bar, top_bar};
use super::theme::{self, Look, space};
use super::widgets::{DayBar, Icon, keyboard};
use crate::engine::faults::guarded;
use crate::engine::opened;
use crate::engine::{Revert, WriteRequest};
use crate::problem::{Problem, ProblemKind};
use crate::settings::ThemeChoice;

/// The program's window.
pub struct App {
    host: Host,
    office: Option<Office>,
    /// Workbooks that are being opened and closed.
    passage: Passage,
    /// The shell's own dialogs; the last is on top.
    fronts: Vec<Box<dyn Front>>,
    notices: Notices,
    /// The title the window has.
    title: String,
    breakdowns: u8,
}

/// After so many failures in one run the window is closed rather than shown again.
const BREAKDOWNS_BORNE: u8 = 3;

impl App {
    /// A window with nothing open; `path` is opened at once.
    pub fn new(ctx: &Context, host: Host, path: Option<PathBuf>) -> Self {
        theme::apply(ctx, look(host.settings.theme));
        ctx.set_zoom_factor(zoom(host.settings.scale_percent));
        let mut app = Self {
            host,
            office: None,
            passage: Passage::default(),
            fronts: Vec::new(),
            notices: Notices::default(),
            title: String::new(),
            breakdowns: 0,
        };
        let folder = app.host.folder().clone();
        drop(app.host.machine.job(move |_| {
            opened::wipe_left_over(&folder).inspect_err(|problem| {
                tracing::warn!(detail = problem.detail, "copies that an earlier run left could not be wiped");
            })
        }));
        if let Some(path) = path {
            app.passage.open(&app.host, path, false);
        }
        app
    }

    /// The first frame was drawn with this renderer: it is the first to be tried next time.
    pub fn drew(&mut self, renderer: &str) {
        self.host.set(|settings| settings.renderer = Some(renderer.to_owned()));
    }

    /// Takes what has arrived. Draws nothing.
    pub fn logic(&mut self, ctx: &Context) {
        if let Err(problem) = guarded(|| {
            self.follow(ctx);
            Ok(())
        }) {
            self.break_down(problem, ctx);
        }
    }

    /// Draws everything, then grants what was wished for.
    pub fn ui(&mut self, ui: &mut Ui) {
        if let Err(problem) = guarded(|| {
            self.frame(ui);
            Ok(())
        }) {
            self.break_down(problem, ui.ctx());
        }
    }

    fn follow(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        theme::follow_zoom(ctx);
        if let Some(problem) = self.host.keep() {
            self.show_problem(&problem);
        }
        self.arrive();
        self.take_dropped(ctx);
        if let Some(office) = &mut self.office {
            if office.follow(now) {
                ctx.request_repaint();
            }
            office.ask();
            if !office.running.is_idle() || office.writes.longest().is_some() {
                ctx.request_repaint_after(std::time::Duration::from_secs_f64(running::LOOK_SECONDS));
            }
            if let Some(rest) = office.drafts.rest(now) {
                ctx.request_repaint_after(std::time::Duration::from_secs_f64(rest));
            }
            for told in office.outside.take() {
                self.grant_wish(told, ctx);
                ctx.request_repaint();
            }
        }
        self.leave(ctx);
        self.entitle(ctx);
    }

    fn frame(&mut self, ui: &mut Ui) {
        let mut acts = Vec::new();
        let has_dialog =
            !self.fronts.is_empty() || self.office.as_ref().is_some_and(|office| !office.dialogs.is_empty());
        shortcuts::take(ui.ctx(), self.office.as_mut(), has_dialog, &mut acts);
        self.draw(ui, &mut acts);
        let is_news = !acts.is_empty();
        self.tell(&mut acts);
        for act in acts {
            self.grant(act, ui.ctx());
        }
        if is_news {
            ui.ctx().request_repaint();
        }
    }

    /// The window failed: what was typed is parked, the workbook is closed in order, and the person is told.
    fn break_down(&mut self, problem: Problem, ctx: &Context) {
        self.breakdowns += 1;
        let path = self.office.as_ref().map(|office| office.engine.path().to_owned());
        self.fronts.clear();
        self.close(if self.breakdowns < BREAKDOWNS_BORNE { Then::Start } else { Then::Quit });
        if self.breakdowns < BREAKDOWNS_BORNE {
            self.fronts.push(Box::new(BreakdownFront::new(&problem, path)));
        }
        ctx.request_repaint();
    }

    /// Failures of the window so far; a test that sees one has failed.
    pub fn breakdowns(&self) -> u8 {
        self.breakdowns
    }

    fn draw(&mut self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let Self { host, office, passage, fronts, notices, .. } = self;
        let whole = ui.ctx().content_rect();
        let width = Width::of(whole.width());
        let regions = layout(whole, width, office.is_some());
        match office {
            None => {
                keyboard::region(ui, |ui| start::show(ui, regions.page, width, host, passage.doing(), acts));
                keyboard::region(ui, |ui| top_bar::show_closed(ui, regions.top, acts));
                status_bar::show_closed(ui, regions.status, host.today(), passage.doing());
            }
            Some(office) => {
                page(ui, regions.page, width, office, host, acts);
                sidebar::show(ui, regions.side, width, office, acts);
                keyboard::region(ui, |ui| top_bar::show(ui, regions.top, width, office, host, acts));
                status_bar::show(ui, regions.status, office, host.today());
                dialogs(ui, width, office, host, acts);
            }
        }
        if let Some(front) = fronts.last_mut()
            && front.show(ui.ctx(), host, acts) == Stay::Closed
        {
            fronts.pop();
        }
        notices.show(ui.ctx(), acts);
    }

    /// Tells how writes ended that nobody took up.
    fn tell(&mut self, acts: &mut Vec<Act>) {
        let Some(office) = &mut self.office else { return };
        for Ended { slot, result, about } in office.writes.told() {
            let was_claimed = office.handed.was_claimed(&slot);
            match (result, about) {
                (Ok(receipt), about) => {
                    if let Some(entry) = &receipt.entry {
                        office.seen = crate::engine::opening::seen_after(&office.seen, entry);
                    }
                    if about != About::Silent {
                        self.notices.receipt(&receipt);
                    }
                    acts.extend(receipt.complaint.map(|problem| Act::Wish(Wish::Problem(problem))));
                }
                (Err(_), _) if was_claimed => {}
                (Err(problem), About::Revert(revert)) if problem.kind == ProblemKind::Conflict => {
                    acts.push(Act::Show(Box::new(ConflictFront::new(&problem, revert))));
                }
                (Err(problem), _) if problem.kind == ProblemKind::Cancelled => {
                    self.notices.refuse(format!("{}，{}", problem.title, problem.unchanged));
                }
                (Err(problem), _) => acts.push(Act::Wish(Wish::Problem(problem))),
            }
        }
    }

    /// Grants one wish.
    fn grant(&mut self, act: Act, ctx: &Context) {
        match act {
            Act::Wish(wish) => self.grant_wish(wish, ctx),
            Act::Show(front) => self.fronts.push(front),
            Act::Chosen(slot, path) => self.chosen(slot, path),
            Act::OpenNow { path, even_if_diverged } => self.passage.open(&self.host, path, even_if_diverged),
            Act::RestoreNow(staged, made) => self.restore(staged, &made),
            Act::Create(new) => self.create(new),
            Act::BeginWithRoster(path) => self.begin_with(path),
            Act::Practise => self.passage.practise(&self.host),
            Act::ForgetRecent(path) => self.host.set(|settings| settings.recent.retain(|other| other.path != path)),
            Act::OpenFile(path) => {
                if let Some(office) = &mut self.office {
                    office.open_file(path);
                }
            }
            Act::Revert(revert) => self.revert(revert, ctx),
            Act::GoOnWithDraft(name) => self.go_on(&name),
            Act::ForgetDraft(name) => {
                if let Some(office) = &mut self.office {
                    office.drafts.forget(&name, ctx.input(|input| input.time));
                }
            }
            Act::CloseWorkbook => self.ask_to_close(Then::Start),
            Act::CloseNow(then) => self.close(then),
        }
    }

    fn grant_wish(&mut self, wish: Wish, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        match wish {
            Wish::Toast(text) => self.notices.say(text),
            Wish::Refused(why) => self.notices.refuse(why),
            Wish::Written(text, path) => self.notices.written(text, path),
            Wish::Problem(problem) => self.show_problem(&problem),
            Wish::Copy(text) => ctx.copy_text(text),
            Wish::GoOn(name, draft) => {
                if let Some(office) = &mut self.office {
                    office.drafts.go_on(&name);
                }
                self.open_draft(&name, &draft);
            }
            Wish::ChooseFile(slot, ask) => self.choose_file(slot, ask),
            Wish::OpenWorkbook(path) => self.open_workbook(path),
            Wish::NewWorkbook(path) => self.ask_for_new(path, None),
            Wish::Restore(staged, made) => self.ask_to_restore(staged, made),
            Wish::Operator(operator) => self.set_operator(operator, now),
            Wish::Theme(choice) => {
                self.host.set(|settings| settings.theme = choice);
                theme::apply(ctx, look(choice));
            }
            Wish::Scale(percent) => {
                self.host.set(|settings| settings.scale_percent = Some(percent));
                ctx.set_zoom_factor(zoom(Some(percent)));
            }
            Wish::Layout(name, value) => self.host.set(|settings| {
                settings.layout.insert(name, value);
            }),
            Wish::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            of_office => {
                if let Some(office) = &mut self.office {
                    office.grant(of_office, now);
                }
            }
        }
    }

    fn revert(&mut self, revert: Revert, ctx: &Context) {
        if let Some(office) = &mut self.office {
            office.write(Slot::new("shell: undo"), WriteRequest::Revert(revert), ctx.input(|input| input.time));
        }
    }

    fn go_on(&mut self, name: &str) {
        let left_over = self.office.as_mut().and_then(|office| office.drafts.go_on(name));
        if let Some(draft) = left_over {
            self.open_draft(name, &draft);
        }
    }

    fn open_draft(&mut self, name: &str, draft: &serde_json::Value) {
        let Some(office) = &mut self.office else { return };
        if let Some(page) = screens::of_draft(name, draft) {
            office.pages.go(page);
            return;
        }
        match of_draft(name, draft) {
            Some(dialog) => office.dialogs.push(dialog),
            None => {
                let problem = Problem::new(ProblemKind::Input, "没有接着填", format!("没有哪张表单认得“{name}”的草稿"));
                self.show_problem(&problem);
            }
        }
    }

    fn set_operator(&mut self, operator: String, now: f64) {
        self.host.set(|settings| settings.operator.clone_from(&operator));
        if let Some(office) = &mut self.office {
            office.write(Slot::new("shell: operator"), WriteRequest::Operator(operator), now);
        }
    }

    /// Shows a failure as a dialog.
    pub fn show_problem(&mut self, problem: &Problem) {
        self.fronts.push(Box::new(ProblemFront::new(problem)));
    }
}

/// The page, with the bars that say what it may not do.
fn page(ui: &mut Ui, rect: Rect, width: Width, office: &mut Office, host: &Host, acts: &mut Vec<Act>) {
    let builder = UiBuilder::new().max_rect(rect).id_salt("page");
    let mut out = Outbox::default();
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        keyboard::region(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            bars(ui, office, acts);
            ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
            let rest = ui.available_rect_before_wrap();
            ui.scope_builder(UiBuilder::new().max_rect(rest).id_salt(office.pages.key()), |ui| {
                office.with_scene(&host.settings, width, |pages, _, scene| {
                    if let Some(screen) = pages.screen() {
                        screen.show(ui, scene, &mut out);
                    }
                });
            });
        });
    });
    acts.extend(out.take().into_iter().map(Act::Wish));
}

/// What lies over every page: only to be read, something typed and left, files that cannot be opened. A past day is told
/// on the page's own sheet.
fn bars(ui: &mut Ui, office: &mut Office, acts: &mut Vec<Act>) {
    if let Some(why) = &office.engine.standing().read_only {
        DayBar::new(&format!("只能看，不能改：{why}"), "").icon(Icon::Lock).show(ui);
    } else if let Some((name, draft)) = office.drafts.offered() {
        let told = screens::told_of_draft(name, draft);
        let also = if told.is_empty() { String::new() } else { format!("：{told}") };
        let words = format!("上次有没保存的“{name}”{also}");
        match DayBar::new(&words, "接着填").also("不要了").icon(Icon::Pencil).show_links(ui) {
            Some(0) => acts.push(Act::GoOnWithDraft(name.to_owned())),
            Some(_) => acts.push(Act::Show(Box::new(ForgettingFront::new(name, &told)))),
            None => {}
        }
    }
    absence_bar(ui, office, acts);
}

/// Says once after opening that attached files cannot be opened, and what helps.
fn absence_bar(ui: &mut Ui, office: &mut Office, acts: &mut Vec<Act>) {
    let absent = office.known.absent.shown().and_then(|absent| absent.told.as_ref());
    let Some(told) = absent.filter(|_| !office.absence_is_heeded) else { return };
    let words = format!("{}：{}", told.title, told.happened);
    let pressed = DayBar::new(&words, "怎么办").also("知道了").icon(Icon::TriangleAlert).show_links(ui);
    if pressed == Some(0) {
        acts.push(Act::Wish(Wish::Problem(told.clone())));
    }
    office.absence_is_heeded = pressed.is_some();
}

fn dialogs(ui: &mut Ui, width: Width, office: &mut Office, host: &Host, acts: &mut Vec<Act>) {
    let mut out = Outbox::default();
    office.with_scene(&host.settings, width, |_, dialogs, scene| {
        if let Some(dialog) = dialogs.last_mut()
            && dialog.show(ui.ctx(), scene, &mut out) == Stay::Closed
        {
            dialogs.pop();
        }
    });
    acts.extend(out.take().into_iter().map(Act::Wish));
}

fn look(choice: ThemeChoice) -> Look {
    match choice {
        ThemeChoice::Light => Look::Light,
        ThemeChoice::Dark => Look::Dark,
        ThemeChoice::HighContrast => Look::HighContrast,
    }
}

fn zoom(percent: Option<u16>) -> f32 {
    f32::from(percent.unwrap_or(100).clamp(50, 300)) / 100.0
}
