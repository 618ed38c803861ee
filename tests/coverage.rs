//! Coverage of talks (谈话覆盖): a truth table of cases as a clerk would tell them, a slow and obvious reference that
//! answers them all, and random workbooks on which program and reference have to agree.

mod case;
mod random;
mod reference;
mod shrinking;
mod workbook;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use case::{Answer, Ask, Case};
use random::{Dice, Frame};
use workbook::Filled;
use world::World;

/// The files of the truth table.
const FILES: [(&str, &str); 6] = [
    ("committees", include_str!("data/coverage/committees.toml")),
    ("events", include_str!("data/coverage/events.toml")),
    ("members", include_str!("data/coverage/members.toml")),
    ("organisations", include_str!("data/coverage/organisations.toml")),
    ("rules", include_str!("data/coverage/rules.toml")),
    ("talks", include_str!("data/coverage/talks.toml")),
];

fn cases() -> Vec<(String, Case)> {
    let of_file = |(file, text): &(&str, &str)| {
        let file = (*file).to_owned();
        Case::read(text).into_iter().map(move |case| (format!("{file}: {}", case.title), case))
    };
    FILES.iter().flat_map(of_file).collect()
}

/// What a case expects, organisation by organisation.
fn expected(case: &Case, ask: &Ask) -> BTreeMap<String, Answer> {
    let below = case.below.iter().map(|(key, lines)| (key.clone(), Answer::expected(lines)));
    below.chain([(ask.organisation.clone(), Answer::expected(&case.expect))]).collect()
}

/// Where an answer is not what it should be. Somebody left out for several reasons is told with one of them.
fn differences(wanted: &BTreeMap<String, Answer>, told: &BTreeMap<String, Answer>) -> Vec<String> {
    let keys: BTreeSet<&String> = wanted.keys().chain(told.keys()).collect();
    let mut found = Vec::new();
    for key in keys {
        let (Some(wanted), Some(told)) = (wanted.get(key), told.get(key)) else {
            let place = if wanted.contains_key(key) { "is not told" } else { "is told" };
            found.push(format!("  {key} {place}"));
            continue;
        };
        let rules: BTreeSet<&String> = wanted.rules.keys().chain(told.rules.keys()).collect();
        for id in rules.into_iter().filter(|id| wanted.rules.get(*id) != told.rules.get(*id)) {
            let (wanted, told) = (wanted.rules.get(id), told.rules.get(id));
            found.push(format!("  {key} {id}\n    wanted {wanted:?}\n    told   {told:?}"));
        }
        let is_one_of = |(told, wanted): (&(String, Vec<String>), &(String, Vec<String>))| {
            told.0 == wanted.0 && told.1.iter().all(|why| wanted.1.contains(why))
        };
        let same = told.left_out.len() == wanted.left_out.len();
        if !(same && told.left_out.iter().zip(&wanted.left_out).all(is_one_of)) {
            found.push(format!("  {key} left out\n    wanted {:?}\n    told   {:?}", wanted.left_out, told.left_out));
        }
    }
    found
}

