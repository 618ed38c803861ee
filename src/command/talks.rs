//! Changes of talks: writing down, correcting and taking out here; planned talks in [`planning`], types of talks and
//! work that is put off in [`lists`].

mod imported;
mod lists;
mod planning;
mod replacing;
mod rows;
mod works;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use lists::{SetTalkType, SnoozeWork};
pub use planning::{EditPlannedTalk, PlanTalks, PlanTalksTogether, PlannedDraft, RemovePlannedTalks};
pub use rows::draft_of;
pub use works::work_words;

pub(super) use imported::write_talks;

use self::rows::{insert_people, set_follow_ups, set_people};
use super::ledger::Stamp;
use super::wire::misread;
use super::{Made, filled, title};
use crate::domain::checklists::{Evidence, EvidenceKind};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{FollowUpId, OrganisationId, PersonId, TalkId};
use crate::domain::members::Person;
use crate::domain::organisations::OrganisationTree;
use crate::domain::talks::{FollowUp, Talk, TalkDraft, TalkFault, TalkNumber, TalkType, TalkTypes, Told, has_texts};
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::reader::Reader;
use crate::store::{checklists, organisations, talks, workbook::Title};

/// Writes down a talk (记谈话). It needs a day, a type, who talked and with whom; of the restricted types only day,
/// topic and persons are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RecordTalk(pub TalkDraft);

/// Writes down many talks as one entry (补录): all of them, or none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordTalks {
    pub talks: Vec<TalkDraft>,
}

/// Corrects a talk (更正): `set` holds what is different, named as in `record_talk`; `null` clears. What is cleared for a
/// restricted type stays in the history, for the undo, and is not shown there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditTalk {
    pub id: TalkId,
    #[schemars(with = "TalkDraft")]
    pub set: BTreeMap<String, serde_json::Value>,
}

/// Takes out a talk that was written down by mistake, with what follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveTalk {
    pub id: TalkId,
}

/// Closes what a talk asks to be done (办结), or opens it again where no day is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseFollowUp {
    pub id: FollowUpId,
    #[serde(default)]
    pub done_on: Option<PartialDate>,
    #[serde(default)]
    pub closing_note: Option<String>,
}

/// What a talk is checked against.
struct Desk {
    types: TalkTypes,
    tree: OrganisationTree,
    /// Names that were looked up; a ledger names the same few people thousands of times.
    names: RefCell<HashMap<PersonId, Option<String>>>,
}

impl Desk {
    fn of(reader: Reader<'_>) -> Result<Self> {
        Ok(Self { types: talks::types(reader)?, tree: organisations::tree(reader)?, names: RefCell::default() })
    }

    fn name(&self, reader: Reader<'_>, id: PersonId) -> Option<String> {
        self.names.borrow_mut().entry(id).or_insert_with(|| name_of(reader, id)).clone()
    }

    /// The draft checked; fails with all that is wrong, in the order of the form.
    fn check(&self, reader: Reader<'_>, draft: &TalkDraft, kept: Option<&str>, stamp: &Stamp) -> Result<Told> {
        let told = draft
            .check(&self.types, kept, stamp.today(), |id| self.name(reader, id))
            .map_err(|faults| refused(&faults))?;
        match self.tree.get(told.organisation) {
            Some(_) => Ok(told),
            None => Err(rejected(format!("没有编号为 {} 的党组织", told.organisation))),
        }
    }
}

/// The name of somebody who may be named in a talk.
fn name_of(reader: Reader<'_>, id: PersonId) -> Option<String> {
    let person = reader.get::<Person>(id.0).ok().flatten()?;
    person.voided.is_none().then(|| person.name().to_owned())
}

impl RecordTalk {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let desk = Desk::of(book.reader())?;
        let talk = typed_in(book, &desk, &self.0, stamp)?;
        Ok((title(format!("记谈话 {}", talk.number)), Made(Some(talk.id.0))))
    }
}

impl RecordTalks {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        if self.talks.is_empty() {
            return Err(rejected("没有要记的谈话"));
        }
        let desk = Desk::of(book.reader())?;
        let mut made = None;
        for (draft, nth) in self.talks.iter().zip(1..) {
            let talk = typed_in(book, &desk, draft, stamp).map_err(|problem| at_row(problem, nth))?;
            made = Some(talk.id.0);
        }
        let first = self.talks[0].organisation_id;
        let is_of_one = self.talks.iter().all(|draft| draft.organisation_id == first);
        let node = first.filter(|_| is_of_one).and_then(|id| desk.tree.get(id));
        let whose = node.map_or_else(String::new, |node| format!("：{}", node.shown_name()));
        Ok((title(format!("补录谈话 {} 次{whose}", self.talks.len())), Made(made)))
    }
}

/// The same problem, told of one of several.
fn at_row(problem: Problem, nth: usize) -> Problem {
    let happened = format!("第 {nth} 次谈话：{}", problem.happened);
    Problem { happened, ..problem }
}

