//! A part of a package, event by event, each with the place it stands in: what is not changed is copied as it stands.
//!
//! Start at [`Pieces`] to read and at [`Patch`] to write.

use std::io::{self, Write};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesStart, Event};

/// The events of a part, each with the bytes it stands in.
pub struct Pieces<'x> {
    reader: Reader<&'x [u8]>,
    is_ended: bool,
}

impl<'x> Pieces<'x> {
    pub fn of(xml: &'x str) -> Self {
        let mut reader = Reader::from_str(xml);
        let config = reader.config_mut();
        // As forgiving as the reader of lists.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, is_ended: false }
    }

    fn place(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

impl<'x> Iterator for Pieces<'x> {
    type Item = quick_xml::Result<(Event<'x>, Range<usize>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_ended {
            return None;
        }
        let from = self.place();
        let event = self.reader.read_event();
        self.is_ended = matches!(event, Ok(Event::Eof) | Err(_));
        match event {
            Ok(Event::Eof) => None,
            Ok(event) => Some(Ok((event, from..self.place()))),
            Err(error) => Some(Err(error)),
        }
    }
}

/// Copies a part with some of it replaced, from its beginning to its end.
pub struct Patch<'x, W> {
    xml: &'x str,
    copied: usize,
    out: W,
}

impl<'x, W: Write> Patch<'x, W> {
    pub fn new(xml: &'x str, out: W) -> Self {
        Self { xml, copied: 0, out }
    }

    /// Writes a text in the place of another, which stands behind all that were replaced before. Elements that stand
    /// within each other where they must not may say otherwise: then it stands behind them.
    pub fn replace(&mut self, place: Range<usize>, text: &str) -> io::Result<()> {
        let start = place.start.max(self.copied);
        self.out.write_all(&self.xml.as_bytes()[self.copied..start])?;
        self.out.write_all(text.as_bytes())?;
        self.copied = place.end.max(start);
        Ok(())
    }

    pub fn insert(&mut self, at: usize, text: &str) -> io::Result<()> {
        self.replace(at..at, text)
    }

    pub fn end(mut self) -> io::Result<W> {
        self.out.write_all(&self.xml.as_bytes()[self.copied..])?;
        Ok(self.out)
    }
}

/// How a tag ends.
pub const OPEN: &str = ">";
pub const CLOSED: &str = "/>";

/// A tag with other attributes; one without a value goes.
pub fn tag_with(element: &BytesStart<'_>, ending: &str, changes: &[(&str, Option<&str>)]) -> String {
    let name = element.name();
    let name: &str = name.as_ref();
    let mut tag = format!("<{name}");
    let mut add = |key: &str, value: &str| {
        tag.push(' ');
        tag.push_str(key);
        tag.push_str("=\"");
        tag.push_str(value);
        tag.push('"');
    };
    for attribute in element.attributes().with_checks(false).flatten() {
        let key: &str = attribute.key.as_ref();
        if !changes.iter().any(|(changed, _)| *changed == key) {
            add(key, &attribute.value.replace('"', "&quot;"));
        }
    }
    for (key, value) in changes {
        if let Some(value) = value {
            add(key, value);
        }
    }
    tag.push_str(ending);
    tag
}

/// The prefix of the name of an element, with its colon.
pub fn prefix_of(element: &BytesStart<'_>) -> String {
    let name = element.name();
    let name: &str = name.as_ref();
    name.split_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:"))
}

/// A text as it may stand in a part: without the characters that XML has not.
pub fn escaped(text: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    let text: String = text.chars().filter(is_allowed).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    partial_escape(text).into_owned()
}
