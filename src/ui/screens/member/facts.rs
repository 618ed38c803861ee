//! Owns the first column of a member's page: the fields in their groups, personal ones masked until asked for.
//! Must never log by itself: it wishes. Start at [`show`].

use std::collections::BTreeSet;

use egui::Ui;

use crate::domain::events::EventKind;
use crate::domain::fields::{Class, FieldGroup, FieldKey, Known};
use crate::ui::dialogs::revealed::{log_copied, log_revealed};
use crate::ui::outbox::{Outbox, Wish};
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{Icon, IconButton, fact, section};
use crate::view::member::{MemberPage, shown};

/// Width of the keys.
pub const KEY_WIDTH: f32 = 96.0;

/// Fields that stand there even while nothing is known of them.
const ALWAYS: &[Known] = &[
    Known::Sex,
    Known::Nation,
    Known::Birth,
    Known::IdNumber,
    Known::Education,
    Known::Joined,
    Known::Full,
    Known::Unit,
    Known::Phone,
];

/// Fields that stand elsewhere on the page.
const ELSEWHERE: &[Known] =
    &[Known::Name, Known::EducationText, Known::Branch, Known::PartyPost, Known::LostSince, Known::FloatPlace];

/// Draws the groups.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, page: &MemberPage, revealed: &mut BTreeSet<Known>, out: &mut Outbox) {
    for group in FieldGroup::ALL {
        let fields: Vec<Known> = group.fields().iter().copied().filter(|known| stands_here(page, *known)).collect();
        if fields.is_empty() {
            continue;
        }
        section(ui, group.label(), "");
        ui.add_space(6.0);
        for known in fields {
            field_ui(ui, scene, page, known, revealed, out);
            if known == Known::Full
                && let Some(years) = page.standing_years
            {
                standing_ui(ui, page, years);
            }
            if known == Known::Full {
                probation_ui(ui, page);
            }
        }
        ui.add_space(space::L);
    }
}

/// When the probation ends, of who is on it.
fn probation_ui(ui: &mut Ui, page: &MemberPage) {
    if let Some(end) = page.probation_ends {
        let is_extended = page.events.iter().any(|event| event.kind == EventKind::Extended);
        fact(ui, KEY_WIDTH, "预备期满", &end.to_string(), if is_extended { "已延长" } else { "" }, |_| {});
    }
}

/// 党龄 with what it rests on; the rule of that time is told under the pointer.
fn standing_ui(ui: &mut Ui, page: &MemberPage, years: u16) {
    let basis = page.file.person.path().standing_basis();
    let words = basis.map(|basis| basis.words()).unwrap_or_default();
    let rule = basis.and_then(|basis| basis.rule_words()).unwrap_or_default();
    let (value, is_long) = (format!("{years} 年"), words.contains('：'));
    let told = ui.scope(|ui| {
        if is_long {
            fact(ui, KEY_WIDTH, "党龄", &format!("{value}，{words}"), "", |_| {});
        } else {
            fact(ui, KEY_WIDTH, "党龄", &value, &words, |_| {});
        }
    });
    told.response.on_hover_text(rule);
}

fn stands_here(page: &MemberPage, known: Known) -> bool {
    let has_value = page.values.contains_key(&FieldKey::Known(known));
    !ELSEWHERE.contains(&known) && (has_value || ALWAYS.contains(&known))
}

fn field_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    page: &MemberPage,
    known: Known,
    revealed: &mut BTreeSet<Known>,
    out: &mut Outbox,
) {
    let key = FieldKey::Known(known);
    let value = page.values.get(&key).map_or("", String::as_str);
    let is_personal = known.spec().class == Class::Personal;
    let is_hidden = is_personal && !revealed.contains(&known);
    let text = shown(key, value, !is_hidden);
    let remark = remark_of(scene, page, known);
    let (mut pressed, mut copied) = (false, false);
    fact(ui, KEY_WIDTH, known.label(), &text, &remark, |ui| {
        if is_personal && !value.is_empty() {
            let (icon, word) = if is_hidden { (Icon::Eye, "显示完整的") } else { (Icon::EyeOff, "遮住") };
            pressed = ui.add(IconButton::new(icon, &format!("{word}{}", known.label())).small()).clicked();
            copied = ui.add(IconButton::new(Icon::Copy, &format!("复制完整的{}", known.label())).small()).clicked();
        }
    });
    if copied {
        out.wish(Wish::Copy(value.to_owned()));
        log_copied(out, page.file.person.name(), known);
        out.toast(format!("已复制完整的{}", known.label()));
    }
    if pressed && is_hidden {
        revealed.insert(known);
        log_revealed(out, page.file.person.name(), &BTreeSet::from([known]));
    } else if pressed {
        revealed.remove(&known);
    }
}

/// What stands quietly behind a value.
fn remark_of(scene: &Scene<'_>, page: &MemberPage, known: Known) -> String {
    let other = |known: Known| page.values.get(&FieldKey::Known(known)).cloned().unwrap_or_default();
    match known {
        Known::Birth => page.age.map(|age| format!("{age} 岁")).unwrap_or_default(),
        Known::Education => other(Known::EducationText),
        Known::Category => {
            page.file.person.path().category_basis_on(scene.as_of).map(|basis| basis.words()).unwrap_or_default()
        }
        Known::Floating => other(Known::FloatPlace),
        Known::Lost => {
            let since = other(Known::LostSince);
            if since.is_empty() { since } else { format!("自 {since}") }
        }
        _ => String::new(),
    }
}
