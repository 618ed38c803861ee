//! Dated facts: 更正 rewrites the row, 变更 closes it and opens a new one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Places, rejected, require_file};
use crate::clock::Day;
use crate::command::drafts::Checked;
use crate::command::ledger::Stamp;
use crate::command::organisations::{STEP, require};
use crate::command::{Made, filled, title};
use crate::domain::dates::{PartialDate, Span};
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{FactId, OrganisationId, PersonId};
use crate::domain::members::{Fact, PersonFile, fact_faults};
use crate::domain::organisations::{Organisation, OrganisationKind, OrganisationTree};
use crate::domain::posts::told::{each_post, read_post, told_post};
use crate::domain::values::Value;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::members::last_position;
use crate::store::{organisations, workbook::Title};

/// Appoints to a post (任职) in an organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appoint {
    pub person_id: PersonId,
    pub organisation_id: OrganisationId,
    pub post: String,
    #[serde(default)]
    pub from: Option<PartialDate>,
}

/// Ends a post (免职) on a day; `id` is the fact's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndPost {
    pub id: FactId,
    pub to: PartialDate,
}

/// Writes a fact as it should stand in the history: with `id` that row is corrected (更正), without it a new one is
/// added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetFact {
    #[serde(default)]
    pub id: Option<FactId>,
    pub person_id: PersonId,
    /// `membership group post status floating lost unable`; the value of `unable` (不能参加) is why: 年老体弱, 卧床
    pub kind: String,
    #[serde(default)]
    pub organisation_id: Option<OrganisationId>,
    #[serde(default)]
    pub value: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub from: Option<PartialDate>,
    #[serde(default)]
    pub to: Option<PartialDate>,
}

/// Takes a wrong row out of the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveFact {
    pub id: FactId,
}

impl Appoint {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let file = require_file(book, self.person_id)?;
        let tree = organisations::tree(book.reader())?;
        let organisation = require(&tree, self.organisation_id)?;
        let post = self.post.trim();
        if post.is_empty() {
            return Err(rejected("要写明职务"));
        }
        let day = self.from.map_or(stamp.today(), PartialDate::first_day);
        let held = file
            .facts_on(FactKind::Post, day)
            .any(|fact| fact.organisation == Some(self.organisation_id) && fact.value.as_deref() == Some(post));
        if held {
            return Err(rejected(format!("{} 已经是{post}", file.person.name())));
        }
        let id = FactId(book.new_id());
        let fact = Fact {
            id,
            person: self.person_id,
            kind: FactKind::Post,
            organisation: Some(self.organisation_id),
            value: Some(post.to_owned()),
            place: None,
            span: Span { from: self.from, to: None },
            position: None,
        };
        check(&fact, &file, Some(organisation), stamp)?;
        book.insert(&fact)?;
        let text = format!("任职：{} 任 {} {post}", file.person.name(), organisation.shown_name());
        Ok((title(text), Made(Some(id.0))))
    }
}

impl EndPost {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let fact = require_fact(book, self.id)?;
        let file = require_file(book, fact.person)?;
        if fact.kind != FactKind::Post {
            return Err(rejected("这一条不是职务"));
        }
        let wanted = Fact { span: Span { to: Some(self.to), ..fact.span }, ..fact.clone() };
        check(&wanted, &file, None, stamp)?;
        book.update(&fact, &wanted)?;
        let post = fact.value.unwrap_or_default();
        Ok((title(format!("免职：{} 不再任 {post}", file.person.name())), Made(Some(self.id.0))))
    }
}

impl SetFact {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let file = require_file(book, self.person_id)?;
        let kind = FactKind::from_name(&self.kind).ok_or_else(|| rejected(format!("没有“{}”这种事项", self.kind)))?;
        let tree = organisations::tree(book.reader())?;
        let needs_organisation = matches!(kind, FactKind::Membership | FactKind::Group | FactKind::Post);
        let organisation = self.organisation_id.map(|id| require(&tree, id)).transpose()?;
        match organisation {
            None if kind == FactKind::Floating && self.value.as_deref().is_some_and(|value| value.trim() == "流入") =>
            {
                return Err(rejected("流入要写明流入哪个党支部"));
            }
            None if needs_organisation => return Err(rejected(format!("{}要有党组织", kind.label()))),
            Some(node)
                if (kind == FactKind::Group) != (node.kind == OrganisationKind::Group) && kind != FactKind::Post =>
            {
                return Err(rejected(format!("{} 不能作为{}", node.name, kind.label())));
            }
            _ => {}
        }
        let seen = self.id.map(|id| require_fact(book, id)).transpose()?;
        if seen.as_ref().is_some_and(|seen| seen.person != self.person_id || seen.kind != kind) {
            return Err(rejected("这一条是别人的，或不是这种事项"));
        }
        let position = match (&seen, kind, self.organisation_id) {
            (Some(seen), ..) if seen.organisation == self.organisation_id => seen.position,
            (_, FactKind::Membership, Some(branch)) => Some(last_position(book.reader(), branch)? + STEP),
            _ => None,
        };
        let id = self.id.unwrap_or_else(|| FactId(book.new_id()));
        let wanted = Fact {
            id,
            person: self.person_id,
            kind,
            organisation: self.organisation_id,
            value: filled(self.value),
            place: filled(self.place),
            span: Span { from: self.from, to: self.to },
            position,
        };
        check(&wanted, &file, organisation, stamp)?;
        match &seen {
            Some(seen) => book.update(seen, &wanted)?,
            None => book.insert(&wanted)?,
        }
        let verb = if seen.is_some() { "更正" } else { "补记" };
        Ok((title(format!("{verb}{}：{}", kind.label(), file.person.name())), Made(Some(id.0))))
    }
}

