//! Opening, searching, filtering, past days.

use std::path::Path;

use branchdesk::domain::conditions::Subject;
use branchdesk::domain::fields::Known;
use branchdesk::view::desk::Desk;
use branchdesk::view::difference::{DifferenceAsk, difference};
use branchdesk::view::members::{Comparison, Condition, ListAsk, SortBy, SortKey, list};
use branchdesk::view::ready_lists::ReadyList;

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

    filters(report, &desk);
    differences(report, &desk, "reading: difference of two days, p95");

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

/// 且, 或 and 非: over what the directory holds, and with fields that only a walk over the file knows.
fn filters(report: &mut Report, desk: &Desk) {
    let ask = |conditions: Vec<Condition>| ListAsk { conditions, ..ListAsk::roll(TODAY, None) };
    let years = |what: Subject, from| Condition::of(what, Comparison::Years { from: Some(from), to: None });
    let held = Condition::Any(vec![
        Condition::All(vec![Condition::Sex("女".into()), years(Subject::Age, 60).negated()]),
        Condition::All(vec![Condition::Members, years(Subject::Standing, 30)]),
    ]);
    let mut times = Vec::new();
    for _ in 0..20 {
        times.push(timed(|| list(desk, &ask(vec![held.clone()])).expect("a list")).1);
    }
    report.within("reading: a filter of 且 或 非, p95", p95(times), 20.0);
    let walked = [Known::Unit, Known::Address, Known::PartyPost]
        .map(|known| Condition::of(known, Comparison::Contains("第3".into())));
    let walked = vec![Condition::Any(walked.to_vec()), held.negated()];
    let (_, walking) = timed(|| list(desk, &ask(walked)).expect("a list"));
    report.seconds("reading: a filter of 且 或 非 with three walked fields", walking);
    for ready in ReadyList::ALL {
        let conditions = ready.usual(TODAY).conditions(TODAY);
        let (_, listing) = timed(|| list(desk, &ask(conditions)).expect("a list"));
        report.seconds(&format!("reading: ready list {}", ready.name()), listing);
    }
}

/// Who came, left and changed in each of ten years.
pub fn differences(report: &mut Report, desk: &Desk, what: &str) {
    let mut times = Vec::new();
    for year in 2015..2025 {
        let day = |year| branchdesk::clock::Day::constant(year, 12, 31);
        let ask = DifferenceAsk { scope: None, from: day(year), to: day(year + 1) };
        times.push(timed(|| difference(desk, &ask).expect("a difference")).1);
    }
    report.within(what, p95(times), 500.0);
}
