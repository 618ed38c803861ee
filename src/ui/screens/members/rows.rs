//! Owns the rows of the list that are known: those seen, and some around them, asked for as one scrolls.
//! Must never hold more of a long list than that. Start at [`RowCache`].

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::column::{ListColumn, Source};
use super::columns::Columns;
use crate::clock::Day;
use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::PersonId;
use crate::domain::members::Category;
use crate::engine::questions::Rows;
use crate::engine::{Question as _, Ticket};
use crate::problem::Problem;
use crate::ui::scene::Scene;
use crate::ui::screens::picked::Picked;
use crate::ui::widgets::{Cell, ColumnState, TableRows};
use crate::view::members::MemberRow;

/// Rows that are known before those out of sight are forgotten.
const KEPT: usize = 800;
/// Rows beyond the edge that must be known, or more are asked for.
const NEAR: usize = 8;
/// Rows that are asked for at least.
const AT_LEAST: usize = 60;

/// When and for what a row was told.
#[derive(Debug, Clone, PartialEq)]
struct Told {
    version: u64,
    as_of: Day,
    fields: Arc<Vec<FieldKey>>,
    unmasked: bool,
}

#[derive(Debug)]
struct Kept {
    row: MemberRow,
    told: Told,
}

#[derive(Debug)]
struct Asked {
    ids: HashSet<PersonId>,
    told: Told,
    ticket: Ticket<Vec<MemberRow>>,
}

/// The rows that are known.
#[derive(Debug, Default)]
pub struct RowCache {
    rows: HashMap<PersonId, Kept>,
    asked: Option<Asked>,
    problem: Option<Problem>,
    /// Personal values are asked for in full.
    pub unmasked: bool,
}

impl RowCache {
    /// Why the rows could not be read, if so.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// The row of a person as it was told last.
    pub fn get(&self, id: PersonId) -> Option<&MemberRow> {
        self.rows.get(&id).map(|kept| &kept.row)
    }

    /// What is shown of a field of a person: `None` while it is not known, or no longer told as it is asked for now.
    pub fn shown(&self, id: PersonId, key: FieldKey) -> Option<Option<&str>> {
        let kept = self.rows.get(&id).filter(|kept| kept.told.unmasked == self.unmasked)?;
        let place = kept.told.fields.iter().position(|field| *field == key)?;
        Some(kept.row.cells.get(place)?.as_deref())
    }

    /// The name of a person, if it is known.
    pub fn name(&self, id: PersonId) -> Option<&str> {
        self.get(id).and_then(|row| row.cells.first()).and_then(Option::as_deref)
    }

    /// Sees to it that these rows of the list are known, and some around them.
    fn want(&mut self, scene: &Scene<'_>, ids: &[PersonId], fields: &Arc<Vec<FieldKey>>, seen: Range<usize>) {
        self.take();
        let (version, unmasked) = (scene.version(Rows::USES), self.unmasked);
        let told = Told { version, as_of: scene.as_of, fields: Arc::clone(fields), unmasked };
        let seen = seen.start.min(ids.len())..seen.end.min(ids.len());
        let near = seen.start.saturating_sub(NEAR)..(seen.end + NEAR).min(ids.len());
        let is_known = |id: &PersonId| self.rows.get(id).is_some_and(|kept| kept.told == told);
        if ids[near.clone()].iter().all(is_known) {
            return;
        }
        let under_way = self.asked.as_ref().filter(|asked| asked.told == told);
        if under_way.is_some_and(|asked| ids[near].iter().all(|id| asked.ids.contains(id) || is_known(id))) {
            return;
        }
        let margin = seen.len().max(AT_LEAST / 3);
        let wide = seen.start.saturating_sub(margin)..(seen.end + margin).min(ids.len());
        let unknown: Vec<PersonId> = ids[wide.clone()].iter().copied().filter(|id| !is_known(id)).collect();
        if self.rows.len() + unknown.len() > KEPT {
            let around: HashSet<PersonId> = ids[wide].iter().copied().collect();
            self.rows.retain(|id, _| around.contains(id));
        }
        let question = Rows { ids: unknown.clone(), as_of: scene.as_of, fields: Arc::clone(fields), unmasked };
        let ticket = scene.ask(question);
        self.asked = Some(Asked { ids: unknown.into_iter().collect(), told, ticket });
        self.take();
    }

