//! Letters and digits of a text, as texts are searched and compared (字符): half-width, in lower case, without blanks and
//! punctuation. Start at [`letters`].

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

/// The letters and digits of a text, each with the bytes of the character that it comes from.
pub fn letters(text: &str) -> impl Iterator<Item = (char, Range<usize>)> {
    text.char_indices().flat_map(|(start, character)| {
        let range = start..start + character.len_utf8();
        // Han and ASCII need no table.
        let is_plain = character.is_ascii() || matches!(character, '\u{4e00}'..='\u{9fff}');
        let plain = is_plain.then(|| character.to_ascii_lowercase());
        let others = (!is_plain).then(|| std::iter::once(character).nfkc().flat_map(char::to_lowercase));
        let letters = plain.into_iter().chain(others.into_iter().flatten());
        letters.filter(|letter| letter.is_alphanumeric()).map(move |letter| (letter, range.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn a_character_may_give_no_letter_one_or_two() {
        let found: Vec<_> = letters("Ａ，㎏ 谈").collect();
        assert_eq!(found, [('a', 0..3), ('k', 6..9), ('g', 6..9), ('谈', 10..13)]);
    }
}
