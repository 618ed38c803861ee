//! Owns the lists of who is missing in each relation, with the last talk and what can be done; of an opened ratio also
//! who is not missing; at the end who is left out and why.
//! Must never count. Start at [`show`].

use egui::{Align, Color32, Label, Layout, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::Shown;
use super::holes::{Deed, Hole, links_ui, plan_words, print_sheets};
use super::pairs::last_words;
use crate::domain::coverage::{Due, Need, Relation, State, WhyLeftOut};
use crate::domain::ids::PersonId;
use crate::domain::rules::RuleGroup;
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::screens::Page;
use crate::ui::theme::{self, Type, height, space};
use crate::ui::widgets::{Button, Icon, Tone, heading, link, quiet_line, row_link, scroll_handles, toned_small, weak};
use crate::view::talk_plan::PlannedLine;

/// One line of the lists.
enum Line {
    Head { title: &'static str, words: String, missing: Vec<Hole> },
    Person { hole: Hole, name: String, place: String, last: String, tone: Tone, state: State },
    LeftOut { person: PersonId, name: String, place: String, why: WhyLeftOut },
    Quiet(&'static str),
}

/// Draws the lists over all room there is.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, shown: &Shown<'_>, opened: Option<Relation>, out: &mut Outbox) {
    let lines = lines(shown, opened);
    let whole = ui.available_rect_before_wrap();
    let foot = whole.with_min_y(whole.bottom() - height::HEAD);
    let list = whole.with_max_y(foot.top());
    ui.scope_builder(UiBuilder::new().max_rect(list).id_salt("missing"), |ui| {
        scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, height::HEAD, lines.len(), |ui, rows| {
            for place in rows {
                ui.push_id(place, |ui| line_ui(ui, scene, shown, &lines[place], out));
            }
        });
    });
    ui.scope_builder(UiBuilder::new().max_rect(foot.shrink2(vec2(space::L, 0.0))).id_salt("left out"), |ui| {
        foot_ui(ui, shown, opened, out);
    });
    ui.advance_cursor_after_rect(whole);
}

/// Draws them as high as they are, on a page that scrolls as a whole.
pub fn show_whole(ui: &mut Ui, scene: &Scene<'_>, shown: &Shown<'_>, opened: Option<Relation>, out: &mut Outbox) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for (place, line) in lines(shown, opened).iter().enumerate() {
        ui.push_id(place, |ui| line_ui(ui, scene, shown, line, out));
    }
    let (foot, _) = ui.allocate_exact_size(vec2(ui.available_width(), height::HEAD), Sense::hover());
    ui.scope_builder(UiBuilder::new().max_rect(foot.shrink2(vec2(space::L, 0.0))).id_salt("left out"), |ui| {
        foot_ui(ui, shown, opened, out);
    });
}

/// The lines: of all relations who is missing, or of the opened one everybody.
fn lines(shown: &Shown<'_>, opened: Option<Relation>) -> Vec<Line> {
    let coverage = &shown.board.coverage;
    let mut lines = Vec::new();
    let relations = [Relation::Committee, Relation::WithCommittee, Relation::AmongMembers, Relation::AfterEvents];
    for relation in relations {
        let is_wanted = opened.map_or(relation != Relation::Committee, |opened| opened == relation);
        if !is_wanted {
            continue;
        }
        let people: Vec<Line> = match relation {
            Relation::Committee => {
                coverage.pairs.iter().flat_map(|it| &it.needs).map(|need| pair(shown, need)).collect()
            }
            Relation::WithCommittee => {
                of_people(shown, relation, coverage.with_committee.iter().flat_map(|it| &it.needs))
            }
            Relation::AmongMembers => {
                of_people(shown, relation, coverage.among_members.iter().flat_map(|it| &it.needs))
            }
            Relation::AfterEvents => {
                coverage.after_events.iter().flat_map(|it| &it.needs).map(|need| occasion(shown, need)).collect()
            }
        };
        push_groups(&mut lines, relation, people, opened.is_some());
    }
    push_left_out(&mut lines, shown, opened);
    lines
}

/// Whether the lists say who is left out.
fn lists_left_out(shown: &Shown<'_>, opened: Option<Relation>) -> bool {
    !shown.board.coverage.left_out.is_empty() && opened != Some(Relation::AfterEvents)
}

/// Who is left out of all three relations, at the end; where one of them is opened too.
fn push_left_out(lines: &mut Vec<Line>, shown: &Shown<'_>, opened: Option<Relation>) {
    let left_out = &shown.board.coverage.left_out;
    if !lists_left_out(shown, opened) {
        return;
    }
    let words = format!("{} 人，支委之间、支委和党员、党员和党员都不算", left_out.len());
    lines.push(Line::Head { title: "不列入", words, missing: Vec::new() });
    lines.extend(left_out.iter().map(|out| Line::LeftOut {
        person: out.person,
        name: shown.board.called(out.person),
        place: shown.board.person(out.person).place().to_owned(),
        why: out.why,
    }));
}

