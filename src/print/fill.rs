//! Fills the forms from the workbook: which people, which columns, which words and numbers.
//!
//! Decides nothing about how they look on paper, and counts nothing that [`crate::view::figures`] counts. The window and
//! the command line print by the same two functions: start at [`roster_of`] and [`summary_of`].

use std::collections::HashMap;

use super::frame::Whose;
use super::summary::{BandFamily, BranchRow, BranchTable, SummaryBand, SummaryFigure, SummaryScope, SummarySheet};
use super::table::{CellAlign, Orientation, RowWords, TableColumn, TableSection, TableSheet};
use crate::clock::Day;
use crate::domain::conditions::{Subject, SubjectKind};
use crate::domain::fields::{FieldKey, FieldKind, Known};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::PartyPath;
use crate::domain::organisations::{Organisation, OrganisationKind};
use crate::domain::statistics::{Feature, is_rest};
use crate::problem::Result;
use crate::store::members::extra_fields;
use crate::view::desk::Desk;
use crate::view::figures::{Figure, Figures, figures};
use crate::view::list_words::filter_words;
use crate::view::members::{Condition, ListAsk, MemberRow, Sums, Who, each_row, list};

/// The columns of a roster unless others are asked for.
pub const USUAL_COLUMNS: &[Known] = &[
    Known::Name,
    Known::Sex,
    Known::Nation,
    Known::Birth,
    Known::IdNumber,
    Known::Education,
    Known::Category,
    Known::Joined,
    Known::Full,
    Known::PartyPost,
    Known::Unit,
    Known::Job,
    Known::Phone,
    Known::Remark,
];

/// What whoever prints may choose.
#[derive(Debug, Clone, PartialEq)]
pub struct FillOptions {
    /// The day it is: of an earlier day it is said whose start is not known.
    pub today: Day,
    /// 填报日期
    pub filled_on: Day,
    /// 填报单位; `None`: as the workbook tells it, else the organisation's own name.
    pub reporting_unit: Option<String>,
    /// 制表人; `None`: as the workbook tells it.
    pub prepared_by: Option<String>,
    /// 审核人; `None`: as the workbook tells it.
    pub checked_by: Option<String>,
    /// ID numbers and phones in full.
    pub unmasked: bool,
    /// The columns of a roster, computed ones among them; empty for [`USUAL_COLUMNS`].
    pub columns: Vec<Subject>,
}

impl FillOptions {
    /// The usual choice: masked, the usual columns, signed as the settings say.
    pub fn usual(today: Day) -> Self {
        Self {
            today,
            filled_on: today,
            reporting_unit: None,
            prepared_by: None,
            checked_by: None,
            unmasked: false,
            columns: Vec::new(),
        }
    }
}

/// What a list is asked for to make the roster of a scope: all its members in 名册顺序, and those of whom nothing tells
/// what they are, so that nobody is missing who stands in the office's own list.
pub fn roster_ask(as_of: Day, scope: Option<OrganisationId>) -> ListAsk {
    let conditions = vec![Condition::Any(vec![Condition::Members, Condition::UnknownCategory])];
    ListAsk { conditions, ..ListAsk::roll(as_of, scope) }
}

