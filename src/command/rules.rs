//! What must hold after every change, whoever made it: a form, a script, an import, an undo.
//!
//! Checked at the end of each command over the records it touched. A broken rule ends in a sentence, and nothing is
//! changed.

use std::collections::BTreeSet;

use crate::domain::dates::PartialDate;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId, RecordId};
use crate::domain::members::Fact;
use crate::domain::organisations::{Organisation, OrganisationKind, OrganisationTree};
use crate::domain::talks::Talk;
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;
use crate::store::members::{self, file};
use crate::store::organisations;
use crate::store::reader::Reader;
use crate::store::talks;

/// Above this many touched records everybody is walked once instead of each being asked for. A walk passes every fact
/// there is, a hundred thousand at least in a large workbook; one question finds those of one person by the index.
const FEW: usize = 6_000;

/// Persons between two reports of progress.
const STRIDE: u64 = 256;

/// Checks the rules over the touched records; fails with the first that is broken. Many are told to `progress`.
pub(super) fn check(reader: Reader<'_>, touched: &[RecordId], progress: &Progress) -> Result<()> {
    let touched: BTreeSet<RecordId> = touched.iter().copied().collect();
    let tree = organisations::tree_to_check(reader)?;
    if touched.len() <= FEW {
        for id in &touched {
            let person = PersonId(*id);
            check_person(reader, &tree, person, &members::facts_of(reader, person)?)?;
        }
    } else {
        progress.stage("核对", touched.len() as u64)?;
        let mut nth = 0;
        members::each_belonging(reader, |person, facts| {
            if !touched.contains(&person.0) {
                return Ok(());
            }
            if nth % STRIDE == 0 {
                progress.step(nth)?;
            }
            nth += 1;
            check_person(reader, &tree, person, facts)
        })?;
    }
    check_talk_numbers(reader, &touched)?;
    for node in tree.all().filter(|node| touched.contains(&node.id.0)) {
        check_organisation(reader, &tree, node.id)?;
    }
    Ok(())
}

/// No two talks of a ledger carry one number; one that comes back may find it given away.
fn check_talk_numbers(reader: Reader<'_>, touched: &BTreeSet<RecordId>) -> Result<()> {
    for id in touched {
        let Some(talk) = reader.get::<Talk>(*id)? else { continue };
        if talks::numbered(reader, talk.organisation, talk.number)?.len() > 1 {
            let words = format!("编号 {} 会用于两次谈话", talk.number);
            return Err(broken(words).next("先改好其中一次的编号"));
        }
    }
    Ok(())
}

/// One membership at a time, in an organisation that stands, none of them a group. `facts` are those of the person,
/// memberships and groups at least.
fn check_person(reader: Reader<'_>, tree: &OrganisationTree, person: PersonId, facts: &[Fact]) -> Result<()> {
    // Whose rules hold is not asked for a name: few rules break.
    let name = || Ok::<_, Problem>(file(reader, person)?.map(|file| file.person.name().to_owned()).unwrap_or_default());
    let of_kind = |kind: FactKind| facts.iter().filter(move |fact| fact.kind == kind);
    for (place, fact) in of_kind(FactKind::Membership).enumerate() {
        if of_kind(FactKind::Membership).take(place).any(|earlier| earlier.span.overlaps(fact.span)) {
            return Err(broken(format!("{} 会同时在两个党支部", name()?)).next("先改好组织关系的起止时间"));
        }
        let Some(node) = fact.organisation.and_then(|id| tree.get(id)) else {
            return Err(broken(format!("{} 的组织关系没有党组织", name()?)));
        };
        if node.kind == OrganisationKind::Group {
            return Err(broken(format!("{} 的组织关系落在党小组 {} 上", name()?, node.name)));
        }
    }
    for fact in of_kind(FactKind::Membership).chain(of_kind(FactKind::Group)).chain(of_kind(FactKind::Post)) {
        if let Some(node) = fact.organisation.and_then(|id| tree.get(id))
            && let Some(day) = outlived(node, fact)
        {
            return Err(still_within(node, day, &name()?));
        }
    }
    Ok(())
}

/// The day on which an organisation was closed, if a fact in it lasts longer.
fn outlived(node: &Organisation, fact: &Fact) -> Option<PartialDate> {
    let lasts = |day: &PartialDate| fact.span.to.is_none_or(|to| to.first_day() > day.first_day());
    node.closed.filter(lasts)
}

fn still_within(node: &Organisation, closed: PartialDate, who: &str) -> Problem {
    broken(format!("{} 已于 {closed} 撤销，而 {who} 还在里面", node.name))
}

/// The tree has no cycle, groups stand below branches, nobody is left in a closed organisation.
fn check_organisation(reader: Reader<'_>, tree: &OrganisationTree, id: OrganisationId) -> Result<()> {
    let Some(node) = tree.get(id) else { return Ok(()) };
    if node.parent.is_some_and(|parent| tree.is_within(parent, id)) {
        return Err(broken(format!("{} 会成为自己的上级", node.name)));
    }
    let parent_kind = node.parent.and_then(|parent| tree.get(parent)).map(|parent| parent.kind);
    if node.kind == OrganisationKind::Group && !parent_kind.is_some_and(OrganisationKind::is_branch) {
        return Err(broken(format!("党小组 {} 没有建在党支部下面", node.name)));
    }
    if node.closed.is_some() || node.kind == OrganisationKind::Group {
        for fact in members::facts_in(reader, id)? {
            let belongs = matches!(fact.kind, FactKind::Membership | FactKind::Group | FactKind::Post);
            if fact.kind == FactKind::Membership && node.kind == OrganisationKind::Group {
                return Err(broken(format!("{} 里有组织关系，不能改成党小组", node.name)));
            }
            if belongs && let Some(day) = outlived(node, &fact) {
                let who = if fact.kind == FactKind::Post { "有人任职" } else { "有党员" };
                return Err(still_within(node, day, who));
            }
        }
    }
    Ok(())
}

fn broken(happened: String) -> Problem {
    Problem::new(ProblemKind::Input, "没有改动", happened)
}