    /// Takes what has arrived.
    fn take(&mut self) {
        let Some(answer) = self.asked.as_ref().and_then(|asked| asked.ticket.take()) else { return };
        let Some(asked) = self.asked.take() else { return };
        match answer {
            Ok(rows) => {
                self.problem = None;
                for row in rows {
                    self.rows.insert(row.id, Kept { row, told: asked.told.clone() });
                }
            }
            Err(problem) => self.problem = Some(problem),
        }
    }
}

/// The list as the table sees it in one frame.
pub struct ListRows<'a, 's> {
    pub scene: &'a Scene<'s>,
    pub ids: &'a [PersonId],
    pub fields: Arc<Vec<FieldKey>>,
    pub cache: &'a mut RowCache,
    pub picked: &'a Picked<PersonId>,
    /// Cells are selected, and not people.
    pub has_cells: bool,
    shown: Vec<Shown>,
}

/// A column with the place of its value in a row.
struct Shown {
    id: String,
    source: Source,
    weak: bool,
}

impl<'a, 's> ListRows<'a, 's> {
    pub fn new(
        scene: &'a Scene<'s>,
        ids: &'a [PersonId],
        columns: &Columns,
        states: &[ColumnState],
        cache: &'a mut RowCache,
        picked: &'a Picked<PersonId>,
    ) -> Self {
        let shown =
            |column: &ListColumn| Shown { id: column.id.clone(), source: column.source, weak: column.is_weak() };
        let visible = states.iter().filter(|state| state.visible);
        let shown = visible.filter_map(|state| columns.get(&state.id)).map(shown).collect();
        Self { scene, ids, fields: Arc::clone(columns.fields()), cache, picked, has_cells: false, shown }
    }
}

impl TableRows for ListRows<'_, '_> {
    fn row_count(&self) -> usize {
        self.ids.len()
    }

    fn prepare(&mut self, rows: Range<usize>) {
        self.cache.want(self.scene, self.ids, &self.fields, rows);
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        let Some(kept) = self.ids.get(row).and_then(|id| self.cache.rows.get(id)) else { return Cell::default() };
        let Some(shown) = self.shown.iter().find(|shown| shown.id == column) else { return Cell::default() };
        let text: Option<Cow<'_, str>> = match shown.source {
            Source::Field(key) => {
                let Some(place) = kept.told.fields.iter().position(|field| *field == key) else {
                    return Cell::default();
                };
                let text = kept.row.cells.get(place).and_then(Option::as_deref);
                // 书记 of the branch and of the general branch are told apart.
                let posts = kept.row.posts.as_deref().filter(|_| key == Known::PartyPost.into());
                posts.or(text).map(Cow::Borrowed)
            }
            computed => kept.row.computed(computed),
        };
        // Who is on the way in is told apart where one looks since when somebody is a member.
        let stage = kept.row.category.filter(|category| !category.is_member()).map(Category::label);
        if let (None, Some(stage), Source::Field(FieldKey::Known(Known::Joined))) = (&text, stage, shown.source) {
            return Cell::known(Some(stage)).weak();
        }
        let cell = Cell::known(text);
        if shown.weak { cell.weak() } else { cell }
    }

    fn row_name(&self, row: usize) -> String {
        self.ids.get(row).and_then(|id| self.cache.name(*id)).unwrap_or_default().to_owned()
    }

    fn is_selected(&self, row: usize) -> bool {
        !self.has_cells && self.ids.get(row).is_some_and(|id| self.picked.contains(*id))
    }
}
