//! The text of a file, in whichever encoding it is: byte order mark, then UTF-16 by its zero bytes, then strict UTF-8,
//! then what a page or an XML file says of itself, then GB18030.
//!
//! Bytes that are no characters are counted, never silently replaced: a few are told row by row, many refuse the file.
//! Start at [`decode`].

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// What stands where bytes were no character.
pub const BROKEN: char = '\u{fffd}';

/// A text and how it was encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub encoding: &'static str,
    /// How many places could not be decoded.
    pub broken: usize,
    /// How many characters are not ASCII.
    pub foreign: usize,
}

impl Decoded {
    /// Whether so much is broken that the text is not to be trusted: one in fifty of the characters that can be, and
    /// more than a slip of the pen.
    pub fn is_mostly_broken(&self) -> bool {
        self.broken > 3 && self.broken * 50 > self.foreign
    }
}

/// Decodes the bytes of a text file.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return decoded(encoding, bytes);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return decoded(UTF_8, bytes);
    }
    let as_local = decoded(declared(bytes).unwrap_or(GB18030), bytes);
    // A slip in UTF-8 leaves nearly all of it readable, while GB18030 read as UTF-8 is broken throughout.
    let is_utf_8 = as_local.broken > 0 && {
        let (broken, foreign) = utf_8_slips(bytes);
        broken * 10 < foreign
    };
    if is_utf_8 { decoded(UTF_8, bytes) } else { as_local }
}

/// How far the bytes are from UTF-8: places that are no character, and all that is not ASCII, these included.
fn utf_8_slips(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(broken, foreign), chunk| {
        let slip = usize::from(!chunk.invalid().is_empty());
        let readable = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (broken + slip, foreign + readable + slip)
    })
}

/// The East Asian encoding that a page (`charset=`) or an XML file (`encoding=`) declares. A declaration of UTF-8 was
/// disproved before, and one of a western encoding is what tools write that know of no other.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let head = head.to_ascii_lowercase();
    [&b"charset="[..], b"encoding="].into_iter().find_map(|word| {
        let rest = &head[memmem::find(&head, word)? + word.len()..];
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte))?;
        let encoding = Encoding::for_label(&rest[..end])?;
        let is_east_asian = !encoding.is_single_byte() && ![UTF_8, UTF_16LE, UTF_16BE, GBK].contains(&encoding);
        is_east_asian.then_some(encoding)
    })
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    let mut broken = 0;
    let mut foreign = 0;
    for c in text.chars().filter(|c| !c.is_ascii()) {
        foreign += 1;
        broken += usize::from(c == BROKEN);
    }
    Decoded { text, encoding: encoding.name(), broken, foreign }
}

/// UTF-16 shows itself by zero bytes beside digits and separators, nearly all at even or nearly all at odd places
/// (`一` and the wide space have theirs on the other side). No other text has zero bytes.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = (head.len() / 2 / 20).max(2);
    match (even, odd) {
        (even, odd) if odd >= many && odd >= even * 3 => Some(UTF_16LE),
        (even, odd) if even >= many && even >= odd * 3 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "姓名,性别\n张　三,男\n李四,女\n陈𬭚,女\n";

    fn utf_16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let gb = GB18030.encode(TEXT).0.into_owned();
        let with_mark = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (with_mark(b"\xef\xbb\xbf", TEXT.as_bytes().to_vec()), "UTF-8"),
            (gb, "gb18030"),
            (with_mark(b"\xff\xfe", utf_16(TEXT, false)), "UTF-16LE"),
            (with_mark(b"\xfe\xff", utf_16(TEXT, true)), "UTF-16BE"),
            (utf_16(TEXT, false), "UTF-16LE"),
            (utf_16(TEXT, true), "UTF-16BE"),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.broken), (TEXT, encoding, 0));
        }
    }

    #[test]
    fn a_page_is_believed_where_it_can_be() {
        let page = |label: &str| format!("<html><meta charset=\"{label}\">國民黨員</html>");
        let decode_as = |label: &str, encoding: &'static Encoding| decode(&encoding.encode(&page(label)).0).text;
        assert_eq!(decode_as("Big5", encoding_rs::BIG5), page("Big5"));
        for label in ["gb2312", "GBK", "utf-8", "iso-8859-1", "nonsense"] {
            assert_eq!(decode_as(label, GBK), page(label));
            assert_eq!(decode(page(label).as_bytes()).text, page(label), "UTF-8 shows itself");
        }
        let xml = "<?xml version='1.0' encoding='big5'?><a>國民黨員</a>";
        assert_eq!(decode(&encoding_rs::BIG5.encode(xml).0).text, xml);
    }

    #[test]
    fn a_slip_is_counted_and_a_ruin_is_seen() {
        let mut slip = TEXT.repeat(20).into_bytes();
        slip[0] = 0xff;
        let slip = decode(&slip);
        assert_eq!(slip.encoding, "UTF-8");
        assert!(slip.broken > 0 && !slip.is_mostly_broken());
        let half = [TEXT.repeat(20).into_bytes(), GB18030.encode(&TEXT.repeat(20)).0.into_owned()].concat();
        assert!(decode(&half).is_mostly_broken());
    }
}
