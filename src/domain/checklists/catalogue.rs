//! How pieces of an archive are numbered (件号、档号).
//!
//! A number is never stored: it is the place in the order, so that none is missing and none doubled, however pieces
//! move. All that share a class are counted in one run, whichever checklists they lie in. The order is that of the
//! checklists as they are handed in (organisations in the order of the tree, then templates in theirs), and within a
//! checklist that of its items, each before its parts, and of the pieces of each. The classes are:
//! - after DA/T 22-2015 (6.4) 全宗, 年度, 保管期限 and 机构（问题）, over all organisations that share them;
//! - of a branch that delivers to no archives 年度 and 类别, over all checklists of the organisation in the year;
//! - of a member's file the 类别, within that file alone: it is of no year and goes to no archives as a document.
//!
//! Start at [`PieceNumbers::count`].

use std::collections::HashMap;

use super::{ArchiveNumbers, Checklist, ChecklistItem, Evidence, Numbering, Of, Retention};
use crate::domain::dates::PartialDate;
use crate::domain::ids::{ChecklistId, ChecklistItemId, EvidenceId, OrganisationId};

/// An item, as far as it numbers what lies in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub item: ChecklistItemId,
    pub checklist: ChecklistId,
    pub parent: Option<ChecklistItemId>,
    pub code: Option<String>,
    /// 保管期限建议
    pub retention: Option<Retention>,
}

/// A piece of an archive (件), as far as it is numbered. Of several versions only the final one is a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub evidence: EvidenceId,
    pub item: ChecklistItemId,
    /// 保管期限, where it is another than the item's.
    pub retention: Option<Retention>,
}

/// The number of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceNumber {
    /// 件号 within its class, from 1.
    pub number: u32,
    /// 档号, whole: `Z109-WS·2024-Y-DQ-0001`, `2024-03-012`; of a member's file `03-012`.
    pub code: String,
    /// What is enough within a checklist: `Y-0001`, `03-012`.
    pub short: String,
}

/// The numbers of all pieces that were counted together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PieceNumbers {
    pieces: HashMap<EvidenceId, PieceNumber>,
    categories: HashMap<ChecklistItemId, String>,
}

/// Within what the branch's own numbers are the only ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Keeper {
    Organisation(OrganisationId),
    File(ChecklistId),
}

impl Keeper {
    fn of(checklist: &Checklist) -> Self {
        match checklist.of {
            Of::Year(_) => Self::Organisation(checklist.organisation),
            Of::Person(_) => Self::File(checklist.id),
        }
    }
}

/// What is counted in one run: all of a 档号 but the 件号, of the archives wherever it lies, else of a keeper.
type Class = (Option<Keeper>, String);

impl Place {
    pub fn of(item: &ChecklistItem) -> Self {
        Self {
            item: item.id,
            checklist: item.checklist,
            parent: item.parent,
            code: item.code.clone(),
            retention: item.retention,
        }
    }
}

impl Piece {
    /// None where it is no final version, or of no item.
    pub fn of(evidence: &Evidence) -> Option<Self> {
        let item = evidence.belongs.item().filter(|_| evidence.is_final)?;
        Some(Self { evidence: evidence.id, item, retention: evidence.retention })
    }
}

impl PieceNumbers {
    /// Counts the pieces of checklists that stand in order, each with how it is numbered; the items and the pieces are in
    /// order among their neighbours.
    pub fn count(lists: &[(Checklist, Option<ArchiveNumbers>)], items: &[Place], pieces: &[Piece]) -> Self {
        let mut parts: HashMap<(ChecklistId, Option<ChecklistItemId>), Vec<&Place>> = HashMap::new();
        for item in items {
            parts.entry((item.checklist, item.parent)).or_default().push(item);
        }
        let mut within: HashMap<ChecklistItemId, Vec<&Piece>> = HashMap::new();
        for piece in pieces {
            within.entry(piece.item).or_default().push(piece);
        }
        let categories = categories(lists, |list| parts.get(&(list, None)).map_or(&[][..], Vec::as_slice));
        let mut counting = Counting { parts, within, last: HashMap::new(), pieces: HashMap::new() };
        for (checklist, numbers) in lists {
            for top in counting.parts_of(checklist.id, None) {
                let category = categories.get(&top.item).map(String::as_str).unwrap_or_default();
                counting.walk(&Series { checklist, numbers: numbers.as_ref(), category }, top, None);
            }
        }
        Self { pieces: counting.pieces, categories }
    }

