//! 档案盒脊 and 备考表 of the boxes of a checklist: whose, of which year, kept how long, from which 件号 to which, where.
//! 盒号 is written by hand.

use crate::domain::checklists::{Numbering, Of, Retention};
use crate::print::boxes::{BoxLabel, BoxSheet};
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::problem::Result;
use crate::view::checklists::{ArchiveBox, Boxes, ChecklistBoard, boxes_of};
use crate::view::desk::Desk;

pub(super) fn sheet(desk: &Desk, board: &ChecklistBoard, what: &str, options: &FillOptions) -> Result<BoxSheet> {
    let Boxes { boxes, numbers, unnumbered } = boxes_of(desk, board)?;
    let whose = Whose::now(desk, Some(board.checklist.organisation), options.today)?;
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let fonds_name = numbers.as_ref().and_then(|numbers| numbers.fonds_name.clone());
    let head = Head {
        name: fonds_name.unwrap_or_else(|| board.keeper.clone()),
        numbering: numbers.as_ref().map_or(Numbering::Simple, |numbers| numbers.numbering),
        fonds: text(numbers.as_ref().and_then(|numbers| numbers.fonds.as_ref())),
        section: text(numbers.as_ref().and_then(|numbers| numbers.section.as_ref())),
        of: match board.checklist.of {
            Of::Year(year) => ("年度", year.to_string()),
            Of::Person(_) => ("姓名", board.whose.clone()),
        },
    };
    Ok(BoxSheet {
        title: what.to_owned(),
        frame: whose.frame(options),
        boxes: boxes.iter().map(|one| label(&head, one)).collect(),
        note: (unnumbered > 0).then(|| format!("有 {unnumbered} 件没有定保管期限，还没有件号，不在这些盒内")),
    })
}

/// What is the same on all boxes.
struct Head {
    name: String,
    numbering: Numbering,
    fonds: String,
    section: String,
    of: (&'static str, String),
}

fn label(head: &Head, one: &ArchiveBox) -> BoxLabel {
    let is_archive = head.numbering == Numbering::Archive;
    let mut names = vec![(if is_archive { "全宗名称" } else { "党组织" }, head.name.clone())];
    names.extend(one.category.clone().map(|category| ("类别", category)));
    let numbers = if is_archive {
        format!("{:04}—{:04}", one.first, one.last)
    } else {
        format!("{:03}—{:03}", one.first, one.last)
    };
    let mut fields = Vec::new();
    if is_archive {
        fields.push(("全宗号", head.fonds.clone()));
    }
    fields.push(head.of.clone());
    fields.push(("保管期限", one.retention.map(Retention::label).unwrap_or_default().to_owned()));
    if is_archive {
        fields.push(("机构（问题）", head.section.clone()));
    }
    fields.push(("起止件号", numbers));
    fields.push(("件数、页数", amount(one)));
    fields.push(("存放位置", one.place.clone().unwrap_or_default()));
    fields.push(("盒号", String::new()));
    BoxLabel { names, fields, about: about(one) }
}

/// 「12 件，36 页」; where pages are not told of all, of how many they are.
fn amount(one: &ArchiveBox) -> String {
    let pages = if one.uncounted < one.pieces { format!("，{} 页", one.pages) } else { String::new() };
    format!("{} 件{pages}", one.pieces)
}

fn about(one: &ArchiveBox) -> Vec<String> {
    let uncounted = match one.uncounted {
        0 => String::new(),
        count => format!("（其中 {count} 件没有记页数）"),
    };
    let mut about = vec![format!("本盒归档文件 {}{uncounted}。", amount(one))];
    if one.files > 0 {
        about.push(format!("同类另有电子文件 {} 件，存在附件库，不在盒内。", one.files));
    }
    about
}
