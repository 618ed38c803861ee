//! What happens to organisations (沿革): renamed, merged, split, moved — on a day, with the document that says so.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::elections::check_until;
use super::{STEP, check_place, rejected, require};
use crate::command::drafts::OrganisationDraft;
use crate::command::ledger::Stamp;
use crate::command::members::{RecordEvent, end_all, end_fact, require_file};
use crate::command::{Made, filled, title};
use crate::domain::dates::{PartialDate, Span};
use crate::domain::events::EventKind;
use crate::domain::fields::FactKind;
use crate::domain::ids::{FactId, OrganisationEventId, OrganisationId, PersonId};
use crate::domain::members::Fact;
use crate::domain::organisations::{
    Organisation, OrganisationEvent, OrganisationEventKind, OrganisationKind, OrganisationTree,
};
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::members::last_position;
use crate::store::{members, organisations, workbook::Title};

/// Renames an organisation from a day on (更名). A name that was typed wrongly is corrected by `edit_organisation`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameOrganisation {
    pub id: OrganisationId,
    pub name: String,
    #[serde(default)]
    pub short_name: Option<String>,
    pub on: PartialDate,
    /// 文号
    #[serde(default)]
    pub document: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Merges organisations into another one (并入): their people are transferred on the day, their groups and posts end,
/// they are closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeOrganisations {
    pub ids: Vec<OrganisationId>,
    pub into_id: OrganisationId,
    pub on: PartialDate,
    /// 文号
    #[serde(default)]
    pub document: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Splits parts off an organisation (分设): each is founded on the day beside it, with these people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitOrganisation {
    pub id: OrganisationId,
    pub on: PartialDate,
    pub parts: Vec<Part>,
    /// 文号
    #[serde(default)]
    pub document: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// A part that is split off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub set: OrganisationDraft,
    /// Who goes there.
    #[serde(default)]
    pub ids: Vec<PersonId>,
}

/// Corrects what is told of an organisation's history (更正).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditOrganisationEvent {
    pub id: OrganisationEventId,
    pub on: PartialDate,
    /// 原全称 of a renamed one, 届次 of an elected committee.
    #[serde(default)]
    pub value: Option<String>,
    #[serde(default)]
    pub until: Option<PartialDate>,
    #[serde(default)]
    pub document: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Takes out of an organisation's history what was told wrongly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveOrganisationEvent {
    pub id: OrganisationEventId,
}

impl RenameOrganisation {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let seen = require(&tree, self.id)?;
        check_day(self.on, stamp)?;
        let name = filled(Some(self.name)).ok_or_else(|| rejected("要写新名称"))?;
        if name == seen.name {
            return Err(rejected(format!("{name} 就是现在的名称")));
        }
        stands(seen, self.on)?;
        nothing_later(book, seen, OrganisationEventKind::Renamed, self.on)?;
        let wanted = Organisation { name, short_name: filled(self.short_name), ..seen.clone() };
        check_place(&tree, &wanted, stamp)?;
        let event = OrganisationEvent {
            value: Some(seen.name.clone()),
            former_short: seen.short_name.clone(),
            document: filled(self.document),
            note: filled(self.note),
            ..event(book, self.id, OrganisationEventKind::Renamed, self.on)
        };
        book.insert(&event)?;
        book.update(seen, &wanted)?;
        Ok((title(format!("党组织更名：{} → {}", seen.name, wanted.name)), Made(Some(self.id.0))))
    }
}

