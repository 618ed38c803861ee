//! Who was gone and comes back (回来): by a transfer, or accepted anew after having left the party.

use super::events::RecordEvent;
use super::rejected;
use crate::command::organisations::{STEP, require};
use crate::domain::dates::{PartialDate, Span};
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{EventId, OrganisationId};
use crate::domain::members::{Ending, Fact, Person, PersonFile, STOPPED};
use crate::domain::organisations::OrganisationTree;
use crate::domain::values::Value;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::events;
use crate::store::members::last_position;

/// Refused for who is not there for another reason than a transfer: the dead, and who left the party, whose 党籍 is in
/// principle not restored (《中国共产党党员教育管理工作条例》第二十四条).
pub(super) fn check_may_come(file: &PersonFile, on: PartialDate) -> Result<()> {
    let Some(fact) = file.facts_on(FactKind::Status, on.first_day()).last() else { return Ok(()) };
    let (name, status) = (file.person.name(), fact.value.as_deref().unwrap_or_default());
    let since = fact.span.from.map_or_else(String::new, |from| format!("自 {from} 起"));
    match Ending::of(status) {
        None | Some(Ending::TransferredOut) => Ok(()),
        Some(Ending::Stopped) => Err(rejected(format!("{name} {since}停止党籍")).next("先记“恢复党籍”，再记转入")),
        Some(Ending::Died) => {
            Err(rejected(format!("{name} 的党籍状态{since}是“{status}”")).next("登记错了的，先在“历次变动”里更正"))
        }
        Some(Ending::LeftParty) => Err(rejected(format!("{name} 的党籍状态{since}是“{status}”，原则上不恢复党籍"))
            .next("重新入党的，记“接收为预备党员”")),
    }
}

/// The status of who comes back from outside: 停止党籍 went along with the transfer.
pub(super) fn status_of_return(file: &PersonFile, on: PartialDate) -> &'static str {
    let left = file.facts_on(FactKind::Status, on.first_day()).last().and_then(|fact| fact.span.from);
    let was_stopped = |fact: &Fact| {
        fact.kind == FactKind::Status
            && fact.value.as_deref() == Some(STOPPED)
            && left.is_some()
            && fact.span.to == left
    };
    if file.facts.iter().any(was_stopped) { STOPPED } else { "正常" }
}

/// 接收为预备党员: 入党时间 is the day. Who left the party begins anew, in the branch named or the one of before.
pub(super) fn accept(
    event: &RecordEvent,
    book: &mut Book<'_>,
    tree: &OrganisationTree,
    file: &PersonFile,
) -> Result<()> {
    match file.ending_on(event.on.first_day()) {
        Some(Ending::LeftParty) => accept_anew(event, book, tree, file),
        Some(Ending::Died) => check_may_come(file, event.on),
        _ => event.set_date(book, file, Known::Joined),
    }
}

fn accept_anew(event: &RecordEvent, book: &mut Book<'_>, tree: &OrganisationTree, file: &PersonFile) -> Result<()> {
    begin_anew(event, book, file)?;
    event.replace(book, file, FactKind::Status, "正常", None)?;
    if file.membership_on(event.on.first_day()).is_some() {
        return Ok(());
    }
    let former = file.facts.iter().filter(|fact| fact.kind == FactKind::Membership);
    let begins_later = |fact: &&Fact| fact.span.from.is_some_and(|from| from.first_day() > event.on.first_day());
    let until = former.clone().filter(begins_later).filter_map(|fact| fact.span.from).min();
    let last = former.clone().rfind(|fact| !begins_later(fact)).and_then(|fact| fact.organisation);
    let Some(branch) = event.branch_id.or_else(|| standing(tree, last, event.on)) else {
        return Err(rejected(format!("{} 原来的党支部已经撤销，要写明党支部（branch_id）", file.person.name()))
            .next("或先在“历次变动”里补记组织关系"));
    };
    let branch = RecordEvent { branch_id: Some(branch), ..event.clone() }.branch(tree)?.id;
    let position = Some(last_position(book.reader(), branch)? + STEP);
    let fact = event.fact(book, file.person.id, FactKind::Membership);
    book.insert(&Fact { organisation: Some(branch), position, span: Span { to: until, ..fact.span }, ..fact })
}

/// The branch of before, if it is still there.
fn standing(tree: &OrganisationTree, id: Option<OrganisationId>, on: PartialDate) -> Option<OrganisationId> {
    id.filter(|id| require(tree, *id).is_ok_and(|node| node.stands_on(on.first_day())))
}

/// The dates of the way into the party are those of the new one. The former ones stay as events, and what they had led
/// to as a category told, so that the roster of a day before is what it was.
fn begin_anew(event: &RecordEvent, book: &mut Book<'_>, file: &PersonFile) -> Result<()> {
    let person = &file.person;
    let joined = person.date(Known::Joined);
    if joined == Some(event.on) {
        return Ok(());
    }
    let told = events::of_person(book.reader(), person.id)?;
    for (field, kind) in [(Known::Joined, EventKind::Accepted), (Known::Full, EventKind::Converted)] {
        let is_told = |day| told.iter().any(|one| one.kind == kind && one.day == day);
        if let Some(day) = person.date(field).filter(|day| !is_told(*day)) {
            let id = EventId(book.new_id());
            book.insert(&Event { id, ..Event::bare(person.id, kind, day) })?;
        }
    }
    // A membership of an unknown start counts from the first step that is told: that was one of the former way.
    let first = person.path().first_step();
    let is_open = |fact: &&Fact| fact.kind == FactKind::Membership && fact.span.from.is_none();
    for fact in file.facts.iter().filter(is_open) {
        let span = Span { from: first, ..fact.span };
        if !span.is_empty() {
            book.update(fact, &Fact { span, ..fact.clone() })?;
        }
    }
    let mut wanted = Person { category_told: person.path().led_to(event.on.first_day()), ..person.clone() };
    wanted.set(Known::Joined, Some(Value::Date(event.on)));
    wanted.set(Known::Full, None);
    book.update(person, &wanted)
}
