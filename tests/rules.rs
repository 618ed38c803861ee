//! Truth tables: what the rules of the field give, case by case, each as a line of a file in `tests/data/rules`.

use branchdesk::domain::dates::{PartialDate, Span, full_years};
use branchdesk::domain::events::{Event, EventKind};
use branchdesk::domain::fields::{FactKind, Known};
use branchdesk::domain::identity::{IdFault, fault, told};
use branchdesk::domain::ids::{EventId, FactId, OrganisationId, PersonId};
use branchdesk::domain::members::{Category, Fact, PartyPath, Person, PersonFile};
use branchdesk::domain::rules::RuleBook;
use branchdesk::domain::rules::members::{Places, Remedy, Subject, findings};
use branchdesk::domain::statistics::{age_band, age_group, entry_era, entry_period};
use branchdesk::domain::strokes;
use branchdesk::domain::values::{Context, Raw, Reading, Value, read};
use serde::Deserialize;

use crate::support::office::day;

fn cases<T: for<'de> Deserialize<'de>>(table: &str) -> Vec<T> {
    csv::Reader::from_reader(table.as_bytes()).deserialize().map(|line| line.expect("a case")).collect()
}

/// A date of a case; an empty one is not known.
fn known(text: &str) -> Option<PartialDate> {
    (!text.is_empty()).then(|| date(text))
}

#[derive(Debug, Deserialize)]
struct StandingCase {
    applied: String,
    activist: String,
    candidate: String,
    joined: String,
    full: String,
    on: String,
    category: String,
    standing_since: String,
    standing_years: Option<u16>,
    why: String,
}

/// 党龄 and category on a day: from 1969-04-01 to 1977-08-11 there was no probation.
#[test]
fn category_and_standing_follow_the_dates() {
    let cases: Vec<StandingCase> = cases(include_str!("data/rules/standing.csv"));
    assert!(cases.len() >= 60, "{} cases", cases.len());
    for case in cases {
        let path = PartyPath {
            applied: known(&case.applied),
            activist: known(&case.activist),
            candidate: known(&case.candidate),
            joined: known(&case.joined),
            full: known(&case.full),
            told: None,
        };
        let on = day(&case.on);
        let category = path.category_on(on).map_or("", Category::label);
        assert_eq!(category, case.category, "{case:?}");
        assert_eq!(path.standing_since(), known(&case.standing_since), "{case:?}");
        assert_eq!(path.standing_years_on(on), case.standing_years, "{}: {case:?}", case.why);
    }
}

#[derive(Debug, Deserialize)]
struct EntryCase {
    joined: String,
    era: String,
    period: String,
    why: String,
}

/// 入党时期: the nine periods of the annual form at both edges of each, and the four public ones they fold into.
#[test]
fn entry_periods_begin_and_end_on_their_days() {
    let cases: Vec<EntryCase> = cases(include_str!("data/rules/entry_periods.csv"));
    assert!(cases.len() >= 40, "{} cases", cases.len());
    for case in cases {
        assert_eq!(entry_era(known(&case.joined)), case.era, "{}: {case:?}", case.why);
        assert_eq!(entry_period(known(&case.joined)), case.period, "{}: {case:?}", case.why);
    }
}

#[derive(Debug, Deserialize)]
struct AgeCase {
    birth: String,
    on: String,
    years: Option<u16>,
    band: String,
    group: String,
    why: String,
}

/// 年龄: full years on the day (周岁), 29 February included, in the bands of the public and of the annual form.
#[test]
fn ages_are_full_years_on_the_day() {
    let cases: Vec<AgeCase> = cases(include_str!("data/rules/ages.csv"));
    assert!(cases.len() >= 40, "{} cases", cases.len());
    for case in cases {
        let (birth, on) = (known(&case.birth), day(&case.on));
        if let Some(years) = case.years {
            let birth = birth.expect("a birth");
            assert_eq!(full_years(birth.first_day(), on), Some(years), "{}: {case:?}", case.why);
            assert_eq!(full_years(birth.last_day(), on), Some(years), "{}: {case:?}", case.why);
        }
        assert_eq!(age_band(birth, on), case.band, "{}: {case:?}", case.why);
        assert_eq!(age_group(birth, on), case.group, "{}: {case:?}", case.why);
    }
}

#[derive(Debug, Deserialize)]
struct StrokesCase {
    names: String,
    why: String,
}

/// Names by 姓氏笔画: GF 3003-1999 for the characters, and as lists of people in documents have it.
#[test]
fn names_stand_by_the_strokes_of_the_surname() {
    let cases: Vec<StrokesCase> = cases(include_str!("data/rules/strokes.csv"));
    assert!(cases.len() >= 40, "{} cases", cases.len());
    for case in cases {
        let right: Vec<&str> = case.names.split(' ').collect();
        assert!(right.len() >= 2, "{case:?}");
        let mut turned = right.clone();
        turned.reverse();
        for step in 0..right.len() {
            turned.rotate_left(step);
            let mut names = turned.clone();
            names.sort_by_key(|name| strokes::key(name));
            assert_eq!(names, right, "{}", case.why);
        }
    }
}

