//! The fields that the user made (自定义字段): how many people have a value of each, and which values a new kind would
//! not read.

use super::desk::Desk;
use crate::domain::fields::ExtraKind;
use crate::domain::ids::{ExtraFieldId, PersonId};
use crate::problem::Result;
use crate::store::members::{ExtraField, extra_fields, extra_values_of};

/// A field with how many people have a value of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraFieldLine {
    pub field: ExtraField,
    pub people: usize,
}

/// A value that is none of a kind (不合的值).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    pub person: PersonId,
    pub name: String,
    pub value: String,
}

/// All fields, in their order.
pub fn lines(desk: &Desk) -> Result<Vec<ExtraFieldLine>> {
    let fields = extra_fields(desk.reader())?;
    let line = |field: ExtraField| {
        let people = extra_values_of(desk.reader(), field.id)?.len();
        Ok(ExtraFieldLine { field, people })
    };
    fields.into_iter().map(line).collect()
}

/// The values of a field that a kind would not read, with whose they are.
pub fn misfits(desk: &Desk, field: ExtraFieldId, kind: &ExtraKind) -> Result<Vec<Misfit>> {
    let values = extra_values_of(desk.reader(), field)?;
    let name = |person: PersonId| desk.directory().get(person).map(|card| card.name.to_string()).unwrap_or_default();
    let of_none = values.into_iter().filter(|value| kind.read(&value.value).is_err());
    Ok(of_none.map(|held| Misfit { person: held.person, name: name(held.person), value: held.value }).collect())
}
