//! What typst may see: our templates, one file of data, our fonts, the day. Nothing else is there.
//!
//! No file of the disk, no package and no clock can be reached from a template, whatever stands in the data.
//! Start at [`PaperWorld`].

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use super::fonts::PaperFonts;
use crate::clock::Day;

/// The templates there are, each a file of `assets/print`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// 党员花名册.
    Table,
    /// 党员基本情况汇总.
    Summary,
    /// 统计表.
    Statistics,
    /// 党员信息卡.
    Card,
    /// 名单.
    Names,
    /// 谈心谈话记录表.
    Talk,
    /// 谈心谈话覆盖情况.
    Coverage,
    /// 档案盒脊.
    Spine,
    /// 备考表.
    BackNote,
}

impl Template {
    fn path(self) -> &'static str {
        match self {
            Self::Table => "/table.typ",
            Self::Summary => "/summary.typ",
            Self::Statistics => "/statistics.typ",
            Self::Card => "/card.typ",
            Self::Names => "/names.typ",
            Self::Talk => "/talk.typ",
            Self::Coverage => "/coverage.typ",
            Self::Spine => "/spine.typ",
            Self::BackNote => "/back_note.typ",
        }
    }
}

const DATA_PATH: &str = "/data.json";

/// The text of every template, and of what they share.
const SOURCES: [(&str, &str); 10] = [
    ("/sheet.typ", include_str!("../../assets/print/sheet.typ")),
    ("/table.typ", include_str!("../../assets/print/table.typ")),
    ("/summary.typ", include_str!("../../assets/print/summary.typ")),
    ("/statistics.typ", include_str!("../../assets/print/statistics.typ")),
    ("/card.typ", include_str!("../../assets/print/card.typ")),
    ("/names.typ", include_str!("../../assets/print/names.typ")),
    ("/talk.typ", include_str!("../../assets/print/talk.typ")),
    ("/coverage.typ", include_str!("../../assets/print/coverage.typ")),
    ("/spine.typ", include_str!("../../assets/print/spine.typ")),
    ("/back_note.typ", include_str!("../../assets/print/back_note.typ")),
];

/// The templates, parsed once.
static PARSED: LazyLock<Vec<Source>> =
    LazyLock::new(|| SOURCES.iter().map(|(path, text)| Source::new(file_id(path), (*text).to_owned())).collect());
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static DATA: LazyLock<FileId> = LazyLock::new(|| file_id(DATA_PATH));

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the paths of the templates are constants without `..`");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The closed world in which one piece of a form is typeset.
#[derive(Debug)]
pub struct PaperWorld<'a> {
    main: FileId,
    data: Bytes,
    fonts: &'a PaperFonts,
    today: Day,
}

impl<'a> PaperWorld<'a> {
    /// A world with one template as its main file and `data` (JSON) as `data.json`.
    pub fn new(template: Template, data: Vec<u8>, fonts: &'a PaperFonts, today: Day) -> Self {
        Self { main: file_id(template.path()), data: Bytes::new(data), fonts, today }
    }
}

impl World for PaperWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        PARSED.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let (month, day) = (u8::try_from(self.today.month()).ok()?, u8::try_from(self.today.day()).ok()?);
        Datetime::from_ymd(i32::from(self.today.year()), month, day)
    }
}