/// Who is missing under their head, then, where the ratio is opened, who is not.
fn push_groups(lines: &mut Vec<Line>, relation: Relation, people: Vec<Line>, with_done: bool) {
    let is = |wanted: State| move |line: &Line| matches!(line, Line::Person { state, .. } if *state == wanted);
    let count = |state| people.iter().filter(|line| is(state)(line)).count();
    let counts = [count(State::Missing), count(State::Open), count(State::Done)];
    let holes = people.iter().filter_map(|line| match line {
        Line::Person { hole, state, .. } if *state != State::Done => Some(hole.clone()),
        _ => None,
    });
    let missing: Vec<Hole> = holes.collect();
    let unit = relation.unit();
    let mut words = format!("还缺 {} {unit}", counts[0]);
    if counts[1] > 0 {
        words.push_str(&format!("，待谈 {} {unit}", counts[1]));
    }
    let is_whole = missing.is_empty();
    let title = relation.label();
    lines.push(Line::Head { title, words, missing });
    if is_whole {
        lines.push(Line::Quiet(if people.is_empty() { "没有要谈的" } else { "都谈过了" }));
    }
    let (done, rest): (Vec<Line>, Vec<Line>) = people.into_iter().partition(is(State::Done));
    lines.extend(rest);
    if with_done && !done.is_empty() {
        lines.push(Line::Head { title, words: format!("已谈 {} {unit}", done.len()), missing: Vec::new() });
        lines.extend(done);
    }
}

fn of_people<'n>(shown: &Shown<'_>, relation: Relation, needs: impl Iterator<Item = &'n Need<PersonId>>) -> Vec<Line> {
    let line = |need: &Need<PersonId>| {
        let months = need.months_since(shown.as_of);
        let hole = Hole::of_person(shown, relation, need.whom, None);
        let (last, tone) = standing(need, last_words(need.last, months), months, hole.plan.as_deref());
        Line::Person {
            hole,
            place: shown.board.person(need.whom).place().to_owned(),
            name: shown.board.called(need.whom),
            last,
            tone,
            state: need.state,
        }
    };
    needs.map(line).collect()
}

fn pair(shown: &Shown<'_>, need: &Need<(PersonId, PersonId)>) -> Line {
    let (one, other) = need.whom;
    let months = need.months_since(shown.as_of);
    let hole = Hole::of_pair(shown, need.whom);
    let (last, tone) = standing(need, last_words(need.last, months), months, hole.plan.as_deref());
    Line::Person {
        hole,
        name: format!("{} 和 {}", shown.board.called(one), shown.board.called(other)),
        place: String::new(),
        last,
        tone,
        state: need.state,
    }
}

fn occasion(shown: &Shown<'_>, need: &Need<Due>) -> Line {
    let due = need.whom;
    let person = due.occasion.person;
    let words = match (need.state, need.held.last()) {
        (State::Done, Some(held)) => format!("{} 谈了", held.held_on),
        (State::Open, _) => format!("{} 前谈", due.until),
        _ => format!("该在 {} 前谈", due.until),
    };
    let hole = Hole::of_occasion(shown, &due);
    let months = (need.state != State::Missing).then_some(0);
    let (last, tone) = standing(need, words, months, hole.plan.as_deref().filter(|_| need.state == State::Open));
    Line::Person {
        hole,
        name: shown.board.called(person),
        place: format!("{} {}", due.occasion.day, due.occasion.kind.label()),
        last,
        tone,
        state: need.state,
    }
}

/// How something stands, and how that looks: that it is planned, else these words; `months` are those since the last
/// talk.
fn standing<W>(need: &Need<W>, words: String, months: Option<i64>, planned: Option<&PlannedLine>) -> (String, Tone) {
    match planned {
        _ if need.state == State::Done => (words, Tone::Neutral),
        Some(line) => (plan_words(line), Tone::Act),
        None if months.is_none_or(|months| months >= 12) => (words, Tone::Amber),
        None => (words, Tone::Neutral),
    }
}

