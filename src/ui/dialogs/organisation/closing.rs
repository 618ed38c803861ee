//! 撤销党组织: from a day on it no longer is. What stands in the way is said before.

use egui::{Context, Ui};

use super::paper::{Paper, basis_ui};
use crate::command::{CloseOrganisation, Command};
use crate::domain::organisations::{BASIS_OF_CLOSING, Organisation};
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, AnswerCard, Choice, label, note};
use crate::view::members::ListAsk;

/// The dialog 撤销.
#[derive(Debug)]
pub struct CloseDialog {
    closed: Organisation,
    paper: Paper,
    saving: Saving,
}

impl CloseDialog {
    pub fn new(closed: &Organisation) -> Self {
        Self { closed: closed.clone(), paper: Paper::default(), saving: Saving::new("organisation close") }
    }

    /// Who is in it, and how many organisations stand below it, now.
    fn in_the_way(&self, scene: &Scene<'_>) -> (usize, usize) {
        let own = scene.tree.iter().find(|line| line.organisation.id == self.closed.id);
        let below = scene.tree.iter().filter(|line| line.organisation.parent == Some(self.closed.id) && !line.is_gone);
        (own.map_or(0, |line| line.own_members), below.count())
    }

    /// Gives back whether those who are in it are to be shown.
    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) -> bool {
        self.saving.problem_ui(ui);
        label(ui, self.closed.shown_name());
        let (people, below) = self.in_the_way(scene);
        let mut show = false;
        if people > 0 {
            let question = format!("里面还有 {people} 人");
            let card = AnswerCard::new(&question, &["看这些人"]).note("先把他们转到别的党支部，再撤销。");
            show = card.show(ui).is_some();
        }
        if below > 0 {
            let question = format!("下面还有 {below} 个党组织");
            AnswerCard::new(&question, &[]).note("先移走或撤销它们，再撤销。").show(ui);
        }
        if self.paper.show(ui, scene, "撤销时间", "撤销文号") {
            self.saving.forget();
        }
        note(ui, "从这天起不再是现有的党组织；以前各天的名册和人数不变，也可以恢复。");
        basis_ui(ui, BASIS_OF_CLOSING);
        show
    }
}

impl Dialog for CloseDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let day = self.paper.day().filter(|_| self.in_the_way(scene) == (0, 0) && !self.saving.is_under_way());
        let answered = widgets::Dialog::new("close organisation", "撤销党组织", "取消")
            .width(600.0)
            .focus_body()
            .primary(Choice::new("撤销").enabled(day.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        if answered.inner {
            out.wish(Wish::ShowMembers(ListAsk::roll(scene.as_of, Some(self.closed.id))));
            return Stay::Closed;
        }
        match (answered.answer, day) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(on)) => {
                let command = CloseOrganisation { id: self.closed.id, on, document: self.paper.document() };
                self.saving.run(out, Command::CloseOrganisation(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
