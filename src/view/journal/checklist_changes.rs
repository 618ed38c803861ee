//! What an entry changed of checklists and evidence, in words.

use super::changes::ChangeLine;
use super::talk_changes;
use crate::domain::checklists::{
    ArchiveNumbers, Belongs, Checklist, ChecklistItem, Evidence, EvidenceKind, Numbering, Of, Owner, TemplateChange,
};
use crate::domain::ids::{ChecklistId, ChecklistItemId, RecordId};
use crate::store::reader::Row;
use crate::store::{Cell, Change, Table};
use crate::view::desk::Desk;

/// The name of a checklist or of an item that is there.
pub(super) fn name(desk: &Desk, record: RecordId) -> Option<String> {
    let item = || desk.reader().get::<ChecklistItem>(record).ok().flatten().map(|item| item.title);
    let list = || desk.reader().get::<Checklist>(record).ok().flatten().map(|list| checklist(desk, &list));
    item().or_else(list)
}

/// One line a row that is different; of an item one a value.
pub(super) fn lines(desk: &Desk, change: &Change) -> Vec<ChangeLine> {
    match change.table {
        Table::ChecklistItem => item_lines(desk, change),
        Table::Checklist => one(change, |row: Checklist| (String::new(), "档案清单", checklist(desk, &row))),
        Table::Template => one(change, |row: TemplateChange| {
            let template = &row.template;
            let stopped = if template.removed { "，停用" } else { "" };
            let count = template.each_item().len();
            (String::new(), "清单模板", format!("{}，第 {} 版，{count} 项{stopped}", template.title, template.version))
        }),
        Table::Evidence => one(change, |row: Evidence| (belongs(desk, row.belongs), "材料", evidence(&row))),
        Table::ArchiveNumbers => one(change, |row: ArchiveNumbers| {
            let node = desk.tree().get(row.organisation);
            (node.map_or_else(String::new, |node| node.shown_name().to_owned()), "档号规则", numbers(&row))
        }),
        _ => Vec::new(),
    }
}

/// A row that is told as a whole: whose it is, what it is, what it says.
fn one<R: Row>(change: &Change, tell: impl Fn(R) -> (String, &'static str, String)) -> Vec<ChangeLine> {
    let read = |row: &Option<Vec<Cell>>| row.clone().and_then(|row| R::from_cells(change.id, row).ok()).map(&tell);
    let (before, after) = (read(&change.before), read(&change.after));
    let Some((who, what, _)) = after.as_ref().or(before.as_ref()).cloned() else { return Vec::new() };
    let says = |told: Option<(String, &str, String)>| told.map(|(_, _, says)| says).unwrap_or_default();
    vec![ChangeLine { who, what: what.to_owned(), before: says(before), after: says(after) }]
}

fn item_lines(desk: &Desk, change: &Change) -> Vec<ChangeLine> {
    let read = |row: &Option<Vec<Cell>>| row.clone().and_then(|row| ChecklistItem::from_cells(change.id, row).ok());
    let (before, after) = (read(&change.before), read(&change.after));
    let Some(either) = after.as_ref().or(before.as_ref()) else { return Vec::new() };
    if before.is_none() || after.is_none() {
        let said = |item: Option<&ChecklistItem>| item.map(|item| item.title.clone()).unwrap_or_default();
        return vec![ChangeLine {
            who: of_checklist(desk, either.checklist),
            what: "清单项".to_owned(),
            before: said(before.as_ref()),
            after: said(after.as_ref()),
        }];
    }
    let (before, after) = (values(desk, before.as_ref()), values(desk, after.as_ref()));
    let different = LABELS.iter().zip(before.into_iter().zip(after)).filter(|(_, (before, after))| before != after);
    different
        .map(|(what, (before, after))| ChangeLine {
            who: either.title.clone(),
            what: (*what).to_owned(),
            before: talk_changes::shortened(&before),
            after: talk_changes::shortened(&after),
        })
        .collect()
}

const LABELS: [&str; 9] = ["内容", "标准", "自动来源", "保管期限", "状态", "原因", "责任人", "期限", "备注"];

/// The values in the order of [`LABELS`].
fn values(desk: &Desk, item: Option<&ChecklistItem>) -> [String; 9] {
    let Some(item) = item else { return std::array::from_fn(|_| String::new()) };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let owner = match &item.owner {
        None => String::new(),
        Some(Owner::Named(name)) => name.clone(),
        Some(Owner::Person(id)) => talk_changes::person(desk, *id),
    };
    [
        item.title.clone(),
        text(&item.standard),
        item.fill.as_ref().map_or("", |fill| fill.label()).to_owned(),
        item.retention.map_or("", |retention| retention.label()).to_owned(),
        item.state.map_or("自动", |state| state.label()).to_owned(),
        text(&item.reason),
        owner,
        item.due.map(|due| due.to_string()).unwrap_or_default(),
        text(&item.note),
    ]
}

fn checklist(desk: &Desk, row: &Checklist) -> String {
    match row.of {
        Of::Year(year) => {
            let node = desk.tree().get(row.organisation);
            format!("{} {year} 年{}", node.map_or("", |node| node.shown_name()), row.title)
        }
        Of::Person(person) => format!("{} 的{}", talk_changes::person(desk, person), row.title),
    }
}

fn of_checklist(desk: &Desk, id: ChecklistId) -> String {
    desk.reader().get::<Checklist>(id.0).ok().flatten().map(|row| checklist(desk, &row)).unwrap_or_default()
}

fn belongs(desk: &Desk, belongs: Belongs) -> String {
    let of_item = |id: ChecklistItemId| desk.reader().get::<ChecklistItem>(id.0).ok().flatten().map(|item| item.title);
    match belongs {
        Belongs::Item(id) => of_item(id).unwrap_or_default(),
        Belongs::Talk(id) => talk_changes::name(desk, id.0).unwrap_or_default(),
    }
}

fn evidence(row: &Evidence) -> String {
    let kind = match &row.kind {
        EvidenceKind::File { name, .. } => name.clone(),
        EvidenceKind::Paper { cabinet: None } => "纸质".to_owned(),
        EvidenceKind::Paper { cabinet: Some(cabinet) } => format!("纸质，{cabinet}"),
    };
    let pages = row.pages.map(|pages| format!("{pages} 页"));
    let draft = Some("非定稿".to_owned()).filter(|_| !row.is_final);
    let document = row.document.clone();
    let parts = [Some(row.title.clone()), Some(kind), document, pages, draft, row.remark.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

fn numbers(row: &ArchiveNumbers) -> String {
    let numbering = match row.numbering {
        Numbering::Archive => "档号（DA/T 22）",
        Numbering::Simple => "年度-类别号-件号",
    };
    let parts = [
        Some(numbering.to_owned()),
        row.fonds.as_ref().map(|fonds| format!("全宗号 {fonds}")),
        row.fonds_name.clone(),
        row.section.as_ref().map(|section| format!("机构（问题）{section}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}
