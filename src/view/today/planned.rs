//! Talks that were planned (计划谈话) and are not held yet.

use super::{Ground, Piece, Way, Weight, basis};
use crate::domain::coverage::Relation;
use crate::domain::dates::PartialDate;
use crate::domain::talks::PlannedTalk;
use crate::problem::Result;
use crate::store::talks::{is_held, planned};

/// Planned talks of the scope while both are there and no talk joins them. A blank sheet that names nobody is none.
pub(super) fn work(ground: &Ground<'_>) -> Result<Vec<Piece>> {
    let reader = ground.desk.reader();
    let mut pieces = Vec::new();
    for plan in planned(reader)? {
        let Some(names) = names_of(ground, &plan).filter(|_| ground.holds(plan.organisation)) else { continue };
        if !is_held(reader, &plan)? {
            pieces.push(piece(ground, plan, &names));
        }
    }
    Ok(pieces)
}

/// 「陈志远 和 赵永强」, of one 「陈志远」; none where nobody is told, or somebody is gone.
fn names_of(ground: &Ground<'_>, plan: &PlannedTalk) -> Option<String> {
    let people = plan.talker.iter().chain(&plan.partner);
    let names = people.map(|id| ground.here(*id).map(|card| card.name.to_string())).collect::<Option<Vec<_>>>()?;
    (!names.is_empty()).then(|| names.join(" 和 "))
}

fn piece(ground: &Ground<'_>, plan: PlannedTalk, names: &str) -> Piece {
    let sheet = plan.number.map(|number| format!("空白表 {number}")).unwrap_or_default();
    let ledger = if ground.is_of_several { ground.name_of(plan.organisation) } else { String::new() };
    let codes = plan.rule.as_deref().unwrap_or_default();
    let relations = Relation::ALL.into_iter().filter(|relation| codes.split(' ').any(|code| code == relation.code()));
    let closes: Vec<&str> = relations.map(Relation::label).collect();
    Piece {
        key: format!("planned_talk:{}", plan.id),
        weight: Weight::Hint,
        title: format!("计划谈话：{names}"),
        basis: basis([
            format!("{} 拟定", plan.made_on),
            closes.join("、"),
            sheet,
            ledger,
            plan.note.clone().unwrap_or_default(),
        ]),
        due: plan.due.map(PartialDate::last_day),
        is_reminded: false,
        organisation: Some(plan.organisation),
        way: Way::PlannedTalk { id: plan.id, talker: plan.talker, partner: plan.partner, kind: plan.kind },
    }
}
