//! 党员信息卡: which fields stand on a card, in the groups of forms, and what happened to the person.

use super::{OfficeAsk, dotted};
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::{Class, FactKind, FieldGroup, FieldKey, FieldKind, Known};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::{Category, Fact};
use crate::print::cards::{Card, CardField, CardGroup, CardRecords, CardSheet};
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::member::{MemberPage, page, shown};
use crate::view::members::list;

/// 党籍状态 of who is a member like any other.
const USUAL_STATUS: &str = "正常";

/// Fields that stand on a card only where there is something to say.
const ON_OCCASION: &[Known] =
    &[Known::Birthplace, Known::EducationText, Known::TransferIn, Known::FloatPlace, Known::LostSince, Known::Fee];

pub(super) fn cards_of(desk: &Desk, ask: &OfficeAsk, options: &FillOptions) -> Result<CardSheet> {
    let as_of = ask.list.as_of;
    let people = if ask.people.is_empty() { list(desk, &ask.list)?.ids.to_vec() } else { ask.people.clone() };
    let card = |id: &PersonId| Ok(page(desk, *id, as_of)?.map(|page| card_of(&page, options.unmasked)));
    let cards = people.iter().filter_map(|id| card(id).transpose()).collect::<Result<Vec<Card>>>()?;
    Ok(CardSheet {
        title: "党员信息卡".to_owned(),
        frame: Whose::on(desk, ask.list.scope, as_of)?.frame(options),
        cards,
        masked: !options.unmasked,
    })
}

fn card_of(page: &MemberPage, unmasked: bool) -> Card {
    let text = |key: Known| page.values.get(&FieldKey::Known(key)).cloned().unwrap_or_default();
    let mut groups: Vec<CardGroup> = FieldGroup::ALL
        .into_iter()
        .map(|group| CardGroup { title: group.label().to_owned(), fields: fields_of(page, group, unmasked) })
        .collect();
    if let Some(other) = groups.last_mut() {
        let extra = |field: &crate::store::members::ExtraField| {
            let value = page.values.get(&FieldKey::Extra(field.id))?.clone();
            Some(CardField { label: field.label.clone(), wide: value.chars().count() > 14, value })
        };
        other.fields.splice(0..0, page.extra_fields.iter().filter_map(extra));
    }
    Card {
        name: page.file.person.name().to_owned(),
        branch: text(Known::Branch),
        groups,
        records: vec![
            CardRecords {
                title: "组织关系和任职".to_owned(),
                heads: ["起止时间", "事项", "内容"],
                rows: page.file.facts.iter().filter_map(|fact| fact_row(page, fact)).collect(),
                nothing: "没有登记",
            },
            CardRecords {
                title: "大事记".to_owned(),
                heads: ["时间", "事项", "内容"],
                rows: happened(page).map(|event| event_row(page, event)).collect(),
                nothing: "没有登记",
            },
        ],
    }
}

fn fields_of(page: &MemberPage, group: FieldGroup, unmasked: bool) -> Vec<CardField> {
    let mut fields = Vec::new();
    for known in group.fields().iter().copied() {
        let value = value_then(page, known);
        if value.is_none() && ON_OCCASION.contains(&known) {
            continue;
        }
        let masked = known.spec().class == Class::Personal && !unmasked;
        let value = value.map(|value| if masked { shown(known.into(), value, false) } else { value.to_owned() });
        let value = value.map_or_else(|| without(page, known).to_owned(), |value| on_card(page, known, value));
        fields.push(CardField { label: known.label().to_owned(), value, wide: is_wide(known) });
        if known == Known::Full {
            let years = page.standing_years.map_or_else(|| UNKNOWN.to_owned(), |years| format!("{years} 年"));
            fields.push(CardField { label: "党龄".to_owned(), value: years, wide: false });
        }
    }
    fields
}

/// What stands where nothing is known: no cell of a card stays blank.
const UNKNOWN: &str = "—";

