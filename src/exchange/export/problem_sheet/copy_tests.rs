//! Writes problem sheets of small packages made by hand, and reads back which parts and cells are as they were.

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{ProblemSheets, write_problem_sheet};
use crate::clock::Day;
use crate::domain::fields::Known;
use crate::domain::imports::{OpenQuestion, PlannedProblem, QuestionAbout};
use crate::exchange::import::{Opened, understand};
use crate::problem::{ProblemKind, Result};
use crate::progress::Progress;

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="党员" sheetId="1" r:id="rId1"/><sheet name="旧表" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>"#;
/// The first target is told from the root, as some programs do.
const LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="12"/><color theme="1"/><name val="仿宋"/><family val="3"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="1" borderId="0" xfId="0"><alignment horizontal="center"/></xf></cellXfs><dxfs count="0"/></styleSheet>"#;
const SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D5"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="2" width="9"/><col min="4" max="16384" width="11" hidden="1" style="2"/></cols><sheetData><row r="1" spans="1:4"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>性别</t></is></c><c r="C1" t="inlineStr"><is><t>入党时间</t></is></c><c r="D1" t="inlineStr"><is><t>联系电话</t></is></c></row><row r="2" ht="18"><c r="A2" t="inlineStr"><is><t>张三</t></is></c><c r="B2" t="inlineStr"><is><t>男</t></is></c><c r="C2" s="1"><v>40544</v></c><c r="E2" s="2"/></row><row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t>李四</t></is></c><c r="B3" s="2" t="inlineStr"><is><t>无</t></is></c><c r="C3" s="1"><f>C2+1</f><v>40545</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>王五</t></is></c><c r="B4" t="inlineStr"><is><t>女</t></is></c><c r="C4"><v>2019.1</v></c></row></sheetData><autoFilter ref="A1:D4"/><!-- kept --><dataValidations count="1"><dataValidation type="list" sqref="B2:B9"><formula1>"男,女"</formula1></dataValidation></dataValidations><controls><anchor><xdr:col>1</xdr:col><xdr:row>2</xdr:row></anchor></controls></worksheet>"#;

/// The parts of a list with all that a workbook may hold.
fn parts() -> Vec<(&'static str, String)> {
    vec![
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", ROOT.to_owned()),
        ("xl/workbook.xml", BOOK.to_owned()),
        ("xl/_rels/workbook.xml.rels", LINKS.to_owned()),
        ("xl/styles.xml", STYLES.to_owned()),
        ("xl/worksheets/sheet1.xml", SHEET.to_owned()),
        ("xl/worksheets/sheet2.xml", SHEET.to_owned()),
        ("xl/comments1.xml", "<comments>请核对</comments>".to_owned()),
        ("xl/vbaProject.bin", "程序".repeat(50)),
    ]
}

fn with(part: &str, text: &str) -> Vec<(&'static str, String)> {
    let changed = |(name, old): (&'static str, String)| (name, if name == part { text.to_owned() } else { old });
    parts().into_iter().map(changed).collect()
}

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        // Half of them as they are: also that is kept.
        let method = if name.ends_with("bin") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        out.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a part");
        out.write_all(text.as_bytes()).expect("written");
    }
    out.finish().expect("a package").into_inner()
}

/// The names, bytes and ways of packing of all parts.
fn unpacked(path: &Path) -> Vec<(String, Vec<u8>, CompressionMethod)> {
    let mut archive = ZipArchive::new(std::fs::File::open(path).expect("a file")).expect("a package");
    let count = archive.len();
    let part = |at| {
        let mut part = archive.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("read");
        (part.name().expect("a name").into_owned(), bytes, part.compression())
    };
    (0..count).map(part).collect()
}

fn part_of(path: &Path, name: &str) -> String {
    let found = unpacked(path).into_iter().find(|(found, ..)| found == name).expect("the part");
    String::from_utf8(found.1).expect("UTF-8")
}

