//! 换届选举: who was elected to what, until when. Who is elected again keeps the post, the others' posts end.

use egui::{Context, Ui};

use super::paper::{Paper, basis_ui};
use super::posts::{Chosen, PostRow};
use crate::command::{Command, ElectCommittee, Elected};
use crate::domain::dates::PartialDate;
use crate::domain::ids::PersonId;
use crate::domain::organisations::{Organisation, OrganisationEventKind};
use crate::domain::rules::Level;
use crate::domain::rules::organisations::is_of_committee;
use crate::engine::questions::{Choosable, IfElected, OrganisationSheet};
use crate::ui::dialogs::day_field::DayField;
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{self, Answer, AnswerCard, Choice, Note, TextField, key_value, link, note, section_with};
use crate::ui::words::filled;
use crate::view::organisations::PostLine;

/// The dialog 换届选举.
#[derive(Debug)]
pub struct ElectDialog {
    elected: Organisation,
    paper: Paper,
    session: String,
    until: Option<DayField>,
    /// None until the present committee is known.
    rows: Option<Vec<PostRow>>,
    held: Vec<PostLine>,
    page: Live<OrganisationSheet>,
    people: Live<Choosable>,
    findings: Live<IfElected>,
    saving: Saving,
}

impl ElectDialog {
    pub fn new(elected: &Organisation) -> Self {
        Self {
            elected: elected.clone(),
            paper: Paper::default(),
            session: String::new(),
            until: None,
            rows: None,
            held: Vec::new(),
            page: Live::default(),
            people: Live::default(),
            findings: Live::default(),
            saving: Saving::new("organisation election"),
        }
    }

    fn ask(&mut self, scene: &Scene<'_>) {
        let id = self.elected.id;
        self.page.ask(scene, OrganisationSheet { organisation: id, as_of: scene.today });
        self.people.ask(scene, Choosable { organisation: id, as_of: scene.today });
        if self.rows.is_none()
            && let Some(standing) = self.page.current().and_then(|page| page.standing.as_ref())
        {
            let of_committee = standing.posts.iter().filter(|line| is_of_committee(&line.post));
            self.held = of_committee.cloned().collect();
            let rows = self.held.iter().map(|line| PostRow::new(&line.post, Some(line.person)));
            let mut rows: Vec<PostRow> = rows.collect();
            if rows.is_empty() {
                rows.push(PostRow::new("书记", None));
            }
            self.rows = Some(rows);
        }
        let posts = self.chosen();
        if let Some(on) = self.paper.day() {
            self.findings.ask(scene, IfElected { organisation: id, on: on.first_day(), posts });
        }
    }

    /// Who was elected to what, as far as it is filled in.
    fn chosen(&self) -> Vec<(PersonId, String)> {
        let rows = self.rows.iter().flatten();
        rows.filter_map(|row| Some((row.person?, filled(&row.post)?))).collect()
    }

    /// When the term ends by its years.
    fn reckoned(&self) -> Option<(i64, PartialDate)> {
        let years = self.page.shown()?.standing.as_ref()?.term.years;
        Some((years, self.paper.day()?.plus_years(i16::try_from(years).ok()?)?))
    }

    fn until(&self) -> Option<PartialDate> {
        self.until.as_ref().and_then(DayField::date)
    }

    /// What is to be said of the end that is written.
    fn note_of_until(&self) -> Note {
        let (Some(on), Some((years, ends))) = (self.paper.day(), self.reckoned()) else { return Note::None };
        match self.until() {
            Some(until) if until.first_day() <= on.first_day() => Note::Fault("要晚于选举时间".into()),
            Some(until) if until.first_day() > ends.last_day() => {
                Note::Warning(format!("长于 {years} 年任期（{ends}）"))
            }
            Some(_) => Note::None,
            None => Note::Plain(format!("空着按 {years} 年算，至 {ends}")),
        }
    }

