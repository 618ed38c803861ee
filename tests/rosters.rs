//! Reading rosters: the kept corpus right at first try, every encoding and format, and every kind of bad file ending in
//! a sentence.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use branchdesk::clock::Day;
use branchdesk::domain::fields::{FIELDS, Known};
use branchdesk::domain::values::{Trouble, Value};
use branchdesk::exchange::guard::guarded;
use branchdesk::exchange::import::{Place, RosterKind, RosterReading, RosterRow, actual_json, read_roster};
use branchdesk::problem::{Problem, ProblemKind, Result};
use branchdesk::progress::Progress;
use rust_xlsxwriter::{Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::scorer::score;

const TODAY: Day = Day::constant(2026, 11, 24);

fn read(path: &Path) -> Result<RosterReading> {
    read_roster(path, TODAY, &Progress::default())
}

/// Reads bytes as a file of this name.
fn read_bytes(name: &str, bytes: &[u8]) -> Result<RosterReading> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    read(&path)
}

fn refused(name: &str, bytes: &[u8]) -> Problem {
    let problem = read_bytes(name, bytes).expect_err("a refusal");
    assert!(problem.happened.contains(name), "the sentence names the file: {problem}");
    assert!(!problem.next.is_empty(), "the sentence says what to do: {problem}");
    problem
}

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rosters");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "json"))
        .collect();
    files.sort();
    files
}

fn value(row: &RosterRow, field: Known) -> String {
    row.values.get(&field).map(Value::text).unwrap_or_default()
}

/// All that a reading says, without the name of the file and the lines.
fn content(reading: &RosterReading) -> Vec<(String, String)> {
    let rows = reading.rows.iter().map(|row| (format!("{:?}", row.values), format!("{:?}", row.extra)));
    rows.chain(reading.problems.iter().map(|problem| (format!("{:?}", problem.place), problem.trouble.code().into())))
        .collect()
}

#[test]
fn every_kept_roster_is_right_at_first_try() {
    let files = corpus();
    assert!(files.len() >= 19, "the corpus is there");
    for path in files {
        let expected = fs::read_to_string(format!("{}.expected.json", path.display())).expect("a clerk's reading");
        let expected = serde_json::from_str(&expected).expect("JSON");
        let reading = read(&path).expect("a roster");
        let score = score(&expected, &actual_json(&reading));
        assert_eq!((score.faults, score.silent), (Vec::new(), 0), "{}", path.display());
    }
}

#[test]
fn a_wrong_value_and_a_missing_problem_cost_the_score() {
    let path = corpus().into_iter().find(|path| path.ends_with("14-id-numbers.xlsx")).expect("the roster");
    let expected: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(format!("{}.expected.json", path.display())).expect("JSON"))
            .expect("JSON");
    let mut wrong = expected.clone();
    wrong["members"][0]["values"]["birth"] = "1979-07-30".into();
    let wrong_score = score(&expected, &wrong);
    assert_eq!((wrong_score.faults.len(), wrong_score.silent), (1, 1));
    let mut quiet = expected.clone();
    quiet["problems"].as_array_mut().expect("a list").remove(0);
    assert_eq!((score(&expected, &quiet).faults.len(), score(&expected, &quiet).silent), (1, 0));
    let mut fewer = expected.clone();
    fewer["members"].as_array_mut().expect("a list").remove(3);
    assert!(!score(&expected, &fewer).faults.is_empty());
}

/// A reading with a fault, of another kind for each place in the corpus; every seventh stays right.
fn spoiled(reading: &serde_json::Value, place: usize) -> serde_json::Value {
    let mut spoiled = reading.clone();
    let lists = ["members", "talks", "organisations"];
    let list = lists.into_iter().find(|list| spoiled[*list].is_array()).unwrap_or("members");
    let first = spoiled[list].get(0).cloned();
    match (place % 7, first) {
        (1, Some(_)) => spoiled[list][0]["values"]["remark"] = "没有写的".into(),
        (2, Some(_)) => drop(spoiled[list].as_array_mut().expect("a list").remove(0)),
        (3, Some(record)) => spoiled[list].as_array_mut().expect("a list").push(record),
        (4, _) => spoiled["problems"] = serde_json::json!([]),
        (5, _) => spoiled["questions"] = serde_json::json!([]),
        (6, _) => spoiled["kind"] = "none".into(),
        _ => {}
    }
    spoiled
}