    /// None where it is no piece, and where the archives number and nobody told how long it is kept.
    pub fn get(&self, piece: EvidenceId) -> Option<&PieceNumber> {
        self.pieces.get(&piece)
    }

    /// The 类别号 of an item at the top: its code; of one that was added by hand the next number.
    pub fn category(&self, top: ChecklistItemId) -> Option<&str> {
        self.categories.get(&top).map(String::as_str)
    }
}

/// What is the same for all pieces of a category of a checklist.
struct Series<'s> {
    checklist: &'s Checklist,
    numbers: Option<&'s ArchiveNumbers>,
    category: &'s str,
}

/// Numbers being counted.
struct Counting<'c> {
    parts: HashMap<(ChecklistId, Option<ChecklistItemId>), Vec<&'c Place>>,
    within: HashMap<ChecklistItemId, Vec<&'c Piece>>,
    last: HashMap<Class, u32>,
    pieces: HashMap<EvidenceId, PieceNumber>,
}

impl<'c> Counting<'c> {
    fn parts_of(&mut self, checklist: ChecklistId, item: Option<ChecklistItemId>) -> Vec<&'c Place> {
        self.parts.remove(&(checklist, item)).unwrap_or_default()
    }

    /// Numbers what lies in an item, and then what lies in its parts; what the whole suggests counts for parts that suggest
    /// nothing.
    fn walk(&mut self, series: &Series<'_>, item: &Place, suggested: Option<Retention>) {
        let suggested = item.retention.or(suggested);
        for piece in self.within.remove(&item.item).unwrap_or_default() {
            if let Some(number) = self.next(series, piece.retention.or(suggested)) {
                self.pieces.insert(piece.evidence, number);
            }
        }
        for part in self.parts_of(item.checklist, Some(item.item)) {
            self.walk(series, part, suggested);
        }
    }

    /// The next number of a class; none where the archives number and nobody told how long it is kept.
    fn next(&mut self, series: &Series<'_>, retention: Option<Retention>) -> Option<PieceNumber> {
        let Series { checklist, numbers, category } = series;
        let numbering = numbers.map_or(Numbering::Simple, |numbers| numbers.numbering);
        let (keeper, class, short, width) = match (checklist.of, numbering) {
            (Of::Year(year), Numbering::Archive) => {
                let retention = retention?;
                (None, class(year, *numbers, retention), retention.code(), 4)
            }
            (Of::Year(year), Numbering::Simple) => {
                (Some(Keeper::of(checklist)), format!("{year}-{category}"), *category, 3)
            }
            (Of::Person(_), _) => (Some(Keeper::of(checklist)), (*category).to_owned(), *category, 3),
        };
        let code = class.clone();
        let number = self.last.entry((keeper, class)).or_default();
        *number += 1;
        let number = *number;
        Some(PieceNumber {
            number,
            code: format!("{code}-{number:0width$}"),
            short: format!("{short}-{number:0width$}"),
        })
    }
}

