//! What the rules find in a member on a day (待核): values against each other and against the articles, dated facts
//! against what they need, and how each could be settled.
//!
//! Warns, never blocks. Pure: what is known of the organisations is handed in as [`Places`]. Start at [`findings`].

mod held;
mod history;
mod numbers;
mod probation;

use std::collections::{BTreeSet, HashMap};

use super::{Measure, Rule, RuleBook};
use crate::clock::Day;
use crate::domain::as_written;
use crate::domain::completeness::{missing, needed_by};
use crate::domain::dates::{PartialDate, Precision};
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{EventId, FactId, OrganisationId};
use crate::domain::members::{Category, Fact, PersonFile, status_ends_membership};
use crate::domain::organisations::{OrganisationEvent, OrganisationKind, OrganisationTree, TermYears, term_on};
use crate::domain::probation::ProbationRule;
use crate::domain::values::{AGE_TO_JOIN, Context, Raw, Reading, Trouble, cross_checks, read};

/// What of the organisations is held against members (党组织情况), made once for many of them.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The groups of each branch that has any on the day, in their order.
    pub groups: HashMap<OrganisationId, Vec<OrganisationId>>,
    /// When each was founded, where that is known.
    pub founded: HashMap<OrganisationId, PartialDate>,
    /// What was closed by the day, and when.
    pub closed: HashMap<OrganisationId, PartialDate>,
    /// Organisations that elect a committee and of which no term is known.
    pub without_term: BTreeSet<OrganisationId>,
    pub names: HashMap<OrganisationId, String>,
}

impl Places {
    /// How the organisations stand on `day`.
    pub fn of(tree: &OrganisationTree, events: &[OrganisationEvent], years: TermYears, day: Day) -> Self {
        let mut places = Self::default();
        let mut told: HashMap<OrganisationId, Vec<OrganisationEvent>> = HashMap::new();
        for event in events {
            told.entry(event.organisation).or_default().push(event.clone());
        }
        for node in tree.within(None) {
            places.names.insert(node.id, node.shown_name().to_owned());
            places.founded.extend(node.founded.map(|founded| (node.id, founded)));
            if let Some(closed) = node.closed.filter(|closed| closed.is_reached_on(day)) {
                places.closed.insert(node.id, closed);
                continue;
            }
            if node.kind == OrganisationKind::Group {
                if let Some(branch) = tree.branch_of_group(node.id) {
                    places.groups.entry(branch.id).or_default().push(node.id);
                }
                continue;
            }
            // A temporary organisation is not elected (《中国共产党支部工作条例（试行）》第八条).
            let is_elected = !node.kind.label().starts_with("临时");
            let of_it = told.get(&node.id).map_or(&[][..], Vec::as_slice);
            if is_elected && term_on(node, of_it, years, day).ends.is_none() {
                places.without_term.insert(node.id);
            }
        }
        places
    }

    fn name(&self, id: Option<OrganisationId>) -> String {
        id.and_then(|id| self.names.get(&id)).cloned().unwrap_or_default()
    }
}

/// A member as the rules look at one, on a day.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub file: &'a PersonFile,
    /// What happened to the person, in the order of days; transfers and extensions at least.
    pub events: &'a [Event],
    pub places: &'a Places,
    pub day: Day,
}

/// Something that is not as a rule has it (待核).
#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'b> {
    pub rule: &'b Rule,
    /// What is so, and what it should be.
    pub words: String,
    pub remedies: Vec<Remedy>,
}

/// What would settle a finding (处理办法).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Birth or sex as the identity number tells it.
    FromNumber {
        field: Known,
        value: String,
    },
    /// This date for this field.
    Date(Known, PartialDate),
    /// Formal since this day (登记转正).
    Convert(PartialDate),
    /// A member of this group from the day on.
    JoinGroup(OrganisationId),
    /// The post ends on that day.
    EndPost {
        fact: FactId,
        on: PartialDate,
    },
    /// Of two facts this one is true; the other ends on that day, or was wrong.
    Only {
        fact: FactId,
        instead_of: FactId,
        from: Option<PartialDate>,
        words: String,
    },
    /// Record that this happened, with this value.
    Record {
        kind: EventKind,
        value: &'static str,
    },
    /// The receipt of this letter is here.
    Receipt(EventId),
    /// Look at this row of the history.
    OpenFact(FactId),
    OpenOrganisation(OrganisationId),
}

