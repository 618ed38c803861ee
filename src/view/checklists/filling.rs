//! What of the workbook fills items (自动): counted in organisations in one year, as of a day.
//!
//! What a checklist, or all checklists of a year, asks for is counted once.

use std::collections::{HashMap, HashSet};

use crate::clock::Day;
use crate::domain::checklists::{ChecklistItem, Fill, Filled};
use crate::domain::coverage::{Relation, Window};
use crate::domain::dates::{PartialDate, Period};
use crate::domain::events::EventKind;
use crate::domain::ids::{ChecklistItemId, OrganisationId};
use crate::domain::organisations::{OrganisationEventKind, OrganisationKind};
use crate::problem::Result;
use crate::store::standing::{answers_for, on_committee};
use crate::store::{coverage::each_sitting, events, members, organisations};
use crate::view::coverage::{Ratio, several};
use crate::view::desk::Desk;

/// What was counted.
#[derive(Debug, Default)]
pub(super) struct Filling {
    found: HashMap<(OrganisationId, Fill), Filled>,
}

impl Filling {
    /// Counts what fills items of these organisations in a year, as of today or of the year's end if that is earlier.
    pub fn of(desk: &Desk, wanted: &HashSet<(OrganisationId, Fill)>, year: i16, today: Day) -> Result<Self> {
        let Some(period) = Period::year(year) else { return Ok(Self::default()) };
        if today < period.first {
            // A year that has not begun holds nothing yet: who stands today may not then.
            return Ok(Self::default());
        }
        let window = Window::until_today(period, today);
        let counter = Counter { desk, window, wanted };
        let mut found = HashMap::new();
        counter.talks(&mut found)?;
        counter.coverage(&mut found)?;
        counter.people(&mut found)?;
        counter.events(&mut found)?;
        Ok(Self { found })
    }

    /// What was found for one item of an organisation.
    pub fn get(&self, organisation: OrganisationId, fill: &Fill) -> Option<Filled> {
        self.found.get(&(organisation, fill.clone())).copied()
    }

    /// What was found for each of these items.
    pub fn of_items(&self, organisation: OrganisationId, items: &[ChecklistItem]) -> HashMap<ChecklistItemId, Filled> {
        let found = |item: &ChecklistItem| Some((item.id, self.get(organisation, item.fill.as_ref()?)?));
        items.iter().filter_map(found).collect()
    }
}

type Found = HashMap<(OrganisationId, Fill), Filled>;

struct Counter<'c> {
    desk: &'c Desk,
    window: Window,
    wanted: &'c HashSet<(OrganisationId, Fill)>,
}

