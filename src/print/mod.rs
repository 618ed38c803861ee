//! PAPER: forms become pages, a PDF, preview pictures, and sheets in the printer.
//!
//! Knows nothing of threads or of the window: a form is plain data that [`fill`] takes from views, and everything it
//! needs, today included, is handed in. What a person typed reaches a template as data, never as markup.
//! Start at [`paper::compile`]: [`Form`] → [`paper::Paper`] → `pdf()` or `page_image()`.

pub mod archive_papers;
pub mod boxes;
pub mod cards;
pub mod coverage;
pub mod docx;
pub mod fill;
pub mod fit;
pub mod fonts;
pub mod frame;
pub mod installed;
pub mod names;
pub mod office;
pub mod paper;
pub mod printable;
pub mod printer;
mod sheet;
pub mod statistics;
mod statistics_halves;
pub mod summary;
mod summary_page;
pub mod table;
pub mod talk;
pub mod talk_papers;
pub mod thumbnails;
mod world;

#[cfg(test)]
mod coverage_tests;
#[cfg(test)]
mod docx_tests;
#[cfg(test)]
mod paper_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod talk_tests;

pub use archive_papers::{ArchiveAsk, CatalogueLayout, archive_form, pack_cover};
pub use coverage::CoverageSheet;
pub use docx::talks_docx;
pub use fill::{FillOptions, roster_ask, roster_of, summary_of};
pub use fonts::PaperFonts;
pub use frame::Frame;
pub use office::{Grouping, NameMarks, OfficeAsk, OfficeForm, Reach, office_form};
pub use paper::{Form, Paper, compile, compile_masked};
pub use statistics::{StatisticsSheet, statistics_of};
pub use summary::SummarySheet;
pub use table::TableSheet;
pub use talk::TalkSheet;
pub use talk_papers::{BlankSheet, Contents, Sheets, TalkAsk, TalkForm, talk_form};
