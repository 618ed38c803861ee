//! Owns what a talk asks to be done, as rows of the form: measure, who, until when.
//! Must never save. Start at [`FollowUpRows::show`].

use std::collections::BTreeSet;

use egui::Ui;

use super::checks::Checks;
use super::fields::Telling;
use super::written::{Written, WrittenFollowUp};
use crate::domain::talks::TalkDraftField;
use crate::ui::dialogs::typed_date::{Yearless, read_typed};
use crate::ui::scene::Scene;
use crate::ui::screens::talks::people_field::{PeopleField, PeopleLook};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Badge, Button, DateField, Icon, IconButton, Note, TextField, Tone, heading, note, remark};

/// What the rows keep between frames.
#[derive(Debug, Default)]
pub struct FollowUpRows {
    owners: Vec<PeopleField>,
    /// The row that was just added gets the focus.
    fresh: bool,
    /// The row in whose 完成时限 one writes: what is wrong with it is not said yet.
    written_in: Option<usize>,
    /// The rows about which something was said in the frame before: what is new comes into view.
    said: BTreeSet<usize>,
}

/// What came of a row.
#[derive(Debug, Clone, Copy)]
struct RowShown {
    changed: bool,
    /// It is to go.
    is_removed: bool,
    /// One writes in its 完成时限.
    is_in_due: bool,
}

/// Widths of who, until when, and ×, with what lies between.
const OWNER: f32 = 150.0;
const DUE: f32 = 136.0;
const CROSS: f32 = 32.0;

impl FollowUpRows {
    /// What is written for an owner and stands for nobody yet.
    pub fn pending(&self) -> Option<&str> {
        self.owners.iter().find_map(PeopleField::pending)
    }

    /// What is said now about the 完成时限 of a row.
    fn told_of<'c>(&self, checks: &'c Checks, was_tried: bool, nth: usize) -> Option<&'c str> {
        checks.due(nth).filter(|_| was_tried || self.written_in != Some(nth))
    }

    /// About how many rows something is said.
    pub fn told(&self, written: &Written, telling: &Telling<'_>) -> usize {
        let rows = 0..written.follow_ups.len();
        rows.filter(|nth| self.told_of(telling.checks, telling.was_tried, *nth).is_some()).count()
    }

    /// Draws head and rows; gives back whether anything was changed.
    pub fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, written: &mut Written, telling: &Telling<'_>) -> bool {
        let mut changed = false;
        let line = egui::vec2(ui.available_width(), height::CHIP);
        ui.allocate_ui_with_layout(line, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            heading(ui, "跟进");
            note(ui, "会出现在“今日”");
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.add(Button::link("加一项").icon(Icon::Plus).small()).clicked() {
                    written.follow_ups.push(WrittenFollowUp::default());
                    self.fresh = true;
                    changed = true;
                }
            });
        });
        if let Note::Fault(words) = telling.note(TalkDraftField::FollowUps) {
            remark(ui, Icon::CircleAlert, Tone::Hard, &words);
        }
        self.owners.resize_with(written.follow_ups.len(), PeopleField::default);
        let count = written.follow_ups.len();
        let mut gone = None;
        let yearless = written.due_yearless(scene.today);
        let mut written_in = None;
        for nth in 0..count {
            ui.add_space(space::S);
            let is_fresh = nth + 1 == count && std::mem::take(&mut self.fresh);
            let near = written.ledger;
            let fault = self.told_of(telling.checks, telling.was_tried, nth);
            let row = &mut written.follow_ups[nth];
            let owner = &mut self.owners[nth];
            let shown = ui.push_id(("follow-up", nth), |ui| {
                let shown = row_ui(ui, scene, near, yearless, row, owner, nth + 1, is_fresh);
                if let Some(why) = fault {
                    let words = format!("完成时限 {}：{why}", nth + 1);
                    let line = ui.scope(|ui| remark(ui, Icon::CircleAlert, Tone::Hard, &words)).response;
                    if self.said.insert(nth) {
                        line.scroll_to_me(None);
                    }
                } else {
                    self.said.remove(&nth);
                }
                shown
            });
            changed |= shown.inner.changed;
            gone = gone.or(shown.inner.is_removed.then_some(nth));
            written_in = written_in.or(shown.inner.is_in_due.then_some(nth));
        }
        self.written_in = written_in;
        if let Some(nth) = gone {
            written.follow_ups.remove(nth);
            self.owners.remove(nth);
            self.said.clear();
            changed = true;
        }
        changed
    }
}

/// One row.
#[expect(clippy::too_many_arguments, reason = "a row with all around it, drawn in one place")]
fn row_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    near: Option<crate::domain::ids::OrganisationId>,
    yearless: Yearless,
    row: &mut WrittenFollowUp,
    owner: &mut PeopleField,
    nth: usize,
    is_fresh: bool,
) -> RowShown {
    let (mut changed, mut is_in_due) = (false, false);
    let is_removed = ui
        .horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let done = if row.done_on.is_some() { 60.0 } else { 0.0 };
            let room = ui.available_width() - OWNER - DUE - CROSS - done - 3.0 * space::S;
            let (measure, who, until) = (format!("措施 {nth}"), format!("责任人 {nth}"), format!("完成时限 {nth}"));
            let field = TextField::new(&measure, &mut row.measure).label_hidden().hint("措施").width(room);
            let measure = field.take_focus(is_fresh).show(ui);
            changed |= measure.changed();
            if is_fresh {
                measure.scroll_to_me(None);
            }
            let look = PeopleLook::new(&who, OWNER).bare().one().hint("责任人");
            changed |= owner.show(ui, scene, near, &mut row.owner, look).changed;
            let today = scene.today;
            let read = move |text: &str| read_typed(text, yearless, today);
            let due = DateField::new(&until, &mut row.due, today, &read).label_hidden().width(DUE);
            let due = due.show(ui);
            changed |= due.changed();
            is_in_due = due.has_focus();
            if let Some(done) = row.done_on {
                ui.add(Badge::new("已办结").tone(Tone::Ok)).on_hover_text(format!("办结日期 {done}"));
            }
            ui.add(IconButton::new(Icon::X, &format!("去掉跟进 {nth}"))).clicked()
        })
        .inner;
    RowShown { changed, is_removed, is_in_due }
}