/// The 类别号 of each item at the top: its code. Those that were added by hand have none and go on behind the highest
/// number that the organisation has in the year, or the file: 27, 28 behind 26.
fn categories<'p>(
    lists: &[(Checklist, Option<ArchiveNumbers>)],
    tops: impl Fn(ChecklistId) -> &'p [&'p Place],
) -> HashMap<ChecklistItemId, String> {
    let mut categories = HashMap::new();
    // The highest number of each keeper, and how wide its numbers are written.
    let mut known: HashMap<Keeper, (u64, usize)> = HashMap::new();
    for (checklist, _) in lists {
        for top in tops(checklist.id) {
            let Some(code) = &top.code else { continue };
            categories.insert(top.item, code.clone());
            let Ok(number) = code.parse::<u32>() else { continue };
            let (highest, width) = known.entry(Keeper::of(checklist)).or_insert((0, code.len()));
            *highest = u64::from(number).max(*highest);
            *width = code.len().min(*width);
        }
    }
    for (checklist, _) in lists {
        for top in tops(checklist.id).iter().filter(|top| top.code.is_none()) {
            let (highest, width) = known.entry(Keeper::of(checklist)).or_insert((0, 2));
            *highest += 1;
            categories.insert(top.item, format!("{highest:0width$}", width = *width));
        }
    }
    categories
}

/// All of a 档号 but the 件号 (DA/T 22-2015, 6.4): levels joined by `-`, what is of one level by `·`. What the office did
/// not tell is left out.
fn class(year: i16, numbers: Option<&ArchiveNumbers>, retention: Retention) -> String {
    let fonds = numbers.and_then(|numbers| numbers.fonds.as_deref());
    let section = numbers.and_then(|numbers| numbers.section.as_deref());
    let year = format!("WS·{year}");
    let parts = [fonds, Some(year.as_str()), Some(retention.code()), section];
    parts.into_iter().flatten().collect::<Vec<_>>().join("-")
}

/// What a 档号 looks like in a year: the first of what is kept for good, or of the third category.
pub fn example(year: i16, numbers: Option<&ArchiveNumbers>) -> String {
    match numbers.map_or(Numbering::Simple, |numbers| numbers.numbering) {
        Numbering::Archive => format!("{}-0001", class(year, numbers, Retention::Permanent)),
        Numbering::Simple => format!("{year}-03-001"),
    }
}

