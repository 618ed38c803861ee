//! Opening, searching, filtering, past days.

use std::path::Path;

use branchdesk::view::members::{Condition, ListAsk, SortBy, SortKey, list};

use crate::office::TODAY;
use crate::tables::open;
use crate::{Report, p95, timed};

/// 任意搜索: what people type into the box.
const QUERIES: [&str; 20] = [
    "林",
    "秀英",
    "lin",
    "lxy",
    "linxiuying",
    "0012",
    "110000",
    "1380000",
    "幸福路12",
    "民政局",
    "第3办公室",
    "曾",
    "zeng",
    "ceng",
    "wu",
    "X",
    "19",
    "英 幸福",
    "hai tao",
    "没有这样的人",
];

pub fn run(report: &mut Report, path: &Path) {
    let (desk, opening) = timed(|| open(path));
    report.within("reading: open with everybody in memory", opening, 800.0);
    let ask = ListAsk::roll(TODAY, None);
    let (_, first) = timed(|| list(&desk, &ask).expect("a list"));
    report.within("reading: first list in 名册顺序", first, 800.0);

    let mut times = Vec::new();
    for text in QUERIES {
        for _ in 0..5 {
            let asked = ListAsk { text: text.into(), ..ask.clone() };
            times.push(timed(|| list(&desk, &asked).expect("a list")).1);
        }
    }
    report.within("reading: any search, p95", p95(times), 20.0);

    let conditions = [
        Condition::Sex("女".into()),
        Condition::Nation("少数民族".into()),
        Condition::Category("正式党员".into()),
        Condition::Band("年龄".into(), "41至45岁".into()),
        Condition::Band("学历".into(), "大学本科".into()),
        Condition::Band("入党时间".into(), "党的十八大以来".into()),
        Condition::Age(30, 40),
    ];
    let mut times = Vec::new();
    for condition in &conditions {
        for _ in 0..5 {
            let asked = ListAsk { conditions: vec![condition.clone()], ..ask.clone() };
            times.push(timed(|| list(&desk, &asked).expect("a list")).1);
        }
    }
    report.within("reading: any filter, p95", p95(times), 20.0);

    let mut times = Vec::new();
    for year in 2000..2020 {
        let day = branchdesk::clock::Day::constant(year, 12, 31);
        times.push(timed(|| list(&desk, &ListAsk::roll(day, None)).expect("a list")).1);
    }
    report.within("reading: roster of a past day, p95", p95(times), 50.0);

    let sort = vec![SortKey { by: SortBy::Name, descending: false }];
    let (_, sorting) = timed(|| list(&desk, &ListAsk { sort, ..ask.clone() }).expect("a list"));
    report.seconds("reading: first sort by pinyin", sorting);
}
