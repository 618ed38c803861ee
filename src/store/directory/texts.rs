//! What of everybody is searched (检索): name, pinyin, initials, numbers, unit and address, normalised alike for the text
//! and for what is looked for.
//!
//! Must never know who somebody is. Start at [`search_terms`].

use std::sync::mpsc::Receiver;

use pinyin::ToPinyinMulti as _;
use unicode_normalization::UnicodeNormalization as _;

/// What of a person is searched, as it stands in the file.
pub(super) struct Texts {
    pub name: Box<str>,
    pub others: [Option<String>; 4],
}

/// The texts of people, one after the other, with where each ends.
pub(super) fn search_texts(raw: Receiver<Vec<Texts>>) -> (String, Vec<usize>) {
    let mut texts = String::new();
    let mut ends = Vec::new();
    for one in raw.into_iter().flatten() {
        push_search_text(&mut texts, &one);
        ends.push(texts.len());
    }
    texts.shrink_to_fit();
    (texts, ends)
}

/// Parts the texts of one person: nobody types it.
const PART: char = '\u{1f}';
/// Ends the names of one person, before all else: nobody types it either.
const NAMES_END: char = '\u{1e}';
/// Readings of a name with several heteronyms are combined up to this many.
const READINGS: usize = 6;

/// How well what is looked for fits the names of somebody, be it written out, in pinyin or by initials; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameFit {
    /// It is all of a name.
    Whole,
    /// A name begins with it.
    Beginning,
    /// It stands within a name, or in something else.
    Elsewhere,
}

/// How well a term, from [`search_terms`], fits the names among the texts of one person.
pub(super) fn name_fit(texts: &str, term: &str) -> NameFit {
    let names = texts.split(NAMES_END).next().unwrap_or_default().split(PART);
    let fit = |name: &str| match name.strip_prefix(term) {
        Some("") => NameFit::Whole,
        Some(_) => NameFit::Beginning,
        None => NameFit::Elsewhere,
    };
    names.map(fit).min().unwrap_or(NameFit::Elsewhere)
}

/// The terms of a query, normalised like the texts they are looked for in.
pub fn search_terms(query: &str) -> Vec<String> {
    query.split_whitespace().map(normalised).filter(|term| !term.is_empty()).collect()
}

/// Whether all that is looked for stands in a text, or in its pinyin or initials.
pub fn is_found(text: &str, query: &str) -> bool {
    let mut texts = String::new();
    push_search_text(&mut texts, &Texts { name: text.into(), others: Default::default() });
    search_terms(query).iter().all(|term| texts.contains(term))
}

fn normalised(text: &str) -> String {
    let mut pushed = String::with_capacity(text.len());
    push_normalised(&mut pushed, text);
    pushed
}

/// Half-width, lower case, without spaces. Han and ASCII letters need no table.
fn push_normalised(texts: &mut String, text: &str) {
    let is_plain = |c: char| c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}');
    let keep = |c: &char| !c.is_whitespace() && *c != PART && *c != NAMES_END;
    if text.chars().all(is_plain) {
        texts.extend(text.chars().map(|c| c.to_ascii_lowercase()).filter(keep));
    } else {
        texts.extend(text.nfkc().flat_map(char::to_lowercase).filter(keep));
    }
}

/// Adds all of one person.
pub(super) fn push_search_text(texts: &mut String, raw: &Texts) {
    push_normalised(texts, &raw.name);
    for (full, initials) in readings(&raw.name) {
        texts.push(PART);
        texts.push_str(&full);
        texts.push(PART);
        texts.push_str(&initials);
    }
    texts.push(NAMES_END);
    for text in raw.others.iter().flatten() {
        push_normalised(texts, text);
        texts.push(PART);
    }
}

/// Pinyin and initials of a name, in all readings of its characters (曾 zeng, ceng).
fn readings(name: &str) -> Vec<(String, String)> {
    let mut found = vec![(String::new(), String::new())];
    for (character, multi) in name.chars().zip(name.to_pinyin_multi()) {
        let mut syllables: Vec<String> = match multi {
            Some(multi) => multi.into_iter().map(|pinyin| pinyin.plain().replace('ü', "v")).collect(),
            None if character.is_ascii_alphanumeric() => vec![character.to_ascii_lowercase().to_string()],
            None => continue,
        };
        syllables.dedup();
        let mut seen = Vec::new();
        syllables.retain(|syllable| {
            let new = !seen.contains(syllable);
            seen.push(syllable.clone());
            new
        });
        let mut next = Vec::new();
        for (full, initials) in &found {
            for syllable in &syllables {
                if next.len() < READINGS {
                    next.push((format!("{full}{syllable}"), format!("{initials}{}", &syllable[..1])));
                }
            }
        }
        found = next;
    }
    found.retain(|(full, _)| !full.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_pinyin_and_initials_in_every_reading() {
        let readings = readings("曾小明");
        assert!(readings.contains(&("zengxiaoming".into(), "zxm".into())));
        assert!(readings.contains(&("cengxiaoming".into(), "cxm".into())));
    }

    #[test]
    fn a_term_fits_all_of_a_name_its_beginning_or_something_else() {
        let mut texts = String::new();
        let others = [None, None, Some("何家村小学".into()), None];
        push_search_text(&mut texts, &Texts { name: "武红军".into(), others });
        let cases = [
            ("武红军", NameFit::Whole),
            ("whj", NameFit::Whole),
            ("wuhongjun", NameFit::Whole),
            ("wuho", NameFit::Beginning),
            ("武", NameFit::Beginning),
            ("hj", NameFit::Elsewhere),
            ("何家村小学", NameFit::Elsewhere),
        ];
        for (term, fit) in cases {
            assert_eq!(name_fit(&texts, term), fit, "{term}");
        }
    }

    #[test]
    fn a_query_is_normalised_like_the_text() {
        assert_eq!(search_terms(" ＡＢ  幸福路１２ "), ["ab", "幸福路12"]);
    }
}
