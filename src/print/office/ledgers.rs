//! Ledgers of a period: 政治生日名单 and 组织关系转接台账.

use super::{OfficeAsk, Reach, dotted, empty_table, narrowed};
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::OrganisationEventKind;
use crate::domain::rules::Level;
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::print::table::{CellAlign, MarkedCell, Orientation, RowWords, TableSection, TableSheet};
use crate::problem::Result;
use crate::view::birthdays::{Birthday, birthdays};
use crate::view::desk::Desk;
use crate::view::transfers::{TransferLine, transfers};

const CENTER: CellAlign = CellAlign::Center;
const LEFT: CellAlign = CellAlign::Left;

pub(super) fn birthdays_of(desk: &Desk, ask: &OfficeAsk, options: &FillOptions) -> Result<TableSheet> {
    let (scope, as_of) = (ask.list.scope, ask.list.as_of);
    let found = birthdays(desk, &ask.list, ask.period)?;
    let whose = Whose::on(desk, scope, as_of)?;
    let columns = [
        ("姓名", CENTER),
        ("性别", CENTER),
        ("所在党支部", LEFT),
        ("入党时间", CENTER),
        ("政治生日", CENTER),
        ("周年", CENTER),
    ];
    let words = RowWords { nothing: "没有政治生日在此期间的党员", ..RowWords::PEOPLE };
    let mut sheet = empty_table(whose.frame(options), ask, (Orientation::Portrait, words), &columns);
    sheet.title = format!("{}党员政治生日名单", whose.name());
    let tree = desk.tree_on(as_of);
    let row = |line: &Birthday| {
        let card = desk.directory().get(line.person);
        let branch = line.branch.and_then(|id| tree.get(id)).map(|node| node.name.clone());
        vec![
            line.name.clone(),
            card.and_then(|card| card.sex.as_deref()).unwrap_or_default().to_owned(),
            branch.unwrap_or_default(),
            dotted(Some(line.joined)),
            day_words(line),
            line.years.to_string(),
        ]
    };
    let mut sections: Vec<((i16, Option<i8>), TableSection)> = Vec::new();
    for line in &found.lines {
        let month = (line.year, line.joined.month());
        if sections.last().is_none_or(|(last, _)| *last != month) {
            let title = match month {
                (year, Some(month)) => format!("{year}年{month}月"),
                (year, None) => format!("{year}年，月日不详"),
            };
            sections.push((month, TableSection { title: Some(title), ..TableSection::default() }));
        }
        if let Some((_, section)) = sections.last_mut() {
            section.rows.push(row(line));
        }
    }
    // One month needs no heading of its own.
    if let [(_, only)] = &mut sections[..] {
        only.title = None;
    }
    sheet.sections = sections.into_iter().map(|(_, section)| section).collect();
    let narrowed = narrowed(desk, &ask.list)?;
    if !narrowed.is_empty() {
        sheet.notes.push(format!("只列：{}", narrowed.join("，")));
    }
    let is_listed = found.lines.iter().any(|line| line.joined.month().is_none());
    if found.year_only > 0 && !is_listed {
        sheet.notes.push(format!("另有 {} 人入党时间只知年份，没有列入", found.year_only));
    }
    if found.unknown > 0 {
        sheet.notes.push(format!("另有 {} 人入党时间不详，没有列入", found.unknown));
    }
    Ok(sheet)
}

/// `7月1日`; what is not known is left open, to be written in.
fn day_words(line: &Birthday) -> String {
    match (line.joined.month(), line.joined.day()) {
        (Some(month), Some(day)) => format!("{month}月{day}日"),
        (Some(month), None) => format!("{month}月\u{3000}\u{3000}日"),
        (None, _) => "\u{3000}\u{3000}月\u{3000}\u{3000}日".to_owned(),
    }
}

/// The column of the ledger in which a receipt stands.
const RECEIPT: usize = 8;

pub(super) fn transfers_of(desk: &Desk, ask: &OfficeAsk, options: &FillOptions) -> Result<TableSheet> {
    let (scope, as_of) = (ask.list.scope, ask.list.as_of);
    let mut found = transfers(desk, scope, ask.period, options.today)?;
    let is_asked = |id: Option<OrganisationId>| id.is_some_and(|id| ask.reach.holds(scope, desk.tree(), id));
    found.retain(|line| {
        scope.is_none() || ask.reach == Reach::Below || is_asked(line.event.organisation) || is_asked(line.event.target)
    });
    let whose = Whose::on(desk, scope, as_of)?;
    let columns = [
        ("日期", CENTER),
        ("姓名", CENTER),
        ("性别", CENTER),
        ("转出党组织", LEFT),
        ("转入党组织", LEFT),
        ("类别", CENTER),
        ("介绍信编号", CENTER),
        ("有效期至", CENTER),
        ("回执日期", CENTER),
        ("备注", LEFT),
    ];
    let words = RowWords { unit: "人次", nothing: "没有组织关系转接" };
    let mut sheet = empty_table(whose.frame(options), ask, (Orientation::Landscape, words), &columns);
    sheet.title = format!("{}组织关系转接台账", whose.name());
    let marked = found.iter().enumerate().filter(|(_, line)| line.lacks_receipt);
    let marked = marked.map(|(row, _)| MarkedCell { row, column: RECEIPT, level: Level::Amber }).collect();
    let rows = found.iter().map(transfer_row).collect();
    sheet.sections = vec![TableSection { title: None, rows, marked }];
    sheet.stands_for = Some(found.iter().map(|line| line.people).sum());
    let lacking = found.iter().filter(|line| line.lacks_receipt).count();
    if lacking > 0 {
        sheet.notes.push(format!("介绍信已过有效期而没有登记回执的 {lacking} 人次"));
    }
    Ok(sheet)
}

fn transfer_row(line: &TransferLine) -> Vec<String> {
    let event = &line.event;
    let receipt = if line.lacks_receipt { line.lacking_words().to_owned() } else { dotted(event.receipt) };
    let is_one = line.people == 1;
    // The paper of a merger or a split is no letter.
    let (letter, decision) = match line.change {
        None => (event.document.clone(), None),
        Some(change) => (None, Some(change_words(change, event.document.as_deref()))),
    };
    let remark: Vec<String> = decision.into_iter().chain(event.note.clone()).collect();
    vec![
        dotted(Some(event.day)),
        if is_one { line.name.clone() } else { format!("{} 人", line.people) },
        if is_one { line.sex.clone() } else { String::new() },
        line.from.clone(),
        line.to.clone(),
        line.kind_words().to_owned(),
        letter.unwrap_or_default(),
        dotted(event.until),
        receipt,
        remark.join("；"),
    ]
}

/// 「合并，青民发〔2026〕12号」
fn change_words(change: OrganisationEventKind, document: Option<&str>) -> String {
    let what = if change == OrganisationEventKind::Merged { "合并" } else { "分设" };
    [Some(what), document].into_iter().flatten().collect::<Vec<_>>().join("，")
}
