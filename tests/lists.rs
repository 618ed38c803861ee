//! Lists of one branch and orders of few people: quick ways that must give what the slow ones give.

use std::collections::{BTreeMap, BTreeSet};

use branchdesk::clock::Day;
use branchdesk::domain::fields::{FactKind, Known};
use branchdesk::domain::ids::{OrganisationId, PersonId};
use branchdesk::domain::members::{Fact, PersonFile};
use branchdesk::domain::organisations::OrganisationKind;
use branchdesk::exchange::practice;
use branchdesk::progress::Progress;
use branchdesk::store::members::{extra_fields, file};
use branchdesk::store::workbook::ReadOnly;
use branchdesk::store::{Areas, Key};
use branchdesk::view::desk::Desk;
use branchdesk::view::members::{ListAsk, SortBy, SortKey, Who, list};
use proptest::prelude::RngExt as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::json;

use crate::support::busy::{ACTS, Busy};
use crate::support::office::{Office, day};

fn ids(desk: &Desk, ask: &ListAsk) -> Vec<PersonId> {
    list(desk, ask).expect("a list").ids.to_vec()
}

fn files(desk: &Desk) -> BTreeMap<i64, PersonFile> {
    let read = |id: PersonId| (id.0, file(desk.reader(), id).expect("read").expect("there"));
    desk.directory().cards().iter().map(|card| read(card.id)).collect()
}

/// Whether a person of the whole list belongs into the list of an organisation, by the person's facts.
fn belongs(desk: &Desk, id: PersonId, scope: OrganisationId, who: Who, on: Day) -> bool {
    let file = file(desk.reader(), id).expect("read").expect("there");
    if desk.tree().get(scope).expect("an organisation").kind == OrganisationKind::Group {
        return file.facts.iter().any(|fact| fact.organisation == Some(scope) && fact.span.holds_on(on));
    }
    let floating_in = |fact: &&Fact| fact.kind == FactKind::Floating && fact.organisation.is_some();
    let mut facts = file.facts.iter();
    let membership = match who {
        Who::OnRoll => file.on_roll(on),
        Who::FloatingIn => facts.rfind(|fact| floating_in(fact) && fact.span.holds_on(on)),
        Who::Left | Who::Voided => {
            let last = facts.clone().rfind(|fact| fact.kind == FactKind::Membership);
            last.or_else(|| facts.rfind(floating_in))
        }
    };
    let organisation = membership.and_then(|fact| fact.organisation);
    organisation.map_or(who != Who::OnRoll, |organisation| desk.tree().is_within(organisation, scope))
}

/// A busy office; the desk was open all the time and was told of whom each change touched.
fn busy_desk(drawn: &mut TestRng) -> (Busy, Desk) {
    let mut busy = Busy::settled();
    let mut number = |below: usize| drawn.random_range(0..below);
    for _ in 0..30 {
        busy.does("add_member", number(97), number(97));
    }
    let mut desk = busy.office.desk();
    let mut before = files(&desk);
    let areas = Areas { organisations: true, members: true, ..Areas::default() };
    for _ in 0..45 {
        busy.act((number(ACTS.len()), number(97), number(97)));
        let after = files(&busy.office.desk());
        let all: BTreeSet<i64> = before.keys().chain(after.keys()).copied().collect();
        let touched: Vec<i64> = all.into_iter().filter(|id| before.get(id) != after.get(id)).collect();
        desk.refresh(areas, &touched).expect("refreshed");
        before = after;
    }
    (busy, desk)
}

