//! A plan that is made after blank sheets were printed: it is kept as it is shown, and the sheets stay its sheets.

use std::collections::BTreeMap;

use branchdesk::domain::dates::{PartialDate, Period};
use branchdesk::domain::ids::PersonId;
use branchdesk::domain::talks::{PlannedTalk, TalkNumber};
use branchdesk::print::{FillOptions, PaperFonts, Sheets, TalkAsk, compile, talk_form};
use branchdesk::progress::Progress;
use branchdesk::store::{journal::last, talks};
use branchdesk::view::coverage::{CoverageAsk, board};
use branchdesk::view::talk_plan::Proposal;
use serde_json::json;

use crate::support::office::day;
use crate::support::pdf;
use crate::talk_plan::Branch;

type Planned = (Option<PersonId>, Option<PersonId>, Option<PartialDate>);

impl Branch {
    /// Prints a sheet for each hole, as the window and the command line do; tells how many.
    fn print_sheets(&mut self) -> usize {
        let period = Period::year(2026).expect("a year");
        let today = self.office.stamp.at.day();
        let desk = self.office.desk();
        let ask = CoverageAsk::until_today(self.id, period, today);
        let holes =
            Sheets::of_holes(&board(&desk, ask).expect("a board"), &talks::types(desk.reader()).expect("types"));
        let sheets = holes.with_planned(&desk, today).expect("read");
        if let Some(command) = sheets.reserve() {
            let stamp = self.office.stamp.clone();
            self.office.ledger().run(command, &stamp).expect("numbered");
        }
        sheets.sheets.len()
    }

    fn planned(&self) -> Vec<PlannedTalk> {
        talks::planned_of(self.office.desk().reader(), self.id).expect("read")
    }

    /// The numbers of the sheets by the two who are named.
    fn numbers(&self) -> BTreeMap<[PersonId; 2], TalkNumber> {
        let named = |one: PlannedTalk| Some(([one.talker?, one.partner?], one.number?));
        self.planned().into_iter().filter_map(named).collect()
    }

    /// What is planned and still to be held, in order.
    fn open(&self) -> Vec<Planned> {
        let open = self.kept().lines.into_iter().filter(|line| line.is_open());
        let mut open: Vec<_> = open.map(|line| (line.planned.talker, line.planned.partner, line.planned.due)).collect();
        open.sort();
        open
    }

    fn plan_on_paper(&self) -> String {
        let ask = TalkAsk::Plan(Some(self.id), Period::year(2026).expect("a year"));
        let options = FillOptions::usual(day("2026-11-24"));
        let filled = talk_form(&self.office.desk(), &ask, &options).expect("filled");
        let paper = compile(&filled.form, PaperFonts::embedded(), day("2026-11-24"), &Progress::default());
        pdf::pages(&paper.expect("a paper").pdf().expect("a PDF")).concat().replace('\n', "")
    }

    fn last_title(&self) -> String {
        last(self.office.desk().reader()).expect("read").expect("an entry").title
    }
}

/// What a proposal shows, in the same order.
fn shown(proposal: &Proposal) -> Vec<Planned> {
    let of = |talk: &branchdesk::domain::talk_plan::ProposedTalk| {
        (Some(talk.talker), Some(talk.partner), Some(PartialDate::of_day(talk.due)))
    };
    let mut shown: Vec<_> = proposal.plan.talks.iter().map(of).collect();
    shown.sort();
    shown
}

/// 支部工作条例第十九条
#[test]
fn a_plan_made_after_the_sheets_is_kept_as_it_is_shown_and_printed_so() {
    let mut branch = Branch::new();
    assert_eq!(branch.print_sheets(), 3 + 5 + 5, "a sheet for each pair, and two for each member");
    let (printed, before) = (branch.numbers(), branch.office.dump());
    let proposal = branch.propose("2026-12-31");
    assert_eq!((proposal.plan.talks.len(), proposal.plan.largest_load()), (3 + 5 + 3, 3));
    branch.keep(&proposal);
    assert_eq!(branch.open(), shown(&proposal));
    assert!(branch.last_title().starts_with("拟谈话计划 11 次"), "{}", branch.last_title());
    let paper = branch.plan_on_paper();
    assert!(paper.contains("合计：11 次"), "{paper}");

    // What is planned has the number of its sheet; none is given twice or to another.
    let numbers = branch.numbers();
    let pairs = proposal.plan.talks.iter().filter(|talk| numbers.contains_key(&[talk.talker, talk.partner])).count();
    assert!(pairs >= 3 + 3, "pairs of the committee and members: {numbers:?}");
    for (two, number) in &numbers {
        assert!(printed.get(two).is_none_or(|known| known == number), "{two:?} {number}");
    }
    let mut given: Vec<TalkNumber> = branch.planned().into_iter().filter_map(|one| one.number).collect();
    given.sort_unstable();
    assert_eq!(given, (1..=13).map(|number| TalkNumber { year: 2026, number }).collect::<Vec<_>>());

    branch.office.undo().expect("undone");
    assert_eq!(branch.office.dump(), before);
    branch.keep(&proposal);
    // Kept again, every sheet stays with its two.
    let again = branch.propose("2026-12-31");
    branch.keep(&again);
    assert_eq!((branch.open(), branch.numbers()), (shown(&again), numbers));
}

