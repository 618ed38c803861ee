//! Owns the pairs of the committee as a matrix; a cell opens its talks, or what can be done about it.
//! Must never count. Start at [`show`].

use egui::{Align, Layout, ScrollArea, Ui, vec2};

use super::Shown;
use super::holes::{Deed, Hole, buttons_ui, due_words, plan_words};
use crate::domain::coverage::{Held, State};
use crate::domain::ids::PersonId;
use crate::ui::outbox::Outbox;
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::{Page, TalkStart};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    EmptyState, MatrixPerson, PairMatrix, PairState, heading, link, matrix_key, note, popup_inset, scroll_handles,
    strong,
};
use crate::view::coverage::CoverageBoard;
use crate::view::talk_plan::PlannedLine;

/// What was pressed in the popup of a cell.
enum Pressed {
    Do(Hole, Deed),
    Open(Held),
}

/// Room that the matrix takes with its sheet.
pub fn width(scene: &Scene<'_>, board: &CoverageBoard) -> f32 {
    let people: Vec<MatrixPerson<'_>> =
        board.coverage.committee.iter().map(|_| MatrixPerson { name: "", short: "", post: "" }).collect();
    // A large one is scrolled where the window is low.
    let scrolled = if people.len() > 6 || scene.width == Width::Medium { 12.0 } else { 0.0 };
    let matrix = PairMatrix::new("", &people, &|_| PairState::Missing { times: 0 }).small(scene.width != Width::Wide);
    matrix.size().x + 36.0 + scrolled
}

/// Draws the matrix with its head and its key.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, shown: &Shown<'_>, out: &mut Outbox) {
    let board = shown.board;
    ui.spacing_mut().item_spacing.y = 0.0;
    let head = vec2(ui.available_width(), 22.0);
    ui.allocate_ui_with_layout(head, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        heading(ui, "支委之间");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            note(ui, &format!("按 {} 的班子计", shown.as_of));
        });
    });
    ui.add_space(if scene.width == Width::Wide { space::M } else { space::S });
    let committee = &board.coverage.committee;
    if board.coverage.pairs.is_none() {
        EmptyState::new("支委之间的规则停用了", "在设置的规则里可以启用").show(ui);
        return;
    }
    if committee.len() < 2 {
        EmptyState::new("没有要互相谈的支委", "书记、副书记和委员的任职记在“党组织”里").show(ui);
        return;
    }
    let heads: Vec<[String; 3]> = committee.iter().map(|id| head_of(board, *id)).collect();
    let people: Vec<MatrixPerson<'_>> =
        heads.iter().map(|[name, short, post]| MatrixPerson { name, short, post }).collect();
    let state = |(one, other): (usize, usize)| state_of(shown, committee[one], committee[other]);
    scroll_handles(theme::tokens(ui), &mut ui.visuals_mut().widgets);
    let mut pressed = None;
    // A page that scrolls as a whole scrolls here sideways only.
    let narrow = scene.width == Width::Narrow;
    let area = if narrow { ScrollArea::horizontal() } else { ScrollArea::both() };
    area.id_salt("matrix").auto_shrink([false, true]).show(ui, |ui| {
        pressed = PairMatrix::new("支委之间", &people, &state)
            .small(scene.width != Width::Wide)
            .show(ui, |ui, (one, other)| popup_ui(ui, shown, (committee[one], committee[other])));
        ui.add_space(if scene.width == Width::Wide { space::S } else { space::XS });
        matrix_key(ui);
    });
    match pressed {
        Some(Pressed::Do(hole, deed)) => hole.wish(deed, scene, shown, out),
        Some(Pressed::Open(held)) => out.go(Page::WriteTalk(TalkStart::of(held.talk))),
        None => {}
    }
}

/// How a member of the committee is called, the bare name, and what stands below that: the post tells who it is, but where
/// two of the committee bear the name; then the birth does.
fn head_of(board: &CoverageBoard, id: PersonId) -> [String; 3] {
    let person = board.person(id);
    let is_borne_twice =
        board.coverage.committee.iter().filter(|it| board.person(**it).name == person.name).count() > 1;
    let below = match person.told_apart.filter(|_| is_borne_twice) {
        Some(birth) => birth.trim_end_matches(" 生").to_owned(),
        None => short_post(&person.posts).to_owned(),
    };
    [board.called(id), person.name, below]
}

/// What a member of the committee answers for, as it stands below the name: 组织委员 is 组织, 委员 and 支部委员 stay.
fn short_post(post: &str) -> &str {
    let bodies = ["支部", "总支", "党委", "委员会", "支委会"];
    let names_field = |field: &&str| !field.is_empty() && !bodies.iter().any(|body| field.ends_with(body));
    post.strip_suffix("委员").filter(names_field).unwrap_or(post)
}

fn state_of(shown: &Shown<'_>, one: PersonId, other: PersonId) -> PairState {
    let need = shown.board.pair(one, other);
    match need.filter(|need| need.state == State::Done).and_then(|need| Some((need, need.held.last()?))) {
        Some((need, last)) => PairState::Talked { last: last.held_on.short(), times: need.held.len() },
        None => match Hole::of_pair(shown, (one, other)).plan {
            Some(line) => PairState::Planned(due_words(&line)),
            None => PairState::Missing { times: need.map_or(0, |need| need.held.len()) },
        },
    }
}

/// Whether a planned talk is one of these two.
pub fn is_of(line: &PlannedLine, one: PersonId, other: PersonId) -> bool {
    let both = (line.planned.talker, line.planned.partner);
    both == (Some(one), Some(other)) || both == (Some(other), Some(one))
}

/// Below a cell: its talks, when they talked last, and what can be done.
fn popup_ui(ui: &mut Ui, shown: &Shown<'_>, pair: (PersonId, PersonId)) -> Option<Pressed> {
    let board = shown.board;
    let need = board.pair(pair.0, pair.1)?;
    let mut pressed = None;
    popup_inset(ui, |ui| {
        let both = format!("{} 和 {}", board.called(pair.0), board.called(pair.1));
        strong(ui, &both);
        if need.held.is_empty() {
            note(ui, &last_words(need.last, need.months_since(shown.as_of)));
        }
        let hole = Hole::of_pair(shown, pair);
        if let Some(line) = hole.plan.as_deref().filter(|_| need.state != State::Done) {
            note(ui, &plan_words(line));
        }
        for held in need.held.iter().rev() {
            ui.add_space(space::XS);
            ui.horizontal(|ui| {
                ui.spacing_mut().interact_size.y = 0.0;
                if link(ui, &format!("{} 谈话", held.held_on)).clicked() {
                    pressed = Some(Pressed::Open(*held));
                    ui.close();
                }
            });
        }
        ui.add_space(space::S);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if let Some(deed) = buttons_ui(ui, shown, &hole, &both) {
                pressed = Some(Pressed::Do(hole, deed));
            }
        });
    });
    pressed
}

/// 「上次 2025-10-30·12 个月前」
pub fn last_words(last: Option<Held>, months: Option<i64>) -> String {
    match (last, months) {
        (Some(last), Some(months)) if months >= 12 => format!("上次 {}·{months} 个月", last.held_on),
        (Some(last), _) => format!("上次 {}", last.held_on),
        (None, _) => "还没谈过".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::short_post;

    #[test]
    fn a_post_is_shortened_to_what_it_answers_for() {
        for (post, short) in
            [("组织委员", "组织"), ("书记", "书记"), ("委员", "委员"), ("支部委员", "支部委员"), ("支委", "支委")]
        {
            assert_eq!(short_post(post), short);
        }
    }
}
