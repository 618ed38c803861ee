//! Owns a field for people of a talk: it asks who is found, and holds who is picked.
//! Must never know what the people do in the talk. Start at [`PeopleField::show`].

use egui::{Response, Ui};

use crate::domain::ids::OrganisationId;
use crate::engine::questions::FoundPeople;
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::widgets::{Note, PersonLine, PersonPicker, PersonToken, PickerEvent, PickerText};
use crate::view::talks::{PeopleAsk, PersonFound, Seat};

/// What a field for people keeps between frames.
#[derive(Debug, Default)]
pub struct PeopleField {
    pub text: PickerText,
    found: Live<FoundPeople>,
}

/// How a field for people looks.
pub struct PeopleLook<'a> {
    pub label: &'a str,
    pub hint: &'a str,
    pub width: f32,
    pub note: Note,
    pub is_required: bool,
    /// The label is its name only.
    pub is_bare: bool,
    /// One person only: who is picked takes the place of who was.
    pub is_one: bool,
    /// Only people of the roster.
    pub is_listed_only: bool,
    /// A filter: see [`PersonPicker::seeks`].
    pub is_sought: bool,
    /// Who sits on the other side: offered last.
    pub others: &'a [Seat],
}

impl<'a> PeopleLook<'a> {
    pub fn new(label: &'a str, width: f32) -> Self {
        let hint = "姓名、拼音或首字母";
        Self {
            label,
            hint,
            width,
            note: Note::None,
            is_required: false,
            is_bare: false,
            is_one: false,
            is_listed_only: false,
            is_sought: false,
            others: &[],
        }
    }

    pub fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    pub fn bare(self) -> Self {
        Self { is_bare: true, ..self }
    }

    pub fn one(self) -> Self {
        Self { is_one: true, ..self }
    }

    pub fn listed_only(self) -> Self {
        Self { is_listed_only: true, ..self }
    }

    pub fn sought(self) -> Self {
        Self { is_sought: true, ..self }
    }

    pub fn others(self, others: &'a [Seat]) -> Self {
        Self { others, ..self }
    }

    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    pub fn note(self, note: Note) -> Self {
        Self { note, ..self }
    }
}

/// What came of a field for people.
pub struct PeopleShown {
    pub response: Response,
    /// Somebody was picked, named or taken away.
    pub changed: bool,
    /// The list was open, so that ↑ ↓ and Enter were its own.
    pub was_open: bool,
}

impl PeopleField {
    /// What is written and stands for nobody yet.
    pub fn pending(&self) -> Option<&str> {
        Some(self.text.text.trim()).filter(|text| !text.is_empty())
    }

    /// Draws the field over those picked. `near` is the organisation whose people come first.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        near: Option<OrganisationId>,
        seats: &mut Vec<Seat>,
        look: PeopleLook<'_>,
    ) -> PeopleShown {
        let sought = self.text.sought().map(str::to_owned);
        if let Some(text) = &sought {
            self.found.ask(scene, FoundPeople(PeopleAsk { text: text.clone(), near, as_of: scene.today }));
        }
        let all = if sought.is_some() { self.found.shown().map_or(&[][..], Vec::as_slice) } else { &[] };
        // Who sits there already is not offered again.
        let mut found: Vec<&PersonFound> =
            all.iter().filter(|found| !seats.iter().any(|seat| seat.person == Some(found.id))).collect();
        found.sort_by_key(|found| look.others.iter().any(|seat| seat.person == Some(found.id)));
        let line = |found: &&'_ PersonFound| (found.name.clone(), found.branch.clone(), found.age.clone());
        let lines: Vec<(String, String, String)> = found.iter().map(line).collect();
        let lines: Vec<PersonLine<'_>> =
            lines.iter().map(|(name, about, right)| PersonLine { name, about, right }).collect();
        let taken = seats.clone();
        let abouts: Vec<String> = taken.iter().map(told).collect();
        let token = taken.iter().zip(&abouts).map(|(seat, about)| PersonToken {
            name: &seat.name,
            about,
            beside: near.and_then(|near| seat.elsewhere_than(near)).unwrap_or_default(),
            is_listed: seat.person.is_some(),
        });
        let tokens: Vec<PersonToken<'_>> = token.collect();
        let aside = match &taken[..] {
            [one] => one.post.as_str(),
            _ => "",
        };
        let mut picker = PersonPicker::new(look.label, &mut self.text, &tokens)
            .found(&lines, sought.is_none() || self.found.current().is_some())
            .aside(aside)
            .hint(look.hint)
            .note(look.note)
            .width(look.width);
        if look.is_required {
            picker = picker.required();
        }
        if look.is_listed_only {
            picker = picker.listed_only();
        }
        if look.is_sought {
            picker = picker.seeks();
        }
        if look.is_bare {
            picker = picker.label_hidden();
        }
        let shown = picker.show(ui);
        let seat = match shown.event {
            Some(PickerEvent::Picked(place)) => found.get(place).map(|found| Seat::of(found)),
            Some(PickerEvent::Named(name)) => Some(Seat::named(&name)),
            Some(PickerEvent::Removed(place)) => {
                seats.remove(place);
                return PeopleShown { response: shown.response, changed: true, was_open: shown.was_open };
            }
            None => None,
        };
        let changed = seat.is_some();
        if changed && look.is_one {
            seats.clear();
        }
        seats.extend(seat);
        PeopleShown { response: shown.response, changed, was_open: shown.was_open }
    }
}

/// What the pointer is told of somebody.
fn told(seat: &Seat) -> String {
    match (seat.person, seat.about.is_empty()) {
        (Some(_), _) => seat.about.clone(),
        (None, true) => "名册外".to_owned(),
        (None, false) => format!("名册外·{}", seat.about),
    }
}
