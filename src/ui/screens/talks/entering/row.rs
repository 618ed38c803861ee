//! Owns a row of 补录: what is written in it, the draft it makes, what is wrong with it.
//! Must never draw. Start at [`Row`].

use serde::{Deserialize, Serialize};

use crate::clock::Day;
use crate::domain::ids::PersonId;
use crate::domain::talks::{MODES, TalkDraft, TalkDraftField};
use crate::engine::questions::TalkNotices;
use crate::ui::dialogs::typed_date::{Yearless, read_typed};
use crate::ui::live::Live;
use crate::ui::scene::Scene;
use crate::ui::screens::talks::form::{Written, ask_notices};
use crate::ui::screens::talks::people_field::PeopleField;
use crate::view::talks::{Seat, TalkNotice, Writing};

/// A talk of one row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    pub held_on: String,
    pub talkers: Vec<Seat>,
    pub partners: Vec<Seat>,
    /// The code of its type.
    pub kind: String,
    pub topic: String,
}

/// What the fields of a row keep between frames.
#[derive(Debug, Default)]
pub struct RowFields {
    pub talkers: PeopleField,
    pub partners: PeopleField,
    notices: Live<TalkNotices>,
}

/// What the rows are read with.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    pub writing: &'a Writing,
    /// The year of a date without one.
    pub year: i16,
    pub today: Day,
}

impl Row {
    /// The first row, with who talked last.
    pub fn first(writing: &Writing) -> Self {
        let kind = writing.types.offered().next().map(|kind| kind.code.clone()).unwrap_or_default();
        Self { talkers: writing.last.talkers.clone(), kind, ..Self::default() }
    }

    /// The row after this one: the same talkers and type.
    pub fn next(&self) -> Self {
        Self { talkers: self.talkers.clone(), kind: self.kind.clone(), ..Self::default() }
    }

    /// Nothing was written in it; talkers and type come by themselves.
    pub fn is_blank(&self) -> bool {
        self.held_on.trim().is_empty() && self.partners.is_empty() && self.topic.trim().is_empty()
    }

    /// The day in ISO form, or why what is written is none.
    fn read_day(&self, around: &Around<'_>) -> Result<String, String> {
        read_typed(&self.held_on, Yearless::Of(around.year), around.today)
    }

    /// The draft of it.
    pub fn draft(&self, around: &Around<'_>) -> TalkDraft {
        self.written(around).draft(&around.writing.types, around.today)
    }

    /// It as the form of one talk has it.
    fn written(&self, around: &Around<'_>) -> Written {
        let held_on = self.read_day(around).unwrap_or_default();
        let mode = MODES[usize::from(self.partners.len() > 1)].to_owned();
        Written {
            ledger: around.writing.ledger,
            held_on,
            kind: self.kind.clone(),
            mode,
            talkers: self.talkers.clone(),
            partners: self.partners.clone(),
            topic: self.topic.clone(),
            ..Written::default()
        }
    }

    /// What the workbook makes one look at, once there are a day and people; it stops nothing.
    pub fn notices(&self, scene: &Scene<'_>, around: &Around<'_>, fields: &mut RowFields) -> Vec<TalkNotice> {
        let written = self.written(around);
        if self.is_blank() || written.date(around.today).is_none() {
            return Vec::new();
        }
        ask_notices(&mut fields.notices, scene, &written);
        fields.notices.current().cloned().unwrap_or_default()
    }

    /// What is wrong with it, in the order of the form.
    pub fn faults(&self, around: &Around<'_>, fields: Option<&RowFields>) -> Vec<(TalkDraftField, String)> {
        let name = |id: PersonId| {
            self.talkers.iter().chain(&self.partners).find(|seat| seat.person == Some(id)).map(|seat| seat.name.clone())
        };
        let checked = self.draft(around).check(&around.writing.types, None, around.today, name);
        let mut faults: Vec<(TalkDraftField, String)> =
            checked.err().into_iter().flatten().map(|fault| (fault.field, fault.why)).collect();
        if let (false, Err(why)) = (self.held_on.trim().is_empty(), self.read_day(around)) {
            faults.retain(|(field, _)| *field != TalkDraftField::HeldOn);
            faults.insert(0, (TalkDraftField::HeldOn, why));
        }
        let pending = fields.map(|fields| {
            [(TalkDraftField::Talkers, fields.talkers.pending()), (TalkDraftField::Partners, fields.partners.pending())]
        });
        for (field, text) in pending.into_iter().flatten() {
            if let Some(text) = text {
                faults.retain(|(other, _)| *other != field);
                faults.push((field, format!("“{text}”还没选定是谁")));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_only_has_what_comes_by_itself_is_blank() {
        let row = Row { talkers: vec![Seat::named("王芳")], kind: "T01".into(), ..Row::default() };
        assert!(row.is_blank());
        assert!(!Row { held_on: "3.20".into(), ..row.clone() }.is_blank());
        assert!(Row { held_on: "3.20".into(), topic: "谈心".into(), ..row }.next().is_blank());
    }
}