/// The roster (党员花名册) of a list. In 名册顺序 each branch has its own heading; in another order the branch is a column.
pub fn roster_of(desk: &Desk, ask: &ListAsk, options: &FillOptions) -> Result<TableSheet> {
    let found = list(desk, ask)?;
    let by_branch = ask.sort.is_empty() && ask.who == Who::OnRoll;
    let subjects = roster_subjects(desk, ask, options, &found.ids, by_branch);
    let columns = columns_of(desk, &subjects)?;
    let fields: Vec<FieldKey> = subjects.iter().copied().filter_map(Subject::field).collect();
    let mut sections: Vec<(Option<OrganisationId>, TableSection)> = Vec::new();
    each_row(desk, &found.ids, ask.as_of, &fields, options.unmasked, |row| {
        let branch = if by_branch { row.branch } else { None };
        if sections.last().is_none_or(|(last, _)| *last != branch) {
            sections.push((branch, TableSection::default()));
        }
        if let Some((_, section)) = sections.last_mut() {
            let path = desk.directory().get(row.id).map(|card| card.path).unwrap_or_default();
            section.rows.push(cells_of(&subjects, &row, |field| is_later(field, &path, ask.as_of)));
        }
        Ok(())
    })?;
    let only_own = sections.len() == 1 && sections.iter().all(|(branch, _)| *branch == ask.scope);
    if by_branch && !only_own && ask.scope.is_none_or(|scope| !is_group(desk, scope)) {
        for (branch, section) in &mut sections {
            section.title = branch.map(|branch| desk.scope_name_on(Some(branch), ask.as_of));
        }
    }
    let whose = Whose::on(desk, ask.scope, ask.as_of)?;
    let what = match ask.who {
        Who::OnRoll => "党员花名册",
        Who::FloatingIn => "流入党员名单",
        Who::Left => "已离开人员名单",
        Who::Voided => "作废人员名单",
    };
    Ok(TableSheet {
        title: format!("{}{what}", whose.name()),
        frame: whose.frame(options),
        orientation: Orientation::Landscape,
        words: RowWords::PEOPLE,
        period: None,
        numbered: true,
        columns,
        sections: sections.into_iter().map(|(_, section)| section).collect(),
        stands_for: None,
        narrowed: None,
        notes: roster_notes(desk, ask, options, &found.sums)?,
        masked: !options.unmasked && fields.iter().any(|field| is_masked(*field)),
    })
}

/// The columns asked for; the branch is added where its heading is missing.
fn roster_subjects(
    desk: &Desk,
    ask: &ListAsk,
    options: &FillOptions,
    ids: &[PersonId],
    by_branch: bool,
) -> Vec<Subject> {
    if !options.columns.is_empty() {
        let has_heading = |what: &Subject| by_branch && *what == Known::Branch.into();
        return options.columns.iter().copied().filter(|what| !has_heading(what)).collect();
    }
    let mut subjects: Vec<Subject> = USUAL_COLUMNS.iter().copied().map(Subject::from).collect();
    let branch = |id: &PersonId| Some(desk.directory().get(*id)?.on_roll(ask.as_of)?.organisation);
    let mut branches = ids.iter().map(branch);
    let first = branches.next().flatten();
    if !by_branch && branches.any(|other| other != first) {
        let place = subjects.iter().position(|what| *what == Known::Unit.into()).unwrap_or(subjects.len());
        subjects.insert(place, Known::Branch.into());
    }
    subjects
}

fn columns_of(desk: &Desk, subjects: &[Subject]) -> Result<Vec<TableColumn>> {
    let extra = extra_fields(desk.reader())?;
    let column = |what: &Subject| match what {
        Subject::Field(FieldKey::Known(known)) => {
            let column = TableColumn::new(known.label());
            let is_long = matches!(known.spec().kind, FieldKind::LongText | FieldKind::Organisation)
                || matches!(known, Known::Unit | Known::Job | Known::Address | Known::School | Known::Introducers);
            if is_long { column.left() } else { column }
        }
        Subject::Field(FieldKey::Extra(id)) => {
            let label = extra.iter().find(|field| field.id == *id).map(|field| field.label.clone());
            TableColumn { align: CellAlign::Left, ..TableColumn::new(label.unwrap_or_default()) }
        }
        Subject::Missing => TableColumn::new(what.label().unwrap_or_default()).left(),
        computed => TableColumn::new(computed.label().unwrap_or_default()),
    };
    Ok(subjects.iter().map(column).collect())
}

