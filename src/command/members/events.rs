//! Events (变动): recorded with their paper, each moves the dated facts it stands for.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::end;
use super::moves::{check_day, end_all, end_fact, on_roll, people};
use super::returning::{accept, check_may_come, status_of_return};
use super::{rejected, require_file};
use crate::command::ledger::Stamp;
use crate::command::organisations::{STEP, require};
use crate::command::{Made, filled, title};
use crate::domain::dates::{PartialDate, Span};
use crate::domain::events::{Event, EventKind};
use crate::domain::fields::{FactKind, Known};
use crate::domain::ids::{EventId, FactId, OrganisationId, PersonId};
use crate::domain::members::{Category, Ending, Fact, PersonFile, STOPPED};
use crate::domain::organisations::{Organisation, OrganisationKind, OrganisationTree};
use crate::domain::values::Value;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::members::last_position;
use crate::store::{organisations, workbook::Title};

/// Records what happened to people on a day, with its paper, and moves the dated facts accordingly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordEvent {
    pub ids: Vec<PersonId>,
    /// `transfer_in transfer_within transfer_out floating_out floating_in floating_ended lost found stopped restored
    /// accepted extended converted disqualified left_party died honour discipline misfortune`
    pub kind: String,
    pub on: PartialDate,
    /// Those of `ids` to whom it happened on another day than `on`: several become formal, each on their own day.
    #[serde(default)]
    pub own_days: Vec<OwnDay>,
    /// The branch somebody is transferred to, or floats into.
    #[serde(default)]
    pub branch_id: Option<OrganisationId>,
    /// The name of an honour, the kind of a discipline, why somebody left.
    #[serde(default)]
    pub value: Option<String>,
    /// Where from or where to.
    #[serde(default)]
    pub place: Option<String>,
    /// 介绍信编号, 文号
    #[serde(default)]
    pub document: Option<String>,
    /// 介绍信有效期至, 预备期延长至
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// 回执日期
    #[serde(default)]
    pub receipt: Option<PartialDate>,
    #[serde(default)]
    pub note: Option<String>,
}

/// The day on which something happened to one of several people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnDay {
    pub id: PersonId,
    pub on: PartialDate,
}

