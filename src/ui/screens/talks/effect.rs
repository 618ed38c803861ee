//! Owns what talks that are being written down do to the coverage: each ratio before and after, of the organisation in
//! whose ledger they stand and of the others that they move.
//! Must never count. Start at [`EffectOf`].

use egui::{Align, Layout, Ui, vec2};

use crate::clock::Day;
use crate::domain::coverage::{TalkSeen, Window};
use crate::domain::ids::{OrganisationId, TalkId};
use crate::domain::talks::{MODES, TalkDraft, TalkTypes};
use crate::engine::questions::CoverageEffects;
use crate::ui::live::Live;
use crate::ui::scene::{Scene, Width};
use crate::ui::screens::talks::years::Time;
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Tone, heading, label, note, strong, toned, weak};
use crate::view::coverage::{CoverageAsk, Effect, EffectIn};

/// The effect of what is written, asked again whenever it changes.
#[derive(Debug, Default)]
pub struct EffectOf {
    effects: Live<CoverageEffects>,
    /// 期间
    time: String,
    /// How many of the talks are of no day of it.
    outside: usize,
}

impl EffectOf {
    /// Asks what these talks do in a time of an organisation; `without` is the one that is corrected.
    pub fn ask(
        &mut self,
        scene: &Scene<'_>,
        organisation: OrganisationId,
        time: Time,
        without: Option<TalkId>,
        talks: Vec<TalkSeen>,
    ) {
        let Some(Window { period, as_of }) = time.window(scene.today) else { return };
        self.time = time.words(scene.today, scene.today);
        // What is held after the period may still answer for what happened in it.
        self.outside = talks.iter().filter(|talk| talk.day() < period.first || talk.day() > as_of).count();
        let ask = CoverageAsk { organisation, period, as_of };
        self.effects.ask(scene, CoverageEffects { ask, without, talks });
    }

    /// What is told, organisation by organisation: the one of the ledger first, unless only others move.
    fn shown(&self) -> Vec<&EffectIn> {
        let all = self.effects.shown().map(Vec::as_slice).unwrap_or_default();
        let mut told: Vec<&EffectIn> = all.iter().filter(|one| told_of(one).next().is_some()).collect();
        told.sort_by_key(|one| !one.moves());
        told
    }

    /// The ratios below each other: 「15 → 16 / 18 人」, below the name of their organisation where there are several.
    pub fn show(&self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            heading(ui, "记下以后");
            weak(ui, &self.time);
        });
        if self.outside > 0 {
            note(ui, "谈话日期不在这段时间里，不计入");
        }
        let shown = self.shown();
        for one in &shown {
            if shown.len() > 1 {
                ui.add_space(space::XS);
                strong(ui, &one.name);
            }
            told_of(one).for_each(|effect| line_ui(ui, effect));
        }
    }

    /// 「2026年」, 「2026年，2 次不在里面」
    fn time_words(&self) -> String {
        match self.outside {
            0 => self.time.clone(),
            count => format!("{}，{count} 次不在里面", self.time),
        }
    }

    /// How many lines [`show_in_lines`](Self::show_in_lines) draws.
    pub fn line_count(&self, width: Width) -> usize {
        let count = self.shown().len();
        count.max(1) + usize::from(has_line_of_time(count, width))
    }

    /// The ratios of each organisation in one line, with its name where there are several, and the time they are of.
    pub fn show_in_lines(&self, ui: &mut Ui, width: Width) {
        let shown = self.shown();
        let line = vec2(ui.available_width(), height::TREE);
        let has_line_of_time = has_line_of_time(shown.len(), width);
        if has_line_of_time {
            ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| weak(ui, &self.time_words()));
        }
        for one in &shown {
            ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = space::XL;
                if !has_line_of_time {
                    weak(ui, &self.time_words());
                }
                if shown.len() > 1 {
                    strong(ui, &one.name);
                }
                for effect in told_of(one) {
                    let told = format!("{} {}", effect.relation.label(), words(effect));
                    toned(ui, &told, if effect.moves() { Tone::Ok } else { Tone::Neutral });
                }
            });
        }
    }
}

/// Whether the time stands in a line of its own: where there is little room, and where it is that of several.
fn has_line_of_time(organisations: usize, width: Width) -> bool {
    organisations > 1 || organisations == 1 && width == Width::Narrow
}

/// What is told of an organisation: the relations in which it asks for anybody.
fn told_of(one: &EffectIn) -> impl Iterator<Item = &Effect> {
    one.effects.iter().filter(|effect| effect.after.required > 0)
}

/// A relation, and its ratio at the right edge.
fn line_ui(ui: &mut Ui, effect: &Effect) {
    let line = vec2(ui.available_width(), height::TREE);
    ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        if effect.moves() {
            label(ui, effect.relation.label())
        } else {
            weak(ui, effect.relation.label())
        };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if effect.moves() {
                strong(ui, &words(effect));
            } else {
                note(ui, &format!("{}，不变", words(effect)));
            }
        });
    });
}

/// 「15 → 16 / 18 人」
fn words(effect: &Effect) -> String {
    let Effect { relation, before, after } = effect;
    let unit = relation.unit();
    if before.required != after.required {
        return format!("{} / {} → {} / {} {unit}", before.done, before.required, after.done, after.required);
    }
    match before.done == after.done {
        true => format!("{} / {} {unit}", after.done, after.required),
        false => format!("{} → {} / {} {unit}", before.done, after.done, after.required),
    }
}

/// A talk that is being written, as the coverage sees it; none while its day or its people are not known. `nth` tells
/// several apart.
pub fn seen(draft: &TalkDraft, types: &TalkTypes, today: Day, nth: usize) -> Option<TalkSeen> {
    let held_on = draft.held_on?;
    let kind = draft.kind.as_deref()?;
    let is_whole = held_on.first_day() <= today && !draft.talker_ids.is_empty() && !draft.partner_ids.is_empty();
    is_whole.then(|| TalkSeen {
        // Written down ones have identifiers above nought.
        id: TalkId(-1 - i64::try_from(nth).unwrap_or(i64::MAX - 1)),
        held_on,
        counts: types.counts(kind),
        is_one_to_many: draft.mode.as_deref() == Some(MODES[1]) || draft.partner_ids.len() + draft.partners.len() > 1,
        is_remote: draft.mode.as_deref() == Some(MODES[2]),
        talkers: draft.talker_ids.clone(),
        partners: draft.partner_ids.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::domain::coverage::Relation;
    use crate::view::coverage::{Effect, Ratio};

    #[test]
    fn a_ratio_tells_how_it_moves() {
        let ratio = |done, required| Ratio { required, done, open: 0 };
        let told = |before, after| words(&Effect { relation: Relation::WithCommittee, before, after });
        assert_eq!(told(ratio(15, 18), ratio(16, 18)), "15 → 16 / 18 人");
        assert_eq!(told(ratio(13, 18), ratio(13, 18)), "13 / 18 人");
        assert_eq!(told(ratio(13, 18), ratio(13, 17)), "13 / 18 → 13 / 17 人");
    }
}