impl MergeOrganisations {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        check_day(self.on, stamp)?;
        if self.ids.is_empty() || self.ids.contains(&self.into_id) {
            return Err(rejected("要选并入的党组织，它不能并入自己"));
        }
        let mut names = Vec::new();
        for id in &self.ids {
            // Read anew: the one before may have moved what stood below it.
            let tree = organisations::tree(book.reader())?;
            names.push(self.merge_one(book, &tree, *id, stamp)?);
        }
        let tree = organisations::tree(book.reader())?;
        let into = require(&tree, self.into_id)?;
        Ok((title(format!("{} 并入 {}", names.join("、"), into.shown_name())), Made(Some(self.into_id.0))))
    }

    fn merge_one(
        &self,
        book: &mut Book<'_>,
        tree: &OrganisationTree,
        id: OrganisationId,
        stamp: &Stamp,
    ) -> Result<String> {
        let (seen, into) = (require(tree, id)?, require(tree, self.into_id)?);
        stands(seen, self.on)?;
        stands(into, self.on)?;
        if seen.kind == OrganisationKind::Group || into.kind == OrganisationKind::Group {
            return Err(rejected("党小组随党支部调整，不单独合并"));
        }
        if tree.is_within(self.into_id, id) {
            return Err(rejected(format!("{} 在 {} 下面，不能并入它", into.name, seen.name)));
        }
        nobody_later(book, seen, self.on)?;
        self.take_below(book, tree, seen, into, stamp)?;
        let (people, others) = belonging_on(book, id, self.on)?;
        transfer(book, tree, people, into.id, self.on, self.document.clone(), stamp)?;
        carry_along(book, &others, into.id, self.on)?;
        end_posts(book, id, self.on)?;
        let merged = OrganisationEvent {
            other: Some(self.into_id),
            document: filled(self.document.clone()),
            note: filled(self.note.clone()),
            ..event(book, id, OrganisationEventKind::Merged, self.on)
        };
        book.insert(&merged)?;
        let closed_document = filled(self.document.clone());
        book.update(seen, &Organisation { closed: Some(self.on), closed_document, ..seen.clone() })?;
        Ok(seen.shown_name().to_owned())
    }

    /// Groups end with their branch; branches go along to what the general branch becomes part of.
    fn take_below(
        &self,
        book: &mut Book<'_>,
        tree: &OrganisationTree,
        seen: &Organisation,
        into: &Organisation,
        stamp: &Stamp,
    ) -> Result<()> {
        let day = self.on.first_day();
        for node in tree.children(Some(seen.id)).filter(|node| node.stands_on(day)) {
            if node.kind == OrganisationKind::Group {
                for fact in members::facts_in(book.reader(), node.id)? {
                    end_fact(book, &fact, self.on)?;
                }
                book.update(node, &Organisation { closed: Some(self.on), ..node.clone() })?;
            } else if into.kind.is_branch() {
                return Err(rejected(format!("{} 下面还有 {}，不能并入党支部", seen.name, node.name))
                    .next("先移走或合并它下面的党组织"));
            } else {
                record_move(book, node, self.on, self.document.clone(), stamp)?;
                let position = tree.children(Some(into.id)).map(|node| node.position).max().unwrap_or(0);
                let moved = Organisation { parent: Some(into.id), position: position + node.position, ..node.clone() };
                book.update(node, &moved)?;
            }
        }
        Ok(())
    }
}

impl SplitOrganisation {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        check_day(self.on, stamp)?;
        if self.parts.is_empty() {
            return Err(rejected("要写明分设出哪些党组织"));
        }
        let (mut names, mut made) = (Vec::new(), None);
        for part in &self.parts {
            let tree = organisations::tree(book.reader())?;
            let source = require(&tree, self.id)?;
            stands(source, self.on)?;
            self.all_are_in(book, source, &part.ids)?;
            let id = OrganisationId(book.new_id());
            let mut new = Organisation::new(id, source.parent, source.kind, "");
            part.set.set_on(&mut new)?;
            if new.name.is_empty() {
                return Err(rejected("分设的党组织要有名称"));
            }
            new.founded = Some(self.on);
            new.founded_document = filled(self.document.clone());
            new.position = tree.children(source.parent).map(|node| node.position).max().unwrap_or(0) + STEP;
            check_place(&tree, &new, stamp)?;
            book.insert(&new)?;
            let split = OrganisationEvent {
                other: Some(self.id),
                document: filled(self.document.clone()),
                note: filled(self.note.clone()),
                ..event(book, id, OrganisationEventKind::Split, self.on)
            };
            book.insert(&split)?;
            let tree = organisations::tree(book.reader())?;
            transfer(book, &tree, part.ids.clone(), id, self.on, self.document.clone(), stamp)?;
            names.push(new.shown_name().to_owned());
            made = Some(id.0);
        }
        Ok((title(format!("分设党组织：{}", names.join("、"))), Made(made)))
    }
}

impl SplitOrganisation {
    /// Who goes belongs to the organisation until then.
    fn all_are_in(&self, book: &Book<'_>, source: &Organisation, ids: &[PersonId]) -> Result<()> {
        for id in ids {
            let file = members::file(book.reader(), *id)?.ok_or_else(|| rejected(format!("没有编号为 {id} 的人")))?;
            let place = file.on_roll(self.on.first_day()).and_then(|fact| fact.organisation);
            if place != Some(source.id) {
                let name = file.person.name();
                return Err(rejected(format!("{name} 在 {} 不在 {}", self.on, source.shown_name()))
                    .next("只选这里的党员，每人只去一个新党组织"));
            }
        }
        Ok(())
    }
}

