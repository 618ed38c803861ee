//! Talks (谈心谈话台账) as they go out: a row each, the earliest first. JSON holds the keys of `record_talk`; the heads of
//! the sheets are those that the import of a ledger reads.

use std::collections::{BTreeSet, HashMap};

use super::{Column, Datum, Shown, Take};
use crate::command::draft_of;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::lists::{ListField as _, TalkField};
use crate::domain::talks::{Side, Talk, TalkDraftField};
use crate::exchange::follow_up_words::follow_ups_in_words;
use crate::problem::{Problem, Result};
use crate::view::coverage::Called;
use crate::view::desk::Desk;
use crate::view::talk_conditions::{TalkOrder, in_order};
use crate::view::talk_ledger::{LedgerAsk, LedgerTalk, each};

/// A list of talks to hand out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkExport {
    pub ask: LedgerAsk,
    /// First key first; empty for the order in which the talks were held.
    pub sort: Vec<TalkOrder>,
    /// Empty for every field.
    pub columns: Vec<TalkDraftField>,
    /// Without what was said: outline, content, opinions, attitude, measures, remark, follow-ups.
    pub without_contents: bool,
}

/// All fields as they stand side by side. The topic comes before the type, which offices without a topic put in its
/// place.
const EVERY_FIELD: [TalkDraftField; 18] = {
    use TalkDraftField::{
        Attitude, Content, FollowUps, HeldOn, Kind, Measures, Mode, Number, Opinions, Organisation, Outline, Partners,
        Place, Recorder, Remark, Talkers, Time, Topic,
    };
    [
        Number,
        HeldOn,
        Time,
        Topic,
        Kind,
        Mode,
        Place,
        Organisation,
        Talkers,
        Partners,
        Recorder,
        Outline,
        Content,
        Opinions,
        Attitude,
        Measures,
        Remark,
        FollowUps,
    ]
};

/// The columns of a field: for programs with ids and codes, for people with names.
fn columns_of(field: TalkDraftField) -> Vec<Column> {
    let told = |field: TalkField, width| Column::new(field.name(), field.label(), width);
    let plain = |width| vec![Column::new(field.name(), field.label(), width)];
    let id = |name: &str, label: &str| Column::new(name, label, 22.0).only(Shown::Json);
    // For people, who are told apart by their birth; programs have the ids.
    let called = |field: TalkField, width| {
        let called = Column::new(&format!("{}_called", field.name()), field.label(), width).only(Shown::Sheets);
        vec![told(field, width).only(Shown::Json), called]
    };
    let with_ids = |ids: Column, mut names: Vec<Column>| {
        names.insert(0, ids);
        names
    };
    match field {
        TalkDraftField::Number => plain(10.0),
        TalkDraftField::HeldOn => vec![told(TalkField::HeldOn, 12.0)],
        TalkDraftField::Time => plain(8.0),
        TalkDraftField::Topic => vec![told(TalkField::Topic, 24.0)],
        TalkDraftField::Kind => vec![
            Column::new("type", "类型代号", 8.0).only(Shown::Json),
            Column::new("type_label", TalkDraftField::Kind.label(), 18.0),
        ],
        TalkDraftField::Mode => vec![told(TalkField::Mode, 12.0)],
        TalkDraftField::Place => vec![told(TalkField::Place, 20.0)],
        TalkDraftField::Organisation => {
            vec![id("organisation_id", "党组织编号"), Column::new("organisation_name", TalkField::Branch.label(), 28.0)]
        }
        TalkDraftField::Talkers => with_ids(id("talker_ids", "谈话人编号"), called(TalkField::Talkers, 14.0)),
        TalkDraftField::Partners => with_ids(id("partner_ids", "谈话对象编号"), called(TalkField::Partners, 14.0)),
        TalkDraftField::Recorder => with_ids(id("recorder_id", "记录人编号"), called(TalkField::Recorder, 10.0)),
        TalkDraftField::Outline | TalkDraftField::Opinions => plain(24.0),
        TalkDraftField::Content => vec![told(TalkField::Content, 60.0)],
        TalkDraftField::Attitude => plain(20.0),
        TalkDraftField::Measures => vec![told(TalkField::Measures, 24.0)],
        TalkDraftField::Remark => vec![told(TalkField::Remark, 20.0)],
        TalkDraftField::FollowUps => vec![
            Column::new("follow_ups", "跟进", 22.0).only(Shown::Json),
            Column::new("follow_up_words", "跟进情况", 40.0).only(Shown::Sheets),
        ],
    }
}

