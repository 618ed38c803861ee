//! Owns the middle column of a member's page: what happened when.
//! Must never read anything: it shows what the page holds. Start at [`show`].

use egui::{Align, Layout, Ui};

use crate::ui::dialogs::fact_history::FactHistory;
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
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
}

impl Shown {
    const ALL: [Self; 4] = [Self::All, Self::Party, Self::Posts, Self::Memberships];

    fn word(self) -> &'static str {
        match self {
            Self::All => "全部",
            Self::Party => "党籍",
            Self::Posts => "职务",
            Self::Memberships => "组织关系",
        }
    }

    fn holds(self, kind: HappeningKind) -> bool {
        match self {
            Self::All => true,
            Self::Party => kind == HappeningKind::Party,
            Self::Posts => kind == HappeningKind::Post,
            Self::Memberships => kind == HappeningKind::Membership,
        }
    }
}

/// Draws the timeline; `aside` is set when what stands in the third column is asked for instead.
pub fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    page: &MemberPage,
    shown: &mut Shown,
    aside: Option<&mut bool>,
    out: &mut Outbox,
) {
    let waiting = page.findings.len();
    ui.horizontal(|ui| {
        ui.set_min_height(height::CHIP);
        heading(ui, "时间线");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let words = Shown::ALL.map(Shown::word);
            let chosen = Shown::ALL.iter().position(|one| one == shown);
            if let Some(place) = Segments::new("时间线看什么", &words, chosen).show(ui) {
                *shown = Shown::ALL[place];
            }
            if let Some(aside) = aside {
                let word = if waiting == 0 { "任职和自留栏".to_owned() } else { format!("待核 {waiting}") };
                *aside |= link(ui, &word).clicked();
            }
        });
    });
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
        let row = if may_open && happening.fact.is_some() { row.opens() } else { row };
        let opened = ui.push_id(place, |ui| row.show(ui)).inner.clicked();
        if opened && let Some(fact) = happening.fact {
            out.open(FactHistory::at(page.file.person.id, fact));
        }
    }
}

fn dot_of(happening: &Happening) -> Dot {
    match happening.kind {
        _ if happening.is_future => Dot::Future,
        HappeningKind::Party | HappeningKind::Post | HappeningKind::Membership | HappeningKind::Award => Dot::Full,
        HappeningKind::Life => Dot::Quiet,
    }
}
