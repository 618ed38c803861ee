//! Keeps the house in order: what may stand where, and who may know whom.
//!
//! Reads the sources as text, so it must never need the program itself. A check that fails says what to do.
//! Start at [`LAYERS`], the one list of layers and of what each may import.

use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What stands at the top of the repository, hidden files and cargo's `target` aside.
const TOP_LEVEL: [&str; 7] = ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "assets", "src", "tests"];

/// Each layer and the layers it may import.
const LAYERS: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("command", &["domain", "store"]),
    ("view", &["domain", "store", "command"]),
    ("settings", &["domain", "store"]), // the settings of a user on a machine, not of a workbook: rules must not know them
    ("exchange", &["domain", "store", "command", "view", "settings"]),
    ("print", &["domain", "store", "command", "view", "settings"]),
    ("engine", &["domain", "store", "command", "view", "settings", "exchange", "print"]),
    ("ui", &["domain", "store", "command", "view", "settings", "exchange", "print", "engine"]),
    ("cli", &["domain", "store", "command", "view", "settings", "exchange", "print", "engine"]),
];

/// Modules that every layer may import; they themselves know `domain` and each other only.
const FOR_ALL: [&str; 5] = ["clock", "files", "problem", "progress", "terms"];

/// The two files that put the layers together and so may know all of them.
const ROOTS: [&str; 2] = ["lib", "main"];

/// Runs before the program is compiled, and is no part of it.
const BUILD: &str = "build";

/// Crates that draw or open windows.
const WINDOW_CRATES: [&str; 6] = ["eframe", "egui", "egui_extras", "egui_table", "epaint", "winit"];

/// What blocks, waits, or asks the machine: neither the rules nor the screens may touch it.
const BLOCKING: [&str; 8] =
    ["std::fs", "std::thread", "std::process", "Mutex", "RwLock", "SystemTime", "Instant::now", "rusqlite"];

const LONGEST_FILE: usize = 800;

/// One file under `src/`.
struct Source {
    /// From `src/`, with forward slashes: `store/talks.rs`.
    path: String,
    text: String,
    /// The text without comments and literals.
    code: String,
}

impl Source {
    /// The first part of the path: the layer, or the name of a file that stands alone.
    fn place(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or(&self.path);
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Whether `super` means the crate here.
    fn is_layer_root(&self) -> bool {
        !self.path.contains('/') || self.path == format!("{}/mod.rs", self.place())
    }

    /// The code before the unit tests, which stand last in a file.
    fn code_without_tests(&self) -> &str {
        self.code.split("\nmod tests {").next().unwrap_or(&self.code)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let listing = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot list {}: {error}", folder.display()));
    let mut paths: Vec<_> = listing.map(|entry| entry.expect("a folder entry").path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn sources() -> Vec<Source> {
    let source_folder = root().join("src");
    let mut folders = vec![source_folder.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(&source_folder).expect("below src");
                let text = read(&path);
                let code = code_only(&text);
                found.push(Source { path: relative.to_string_lossy().replace('\\', "/"), text, code });
            }
        }
    }
    assert!(found.len() > 1, "src/ holds no sources: is CARGO_MANIFEST_DIR right?");
    found
}

/// Takes comments and the insides of literals out, keeps line breaks.
fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = comment_length(rest).or_else(|| literal_length(rest, code.chars().next_back()));
        if let Some(length) = skipped {
            code.push(' ');
            code.extend(rest[..length].chars().filter(|&c| c == '\n'));
            rest = &rest[length..];
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    code
}

fn comment_length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if depth > 0 && text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
        } else if depth > 0 {
            at += text[at..].chars().next()?.len_utf8();
        }
        if depth == 0 {
            return (at > 0).then_some(at);
        }
    }
}

/// The length of the string or character that begins here; `before` is the character before it.
fn literal_length(text: &str, before: Option<char>) -> Option<usize> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if let Some(raw) = text.strip_prefix('r').filter(|_| !in_word || before == Some('b')) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", &raw[..hashes]);
            let start = 1 + hashes + 1;
            return text[start..].find(&end).map(|length| start + length + end.len());
        }
    }
    let quote = text.chars().next().filter(|&c| c == '"' || c == '\'')?;
    if quote == '\'' {
        let mut following = text.chars().skip(1);
        let is_character = following.next() == Some('\\') || following.next() == Some('\'');
        is_character.then_some(())?; // else a lifetime or a label
    }
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return Some(at + 1);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// Whether `wanted` (a name or a path) stands in the code as whole words.
fn mentions(code: &str, wanted: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(wanted)
        .any(|(at, _)| !code[..at].ends_with(is_word) && !code[at + wanted.len()..].starts_with(is_word))
        || match wanted.split_once("::") {
            Some((parent, child)) => children_of(code, parent).contains(child),
            None => false,
        }
}