impl TalkExport {
    pub(super) fn columns(&self) -> Vec<Column> {
        let id = Column::new("id", "谈话编号", 22.0).only(Shown::Json);
        std::iter::once(id).chain(self.fields().into_iter().flat_map(columns_of)).collect()
    }

    /// The fields that go out, in their order.
    fn fields(&self) -> Vec<TalkDraftField> {
        let chosen = if self.columns.is_empty() { &EVERY_FIELD[..] } else { &self.columns };
        chosen.iter().copied().filter(|field| !(self.without_contents && field.is_content())).collect()
    }

    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let mut names = LedgerNames::of(desk);
        let fields = self.fields();
        let mut put = |talk: &LedgerTalk| row(desk, talk, &fields, &mut names, take);
        if self.sort.is_empty() {
            return each(desk, &self.ask, |talk| put(&talk));
        }
        let mut talks = Vec::new();
        each(desk, &self.ask, |talk| {
            talks.push(talk);
            Ok(())
        })?;
        in_order(desk, &mut talks, &self.sort)?;
        talks.iter().try_for_each(put)
    }

    /// 「青禾县民政局党总支，2026-01-01 至 2026-12-31，不含内容」
    pub(super) fn in_words(&self, desk: &Desk) -> Result<String> {
        let contents = if self.without_contents { "，不含内容" } else { "" };
        Ok(format!("{}{contents}", self.ask.in_words(desk)?))
    }
}

