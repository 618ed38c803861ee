//! Birth and sex as the identity number tells them (采用公民身份号码中的值), for one person or many at once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::moves::people;
use super::{rejected, require_file};
use crate::command::{Made, title};
use crate::domain::fields::Known;
use crate::domain::identity;
use crate::domain::ids::PersonId;
use crate::domain::members::Person;
use crate::domain::values::Value;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::workbook::Title;

/// Sets birth or sex to what the identity number tells (GB 11643-1999). Refused for a number that is itself faulty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptFromIdNumber {
    pub ids: Vec<PersonId>,
    pub field: Adopted,
}

/// What an identity number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Adopted {
    Birth,
    Sex,
}

impl Adopted {
    pub fn field(self) -> Known {
        match self {
            Self::Birth => Known::Birth,
            Self::Sex => Known::Sex,
        }
    }

    /// What the number of a person tells; `None` where it has none, or a faulty one.
    pub fn of(self, person: &Person) -> Option<Value> {
        let number = person.text(Known::IdNumber).filter(|number| identity::fault(number).is_none())?;
        let told = identity::told(number)?;
        match self {
            Self::Birth => told.birth.map(Value::Date),
            Self::Sex => Some(Value::Text(told.sex.label().to_owned())),
        }
    }
}

impl AdoptFromIdNumber {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let mut names = Vec::new();
        for id in &self.ids {
            let seen = require_file(book, *id)?.person;
            let Some(value) = self.field.of(&seen) else {
                return Err(rejected(format!("{} 没有公民身份号码，或号码有误", seen.name())));
            };
            let mut wanted = seen.clone();
            wanted.set(self.field.field(), Some(value));
            book.update(&seen, &wanted)?;
            names.push(seen.name().to_owned());
        }
        let label = self.field.field().label();
        Ok((title(format!("采用公民身份号码中的{label}：{}", people(&names))), Made(self.ids.first().map(|id| id.0))))
    }
}
