//! The words of a PDF as any reader of the file finds them: its content, and the characters that its fonts say their
//! glyphs are. Reads what this program writes and no other PDF. Start at [`pages`].

use std::collections::HashMap;
use std::io::Read as _;

/// An object: its dictionary, and its content where it is a stream.
struct Object {
    dictionary: String,
    content: Vec<u8>,
}

/// The words of each page, a line for each run of text.
pub fn pages(pdf: &[u8]) -> Vec<String> {
    let objects = objects(pdf);
    let mut numbers: Vec<&u32> = objects.keys().collect();
    numbers.sort();
    let pages = numbers.into_iter().map(|number| &objects[number]).filter(|object| object.is("/Type/Page"));
    pages.map(|page| words_of(page, &objects)).collect()
}

impl Object {
    fn is(&self, kind: &str) -> bool {
        self.dictionary.split(kind).skip(1).any(|rest| !rest.starts_with(char::is_alphabetic))
    }

    /// The number of the object that an entry refers to.
    fn reference(&self, entry: &str) -> Option<u32> {
        number_at(self.dictionary.split_once(entry)?.1)
    }
}

fn number_at(text: &str) -> Option<u32> {
    text.trim_start().split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn objects(pdf: &[u8]) -> HashMap<u32, Object> {
    let mut found = HashMap::new();
    let mut rest = pdf;
    while let Some(at) = find(rest, b" 0 obj\n") {
        let digits = rest[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let number = number_at(&String::from_utf8_lossy(&rest[at - digits..at])).expect("a number");
        rest = &rest[at + 7..];
        let end = find(rest, b"endobj").expect("the end of an object");
        let stream = find(rest, b"stream\n").filter(|stream| *stream < end);
        let dictionary = String::from_utf8_lossy(&rest[..stream.unwrap_or(end)]).into_owned();
        let mut content = Vec::new();
        if let Some(stream) = stream {
            let length = number_at(dictionary.split_once("/Length").expect("a length").1).expect("a length") as usize;
            let packed = &rest[stream + 7..stream + 7 + length];
            if dictionary.contains("/FlateDecode") {
                flate2::read::ZlibDecoder::new(packed).read_to_end(&mut content).expect("unpacked");
            }
            rest = &rest[stream + 7 + length..];
        }
        found.insert(number, Object { dictionary, content });
    }
    found
}

fn words_of(page: &Object, objects: &HashMap<u32, Object>) -> String {
    let resources = &objects[&page.reference("/Resources").expect("resources")].dictionary;
    let fonts = resources.split_once("/Font<<").map_or("", |(_, fonts)| fonts.split(">>").next().unwrap_or_default());
    let mut characters = HashMap::new();
    for font in fonts.split('/').skip(1) {
        let (name, number) = font.split_once(' ').expect("a font");
        let table = objects[&number_at(number).expect("a number")].reference("/ToUnicode").expect("a table");
        characters.insert(name.to_owned(), characters_of(&String::from_utf8_lossy(&objects[&table].content)));
    }
    let content = &objects[&page.reference("/Contents").expect("content")].content;
    read(content, &characters)
}

/// Which characters a code means, from the table of a font.
fn characters_of(table: &str) -> HashMap<u16, String> {
    let mut found = HashMap::new();
    for block in table.split("beginbfchar").skip(1) {
        let block = block.split("endbfchar").next().unwrap_or_default();
        let mut words = block.split(['<', '>']).map(str::trim).filter(|word| !word.is_empty());
        while let (Some(code), Some(text)) = (words.next(), words.next()) {
            let units: Vec<u16> = text
                .as_bytes()
                .chunks(4)
                .map(|unit| u16::from_str_radix(&String::from_utf8_lossy(unit), 16).expect("a unit"))
                .collect();
            found.insert(u16::from_str_radix(code, 16).expect("a code"), String::from_utf16_lossy(&units));
        }
    }
    assert!(!table.contains("beginbfrange"), "ranges are not read");
    found
}

/// Reads the texts between BT and ET.
fn read(content: &[u8], characters: &HashMap<String, HashMap<u16, String>>) -> String {
    let mut text = String::new();
    let mut font: Option<&HashMap<u16, String>> = None;
    let mut is_text = false;
    let mut word = String::new();
    let mut bytes = content.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let is_hex = byte == b'<' && bytes.peek().is_some_and(u8::is_ascii_hexdigit);
        if byte == b'(' || is_hex {
            let shown = if is_hex { hexadecimal(&mut bytes) } else { literal(&mut bytes) };
            if is_text {
                let meanings = font.expect("a font before its text");
                let codes = shown.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]]));
                text.extend(codes.map(|code| meanings.get(&code).map_or("\u{fffd}", String::as_str)));
            }
            continue;
        }
        if !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'[' | b']' | b'<' | b'>') {
            word.push(char::from(byte));
            continue;
        }
        match word.as_str() {
            "BT" => is_text = true,
            "ET" => {
                is_text = false;
                text.push('\n');
            }
            name => font = characters.get(name).or(font),
        }
        word.clear();
    }
    text
}

/// The bytes of a string written in hexadecimal, whose `<` has been read.
fn hexadecimal(bytes: &mut impl Iterator<Item = u8>) -> Vec<u8> {
    let digits: String = bytes.take_while(|byte| *byte != b'>').map(char::from).collect();
    let byte = |place: usize| u8::from_str_radix(&digits[place..place + 2], 16).expect("two digits");
    (0..digits.len() / 2).map(|nth| byte(2 * nth)).collect()
}

/// The bytes of a string whose bracket has been read.
fn literal(bytes: &mut impl Iterator<Item = u8>) -> Vec<u8> {
    let mut found = Vec::new();
    let mut depth = 0;
    let mut ahead = None;
    while let Some(byte) = ahead.take().or_else(|| bytes.next()) {
        match byte {
            b'\\' => match bytes.next().expect("an escaped byte") {
                b'n' => found.push(b'\n'),
                b'r' => found.push(b'\r'),
                b't' => found.push(b'\t'),
                b'b' => found.push(8),
                b'f' => found.push(12),
                digit @ b'0'..=b'7' => {
                    let mut value = u32::from(digit - b'0');
                    for _ in 0..2 {
                        match bytes.next() {
                            Some(digit @ b'0'..=b'7') => value = value * 8 + u32::from(digit - b'0'),
                            other => {
                                ahead = other;
                                break;
                            }
                        }
                    }
                    found.push(u8::try_from(value).expect("a byte"));
                }
                other => found.push(other),
            },
            b')' if depth == 0 => return found,
            b'(' => {
                depth += 1;
                found.push(byte);
            }
            b')' => {
                depth -= 1;
                found.push(byte);
            }
            other => found.push(other),
        }
    }
    panic!("a string without an end");
}