/// Leaves the spoiled readings in `target/tmp/spoiled` with their scores, for whoever has another scorer to compare.
#[test]
fn a_fault_of_any_kind_is_seen_by_the_score() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("spoiled");
    fs::create_dir_all(&folder).expect("a folder");
    let mut scores = serde_json::Map::new();
    for (place, path) in corpus().into_iter().enumerate() {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let expected = fs::read_to_string(format!("{}.expected.json", path.display())).expect("a clerk's reading");
        let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
        let reading = spoiled(&expected, place);
        fs::write(folder.join(format!("{name}.actual.json")), reading.to_string()).expect("written");
        let score = score(&expected, &reading);
        let is_spoiled = reading != expected;
        if matches!(place % 7, 2 | 3 | 6) && is_spoiled {
            assert!(!score.faults.is_empty(), "{name}: a record is missing or twice, or the kind another");
        }
        assert!(is_spoiled || score.faults.is_empty(), "{name}");
        scores.insert(name, serde_json::json!({ "first_try": score.faults.is_empty(), "silent": score.silent }));
    }
    let wrong = scores.values().filter(|score| score["first_try"] == false).count();
    assert!(wrong * 3 > scores.len(), "many were spoiled: {wrong} of {}", scores.len());
    fs::write(folder.join("scores.json"), serde_json::Value::Object(scores).to_string()).expect("written");
}

const CSV: &str = "机关第一党支部党员花名册,,,,\n序号,姓名,性别,身份证号,入党时间\n1,张　三,男,110000190001010012,2001年7月1日\n\
                   2,李 四,女,11000019000101008x,1998.07\n合计,2人,,,\n";

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn text_in_every_encoding_and_with_every_separator_reads_alike() {
    let plain = read_bytes("名册.csv", CSV.as_bytes()).expect("a roster");
    assert_eq!((plain.kind, plain.rows.len(), plain.rows[0].row), (RosterKind::Members, 2, 3));
    assert_eq!(value(&plain.rows[0], Known::Name), "张三");
    assert_eq!(value(&plain.rows[1], Known::IdNumber), "11000019000101008X");
    assert_eq!(value(&plain.rows[1], Known::Branch), "机关第一党支部");
    let tabs = CSV.replace(',', "\t");
    for bytes in [
        [b"\xef\xbb\xbf", CSV.as_bytes()].concat(),
        encoding_rs::GB18030.encode(CSV).0.into_owned(),
        [b"\xff\xfe".to_vec(), utf_16(&tabs, false)].concat(),
        [b"\xfe\xff".to_vec(), utf_16(CSV, true)].concat(),
        utf_16(&tabs, false),
        utf_16(CSV, true),
        CSV.replace(',', ";").into_bytes(),
        CSV.replace(',', "|").into_bytes(),
        CSV.replace('\n', "\r\n").into_bytes(),
    ] {
        let reading = read_bytes("名册.txt", &bytes).expect("a roster");
        assert_eq!(content(&reading), content(&plain));
    }
}

#[test]
fn a_month_without_its_zero_is_a_question_unless_the_column_keeps_zeros() {
    let csv = |other: &str| format!("姓名,性别,入党时间\n张三,男,2019.1\n李四,女,{other}\n");
    let doubtful = read_bytes("a.csv", csv("2018.3").as_bytes()).expect("a roster");
    assert_eq!(
        doubtful.questions.iter().map(|question| (question.row, question.field)).collect::<Vec<_>>(),
        [(2, Known::Joined)]
    );
    assert_eq!(value(&doubtful.rows[0], Known::Joined), "");
    let plain = read_bytes("b.csv", csv("2018.10").as_bytes()).expect("a roster");
    assert!(plain.questions.is_empty());
    assert_eq!(
        (value(&plain.rows[0], Known::Joined), value(&plain.rows[1], Known::Joined)),
        ("2019-01".into(), "2018-10".into())
    );
}

