//! How a new plan takes the place of what was planned before (换下), and which talk of it has a sheet that is printed.
//!
//! Afterwards the plan is what was proposed and what was held: each hole once. Start at [`Before::give_way`].

use std::collections::{BTreeMap, BTreeSet};

use super::planning::{PlanTalks, PlannedDraft};
use crate::command::filled;
use crate::command::ledger::Stamp;
use crate::domain::coverage::CoverageRules;
use crate::domain::dates::PartialDate;
use crate::domain::ids::PlannedTalkId;
use crate::domain::talk_plan::{Became, SheetWanted, relations_of, sheets_of};
use crate::domain::talks::PlannedTalk;
use crate::problem::Result;
use crate::store::book::Book;
use crate::store::directory::Directory;
use crate::store::reader::Reader;
use crate::store::{rules, talk_plan};

/// What was planned before, and what became of it.
#[derive(Debug, Default)]
pub(super) struct Before {
    planned: Vec<PlannedTalk>,
    became: BTreeMap<PlannedTalkId, Became>,
    /// The years of the new plan: sheets of another one are out for that.
    years: BTreeSet<i16>,
}

/// The years in which the talks of new plans are due; where no day is told it is that of today.
pub(super) fn years_of<'p>(plans: impl IntoIterator<Item = &'p PlanTalks>, stamp: &Stamp) -> BTreeSet<i16> {
    let dues = plans.into_iter().flat_map(|plan| &plan.talks).filter_map(|draft| draft.due);
    let years: BTreeSet<i16> = dues.map(PartialDate::year).collect();
    if years.is_empty() { BTreeSet::from([stamp.today().year()]) } else { years }
}

impl Before {
    pub(super) fn read(reader: Reader<'_>, planned: Vec<PlannedTalk>, years: BTreeSet<i16>) -> Result<Self> {
        if planned.is_empty() {
            return Ok(Self::default());
        }
        let rules = CoverageRules::of(&rules::book(reader)?);
        let became = talk_plan::became(reader, &Directory::load(reader)?, &rules, &planned)?;
        Ok(Self { planned, became, years })
    }

    /// Takes out what was planned before and not held; what was held and is asked for again is open again. Gives back
    /// the printed sheet of each talk that has one, by its place; a sheet whose hole is closed by another talk of the plan
    /// keeps its number for whoever fills it in, any other one is planned for no day any more.
    pub(super) fn give_way(&self, book: &mut Book<'_>, plan: &PlanTalks) -> Result<BTreeMap<usize, PlannedTalk>> {
        let kept: BTreeSet<PlannedTalkId> = plan.talks.iter().filter_map(|draft| draft.planned_id).collect();
        let here = self.planned.iter().filter(|planned| planned.organisation == plan.organisation_id);
        let here = here.filter(|planned| !kept.contains(&planned.id));
        let (printed, bare): (Vec<&PlannedTalk>, Vec<&PlannedTalk>) = here.partition(|one| one.number.is_some());
        let is_meant = |sheet: &PlannedTalk| sheet.number.is_some_and(|number| self.years.contains(&number.year));
        let printed = printed.into_iter().filter(|sheet| is_meant(sheet) && !self.is_held(sheet));
        let (open, covered): (Vec<_>, Vec<_>) = printed.partition(|sheet| !self.became.contains_key(&sheet.id));
        let talks: Vec<Option<SheetWanted>> = plan.talks.iter().map(PlannedDraft::sheet_wanted).collect();
        let of = sheets_of(&talks, &open);

        let bare_drafts = || plan.talks.iter().enumerate().filter(|(place, _)| !of.contains_key(place));
        let is_again = |planned: &PlannedTalk| bare_drafts().any(|(_, draft)| draft.is_for_those_of(planned));
        let goes = |planned: &&&PlannedTalk| !self.is_held(planned) || is_again(planned);
        bare.iter().filter(goes).try_for_each(|planned| book.delete(*planned))?;
        let taken: BTreeSet<PlannedTalkId> = of.values().map(|sheet| sheet.id).collect();
        for sheet in open.iter().chain(&covered).filter(|sheet| !taken.contains(&sheet.id)) {
            let is_served = talks.iter().flatten().any(|talk| talk.serves(sheet));
            let left = if is_served { of_nobody(sheet) } else { PlannedTalk { due: None, ..(*sheet).clone() } };
            book.update(*sheet, &left)?;
        }
        Ok(of.into_iter().map(|(place, sheet)| (place, sheet.clone())).collect())
    }

    fn is_held(&self, planned: &PlannedTalk) -> bool {
        matches!(self.became.get(&planned.id), Some(Became::Held(_)))
    }
}

/// A sheet of which only the number counts.
fn of_nobody(sheet: &PlannedTalk) -> PlannedTalk {
    PlannedTalk { talker: None, partner: None, rule: None, kind: None, due: None, ..sheet.clone() }
}

impl PlannedDraft {
    /// As far as its sheet is looked for; `None` where not both people are told, or the sheet itself is.
    fn sheet_wanted(&self) -> Option<SheetWanted> {
        let (talker, partner) = self.talker_id.zip(self.partner_id).filter(|_| self.planned_id.is_none())?;
        Some(SheetWanted { talker, partner, closes: relations_of(self.rule.as_deref()) })
    }

    /// Whether it is planned for the two of another one, to close the same.
    fn is_for_those_of(&self, planned: &PlannedTalk) -> bool {
        let (Some(talker), Some(partner)) = (self.talker_id, self.partner_id) else { return false };
        let two = (planned.talker, planned.partner);
        let are_same = two == (Some(talker), Some(partner)) || two == (Some(partner), Some(talker));
        are_same && filled(self.rule.clone()) == planned.rule
    }
}
