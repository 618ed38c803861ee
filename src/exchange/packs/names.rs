//! Names that every file system bears, made from names that come from anywhere.
//!
//! What a file was called is data and never a path: each name is written anew from an allow-list, short, without
//! reserved words, and no two in a folder differ by their case alone. Start at [`Names::give`].

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

/// Bytes of a name, with its ending: Linux bears 255, a Windows path 260 characters altogether.
pub const LONGEST: usize = 120;
/// Characters of a name for which there is always room.
pub const SHORTEST: usize = 24;
/// Bytes of an ending that is kept as one.
const LONGEST_ENDING: usize = 16;
/// What may stand in a name besides letters and digits of any script.
const ALLOWED: &str = " -_.()（）【】《》“”、，：·+";
/// Names that Windows takes for devices, whatever ending follows.
const RESERVED: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
/// The same with a digit behind.
const RESERVED_WITH_DIGIT: [&str; 2] = ["COM", "LPT"];

/// The names of one folder that are given already.
#[derive(Debug, Default)]
pub struct Names(HashSet<String>);

/// How long a name may be. Linux counts bytes, Windows counts the characters of UTF-16.
#[derive(Debug, Clone, Copy)]
struct Room {
    bytes: usize,
    units: usize,
}

impl Room {
    const WHOLE: Self = Self { bytes: LONGEST, units: LONGEST };

    /// What is left of it beside a text in ASCII.
    fn beside(self, ascii: usize) -> Self {
        Self { bytes: self.bytes.saturating_sub(ascii), units: self.units.saturating_sub(ascii) }
    }
}

impl Names {
    /// A name like the wanted one that no other in the folder has.
    pub fn give(&mut self, wanted: &str) -> String {
        self.give_in(wanted, Room::WHOLE)
    }

    /// The same in so many characters, as Windows counts them in a path; there is always room for [`SHORTEST`].
    pub fn give_within(&mut self, wanted: &str, units: usize) -> String {
        self.give_in(wanted, Room { units: units.clamp(SHORTEST, LONGEST), ..Room::WHOLE })
    }

    fn give_in(&mut self, wanted: &str, room: Room) -> String {
        let name = safe_in(wanted, room);
        if self.0.insert(folded(&name)) {
            return name;
        }
        let (stem, ending) = parted(&name);
        for nth in 2_u64.. {
            let mark = format!(" ({nth})");
            let stem = cut(stem, room.beside(mark.len() + ending.len()));
            let name = format!("{}{mark}{ending}", stem.trim_end_matches([' ', '.']));
            if self.0.insert(folded(&name)) {
                return name;
            }
        }
        name
    }
}

/// The ending of a name with its full stop, where it is one worth keeping.
pub fn ending(name: &str) -> String {
    let name = safe(name);
    parted(&name).1.to_owned()
}

/// A name that every file system bears. Empty or wholly foreign ones become 「无名」.
pub fn safe(wanted: &str) -> String {
    safe_in(wanted, Room::WHOLE)
}

fn safe_in(wanted: &str, room: Room) -> String {
    let mut text = String::new();
    for character in wanted.nfc() {
        if character.is_alphanumeric() || ALLOWED.contains(character) {
            text.push(character);
        } else if character.is_whitespace() {
            text.push(' ');
        } else if !is_unseen(character) {
            text.push('_');
        }
    }
    // Full stops and blanks at either end: Windows strips some of them, and one in front hides a file elsewhere.
    let text = text.trim_matches([' ', '.']);
    let (stem, ending) = parted(text);
    let (stem, ending) = if stem.is_empty() { (text, "") } else { (stem, ending) };
    // One is left for the mark in front of a reserved name.
    let stem = cut(stem, room.beside(ending.len() + 1)).trim_end_matches([' ', '.']);
    let stem = if stem.is_empty() { "无名" } else { stem };
    let name = format!("{stem}{ending}");
    if is_reserved(&name) { format!("_{name}") } else { name }
}

/// Characters that leave no trace on the screen, among them those that turn the direction of writing.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// The name and its ending with the full stop; without an ending where it has none worth keeping.
fn parted(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(place) if place > 0 && name.len() - place <= LONGEST_ENDING && is_ending(&name[place + 1..]) => {
            name.split_at(place)
        }
        _ => (name, ""),
    }
}

fn is_ending(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| character.is_ascii_alphanumeric())
}

