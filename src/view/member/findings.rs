//! What does not fit together in a member's values (待核): warns, never blocks.
//!
//! Each finding says what stands against what, and where one of the two can simply be taken over, how.

use crate::clock::Day;
use crate::domain::fields::Known;
use crate::domain::identity::{self, IdFault};
use crate::domain::members::PersonFile;
use crate::domain::values::{Trouble, cross_checks};

/// Something that does not fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// 「出生日期不一致」
    pub title: String,
    /// 「登记为 1981-05-21，身份号码中为 1981-05-12」
    pub note: String,
    /// Values that can be taken over with one press.
    pub fixes: Vec<Fix>,
}

/// A value that would settle a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// 「采用 1981-05-12」
    pub label: String,
    pub field: Known,
    pub value: String,
}

impl Finding {
    fn new(title: impl Into<String>, note: impl Into<String>) -> Self {
        Self { title: title.into(), note: note.into(), fixes: Vec::new() }
    }

    fn fix(mut self, field: Known, value: String) -> Self {
        self.fixes.push(Fix { label: format!("采用 {value}"), field, value });
        self
    }
}

/// What does not fit together: the number against its rules, birth, sex; dates against dates; a category that only a
/// roster tells.
pub(super) fn findings(file: &PersonFile, today: Day) -> Vec<Finding> {
    let person = &file.person;
    let number = person.text(Known::IdNumber);
    let mut found: Vec<Finding> = number.and_then(identity::fault).map(of_number).into_iter().collect();
    let told = number.and_then(identity::told);
    for (known, trouble) in cross_checks(&person.values, today) {
        found.push(match (trouble, told) {
            (Trouble::IdBirth, Some(told)) => {
                let in_number = told.birth.map(|birth| birth.to_string()).unwrap_or_default();
                let registered = person.date(Known::Birth).map(|birth| birth.to_string()).unwrap_or_default();
                Finding::new("出生日期不一致", format!("登记为 {registered}，身份号码中为 {in_number}"))
                    .fix(Known::Birth, in_number)
            }
            (Trouble::IdSex, Some(told)) => {
                let registered = person.text(Known::Sex).unwrap_or_default();
                let in_number = told.sex.label();
                Finding::new("性别不一致", format!("登记为{registered}，身份号码中为{in_number}"))
                    .fix(Known::Sex, in_number.to_owned())
            }
            (_, _) => {
                let value = person.date(known).map(|date| date.to_string()).unwrap_or_default();
                Finding::new(format!("{}可能不对", known.label()), format!("{value}，与其他日期的先后不合理"))
            }
        });
    }
    if let Some(told) = person.category_told {
        found.push(Finding::new(
            "人员类别推不出来",
            format!("“{}”是花名册所载（{}），入党、转正等时间推不出它", told.category.label(), told.on),
        ));
    }
    found
}

fn of_number(fault: IdFault) -> Finding {
    match fault {
        IdFault::Length => Finding::new("公民身份号码位数不对", "应为 18 位，请与证件核对"),
        IdFault::CheckDigit => Finding::new("公民身份号码校验位不符", "有一位写错了，请与证件核对"),
        IdFault::BirthDate => Finding::new("公民身份号码里的出生日期不存在", "请与证件核对"),
    }
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::domain::dates::PartialDate;
    use crate::domain::fields::Known;
    use crate::domain::ids::PersonId;
    use crate::domain::members::{Person, PersonFile};
    use crate::domain::values::Value;

    #[test]
    fn the_birth_in_the_number_can_be_taken_over() {
        let mut person = Person::new(PersonId(1), "林秀英");
        person.set(Known::IdNumber, Some(Value::Text("110000199807010020".into())));
        person.set(Known::Birth, PartialDate::from_iso("1998-01-07").map(Value::Date));
        person.set(Known::Sex, Some(Value::Text("女".into())));
        let file = PersonFile { person, facts: Vec::new(), extras: std::collections::BTreeMap::new() };
        let found = findings(&file, "2026-11-24".parse().expect("a day"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].note, "登记为 1998-01-07，身份号码中为 1998-07-01");
        assert_eq!(found[0].fixes[0].label, "采用 1998-07-01");
    }
}
