//! Owns the column beside the form of a talk: who the partner is, what is still to be done, what was before, and what the
//! talk does to the coverage. Must never change what is written. Start at [`Aside::show`].

use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui, vec2};

use super::written::Written;
use crate::domain::coverage::{Relation, State};
use crate::domain::dates::Period;
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{PersonId, TalkId};
use crate::domain::talks::TalkTypes;
use crate::engine::questions::{CoverageOf, Member, TalksOfPerson};
use crate::ui::dialogs::follow_up::CloseFollowUpDialog;
use crate::ui::live::Live;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::screens::talks::effect::{self, EffectOf};
use crate::ui::screens::{Page, TalkStart};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Badge, Dot, Icon, Segments, TimelineRow, Tone, heading, link, note, quiet_line, remark, row_link, rule,
    scroll_handles, small, strong, weak,
};
use crate::view::coverage::CoverageAsk;
use crate::view::member::{HappeningKind, MemberPage};
use crate::view::talks::{FollowUpLine, FollowUpState, PersonTalk, Seat};

/// Lines of what was before that are told; the member's page has all.
const TOLD: usize = 12;

/// What the column keeps between frames.
#[derive(Debug, Default)]
pub struct Aside {
    /// Which of several partners is shown.
    shown: usize,
    member: Live<Member>,
    talks: Live<TalksOfPerson>,
    board: Live<CoverageOf>,
    effect: EffectOf,
}

/// Something that was before: a talk, or what happened to the person.
enum Earlier<'a> {
    Talk(&'a PersonTalk),
    Happened { date: &'a str, kind: HappeningKind, title: &'a str, note: &'a str },
}

impl Aside {
    /// Asks what the coverage lacks of the partners, and what the talk would do to it.
    pub fn ask(&mut self, scene: &Scene<'_>, written: &Written, types: &TalkTypes, except: Option<TalkId>) {
        let date = written.date(scene.today).filter(|date| date.first_day() <= scene.today);
        let year = date.map_or(scene.today.year(), |date| date.year());
        let (Some(organisation), Some(period)) = (written.ledger, Period::year(year)) else { return };
        self.board.ask(scene, CoverageOf(CoverageAsk::until_today(organisation, period, scene.today)));
        let talk = effect::seen(&written.draft(types, scene.today), types, scene.today, 0);
        self.effect.ask(scene, organisation, year, except, talk.into_iter().collect());
    }

    /// In which relations the coverage lacks a talk with somebody.
    fn lacks(&self, person: PersonId) -> Vec<&'static str> {
        let Some(coverage) = self.board.shown().map(|board| &board.coverage) else { return Vec::new() };
        let of_people = [&coverage.with_committee, &coverage.among_members].into_iter().flatten();
        let missing = of_people.filter(|board| board.of(State::Missing).any(|need| need.whom == person));
        let mut lacks: Vec<&str> = missing.map(|board| board.relation.label()).collect();
        let pairs = coverage.pairs.iter().flat_map(|board| board.of(State::Missing));
        if pairs.into_iter().any(|need| need.whom.0 == person || need.whom.1 == person) {
            lacks.push(Relation::Committee.label());
        }
        let events = coverage.after_events.iter().flat_map(|board| &board.needs);
        if events.into_iter().any(|need| need.state != State::Done && need.whom.occasion.person == person) {
            lacks.push(Relation::AfterEvents.label());
        }
        lacks
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
        self.talks.ask(scene, TalksOfPerson { person, except, as_of: scene.today });
        let member = self.member.shown().and_then(Option::as_ref).filter(|page| page.file.person.id == person);
        who_ui(ui, person, seat, member, out);
        self.lacks_ui(ui, person);
        let Some(talks) = self.talks.current() else { return };
        ui.add_space(space::M);
        rule(ui);
        ui.add_space(space::S);
        open_ui(ui, scene, &talks.open, out);
        ui.add_space(space::M);
        rule(ui);
        ui.add_space(space::S);
        self.effect.show(ui);
        ui.add_space(space::S);
        rule(ui);
        ui.add_space(space::S);
        earlier_ui(ui, member, &talks.talks, out);
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
        let posts = page.file.facts_on(FactKind::Post, page.as_of).filter_map(|fact| fact.value.clone());
        let group = page.values.get(&Known::Group.into()).cloned();
        let duty = page.values.get(&Known::Job.into()).cloned();
        let words: Vec<String> = posts.chain(duty).chain(group).collect();
        small(ui, &words.join("·"));
    }
}

