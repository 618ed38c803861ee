//! What a row of a ledger says, part by part of the form: its columns, and those for which the table of fields has no
//! line but the form has a place (谈话提纲, 对象表态).
//!
//! Start at [`RowTold::of`].

use std::collections::HashMap;
use std::sync::Arc;

use super::Kept;
use super::both_sides::BothTold;
use super::follow_up_columns::{FollowUpPart, Following, follow_up_part, following_sheets};
use super::of_persons::{heads_of_persons, side_of_person};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::Known;
use crate::domain::lists::{ColumnField, ListField, TalkField};
use crate::domain::talks::{FollowUpDraft, TalkDraft, TalkDraftField};
use crate::domain::values::{Context, Raw, Value, half_width, squeezed};
use crate::exchange::follow_up_words::follow_ups_in;
use crate::exchange::import::both_sides::says_who_is_first;
use crate::exchange::import::reading::RosterRow;
use crate::exchange::import::recognised::{ColumnMeaning, RecognisedColumn, RecognisedTable, TableColumn};
use crate::exchange::import::record::is_talk_number;

/// Heads that offices write for parts of the form besides the table of fields.
const HEADS: &[(TalkDraftField, &[&str])] = &[
    (TalkDraftField::Number, &["编号", "序号", "谈话编号", "记录编号"]),
    (TalkDraftField::Topic, &["主题", "事由", "题目", "议题", "原因", "目的"]),
    (TalkDraftField::Time, &["时刻", "谈话时刻", "具体时刻", "几点", "起止时间"]),
    (TalkDraftField::Outline, &["谈话提纲", "提纲"]),
    (
        TalkDraftField::Opinions,
        &[
            "存在问题、意见建议",
            "存在问题",
            "意见建议",
            "意见和建议",
            "问题建议",
            "对方意见建议",
            "谈话对象意见建议",
            "被谈话人意见建议",
            "反馈意见",
        ],
    ),
    (
        TalkDraftField::Attitude,
        &["谈话对象表态", "对象表态", "表态", "谈话对象态度", "被谈话人表态", "被谈话人态度", "本人表态"],
    ),
];

/// What is said in brackets of people who are not in the party.
const NO_MEMBERS: &[&str] = &["群众", "积极分子", "申请人", "发展对象", "非党员", "非中共党员", "共青团员", "民主党派"];

/// The head under which our own ledgers tell what follows.
const FOLLOW_UPS: &str = "跟进情况";

/// The part of the form that a head of a ledger names, where the table of fields has no line for it.
pub fn part_of_form(head: &str) -> Option<TalkDraftField> {
    let last = head.rsplit('/').next().unwrap_or(head);
    let head = squeezed(&half_width(last));
    // 谈话类型（一般、提醒、诫勉）
    let head = head.split('(').next().filter(|bare| !bare.is_empty()).unwrap_or(&head);
    let is_follow_ups = head == FOLLOW_UPS;
    let after = ["谈心谈话", "谈话", "谈心", "约谈"].iter().find_map(|before| head.strip_prefix(before));
    let is_named = |heads: &[&str]| heads.contains(&head) || after.is_some_and(|after| heads.contains(&after));
    let known = HEADS.iter().find(|(_, heads)| is_named(heads)).map(|(field, _)| *field);
    known.or(is_follow_ups.then_some(TalkDraftField::FollowUps))
}

/// What becomes of a column of a ledger for which the table of fields has no line: the part of the form in which it comes,
/// or that the roster has it; none where it goes into the remark.
pub fn place_of_column(table: &RecognisedTable, column: &TableColumn) -> Option<&'static str> {
    let sheet = Arc::clone(&table.sheet);
    let told = table.columns.iter().map(|told| RecognisedColumn {
        sheet: Arc::clone(&sheet),
        index: told.index,
        head: Arc::clone(&told.head),
        meaning: told.meaning,
    });
    let columns: Vec<RecognisedColumn> = told.collect();
    if follow_up_part(&column.head).is_some() && following_sheets(&columns).contains_key(&sheet) {
        return Some(TalkDraftField::FollowUps.label());
    }
    let is_of_person = || heads_of_persons(&columns).contains_key(&(sheet, column.index));
    let part = part_of_form(&column.head).map(TalkDraftField::label);
    part.or_else(|| is_of_person().then_some("以名册为准"))
}

