//! Tables `template`, `checklist`, `checklist_item`, `evidence` and `archive_numbers`.

mod rows;

use std::collections::{HashMap, HashSet};

use super::reader::{Query, Reader, impossible};
use super::table::Table;
use crate::clock::Day;
use crate::domain::checklists::{
    ArchiveNumbers, Checklist, ChecklistItem, Evidence, EvidenceKind, Piece, Place, Retention, TemplateChange,
    Templates,
};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistId, ChecklistItemId, EvidenceId, OrganisationId, PersonId, TalkId};
use crate::problem::Result;

const TEMPLATES: Query = Query::new(Table::Template, "ORDER BY code");
const ALL: Query = Query::new(Table::Checklist, "ORDER BY id");
const OF_ORGANISATION: Query =
    Query::new(Table::Checklist, "WHERE organisation = ?1 AND year = ?2 AND person IS NULL ORDER BY id");
const OF_YEAR: Query = Query::new(Table::Checklist, "WHERE year = ?1 AND template = ?2 ORDER BY id");
const IN_YEAR: Query = Query::new(Table::Checklist, "WHERE year = ?1 ORDER BY id");
const OF_PERSON: Query = Query::new(Table::Checklist, "WHERE person = ?1 ORDER BY id");
const BY_TEMPLATE: Query = Query::new(Table::Checklist, "WHERE template = ?1 ORDER BY id");
const ITEMS: Query = Query::new(Table::ChecklistItem, "WHERE checklist = ?1 ORDER BY position, id");
const ITEMS_OF_YEAR: Query = Query::new(
    Table::ChecklistItem,
    "WHERE checklist IN (SELECT id FROM checklist WHERE year = ?1 AND template = ?2) ORDER BY checklist, position, id",
);
const ITEMS_OWNED: Query = Query::new(Table::ChecklistItem, "WHERE owner = ?1 ORDER BY id");
const EVIDENCE_OF_CHECKLIST: Query = Query::new(
    Table::Evidence,
    "WHERE item IN (SELECT id FROM checklist_item WHERE checklist = ?1) ORDER BY item, position, id",
);
const EVIDENCE_OF_ITEM: Query = Query::new(Table::Evidence, "WHERE item = ?1 ORDER BY position, id");
const EVIDENCE_OF_TALK: Query = Query::new(Table::Evidence, "WHERE talk = ?1 ORDER BY position, id");
const VERSIONS_OF: Query = Query::new(Table::Evidence, "WHERE version_of = ?1 ORDER BY position, id");
const EVIDENCE: Query = Query::new(Table::Evidence, "ORDER BY id");
const NUMBERS: Query = Query::new(Table::ArchiveNumbers, "ORDER BY organisation");
pub(super) const QUERIES: &[Query] = &[
    TEMPLATES,
    ALL,
    OF_ORGANISATION,
    OF_YEAR,
    IN_YEAR,
    OF_PERSON,
    BY_TEMPLATE,
    ITEMS,
    ITEMS_OF_YEAR,
    ITEMS_OWNED,
    EVIDENCE_OF_CHECKLIST,
    EVIDENCE_OF_ITEM,
    EVIDENCE_OF_TALK,
    VERSIONS_OF,
    EVIDENCE,
    NUMBERS,
];

const EVIDENCE_OF_YEAR: &str = "SELECT evidence.item, count(*) FROM checklist JOIN checklist_item ON checklist_item.checklist = checklist.id JOIN evidence ON evidence.item = checklist_item.id WHERE checklist.year = ?1 AND checklist.template = ?2 GROUP BY evidence.item";
const FILE_HASHES: &str = "SELECT DISTINCT hash FROM evidence WHERE hash IS NOT NULL";
const CODES: &str = "SELECT DISTINCT code FROM checklist_item WHERE code IS NOT NULL AND checklist IN (SELECT id FROM checklist WHERE template = ?1)";
/// Items of the lowest level that are due, by their own day or by that of what they are part of, and of which neither
/// a state nor evidence says that they are there; what fills them may still say so.
const OPEN_AND_DUE: &str = "WITH RECURSIVE asked (id, due) AS (SELECT id, due FROM checklist_item WHERE due <= ?1 UNION ALL SELECT part.id, asked.due FROM asked JOIN checklist_item part ON part.parent = asked.id WHERE part.due IS NULL) SELECT asked.id, asked.due FROM asked JOIN checklist_item item ON item.id = asked.id WHERE (item.state IS NULL OR item.state IN ('partly', 'missing')) AND NOT EXISTS (SELECT 1 FROM checklist_item part WHERE part.parent = item.id) AND (item.state IS NOT NULL OR item.fill IS NOT NULL OR NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.item = item.id)) ORDER BY asked.due, asked.id";
/// Items and evidence of items whose title, or name as a file, holds a text; the newest first.
const ITEMS_CALLED: &str =
    "SELECT id, title, '' FROM checklist_item WHERE instr(lower(title), lower(?1)) > 0 ORDER BY id DESC";
