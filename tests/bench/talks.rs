//! Talks: search over all that was said, sentences that are shared, an evening's paper talks written and taken back, a
//! ledger that comes in.

use std::fmt::Write as _;
use std::path::Path;

use branchdesk::command::{Command, ImportRoster, Ledger, Stamp};
use branchdesk::domain::ids::OrganisationId;
use branchdesk::exchange::import::{PlanOptions, plan, read_roster};
use branchdesk::exchange::practice::{CrowdSize, generate_with_talks};
use branchdesk::progress::Progress;
use branchdesk::view::likeness::{SentencesAsk, shared_sentences};
use branchdesk::view::search::talks;
use serde_json::{Value as Json, json};

use crate::office::{TODAY, new_ledger};
use crate::tables::open;
use crate::{Report, p95, timed};

/// Members, and the talks of ten years.
const SIZE: CrowdSize = CrowdSize { members: 5_000, talks: 50_000 };
/// 谈话检索: what people look for, common and rare, long and short.
const QUERIES: [&str; 20] = [
    "的",
    "一",
    "工作",
    "思想",
    "学习",
    "困难",
    "家庭",
    "支部",
    "意见建议",
    "岗位",
    "驻村",
    "老人",
    "身体健康",
    "廉洁",
    "鼂",
    "没有这样的话",
    "12",
    "2026",
    "工作 困难",
    "学习 家庭 意见",
];
/// Hits that a list shows at once.
const SHOWN: usize = 20;
/// Talks of one ledger in a year.
const OF_A_YEAR: usize = 5_000;
/// Rows of a ledger that comes in.
const ROWS: usize = 20_000;

pub fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = generate_with_talks(folder.path(), SIZE, 1, false, &Progress::default()).expect("generated");
    let desk = open(&path);
    let mut times = Vec::new();
    for text in QUERIES {
        for _ in 0..5 {
            times.push(timed(|| talks(&desk, text, SHOWN).expect("searched")).1);
        }
    }
    assert_eq!(talks(&desk, "思想", SHOWN).expect("searched").len(), SHOWN, "what is common is found");
    report.within("talks: any search over 50,000, p95", p95(times), 50.0);
    drop(desk);
    one_ledger(report, folder.path());
}

/// One branch with many talks.
fn one_ledger(report: &mut Report, folder: &Path) {
    let path = folder.join("一本台账.bdk");
    let (mut ledger, stamp) = new_ledger(&path);
    let made = |ledger: &mut Ledger, json: Json| run_json(ledger, &stamp, json).to_string();
    let branch = made(&mut ledger, json!({ "do": "add_organisation", "set": { "name": "测速党支部" } }));
    let member = |name: &str| json!({ "do": "add_member", "branch_id": branch, "set": { "name": name } });
    let (chen, lin) = (made(&mut ledger, member("陈志远")), made(&mut ledger, member("林秀英")));
    let talk = |nth: usize| {
        json!({ "organisation_id": branch, "held_on": date(nth), "type": "T01", "talker_ids": [chen],
            "partner_ids": [lin], "content": said(nth) })
    };
    let all: Vec<Json> = (0..OF_A_YEAR).map(talk).collect();
    let (_, writing) = timed(|| run_json(&mut ledger, &stamp, json!({ "do": "record_talks", "talks": all })));
    report.seconds("talks: 5,000 written as one step", writing);
    let evening: Vec<Json> = (0..60).map(talk).collect();
    let (_, writing) = timed(|| run_json(&mut ledger, &stamp, json!({ "do": "record_talks", "talks": evening })));
    report.within("talks: 60 paper talks written", writing, 500.0);
    let (_, undoing) = timed(|| ledger.undo(None, false, &stamp, &Progress::default()).expect("undone"));
    report.ratio("talks: undo of the 60 / their write", undoing, Some(writing), 1.5);

    let desk = open(&path);
    let copied: String = said(OF_A_YEAR / 2).chars().take(60).collect();
    let own = "今天谈得很坦诚，他把几件难办的事一件一件说清楚了，对支部也提了两条，请支委会研究后答复。";
    let text = format!("{copied}{}", own.repeat(5));
    let organisation = OrganisationId(branch.parse().expect("an id"));
    let ask = SentencesAsk { talk: None, organisation, year: 2026, kind: "T01".into(), text };
    let times = (0..20).map(|_| timed(|| assert!(!shared_sentences(&desk, &ask).expect("compared").is_empty())).1);
    report.within("talks: shared sentences among 5,000, p95", p95(times.collect()), 50.0);
    drop(desk);

    let rows = folder.join("台账.csv");
    let mut csv = "\u{feff}谈话时间,谈话人,谈话对象,谈话内容,党支部\n".to_owned();
    for nth in 0..ROWS {
        writeln!(csv, "{},陈志远,林秀英,第{nth}行：{},测速党支部", date(nth).replace("2026", "2025"), said(nth))
            .expect("a line");
    }
    std::fs::write(&rows, csv).expect("written");
    let reader = ledger.workbook().second_reader().expect("a reader");
    let progress = Progress::default();
    let (planned, planning) = timed(|| {
        let reading = read_roster(&rows, TODAY, &progress).expect("read");
        plan(reader.reader(), vec![reading], &PlanOptions::default(), TODAY, &progress).expect("a plan")
    });
    drop(reader);
    assert_eq!(planned.counts().new, ROWS, "{:?}", planned.counts());
    report.seconds("talks: a ledger of 20,000 rows read and compared", planning);
    let command = Command::ImportRoster(ImportRoster { plan: planned });
    let (_, writing) = timed(|| ledger.run(command, &stamp).expect("written"));
    report.seconds("talks: the same written", writing);
}

fn run_json(ledger: &mut Ledger, stamp: &Stamp, json: Json) -> i64 {
    let command: Command = serde_json::from_value(json).expect("a command");
    ledger.run(command, stamp).expect("done").made.expect("an id")
}

/// A day of 2026 before today.
fn date(nth: usize) -> String {
    format!("2026-{:02}-{:02}", 1 + nth % 10, 1 + nth % 28)
}

/// About three hundred characters, no two alike.
fn said(nth: usize) -> String {
    const PARTS: [&str; 8] = [
        "近期思想稳定",
        "工作压力较大",
        "家里老人生病",
        "孩子面临升学",
        "对会议安排有意见",
        "愿意承担新任务",
        "学习抓得不紧",
        "希望多到基层",
    ];
    let mut text = String::new();
    for step in 0..24 {
        let part = PARTS[(nth * 7 + step * 5 + nth / 8) % PARTS.len()];
        write!(text, "{part}，第{}项；", (nth * 31 + step * 17) % 9_973).expect("text");
    }
    text
}
