//! Owns how the form is drawn: groups, four fields in a line, each with the control its kind asks for.
//! Must never check: it shows what the checks said. Start at [`MemberForm::show`].

use egui::Ui;

use super::MemberForm;
use super::checks::read_date_of;
use crate::domain::fields::{Class, ExtraKind, FieldGroup, FieldKey, FieldKind, Known, YES_NO};
use crate::ui::theme::space;
use crate::ui::widgets::{DateField, Icon, Note, Select, TextField, link, section};
use crate::view::edit_preview::is_dated;

/// Fields in a line.
const COLUMNS: usize = 4;
/// What stands in a choice for nothing.
const NOTHING: &str = "—";

/// What the form asks of the dialog.
#[derive(Debug, Default)]
pub struct FormWish {
    /// Something was written.
    pub changed: bool,
}

impl MemberForm {
    /// Draws the form. `first` draws what the dialog puts before the second field of the first line, as wide as it is
    /// told: the branch of a new member.
    pub fn show(&mut self, ui: &mut Ui, mut first: Option<&mut dyn FnMut(&mut Ui, f32) -> bool>) -> FormWish {
        let mut wish = FormWish::default();
        let width = column_width(ui);
        for group in FieldGroup::ALL {
            let fields = self.fields_of(group);
            if fields.is_empty() {
                continue;
            }
            if group != FieldGroup::Person {
                ui.add_space(space::S);
            }
            section(ui, group.label(), "");
            let mut line: Vec<FieldKey> = Vec::new();
            let mut taken = 0;
            let mut lead = first.take_if(|_| group == FieldGroup::Person);
            for (place, key) in fields.iter().enumerate() {
                let span = span_of(*key);
                let leads = usize::from(lead.is_some());
                if taken + span + leads > COLUMNS && !line.is_empty() {
                    wish.changed |= self.line_ui(ui, width, &line, lead.take());
                    line.clear();
                    taken = 0;
                }
                line.push(*key);
                taken += span;
                if place + 1 == fields.len() {
                    wish.changed |= self.line_ui(ui, width, &line, lead.take());
                }
            }
        }
        if wish.changed {
            self.check();
        }
        wish
    }

    /// Draws one field only; gives back whether it was changed.
    pub fn show_one(&mut self, ui: &mut Ui, key: FieldKey, width: f32) -> bool {
        let changed = self.field_ui(ui, key, width);
        if changed {
            self.check();
        }
        changed
    }

    /// Draws the question 更正 or 变更 for one field, if it tells a dated fact.
    pub fn show_dated(&mut self, ui: &mut Ui, key: FieldKey) -> bool {
        match key {
            FieldKey::Known(known) if is_dated(known) => self.dated.show(ui, known.label()),
            _ => false,
        }
    }

