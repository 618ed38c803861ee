//! Planned talks (计划谈话) and numbered blank sheets (空白表).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::replacing::{Before, years_of};
use super::{misread, name_of, next_number};
use crate::command::ledger::Stamp;
use crate::command::{Made, filled, title};
use crate::domain::coverage::Relation;
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId};
use crate::domain::organisations::OrganisationTree;
use crate::domain::talk_plan::{ProposedTalk, rule_of};
use crate::domain::talks::{PlannedTalk, TalkTypes};
use crate::problem::{Problem, Result};
use crate::store::book::Book;
use crate::store::reader::Reader;
use crate::store::{organisations, talks, workbook::Title};

/// Plans talks of an organisation (拟计划), or gives numbers to sheets that are printed blank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanTalks {
    pub organisation_id: OrganisationId,
    pub talks: Vec<PlannedDraft>,
    /// What was planned before goes, unless it was held. Whose sheet is printed keeps the number: as that of a talk that is
    /// planned now, else as a sheet that is planned for no day.
    #[serde(default)]
    pub replace: bool,
}

/// Plans talks of several organisations as one (拟计划), each in its own plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanTalksTogether {
    pub plans: Vec<PlanTalks>,
}

/// Changes a planned talk: `set` holds what is different, named as in `plan_talks`; `null` clears. Its number stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditPlannedTalk {
    pub id: PlannedTalkId,
    #[schemars(with = "PlannedDraft")]
    pub set: BTreeMap<String, serde_json::Value>,
}

/// Takes planned talks out of their plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovePlannedTalks {
    pub ids: Vec<PlannedTalkId>,
}

/// A planned talk, as somebody writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PlannedDraft {
    pub talker_id: Option<PersonId>,
    pub partner_id: Option<PersonId>,
    /// What it closes: `C1 C2 C3 C4`, several joined by a blank
    pub rule: Option<String>,
    /// 谈话类型: the code or the name
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// By when
    pub due: Option<PartialDate>,
    pub note: Option<String>,
    /// A sheet is printed for it: it gets the next number of the year.
    pub numbered: bool,
    /// A talk that is planned already: its sheet is printed. Nothing else is told then but `numbered`.
    pub planned_id: Option<PlannedTalkId>,
}

/// A proposed talk as it is kept.
impl From<&ProposedTalk> for PlannedDraft {
    fn from(talk: &ProposedTalk) -> Self {
        Self {
            talker_id: Some(talk.talker),
            partner_id: Some(talk.partner),
            rule: rule_of(&talk.closes),
            due: Some(PartialDate::of_day(talk.due)),
            ..Self::default()
        }
    }
}

impl PlanTalks {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let name = organisation_name(book.reader(), self.organisation_id)?;
        let sheets = match self.replace {
            true => {
                let before = talks::planned_of(book.reader(), self.organisation_id)?;
                let before = Before::read(book.reader(), before, years_of([&self], stamp))?;
                before.give_way(book, &self)?
            }
            false => BTreeMap::new(),
        };
        let types = talks::types(book.reader())?;
        let made = self.write(book, &types, &sheets, stamp)?;
        let printed = self.talks.iter().filter(|draft| draft.numbered).count();
        let what = if printed == self.talks.len() && printed > 0 { "印空白谈话表" } else { "拟谈话计划" };
        Ok((title(format!("{what} {} 次：{name}", self.talks.len())), Made(made)))
    }

    /// Writes its talks; gives back the last that is new, else the last. `sheets` are those that are printed already, by
    /// the place of the talk.
    fn write(
        &self,
        book: &mut Book<'_>,
        types: &TalkTypes,
        sheets: &BTreeMap<usize, PlannedTalk>,
        stamp: &Stamp,
    ) -> Result<Option<i64>> {
        let (mut new, mut numbered) = (None, None);
        for (place, draft) in self.talks.iter().enumerate() {
            if let Some(id) = draft.planned_id {
                self.number(book, id, draft, stamp)?;
                numbered = Some(id.0);
                continue;
            }
            if let Some(sheet) = sheets.get(&place) {
                let kind = draft.check(book.reader(), types, sheet.kind.as_deref())?;
                book.update(sheet, &draft.on_sheet(kind, sheet))?;
                numbered = Some(sheet.id.0);
                continue;
            }
            let planned = self.planned(book, types, draft, stamp)?;
            book.insert(&planned)?;
            new = Some(planned.id.0);
        }
        Ok(new.or(numbered))
    }

    /// Gives a number to a talk that is planned already.
    fn number(&self, book: &mut Book<'_>, id: PlannedTalkId, draft: &PlannedDraft, stamp: &Stamp) -> Result<()> {
        if *draft != (PlannedDraft { planned_id: Some(id), numbered: true, ..PlannedDraft::default() }) {
            return Err(
                rejected("给已计划的谈话编号，只写 planned_id 和 numbered").next("别的要改，用 edit_planned_talk")
            );
        }
        let seen = require(book.reader(), id)?;
        if seen.organisation != self.organisation_id {
            return Err(rejected(format!("编号为 {id} 的计划谈话是另一个党组织的")));
        }
        if let Some(number) = seen.number {
            return Err(rejected(format!("编号为 {id} 的计划谈话已有空白表 {number}")));
        }
        let year = seen.due.map_or(stamp.today().year(), PartialDate::year);
        let number = Some(next_number(book.reader(), self.organisation_id, year)?);
        book.update(&seen, &PlannedTalk { number, ..seen.clone() })
    }

    fn planned(
        &self,
        book: &mut Book<'_>,
        types: &TalkTypes,
        draft: &PlannedDraft,
        stamp: &Stamp,
    ) -> Result<PlannedTalk> {
        let kind = draft.check(book.reader(), types, None)?;
        let year = draft.due.map_or(stamp.today().year(), PartialDate::year);
        let number = draft.numbered.then(|| next_number(book.reader(), self.organisation_id, year)).transpose()?;
        Ok(PlannedTalk {
            id: PlannedTalkId(book.new_id()),
            organisation: self.organisation_id,
            number,
            talker: draft.talker_id,
            partner: draft.partner_id,
            rule: filled(draft.rule.clone()),
            kind,
            made_on: stamp.today(),
            due: draft.due,
            note: filled(draft.note.clone()),
        })
    }
}

