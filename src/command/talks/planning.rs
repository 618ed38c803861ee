//! Planned talks (计划谈话) and numbered blank sheets (空白表).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{name_of, next_number, rejected};
use crate::command::ledger::Stamp;
use crate::command::{Made, filled, title};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{OrganisationId, PersonId, PlannedTalkId};
use crate::domain::talks::{PlannedTalk, TalkTypes};
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::reader::Reader;
use crate::store::{organisations, talks, workbook::Title};

/// Plans talks of an organisation (拟计划), or gives numbers to sheets that are printed blank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanTalks {
    pub organisation_id: OrganisationId,
    pub talks: Vec<PlannedDraft>,
    /// What was planned before and carries no number goes.
    #[serde(default)]
    pub replace: bool,
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
}

impl PlanTalks {
    pub(in crate::command) fn apply(self, book: &mut Book<'_>, stamp: &Stamp) -> Result<(Title, Made)> {
        let tree = organisations::tree(book.reader())?;
        let node = tree.get(self.organisation_id);
        let node = node.ok_or_else(|| rejected(format!("没有编号为 {} 的党组织", self.organisation_id)))?;
        if self.replace {
            let before = talks::planned_of(book.reader(), self.organisation_id)?;
            before.iter().filter(|planned| planned.number.is_none()).try_for_each(|planned| book.delete(planned))?;
        }
        let types = talks::types(book.reader())?;
        let mut made = None;
        for draft in &self.talks {
            let planned = self.planned(book, &types, draft, stamp)?;
            book.insert(&planned)?;
            made = Some(planned.id.0);
        }
        let printed = self.talks.iter().filter(|draft| draft.numbered).count();
        let what = if printed == self.talks.len() && printed > 0 { "印空白谈话表" } else { "拟谈话计划" };
        Ok((title(format!("{what} {} 次：{}", self.talks.len(), node.shown_name())), Made(made)))
    }

    fn planned(
        &self,
        book: &mut Book<'_>,
        types: &TalkTypes,
        draft: &PlannedDraft,
        stamp: &Stamp,
    ) -> Result<PlannedTalk> {
        if draft.talker_id.is_some() && draft.talker_id == draft.partner_id {
            return Err(rejected("谈话人和谈话对象是同一个人"));
        }
        for id in draft.talker_id.iter().chain(&draft.partner_id) {
            name_of(book.reader(), *id).ok_or_else(|| rejected(format!("没有编号为 {id} 的人，或已作废")))?;
        }
        let kind = match filled(draft.kind.clone()) {
            Some(text) => {
                let kind = types.named(&text).filter(|kind| !kind.removed);
                Some(kind.ok_or_else(|| rejected(format!("没有“{text}”这种谈话类型")))?.code.clone())
            }
            None => None,
        };
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

/// A planned talk that is there.
pub(super) fn require(reader: Reader<'_>, id: PlannedTalkId) -> Result<PlannedTalk> {
    reader.get(id.0)?.ok_or_else(|| rejected(format!("没有编号为 {id} 的计划谈话")))
}
