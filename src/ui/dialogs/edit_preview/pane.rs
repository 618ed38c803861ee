//! Owns the preview of an edit within a dialog: asked for again as soon as something else is meant, cell by cell.
//! Must never write. Start at [`PreviewPane`].

use egui::{Ui, vec2};

use super::rows::{CellRows, Class};
use super::source::{Meant, Previewed};
use crate::engine::Job;
use crate::problem::Problem;
use crate::store::Areas;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{
    ColumnState, EmptyState, Icon, Segments, Table, TableEvent, Tone, grouped, note, progress_line, remark,
};
use crate::view::edit_preview::Refused;
use crate::view::member::shown;

/// What the preview depends on.
const USES: Areas = Areas { organisations: true, members: true, ..Areas::NONE };
/// What the dialog and its other parts take of the height of the window.
const BESIDE_TABLE: f32 = 360.0;
/// Refused cells that are told above the table.
const TOLD: usize = 2;

/// A preview that is being made; it stops when nobody waits for it any more.
#[derive(Debug)]
struct UnderWay(Job<Previewed>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// The preview of an edit.
#[derive(Debug, Default)]
pub struct PreviewPane {
    /// What was asked last, and of which state of the workbook.
    asked: Option<(Meant, u64)>,
    job: Option<UnderWay>,
    shown: Option<Previewed>,
    problem: Option<Problem>,
    class: Class,
    cursor: Option<usize>,
    states: [Vec<ColumnState>; 3],
    /// The cells get the focus as soon as they are known.
    takes_focus: bool,
}

impl PreviewPane {
    /// A pane whose cells get the focus when they come: what is to be looked at, and where no Enter writes.
    pub fn focused() -> Self {
        Self { takes_focus: true, ..Self::default() }
    }

    /// Asks if something else is meant than before or the workbook was changed, and takes what has arrived.
    pub fn ask(&mut self, scene: &Scene<'_>, meant: &Meant) {
        let version = scene.version(USES);
        if !self.asked.as_ref().is_some_and(|(asked, at)| asked.is(meant) && *at == version) {
            self.asked = Some((meant.clone(), version));
            let asked = meant.clone();
            let job = scene.reading_job("预览", move |desk, progress| asked.preview(desk, progress));
            self.job = Some(UnderWay(job));
        }
        let Some(answer) = self.job.as_ref().and_then(|job| job.0.take()) else { return };
        self.job = None;
        match answer {
            Ok(previewed) => {
                let is_first = self.shown.is_none();
                let holds = |class: &Class| class.count(&previewed.preview) > 0;
                if is_first || !holds(&self.class) {
                    self.class = Class::ALL.into_iter().find(holds).unwrap_or_default();
                }
                self.cursor = None;
                self.problem = None;
                self.shown = Some(previewed);
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// Nothing is meant at present.
    pub fn forget(&mut self) {
        (self.asked, self.job, self.shown, self.problem, self.cursor) = (None, None, None, None, None);
    }

    /// What would be done, once it is known for what is meant now.
    pub fn current(&self) -> Option<&Previewed> {
        self.shown.as_ref().filter(|_| self.job.is_none() && self.problem.is_none())
    }

    /// What was shown last, perhaps of something that is no longer meant.
    pub fn shown(&self) -> Option<&Previewed> {
        self.shown.as_ref()
    }

    /// Draws the preview.
    pub fn show(&mut self, ui: &mut Ui, unmasked: bool) {
        if let Some(problem) = &self.problem {
            remark(ui, Icon::CircleAlert, Tone::Hard, &format!("{}：{}", problem.title, problem.happened));
        }
        let Some(shown) = &self.shown else {
            self.progress_ui(ui);
            return;
        };
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            remarks_ui(ui, shown, unmasked);
        });
        let words =
            Class::ALL.map(|class| format!("{} {} 格", class.word(), grouped(class.count(&shown.preview) as u64)));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let chosen = Class::ALL.iter().position(|class| *class == self.class);
        if let Some(class) = Segments::new("看哪些格", &words, chosen).show(ui).and_then(|at| Class::ALL.get(at)) {
            self.class = *class;
            self.cursor = None;
        }
        let height = (ui.ctx().content_rect().height() - BESIDE_TABLE).clamp(110.0, 320.0);
        let size = vec2(ui.available_width(), height);
        let mut rows = CellRows { preview: &shown.preview, class: self.class, unmasked };
        let nothing = format!("没有{}的格", self.class.word());
        let table = ui
            .allocate_ui(size, |ui| {
                ui.set_min_size(size);
                let name = format!("{}的格", self.class.word());
                Table::new("cells of the preview", &name, &self.class.columns(), &mut self.states[self.class as usize])
                    .cursor(self.cursor)
                    .empty(EmptyState::new(&nothing, ""))
                    .show(ui, &mut rows)
            })
            .inner;
        if !ui.is_sizing_pass() && std::mem::take(&mut self.takes_focus) {
            table.response.request_focus();
        }
        for event in table.events {
            if let TableEvent::Cursor(row) = event {
                self.cursor = Some(row);
            }
        }
        self.progress_ui(ui);
    }

    fn progress_ui(&self, ui: &mut Ui) {
        let Some(UnderWay(job)) = &self.job else { return };
        let standing = job.progress.standing();
        let words = format!("预览 {} / {} 行", grouped(standing.done), grouped(standing.total));
        let share = (standing.total > 0).then(|| standing.done as f32 / standing.total as f32);
        progress_line(ui, &words, share, None);
        ui.add_space(space::XS);
    }
}

/// What of the source was not taken, and the first cells that cannot be written.
fn remarks_ui(ui: &mut Ui, shown: &Previewed, unmasked: bool) {
    for text in &shown.remarks {
        remark(ui, Icon::TriangleAlert, Tone::Amber, text);
    }
    let refused = &shown.preview.refused;
    for one in refused.iter().take(TOLD) {
        remark(ui, Icon::CircleAlert, Tone::Hard, &refused_words(one, unmasked));
    }
    if refused.len() > TOLD {
        note(ui, &format!("不能写入的还有 {} 格，在下面列着", grouped((refused.len() - TOLD) as u64)));
    }
}

/// 「第 2 行 吴海涛：入党时间 “2019-02-30”没有这一天…」
fn refused_words(refused: &Refused, unmasked: bool) -> String {
    let cell = &refused.cell;
    let text = cell.field.map_or_else(|| refused.text.clone(), |key| shown(key, &refused.text, unmasked));
    let text = if text.is_empty() { String::new() } else { format!("“{text}”") };
    format!("第 {} 行 {}：{}{text}{}", cell.row + 1, cell.name, cell.label, refused.why)
}
