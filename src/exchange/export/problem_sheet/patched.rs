//! A copy of an xlsx in which something is told: its worksheets and its styles with that added, every other part as it
//! is, packed as it was.
//!
//! Start at [`write_patched`].

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Cursor, Read as _, Write as _};

use quick_xml::events::Event;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::sheet_part::{Survey, puts, write_sheet};
use super::styles::Styles;
use super::told::Told;
use super::xml::{Pieces, prefix_of};
use crate::exchange::import::merged::{part_of_sheet, part_of_styles};
use crate::exchange::import::sheets::{MOST_COLUMNS, Sheet};
use crate::exchange::import::source::damaged;
use crate::problem::{Problem, ProblemKind, Result};
use crate::progress::Progress;

pub const TITLE: &str = "没有写问题表";
/// The most bytes of one part, unpacked.
const MOST_BYTES: u64 = 256 << 20;
const TYPES: &str = "[Content_Types].xml";
const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const STYLES_RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles";

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Writes the copy; `name` is that of the original, `told` what is told of its sheets.
pub fn write_patched(
    file: &mut File,
    bytes: &[u8],
    name: &str,
    told: &[(&Sheet, &Told)],
    progress: &Progress,
) -> Result<()> {
    let mut package = Package::open(bytes, name)?;
    let mut sheets = BTreeMap::new();
    for (sheet, told) in told.iter().filter(|(_, told)| told.says_something()) {
        let part = part_of_sheet(&package.kept, &sheet.name).and_then(|part| package.place(&part));
        let part = part.ok_or_else(|| package.strange(&format!("no part of sheet {}", sheet.name)))?;
        sheets.insert(part, (*sheet, *told));
    }
    if sheets.is_empty() {
        return Ok(file.write_all(bytes)?);
    }
    let mut styles = StylesPart::find(&mut package)?;
    let mut out = ZipWriter::new(BufWriter::new(file));
    out.set_raw_comment(package.archive.comment().into()).map_err(not_packed)?;
    for place in 0..package.archive.len() {
        progress.step(0)?;
        match sheets.get(&place) {
            Some((sheet, told)) => {
                let xml = package.text(place)?;
                let survey = Survey::of(&xml, |row| told.is_about(row), progress)?
                    .ok_or_else(|| package.strange("a sheet that is no XML"))?;
                let column = column_of(sheet, &survey, &package)?;
                package.begin(place, &mut out)?;
                let changes = (puts(told, column), column);
                let writer = BufWriter::with_capacity(1 << 16, &mut out);
                write_sheet(&xml, &survey, changes, &mut styles.styles, writer, progress)?.flush()?;
            }
            None if styles.changes(place) => {}
            None => {
                let part = package.archive.by_index_raw(place).map_err(not_packed)?;
                out.raw_copy_file(part).map_err(not_packed)?;
            }
        }
    }
    styles.write(&mut package, &mut out)?;
    out.finish().map_err(not_packed)?.flush()?;
    Ok(())
}

/// The column in which something is told: where it was before, else the one after all that are used.
fn column_of(sheet: &Sheet, survey: &Survey, package: &Package<'_>) -> Result<usize> {
    if let Some(noted) = sheet.noted.as_ref().filter(|noted| !noted.is_answered) {
        return Ok(noted.column);
    }
    let cells = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    // A title over the whole width of the program says nothing of how wide the table is.
    let merged = sheet.merged.iter().map(|one| one.last_column + 1).filter(|column| *column < MOST_COLUMNS as usize);
    let column = cells.max(merged.max().unwrap_or(0)).max(survey.last_used.map_or(0, |column| column + 1));
    if column > MOST_COLUMNS as usize {
        return Err(package.strange("no room beside the table"));
    }
    Ok(column)
}

/// The original.
struct Package<'b> {
    archive: Archive<'b>,
    name: &'b str,
    /// The names of its parts, in their order.
    names: Vec<String>,
    /// The list of sheets, and where they lie.
    kept: Vec<(String, Vec<u8>)>,
}

