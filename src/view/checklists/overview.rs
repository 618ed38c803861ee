//! The checklists of a scope in a year: which there are, and how they stand, organisation by organisation in the order
//! of the tree. No ranking.

use std::collections::{HashMap, HashSet};

use super::files::{FilesAsk, is_asked_for, is_of_nobody, member_files};
use super::filling::Filling;
use crate::clock::Day;
use crate::domain::checklists::{Checklist, ChecklistItem, Fill, Of, Progress, Subject, progress, standing};
use crate::domain::ids::{ChecklistId, OrganisationId};
use crate::domain::organisations::OrganisationKind;
use crate::problem::{Problem, Result};
use crate::store::checklists;
use crate::view::desk::Desk;
use crate::view::settings;

/// Whose checklists, of which year and template.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OverviewAsk {
    /// With all below it; all of the workbook where none is told.
    pub scope: Option<OrganisationId>,
    pub year: i16,
    /// The code of a template.
    pub template: String,
    pub today: Day,
}

/// An organisation and its checklist, if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationChecklists {
    pub organisation: OrganisationId,
    /// The name at the end of the year.
    pub name: String,
    /// 0 at the top of the scope.
    pub depth: usize,
    pub checklist: Option<ChecklistMade>,
}

/// A checklist, as a line of the overview shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChecklistMade {
    pub id: ChecklistId,
    /// Of the items at the top.
    pub progress: Progress,
    pub is_outdated: bool,
}

/// The organisations of a scope, each with its checklist.
pub fn overview(desk: &Desk, ask: &OverviewAsk) -> Result<Vec<OrganisationChecklists>> {
    let day = Day::new(ask.year, 12, 31).map_or(ask.today, |end| end.min(ask.today));
    let tree = desk.tree_on(day);
    let mut made = standing_of(desk, ask)?;
    let depth_of = |id: OrganisationId| tree.lineage(id).count();
    let within: Vec<_> = tree.within(ask.scope);
    let top = within.iter().map(|node| depth_of(node.id)).min().unwrap_or(0);
    let keeps = within.into_iter().filter(|node| node.kind != OrganisationKind::Group);
    let lines = keeps.map(|node| OrganisationChecklists {
        organisation: node.id,
        name: node.shown_name().to_owned(),
        depth: depth_of(node.id) - top,
        checklist: made.remove(&node.id),
    });
    // Who did not stand then and has none is not asked for.
    let lines: Vec<_> = lines.collect();
    let stood = |line: &OrganisationChecklists| tree.get(line.organisation).is_some_and(|node| node.stands_on(day));
    Ok(lines.into_iter().filter(|line| line.checklist.is_some() || stood(line)).collect())
}

/// The checklists of a scope, in the order of the tree, those of a year before those of members: of one year and one
/// template, or of all. The files of people who were typed by mistake are left out.
pub fn of_scope(
    desk: &Desk,
    scope: Option<OrganisationId>,
    year: Option<i16>,
    template: Option<&str>,
) -> Result<Vec<Checklist>> {
    let tree = desk.tree();
    let places: HashMap<OrganisationId, usize> =
        tree.within(scope).into_iter().zip(0..).map(|(node, place)| (node.id, place)).collect();
    let mut all = match year {
        Some(year) => checklists::in_year(desk.reader(), year)?,
        None => checklists::all(desk.reader())?,
    };
    all.retain(|checklist| places.contains_key(&checklist.organisation));
    all.retain(|checklist| template.is_none_or(|template| *template == *checklist.template));
    all.retain(|checklist| !is_of_nobody(desk, checklist));
    all.sort_by_key(|checklist| {
        let year = match checklist.of {
            Of::Year(year) => Some(year),
            Of::Person(_) => None,
        };
        (places.get(&checklist.organisation).copied(), year.is_none(), year, checklist.id)
    });
    Ok(all)
}

/// The checklists of a year, then those of the files of members (入党档案): what is looked at together. Of members those
/// count who were there at the end of the year, or are today.
pub fn of_year_and_members(
    desk: &Desk,
    scope: Option<OrganisationId>,
    year: i16,
    template: Option<&str>,
    today: Day,
) -> Result<Vec<Checklist>> {
    let mut all = of_scope(desk, scope, Some(year), template)?;
    let days = [Day::new(year, 12, 31).map_or(today, |end| end.min(today)), today];
    let mut files = of_scope(desk, scope, None, template)?;
    files.retain(|list| matches!(list.of, Of::Person(_)) && days.iter().any(|day| is_asked_for(desk, list, *day)));
    all.extend(files);
    Ok(all)
}

