//! Forms filled from the workbook: the only place where paper learns what is in it.
//!
//! Asks views, never tables. Start at [`roster_of`] and [`summary_of`].

use std::collections::BTreeMap;

use super::roster::{RosterColumn, RosterSection, RosterSheet};
use super::summary::{BandFamily, BranchRow, BranchTable, SummaryBand, SummaryFigure, SummaryScope, SummarySheet};
use crate::clock::Day;
use crate::domain::fields::{FieldKey, FieldKind, Known};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::organisations::{Organisation, OrganisationKind};
use crate::domain::statistics::Family;
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::figures::{Figure, Figures, figures};
use crate::view::members::{ListAsk, MemberList, each_row, list};
use crate::view::settings::{self, WorkbookSettings};

/// What whoever prints may choose.
#[derive(Debug, Clone, PartialEq)]
pub struct FillOptions {
    /// 填报日期
    pub filled_on: Day,
    /// 打印完整号码: ID numbers and phones in full.
    pub unmasked: bool,
    /// The columns of a roster; the usual ones where empty.
    pub columns: Vec<FieldKey>,
    /// 制表人 and 审核人, where they are not those of the workbook's settings.
    pub prepared_by: Option<String>,
    pub checked_by: Option<String>,
}

impl FillOptions {
    /// The usual choice: masked, the usual columns, signed as the settings say.
    pub fn usual(filled_on: Day) -> Self {
        Self { filled_on, unmasked: false, columns: Vec::new(), prepared_by: None, checked_by: None }
    }
}

/// The columns of a roster on paper, as offices have them.
pub const USUAL_COLUMNS: &[Known] = &[
    Known::Name,
    Known::Sex,
    Known::Nation,
    Known::Birth,
    Known::IdNumber,
    Known::Education,
    Known::Joined,
    Known::Full,
    Known::PartyPost,
    Known::Unit,
    Known::Job,
    Known::Phone,
    Known::Remark,
];

/// A roster (党员花名册) of whom a list shows, as of its day; people of several branches stand under their branches.
pub fn roster_of(desk: &Desk, ask: &ListAsk, options: &FillOptions) -> Result<RosterSheet> {
    let settings = settings::read(desk)?;
    let found = list(desk, ask)?;
    let keys: Vec<FieldKey> = if options.columns.is_empty() {
        USUAL_COLUMNS.iter().copied().map(FieldKey::Known).collect()
    } else {
        options.columns.clone()
    };
    let scope = desk.scope_name(ask.scope);
    let mut notes = Vec::new();
    if ask.as_of < options.filled_on && found.sums.unknown_start > 0 {
        notes.push(format!("其中 {} 人起始日期不详，按在册列入", found.sums.unknown_start));
    }
    if ask.scope.is_some() && !(ask.conditions.is_empty() && ask.text.is_empty()) {
        notes.push("本表只列出符合筛选条件的人员".to_owned());
    }
    Ok(RosterSheet {
        title: roster_title(desk, ask.scope, &settings),
        organisation: unit(&settings, &scope),
        as_of: ask.as_of,
        filled_on: options.filled_on,
        prepared_by: options.prepared_by.clone().unwrap_or_else(|| settings.prepared_by.clone()),
        checked_by: options.checked_by.clone().unwrap_or_else(|| settings.checked_by.clone()),
        numbered: true,
        columns: columns(desk, &keys)?,
        sections: sections(desk, &found, ask, &keys, options.unmasked)?,
        notes,
        masked: !options.unmasked,
        practice: settings.practice,
    })
}

