//! How checklists, their items and evidence lie in their rows.

use crate::clock::Day;
use crate::domain::checklists::{
    ArchiveNumbers, Belongs, Checklist, ChecklistItem, Evidence, EvidenceKind, Fill, ItemState, Numbering, Of, Owner,
    Retention, Secrecy, Subject, Template, TemplateChange,
};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistId, ChecklistItemId, EvidenceId, OrganisationId, PersonId, TalkId};
use crate::problem::{Problem, Result};
use crate::store::cell::Cell;
use crate::store::reader::{Row, date_in, impossible};
use crate::store::table::Table;

/// Takes the cells of a row one by one.
struct Cells {
    table: Table,
    id: i64,
    cells: std::vec::IntoIter<Cell>,
}

impl Cells {
    fn of(table: Table, id: i64, cells: Vec<Cell>) -> Self {
        Self { table, id, cells: cells.into_iter() }
    }

    fn fail(&self, column: &str) -> Problem {
        impossible(self.table, self.id, column)
    }

    fn next(&mut self) -> Cell {
        self.cells.next().unwrap_or(Cell::Null)
    }

    fn text(&mut self) -> Option<String> {
        self.next().into_text()
    }

    fn integer(&mut self) -> Option<i64> {
        self.next().integer()
    }

    fn need<T>(&self, value: Option<T>, column: &str) -> Result<T> {
        value.ok_or_else(|| self.fail(column))
    }

    fn needed_text(&mut self, column: &str) -> Result<String> {
        let text = self.text();
        self.need(text, column)
    }

    fn needed_integer(&mut self, column: &str) -> Result<i64> {
        let integer = self.integer();
        self.need(integer, column)
    }

    fn day(&mut self, column: &str) -> Result<Day> {
        let date = self.date(column)?;
        self.need(date.map(PartialDate::first_day), column)
    }

    fn date(&mut self, column: &str) -> Result<Option<PartialDate>> {
        let cell = self.next();
        date_in(cell, || self.fail(column))
    }

    /// A word of a closed list, or nothing.
    fn word<T>(&mut self, column: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>> {
        match self.text() {
            None => Ok(None),
            Some(text) => self.need(read(&text), column).map(Some),
        }
    }
}

fn day(day: Day) -> Cell {
    PartialDate::of_day(day).stored().into()
}

fn date(date: Option<PartialDate>) -> Cell {
    date.map(PartialDate::stored).into()
}

fn word(word: Option<&'static str>) -> Cell {
    word.map_or(Cell::Null, Cell::from)
}

impl Row for TemplateChange {
    const TABLE: Table = Table::Template;

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(&self) -> Vec<Cell> {
        let template = &self.template;
        vec![
            template.code.as_str().into(),
            template.version.into(),
            template.title.as_str().into(),
            template.subject.name().into(),
            (&template.source).into(),
            // Derived by serde from strings and numbers: it cannot fail.
            serde_json::to_string(&template.items).unwrap_or_default().as_str().into(),
            Some(template.removed).filter(|removed| *removed).map(i64::from).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let mut cells = Cells::of(Table::Template, id, cells);
        let template = Template {
            code: cells.needed_text("code")?,
            version: cells.needed_integer("version")?,
            title: cells.needed_text("title")?,
            subject: {
                let subject = cells.word("subject", Subject::from_name)?;
                cells.need(subject, "subject")?
            },
            source: cells.text(),
            items: {
                let items = cells.needed_text("items")?;
                cells.need(serde_json::from_str(&items).ok(), "items")?
            },
            removed: cells.integer() == Some(1),
        };
        Ok(Self { id, template })
    }
}

impl Row for Checklist {
    const TABLE: Table = Table::Checklist;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        let (year, person) = match self.of {
            Of::Year(year) => (Some(i64::from(year)), None),
            Of::Person(person) => (None, Some(person.0)),
        };
        vec![
            self.organisation.0.into(),
            year.into(),
            person.into(),
            self.template.as_str().into(),
            self.version.into(),
            self.title.as_str().into(),
            day(self.made_on),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let mut cells = Cells::of(Table::Checklist, id, cells);
        Ok(Self {
            id: ChecklistId(id),
            organisation: OrganisationId(cells.needed_integer("organisation")?),
            of: match (cells.integer(), cells.integer()) {
                (Some(year), None) => Of::Year(cells.need(i16::try_from(year).ok(), "year")?),
                (None, Some(person)) => Of::Person(PersonId(person)),
                _ => return Err(cells.fail("year")),
            },
            template: cells.needed_text("template")?,
            version: cells.needed_integer("version")?,
            title: cells.needed_text("title")?,
            made_on: cells.day("made_on")?,
        })
    }
}

impl Row for ChecklistItem {
    const TABLE: Table = Table::ChecklistItem;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        let (owner, owner_name) = match &self.owner {
            None => (Cell::Null, Cell::Null),
            Some(Owner::Person(id)) => (id.0.into(), Cell::Null),
            Some(Owner::Named(name)) => (Cell::Null, name.as_str().into()),
        };
        let (checked_by, checked_on) = match &self.checked {
            None => (Cell::Null, Cell::Null),
            Some((by, on)) => (by.as_str().into(), day(*on)),
        };
        vec![
            self.checklist.0.into(),
            self.parent.map(|id| id.0).into(),
            self.position.into(),
            (&self.code).into(),
            self.title.as_str().into(),
            (&self.standard).into(),
            self.fill.as_ref().map(Fill::text).into(),
            word(self.retention.map(Retention::code)),
            word(self.state.map(ItemState::name)),
            (&self.reason).into(),
            owner,
            owner_name,
            date(self.due),
            (&self.note).into(),
            checked_by,
            checked_on,
            // Derived by serde from strings and dates: it cannot fail.
            self.template_words.as_ref().map(|words| serde_json::to_string(words).unwrap_or_default()).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let mut cells = Cells::of(Table::ChecklistItem, id, cells);
        Ok(Self {
            id: ChecklistItemId(id),
            checklist: ChecklistId(cells.needed_integer("checklist")?),
            parent: cells.integer().map(ChecklistItemId),
            position: cells.needed_integer("position")?,
            code: cells.text(),
            title: cells.needed_text("title")?,
            standard: cells.text(),
            fill: cells.word("fill", Fill::read)?,
            retention: cells.word("retention", Retention::from_code)?,
            state: cells.word("state", ItemState::from_name)?,
            reason: cells.text(),
            owner: match (cells.integer(), cells.text()) {
                (Some(person), _) => Some(Owner::Person(PersonId(person))),
                (None, name) => name.map(Owner::Named),
            },
            due: cells.date("due")?,
            note: cells.text(),
            checked: {
                let by = cells.text();
                let on = cells.date("checked_on")?;
                by.zip(on.map(PartialDate::first_day))
            },
            template_words: cells.word("template_words", |text| serde_json::from_str(text).ok())?,
        })
    }
}

impl Row for Evidence {
    const TABLE: Table = Table::Evidence;