/// What the heads of a file say.
pub struct Heads {
    /// Sheets and heads of columns of names → whose names these are.
    names: HashMap<(Arc<str>, Arc<str>), TalkField>,
    /// Sheets and heads of columns of both sides → the side that is named first; none where the head names none.
    both: HashMap<(Arc<str>, Arc<str>), Option<TalkField>>,
    /// Sheets in which columns of their own tell what follows → what 跟进情况 means there.
    following: HashMap<Arc<str>, FollowUpPart>,
    /// Columns that tell of those on a side what the roster has.
    pub of_persons: Vec<Arc<str>>,
    pub of_no_field: Vec<Arc<str>>,
}

impl Heads {
    pub fn of(columns: &[RecognisedColumn]) -> Self {
        let following = following_sheets(columns);
        let extra = || columns.iter().filter(|column| column.meaning == ColumnMeaning::Extra);
        let is_placed = |column: &RecognisedColumn| {
            let follows = following.contains_key(&column.sheet) && follow_up_part(&column.head).is_some();
            follows || part_of_form(&column.head).is_some()
        };
        let heads_of_persons = heads_of_persons(columns);
        let is_of_person =
            |column: &RecognisedColumn| heads_of_persons.contains_key(&(Arc::clone(&column.sheet), column.index));
        let of_no_field = extra().filter(|column| !is_placed(column) && !is_of_person(column));
        let of_no_field = of_no_field.map(|column| Arc::clone(&column.head)).collect();
        let mut of_persons: Vec<Arc<str>> = Vec::new();
        for column in extra() {
            let head = heads_of_persons.get(&(Arc::clone(&column.sheet), column.index));
            of_persons.extend(head.filter(|head| !of_persons.contains(head)).cloned());
        }
        let mut names = HashMap::new();
        for field in [TalkField::Talkers, TalkField::Partners, TalkField::Recorder] {
            let meaning = ColumnMeaning::Field(ColumnField::of(field));
            let of_field = columns.iter().filter(|column| column.meaning == meaning);
            names.extend(of_field.map(|column| ((Arc::clone(&column.sheet), Arc::clone(&column.head)), field)));
        }
        let both = columns.iter().filter_map(|column| {
            let ColumnMeaning::Pair(one, _) = column.meaning else { return None };
            let side =
                [TalkField::Talkers, TalkField::Partners].into_iter().find(|side| ColumnField::of(*side) == one)?;
            let first = Some(side).filter(|_| says_who_is_first(&column.head));
            Some(((Arc::clone(&column.sheet), Arc::clone(&column.head)), first))
        });
        let both = both.collect();
        Self { names, both, following, of_persons, of_no_field }
    }
}

/// A row of a ledger, part by part.
pub struct RowTold {
    /// All that is text, day and number; without organisation, persons, type and remark.
    pub draft: TalkDraft,
    pub branch: Option<String>,
    pub talkers: Vec<NameTold>,
    pub partners: Vec<NameTold>,
    pub recorder: Option<NameTold>,
    /// What one column says of both sides.
    pub both: Option<BothTold>,
    pub remark: Option<String>,
    /// What is told of the reading: heads, and sentences.
    pub notes: Vec<(Arc<str>, String)>,
    /// What goes into the remark.
    pub kept: Vec<Kept<TalkField>>,
    /// What a column of types says.
    kind: Option<String>,
}

