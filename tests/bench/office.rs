//! Rosters and workbooks of any size, the same each time.

use std::path::Path;

use branchdesk::clock::{Clock, Day};
use branchdesk::command::{Ledger, Stamp};
use branchdesk::store::Key;
use branchdesk::store::journal::Origin;
use branchdesk::store::workbook::{Random, Workbook};
use rust_xlsxwriter::Workbook as Xlsx;

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

pub fn new_ledger(path: &Path) -> (Ledger, Stamp) {
    let at = Clock::fixed_on(TODAY).now();
    let workbook = Workbook::create(path, Key::None, "测速", at, Random::Seed(1)).expect("a workbook");
    (Ledger::new(workbook), Stamp { at, operator: "测速".into(), origin: Origin::Import })
}