const EVIDENCE_CALLED: &str = "SELECT id, title, coalesce(file_name, '') FROM evidence WHERE item IS NOT NULL AND (instr(lower(title), lower(?1)) > 0 OR instr(lower(coalesce(file_name, '')), lower(?1)) > 0) ORDER BY id DESC";
/// What numbers the pieces of a year, and the pieces: only what is needed, for there are many. Items in which pieces lie
/// with what they are part of; and where one at the top was added by hand, all that its organisation has at the top.
const PLACES_OF_YEAR: &str = "WITH RECURSIVE needed (id) AS (SELECT evidence.item FROM checklist JOIN checklist_item item ON item.checklist = checklist.id JOIN evidence ON evidence.item = item.id WHERE checklist.year = ?1 AND evidence.final = 1 UNION SELECT item.parent FROM needed JOIN checklist_item item ON item.id = needed.id WHERE item.parent IS NOT NULL), own (organisation) AS (SELECT checklist.organisation FROM needed JOIN checklist_item item ON item.id = needed.id JOIN checklist ON checklist.id = item.checklist WHERE item.parent IS NULL AND item.code IS NULL), wanted (id) AS (SELECT id FROM needed UNION SELECT item.id FROM checklist JOIN checklist_item item ON item.checklist = checklist.id WHERE checklist.year = ?1 AND checklist.organisation IN (SELECT organisation FROM own) AND item.parent IS NULL) SELECT item.id, item.checklist, item.parent, item.code, item.retention FROM wanted JOIN checklist_item item ON item.id = wanted.id ORDER BY item.checklist, item.position, item.id";
const PIECES_OF_YEAR: &str = "SELECT evidence.id, evidence.item, evidence.retention FROM checklist JOIN checklist_item item ON item.checklist = checklist.id JOIN evidence ON evidence.item = item.id WHERE checklist.year = ?1 AND evidence.final = 1 ORDER BY evidence.item, evidence.position, evidence.id";
/// By its rows: the index of hashes is in another order.
const NEWEST_HASHES: &str = "SELECT hash FROM evidence NOT INDEXED WHERE hash IS NOT NULL ORDER BY id DESC LIMIT ?1";
const IS_NAMED: &str = "SELECT EXISTS (SELECT 1 FROM evidence WHERE hash = ?1)";
pub(super) const STATEMENTS: &[&str] = &[
    EVIDENCE_OF_YEAR,
    CODES,
    OPEN_AND_DUE,
    ITEMS_CALLED,
    EVIDENCE_CALLED,
    PLACES_OF_YEAR,
    PIECES_OF_YEAR,
    NEWEST_HASHES,
    IS_NAMED,
];

/// The templates that the workbook changed or made.
pub fn template_changes(reader: Reader<'_>) -> Result<Vec<TemplateChange>> {
    reader.rows(TEMPLATES, [])
}

/// The templates as they hold in this workbook.
pub fn templates(reader: Reader<'_>) -> Result<Templates> {
    Ok(Templates::shipped()?.with(template_changes(reader)?))
}

/// All checklists.
pub fn all(reader: Reader<'_>) -> Result<Vec<Checklist>> {
    reader.rows(ALL, [])
}

/// The checklists of an organisation in a year.
pub fn of_organisation(reader: Reader<'_>, organisation: OrganisationId, year: i16) -> Result<Vec<Checklist>> {
    reader.rows(OF_ORGANISATION, [organisation.0, i64::from(year)])
}

/// The checklists of all organisations in a year, made from one template.
pub fn of_year(reader: Reader<'_>, year: i16, template: &str) -> Result<Vec<Checklist>> {
    reader.rows(OF_YEAR, (year, template))
}

/// All checklists of a year.
pub fn in_year(reader: Reader<'_>, year: i16) -> Result<Vec<Checklist>> {
    reader.rows(IN_YEAR, [i64::from(year)])
}