impl Counter<'_> {
    fn organisations(&self, of: impl Fn(&Fill) -> bool) -> HashSet<OrganisationId> {
        self.wanted.iter().filter(|(_, fill)| of(fill)).map(|(organisation, _)| *organisation).collect()
    }

    /// Talks in the ledger of the organisation, by type.
    fn talks(&self, found: &mut Found) -> Result<()> {
        let asked: Vec<&(OrganisationId, Fill)> =
            self.wanted.iter().filter(|(_, fill)| matches!(fill, Fill::Talks { .. })).collect();
        if asked.is_empty() {
            return Ok(());
        }
        let mut counts: HashMap<OrganisationId, HashMap<String, u32>> = HashMap::new();
        let mut last = None;
        each_sitting(self.desk.reader(), self.window.period.first, self.window.as_of, |sitting| {
            if last != Some(sitting.talk) {
                last = Some(sitting.talk);
                let of_kind = counts.entry(sitting.organisation).or_default();
                match of_kind.get_mut(sitting.kind) {
                    Some(count) => *count += 1,
                    None => drop(of_kind.insert(sitting.kind.to_owned(), 1)),
                }
            }
            Ok(())
        })?;
        for (organisation, fill) in asked {
            let Fill::Talks { types, .. } = fill else { continue };
            let counts = counts.get(organisation).into_iter().flatten();
            let count =
                counts.filter(|(kind, _)| types.is_empty() || types.contains(kind)).map(|(_, count)| count).sum();
            found.insert((*organisation, fill.clone()), Filled { found: count, needed: fill.at_least() });
        }
        Ok(())
    }

    /// Of what the coverage of the organisation asks for, how much is done.
    fn coverage(&self, found: &mut Found) -> Result<()> {
        let asked: Vec<OrganisationId> =
            self.organisations(|fill| matches!(fill, Fill::Coverage)).into_iter().collect();
        if asked.is_empty() {
            return Ok(());
        }
        let each = several(self.desk, &asked, self.window, self.window.period.first)?;
        for (organisation, coverage) in asked.into_iter().zip(each) {
            let total = Ratio::sum(Relation::ALL.into_iter().filter_map(|relation| Ratio::of(&coverage, relation)));
            let total = total.unwrap_or_default();
            let filled = Filled { found: whole(total.done), needed: whole(total.required) };
            found.insert((organisation, Fill::Coverage), filled);
        }
        Ok(())
    }

    /// 班子, 党员, 党小组 on the day.
    fn people(&self, found: &mut Found) -> Result<()> {
        let day = self.window.as_of;
        let tree = self.desk.tree_on(day);
        for organisation in self.organisations(|fill| matches!(fill, Fill::Committee)) {
            let posts = members::posts_in(self.desk.reader(), organisation)?;
            let standing = on_committee(self.desk.directory(), &posts).filter(|(_, span)| span.holds_on(day));
            let people: HashSet<_> = standing.map(|(fact, _)| fact.person).collect();
            found.insert((organisation, Fill::Committee), Filled { found: whole(people.len()), needed: 1 });
        }
        for organisation in self.organisations(|fill| matches!(fill, Fill::Roster)) {
            // 党总支 and 党委 have the rosters of all below them.
            let within = tree.within(Some(organisation));
            let directory = self.desk.directory();
            let is_here = |organisation: OrganisationId| {
                directory.ever_in(Some(organisation)).iter().filter_map(|id| directory.get(*id)).filter(move |card| {
                    card.is_member_on(day)
                        && card.membership_on(day).is_some_and(|membership| membership.organisation == organisation)
                })
            };
            let count = within.iter().map(|node| is_here(node.id).count()).sum();
            found.insert((organisation, Fill::Roster), Filled { found: whole(count), needed: 1 });
        }
        for organisation in self.organisations(|fill| matches!(fill, Fill::Groups)) {
            let groups = tree.children(Some(organisation)).filter(|node| node.kind == OrganisationKind::Group);
            let count = groups.filter(|node| node.stands_on(day)).count();
            found.insert((organisation, Fill::Groups), happened(count));
        }
        Ok(())
    }

    /// What was recorded in the year. Where nothing happened nothing is asked for, and nothing said.
    fn events(&self, found: &mut Found) -> Result<()> {
        for (fill, kinds) in [
            (Fill::Transfers, &[EventKind::TransferIn, EventKind::TransferWithin, EventKind::TransferOut][..]),
            (Fill::Honours, &[EventKind::Honour, EventKind::Discipline][..]),
            (Fill::Development, &[EventKind::Accepted, EventKind::Converted, EventKind::Extended][..]),
        ] {
            let asked = self.organisations(|wanted| *wanted == fill);
            if asked.is_empty() {
                continue;
            }
            let mut counts: HashMap<OrganisationId, usize> = HashMap::new();
            for kind in kinds {
                for organisation in self.happened(*kind)? {
                    *counts.entry(organisation).or_default() += 1;
                }
            }
            for organisation in asked {
                let count = counts.get(&organisation).copied().unwrap_or(0);
                found.insert((organisation, fill.clone()), happened(count));
            }
        }
        let asked = self.organisations(|fill| matches!(fill, Fill::Election));
        for organisation in asked {
            let all = organisations::events_of(self.desk.reader(), organisation)?;
            let elected = all.iter().filter(|event| event.kind == OrganisationEventKind::Elected);
            let count = elected.filter(|event| self.holds(event.day)).count();
            found.insert((organisation, Fill::Election), happened(count));
        }
        Ok(())
    }

    fn holds(&self, day: PartialDate) -> bool {
        (self.window.period.first..=self.window.as_of).contains(&day.first_day())
    }

    /// In which organisations something happened to somebody, once for each; of a transfer within the workbook in both.
    fn happened(&self, kind: EventKind) -> Result<Vec<OrganisationId>> {
        let Some(from) = PartialDate::new(self.window.period.first.year(), None, None) else { return Ok(Vec::new()) };
        let tree = self.desk.tree();
        let mut places = Vec::new();
        for event in events::of_kind(self.desk.reader(), kind, from, PartialDate::of_day(self.window.as_of))? {
            let Some(card) = self.desk.directory().get(event.person).filter(|card| !card.voided) else { continue };
            if !self.holds(event.day) {
                continue;
            }
            let before = event.day.first_day().yesterday().ok();
            let left = before.and_then(|day| card.membership_on(day)).map(|membership| membership.organisation);
            let left = left.filter(|_| matches!(kind, EventKind::TransferWithin | EventKind::TransferOut));
            let came = answers_for(&event, card, tree).filter(|_| kind != EventKind::TransferOut);
            places.extend(left.into_iter().chain(came.filter(|came| left != Some(*came))));
        }
        Ok(places)
    }
}

fn happened(count: usize) -> Filled {
    Filled { found: whole(count), needed: u32::from(count > 0) }
}

fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
