//! The right side of 查重: two persons field by field, what is chosen of each, and making them one.

use std::collections::BTreeMap;

use egui::{Rect, Ui};

use crate::command::{Command, MergeMembers, TellApart};
use crate::domain::duplicates::uniting::Side;
use crate::domain::fields::FieldKey;
use crate::domain::ids::PersonId;
use crate::ui::outbox::{Outbox, Slot};
use crate::ui::scene::Scene;
use crate::ui::screens::Page;
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    AnswerCard, Badge, Button, CompareRow, Icon, Segments, Tone, beside, beside_foot, link, note, section, wrapped_note,
};
use crate::view::duplicates::{Comparison, FactLine};

/// What is chosen of two persons: whose value of each field, whose history.
#[derive(Debug, Default)]
pub struct Choices {
    two: Option<(PersonId, PersonId)>,
    /// Fields whose other value is taken. Filled from what is proposed as soon as that is known.
    takes: Option<BTreeMap<FieldKey, bool>>,
    /// Where memberships overlap: the other's history is kept.
    takes_history: bool,
}

impl Choices {
    /// Begins anew with two others, or with the same two the other way round.
    pub fn follow(&mut self, keep: PersonId, other: PersonId, comparison: Option<&Comparison>) {
        if self.two != Some((keep, other)) {
            *self = Self { two: Some((keep, other)), ..Self::default() };
        }
        let is_of_them = |shown: &&Comparison| (shown.kept.person.id, shown.other.person.id) == (keep, other);
        if let (None, Some(shown)) = (&self.takes, comparison.filter(is_of_them)) {
            let proposed = shown.rows.iter().filter(|row| row.differs);
            self.takes = Some(proposed.map(|row| (row.key, row.better == Side::Other)).collect());
        }
    }

    fn takes(&self, key: FieldKey) -> bool {
        self.takes.as_ref().and_then(|takes| takes.get(&key)).copied().unwrap_or(false)
    }

    fn command(&self, shown: &Comparison) -> MergeMembers {
        let taken = shown.rows.iter().filter(|row| row.is_open() && self.takes(row.key));
        let left_out = shown.overlapping.iter().map(|(ours, theirs)| if self.takes_history { ours } else { theirs });
        let mut leave_out_ids: Vec<_> = left_out.map(|line| line.id).collect();
        leave_out_ids.sort();
        leave_out_ids.dedup();
        MergeMembers {
            keep_id: shown.kept.person.id,
            drop_id: shown.other.person.id,
            take: taken.map(|row| row.name.clone()).collect(),
            leave_out_ids,
        }
    }
}

/// Draws the side into `rect`; whether it is turned round who stays.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    comparison: Option<&Comparison>,
    choices: &mut Choices,
    is_apart: bool,
    scene: &Scene<'_>,
    out: &mut Outbox,
) -> bool {
    let mut turn = false;
    let foot = beside(ui, rect, "compared", space::XS, |ui| match comparison {
        Some(shown) => turn = content_ui(ui, shown, choices, out),
        None => drop(note(ui, "正在读取…")),
    });
    foot_ui(ui, foot, comparison, choices, is_apart, scene, out);
    turn
}

fn content_ui(ui: &mut Ui, shown: &Comparison, choices: &mut Choices, out: &mut Outbox) -> bool {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add(Badge::new(shown.pair.sureness.label()));
        note(ui, &shown.pair.reason());
        for against in &shown.pair.against {
            ui.add(Badge::new(against).tone(Tone::Amber));
        }
    });
    ui.add_space(space::XS);
    let turn = heads_ui(ui, shown, out);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in &shown.rows {
            let takes_right = if row.is_open() { choices.takes(row.key) } else { row.kept.is_none() };
            let chosen = CompareRow {
                label: &row.label,
                left: row.kept.as_deref().unwrap_or_default(),
                right: row.other.as_deref().unwrap_or_default(),
                differs: row.differs,
                is_open: row.is_open(),
                takes_right,
            };
            if let (Some(right), Some(takes)) = (chosen.show(ui), &mut choices.takes) {
                takes.insert(row.key, right);
            }
        }
    });
    ui.add_space(space::S);
    history_ui(ui, shown, choices);
    turn
}

/// Who is compared, and who stays.
fn heads_ui(ui: &mut Ui, shown: &Comparison, out: &mut Outbox) -> bool {
    let mut turn = false;
    section(ui, "左边的人保留", "蓝色的值保留，可点选另一个");
    ui.horizontal(|ui| {
        ui.set_min_height(height::CHIP);
        ui.spacing_mut().item_spacing.x = space::S;
        for (file, side) in [(&shown.kept, "左"), (&shown.other, "右")] {
            note(ui, side);
            if link(ui, file.person.name()).clicked() {
                out.go(Page::Member(file.person.id));
            }
        }
        turn = ui.add(Button::plain("对调").icon(Icon::ArrowLeftRight).small().tip("改为保留右边的人")).clicked();
    });
    turn
}

/// Dated facts and events: what is united, and what has to be decided.
fn history_ui(ui: &mut Ui, shown: &Comparison, choices: &mut Choices) {
    section(ui, "组织关系、职务和变动记录", "合在一起，相同的只留一条");
    if !shown.overlapping.is_empty() {
        let told = |lines: Vec<&FactLine>| {
            let mut words: Vec<&str> = lines.into_iter().map(|line| line.words.as_str()).collect();
            words.dedup();
            words.join("；")
        };
        let ours = told(shown.overlapping.iter().map(|(ours, _)| ours).collect());
        let theirs = told(shown.overlapping.iter().map(|(_, theirs)| theirs).collect());
        let card = AnswerCard::new("两边的组织关系重叠，保留哪一边的", &[]);
        card.show_with(ui, |ui| {
            wrapped_note(ui, &format!("左：{ours}"));
            wrapped_note(ui, &format!("右：{theirs}"));
            let chosen = Some(usize::from(choices.takes_history));
            if let Some(place) = Segments::new("保留哪一边的组织关系", &["左边的", "右边的"], chosen).show(ui)
            {
                choices.takes_history = place == 1;
            }
        });
    }
    for (side, facts, events) in
        [("左", &shown.kept_facts, shown.kept_events), ("右", &shown.other_facts, shown.other_events)]
    {
        for fact in facts {
            wrapped_note(ui, &format!("{side}·{}：{}", fact.kind, fact.words));
        }
        if events > 0 {
            wrapped_note(ui, &format!("{side}·变动记录 {events} 条"));
        }
    }
}

fn foot_ui(
    ui: &mut Ui,
    rect: Rect,
    comparison: Option<&Comparison>,
    choices: &Choices,
    is_apart: bool,
    scene: &Scene<'_>,
    out: &mut Outbox,
) {
    beside_foot(ui, rect, |ui| {
        let may = scene.frozen.is_none() && choices.takes.is_some();
        let ids = choices.two.map(|(keep, other)| [keep, other]);
        if ui.add(Button::primary("合并").icon(Icon::Merge).enabled(may)).clicked()
            && let Some(shown) = comparison
        {
            out.run(Slot::new("merge_members"), Command::MergeMembers(choices.command(shown)));
        }
        let word = if is_apart { "可能是同一人" } else { "不是同一人" };
        if ui.add(Button::plain(word).enabled(may)).clicked()
            && let Some(ids) = ids
        {
            out.run(Slot::new("tell_apart"), Command::TellApart(TellApart { ids, forget: is_apart }));
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            wrapped_note(ui, scene.frozen.unwrap_or("合并可以撤销，以后也能拆开"));
        });
    });
}
