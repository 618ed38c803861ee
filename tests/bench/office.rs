//! Rosters and workbooks of any size, the same each time.

use std::path::Path;

use branchdesk::clock::{Clock, Day};
use branchdesk::command::{Ledger, Stamp};
use branchdesk::store::Key;
use branchdesk::store::journal::Origin;
use branchdesk::store::workbook::{Random, Workbook};
use rust_xlsxwriter::{Format, Workbook as Xlsx};

pub const TODAY: Day = Day::constant(2026, 11, 24);
pub const BRANCHES: usize = 200;

const HEADS: [&str; 20] = [
    "姓名",
    "性别",
    "民族",
    "出生日期",
    "公民身份号码",
    "籍贯",
    "学历",
    "学位",
    "毕业院校",
    "参加工作时间",
    "入党时间",
    "转正时间",
    "人员类别",
    "所在党支部",
    "党内职务",
    "工作单位",
    "行政职务",
    "联系电话",
    "家庭住址",
    "备注",
];
const FAMILY: &[char] =
    &['林', '吴', '陈', '马', '何', '周', '赵', '沈', '曹', '孙', '唐', '刘', '谢', '韩', '董', '彭', '郑', '曾'];
const GIVEN: &[char] = &[
    '秀', '英', '海', '涛', '志', '远', '晓', '东', '静', '国', '华', '永', '强', '庆', '振', '建', '平', '玉', '兰',
    '淑',
];

/// A synthetic identity number with a right check digit.
fn identity(nth: usize, birth: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let first = format!("110000{}{:03}", birth.replace('-', ""), nth % 1000);
    let sum: u32 = first.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{first}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}

fn row(nth: usize) -> [String; 20] {
    let pick = |from: &[char], step: usize| from[(nth / step) % from.len()];
    let name: String = [pick(FAMILY, 1), pick(GIVEN, 18), pick(GIVEN, 360)].iter().collect();
    let birth = format!("{}-{:02}-{:02}", 1945 + nth / 7 % 58, nth / 3 % 12 + 1, nth % 28 + 1);
    let year: usize = birth[..4].parse().unwrap_or(1970);
    let joined = format!("{}-{:02}-{:02}", (year + 22).min(2024), nth % 12 + 1, nth / 5 % 28 + 1);
    let full = format!("{}{}", joined[..4].parse::<usize>().map_or(2000, |year| year + 1), &joined[4..]);
    let words = |list: &[&str]| list[nth % list.len()].to_owned();
    [
        name,
        words(&["男", "女", "男"]),
        words(&["汉族", "汉族", "土家族", "苗族"]),
        birth.clone(),
        identity(nth, &birth),
        "青禾县".into(),
        words(&["大学本科", "大专", "研究生", "中专", "高中", "初中"]),
        words(&["学士", ""]),
        format!("青禾大学{}", nth % 40),
        format!("{}-07", year + 20),
        joined,
        full,
        "正式党员".into(),
        format!("青禾县第{}党支部", nth % BRANCHES + 1),
        words(&["", "", "", "书记", "组织委员", "普通党员"]),
        format!("青禾县民政局第{}办公室", nth % 300),
        words(&["科员", "股长", ""]),
        format!("138{:08}", nth),
        format!("青禾县幸福路{}号", nth % 900 + 1),
        String::new(),
    ]
}

/// A roster of so many people as an XLSX file.
pub fn write_roster(path: &Path, members: usize) {
    let mut book = Xlsx::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0_u16..).zip(HEADS) {
        sheet.write_string(0, column, head).expect("a head");
    }
    for nth in 0..members {
        for (column, text) in (0_u16..).zip(row(nth)) {
            if !text.is_empty() {
                sheet.write_string(nth as u32 + 1, column, text).expect("a cell");
            }
        }
    }
    book.save(path).expect("saved");
}

/// Members between two rows that name a group.
const GROUP: usize = 40;

