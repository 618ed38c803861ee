//! A form typeset: its pages, its PDF, its pictures. The preview draws the very pages that the PDF holds.
//!
//! Holds no file and no thread. Start at [`compile`].

use std::borrow::Cow;

use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::Smart;
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::model::Document as _;
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;
use typst_render::RenderOptions;

use super::boxes::{self, BoxSheet};
use super::cards::{self, CardSheet};
use super::coverage::{self, CoverageSheet};
use super::fonts::PaperFonts;
use super::names::{self, NamesSheet};
use super::printable::Printable;
use super::statistics::{self, StatisticsSheet};
use super::summary::SummarySheet;
use super::summary_page;
use super::table::TableSheet;
use super::table::pages::TablePages;
use super::talk::{self, TalkSheet};
use super::world::{PaperWorld, Template};
use crate::clock::Day;
use crate::problem::{Problem, Result};
use crate::progress::Progress;

/// A filled form (表格): what is to be put on paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// 党员花名册, ledgers, and other tables of rows.
    Table(TableSheet),
    /// 党员基本情况汇总.
    Summary(SummarySheet),
    /// 统计表.
    Statistics(StatisticsSheet),
    /// 党员信息卡.
    Cards(CardSheet),
    /// 名单.
    Names(NamesSheet),
    /// 谈心谈话记录表.
    Talks(TalkSheet),
    /// 谈心谈话覆盖情况.
    Coverage(Box<CoverageSheet>),
    /// 档案盒脊.
    Spines(BoxSheet),
    /// 备考表.
    BackNotes(BoxSheet),
}

impl Form {
    /// The title of the paper, also of the print job; the name of no person.
    pub fn title(&self) -> Cow<'_, str> {
        match self {
            Self::Table(sheet) => Cow::Borrowed(&sheet.title),
            Self::Summary(sheet) => Cow::Borrowed(sheet.scope.title()),
            Self::Cards(sheet) => Cow::Borrowed(&sheet.title),
            Self::Names(sheet) => Cow::Owned(sheet.title()),
            Self::Statistics(sheet) => Cow::Borrowed(&sheet.title),
            Self::Talks(_) => Cow::Borrowed(talk::TITLE),
            Self::Coverage(sheet) => Cow::Borrowed(&sheet.title),
            Self::Spines(sheet) | Self::BackNotes(sheet) => Cow::Borrowed(&sheet.title),
        }
    }
}

/// A page as a picture: rows of opaque RGBA pixels from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageImage {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

/// The largest picture of a page: 10 times life size of A4.
const LARGEST_SCALE: f32 = 10.0;

/// A typeset document (稿纸): at least one page.
#[derive(Debug, Clone)]
pub struct Paper {
    document: PagedDocument,
    title: String,
    missing: Vec<char>,
    /// Whether it was typeset in one go: only then do its tags belong together.
    whole: bool,
}

/// Typesets a form. `today` is what a template may ask for; nothing else of the outside can be reached.
///
/// A long table is typeset piece by piece, and stops at the next piece when `progress` was cancelled.
pub fn compile(form: &Form, fonts: &PaperFonts, today: Day, progress: &Progress) -> Result<Paper> {
    typeset(form, fonts, Printable::new(fonts), today, progress)
}

/// The same with every ID number and mobile phone masked that stands in any of its texts: for whoever gets it from
/// outside.
pub fn compile_masked(form: &Form, fonts: &PaperFonts, today: Day, progress: &Progress) -> Result<Paper> {
    typeset(form, fonts, Printable::masking(fonts), today, progress)
}

fn typeset<'f>(
    form: &Form,
    fonts: &'f PaperFonts,
    mut printable: Printable<'f>,
    today: Day,
    progress: &Progress,
) -> Result<Paper> {
    let (template, pieces) = match form {
        Form::Table(sheet) => {
            let pages = TablePages::plan(sheet, fonts, &mut printable)?;
            let mut typesetting = Typesetting::begin(Template::Table, fonts, today, pages.pieces(), progress)?;
            for piece in 0..pages.pieces() {
                typesetting.add(pages.data(piece)?)?;
            }
            return typesetting.finish(&form.title(), printable.missing());
        }
        Form::Summary(sheet) => (Template::Summary, vec![summary_page::data(sheet, fonts, &mut printable)?]),
        Form::Cards(sheet) => (Template::Card, cards::data(sheet, fonts, &mut printable)?),
        Form::Names(sheet) => (Template::Names, vec![names::data(sheet, fonts, &mut printable)?]),
        Form::Statistics(sheet) => (Template::Statistics, vec![statistics::data(sheet, fonts, &mut printable)?]),
        Form::Talks(sheet) => (Template::Talk, talk::data(sheet, fonts, &mut printable)?),
        Form::Coverage(sheet) => (Template::Coverage, vec![coverage::data(sheet, fonts, &mut printable)?]),
        Form::Spines(sheet) => (Template::Spine, vec![boxes::data(sheet, fonts, &mut printable)?]),
        Form::BackNotes(sheet) => (Template::BackNote, vec![boxes::data(sheet, fonts, &mut printable)?]),
    };
    let mut typesetting = Typesetting::begin(template, fonts, today, pieces.len(), progress)?;
    for piece in pieces {
        typesetting.add(piece)?;
    }
    typesetting.finish(&form.title(), printable.missing())
}

