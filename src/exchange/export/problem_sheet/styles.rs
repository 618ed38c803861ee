//! The styles of a workbook, with those added that the told cells need: each as it was, only coloured.
//!
//! Start at [`Styles::read`]; [`Styles::written`] gives the part with what was asked for.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::events::Event;

use super::told::Colour;
use super::xml::{CLOSED, OPEN, Patch, Pieces, prefix_of, tag_with};

/// A workbook without styles.
const NONE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></styleSheet>"#;
/// The parts of the part, in the order that the standard has (ECMA-376, 18.8.39).
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];
/// Fills that are always there: programs take the first two for these whatever stands there.
const RESERVED_FILLS: [&str; 2] = ["none", "gray125"];
/// Of the font of a text its size, name and kind are kept.
const KEPT_OF_FONT: [&str; 5] = ["sz", "name", "family", "charset", "scheme"];

/// The styles while cells are written.
pub struct Styles {
    xml: String,
    prefix: String,
    sections: Vec<Section>,
    /// Where the root ends.
    end: usize,
    /// The added formats of coloured cells: the format they come from and their colour.
    added: Vec<(u32, Colour)>,
    places: HashMap<(u32, Colour), u32>,
}

/// A list of formats: fonts, fills.
struct Section {
    name: String,
    /// Its first tag.
    tag: Range<usize>,
    is_empty: bool,
    items: Vec<Range<usize>>,
    /// Where it ends.
    close: usize,
}

