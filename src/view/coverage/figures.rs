//! The numbers of talks as figures: what is asked for, what was held, what is missing, how many talks there were.
//!
//! Each has its rows; of pairs these are both people. Start at [`figures`].

use std::collections::HashSet;
use std::sync::Arc;

use super::{answering, scope_nodes};
use crate::clock::Day;
use crate::domain::coverage::{Board, Coverage, Relation, State, Window};
use crate::domain::dates::Period;
use crate::domain::ids::{OrganisationId, RecordId};
use crate::domain::talks::Side;
use crate::problem::Result;
use crate::store::coverage::each_sitting;
use crate::view::desk::Desk;
use crate::view::figures::{Figure, Rows};

/// What the names of figures of coverage begin with.
const COVERAGE: &str = "谈话";
/// The same of those that count talks.
const TALKS: &str = "谈心谈话";
/// What is counted of a relation, with the state that is meant; all without one.
const COUNTED: [(&str, Option<State>); 4] =
    [("应谈", None), ("已谈", Some(State::Done)), ("缺", Some(State::Missing)), ("待谈", Some(State::Open))];

/// The figures of the talks of a scope in a period, as of a day: of each relation that is asked for, over the
/// organisation and all below it, and how many talks were held; of a 党小组 those of its branch.
pub fn figures(desk: &Desk, scope: Option<OrganisationId>, period: Period, as_of: Day) -> Result<Vec<Figure>> {
    // A group has none of its own: its branch answers.
    let tree = desk.tree_on(as_of);
    let scope = scope.map(|id| answering(id, &tree).unwrap_or(id));
    let making = Making { desk, scope, window: Window { period, as_of } };
    let mut all = making.coverage()?;
    all.extend(making.talks()?);
    Ok(all)
}

struct Making<'d> {
    desk: &'d Desk,
    scope: Option<OrganisationId>,
    window: Window,
}

impl Making<'_> {
    fn coverage(&self) -> Result<Vec<Figure>> {
        let nodes = scope_nodes(self.desk, self.scope, self.window)?;
        let coverages: Vec<&Coverage> =
            nodes.iter().flat_map(super::CoverageNode::all).map(|node| &node.coverage).collect();
        let mut figures = Vec::new();
        for relation in Relation::ALL {
            let Some(rule) = relation.rule(self.desk.rules()).filter(|rule| rule.enabled) else { continue };
            // Only what happened can still have time.
            let counted = COUNTED.iter().take(if relation == Relation::AfterEvents { 4 } else { 3 });
            for (what, state) in counted {
                let rows = coverages.iter().flat_map(|coverage| rows(coverage, relation, *state)).collect();
                let name = format!("{COVERAGE}.{}.{what}", relation.in_figures());
                let words = format!("{}；{}，{}", meaning(relation, *state), rule.words(), rule.article);
                figures.push(self.figure(name, what, relation.unit(), &words, rows, kind_of(relation)));
            }
        }
        Ok(figures)
    }

    /// 谈心谈话.次数, 谈心谈话.人次: of the ledgers of the scope.
    fn talks(&self) -> Result<Vec<Figure>> {
        let tree = self.desk.tree_on(self.window.as_of);
        let within: HashSet<OrganisationId> = tree.within(self.scope).into_iter().map(|node| node.id).collect();
        let (mut talks, mut partners): (Vec<RecordId>, Vec<RecordId>) = (Vec::new(), Vec::new());
        let Window { period, as_of } = self.window;
        each_sitting(self.desk.reader(), period.first, period.last.min(as_of), |sitting| {
            if within.contains(&sitting.organisation) {
                if talks.last() != Some(&sitting.talk.0) {
                    talks.push(sitting.talk.0);
                }
                if sitting.side == Side::Partner {
                    partners.push(sitting.row);
                }
            }
            Ok(())
        })?;
        let words = "记在这里的谈心谈话，各种类型都算";
        Ok(vec![
            self.figure(format!("{TALKS}.次数"), "次数", "次", words, talks, Rows::Talks),
            self.figure(
                format!("{TALKS}.人次"),
                "人次",
                "人次",
                &format!("{words}；一次谈话有几名谈话对象，计几人次"),
                partners,
                Rows::Partners,
            ),
        ])
    }

    fn figure(
        &self,
        name: String,
        label: &str,
        unit: &'static str,
        words: &str,
        rows: Vec<RecordId>,
        kind: Rows,
    ) -> Figure {
        let Window { period, as_of } = self.window;
        let value = if kind == Rows::Pairs { rows.len() / 2 } else { rows.len() };
        Figure {
            name,
            label: label.to_owned(),
            value: value as u64,
            unit,
            definition: format!("{} 至 {}，截至 {as_of}，{words}", period.first, period.last),
            as_of,
            scope: self.scope,
            scope_name: self.desk.scope_name_on(self.scope, as_of),
            rows: Arc::new(rows),
            kind,
            reckoned: None,
        }
    }
}

fn kind_of(relation: Relation) -> Rows {
    match relation {
        Relation::Committee => Rows::Pairs,
        Relation::WithCommittee | Relation::AmongMembers => Rows::People,
        Relation::AfterEvents => Rows::Occasions,
    }
}

fn rows(coverage: &Coverage, relation: Relation, state: Option<State>) -> Vec<RecordId> {
    match relation {
        Relation::Committee => whom(&coverage.pairs, state).flat_map(|(one, other)| [one.0, other.0]).collect(),
        Relation::WithCommittee => whom(&coverage.with_committee, state).map(|person| person.0).collect(),
        Relation::AmongMembers => whom(&coverage.among_members, state).map(|person| person.0).collect(),
        Relation::AfterEvents => whom(&coverage.after_events, state).map(|due| due.occasion.id).collect(),
    }
}

fn whom<W: Copy>(board: &Option<Board<W>>, state: Option<State>) -> impl Iterator<Item = W> {
    let needs = board.iter().flat_map(|board| &board.needs);
    needs.filter(move |need| state.is_none_or(|state| need.state == state)).map(|need| need.whom)
}

/// What of a relation is counted, in words.
fn meaning(relation: Relation, state: Option<State>) -> String {
    let whom = match relation {
        Relation::Committee => "支部委员每两人一对",
        Relation::WithCommittee => "不是支部委员的党员，和支部委员",
        Relation::AmongMembers => "不是支部委员的党员，和不是支部委员的党员",
        Relation::AfterEvents => "期间内的必谈事项，由支部委员和本人",
    };
    let how = match state {
        None => "应谈的",
        Some(State::Done) => "已谈够的",
        Some(State::Missing) => "没有谈够的",
        Some(State::Open) => "还没谈、期限没到的",
    };
    let left_out = if relation == Relation::AfterEvents { "" } else { "，不列入的除外" };
    format!("{whom}{how}{left_out}")
}
