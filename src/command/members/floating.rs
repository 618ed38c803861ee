//! 流入党员: people who take part here while their relation stays elsewhere. Kept as persons, counted nowhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{RecordEvent, rejected, set_extras, set_person_fields};
use crate::command::drafts::MemberDraft;
use crate::command::ledger::Stamp;
use crate::command::{Made, title};
use crate::domain::dates::PartialDate;
use crate::domain::events::EventKind;
use crate::domain::fields::{Home, Known};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::Person;
use crate::domain::values::Value;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::{members as table, organisations, workbook::Title};

/// Adds somebody who floats in (登记流入党员): a person with a floating fact from a day on, and no membership.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddFloatingMember {
    /// The branch here in whose life the person takes part.
    pub branch_id: OrganisationId,
    pub set: MemberDraft,
    pub on: PartialDate,
    /// 组织关系所在地
    #[serde(default)]
    pub place: Option<String>,
}

impl AddFloatingMember {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let checked = self.set.check(&table::extra_fields(book.reader())?, stamp.today())?;
        let Some(Some(Value::Text(name))) = checked.known.get(&Known::Name) else {
            return Err(rejected("要有姓名"));
        };
        if let Some(field) = checked.known.keys().find(|key| matches!(key.spec().home, Home::Fact(_))) {
            return Err(rejected(format!("流入党员的组织关系不在这里，没有“{}”", field.label())));
        }
        let mut person = Person::new(PersonId(book.new_id()), name);
        let (id, text) = (person.id, format!("登记流入党员 {name}"));
        set_person_fields(&mut person, &checked, stamp.today());
        book.insert(&person)?;
        set_extras(book, id, &[], &checked.extras)?;
        let tree = organisations::tree(book.reader())?;
        let event = RecordEvent::new(vec![id], EventKind::FloatingIn, self.on);
        RecordEvent { branch_id: Some(self.branch_id), place: self.place, ..event }.record(
            book,
            &tree,
            EventKind::FloatingIn,
            stamp,
        )?;
        Ok((title(text), Made(Some(id.0))))
    }
}
