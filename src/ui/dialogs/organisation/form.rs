//! 新建党组织, 修改党组织: the form over the fields of an organisation.

use std::collections::BTreeMap;

use egui::{Context, Key, Modifiers, Ui};
use serde_json::Value;

use super::FORM_SLOT;
use crate::clock::Day;
use crate::command::{
    AddOrganisation, Command, EditOrganisation, ORGANISATION_FIELDS, OrganisationDraft, organisation_field_label,
};
use crate::domain::dates::PartialDate;
use crate::domain::fields::YES_NO;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{BASIS_OF_GROUPS, Organisation, OrganisationKind, UNIT_KINDS, UNIT_SITUATIONS};
use crate::ui::dialogs::member_form::read_date;
use crate::ui::dialogs::parking::Parking;
use crate::ui::dialogs::saving::Saving;
use crate::ui::dialogs::{Dialog, Stay};
use crate::ui::outbox::Outbox;
use crate::ui::scene::Scene;
use crate::ui::theme::space;
use crate::ui::widgets::{
    self, Answer, Choice, DateField, Note, Select, TextField, keyboard, note, section, wrapped_note,
};
use crate::view::organisations::OrganisationLine;

/// The fields that are dates.
const DATES: [&str; 4] = ["founded", "closed", "elected_on", "term_ends"];
/// The fields in groups and rows of the form, each with the thirds of the width it takes.
type Rows = &'static [&'static [(&'static str, usize)]];
const GROUPS: [(&str, Rows); 4] = [
    (
        "",
        &[
            &[("name", 2), ("short_name", 1)],
            &[("org_kind", 1), ("code", 1), ("admits", 1)],
            &[("founded", 1), ("founded_document", 1), ("leading_group", 1)],
            &[("closed", 1), ("closed_document", 1)],
        ],
    ),
    ("所在单位", &[&[("unit", 1), ("unit_situation", 1), ("unit_kind", 1)], &[("unit_code", 1), ("address", 2)]]),
    (
        "班子",
        &[
            &[("secretary", 1), ("deputy", 1), ("committee", 1)],
            &[("elected_on", 1), ("term_ends", 1), ("term_years", 1)],
        ],
    ),
    ("联系", &[&[("contact", 1), ("phone", 1), ("remark", 1)]]),
];
/// What stands in a choice for nothing.
const NOTHING: &str = "—";

/// The name under which a new organisation is parked.
pub const NEW_DRAFT: &str = "新建党组织";
/// How the names begin under which changes are parked; whose they are follows.
pub const EDIT_DRAFT: &str = "修改党组织 ";

/// The dialog over an organisation's fields.
#[derive(Debug)]
pub struct OrganisationForm {
    /// `None`: a new one is made.
    id: Option<OrganisationId>,
    parent: Option<OrganisationId>,
    /// What stands in the workbook; not known until the tree has come.
    initial: Option<BTreeMap<&'static str, String>>,
    values: BTreeMap<&'static str, String>,
    /// The kind was chosen by hand and no longer follows the name.
    is_kind_chosen: bool,
    parking: Parking,
    saving: Saving,
    /// Frames drawn so far, as far as the focus needs them.
    frames: u8,
    /// What was typed before, and not saved, stands in it again.
    is_restored: bool,
}

impl OrganisationForm {
    /// A new organisation below `parent`, or a root.
    pub fn new(parent: Option<OrganisationId>) -> Self {
        let kind = OrganisationKind::Branch.label().to_owned();
        let initial = BTreeMap::from([("org_kind", kind)]);
        let values = initial.clone();
        Self { parent, values, initial: Some(initial), ..Self::of(None, NEW_DRAFT.to_owned()) }
    }

    /// Edits an organisation.
    pub fn edit(id: OrganisationId, name: &str) -> Self {
        Self::of(Some(id), format!("{EDIT_DRAFT}{name}"))
    }

    /// Goes on with what was parked; `None` if it is no draft of this form.
    pub fn of_draft(name: &str, draft: &Value) -> Option<Self> {
        if name == NEW_DRAFT {
            let parent = draft.get("parent_id").and_then(Value::as_str).and_then(|id| id.parse().ok());
            return Some(Self::new(parent));
        }
        let own = name.strip_prefix(EDIT_DRAFT)?;
        let id = draft.get("id").and_then(Value::as_str)?.parse().ok()?;
        Some(Self::edit(id, own))
    }

    fn of(id: Option<OrganisationId>, draft: String) -> Self {
        Self {
            id,
            parent: None,
            values: BTreeMap::new(),
            initial: None,
            is_kind_chosen: id.is_some(),
            parking: Parking::new(draft),
            saving: Saving::new(FORM_SLOT),
            frames: 0,
            is_restored: false,
        }
    }

    /// Takes what stands in the workbook, and what was typed before.
    fn prepare(&mut self, scene: &Scene<'_>) {
        if self.initial.is_none()
            && let Some(line) = scene.tree.iter().find(|line| Some(line.organisation.id) == self.id)
        {
            let values = values_of(&line.organisation);
            self.values.clone_from(&values);
            self.initial = Some(values);
        }
        if self.initial.is_none() {
            return;
        }
        if self.frames == 0 {
            self.follow_name(scene.tree);
        }
        let Some(Some(Value::Object(parked))) = self.parking.restore(scene) else { return };
        let whose = parked.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        if whose != self.id {
            // Another organisation of the same name has a draft: it is left alone.
            self.parking.leave_alone();
            return;
        }
        for (name, _) in ORGANISATION_FIELDS {
            if let Some(Value::String(text)) = parked.get(*name) {
                self.values.insert(name, text.clone());
                self.is_kind_chosen |= *name == "org_kind";
                self.is_restored = true;
            }
        }
    }

    /// What is written otherwise than it stands.
    fn changed(&self) -> BTreeMap<&'static str, String> {
        let text = |values: &BTreeMap<&'static str, String>, name: &str| {
            values.get(name).map(|text| text.trim().to_owned()).unwrap_or_default()
        };
        ORGANISATION_FIELDS
            .iter()
            .map(|(name, _)| (*name, text(&self.values, name)))
            .filter(|(name, now)| self.initial.as_ref().is_some_and(|initial| *now != text(initial, name)))
            .collect()
    }

    /// What is typed, by field name, with whose it is; a kind that only follows the name is not typed.
    fn parked(&self) -> Option<Value> {
        let changed = self.changed();
        if !changed.keys().any(|name| *name != "org_kind" || self.is_kind_chosen) {
            return None;
        }
        let mut parked: serde_json::Map<String, Value> =
            changed.into_iter().map(|(name, text)| (name.to_owned(), Value::String(text))).collect();
        if !self.is_kind_chosen {
            parked.remove("org_kind");
        }
        let place = |id: Option<OrganisationId>| id.map(|id| Value::String(id.to_string()));
        parked.extend(place(self.id).map(|id| ("id".to_owned(), id)));
        parked.extend(place(self.parent).map(|id| ("parent_id".to_owned(), id)));
        Some(Value::Object(parked))
    }

    fn may_save(&self, today: Day) -> bool {
        let is_date = |name: &&str| {
            let text = self.values.get(*name).map_or("", |text| text.trim());
            text.is_empty() || read_date(text, today).is_ok()
        };
        let has_name = self.values.get("name").is_some_and(|name| !name.trim().is_empty());
        let years = self.note_of("term_years", self.values.get("term_years").map_or("", String::as_str));
        let is_sound = !matches!(years, Note::Fault(_));
        has_name && is_sound && DATES.iter().all(is_date) && !self.changed().is_empty()
    }

    fn save(&mut self, today: Day, out: &mut Outbox) {
        let normal = |name: &str, text: String| match DATES.contains(&name) {
            true => read_date(&text, today).unwrap_or(text),
            false => text,
        };
        let set = self
            .changed()
            .into_iter()
            .map(|(name, text)| (name.to_owned(), (!text.is_empty()).then(|| normal(name, text))))
            .collect();
        let set = OrganisationDraft(set);
        let command = match self.id {
            Some(id) => Command::EditOrganisation(EditOrganisation { id, set }),
            None => Command::AddOrganisation(AddOrganisation { parent_id: self.parent, set }),
        };
        self.saving.run(out, command);
    }

    fn body_ui(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.saving.problem_ui(ui);
        if self.initial.is_none() {
            note(ui, "没有这个党组织，可能刚被撤销或删掉");
            return;
        }
        if self.id.is_none() {
            self.parent_ui(ui, scene.tree);
        }
        let gap = space::M;
        let third = (ui.available_width() - 2.0 * gap) / 3.0;
        let mut changed = false;
        let was_closed = self.was_closed();
        for (title, rows) in GROUPS {
            if !title.is_empty() {
                section(
                    ui,
                    title,
                    if title == "班子" {
                        "写人名；是本工作簿的党员的，用任职、换届选举"
                    } else {
                        ""
                    },
                );
            }
            for row in rows.iter().filter(|row| was_closed || row[0].0 != "closed") {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = gap;
                    for (name, thirds) in *row {
                        let width = third * *thirds as f32 + gap * (*thirds as f32 - 1.0);
                        changed |= self.field_ui(ui, name, width, scene);
                    }
                });
            }
        }
        if changed {
            self.saving.forget();
        }
        if self.values.get("org_kind").is_some_and(|kind| kind == OrganisationKind::Group.label()) {
            wrapped_note(ui, BASIS_OF_GROUPS);
        }
        self.frames = self.frames.saturating_add(1);
        if self.frames == 1 {
            // The name gets the focus after the dialog has given it to what stands first.
            ui.ctx().request_repaint();
        }
    }

    fn was_closed(&self) -> bool {
        let closed = self.initial.as_ref().and_then(|initial| initial.get("closed"));
        closed.is_some_and(|closed| !closed.is_empty())
    }

    /// Below which organisation a new one stands.
    fn parent_ui(&mut self, ui: &mut Ui, tree: &[OrganisationLine]) {
        let standing = tree.iter().filter(|line| !line.is_gone && line.organisation.kind != OrganisationKind::Group);
        let lines: Vec<&OrganisationLine> = standing.collect();
        let names: Vec<&str> =
            std::iter::once("无（最上级）").chain(lines.iter().map(|line| line.organisation.shown_name())).collect();
        let depths: Vec<usize> = std::iter::once(0).chain(lines.iter().map(|line| line.depth)).collect();
        let place = |id| lines.iter().position(|line| line.organisation.id == id).map_or(0, |place| place + 1);
        let mut chosen = Some(self.parent.map_or(0, place));
        let width = ui.available_width();
        if Select::new("上级党组织", &names, &mut chosen).depths(&depths).width(width).show(ui).changed() {
            let line = chosen.and_then(|place| place.checked_sub(1)).and_then(|place| lines.get(place));
            self.parent = line.map(|line| line.organisation.id);
            self.follow_name(tree);
            self.saving.forget();
        }
    }

    fn field_ui(&mut self, ui: &mut Ui, name: &'static str, width: f32, scene: &Scene<'_>) -> bool {
        let (today, tree) = (scene.today, scene.tree);
        let label = organisation_field_label(name).unwrap_or(name);
        match name {
            "org_kind" => return self.kind_ui(ui, label, width),
            "admits" => return self.usual_ui(ui, name, label, YES_NO, width),
            "unit_situation" => return self.usual_ui(ui, name, label, UNIT_SITUATIONS, width),
            "unit_kind" => return self.usual_ui(ui, name, label, UNIT_KINDS, width),
            _ => {}
        }
        let note = self.note_of(name, self.values.get(name).map_or("", String::as_str));
        let text = self.values.entry(name).or_default();
        if DATES.contains(&name) {
            let read = move |text: &str| read_date(text, today);
            return DateField::new(label, text, today, &read).width(width).show(ui).changed();
        }
        let field = TextField::new(label, text).note(note);
        let field = match name {
            "term_years" => field.hint("空着按规则").suffix("年"),
            "name" => field.required().take_focus(self.frames == 1),
            "committee" => field.hint("用、分开"),
            _ => field,
        };
        let changed = field.width(width).show(ui).changed();
        if changed && name == "name" {
            self.follow_name(tree);
        }
        changed
    }

    /// One of the usual words, or the other one that stands in it already.
    fn usual_ui(&mut self, ui: &mut Ui, name: &'static str, label: &str, usual: &[&str], width: f32) -> bool {
        let written = self.values.get(name).cloned().unwrap_or_default();
        let mut options: Vec<&str> = std::iter::once(NOTHING).chain(usual.iter().copied()).collect();
        if !written.is_empty() && !options.contains(&written.as_str()) {
            options.push(&written);
        }
        let mut chosen = if written.is_empty() { None } else { options.iter().position(|word| *word == written) };
        let changed = Select::new(label, &options, &mut chosen).width(width).show(ui).changed();
        if changed {
            let word = chosen.filter(|place| *place > 0).and_then(|place| options.get(place)).copied();
            self.values.insert(name, word.unwrap_or_default().to_owned());
        }
        changed
    }

    /// What is to be said of what is written in a field.
    fn note_of(&self, name: &str, text: &str) -> Note {
        let text = text.trim();
        match name {
            _ if text.is_empty() => Note::None,
            "term_years"
                if !text.trim_end_matches('年').trim().parse().is_ok_and(|years: i64| (1..=10).contains(&years)) =>
            {
                Note::Fault("写 3 或 5".into())
            }
            "unit_code" if text.chars().count() != 18 => {
                Note::Warning(format!("一般是 18 位，现在 {} 位", text.chars().count()))
            }
            "leading_group" => Note::Plain("只作标注，不是上级".into()),
            _ => Note::None,
        }
    }

    /// The kind that the name and the place tell, unless one was chosen: below a branch stand only groups.
    fn follow_name(&mut self, tree: &[OrganisationLine]) {
        if self.is_kind_chosen {
            return;
        }
        let parent = tree.iter().find(|line| Some(line.organisation.id) == self.parent);
        let kind = match parent {
            Some(parent) if parent.organisation.kind.is_branch() => OrganisationKind::Group,
            _ => OrganisationKind::from_name(self.values.get("name").map_or("", String::as_str)),
        };
        self.values.insert("org_kind", kind.label().to_owned());
    }

    fn kind_ui(&mut self, ui: &mut Ui, label: &str, width: f32) -> bool {
        let kinds = OrganisationKind::ALL.map(OrganisationKind::label);
        let mut chosen = kinds.iter().position(|kind| self.values.get("org_kind").is_some_and(|own| own == kind));
        let follows = !self.is_kind_chosen && self.values.get("name").is_some_and(|name| !name.trim().is_empty());
        let told = if follows { Note::Plain("由全称和上级看出，可改".into()) } else { Note::None };
        let changed = Select::new(label, &kinds, &mut chosen).note(told).width(width).show(ui).changed();
        if changed && let Some(kind) = chosen.and_then(|place| kinds.get(place)) {
            self.values.insert("org_kind", (*kind).to_owned());
            self.is_kind_chosen = true;
        }
        changed
    }
}

