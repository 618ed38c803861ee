//! 封面 of a pack for an inspection: which archives are in it, how they stand, what is masked and left out.

use crate::domain::checklists::Of;
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::print::table::{Orientation, RowWords, TableColumn, TableSection, TableSheet};
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::packs::{PackSummary, PackedList};

const WORDS: RowWords = RowWords { unit: "行", nothing: "没有档案清单" };
/// Of what is lacking so many are named; the index names all.
const MOST_NAMED: usize = 12;

pub(super) fn sheet(desk: &Desk, summary: &PackSummary, options: &FillOptions) -> Result<TableSheet> {
    let whose = Whose::now(desk, summary.scope, options.today)?;
    let section = |title: &str, rows| TableSection { title: Some(title.to_owned()), rows, ..TableSection::default() };
    let mut told: Vec<Vec<String>> =
        summary.told.iter().map(|told| vec![told.what.clone(), told.how.clone()]).collect();
    told.extend(lacking(summary));
    Ok(TableSheet {
        title: summary.title.clone(),
        frame: whose.frame(options),
        orientation: Orientation::Portrait,
        words: WORDS,
        narrowed: None,
        period: None,
        numbered: false,
        columns: vec![TableColumn::new("内容").left(), TableColumn::new("情况").left()],
        sections: vec![section("档案清单", lists(summary)), section("没有放入的和遮去的", told)],
        stands_for: None,
        notes: vec!["打开 index.html 看目录和文件；SHA256SUMS 用来核对文件有没有变动".to_owned()],
        masked: true,
    })
}

/// Each checklist of a year, and all members' files on one line.
fn lists(summary: &PackSummary) -> Vec<Vec<String>> {
    let is_of_year = |list: &&PackedList| matches!(list.of, Of::Year(_));
    let of_members: Vec<&PackedList> = summary.lists.iter().filter(|list| !is_of_year(list)).collect();
    let mut rows: Vec<Vec<String>> = summary.lists.iter().filter(is_of_year).map(list).collect();
    if !of_members.is_empty() {
        let files: usize = of_members.iter().map(|list| list.files).sum();
        let papers: usize = of_members.iter().map(|list| list.papers).sum();
        let what = format!("党员个人的档案清单 {} 份", of_members.len());
        rows.push(vec![what, format!("文件 {files} 个，纸质 {papers} 件")]);
    }
    rows
}

fn list(list: &PackedList) -> Vec<String> {
    let progress = list.progress;
    let states = format!(
        "有 {}，部分 {}，缺 {}，不适用 {}",
        progress.have, progress.partly, progress.missing, progress.not_applicable
    );
    vec![list.name.clone(), format!("{states}；文件 {} 个，纸质 {} 件", list.files, list.papers)]
}

/// Evidence that should be there and is not.
fn lacking(summary: &PackSummary) -> Vec<Vec<String>> {
    let row = |what: String, how: String| vec![what, how];
    let lacking = &summary.lacking;
    let named = lacking.iter().take(MOST_NAMED).map(|one| row(one.name.clone(), format!("{}：{}", one.place, one.why)));
    let more = lacking.len().saturating_sub(MOST_NAMED);
    let rest = (more > 0).then(|| row("别的文件".to_owned(), format!("还有 {more} 件没有放入，见 index.html")));
    named.chain(rest).collect()
}
