//! The fonts of the paper: the embedded ones, the 公文 fonts that are installed, and which of them plays which role.
//!
//! Never looks at the network and never copies a font. Start at [`PaperFonts::installed`], which loads once and may be
//! called from any thread; the first call takes a while, so it belongs on a worker.

use std::path::PathBuf;
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo, is_default_ignorable};
use typst::utils::LazyHash;

use super::installed;

/// Noto Serif SC, all Han of the face: the 宋体 of the paper.
pub static NOTO_SERIF_SC_REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSerifSC-Regular.otf");
/// Noto Serif SC Bold, GB 2312; the rest falls back to Regular.
pub static NOTO_SERIF_SC_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSerifSC-Bold.otf");
/// Noto Sans SC, all Han of the face: stands in for 黑体.
pub static NOTO_SANS_SC_REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular.otf");
/// Noto Sans SC Bold, GB 2312.
pub static NOTO_SANS_SC_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Bold.otf");

/// What a piece of text is on paper (GB/T 9704-2012 names the faces for 公文).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FontRole {
    /// 标题: 小标宋.
    Title,
    /// 正文: 仿宋.
    Body,
    /// 楷体.
    Kai,
    /// 黑体.
    Hei,
    /// 表格: 宋体. Always the embedded one, so that rows are broken alike on every machine.
    Table,
}

impl FontRole {
    /// All roles, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Title, Self::Body, Self::Kai, Self::Hei, Self::Table];

    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Title => "标题",
            Self::Body => "正文",
            Self::Kai => "楷体",
            Self::Hei => "黑体",
            Self::Table => "表格",
        }
    }

    /// The key of the role in the data of a template.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Kai => "kai",
            Self::Hei => "hei",
            Self::Table => "table",
        }
    }

    /// The installed families that are asked for, best first.
    fn wanted(self) -> &'static [&'static str] {
        match self {
            Self::Title => &["方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "小标宋"],
            Self::Body => &["仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312", "华文仿宋", "STFangsong"],
            Self::Kai => &["楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312", "华文楷体", "STKaiti"],
            Self::Hei => &["黑体", "SimHei", "华文黑体", "STHeiti"],
            Self::Table => &[],
        }
    }

    /// The embedded family that stands in, and its name for people.
    fn embedded(self) -> (&'static str, &'static str) {
        match self {
            Self::Title => ("Noto Serif SC", "思源宋体粗（随程序附带）"),
            Self::Hei => ("Noto Sans SC", "思源黑体粗（随程序附带）"),
            Self::Body | Self::Kai | Self::Table => ("Noto Serif SC", "思源宋体（随程序附带）"),
        }
    }

    /// The face that the role asks for, for the report.
    fn asked(self) -> &'static str {
        match self {
            Self::Title => "方正小标宋简体",
            Self::Body => "仿宋",
            Self::Kai => "楷体",
            Self::Hei => "黑体",
            Self::Table => "宋体",
        }
    }
}

/// Fonts for characters that the embedded faces lack; they serve any role, after all others.
const RARE_CHARACTER_FAMILIES: &[&str] =
    &["SimSun-ExtB", "SimSun-ExtG", "宋体", "SimSun", "Plangothic P1", "Plangothic P2", "HanaMinB", "TH-Tshyn-P2"];

/// Which font a role uses (字体说明).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleReport {
    pub role: FontRole,
    /// The face that the role asks for: 仿宋.
    pub asked: &'static str,
    /// The face that is used, for people.
    pub used: String,
    /// Whether an embedded face stands in because the asked one is not installed.
    pub stands_in: bool,
}

/// Which font is used for each role (字体说明), for the print dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontReport {
    pub roles: Vec<RoleReport>,
}

impl FontReport {
    /// One sentence for the dialog.
    pub fn sentence(&self) -> String {
        let parts: Vec<String> =
            self.roles.iter().map(|role| format!("{}用{}", role.role.label(), role.used)).collect();
        parts.join("，")
    }
}

