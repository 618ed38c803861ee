//! CSV as offices open it: UTF-8 with BOM, CRLF, RFC 4180, and the formula guard.

use std::fs::File;
use std::io::{BufWriter, Write as _};

use super::{Column, Datum, Format};
use crate::exchange::guard::guarded;
use crate::problem::{Problem, Result};

/// Without it the usual spreadsheet programs take UTF-8 for GBK.
const BOM: &str = "\u{feff}";

pub(super) struct CsvSheet<'f> {
    writer: csv::Writer<BufWriter<&'f mut File>>,
    /// Whether each column stands in this file.
    stands: Vec<bool>,
}

impl<'f> CsvSheet<'f> {
    pub fn begin(file: &'f mut File, columns: &[Column]) -> Result<Self> {
        let mut buffer = BufWriter::with_capacity(1 << 16, file);
        buffer.write_all(BOM.as_bytes())?;
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(buffer);
        let stands: Vec<bool> = columns.iter().map(|column| column.stands_in(Format::Csv)).collect();
        let heads = columns.iter().zip(&stands).filter(|(_, stands)| **stands);
        writer.write_record(heads.map(|(column, _)| guarded(&column.label).into_owned())).map_err(not_written)?;
        Ok(Self { writer, stands })
    }

    pub fn row(&mut self, cells: &[Datum<'_>]) -> Result<()> {
        for (cell, _) in cells.iter().zip(&self.stands).filter(|(_, stands)| **stands) {
            self.writer.write_field(guarded(&cell.shown()).as_bytes()).map_err(not_written)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(not_written)
    }

    pub fn end(self) -> Result<()> {
        let mut buffer = self.writer.into_inner().map_err(|error| Problem::from(error.into_error()))?;
        buffer.flush()?;
        Ok(())
    }
}

fn not_written(error: csv::Error) -> Problem {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Problem::fault(format!("{other:?}")),
    }
}
