//! What cannot be so of a person (不可能的情况): a fact that ends before it begins, two memberships at once, leaving
//! before joining, a post in an organisation that is gone — and which events can happen to a person as they stand.
//!
//! Pure: forms ask it while one writes, commands before they write. Start at [`fact_faults`].

use super::{Category, Ending, Fact, PersonFile, status_ends_membership};
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Span};
use crate::domain::events::EventKind;
use crate::domain::fields::{FactKind, Known};
use crate::domain::organisations::Organisation;

/// Which part of a fact cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactPart {
    Organisation,
    From,
    To,
}

/// Why a fact cannot stand as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactFault {
    pub at: FactPart,
    pub sentence: String,
}

/// What of a fact cannot be so beside everything else that is known of the person. `organisation` is the one it names.
/// A row that says nothing new about belonging is not blamed for what stood there before.
pub fn fact_faults(
    wanted: &Fact,
    file: &PersonFile,
    organisation: Option<&Organisation>,
    today: Day,
) -> Vec<FactFault> {
    let mut faults = Vec::new();
    let mut say = |at: FactPart, sentence: String| faults.push(FactFault { at, sentence });
    let is_to_come = |date: Option<PartialDate>| date.is_some_and(|date| date.first_day() > today);
    if is_to_come(wanted.span.from) {
        say(FactPart::From, "还没到这一天".to_owned());
    }
    if is_to_come(wanted.span.to) {
        say(FactPart::To, "还没到这一天".to_owned());
    }
    if wanted.span.is_empty() {
        say(FactPart::To, "结束时间要晚于起始时间".to_owned());
    }
    if let Some(other) = second_membership(wanted, file) {
        let sentence = format!("和 {} 的组织关系重叠，同一天只能在一个党支部", days(other.span));
        say(FactPart::From, sentence);
    }
    let ends = wanted.kind == FactKind::Status && wanted.value.as_deref().is_some_and(status_ends_membership);
    if let (true, Some(from), Some(joined)) = (ends, wanted.span.from, file.person.date(Known::Joined))
        && from.last_day() < joined.first_day()
    {
        let status = wanted.value.as_deref().unwrap_or_default();
        say(FactPart::From, format!("{joined} 才入党，不能在 {from} {status}"));
    }
    let early = organisation.and_then(|node| node.founded.zip(wanted.span.from));
    if let Some((founded, from)) = early.filter(|(founded, from)| from.last_day() < founded.first_day())
        && !stands_already(wanted, file)
    {
        let name = organisation.map_or("", |node| node.shown_name());
        say(FactPart::From, format!("{name} {founded} 才成立，不能自 {from} 起"));
    }
    if let Some(organisation) = organisation
        && let Some(closed) = organisation.closed
    {
        let name = organisation.shown_name();
        if wanted.span.from.is_some_and(|from| from.first_day() >= closed.first_day()) {
            say(FactPart::Organisation, format!("{name} 已于 {closed} 撤销"));
        } else if wanted.span.to.is_none_or(|to| to.first_day() > closed.last_day()) {
            say(FactPart::To, format!("{name} 在 {closed} 撤销，要在这以前结束"));
        }
    }
    faults
}

/// Whether this row of the history is about the same place since the same day already.
fn stands_already(wanted: &Fact, file: &PersonFile) -> bool {
    let is_it = |fact: &Fact| {
        (fact.id, fact.organisation, fact.span.from) == (wanted.id, wanted.organisation, wanted.span.from)
    };
    file.facts.iter().any(is_it)
}

/// Another membership on a day of this one.
fn second_membership<'f>(wanted: &Fact, file: &'f PersonFile) -> Option<&'f Fact> {
    if wanted.kind != FactKind::Membership {
        return None;
    }
    let others = file.facts.iter().filter(|fact| fact.kind == FactKind::Membership);
    let as_before = others.clone().any(|fact| fact.id == wanted.id && fact.span == wanted.span);
    let mut others = others.filter(|fact| fact.id != wanted.id);
    if as_before { None } else { others.find(|fact| fact.span.overlaps(wanted.span)) }
}

/// 「2016-05-30 至 2020-01-01」「起始不详 至今」
pub fn days(span: Span) -> String {
    let from = span.from.map_or_else(|| "起始不详".to_owned(), |from| from.to_string());
    match span.to {
        Some(to) => format!("{from} 至 {to}"),
        None => format!("{from} 至今"),
    }
}

