//! What comes in: a file is read into sheets, tables are found in them, and every cell is read by the field table.
//!
//! `source` opens a file and guards it; `sheets` is what all kinds of files become; `headers` knows what a column
//! means; `reading` brings it together. Start at [`reading::read_roster`].

mod biff;
mod biff_records;
mod compound;
mod csv;
mod decode;
mod headers;
mod package;
mod sheets;
mod shown;
mod source;
mod workbook;
