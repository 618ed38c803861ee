//! JSON for programs: an array of objects, a line each; what has no value is left out, never `""` or `null`.

use std::fs::File;
use std::io::{BufWriter, Write as _};

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::{Column, Datum, Format};
use crate::problem::{Problem, Result};

pub(super) struct JsonSheet<'f> {
    writer: BufWriter<&'f mut File>,
    columns: &'f [Column],
    is_first: bool,
}

impl<'f> JsonSheet<'f> {
    pub fn begin(file: &'f mut File, columns: &'f [Column]) -> Result<Self> {
        let mut writer = BufWriter::with_capacity(1 << 16, file);
        writer.write_all(b"[")?;
        Ok(Self { writer, columns, is_first: true })
    }

    pub fn row(&mut self, cells: &[Datum<'_>]) -> Result<()> {
        self.writer.write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        let row = Row { columns: self.columns, cells };
        serde_json::to_writer(&mut self.writer, &row).map_err(|error| match error.io_error_kind() {
            Some(kind) => std::io::Error::from(kind).into(),
            None => Problem::fault(error.to_string()),
        })
    }

    pub fn end(mut self) -> Result<()> {
        self.writer.write_all(b"\n]\n")?;
        self.writer.flush()?;
        Ok(())
    }
}

struct Row<'r> {
    columns: &'r [Column],
    cells: &'r [Datum<'r>],
}

/// The values of extra fields.
struct Extras<'r>(&'r Row<'r>);

impl Row<'_> {
    fn filled(&self, extra: bool) -> impl Iterator<Item = (&Column, &Datum<'_>)> {
        self.columns.iter().zip(self.cells).filter(move |(column, cell)| {
            column.is_extra == extra && column.stands_in(Format::Json) && **cell != Datum::Nothing
        })
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, cell) in self.filled(false) {
            map.serialize_entry(&column.name, cell)?;
        }
        if self.filled(true).next().is_some() {
            map.serialize_entry("extra", &Extras(self))?;
        }
        map.end()
    }
}

impl Serialize for Extras<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.filled(true).map(|(column, cell)| (&column.label, cell)))
    }
}

impl Serialize for Datum<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Share(share) => serializer.serialize_f64(*share),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::List(items) => serializer.collect_seq(items),
            Self::Records(records) => serializer.collect_seq(records),
        }
    }
}
