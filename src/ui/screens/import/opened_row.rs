//! One row that was opened: all that would be written of it, and which of its changes are refused (不改).
//! Must never change the plan: it says what was pressed. Start at [`show`].

use std::collections::BTreeSet;

use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui, vec2};

use super::preview::{Opened, ShownRow};
use crate::domain::as_written;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::imports::{Difference, ImportedTalk, PlannedRow, RowClass, TalkClass};
use crate::domain::talks::TalkDraftField;
use crate::ui::theme::{height, space};
use crate::ui::widgets::{
    ChangeRow, Checkbox, Icon, IconButton, Tone, change_row, key_value, link, note, remark, section_title,
};
use crate::view::member::shown as seen;

/// The name of the drawer.
pub const TITLE: &str = "打开的行";
/// Width of the labels.
const KEY: f32 = 104.0;

/// What was pressed.
pub enum RowWish {
    Close,
    /// These fields stay as the workbook has them, or change after all.
    Refuse {
        fields: BTreeSet<String>,
        is_refused: bool,
    },
    /// The page of the person.
    Person,
}

/// Draws the row; the focus goes to its × when it was just opened.
pub fn show(ui: &mut Ui, row: Opened<'_>, shown: &ShownRow, is_just_opened: &mut bool) -> Option<RowWish> {
    let mut wish = head_ui(ui, shown, is_just_opened).then_some(RowWish::Close);
    ScrollArea::vertical().id_salt("opened row").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 16, right: 16, top: 4, bottom: 16 }).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::XS;
            if !shown.trouble.is_empty() {
                remark(ui, Icon::TriangleAlert, Tone::Amber, &shown.trouble);
            }
            match row {
                Opened::Talk(talk) => talk_ui(ui, talk, shown),
                Opened::Person(row) => match &row.class {
                    RowClass::Changed { differences, .. } => wish = changes_ui(ui, row, differences).or(wish.take()),
                    _ => values_ui(ui, row, shown),
                },
            }
        });
    });
    wish
}

/// Whose row it is, and the ×.
fn head_ui(ui: &mut Ui, shown: &ShownRow, is_just_opened: &mut bool) -> bool {
    let margin = Margin { left: 16, right: 8, top: 8, bottom: 0 };
    let head = Frame::new().inner_margin(margin).show(ui, |ui| {
        let size = vec2(ui.available_width(), height::CONTROL);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            let close = ui.add(IconButton::new(Icon::X, "关闭"));
            if std::mem::take(is_just_opened) {
                close.request_focus();
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                section_title(ui, &shown.name);
                note(ui, &format!("第 {} 行", shown.place));
            });
            close.clicked()
        })
        .inner
    });
    head.inner
}

/// Everything that is written of a new person.
fn values_ui(ui: &mut Ui, row: &PlannedRow, shown: &ShownRow) {
    key_value(ui, KEY, Known::Branch.label(), &shown.branch, "");
    let is_shown = |field: &Known| !matches!(field, Known::Branch | Known::Name);
    for (field, value) in row.values.iter().filter(|(field, _)| is_shown(field)) {
        key_value(ui, KEY, field.label(), &seen(FieldKey::Known(*field), &value.text(), false), "");
    }
    for (label, text) in &row.extras {
        key_value(ui, KEY, label, text, "");
    }
}

/// Everything that is written of a talk, or filled in of one that the workbook has.
fn talk_ui(ui: &mut Ui, row: &ImportedTalk, shown: &ShownRow) {
    if let TalkClass::Changed { differences, .. } = &row.class {
        for one in differences {
            change_row(ui, &ChangeRow { who: "", what: &one.label, before: &one.old, after: &one.new });
        }
        return;
    }
    let draft = &row.draft;
    let short = [
        (TalkDraftField::Organisation, Some(shown.branch.clone())),
        (TalkDraftField::Number, Some(draft.number.clone().unwrap_or_else(|| "由程序接着编".to_owned()))),
        (TalkDraftField::HeldOn, draft.held_on.map(|day| day.to_string())),
        (TalkDraftField::Time, draft.time.clone()),
        (TalkDraftField::Kind, Some(row.kind.clone())),
        (TalkDraftField::Mode, draft.mode.clone()),
        (TalkDraftField::Place, draft.place.clone()),
        (TalkDraftField::Talkers, Some(row.talkers.clone())),
        (TalkDraftField::Partners, Some(row.name.clone())),
        (TalkDraftField::Topic, draft.topic.clone()),
        (TalkDraftField::Outline, draft.outline.clone()),
        (TalkDraftField::Content, draft.content.clone()),
        (TalkDraftField::Opinions, draft.opinions.clone()),
        (TalkDraftField::Attitude, draft.attitude.clone()),
        (TalkDraftField::Measures, draft.measures.clone()),
        (TalkDraftField::Remark, draft.remark.as_deref().map(|remark| as_written::masked(remark).into_owned())),
    ];
    for (field, text) in short {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            key_value(ui, KEY, field.label(), &text, "");
        }
    }
    for meant in &row.meant {
        key_value(ui, KEY, "同名的记为", meant, "");
    }
}

/// Every change with its box; what changes together has one box.
fn changes_ui(ui: &mut Ui, row: &PlannedRow, differences: &[Difference]) -> Option<RowWish> {
    let mut wish = None;
    let all: BTreeSet<String> = differences.iter().map(|one| one.field.clone()).collect();
    if all.len() > 1 {
        wish = box_ui(ui, "整行不改", row.refused == all, all);
    }
    for together in differences.chunk_by(|one, other| one.field == other.field) {
        for one in together {
            change_row(ui, &ChangeRow { who: "", what: &one.label, before: &one.old, after: &one.new });
        }
        let Some(first) = together.first() else { continue };
        let is_refused = row.refused.contains(&first.field);
        let fields = BTreeSet::from([first.field.clone()]);
        wish = box_ui(ui, &format!("不改{}", first.label), is_refused, fields).or(wish);
        ui.add_space(space::XS);
    }
    if link(ui, "看人员").clicked() {
        wish = Some(RowWish::Person);
    }
    wish
}

fn box_ui(ui: &mut Ui, words: &str, mut is_refused: bool, fields: BTreeSet<String>) -> Option<RowWish> {
    ui.add(Checkbox::new(&mut is_refused, words)).changed().then_some(RowWish::Refuse { fields, is_refused })
}
