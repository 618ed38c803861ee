//! Talks (谈心谈话台账) as they go out: a row each, the earliest first. JSON holds the keys of `record_talk`; the heads of
//! the sheets are those that the import of a ledger reads.

use std::collections::{BTreeSet, HashMap};

use super::{Column, Datum, Shown, Take};
use crate::command::draft_of;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::lists::{ListField as _, TalkField};
use crate::domain::talks::{FollowUp, Side, Talk};
use crate::problem::{Problem, Result};
use crate::view::coverage::Called;
use crate::view::desk::Desk;
use crate::view::talk_ledger::{LedgerAsk, LedgerTalk, each};

/// The talks of a scope within a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TalkExport {
    pub ask: LedgerAsk,
    /// Without what was said: outline, content, opinions, attitude, measures, remark, follow-ups.
    pub without_contents: bool,
}

pub(super) fn columns(without_contents: bool) -> Vec<Column> {
    let field = |field: TalkField, width| Column::new(field.name(), field.label(), width);
    // For people, who are told apart by their birth; programs have the ids.
    let called = |field: TalkField, width| {
        Column::new(&format!("{}_called", field.name()), field.label(), width).only(Shown::Sheets)
    };
    let mut columns = vec![
        Column::new("id", "谈话编号", 22.0).only(Shown::Json),
        Column::new("number", "编号", 10.0),
        field(TalkField::HeldOn, 12.0),
        Column::new("time", "时刻", 8.0),
        // Before 谈话类型, which offices without a topic put in its place.
        field(TalkField::Topic, 24.0),
        Column::new("type", "类型代号", 8.0).only(Shown::Json),
        Column::new("type_label", "谈话类型", 18.0),
        field(TalkField::Mode, 12.0),
        field(TalkField::Place, 20.0),
        Column::new("organisation_id", "党组织编号", 22.0).only(Shown::Json),
        Column::new("organisation_name", TalkField::Branch.label(), 28.0),
        Column::new("talker_ids", "谈话人编号", 22.0).only(Shown::Json),
        field(TalkField::Talkers, 14.0).only(Shown::Json),
        called(TalkField::Talkers, 14.0),
        Column::new("partner_ids", "谈话对象编号", 22.0).only(Shown::Json),
        field(TalkField::Partners, 14.0).only(Shown::Json),
        called(TalkField::Partners, 14.0),
        Column::new("recorder_id", "记录人编号", 22.0).only(Shown::Json),
        field(TalkField::Recorder, 10.0).only(Shown::Json),
        called(TalkField::Recorder, 10.0),
    ];
    if !without_contents {
        columns.extend([
            Column::new("outline", "谈话提纲", 24.0),
            field(TalkField::Content, 60.0),
            Column::new("opinions", "存在问题、意见建议", 24.0),
            Column::new("attitude", "谈话对象表态", 20.0),
            field(TalkField::Measures, 24.0),
            field(TalkField::Remark, 20.0),
            Column::new("follow_ups", "跟进", 22.0).only(Shown::Json),
            Column::new("follow_up_words", "跟进情况", 40.0).only(Shown::Sheets),
        ]);
    }
    columns
}

impl TalkExport {
    pub(super) fn each_row(&self, desk: &Desk, take: &mut Take<'_>) -> Result<()> {
        let mut names = LedgerNames::of(desk);
        each(desk, self.ask, |talk| self.row(desk, &talk, &mut names, take))
    }

    fn row(&self, desk: &Desk, talk: &LedgerTalk, names: &mut LedgerNames<'_>, take: &mut Take<'_>) -> Result<()> {
        let draft = draft_of(&talk.file);
        let text = |text: &'_ Option<String>| text.clone().map_or(Datum::Nothing, Datum::owned);
        let ids = |ids: &[PersonId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        let (talker_ids, partner_ids) = (ids(&draft.talker_ids), ids(&draft.partner_ids));
        let [talkers, partners, recorders] = Side::ALL.map(|side| talk.names(desk, side));
        let [talkers_called, partners_called, recorders_called] = Side::ALL.map(|side| names.called(talk, side));
        let mut cells = vec![
            Datum::owned(talk.file.talk.id.to_string()),
            Datum::owned(talk.file.talk.number.to_string()),
            Datum::owned(talk.file.talk.held_on.to_string()),
            text(&draft.time),
            text(&draft.topic),
            Datum::text(&talk.file.talk.kind),
            Datum::text(&talk.kind),
            text(&draft.mode),
            text(&draft.place),
            Datum::owned(talk.file.talk.organisation.to_string()),
            Datum::text(&talk.organisation),
            list(&talker_ids),
            list(&talkers),
            list(&talkers_called),
            list(&partner_ids),
            list(&partners),
            list(&partners_called),
            draft.recorder_id.map_or(Datum::Nothing, |id| Datum::owned(id.to_string())),
            recorders.first().map_or(Datum::Nothing, |name| Datum::text(name)),
            recorders_called.first().map_or(Datum::Nothing, |name| Datum::text(name)),
        ];
        if !self.without_contents {
            let words =
                [&draft.outline, &draft.content, &draft.opinions, &draft.attitude, &draft.measures, &draft.remark];
            cells.extend(words.map(text));
            let mut told = draft.follow_ups;
            for (draft, follow_up) in told.iter_mut().zip(&talk.file.follow_ups) {
                draft.owner = Some(talk.owner(desk, follow_up)).filter(|name| !name.is_empty());
            }
            let records = told.iter().map(serde_json::to_value).collect::<std::result::Result<_, _>>();
            cells.push(Datum::Records(records.map_err(|error| Problem::fault(error.to_string()))?));
            let lines: Vec<String> =
                talk.file.follow_ups.iter().map(|follow_up| follow_up_words(desk, talk, follow_up)).collect();
            cells.push(if lines.is_empty() { Datum::Nothing } else { Datum::owned(lines.join("；")) });
        }
        take(&cells)
    }

    /// 「青禾县民政局党总支，2026-01-01 至 2026-12-31，不含内容」
    pub(super) fn in_words(&self, desk: &Desk) -> String {
        let contents = if self.without_contents { "，不含内容" } else { "" };
        format!("{}，{}{contents}", desk.scope_name(self.ask.scope), self.ask.when())
    }
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

/// 「调整值班表（周明亮，2026-09-30 前）：2026-09-25 办结，已调整」
fn follow_up_words(desk: &Desk, talk: &LedgerTalk, follow_up: &FollowUp) -> String {
    let due = follow_up.due.map(|due| format!("{due} 前"));
    let owner = Some(talk.owner(desk, follow_up)).filter(|name| !name.is_empty());
    let who: Vec<String> = owner.into_iter().chain(due).collect();
    let who = if who.is_empty() { String::new() } else { format!("（{}）", who.join("，")) };
    let note = follow_up.closing_note.as_ref().map(|note| format!("，{note}")).unwrap_or_default();
    let done = follow_up.done_on.map_or_else(|| "未办结".to_owned(), |day| format!("{day} 办结{note}"));
    format!("{}{who}：{done}", follow_up.measure)
}
