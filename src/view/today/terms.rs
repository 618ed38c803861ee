//! Terms of committees (任期) that are over or will be: first told six months before, by the rule about terms.

use jiff::ToSpan as _;

use super::{Ground, Piece, Way, Weight, basis, brief};
use crate::domain::rules::Level;
use crate::domain::rules::organisations::{TermStage, first_term_reminder, term_rule};
use crate::domain::work::WorkKey;
use crate::problem::Result;
use crate::view::organisations::{TermLine, ending_terms};

/// So long before its first reminder a term is told.
const AHEAD_DAYS: i64 = 31;

/// Organisations whose term is over, of whose end one is to be reminded, or will be within a month.
pub(super) fn work(ground: &Ground<'_>) -> Result<Vec<Piece>> {
    let soon = ground.day.checked_add(AHEAD_DAYS.days())?;
    let lines = ending_terms(ground.desk, ground.scope, ground.day, soon)?;
    Ok(lines.iter().filter_map(|line| piece(ground, line)).collect())
}

fn piece(ground: &Ground<'_>, line: &TermLine) -> Option<Piece> {
    let (book, node) = (ground.desk.rules(), &line.organisation);
    let ends = line.term.due()?;
    let name = node.shown_name();
    let firmest = line.findings.iter().max_by_key(|finding| finding.level);
    let (weight, title, due) = match line.stage {
        Some(TermStage::Ended) => {
            let level = firmest.map_or(Level::Amber, |finding| finding.level);
            (level.into(), format!("{name} 任期届满，待换届"), ends.first_day())
        }
        Some(stage @ TermStage::Within(_)) => {
            (Weight::Soft, format!("{name} 任期{}，准备换届", stage.label()), ends.first_day())
        }
        None => {
            (Weight::Hint, format!("{name} 任期将满，提醒准备换届"), first_term_reminder(book, node.kind, line.term)?)
        }
    };
    let article = match firmest {
        Some(finding) => finding.article.clone(),
        None => term_rule(book, node.kind)?.shown_article(),
    };
    let elected = line.term.elected_on.map(|day| format!("{day} 当选，任期 {} 年", line.term.years));
    let delayed = line.term.delayed_to.map(|until| format!("延期至 {until}"));
    Some(Piece {
        key: WorkKey::Term(node.id, ends).to_string(),
        weight,
        title,
        basis: basis([
            format!("{ends} 届满"),
            elected.unwrap_or_default(),
            delayed.unwrap_or_default(),
            brief(&article),
        ]),
        due: Some(due),
        organisation: Some(node.id),
        way: Way::Term(node.id),
    })
}