/// Who has no checklist: the organisations of a scope that stood at the end of the year, or today; from a template for
/// members, these.
pub fn without_checklist(
    desk: &Desk,
    scope: Option<OrganisationId>,
    year: i16,
    template: Option<&str>,
    today: Day,
) -> Result<Without> {
    let templates = checklists::templates(desk.reader())?;
    let of_members = template.and_then(|code| templates.get(code)).filter(|found| found.subject == Subject::Person);
    if let Some(template) = of_members {
        let lines = member_files(desk, &FilesAsk { scope, template: template.code.clone(), today })?;
        let without = lines.into_iter().filter(|line| line.file.is_none()).map(|line| line.name);
        return Ok(Without { names: without.collect(), unit: "名党员" });
    }
    let day = Day::new(year, 12, 31).map_or(today, |end| end.min(today));
    let mut lists = checklists::in_year(desk.reader(), year)?;
    lists.retain(|list| template.is_none_or(|template| *template == *list.template));
    let made: HashSet<OrganisationId> = lists.iter().map(|list| list.organisation).collect();
    let tree = desk.tree_on(day);
    let keeps = tree.within(scope).into_iter().filter(|node| node.kind != OrganisationKind::Group);
    let without = keeps.filter(|node| node.stands_on(day) && !made.contains(&node.id));
    Ok(Without { names: without.map(|node| node.shown_name().to_owned()).collect(), unit: "个党组织" })
}

/// Who has no checklist, in the order of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Without {
    pub names: Vec<String>,
    unit: &'static str,
}

impl Without {
    pub const NOBODY: Self = Self { names: Vec::new(), unit: "" };
    /// So many are named.
    const MOST: usize = 20;

    /// 「机关第一党支部、机关第二党支部」; nothing where all have one.
    pub fn in_words(&self) -> Option<String> {
        let named = self.names.iter().take(Self::MOST).map(String::as_str).collect::<Vec<_>>().join("、");
        match self.names.len() {
            0 => None,
            all if all > Self::MOST => Some(format!("{named} 等 {all} {}", self.unit)),
            _ => Some(named),
        }
    }
}

/// That there is no checklist of what is asked for; `title` says what was not done.
pub fn none_made(desk: &Desk, title: &str, scope: Option<OrganisationId>, year: i16, today: Day) -> Result<Problem> {
    let day = Day::new(year, 12, 31).map_or(today, |end| end.min(today));
    let whose = match scope {
        Some(_) => desk.scope_name_on(scope, day),
        None => settings::read(desk)?.title,
    };
    let problem = Problem::input(title, format!("{whose} {year} 年没有档案清单"));
    Ok(problem.next("先新建清单，或换一个党组织、年度、模板"))
}

/// How each checklist of the year stands, by organisation.
fn standing_of(desk: &Desk, ask: &OverviewAsk) -> Result<HashMap<OrganisationId, ChecklistMade>> {
    let tree = desk.tree();
    let is_within = |organisation: OrganisationId| {
        ask.scope.is_none_or(|scope| organisation == scope || tree.is_within(organisation, scope))
    };
    let version = checklists::templates(desk.reader())?.get(&ask.template).map(|template| template.version);
    let all: HashMap<ChecklistId, Checklist> = checklists::of_year(desk.reader(), ask.year, &ask.template)?
        .into_iter()
        .filter(|checklist| is_within(checklist.organisation))
        .map(|checklist| (checklist.id, checklist))
        .collect();
    let mut items: HashMap<ChecklistId, Vec<ChecklistItem>> = HashMap::new();
    match all.len() {
        0 => return Ok(HashMap::new()),
        1 => {
            for id in all.keys() {
                items.insert(*id, checklists::items(desk.reader(), *id)?);
            }
        }
        _ => {
            for item in checklists::items_of_year(desk.reader(), ask.year, &ask.template)? {
                if all.contains_key(&item.checklist) {
                    items.entry(item.checklist).or_default().push(item);
                }
            }
        }
    }
    let evidence = checklists::evidence_counts(desk.reader(), ask.year, &ask.template)?;
    let mut wanted: HashSet<(OrganisationId, Fill)> = HashSet::new();
    for (id, items) in &items {
        let Some(checklist) = all.get(id) else { continue };
        for fill in items.iter().filter_map(|item| item.fill.as_ref()) {
            if !wanted.contains(&(checklist.organisation, fill.clone())) {
                wanted.insert((checklist.organisation, fill.clone()));
            }
        }
    }
    let filling = Filling::of(desk, &wanted, ask.year, ask.today)?;
    let line = |checklist: Checklist| {
        let items = items.get(&checklist.id).map_or(&[][..], Vec::as_slice);
        let stands = standing(items, &evidence, &filling.of_items(checklist.organisation, items));
        let is_outdated = version.is_some_and(|version| version != checklist.version);
        (checklist.organisation, ChecklistMade { id: checklist.id, progress: progress(items, &stands), is_outdated })
    };
    Ok(all.into_values().map(line).collect())
}