impl RowTold {
    pub fn of(row: RosterRow<TalkField>, heads: &Heads, today: Day) -> Self {
        let RosterRow { sheet, mut values, extra, kept: beside, time, .. } = row;
        let sorted = Sorted::of(&sheet, extra, beside, heads);
        let Sorted { mut parts, mut kept, mut follow_ups, both, following, of_persons } = sorted;
        let time = hour_told(parts.remove(&TalkDraftField::Time), time, &mut kept);
        let held_on = values.get(&TalkField::HeldOn).and_then(Value::as_date);
        let mut text = |field: TalkField| values.remove(&field).map(|value| value.text());
        if let Some(topic) = text(TalkField::Topic)
            && let Some(other) = parts.insert(TalkDraftField::Topic, topic)
        {
            kept.push(Kept { head: TalkDraftField::Topic.label().into(), text: other, instead_of: None });
        }
        let (mut measures, mut notes) = (text(TalkField::Measures), Vec::new());
        if let Some(held_on) = held_on {
            let told = following.follow_up(&mut measures, held_on, today);
            follow_ups.extend(told.follow_up);
            kept.extend(told.kept);
            notes.extend(told.notes);
        } else {
            kept.extend(following.kept());
        }
        let beside = BesideNames { sheet: &sheet, heads, kept: &kept };
        let mut talkers = beside.names(TalkField::Talkers, text(TalkField::Talkers));
        let mut partners = beside.names(TalkField::Partners, text(TalkField::Partners));
        let recorder = beside.names(TalkField::Recorder, text(TalkField::Recorder)).into_iter().next();
        let draft = TalkDraft {
            number: parts.remove(&TalkDraftField::Number),
            held_on,
            time,
            mode: text(TalkField::Mode),
            place: text(TalkField::Place),
            topic: parts.remove(&TalkDraftField::Topic),
            outline: parts.remove(&TalkDraftField::Outline),
            content: text(TalkField::Content),
            opinions: parts.remove(&TalkDraftField::Opinions),
            attitude: parts.remove(&TalkDraftField::Attitude),
            measures,
            follow_ups,
            ..TalkDraft::default()
        };
        let (branch, remark) = (text(TalkField::Branch), text(TalkField::Remark));
        kept.extend(put_beside_names(of_persons, &mut talkers, &mut partners));
        Self { draft, branch, talkers, partners, recorder, both, remark, notes, kept, kind: text(TalkField::Kind) }
    }

    /// Whether a column of types says something.
    pub fn has_type(&self) -> bool {
        self.kind.is_some()
    }

    /// What tells the type: the column of types, else the topic.
    pub fn kind_text(&self) -> Option<&str> {
        self.kind.as_deref().or(self.draft.topic.as_deref())
    }

    /// Gives the wording of the ledger a place, where it is more than the name of the type: the topic, else the remark.
    pub fn keep_kind(&mut self, is_name: bool) {
        let Some(kind) = self.kind.clone().filter(|_| !is_name) else { return };
        match &self.draft.topic {
            None => self.draft.topic = Some(kind),
            Some(_) => self.kept.push(Kept { head: TalkDraftField::Kind.label().into(), text: kind, instead_of: None }),
        }
    }

    /// Whether the row has a value of a field.
    pub fn has(&self, field: TalkField) -> bool {
        match field {
            TalkField::HeldOn => self.draft.held_on.is_some(),
            TalkField::Talkers => !self.talkers.is_empty(),
            TalkField::Partners => !self.partners.is_empty(),
            _ => false,
        }
    }

    /// What goes into the remark, once it is known who is in no roster: what stands in the draft of them, and what only
    /// tells who is meant, is not kept twice.
    pub fn kept_beside(&self, draft: &TalkDraft, is_told_apart: impl Fn(&NameTold) -> bool) -> Vec<Kept<TalkField>> {
        let named = || self.talkers.iter().chain(&self.partners).chain(&self.recorder);
        if named().all(|told| told.about.is_none()) {
            return self.kept.clone();
        }
        let outside = draft.talkers.iter().chain(&draft.partners).chain(&draft.recorder).cloned();
        let mut written: Vec<String> = outside.collect();
        written.extend(named().filter(|told| is_told_apart(told)).map(NameTold::with_about));
        written.extend(named().map(|told| told.name.clone()));
        let is_told = |kept: &&Kept<TalkField>| {
            let text = written.iter().fold(bracketed(&kept.text), |text, name| text.replace(name.as_str(), ""));
            !text.chars().all(|c| !c.is_alphanumeric() && !"（）".contains(c))
        };
        self.kept.iter().filter(is_told).cloned().collect()
    }
}