impl Styles {
    /// Reads the part; without one there are none. None where it is no part with styles.
    pub fn read(xml: Option<String>) -> Option<Self> {
        let xml = opened_up(xml.unwrap_or_else(|| NONE.to_owned()))?;
        let (mut prefix, mut sections, mut end) = (String::new(), Vec::<Section>::new(), None);
        let mut depth = 0usize;
        for piece in Pieces::of(&xml) {
            let (event, place) = piece.ok()?;
            match event {
                Event::Start(element) | Event::Empty(element) if depth == 1 => {
                    let is_empty = xml[place.clone()].ends_with(CLOSED);
                    let name = element.local_name().as_ref().to_owned();
                    let close = place.end;
                    sections.push(Section { name, tag: place, is_empty, items: Vec::new(), close });
                    depth += usize::from(!is_empty);
                }
                Event::Start(element) => {
                    match depth {
                        0 => prefix = prefix_of(&element),
                        2 => sections.last_mut()?.items.push(place),
                        _ => {}
                    }
                    depth += 1;
                }
                Event::Empty(_) if depth == 2 => sections.last_mut()?.items.push(place),
                Event::End(_) => {
                    depth = depth.checked_sub(1)?;
                    match depth {
                        0 => end = Some(place.start),
                        1 => sections.last_mut()?.close = place.start,
                        2 => sections.last_mut()?.items.last_mut()?.end = place.end,
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Some(Self { prefix, sections, end: end?, xml, added: Vec::new(), places: HashMap::new() })
    }

    /// The format of the head of the column.
    pub fn head(&self) -> u32 {
        self.known("cellXfs", 1)
    }

    /// The format of what is told.
    pub fn words(&self) -> u32 {
        self.head() + 1
    }

    /// The format of a cell once it is coloured.
    pub fn coloured(&mut self, format: u32, colour: Colour) -> u32 {
        let first = self.words() + 1;
        let next = first + u32::try_from(self.added.len()).unwrap_or(u32::MAX);
        let added = &mut self.added;
        *self.places.entry((format, colour)).or_insert_with(|| {
            added.push((format, colour));
            next
        })
    }

    /// The part with all that was asked for.
    pub fn written(&self) -> std::io::Result<Vec<u8>> {
        let prefix = &self.prefix;
        let fills = Colour::ALL.map(|colour| {
            format!(
                r#"<{prefix}fill><{prefix}patternFill patternType="solid"><{prefix}fgColor rgb="FF{:06X}"/><{prefix}bgColor indexed="64"/></{prefix}patternFill></{prefix}fill>"#,
                colour.rgb()
            )
        });
        let added = [
            ("fonts", vec![self.font(true), self.font(false)]),
            ("fills", fills.to_vec()),
            ("cellXfs", self.formats()),
        ];
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for (name, items) in added {
            edits.extend(self.with_items(name, &items));
        }
        edits.sort_by_key(|(place, _)| place.start);
        let mut patch = Patch::new(&self.xml, Vec::with_capacity(self.xml.len() + 4_096));
        for (place, text) in edits {
            patch.replace(place, &text)?;
        }
        patch.end()
    }

    /// What has to be replaced so that a section has more items.
    fn with_items(&self, name: &str, items: &[String]) -> Vec<(Range<usize>, String)> {
        let prefix = &self.prefix;
        let missing = self.missing(name);
        let there = self.section(name).map_or(0, |section| section.items.len());
        let count = (there + missing.len() + items.len()).to_string();
        let added = format!("{}{}", missing.concat(), items.concat());
        let Some(section) = self.section(name) else {
            let text = format!(r#"<{prefix}{name} count="{count}">{added}</{prefix}{name}>"#);
            return vec![(self.place_of(name), text)];
        };
        let tag = &self.xml[section.tag.clone()];
        let Some(Ok((Event::Start(element) | Event::Empty(element), _))) = Pieces::of(tag).next() else {
            return Vec::new();
        };
        let opened = tag_with(&element, OPEN, &[("count", Some(&count))]);
        if section.is_empty {
            let name: String = element.name().as_ref().to_owned();
            return vec![(section.tag.clone(), format!("{opened}{added}</{name}>"))];
        }
        vec![(section.tag.clone(), opened), (section.close..section.close, added)]
    }

    /// What every workbook has and this one has not.
    fn missing(&self, name: &str) -> Vec<String> {
        let prefix = &self.prefix;
        let there = self.section(name).map_or(0, |section| section.items.len());
        let needed: Vec<String> = match name {
            "fonts" => vec![self.plain_font("", "")],
            "fills" => RESERVED_FILLS
                .map(|kind| format!(r#"<{prefix}fill><{prefix}patternFill patternType="{kind}"/></{prefix}fill>"#))
                .to_vec(),
            "cellXfs" => vec![format!(r#"<{prefix}xf numFmtId="0" fontId="0" fillId="0"/>"#)],
            _ => Vec::new(),
        };
        needed.into_iter().skip(there).collect()
    }

    fn formats(&self) -> Vec<String> {
        let prefix = &self.prefix;
        let below = if self.section("cellStyleXfs").is_some() { r#" xfId="0""# } else { "" };
        let border = if self.section("borders").is_some() { r#" borderId="0""# } else { "" };
        let text = |font: u32| {
            format!(
                r#"<{prefix}xf numFmtId="0" fontId="{font}" fillId="0"{border}{below} applyFont="1" applyAlignment="1"><{prefix}alignment vertical="center" wrapText="1"/></{prefix}xf>"#
            )
        };
        let font = self.known("fonts", 1);
        let coloured = self.added.iter().map(|(format, colour)| self.clone_of(*format, *colour));
        [text(font), text(font + 1)].into_iter().chain(coloured).collect()
    }

    /// A format as it stands, with another fill.
    fn clone_of(&self, format: u32, colour: Colour) -> String {
        let nth = u32::from(colour == Colour::Asked);
        let fill = (self.known("fills", 2) + nth).to_string();
        let changes = [("fillId", Some(fill.as_str())), ("applyFill", Some("1"))];
        let items = self.section("cellXfs").map_or(&[][..], |section| &section.items);
        let known = items.get(format as usize).or(items.first()).map(|item| &self.xml[item.clone()]);
        match known.and_then(|text| Some((text, Pieces::of(text).next()?.ok()?))) {
            Some((text, (Event::Start(element), tag))) => {
                format!("{}{}", tag_with(&element, OPEN, &changes), &text[tag.end..])
            }
            Some((_, (Event::Empty(element), _))) => tag_with(&element, CLOSED, &changes),
            _ => format!(r#"<{}xf numFmtId="0" fontId="0" fillId="{fill}" applyFill="1"/>"#, self.prefix),
        }
    }

    /// The font of what is told, or of its head: the first font of the workbook, red or bold.
    fn font(&self, is_head: bool) -> String {
        let prefix = &self.prefix;
        let (bold, red) = (format!("<{prefix}b/>"), format!(r#"<{prefix}color rgb="FFC00000"/>"#));
        if is_head { self.plain_font(&bold, "") } else { self.plain_font("", &red) }
    }

    /// Parts of a font stand in this order: bold, size, colour, name.
    fn plain_font(&self, bold: &str, colour: &str) -> String {
        let prefix = &self.prefix;
        let mut kept: [Option<&str>; KEPT_OF_FONT.len()] = [None; KEPT_OF_FONT.len()];
        let first = self.section("fonts").and_then(|section| section.items.first());
        let text = first.map_or("", |item| &self.xml[item.clone()]);
        for (event, place) in Pieces::of(text).flatten() {
            if let Event::Empty(element) = event
                && let Some(at) = KEPT_OF_FONT.iter().position(|name| *name == element.local_name().as_ref())
            {
                kept[at] = Some(&text[place]);
            }
        }
        let size = kept[0].map_or_else(|| format!(r#"<{prefix}sz val="11"/>"#), str::to_owned);
        let name = kept[1].map_or_else(|| format!(r#"<{prefix}name val="宋体"/>"#), str::to_owned);
        let rest: String = kept[2..].iter().flatten().copied().collect();
        format!("<{prefix}font>{bold}{size}{colour}{name}{rest}</{prefix}font>")
    }

    fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// How many items a section has, and at least so many.
    fn known(&self, name: &str, least: u32) -> u32 {
        let there = self.section(name).map_or(0, |section| section.items.len());
        u32::try_from(there).unwrap_or(u32::MAX).max(least)
    }

    /// Where a section that is not there has to stand.
    fn place_of(&self, name: &str) -> Range<usize> {
        let order = |name: &str| ORDER.iter().position(|one| *one == name).unwrap_or(ORDER.len());
        let next = self.sections.iter().find(|section| order(&section.name) > order(name));
        let at = next.map_or(self.end, |section| section.tag.start);
        at..at
    }
}

/// A root without anything in it gets an end of its own.
fn opened_up(xml: String) -> Option<String> {
    for piece in Pieces::of(&xml) {
        match piece.ok()? {
            (Event::Empty(element), place) => {
                let name: String = element.name().as_ref().to_owned();
                let opened = tag_with(&element, OPEN, &[]);
                return Some(format!("{}{opened}</{name}>{}", &xml[..place.start], &xml[place.end..]));
            }
            (Event::Start(_), _) => break,
            _ => {}
        }
    }
    Some(xml)
}
