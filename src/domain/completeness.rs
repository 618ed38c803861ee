//! Completeness (资料齐全): which fields a person's record should tell and does not.
//!
//! The fields are data (`assets/rules/completeness.toml`). Start at [`missing`].

use std::sync::LazyLock;

use serde::Deserialize;

use super::fields::Known;
use super::members::{Category, PersonFile};
use crate::clock::Day;

#[derive(Debug, Deserialize)]
struct Needed {
    everybody: Vec<String>,
    members: Vec<String>,
    formal: Vec<String>,
}

/// The needed fields of everybody, of members, of formal members; empty where the data cannot be read, which a test
/// rules out.
static NEEDED: LazyLock<[Vec<Known>; 3]> = LazyLock::new(|| {
    let needed: Option<Needed> = toml::from_str(include_str!("../../assets/rules/completeness.toml")).ok();
    let known = |names: &[String]| names.iter().filter_map(|name| Known::from_name(name)).collect();
    needed.map(|needed| [known(&needed.everybody), known(&needed.members), known(&needed.formal)]).unwrap_or_default()
});

/// What a person's record should tell on `day` and does not, in the order of the data. 转正时间 is not missed where there
/// was no probation.
pub fn missing(file: &PersonFile, day: Day) -> Vec<Known> {
    let path = file.person.path();
    let category = path.category_on(day);
    let [everybody, members, formal] = &*NEEDED;
    let of_members = if category.is_none_or(Category::is_member) { &members[..] } else { &[] };
    let is_formal = category == Some(Category::Formal) && path.standing_since().is_none();
    let of_formal = if is_formal { &formal[..] } else { &[] };
    let needed = everybody.iter().chain(of_members).chain(of_formal).copied();
    needed.filter(|known| !file.person.values.contains_key(known)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::dates::PartialDate;
    use crate::domain::fields::Home;
    use crate::domain::ids::PersonId;
    use crate::domain::members::{CategoryTold, Person};
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
        missing(file, "2026-11-24".parse().expect("a day"))
    }

    const WHOLE: [(Known, &str); 7] = [
        (Known::Sex, "女"),
        (Known::Nation, "汉族"),
        (Known::Birth, "1981-05"),
        (Known::IdNumber, "110000198105210066"),
        (Known::Education, "大学本科"),
        (Known::Unit, "县民政局"),
        (Known::Phone, "13800000000"),
    ];

    #[test]
    fn the_data_names_fields_that_are_columns_of_the_person() {
        let [everybody, members, formal] = &*NEEDED;
        assert_eq!((everybody.len(), members.len(), formal.len()), (7, 1, 1), "every name in the data is a field");
        assert!(NEEDED.iter().flatten().all(|known| known.spec().home == Home::Person));
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
