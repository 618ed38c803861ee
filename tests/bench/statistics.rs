//! Tables of figures over everybody, each member with ten dated facts.

use std::path::Path;

use branchdesk::domain::statistics::Feature;
use branchdesk::view::by_branch::{ByBranchAsk, by_branch};
use branchdesk::view::comparison::{ComparisonAsk, comparison};
use branchdesk::view::cross::{CrossAsk, cross};
use branchdesk::view::figures::annual;

use crate::office::TODAY;
use crate::tables::open;
use crate::{Report, p95, timed};

/// Eight more facts for each person, besides membership and status; straight into a copy of the file.
const MORE_FACTS: &str = "
    INSERT INTO fact (id, person, kind, organisation, value, from_day, to_day)
    SELECT (SELECT max(id) FROM fact) + row_number() OVER (), person.id, more.kind, NULL, more.value, more.since, more.until
    FROM person CROSS JOIN (
        SELECT 'post' AS kind, '组织委员' AS value, 20100101 AS since, 20120101 AS until
        UNION ALL SELECT 'post', '宣传委员', 20120101, 20150101
        UNION ALL SELECT 'post', '副书记', 20150101, 20180101
        UNION ALL SELECT 'floating', '是', 20100301, 20110301
        UNION ALL SELECT 'floating', '否', 20110301, NULL
        UNION ALL SELECT 'lost', '是', 20130101, 20130601
        UNION ALL SELECT 'lost', '否', 20130601, NULL
        UNION ALL SELECT 'status', '正常', 20200101, NULL
    ) AS more";

pub fn run(report: &mut Report, path: &Path) {
    let copy = path.with_file_name("统计.bdk");
    std::fs::copy(path, &copy).expect("copied");
    let connection = rusqlite::Connection::open(&copy).expect("open");
    connection.execute(MORE_FACTS, []).expect("facts");
    drop(connection);
    let desk = open(&copy);
    let pairs = [
        (Feature::Sex, Feature::Education),
        (Feature::AgeGroup, Feature::EntryEra),
        (Feature::Branch, Feature::Standing),
        (Feature::Occupation, Feature::AgeGroup),
        (Feature::Post, Feature::Floating),
        (Feature::Lost, Feature::EachNation),
    ];
    for (rows, columns) in pairs {
        let mut times = Vec::new();
        for _ in 0..5 {
            let ask = CrossAsk { rows, columns, scope: None, as_of: TODAY };
            let (table, time) = timed(|| cross(&desk, &ask).expect("a table"));
            assert!(table.value(None, None) > 0, "somebody is counted");
            times.push(time);
        }
        let what = format!("statistics: cross {} × {}, p95", rows.name(), columns.name());
        report.within(&what, p95(times), 300.0);
    }
    let (_, form) = timed(|| annual(&desk, None, TODAY).expect("figures"));
    report.seconds("statistics: annual form", form);
    let ask = ByBranchAsk { scope: None, as_of: TODAY, feature: None };
    report.seconds("statistics: by branch", timed(|| by_branch(&desk, &ask).expect("a table")).1);
    let (found, time) = timed(|| comparison(&desk, &ComparisonAsk { scope: None, to: TODAY }).expect("a comparison"));
    assert!(found.closes());
    report.seconds("statistics: comparison of two years", time);
    drop(desk);
    std::fs::remove_file(&copy).expect("removed");
}
