//! Inspection lists as offices send them, each written as a spreadsheet, as a document and as what is pasted: whatever
//! form it comes in, it is understood as the same items.
//!
//! The lists stand in `tests/data/inspection`: `=` before a line outside the table, `|` between cells, `^` and `<` for
//! cells that are one with the one above and the one at the left; below `---` what is understood.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use branchdesk::exchange::import::{ColumnUse, Corrections, InspectionList, UnderstoodList};
use branchdesk::progress::Progress;
use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow, VMergeType};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};

use crate::support::program::Program;

/// A list, and what is to be understood of it.
struct Case {
    name: String,
    forms: Vec<String>,
    lines: Vec<Line>,
    title: Option<String>,
    items: Vec<String>,
    remarks: Vec<String>,
}

enum Line {
    Text(String),
    Row(Vec<String>),
}

impl Case {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a list");
        let (list, expected) = text.split_once("---\n").expect("what is understood");
        let mut forms: Vec<String> = ["xlsx", "docx", "paste"].map(str::to_owned).to_vec();
        let mut lines = Vec::new();
        for line in list.lines() {
            if let Some(told) = line.strip_prefix("forms: ") {
                forms = told.split(' ').map(str::to_owned).collect();
            } else if let Some(text) = line.strip_prefix("= ") {
                lines.push(Line::Text(text.to_owned()));
            } else {
                lines.push(Line::Row(line.split('|').map(|cell| cell.trim().to_owned()).collect()));
            }
        }
        let of = |mark: &str| expected.lines().filter_map(|line| line.strip_prefix(mark)).map(str::to_owned).collect();
        let is_item = |line: &&str| !line.starts_with("# ") && !line.starts_with("! ") && !line.is_empty();
        Self {
            name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
            forms,
            lines,
            title: expected.lines().find_map(|line| line.strip_prefix("# ")).map(str::to_owned),
            items: expected.lines().filter(is_item).map(str::to_owned).collect(),
            remarks: of("! "),
        }
    }

    fn width(&self) -> usize {
        let width = |line: &Line| match line {
            Line::Row(cells) => cells.len(),
            Line::Text(_) => 1,
        };
        self.lines.iter().map(width).max().unwrap_or(1)
    }

    /// The cells at and right of a place that are one, and those below.
    fn reach(&self, at: usize, column: usize) -> (usize, usize) {
        let row = |at: usize| match self.lines.get(at) {
            Some(Line::Row(cells)) => Some(cells),
            _ => None,
        };
        let right = row(at).map_or(0, |cells| cells[column + 1..].iter().take_while(|cell| *cell == "<").count());
        let below =
            (at + 1..).take_while(|at| row(*at).is_some_and(|cells| cells.get(column).is_some_and(|cell| cell == "^")));
        (right, below.count())
    }

    fn write_xlsx(&self, path: &Path) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let plain = Format::new();
        for (at, line) in self.lines.iter().enumerate() {
            let row = u32::try_from(at).expect("small");
            let column = |column: usize| u16::try_from(column).expect("small");
            match line {
                Line::Text(text) if self.width() > 1 => {
                    sheet.merge_range(row, 0, row, column(self.width() - 1), text, &plain).expect("merged");
                }
                Line::Text(text) => drop(sheet.write_string(row, 0, text).expect("written")),
                Line::Row(cells) => {
                    for (place, text) in
                        cells.iter().enumerate().filter(|(_, text)| !["^", "<", ""].contains(&text.as_str()))
                    {
                        let (right, below) = self.reach(at, place);
                        if right + below > 0 {
                            let last = row + u32::try_from(below).expect("small");
                            sheet
                                .merge_range(row, column(place), last, column(place + right), text, &plain)
                                .expect("merged");
                        } else {
                            sheet.write_string(row, column(place), text).expect("written");
                        }
                    }
                }
            }
        }
        workbook.save(path).expect("saved");
    }

    fn write_docx(&self, path: &Path) {
        let paragraph = |text: &str| Paragraph::new().add_run(Run::new().add_text(text));
        let mut document = Docx::new();
        let mut rows: Vec<TableRow> = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            match line {
                Line::Text(text) => {
                    if !rows.is_empty() {
                        document = document.add_table(Table::new(std::mem::take(&mut rows)));
                    }
                    document = document.add_paragraph(paragraph(text));
                }
                Line::Row(cells) => {
                    let mut row = Vec::new();
                    for (place, text) in cells.iter().enumerate().filter(|(_, text)| *text != "<") {
                        let (right, below) = self.reach(at, place);
                        let shown = if text == "^" { "" } else { text };
                        let mut cell = TableCell::new().add_paragraph(paragraph(shown));
                        if right > 0 {
                            cell = cell.grid_span(right + 1);
                        }
                        if text == "^" {
                            cell = cell.vertical_merge(VMergeType::Continue);
                        } else if below > 0 {
                            cell = cell.vertical_merge(VMergeType::Restart);
                        }
                        row.push(cell);
                    }
                    rows.push(TableRow::new(row));
                }
            }
        }
        if !rows.is_empty() {
            document = document.add_table(Table::new(rows));
        }
        document.build().pack(fs::File::create(path).expect("a file")).expect("a document");
    }

    /// As a spreadsheet or Word puts it on the clipboard: of cells that are one only the first has the text.
    fn pasted(&self) -> String {
        let width = self.width();
        let line = |line: &Line| match line {
            Line::Text(text) => format!("{text}{}", "\t".repeat(width - 1)),
            Line::Row(cells) => {
                let shown = cells.iter().map(|cell| if ["^", "<"].contains(&cell.as_str()) { "" } else { cell });
                shown.collect::<Vec<_>>().join("\t")
            }
        };
        self.lines.iter().map(line).collect::<Vec<_>>().join("\r\n")
    }

    fn open(&self, form: &str, folder: &Path) -> InspectionList {
        let path = folder.join(format!("检查.{form}"));
        match form {
            "xlsx" => self.write_xlsx(&path),
            "docx" => self.write_docx(&path),
            _ => return InspectionList::pasted(&self.pasted()).expect("a list"),
        }
        InspectionList::file(&path, &Progress::default()).expect("a list")
    }
}

