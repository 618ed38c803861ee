//! Makes a case smaller as long as it still shows what it shows.

use super::case::Case;

/// How many smaller cases are tried at most.
const TRIES: usize = 600;

/// The case with as few lines as still fail; `None` if it does not fail.
pub fn smallest(case: Case, mut fails: impl FnMut(&Case) -> bool) -> Option<Case> {
    if !fails(&case) {
        return None;
    }
    let mut case = case;
    let mut left = TRIES;
    loop {
        let smaller = smaller(&case).into_iter().take(left).find(|smaller| {
            left = left.saturating_sub(1);
            fails(smaller)
        });
        match smaller {
            Some(smaller) => case = smaller,
            None => return Some(case),
        }
    }
}

/// The cases that have one thing less, the larger things first.
fn smaller(case: &Case) -> Vec<Case> {
    let mut found = Vec::new();
    for place in (0..case.people.len()).rev() {
        found.push(without_person(case, place));
    }
    let lists: [fn(&mut Case) -> &mut Vec<String>; 5] = [
        |case| &mut case.talks,
        |case| &mut case.events,
        |case| &mut case.rules,
        |case| &mut case.voided,
        |case| &mut case.organisations,
    ];
    for list in lists {
        for place in (0..list(&mut case.clone()).len()).rev() {
            let mut less = case.clone();
            let line = list(&mut less).remove(place);
            if !is_needed(&less, &line, case.organisations.contains(&line)) {
                found.push(less);
            }
        }
    }
    for place in 0..case.people.len() {
        let parts: Vec<&str> = case.people[place].split("; ").collect();
        for part in (1..parts.len()).filter(|part| !parts[*part].starts_with("in ")) {
            let mut kept = parts.clone();
            kept.remove(part);
            let mut less = case.clone();
            less.people[place] = kept.join("; ");
            found.push(less);
        }
    }
    found
}

/// Without a person, and without the talks and events they are in.
fn without_person(case: &Case, place: usize) -> Case {
    let mut less = case.clone();
    let line = less.people.remove(place);
    let key = line.split(' ').next().unwrap_or_default();
    let is_without = |line: &String| line.split([' ', ',']).all(|word| word != key);
    less.talks.retain(is_without);
    less.events.retain(is_without);
    less.voided.retain(is_without);
    less
}

/// Whether an organisation is named by what is left.
fn is_needed(less: &Case, line: &str, is_organisation: bool) -> bool {
    let key = line.split(' ').next().unwrap_or_default();
    let mut lines = less.people.iter().chain(&less.talks).chain(&less.organisations);
    is_organisation && (key == "all" || lines.any(|line| line.split([' ', ';']).any(|word| word == key)))
}
