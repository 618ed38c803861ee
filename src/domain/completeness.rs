//! Completeness (资料齐全): which fields a person's record should tell and does not.
//!
//! The fields are the numbers of a rule (`assets/rules/members.toml`), so that a workbook may want others. Start at
//! [`missing`].

use super::fields::Known;
use super::members::{Category, PersonFile};
use super::rules::{Measure, Rule, RuleBook};
use crate::clock::Day;

/// The fields that a record should tell by these rules, in the order of the fields; none where the rule is switched off.
pub fn needed(book: &RuleBook) -> Vec<Known> {
    let rules = book.rules.iter().filter(|rule| rule.enabled && rule.measure == Measure::ValuesNeeded);
    rules.flat_map(needed_by).collect()
}

/// The fields that one rule asks for, in their order.
pub fn needed_by(rule: &Rule) -> Vec<Known> {
    let asked = rule.numbers.iter().filter(|(_, needed)| **needed != 0);
    let mut fields: Vec<Known> = asked.filter_map(|(name, _)| Known::from_name(name)).collect();
    fields.sort();
    fields
}

/// Which of the needed fields a person's record does not tell on `day`. 入党时间 is missed of members and of those of
/// whom nothing tells what they are, 转正时间 of formal members unless there was no probation.
pub fn missing(needed: &[Known], file: &PersonFile, day: Day) -> Vec<Known> {
    let path = file.person.path();
    let category = path.category_on(day);
    let is_asked = |field: Known| match field {
        Known::Joined => category.is_none_or(Category::is_member),
        Known::Full => category == Some(Category::Formal) && path.standing_since().is_none(),
        _ => true,
    };
    let needed = needed.iter().copied().filter(|field| is_asked(*field));
    needed.filter(|field| !file.person.values.contains_key(field)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::dates::PartialDate;
    use crate::domain::fields::Home;
    use crate::domain::ids::PersonId;
    use crate::domain::members::{CategoryTold, Person};
    use crate::domain::rules::RuleChange;
    use crate::domain::values::Value;

    fn file(set: &[(Known, &str)]) -> PersonFile {
        let mut person = Person::new(PersonId(1), "林秀英");
        for (known, text) in set {
            let date = PartialDate::from_iso(text).filter(|_| known.spec().is_date());
            person.set(*known, Some(date.map_or_else(|| Value::Text((*text).to_owned()), Value::Date)));
        }
        PersonFile { person, facts: Vec::new(), extras: BTreeMap::new() }
    }

    fn missing_on(file: &PersonFile) -> Vec<Known> {
        let book = RuleBook::shipped().expect("rules");
        missing(&needed(&book), file, "2026-11-24".parse().expect("a day"))
    }

    const WHOLE: [(Known, &str); 6] = [
        (Known::Sex, "女"),
        (Known::Nation, "汉族"),
        (Known::Birth, "1981-05"),
        (Known::IdNumber, "110000198105210066"),
        (Known::Education, "大学本科"),
        (Known::Phone, "13800000000"),
    ];

    #[test]
    fn the_rule_names_fields_that_are_columns_of_the_person_and_a_workbook_may_want_others() {
        let book = RuleBook::shipped().expect("rules");
        let rule = book.rules.iter().find(|rule| rule.measure == Measure::ValuesNeeded).expect("the rule");
        let fields: Vec<Known> = rule.numbers.keys().filter_map(|name| Known::from_name(name)).collect();
        assert_eq!(fields.len(), rule.numbers.len(), "every name in the data is a field");
        assert!(fields.iter().all(|known| known.spec().home == Home::Person));
        let change = RuleChange {
            id: 1,
            rule: rule.id.clone(),
            numbers: BTreeMap::from([("unit".to_owned(), 1), ("phone".to_owned(), 0)]),
            enabled: None,
            note: None,
        };
        let own = needed(&book.clone().with(std::slice::from_ref(&change)));
        assert!(own.contains(&Known::Unit) && !own.contains(&Known::Phone));
        assert_eq!(needed(&book.with(&[RuleChange { enabled: Some(false), ..change }])), []);
    }

    #[test]
    fn what_is_needed_depends_on_the_category() {
        let with = |more: &[(Known, &str)]| file(&[&WHOLE[..], more].concat());
        assert_eq!(missing_on(&file(&[(Known::Applied, "2026-01-01")])), WHOLE.map(|(known, _)| known));
        assert_eq!(missing_on(&with(&[(Known::Applied, "2026-01-01")])), [], "an applicant has not joined");
        assert_eq!(missing_on(&with(&[])), [Known::Joined], "nothing tells what the person is");
        assert_eq!(missing_on(&with(&[(Known::Joined, "2026-03")])), [], "on probation");
        assert_eq!(missing_on(&with(&[(Known::Joined, "1975-07-01")])), [], "there was no probation then");
        let mut told = with(&[(Known::Joined, "2006-12-08")]);
        let on = "2020-01-01".parse().expect("a day");
        told.person.category_told = Some(CategoryTold { category: Category::Formal, on });
        assert_eq!(missing_on(&told), [Known::Full]);
    }
}
