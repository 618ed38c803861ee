//! The list of members as it goes out: as filtered and sorted, with the columns that are asked for.

use super::{Column, Datum, Shown, Take};
/// A column of a list of members.
pub use crate::domain::conditions::Subject as MemberColumn;
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FIELDS, FieldKey, FieldKind, Known};
use crate::domain::ids::ExtraFieldId;
use crate::problem::{Problem, Result};
use crate::store::members::{ExtraField, extra_fields};
use crate::view::desk::Desk;
use crate::view::members::{ListAsk, each_row, list};

/// A list of members to hand out.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberExport {
    pub ask: ListAsk,
    /// Empty for every field, the user's own included.
    pub columns: Vec<MemberColumn>,
    /// ID numbers and phones in full.
    pub unmasked: bool,
}

impl MemberExport {
    pub(super) fn columns(&self, desk: &Desk) -> Result<Vec<Column>> {
        let extra = extra_fields(desk.reader())?;
        let mut columns = vec![Column::new("id", "编号", 22.0).only(Shown::Json)];
        for column in self.chosen(&extra) {
            match column {
                MemberColumn::Field(FieldKey::Extra(id)) => columns.push(extra_column(id, &extra)?),
                MemberColumn::Field(FieldKey::Known(key)) => {
                    columns.push(Column::new(key.spec().name, key.label(), width(key)));
                    if key == Known::Branch {
                        columns.push(Column::new("branch_id", "党支部编号", 22.0).only(Shown::Json));
                    }
                }
                computed => {
                    let width = match computed {
                        MemberColumn::Age | MemberColumn::Standing => 6.0,
                        MemberColumn::Missing => 30.0,
                        _ => 12.0,
                    };
                    columns.push(Column::new(&computed.name(), computed.label().unwrap_or_default(), width));
                }
            }
        }
        Ok(columns)
    }

    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let extra = extra_fields(desk.reader())?;
        let chosen = self.chosen(&extra);
        let keys: Vec<FieldKey> = chosen.iter().copied().filter_map(MemberColumn::field).collect();
        let people = list(desk, &self.ask)?.ids;
        each_row(desk, &people, self.ask.as_of, &keys, self.unmasked, |row| {
            let mut values = row.cells.iter();
            let date = |date: Option<PartialDate>| date.map_or(Datum::Nothing, |date| Datum::owned(date.to_string()));
            let number = |value: Option<u16>| value.map_or(Datum::Nothing, |value| Datum::Number(value.into()));
            let mut cells = vec![Datum::owned(row.id.to_string())];
            for column in &chosen {
                match column {
                    MemberColumn::Age => cells.push(number(row.age)),
                    MemberColumn::Standing => cells.push(number(row.standing_years)),
                    MemberColumn::StandingSince => cells.push(date(row.standing_since)),
                    MemberColumn::ProbationEnds => cells.push(date(row.probation_ends)),
                    MemberColumn::LastTalk => cells.push(date(row.last_talk)),
                    MemberColumn::Untalked => cells.push(number(row.untalked)),
                    MemberColumn::Missing => cells.push(Datum::optional(row.missing.as_deref())),
                    MemberColumn::Field(key) => {
                        let value = values.next().and_then(Option::as_deref);
                        let is_posts = *key == FieldKey::Known(Known::PartyPost);
                        cells.push(Datum::optional(if is_posts { row.posts_told.as_deref() } else { value }));
                        if *key == FieldKey::Known(Known::Branch) {
                            cells.push(row.branch.map_or(Datum::Nothing, |id| Datum::owned(id.to_string())));
                        }
                    }
                }
            }
            take(&cells)
        })
    }

    fn chosen(&self, extra: &[ExtraField]) -> Vec<MemberColumn> {
        if !self.columns.is_empty() {
            return self.columns.clone();
        }
        let known = FIELDS.iter().map(|field| FieldKey::Known(field.key));
        known.chain(extra.iter().map(|field| FieldKey::Extra(field.id))).map(MemberColumn::Field).collect()
    }
}

fn extra_column(id: ExtraFieldId, extra: &[ExtraField]) -> Result<Column> {
    let label = extra
        .iter()
        .find(|field| field.id == id)
        .map(|field| field.label.as_str())
        .ok_or_else(|| Problem::input("没有导出", "有一列是自定义字段，而它已经不在了").next("请重新选列"))?;
    Ok(Column { is_extra: true, ..Column::new(label, label, 14.0) })
}

pub(super) fn width(key: Known) -> f64 {
    match (key, key.spec().kind) {
        (Known::Name, _) => 10.0,
        (Known::Unit | Known::Branch | Known::School, _) => 26.0,
        (_, FieldKind::IdNumber) => 21.0,
        (_, FieldKind::Phone) => 15.0,
        (_, FieldKind::Date) => 12.0,
        (_, FieldKind::LongText) => 30.0,
        (_, FieldKind::Choice(_) | FieldKind::Nation | FieldKind::Money) => 11.0,
        (_, FieldKind::Text | FieldKind::Organisation) => 14.0,
    }
}
