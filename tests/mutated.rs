//! Thousands of damaged and malicious files in every format: each ends in a reading or in a sentence, soon, and never in
//! a panic.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use branchdesk::clock::Day;
use branchdesk::exchange::import::{RosterReading, read_roster};
use branchdesk::problem::Result;
use branchdesk::progress::Progress;
use rust_xlsxwriter::{Format, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const TODAY: Day = Day::constant(2026, 11, 24);
/// How many changed files are made of each.
const EACH: usize = 400;
/// A file that makes the program hang takes longer than this on any machine, however busy.
const HANGS: Duration = Duration::from_secs(30);

/// The same changes at every run: a linear congruence, constants of Knuth.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn range(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let start = self.below(bytes.len());
        let length = 1 << self.below(9);
        start..(start + self.below(length) + 1).min(bytes.len())
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        const PIECES: &[&[u8]] = &[
            b"<",
            b">",
            b"\"",
            b"\n",
            b"&#",
            b"&#99999999;",
            b"<!--",
            b"]]>",
            b"\0",
            b"\xff\xfe",
            b"\xff\xff\xff\xff",
            b"<table><tr><td>",
            b"</table>",
            b"<td rowspan=65534 colspan=1000>",
            b" rowspan=0",
            b" ss:Index=\"4294967295\"",
            b" ss:MergeDown=\"4294967295\" ss:MergeAcross=\"4294967295\"",
            b" x:num=\"1e308\"",
            b"1899-12-31T00:00:00",
            b"9999999999999999999999",
        ];
        let range = self.range(bytes);
        match self.below(8) {
            0 => bytes.truncate(range.start),
            1 => drop(bytes.drain(range)),
            2 => {
                let copy = bytes[range].to_vec();
                let at = self.below(bytes.len());
                bytes.splice(at..at, copy);
            }
            3 | 4 => {
                let piece = PIECES[self.below(PIECES.len())];
                let end = if self.below(2) == 0 { range.start } else { range.end };
                bytes.splice(range.start..end, piece.iter().copied());
            }
            _ => {
                if let Some(byte) = bytes.get_mut(range.start) {
                    *byte = self.below(256) as u8;
                }
            }
        }
    }
}

/// A file on the disk that is written anew for each try.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn read(&self, bytes: &[u8]) -> Result<RosterReading> {
        let path = self.folder.path().join("改动.xls");
        fs::write(&path, bytes).expect("a file");
        read_roster(&path, TODAY, &Progress::default())
    }

    /// Reads a file that may be anything; `what` says which one it was.
    fn ends_well(&self, bytes: &[u8], what: &str) {
        let begun = Instant::now();
        let reading = catch_unwind(AssertUnwindSafe(|| self.read(bytes))).unwrap_or_else(|_| panic!("panic: {what}"));
        let taken = begun.elapsed();
        assert!(taken < HANGS, "{what} took {taken:?}");
        if let Err(problem) = reading {
            assert!(!problem.happened.is_empty() && !problem.next.is_empty(), "{what}: {problem}");
        }
    }

    fn refuses(&self, bytes: &[u8], word: &str) {
        let problem = self.read(bytes).expect_err(word);
        assert!(problem.happened.contains(word), "{word}: {problem}");
        self.ends_well(bytes, word);
    }
}

const HEADS: [&str; 6] = ["姓名", "性别", "出生年月", "入党时间", "身份证号", "所在支部"];
const PEOPLE: [[&str; 6]; 3] = [
    ["张三", "男", "1980-05", "2001.07", "110000198005010012", "机关党支部"],
    ["李　四", "女", "29403", "2003年7月1日", "11000019810501002X", ""],
    ["王五", "男", "1979.1", "#REF!", "", "〃"],
];

fn csv(separator: char) -> String {
    let rows = [HEADS].into_iter().chain(PEOPLE).map(|row| row.join(&separator.to_string()));
    format!("机关党支部党员花名册\r\n{}\r\n共3人\r\n", rows.collect::<Vec<_>>().join("\r\n"))
}

fn page() -> String {
    let rows = [HEADS]
        .into_iter()
        .chain(PEOPLE)
        .map(|row| format!("<tr><td x:num>{}</td></tr>\n", row.join("</td><td class=a>")));
    format!(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><meta charset=gb2312><style>.a{{mso-number-format:\"\\@\"}}</style>\
         <body><h3>花名册</h3><table><tr><td colspan=6>机关党支部&nbsp;党员<br>花名册</td></tr>{}<tr><td rowspan=2>合计</td></tr></table></body></html>",
        rows.collect::<String>()
    )
}

fn xml_workbook() -> String {
    let cell = |text: &&str| format!("<Cell ss:StyleID=\"d\"><Data ss:Type=\"String\">{text}</Data></Cell>");
    let row = |row: [&str; 6]| format!("<Row>{}</Row>\n", row.iter().map(cell).collect::<String>());
    format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
         <Styles><Style ss:ID=\"d\"><NumberFormat ss:Format=\"yyyy\\-mm\"/></Style></Styles><Worksheet ss:Name=\"党员\"><Table>\
         {}<Row ss:Index=\"6\"><Cell ss:Index=\"3\" ss:StyleID=\"d\" ss:MergeDown=\"2\"><Data ss:Type=\"DateTime\">1980-05-01T00:00:00.000</Data></Cell>\
         <Cell><Data ss:Type=\"Number\">29403</Data></Cell></Row></Table></Worksheet></Workbook>",
        [HEADS].into_iter().chain(PEOPLE).map(row).collect::<String>()
    )
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (number, row) in [HEADS].into_iter().chain(PEOPLE).enumerate() {
        for (column, text) in row.iter().enumerate() {
            sheet.write(number as u32 + 1, column as u16, *text).expect("a cell");
        }
    }
    let month = Format::new().set_num_format("yyyy.mm");
    sheet.merge_range(0, 0, 0, 5, "机关党支部党员花名册", &month).expect("a title");
    sheet.write_with_format(4, 2, 29_403, &month).expect("a date");
    book.save_to_buffer().expect("a workbook")
}

fn kept(name: &str) -> Vec<u8> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters").join(name);
    fs::read(path).expect("a roster")
}