impl RecordEvent {
    /// An event of which only kind and day are told.
    pub fn new(ids: Vec<PersonId>, kind: EventKind, on: PartialDate) -> Self {
        Self {
            ids,
            kind: kind.name().to_owned(),
            on,
            own_days: Vec::new(),
            branch_id: None,
            value: None,
            place: None,
            document: None,
            until: None,
            receipt: None,
            note: None,
        }
    }

    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let kind = EventKind::from_name(&self.kind).ok_or_else(|| rejected(format!("没有“{}”这种变动", self.kind)))?;
        let tree = organisations::tree(book.reader())?;
        let (made, names) = self.record(book, &tree, kind, stamp)?;
        let what = match kind {
            EventKind::TransferWithin => format!("转到 {}", self.branch(&tree)?.shown_name()),
            EventKind::TransferOut => "转出".to_owned(),
            _ => kind.label().to_owned(),
        };
        Ok((title(format!("{what}：{}", people(&names))), Made(made)))
    }

    /// Writes the events and moves the facts; gives back the last event made and whom it was about.
    pub(in crate::command) fn record(
        &self,
        book: &mut Book<'_>,
        tree: &OrganisationTree,
        kind: EventKind,
        stamp: &Stamp,
    ) -> Result<(Option<i64>, Vec<String>)> {
        check_receipt(self.receipt, stamp)?;
        let own_days = self.own_days(stamp)?;
        let mut position = match (kind, self.branch_id) {
            (EventKind::TransferIn | EventKind::TransferWithin, Some(branch)) => last_position(book.reader(), branch)?,
            _ => 0,
        };
        let (mut made, mut names) = (None, Vec::new());
        // What happens to one of them: the same for all but the day.
        let mut own = Self { ids: Vec::new(), own_days: Vec::new(), ..self.clone() };
        for id in &self.ids {
            own.on = own_days.get(id).copied().unwrap_or(self.on);
            let file = require_file(book, *id)?;
            let organisation = file.membership_on(own.on.first_day()).and_then(|fact| fact.organisation);
            position += STEP;
            own.take_effect(book, tree, kind, &file, position)?;
            let is_coming = matches!(kind, EventKind::TransferIn | EventKind::FloatingIn);
            let again = self.branch_id.filter(|_| kind == EventKind::Accepted);
            let event = Event {
                id: EventId(book.new_id()),
                person: *id,
                kind,
                day: own.on,
                organisation: if is_coming { self.branch_id.or(organisation) } else { organisation.or(again) },
                target: self.branch_id.filter(|_| kind == EventKind::TransferWithin),
                value: filled(self.value.clone()),
                place: filled(self.place.clone()),
                document: filled(self.document.clone()),
                until: self.until,
                receipt: self.receipt,
                note: filled(self.note.clone()),
            };
            check_parts(&event)?;
            book.insert(&event)?;
            made = Some(event.id.0);
            names.push(file.person.name().to_owned());
        }
        Ok((made, names))
    }

    /// The days of those who have one of their own; none of the days is to come.
    fn own_days(&self, stamp: &Stamp) -> Result<HashMap<PersonId, PartialDate>> {
        check_day(self.on, stamp)?;
        let ids: HashSet<PersonId> = self.ids.iter().copied().collect();
        let mut days = HashMap::new();
        for OwnDay { id, on } in &self.own_days {
            check_day(*on, stamp)?;
            if !ids.contains(id) || days.insert(*id, *on).is_some() {
                return Err(rejected(format!("own_days 里的 {id} 不在 ids 里，或写了两次")));
            }
        }
        Ok(days)
    }

    /// What the event changes of what holds from its day on.
    fn take_effect(
        &self,
        book: &mut Book<'_>,
        tree: &OrganisationTree,
        kind: EventKind,
        file: &PersonFile,
        position: i64,
    ) -> Result<()> {
        match kind {
            EventKind::TransferIn => self.come(book, tree, file, position),
            EventKind::TransferWithin => self.change_branch(book, tree, file, position),
            EventKind::TransferOut => self.leave(book, file, "转出"),
            EventKind::Died => self.leave(book, file, "死亡"),
            EventKind::LeftParty => self.leave(book, file, "出党"),
            EventKind::Disqualified => {
                self.require_category(file, Category::Probationary)?;
                self.leave(book, file, "取消预备党员资格")
            }
            EventKind::FloatingOut => {
                on_roll(file, self.on)?;
                self.replace(book, file, FactKind::Floating, "是", None)
            }
            EventKind::FloatingIn => self.float_in(book, tree, file),
            EventKind::FloatingEnded => self.finish(book, file, FactKind::Floating, "没有登记流动"),
            EventKind::Lost => {
                on_roll(file, self.on)?;
                self.replace(book, file, FactKind::Lost, "是", None)
            }
            EventKind::Found => self.finish(book, file, FactKind::Lost, "没有登记失联"),
            EventKind::Stopped => {
                on_roll(file, self.on)?;
                end_all(book, file, self.on, &[FactKind::Post])?;
                self.replace(book, file, FactKind::Status, STOPPED, None)
            }
            EventKind::Restored => self.restore(book, file),
            EventKind::Accepted => accept(self, book, tree, file),
            EventKind::Extended => self.require_category(file, Category::Probationary),
            EventKind::Converted => {
                self.require_category(file, Category::Probationary)?;
                self.set_date(book, file, Known::Full)
            }
            EventKind::Honour | EventKind::Discipline | EventKind::Misfortune => Ok(()),
        }
    }

    /// The branch the event names: one that stands on its day, and no group.
    pub(super) fn branch<'t>(&self, tree: &'t OrganisationTree) -> Result<&'t Organisation> {
        receiving_branch(tree, self.branch_id.ok_or_else(|| rejected("要选党支部（branch_id）"))?, self.on)
    }

    /// Comes from outside. Who is in that branch already, since that day or an unknown one, only gets the record.
    fn come(&self, book: &mut Book<'_>, tree: &OrganisationTree, file: &PersonFile, position: i64) -> Result<()> {
        let branch = self.branch(tree)?;
        if let Some(held) = file.on_roll(self.on.first_day()) {
            let is_this = held.organisation == Some(branch.id)
                && held.span.from.is_none_or(|from| from.first_day() == self.on.first_day());
            if !is_this {
                return Err(rejected(format!("{} 在 {} 已经在册", file.person.name(), self.on))
                    .next("本工作簿内的调动请用“转接”"));
            }
            let span = Span { from: Some(self.on), ..held.span };
            return book.update(held, &Fact { span, ..held.clone() });
        }
        if file.membership_on(self.on.first_day()).is_some() {
            let status = file.status_on(self.on.first_day()).unwrap_or_default();
            return Err(rejected(format!("{} 的组织关系还没有转出，党籍状态是“{status}”", file.person.name()))
                .next("先恢复党籍，或在历史里更正"));
        }
        check_may_come(file, self.on)?;
        if file.ending_on(self.on.first_day()).is_some() {
            self.replace(book, file, FactKind::Status, status_of_return(file, self.on), None)?;
        }
        let person = file.person.id;
        self.insert(book, person, FactKind::Membership, Some(branch.id), None, Some(position))
    }

    fn change_branch(
        &self,
        book: &mut Book<'_>,
        tree: &OrganisationTree,
        file: &PersonFile,
        position: i64,
    ) -> Result<()> {
        let target = self.branch(tree)?;
        let membership = on_roll(file, self.on)?;
        if membership.organisation == Some(target.id) {
            return Err(rejected(format!("{} 已经在 {}", file.person.name(), target.name)));
        }
        end_all(book, file, self.on, &[FactKind::Membership, FactKind::Group])?;
        // A post in a general branch above both goes on.
        let stays = |fact: &Fact| fact.organisation.is_some_and(|id| tree.is_within(target.id, id));
        let mut posts = file.facts.iter().filter(|fact| fact.kind == FactKind::Post && !stays(fact));
        posts.try_for_each(|fact| end_fact(book, fact, self.on))?;
        // Recorded late, after a further step was: up to that step the relation is in the branch named here.
        let span = Span { from: Some(self.on), to: membership.span.to };
        let fact = self.fact(book, file.person.id, FactKind::Membership);
        book.insert(&Fact { organisation: Some(target.id), position: Some(position), span, ..fact })
    }

    fn leave(&self, book: &mut Book<'_>, file: &PersonFile, status: &str) -> Result<()> {
        if file.belonging_on(self.on.first_day()).is_none() {
            return Err(rejected(format!("{} 在 {} 不在册", file.person.name(), self.on)));
        }
        let is_later = |fact: &&Fact| fact.span.from.is_some_and(|from| from.first_day() > self.on.first_day());
        if let Some(later) = file.facts.iter().filter(|fact| fact.kind == FactKind::Membership).find(is_later) {
            let from = later.span.from.map(|from| from.to_string()).unwrap_or_default();
            return Err(rejected(format!("{} 在 {from} 又有组织关系，不能在 {} 离开", file.person.name(), self.on))
                .next("请先在历史里更正组织关系"));
        }
        end_all(book, file, self.on, &FactKind::ALL)?;
        let place = filled(self.place.clone());
        let fact = Fact { place, ..self.fact(book, file.person.id, FactKind::Status) };
        book.insert(&Fact { value: Some(status.to_owned()), ..fact })
    }

    fn float_in(&self, book: &mut Book<'_>, tree: &OrganisationTree, file: &PersonFile) -> Result<()> {
        let branch = self.branch(tree)?.id;
        if file.on_roll(self.on.first_day()).is_some() {
            return Err(rejected(format!("{} 的组织关系就在本工作簿，不是流入党员", file.person.name())));
        }
        check_may_come(file, self.on)?;
        self.replace(book, file, FactKind::Floating, "流入", Some(branch))
    }

    fn restore(&self, book: &mut Book<'_>, file: &PersonFile) -> Result<()> {
        if file.ending_on(self.on.first_day()) != Some(Ending::Stopped) {
            return Err(rejected(format!("{} 在 {} 没有停止党籍", file.person.name(), self.on)));
        }
        self.replace(book, file, FactKind::Status, "正常", None)
    }

    /// Ends what holds of a kind and begins this from the day on.
    pub(super) fn replace(
        &self,
        book: &mut Book<'_>,
        file: &PersonFile,
        kind: FactKind,
        value: &str,
        organisation: Option<OrganisationId>,
    ) -> Result<()> {
        end_all(book, file, self.on, &[kind])?;
        let place = if kind == FactKind::Floating { filled(self.place.clone()) } else { None };
        let fact = Fact { organisation, place, ..self.fact(book, file.person.id, kind) };
        book.insert(&Fact { value: Some(value.to_owned()), ..fact })
    }

    /// Ends what holds of a kind; refused where nothing does.
    fn finish(&self, book: &mut Book<'_>, file: &PersonFile, kind: FactKind, otherwise: &str) -> Result<()> {
        let held: Vec<&Fact> = file.facts_on(kind, self.on.first_day()).collect();
        if held.is_empty() {
            return Err(rejected(format!("{} 在 {} {otherwise}", file.person.name(), self.on)));
        }
        held.into_iter().try_for_each(|fact| end(book, fact, Some(self.on)))
    }

    fn insert(
        &self,
        book: &mut Book<'_>,
        person: PersonId,
        kind: FactKind,
        organisation: Option<OrganisationId>,
        value: Option<String>,
        position: Option<i64>,
    ) -> Result<()> {
        let fact = self.fact(book, person, kind);
        book.insert(&Fact { organisation, value, position, ..fact })
    }

    /// A fact that begins on the event's day.
    pub(super) fn fact(&self, book: &mut Book<'_>, person: PersonId, kind: FactKind) -> Fact {
        Fact {
            id: FactId(book.new_id()),
            person,
            kind,
            organisation: None,
            value: None,
            place: None,
            span: Span { from: Some(self.on), to: None },
            position: None,
        }
    }

    /// Sets 入党时间 or 转正时间; one that is told otherwise already is not overwritten.
    pub(super) fn set_date(&self, book: &mut Book<'_>, file: &PersonFile, field: Known) -> Result<()> {
        if let Some(told) = file.person.date(field)
            && told != self.on
        {
            let happened = format!("{} 的{}已登记为 {told}", file.person.name(), field.label());
            return Err(rejected(happened).next("登记错了的先更正，再记这件事"));
        }
        let mut wanted = file.person.clone();
        wanted.set(field, Some(Value::Date(self.on)));
        let derived = wanted.path().derived_on(self.on.first_day());
        // What a roster told is no longer needed where the dates now give it.
        let needed = wanted.category_told.filter(|told| derived.is_none_or(|now| now < told.category));
        wanted.category_told = file.person.path().told_before().or(needed);
        book.update(&file.person, &wanted)
    }

    fn require_category(&self, file: &PersonFile, wanted: Category) -> Result<()> {
        let held = file.person.path().category_on(self.on.first_day());
        if held == Some(wanted) {
            return Ok(());
        }
        let held = held.map_or("类别不详", Category::label);
        Err(rejected(format!("{} 在 {} 是{held}，不是{}", file.person.name(), self.on, wanted.label())))
    }
}

