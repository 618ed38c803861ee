//! Owns the first column of a member's page: the fields in their groups, personal ones masked until asked for.
//! Must never log by itself: it wishes. Start at [`show`].

use std::collections::BTreeSet;

use egui::Ui;

use crate::domain::fields::{Class, FieldGroup, FieldKey, Known};
use crate::ui::dialogs::revealed::log_revealed;
use crate::ui::outbox::Outbox;
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
                let since = page.file.person.path().standing_since();
                let since = since.map(|since| format!("自 {since} 起算")).unwrap_or_default();
                fact(ui, KEY_WIDTH, "党龄", &format!("{years} 年"), &since, |_| {});
            }
        }
        ui.add_space(space::L);
    }
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
    let mut pressed = false;
    fact(ui, KEY_WIDTH, known.label(), &text, &remark, |ui| {
        if is_personal && !value.is_empty() {
            let (icon, word) = if is_hidden { (Icon::Eye, "显示完整的") } else { (Icon::EyeOff, "遮住") };
            pressed = ui.add(IconButton::new(icon, &format!("{word}{}", known.label())).small()).clicked();
        }
    });
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
            let told = page.file.person.category_told.filter(|told| told.on <= scene.as_of);
            told.map(|told| format!("{} 花名册所载", told.on)).unwrap_or_default()
        }
        Known::Floating => other(Known::FloatPlace),
        Known::Lost => {
            let since = other(Known::LostSince);
            if since.is_empty() { since } else { format!("自 {since}") }
        }
        _ => String::new(),
    }
}
