//! 新增党员, and who is added beside members: a form over the field table; only name and branch must be there.
//! Must never write: it wishes for one command. Start at [`AddMember`].

use egui::{Context, Key, Modifiers, Ui};
use serde::{Deserialize, Serialize};

use super::branch_choice::{BranchChoice, branch_of_scope};
use super::member_form::{MemberForm, Parked};
use super::newcomer::{Besides, Newcomer, ParkedBesides};
use super::parking::Parking;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::domain::ids::OrganisationId;
use crate::engine::questions::ExtraFields;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, Icon, Tone, keyboard, note, remark};

/// Under this slot the write is wished for; the list stands on who was added.
pub const SLOT: &str = "add_member";

/// The dialog 新增党员.
#[derive(Debug)]
pub struct AddMember {
    who: Newcomer,
    besides: Besides,
    form: Option<MemberForm>,
    extra: Live<ExtraFields>,
    branch: Option<OrganisationId>,
    is_branch_known: bool,
    parking: Parking,
    saving: Saving,
    /// The form is emptied after saving, for the next one.
    again: bool,
    /// What was typed last time stands in the form.
    is_restored: bool,
    added: usize,
}

/// What is parked.
#[derive(Debug, Default, Serialize, Deserialize)]
struct ParkedNew {
    branch: Option<OrganisationId>,
    #[serde(default)]
    besides: ParkedBesides,
    form: Parked,
}

impl AddMember {
    /// Adds somebody of this sort.
    pub fn new(who: Newcomer) -> Self {
        Self {
            who,
            besides: Besides::default(),
            form: None,
            extra: Live::default(),
            branch: None,
            is_branch_known: false,
            parking: Parking::new(who.title()),
            saving: Saving::new(SLOT),
            again: false,
            is_restored: false,
            added: 0,
        }
    }

    /// Gets what the form needs; it is there from then on.
    fn prepare(&mut self, scene: &Scene<'_>, branches: &BranchChoice) {
        if !self.is_branch_known && !scene.tree.is_empty() {
            self.is_branch_known = true;
            self.branch = branch_of_scope(scene.tree, scene.scope).or_else(|| branches.only());
        }
        self.extra.ask(scene, ExtraFields);
        if self.form.is_some() {
            return;
        }
        let Some(extra) = self.extra.shown() else { return };
        let Some(parked) = self.parking.restore(scene) else { return };
        let mut form = MemberForm::blank_without(self.who.left_out(), extra.clone(), scene.today);
        if let Some(parked) = parked.and_then(|parked| serde_json::from_value::<ParkedNew>(parked).ok()) {
            self.branch = parked.branch.filter(|branch| branches.contains(*branch)).or(self.branch);
            self.besides.restore(parked.besides);
            form.restore(parked.form);
            self.is_restored = form.is_changed();
        }
        self.form = Some(form);
    }

    fn parked(&self) -> Option<serde_json::Value> {
        let form = self.form.as_ref()?.parked()?;
        serde_json::to_value(ParkedNew { branch: self.branch, besides: self.besides.parked(), form }).ok()
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, branches: &BranchChoice) -> bool {
        self.saving.problem_ui(ui);
        if branches.is_empty() {
            remark(ui, Icon::Info, Tone::Act, "还没有党支部：先到“党组织”里建一个，再新增党员。");
        }
        let Some(form) = &mut self.form else {
            note(ui, "正在读取…");
            return false;
        };
        let (branch, word) = (&mut self.branch, self.who.branch_label());
        let changed = self.besides.show(ui, scene, self.who);
        let mut lead = |ui: &mut Ui, width: f32| branches.show(ui, word, branch, width, true);
        changed | form.show(ui, Some(&mut lead)).changed
    }

    fn foot_note(&self) -> String {
        let Some(form) = &self.form else { return String::new() };
        let faulty = form.faulty();
        if !faulty.is_empty() {
            return format!("先改好：{}", faulty.join("、"));
        }
        match (self.is_restored, self.added) {
            (true, _) => "已恢复上次没有保存的内容".to_owned(),
            (false, 0) => "姓名和党支部必填，其余可以以后再补".to_owned(),
            (false, added) => format!("已新增 {added} 人"),
        }
    }

    fn save(&mut self, out: &mut Outbox) {
        if let (Some(form), Some(branch_id)) = (&self.form, self.branch)
            && let Some(command) = self.besides.command(self.who, branch_id, form.draft())
        {
            self.saving.run(out, command);
        }
    }

    /// After saving: gone, or empty for the next one.
    fn saved(&mut self, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.parking.clear(out);
        self.added += 1;
        self.is_restored = false;
        if !self.again {
            return Stay::Closed;
        }
        let extra = self.extra.shown().cloned().unwrap_or_default();
        self.form = Some(MemberForm::blank_without(self.who.left_out(), extra, scene.today));
        Stay::Open
    }
}

impl Dialog for AddMember {
    fn is_dirty(&self) -> bool {
        self.form.as_ref().is_some_and(MemberForm::is_changed)
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        let branches = BranchChoice::of(scene.tree);
        self.prepare(scene, &branches);
        if let Some(form) = &mut self.form {
            form.ask(scene, None);
        }
        if self.saving.take(scene).is_some() && self.saved(scene, out) == Stay::Closed {
            return Stay::Closed;
        }
        let may = self.form.as_ref().is_some_and(MemberForm::may_save)
            && self.branch.is_some()
            && self.besides.is_clear(self.who)
            && !self.saving.is_under_way();
        let foot = self.foot_note();
        let mut dialog = widgets::Dialog::new("add_member", self.who.title(), "取消")
            .width(900.0)
            .plain(Choice::new("存并再加").enabled(may))
            .primary(Choice::new("保存").enabled(may))
            .note(&foot)
            .focus_body();
        if self.is_restored {
            dialog = dialog.link("清空重填");
        }
        let shown = dialog.show(ctx, |ui| self.body_ui(ui, scene, &branches));
        if shown.inner {
            self.saving.forget();
            let parked = self.parked();
            self.parking.park(out, parked);
        }
        let by_key = may && keyboard::pressed(ctx, Modifiers::COMMAND, Key::S);
        match shown.answer.or(by_key.then_some(Answer::Primary)) {
            Some(Answer::Quiet) => {
                // Nothing that was typed is lost: it stands there when the dialog is opened again.
                let parked = self.parked();
                self.parking.park_now(out, parked);
                return Stay::Closed;
            }
            Some(answer @ (Answer::Primary | Answer::Plain)) if may => {
                self.again = answer == Answer::Plain;
                self.save(out);
            }
            Some(Answer::Link) => {
                if let Some(form) = &mut self.form {
                    form.start_again();
                }
                self.is_restored = false;
                self.parking.clear(out);
            }
            _ => {}
        }
        Stay::Open
    }
}
