//! Changes of organisations: add, edit, move, close, reopen, remove what nothing refers to; what happens to them
//! besides in [`history`], elections in [`elections`], what a list of organisations tells in [`listed`].

mod elections;
mod history;
mod listed;

pub use elections::{DelayElection, ElectCommittee, Elected};
pub use history::{
    EditOrganisationEvent, MergeOrganisations, Part, RemoveOrganisationEvent, RenameOrganisation, SplitOrganisation,
};

pub(super) use listed::write_organisations;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::drafts::OrganisationDraft;
use super::ledger::Stamp;
use super::{Made, filled, title};
use crate::domain::dates::PartialDate;
use crate::domain::fields::FactKind;
use crate::domain::ids::OrganisationId;
use crate::domain::organisations::{Organisation, OrganisationEventKind, OrganisationKind, OrganisationTree};
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::reader::Reader;
use crate::store::{Table, checklists, members, organisations, references, talks, workbook::Title};

/// Adds an organisation (新建党组织). `set` needs a `name`; without `org_kind` the kind is read from the name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddOrganisation {
    /// Below which organisation; none for a root.
    #[serde(default)]
    pub parent_id: Option<OrganisationId>,
    pub set: OrganisationDraft,
}

/// Edits an organisation's fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditOrganisation {
    pub id: OrganisationId,
    pub set: OrganisationDraft,
}

/// Moves an organisation below another one, or to another place among its siblings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveOrganisation {
    pub id: OrganisationId,
    /// Below which organisation; null for a root.
    #[serde(default)]
    pub parent_id: Option<OrganisationId>,
    /// After which sibling; the last place if neither this nor `before_id` is given.
    #[serde(default)]
    pub after_id: Option<OrganisationId>,
    /// Before which sibling; not together with `after_id`.
    #[serde(default)]
    pub before_id: Option<OrganisationId>,
    /// 变更隶属关系 on this day; without it the place in the tree was wrong and is corrected for all days.
    #[serde(default)]
    pub on: Option<PartialDate>,
    /// 文号
    #[serde(default)]
    pub document: Option<String>,
}

/// Closes an organisation (撤销): from that day on it no longer is. Refused while it has members or parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseOrganisation {
    pub id: OrganisationId,
    pub on: PartialDate,
    /// 撤销文号
    #[serde(default)]
    pub document: Option<String>,
}

/// Takes a closing back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenOrganisation {
    pub id: OrganisationId,
}

/// Removes an organisation made by mistake, with its own numbering of archives; refused if anybody was ever in it,
/// anything stands below it, or it has talks or checklists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveOrganisation {
    pub id: OrganisationId,
}

/// Steps between neighbours in an order, so that one can be put between without moving the rest.
pub(super) const STEP: i64 = 1_024;

impl AddOrganisation {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let name = self.set.0.get("name").cloned().flatten().unwrap_or_default();
        let kind = OrganisationKind::from_name(&name);
        let id = OrganisationId(book.new_id());
        let mut new = Organisation::new(id, self.parent_id, kind, "");
        self.set.set_on(&mut new)?;
        if new.name.is_empty() {
            return Err(rejected("党组织要有名称"));
        }
        new.position = tree.children(self.parent_id).map(|node| node.position).max().unwrap_or(0) + STEP;
        check_place(&tree, &new, stamp)?;
        book.insert(&new)?;
        Ok((title(format!("新建党组织 {}", new.name)), Made(Some(id.0))))
    }
}

impl EditOrganisation {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let seen = require(&tree, self.id)?;
        let mut wanted = seen.clone();
        self.set.set_on(&mut wanted)?;
        check_place(&tree, &wanted, stamp)?;
        elections::correct_election(book, seen, &wanted)?;
        book.update(seen, &wanted)?;
        let text = if seen.name == wanted.name {
            format!("修改党组织 {}", wanted.name)
        } else {
            format!("党组织改名：{} → {}", seen.name, wanted.name)
        };
        Ok((title(text), Made(Some(self.id.0))))
    }
}