#[test]
fn a_plan_made_anew_keeps_the_printed_sheets_and_closes_each_hole_once() {
    let mut branch = Branch::new();
    let [chen, wu, lin] = branch.committee;
    let [zhou, he, .., zhao] = branch.members;
    branch.run(json!({ "do": "record_event", "ids": [zhao], "kind": "honour", "on": "2026-11-20", "value": "优秀" }));
    branch.keep(&branch.propose("2026-12-31"));
    branch.print_sheets();
    let printed = branch.numbers();
    assert_eq!(printed.len(), 11, "one for each planned talk");
    branch.today("2026-12-03");
    branch.talk("2026-12-02", chen, wu);
    branch.run(json!({ "do": "record_talk", "organisation_id": branch.id, "held_on": "2026-12-01", "type": "T01",
        "talker_ids": [lin], "partner_ids": [zhou, he] }));
    let proposal = branch.propose("2026-12-31");
    branch.keep(&proposal);
    assert_eq!(branch.open(), shown(&proposal));
    let numbers = branch.numbers();
    for talk in &proposal.plan.talks {
        let two = [talk.talker, talk.partner];
        assert_eq!((numbers.get(&two), printed.contains_key(&two)), (printed.get(&two), true), "{talk:?}");
    }
    let with_zhao = branch.open().into_iter().filter(|(_, partner, _)| *partner == Some(zhao)).count();
    assert_eq!(with_zhao, proposal.plan.talks.iter().filter(|talk| talk.partner == zhao).count());
    let held = branch.kept().held();
    let rows = branch.plan_on_paper();
    assert!(rows.contains(&format!("合计：{} 次", held + proposal.plan.talks.len())), "{rows}");
}

#[test]
fn a_sheet_with_another_talker_gives_way_and_its_number_stays_good() {
    let mut branch = Branch::new();
    let [chen, ..] = branch.committee;
    let sheet = |partner: PersonId| json!({ "talker_id": chen, "partner_id": partner, "rule": "C2", "numbered": true });
    let sheets = branch.members.map(sheet);
    branch.run(json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": sheets }));
    let printed = branch.numbers();
    let proposal = branch.propose("2026-12-31");
    assert_eq!(proposal.plan.largest_load(), 3, "8 talks of three");
    branch.keep(&proposal);
    assert_eq!(branch.open(), shown(&proposal));
    let numbers = branch.numbers();
    assert_eq!(numbers.len(), 3, "as many sheets stay as the load allows");
    assert!(numbers.iter().all(|(two, number)| printed.get(two) == Some(number)));
    let of_nobody = branch.planned().into_iter().find(|one| one.partner.is_none()).and_then(|one| one.number);
    let filled_in = of_nobody.expect("a sheet whose talk is another's");
    let (two, _) = printed.iter().find(|(_, number)| **number == filled_in).expect("printed");
    branch.run(json!({ "do": "record_talk", "organisation_id": branch.id, "held_on": "2026-11-24", "type": "T01",
        "talker_ids": [two[0]], "partner_ids": [two[1]], "number": filled_in.to_string() }));

    // Sheets of this year are out for it, whatever is planned for the next one.
    let numbers = branch.numbers();
    let next = json!([{ "talker_id": chen, "partner_id": branch.members[1], "rule": "C2", "due": "2027-03-05" }]);
    branch.run(json!({ "do": "plan_talks", "organisation_id": branch.id, "talks": next, "replace": true }));
    assert_eq!(branch.numbers(), numbers);
}

/// 支部工作条例第十九条: who is left out by the last day is not planned for, and only who is not planned for is told so.
#[test]
fn nobody_is_planned_for_and_told_as_left_out() {
    let mut branch = Branch::new();
    let set = json!({ "name": "孙立远", "joined": "2010-07-01", "full": "2011-07-01" });
    let away = branch.office.member(branch.id, set);
    branch.run(
        json!({ "do": "record_event", "ids": [away], "kind": "floating_out", "on": "2026-06-20", "place": "广东" }),
    );
    let is_planned = |proposal: &Proposal, person: PersonId| {
        proposal.plan.talks.iter().any(|talk| [talk.talker, talk.partner].contains(&person))
    };
    let soon = branch.propose("2026-12-14");
    assert!(is_planned(&soon, away) && soon.remarks().is_empty(), "six months are not over: {:?}", soon.remarks());
    let late = branch.propose("2026-12-31");
    assert!(!is_planned(&late, away));
    assert_eq!(late.remarks(), ["不列入，没有排：外出的孙立远"]);

    // The odd one of the members, who talked with all others last year, talks with one who came a short while ago, who is not told as left out then.
    let [.., zhao] = branch.members;
    for (held_on, talker) in [("2026-11-24", branch.members[0]), ("2025-12-20", zhao)] {
        let partners: Vec<PersonId> = branch.members[..4].iter().copied().filter(|id| *id != talker).collect();
        branch.run(json!({ "do": "record_talk", "organisation_id": branch.id, "held_on": held_on, "type": "T01",
            "talker_ids": [talker], "partner_ids": partners }));
    }
    let set = json!({ "name": "钱立", "joined": "2012-07-01", "full": "2013-07-01", "transfer_in": "2026-11-20" });
    let new = branch.office.member(branch.id, set);
    let with_new = branch.propose("2026-12-31");
    let told = with_new.remarks().concat();
    assert_eq!(is_planned(&with_new, new), !told.contains("钱立"), "{told}");
    assert!(is_planned(&with_new, new), "{:?}", with_new.plan.talks);
}
