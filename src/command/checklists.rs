//! Changes of checklists: making them and what stands on their items here; their templates in [`templates`], what shows
//! that an item is there in [`evidence`], how it is numbered in [`numbers`].

mod evidence;
mod items;
mod numbers;
mod templates;

use std::collections::{BTreeMap, HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) use evidence::refuse_come_back;
pub use evidence::{
    AddEvidence, AttachedFile, EditEvidence, EvidenceDraft, MoveEvidence, RemoveEvidence, refuse_place,
};
pub use items::{
    AddChecklistItem, ChecklistItemDraft, EditChecklistItems, MoveChecklistItem, RemoveChecklistItem, item_draft_of,
};
pub use numbers::SetArchiveNumbers;
pub use templates::{RemoveTemplate, SetTemplate, UpdateChecklists};

use super::ledger::Stamp;
use super::wire::misread;
use super::{Made, filled, title};
use crate::domain::checklists::{
    Checklist, ChecklistItem, Of, STEP, Subject, Template, TemplateItem, TemplateWords, due_in,
};
use crate::domain::dates::{PartialDate, Period};
use crate::domain::fields::FactKind;
use crate::domain::ids::{ChecklistId, ChecklistItemId, OrganisationId, PersonId};
use crate::domain::members::{Fact, Person};
use crate::domain::organisations::{Organisation, OrganisationKind, OrganisationTree};
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::reader::Reader;
use crate::store::{checklists, members, organisations, workbook::Title};

/// Makes checklists (新建档案清单) from a template: of organisations for a year, or of members' files. Who has one
/// already is passed over; so are organisations that were not there in the year, unless there is no other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeChecklists {
    /// 清单模板: the code or the title
    pub template: String,
    #[serde(default)]
    pub organisation_ids: Vec<OrganisationId>,
    #[serde(default)]
    pub year: Option<i16>,
    #[serde(default)]
    pub person_ids: Vec<PersonId>,
    /// 沿用上年结构: items, owners and days as those of the year before have them, where there is a checklist of it
    #[serde(default)]
    pub as_last_year: bool,
}

/// Takes out a checklist that was made by mistake. One that has evidence stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveChecklist {
    pub id: ChecklistId,
}