/// A summary (党员基本情况汇总) of a branch, a general branch or the whole.
pub fn summary_of(
    desk: &Desk,
    scope: Option<OrganisationId>,
    as_of: Day,
    options: &FillOptions,
) -> Result<SummarySheet> {
    let settings = settings::read(desk)?;
    let all = figures(desk, scope, as_of)?;
    let total = all.value("党员.总数");
    let plain = |name: &str| all.get(name).map(|figure| summary_figure(figure, total));
    let names =
        ["党员.总数", "党员.正式", "党员.预备", "党员.女", "党员.少数民族", "党员.大专及以上", "党员.光荣在党50年"];
    let organisations = OrganisationKind::ALL
        .iter()
        .filter_map(|kind| all.get(&format!("组织.{}", kind.label())))
        .filter(|figure| figure.value > 0);
    Ok(SummarySheet {
        organisation: unit(&settings, &all.scope_name),
        scope: scope_of(desk, scope),
        as_of,
        filled_on: options.filled_on,
        figures: names.into_iter().filter_map(plain).collect(),
        organisations: organisations.map(|figure| summary_figure(figure, 0)).collect(),
        families: Family::ALL.into_iter().map(|family| band_family(&all, family)).collect(),
        branches: branch_table(desk, scope, as_of)?,
        notes: notes(&all),
        prepared_by: options.prepared_by.clone().unwrap_or(settings.prepared_by),
        checked_by: options.checked_by.clone().unwrap_or(settings.checked_by),
        practice: settings.practice,
    })
}

fn roster_title(desk: &Desk, scope: Option<OrganisationId>, settings: &WorkbookSettings) -> String {
    match scope.and_then(|id| desk.tree().get(id)) {
        Some(node) => format!("{}党员花名册", node.name),
        None if settings.title.is_empty() => "党员花名册".to_owned(),
        None => format!("{}党员花名册", settings.title),
    }
}

/// 填报单位: as the settings say, else the organisation the paper is about.
fn unit(settings: &WorkbookSettings, scope: &str) -> String {
    if settings.reporting_unit.is_empty() { scope.to_owned() } else { settings.reporting_unit.clone() }
}

fn columns(desk: &Desk, keys: &[FieldKey]) -> Result<Vec<RosterColumn>> {
    let extra = crate::store::members::extra_fields(desk.reader())?;
    Ok(keys
        .iter()
        .map(|key| match key {
            FieldKey::Known(known) => {
                let column = RosterColumn::new(known.label());
                let long = matches!(known.spec().kind, FieldKind::LongText)
                    || matches!(known, Known::Unit | Known::Job | Known::Introducers | Known::School);
                if long { column.left() } else { column }
            }
            FieldKey::Extra(id) => {
                let label = extra.iter().find(|field| field.id == *id).map(|field| field.label.clone());
                RosterColumn::new(label.unwrap_or_default()).left()
            }
        })
        .collect())
}

/// One section a branch, in the order of the list; a single branch needs no row over its members.
fn sections(
    desk: &Desk,
    found: &MemberList,
    ask: &ListAsk,
    keys: &[FieldKey],
    unmasked: bool,
) -> Result<Vec<RosterSection>> {
    let branch_of = |id: PersonId| {
        let membership = desk.directory().get(id)?.on_roll(ask.as_of)?;
        Some(membership.organisation)
    };
    let mut sections: Vec<(Option<OrganisationId>, RosterSection)> = Vec::new();
    let by_roster = ask.sort.is_empty();
    each_row(desk, &found.ids, ask.as_of, keys, unmasked, |row| {
        let branch = if by_roster { branch_of(row.id) } else { None };
        if sections.last().is_none_or(|(last, _)| *last != branch) {
            let title = branch.and_then(|id| desk.tree().get(id)).map(|node| node.name.clone());
            sections.push((branch, RosterSection { title, rows: Vec::new() }));
        }
        if let Some((_, section)) = sections.last_mut() {
            section.rows.push(row.cells.into_iter().map(Option::unwrap_or_default).collect());
        }
        Ok(())
    })?;
    let mut sections: Vec<RosterSection> = sections.into_iter().map(|(_, section)| section).collect();
    if let [only] = &mut sections[..] {
        only.title = None;
    }
    Ok(sections)
}

fn scope_of(desk: &Desk, scope: Option<OrganisationId>) -> SummaryScope {
    match scope.and_then(|id| desk.tree().get(id)).map(|node| node.kind) {
        None => SummaryScope::Whole,
        Some(kind) if kind.is_branch() || kind == OrganisationKind::Group => SummaryScope::Branch,
        Some(_) => SummaryScope::GeneralBranch,
    }
}

fn share(value: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| value as f64 / total as f64)
}