#[test]
fn a_masked_number_a_repeated_cell_and_a_guarded_one() {
    let csv = "姓名,身份证号,手机号,入党时间,所在支部,备注\n张三,110000********0012,138****0000,2001.07,机关党支部,'=1+1\n\
               李四,110000199807010020,13800000000,〃,同上,''-2\n王五,无,—,2003.07,退休党支部,不详\n";
    let reading = read_bytes("名册.csv", csv.as_bytes()).expect("a roster");
    let [one, two, three] = &reading.rows[..] else { panic!("three rows: {:?}", reading.rows) };
    assert_eq!(one.masked, [Known::IdNumber, Known::Phone]);
    assert!(!one.values.contains_key(&Known::IdNumber) && !one.values.contains_key(&Known::Phone));
    assert_eq!((value(one, Known::Remark), value(two, Known::Remark)), ("=1+1".into(), "'-2".into()));
    assert_eq!((value(two, Known::Joined), value(two, Known::Branch)), ("2001-07".into(), "机关党支部".into()));
    assert_eq!(three.values.keys().copied().collect::<Vec<_>>(), [Known::Name, Known::Joined, Known::Branch]);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
}

#[test]
fn a_few_broken_bytes_are_told_and_many_refuse_the_file() {
    let row = |name: &str| format!("{name},男,1980.05,2001.07,某县城关镇幸福路一号\n");
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend("姓名,性别,出生年月,入党时间,家庭住址\n".bytes());
    for _ in 0..20 {
        bytes.extend(row("张三").bytes());
    }
    let broken_at = bytes.len() - 10;
    bytes[broken_at] = 0xff;
    let reading = read_bytes("名册.csv", &bytes).expect("a roster");
    let told: Vec<_> = reading.problems.iter().filter(|problem| problem.trouble == Trouble::EncodingBroken).collect();
    assert_eq!(
        told.iter().map(|problem| (problem.row, problem.place.clone())).collect::<Vec<_>>(),
        [(21, Place::Field(Known::Address))]
    );
    assert!(!reading.rows[19].values.contains_key(&Known::Address));
    let half =
        [row("张三").repeat(40).into_bytes(), encoding_rs::GB18030.encode(&row("李四").repeat(40)).0.into_owned()]
            .concat();
    assert!(refused("半坏.csv", &half).happened.contains("处无法识别"));
}

#[test]
fn what_was_read_reads_the_same_again_from_a_csv_of_our_own() {
    for path in corpus() {
        let reading = read(&path).expect("a roster");
        if reading.kind != RosterKind::Members {
            continue;
        }
        let mut heads: Vec<String> = FIELDS.iter().map(|field| field.label.to_owned()).collect();
        for (head, _) in reading.rows.iter().flat_map(|row| &row.extra) {
            if !heads.contains(&head.to_string()) {
                heads.push(head.to_string());
            }
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&heads).expect("heads");
        for row in &reading.rows {
            let known = FIELDS.iter().map(|field| value(row, field.key));
            let extra = heads[FIELDS.len()..].iter().map(|head| {
                row.extra.iter().find(|(of, _)| **of == **head).map(|(_, text)| text.clone()).unwrap_or_default()
            });
            let cells: Vec<String> = known.chain(extra).map(|text| guarded(&text).into_owned()).collect();
            writer.write_record(&cells).expect("a row");
        }
        let bytes = [&b"\xef\xbb\xbf"[..], &writer.into_inner().expect("a table")].concat();
        let again = read_bytes("导出.csv", &bytes).expect("our own table");
        let texts = |reading: &RosterReading| -> Vec<_> {
            let row = |row: &RosterRow| {
                let mut extra = row.extra.clone();
                extra.sort();
                (row.values.clone(), extra)
            };
            reading.rows.iter().map(row).collect()
        };
        for (one, mut two) in texts(&reading).into_iter().zip(texts(&again)) {
            // 转正时间 alone tells the category; a cell that could not be read had forbidden it.
            if !one.0.contains_key(&Known::Category) {
                two.0.remove(&Known::Category);
            }
            assert_eq!(one, two, "{}", path.display());
        }
        assert_eq!((again.rows.len(), again.questions.len()), (reading.rows.len(), 0), "{}", path.display());
    }
}