impl MakeChecklists {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let templates = checklists::templates(book.reader())?;
        let template = templates
            .named(&self.template)
            .filter(|template| !template.removed)
            .ok_or_else(|| not_made(format!("没有名为“{}”的清单模板", self.template)))?;
        let (wanted, absent) = match template.subject {
            Subject::Organisation => self.of_organisations(book.reader(), template, stamp)?,
            Subject::Person => (self.of_persons(book.reader(), template, stamp)?, Vec::new()),
        };
        if let (true, Some(why)) = (wanted.is_empty(), some_of(&absent)) {
            return Err(not_made(why).next("换一个年度或党组织"));
        }
        if wanted.is_empty() {
            return Err(not_made(format!("没有说给谁建“{}”", template.title)));
        }
        let (mut made, mut names, mut passed) = (None, Vec::new(), 0_usize);
        for (organisation, of, name) in wanted {
            if existing(book.reader(), organisation, of, &template.code)?.is_some() {
                passed += 1;
                continue;
            }
            let checklist = Checklist {
                id: ChecklistId(book.new_id()),
                organisation,
                of,
                template: template.code.clone(),
                version: template.version,
                title: template.title.clone(),
                made_on: stamp.today(),
            };
            let before = if self.as_last_year { last_year(book.reader(), &checklist)? } else { None };
            match before {
                Some(before) => copy(book, &before, checklist.clone())?,
                None => fill_from(book, &checklist, template)?,
            }
            made = made.or(Some(checklist.id.0));
            names.push(name);
        }
        let year = self.year.filter(|_| template.subject == Subject::Organisation);
        let year = year.map_or_else(String::new, |year| format!(" {year} 年"));
        let mut text = match (&names[..], passed) {
            ([], _) => return Err(not_made(format!("“{}”{year}已经有了", template.title)).next("打开已有的清单")),
            ([name], 0) => format!("新建{year}{}：{name}", template.title),
            (names, 0) => format!("新建{year}{} {} 份", template.title, names.len()),
            (names, passed) => format!("新建{year}{} {} 份，{passed} 份已有", template.title, names.len()),
        };
        if let Some(why) = some_of(&absent) {
            text = format!("{text}；没有建 {} 份：{why}", absent.len());
        }
        Ok((title(text), Made(made)))
    }

    fn of_organisations(
        &self,
        reader: Reader<'_>,
        template: &Template,
        stamp: &Stamp,
    ) -> Result<(Vec<Wanted>, Vec<String>)> {
        let year = self.year.ok_or_else(|| not_made(format!("“{}”是按年度的，要说哪一年", template.title)))?;
        if !(1921..=stamp.today().year() + 1).contains(&year) {
            return Err(not_made(format!("年度 {year} 不对")).next("写 1921 到明年之间的年份"));
        }
        if !self.person_ids.is_empty() {
            return Err(not_made(format!("“{}”是党组织的清单，不是党员个人的", template.title)));
        }
        let tree = organisations::tree(reader)?;
        let (mut wanted, mut absent) = (Vec::new(), Vec::new());
        for id in &self.organisation_ids {
            let name = keeper(&tree, *id)?;
            match tree.get(*id).and_then(|node| absence(node, year)) {
                Some(why) => absent.push(format!("{name} {why}")),
                None => wanted.push((*id, Of::Year(year), name)),
            }
        }
        Ok((wanted, absent))
    }

    fn of_persons(&self, reader: Reader<'_>, template: &Template, stamp: &Stamp) -> Result<Vec<Wanted>> {
        if self.year.is_some() || self.as_last_year {
            return Err(not_made(format!("“{}”是党员个人的，不分年度", template.title)));
        }
        let tree = organisations::tree(reader)?;
        let told = match self.organisation_ids[..] {
            [] => None,
            [id] => Some(id),
            _ => return Err(not_made("保管的党组织只能是一个")),
        };
        let mut wanted = Vec::new();
        for id in &self.person_ids {
            let person: Person = reader
                .get::<Person>(id.0)?
                .filter(|person| person.voided.is_none())
                .ok_or_else(|| not_made(format!("没有编号为 {id} 的人员")))?;
            let facts = members::facts_of(reader, *id)?;
            let held = |fact: &&Fact| fact.kind == FactKind::Membership && fact.span.holds_on(stamp.today());
            let keeps = told.or_else(|| facts.iter().find(held).and_then(|fact| fact.organisation));
            let keeps = keeps.ok_or_else(|| {
                not_made(format!("{} 现在不在任何党支部", person.name())).next("说明由哪个党组织保管")
            })?;
            keeper(&tree, keeps)?;
            wanted.push((keeps, Of::Person(*id), person.name().to_owned()));
        }
        Ok(wanted)
    }
}

/// Who keeps a checklist, what it is of, whose it is.
type Wanted = (OrganisationId, Of, String);

/// Why there is no archive of an organisation of a year in which it was not there: 「2026-03-01 才成立」.
fn absence(node: &Organisation, year: i16) -> Option<String> {
    let period = Period::year(year)?;
    let founded = node.founded.filter(|day| day.first_day() > period.last);
    let closed = node.closed.filter(|day| day.last_day() <= period.first);
    let founded = founded.map(|day| format!("{day} 才成立"));
    founded.or_else(|| closed.map(|day| format!("{day} 已撤销")))
}

/// The first three of them, and how many there are; nothing of none.
fn some_of(all: &[String]) -> Option<String> {
    let first = all.iter().take(3).cloned().collect::<Vec<_>>().join("，");
    match all.len() {
        0 => None,
        1..=3 => Some(first),
        many => Some(format!("{first} 等 {many} 个")),
    }
}

