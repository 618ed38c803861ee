//! What follows from a talk, in columns of its own: 整改措施 or 跟进事项, 责任人, 完成时限, 办结情况.
//!
//! Together they are a follow-up. What was done without a day is none, for no day is made up and nothing is to be done: it
//! stays as it was written. Start at [`Following`].

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Kept;
use crate::clock::Day;
use crate::domain::dates::{PartialDate, Precision};
use crate::domain::lists::{ColumnField, EntryKind, TalkField};
use crate::domain::talks::FollowUpDraft;
use crate::domain::values::{Context, Raw, Reach, Value, half_width, read_entry, squeezed};
use crate::exchange::follow_up_words::state_in;
use crate::exchange::import::head_words::bare_head;
use crate::exchange::import::recognised::{ColumnMeaning, RecognisedColumn};

/// What a column tells of what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FollowUpPart {
    Measure,
    Owner,
    Due,
    DoneOn,
    State,
    /// 跟进情况: what is to be done, or what became of it.
    Either,
}

use FollowUpPart::{DoneOn, Due, Either, Measure, Owner, State};

/// The heads, as offices write them.
const HEADS: &[(FollowUpPart, &[&str])] = &[
    (
        Measure,
        &[
            "跟进事项",
            "跟进内容",
            "跟进措施",
            "跟踪事项",
            "跟踪措施",
            "后续措施",
            "后续事项",
            "整改事项",
            "整改措施",
            "整改内容",
            "帮扶措施",
            "改进措施",
            "落实措施",
            "解决措施",
            "需跟进事项",
            "下一步措施",
        ],
    ),
    (
        Owner,
        &[
            "责任人",
            "责任人员",
            "整改责任人",
            "跟进责任人",
            "落实责任人",
            "跟踪责任人",
            "具体责任人",
            "跟进人",
            "落实人",
            "整改人",
            "承办人",
            "办理人",
        ],
    ),
    (
        Due,
        &[
            "完成时限",
            "完成期限",
            "时限",
            "期限",
            "整改时限",
            "整改期限",
            "跟进时限",
            "落实时限",
            "办理时限",
            "办结时限",
            "办结期限",
            "时限要求",
            "完成时间",
            "完成日期",
            "计划完成时间",
            "拟完成时间",
            "要求完成时间",
            "预计完成时间",
        ],
    ),
    (DoneOn, &["办结日期", "办结时间", "实际完成时间", "实际完成日期", "销号时间", "销号日期", "落实时间", "落实日期"]),
    (
        State,
        &[
            "办结",
            "是否办结",
            "办结情况",
            "是否完成",
            "完成情况",
            "是否落实",
            "落实情况",
            "整改情况",
            "整改落实情况",
            "整改完成情况",
            "跟踪落实情况",
            "办理情况",
            "办理结果",
            "销号情况",
        ],
    ),
    (Either, &["跟进情况", "跟踪情况"]),
];

/// What a head tells of what follows.
pub fn follow_up_part(head: &str) -> Option<FollowUpPart> {
    let head = bare_head(head.rsplit('/').next().unwrap_or(head));
    HEADS.iter().find(|(_, heads)| heads.contains(&head.as_str())).map(|(part, _)| *part)
}

/// Whether heads tell what follows in columns of their own: who does it, by when, or when it was done.
pub fn tell_follow_ups<'h>(mut heads: impl Iterator<Item = &'h str>) -> bool {
    heads.any(|head| matches!(follow_up_part(head), Some(Owner | Due | DoneOn)))
}

