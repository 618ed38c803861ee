//! Who may be recorded twice as it goes out: a row for each pair.

use super::{Column, Datum, Shown, Take};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::duplicates::Sureness;
use crate::domain::identity::masked;
use crate::domain::ids::OrganisationId;
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::duplicates::{Party, Whose, duplicates};

/// The pairs of whom one at least is in the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuplicateExport {
    pub scope: Option<OrganisationId>,
    pub as_of: Day,
    /// Identity numbers in full.
    pub unmasked: bool,
}

pub(super) fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::new("sureness", "把握代号", 10.0).only(Shown::Json),
        Column::new("sureness_label", "把握", 10.0).only(Shown::Sheets),
        Column::new("reason", "理由", 36.0),
        Column::new("against", "不符之处", 24.0),
    ];
    for (name, label) in [("first", "甲"), ("second", "乙")] {
        let column = |part: &str, word: &str, width| {
            Column::new(&format!("{name}_{part}"), &format!("{word}（{label}）"), width)
        };
        columns.extend([
            column("id", "编号", 22.0).only(Shown::Json),
            column("name", "姓名", 12.0),
            column("branch", "党支部", 28.0),
            column("id_number", "公民身份号码", 21.0),
            column("birth", "出生日期", 12.0),
            column("joined", "入党时间", 12.0),
        ]);
    }
    columns
}

impl DuplicateExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        for line in duplicates(desk, self.scope, Whose::All, self.as_of)?.pairs {
            let sureness = match line.pair.sureness {
                Sureness::Sure => "sure",
                Sureness::Likely => "likely",
                Sureness::Doubtful => "doubtful",
            };
            let mut cells = vec![
                Datum::text(sureness),
                Datum::text(line.pair.sureness.label()),
                Datum::owned(line.pair.reason()),
                Datum::List(line.pair.against.clone()),
            ];
            for party in [&line.first, &line.second] {
                cells.extend(self.cells(party));
            }
            take(&cells)?;
        }
        Ok(())
    }

    fn cells<'p>(&self, party: &'p Party) -> [Datum<'p>; 6] {
        let date = |date: Option<PartialDate>| date.map_or(Datum::Nothing, |date| Datum::owned(date.to_string()));
        let number = party.likeness.id_number.as_deref().map(|number| match self.unmasked {
            true => Datum::text(number),
            false => Datum::owned(masked(number)),
        });
        [
            Datum::owned(party.id.to_string()),
            Datum::text(&party.name),
            Datum::text(&party.branch_name),
            number.unwrap_or(Datum::Nothing),
            date(party.likeness.birth),
            date(party.likeness.joined),
        ]
    }

    pub(super) fn in_words(&self, desk: &Desk) -> String {
        format!("{}，截至 {}", desk.scope_name(self.scope), self.as_of)
    }
}
