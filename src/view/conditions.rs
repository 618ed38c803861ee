//! Conditions, ready to be asked of everybody: what the directory holds is asked there, all else is found by one walk
//! over the file, however many conditions need it.
//!
//! Knows neither orders nor rows. Start at [`Tests::of`].

use std::collections::HashSet;
use std::sync::Arc;

use super::desk::{Desk, LastTalks};
use super::features::{is_on_card, people_with, value_on_card};
use super::member::value_on;
use super::members::standing::Standing;
use crate::clock::Day;
use crate::domain::codes;
use crate::domain::completeness;
use crate::domain::conditions::{Comparison, Condition, Subject, SubjectKind, Told};
use crate::domain::dates::{PartialDate, full_months, full_years};
use crate::domain::fields::{FactKind, FieldKey, Known};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::{Category, PersonFile};
use crate::domain::organisations::OrganisationTree;
use crate::domain::probation::ProbationRule;
use crate::domain::statistics::{self, Feature};
use crate::problem::{Problem, Result};
use crate::store::directory::Card;
use crate::store::members as table;

/// The conditions of a list, for one day.
pub(super) struct Tests {
    tree: Arc<OrganisationTree>,
    day: Day,
    probation: ProbationRule,
    /// When people last sat in a talk; empty where no condition asks for it.
    last_talks: LastTalks,
    all: Vec<Test>,
    /// Who fulfils those that needed the walk, in the order in which they stand in the tests.
    walked: Vec<HashSet<PersonId>>,
}

/// One condition.
enum Test {
    Category(Category),
    UnknownCategory,
    Members,
    Sex(String),
    Nation(String),
    Minority,
    Band(Feature, String),
    Age(u16, u16),
    College,
    FiftyYears,
    ProbationEnding,
    UnknownStart,
    Within(HashSet<OrganisationId>),
    /// What the directory holds.
    Card(Subject, Comparison),
    /// The place among what the walk found.
    Walked(usize),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Nobody,
}

/// What the directory does not hold and the file must be walked over for.
enum Asked {
    Subject(Subject, Comparison),
    /// Who has this value of a feature.
    Feature(Feature, String),
}

impl Tests {
    /// Makes the conditions ready; walks over the file if one of them asks for what the directory does not hold.
    pub fn of(desk: &Desk, conditions: &[Condition], day: Day) -> Result<Self> {
        let mut asked = Vec::new();
        let tree = desk.tree_on(day);
        let all = conditions.iter().map(|condition| Test::of(&tree, condition, &mut asked)).collect();
        let walked = walk(desk, &asked, day)?;
        let asks_for_talks =
            conditions.iter().any(|condition| condition.asks_for(&[Subject::LastTalk, Subject::Untalked]));
        let last_talks = if asks_for_talks { desk.last_talks(day)? } else { LastTalks::default() };
        Ok(Self { tree, day, probation: desk.probation(), last_talks, all, walked })
    }

    /// Whether all of them hold for a person.
    pub fn hold(&self, card: &Card, place: &Standing) -> bool {
        self.all.iter().all(|test| self.holds(test, card, place))
    }

    fn holds(&self, test: &Test, card: &Card, place: &Standing) -> bool {
        let day = self.day;
        match test {
            Test::Category(category) => card.path.category_on(day) == Some(*category),
            Test::UnknownCategory => card.path.is_unknown_on(day),
            Test::Members => card.path.category_on(day).is_some_and(Category::is_member),
            Test::Sex(sex) => card.sex.as_deref() == Some(sex),
            Test::Nation(nation) => card.nation.as_deref() == Some(nation),
            Test::Minority => is_minority(card),
            Test::Band(feature, value) => value_on_card(card, *feature, day) == Some(value.as_str()),
            Test::Age(from, to) => age_of(card, day).is_some_and(|age| (*from..=*to).contains(&age)),
            Test::College => statistics::is_college(card.education.as_deref()),
            Test::FiftyYears => statistics::has_fifty_years(&card.path, day),
            Test::ProbationEnding => self.probation.is_told_on(&card.path, card.extended, day),
            Test::UnknownStart => place.unknown_start,
            Test::Within(ids) => place.organisation.is_some_and(|id| ids.contains(&id)),
            Test::Card(what, how) => how.holds(self.told_by_card(card, place, *what)),
            Test::Walked(nth) => self.walked.get(*nth).is_some_and(|people| people.contains(&card.id)),
            Test::All(tests) => tests.iter().all(|test| self.holds(test, card, place)),
            Test::Any(tests) => tests.iter().any(|test| self.holds(test, card, place)),
            Test::Not(test) => !self.holds(test, card, place),
            Test::Nobody => false,
        }
    }

