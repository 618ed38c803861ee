//! What comes in: a file is read into sheets, tables are found in them, and every cell is read by the field table.
//!
//! `source` opens a file and guards it; `csv`, `workbook`, `biff`, `html` and `xml_workbook` make `sheets` of it;
//! `headers` (with `head_words`, `head_grammar`, `head_phrases`, `both_sides`), `titles`, `row_kinds` and `tables` find what stands
//! where, `kinds` tells what kind of list it is; `settle`, `record` and `person`, `organisations` or `talks` read it;
//! `reading` brings it together. `layouts` knows again what persons said of heads, `remarks` keeps what is no value,
//! `opened` and `picture` keep a file while somebody looks at it. `plan`, `plan_organisations` and `plan_talks` say what
//! would be written of it. `inspection` reads lists of what is to be checked. Nothing is written here. Start at
//! [`read_roster`].

mod actual;
mod answers;
mod biff;
mod biff_records;
mod both_sides;
mod by_values;
mod compound;
mod csv;
mod decode;
mod doubles;
mod head_grammar;
mod head_phrases;
pub(in crate::exchange) mod head_words;
pub(in crate::exchange) mod headers;
mod html;
mod html_formats;
mod html_table;
mod html_text;
mod html_tokens;
mod inspection;
mod kinds;
mod layout_file;
pub(in crate::exchange) mod layouts;
mod markup;
mod matching;
pub(in crate::exchange) mod merged;
pub(in crate::exchange) mod noted;
mod opened;
mod organisations;
mod package;
mod person;
mod picture;
mod plan;
mod plan_organisations;
mod plan_talks;
mod reading;
pub(in crate::exchange) mod recognised;
mod record;
mod remarks;
mod row_kinds;
mod settle;
pub(in crate::exchange) mod sheets;
mod shifted;
pub(in crate::exchange) mod shown;
mod side_by_side;
pub(in crate::exchange) mod source;
mod steps;
pub(in crate::exchange) mod tables;
mod talks;
mod titles;
mod workbook;
mod xml_workbook;

pub use actual::actual_json;
pub use answers::{Answers, Asked, KEEP, NEW_BRANCH, asked, asked_of_others};
pub use inspection::{ColumnUse, Corrections, InspectionList, ListColumn, UnderstoodList};
pub use layout_file::{read_layouts, write_layouts};
pub use opened::Opened;
pub use picture::{Picture, RowLook};
pub use plan::{PlanOptions, plan};
pub use plan_talks::place_of_column;
pub use reading::{
    Kept, Listed, Place, Question, RosterKind, RosterReading, RosterRow, RowProblem, SkippedRow, Why, read_roster,
    understand,
};
pub use recognised::{ColumnMeaning, RecognisedColumn, RecognisedTable, Sureness, TableColumn};