fn problem(row: u32, field: &str, sentence: &str) -> PlannedProblem {
    let (field, sentence) = (field.to_owned(), sentence.to_owned());
    PlannedProblem { file: 0, sheet: "党员".into(), row, field, code: "x", sentence }
}

fn question(row: u32) -> OpenQuestion {
    OpenQuestion {
        file: 0,
        sheet: "党员".into(),
        row,
        beside: 0,
        about: QuestionAbout::Field(Known::Joined),
        raw: "2019.1".into(),
        choices: vec!["2019-01".into(), "2019-10".into()],
        labels: Vec::new(),
    }
}

fn opened(path: &Path) -> Opened {
    Opened::file(path, &Progress::default()).expect("a list")
}

/// Writes the problem sheet of a file that holds these parts.
fn written_of(parts: &[(&str, String)], problems: &[PlannedProblem]) -> (tempfile::TempDir, Result<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (original, path) = (folder.path().join("名册.xlsx"), folder.path().join("名册-问题.xlsx"));
    std::fs::write(&original, packed(parts)).expect("written");
    let written = write_of(&original, &path, problems);
    (folder, written.map(|_| path))
}

fn write_of(original: &Path, path: &Path, problems: &[PlannedProblem]) -> Result<ProblemSheets> {
    let progress = Progress::default();
    let opened = [Opened::file(original, &progress)?];
    let readings = [understand(&opened[0], &[], Day::constant(2026, 11, 24), &progress)?];
    write_problem_sheet(&opened, &readings, (problems, &[question(4)]), path, false, &progress)
}

#[test]
fn only_the_sheet_and_the_styles_are_written_anew() {
    let (folder, path) = written_of(&parts(), &[problem(3, "sex", "不认得")]);
    let path = path.expect("written");
    let (before, after) = (unpacked(&folder.path().join("名册.xlsx")), unpacked(&path));
    let names = |parts: &[(String, Vec<u8>, CompressionMethod)]| {
        let mut names: Vec<String> = parts.iter().map(|(name, ..)| name.clone()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&before), names(&after));
    let changed: Vec<&String> = before.iter().filter(|part| !after.contains(part)).map(|(name, ..)| name).collect();
    assert_eq!(changed, ["xl/styles.xml", "xl/worksheets/sheet1.xml"]);
}