/// A member's files.
pub fn of_person(reader: Reader<'_>, person: PersonId) -> Result<Vec<Checklist>> {
    reader.rows(OF_PERSON, [person.0])
}

/// The checklists that were made from a template.
pub fn by_template(reader: Reader<'_>, template: &str) -> Result<Vec<Checklist>> {
    reader.rows(BY_TEMPLATE, [template])
}

/// The items of a checklist, parts and wholes alike, each among its neighbours in order.
pub fn items(reader: Reader<'_>, checklist: ChecklistId) -> Result<Vec<ChecklistItem>> {
    reader.rows(ITEMS, [checklist.0])
}

/// The items of all checklists of a year made from one template, checklist by checklist.
pub fn items_of_year(reader: Reader<'_>, year: i16, template: &str) -> Result<Vec<ChecklistItem>> {
    reader.rows(ITEMS_OF_YEAR, (year, template))
}

/// The items of the lowest level that are due up to a day, by their own day or by that of what they are part of, with that
/// day; those that a state or evidence shows to be there are left out, and what fills an item is not looked at.
pub fn open_and_due(reader: Reader<'_>, until: Day) -> Result<Vec<(ChecklistItem, PartialDate)>> {
    let mut statement = reader.0.prepare_cached(OPEN_AND_DUE)?;
    let mut rows = statement.query([PartialDate::of_day(until).stored()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let due = PartialDate::from_stored(row.get(1)?);
        if let (Some(item), Some(due)) = (reader.get::<ChecklistItem>(row.get(0)?)?, due) {
            found.push((item, due));
        }
    }
    found.retain(|(_, due)| due.last_day() <= until);
    Ok(found)
}

/// An item or evidence in whose title or file name a text stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    pub id: i64,
    pub title: String,
    /// The name that the file had; empty for items and paper.
    pub file_name: String,
}

/// The items in whose title a text stands, the newest first.
pub fn items_called(reader: Reader<'_>, text: &str) -> Result<Vec<Called>> {
    called(reader, ITEMS_CALLED, text)
}

/// The evidence of items in whose title or file name a text stands, the newest first.
pub fn evidence_called(reader: Reader<'_>, text: &str) -> Result<Vec<Called>> {
    called(reader, EVIDENCE_CALLED, text)
}

