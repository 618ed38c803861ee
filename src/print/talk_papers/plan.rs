//! 谈话计划表: the talks that are planned, week by week, to be ticked off by hand; what was held is told.

use jiff::ToSpan as _;

use crate::clock::Day;
use crate::domain::dates::{PartialDate, Period};
use crate::domain::ids::OrganisationId;
use crate::domain::talk_plan::Became;
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::print::sheet::period_words;
use crate::print::table::{Orientation, RowWords, TableColumn, TableSection, TableSheet};
use crate::problem::Result;
use crate::view::coverage::answering;
use crate::view::desk::Desk;
use crate::view::talk_plan::{PlannedLine, kept_within};

const WORDS: RowWords = RowWords { unit: "次", nothing: "没有计划的谈话" };

/// To be ticked by hand.
const OPEN: &str = "□";

/// The plan of an organisation and of those below it, for a period; `None`: of all.
pub(super) fn plan(
    desk: &Desk,
    scope: Option<OrganisationId>,
    period: Period,
    options: &FillOptions,
) -> Result<TableSheet> {
    let scope = scope.map(|id| answering(id, desk.tree()).unwrap_or(id));
    let whose = Whose::now(desk, scope, options.today)?;
    let mut plans = kept_within(desk, scope, period, options.today)?;
    plans.retain(|plan| !plan.lines.iter().all(is_sheet));
    // A plan that is to be done by a Tuesday has no talks on the Friday after it.
    let dues = plans.iter().flat_map(|plan| &plan.lines).filter_map(|line| line.planned.due);
    let end = dues.map(PartialDate::last_day).max().unwrap_or(period.last);
    let organisation = whose.organisation.as_ref();
    let is_of_one = plans.iter().all(|plan| Some(plan.organisation) == organisation.map(|node| node.id));
    let mut sections: Vec<TableSection> = Vec::new();
    for plan in &plans {
        let mut last = None;
        let (sheets, lines): (Vec<&PlannedLine>, Vec<&PlannedLine>) =
            plan.lines.iter().partition(|line| is_sheet(line));
        for line in lines {
            let title = week_words(line, end);
            let title = if is_of_one { title } else { format!("{}，{title}", plan.name) };
            if last.as_ref() != Some(&title) {
                sections.push(TableSection { title: Some(title.clone()), ..TableSection::default() });
                last = Some(title);
            }
            sections.iter_mut().last().into_iter().for_each(|section| section.rows.push(row(line, &sheets)));
        }
    }
    let centred = |label: &str| TableColumn::new(label);
    Ok(TableSheet {
        title: format!("{}谈话计划表", organisation.map(|node| node.name.as_str()).unwrap_or_default()),
        frame: whose.frame(options),
        orientation: Orientation::Portrait,
        words: WORDS,
        period: Some(period),
        numbered: true,
        columns: vec![
            centred("谈话人"),
            centred("谈话对象"),
            centred("谈话关系"),
            centred("完成时限"),
            centred("编号"),
            centred("完成情况"),
            centred("备注").left(),
        ],
        sections: if sections.is_empty() { vec![TableSection::default()] } else { sections },
        stands_for: None,
        narrowed: None,
        notes: vec!["完成情况谈过的打√；已有记录的写明日期".to_owned()],
        masked: false,
    })
}

/// Whether it is a blank sheet that was printed without being planned for a day: it is no row of its own.
fn is_sheet(line: &PlannedLine) -> bool {
    line.planned.number.is_some() && line.planned.due.is_none()
}

/// 「2026年11月30日至12月4日」, not past the last day on which one is due.
fn week_words(line: &PlannedLine, end: Day) -> String {
    let week = |monday: Day| {
        let friday = monday.checked_add(4.days()).unwrap_or(monday);
        Period { first: monday, last: if end < monday { friday } else { friday.min(end) } }
    };
    line.week().map_or_else(|| "没有定时间".to_owned(), |monday| period_words(week(monday)))
}

/// The number is that of the sheet which was printed for the same two.
fn row(line: &PlannedLine, sheets: &[&PlannedLine]) -> Vec<String> {
    let pair = |line: &PlannedLine| (line.planned.talker, line.planned.partner);
    let (talker, partner) = pair(line);
    let is_of_two = |sheet: &&&PlannedLine| [(talker, partner), (partner, talker)].contains(&pair(sheet));
    let of_sheet = sheets.iter().find(is_of_two).and_then(|sheet| sheet.planned.number);
    let relations: Vec<&str> = line.closes.iter().map(|relation| relation.label()).collect();
    vec![
        line.talker.clone(),
        line.partner.clone(),
        relations.join("、"),
        line.planned.due.map(PartialDate::dotted).unwrap_or_default(),
        line.planned.number.or(of_sheet).map(|number| number.to_string()).unwrap_or_default(),
        match line.became {
            Some(Became::Held(held)) => format!("{} 已谈", held.held_on.dotted()),
            Some(Became::Covered) => "已由别的谈话补上".to_owned(),
            None => OPEN.to_owned(),
        },
        line.planned.note.clone().unwrap_or_default(),
    ]
}
