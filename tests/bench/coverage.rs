//! Coverage of talks: one branch, the whole tree; against what a clerk's spreadsheet does over the ledger of talks.

use std::collections::HashMap;

use branchdesk::clock::Day;
use branchdesk::domain::coverage::Relation;
use branchdesk::domain::dates::Period;
use branchdesk::domain::ids::OrganisationId;
use branchdesk::domain::talks::Side;
use branchdesk::exchange::practice::{CrowdSize, generate_with_talks};
use branchdesk::progress::Progress;
use branchdesk::store::coverage::each_sitting;
use branchdesk::view::coverage::{CoverageAsk, board, tree};
use branchdesk::view::desk::Desk;

use crate::office::TODAY;
use crate::tables::open;
use crate::{Report, p95, timed};

/// Members, and the talks of ten years.
const SIZE: CrowdSize = CrowdSize { members: 5_000, talks: 50_000 };

pub fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = generate_with_talks(folder.path(), SIZE, 1, false, &Progress::default()).expect("generated");
    let desk = open(&path);
    let period = Period::year(TODAY.year()).expect("a year");
    let ask = |organisation| CoverageAsk::until_today(organisation, period, TODAY);

    let branches: Vec<OrganisationId> =
        desk.tree().all().filter(|node| node.kind.is_branch()).map(|node| node.id).collect();
    let times =
        branches.iter().cycle().take(200).map(|branch| timed(|| board(&desk, ask(*branch)).expect("a board")).1);
    report.within("coverage: one branch with its last talks ever, p95", p95(times.collect()), 20.0);

    let root = desk.tree().children(None).next().expect("a root").id;
    let (node, whole) = timed(|| tree(&desk, ask(root)).expect("a tree"));
    report.within("coverage: the whole tree", whole, 500.0);
    let total = node.total(Relation::WithCommittee).expect("C2");
    assert!(total.done > 1_000 && total.missing() > 0, "{total:?}");

    let ledger = ledger(&desk);
    let (_, counted) = timed(|| counted_by_name(&desk, &ledger));
    report.ratio("coverage: the whole tree / COUNTIFS over the ledger", whole, Some(counted), 1.0);
}

/// The ledger as a sheet has it: a line for each talker with each partner, by name.
fn ledger(desk: &Desk) -> Vec<(Day, String, String)> {
    let name = |person| desk.directory().get(person).map_or_else(String::new, |card| card.name.to_string());
    let mut talks: HashMap<_, (Day, Vec<String>, Vec<String>)> = HashMap::new();
    each_sitting(desk.reader(), Day::constant(2000, 1, 1), TODAY, |sitting| {
        let talk = talks.entry(sitting.talk).or_insert_with(|| (sitting.held_on.first_day(), Vec::new(), Vec::new()));
        let side = if sitting.side == Side::Talker { &mut talk.1 } else { &mut talk.2 };
        side.extend(sitting.person.map(name));
        Ok(())
    })
    .expect("read");
    let lines = talks.into_values().flat_map(|(day, talkers, partners)| {
        let joined = talkers.into_iter().flat_map(move |talker| {
            let lines: Vec<_> = partners.iter().map(|partner| (day, talker.clone(), partner.clone())).collect();
            lines
        });
        joined.collect::<Vec<_>>()
    });
    lines.collect()
}

/// COUNTIFS beside each name of the roster: how many lines of the year bear it on either side. Relations, changes of the
/// committee and people of one name are not told apart.
fn counted_by_name(desk: &Desk, ledger: &[(Day, String, String)]) -> usize {
    let of_year = |day: Day| day.year() == TODAY.year();
    let members = desk.directory().cards().iter().filter(|card| card.is_member_on(TODAY));
    let has_talked = |name: &str| {
        ledger.iter().filter(|(day, talker, partner)| of_year(*day) && (talker == name || partner == name)).count() > 0
    };
    members.filter(|card| has_talked(&card.name)).count()
}