fn none_of(faults: &[String]) {
    assert!(faults.is_empty(), "{} disagree:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_cases_are_many_and_each_is_another() {
    let cases = cases();
    assert!(cases.len() >= 100, "{} cases", cases.len());
    let titles: BTreeSet<&String> = cases.iter().map(|(title, _)| title).collect();
    let told: BTreeSet<String> =
        cases.iter().map(|(_, case)| Case { title: String::new(), ..case.clone() }.written()).collect();
    assert_eq!((titles.len(), told.len()), (cases.len(), cases.len()));
}

#[test]
fn the_reference_answers_every_case_as_expected() {
    let mut faults = Vec::new();
    for (title, case) in cases() {
        let ask = Ask::of(&case.ask);
        let found = differences(&expected(&case, &ask), &reference::coverage(&World::of(&case), &ask));
        if !found.is_empty() {
            faults.push(format!("{title}\n{}", found.join("\n")));
        }
    }
    none_of(&faults);
}

/// What the program answers to a case.
fn answered(case: &Case) -> Result<BTreeMap<String, Answer>, String> {
    let world = World::of(case);
    Filled::with(&world)?.asked(&Ask::of(&case.ask), &world)
}

/// How many cases share a workbook: more are slower to write, fewer ask more often.
const SHELF: usize = 12;

/// Most cases stand beside others in a workbook and are answered by one call; what asks for something of its
/// own, or changes a rule, has a workbook to itself.
#[test]
fn the_program_answers_every_case_as_expected() {
    let (usual, own): (Vec<_>, Vec<_>) = cases().into_iter().partition(|(_, case)| case.is_usual());
    let mut faults = Vec::new();
    let mut compare = |title: &str, case: &Case, told: Result<BTreeMap<String, Answer>, String>| {
        let found = match told {
            Ok(told) => differences(&expected(case, &Ask::of(&case.ask)), &told),
            Err(sentence) => vec![format!("  {sentence}")],
        };
        if !found.is_empty() {
            faults.push(format!("{title}\n{}", found.join("\n")));
        }
    };
    for (title, case) in &own {
        compare(title, case, answered(case));
    }
    for shelf in usual.chunks(SHELF) {
        let together = side_by_side(shelf);
        let told = Filled::with(&together).and_then(|filled| filled.asked(&Ask::of("all"), &together));
        for ((title, case), nth) in shelf.iter().zip(1..) {
            let told = told.as_ref().map(|all| own_answers(all, case, &mark(nth)));
            compare(title, case, told.map_err(Clone::clone));
        }
    }
    none_of(&faults);
}

fn mark(nth: usize) -> String {
    format!("{nth}.")
}

/// The answers about `b` and what lies below it, of one of several cases.
fn own_answers(all: &BTreeMap<String, Answer>, case: &Case, mark: &str) -> BTreeMap<String, Answer> {
    let world = World::of(case);
    let is_below =
        |key: &str| world.organisations.iter().any(|one| one.key == key && one.above.as_deref() == Some("b"));
    let own = all.iter().filter_map(|(key, answer)| Some((key.strip_prefix(mark)?, answer)));
    let asked = own.filter(|(key, _)| *key == "b" || is_below(key));
    asked.map(|(key, answer)| (key.to_owned(), answer.clone().without(mark))).collect()
}

fn side_by_side(cases: &[(String, Case)]) -> World {
    let mut together = World::of(&Case { organisations: vec!["all 县局党委".into()], ..Case::default() });
    for ((_, case), nth) in cases.iter().zip(1..) {
        together.put_beside(World::of(case), "all", &mark(nth));
    }
    together
}

/// How many workbooks by chance, and how many small worlds lie side by side in each.
const SEEDS: u64 = 40;
const WORLDS: usize = 6;

/// Where program and reference disagree about a case; `None` where they agree.
fn disagreement(case: &Case) -> Option<String> {
    let wanted = reference::coverage(&World::of(case), &Ask::of(&case.ask));
    let found = match answered(case) {
        Ok(told) => differences(&wanted, &told),
        Err(sentence) => vec![format!("  {sentence}")],
    };
    (!found.is_empty()).then(|| found.join("\n"))
}

/// The small worlds of a seed, and what is asked of them.
fn by_chance(seed: u64) -> (Frame, Vec<Case>) {
    let mut dice = Dice::new(seed);
    let frame = Frame::by_chance(&mut dice);
    let worlds = (0..WORLDS).map(|nth| frame.world(&mut dice, &format!("w{nth}"))).collect();
    (frame, worlds)
}

#[test]
fn program_and_reference_agree_on_workbooks_by_chance() {
    for seed in 0..SEEDS {
        let (frame, worlds) = by_chance(seed);
        let Some(found) = disagreement(&frame.together(&worlds)) else { continue };
        let alone = worlds.iter().map(|world| frame.together(std::slice::from_ref(world)));
        let small = alone.filter_map(|case| shrinking::smallest(case, |case| disagreement(case).is_some())).next();
        match small {
            Some(case) => {
                let found = disagreement(&case).unwrap_or_default();
                panic!("seed {seed}, made small:\n{}\n{found}", case.written());
            }
            None => panic!("seed {seed}, none of its worlds alone:\n{}\n{found}", frame.together(&worlds).written()),
        }
    }
}

/// Chance is of use only where it meets every rule and every reason.
#[test]
fn workbooks_by_chance_have_something_of_everything() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..SEEDS {
        let (frame, worlds) = by_chance(seed);
        let case = frame.together(&worlds);
        for answer in reference::coverage(&World::of(&case), &Ask::of(&case.ask)).values() {
            for (id, tally) in &answer.rules {
                *counts.entry(format!("{id} done")).or_default() += tally.done;
                *counts.entry(format!("{id} missing")).or_default() += tally.missing.len();
                *counts.entry(format!("{id} open")).or_default() += tally.open.len();
            }
            for why in answer.left_out.iter().flat_map(|(_, reasons)| reasons) {
                *counts.entry(why.clone()).or_default() += 1;
            }
        }
    }
    let sorts = ["C1 done", "C2 done", "C3 done", "C4 done", "C1 missing", "C2 missing", "C3 missing", "C4 missing"];
    for sort in sorts.into_iter().chain(["C4 open", "new", "lost", "away", "unable"]) {
        assert!(counts.get(sort).is_some_and(|count| *count >= 40), "{sort}: {counts:?}");
    }
}