/// A branch that takes somebody in: one that stands on the day, and no group.
pub(super) fn receiving_branch(tree: &OrganisationTree, id: OrganisationId, on: PartialDate) -> Result<&Organisation> {
    let branch = require(tree, id)?;
    if branch.kind == OrganisationKind::Group {
        return Err(rejected("党小组不接收组织关系，请选它所在的党支部"));
    }
    if !branch.stands_on(on.first_day()) {
        return Err(rejected(format!("{} 那天还没成立或已撤销", branch.name)));
    }
    Ok(branch)
}

/// What an event of its kind must say, and cannot say. How long an extension may be is for the rules to find.
pub(super) fn check_parts(event: &Event) -> Result<()> {
    let (spec, day) = (event.kind.spec(), event.day);
    let value = event.value.as_deref();
    if event.kind.needs_value() && value.is_none() {
        return Err(rejected(format!("要写明{}", spec.value_label)));
    }
    if event.kind.has_only_its_values() && value.is_some_and(|value| !spec.values.contains(&value)) {
        return Err(rejected(format!("{}只写：{}", spec.value_label, spec.values.join("、"))));
    }
    let has_text = event.place.is_some() || event.document.is_some() || event.note.is_some();
    if event.kind.keeps_only_its_value() && has_text {
        return Err(rejected(format!("{}只记种类和日期，不记经过、文号和备注", event.kind.label())));
    }
    let is_before = |date: Option<PartialDate>| date.is_some_and(|date| date.last_day() < day.first_day());
    match event.kind {
        EventKind::Extended if event.until.is_none_or(|until| until.first_day() <= day.first_day()) => {
            Err(rejected("要写明预备期延长至哪天，在延长的那天以后"))
        }
        kind if kind.is_transfer() && is_before(event.until) => {
            Err(rejected(format!("{}不能早于 {day}", spec.until_label)))
        }
        kind if kind.is_transfer() && is_before(event.receipt) => {
            Err(rejected(format!("{}不能早于 {day}", spec.receipt_label)))
        }
        _ => Ok(()),
    }
}

pub(super) fn check_receipt(receipt: Option<PartialDate>, stamp: &Stamp) -> Result<()> {
    match receipt {
        Some(receipt) if receipt.first_day() > stamp.today() => Err(rejected("回执日期不能在今天以后")),
        _ => Ok(()),
    }
}