    fn id(&self) -> i64 {
        self.id.0
    }

    fn cells(&self) -> Vec<Cell> {
        let (item, talk) = match self.belongs {
            Belongs::Item(item) => (Some(item.0), None),
            Belongs::Talk(talk) => (None, Some(talk.0)),
        };
        let (kind, file, cabinet) = match &self.kind {
            EvidenceKind::File { name, hash, bytes } => ("file", Some((name, hash, *bytes)), &None),
            EvidenceKind::Paper { cabinet } => ("paper", None, cabinet),
        };
        vec![
            item.into(),
            talk.into(),
            self.position.into(),
            kind.into(),
            self.title.as_str().into(),
            file.map_or(Cell::Null, |(name, _, _)| name.as_str().into()),
            file.map_or(Cell::Null, |(_, hash, _)| hash.as_str().into()),
            file.and_then(|(_, _, bytes)| i64::try_from(bytes).ok()).into(),
            cabinet.into(),
            self.pages.map(i64::from).into(),
            self.version_of.map(|id| id.0).into(),
            i64::from(self.is_final).into(),
            (&self.document).into(),
            (&self.author).into(),
            date(self.day),
            word(self.secrecy.map(Secrecy::label)),
            word(self.retention.map(Retention::code)),
            (&self.remark).into(),
            self.added_by.as_str().into(),
            day(self.added_on),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let mut cells = Cells::of(Table::Evidence, id, cells);
        let belongs = match (cells.integer(), cells.integer()) {
            (Some(item), None) => Belongs::Item(ChecklistItemId(item)),
            (None, Some(talk)) => Belongs::Talk(TalkId(talk)),
            _ => return Err(cells.fail("item")),
        };
        let position = cells.needed_integer("position")?;
        let kind = cells.text();
        let title = cells.needed_text("title")?;
        let (name, hash, bytes, cabinet) = (cells.text(), cells.text(), cells.integer(), cells.text());
        let kind = match (kind.as_deref(), name, hash, bytes.and_then(|bytes| u64::try_from(bytes).ok())) {
            (Some("file"), Some(name), Some(hash), Some(bytes)) => EvidenceKind::File { name, hash, bytes },
            (Some("paper"), None, None, None) => EvidenceKind::Paper { cabinet },
            _ => return Err(cells.fail("kind")),
        };
        Ok(Self {
            id: EvidenceId(id),
            belongs,
            position,
            title,
            kind,
            pages: cells.integer().and_then(|pages| u32::try_from(pages).ok()),
            version_of: cells.integer().map(EvidenceId),
            is_final: cells.integer() == Some(1),
            document: cells.text(),
            author: cells.text(),
            day: cells.date("day")?,
            secrecy: cells.word("secrecy", Secrecy::from_label)?,
            retention: cells.word("retention", Retention::from_code)?,
            remark: cells.text(),
            added_by: cells.text().unwrap_or_default(),
            added_on: cells.day("added_on")?,
        })
    }
}

impl Row for ArchiveNumbers {
    const TABLE: Table = Table::ArchiveNumbers;

    fn id(&self) -> i64 {
        self.id
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.organisation.0.into(),
            self.numbering.name().into(),
            (&self.fonds).into(),
            (&self.fonds_name).into(),
            (&self.section).into(),
        ]
    }

    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self> {
        let mut cells = Cells::of(Table::ArchiveNumbers, id, cells);
        Ok(Self {
            id,
            organisation: OrganisationId(cells.needed_integer("organisation")?),
            numbering: {
                let numbering = cells.word("numbering", Numbering::from_name)?;
                cells.need(numbering, "numbering")?
            },
            fonds: cells.text(),
            fonds_name: cells.text(),
            section: cells.text(),
        })
    }
}
