//! Questions about what the workbook keeps beside its people: settings, filters, forms, parked drafts.

use super::SETTINGS;
use crate::domain::import_layout::ImportLayout;
use crate::domain::upper_form::UpperForm;
use crate::engine::Question;
use crate::problem::Result;
use crate::store::Areas;
use crate::view::desk::Desk;
use crate::view::saved_filters::{self, NamedFilter};
use crate::view::settings::{self, WorkbookSettings};

/// The filters that are kept under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedFilters;

impl Question for SavedFilters {
    type Answer = Vec<NamedFilter>;
    const USES: Areas = SETTINGS;
    fn answer(&self, desk: &Desk) -> Result<Vec<NamedFilter>> {
        saved_filters::all(desk)
    }
}

/// The forms of upper offices that the workbook remembers.
#[derive(Debug, Clone, PartialEq)]
pub struct UpperForms;

impl Question for UpperForms {
    type Answer = Vec<UpperForm>;
    const USES: Areas = SETTINGS;
    fn answer(&self, desk: &Desk) -> Result<Vec<UpperForm>> {
        crate::exchange::export::remembered(desk)
    }
}

/// What the workbook remembers of the columns of lists.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportLayouts;

impl Question for ImportLayouts {
    type Answer = Vec<ImportLayout>;
    const USES: Areas = SETTINGS;
    fn answer(&self, desk: &Desk) -> Result<Vec<ImportLayout>> {
        crate::store::settings::import_layouts(desk.reader())
    }
}

/// The workbook's settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings;

impl Question for Settings {
    type Answer = WorkbookSettings;
    const USES: Areas = SETTINGS;
    fn answer(&self, desk: &Desk) -> Result<WorkbookSettings> {
        settings::read(desk)
    }
}

/// A draft that was parked under this name, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct ParkedDraft {
    pub name: String,
}

impl Question for ParkedDraft {
    type Answer = Option<serde_json::Value>;
    const USES: Areas = Areas::NONE;
    fn answer(&self, desk: &Desk) -> Result<Option<serde_json::Value>> {
        crate::store::side::draft(desk.connection().path(), &self.name)
    }
}
