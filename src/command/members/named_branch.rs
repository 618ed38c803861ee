//! Corrects the branch that an event named (更正党支部): what began there stands in the other branch from then on.

use super::events::receiving_branch;
use super::rejected;
use crate::command::organisations::STEP;
use crate::domain::dates::{PartialDate, Span};
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::FactKind;
use crate::domain::ids::OrganisationId;
use crate::domain::members::{Fact, PersonFile};
use crate::domain::organisations::OrganisationTree;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::events;
use crate::store::members::last_position;

/// Moves what the event began to the branch that it should have named, as of the day `on` which it is to have; gives
/// back the event with the branch.
///
/// Fails where the branch cannot take anybody in on that day, and where a group or a post is held in the former one:
/// whether that was so is for whoever corrects it to say first.
pub(super) fn move_to_branch(
    book: &mut Book<'_>,
    tree: &OrganisationTree,
    file: &PersonFile,
    event: &Event,
    branch: OrganisationId,
    on: PartialDate,
) -> Result<Event> {
    let Some(kind) = event.kind.begins() else {
        return Err(rejected(format!("“{}”不改党支部", event.kind.label())));
    };
    let target = receiving_branch(tree, branch, on)?;
    let is_within = event.kind == EventKind::TransferWithin;
    if is_within && event.organisation == Some(branch) {
        return Err(rejected(format!("{} 就是从 {} 转出的", file.person.name(), target.shown_name())));
    }
    if let Some(former) = event.named_branch() {
        let is_begun =
            |fact: &&Fact| fact.kind == kind && fact.organisation == Some(former) && fact.span.from == Some(event.day);
        if let Some(fact) = file.facts.iter().find(is_begun) {
            check_held(tree, file, fact.span, former, branch)?;
            let position = match kind {
                FactKind::Membership => Some(last_position(book.reader(), branch)? + STEP),
                _ => fact.position,
            };
            book.update(fact, &Fact { organisation: Some(branch), position, ..fact.clone() })?;
            move_later(book, tree, file, event, fact.span, former, branch)?;
        }
    }
    let changed = Some(branch);
    Ok(match is_within {
        true => Event { target: changed, ..event.clone() },
        false => Event { organisation: changed, ..event.clone() },
    })
}

/// A group or a post of that time in or above the former branch, and neither in nor above the other one.
fn check_held(
    tree: &OrganisationTree,
    file: &PersonFile,
    span: Span,
    former: OrganisationId,
    branch: OrganisationId,
) -> Result<()> {
    let is_near = |id: OrganisationId, branch| tree.is_within(id, branch) || tree.is_within(branch, id);
    let is_left_behind = |fact: &&Fact| {
        matches!(fact.kind, FactKind::Group | FactKind::Post)
            && fact.span.overlaps(span)
            && fact.organisation.is_some_and(|id| is_near(id, former) && !is_near(id, branch))
    };
    let Some(held) = file.facts.iter().find(is_left_behind) else { return Ok(()) };
    let place = held.organisation.and_then(|id| tree.get(id)).map_or("", |node| node.shown_name());
    let happened = format!("{} 在 {place} 还有{}", file.person.name(), held.kind.label());
    Err(rejected(happened).next("先在“历次变动”里更正，再改党支部"))
}

/// What happened to the person while in the branch happened in the other one.
fn move_later(
    book: &mut Book<'_>,
    tree: &OrganisationTree,
    file: &PersonFile,
    event: &Event,
    span: Span,
    former: OrganisationId,
    branch: OrganisationId,
) -> Result<()> {
    let is_from_there = |other: &Event| {
        // Who comes in names the branch that it is into.
        let names_it = !matches!(other.kind, EventKind::TransferIn | EventKind::FloatingIn);
        let day = other.day.first_day();
        let is_then =
            span.from.is_none_or(|from| from.first_day() <= day) && span.to.is_none_or(|to| day <= to.first_day());
        other.id != event.id && names_it && other.organisation == Some(former) && is_then
    };
    for other in events::of_person(book.reader(), file.person.id)?.iter().filter(|other| is_from_there(other)) {
        if other.target == Some(branch) {
            let name = tree.get(branch).map_or("", |node| node.shown_name());
            return Err(
                rejected(format!("{} {} 又转到 {name}", file.person.name(), other.day)).next("先更正或删掉那一次转接")
            );
        }
        book.update(other, &Event { organisation: Some(branch), ..other.clone() })?;
    }
    Ok(())
}