/// The sheets with something that is to be done, and columns that tell more of it → what 跟进情况 means there.
pub fn following_sheets(columns: &[RecognisedColumn]) -> HashMap<Arc<str>, FollowUpPart> {
    let measures = ColumnMeaning::Field(ColumnField::of(TalkField::Measures));
    let mut sheets: HashMap<Arc<str>, HashSet<FollowUpPart>> = HashMap::new();
    for column in columns.iter().filter(|column| column.meaning == ColumnMeaning::Extra) {
        sheets.entry(Arc::clone(&column.sheet)).or_default().extend(follow_up_part(&column.head));
    }
    let told = sheets.into_iter().filter_map(|(sheet, parts)| {
        let has = |part: FollowUpPart| parts.contains(&part);
        let has_measures = columns.iter().any(|column| column.sheet == sheet && column.meaning == measures);
        let follows = [Owner, Due, DoneOn].into_iter().any(has);
        let is_state = has(Measure) || (has_measures && !has(State) && !has(DoneOn));
        let has_measure = has_measures || has(Measure) || has(Either);
        (follows && has_measure).then_some((sheet, if is_state { State } else { Measure }))
    });
    told.collect()
}

/// What columns of a row tell of what follows.
#[derive(Debug, Default)]
pub struct Following(HashMap<FollowUpPart, (Arc<str>, String)>);

/// What is made of it.
#[derive(Debug, Default)]
pub struct FollowingTold {
    pub follow_up: Option<FollowUpDraft>,
    pub kept: Vec<Kept<TalkField>>,
    /// Heads, and what is told of them.
    pub notes: Vec<(Arc<str>, String)>,
}

impl Following {
    /// Takes what stands under a head, if it is one of these and none before it was the same; `either` is what 跟进情况 means.
    pub fn take(&mut self, head: &Arc<str>, text: &str, either: FollowUpPart) -> bool {
        let part = follow_up_part(head).map(|part| if part == Either { either } else { part });
        let Some(part) = part.filter(|part| !self.0.contains_key(part)) else { return false };
        self.0.insert(part, (Arc::clone(head), text.to_owned()));
        true
    }

    /// All of it, as it was written.
    pub fn kept(self) -> Vec<Kept<TalkField>> {
        [Measure, Owner, Due, DoneOn, State].into_iter().filter_map(|part| self.kept_of(part)).collect()
    }

    /// The follow-up. 整改措施 is what is to be done where no other column tells it.
    pub fn follow_up(self, measures: &mut Option<String>, held_on: PartialDate, today: Day) -> FollowingTold {
        if self.0.is_empty() {
            return FollowingTold::default();
        }
        let measure = self.0.get(&Measure).map(|(_, text)| text.clone());
        let Some(measure) = measure.clone().or_else(|| measures.clone()) else {
            return FollowingTold { kept: self.kept(), ..FollowingTold::default() };
        };
        let mut told = FollowingTold::default();
        let reader = Reader { held_on, today };
        let has_come =
            |(done_on, _): &(Option<PartialDate>, Option<String>)| done_on.is_none_or(|day| day.first_day() <= today);
        let Some(state) = self.state(&reader).filter(has_come) else {
            return self.left_as_written(measures);
        };
        let mut follow_up =
            FollowUpDraft { measure, done_on: state.0, closing_note: state.1, ..FollowUpDraft::default() };
        follow_up.owner = self.0.get(&Owner).map(|(_, text)| text.clone());
        if let Some((head, text)) = self.0.get(&Due) {
            follow_up.due = reader.due(text);
            if follow_up.due.is_none() {
                told.notes.push((Arc::clone(head), format!("“{text}”看不出是哪一天，没有填完成时限，原文记入备注")));
                told.kept.extend(self.kept_of(Due));
            }
        }
        if follow_up.done_on.is_none() && self.0.get(&State).is_some_and(|(_, text)| !is_barely_open(text)) {
            told.kept.extend(self.kept_of(State));
        }
        if !self.0.contains_key(&Measure) {
            measures.take();
        }
        told.follow_up = Some(follow_up);
        told
    }

