//! What a row changes about an organisation of the workbook.
//!
//! Start at [`Planner::class_of`].

use super::{Found, Planner, Row};
use crate::command::organisation_field_label;
use crate::domain::as_written::masked;
use crate::domain::dates::PartialDate;
use crate::domain::imports::{Above, Difference, OrganisationClass};
use crate::domain::organisations::{Organisation, OrganisationEvent, OrganisationEventKind, branch_key};

impl Planner<'_> {
    pub(super) fn class_of(&self, row: &Row) -> OrganisationClass {
        match row.found {
            Found::Waiting => OrganisationClass::Waiting,
            Found::Broken => OrganisationClass::Broken,
            Found::None => row.above.map_or(OrganisationClass::Broken, |above| OrganisationClass::New { above }),
            Found::One(id) => match self.held.tree.get(id) {
                Some(node) => self.compare(row, node),
                None => OrganisationClass::Broken,
            },
        }
    }

    /// What is different about an organisation of the workbook.
    fn compare(&self, row: &Row, node: &Organisation) -> OrganisationClass {
        let mut differences = Vec::new();
        let mut differ = |field: &str, old: String, new: String| {
            let label = organisation_field_label(field).unwrap_or("上级党组织").to_owned();
            differences.push(Difference { field: field.to_owned(), label, old, new });
        };
        let key = branch_key(&row.name);
        let is_same_name = key == branch_key(&node.name) || node.short_name.as_deref().map(branch_key) == Some(key);
        if !is_same_name && !self.changed_later(node, OrganisationEventKind::Renamed) {
            differ("name", node.name.clone(), row.name.clone());
        }
        if let Some(kind) = row.kind.filter(|kind| row.is_kind_written && *kind != node.kind) {
            differ("org_kind", node.kind.label().to_owned(), kind.label().to_owned());
        }
        for (field, new) in &row.set {
            let old = held_text(node, field);
            if !says_the_same(&old, new) {
                differ(field, masked(&old).into_owned(), masked(new).into_owned());
            }
        }
        let above = row.above.filter(|above| *above != Above::There(node.parent));
        let above = above.filter(|_| !self.changed_later(node, OrganisationEventKind::Moved));
        if above.is_some() {
            let old = node.parent.and_then(|id| self.held.tree.get(id)).map(|above| above.name.clone());
            differ("parent", old.unwrap_or_default(), row.parent.clone().unwrap_or_default());
        }
        if differences.is_empty() {
            OrganisationClass::Same { id: node.id }
        } else {
            OrganisationClass::Changed { id: node.id, above, differences }
        }
    }

    /// Whether the workbook knows of a later change than the list.
    fn changed_later(&self, node: &Organisation, kind: OrganisationEventKind) -> bool {
        let is_later = |event: &&OrganisationEvent| {
            event.organisation == node.id && event.kind == kind && event.day.first_day() >= self.plan.roster_day
        };
        self.held.events.iter().any(|event| is_later(&event))
    }
}

/// A field of an organisation as drafts write it.
pub(super) fn held_text(node: &Organisation, field: &str) -> String {
    let date = |date: Option<PartialDate>| date.map(|date| date.to_string());
    let text = match field {
        "short_name" => node.short_name.clone(),
        "code" => node.code.clone(),
        "founded" => date(node.founded),
        "closed" => date(node.closed),
        "secretary" => node.secretary.clone(),
        "deputy" => node.deputy.clone(),
        "committee" => node.committee.clone(),
        "contact" => node.contact.clone(),
        "phone" => node.phone.clone(),
        "unit" => node.unit.clone(),
        "elected_on" => date(node.elected_on),
        "term_ends" => date(node.term_ends),
        "remark" => node.remark.clone(),
        "founded_document" => node.founded_document.clone(),
        "closed_document" => node.closed_document.clone(),
        "term_years" => node.term_years.map(|years| years.to_string()),
        "admits" => node.admits.clone(),
        "leading_group" => node.leading_group.clone(),
        "address" => node.address.clone(),
        "unit_situation" => node.unit_situation.clone(),
        "unit_kind" => node.unit_kind.clone(),
        "unit_code" => node.unit_code.clone(),
        _ => None,
    };
    text.unwrap_or_default()
}

/// A date that only says less than the one that stands is no difference.
pub(super) fn says_the_same(old: &str, new: &str) -> bool {
    old == new
        || PartialDate::from_iso(old)
            .zip(PartialDate::from_iso(new))
            .is_some_and(|(old, new)| old.agrees_with(new) && old.precision() > new.precision())
}