    /// What the directory holds of a person; see [`is_held`].
    fn told_by_card<'c>(&'c self, card: &'c Card, place: &Standing, what: Subject) -> Option<Told<'c>> {
        let known = match what {
            Subject::Age => return age_of(card, self.day).map(Told::Years),
            Subject::Standing => return card.path.standing_years_on(self.day).map(Told::Years),
            Subject::StandingSince => {
                let is_formal = card.path.category_on(self.day) == Some(Category::Formal);
                return card.path.standing_since().filter(|_| is_formal).map(Told::Date);
            }
            Subject::ProbationEnds => {
                return self.probation.ends_on(&card.path, card.extended, self.day).map(Told::Date);
            }
            Subject::LastTalk => return self.last_talks.get(&card.id).copied().map(Told::Date),
            // Who was never talked with, and of whom no start is known, was always there.
            Subject::Untalked => {
                let months = untalked_months(card, &self.last_talks, self.day);
                return Some(Told::Years(months.unwrap_or(u16::MAX)));
            }
            Subject::Missing | Subject::Field(FieldKey::Extra(_)) => return None,
            Subject::Field(FieldKey::Known(known)) => known,
        };
        match known {
            Known::Name => Some(Told::Text(&card.name)),
            Known::Sex => card.sex.as_deref().map(Told::Text),
            Known::Nation => card.nation.as_deref().map(Told::Text),
            Known::Education => card.education.as_deref().map(Told::Text),
            Known::Birth => card.birth.map(Told::Date),
            Known::Applied => card.path.applied.map(Told::Date),
            Known::Activist => card.path.activist.map(Told::Date),
            Known::Candidate => card.path.candidate.map(Told::Date),
            Known::Joined => card.path.joined.map(Told::Date),
            Known::Full => card.path.full.map(Told::Date),
            Known::Category => card.path.category_on(self.day).map(|category| Told::Text(category.label())),
            Known::Branch => place.organisation.and_then(|id| self.tree.get(id)).map(|node| Told::Text(&node.name)),
            _ => None,
        }
    }
}

impl Test {
    /// `asked` gathers what the walk is to find.
    fn of(tree: &OrganisationTree, condition: &Condition, asked: &mut Vec<Asked>) -> Self {
        let mut each = |conditions: &[Condition]| -> Vec<Self> {
            conditions.iter().map(|one| Self::of(tree, one, asked)).collect()
        };
        match condition {
            Condition::Category(label) => Category::from_label(label).map_or(Self::Nobody, Self::Category),
            Condition::Members => Self::Members,
            Condition::Sex(sex) => Self::Sex(sex.clone()),
            Condition::Nation(nation) if nation == "少数民族" => Self::Minority,
            Condition::Nation(nation) => Self::Nation(nation.clone()),
            Condition::Band(feature, value) => match Feature::from_name(feature) {
                None => Self::Nobody,
                Some(feature) if is_on_card(feature) => Self::Band(feature, value.clone()),
                Some(feature) => {
                    asked.push(Asked::Feature(feature, value.clone()));
                    Self::Walked(asked.len() - 1)
                }
            },
            Condition::Age(from, to) => Self::Age(*from, *to),
            Condition::College => Self::College,
            Condition::FiftyYears => Self::FiftyYears,
            Condition::ProbationEnding => Self::ProbationEnding,
            Condition::UnknownCategory => Self::UnknownCategory,
            Condition::UnknownStart => Self::UnknownStart,
            Condition::Within(id) => Self::Within(below(tree, &[*id])),
            Condition::All(conditions) => Self::All(each(conditions)),
            Condition::Any(conditions) => Self::Any(each(conditions)),
            Condition::Not(inner) => Self::Not(Box::new(Self::of(tree, inner, asked))),
            Condition::Compare { what, how } => match how {
                Comparison::Organisations(ids) if *what == Known::Branch.into() => Self::Within(below(tree, ids)),
                _ if is_held(*what) => Self::Card(*what, how.clone()),
                _ => {
                    asked.push(Asked::Subject(*what, how.clone()));
                    Self::Walked(asked.len() - 1)
                }
            },
        }
    }
}

/// Whether the directory holds what is asked for.
fn is_held(what: Subject) -> bool {
    match what {
        Subject::Age | Subject::Standing | Subject::StandingSince | Subject::ProbationEnds => true,
        Subject::LastTalk | Subject::Untalked => true,
        Subject::Missing | Subject::Field(FieldKey::Extra(_)) => false,
        Subject::Field(FieldKey::Known(known)) => matches!(
            known,
            Known::Name
                | Known::Sex
                | Known::Nation
                | Known::Education
                | Known::Birth
                | Known::Applied
                | Known::Activist
                | Known::Candidate
                | Known::Joined
                | Known::Full
                | Known::Category
                | Known::Branch
        ),
    }
}

