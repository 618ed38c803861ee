//! Coming and going: transfer within the workbook, leaving, death, voiding. None of them deletes a person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{RecordEvent, facts, rejected, require_file};
use crate::command::ledger::Stamp;
use crate::command::{Made, title};
use crate::domain::dates::PartialDate;
use crate::domain::events::EventKind;
use crate::domain::fields::FactKind;
use crate::domain::ids::{OrganisationId, PersonId};
use crate::domain::members::{Fact, Person, PersonFile};
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::workbook::Title;

/// Transfers members to another branch of the workbook (转到本工作簿的另一党支部) from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferMember {
    pub ids: Vec<PersonId>,
    pub to_id: OrganisationId,
    pub on: PartialDate,
}

/// How a membership ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Leaving {
    /// 转出: to an organisation outside this workbook.
    #[serde(rename = "转出")]
    TransferredOut,
    /// 死亡
    #[serde(rename = "死亡")]
    Died,
    /// 出党
    #[serde(rename = "出党")]
    LeftParty,
}

/// Ends the membership of members on a day: 转出, 死亡 or 出党. They stay in the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndMembership {
    pub ids: Vec<PersonId>,
    pub how: Leaving,
    pub on: PartialDate,
    /// Where to, for 转出.
    #[serde(default)]
    pub place: Option<String>,
    /// 出党原因, for 出党.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Voids persons typed by mistake (作废，录入错误): they count on no day and are found only when asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidMembers {
    pub ids: Vec<PersonId>,
    pub reason: String,
}

/// Takes a voiding back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreMembers {
    pub ids: Vec<PersonId>,
}

impl Leaving {
    /// The word, which is also the status it leaves.
    pub fn label(self) -> &'static str {
        match self {
            Self::TransferredOut => "转出",
            Self::Died => "死亡",
            Self::LeftParty => "出党",
        }
    }
}

impl TransferMember {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let event = RecordEvent::new(self.ids, EventKind::TransferWithin, self.on);
        let (title, _) = RecordEvent { branch_id: Some(self.to_id), ..event }.apply(book, stamp)?;
        Ok((title, Made(None)))
    }
}

impl EndMembership {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let kind = match self.how {
            Leaving::TransferredOut => EventKind::TransferOut,
            Leaving::Died => EventKind::Died,
            Leaving::LeftParty => EventKind::LeftParty,
        };
        let event = RecordEvent { place: self.place, value: self.reason, ..RecordEvent::new(self.ids, kind, self.on) };
        let (title, _) = event.apply(book, stamp)?;
        Ok((title, Made(None)))
    }
}

impl VoidMembers {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(rejected("作废要写明原因"));
        }
        let names = mark(book, &self.ids, Some(reason))?;
        Ok((title(format!("作废（录入错误）：{}", people(&names))), Made(None)))
    }
}

impl RestoreMembers {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let names = mark(book, &self.ids, None)?;
        Ok((title(format!("撤回作废：{}", people(&names))), Made(None)))
    }
}

fn mark(book: &mut Book<'_>, ids: &[PersonId], reason: Option<&str>) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for id in ids {
        let file = require_file(book, *id)?;
        if file.person.voided.is_some() == reason.is_some() {
            let state = if reason.is_some() { "已经作废" } else { "没有作废" };
            return Err(rejected(format!("{} {state}", file.person.name())));
        }
        if file.person.merged_into.is_some() {
            return Err(rejected(format!("{} 已并入另一人，不是作废", file.person.name())).next("请用“拆开”"));
        }
        let wanted = Person { voided: reason.map(str::to_owned), ..file.person.clone() };
        book.update(&file.person, &wanted)?;
        names.push(file.person.name().to_owned());
    }
    Ok(names)
}

/// The membership that ends on `on`: the one held until then. Fails if the person is not on the roll.
pub(super) fn on_roll(file: &PersonFile, on: PartialDate) -> Result<&Fact> {
    file.on_roll(on.first_day()).ok_or_else(|| rejected(format!("{} 在 {on} 不在册", file.person.name())))
}

/// Ends on a day whatever of these kinds holds then. What begins later stays as it is told.
pub(in crate::command) fn end_all(
    book: &mut Book<'_>,
    file: &PersonFile,
    on: PartialDate,
    kinds: &[FactKind],
) -> Result<()> {
    file.facts.iter().filter(|fact| kinds.contains(&fact.kind)).try_for_each(|fact| end_fact(book, fact, on))
}

/// Ends a fact on a day if it holds then.
pub(in crate::command) fn end_fact(book: &mut Book<'_>, fact: &Fact, on: PartialDate) -> Result<()> {
    let day = on.first_day();
    let has_begun = fact.span.from.is_none_or(|from| from.first_day() <= day);
    if has_begun && fact.span.to.is_none_or(|to| to.first_day() > day) {
        facts::end(book, fact, Some(on))?;
    }
    Ok(())
}

pub(super) fn check_day(on: PartialDate, stamp: &Stamp) -> Result<()> {
    if on.first_day() > stamp.today() { Err(rejected("日期不能在今天以后")) } else { Ok(()) }
}

/// 「张三」「张三、李四」「张三 等 6 人」
pub(super) fn people(names: &[String]) -> String {
    match names {
        [first, _, _, ..] => format!("{first} 等 {} 人", names.len()),
        _ => names.join("、"),
    }
}
