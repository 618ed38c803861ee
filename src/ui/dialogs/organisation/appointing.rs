//! 任职 and 免职 as seen from an organisation: one of its members gets a post, a post ends.

use egui::{Context, Ui};

use super::paper::basis_ui;
use super::posts::COMMITTEE_POSTS;
use crate::command::{Appoint, Command, EndPost};
use crate::domain::ids::PersonId;
use crate::domain::organisations::{BASIS_OF_GROUPS, Organisation, OrganisationKind};
use crate::engine::questions::Choosable;
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, Chip, Choice, Note, Select, TextField, key_value, note, wrapped_note};
use crate::view::organisations::PostLine;

/// Posts of a group that are offered.
const GROUP_POSTS: [&str; 2] = ["党小组组长", "党小组副组长"];

/// The dialog 任职.
#[derive(Debug)]
pub struct AppointDialog {
    organisation: Organisation,
    person: Option<PersonId>,
    post: String,
    from: Option<DayField>,
    people: Live<Choosable>,
    saving: Saving,
}

impl AppointDialog {
    pub fn new(organisation: &Organisation) -> Self {
        let is_group = organisation.kind == OrganisationKind::Group;
        Self {
            organisation: organisation.clone(),
            person: None,
            post: if is_group { GROUP_POSTS[0].to_owned() } else { String::new() },
            from: None,
            people: Live::default(),
            saving: Saving::new("organisation appoint"),
        }
    }

    fn is_group(&self) -> bool {
        self.organisation.kind == OrganisationKind::Group
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        key_value(ui, 72.0, "党组织", &self.organisation.name, "");
        let people = self.people.shown().map_or(&[][..], Vec::as_slice);
        let words: Vec<&str> = people.iter().map(|person| person.words.as_str()).collect();
        let mut place = self.person.and_then(|id| people.iter().position(|person| person.id == id));
        let is_probationary = place.and_then(|place| people.get(place)).is_some_and(|person| !person.is_formal);
        let told = match self.is_group() || !is_probationary {
            true => Note::None,
            false => Note::Warning("正式党员才有被选举权".into()),
        };
        let from = self.from.get_or_insert_with(|| DayField::today(scene.today));
        let mut changed = false;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let select = Select::new("党员", &words, &mut place).required().note(told).width(300.0);
            changed |= select.show(ui).changed();
            changed |= from.show(ui, "自哪天起", 180.0);
        });
        self.person = place.and_then(|place| people.get(place)).map(|person| person.id);
        changed |= TextField::new("党内职务", &mut self.post).required().show(ui).changed();
        let posts: &[&str] = if self.is_group() { &GROUP_POSTS } else { &COMMITTEE_POSTS };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
            for post in posts {
                if Chip::new(post).chosen(self.post == *post).show(ui).response.clicked() {
                    (*post).clone_into(&mut self.post);
                    changed = true;
                }
            }
        });
        if self.is_group() {
            basis_ui(ui, BASIS_OF_GROUPS);
        } else {
            wrapped_note(ui, "换届时整个班子一起记，请用“换届选举”；这里记补选、增选和指派。");
        }
        if changed {
            self.saving.forget();
        }
    }
}

impl Dialog for AppointDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        self.people.ask(scene, Choosable { organisation: self.organisation.id, as_of: scene.today });
        let day = self.from.as_ref().filter(|from| from.is_clear()).and_then(DayField::date);
        let post = self.post.trim().to_owned();
        let ready = self.person.zip(day).filter(|_| !post.is_empty() && !self.saving.is_under_way());
        let answered = widgets::Dialog::new("appoint here", "任职", "取消")
            .width(604.0)
            .focus_body()
            .primary(Choice::new("任职").enabled(ready.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, ready) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some((person_id, from))) => {
                let command = Appoint { person_id, organisation_id: self.organisation.id, post, from: Some(from) };
                self.saving.run(out, Command::Appoint(command));
            }
            _ => {}
        }
        Stay::Open
    }
}

/// The dialog 免职 of one post.
#[derive(Debug)]
pub struct EndPostDialog {
    held: PostLine,
    to: Option<DayField>,
    saving: Saving,
}

impl EndPostDialog {
    pub fn new(held: &PostLine) -> Self {
        Self { held: held.clone(), to: None, saving: Saving::new("organisation end post") }
    }
}

impl Dialog for EndPostDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        let to = self.to.get_or_insert_with(|| DayField::today(scene.today));
        let (held, saving) = (&self.held, &mut self.saving);
        let told = match (held.since, to.date()) {
            (Some(since), Some(day)) if day.first_day() <= since.first_day() => {
                Note::Fault(format!("要晚于任职的 {since}"))
            }
            _ => Note::None,
        };
        let is_sound = to.is_clear() && told == Note::None;
        let answered = widgets::Dialog::new("end post here", "免职", "取消")
            .width(480.0)
            .focus_body()
            .primary(Choice::new("免职").enabled(is_sound && !saving.is_under_way()))
            .show(ctx, |ui| {
                saving.problem_ui(ui);
                let since = held.since.map(|since| format!("自 {since}")).unwrap_or_default();
                key_value(ui, 72.0, &held.post, &held.name, &since);
                if to.show_noted(ui, "自哪天起不再任职", 180.0, told) {
                    saving.forget();
                }
                note(ui, "以前的任职记录不变。");
            });
        let day = to.date().filter(|_| is_sound);
        match (answered.answer, day) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(to)) => {
                self.saving.run(out, Command::EndPost(EndPost { id: self.held.fact, to }));
            }
            _ => {}
        }
        Stay::Open
    }
}