/// The names right below `parent::` in the code: of `a::b::c` and `a::{b, d::{e}}` below `a`, `b` and `d`.
fn children_of<'a>(code: &'a str, parent: &str) -> BTreeSet<&'a str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let first_word = |text: &'a str| text.trim_start().split(|c| !is_word(c)).next().unwrap_or_default();
    let prefix = format!("{parent}::");
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(&prefix) {
        if code[..at].ends_with(|c| is_word(c) || c == ':') {
            continue;
        }
        let after = &code[at + prefix.len()..];
        match after.strip_prefix('{') {
            None => {
                found.insert(first_word(after));
            }
            Some(group) => {
                let mut depth = 0;
                let mut start = 0;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth > 0 => depth -= 1,
                        ',' | '}' if depth == 0 => {
                            found.insert(first_word(&group[start..at]));
                            start = at + 1;
                        }
                        _ => (),
                    }
                    if c == '}' && start == at + 1 {
                        break;
                    }
                }
            }
        }
    }
    found.remove("");
    found
}

/// Fails with all findings at once and the way out.
fn expect_none(findings: &[String], what_to_do: &str) {
    assert!(findings.is_empty(), "\n  {}\n→ {what_to_do}\n", findings.join("\n  "));
}

#[test]
fn comments_and_literals_are_not_code() {
    let text = "a /* x /* y */ z */ 'b' \"c \\\" // d\" r#\"e \" f\"# br\"k\" &'g h // i\n'\\'' j '\"' l";
    let code = code_only(text);
    let words: Vec<_> = code.split_whitespace().collect();
    assert_eq!(words, ["a", "b", "&'g", "h", "j", "l"], "{code}");
}

#[test]
fn grouped_imports_are_seen() {
    let code = "use crate::{view::{a, b}, store, print::c}; use std::{fs, io}; crate::engine::x; mycrate::ui::y";
    assert_eq!(Vec::from_iter(children_of(code, "crate")), ["engine", "print", "store", "view"]);
    assert!(mentions(code, "std::fs") && !mentions(code, "std::thread") && !mentions(code, "rusqlite"));
}

#[test]
fn the_top_level_holds_the_fixed_names_and_no_other() {
    let found: Vec<_> = entries(root()).iter().map(|path| name(path)).collect();
    let shown: Vec<_> = found.iter().filter(|name| !name.starts_with('.') && *name != "target").collect();
    assert_eq!(
        shown,
        Vec::from_iter(TOP_LEVEL.iter()),
        "put new things into assets, src or tests; hide tools behind a dot"
    );
}

#[test]
fn every_source_stands_in_a_known_layer() {
    let known: BTreeSet<_> =
        LAYERS.iter().map(|(layer, _)| *layer).chain(FOR_ALL).chain(ROOTS).chain([BUILD]).collect();
    let strays: Vec<_> =
        sources().iter().filter(|source| !known.contains(source.place())).map(|source| source.path.clone()).collect();
    expect_none(&strays, "move the file into the layer it belongs to, or name the new layer in LAYERS");
}

#[test]
fn layers_import_one_way_only() {
    let mut findings = Vec::new();
    for source in sources() {
        let place = source.place();
        if ROOTS.contains(&place) {
            continue;
        }
        let allowed = LAYERS.iter().find(|(layer, _)| *layer == place).map_or(&["domain"][..], |(_, allowed)| allowed);
        let mut named = children_of(&source.code, "crate");
        if source.is_layer_root() {
            named.extend(children_of(&source.code, "super"));
        }
        for (layer, _) in LAYERS {
            if named.contains(layer) && layer != place && !allowed.contains(&layer) {
                findings.push(format!("src/{}: names {layer}, which {place} must not know", source.path));
            }
        }
        if source.code_without_tests().contains("super::super::") {
            findings.push(format!("src/{}: climbs by super::super; write the path from crate", source.path));
        }
    }
    expect_none(&findings, "hand the value in from above, or move the code to the layer that may know both");
}

#[test]
fn only_the_store_speaks_sql() {
    let all = sources();
    let findings: Vec<_> = all
        .iter()
        .filter(|source| source.place() != "store" && mentions(&source.code, "rusqlite"))
        .map(|source| format!("src/{}: names rusqlite", source.path))
        .collect();
    expect_none(&findings, "put the statement into the table's file in src/store and call its function");
}

