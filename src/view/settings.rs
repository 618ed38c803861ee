//! What the workbook itself is told.

use super::desk::Desk;
use crate::problem::Result;
use crate::store::settings;

/// The settings of a workbook, empty where never set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkbookSettings {
    /// 名称
    pub title: String,
    /// 填报单位, empty for the organisation's own name.
    pub reporting_unit: String,
    /// 制表人
    pub prepared_by: String,
    /// 审核人
    pub checked_by: String,
    /// Every print carries 练习.
    pub practice: bool,
}

/// Reads them.
pub fn read(desk: &Desk) -> Result<WorkbookSettings> {
    let value = |name| settings::value(desk.reader(), name);
    Ok(WorkbookSettings {
        title: value(settings::TITLE)?,
        reporting_unit: value(settings::REPORTING_UNIT)?,
        prepared_by: value(settings::PREPARED_BY)?,
        checked_by: value(settings::CHECKED_BY)?,
        practice: settings::is_practice(desk.reader())?,
    })
}