impl RemoveFact {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let fact = require_fact(book, self.id)?;
        let file = require_file(book, fact.person)?;
        let memberships = file.facts.iter().filter(|other| other.kind == FactKind::Membership).count();
        if fact.kind == FactKind::Membership && memberships == 1 {
            return Err(rejected("这是他唯一的组织关系，不能删掉").next("录错的人请用“作废”"));
        }
        book.delete(&fact)?;
        Ok((title(format!("删掉误记的{}：{}", fact.kind.label(), file.person.name())), Made(None)))
    }
}

/// What a fact says, without its days.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Content {
    organisation: Option<OrganisationId>,
    value: Option<String>,
    place: Option<String>,
    /// A start that is told with it: 失去联系日期.
    from: Option<PartialDate>,
}

/// Sets the fields that are dated facts: corrected without `on`, changed from that day with it.
pub(super) fn set_fact_fields(
    book: &mut Book<'_>,
    places: &mut Places,
    file: &PersonFile,
    branch: OrganisationId,
    checked: &Checked,
    on: Option<PartialDate>,
    today: Day,
) -> Result<()> {
    let text = |key: Known| match checked.known.get(&key) {
        None => None,
        Some(Some(Value::Text(text))) => Some(Some(text.clone())),
        Some(_) => Some(None),
    };
    let day = on.map_or(today, PartialDate::first_day);
    let current = |kind: FactKind| file.facts_on(kind, day).cloned().collect::<Vec<Fact>>();
    let plain = |value: String| Content { organisation: None, value: Some(value), place: None, from: None };
    let set = |book: &mut Book<'_>, kind: FactKind, wanted: Vec<Content>| {
        settle(book, file.person.id, kind, &current(kind), wanted, on)
    };
    if let Some(name) = text(Known::Group) {
        let mut wanted = Vec::new();
        if let Some(name) = name {
            let organisation = Some(places.group(book, branch, &name)?);
            wanted.push(Content { organisation, value: None, place: None, from: None });
        }
        set(book, FactKind::Group, wanted)?;
    }
    if let Some(posts) = text(Known::PartyPost) {
        let held = current(FactKind::Post);
        let wanted = posts_meant(&posts.unwrap_or_default(), &held, branch, places.tree(book)?);
        let content = |(organisation, post): (_, String)| Content { organisation: Some(organisation), ..plain(post) };
        set(book, FactKind::Post, wanted.into_iter().map(content).collect())?;
    }
    if let Some(status) = text(Known::Status) {
        set(book, FactKind::Status, status.map(plain).into_iter().collect())?;
    }
    let floating = current(FactKind::Floating).into_iter().next();
    if checked.known.contains_key(&Known::Floating) || checked.known.contains_key(&Known::FloatPlace) {
        let value = text(Known::Floating).unwrap_or_else(|| floating.as_ref().and_then(|fact| fact.value.clone()));
        let place = text(Known::FloatPlace).unwrap_or_else(|| floating.and_then(|fact| fact.place));
        let content = Content { organisation: None, value, place, from: None };
        let says = content.value.is_some() || content.place.is_some();
        set(book, FactKind::Floating, says.then_some(content).into_iter().collect())?;
    }
    let lost = current(FactKind::Lost).into_iter().next();
    if checked.known.contains_key(&Known::Lost) || checked.known.contains_key(&Known::LostSince) {
        let from = match checked.known.get(&Known::LostSince) {
            Some(Some(Value::Date(date))) => Some(*date),
            Some(_) => None,
            None => lost.as_ref().and_then(|fact| fact.span.from),
        };
        let value = text(Known::Lost)
            .unwrap_or_else(|| lost.and_then(|fact| fact.value).or_else(|| from.map(|_| "是".to_owned())));
        let content = value.map(|value| Content { from, ..plain(value) });
        set(book, FactKind::Lost, content.into_iter().collect())?;
    }
    Ok(())
}