    fn line_ui(
        &mut self,
        ui: &mut Ui,
        width: f32,
        line: &[FieldKey],
        mut lead: Option<&mut dyn FnMut(&mut Ui, f32) -> bool>,
    ) -> bool {
        let first_fact = self.changed_facts().first().copied().map(FieldKey::Known);
        let changed = ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let mut changed = false;
            for key in line {
                let span = span_of(*key) as f32;
                changed |= self.field_ui(ui, *key, width * span + space::M * (span - 1.0));
                if let Some(lead) = lead.take() {
                    changed |= lead(ui, width);
                }
            }
            changed
        });
        // Below the line of the fact that was changed first: what is written does not move.
        let asks = first_fact.is_some_and(|fact| line.contains(&fact));
        changed.inner | (asks && self.dated_ui(ui))
    }

    fn field_ui(&mut self, ui: &mut Ui, key: FieldKey, width: f32) -> bool {
        let FieldKey::Known(known) = key else { return self.extra_ui(ui, key, width) };
        let spec = known.spec();
        match spec.kind {
            FieldKind::Date => self.date_ui(ui, key, known, spec.label, width),
            FieldKind::Choice(words) => self.choice_ui(ui, key, spec.label, words, width),
            FieldKind::IdNumber => self.number_ui(ui, known, width),
            _ if spec.class == Class::Personal => self.number_ui(ui, known, width),
            FieldKind::LongText => self.long_ui(ui, known, width),
            _ => self.text_ui(ui, key, spec.label, width),
        }
    }

    /// The user's own field, with the control of its kind.
    fn extra_ui(&mut self, ui: &mut Ui, key: FieldKey, width: f32) -> bool {
        let Some(field) = self.extra_field(key).cloned() else { return false };
        match &field.kind {
            ExtraKind::Text | ExtraKind::Number => self.text_ui(ui, key, &field.label, width),
            // Every date field reads the same forms; one that may be of any day stands for them all.
            ExtraKind::Date => self.date_ui(ui, key, Known::TransferIn, &field.label, width),
            ExtraKind::YesNo => self.choice_ui(ui, key, &field.label, YES_NO, width),
            ExtraKind::Choice(choices) => {
                let words: Vec<&str> = choices.iter().map(String::as_str).collect();
                self.choice_ui(ui, key, &field.label, &words, width)
            }
        }
    }

    fn note_of(&self, key: FieldKey) -> Note {
        self.notes.get(&key).cloned().unwrap_or_default()
    }

    fn text_ui(&mut self, ui: &mut Ui, key: FieldKey, label: &str, width: f32) -> bool {
        let mut text = self.text(key).to_owned();
        let is_name = key == FieldKey::Known(Known::Name);
        let mut field = TextField::new(label, &mut text).note(self.note_of(key)).width(width).hint(hint_of(key));
        if is_name {
            field = field.required().take_focus(std::mem::take(&mut self.focus_first));
        }
        if key == FieldKey::Known(Known::Fee) {
            field = field.suffix("元");
        }
        let changed = field.show(ui).changed();
        if changed {
            self.set(key, text);
        }
        changed
    }

    fn long_ui(&mut self, ui: &mut Ui, known: Known, width: f32) -> bool {
        let key = FieldKey::Known(known);
        let mut text = self.text(key).to_owned();
        let changed =
            TextField::long(known.label(), &mut text, 2).note(self.note_of(key)).width(width).show(ui).changed();
        if changed {
            self.set(key, text);
        }
        changed
    }

    fn date_ui(&mut self, ui: &mut Ui, key: FieldKey, known: Known, label: &str, width: f32) -> bool {
        let today = self.today;
        let read = move |text: &str| read_date_of(known, text, today);
        let mut text = self.text(key).to_owned();
        let note = match self.note_of(key) {
            // The field itself says what is wrong with its text.
            Note::Fault(_) => Note::None,
            note => note,
        };
        let changed = DateField::new(label, &mut text, today, &read).note(note).width(width).show(ui).changed();
        if changed {
            self.set(key, text);
        }
        changed
    }

    fn choice_ui(&mut self, ui: &mut Ui, key: FieldKey, label: &str, words: &[&str], width: f32) -> bool {
        let is_category = key == FieldKey::Known(Known::Category);
        let nothing = if is_category { "按日期推算" } else { NOTHING };
        let written = self.text(key).to_owned();
        // What is none of the words any more is one of them until another is chosen.
        let misfit = Some(written.as_str()).filter(|written| !written.is_empty() && !words.contains(written));
        let options: Vec<&str> = std::iter::once(nothing).chain(words.iter().copied()).chain(misfit).collect();
        let mut chosen = options.iter().skip(1).position(|word| *word == written).map(|place| place + 1);
        let hint = if is_category { nothing } else { "选择…" };
        let changed = Select::new(label, &options, &mut chosen)
            .note(self.note_of(key))
            .hint(hint)
            .width(width)
            .show(ui)
            .changed();
        if changed {
            let word = chosen.filter(|place| *place > 0).and_then(|place| options.get(place));
            self.set(key, word.map_or_else(String::new, |word| (*word).to_owned()));
        }
        changed
    }

    /// A personal field: masked until asked for in full.
    fn number_ui(&mut self, ui: &mut Ui, known: Known, width: f32) -> bool {
        let key = FieldKey::Known(known);
        let mut changed = false;
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = space::XS;
            let mut text = self.text(key).to_owned();
            let masked = self.is_masked(known);
            let field = TextField::new(known.label(), &mut text).note(self.note_of(key)).width(width);
            let reveal = format!("显示完整的{}", known.label());
            if masked {
                let (response, pressed) = field.show_with_button(ui, Icon::Eye, &reveal);
                if pressed {
                    self.reveal(known);
                    changed = true;
                } else if response.changed() {
                    self.set(key, text);
                    changed = true;
                }
            } else if field.show(ui).changed() {
                self.set(key, text);
                changed = true;
            }
            if known == Known::IdNumber
                && let Some((birth, sex)) = self.told_by_number()
                && link(ui, &format!("填入 {birth}，{sex}")).clicked()
            {
                for (known, text) in [(Known::Birth, birth.as_str()), (Known::Sex, sex)] {
                    if self.text(FieldKey::Known(known)).trim().is_empty() {
                        self.set(FieldKey::Known(known), text.to_owned());
                    }
                }
                changed = true;
            }
        });
        changed
    }

    /// 更正 or 变更, as soon as a dated fact is changed.
    fn dated_ui(&mut self, ui: &mut Ui) -> bool {
        let facts = self.changed_facts();
        if self.is_new || facts.is_empty() {
            return false;
        }
        let labels: Vec<&str> = facts.into_iter().filter(|known| is_dated(*known)).map(Known::label).collect();
        self.dated.show(ui, &labels.join("、"))
    }
}

/// Long texts take two columns.
fn span_of(key: FieldKey) -> usize {
    match key {
        FieldKey::Known(known) if known.spec().kind == FieldKind::LongText => 2,
        FieldKey::Known(_) | FieldKey::Extra(_) => 1,
    }
}

fn column_width(ui: &Ui) -> f32 {
    ((ui.available_width() - space::M * (COLUMNS as f32 - 1.0)) / COLUMNS as f32).floor()
}

/// How several are written in one field.
fn hint_of(key: FieldKey) -> &'static str {
    match key {
        FieldKey::Known(Known::PartyPost) => "几个用“、”隔开",
        FieldKey::Known(Known::Introducers) => "几个用“、”隔开",
        _ => "",
    }
}
