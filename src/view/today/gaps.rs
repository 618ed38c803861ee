//! What the coverage of the year still lacks (谈话覆盖): a piece for each relation of an organisation, and for each
//! thing that happened and asks for a talk.

use super::{AskedTalk, Ground, Piece, Way, basis, brief};
use crate::domain::coverage::{Due, Need, Relation, State};
use crate::domain::ids::PersonId;
use crate::domain::work::WorkKey;
use crate::problem::Result;
use crate::view::coverage::{CoverageNode, Ratio};
use crate::view::talk_plan::PlannedLine;

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
        key: WorkKey::Coverage(node.organisation, period.last.year(), relation).to_string(),
        weight: rule.level.into(),
        title: format!("{organisation}{}谈心还缺 {lacking} {}", relation.label(), relation.unit()),
        basis: basis([rule.words(), brief(&rule.shown_article())]),
        due: Some(period.last),
        organisation: Some(node.organisation),
        way: Way::Coverage(node.organisation, relation, period),
    })
}

/// 「何静 组织关系转入，还没有谈话」. A talk that came too late closes nothing in the coverage, but leaves nothing to be done.
fn after_event(ground: &Ground<'_>, node: &CoverageNode, need: &Need<Due>) -> Option<Piece> {
    let rule = Relation::AfterEvents.rule(ground.desk.rules())?;
    let Due { occasion, until } = need.whom;
    let is_work = need.state != State::Done && need.last.is_none();
    let card = ground.here(occasion.person).filter(|_| is_work)?;
    let organisation = if ground.is_of_several { ground.name_of(node.organisation) } else { String::new() };
    let planned = planned_for(ground, node, occasion.person);
    Some(Piece {
        key: WorkKey::AfterEvent(node.organisation, occasion.kind, occasion.id).to_string(),
        weight: rule.level.into(),
        title: format!("{} {}，还没有谈话", card.name, occasion.kind.label()),
        basis: basis([
            format!("{} 起一般 {} 天内谈话", occasion.day, rule.number("days")),
            planned.map(planned_words).unwrap_or_default(),
            organisation,
            brief(&rule.shown_article()),
        ]),
        due: Some(until),
        organisation: Some(node.organisation),
        way: Way::AfterEvent(AskedTalk {
            organisation: node.organisation,
            person: occasion.person,
            talker: node.coverage.usual_talker(Relation::AfterEvents, occasion.person),
            kind: occasion.kind.talk_type(),
            until,
            is_planned: planned.is_some(),
            sheet: planned.filter(|line| line.planned.number.is_some()).map(|line| line.planned.id),
        }),
    })
}

/// The talk that is planned already for what happened to somebody, on a printed sheet or without one.
fn planned_for<'g>(ground: &'g Ground<'_>, node: &CoverageNode, person: PersonId) -> Option<&'g PlannedLine> {
    ground.planned.iter().find(|line| {
        let is_theirs = line.planned.organisation == node.organisation && line.planned.partner == Some(person);
        is_theirs && line.closes.contains(&Relation::AfterEvents)
    })
}

/// 「已计划 2026-12-10」, 「空白表 2026-036」
fn planned_words(line: &PlannedLine) -> String {
    match (line.planned.number, line.planned.due) {
        (Some(number), _) => format!("空白表 {number}"),
        (None, Some(due)) => format!("已计划 {due}"),
        (None, None) => "已计划".to_owned(),
    }
}