impl PersonFile {
    /// Whether an event of this kind can happen to the person as they stand on `day`.
    pub fn may_happen(&self, kind: EventKind, day: Day) -> bool {
        let belongs = self.membership_on(day);
        let here = self.on_roll(day).is_some();
        let category = self.person.path().category_on(day);
        let is_member = here && category.is_some_and(Category::is_member);
        let is_probationary = here && category == Some(Category::Probationary);
        let ending = self.ending_on(day);
        let may_leave = self.belonging_on(day).is_some();
        let holds = |kind: FactKind| self.facts_on(kind, day).any(|fact| fact.value.as_deref() != Some("否"));
        match kind {
            // Who is on the roll since an unknown day may have come on a known one.
            EventKind::TransferIn => match belongs {
                Some(held) => here && held.span.from.is_none(),
                None => matches!(ending, None | Some(Ending::TransferredOut)),
            },
            EventKind::TransferWithin => here,
            EventKind::TransferOut | EventKind::Died => may_leave,
            EventKind::LeftParty => may_leave && category.is_some_and(Category::is_member),
            EventKind::FloatingOut => is_member && !holds(FactKind::Floating),
            EventKind::FloatingIn => {
                belongs.is_none() && !holds(FactKind::Floating) && matches!(ending, None | Some(Ending::TransferredOut))
            }
            EventKind::FloatingEnded => holds(FactKind::Floating),
            EventKind::Lost => is_member && !holds(FactKind::Lost),
            EventKind::Found => holds(FactKind::Lost),
            EventKind::Stopped | EventKind::Discipline => is_member,
            EventKind::Restored => ending == Some(Ending::Stopped),
            // Who left the party may join again, and is accepted anew.
            EventKind::Accepted => {
                (here && !is_member && self.person.date(Known::Joined).is_none())
                    || (belongs.is_none() && ending == Some(Ending::LeftParty))
            }
            EventKind::Extended | EventKind::Converted | EventKind::Disqualified => is_probationary,
            EventKind::Misfortune => here,
            EventKind::Honour => here || holds(FactKind::Floating),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FactPart, fact_faults};
    use crate::clock::Day;
    use crate::domain::dates::{PartialDate, Span};
    use crate::domain::events::EventKind;
    use crate::domain::fields::{FactKind, Known};
    use crate::domain::ids::{FactId, OrganisationId, PersonId};
    use crate::domain::members::{Fact, Person, PersonFile};
    use crate::domain::organisations::{Organisation, OrganisationKind};
    use crate::domain::values::Value;

    const TODAY: Day = Day::constant(2026, 11, 24);

    fn fact(id: i64, kind: FactKind, value: Option<&str>, from: &str, to: &str) -> Fact {
        Fact {
            id: FactId(id),
            person: PersonId(1),
            kind,
            organisation: (kind == FactKind::Membership).then_some(OrganisationId(9)),
            value: value.map(str::to_owned),
            place: None,
            span: Span { from: PartialDate::from_iso(from), to: PartialDate::from_iso(to) },
            position: None,
        }
    }

    fn file(facts: Vec<Fact>) -> PersonFile {
        let mut person = Person::new(PersonId(1), "林秀英");
        person.set(Known::Joined, PartialDate::from_iso("2006-12-08").map(Value::Date));
        person.set(Known::Full, PartialDate::from_iso("2007-12-08").map(Value::Date));
        PersonFile { person, facts, extras: std::collections::BTreeMap::new() }
    }

    fn told(wanted: &Fact, file: &PersonFile) -> Vec<(FactPart, String)> {
        fact_faults(wanted, file, None, TODAY).into_iter().map(|fault| (fault.at, fault.sentence)).collect()
    }

    #[test]
    fn a_person_is_in_one_branch_a_day() {
        let file = file(vec![fact(1, FactKind::Membership, None, "2016-05-30", "2020-01-01")]);
        let overlapping = fact(2, FactKind::Membership, None, "2019-12-31", "");
        let words = "和 2016-05-30 至 2020-01-01 的组织关系重叠，同一天只能在一个党支部";
        assert_eq!(told(&overlapping, &file), [(FactPart::From, words.to_owned())]);
        assert!(
            told(&fact(2, FactKind::Membership, None, "2020-01-01", ""), &file).is_empty(),
            "the end is no longer in it"
        );
        assert!(told(&fact(2, FactKind::Membership, None, "2010", "2016-05"), &file).is_empty());
        assert!(!told(&fact(2, FactKind::Membership, None, "", ""), &file).is_empty(), "an unknown start is always");
        assert!(told(&fact(1, FactKind::Membership, None, "2015", "2020-01-01"), &file).is_empty(), "its own row");
    }

    #[test]
    fn nothing_ends_before_it_begins_and_nothing_begins_tomorrow() {
        let file = file(Vec::new());
        let post = |from: &str, to: &str| told(&fact(3, FactKind::Post, Some("书记"), from, to), &file);
        assert!(post("2026-11-24", "").is_empty());
        assert_eq!(post("2026-11-25", ""), [(FactPart::From, "还没到这一天".to_owned())]);
        assert_eq!(post("2020-01-01", "2027"), [(FactPart::To, "还没到这一天".to_owned())]);
        assert_eq!(post("2020-01-01", "2020"), [(FactPart::To, "结束时间要晚于起始时间".to_owned())]);
    }

    #[test]
    fn nobody_leaves_before_joining() {
        let file = file(Vec::new());
        let status = |value: &str, from: &str| told(&fact(3, FactKind::Status, Some(value), from, ""), &file);
        assert_eq!(
            status("转出", "2006-12-07"),
            [(FactPart::From, "2006-12-08 才入党，不能在 2006-12-07 转出".to_owned())]
        );
        assert!(status("转出", "2006-12").is_empty(), "the month may be after that day");
        assert!(status("正常", "2001").is_empty());
    }

    #[test]
    fn a_post_ends_with_its_organisation() {
        let mut branch = Organisation::new(OrganisationId(9), None, OrganisationKind::Branch, "第一党支部");
        branch.closed = PartialDate::from_iso("2024-01-01");
        let file = file(Vec::new());
        let at = |from: &str, to: &str| {
            let post = fact(3, FactKind::Post, Some("书记"), from, to);
            fact_faults(&post, &file, Some(&branch), TODAY).into_iter().map(|fault| fault.at).collect::<Vec<_>>()
        };
        assert_eq!(at("2024-01-01", "2025-01-01"), [FactPart::Organisation]);
        assert_eq!(at("2020-01-01", ""), [FactPart::To]);
        assert!(at("2020-01-01", "2024-01-01").is_empty());
    }

    #[test]
    fn nothing_is_held_in_a_place_before_it_was_founded() {
        let mut branch = Organisation::new(OrganisationId(9), None, OrganisationKind::Branch, "第一党支部");
        branch.founded = PartialDate::from_iso("2016-07-01");
        let told = |from: &str, facts: Vec<Fact>| {
            let membership = fact(3, FactKind::Membership, None, from, "2026-01-01");
            let faults = fact_faults(&membership, &file(facts), Some(&branch), TODAY);
            faults.into_iter().map(|fault| fault.sentence).collect::<Vec<_>>()
        };
        assert_eq!(told("2016-06-30", Vec::new()), ["第一党支部 2016-07-01 才成立，不能自 2016-06-30 起"]);
        assert!(told("2016-07-01", Vec::new()).is_empty() && told("2016", Vec::new()).is_empty());
        let before = fact(3, FactKind::Membership, None, "2016-06-30", "");
        assert!(told("2016-06-30", vec![before]).is_empty(), "what stood there before is not blamed for it");
    }

    #[test]
    fn what_can_happen_follows_from_how_a_person_stands() {
        let member = file(vec![fact(1, FactKind::Membership, None, "2016-05-30", "")]);
        let may = |file: &PersonFile| -> Vec<EventKind> {
            EventKind::all().filter(|kind| file.may_happen(*kind, TODAY)).collect()
        };
        use EventKind::{
            Accepted, Converted, Died, Discipline, Disqualified, Extended, FloatingEnded, FloatingIn, FloatingOut,
            Found, Honour, LeftParty, Lost, Misfortune, Restored, Stopped, TransferIn, TransferOut, TransferWithin,
        };
        let always =
            [TransferWithin, TransferOut, FloatingOut, Lost, Stopped, LeftParty, Died, Honour, Discipline, Misfortune];
        assert_eq!(may(&member), always);
        let mut probationary = member.clone();
        probationary.person.set(Known::Full, None);
        for kind in [Extended, Converted, Disqualified] {
            assert!(may(&probationary).contains(&kind));
        }
        let mut stopped = member.clone();
        stopped.facts.push(fact(2, FactKind::Status, Some("停止党籍"), "2026-01-01", ""));
        assert_eq!(may(&stopped), [TransferOut, Restored, LeftParty, Died], "the membership goes on, and can end");
        let gone = file(Vec::new());
        assert_eq!(may(&gone), [TransferIn, FloatingIn]);
        let ended = |status: &str| may(&file(vec![fact(2, FactKind::Status, Some(status), "2026-01-01", "")]));
        assert_eq!(ended("转出"), [TransferIn, FloatingIn]);
        assert_eq!(ended("开除党籍"), [Accepted], "in principle 党籍 is not restored");
        assert_eq!(ended("死亡"), []);
        let mut away = member.clone();
        away.facts.push(fact(2, FactKind::Floating, Some("是"), "2026-01-01", ""));
        away.facts.push(fact(3, FactKind::Lost, Some("是"), "2026-01-01", ""));
        assert!(may(&away).contains(&FloatingEnded) && may(&away).contains(&Found));
        assert!(!may(&away).contains(&FloatingOut) && !may(&away).contains(&Lost));
        let mut applicant = member;
        applicant.person.set(Known::Full, None);
        applicant.person.set(Known::Joined, None);
        assert!(may(&applicant).contains(&Accepted));
        assert!(!may(&applicant).contains(&Stopped));
    }
}
