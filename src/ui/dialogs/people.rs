//! Owns who a dialog is about: one person, or several, in a line of names.
//! Must never change anything. Start at [`People`].

use std::sync::Arc;

use crate::domain::fields::{FieldKey, Known};
use crate::domain::ids::PersonId;
use crate::engine::questions::Rows;
use crate::ui::live::Live;
use crate::ui::scene::Scene;

/// Names that are told before 「等 n 人」.
const NAMED: usize = 6;

/// The people a dialog is about.
#[derive(Debug)]
pub struct People {
    pub ids: Vec<PersonId>,
    rows: Live<Rows>,
    fields: Arc<Vec<FieldKey>>,
}

impl People {
    pub fn new(ids: Vec<PersonId>) -> Self {
        let fields = Arc::new(vec![Known::Name.into(), Known::Branch.into()]);
        Self { ids, rows: Live::default(), fields }
    }

    /// Asks for the names that are told.
    pub fn ask(&mut self, scene: &Scene<'_>) {
        let ids = self.ids.iter().copied().take(NAMED).collect();
        let fields = Arc::clone(&self.fields);
        self.rows.ask(scene, Rows { ids, as_of: scene.today, fields, unmasked: false });
    }

    /// 「林秀英（局机关第一党支部）」, 「林秀英、马晓东 等 12 人」.
    pub fn words(&self) -> String {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        let cell = |place: usize| move |row: &crate::view::members::MemberRow| row.cells.get(place).cloned().flatten();
        match rows {
            [] => format!("{} 人", self.ids.len()),
            [one] => match (cell(0)(one).unwrap_or_default(), cell(1)(one)) {
                (name, Some(branch)) => format!("{name}（{branch}）"),
                (name, None) => name,
            },
            several => {
                let names: Vec<String> = several.iter().filter_map(cell(0)).collect();
                let more = if self.ids.len() > several.len() { " 等" } else { "，共" };
                format!("{}{more} {} 人", names.join("、"), self.ids.len())
            }
        }
    }
}