#[derive(Debug, Deserialize)]
struct IdNumberCase {
    written: String,
    reading: String,
    kept: String,
    fault: String,
    birth: String,
    sex: String,
    why: String,
}

/// GB 11643—1999: what is read of a number, what it tells, and what the rules find in it. Nothing is thrown away.
#[test]
fn an_identity_number_is_kept_as_written_and_its_fault_is_found() {
    let cases: Vec<IdNumberCase> = cases(include_str!("data/rules/id_numbers.csv"));
    assert!(cases.len() >= 30, "{} cases", cases.len());
    for case in cases {
        let reading = read(Known::IdNumber.spec(), &Raw::typed(&case.written), &Context::form(day("2026-11-24")));
        let word = match &reading {
            Reading::Value(_) => "value",
            Reading::Doubtful(..) => "doubtful",
            Reading::Masked => "masked",
            Reading::Nothing => "nothing",
            other => panic!("{case:?}: {other:?}"),
        };
        let kept = reading.value().map(Value::text).unwrap_or_default();
        assert_eq!((word, kept.as_str()), (&*case.reading, &*case.kept), "{case:?}");
        if kept.is_empty() {
            continue;
        }
        let found = match fault(&kept) {
            None => "",
            Some(IdFault::Length) => "length",
            Some(IdFault::CheckDigit) => "check",
            Some(IdFault::BirthDate) => "birth",
        };
        assert_eq!(found, case.fault, "{}: {case:?}", case.why);
        let tells = told(&kept).filter(|_| case.fault != "length");
        let birth = tells.and_then(|told| told.birth).map(|birth| birth.to_string()).unwrap_or_default();
        assert_eq!((birth.as_str(), tells.map_or("", |told| told.sex.label())), (&*case.birth, &*case.sex), "{case:?}");
        let file = member(&[(Known::IdNumber, &kept)]);
        let rules = found_in(&file, &[], "2026-11-24", "member.number.");
        let expected = if case.fault.is_empty() { vec![] } else { vec![format!("member.number.{}", case.fault)] };
        assert_eq!(rules, expected, "{case:?}");
    }
}

#[derive(Debug, Deserialize)]
struct ProbationCase {
    joined: String,
    full: String,
    extensions: String,
    on: String,
    found: String,
    fix: String,
    why: String,
}

/// 《中国共产党发展党员工作细则》第三十二条: a year, once longer by half a year to a year; none from 1969-04-01 to 1977-08-11.
#[test]
fn a_probation_lasts_a_year_and_may_be_extended_once() {
    let cases: Vec<ProbationCase> = cases(include_str!("data/rules/probation.csv"));
    assert!(cases.len() >= 25, "{} cases", cases.len());
    for case in cases {
        let dates = [(Known::Joined, &*case.joined), (Known::Full, &*case.full)];
        let dates: Vec<_> = dates.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        let file = member(&dates);
        let extensions = case.extensions.split(';').filter_map(|text| text.split_once('>'));
        let events: Vec<Event> = extensions.zip(1..).map(|((on, until), nth)| extended(nth, on, until)).collect();
        let mut rules = found_in(&file, &events, &case.on, "member.probation.");
        rules.extend(found_in(&file, &events, &case.on, "member.extension."));
        rules.extend(found_in(&file, &events, &case.on, "member.full."));
        let short = |rule: &String| rule.rsplit('.').next().unwrap_or_default().to_owned();
        let mut found: Vec<String> = rules.iter().map(short).collect();
        let mut expected: Vec<String> =
            case.found.split(';').filter(|text| !text.is_empty()).map(str::to_owned).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{}: {case:?}", case.why);
        assert_eq!(date_offered(&file, &events, &case.on).unwrap_or_default(), case.fix, "{}: {case:?}", case.why);
    }
}

/// 《中国共产党党员教育管理工作条例》第二十五条: who is away for six months should be transferred.
#[test]
fn who_floats_for_half_a_year_is_found_and_who_has_come_back_is_not() {
    for (from, to, on, finds) in [
        ("2026-05-24", "", "2026-11-23", false),
        ("2026-05-24", "", "2026-11-24", true),
        ("2026-05-24", "2026-11-01", "2026-11-24", false),
        ("2026-05", "", "2026-10-31", false),
        ("2026-05", "", "2026-11-01", true),
        ("", "", "2026-11-24", false),
    ] {
        let mut file = member(&[(Known::Joined, "2010-07-01"), (Known::Full, "2011-07-01")]);
        let span = Span { from: known(from), to: known(to) };
        let (kind, value) = (FactKind::Floating, Some("是".to_owned()));
        file.facts.push(Fact { id: FactId(2), kind, value, organisation: None, span, ..file.facts[0].clone() });
        let found = found_in(&file, &[], on, "member.floating");
        assert_eq!(!found.is_empty(), finds, "{from} {to} {on}");
    }
}

