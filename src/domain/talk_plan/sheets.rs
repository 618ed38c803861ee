//! Sheets that were printed before a plan is made (空白表): which talk of the plan each is for.
//!
//! A sheet carries its number, and mostly the names of the two. It is the sheet of a talk of those two, or of one with
//! the one who is named, and keeps its number then. Start at [`sheets_of`].

use std::collections::BTreeMap;

use super::closes_of;
use crate::domain::coverage::Relation;
use crate::domain::ids::PersonId;
use crate::domain::talks::PlannedTalk;

/// A talk of a plan as far as sheets are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetWanted {
    pub talker: PersonId,
    pub partner: PersonId,
    pub closes: Vec<Relation>,
}

/// How a sheet is one for a talk; the better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// 谈话人 and 谈话对象 are those of the talk.
    Same,
    /// The two of the talk, the other way round.
    Turned,
    /// 谈话对象 is that of the talk, 谈话人 is blank.
    Partner,
    /// Of two members either may be 谈话对象.
    Either,
}

impl Fit {
    const ALL: [Self; 4] = [Self::Same, Self::Turned, Self::Partner, Self::Either];
}

impl SheetWanted {
    fn fit(&self, sheet: &PlannedTalk) -> Option<Fit> {
        let closes = closes_of(sheet);
        let is_shared = |relation: &Relation| self.closes.contains(relation);
        let (talker, partner) = (Some(self.talker), Some(self.partner));
        match (sheet.talker, sheet.partner) {
            two if two == (talker, partner) => (closes.is_empty() || closes.iter().any(is_shared)).then_some(Fit::Same),
            two if two == (partner, talker) => {
                // An event asks for its partner as partner.
                let is_of_two = |relation: &Relation| *relation != Relation::AfterEvents && is_shared(relation);
                (closes.is_empty() || closes.iter().any(is_of_two)).then_some(Fit::Turned)
            }
            (None, told) if told == partner => closes.iter().any(is_shared).then_some(Fit::Partner),
            (None, told) if told == talker => {
                let is_among_members = |relation: &Relation| *relation == Relation::AmongMembers;
                closes.iter().filter(|relation| is_shared(relation)).any(is_among_members).then_some(Fit::Either)
            }
            _ => None,
        }
    }

    /// Whether it closes what a sheet was printed for, whoever is named on that.
    pub fn serves(&self, sheet: &PlannedTalk) -> bool {
        let told = [sheet.talker, sheet.partner];
        let [talker, partner] = [self.talker, self.partner].map(|person| told.contains(&Some(person)));
        closes_of(sheet).into_iter().filter(|relation| self.closes.contains(relation)).any(|relation| match relation {
            Relation::Committee => talker && partner,
            Relation::WithCommittee => partner,
            Relation::AmongMembers => talker || partner,
            Relation::AfterEvents => sheet.partner == Some(self.partner),
        })
    }
}

/// The sheet of each talk that has one, by the place of the talk: each sheet for one talk, the better fitting first.
pub fn sheets_of<'s>(talks: &[Option<SheetWanted>], sheets: &[&'s PlannedTalk]) -> BTreeMap<usize, &'s PlannedTalk> {
    let mut left = sheets.to_vec();
    let mut of = BTreeMap::new();
    for fit in Fit::ALL {
        for (place, talk) in talks.iter().enumerate() {
            let Some(talk) = talk.as_ref().filter(|_| !of.contains_key(&place)) else { continue };
            if let Some(found) = left.iter().position(|sheet| talk.fit(sheet) == Some(fit)) {
                of.insert(place, left.remove(found));
            }
        }
    }
    of
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Day;
    use crate::domain::ids::{OrganisationId, PlannedTalkId};
    use Relation::{AfterEvents, AmongMembers, Committee, WithCommittee};

    fn sheet(id: i64, talker: Option<i64>, partner: i64, rule: &str) -> PlannedTalk {
        PlannedTalk {
            id: PlannedTalkId(id),
            organisation: OrganisationId(1),
            number: None,
            talker: talker.map(PersonId),
            partner: Some(PersonId(partner)),
            rule: Some(rule.to_owned()).filter(|rule| !rule.is_empty()),
            kind: None,
            made_on: Day::constant(2026, 11, 24),
            due: None,
            note: None,
        }
    }

    fn talk(talker: i64, partner: i64, closes: &[Relation]) -> SheetWanted {
        SheetWanted { talker: PersonId(talker), partner: PersonId(partner), closes: closes.to_vec() }
    }

    /// The sheets by the places of the talks.
    fn places(talks: &[SheetWanted], sheets: &[PlannedTalk]) -> Vec<(usize, i64)> {
        let talks: Vec<Option<SheetWanted>> = talks.iter().cloned().map(Some).collect();
        let of = sheets_of(&talks, &sheets.iter().collect::<Vec<_>>());
        of.into_iter().map(|(place, sheet)| (place, sheet.id.0)).collect()
    }

    #[test]
    fn a_sheet_is_that_of_its_two_and_else_of_who_is_named_alone() {
        let talks =
            [talk(1, 2, &[Committee]), talk(1, 20, &[WithCommittee, AfterEvents]), talk(21, 22, &[AmongMembers])];
        let sheets = [
            sheet(5, Some(2), 1, "C1"),
            sheet(6, Some(2), 20, "C2"),
            sheet(7, None, 20, "C4"),
            sheet(8, None, 21, "C3"),
            sheet(9, None, 22, "C3"),
        ];
        assert_eq!(places(&talks, &sheets), [(0, 5), (1, 7), (2, 9)]);
        assert_eq!(places(&talks, &sheets[..4]), [(0, 5), (1, 7), (2, 8)]);
        assert_eq!(places(&talks, &[sheet(5, Some(1), 2, "C4"), sheet(6, None, 20, "C3")]), [], "for something else");
        assert_eq!(places(&talks, &[sheet(5, Some(1), 20, ""), sheet(6, Some(20), 1, "C4")]), [(1, 5)]);
        assert_eq!(places(&[talk(1, 20, &[AfterEvents])], &[sheet(6, Some(20), 1, "C4")]), [], "the event of another");
    }

    #[test]
    fn what_a_talk_closes_needs_no_second_sheet() {
        let sheet = |talker: i64, partner: i64, rule: &str| sheet(5, Some(talker), partner, rule);
        assert!(talk(3, 20, &[WithCommittee]).serves(&sheet(1, 20, "C2 C4")));
        assert!(!talk(3, 20, &[AfterEvents]).serves(&sheet(20, 1, "C4")));
        assert!(
            talk(1, 2, &[Committee]).serves(&sheet(2, 1, "C1")) && !talk(1, 3, &[Committee]).serves(&sheet(2, 1, "C1"))
        );
        assert!(talk(21, 22, &[AmongMembers]).serves(&sheet(23, 21, "C3")));
        assert!(!talk(21, 22, &[AmongMembers]).serves(&sheet(1, 22, "C2")), "that is still to be closed");
    }
}