/// Writes one talk that somebody types in, with a number that may be its own.
fn typed_in(book: &mut Book<'_>, desk: &Desk, draft: &TalkDraft, stamp: &Stamp) -> Result<Talk> {
    let talk = record(book, desk, draft, stamp)?;
    if draft.planned_id.is_none() {
        refuse_not_its_own(book.reader(), desk, &talk)?;
    }
    Ok(talk)
}

/// Refuses a number of another year, and one that stands on a sheet printed for others.
fn refuse_not_its_own(reader: Reader<'_>, desk: &Desk, talk: &Talk) -> Result<()> {
    let another = "换一个编号，或不写编号由程序接着编";
    let number = talk.number;
    let planned = talks::planned_of(reader, talk.organisation)?;
    let Some(sheet) = planned.iter().find(|planned| planned.number == Some(number)) else {
        let year = talk.held_on.year();
        if number.year == year {
            return Ok(());
        }
        return Err(rejected(format!("编号 {number} 是 {} 年的，谈话在 {year} 年", number.year)).next(another));
    };
    let people = talks::people_of(reader, talk.id)?;
    let two = [sheet.talker, sheet.partner].into_iter().flatten();
    let is_there = |id: &PersonId| people.iter().any(|row| row.who.person() == Some(*id));
    if two.clone().all(|id| is_there(&id)) {
        return Ok(());
    }
    let names: Vec<String> = two.filter_map(|id| desk.name(reader, id)).collect();
    Err(rejected(format!("编号 {number} 印在 {} 的空白谈话表上", names.join(" 和 "))).next(another))
}

/// Writes one talk.
fn record(book: &mut Book<'_>, desk: &Desk, draft: &TalkDraft, stamp: &Stamp) -> Result<Talk> {
    let told = desk.check(book.reader(), draft, None, stamp)?;
    let planned = draft.planned_id.map(|id| planning::require(book.reader(), id)).transpose()?;
    let sheet =
        planned.as_ref().and_then(|planned| planned.number.filter(|_| planned.organisation == told.organisation));
    let number = match told.number.or(sheet) {
        Some(number) => {
            refuse_taken(book.reader(), told.organisation, number, None)?;
            number
        }
        None => next_number(book.reader(), told.organisation, told.held_on.year())?,
    };
    let talk = talk_of(TalkId(book.new_id()), number, &told);
    book.insert(&talk)?;
    insert_people(book, talk.id, &told.people)?;
    set_follow_ups(book, talk.id, &[], &told.follow_ups)?;
    Ok(talk)
}

fn talk_of(id: TalkId, number: TalkNumber, told: &Told) -> Talk {
    let told = told.clone();
    Talk {
        id,
        organisation: told.organisation,
        number,
        held_on: told.held_on,
        time: told.time,
        kind: told.kind,
        mode: told.mode,
        place: told.place,
        topic: told.topic,
        outline: told.outline,
        content: told.content,
        opinions: told.opinions,
        attitude: told.attitude,
        measures: told.measures,
        remark: told.remark,
    }
}

/// The number that the next talk of a year gets: after all that are given and all that are printed.
pub(super) fn next_number(reader: Reader<'_>, organisation: OrganisationId, year: i16) -> Result<TalkNumber> {
    Ok(TalkNumber { year, number: talks::last_number(reader, organisation, year)? + 1 })
}

fn refuse_taken(
    reader: Reader<'_>,
    organisation: OrganisationId,
    number: TalkNumber,
    but: Option<TalkId>,
) -> Result<()> {
    let others = talks::numbered(reader, organisation, number)?;
    match others.iter().find(|talk| Some(talk.id) != but) {
        Some(talk) => Err(rejected(format!("编号 {number} 已经用于 {} 的谈话", talk.held_on))
            .next("换一个编号，或不写编号由程序接着编")),
        None => Ok(()),
    }
}

impl EditTalk {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let draft = self.draft(book.reader())?;
        let desk = Desk::of(book.reader())?;
        let had_texts = has_texts(&draft_of(&require(book.reader(), self.id)?));
        let number = correct(book, &desk, self.id, &draft, stamp)?;
        let kind = draft.kind.as_deref().and_then(|kind| desk.types.named(kind));
        let is_restricted = kind.is_some_and(TalkType::is_restricted);
        // Whoever restricts a talk may believe that what was said is gone: the undo still has it.
        let still = if had_texts && is_restricted { "，原内容仍在历史中" } else { "" };
        Ok((title(format!("改谈话 {number}{still}")), Made(Some(self.id.0))))
    }

    /// The talk as it should stand.
    fn draft(&self, reader: Reader<'_>) -> Result<TalkDraft> {
        let now = serde_json::to_value(draft_of(&require(reader, self.id)?));
        let mut now = now.map_err(|error| Problem::fault(error.to_string()))?;
        let Some(fields) = now.as_object_mut() else { return Err(Problem::fault("a draft is an object")) };
        for (name, value) in &self.set {
            if value.is_null() {
                fields.remove(name)
            } else {
                fields.insert(name.clone(), value.clone())
            };
        }
        misread::read(now).map_err(|why| rejected(format!("读不懂要改的内容：{why}")))
    }
}

