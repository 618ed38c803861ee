//! Invented forms, and pieces of font files, for the tests of this layer.

use super::frame::Frame;
use super::summary::{BandFamily, BranchRow, BranchTable, SummaryBand, SummaryFigure, SummaryScope, SummarySheet};
use super::table::{Orientation, RowWords, TableColumn, TableSection, TableSheet};
use super::talk::{FollowUpLine, TalkPerson, TalkRecord, TalkSheet, TalkTexts, WrittenTexts};
use crate::clock::Day;

const SURNAMES: [&str; 12] = ["韦", "何", "周", "冯", "林", "魏", "苏", "丁", "廖", "黎", "孙", "欧阳"];
const GIVEN: [&str; 10] = ["文军", "明亮", "涛", "斌", "秀英", "美华", "子豪", "倩", "凯", "立新"];
const EDUCATION: [&str; 4] = ["大学本科", "大学专科", "研究生", "高中、中技"];
const UNITS: [&str; 3] = ["县救助管理站", "县社会福利院护理部", "青禾县民政局养老服务和儿童福利股"];

/// Head and foot of a paper of the invented office.
pub fn frame(organisation: &str) -> Frame {
    Frame {
        organisation: organisation.into(),
        as_of: Day::constant(2026, 11, 24),
        filled_on: Day::constant(2026, 11, 24),
        prepared_by: "李敏".into(),
        checked_by: String::new(),
        practice: false,
    }
}

/// A roster of so many invented people under one heading.
pub fn roster(people: usize) -> TableSheet {
    TableSheet {
        title: "中共青禾县民政局机关第一支部委员会党员花名册".into(),
        frame: frame("中共青禾县民政局机关第一支部委员会"),
        orientation: Orientation::Landscape,
        words: RowWords::PEOPLE,
        period: None,
        numbered: true,
        columns: columns(),
        sections: vec![TableSection { rows: (0..people).map(person).collect(), ..TableSection::default() }],
        stands_for: None,
        narrowed: None,
        notes: Vec::new(),
        masked: true,
    }
}

fn columns() -> Vec<TableColumn> {
    let labels = ["姓名", "性别", "民族", "出生日期", "公民身份号码", "学历", "入党时间", "转正时间"];
    let mut columns: Vec<TableColumn> = labels.into_iter().map(TableColumn::new).collect();
    columns.push(TableColumn::new("工作单位及职务").left());
    columns.push(TableColumn::new("联系电话"));
    columns.push(TableColumn::new("备注").left());
    columns
}

fn person(number: usize) -> Vec<String> {
    let year = 1955 + number * 7 % 45;
    let month = 1 + number * 5 % 12;
    let joined = year + 24;
    let remark = match number % 17 {
        3 => "2021年7月获“光荣在党50年”纪念章，现居外地，每季度以电话汇报思想",
        9 => "流动党员",
        _ => "",
    };
    vec![
        format!("{}{}", SURNAMES[number % SURNAMES.len()], GIVEN[number / 3 % GIVEN.len()]),
        if number % 5 < 3 { "男" } else { "女" }.into(),
        if number % 13 == 5 { "土家族" } else { "汉族" }.into(),
        format!("{year}-{month:02}-{:02}", 1 + number % 28),
        format!("110000********{:04}", number % 10_000),
        EDUCATION[number % EDUCATION.len()].into(),
        format!("{joined}-07-01"),
        format!("{}-07-01", joined + 1),
        UNITS[number % UNITS.len()].into(),
        format!("138****{:04}", number * 37 % 10_000),
        remark.into(),
    ]
}

/// A roster of a general branch: four branches, so many people each.
pub fn roster_by_branch(people: usize) -> TableSheet {
    let names = ["局机关第一党支部", "县社会福利院党支部", "县救助管理站党支部", "局离退休干部党支部"];
    let section = |(index, name): (usize, &str)| TableSection {
        title: Some(name.to_owned()),
        rows: (0..people).map(|number| person(index * people + number)).collect(),
        marked: Vec::new(),
    };
    TableSheet {
        title: "中共青禾县民政局总支部委员会党员花名册".into(),
        frame: frame("中共青禾县民政局总支部委员会"),
        sections: names.into_iter().enumerate().map(section).collect(),
        ..roster(0)
    }
}

/// The summary of an invented general branch of 182 members.
pub fn summary() -> SummarySheet {
    let figure = |label: &str, value: u64, unit: &str, share: bool| SummaryFigure {
        label: label.into(),
        value,
        unit: unit.into(),
        share: share.then_some(value as f64 / 182.0),
    };
    SummarySheet {
        frame: Frame {
            filled_on: Day::constant(2026, 11, 25),
            practice: true,
            ..frame("中共青禾县民政局总支部委员会")
        },
        scope: SummaryScope::GeneralBranch,
        figures: vec![
            figure("党员总数", 182, "人", false),
            figure("正式党员", 179, "人", true),
            figure("预备党员", 3, "人", true),
            figure("女党员", 73, "人", true),
            figure("少数民族", 4, "人", true),
            figure("大专及以上", 137, "人", true),
            figure("光荣在党50年", 11, "人", true),
        ],
        organisations: vec![
            figure("党总支", 1, "个", false),
            figure("党支部", 7, "个", false),
            figure("联合党支部", 1, "个", false),
            figure("党小组", 14, "个", false),
        ],
        families: families(),
        branches: Some(branches()),
        notes: vec![
            "统计截至日在册的正式党员和预备党员，流出、失联党员照计，停止党籍的不计".into(),
            "年龄为周岁；入党时间按支部大会通过之日".into(),
        ],
    }
}