fn summary_figure(figure: &Figure, total: u64) -> SummaryFigure {
    let is_part = figure.name != "党员.总数";
    SummaryFigure {
        label: figure.label.clone(),
        value: figure.value,
        unit: figure.unit.to_owned(),
        share: share(figure.value, total).filter(|_| is_part),
    }
}

/// A family as it is printed; the rest (日期不全, 不详) only where somebody falls into it.
fn band_family(all: &Figures, family: Family) -> BandFamily {
    let total: u64 = all.family(family).map(|figure| figure.value).sum();
    let basis = match family {
        Family::Age => format!("周岁，合计 {total} 人"),
        Family::Standing => format!("正式党员，合计 {total} 人"),
        Family::Education | Family::EntryPeriod => format!("合计 {total} 人"),
    };
    let is_rest =
        |label: &str| [crate::domain::statistics::INCOMPLETE, crate::domain::statistics::UNKNOWN].contains(&label);
    let bands = all.family(family).filter(|figure| figure.value > 0 || !is_rest(&figure.label));
    BandFamily {
        title: family.name().to_owned(),
        basis,
        bars: matches!(family, Family::Age | Family::EntryPeriod),
        bands: bands
            .map(|figure| SummaryBand {
                label: figure.label.clone(),
                value: figure.value,
                share: share(figure.value, total),
            })
            .collect(),
    }
}

/// What the table of branches counts.
const BRANCH_COLUMNS: &[(&str, &str)] = &[
    ("党员", "党员.总数"),
    ("正式", "党员.正式"),
    ("预备", "党员.预备"),
    ("女", "党员.女"),
    ("少数民族", "党员.少数民族"),
    ("大专及以上", "党员.大专及以上"),
];

/// The organisations directly below the scope, one a row; none for a branch.
fn branch_table(desk: &Desk, scope: Option<OrganisationId>, as_of: Day) -> Result<Option<BranchTable>> {
    let shown = |node: &&Organisation| node.kind != OrganisationKind::Group && node.stands_on(as_of);
    let mut top = scope;
    let mut below: Vec<&Organisation> = desk.tree().children(top).filter(shown).collect();
    // A whole with a single organisation at its top is told by that one's parts.
    while let (None, [only]) = (scope, &below[..]) {
        top = Some(only.id);
        let next: Vec<&Organisation> = desk.tree().children(top).filter(shown).collect();
        if next.is_empty() {
            break;
        }
        below = next;
    }
    if below.len() < 2 {
        return Ok(None);
    }
    let values = |scope| -> Result<Vec<u64>> {
        let all = figures(desk, scope, as_of)?;
        Ok(BRANCH_COLUMNS.iter().map(|(_, name)| all.value(name)).collect())
    };
    let mut rows = Vec::new();
    let mut sums: BTreeMap<usize, u64> = BTreeMap::new();
    for node in &below {
        let values = values(Some(node.id))?;
        for (place, value) in values.iter().enumerate() {
            *sums.entry(place).or_default() += value;
        }
        rows.push(BranchRow { name: node.shown_name().to_owned(), values });
    }
    let total = values(scope)?;
    // Members directly in the organisation above have a row of their own, so that the columns add up.
    let direct: Vec<u64> =
        total.iter().enumerate().map(|(place, all)| all - sums.get(&place).copied().unwrap_or(0).min(*all)).collect();
    if direct.iter().any(|value| *value > 0) {
        let name = top.and_then(|id| desk.tree().get(id)).map_or("直属", Organisation::shown_name);
        rows.insert(0, BranchRow { name: format!("{name}（直属）"), values: direct });
    }
    let columns = BRANCH_COLUMNS.iter().map(|(label, _)| (*label).to_owned()).collect();
    Ok(Some(BranchTable { columns, rows, total: Some(total) }))
}

fn notes(all: &Figures) -> Vec<String> {
    let mut notes = vec![
        "党员包括正式党员和预备党员；流动党员、失联党员照计，停止党籍的不计；年龄、党龄为截至当日的周年数。".to_owned(),
    ];
    if all.unknown_start > 0 {
        notes.push(format!("其中 {} 人组织关系起始日期不详，按在册计入。", all.unknown_start));
    }
    if all.unknown_category > 0 {
        notes.push(format!("另有 {} 人人员类别不详，未计入。", all.unknown_category));
    }
    notes
}
