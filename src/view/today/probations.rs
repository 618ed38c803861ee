//! Probations (预备期) that are over without 转正, or will be soon.

use super::{Ground, Piece, Way, Weight, basis};
use crate::domain::rules::Measure;
use crate::problem::Result;

/// Whose probation is over, or ends within the months of which the rule tells before. Nothing while the rule is off.
///
/// One that is over for longer than any extension may last is no work but a record without 转正时间: it is found among
/// what is to be checked.
pub(super) fn work(ground: &Ground<'_>) -> Result<Vec<Piece>> {
    let (desk, day) = (ground.desk, ground.day);
    let told = desk.rules().rules.iter().find(|rule| rule.measure == Measure::ProbationOver && rule.enabled);
    let Some(rule) = told else { return Ok(Vec::new()) };
    let probation = desk.probation();
    let mut pieces = Vec::new();
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
            continue;
        }
        let title = match is_over {
            true => format!("{} 预备期已满，还没有登记转正", card.name),
            false => format!("{} 预备期将满，准备讨论转正", card.name),
        };
        pieces.push(Piece {
            key: format!("probation:{}:{ends}", card.id),
            weight: if is_over { rule.level.into() } else { Weight::Hint },
            title,
            basis: basis([format!("预备期满 {ends}"), rule.shown_article_of(card.path.began())]),
            due: Some(ends.last_day()),
            organisation: Some(membership.organisation),
            way: Way::Probation(card.id),
        });
    }
    Ok(pieces)
}