/// A date as catalogues write it (DA/T 22-2015): eight digits, what is not known as 00.
pub fn eight_digits(date: PartialDate) -> String {
    format!("{:08}", date.stored())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Day;
    use crate::domain::ids::PersonId;

    /// Checklists being put together.
    #[derive(Default)]
    struct Shelf {
        lists: Vec<(Checklist, Option<ArchiveNumbers>)>,
        items: Vec<Place>,
        pieces: Vec<Piece>,
    }

    impl Shelf {
        fn list(&mut self, organisation: i64, of: Of, numbers: Option<ArchiveNumbers>) {
            let id = ChecklistId(self.lists.len() as i64 + 1);
            let made_on = Day::constant(2026, 11, 24);
            let (template, title) = (String::new(), String::new());
            let organisation = OrganisationId(organisation);
            self.lists.push((Checklist { id, organisation, of, template, version: 1, title, made_on }, numbers));
        }

        /// An item at the top of the last checklist.
        fn top(&mut self, code: Option<&str>, retention: Option<Retention>) -> ChecklistItemId {
            self.item(None, code, retention)
        }

        fn item(
            &mut self,
            parent: Option<ChecklistItemId>,
            code: Option<&str>,
            retention: Option<Retention>,
        ) -> ChecklistItemId {
            let item = ChecklistItemId(self.items.len() as i64 + 1);
            let checklist = ChecklistId(self.lists.len() as i64);
            self.items.push(Place { item, checklist, parent, code: code.map(str::to_owned), retention });
            item
        }

        fn put(&mut self, item: ChecklistItemId, retention: Option<Retention>) {
            self.pieces.push(Piece { evidence: EvidenceId(self.pieces.len() as i64 + 1), item, retention });
        }

        /// The 档号 of all pieces as they were put.
        fn codes(&self) -> Vec<String> {
            let numbers = PieceNumbers::count(&self.lists, &self.items, &self.pieces);
            let code = |piece: &Piece| numbers.get(piece.evidence).map_or("—".to_owned(), |one| one.code.clone());
            self.pieces.iter().map(code).collect()
        }
    }

    fn archive(section: &str) -> Option<ArchiveNumbers> {
        Some(ArchiveNumbers {
            id: 1,
            organisation: OrganisationId(1),
            numbering: Numbering::Archive,
            fonds: Some("Z109".into()),
            fonds_name: None,
            section: Some(section.into()),
        })
    }

    const YEAR: Of = Of::Year(2024);

    /// DA/T 22-2015, 6.4: within 年度, 保管期限 and 机构（问题） one run, whoever keeps it.
    #[test]
    fn the_archives_count_in_one_run_over_all_that_share_fonds_year_retention_and_section() {
        let mut shelf = Shelf::default();
        for (organisation, section) in [(1, "DQ"), (2, "DQ"), (3, "BGS")] {
            shelf.list(organisation, YEAR, archive(section));
            let top = shelf.top(Some("03"), Some(Retention::Permanent));
            let part = shelf.item(Some(top), Some("03.1"), None);
            shelf.put(part, None);
            shelf.put(top, None);
            shelf.put(part, Some(Retention::Ten));
        }
        let bare = shelf.top(Some("04"), None);
        shelf.put(bare, None);
        assert_eq!(
            shelf.codes(),
            [
                "Z109-WS·2024-Y-DQ-0002",
                "Z109-WS·2024-Y-DQ-0001",
                "Z109-WS·2024-D10-DQ-0001",
                "Z109-WS·2024-Y-DQ-0004",
                "Z109-WS·2024-Y-DQ-0003",
                "Z109-WS·2024-D10-DQ-0002",
                "Z109-WS·2024-Y-BGS-0002",
                "Z109-WS·2024-Y-BGS-0001",
                "Z109-WS·2024-D10-BGS-0001",
                "—",
            ],
            "an item stands before its parts; where nobody knows how long, there is no number"
        );
    }

    #[test]
    fn the_branchs_own_numbers_go_on_in_its_other_checklists_and_begin_anew_in_another_branch() {
        let mut shelf = Shelf::default();
        for organisation in [1, 1, 2] {
            shelf.list(organisation, YEAR, None);
            let top = shelf.top(Some("1"), None);
            shelf.put(top, None);
        }
        assert_eq!(shelf.codes(), ["2024-1-001", "2024-1-002", "2024-1-001"]);
    }

    #[test]
    fn an_item_added_at_the_top_is_a_category_of_its_own_behind_the_others() {
        let mut shelf = Shelf::default();
        shelf.list(1, YEAR, None);
        for code in [None, Some("26"), None] {
            let top = shelf.top(code, None);
            shelf.put(top, None);
        }
        shelf.list(1, YEAR, None);
        let top = shelf.top(None, None);
        shelf.put(top, None);
        assert_eq!(shelf.codes(), ["2024-27-001", "2024-26-001", "2024-28-001", "2024-29-001"]);
    }

    #[test]
    fn a_members_file_is_numbered_within_itself_and_takes_no_number_of_the_archives() {
        let mut shelf = Shelf::default();
        for of in [Of::Person(PersonId(1)), Of::Person(PersonId(2)), YEAR] {
            shelf.list(1, of, archive("DQ"));
            let top = shelf.top(Some("1"), Some(Retention::Permanent));
            shelf.put(top, None);
        }
        assert_eq!(shelf.codes(), ["1-001", "1-001", "Z109-WS·2024-Y-DQ-0001"]);
    }

    #[test]
    fn a_date_has_eight_digits() {
        let date = |text: &str| eight_digits(PartialDate::from_iso(text).expect("a date"));
        assert_eq!((date("2024-01-15"), date("2024-01")), ("20240115".to_owned(), "20240100".to_owned()));
    }
}
