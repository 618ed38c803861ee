//! Owns what each column of a form holds, one a line, to be corrected.
//! Must never know how a form is read or written. Start at [`show`].

use egui::{Align, Layout, Ui, vec2};

use crate::domain::fields::{FIELDS, FieldKey};
use crate::domain::upper_form::{Holding, UpperForm};
use crate::store::members::ExtraField;
use crate::ui::theme::{height, space};
use crate::ui::widgets::{Select, note, weak};

/// Width of the heads.
const HEAD: f32 = 210.0;
/// Width of what a column holds.
const HOLDS: f32 = 200.0;

/// Draws the columns; what one holds may be chosen anew.
pub(super) fn show(ui: &mut Ui, form: &mut UpperForm, extra: &[ExtraField]) {
    let usual = choices(extra);
    ui.spacing_mut().item_spacing.y = space::XS;
    for (index, column) in form.columns.iter_mut().enumerate() {
        let mut offered = usual.clone();
        if !offered.iter().any(|(holding, _)| *holding == column.holds) {
            offered.insert(0, (column.holds, label(column.holds, extra)));
        }
        let words: Vec<&str> = offered.iter().map(|(_, words)| words.as_str()).collect();
        let mut chosen = offered.iter().position(|(holding, _)| *holding == column.holds);
        ui.push_id(index, |ui| {
            ui.horizontal(|ui| {
                let size = vec2(HEAD, height::CONTROL);
                ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                    ui.set_min_size(size);
                    ui.add(egui::Label::new(&column.head).selectable(false).truncate());
                });
                let name = format!("{}填", column.head);
                Select::new(&name, &words, &mut chosen).label_hidden().width(HOLDS).show(ui);
                match &column.date {
                    Some(sample) => drop(weak(ui, &format!("写成 {sample} 的样子"))),
                    None if column.holds == Holding::Nothing => drop(note(ui, "没有认出")),
                    None => {}
                }
            });
        });
        if let Some((holding, _)) = chosen.and_then(|place| offered.get(place)) {
            column.holds = *holding;
        }
    }
}

/// What a column may hold, in the order in which it is offered.
fn choices(extra: &[ExtraField]) -> Vec<(Holding, String)> {
    let own = extra.iter().map(|field| Holding::Field(FieldKey::Extra(field.id)));
    let known = FIELDS.iter().map(|field| Holding::Field(field.key.into()));
    [Holding::Nothing, Holding::Number]
        .into_iter()
        .chain(known)
        .chain([Holding::Age, Holding::Standing])
        .chain(own)
        .map(|holding| (holding, label(holding, extra)))
        .collect()
}

fn label(holding: Holding, extra: &[ExtraField]) -> String {
    match holding {
        Holding::Nothing => "留空".to_owned(),
        Holding::Number => "序号".to_owned(),
        Holding::Age => "年龄".to_owned(),
        Holding::Standing => "党龄".to_owned(),
        Holding::Field(FieldKey::Known(known)) => known.label().to_owned(),
        Holding::Field(FieldKey::Extra(id)) => {
            let field = extra.iter().find(|field| field.id == id);
            field.map_or_else(|| "已不在的自定义字段".to_owned(), |field| field.label.clone())
        }
        Holding::Part(known, part) => format!("{}（{}）", known.label(), part.label()),
        Holding::Pair(one, two) => format!("{}、{}", one.label(), two.label()),
    }
}