/// What the rules find in a member, the firm ones first.
pub fn findings<'b>(book: &'b RuleBook, subject: Subject<'_>) -> Vec<Finding<'b>> {
    let mut found = Vec::new();
    if subject.file.person.voided.is_some() {
        return found;
    }
    let standing = Standing::of(book, subject);
    for rule in book.rules.iter().filter(|rule| rule.enabled && rule.measure.is_of_members()) {
        if standing.on_roll.is_some() || is_of_former_members(rule.measure) {
            measured(rule, subject, &standing, &mut found);
        }
    }
    found.sort_by_key(|finding: &Finding<'_>| std::cmp::Reverse(finding.rule.level));
    found
}

/// Rules that also speak of those who are no longer on the roll.
fn is_of_former_members(measure: Measure) -> bool {
    use Measure::{AwardInLife, LeftAfterJoined, LetterReceipt, LetterValidity, PostByMember, StoppedLong};
    matches!(measure, LetterReceipt | LetterValidity | StoppedLong | PostByMember | LeftAfterJoined | AwardInLife)
}

/// How the person stands on the day, asked once for all rules.
struct Standing<'a> {
    on_roll: Option<&'a Fact>,
    category: Option<Category>,
    probation: ProbationRule,
}

impl<'a> Standing<'a> {
    fn of(book: &RuleBook, subject: Subject<'a>) -> Self {
        let file = subject.file;
        let category = file.person.path().category_on(subject.day);
        Self { on_roll: file.on_roll(subject.day), category, probation: ProbationRule::of(book) }
    }

    /// 党员
    fn is_member(&self) -> bool {
        self.on_roll.is_some() && self.category.is_some_and(Category::is_member)
    }
}

fn measured<'b>(rule: &'b Rule, subject: Subject<'_>, standing: &Standing<'_>, found: &mut Vec<Finding<'b>>) {
    match rule.measure {
        Measure::NumberLength
        | Measure::NumberCheck
        | Measure::NumberBirth
        | Measure::BirthAsInNumber
        | Measure::SexAsInNumber => numbers::measure(rule, subject, found),
        Measure::FullAfterJoined
        | Measure::ProbationLength
        | Measure::ProbationOver
        | Measure::ExtensionShort
        | Measure::ExtensionLong
        | Measure::ExtensionCount
        | Measure::FullKnown
        | Measure::FullAsDue
        | Measure::Cultivation => probation::measure(rule, subject, standing, found),
        Measure::BackAfterLeaving
        | Measure::LeftAfterJoined
        | Measure::PlaceFounded
        | Measure::GroupOfBranch
        | Measure::PostAfterJoined
        | Measure::AwardInLife => history::measure(rule, subject, standing, found),
        Measure::AgeToJoin => under_age(rule, subject, found),
        Measure::DateOrder => out_of_order(rule, subject, found),
        Measure::CategoryDerived => only_told(rule, subject, standing, found),
        Measure::DatesPrecise => imprecise(rule, subject, found),
        Measure::StatusUsual => unusual_status(rule, subject, found),
        Measure::PhoneReadable => unreadable_phone(rule, subject, found),
        Measure::ValuesNeeded => incomplete(rule, subject, found),
        Measure::AsWritten => not_taken_over(rule, subject, found),
        _ => held::measure(rule, subject, standing, found),
    }
}

fn finding<'b>(rule: &'b Rule, values: &[(&str, String)]) -> Finding<'b> {
    Finding { rule, words: rule.said(values), remedies: Vec::new() }
}

impl Finding<'_> {
    fn with(mut self, remedies: impl IntoIterator<Item = Remedy>) -> Self {
        self.remedies.extend(remedies);
        self
    }
}

/// 《中国共产党章程》第一条: one may apply at eighteen.
fn under_age<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let person = &subject.file.person;
    let Some(birth) = person.date(Known::Birth) else { return };
    for field in [Known::Joined, Known::Applied] {
        if let Some(date) = person.date(field).filter(|date| is_under_age(rule, birth, *date)) {
            let values =
                [("birth", birth.to_string()), ("what", field.label().to_owned()), ("value", date.to_string())];
            found.push(finding(rule, &values));
            // Who joined too young also applied too young.
            return;
        }
    }
}

fn is_under_age(rule: &Rule, birth: PartialDate, date: PartialDate) -> bool {
    let years = i16::try_from(rule.number("years")).unwrap_or(i16::MAX);
    birth.plus_years(years).is_some_and(|of_age| date.last_day() < of_age.first_day())
}

/// Dates after today, before birth, older than anybody: but for what the rules on age and probation tell themselves.
fn out_of_order<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let person = &subject.file.person;
    let before = |field: Known, other: Known| {
        person.date(field).zip(person.date(other)).is_some_and(|(date, other)| date.last_day() < other.first_day())
    };
    for (field, trouble) in cross_checks(&person.values, subject.day) {
        let date = person.date(field);
        let is_future = date.is_some_and(|date| date.first_day() > subject.day);
        let is_told_elsewhere = match field {
            Known::Joined => {
                let of_age = person.date(Known::Birth).and_then(|birth| birth.plus_years(AGE_TO_JOIN));
                date.zip(of_age).is_some_and(|(date, of_age)| date.last_day() < of_age.first_day())
            }
            Known::Full => before(Known::Full, Known::Joined),
            _ => false,
        };
        if trouble == Trouble::DateOrder && (is_future || !is_told_elsewhere) {
            let value = format!("{} {}", field.label(), date.map(|date| date.to_string()).unwrap_or_default());
            found.push(finding(rule, &[("value", value)]));
        }
    }
}

