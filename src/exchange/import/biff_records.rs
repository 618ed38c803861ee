//! The records of an xls stream, their numbers and texts (MS-XLS 2.1.4, 2.5.293). Every read is checked.
//!
//! Knows nothing of sheets; [`super::biff`] does.

use encoding_rs::Encoding;

const CONTINUE: u16 = 0x003c;

/// A record with those that continue it.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
    /// The stream after it.
    rest: &'a [u8],
}

/// Walks over the records from a place of the stream; ends where one would be longer than the stream is.
#[derive(Debug, Clone)]
pub struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub fn new(stream: &'a [u8], at: usize) -> Self {
        Self { rest: stream.get(at..).unwrap_or_default() }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some(Record { kind, data, rest: self.rest })
    }
}

/// The texts of a record that may go on in further ones.
#[derive(Debug)]
pub struct Text<'a> {
    current: &'a [u8],
    following: Records<'a>,
}

impl<'a> Text<'a> {
    pub fn new(record: &Record<'a>) -> Self {
        Self { current: record.data, following: Records { rest: record.rest } }
    }

    /// Goes on in the next record, if it continues this one.
    fn advance(&mut self) -> bool {
        let mut ahead = self.following.clone();
        match ahead.next() {
            Some(record) if record.kind == CONTINUE => {
                self.current = record.data;
                self.following = ahead;
                true
            }
            _ => false,
        }
    }

    /// Leaves out so many bytes.
    pub fn skip(&mut self, mut count: usize) {
        while count > self.current.len() {
            count -= self.current.len();
            if !self.advance() {
                self.current = &[];
                return;
            }
        }
        self.current = &self.current[count..];
    }

    fn byte(&mut self) -> Option<u8> {
        while self.current.is_empty() {
            if !self.advance() {
                return None;
            }
        }
        let (first, rest) = self.current.split_first()?;
        self.current = rest;
        Some(*first)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    /// A text whose length is two bytes, without formatting.
    pub fn next_plain(&mut self) -> Option<String> {
        let length = usize::from(self.u16()?);
        let flags = if length == 0 { self.byte().unwrap_or(0) } else { self.byte()? };
        Some(self.characters(length, flags & 1 != 0))
    }

    /// A text with formatting runs and phonetic guides, which are left out.
    pub fn next_rich(&mut self) -> Option<String> {
        let length = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { usize::from(self.u16()?) } else { 0 };
        let guides = if flags & 4 != 0 { self.u32()? as usize } else { 0 };
        let text = self.characters(length, flags & 1 != 0);
        self.skip(runs * 4 + guides);
        Some(text)
    }

    /// Characters of one or two bytes; a record that continues them says anew which.
    fn characters(&mut self, length: usize, mut wide: bool) -> String {
        let mut out = String::new();
        let mut left = length;
        while left > 0 {
            let (text, used, taken) = cut(self.current, left, wide);
            out.push_str(&text);
            left -= taken;
            self.current = self.current.get(used..).unwrap_or_default();
            if left == 0 || !self.advance() {
                break;
            }
            let Some((flags, rest)) = self.current.split_first() else { break };
            wide = flags & 1 != 0;
            self.current = rest;
        }
        out
    }
}

/// As many characters as there are; with the bytes and the characters that were used.
fn cut(bytes: &[u8], length: usize, wide: bool) -> (String, usize, usize) {
    if wide {
        let taken = length.min(bytes.len() / 2);
        let units: Vec<u16> =
            bytes.chunks_exact(2).take(taken).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        (String::from_utf16_lossy(&units), taken * 2, taken)
    } else {
        let taken = length.min(bytes.len());
        (bytes[..taken].iter().map(|byte| char::from(*byte)).collect(), taken, taken)
    }
}

/// Characters of a record that is not continued, and how many bytes they take.
pub fn cut_text(bytes: &[u8], length: usize, wide: bool) -> (String, usize) {
    let (text, used, _) = cut(bytes, length, wide);
    (text, used)
}

/// A text with its length in two bytes and its flags in one.
pub fn text_with_length(data: &[u8]) -> Option<String> {
    let length = usize::from(u16_at(data, 0)?);
    if length == 0 {
        return Some(String::new());
    }
    Some(cut_text(data.get(3..)?, length, data.get(2)? & 1 != 0).0)
}

/// A text of an older workbook: its length in one or two bytes, then bytes in its code page.
pub fn bytes_text(data: &[u8], length_bytes: usize, encoding: &'static Encoding) -> Option<String> {
    let length = match length_bytes {
        1 => usize::from(*data.first()?),
        _ => usize::from(u16_at(data, 0)?),
    };
    let bytes = data.get(length_bytes..)?;
    let bytes = bytes.get(..length.min(bytes.len()))?;
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// A number packed into four bytes (MS-XLS 2.5.217).
pub fn rk_number(packed: i32) -> f64 {
    let value = if packed & 2 != 0 {
        f64::from(packed >> 2)
    } else {
        f64::from_bits(u64::from((packed as u32) & 0xffff_fffc) << 32)
    };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]))
}

pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

pub fn i32_at(bytes: &[u8], at: usize) -> Option<i32> {
    u32_at(bytes, at).map(u32::cast_signed)
}

pub fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    let eight = bytes.get(at..at + 8)?;
    eight.try_into().ok().map(f64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("a short record");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn packed_numbers() {
        assert_eq!(rk_number((1 << 2) | 2), 1.0);
        assert_eq!(rk_number((201_910 << 2) | 3), 2019.1);
        assert_eq!(rk_number((1.5f64.to_bits() >> 32) as i32), 1.5);
    }

    #[test]
    fn a_text_goes_on_in_the_next_record() {
        // Four characters, two of one byte, then two of two bytes.
        let stream = [record(0xfc, b"\x04\x00\x00ab"), record(CONTINUE, b"\x01\x20\x5f\x09\x4e\x01\x00\x00c")].concat();
        let first = Records::new(&stream, 0).next().expect("a record");
        let mut text = Text::new(&first);
        assert_eq!(text.next_rich().as_deref(), Some("ab张三"));
        assert_eq!(text.next_rich().as_deref(), Some("c"));
        assert_eq!(text.next_rich(), None);
    }
}
