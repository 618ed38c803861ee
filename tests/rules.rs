//! Truth tables: what the rules of the field give, case by case, each as a line of a file in `tests/data/rules`.

use branchdesk::domain::dates::PartialDate;
use branchdesk::domain::members::{Category, PartyPath};
use branchdesk::domain::strokes;
use serde::Deserialize;

use crate::support::office::day;

fn cases<T: for<'de> Deserialize<'de>>(table: &str) -> Vec<T> {
    csv::Reader::from_reader(table.as_bytes()).deserialize().map(|line| line.expect("a case")).collect()
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
    let date = |text: &str| (!text.is_empty()).then(|| PartialDate::from_iso(text).expect("a date"));
    for case in cases {
        let path = PartyPath {
            applied: date(&case.applied),
            activist: date(&case.activist),
            candidate: date(&case.candidate),
            joined: date(&case.joined),
            full: date(&case.full),
            told: None,
        };
        let on = day(&case.on);
        let category = path.category_on(on).map_or("", Category::label);
        assert_eq!(category, case.category, "{case:?}");
        assert_eq!(path.standing_since(), date(&case.standing_since), "{case:?}");
        assert_eq!(path.standing_years_on(on), case.standing_years, "{}: {case:?}", case.why);
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
