//! What comes in: a file is read into sheets, tables are found in them, and every cell is read by the field table.
//!
//! `source` opens a file and guards it, `csv`, `workbook` and `biff` make `sheets` of it; `headers`, `titles` and
//! `tables` find what stands where; `settle` and `person` read it; `reading` brings it together. Nothing is written
//! here. Start at [`read_roster`].

mod actual;
mod answers;
mod biff;
mod biff_records;

mod compound;
mod csv;
mod decode;
mod doubles;
pub(in crate::exchange) mod headers;
mod layout_file;
pub(in crate::exchange) mod layouts;
mod matching;
pub(in crate::exchange) mod merged;
mod opened;
mod package;
mod person;
mod picture;
mod plan;
mod reading;
mod recognised;
mod settle;
pub(in crate::exchange) mod sheets;
mod shifted;
pub(in crate::exchange) mod shown;
pub(in crate::exchange) mod source;
pub(in crate::exchange) mod tables;
mod titles;
mod values_alone;
mod workbook;

pub use actual::actual_json;
pub use answers::{Answers, Asked, asked};
pub use layout_file::{read_layouts, write_layouts};
pub use opened::Opened;
pub use picture::{Picture, RowLook};
pub use plan::{PlanOptions, plan};
pub use reading::{
    ColumnMeaning, Place, Question, RecognisedColumn, RosterKind, RosterReading, RosterRow, RowProblem, SkippedRow,
    Why, read_roster, understand,
};
pub use recognised::{RecognisedTable, Sureness, TableColumn};
