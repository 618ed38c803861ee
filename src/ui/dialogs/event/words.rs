//! Owns the line that says what recording an event will change.
//! Must never change anything, nor know a control. Start at [`outcome`].

use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::FactKind;
use crate::domain::members::{Ending, PersonFile};
use crate::domain::probation::{ProbationRule, extended_until};

/// What is written in the form, as far as the line tells it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub kind: EventKind,
    pub on: PartialDate,
    /// The name of the chosen branch.
    pub branch: Option<&'a str>,
    pub until: Option<PartialDate>,
    /// How long a probation lasts, as soon as it is known.
    pub probation: Option<ProbationRule>,
}

/// What ends with a membership or a post, in the order in which it is told.
const ENDING: &[FactKind] = &[FactKind::Group, FactKind::Post, FactKind::Floating, FactKind::Lost];

/// What will be so: 「组织关系自 2026-05-01 转到 局机关第二党支部；党小组、党内职务同日结束」. Of one person only what they
/// have is told to end. None while what is needed for it is not written.
pub fn outcome(told: Told<'_>, file: Option<&PersonFile>, events: &[Event]) -> Option<String> {
    let Told { kind, on, branch, until, probation } = told;
    let ended = |kinds: &[FactKind]| ended_words(kinds, file, on.first_day());
    Some(match kind {
        EventKind::TransferIn => format!("组织关系自 {on} 起在 {}", branch?),
        EventKind::TransferWithin => format!("组织关系自 {on} 转到 {}{}", branch?, ended(&ENDING[..2])),
        EventKind::TransferOut | EventKind::Disqualified | EventKind::LeftParty | EventKind::Died => {
            format!("自 {on} 起不在册{}；以前各天的名册和人数不变", ended(ENDING))
        }
        EventKind::FloatingOut => format!("自 {on} 起记为流动党员，组织关系不变，照样计入"),
        EventKind::FloatingIn => format!("自 {on} 起是 {} 的流入党员，不计入本工作簿的人数", branch?),
        EventKind::FloatingEnded => format!("流动登记到 {on} 为止"),
        EventKind::Lost => format!("自 {on} 起记为失联，照样计入"),
        EventKind::Found => format!("失联到 {on} 为止"),
        EventKind::Stopped => format!("党籍状态自 {on} 起为“停止党籍”，不再计入{}", ended(&[FactKind::Post])),
        EventKind::Restored => format!("党籍状态自 {on} 起为“正常”，重新计入"),
        EventKind::Accepted => {
            let path = file.map(|file| file.person.path()).unwrap_or_default();
            let joined = crate::domain::members::PartyPath { joined: Some(on), ..path };
            let end = probation
                .and_then(|rule| rule.ends(&joined, extended_until(events)))
                .map(|end| format!("，预备期到 {end} 满"))
                .unwrap_or_default();
            let left = file.is_some_and(|file| file.ending_on(on.first_day()) == Some(Ending::LeftParty));
            let again = if left {
                "；原来的入党、转正时间留作变动，组织关系自这天起在原党支部"
            } else {
                ""
            };
            format!("入党时间记为 {on}，自这天起是预备党员{end}{again}")
        }
        EventKind::Extended => format!("预备期延长到 {}，人员类别不变", until?),
        EventKind::Converted => format!("转正时间记为 {on}，自这天起是正式党员，党龄从这天算起"),
        EventKind::Honour | EventKind::Discipline | EventKind::Misfortune => {
            format!("记入{}，别的都不变", kind.label())
        }
    })
}

/// 「；党小组、党内职务同日结束」; nothing where the person has nothing of it.
fn ended_words(kinds: &[FactKind], file: Option<&PersonFile>, day: Day) -> String {
    let holds = |kind: &&FactKind| file.is_none_or(|file| file.facts_on(**kind, day).next().is_some());
    let labels: Vec<&str> = kinds.iter().filter(holds).map(|kind| kind.label()).collect();
    if labels.is_empty() {
        return String::new();
    }
    let whose = if file.is_none() { "各人的" } else { "" };
    format!("；{whose}{}同日结束", labels.join("、"))
}

#[cfg(test)]
mod tests {
    use super::{Told, outcome};
    use crate::domain::dates::{PartialDate, Span};
    use crate::domain::events::EventKind;
    use crate::domain::fields::FactKind;
    use crate::domain::ids::{FactId, OrganisationId, PersonId};
    use crate::domain::members::{Fact, Person, PersonFile};
    use crate::domain::probation::ProbationRule;
    use crate::domain::rules::RuleBook;

    fn told(kind: EventKind) -> Told<'static> {
        let date = |text: &str| PartialDate::from_iso(text);
        Told {
            kind,
            on: date("2026-05-01").expect("a date"),
            branch: Some("第二党支部"),
            until: date("2027-01-01"),
            probation: Some(ProbationRule::of(&RuleBook::shipped().expect("rules"))),
        }
    }

    fn file(kinds: &[FactKind]) -> PersonFile {
        let fact = |kind: &FactKind| Fact {
            id: FactId(1),
            person: PersonId(1),
            kind: *kind,
            organisation: Some(OrganisationId(9)),
            value: Some("是".into()),
            place: None,
            span: Span { from: None, to: None },
            position: None,
        };
        let person = Person::new(PersonId(1), "林秀英");
        PersonFile { person, facts: kinds.iter().map(fact).collect(), extras: std::collections::BTreeMap::new() }
    }

    #[test]
    fn only_what_somebody_has_is_told_to_end() {
        let words = |kind: EventKind, kinds: &[FactKind]| outcome(told(kind), Some(&file(kinds)), &[]);
        assert_eq!(
            words(EventKind::TransferWithin, &[FactKind::Post]).as_deref(),
            Some("组织关系自 2026-05-01 转到 第二党支部；党内职务同日结束")
        );
        assert_eq!(words(EventKind::TransferWithin, &[]).as_deref(), Some("组织关系自 2026-05-01 转到 第二党支部"));
        assert_eq!(
            outcome(told(EventKind::TransferWithin), None, &[]).as_deref(),
            Some("组织关系自 2026-05-01 转到 第二党支部；各人的党小组、党内职务同日结束")
        );
        assert_eq!(
            words(EventKind::Died, &[FactKind::Group, FactKind::Floating]).as_deref(),
            Some("自 2026-05-01 起不在册；党小组、流动同日结束；以前各天的名册和人数不变")
        );
        assert_eq!(
            words(EventKind::Accepted, &[]).as_deref(),
            Some("入党时间记为 2026-05-01，自这天起是预备党员，预备期到 2027-05-01 满")
        );
        let nowhere = Told { branch: None, ..told(EventKind::TransferWithin) };
        assert_eq!(outcome(nowhere, None, &[]), None);
        assert_eq!(outcome(Told { until: None, ..told(EventKind::Extended) }, None, &[]), None);
    }
}