impl MoveOrganisation {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let seen = require(&tree, self.id)?;
        if let Some(parent) = self.parent_id {
            let above = require(&tree, parent)?;
            if tree.is_within(parent, self.id) {
                return Err(rejected("不能把党组织移到它自己下面"));
            }
            if above.kind == OrganisationKind::Group {
                return Err(rejected("党小组下面不能再有党组织"));
            }
            if self.parent_id != seen.parent {
                history::stands(above, self.on.unwrap_or(PartialDate::of_day(stamp.today())))?;
            }
        }
        if let Some(on) = self.on
            && self.parent_id != seen.parent
        {
            history::record_move(book, seen, on, self.document.clone(), stamp)?;
        }
        let siblings: Vec<&Organisation> = tree.children(self.parent_id).filter(|node| node.id != self.id).collect();
        let place_of = |id: OrganisationId| {
            let place = siblings.iter().position(|node| node.id == id);
            place.ok_or_else(|| rejected("要排在它前后的党组织不在同一级"))
        };
        let place = match (self.before_id, self.after_id) {
            (None, None) => siblings.len(),
            (Some(before), None) => place_of(before)?,
            (None, Some(after)) => place_of(after)? + 1,
            (Some(_), Some(_)) => return Err(rejected("排在谁前面和排在谁后面，只能说一样")),
        };
        let mut order: Vec<Organisation> = siblings.into_iter().cloned().collect();
        order.insert(place, Organisation { parent: self.parent_id, ..seen.clone() });
        for (place, node) in order.into_iter().enumerate() {
            let position = (i64::try_from(place).unwrap_or(i64::MAX / STEP) + 1).saturating_mul(STEP);
            let before = require(&tree, node.id)?;
            book.update(before, &Organisation { position, ..node })?;
        }
        Ok((title(format!("移动党组织 {}", seen.name)), Made(Some(self.id.0))))
    }
}

impl CloseOrganisation {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let seen = require(&tree, self.id)?;
        let day = self.on.first_day();
        if self.on.first_day() > stamp.today() {
            return Err(rejected("撤销时间不能在今天以后"));
        }
        let below = tree.children(Some(self.id)).filter(|node| node.stands_on(day)).count();
        if below > 0 {
            return Err(rejected(format!("{} 下面还有 {below} 个党组织", seen.name)).next("先移走或撤销它们"));
        }
        let inside = members::facts_in(book.reader(), self.id)?
            .iter()
            .filter(|fact| matches!(fact.kind, FactKind::Membership | FactKind::Group))
            .filter(|fact| fact.span.to.is_none_or(|to| to.first_day() > day))
            .count();
        if inside > 0 {
            return Err(rejected(format!("{} 里还有 {inside} 人", seen.name)).next("先把他们转到别的党支部"));
        }
        history::end_posts(book, self.id, self.on)?;
        let closed_document = filled(self.document);
        book.update(seen, &Organisation { closed: Some(self.on), closed_document, ..seen.clone() })?;
        Ok((title(format!("撤销党组织 {}", seen.name)), Made(Some(self.id.0))))
    }
}

impl ReopenOrganisation {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let seen = require(&tree, self.id)?;
        for event in organisations::events_of(book.reader(), self.id)? {
            if event.kind == OrganisationEventKind::Merged {
                book.delete(&event)?;
            }
        }
        book.update(seen, &Organisation { closed: None, closed_document: None, ..seen.clone() })?;
        Ok((title(format!("恢复党组织 {}", seen.name)), Made(Some(self.id.0))))
    }
}

