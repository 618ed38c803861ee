//! Who is left out, and why.

use super::{ANNA, BERT, Branch, CORA, DEPUTY, day, span};
use crate::domain::coverage::WhyLeftOut;
use crate::domain::dates::PartialDate;

/// Months before the day are reckoned to the month's end where that is shorter.
#[test]
fn whose_membership_here_began_less_than_three_months_before_is_left_out() {
    for (since, as_of, out) in [
        ("2026-08-25", "2026-11-24", true),
        ("2026-08-24", "2026-11-24", false),
        ("2026-11", "2026-11-24", true),
        ("2026-03-01", "2026-05-31", true),
        ("2026-02-28", "2026-05-31", false),
        ("2020", "2026-11-24", false),
    ] {
        let mut branch = Branch::new();
        branch.as_of = day(as_of);
        branch.role(ANNA).since = PartialDate::from_iso(since);
        branch.role(DEPUTY).since = PartialDate::from_iso(since);
        let wanted = [(DEPUTY, WhyLeftOut::New), (ANNA, WhyLeftOut::New)];
        assert_eq!(branch.left_out(), if out { &wanted[..] } else { &[] }, "{since} {as_of}");
        assert_eq!(branch.missing_pairs().len(), if out { 1 } else { 3 }, "{since} {as_of}");
        assert_eq!(branch.missing_with_committee().contains(&ANNA), !out, "{since} {as_of}");
        assert_eq!(branch.missing_among_members().contains(&ANNA), !out, "{since} {as_of}");
    }
}

#[test]
fn who_is_lost_or_unable_on_the_day_is_left_out() {
    let mut branch = Branch::new();
    branch.role(ANNA).lost = vec![span("2026-12-31", "")];
    branch.role(BERT).unable = vec![span("", "")];
    branch.role(CORA).lost = vec![span("2020-01-01", "2026-12-31")];
    assert_eq!(branch.left_out(), [(ANNA, WhyLeftOut::Lost), (BERT, WhyLeftOut::Unable)]);
    assert_eq!(branch.missing_with_committee(), [CORA]);
    // Whoever is left out serves others all the same.
    branch.talk("2026-06-01", &[ANNA], &[CORA]);
    assert_eq!(branch.missing_among_members(), []);
}

#[test]
fn who_has_been_away_for_six_months_is_left_out() {
    for (from, to, out) in [
        ("2026-06-30", "", true),
        ("2026-07-01", "", false),
        ("", "", true),
        ("2026-06", "", true),
        ("2025-01-01", "2026-12-31", false),
    ] {
        let mut branch = Branch::new();
        branch.role(ANNA).away = vec![span(from, to)];
        assert_eq!(branch.left_out(), if out { vec![(ANNA, WhyLeftOut::Away)] } else { vec![] }, "{from} {to}");
    }
}

#[test]
fn of_several_reasons_one_is_told_and_each_can_be_switched_off() {
    let mut branch = Branch::new();
    branch.role(ANNA).since = PartialDate::from_iso("2026-12-01");
    branch.role(ANNA).lost = vec![span("2026-12-10", "")];
    branch.role(ANNA).away = vec![span("2026-01-01", "")];
    branch.role(ANNA).unable = vec![span("2026-12-10", "")];
    for (why, rule) in [
        (WhyLeftOut::New, "talk.new"),
        (WhyLeftOut::Lost, "talk.lost"),
        (WhyLeftOut::Away, "talk.away"),
        (WhyLeftOut::Unable, "talk.unable"),
    ] {
        assert_eq!(branch.left_out(), [(ANNA, why)]);
        branch.set(rule, &[], Some(false));
    }
    assert_eq!(branch.left_out(), []);
    assert_eq!(branch.missing_with_committee(), [ANNA, BERT, CORA]);
}

#[test]
fn the_months_are_those_of_the_workbook() {
    let mut branch = Branch::new();
    branch.role(ANNA).since = PartialDate::from_iso("2026-11-15");
    branch.set("talk.new", &[("months", 1)], None);
    assert_eq!(branch.left_out(), []);
    branch.set("talk.new", &[("months", 2)], None);
    assert_eq!(branch.left_out(), [(ANNA, WhyLeftOut::New)]);
}