/// The name of an organisation that keeps an archive; groups keep none.
fn keeper(tree: &OrganisationTree, id: OrganisationId) -> Result<String> {
    let node = tree.get(id).ok_or_else(|| not_made(format!("没有编号为 {id} 的党组织")))?;
    if node.kind == OrganisationKind::Group {
        return Err(not_made(format!("{} 是党小组，档案由党支部建", node.shown_name())));
    }
    Ok(node.shown_name().to_owned())
}

/// The checklist that is there already.
fn existing(reader: Reader<'_>, organisation: OrganisationId, of: Of, template: &str) -> Result<Option<Checklist>> {
    let there = match of {
        Of::Year(year) => checklists::of_organisation(reader, organisation, year)?,
        Of::Person(person) => checklists::of_person(reader, person)?,
    };
    Ok(there.into_iter().find(|checklist| checklist.template == template))
}

fn last_year(reader: Reader<'_>, checklist: &Checklist) -> Result<Option<Checklist>> {
    let Of::Year(year) = checklist.of else { return Ok(None) };
    existing(reader, checklist.organisation, Of::Year(year - 1), &checklist.template)
}

/// Writes a checklist with the items of its template.
fn fill_from(book: &mut Book<'_>, checklist: &Checklist, template: &Template) -> Result<()> {
    book.insert(checklist)?;
    insert_items(book, checklist, None, &template.items)
}

fn insert_items(
    book: &mut Book<'_>,
    checklist: &Checklist,
    parent: Option<ChecklistItemId>,
    items: &[TemplateItem],
) -> Result<()> {
    for (item, place) in items.iter().zip(1..) {
        let new = item_of(ChecklistItemId(book.new_id()), checklist, parent, place * STEP, item);
        book.insert(&new)?;
        insert_items(book, checklist, Some(new.id), &item.parts)?;
    }
    Ok(())
}

/// The item of a checklist that a template's item becomes.
fn item_of(
    id: ChecklistItemId,
    checklist: &Checklist,
    parent: Option<ChecklistItemId>,
    position: i64,
    item: &TemplateItem,
) -> ChecklistItem {
    let due = match checklist.of {
        Of::Year(year) => item.due.as_deref().and_then(|due| due_in(due, year)),
        Of::Person(_) => None,
    };
    ChecklistItem {
        id,
        checklist: checklist.id,
        parent,
        position,
        code: Some(item.code.clone()),
        title: item.title.trim().to_owned(),
        standard: filled(item.standard.clone()),
        fill: item.fill.clone(),
        retention: item.retention,
        state: None,
        reason: None,
        owner: None,
        due: due.map(PartialDate::of_day),
        note: None,
        checked: None,
        template_words: None,
    }
}

/// Writes a checklist with the items of another: what is asked for, who answers and by when, a year later; nothing of
/// how it stood.
fn copy(book: &mut Book<'_>, from: &Checklist, to: Checklist) -> Result<()> {
    let to = Checklist { version: from.version, ..to };
    book.insert(&to)?;
    let items = checklists::items(book.reader(), from.id)?;
    let ids: HashMap<ChecklistItemId, ChecklistItemId> =
        items.iter().map(|item| (item.id, ChecklistItemId(book.new_id()))).collect();
    // Wholes before their parts, which refer to them.
    for item in wholes_first(items) {
        let new = ChecklistItem {
            id: ids[&item.id],
            checklist: to.id,
            parent: item.parent.and_then(|parent| ids.get(&parent).copied()),
            due: item.due.and_then(|due| due.plus_years(1)),
            state: None,
            reason: None,
            note: None,
            checked: None,
            template_words: item
                .template_words
                .clone()
                .map(|words| TemplateWords { due: words.due.and_then(|due| due.plus_years(1)), ..words }),
            ..item
        };
        book.insert(&new)?;
    }
    Ok(())
}

