//! Owns what a talk asks to be done, as rows of the form: measure, who, until when.
//! Must never save. Start at [`FollowUpRows::show`].

use egui::Ui;

use super::fields::Telling;
use super::written::{Written, WrittenFollowUp};
use crate::domain::talks::TalkDraftField;
use crate::ui::dialogs::member_form::read_date;
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
        for nth in 0..count {
            ui.add_space(space::S);
            let is_fresh = nth + 1 == count && std::mem::take(&mut self.fresh);
            let near = written.ledger;
            let row = &mut written.follow_ups[nth];
            ui.push_id(("follow-up", nth), |ui| {
                let (edited, removed) = row_ui(ui, scene, near, row, &mut self.owners[nth], nth + 1, is_fresh);
                changed |= edited;
                gone = gone.or(removed.then_some(nth));
            });
        }
        if let Some(nth) = gone {
            written.follow_ups.remove(nth);
            self.owners.remove(nth);
            changed = true;
        }
        changed
    }
}

/// One row; gives back whether it was changed, and whether it is to go.
fn row_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    near: Option<crate::domain::ids::OrganisationId>,
    row: &mut WrittenFollowUp,
    owner: &mut PeopleField,
    nth: usize,
    is_fresh: bool,
) -> (bool, bool) {
    let mut changed = false;
    let removed = ui
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
            let read = move |text: &str| read_date(text, today);
            let due = DateField::new(&until, &mut row.due, today, &read).label_hidden().width(DUE);
            changed |= due.show(ui).changed();
            if let Some(done) = row.done_on {
                ui.add(Badge::new("已办结").tone(Tone::Ok)).on_hover_text(format!("办结日期 {done}"));
            }
            ui.add(IconButton::new(Icon::X, &format!("去掉跟进 {nth}"))).clicked()
        })
        .inner;
    (changed, removed)
}
