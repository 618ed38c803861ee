//! Talks that were planned (计划谈话) and are not held yet.

use super::{Ground, Piece, Way, Weight, basis};
use crate::domain::coverage::Relation;
use crate::domain::dates::PartialDate;
use crate::domain::work::WorkKey;
use crate::problem::Result;
use crate::view::talk_plan::PlannedLine;

/// Planned talks of the scope while everybody they name is there and no record ticks them off.
pub(super) fn work(ground: &Ground<'_>) -> Result<Vec<Piece>> {
    let is_work = |line: &PlannedLine| {
        let mut people = line.planned.talker.iter().chain(&line.planned.partner);
        ground.holds(line.planned.organisation) && people.all(|id| ground.here(*id).is_some())
    };
    Ok(ground.planned.iter().filter(|line| is_work(line)).map(|line| piece(ground, line)).collect())
}

fn piece(ground: &Ground<'_>, line: &PlannedLine) -> Piece {
    let names: Vec<&str> = [&*line.talker, &*line.partner].into_iter().filter(|name| !name.is_empty()).collect();
    let names = names.join(" 和 ");
    let plan = &line.planned;
    let closes: Vec<&str> = line.closes.iter().copied().map(Relation::label).collect();
    let sheet = plan.number.map(|number| format!("空白表 {number}")).unwrap_or_default();
    let ledger = if ground.is_of_several { ground.name_of(plan.organisation) } else { String::new() };
    let parts =
        [format!("{} 拟定", plan.made_on), closes.join("、"), sheet, ledger, plan.note.clone().unwrap_or_default()];
    Piece {
        key: WorkKey::PlannedTalk(plan.id).to_string(),
        weight: Weight::Hint,
        title: format!("计划谈话：{names}"),
        basis: basis(parts),
        due: plan.due.map(PartialDate::last_day),
        organisation: Some(plan.organisation),
        way: Way::PlannedTalk {
            organisation: plan.organisation,
            sheet: plan.number.map(|_| plan.id),
            talker: plan.talker,
            partner: plan.partner,
            kind: plan.kind.clone(),
        },
    }
}
