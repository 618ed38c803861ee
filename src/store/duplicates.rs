//! Table `person`, as far as one person can be taken for another.

use super::reader::Reader;
use crate::domain::dates::PartialDate;
use crate::domain::duplicates::Likeness;
use crate::domain::ids::PersonId;
use crate::problem::Result;

const LIKENESSES: &str = "SELECT id, name, sex, id_number, birth, joined FROM person WHERE voided IS NULL ORDER BY id";
pub(super) const STATEMENTS: &[&str] = &[LIKENESSES];

/// Everybody who was not voided, in the order of ids.
pub fn likenesses(reader: Reader<'_>) -> Result<Vec<Likeness>> {
    let mut statement = reader.0.prepare_cached(LIKENESSES)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let date = |place: usize| -> rusqlite::Result<Option<PartialDate>> {
            Ok(row.get::<_, Option<i64>>(place)?.and_then(PartialDate::from_stored))
        };
        found.push(Likeness {
            id: PersonId(row.get(0)?),
            name: row.get(1)?,
            sex: row.get(2)?,
            id_number: row.get(3)?,
            birth: date(4)?,
            joined: date(5)?,
        });
    }
    Ok(found)
}