/// A letter of introduction is good for three months at most, generally; with its receipt that is past.
#[test]
fn a_letter_that_is_good_for_more_than_three_months_is_found() {
    for (kind, on, until, receipt, finds) in [
        (EventKind::TransferOut, "2026-09-01", "2026-12-01", "", false),
        (EventKind::TransferOut, "2026-09-01", "2026-12-02", "", true),
        (EventKind::TransferIn, "2026-09-01", "2026-12-02", "", true),
        (EventKind::TransferOut, "2026-09-01", "2026-12-02", "2026-09-20", false),
        (EventKind::TransferOut, "2026-11-30", "2027-02-28", "", false),
        (EventKind::TransferOut, "2026-09", "2026-12", "", false),
        (EventKind::TransferOut, "2026-09-01", "", "", false),
        (EventKind::Extended, "2026-09-01", "2027-09-01", "", false),
    ] {
        let (until, receipt) = (known(until), known(receipt));
        let event = Event { kind, day: date(on), until, receipt, ..extended(1, on, "2027-09-01") };
        let file = member(&[(Known::Joined, "2010-07-01"), (Known::Full, "2011-07-01")]);
        let found = found_in(&file, &[event], "2026-11-24", "member.letter.validity");
        assert_eq!(!found.is_empty(), finds, "{kind:?} {on} {until:?}");
    }
}

/// 《中国共产党发展党员工作细则》 of 2014 and of 2026: a case that runs keeps the edition under which it began.
#[test]
fn a_case_is_held_against_the_edition_under_which_it_began() {
    let book = RuleBook::shipped().expect("rules");
    let article = |id: &str, began: &str| {
        let path = PartyPath { applied: known(began), joined: known("2027-07-01"), ..PartyPath::default() };
        book.get(id).expect("a rule").shown_article_of(path.began())
    };
    let old = "《中国共产党发展党员工作细则》第三十二条（待核对）";
    let new = "《中国共产党发展党员工作细则》（2026 年修订）第三十一条（待核对）";
    assert_eq!(article("member.probation.over", "2026-05-10"), old);
    assert_eq!(article("member.probation.over", "2026-05-11"), new);
    assert_eq!(article("member.probation.over", ""), new, "began with joining, as far as is known");
    assert_eq!(book.get("member.probation.over").expect("a rule").shown_article_of(None), old);
    assert_eq!(article("member.lost", "2027-01-01"), "《中国共产党党员教育管理工作条例》第二十四条");
    let of_2014 = book.rules.iter().filter(|rule| rule.article.starts_with("《中国共产党发展党员工作细则》第"));
    let of_2014: Vec<_> = of_2014.collect();
    assert_eq!(of_2014.len(), 8);
    for rule in of_2014 {
        assert_eq!(rule.versions(), "2014-05-28、2026-05-11", "{}", rule.id);
        assert!(!rule.is_checked(), "{}: of neither edition the official text was seen", rule.id);
        assert!(rule.shown_article().contains("；2026-05-11 起为《"), "{}", rule.id);
    }
}

fn date(text: &str) -> PartialDate {
    PartialDate::from_iso(text).expect("a date")
}

/// Somebody on the roll of a branch, with these values.
fn member(values: &[(Known, &str)]) -> PersonFile {
    let mut person = Person::new(PersonId(1), "林秀英");
    for (field, text) in values {
        let value = if field.spec().is_date() { Value::Date(date(text)) } else { Value::Text((*text).to_owned()) };
        person.set(*field, Some(value));
    }
    let membership = Fact {
        id: FactId(1),
        person: person.id,
        kind: FactKind::Membership,
        organisation: Some(OrganisationId(1)),
        value: None,
        place: None,
        span: Span { from: Some(date("1950")), to: None },
        position: None,
    };
    PersonFile { person, facts: vec![membership], extras: Default::default() }
}

fn extended(id: i64, on: &str, until: &str) -> Event {
    Event {
        id: EventId(id),
        person: PersonId(1),
        kind: EventKind::Extended,
        day: date(on),
        organisation: None,
        target: None,
        value: None,
        place: None,
        document: None,
        until: Some(date(until)),
        receipt: None,
        note: None,
    }
}

/// The rules that find something, of those whose id begins so.
fn found_in(file: &PersonFile, events: &[Event], on: &str, begins: &str) -> Vec<String> {
    let book = RuleBook::shipped().expect("rules");
    let places = Places::default();
    let found = findings(&book, Subject { file, events, places: &places, day: day(on) });
    found.iter().map(|finding| finding.rule.id.clone()).filter(|id| id.starts_with(begins)).collect()
}

/// The day of becoming formal that is offered.
fn date_offered(file: &PersonFile, events: &[Event], on: &str) -> Option<String> {
    let book = RuleBook::shipped().expect("rules");
    let places = Places::default();
    let found = findings(&book, Subject { file, events, places: &places, day: day(on) });
    found.iter().flat_map(|finding| &finding.remedies).find_map(|remedy| match remedy {
        Remedy::Date(Known::Full, date) | Remedy::Convert(date) => Some(date.to_string()),
        _ => None,
    })
}
