//! 删掉误建的党组织: only what nobody was ever in; it can be taken back.

use egui::Context;

use crate::command::{Command, RemoveOrganisation};
use crate::domain::organisations::Organisation;
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, label, note};

/// The dialog 删掉误建的.
#[derive(Debug)]
pub struct RemoveDialog {
    removed: Organisation,
    saving: Saving,
}

impl RemoveDialog {
    pub fn new(removed: &Organisation) -> Self {
        Self { removed: removed.clone(), saving: Saving::new("organisation remove") }
    }
}

impl Dialog for RemoveDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let answered = widgets::Dialog::new("remove organisation", "删掉误建的党组织", "取消")
            .width(480.0)
            .plain(Choice::new("删掉").careful().enabled(!self.saving.is_under_way()))
            .show(ctx, |ui| {
                self.saving.problem_ui(ui);
                label(ui, &format!("{} 是建错的，要删掉吗？", self.removed.name));
                note(ui, "有过党员或职务、谈话或档案清单、下面还有党组织的，不能删，请用撤销。删掉后可以撤回。");
            });
        match answered.answer {
            Some(Answer::Quiet) => return Stay::Closed,
            Some(Answer::Plain) => {
                let command = RemoveOrganisation { id: self.removed.id };
                self.saving.run(out, Command::RemoveOrganisation(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