fn families() -> Vec<BandFamily> {
    let family = |title: &str, basis: &str, bands: &[(&str, u64)]| {
        let total: u64 = bands.iter().map(|(_, value)| value).sum();
        let band = |(label, value): &(&str, u64)| SummaryBand {
            label: (*label).into(),
            value: *value,
            share: Some(*value as f64 / total as f64),
        };
        BandFamily {
            title: title.into(),
            basis: format!("{basis}合计 {total} 人"),
            bars: true,
            bands: bands.iter().map(band).collect(),
        }
    };
    vec![
        family(
            "年龄",
            "周岁，",
            &[
                ("30岁及以下", 4),
                ("31至35岁", 18),
                ("36至40岁", 28),
                ("41至45岁", 35),
                ("46至50岁", 32),
                ("51至55岁", 14),
                ("56至60岁", 10),
                ("61岁及以上", 41),
                ("日期不全", 0),
            ],
        ),
        family(
            "学历",
            "",
            &[("研究生", 8), ("大学本科", 73), ("大学专科", 56), ("中专", 24), ("高中、中技", 15), ("初中及以下", 6)],
        ),
        family(
            "入党时间",
            "",
            &[
                ("新中国成立前", 0),
                ("新中国成立后至党的十一届三中全会前", 17),
                ("党的十一届三中全会后至党的十八大前", 95),
                ("党的十八大以来", 70),
            ],
        ),
        family(
            "党龄",
            "正式党员，",
            &[
                ("10年以下", 47),
                ("10至19年", 59),
                ("20至29年", 26),
                ("30至39年", 22),
                ("40至49年", 14),
                ("50年及以上", 11),
            ],
        ),
    ]
}

fn branches() -> BranchTable {
    let row = |name: &str, values: [u64; 6]| BranchRow { name: name.into(), values: values.to_vec() };
    BranchTable {
        columns: ["党员", "正式", "预备", "女", "少数民族", "大专及以上"].map(String::from).to_vec(),
        rows: vec![
            row("局机关第一党支部", [24, 24, 0, 9, 1, 24]),
            row("局机关第二党支部", [21, 20, 1, 8, 0, 21]),
            row("县社会福利院党支部", [26, 25, 1, 17, 0, 19]),
            row("县救助管理站党支部", [12, 12, 0, 3, 0, 9]),
            row("县殡仪馆党支部", [17, 17, 0, 4, 1, 10]),
            row("婚姻登记处党支部", [9, 9, 0, 6, 0, 9]),
            row("局离退休干部党支部", [41, 41, 0, 12, 1, 20]),
            row("社会组织联合党支部", [32, 31, 1, 14, 1, 25]),
        ],
        total: Some(vec![182, 179, 3, 73, 4, 137]),
    }
}

/// The name table of a font with one family name, as Windows writes it.
pub fn name_table(family: &str) -> Vec<u8> {
    let name: Vec<u8> = family.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let length = u16::try_from(name.len()).expect("a short name");
    let header = [0_u16, 1, 18, 3, 1, 0x0804, 1, length, 0];
    header.iter().flat_map(|value| value.to_be_bytes()).chain(name).collect()
}

/// A written talk of the invented first branch.
pub fn talk() -> TalkRecord {
    let person = |name: &str, about: &str| TalkPerson { name: name.into(), about: about.into() };
    TalkRecord {
        organisation: "中共青禾县民政局机关第一支部委员会".into(),
        number: "2026-036".into(),
        held_on: "2026年9月8日".into(),
        place: "局机关三楼党员活动室".into(),
        mode: "一对一".into(),
        kind: "日常谈心谈话".into(),
        talkers: vec![person("韦文军", "支部书记")],
        partners: vec![person("何静", "县救助管理站，办事员，中共党员")],
        recorder: "周明亮".into(),
        topic: "近期思想和工作情况".into(),
        texts: TalkTexts::Written(Box::new(WrittenTexts {
            outline: "一、近期思想、学习、工作、生活情况\n二、对支部工作和本人的意见建议".into(),
            content: "韦文军首先介绍了支部本季度的工作安排，询问何静到救助管理站工作半年来的情况。\n何静谈到，站里夜班\
                      较多，与家人相处的时间少，但同事相互照应，工作已经熟悉，愿意继续做好救助服务。"
                .into(),
            opinions: "建议主题党日避开夜班次日。".into(),
            attitude: "虚心接受，今后按时参加组织生活。".into(),
            measures: "与站里商量调整值班表。".into(),
            remark: String::new(),
        })),
        follow_ups: vec![FollowUpLine {
            measure: "调整四季度值班表，主题党日前一夜不排党员值班".into(),
            owner: "周明亮".into(),
            due: "2026.09.30".into(),
            done: "2026.09.25 已调整".into(),
        }],
    }
}

/// A sheet of records.
pub fn talks(records: Vec<TalkRecord>) -> TalkSheet {
    TalkSheet { made_on: Day::constant(2026, 11, 24), records, practice: false }
}