fn called(reader: Reader<'_>, sql: &str, text: &str) -> Result<Vec<Called>> {
    let mut statement = reader.0.prepare_cached(sql)?;
    let of_row = |row: &rusqlite::Row<'_>| Ok(Called { id: row.get(0)?, title: row.get(1)?, file_name: row.get(2)? });
    let found = statement.query_map([text], of_row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(found)
}

/// The items for which a person answers.
pub fn items_owned(reader: Reader<'_>, person: PersonId) -> Result<Vec<ChecklistItem>> {
    reader.rows(ITEMS_OWNED, [person.0])
}

/// The evidence of all items of a checklist, item by item in order.
pub fn evidence_of(reader: Reader<'_>, checklist: ChecklistId) -> Result<Vec<Evidence>> {
    reader.rows(EVIDENCE_OF_CHECKLIST, [checklist.0])
}

/// The evidence of an item, in order.
pub fn evidence_of_item(reader: Reader<'_>, item: ChecklistItemId) -> Result<Vec<Evidence>> {
    reader.rows(EVIDENCE_OF_ITEM, [item.0])
}

/// The scans of a talk, in order.
pub fn evidence_of_talk(reader: Reader<'_>, talk: TalkId) -> Result<Vec<Evidence>> {
    reader.rows(EVIDENCE_OF_TALK, [talk.0])
}

/// The later versions of evidence, in order.
pub fn versions_of(reader: Reader<'_>, first: EvidenceId) -> Result<Vec<Evidence>> {
    reader.rows(VERSIONS_OF, [first.0])
}

/// Passes all evidence of the workbook.
pub fn each_evidence(reader: Reader<'_>, take: impl FnMut(Evidence) -> Result<()>) -> Result<()> {
    reader.each(EVIDENCE, [], take)
}

/// The hashes of all files that evidence names.
pub fn file_hashes(reader: Reader<'_>) -> Result<HashSet<String>> {
    let mut statement = reader.0.prepare_cached(FILE_HASHES)?;
    let mut rows = statement.query([])?;
    let mut hashes = HashSet::new();
    while let Some(row) = rows.next()? {
        hashes.insert(row.get(0)?);
    }
    Ok(hashes)
}

/// The hashes of the files that were attached last, so many at most.
pub fn newest_hashes(reader: Reader<'_>, count: usize) -> Result<Vec<String>> {
    let mut statement = reader.0.prepare_cached(NEWEST_HASHES)?;
    let rows = statement.query_map([i64::try_from(count).unwrap_or(i64::MAX)], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<Vec<String>>>()?)
}

/// Whether evidence names this hash.
pub fn is_named(reader: Reader<'_>, hash: &str) -> Result<bool> {
    Ok(reader.0.prepare_cached(IS_NAMED)?.query_row([hash], |row| row.get(0))?)
}

/// What is told of files by their hashes: title and name of each piece that is one of them.
pub fn called_by_hash(reader: Reader<'_>, hashes: &HashSet<String>) -> Result<Vec<String>> {
    let mut told = Vec::new();
    if hashes.is_empty() {
        return Ok(told);
    }
    each_evidence(reader, |evidence| {
        if let EvidenceKind::File { name, hash, .. } = &evidence.kind
            && hashes.contains(hash)
        {
            told.push(format!("{}（{name}）", evidence.title));
        }
        Ok(())
    })?;
    Ok(told)
}

/// How much evidence each item of a year has, in checklists made from one template; who has none is not there.
pub fn evidence_counts(reader: Reader<'_>, year: i16, template: &str) -> Result<HashMap<ChecklistItemId, usize>> {
    let mut statement = reader.0.prepare_cached(EVIDENCE_OF_YEAR)?;
    let mut rows = statement.query((year, template))?;
    let mut counts = HashMap::new();
    while let Some(row) = rows.next()? {
        let count: i64 = row.get(1)?;
        counts.insert(ChecklistItemId(row.get(0)?), usize::try_from(count).unwrap_or(0));
    }
    Ok(counts)
}

/// The items that number the pieces of a year, checklist by checklist in order: those in which pieces lie, with what they
/// are part of; of an organisation with pieces in an item at the top that has no code all items at the top.
pub fn places_of_year(reader: Reader<'_>, year: i16) -> Result<Vec<Place>> {
    let mut statement = reader.0.prepare_cached(PLACES_OF_YEAR)?;
    let mut rows = statement.query([year])?;
    let mut places = Vec::new();
    while let Some(row) = rows.next()? {
        places.push(Place {
            item: ChecklistItemId(row.get(0)?),
            checklist: ChecklistId(row.get(1)?),
            parent: row.get::<_, Option<i64>>(2)?.map(ChecklistItemId),
            code: row.get(3)?,
            retention: retention(Table::ChecklistItem, row, 4)?,
        });
    }
    Ok(places)
}

/// The pieces of all checklists of a year, item by item in order.
pub fn pieces_of_year(reader: Reader<'_>, year: i16) -> Result<Vec<Piece>> {
    let mut statement = reader.0.prepare_cached(PIECES_OF_YEAR)?;
    let mut rows = statement.query([year])?;
    let mut pieces = Vec::new();
    while let Some(row) = rows.next()? {
        pieces.push(Piece {
            evidence: EvidenceId(row.get(0)?),
            item: ChecklistItemId(row.get(1)?),
            retention: retention(Table::Evidence, row, 2)?,
        });
    }
    Ok(pieces)
}

/// 保管期限 in a row that begins with its id.
fn retention(table: Table, row: &rusqlite::Row<'_>, place: usize) -> Result<Option<Retention>> {
    let Some(code) = row.get::<_, Option<String>>(place)? else { return Ok(None) };
    match Retention::from_code(&code) {
        Some(retention) => Ok(Some(retention)),
        None => Err(impossible(table, row.get(0)?, "retention")),
    }
}

/// The codes of the items of all checklists that were made from a template.
pub fn codes_of(reader: Reader<'_>, template: &str) -> Result<Vec<String>> {
    let mut statement = reader.0.prepare_cached(CODES)?;
    let mut rows = statement.query([template])?;
    let mut codes = Vec::new();
    while let Some(row) = rows.next()? {
        codes.push(row.get(0)?);
    }
    Ok(codes)
}

/// How archives number, where organisations say it themselves.
pub fn numbers(reader: Reader<'_>) -> Result<Vec<ArchiveNumbers>> {
    reader.rows(NUMBERS, [])
}
