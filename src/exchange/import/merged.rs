//! Finds the merged cells of an xlsx sheet in what the guard kept of its parts.
//!
//! Start at [`of_sheet`]; where it finds nothing to go by it says so, and the library looks for itself.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::sheets::Merged;

/// The merged cells of a sheet; none where its part cannot be found.
pub fn of_sheet(kept: &[(String, Vec<u8>)], sheet: &str) -> Option<Vec<Merged>> {
    let path = part_of_sheet(kept, sheet)?;
    let (_, after_cells) = kept.iter().find(|(name, _)| name.eq_ignore_ascii_case(&path))?;
    let mut merged = Vec::new();
    each_element(after_cells, |element| {
        if element.local_name().as_ref() == "mergeCell" {
            merged.extend(attribute(element, b"ref").and_then(|range| range_of(&range)));
        }
        true
    })?;
    Some(merged)
}

/// The name of the part in which a sheet lies, by the list of sheets and where they lie.
pub fn part_of_sheet(kept: &[(String, Vec<u8>)], sheet: &str) -> Option<String> {
    let (_, list) = kept.iter().find(|(name, _)| name.ends_with("/workbook.xml"))?;
    let id = find_attribute(list, b"sheet", b"name", sheet, b"id")?;
    part_where(kept, |relationship| attribute(relationship, b"Id").as_deref() == Some(&id))
}

/// The name of the part in which the styles lie.
pub fn part_of_styles(kept: &[(String, Vec<u8>)]) -> Option<String> {
    part_where(kept, |relationship| attribute(relationship, b"Type").is_some_and(|kind| kind.ends_with("/styles")))
}

/// The name of the part to which the first of these relationships leads.
fn part_where(kept: &[(String, Vec<u8>)], is_it: impl Fn(&BytesStart<'_>) -> bool) -> Option<String> {
    let (name, _) = kept.iter().find(|(name, _)| name.ends_with("/workbook.xml"))?;
    let (_, relationships) = kept.iter().find(|(name, _)| name.ends_with("/_rels/workbook.xml.rels"))?;
    let folder = name.strip_suffix("workbook.xml")?;
    let mut target = None;
    each_element(relationships, |element| {
        if element.local_name().as_ref() == "Relationship" && is_it(element) {
            target = attribute(element, b"Target");
        }
        target.is_none()
    })?;
    let target = target?;
    Some(match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{target}"),
    })
}

/// The value of `wanted` in the element whose attribute `key` has a value.
fn find_attribute(xml: &[u8], element: &[u8], key: &[u8], value: &str, wanted: &[u8]) -> Option<String> {
    let mut found = None;
    each_element(xml, |candidate| {
        if candidate.local_name().as_ref().as_bytes() == element && attribute(candidate, key).as_deref() == Some(value)
        {
            found = attribute(candidate, wanted);
        }
        found.is_none()
    })?;
    found
}

/// Calls `visit` with each element until it says to stop; none where the XML is broken.
pub fn each_element(xml: &[u8], mut visit: impl FnMut(&BytesStart<'_>) -> bool) -> Option<()> {
    let mut reader = Reader::from_reader(xml);
    let config = reader.config_mut();
    // The part begins in the middle.
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(element) | Event::Empty(element) if !visit(&element) => {
                return Some(());
            }
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

/// An attribute, whatever its prefix.
pub fn attribute(element: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    // Looking for doubles among a million attributes would take for ever.
    let mut attributes = element.attributes();
    let attribute = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref().as_bytes() == name)?;
    Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// `A1:C3`.
fn range_of(text: &str) -> Option<Merged> {
    let (first, last) = text.split_once(':')?;
    let ((first_row, first_column), (last_row, last_column)) = (place_of(first)?, place_of(last)?);
    Some(Merged { first_row, last_row, first_column, last_column })
}

/// Row as shown and column from 0 of `AB12`.
pub fn place_of(text: &str) -> Option<(u32, usize)> {
    let letters = text.find(|c: char| c.is_ascii_digit()).filter(|at| (1..=3).contains(at))?;
    let column = text[..letters].bytes().try_fold(0usize, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        letter.is_ascii_uppercase().then(|| column * 26 + usize::from(letter - b'A') + 1)
    })?;
    Some((text[letters..].parse().ok()?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_cells_are_found_by_the_name_of_the_sheet() {
        let kept = [
            ("xl/workbook.xml", r#"<workbook xmlns:r="x"><sheets><sheet name="甲&amp;乙" sheetId="1" r:id="rId7"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", r#"<Relationships><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>"#),
            ("xl/worksheets/sheet1.xml", r#"<x:mergeCells count="1"><x:mergeCell ref="B4:AB6"/></x:mergeCells></x:worksheet>"#),
        ]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let merged = Merged { first_row: 4, last_row: 6, first_column: 1, last_column: 27 };
        assert_eq!(of_sheet(&kept, "甲&乙"), Some(vec![merged]));
        assert_eq!(of_sheet(&kept, "丙"), None);
    }
}