/// The items in such an order that none stands before the whole that it is part of.
fn wholes_first(items: Vec<ChecklistItem>) -> Vec<ChecklistItem> {
    let parents: HashMap<ChecklistItemId, Option<ChecklistItemId>> =
        items.iter().map(|item| (item.id, item.parent)).collect();
    let depth = |item: &ChecklistItem| {
        std::iter::successors(item.parent, |parent| parents.get(parent).copied().flatten()).take(items.len()).count()
    };
    let mut ordered: Vec<(usize, ChecklistItem)> = items.iter().map(|item| (depth(item), item.clone())).collect();
    ordered.sort_by_key(|(depth, _)| *depth);
    ordered.into_iter().map(|(_, item)| item).collect()
}

impl RemoveChecklist {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let refuse = |happened: String| Problem::input("没有删掉清单", happened);
        let checklist = require(book.reader(), self.id, refuse)?;
        let evidence = checklists::evidence_of(book.reader(), self.id)?.len();
        if evidence > 0 {
            return Err(refuse(format!("清单里有 {evidence} 件材料")).next("先移走或去掉这些材料"));
        }
        let items = wholes_first(checklists::items(book.reader(), self.id)?);
        items.iter().rev().try_for_each(|item| book.delete(item))?;
        book.delete(&checklist)?;
        Ok((title(format!("删除清单：{}", named(book.reader(), &checklist)?)), Made(None)))
    }
}

fn require(reader: Reader<'_>, id: ChecklistId, refuse: impl Fn(String) -> Problem) -> Result<Checklist> {
    reader.get(id.0)?.ok_or_else(|| refuse(format!("没有编号为 {id} 的清单")))
}

/// Identifiers as they were told, each once.
fn each_once<I: Copy + Eq + std::hash::Hash>(ids: &[I]) -> impl Iterator<Item = I> {
    let mut told = HashSet::new();
    ids.iter().copied().filter(move |id| told.insert(*id))
}

/// How a checklist is called: 「局机关第一党支部 2026 年党支部工作档案」.
pub(super) fn named(reader: Reader<'_>, checklist: &Checklist) -> Result<String> {
    Ok(match checklist.of {
        Of::Year(year) => {
            let tree = organisations::tree(reader)?;
            let whose = tree.get(checklist.organisation).map_or("", |node| node.shown_name());
            format!("{whose} {year} 年{}", checklist.title)
        }
        Of::Person(person) => {
            let person = reader.get::<Person>(person.0)?;
            format!("{} 的{}", person.as_ref().map_or("", Person::name), checklist.title)
        }
    })
}

/// A draft that is partly changed: `set` holds what is different, `null` clears.
fn changed_draft<D: Serialize + serde::de::DeserializeOwned>(
    now: &D,
    set: &BTreeMap<String, serde_json::Value>,
    refuse: impl Fn(String) -> Problem,
) -> Result<D> {
    let now = serde_json::to_value(now).map_err(|error| Problem::fault(error.to_string()))?;
    let serde_json::Value::Object(mut fields) = now else { return Err(Problem::fault("a draft is an object")) };
    for (name, value) in set {
        if value.is_null() {
            fields.remove(name)
        } else {
            fields.insert(name.clone(), value.clone())
        };
    }
    misread::read(fields.into()).map_err(|why| refuse(format!("读不懂要改的内容：{why}")))
}

/// Text within its length, or a sentence.
fn at_most(
    label: &str,
    text: Option<String>,
    most: usize,
    refuse: impl Fn(String) -> Problem,
) -> Result<Option<String>> {
    let text = filled(text);
    match text.as_ref().map(|text| text.chars().count()) {
        Some(count) if count > most => Err(refuse(format!("“{label}”有 {count} 字，最多 {most} 字"))),
        _ => Ok(text),
    }
}

fn not_made(happened: impl Into<String>) -> Problem {
    Problem::input("没有新建清单", happened)
}