fn values_of(organisation: &Organisation) -> BTreeMap<&'static str, String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let value = |name: &str| match name {
        "name" => organisation.name.clone(),
        "short_name" => text(&organisation.short_name),
        "org_kind" => organisation.kind.label().to_owned(),
        "code" => text(&organisation.code),
        "founded" => date(organisation.founded),
        "closed" => date(organisation.closed),
        "secretary" => text(&organisation.secretary),
        "deputy" => text(&organisation.deputy),
        "committee" => text(&organisation.committee),
        "contact" => text(&organisation.contact),
        "phone" => text(&organisation.phone),
        "unit" => text(&organisation.unit),
        "elected_on" => date(organisation.elected_on),
        "term_ends" => date(organisation.term_ends),
        "founded_document" => text(&organisation.founded_document),
        "closed_document" => text(&organisation.closed_document),
        "term_years" => organisation.term_years.map(|years| years.to_string()).unwrap_or_default(),
        "admits" => text(&organisation.admits),
        "leading_group" => text(&organisation.leading_group),
        "address" => text(&organisation.address),
        "unit_situation" => text(&organisation.unit_situation),
        "unit_kind" => text(&organisation.unit_kind),
        "unit_code" => text(&organisation.unit_code),
        _ => text(&organisation.remark),
    };
    ORGANISATION_FIELDS.iter().map(|(name, _)| (*name, value(name))).collect()
}