/// The posts that a text lists, each with the organisation it is a post of: one that is held stays where it is held, be
/// it above the branch; one that stands in the place of another is of the same organisation; what is added is of the
/// branch. Where a post is of another organisation its name may stand before it, 局机关党总支委员, or behind it in brackets,
/// as in lists that left the program.
fn posts_meant(
    text: &str,
    held: &[Fact],
    branch: OrganisationId,
    tree: &OrganisationTree,
) -> Vec<(OrganisationId, String)> {
    let own = Some(branch);
    let called = |id: OrganisationId| tree.get(id).map(Organisation::shown_name).unwrap_or_default();
    let mut left: Vec<(OrganisationId, &str)> =
        held.iter().filter_map(|fact| Some((fact.organisation?, fact.value.as_deref()?))).collect();
    left.sort_by_key(|(organisation, _)| *organisation != branch);
    let words: Vec<&str> = each_post(text).collect();
    let mut meant: Vec<Option<(OrganisationId, String)>> = vec![None; words.len()];
    // What is told in full is found before what might be any of several.
    let in_full = |word: &str, id: OrganisationId, post: &str| told_post(post, Some(id), own, tree) == word;
    let in_short = |word: &str, id: OrganisationId, post: &str| {
        word == post || id != branch && word.strip_prefix(called(id)) == Some(post)
    };
    for says in [&in_full as &dyn Fn(&str, OrganisationId, &str) -> bool, &in_short] {
        for (word, meant) in words.iter().zip(&mut meant).filter(|(_, meant)| meant.is_none()) {
            let found = left.iter().position(|(id, post)| says(word, *id, post)).map(|place| left.remove(place));
            *meant = found.map(|(organisation, post)| (organisation, post.to_owned()));
        }
    }
    for (word, meant) in words.iter().zip(&mut meant).filter(|(_, meant)| meant.is_none()) {
        if let (post, Some(organisation)) = read_post(word, own, tree) {
            if let Some(replaced) = left.iter().position(|(id, _)| *id == organisation) {
                left.remove(replaced);
            }
            *meant = Some((organisation, post.to_owned()));
        }
    }
    let taken = words.iter().zip(meant).map(|(word, meant)| {
        meant.unwrap_or_else(|| {
            let named = |(id, _): &(OrganisationId, &str)| *id != branch && word.starts_with(called(*id));
            let place = left.iter().position(named).unwrap_or_default();
            let organisation = if left.is_empty() { branch } else { left.remove(place).0 };
            let post = word.strip_prefix(called(organisation)).filter(|post| !post.is_empty());
            (organisation, post.filter(|_| organisation != branch).unwrap_or(word).to_owned())
        })
    });
    taken.collect()
}

/// Brings the facts of a kind to what is wanted: rows rewritten (更正), or closed and opened on a day (变更).
fn settle(
    book: &mut Book<'_>,
    person: PersonId,
    kind: FactKind,
    current: &[Fact],
    wanted: Vec<Content>,
    on: Option<PartialDate>,
) -> Result<()> {
    let says = |fact: &Fact, content: &Content| {
        fact.organisation == content.organisation
            && fact.value == content.value
            && fact.place == content.place
            && content.from.is_none_or(|from| fact.span.from == Some(from))
    };
    let mut old: Vec<&Fact> = current.iter().collect();
    let mut new = Vec::new();
    for content in wanted {
        match old.iter().position(|fact| says(fact, &content)) {
            Some(place) => drop(old.remove(place)),
            None => new.push(content),
        }
    }
    let mut old = old.into_iter();
    for content in new {
        let rewritten = if on.is_none() { old.next() } else { None };
        if let Some(seen) = rewritten {
            let Content { organisation, value, place, from } = content;
            let span = Span { from: from.or(seen.span.from), ..seen.span };
            book.update(seen, &Fact { organisation, value, place, span, ..seen.clone() })?;
            continue;
        }
        let Content { organisation, value, place, from } = content;
        let span = Span { from: from.or(on), to: None };
        let id = FactId(book.new_id());
        book.insert(&Fact { id, person, kind, organisation, value, place, span, position: None })?;
    }
    for seen in old {
        end(book, seen, on)?;
    }
    Ok(())
}

/// Ends a fact on a day; one that would then never have held is taken out, as is one that was wrong (no day).
pub(super) fn end(book: &mut Book<'_>, seen: &Fact, on: Option<PartialDate>) -> Result<()> {
    let span = Span { to: on, ..seen.span };
    if on.is_none() || span.is_empty() {
        return book.delete(seen);
    }
    book.update(seen, &Fact { span, ..seen.clone() })
}

fn require_fact(book: &Book<'_>, id: FactId) -> Result<Fact> {
    book.reader().get::<Fact>(id.0)?.ok_or_else(|| rejected(format!("没有编号为 {id} 的事项")))
}

/// What cannot be so is not written.
fn check(wanted: &Fact, file: &PersonFile, organisation: Option<&Organisation>, stamp: &Stamp) -> Result<()> {
    match fact_faults(wanted, file, organisation, stamp.today()).into_iter().next() {
        Some(fault) => {
            let value = wanted.value.as_deref().unwrap_or(wanted.kind.label());
            Err(rejected(format!("{} 的“{value}”：{}", file.person.name(), fault.sentence)))
        }
        None => Ok(()),
    }
}