/// A field as it was on the day of the card: what happened later is not on it.
fn value_then(page: &MemberPage, known: Known) -> Option<&str> {
    let is_later = page.file.person.date(known).is_some_and(|date| !date.is_reached_on(page.as_of));
    let value = page.values.get(&FieldKey::Known(known)).map(String::as_str);
    value.filter(|value| !value.is_empty() && !is_later)
}

/// What a field without a value says: what the workbook would know is not there, of a member in good standing what is
/// usual, of all else nothing.
fn without(page: &MemberPage, known: Known) -> &'static str {
    let is_member = page.on_roll && page.category.is_some_and(Category::is_member);
    match known {
        Known::Group | Known::PartyPost | Known::Honours | Known::Remark => "无",
        Known::Status if is_member => USUAL_STATUS,
        Known::Floating | Known::Lost if is_member => "否",
        _ => UNKNOWN,
    }
}

/// What was recorded up to the day of the card.
fn happened(page: &MemberPage) -> impl Iterator<Item = &Event> {
    page.events.iter().filter(|event| event.day.is_reached_on(page.as_of))
}

/// Dates with dots; the age beside the birth.
fn on_card(page: &MemberPage, known: Known, value: String) -> String {
    let value = if known.spec().is_date() { value.replace('-', ".") } else { value };
    match (known, page.age) {
        (Known::Birth, Some(age)) => format!("{value}（{age}岁）"),
        _ => value,
    }
}

/// Fields that take a row of their own.
fn is_wide(known: Known) -> bool {
    matches!(known.spec().kind, FieldKind::LongText | FieldKind::Organisation)
        || matches!(known, Known::School | Known::Unit)
}

/// 「2019.07至今，组织关系，机关第一党支部」; nothing for 「否」, for the usual status and for what began later. An end that
/// came later is none yet.
fn fact_row(page: &MemberPage, fact: &Fact) -> Option<[String; 3]> {
    if fact.span.from.is_some_and(|from| !from.is_reached_on(page.as_of)) {
        return None;
    }
    let value = fact.value.as_deref().unwrap_or_default();
    let name = name_of(page, fact.organisation);
    let words = match fact.kind {
        FactKind::Membership | FactKind::Group => name,
        FactKind::Post => {
            [name, value.to_owned()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        }
        FactKind::Status if value == USUAL_STATUS => return None,
        // Why somebody cannot take part is of health: not on a card.
        FactKind::Unable => return None,
        FactKind::Status => value.to_owned(),
        FactKind::Floating | FactKind::Lost if value != "是" => return None,
        FactKind::Floating | FactKind::Lost => fact.place.clone().unwrap_or_default(),
    };
    let from = fact.span.from.map_or_else(|| "不详".to_owned(), |from| dotted(Some(from)));
    let ended = fact.span.to.filter(|to| to.is_reached_on(page.as_of));
    let to = ended.map_or_else(|| "今".to_owned(), |to| dotted(Some(to)));
    Some([format!("{from}至{to}"), fact.kind.label().to_owned(), words])
}

/// Of honours and discipline only kind and day stand on paper.
fn event_row(page: &MemberPage, event: &Event) -> [String; 3] {
    let value = event.value.clone();
    let words: Vec<String> = match event.kind {
        EventKind::Honour | EventKind::Discipline => value.into_iter().collect(),
        kind => {
            let told = [
                value,
                Some(name_of(page, event.target.or(event.organisation))).filter(|name| !name.is_empty()),
                event.place.as_ref().map(|place| format!("{} {place}", kind.spec().place_label)),
                event.document.as_ref().map(|document| format!("{} {document}", kind.spec().document_label)),
                event.until.map(|until| format!("{} {}", kind.spec().until_label, dotted(Some(until)))),
            ];
            told.into_iter().flatten().collect()
        }
    };
    [dotted(Some(event.day)), event.kind.label().to_owned(), words.join("，")]
}

fn name_of(page: &MemberPage, id: Option<OrganisationId>) -> String {
    id.and_then(|id| page.organisations.get(&id)).cloned().unwrap_or_default()
}