impl EditOrganisationEvent {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        check_day(self.on, stamp)?;
        let seen = require_event(book, self.id)?;
        let tree = organisations::tree(book.reader())?;
        let node = require(&tree, seen.organisation)?;
        let moves_people = matches!(seen.kind, OrganisationEventKind::Merged | OrganisationEventKind::Split);
        if moves_people && self.on != seen.day {
            return Err(rejected("合并、分设的日期牵涉人员转接，不能单独改").next("请撤回那一步，重新记一次"));
        }
        check_until(book, node, seen.kind, self.on, self.until)?;
        let value = if seen.kind == OrganisationEventKind::Renamed && self.value.is_none() {
            seen.value.clone()
        } else {
            filled(self.value)
        };
        let wanted = OrganisationEvent {
            day: self.on,
            value,
            until: self.until,
            document: filled(self.document),
            note: filled(self.note),
            ..seen.clone()
        };
        book.update(&seen, &wanted)?;
        let is_present = node.elected_on == Some(seen.day);
        if seen.kind == OrganisationEventKind::Elected && is_present {
            let corrected = Organisation { elected_on: Some(self.on), term_ends: self.until, ..node.clone() };
            book.update(node, &corrected)?;
        }
        Ok((title(format!("更正沿革：{} {}", node.shown_name(), seen.kind.label())), Made(Some(self.id.0))))
    }
}

impl RemoveOrganisationEvent {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let seen = require_event(book, self.id)?;
        let tree = organisations::tree(book.reader())?;
        let node = require(&tree, seen.organisation)?;
        book.delete(&seen)?;
        if seen.kind == OrganisationEventKind::Elected && node.elected_on == Some(seen.day) {
            // The election before it is the present one again.
            let events = organisations::events_of(book.reader(), node.id)?;
            let former = events.iter().rfind(|event| event.kind == OrganisationEventKind::Elected);
            let (elected_on, term_ends) = (former.map(|event| event.day), former.and_then(|event| event.until));
            book.update(node, &Organisation { elected_on, term_ends, ..node.clone() })?;
        }
        Ok((title(format!("删掉误记的沿革：{} {}", node.shown_name(), seen.kind.label())), Made(None)))
    }
}

/// Records that an organisation stands below another parent from a day on; the row itself is moved by whoever calls.
pub(super) fn record_move(
    book: &mut Book<'_>,
    seen: &Organisation,
    on: PartialDate,
    document: Option<String>,
    stamp: &Stamp,
) -> Result<()> {
    check_day(on, stamp)?;
    stands(seen, on)?;
    nothing_later(book, seen, OrganisationEventKind::Moved, on)?;
    let moved = OrganisationEvent {
        other: seen.parent,
        document: filled(document),
        ..event(book, seen.id, OrganisationEventKind::Moved, on)
    };
    book.insert(&moved)
}

/// Ends on a day the posts that are held in an organisation.
pub(super) fn end_posts(book: &mut Book<'_>, id: OrganisationId, on: PartialDate) -> Result<()> {
    members::posts_in(book.reader(), id)?.iter().try_for_each(|fact| end_fact(book, fact, on))
}

/// Refused where somebody came, or took a post, in an organisation after the day on which it ended.
fn nobody_later(book: &Book<'_>, node: &Organisation, on: PartialDate) -> Result<()> {
    let is_later = |fact: &&Fact| fact.span.from.is_some_and(|from| from.first_day() > on.first_day());
    let facts = members::facts_in(book.reader(), node.id)?;
    let Some((fact, from)) = facts.iter().find(is_later).and_then(|fact| Some((fact, fact.span.from?))) else {
        return Ok(());
    };
    let person = require_file(book, fact.person)?;
    let what = fact.kind.label();
    Err(rejected(format!("{} 的{what}自 {from} 起在 {}，晚于 {on}", person.person.name(), node.name))
        .next("先在那个人的历次变动里更正，或换一个日期"))
}