impl Dialog for OrganisationForm {
    fn show(&mut self, ctx: &Context, scene: &Scene<'_>, out: &mut Outbox) -> Stay {
        self.prepare(scene);
        if self.saving.take(scene).is_some() {
            self.parking.clear(out);
            return Stay::Closed;
        }
        let (title, verb) =
            if self.id.is_none() { ("新建党组织", "新建") } else { ("修改党组织", "保存") };
        let may = self.may_save(scene.today) && !self.saving.is_under_way();
        let mut dialog = widgets::Dialog::new("organisation", title, "取消")
            .width(760.0)
            .focus_body()
            .primary(Choice::new(verb).enabled(may));
        if self.is_restored {
            dialog = dialog.note("已恢复上次没有保存的内容").link("恢复原值");
        }
        let answered = dialog.show(ctx, |ui| self.body_ui(ui, scene));
        let by_key = may && keyboard::pressed(ctx, Modifiers::COMMAND, Key::S);
        match answered.answer.or(by_key.then_some(Answer::Primary)) {
            Some(Answer::Quiet) => {
                let parked = self.parked();
                self.parking.park_now(out, parked);
                return Stay::Closed;
            }
            Some(Answer::Primary) if may => self.save(scene.today, out),
            Some(Answer::Link) => {
                self.values = self.initial.clone().unwrap_or_default();
                self.is_kind_chosen = self.id.is_some();
                self.is_restored = false;
                self.parking.clear(out);
            }
            _ => {
                let parked = self.parked();
                self.parking.park(out, parked);
            }
        }
        Stay::Open
    }

    fn is_dirty(&self) -> bool {
        self.parked().is_some()
    }
}