    fn is_complete(&self) -> bool {
        let rows_whole = self.rows.iter().flatten().all(PostRow::is_whole);
        let until_sound = self.until.as_ref().is_none_or(DayField::is_readable);
        rows_whole && until_sound && self.rows.is_some() && !matches!(self.note_of_until(), Note::Fault(_))
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        key_value(ui, 72.0, "党组织", &self.elected.name, "");
        let mut changed = self.paper.show_with_note(ui, scene, "选举时间", "批复文号");
        let note_of_until = self.note_of_until();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let until = self.until.get_or_insert_with(|| DayField::open(scene.today, None));
            changed |= until.show_noted(ui, "任期届满时间", 240.0, note_of_until);
            changed |= TextField::new("届次", &mut self.session).hint("第三届").width(160.0).show(ui).changed();
        });
        changed |= self.rows_ui(ui);
        if changed {
            self.saving.forget();
        }
        self.findings_ui(ui);
        basis_ui(ui, OrganisationEventKind::Elected.basis());
    }

    fn rows_ui(&mut self, ui: &mut Ui) -> bool {
        let Some(rows) = &mut self.rows else { return false };
        let people = self.people.shown().map_or(&[][..], Vec::as_slice);
        let mut changed = false;
        section_with(ui, "当选的人", |ui| {
            if link(ui, "加一行").clicked() {
                rows.push(PostRow::new("", None));
                changed = true;
            }
        });
        let mut removed = None;
        for (place, row) in rows.iter_mut().enumerate() {
            let is_again =
                self.held.iter().any(|line| Some(line.person) == row.person && line.post.trim() == row.post.trim());
            match row.show(ui, place + 1, people, if is_again { "连任" } else { "" }) {
                Chosen::Changed => changed = true,
                Chosen::Removed => removed = Some(place),
                Chosen::Nothing => {}
            }
        }
        if let Some(place) = removed {
            rows.remove(place);
            changed = true;
        }
        let going: Vec<String> = self
            .held
            .iter()
            .filter(|line| !rows.iter().any(|row| row.person == Some(line.person) && row.post.trim() == line.post))
            .map(|line| format!("{} {}", line.post, line.name))
            .collect();
        if rows.is_empty() {
            note(ui, "一行也没有：只记这次选举，现任职务不变");
        } else if !going.is_empty() {
            note(ui, &format!("不再担任：{}", going.join("、")));
        }
        changed
    }

    /// What the rules would find in such a committee.
    fn findings_ui(&self, ui: &mut Ui) {
        if self.chosen().is_empty() {
            return;
        }
        for finding in self.findings.shown().into_iter().flatten() {
            let card = AnswerCard::new(&finding.words, &[]).note(&finding.article);
            if finding.level == Level::Red { card.hard() } else { card }.show(ui);
        }
    }
}

impl Dialog for ElectDialog {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        if self.saving.take(scene).is_some() {
            return Stay::Closed;
        }
        self.ask(scene);
        let day = self.paper.day().filter(|_| self.is_complete() && !self.saving.is_under_way());
        let answered = widgets::Dialog::new("election", "换届选举", "取消")
            .width(680.0)
            .focus_body()
            .primary(Choice::new("记下").enabled(day.is_some()))
            .show(ctx, |ui| self.body_ui(ui, scene));
        match (answered.answer, day) {
            (Some(Answer::Quiet), _) => return Stay::Closed,
            (Some(Answer::Primary), Some(on)) => {
                let posts = self.chosen().into_iter().map(|(person_id, post)| Elected { person_id, post }).collect();
                let command = ElectCommittee {
                    id: self.elected.id,
                    on,
                    posts,
                    until: self.until(),
                    value: filled(&self.session),
                    document: self.paper.document(),
                    note: self.paper.note(),
                };
                self.saving.run(out, Command::ElectCommittee(command));
            }
            _ => {}
        }
        Stay::Open
    }
}
