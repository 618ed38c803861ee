//! 谈心谈话覆盖情况: the ratios, the pairs, who is missing and who is left out, and the branches below.

use crate::domain::coverage::{Due, Need, Relation, State};
use crate::domain::dates::PartialDate;
use crate::domain::ids::PersonId;
use crate::print::coverage::{
    CoverageBranches, CoverageLine, CoverageList, CoverageSheet, PairCell, PairMatrix, PairPerson,
};
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::problem::Result;
use crate::view::coverage::{Called, CoverageAsk, CoverageBoard, CoverageNode, Ratio, board, tree};
use crate::view::desk::Desk;

pub(super) fn coverage(desk: &Desk, ask: CoverageAsk, options: &FillOptions) -> Result<CoverageSheet> {
    let board = board(desk, ask)?;
    let whose = Whose::on(desk, Some(ask.organisation), ask.as_of)?;
    let below = tree(desk, ask)?;
    let mut notes = vec!["应谈的人按截至日的支部委员和党员认定，谈话按谈话当天的身份计".to_owned()];
    if ask.as_of < ask.period.last {
        notes.push("期间还没有结束".to_owned());
    }
    Ok(CoverageSheet {
        title: format!("{}谈心谈话覆盖情况", board.name),
        frame: whose.frame(options),
        period: ask.period,
        rules: board.rules.iter().filter_map(|(relation, _)| line(&board, *relation)).collect(),
        pairs: matrix(&board),
        lists: lists(desk, &board),
        branches: (!below.branches.is_empty()).then(|| branches(&board, &below)),
        notes,
    })
}

fn line(board: &CoverageBoard, relation: Relation) -> Option<CoverageLine> {
    let ratio = Ratio::of(&board.coverage, relation)?;
    let (_, rule) = board.rules.iter().find(|(of, _)| *of == relation)?;
    Some(CoverageLine {
        title: relation.label().to_owned(),
        basis: format!("{} · {}", rule.words(), rule.shown_article()),
        required: ratio.required,
        done: ratio.done,
        missing: ratio.missing(),
        open: (relation == Relation::AfterEvents).then_some(ratio.open),
        unit: relation.unit(),
    })
}

/// The pairs of a committee; none where there are none.
fn matrix(board: &CoverageBoard) -> Option<PairMatrix> {
    let committee = &board.coverage.committee;
    board.coverage.pairs.as_ref().filter(|_| committee.len() > 1)?;
    let cell = |one: PersonId, other: PersonId| {
        let need = board.pair(one, other);
        let times = need.map_or(0, |need| need.held.len());
        match need.filter(|need| need.state == State::Done).and_then(|need| need.held.last()) {
            Some(last) => PairCell::Talked { latest: last.held_on.dotted(), times },
            None => PairCell::Missing { times },
        }
    };
    let row = |(nth, one): (usize, &PersonId)| committee[..nth].iter().map(|other| cell(*one, *other)).collect();
    let person = |id: &PersonId| {
        let person = board.person(*id);
        PairPerson { post: person.place().to_owned(), name: person.name }
    };
    Some(PairMatrix {
        people: committee.iter().map(person).collect(),
        cells: committee.iter().enumerate().skip(1).map(row).collect(),
    })
}

fn lists(desk: &Desk, board: &CoverageBoard) -> Vec<CoverageList> {
    let coverage = &board.coverage;
    let names = Names::of(desk, board);
    let members = [&coverage.with_committee, &coverage.among_members];
    let missing = members.into_iter().flatten().map(|told| {
        let people: Vec<String> = told.of(State::Missing).map(|need| names.called(need.whom)).collect();
        CoverageList { heading: format!("{}：还缺 {} 人", told.relation.label(), people.len()), names: people }
    });
    let after_events = [(State::Missing, "还缺"), (State::Open, "待谈")].into_iter().filter_map(|(state, words)| {
        let told = coverage.after_events.as_ref()?;
        let due: Vec<String> = told.of(state).map(|need: &Need<Due>| names.due(&need.whom)).collect();
        let heading = format!("{}：{words} {} {}", told.relation.label(), due.len(), told.relation.unit());
        Some(CoverageList { heading, names: due })
    });
    let out = coverage.left_out.iter().map(|out| format!("{}（{}）", names.called(out.person), out.why.label()));
    let left_out = CoverageList { heading: format!("不列入 {} 人", coverage.left_out.len()), names: out.collect() };
    missing.chain(after_events).chain([left_out]).collect()
}

/// How people are called: those of one name are told apart by what they are and when they were born.
struct Names<'b> {
    board: &'b CoverageBoard,
    called: Called<'b>,
}

impl<'b> Names<'b> {
    fn of(desk: &'b Desk, board: &'b CoverageBoard) -> Self {
        Self { board, called: Called::new(desk, &board.coverage) }
    }

    fn called(&self, id: PersonId) -> String {
        let person = self.board.person(id);
        let Some(born) = self.called.apart(id) else { return person.name };
        match person.place() {
            "" => format!("{}（{born}）", person.name),
            place => format!("{}（{place}，{born}）", person.name),
        }
    }

    /// 「何静（2026.03.01 组织关系转入，2026.03.31 前）」
    fn due(&self, due: &Due) -> String {
        let Due { occasion, until } = due;
        format!(
            "{}（{} {}，{} 前）",
            self.called(occasion.person),
            occasion.day.dotted(),
            occasion.kind.label(),
            PartialDate::of_day(*until).dotted()
        )
    }
}

/// Each organisation below, as the tree has them.
fn branches(board: &CoverageBoard, below: &CoverageNode) -> CoverageBranches {
    let relations: Vec<Relation> = board.rules.iter().map(|(relation, _)| *relation).collect();
    let value = |node: &CoverageNode, relation: &Relation| match Ratio::of(&node.coverage, *relation) {
        Some(ratio) if ratio.required > 0 => format!("{}/{}", ratio.done, ratio.required),
        _ => "—".to_owned(),
    };
    let row =
        |node: &CoverageNode| (node.name.clone(), relations.iter().map(|relation| value(node, relation)).collect());
    CoverageBranches {
        columns: relations.iter().map(|relation| relation.label().to_owned()).collect(),
        rows: below.branches.iter().flat_map(CoverageNode::all).map(row).collect(),
    }
}