/// Brings a talk to what a draft says; its number afterwards.
fn correct(book: &mut Book<'_>, desk: &Desk, id: TalkId, draft: &TalkDraft, stamp: &Stamp) -> Result<TalkNumber> {
    let file = require(book.reader(), id)?;
    let told = desk.check(book.reader(), draft, Some(&file.talk.kind), stamp)?;
    if desk.types.get(&told.kind).is_some_and(TalkType::is_restricted) {
        refuse_scans(book.reader(), id)?;
    }
    let is_moved = told.organisation != file.talk.organisation || told.held_on.year() != file.talk.held_on.year();
    let number = match told.number {
        // Another year or another ledger numbers by itself, unless told.
        Some(number) if number == file.talk.number && is_moved => {
            next_number(book.reader(), told.organisation, told.held_on.year())?
        }
        Some(number) => number,
        None => file.talk.number,
    };
    refuse_taken(book.reader(), told.organisation, number, Some(id))?;
    book.update(&file.talk, &talk_of(id, number, &told))?;
    set_people(book, &file, &told.people)?;
    set_follow_ups(book, id, &file.follow_ups, &told.follow_ups)?;
    Ok(number)
}

/// The scans of a talk, and no paper.
fn scans(evidence: &[Evidence]) -> usize {
    evidence.iter().filter(|one| matches!(one.kind, EvidenceKind::File { .. })).count()
}

/// A scan is content: it cannot stay with a talk of which none is kept.
fn refuse_scans(reader: Reader<'_>, id: TalkId) -> Result<()> {
    match scans(&checklists::evidence_of_talk(reader, id)?) {
        0 => Ok(()),
        count => Err(rejected(format!("这类谈话只存时间、主题和人员，不存扫描件，这次谈话有 {count} 件"))
            .next("先去掉扫描件，再改谈话类型")),
    }
}

impl RemoveTalk {
    pub(super) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let file = require(book.reader(), self.id)?;
        let evidence = checklists::evidence_of_talk(book.reader(), self.id)?;
        if !evidence.is_empty() {
            let what = if scans(&evidence) == evidence.len() { "扫描件" } else { "材料" };
            return Err(Problem::input("没有删除谈话", format!("这次谈话有 {} 件{what}", evidence.len()))
                .next(format!("先去掉{what}，再删除谈话")));
        }
        file.follow_ups.iter().try_for_each(|follow_up| book.delete(follow_up))?;
        file.people.iter().try_for_each(|person| book.delete(person))?;
        book.delete(&file.talk)?;
        Ok((title(format!("删除谈话 {}", file.talk.number)), Made(None)))
    }
}

impl CloseFollowUp {
    pub(super) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let seen: FollowUp =
            book.reader().get(self.id.0)?.ok_or_else(|| not_closed(format!("没有编号为 {} 的跟进", self.id)))?;
        if let Some(day) = self.done_on.filter(|day| day.first_day() > stamp.today()) {
            return Err(not_closed(format!("办结日期 {day} 还没到")));
        }
        let talk: Option<Talk> = book.reader().get(seen.talk.0)?;
        let held_on = talk.map(|talk| talk.held_on);
        if let (Some(done_on), Some(held_on)) = (self.done_on, held_on)
            && done_on.last_day() < held_on.first_day()
        {
            return Err(not_closed(format!("办结日期 {done_on} 早于谈话时间 {held_on}")));
        }
        let verb = if self.done_on.is_some() { "办结" } else { "重新打开" };
        let wanted = FollowUp { done_on: self.done_on, closing_note: filled(self.closing_note), ..seen.clone() };
        book.update(&seen, &wanted)?;
        let which = works::which_follow_up(book.reader(), &seen)?;
        Ok((title(format!("{verb}跟进：谈话 {which}")), Made(Some(self.id.0))))
    }
}

fn require(reader: Reader<'_>, id: TalkId) -> Result<talks::TalkFile> {
    talks::file(reader, id)?.ok_or_else(|| rejected(format!("没有编号为 {id} 的谈话")))
}

fn refused(faults: &[TalkFault]) -> Problem {
    let words: Vec<&str> = faults.iter().map(|fault| fault.why.as_str()).collect();
    Problem::input("没有保存谈话", words.join("；")).next("改好后再保存，写的内容还在")
}

fn not_closed(happened: impl Into<String>) -> Problem {
    Problem::input("没有办结跟进", happened)
}

fn rejected(happened: impl Into<String>) -> Problem {
    Problem::input("没有保存谈话", happened)
}