#[test]
fn changed_files_of_every_format_end_in_a_reading_or_a_sentence() {
    let utf_16 = csv('\t').encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let seeds = [
        ("csv", csv(',').into_bytes()),
        ("csv in GB 18030", gb18030(&csv(';'))),
        ("text in UTF-16", [b"\xff\xfe".to_vec(), utf_16].concat()),
        ("page", gb18030(&page())),
        ("XML workbook", xml_workbook().into_bytes()),
        ("xls", kept("09-biff8.xls")),
        ("xlsx", workbook()),
    ];
    let desk = Desk::new();
    let mut chance = Chance(1);
    for (name, seed) in &seeds {
        let whole = desk.read(seed).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        assert!(whole.rows.len() >= 3, "{name} is a roster: {whole:?}");
        for nth in 0..EACH {
            let mut bytes = seed.clone();
            for _ in 0..=chance.below(6) {
                chance.change(&mut bytes);
            }
            desk.ends_well(&bytes, &format!("{name}, change {nth}"));
        }
    }
}

#[test]
fn a_workbook_with_changed_parts_ends_in_a_reading_or_a_sentence() {
    let mut archive = ZipArchive::new(Cursor::new(workbook())).expect("a package");
    let parts: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("a part");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("its bytes");
            (part.name().expect("a name").into_owned(), bytes)
        })
        .collect();
    let desk = Desk::new();
    let mut chance = Chance(2);
    for nth in 0..EACH {
        let changed = chance.below(parts.len());
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (index, (name, bytes)) in parts.iter().enumerate() {
            let mut bytes = bytes.clone();
            if index == changed {
                (0..=chance.below(6)).for_each(|_| chance.change(&mut bytes));
            }
            let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            writer.start_file(name.as_str(), stored).expect("a part");
            writer.write_all(&bytes).expect("its bytes");
        }
        let bytes = writer.finish().expect("a package").into_inner();
        desk.ends_well(&bytes, &format!("{}, change {nth}", parts[changed].0));
    }
}

#[test]
fn pages_and_xml_that_mean_harm_end_soon() {
    let desk = Desk::new();
    let many = |piece: &str, times: usize| piece.repeat(times);
    let page = |inside: &str| format!("<html><body>{inside}</body></html>").into_bytes();
    desk.refuses(&page(&many("<div>", 200_000)), "没有表格");
    desk.refuses(&page(&many("<table><tr><td>", 100_000)), "太深");
    desk.refuses(&page(&format!("<table {}><tr><td>", many("a=b ", 100_000))), "没有表格");
    desk.refuses(&page(&format!("<table>{}</table>", many("<tr><td colspan=1000 rowspan=65534>", 50_000))), "没有表格");
    desk.refuses(&page(&format!("<table>{}</table>", many("<tr><td colspan=511><td>远", 13_000))), "过大");
    desk.refuses(&page(&format!("<table>{}</table>", many("<tr>", 200_001) + "<td>远</td>")), "过大");
    desk.refuses(&page(&format!("<style>{}", many("td{", 200_000))), "没有表格");
    desk.refuses(&page(&format!("<!--{}", many("<!--", 200_000))), "没有表格");
    let long = page(&format!("<table><tr><td>{}</td></tr></table>", many("长", 500_000)));
    assert!(desk.read(&long).expect("a page").rows.is_empty());
    let book = |inside: &str| format!("<?xml version=\"1.0\"?><Workbook>{inside}</Workbook>").into_bytes();
    desk.refuses(&book(&many("<a>", 200_000)), "已损坏");
    desk.ends_well(&book(&format!("<Worksheet {}/>", many("a=\"b\" ", 100_000))), "attributes");
    let row = "<Row><Cell ss:Index=\"512\"><Data ss:Type=\"Number\">1</Data></Cell></Row>";
    desk.refuses(&book(&format!("<Worksheet><Table>{}</Table></Worksheet>", many(row, 13_000))), "过大");
    let entities = "<!DOCTYPE Workbook [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>";
    desk.ends_well(&[entities.as_bytes(), &book("<Worksheet><Table/></Worksheet>")].concat(), "entities");
}