/// A zip file with these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("a package").into_inner()
}

/// A small workbook whose sheet has this XML.
fn workbook_of(sheet: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package_links = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let links = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let list = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="党员" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>"#);
    package(&[
        ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        ("_rels/.rels", package_links.as_bytes()),
        ("xl/workbook.xml", list.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("xl/workbook.xml", SimpleFileOptions::default()).expect("a part");
    for _ in 0..300 {
        writer.write_all(&[b' '; 1 << 20]).expect("its bytes");
    }
    let bomb = writer.finish().expect("a package").into_inner();
    assert!(bomb.len() < 1 << 20, "small enough to be sent");
    assert!(refused("炸弹.xlsx", &bomb).happened.contains("过大"));
    let names: Vec<String> = (0..2_001).map(|index| format!("xl/{index}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert!(refused("碎片.xlsx", &package(&parts)).happened.contains("过大"));
    let text = |cell: &str| format!(r#"<row><c r="{cell}" t="inlineStr"><is><t>姓名</t></is></c></row>"#);
    for cell in ["XFD1", "A1048576", "XFD1048576"] {
        assert!(refused("远处.xlsx", &workbook_of(&text(cell))).happened.contains("过大"), "{cell}");
    }
    let many = r#"<c><v>1</v></c>"#.repeat(500);
    let rows = format!("<row>{many}</row>").repeat(13_000);
    assert!(refused("密集.xlsx", &workbook_of(&rows)).happened.contains("过大"));
}

#[test]
fn a_cell_without_end_is_refused_in_every_format() {
    let long = "甲,\n".repeat(1 << 19);
    let xml = format!(
        r#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="党员"><Table><Row><Cell><Data ss:Type="String">{long}</Data></Cell></Row></Table></Worksheet></Workbook>"#
    );
    // A quote that never ends makes one field of the whole file.
    for (name, text) in [("引号.csv", format!("姓名,性别\n\"{long}")), ("长格.xls", xml)] {
        assert!(refused(name, text.as_bytes()).happened.contains("过大"), "{name}");
    }
    let sheet = format!(r#"<row><c r="A1" t="inlineStr"><is><t>{long}</t></is></c></row>"#);
    assert!(refused("长格.xlsx", &workbook_of(&sheet)).happened.contains("过大"));
}

#[test]
fn a_workbook_cut_off_is_told_to_be_damaged() {
    for path in corpus()
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension != "csv" && extension != "txt"))
    {
        let bytes = fs::read(path).expect("a roster");
        for kept in [bytes.len() / 2, bytes.len() - bytes.len() / 8] {
            let problem = refused("残缺.xlsx", &bytes[..kept]);
            assert!(problem.happened.contains("已损坏"), "{}: {problem}", path.display());
        }
    }
}

/// A container of older Office files with one stream.
fn compound(stream: &str, bytes: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xffff_fffe;
    let length = bytes.len().next_multiple_of(SECTOR).max(4096);
    let sectors = length / SECTOR;
    let mut header = vec![0u8; SECTOR];
    header[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    let mut set = |at: usize, value: &[u8]| header[at..at + value.len()].copy_from_slice(value);
    set(24, &[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    set(44, &1u32.to_le_bytes());
    set(48, &1u32.to_le_bytes());
    set(56, &4096u32.to_le_bytes());
    set(60, &END.to_le_bytes());
    set(68, &END.to_le_bytes());
    for place in (76..SECTOR).step_by(4) {
        set(place, &u32::MAX.to_le_bytes());
    }
    set(76, &0u32.to_le_bytes());
    // Sector 0 holds the chains, 1 the directory, the stream follows.
    let mut chain = vec![0xffff_fffdu32, END];
    chain.extend((0..sectors as u32).map(|index| if index + 1 == sectors as u32 { END } else { index + 3 }));
    chain.resize(SECTOR / 4, u32::MAX);
    let entry = |name: &str, kind: u8, first: u32, size: usize| {
        let mut entry = vec![0u8; 128];
        for (index, unit) in name.encode_utf16().enumerate() {
            entry[index * 2..index * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[64..66].copy_from_slice(&(name.encode_utf16().count() as u16 * 2 + 2).to_le_bytes());
        entry[66] = kind;
        entry[116..120].copy_from_slice(&first.to_le_bytes());
        entry[120..124].copy_from_slice(&(size as u32).to_le_bytes());
        entry
    };
    let mut file = header;
    file.extend(chain.iter().flat_map(|next| next.to_le_bytes()));
    file.extend([entry("Root Entry", 5, END, 0), entry(stream, 2, 2, length), vec![0; 256]].concat());
    file.extend(bytes);
    file.resize(SECTOR * 3 + length, 0);
    file
}

#[test]
fn a_file_with_a_password_says_so() {
    let locked = [
        compound("EncryptedPackage", b"?"),
        compound("Workbook", &[0x09, 8, 8, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0x2f, 0, 2, 0, 1, 0]),
    ];
    for bytes in locked {
        let problem = refused("加密.xlsx", &bytes);
        assert!(problem.happened.contains("密码") && problem.next.contains("取消密码"), "{problem}");
    }
}

#[test]
fn what_is_no_roster_is_told_by_name() {
    for (name, bytes, word) in [
        ("空.csv", &b""[..], "空的"),
        ("空.xlsx", b"\xef\xbb\xbf\r\n", "空的"),
        ("文件.pdf", b"%PDF-1.7 ...", "PDF"),
        ("照片.xls", b"\xff\xd8\xff\xe0", "图片"),
        ("工作簿.bdk", b"SQLite format 3\0", "数据库"),
        (
            "单个文件.mht",
            b"From: <Excel>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n",
            "mht",
        ),
        ("公文.xml", b"<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"x\"/>", "Word"),
        ("登录.xls", "<!DOCTYPE html><html><body>请重新登录</body></html>".as_bytes(), "没有表格"),
        ("框架.htm", b"<html><frameset><frame src='a.files/sheet001.htm'></frameset></html>", "几个文件"),
    ] {
        assert!(refused(name, bytes).happened.contains(word), "{name}");
    }
    assert!(refused("公文.xlsx", &package(&[("word/document.xml", b"<x/>")])).happened.contains("Word"));
    assert!(refused("公文.doc", &compound("WordDocument", b"?")).happened.contains("Word"));
    let prose =
        read_bytes("通知.txt", "关于召开党员大会的通知\n各党支部：\n请按时参加。\n".as_bytes()).expect("a text");
    assert_eq!((prose.kind, prose.rows.len()), (RosterKind::None, 0));
    let problem = prose.refusal().expect("a refusal");
    assert!(problem.happened.contains("通知.txt") && problem.next.contains("姓名"), "{problem}");
    let dues = "各支部党费收缴情况\n序号,党支部,书记,党员人数,应交党费\n1,机关党支部,张三,12,100\n";
    assert_eq!(read_bytes("党费.csv", dues.as_bytes()).expect("a table").kind, RosterKind::None);
    let meetings = "序号,党支部,会议时间,地点,主持人,记录人,内容\n1,机关党支部,2024.3.1,会议室,张三,李四,学习\n";
    assert_eq!(read_bytes("会议.csv", meetings.as_bytes()).expect("a table").kind, RosterKind::None);
    let supplies = "序号,姓名,物品,数量\n1,张三,纸,2\n";
    assert_eq!(read_bytes("领用.csv", supplies.as_bytes()).expect("a table").kind, RosterKind::None);
}

/// The rows of the CSV as a page, with what the page says of itself.
fn page(head: &str) -> String {
    let row =
        |line: &str| format!("<tr><td>{}</td></tr>", line.replace(',', "</td><td>").replace('\u{3000}', "&nbsp;"));
    format!("<html><head>{head}</head><body><table>{}</table></body></html>", CSV.lines().map(row).collect::<String>())
}

#[test]
fn a_page_reads_like_the_text_it_shows() {
    let plain = read_bytes("名册.csv", CSV.as_bytes()).expect("a roster");
    let gb2312 = page("<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">");
    let piece = page("").replace("<html><head></head><body>", "").replace("</body></html>", "");
    for bytes in [
        page("").into_bytes(),
        page("<meta charset=\"gb2312\">").into_bytes(),
        [b"\xef\xbb\xbf", page("").as_bytes()].concat(),
        encoding_rs::GB18030.encode(&gb2312).0.into_owned(),
        encoding_rs::GB18030.encode(&page("")).0.into_owned(),
        [b"\xff\xfe".to_vec(), utf_16(&page(""), false)].concat(),
        utf_16(&page(""), true),
        piece.clone().into_bytes(),
        piece.replace("</td>", "").replace("</tr>", "").into_bytes(),
        page("").replace("<table>", "<table><tr><td><table>").into_bytes(),
    ] {
        let reading = read_bytes("名册.xls", &bytes).expect("a roster");
        assert_eq!(content(&reading), content(&plain));
        assert_eq!(reading.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [3, 4], "the row of the table");
    }
    let title = CSV.lines().next().expect("a title").trim_end_matches(',');
    let (_, untitled) = piece.split_once("</tr>").expect("a row");
    let above = read_bytes("名册.xls", format!("<h1>{title}</h1><table>{untitled}").as_bytes()).expect("a roster");
    assert_eq!(content(&above), content(&plain), "a title may stand above the table");
    assert_eq!(above.rows[0].row, 2);
}

#[test]
fn what_a_cell_of_a_page_shows_counts() {
    let page = |cells: &str| {
        format!(
            "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta name=Generator content=\"Microsoft Excel 11\">\
             <style>td{{mso-number-format:General}}.t{{mso-number-format:\"\\@\"}}.d{{mso-number-format:\"0\\.00\"}}</style></head>\
             <body><table><tr><td>姓名<td>性别<td>入党时间<td>身份证号<tr><td>张三<td>男{cells}</table></body></html>"
        )
    };
    let joined = |cells: &str| {
        let reading = read_bytes("网页.xls", page(cells).as_bytes()).expect("a roster");
        let troubles: Vec<Trouble> = reading.problems.iter().map(|problem| problem.trouble).collect();
        (value(&reading.rows[0], Known::Joined), reading.questions.len(), troubles)
    };
    assert_eq!(joined("<td class=t>2019.1"), ("2019-01".into(), 0, vec![]));
    assert_eq!(joined("<td class=d align=right>2019.10"), ("2019-10".into(), 0, vec![]));
    assert_eq!(joined("<td class=d x:num=\"2019.1\">2019.10"), ("2019-10".into(), 0, vec![]));
    assert_eq!(joined("<td x:num>2019.1"), ("".into(), 1, vec![]));
    assert_eq!(joined("<td>2019.1"), ("".into(), 1, vec![]), "a number by the page's own rule");
    assert_eq!(joined("<td>2019.07<td x:num=\"1.1000019900101E+17\">1.1E+17").2, [Trouble::IdDigitsLost]);
    assert_eq!(joined("<td>2019.07<td class=t>11000019800101001X").2, [Trouble::IdCheck]);
}

#[test]
fn the_kind_is_told_by_heads_and_values() {
    let kind = |text: &str| read_bytes("表.csv", text.as_bytes()).expect("a table").kind;
    let activists =
        "序号,姓名,性别,出生年月,申请入党时间,谈话人,谈话时间,谈话内容\n1,张三,男,1990.5,2022.3,李四,2022.4,动机\n";
    assert_eq!(kind(activists), RosterKind::Members, "a roster with columns of talks");
    let talks = "序号,姓名,谈话时间,谈话人,谈话内容\n1,张三,2024.3.1,李四,思想\n";
    assert_eq!(kind(talks), RosterKind::Talks, "a ledger that calls the partner 姓名");
    let members = "序号,姓名,所在党支部,联系电话,入党时间\n1,张三,机关党支部,13900000000,2001.7\n";
    assert_eq!(kind(members), RosterKind::Members);
    let secretaries = "各支部情况\n党支部名称,支部书记,,,党员人数,成立时间\n,姓名,性别,出生年月,,\n机关党支部,张三,男,1980.5,12,2001.7\n";
    assert_eq!(kind(secretaries), RosterKind::Organisations, "who is below 书记 is no member of a roster");
    let signed = "姓名,谈话时间,谈话内容,本人签名\n张三,2024.3.1,思想,\n李四,2024.3.2,工作,\n";
    assert_eq!(kind(signed), RosterKind::Talks, "with a column for signatures");
    let branches = "序号,党支部,书记,联系电话\n1,机关党支部,张三,13900000000\n";
    assert_eq!(kind(branches), RosterKind::Organisations);
}

#[test]
fn what_stands_below_a_head_of_something_else_is_no_value_of_the_member() {
    let csv = "序号,姓名,性别,入党时间,楼栋治理,,学历\n,,,,时长,职务,\n1,张三,男,2001.7,12小时,楼长,优秀\n2,李四,女,2002.7,8小时,楼长,大专\n";
    let reading = read_bytes("名册.csv", csv.as_bytes()).expect("a roster");
    let [one, two] = &reading.rows[..] else { panic!("two rows: {:?}", reading.rows) };
    assert_eq!(value(one, Known::Job), "");
    assert!(one.extra.iter().any(|(head, text)| **head == *"楼栋治理/职务" && text == "楼长"), "{:?}", one.extra);
    assert_eq!((value(one, Known::EducationText), value(two, Known::EducationText)), ("".into(), "大专".into()));
    assert!(one.kept.iter().any(|kept| kept.text == "优秀"), "{:?}", one.kept);
}

#[test]
fn a_file_that_is_not_there_and_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = read(&folder.path().join("没有.xlsx")).expect_err("a refusal");
    assert_eq!(missing.kind, ProblemKind::Storage);
    assert!(missing.happened.contains("没有.xlsx"), "{missing}");
    assert_eq!(read(folder.path()).expect_err("a refusal").kind, ProblemKind::Storage);
}

#[test]
fn reading_stops_when_it_is_cancelled() {
    let progress = Progress::default();
    progress.cancel();
    let path = &corpus()[0];
    assert_eq!(read_roster(path, TODAY, &progress).expect_err("cancelled").kind, ProblemKind::Cancelled);
}

#[test]
fn what_a_cell_shows_counts() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let month = Format::new().set_num_format("yyyy\"年\"m\"月\"");
    let day = Format::new().set_num_format("yyyy/m/d");
    let two_decimals = Format::new().set_num_format("0.00_ ");
    for (column, head) in
        ["姓名", "出生年月", "参加工作时间", "入党时间", "转正时间", "手机号", "身份证号"].iter().enumerate()
    {
        sheet.write(0, column as u16, *head).expect("a cell");
    }
    sheet.write(1, 0, "张三").expect("a cell");
    sheet.write_with_format(1, 1, 29_403, &month).expect("a cell");
    sheet.write_with_format(1, 2, 36_647, &day).expect("a cell");
    sheet.write_with_format(1, 3, 2019.1, &two_decimals).expect("a cell");
    sheet.write(1, 4, 2020.1).expect("a cell");
    sheet.write(1, 5, 13_800_000_000f64).expect("a cell");
    sheet.write(1, 6, 110_000_198_007_010_000f64).expect("a cell");
    let reading = read_bytes("名册.xlsx", &book.save_to_buffer().expect("a workbook")).expect("a roster");
    let row = &reading.rows[0];
    assert_eq!(value(row, Known::Birth), "1980-07");
    assert_eq!(value(row, Known::WorkStart), "2000-05-01");
    assert_eq!(value(row, Known::Joined), "2019-10");
    assert_eq!(value(row, Known::Full), "");
    assert_eq!(value(row, Known::Phone), "13800000000");
    let choices: Vec<_> =
        reading.questions.iter().flat_map(|question| question.choices.iter().map(Value::text)).collect();
    assert_eq!(choices, ["2020-01", "2020-10"]);
    assert_eq!(reading.problems.iter().map(|problem| problem.trouble).collect::<Vec<_>>(), [Trouble::IdDigitsLost]);
}
