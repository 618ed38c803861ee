//! 谈心谈话记录表 of talks that were held, and blank ones of talks that are planned: everybody with what they were on the
//! day of the talk.

use super::names::Names;
use super::{BlankSheet, Sheets, long};
use crate::clock::Day;
use crate::domain::dates::PartialDate;
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::{Category, Fact, PersonFile};
use crate::domain::talks::{FollowUp, Side, Somebody};
use crate::print::fill::FillOptions;
use crate::print::talk::{FollowUpLine, TalkPerson, TalkRecord, TalkSheet, TalkTexts, WrittenTexts};
use crate::problem::Result;
use crate::store::{members, talks};
use crate::view::desk::Desk;
use crate::view::member::value_on;
use crate::view::settings;
use crate::view::talk_ledger::LedgerTalk;

/// The records of talks that were held.
pub(super) fn written(desk: &Desk, talks: &[LedgerTalk], options: &FillOptions) -> Result<TalkSheet> {
    let names = Names::new(desk);
    let records = talks.iter().map(|talk| record(desk, &names, talk, options)).collect::<Result<_>>()?;
    sheet(desk, records, options)
}

/// Blank sheets, with what is known of them.
pub(super) fn blank(desk: &Desk, sheets: &Sheets, options: &FillOptions) -> Result<TalkSheet> {
    let types = talks::types(desk.reader())?;
    let (today, names) = (options.today, Names::new(desk));
    let person = |id: Option<PersonId>, side| -> Result<Vec<TalkPerson>> {
        let found = id.map(|id| person_on(desk, &names, id, side, sheets.organisation, today)).transpose()?;
        Ok(found.into_iter().collect())
    };
    let record = |blank: &BlankSheet| {
        let kind = blank.kind.as_deref().and_then(|code| types.get(code));
        Ok(TalkRecord {
            organisation: unit(desk, sheets.organisation, today, options),
            number: blank.number.map(|number| number.to_string()).unwrap_or_default(),
            kind: kind.map(|kind| kind.label.clone()).unwrap_or_default(),
            talkers: person(blank.talker, Side::Talker)?,
            partners: person(blank.partner, Side::Partner)?,
            texts: TalkTexts::ByHand {
                outline: kind.filter(|kind| !kind.is_restricted()).map(|kind| kind.outline.clone()).unwrap_or_default(),
            },
            ..TalkRecord::default()
        })
    };
    sheet(desk, sheets.sheets.iter().map(record).collect::<Result<_>>()?, options)
}

fn sheet(desk: &Desk, records: Vec<TalkRecord>, options: &FillOptions) -> Result<TalkSheet> {
    Ok(TalkSheet { made_on: options.filled_on, records, practice: settings::read(desk)?.practice })
}

fn record(desk: &Desk, names: &Names<'_>, talk: &LedgerTalk, options: &FillOptions) -> Result<TalkRecord> {
    let held = &talk.file.talk;
    let day = held.held_on.first_day();
    let people = |side: Side| {
        let seen = |who| somebody(desk, names, who, side, held.organisation, day);
        talk.file.on(side).map(seen).collect::<Result<_>>()
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let texts = if talk.is_restricted {
        TalkTexts::NotKept
    } else {
        TalkTexts::Written(Box::new(WrittenTexts {
            outline: text(&held.outline),
            content: text(&held.content),
            opinions: text(&held.opinions),
            attitude: text(&held.attitude),
            measures: text(&held.measures),
            remark: text(&held.remark),
        }))
    };
    Ok(TalkRecord {
        organisation: unit(desk, held.organisation, day, options),
        number: held.number.to_string(),
        held_on: format!("{} {}", long(held.held_on), text(&held.time)).trim_end().to_owned(),
        place: text(&held.place),
        mode: text(&held.mode),
        kind: talk.kind.clone(),
        talkers: people(Side::Talker)?,
        partners: people(Side::Partner)?,
        recorder: names.on(talk, Side::Recorder).join("、"),
        topic: text(&held.topic),
        texts,
        follow_ups: talk.file.follow_ups.iter().map(|follow_up| line(names, talk, follow_up)).collect(),
    })
}

fn line(names: &Names<'_>, talk: &LedgerTalk, follow_up: &FollowUp) -> FollowUpLine {
    let date = |date: Option<PartialDate>| date.map(PartialDate::dotted).unwrap_or_default();
    let done = [date(follow_up.done_on), follow_up.closing_note.clone().unwrap_or_default()];
    FollowUpLine {
        measure: follow_up.measure.clone(),
        owner: names.owner(talk, follow_up),
        due: date(follow_up.due),
        done: done.join(" ").trim().to_owned(),
    }
}

/// 填报单位: the organisation in whose ledger the talk stands, by its name of the day.
fn unit(desk: &Desk, id: OrganisationId, day: Day, options: &FillOptions) -> String {
    options.reporting_unit.clone().unwrap_or_else(|| desk.scope_name_on(Some(id), day))
}

fn somebody(
    desk: &Desk,
    names: &Names<'_>,
    who: &Somebody,
    side: Side,
    here: OrganisationId,
    day: Day,
) -> Result<TalkPerson> {
    match who {
        Somebody::Person(id) => person_on(desk, names, *id, side, here, day),
        Somebody::Named { name, about } => {
            Ok(TalkPerson { name: name.clone(), about: about.clone().unwrap_or_default() })
        }
    }
}

/// A person with what stands beside: of a talker 职务, of a partner 单位、职务、政治面貌.
fn person_on(
    desk: &Desk,
    names: &Names<'_>,
    id: PersonId,
    side: Side,
    here: OrganisationId,
    day: Day,
) -> Result<TalkPerson> {
    let Some(file) = members::file(desk.reader(), id)? else { return Ok(TalkPerson::default()) };
    let value = |key: Known| value_on(&file, key, day, &desk.tree_on(day));
    let mut posts = posts_on(desk, &file, here, day);
    posts.extend(value(Known::Job));
    let post = Some(posts.join("、")).filter(|post| !post.is_empty());
    let about = match side {
        Side::Partner => [value(Known::Unit), post, standing(&file, day).map(str::to_owned)],
        Side::Talker | Side::Recorder => [post, None, None],
    };
    let about = about.into_iter().flatten().collect::<Vec<_>>().join("，");
    Ok(TalkPerson { name: names.of(here, id), about })
}

/// 党内职务 on the day: those of the organisation of the talk by themselves, others with its name.
fn posts_on(desk: &Desk, file: &PersonFile, here: OrganisationId, day: Day) -> Vec<String> {
    let tree = desk.tree_on(day);
    let (own, others): (Vec<_>, Vec<_>) =
        file.facts_on(FactKind::Post, day).partition(|fact| fact.organisation == Some(here));
    let called = |fact: &Fact| {
        let elsewhere = fact.organisation.filter(|id| *id != here).and_then(|id| tree.get(id));
        let name = elsewhere.map(|node| node.shown_name()).unwrap_or_default();
        fact.value.as_ref().map(|post| format!("{name}{post}"))
    };
    own.into_iter().chain(others).filter_map(called).collect()
}

/// 政治面貌, or how far somebody is on the way into the party.
fn standing(file: &PersonFile, day: Day) -> Option<&'static str> {
    Some(match file.person.path().category_on(day)? {
        Category::Formal => "中共党员",
        Category::Probationary => "中共预备党员",
        other => other.label(),
    })
}
