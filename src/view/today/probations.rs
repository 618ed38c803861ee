//! Probations (预备期) that are over without 转正, or will be soon.

use super::{Ground, Piece, Way, Weight, basis, brief};
use crate::domain::dates::PartialDate;
use crate::domain::rules::Measure;
use crate::domain::work::WorkKey;
use crate::problem::Result;
use crate::store::directory::Card;

/// Names of people that are told.
const NAMED: usize = 3;

/// Whose probation is over, or ends within the months of which the rule tells before. Nothing while the rule is off.
///
/// Those that are over for longer than any extension may last are most likely records without 转正时间: they stand
/// together in one line that leads to what is to be checked.
pub(super) fn work(ground: &Ground<'_>) -> Result<Vec<Piece>> {
    let (desk, day) = (ground.desk, ground.day);
    let told = desk.rules().rules.iter().find(|rule| rule.measure == Measure::ProbationOver && rule.enabled);
    let Some(rule) = told else { return Ok(Vec::new()) };
    let probation = desk.probation();
    let mut pieces = Vec::new();
    let mut old: Vec<(PartialDate, &Card)> = Vec::new();
    for card in desk.directory().cards() {
        let Some(membership) = card.on_roll(day).filter(|membership| ground.holds(membership.organisation)) else {
            continue;
        };
        if !probation.is_told_on(&card.path, card.extended, day) {
            continue;
        }
        let Some(ends) = probation.ends_on(&card.path, card.extended, day) else { continue };
        let is_over = ends.is_reached_on(day);
        if ends.plus_months(probation.extension.1).is_some_and(|last| last.is_reached_on(day)) {
            old.push((ends, card));
            continue;
        }
        let title = match is_over {
            true => format!("{} 预备期已满，还没有登记转正", card.name),
            false => format!("{} 预备期将满，准备讨论转正", card.name),
        };
        pieces.push(Piece {
            key: WorkKey::Probation(card.id, ends).to_string(),
            weight: if is_over { rule.level.into() } else { Weight::Hint },
            title,
            basis: basis([format!("预备期满 {ends}"), brief(&rule.shown_article_of(card.path.began()))]),
            due: Some(ends.last_day()),
            organisation: Some(membership.organisation),
            way: Way::Probation(card.id),
        });
    }
    pieces.extend(old_ones(ground, old));
    Ok(pieces)
}

/// 「3 人预备期早已届满，没有转正时间」; due when the last of them was, which is the least that it is late.
fn old_ones(ground: &Ground<'_>, mut old: Vec<(PartialDate, &Card)>) -> Option<Piece> {
    old.sort_by_key(|(ends, card)| (std::cmp::Reverse(ends.last_day()), card.id));
    let (last, first_named) = *old.first()?;
    let names: Vec<&str> = old.iter().take(NAMED).map(|(_, card)| &*card.name).collect();
    let more = if old.len() > NAMED { "等" } else { "" };
    let title = match old.len() {
        1 => format!("{} 预备期早已届满，没有转正时间", first_named.name),
        count => format!("{count} 人预备期早已届满，没有转正时间"),
    };
    Some(Piece {
        key: WorkKey::OldProbations(ground.scope).to_string(),
        weight: Weight::Hint,
        title,
        basis: basis([format!("{}{more}", names.join("、")), "转正了的补上转正时间，在待核里逐个核对".to_owned()]),
        due: Some(last.last_day()),
        organisation: ground.scope,
        way: Way::OldProbations,
    })
}
