//! Owns the column beside the form of a talk: who the partner is, what is still to be done, what was before, and what the
//! talk does to the coverage. Must never change what is written. Start at [`Aside::show`].

use std::collections::BTreeSet;

use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui, vec2};

use super::written::Written;
use crate::clock::Day;
use crate::domain::coverage::{Coverage, Relation, State, Window};
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{OrganisationId, PersonId, TalkId};
use crate::domain::talks::{FollowUp, TalkTypes};
use crate::engine::questions::{CoverageOf, Member};
use crate::ui::dialogs::close_follow_up::CloseFollowUpDialog;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::screens::talks::effect::{self, EffectOf};
use crate::ui::screens::talks::years::{Span, Time};
use crate::ui::screens::{Page, TalkStart};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Badge, Dot, Icon, Segments, TimelineRow, Tone, heading, link, note, quiet_line, remark, row_link, rule,
    scroll_handles, small, strong, weak,
};
use crate::view::coverage::CoverageAsk;
use crate::view::member::{Happening, HappeningKind, MemberPage};
use crate::view::talks::Seat;

/// Lines of what was before that are told; the member's page has all.
const TOLD: usize = 12;

/// What the column keeps between frames.
#[derive(Debug, Default)]
pub struct Aside {
    /// Which of several partners is shown.
    shown: usize,
    member: Live<Member>,
    /// Of the organisation in whose ledger the talk stands.
    board: Live<CoverageOf>,
    /// Of the branch of the partner, where that is another one.
    branch_board: Live<CoverageOf>,
    effect: EffectOf,
}

impl Aside {
    /// Asks what the coverage lacks of the partners, and what the talk would do to it.
    pub fn ask(&mut self, scene: &Scene<'_>, written: &Written, types: &TalkTypes, start: &TalkStart) {
        let time = time(scene, written, start);
        let (Some(organisation), Some(window)) = (written.ledger, time.window(scene.today)) else { return };
        let Window { period, as_of } = window;
        let of = |organisation| CoverageOf(CoverageAsk { organisation, period, as_of });
        self.board.ask(scene, of(organisation));
        if let Some(branch) = self.branch_of_partner(written).filter(|branch| *branch != organisation) {
            self.branch_board.ask(scene, of(branch));
        }
        let talk = effect::seen(&written.draft(types, scene.today), types, scene.today, 0);
        self.effect.ask(scene, organisation, time, start.talk, talk.into_iter().collect());
    }

    /// The branch of the partner who is shown.
    fn branch_of_partner(&self, written: &Written) -> Option<OrganisationId> {
        let partner = written.partners.get(self.shown)?.person?;
        let page = self.member.shown()?.as_ref().filter(|page| page.file.person.id == partner)?;
        page.branch
    }

