//! Whether a workbook is sound (检查): file, references, journal chain, and figures counted a second way.

use super::desk::Desk;
use super::figures::{Figures, annual};
use crate::clock::Day;
use crate::domain::statistics::Feature;
use crate::problem::Result;
use crate::store::members::each_file;

/// Everything that is wrong, in sentences; empty where all is well.
pub fn findings(desk: &Desk, as_of: Day) -> Result<Vec<String>> {
    let mut found = desk.connection().findings()?;
    let figures = annual(desk, None, as_of)?;
    found.extend(sums(&figures));
    let mut counted = 0;
    each_file(desk.reader(), |file| {
        counted += u64::from(file.is_member_on(as_of));
        Ok(())
    })?;
    let total = figures.value("党员.总数");
    if counted != total {
        found.push(format!("数字核对：逐人重数有党员 {counted} 人，而“党员.总数”是 {total}"));
    }
    Ok(found)
}

/// Parts that do not add up to their whole.
fn sums(figures: &Figures) -> Vec<String> {
    let bands = |feature: Feature| figures.family(feature).map(|figure| figure.value).sum::<u64>();
    let both = figures.value("党员.正式") + figures.value("党员.预备");
    let features = Feature::ANNUAL.into_iter().map(|feature| {
        let whole = if feature.counts_everybody() { "党员.总数" } else { "党员.正式" };
        (feature.name(), bands(feature), whole)
    });
    features
        .chain([("正式、预备", both, "党员.总数")])
        .filter(|(_, sum, whole)| *sum != figures.value(whole))
        .map(|(what, sum, whole)| format!("数字核对：{what}各项合计 {sum}，而“{whole}”是 {}", figures.value(whole)))
        .collect()
}