/// The organisations and all below them.
fn below(tree: &OrganisationTree, ids: &[OrganisationId]) -> HashSet<OrganisationId> {
    ids.iter().flat_map(|id| tree.within(Some(*id))).map(|node| node.id).collect()
}

/// Who fulfils each of these: one walk for all subjects and one for each feature, none where nothing is asked.
fn walk(desk: &Desk, asked: &[Asked], day: Day) -> Result<Vec<HashSet<PersonId>>> {
    let mut found = Vec::with_capacity(asked.len());
    let mut subjects = Vec::new();
    for (nth, what) in asked.iter().enumerate() {
        found.push(match what {
            Asked::Feature(feature, value) => people_with(desk, *feature, value, day)?,
            Asked::Subject(what, how) => {
                subjects.push((nth, *what, how));
                HashSet::new()
            }
        });
    }
    if subjects.is_empty() {
        return Ok(found);
    }
    check_extra_fields(desk, subjects.iter().map(|(_, what, _)| *what))?;
    let walk = Walk { tree: desk.tree_on(day), needed: completeness::needed(desk.rules()), day };
    table::each_file(desk.reader(), |file| {
        for (nth, what, how) in &subjects {
            if walk.holds(&file, *what, how) {
                found[*nth].insert(file.person.id);
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// A field the user made may be gone: then nobody could be found, and nobody would know why.
fn check_extra_fields(desk: &Desk, mut asked: impl Iterator<Item = Subject>) -> Result<()> {
    let known = table::extra_fields(desk.reader())?;
    let is_gone = |what: Subject| match what {
        Subject::Field(FieldKey::Extra(id)) => !known.iter().any(|field| field.id == id),
        _ => false,
    };
    if asked.any(is_gone) {
        return Err(Problem::input("没有筛选", "有一个条件用的自定义字段已经不在了")
            .next("去掉这个条件，或撤销导致它消失的那一步"));
    }
    Ok(())
}

/// What the walk over the file looks at besides the person.
struct Walk {
    tree: Arc<OrganisationTree>,
    /// What a record should tell.
    needed: Vec<Known>,
    day: Day,
}

impl Walk {
    fn holds(&self, file: &PersonFile, what: Subject, how: &Comparison) -> bool {
        let day = self.day;
        let known = match what {
            Subject::Field(FieldKey::Known(known)) => known,
            Subject::Field(FieldKey::Extra(id)) => return how.holds(file.extras.get(&id).map(|text| Told::Text(text))),
            _ => return how.holds(missing_words(&self.needed, file, day).as_deref().map(Told::Several)),
        };
        if known == Known::Group && matches!(how, Comparison::Organisations(_)) {
            let group = file.facts_on(FactKind::Group, day).next().and_then(|fact| fact.organisation);
            return how.holds(group.map(Told::Organisation));
        }
        if let Some(date) = file.person.date(known) {
            return how.holds(Some(Told::Date(date)));
        }
        let value = value_on(file, known, day, &self.tree);
        how.holds(value.as_deref().map(|text| match what.kind() {
            SubjectKind::Date => PartialDate::from_iso(text).map_or(Told::Text(text), Told::Date),
            _ if what.holds_several() => Told::Several(text),
            _ => Told::Text(text),
        }))
    }
}

/// What a person's record should tell on the day and does not: 「民族、联系电话」; none where nothing is missing.
pub(super) fn missing_words(needed: &[Known], file: &PersonFile, day: Day) -> Option<String> {
    let missing: Vec<&str> = completeness::missing(needed, file, day).into_iter().map(Known::label).collect();
    (!missing.is_empty()).then(|| missing.join("、"))
}

/// Full months without a talk on a day: since the last one, of who never had one since belonging here, else since
/// joining; `None` where nothing of it is known.
pub(super) fn untalked_months(card: &Card, last_talks: &LastTalks, day: Day) -> Option<u16> {
    let belongs = || card.on_roll(day).and_then(|membership| membership.span.from).or(card.path.joined);
    let since = last_talks.get(&card.id).copied().or_else(belongs)?;
    u16::try_from(full_months(since.first_day(), day)).ok()
}

/// Age in full years; an inexact birth acts as its first day.
fn age_of(card: &Card, day: Day) -> Option<u16> {
    card.birth.and_then(|birth| full_years(birth.first_day(), day))
}

/// Whether a person is of a nation other than 汉族; an unknown nation is none.
pub(super) fn is_minority(card: &Card) -> bool {
    card.nation.as_deref().is_some_and(codes::is_minority)
}