impl PlanTalksTogether {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let first = self.plans.first().ok_or_else(|| rejected("没有写哪个党组织的计划"))?;
        let tree = organisations::tree(book.reader())?;
        let first = name_in(&tree, first.organisation_id)?.to_owned();
        let before = match self.plans.iter().any(|plan| plan.replace) {
            true => talks::planned(book.reader())?,
            false => Vec::new(),
        };
        let before = Before::read(book.reader(), before, years_of(&self.plans, stamp))?;
        let types = talks::types(book.reader())?;
        let (count, mut talks, mut made) = (self.plans.len(), 0, None);
        let mut planned = BTreeSet::new();
        for plan in self.plans {
            let name = name_in(&tree, plan.organisation_id)?;
            if !planned.insert(plan.organisation_id) {
                return Err(rejected(format!("{name}的计划写了两次")).next("合成一个"));
            }
            let sheets = if plan.replace { before.give_way(book, &plan)? } else { BTreeMap::new() };
            made = plan.write(book, &types, &sheets, stamp)?.or(made);
            talks += plan.talks.len();
        }
        let whose = if count > 1 { format!("{first}等 {count} 个党组织") } else { first };
        Ok((title(format!("拟谈话计划 {talks} 次：{whose}")), Made(made)))
    }
}

impl PlannedDraft {
    /// A printed sheet as the one of this talk; `kind` is the code of the type that the draft tells.
    fn on_sheet(&self, kind: Option<String>, sheet: &PlannedTalk) -> PlannedTalk {
        let rule = filled(self.rule.clone());
        // The type that is printed may not close what more the talk is to close.
        let printed = sheet.kind.clone().filter(|_| rule == sheet.rule);
        PlannedTalk {
            talker: self.talker_id,
            partner: self.partner_id,
            kind: kind.or(printed),
            rule,
            due: self.due,
            note: filled(self.note.clone()).or(sheet.note.clone()),
            ..sheet.clone()
        }
    }

