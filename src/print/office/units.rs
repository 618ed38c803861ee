//! 党组织和所在单位基本信息采集表: what the national form asks of each organisation and of the unit it stands in. No cell
//! stays blank: where nothing is told stands —.

use super::{OfficeAsk, empty_table};
use crate::domain::identity::masked_phone;
use crate::domain::organisations::Organisation;
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::print::table::{CellAlign, Orientation, RowWords, TableSection, TableSheet};
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::organisations::{TermLine, terms};

const CENTER: CellAlign = CellAlign::Center;
const LEFT: CellAlign = CellAlign::Left;
const WORDS: RowWords = RowWords { unit: "个党组织", nothing: "没有党组织" };

/// What stands where nothing is told.
const NOTHING: &str = "—";

pub(super) fn units_of(desk: &Desk, ask: &OfficeAsk, options: &FillOptions) -> Result<TableSheet> {
    let (scope, as_of) = (ask.list.scope, ask.list.as_of);
    let whose = Whose::on(desk, scope, as_of)?;
    let columns = [
        ("党组织名称", LEFT),
        ("书记", CENTER),
        ("联系人", CENTER),
        ("联系电话", CENTER),
        ("组织类别", CENTER),
        ("所在单位情况", CENTER),
        ("单位名称", LEFT),
        ("单位性质类别", CENTER),
        ("建立党组织情况", CENTER),
        ("统一社会信用代码", CENTER),
    ];
    let mut sheet = empty_table(whose.frame(options), ask, (Orientation::Landscape, WORDS), &columns);
    sheet.title = "党组织和所在单位基本信息采集表".to_owned();
    sheet.masked = !options.unmasked;
    sheet.notes.push("单位建立党组织情况由组织类别得出；没有登记的写“—”".to_owned());
    let rows = terms(desk, scope, as_of)?.iter().map(|line| row(line, options.unmasked)).collect();
    sheet.sections = vec![TableSection { rows, ..TableSection::default() }];
    Ok(sheet)
}

fn row(line: &TermLine, unmasked: bool) -> Vec<String> {
    let node: &Organisation = &line.organisation;
    let phone = node.phone.as_deref().map(|phone| if unmasked { phone.to_owned() } else { masked_phone(phone) });
    let kind =
        node.kind.code().map_or_else(|| node.kind.label().to_owned(), |code| format!("{} {code}", node.kind.label()));
    let cells = [
        Some(node.name.clone()),
        Some(line.secretary.clone()),
        node.contact.clone(),
        phone,
        Some(kind),
        node.unit_situation.clone(),
        node.unit.clone(),
        node.unit_kind.clone(),
        node.unit_organised().map(str::to_owned),
        node.unit_code.clone(),
    ];
    let filled = |cell: Option<String>| cell.filter(|text| !text.is_empty()).unwrap_or_else(|| NOTHING.to_owned());
    cells.map(filled).to_vec()
}
