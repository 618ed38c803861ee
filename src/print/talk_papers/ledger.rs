//! 谈心谈话台账: a talk a row, ledger by ledger in the order of the tree.

use std::collections::HashMap;

use super::names::Names;
use super::{Contents, all};
use crate::domain::dates::{PartialDate, Period};
use crate::domain::ids::OrganisationId;
use crate::domain::talks::Side;
use crate::print::fill::FillOptions;
use crate::print::frame::Whose;
use crate::print::table::{Orientation, RowWords, TableColumn, TableSection, TableSheet};
use crate::problem::Result;
use crate::view::desk::Desk;
use crate::view::talk_ledger::{LedgerAsk, LedgerTalk};

/// Characters of a content that stand on the ledger.
const SUMMARY: usize = 100;
/// Room for it, for the type of a talk and for what follows, in millimetres: whatever stands in them, the ledgers of all
/// branches look alike.
const SUMMARY_WIDTH: f64 = 92.0;
const TYPE_WIDTH: f64 = 25.0;
const FOLLOW_UP_WIDTH: f64 = 32.0;

const WORDS: RowWords = RowWords { unit: "次", nothing: "没有谈心谈话" };

pub(super) fn ledger(desk: &Desk, ask: &LedgerAsk, contents: Contents, options: &FillOptions) -> Result<TableSheet> {
    let as_of = ask.to.unwrap_or(options.today).min(options.today);
    let whose = Whose::now(desk, ask.scope, as_of)?;
    let talks = all(desk, ask)?;
    let summary = contents == Contents::With;
    let mut columns: Vec<TableColumn> = ["编号", "谈话时间"].into_iter().map(TableColumn::new).collect();
    columns.push(TableColumn::new("谈话地点").left());
    columns.push(TableColumn::new("谈话人"));
    columns.push(TableColumn::new("谈话对象").left());
    let (kind, mode) = (TableColumn::new("谈话类型"), TableColumn::new("谈话方式"));
    let follow_ups = TableColumn::new("跟进情况").left();
    let columns: Vec<TableColumn> = match contents {
        Contents::With => {
            let about = TableColumn::new("主题、内容摘要").left().wide(SUMMARY_WIDTH);
            columns.extend([kind.wide(TYPE_WIDTH), mode, about, follow_ups.wide(FOLLOW_UP_WIDTH)]);
            columns.into_iter().map(TableColumn::even).collect()
        }
        Contents::Without => {
            columns.extend([kind, mode, TableColumn::new("谈话主题").left(), follow_ups]);
            columns
        }
    };
    let is_cut = summary && talks.iter().any(|talk| content(talk).chars().count() > SUMMARY);
    let notes = [
        is_cut.then(|| format!("谈话内容只摘前 {SUMMARY} 字，全文在记录表上")),
        (!summary).then(|| "本表不含谈话内容".to_owned()),
        talks
            .iter()
            .any(|talk| talk.is_restricted)
            .then(|| "提醒、诫勉、处分后、关怀谈话只记时间、主题和人员".to_owned()),
    ];
    Ok(TableSheet {
        title: format!("{}谈心谈话台账", whose.name()),
        frame: whose.frame(options),
        orientation: Orientation::Landscape,
        words: WORDS,
        period: ask.from.zip(ask.to).map(|(first, last)| Period { first, last }),
        numbered: true,
        columns,
        sections: sections(desk, &talks, contents),
        stands_for: None,
        narrowed: ask.only.in_words(desk)?,
        notes: notes.into_iter().flatten().collect(),
        masked: false,
    })
}

/// Each ledger has its heading, where there are several.
fn sections(desk: &Desk, talks: &[LedgerTalk], contents: Contents) -> Vec<TableSection> {
    let names = Names::new(desk);
    let mut by_ledger: HashMap<OrganisationId, TableSection> = HashMap::new();
    for talk in talks {
        let section = by_ledger.entry(talk.file.talk.organisation).or_default();
        section.title = Some(talk.organisation.clone());
        section.rows.push(row(&names, talk, contents));
    }
    let order = desk.tree().within(None);
    let mut sections: Vec<TableSection> = order.iter().filter_map(|node| by_ledger.remove(&node.id)).collect();
    if let [only] = &mut sections[..] {
        only.title = None;
    }
    if sections.is_empty() { vec![TableSection::default()] } else { sections }
}

fn row(names: &Names<'_>, talk: &LedgerTalk, contents: Contents) -> Vec<String> {
    let held = &talk.file.talk;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        held.number.to_string(),
        held.held_on.dotted(),
        text(&held.place),
        names.on(talk, Side::Talker).join("、"),
        names.on(talk, Side::Partner).join("、"),
        talk.kind.clone(),
        text(&held.mode),
        about(talk, contents),
        follow_ups(names, talk, contents),
    ]
}

fn content(talk: &LedgerTalk) -> &str {
    talk.file.talk.content.as_deref().unwrap_or_default()
}

/// 「工作情况：谈了夜班安排…」
fn about(talk: &LedgerTalk, contents: Contents) -> String {
    let topic = talk.file.talk.topic.clone().unwrap_or_default();
    if contents == Contents::Without {
        return topic;
    }
    let mut summary: String = content(talk).chars().take(SUMMARY).collect();
    if content(talk).chars().nth(SUMMARY).is_some() {
        summary.push('…');
    }
    let parts = [topic, summary];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("：")
}

/// What follows, and how far it is; without the contents only how much of it is done.
fn follow_ups(names: &Names<'_>, talk: &LedgerTalk, contents: Contents) -> String {
    let lines = &talk.file.follow_ups;
    if contents == Contents::Without {
        let done = lines.iter().filter(|line| line.done_on.is_some()).count();
        return if lines.is_empty() { String::new() } else { format!("{} 项，已办结 {done} 项", lines.len()) };
    }
    let line = |line: &crate::domain::talks::FollowUp| {
        let owner = names.owner(talk, line);
        let due = line.due.map(|due| format!("{} 前", due.dotted())).unwrap_or_default();
        let who: Vec<&str> = [owner.as_str(), due.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        let who = if who.is_empty() { String::new() } else { format!("（{}）", who.join("，")) };
        let done = line.done_on.map(PartialDate::dotted).map(|day| format!("，{day} 办结")).unwrap_or_default();
        format!("{}{who}{done}", line.measure)
    };
    lines.iter().map(line).collect::<Vec<_>>().join("；")
}