/// What a row says besides its fields, each where it belongs.
#[derive(Default)]
struct Sorted {
    parts: HashMap<TalkDraftField, String>,
    kept: Vec<Kept<TalkField>>,
    follow_ups: Vec<FollowUpDraft>,
    both: Option<BothTold>,
    following: Following,
    /// What is told of those on a side.
    of_persons: Vec<(TalkField, Kept<TalkField>)>,
}

impl Sorted {
    /// `extra` stands in columns of no field, `beside` says more than values do.
    fn of(sheet: &Arc<str>, extra: Vec<(Arc<str>, String)>, beside: Vec<Kept<TalkField>>, heads: &Heads) -> Self {
        let mut sorted = Self::default();
        for (head, text) in extra {
            if let Some((head, text)) = sorted.put_in_place(sheet, head, text, heads) {
                sorted.put(Kept { head, text, instead_of: None });
            }
        }
        beside.into_iter().for_each(|told| sorted.put(told));
        sorted
    }

    /// Takes what tells of both sides, of somebody on one of them, or of what follows; gives back anything else.
    fn put_in_place(
        &mut self,
        sheet: &Arc<str>,
        head: Arc<str>,
        text: String,
        heads: &Heads,
    ) -> Option<(Arc<str>, String)> {
        if let Some(first) = heads.both.get(&(Arc::clone(sheet), Arc::clone(&head))).filter(|_| self.both.is_none()) {
            self.both = Some(BothTold { head, text, first: *first });
            return None;
        }
        if let Some(side) = side_of_person(&head) {
            self.of_persons.push((side, Kept { head, text, instead_of: None }));
            return None;
        }
        let either = heads.following.get(sheet).filter(|_| follow_ups_in(&text).is_none());
        let is_taken = either.is_some_and(|either| self.following.take(&head, &text, *either));
        (!is_taken).then_some((head, text))
    }

    /// Puts a text into the part of the form that its head names, else with what is kept.
    fn put(&mut self, told: Kept<TalkField>) {
        let part = part_of_form(&told.head);
        let part = part.filter(|part| told.instead_of.is_none() && !self.parts.contains_key(part));
        match (part, follow_ups_in(&told.text)) {
            (Some(TalkDraftField::FollowUps), Some(found)) => self.follow_ups = found,
            (Some(TalkDraftField::FollowUps) | None, _) => self.kept.push(told),
            (Some(TalkDraftField::Number), _) if !is_talk_number(&told.text) => self.kept.push(told),
            (Some(part), _) => drop(self.parts.insert(part, told.text)),
        }
    }
}

/// The hour: a column of hours tells more closely; another hour beside the day is not lost.
fn hour_told(in_column: Option<String>, beside_day: Option<String>, kept: &mut Vec<Kept<TalkField>>) -> Option<String> {
    let Some(time) = in_column else { return beside_day };
    let head = Arc::from(TalkDraftField::Time.label());
    let other = beside_day.filter(|other| *other != time);
    kept.extend(other.map(|text| Kept { head, text, instead_of: None }));
    Some(time)
}

/// What columns tell of the only one on a side stands with the name; gives back what is told of several.
fn put_beside_names(
    told: Vec<(TalkField, Kept<TalkField>)>,
    talkers: &mut [NameTold],
    partners: &mut [NameTold],
) -> Vec<Kept<TalkField>> {
    let mut of_several = Vec::new();
    for (side, told) in told {
        match if side == TalkField::Talkers { &mut *talkers } else { &mut *partners } {
            [only] => only.columns.push(told.text),
            _ => of_several.push(told),
        }
    }
    of_several
}

/// Somebody as a row names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameTold {
    pub name: String,
    /// What stands in brackets behind the name: 群众, 1967-08 生.
    pub about: Option<String>,
    /// What columns of their own tell of the person: 某公司, 经理, 群众.
    pub columns: Vec<String>,
}