impl RemoveOrganisation {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let seen = require(&tree, self.id)?;
        if tree.children(Some(self.id)).next().is_some() {
            return Err(rejected(format!("{} 下面还有党组织", seen.name)).next("先移走它们"));
        }
        if !members::facts_in(book.reader(), self.id)?.is_empty() {
            return Err(rejected(format!("{} 有过党员或职务，不能删掉", seen.name)).next("请改用撤销"));
        }
        refuse_used(book.reader(), seen)?;
        for event in organisations::events_of(book.reader(), self.id)? {
            book.delete(&event)?;
        }
        // How it would have numbered its archive is no content.
        for numbers in checklists::numbers(book.reader())?.into_iter().filter(|numbers| numbers.organisation == self.id)
        {
            book.delete(&numbers)?;
        }
        if let Some(place) = references::first_to(book.reader(), Table::Organisation, self.id.0)? {
            let still = rejected(format!("别处的记录还写着 {}，不能删掉", seen.name)).next("请改用撤销");
            return Err(still.detail(place.to_string()));
        }
        book.delete(seen)?;
        Ok((title(format!("删掉误建的党组织 {}", seen.name)), Made(None)))
    }
}

/// Refuses to remove an organisation that has talks or archives.
fn refuse_used(reader: Reader<'_>, seen: &Organisation) -> Result<()> {
    let (mut held, mut archives) = (0_usize, checklists::all(reader)?);
    talks::each(reader, |talk| {
        held += usize::from(talk.organisation == seen.id);
        Ok(())
    })?;
    let planned = talks::planned_of(reader, seen.id)?.len();
    archives.retain(|checklist| checklist.organisation == seen.id);
    let used = [
        (held, "次谈话", "先删掉这些谈话，或改用撤销"),
        (planned, "次计划的谈话", "先去掉这些计划，或改用撤销"),
        (archives.len(), "份档案清单", "先删掉这些清单，或改用撤销"),
    ];
    match used.into_iter().find(|(count, ..)| *count > 0) {
        None => Ok(()),
        Some((count, what, next)) => Err(rejected(format!("{} 有 {count} {what}，不能删掉", seen.name)).next(next)),
    }
}

/// The organisation with this id. Fails if there is none.
pub(super) fn require(tree: &OrganisationTree, id: OrganisationId) -> Result<&Organisation> {
    tree.get(id).ok_or_else(|| rejected(format!("没有编号为 {id} 的党组织")))
}

/// Names are unique among siblings; a group stands below a branch, nothing but groups below a group; nothing was founded,
/// closed or elected on a day to come.
fn check_place(tree: &OrganisationTree, wanted: &Organisation, stamp: &Stamp) -> Result<()> {
    let parent = wanted.parent.map(|parent| require(tree, parent)).transpose()?;
    if wanted.kind == OrganisationKind::Group && parent.is_none_or(|parent| !parent.kind.is_branch()) {
        return Err(rejected("党小组要建在党支部下面"));
    }
    if parent.is_some_and(|parent| parent.kind == OrganisationKind::Group) {
        return Err(rejected("党小组下面不能再建党组织"));
    }
    let same = |node: &&Organisation| node.id != wanted.id && node.name == wanted.name && node.stands_on(stamp.today());
    if tree.children(wanted.parent).find(same).is_some() {
        return Err(rejected(format!("同一级已经有“{}”", wanted.name)).next("换一个名称"));
    }
    let days = [("成立时间", wanted.founded), ("撤销时间", wanted.closed), ("本届选举时间", wanted.elected_on)];
    let is_to_come = |day: Option<PartialDate>| day.is_some_and(|day| day.first_day() > stamp.today());
    if let Some((label, _)) = days.into_iter().find(|(_, day)| is_to_come(*day)) {
        return Err(rejected(format!("{label}不能在今天以后")));
    }
    if let (Some(founded), Some(closed)) = (wanted.founded, wanted.closed)
        && closed.first_day() < founded.first_day()
    {
        return Err(rejected("撤销时间早于成立时间"));
    }
    Ok(())
}

fn rejected(happened: impl Into<String>) -> Problem {
    Problem::input("没有改动党组织", happened)
}