#[test]
fn a_list_of_an_organisation_is_what_the_whole_list_of_the_day_holds_of_it() {
    let mut drawn = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut shorter = 0;
    for _ in 0..3 {
        let (busy, desk) = busy_desk(&mut drawn);
        assert_eq!(files(&desk), files(&busy.office.desk()));
        for on in ["2008-06-01", "2016-03-01", "2020-09-15", "2025-12-31", "2026-06-01", "2026-11-24"].map(day) {
            for (who, by) in [
                (Who::OnRoll, SortBy::Roster),
                (Who::FloatingIn, SortBy::Age),
                (Who::Left, SortBy::Strokes),
                (Who::Voided, SortBy::Name),
            ] {
                let sort = vec![SortKey { by, descending: by != SortBy::Strokes }];
                let ask = |scope| ListAsk { who, sort: sort.clone(), ..ListAsk::roll(on, scope) };
                let whole = ids(&desk, &ask(None));
                for scope in desk.tree().all().map(|node| node.id) {
                    let told = ids(&desk, &ask(Some(scope)));
                    let right: Vec<PersonId> =
                        whole.iter().copied().filter(|id| belongs(&desk, *id, scope, who, on)).collect();
                    assert_eq!(told, right, "{scope:?} {who:?} {on}");
                    shorter += usize::from(!told.is_empty() && told.len() * 4 < whole.len());
                }
            }
        }
    }
    assert!(shorter > 50, "{shorter} lists of few out of many");
}

#[test]
fn who_never_belonged_anywhere_is_found_in_the_list_of_any_branch() {
    let mut office = Office::new();
    let [large, small] = ["机关第一党支部", "机关第二党支部"].map(|name| office.organisation(None, name));
    for nth in 0..20 {
        office.member(large, json!({ "name": format!("党员{nth}") }));
    }
    let astray = office.member(large, json!({ "name": "无处者" }));
    // No command takes the only membership away; a file that was mended by hand may lack it.
    let file = rusqlite::Connection::open(office.path()).expect("open");
    file.execute("DELETE FROM fact WHERE person = ?1", [astray.0]).expect("removed");
    for branch in [large, small] {
        let ask = ListAsk { who: Who::Left, ..ListAsk::roll(day("2026-11-24"), Some(branch)) };
        assert_eq!(ids(&office.desk(), &ask), [astray]);
    }
}

#[test]
fn few_people_stand_in_the_order_in_which_they_stand_among_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = practice::generate(folder.path(), 1_200, 3, false, &Progress::default()).expect("generated");
    let desk = Desk::open(ReadOnly::open(&path, &Key::None).expect("readable")).expect("a desk");
    let extra = extra_fields(desk.reader()).expect("read")[0].id;
    let sorts: [&[(SortBy, bool)]; 7] = [
        &[],
        &[(SortBy::Roster, true)],
        &[(SortBy::Strokes, false)],
        &[(SortBy::Name, true)],
        &[(SortBy::Field(Known::PartyPost as u8), false), (SortBy::Strokes, true)],
        &[(SortBy::Extra(extra), false), (SortBy::Roster, true)],
        &[(SortBy::Field(Known::Sex as u8), false), (SortBy::Age, false)],
    ];
    for sort in sorts {
        let sort: Vec<SortKey> =
            sort.iter().map(|(by, descending)| SortKey { by: *by, descending: *descending }).collect();
        let ask = |scope| ListAsk { sort: sort.clone(), ..ListAsk::roll(day("2026-11-24"), scope) };
        let all = ids(&desk, &ask(None));
        assert!(all.len() > 1_000, "sorted as many");
        assert_eq!(ids(&desk, &ask(None)), all, "asked again: picked from the order that is kept");
        assert_eq!(ids(&desk, &ask(None)), all);
        let branches = desk.tree().all().filter(|node| node.kind.is_branch()).map(|node| node.id);
        for branch in branches {
            let few = ids(&desk, &ask(Some(branch)));
            assert!(few.len() < 500, "sorted as few");
            let there: BTreeSet<PersonId> = few.iter().copied().collect();
            let right: Vec<PersonId> = all.iter().copied().filter(|id| there.contains(id)).collect();
            assert_eq!(few, right, "{sort:?}");
        }
    }
}