impl NameTold {
    /// A name of which nothing else is told.
    pub fn bare(name: &str) -> Self {
        Self { name: name.to_owned(), about: None, columns: Vec::new() }
    }

    /// Whether brackets say that somebody is no member of the party.
    pub fn says_no_member(&self) -> bool {
        let is_of_no_member = |about: &String| NO_MEMBERS.iter().any(|word| about.contains(word));
        // 群众委员 is a post in the party.
        self.about.iter().chain(&self.columns).any(|about| is_of_no_member(about) && !about.contains("委员"))
    }

    /// The birth that brackets tell: 1967-08 生, 1985年3月出生.
    pub fn born(&self, today: Day) -> Option<PartialDate> {
        let context = Context::form(today);
        Known::Birth.read_below("", &Raw::typed(self.birth_in_words()?), &context).value().and_then(Value::as_date)
    }

    /// What brackets tell, one by one.
    pub fn abouts(&self) -> impl Iterator<Item = &str> {
        self.about
            .as_deref()
            .unwrap_or_default()
            .split(['，', ',', '；', '、'])
            .map(str::trim)
            .filter(|about| !about.is_empty())
    }

    fn birth_in_words(&self) -> Option<&str> {
        let told = self.abouts().find_map(|part| {
            part.strip_suffix("出生").or_else(|| part.strip_suffix('生')).or_else(|| part.strip_prefix("生于"))
        });
        told.map(str::trim).filter(|told| told.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// The name with what the row tells of the person in brackets.
    pub fn with_about(&self) -> String {
        let mut told: Vec<&str> = Vec::new();
        for about in self.about.iter().chain(&self.columns).map(String::as_str) {
            if !told.contains(&about) {
                told.push(about);
            }
        }
        match told[..] {
            [] => self.name.clone(),
            _ => format!("{}（{}）", self.name, told.join("，")),
        }
    }
}

/// What stands beside the names of a row.
struct BesideNames<'r> {
    sheet: &'r Arc<str>,
    heads: &'r Heads,
    kept: &'r [Kept<TalkField>],
}

impl BesideNames<'_> {
    /// The names of a field with what brackets tell of each. Who is named twice with two things told is two persons.
    fn names(&self, field: TalkField, text: Option<String>) -> Vec<NameTold> {
        let Some(text) = text else { return Vec::new() };
        let mut texts = self.texts(|of| of == Some(field));
        if texts.is_empty() {
            texts = self.texts(|_| true);
        }
        names_told(&text, &texts)
    }

    /// What stands beside values, of columns of such names.
    fn texts(&self, is_meant: impl Fn(Option<TalkField>) -> bool) -> Vec<String> {
        let field =
            |kept: &Kept<TalkField>| self.heads.names.get(&(Arc::clone(self.sheet), Arc::clone(&kept.head))).copied();
        self.kept.iter().filter(|kept| is_meant(field(kept))).map(|kept| bracketed(&kept.text)).collect()
    }
}

/// Names with what brackets in these texts tell of each.
pub fn names_told(names: &str, texts: &[String]) -> Vec<NameTold> {
    let mut told = Vec::new();
    for name in names.split('、') {
        let abouts = abouts(texts, name);
        if abouts.is_empty() {
            told.push(NameTold::bare(name));
        }
        told.extend(abouts.into_iter().map(|about| NameTold { about: Some(about), ..NameTold::bare(name) }));
    }
    told
}

/// What stands in brackets behind a name, each thing once.
fn abouts(texts: &[String], name: &str) -> Vec<String> {
    let before = format!("{name}（");
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        for (at, _) in text.match_indices(&before) {
            let Some((about, _)) = text[at + before.len()..].split_once('）') else { continue };
            if !found.iter().any(|known| known == about) {
                found.push(about.to_owned());
            }
        }
    }
    found
}

/// In wide brackets, close behind the name.
pub fn bracketed(text: &str) -> String {
    text.replace('(', "（").replace(')', "）").replace(" （", "（")
}
