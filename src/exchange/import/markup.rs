//! Tells by its beginning what a text with tags is: a web page, a workbook in XML, or something else.
//!
//! Start at [`markup_of`].

/// What a text with tags is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// HTML, whatever the file is named.
    Page,
    /// SpreadsheetML of 2003.
    Workbook,
    /// Nothing that is read; with what it is.
    Foreign(&'static str),
}

/// How much of a text is looked at.
const HEAD: usize = 4096;

/// What a text is, if it begins as one with tags.
pub fn markup_of(text: &str) -> Option<Markup> {
    let text = seen(text);
    if is_archive(text) {
        return Some(Markup::Foreign("单个文件网页（mht）"));
    }
    let next = text.strip_prefix('<')?.chars().next()?;
    if !next.is_ascii_alphabetic() && !matches!(next, '!' | '?') {
        return None;
    }
    let root = root_name(text).unwrap_or_default();
    let is_xml = text.starts_with("<?xml");
    Some(match root.rsplit(':').next().unwrap_or_default() {
        "Workbook" => Markup::Workbook,
        "wordDocument" => Markup::Foreign("Word 文档"),
        "UOF" => Markup::Foreign("UOF 格式的文件"),
        "document" if root.starts_with("office:") => Markup::Foreign("ods 格式的表格"),
        name if is_xml && !name.eq_ignore_ascii_case("html") && !text.contains("<table") => Markup::Foreign("XML 文件"),
        _ => Markup::Page,
    })
}

/// Without blanks and a byte order mark in front.
fn seen(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// A page with all its parts in one file, as a letter has its attachments.
fn is_archive(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default().to_ascii_lowercase();
    let is_field = |name: &str| head.starts_with(name) || head.contains(&format!("\n{name}"));
    is_field("mime-version:") && head.contains("multipart/")
}

/// The name of the first element, after declarations and comments.
fn root_name(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let (start, end) = match seen(rest) {
            rest if rest.starts_with("<?") => (rest, "?>"),
            rest if rest.starts_with("<!--") => (rest, "-->"),
            rest if rest.starts_with("<!") => (rest, ">"),
            rest => {
                let name = rest.strip_prefix('<')?;
                return Some(&name[..name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?]);
            }
        };
        rest = &start[start.find(end)? + end.len()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_tags_is_known_by_its_first_element() {
        for (text, markup) in [
            ("姓名,性别", None),
            ("<姓名>,性别", None),
            ("", None),
            ("<", None),
            ("\u{feff}\r\n<table><tr>", Some(Markup::Page)),
            ("<!DOCTYPE html PUBLIC \"x\"><!-- <Workbook> --><html>", Some(Markup::Page)),
            ("<?xml version='1.0'?><html><table>", Some(Markup::Page)),
            ("<meta charset=utf-8><table>", Some(Markup::Page)),
            ("<!-- not closed", Some(Markup::Page)),
            (
                "<?xml version='1.0'?>\n<?mso-application progid='Excel.Sheet'?>\n<Workbook xmlns='x'>",
                Some(Markup::Workbook),
            ),
            ("<ss:Workbook>", Some(Markup::Workbook)),
            ("<?xml version='1.0'?><w:wordDocument>", Some(Markup::Foreign("Word 文档"))),
            ("<?xml version='1.0'?><members/>", Some(Markup::Foreign("XML 文件"))),
            ("MIME-Version: 1.0\r\nContent-Type: multipart/related", Some(Markup::Foreign("单个文件网页（mht）"))),
        ] {
            assert_eq!(markup_of(text), markup, "{text}");
        }
    }
}
