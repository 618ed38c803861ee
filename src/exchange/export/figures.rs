//! All figures of a scope as they go out, one a row: each with its value, its share, its definition.

use super::statistics::value_of;
use super::{Column, Datum, Take};
use crate::clock::Day;
use crate::domain::ids::OrganisationId;
use crate::domain::statistics::is_rest;
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::figures::{Figure, Figures, annual};

/// The figures (基本情况) of a scope on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureExport {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "数字", 40.0),
        Column::new("label", "项目", 32.0),
        Column::new("value", "数值", 10.0).number(),
        Column::new("unit", "单位", 6.0),
        Column::new("share", "占比", 9.0).number(),
        Column::new("definition", "口径", 60.0),
        Column::new("as_of", "截至", 12.0),
        Column::new("scope", "范围", 30.0),
    ]
}

impl FigureExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let all = annual(desk, self.scope, self.as_of)?;
        // Rows for what is not known only where somebody is in them.
        for figure in all.all.iter().filter(|figure| figure.value > 0 || !is_rest(&figure.label)) {
            take(&[
                Datum::text(&figure.name),
                Datum::text(&figure.label),
                value_of(figure),
                Datum::text(figure.unit),
                share(&all, figure).map_or(Datum::Nothing, Datum::Share),
                Datum::text(&figure.definition),
                Datum::owned(figure.as_of.to_string()),
                Datum::text(&figure.scope_name),
            ])?;
        }
        Ok(())
    }

    /// 「青禾县民政局党总支，截至 2026-11-24」
    pub(super) fn in_words(&self, desk: &Desk) -> String {
        format!("{}，截至 {}", desk.scope_name_on(self.scope, self.as_of), self.as_of)
    }
}

/// The part of its family, or of all members, 0…1; none for the total and for organisations.
fn share(all: &Figures, figure: &Figure) -> Option<f64> {
    let is_whole = figure.name == "党员.总数" || figure.reckoned.is_some();
    if !figure.name.starts_with("党员.") || is_whole {
        return None;
    }
    let whole: u64 = match figure.name.rsplit_once('.') {
        Some((family, _)) if family != "党员" => {
            let family = format!("{family}.");
            all.all.iter().filter(|other| other.name.starts_with(&family)).map(|other| other.value).sum()
        }
        _ => all.value("党员.总数"),
    };
    (whole > 0).then(|| figure.value as f64 / whole as f64)
}