#[test]
fn only_the_ui_draws() {
    let mut findings = Vec::new();
    for source in sources().iter().filter(|source| source.place() != "ui") {
        for window_crate in WINDOW_CRATES {
            if mentions(&source.code, window_crate) {
                findings.push(format!("src/{}: names {window_crate}", source.path));
            }
        }
    }
    expect_none(&findings, "give src/ui a function for it; everything else works without a window");
}

#[test]
fn rules_and_screens_touch_nothing_that_blocks() {
    let mut findings = Vec::new();
    for source in sources().iter().filter(|source| ["domain", "ui"].contains(&source.place())) {
        for word in BLOCKING {
            if mentions(&source.code, word) {
                findings.push(format!("src/{}: uses {word}", source.path));
            }
        }
    }
    expect_none(&findings, "domain takes the value as an argument; ui asks the engine and gets an answer back");
}

#[test]
fn imports_are_named_one_by_one() {
    let mut findings = Vec::new();
    for source in sources() {
        let code = source.code_without_tests();
        for (line, text) in code.lines().enumerate().filter(|(_, text)| text.contains("::*")) {
            findings.push(format!("src/{}:{}: {}", source.path, line + 1, text.trim()));
        }
    }
    expect_none(&findings, "name what is imported; `use super::*` is for unit tests");
}

#[test]
fn every_source_says_first_what_it_is() {
    let all = sources();
    let silent: Vec<_> =
        all.iter().filter(|s| !s.text.starts_with("//! ")).map(|s| format!("src/{}", s.path)).collect();
    expect_none(&silent, "begin the file with //! what it owns, what it must never know, where to start");
}

#[test]
fn no_source_is_too_long() {
    let mut findings = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            findings.push(format!("src/{}: {lines} lines", source.path));
        }
    }
    expect_none(
        &findings,
        &format!("a file of more than {LONGEST_FILE} lines holds two ideas: give the second its own file"),
    );
}

#[test]
fn no_source_is_named_after_nothing() {
    let empty = ["common", "helper", "helpers", "manager", "misc", "util", "utils"];
    let all = sources();
    let parts = |path: &str| path.trim_end_matches(".rs").split('/').map(str::to_owned).collect::<Vec<_>>();
    let findings: Vec<_> = all
        .iter()
        .filter(|source| parts(&source.path).iter().any(|part| empty.contains(&part.as_str())))
        .map(|source| format!("src/{}", source.path))
        .collect();
    expect_none(&findings, "name the file after the area or the thing it owns");
}

#[test]
fn schema_files_are_numbered_without_gaps_and_never_change() {
    let folder = root().join("src/store/schema");
    let files: Vec<_> = entries(&folder).into_iter().filter(|path| name(path).ends_with(".sql")).collect();
    assert!(!files.is_empty(), "src/store/schema holds no .sql file");
    let mut listed = String::new();
    for (index, path) in files.iter().enumerate() {
        let number = format!("{:04}", index + 1);
        assert!(name(path).starts_with(&number), "{} should be number {number}: close the gap", name(path));
        let bytes = std::fs::read(path).expect("a readable schema file");
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        listed.push_str(&format!("{hash}  {}\n", name(path)));
    }
    assert_eq!(
        listed,
        read(&folder.join("HASHES")),
        "a released schema file is never edited: write the next number. For a new one: sha256sum *.sql > HASHES"
    );
}

#[test]
fn crates_that_must_agree_are_there_once() {
    let lock = read(&root().join("Cargo.lock"));
    for single in ["comemo", "egui", "libsqlite3-sys"] {
        let copies = lock.lines().filter(|line| *line == format!("name = \"{single}\"")).count();
        assert_eq!(
            copies, 1,
            "{single} stands {copies} times in Cargo.lock: choose versions that share one (cargo tree -i {single})"
        );
    }
}

#[test]
fn every_dependency_gives_its_reason() {
    let manifest = read(&root().join("Cargo.toml"));
    let mut in_dependencies = false;
    let mut line_before = "";
    let mut findings = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.trim_end().ends_with("dependencies]");
        } else if in_dependencies && line.contains(" = ") && !line.contains(" # ") && !line_before.starts_with('#') {
            findings.push(format!("Cargo.toml: {line}"));
        }
        line_before = line;
    }
    expect_none(&findings, "say beside it, or in the line above, why the program needs it");
}