/// The pieces of a form, typeset one after the other.
struct Typesetting<'a> {
    template: Template,
    fonts: &'a PaperFonts,
    today: Day,
    progress: &'a Progress,
    pieces: usize,
    done: u64,
    pages: EcoVec<Page>,
    /// The last piece; the only one of a paper that is whole.
    document: Option<PagedDocument>,
}

impl<'a> Typesetting<'a> {
    fn begin(
        template: Template,
        fonts: &'a PaperFonts,
        today: Day,
        pieces: usize,
        progress: &'a Progress,
    ) -> Result<Self> {
        progress.stage("排版", pieces as u64)?;
        Ok(Self { template, fonts, today, progress, pieces, done: 0, pages: EcoVec::new(), document: None })
    }

    fn add(&mut self, data: Vec<u8>) -> Result<()> {
        let world = PaperWorld::new(self.template, data, self.fonts, self.today);
        let compiled = typst::compile::<PagedDocument>(&world).output;
        // Without this the caches of typst keep every piece and every earlier paper.
        typst::comemo::evict(0);
        let document = compiled.map_err(|errors| typesetting_problem(&errors))?;
        if self.pieces > 1 {
            let mut pages = document.pages().to_vec();
            self.document = Some(PagedDocument::new(EcoVec::new(), document.info().clone()));
            drop(document);
            pages.iter_mut().for_each(|page| drop_tags(&mut page.frame));
            self.pages.extend(pages);
        } else {
            self.document = Some(document);
        }
        self.done += 1;
        self.progress.step(self.done)
    }

    fn finish(self, title: &str, missing: Vec<char>) -> Result<Paper> {
        let whole = self.pieces == 1;
        let last = self.document.ok_or_else(|| Problem::fault("a form without a piece"))?;
        let document = if whole { last } else { PagedDocument::new(self.pages, last.info().clone()) };
        Ok(Paper { document, title: title.to_owned(), missing, whole })
    }
}

/// Drops the tags of a page, which hold on to everything it was made from. Tags of different pieces do not fit
/// together, so a paper of several pieces has none.
fn drop_tags(frame: &mut Frame) {
    frame.retain(|item| {
        if let FrameItem::Group(group) = item {
            drop_tags(&mut group.frame);
        }
        !matches!(item, FrameItem::Tag(_))
    });
}

impl Paper {
    /// The number of pages.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// The title of the form.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The characters that no font had; the paper shows them as codes.
    pub fn missing_characters(&self) -> &[char] {
        &self.missing
    }

    /// Width and height of a page in points (1/72 inch), counted from 0.
    pub fn page_size(&self, page: usize) -> Option<(f32, f32)> {
        let size = self.document.pages().get(page)?.frame.size();
        Some((size.x.to_pt() as f32, size.y.to_pt() as f32))
    }

    /// The PDF. The same form, fonts and day give the same bytes.
    pub fn pdf(&self) -> Result<Vec<u8>> {
        let options = PdfOptions {
            creator: Smart::Custom(Some("支部工作台".to_owned())),
            tagged: self.whole,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&self.document, &options);
        typst::comemo::evict(0);
        pdf.map_err(|errors| typesetting_problem(&errors))
    }

    /// A page as a picture, `pixels_per_point` large; `None` where there is no such page.
    pub fn page_image(&self, page: usize, pixels_per_point: f32) -> Option<PageImage> {
        let page = self.document.pages().get(page)?;
        let scale = if pixels_per_point.is_finite() { pixels_per_point.clamp(0.05, LARGEST_SCALE) } else { 1.0 };
        let options = RenderOptions { pixel_per_pt: f64::from(scale).into(), ..RenderOptions::default() };
        let picture = typst_render::render(page, &options);
        Some(PageImage { width: picture.width(), height: picture.height(), rgba: picture.take() })
    }

    /// Whether a character of the paper was set as the blank box of its font.
    #[cfg(test)]
    pub(super) fn has_blank_boxes(&self) -> bool {
        fn blank(frame: &Frame) -> bool {
            frame.items().any(|(_, item)| match item {
                FrameItem::Group(group) => blank(&group.frame),
                FrameItem::Text(run) => run.glyphs.iter().any(|glyph| glyph.id == 0),
                _ => false,
            })
        }
        self.document.pages().iter().any(|page| blank(&page.frame))
    }

    /// The words of a page in the order in which they were set, for screen readers and tests.
    pub fn page_text(&self, page: usize) -> String {
        let mut words = Words::default();
        if let Some(page) = self.document.pages().get(page) {
            words.collect(&page.frame, Point::zero());
        }
        words.text
    }
}

/// The words of a page: runs that touch are one word, others stand on lines of their own.
#[derive(Default)]
struct Words {
    text: String,
    /// Where the last run ended.
    end: Option<Point>,
}

impl Words {
    fn collect(&mut self, frame: &Frame, origin: Point) {
        for (position, item) in frame.items() {
            let at = origin + *position;
            match item {
                FrameItem::Group(group) => self.collect(&group.frame, at),
                FrameItem::Text(run) => {
                    let near = |a: Abs, b: Abs| (a - b).to_pt().abs() < 0.5;
                    if self.end.is_some_and(|end| !near(end.y, at.y) || !near(end.x, at.x)) {
                        self.text.push('\n');
                    }
                    self.text.push_str(&run.text);
                    self.end = Some(Point::new(at.x + run.width(), at.y));
                }
                _ => {}
            }
        }
    }
}

/// A template that cannot be typeset is a fault of the program; the messages of typst do not quote the data.
fn typesetting_problem(errors: &[SourceDiagnostic]) -> Problem {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    Problem::fault(format!("typst: {}", messages.join("; ")))
}
