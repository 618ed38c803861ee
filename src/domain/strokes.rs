//! The order of names by strokes (姓氏笔画), as documents list people.
//!
//! Characters stand by the number of their strokes, then by the kinds of these as they are written, 横竖撇点折
//! (《GB13000.1字符集汉字字序（笔画序）规范》 GF 3003-1999). Which strokes a character has is data
//! (`assets/codes/strokes.csv`). Start at [`key`].

use std::sync::LazyLock;

/// A character and the kinds of its strokes a line, in the order in which characters stand.
const TABLE: &str = include_str!("../../assets/codes/strokes.csv");

/// Where the characters of the table lie in Unicode.
const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

/// Of a character that is not in the table.
const NOT_THERE: u16 = u16::MAX;

/// The places in the table of all characters from [`FIRST`] to [`LAST`].
static PLACES: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut places = vec![NOT_THERE; LAST as usize - FIRST as usize + 1];
    let characters = TABLE.lines().skip(1).filter_map(|line| line.chars().next());
    for (character, place) in characters.zip(0..) {
        if let Some(known) = within_block(character).and_then(|nth| places.get_mut(nth)) {
            *known = place;
        }
    }
    places
});

/// What a name is sorted by (笔画排序的依据): of two names the one with the lesser key stands first.
///
/// The place of the first character; how many characters there are (单名 before 双名); the places of the others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StrokesKey(Vec<u32>);

/// The key of a name. A character that the table does not have stands behind all that it has, by its code. Spaces and
/// dots within a name say nothing.
pub fn key(name: &str) -> StrokesKey {
    let mut places = places_of(name);
    let first = places.next();
    let count = u32::try_from(places.clone().count()).unwrap_or(u32::MAX);
    StrokesKey(first.into_iter().chain([count]).chain(places).collect())
}

fn places_of(name: &str) -> impl Iterator<Item = u32> + Clone {
    name.chars().filter(|character| character.is_alphanumeric()).map(place_of)
}

fn place_of(character: char) -> u32 {
    match within_block(character).and_then(|nth| PLACES.get(nth)) {
        Some(&place) if place != NOT_THERE => u32::from(place),
        // Behind every place there is in the table.
        _ => u32::from(NOT_THERE) + u32::from(character),
    }
}

fn within_block(character: char) -> Option<usize> {
    (FIRST..=LAST).contains(&character).then(|| character as usize - FIRST as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_its_own_order() {
        let lines: Vec<(&str, &str)> = TABLE.lines().skip(1).map(|line| line.split_once(',').expect("two")).collect();
        assert!(lines.len() > 7_500 && lines.len() < usize::from(NOT_THERE));
        for (character, strokes) in &lines {
            assert!(character.chars().all(|c| (FIRST..=LAST).contains(&c)), "{character}");
            assert_eq!(character.chars().count(), 1, "{character}");
            assert!(!strokes.is_empty() && strokes.bytes().all(|kind| (b'1'..=b'5').contains(&kind)), "{character}");
        }
        for pair in lines.windows(2) {
            let [one, other] = pair else { panic!() };
            assert!((one.1.len(), one.1) <= (other.1.len(), other.1), "{one:?} {other:?}");
        }
    }

    #[test]
    fn spaces_and_dots_within_a_name_say_nothing() {
        assert_eq!(key("王　毅"), key("王毅"));
        assert_eq!(key("古丽·阿依"), key("古丽阿依"));
        assert!(key("王毅1") < key("王毅2"), "those of one name are told apart by a number");
    }

    #[test]
    fn every_character_of_gb_2312_is_in_the_table_its_radicals_aside() {
        // GB 2312 lies in rows B0 to F7 of GBK, which the decoder of rosters knows.
        let all = (0xb0..=0xf7_u8).flat_map(|row| (0xa1..=0xfe_u8).map(move |cell| [row, cell]));
        let missing: String = all
            .filter_map(|bytes| {
                encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&bytes)?.chars().next()
            })
            .filter(|c| within_block(*c).is_some_and(|nth| PLACES[nth] == NOT_THERE))
            .collect();
        assert_eq!(missing, "丨丿丶匚刂亠冫冖讠卩阝廴艹扌彳彡犭夂饣忄丬氵宀辶彐屮纟灬礻疒衤");
    }
}