    /// Refuses what cannot be; returns the code of the type. `kept` is the type that it had before.
    fn check(&self, reader: Reader<'_>, types: &TalkTypes, kept: Option<&str>) -> Result<Option<String>> {
        if self.talker_id.is_none() && self.partner_id.is_none() && !self.numbered {
            return Err(rejected("没有写谈话人，也没有写谈话对象"));
        }
        let codes = self.rule.as_deref().unwrap_or_default().split_whitespace();
        let is_known = |code: &&str| Relation::ALL.iter().any(|relation| relation.code() == *code);
        if let Some(code) = codes.into_iter().find(|code| !is_known(code)) {
            return Err(rejected(format!("没有“{code}”这一项，补哪一项应写 C1、C2、C3 或 C4")));
        }
        if self.talker_id.is_some() && self.talker_id == self.partner_id {
            return Err(rejected("谈话人和谈话对象是同一个人"));
        }
        for id in self.talker_id.iter().chain(&self.partner_id) {
            name_of(reader, *id).ok_or_else(|| rejected(format!("没有编号为 {id} 的人，或已作废")))?;
        }
        let Some(text) = filled(self.kind.clone()) else { return Ok(None) };
        let kind = types.named(&text).ok_or_else(|| rejected(format!("没有“{text}”这种谈话类型")))?;
        if kind.removed && kept != Some(kind.code.as_str()) {
            return Err(rejected(format!("谈话类型“{}”已经停用，请换一种", kind.label)));
        }
        Ok(Some(kind.code.clone()))
    }

    /// A planned talk as a draft that says the same.
    fn of(planned: &PlannedTalk) -> Self {
        let planned = planned.clone();
        Self {
            talker_id: planned.talker,
            partner_id: planned.partner,
            rule: planned.rule,
            kind: planned.kind,
            due: planned.due,
            note: planned.note,
            numbered: planned.number.is_some(),
            planned_id: None,
        }
    }
}

impl EditPlannedTalk {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let seen = require(book.reader(), self.id)?;
        let draft = self.draft(&seen)?;
        let kind = draft.check(book.reader(), &talks::types(book.reader())?, seen.kind.as_deref())?;
        let wanted = PlannedTalk {
            talker: draft.talker_id,
            partner: draft.partner_id,
            rule: filled(draft.rule),
            kind,
            due: draft.due,
            note: filled(draft.note),
            ..seen.clone()
        };
        book.update(&seen, &wanted)?;
        Ok((title(format!("改谈话计划：{}", shown(book.reader(), &wanted)?)), Made(Some(self.id.0))))
    }

    /// The planned talk as it should stand.
    fn draft(&self, seen: &PlannedTalk) -> Result<PlannedDraft> {
        let now = serde_json::to_value(PlannedDraft::of(seen)).map_err(|error| Problem::fault(error.to_string()))?;
        let serde_json::Value::Object(mut fields) = now else { return Err(Problem::fault("a draft is an object")) };
        fields.extend(self.set.clone());
        let draft: PlannedDraft =
            misread::read(fields.into()).map_err(|why| rejected(format!("读不懂要改的内容：{why}")))?;
        if draft.numbered != seen.number.is_some() || draft.planned_id.is_some() {
            return Err(rejected("计划谈话的编号不能改").next("要印空白表，请另外印"));
        }
        Ok(draft)
    }
}

impl RemovePlannedTalks {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>) -> Result<(Title, Made)> {
        let mut what = String::new();
        for id in &self.ids {
            let planned = require(book.reader(), *id)?;
            what = shown(book.reader(), &planned)?;
            book.delete(&planned)?;
        }
        match self.ids.len() {
            0 => Err(rejected("没有要去掉的计划谈话")),
            1 => Ok((title(format!("去掉计划谈话：{what}")), Made(None))),
            count => Ok((title(format!("去掉计划谈话 {count} 次")), Made(None))),
        }
    }
}

/// 「陈志远 和 赵永强」, or the number of a sheet without names, or the organisation.
fn shown(reader: Reader<'_>, planned: &PlannedTalk) -> Result<String> {
    let people = planned.talker.iter().chain(&planned.partner);
    let names: Vec<String> = people.filter_map(|id| name_of(reader, *id)).collect();
    match planned.number {
        _ if !names.is_empty() => Ok(names.join(" 和 ")),
        Some(number) => Ok(number.to_string()),
        None => organisation_name(reader, planned.organisation),
    }
}

fn organisation_name(reader: Reader<'_>, id: OrganisationId) -> Result<String> {
    Ok(name_in(&organisations::tree(reader)?, id)?.to_owned())
}

fn name_in(tree: &OrganisationTree, id: OrganisationId) -> Result<&str> {
    let node = tree.get(id).ok_or_else(|| rejected(format!("没有编号为 {id} 的党组织")))?;
    Ok(node.shown_name())
}

/// A planned talk that is there.
pub(super) fn require(reader: Reader<'_>, id: PlannedTalkId) -> Result<PlannedTalk> {
    reader.get(id.0)?.ok_or_else(|| rejected(format!("没有编号为 {id} 的计划谈话")))
}

fn rejected(happened: impl Into<String>) -> Problem {
    Problem::input("没有拟计划", happened)
}