/// A person's values in the order of the columns, as paper has them: dates with dots, and none `is_later` than its day.
fn cells_of(subjects: &[Subject], row: &MemberRow, is_later: impl Fn(FieldKey) -> bool) -> Vec<String> {
    let mut values = row.cells.iter();
    let cell = |what: &Subject| {
        let text = match what {
            Subject::Field(field) => {
                let value = values.next().and_then(Option::as_deref);
                // 书记 of the branch and of the general branch are told apart.
                let value = row.posts.as_deref().filter(|_| *field == Known::PartyPost.into()).or(value);
                value.filter(|_| !is_later(*field)).unwrap_or_default().to_owned()
            }
            computed => row.computed(*computed).unwrap_or_default().into_owned(),
        };
        if what.kind() == SubjectKind::Date { text.replace('-', ".") } else { text }
    };
    subjects.iter().map(cell).collect()
}

/// Whether a step of the way into the party came after the day: a list of that day does not know it.
fn is_later(field: FieldKey, path: &PartyPath, day: Day) -> bool {
    let date = match field {
        FieldKey::Known(Known::Applied) => path.applied,
        FieldKey::Known(Known::Activist) => path.activist,
        FieldKey::Known(Known::Candidate) => path.candidate,
        FieldKey::Known(Known::Joined) => path.joined,
        FieldKey::Known(Known::Full) => path.full,
        _ => None,
    };
    date.is_some_and(|date| !date.is_reached_on(day))
}

fn is_masked(field: FieldKey) -> bool {
    matches!(field, FieldKey::Known(Known::IdNumber | Known::Phone))
}

fn is_group(desk: &Desk, id: OrganisationId) -> bool {
    desk.tree().get(id).is_some_and(|node| node.kind == OrganisationKind::Group)
}

fn roster_notes(desk: &Desk, ask: &ListAsk, options: &FillOptions, sums: &Sums) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    let sorted = ListAsk { sort: ask.sort.clone(), ..roster_ask(ask.as_of, ask.scope) };
    if *ask == sorted {
        if sums.unknown_category > 0 {
            notes.push(format!("其中 {} 人人员类别不详", sums.unknown_category));
        }
    } else {
        let words = filter_words(desk, ask)?;
        if !words.is_empty() {
            notes.push(format!("只列：{}", words.join("，")));
        }
    }
    if sums.unknown_start > 0 && ask.as_of < options.today {
        notes.push(format!("其中 {} 人起始日期不详，按在册列入", sums.unknown_start));
    }
    Ok(notes)
}

/// The summary (党员基本情况汇总) of a scope on a day.
pub fn summary_of(
    desk: &Desk,
    scope: Option<OrganisationId>,
    as_of: Day,
    options: &FillOptions,
) -> Result<SummarySheet> {
    let counted = figures(desk, scope, as_of)?;
    let total = counted.value("党员.总数");
    let plain = counted.all.iter().filter(|figure| figure.name.matches('.').count() == 1);
    let (members, organisations): (Vec<&Figure>, Vec<&Figure>) =
        plain.partition(|figure| figure.name.starts_with("党员."));
    let whose = Whose::on(desk, scope, as_of)?;
    Ok(SummarySheet {
        frame: whose.frame(options),
        scope: scope_of(whose.organisation.as_ref()),
        figures: members.into_iter().map(|figure| printed(figure, total)).collect(),
        organisations: organisations
            .into_iter()
            .filter(|figure| figure.value > 0)
            .map(|figure| printed(figure, 0))
            .collect(),
        families: Feature::SUMMARY.into_iter().map(|feature| family_of(&counted, feature)).collect(),
        branches: branches_of(desk, scope, as_of, &counted),
        notes: summary_notes(&counted, options),
    })
}

fn printed(figure: &Figure, total: u64) -> SummaryFigure {
    let is_total = figure.name == "党员.总数";
    SummaryFigure {
        label: if is_total { "党员总数".to_owned() } else { figure.label.clone() },
        value: figure.value,
        unit: figure.unit.to_owned(),
        share: (!is_total).then(|| share(figure.value, total)).flatten(),
    }
}

/// A part of a total; none where there is nothing to be a part of.
fn share(value: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| value as f64 / total as f64)
}