/// The rows of a roster as an office keeps it: a title, who fills it in and when, heads in two rows, rows of groups, dates
/// in several styles, a column the field table does not know, a total.
fn office_rows(members: usize) -> Vec<Vec<String>> {
    let texts = |row: &[&str]| row.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let mut rows = vec![
        texts(&["青禾县党员花名册"]),
        texts(&["填报单位：中共青禾县民政局机关支部委员会", "", "", "", "", "填报时间：2026年11月20日"]),
        texts(&[
            "序号",
            "基本情况",
            "",
            "",
            "",
            "",
            "入党时间",
            "转正时间",
            "学历学位",
            "",
            "职务",
            "",
            "联系方式",
            "",
            "特长",
        ]),
        texts(&[
            "",
            "姓名",
            "性别",
            "民族",
            "出生年月",
            "身份证号码",
            "",
            "",
            "学历",
            "毕业院校",
            "工作单位",
            "党内",
            "手机",
            "住址",
            "",
        ]),
    ];
    for nth in 0..members {
        if nth % GROUP == 0 {
            rows.push(texts(&[&format!("第{}党小组", nth / GROUP + 1)]));
        }
        let [
            name,
            sex,
            nation,
            birth,
            id,
            _,
            education,
            _,
            school,
            _,
            joined,
            full,
            _,
            _,
            post,
            unit,
            _,
            phone,
            home,
            _,
        ] = row(nth);
        let birth = match nth % 3 {
            0 => birth.replace('-', "."),
            1 => birth[..7].replace('-', "."),
            _ => format!("{}年{}月", &birth[..4], &birth[5..7]),
        };
        let joined = if nth % 2 == 0 { joined.replace('-', ".") } else { joined.replace('-', "") };
        let skill = if nth % 5 == 0 { "书法" } else { "" };
        rows.push(vec![
            (nth + 1).to_string(),
            name,
            sex,
            nation,
            birth,
            id,
            joined,
            full.replace('-', "/"),
            education,
            school,
            unit,
            post,
            phone,
            home,
            skill.into(),
        ]);
    }
    rows.push(texts(&["合计", &format!("{members}人")]));
    rows
}

/// A roster of so many people as an office keeps it, as an XLSX file with merged cells and typed dates.
pub fn write_office_roster(path: &Path, members: usize) {
    let mut book = Xlsx::new();
    let sheet = book.add_worksheet();
    let centred = Format::new().set_align(rust_xlsxwriter::FormatAlign::Center);
    for (number, cells) in (0_u32..).zip(office_rows(members)) {
        for (column, text) in (0_u16..).zip(&cells) {
            match text.parse::<f64>() {
                Ok(value) if column == 0 => sheet.write_number(number, column, value).expect("a number"),
                _ if text.is_empty() => sheet,
                _ => sheet.write_string(number, column, text).expect("a cell"),
            };
        }
    }
    for (first_row, first, last_row, last, text) in [
        (0, 0, 0, 14, "青禾县党员花名册"),
        (2, 0, 3, 0, "序号"),
        (2, 1, 2, 5, "基本情况"),
        (2, 6, 3, 6, "入党时间"),
        (2, 7, 3, 7, "转正时间"),
        (2, 8, 2, 9, "学历学位"),
        (2, 10, 2, 11, "职务"),
        (2, 12, 2, 13, "联系方式"),
        (2, 14, 3, 14, "特长"),
    ] {
        sheet.merge_range(first_row, first, last_row, last, text, &centred).expect("merged");
    }
    book.save(path).expect("saved");
}

/// The same as CSV in the encoding that WPS writes.
pub fn write_office_csv(path: &Path, members: usize) {
    let lines: Vec<String> = office_rows(members).iter().map(|row| row.join(",")).collect();
    let text = lines.join("\r\n");
    let (bytes, _, unknown) = encoding_rs::GBK.encode(&text);
    assert!(!unknown, "all of it is GBK");
    std::fs::write(path, bytes).expect("written");
}

pub fn new_ledger(path: &Path) -> (Ledger, Stamp) {
    let at = Clock::fixed_on(TODAY).now();
    let workbook = Workbook::create(path, Key::None, "测速", at, Random::Seed(1)).expect("a workbook");
    (Ledger::new(workbook), Stamp { at, operator: "测速".into(), origin: Origin::Import })
}
