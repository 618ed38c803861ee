//! Whether a row is a talk that the workbook has, and what becomes of it then.
//!
//! Start at [`Planner::known_talk`].

use super::told::RowTold;
use super::{Planner, RowPlace};
use crate::domain::ids::{PersonId, TalkId};
use crate::domain::imports::{OpenQuestion, PlannedProblem, QuestionAbout, TalkClass};
use crate::domain::talks::{TalkDraft, TalkDraftField};

/// What the workbook has of the talk of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KnownTalk {
    No,
    Same(TalkId),
    /// The row corrects a part of it.
    Corrected(TalkId, TalkDraftField),
    /// Whether it is this one, of which a part is another, waits for an answer.
    Asked(TalkId, TalkDraftField),
}

impl KnownTalk {
    /// The talk that the row is; one of which it is not known may be it.
    pub fn id(self) -> Option<TalkId> {
        match self {
            Self::No => None,
            Self::Same(id) | Self::Corrected(id, _) | Self::Asked(id, _) => Some(id),
        }
    }
}

impl Planner<'_> {
    /// Which talk of the workbook a row is.
    pub(super) fn known_talk(&self, place: &RowPlace, draft: &TalkDraft, kind: Option<&str>) -> KnownTalk {
        if let Some(id) = self.held.find(draft, kind) {
            return KnownTalk::Same(id);
        }
        let Some((id, field)) = self.held.nearly(draft) else { return KnownTalk::No };
        match self.workbook.options.answers.is_same_talk(place.0, &place.1, place.2) {
            Some(true) => KnownTalk::Corrected(id, field),
            Some(false) => KnownTalk::No,
            None => KnownTalk::Asked(id, field),
        }
    }

    /// 「编号 2026-002 在工作簿里是 2026-02-08 陈志远与孙丽，谈话时间不一样」
    pub(super) fn ask_whether_same(&mut self, (file, sheet, row): &RowPlace, id: TalkId, field: TalkDraftField) {
        let Some(talk) = self.held.talk(id) else { return };
        let names = self.held.names(id);
        let raw = format!("编号 {} 在工作簿里是 {} {names}，{}不一样", talk.number, talk.held_on, field.label());
        self.plan.questions.push(OpenQuestion {
            file: *file,
            sheet: sheet.clone(),
            row: *row,
            beside: 0,
            about: QuestionAbout::SameTalk,
            raw,
            choices: ["same", "new"].map(str::to_owned).to_vec(),
            labels: ["同一次谈话，照台账更正", "另一次谈话"].map(str::to_owned).to_vec(),
        });
    }

    /// What becomes of a row that is a talk of the workbook: the draft is that talk with what the row adds. What the row says
    /// otherwise stays out, and that is told.
    pub(super) fn filled(
        &mut self,
        place: &RowPlace,
        known: KnownTalk,
        draft: &mut TalkDraft,
        kind: Option<&str>,
    ) -> TalkClass {
        let people = self.workbook.people;
        let name = |id: PersonId| people.get(id).map(|file| file.person.name().to_owned()).unwrap_or_default();
        let Some((id, file)) = known.id().and_then(|id| Some((id, self.held.take(id)?))) else {
            return TalkClass::New;
        };
        let mut filled = super::filling::fill_in(file, draft, name);
        if let KnownTalk::Corrected(_, field) = known {
            filled.correct(field, draft, name);
        }
        if let Some(told) = kind.filter(|kind| *kind != file.talk.kind) {
            let (held, told) = (self.types.label(&file.talk.kind), self.types.label(told));
            let sentence = format!("工作簿里这次谈话是{held}，台账写{told}；没有改动");
            let (file, sheet, row) = place.clone();
            let field = TalkDraftField::Kind.label().to_owned();
            self.plan.problems.push(PlannedProblem { file, sheet, row, field, code: DIFFERS, sentence });
        }
        for field in filled.others {
            self.problem(place, field.label(), DIFFERS, "工作簿里已有这次谈话，写的不一样；没有改动".to_owned());
        }
        if filled.differences.is_empty() {
            return TalkClass::Same { id };
        }
        *draft = filled.draft;
        TalkClass::Changed { id, differences: filled.differences }
    }

    /// The type that a row tells; none where it stands there for want of one.
    pub(super) fn type_told(told: &RowTold, draft: &TalkDraft) -> Option<String> {
        draft.kind.clone().filter(|kind| told.has_type() || kind != super::kinds::OTHER_TYPE)
    }
}

/// The code of what is told of a talk of which the ledger says something else.
const DIFFERS: &str = "talk_differs";