/// The beginning of a text, as much of it as there is room for.
fn cut(text: &str, room: Room) -> &str {
    let mut units = 0;
    for (place, character) in text.char_indices() {
        units += character.len_utf16();
        if units > room.units || place + character.len_utf8() > room.bytes {
            return &text[..place];
        }
    }
    text
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_uppercase();
    let with_digit = |word: &str| {
        stem.strip_prefix(word).is_some_and(|rest| {
            let mut rest = rest.chars();
            rest.next().is_some_and(|digit| digit.is_ascii_digit() || "¹²³".contains(digit)) && rest.next().is_none()
        })
    };
    RESERVED.contains(&stem.as_str()) || RESERVED_WITH_DIGIT.iter().any(|word| with_digit(word))
}

/// How file systems that do not tell the case apart see a name.
fn folded(name: &str) -> String {
    name.to_uppercase().to_lowercase().nfd().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

    use super::*;

    #[test]
    fn foreign_names_become_names_that_every_file_system_bears() {
        for (wanted, given) in [
            ("征求意见汇总.docx", "征求意见汇总.docx"),
            ("..", "无名"),
            ("", "无名"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..\\..\\开始菜单\\启动.bat", "_.._开始菜单_启动.bat"),
            (".. /x", "_x"),
            ("C:\\Windows\\win.ini", "C__Windows_win.ini"),
            ("a:b.txt", "a_b.txt"),
            ("NUL", "_NUL"),
            ("nul.tar.gz", "_nul.tar.gz"),
            ("Com1 .txt", "_Com1.txt"),
            ("COM¹", "_COM¹"),
            ("COMPANY.txt", "COMPANY.txt"),
            ("记录. . .", "记录"),
            ("隐藏\u{202e}fdp.exe", "隐藏fdp.exe"),
            ("换\n行\t表.xlsx", "换 行 表.xlsx"),
            (".gitignore", "gitignore"),
        ] {
            assert_eq!(safe(wanted), given, "{wanted:?}");
        }
        let long = format!("{}.pdf", "支".repeat(300));
        assert_eq!(safe(&long), format!("{}.pdf", "支".repeat(38)));
    }

    #[test]
    fn names_that_differ_by_case_alone_are_told_apart() {
        let mut names = Names::default();
        let given: Vec<String> = ["表.PDF", "表.pdf", "Report.txt", "REPORT.TXT", "report.txt", "ﬁ", "FI"]
            .iter()
            .map(|name| names.give(name))
            .collect();
        let told = ["表.PDF", "表 (2).pdf", "Report.txt", "REPORT (2).TXT", "report (3).txt", "ﬁ", "FI (2)"];
        assert_eq!(given, told);
    }

    #[test]
    fn a_name_takes_no_more_of_a_path_than_there_is_room_for_and_keeps_its_ending() {
        let mut names = Names::default();
        let long = format!("{}.docx", "支".repeat(90));
        let given = [names.give_within(&long, 36), names.give_within(&long, 36), names.give_within("😀.pdf", 10)];
        assert_eq!(given[0], format!("{}.docx", "支".repeat(30)), "one is kept for a mark in front");
        assert_eq!(given[1], format!("{} (2).docx", "支".repeat(27)));
        assert_eq!(given[2], "_.pdf", "no letter of any script");
        assert_eq!(
            (ending("扫描.PDF"), ending("说明.第二版"), ending("a.b\u{202e}.exe")),
            (".PDF".into(), String::new(), ".exe".into())
        );
    }

    #[test]
    fn whatever_names_come_the_given_ones_are_fit_for_windows_and_linux_and_all_different() {
        let config = ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let wanted = prop_oneof![
            any::<String>(),
            "[.. /\\\\:*?\"<>|a-zA-Z支部\u{202e}\u{0}]{0,40}",
            "(con|NUL|com[0-9]|LPT1|aux)[ .]{0,3}(txt)?",
            "[支部甲乙]{60,120}\\.[a-z]{1,30}",
        ];
        let several = prop::collection::vec(wanted, 1..30);
        let outcome = runner.run(&several, |wanted| {
            let mut names = Names::default();
            let mut seen = HashSet::new();
            for wanted in wanted {
                let name = names.give(&wanted);
                prop_assert!((1..=LONGEST + 1).contains(&name.len()), "{name:?}");
                prop_assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\0', '\n']), "{name:?}");
                prop_assert!(!name.ends_with(['.', ' ']) && !name.starts_with(['.', ' ']), "{name:?}");
                prop_assert!(!name.chars().any(is_unseen), "{name:?}");
                prop_assert!(!is_reserved(&name), "{name:?}");
                prop_assert_eq!(std::path::Path::new(&name).components().count(), 1);
                prop_assert!(seen.insert(name.to_lowercase()), "{name:?} is there twice");
            }
            Ok(())
        });
        if let Err(failure) = outcome {
            panic!("{failure}");
        }
    }
}