    /// When it was done and what is noted of it; none where it is not told whether it was, or when.
    fn state(&self, reader: &Reader) -> Option<(Option<PartialDate>, Option<String>)> {
        let state = self.0.get(&State).map(|(_, text)| text.as_str());
        if let Some((_, day)) = self.0.get(&DoneOn) {
            let done_on = reader.date(day)?;
            let note = state.filter(|text| !is_barely_done(text));
            return (!note.is_some_and(is_open)).then(|| (Some(done_on), note.map(str::to_owned)));
        }
        match state {
            None => Some((None, None)),
            Some(text) if is_open(text) => Some((None, None)),
            Some(text) => state_in(text.trim()).or_else(|| reader.done(text)),
        }
    }

    /// It is done, and nothing tells when: what was written stays.
    fn left_as_written(mut self, measures: &mut Option<String>) -> FollowingTold {
        let (head, text) = self.0.get(&State).or_else(|| self.0.get(&DoneOn)).cloned().unwrap_or_default();
        let sentence =
            format!("“{text}”没有写明哪一天办结，或那天还没到，没有立为跟进；措施、责任人和办结情况按原文记下");
        if measures.is_none() {
            *measures = self.0.remove(&Measure).map(|(_, text)| text);
        }
        FollowingTold { follow_up: None, kept: self.kept(), notes: vec![(head, sentence)] }
    }

    fn kept_of(&self, part: FollowUpPart) -> Option<Kept<TalkField>> {
        let (head, text) = self.0.get(&part)?.clone();
        Some(Kept { head, text, instead_of: None })
    }
}

/// Reads days of what follows from a talk of a day: without a year they are those that come after it.
struct Reader {
    held_on: PartialDate,
    today: Day,
}

impl Reader {
    /// 2026-09-30 of 9月30日前; 2026-09 of 9月底前; 2026 of 年底前.
    fn due(&self, text: &str) -> Option<PartialDate> {
        let plain = squeezed(&half_width(text));
        let bare = plain.trim_end_matches(|c| "前之以内完成底末".contains(c));
        match bare {
            "年" | "本年" | "今年" | "当年" => PartialDate::new(self.held_on.year(), None, None),
            "" | "月" => None,
            _ => self.date(bare),
        }
    }

    fn date(&self, text: &str) -> Option<PartialDate> {
        let read = |year: i16| {
            let context = Context { year: Some(year), ..Context::form(self.today) };
            let reading = read_entry(EntryKind::Date(Reach::OF_TERMS), &Raw::typed(text), &context);
            reading.value().and_then(Value::as_date)
        };
        let year = self.held_on.year();
        read(year).filter(|date| date.last_day() >= self.held_on.first_day()).or_else(|| read(year + 1))
    }

    /// 已于9月25日办结，…
    fn done(&self, text: &str) -> Option<(Option<PartialDate>, Option<String>)> {
        const DONE: [&str; 8] = ["办结", "完成", "落实", "解决", "到位", "整改", "销号", "已"];
        if !DONE.iter().any(|word| text.contains(word)) {
            return None;
        }
        let is_of_date = |c: char| c.is_ascii_digit() || "年月日号.-/".contains(c);
        let plain = half_width(text);
        let start = plain.find(|c: char| c.is_ascii_digit())?;
        let length = plain[start..].find(|c| !is_of_date(c)).unwrap_or(plain.len() - start);
        let (before, day, after) = (&plain[..start], &plain[start..start + length], &plain[start + length..]);
        let done_on = self.date(day).filter(|date| date.precision() != Precision::Year)?;
        if after.contains(|c: char| c.is_ascii_digit()) {
            return Some((Some(done_on), Some(text.to_owned())));
        }
        let note = if is_barely_done(&format!("{before}{after}")) { None } else { Some(text.to_owned()) };
        Some((Some(done_on), note))
    }
}

/// Whether a text says that something is not done.
fn is_open(text: &str) -> bool {
    const BEGINNINGS: [&str; 8] = ["未", "没", "否", "正在", "持续", "长期", "待", "暂未"];
    const ENDS: [&str; 6] = ["办理中", "整改中", "落实中", "跟进中", "进行中", "推进中"];
    let text = squeezed(&half_width(text));
    is_barely_open(&text)
        || BEGINNINGS.iter().any(|word| text.starts_with(word))
        || ENDS.iter().any(|word| text.ends_with(word))
}