#[test]
fn cells_are_coloured_and_a_column_is_added_and_nothing_else_in_a_sheet_changes() {
    let long = "没有这一天，没有采用，请核对日期后按年月日填写，例如二〇一九年七月一日";
    let told = [problem(3, "sex", "不认得 <x> & \u{1}"), problem(2, "phone", long), problem(2, "joined", "早了")];
    let (_folder, path) = written_of(&parts(), &told);
    let text = |cell: &str, style: u32, text: &str| {
        format!(r#"<c r="{cell}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
    };
    let changes = [
        ("A1:D5", "A1:E5".to_owned()),
        (
            r#"<col min="4" max="16384" width="11" hidden="1" style="2"/>"#,
            r#"<col width="11" hidden="1" style="2" min="4" max="4"/><col min="5" max="5" width="48" customWidth="1"/><col width="11" hidden="1" style="2" min="6" max="16384"/>"#.to_owned(),
        ),
        (r#"<row r="1" spans="1:4">"#, r#"<row r="1">"#.to_owned()),
        ("联系电话</t></is></c>", format!("联系电话</t></is></c>{}", text("E1", 3, "问题"))),
        (r#"<row r="2" ht="18">"#, r#"<row r="2" ht="45">"#.to_owned()),
        (r#"<c r="C2" s="1">"#, r#"<c r="C2" s="5">"#.to_owned()),
        // The cell of the telephone is not there: it takes over the format of its column.
        (
            r#"<c r="E2" s="2"/>"#,
            format!(r#"<c r="D2" s="6"/>{}"#, text("E2", 4, &format!("▲联系电话：{long}；入党时间：早了"))),
        ),
        (r#"<c r="B3" s="2" "#, r#"<c r="B3" t="inlineStr" s="6">"#.to_owned()),
        (r#"t="inlineStr"><is><t>无"#, "<is><t>无".to_owned()),
        (
            "<v>40545</v></c>",
            format!("<v>40545</v></c>{}", text("E3", 4, "▲性别：不认得 &lt;x&gt; &amp; ")),
        ),
        (r#"<c r="C4">"#, r#"<c r="C4" s="7">"#.to_owned()),
        (
            "<v>2019.1</v></c>",
            format!("<v>2019.1</v></c>{}", text("E4", 4, "▲入党时间：“2019.1”是 2019-01 还是 2019-10")),
        ),
    ];
    let mut expected = SHEET.to_owned();
    for (old, new) in changes {
        assert_eq!(expected.matches(old).count(), 1, "{old}");
        expected = expected.replace(old, &new);
    }
    assert_eq!(part_of(&path.expect("written"), "xl/worksheets/sheet1.xml"), expected);
}

#[test]
fn a_coloured_cell_keeps_its_format_but_for_the_ground() {
    let (_folder, path) = written_of(&parts(), &[problem(3, "sex", "不认得")]);
    let styles = part_of(&path.expect("written"), "xl/styles.xml");
    let font = |bold: &str, colour: &str| {
        format!(r#"<font>{bold}<sz val="12"/>{colour}<name val="仿宋"/><family val="3"/></font>"#)
    };
    let fill = |rgb: &str| {
        format!(
            r#"<fill><patternFill patternType="solid"><fgColor rgb="{rgb}"/><bgColor indexed="64"/></patternFill></fill>"#
        )
    };
    let words = |font: u32| {
        format!(
            r#"<xf numFmtId="0" fontId="{font}" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>"#
        )
    };
    let changes = [
        (r#"<fonts count="1">"#, r#"<fonts count="3">"#.to_owned()),
        ("</fonts>", format!("{}{}</fonts>", font("<b/>", ""), font("", r#"<color rgb="FFC00000"/>"#))),
        (r#"<fills count="2">"#, r#"<fills count="4">"#.to_owned()),
        ("</fills>", format!("{}{}</fills>", fill("FFF8CBAD"), fill("FFFFE699"))),
        (r#"<cellXfs count="3">"#, r#"<cellXfs count="7">"#.to_owned()),
        (
            "</cellXfs>",
            format!(
                r#"{}{}<xf numFmtId="49" fontId="0" borderId="0" xfId="0" fillId="2" applyFill="1"><alignment horizontal="center"/></xf><xf numFmtId="0" fontId="0" borderId="0" xfId="0" fillId="3" applyFill="1"/></cellXfs>"#,
                words(1),
                words(2)
            ),
        ),
    ];
    let expected = changes.iter().fold(STYLES.to_owned(), |styles, (old, new)| styles.replace(old, new));
    assert_eq!(styles, expected);
}

#[test]
fn what_other_programs_leave_out_is_put_in() {
    let bare = r#"<x:styleSheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:borders count="1"><x:border/></x:borders></x:styleSheet>"#;
    let mut unnamed = with("xl/_rels/workbook.xml.rels", &LINKS.replace("relationships/styles", "relationships/none"));
    unnamed.retain(|(name, _)| *name != "xl/styles.xml");
    let cases = [
        with("xl/styles.xml", bare),
        with("xl/styles.xml", r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"#),
        with("xl/styles.xml", &STYLES.replace(r#"<dxfs count="0"/>"#, "").replace("<fills count=\"2\">", "<fills>")),
        unnamed,
    ];
    for parts in cases {
        let (_folder, path) = written_of(&parts, &[problem(3, "sex", "不认得")]);
        let path = path.expect("written");
        let styles = part_of(&path, "xl/styles.xml");
        let sections = |name: &str| styles.matches(&format!("{name} count=")).count();
        assert_eq!(["fonts", "fills", "cellXfs"].map(sections), [1, 1, 1], "{styles}");
        let places = ["fonts ", "fills ", "cellXfs "].map(|name| styles.find(name));
        assert!(places.is_sorted(), "{styles}");
        let style = calamine_style(&path, (2, 1));
        let fill = style.fill.expect("a fill").get_color().expect("a colour");
        assert_eq!(fill.to_argb(), 0xFFF8_CBAD);
    }
}

/// The style of a cell as another reader understands it.
fn calamine_style(path: &Path, place: (u32, u32)) -> calamine::Style {
    use calamine::Reader as _;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    assert_eq!(book.sheet_names(), ["党员", "旧表"]);
    book.worksheet_style("党员").expect("styles").get(place).cloned().expect("a style")
}

#[test]
fn sheets_that_are_written_otherwise_are_written_into_as_well() {
    let prefixed = r#"<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>性别</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>入党时间</x:t></x:is></x:c></x:row><x:row/><x:row><x:c r="A3" t="inlineStr"><x:is><x:t>李四</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>无</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"#;
    let (_folder, path) = written_of(
        &with("xl/worksheets/sheet1.xml", prefixed),
        &[problem(3, "sex", "不认得"), problem(3, "joined", "没有写")],
    );
    let sheet = part_of(&path.expect("written"), "xl/worksheets/sheet1.xml");
    let text = |cell: &str, style: u32, text: &str| {
        format!(
            r#"<x:c r="{cell}" s="{style}" t="inlineStr"><x:is><x:t xml:space="preserve">{text}</x:t></x:is></x:c>"#
        )
    };
    let expected = prefixed
        .replace(
            "<x:sheetData>",
            r#"<x:cols><x:col min="4" max="4" width="48" customWidth="1"/></x:cols><x:sheetData>"#,
        )
        .replace("入党时间</x:t></x:is></x:c>", &format!("入党时间</x:t></x:is></x:c>{}", text("D1", 3, "问题")))
        .replace(r#"<x:c t="inlineStr"><x:is><x:t>无"#, r#"<x:c t="inlineStr" s="5"><x:is><x:t>无"#)
        .replace(
            "无</x:t></x:is></x:c>",
            &format!(r#"无</x:t></x:is></x:c><x:c r="C3" s="5"/>{}"#, text("D3", 4, "▲性别：不认得；入党时间：没有写")),
        );
    // A row that is not there is put in.
    let asked = text("D4", 4, "▲入党时间：“2019.1”是 2019-01 还是 2019-10");
    let expected = expected.replace("</x:sheetData>", &format!(r#"<x:row r="4">{asked}</x:row></x:sheetData>"#));
    assert_eq!(sheet, expected);
}

#[test]
fn where_a_row_is_wrong_all_of_it_is_coloured_and_of_merged_cells_the_first() {
    let merged =
        SHEET.replace("<autoFilter", r#"<mergeCells count="1"><mergeCell ref="B3:B4"/></mergeCells><autoFilter"#);
    let told = [problem(2, "", "像是左右错了格"), problem(4, "sex", "看不出")];
    let (_folder, path) = written_of(&with("xl/worksheets/sheet1.xml", &merged), &told);
    let sheet = part_of(&path.expect("written"), "xl/worksheets/sheet1.xml");
    for cell in [r#"r="A2" t="inlineStr" s="5""#, r#"r="B2" t="inlineStr" s="5""#, r#"r="C2" s="6""#, r#"r="D2" s="7""#]
    {
        assert!(sheet.contains(cell), "{cell}: {sheet}");
    }
    assert!(
        sheet.contains(r#"<c r="B3" t="inlineStr" s="7">"#) && sheet.contains(r#"<c r="B4" t="inlineStr"><is>"#),
        "{sheet}"
    );
    assert!(sheet.contains(r#"r="E4" s="4""#), "told in its own row: {sheet}");
}

#[test]
fn a_list_that_comes_back_reads_as_it_did_and_is_told_anew() {
    let (folder, path) = written_of(&parts(), &[problem(3, "sex", "不认得")]);
    let path = path.expect("written");
    let rows = |opened: &Opened| opened.sheets[0].rows.iter().map(|row| row.cells.clone()).collect::<Vec<_>>();
    assert_eq!(rows(&opened(&path)), rows(&opened(&folder.path().join("名册.xlsx"))));
    let again = folder.path().join("再.xlsx");
    let written = write_of(&path, &again, &[problem(2, "sex", "看不出")]).expect("written");
    assert_eq!((written.rows, written.written[0].is_copy), (2, true));
    let sheet = part_of(&again, "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches('▲').count(), 2, "{sheet}");
    assert!(
        sheet.contains("▲性别：看不出") && !sheet.contains("不认得") && sheet.matches(">问题<").count() == 1,
        "{sheet}"
    );
}

#[test]
fn what_cannot_be_written_into_is_told_and_nothing_is_written() {
    let told = [problem(3, "sex", "不认得")];
    let mut untyped = with("xl/_rels/workbook.xml.rels", &LINKS.replace("relationships/styles", "relationships/none"));
    untyped.retain(|(name, _)| !["xl/styles.xml", "[Content_Types].xml"].contains(name));
    let (folder, path) = written_of(&untyped, &told);
    let refused = path.expect_err("nowhere to name styles");
    assert_eq!(refused.happened, "“名册.xlsx”的内部写法少见，不能在它的副本上标出问题");
    assert!(!folder.path().join("名册-问题.xlsx").exists());
    let original = folder.path().join("名册.xlsx");
    let before = std::fs::read(&original).expect("read");
    let onto = write_of(&original, &original, &told).expect_err("it is there");
    assert!(onto.happened.contains("已经存在"), "{}", onto.happened);
    let progress = Progress::default();
    let list = [opened(&original)];
    let readings = [understand(&list[0], &[], Day::constant(2026, 11, 24), &progress).expect("read")];
    let write = |path: &Path| write_problem_sheet(&list, &readings, (&told, &[]), path, true, &progress);
    let onto = write(&original).expect_err("the original");
    assert!(onto.happened.contains("是导入的原表"), "{}", onto.happened);
    assert_eq!(std::fs::read(&original).expect("read"), before);
    std::fs::write(&original, packed(&with("xl/comments1.xml", "<comments/>"))).expect("written");
    let changed = write(&folder.path().join("问题.xlsx")).expect_err("another file");
    assert_eq!(changed.happened, "“名册.xlsx”导入时读过之后又改动过");
}

#[test]
fn a_workbook_with_macros_keeps_its_ending_and_of_several_files_each_gets_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("名册.xlsm"), packed(&parts())).expect("written");
    std::fs::write(at("名册.csv"), "姓名,性别\n张三,无\n").expect("written");
    let told =
        [problem(3, "sex", "不认得"), PlannedProblem { file: 1, sheet: "".into(), ..problem(2, "sex", "不认得") }];
    let refused = write_of(&at("名册.xlsm"), &at("问题.xlsx"), &told).expect_err("another ending");
    assert!(refused.next.contains(".xlsm"), "{}", refused.next);
    assert_eq!(write_of(&at("名册.xlsm"), &at("问题.xlsm"), &told).expect("written").rows, 2);
    let progress = Progress::default();
    let lists = [opened(&at("名册.xlsm")), opened(&at("名册.csv"))];
    let readings =
        lists.each_ref().map(|list| understand(list, &[], Day::constant(2026, 11, 24), &progress).expect("read"));
    let written =
        write_problem_sheet(&lists, &readings, (&told, &[]), &at("问题.xlsx"), false, &progress).expect("written");
    let files: Vec<_> = written.written.iter().map(|one| (one.path.clone(), one.rows, one.is_copy)).collect();
    assert_eq!(files, [(at("名册-问题.xlsm"), 1, true), (at("名册-问题.xlsx"), 1, false)]);
    assert!(files.iter().all(|(path, ..)| path.exists()) && !at("问题.xlsx").exists());
}

#[test]
fn damaged_parts_end_in_a_sentence_or_in_a_workbook_that_can_be_read() {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).expect("small")
    };
    let told = [problem(3, "sex", "不认得"), problem(2, "", "错了格"), problem(9, "name", "没有这一行")];
    let (mut well, mut refused) = (0, 0);
    for round in 0..400 {
        let (part, text) = if round % 2 == 0 { ("xl/worksheets/sheet1.xml", SHEET) } else { ("xl/styles.xml", STYLES) };
        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..=random(3) {
            let (at, length) = (random(characters.len()), random(40));
            let end = (at + length).min(characters.len());
            match random(3) {
                0 => drop(characters.drain(at..end)),
                1 => {
                    let again = characters[at..end].to_vec();
                    characters.splice(at..at, again);
                }
                _ => characters[at] = ['<', '>', '/', '"', '9', ' '][random(6)],
            }
        }
        let damaged: String = characters.into_iter().collect();
        match written_of(&with(part, &damaged), &told) {
            (_folder, Ok(path)) => {
                well += 1;
                part_of(&path, part);
            }
            (_, Err(problem)) => {
                refused += 1;
                assert!(!problem.happened.is_empty() && problem.kind != ProblemKind::Fault, "{problem:?}");
            }
        }
    }
    assert!(well > 50 && refused > 20, "{well} and {refused}");
}

#[test]
fn a_text_file_is_made_anew_with_its_days_and_numbers_as_they_were() {
    let folder = tempfile::tempdir().expect("a folder");
    let (original, path) = (folder.path().join("名册.csv"), folder.path().join("问题.xlsx"));
    let title = "某某县某某局机关党支部全体在册党员基本情况登记一览表".repeat(3);
    std::fs::write(&original, format!("{title},,\n姓名,性别,入党时间\n张三,男,2019.1\n李四,无,\n")).expect("written");
    let progress = Progress::default();
    let list = [opened(&original)];
    let readings = [understand(&list[0], &[], Day::constant(2026, 11, 24), &progress).expect("read")];
    let here = |problem: PlannedProblem| PlannedProblem { sheet: "".into(), ..problem };
    let told = [here(problem(4, "sex", "不认得")), here(problem(4, "joined", "没有写"))];
    let asked = [OpenQuestion { sheet: "".into(), ..question(3) }];
    let written = write_problem_sheet(&list, &readings, (&told, &asked), &path, false, &progress).expect("written");
    assert_eq!((written.rows, written.written[0].is_copy), (2, false));
    let sheet = part_of(&path, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<v>2019.1</v>"), "{sheet}");
    let first = sheet
        .split(r#"<col min="1""#)
        .nth(1)
        .and_then(|rest| rest.split("width=\"").nth(1))
        .and_then(|rest| rest.split('"').next());
    let first: f64 = first.and_then(|width| width.parse().ok()).expect("a width");
    assert!(first < 12.0, "as wide as a name, not as the title: {first}");
    let ground = |row: u32, column: u32| {
        use calamine::Reader as _;
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).expect("a workbook");
        let name = book.sheet_names()[0].clone();
        let style = book.worksheet_style(&name).expect("styles").get((row, column)).cloned();
        style.and_then(|style| style.fill).and_then(|fill| fill.get_color()).map(|color| color.to_argb() & 0x00FF_FFFF)
    };
    assert_eq!([ground(2, 2), ground(3, 1), ground(3, 2)], [Some(0x00FF_E699), Some(0x00F8_CBAD), Some(0x00F8_CBAD)]);
    assert_eq!([ground(2, 0), ground(3, 0)], [None, None]);
}

#[test]
fn what_is_hidden_in_another_kind_of_file_stays_hidden_and_a_day_stays_a_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let (original, path) = (folder.path().join("名册.xls"), folder.path().join("问题.xlsx"));
    let cell = |kind: &str, text: &str| format!(r#"<Cell><Data ss:Type="{kind}">{text}</Data></Cell>"#);
    let row = |hidden: &str, cells: [String; 3]| format!("<Row{hidden}>{}</Row>", cells.concat());
    let table = [
        r#"<Column/><Column ss:Hidden="1"/>"#.to_owned(),
        row("", ["姓名", "性别", "入党时间"].map(|text| cell("String", text))),
        row(
            r#" ss:Hidden="1""#,
            [cell("String", "张三"), cell("String", "男"), cell("DateTime", "2011-07-01T00:00:00.000")],
        ),
        row("", [cell("String", "李四"), cell("String", "无"), cell("DateTime", "2012-07-01T00:00:00.000")]),
    ];
    let book = r#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">"#;
    let table = table.concat();
    let sheet = format!(r#"{book}<Worksheet ss:Name="党员"><Table>{table}</Table></Worksheet></Workbook>"#);
    std::fs::write(&original, sheet).expect("written");
    let progress = Progress::default();
    let list = [opened(&original)];
    let readings = [understand(&list[0], &[], Day::constant(2026, 11, 24), &progress).expect("read")];
    let told = [problem(3, "sex", "不认得")];
    write_problem_sheet(&list, &readings, (&told, &[]), &path, false, &progress).expect("written");
    let sheet = part_of(&path, "xl/worksheets/sheet1.xml");
    let tag = |begin: &str| {
        let rest = sheet.split(begin).nth(1).expect("the tag");
        rest.split('>').next().expect("its end").to_owned()
    };
    assert!(tag(r#"<row r="2""#).contains(r#"hidden="1""#) && !tag(r#"<row r="3""#).contains("hidden"), "{sheet}");
    assert!(tag(r#"<col min="2""#).contains(r#"hidden="1""#), "{sheet}");
    assert!(sheet.contains("<v>40725</v>") && sheet.contains("<v>41091</v>"), "{sheet}");
}

#[test]
fn a_page_with_a_line_above_its_table_is_made_anew_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (original, path) = (folder.path().join("名册.xls"), folder.path().join("问题.xlsx"));
    let page = "<html><body>机关党支部<table><tr><td>姓名<td>性别<td>入党时间<tr style='Display: None'><td>张三<td>男<td>2011-07-01\
        <tr><td>李四<td>无<td>2012-07-01</table></body></html>";
    std::fs::write(&original, page).expect("written");
    let progress = Progress::default();
    let list = [opened(&original)];
    let readings = [understand(&list[0], &[], Day::constant(2026, 11, 24), &progress).expect("read")];
    let told = [PlannedProblem { sheet: list[0].sheets[0].name.clone(), ..problem(3, "sex", "不认得") }];
    write_problem_sheet(&list, &readings, (&told, &[]), &path, false, &progress).expect("written");
    let sheet = opened(&path).sheets[0].clone();
    let texts: Vec<String> =
        sheet.rows.iter().map(|row| format!("{}{}{}", row.number, row.text(0), row.text(1))).collect();
    assert_eq!(texts, ["1机关党支部", "2姓名性别", "3张三男", "4李四无"]);
    assert_eq!(sheet.noted.expect("told").rows, [2, 4]);
    let sheet = part_of(&path, "xl/worksheets/sheet1.xml");
    let hidden = sheet.split(r#"<row r="3""#).nth(1).expect("a row");
    assert!(hidden.split('>').next().expect("its end").contains(r#"hidden="1""#), "{sheet}");
}