fn row(
    desk: &Desk,
    talk: &LedgerTalk,
    fields: &[TalkDraftField],
    names: &mut LedgerNames<'_>,
    take: &mut Take<'_>,
) -> Result<()> {
    let draft = draft_of(&talk.file);
    let ids = |ids: &[PersonId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (talker_ids, partner_ids) = (ids(&draft.talker_ids), ids(&draft.partner_ids));
    let recorder_id = draft.recorder_id.map_or(Datum::Nothing, |id| Datum::owned(id.to_string()));
    let written = Side::ALL.map(|side| talk.names(desk, side));
    let called = Side::ALL.map(|side| names.called(talk, side));
    let text = |text: &Option<String>| text.clone().map_or(Datum::Nothing, Datum::owned);
    let first = |names: &'_ [String]| names.first().map_or(Datum::Nothing, |name| Datum::owned(name.clone()));
    let held = &talk.file.talk;
    let mut cells = vec![Datum::owned(held.id.to_string())];
    for field in fields {
        match field {
            TalkDraftField::Number => cells.push(Datum::owned(held.number.to_string())),
            TalkDraftField::HeldOn => cells.push(Datum::owned(held.held_on.to_string())),
            TalkDraftField::Time => cells.push(text(&draft.time)),
            TalkDraftField::Topic => cells.push(text(&draft.topic)),
            TalkDraftField::Kind => cells.extend([Datum::text(&held.kind), Datum::text(&talk.kind)]),
            TalkDraftField::Mode => cells.push(text(&draft.mode)),
            TalkDraftField::Place => cells.push(text(&draft.place)),
            TalkDraftField::Organisation => {
                cells.extend([Datum::owned(held.organisation.to_string()), Datum::text(&talk.organisation)]);
            }
            TalkDraftField::Talkers => cells.extend([list(&talker_ids), list(&written[0]), list(&called[0])]),
            TalkDraftField::Partners => cells.extend([list(&partner_ids), list(&written[1]), list(&called[1])]),
            TalkDraftField::Recorder => cells.extend([recorder_id.clone(), first(&written[2]), first(&called[2])]),
            TalkDraftField::Outline => cells.push(text(&draft.outline)),
            TalkDraftField::Content => cells.push(text(&draft.content)),
            TalkDraftField::Opinions => cells.push(text(&draft.opinions)),
            TalkDraftField::Attitude => cells.push(text(&draft.attitude)),
            TalkDraftField::Measures => cells.push(text(&draft.measures)),
            TalkDraftField::Remark => cells.push(text(&draft.remark)),
            TalkDraftField::FollowUps => cells.extend(follow_ups(desk, talk)?),
        }
    }
    take(&cells)
}

/// As objects for programs, and in words.
fn follow_ups(desk: &Desk, talk: &LedgerTalk) -> Result<[Datum<'static>; 2]> {
    let mut told = draft_of(&talk.file).follow_ups;
    for (draft, follow_up) in told.iter_mut().zip(&talk.file.follow_ups) {
        draft.owner = Some(talk.owner(desk, follow_up)).filter(|name| !name.is_empty());
    }
    let records = told.iter().map(serde_json::to_value).collect::<std::result::Result<_, _>>();
    let records = records.map_err(|error| Problem::fault(error.to_string()))?;
    let words = if told.is_empty() { Datum::Nothing } else { Datum::owned(follow_ups_in_words(&told)) };
    Ok([Datum::Records(records), words])
}

/// How people are called in a ledger: the import of it must not have to ask whom a name means, if that can be told.
struct LedgerNames<'d> {
    desk: &'d Desk,
    /// Who ever belonged to the organisation of a ledger, or to one below it.
    ledgers: HashMap<OrganisationId, (BTreeSet<PersonId>, Called<'d>)>,
}

impl<'d> LedgerNames<'d> {
    fn of(desk: &'d Desk) -> Self {
        Self { desk, ledgers: HashMap::new() }
    }

    /// The names on a side, with the month of birth where two of the organisation bear one: 「周国华（1967-08 生）」. Of whoever
    /// never belonged there the own branch is told.
    fn called(&mut self, talk: &LedgerTalk, side: Side) -> Vec<String> {
        let desk = self.desk;
        let Talk { organisation, held_on, .. } = talk.file.talk;
        let (own, called) = self.ledgers.entry(organisation).or_insert_with(|| {
            let below = desk.tree().within(Some(organisation));
            let people = below.iter().flat_map(|node| desk.directory().ever_in(Some(node.id))).copied();
            let is_there = |id: &PersonId| desk.directory().get(*id).is_some_and(|card| !card.voided);
            let people: BTreeSet<PersonId> = people.filter(is_there).collect();
            let called = Called::among(desk, people.iter().copied());
            (people, called)
        });
        let apart = |id: PersonId| if own.contains(&id) { called.apart(id) } else { branch_of(desk, id, held_on) };
        let seats = talk.file.on(side).zip(talk.names(desk, side));
        let called = seats.map(|(who, name)| match who.person().and_then(apart) {
            Some(told) => format!("{name}（{told}）"),
            None => name,
        });
        called.collect()
    }
}

/// The organisation that somebody belonged to on a day, else at last; with the month of birth where two of it bear the name.
fn branch_of(desk: &Desk, id: PersonId, day: PartialDate) -> Option<String> {
    let card = desk.directory().get(id)?;
    let organisation = card.membership_on(day.first_day()).or_else(|| card.last_membership())?.organisation;
    let name = &desk.tree().get(organisation)?.name;
    let people = desk.directory().ever_in(Some(organisation)).iter().copied();
    match Called::among(desk, people).apart(id) {
        Some(born) => Some(format!("{name}，{born}")),
        None => Some(name.clone()),
    }
}

fn list(items: &[String]) -> Datum<'_> {
    Datum::List(items.iter().map(String::as_str).collect())
}
