//! Owns the upper fields of the form of a talk: when, where, of which type, who with whom.
//! Must never save. Start at [`Fields::show`].

use egui::{Key, Modifiers, Response, SetOpenCommand, Ui};

use super::checks::Checks;
use super::written::Written;
use crate::domain::talks::{MODES, TalkDraftField, TalkType};
use crate::ui::dialogs::typed_date::{Yearless, read_typed};
use crate::ui::scene::Scene;
use crate::ui::screens::talks::people_field::{PeopleField, PeopleLook};
use crate::ui::theme::space;
use crate::ui::widgets::{
    DateField, Field, Icon, Note, OptionLine, Options, Segments, Select, TextField, keyboard, popup_asked,
};
use crate::view::talks::Writing;

/// The words of the modes as the form shows them.
const MODE_WORDS: [&str; 3] = ["一对一", "一对多", "电话"];

/// Widths of the first line; the type takes what is left.
const DATE_WIDTH: f32 = 132.0;
const PLACE_WIDTH: f32 = 180.0;
const MODES_WIDTH: f32 = 176.0;
const KIND_WIDTH: f32 = 146.0;

/// What the upper fields keep between frames.
#[derive(Debug, Default)]
pub struct Fields {
    pub talkers: PeopleField,
    pub partners: PeopleField,
    pub recorder: PeopleField,
    sought_place: String,
    /// The field of the partners is to get the focus: all before it has its value most likely.
    pub takes_focus: bool,
}

/// What is said about the fields.
pub struct Telling<'a> {
    pub checks: &'a Checks,
    pub was_tried: bool,
}

impl Telling<'_> {
    pub fn note(&self, field: TalkDraftField) -> Note {
        self.checks.note(field, self.was_tried)
    }
}

impl Fields {
    /// What is written in fields for people and stands for nobody yet.
    pub fn pending(&self) -> [(TalkDraftField, Option<&str>); 3] {
        [
            (TalkDraftField::Talkers, self.talkers.pending()),
            (TalkDraftField::Partners, self.partners.pending()),
            (TalkDraftField::Recorder, self.recorder.pending()),
        ]
    }

    /// Draws them over the whole width; gives back whether anything was changed.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        writing: &Writing,
        written: &mut Written,
        telling: &Telling<'_>,
    ) -> bool {
        let mut changed = false;
        let whole = ui.available_width();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::M, space::M);
            changed |= self.first_line_ui(ui, scene, writing, written, telling, whole);
        });
        ui.add_space(space::M);
        changed | self.people_ui(ui, scene, written, telling)
    }

    fn first_line_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        writing: &Writing,
        written: &mut Written,
        telling: &Telling<'_>,
        whole: f32,
    ) -> bool {
        let today = scene.today;
        let read = move |text: &str| read_typed(text, Yearless::Of(today.year()), today);
        let date = DateField::new("日期", &mut written.held_on, today, &read).required().width(DATE_WIDTH);
        let mut changed = date.note(telling.note(TalkDraftField::HeldOn)).show(ui).changed();
        changed |= self.place_ui(ui, &writing.places, &mut written.place, telling.note(TalkDraftField::Place));
        let room = (whole - DATE_WIDTH - PLACE_WIDTH - MODES_WIDTH - 3.0 * space::M).clamp(KIND_WIDTH, 280.0);
        changed |= kind_ui(ui, writing, &mut written.kind, room, telling.note(TalkDraftField::Kind));
        let chosen = MODES.iter().position(|mode| *mode == written.mode);
        Field::new("方式").note(telling.note(TalkDraftField::Mode)).show(ui, |ui, _| {
            if let Some(place) = Segments::new("方式", &MODE_WORDS, chosen).names(&MODES).tall().show(ui) {
                written.mode = MODES[place].to_owned();
                written.is_mode_chosen = true;
                changed = true;
            }
        });
        changed
    }

    /// A text, with places to choose from.
    fn place_ui(&mut self, ui: &mut Ui, places: &[String], text: &mut String, note: Note) -> bool {
        let field = TextField::new("地点", text).width(PLACE_WIDTH).note(note);
        if places.is_empty() {
            return field.show(ui).changed();
        }
        let (response, pressed) = field.show_with_button(ui, Icon::ChevronDown, "选地点");
        let asked = response.has_focus() && keyboard::pressed(ui.ctx(), Modifiers::ALT, Key::ArrowDown);
        let command = (pressed || asked).then_some(SetOpenCommand::Toggle);
        let lines: Vec<OptionLine<'_>> =
            places.iter().map(|place| OptionLine { text: place, depth: 0, checked: place == text }).collect();
        let sought = &mut self.sought_place;
        let chosen = popup_asked(ui, &response, "地点", 260.0, command, |ui, fresh| {
            if fresh {
                sought.clear();
            }
            Options::new("地点", &lines).fresh(fresh).show(ui, sought)
        });
        if let Some(place) = chosen.flatten().and_then(|place| places.get(place)) {
            text.clone_from(place);
            return true;
        }
        response.changed()
    }

    fn people_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, written: &mut Written, telling: &Telling<'_>) -> bool {
        let near = written.ledger;
        let mut changed = false;
        let whole = ui.available_width();
        let recorder = 140.0;
        let side = ((whole - recorder - 2.0 * space::M) / 2.0).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let talkers = PeopleLook::new("谈话人", side).required().note(telling.note(TalkDraftField::Talkers));
            changed |= self.talkers.show(ui, scene, near, &mut written.talkers, talkers).changed;
            if std::mem::take(&mut self.takes_focus) {
                self.partners.text.take_focus();
            }
            let partners = PeopleLook::new("谈话对象", side)
                .required()
                .others(&written.talkers)
                .note(telling.note(TalkDraftField::Partners));
            let shown = self.partners.show(ui, scene, near, &mut written.partners, partners);
            changed |= shown.changed;
            if shown.changed {
                follow_partners(written);
            }
            let look = PeopleLook::new("记录人", recorder).one().hint("可不填");
            let look = look.note(telling.note(TalkDraftField::Recorder));
            changed |= self.recorder.show(ui, scene, near, &mut written.recorder, look).changed;
        });
        changed
    }
}

/// One partner is 一对一, several are 一对多, until a mode was chosen by hand.
pub fn follow_partners(written: &mut Written) {
    if !written.is_mode_chosen && written.mode != MODES[2] {
        written.mode = MODES[usize::from(written.partners.len() > 1)].to_owned();
    }
}

/// The types that are offered; one that is no longer, while it is the one chosen.
pub fn kinds<'w>(writing: &'w Writing, chosen: &str) -> Vec<&'w TalkType> {
    writing.types.all().iter().filter(|kind| !kind.removed || kind.code == chosen).collect()
}

fn kind_ui(ui: &mut Ui, writing: &Writing, code: &mut String, width: f32, note: Note) -> bool {
    let kinds = kinds(writing, code);
    let words: Vec<String> = kinds
        .iter()
        .map(|kind| if kind.removed { format!("{}（已停用）", kind.label) } else { kind.label.clone() })
        .collect();
    let mut place = kinds.iter().position(|kind| kind.code == *code);
    let response: Response = Select::new("类型", &words, &mut place).required().note(note).width(width).show(ui);
    if response.changed()
        && let Some(kind) = place.and_then(|place| kinds.get(place))
    {
        code.clone_from(&kind.code);
        return true;
    }
    false
}