fn only_told<'b>(rule: &'b Rule, subject: Subject<'_>, standing: &Standing<'_>, found: &mut Vec<Finding<'b>>) {
    let path = subject.file.person.path();
    let Some(told) = path.told.filter(|told| told.on <= subject.day) else { return };
    if path.derived_on(subject.day) != Some(told.category) && standing.category == Some(told.category) {
        let values = [("value", told.category.label().to_owned()), ("day", told.on.to_string())];
        found.push(finding(rule, &values));
    }
}

/// 日期不全: known less exactly than the rule wants.
fn imprecise<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let person = &subject.file.person;
    let mut told = Vec::new();
    let mut remedies = Vec::new();
    for (name, wanted) in &rule.numbers {
        let Some(field) = Known::from_name(name) else { continue };
        let Some(date) = person.date(field) else { continue };
        let (known, only) = match date.precision() {
            Precision::Year => (1, "只到年"),
            Precision::Month => (2, "只到月"),
            Precision::Day => continue,
        };
        if known < *wanted {
            told.push(format!("{} {date} {only}", field.label()));
            if field == Known::Birth {
                remedies.extend(numbers::remedy(person, Known::Birth));
            }
        }
    }
    if !told.is_empty() {
        found.push(finding(rule, &[("value", told.join("，"))]).with(remedies));
    }
}

/// Fields that are needed and have no value.
fn incomplete<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let person = &subject.file.person;
    let missing = missing(&needed_by(rule), subject.file, subject.day);
    if !missing.is_empty() {
        let labels: Vec<&str> = missing.iter().map(|field| field.label()).collect();
        let remedies: Vec<Remedy> = missing.iter().flat_map(|field| numbers::remedy(person, *field)).collect();
        found.push(finding(rule, &[("value", labels.join("、"))]).with(remedies));
    }
}

/// What a list says of a field and the record has no value for: a date that cannot be, a question nobody answered.
fn not_taken_over<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let person = &subject.file.person;
    let lines = person.text(Known::Remark).map(as_written::lines_of).unwrap_or_default();
    let open = lines.into_iter().filter(|line| {
        let field = as_written::field_of(line);
        field.is_some_and(|field| person.text(field).is_none() && person.date(field).is_none())
    });
    let open: Vec<String> = open.map(|line| as_written::masked(line).into_owned()).collect();
    if !open.is_empty() {
        found.push(finding(rule, &[("value", open.join("，"))]));
    }
}

/// Statuses of who is a member, beside 留党察看 however it is written.
const USUAL_STATUSES: &[&str] = &["正常", "恢复党籍"];

/// A status that nobody knows does not end being a member, whatever it was meant to say.
fn unusual_status<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    for fact in subject.file.facts_on(FactKind::Status, subject.day) {
        let Some(status) = fact.value.as_deref() else { continue };
        let is_usual = USUAL_STATUSES.contains(&status) || status.contains("留党察看");
        if !is_usual && !status_ends_membership(status) {
            found.push(finding(rule, &[("value", status.to_owned())]).with([Remedy::OpenFact(fact.id)]));
        }
    }
}

fn unreadable_phone<'b>(rule: &'b Rule, subject: Subject<'_>, found: &mut Vec<Finding<'b>>) {
    let Some(phone) = subject.file.person.text(Known::Phone) else { return };
    let reading = read(Known::Phone.spec(), &Raw::typed(phone), &Context::form(subject.day));
    if matches!(reading, Reading::Doubtful(..) | Reading::Refused(_)) {
        found.push(finding(rule, &[("value", phone.to_owned())]));
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::fields::Known;
    use crate::domain::rules::{Measure, RuleBook};

    #[test]
    fn every_rule_about_members_has_the_numbers_its_words_name_and_names_fields_there_are() {
        let book = RuleBook::shipped().expect("rules");
        let own = [
            "value",
            "told",
            "birth",
            "what",
            "joined",
            "full",
            "due",
            "from",
            "day",
            "post",
            "organisation",
            "kind",
            "branch",
        ];
        let rules: Vec<_> = book.rules.iter().filter(|rule| rule.measure.is_of_members()).collect();
        assert!(rules.len() >= 28);
        for rule in rules {
            assert!(rule.kinds.is_empty() && rule.id.starts_with("member."), "{}", rule.id);
            for name in rule.words.split('{').skip(1).filter_map(|part| part.split('}').next()) {
                assert!(rule.numbers.contains_key(name) || own.contains(&name), "{}: {name}", rule.id);
            }
            if matches!(rule.measure, Measure::DatesPrecise | Measure::ValuesNeeded) {
                for name in rule.numbers.keys() {
                    assert!(Known::from_name(name).is_some(), "{}: {name}", rule.id);
                }
            }
        }
    }
}
