//! 任职 and 免职: a post in an organisation from a day on, and its end.
//! Must never write: each dialog wishes for one command. Start at [`Appointment`] and [`EndAppointment`].

use egui::{Context, Ui};

use super::branch_choice::BranchChoice;
use super::day_field::DayField;
use super::people::People;
use super::saving::Saving;
use super::{Dialog, Stay};
use crate::command::{Appoint, Command, EndPost};
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::engine::questions::Member;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Chip, Choice, Select, TextField, label, note};

/// Posts that are offered; any other can be written.
const POSTS: [&str; 7] = ["书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员", "党小组组长"];

/// The dialog 任职.
#[derive(Debug)]
pub struct Appointment {
    people: People,
    organisation: Option<OrganisationId>,
    post: String,
    from: Option<DayField>,
    saving: Saving,
}

impl Appointment {
    /// Appoints a person, in their own branch unless another organisation is chosen.
    pub fn new(person: PersonId, branch: Option<OrganisationId>) -> Self {
        Self {
            people: People::new(vec![person]),
            organisation: branch,
            post: String::new(),
            from: None,
            saving: Saving::new("appoint"),
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        label(ui, &self.people.words());
        let mut changed = TextField::new("党内职务", &mut self.post).required().show(ui).changed();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
            for post in POSTS {
                if Chip::new(post).chosen(self.post == post).show(ui).response.clicked() {
                    post.clone_into(&mut self.post);
                    changed = true;
                }
            }
        });
        let from = self.from.get_or_insert_with(|| DayField::today(scene.today));
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let groups_too = BranchChoice::with_groups(scene.tree);
            changed |= groups_too.show(ui, "在哪个党组织", &mut self.organisation, 320.0, true);
            changed |= from.show(ui, "自哪天起", 180.0);
        });
        if changed {
            self.saving.forget();
        }
    }
}

impl Dialog for Appointment {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.people.ask(scene);
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let day = self.from.as_ref().filter(|from| from.is_clear()).and_then(DayField::date);
        let post = self.post.trim().to_owned();
        let ready = self.organisation.zip(day).filter(|_| !post.is_empty() && !self.saving.is_under_way());
        let answered = widgets::Dialog::new("appoint", "任职", "取消")
            .width(604.0)
            .primary(Choice::new("任职").enabled(ready.is_some()))
            .focus_body()
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, ready, self.people.ids.first()) {
            (Some(Answer::Quiet), ..) => return Stay::Closed,
            (Some(Answer::Primary), Some((organisation_id, from)), Some(person_id)) => {
                let command = Appoint { person_id: *person_id, organisation_id, post, from: Some(from) };
                self.saving.run(out, Command::Appoint(command));
            }
            _ => {}
        }
        Stay::Open
    }
}

/// The dialog 免职.
#[derive(Debug)]
pub struct EndAppointment {
    person: PersonId,
    page: Live<Member>,
    chosen: Option<usize>,
    to: Option<DayField>,
    saving: Saving,
}

impl EndAppointment {
    /// Ends a post of a person.
    pub fn new(person: PersonId) -> Self {
        Self { person, page: Live::default(), chosen: None, to: None, saving: Saving::new("end_post") }
    }
}

impl Dialog for EndAppointment {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.page.ask(scene, Member { id: self.person, as_of: scene.today });
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let page = self.page.shown().and_then(Option::as_ref);
        let held: Vec<_> =
            page.map(|page| page.file.facts_on(FactKind::Post, scene.today).collect()).unwrap_or_default();
        let words: Vec<String> = held
            .iter()
            .map(|fact| {
                let place = fact.organisation.and_then(|id| page?.organisations.get(&id)).cloned();
                format!("{}（{}）", fact.value.as_deref().unwrap_or_default(), place.unwrap_or_default())
            })
            .collect();
        if self.chosen.is_none() && held.len() == 1 {
            self.chosen = Some(0);
        }
        let day = self.to.as_ref().filter(|to| to.is_clear()).and_then(DayField::date);
        let post = self.chosen.and_then(|place| held.get(place)).map(|fact| fact.id);
        let ready = post.zip(day).filter(|_| !self.saving.is_under_way());
        let to = self.to.get_or_insert_with(|| DayField::today(scene.today));
        let (chosen, saving) = (&mut self.chosen, &mut self.saving);
        let answered = widgets::Dialog::new("end_post", "免职", "取消")
            .primary(Choice::new("免职").enabled(ready.is_some()))
            .focus_body()
            .show(ctx, |ui| {
                saving.problem_ui(ui);
                label(ui, page.map_or("", |page| page.file.person.name()));
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = space::M;
                    let select = Select::new("不再任", &words, chosen).required().width(320.0).show(ui);
                    if select.changed() | to.show(ui, "自哪天起", 180.0) {
                        saving.forget();
                    }
                });
                note(ui, "从这天起不再任此职，以前的任职记录不变。");
            });
        match (answered.answer, ready) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some((id, to))) => self.saving.run(out, Command::EndPost(EndPost { id, to })),
            _ => {}
        }
        Stay::Open
    }
}
