//! The catalogue (归档文件目录): the evidence of an archive in its order, each piece with its number.
//!
//! A number is never stored: it is the place in the order, so that none is missing and none doubled, however pieces
//! move. After DA/T 22-2015 the 件号 begins anew in each class of 年度, 保管期限 and 机构（问题）; a branch that delivers to
//! no archives counts within its category.

use std::collections::BTreeMap;

use super::{ArchiveNumbers, Evidence, Numbering, Retention};
use crate::domain::dates::PartialDate;

/// A piece of an archive (件), as it lies in the order of its checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'p> {
    pub evidence: &'p Evidence,
    /// The code of the item at the top: 10.
    pub category: &'p str,
    /// What the item suggests, or what it is part of.
    pub suggested: Option<Retention>,
}

/// A line of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'p> {
    pub piece: Piece<'p>,
    /// 保管期限; none where nobody told and nothing suggests one: it has no 档号 then.
    pub retention: Option<Retention>,
    /// 件号 within its class.
    pub number: u32,
    /// 档号, whole: `Z109-WS·2024-Y-DQ-0001`, or `2024-03-012`.
    pub code: Option<String>,
}

/// The catalogue of a year: by 保管期限 and then as the pieces lie; in the branch's own numbering just as they lie. Of
/// several versions only the final one is in it.
pub fn catalogue<'p>(year: i16, numbers: Option<&ArchiveNumbers>, pieces: &[Piece<'p>]) -> Vec<Entry<'p>> {
    let numbering = numbers.map_or(Numbering::Simple, |numbers| numbers.numbering);
    let mut pieces: Vec<Piece<'p>> = pieces.iter().filter(|piece| piece.evidence.is_final).copied().collect();
    let retention_of = |piece: &Piece<'_>| piece.evidence.retention.or(piece.suggested);
    if numbering == Numbering::Archive {
        // Those of which nobody knows how long come last.
        pieces.sort_by_key(|piece| (retention_of(piece).is_none(), retention_of(piece)));
    }
    let mut last: BTreeMap<String, u32> = BTreeMap::new();
    let mut entries = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let retention = retention_of(&piece);
        let class = match numbering {
            Numbering::Simple => Some(format!("{year}-{}", piece.category)),
            Numbering::Archive => retention.map(|retention| class(year, numbers, retention)),
        };
        let number = last.entry(class.clone().unwrap_or_default()).or_default();
        *number += 1;
        let number = *number;
        let code = class.map(|class| match numbering {
            Numbering::Archive => format!("{class}-{number:04}"),
            Numbering::Simple => format!("{class}-{number:03}"),
        });
        entries.push(Entry { piece, retention, number, code });
    }
    entries
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
    use crate::domain::checklists::{Belongs, EvidenceKind};
    use crate::domain::ids::{ChecklistItemId, EvidenceId, OrganisationId};

    fn piece(id: i64, retention: Option<Retention>, is_final: bool) -> Evidence {
        Evidence {
            id: EvidenceId(id),
            belongs: Belongs::Item(ChecklistItemId(1)),
            position: id,
            title: format!("材料{id}"),
            kind: EvidenceKind::Paper { cabinet: None },
            pages: None,
            version_of: None,
            is_final,
            document: None,
            author: None,
            day: None,
            secrecy: None,
            retention,
            remark: None,
            added_by: String::new(),
            added_on: Day::constant(2026, 11, 24),
        }
    }

    fn numbers(numbering: Numbering) -> ArchiveNumbers {
        ArchiveNumbers {
            id: 1,
            organisation: OrganisationId(1),
            numbering,
            fonds: Some("Z109".into()),
            fonds_name: None,
            section: Some("DQ".into()),
        }
    }

    fn codes(numbers: Option<&ArchiveNumbers>, pieces: &[Piece<'_>]) -> Vec<String> {
        catalogue(2024, numbers, pieces).into_iter().map(|entry| entry.code.unwrap_or_else(|| "—".into())).collect()
    }

    #[test]
    fn a_number_of_the_archives_begins_anew_in_each_retention_and_follows_the_order() {
        let evidence = [
            piece(1, Some(Retention::Ten), true),
            piece(2, None, true),
            piece(3, Some(Retention::Ten), false),
            piece(4, Some(Retention::Permanent), true),
            piece(5, None, true),
        ];
        let of = |place: usize, suggested| Piece { evidence: &evidence[place], category: "03", suggested };
        let pieces = [of(0, None), of(1, Some(Retention::Permanent)), of(2, None), of(3, None), of(4, None)];
        let archive = numbers(Numbering::Archive);
        assert_eq!(
            codes(Some(&archive), &pieces),
            ["Z109-WS·2024-Y-DQ-0001", "Z109-WS·2024-Y-DQ-0002", "Z109-WS·2024-D10-DQ-0001", "—"],
            "the draft has none; where nobody knows how long, there is no number"
        );
        let moved = [pieces[3], pieces[0], pieces[1]];
        assert_eq!(codes(Some(&archive), &moved)[..2], ["Z109-WS·2024-Y-DQ-0001", "Z109-WS·2024-Y-DQ-0002"]);
        let bare = ArchiveNumbers { fonds: None, section: None, ..archive };
        assert_eq!(codes(Some(&bare), &pieces[..1]), ["WS·2024-D10-0001"]);
    }

    #[test]
    fn the_branchs_own_number_counts_within_the_category() {
        let evidence = [piece(1, None, true), piece(2, None, true), piece(3, None, true)];
        let of = |place: usize, category| Piece { evidence: &evidence[place], category, suggested: None };
        let pieces = [of(0, "03"), of(1, "03"), of(2, "12")];
        assert_eq!(codes(Some(&numbers(Numbering::Simple)), &pieces), ["2024-03-001", "2024-03-002", "2024-12-001"]);
        assert_eq!(codes(None, &pieces)[2], "2024-12-001", "who told nothing numbers so");
    }

    #[test]
    fn a_date_has_eight_digits() {
        let date = |text: &str| eight_digits(PartialDate::from_iso(text).expect("a date"));
        assert_eq!((date("2024-01-15"), date("2024-01")), ("20240115".to_owned(), "20240100".to_owned()));
    }
}