/// The loaded fonts of the paper.
#[derive(Debug)]
pub struct PaperFonts {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    /// Per role of [`FontRole::ALL`]: the families in order, as typst knows them.
    families: Vec<Vec<String>>,
    report: FontReport,
    covered: Covered,
}

impl PaperFonts {
    /// Only the embedded fonts: the same paper on every machine.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<PaperFonts> = OnceLock::new();
        EMBEDDED.get_or_init(|| Self::with_folders(&[]))
    }

    /// The embedded fonts and the 公文 fonts of this machine. Loads at the first call.
    pub fn installed() -> &'static Self {
        static INSTALLED: OnceLock<PaperFonts> = OnceLock::new();
        INSTALLED.get_or_init(|| Self::with_folders(&installed::font_folders()))
    }

    /// The embedded fonts and the 公文 fonts found in some folders.
    pub fn with_folders(folders: &[PathBuf]) -> Self {
        let mut fonts = embedded_fonts();
        let wanted: Vec<&str> =
            FontRole::ALL.iter().flat_map(|role| role.wanted()).chain(RARE_CHARACTER_FAMILIES).copied().collect();
        let found = if folders.is_empty() { Vec::new() } else { installed::find(folders, &wanted) };
        let mut loaded: Vec<(String, Font)> = Vec::new();
        let mut families = Vec::new();
        let mut roles = Vec::new();
        for role in FontRole::ALL {
            let (embedded, embedded_label) = role.embedded();
            let best = first_loadable(role.wanted(), &found, &mut loaded);
            let mut chain: Vec<String> = best.iter().map(|(_, font)| font.info().family.to_lowercase()).collect();
            chain.push(embedded.to_lowercase());
            families.push(chain);
            roles.push(RoleReport {
                role,
                asked: role.asked(),
                stands_in: best.is_none() && role != FontRole::Table,
                used: best.map_or_else(|| embedded_label.to_owned(), |(name, _)| name),
            });
        }
        for family in RARE_CHARACTER_FAMILIES {
            first_loadable(&[family], &found, &mut loaded);
        }
        fonts.extend(loaded.into_iter().map(|(_, font)| font));
        let covered = Covered::of(fonts.iter().map(Font::info));
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { fonts, book, families, report: FontReport { roles }, covered }
    }

    /// Which font each role uses.
    pub fn report(&self) -> &FontReport {
        &self.report
    }

    /// The characters of a text that no font has, each once, in order.
    pub fn missing_characters(&self, text: &str) -> Vec<char> {
        let mut missing: Vec<char> = text.chars().filter(|&character| !self.can_print(character)).collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    /// Whether a character can be printed, or is one that shows nothing.
    pub fn can_print(&self, character: char) -> bool {
        self.covered.contains(character) || character.is_whitespace() || is_default_ignorable(character)
    }

    /// The families of a role, in order.
    pub(super) fn families(&self, role: FontRole) -> &[String] {
        FontRole::ALL.iter().position(|other| *other == role).map_or(&[], |index| &self.families[index])
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn font(&self, index: usize) -> Option<&Font> {
        self.fonts.get(index)
    }

    pub(super) fn all(&self) -> &[Font] {
        &self.fonts
    }
}

/// The embedded faces; the 宋体 of the paper is the first.
fn embedded_fonts() -> Vec<Font> {
    [NOTO_SERIF_SC_REGULAR, NOTO_SERIF_SC_BOLD, NOTO_SANS_SC_REGULAR, NOTO_SANS_SC_BOLD]
        .into_iter()
        .filter_map(|data| Font::new(Bytes::new(data), 0))
        .collect()
}

/// The first of some families that is there and can be read, with the name under which it was asked for.
fn first_loadable(
    families: &[&str],
    found: &[installed::FoundFace],
    loaded: &mut Vec<(String, Font)>,
) -> Option<(String, Font)> {
    for family in families {
        if let Some(known) = loaded.iter().find(|(name, _)| name == family) {
            return Some(known.clone());
        }
        for face in found.iter().filter(|face| face.family == *family) {
            // A face that cannot be read is as good as not installed: the report then names the one that stands in.
            let font = std::fs::read(&face.path).ok().and_then(|data| Font::new(Bytes::new(data), face.index));
            if let Some(font) = font {
                loaded.push(((*family).to_owned(), font.clone()));
                return Some(((*family).to_owned(), font));
            }
        }
    }
    None
}

/// A set of characters as one bit each, quick to ask.
#[derive(Debug)]
struct Covered(Vec<u64>);

impl Covered {
    fn of<'a>(infos: impl Iterator<Item = &'a FontInfo>) -> Self {
        let mut bits: Vec<u64> = Vec::new();
        for code in infos.flat_map(|info| info.coverage.iter()) {
            let word = code as usize / 64;
            if word >= bits.len() {
                bits.resize(word + 1, 0);
            }
            bits[word] |= 1 << (code % 64);
        }
        Self(bits)
    }

    fn contains(&self, character: char) -> bool {
        let code = character as u32;
        self.0.get(code as usize / 64).is_some_and(|word| word & (1 << (code % 64)) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::samples;

    #[test]
    fn without_installed_fonts_the_report_says_which_face_stands_in() {
        let report = PaperFonts::embedded().report();
        let body = report.roles.iter().find(|role| role.role == FontRole::Body).expect("a body role");
        assert!(body.stands_in);
        assert_eq!((body.asked, body.used.as_str()), ("仿宋", "思源宋体（随程序附带）"));
        assert_eq!(
            report.sentence(),
            "标题用思源宋体粗（随程序附带），正文用思源宋体（随程序附带），楷体用思源宋体（随程序附带），\
             黑体用思源黑体粗（随程序附带），表格用思源宋体（随程序附带）"
        );
    }

    #[test]
    fn an_installed_face_is_found_under_its_chinese_name_and_reported() {
        let folder = tempfile::tempdir().expect("a folder");
        let deeper = folder.path().join("用户字体");
        std::fs::create_dir(&deeper).expect("a folder in it");
        let renamed = renamed_font(NOTO_SANS_SC_BOLD, "仿宋");
        std::fs::write(deeper.join("anything.TTF"), renamed).expect("a font file");
        std::fs::write(deeper.join("broken.ttf"), b"not a font").expect("a broken file");
        let fonts = PaperFonts::with_folders(&[folder.path().to_owned(), folder.path().join("none")]);
        let body = &fonts.report().roles[1];
        assert_eq!((body.used.as_str(), body.stands_in), ("仿宋", false));
        assert!(fonts.report().roles[2].stands_in);
        assert_eq!(fonts.families(FontRole::Body), ["仿宋", "noto serif sc"]);
    }

    #[test]
    fn characters_that_no_font_has_are_listed_once() {
        let fonts = PaperFonts::embedded();
        assert_eq!(fonts.missing_characters("王㛃䶮𬭚𬍡𫘝翀玥堃喆昇·A1，。\n\u{200b}　"), Vec::<char>::new());
        assert_eq!(fonts.missing_characters("\u{E000}王\u{2A6D6}\u{E000}"), vec!['\u{E000}', '\u{2A6D6}']);
    }

    /// A font under another family name: its name table is replaced, the rest stays.
    fn renamed_font(data: &[u8], family: &str) -> Vec<u8> {
        let table = samples::name_table(family);
        let mut font = data.to_vec();
        let offset = u32::try_from(font.len()).expect("a small font").to_be_bytes();
        let length = u32::try_from(table.len()).expect("a short table").to_be_bytes();
        let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
        let record = (0..tables).map(|table| 12 + table * 16).find(|at| &font[*at..*at + 4] == b"name");
        let record = record.expect("a name table");
        font[record + 8..record + 12].copy_from_slice(&offset);
        font[record + 12..record + 16].copy_from_slice(&length);
        font.extend(table);
        font
    }
}