fn outline(understood: &UnderstoodList) -> Vec<String> {
    let line = |line: &branchdesk::domain::checklists::TemplateLine| {
        let standard = line.item.standard.as_ref().map(|text| format!(" | {}", text.replace('\n', "；")));
        let retention = line.item.retention.map(|retention| format!(" [{}]", retention.label()));
        let indent = "  ".repeat(line.depth);
        format!("{indent}{}{}{}", line.item.title, standard.unwrap_or_default(), retention.unwrap_or_default())
    };
    understood.lines.all().iter().map(line).collect()
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/inspection");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the lists").map(|entry| entry.expect("a list").path()).collect();
    paths.sort();
    paths.iter().map(|path| Case::read(path)).collect()
}

#[test]
fn lists_of_every_shape_are_understood_in_every_form_they_come_in() {
    let cases = cases();
    assert!(cases.len() >= 12);
    let mut wrong = Vec::new();
    for case in &cases {
        for form in &case.forms {
            let folder = tempfile::tempdir().expect("a folder");
            let understood = case.open(form, folder.path()).understand(&Corrections::new());
            let at = format!("{} as {form}", case.name);
            if outline(&understood) != case.items {
                wrong.push(format!("{at}:\n{}\nnot\n{}", outline(&understood).join("\n"), case.items.join("\n")));
            }
            if case.title.as_ref().is_some_and(|title| *title != understood.title) {
                wrong.push(format!("{at}: called {}", understood.title));
            }
            for remark in
                case.remarks.iter().filter(|remark| !understood.remarks.iter().any(|told| told.contains(*remark)))
            {
                wrong.push(format!("{at}: “{remark}” is not told, but {:?}", understood.remarks));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn nothing_that_stands_in_a_list_is_dropped_in_silence() {
    for case in cases() {
        for form in &case.forms {
            let folder = tempfile::tempdir().expect("a folder");
            let understood = case.open(form, folder.path()).understand(&Corrections::new());
            let mut told = format!("{}{}{:?}", understood.title, outline(&understood).join(""), understood.remarks);
            told.extend(understood.columns.iter().map(|column| column.head.clone()));
            let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '…').collect::<String>();
            let told = plain(&told);
            let cells = case.lines.iter().flat_map(|line| match line {
                Line::Text(text) => vec![text.clone()],
                Line::Row(cells) => cells.clone(),
            });
            for cell in cells.filter(|cell| !["^", "<"].contains(&cell.as_str())) {
                // Numbers of rows and of headings are the order of the items.
                let words = cell.trim_start_matches(|c: char| "一二三四五六七八九十0123456789、.（）()：:".contains(c));
                for piece in words.split(['：', '。']) {
                    let piece: String = plain(piece).chars().take(30).collect();
                    assert!(told.contains(&piece), "{} as {form}: “{piece}” is lost", case.name);
                }
            }
        }
    }
}

#[test]
fn a_column_that_was_taken_for_something_else_is_corrected() {
    let list =
        InspectionList::pasted("责任人\t检查内容\t分值\r\n书记\t讲党课\t10\r\n委员\t谈心谈话\t5\r\n").expect("a list");
    let first = list.understand(&Corrections::new());
    assert_eq!(outline(&first), ["讲党课 | 责任人：书记；分值：10", "谈心谈话 | 责任人：委员；分值：5"]);
    let told = BTreeMap::from([((0, 0), ColumnUse::Category), ((0, 2), ColumnUse::Unused)]);
    let then = list.understand(&told);
    assert_eq!(outline(&then), ["书记", "  讲党课", "委员", "  谈心谈话"]);
    assert_eq!(then.remarks, ["“分值”栏没有采用"], "what is left out is told");
}

#[test]
fn codes_of_the_list_are_kept_where_each_names_one_item() {
    let codes = |text: &str| {
        let understood = InspectionList::pasted(text).expect("a list").understand(&Corrections::new());
        understood.lines.all().iter().map(|line| line.item.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes("编号\t项目\t标准\nA-1\t有场所\t固定\nA-2\t有党旗\t规范"), ["A-1", "A-2"]);
    assert_eq!(codes("编号\t项目\t标准\n1\t有场所\t固定\n1\t有党旗\t规范"), ["", ""], "given twice it names nothing");
}

#[test]
fn what_is_no_list_says_what_to_do() {
    let refused = InspectionList::pasted(" \r\n\t").expect_err("nothing");
    assert_eq!(refused.happened, "剪贴板里没有文字");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("检查.pdf");
    fs::write(&path, b"%PDF-1.7").expect("written");
    let refused = InspectionList::file(&path, &Progress::default()).expect_err("no list");
    assert_eq!(refused.title, "没有读出清单");
    assert!(refused.next.contains("docx") && !refused.next.contains("花名册"), "{}", refused.next);
    let long = "项目\t标准\n".repeat(6_000);
    assert!(InspectionList::pasted(&long).expect_err("too long").happened.contains("6000 行"));
}

#[test]
fn a_list_becomes_a_template_from_the_command_line_and_what_goes_out_comes_in_again() {
    let program = Program::with_workbook();
    program.write("督查.csv", "类别,检查内容,要求\n组织,班子名单,有分工\n组织,换届,按期\n合计,2,\n");
    let call = |more: &[&str]| {
        let all = ["template", "督查.csv", "--workbook", "支部.bdk", "--operator", "李敏"];
        program.well(&all.iter().chain(more).copied().collect::<Vec<_>>())
    };
    let told = call(&["--dry-run"]);
    assert!(told.starts_with("组织\n  班子名单：有分工\n  换届：按期\n"), "{told}");
    assert!(told.contains("“合计 2”没有当作项"), "{told}");
    assert_eq!(call(&["--title", "年度督查"]).lines().next(), Some("新建清单模板：年度督查：3 项"));
    let templates = || -> Vec<Value> {
        program.well(&["export", "templates", "--workbook", "支部.bdk", "--out", "模板.json", "--force"]);
        serde_json::from_str(&program.read("模板.json")).expect("JSON")
    };
    let of = |title: &str| templates().into_iter().find(|template| template["title"] == title).expect("the template");
    let own = of("年度督查");
    assert_eq!((&own["code"], &own["version"]), (&json!("U01"), &json!(1)));
    assert_eq!(own["items"][0]["parts"][1]["code"], "01.2");
    let mut items = own["items"].clone();
    program.apply(json!([{ "do": "set_template", "code": "U01", "items": items }]));
    assert_eq!(of("年度督查")["version"], 1, "the same is no new version");
    items[0]["parts"][1]["standard"] = json!("任期届满按时换届");
    program.apply(json!([{ "do": "set_template", "code": "U01", "items": items }]));
    assert_eq!(of("年度督查")["version"], 2);
    assert_eq!(of("年度督查")["items"], items);
}