/// Whether it says nothing but that.
fn is_barely_open(text: &str) -> bool {
    let text = squeezed(&half_width(text));
    matches!(
        text.as_str(),
        "否" | "未"
            | "未办结"
            | "未完成"
            | "未落实"
            | "未销号"
            | "进行中"
            | "办理中"
            | "正在办理"
            | "推进中"
            | "×"
            | "N"
    )
}

/// Whether a text says no more than that something is done.
fn is_barely_done(text: &str) -> bool {
    let mut rest = squeezed(&half_width(text));
    for word in ["办结", "完成", "落实", "解决", "到位", "整改", "销号", "已", "全部", "于", "是", "√", "Y", "了"]
    {
        rest = rest.replace(word, "");
    }
    !rest.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day::constant(2026, 11, 24);

    fn told(measures: Option<&str>, columns: &[(&str, &str)]) -> (FollowingTold, Option<String>) {
        let mut following = Following::default();
        for (head, text) in columns {
            assert!(following.take(&Arc::from(*head), text, State), "{head}");
        }
        let mut measures = measures.map(str::to_owned);
        let held_on = PartialDate::from_iso("2026-03-20").expect("a day");
        (following.follow_up(&mut measures, held_on, TODAY), measures)
    }

    #[test]
    fn a_time_limit_without_a_year_comes_after_the_talk() {
        let reader = Reader { held_on: PartialDate::from_iso("2026-03-20").expect("a day"), today: TODAY };
        for (text, due) in [
            ("2026-09-30", "2026-09-30"),
            ("2026年9月底前", "2026-09"),
            ("9月30日前", "2026-09-30"),
            ("12月底", "2026-12"),
            ("1月10日", "2027-01-10"),
            ("3月底前", "2026-03"),
            ("年底前", "2026"),
        ] {
            assert_eq!(reader.due(text), PartialDate::from_iso(due), "{text}");
        }
        for text in ["长期坚持", "立行立改", "一个月内"] {
            assert_eq!(reader.due(text), None, "{text}");
        }
    }

    #[test]
    fn whether_it_is_done_is_told_by_a_day_or_not_at_all() {
        let done = |state: &str| {
            let (told, _) = told(Some("调整值班表"), &[("责任人", "林秀英"), ("办结情况", state)]);
            told.follow_up.map(|one| (one.done_on.map(|day| day.to_string()), one.closing_note))
        };
        let on = |day: &str, note: Option<&str>| Some((Some(day.to_owned()), note.map(str::to_owned)));
        assert_eq!(done("2026-09-25 办结，已调整"), on("2026-09-25", Some("已调整")));
        assert_eq!(done("已于2026年9月25日办结"), on("2026-09-25", None));
        assert_eq!(done("9月25日已落实"), on("2026-09-25", None));
        assert_eq!(done("9月25日回访，问题已解决"), on("2026-09-25", Some("9月25日回访，问题已解决")));
        for open in ["否", "未办结", "正在联系医院", "情况已摸清，推进中"] {
            assert_eq!(done(open), Some((None, None)), "{open}");
        }
        for untold in ["已办结", "是", "√", "回访后情绪稳定", "已接待", "2027-01-05 办结"] {
            assert_eq!(done(untold), None, "{untold}");
        }
    }

    #[test]
    fn what_is_done_on_no_day_stays_as_it_was_written() {
        let (told, measures) = told(None, &[("跟进事项", "调整值班表"), ("责任人", "林秀英"), ("办结情况", "已办结")]);
        let kept: Vec<_> = told.kept.iter().map(|kept| (&*kept.head, kept.text.as_str())).collect();
        assert_eq!((told.follow_up, measures.as_deref()), (None, Some("调整值班表")));
        assert_eq!(kept, [("责任人", "林秀英"), ("办结情况", "已办结")]);
        assert_eq!(told.notes.len(), 1);
    }
}
