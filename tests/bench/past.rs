//! Lists of past days where everybody has a history, and names by their strokes.

use std::path::Path;

use branchdesk::clock::Day;
use branchdesk::domain::ids::OrganisationId;
use branchdesk::domain::strokes;
use branchdesk::exchange::practice;
use branchdesk::progress::Progress;
use branchdesk::view::desk::Desk;
use branchdesk::view::members::{ListAsk, SortBy, SortKey, list};
use rusqlite::{Connection, params};

use crate::office::TODAY;
use crate::tables::open;
use crate::{Report, cells, p95, reading, timed};

/// Dated facts that everybody has.
const FACTS: i64 = 10;

pub fn run(report: &mut Report, members: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let members = u32::try_from(members).expect("so many");
    let path = practice::generate(folder.path(), members, 1, false, &Progress::default()).expect("generated");
    give_histories(&path);
    let (desk, opening) = timed(|| open(&path));
    report.seconds(&format!("past: open with {FACTS} dated facts each"), opening);

    let times = (2001..2026).map(|year| {
        let ask = ListAsk::roll(Day::constant(year, 6, 30), None);
        timed(|| list(&desk, &ask).expect("a list")).1
    });
    report.within("past: everybody on a day not asked for before, p95", p95(times.collect()), 50.0);

    let branches: Vec<OrganisationId> = branches(&desk);
    let days = (0..400_i16).map(|nth| Day::constant(2001 + nth % 25, (nth / 25 % 12 + 1) as i8, 15));
    let times = days.zip(branches.iter().cycle()).map(|(day, branch)| {
        let ask = ListAsk::roll(day, Some(*branch));
        timed(|| list(&desk, &ask).expect("a list")).1
    });
    report.within("past: one branch on a day not asked for before, p95", p95(times.collect()), 5.0);

    reading::differences(report, &desk, "past: difference of two days with ten facts each, p95");

    let (_, first) = timed(|| strokes::key("丁一"));
    report.within("past: table of strokes, once", first, 20.0);
    let sort = vec![SortKey { by: SortBy::Strokes, descending: false }];
    let days = [TODAY, Day::constant(2024, 12, 31), Day::constant(2023, 12, 31), Day::constant(2022, 12, 31)];
    let times = days.map(|day| {
        let ask = ListAsk { sort: sort.clone(), ..ListAsk::roll(day, None) };
        timed(|| list(&desk, &ask).expect("a list")).1
    });
    report.within("past: everybody by 姓氏笔画, slowest of four days", times.into_iter().max().expect("four"), 150.0);
    drop(desk);
    cells::run(report, &path, "past: cells");
}

fn branches(desk: &Desk) -> Vec<OrganisationId> {
    desk.tree().all().filter(|node| node.kind.is_branch()).map(|node| node.id).collect()
}

/// Two earlier branches, two groups, two posts, a status that ends membership for one of fifty, time away and out of
/// reach: [`FACTS`] for everybody with those there are already.
fn give_histories(path: &Path) {
    let branches = branches(&open(path));
    let mut connection = Connection::open(path).expect("open");
    let written = connection.transaction().expect("a transaction");
    let people: Vec<(i64, i64)> = {
        let sql = "SELECT person.id, (SELECT count(*) FROM fact WHERE fact.person = person.id) FROM person ORDER BY id";
        let mut statement = written.prepare(sql).expect("prepared");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("read");
        rows.map(|row| row.expect("a row")).collect()
    };
    written
        .execute(
            "UPDATE fact SET from_day = 20150101 + person % 12 * 100 + person % 8 * 10000 WHERE kind = 'membership'",
            [],
        )
        .expect("written");
    let mut next: i64 = written.query_row("SELECT max(id) + 1 FROM fact", [], |row| row.get(0)).expect("an id");
    {
        let sql = "INSERT INTO fact (id, person, kind, organisation, value, from_day, to_day, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let mut insert = written.prepare(sql).expect("prepared");
        for (nth, (person, there)) in people.into_iter().enumerate() {
            let branch = |step: usize| Some(branches[nth * step % branches.len()].0);
            let (place, month) = (nth as i64, 100 * (person % 12 + 1));
            // Things happen to people in different years.
            let (since, year) = (20150001 + month + person % 8 * 10000, person % 12 * 10000);
            let status = if nth.is_multiple_of(50) { "停止党籍" } else { "正常" };
            let history = [
                ("membership", branch(7), None, 20000001 + month, Some(20090001 + month), Some(place)),
                ("membership", branch(13), None, 20090001 + month, Some(since), Some(place)),
                ("status", None, Some(status), 20120001 + month + year, Some(20130001 + month + year), None),
                ("group", branch(7), None, 20010001 + month + year, Some(20080001 + month + year), None),
                ("group", branch(13), None, 20100001 + month + year, Some(20150001 + month + year), None),
                ("post", branch(7), Some("组织委员"), 20020001 + month + year, Some(20050001 + month + year), None),
                ("post", branch(13), Some("宣传委员"), 20110001 + month + year, Some(20140001 + month + year), None),
                ("floating", None, Some("是"), 20080001 + month + year, Some(20090001 + month + year), None),
                ("lost", None, Some("是"), 20100001 + month + year, Some(20110001 + month + year), None),
            ];
            for (kind, organisation, value, from, to, position) in
                history.into_iter().take(usize::try_from(FACTS - there).expect("no more there"))
            {
                insert.execute(params![next, person, kind, organisation, value, from, to, position]).expect("written");
                next += 1;
            }
        }
    }
    written.commit().expect("committed");
}
