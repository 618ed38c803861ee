//! 修改: the form over what the workbook holds of a member; a changed dated fact asks 更正 or 变更.
//! Must never write: it wishes for one command. Start at [`EditMember`].

use egui::{Context, Key, Modifiers, Ui};
use serde::{Deserialize, Serialize};

use super::member_form::{MemberForm, Parked};
use super::parking::Parking;
use super::revealed::log_revealed;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{Command, EditMembers};
use crate::domain::fields::Known;
use crate::domain::ids::PersonId;
use crate::engine::questions::Member;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::widgets::{self, Answer, Choice, keyboard, note};

/// How the names of its drafts begin; the member's name follows.
pub const DRAFT: &str = "修改";

/// What is parked.
#[derive(Debug, Serialize, Deserialize)]
struct ParkedEdit {
    person: PersonId,
    form: Parked,
}

/// Whose draft it is.
pub fn person_of(draft: &serde_json::Value) -> Option<PersonId> {
    serde_json::from_value::<ParkedEdit>(draft.clone()).ok().map(|parked| parked.person)
}

/// The dialog 修改.
#[derive(Debug)]
pub struct EditMember {
    person: PersonId,
    page: Live<Member>,
    form: Option<MemberForm>,
    name: String,
    branch: String,
    /// Known as soon as the name is.
    parking: Option<Parking>,
    saving: Saving,
    is_restored: bool,
}

impl EditMember {
    /// Edits this member.
    pub fn new(person: PersonId) -> Self {
        Self {
            person,
            page: Live::default(),
            form: None,
            name: String::new(),
            branch: String::new(),
            parking: None,
            saving: Saving::new(format!("edit_member:{person}")),
            is_restored: false,
        }
    }

    fn prepare(&mut self, scene: &Scene<'_>) {
        if self.form.is_some() {
            return;
        }
        self.page.ask(scene, Member { id: self.person, as_of: scene.today });
        let Some(Some(page)) = self.page.shown() else { return };
        let value = |known: Known| page.values.get(&known.into()).cloned().unwrap_or_default();
        self.name = value(Known::Name);
        self.branch = value(Known::Branch);
        let name = format!("{DRAFT} {}", self.name);
        let parking = self.parking.get_or_insert_with(|| Parking::new(name));
        let Some(parked) = parking.restore(scene) else { return };
        let mut form = MemberForm::of(page, scene.today);
        let parked = parked.and_then(|parked| serde_json::from_value::<ParkedEdit>(parked).ok());
        match parked {
            Some(parked) if parked.person == self.person => {
                form.restore(parked.form);
                self.is_restored = form.is_changed();
            }
            // Somebody else of the same name has a draft: it is left alone.
            Some(_) => parking.leave_alone(),
            None => {}
        }
        self.form = Some(form);
    }

    fn parked(&self) -> Option<serde_json::Value> {
        let form = self.form.as_ref()?.parked()?;
        serde_json::to_value(ParkedEdit { person: self.person, form }).ok()
    }

    fn park(&mut self, out: &mut Outbox, draft: Option<serde_json::Value>, at_once: bool) {
        match &mut self.parking {
            Some(parking) if at_once => parking.park_now(out, draft),
            Some(parking) => parking.park(out, draft),
            None => {}
        }
    }

    fn body_ui(&mut self, ui: &mut Ui) -> bool {
        self.saving.problem_ui(ui);
        match (&mut self.form, self.page.shown()) {
            (Some(form), _) => form.show(ui, None).changed,
            (None, Some(None)) => {
                note(ui, "没有这个人，可能刚被撤销");
                false
            }
            (None, _) => {
                note(ui, "正在读取…");
                false
            }
        }
    }

    fn foot_note(&self) -> String {
        let Some(form) = &self.form else { return String::new() };
        let faulty = form.faulty();
        if !faulty.is_empty() {
            format!("先改好：{}", faulty.join("、"))
        } else if !form.changed_facts().is_empty() && !form.may_save() {
            "先选是更正，还是变更自某日起".to_owned()
        } else if self.is_restored {
            "已恢复上次没有保存的内容".to_owned()
        } else if self.branch.is_empty() {
            String::new()
        } else {
            format!("{}·调动用“变动”里的“组织关系转接”", self.branch)
        }
    }

    fn save(&mut self, out: &mut Outbox) {
        if let Some(form) = &self.form {
            let command = EditMembers { ids: vec![self.person], set: form.draft(), on: form.on() };
            self.saving.run(out, Command::EditMembers(command));
        }
    }
}

impl Dialog for EditMember {
    fn is_dirty(&self) -> bool {
        self.form.as_ref().is_some_and(MemberForm::is_changed)
    }

    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.prepare(scene);
        if let Some(form) = &mut self.form {
            form.ask(scene, Some(self.person));
        }
        if self.saving.take(scene).is_some() {
            self.park(out, None, false);
            return Stay::Closed;
        }
        let may =
            self.form.as_ref().is_some_and(|form| form.may_save() && form.is_changed()) && !self.saving.is_under_way();
        let title = format!("修改 {}", self.name);
        let foot = self.foot_note();
        let mut dialog = widgets::Dialog::new("edit_member", &title, "取消")
            .width(900.0)
            .primary(Choice::new("保存").enabled(may))
            .note(&foot)
            .focus_body();
        if self.is_restored {
            dialog = dialog.link("恢复原值");
        }
        let shown = dialog.show(ctx, |ui| self.body_ui(ui));
        if let Some(form) = &mut self.form {
            log_revealed(out, &self.name, &form.take_revealed());
        }
        if shown.inner {
            self.saving.forget();
            let parked = self.parked();
            self.park(out, parked, false);
        }
        let by_key = may && keyboard::pressed(ctx, Modifiers::COMMAND, Key::S);
        match shown.answer.or(by_key.then_some(Answer::Primary)) {
            Some(Answer::Quiet) => {
                let parked = self.parked();
                self.park(out, parked, true);
                return Stay::Closed;
            }
            Some(Answer::Primary) if may => self.save(out),
            Some(Answer::Link) => {
                if let Some(form) = &mut self.form {
                    form.start_again();
                }
                self.is_restored = false;
                self.park(out, None, false);
            }
            _ => {}
        }
        Stay::Open
    }
}