/// The bands; the rest rows (日期不全, 不详) only where somebody is in them.
fn family_of(counted: &Figures, feature: Feature) -> BandFamily {
    let total: u64 = counted.family(feature).map(|band| band.value).sum();
    let what = match feature {
        Feature::Age => "周岁，",
        Feature::Standing => "正式党员，",
        _ => "",
    };
    BandFamily {
        title: feature.name().to_owned(),
        basis: format!("{what}合计 {total} 人"),
        bars: true,
        bands: counted
            .family(feature)
            .filter(|band| band.value > 0 || !is_rest(&band.label))
            .map(|band| SummaryBand { label: band.label.clone(), value: band.value, share: share(band.value, total) })
            .collect(),
    }
}

/// The figures that stand as columns of the table of branches, with their heads.
const BRANCH_COLUMNS: [(&str, &str); 6] = [
    ("党员.总数", "党员"),
    ("党员.正式", "正式"),
    ("党员.预备", "预备"),
    ("党员.女", "女"),
    ("党员.少数民族", "少数民族"),
    ("党员.大专及以上", "大专及以上"),
];

/// Every organisation that holds members or is a branch, one a row; they add up to the figures above. None for a branch.
fn branches_of(desk: &Desk, scope: Option<OrganisationId>, as_of: Day, counted: &Figures) -> Option<BranchTable> {
    let is_small = |node: &Organisation| node.kind.is_branch() || node.kind == OrganisationKind::Group;
    let tree = desk.tree_on(as_of);
    if scope.and_then(|id| tree.get(id)).is_some_and(is_small) {
        return None;
    }
    let mut values: HashMap<OrganisationId, [u64; BRANCH_COLUMNS.len()]> = HashMap::new();
    for (column, (name, _)) in BRANCH_COLUMNS.iter().enumerate() {
        for id in counted.get(name).iter().flat_map(|figure| figure.rows.iter()) {
            let card = desk.directory().get(PersonId(*id));
            if let Some(membership) = card.and_then(|card| card.on_roll(as_of)) {
                values.entry(membership.organisation).or_default()[column] += 1;
            }
        }
    }
    let rows: Vec<BranchRow> = tree
        .within(scope)
        .into_iter()
        .filter(|node| values.contains_key(&node.id) || (node.kind.is_branch() && node.stands_on(as_of)))
        .map(|node| BranchRow {
            name: if node.kind.is_branch() { node.name.clone() } else { format!("{}（本级）", node.name) },
            values: values.get(&node.id).copied().unwrap_or_default().to_vec(),
        })
        .collect();
    (rows.len() > 1).then(|| BranchTable {
        columns: BRANCH_COLUMNS.iter().map(|(_, head)| (*head).to_owned()).collect(),
        total: Some(BRANCH_COLUMNS.iter().map(|(name, _)| counted.value(name)).collect()),
        rows,
    })
}

fn summary_notes(counted: &Figures, options: &FillOptions) -> Vec<String> {
    let mut notes = vec![
        "统计截至日在册的正式党员和预备党员，流动、失联的照计，停止党籍的不计".to_owned(),
        "年龄为周岁；党龄自转正之日起算，只计正式党员".to_owned(),
    ];
    notes.extend(counted.note().filter(|_| counted.as_of < options.today));
    if counted.unknown_category > 0 {
        notes.push(format!("另有 {} 人类别不详，没有计入", counted.unknown_category));
    }
    notes
}

/// Only a 党支部 and a 党总支 have a title of their own; for a 党委 or a 党小组 the 填报单位 says whose figures these are.
fn scope_of(whose: Option<&Organisation>) -> SummaryScope {
    match whose.map(|node| node.kind) {
        Some(OrganisationKind::GeneralBranch | OrganisationKind::TemporaryGeneralBranch) => SummaryScope::GeneralBranch,
        Some(kind) if kind.is_branch() => SummaryScope::Branch,
        _ => SummaryScope::Whole,
    }
}
