//! Types of talks as a workbook has them, and work on 今日 that is put off.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::works::work_words;
use crate::clock::Day;
use crate::command::ledger::Stamp;
use crate::command::{Made, filled, title};
use crate::domain::checklists::{Belongs, EvidenceKind};
use crate::domain::dates::PartialDate;
use crate::domain::talks::{Counts, Snooze, Talk, TalkTypeChange};
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::reader::Reader;
use crate::store::{checklists, talks, workbook::Title};

/// Changes a type of talk (谈话类型), or makes a new one where no code is told. What is not told stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SetTalkType {
    /// `T01` …; none for a new one
    pub code: Option<String>,
    pub label: Option<String>,
    /// Whether its talks count towards the coverage
    pub counts: Option<Counts>,
    /// 谈话提纲, a line a point
    pub outline: Option<String>,
    pub position: Option<i64>,
    /// No longer offered
    pub removed: Option<bool>,
}

/// Puts a piece of work on 今日 off (推迟) with a reason, or takes it back where no day is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SnoozeWork {
    /// The key of the piece of work
    pub work: String,
    /// The day on which it comes back
    #[serde(default)]
    pub until: Option<PartialDate>,
    #[serde(default)]
    pub reason: Option<String>,
}

impl SetTalkType {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let types = talks::types(book.reader())?;
        let changes = talks::type_changes(book.reader())?;
        let label = filled(self.label.clone());
        let code = match &self.code {
            Some(code) => {
                types.get(code).ok_or_else(|| rejected(format!("没有代号为 {code} 的谈话类型")))?.code.clone()
            }
            None => {
                label.as_ref().ok_or_else(|| rejected("新的谈话类型要有名称"))?;
                (1..).map(|nth| format!("U{nth:02}")).find(|code| types.get(code).is_none()).unwrap_or_default()
            }
        };
        let is_taken = |label: &String| types.offered().any(|kind| kind.label == *label && kind.code != code);
        if let Some(label) = label.as_ref().filter(|label| is_taken(label)) {
            return Err(rejected(format!("已经有名为“{label}”的谈话类型")));
        }
        if types.get(&code).is_some_and(|kind| kind.is_restricted())
            && self.counts.is_some_and(|counts| counts != Counts::Restricted)
        {
            return Err(rejected("提醒、诫勉、处分后、关怀谈话是受限类型，不能改为普通类型"));
        }
        if self.counts == Some(Counts::Restricted) && types.get(&code).is_some_and(|kind| !kind.is_restricted()) {
            refuse_with_texts(book.reader(), &code)?;
            refuse_with_scans(book.reader(), &code)?;
        }
        let seen = changes.into_iter().find(|change| change.code == code);
        let old = seen.clone().unwrap_or_else(|| TalkTypeChange {
            id: 0,
            code: code.clone(),
            label: None,
            counts: None,
            outline: None,
            position: None,
            removed: None,
        });
        let wanted = TalkTypeChange {
            label: label.or(old.label),
            counts: self.counts.or(old.counts),
            outline: self.outline.map(|outline| outline.trim().to_owned()).or(old.outline),
            position: self.position.or(old.position),
            removed: self.removed.or(old.removed),
            ..old
        };
        let shown = wanted.label.clone().unwrap_or_else(|| types.label(&code).to_owned());
        let id = match seen {
            Some(seen) => {
                book.update(&seen, &wanted)?;
                seen.id
            }
            None => {
                let id = book.new_id();
                book.insert(&TalkTypeChange { id, ..wanted })?;
                id
            }
        };
        let verb = if self.code.is_some() { "改谈话类型" } else { "新增谈话类型" };
        Ok((title(format!("{verb}：{shown}")), Made(Some(id))))
    }
}

/// Refuses to restrict a type of whose talks more is written than may be kept then.
fn refuse_with_texts(reader: Reader<'_>, code: &str) -> Result<()> {
    let mut written = BTreeSet::new();
    talks::each(reader, |talk| {
        let texts = [&talk.outline, &talk.content, &talk.opinions, &talk.attitude, &talk.measures, &talk.remark];
        if talk.kind == code && texts.into_iter().any(Option::is_some) {
            written.insert(talk.id);
        }
        Ok(())
    })?;
    for follow_up in talks::follow_ups(reader)? {
        if reader.get::<Talk>(follow_up.talk.0)?.is_some_and(|talk| talk.kind == code) {
            written.insert(follow_up.talk);
        }
    }
    match written.len() {
        0 => Ok(()),
        count => Err(rejected(format!("有 {count} 次这类谈话写了内容、措施或跟进，受限类型不存这些"))
            .next("先把这些谈话改成别的类型，或清空它们的内容和跟进；也可以另建一种受限类型")),
    }
}

/// The same where talks of it have scans.
fn refuse_with_scans(reader: Reader<'_>, code: &str) -> Result<()> {
    let mut scanned = BTreeSet::new();
    checklists::each_evidence(reader, |evidence| {
        if let (Belongs::Talk(talk), EvidenceKind::File { .. }) = (evidence.belongs, evidence.kind)
            && reader.get::<Talk>(talk.0)?.is_some_and(|talk| talk.kind == code)
        {
            scanned.insert(talk);
        }
        Ok(())
    })?;
    match scanned.len() {
        0 => Ok(()),
        count => Err(rejected(format!("有 {count} 次这类谈话附了扫描件，受限类型不存扫描件"))
            .next("先去掉这些扫描件；也可以另建一种受限类型")),
    }
}

fn rejected(happened: impl Into<String>) -> Problem {
    Problem::input("没有改谈话类型", happened)
}

impl SnoozeWork {
    /// Puts off until a day.
    pub fn until(work: &str, until: Day, reason: &str) -> Self {
        Self { work: work.to_owned(), until: Some(PartialDate::of_day(until)), reason: Some(reason.to_owned()) }
    }

    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let seen = talks::snooze(book.reader(), &self.work)?;
        let what = work_words(book.reader(), &self.work)?;
        let Some(until) = self.until.map(PartialDate::first_day) else {
            let seen = seen.ok_or_else(|| Problem::input("没有取消推迟", "这件事没有推迟"))?;
            book.delete(&seen)?;
            return Ok((title(format!("取消推迟：{what}")), Made(None)));
        };
        let refuse = |happened: &str| Problem::input("没有推迟", happened);
        let reason = filled(self.reason).ok_or_else(|| refuse("没有写推迟的原因"))?;
        if until <= stamp.today() {
            return Err(refuse("推迟到的日子要在今天以后"));
        }
        let id = match &seen {
            Some(seen) => seen.id,
            None => book.new_id(),
        };
        let wanted = Snooze { id, work: self.work, until, reason, set_on: stamp.today() };
        match seen {
            Some(seen) => book.update(&seen, &wanted)?,
            None => book.insert(&wanted)?,
        }
        Ok((title(format!("推迟到 {until}：{what}（{}）", wanted.reason)), Made(Some(wanted.id))))
    }
}
