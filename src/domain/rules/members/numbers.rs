//! The identity number against its own rules, and birth and sex against it.

use super::{Finding, Remedy, Subject, finding};
use crate::domain::fields::Known;
use crate::domain::identity::{self, IdFault};
use crate::domain::members::Person;
use crate::domain::rules::{Measure, Rule};

pub(super) fn measure<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let person = &subject.file.person;
    let Some(number) = person.text(Known::IdNumber) else { return };
    let fault = identity::fault(number);
    let length = || number.chars().count().to_string();
    match rule.measure {
        Measure::NumberLength if fault == Some(IdFault::Length) => found.push(finding(rule, &[("value", length())])),
        Measure::NumberCheck if fault == Some(IdFault::CheckDigit) => found.push(finding(rule, &[])),
        Measure::NumberBirth if fault == Some(IdFault::BirthDate) => found.push(finding(rule, &[])),
        Measure::BirthAsInNumber => {
            let told = identity::told(number).and_then(|told| told.birth).zip(person.date(Known::Birth));
            if let Some((in_number, registered)) = told.filter(|(in_number, birth)| !in_number.agrees_with(*birth)) {
                let values = [("told", registered.to_string()), ("value", in_number.to_string())];
                found.push(finding(rule, &values).with(remedy(person, Known::Birth)));
            }
        }
        Measure::SexAsInNumber => {
            let told = identity::told(number).map(|told| told.sex.label()).zip(person.text(Known::Sex));
            if let Some((in_number, registered)) = told.filter(|(in_number, sex)| in_number != sex) {
                let values = [("told", registered.to_owned()), ("value", in_number.to_owned())];
                found.push(finding(rule, &values).with(remedy(person, Known::Sex)));
            }
        }
        _ => {}
    }
}

/// What a sound number tells of birth or sex; a faulty one may be wrong there too, and other fields it does not tell.
pub(super) fn remedy(person: &Person, field: Known) -> Option<Remedy> {
    let number = person.text(Known::IdNumber).filter(|number| identity::fault(number).is_none())?;
    let told = identity::told(number)?;
    let value = match field {
        Known::Birth => told.birth?.to_string(),
        Known::Sex => told.sex.label().to_owned(),
        _ => return None,
    };
    Some(Remedy::FromNumber { field, value })
}
