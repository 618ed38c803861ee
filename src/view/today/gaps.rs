//! What the coverage of the year still lacks (谈话覆盖): a piece for each relation of an organisation, and for each
//! thing that happened and asks for a talk.

use super::{Ground, Piece, Way, basis};
use crate::domain::coverage::{Due, Need, Relation, State};
use crate::problem::Result;
use crate::view::coverage::{CoverageNode, Ratio};

/// What is missing in each organisation of the scope, due at the end of the year; a talk after an event on its own day.
pub(super) fn work(ground: &Ground<'_>) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    for node in ground.coverage.iter().flat_map(CoverageNode::all) {
        let relations = Relation::ALL.into_iter().filter(|relation| *relation != Relation::AfterEvents);
        pieces.extend(relations.filter_map(|relation| missing(ground, node, relation)));
        let needs = node.coverage.after_events.iter().flat_map(|board| &board.needs);
        pieces.extend(needs.filter_map(|need| after_event(ground, node, need)));
    }
    Ok(pieces)
}

/// 「局机关第一党支部 支委之间还缺 2 对」
fn missing(ground: &Ground<'_>, node: &CoverageNode, relation: Relation) -> Option<Piece> {
    let rule = relation.rule(ground.desk.rules())?;
    let lacking = Ratio::of(&node.coverage, relation).map(Ratio::missing).filter(|lacking| *lacking > 0)?;
    let organisation =
        if ground.is_of_several { format!("{} ", ground.name_of(node.organisation)) } else { String::new() };
    let period = node.coverage.window.period;
    Some(Piece {
        key: format!("coverage:{}:{}:{}", node.organisation, period.last.year(), relation.code()),
        weight: rule.level.into(),
        title: format!("{organisation}{}谈心还缺 {lacking} {}", relation.label(), relation.unit()),
        basis: basis([rule.words(), rule.shown_article()]),
        due: Some(period.last),
        organisation: Some(node.organisation),
        way: Way::Coverage(node.organisation, relation),
    })
}

/// 「何静 组织关系转入，还没有谈话」
fn after_event(ground: &Ground<'_>, node: &CoverageNode, need: &Need<Due>) -> Option<Piece> {
    let rule = Relation::AfterEvents.rule(ground.desk.rules())?;
    let Due { occasion, until } = need.whom;
    let card = ground.here(occasion.person).filter(|_| need.state != State::Done)?;
    let organisation = if ground.is_of_several { ground.name_of(node.organisation) } else { String::new() };
    Some(Piece {
        key: format!(
            "coverage:{}:{}:{}:{}",
            node.organisation,
            Relation::AfterEvents.code(),
            occasion.kind.name(),
            occasion.id
        ),
        weight: rule.level.into(),
        title: format!("{} {}，还没有谈话", card.name, occasion.kind.label()),
        basis: basis([
            format!("{} {}，一般 {} 天内谈话", occasion.day, occasion.kind.label(), rule.number("days")),
            organisation,
            rule.shown_article(),
        ]),
        due: Some(until),
        organisation: Some(node.organisation),
        way: Way::AfterEvent(occasion.person),
    })
}