impl<'b> Package<'b> {
    fn open(bytes: &'b [u8], name: &'b str) -> Result<Self> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(name, &error.to_string()).titled(TITLE))?;
        let named = |place| {
            let name = archive.name_for_index(place).and_then(std::result::Result::ok);
            name.map(|name| name.replace('\\', "/")).unwrap_or_default()
        };
        let names: Vec<String> = (0..archive.len()).map(named).collect();
        let mut package = Self { archive, name, names, kept: Vec::new() };
        let is_kept = |name: &str| name.ends_with("/workbook.xml") || name.ends_with("/workbook.xml.rels");
        for place in 0..package.names.len() {
            if is_kept(&package.names[place]) {
                let text = package.text(place)?.into_bytes();
                package.kept.push((package.names[place].clone(), text));
            }
        }
        Ok(package)
    }

    /// Where a part lies.
    fn place(&self, part: &str) -> Option<usize> {
        self.names.iter().position(|name| name.eq_ignore_ascii_case(part))
    }

    fn text(&mut self, place: usize) -> Result<String> {
        let mut bytes = Vec::new();
        let read = self
            .archive
            .by_index(place)
            .map_err(|error| error.to_string())
            .and_then(|part| part.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string()));
        read.map_err(|cause| damaged(self.name, &cause).titled(TITLE))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(self.strange("a part that is too large"));
        }
        String::from_utf8(bytes).map_err(|_| self.strange("a part that is not in UTF-8"))
    }

    /// Begins a part in the place of one that there is.
    fn begin(&mut self, place: usize, out: &mut ZipWriter<BufWriter<&mut File>>) -> Result<()> {
        let part = self.archive.by_index_raw(place).map_err(not_packed)?;
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let options = part.last_modified().map_or(options, |at| options.last_modified_time(at));
        let name = part.name().map_err(not_packed)?.into_owned();
        out.start_file(name, options).map_err(not_packed)
    }

    /// It is a workbook that can be read, but not written into.
    fn strange(&self, cause: &str) -> Problem {
        Problem::new(ProblemKind::File, TITLE, format!("“{}”的内部写法少见，不能在它的副本上标出问题", self.name))
            .next("请用表格程序打开它，另存为 xlsx，重新导入后再导出问题表")
            .detail(cause)
    }
}

/// The styles, and which parts change because of them.
struct StylesPart {
    styles: Styles,
    place: Option<usize>,
    /// Parts that have to name the styles, which are not there: where they lie, and what they become.
    naming: Vec<(usize, String)>,
    /// The name of the new part.
    new: String,
}

impl StylesPart {
    fn find(package: &mut Package<'_>) -> Result<Self> {
        let place = part_of_styles(&package.kept).and_then(|part| package.place(&part));
        let text = place.map(|place| package.text(place)).transpose()?;
        let styles = Styles::read(text).ok_or_else(|| package.strange("styles that are no XML"))?;
        let mut part = Self { styles, place, naming: Vec::new(), new: String::new() };
        if place.is_none() {
            part.name_it(package)?;
        }
        Ok(part)
    }

    /// A workbook that has no styles gets some: they have to be named where parts are named.
    fn name_it(&mut self, package: &mut Package<'_>) -> Result<()> {
        let list = package.names.iter().find_map(|name| name.strip_suffix("workbook.xml").map(str::to_owned));
        let folder = list.ok_or_else(|| package.strange("no list of sheets"))?;
        self.new = format!("{folder}styles.xml");
        let part = &self.new;
        let typed = format!(r#"Override PartName="/{part}" ContentType="{STYLES_TYPE}""#);
        let related = format!(r#"Relationship Id="rIdProblemStyles" Type="{STYLES_RELATION}" Target="/{part}""#);
        for (name, line) in [(TYPES.to_owned(), typed), (format!("{folder}_rels/workbook.xml.rels"), related)] {
            let place = package.place(&name).ok_or_else(|| package.strange(&format!("no {name}")))?;
            let text = package.text(place)?;
            let with = with_line(&text, &line).ok_or_else(|| package.strange(&format!("{name} is no XML")))?;
            self.naming.push((place, with));
        }
        Ok(())
    }

    fn changes(&self, place: usize) -> bool {
        self.place == Some(place) || self.naming.iter().any(|(one, _)| *one == place)
    }

    fn write(&self, package: &mut Package<'_>, out: &mut ZipWriter<BufWriter<&mut File>>) -> Result<()> {
        for (place, text) in &self.naming {
            package.begin(*place, out)?;
            out.write_all(text.as_bytes())?;
        }
        match self.place {
            Some(place) => package.begin(place, out)?,
            None => {
                let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
                out.start_file(self.new.as_str(), options).map_err(not_packed)?;
            }
        }
        out.write_all(&self.styles.written()?)?;
        Ok(())
    }
}

/// A part with an element more at the end of its root.
fn with_line(xml: &str, line: &str) -> Option<String> {
    let mut prefix = None;
    for piece in Pieces::of(xml) {
        match piece.ok()? {
            (Event::Start(element), _) if prefix.is_none() => prefix = Some(prefix_of(&element)),
            _ => {}
        }
    }
    let end = xml.rfind("</")?;
    Some(format!("{}<{}{line}/>{}", &xml[..end], prefix?, &xml[end..]))
}

fn not_packed(error: ZipError) -> Problem {
    match error {
        ZipError::Io(error) => error.into(),
        other => Problem::fault(other.to_string()),
    }
}