    /// In which relations the coverage lacks a talk with somebody, in the organisation of the ledger or in the branch.
    fn lacks(&self, person: PersonId) -> Vec<&'static str> {
        let boards = [&self.board, &self.branch_board];
        let coverages = boards.into_iter().filter_map(Live::shown).map(|board| &board.coverage);
        let lacks: BTreeSet<Relation> = coverages.flat_map(|coverage| lacked(coverage, person)).collect();
        lacks.into_iter().map(Relation::label).collect()
    }

    /// Draws the column over all room there is; `except` is the talk that is corrected.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        written: &Written,
        except: Option<TalkId>,
        out: &mut Outbox,
    ) {
        scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        ScrollArea::vertical().auto_shrink(false).id_salt("aside").show(ui, |ui| {
            Frame::new().inner_margin(Margin { left: 24, right: 24, top: 12, bottom: 16 }).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 0.0;
                self.body_ui(ui, scene, written, except, out);
            });
        });
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, written: &Written, except: Option<TalkId>, out: &mut Outbox) {
        if written.partners.is_empty() {
            heading(ui, "谈话对象");
            ui.add_space(space::S);
            quiet_line(ui, "选好谈话对象，这里看以往的谈话和没办结的事");
            return;
        }
        self.shown = self.shown.min(written.partners.len() - 1);
        if written.partners.len() > 1 {
            self.choice_ui(ui, &written.partners);
        }
        let seat = &written.partners[self.shown];
        let Some(person) = seat.person else {
            strong(ui, &seat.name);
            note(ui, "名册外的人，不计入覆盖");
            return;
        };
        self.member.ask(scene, Member { id: person, as_of: scene.today });
        let member = self.member.shown().and_then(Option::as_ref).filter(|page| page.file.person.id == person);
        who_ui(ui, person, seat, member, out);
        self.lacks_ui(ui, person);
        let Some(page) = member else { return };
        ui.add_space(space::M);
        rule(ui);
        ui.add_space(space::S);
        open_ui(ui, scene, page, except, out);
        ui.add_space(space::M);
        rule(ui);
        ui.add_space(space::S);
        self.effect.show(ui);
        ui.add_space(space::S);
        rule(ui);
        ui.add_space(space::S);
        earlier_ui(ui, page, except, out);
    }

    fn lacks_ui(&self, ui: &mut Ui, person: PersonId) {
        let lacks = self.lacks(person);
        if lacks.is_empty() {
            return;
        }
        ui.add_space(space::XS);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
            for relation in lacks {
                ui.add(Badge::new(&format!("{relation}：还缺")).tone(Tone::Amber));
            }
        });
    }

    /// Which of several partners is shown: few side by side, many one after the other.
    fn choice_ui(&mut self, ui: &mut Ui, partners: &[Seat]) {
        if partners.len() <= 4 {
            let names: Vec<&str> = partners.iter().map(|seat| seat.name.as_str()).collect();
            if let Some(place) = Segments::new("看谁", &names, Some(self.shown)).show(ui) {
                self.shown = place;
            }
        } else {
            ui.horizontal(|ui| {
                note(ui, &format!("第 {} 人，共 {} 人", self.shown + 1, partners.len()));
                if link(ui, "下一人").clicked() {
                    self.shown = (self.shown + 1) % partners.len();
                }
            });
        }
        ui.add_space(space::S);
    }
}

/// The time whose coverage is told: the one that the form was opened for, else the year of the talk.
fn time(scene: &Scene<'_>, written: &Written, start: &TalkStart) -> Time {
    let date = written.date(scene.today).filter(|date| date.first_day() <= scene.today);
    let day = date.map_or(scene.today, PartialDate::first_day);
    start.time.unwrap_or(Time::of(Span::Year(day.year())))
}

/// In which relations a coverage lacks a talk with somebody.
fn lacked(coverage: &Coverage, person: PersonId) -> Vec<Relation> {
    let of_people = [&coverage.with_committee, &coverage.among_members].into_iter().flatten();
    let missing = of_people.filter(|board| board.of(State::Missing).any(|need| need.whom == person));
    let mut lacked: Vec<Relation> = missing.map(|board| board.relation).collect();
    let mut pairs = coverage.pairs.iter().flat_map(|board| board.of(State::Missing));
    if pairs.any(|need| need.whom.0 == person || need.whom.1 == person) {
        lacked.push(Relation::Committee);
    }
    let mut events = coverage.after_events.iter().flat_map(|board| &board.needs);
    if events.any(|need| need.state != State::Done && need.whom.occasion.person == person) {
        lacked.push(Relation::AfterEvents);
    }
    lacked
}

