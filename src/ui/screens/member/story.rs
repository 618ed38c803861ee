//! Owns the middle column of a member's page: what happened when.
//! Must never read anything: it shows what the page holds. Start at [`show`].

use egui::{Align, Layout, Ui};

use super::Middle;
use crate::ui::dialogs::edit_member::EditMember;
use crate::ui::dialogs::event::EventDialog;
use crate::ui::dialogs::fact_history::FactHistory;
use crate::ui::outbox::Outbox;
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::{Page, TalkStart};
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Dot, Segments, TimelineRow, heading, link, quiet_line};
use crate::view::member::{Happening, HappeningKind, MemberPage};

/// Which part of the timeline is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    All,
    Party,
    Posts,
    Memberships,
    Awards,
    Talks,
}

impl Shown {
    const ALL: [Self; 6] = [Self::All, Self::Party, Self::Posts, Self::Memberships, Self::Awards, Self::Talks];

    fn word(self) -> &'static str {
        match self {
            Self::All => "全部",
            Self::Party => "党籍",
            Self::Posts => "职务",
            Self::Memberships => "组织关系",
            Self::Awards => "表彰处分",
            Self::Talks => "谈话",
        }
    }

    fn holds(self, kind: HappeningKind) -> bool {
        match self {
            Self::All => true,
            Self::Party => kind == HappeningKind::Party,
            Self::Posts => kind == HappeningKind::Post,
            Self::Memberships => kind == HappeningKind::Membership,
            Self::Awards => kind == HappeningKind::Award,
            Self::Talks => kind == HappeningKind::Talk,
        }
    }
}

/// Draws the timeline; `middle` is set when something else is asked for in its place.
pub fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    page: &MemberPage,
    shown: &mut Shown,
    middle: &mut Middle,
    out: &mut Outbox,
) {
    let waiting = page.findings.len();
    ui.horizontal(|ui| {
        ui.set_min_height(height::CHIP);
        heading(ui, "时间线");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            // Where there is no room for a third column, what stands in it is asked for here.
            if scene.width == Width::Wide {
                return;
            }
            let word =
                if waiting == 0 { "职务、转接、自留栏".to_owned() } else { format!("待核 {waiting}") };
            if link(ui, &word).clicked() {
                *middle = Middle::Aside;
            }
            if !page.talks.is_empty() && link(ui, "谈话逐篇看").clicked() {
                *middle = Middle::Talks;
            }
        });
    });
    ui.add_space(space::XS);
    shown_ui(ui, shown);
    ui.add_space(space::S);
    let rows: Vec<&Happening> = page.timeline.iter().filter(|happening| shown.holds(happening.kind)).collect();
    if rows.is_empty() {
        quiet_line(ui, "没有记下什么");
    }
    let may_open = scene.frozen.is_none();
    for (place, happening) in rows.iter().enumerate() {
        let row = TimelineRow::new(&happening.date, dot_of(happening), &happening.title)
            .note(&happening.note)
            .first(place == 0)
            .last(place + 1 == rows.len());
        let row = if may_open || happening.talk.is_some() { row.opens() } else { row };
        if ui.push_id(place, |ui| row.show(ui)).inner.clicked() {
            open(page, happening, out);
        }
    }
}

fn shown_ui(ui: &mut Ui, shown: &mut Shown) {
    let words = Shown::ALL.map(Shown::word);
    let chosen = Shown::ALL.iter().position(|one| one == shown);
    if let Some(place) = Segments::new("时间线看什么", &words, chosen).show(ui) {
        *shown = Shown::ALL[place];
    }
}

/// What a line tells of opens where it is corrected: an event in its dialog, a fact in the history, a date of the
/// person in the form. A talk opens on its page.
fn open(page: &MemberPage, happening: &Happening, out: &mut Outbox) {
    if let Some(talk) = happening.talk {
        out.go(Page::WriteTalk(TalkStart::of(talk)));
        return;
    }
    let person = page.file.person.id;
    let event = happening.event.and_then(|id| page.events.iter().find(|event| event.id == id));
    match (event, happening.fact) {
        (Some(event), _) => out.open(EventDialog::correcting(event.clone())),
        (None, Some(fact)) => out.open(FactHistory::at(person, fact)),
        (None, None) => out.open(EditMember::new(person)),
    }
}

fn dot_of(happening: &Happening) -> Dot {
    match happening.kind {
        _ if happening.is_future => Dot::Future,
        HappeningKind::Party | HappeningKind::Post | HappeningKind::Membership | HappeningKind::Award => Dot::Full,
        HappeningKind::Talk => Dot::Open,
        HappeningKind::Life => Dot::Quiet,
    }
}