fn open_ui(ui: &mut Ui, scene: &Scene<'_>, open: &[FollowUpLine], out: &mut Outbox) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        heading(ui, "未办结");
        weak(ui, &open.len().to_string());
    });
    if open.is_empty() {
        quiet_line(ui, "没有未办结的跟进");
    }
    for line in open {
        ui.add_space(space::S);
        let (words, tone) = due_words(line);
        remark(ui, Icon::CircleDot, tone, &line.measure);
        ui.horizontal(|ui| {
            ui.add_space(space::XL);
            note(ui, &words);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = format!("办结：{}", line.measure);
                if scene.frozen.is_none() && row_link(ui, "办结…", &name, true).clicked() {
                    out.open(CloseFollowUpDialog::new(line.clone()));
                }
            });
        });
    }
}

/// 「9月30日·迟 55 天」, and how it looks.
pub fn due_words(line: &FollowUpLine) -> (String, Tone) {
    let due = line.due.map_or_else(|| "没有时限".to_owned(), |due| due.to_string());
    let owner = if line.owner.is_empty() { String::new() } else { format!("{}·", line.owner) };
    match (line.state, line.days_late) {
        (FollowUpState::Overdue, Some(days)) => (format!("{owner}{due}·迟 {days} 天"), Tone::Amber),
        _ => (format!("{owner}{due}"), Tone::Neutral),
    }
}

/// What was before, the latest first.
fn earlier_ui(ui: &mut Ui, member: Option<&MemberPage>, talks: &[PersonTalk], out: &mut Outbox) {
    heading(ui, "以往");
    let mut lines: Vec<(String, Earlier<'_>)> =
        talks.iter().map(|talk| (talk.held_on.to_string(), Earlier::Talk(talk))).collect();
    let timeline = member.map(|page| page.timeline.as_slice()).unwrap_or_default();
    lines.extend(timeline.iter().filter(|it| !it.is_future).map(|it| {
        let happened = Earlier::Happened { date: &it.date, kind: it.kind, title: &it.title, note: &it.note };
        (it.date.clone(), happened)
    }));
    lines.sort_by(|(one, _), (other, _)| other.cmp(one));
    if lines.is_empty() {
        quiet_line(ui, "还没有谈过");
        return;
    }
    let count = lines.len().min(TOLD);
    ui.allocate_ui(vec2(ui.available_width(), 0.0), |ui| {
        for (nth, (_, line)) in lines.iter().take(TOLD).enumerate() {
            let (first, last) = (nth == 0, nth + 1 == count);
            match line {
                Earlier::Talk(talk) => {
                    let (date, words, below) = talk_words(talk);
                    let row = TimelineRow::new(&date, Dot::Open, &words).note(&below).first(first).last(last).opens();
                    if row.show(ui).clicked() {
                        let start = TalkStart::of(talk.id);
                        out.go(Page::WriteTalk(start));
                    }
                }
                Earlier::Happened { date, kind, title, note } => {
                    let party = matches!(kind, HappeningKind::Party | HappeningKind::Post);
                    let dot = if party { Dot::Full } else { Dot::Quiet };
                    TimelineRow::new(date, dot, title).note(note).first(first).last(last).show(ui);
                }
            }
        }
    });
}

/// 「谈话：林秀英 和他（民主评议反馈）」, and below the number and what it was about.
fn talk_words(talk: &PersonTalk) -> (String, String, String) {
    let words = if talk.as_partner {
        format!("谈话：{}（{}）", talk.with, talk.kind)
    } else {
        format!("谈话：和 {}（{}）", talk.with, talk.kind)
    };
    let below = [talk.number.to_string(), talk.about.clone()];
    let below = below.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("·");
    (talk.held_on.to_string(), words, below)
}