fn who_ui(ui: &mut Ui, person: PersonId, seat: &Seat, member: Option<&MemberPage>, out: &mut Outbox) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        strong(ui, &seat.name);
        if let Some(page) = member {
            let value = |known: Known| page.values.get(&known.into()).cloned();
            let age = page.age.map(|age| format!("{age} 岁"));
            let standing = page.standing_years.map(|years| format!("党龄 {years} 年"));
            let category = page.category.map(|category| category.label().to_owned());
            let words: Vec<String> = [value(Known::Sex), age, standing.or(category)].into_iter().flatten().collect();
            weak(ui, &words.join("·"));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if link(ui, "党员页").clicked() {
                out.go(Page::Member(person));
            }
        });
    });
    if let Some(page) = member {
        let mut posts: Vec<String> = Vec::new();
        for fact in page.file.facts_on(FactKind::Post, page.as_of) {
            // 书记 of two organisations is told once.
            posts.extend(fact.value.clone().filter(|post| !posts.contains(post)));
        }
        let group = page.values.get(&Known::Group.into()).cloned();
        let duty = page.values.get(&Known::Job.into()).cloned();
        let words: Vec<String> = posts.into_iter().chain(duty).chain(group).collect();
        small(ui, &words.join("·"));
    }
}

/// What is still to be done after talks with the person; after that of the form, too, which is not
/// closed here: what is being changed of it must not be saved over that.
fn open_ui(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, own: Option<TalkId>, out: &mut Outbox) {
    let talks = page.talks.iter().filter(|talk| talk.as_partner);
    let all = talks.flat_map(|talk| talk.follow_ups.iter().map(move |follow_up| (talk, follow_up)));
    let mut open: Vec<_> = all.filter(|(_, follow_up)| follow_up.done_on.is_none()).collect();
    open.sort_by_key(|(_, follow_up)| (follow_up.due.is_none(), follow_up.due.map(PartialDate::last_day)));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        heading(ui, "未办结");
        weak(ui, &open.len().to_string());
    });
    if open.is_empty() {
        quiet_line(ui, "没有未办结的跟进");
    }
    for (talk, follow_up) in open {
        ui.add_space(space::S);
        let (words, tone) = due_words(follow_up, scene.today);
        let is_own = Some(talk.id) == own;
        let words = if is_own { format!("这次谈话的·{words}") } else { words };
        remark(ui, Icon::CircleDot, tone, &follow_up.measure);
        ui.horizontal(|ui| {
            ui.add_space(space::XL);
            note(ui, &words);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = format!("办结：{}", follow_up.measure);
                if scene.frozen.is_none() && !is_own && row_link(ui, "办结…", &name, true).clicked() {
                    let about = format!("谈话 {}·{}", talk.number, talk.partners);
                    out.open(CloseFollowUpDialog::new(follow_up.id, &follow_up.measure, &about));
                }
            });
        });
    }
}

/// 「2026-09-30·迟 55 天」, and how it looks.
fn due_words(follow_up: &FollowUp, today: Day) -> (String, Tone) {
    let Some(due) = follow_up.due else { return ("没有时限".to_owned(), Tone::Neutral) };
    match today.since(due.last_day()).map(|span| span.get_days()) {
        Ok(days) if days > 0 => (format!("{due}·迟 {days} 天"), Tone::Amber),
        _ => (due.to_string(), Tone::Neutral),
    }
}

/// What was before, the latest first; a talk opens.
fn earlier_ui(ui: &mut Ui, page: &MemberPage, except: Option<TalkId>, out: &mut Outbox) {
    heading(ui, "以往");
    let is_told = |it: &&Happening| !it.is_future && (it.talk.is_none() || it.talk != except);
    let lines: Vec<&Happening> = page.timeline.iter().filter(is_told).take(TOLD).collect();
    if lines.is_empty() {
        quiet_line(ui, "还没有谈过");
    }
    for (nth, line) in lines.iter().enumerate() {
        let dot = match line.kind {
            HappeningKind::Talk => Dot::Open,
            HappeningKind::Party | HappeningKind::Post => Dot::Full,
            _ => Dot::Quiet,
        };
        let row = TimelineRow::new(&line.date, dot, &line.title).note(&line.note);
        let row = row.first(nth == 0).last(nth + 1 == lines.len());
        match line.talk {
            Some(talk) => {
                if row.opens().show(ui).clicked() {
                    out.go(Page::WriteTalk(TalkStart::of(talk)));
                }
            }
            None => drop(row.show(ui)),
        }
    }
}