fn line_ui(ui: &mut Ui, scene: &Scene<'_>, shown: &Shown<'_>, line: &Line, out: &mut Outbox) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height::HEAD), Sense::hover());
    let is_near = response.contains_pointer() || ui.rect_contains_pointer(rect);
    let is_head = matches!(line, Line::Head { .. });
    ground_ui(ui, rect, is_head, is_near);
    let inner = rect.shrink2(vec2(space::L, 0.0));
    let right = UiBuilder::new().max_rect(inner).id_salt("right").layout(Layout::right_to_left(Align::Center));
    let mut asked: Option<Deed> = None;
    let left_of_right = ui
        .scope_builder(right, |ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            match line {
                Line::Head { title, missing, .. } => head_buttons_ui(ui, scene, shown, title, missing, out),
                Line::Person { hole, name, last, tone, state, .. } => {
                    let about = match hole.relation {
                        Relation::Committee => name.clone(),
                        relation => format!("{name}（{}）", relation.label()),
                    };
                    if *state != State::Done {
                        asked = links_ui(ui, shown, hole, &about, is_near);
                    }
                    toned_small(ui, last, *tone);
                }
                Line::LeftOut { why, .. } => {
                    toned_small(ui, why.label(), Tone::Neutral).on_hover_text(shown.board.reason(*why));
                }
                Line::Quiet(_) => {}
            }
            ui.min_rect().left()
        })
        .inner;
    let room = inner.with_max_x((left_of_right - space::S).max(inner.left()));
    words_ui(ui, line, room, is_near, out);
    if let (Some(deed), Line::Person { hole, .. }) = (asked, line) {
        hole.wish(deed, scene, shown, out);
    }
}

/// A line below; heads on their own ground, the row that is near on that of rows.
fn ground_ui(ui: &Ui, rect: Rect, is_head: bool, is_near: bool) {
    let t = theme::tokens(ui);
    match (is_head, is_near) {
        (true, _) => ui.painter().rect_filled(rect, 0, t.head),
        (false, true) => ui.painter().rect_filled(rect, 0, t.hover),
        (false, false) => return line_below(ui, rect),
    };
    line_below(ui, rect);
}

fn line_below(ui: &Ui, rect: Rect) {
    let line = rect.with_min_y(rect.bottom() - theme::px(ui.pixels_per_point()));
    ui.painter().rect_filled(line, 0, theme::tokens(ui).line);
}

fn words_ui(ui: &mut Ui, line: &Line, room: Rect, is_near: bool, out: &mut Outbox) {
    let builder = UiBuilder::new().max_rect(room).id_salt("words").layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.set_clip_rect(room.intersect(ui.clip_rect()));
        ui.spacing_mut().item_spacing.x = space::M;
        match line {
            Line::Head { title, words, .. } => {
                heading(ui, title);
                weak(ui, words);
            }
            Line::Person { hole: Hole { partner: person, .. }, name, place, .. }
            | Line::LeftOut { person, name, place, .. } => {
                if row_link(ui, name, &format!("党员页：{name}"), is_near).clicked() {
                    out.go(Page::Member(*person));
                }
                let color = theme::tokens(ui).ink2;
                cut(ui, place, Type::Body, color);
            }
            Line::Quiet(words) => quiet_line(ui, words),
        }
    });
}

/// A text that is cut off where there is no room for more, and whole where the pointer rests.
fn cut(ui: &mut Ui, text: &str, size: Type, color: Color32) {
    ui.add(Label::new(RichText::new(text).font(size.font()).color(color)).selectable(false).truncate());
}

/// What is done about all who are missing in a relation.
fn head_buttons_ui(ui: &mut Ui, scene: &Scene<'_>, shown: &Shown<'_>, title: &str, missing: &[Hole], out: &mut Outbox) {
    if missing.is_empty() {
        return;
    }
    ui.spacing_mut().item_spacing.x = space::S;
    let name = format!("打印空白表：{title}");
    let sheets = Button::plain("打印空白表…").icon(Icon::Printer).small().name(&name).enabled(shown.may);
    if ui.add(sheets).clicked() {
        print_sheets(shown.board.organisation, missing, scene, out);
    }
}

/// Who is left out in short, with the reason, where the lists do not say it; and the way to the rules.
fn foot_ui(ui: &mut Ui, shown: &Shown<'_>, opened: Option<Relation>, out: &mut Outbox) {
    let left_out = &shown.board.coverage.left_out;
    let people: Vec<String> =
        left_out.iter().map(|it| format!("{}（{}）", shown.board.called(it.person), it.why.label())).collect();
    let right = Layout::right_to_left(Align::Center);
    ui.with_layout(right, |ui| {
        if link(ui, "规则怎样算").clicked() {
            out.wish(Wish::ShowRules(RuleGroup::Talks));
        }
        if lists_left_out(shown, opened) {
            return;
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.set_clip_rect(ui.max_rect().intersect(ui.clip_rect()));
            let words = match people.len() {
                0 => "没有不列入的人".to_owned(),
                count => format!("不列入 {count} 人：{}", people.join("、")),
            };
            let color = theme::tokens(ui).ink3;
            cut(ui, &words, Type::Small, color);
        });
    });
}