/// Who belongs to an organisation on a day: those on the roll, and the memberships of those who are not, because their
/// membership of the party was stopped or they were typed by mistake.
fn belonging_on(book: &Book<'_>, id: OrganisationId, on: PartialDate) -> Result<(Vec<PersonId>, Vec<Fact>)> {
    let day = on.first_day();
    let (mut people, mut others) = (Vec::new(), Vec::new());
    for fact in members::facts_in(book.reader(), id)? {
        if fact.kind != FactKind::Membership || !fact.span.holds_on(day) {
            continue;
        }
        match members::file(book.reader(), fact.person)? {
            Some(file) if file.on_roll(day).is_some() => people.push(fact.person),
            _ => others.push(fact),
        }
    }
    Ok((people, others))
}

/// Memberships that no transfer moves go on in what the organisation becomes part of.
fn carry_along(book: &mut Book<'_>, held: &[Fact], into: OrganisationId, on: PartialDate) -> Result<()> {
    for fact in held {
        end_fact(book, fact, on)?;
        let id = FactId(book.new_id());
        let span = Span { from: Some(on), to: fact.span.to };
        book.insert(&Fact { id, organisation: Some(into), span, ..fact.clone() })?;
    }
    Ok(())
}

/// Transfers people who belong to an organisation to another one. Whose 党籍 is stopped is no member and gets no letter,
/// but stays with the organisation: the relation goes along.
fn transfer(
    book: &mut Book<'_>,
    tree: &OrganisationTree,
    ids: Vec<PersonId>,
    to: OrganisationId,
    on: PartialDate,
    document: Option<String>,
    stamp: &Stamp,
) -> Result<()> {
    let mut members = Vec::new();
    let mut position = last_position(book.reader(), to)? + STEP * i64::try_from(ids.len()).unwrap_or(i64::MAX / STEP);
    for id in ids {
        let file = require_file(book, id)?;
        match file.membership_on(on.first_day()) {
            Some(held) if file.on_roll(on.first_day()).is_none() => {
                end_all(book, &file, on, &[FactKind::Membership, FactKind::Group, FactKind::Post])?;
                position += STEP;
                let (id, span) = (FactId(book.new_id()), Span { from: Some(on), to: held.span.to });
                let position = Some(position);
                book.insert(&Fact { id, organisation: Some(to), span, position, ..held.clone() })?;
            }
            _ => members.push(id),
        }
    }
    let event = RecordEvent::new(members, EventKind::TransferWithin, on);
    let event = RecordEvent { branch_id: Some(to), document, ..event };
    event.record(book, tree, EventKind::TransferWithin, stamp).map(|_| ())
}

pub(super) fn event(
    book: &mut Book<'_>,
    organisation: OrganisationId,
    kind: OrganisationEventKind,
    day: PartialDate,
) -> OrganisationEvent {
    OrganisationEvent {
        id: OrganisationEventId(book.new_id()),
        organisation,
        kind,
        day,
        other: None,
        value: None,
        former_short: None,
        until: None,
        document: None,
        note: None,
    }
}

/// Refused for an organisation that is not there on the day.
pub(super) fn stands(node: &Organisation, on: PartialDate) -> Result<()> {
    if node.stands_on(on.first_day()) {
        return Ok(());
    }
    Err(rejected(format!("{} 在 {on} 还没成立或已撤销", node.name)))
}

/// Names and parents are told from the last change back: one cannot be put before another.
fn nothing_later(book: &Book<'_>, node: &Organisation, kind: OrganisationEventKind, on: PartialDate) -> Result<()> {
    let events = organisations::events_of(book.reader(), node.id)?;
    let is_later = |event: &&OrganisationEvent| event.kind == kind && event.day.first_day() > on.first_day();
    match events.iter().find(is_later) {
        Some(later) => {
            Err(rejected(format!("{} 在 {} 已经{}，不能再记更早的一次", node.shown_name(), later.day, kind.label()))
                .next("先删掉后面那条沿革，按先后重新记"))
        }
        None => Ok(()),
    }
}

pub(super) fn check_day(on: PartialDate, stamp: &Stamp) -> Result<()> {
    if on.first_day() > stamp.today() { Err(rejected("日期不能在今天以后")) } else { Ok(()) }
}

fn require_event(book: &Book<'_>, id: OrganisationEventId) -> Result<OrganisationEvent> {
    book.reader().get::<OrganisationEvent>(id.0)?.ok_or_else(|| rejected(format!("没有编号为 {id} 的沿革")))
}
